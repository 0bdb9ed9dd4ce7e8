//! The append-only log of the finished tasks of one shard.
//!
//! The first line says in JSON whose journal it is. Then, for every finished task, one line of JSON
//! (`task`, `outcome`, `reason`, `bytes`, `hash`), `bytes` bytes of payload and a newline. Every entry is written with
//! one call and carries a hash over all of it, so a process that is killed loses at most the entry that it was
//! writing, and whatever was cut or damaged is found when the journal is opened again: it is cut back to the last
//! good entry, and the tasks behind it are done again. A row that turns out to be none is taken back by an entry of its
//! own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::disk::{Disk, DiskFile};
use crate::location::LocationError;

/// The version of the format, in the first line.
const FORMAT: u32 = 1;
/// The longest line of JSON that is believed.
const LINE_BYTES_MAX: usize = 4 << 10;
/// The largest payload that is written or believed.
pub const PAYLOAD_BYTES_MAX: u64 = 1 << 30;

/// Whose journal it is; the first line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalHead {
    format: u32,
    /// The dataset.
    pub dataset: String,
    /// The number of the shard.
    pub shard: u32,
    /// How many shards the dataset has.
    pub shards: u32,
    /// The hash over everything that decides the rows, see [`crate::Begun::hash`].
    pub settings_hash: String,
}

impl JournalHead {
    /// The head of the journal of one shard.
    #[must_use]
    pub fn new(dataset: &str, shard: u32, shards: u32, settings_hash: &str) -> JournalHead {
        JournalHead {
            format: FORMAT,
            dataset: dataset.to_owned(),
            shard,
            shards,
            settings_hash: settings_hash.to_owned(),
        }
    }
}

/// What became of a task, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The row, in the encoding of whoever wrote it.
    Keep(Vec<u8>),
    /// The reason why there is none.
    Drop(String),
}

/// What was found when a journal was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// The number of good entries.
    pub entries: u64,
    /// How many bytes at the end were cut off because they were incomplete or damaged.
    pub cut_bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Keep,
    Drop,
    /// What was said of the task before does not hold: it is not finished.
    Retract,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    task: String,
    outcome: Kind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reason: String,
    bytes: u64,
    hash: String,
}

/// Where an entry lies in the file, and its hash.
#[derive(Debug)]
struct Found {
    outcome: Kind,
    reason: String,
    at: u64,
    bytes: u64,
    hash: String,
}

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    file: DiskFile,
    end: u64,
    broken: bool,
    found: BTreeMap<String, Found>,
}

impl Journal {
    /// Opens a journal, or begins one, and cuts off what is not whole.
    ///
    /// # Errors
    /// [`JournalError::Foreign`] if it belongs to another shard or other settings; or when the disk fails.
    pub fn open(disk: &Disk, path: &Path, head: &JournalHead) -> Result<(Journal, Recovery), JournalError> {
        let failed = |error| LocationError::from_io("open", path.display().to_string(), error);
        let file = disk.append(path).map_err(failed)?;
        let bytes = file.file().metadata().map_err(failed)?.len();
        let mut reader = BufReader::with_capacity(256 << 10, file.file());
        let mut found = BTreeMap::new();
        let mut end = 0;
        let mut line = Vec::new();
        if let Some(first) = read_line(&mut reader, &mut line).map_err(failed)? {
            // A damaged first line makes the rest worthless: nobody knows whose rows they are.
            if let Ok(theirs) = serde_json::from_slice::<JournalHead>(first) {
                if theirs != *head {
                    return Err(JournalError::Foreign { path: path.display().to_string() });
                }
                end = line.len() as u64;
                while let Some((task, entry, after)) = read_entry(&mut reader, end).map_err(failed)? {
                    match entry.outcome {
                        Kind::Retract => drop(found.remove(&task)),
                        Kind::Keep | Kind::Drop => drop(found.entry(task).or_insert(entry)),
                    }
                    end = after;
                }
            }
        }
        drop(reader);
        let recovery = Recovery { entries: found.len() as u64, cut_bytes: bytes - end };
        let mut journal = Journal { file, end, broken: false, found };
        if end < bytes {
            journal.file.cut(end).map_err(failed)?;
        }
        if end == 0 {
            let mut text = serde_json::to_vec(head).expect("a head has only text and numbers");
            text.push(b'\n');
            journal.append(&text)?;
        }
        Ok((journal, recovery))
    }

