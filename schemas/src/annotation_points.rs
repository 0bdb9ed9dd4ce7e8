//! Point annotations: what people pointed at, found missing, verified and counted, one line of JSON for each answer.
//!
//! The annotator's server exports such lines, append-only, into `data/annotations/<kind>/*.jsonl`; of several lines about
//! one assignment the last one holds, and what was taken back or erased stands in `data/annotations/erased.jsonl`. Points
//! are in per cent of the upright image, times UTC in the form `2026-11-30T16:40:00Z`.

use serde::{Deserialize, Serialize};

use crate::annotation::{Consent, Status};
use crate::id::Sha256;

/// What is known of any answer: who gave it to which task, when, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// Names the answer, once in a campaign.
    pub assignment: String,
    /// The task that was given.
    pub task: u64,
    /// Whether it was accepted.
    pub status: Status,
    /// Pseudonym of the person.
    pub person: String,
    /// Whether the task is one of those that measure people; such answers are never published.
    #[serde(default)]
    pub gold: bool,
    /// What the person agreed to.
    pub consent: Consent,
    /// When it was handed in.
    pub submitted_at: String,
    /// Seconds of active time.
    pub active_secs: u64,
    /// Pseudonym of the reviewer who decided, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
}

/// The image of an answer; its size is that of the upright image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkImage {
    /// SHA-256 of the file.
    pub sha256: Sha256,
    /// Where it can be fetched; `urn:sha256:…` for one that never had an address.
    pub url: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The cluster of images that look alike, where the campaign knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// The split of that cluster, where the campaign knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
}

/// A point, in per cent of width and height of the upright image.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkedPoint {
    /// From the left, 0 to 100.
    pub x: f64,
    /// From the top, 0 to 100.
    pub y: f64,
}

/// How somebody pointed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// They pointed at everything.
    Pointing,
    /// They pointed at everything to count it.
    Counting,
}

/// Everything in an image that a label names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelledPoints {
    /// The label.
    pub label: String,
    /// The points, in the order in which they were made.
    pub points: Vec<MarkedPoint>,
    /// The person said that nothing is missing.
    pub all_marked: bool,
    /// The person said that points that lie close to each other are two things.
    #[serde(default)]
    pub close_confirmed: bool,
}

/// Points for one or several labels in one image: `points/*.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointsAnnotation {
    /// Who, when, and what became of it.
    pub work: Work,
    /// The image.
    pub image: WorkImage,
    /// How they pointed.
    pub method: Method,
    /// The label that was asked for, if the task asked for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// The labels with their points.
    pub labels: Vec<LabelledPoints>,
}

/// Where a label comes from of which it is asked whether it is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsentSource {
    /// A label of the image with one attribute exchanged.
    AttributeSwap,
    /// A label that often stands beside one of the image.
    CoOccurring,
    /// A label of an image that looks alike.
    SimilarImage,
}

/// What somebody found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsentVerdict {
    /// There is none.
    Absent,
    /// There is one, or more.
    Present,
    /// It cannot be said.
    Unsure,
}

/// Whether something is absent from an image: `not-present/*.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotPresentAnnotation {
    /// Who, when, and what became of it.
    pub work: Work,
    /// The image.
    pub image: WorkImage,
    /// The label.
    pub label: String,
    /// Where the label comes from.
    pub source: AbsentSource,
    /// What was found.
    pub verdict: AbsentVerdict,
    /// Where it is, if it is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<MarkedPoint>,
}

/// What somebody says of another person's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointsVerdict {
    /// They are right.
    Accept,
    /// They are right after a change.
    Fix,
    /// They are wrong.
    Reject,
}

/// Another person's points, looked at: `verify-points/*.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyPointsAnnotation {
    /// Who, when, and what became of it.
    pub work: Work,
    /// The image.
    pub image: WorkImage,
    /// The label.
    pub label: String,
    /// The assignment whose points they are.
    pub of: String,
    /// The points as they were shown.
    pub given: Vec<MarkedPoint>,
    /// What was found.
    pub verdict: PointsVerdict,
    /// The points as they should be, after a fix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Vec<MarkedPoint>>,
    /// Why they are wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A count by somebody who saw no other: `verify-count/*.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyCountAnnotation {
    /// Who, when, and what became of it.
    pub work: Work,
    /// The image.
    pub image: WorkImage,
    /// The label.
    pub label: String,
    /// How many there are.
    pub count: u32,
    /// Where the person counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tally: Vec<MarkedPoint>,
}

