//! Lists that are text: an address a line, tables, JSON objects.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use pixmo_schemas::Sha256;
use pixmo_shards::{Disk, LocationError};
use serde_json::{Map, Value};

use super::columns::{Chosen, ListArgs, distinct};
use super::cutter::{Cut, Cutter, fields_of};
use super::fault::{ListError, RowFault, shown};
use super::form::{self, Form, Packing, Told};
use super::index::Index;
use super::packed::{self, Hashing};
use super::{BadRow, Entries, Entry, Row, Source, address};

/// The file of the index, in the work folder.
const INDEX: &str = "list.json";
/// The list without its packing, in the work folder.
const PLAIN: &str = "list.plain";
/// How many objects tell which names there are.
const OBJECTS_LOOKED_AT: usize = 200;
/// The name of the only column of a list of lines.
const ADDRESS: &str = "address";

/// A list that is text.
#[derive(Clone, Debug)]
pub(super) struct TextList {
    path: PathBuf,
    form: Form,
    /// The columns of a table, in order.
    names: Vec<String>,
    chosen: Chosen,
    index: Index,
}

impl TextList {
    /// Opens a list: its hash, and where its rows are.
    pub(super) fn open(
        path: &Path,
        told: Told,
        args: &ListArgs,
        work: &Path,
    ) -> Result<([u8; 32], TextList), ListError> {
        let (cut, names) = cut_of(path, &told)?;
        let chosen = match told.form {
            Form::Txt => {
                Chosen { address: Some(ADDRESS.to_owned()), needs_address: true, ..Chosen::default() }
            }
            _ => Chosen::among(path, &names, args, true)?,
        };
        let disk = Disk::new();
        disk.create_folder(work)
            .map_err(|error| LocationError::from_io("create", work.display().to_string(), error))?;
        let has_head = matches!(cut, Cut::Table { .. });
        let plan = Plan { path, packing: told.packing, cut, has_head, work, disk: &disk };
        let (plain, index) = plan.index()?;
        if index.rows == 0 {
            return Err(ListError::Empty {
                path: path.display().to_string(),
                hint: "a list has an address a line, or a head and rows",
            });
        }
        Ok((*index.sha256.as_bytes(), TextList { path: plain, form: told.form, names, chosen, index }))
    }
}

impl Source for TextList {
    fn rows(&self) -> u64 {
        self.index.rows
    }

    fn read(&self, rows: Range<u64>) -> Result<Entries, ListError> {
        let (first, byte, line) = self.index.before(rows.start);
        let failed = |error| ListError::read(&self.path, error);
        let mut file = File::open(&self.path).map_err(failed)?;
        file.seek(SeekFrom::Start(byte)).map_err(failed)?;
        let cutter = Cutter::new(file, self.index.cut, byte, line);
        Ok(Box::new(TextRows { list: self.reading(), cutter: Some(cutter), next: first, rows }))
    }
}

impl TextList {
    fn reading(&self) -> Reading {
        Reading {
            path: self.path.clone(),
            form: self.form,
            names: self.names.clone(),
            chosen: self.chosen.clone(),
            cut: self.index.cut,
        }
    }
}

/// How a list is indexed.
struct Plan<'a> {
    path: &'a Path,
    packing: Packing,
    cut: Cut,
    has_head: bool,
    work: &'a Path,
    disk: &'a Disk,
}

impl Plan<'_> {
    /// The plain file and its index: those of an earlier run if the list is still the same.
    fn index(&self) -> Result<(PathBuf, Index), ListError> {
        let at = self.work.join(INDEX);
        let is_packed = self.packing != Packing::None;
        let plain = match is_packed {
            true => self.work.join(PLAIN),
            false => self.path.to_owned(),
        };
        let failed = |error| ListError::read(self.path, error);
        // Without an index the list is hashed and indexed in one pass; with one it is hashed alone.
        let mut known = None;
        if at.exists() {
            let sha256 = Sha256::from_bytes(packed::sha256_of(self.path)?);
            if let Some(index) = Index::kept(&at, sha256, self.cut, self.has_head)
                && std::fs::metadata(&plain).is_ok_and(|about| about.len() == index.bytes)
            {
                return Ok((plain, index));
            }
            known = Some(sha256);
        }
        let mut index;
        if is_packed {
            let sha256 = packed::unpack(self.path, self.packing, &plain, self.disk)?;
            let mut file = form::plain(&plain)?;
            index = Index::of(&mut file, self.cut, self.has_head).map_err(failed)?;
            index.sha256 = Sha256::from_bytes(sha256);
        } else {
            let mut hashing = Hashing::new(File::open(self.path).map_err(failed)?);
            index = Index::of(&mut hashing, self.cut, self.has_head).map_err(failed)?;
            index.sha256 = Sha256::from_bytes(hashing.finish());
        }
        if known.is_some_and(|known| known != index.sha256) {
            return Err(ListError::Changed { path: self.path.display().to_string() });
        }
        index.keep(&at, self.disk)?;
        Ok((plain, index))
    }
}

