//! Files of models: which ones there are, where they come from, and how they get here whole.
//!
//! The list names each file with its hash, its size and its licence, and nothing else is taken for it: a model that is
//! here under its name is the one of the list, on whatever way it came (its own address, a mirror, a folder).
//! Checkpoints of many files have a lock beside them instead, which says whose word the hashes are.
//!
//! It deliberately does not know how a model is run (the engines), how a request is made (`pixmo-fetch`), or what a
//! dataset does with an answer.
//!
//! Begin with [`catalogue`] for the list, then [`fetch`] for the way of one file and [`part`] for what is kept of it on
//! the way; [`shelf`] is the folder in which models lie.
//! For checkpoints: [`checkpoints`] is the list, [`lock`] what one consists of, [`headers`] what its weights say of
//! themselves.

pub mod catalogue;
pub mod checkpoints;
pub mod settings;
pub mod shelf;

pub mod headers;
pub mod lock;
pub mod part;
pub mod sums;

pub mod fetch;
pub mod list;
pub mod show;

mod bring;
mod gather;
mod hub;
mod news;
mod program;
mod weights;

pub use program::main;
