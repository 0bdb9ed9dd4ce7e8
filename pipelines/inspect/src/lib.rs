//! Looks at finished data: how far a dataset is, whether every byte and every answer of it is right, how it looks, and
//! what it is made of.
//!
//! It deliberately does not know how rows are made or drawn: it reads what lies in a dataset folder, with the columns of
//! `pixmo-schemas`, and works answers out again with `pixmo-recheck` from what is stored. It changes nothing in the
//! folder it looks at.
//!
//! Begin with [`program`] for the verbs, then [`place`] for the folder that is meant, then [`verify`], which names all
//! that must hold of a dataset.

pub mod program;

pub mod place;

pub mod tables;

pub mod pixels;
pub mod sheet;

pub mod status;
pub mod verify;

pub mod sample;
pub mod stats;

mod crew;
mod failures;
mod remedy;
mod rows;

pub use program::main;
