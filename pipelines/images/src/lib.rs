//! From a list of addresses to clean, licensed, split, deduplicated images.
//!
//! Two halves: [`gather`](mod@fetch) brings every row of a list, keeps the originals under their hash and writes down
//! what became of the row; the house's loop then makes rows and shards from what was written down. The rest looks at
//! what was gathered, looks again whether it still lives, finds pictures that are alike, and takes rows down.
//!
//! It deliberately does not know how a request is made (`pixmo-fetch`), how a file is decoded (`pixmo-pictures`), when
//! two pictures are alike (`pixmo-near`), or how rows become files (`pixmo-stage`, `pixmo-shards`).
//!
//! Begin with [`list`] for what goes in, then `program` for the verbs, each in a module of its name.

pub mod list;

mod failures;
mod program;

pub mod dedup;
pub mod fetch;
pub mod hash;
pub mod import;
pub mod recheck;
pub mod status;
pub mod takedown;
pub mod whereabouts;

pub use program::main;
