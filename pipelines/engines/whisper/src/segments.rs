//! Words that were heard to what a transcript holds.

use pixmo_engines::{Segment, Word};

use crate::hush;
use crate::words::Heard;

/// Words by their segments, without those that were made up.
pub(crate) fn in_segments(heard: Vec<Heard>, no_speech: &[f32]) -> (Vec<Segment>, Vec<Word>) {
    let (mut segments, mut words) = (Vec::new(), Vec::new());
    for group in heard.chunk_by(|a, b| a.segment == b.segment) {
        let no_speech = no_speech.get(group[0].segment).copied().unwrap_or_default();
        if hush::is_made_up(&group.iter().collect::<Vec<_>>(), no_speech) {
            continue;
        }
        segments.push(Segment {
            start_secs: group[0].start,
            end_secs: group.iter().map(|word| word.end).fold(group[0].end, f64::max),
            text: group.iter().map(|word| word.text.as_str()).collect::<String>().trim().to_owned(),
            no_speech: thousandths(no_speech),
        });
        words.extend(group.iter().map(|word| Word {
            start_secs: word.start,
            end_secs: word.end,
            text: word.text.trim().to_owned(),
            confidence: word.confidence,
        }));
    }
    for time in segments.iter_mut().flat_map(|segment| [&mut segment.start_secs, &mut segment.end_secs]) {
        *time = hundredths(*time);
    }
    for time in words.iter_mut().flat_map(|word| [&mut word.start_secs, &mut word.end_secs]) {
        *time = hundredths(*time);
    }
    (segments, words)
}

/// The model knows times to hundredths of a second.
fn hundredths(secs: f64) -> f64 {
    (secs * 100.0).round() / 100.0
}

pub(crate) fn thousandths(share: f32) -> f32 {
    (share * 1000.0).round() / 1000.0
}
