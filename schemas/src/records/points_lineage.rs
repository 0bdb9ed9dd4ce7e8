//! `points`, config `lineage`: how each row of `default` came to be.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::record::{Record, RecordError};
use crate::records::cap_receipts::ROW_ID;
use crate::records::points::LABEL;
use crate::records::{IMAGE_SHA256, IMAGE_URL};

/// What made a row, as `source` says it.
pub const SOURCES: &[&str] = &["pointed", "attribute_swap", "co_occurring", "similar_image"];
/// How a row was looked at by somebody else, as `verified` says it.
pub const VERIFIED: &[&str] = &["no", "accepted", "fixed", "counted", "agreed"];

/// Columns of `lineage`.
pub const COLUMNS: &[Column] = &[
    ROW_ID,
    IMAGE_SHA256,
    IMAGE_URL,
    LABEL,
    Column::new("image_width", Kind::Int64, "Width of the upright image in pixels.")
        .range(Range::Whole { min: 1, max: i64::MAX }),
    Column::new("image_height", Kind::Int64, "Height of the upright image in pixels.")
        .range(Range::Whole { min: 1, max: i64::MAX }),
    Column::new("image_cluster", Kind::String, "The cluster of images that look alike.")
        .null_means("the campaign does not know it"),
    Column::new(
        "source",
        Kind::String,
        "`pointed`: people pointed at it; the others: people were asked whether it is absent, and the label came from a label of the image with one attribute exchanged, from labels that stand beside those of the image, or from an image that looks alike.",
    )
    .range(Range::OneOf(SOURCES)),
    Column::new("assignments", Kind::List(&Kind::String), "The answers that the row was made from; the first gave the points.")
        .range(Range::Filled),
    Column::new("persons", Kind::List(&Kind::String), "Pseudonyms of who gave them, in the order of `assignments`.")
        .range(Range::Filled),
    Column::new("submitted_at", Kind::List(&Kind::String), "When they were handed in, UTC, in the order of `assignments`.")
        .range(Range::Filled),
    Column::new(
        "verified",
        Kind::String,
        "The strongest that somebody else said: `agreed`, independently the same points; `counted`, independently the same number; `accepted` or `fixed`, shown the points; `no`.",
    )
    .range(Range::OneOf(VERIFIED)),
    Column::new("verifiers", Kind::List(&Kind::String), "Pseudonyms of who were shown the points, or counted."),
    Column::new(
        "agreement_f1",
        Kind::Float64,
        "Least F1 between the points and those of others, matched one to one within 5 % of the diagonal.",
    )
    .range(Range::Real { min: 0.0, max: 1.0 })
    .null_means("nobody else pointed"),
    Column::new("close_confirmed", Kind::Bool, "The person said that points that lie close to each other are two things."),
    Column::new("code_version", Kind::String, "Version of the code that made the row.").range(Range::Filled),
];

/// A row of `lineage`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointsLineageRecord {
    /// The row of `default`.
    pub row_id: String,
    /// Hash of the image.
    pub image_sha256: String,
    /// Where it can be fetched.
    pub image_url: String,
    /// What was pointed at.
    pub label: String,
    /// Width of the upright image in pixels.
    pub image_width: i64,
    /// Height of the upright image in pixels.
    pub image_height: i64,
    /// Images that look alike.
    pub image_cluster: Option<String>,
    /// One of [`SOURCES`].
    pub source: String,
    /// The answers.
    pub assignments: Vec<String>,
    /// Who gave them.
    pub persons: Vec<String>,
    /// When.
    pub submitted_at: Vec<String>,
    /// One of [`VERIFIED`].
    pub verified: String,
    /// Who looked at it.
    pub verifiers: Vec<String>,
    /// Least agreement with others, 0 to 1.
    pub agreement_f1: Option<f64>,
    /// Close points are two things.
    pub close_confirmed: bool,
    /// Version of the code.
    pub code_version: String,
}

impl Record for PointsLineageRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        let answers = self.assignments.len();
        if answers == 0 || self.persons.len() != answers || self.submitted_at.len() != answers {
            let found =
                format!("{answers} of {} persons at {} times", self.persons.len(), self.submitted_at.len());
            return Err(RecordError::value(
                "assignments",
                found,
                "one for each person and time, and at least one",
            ));
        }
        let was_shown = ["accepted", "fixed", "counted"].contains(&self.verified.as_str());
        if (was_shown && self.verifiers.is_empty()) || (self.verified == "no" && !self.verifiers.is_empty()) {
            let found = format!("`{}` by {} verifiers", self.verified, self.verifiers.len());
            return Err(RecordError::value("verified", found, "`no` if nobody looked at it, and only then"));
        }
        Ok(())
    }
}
