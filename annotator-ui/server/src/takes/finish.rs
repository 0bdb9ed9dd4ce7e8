//! The end of a take: its pieces become one recording, which is measured and stored as it came.

use axum::extract::State;
use pixmo_receipts::chain::{Recorded, check_pace, links_text};
use pixmo_schemas::Sha256;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::grant::extension_of;
use super::live::{self, blocking};
use super::measure::{self, Findings, is_grave};
use super::row::{self, Row};
use super::view::{self, Take};
use crate::App;
use crate::http::{Annotator, Json, Path, Problem};
use crate::kind::Kind;

/// What the page believes to have sent.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Whole {
    /// How many pieces.
    pieces: u32,
    /// SHA-256 of all of them in a row, in hex.
    sha256: String,
}

/// How a recording came, as the row keeps it until its receipt is made.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Came {
    /// When the first piece came.
    pub(crate) started_ms: i64,
    /// When the last piece came.
    pub(crate) last_ms: i64,
    /// The pieces, in the compact form of receipts.
    pub(crate) links: String,
    /// The last hash of the chain.
    pub(crate) chain: Sha256,
}

/// End a take: what came is put together, measured, and stored.
#[utoipa::path(
    post, path = "/takes/{take}/finish", tag = "annotator", params(("take" = String, Path)), request_body = Whole,
    responses(
        (status = 200, body = Take, description = "With measures and problems; the same again is answered the same"),
        (status = 404),
        (status = 409, description = "`out_of_order` when pieces are missing, `hash_differs`, `not_recording`"),
        (status = 503, description = "Nothing is lost; ask again"),
    )
)]
pub(super) async fn finish(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(take): Path<String>,
    Json(whole): Json<Whole>,
) -> Result<Json<Take>, Problem> {
    let said = whole.sha256.parse::<Sha256>();
    let said = said.map_err(|_| Problem::invalid("sha256", "expected 64 hexadecimal digits"))?;
    let desk = app.takes_desk()?;
    let seat = desk.seat(&take, app.context.now_ms());
    let mut held = seat.held.lock().await;
    let row = Row::of_person(app.db.reads(), &take, &who.person).await?;
    if !row.is_live() {
        let is_same =
            row.pieces == i64::from(whole.pieces) && row.sha256.as_deref() == Some(&*said.to_string());
        drop(held);
        desk.leave(&take, &seat);
        if is_same && row.status != row::DISCARDED {
            return view::find(&app, &take).await.map(Json);
        }
        return Err(Problem::conflict("not_recording", format!("the take is `{}`", row.status))
            .with("status", row.status));
    }
    let kept = desk.spool.pieces(&take);
    if kept != whole.pieces || kept == 0 {
        let chain = desk.spool.last(&take).map(|last| last.chain.to_string());
        return Err(Problem::conflict(
            "out_of_order",
            format!("{kept} pieces are here, not {}", whole.pieces),
        )
        .hint("send the pieces that are missing first")
        .with("pieces", kept)
        .with("chain", chain));
    }
    // From here on the spool is what counts; whoever comes next makes the take from it again.
    *held = None;
    let decoder =
        desk.decoders.acquire().await.map_err(|_| Problem::unavailable("the server is stopping"))?;
    let (spool, store, limits) = (desk.spool.clone(), app.takes.clone(), app.settings.limits(Kind::Cap));
    let of = row.clone();
    let made = blocking(move || make(&spool, &store, &of, &limits, said)).await??;
    drop(decoder);
    write(&app, &row, &made).await?;
    // The row says that it is whole, so what is in the spool is only in the way; a restart clears it as well.
    if let Err(error) = desk.spool.forget(&take, false).await {
        tracing::warn!(%error, "cannot put away the pieces of a finished take");
    }
    drop(held);
    desk.leave(&take, &seat);
    app.metrics.count("take_finished");
    view::find(&app, &take).await.map(Json)
}

/// A recording with all that is known of it.
struct Made {
    recorded: Recorded,
    findings: Findings,
    is_late: bool,
}

