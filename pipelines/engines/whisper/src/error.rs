//! Why a model cannot be used.

use std::io;
use std::path::PathBuf;

use pixmo_engines::ModelError;

use crate::file::FileError;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its file cannot be read, or is another one than was named.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Its file is no model, or not whole.
    #[error("cannot use `{}`", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: FileError,
    },
    /// There is not enough memory.
    #[error(
        "the model `{}` needs {} MB of memory, and {} MB are left",
        path.display(),
        needed.div_ceil(1_000_000),
        available / 1_000_000
    )]
    Memory {
        /// The file.
        path: PathBuf,
        /// What it needs for one recording at a time, in bytes.
        needed: u64,
        /// What may still be taken, in bytes.
        available: u64,
    },
    /// The language is none that the model knows.
    #[error("the model `{}` does not know the language `{language}`, expected {expected}", path.display())]
    Language {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        language: String,
        /// What it knows.
        expected: String,
    },
    /// A setting is outside what it can be.
    #[error("{0}")]
    Setting(String),
    /// whisper.cpp does not take it.
    #[error("whisper.cpp cannot load `{}`", path.display())]
    Load {
        /// The file.
        path: PathBuf,
        /// What it said.
        #[source]
        source: io::Error,
    },
}
