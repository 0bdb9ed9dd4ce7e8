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
//! Begin with [`List::open`] and [`List::import`], then [`List::read`].

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
use std::path::Path;

use bytes::Bytes;

pub use columns::ListArgs;
pub use fault::{BadRow, ListError, RowFault};
pub use form::Form;

/// One row of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its number in the list, from 0; rows that cannot be used are counted.
    pub number: u64,
    /// Its line in the file, from 1; its number from 1 where there are no lines.
    pub line: u64,
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

/// What stands in one row of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// An image that is asked for.
    Row(Row),
    /// A row that cannot be used.
    Bad(BadRow),
}

impl Entry {
    /// Its number in the list, from 0.
    #[must_use]
    pub fn number(&self) -> u64 {
        match self {
            Entry::Row(row) => row.number,
            Entry::Bad(bad) => bad.number,
        }
    }
}

impl From<Result<Row, BadRow>> for Entry {
    fn from(row: Result<Row, BadRow>) -> Entry {
        row.map_or_else(Entry::Bad, Entry::Row)
    }
}

/// The entries of a range of rows, in order. Nothing follows an error.
pub type Entries = Box<dyn Iterator<Item = Result<Entry, ListError>> + Send>;

/// What a list has to be able to do; one for each form of list.
pub(crate) trait Source: Send + Sync {
    /// How many rows there are, bad ones included.
    fn rows(&self) -> u64;

    /// The entries of some rows, none of them beyond the end.
    fn read(&self, rows: Range<u64>) -> Result<Entries, ListError>;
}

/// An open list.
pub struct List {
    name: String,
    rows: u64,
    sha256: String,
    source: Box<dyn Source>,
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List").field("name", &self.name).field("rows", &self.rows).finish_non_exhaustive()
    }
}

impl List {
    /// Opens a list of addresses and reads it once. What was found is kept in the folder `work`.
    ///
    /// # Errors
    /// When it cannot be read, its form or its columns cannot be told, or the work folder cannot be written. A row that
    /// cannot be used is no error.
    pub fn open(path: &Path, args: &ListArgs, work: &Path) -> Result<List, ListError> {
        let told = form::of_file(path, args.form)?;
        match told.form {
            Form::Parquet => Ok(List::of(path, table::Tables::of_list(path, args)?)),
            _ => Ok(List::of(path, text::TextList::open(path, told, args, work)?)),
        }
    }

    /// Opens a folder of images: Parquet files if it holds any, or else WebDataset archives if it holds any, or else
    /// files that are pictures by the ends of their names. Links are not followed. One Parquet file or one archive is a
    /// folder too. What was found is kept in the folder `work`.
    ///
    /// # Errors
    /// As [`List::open`]; and when nothing in the folder can be imported.
    pub fn import(folder: &Path, args: &ListArgs, work: &Path) -> Result<List, ListError> {
        let found = folder::Found::at(folder, work)?;
        let root = found.root.clone();
        Ok(match found.kind {
            folder::Kind::Tables => List::of(folder, table::Tables::of_folder(&root, &found.files, args)?),
            folder::Kind::Archives => {
                List::of(folder, archive::Archives::open(&root, found.files, args, work)?)
            }
            folder::Kind::Pictures => List::of(folder, folder::Folder::open(found)?),
        })
    }

    fn of<S: Source + 'static>(path: &Path, (sha256, source): ([u8; 32], S)) -> List {
        let (name, sha256) = (path.display().to_string(), hex::encode(sha256));
        List { name, rows: source.rows(), sha256, source: Box::new(source) }
    }

    /// Its file or folder, for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many rows it has, bad ones included.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Names its content, in hexadecimal: the SHA-256 of the file of a list, packed or not; of a folder that of the names
    /// and sizes of all that is imported.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The entries of some rows, counted from 0, in order. Each row gives one entry. Only what stands there is read.
    ///
    /// # Errors
    /// When the list cannot be read any more.
    pub fn read(&self, rows: Range<u64>) -> Result<Entries, ListError> {
        self.source.read(rows.start.min(self.rows)..rows.end.min(self.rows))
    }
}