/// A line of `erased.jsonl`: something that was exported holds no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tombstone {
    /// The take, of spoken work; of all other work the assignment, under the same key, so that whoever reads takes passes
    /// over it.
    pub take: String,
    /// The kind of work.
    pub kind: String,
    /// `withdrawn` or `erased`.
    pub why: String,
    /// When.
    pub at: String,
}

/// A field that does not hold what it should: its name, what was found, what is expected.
pub type Fault = (&'static str, String, &'static str);

fn fault_of_text(field: &'static str, text: &str) -> Option<Fault> {
    text.trim().is_empty().then(|| (field, text.to_owned(), "text that is not blank"))
}

fn fault_of_points(field: &'static str, points: &[MarkedPoint]) -> Option<Fault> {
    let is_inside =
        |point: &&MarkedPoint| (0.0..=100.0).contains(&point.x) && (0.0..=100.0).contains(&point.y);
    let outside = points.iter().find(|point| !is_inside(point))?;
    Some((field, format!("{}, {}", outside.x, outside.y), "0 to 100, in per cent of the image"))
}

fn fault_of(work: &Work, image: &WorkImage) -> Option<Fault> {
    let texts = [
        ("work.assignment", &work.assignment),
        ("work.person", &work.person),
        ("work.consent.version", &work.consent.version),
        ("work.submitted_at", &work.submitted_at),
        ("image.url", &image.url),
    ];
    let text = texts.into_iter().find_map(|(field, text)| fault_of_text(field, text));
    text.or_else(|| {
        let is_empty = image.width == 0 || image.height == 0;
        is_empty.then(|| ("image.width", format!("{} x {}", image.width, image.height), "1 pixel or more"))
    })
}

impl PointsAnnotation {
    /// What makes the line useless, if anything does.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        let of_label = |labelled: &LabelledPoints| {
            fault_of_text("labels.label", &labelled.label)
                .or_else(|| fault_of_points("labels.points", &labelled.points))
        };
        fault_of(&self.work, &self.image).or_else(|| self.labels.iter().find_map(of_label))
    }
}

impl NotPresentAnnotation {
    /// What makes the line useless, if anything does.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        fault_of(&self.work, &self.image)
            .or_else(|| fault_of_text("label", &self.label))
            .or_else(|| fault_of_points("points", &self.points))
    }
}

impl VerifyPointsAnnotation {
    /// What makes the line useless, if anything does.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        fault_of(&self.work, &self.image)
            .or_else(|| fault_of_text("label", &self.label))
            .or_else(|| fault_of_text("of", &self.of))
            .or_else(|| fault_of_points("given", &self.given))
            .or_else(|| fault_of_points("points", self.points.as_deref().unwrap_or_default()))
    }
}

impl VerifyCountAnnotation {
    /// What makes the line useless, if anything does.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        fault_of(&self.work, &self.image)
            .or_else(|| fault_of_text("label", &self.label))
            .or_else(|| fault_of_points("tally", &self.tally))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"work":{"assignment":"a-1","task":7,"status":"accepted","person":"p-2","gold":false,"consent":{"version":"1","scopes":["work"]},"submitted_at":"2026-11-30T16:40:00Z","active_secs":31},"image":{"sha256":"59dfb9a4acb36fe2a2affc14bacbee2920ff435cb13cc314a08c13f66ba7860e","url":"https://images.example/1.jpg","width":640,"height":480},"method":"pointing","labels":[{"label":"cup","points":[{"x":12.5,"y":50.0}],"all_marked":true,"close_confirmed":false}]}"#;

    #[test]
    fn a_line_comes_back_the_same_to_the_byte() {
        let line: PointsAnnotation = serde_json::from_str(LINE).unwrap();
        assert_eq!(line.fault(), None);
        assert_eq!(serde_json::to_string(&line).unwrap(), LINE);
    }

    #[test]
    fn what_is_outside_blank_or_unknown_is_named() {
        let read = |text: &str| serde_json::from_str::<PointsAnnotation>(text);
        let field = |text: &str| read(text).unwrap().fault().map(|(field, ..)| field);
        assert_eq!(field(&LINE.replace("12.5", "100.1")), Some("labels.points"));
        assert_eq!(field(&LINE.replace("\"cup\"", "\" \"")), Some("labels.label"));
        assert_eq!(field(&LINE.replace("640", "0")), Some("image.width"));
        assert!(read(&LINE.replace("\"task\"", "\"name\":\"Ann\",\"task\"")).is_err());
    }
}
