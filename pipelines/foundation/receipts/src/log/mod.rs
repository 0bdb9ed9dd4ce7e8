//! A transparency log that any web server can publish: C2SP tlog-tiles with signed checkpoints.
//!
//! Begin with [`tree`] for hashes and proofs, then [`tiles`] for the files, [`note`] for checkpoints, [`LogWriter`] for
//! adding entries and [`LogReader`] for proofs and the audit of everything.

pub mod note;
pub mod tiles;
pub mod tree;

mod reader;
mod store;
mod writer;

pub use note::{Checkpoint, NoteError, NoteVerifier};
pub use reader::{Audit, LogReader};
pub use store::{Folder, Store, StoreError};
pub use writer::LogWriter;

use crate::keys::SignError;

/// Something about a log does not hold, or its files cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// A file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The checkpoint is not believed.
    #[error("the checkpoint of the log is not believed")]
    Checkpoint(#[from] NoteError),
    /// There is no checkpoint where one is needed.
    #[error("there is no checkpoint, so there is no log")]
    NoLog,
    /// A tile or bundle that the checkpoint promises is not there.
    #[error("`{name}` is missing")]
    Missing {
        /// Which file.
        name: String,
    },
    /// A tile or bundle holds something else than the checkpoint promises.
    #[error("`{name}` is damaged: {what}")]
    Damaged {
        /// Which file.
        name: String,
        /// What does not fit.
        what: String,
    },
    /// There is no such entry, or no such earlier tree.
    #[error("the log has {size} entries, and number {index} was asked for")]
    Beyond {
        /// What was asked for.
        index: u64,
        /// The entries of the log.
        size: u64,
    },
    /// An entry is too long.
    #[error("an entry has {bytes} bytes, at most {} are kept", tiles::ENTRY_BYTES_MAX)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// The checkpoint is not signed.
    #[error("the checkpoint of the log is not signed")]
    Sign(#[from] SignError),
    /// The name of the log cannot stand in a checkpoint.
    #[error("`{name}` cannot name a log: it must not be empty or hold white space or `+`")]
    Name {
        /// The name.
        name: String,
    },
}
