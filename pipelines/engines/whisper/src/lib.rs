//! Speech to text by Whisper models, run by whisper.cpp.
//!
//! One loaded model answers several questions at once: each has a state of its own, made anew for each recording, so that
//! an answer does not depend on what was asked before. whisper.cpp hears 30 seconds at a time; longer recordings are cut
//! into windows where nobody speaks, and what is no speech is left out, because the model would make something up there.
//!
//! It deliberately does not know how a recording is decoded, how speech is found in it, or what becomes of a transcript.
//!
//! Begin with [`engine`] for the way of one question, then `window` for how a recording is cut, `hearing` for how the
//! model is asked, `words` for how tokens become words and `seam` for how the parts are joined, and [`file`](mod@file) for what is looked at before a model is
//! loaded: whisper.cpp trusts its files.
//!
//! # Threads
//! The threads of ggml wait for each other by spinning. On a machine whose cores are all busy, two threads for one
//! recording take several times as long as one; so recordings are done side by side, with one thread each, and only who
//! has fewer recordings than cores gives each of them more ([`threads_for`]).

pub mod engine;
pub mod error;
pub mod file;
pub mod memory;

mod hearing;
mod hush;
mod seam;
mod segments;
mod window;
mod words;

pub use engine::{Whisper, languages};
pub use error::OpenError;
pub use file::{Shape, WhisperFile};

/// The most threads that help one recording: beyond them they wait for each other.
const THREADS_MAX: usize = 4;

/// Threads for each of so many recordings at a time on so many cores.
#[must_use]
pub fn threads_for(cores: usize, at_a_time: usize) -> usize {
    (cores / at_a_time.max(1)).clamp(1, THREADS_MAX)
}
