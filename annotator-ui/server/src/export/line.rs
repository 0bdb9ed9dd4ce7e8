//! From rows of the database to lines of JSON.

use std::collections::HashMap;

use pixmo_cap::transcribe::TakeTranscript;
use pixmo_schemas::annotation::{
    Consent, GivenTranscript, Phase, RawTranscript, Recogniser, SpokenWord, Status, TakeAnnotation,
    TakeAudio, TakeImage, TakeReceipt,
};
use pixmo_schemas::annotation_points::{
    AbsentSource, AbsentVerdict, LabelledPoints, MarkedPoint, Method, NotPresentAnnotation, PointsAnnotation,
    PointsVerdict, Tombstone, VerifyCountAnnotation, VerifyPointsAnnotation, Work, WorkImage,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::ERASED;
use crate::App;
use crate::http::Problem;
use crate::kind::Kind;
use crate::takes::live::time_of;
use crate::takes::row::Row;
use crate::vouching::scopes_of;

/// The language of a task that names none and whose transcript does not either.
const LANGUAGE: &str = "en";

/// Whose points were verified, where they came with the task from elsewhere.
const OF_IMPORT: &str = "import";

const LINES: &str = "SELECT e.seq, a.id, a.task, a.status, a.person, a.gold, a.consent, a.submitted_ms, a.active_ms, \
    a.answer, t.payload, i.sha256, i.url, i.width, i.height, i.cluster, i.split, \
    (SELECT r.reviewer FROM review r WHERE r.assignment = a.id ORDER BY r.at_ms DESC, r.id DESC LIMIT 1) AS reviewer \
    FROM export_line e JOIN assignment a ON a.id = e.assignment JOIN task t ON t.id = a.task \
    JOIN image i ON i.sha256 = t.image WHERE e.kind = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3";

/// The next lines of a kind, each with its number; no text for what was taken back meanwhile.
pub(super) async fn after(
    app: &App,
    kind: &str,
    seq: i64,
    limit: i64,
    consents: &mut HashMap<String, Vec<String>>,
) -> Result<Vec<(i64, Option<Vec<u8>>)>, Problem> {
    if kind == ERASED {
        return tombstones(app, seq, limit).await;
    }
    let kind: Kind = kind.parse().map_err(|error| Problem::bug(format!("{error}")))?;
    let rows = sqlx::query(LINES).bind(kind.name()).bind(seq).bind(limit).fetch_all(app.db.reads()).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let status: String = row.try_get("status")?;
        let status = match status.as_str() {
            "approved" => Some(Status::Accepted),
            "rejected" => Some(Status::Rejected),
            _ => None,
        };
        let text = match status {
            Some(status) => Some(of_row(app, kind, &row, status, consents).await?),
            None => None,
        };
        lines.push((row.try_get("seq")?, text));
    }
    Ok(lines)
}

