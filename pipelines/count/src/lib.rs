//! How many of a thing an image shows: numbers that people agree on become the rows by which counting is measured.
//!
//! It deliberately does not know how answers are read and weighed (`pixmo-answers`), how people count (`pixmo-annotator`), or
//! what an image looks like. It makes `validation` and `test`; `train` comes from a detector, and nothing here runs one.
//!
//! Begin with [`judge`], which answers are numbers for a row; then [`choice`], which of them are taken so that all numbers
//! are as frequent; [`stage`] hands the rows to the loop.

pub mod build;
pub mod choice;
pub mod judge;
mod program;
pub mod reason;
pub mod settings;
pub mod stage;

pub use program::main;
