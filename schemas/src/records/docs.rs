//! `docs`: rendered charts, tables, diagrams and documents with questions. The configs `charts`, `tables`, `diagrams`
//! and `other` share these columns.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::record::{Record, RecordError};

const QUESTION_FIELDS: &[Column] = &[
    Column::new("question", Kind::String, "A question about the picture.").range(Range::Filled),
    Column::new("answer", Kind::String, "Its answer, short.").range(Range::Filled),
];

/// Names the picture; the same in all configs of the dataset.
pub(crate) const IMAGE_ID: Column =
    Column::new("image_id", Kind::String, "Names the picture; the same in all configs.").range(Range::Filled);

/// Columns of `charts`, `tables`, `diagrams` and `other`.
pub const COLUMNS: &[Column] = &[
    Column::new("image", Kind::Image, "The picture."),
    IMAGE_ID,
    Column::new(
        "questions",
        Kind::StructOfLists(QUESTION_FIELDS),
        "Questions and answers about the picture, in two lists of one length.",
    ),
];

/// An encoded picture.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The encoded file, as it is.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
    /// File name for people, if it has one.
    pub path: Option<String>,
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Image({} bytes, {:?})", self.bytes.len(), self.path)
    }
}

/// Questions and their answers, in two lists of one length.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocsQuestions {
    /// The questions.
    pub question: Vec<String>,
    /// The answers, in the same order.
    pub answer: Vec<String>,
}

/// A row of `charts`, `tables`, `diagrams` or `other`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocsRecord {
    /// The picture.
    pub image: Image,
    /// Names the picture.
    pub image_id: String,
    /// Questions and answers.
    pub questions: DocsQuestions,
}

impl Record for DocsRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        let (questions, answers) = (self.questions.question.len(), self.questions.answer.len());
        if questions == 0 {
            return Err(RecordError::value("questions.question", "an empty list", "at least one question"));
        }
        if answers != questions {
            let expected = format!("{questions}, one for each question");
            return Err(RecordError::value("questions.answer", format!("{answers} answers"), expected));
        }
        Ok(())
    }
}
