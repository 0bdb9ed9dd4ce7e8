//! What a recording is: whether it can be played, how long somebody speaks in it, and what is wrong with it.

use pixmo_audio::voice::DETECTOR;
use pixmo_audio::{AudioError, Limits, Measures, Voice, VoiceSettings, decode, measure};

use super::view::TakeProblem;
use crate::settings::KindLimits;

/// A page stops at the limit, and the last piece takes a moment.
const OVER_SECS_MAX: f64 = 3.0;
/// Speech that is quieter is hard to understand, in decibels below full scale.
const SPEECH_DBFS_MIN: f64 = -45.0;
/// A larger share of samples at the end of the scale can be heard.
const CLIPPED_SHARE_MAX: f64 = 0.02;
/// Less voice than this is none.
const VOICED_SECS_SILENT: f64 = 0.5;

/// What measures, for receipts.
pub(crate) fn measured_by() -> String {
    format!("pixmo-audio {}, {DETECTOR}", env!("CARGO_PKG_VERSION"))
}

/// What was found in a recording.
#[derive(Clone, Debug)]
pub(super) struct Findings {
    /// What it is packed with, where it can be played.
    pub(super) codec: Option<String>,
    pub(super) measures: Option<Measures>,
    pub(super) problems: Vec<TakeProblem>,
}

/// The codes of problems with which a take cannot be submitted.
const GRAVE: [&str; 5] = ["damaged", "silent", "too_short", "too_long", "copy"];

/// Whether a take with this problem can be submitted.
pub(super) fn is_grave(problem: &TakeProblem) -> bool {
    GRAVE.contains(&problem.code.as_str())
}

/// Decodes a recording and measures it. Takes a processor for some ten milliseconds for each minute of sound.
pub(super) fn look(bytes: Vec<u8>, limits: &KindLimits) -> Findings {
    let longest = limits.duration_secs_max + OVER_SECS_MAX;
    let recording = match decode(bytes, &Limits { duration_secs_max: longest, ..Limits::default() }) {
        Ok(recording) => recording,
        Err(AudioError::TooLong { .. }) => {
            let message = format!("it is longer than {} s", limits.duration_secs_max);
            return Findings { codec: None, measures: None, problems: vec![problem("too_long", message)] };
        }
        Err(error) => {
            return Findings {
                codec: None,
                measures: None,
                problems: vec![problem("damaged", error.to_string())],
            };
        }
    };
    let voice = Voice::find(&recording.samples, &VoiceSettings::default());
    let measures = measure(&recording, &voice);
    let mut problems = Vec::new();
    if measures.voiced_secs < VOICED_SECS_SILENT {
        problems.push(problem("silent", format!("{:.1} s of voice were found", measures.voiced_secs)));
    } else if measures.voiced_secs < limits.voiced_secs_min {
        let (have, need) = (measures.voiced_secs, limits.voiced_secs_min);
        problems.push(problem("too_short", format!("it holds {have:.1} s of voice, {need:.0} s are needed")));
    }
    if measures.speech_dbfs.is_some_and(|level| level < SPEECH_DBFS_MIN) {
        let level = measures.speech_dbfs.unwrap_or_default();
        problems.push(problem(
            "too_quiet",
            format!("the voice has {level:.0} dB, expected {SPEECH_DBFS_MIN:.0} or more"),
        ));
    }
    if measures.clipping_ratio > CLIPPED_SHARE_MAX {
        let share = measures.clipping_ratio * 100.0;
        problems.push(problem("clipped", format!("{share:.1} % of it is at the end of the scale")));
    }
    Findings { codec: Some(recording.stream.codec), measures: Some(measures), problems }
}

pub(super) fn problem(code: &str, message: String) -> TakeProblem {
    TakeProblem { code: code.to_owned(), message }
}
