//! A take is put away so that another one can be made.

use axum::extract::State;
use axum::http::StatusCode;
use pixmo_schemas::Sha256;
use serde_json::json;

use super::live::blocking;
use super::measure::is_grave;
use super::row::{self, Row};
use super::view::TakeProblem;
use crate::App;
use crate::http::{Annotator, Path, Problem};
use crate::kind::Kind;

/// Put a take away, to speak anew.
#[utoipa::path(
    post, path = "/takes/{take}/discard", tag = "annotator", params(("take" = String, Path)),
    responses(
        (status = 204), (status = 404),
        (status = 409, description = "`no_retake` when takes were made anew often enough, `not_yours_now`, `not_open` when it was handed in"),
    )
)]
pub(super) async fn discard(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(take): Path<String>,
) -> Result<StatusCode, Problem> {
    let desk = app.takes_desk()?;
    let now_ms = app.context.now_ms();
    let seat = desk.seat(&take, now_ms);
    let mut held = seat.held.lock().await;
    let retakes_max = app.settings.limits(Kind::Cap).retakes_max;
    let (id, person, state) = (take.clone(), who.person.clone(), app.clone());
    let gone = app
        .db
        .write("take.discard", async move |tx| {
            let row = Row::of_person(&mut *tx, &id, &person).await?;
            if row.status == row::DISCARDED {
                return Ok(None);
            }
            if !row.is_live() && row.status != row::FINISHED && row.status != row::FAILED {
                return Err(Problem::conflict("not_yours_now", format!("the take is `{}`", row.status)));
            }
            if row.status == row::FINISHED {
                // What was handed in is not spoken anew; what was given back is.
                crate::work::held(&state, &mut *tx, &person, &row.assignment).await?;
            }
            let takes = Row::of_assignment(&mut *tx, &row.assignment).await?;
            if counts(&row) {
                check_retake_used(&takes, retakes_max + returns_of(&mut *tx, &row.assignment).await?)?;
            }
            sqlx::query(
                "UPDATE take SET status = 'discarded', finished_ms = $1, transcript_status = 'none', transcript = NULL, \
                 corrected = NULL WHERE id = $2",
            )
            .bind(now_ms)
            .bind(&id)
            .execute(&mut *tx)
            .await?;
            crate::jobs::cancel(&mut *tx, &id, now_ms).await?;
            let detail = json!({"was": row.status});
            crate::events::note(tx, now_ms, &person, "take.discard", &id, &detail).await?;
            Ok(Some(row))
        })
        .await?;
    *held = None;
    if let Err(error) = desk.spool.forget(&take, false).await {
        tracing::warn!(%error, "cannot put away the pieces of a discarded take");
    }
    if let Some(row) = gone {
        forget_audio(&app, &row).await?;
        // It was returned to be spoken anew.
        if let Some(leaf) = crate::vouching::leaf_of(&row) {
            app.voucher()?.take_back(vec![leaf], pixmo_receipts::leaf::Reason::Mistake).await?;
        }
    }
    drop(held);
    desk.leave(&take, &seat);
    Ok(StatusCode::NO_CONTENT)
}

/// How often a reviewer gave an assignment back; each time it may be spoken once more.
pub(super) async fn returns_of(tx: &mut crate::db::Tx, assignment: &str) -> Result<u32, Problem> {
    let returns: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM review WHERE assignment = $1 AND decision = 'return'")
            .bind(assignment)
            .fetch_one(tx)
            .await?;
    Ok(u32::try_from(returns).unwrap_or(u32::MAX / 2))
}

/// Whether putting a take away uses up a retake: somebody spoke, and nothing that they could not help was wrong with it.
fn counts(take: &Row) -> bool {
    let problems: Vec<TakeProblem> = serde_json::from_str(&take.problems).unwrap_or_default();
    take.begun_ms.is_some() && !problems.iter().any(is_grave)
}

/// Whether one more take may be put away.
fn check_retake_used(takes: &[Row], retakes_max: u32) -> Result<(), Problem> {
    let used = takes.iter().filter(|take| take.status == row::DISCARDED && counts(take)).count();
    if used < retakes_max as usize {
        return Ok(());
    }
    Err(Problem::conflict("no_retake", format!("a take can be made anew {retakes_max} times"))
        .hint("submit the take as it is, or skip the task"))
}

/// Whether one more take may be begun.
pub(super) fn check_retake(takes: &[Row], retakes_max: u32) -> Result<(), Problem> {
    let used = takes.iter().filter(|take| take.status == row::DISCARDED && counts(take)).count();
    if used <= retakes_max as usize {
        return Ok(());
    }
    Err(Problem::conflict("no_retake", format!("a take can be made anew {retakes_max} times")))
}

/// Deletes the recording of a take that is not needed, unless another take has the same.
pub(crate) async fn forget_audio(app: &App, row: &Row) -> Result<bool, Problem> {
    let (Some(sha256), Some(extension)) = (&row.sha256, row.extension.clone()) else { return Ok(false) };
    let others: Option<(String,)> = sqlx::query_as(
        "SELECT id FROM take WHERE sha256 = $1 AND id <> $2 AND status IN ('finished', 'failed') LIMIT 1",
    )
    .bind(sha256)
    .bind(&row.id)
    .fetch_optional(app.db.reads())
    .await?;
    if others.is_some() {
        return Ok(false);
    }
    let sha256: Sha256 = sha256.parse().map_err(|_| Problem::bug(format!("the hash of take {}", row.id)))?;
    let store = app.takes.clone();
    blocking(move || store.delete(&sha256, &extension))
        .await?
        .map_err(|error| Problem::unavailable("the recording cannot be deleted").cause(error.to_string()))?;
    let take = row.id.clone();
    // Without an ending there is no file.
    app.db
        .write("take.forget", async move |tx| {
            sqlx::query("UPDATE take SET extension = NULL WHERE id = $1")
                .bind(&take)
                .execute(&mut *tx)
                .await?;
            Ok(())
        })
        .await?;
    Ok(true)
}
