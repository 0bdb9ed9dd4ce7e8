//! Rows to files and back, whole or not at all: Parquet files, journals, sidecars, cards and manifests, on a local
//! disk or in an object store.
//!
//! It deliberately does not know how rows are made, which datasets there are beyond their columns, what a campaign
//! is, or how to talk to a person.
//!
//! Begin with [`names`] for what a dataset folder looks like, then [`location`] for how a name there is complete or
//! absent, then [`journal`], [`file_writer`] and [`sidecar`] for the way of a shard, then [`manifest`] and
//! [`reader`].

pub mod names;

pub mod disk;
pub mod location;
pub mod lock;
mod remote;

pub mod config_spec;

pub mod begun;
pub mod journal;

pub mod file_writer;
pub mod sidecar;

pub mod card;
pub mod manifest;

pub mod foreign;
pub mod reader;

pub mod originals;

pub use begun::{Begun, Difference};
pub use card::{Card, CardError};
pub use config_spec::{ConfigSpec, schema_version};
pub use disk::{Disk, Faults, Step, Verdict};
pub use file_writer::{FileWriter, WriteError, WrittenFile};
pub use foreign::{ForeignColumn, ForeignError, ForeignFile, ForeignKind, ForeignRows, ForeignValue};
pub use journal::{Journal, JournalError, JournalHead, Recovery};
pub use location::{Entry, Location, LocationError, Trouble};
pub use lock::{Hold, Lock};
pub use manifest::{ConfigTotals, Manifest, ManifestError, ShardEntry};
pub use names::Split;
pub use originals::{OriginalError, Originals, Put};
pub use reader::{DatasetFolder, Mismatch, ReadError, Rows, Survey, check_file, read_columns, read_rows};
pub use sidecar::{FileEntry, Sidecar, SidecarError};
