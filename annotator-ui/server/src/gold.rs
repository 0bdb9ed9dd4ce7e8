//! Gold: tasks whose answer is known, which nobody can tell from others.

use pixmo_schemas::annotation_points::PointsVerdict;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::App;
use crate::agreement;
use crate::answers::{self, AbsentAnswer, CountAnswer, PointsAnswer, Size, VerdictAnswer, VerdictPayload};
use crate::db::Tx;
use crate::http::Problem;
use crate::kind::Kind;
use crate::quality;
use crate::work::Submission;

/// What a spoken gold task wants to hear: words or phrases that a good description has.
#[derive(Debug, Deserialize)]
struct CapGold {
    mentions: Vec<String>,
}

/// A known answer that cannot be read, told to whoever imports it.
pub(crate) fn fault_of(kind: Kind, gold: &Value) -> Option<String> {
    let read = match kind {
        Kind::Cap => serde_json::from_value::<CapGold>(gold.clone()).map(drop),
        Kind::Points => serde_json::from_value::<PointsAnswer>(gold.clone()).map(drop),
        Kind::NotPresent => serde_json::from_value::<AbsentAnswer>(gold.clone()).map(drop),
        Kind::VerifyPoints => serde_json::from_value::<VerdictAnswer>(gold.clone()).map(drop),
        Kind::VerifyCount => serde_json::from_value::<CountAnswer>(gold.clone()).map(drop),
    };
    read.err().map(|error| error.to_string())
}

/// Scores an answer to a gold task that is not spoken; a spoken one is scored when its transcript is there.
pub(crate) async fn submitted(app: &App, tx: &mut Tx, submission: &Submission) -> Result<(), Problem> {
    let Some(gold) = &submission.gold else { return Ok(()) };
    if submission.kind == Kind::Cap {
        return Ok(());
    }
    let size = answers::size_of(tx, &submission.image).await?;
    let score = score(submission.kind, &submission.payload, gold, &submission.answer, size)?;
    let row = Scored {
        assignment: &submission.assignment,
        task: submission.task,
        person: &submission.person,
        kind: submission.kind,
    };
    note(app, tx, &row, score, submission.now_ms).await
}

/// Whose answer was scored.
pub(crate) struct Scored<'a> {
    pub(crate) assignment: &'a str,
    pub(crate) task: i64,
    pub(crate) person: &'a str,
    pub(crate) kind: Kind,
}

/// Writes a score down.
async fn note(app: &App, tx: &mut Tx, row: &Scored<'_>, score: f64, now_ms: i64) -> Result<(), Problem> {
    sqlx::query(
        "INSERT INTO gold_score (assignment, task, person, kind, score, detail, at_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (assignment) DO UPDATE SET score = $5, at_ms = $7",
    )
    .bind(row.assignment)
    .bind(row.task)
    .bind(row.person)
    .bind(row.kind.name())
    .bind(score)
    .bind(json!({}).to_string())
    .bind(now_ms)
    .execute(&mut *tx)
    .await?;
    quality::note(app, tx, row.person, row.kind, score, now_ms).await
}

/// Scores what was said of a gold image: the share of what should be mentioned.
pub(crate) async fn heard(
    app: &App,
    tx: &mut Tx,
    row: &Scored<'_>,
    gold: &Value,
    transcript: &str,
    now_ms: i64,
) -> Result<(), Problem> {
    let CapGold { mentions } = serde_json::from_value(gold.clone())?;
    let spaced = |text: &str| {
        let words: Vec<String> = agreement::words_of(text).collect();
        format!(" {} ", words.join(" "))
    };
    let said = spaced(transcript);
    let found = mentions.iter().filter(|mention| said.contains(&spaced(mention))).count();
    let score = if mentions.is_empty() { 1.0 } else { found as f64 / mentions.len() as f64 };
    note(app, tx, row, score, now_ms).await
}

/// How good an answer is beside the known one, 0 to 1.
fn score(kind: Kind, payload: &Value, gold: &Value, answer: &Value, size: Size) -> Result<f64, Problem> {
    Ok(match kind {
        Kind::Cap => 0.0,
        Kind::Points => {
            let (gold, answer): (PointsAnswer, PointsAnswer) =
                (serde_json::from_value(gold.clone())?, serde_json::from_value(answer.clone())?);
            let scores = gold.labels.iter().map(|wanted| {
                let key = answers::key_of(&wanted.label);
                let found = answer.labels.iter().find(|labelled| answers::key_of(&labelled.label) == key);
                found.map_or(0.0, |found| agreement::of_points(&wanted.points, &found.points, size).f1)
            });
            scores.sum::<f64>() / gold.labels.len().max(1) as f64
        }
        Kind::NotPresent => {
            let (gold, answer): (AbsentAnswer, AbsentAnswer) =
                (serde_json::from_value(gold.clone())?, serde_json::from_value(answer.clone())?);
            f64::from(u8::from(gold.verdict == answer.verdict))
        }
        Kind::VerifyPoints => {
            let payload: VerdictPayload = serde_json::from_value(payload.clone())?;
            let (gold, answer): (VerdictAnswer, VerdictAnswer) =
                (serde_json::from_value(gold.clone())?, serde_json::from_value(answer.clone())?);
            let points = |answer: &VerdictAnswer| match answer.verdict {
                PointsVerdict::Accept => Some(payload.points.clone()),
                PointsVerdict::Fix => answer.points.clone(),
                PointsVerdict::Reject => None,
            };
            match (points(&gold), points(&answer)) {
                (Some(gold), Some(found)) => agreement::of_points(&gold, &found, size).f1,
                (None, None) => 1.0,
                _ => 0.0,
            }
        }
        Kind::VerifyCount => {
            let (gold, answer): (CountAnswer, CountAnswer) =
                (serde_json::from_value(gold.clone())?, serde_json::from_value(answer.clone())?);
            match gold.count.abs_diff(answer.count) {
                0 => 1.0,
                1 => 0.5,
                _ => 0.0,
            }
        }
    })
}
