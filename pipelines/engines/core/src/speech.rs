//! What is said in a recording?

use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::error::EngineError;
use crate::model::Model;

/// How a model was asked: names and values, as they stand in lineage. Two answers are comparable only if model and
/// parameters are the same.
pub type Parameters = serde_json::Map<String, serde_json::Value>;

/// Writes down what is said.
pub trait Transcriber: Send + Sync {
    /// Which model answers.
    fn model(&self) -> &Model;

    /// How it is asked.
    fn parameters(&self) -> &Parameters;

    /// What is said. The same speech gets the same answer, whatever was asked before and whatever is asked at the same
    /// time.
    ///
    /// # Errors
    /// As [`EngineError`] says; nothing is kept of a failed question.
    fn transcribe(&self, speech: &Speech<'_>) -> Result<Transcript, EngineError>;
}

/// A recording and where in it someone speaks.
#[derive(Clone, Copy, Debug)]
pub struct Speech<'a> {
    /// Samples of one channel, 16,000 a second.
    pub samples: &'a [i16],
    /// Ranges of samples with speech, in order and apart from each other; what lies outside them is not listened to.
    pub spans: &'a [Range<usize>],
    /// The language, as `en`; `None`: the engine finds out.
    pub language: Option<&'a str>,
}

/// What was said. Times are in seconds from the beginning of the recording.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// All of it in one line; empty where nothing is said.
    pub text: String,
    /// The language, as `en`.
    pub language: String,
    /// How sure the model is of the language, 0 to 1; `None` where it was told.
    pub language_probability: Option<f32>,
    /// What belongs together, in order.
    pub segments: Vec<Segment>,
    /// All words, in order.
    pub words: Vec<Word>,
}

/// Some words that belong together, such as a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// When it begins.
    pub start_secs: f64,
    /// When it ends.
    pub end_secs: f64,
    /// What is said.
    pub text: String,
    /// How sure the model is that nobody speaks, 0 to 1.
    pub no_speech: f32,
}

/// One word with the punctuation that belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// When it begins.
    pub start_secs: f64,
    /// When it ends.
    pub end_secs: f64,
    /// The word.
    pub text: String,
    /// How sure the model is, 0 to 1: the geometric mean of the probabilities of its tokens.
    pub confidence: f32,
}

/// What is said in the campaign file of a Whisper model, in the form of whisper.cpp.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhisperSettings {
    /// Its file.
    pub model: PathBuf,
    /// SHA-256 of its file; another file is refused.
    #[serde(default)]
    pub sha256: Option<String>,
    /// The language that is spoken, as `en`; by default English for an English model, and found out otherwise.
    #[serde(default)]
    pub language: Option<String>,
    /// Threads for one recording; by default what the cores allow.
    #[serde(default)]
    pub threads: Option<usize>,
    /// How many beginnings of a sentence are followed at once; 1 takes the likeliest word each time.
    #[serde(default = "one")]
    pub beams: usize,
}

fn one() -> usize {
    1
}

impl WhisperSettings {
    /// A model, asked as usual.
    #[must_use]
    pub fn new(model: impl Into<PathBuf>) -> WhisperSettings {
        WhisperSettings { model: model.into(), sha256: None, language: None, threads: None, beams: one() }
    }

    /// What makes the settings useless, if anything does.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        const THREADS_MAX: usize = 64;
        const BEAMS_MAX: usize = 8;
        if let Some(threads) = self.threads.filter(|threads| !(1..=THREADS_MAX).contains(threads)) {
            return Some(format!("`threads` is {threads}, expected 1 to {THREADS_MAX}"));
        }
        if !(1..=BEAMS_MAX).contains(&self.beams) {
            return Some(format!("`beams` is {}, expected 1 to {BEAMS_MAX}", self.beams));
        }
        None
    }
}