    /// Whether this finished task gave a row; `None` if it is not finished.
    #[must_use]
    pub fn kept(&self, task: &str) -> Option<bool> {
        self.found.get(task).map(|found| found.outcome == Kind::Keep)
    }

    /// How many tasks are finished.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether no task is finished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Adds a finished task. When this returns, killing the process loses nothing.
    ///
    /// # Errors
    /// When the disk fails; the journal takes nothing more then, and must be opened again.
    pub fn add(&mut self, task: &str, entry: &Entry) -> Result<(), JournalError> {
        let (outcome, reason, payload) = match entry {
            Entry::Keep(payload) => (Kind::Keep, "", payload.as_slice()),
            Entry::Drop(reason) => (Kind::Drop, reason.as_str(), &[][..]),
        };
        let found = self.write(task, outcome, reason, payload)?;
        self.found.insert(task.to_owned(), found);
        Ok(())
    }

    /// Takes a finished task back: it counts as not finished, now and when the journal is opened again.
    ///
    /// # Errors
    /// As [`Journal::add`].
    pub fn retract(&mut self, task: &str) -> Result<(), JournalError> {
        self.write(task, Kind::Retract, "", &[])?;
        self.found.remove(task);
        Ok(())
    }

    fn write(
        &mut self,
        task: &str,
        outcome: Kind,
        reason: &str,
        payload: &[u8],
    ) -> Result<Found, JournalError> {
        let bytes = payload.len() as u64;
        if bytes > PAYLOAD_BYTES_MAX {
            return Err(JournalError::TooLarge { task: task.to_owned(), bytes });
        }
        let hash = entry_hash(task, outcome, reason, payload);
        let line = Line { task: task.to_owned(), outcome, reason: reason.to_owned(), bytes, hash };
        let mut text = serde_json::to_vec(&line).expect("a line has only text and numbers");
        text.push(b'\n');
        let at = self.end + text.len() as u64;
        text.reserve(payload.len() + 1);
        text.extend_from_slice(payload);
        text.push(b'\n');
        self.append(&text)?;
        let Line { outcome, reason, bytes, hash, .. } = line;
        Ok(Found { outcome, reason, at, bytes, hash })
    }

    fn append(&mut self, text: &[u8]) -> Result<(), JournalError> {
        let path = || self.file.path().display().to_string();
        if self.broken {
            return Err(JournalError::Broken { path: path() });
        }
        if let Err(error) = self.file.write_all(text) {
            self.broken = true;
            return Err(LocationError::from_io("write", self.file.path().display().to_string(), error).into());
        }
        self.end += text.len() as u64;
        Ok(())
    }

    /// Reads what became of a task, and checks it against its hash.
    ///
    /// # Errors
    /// [`JournalError::Damaged`] if the content has changed since it was written; or when the disk fails.
    pub fn read(&self, task: &str) -> Result<Option<Entry>, JournalError> {
        let Some(found) = self.found.get(task) else { return Ok(None) };
        let payload = self
            .read_at(found.at, found.bytes)
            .map_err(|error| LocationError::from_io("read", self.file.path().display().to_string(), error))?;
        if entry_hash(task, found.outcome, &found.reason, &payload) != found.hash {
            let path = self.file.path().display().to_string();
            return Err(JournalError::Damaged { task: task.to_owned(), path });
        }
        Ok(match found.outcome {
            Kind::Keep => Some(Entry::Keep(payload)),
            Kind::Drop => Some(Entry::Drop(found.reason.clone())),
            Kind::Retract => None,
        })
    }

    fn read_at(&self, at: u64, bytes: u64) -> std::io::Result<Vec<u8>> {
        let mut file = self.file.file();
        file.seek(SeekFrom::Start(at))?;
        let mut payload = vec![0; usize::try_from(bytes).map_err(std::io::Error::other)?];
        file.read_exact(&mut payload)?;
        Ok(payload)
    }

    /// Forces everything to the disk, so that not even a power cut loses it.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn sync(&self) -> Result<(), JournalError> {
        let failed = |error| LocationError::from_io("sync", self.file.path().display().to_string(), error);
        self.file.sync().map_err(failed)?;
        Ok(())
    }
}

