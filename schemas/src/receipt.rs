//! What a receipt says: an in-toto statement (version 1) about a take.
//!
//! The subjects are the files, by digest; the predicate is what was promised before the person spoke, what the server saw
//! while they spoke, and what was measured afterwards. Signing, logging and checking live in the crate of receipts.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::Sha256;
use crate::record::RecordError;

/// The type of every in-toto statement of version 1.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// The type of what a receipt says. A change of its fields is a new number.
pub const PREDICATE_TYPE: &str = "https://pixmo.dev/receipt/v1";
/// The longest name, id or version.
pub const TEXT_CHARS_MAX: usize = 200;
/// More scopes, parameters or signals than anyone needs.
pub const ENTRIES_MAX: usize = 64;
/// Speech may be measured to be a little longer than the recording, because windows are whole.
const VOICED_SECS_OVER_MAX: f64 = 0.5;

/// An in-toto statement whose predicate is a receipt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Statement {
    /// [`STATEMENT_TYPE`].
    #[serde(rename = "_type")]
    pub statement_type: String,
    /// The files, each once, in the order of [`SubjectName`].
    pub subject: Vec<Subject>,
    /// [`PREDICATE_TYPE`].
    pub predicate_type: String,
    /// The receipt.
    pub predicate: Receipt,
}

/// A file, or a text in UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Which.
    pub name: SubjectName,
    /// Its digest.
    pub digest: Digest,
}

/// What a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectName {
    /// The recording as it came.
    Audio,
    /// The image that was spoken about.
    Image,
    /// What the model heard.
    TranscriptRaw,
    /// What was said, after a person looked at it.
    Transcript,
}

impl fmt::Display for SubjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SubjectName::Audio => "audio",
            SubjectName::Image => "image",
            SubjectName::TranscriptRaw => "transcript-raw",
            SubjectName::Transcript => "transcript",
        })
    }
}

/// A digest in the form of in-toto.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digest {
    /// SHA-256.
    pub sha256: Sha256,
}

/// How a take came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Recorded in the page, piece by piece, under the clock of the server.
    Live,
    /// A file that was there already: it proves no time of speaking.
    Imported,
}

/// What is said about a take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// How it came.
    pub origin: Origin,
    /// The campaign.
    pub campaign: String,
    /// The task that was given.
    pub task: String,
    /// The take.
    pub take: String,
    /// The pseudonym of the person.
    pub person: String,
    /// What the person agreed to.
    pub consent: Consent,
    /// What the server promised and saw; only of a live take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// When the whole recording was there.
    pub received_at: Timestamp,
    /// When this was signed. It never goes back along the log.
    pub issued_at: Timestamp,
    /// What was measured of the recording.
    pub recording: Recording,
    /// What made the raw transcript; only if a model did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcription: Option<Transcription>,
    /// What detectors said: scores to look at, never a verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<Signal>,
}

/// What a person agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The version of the text.
    pub version: String,
    /// What it allows, such as `publish-text` and `publish-audio`.
    pub scopes: Vec<String>,
}

/// What the server promised before, and saw while, a person spoke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// The number that was used once: 16 bytes in hexadecimal.
    pub nonce: String,
    /// The build of the page that recorded.
    pub page_build: String,
    /// When the nonce was given.
    pub granted_at: Timestamp,
    /// Until when a recording could be begun with it.
    pub expires_at: Timestamp,
    /// When the recording began.
    pub started_at: Timestamp,
    /// For each piece its length in bytes and the milliseconds since the piece before it (the first: since the beginning),
    /// as variable-length numbers (LEB128) in base64 for addresses, without padding.
    pub links: String,
    /// The last hash of the chain of pieces.
    pub chain: Sha256,
}

/// What was measured of a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// The type under which it came, such as `audio/webm`.
    pub media_type: String,
    /// What it is coded with, such as `opus`.
    pub codec: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// What was heard in it. Of a live take it is never missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
}

/// What was heard in a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Its length in seconds.
    pub duration_secs: f64,
    /// Seconds in which someone speaks.
    pub voiced_secs: f64,
    /// Share of samples at the limit, 0 to 1.
    pub clipped_share: f64,
    /// Estimate of speech over noise in decibels, where there is speech.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snr_db: Option<f64>,
    /// What measured, with its version.
    pub by: String,
}

/// How a raw transcript was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcription {
    /// The name of the model.
    pub model: String,
    /// The digest of its file, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_sha256: Option<Sha256>,
    /// Everything that was set.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
}

/// A score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// What was looked for, such as `replay`.
    pub name: String,
    /// The detector and its version.
    pub version: String,
    /// What it said, in its own scale.
    pub value: f64,
}

impl Statement {
    /// A statement about these files. The transcripts may be missing.
    #[must_use]
    pub fn new(files: &[(SubjectName, Sha256)], predicate: Receipt) -> Statement {
        let subject = files.iter().map(|&(name, sha256)| Subject { name, digest: Digest { sha256 } });
        Statement {
            statement_type: STATEMENT_TYPE.to_owned(),
            subject: subject.collect(),
            predicate_type: PREDICATE_TYPE.to_owned(),
            predicate,
        }
    }

