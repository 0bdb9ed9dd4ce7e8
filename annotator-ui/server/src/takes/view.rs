//! A take as the page sees it.

use axum::extract::State;
use pixmo_audio::Measures;
use pixmo_cap::transcribe::TakeTranscript;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::row::Row;
use crate::App;
use crate::context::rfc3339;
use crate::http::{Json, Path, Problem, Who};
use crate::people::Role;

/// One attempt to speak about an image.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Take {
    /// Its name.
    pub take: String,
    /// `granted`, `recording`, `finished`, `discarded`, `failed` or `erased`.
    pub status: String,
    /// Whose hashes chain the pieces: 16 bytes in hex; while it can be recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// Until when the recording should begin; while it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// How long a piece should be.
    pub piece_ms: u32,
    /// The type under which it is recorded.
    pub media_type: String,
    /// Pieces that are kept.
    pub pieces: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The hash of the chain behind the last piece.
    pub chain: Option<String>,
    /// The hash of the whole, once it is.
    pub sha256: Option<String>,
    /// What was measured.
    pub measures: Option<TakeMeasures>,
    /// Whether it came too late for anybody to know when it was spoken.
    pub late: bool,
    /// What is wrong with it.
    pub problems: Vec<TakeProblem>,
    /// What was said.
    pub transcript: TakeText,
}

/// What was measured of a take.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TakeMeasures {
    /// How long it is.
    pub duration_secs: f64,
    /// How long somebody speaks.
    pub voiced_secs: f64,
    /// The level of all of it.
    pub level_dbfs: f64,
    /// The share of samples at the end of the scale, 0 to 1.
    pub clipping_ratio: f64,
    /// How far speech stands above noise.
    pub snr_db: Option<f64>,
}

/// Something that is wrong with a take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TakeProblem {
    /// `too_short`, `too_long`, `too_quiet`, `clipped`, `silent`, `damaged` or `copy`.
    pub code: String,
    /// What was found.
    pub message: String,
}

/// What was said in a take.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TakeText {
    /// `waiting`, `ready`, `failed` or `none`.
    pub status: String,
    /// What a model heard.
    pub raw: Option<RawText>,
    /// What the person made of it.
    pub corrected: Option<String>,
}

/// What a model heard.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RawText {
    /// The text.
    pub text: String,
    /// Word by word.
    pub words: Vec<RawWord>,
}

/// A word with its times.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RawWord {
    /// The word with its punctuation.
    pub word: String,
    /// From when, in seconds.
    pub from_secs: f64,
    /// Until when, in seconds.
    pub to_secs: f64,
    /// How sure the model is, 0 to 1.
    pub confidence: f64,
}

/// Pieces should be about this long.
const PIECE_MS: u32 = 1000;

/// A take and what was said in it.
#[utoipa::path(
    get, path = "/takes/{take}", tag = "person", params(("take" = String, Path)),
    responses((status = 200, body = Take), (status = 404))
)]
pub(super) async fn show(
    State(app): State<App>,
    who: Who,
    Path(take): Path<String>,
) -> Result<Json<Take>, Problem> {
    readable(&app, &who, &take).await?;
    find(&app, &take).await.map(Json)
}

/// The row of a take that somebody may see: their own, or anybody's for reviewers and operators.
pub(crate) async fn readable(app: &App, who: &Who, take: &str) -> Result<Row, Problem> {
    let row = Row::find(app.db.reads(), take).await?;
    let may_see = |row: &Row| row.person == who.person || who.is(Role::Reviewer) || who.is(Role::Operator);
    row.filter(may_see).ok_or_else(|| Problem::missing("take"))
}

/// A take by its name, with what is still in the spool.
pub(crate) async fn find(app: &App, take: &str) -> Result<Take, Problem> {
    let row = Row::find(app.db.reads(), take).await?.ok_or_else(|| Problem::missing("take"))?;
    of_row(app, row)
}

/// All takes of an assignment, the oldest first.
pub(crate) async fn of_assignment(app: &App, assignment: &str) -> Result<Vec<Take>, Problem> {
    let rows = Row::of_assignment(app.db.reads(), assignment).await?;
    rows.into_iter().map(|row| of_row(app, row)).collect()
}

fn of_row(app: &App, row: Row) -> Result<Take, Problem> {
    let (mut pieces, mut bytes, mut chain) =
        (row.pieces.unsigned_abs(), row.bytes.unsigned_abs(), row.chain.clone());
    if row.is_live()
        && let Ok(desk) = app.takes_desk()
        && let Some(last) = desk.spool.last(&row.id)
    {
        (pieces, bytes, chain) = (u64::from(last.pieces), last.bytes, Some(last.chain.to_string()));
    }
    let measures: Option<Measures> = row.measures.as_deref().map(serde_json::from_str).transpose()?;
    let raw = row.transcript.as_deref().map(serde_json::from_str::<TakeTranscript>).transpose()?;
    Ok(Take {
        nonce: row.is_live().then(|| row.nonce.clone()),
        expires_at: (row.status == super::row::GRANTED).then(|| rfc3339(row.expires_ms)),
        piece_ms: PIECE_MS,
        pieces,
        bytes,
        chain,
        sha256: row.sha256,
        measures: measures.map(|measures| TakeMeasures {
            duration_secs: measures.duration_secs,
            voiced_secs: measures.voiced_secs,
            level_dbfs: measures.level_dbfs,
            clipping_ratio: measures.clipping_ratio,
            snr_db: measures.snr_db,
        }),
        late: row.late,
        problems: serde_json::from_str(&row.problems)?,
        transcript: TakeText {
            status: row.transcript_status,
            raw: raw.map(|raw| RawText {
                text: raw.text,
                words: raw
                    .words
                    .into_iter()
                    .map(|word| RawWord {
                        word: word.text,
                        from_secs: word.start_secs,
                        to_secs: word.end_secs,
                        confidence: f64::from(word.confidence),
                    })
                    .collect(),
            }),
            corrected: row.corrected,
        },
        take: row.id,
        status: row.status,
        media_type: row.media_type,
    })
}
