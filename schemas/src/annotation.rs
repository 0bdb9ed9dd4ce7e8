//! The take annotation: what is known of one accepted recording, one line of JSON.
//!
//! The annotator's server exports such lines, append-only, and the stage `cap` reads them; an import without a server
//! writes the same lines. Times are UTC in the form `2026-11-30T16:40:00Z`, whatever is not known is left away.

use serde::{Deserialize, Serialize};

use crate::id::Sha256;

/// The scope of consent under which a caption and its transcripts may be published.
pub const SCOPE_TEXT: &str = "publish-text";
/// The scope of consent under which the recording itself may be published.
pub const SCOPE_AUDIO: &str = "publish-audio";

/// One accepted recording of one person about one image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeAnnotation {
    /// Names the take, once in a campaign.
    pub take: String,
    /// Whether it was accepted.
    pub status: Status,
    /// What was spoken about.
    pub image: TakeImage,
    /// The recording.
    pub audio: TakeAudio,
    /// Pseudonym of the person who spoke.
    pub person: String,
    /// Language that was spoken, a BCP 47 tag such as `en`.
    pub language: String,
    /// Under which rules it was recorded.
    pub phase: Phase,
    /// Whether the image is one of those that measure people; such takes are never published.
    #[serde(default)]
    pub gold: bool,
    /// What the person agreed to.
    pub consent: Consent,
    /// When the recording began, by the clock of the person's machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<String>,
    /// When its last piece arrived, by the clock of the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<String>,
    /// What was said, as far as it is written down.
    #[serde(default)]
    pub transcript: GivenTranscript,
    /// Its receipt in the log of the campaign; none for what no server recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<TakeReceipt>,
}

/// What became of a take when it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is good.
    Accepted,
    /// It is not.
    Rejected,
}

/// Under which rules a take was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Several people speak about an image, at least 60 seconds each (the first phase of the paper: three).
    Several,
    /// One person speaks about an image, at least 90 seconds.
    Single,
}

impl Phase {
    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Phase::Several => "several",
            Phase::Single => "single",
        }
    }
}

/// The image of a take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeImage {
    /// SHA-256 of the file.
    pub sha256: Sha256,
    /// Where it can be fetched.
    pub url: String,
}

/// The recording of a take, as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeAudio {
    /// SHA-256 of the file.
    pub sha256: Sha256,
    /// Its size.
    pub bytes: u64,
    /// Its media type, for example `audio/webm`.
    pub media_type: String,
    /// What its sound is packed with, for example `opus`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
}

impl TakeAudio {
    /// The end of the file's name in the store of takes.
    pub fn extension(&self) -> &'static str {
        match self.media_type.split(';').next().unwrap_or_default().trim() {
            "audio/webm" | "video/webm" => "webm",
            "audio/ogg" | "audio/opus" => "ogg",
            "audio/mp4" | "audio/m4a" | "audio/x-m4a" | "audio/aac" | "video/mp4" => "m4a",
            "audio/mpeg" | "audio/mp3" => "mp3",
            "audio/flac" | "audio/x-flac" => "flac",
            "audio/wav" | "audio/x-wav" | "audio/wave" | "audio/vnd.wave" => "wav",
            _ => "bin",
        }
    }

    /// The media type of a file by the end of its name; `None` for one that is no recording we know.
    pub fn media_type_of(extension: &str) -> Option<&'static str> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "webm" => "audio/webm",
            "ogg" | "oga" | "opus" => "audio/ogg",
            "m4a" | "mp4" | "aac" => "audio/mp4",
            "mp3" => "audio/mpeg",
            "flac" => "audio/flac",
            "wav" => "audio/wav",
            _ => return None,
        })
    }
}

/// What a person agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Version of the text that was agreed to.
    pub version: String,
    /// What it covers: [`SCOPE_TEXT`], [`SCOPE_AUDIO`], and whatever else the text names.
    pub scopes: Vec<String>,
}

impl Consent {
    /// Whether it covers this.
    pub fn covers(&self, scope: &str) -> bool {
        self.scopes.iter().any(|known| known == scope)
    }
}

/// What was said, as far as it is written down.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenTranscript {
    /// What the recogniser heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<RawTranscript>,
    /// What the person made of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<String>,
}

