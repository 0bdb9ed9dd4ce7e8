//! `points-eval`, config `rle`: the masks of each row of `default` as run lengths, which are a small part of the size.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::record::{Record, RecordError};
use crate::records::cap_receipts::ROW_ID;
use crate::records::points::LABEL;
use crate::records::{IMAGE_SHA256, IMAGE_URL};

/// Columns of `rle`.
pub const COLUMNS: &[Column] = &[
    ROW_ID,
    IMAGE_SHA256,
    IMAGE_URL,
    LABEL,
    Column::new("height", Kind::Int32, "Height of the upright image, and of each mask, in pixels.")
        .range(Range::Whole { min: 1, max: i32::MAX as i64 }),
    Column::new("width", Kind::Int32, "Width of the upright image, and of each mask, in pixels.")
        .range(Range::Whole { min: 1, max: i32::MAX as i64 }),
    Column::new(
        "counts",
        Kind::List(&Kind::String),
        "For each point the mask of its instance as `counts` of a compressed run-length encoding of COCO.",
    )
    .range(Range::Filled),
];

/// A row of `rle`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointsEvalRleRecord {
    /// The row of `default`.
    pub row_id: String,
    /// Hash of the image.
    pub image_sha256: String,
    /// Where it can be fetched.
    pub image_url: String,
    /// What was pointed at.
    pub label: String,
    /// Height of the image in pixels.
    pub height: i32,
    /// Width of the image in pixels.
    pub width: i32,
    /// One encoded mask for each point.
    pub counts: Vec<String>,
}

impl Record for PointsEvalRleRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        Ok(())
    }
}
