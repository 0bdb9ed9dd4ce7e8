//! Backup while people work, and going on from one in an empty place.
//!
//! A backup is a folder, on a disk or in an object store:
//!
//! ```text
//! backup.json          what is in it; written last, so a backup without it is none
//! rows/000001.jsonl    every row of the database, as it was at one moment
//! takes/ images/       the store, under the same names
//! annotations/         what was exported
//! log/                 the log of receipts
//! receipts.pem         the key that signs them, only if it was asked for
//! ```
//!
//! `rows/` knows no database: a line `{"table":"take","columns":["id",…]}`, then an array for each row with whole
//! numbers, numbers, texts and `null`, and `{"end":N}` after the last of all. So a campaign can move from SQLite to PostgreSQL
//! and back. The rows are read in one transaction, before everything else: what they speak of is in the store. Made again into the
//! same place, a backup copies only what is new. Pieces of takes that are being spoken are not in it: pages send them again.

mod objects;
mod restore;
mod rows;

use std::path::PathBuf;

use axum::extract::State;
use clap::Args;
use pixmo_console::{Console, Ending, Failure, env};
use pixmo_shards::Location;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::context::rfc3339;
use crate::export::files::of_store;
use crate::http::{Json, Operator, Problem};
use crate::program::CampaignArgs;
use crate::takes::live::blocking;

pub use restore::run as restore_from;
pub(crate) use restore::{RestoreArgs, command as restore};

/// The file that makes a folder a backup.
const MANIFEST: &str = "backup.json";
/// The rows.
const ROWS: &str = "rows";
/// The key that signs receipts.
const KEY: &str = "receipts.pem";
/// The form of a backup.
const VERSION: u32 = 1;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(start))
}

/// Where a backup goes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Into {
    /// A folder of the server's machine, or `s3://bucket/prefix`.
    into: String,
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the backup.
    pub version: u32,
    /// The campaign.
    pub campaign: String,
    /// When its rows were read.
    pub at: String,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// The files of rows, in order.
    pub rows_files: Vec<RowsFile>,
    /// Files of the store and the log by folder.
    pub objects: BTreeMap<String, u64>,
    /// Bytes altogether.
    pub bytes: u64,
    /// Whether the key that signs receipts is in it.
    pub has_key: bool,
}

/// A file of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RowsFile {
    /// Its name in the backup.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

/// A backup that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct Made {
    /// Where it is.
    into: String,
    /// Its bytes.
    bytes: u64,
    /// What is in it.
    manifest: Manifest,
}

/// Make a backup; people go on working.
#[utoipa::path(post, path = "/admin/backup", tag = "operator", request_body = Into,
    responses((status = OK, body = Made), (status = 409, description = "`busy`: an export is under way"), (status = 422)))]
async fn start(
    State(app): State<App>,
    operator: Operator,
    Json(Into { into }): Json<Into>,
) -> Result<Json<Made>, Problem> {
    // On a task of its own: whoever asked may go away.
    let task = tokio::spawn(async move {
        let manifest = run(&app, &into, false, &operator.actor).await?;
        Ok(Json(Made { into, bytes: manifest.bytes, manifest }))
    });
    task.await.map_err(|error| Problem::bug(format!("a backup: {error}")))?
}

