//! How a recording is cut into windows that the model can hear at once.
//!
//! What is no speech is left out, but for a third of a second around it. What is left is laid end to end, and cut where
//! the pauses are: at the latest good one that fits, or at the longest. Only where somebody speaks for so long without a
//! breath that there is none, two windows overlap, and [`crate::seam`] joins what was heard twice.

use std::ops::Range;

/// Samples a second.
pub(crate) const RATE: usize = 16_000;
/// Silence that is kept on either side of speech.
const PAD: usize = RATE * 3 / 10;
/// The longest window. The model hears 30 s; the rest is room for what it believes about the end.
pub(crate) const WINDOW_MAX: usize = 29 * RATE;
/// A good pause: a breath.
const GOOD: usize = RATE * 4 / 10;
/// The shortest pause in which a window may be cut.
const SHORT: usize = RATE * 12 / 100;
/// Windows are not cut at a good pause before this, if a later one could follow.
const LATE: usize = 20 * RATE;
/// Windows are not cut before this at all.
const EARLY: usize = 12 * RATE;
/// Where there is no pause, a cut is looked for in this part of a window, counted from its beginning.
const HARD: Range<usize> = 21 * RATE..27 * RATE;
/// How far windows reach beyond such a cut, on both sides.
const OVERLAP: usize = RATE * 3 / 2;
/// A place is as quiet as so many samples around it: 50 ms on either side.
const AROUND: usize = RATE / 20;

/// Part of a recording that is heard at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Ranges of samples of the recording, heard one after another.
    pub(crate) pieces: Vec<Range<usize>>,
    /// Where this window and the one before overlap, and the place in it where they were cut.
    pub(crate) seam: Option<Seam>,
}

/// Samples of the recording that two windows both hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seam {
    pub(crate) both: Range<usize>,
    pub(crate) cut: usize,
}

impl Window {
    /// Its samples, as the model wants them.
    pub(crate) fn samples(&self, recording: &[i16]) -> Vec<f32> {
        let pieces = self.pieces.iter().flat_map(|piece| &recording[piece.clone()]);
        pieces.map(|sample| f32::from(*sample) / 32_768.0).collect()
    }

    /// Where speech lies in the window, in its own samples.
    pub(crate) fn voiced(&self, spans: &[Range<usize>]) -> Vec<Range<usize>> {
        let (mut at, mut found) = (0, Vec::new());
        for piece in &self.pieces {
            for span in spans {
                let (from, to) = (span.start.max(piece.start), span.end.min(piece.end));
                if from < to {
                    found.push(at + from - piece.start..at + to - piece.start);
                }
            }
            at += piece.len();
        }
        found
    }

    /// Where a time in the window, in seconds, lies in the recording. On the border of two pieces a beginning belongs to
    /// the later one, an end to the earlier.
    pub(crate) fn secs_in_recording(&self, secs: f64, is_end: bool) -> f64 {
        let mut left = (secs.max(0.0) * RATE as f64).round() as usize;
        for piece in &self.pieces {
            if left < piece.len() || (is_end && left == piece.len()) {
                return (piece.start + left) as f64 / RATE as f64;
            }
            left -= piece.len();
        }
        self.pieces.last().map_or(secs, |last| last.end as f64 / RATE as f64)
    }
}

/// Speech with its surroundings, laid end to end.
struct Timeline {
    pieces: Vec<Range<usize>>,
}

impl Timeline {
    fn new(samples: usize, spans: &[Range<usize>]) -> Timeline {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for span in spans.iter().filter(|span| span.start < span.end && span.end <= samples) {
            let wide = span.start.saturating_sub(PAD)..(span.end + PAD).min(samples);
            match pieces.last_mut() {
                Some(last) if wide.start <= last.end => last.end = last.end.max(wide.end),
                _ => pieces.push(wide),
            }
        }
        Timeline { pieces }
    }

    fn len(&self) -> usize {
        self.pieces.iter().map(ExactSizeIterator::len).sum()
    }

    /// Where a sample of the recording lies on the line; what was left out lies where it was cut.
    fn of_recording(&self, sample: usize) -> usize {
        self.pieces.iter().map(|piece| sample.clamp(piece.start, piece.end) - piece.start).sum()
    }

    /// The sample of the recording at a place on the line.
    fn in_recording(&self, place: usize) -> usize {
        let mut left = place;
        for piece in &self.pieces {
            if left < piece.len() {
                return piece.start + left;
            }
            left -= piece.len();
        }
        self.pieces.last().map_or(0, |last| last.end)
    }

    fn slice(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let (mut at, mut found) = (0, Vec::new());
        for piece in &self.pieces {
            let (from, to) = (range.start.max(at), range.end.min(at + piece.len()));
            if from < to {
                found.push(piece.start + (from - at)..piece.start + (to - at));
            }
            at += piece.len();
        }
        found
    }
}

