//! The configs `charts_full`, `tables_full`, `diagrams_full` and `other_full` of `docs`: how each picture came to be,
//! its data, its questions as programs, and what is drawn where.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range, Unit};
use crate::id::Sha256;
use crate::record::{Record, RecordError};
use crate::records::docs::IMAGE_ID;

/// Values of `family`. The config `other` holds documents, sheets of mathematics and screens.
pub const FAMILIES: &[&str] = &["charts", "tables", "diagrams", "documents", "mathematics", "screens"];
/// Values of `mode`.
pub const MODES: &[&str] = &["procedural", "authored"];
/// Values of `renderer`.
pub const RENDERERS: &[&str] = &["figures", "typst"];

const fn text(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::String, description)
}

const fn pixels(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Float32, description).unit(Unit::Pixels)
}

const fn index(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Int32, description).range(Range::INDEX_OR_NONE)
}

const EXTENT: Range = Range::Real { min: 0.0, max: f64::INFINITY };

const QUESTION_FIELDS: &[Column] = &[
    text("question", "A question about the picture.").range(Range::Filled),
    text("answer", "Its answer, the same as in the main config.").range(Range::Filled),
    text("explanation", "How the answer follows from what the picture shows."),
    text("kind", "What the question asks for.").range(Range::Filled),
    text("style", "How the question is worded.").range(Range::Filled),
    text("program", "The expression over `data` whose value is the answer.").range(Range::Json),
    Column::new("turn", Kind::Int32, "0, or how many questions of its dialogue come before.")
        .range(Range::NOT_NEGATIVE),
    index("follows", "Index of the earlier question it refers back to, or -1."),
];

const TEXT_RUN_FIELDS: &[Column] = &[
    text("text", "The characters that are drawn."),
    text("role", "What the text is for.").range(Range::Filled),
    index("element", "Id of the element it belongs to, or -1."),
    pixels("x", "Left edge of its box."),
    pixels("y", "Top edge of its box."),
    pixels("width", "Width of its box.").range(EXTENT),
    pixels("height", "Height of its box.").range(EXTENT),
    pixels("size", "Size of the font.").range(EXTENT),
    Column::new("angle", Kind::Float32, "Turn of the text about its centre.").unit(Unit::Degrees),
];

const MARK_FIELDS: &[Column] = &[
    index("element", "Id of the element, or -1."),
    text("role", "What is drawn: a bar, a point, a node.").range(Range::Filled),
    index("table", "Index of the table in `data` it shows, or -1."),
    index("row", "Row of that table, or -1."),
    index("column", "Column of that table, or -1."),
    text("label", "Its name; empty where it has none."),
    pixels("x", "Centre, from the left edge."),
    pixels("y", "Centre, from the top edge."),
    pixels("left", "Left edge of its box."),
    pixels("top", "Top edge of its box."),
    pixels("width", "Width of its box.").range(EXTENT),
    pixels("height", "Height of its box.").range(EXTENT),
];

const SIDE_PIXELS: Range = Range::Whole { min: 1, max: 32_768 };
const HASH: Range = Range::Hex { digits_min: 16, digits_max: 128 };

/// Columns of the `_full` configs.
pub const COLUMNS: &[Column] = &[
    IMAGE_ID,
    text("row_id", "SHA-256 of the content of the row in the main config.").range(Range::SHA256),
    text("kind", "What is drawn: `grouped_bar`, `invoice`.").range(Range::Filled),
    text("family", "Which group of kinds it belongs to.").range(Range::OneOf(FAMILIES)),
    text("topic", "What it is about."),
    text("persona", "For whom it was made."),
    text("theme", "Name of the theme."),
    text("palette", "Name of the palette."),
    Column::new("fonts", Kind::List(&Kind::String), "The font families in use.").range(Range::Filled),
    text("locale", "How numbers and dates are written.").range(Range::Filled),
    text("language", "Language of the words in the picture, an ISO 639-1 code: `en`, `de`.")
        .range(Range::Filled),
    text("mode", "`procedural` by grammar from data, `authored` by a text-only language model.")
        .range(Range::OneOf(MODES)),
    text("renderer", "What drew it.").range(Range::OneOf(RENDERERS)),
    Column::new("width", Kind::Int32, "Width of the picture.").unit(Unit::Pixels).range(SIDE_PIXELS),
    Column::new("height", Kind::Int32, "Height of the picture.").unit(Unit::Pixels).range(SIDE_PIXELS),
    text("seed", "Seed of the picture, from which it can be made again.")
        .range(Range::Hex { digits_min: 1, digits_max: 64 }),
    text("code_version", "Version of the program that made it.").range(Range::Filled),
    text("plan", "Hash of the plan by which it was drawn.").range(HASH),
    text(
        "source_name",
        "Name of the source of the data: that of a real table, or `world` where the data is invented.",
    ),
    text(
        "source_licence",
        "Licence of that source; where the data is invented, that of the words it is made of.",
    ),
    text("source", "What was drawn, in the language of the renderer."),
    text("data", "The data that is shown.").range(Range::Json),
    Column::new(
        "questions",
        Kind::ListOfStructs(QUESTION_FIELDS),
        "The questions of the main config in the same order, with their programs.",
    ),
    Column::new("text_runs", Kind::ListOfStructs(TEXT_RUN_FIELDS), "All text that is drawn."),
    Column::new("marks", Kind::ListOfStructs(MARK_FIELDS), "All marks that stand for data."),
];

