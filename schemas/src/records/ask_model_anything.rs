//! `ask-model-anything`: questions people asked about an image, with answers they approved.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::id::Sha256;
use crate::record::Record;
use crate::records::{IMAGE_SHA256, IMAGE_URL};

/// Columns of `ask-model-anything`.
pub const COLUMNS: &[Column] = &[
    IMAGE_URL,
    IMAGE_SHA256,
    Column::new("question", Kind::String, "What a person asked about the image.").range(Range::Filled),
    Column::new("answer", Kind::String, "The answer that the same person approved.").range(Range::Filled),
];

/// A row of `ask-model-anything`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskModelAnythingRecord {
    /// Where the image can be fetched.
    pub image_url: String,
    /// Hash of the image file.
    pub image_sha256: Sha256,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

impl Record for AskModelAnythingRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }
}