/// Cuts a recording in which these spans are speech.
pub(crate) fn plan(recording: &[i16], spans: &[Range<usize>]) -> Vec<Window> {
    let line = Timeline::new(recording.len(), spans);
    // The middle of each pause on the line, and its true length.
    let pauses: Vec<(usize, usize)> = spans
        .windows(2)
        .map(|two| {
            (
                line.of_recording(usize::midpoint(two[0].end, two[1].start)),
                two[1].start.saturating_sub(two[0].end),
            )
        })
        .collect();
    let (mut from, mut seam, mut windows) = (0, None, Vec::new());
    let end = line.len();
    while from < end {
        if end - from <= WINDOW_MAX {
            windows.push(Window { pieces: line.slice(from..end), seam: seam.take() });
            break;
        }
        let within = |range: Range<usize>, length: usize| {
            pauses.iter().filter(move |(at, long)| range.contains(at) && *long >= length)
        };
        let late = within(from + LATE..from + WINDOW_MAX, GOOD).next_back();
        let long = || within(from + EARLY..from + WINDOW_MAX, SHORT).max_by_key(|(at, long)| (*long, *at));
        if let Some((cut, _)) = late.or_else(long) {
            windows.push(Window { pieces: line.slice(from..*cut), seam: seam.take() });
            from = *cut;
        } else {
            let cut = quietest(recording, &line, from + HARD.start..from + HARD.end);
            windows.push(Window { pieces: line.slice(from..cut + OVERLAP), seam: seam.take() });
            let both = line.in_recording(cut - OVERLAP)..line.in_recording(cut + OVERLAP);
            seam = Some(Seam { both, cut: line.in_recording(cut) });
            from = cut - OVERLAP;
        }
    }
    windows
}

/// The quietest place of this part of the line, on which nothing is left out.
fn quietest(recording: &[i16], line: &Timeline, part: Range<usize>) -> usize {
    let loudness = |place: usize| -> u64 {
        let middle = line.in_recording(place);
        let around = middle.saturating_sub(AROUND)..(middle + AROUND).min(recording.len());
        recording[around].iter().map(|sample| u64::from(sample.unsigned_abs()).pow(2)).sum()
    };
    part.step_by(RATE / 100).min_by_key(|place| loudness(*place)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_hear_has_no_window() {
        assert_eq!(plan(&[0; 100], &[]), []);
        assert_eq!(plan(&[], &[]), []);
    }

    #[test]
    fn long_silence_is_left_out_and_times_lead_back() {
        let recording = vec![0; 100 * RATE];
        let windows = plan(&recording, &[10 * RATE..15 * RATE, 60 * RATE..65 * RATE]);
        assert_eq!(windows.len(), 1);
        let window = &windows[0];
        assert_eq!(window.pieces, [10 * RATE - PAD..15 * RATE + PAD, 60 * RATE - PAD..65 * RATE + PAD]);
        assert_eq!(window.samples(&recording).len(), 10 * RATE + 4 * PAD);
        let voiced = [PAD..5 * RATE + PAD, 5 * RATE + 3 * PAD..10 * RATE + 3 * PAD];
        assert_eq!(window.voiced(&[10 * RATE..15 * RATE, 60 * RATE..65 * RATE]), voiced);
        assert!((window.secs_in_recording(0.0, false) - 9.7).abs() < 1e-9);
        assert!((window.secs_in_recording(5.6, true) - 15.3).abs() < 1e-9);
        assert!((window.secs_in_recording(5.6, false) - 59.7).abs() < 1e-9);
        assert!((window.secs_in_recording(99.0, true) - 65.3).abs() < 1e-9);
    }

    #[test]
    fn a_window_is_cut_at_the_latest_breath() {
        let recording = vec![0; 40 * RATE];
        let spans = [RATE..14 * RATE, 15 * RATE..22 * RATE, 23 * RATE..39 * RATE];
        let windows = plan(&recording, &spans);
        assert_eq!(windows.len(), 2);
        assert_eq!(windows[0].pieces.last().map(|piece| piece.end), Some(22 * RATE + PAD));
        assert_eq!((&windows[0].seam, &windows[1].seam), (&None, &None));
    }

    #[test]
    fn speech_without_a_breath_is_cut_where_it_is_quietest_and_heard_twice_there() {
        let mut recording = vec![1000; 50 * RATE];
        recording[25 * RATE..25 * RATE + 800].fill(10);
        let windows = plan(&recording, std::slice::from_ref(&(0..50 * RATE)));
        assert_eq!(windows.len(), 2);
        let seam = windows[1].seam.clone().expect("a seam");
        assert!((25 * RATE..25 * RATE + 800).contains(&seam.cut), "{seam:?}");
        assert_eq!(windows[0].pieces, std::slice::from_ref(&(0..seam.cut + OVERLAP)));
        assert_eq!(windows[1].pieces, std::slice::from_ref(&(seam.cut - OVERLAP..50 * RATE)));
    }

    proptest! {
        // Millions of samples a case.
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn all_speech_is_heard_in_windows_that_fit(
            gaps in prop::collection::vec((1usize..40_000, 1usize..1_200_000), 0..12),
        ) {
            let (mut at, mut spans) = (0, Vec::new());
            for (gap, long) in gaps {
                spans.push(at + gap..at + gap + long);
                at += gap + long;
            }
            let recording = vec![0; at + 1000];
            let windows = plan(&recording, &spans);
            let mut heard = vec![0u8; recording.len()];
            for window in &windows {
                let length: usize = window.pieces.iter().map(ExactSizeIterator::len).sum();
                prop_assert!(length > 0 && length <= WINDOW_MAX);
                for piece in &window.pieces {
                    heard[piece.clone()].iter_mut().for_each(|count| *count += 1);
                }
            }
            let seams: Vec<_> = windows.iter().filter_map(|window| window.seam.clone()).collect();
            for span in &spans {
                prop_assert!(span.clone().all(|sample| heard[sample] >= 1));
            }
            let twice = |sample: usize| seams.iter().any(|seam| seam.both.contains(&sample));
            prop_assert!((0..heard.len()).all(|sample| heard[sample] <= 1 || twice(sample)));
        }
    }
}