/// A question with the program that answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullQuestion {
    /// The question.
    pub question: String,
    /// Its answer.
    pub answer: String,
    /// How the answer follows.
    pub explanation: String,
    /// What it asks for.
    pub kind: String,
    /// How it is worded.
    pub style: String,
    /// The program, as JSON.
    pub program: String,
    /// 0, or how many questions of its dialogue come before.
    pub turn: i32,
    /// Index of the earlier question it refers back to, or -1.
    pub follows: i32,
}

/// A piece of text and where it is drawn, in pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FullTextRun {
    /// The characters.
    pub text: String,
    /// What the text is for.
    pub role: String,
    /// Id of its element, or -1.
    pub element: i32,
    /// Left edge of its box.
    pub x: f32,
    /// Top edge of its box.
    pub y: f32,
    /// Width of its box.
    pub width: f32,
    /// Height of its box.
    pub height: f32,
    /// Size of the font.
    pub size: f32,
    /// Turn about its centre, degrees clockwise.
    pub angle: f32,
}

/// A mark that stands for data and where it is drawn, in pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FullMark {
    /// Id of its element, or -1.
    pub element: i32,
    /// What is drawn.
    pub role: String,
    /// Index of the table it shows, or -1.
    pub table: i32,
    /// Row of that table, or -1.
    pub row: i32,
    /// Column of that table, or -1.
    pub column: i32,
    /// Its name, or empty.
    pub label: String,
    /// Centre, from the left edge.
    pub x: f32,
    /// Centre, from the top edge.
    pub y: f32,
    /// Left edge of its box.
    pub left: f32,
    /// Top edge of its box.
    pub top: f32,
    /// Width of its box.
    pub width: f32,
    /// Height of its box.
    pub height: f32,
}

/// A row of a `_full` config; the row of the same number in the main config has the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocsFullRecord {
    /// Names the picture.
    pub image_id: String,
    /// [`row_id`](crate::row_id) of the row in the main config.
    pub row_id: Sha256,
    /// What is drawn: `grouped_bar`, `invoice`.
    pub kind: String,
    /// One of [`FAMILIES`].
    pub family: String,
    /// What it is about.
    pub topic: String,
    /// For whom it was made.
    pub persona: String,
    /// Name of the theme.
    pub theme: String,
    /// Name of the palette.
    pub palette: String,
    /// The font families in use.
    pub fonts: Vec<String>,
    /// How numbers and dates are written.
    pub locale: String,
    /// Language of the words in the picture, an ISO 639-1 code.
    pub language: String,
    /// One of [`MODES`].
    pub mode: String,
    /// One of [`RENDERERS`].
    pub renderer: String,
    /// Width of the picture, pixels.
    pub width: i32,
    /// Height of the picture, pixels.
    pub height: i32,
    /// Seed of the picture, hexadecimal.
    pub seed: String,
    /// Version of the program that made it.
    pub code_version: String,
    /// Hash of the plan, hexadecimal.
    pub plan: String,
    /// Name of the source of the data: that of a real table, or `world` where it is invented.
    pub source_name: String,
    /// Licence of that source.
    pub source_licence: String,
    /// What was drawn, in the language of the renderer.
    pub source: String,
    /// The data that is shown, as JSON.
    pub data: String,
    /// The questions with their programs.
    pub questions: Vec<FullQuestion>,
    /// All text that is drawn.
    pub text_runs: Vec<FullTextRun>,
    /// All marks that stand for data.
    pub marks: Vec<FullMark>,
}

impl Record for DocsFullRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        if self.questions.is_empty() {
            return Err(RecordError::value("questions", "an empty list", "at least one question"));
        }
        for (i, question) in self.questions.iter().enumerate() {
            if usize::try_from(question.follows).is_ok_and(|earlier| earlier >= i) {
                let expected = format!("-1 or the index of a question before {i}");
                return Err(RecordError::value(
                    format!("questions[{i}].follows"),
                    question.follows,
                    expected,
                ));
            }
        }
        if self.source_name.is_empty() != self.source_licence.is_empty() {
            let expected = "a licence where a source is named, and none where it is not";
            return Err(RecordError::value("source_licence", &self.source_licence, expected));
        }
        Ok(())
    }
}
