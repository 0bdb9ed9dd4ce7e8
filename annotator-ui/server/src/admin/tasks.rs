//! Tasks and what happened to them.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::Row as _;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::context::rfc3339;
use crate::http::{Cursor, Json, Operator, Page, Path, Problem, ProblemBody, Query};
use crate::images::ImageRef;
use crate::kind::Kind;
use crate::review::{Said, history_of};

/// Rows of a page.
const PAGE: i64 = 50;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).routes(routes!(events))
}

#[derive(Debug, Deserialize, IntoParams)]
struct Search {
    /// The kind of work; any without it.
    kind: Option<Kind>,
    /// `open`, `leased`, `complete`, `paused` or `gold`; any without it.
    status: Option<String>,
    /// A number of a task, the hash of an image, the id of an assignment, or a pseudonym.
    #[serde(default)]
    q: String,
    /// Where the page before ended.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// A task.
#[derive(Debug, Serialize, ToSchema)]
struct TaskShown {
    task: i64,
    kind: String,
    image: String,
    #[schema(value_type = Object)]
    payload: Box<RawValue>,
    priority: i64,
    overlap: i64,
    leased: i64,
    kept: i64,
    skips: i64,
    open: bool,
    paused: bool,
    gold: bool,
    created_at: String,
}

const TASK: &str = "SELECT t.id, t.kind, t.image, t.payload, t.priority, t.overlap, t.leased, t.kept, t.skips, t.open, t.paused, \
    CASE WHEN t.gold IS NULL THEN 0 ELSE 1 END AS is_gold, t.created_ms FROM task t";

fn task_of(row: &sqlx::any::AnyRow) -> Result<TaskShown, Problem> {
    let flag = |name: &str| Ok::<_, Problem>(row.try_get::<i64, _>(name)? == 1);
    Ok(TaskShown {
        task: row.try_get("id")?,
        kind: row.try_get("kind")?,
        image: row.try_get("image")?,
        payload: RawValue::from_string(row.try_get("payload")?)?,
        priority: row.try_get("priority")?,
        overlap: row.try_get("overlap")?,
        leased: row.try_get("leased")?,
        kept: row.try_get("kept")?,
        skips: row.try_get("skips")?,
        open: flag("open")?,
        paused: flag("paused")?,
        gold: flag("is_gold")?,
        created_at: rfc3339(row.try_get("created_ms")?),
    })
}

/// Tasks by number, found by what belongs to them.
#[utoipa::path(get, path = "/admin/tasks", tag = "operator", params(Search),
    responses((status = OK, body = Page<TaskShown>), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    _operator: Operator,
    Query(Search { kind, status, q, cursor }): Query<Search>,
) -> Result<Json<Page<TaskShown>>, Problem> {
    let state = match status.as_deref() {
        None | Some("") => "1 = 1",
        Some("open") => "t.open = 1 AND t.gold IS NULL",
        Some("leased") => "t.leased > 0",
        Some("complete") => "t.kept >= t.overlap AND t.gold IS NULL",
        Some("paused") => "t.paused = 1",
        Some("gold") => "t.gold IS NOT NULL",
        Some(_) => return Err(Problem::invalid("status", "expected open, leased, complete, paused or gold")),
    };
    let q = q.trim();
    let found = match q {
        "" => "$1 = ''",
        _ if q.bytes().all(|byte| byte.is_ascii_digit()) => "CAST(t.id AS TEXT) = $1",
        _ if q.len() == 64 => "t.image = $1",
        _ if q.starts_with("p-") => "t.id IN (SELECT a.task FROM assignment a WHERE a.person = $1)",
        _ => "t.id IN (SELECT a.task FROM assignment a WHERE a.id = $1)",
    };
    let sql = format!(
        "{TASK} WHERE t.id > $2 AND ($3 = '' OR t.kind = $3) AND {state} AND {found} ORDER BY t.id LIMIT $4"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(q)
        .bind(cursor.unwrap_or_default().number)
        .bind(kind.map(Kind::name).unwrap_or_default())
        .bind(PAGE + 1)
        .fetch_all(app.db.reads())
        .await?;
    let tasks = rows.iter().map(task_of).collect::<Result<Vec<_>, Problem>>()?;
    Ok(Json(Page::of(tasks, PAGE, |last| Cursor::at(last.task))))
}

/// A task with everything that happened to it.
#[derive(Debug, Serialize, ToSchema)]
struct TaskDetail {
    task: TaskShown,
    image: ImageRef,
    assignments: Vec<AssignmentShown>,
}

/// One person's way through a task.
#[derive(Debug, Serialize, ToSchema)]
struct AssignmentShown {
    assignment: String,
    person: String,
    status: String,
    leased_at: String,
    submitted_at: Option<String>,
    active_secs: i64,
    #[schema(value_type = Object)]
    answer: Option<Box<RawValue>>,
    skip_reason: Option<String>,
    gold_score: Option<f64>,
    reviews: Vec<Said>,
    events: Vec<EventShown>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
struct EventShown {
    id: i64,
    at: String,
    actor: String,
    action: String,
    subject: String,
    #[schema(value_type = Object)]
    detail: Box<RawValue>,
}

type EventRow = (i64, i64, String, String, String, String);

fn event_of((id, at_ms, actor, action, subject, detail): EventRow) -> Result<EventShown, Problem> {
    Ok(EventShown { id, at: rfc3339(at_ms), actor, action, subject, detail: RawValue::from_string(detail)? })
}

/// A task with its whole history.
#[utoipa::path(get, path = "/admin/tasks/{id}", tag = "operator", params(("id" = i64, Path)),
    responses((status = OK, body = TaskDetail), (status = "4XX", body = ProblemBody)))]
async fn one(
    State(app): State<App>,
    _operator: Operator,
    Path(id): Path<i64>,
) -> Result<Json<TaskDetail>, Problem> {
    let reads = app.db.reads();
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{TASK} WHERE t.id = $1")))
        .bind(id)
        .fetch_optional(reads)
        .await?;
    let task = task_of(&row.ok_or_else(|| Problem::missing("task"))?)?;
    let (width, height): (i64, i64) = sqlx::query_as("SELECT width, height FROM image WHERE sha256 = $1")
        .bind(&task.image)
        .fetch_one(reads)
        .await?;
    let rows = sqlx::query(
        "SELECT a.id, a.person, a.status, a.leased_ms, a.submitted_ms, a.active_ms, a.answer, a.skip_reason, g.score \
         FROM assignment a LEFT JOIN gold_score g ON g.assignment = a.id WHERE a.task = $1 ORDER BY a.leased_ms, a.id",
    )
    .bind(id)
    .fetch_all(reads)
    .await?;
    let mut assignments = Vec::with_capacity(rows.len());
    for row in &rows {
        let assignment: String = row.try_get("id")?;
        let happened: Vec<EventRow> = sqlx::query_as(
            "SELECT id, at_ms, actor, action, subject, detail FROM event WHERE subject = $1 ORDER BY id",
        )
        .bind(&assignment)
        .fetch_all(reads)
        .await?;
        assignments.push(AssignmentShown {
            person: row.try_get("person")?,
            status: row.try_get("status")?,
            leased_at: rfc3339(row.try_get("leased_ms")?),
            submitted_at: row.try_get::<Option<i64>, _>("submitted_ms")?.map(rfc3339),
            active_secs: row.try_get::<i64, _>("active_ms")? / 1000,
            answer: row.try_get::<Option<String>, _>("answer")?.map(RawValue::from_string).transpose()?,
            skip_reason: row.try_get("skip_reason")?,
            gold_score: row.try_get("score")?,
            reviews: history_of(&app, &assignment).await?,
            events: happened.into_iter().map(event_of).collect::<Result<_, _>>()?,
            assignment,
        });
    }
    Ok(Json(TaskDetail { image: ImageRef::new(task.image.clone(), width, height), task, assignments }))
}

#[derive(Debug, Deserialize, IntoParams)]
struct Wanted {
    /// What it was done to; anything without it.
    #[serde(default)]
    subject: String,
    /// Where the page before ended.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// What happened, the newest first.
#[utoipa::path(get, path = "/admin/events", tag = "operator", params(Wanted),
    responses((status = OK, body = Page<EventShown>), (status = "4XX", body = ProblemBody)))]
async fn events(
    State(app): State<App>,
    _operator: Operator,
    Query(Wanted { subject, cursor }): Query<Wanted>,
) -> Result<Json<Page<EventShown>>, Problem> {
    let rows: Vec<EventRow> = sqlx::query_as(
        "SELECT id, at_ms, actor, action, subject, detail FROM event WHERE id < $1 AND ($2 = '' OR subject = $2) \
         ORDER BY id DESC LIMIT $3",
    )
    .bind(cursor.map_or(i64::MAX, |cursor| cursor.number))
    .bind(&subject)
    .bind(PAGE + 1)
    .fetch_all(app.db.reads())
    .await?;
    let events = rows.into_iter().map(event_of).collect::<Result<Vec<_>, Problem>>()?;
    Ok(Json(Page::of(events, PAGE, |last| Cursor::at(last.id))))
}
