//! Export: what was decided goes into files of JSON lines, from which datasets are built.
//!
//! ```text
//! annotations/cap/000001.jsonl          lines of `TakeAnnotation`
//! annotations/points/000001.jsonl       … of `schemas::annotation_points`, and so for each kind
//! annotations/erased.jsonl              what holds no more
//! ```
//!
//! Lines are only ever added: each gets a number in the database first ([`plan`]), then all that have none in a file yet are
//! written in that order ([`files`]), and then it is noted how far the files go. Whoever is killed in between writes the same
//! bytes again, and an export with nothing new changes nothing. Of several lines about one answer the last one holds. Only
//! [`crate::erase`] takes lines out.

pub(crate) mod files;
mod line;
mod plan;

use std::collections::BTreeMap;

use axum::extract::State;
use pixmo_console::{Console, Ending, Failure};
use pixmo_shards::{Hold, Lock};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::context::rfc3339;
use crate::http::{Json, Operator, Problem};
use crate::kind::KINDS;
use crate::program::CampaignArgs;

pub(crate) use plan::{again, changed, next_of, tombstone};

/// The pseudo-kind of tombstones.
pub(crate) const ERASED: &str = "erased";
/// What the audit calls it.
const SUBJECT: &str = "export";

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(start)).routes(routes!(list))
}

/// What an export wrote.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Exported {
    /// When.
    pub at: String,
    /// By kind.
    pub kinds: Vec<ExportedKind>,
    /// `finished`.
    pub status: String,
}

/// What an export wrote of one kind.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ExportedKind {
    /// The kind of work, or `erased`.
    pub kind: String,
    /// Lines that are new.
    pub lines: u64,
    /// Bytes that are new.
    pub bytes: u64,
    /// The newest file, below `annotations/`.
    pub file: Option<String>,
}

/// All exports, the newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct Exports {
    exports: Vec<Exported>,
}

/// Export everything that was decided and is not exported yet.
#[utoipa::path(post, path = "/admin/export", tag = "operator",
    responses((status = OK, body = Exported), (status = CONFLICT, description = "`busy`: one is under way")))]
async fn start(State(app): State<App>, operator: Operator) -> Result<Json<Exported>, Problem> {
    // On a task of its own: whoever asked may go away.
    let task = tokio::spawn(async move { run(&app, &operator.actor).await });
    task.await.map_err(|error| Problem::bug(format!("an export: {error}")))?.map(Json)
}

/// The newest exports.
#[utoipa::path(get, path = "/admin/exports", tag = "operator", responses((status = OK, body = Exports)))]
async fn list(State(app): State<App>, _operator: Operator) -> Result<Json<Exports>, Problem> {
    let events: Vec<(String,)> =
        sqlx::query_as("SELECT detail FROM event WHERE subject = $1 ORDER BY id DESC LIMIT 50")
            .bind(SUBJECT)
            .fetch_all(app.db.reads())
            .await?;
    let exports =
        events.iter().map(|(detail,)| Ok(serde_json::from_str(detail)?)).collect::<Result<_, Problem>>()?;
    Ok(Json(Exports { exports }))
}

/// Holds the files of exports for one writer at a time, in whichever process.
pub(crate) fn turn(app: &App) -> Result<Lock, Problem> {
    let lock = Lock::attempt(&app.folder.join("export.lock"), Hold::Alone);
    let lock = lock.map_err(|error| Problem::bug(error.to_string()))?;
    lock.ok_or_else(|| {
        Problem::conflict("busy", "an export or an erasure is under way").hint("try again in a moment")
    })
}

/// Exports what is new.
pub(crate) async fn run(app: &App, actor: &str) -> Result<Exported, Problem> {
    let _turn = turn(app)?;
    let mut kinds = Vec::new();
    for kind in KINDS {
        plan::plan(app, kind).await?;
    }
    let mut names: Vec<&str> = KINDS.iter().map(|kind| kind.name()).collect();
    names.push(ERASED);
    for name in names {
        kinds.push(files::write(app, name).await?);
    }
    let now_ms = app.context.now_ms();
    let exported = Exported { at: rfc3339(now_ms), kinds, status: "finished".to_owned() };
    let is_news = exported.kinds.iter().any(|kind| kind.lines > 0);
    if is_news {
        let (detail, actor) = (json!(exported), actor.to_owned());
        app.db
            .write("export.note", async move |tx| {
                crate::events::note(tx, now_ms, &actor, "export.run", SUBJECT, &detail).await
            })
            .await?;
    }
    app.metrics.count("exports");
    Ok(exported)
}

/// The verb `export`.
pub(crate) async fn command(console: &Console, args: &CampaignArgs) -> Result<Ending, Failure> {
    let (name, settings) = args.read()?;
    let app = crate::program::open(&name, settings).await?;
    let exported =
        run(&app, "operator").await.map_err(|problem| crate::program::failed("export", &problem))?;
    let mut lines = BTreeMap::new();
    for kind in exported.kinds.iter().filter(|kind| kind.lines > 0) {
        lines.insert(kind.kind.as_str(), kind.lines);
    }
    if lines.is_empty() {
        console.say("nothing is new since the last export");
    }
    for (kind, lines) in lines {
        console.say(format!("{kind}: {lines} lines"));
    }
    console.say(format!("exported into {}", app.annotations.address()));
    app.db.clone().close().await;
    Ok(Ending::Good)
}
