//! A person's own page: their time, pay and quality, what they handed in, and taking it back.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::Row as _;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::answers::key_of;
use crate::context::{day_start, rfc3339};
use crate::events;
use crate::http::{Annotator, Cursor, Json, Page, Path, Problem, ProblemBody, Query};
use crate::kind::Kind;
use crate::tasks::{KindChange, Shift, note_kind, shift};

/// Rows of a page.
const PAGE: i64 = 50;
/// Labels that are offered at once.
const LABELS_MAX: i64 = 12;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(summary))
        .routes(routes!(items))
        .routes(routes!(withdraw))
        .routes(routes!(labels))
}

/// What somebody did so far.
#[derive(Debug, Serialize, ToSchema)]
struct Summary {
    /// Seconds of active time today, UTC.
    active_secs_today: i64,
    /// All together.
    active_secs_total: i64,
    by_kind: Vec<KindSummary>,
    pay: PaySummary,
    quality: Vec<QualitySummary>,
}

/// Answers of one kind.
#[derive(Debug, Default, Serialize, ToSchema)]
struct KindSummary {
    kind: String,
    /// Handed in, and waiting for a reviewer.
    submitted: i64,
    approved: i64,
    returned: i64,
    rejected: i64,
}

/// Pay by month.
#[derive(Debug, Serialize, ToSchema)]
struct PaySummary {
    currency: String,
    /// The newest first.
    periods: Vec<PeriodPay>,
    /// Not marked as paid yet.
    open_minor: i64,
    /// What was changed by hand, the newest first.
    adjustments: Vec<AdjustmentShown>,
}

/// Pay of a month.
#[derive(Debug, Serialize, ToSchema)]
struct PeriodPay {
    period: String,
    minor: i64,
    paid: bool,
}

/// An amount by hand.
#[derive(Debug, Serialize, ToSchema)]
struct AdjustmentShown {
    period: String,
    minor: i64,
    reason: String,
    at: String,
}

/// How good somebody's work of a kind is.
#[derive(Debug, Serialize, ToSchema)]
struct QualitySummary {
    kind: String,
    /// The mean of the newest scores, 0 to 1.
    score: f64,
    /// Of how many.
    of: i64,
    /// Whether there is no more work of this kind until an operator has looked.
    held: bool,
}

/// What somebody did so far.
#[utoipa::path(get, path = "/me/summary", tag = "annotator",
    responses((status = OK, body = Summary), (status = "4XX", body = ProblemBody)))]
