//! `cap`, config `by_image`: the rows of `default` with the hash of their image and how the caption came to be.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::record::{Record, RecordError};
use crate::records::cap_receipts::{PHASES, ROW_ID};
use crate::records::{IMAGE_SHA256, IMAGE_URL};

/// How a caption came to be, as `writer` says it.
pub const WRITERS: &[&str] = &["rules", "polish", "merge", "person"];

/// Columns of `by_image`.
pub const COLUMNS: &[Column] = &[
    ROW_ID,
    IMAGE_SHA256,
    IMAGE_URL,
    Column::new("caption", Kind::String, "The caption, as in `default`.").range(Range::Filled),
    Column::new(
        "transcripts",
        Kind::List(&Kind::String),
        "What the annotators said, as in `default`: one text for each take, in the order of `takes`.",
    )
    .range(Range::Filled),
    Column::new("takes", Kind::List(&Kind::String), "The takes it was made from; `receipts` has a row for each.")
        .range(Range::Filled),
    Column::new("phase", Kind::String, "Under which rules the takes were recorded.")
        .range(Range::OneOf(PHASES)),
    Column::new("language", Kind::String, "The language of the caption, a BCP 47 tag.").range(Range::Filled),
    Column::new(
        "takes_left_out",
        Kind::Int32,
        "Takes of the image that did not pass the checks and wait for a person.",
    )
    .range(Range::NOT_NEGATIVE),
    Column::new(
        "writer",
        Kind::String,
        "`rules`: cleaned without any language model; `polish`: one transcript, `merge`: several, by a text-only language model; `person`: written in review.",
    )
    .range(Range::OneOf(WRITERS)),
    Column::new("model", Kind::String, "The language model.").null_means("no model had a part in it"),
    Column::new("prompt_sha256", Kind::String, "SHA-256 of the file of its prompt.")
        .range(Range::SHA256)
        .null_means("no model had a part in it"),
    Column::new("attempts", Kind::Int32, "How often the model was asked until its answer passed the checks.")
        .range(Range::NOT_NEGATIVE),
    Column::new("caption_words", Kind::Int32, "Words of the caption.").range(Range::NOT_NEGATIVE),
    Column::new("transcript_words", Kind::Int32, "Words of all transcripts together.").range(Range::NOT_NEGATIVE),
    Column::new(
        "sentences_left_out",
        Kind::Int32,
        "Sentences of the transcripts that the rules left out: about the speaker, or said already.",
    )
    .range(Range::NOT_NEGATIVE),
    Column::new(
        "waived",
        Kind::List(&Kind::String),
        "Checks that did not pass and that a person found to be in order, by name; usually empty.",
    ),
    Column::new("seed", Kind::String, "Seed of the task in hexadecimal.").range(Range::Hex {
        digits_min: 64,
        digits_max: 64,
    }),
    Column::new("code_version", Kind::String, "Version of the code that made the row.").range(Range::Filled),
];

/// A row of `by_image`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapByImageRecord {
    /// The row of `default`.
    pub row_id: String,
    /// Hash of the image.
    pub image_sha256: String,
    /// Where it can be fetched.
    pub image_url: String,
    /// The caption.
    pub caption: String,
    /// The transcripts.
    pub transcripts: Vec<String>,
    /// The takes, in the same order.
    pub takes: Vec<String>,
    /// Under which rules they were recorded.
    pub phase: String,
    /// The language.
    pub language: String,
    /// Takes that did not pass.
    pub takes_left_out: i32,
    /// Who wrote the caption.
    pub writer: String,
    /// The language model.
    pub model: Option<String>,
    /// Hash of its prompt.
    pub prompt_sha256: Option<String>,
    /// How often it was asked.
    pub attempts: i32,
    /// Words of the caption.
    pub caption_words: i32,
    /// Words of the transcripts.
    pub transcript_words: i32,
    /// Sentences that the rules left out.
    pub sentences_left_out: i32,
    /// Checks that a person waived.
    pub waived: Vec<String>,
    /// Seed of the task.
    pub seed: String,
    /// Version of the code.
    pub code_version: String,
}

impl Record for CapByImageRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        if self.transcripts.is_empty() || self.transcripts.len() != self.takes.len() {
            let found = format!("{} transcripts of {} takes", self.transcripts.len(), self.takes.len());
            return Err(RecordError::value("transcripts", found, "one for each take, and at least one"));
        }
        let by_model = ["polish", "merge"].contains(&self.writer.as_str());
        if self.model.is_some() != by_model || self.prompt_sha256.is_some() != by_model {
            let expected = "a model and a prompt if `writer` is `polish` or `merge`, and none otherwise";
            return Err(RecordError::value("model", format!("{:?}", self.model), expected));
        }
        Ok(())
    }
}
