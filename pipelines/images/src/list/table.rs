//! Parquet files: lists of addresses, and sets with the bytes of pictures.

use std::ops::Range;
use std::path::Path;

use bytes::Bytes;
use pixmo_shards::{ForeignFile, ForeignKind, ForeignRows, ForeignValue};
use serde_json::Map;
use sha2::{Digest, Sha256};

use super::columns::{Chosen, ListArgs, PICTURE_NAMES, Wish, choose};
use super::fault::{ListError, RowFault, shown};
use super::folder::PICTURE_BYTES_MAX;
use super::{BadRow, Entries, Entry, Row, Source, packed};

/// Files with rows, one behind the other.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    files: Vec<Table>,
}

/// One file.
#[derive(Clone, Debug)]
struct Table {
    /// Its name, where there are several.
    name: Option<String>,
    file: ForeignFile,
    /// The number of its first row.
    first: u64,
    chosen: Chosen,
    /// The column with the bytes of pictures, for imports.
    picture: Option<String>,
}

impl Tables {
    /// A list of addresses.
    pub(super) fn of_list(path: &Path, args: &ListArgs) -> Result<([u8; 32], Tables), ListError> {
        let sha256 = packed::sha256_of(path)?;
        let file = ForeignFile::open(path)?;
        let names: Vec<String> = file.columns().iter().map(|column| column.name.clone()).collect();
        let chosen = Chosen::among(path, &names, args, true)?;
        if file.rows() == 0 {
            return Err(ListError::Empty { path: path.display().to_string(), hint: "give a list with rows" });
        }
        Ok((sha256, Tables { files: vec![Table { name: None, file, first: 0, chosen, picture: None }] }))
    }

    /// A folder of files with the bytes of pictures.
    pub(super) fn of_folder(
        folder: &Path,
        files: &[String],
        args: &ListArgs,
    ) -> Result<([u8; 32], Tables), ListError> {
        let (mut tables, mut first, mut hasher) = (Vec::new(), 0u64, Sha256::new());
        for name in files {
            let path = folder.join(name);
            let file = ForeignFile::open(&path)?;
            let bytes = std::fs::metadata(&path).map_err(|error| ListError::read(&path, error))?.len();
            hasher.update(format!("{name}\n{bytes}\n{}\n", file.rows()));
            let (chosen, picture) = choose_import(&path, &file, args)?;
            let rows = file.rows();
            tables.push(Table { name: Some(name.clone()), file, first, chosen, picture: Some(picture) });
            first = first.saturating_add(rows);
        }
        if first == 0 {
            let path = folder.display().to_string();
            return Err(ListError::Empty { path, hint: "give Parquet files with rows" });
        }
        Ok((hasher.finalize().into(), Tables { files: tables }))
    }
}

impl Source for Tables {
    fn rows(&self) -> u64 {
        self.files.last().map_or(0, |table| table.first.saturating_add(table.file.rows()))
    }

    fn read(&self, rows: Range<u64>) -> Result<Entries, ListError> {
        let tables = self.files.clone();
        Ok(Box::new(TableRows { tables, at: None, next: rows.start, end: rows.end }))
    }
}

/// The columns of a set with pictures. Its hashes are believed only where a flag names them: in such sets they are often
/// those of other bytes, from before the pictures were made smaller.
pub(super) fn import_columns(args: &ListArgs, path: &Path, names: &[String]) -> Result<Chosen, ListError> {
    let mut chosen = Chosen::among(path, names, args, args.address_column.is_some())?;
    if args.hash_column.is_none() {
        chosen.sha256 = None;
    }
    Ok(chosen)
}

fn choose_import(path: &Path, file: &ForeignFile, args: &ListArgs) -> Result<(Chosen, String), ListError> {
    let is_media = |kind| matches!(kind, ForeignKind::Media | ForeignKind::Bytes);
    let media = file.columns().iter().filter(|column| is_media(column.kind));
    let media: Vec<String> = media.map(|column| column.name.clone()).collect();
    let named = args.picture_column.as_deref();
    let wish = Wish { wanted: "picture", flag: "--picture-column", named, known: PICTURE_NAMES };
    let picture = match (choose(path, &media, &wish)?, media.as_slice()) {
        (Some(name), _) => name,
        (None, [name]) => name.clone(),
        (None, several) => {
            let all = || file.columns().iter().map(|column| column.name.clone()).collect();
            let columns = if several.is_empty() { all() } else { several.to_vec() };
            let path = path.display().to_string();
            return Err(ListError::Columns { path, wanted: "picture", flag: "--picture-column", columns });
        }
    };
    let others = file.columns().iter().filter(|column| column.name != picture);
    let others: Vec<String> = others.map(|column| column.name.clone()).collect();
    Ok((import_columns(args, path, &others)?, picture))
}

