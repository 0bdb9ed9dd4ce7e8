//! The masks that are wanted: a line of JSON for each label whose points stand and have none yet, as a segmenter that is
//! asked with points needs them.

use pixmo_answers::Standing;
use pixmo_console::Failure;
use pixmo_schemas::Sha256;
use pixmo_schemas::annotation_points::MarkedPoint;
use serde::Serialize;

use crate::reason::Reason;

/// The file of the masks that are wanted, in the folder `review` of the dataset.
pub const WANTED: &str = "masks_wanted.jsonl";

/// A label in an image that needs masks: one for each point.
#[derive(Serialize)]
struct Line<'a> {
    image_sha256: Sha256,
    image_url: &'a str,
    width: u32,
    height: u32,
    label: &'a str,
    reason: &'static str,
    /// In per cent of the upright image.
    points: &'a [MarkedPoint],
}

/// Adds a line for what stands.
///
/// # Errors
/// Only if a line cannot be written as JSON, which is a bug.
pub fn add(text: &mut Vec<u8>, standing: &Standing<'_>, reason: Reason) -> Result<(), Failure> {
    let image = standing.image;
    let line = Line {
        image_sha256: image.sha256,
        image_url: &image.url,
        width: image.width,
        height: image.height,
        label: standing.label,
        reason: reason.name(),
        points: standing.points.unwrap_or_default(),
    };
    serde_json::to_writer(&mut *text, &line)
        .map_err(|error| Failure::bug("a line cannot be written").cause(&error))?;
    text.push(b'\n');
    Ok(())
}
