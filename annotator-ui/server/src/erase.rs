//! A person is erased: what they said, wrote and pointed at goes, and what has to stay says only a pseudonym.
//!
//! In this order, each step again if the server is killed in between: they are signed out for good; live pieces leave the
//! disk, recordings the store, receipts are taken back in the log; their rows lose every text ([`rows`]); their lines leave
//! the exported files, and tombstones say so to whoever builds datasets. What was paid stays, under the pseudonym. A proof
//! says what was done; it lies at `annotations/erasures/PERSON.json`.

mod rows;

use axum::extract::State;
use clap::Args;
use pixmo_console::{Console, Ending, Failure};
use pixmo_receipts::leaf::Reason;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::context::rfc3339;
use crate::export::{self, files};
use crate::http::{Json, Operator, Path, Problem};
use crate::kind::KINDS;
use crate::program::CampaignArgs;
use crate::takes::live::blocking;
use crate::takes::row::Row;
use crate::vouching::leaf_of;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(start))
}

/// What was done to erase a person.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Proof {
    /// The pseudonym, the one thing that is left.
    pub person: String,
    /// When it was asked for.
    pub asked_at: String,
    /// When it was done.
    pub done_at: String,
    /// The takes, with what became of them.
    pub takes: Vec<ErasedTake>,
    /// Answers whose content was deleted.
    pub answers: u64,
    /// Lines that were taken out of exported files.
    pub lines: u64,
    /// What is kept, and why.
    pub kept: Vec<String>,
    /// What this cannot reach.
    pub beyond: Vec<String>,
}

/// A take that was erased.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ErasedTake {
    /// Its name.
    pub take: String,
    /// The hash that the recording had; it is kept so that nobody hands the recording in again.
    pub audio_sha256: Option<String>,
    /// The entry of its receipt in the log, which opens to nothing any more.
    pub receipt_leaf: Option<u64>,
    /// The entry of the log that says so.
    pub tombstone: Option<u64>,
}

/// Where the proof is.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct Erased {
    proof: Proof,
}

/// Erase a person: recordings, texts, answers, login.
#[utoipa::path(post, path = "/admin/erase/{person}", tag = "operator", params(("person" = String, Path)),
    responses((status = OK, body = Erased, description = "The same again is answered the same"), (status = NOT_FOUND),
        (status = CONFLICT, description = "`busy`: an export is under way")))]
async fn start(
    State(app): State<App>,
    operator: Operator,
    Path(person): Path<String>,
) -> Result<Json<Erased>, Problem> {
    if operator.actor == person {
        return Err(Problem::conflict("yourself", "an operator does not erase themselves")
            .hint("let another operator do it"));
    }
    // On a task of its own: whoever asked may go away.
    let task = tokio::spawn(async move { run(&app, &person, &operator.actor).await });
    let proof = task.await.map_err(|error| Problem::bug(format!("an erasure: {error}")))??;
    Ok(Json(Erased { proof }))
}

/// Erasures that were begun and not ended.
pub(crate) async fn resume(app: App) -> Result<(), Problem> {
    let open: Vec<(String, String)> =
        sqlx::query_as("SELECT person, asked_by FROM erasure WHERE done_ms IS NULL")
            .fetch_all(app.db.reads())
            .await?;
    for (person, asked_by) in open {
        run(&app, &person, &asked_by).await?;
    }
    Ok(())
}

