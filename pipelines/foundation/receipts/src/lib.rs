//! Evidence that a person did it: signed, logged, and verifiable with the public key alone.
//!
//! It deliberately does not know what a dataset or a take is beyond digests and times, where files lie (a [`log::Store`]
//! is given), or what hour it is.
//!
//! Begin with [`keys`] and [`envelope`] for what is signed, then [`log`] for where it is written down.

pub mod envelope;
pub mod keys;
pub mod log;
