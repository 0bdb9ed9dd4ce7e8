//! Lists of images as rows, and folders of them: any range of rows, as often as needed.
//!
//! A list is text with an address a line, CSV, JSONL or Parquet; a folder holds picture files, Parquet files with the
//! bytes of pictures, or WebDataset archives. All of them give the same [`Row`]. A row that cannot be used is not passed
//! over: it has its place like every other and says what is wrong with it ([`BadRow`]).
//!
//! A list is opened once, which reads it once: its rows are counted and its hash is known, because everything that is
//! made from it is pinned to both. What is needed to find a range of rows is kept in the work folder; it is small
//! whatever the size of the list, and no more than a row is in memory at a time.
//!
//! Begin with [`open`] and [`import`], then [`List::rows`].

mod address;
mod archive;
mod columns;
mod cutter;
mod fault;
mod folder;
mod form;
mod index;
mod listing;
mod packed;
mod table;
mod text;

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytes::Bytes;

pub use columns::{ColumnArgs, ListOptions};
pub use fault::{BadRow, ListError, RowFault};
pub use form::Form;

/// One row of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its line or row in the list, from 1; in a folder with several files its place among all rows, from 1.
    pub number: u64,
    /// Where the image can be fetched; none where the list brings its bytes and does not say it.
    pub address: Option<String>,
    /// The bytes of the image, where the list brings them.
    pub bytes: Option<Bytes>,
    /// The file that they were taken from, relative to the folder.
    pub file: Option<String>,
    /// The SHA-256 that the list says its bytes have.
    pub sha256: Option<[u8; 32]>,
    /// What the list says of the licence.
    pub licence: Option<String>,
    /// The other columns of the list, under their names.
    pub other: serde_json::Map<String, serde_json::Value>,
}

/// The rows of a range, in order. After an error of the list nothing follows.
pub type Rows = Box<dyn Iterator<Item = Result<Result<Row, BadRow>, ListError>> + Send>;

/// What a list has to be able to do; one for each form of list.
pub(crate) trait Source: Send + Sync {
    /// How many rows there are, bad ones included.
    fn len(&self) -> u64;

    /// The rows of a range of positions, counted from 0, none of them beyond the end.
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

/// Opens a list of addresses and reads it once.
///
/// # Errors
/// When it cannot be read, its form or its columns cannot be told, or the work folder cannot be written. A row that
/// cannot be used is no error.
pub fn open(path: &Path, options: &ListOptions) -> Result<List, ListError> {
    let told = form::of_file(path, options.columns.form)?;
    match told.form {
        Form::Parquet => List::of(path, table::Tables::of_list(path, &options.columns)?),
        _ => List::of(path, text::TextList::open(path, told, options)?),
    }
}

/// Opens a folder of images: Parquet files if it holds any, or else WebDataset archives if it holds any, or else files
/// that are pictures by the ends of their names. Links are not followed. One Parquet file or archive is a folder too.
///
/// # Errors
/// As [`open`]; and when nothing in the folder can be imported.
pub fn import(folder: &Path, options: &ListOptions) -> Result<List, ListError> {
    let work = options.work_for(folder)?;
    let found = folder::Found::at(folder, work)?;
    let root = found.root.clone();
    match found.kind {
        folder::Kind::Tables => {
            List::of(folder, table::Tables::of_folder(&root, &found.files, &options.columns)?)
        }
        folder::Kind::Archives => {
            List::of(folder, archive::Archives::open(&root, found.files, &options.columns, work)?)
        }
        folder::Kind::Pictures => List::of(folder, folder::Folder::open(found)?),
    }
}

impl List {
    fn of<S: Source + 'static>(path: &Path, (sha256, source): ([u8; 32], S)) -> Result<List, ListError> {
        Ok(List { path: path.to_owned(), len: source.len(), sha256, source: Box::new(source) })
    }

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

    /// The SHA-256 of the list: of the file, packed or not; for a folder of the names and sizes of all that is imported.
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
