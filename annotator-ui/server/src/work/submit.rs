//! Handing an answer in, once: the same key again gets the same answer.

use axum::extract::{DefaultBodyLimit, State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::Row as _;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::assignment::{Held, held};
use super::draft::ANSWER_BYTES_MAX;
use super::hooks::{self, Submission};
use crate::App;
use crate::consent;
use crate::context::rfc3339;
use crate::db::Tx;
use crate::events;
use crate::http::{Annotator, Json, Path, Problem, ProblemBody};
use crate::kind::Kind;
use crate::tasks::{KindChange, Shift, note_kind, shift};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(submit)).layer(DefaultBodyLimit::max(ANSWER_BYTES_MAX))
}

/// An answer to hand in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct Handing {
    /// Drawn by the page, the same for each attempt to hand this answer in: 8 to 100 characters.
    key: String,
    /// The answer; its form follows from the kind.
    #[schema(value_type = Object)]
    answer: Value,
}

/// What became of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct Handed {
    /// `submitted`, or `approved` where no reviewer looks.
    status: String,
    submitted_at: String,
}

/// Hands an answer in.
#[utoipa::path(post, path = "/assignments/{id}/submit", tag = "annotator", params(("id" = String, Path)),
    responses((status = OK, body = Handed), (status = UNPROCESSABLE_ENTITY, body = ProblemBody),
        (status = "4XX", body = ProblemBody)))]
async fn submit(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(id): Path<String>,
    Json(Handing { key, answer }): Json<Handing>,
) -> Result<Json<Handed>, Problem> {
    if !(8..=100).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Problem::invalid("key", "expected 8 to 100 characters without spaces"));
    }
    let state = app.clone();
    let review_draw = f64::from(u32::from_le_bytes(app.context.bytes())) / f64::from(u32::MAX);
    let handed = app
        .db
        .write("work.submit", async move |tx| {
            hand_in(&state, tx, &who.person, &id, &key, &answer, review_draw).await
        })
        .await?;
    if let Ok(voucher) = app.voucher() {
        voucher.wake();
    }
    app.metrics.count("answers_submitted");
    Ok(Json(handed))
}

async fn hand_in(
    app: &App,
    tx: &mut Tx,
    person: &str,
    id: &str,
    key: &str,
    answer: &Value,
    review_draw: f64,
) -> Result<Handed, Problem> {
    let row = sqlx::query(
        "SELECT a.status, a.submit_key, a.submitted_ms, a.task, a.kind, a.beat_ms, a.active_ms, a.draft_revision, \
         t.image, t.payload, t.gold FROM assignment a JOIN task t ON t.id = a.task WHERE a.id = $1 AND a.person = $2",
    )
    .bind(id)
    .bind(person)
    .fetch_optional(&mut *tx)
    .await?
    .ok_or_else(|| Problem::missing("assignment"))?;
    let status: String = row.try_get("status")?;
    let earlier_key: Option<String> = row.try_get("submit_key")?;
    let submitted_ms: Option<i64> = row.try_get("submitted_ms")?;
    // What a reviewer gave back and is in hand again is handed in anew, whatever its key.
    if earlier_key.as_deref() == Some(key)
        && status != "leased"
        && let Some(submitted_ms) = submitted_ms
    {
        return Ok(Handed { status, submitted_at: rfc3339(submitted_ms) });
    }
    if !consent::given_in(tx, person).await?.is_some_and(|given| given.holds(app)) {
        return Err(Problem::conflict("consent_wanted", "nothing is taken without consent")
            .hint("agree to the text first; your draft is kept"));
    }
    let held = match status.as_str() {
        "leased" => Held::of_row(id, &row)?,
        _ => held(app, tx, person, id).await?,
    };
    let (now, limits) = (app.context.now_ms(), app.settings.limits(held.kind));
    let (image, payload, gold): (String, String, Option<String>) =
        (row.try_get("image")?, row.try_get("payload")?, row.try_get("gold")?);
    let gold: Option<Value> = gold.as_deref().map(serde_json::from_str).transpose()?;
    let mut submission = Submission {
        assignment: held.id.clone(),
        task: held.task,
        kind: held.kind,
        person: person.to_owned(),
        image,
        payload: serde_json::from_str(&payload)?,
        active_ms: held.active_until(now, &limits),
        // Gold has been looked at once and for all; what came back to its annotator is looked at again.
        review_wanted: gold.is_none() && (held.was_returned || review_draw < limits.review_share),
        gold,
        answer: answer.clone(),
        limits,
        now_ms: now,
    };
    submission.answer = hooks::check(app, tx, &submission).await?;
    submission.review_wanted |= hooks::wants_review(tx, &submission).await?;
    let status = if submission.review_wanted { "submitted" } else { "approved" };
    sqlx::query(
        "UPDATE assignment SET status = $1, answer = $2, draft = NULL, submit_key = $3, submitted_ms = $4, \
         beat_ms = $4, active_ms = $5, ended_ms = $4, review_wanted = $6, consent = $7, receipt_wanted = $8 \
         WHERE id = $9",
    )
    .bind(status)
    .bind(submission.answer.to_string())
    .bind(key)
    .bind(now)
    .bind(submission.active_ms)
    .bind(i64::from(submission.review_wanted))
    .bind(&app.settings.consent.version)
    .bind(i64::from(held.kind == Kind::Cap))
    .bind(&held.id)
    .execute(&mut *tx)
    .await?;
    let mut change = match held.was_returned {
        // It counted for its task all the time.
        true => KindChange { leased: -1, ..KindChange::default() },
        false => shift(tx, held.task, Shift { leased: -1, kept: 1, ..Shift::default() }).await?.0,
    };
    match submission.review_wanted {
        true => change.submitted += 1,
        false => change.approved += 1,
    }
    change.active_ms += submission.active_ms - if held.was_returned { held.active_ms } else { 0 };
    note_kind(tx, held.kind, change).await?;
    let detail = json!({ "task": held.task, "active_ms": submission.active_ms, "again": held.was_returned });
    events::note(tx, now, person, "assignment.submit", &held.id, &detail).await?;
    hooks::submitted(app, tx, &submission).await?;
    Ok(Handed { status: status.to_owned(), submitted_at: rfc3339(now) })
}
