//! Which answers are a number for a row: it stands, and enough people stand for it.

use pixmo_answers::{Answers, Doubt, Place, Side, Standing, weigh};
use pixmo_console::Failure;
use pixmo_schemas::records::{CountLineageRecord, CountRecord, Point};
use pixmo_schemas::row_id;
use pixmo_shards::Split;
use serde::{Deserialize, Serialize};

use crate::reason::Reason;
use crate::settings::Settings;

/// A row and how it came to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The published row.
    pub count: CountRecord,
    /// Its lineage.
    pub lineage: CountLineageRecord,
}

/// What names an image, and all that look like it where the campaign knows them.
#[must_use]
pub fn look_of(answers: &Answers, place: &Place) -> String {
    let image = answers.image(place);
    image.cluster.clone().unwrap_or_else(|| image.sha256.to_string())
}

/// The split of a label: that of its image; a hash deals images that are held out without one, and those for training,
/// which give no row.
#[must_use]
pub fn split_of(answers: &Answers, place: &Place) -> Split {
    match answers.side(answers.image(place)) {
        Side::Validation => Split::Validation,
        Side::Test => Split::Test,
        Side::Train | Side::HeldOut => {
            let hash = blake3::derive_key("pixmo 2026 split of count", look_of(answers, place).as_bytes());
            if hash[0] & 1 == 0 { Split::Validation } else { Split::Test }
        }
    }
}

/// Judges one label of one image, apart from whether its number is still wanted.
///
/// # Errors
/// Why it gives no row.
pub fn judge<'a>(
    place: &'a Place,
    answers: &'a Answers,
    settings: &Settings,
) -> Result<Standing<'a>, Doubt<Reason>> {
    if answers.side(answers.image(place)) == Side::Train {
        return Err(Doubt::new(Reason::ForTraining, "the image is for training"));
    }
    let standing = weigh(place, answers, &settings.rules()).map_err(Doubt::of)?;
    if !(settings.count_min..=settings.count_max).contains(&standing.count) {
        return Err(Doubt::new(Reason::CountUnwanted, standing.count.to_string()));
    }
    let people = standing.people();
    if people < settings.people_min as usize {
        let found = format!("{} by {people} of {} people", standing.count, settings.people_min);
        return Err(Doubt::new(Reason::PeopleFew, found));
    }
    Ok(standing)
}

/// The row of what stands. Points of `default` are null, as in the published splits; they are in the lineage.
///
/// # Errors
/// Only if a row cannot be named, which is a bug.
pub fn row(standing: &Standing<'_>, code_version: &str) -> Result<Made, Failure> {
    let image = standing.image;
    let count = CountRecord {
        image_url: image.url.clone(),
        image_sha256: image.sha256,
        count: i32::try_from(standing.count).unwrap_or(i32::MAX),
        points: None,
        label: standing.label.to_owned(),
    };
    let id = row_id(&count).map_err(|error| Failure::bug("a row has no id").cause(&error))?;
    let points = standing.points.map(|points| {
        let points = points.iter().map(|point| Point { x: point.x, y: point.y });
        points.collect::<Vec<_>>()
    });
    let lineage = CountLineageRecord {
        row_id: id.to_string(),
        image_sha256: image.sha256.to_string(),
        image_url: image.url.clone(),
        label: standing.label.to_owned(),
        image_width: i64::from(image.width),
        image_height: i64::from(image.height),
        image_cluster: image.cluster.clone(),
        source: if points.is_some() { "pointed" } else { "counted" }.to_owned(),
        points,
        assignments: standing.gave.iter().map(|given| given.assignment.to_string()).collect(),
        persons: standing.gave.iter().map(|given| given.person.to_string()).collect(),
        submitted_at: standing.gave.iter().map(|given| given.submitted_at.to_string()).collect(),
        verifiers: standing.looked.iter().map(|given| given.person.to_string()).collect(),
        people: i32::try_from(standing.people()).unwrap_or(i32::MAX),
        agreement_f1: standing.agreement_f1,
        code_version: code_version.to_owned(),
    };
    Ok(Made { count, lineage })
}
