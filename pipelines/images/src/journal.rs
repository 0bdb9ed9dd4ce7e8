//! The append-only log of what became of the rows of one shard.
//!
//! Each line is one JSON object. The first says whose journal it is; then comes one for each outcome, and the last one
//! about a row holds. Every line begins with a hash over the rest of it and is written with one call, so a process that
//! is killed loses at most the line that it was writing, and whatever was cut or damaged is found when the journal is
//! opened again: it is cut back to its last good line.
//!
//! A line `{"synced":N}` says that the first N bytes are on the disk, and the originals that they speak of as well. What
//! stands behind may be ahead of its originals after a power cut, and is looked at when the journal is opened to be
//! continued: [`Journal::unsynced`].

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use pixmo_shards::disk::DiskFile;
use pixmo_shards::{Disk, LocationError};
use serde::{Deserialize, Serialize};

use crate::class::Class;
use crate::failures;
use crate::outcome::Outcome;

/// The version of the format.
const FORMAT: u32 = 1;
/// The longest line that is written or believed.
const LINE_BYTES_MAX: u64 = 16 << 20;
/// Hexadecimal digits of the hash of a line: 16 bytes of BLAKE3.
const HASH_DIGITS: usize = 32;
/// What a line begins with, before the hash.
const HASH_KEY: &[u8] = b"{\"hash\":\"";
/// What stands behind the hash, before the rest.
const HASH_END: &[u8] = b"\",";

/// Whose journal it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    format: u32,
    /// The SHA-256 of the list, in hexadecimal.
    pub list_sha256: String,
    /// The place of the first row, from 0.
    pub first: u64,
    /// The place behind the last.
    pub end: u64,
}

impl Head {
    /// The head of the journal of some rows of a list.
    #[must_use]
    pub fn new(list_sha256: &str, rows: &Range<u64>) -> Head {
        Head { format: FORMAT, list_sha256: list_sha256.to_owned(), first: rows.start, end: rows.end }
    }

    /// The rows that it speaks of.
    #[must_use]
    pub fn rows(&self) -> Range<u64> {
        self.first..self.end
    }
}

/// What is remembered of the last line about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What became of the row.
    pub class: Class,
    /// Whether another run may well find it otherwise.
    pub can_succeed: bool,
    /// The hash of the line.
    pub hash: [u8; 16],
    at: u64,
    bytes: u32,
}

/// What became of the rows of one shard, to be looked at.
#[derive(Debug)]
pub struct Outcomes {
    path: PathBuf,
    head: Head,
    marks: Vec<Option<Mark>>,
    file: Option<File>,
    /// Where whole lines end.
    end: u64,
    /// Where the lines end of which all is on the disk.
    synced: u64,
}

/// The few fields that are read of every line.
#[derive(Deserialize)]
struct Glance {
    place: Option<u64>,
    class: Option<Class>,
    #[serde(default)]
    can_succeed: bool,
    synced: Option<u64>,
}

impl Outcomes {
    /// Reads a journal; one that is missing is empty.
    ///
    /// # Errors
    /// A request failure if it belongs to another list or other rows, a world failure if it cannot be read.
    pub fn read(path: &Path, head: &Head) -> Result<Outcomes, Failure> {
        let failed =
            |error| failures::of_place(LocationError::from_io("read", path.display().to_string(), error));
        let mut outcomes = Outcomes::empty(path, head.clone());
        let file = match File::open(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(outcomes),
            opened => opened.map_err(failed)?,
        };
        outcomes.scan(&file).map_err(failed)?.then_some(()).ok_or_else(|| foreign(path))?;
        outcomes.file = Some(file);
        Ok(outcomes)
    }

    /// Reads a journal whatever rows it speaks of; `None` if it has no head that can be believed.
    ///
    /// # Errors
    /// A world failure if it cannot be read.
    pub fn any(path: &Path) -> Result<Option<Outcomes>, Failure> {
        let failed =
            |error| failures::of_place(LocationError::from_io("read", path.display().to_string(), error));
        let file = File::open(path).map_err(failed)?;
        let mut first = Vec::new();
        let mut reader = BufReader::new(&file);
        let head = read_line(&mut reader, &mut first).map_err(failed)?;
        let head = head.and_then(|(_, body)| serde_json::from_slice::<Head>(&body).ok());
        let Some(head) = head.filter(|head| head.first <= head.end && head.end - head.first < 1 << 32) else {
            return Ok(None);
        };
        Outcomes::read(path, &head).map(Some)
    }

    fn empty(path: &Path, head: Head) -> Outcomes {
        let rows = head.rows();
        let marks = vec![None; (rows.end - rows.start) as usize];
        Outcomes { path: path.to_owned(), head, marks, file: None, end: 0, synced: 0 }
    }

