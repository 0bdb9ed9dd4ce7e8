//! Spoken captions to text.
//!
//! It deliberately does not know how a recording is decoded (`pixmo-audio`) or what runs a model of speech
//! (`pixmo-engine-whisper`, which is linked only with the feature `whisper`).
//!
//! Begin with [`transcribe`] for how recordings become transcripts.

pub mod reason;
pub mod settings;

pub mod annotations;
mod fault;
pub mod store;

pub mod transcribe;

pub mod words;

pub mod language;
pub mod near;
pub mod numbers;
pub mod speaker;

pub mod clean;
mod frames;
pub mod merge;
pub mod output;

mod program;

pub use fault::InputError;
pub use program::main;
