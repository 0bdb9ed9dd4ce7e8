//! `count`, config `lineage`: how each row of `default` came to be, with the points that people made.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::record::{Record, RecordError};
use crate::records::cap_receipts::ROW_ID;
use crate::records::points::{LABEL, Point};
use crate::records::{IMAGE_SHA256, IMAGE_URL, POINT_FIELDS};

/// Values of `source`.
pub const SOURCES: &[&str] = &["pointed", "counted"];

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
        "`pointed`: somebody pointed at all of them; `counted`: people counted, and nobody pointed.",
    )
    .range(Range::OneOf(SOURCES)),
    Column::new(
        "points",
        Kind::ListOfStructs(POINT_FIELDS),
        "Where they are, as people pointed at them: in per cent, unlike the points of `default`.",
    )
    .null_means("people counted, and nobody pointed"),
    Column::new(
        "assignments",
        Kind::List(&Kind::String),
        "The answers that the row was made from; the first gave the points.",
    )
    .range(Range::Filled),
    Column::new(
        "persons",
        Kind::List(&Kind::String),
        "Pseudonyms of who gave them, in the order of `assignments`.",
    )
    .range(Range::Filled),
    Column::new(
        "submitted_at",
        Kind::List(&Kind::String),
        "When they were handed in, UTC, in the order of `assignments`.",
    )
    .range(Range::Filled),
    Column::new(
        "verifiers",
        Kind::List(&Kind::String),
        "Pseudonyms of who were shown the points, or counted beside them.",
    ),
    Column::new("people", Kind::Int32, "How many different people stand for the number.")
        .range(Range::Whole { min: 1, max: i32::MAX as i64 }),
    Column::new(
        "agreement_f1",
        Kind::Float64,
        "Least F1 between the points and those of others, matched one to one within 5 % of the diagonal.",
    )
    .range(Range::Real { min: 0.0, max: 1.0 })
    .null_means("fewer than two people pointed"),
    Column::new("code_version", Kind::String, "Version of the code that made the row.").range(Range::Filled),
];

/// A row of `lineage`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountLineageRecord {
    /// The row of `default`.
    pub row_id: String,
    /// Hash of the image.
    pub image_sha256: String,
    /// Where it can be fetched.
    pub image_url: String,
    /// What was counted.
    pub label: String,
    /// Width of the upright image in pixels.
    pub image_width: i64,
    /// Height of the upright image in pixels.
    pub image_height: i64,
    /// Images that look alike.
    pub image_cluster: Option<String>,
    /// One of [`SOURCES`].
    pub source: String,
    /// Every instance, in per cent of the upright image.
    pub points: Option<Vec<Point>>,
    /// The answers.
    pub assignments: Vec<String>,
    /// Who gave them.
    pub persons: Vec<String>,
    /// When.
    pub submitted_at: Vec<String>,
    /// Who looked at it.
    pub verifiers: Vec<String>,
    /// How many different people stand for it.
    pub people: i32,
    /// Least agreement with others, 0 to 1.
    pub agreement_f1: Option<f64>,
    /// Version of the code.
    pub code_version: String,
}

impl Record for CountLineageRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        let answers = self.assignments.len();
        if answers == 0 || self.persons.len() != answers || self.submitted_at.len() != answers {
            let found =
                format!("{answers} of {} persons at {} times", self.persons.len(), self.submitted_at.len());
            let expected = "one for each person and time, and at least one";
            return Err(RecordError::value("assignments", found, expected));
        }
        let said = answers + self.verifiers.len();
        if usize::try_from(self.people).is_ok_and(|people| people > said) {
            return Err(RecordError::value("people", self.people, format!("at most {said}, who are named")));
        }
        if self.points.is_some() != (self.source == "pointed") {
            let found = if self.points.is_some() { "points" } else { "null" };
            let expected = "points where the source is `pointed`, and only there";
            return Err(RecordError::value("points", found, expected));
        }
        Ok(())
    }
}
