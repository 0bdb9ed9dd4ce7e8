//! Weights in files: read tensor by tensor, checked as a whole before the first is read, and written so that they are there
//! as a whole or not at all.

mod base;
mod error;
mod part;
mod plan;
mod released;
mod source;
mod write;

pub use error::{CheckpointError, Misfit};
pub use part::{Part, Turn};
pub use plan::Plan;
pub use source::Source;
pub use write::{SHARD_BYTES, save};