async fn summary(State(app): State<App>, Annotator(who): Annotator) -> Result<Json<Summary>, Problem> {
    let (person, reads) = (&who.person, app.db.reads());
    let today = day_start(app.context.now_ms());
    let counts: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT kind, status, COUNT(*), CAST(SUM(active_ms) AS BIGINT) FROM assignment WHERE person = $1 \
         GROUP BY kind, status ORDER BY kind, status",
    )
    .bind(person)
    .fetch_all(reads)
    .await?;
    let active_today: i64 = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(active_ms), 0) AS BIGINT) FROM assignment WHERE person = $1 AND beat_ms >= $2",
    )
    .bind(person)
    .bind(today)
    .fetch_one(reads)
    .await?;
    let mut by_kind: Vec<KindSummary> = Vec::new();
    let mut active_total = 0;
    for (kind, status, count, active_ms) in counts {
        active_total += active_ms;
        if by_kind.last().is_none_or(|last| last.kind != kind) {
            by_kind.push(KindSummary { kind, ..KindSummary::default() });
        }
        let Some(last) = by_kind.last_mut() else { continue };
        match status.as_str() {
            "submitted" => last.submitted = count,
            "approved" => last.approved = count,
            "returned" => last.returned = count,
            "rejected" => last.rejected = count,
            _ => {}
        }
    }
    let lines: Vec<(String, i64)> = sqlx::query_as(
        "SELECT period, CAST(SUM(minor) AS BIGINT) FROM (SELECT period, minor FROM pay_line WHERE person = $1 \
         UNION ALL SELECT period, minor FROM pay_adjustment WHERE person = $1) l GROUP BY period ORDER BY period DESC",
    )
    .bind(person)
    .fetch_all(reads)
    .await?;
    let paid: Vec<(String, i64)> = sqlx::query_as("SELECT period, minor FROM pay_period WHERE person = $1")
        .bind(person)
        .fetch_all(reads)
        .await?;
    let mut open_minor = 0;
    let mut periods = Vec::new();
    for (period, minor) in lines {
        let settled = paid.iter().find(|(paid, _)| *paid == period).map(|(_, minor)| *minor);
        open_minor += minor - settled.unwrap_or_default();
        periods.push(PeriodPay { period, minor, paid: settled == Some(minor) });
    }
    let adjustments: Vec<(String, i64, String, i64)> = sqlx::query_as(
        "SELECT period, minor, reason, at_ms FROM pay_adjustment WHERE person = $1 ORDER BY at_ms DESC LIMIT 50",
    )
    .bind(person)
    .fetch_all(reads)
    .await?;
    let quality: Vec<(String, f64, i64, i64)> =
        sqlx::query_as("SELECT kind, score, of, held FROM quality WHERE person = $1 ORDER BY kind")
            .bind(person)
            .fetch_all(reads)
            .await?;
    Ok(Json(Summary {
        active_secs_today: active_today / 1000,
        active_secs_total: active_total / 1000,
        by_kind,
        pay: PaySummary {
            currency: app.settings.currency.clone(),
            periods,
            open_minor,
            adjustments: adjustments
                .into_iter()
                .map(|(period, minor, reason, at)| AdjustmentShown { period, minor, reason, at: rfc3339(at) })
                .collect(),
        },
        quality: quality
            .into_iter()
            .map(|(kind, score, of, held)| QualitySummary { kind, score, of, held: held == 1 })
            .collect(),
    }))
}

#[derive(Debug, Deserialize, IntoParams)]
struct Before {
    /// Where the page before ended.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// One answer.
#[derive(Debug, Serialize, ToSchema)]
struct Item {
    assignment: String,
    kind: String,
    /// The hash of the image.
    image: String,
    status: String,
    submitted_at: Option<String>,
    #[serde(skip)]
    submitted_ms: i64,
    active_secs: i64,
    /// What was paid for it so far.
    pay_minor: i64,
    /// What a reviewer wrote last.
    comment: Option<String>,
}

/// What somebody handed in, the newest first.
#[utoipa::path(get, path = "/me/items", tag = "annotator", params(Before),
    responses((status = OK, body = Page<Item>), (status = "4XX", body = ProblemBody)))]
async fn items(
    State(app): State<App>,
    Annotator(who): Annotator,
    Query(Before { cursor }): Query<Before>,
) -> Result<Json<Page<Item>>, Problem> {
    let before = cursor.unwrap_or_else(|| Cursor::at(i64::MAX));
    let rows = sqlx::query(
        "SELECT a.id, a.kind, t.image, a.status, a.submitted_ms, a.active_ms, \
         CAST(COALESCE((SELECT SUM(minor) FROM pay_line p WHERE p.assignment = a.id), 0) AS BIGINT) AS minor, \
         (SELECT comment FROM review r WHERE r.assignment = a.id ORDER BY r.at_ms DESC LIMIT 1) AS comment \
         FROM assignment a JOIN task t ON t.id = a.task WHERE a.person = $1 AND a.submitted_ms IS NOT NULL \
         AND (a.submitted_ms < $2 OR (a.submitted_ms = $2 AND a.id < $3)) ORDER BY a.submitted_ms DESC, a.id DESC LIMIT $4",
    )
    .bind(&who.person)
    .bind(before.number)
    .bind(before.id)
    .bind(PAGE + 1)
    .fetch_all(app.db.reads())
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let submitted_ms: i64 = row.try_get("submitted_ms")?;
        items.push(Item {
            assignment: row.try_get("id")?,
            submitted_ms,
            kind: row.try_get("kind")?,
            image: row.try_get("image")?,
            status: row.try_get("status")?,
            submitted_at: Some(rfc3339(submitted_ms)),
            active_secs: row.try_get::<i64, _>("active_ms")? / 1000,
            pay_minor: row.try_get("minor")?,
            comment: row.try_get::<Option<String>, _>("comment")?.filter(|comment| !comment.is_empty()),
        });
    }
    Ok(Json(Page::of(items, PAGE, |item| Cursor { number: item.submitted_ms, id: item.assignment.clone() })))
}

