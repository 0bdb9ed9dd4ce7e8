//! `count`: how many of a thing an image shows, and where.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range, Unit};
use crate::id::Sha256;
use crate::record::{Record, RecordError};
use crate::records::points::LABEL;
use crate::records::{IMAGE_SHA256, IMAGE_URL};

const PIXELS: Range = Range::Real { min: 0.0, max: f64::INFINITY };

const COUNT_POINT_FIELDS: &[Column] = &[
    Column::new("x", Kind::Float32, "From the left edge.").unit(Unit::Pixels).range(PIXELS),
    Column::new("y", Kind::Float32, "From the top edge.").unit(Unit::Pixels).range(PIXELS),
];

/// Columns of `count`.
pub const COLUMNS: &[Column] = &[
    IMAGE_URL,
    IMAGE_SHA256,
    Column::new("count", Kind::Int32, "How many of the thing the image shows.")
        .range(Range::Whole { min: 0, max: i32::MAX as i64 }),
    Column::new(
        "points",
        Kind::StructOfLists(COUNT_POINT_FIELDS),
        "The centre of each; empty lists where there is none. In pixels, unlike the points of the other datasets.",
    )
    .null_means("the row is of validation or test, which were counted by hand"),
    LABEL,
];

/// The centres of the counted things, in pixels.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CountPoints {
    /// From the left edge, pixels.
    pub x: Vec<f32>,
    /// From the top edge, pixels.
    pub y: Vec<f32>,
}

/// A row of `count`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountRecord {
    /// Where the image can be fetched.
    pub image_url: String,
    /// Hash of the image file.
    pub image_sha256: Sha256,
    /// How many.
    pub count: i32,
    /// Where; none in validation and test.
    pub points: Option<CountPoints>,
    /// What was counted.
    pub label: String,
}

impl Record for CountRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        let Some(points) = &self.points else { return Ok(()) };
        for (field, length) in [("points.x", points.x.len()), ("points.y", points.y.len())] {
            if usize::try_from(self.count) != Ok(length) {
                let expected = format!("{}, the count", self.count);
                return Err(RecordError::value(field, format!("{length} values"), expected));
            }
        }
        Ok(())
    }
}
