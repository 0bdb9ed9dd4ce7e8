//! What a reviewer is shown.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::Row as _;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::context::rfc3339;
use crate::http::{Cursor, Json, Page, Path, Problem, ProblemBody, Query, Reviewer};
use crate::images::ImageRef;
use crate::kind::Kind;
use crate::takes::Take;

/// How long an answer stays with the reviewer who was given it.
const LEASE_SECS: i64 = 900;
/// Rows of a page.
const PAGE: i64 = 50;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(next)).routes(routes!(one)).routes(routes!(list))
}

/// An answer, and what is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReviewItem {
    assignment: String,
    kind: Kind,
    /// The pseudonym of who answered.
    person: String,
    status: String,
    image: ImageRef,
    /// What was asked.
    #[schema(value_type = Object)]
    payload: Box<RawValue>,
    /// What was answered.
    #[schema(value_type = Object)]
    answer: Box<RawValue>,
    /// The recording that was handed in, if it was spoken.
    take: Option<Take>,
    submitted_at: Option<String>,
    active_secs: i64,
    /// What was measured of the answer, and what is usual.
    signals: Vec<SignalShown>,
    /// What reviewers said before, the oldest first.
    history: Vec<Said>,
}

/// Something measured.
#[derive(Debug, Serialize, ToSchema)]
struct SignalShown {
    name: String,
    value: f64,
    wanted: String,
}

/// What a reviewer said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Said {
    pub(crate) reviewer: String,
    /// `approve`, `return` or `reject`.
    pub(crate) decision: String,
    pub(crate) reasons: Vec<String>,
    pub(crate) comment: String,
    pub(crate) at: String,
}

#[derive(Debug, Deserialize, IntoParams)]
struct Wanted {
    /// The kind of work; any without it.
    kind: Option<Kind>,
}

/// The next answer to look at.
#[derive(Debug, Serialize, ToSchema)]
struct NextReview {
    item: Option<ReviewItem>,
    /// How many wait, this one among them.
    waiting: i64,
}

/// The answer that has waited longest and that no other reviewer has in hand; it stays with whoever asks for 15 minutes.
#[utoipa::path(get, path = "/review/next", tag = "reviewer", params(Wanted),
    responses((status = OK, body = NextReview), (status = "4XX", body = ProblemBody)))]
async fn next(
    State(app): State<App>,
    Reviewer { actor: person }: Reviewer,
    Query(Wanted { kind }): Query<Wanted>,
) -> Result<Json<NextReview>, Problem> {
    let now_ms = app.context.now_ms();
    let wanted = kind.map(Kind::name).unwrap_or_default();
    let chosen = app
        .db
        .write("review.next", async move |tx| {
            // What somebody has in hand already comes first, so that loading the page again changes nothing.
            let id: Option<String> = sqlx::query_scalar(
                "SELECT id FROM assignment WHERE status = 'submitted' AND review_wanted = 1 AND person <> $1 \
                 AND ($2 = '' OR kind = $2) AND (reviewer = $1 OR review_until_ms < $3 OR reviewer IS NULL) \
                 ORDER BY CASE WHEN reviewer = $1 AND review_until_ms >= $3 THEN 0 ELSE 1 END, submitted_ms, id LIMIT 1",
            )
            .bind(&person)
            .bind(wanted)
            .bind(now_ms)
            .fetch_optional(&mut *tx)
            .await?;
            if let Some(id) = &id {
                sqlx::query("UPDATE assignment SET reviewer = $1, review_until_ms = $2 WHERE id = $3")
                    .bind(&person)
                    .bind(now_ms + LEASE_SECS * 1000)
                    .bind(id)
                    .execute(&mut *tx)
                    .await?;
            }
            Ok(id)
        })
        .await?;
    let waiting: i64 = sqlx::query_scalar(
        "SELECT CAST(COALESCE(SUM(submitted), 0) AS BIGINT) FROM kind WHERE $1 = '' OR name = $1",
    )
    .bind(wanted)
    .fetch_one(app.db.reads())
    .await?;
    let item = match chosen {
        Some(id) => Some(item_of(&app, &id).await?),
        None => None,
    };
    Ok(Json(NextReview { item, waiting }))
}

/// One answer, whatever became of it.
#[utoipa::path(get, path = "/review/{assignment}", tag = "reviewer", params(("assignment" = String, Path)),
    responses((status = OK, body = ReviewItem), (status = "4XX", body = ProblemBody)))]
async fn one(
    State(app): State<App>,
    _reviewer: Reviewer,
    Path(assignment): Path<String>,
) -> Result<Json<ReviewItem>, Problem> {
    item_of(&app, &assignment).await.map(Json)
}

