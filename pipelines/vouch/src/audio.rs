//! Recordings by their digest: `DIR/ab/abcdef….webm`.

use std::fs;
use std::path::{Path, PathBuf};

use pixmo_schemas::Sha256;

/// A folder of recordings.
#[derive(Clone, Debug)]
pub(crate) struct Takes(PathBuf);

impl Takes {
    pub(crate) fn at(folder: &Path) -> Takes {
        Takes(folder.to_owned())
    }

    /// The file of a recording, whatever its extension.
    pub(crate) fn find(&self, audio: &Sha256) -> Option<PathBuf> {
        let digits = audio.to_string();
        let shelf = self.0.join(&digits[..2]);
        let named = |path: &PathBuf| path.file_stem().is_some_and(|stem| stem == digits.as_str());
        // Most are WebM; the others are looked for.
        let usual = shelf.join(format!("{digits}.webm"));
        if usual.is_file() {
            return Some(usual);
        }
        let mut found: Vec<PathBuf> = fs::read_dir(shelf).ok()?.flatten().map(|entry| entry.path()).collect();
        found.sort();
        found.into_iter().find(named)
    }
}
