//! The program as people run it.

mod building;
mod campaign;
#[cfg(feature = "whisper")]
mod transcribing;
