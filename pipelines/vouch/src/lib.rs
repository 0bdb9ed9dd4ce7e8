//! Receipts in the hands of people: keys, the log, and what a stranger can check.
//!
//! It deliberately does not know how a receipt is made or what makes it hold (`pixmo-receipts` does), how recordings are
//! decoded (it asks `pixmo-cap` to transcribe), or how captions come from takes.
//!
//! Begin with `program`, the verbs; `verify` is what a stranger runs, `dataset` is how it reads the rows.

mod again;
mod audio;
mod dataset;
mod failures;
mod keys;
mod logs;
mod program;
mod publish;
mod show;
mod signer;
mod verify;
mod words;

pub use program::main;