    /// Goes through the lines up to the first that is not whole; `false` if the journal is of somebody else.
    fn scan(&mut self, file: &File) -> std::io::Result<bool> {
        let mut reader = BufReader::with_capacity(256 << 10, file);
        let mut line = Vec::new();
        let mut is_first = true;
        while let Some((hash, body)) = read_line(&mut reader, &mut line)? {
            let bytes = line.len() as u64;
            if is_first {
                match serde_json::from_slice::<Head>(&body) {
                    Ok(head) if head == self.head => {}
                    _ => return Ok(false),
                }
            } else {
                let Ok(glance) = serde_json::from_slice::<Glance>(&body) else { break };
                if let Some(synced) = glance.synced {
                    self.synced = self.synced.max(synced.min(self.end));
                } else if let (Some(place), Some(class)) = (glance.place, glance.class) {
                    let Some(index) = self.index_of(place) else { break };
                    let can_succeed = glance.can_succeed;
                    let mark = Mark { class, can_succeed, hash, at: self.end, bytes: bytes as u32 };
                    self.marks[index] = Some(mark);
                } else {
                    break;
                }
            }
            is_first = false;
            self.end += bytes;
        }
        Ok(true)
    }

    fn index_of(&self, place: u64) -> Option<usize> {
        self.head.rows().contains(&place).then(|| (place - self.head.first) as usize)
    }

    /// Whose rows it speaks of.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The rows that it speaks of.
    #[must_use]
    pub fn rows(&self) -> Range<u64> {
        self.head.rows()
    }

    /// What is remembered of a row; `None` if nothing became of it yet.
    #[must_use]
    pub fn mark(&self, place: u64) -> Option<Mark> {
        self.marks[self.index_of(place)?]
    }

    /// The rows of which something became, in order.
    pub fn marks(&self) -> impl Iterator<Item = (u64, Mark)> {
        (self.head.first..).zip(&self.marks).filter_map(|(place, mark)| Some((place, (*mark)?)))
    }

    /// What became of a row, checked against its hash.
    ///
    /// # Errors
    /// A world failure if it is no longer what was written, or cannot be read.
    pub fn outcome(&self, place: u64) -> Result<Option<Outcome>, Failure> {
        let (Some(mark), Some(file)) = (self.mark(place), &self.file) else { return Ok(None) };
        let mut line = vec![0; mark.bytes as usize];
        read_at(file, mark.at, &mut line).map_err(|error| {
            failures::of_place(LocationError::from_io("read", self.path.display().to_string(), error))
        })?;
        let outcome = parts_of(&line)
            .filter(|(hash, _)| *hash == mark.hash)
            .and_then(|(_, body)| serde_json::from_slice::<Outcome>(&body).ok());
        outcome.map(Some).ok_or_else(|| {
            Failure::world(format!("what became of row {} is not what was written down", place + 1))
                .at(self.path.display().to_string())
                .hint("delete the file: its rows are gathered again, and originals that are there are not fetched twice")
        })
    }
}

fn foreign(path: &Path) -> Failure {
    Failure::request("what was gathered before belongs to another list or other rows of it")
        .at(path.display().to_string())
        .hint("name the list it was begun with, or begin anew with `--into` another folder")
}

/// Reads what stands at a place of a file.
#[cfg(unix)]
pub(crate) fn read_at(file: &File, at: u64, bytes: &mut [u8]) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

/// Reads what stands at a place of a file.
#[cfg(not(unix))]
pub(crate) fn read_at(mut file: &File, at: u64, bytes: &mut [u8]) -> std::io::Result<()> {
    std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

/// A line with its newline into `line`, taken apart; `None` at the end and where a line is not whole.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<Option<([u8; 16], Vec<u8>)>> {
    line.clear();
    reader.take(LINE_BYTES_MAX).read_until(b'\n', line)?;
    Ok(parts_of(line))
}

/// The hash of a line and the object without it, if they belong together.
fn parts_of(line: &[u8]) -> Option<([u8; 16], Vec<u8>)> {
    let rest = line.strip_suffix(b"\n")?.strip_prefix(HASH_KEY)?;
    let (digits, rest) = rest.split_at_checked(HASH_DIGITS)?;
    let fields = rest.strip_prefix(HASH_END)?;
    let mut body = Vec::with_capacity(fields.len() + 1);
    body.push(b'{');
    body.extend_from_slice(fields);
    let hash = hash_of(&body);
    (hex::encode(hash).as_bytes() == digits).then_some((hash, body))
}

fn hash_of(body: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&blake3::hash(body).as_bytes()[..16]);
    half
}

/// A line of the journal.
fn line_of(value: &impl Serialize) -> Result<(Vec<u8>, [u8; 16]), Failure> {
    let body = serde_json::to_vec(value)
        .map_err(|error| Failure::bug("an outcome has no form as JSON").cause(&error))?;
    let hash = hash_of(&body);
    let mut line = Vec::with_capacity(body.len() + HASH_KEY.len() + HASH_DIGITS + HASH_END.len());
    line.extend_from_slice(HASH_KEY);
    line.extend_from_slice(hex::encode(hash).as_bytes());
    line.extend_from_slice(HASH_END);
    line.extend_from_slice(&body[1..]);
    line.push(b'\n');
    Ok((line, hash))
}

/// A journal that is continued.
#[derive(Debug)]
pub struct Journal {
    outcomes: Outcomes,
    out: DiskFile,
    is_broken: bool,
}

