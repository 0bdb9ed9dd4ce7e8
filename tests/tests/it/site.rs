//! A fresh folder in which programs are run, with a campaign file in it; and what lies in a folder afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{Said, command, program, run};

/// Forty-eight pictures of all four families. So few say nothing about the share of drops, so half may be dropped.
pub(crate) const SMALL: &str = "drops_percent_max = 50.0\n\
    figures = { charts = 20, tables = 10, diagrams = 8, documents = 10 }";
/// The flags with which the small dataset is built: one shard more than there are configs with their splits.
pub(crate) const BUILD_SMALL: &str = "build docs --campaign campaign.toml --shards 9 --into out";

/// A folder that goes away with the value.
pub(crate) struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    /// With `section` below `[build.docs]` in `campaign.toml`.
    pub(crate) fn new(section: &str) -> Site {
        let site = Site { folder: tempfile::tempdir().expect("a temporary folder") };
        site.write("campaign.toml", campaign(section).as_bytes());
        site
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: &[u8]) {
        fs::write(self.path(name), content).expect("a temporary folder");
    }

    /// `pixmo` with the words of a line, in this folder.
    pub(crate) fn pixmo(&self, line: &str) -> Command {
        pixmo_in(self.folder.path(), line)
    }

    /// Runs `pixmo` with the words of a line and without progress.
    pub(crate) fn run(&self, line: &str) -> Said {
        run(self.pixmo(line).args(["--progress", "none"]))
    }

    /// The files under `out`, as a build leaves them; the work folder is passed over.
    pub(crate) fn out(&self) -> BTreeMap<String, Vec<u8>> {
        contents(&self.path("out"))
    }
}

/// A campaign file for tests.
pub(crate) fn campaign(section: &str) -> String {
    format!("[campaign]\nname = \"tests\"\nseed = 7\n\n[build.docs]\n{section}\n")
}

/// `pixmo` with the words of a line, in a folder.
pub(crate) fn pixmo_in(folder: &Path, line: &str) -> Command {
    let mut command = command(&program("pixmo"));
    command.current_dir(folder).args(line.split_whitespace());
    command
}

/// All files under a folder by their names, but for what lies in the work folder of a build.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        let Ok(listing) = fs::read_dir(&next) else { continue };
        for entry in listing {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                if !path.ends_with(".work") {
                    waiting.push(path);
                }
                continue;
            }
            let name = path.strip_prefix(folder).expect("it lies below").display().to_string();
            found.insert(name, fs::read(&path).expect("a readable file"));
        }
    }
    found
}

/// The names of files that only one of two folders has, or that differ.
pub(crate) fn differing(
    left: &BTreeMap<String, Vec<u8>>,
    right: &BTreeMap<String, Vec<u8>>,
) -> BTreeSet<String> {
    let names = left.keys().chain(right.keys());
    names.filter(|name| left.get(*name) != right.get(*name)).cloned().collect()
}

/// Copies a folder with all below it.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (name, content) in contents(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a temporary folder");
        fs::write(path, content).expect("a temporary folder");
    }
}
