//! Taking tasks in: a stream of lines, read, checked and written in batches.
//!
//! A task has a key, so the same file can be imported again after a cut connection: what is there is passed over. A line
//! that is wrong is refused with its number, and the others are taken.

use std::collections::{BTreeMap, HashSet};

use axum::body::{Body, HttpBody as _};
use axum::extract::{DefaultBodyLimit, State};
use futures::StreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{AssertSqlSafe, Row as _};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::line::{LINE_BYTES_MAX, TaskLine, Wrong};
use super::rank_of;
use super::state::{KindChange, note_kind};
use crate::App;
use crate::db::Tx;
use crate::events;
use crate::http::{Json, Operator, Problem, ProblemBody};
use crate::kind::Kind;

/// Tasks that are written together.
const BATCH_MAX: usize = 4_000;
/// Rows of one statement. SQLite looks for each value from the beginning of the list of all, so long statements are slow.
const ROWS_MAX: usize = 20;
/// Images that one question asks for, for the same reason.
const IMAGES_MAX: usize = 50;
/// Refused lines that are told.
const REFUSED_MAX: usize = 100;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(take_in)).layer(DefaultBodyLimit::disable())
}

/// What became of an import.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub(crate) struct Imported {
    /// Tasks that are new.
    pub imported: u64,
    /// Tasks that were there.
    pub already_there: u64,
    /// Lines that were refused.
    pub refused: u64,
    /// The first of them.
    pub refusals: Vec<Refused>,
}

/// A line that was refused.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Refused {
    /// Its number, from 1.
    pub line: u64,
    /// The field that is wrong.
    pub field: String,
    /// What is wrong.
    pub message: String,
}

/// A task that waits to be written.
#[derive(Debug)]
struct Ready {
    line: u64,
    kind: Kind,
    image: String,
    payload: String,
    key: i64,
    priority: i64,
    overlap: i64,
    order: Option<i64>,
    gold: Option<String>,
    made_from: Option<String>,
}

/// Takes tasks in: one JSON object on each line.
#[utoipa::path(post, path = "/admin/tasks", tag = "operator",
    request_body(content = String, content_type = "application/x-ndjson"),
    responses((status = OK, body = Imported), (status = "4XX", body = ProblemBody)))]
async fn take_in(State(app): State<App>, operator: Operator, body: Body) -> Result<Json<Imported>, Problem> {
    if body.size_hint().exact() == Some(0) {
        return Err(Problem::invalid("body", "expected one task on each line"));
    }
    import(&app, &operator.actor, body).await.map(Json)
}

/// Takes in the tasks of a stream of bytes.
///
/// # Errors
/// When the stream breaks off or the database is away: what was taken in until then holds, and the same can be imported
/// again.
pub(crate) async fn import(app: &App, actor: &str, body: Body) -> Result<Imported, Problem> {
    let mut stream = body.into_data_stream();
    let mut desk = Desk {
        app,
        batch: app.context.id("b"),
        waiting: Vec::with_capacity(BATCH_MAX),
        known: HashSet::new(),
        imported: Imported::default(),
        line: 0,
    };
    let mut rest: Vec<u8> = Vec::new();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|error| {
            Problem::new(
                axum::http::StatusCode::BAD_REQUEST,
                "cut_off",
                format!("the stream broke off: {error}"),
            )
            .hint("import the same again; what is there is passed over")
        })?;
        let mut from = 0;
        while let Some(length) = piece[from..].iter().position(|byte| *byte == b'\n') {
            let end = from + length;
            if rest.is_empty() {
                desk.line(&piece[from..end]).await?;
            } else {
                rest.extend_from_slice(&piece[from..end]);
                desk.line(&std::mem::take(&mut rest)).await?;
            }
            from = end + 1;
        }
        rest.extend_from_slice(&piece[from..]);
        if rest.len() > LINE_BYTES_MAX {
            return Err(Problem::too_large(format!(
                "line {} is longer than {LINE_BYTES_MAX} bytes",
                desk.line + 1
            )));
        }
    }
    desk.line(&rest).await?;
    desk.flush().await?;
    let imported = desk.imported;
    let (now, actor) = (app.context.now_ms(), actor.to_owned());
    let detail = json!({
        "imported": imported.imported, "already_there": imported.already_there, "refused": imported.refused
    });
    let batch = desk.batch.clone();
    app.db
        .write("tasks.noted", async move |tx| {
            events::note(tx, now, &actor, "tasks.import", &batch, &detail).await
        })
        .await?;
    app.cursors.begin_again();
    Ok(imported)
}

/// An import under way.
struct Desk<'a> {
    app: &'a App,
    batch: String,
    waiting: Vec<Ready>,
    /// Images that are known to be there.
    known: HashSet<String>,
    imported: Imported,
    line: u64,
}

