//! The record types, one file for each table.

pub mod ask_model_anything;
pub mod cap;
pub mod cap_audio;
pub mod cap_by_image;
pub mod cap_qa;
pub mod cap_receipts;
pub mod clocks;
pub mod clocks_images;
pub mod count;
pub mod count_lineage;
pub mod docs;
pub mod docs_full;
pub mod docs_points;
pub mod image_clusters;
pub mod images;
pub mod other_clock;
pub mod point_explanations;
pub mod points;
pub mod points_eval;
pub mod points_eval_rle;
pub mod points_lineage;

pub use ask_model_anything::AskModelAnythingRecord;
pub use cap::CapRecord;
pub use cap_audio::{CapAudioRecord, TimedWord};
pub use cap_by_image::CapByImageRecord;
pub use cap_qa::CapQaRecord;
pub use cap_receipts::CapReceiptRecord;
pub use clocks::ClocksRecord;
pub use clocks_images::{ClockQuestion, ClocksImagesRecord};
pub use count::{CountPoints, CountRecord};
pub use count_lineage::CountLineageRecord;
pub use docs::{DocsQuestions, DocsRecord, Image};
pub use docs_full::{DocsFullRecord, FullMark, FullQuestion, FullTextRun};
pub use docs_points::DocsPointsRecord;
pub use image_clusters::ImageClusterRecord;
pub use images::ImageRecord;
pub use other_clock::{HandPlace, OtherClock};
pub use point_explanations::{Pair, PointExplanationsRecord};
pub use points::{Point, PointsRecord};
pub use points_eval::PointsEvalRecord;
pub use points_eval_rle::PointsEvalRleRecord;
pub use points_lineage::PointsLineageRecord;

use crate::column::{Column, Kind, Range, Unit};

/// Where an image can be fetched. Several rows may name the same one.
pub(crate) const IMAGE_URL: Column =
    Column::new("image_url", Kind::String, "Where the image can be fetched; may repeat across rows.")
        .range(Range::Filled);

/// Hash of an image file.
pub(crate) const IMAGE_SHA256: Column = Column::new(
    "image_sha256",
    Kind::String,
    "SHA-256 of the downloaded bytes of the image, not of its decoded pixels.",
)
.range(Range::SHA256);

/// The fields of a [`Point`].
pub(crate) const POINT_FIELDS: &[Column] = &[
    Column::new("x", Kind::Float64, "From the left edge.").unit(Unit::PerCentOfWidth).range(Range::PER_CENT),
    Column::new("y", Kind::Float64, "From the top edge.").unit(Unit::PerCentOfHeight).range(Range::PER_CENT),
];
