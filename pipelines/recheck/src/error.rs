//! What can be wrong: the JSON, its shape, or that the program has no answer.

use std::fmt;

use thiserror::Error;

/// Longest account of what was found.
const FOUND_CHARS_MAX: usize = 200;

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum RecheckError {
    /// A text is not JSON, is nested too deep to be read, or has other fields than data have.
    #[error("{what} cannot be read")]
    Json {
        /// `the data` or `the program`.
        what: &'static str,
        /// What the parser says.
        #[source]
        source: serde_json::Error,
    },
    /// The JSON has another form than data and programs have.
    #[error("{at} is {found}, expected {expected}")]
    Shape {
        /// The operation, or the place in the data.
        at: String,
        /// What stands there.
        found: String,
        /// What should stand there.
        expected: String,
    },
    /// A text is longer than is read.
    #[error("{what} has {bytes} bytes, at most {limit} are read")]
    TooLong {
        /// `the data` or `the program`.
        what: &'static str,
        /// Its length.
        bytes: usize,
        /// What is read.
        limit: usize,
    },
    /// The program would keep its reader busy for seconds.
    #[error("the program is too much work on this data")]
    TooMuch,
    /// An operation has no answer on this data: no row, several rows, a tie, a missing cell, a division by 0.
    #[error("`{operation}` has no answer: {found}")]
    NoAnswer {
        /// The operation.
        operation: String,
        /// Why.
        found: String,
    },
}

impl RecheckError {
    pub(crate) fn shape(
        at: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self::Shape { at: at.into(), found: shortened(found), expected: expected.into() }
    }

    pub(crate) fn no_answer(operation: &str, found: impl Into<String>) -> Self {
        Self::NoAnswer { operation: operation.to_owned(), found: shortened(found) }
    }
}

/// What was found may hold a text of the data, which is as long as it likes.
fn shortened(found: impl Into<String>) -> String {
    let mut found = found.into();
    if let Some((end, _)) = found.char_indices().nth(FOUND_CHARS_MAX) {
        found.truncate(end);
        found.push('…');
    }
    found
}

/// A stored answer that the data and the program do not give.
#[derive(Debug, Error)]
pub struct Disagreement {
    /// What the program gives here.
    pub found: Result<String, RecheckError>,
    /// The stored answer.
    pub expected: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.found {
            Ok(found) => write!(f, "the program gives `{found}`, the stored answer is `{}`", self.expected),
            Err(error) => {
                write!(f, "the stored answer is `{}`, the program gives none: {error}", self.expected)
            }
        }
    }
}
