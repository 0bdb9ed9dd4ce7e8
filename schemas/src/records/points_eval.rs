//! `points-eval`: hand-checked points and masks for measuring pointing.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind};
use crate::id::Sha256;
use crate::record::{Record, RecordError};
use crate::records::points::{LABEL, Point};
use crate::records::{IMAGE_SHA256, IMAGE_URL, POINT_FIELDS};

/// Columns of `points-eval`.
pub const COLUMNS: &[Column] = &[
    IMAGE_URL,
    IMAGE_SHA256,
    LABEL,
    Column::new(
        "points",
        Kind::ListOfStructs(POINT_FIELDS),
        "Every instance of the label; an empty list where the image shows none.",
    ),
    Column::new(
        "masks",
        Kind::List(&Kind::List(&Kind::List(&Kind::Bool))),
        "For each point the pixels of its instance: rows from the top, in the pixel grid of the image.",
    ),
];

/// A row of `points-eval`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointsEvalRecord {
    /// Where the image can be fetched.
    pub image_url: String,
    /// Hash of the image file.
    pub image_sha256: Sha256,
    /// What was pointed at.
    pub label: String,
    /// Every instance.
    pub points: Vec<Point>,
    /// One mask for each point: rows of pixels.
    pub masks: Vec<Vec<Vec<bool>>>,
}

impl Record for PointsEvalRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        if self.masks.len() != self.points.len() {
            let found = format!("{} masks", self.masks.len());
            return Err(RecordError::value(
                "masks",
                found,
                format!("{}, one for each point", self.points.len()),
            ));
        }
        let size = |mask: &[Vec<bool>]| (mask.first().map_or(0, Vec::len), mask.len());
        for (i, mask) in self.masks.iter().enumerate() {
            let (width, height) = size(mask);
            if width == 0 || mask.iter().any(|row| row.len() != width) {
                let found = format!("{height} rows, the first of {width} pixels");
                return Err(RecordError::value(format!("masks[{i}]"), found, "rows of one width"));
            }
            if (width, height) != size(&self.masks[0]) {
                let (first_width, first_height) = size(&self.masks[0]);
                return Err(RecordError::value(
                    format!("masks[{i}]"),
                    format!("{width} x {height} pixels"),
                    format!("{first_width} x {first_height} pixels like the first mask"),
                ));
            }
        }
        Ok(())
    }
}
