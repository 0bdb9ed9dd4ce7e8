//! The person makes the text of a take right; what the model heard stays beside it.

use axum::extract::State;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::row::{self, Row};
use super::view::{self, Take};
use crate::App;
use crate::http::{Annotator, Json, Path, Problem};
use crate::kind::Kind;
use crate::settings::Correction;

/// More than anybody says in the longest recording.
pub(super) const TEXT_CHARS_MAX: usize = 40_000;

/// What the person says that they said.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Corrected {
    /// The text.
    corrected: String,
}

/// Correct what the model heard.
#[utoipa::path(
    put, path = "/takes/{take}/transcript", tag = "annotator", params(("take" = String, Path)),
    request_body = Corrected,
    responses(
        (status = 200, body = Take), (status = 404), (status = 422),
        (status = 409, description = "`no_transcript` yet, `no_correction` in this campaign, `not_yours_now`"),
    )
)]
pub(super) async fn correct(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(take): Path<String>,
    Json(Corrected { corrected }): Json<Corrected>,
) -> Result<Json<Take>, Problem> {
    let now_ms = app.context.now_ms();
    let correction = app.settings.limits(Kind::Cap).correction;
    let (id, person, state) = (take.clone(), who.person, app.clone());
    app.db
        .write("take.correct", async move |tx| {
            let row = Row::of_person(&mut *tx, &id, &person).await?;
            // A lease that ran out, or work that was given back, is taken up again.
            crate::work::held(&state, &mut *tx, &person, &row.assignment).await?;
            set(&mut *tx, &row, &corrected, correction, now_ms).await?;
            let detail = json!({"chars": corrected.chars().count()});
            crate::events::note(tx, now_ms, &person, "take.correct", &id, &detail).await
        })
        .await?;
    view::find(&app, &take).await.map(Json)
}

/// Writes a correction down, if there can be one.
pub(super) async fn set(
    tx: &mut crate::db::Tx,
    row: &Row,
    corrected: &str,
    correction: Correction,
    now_ms: i64,
) -> Result<(), Problem> {
    if correction == Correction::Off {
        return Err(Problem::conflict("no_correction", "transcripts are not corrected in this campaign"));
    }
    let chars = corrected.chars().count();
    if corrected.trim().is_empty() || chars > TEXT_CHARS_MAX {
        let expected = format!("{chars} characters, expected 1 to {TEXT_CHARS_MAX} and not only blanks");
        return Err(Problem::invalid("corrected", expected));
    }
    if corrected.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Problem::invalid("corrected", "a control character that no text has"));
    }
    if row.status != row::FINISHED || row.transcript_status != "ready" {
        return Err(Problem::conflict("no_transcript", "there is nothing to correct yet")
            .hint("wait until `transcript.status` is `ready`"));
    }
    let held: Option<(String,)> = sqlx::query_as("SELECT status FROM assignment WHERE id = $1")
        .bind(&row.assignment)
        .fetch_optional(&mut *tx)
        .await?;
    if held.is_none_or(|(status,)| status != "leased") {
        return Err(Problem::conflict(
            "not_yours_now",
            "the take was handed in, or its task is somebody else's",
        ));
    }
    sqlx::query("UPDATE take SET corrected = $1, corrected_ms = $2 WHERE id = $3")
        .bind(corrected)
        .bind(now_ms)
        .bind(&row.id)
        .execute(&mut *tx)
        .await?;
    if let Some(leaf) = row.receipt_leaf {
        // It was returned to be made better. The receipt speaks of the other text, and is taken back when the take is
        // handed in again.
        sqlx::query("UPDATE take SET receipt = $1, receipt_leaf = NULL, receipt_sha256 = NULL WHERE id = $2")
            .bind(crate::vouching::stale(leaf.unsigned_abs()))
            .bind(&row.id)
            .execute(tx)
            .await?;
    }
    Ok(())
}