/// Erases a person.
pub(crate) async fn run(app: &App, person: &str, actor: &str) -> Result<Proof, Problem> {
    let known: Option<(Option<String>, i64)> =
        sqlx::query_as("SELECT proof, asked_ms FROM erasure WHERE person = $1")
            .bind(person)
            .fetch_optional(app.db.reads())
            .await?;
    if let Some((Some(proof), _)) = &known {
        return Ok(serde_json::from_str(proof)?);
    }
    // Begun before the files are waited for, so that the person is signed out at once and it is gone on with.
    let asked_ms = rows::begin(app, person, actor).await?;
    app.sessions.forget(person);
    let _turn = export::turn(app)?;
    let takes = forget_takes(app, person).await?;
    let lines = take_out_lines(app, person).await?;
    let answers = rows::blank(app, person).await?;
    for name in KINDS.iter().map(|kind| kind.name()).chain([export::ERASED]) {
        files::write(app, name).await?;
    }
    let now_ms = app.context.now_ms();
    let proof = Proof {
        person: person.to_owned(),
        asked_at: rfc3339(asked_ms),
        done_at: rfc3339(now_ms),
        takes,
        answers,
        lines,
        kept: [
            "what was paid and adjusted, under the pseudonym, as the law on accounts wants",
            "when consent was given and taken back, under the pseudonym, as proof of it",
            "what happened when (the audit), under the pseudonym, without any text",
            "hashes of recordings, so that nobody hands them in again",
        ]
        .map(str::to_owned)
        .to_vec(),
        beyond: [
            "backups that were made before: delete them, or erase the person again after restoring one",
            "datasets that were built before: build them again, then publish",
            "pages of PostgreSQL that it has not vacuumed yet, and its archive of changes, where one is kept",
            "copies that others made",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    let mut text = serde_json::to_vec_pretty(&proof)?;
    text.push(b'\n');
    let (location, name) = (app.annotations.clone(), format!("erasures/{person}.json"));
    blocking(move || location.put_atomic(&name, &text)).await?.map_err(|error| files::of_store(&error))?;
    app.db.scrub().await?;
    rows::end(app, person, actor, &proof, now_ms).await?;
    app.metrics.count("people_erased");
    Ok(proof)
}

/// Pieces, recordings and receipts of a person.
async fn forget_takes(app: &App, person: &str) -> Result<Vec<ErasedTake>, Problem> {
    let names: Vec<(String,)> =
        sqlx::query_as("SELECT id FROM take WHERE person = $1 ORDER BY granted_ms, id")
            .bind(person)
            .fetch_all(app.db.reads())
            .await?;
    let desk = app.takes_desk()?;
    let (mut erased, mut leaves) = (Vec::with_capacity(names.len()), Vec::new());
    for (name,) in names {
        let Some(row) = Row::find(app.db.reads(), &name).await? else { continue };
        let scrubbed = desk.spool.forget(&name, true).await;
        scrubbed
            .map_err(|error| Problem::unavailable("the spool cannot be written").cause(error.to_string()))?;
        if row.extension.is_some() {
            crate::takes::discard::forget_audio(app, &row).await?;
        }
        let leaf = leaf_of(&row);
        leaves.extend(leaf);
        erased.push(ErasedTake { take: name, audio_sha256: row.sha256, receipt_leaf: leaf, tombstone: None });
    }
    if !leaves.is_empty() {
        let taken = app.voucher()?.take_back(leaves, Reason::Withdrawn).await?;
        for take in &mut erased {
            let back = taken.iter().find(|back| Some(back.leaf) == take.receipt_leaf);
            take.tombstone = back.and_then(|back| back.tombstone);
        }
    }
    Ok(erased)
}

/// Lines of exported files that are the person's, or show what they pointed at.
async fn take_out_lines(app: &App, person: &str) -> Result<u64, Problem> {
    let assignments: Vec<(String,)> = sqlx::query_as("SELECT id FROM assignment WHERE person = $1")
        .bind(person)
        .fetch_all(app.db.reads())
        .await?;
    let theirs: std::collections::BTreeSet<String> = assignments.into_iter().map(|(id,)| id).collect();
    let is_wanted = |line: &[u8]| {
        let Ok(line) = serde_json::from_slice::<Value>(line) else { return false };
        let whose = line.get("person").or_else(|| line.get("work").and_then(|work| work.get("person")));
        let of = line.get("of").and_then(Value::as_str);
        whose.and_then(Value::as_str) == Some(person) || of.is_some_and(|of| theirs.contains(of))
    };
    let mut lines = 0;
    for kind in KINDS {
        lines += files::take_out(app, kind.name(), is_wanted).await?;
    }
    Ok(lines)
}

/// Erase a person: recordings, texts, answers, login
///
/// While the server runs, ask it instead: `POST /api/v1/admin/erase/PERSON`.
///
/// Example: pixmo-annotate erase p-23456789bcdfgh --campaign campaign.toml
#[derive(Debug, Args)]
pub(crate) struct EraseArgs {
    /// The pseudonym of the person
    #[arg(value_name = "PERSON")]
    person: String,
    #[command(flatten)]
    campaign: CampaignArgs,
}

/// The verb `erase`.
pub(crate) async fn command(console: &Console, args: &EraseArgs) -> Result<Ending, Failure> {
    let (name, settings) = args.campaign.read()?;
    let app = crate::program::open(&name, settings).await?;
    app.open_desks().await.map_err(|error| {
        Failure::from_error(pixmo_console::Kind::World, &error)
            .hint(format!("a server that runs erases by itself: POST /api/v1/admin/erase/{}", args.person))
    })?;
    let proof = run(&app, &args.person, "operator")
        .await
        .map_err(|problem| crate::program::failed("erase", &problem))?;
    let place = app.annotations.address_of(&format!("erasures/{}.json", args.person));
    console.say(format!("{}: {} takes and {} answers erased", args.person, proof.takes.len(), proof.answers));
    console.say(format!("proof: {place}"));
    let closing = app.clone();
    let closed = tokio::task::spawn_blocking(move || closing.close_desks()).await;
    closed.map_err(|error| Failure::world("cannot close spool and log").cause(&error))?;
    app.db.clone().close().await;
    Ok(Ending::Good)
}

/// What an erasure writes into the audit.
fn detail_of(proof: &Proof) -> Value {
    json!({ "takes": proof.takes.len(), "answers": proof.answers, "lines": proof.lines })
}