async fn of_row(
    app: &App,
    kind: Kind,
    row: &AnyRow,
    status: Status,
    consents: &mut HashMap<String, Vec<String>>,
) -> Result<Vec<u8>, Problem> {
    let person: String = row.try_get("person")?;
    let scopes = match consents.get(&person) {
        Some(scopes) => scopes.clone(),
        None => consents.entry(person.clone()).or_insert(scopes_of(app, &person).await?).clone(),
    };
    let version: Option<String> = row.try_get("consent")?;
    let consent = Consent { version: version.unwrap_or_else(|| "none".to_owned()), scopes };
    let work = Work {
        assignment: row.try_get("id")?,
        task: row.try_get::<i64, _>("task")?.unsigned_abs(),
        status,
        person,
        gold: row.try_get::<i64, _>("gold")? != 0,
        consent,
        submitted_at: utc(row.try_get::<Option<i64>, _>("submitted_ms")?.unwrap_or_default()),
        active_secs: row.try_get::<i64, _>("active_ms")?.unsigned_abs() / 1000,
        reviewer: row.try_get("reviewer")?,
    };
    let text = |name: &str| row.try_get::<Option<String>, _>(name);
    let (answer, payload) = (text("answer")?.unwrap_or_default(), text("payload")?.unwrap_or_default());
    if kind == Kind::Cap {
        let answer: CapAnswer = read(&work, "answer", &answer)?;
        let take = Row::find(app.db.reads(), &answer.take).await?;
        let take = take.ok_or_else(|| Problem::bug(format!("the take of {} is gone", work.assignment)))?;
        return to_line(&spoken(
            &work,
            &take,
            text("url")?,
            &read::<CapPayload>(&work, "payload", &payload)?,
        )?);
    }
    let sha256: String = row.try_get("sha256")?;
    let number =
        |name: &str| Ok::<_, Problem>(u32::try_from(row.try_get::<i64, _>(name)?).unwrap_or(u32::MAX));
    let image = WorkImage {
        url: text("url")?.unwrap_or_else(|| format!("urn:sha256:{sha256}")),
        sha256: sha256.parse().map_err(|_| Problem::bug(format!("the hash of an image: {sha256}")))?,
        width: number("width")?,
        height: number("height")?,
        cluster: text("cluster")?,
        split: text("split")?,
    };
    match kind {
        Kind::Points => {
            let payload: PointsPayload = read(&work, "payload", &payload)?;
            let answer: PointsAnswer = read(&work, "answer", &answer)?;
            let (method, asked, labels) = (payload.method, payload.label, answer.labels);
            to_line(&PointsAnnotation { work, image, method, asked, labels })
        }
        Kind::NotPresent => {
            let payload: NotPresentPayload = read(&work, "payload", &payload)?;
            let answer: NotPresentAnswer = read(&work, "answer", &answer)?;
            to_line(&NotPresentAnnotation {
                work,
                image,
                label: payload.label,
                source: payload.source,
                verdict: answer.verdict,
                points: answer.points.unwrap_or_default(),
            })
        }
        Kind::VerifyPoints => {
            let payload: VerifyPointsPayload = read(&work, "payload", &payload)?;
            let answer: VerifyPointsAnswer = read(&work, "answer", &answer)?;
            to_line(&VerifyPointsAnnotation {
                work,
                image,
                label: payload.label,
                of: payload.of.unwrap_or_else(|| OF_IMPORT.to_owned()),
                given: payload.points,
                verdict: answer.verdict,
                points: answer.points,
                reason: answer.reason,
            })
        }
        Kind::VerifyCount => {
            let payload: VerifyCountPayload = read(&work, "payload", &payload)?;
            let answer: VerifyCountAnswer = read(&work, "answer", &answer)?;
            let (label, count) = (payload.label, answer.count);
            to_line(&VerifyCountAnnotation {
                work,
                image,
                label,
                count,
                tally: answer.tally.unwrap_or_default(),
            })
        }
        Kind::Cap => Err(Problem::bug("a spoken answer has been written before")),
    }
}

fn spoken(
    work: &Work,
    take: &Row,
    url: Option<String>,
    payload: &CapPayload,
) -> Result<TakeAnnotation, Problem> {
    let wrong = |what: &str| Problem::bug(format!("the take {} holds no {what}", take.id));
    let hash = |text: Option<&str>| text.and_then(|text| text.parse().ok());
    let heard = take.transcript.as_deref().map(serde_json::from_str::<TakeTranscript>).transpose()?;
    let heard_language =
        heard.as_ref().map(|heard| heard.language.clone()).filter(|language| !language.is_empty());
    let language = payload.language.clone().or_else(|| heard_language.clone());
    let raw = heard.map(|heard| RawTranscript {
        text: heard.text,
        words: heard
            .words
            .into_iter()
            .map(|word| SpokenWord {
                word: word.text,
                from_secs: word.start_secs,
                to_secs: word.end_secs,
                confidence: Some(rounded(word.confidence)),
            })
            .collect(),
        language: heard_language,
        model: Some(Recogniser {
            sha256: heard.model.sha256.parse().ok(),
            name: heard.model.name,
            parameters: serde_json::Value::Object(heard.parameters).to_string(),
        }),
    });
    let receipt = match (take.receipt_leaf, hash(take.receipt_sha256.as_deref())) {
        (Some(leaf), Some(sha256)) => Some(TakeReceipt { leaf: leaf.unsigned_abs(), sha256 }),
        _ => None,
    };
    Ok(TakeAnnotation {
        take: take.id.clone(),
        status: work.status,
        image: TakeImage {
            sha256: hash(Some(&take.image)).ok_or_else(|| wrong("image"))?,
            url: url.unwrap_or_else(|| format!("urn:sha256:{}", take.image)),
        },
        audio: TakeAudio {
            sha256: hash(take.sha256.as_deref()).ok_or_else(|| wrong("recording"))?,
            bytes: take.bytes.unsigned_abs(),
            media_type: take.media_type.split(';').next().unwrap_or_default().to_owned(),
            codec: take.codec.clone(),
        },
        person: work.person.clone(),
        language: language.unwrap_or_else(|| LANGUAGE.to_owned()),
        phase: payload.phase,
        gold: work.gold,
        consent: Consent {
            // Receipts name the version under which it was spoken.
            version: take.consent.clone().unwrap_or_else(|| work.consent.version.clone()),
            scopes: work.consent.scopes.clone(),
        },
        recorded_at: None,
        received_at: take.finished_ms.map(utc),
        transcript: GivenTranscript { raw, corrected: take.corrected.clone() },
        receipt,
    })
}

