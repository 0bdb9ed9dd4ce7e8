//! Places in images that people pointed at: answers about one label in one image become one row, once others agree.
//!
//! It deliberately does not know how answers are read and weighed (`pixmo-answers`), how people point (`pixmo-annotator`),
//! what an image looks like (it never opens one), or how rows become files (`pixmo-stage`, `pixmo-shards`).
//!
//! Begin with [`judge`], how what stands becomes a row; [`stage`] hands the rows to the loop.

pub mod build;
pub mod judge;
mod program;
pub mod reason;
pub mod settings;
pub mod stage;

pub use program::main;
