//! The ledger: every engine call of a run, with the modality of its input, so that anyone can check what a model was
//! shown.
//!
//! It is a file of JSON lines that only grows. Each line names the hash of the one before it, so that a line that was
//! taken out, put in or changed is found. A call is written down before its answer is used: a run that was killed between
//! the two has used nothing that is not in the ledger. [`verdict`] says whether a build may call itself free of
//! vision-language models.

mod read;

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use read::{Verdict, read, verdict};

/// What a model was shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// Words alone.
    #[default]
    Text,
    /// A recording, perhaps with words.
    Audio,
    /// A picture, perhaps with words.
    Image,
}

/// What a model answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Sentences of its own.
    #[default]
    Prose,
    /// What was said in a recording.
    Transcript,
    /// What is written in a picture.
    Reading,
    /// Classes, scores, boxes.
    Labels,
}

/// One call of an engine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Which engine: `chat`, `whisper`, `ocr`, `detect`, `captioner`.
    pub engine: String,
    /// What for, in a word: `polish`, `merge`, `transcribe`.
    pub purpose: String,
    /// Which model.
    pub model: String,
    /// Which weights, where they are known: a digest, a revision.
    pub model_revision: Option<String>,
    /// What it was shown.
    pub input: Modality,
    /// What it answers with.
    pub answer: Form,
    /// SHA-256 of what it was asked, in hexadecimal.
    pub prompt_sha256: String,
    /// SHA-256 of its answer, in hexadecimal; none of a call that failed.
    pub answer_sha256: Option<String>,
    /// `answered`, or the class of the failure.
    pub ended: String,
    /// Whether the answer was remembered and nobody was asked.
    pub is_cached: bool,
    /// Attempts that it took.
    pub attempts: u32,
    /// Tokens of questions, over all attempts.
    pub tokens_in: u64,
    /// Tokens of answers, over all attempts.
    pub tokens_out: u64,
    /// What it cost, in millionths of the currency of the settings.
    pub cost_micros: u64,
    /// Of a captioner of our own: SHA-256 of the lineage of its weights, in hexadecimal.
    pub weights_lineage: Option<String>,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its number, counted from 0.
    pub number: u64,
    /// The first half of the SHA-256 of the line before it, in hexadecimal; empty in the first one.
    pub before: String,
    /// When, as whoever opened the ledger tells the time.
    pub time: String,
    /// The call.
    pub call: Call,
}

/// The ledger cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be opened, read or written.
    #[error("cannot {verb} the ledger `{}`", path.display())]
    File {
        /// What was to be done.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// Another run is writing into it.
    #[error("the ledger `{}` belongs to a run that is still going on", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// A line is not the one that was written, or one is missing before it.
    #[error("line {line} of the ledger `{}` is not what was written: {reason}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// Which, counted from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
}

/// Tells the time of an entry.
pub type Stamp = Box<dyn Fn() -> String + Send + Sync>;

/// The ledger of one run, open for writing. It belongs to one process at a time.
pub struct Ledger {
    path: PathBuf,
    stamp: Stamp,
    end: Mutex<End>,
}

/// Where the next line goes.
struct End {
    file: File,
    number: u64,
    before: String,
    /// Whether a line without an end stands there, from a run that was killed.
    is_open: bool,
    /// Whether a write failed, so that it is not known what stands there.
    is_torn: bool,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Ledger").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Opens the ledger at `path` and goes on behind its last line; `stamp` tells the time of each entry.
    ///
    /// # Errors
    /// When it cannot be opened, another run has it open, or what stands in it is not what was written.
    pub fn open(path: &Path, stamp: Stamp) -> Result<Ledger, LedgerError> {
        let failed = |verb| move |source| LedgerError::File { verb, path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed("make the folder of"))?;
        }
        let file =
            OpenOptions::new().create(true).read(true).append(true).open(path).map_err(failed("open"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => {
                return Err(LedgerError::InUse { path: path.to_owned() });
            }
            Err(std::fs::TryLockError::Error(source)) => return Err(failed("lock")(source)),
        }
        let tail = read::walk(path, &mut |_entry| {})?;
        let end =
            End { file, number: tail.number, before: tail.before, is_open: tail.is_torn, is_torn: false };
        Ok(Ledger { path: path.to_owned(), stamp, end: Mutex::new(end) })
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a call down. When this returns, killing the process loses nothing.
    ///
    /// # Errors
    /// When the file cannot be written; the answer must not be used then.
    pub fn note(&self, call: Call) -> Result<(), LedgerError> {
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = |source| LedgerError::File { verb: "write", path: self.path.clone(), source };
        if end.is_torn {
            return Err(failed(io::Error::other("an earlier line could not be written whole")));
        }
        let entry = Entry { number: end.number, before: end.before.clone(), time: (self.stamp)(), call };
        let entry = serde_json::to_vec(&entry).map_err(|error| failed(error.into()))?;
        let before = link(&entry);
        // The line that a killed run did not finish stays, and is closed off.
        let opening: &[u8] = if end.is_open { b"\n" } else { b"" };
        let line = [opening, &entry, b"\n"].concat();
        if let Err(source) = end.file.write_all(&line) {
            end.is_torn = true;
            return Err(failed(source));
        }
        end.number += 1;
        end.before = before;
        end.is_open = false;
        Ok(())
    }
}

/// What the next line says of this one.
fn link(line: &[u8]) -> String {
    hex::encode(&Sha256::digest(line)[..16])
}