async fn tombstones(app: &App, seq: i64, limit: i64) -> Result<Vec<(i64, Option<Vec<u8>>)>, Problem> {
    let rows: Vec<(i64, String, Option<String>, Option<String>, i64, String)> = sqlx::query_as(
        "SELECT e.seq, e.assignment, e.take, e.why, e.at_ms, a.kind FROM export_line e \
         JOIN assignment a ON a.id = e.assignment WHERE e.kind = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3",
    )
    .bind(ERASED)
    .bind(seq)
    .bind(limit)
    .fetch_all(app.db.reads())
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for (seq, assignment, take, why, at_ms, kind) in rows {
        let why = why.unwrap_or_else(|| "withdrawn".to_owned());
        let tombstone = Tombstone { take: take.unwrap_or(assignment), kind, why, at: utc(at_ms) };
        lines.push((seq, Some(to_line(&tombstone)?)));
    }
    Ok(lines)
}

fn to_line(value: &impl serde::Serialize) -> Result<Vec<u8>, Problem> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

fn read<T: DeserializeOwned>(work: &Work, what: &str, text: &str) -> Result<T, Problem> {
    serde_json::from_str(text)
        .map_err(|error| Problem::bug(format!("the {what} of assignment {}: {error}", work.assignment)))
}

/// A time of the database to the second, as annotations have it.
pub(super) fn utc(ms: i64) -> String {
    time_of(ms - ms.rem_euclid(1000)).to_string()
}

/// A confidence without digits that it cannot bear.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

#[derive(Deserialize)]
struct CapAnswer {
    take: String,
}

#[derive(Deserialize)]
struct CapPayload {
    #[serde(default = "single")]
    phase: Phase,
    #[serde(default)]
    language: Option<String>,
}

fn pointing() -> Method {
    Method::Pointing
}

fn single() -> Phase {
    Phase::Single
}

#[derive(Deserialize)]
struct PointsPayload {
    #[serde(default = "pointing")]
    method: Method,
    #[serde(default)]
    label: Option<String>,
}

#[derive(Deserialize)]
struct PointsAnswer {
    labels: Vec<LabelledPoints>,
}

#[derive(Deserialize)]
struct NotPresentPayload {
    label: String,
    source: AbsentSource,
}

#[derive(Deserialize)]
struct NotPresentAnswer {
    verdict: AbsentVerdict,
    #[serde(default)]
    points: Option<Vec<MarkedPoint>>,
}

#[derive(Deserialize)]
struct VerifyPointsPayload {
    label: String,
    points: Vec<MarkedPoint>,
    #[serde(default)]
    of: Option<String>,
}

#[derive(Deserialize)]
struct VerifyPointsAnswer {
    verdict: PointsVerdict,
    #[serde(default)]
    points: Option<Vec<MarkedPoint>>,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Deserialize)]
struct VerifyCountPayload {
    label: String,
}

#[derive(Deserialize)]
struct VerifyCountAnswer {
    count: u32,
    #[serde(default)]
    tally: Option<Vec<MarkedPoint>>,
}
