//! A take is handed in: whether it can be, and what comes with it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::measure::is_grave;
use super::row::{self, Row};
use super::transcript;
use super::view::TakeProblem;
use crate::App;
use crate::db::Tx;
use crate::http::Problem;
use crate::settings::{Correction, KindLimits};
use crate::work::Submission;

/// The answer of a spoken task.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    take: String,
    /// The text as the person makes it, unless it was sent before.
    #[serde(default)]
    corrected: Option<String>,
}

/// Checks the answer of a spoken task; the form in which it is kept names the take alone, whose row has the text.
pub(crate) async fn check_answer(tx: &mut Tx, submission: &Submission) -> Result<Value, Problem> {
    let answer: Answer = serde_json::from_value(submission.answer.clone()).map_err(|error| {
        Problem::invalid("answer", format!("{error}; expected `take`, and `corrected` if it was"))
    })?;
    let Submission { assignment, limits, now_ms, .. } = submission;
    check(tx, assignment, &answer.take, answer.corrected.as_deref(), limits, *now_ms).await?;
    Ok(json!({ "take": answer.take }))
}

/// Whether a reviewer has to listen: nobody saw the take come, or it is hard to understand.
pub(crate) async fn wants_review(tx: &mut Tx, submission: &Submission) -> Result<bool, Problem> {
    let take = submission.answer.get("take").and_then(Value::as_str).unwrap_or_default();
    let row = Row::find(tx, take).await?;
    Ok(row.is_some_and(|row| row.late || row.problems != "[]"))
}

/// A spoken task was handed in: its take wants a receipt.
pub(crate) async fn submitted(tx: &mut Tx, submission: &Submission) -> Result<(), Problem> {
    sqlx::query("UPDATE assignment SET receipt_wanted = 1 WHERE id = $1")
        .bind(&submission.assignment)
        .execute(tx)
        .await?;
    Ok(())
}

/// A spoken task ended without an answer: if it was passed by, nobody needs what was spoken. A lease that ran out comes
/// back to its person, so those takes stay.
pub(crate) async fn ended(app: &App, tx: &mut Tx, assignment: &str) -> Result<(), Problem> {
    let now_ms = app.context.now_ms();
    let takes: Vec<(String,)> = sqlx::query_as(
        "SELECT t.id FROM take t JOIN assignment a ON a.id = t.assignment \
         WHERE t.assignment = $1 AND a.status = 'skipped' AND t.status IN ('granted', 'recording', 'finished', 'failed')",
    )
    .bind(assignment)
    .fetch_all(&mut *tx)
    .await?;
    for (take,) in takes {
        sqlx::query(
            "UPDATE take SET status = 'discarded', transcript_status = 'none', transcript = NULL, corrected = NULL \
             WHERE id = $1",
        )
        .bind(&take)
        .execute(&mut *tx)
        .await?;
        crate::jobs::cancel(&mut *tx, &take, now_ms).await?;
    }
    Ok(())
}

/// Holds a take that somebody hands in to the rules, and writes down the correction that comes with it.
///
/// It must be whole, of this assignment, and without a grave problem; where correction is required, corrected.
///
/// # Errors
/// `invalid` with the field that is wrong, or what [`transcript::set`] says.
async fn check(
    tx: &mut Tx,
    assignment: &str,
    take: &str,
    corrected: Option<&str>,
    limits: &KindLimits,
    now_ms: i64,
) -> Result<(), Problem> {
    let row = Row::find(&mut *tx, take).await?.filter(|row| row.assignment == assignment);
    let row = row.ok_or_else(|| Problem::invalid("take", format!("the assignment has no take `{take}`")))?;
    if row.status != row::FINISHED {
        return Err(Problem::invalid("take", format!("the take is `{}`, expected `finished`", row.status)));
    }
    let problems: Vec<TakeProblem> = serde_json::from_str(&row.problems)?;
    if let Some(problem) = problems.iter().find(|problem| is_grave(problem)) {
        let message = format!("the take cannot be handed in: {}", problem.message);
        return Err(Problem::invalid("take", message)
            .hint("discard it and speak anew")
            .with("problem", &*problem.code));
    }
    if let Some(corrected) = corrected.filter(|corrected| row.corrected.as_deref() != Some(corrected)) {
        transcript::set(&mut *tx, &row, corrected, limits.correction, now_ms).await?;
    } else if limits.correction == Correction::Required
        && row.corrected.is_none()
        && row.transcript_status != "failed"
    {
        return Err(Problem::invalid("corrected", "the transcript has to be corrected first")
            .hint("read it, make it right, and send it with the take"));
    }
    Ok(())
}
