//! The program as people run it.

mod building;
mod campaign;
mod server;
#[cfg(feature = "whisper")]
mod transcribing;
mod vouched;
#[cfg(feature = "whisper")]
mod working;
mod written;
