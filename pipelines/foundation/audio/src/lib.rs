//! Recordings as browsers and recorders give them, to 16 kHz mono samples and what can be measured of them: how long
//! someone speaks, how loud, how clean, and whether it is the same recording as another.
//!
//! It deliberately does not know what a take, a receipt or a transcript is, nor who speaks or what is said.
//!
//! Begin with [`decode`] for how a file becomes samples and which files are refused, then [`voice`] for where speech is,
//! [`measure`] for the numbers, and [`fingerprint`] for the same recording after another encoder.
//!
//! # What is the same on every machine
//! The digest of a recording is taken of its file by whoever holds it, never of samples: lossy decoders and the resampler
//! choose other instructions on other processors, and may differ in the last bit. What is lossless and has 16 kHz and one
//! channel of at most 16 bits keeps every sample. Samples are rounded to 16 bits, which hides most other differences, and
//! from there on every step (voice, measures, fingerprint) takes its mathematics from `libm` in a fixed order, so that the
//! same samples give the same numbers everywhere. Numbers are rounded to what they can bear, and fingerprints are compared
//! with a tolerance.

pub mod decode;
pub mod error;
pub mod fingerprint;
pub mod kind;
pub mod limits;
pub mod measure;
pub mod voice;

mod dft;
mod mix;
mod resample;
mod source;

pub use decode::{Recording, Stream, decode, decode_file};
pub use error::AudioError;
pub use fingerprint::{Fingerprint, Likeness};
pub use limits::Limits;
pub use measure::{Measures, measure};
pub use voice::{Voice, VoiceSettings};

/// Samples a second of what [`decode`](mod@decode) gives.
pub const SAMPLE_RATE_HZ: u32 = 16_000;

/// How long so many samples last, in seconds.
#[must_use]
pub fn secs_of(samples: usize) -> f64 {
    samples as f64 / f64::from(SAMPLE_RATE_HZ)
}

/// How many samples last so long; 0 for times before the beginning.
#[must_use]
pub fn samples_in(secs: f64) -> usize {
    (secs * f64::from(SAMPLE_RATE_HZ)).round().max(0.0) as usize
}
