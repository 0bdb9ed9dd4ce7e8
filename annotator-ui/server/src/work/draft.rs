//! Answers that are being written: kept on the server each few seconds, so that another browser can go on with them.

use axum::extract::{DefaultBodyLimit, State};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::assignment::held;
use crate::App;
use crate::context::rfc3339;
use crate::http::{Annotator, Json, Path, Problem, ProblemBody};

/// The largest draft: twenty labels with five hundred points each fit with room to spare.
pub(super) const ANSWER_BYTES_MAX: usize = 2 << 20;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(save)).layer(DefaultBodyLimit::max(ANSWER_BYTES_MAX))
}

/// An answer that is being written.
#[derive(Debug, Deserialize, ToSchema)]
struct NewDraft {
    /// The revision it is based on: 0 at first, then the one that was answered last.
    revision: i64,
    /// Anything; it is looked at when it is handed in.
    #[schema(value_type = Object)]
    answer: Box<RawValue>,
}

/// A draft that was kept.
#[derive(Debug, Serialize, ToSchema)]
struct Saved {
    /// The revision that the next one is based on.
    revision: i64,
    saved_at: String,
}

/// Keeps a draft. One that is based on an older revision is refused with the newer one, unless it says the same.
#[utoipa::path(put, path = "/assignments/{id}/draft", tag = "annotator", params(("id" = String, Path)),
    responses((status = OK, body = Saved), (status = CONFLICT, body = ProblemBody), (status = "4XX", body = ProblemBody)))]
async fn save(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(id): Path<String>,
    Json(draft): Json<NewDraft>,
) -> Result<Json<Saved>, Problem> {
    let state = app.clone();
    let (based_on, answer) = (draft.revision, draft.answer.get().to_owned());
    let saved = app.db.write("work.draft", async move |tx| {
        let held = held(&state, tx, &who.person, &id).await?;
        let (now, limits) = (state.context.now_ms(), state.settings.limits(held.kind));
        if based_on != held.draft_revision {
            let row: (Option<String>, Option<i64>) =
                sqlx::query_as("SELECT draft, draft_ms FROM assignment WHERE id = $1")
                    .bind(&held.id)
                    .fetch_one(&mut *tx)
                    .await?;
            let (kept, kept_ms) = row;
            if kept.as_deref() == Some(answer.as_str()) {
                // The answer to the same draft was lost on its way.
                let saved_at = rfc3339(kept_ms.unwrap_or(now));
                return Ok(Saved { revision: held.draft_revision, saved_at });
            }
            let kept: Option<serde_json::Value> = kept.as_deref().map(serde_json::from_str).transpose()?;
            let message = format!("the draft is at revision {}, not at {based_on}", held.draft_revision);
            return Err(Problem::conflict("draft_newer", message)
                .hint("take the newer draft, or send yours again based on its revision")
                .with("revision", held.draft_revision)
                .with("answer", kept.unwrap_or_default()));
        }
        let revision = held.draft_revision + 1;
        sqlx::query(
            "UPDATE assignment SET draft = $1, draft_revision = $2, draft_ms = $3, beat_ms = $3, active_ms = $4, \
             lease_until_ms = $5 WHERE id = $6",
        )
        .bind(&answer)
        .bind(revision)
        .bind(now)
        .bind(held.active_until(now, &limits))
        .bind(now + i64::from(limits.lease_secs) * 1000)
        .bind(&held.id)
        .execute(&mut *tx)
        .await?;
        Ok(Saved { revision, saved_at: rfc3339(now) })
    });
    saved.await.map(Json)
}
