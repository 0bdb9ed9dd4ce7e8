//! Finished files back to rows, never without looking at their hash.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow::array::RecordBatch;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::schema::types::SchemaDescriptor;
use pixmo_schemas::{Record, RecordError, from_batch, from_columns};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::begun::Begun;
use crate::location::{Location, LocationError, Trouble};
use crate::manifest::Manifest;
use crate::names;
use crate::sidecar::{FileEntry, Sidecar, SidecarError};

/// Rows that are decoded at once.
const BATCH_ROWS: usize = 10;
/// Rows of a few columns that are decoded at once.
const BATCH_ROWS_OF_COLUMNS: usize = 200;

/// A finished dataset folder.
#[derive(Clone, Debug)]
pub struct DatasetFolder {
    location: Location,
    manifest: Manifest,
}

/// A finished dataset could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The folder has no manifest.
    #[error("there is no finished dataset in `{address}`")]
    NoManifest {
        /// The folder.
        address: String,
    },
    /// The manifest is damaged.
    #[error("the manifest of `{address}` cannot be understood")]
    Manifest {
        /// The folder.
        address: String,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// A file is not what was written.
    #[error("`{path}` is damaged: its content does not match its recorded hash")]
    Damaged {
        /// The file.
        path: String,
        /// What was found and what was expected.
        #[source]
        source: Mismatch,
    },
    /// A file cannot be decoded although its hash is right.
    #[error("`{path}` cannot be decoded")]
    Decode {
        /// The file.
        path: String,
        /// What the decoder said.
        #[source]
        source: ParquetError,
    },
    /// Rows of a file are of another type.
    #[error("the rows of `{path}` are not of the type asked for")]
    Rows {
        /// The file.
        path: String,
        /// What is wrong with them.
        #[source]
        source: RecordError,
    },
    /// The place failed, or the file is missing.
    #[error(transparent)]
    Location(#[from] LocationError),
}

/// How a file differs from what was recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// It is shorter or longer.
    #[error("it has {found} bytes, expected {expected}")]
    Size {
        /// Its size.
        found: u64,
        /// What was recorded.
        expected: u64,
    },
    /// It has other bytes.
    #[error("sha256 is `{found}`, expected `{expected}`")]
    Hash {
        /// Its hash.
        found: String,
        /// What was recorded.
        expected: String,
    },
}

impl DatasetFolder {
    /// Opens a finished dataset by its manifest.
    ///
    /// # Errors
    /// [`ReadError::NoManifest`] if it is not finished, [`ReadError::Manifest`] if the manifest is damaged, or when
    /// the place cannot be read.
    pub fn open(location: Location) -> Result<DatasetFolder, ReadError> {
        if !location.exists(names::MANIFEST)? {
            return Err(ReadError::NoManifest { address: location.address().to_owned() });
        }
        let bytes = location.read(names::MANIFEST)?;
        let manifest = Manifest::from_bytes(&bytes)
            .map_err(|source| ReadError::Manifest { address: location.address().to_owned(), source })?;
        Ok(DatasetFolder { location, manifest })
    }

    /// Where it lies.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// What is in it.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The rows of one file. The whole file is hashed before the first row is given.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] if the file is not what the manifest says, or when it cannot be read.
    pub fn rows<R: Record>(&self, file: &FileEntry) -> Result<Rows<R>, ReadError> {
        read_rows(&self.location, file)
    }
}

/// What stands in a folder, finished or not.
#[derive(Debug)]
pub struct Survey {
    /// What the build was begun with, if that can still be read.
    pub begun: Option<Begun>,
    /// The manifest, if the dataset is finished and the manifest readable.
    pub manifest: Option<Manifest>,
    /// The readable sidecars by shard; `Err` for one that cannot be believed.
    pub sidecars: Vec<(u32, Result<Sidecar, SidecarError>)>,
    /// The numbers of shards that the names of the sidecars speak of; more than one is a mixture.
    pub shard_counts: Vec<u32>,
    /// All objects with their sizes.
    pub entries: Vec<crate::Entry>,
}