/// A line that says what is on the disk.
#[derive(Serialize)]
struct Synced {
    /// So many bytes of the journal, and the originals that they speak of.
    synced: u64,
}

impl Journal {
    /// Opens a journal, or begins one, and cuts off what is not whole.
    ///
    /// # Errors
    /// A request failure if it belongs to another list or other rows; a world failure when the disk fails.
    pub fn open(disk: &Disk, path: &Path, head: &Head) -> Result<Journal, Failure> {
        let failed =
            |error| failures::of_place(LocationError::from_io("open", path.display().to_string(), error));
        if let Some(folder) = path.parent() {
            disk.create_folder(folder).map_err(failed)?;
        }
        let out = disk.append(path).map_err(failed)?;
        let mut outcomes = Outcomes::read(path, head)?;
        if out.file().metadata().map_err(failed)?.len() > outcomes.end {
            out.cut(outcomes.end).map_err(failed)?;
        }
        if outcomes.file.is_none() {
            outcomes.file = Some(File::open(path).map_err(failed)?);
        }
        let mut journal = Journal { outcomes, out, is_broken: false };
        if journal.outcomes.end == 0 {
            let (line, _) = line_of(head)?;
            journal.append(&line)?;
        }
        Ok(journal)
    }

    /// What became of its rows.
    #[must_use]
    pub fn outcomes(&self) -> &Outcomes {
        &self.outcomes
    }

    /// The rows with outcomes of which it is not certain that their originals are on the disk.
    #[must_use]
    pub fn unsynced(&self) -> Vec<u64> {
        let synced = self.outcomes.synced;
        self.outcomes.marks().filter(|(_, mark)| mark.at >= synced).map(|(place, _)| place).collect()
    }

    /// Adds what became of a row. When this returns, killing the process loses nothing of it.
    ///
    /// # Errors
    /// A world failure when the disk fails; the journal takes nothing more then.
    pub fn add(&mut self, outcome: &Outcome) -> Result<(), Failure> {
        let Some(index) = self.outcomes.index_of(outcome.place) else {
            return Err(Failure::bug(format!("row {} is not one of this journal", outcome.place)));
        };
        let (line, hash) = line_of(outcome)?;
        let (class, can_succeed) = (outcome.class, outcome.can_succeed);
        let mark = Mark { class, can_succeed, hash, at: self.outcomes.end, bytes: line.len() as u32 };
        self.append(&line)?;
        self.outcomes.marks[index] = Some(mark);
        Ok(())
    }

    fn append(&mut self, line: &[u8]) -> Result<(), Failure> {
        let failed = |error| {
            let path = self.outcomes.path.display().to_string();
            failures::of_place(LocationError::from_io("write", path, error))
        };
        if self.is_broken {
            return Err(failed(std::io::Error::other("an earlier write failed")));
        }
        if line.len() as u64 > LINE_BYTES_MAX {
            return Err(Failure::bug(format!("an outcome has {} bytes", line.len())));
        }
        self.out.write_all(line).map_err(|error| {
            self.is_broken = true;
            failed(error)
        })?;
        self.outcomes.end += line.len() as u64;
        Ok(())
    }

    /// Opens a journal and adds what was decided about some of its rows without bringing anything: by a person, or by a list
    /// of removals. All of it is on the disk when this returns.
    ///
    /// Lines that were not known to be ahead of their originals before stay so, and are looked at by the next run that
    /// gathers: nobody has looked at those originals here.
    ///
    /// # Errors
    /// As [`Journal::open`] and [`Journal::add`].
    pub fn amend(disk: &Disk, path: &Path, head: &Head, outcomes: &[Outcome]) -> Result<(), Failure> {
        let mut journal = Journal::open(disk, path, head)?;
        let was_certain = journal.is_synced();
        outcomes.iter().try_for_each(|outcome| journal.add(outcome))?;
        if was_certain { journal.synced(journal.end()) } else { journal.sync() }
    }

    /// Where its lines end; what [`Journal::synced`] is told after the originals were forced to the disk.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.outcomes.end
    }

    /// Whether all that it says is certain to be on the disk.
    #[must_use]
    pub fn is_synced(&self) -> bool {
        self.outcomes.marks.iter().flatten().all(|mark| mark.at < self.outcomes.synced)
    }

    /// Says that the originals of its first `bytes` bytes are on the disk, and forces itself there.
    ///
    /// # Errors
    /// A world failure when the disk fails.
    pub fn synced(&mut self, bytes: u64) -> Result<(), Failure> {
        if self.outcomes.synced < bytes {
            let (line, _) = line_of(&Synced { synced: bytes })?;
            self.append(&line)?;
            self.outcomes.synced = bytes;
        }
        self.sync()
    }

    fn sync(&self) -> Result<(), Failure> {
        self.out.sync().map_err(|error| {
            let path = self.outcomes.path.display().to_string();
            failures::of_place(LocationError::from_io("sync", path, error))
        })
    }
}

#[cfg(test)]
mod tests;
