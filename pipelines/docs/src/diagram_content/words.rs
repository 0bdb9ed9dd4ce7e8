//! Words that only diagrams need: themes of decisions, projects, rings, layers, causes, scales and boards.

mod boards;
mod causes;
mod decisions;
mod extras;
mod groups;
mod layers;
mod models;
mod places;
mod projects;
mod rings;

pub(super) use boards::{BOARDS, PLANES, ideas};
pub(super) use causes::{CAUSES, EFFECTS};
pub(super) use decisions::DECISIONS;
pub(super) use extras::STATES;
pub(super) use groups::{ASSORTMENTS, CLUBS, DAYS, HISTORY};
pub(super) use layers::PYRAMIDS;
pub(super) use models::{FIELDS, MEMBERS};
pub(super) use places::{devices, places};
pub(super) use projects::PROJECTS;
pub(super) use rings::{RINGS, Ring};