impl Survey {
    /// Looks at a folder: one listing, then the small JSON files; no file of rows is opened.
    ///
    /// # Errors
    /// When the place cannot be read. A folder that does not exist is empty.
    pub fn of(location: &Location) -> Result<Survey, LocationError> {
        let entries = location.list("")?;
        let mut shard_counts: Vec<u32> =
            entries.iter().filter_map(|entry| Some(names::sidecar_of(&entry.name)?.1)).collect();
        shard_counts.sort_unstable();
        shard_counts.dedup();
        let named: Vec<(u32, &str)> = entries
            .iter()
            .filter_map(|entry| Some((names::sidecar_of(&entry.name)?.0, entry.name.as_str())))
            .collect();
        let paths: Vec<&str> = named.iter().map(|(_, path)| *path).collect();
        let contents = location.read_all(&paths)?;
        let sidecars = named
            .iter()
            .zip(contents)
            .map(|((shard, _), bytes)| (*shard, Sidecar::from_bytes(&bytes)))
            .collect();
        let has_manifest = entries.iter().any(|entry| entry.name == names::MANIFEST);
        let manifest = match has_manifest {
            true => Manifest::from_bytes(&location.read(names::MANIFEST)?).ok(),
            false => None,
        };
        let begun = match Begun::read(location)? {
            Some(begun) => Some(begun),
            None => manifest.as_ref().map(|manifest| manifest.build.clone()),
        };
        Ok(Survey { begun, manifest, sidecars, shard_counts, entries })
    }

    /// The size of an object, if there is one of this name.
    #[must_use]
    pub fn size_of(&self, name: &str) -> Option<u64> {
        let at = self.entries.binary_search_by(|entry| entry.name.as_str().cmp(name)).ok()?;
        Some(self.entries[at].bytes)
    }

    /// Whether all files of a shard are there with the right size; their content is not looked at.
    #[must_use]
    pub fn has_files_of(&self, sidecar: &Sidecar) -> bool {
        sidecar.files.iter().all(|file| self.size_of(&file.path) == Some(file.bytes))
    }
}

/// Checks the whole content of a file against size and hash.
///
/// # Errors
/// [`ReadError::Damaged`] if it differs, or when it cannot be read.
pub fn check_file(location: &Location, file: &FileEntry) -> Result<(), ReadError> {
    open_checked(location, file).map(drop)
}

/// The rows of one file of a folder, which need not be finished. The whole file is hashed first.
///
/// # Errors
/// As [`DatasetFolder::rows`].
pub fn read_rows<R: Record>(location: &Location, file: &FileEntry) -> Result<Rows<R>, ReadError> {
    read(location, file, None, BATCH_ROWS, from_batch)
}

/// Some columns of one file of a folder, as values whose fields are named after them; the others are not decoded. A
/// name with dots takes one field of a struct or of a list of structs: `questions.answer`. The whole file is hashed
/// first.
///
/// # Errors
/// As [`DatasetFolder::rows`]; a field without its column is [`ReadError::Rows`].
pub fn read_columns<T: DeserializeOwned>(
    location: &Location,
    file: &FileEntry,
    columns: &[&str],
) -> Result<Rows<T>, ReadError> {
    read(location, file, Some(columns), BATCH_ROWS_OF_COLUMNS, from_columns)
}

fn read<T>(
    location: &Location,
    file: &FileEntry,
    columns: Option<&[&str]>,
    batch_rows: usize,
    decoded: fn(&RecordBatch) -> Result<Vec<T>, RecordError>,
) -> Result<Rows<T>, ReadError> {
    let decode = |source| ReadError::Decode { path: location.address_of(&file.path), source };
    let content = open_checked(location, file)?;
    let reader = caught(|| match content {
        Content::File(file) => batches(ParquetRecordBatchReaderBuilder::try_new(file), columns, batch_rows),
        Content::Memory(bytes) => {
            batches(ParquetRecordBatchReaderBuilder::try_new(bytes), columns, batch_rows)
        }
    });
    let reader = reader.flatten().map_err(decode)?;
    Ok(Rows {
        reader: Some(reader),
        ready: Vec::new().into_iter(),
        path: location.address_of(&file.path),
        decoded,
    })
}

/// The decoder takes some things in a file for granted and panics where they are not so. Whoever reads is told that the
/// file cannot be decoded.
pub(crate) fn caught<T>(decode: impl FnOnce() -> T) -> Result<T, ParquetError> {
    catch_unwind(AssertUnwindSafe(decode)).map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        ParquetError::General(format!("the decoder gave up: {said}"))
    })
}

