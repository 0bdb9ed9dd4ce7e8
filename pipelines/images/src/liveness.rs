//! Which addresses live, over time: an append-only file of dated looks.
//!
//! Each line is one JSON object: a look at one address, or the end of a round over all of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use pixmo_console::Failure;
use pixmo_shards::disk::DiskFile;
use pixmo_shards::{Disk, LocationError};
use serde::{Deserialize, Serialize};

use crate::failures;

/// What was found at one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The round that it belongs to: when that began, in UTC.
    pub round: String,
    /// When, in UTC.
    pub at: String,
    /// Number of the row in the list, from 1.
    pub row: i64,
    /// The address.
    pub address: String,
    /// Whether it lives.
    pub alive: bool,
    /// The status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why it does not, by class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
}

/// How one round ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Round {
    /// Addresses that were looked at.
    pub looked_at: u64,
    /// Those that live.
    pub alive: u64,
    /// Those that do not, by class.
    pub dead: BTreeMap<String, u64>,
}

/// The file, open to be added to.
#[derive(Debug)]
pub struct History {
    out: DiskFile,
    path: String,
}

impl History {
    /// Opens it, or begins one; a last line that was cut is ended.
    ///
    /// # Errors
    /// A world failure if it cannot be written.
    pub fn open(disk: &Disk, path: &Path) -> Result<History, Failure> {
        let name = path.display().to_string();
        let failed = |error| failures::of_place(LocationError::from_io("open", name.clone(), error));
        if let Some(folder) = path.parent() {
            disk.create_folder(folder).map_err(failed)?;
        }
        let mut out = disk.append(path).map_err(failed)?;
        if !ends_with_newline(out.file()).map_err(failed)? {
            out.write_all(b"\n").map_err(failed)?;
        }
        Ok(History { out, path: name })
    }

    /// Adds a look.
    ///
    /// # Errors
    /// A world failure if it cannot be written.
    pub fn add(&mut self, look: &Look) -> Result<(), Failure> {
        let mut line = serde_json::to_vec(look)
            .map_err(|error| Failure::bug("a look has no form as JSON").cause(&error))?;
        line.push(b'\n');
        let failed = |error| failures::of_place(LocationError::from_io("write", self.path.clone(), error));
        self.out.write_all(&line).map_err(failed)
    }
}

fn ends_with_newline(mut file: &File) -> std::io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// All looks, in the order in which they were written; lines that are not whole are passed over.
///
/// # Errors
/// A world failure if the file cannot be read; one that is missing is empty.
pub fn looks(path: &Path) -> Result<impl Iterator<Item = Result<Look, Failure>> + use<>, Failure> {
    let name = path.display().to_string();
    let file = match File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failures::of_place(LocationError::from_io("read", name, error))),
        Ok(file) => Some(file),
    };
    let lines = file.into_iter().flat_map(|file| BufReader::new(file).split(b'\n'));
    Ok(lines.filter_map(move |line| match line {
        Ok(line) => serde_json::from_slice::<Look>(&line).ok().map(Ok),
        Err(error) => Some(Err(failures::of_place(LocationError::from_io("read", name.clone(), error)))),
    }))
}

/// The rounds, by when they began.
///
/// # Errors
/// As [`looks`].
pub fn rounds(path: &Path) -> Result<BTreeMap<String, Round>, Failure> {
    let mut rounds: BTreeMap<String, Round> = BTreeMap::new();
    for look in looks(path)? {
        let look = look?;
        let round = rounds.entry(look.round).or_default();
        round.looked_at += 1;
        match look.class {
            _ if look.alive => round.alive += 1,
            class => *round.dead.entry(class.unwrap_or_else(|| "unknown".to_owned())).or_default() += 1,
        }
    }
    Ok(rounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_added_and_a_line_that_was_cut_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gathered/liveness.jsonl");
        let look = |round: &str, alive: bool| Look {
            round: round.to_owned(),
            at: round.to_owned(),
            row: 1,
            address: "https://images.example/a.jpg".to_owned(),
            alive,
            status: alive.then_some(200),
            class: (!alive).then(|| "dns".to_owned()),
        };
        assert_eq!(rounds(&path).unwrap(), BTreeMap::new());
        let mut history = History::open(&Disk::new(), &path).unwrap();
        history.add(&look("2026-11-30", true)).unwrap();
        history.add(&look("2026-11-30", false)).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() - 5]).unwrap();
        let mut history = History::open(&Disk::new(), &path).unwrap();
        history.add(&look("2026-12-01", false)).unwrap();
        let rounds = rounds(&path).unwrap();
        let told: Vec<_> =
            rounds.iter().map(|(at, round)| (at.as_str(), round.looked_at, round.alive)).collect();
        assert_eq!(told, [("2026-11-30", 1, 1), ("2026-12-01", 1, 0)]);
    }
}
