//! What a folder holds, written down once in the work folder: an object a line, in the order in which it is imported.
//! A folder of millions of files takes no memory then, and any range of it is found like that of a list.

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use pixmo_shards::disk::DiskFile;
use pixmo_shards::{Disk, LocationError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::cutter::{Cut, Cutter};
use super::fault::ListError;
use super::index::Index;

/// A listing while it is written.
pub(super) struct Writing {
    path: PathBuf,
    temp: PathBuf,
    file: BufWriter<DiskFile>,
    hasher: Sha256,
    lines: u64,
}

impl Writing {
    /// Begins a listing of this name in the work folder.
    pub(super) fn create(work: &Path, name: &str) -> Result<Writing, ListError> {
        let disk = Disk::new();
        let of_work = |error| LocationError::from_io("create", work.display().to_string(), error);
        disk.create_folder(work).map_err(of_work)?;
        let path = work.join(name);
        let temp = path.with_extension("tmp");
        let file = disk.create(&temp).map_err(of_work)?;
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(Writing { path, temp, file, hasher: Sha256::new(), lines: 0 })
    }

    /// Adds a line.
    pub(super) fn push(&mut self, line: &impl Serialize) -> Result<(), ListError> {
        let mut bytes = serde_json::to_vec(line).expect("only text and numbers");
        bytes.push(b'\n');
        self.hasher.update(&bytes);
        self.lines += 1;
        Ok(self.file.write_all(&bytes).map_err(|error| self.failed(error))?)
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// Ends it: its hash, and where its lines are.
    pub(super) fn finish(mut self) -> Result<([u8; 32], Listing), ListError> {
        self.file.flush().map_err(|error| self.failed(error))?;
        self.file.get_ref().sync().map_err(|error| self.failed(error))?;
        Disk::new().rename(&self.temp, &self.path).map_err(|error| self.failed(error))?;
        let mut file = super::form::plain(&self.path)?;
        let index =
            Index::of(&mut file, Cut::Lines, false).map_err(|error| ListError::read(&self.path, error))?;
        Ok((self.hasher.finalize().into(), Listing { path: self.path, index }))
    }

    fn failed(&self, error: std::io::Error) -> LocationError {
        LocationError::from_io("write", self.path.display().to_string(), error)
    }
}

/// A finished listing.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    path: PathBuf,
    index: Index,
}

impl Listing {
    pub(super) fn rows(&self) -> u64 {
        self.index.rows
    }

    /// Some lines, in order, with their numbers.
    pub(super) fn read<T: DeserializeOwned>(&self, rows: Range<u64>) -> Result<Lines<T>, ListError> {
        let (first, byte, line) = self.index.before(rows.start);
        let failed = |error| ListError::read(&self.path, error);
        let mut file = File::open(&self.path).map_err(failed)?;
        file.seek(SeekFrom::Start(byte)).map_err(failed)?;
        let cutter = Cutter::new(file, Cut::Lines, byte, line);
        Ok(Lines { path: self.path.clone(), cutter, next: first, rows, item: std::marker::PhantomData })
    }
}

/// Lines of a listing.
pub(super) struct Lines<T> {
    path: PathBuf,
    cutter: Cutter<File>,
    next: u64,
    rows: Range<u64>,
    item: std::marker::PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Lines<T> {
    fn line(&mut self) -> Result<Option<(u64, T)>, ListError> {
        while self.next < self.rows.end {
            let changed = || ListError::Changed { path: self.path.display().to_string() };
            let record = self.cutter.next().map_err(|error| ListError::read(&self.path, error))?;
            let record = record.ok_or_else(changed)?;
            let number = self.next;
            self.next += 1;
            if number >= self.rows.start {
                let item = serde_json::from_slice(record.bytes).map_err(|_| changed())?;
                return Ok(Some((number, item)));
            }
        }
        Ok(None)
    }
}

impl<T: DeserializeOwned> Iterator for Lines<T> {
    type Item = Result<(u64, T), ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.line();
        if line.is_err() {
            self.next = self.rows.end;
        }
        line.transpose()
    }
}