/// Makes a backup.
pub(crate) async fn run(app: &App, into: &str, with_key: bool, actor: &str) -> Result<Manifest, Problem> {
    let wrong = |error: pixmo_shards::LocationError| Problem::invalid("into", error.to_string());
    let place = Location::parse(into, &env::object_store_options()).map_err(wrong)?;
    let _turn = crate::export::turn(app)?;
    let at_ms = app.context.now_ms();
    let checked = place.clone();
    let writable = blocking(move || {
        checked.check_writable()?;
        // From here on, until it is written again, this is no backup.
        checked.delete(MANIFEST)
    });
    writable.await?.map_err(|error| Problem::invalid("into", error.to_string()).hint(error.hint()))?;
    let (rows, rows_files) = rows::save(app, &place).await?;
    let mut bytes: u64 = rows_files.iter().map(|file| file.bytes).sum();
    let mut objects = BTreeMap::new();
    let stores = [
        ("takes", app.takes.location().clone(), true),
        ("images", app.images.location().clone(), true),
        ("annotations", app.annotations.clone(), false),
    ];
    for (name, from, is_by_hash) in stores {
        let place = place.clone();
        let (count, copied) = blocking(move || objects::copy(&from, "", &place, name, is_by_hash))
            .await?
            .map_err(|error| of_store(&error))?;
        objects.insert(name.to_owned(), count);
        bytes += copied;
    }
    let log = app.voucher()?.log().to_owned();
    let into_log = place.clone();
    // The log stands still meanwhile, and holds every receipt of which the rows know.
    let copied =
        app.voucher()?.while_still(move || objects::copy(&Location::local(log), "", &into_log, "log", false));
    let (count, copied) = copied.await?.map_err(|error| of_store(&error))?;
    objects.insert("log".to_owned(), count);
    bytes += copied;
    let (manifest, key) = (
        Manifest {
            version: VERSION,
            campaign: app.campaign.clone(),
            at: rfc3339(at_ms),
            rows,
            rows_files,
            objects,
            bytes,
            has_key: with_key,
        },
        PathBuf::from(&app.settings.receipts_key),
    );
    let mut text = serde_json::to_vec_pretty(&manifest)?;
    text.push(b'\n');
    let written = blocking(move || {
        if with_key {
            let bytes = std::fs::read(&key).map_err(|error| {
                pixmo_shards::LocationError::from_io("read", key.display().to_string(), error)
            })?;
            place.put_atomic(KEY, &bytes)?;
        }
        place.put_atomic(MANIFEST, &text)
    });
    written.await?.map_err(|error| of_store(&error))?;
    let (actor, detail) = (actor.to_owned(), json!({ "bytes": manifest.bytes, "objects": manifest.objects }));
    app.db
        .write("backup.note", async move |tx| {
            crate::events::note(tx, at_ms, &actor, "backup.make", "backup", &detail).await
        })
        .await?;
    Ok(manifest)
}

/// Make a backup: every row, recording, image and receipt
///
/// While the server runs, ask it instead: `POST /api/v1/admin/backup`. The key that signs receipts is not in a backup unless
/// it is asked for; without it the log of receipts cannot be gone on with, so keep a copy of it apart.
///
/// Example: pixmo-annotate backup /mnt/backup/spring --campaign campaign.toml
#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// A folder, or `s3://bucket/prefix`
    #[arg(value_name = "INTO")]
    into: String,
    /// Put the key that signs receipts into it
    #[arg(long)]
    with_key: bool,
    #[command(flatten)]
    campaign: CampaignArgs,
}

/// The verb `backup`.
pub(crate) async fn command(console: &Console, args: &BackupArgs) -> Result<Ending, Failure> {
    let (name, settings) = args.campaign.read()?;
    let app = crate::program::open(&name, settings).await?;
    app.open_desks().await.map_err(|error| {
        Failure::from_error(pixmo_console::Kind::World, &error)
            .hint("a server that runs makes a backup by itself: POST /api/v1/admin/backup with {\"into\": …}")
    })?;
    let manifest = run(&app, &args.into, args.with_key, "operator").await;
    let manifest = manifest.map_err(|problem| crate::program::failed("make a backup", &problem))?;
    let rows: u64 = manifest.rows.values().sum();
    let objects: u64 = manifest.objects.values().sum();
    console.say(format!("{rows} rows and {objects} files are in `{}`", args.into));
    if !manifest.has_key {
        console.say(format!("the key `{}` is not: keep a copy of it apart", app.settings.receipts_key));
    }
    let closing = app.clone();
    let closed = tokio::task::spawn_blocking(move || closing.close_desks()).await;
    closed.map_err(|error| Failure::world("cannot close spool and log").cause(&error))?;
    app.db.clone().close().await;
    Ok(Ending::Good)
}
