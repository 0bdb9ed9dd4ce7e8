//! Watches and clocks as scenes: a body, a face in it, and hands that show a moment exactly.
//!
//! It knows no dataset and no question, reads no file and draws no random number that it was not handed a seed for. What
//! is shown where stands in the elements of the scene: hands are [`pixmo_render::Role::Hand`], named after what they
//! point out.
//!
//! Begin with [`space`] (the units everything is drawn in) and [`moment`] (what is shown, and the angles of the hands).

pub mod backdrop;
pub mod body;
pub mod digital;
pub mod face;
pub mod frame;
pub mod glass;
pub mod moment;
pub mod photo;
pub mod space;
pub mod watch;

pub use digital::Digital;
pub use face::Face;
pub use frame::{Calling, Dated, Display, Frame, Shows};
pub use moment::{Angles, Moment, Movement};
pub use space::{Canvas, Letters, Outline, polar};
