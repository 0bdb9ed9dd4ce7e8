//! What can be wrong with a campaign file, and where.

use std::fmt;
use std::path::{Path, PathBuf};

/// Longest message or hint.
const TEXT_CHARS_MAX: usize = 2_000;

/// A place in a campaign file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file, as it was named by the caller.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// The place of the byte `offset` of `text`.
    pub(crate) fn of_offset(file: &Path, text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |index| index + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        Place { file: file.to_owned(), line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}

/// What is wrong with a campaign file. The fields are those of an error as a person reads it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct CampaignError {
    /// What is wrong, with the names in it: ``unknown key `shard_count` in [build.docs]``.
    pub message: String,
    /// The file with line and column, or the file alone: `campaign.toml:14:1`.
    pub at: Option<String>,
    /// What to do about it; each a sentence of its own.
    pub hints: Vec<String>,
    /// Whether the file could not be read for a reason outside it, such as a disk error: not the person's request.
    pub is_world: bool,
    /// What the system said, if it was asked.
    #[source]
    pub source: Option<std::io::Error>,
}

impl CampaignError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        CampaignError {
            message: shortened(message),
            at: None,
            hints: Vec::new(),
            is_world: false,
            source: None,
        }
    }

    pub(crate) fn at(mut self, place: impl fmt::Display) -> Self {
        self.at = Some(place.to_string());
        self
    }

    pub(crate) fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(shortened(text));
        self
    }
}

/// A text for people may hold a key of the file, which is as long as it likes.
fn shortened(text: impl Into<String>) -> String {
    let mut text = text.into();
    if let Some((end, _)) = text.char_indices().nth(TEXT_CHARS_MAX) {
        text.truncate(end);
        text.push('…');
    }
    text
}