/// How a list is cut, and its columns, by its beginning.
fn cut_of(path: &Path, told: &Told) -> Result<(Cut, Vec<String>), ListError> {
    match told.form {
        Form::Txt => Ok((Cut::CommentedLines, vec![ADDRESS.to_owned()])),
        Form::Jsonl => Ok((Cut::Lines, names_of_objects(&told.head))),
        Form::Csv | Form::Parquet => {
            let delimiter = form::delimiter_of(told.head.trim_ascii_start());
            let mut cutter = Cutter::new(told.head.as_slice(), Cut::Table { delimiter, fields: 0 }, 0, 1);
            let wrong = |what, hint| ListError::Form { path: path.display().to_string(), what, hint };
            let head = cutter.next().map_err(|error| ListError::read(path, error))?;
            let head =
                head.ok_or_else(|| wrong("it is empty", "a table begins with the names of its columns"))?;
            if head.fault.is_some() {
                return Err(wrong("its head is longer than 1 MiB or opens a quote", "check its first line"));
            }
            let names: Vec<String> = fields_of(head.bytes, delimiter)
                .into_iter()
                .map(|field| String::from_utf8_lossy(&field).into_owned())
                .collect();
            if names.iter().any(|name| address::is_address(name)) {
                return Err(wrong(
                    "its first line holds an address where the names of the columns should be",
                    "add a line with names before it, or say `--form txt` for a list with an address a line",
                ));
            }
            let names = distinct(names);
            Ok((Cut::Table { delimiter, fields: names.len() }, names))
        }
    }
}

/// The names of the first objects, in the order in which they are met.
fn names_of_objects(head: &[u8]) -> Vec<String> {
    let mut cutter = Cutter::new(head, Cut::Lines, 0, 1);
    let mut names: Vec<String> = Vec::new();
    for _ in 0..OBJECTS_LOOKED_AT {
        // Reading from memory does not fail.
        let Ok(Some(record)) = cutter.next() else { break };
        let Ok(object) = serde_json::from_slice::<Map<String, Value>>(record.bytes) else { continue };
        for name in object.into_iter().map(|(name, _)| name) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// What is needed to understand a record.
#[derive(Clone, Debug)]
struct Reading {
    path: PathBuf,
    form: Form,
    names: Vec<String>,
    chosen: Chosen,
    cut: Cut,
}

impl Reading {
    fn values(&self, record: &[u8]) -> Result<Map<String, Value>, RowFault> {
        match (self.form, self.cut) {
            (_, Cut::Table { delimiter, .. }) => {
                let fields = fields_of(record, delimiter);
                if fields.len() != self.names.len() {
                    return Err(RowFault::Fields { found: fields.len(), expected: self.names.len() });
                }
                let mut values = Map::new();
                for (name, field) in self.names.iter().zip(fields) {
                    let field = String::from_utf8(field).map_err(|_| RowFault::NotUtf8)?;
                    values.insert(name.clone(), Value::String(field));
                }
                Ok(values)
            }
            (Form::Jsonl, _) => {
                std::str::from_utf8(record).map_err(|_| RowFault::NotUtf8)?;
                match serde_json::from_slice(record) {
                    Ok(Value::Object(values)) => Ok(values),
                    Ok(_) => Err(RowFault::NotAnObject),
                    Err(error) => Err(RowFault::NotJson(shown(&error.to_string()))),
                }
            }
            _ => {
                let line = std::str::from_utf8(record).map_err(|_| RowFault::NotUtf8)?;
                Ok(Map::from_iter([(ADDRESS.to_owned(), Value::String(line.to_owned()))]))
            }
        }
    }
}

/// A range of rows of a text.
pub(super) struct TextRows {
    list: Reading,
    cutter: Option<Cutter<File>>,
    next: u64,
    rows: Range<u64>,
}

impl TextRows {
    fn entry(&mut self) -> Result<Option<Entry>, ListError> {
        let Some(cutter) = &mut self.cutter else { return Ok(None) };
        while self.next < self.rows.end {
            let record = cutter.next().map_err(|error| ListError::read(&self.list.path, error))?;
            let Some(record) = record else {
                return Err(ListError::Changed { path: self.list.path.display().to_string() });
            };
            let (number, line) = (self.next, record.line);
            self.next += 1;
            if number < self.rows.start {
                continue;
            }
            let row = match record.fault {
                Some(fault) => Err(fault),
                None => self.list.values(record.bytes).and_then(|values| self.list.chosen.row(values)),
            };
            return Ok(Some(match row {
                Ok(row) => Entry::Row(Row { number, line, ..row }),
                Err(fault) => Entry::Bad(BadRow { number, line, file: None, fault }),
            }));
        }
        Ok(None)
    }
}

impl Iterator for TextRows {
    type Item = Result<Entry, ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.entry();
        if !matches!(entry, Ok(Some(_))) {
            self.cutter = None;
        }
        entry.transpose()
    }
}
