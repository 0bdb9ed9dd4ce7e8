//! A workbench: the real program in an empty folder.

use std::path::PathBuf;
use std::process::{Command, Output};

use sha2::Digest;

use crate::server::content;

pub(crate) struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    pub(crate) fn new() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        // Nothing waits long.
        let settings = "[models]\nstall_secs = 2.0\nattempts_max = 3\nbackoff_secs_max = 0.05\n";
        std::fs::write(folder.path().join("c.toml"), settings).unwrap();
        Bench { folder }
    }

    /// The program with these words, in the folder.
    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pixmo-models"));
        command.args(words.split_whitespace()).current_dir(self.folder.path());
        command
    }

    pub(crate) fn run(&self, words: &str) -> Run {
        Run::of(self.command(words).output().unwrap())
    }

    /// Fetches `m.bin`, of the right hash, with further words.
    pub(crate) fn fetch(&self, words: &str) -> Run {
        self.run(&Self::fetch_words(words))
    }

    pub(crate) fn fetch_words(words: &str) -> String {
        format!("fetch m.bin --campaign c.toml --sha256 {} {words}", sha256())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The file is here, whole, and nothing is left of the way.
    pub(crate) fn has_it(&self) {
        assert_eq!(std::fs::read(self.path("data/models/m.bin")).unwrap(), content());
        let mut names: Vec<String> = std::fs::read_dir(self.path("data/models"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["m.bin"]);
    }

    /// Bytes that have come so far.
    pub(crate) fn part(&self) -> u64 {
        std::fs::metadata(self.path("data/models/.m.bin.part")).map_or(0, |meta| meta.len())
    }
}

pub(crate) fn sha256() -> String {
    hex::encode(sha2::Sha256::digest(content()))
}

/// What came of a run.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub(crate) fn good(self) -> Run {
        assert_eq!(self.code, 0, "{}", self.err);
        self
    }

    /// It failed with this code, and says these words.
    pub(crate) fn bad(self, code: i32, words: &[&str]) -> Run {
        assert_eq!(self.code, code, "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in:\n{}", self.err);
        }
        self
    }
}
