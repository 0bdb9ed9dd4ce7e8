//! Points with masks, checked by people, by which pointing is measured.
//!
//! It deliberately does not know how answers are read and weighed (`pixmo-answers`), or how a mask is made: it makes none,
//! and takes those that somebody's segmenter wrote, as run lengths of COCO or as PNG files.
//!
//! Begin with [`judge`], which answers are rows; then [`masks`], where masks come from, and [`assign`], which mask is of which
//! point; [`stage`] hands the rows to the loop.

pub mod assign;
pub mod build;
pub mod judge;
pub mod masks;
mod program;
pub mod reason;
pub mod rle;
pub mod settings;
pub mod stage;
pub mod wanted;

pub use program::main;
