//! Recordings to transcribe, given to workers for a while: the contract of `docs/work.md`.
//!
//! A worker that dies loses its lease, not the job. What is handed in under a lease that was given to somebody else since is
//! thrown away; the same answer may come twice. The messages are the types of [`pixmo_cap::work::contract`].

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use pixmo_cap::work::contract::{Done, Extend, Failed, Job, KIND, LEASE_LOST, Lease, Leased};
use pixmo_schemas::annotation::TakeAudio;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::db::Tx;
use crate::http::{Json, Path, Problem, Worker};
use crate::kind::Kind;
use crate::takes::row::Row;

/// How long a lease holds unless it is renewed.
const LEASE_SECS: u64 = 300;
/// When it is worth asking again.
const RETRY_AFTER_SECS: u64 = 3;
/// The most jobs that one request leases.
const JOBS_MAX: u32 = 64;
/// A job that failed so often is given up.
const ATTEMPTS_MAX: i64 = 5;
/// How long a failed job waits for the second attempt; twice as long for each further one.
const PAUSE_MS: i64 = 15_000;
/// A transcript of the longest recording, word by word.
const TRANSCRIPT_BYTES_MAX: usize = 8 << 20;
/// The longest name of a worker, reason or message that is kept.
const TEXT_CHARS_MAX: usize = 300;

pub(crate) fn router() -> OpenApiRouter<App> {
    let done = OpenApiRouter::new().routes(routes!(done)).layer(DefaultBodyLimit::max(TRANSCRIPT_BYTES_MAX));
    OpenApiRouter::new()
        .routes(routes!(lease))
        .routes(routes!(audio))
        .routes(routes!(extend))
        .routes(routes!(failed))
        .merge(done)
}

/// Adds the job of a take that is whole.
pub(crate) async fn add(tx: &mut Tx, id: &str, take: &str, now_ms: i64) -> Result<(), Problem> {
    sqlx::query("INSERT INTO job (id, kind, take, status, created_ms) VALUES ($1, $2, $3, 'waiting', $4)")
        .bind(id)
        .bind(KIND)
        .bind(take)
        .bind(now_ms)
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes the job of a take back; whoever works on it hears so when they come.
pub(crate) async fn cancel(tx: &mut Tx, take: &str, now_ms: i64) -> Result<(), Problem> {
    sqlx::query(
        "UPDATE job SET status = 'cancelled', lease = NULL, ended_ms = $1 \
         WHERE take = $2 AND status IN ('waiting', 'leased')",
    )
    .bind(now_ms)
    .bind(take)
    .execute(tx)
    .await?;
    Ok(())
}

/// Jobs whose leases ran out wait again.
pub(crate) async fn sweep(app: App) -> Result<(), Problem> {
    let now_ms = app.context.now_ms();
    // Nobody asks the writer for nothing.
    let lapsed: (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM job WHERE status = 'leased' AND lease_until_ms < $1")
            .bind(now_ms)
            .fetch_one(app.db.reads())
            .await?;
    if lapsed.0 == 0 {
        return Ok(());
    }
    app.db
        .write("job.sweep", async move |tx| {
            // The lease stays known: whoever comes late is heard as long as nobody else has the job.
            sqlx::query("UPDATE job SET status = 'waiting' WHERE status = 'leased' AND lease_until_ms < $1")
                .bind(now_ms)
                .execute(&mut *tx)
                .await?;
            Ok(())
        })
        .await
}

/// Lease recordings to transcribe.
#[utoipa::path(
    post, path = "/jobs/lease", tag = "worker", request_body = Object,
    responses((status = 200, body = Object), (status = 403, description = "Another model is wanted"), (status = 422))
)]
async fn lease(
    State(app): State<App>,
    worker: Worker,
    Json(asked): Json<Value>,
) -> Result<Json<Leased>, Problem> {
    let asked: Lease = understand(asked)?;
    if asked.kind != KIND {
        return Err(Problem::invalid("kind", format!("`{}`, expected `{KIND}`", asked.kind)));
    }
    if let Some(wanted) = &app.settings.limits(Kind::Cap).transcription_model
        && asked.model.name != *wanted
        && asked.model.sha256 != *wanted
    {
        let found = &asked.model.name;
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "other_model",
            format!("this campaign wants the model `{wanted}`, not `{found}`"),
        )
        .hint(format!(
            "give the worker `{wanted}`, or change `transcription_model` in [annotate.kinds.cap]"
        )));
    }
    let now_ms = app.context.now_ms();
    let jobs_max = i64::from(asked.jobs_max.clamp(1, JOBS_MAX));
    let leases: Vec<String> = (0..jobs_max).map(|_| app.context.secret()).collect();
    let name = short(&format!("{} ({})", asked.worker, worker.name));
    let model = json!({"name": short(&asked.model.name), "sha256": short(&asked.model.sha256)});
    // Whoever finds nothing has written nothing.
    let waiting: Option<(String,)> = sqlx::query_as(
        "SELECT id FROM job WHERE kind = $1 AND status = 'waiting' AND not_before_ms <= $2 LIMIT 1",
    )
    .bind(KIND)
    .bind(now_ms)
    .fetch_optional(app.db.reads())
    .await?;
    if waiting.is_none() {
        return Ok(Json(Leased { jobs: Vec::new(), retry_after_secs: Some(RETRY_AFTER_SECS) }));
    }
    let jobs = app
        .db
        .write("job.lease", async move |tx| {
            let found: Vec<(String, String)> = sqlx::query_as(
                "SELECT id, take FROM job WHERE kind = $1 AND status = 'waiting' AND not_before_ms <= $2 \
                 ORDER BY created_ms, id LIMIT $3",
            )
            .bind(KIND)
            .bind(now_ms)
            .bind(jobs_max)
            .fetch_all(&mut *tx)
            .await?;
            let mut jobs = Vec::with_capacity(found.len());
            for ((id, take), lease) in found.into_iter().zip(&leases) {
                let Some(audio) = Row::find(&mut *tx, &take).await?.as_ref().and_then(audio_of) else {
                    cancel(&mut *tx, &take, now_ms).await?;
                    continue;
                };
                sqlx::query(
                    "UPDATE job SET status = 'leased', lease = $1, lease_until_ms = $2, attempts = attempts + 1, \
                     worker = $3 WHERE id = $4",
                )
                .bind(lease)
                .bind(now_ms + LEASE_SECS as i64 * 1000)
                .bind(&name)
                .bind(&id)
                .execute(&mut *tx)
                .await?;
                let detail = json!({"take": take, "model": model});
                crate::events::note(&mut *tx, now_ms, &format!("token:{}", worker.name), "job.lease", &id, &detail).await?;
                jobs.push(Job { id, lease: lease.clone(), lease_secs: LEASE_SECS, take, audio });
            }
            Ok(jobs)
        })
        .await?;
    let retry_after_secs = jobs.is_empty().then_some(RETRY_AFTER_SECS);
    Ok(Json(Leased { jobs, retry_after_secs }))
}