/// A range of rows.
pub(super) struct TableRows {
    tables: Vec<Table>,
    at: Option<Reading>,
    next: u64,
    end: u64,
}

/// A row group of a file that is being read: one at a time, so that damage in one costs no row of another.
struct Reading {
    table: usize,
    /// The first row of the file behind the group.
    until: u64,
    rows: Option<ForeignRows>,
    /// Why the rest of the group cannot be read.
    broken: Option<String>,
}

impl TableRows {
    fn entry(&mut self) -> Option<Entry> {
        if self.next >= self.end {
            return None;
        }
        let number = self.next;
        let at = self.tables.partition_point(|table| table.first <= number).checked_sub(1)?;
        let table = &self.tables[at];
        let row = number - table.first;
        let is_here = self.at.as_ref().is_some_and(|reading| reading.table == at && row < reading.until);
        if !is_here {
            let all: Vec<usize> = (0..table.file.columns().len()).collect();
            let until = table.file.group_end(row).max(row + 1);
            let end = until.min(table.file.rows()).min(self.end - table.first);
            let (rows, broken) = match table.file.read(row..end, &all) {
                Ok(rows) => (Some(rows), None),
                Err(error) => (None, Some(of_decoder(&error))),
            };
            self.at = Some(Reading { table: at, until, rows, broken });
        }
        let reading = self.at.as_mut()?;
        self.next += 1;
        let fault = match reading.rows.as_mut().map(Iterator::next) {
            Some(Some(Ok(values))) => return Some(table.entry(number, values)),
            Some(Some(Err(error))) => of_decoder(&error),
            Some(None) => "the file has fewer rows than it says".to_owned(),
            None => reading.broken.clone().unwrap_or_default(),
        };
        if reading.rows.take().is_some() {
            reading.broken = Some(fault.clone());
        }
        let fault = RowFault::Unreadable(shown(&fault));
        Some(Entry::Bad(BadRow { number, line: number + 1, file: table.name.clone(), fault }))
    }
}

fn of_decoder(error: &pixmo_shards::ForeignError) -> String {
    error.source.to_string()
}

impl Iterator for TableRows {
    type Item = Result<Entry, ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.entry().map(Ok)
    }
}

impl Table {
    fn entry(&self, number: u64, values: Vec<ForeignValue>) -> Entry {
        let (mut map, mut picture) = (Map::new(), Picture::default());
        for (column, value) in self.file.columns().iter().zip(values) {
            if self.picture.as_ref() == Some(&column.name) {
                picture = Picture::of(value);
            } else {
                map.insert(column.name.clone(), value.into_json());
            }
        }
        let row = self.chosen.row(map).and_then(|mut row| {
            if self.picture.is_some() {
                row.bytes = Some(picture.checked()?);
                row.file = match (&self.name, picture.path) {
                    (Some(name), Some(path)) => Some(format!("{name}/{}", shown(&path))),
                    (name, _) => name.clone(),
                };
            }
            Ok(row)
        });
        let line = number + 1;
        match row {
            Ok(row) => Entry::Row(Row { number, line, ..row }),
            Err(fault) => Entry::Bad(BadRow { number, line, file: self.name.clone(), fault }),
        }
    }
}

#[derive(Default)]
struct Picture {
    bytes: Option<Bytes>,
    path: Option<String>,
}

impl Picture {
    fn of(value: ForeignValue) -> Picture {
        match value {
            ForeignValue::Bytes(bytes) => Picture { bytes: Some(bytes), path: None },
            ForeignValue::Media { bytes, path } => Picture { bytes, path },
            _ => Picture::default(),
        }
    }

    fn checked(&self) -> Result<Bytes, RowFault> {
        match &self.bytes {
            None => Err(RowFault::NoPicture),
            Some(bytes) if bytes.len() as u64 > PICTURE_BYTES_MAX => {
                Err(RowFault::TooLarge { bytes: bytes.len() as u64, bytes_max: PICTURE_BYTES_MAX })
            }
            Some(bytes) => Ok(bytes.clone()),
        }
    }
}
