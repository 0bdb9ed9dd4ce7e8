//! `cap`, config `audio`: the recordings of those who agreed to their publication, one row for each.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range, Unit};
use crate::record::{Record, RecordError};
use crate::records::cap_receipts::{AUDIO_SHA256, LANGUAGE, PERSON, ROW_ID, TAKE};
use crate::records::docs::Image;
use crate::records::{IMAGE_SHA256, IMAGE_URL};

/// The rate at which `datasets` hands the samples out.
pub const SAMPLING_RATE_HZ: u32 = 16_000;

const SECS: Range = Range::Real { min: 0.0, max: f64::INFINITY };

const WORD_FIELDS: &[Column] = &[
    Column::new("word", Kind::String, "The word with its punctuation."),
    Column::new("from_secs", Kind::Float64, "When it begins.").unit(Unit::Secs).range(SECS),
    Column::new("to_secs", Kind::Float64, "When it ends.").unit(Unit::Secs).range(SECS),
];

/// Columns of `audio`.
pub const COLUMNS: &[Column] = &[
    Column::new(
        "audio",
        Kind::Audio { sampling_rate_hz: SAMPLING_RATE_HZ },
        "The recording: 16-bit WAV with one channel and 16,000 samples a second, or the file as it came, as the settings say.",
    ),
    ROW_ID,
    TAKE,
    PERSON,
    LANGUAGE,
    IMAGE_SHA256,
    IMAGE_URL,
    AUDIO_SHA256,
    Column::new("transcript", Kind::String, "What was said, as in `default`.").range(Range::Filled),
    Column::new(
        "words",
        Kind::ListOfStructs(WORD_FIELDS),
        "What the recogniser heard, word by word; empty where times are not known.",
    ),
];

/// A word with its times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimedWord {
    /// The word.
    pub word: String,
    /// When it begins, in seconds.
    pub from_secs: f64,
    /// When it ends, in seconds.
    pub to_secs: f64,
}

/// A row of `audio`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapAudioRecord {
    /// The recording.
    pub audio: Image,
    /// The row of `default`.
    pub row_id: String,
    /// Names the take.
    pub take: String,
    /// Pseudonym of who spoke.
    pub person: String,
    /// In which language.
    pub language: String,
    /// Hash of the image.
    pub image_sha256: String,
    /// Where it can be fetched.
    pub image_url: String,
    /// Hash of the recording as it came.
    pub audio_sha256: String,
    /// What was said.
    pub transcript: String,
    /// The words with their times.
    pub words: Vec<TimedWord>,
}

impl Record for CapAudioRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        if self.audio.bytes.is_empty() {
            return Err(RecordError::value("audio.bytes", "nothing", "a recording"));
        }
        Ok(())
    }
}
