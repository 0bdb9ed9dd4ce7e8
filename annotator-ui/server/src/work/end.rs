//! Passing a task by, and giving it back.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::assignment::{Held, held};
use super::hooks;
use crate::App;
use crate::db::Tx;
use crate::events;
use crate::http::{Annotator, Json, Path, Problem, ProblemBody};
use crate::tasks::{KindChange, Shift, note_kind, shift};

/// A task that so many people passed by waits for an operator.
const SKIPS_MAX: i64 = 3;
/// The longest note, in characters.
const NOTE_CHARS_MAX: usize = 1_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(skip)).routes(routes!(release))
}

/// Why somebody passes a task by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SkipReason {
    /// The image cannot be seen.
    CannotSee,
    /// The image is offensive.
    Offensive,
    /// The task is in another language.
    NotMyLanguage,
    /// It is not clear what is asked.
    Ambiguous,
    /// There is too much of it.
    TooMany,
}

/// Passing a task by.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct Skip {
    reason: SkipReason,
    note: Option<String>,
}

/// Passes a task by; it goes to somebody else, and waits for an operator when several people passed it by.
#[utoipa::path(post, path = "/assignments/{id}/skip", tag = "annotator", params(("id" = String, Path)),
    responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn skip(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(id): Path<String>,
    Json(Skip { reason, note }): Json<Skip>,
) -> Result<StatusCode, Problem> {
    let note = note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
    if note.as_ref().is_some_and(|note| note.chars().count() > NOTE_CHARS_MAX) {
        return Err(Problem::invalid("note", format!("the note has more than {NOTE_CHARS_MAX} characters")));
    }
    let state = app.clone();
    let freed = app
        .db
        .write("work.skip", async move |tx| {
            let held = held(&state, tx, &who.person, &id).await?;
            let now = state.context.now_ms();
            let reason_text = serde_json::to_value(reason)?;
            sqlx::query("UPDATE assignment SET skip_reason = $1, skip_note = $2 WHERE id = $3")
                .bind(reason_text.as_str())
                .bind(&note)
                .bind(&held.id)
                .execute(&mut *tx)
                .await?;
            let skips: i64 = sqlx::query_scalar("SELECT skips FROM task WHERE id = $1")
                .bind(held.task)
                .fetch_one(&mut *tx)
                .await?;
            let pause = (skips + 1 >= SKIPS_MAX).then_some(true);
            let freed = end(&state, tx, &held, "skipped", pause).await?;
            let detail = json!({ "task": held.task, "reason": reason, "task_paused": pause.is_some() });
            events::note(tx, now, &who.person, "assignment.skip", &held.id, &detail).await?;
            Ok(freed.then_some((held.kind, held.task)))
        })
        .await?;
    if let Some((kind, task)) = freed {
        app.cursors.freed(kind, task);
    }
    app.metrics.count("tasks_skipped");
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a task back without a word; its draft is kept in case the same person gets it again.
#[utoipa::path(post, path = "/assignments/{id}/release", tag = "annotator", params(("id" = String, Path)),
    responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn release(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let state = app.clone();
    let freed = app
        .db
        .write("work.release", async move |tx| {
            let held = held(&state, tx, &who.person, &id).await?;
            let freed = end(&state, tx, &held, "released", None).await?;
            let detail = json!({ "task": held.task });
            let now = state.context.now_ms();
            events::note(tx, now, &who.person, "assignment.release", &held.id, &detail).await?;
            Ok(freed.then_some((held.kind, held.task)))
        })
        .await?;
    if let Some((kind, task)) = freed {
        app.cursors.freed(kind, task);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Ends an assignment without an answer; whether its task is free now.
///
/// What a reviewer gave back goes back to where it waits for its person, whatever ends it but skipping: then its answer
/// does not count any more.
pub(super) async fn end(
    app: &App,
    tx: &mut Tx,
    held: &Held,
    status: &str,
    pause: Option<bool>,
) -> Result<bool, Problem> {
    let now = app.context.now_ms();
    let waits_again = held.was_returned && status != "skipped";
    let status = if waits_again { "returned" } else { status };
    sqlx::query("UPDATE assignment SET status = $1, ended_ms = $2 WHERE id = $3")
        .bind(status)
        .bind(now)
        .bind(&held.id)
        .execute(&mut *tx)
        .await?;
    let (mut change, mut open) = (KindChange::default(), false);
    if waits_again {
        change = KindChange { leased: -1, returned: 1, ..change };
    } else {
        let skipped = i64::from(status == "skipped");
        let moved = match held.was_returned {
            true => Shift { kept: -1, skips: skipped, pause, ..Shift::default() },
            false => Shift { leased: -1, skips: skipped, pause, ..Shift::default() },
        };
        (change, open) = shift(tx, held.task, moved).await?;
        if held.was_returned {
            change.leased -= 1;
        }
        change.skipped += skipped;
    }
    note_kind(tx, held.kind, change).await?;
    hooks::ended(app, tx, &held.id).await?;
    Ok(open)
}
