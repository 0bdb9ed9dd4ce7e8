//! The program as people run it.

#[cfg(feature = "whisper")]
mod transcribing;
