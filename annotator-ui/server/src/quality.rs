//! How good somebody's work of a kind is: the mean of the newest scores, and what follows from it.
//!
//! Scores come from gold tasks (0 to 1), from reviewers (approved 1, returned a half, rejected 0) and from those who verify
//! points (how far they agree). Below `hold_below` of `[annotate.quality]` somebody gets no more work of that kind until an
//! operator has looked.

use pixmo_cap::transcribe::TakeTranscript;
use serde_json::json;

use crate::App;
use crate::agreement;
use crate::db::Tx;
use crate::events;
use crate::gold::{self, Scored};
use crate::http::Problem;
use crate::kind::Kind;

/// Transcripts of others with which a new one is compared.
const COMPARED_MAX: i64 = 200;
/// Words of a row when copies are looked for.
const ROW_WORDS: usize = 5;

/// Adds a score.
pub(crate) async fn note(
    app: &App,
    tx: &mut Tx,
    person: &str,
    kind: Kind,
    score: f64,
    now_ms: i64,
) -> Result<(), Problem> {
    let settings = &app.settings.quality;
    let before: Option<(String, i64)> =
        sqlx::query_as("SELECT recent, held FROM quality WHERE person = $1 AND kind = $2")
            .bind(person)
            .bind(kind.name())
            .fetch_optional(&mut *tx)
            .await?;
    let (recent, was_held) = before.unwrap_or_else(|| ("[]".to_owned(), 0));
    let mut recent: Vec<f64> = serde_json::from_str(&recent)?;
    recent.push(score.clamp(0.0, 1.0));
    let surplus = recent.len().saturating_sub(settings.window.max(1) as usize);
    recent.drain(..surplus);
    let mean = recent.iter().sum::<f64>() / recent.len() as f64;
    let falls = recent.len() >= settings.scores_min as usize && mean < settings.hold_below;
    let held = i64::from(was_held == 1 || falls);
    sqlx::query(
        "INSERT INTO quality (person, kind, score, of, held, recent, updated_ms) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (person, kind) DO UPDATE SET score = $3, of = $4, held = $5, recent = $6, updated_ms = $7",
    )
    .bind(person)
    .bind(kind.name())
    .bind(mean)
    .bind(recent.len() as i64)
    .bind(held)
    .bind(serde_json::to_string(&recent)?)
    .bind(now_ms)
    .execute(&mut *tx)
    .await?;
    if was_held == 0 && held == 1 {
        let detail = json!({ "kind": kind, "score": mean, "of": recent.len() });
        events::note(tx, now_ms, "server", "person.hold_kind", person, &detail).await?;
    }
    Ok(())
}

/// Lets somebody work at a kind again, with a clean sheet.
pub(crate) async fn release(tx: &mut Tx, person: &str, kind: Kind, now_ms: i64) -> Result<bool, Problem> {
    let done = sqlx::query(
        "UPDATE quality SET held = 0, recent = '[]', updated_ms = $1 WHERE person = $2 AND kind = $3 AND held = 1",
    )
    .bind(now_ms)
    .bind(person)
    .bind(kind.name())
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The score of somebody's work of a kind, if there is one.
pub(crate) async fn score_of(tx: &mut Tx, person: &str, kind: Kind) -> Result<Option<f64>, Problem> {
    Ok(sqlx::query_scalar("SELECT score FROM quality WHERE person = $1 AND kind = $2")
        .bind(person)
        .bind(kind.name())
        .fetch_optional(tx)
        .await?)
}

/// What was said: as the person made it, or as it was heard.
fn transcript_text(transcript: &str, corrected: Option<&str>) -> Result<String, Problem> {
    if let Some(corrected) = corrected {
        return Ok(corrected.to_owned());
    }
    Ok(serde_json::from_str::<TakeTranscript>(transcript)?.text)
}

/// Looks at spoken answers whose transcript came: how much and how fast was said, how much of it stands in what others said
/// of other images, and what it is worth if the task is gold.
pub(crate) async fn sweep(app: App) -> Result<(), Problem> {
    let rows: Vec<(String, i64, String, Option<String>, String, Option<String>, String, Option<String>)> = sqlx::query_as(
        "SELECT a.id, a.task, a.person, t.measures, t.transcript, t.corrected, t.image, k.gold FROM take t \
         JOIN assignment a ON a.id = t.assignment JOIN task k ON k.id = a.task \
         WHERE t.transcript_status = 'ready' AND t.transcript IS NOT NULL AND a.submitted_ms IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM signal s WHERE s.assignment = a.id AND s.name = 'words') \
         ORDER BY a.submitted_ms LIMIT 50",
    )
    .fetch_all(app.db.reads())
    .await?;
    for (assignment, task, person, measures, transcript, corrected, image, gold) in rows {
        let text = transcript_text(&transcript, corrected.as_deref())?;
        let words = agreement::words_of(&text).count();
        let voiced = measures
            .as_deref()
            .map(serde_json::from_str::<serde_json::Value>)
            .transpose()?
            .and_then(|measures| measures["voiced_secs"].as_f64())
            .filter(|secs| *secs > 0.0);
        let others: Vec<(String, Option<String>)> = sqlx::query_as(
            "SELECT transcript, corrected FROM take WHERE transcript_status = 'ready' AND transcript IS NOT NULL \
             AND image <> $1 AND assignment <> $2 ORDER BY transcript_ms DESC LIMIT $3",
        )
        .bind(&image)
        .bind(&assignment)
        .bind(COMPARED_MAX)
        .fetch_all(app.db.reads())
        .await?;
        let mut copied = 0.0f64;
        for (other, corrected) in others {
            let other = transcript_text(&other, corrected.as_deref())?;
            copied = copied.max(agreement::shared_rows(&text, &other, ROW_WORDS));
        }
        let mut signals =
            vec![("words", words as f64, "90 or more"), ("copied_share", copied, "0.5 or less")];
        if let Some(voiced) = voiced {
            signals.push(("words_per_minute", words as f64 / voiced * 60.0, "80 to 220"));
        }
        let state = app.clone();
        app.db
            .write("quality.signals", async move |tx| {
                let now_ms = state.context.now_ms();
                for (name, value, wanted) in &signals {
                    sqlx::query(
                        "INSERT INTO signal (assignment, name, value, wanted) VALUES ($1, $2, $3, $4) \
                         ON CONFLICT (assignment, name) DO UPDATE SET value = $3",
                    )
                    .bind(&assignment)
                    .bind(*name)
                    .bind(*value)
                    .bind(*wanted)
                    .execute(&mut *tx)
                    .await?;
                }
                if let Some(gold) = &gold {
                    let row = Scored { assignment: &assignment, task, person: &person, kind: Kind::Cap };
                    gold::heard(&state, tx, &row, &serde_json::from_str(gold)?, &text, now_ms).await?;
                }
                Ok(())
            })
            .await?;
    }
    Ok(())
}
