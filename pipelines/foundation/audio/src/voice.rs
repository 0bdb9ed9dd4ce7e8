//! Where someone speaks.
//!
//! A small neural network (earshot, 40 kB of weights, in Rust alone) says of every 16 ms how much of a voice is in them.
//! It was trained at one loudness, and takes loud noise for a voice; so it hears every recording at the same. It takes
//! instruments for singers; so what holds its tones (`tones`) is not counted. Speech begins where the score is high and
//! ends where it has been low for a while, so that a syllable that is swallowed does not cut a word in two.

mod tones;

use std::ops::Range;

use earshot::Detector;
use serde::{Deserialize, Serialize};

use crate::{SAMPLE_RATE_HZ, samples_in, secs_of};

/// Samples that are judged at once: 16 ms.
pub const FRAME: usize = 256;

/// The detector and its version, as lineage names it: that of the network, and that of what is done around it here.
pub const DETECTOR: &str = "earshot 1.2, tones 1";

/// The network hears a recording so loud that its loudest frames but for [`LOUDEST`] have this mean square: -20 dB.
const LOUDNESS: f64 = 0.01;
/// The share of frames that are louder.
const LOUDEST: f64 = 0.03;
/// A recording is not made louder than so many times: what is quieter is silence.
const GAIN_MAX: f64 = 100.0;

/// When a voice is one. Two sets of spans are comparable only if they were made with the same settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoiceSettings {
    /// Speech begins at a score of at least this, 0 to 1.
    pub begin_min: f32,
    /// Speech goes on while the score is at least this.
    pub go_on_min: f32,
    /// Speech ends after so many seconds below it; shorter pauses belong to speech.
    pub pause_secs_min: f64,
    /// What is shorter is a click or a cough, in seconds.
    pub speech_secs_min: f64,
}

impl Default for VoiceSettings {
    fn default() -> VoiceSettings {
        VoiceSettings { begin_min: 0.5, go_on_min: 0.35, pause_secs_min: 0.25, speech_secs_min: 0.1 }
    }
}

/// Where someone speaks in a recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// Ranges of samples with speech, in order, apart from each other.
    pub spans: Vec<Range<usize>>,
}

impl Voice {
    /// Finds it in samples of 16 kHz.
    #[must_use]
    pub fn find(samples: &[i16], settings: &VoiceSettings) -> Voice {
        let scores = scores(samples);
        Voice { spans: spans(&scores, samples.len(), settings) }
    }

    /// How many seconds of speech there are.
    #[must_use]
    pub fn secs(&self) -> f64 {
        secs_of(self.spans.iter().map(ExactSizeIterator::len).sum())
    }
}

/// How much of a voice is in every 16 ms, 0 to 1; the last frame is filled up with silence.
#[must_use]
pub fn scores(samples: &[i16]) -> Vec<f32> {
    let (gain, mut detector) = (gain(samples), Detector::default());
    let mut frame = [0.0f32; FRAME];
    let mut score = |part: &[i16]| {
        frame.fill(0.0);
        for (scaled, sample) in frame.iter_mut().zip(part) {
            *scaled = (f32::from(*sample) * gain).clamp(-1.0, 1.0);
        }
        detector.predict_f32(&frame)
    };
    let mut scores: Vec<f32> = samples.chunks(FRAME).map(&mut score).collect();
    for (score, is_held) in scores.iter_mut().zip(tones::held(samples)) {
        if is_held {
            *score = 0.0;
        }
    }
    scores
}

/// What samples are multiplied with, to -1 to 1.
fn gain(samples: &[i16]) -> f32 {
    let mut powers: Vec<u64> = samples
        .chunks(FRAME)
        .map(|frame| frame.iter().map(|sample| u64::from(sample.unsigned_abs()).pow(2)).sum())
        .collect();
    powers.sort_unstable();
    let at = (powers.len() as f64 * (1.0 - LOUDEST)) as usize;
    let power = powers.get(at).map_or(0.0, |power| *power as f64 / FRAME as f64 / 32_768.0 / 32_768.0);
    let gain = if power > 0.0 { (LOUDNESS / power).sqrt().min(GAIN_MAX) } else { 1.0 };
    (gain / 32_768.0) as f32
}

fn spans(scores: &[f32], samples: usize, settings: &VoiceSettings) -> Vec<Range<usize>> {
    let frames = |secs: f64| samples_in(secs).div_ceil(FRAME).max(1);
    let pause = frames(settings.pause_secs_min);
    let short = settings.speech_secs_min * f64::from(SAMPLE_RATE_HZ);
    let mut spans: Vec<Range<usize>> = Vec::new();
    // Frames: where speech began, and where it was last heard.
    let mut current: Option<(usize, usize)> = None;
    let mut end = |(first, last): (usize, usize)| {
        let span = first * FRAME..((last + 1) * FRAME).min(samples);
        if span.len() as f64 >= short {
            spans.push(span);
        }
    };
    for (at, score) in scores.iter().enumerate() {
        current = match current {
            None => (*score >= settings.begin_min).then_some((at, at)),
            Some((first, _)) if *score >= settings.go_on_min => Some((first, at)),
            Some((first, last)) if at - last >= pause => {
                end((first, last));
                None
            }
            waiting => waiting,
        };
    }
    if let Some(current) = current {
        end(current);
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_dip_does_not_end_speech_and_a_click_does_not_begin_it() {
        let mut scores = vec![0.0; 100];
        scores[10..30].fill(0.9);
        scores[35..50].fill(0.4);
        scores[80..83].fill(0.9);
        let found = spans(&scores, 100 * FRAME, &VoiceSettings::default());
        assert_eq!(found, std::slice::from_ref(&(10 * FRAME..50 * FRAME)));
    }

    #[test]
    fn silence_and_nothing_have_no_voice() {
        for samples in [0, 1, 255, 256, 16_000] {
            assert_eq!(Voice::find(&vec![0; samples], &VoiceSettings::default()), Voice::default());
        }
    }

    proptest! {
        #[test]
        fn spans_are_in_order_apart_and_inside(
            scores in prop::collection::vec(0f32..1.0, 0..400),
            cut in 0usize..FRAME,
        ) {
            let samples = (scores.len() * FRAME).saturating_sub(cut);
            let found = spans(&scores, samples, &VoiceSettings::default());
            let mut before = 0;
            for span in &found {
                prop_assert!(span.start >= before && span.start < span.end && span.end <= samples);
                before = span.end + 1;
            }
        }
    }
}
