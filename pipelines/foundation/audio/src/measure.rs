//! What can be said of a recording in numbers.

use serde::{Deserialize, Serialize};

use crate::decode::Recording;
use crate::voice::{FRAME, Voice};

/// The level of what is quieter than the last of 16 bits, in decibels below full scale.
pub const SILENCE_DBFS: f64 = -96.0;

/// Frames next to speech that belong neither to it nor to the noise: breath, reverberation.
const APART: usize = 6;

/// What can be said of a recording in numbers. Levels are root mean squares of frames of 16 ms in decibels, where a
/// square wave of full scale has 0; rounded to 0.1. Times are in seconds, rounded to a thousandth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    /// How long it is.
    pub duration_secs: f64,
    /// How long someone speaks, pauses of less than a quarter of a second included.
    pub voiced_secs: f64,
    /// The level of all of it.
    pub level_dbfs: f64,
    /// The level of speech; `None` where there is none.
    pub speech_dbfs: Option<f64>,
    /// The level of what is not speech; where there is too little of that, of the quietest tenth.
    pub noise_dbfs: f64,
    /// How far speech stands above the noise (an estimate: the power of speech without that of the noise, over that of
    /// the noise); `None` without speech, at most 96.
    pub snr_db: Option<f64>,
    /// The share of samples that reach the ceiling, 0 to 1, rounded to a millionth.
    pub clipping_ratio: f64,
}

/// Measures a recording in which speech was found.
#[must_use]
pub fn measure(recording: &Recording, voice: &Voice) -> Measures {
    let powers: Vec<f64> = recording.samples.chunks(FRAME).map(power).collect();
    let (mut is_speech, mut is_noise) = (vec![false; powers.len()], vec![true; powers.len()]);
    for span in &voice.spans {
        let (first, last) = (span.start / FRAME, span.end.div_ceil(FRAME).min(powers.len()));
        is_speech[first..last].fill(true);
        let near = first.saturating_sub(APART)..(last + APART).min(powers.len());
        is_noise[near].fill(false);
    }
    let of = |wanted: &[bool]| -> Vec<f64> {
        powers.iter().zip(wanted).filter(|(_, wanted)| **wanted).map(|(power, _)| *power).collect()
    };
    let (speech, mut noise) = (of(&is_speech), of(&is_noise));
    // A third of a second, or there is no telling.
    if noise.len() < 20 {
        noise = powers.clone();
        noise.sort_by(f64::total_cmp);
        noise.truncate(powers.len().div_ceil(10));
    }
    let noise = mean(&noise);
    let speech = (!speech.is_empty()).then(|| mean(&speech));
    Measures {
        duration_secs: rounded(recording.duration_secs(), 1e3),
        voiced_secs: rounded(voice.secs(), 1e3),
        level_dbfs: decibels(mean(&powers)),
        speech_dbfs: speech.map(decibels),
        noise_dbfs: decibels(noise),
        snr_db: speech.map(|speech| {
            let floor = libm::pow(10.0, SILENCE_DBFS / 10.0);
            let noise = noise.max(floor);
            let ratio = ((speech - noise) / noise).clamp(1e-2, libm::pow(10.0, -SILENCE_DBFS / 10.0));
            rounded(10.0 * libm::log10(ratio), 10.0)
        }),
        clipping_ratio: rounded(recording.clipping_ratio, 1e6),
    }
}

/// The mean of squares of samples of -1 to 1.
fn power(frame: &[i16]) -> f64 {
    // Sums of squares of 16 bits are exact.
    let sum: u64 = frame.iter().map(|sample| u64::from(sample.unsigned_abs()).pow(2)).sum();
    sum as f64 / frame.len().max(1) as f64 / (32_768.0 * 32_768.0)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn decibels(power: f64) -> f64 {
    if power <= 0.0 {
        return SILENCE_DBFS;
    }
    rounded((10.0 * libm::log10(power)).max(SILENCE_DBFS), 10.0)
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Stream;

    fn recording(samples: Vec<i16>) -> Recording {
        let stream = Stream {
            container: "wav".to_owned(),
            codec: "pcm_s16le".to_owned(),
            sample_rate_hz: 16_000,
            channels: 1,
            declared_secs: None,
            is_cut: false,
            has_video: false,
            damaged_packets: 0,
            channel_taken: None,
        };
        Recording { samples, stream, clipping_ratio: 0.0 }
    }

    #[test]
    fn levels_are_those_of_what_was_made() {
        // Two seconds of +-64, then one of +-8192.
        let square =
            |height: i16, count: usize| (0..count).map(move |at| if at % 2 == 0 { height } else { -height });
        let samples: Vec<i16> = square(64, 32_000).chain(square(8192, 16_000)).collect();
        let voice = Voice { spans: std::iter::once(32_000..48_000).collect() };
        let measures = measure(&recording(samples), &voice);
        assert_eq!((measures.duration_secs, measures.voiced_secs), (3.0, 1.0));
        assert_eq!(measures.speech_dbfs, Some(-12.0));
        assert_eq!(measures.noise_dbfs, -54.2);
        assert_eq!(measures.snr_db, Some(42.1));
        assert_eq!(measures.level_dbfs, -16.8);
    }

    #[test]
    fn silence_is_measured_too() {
        let measures = measure(&recording(vec![0; 16_000]), &Voice::default());
        assert_eq!((measures.level_dbfs, measures.noise_dbfs), (SILENCE_DBFS, SILENCE_DBFS));
        assert_eq!((measures.speech_dbfs, measures.snr_db), (None, None));
    }
}
