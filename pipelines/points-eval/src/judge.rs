//! Which answers are a row: they stand, enough people stand for them, and each point has a mask.

use pixmo_answers::{Answers, Doubt, Place, Side, Standing, lineage, weigh};
use pixmo_console::Failure;
use pixmo_schemas::records::{Point, PointsEvalRecord, PointsEvalRleRecord, PointsLineageRecord};
use pixmo_schemas::{Sha256, row_id};
use serde::{Deserialize, Serialize};

use crate::assign::assign;
use crate::masks::Masks;
use crate::reason::Reason;
use crate::rle::Rle;
use crate::settings::Settings;

/// What a row is made of; its masks are unfolded only when it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// Where the image can be fetched.
    pub image_url: String,
    /// Hash of the image file.
    pub image_sha256: Sha256,
    /// What was pointed at.
    pub label: String,
    /// Every instance.
    pub points: Vec<Point>,
    /// Width and height of the upright image in pixels.
    pub size: (u32, u32),
    /// One mask for each point, as compressed run lengths.
    pub counts: Vec<String>,
    /// Its lineage, without the id of the row.
    pub lineage: PointsLineageRecord,
}

/// The rows of one label of one image.
pub struct Rows {
    /// Of `default`.
    pub row: PointsEvalRecord,
    /// Of `rle`.
    pub rle: PointsEvalRleRecord,
    /// Of `lineage`.
    pub lineage: PointsLineageRecord,
}

/// Judges the answers about one label of one image, whatever its masks are.
///
/// # Errors
/// Why it gives no row.
pub fn stand<'a>(
    place: &'a Place,
    answers: &'a Answers,
    settings: &Settings,
) -> Result<Standing<'a>, Doubt<Reason>> {
    match answers.side(answers.image(place)) {
        Side::Test | Side::HeldOut => {}
        Side::Train => return Err(Doubt::new(Reason::ForTraining, "the image is for training")),
        Side::Validation => return Err(Doubt::new(Reason::ForValidation, "the image is for validation")),
    }
    let standing = weigh(place, answers, &settings.rules()).map_err(Doubt::of)?;
    if standing.points.is_none() {
        return Err(Doubt::new(Reason::OnlyCounted, format!("counted as {}", standing.count)));
    }
    let people = standing.people();
    if people < settings.people_min as usize {
        let found = format!("{people} of {} people", settings.people_min);
        return Err(Doubt::new(Reason::PeopleFew, found));
    }
    Ok(standing)
}

/// Judges one label of one image.
///
/// # Errors
/// Why it gives no row.
pub fn judge(
    place: &Place,
    answers: &Answers,
    masks: &Masks,
    settings: &Settings,
    code_version: &str,
) -> Result<Made, Doubt<Reason>> {
    let standing = stand(place, answers, settings)?;
    let (image, points) = (standing.image, standing.points.unwrap_or_default());
    let masks = if points.is_empty() { &[] } else { masks.of(image.sha256, standing.label) };
    if masks.is_empty() && !points.is_empty() {
        let found = format!("{} points without masks", points.len());
        return Err(Doubt::new(Reason::MaskMissing, found));
    }
    if masks.len() != points.len() {
        let found = format!("{} masks, {} points", masks.len(), points.len());
        return Err(Doubt::new(Reason::MasksDiffer, found));
    }
    let is_other = |mask: &&Rle| (mask.width, mask.height) != (image.width, image.height);
    if let Some(Rle { width, height, .. }) = masks.iter().find(is_other) {
        let found = format!("{width} x {height} pixels, the image has {} x {}", image.width, image.height);
        return Err(Doubt::new(Reason::MaskSize, found));
    }
    let Some(of_points) = assign(points, masks, image.width, image.height) else {
        let found = format!("not each of {} points is in a mask of its own", points.len());
        return Err(Doubt::new(Reason::PointOutsideMask, found));
    };
    Ok(Made {
        image_url: image.url.clone(),
        image_sha256: image.sha256,
        label: standing.label.to_owned(),
        points: points.iter().map(|point| Point { x: point.x, y: point.y }).collect(),
        size: (image.width, image.height),
        counts: of_points.into_iter().map(|mask| masks[mask].counts()).collect(),
        lineage: lineage(&standing, String::new(), code_version),
    })
}

impl Made {
    /// The rows, with masks unfolded and the id of the row.
    ///
    /// # Errors
    /// A bug failure if a mask of ours cannot be read, or the row cannot be named.
    pub fn rows(self) -> Result<Rows, Failure> {
        let Made { image_url, image_sha256, label, points, size: (width, height), counts, mut lineage } =
            self;
        let unfold = |counts: &String| Rle::parse(width, height, counts).map(|mask| mask.rows());
        let masks = counts.iter().map(unfold).collect::<Result<Vec<_>, _>>();
        let masks = masks.map_err(|error| Failure::bug("a mask cannot be read again").cause(&error))?;
        let row = PointsEvalRecord { image_url, image_sha256, label, points, masks };
        let id = row_id(&row).map_err(|error| Failure::bug("a row has no id").cause(&error))?;
        lineage.row_id = id.to_string();
        let rle = PointsEvalRleRecord {
            row_id: id.to_string(),
            image_sha256: image_sha256.to_string(),
            image_url: row.image_url.clone(),
            label: row.label.clone(),
            height: i32::try_from(height).unwrap_or(i32::MAX),
            width: i32::try_from(width).unwrap_or(i32::MAX),
            counts,
        };
        Ok(Rows { row, rle, lineage })
    }
}