/// Puts the pieces together, measures the whole, and stores it.
fn make(
    spool: &super::spool::Spool,
    store: &super::Store,
    row: &Row,
    limits: &crate::settings::KindLimits,
    said: Sha256,
) -> Result<Made, Problem> {
    let pieces = spool.read(&row.id).map_err(live::of_spool)?;
    let (recorder, _) = live::replay(row, &pieces).map_err(|error| {
        Problem::bug(format!("the pieces of take {} do not make a chain: {error}", row.id))
    })?;
    let recorded = recorder.finish();
    if recorded.audio != said {
        return Err(Problem::conflict(
            "hash_differs",
            "the pieces that are here have another sha256 than was said",
        )
        .hint("discard the take, or finish it with the hash of what was sent")
        .with("sha256", recorded.audio.to_string()));
    }
    let bytes: Vec<u8> = pieces.into_iter().flat_map(|piece| piece.bytes).collect();
    store
        .put(&recorded.audio, extension_of(&row.media_type), &bytes)
        .map_err(|error| Problem::unavailable("the recording cannot be stored").cause(error.to_string()))?;
    let findings = measure::look(bytes, limits);
    let duration_secs = findings.measures.as_ref().map_or(0.0, |measures| measures.duration_secs);
    let is_late = row.late || check_pace(&recorded.links, duration_secs).is_err();
    Ok(Made { recorded, findings, is_late })
}

async fn write(app: &App, row: &Row, made: &Made) -> Result<(), Problem> {
    let now_ms = app.context.now_ms();
    let job = app.context.id("j");
    let (take, person, media_type) = (row.id.clone(), row.person.clone(), row.media_type.clone());
    let Made { recorded, findings, is_late } = made;
    let came = Came {
        started_ms: recorded.started_at.as_millisecond(),
        last_ms: recorded.last_at.as_millisecond(),
        links: links_text(&recorded.links),
        chain: recorded.chain,
    };
    let (came, chain, sha256) =
        (serde_json::to_string(&came)?, recorded.chain.to_string(), recorded.audio.to_string());
    let (pieces, bytes) = (recorded.links.len() as i64, recorded.bytes as i64);
    let measures = findings.measures.as_ref().map(serde_json::to_string).transpose()?;
    let (codec, found, late) = (findings.codec.clone(), findings.problems.clone(), i64::from(*is_late));
    let last_ms = recorded.last_at.as_millisecond();
    app.db
        .write("take.finish", async move |tx| {
            let mut problems = found.clone();
            let before: Option<(String,)> =
                sqlx::query_as("SELECT take FROM claimed_audio WHERE sha256 = $1 AND take <> $2")
                    .bind(&sha256)
                    .bind(&take)
                    .fetch_optional(&mut *tx)
                    .await?;
            let same: Option<(String,)> = sqlx::query_as(
                "SELECT id FROM take WHERE sha256 = $1 AND id <> $2 AND status IN ('finished', 'erased') LIMIT 1",
            )
            .bind(&sha256)
            .bind(&take)
            .fetch_optional(&mut *tx)
            .await?;
            if before.is_some() || same.is_some() {
                problems.push(measure::problem("copy", "the same recording was handed in before".to_owned()));
            }
            let is_good = !problems.iter().any(is_grave);
            let status =
                if problems.iter().any(|problem| problem.code == "damaged") { row::FAILED } else { row::FINISHED };
            let transcript_status = if is_good { "waiting" } else { "none" };
            let changed = sqlx::query(
                "UPDATE take SET status = $1, codec = $2, extension = $3, finished_ms = $4, pieces = $5, bytes = $6, \
                 chain = $7, recorded = $8, sha256 = $9, measures = $10, problems = $11, late = $12, \
                 transcript_status = $13 WHERE id = $14 AND status IN ('granted', 'recording')",
            )
            .bind(status)
            .bind(&codec)
            .bind(extension_of(&media_type))
            .bind(now_ms)
            .bind(pieces)
            .bind(bytes)
            .bind(&chain)
            .bind(&came)
            .bind(&sha256)
            .bind(&measures)
            .bind(serde_json::to_string(&problems)?)
            .bind(late)
            .bind(transcript_status)
            .bind(&take)
            .execute(&mut *tx)
            .await?;
            if changed.rows_affected() == 0 {
                return Err(Problem::conflict("not_recording", "the take was ended meanwhile"));
            }
            if is_good {
                crate::jobs::add(&mut *tx, &job, &take, now_ms).await?;
            }
            let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
            let detail = json!({"pieces": pieces, "bytes": bytes, "late": late != 0, "problems": codes, "last_ms": last_ms});
            crate::events::note(tx, now_ms, &person, "take.finish", &take, &detail).await
        })
        .await
}
