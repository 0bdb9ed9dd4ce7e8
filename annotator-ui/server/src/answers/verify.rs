//! Points that one person made, in the eyes of another.

use pixmo_schemas::annotation_points::PointsVerdict;
use serde_json::json;

use super::{PointsAnswer, REASON_CHARS_MAX, VerdictAnswer, VerdictPayload, marks, size_of};
use crate::App;
use crate::agreement;
use crate::db::Tx;
use crate::http::Problem;
use crate::kind::Kind;
use crate::quality;
use crate::settings::KindLimits;
use crate::tasks;
use crate::work::Submission;

/// A verdict that says everything it has to.
pub(super) fn checked(mut answer: VerdictAnswer, limits: &KindLimits) -> Result<VerdictAnswer, Problem> {
    let reason = answer.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    answer.reason = reason;
    if answer.reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_CHARS_MAX) {
        return Err(Problem::invalid(
            "reason",
            format!("the reason has more than {REASON_CHARS_MAX} characters"),
        ));
    }
    match (answer.verdict, &answer.points) {
        (PointsVerdict::Fix, None) => {
            Err(Problem::invalid("points", "a fix says where the points should be"))
        }
        (PointsVerdict::Fix, Some(points)) => marks::check("points", points, limits).map(|()| answer),
        (PointsVerdict::Accept | PointsVerdict::Reject, Some(_)) => {
            Err(Problem::invalid("points", "only a fix has points"))
        }
        (PointsVerdict::Reject, None) if answer.reason.is_none() => {
            Err(Problem::invalid("reason", "say why the points are wrong"))
        }
        (PointsVerdict::Accept | PointsVerdict::Reject, None) => Ok(answer),
    }
}

/// Makes tasks of verification for a share of what was pointed at.
pub(super) async fn ask(
    app: &App,
    tx: &mut Tx,
    submission: &Submission,
    answer: &PointsAnswer,
) -> Result<(), Problem> {
    for labelled in &answer.labels {
        if labelled.points.is_empty() || !app.context.happens(submission.limits.verify_share) {
            continue;
        }
        let payload = json!({
            "label": labelled.label, "points": labelled.points, "of": submission.assignment,
        });
        let made = tasks::Made {
            kind: Kind::VerifyPoints,
            image: &submission.image,
            payload: &payload,
            key: &format!("{}/{}", submission.assignment, super::key_of(&labelled.label)),
            overlap: app.settings.limits(Kind::VerifyPoints).overlap,
            made_from: Some(&submission.assignment),
        };
        tasks::make(tx, &made, submission.now_ms).await?;
    }
    Ok(())
}

/// Notes how far the person who pointed and the one who verified agree, and what that says of the former.
pub(super) async fn tell(app: &App, tx: &mut Tx, submission: &Submission) -> Result<(), Problem> {
    let payload: VerdictPayload = serde_json::from_value(submission.payload.clone())?;
    let Some(of) = payload.of else { return Ok(()) };
    let answer: VerdictAnswer = serde_json::from_value(submission.answer.clone())?;
    let size = size_of(tx, &submission.image).await?;
    let points = match answer.verdict {
        PointsVerdict::Accept => Some(payload.points.clone()),
        PointsVerdict::Fix => answer.points.clone(),
        PointsVerdict::Reject => None,
    };
    let agreement = points.map(|points| agreement::of_points(&payload.points, &points, size));
    let (f1, count_equal) = agreement.map_or((0.0, false), |agreement| (agreement.f1, agreement.count_equal));
    sqlx::query(
        "INSERT INTO agreement (task, first, second, kind, f1, count_equal, detail, at_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (first, second) DO UPDATE SET \
         f1 = $5, count_equal = $6, detail = $7, at_ms = $8",
    )
    .bind(submission.task)
    .bind(&of)
    .bind(&submission.assignment)
    .bind(Kind::Points.name())
    .bind(f1)
    .bind(i64::from(count_equal))
    .bind(json!({ "verdict": answer.verdict }).to_string())
    .bind(submission.now_ms)
    .execute(&mut *tx)
    .await?;
    let author: Option<String> = sqlx::query_scalar("SELECT person FROM assignment WHERE id = $1")
        .bind(&of)
        .fetch_optional(&mut *tx)
        .await?;
    match author {
        Some(author) => quality::note(app, tx, &author, Kind::Points, f1, submission.now_ms).await,
        None => Ok(()),
    }
}
