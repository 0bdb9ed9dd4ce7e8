//! `images`: what a list of addresses gave, one row for each image that came and could be read.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range, Unit};
use crate::record::{Record, RecordError};
use crate::records::docs::Image;

/// The forms of image file that are taken, under the names that `format` has.
pub const FORMATS: &[&str] = &["jpeg", "png", "webp", "gif", "bmp", "tiff", "avif", "heic"];

/// How the `path` of a smaller copy in `image` ends, behind hash and size: `ab12...-256px.jpg`.
pub const COPY_ENDING: &str = "px.jpg";

/// Columns of `images`.
pub const COLUMNS: &[Column] = &[
    Column::new(
        "image",
        Kind::Image,
        "The original file, byte for byte as it came; or a smaller JPEG of it, whose `path` then ends in `px.jpg`.",
    )
    .null_means("bytes were not asked for; the original lies in the store under its `sha256`"),
    Column::new("sha256", Kind::String, "SHA-256 of the bytes of the original, not of its pixels.")
        .range(Range::SHA256),
    Column::new("width", Kind::Int32, "Width of the picture when it is held upright.")
        .unit(Unit::Pixels)
        .range(Range::Whole { min: 1, max: i32::MAX as i64 }),
    Column::new("height", Kind::Int32, "Height of the picture when it is held upright.")
        .unit(Unit::Pixels)
        .range(Range::Whole { min: 1, max: i32::MAX as i64 }),
    Column::new(
        "orientation",
        Kind::Int32,
        "How the stored pixels must be turned to be upright, as EXIF counts it: 1 is upright already.",
    )
    .range(Range::Whole { min: 1, max: 8 }),
    Column::new("format", Kind::String, "The form of the file, by its content.").range(Range::OneOf(FORMATS)),
    Column::new("bytes", Kind::Int64, "Size of the original.")
        .unit(Unit::Bytes)
        .range(Range::Whole { min: 1, max: i64::MAX }),
    Column::new(
        "perceptual_hash",
        Kind::String,
        "PDQ hash of the upright picture, 256 bits: those of pictures that are alike differ in few bits.",
    )
    .range(Range::SHA256)
    .null_means("the file was taken in without being decoded"),
    Column::new("flat", Kind::Bool, "Whether there is too little in the picture for its hash to say anything."),
    Column::new("address", Kind::String, "The address in the list.")
        .null_means("the list brought the bytes itself"),
    Column::new("address_final", Kind::String, "The address that answered, after all redirects.")
        .null_means("nothing was asked: the bytes came with the list or lay in the store"),
    Column::new("status", Kind::Int32, "The HTTP status of the answer.")
        .range(Range::Whole { min: 100, max: 599 })
        .null_means("nothing was asked"),
    Column::new("fetched_at", Kind::String, "When it was taken in, in UTC: `2026-11-30T16:40:00Z`.")
        .range(Range::Chars { min: 20, max: 20 }),
    Column::new("licence", Kind::String, "The licence, as the strongest evidence names it.")
        .range(Range::Filled)
        .null_means("nothing says"),
    Column::new(
        "licence_evidence",
        Kind::String,
        "Who says so: a JSON list of `source` (`list`, `header`, `file`), `field` and `value`, the strongest first.",
    )
    .range(Range::Json),
    Column::new(
        "opt_out",
        Kind::String,
        "What was found about consent, in the answer, at the host and in the file: a JSON list of `source`, `at`, `found` and `says` (`nothing`, `allows`, `refuses`).",
    )
    .range(Range::Json),
    Column::new("c2pa", Kind::String, "What a C2PA manifest in the file claims, not verified: a JSON object.")
        .range(Range::Json)
        .null_means("the file has none"),
    Column::new("warnings", Kind::List(&Kind::String), "What was odd when the file was decoded."),
    Column::new(
        "blurred_from",
        Kind::String,
        "SHA-256 of the file as it came, if parts of it were blurred: then all else speaks of the blurred file.",
    )
    .range(Range::SHA256)
    .null_means("nothing was blurred"),
    Column::new("file", Kind::String, "The file of the folder that it was imported from.")
        .null_means("it is of a list"),
    Column::new("row", Kind::Int64, "Its number in the list, from 1; rows that cannot be used are counted.")
        .range(Range::Whole { min: 1, max: i64::MAX }),
    Column::new("other", Kind::String, "The other columns of the list: a JSON object.").range(Range::Json),
];

/// A row of `images`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageRecord {
    /// The original, if it was asked for.
    pub image: Option<Image>,
    /// Its hash, in hexadecimal.
    pub sha256: String,
    /// Width upright, in pixels.
    pub width: i32,
    /// Height upright, in pixels.
    pub height: i32,
    /// How the stored pixels are turned, as EXIF counts it.
    pub orientation: i32,
    /// The form of the file.
    pub format: String,
    /// Size of the original in bytes.
    pub bytes: i64,
    /// What it looks like, in hexadecimal, if it was decoded.
    pub perceptual_hash: Option<String>,
    /// Whether its hash says nothing.
    pub flat: bool,
    /// The address in the list.
    pub address: Option<String>,
    /// The address that answered.
    pub address_final: Option<String>,
    /// The HTTP status.
    pub status: Option<i32>,
    /// When it was taken in.
    pub fetched_at: String,
    /// The licence.
    pub licence: Option<String>,
    /// Who says so, JSON.
    pub licence_evidence: String,
    /// What was found about consent, JSON.
    pub opt_out: String,
    /// What a C2PA manifest claims, JSON.
    pub c2pa: Option<String>,
    /// What was odd.
    pub warnings: Vec<String>,
    /// The hash of the file as it came, if parts were blurred.
    pub blurred_from: Option<String>,
    /// The file it was imported from.
    pub file: Option<String>,
    /// Its number in the list, from 1.
    pub row: i64,
    /// The other columns of the list, JSON.
    pub other: String,
}

impl Record for ImageRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        let is_copy = |image: &Image| image.path.as_ref().is_some_and(|path| path.ends_with(COPY_ENDING));
        if let Some(image) = &self.image
            && !is_copy(image)
            && image.bytes.len() as i64 != self.bytes
        {
            let expected = format!("{}, the length of `image`", image.bytes.len());
            return Err(RecordError::value("bytes", self.bytes, expected));
        }
        if self.status.is_some() != self.address_final.is_some() {
            let expected = "a status if there is a final address, and none without";
            return Err(RecordError::value("status", format!("{:?}", self.status), expected));
        }
        Ok(())
    }
}