/// An answer as a reviewer sees it.
pub(super) async fn item_of(app: &App, assignment: &str) -> Result<ReviewItem, Problem> {
    let row = sqlx::query(
        "SELECT a.kind, a.person, a.status, a.answer, a.submitted_ms, a.active_ms, t.payload, i.sha256, i.width, i.height \
         FROM assignment a JOIN task t ON t.id = a.task JOIN image i ON i.sha256 = t.image \
         WHERE a.id = $1 AND a.submitted_ms IS NOT NULL",
    )
    .bind(assignment)
    .fetch_optional(app.db.reads())
    .await?
    .ok_or_else(|| Problem::missing("answer"))?;
    let kind: String = row.try_get("kind")?;
    let answer: Option<String> = row.try_get("answer")?;
    let answer = RawValue::from_string(answer.unwrap_or_else(|| "null".to_owned()))?;
    let kind: Kind = kind.parse().map_err(|error| Problem::bug(format!("{error}")))?;
    let take = match (kind, serde_json::from_str::<SpokenAnswer>(answer.get())) {
        (Kind::Cap, Ok(spoken)) => Some(crate::takes::view::find(app, &spoken.take).await?),
        _ => None,
    };
    let signals: Vec<(String, f64, String)> =
        sqlx::query_as("SELECT name, value, wanted FROM signal WHERE assignment = $1 ORDER BY name")
            .bind(assignment)
            .fetch_all(app.db.reads())
            .await?;
    Ok(ReviewItem {
        assignment: assignment.to_owned(),
        kind,
        person: row.try_get("person")?,
        status: row.try_get("status")?,
        image: ImageRef::new(row.try_get("sha256")?, row.try_get("width")?, row.try_get("height")?),
        payload: RawValue::from_string(row.try_get("payload")?)?,
        answer,
        take,
        submitted_at: row.try_get::<Option<i64>, _>("submitted_ms")?.map(rfc3339),
        active_secs: row.try_get::<i64, _>("active_ms")? / 1000,
        signals: signals
            .into_iter()
            .map(|(name, value, wanted)| SignalShown { name, value, wanted })
            .collect(),
        history: history_of(app, assignment).await?,
    })
}

#[derive(Deserialize)]
struct SpokenAnswer {
    take: String,
}

/// What reviewers said of an answer, the oldest first.
pub(crate) async fn history_of(app: &App, assignment: &str) -> Result<Vec<Said>, Problem> {
    let rows: Vec<(String, String, String, String, i64)> = sqlx::query_as(
        "SELECT reviewer, decision, reasons, comment, at_ms FROM review WHERE assignment = $1 ORDER BY at_ms, id",
    )
    .bind(assignment)
    .fetch_all(app.db.reads())
    .await?;
    rows.into_iter()
        .map(|(reviewer, decision, reasons, comment, at_ms)| {
            Ok(Said {
                reviewer,
                decision,
                reasons: serde_json::from_str(&reasons)?,
                comment,
                at: rfc3339(at_ms),
            })
        })
        .collect()
}

#[derive(Debug, Deserialize, IntoParams)]
struct Filter {
    /// `submitted` (the default), `approved`, `returned` or `rejected`.
    status: Option<String>,
    /// The kind of work; any without it.
    kind: Option<Kind>,
    /// Where the page before ended.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// An answer in a list.
#[derive(Debug, Serialize, ToSchema)]
struct Listed {
    assignment: String,
    kind: String,
    person: String,
    image: String,
    status: String,
    submitted_at: Option<String>,
    #[serde(skip)]
    submitted_ms: i64,
    active_secs: i64,
}

/// Answers by what became of them, the oldest first.
#[utoipa::path(get, path = "/review", tag = "reviewer", params(Filter),
    responses((status = OK, body = Page<Listed>), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    _reviewer: Reviewer,
    Query(Filter { status, kind, cursor }): Query<Filter>,
) -> Result<Json<Page<Listed>>, Problem> {
    let status = status.unwrap_or_else(|| "submitted".to_owned());
    if !["submitted", "approved", "returned", "rejected"].contains(&status.as_str()) {
        return Err(Problem::invalid("status", "expected submitted, approved, returned or rejected"));
    }
    let after = cursor.unwrap_or_default();
    let rows = sqlx::query(
        "SELECT a.id, a.kind, a.person, t.image, a.status, a.submitted_ms, a.active_ms FROM assignment a \
         JOIN task t ON t.id = a.task WHERE a.status = $1 AND ($2 = '' OR a.kind = $2) AND a.submitted_ms IS NOT NULL \
         AND (a.submitted_ms > $3 OR (a.submitted_ms = $3 AND a.id > $4)) ORDER BY a.submitted_ms, a.id LIMIT $5",
    )
    .bind(&status)
    .bind(kind.map(Kind::name).unwrap_or_default())
    .bind(after.number)
    .bind(after.id)
    .bind(PAGE + 1)
    .fetch_all(app.db.reads())
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let submitted_ms: i64 = row.try_get("submitted_ms")?;
        items.push(Listed {
            assignment: row.try_get("id")?,
            submitted_ms,
            kind: row.try_get("kind")?,
            person: row.try_get("person")?,
            image: row.try_get("image")?,
            status: row.try_get("status")?,
            submitted_at: Some(rfc3339(submitted_ms)),
            active_secs: row.try_get::<i64, _>("active_ms")? / 1000,
        });
    }
    Ok(Json(Page::of(items, PAGE, |item| Cursor { number: item.submitted_ms, id: item.assignment.clone() })))
}
