//! Charts, tables and diagrams as scenes: data in, a display list with exact positions out.
//!
//! It knows no dataset and no question, reads no file and draws no random number that it was not handed a seed for.
//! What to draw is the caller's choice; how it is laid out so that nothing is cut and nothing overlaps is decided here.
//!
//! Begin with [`look`] (fonts, colours, habits of a house), then [`chart`], [`table`] and [`diagram`]. What comes back
//! is a [`Drawn`].

pub mod chart;
mod date;
pub mod diagram;
mod drawn;
pub mod look;
mod mount;
pub mod table;

pub use drawn::{Drawn, FigureError, Resolution};
