//! `image-clusters`: which images are alike, which of them is kept, and in which split they stand, all over the suite.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range, Unit};
use crate::record::{Record, RecordError};
use crate::records::IMAGE_SHA256;

/// How an image is like the one that its cluster keeps, under the names that `relation` has.
pub const RELATIONS: &[&str] = &["self", "exact", "near", "mirror", "crop", "chain"];
/// The splits to which clusters are dealt.
pub const SPLITS: &[&str] = &["train", "validation", "test"];

/// Columns of `image-clusters`.
pub const COLUMNS: &[Column] = &[
    IMAGE_SHA256,
    Column::new("cluster", Kind::String, "Names the cluster: the smallest `image_sha256` in it.")
        .range(Range::SHA256),
    Column::new("kept", Kind::Bool, "Whether this is the image that stands for its cluster."),
    Column::new(
        "relation",
        Kind::String,
        "How it is like the kept one: it is it (`self`), has the same bytes (`exact`), looks like it (`near`), mirrored (`mirror`), cut (`crop`), or is alike only over others (`chain`).",
    )
    .range(Range::OneOf(RELATIONS)),
    Column::new("distance", Kind::Int32, "Bits in which its hash differs from the kept one's.")
        .unit(Unit::Bits)
        .range(Range::Whole { min: 0, max: 4096 }),
    Column::new("split", Kind::String, "The split of the whole cluster, the same in all datasets.")
        .range(Range::OneOf(SPLITS)),
    Column::new("held_out_by", Kind::String, "The hash list whose images the cluster is too much like to be trained on.")
        .range(Range::Filled)
        .null_means("no list"),
];

/// A row of `image-clusters`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageClusterRecord {
    /// The image.
    pub image_sha256: String,
    /// The smallest hash in its cluster.
    pub cluster: String,
    /// Whether it stands for its cluster.
    pub kept: bool,
    /// How it is like the kept one.
    pub relation: String,
    /// Bits in which its hash differs from the kept one's.
    pub distance: i32,
    /// The split of the cluster.
    pub split: String,
    /// The hash list that holds it out.
    pub held_out_by: Option<String>,
}

impl Record for ImageClusterRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        if self.kept != (self.relation == "self") {
            let expected = if self.kept { "`self`, because it is kept" } else { "another than `self`" };
            return Err(RecordError::value("relation", &self.relation, expected));
        }
        if self.kept && self.distance != 0 {
            return Err(RecordError::value("distance", self.distance, "0, because it is kept"));
        }
        Ok(())
    }
}
