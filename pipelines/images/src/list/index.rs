//! Where rows begin: one place in every so many rows, found in one pass and kept in the work folder.

use std::io::{Read, Write};
use std::path::Path;

use pixmo_schemas::Sha256;
use pixmo_shards::{Disk, LocationError};
use serde::{Deserialize, Serialize};

use super::cutter::{Cut, Cutter};
use super::fault::ListError;

/// The version of the format.
const FORMAT: u32 = 1;
/// One place is kept for this many rows: 32 bytes in memory for a thousand rows.
const ROWS_A_MARK: u64 = 1_024;

/// The places of a text that was cut in one way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Index {
    format: u32,
    /// The SHA-256 of the file as it came, packed or not.
    pub(super) sha256: Sha256,
    /// The size of the text.
    pub(super) bytes: u64,
    /// How it was cut.
    pub(super) cut: Cut,
    /// Whether the first record is the head of a table.
    pub(super) has_head: bool,
    /// Its records without the head.
    pub(super) rows: u64,
    rows_a_mark: u64,
    /// Byte and line of every so manieth row.
    marks: Vec<(u64, u64)>,
}

impl Index {
    /// Goes through a text once; the hash is for whoever reads to fill in.
    pub(super) fn of(reader: &mut dyn Read, cut: Cut, has_head: bool) -> std::io::Result<Index> {
        let mut counting = Counting { reader, bytes: 0 };
        let mut cutter = Cutter::new(&mut counting, cut, 0, 1);
        if has_head {
            cutter.next()?;
        }
        let (mut rows, mut marks) = (0, Vec::new());
        while let Some(record) = cutter.next()? {
            if rows % ROWS_A_MARK == 0 {
                marks.push((record.at, record.line));
            }
            rows += 1;
        }
        let bytes = counting.bytes;
        let sha256 = Sha256::from_bytes([0; 32]);
        Ok(Index { format: FORMAT, sha256, bytes, cut, has_head, rows, rows_a_mark: ROWS_A_MARK, marks })
    }

    /// The last kept place at or before a row: the row, its byte and its line.
    pub(super) fn before(&self, row: u64) -> (u64, u64, u64) {
        let mark = usize::try_from(row / self.rows_a_mark).unwrap_or(usize::MAX);
        match self.marks.get(mark) {
            Some((byte, line)) => (mark as u64 * self.rows_a_mark, *byte, *line),
            None => (self.rows, self.bytes, 0),
        }
    }

    /// The index that an earlier run kept, if it is of this file and this cut.
    pub(super) fn kept(path: &Path, sha256: Sha256, cut: Cut, has_head: bool) -> Option<Index> {
        let index: Index = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        let is_whole = index.marks.len() as u64 == index.rows.div_ceil(ROWS_A_MARK);
        let is_same = index.sha256 == sha256 && index.cut == cut && index.has_head == has_head;
        (index.format == FORMAT && index.rows_a_mark == ROWS_A_MARK && is_whole && is_same).then_some(index)
    }

    /// Keeps it for the next run.
    pub(super) fn keep(&self, path: &Path, disk: &Disk) -> Result<(), ListError> {
        let bytes = serde_json::to_vec(self).expect("only text and numbers");
        Ok(write_whole(path, &bytes, disk)?)
    }
}

/// Writes a file whole or not at all.
pub(super) fn write_whole(path: &Path, bytes: &[u8], disk: &Disk) -> Result<(), LocationError> {
    let temp = path.with_extension("tmp");
    let write = || {
        let mut file = disk.create(&temp)?;
        file.write_all(bytes)?;
        file.sync()?;
        disk.rename(&temp, path)
    };
    write().map_err(|error| LocationError::from_io("write", path.display().to_string(), error))
}

struct Counting<'a> {
    reader: &'a mut dyn Read,
    bytes: u64,
}

impl Read for Counting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let len = self.reader.read(buffer)?;
        self.bytes += len as u64;
        Ok(len)
    }
}
