//! Reads clocks back from pixels: the second opinion on what a rendered clock shows. It gets pixels and the homography
//! of the row, and says where hands point and which time that is.
//!
//! It deliberately does not know the crates that draw clocks and make their labels: no type, no angle, no rule of a
//! movement is shared with them. The rules were written down once, in words, and are written here from those words, so
//! that an error on one side is caught by the other.
//!
//! Begin with [`mask`] (which pixel belongs to which hand, hence where hands point) and [`time`] (which time that is); digits
//! are read by [`segments`] and [`print`]. [`blind`] reads hands from the finished picture, without masks.

pub mod blind;
pub mod mask;
pub mod pixels;
pub mod plane;
pub mod print;
pub mod segments;
pub mod time;
