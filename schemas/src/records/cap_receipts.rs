//! `cap`, config `receipts`: one row for each take that went into a caption, with what vouches for it.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range, Unit};
use crate::record::{Record, RecordError};
use crate::records::IMAGE_SHA256;

/// Where a transcript comes from, as `transcript_from` says it.
pub const TRANSCRIPT_FROM: &[&str] = &["corrected", "raw", "recognised"];
/// What is known of a receipt, as `receipt` says it.
pub const RECEIPT: &[&str] = &["verified", "unverified", "imported"];
/// The phases, as `phase` says them.
pub const PHASES: &[&str] = &["several", "single"];

/// The hash of the row of `default` that a row belongs to.
pub(crate) const ROW_ID: Column = Column::new(
    "row_id",
    Kind::String,
    "SHA-256 over the content of the row of `default` that this belongs to.",
)
.range(Range::SHA256);

/// Names a take.
pub(crate) const TAKE: Column =
    Column::new("take", Kind::String, "Names the take, once in a campaign.").range(Range::Filled);

/// Pseudonym of a person.
pub(crate) const PERSON: Column =
    Column::new("person", Kind::String, "Pseudonym of the person who spoke.").range(Range::Filled);

/// The language of a take.
pub(crate) const LANGUAGE: Column =
    Column::new("language", Kind::String, "The language that was spoken, a BCP 47 tag.").range(Range::Filled);

/// Hash of a recording.
pub(crate) const AUDIO_SHA256: Column =
    Column::new("audio_sha256", Kind::String, "SHA-256 of the recording as it came.").range(Range::SHA256);

const TIME: Range = Range::Chars { min: 20, max: 30 };
const SHARE: Range = Range::Real { min: 0.0, max: 1.0 };
const NOT_NEGATIVE: Range = Range::Real { min: 0.0, max: f64::INFINITY };
const NO_AUDIO: &str = "the recording was not measured";

/// Columns of `receipts`.
pub const COLUMNS: &[Column] = &[
    ROW_ID,
    IMAGE_SHA256,
    TAKE,
    PERSON,
    Column::new(
        "phase",
        Kind::String,
        "`several` people speak about an image, or a `single` one, who speaks longer.",
    )
    .range(Range::OneOf(PHASES)),
    LANGUAGE,
    Column::new("recorded_at", Kind::String, "When the recording began, in UTC, by the person's machine.")
        .range(TIME)
        .null_means("nobody wrote it down"),
    Column::new("received_at", Kind::String, "When its last piece arrived, in UTC, by the server.")
        .range(TIME)
        .null_means("it came by no server"),
    Column::new("consent_version", Kind::String, "Version of the text that the person agreed to.")
        .range(Range::Filled),
    Column::new("consent_scopes", Kind::List(&Kind::String), "What the consent covers."),
    AUDIO_SHA256,
    Column::new("audio_bytes", Kind::Int64, "Size of the recording as it came.")
        .unit(Unit::Bytes)
        .range(Range::Whole { min: 1, max: i64::MAX }),
    Column::new("audio_codec", Kind::String, "What the sound is packed with.").null_means("nobody says"),
    Column::new("duration_secs", Kind::Float64, "How long the recording is.")
        .unit(Unit::Secs)
        .range(NOT_NEGATIVE)
        .null_means(NO_AUDIO),
    Column::new("voiced_secs", Kind::Float64, "How long somebody speaks in it.")
        .unit(Unit::Secs)
        .range(NOT_NEGATIVE)
        .null_means(NO_AUDIO),
    Column::new("clipped_share", Kind::Float64, "The share of samples at the end of the scale.")
        .range(SHARE)
        .null_means(NO_AUDIO),
    Column::new("snr_db", Kind::Float64, "Estimate of the level of speech over that of the pauses.")
        .unit(Unit::Decibels)
        .null_means("the recording was not measured, or has no pauses"),
    Column::new(
        "transcript_from",
        Kind::String,
        "Whether the transcript was `corrected` by the person, came `raw` with the annotation, or was `recognised` for this build.",
    )
    .range(Range::OneOf(TRANSCRIPT_FROM)),
    Column::new("transcript_sha256", Kind::String, "SHA-256 of the transcript in `default`, in UTF-8.")
        .range(Range::SHA256),
    Column::new("raw_sha256", Kind::String, "SHA-256 of what the recogniser heard, in UTF-8.")
        .range(Range::SHA256)
        .null_means("only the corrected text is known"),
    Column::new("recogniser", Kind::String, "The speech recogniser.").null_means("nobody says"),
    Column::new("recogniser_sha256", Kind::String, "SHA-256 of the recogniser's file.")
        .range(Range::SHA256)
        .null_means("nobody says"),
    Column::new("word_confidence", Kind::Float64, "How sure the recogniser is in the mean of all words.")
        .range(SHARE)
        .null_means("the recogniser does not say"),
    Column::new("words", Kind::Int32, "Words of the transcript.").range(Range::NOT_NEGATIVE),
    Column::new("words_per_minute", Kind::Float64, "Words for each minute in which somebody speaks.")
        .unit(Unit::WordsPerMinute)
        .range(NOT_NEGATIVE)
        .null_means(NO_AUDIO),
    Column::new(
        "words_edited",
        Kind::Int32,
        "Words that were put in, taken out or changed from raw to corrected transcript (edit distance).",
    )
    .range(Range::NOT_NEGATIVE)
    .null_means("only one of them is known"),
    Column::new(
        "receipt",
        Kind::String,
        "`verified` against the log with the public key; `unverified`, which is named and was not looked at; or `imported`, where nothing proves when it was spoken.",
    )
    .range(Range::OneOf(RECEIPT)),
    Column::new("receipt_leaf", Kind::Int64, "Its leaf in the log, counted from 0.")
        .range(Range::Whole { min: 0, max: i64::MAX })
        .null_means("it has no receipt"),
    Column::new("receipt_sha256", Kind::String, "SHA-256 of the signed envelope of the receipt.")
        .range(Range::SHA256)
        .null_means("it has no receipt"),
];

