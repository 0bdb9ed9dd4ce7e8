//! What waits for a person, and what people decided.
//!
//! Every take and every caption that did not pass stands in `data/review/cap/00017-of-00256.jsonl`, one file for each shard,
//! with what was found and what is expected. Decisions are lines of `decisions.jsonl` beside them:
//!
//! ```json
//! {"take": "t-812", "waive": ["speech_too_fast"], "by": "reviewer-3"}
//! {"image": "59df…", "waive": ["caption_name"], "by": "reviewer-3"}
//! {"image": "59df…", "caption": "A red tram …", "by": "reviewer-3"}
//! ```
//!
//! The next build takes them into account: shards whose rows change are made again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::annotations::read_lines;
use crate::fault::InputError;
use crate::output::Fault;
use crate::reason::{self, Reason};
use crate::store::write_whole;

/// The file of decisions.
pub const DECISIONS: &str = "decisions.jsonl";

/// Something that waits for a person.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Item {
    /// A take.
    Take {
        /// Its name.
        take: String,
        /// Hash of the image.
        image: String,
        /// Where the image can be fetched.
        url: String,
        /// Who spoke.
        person: String,
        /// Hash of the recording.
        audio: String,
        /// What is wrong.
        reason: Reason,
        /// What was found.
        found: String,
        /// What is expected.
        expected: String,
        /// Whether a person may decide otherwise.
        can_be_waived: bool,
        /// What was said.
        transcript: Option<String>,
    },
    /// A caption.
    Caption {
        /// Hash of the image.
        image: String,
        /// Where the image can be fetched.
        url: String,
        /// All that is wrong; the first one is the reason that is counted.
        faults: Vec<Fault>,
        /// The caption as it was tried last.
        caption: Option<String>,
        /// What was said.
        transcripts: Vec<String>,
    },
}

/// The file of a shard.
#[must_use]
pub fn file_of(folder: &Path, shard: u32, shards: u32) -> PathBuf {
    folder.join(format!("{shard:05}-of-{shards:05}.jsonl"))
}

/// Writes what waits of a shard, whole or not at all.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, shard: u32, shards: u32, items: &[Item]) -> Result<(), InputError> {
    let path = file_of(folder, shard, shards);
    let mut text = Vec::new();
    for item in items {
        serde_json::to_writer(&mut text, item).map_err(|error| InputError::write(&path, error.into()))?;
        text.push(b'\n');
    }
    // What is there already is left as it is, so that whoever reads it is not disturbed.
    if std::fs::read(&path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    write_whole(&path, &text)
}

/// One line of decisions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    take: Option<String>,
    image: Option<String>,
    #[serde(default)]
    waive: Vec<String>,
    caption: Option<String>,
    #[serde(rename = "by")]
    _by: String,
    #[serde(default, rename = "at")]
    _at: Option<String>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

/// What people decided.
#[derive(Debug, Default)]
pub struct Decisions {
    takes: BTreeMap<String, BTreeSet<Reason>>,
    images: BTreeMap<String, BTreeSet<Reason>>,
    captions: BTreeMap<String, String>,
}

impl Decisions {
    /// Reads the decisions in a folder; there may be none.
    ///
    /// # Errors
    /// When the file cannot be read, or a line is no decision.
    pub fn read(folder: &Path) -> Result<Decisions, InputError> {
        let mut decisions = Decisions::default();
        read_lines(&folder.join(DECISIONS), "decision", |decision: Decision| decisions.add(decision))?;
        Ok(decisions)
    }

    fn add(&mut self, decision: Decision) -> Result<(), String> {
        let reasons = decision.waive.iter().map(|name| match reason::named(name) {
            None => Err(format!("`{name}` is no reason")),
            Some(reason) if !reason.can_be_waived() => Err(format!("`{name}` cannot be waived")),
            Some(reason) => Ok(reason),
        });
        let reasons = reasons.collect::<Result<BTreeSet<_>, _>>()?;
        match (decision.take, decision.image, decision.caption) {
            (Some(take), None, None) => self.takes.entry(take).or_default().extend(reasons),
            (None, Some(image), None) => self.images.entry(image).or_default().extend(reasons),
            (None, Some(image), Some(caption)) => {
                self.images.entry(image.clone()).or_default().extend(reasons);
                self.captions.insert(image, caption);
            }
            _ => return Err("expected `take` with `waive`, or `image` with `waive` or `caption`".to_owned()),
        }
        Ok(())
    }

    /// Whether a check of a take is waived.
    #[must_use]
    pub fn waives_take(&self, take: &str, reason: Reason) -> bool {
        self.takes.get(take).is_some_and(|waived| waived.contains(&reason))
    }

    /// What is waived of a take.
    pub fn waived_of_take(&self, take: &str) -> impl Iterator<Item = Reason> {
        self.takes.get(take).into_iter().flatten().copied()
    }

    /// What is waived of the caption of an image.
    pub fn waived_of_image(&self, image: &str) -> impl Iterator<Item = Reason> {
        self.images.get(image).into_iter().flatten().copied()
    }

    /// Whether a check of the caption of an image is waived.
    #[must_use]
    pub fn waives_image(&self, image: &str, reason: Reason) -> bool {
        self.images.get(image).is_some_and(|waived| waived.contains(&reason))
    }

    /// The caption that a person wrote for an image.
    #[must_use]
    pub fn caption(&self, image: &str) -> Option<&str> {
        self.captions.get(image).map(String::as_str)
    }
}