/// What a recogniser heard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTranscript {
    /// The text.
    pub text: String,
    /// The words with their times; empty if only the text is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<SpokenWord>,
    /// The language that the recogniser heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Which recogniser it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Recogniser>,
}

/// A word and when it was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpokenWord {
    /// The word with its punctuation.
    pub word: String,
    /// Seconds from the beginning of the recording to the beginning of the word.
    pub from_secs: f64,
    /// Seconds from the beginning of the recording to the end of the word.
    pub to_secs: f64,
    /// How sure the recogniser is, 0 to 1, where it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// A speech recogniser as lineage names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recogniser {
    /// What people call it.
    pub name: String,
    /// SHA-256 of its file, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256>,
    /// How it was asked, in words or JSON.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parameters: String,
}

/// Where the receipt of a take stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeReceipt {
    /// Its leaf in the log, counted from 0.
    pub leaf: u64,
    /// SHA-256 of its signed envelope.
    pub sha256: Sha256,
}

impl TakeAnnotation {
    /// What makes the line useless, if anything does: field, what was found, what is expected.
    pub fn fault(&self) -> Option<(&'static str, String, &'static str)> {
        let blank = |text: &str| text.trim().is_empty();
        for (field, text) in [
            ("take", &self.take),
            ("person", &self.person),
            ("language", &self.language),
            ("image.url", &self.image.url),
            ("audio.media_type", &self.audio.media_type),
            ("consent.version", &self.consent.version),
        ] {
            if blank(text) {
                return Some((field, text.clone(), "text that is not blank"));
            }
        }
        if self.audio.bytes == 0 {
            return Some(("audio.bytes", "0".to_owned(), "1 or more"));
        }
        let words = self.transcript.raw.iter().flat_map(|raw| &raw.words);
        for word in words {
            let in_order = word.from_secs.is_finite()
                && word.to_secs.is_finite()
                && word.from_secs >= 0.0
                && word.from_secs <= word.to_secs;
            if !in_order {
                let found = format!("{} to {}", word.from_secs, word.to_secs);
                return Some(("transcript.raw.words", found, "seconds that do not run backwards"));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest line, as an import writes it.
    const SMALL: &str = r#"{"take":"t-1","status":"accepted",
        "image":{"sha256":"59dfb9a4acb36fe2a2affc14bacbee2920ff435cb13cc314a08c13f66ba7860e","url":"https://images.example/1.jpg"},
        "audio":{"sha256":"59dfb9a4acb36fe2a2affc14bacbee2920ff435cb13cc314a08c13f66ba7860e","bytes":352078,"media_type":"audio/wav"},
        "person":"a-117","language":"en","phase":"single","consent":{"version":"1","scopes":["publish-text"]}}"#;

    #[test]
    fn what_is_not_known_is_left_away_and_comes_back_the_same() {
        let take: TakeAnnotation = serde_json::from_str(SMALL).unwrap();
        assert_eq!(take.fault(), None);
        assert_eq!((take.audio.extension(), take.gold), ("wav", false));
        assert!(take.consent.covers(SCOPE_TEXT) && !take.consent.covers(SCOPE_AUDIO));
        let again: TakeAnnotation = serde_json::from_str(&serde_json::to_string(&take).unwrap()).unwrap();
        assert_eq!(again, take);
    }

    #[test]
    fn a_line_that_says_more_or_nothing_is_refused() {
        let unknown = SMALL.replace("\"person\"", "\"name\":\"Ann\",\"person\"");
        let error = serde_json::from_str::<TakeAnnotation>(&unknown).unwrap_err().to_string();
        assert!(error.contains("unknown field `name`"), "{error}");
        let blank: TakeAnnotation = serde_json::from_str(&SMALL.replace("a-117", " ")).unwrap();
        assert_eq!(blank.fault().map(|(field, ..)| field), Some("person"));
    }

    #[test]
    fn every_extension_has_a_media_type_that_leads_back_to_it() {
        for extension in ["webm", "ogg", "m4a", "mp3", "flac", "wav"] {
            let media_type = TakeAudio::media_type_of(extension).unwrap().to_owned();
            let audio = TakeAudio { sha256: Sha256::of(b"x"), bytes: 1, media_type, codec: None };
            assert_eq!(audio.extension(), extension);
        }
    }
}
