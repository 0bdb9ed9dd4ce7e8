//! How far the campaign is: from the counters that the writer keeps, so that it costs the same for ten tasks and ten
//! million.

use axum::extract::State;
use serde::Serialize;
use sqlx::Row as _;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::context::rfc3339;
use crate::http::{Json, Operator, Problem, ProblemBody};

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(progress))
}

/// How far the campaign is.
#[derive(Debug, Serialize, ToSchema)]
struct Progress {
    at: String,
    currency: String,
    kinds: Vec<KindProgress>,
    /// Paid so far, by rules and by hand.
    cost_minor: i64,
    /// Transcriptions that wait, and since when the oldest does.
    jobs: Queue,
    /// People by what they may do now.
    people_active: i64,
}

/// Something that waits.
#[derive(Debug, Serialize, ToSchema)]
struct Queue {
    waiting: i64,
    oldest_at: Option<String>,
}

/// How far one kind is.
#[derive(Debug, Serialize, ToSchema)]
struct KindProgress {
    kind: String,
    paused: bool,
    /// All tasks, those whose answer is known among them.
    tasks: i64,
    gold: i64,
    /// Tasks that somebody can still be given.
    open: i64,
    /// Tasks that have as many answers as they want.
    complete: i64,
    leased: i64,
    /// Answers that wait for a reviewer, and since when the oldest does.
    submitted: i64,
    review_oldest_at: Option<String>,
    approved: i64,
    returned: i64,
    rejected: i64,
    skipped: i64,
    withdrawn: i64,
    active_secs: i64,
    /// Answers of the last 24 hours.
    last_day: i64,
    /// Answers of the last hour.
    last_hour: i64,
    /// Paid for this kind so far.
    cost_minor: i64,
    /// What it will cost altogether, if tasks go on costing what those so far did; none before the first was paid.
    forecast_minor: Option<i64>,
    /// Days until it is done at the rate of the last day; none without any.
    forecast_days: Option<f64>,
}

/// How far the campaign is, by kind.
#[utoipa::path(get, path = "/admin/progress", tag = "operator",
    responses((status = OK, body = Progress), (status = "4XX", body = ProblemBody)))]
async fn progress(State(app): State<App>, _operator: Operator) -> Result<Json<Progress>, Problem> {
    let (reads, now_ms) = (app.db.reads(), app.context.now_ms());
    let rows = sqlx::query("SELECT * FROM kind ORDER BY name").fetch_all(reads).await?;
    let mut kinds = Vec::with_capacity(rows.len());
    for row in &rows {
        let value = |name: &str| row.try_get::<i64, _>(name);
        let kind: String = row.try_get("name")?;
        let since = async |from_ms: i64| {
            sqlx::query_scalar::<_, i64>(
                "SELECT COUNT(*) FROM assignment WHERE kind = $1 AND status IN ('submitted', 'approved', 'returned', 'rejected') \
                 AND submitted_ms >= $2",
            )
            .bind(&kind)
            .bind(from_ms)
            .fetch_one(reads)
            .await
        };
        let (last_day, last_hour) = (since(now_ms - DAY_MS).await?, since(now_ms - DAY_MS / 24).await?);
        let oldest: Option<i64> = sqlx::query_scalar(
            "SELECT MIN(submitted_ms) FROM assignment WHERE kind = $1 AND status = 'submitted' AND review_wanted = 1",
        )
        .bind(&kind)
        .fetch_one(reads)
        .await?;
        let (cost, paid): (i64, i64) = sqlx::query_as(
            "SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT), COUNT(DISTINCT assignment) FROM pay_line WHERE kind = $1",
        )
        .bind(&kind)
        .fetch_one(reads)
        .await?;
        let (tasks, complete, gold) = (value("tasks")?, value("complete")?, value("gold")?);
        let left = (tasks - gold - complete).max(0);
        let overlap =
            app.settings.limits(kind.parse().map_err(|error| Problem::bug(format!("{error}")))?).overlap;
        let answers_left = left * i64::from(overlap);
        let each = (paid > 0).then(|| cost as f64 / paid as f64);
        kinds.push(KindProgress {
            paused: value("paused")? == 1,
            tasks,
            gold,
            open: value("open")?,
            complete,
            leased: value("leased")?,
            submitted: value("submitted")?,
            review_oldest_at: oldest.map(rfc3339),
            approved: value("approved")?,
            returned: value("returned")?,
            rejected: value("rejected")?,
            skipped: value("skipped")?,
            withdrawn: value("withdrawn")?,
            active_secs: value("active_ms")? / 1000,
            last_day,
            last_hour,
            cost_minor: cost,
            forecast_minor: each.map(|each| cost + (each * answers_left as f64).round() as i64),
            forecast_days: (last_day > 0).then(|| answers_left as f64 / last_day as f64),
            kind,
        });
    }
    let by_hand: i64 =
        sqlx::query_scalar("SELECT CAST(COALESCE(SUM(minor), 0) AS BIGINT) FROM pay_adjustment")
            .fetch_one(reads)
            .await?;
    let (waiting, oldest): (i64, Option<i64>) =
        sqlx::query_as("SELECT COUNT(*), MIN(created_ms) FROM job WHERE status = 'waiting'")
            .fetch_one(reads)
            .await?;
    let people_active: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM person WHERE status = 'active'").fetch_one(reads).await?;
    Ok(Json(Progress {
        at: rfc3339(now_ms),
        currency: app.settings.currency.clone(),
        cost_minor: kinds.iter().map(|kind| kind.cost_minor).sum::<i64>() + by_hand,
        kinds,
        jobs: Queue { waiting, oldest_at: oldest.map(rfc3339) },
        people_active,
    }))
}
