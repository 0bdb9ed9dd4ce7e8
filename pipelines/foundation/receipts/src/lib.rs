//! Evidence that a person did it: signed, logged, and verifiable with the public key alone.
//!
//! It deliberately does not know what a dataset or a take is beyond digests and times, where files lie (a [`log::Store`]
//! is given), how recordings are decoded or measured, or what hour it is.
//!
//! Begin with [`issuer`] for the way of a receipt from a nonce to an entry of the log, then [`published`] and [`verify`]
//! for the way back. Below stand [`keys`] and [`envelope`] (what is signed), [`chain`] (how a recording arrives), [`leaf`]
//! and [`openings`] (what is logged and what opens it), [`keyring`] (which key when), and [`log`].

pub mod chain;
pub mod envelope;
pub mod keys;
pub mod leaf;
pub mod log;
pub mod nonce;
pub mod openings;

pub mod issuer;
mod offer;
pub mod registry;

pub mod batch;
pub mod check;
pub mod fault;
pub mod keyring;
pub mod published;
pub mod recording;
pub mod rows;
pub mod verify;

pub use fault::{Fault, Place, Wrong};
pub use issuer::{Issued, Issuer, Offer, Refusal, Source};
pub use published::{Entry, Published};
pub use verify::{Report, verify};
