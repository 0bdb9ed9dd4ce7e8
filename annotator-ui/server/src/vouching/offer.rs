//! From the row of a take to what its receipt is to say.

use std::collections::BTreeMap;

use pixmo_audio::Measures;
use pixmo_cap::transcribe::TakeTranscript;
use pixmo_receipts::chain::{Recorded, read_links};
use pixmo_receipts::leaf::Salt;
use pixmo_receipts::{Offer, Source};
use pixmo_schemas::Sha256;
use pixmo_schemas::annotation::{SCOPE_AUDIO, SCOPE_TEXT};
use pixmo_schemas::receipt::{ENTRIES_MAX, Measured, Recording, TEXT_CHARS_MAX, Transcription};

use crate::http::Problem;
use crate::settings::{PUBLISH_AUDIO, PUBLISH_TRANSCRIPT};
use crate::takes::finish::Came;
use crate::takes::live::time_of;
use crate::takes::measure::measured_by;
use crate::takes::row::Row;

/// What the row of a take says of a receipt that has to be taken back before another is issued.
pub(crate) fn stale(leaf: u64) -> String {
    format!("stale {leaf}")
}

/// The receipt that has to be taken back first, if there is one.
pub(super) fn stale_leaf(row: &Row) -> Option<u64> {
    row.receipt.as_deref()?.strip_prefix("stale ")?.parse().ok()
}

/// The receipt of a take that stands in the log, whether it still holds or not.
pub(crate) fn leaf_of(row: &Row) -> Option<u64> {
    row.receipt_leaf.map(i64::unsigned_abs).or_else(|| stale_leaf(row))
}

/// Scopes of consent under the names that data and receipts have for them.
pub(crate) fn scopes_for_data(scopes: &[String]) -> Vec<String> {
    let name = |scope: &String| match scope.as_str() {
        PUBLISH_TRANSCRIPT => SCOPE_TEXT.to_owned(),
        PUBLISH_AUDIO => SCOPE_AUDIO.to_owned(),
        other => other.to_owned(),
    };
    let mut names: Vec<String> = scopes.iter().map(name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What the receipt of a take is to say.
pub(super) fn offer(row: &Row, scopes: &[String], salt: Salt) -> Result<Offer, Problem> {
    let wrong = |what: &str| Problem::bug(format!("the row of take {} holds no {what}", row.id));
    let audio: Sha256 =
        row.sha256.as_deref().and_then(|hash| hash.parse().ok()).ok_or_else(|| wrong("hash"))?;
    let came: Came = serde_json::from_str(row.recorded.as_deref().ok_or_else(|| wrong("recording"))?)?;
    let measures: Option<Measures> = row.measures.as_deref().map(serde_json::from_str).transpose()?;
    let (nonce, grant) = row.promise()?;
    let source = if row.late {
        Source::Imported { binding: grant.binding }
    } else {
        Source::Live(Recorded {
            nonce,
            grant,
            started_at: time_of(came.started_ms),
            last_at: time_of(came.last_ms),
            links: read_links(&came.links).map_err(|error| Problem::bug(error.to_string()))?,
            chain: came.chain,
            audio,
            bytes: row.bytes.unsigned_abs(),
        })
    };
    let raw = row.transcript.as_deref().map(serde_json::from_str::<TakeTranscript>).transpose()?;
    Ok(Offer {
        source,
        take: row.id.clone(),
        audio,
        recording: Recording {
            media_type: row.media_type.clone(),
            codec: row.codec.clone().unwrap_or_else(|| "unknown".to_owned()),
            bytes: row.bytes.unsigned_abs(),
            measured: measures.map(|measures| Measured {
                duration_secs: measures.duration_secs,
                voiced_secs: measures.voiced_secs,
                clipped_share: measures.clipping_ratio,
                snr_db: measures.snr_db,
                by: measured_by(),
            }),
        },
        received_at: time_of(row.finished_ms.unwrap_or(came.last_ms).max(came.last_ms)),
        scopes: scopes.to_vec(),
        raw: raw.map(|raw| (Sha256::of(raw.text.as_bytes()), transcription(&raw))),
        transcript: row.corrected.as_deref().map(|text| Sha256::of(text.as_bytes())),
        signals: Vec::new(),
        salt,
    })
}

fn transcription(raw: &TakeTranscript) -> Transcription {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let parameters: BTreeMap<String, String> =
        raw.parameters.iter().take(ENTRIES_MAX).map(|(name, value)| (name.clone(), text(value))).collect();
    Transcription {
        model: raw.model.name.chars().take(TEXT_CHARS_MAX).collect(),
        model_sha256: raw.model.sha256.parse().ok(),
        parameters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_have_the_names_of_the_data() {
        let given = ["work", "publish_transcript", "publish_audio"].map(str::to_owned);
        assert_eq!(scopes_for_data(&given), ["publish-audio", "publish-text", "work"]);
    }
}
