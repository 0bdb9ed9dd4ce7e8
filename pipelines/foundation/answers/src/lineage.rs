//! How a row came to be, for the datasets that publish points.

use pixmo_schemas::annotation_points::AbsentSource;
use pixmo_schemas::records::PointsLineageRecord;

use crate::given::Given;
use crate::weigh::Standing;

/// The lineage of the row `row_id` that was made of what stands, by this version of the code.
#[must_use]
pub fn lineage(standing: &Standing<'_>, row_id: String, code_version: &str) -> PointsLineageRecord {
    let image = standing.image;
    let of_each = |what: fn(&Given) -> &str| -> Vec<String> {
        standing.gave.iter().map(|given| what(given).to_owned()).collect()
    };
    PointsLineageRecord {
        row_id,
        image_sha256: image.sha256.to_string(),
        image_url: image.url.clone(),
        label: standing.label.to_owned(),
        image_width: i64::from(image.width),
        image_height: i64::from(image.height),
        image_cluster: image.cluster.clone(),
        source: standing.source.map_or("pointed", name_of).to_owned(),
        assignments: of_each(|given| &given.assignment),
        persons: of_each(|given| &given.person),
        submitted_at: of_each(|given| &given.submitted_at),
        verified: standing.verification.name().to_owned(),
        verifiers: standing.looked.iter().map(|given| given.person.to_string()).collect(),
        agreement_f1: standing.agreement_f1,
        close_confirmed: standing.close_confirmed,
        code_version: code_version.to_owned(),
    }
}

fn name_of(source: AbsentSource) -> &'static str {
    match source {
        AbsentSource::AttributeSwap => "attribute_swap",
        AbsentSource::CoOccurring => "co_occurring",
        AbsentSource::SimilarImage => "similar_image",
    }
}