    /// The digest of a subject.
    #[must_use]
    pub fn digest_of(&self, name: SubjectName) -> Option<Sha256> {
        self.subject.iter().find(|subject| subject.name == name).map(|subject| subject.digest.sha256)
    }

    /// Whether it can be true by itself: types, subjects, the order of its times, and the ranges of its numbers.
    ///
    /// # Errors
    /// [`RecordError::Value`] with the first thing that does not hold.
    pub fn check(&self) -> Result<(), RecordError> {
        if self.statement_type != STATEMENT_TYPE {
            return Err(RecordError::value("_type", &self.statement_type, STATEMENT_TYPE));
        }
        if self.predicate_type != PREDICATE_TYPE {
            return Err(RecordError::value("predicateType", &self.predicate_type, PREDICATE_TYPE));
        }
        if !self.subject.is_sorted_by(|a, b| a.name < b.name) {
            let names: Vec<String> = self.subject.iter().map(|subject| subject.name.to_string()).collect();
            return Err(RecordError::value("subject", names.join(", "), "each once, in order"));
        }
        for name in [SubjectName::Audio, SubjectName::Image] {
            if self.digest_of(name).is_none() {
                return Err(RecordError::value("subject", "nothing", format!("the digest of `{name}`")));
            }
        }
        self.predicate.check()
    }
}

impl Receipt {
    fn check(&self) -> Result<(), RecordError> {
        for (field, text) in [
            ("campaign", &self.campaign),
            ("task", &self.task),
            ("take", &self.take),
            ("person", &self.person),
            ("consent.version", &self.consent.version),
            ("recording.media_type", &self.recording.media_type),
            ("recording.codec", &self.recording.codec),
        ] {
            check_text(field, text)?;
        }
        let many = [
            ("consent.scopes", self.consent.scopes.len()),
            ("transcription.parameters", self.transcription.as_ref().map_or(0, |by| by.parameters.len())),
            ("signals", self.signals.len()),
        ];
        if let Some((field, count)) = many.into_iter().find(|&(_, count)| count > ENTRIES_MAX) {
            return Err(RecordError::value(field, count, format!("at most {ENTRIES_MAX}")));
        }
        match (self.origin, &self.session) {
            (Origin::Live, None) => {
                return Err(RecordError::value("session", "nothing", "one: it is `live`"));
            }
            (Origin::Imported, Some(_)) => {
                return Err(RecordError::value("session", "one", "nothing: it is `imported`"));
            }
            (Origin::Live, Some(session)) => session.check(self.received_at)?,
            (Origin::Imported, None) => {}
        }
        if self.issued_at < self.received_at {
            let expected = format!("not before `received_at`, {}", self.received_at);
            return Err(RecordError::value("issued_at", self.issued_at, expected));
        }
        match &self.recording.measured {
            Some(measured) => measured.check()?,
            None if self.origin == Origin::Live => {
                return Err(RecordError::value(
                    "recording.measured",
                    "nothing",
                    "what was heard: it is `live`",
                ));
            }
            None => {}
        }
        match self.signals.iter().find(|signal| !signal.value.is_finite()) {
            Some(signal) => {
                Err(RecordError::value(format!("signals.{}", signal.name), signal.value, "a finite number"))
            }
            None => Ok(()),
        }
    }
}

impl Session {
    fn check(&self, received_at: Timestamp) -> Result<(), RecordError> {
        check_text("session.page_build", &self.page_build)?;
        let fits = self.nonce.len() == 32
            && self.nonce.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !fits {
            return Err(RecordError::value("session.nonce", &self.nonce, "32 lowercase hexadecimal digits"));
        }
        for (field, earlier, later) in [
            ("session.started_at", self.granted_at, self.started_at),
            ("session.expires_at", self.started_at, self.expires_at),
            ("received_at", self.started_at, received_at),
        ] {
            if later < earlier {
                return Err(RecordError::value(field, later, format!("not before {earlier}")));
            }
        }
        Ok(())
    }
}

impl Measured {
    fn check(&self) -> Result<(), RecordError> {
        check_text("recording.measured.by", &self.by)?;
        let longest = self.duration_secs + VOICED_SECS_OVER_MAX;
        for (field, value, min, max) in [
            ("recording.measured.duration_secs", self.duration_secs, f64::MIN_POSITIVE, 1e6),
            ("recording.measured.voiced_secs", self.voiced_secs, 0.0, longest),
            ("recording.measured.clipped_share", self.clipped_share, 0.0, 1.0),
            ("recording.measured.snr_db", self.snr_db.unwrap_or(0.0), -200.0, 200.0),
        ] {
            if !(min..=max).contains(&value) {
                return Err(RecordError::value(field, value, format!("{min} to {max}")));
            }
        }
        Ok(())
    }
}

fn check_text(field: &str, text: &str) -> Result<(), RecordError> {
    let fits = !text.trim().is_empty()
        && text.chars().count() <= TEXT_CHARS_MAX
        && !text.chars().any(char::is_control);
    let expected = || format!("1 to {TEXT_CHARS_MAX} characters, not blank, without control characters");
    if fits { Ok(()) } else { Err(RecordError::value(field, text, expected())) }
}
