//! What people answer, kind by kind: what an answer may be, in which form it is kept, and what follows from it.

mod label;
mod marks;
mod verify;

use pixmo_schemas::annotation_points::{AbsentVerdict, LabelledPoints, MarkedPoint, PointsVerdict};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use marks::Size;
pub(crate) use pixmo_answers::label::key_of;

use crate::App;
use crate::db::Tx;
use crate::http::Problem;
use crate::kind::Kind;
use crate::work::Submission;

/// The most characters of a reason.
const REASON_CHARS_MAX: usize = 1_000;

/// Points for one or several labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PointsAnswer {
    pub(crate) labels: Vec<LabelledPoints>,
}

/// What is asked of points.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PointsPayload {
    #[serde(default)]
    pub(crate) label: Option<String>,
}

/// Whether something is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AbsentAnswer {
    pub(crate) verdict: AbsentVerdict,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) points: Option<Vec<MarkedPoint>>,
}

/// What somebody says of others' points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerdictAnswer {
    pub(crate) verdict: PointsVerdict,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) points: Option<Vec<MarkedPoint>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
}

/// Others' points, as they are shown.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct VerdictPayload {
    pub(crate) points: Vec<MarkedPoint>,
    #[serde(default)]
    pub(crate) of: Option<String>,
}

/// A count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountAnswer {
    pub(crate) count: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tally: Option<Vec<MarkedPoint>>,
}

/// Reads something of an answer; what is wrong is told with its field.
pub(crate) fn read<T: DeserializeOwned>(answer: &Value) -> Result<T, Problem> {
    serde_json::from_value(answer.clone()).map_err(|error| Problem::invalid("answer", error.to_string()))
}

/// Checks an answer that is not spoken; the form in which it is kept.
pub(crate) async fn check(tx: &mut Tx, submission: &Submission) -> Result<Value, Problem> {
    let size = size_of(tx, &submission.image).await?;
    let limits = &submission.limits;
    let answer = match submission.kind {
        Kind::Cap => return Err(Problem::bug("a spoken answer is checked with its take")),
        Kind::Points => {
            let payload: PointsPayload = serde_json::from_value(submission.payload.clone())?;
            let mut answer: PointsAnswer = read(&submission.answer)?;
            label::check_all(&mut answer.labels, payload.label.as_deref(), limits)?;
            for (index, labelled) in answer.labels.iter().enumerate() {
                let field = format!("labels[{index}]");
                if !labelled.all_marked {
                    return Err(Problem::invalid(
                        format!("{field}.all_marked"),
                        format!("say that everything that is `{}` is marked", labelled.label),
                    )
                    .hint("mark the rest, or pass the task by as `too_many`"));
                }
                if labelled.points.is_empty() && payload.label.is_none() {
                    return Err(Problem::invalid(
                        format!("{field}.points"),
                        format!("`{}` has no point", labelled.label),
                    ));
                }
                let field = format!("{field}.points");
                marks::check(&field, &labelled.points, limits)?;
                if !labelled.close_confirmed {
                    marks::check_distances(&field, &labelled.points, size, limits)?;
                }
            }
            serde_json::to_value(answer)?
        }
        Kind::NotPresent => {
            let answer: AbsentAnswer = read(&submission.answer)?;
            let points = answer.points.as_deref().unwrap_or_default();
            marks::check("points", points, limits)?;
            if answer.verdict != AbsentVerdict::Present && !points.is_empty() {
                return Err(Problem::invalid("points", "only what is present can be pointed at"));
            }
            serde_json::to_value(answer)?
        }
        Kind::VerifyPoints => serde_json::to_value(verify::checked(read(&submission.answer)?, limits)?)?,
        Kind::VerifyCount => {
            let answer: CountAnswer = read(&submission.answer)?;
            let tally = answer.tally.as_deref().unwrap_or_default();
            marks::check("tally", tally, limits)?;
            if !tally.is_empty() && tally.len() != answer.count as usize {
                return Err(Problem::invalid(
                    "count",
                    format!("{} marks are in the tally, but the count is {}", tally.len(), answer.count),
                ));
            }
            if answer.count > limits.points_max {
                return Err(Problem::invalid("count", format!("at most {} are counted", limits.points_max))
                    .hint("pass the task by as `too_many`"));
            }
            serde_json::to_value(answer)?
        }
    };
    Ok(answer)
}

/// What follows from an answer that was handed in: labels are remembered, points go to somebody else to be verified, and
/// those who pointed are told what the verdict says of them.
pub(crate) async fn submitted(app: &App, tx: &mut Tx, submission: &Submission) -> Result<(), Problem> {
    if submission.gold.is_some() {
        return Ok(());
    }
    match submission.kind {
        Kind::Points => {
            let answer: PointsAnswer = serde_json::from_value(submission.answer.clone())?;
            label::remember(tx, submission, &answer).await?;
            verify::ask(app, tx, submission, &answer).await
        }
        Kind::VerifyPoints => verify::tell(app, tx, submission).await,
        Kind::Cap | Kind::NotPresent | Kind::VerifyCount => Ok(()),
    }
}

/// The size of an upright image.
pub(crate) async fn size_of(tx: &mut Tx, image: &str) -> Result<Size, Problem> {
    let (width, height): (i64, i64) =
        sqlx::query_as("SELECT width, height FROM image WHERE sha256 = $1").bind(image).fetch_one(tx).await?;
    Ok(Size { width: width as f64, height: height as f64 })
}