/// A row of `receipts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapReceiptRecord {
    /// The row of `default`.
    pub row_id: String,
    /// Hash of the image.
    pub image_sha256: String,
    /// Names the take.
    pub take: String,
    /// Pseudonym of who spoke.
    pub person: String,
    /// Under which rules.
    pub phase: String,
    /// In which language.
    pub language: String,
    /// When it began.
    pub recorded_at: Option<String>,
    /// When it had arrived.
    pub received_at: Option<String>,
    /// Version of the consent.
    pub consent_version: String,
    /// What it covers.
    pub consent_scopes: Vec<String>,
    /// Hash of the recording.
    pub audio_sha256: String,
    /// Its size in bytes.
    pub audio_bytes: i64,
    /// How it is packed.
    pub audio_codec: Option<String>,
    /// Its length in seconds.
    pub duration_secs: Option<f64>,
    /// Seconds of speech in it.
    pub voiced_secs: Option<f64>,
    /// Share of clipped samples, 0 to 1.
    pub clipped_share: Option<f64>,
    /// Speech over pauses in decibels.
    pub snr_db: Option<f64>,
    /// Where the transcript comes from.
    pub transcript_from: String,
    /// Hash of the transcript.
    pub transcript_sha256: String,
    /// Hash of the raw transcript.
    pub raw_sha256: Option<String>,
    /// The recogniser.
    pub recogniser: Option<String>,
    /// Hash of its file.
    pub recogniser_sha256: Option<String>,
    /// How sure it is.
    pub word_confidence: Option<f64>,
    /// Words of the transcript.
    pub words: i32,
    /// How fast they were said.
    pub words_per_minute: Option<f64>,
    /// Words that a person changed.
    pub words_edited: Option<i32>,
    /// What is known of the receipt.
    pub receipt: String,
    /// Its leaf in the log.
    pub receipt_leaf: Option<i64>,
    /// Hash of its envelope.
    pub receipt_sha256: Option<String>,
}

impl Record for CapReceiptRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        if self.receipt_leaf.is_some() != self.receipt_sha256.is_some() {
            let expected = "a digest if there is a leaf, and none without";
            return Err(RecordError::value("receipt_sha256", format!("{:?}", self.receipt_sha256), expected));
        }
        if self.receipt != "imported" && self.receipt_leaf.is_none() {
            let expected = "a leaf unless the take was imported";
            return Err(RecordError::value("receipt_leaf", format!("{:?}", self.receipt_leaf), expected));
        }
        if let (Some(voiced), Some(duration)) = (self.voiced_secs, self.duration_secs)
            && voiced > duration
        {
            return Err(RecordError::value(
                "voiced_secs",
                voiced,
                format!("at most {duration}, the duration"),
            ));
        }
        Ok(())
    }
}
