//! What stands of the answers about a label in an image, as a row of `points` with its lineage.

use pixmo_answers::{Answers, Doubt, Place, Side, Standing, lineage, weigh};
use pixmo_console::Failure;
use pixmo_schemas::annotation_points::Method;
use pixmo_schemas::records::{Point, PointsLineageRecord, PointsRecord};
use pixmo_schemas::row_id;
use serde::{Deserialize, Serialize};

use crate::reason::Reason;
use crate::settings::Settings;

/// A row and how it came to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The published row.
    pub points: PointsRecord,
    /// Its lineage.
    pub lineage: PointsLineageRecord,
}

/// Judges one label of one image.
///
/// # Errors
/// Only if a row cannot be named, which is a bug.
pub fn judge(
    place: &Place,
    answers: &Answers,
    settings: &Settings,
    code_version: &str,
) -> Result<Result<Made, Doubt<Reason>>, Failure> {
    if answers.side(answers.image(place)) != Side::Train {
        return Ok(Err(Doubt::new(Reason::HeldOut, "the image is held out")));
    }
    match weigh(place, answers, &settings.rules()) {
        Err(doubt) => Ok(Err(doubt.of())),
        Ok(standing) if standing.points.is_none() => {
            let found = format!("counted as {}", standing.count);
            Ok(Err(Doubt::new(Reason::OnlyCounted, found)))
        }
        Ok(standing) => row(&standing, code_version).map(Ok),
    }
}

fn row(standing: &Standing<'_>, code_version: &str) -> Result<Made, Failure> {
    let image = standing.image;
    let marks = standing.points.unwrap_or_default();
    let method = match standing.method {
        Method::Pointing => "pointing",
        Method::Counting => "counting",
    };
    let points = PointsRecord {
        image_url: image.url.clone(),
        image_sha256: image.sha256,
        points: marks.iter().map(|point| Point { x: point.x, y: point.y }).collect(),
        count: i64::from(standing.count),
        label: standing.label.to_owned(),
        collection_method: method.to_owned(),
    };
    let id = row_id(&points).map_err(|error| Failure::bug("a row has no id").cause(&error))?;
    let lineage = lineage(standing, id.to_string(), code_version);
    Ok(Made { points, lineage })
}
