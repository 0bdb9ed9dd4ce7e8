//! The program as people run it.

mod building;
mod campaign;
mod server;
#[cfg(feature = "whisper")]
mod transcribing;
#[cfg(feature = "whisper")]
mod working;
mod written;
