//! Lines that wait on the disk, in one file for each number, so that memory does not grow with them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use pixmo_shards::{Disk, LocationError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failures;

/// So many bytes wait in memory.
const WAITING_BYTES_MAX: usize = 4 << 20;

/// Lines of JSON in one file for each number.
pub(crate) struct Spill {
    folder: PathBuf,
    disk: Disk,
    waiting: BTreeMap<u32, Vec<u8>>,
    waiting_bytes: usize,
    numbers: std::collections::BTreeSet<u32>,
}

impl Spill {
    /// An empty one in a folder of its own, which is emptied.
    pub(crate) fn new(disk: &Disk, folder: &Path) -> Result<Spill, Failure> {
        let failed = |error| failed("empty", folder, error);
        disk.remove_folder(folder).map_err(failed)?;
        Ok(Spill {
            folder: folder.to_owned(),
            disk: disk.clone(),
            waiting: BTreeMap::new(),
            waiting_bytes: 0,
            numbers: std::collections::BTreeSet::new(),
        })
    }

    fn path(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{number:06}.jsonl"))
    }

    /// Adds a line to the file of a number.
    pub(crate) fn add(&mut self, number: u32, line: &impl Serialize) -> Result<(), Failure> {
        let mut text = serde_json::to_vec(line)
            .map_err(|error| Failure::bug("a line has no form as JSON").cause(&error))?;
        text.push(b'\n');
        self.waiting_bytes += text.len();
        self.waiting.entry(number).or_default().extend_from_slice(&text);
        self.numbers.insert(number);
        if self.waiting_bytes > WAITING_BYTES_MAX { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.waiting_bytes = 0;
        for (number, text) in std::mem::take(&mut self.waiting) {
            let path = self.path(number);
            let write = || -> std::io::Result<()> {
                self.disk.create_folder(&self.folder)?;
                self.disk.append(&path)?.write_all(&text)
            };
            write().map_err(|error| failed("write", &path, error))?;
        }
        Ok(())
    }

    /// The numbers that have lines, in order.
    pub(crate) fn numbers(&self) -> Vec<u32> {
        self.numbers.iter().copied().collect()
    }

    /// The lines of a number, in the order in which they were added.
    pub(crate) fn lines<T: DeserializeOwned>(
        &mut self,
        number: u32,
    ) -> Result<impl Iterator<Item = Result<T, Failure>> + use<T>, Failure> {
        self.flush()?;
        let path = self.path(number);
        let file = File::open(&path).map_err(|error| failed("read", &path, error))?;
        Ok(BufReader::new(file).lines().map(move |line| {
            let line = line.map_err(|error| failed("read", &path, error))?;
            serde_json::from_str(&line).map_err(|error| {
                Failure::world("a line that waited on the disk was changed")
                    .cause(&error)
                    .at(path.display().to_string())
            })
        }))
    }

    /// Forgets all of it; the folder is for whoever made it to delete.
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
        self.numbers.clear();
    }
}

fn failed(action: &'static str, path: &Path, error: std::io::Error) -> Failure {
    failures::of_place(LocationError::from_io(action, path.display().to_string(), error))
}
