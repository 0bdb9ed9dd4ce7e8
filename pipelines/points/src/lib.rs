//! Places in images that people pointed at: answers about one label in one image become one row, once others agree.
//!
//! It deliberately does not know how people point, or how they are paid (`pixmo-annotator`, whose exported lines it
//! reads), what an image looks like (it never opens one), or how rows become files (`pixmo-stage`, `pixmo-shards`).
//!
//! Begin with [`answers`], what people said, by image and label; then [`judge`], the rules by which that becomes a row or
//! waits for a person; [`agreement`] is how points are compared, and [`stage`] hands the rows to the loop.

pub mod agreement;
pub mod answers;
pub mod build;
mod fault;
pub mod judge;
mod program;
pub mod reason;
pub mod settings;
pub mod stage;

pub use fault::InputError;
pub use program::main;