/// Takes an answer back: it counts no more, and what was exported of it gets a tombstone. What was paid stays paid.
#[utoipa::path(post, path = "/me/items/{assignment}/withdraw", tag = "annotator",
    params(("assignment" = String, Path)), responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn withdraw(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let now_ms = app.context.now_ms();
    let freed = app
        .db
        .write("own.withdraw", async move |tx| {
            let row: Option<(i64, String, String)> =
                sqlx::query_as("SELECT task, kind, status FROM assignment WHERE id = $1 AND person = $2")
                    .bind(&id)
                    .bind(&who.person)
                    .fetch_optional(&mut *tx)
                    .await?;
            let (task, kind, status) = row.ok_or_else(|| Problem::missing("answer"))?;
            let kind: Kind = kind.parse().map_err(|error| Problem::bug(format!("{error}")))?;
            let mut gone = KindChange { withdrawn: 1, ..KindChange::default() };
            let counted = match status.as_str() {
                "submitted" => &mut gone.submitted,
                "approved" => &mut gone.approved,
                "returned" => &mut gone.returned,
                "rejected" => &mut gone.rejected,
                "withdrawn" => return Ok(None),
                _ => {
                    return Err(Problem::conflict(
                        "not_open",
                        format!("this is {status}, and cannot be taken back"),
                    ));
                }
            };
            *counted -= 1;
            // What was rejected did not count for its task any more.
            let moved = Shift { kept: if status == "rejected" { 0 } else { -1 }, ..Shift::default() };
            let (change, open) = shift(tx, task, moved).await?;
            note_kind(tx, kind, change).await?;
            note_kind(tx, kind, gone).await?;
            sqlx::query(
                "UPDATE assignment SET status = 'withdrawn', ended_ms = $1, receipt_wanted = 0 WHERE id = $2",
            )
            .bind(now_ms)
            .bind(&id)
            .execute(&mut *tx)
            .await?;
            crate::export::changed(tx, &id).await?;
            let detail = json!({ "task": task, "was": status });
            events::note(tx, now_ms, &who.person, "assignment.withdraw", &id, &detail).await?;
            Ok(open.then_some((kind, task)))
        })
        .await?;
    if let Some((kind, task)) = freed {
        app.cursors.freed(kind, task);
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, IntoParams)]
struct Prefix {
    /// How the label begins.
    #[serde(default)]
    prefix: String,
}

/// Labels that somebody used before.
#[derive(Debug, Serialize, ToSchema)]
struct Labels {
    labels: Vec<String>,
}

/// Labels that somebody used before and that begin like this, the most used first.
#[utoipa::path(get, path = "/me/labels", tag = "annotator", params(Prefix),
    responses((status = OK, body = Labels), (status = "4XX", body = ProblemBody)))]
async fn labels(
    State(app): State<App>,
    Annotator(who): Annotator,
    Query(Prefix { prefix }): Query<Prefix>,
) -> Result<Json<Labels>, Problem> {
    let prefix = key_of(&prefix);
    // From the prefix to the last text that begins with it: an index serves a range, not a pattern.
    let end = format!("{prefix}\u{10ffff}");
    let labels = sqlx::query_scalar(
        "SELECT label FROM label_used WHERE person = $1 AND label >= $2 AND label <= $3 \
         ORDER BY times DESC, last_ms DESC, label LIMIT $4",
    )
    .bind(&who.person)
    .bind(prefix)
    .bind(end)
    .bind(LABELS_MAX)
    .fetch_all(app.db.reads())
    .await?;
    Ok(Json(Labels { labels }))
}
