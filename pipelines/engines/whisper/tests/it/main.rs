//! The real model over real speech: its words, their times, seams, silence, several questions at once, bad files.
//!
//! One thread a question: the threads of ggml spin while they wait.

#![expect(
    clippy::print_stderr,
    reason = "what was measured, and why a test is skipped, is said where its result is read"
)]

mod hushed;
mod refused;
mod seams;
mod spoken;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use pixmo_audio::{Limits, Voice, VoiceSettings, decode_file};
use pixmo_engine_whisper::Whisper;
use pixmo_engines::speech::WhisperSettings;
use pixmo_engines::{Speech, Transcriber, Transcript};

/// What is said in the recording, as `shared/audio/README.md` has it.
const SAID: &str = "And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country.";

/// A file beside the repository. Says why if it is not there.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared").join(name);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped, because {} is not there; README.md, \"Tests\", says how to get it", path.display());
    None
}

/// The English model, loaded once.
fn model() -> Option<&'static Whisper> {
    static MODEL: OnceLock<Option<Whisper>> = OnceLock::new();
    MODEL
        .get_or_init(|| {
            let path = shared("models/ggml-tiny.en-q8_0.bin")?;
            Some(Whisper::open(&WhisperSettings::new(path)).expect("the model is loaded"))
        })
        .as_ref()
}

/// Eleven seconds of real speech.
fn speech() -> Option<Vec<i16>> {
    let path = shared("audio/jfk.wav")?;
    Some(decode_file(&path, &Limits::default()).expect("the recording is read").samples)
}

/// What is said where a voice is found.
fn transcribe(model: &Whisper, samples: &[i16]) -> Transcript {
    let voice = Voice::find(samples, &VoiceSettings::default());
    let speech = Speech { samples, spans: &voice.spans, language: None };
    model.transcribe(&speech).expect("an answer")
}

/// Words without case and punctuation.
fn words_of(text: &str) -> Vec<String> {
    let plain = |word: &str| {
        word.chars().filter(|c| c.is_alphanumeric() || *c == '\'').collect::<String>().to_lowercase()
    };
    text.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect()
}

/// Substituted, missing and added words (Levenshtein), over the words that were said.
fn word_error_rate(said: &str, heard: &str) -> f64 {
    let (said, heard) = (words_of(said), words_of(heard));
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (i, word) in said.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in heard.iter().enumerate() {
            let changed = diagonal + usize::from(word != other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[heard.len()] as f64 / said.len() as f64
}

/// White noise, the same every time, of at most this height.
fn noise(count: usize, height: f64) -> Vec<i16> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        f64::from((state >> 48) as u16 as i16) / 32_768.0
    };
    (0..count).map(|_| (next() * height) as i16).collect()
}