/// One line with its newline into `line`; `None` if it is cut or too long.
fn read_line<'a>(reader: &mut impl BufRead, line: &'a mut Vec<u8>) -> std::io::Result<Option<&'a [u8]>> {
    line.clear();
    reader.take(LINE_BYTES_MAX as u64).read_until(b'\n', line)?;
    Ok(line.strip_suffix(b"\n"))
}

/// The entry that begins at `at`, and where the next one begins; `None` if it is not whole.
fn read_entry(reader: &mut impl BufRead, at: u64) -> std::io::Result<Option<(String, Found, u64)>> {
    let mut text = Vec::new();
    let Some(bare) = read_line(reader, &mut text)? else { return Ok(None) };
    let Ok(line) = serde_json::from_slice::<Line>(bare) else { return Ok(None) };
    // A line that says the same in other bytes was not written by this program.
    if serde_json::to_vec(&line).is_ok_and(|ours| ours != bare) || line.bytes > PAYLOAD_BYTES_MAX {
        return Ok(None);
    }
    let mut payload = Vec::new();
    reader.take(line.bytes + 1).read_to_end(&mut payload)?;
    let Some(payload) = payload.strip_suffix(b"\n") else { return Ok(None) };
    if payload.len() as u64 != line.bytes
        || entry_hash(&line.task, line.outcome, &line.reason, payload) != line.hash
    {
        return Ok(None);
    }
    let at = at + text.len() as u64;
    let Line { task, outcome, reason, bytes, hash } = line;
    Ok(Some((task, Found { outcome, reason, at, bytes, hash }, at + bytes + 1)))
}

