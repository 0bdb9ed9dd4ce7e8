//! The way of one recording: bytes, samples, voice, words.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use pixmo_audio::voice::DETECTOR;
use pixmo_audio::{AudioError, Limits, Measures, Stream, Voice, VoiceSettings, decode_file, measure};
use pixmo_engines::speech::Parameters;
use pixmo_engines::{EngineError, Model, Segment, Speech, Transcriber, Word};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

/// Bytes that are hashed at a time.
const PIECE_BYTES: usize = 1 << 16;

/// What is said in a recording, with all that is needed to make it again: one line of JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeTranscript {
    /// The file, as it was named; what is not UTF-8 in a name is replaced.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// What is said, in one line; empty where nobody speaks.
    pub text: String,
    /// The language, as `en`; empty where nobody speaks and none was named.
    pub language: String,
    /// How sure the model is of the language, where it was not told.
    pub language_probability: Option<f32>,
    /// How long the recording is.
    pub duration_secs: f64,
    /// How long someone speaks in it.
    pub voiced_secs: f64,
    /// What is said, by sentences or so.
    pub segments: Vec<Segment>,
    /// What is said, word by word.
    pub words: Vec<Word>,
    /// What the file says of itself.
    pub stream: Stream,
    /// What was measured.
    pub measures: Measures,
    /// Which model listened.
    pub model: Model,
    /// How it was asked, and how voice was found.
    pub parameters: Parameters,
}

/// Why there is no transcript of a recording.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// The file is no recording that can be used.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The model gave no answer.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl TakeError {
    /// The class of the reason, by which such recordings are counted.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            TakeError::Audio(error) => error.class(),
            TakeError::Engine(_) => "engine_failed",
        }
    }

    /// What a person can do about it, if there is anything.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            TakeError::Audio(error) => error.hint(),
            TakeError::Engine(_) => None,
        }
    }
}

/// A model and how recordings are prepared for it.
pub struct Ear {
    /// Who listens.
    pub transcriber: Box<dyn Transcriber>,
    /// What is too long.
    pub limits: Limits,
    /// When a voice is one.
    pub voice: VoiceSettings,
    /// The language that is spoken; `None`: the model finds out.
    pub language: Option<String>,
}

impl std::fmt::Debug for Ear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ear").field("model", self.transcriber.model()).finish_non_exhaustive()
    }
}

impl Ear {
    /// All that decides about an answer besides the model and the recording.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        let mut parameters = self.transcriber.parameters().clone();
        parameters.insert("language".to_owned(), json!(self.language));
        parameters.insert("voice_detector".to_owned(), json!(DETECTOR));
        parameters.insert("voice".to_owned(), json!(self.voice));
        parameters
    }
}

/// The SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// When it cannot be read.
pub fn digest(path: &Path) -> Result<String, TakeError> {
    let failed = |source: io::Error| AudioError::Read { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(failed)?;
    let (mut hasher, mut piece) = (Sha256::new(), vec![0; PIECE_BYTES]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => hasher.update(&piece[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(error).into()),
        }
    }
    Ok(hex::encode(hasher.finalize()))
}

/// What is said in a recording whose digest is known.
///
/// # Errors
/// When the file is no recording that can be used, or the model gave no answer.
pub fn transcribe(path: &Path, sha256: String, ear: &Ear) -> Result<TakeTranscript, TakeError> {
    let recording = decode_file(path, &ear.limits)?;
    let voice = Voice::find(&recording.samples, &ear.voice);
    let measures = measure(&recording, &voice);
    let speech =
        Speech { samples: &recording.samples, spans: &voice.spans, language: ear.language.as_deref() };
    let said = ear.transcriber.transcribe(&speech)?;
    Ok(TakeTranscript {
        file: path.display().to_string(),
        sha256,
        text: said.text,
        language: said.language,
        language_probability: said.language_probability,
        duration_secs: measures.duration_secs,
        voiced_secs: measures.voiced_secs,
        segments: said.segments,
        words: said.words,
        stream: recording.stream,
        measures,
        model: ear.transcriber.model().clone(),
        parameters: ear.parameters(),
    })
}
