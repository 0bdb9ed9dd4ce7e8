//! A picture and the truth about it: scenes of drawn items, text shaping with bundled fonts, the rasteriser, PNG
//! encoding, the defects that make a picture unfit, seeds, and the data behind a picture.
//!
//! It knows no dataset, no question and no file format but PNG and SVG. It reads no file, no clock and no system font:
//! the same [`scene::Scene`] gives the same bytes everywhere.
//!
//! Begin with [`scene`] (what is drawn, and what is known about it), then [`raster`] (pixels), [`defect`] (what is
//! wrong with a scene) and [`data`] (the tables a picture is drawn from).

pub mod color;
pub mod data;
pub mod defect;
pub mod font;
pub mod geometry;
pub mod jpeg;
pub mod palette;
pub mod picture;
pub mod raster;
pub mod scene;
pub mod seed;
pub mod svg;
pub mod view;

pub use color::Color;
pub use data::{Cell, Column, ColumnKind, Data, Datum, NumberFormat, Table, Value};
pub use font::{FaceId, Fonts, Style, TextError};
pub use geometry::{Point, Quad, Rect};
pub use picture::Picture;
pub use scene::{Element, ElementId, Role, Scene};
pub use seed::{Rng, Seed};
pub use tiny_skia::{Path, PathBuilder, PathSegment, Pixmap, Transform};
pub use view::View;
