//! What is read of a row to count it: these columns and fields, and no others.

use pixmo_schemas::records::Image;
use serde::Deserialize;

/// A row of a `_full` config.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Full {
    pub(crate) kind: String,
    pub(crate) family: String,
    pub(crate) theme: String,
    pub(crate) palette: String,
    pub(crate) fonts: Vec<String>,
    pub(crate) locale: String,
    pub(crate) language: String,
    pub(crate) mode: String,
    pub(crate) renderer: String,
    pub(crate) width: i32,
    pub(crate) height: i32,
    pub(crate) plan: String,
    pub(crate) source_name: String,
    pub(crate) questions: Vec<Question>,
    pub(crate) text_runs: Vec<Element>,
    pub(crate) marks: Vec<Element>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Question {
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) kind: String,
    pub(crate) style: String,
    pub(crate) program: String,
    pub(crate) follows: i32,
}

/// Text runs and marks are only counted.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Element {
    #[serde(rename = "element")]
    _element: i32,
}

/// The columns of [`Full`].
pub(crate) const FULL_COLUMNS: &[&str] = &[
    "kind",
    "family",
    "theme",
    "palette",
    "fonts",
    "locale",
    "language",
    "mode",
    "renderer",
    "width",
    "height",
    "plan",
    "source_name",
    "questions.question",
    "questions.answer",
    "questions.kind",
    "questions.style",
    "questions.program",
    "questions.follows",
    "text_runs.element",
    "marks.element",
];

/// A row of a `_points` config.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Points {
    pub(crate) questions: Vec<String>,
    pub(crate) points: Vec<Vec<Across>>,
}

/// Points are only counted.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Across {
    #[serde(rename = "x")]
    _x: f64,
}

/// The columns of [`Points`].
pub(crate) const POINTS_COLUMNS: &[&str] = &["questions", "points.x"];

/// A row of a main config.
#[derive(Deserialize)]
pub(crate) struct Picture {
    pub(crate) image: Image,
}

/// The columns of [`Picture`].
pub(crate) const PICTURE_COLUMNS: &[&str] = &["image"];