impl Desk<'_> {
    fn refuse(&mut self, line: u64, Wrong { field, message }: Wrong) {
        self.imported.refused += 1;
        if self.imported.refusals.len() < REFUSED_MAX {
            self.imported.refusals.push(Refused { line, field: field.to_owned(), message });
        }
    }

    async fn line(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.line += 1;
        let bytes = bytes.trim_ascii();
        if bytes.is_empty() {
            return Ok(());
        }
        match self.ready(bytes) {
            Ok(ready) => self.waiting.push(ready),
            Err(wrong) => self.refuse(self.line, wrong),
        }
        if self.waiting.len() >= BATCH_MAX { self.flush().await } else { Ok(()) }
    }

    fn ready(&self, bytes: &[u8]) -> Result<Ready, Wrong> {
        let task = TaskLine::read(bytes)?;
        let payload = task.payload()?;
        let overlap = task.overlap.unwrap_or_else(|| self.app.settings.limits(task.kind).overlap);
        Ok(Ready {
            line: self.line,
            kind: task.kind,
            key: task.key_bits(&payload),
            payload,
            priority: task.priority,
            overlap: i64::from(overlap),
            order: task.order,
            gold: task.gold.as_ref().map(ToString::to_string),
            made_from: task.made_from,
            image: task.image,
        })
    }

    async fn flush(&mut self) -> Result<(), Problem> {
        let mut waiting = std::mem::take(&mut self.waiting);
        self.waiting.reserve(BATCH_MAX);
        self.learn_images(&waiting).await?;
        let (ready, unknown): (Vec<Ready>, Vec<Ready>) =
            waiting.drain(..).partition(|task| self.known.contains(&task.image));
        for task in unknown {
            let message = format!("the campaign has no image `{}`: import the images first", task.image);
            self.refuse(task.line, Wrong { field: "image", message });
        }
        if ready.is_empty() {
            return Ok(());
        }
        let (asked, now, batch) = (ready.len() as u64, self.app.context.now_ms(), self.batch.clone());
        let write = async move |tx: &mut Tx| insert(tx, &ready, &batch, now).await;
        let imported = self.app.db.write("tasks.import", write).await?;
        self.imported.imported += imported;
        self.imported.already_there += asked - imported;
        Ok(())
    }

    /// Which images of a batch the campaign has.
    async fn learn_images(&mut self, waiting: &[Ready]) -> Result<(), Problem> {
        let mut new: Vec<&str> = waiting.iter().map(|task| task.image.as_str()).collect();
        new.sort_unstable();
        new.dedup();
        new.retain(|image| !self.known.contains(*image));
        if self.known.len() > 1_000_000 {
            // Enough to tell repeated images of neighbouring tasks, without growing with the import.
            self.known.clear();
        }
        for images in new.chunks(IMAGES_MAX) {
            let places = (1..=images.len()).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ");
            let sql = format!("SELECT sha256 FROM image WHERE sha256 IN ({places})");
            let mut query = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql));
            for image in images {
                query = query.bind(*image);
            }
            self.known.extend(query.fetch_all(self.app.db.reads()).await?);
        }
        Ok(())
    }
}

/// Values of a row.
const COLUMNS: usize = 13;

/// The statement that writes so many rows.
fn statement(rows: usize) -> String {
    let row = |row: usize| {
        let values = (1..=COLUMNS).map(|column| format!("${}", row * COLUMNS + column));
        format!("({}, 1)", values.collect::<Vec<_>>().join(", "))
    };
    format!(
        "INSERT INTO task (id, kind, image, payload, key, batch, priority, order_key, rank, overlap, gold, made_from, \
         created_ms, open) VALUES {} ON CONFLICT (key) DO NOTHING",
        (0..rows).map(row).collect::<Vec<_>>().join(", ")
    )
}

/// Writes tasks and the counters of their kinds; how many were new.
async fn insert(tx: &mut Tx, tasks: &[Ready], batch: &str, now: i64) -> Result<u64, Problem> {
    let first: i64 =
        sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM task").fetch_one(&mut *tx).await?;
    let whole = statement(ROWS_MAX);
    let mut inserted = 0;
    for (chunk_number, chunk) in tasks.chunks(ROWS_MAX).enumerate() {
        let sql = if chunk.len() == ROWS_MAX { whole.clone() } else { statement(chunk.len()) };
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(chunk.len() == ROWS_MAX);
        for (number, task) in chunk.iter().enumerate() {
            let id = first + (chunk_number * ROWS_MAX + number) as i64;
            let order = task.order.unwrap_or(id);
            query = query
                .bind(id)
                .bind(task.kind.name())
                .bind(task.image.as_str())
                .bind(task.payload.as_str())
                .bind(task.key)
                .bind(batch)
                .bind(task.priority)
                .bind(order)
                .bind(rank_of(task.priority, order))
                .bind(task.overlap)
                .bind(task.gold.as_deref())
                .bind(task.made_from.as_deref())
                .bind(now);
        }
        inserted += query.execute(&mut *tx).await?.rows_affected();
    }
    // Counted from what was written, since some were there already; they stand at the end of the table.
    let counted = sqlx::query(
        "SELECT kind, COUNT(*) AS tasks, CAST(SUM(CASE WHEN gold IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS gold \
         FROM task WHERE id >= $1 GROUP BY kind",
    )
    .bind(first)
    .fetch_all(&mut *tx)
    .await?;
    let mut changes = BTreeMap::new();
    for row in counted {
        let kind: String = row.try_get("kind")?;
        let kind: Kind = kind.parse().map_err(|error| Problem::bug(format!("{error}")))?;
        let (tasks, gold): (i64, i64) = (row.try_get("tasks")?, row.try_get("gold")?);
        changes.insert(kind, KindChange { tasks, gold, open: tasks, ..KindChange::default() });
    }
    for (kind, change) in changes {
        note_kind(tx, kind, change).await?;
    }
    Ok(inserted)
}
