//! What is wrong with exported answers, as a person reads it.

use std::path::{Path, PathBuf};

use pixmo_console::{Failure, Kind};

/// A line that cannot be used, or a file that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The file or folder cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A line is not what it must be.
    #[error("line {line} of `{}` is no {what}: {why}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: u64,
        /// What was expected.
        what: &'static str,
        /// Why it is none.
        why: String,
    },
    /// There is nothing.
    #[error("there are no answers in `{}`", path.display())]
    Nothing {
        /// Where they were looked for.
        path: PathBuf,
    },
}

impl InputError {
    pub(crate) fn read(path: &Path, source: std::io::Error) -> InputError {
        InputError::Read { path: path.to_owned(), source }
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Failure {
        let kind = match &error {
            InputError::Read { source, .. } if source.kind() != std::io::ErrorKind::NotFound => Kind::World,
            _ => Kind::Request,
        };
        let failure = Failure::from_error(kind, &error);
        match error {
            InputError::Read { .. } => failure,
            InputError::Line { .. } => failure.hint("mend the line, or take it out of the file"),
            InputError::Nothing { .. } => failure.hint(
                "`pixmo annotate export` writes `points/`, `not-present/`, `verify-points/` and `verify-count/` there",
            ),
        }
    }
}
