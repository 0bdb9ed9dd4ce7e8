//! A list of images as rows: one address a line, or a table with one row for each image.
//!
//! A list is opened once, which reads it once: its rows are counted and its hash is known, because everything that is
//! made from it is pinned to both. Ranges of rows are then read as often as needed, and no more than a range is kept.

mod lines;

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytes::Bytes;

/// One row of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its line or row in the list, from 1.
    pub number: u64,
    /// Where the image can be fetched; none where the list brings its bytes.
    pub address: Option<String>,
    /// The bytes of the image, where the list brings them.
    pub bytes: Option<Bytes>,
    /// The SHA-256 that the list says its bytes have.
    pub sha256: Option<[u8; 32]>,
    /// What the list says of the licence.
    pub licence: Option<String>,
    /// The other columns of the list, under their names.
    pub other: serde_json::Map<String, serde_json::Value>,
}

/// How the columns of a list are called; what is not said is guessed from the usual names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListOptions {
    /// The column of addresses.
    pub address_column: Option<String>,
    /// The column of SHA-256 hashes.
    pub hash_column: Option<String>,
    /// The column of licences.
    pub licence_column: Option<String>,
}

/// A row that cannot be used; the rest of the list can.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {number} of the list: {fault}")]
pub struct BadRow {
    /// Its line or row in the list, from 1.
    pub number: u64,
    /// What is wrong with it.
    pub fault: String,
}

/// A list that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The disk failed, or there is no such file.
    #[error("cannot read the list `{path}`")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// It has another content than when it was opened.
    #[error("the list `{path}` was changed while it was read")]
    Changed {
        /// The file.
        path: String,
    },
    /// It is not what its name says, or names no column that can be used.
    #[error("cannot use the list `{path}`: {fault}")]
    Form {
        /// The file.
        path: String,
        /// What is wrong.
        fault: String,
        /// What to do about it.
        hint: Option<String>,
    },
}

impl ListError {
    /// Whether the disk is at fault, and not whoever asked.
    #[must_use]
    pub fn is_world(&self) -> bool {
        match self {
            ListError::Io { source, .. } => source.kind() != std::io::ErrorKind::NotFound,
            ListError::Changed { .. } => true,
            ListError::Form { .. } => false,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        match self {
            ListError::Io { .. } => vec!["check the path and whether the file may be read".to_owned()],
            ListError::Changed { .. } => vec!["run the command again when nobody writes to it".to_owned()],
            ListError::Form { hint, .. } => hint.iter().cloned().collect(),
        }
    }
}

/// The rows of a range, in order. After an error of the list nothing follows.
pub type Rows = Box<dyn Iterator<Item = Result<Result<Row, BadRow>, ListError>> + Send>;

/// What a list has to be able to do; one for each form of list.
pub(crate) trait Source: Send + Sync {
    /// The rows of a range of row numbers, counted from 0.
    fn rows(&self, range: Range<u64>) -> Result<Rows, ListError>;
}

/// An open list.
pub struct List {
    path: PathBuf,
    len: u64,
    sha256: [u8; 32],
    source: Box<dyn Source>,
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List").field("path", &self.path).field("len", &self.len).finish_non_exhaustive()
    }
}

impl List {
    /// The file or folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many rows it has, bad ones included.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The SHA-256 of the list: of the file, or of names and contents for a folder.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// The rows with these positions, counted from 0, in order. Each position gives one item, a row or a bad row.
    ///
    /// # Errors
    /// When the list cannot be read any more.
    pub fn rows(&self, range: Range<u64>) -> Result<Rows, ListError> {
        self.source.rows(range.start.min(self.len)..range.end.min(self.len))
    }
}

/// Opens a list and reads it once.
///
/// # Errors
/// When it cannot be read, or is not what its name says.
pub fn open(path: &Path, _options: &ListOptions) -> Result<List, ListError> {
    let (source, len, sha256) = lines::Lines::open(path)?;
    Ok(List { path: path.to_owned(), len, sha256, source: Box::new(source) })
}
