//! C2PA manifests (specification 2.1): what the active manifest of a store claims.
//!
//! **No signature is checked**, no hash compared and no trust list asked: anyone can write such a claim, and anyone can cut
//! it out. What stands here is evidence of what a file says, not of what is so.

use ciborium::Value;

use super::jumbf::{self, Superbox};
use super::{About, Notes};

/// Values within values of a claim that are followed.
const DEPTH_MAX: usize = 32;
/// Words of a claim are kept to this many characters.
const WORDS_CHARS_MAX: usize = 300;
/// Actions, assertions and entries that are kept.
const LIST_MAX: usize = 64;

/// How a picture came to be, by IPTC's vocabulary of digital source types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Made by a trained model: `trainedAlgorithmicMedia`.
    Generated,
    /// Partly made by a trained model: `compositeWithTrainedAlgorithmicMedia`.
    PartlyGenerated,
    /// Anything else: cameras, scans, drawings, plain algorithms.
    Other,
}

impl Source {
    /// By the last word of the term's address.
    pub fn of(term: &str) -> Self {
        match term.rsplit(['/', '#', ':']).next().unwrap_or_default() {
            "trainedAlgorithmicMedia" | "trainedAlgorithmicData" => Self::Generated,
            "compositeWithTrainedAlgorithmicMedia" | "compositeSynthetic" => Self::PartlyGenerated,
            _ => Self::Other,
        }
    }

    /// Whether a trained model had a part in it.
    pub fn is_generated(self) -> bool {
        self != Self::Other
    }
}

/// One thing that was done to a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Action {
    /// What was done: `c2pa.created`, `c2pa.edited`, …
    pub action: String,
    /// Address of the digital source type, when it is given.
    pub digital_source: Option<String>,
    /// With which program.
    pub software: Option<String>,
    /// When, as it stands.
    pub when: Option<String>,
}

/// Whether a use is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mining {
    /// The use: `c2pa.ai_training`, `c2pa.ai_generative_training`, `c2pa.data_mining`, `c2pa.ai_inference`, and the same
    /// under `cawg.`.
    pub usage: String,
    /// `allowed`, `notAllowed` or `constrained`, as it stands.
    pub permission: String,
}

/// What the active manifest claims. Its signature is not checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// Label of the active manifest: the last of the store.
    pub label: String,
    /// Manifests of the store, with those of ingredients.
    pub manifests: u32,
    /// Program that made the claim.
    pub generator: Option<String>,
    /// Title of the picture.
    pub title: Option<String>,
    /// Its media type.
    pub format: Option<String>,
    /// Its instance id.
    pub instance: Option<String>,
    /// What was done to it, in order.
    pub actions: Vec<Action>,
    /// What it says of learning and mining.
    pub mining: Vec<Mining>,
    /// Labels of all assertions.
    pub assertions: Vec<String>,
    /// Whether there is a signature. It is not checked.
    pub is_signed: bool,
}

impl Claim {
    /// Whether a trained model had a part in the picture, by its actions.
    pub fn is_generated(&self) -> bool {
        self.actions
            .iter()
            .filter_map(|action| action.digital_source.as_deref())
            .any(|term| Source::of(term).is_generated())
    }

    /// Adds the statements that follow from the claim.
    pub(crate) fn state(&self, notes: &mut Notes) {
        for action in &self.actions {
            if let Some(term) = &action.digital_source {
                notes.add(About::DigitalSource, format!("c2pa:{}", action.action), term);
            }
        }
        for mining in &self.mining {
            notes.add(About::Mining, format!("c2pa:{}", mining.usage), &mining.permission);
        }
    }
}

