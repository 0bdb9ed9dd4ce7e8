//! Rendered charts, tables, diagrams and documents with exact answers: the stage `docs`.
//!
//! It deliberately does not know how shards are written, resumed or reported (the loop in `pixmo-stage` does), how a
//! figure is laid out (the renderers do), or how its own answers are checked (`pixmo-recheck` works them out a second
//! time from the stored data and program alone). It reads no file and calls no model.
//!
//! Begin with [`picture`] (one task from seed to row), then [`content`] (what a picture is about), [`program`] and
//! [`question`] (what is asked and how the answer is computed), [`visibility`] (the proof that it can be seen).

pub mod banks;
pub mod chart_content;
pub mod content;
pub mod diagram_content;
pub mod document;
pub mod evaluate;
pub mod localise;
pub mod picture;
pub mod program;
pub mod question;
pub mod redraw;
pub mod references;
pub mod review;
pub mod settings;
pub mod sources;
pub mod stage;
pub mod steering;
pub mod table_content;
pub mod visibility;
pub mod world;
