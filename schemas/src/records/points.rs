//! `points`: places in images that people pointed at.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::id::Sha256;
use crate::record::{Record, RecordError};
use crate::records::{IMAGE_SHA256, IMAGE_URL, POINT_FIELDS};

/// Values of `collection_method`.
pub const COLLECTION_METHODS: &[&str] = &["pointing", "counting"];

/// What was pointed at.
pub(crate) const LABEL: Column =
    Column::new("label", Kind::String, "What was pointed at: a noun or a phrase.")
        .range(Range::Label { chars_max: 120 });

/// Columns of `points`.
pub const COLUMNS: &[Column] = &[
    IMAGE_URL,
    IMAGE_SHA256,
    Column::new(
        "points",
        Kind::ListOfStructs(POINT_FIELDS),
        "Every instance of the label; an empty list where the image shows none.",
    ),
    Column::new("count", Kind::Int64, "How many points there are.")
        .range(Range::Whole { min: 0, max: i64::MAX }),
    LABEL,
    Column::new(
        "collection_method",
        Kind::String,
        "`pointing` in general, `counting` where the image was chosen for its many instances.",
    )
    .range(Range::OneOf(COLLECTION_METHODS)),
];

/// A place in the upright picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Per cent of the width, from the left edge.
    pub x: f64,
    /// Per cent of the height, from the top edge.
    pub y: f64,
}

/// A row of `points`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointsRecord {
    /// Where the image can be fetched.
    pub image_url: String,
    /// Hash of the image file.
    pub image_sha256: Sha256,
    /// Every instance.
    pub points: Vec<Point>,
    /// How many.
    pub count: i64,
    /// What was pointed at.
    pub label: String,
    /// One of [`COLLECTION_METHODS`].
    pub collection_method: String,
}

impl Record for PointsRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        if usize::try_from(self.count) != Ok(self.points.len()) {
            let expected = format!("{}, the number of points", self.points.len());
            return Err(RecordError::value("count", self.count, expected));
        }
        Ok(())
    }
}