/// Reads the active manifest of a store.
pub(crate) fn read(store: &[u8]) -> Option<Claim> {
    let boxes = jumbf::read(store);
    let store = boxes.iter().find(|outer| &outer.kind == b"c2pa")?;
    let manifests =
        store.superboxes.iter().filter(|inner| matches!(&inner.kind, b"c2ma" | b"c2um" | b"c2cm"));
    let active = manifests.clone().next_back()?;
    let claim = active.superboxes.iter().find(|inner| &inner.kind == b"c2cl")?;
    let claim = value_of(claim.content(b"cbor")?)?;
    let assertions = active.superboxes.iter().find(|inner| &inner.kind == b"c2as");
    let mut summary = Claim {
        label: active.label.clone(),
        manifests: u32::try_from(manifests.count()).unwrap_or(u32::MAX),
        generator: generator_of(&claim),
        title: words_of(&claim, "dc:title"),
        format: words_of(&claim, "dc:format"),
        instance: words_of(&claim, "instanceID"),
        is_signed: active.superboxes.iter().any(|inner| &inner.kind == b"c2cs"),
        ..Claim::default()
    };
    if let Some(assertions) = assertions {
        assertions
            .superboxes
            .iter()
            .take(LIST_MAX)
            .for_each(|inner| summary.assertions.push(inner.label.clone()));
        assertions.labelled("c2pa.actions").for_each(|inner| actions_of(inner, &mut summary.actions));
        let mining = ["c2pa.training-mining", "cawg.training-mining"];
        mining
            .iter()
            .flat_map(|label| assertions.labelled(label))
            .for_each(|inner| mining_of(inner, &mut summary.mining));
    }
    Some(summary)
}

fn actions_of(assertion: &Superbox<'_>, actions: &mut Vec<Action>) {
    let Some(value) = content_value(assertion) else { return };
    let listed = get(&value, "actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for entry in listed.iter().take(LIST_MAX.saturating_sub(actions.len())) {
        let software = get(entry, "softwareAgent");
        actions.push(Action {
            action: words_of(entry, "action").unwrap_or_default(),
            digital_source: words_of(entry, "digitalSourceType"),
            software: software.and_then(as_words).or_else(|| words_of(software?, "name")),
            when: get(entry, "when").and_then(as_words),
        });
    }
}

fn mining_of(assertion: &Superbox<'_>, mining: &mut Vec<Mining>) {
    let Some(value) = content_value(assertion) else { return };
    let entries = get(&value, "entries").unwrap_or(&value);
    for (usage, entry) in entries.as_map().map(Vec::as_slice).unwrap_or_default().iter().take(LIST_MAX) {
        if let Some((usage, permission)) = as_words(usage).zip(words_of(entry, "use")) {
            mining.push(Mining { usage, permission });
        }
    }
}

/// The content of an assertion, which is CBOR or JSON.
fn content_value(assertion: &Superbox<'_>) -> Option<Value> {
    match (assertion.content(b"cbor"), assertion.content(b"json")) {
        (Some(cbor), _) => value_of(cbor),
        (None, Some(json)) => serde_json::from_slice(json).ok(),
        (None, None) => None,
    }
}

fn value_of(cbor: &[u8]) -> Option<Value> {
    ciborium::de::from_reader_with_recursion_limit(cbor, DEPTH_MAX).ok()
}

/// `claim_generator_info` (a map, or a list of maps) is what newer claims give; `claim_generator` is a text.
fn generator_of(claim: &Value) -> Option<String> {
    let info = get(claim, "claim_generator_info")
        .map(|info| info.as_array().and_then(|list| list.first()).unwrap_or(info));
    let name = info.and_then(|info| words_of(info, "name"));
    let version = info.and_then(|info| words_of(info, "version"));
    match (name, version) {
        (Some(name), Some(version)) => Some(format!("{name} {version}")),
        (Some(name), None) => Some(name),
        (None, _) => words_of(claim, "claim_generator"),
    }
}

fn get<'a>(map: &'a Value, key: &str) -> Option<&'a Value> {
    map.as_map()?.iter().find(|(found, _)| found.as_text() == Some(key)).map(|(_, value)| value)
}

fn words_of(map: &Value, key: &str) -> Option<String> {
    get(map, key).and_then(as_words)
}

/// A text, or a text with a tag on it (a time).
fn as_words(value: &Value) -> Option<String> {
    let text = match value {
        Value::Text(text) => text,
        Value::Tag(_, inner) => inner.as_text()?,
        _ => return None,
    };
    Some(text.chars().take(WORDS_CHARS_MAX).collect())
}
