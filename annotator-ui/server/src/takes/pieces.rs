//! The pieces of a take, as they come.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use pixmo_audio::kind;
use pixmo_receipts::chain::{BEGINNING, ChainError, PIECE_BYTES_MAX, Taken};
use pixmo_schemas::Sha256;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::grant::extension_of;
use super::live::{self, Live, time_of};
use super::row::{self, Row};
use super::spool::Piece;
use crate::App;
use crate::http::{Annotator, Json, Path, Problem};
use crate::kind::Kind;

/// The most bytes for each second that a recording may last: 16 bits of 32 kHz. Browsers send a twentieth of it.
const BYTES_A_SECOND_MAX: f64 = 64_000.0;
/// The header with the hash of the chain behind a piece.
const CHAIN: &str = "x-piece-chain";

/// How far a take has come.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Progress {
    /// Pieces that are kept.
    pieces: usize,
    /// The hash of the chain behind the last of them.
    chain: String,
}

/// Pieces are allowed to be larger than other bodies.
pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(keep)).layer(DefaultBodyLimit::max(PIECE_BYTES_MAX))
}

/// Keep a piece of a take; it is on the disk when this is answered.
#[utoipa::path(
    put, path = "/takes/{take}/pieces/{number}", tag = "annotator",
    params(
        ("take" = String, Path), ("number" = u32, Path, description = "From 0"),
        ("X-Piece-Chain" = String, Header,
         description = "Hex of SHA-256(hash behind the piece before, or 32 zero bytes; piece; nonce)"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 200, body = Progress, description = "Kept, now or before"),
        (status = 404), (status = 413), (status = 415, description = "The first piece is no recording of the type"),
        (status = 409, description = "`out_of_order` with `pieces` and `chain`, `chain_differs`, `not_recording`"),
        (status = 503, description = "Not kept; send it again"),
    )
)]
pub(super) async fn keep(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path((take, number)): Path<(String, u32)>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Progress>, Problem> {
    let body = body.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::too_large(format!("a piece has at most {PIECE_BYTES_MAX} bytes"))
        }
        _ => Problem::new(StatusCode::BAD_REQUEST, "cut_off", "the piece did not come whole")
            .hint("send it again"),
    })?;
    let claimed =
        headers.get(CHAIN).and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<Sha256>().ok());
    let claimed =
        claimed.ok_or_else(|| Problem::invalid("X-Piece-Chain", "expected 64 hexadecimal digits"))?;
    let desk = app.takes_desk()?;
    let seat = desk.seat(&take, app.context.now_ms());
    let mut held = seat.held.lock().await;
    // It is taken out while the piece is under way: should this request be dropped, the next makes it from the spool.
    let mut live = match held.take() {
        Some(live) => live,
        None => match open(&app, &take, &who.person).await {
            Ok(live) => live,
            Err(problem) => {
                drop(held);
                desk.leave(&take, &seat);
                return Err(problem);
            }
        },
    };
    if live.person != who.person {
        *held = Some(live);
        return Err(Problem::missing("take"));
    }
    let index = number as usize;
    if let Some(known) = live.chains.get(index) {
        // Sent once more, because the page did not hear that it came.
        let answer = if *known == claimed { Ok(progress(&live)) } else { Err(differs(&live, number)) };
        *held = Some(live);
        return answer.map(Json);
    }
    if let Err(problem) = check(&app, &live, index, &body) {
        *held = Some(live);
        return Err(problem);
    }
    let mut now_ms = app.context.now_ms();
    if !live.is_begun {
        let (nonce, grant) = begin(&app, &take, now_ms).await?;
        live.recorder = pixmo_receipts::chain::Recorder::new(nonce, grant, time_of(now_ms));
        live.is_begun = true;
    }
    // The clock of the machine may be set back a little; a recording is not lost for that.
    now_ms = now_ms.max(live.recorder.last_at().as_millisecond());
    match live.recorder.push(index, &body, &claimed, time_of(now_ms)) {
        Ok(Taken::New | Taken::Again) => {}
        Err(error) => {
            let problem = of_chain(&live, &error);
            *held = Some(live);
            return Err(problem);
        }
    }
    let piece = Piece { number, arrived_ms: now_ms, chain: claimed, bytes: body.to_vec() };
    desk.spool.keep(&take, piece).await.map_err(live::of_spool)?;
    live.chains.push(claimed);
    let answer = progress(&live);
    *held = Some(live);
    Ok(Json(answer))
}

