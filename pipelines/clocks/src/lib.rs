//! Rendered watch faces with the time they show: the stage `clocks`.
//!
//! It deliberately does not know how a face is drawn (`pixmo-render-clocks` does) and how shards are written, resumed or
//! reported (the loop in `pixmo-stage` does). It calls no model, and reads no file but the photographs of
//! a folder that the settings name.
//!
//! Begin with [`stratum`] (which moment a task shows), then [`label`] (what can be read of it, as the published columns
//! say it) and [`question`] (what is asked about the picture); [`picture`] is the whole way to a picture, [`several`] that to
//! one of several clocks, and [`stage`] the whole row. [`mask`] says which pixels belong to which hand; by it, tests read the
//! time back.

pub mod backgrounds;
pub mod camera;
pub mod label;
pub mod legible;
pub mod mask;
pub mod photograph;
pub mod picture;
pub mod picture_dial;
pub mod question;
pub mod settings;
pub mod several;
pub mod stage;
mod standing;
pub mod stratum;
