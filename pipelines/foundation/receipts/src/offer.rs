//! What a receipt is to say, and why one is refused.

use jiff::Timestamp;
use pixmo_schemas::receipt::{
    Consent, Origin, Receipt, Recording, Session, Signal, Statement, SubjectName, Transcription,
};
use pixmo_schemas::{RecordError, Sha256};

use crate::chain::{self, ChainError, Recorded};
use crate::check;
use crate::fault::Wrong;
use crate::leaf::Salt;
use crate::nonce::Binding;

/// Where a recording comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// It was recorded in the page.
    Live(Recorded),
    /// It was there already.
    Imported {
        /// The task that it belongs to, and whose it is. The build of the page is not used.
        binding: Binding,
    },
}

/// Everything that a receipt is to say.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Where the recording comes from.
    pub source: Source,
    /// The take.
    pub take: String,
    /// The digest of the file that is kept.
    pub audio: Sha256,
    /// What was measured of it.
    pub recording: Recording,
    /// When it was there.
    pub received_at: Timestamp,
    /// What the consent allows.
    pub scopes: Vec<String>,
    /// The digest of the raw transcript, if a model made one, and how.
    pub raw: Option<(Sha256, Transcription)>,
    /// The digest of the transcript, if there is one yet.
    pub transcript: Option<Sha256>,
    /// What detectors said.
    pub signals: Vec<Signal>,
    /// Random bytes.
    pub salt: Salt,
}

/// A receipt that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The number of its entry.
    pub index: u64,
    /// The digest of its envelope.
    pub envelope_sha256: Sha256,
}

/// Why a nonce is not given, a recording not begun, or a receipt not issued. Nothing was changed but what is said.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The nonce was never given.
    #[error("the nonce was not given by this server")]
    UnknownNonce,
    /// The nonce was used.
    #[error("the nonce was used before{}", for_take(.take))]
    UsedNonce {
        /// The take that has its receipt.
        take: Option<String>,
    },
    /// The nonce is too old, or the clock went back.
    #[error("the nonce holds from {granted_at} to {expires_at}, and it is {now}")]
    Expired {
        /// From when.
        granted_at: Timestamp,
        /// Until when.
        expires_at: Timestamp,
        /// Now.
        now: Timestamp,
    },
    /// The nonce was given for something else.
    #[error("the nonce was given for the {field} `{granted}`, not for `{asked}`")]
    Bound {
        /// What differs.
        field: &'static str,
        /// What it was given for.
        granted: String,
        /// What it is used for.
        asked: String,
    },
    /// The recording has a receipt under another take.
    #[error("the same recording was accepted before")]
    UsedAudio,
    /// The pieces did not come as speech does.
    #[error("the recording did not come as speech does: {0}")]
    Chain(#[from] ChainError),
    /// The receipt would say what cannot be true.
    #[error("the receipt would not hold: {0}")]
    Value(#[from] RecordError),
    /// The receipt would not hold for another reason.
    #[error("the receipt would not hold: {0}")]
    Other(String),
}

fn for_take(take: &Option<String>) -> String {
    take.as_ref().map_or_else(String::new, |take| format!(" for the take `{take}`"))
}

/// What a receipt says of an offer.
pub(crate) fn statement(offer: &Offer, now: Timestamp) -> Result<Statement, Refusal> {
    let (origin, binding, session) = match &offer.source {
        Source::Live(recorded) => {
            recorded.check_file(&offer.audio, offer.recording.bytes)?;
            let measured = offer.recording.measured.as_ref();
            chain::check_pace(&recorded.links, measured.map_or(0.0, |measured| measured.duration_secs))?;
            let session = Session {
                nonce: recorded.nonce.to_string(),
                page_build: recorded.grant.binding.page_build.clone(),
                granted_at: recorded.grant.granted_at,
                expires_at: recorded.grant.expires_at,
                started_at: recorded.started_at,
                links: chain::links_text(&recorded.links),
                chain: recorded.chain,
            };
            (Origin::Live, &recorded.grant.binding, Some(session))
        }
        Source::Imported { binding } => (Origin::Imported, binding, None),
    };
    let mut files = vec![(SubjectName::Audio, offer.audio), (SubjectName::Image, binding.image)];
    files.extend(offer.raw.as_ref().map(|(digest, _)| (SubjectName::TranscriptRaw, *digest)));
    files.extend(offer.transcript.map(|digest| (SubjectName::Transcript, digest)));
    let receipt = Receipt {
        origin,
        campaign: binding.campaign.clone(),
        task: binding.task.clone(),
        take: offer.take.clone(),
        person: binding.person.clone(),
        consent: Consent { version: binding.consent_version.clone(), scopes: offer.scopes.clone() },
        session,
        received_at: offer.received_at,
        issued_at: now,
        recording: offer.recording.clone(),
        transcription: offer.raw.as_ref().map(|(_, by)| by.clone()),
        signals: offer.signals.clone(),
    };
    let statement = Statement::new(&files, receipt);
    // The same check as a stranger makes.
    let payload = serde_json::to_vec(&statement).map_err(|error| Refusal::Other(error.to_string()))?;
    match check::read(&payload) {
        Ok(_) => Ok(statement),
        Err(Wrong::Value(error)) => Err(error.into()),
        Err(Wrong::Chain(error)) => Err(error.into()),
        Err(other) => Err(Refusal::Other(other.to_string())),
    }
}
