//! What a row is: the datasets, their tables, and for every column its name, type, unit, range and meaning.
//!
//! Nothing here reads or writes a file, knows a shard, or draws anything.
//! A record is a plain Rust value; this crate checks it against its columns and turns rows into an Arrow batch and
//! back, with the features metadata that lets the `datasets` library decode images.
//!
//! Begin with [`dataset`], then [`column`] (one table describes Arrow type, features, card and checks alike), then
//! [`record`], and one of [`records`] as an example.

pub mod dataset;

pub mod annotation;
pub mod annotation_points;

pub mod card;
pub mod column;
pub mod features;

mod check;
pub mod id;
pub mod receipt;
pub mod record;
mod walk;

pub mod records;

pub use column::{Column, Kind, Range, Unit};
pub use dataset::{Config, Dataset};
pub use id::{Sha256, row_id};
pub use record::{Record, RecordError, from_batch, from_columns, schema_of, to_batch};