/// The first 16 bytes of BLAKE3 over all fields of an entry, each with its length.
fn entry_hash(task: &str, outcome: Kind, reason: &str, payload: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    let outcome = match outcome {
        Kind::Keep => "keep",
        Kind::Drop => "drop",
        Kind::Retract => "retract",
    };
    for field in [task.as_bytes(), outcome.as_bytes(), reason.as_bytes(), payload] {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    hex::encode(&hasher.finalize().as_bytes()[..16])
}

/// A journal could not be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It belongs to another shard, or was begun with other settings.
    #[error("the journal belongs to another build: `{path}`")]
    Foreign {
        /// Where it lies.
        path: String,
    },
    /// An entry is not what was written.
    #[error("the journal's entry of task `{task}` does not match its recorded hash: `{path}`")]
    Damaged {
        /// The task.
        task: String,
        /// Where the journal lies.
        path: String,
    },
    /// A row is larger than any row should be.
    #[error("the row of task `{task}` has {bytes} bytes, at most {PAYLOAD_BYTES_MAX} are kept")]
    TooLarge {
        /// The task.
        task: String,
        /// The size of the row.
        bytes: u64,
    },
    /// An earlier write failed in the middle.
    #[error("the journal failed before and must be opened again: `{path}`")]
    Broken {
        /// Where it lies.
        path: String,
    },
    /// The disk failed.
    #[error(transparent)]
    Disk(#[from] LocationError),
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    fn head() -> JournalHead {
        JournalHead::new("docs", 17, 256, "03be51")
    }

    fn open(path: &Path) -> (Journal, Recovery) {
        Journal::open(&Disk::new(), path, &head()).unwrap()
    }

    fn entries() -> Vec<(String, Entry)> {
        vec![
            ("charts/train/000001".into(), Entry::Keep(b"one\nwith a newline".to_vec())),
            ("charts/train/000000".into(), Entry::Drop("render_failed".into())),
            ("charts/train/000002".into(), Entry::Keep(Vec::new())),
            ("charts/train/000003".into(), Entry::Keep(vec![0xff; 300])),
        ]
    }

    fn whole() -> (tempfile::TempDir, Vec<u8>, Vec<u64>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (mut journal, _) = open(&path);
        let mut ends = vec![journal.end];
        for (task, entry) in entries() {
            journal.add(&task, &entry).unwrap();
            ends.push(journal.end);
        }
        let bytes = fs::read(&path).unwrap();
        (folder, bytes, ends)
    }

    /// Opens `bytes` as a journal and returns how many entries were good; each must be as written.
    fn good_after(folder: &Path, bytes: &[u8]) -> usize {
        let path = folder.join("again");
        fs::write(&path, bytes).unwrap();
        let (mut journal, recovery) = open(&path);
        let good = usize::try_from(recovery.entries).unwrap();
        for (i, (task, entry)) in entries().into_iter().enumerate() {
            let read = journal.read(&task).unwrap();
            assert_eq!(read, (i < good).then_some(entry));
        }
        // What is left can be continued and read once more.
        for (task, entry) in entries().into_iter().skip(good) {
            journal.add(&task, &entry).unwrap();
        }
        drop(journal);
        let (journal, recovery) = open(&path);
        assert_eq!(recovery, Recovery { entries: 4, cut_bytes: 0 });
        for (task, entry) in entries() {
            assert_eq!(journal.read(&task).unwrap(), Some(entry));
        }
        good
    }

    #[test]
    fn a_journal_cut_at_any_byte_keeps_every_whole_entry() {
        let (folder, bytes, ends) = whole();
        for cut in 0..=bytes.len() {
            let expected = ends.iter().skip(1).filter(|end| **end <= cut as u64).count();
            assert_eq!(good_after(folder.path(), &bytes[..cut]), expected, "cut at byte {cut}");
        }
    }

    #[test]
    fn one_flipped_bit_costs_the_entries_from_there_on_and_no_others() {
        let (folder, bytes, ends) = whole();
        for at in usize::try_from(ends[0]).unwrap()..bytes.len() {
            let bit = at % 8;
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << bit;
            let expected = ends.iter().skip(1).filter(|end| **end <= at as u64).count();
            assert_eq!(good_after(folder.path(), &damaged), expected, "bit {bit} of byte {at}");
        }
    }

    #[test]
    fn what_is_taken_back_is_not_finished_until_it_is_added_again() {
        let (folder, _, _) = whole();
        let path = folder.path().join("journal");
        let (task, entry) = entries().remove(3);
        let (mut journal, _) = open(&path);
        journal.retract(&task).unwrap();
        assert_eq!((journal.kept(&task), journal.read(&task).unwrap()), (None, None));
        drop(journal);
        let (mut journal, recovery) = open(&path);
        assert_eq!(recovery, Recovery { entries: 3, cut_bytes: 0 });
        assert_eq!((journal.kept(&task), journal.read(&task).unwrap()), (None, None));
        journal.add(&task, &entry).unwrap();
        drop(journal);
        let (journal, _) = open(&path);
        assert_eq!(journal.read(&task).unwrap(), Some(entry));
    }

    #[test]
    fn a_journal_of_another_build_is_refused() {
        let (folder, bytes, _) = whole();
        let path = folder.path().join("other");
        fs::write(&path, &bytes).unwrap();
        let other = JournalHead::new("docs", 17, 256, "9c1f0a");
        assert!(matches!(Journal::open(&Disk::new(), &path, &other), Err(JournalError::Foreign { .. })));
        assert_eq!(fs::read(&path).unwrap(), bytes, "and left as it was");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_entries_are_read_back_and_any_tail_is_cut_off(
            rows in prop::collection::vec(("[a-z]{1,8}", prop::option::of(prop::collection::vec(any::<u8>(), 0..2000))), 0..12),
            tail in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("journal");
            let (mut journal, _) = open(&path);
            let mut expected = BTreeMap::new();
            for (i, (name, row)) in rows.into_iter().enumerate() {
                let task = format!("{name}/{i}");
                let entry = row.map_or(Entry::Drop("odd".to_owned()), Entry::Keep);
                journal.add(&task, &entry).unwrap();
                expected.insert(task, entry);
            }
            drop(journal);
            let mut bytes = fs::read(&path).unwrap();
            bytes.extend_from_slice(&tail);
            fs::write(&path, &bytes).unwrap();
            let (journal, recovery) = open(&path);
            prop_assert_eq!(recovery.entries, expected.len() as u64);
            prop_assert_eq!(recovery.cut_bytes, tail.len() as u64);
            for (task, entry) in expected {
                prop_assert_eq!(journal.read(&task).unwrap(), Some(entry));
            }
        }
    }
}
