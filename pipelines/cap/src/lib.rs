//! Spoken captions to text.
//!
//! It deliberately does not know how a recording is decoded (`pixmo-audio`) or what runs a model of speech
//! (`pixmo-engine-whisper`, which is linked only with the feature `whisper`).
//!
//! Begin with [`transcribe`] for how recordings become transcripts.

pub mod transcribe;

mod program;

pub use program::main;
