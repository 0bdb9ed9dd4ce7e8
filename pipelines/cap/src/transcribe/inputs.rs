//! Which recordings there are.

use std::fs;
use std::path::{Path, PathBuf};

use pixmo_console::Failure;

/// Ends of names that recordings have; only these are taken from folders. A file that is named is always taken.
const ENDINGS: &[&str] = &[
    "webm", "weba", "ogg", "oga", "opus", "mp4", "m4a", "m4b", "mp3", "aac", "flac", "wav", "wave", "mkv",
    "mka", "mov",
];
/// Folders lie in each other no deeper.
const DEPTH_MAX: usize = 32;

/// Recordings in order, each once.
#[derive(Debug, Default)]
pub(crate) struct Recordings {
    pub(crate) files: Vec<PathBuf>,
    /// Files in folders that have no name of a recording.
    pub(crate) others: u64,
}

/// Lists files as they are named and folders in the order of names; without any, those of `takes`.
pub(crate) fn list(inputs: &[PathBuf], takes: Option<&Path>) -> Result<Recordings, Failure> {
    let mut found = Recordings::default();
    let takes = takes.map(Path::to_owned);
    let inputs = if inputs.is_empty() { takes.as_slice() } else { inputs };
    for input in inputs {
        if input.is_dir() {
            search(input, DEPTH_MAX, &mut found)?;
        } else if input.exists() {
            found.files.push(input.clone());
        } else {
            return Err(
                Failure::request("there is no such recording or folder").at(input.display().to_string())
            );
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    found.files.retain(|file| seen.insert(file.clone()));
    if found.files.is_empty() {
        let places: Vec<String> = inputs.iter().map(|input| input.display().to_string()).collect();
        return Err(Failure::request("there are no recordings")
            .at(places.join(", "))
            .hint(format!("folders are searched for files that end in {}", ENDINGS.join(", "))));
    }
    Ok(found)
}

fn search(folder: &Path, depth: usize, found: &mut Recordings) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::world("cannot list a folder").cause(&error).at(folder.display().to_string())
    };
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    for path in paths {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden {
            continue;
        }
        if path.is_dir() {
            if depth > 0 {
                search(&path, depth - 1, found)?;
            }
            continue;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            found.files.push(path);
        } else {
            found.others += 1;
        }
    }
    Ok(())
}
