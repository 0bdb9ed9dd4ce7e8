//! Smaller copies that were made while their image was looked at, put aside until its row is written.
//!
//! A file of records, one for each shard and size of copy: the hash of the original, the length, the hash of the copy, the
//! copy. Nothing depends on it: what is missing or damaged is made again from the original, to the same bytes. So it is
//! never forced to the disk, and it goes when its shard is finished.

use std::fs::File;
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use pixmo_shards::disk::DiskFile;
use pixmo_shards::{Disk, LocationError};

use crate::failures;

/// Bytes of a record before the copy: hash of the original, length of the copy, half the hash of the copy.
const HEAD_BYTES: usize = 32 + 4 + 16;
/// The longest copy that is believed: no JPEG of 65,535 pixels a side is larger than this by far.
const COPY_BYTES_MAX: u32 = 1 << 30;

/// The copies of one shard, to be added to.
pub(crate) struct Copies {
    out: DiskFile,
    record: Vec<u8>,
}

impl Copies {
    /// Opens the file; what an interruption left at its end is cut off.
    ///
    /// # Errors
    /// A world failure when the disk fails.
    pub(crate) fn open(disk: &Disk, path: &Path) -> Result<Copies, Failure> {
        let failed = |error| failed("open", path, error);
        let end = CopiesAside::read(path).map_or(0, |aside| aside.end);
        let out = disk.append(path).map_err(failed)?;
        if out.file().metadata().map_err(failed)?.len() > end {
            out.cut(end).map_err(failed)?;
        }
        Ok(Copies { out, record: Vec::new() })
    }

    /// Puts a copy aside.
    ///
    /// # Errors
    /// A world failure when the disk fails.
    pub(crate) fn add(&mut self, original: &[u8; 32], copy: &[u8]) -> Result<(), Failure> {
        let Ok(bytes) = u32::try_from(copy.len()) else { return Ok(()) };
        self.record.clear();
        self.record.extend(original);
        self.record.extend(bytes.to_le_bytes());
        self.record.extend(&blake3::hash(copy).as_bytes()[..16]);
        self.record.extend(copy);
        self.out.write_all(&self.record).map_err(|error| failed("write", self.out.path(), error))
    }
}

/// The copies of one shard, to be looked up.
#[derive(Debug)]
pub(crate) struct CopiesAside {
    file: File,
    /// The first bytes of the hash of the original, and where its record begins; sorted.
    records: Vec<(u64, u64)>,
    /// Where whole records end.
    end: u64,
}

impl CopiesAside {
    /// Reads where the copies lie; `None` if there are none or they cannot be read.
    pub(crate) fn read(path: &Path) -> Option<CopiesAside> {
        let file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        let mut reader = BufReader::new(&file);
        let (mut records, mut end) = (Vec::new(), 0);
        let mut head = [0; HEAD_BYTES];
        while reader.read_exact(&mut head).is_ok() {
            let Some(bytes) = length_of(&head) else { break };
            let next = end + (HEAD_BYTES as u64) + u64::from(bytes);
            if next > length || reader.seek_relative(bytes.into()).is_err() {
                break;
            }
            records.push((prefix_of(&head), end));
            end = next;
        }
        records.sort_unstable();
        Some(CopiesAside { file, records, end })
    }

    /// The copy of an original, if it lies here whole.
    pub(crate) fn get(&self, original: &[u8; 32]) -> Option<Vec<u8>> {
        let prefix = prefix_of(original);
        let from = self.records.partition_point(|(known, _)| *known < prefix);
        let same = self.records[from..].iter().take_while(|(known, _)| *known == prefix);
        same.filter_map(|(_, at)| self.at(*at, original)).next()
    }

    fn at(&self, at: u64, original: &[u8; 32]) -> Option<Vec<u8>> {
        let mut head = [0; HEAD_BYTES];
        crate::journal::read_at(&self.file, at, &mut head).ok()?;
        if head[..32] != original[..] {
            return None;
        }
        let mut copy = vec![0; length_of(&head)? as usize];
        crate::journal::read_at(&self.file, at + HEAD_BYTES as u64, &mut copy).ok()?;
        (blake3::hash(&copy).as_bytes()[..16] == head[36..]).then_some(copy)
    }
}

fn length_of(head: &[u8; HEAD_BYTES]) -> Option<u32> {
    let bytes = u32::from_le_bytes(*head[32..].first_chunk()?);
    (bytes <= COPY_BYTES_MAX).then_some(bytes)
}

fn prefix_of(hash: &[u8]) -> u64 {
    hash.first_chunk().map_or(0, |prefix| u64::from_be_bytes(*prefix))
}

fn failed(what: &'static str, path: &Path, error: std::io::Error) -> Failure {
    failures::of_place(LocationError::from_io(what, PathBuf::from(path).display().to_string(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(number: u8) -> [u8; 32] {
        [number; 32]
    }

    #[test]
    fn what_was_put_aside_is_found_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.copies");
        assert!(CopiesAside::read(&path).is_none());
        let copy = |number: u8| vec![number; 100 + usize::from(number)];
        let mut copies = Copies::open(&Disk::new(), &path).unwrap();
        for number in 0..20 {
            copies.add(&hash(number), &copy(number)).unwrap();
        }
        drop(copies);
        let aside = CopiesAside::read(&path).unwrap();
        assert!((0..20).all(|number| aside.get(&hash(number)) == Some(copy(number))));
        assert_eq!(aside.get(&hash(20)), None);

        // A kill in the middle of the last record, and more after it.
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.truncate(bytes.len() - 7);
        // A record that is damaged within.
        bytes[HEAD_BYTES + 5] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        let mut copies = Copies::open(&Disk::new(), &path).unwrap();
        copies.add(&hash(30), b"another").unwrap();
        let aside = CopiesAside::read(&path).unwrap();
        assert_eq!(aside.get(&hash(0)), None);
        assert_eq!(aside.get(&hash(19)), None);
        assert!((1..19).all(|number| aside.get(&hash(number)) == Some(copy(number))));
        assert_eq!(aside.get(&hash(30)), Some(b"another".to_vec()));
    }

    #[test]
    fn of_two_copies_of_one_original_a_whole_one_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.copies");
        let mut copies = Copies::open(&Disk::new(), &path).unwrap();
        copies.add(&hash(1), b"first").unwrap();
        copies.add(&hash(1), b"first").unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[HEAD_BYTES] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(CopiesAside::read(&path).unwrap().get(&hash(1)), Some(b"first".to_vec()));
    }
}
