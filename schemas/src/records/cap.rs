//! `cap`: long captions that people spoke.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::record::{Record, RecordError};
use crate::records::IMAGE_URL;

/// Columns of `cap`.
pub const COLUMNS: &[Column] = &[
    IMAGE_URL,
    Column::new("caption", Kind::String, "The caption, cleaned from the transcripts.").range(Range::Filled),
    Column::new(
        "transcripts",
        Kind::List(&Kind::String),
        "What the annotators said, one text for each recording; never empty.",
    )
    .range(Range::Filled),
];

/// A row of `cap`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapRecord {
    /// Where the image can be fetched.
    pub image_url: String,
    /// The caption.
    pub caption: String,
    /// The transcripts it was made from.
    pub transcripts: Vec<String>,
}

impl Record for CapRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        if self.transcripts.is_empty() {
            return Err(RecordError::value("transcripts", "an empty list", "at least one transcript"));
        }
        Ok(())
    }
}
