//! One line of an import: a task as whoever makes tasks writes it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::rank::{ORDER_END, PRIORITY_MAX};
use crate::kind::Kind;
use crate::label;

/// The longest line, in bytes.
pub(super) const LINE_BYTES_MAX: usize = 1 << 20;
/// The most people that do one task.
const OVERLAP_MAX: u32 = 100;
/// What a caption should speak of, when a task does not say.
const ASPECTS: [&str; 7] =
    ["first_impression", "objects", "text", "positions", "details", "background", "style"];

/// A task to import.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaskLine {
    pub(super) kind: Kind,
    /// The SHA-256 of an image that the campaign has, in hex.
    pub(super) image: String,
    #[serde(default)]
    pub(super) payload: Value,
    #[serde(default)]
    pub(super) priority: i64,
    pub(super) overlap: Option<u32>,
    /// Where it stands among those of the same priority; as they come without it.
    pub(super) order: Option<i64>,
    /// What makes it one task however often it is imported; its kind, image and payload without it.
    pub(super) key: Option<String>,
    /// The known answer, for a gold task.
    #[serde(default)]
    pub(super) gold: Option<Value>,
    /// The assignment whose answer it checks.
    pub(super) made_from: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Phase {
    Several,
    Single,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
struct CapPayload {
    phase: Phase,
    aspects: Vec<String>,
}

impl Default for CapPayload {
    fn default() -> Self {
        CapPayload { phase: Phase::Single, aspects: ASPECTS.map(str::to_owned).to_vec() }
    }
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Method {
    Pointing,
    Counting,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct PointsPayload {
    method: Method,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    AttributeSwap,
    CoOccurring,
    SimilarImage,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NotPresentPayload {
    label: String,
    source: Source,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Point {
    x: f64,
    y: f64,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct VerifyPointsPayload {
    label: String,
    points: Vec<Point>,
    #[serde(default)]
    of: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct VerifyCountPayload {
    label: String,
}

/// A field that does not hold what it should.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) field: &'static str,
    pub(super) message: String,
}

fn wrong(field: &'static str, message: impl Into<String>) -> Wrong {
    Wrong { field, message: message.into() }
}

fn read<T: for<'de> Deserialize<'de>>(payload: Value) -> Result<T, Wrong> {
    serde_json::from_value(payload).map_err(|error| wrong("payload", error.to_string()))
}

fn written(payload: &impl Serialize) -> Result<String, Wrong> {
    serde_json::to_string(payload).map_err(|error| wrong("payload", error.to_string()))
}

fn check_label(label: &str) -> Result<(), Wrong> {
    label::fault_of(label, label::CHARS_MAX).map_or(Ok(()), |fault| Err(wrong("payload.label", fault)))
}

impl TaskLine {
    /// Reads a line.
    pub(super) fn read(line: &[u8]) -> Result<TaskLine, Wrong> {
        let task: TaskLine =
            serde_json::from_slice(line).map_err(|error| wrong("line", error.to_string()))?;
        let is_hash = task.image.len() == 64 && task.image.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hash || task.image.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(wrong("image", "expected the SHA-256 of an image: 64 small hexadecimal digits"));
        }
        if !(-PRIORITY_MAX..=PRIORITY_MAX).contains(&task.priority) {
            return Err(wrong("priority", format!("expected -{PRIORITY_MAX} to {PRIORITY_MAX}")));
        }
        if task.order.is_some_and(|order| !(0..ORDER_END).contains(&order)) {
            return Err(wrong("order", "expected 0 or more, and less than 2^50"));
        }
        if let Some(fault) = task.gold.as_ref().and_then(|gold| crate::gold::fault_of(task.kind, gold)) {
            return Err(wrong("gold", fault));
        }
        if task.overlap.is_some_and(|overlap| !(1..=OVERLAP_MAX).contains(&overlap)) {
            return Err(wrong("overlap", format!("expected 1 to {OVERLAP_MAX}")));
        }
        Ok(task)
    }

    /// What is shown of it, checked and in one form.
    pub(super) fn payload(&self) -> Result<String, Wrong> {
        let payload = match &self.payload {
            Value::Null => Value::Object(serde_json::Map::new()),
            payload => payload.clone(),
        };
        match self.kind {
            Kind::Cap => written(&read::<CapPayload>(payload)?),
            Kind::Points => {
                let payload: PointsPayload = read(payload)?;
                payload.label.as_deref().map_or(Ok(()), check_label)?;
                written(&payload)
            }
            Kind::NotPresent => {
                let payload: NotPresentPayload = read(payload)?;
                check_label(&payload.label)?;
                written(&payload)
            }
            Kind::VerifyPoints => {
                let payload: VerifyPointsPayload = read(payload)?;
                check_label(&payload.label)?;
                let is_outside =
                    |point: &Point| !(0.0..=100.0).contains(&point.x) || !(0.0..=100.0).contains(&point.y);
                if let Some(at) = payload.points.iter().position(is_outside) {
                    return Err(wrong(
                        "payload.points",
                        format!("point {at} is outside the image: expected 0 to 100"),
                    ));
                }
                written(&payload)
            }
            Kind::VerifyCount => {
                let payload: VerifyCountPayload = read(payload)?;
                check_label(&payload.label)?;
                written(&payload)
            }
        }
    }

    /// 63 bits that are the same however often the task is imported.
    pub(super) fn key_bits(&self, payload: &str) -> i64 {
        let mut hash = Sha256::new();
        hash.update(self.kind.name());
        match &self.key {
            Some(key) => {
                hash.update([1]);
                hash.update(key);
            }
            None => {
                hash.update([0]);
                hash.update(&self.image);
                hash.update(payload);
                hash.update([u8::from(self.gold.is_some())]);
            }
        }
        let digest = hash.finalize();
        let mut bits = [0; 8];
        bits.copy_from_slice(&digest[..8]);
        i64::from_le_bytes(bits) & i64::MAX
    }
}