/// The recording of a job.
#[utoipa::path(
    get, path = "/jobs/{id}/audio", tag = "worker", params(("id" = String, Path)),
    responses((status = 200, content_type = "audio/webm"), (status = 404), (status = 410))
)]
async fn audio(State(app): State<App>, _worker: Worker, Path(id): Path<String>) -> Result<Response, Problem> {
    let found: Option<(String, String)> = sqlx::query_as("SELECT take, status FROM job WHERE id = $1")
        .bind(&id)
        .fetch_optional(app.db.reads())
        .await?;
    let (take, status) = found.ok_or_else(|| Problem::missing("job"))?;
    if status != "leased" && status != "waiting" {
        return Err(gone(&status));
    }
    let row = Row::find(app.db.reads(), &take).await?.ok_or_else(|| Problem::missing("take"))?;
    let bytes = crate::takes::audio::bytes_of(&app, &row).await?;
    let media_type = row.media_type.parse().unwrap_or(HeaderValue::from_static("application/octet-stream"));
    Ok(([(header::CONTENT_TYPE, media_type)], Body::from(bytes)).into_response())
}

/// Keep a job for longer.
#[utoipa::path(
    post, path = "/jobs/{id}/extend", tag = "worker", params(("id" = String, Path)), request_body = Object,
    responses((status = 204), (status = 404), (status = 409, description = "`lease_lost`"))
)]
async fn extend(
    State(app): State<App>,
    _worker: Worker,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Result<StatusCode, Problem> {
    let Extend { lease } = understand(body)?;
    let now_ms = app.context.now_ms();
    app.db
        .write("job.extend", async move |tx| {
            let job = held(&mut *tx, &id, &lease).await?;
            if job.status == "done" {
                return Err(lost());
            }
            sqlx::query("UPDATE job SET status = 'leased', lease_until_ms = $1 WHERE id = $2")
                .bind(now_ms + LEASE_SECS as i64 * 1000)
                .bind(&id)
                .execute(&mut *tx)
                .await?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// Hand a transcript in.
#[utoipa::path(
    post, path = "/jobs/{id}/done", tag = "worker", params(("id" = String, Path)), request_body = Object,
    responses(
        (status = 204, description = "Now or before"), (status = 404), (status = 409, description = "`lease_lost`"),
        (status = 422, description = "The transcript is of another recording"),
    )
)]
async fn done(
    State(app): State<App>,
    worker: Worker,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Result<StatusCode, Problem> {
    let Done { lease, mut transcript } = understand(body)?;
    // Where the worker had the file is nobody's business.
    transcript.file = String::new();
    let now_ms = app.context.now_ms();
    let text = serde_json::to_string(&transcript)?;
    let status = app
        .db
        .write("job.done", async move |tx| {
            let job = held(&mut *tx, &id, &lease).await?;
            if job.status == "done" {
                return Ok(StatusCode::NO_CONTENT);
            }
            let row = Row::find(&mut *tx, &job.take).await?.filter(|row| audio_of(row).is_some()).ok_or_else(lost)?;
            if row.sha256.as_deref() != Some(&transcript.sha256) {
                return Err(Problem::invalid("transcript.sha256", "the transcript is of another recording"));
            }
            sqlx::query("UPDATE job SET status = 'done', ended_ms = $1 WHERE id = $2")
                .bind(now_ms)
                .bind(&id)
                .execute(&mut *tx)
                .await?;
            sqlx::query(
                "UPDATE take SET transcript = $1, transcript_status = 'ready', transcript_ms = $2, transcript_model = $3 \
                 WHERE id = $4",
            )
            .bind(&text)
            .bind(now_ms)
            .bind(short(&transcript.model.name))
            .bind(&job.take)
            .execute(&mut *tx)
            .await?;
            let detail = json!({"take": job.take, "words": transcript.words.len()});
            crate::events::note(&mut *tx, now_ms, &format!("token:{}", worker.name), "job.done", &id, &detail).await?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await?;
    app.metrics.count("take_transcribed");
    if let Ok(voucher) = app.voucher() {
        voucher.wake();
    }
    Ok(status)
}

/// Say why there is no transcript.
#[utoipa::path(
    post, path = "/jobs/{id}/failed", tag = "worker", params(("id" = String, Path)), request_body = Object,
    responses((status = 204), (status = 404), (status = 409, description = "`lease_lost`"))
)]
async fn failed(
    State(app): State<App>,
    worker: Worker,
    Path(id): Path<String>,
    Json(body): Json<Value>,
) -> Result<StatusCode, Problem> {
    let Failed { lease, reason, message, may_retry } = understand(body)?;
    let now_ms = app.context.now_ms();
    let (reason, message) = (short(&reason), short(&message));
    let status = app
        .db
        .write("job.failed", async move |tx| {
            let job = held(&mut *tx, &id, &lease).await?;
            if job.status == "done" {
                return Err(lost());
            }
            let again = may_retry && job.attempts < ATTEMPTS_MAX;
            let doubled = job.attempts.clamp(1, 10) - 1;
            sqlx::query(
                "UPDATE job SET status = $1, lease = NULL, reason = $2, message = $3, not_before_ms = $4, ended_ms = $5 \
                 WHERE id = $6",
            )
            .bind(if again { "waiting" } else { "failed" })
            .bind(&reason)
            .bind(&message)
            .bind(now_ms + (PAUSE_MS << doubled))
            .bind((!again).then_some(now_ms))
            .bind(&id)
            .execute(&mut *tx)
            .await?;
            if !again {
                sqlx::query("UPDATE take SET transcript_status = 'failed' WHERE id = $1 AND transcript_status = 'waiting'")
                    .bind(&job.take)
                    .execute(&mut *tx)
                    .await?;
            }
            let detail = json!({"take": job.take, "reason": reason, "again": again});
            crate::events::note(&mut *tx, now_ms, &format!("token:{}", worker.name), "job.failed", &id, &detail).await?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await?;
    if let Ok(voucher) = app.voucher() {
        voucher.wake();
    }
    Ok(status)
}

/// A job as whoever holds its lease sees it.
struct Held {
    take: String,
    status: String,
    attempts: i64,
}

/// The job, if this is its lease; a lease that ran out holds until somebody else has one.
async fn held(tx: &mut Tx, id: &str, lease: &str) -> Result<Held, Problem> {
    let found: Option<(String, String, Option<String>, i64)> =
        sqlx::query_as("SELECT take, status, lease, attempts FROM job WHERE id = $1")
            .bind(id)
            .fetch_optional(tx)
            .await?;
    let (take, status, held, attempts) = found.ok_or_else(|| Problem::missing("job"))?;
    let is_same =
        held.is_some_and(|held| bool::from(subtle::ConstantTimeEq::ct_eq(held.as_bytes(), lease.as_bytes())));
    if is_same { Ok(Held { take, status, attempts }) } else { Err(lost()) }
}

fn lost() -> Problem {
    Problem::conflict(
        LEASE_LOST,
        "the lease was lost: the job was given to somebody else, or is not needed any more",
    )
}

fn gone(status: &str) -> Problem {
    Problem::new(StatusCode::GONE, LEASE_LOST, format!("the job is `{status}`"))
}

/// The recording of a take that is whole.
fn audio_of(row: &Row) -> Option<TakeAudio> {
    let sha256 = row.sha256.as_deref()?.parse().ok()?;
    (row.status == crate::takes::row::FINISHED).then(|| TakeAudio {
        sha256,
        bytes: row.bytes.unsigned_abs(),
        media_type: row.media_type.split(';').next().unwrap_or_default().to_owned(),
        codec: row.codec.clone(),
    })
}

/// A body that is one of the messages.
fn understand<T: serde::de::DeserializeOwned>(body: Value) -> Result<T, Problem> {
    serde_json::from_value(body).map_err(|error| Problem::invalid("body", error.to_string()))
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(TEXT_CHARS_MAX).collect()
}
