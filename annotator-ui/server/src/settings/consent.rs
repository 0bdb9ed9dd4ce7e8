//! `[annotate.consent]`: the text that people agree to, and its scopes.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[annotate.consent]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConsentSettings {
    /// The version of the text: whoever agreed to another one is asked again.
    pub version: String,
    /// What stands above the text, by language.
    pub title: BTreeMap<String, String>,
    /// The text, by language.
    pub text: BTreeMap<String, String>,
    /// What can be agreed to; `work` is required, the others are free.
    pub scopes: Vec<String>,
}

/// The scope without which nobody works.
pub const WORK: &str = "work";
/// The scope for transcripts, labels, points and counts in published data.
pub const PUBLISH_TRANSCRIPT: &str = "publish_transcript";
/// The scope for recordings in published data.
pub const PUBLISH_AUDIO: &str = "publish_audio";

const TEXT_EN: &str = include_str!("../../assets/consent.en.txt");
const TEXT_DE: &str = include_str!("../../assets/consent.de.txt");

impl Default for ConsentSettings {
    fn default() -> Self {
        let of = |en: &str, de: &str| {
            BTreeMap::from([("en".to_owned(), en.trim().to_owned()), ("de".to_owned(), de.trim().to_owned())])
        };
        ConsentSettings {
            version: "1".to_owned(),
            title: of("Your work, your voice, your data", "Ihre Arbeit, Ihre Stimme, Ihre Daten"),
            text: of(TEXT_EN, TEXT_DE),
            scopes: [WORK, PUBLISH_TRANSCRIPT, PUBLISH_AUDIO].map(str::to_owned).to_vec(),
        }
    }
}

impl ConsentSettings {
    /// The title and the text in a language, or in English, or in whichever there is.
    #[must_use]
    pub fn words_in(&self, language: &str) -> (&str, &str) {
        (in_language(&self.title, language), in_language(&self.text, language))
    }

    pub(super) fn text_in(&self, language: &str) -> Option<&str> {
        self.text.get(language).map(String::as_str)
    }

    /// What a scope means, for people: a line in a language.
    #[must_use]
    pub fn scope_text(scope: &str, language: &str) -> String {
        let text = match (scope, language) {
            (WORK, "de") => "Meine Arbeit darf gespeichert, geprüft und bezahlt werden.",
            (WORK, _) => "My work may be stored, checked and paid.",
            (PUBLISH_TRANSCRIPT, "de") => {
                "Was ich sage, schreibe und markiere, darf ohne meine Stimme veröffentlicht werden."
            }
            (PUBLISH_TRANSCRIPT, _) => "What I say, write and mark may be published, without my voice.",
            (PUBLISH_AUDIO, "de") => "Meine Aufnahmen dürfen veröffentlicht werden.",
            (PUBLISH_AUDIO, _) => "My recordings may be published.",
            (other, _) => other,
        };
        text.to_owned()
    }
}

fn in_language<'a>(texts: &'a BTreeMap<String, String>, language: &str) -> &'a str {
    let found = texts.get(language).or_else(|| texts.get("en")).or_else(|| texts.values().next());
    found.map_or("", String::as_str)
}
