//! Files of JSON lines, one after the other.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use pixmo_schemas::annotation_points::{Fault, Work};
use serde::de::DeserializeOwned;
use sha2::Digest;

use crate::fault::InputError;

/// The longest line: two hundred labels of a thousand points fit.
const LINE_BYTES_MAX: u64 = 32 << 20;

/// One kind of answers: its folder, and what can be said of a line.
pub(crate) struct Kind<T> {
    pub(crate) folder: &'static str,
    /// What a line is, for a person.
    pub(crate) what: &'static str,
    pub(crate) fault: fn(&T) -> Option<Fault>,
    pub(crate) work: fn(&T) -> &Work,
}

/// Reads the lines of one kind, and keeps of each what `keep` makes of it; of several lines about one assignment the last
/// one holds, in the place of the first.
pub(crate) fn read<T: DeserializeOwned, K>(
    folder: &Path,
    kind: &Kind<T>,
    hasher: &mut sha2::Sha256,
    mut keep: impl FnMut(T) -> K,
) -> Result<Vec<K>, InputError> {
    let mut kept = Vec::new();
    // Sixteen bytes of a hash tell assignments apart, however long their names are.
    let mut by_assignment: HashMap<[u8; 16], u32> = HashMap::new();
    for path in json_lines_in(&folder.join(kind.folder))? {
        each_line(&path, kind.what, |line: T, text| {
            if let Some((field, found, expected)) = (kind.fault)(&line) {
                return Err(format!("`{field}` is `{found}`, expected {expected}"));
            }
            hasher.update(text);
            hasher.update(b"\n");
            let name = half_hash(&[(kind.work)(&line).assignment.as_bytes()]);
            let value = keep(line);
            match by_assignment.get(&name) {
                Some(earlier) => kept[*earlier as usize] = value,
                None => {
                    let next = u32::try_from(kept.len()).map_err(|_| "it is one too many".to_owned())?;
                    by_assignment.insert(name, next);
                    kept.push(value);
                }
            }
            Ok(())
        })?;
    }
    Ok(kept)
}

/// Half of a BLAKE3 hash over pieces, each with its length.
pub(crate) fn half_hash(pieces: &[&[u8]]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for piece in pieces {
        hasher.update(&(piece.len() as u64).to_le_bytes());
        hasher.update(piece);
    }
    hasher.finalize().as_bytes().first_chunk::<16>().copied().unwrap_or_default()
}

/// The files of JSON lines in a folder, in the order of their names; none if there is no such folder.
fn json_lines_in(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let listing = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        listing => listing.map_err(|error| InputError::read(folder, error))?,
    };
    let mut paths = Vec::new();
    for entry in listing {
        let path = entry.map_err(|error| InputError::read(folder, error))?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Calls `see` for each line that is not empty, with its value and its text.
pub(crate) fn each_line<T: DeserializeOwned>(
    path: &Path,
    what: &'static str,
    mut see: impl FnMut(T, &[u8]) -> Result<(), String>,
) -> Result<(), InputError> {
    let file = File::open(path).map_err(|error| InputError::read(path, error))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let (mut line, mut text) = (0, Vec::new());
    loop {
        text.clear();
        let read = (&mut reader).take(LINE_BYTES_MAX).read_until(b'\n', &mut text);
        let read = read.map_err(|error| InputError::read(path, error))? as u64;
        if read == 0 {
            return Ok(());
        }
        line += 1;
        let wrong = |why: String| InputError::Line { path: path.to_owned(), line, what, why };
        if read == LINE_BYTES_MAX && text.last() != Some(&b'\n') {
            return Err(wrong(format!("it is longer than {LINE_BYTES_MAX} bytes")));
        }
        let content = text.trim_ascii_end();
        if !content.is_empty() {
            let value = serde_json::from_slice::<T>(content).map_err(|error| wrong(error.to_string()))?;
            see(value, content).map_err(wrong)?;
        }
    }
}