async fn open(app: &App, take: &str, person: &str) -> Result<Live, Problem> {
    let row = Row::of_person(app.db.reads(), take, person).await?;
    if !row.is_live() {
        return Err(Problem::conflict("not_recording", format!("the take is `{}`", row.status))
            .with("pieces", row.pieces)
            .with("status", row.status.clone()));
    }
    live::stand_up(app, &row).await
}

/// What can be refused before anything is changed.
fn check(app: &App, live: &Live, number: usize, piece: &[u8]) -> Result<(), Problem> {
    if number != live.chains.len() {
        return Err(out_of_order(live));
    }
    if number == 0 {
        check_type(&live.media_type, piece)?;
    }
    let limits = app.settings.limits(Kind::Cap);
    let bytes_max = (limits.duration_secs_max * BYTES_A_SECOND_MAX) as u64;
    let bytes = live.recorder.bytes() + piece.len() as u64;
    if bytes > bytes_max {
        return Err(Problem::too_large(format!(
            "a recording has at most {bytes_max} bytes, this one {bytes}"
        ))
        .hint("finish the take; what came before is kept"));
    }
    Ok(())
}

/// Whether a recording begins as its type says.
fn check_type(media_type: &str, piece: &[u8]) -> Result<(), Problem> {
    let found = match kind::of(&piece[..piece.len().min(kind::BYTES)]) {
        kind::Kind::Audio(container) => container,
        kind::Kind::Other(what) => what,
        kind::Kind::Unknown => "nothing that is known",
    };
    let is_same = match extension_of(media_type) {
        "m4a" => matches!(found, "mp4" | "aac"),
        extension => found == extension,
    };
    if is_same {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "not_recording_type",
        format!("the first piece looks like {found}, expected `{media_type}`"),
    ))
}

/// Writes down that somebody speaks, before the first piece is kept: the nonce is then used.
async fn begin(
    app: &App,
    take: &str,
    now_ms: i64,
) -> Result<(pixmo_receipts::nonce::Nonce, pixmo_receipts::nonce::Grant), Problem> {
    let take = take.to_owned();
    app.db
        .write("take.begin", async move |tx| {
            let row = Row::find(&mut *tx, &take).await?.ok_or_else(|| Problem::missing("take"))?;
            if row.status != row::GRANTED {
                return Err(Problem::conflict("not_recording", format!("the take is `{}`", row.status)));
            }
            // Late, but spoken: what a page recorded while it had no network.
            let is_late = now_ms > row.expires_ms;
            sqlx::query("UPDATE take SET status = 'recording', begun_ms = $1, late = $2 WHERE id = $3")
                .bind(now_ms)
                .bind(i64::from(is_late))
                .bind(&take)
                .execute(&mut *tx)
                .await?;
            sqlx::query("UPDATE nonce SET used_ms = $1 WHERE take = $2 AND used_ms IS NULL")
                .bind(now_ms)
                .bind(&take)
                .execute(&mut *tx)
                .await?;
            row.promise()
        })
        .await
}

fn progress(live: &Live) -> Progress {
    let chain = live.chains.last().unwrap_or(&BEGINNING);
    Progress { pieces: live.chains.len(), chain: chain.to_string() }
}

fn out_of_order(live: &Live) -> Problem {
    let Progress { pieces, chain } = progress(live);
    Problem::conflict("out_of_order", format!("expected piece {pieces}"))
        .hint("go on from `pieces` and `chain`")
        .with("pieces", pieces)
        .with("chain", chain)
}

fn differs(live: &Live, number: u32) -> Problem {
    let Progress { pieces, chain } = progress(live);
    Problem::conflict("chain_differs", format!("the hash of piece {number} does not continue the chain"))
        .with("pieces", pieces)
        .with("chain", chain)
}

fn of_chain(live: &Live, error: &ChainError) -> Problem {
    match error {
        ChainError::Hash { number } => differs(live, u32::try_from(*number).unwrap_or(u32::MAX)),
        ChainError::Order { .. } => out_of_order(live),
        ChainError::Piece { .. } => Problem::invalid("body", error.to_string()),
        ChainError::Pieces => Problem::too_large(error.to_string()),
        other => Problem::bug(other.to_string()),
    }
}
