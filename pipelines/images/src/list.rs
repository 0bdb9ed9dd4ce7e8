//! Lists of addresses and folders of pictures, row by row, from any row on.
//!
//! A list is text with an address a line, CSV, JSONL or Parquet; a folder holds picture files, Parquet files with the
//! bytes of pictures, or WebDataset archives. All of them give the same [`Row`]. A row that cannot be used is not passed
//! over: it has its number like every other and says what is wrong with it ([`BadRow`]).
//!
//! Rows are read in ranges. What that needs is found in one pass, in which a list is hashed too, and kept in the work
//! folder; it is small whatever the size of the list.
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

use std::ops::Range;
use std::path::Path;

use bytes::Bytes;

pub use columns::ListArgs;
pub use fault::{BadRow, ListError, RowFault};
pub use form::Form;

use table::Tables;
use text::TextList;

/// One picture that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number in the list, from 0; rows that cannot be used are counted.
    pub number: u64,
    /// Its line in the file, from 1; the row in the file, from 1, where there are no lines.
    pub line: u64,
    /// Where the picture can be had: an `http` or `https` address. Imported pictures may have none.
    pub address: Option<String>,
    /// The file it was imported from, relative to the folder; nothing for a row of a list.
    pub file: Option<String>,
    /// What its bytes must hash to.
    pub sha256: Option<[u8; 32]>,
    /// What the list says of its licence.
    pub licence: Option<String>,
    /// The other columns as one JSON object.
    pub others: String,
    /// Its bytes, if it is imported.
    pub bytes: Option<Bytes>,
}

/// What stands in one row of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A picture that is asked for.
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

/// The entries of a range of rows, in order. Nothing follows an error.
pub type Entries = Box<dyn Iterator<Item = Result<Entry, ListError>> + Send>;

/// A list or a folder, opened: how many rows it has, and any range of them.
#[derive(Clone, Debug)]
pub struct List {
    name: String,
    sha256: String,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    Text(TextList),
    Tables(Tables),
    Folder(folder::Folder),
    Archives(archive::Archives),
}

impl List {
    /// Opens a list of addresses. What was found in its one pass is kept in the folder `work`.
    ///
    /// # Errors
    /// When the file cannot be read, its form or its columns cannot be told, or the work folder cannot be written. A row
    /// that cannot be used is no error.
    pub fn open(path: &Path, args: &ListArgs, work: &Path) -> Result<List, ListError> {
        let form = form::of_file(path, args.form)?;
        let (sha256, source) = match form.form {
            Form::Parquet => {
                let (sha256, tables) = Tables::of_list(path, args)?;
                (sha256, Source::Tables(tables))
            }
            _ => {
                let (sha256, text) = TextList::open(path, form, args, work)?;
                (sha256, Source::Text(text))
            }
        };
        Ok(List { name: path.display().to_string(), sha256, source })
    }

    /// Opens a folder of pictures: Parquet files if it holds any, or else WebDataset archives if it holds any, or else
    /// files that are pictures by the ends of their names. Links are not followed.
    ///
    /// # Errors
    /// As [`List::open`]; and when nothing in the folder can be imported.
    pub fn import(folder: &Path, args: &ListArgs, work: &Path) -> Result<List, ListError> {
        let found = folder::Found::in_folder(folder, work)?;
        let (sha256, source) = match found.kind {
            folder::Kind::Tables => {
                let (sha256, tables) = Tables::of_folder(folder, &found.files, args)?;
                (sha256, Source::Tables(tables))
            }
            folder::Kind::Archives => {
                let (sha256, archives) = archive::Archives::open(folder, found.files, args, work)?;
                (sha256, Source::Archives(archives))
            }
            folder::Kind::Pictures => {
                let (sha256, pictures) = folder::Folder::open(folder, found)?;
                (sha256, Source::Folder(pictures))
            }
        };
        Ok(List { name: folder.display().to_string(), sha256, source })
    }

    /// Its name, for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number of its rows, with those that cannot be used.
    #[must_use]
    pub fn rows(&self) -> u64 {
        match &self.source {
            Source::Text(text) => text.rows(),
            Source::Tables(tables) => tables.rows(),
            Source::Folder(folder) => folder.rows(),
            Source::Archives(archives) => archives.rows(),
        }
    }

    /// Names its content, in hexadecimal: the SHA-256 of the file of a list; of a folder that of the names and sizes of
    /// all its files.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The entries of some rows, in order. Only what stands there is read.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn read(&self, rows: Range<u64>) -> Result<Entries, ListError> {
        let rows = rows.start.min(self.rows())..rows.end.min(self.rows());
        match &self.source {
            Source::Text(text) => Ok(Box::new(text.read(rows)?)),
            Source::Tables(tables) => Ok(Box::new(tables.read(rows))),
            Source::Folder(folder) => Ok(Box::new(folder.read(rows)?)),
            Source::Archives(archives) => Ok(Box::new(archives.read(rows)?)),
        }
    }
}
