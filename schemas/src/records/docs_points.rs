//! The configs `charts_points`, `tables_points`, `diagrams_points` and `other_points` of `docs`: questions that are
//! answered by pointing.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::record::{Record, RecordError};
use crate::records::POINT_FIELDS;
use crate::records::docs::IMAGE_ID;
use crate::records::points::Point;

/// Columns of the `_points` configs.
pub const COLUMNS: &[Column] = &[
    IMAGE_ID,
    Column::new("questions", Kind::List(&Kind::String), "What to point at, as a question or a request.")
        .range(Range::Filled),
    Column::new("names", Kind::List(&Kind::String), "For each question, what the points are called.")
        .range(Range::Label { chars_max: 120 }),
    Column::new(
        "points",
        Kind::List(&Kind::ListOfStructs(POINT_FIELDS)),
        "For each question, the points that answer it.",
    ),
];

/// A row of a `_points` config; the row of the same number in the main config has the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocsPointsRecord {
    /// Names the picture.
    pub image_id: String,
    /// What to point at.
    pub questions: Vec<String>,
    /// What the points are called, one name for each question.
    pub names: Vec<String>,
    /// The points, one list for each question.
    pub points: Vec<Vec<Point>>,
}

impl Record for DocsPointsRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        let questions = self.questions.len();
        for (field, length) in [("names", self.names.len()), ("points", self.points.len())] {
            if length != questions {
                let found = format!("{length} entries");
                return Err(RecordError::value(field, found, format!("{questions}, one for each question")));
            }
        }
        Ok(())
    }
}
