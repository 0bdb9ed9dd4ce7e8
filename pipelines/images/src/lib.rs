//! From a list of addresses to clean, licensed, split, deduplicated images.
//!
//! Two halves: `gather` brings every row of a list, keeps the originals under their hash and writes down what became of
//! the row; the house's loop then makes rows and shards from what was written down. The rest looks at what was gathered,
//! looks again whether it still lives, finds pictures that are alike, and takes rows down.
//!
//! It deliberately does not know how a request is made (`pixmo-fetch`), how a file is decoded (`pixmo-pictures`), when
//! two pictures are alike (`pixmo-near`), or how rows become files (`pixmo-stage`, `pixmo-shards`).
//!
//! Begin with [`list`] for what goes in and [`outcome`] for what can become of a row, then `gather` with `visit` for the
//! way of one row, and [`stage`] for how it becomes a row of the dataset. Each verb has a module of its name.

pub mod list;

pub mod class;
pub mod evidence;
pub mod outcome;

pub mod gathered;
pub mod journal;

pub mod judge;
pub mod retry;
pub mod screen;
pub mod settings;

mod copies;
mod crew;
mod feed;
mod gather;
mod spill;
mod twins;
mod visit;

pub mod stage;

pub mod liveness;
pub mod place;

pub mod against;
mod catalogue;
mod looks;

pub mod dedup;
pub mod fetch;
pub mod hash;
pub mod held;
pub mod import;
pub mod recheck;
pub mod status;
pub mod takedown;
pub mod whereabouts;

mod failures;
mod program;

pub use program::main;
