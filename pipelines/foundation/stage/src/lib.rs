//! The loop every dataset runs in: order, workers, resume, limits, progress, interruption, files and summary.
//!
//! It deliberately does not know what a task makes or why one fails: a dataset says that with a [`Stage`] and is a
//! program by calling [`main`]. It does not write files itself (`pixmo-shards` does), nor print (`pixmo-console`
//! does), nor read the campaign file (`pixmo-campaign` does).
//!
//! Begin with [`stage`] for what a dataset says, then [`plan`](mod@plan) for which shard holds which tasks, then
//! `build` for the way from flags to a finished folder, with `work` for the loop itself.

pub mod failures;
pub mod parallel;
pub mod stage;

mod context;
mod emit;
mod task;

pub mod plan;

mod arguments;
mod build;
mod claim;
mod finish;
mod program;
mod publish;
mod rehearsal;
mod request;
mod section;
mod work;

pub use arguments::{BuildArgs, Only};
pub use build::{build, build_in, build_with};

pub use context::Context;
pub use emit::Emit;
pub use pixmo_shards::{ConfigSpec, Split};
pub use plan::Shard;
pub use program::main;
pub use request::Told;
pub use stage::{Outcome, Reason, Review, Stage};
pub use task::{Group, Part, Task, Worker};