fn batches<T: parquet::file::reader::ChunkReader + 'static>(
    builder: Result<ParquetRecordBatchReaderBuilder<T>, ParquetError>,
    columns: Option<&[&str]>,
    batch_rows: usize,
) -> Result<ParquetRecordBatchReader, ParquetError> {
    let mut builder = builder?.with_batch_size(batch_rows);
    if let Some(columns) = columns {
        let mask = leaves_of(builder.parquet_schema(), columns);
        builder = builder.with_projection(mask);
    }
    builder.build()
}

/// The leaves under some columns or fields of columns.
fn leaves_of(schema: &SchemaDescriptor, columns: &[&str]) -> ProjectionMask {
    let is_under = |leaf: &[&str], column: &str| {
        let mut parts = leaf.iter();
        column.split('.').all(|name| parts.next() == Some(&name))
    };
    let wanted = (0..schema.num_columns()).filter(|at| {
        // A list has two levels that stand in no name of ours.
        let path = schema.column(*at).path().parts().to_vec();
        let is_list = |at: usize| path[at] == "list" && path.get(at + 1).is_some_and(|next| next == "item");
        let named = (0..path.len()).filter(|at| !(is_list(*at) || *at > 0 && is_list(at - 1)));
        let named: Vec<&str> = named.map(|at| path[at].as_str()).collect();
        columns.iter().any(|column| is_under(&named, column))
    });
    ProjectionMask::leaves(schema, wanted)
}

enum Content {
    File(File),
    Memory(Bytes),
}

fn open_checked(location: &Location, entry: &FileEntry) -> Result<Content, ReadError> {
    if !names::is_inside(&entry.path) {
        let trouble = Trouble::Address("the path leads out of the folder".to_owned());
        let object = location.address_of(&entry.path);
        return Err(LocationError { action: "read", object, trouble, source: None }.into());
    }
    let damaged = |source| ReadError::Damaged { path: location.address_of(&entry.path), source };
    let (content, bytes, sha256) = match location.open_local(&entry.path) {
        Some(file) => {
            let file = file?;
            let failed = |error| LocationError::from_io("read", location.address_of(&entry.path), error);
            let (bytes, sha256) = hash_of(&file).map_err(failed)?;
            (Content::File(file), bytes, sha256)
        }
        None => {
            let bytes = Bytes::from(location.read(&entry.path)?);
            let sha256 = hex::encode(Sha256::digest(&bytes));
            (Content::Memory(bytes.clone()), bytes.len() as u64, sha256)
        }
    };
    if bytes != entry.bytes {
        return Err(damaged(Mismatch::Size { found: bytes, expected: entry.bytes }));
    }
    if sha256 != entry.sha256 {
        return Err(damaged(Mismatch::Hash { found: sha256, expected: entry.sha256.clone() }));
    }
    Ok(content)
}

fn hash_of(mut file: &File) -> io::Result<(u64, String)> {
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let (mut hasher, mut bytes) = (Sha256::new(), 0);
    loop {
        let piece = reader.fill_buf()?;
        if piece.is_empty() {
            break;
        }
        hasher.update(piece);
        let len = piece.len();
        bytes += len as u64;
        reader.consume(len);
    }
    file.rewind()?;
    Ok((bytes, hex::encode(hasher.finalize())))
}

/// The rows of one file, in order. Nothing follows an error.
pub struct Rows<R> {
    reader: Option<ParquetRecordBatchReader>,
    ready: std::vec::IntoIter<R>,
    path: String,
    decoded: fn(&RecordBatch) -> Result<Vec<R>, RecordError>,
}

impl<R> std::fmt::Debug for Rows<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("path", &self.path).finish_non_exhaustive()
    }
}

impl<R> Iterator for Rows<R> {
    type Item = Result<R, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.ready.next() {
                return Some(Ok(row));
            }
            // A reader that failed is not asked again.
            let mut reader = self.reader.take()?;
            let decode = |source| ReadError::Decode { path: self.path.clone(), source };
            let batch = match caught(|| reader.next()) {
                Ok(batch) => batch?,
                Err(source) => return Some(Err(decode(source))),
            };
            let rows = match batch.map(|batch| caught(|| (self.decoded)(&batch))) {
                Ok(Ok(rows)) => rows,
                Ok(Err(source)) => return Some(Err(decode(source))),
                Err(error) => return Some(Err(decode(ParquetError::External(Box::new(error))))),
            };
            match rows {
                Ok(rows) => (self.ready, self.reader) = (rows.into_iter(), Some(reader)),
                Err(source) => return Some(Err(ReadError::Rows { path: self.path.clone(), source })),
            }
        }
    }
}
