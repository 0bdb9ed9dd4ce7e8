//! Issuing receipts: from a nonce that is given to an entry of the log.
//!
//! The way of a live take: [`Issuer::grant`] a nonce before the person speaks, [`Issuer::begin`] when they do, push each
//! piece into the [`Recorder`], finish it, and [`Issuer::issue`] when everything is measured. A file that was there already
//! is [`Source::Imported`], and its receipt says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pixmo_schemas::receipt::{
    Consent, Origin, Receipt, Recording, Session, Signal, Statement, SubjectName, Transcription,
};
use pixmo_schemas::{RecordError, Sha256};

use crate::chain::{self, ChainError, Recorded, Recorder};
use crate::check;
use crate::envelope::{Envelope, IN_TOTO};
use crate::fault::Wrong;
use crate::keyring::{KEYS, Keyring, KeyringError, RotateError};
use crate::keys::{KeyId, SignError, Signer};
use crate::leaf::{self, Leaf, Reason, Salt};
use crate::log::tiles::TILE_WIDTH;
use crate::log::{LogError, LogReader, LogWriter, Store};
use crate::nonce::{Binding, Grant, Nonce};
use crate::openings::{self, Opening};
use crate::published::Published;
use crate::registry::{Progress, Registry, RegistryError};

/// The one writer of a log of receipts.
pub struct Issuer<S, R> {
    log: LogWriter<S>,
    registry: R,
    signer: Arc<dyn Signer>,
    keyring: Keyring,
    last_at: Option<Timestamp>,
    /// The takes of the last two bundles: what a server that was killed may ask for again.
    recent: BTreeMap<String, u64>,
}

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

/// The world failed; nothing is lost, and the same can be asked again of an issuer that is opened again.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The keys of the log.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The key.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// A change of keys.
    #[error(transparent)]
    Rotate(#[from] RotateError),
    /// What must be remembered.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The key is not the one that signs now.
    #[error("the key `{found}` does not sign this log now, `{newest}` does")]
    Replaced {
        /// The key that was given.
        found: KeyId,
        /// The key that signs.
        newest: KeyId,
    },
    /// The clock went back.
    #[error("it is {now}, but the last receipt was issued at {last}")]
    Clock {
        /// Now.
        now: Timestamp,
        /// The last receipt.
        last: Timestamp,
    },
    /// A receipt of the log does not hold.
    #[error("entry {index} does not hold: {wrong}")]
    Entry {
        /// Its number.
        index: u64,
        /// What is wrong.
        wrong: Wrong,
    },
    /// What is to be taken back is no receipt, or was taken back already.
    #[error("entry {index} is no receipt that could be taken back")]
    NoReceipt {
        /// Its number.
        index: u64,
    },
}

impl<S: Store, R: Registry> Issuer<S, R> {
    /// Opens the log in `store`, or begins one under the name `origin`.
    ///
    /// # Errors
    /// When its files cannot be read, or `signer` is not its newest key.
    pub fn open(store: S, registry: R, origin: &str, signer: Arc<dyn Signer>) -> Result<Self, IssueError> {
        let keyring = if store.read(KEYS).map_err(LogError::from)?.is_some() {
            let keyring = Published::open(&store, Some(signer.public()))?.keyring().clone();
            if keyring.origin() != origin {
                let expected = origin.to_owned();
                let found = keyring.origin().to_owned();
                return Err(LogError::Checkpoint(crate::log::NoteError::Origin { found, expected }).into());
            }
            if keyring.newest() != signer.public() {
                return Err(IssueError::Replaced {
                    found: signer.public().id(),
                    newest: keyring.newest().id(),
                });
            }
            keyring
        } else {
            Keyring::new(origin, signer.public())?
        };
        // The checkpoint first: a list of keys without a log would be believed to be one.
        let log = LogWriter::open(store, origin, Arc::clone(&signer))?;
        log.store().write(KEYS, &keyring.to_bytes()).map_err(LogError::from)?;
        let mut issuer = Issuer { log, registry, signer, keyring, last_at: None, recent: BTreeMap::new() };
        issuer.look_back()?;
        Ok(issuer)
    }

    /// Reads the last receipts: when the last was issued, and for which takes.
    fn look_back(&mut self) -> Result<(), IssueError> {
        let size = self.log.size();
        let last = size.saturating_sub(1) / TILE_WIDTH;
        for bundle in last.saturating_sub(1)..=last {
            for (index, opening) in openings::read_bundle(self.log.store(), bundle)? {
                // What lies beyond the checkpoint was never issued.
                if index >= size {
                    openings::erase(self.log.store(), index)?;
                    continue;
                }
                let statement = Envelope::parse(opening.envelope.as_bytes())
                    .map_err(Wrong::from)
                    .and_then(|envelope| {
                        let keys: Vec<_> = self.keyring.tenures().iter().map(|t| t.key.clone()).collect();
                        let (payload, _) = envelope.open(IN_TOTO, &keys)?;
                        check::read(&payload)
                    })
                    .map_err(|wrong| IssueError::Entry { index, wrong })?;
                self.last_at = self.last_at.max(Some(statement.predicate.issued_at));
                self.recent.insert(statement.predicate.take, index);
            }
            // A full bundle of which the packing was cut off.
            if (bundle + 1) * TILE_WIDTH <= size {
                openings::pack_if_loose(self.log.store(), bundle)?;
            }
        }
        Ok(())
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.log.size()
    }

    /// The keys of the log.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// What is remembered.
    pub fn registry(&self) -> &R {
        &self.registry
    }

    /// Gives a nonce, whose bytes are random, for one recording that begins within `lifetime`.
    ///
    /// # Errors
    /// [`Refusal::UsedNonce`] when the random bytes are not random; or the world failed.
    pub fn grant(
        &self,
        nonce: Nonce,
        binding: Binding,
        now: Timestamp,
        lifetime: SignedDuration,
    ) -> Result<Result<Grant, Refusal>, IssueError> {
        let expires_at = now.checked_add(lifetime).unwrap_or(Timestamp::MAX);
        let grant = Grant { binding, granted_at: now, expires_at };
        let new = self.registry.grant(&nonce, &grant)?;
        Ok(if new { Ok(grant) } else { Err(Refusal::UsedNonce { take: None }) })
    }

    /// Begins a recording with a nonce, which is then used.
    ///
    /// # Errors
    /// When the nonce is unknown, used, expired, or given for something else than is `asked`; or the world failed.
    pub fn begin(
        &self,
        nonce: Nonce,
        asked: &Binding,
        now: Timestamp,
    ) -> Result<Result<Recorder, Refusal>, IssueError> {
        let Some((grant, progress)) = self.registry.look(&nonce)? else {
            return Ok(Err(Refusal::UnknownNonce));
        };
        match progress {
            Progress::Granted => {}
            Progress::Begun => return Ok(Err(Refusal::UsedNonce { take: None })),
            Progress::Spent { take } => return Ok(Err(Refusal::UsedNonce { take: Some(take) })),
        }
        let Grant { granted_at, expires_at, .. } = grant;
        if now < granted_at || now > expires_at {
            return Ok(Err(Refusal::Expired { granted_at, expires_at, now }));
        }
        if let Some((field, granted, asked)) = grant.binding.difference(asked) {
            return Ok(Err(Refusal::Bound { field, granted, asked }));
        }
        if !self.registry.begin(&nonce)? {
            return Ok(Err(Refusal::UsedNonce { take: None }));
        }
        Ok(Ok(Recorder::new(nonce, grant, now)))
    }

    /// Issues receipts, with one checkpoint for all of them. Each offer is answered in order. An offer that was answered
    /// already is answered with the same entry.
    ///
    /// # Errors
    /// When the world failed; then the issuer must be opened again.
    pub fn issue(
        &mut self,
        offers: &[Offer],
        now: Timestamp,
    ) -> Result<Vec<Result<Issued, Refusal>>, IssueError> {
        if let Some(last) = self.last_at.filter(|last| now < *last) {
            return Err(IssueError::Clock { now, last });
        }
        let mut answers = Vec::with_capacity(offers.len());
        let mut entries = Vec::new();
        let first = self.log.size();
        for offer in offers {
            if let Some(&index) = self.recent.get(&offer.take) {
                answers.push(self.once_more(index, offer)?);
                continue;
            }
            let statement = match self.examine(offer, now)? {
                Ok(statement) => statement,
                Err(refusal) => {
                    answers.push(Err(refusal));
                    continue;
                }
            };
            let index = first + entries.len() as u64;
            let payload = serde_json::to_vec(&statement)
                .map_err(|error| LogError::Damaged { name: "receipt".to_owned(), what: error.to_string() })?;
            let envelope = Envelope::sign(&payload, IN_TOTO, &*self.signer)?.to_json();
            let envelope_sha256 = Sha256::of(envelope.as_bytes());
            let commitment = leaf::commitment(&offer.salt, &envelope_sha256);
            openings::put(self.log.store(), index, &Opening { salt: offer.salt, envelope })?;
            entries.push(Leaf::Receipt(commitment).to_bytes());
            self.recent.insert(offer.take.clone(), index);
            answers.push(Ok(Issued { index, envelope_sha256 }));
        }
        self.add(&entries)?;
        if !entries.is_empty() {
            self.last_at = Some(now);
        }
        Ok(answers)
    }

    /// An offer for a take that has its receipt: the same offer gets the same answer.
    fn once_more(&self, index: u64, offer: &Offer) -> Result<Result<Issued, Refusal>, IssueError> {
        let Some(opening) = openings::read(self.log.store(), index)? else {
            return Ok(Err(Refusal::Other(format!(
                "the receipt of the take `{}` was taken back",
                offer.take
            ))));
        };
        let keys: Vec<_> = self.keyring.tenures().iter().map(|tenure| tenure.key.clone()).collect();
        let envelope = Envelope::parse(opening.envelope.as_bytes()).and_then(|e| e.open(IN_TOTO, &keys));
        let read = envelope.map_err(Wrong::from).and_then(|(payload, _)| check::read(&payload));
        let before = read.map_err(|wrong| IssueError::Entry { index, wrong })?;
        let same = before.digest_of(SubjectName::Audio) == Some(offer.audio)
            && match &offer.source {
                Source::Live(recorded) => before
                    .predicate
                    .session
                    .is_some_and(|session| session.nonce == recorded.nonce.to_string()),
                Source::Imported { .. } => before.predicate.session.is_none(),
            };
        if same {
            let envelope_sha256 = Sha256::of(opening.envelope.as_bytes());
            Ok(Ok(Issued { index, envelope_sha256 }))
        } else {
            Ok(Err(Refusal::Other(format!("the take `{}` has another receipt", offer.take))))
        }
    }

    /// Everything that is asked of an offer before it is signed; what may be used once is then used.
    fn examine(&self, offer: &Offer, now: Timestamp) -> Result<Result<Statement, Refusal>, IssueError> {
        let statement = match statement(offer, now) {
            Ok(statement) => statement,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Source::Live(recorded) = &offer.source
            && !self.registry.spend(&recorded.nonce, &offer.take)?
        {
            let take = match self.registry.look(&recorded.nonce)? {
                Some((_, Progress::Spent { take })) => Some(take),
                Some(_) => None,
                None => return Ok(Err(Refusal::UnknownNonce)),
            };
            return Ok(Err(Refusal::UsedNonce { take }));
        }
        if !self.registry.claim(&offer.audio, &offer.take)? {
            return Ok(Err(Refusal::UsedAudio));
        }
        Ok(Ok(statement))
    }

    fn add(&mut self, entries: &[Vec<u8>]) -> Result<u64, IssueError> {
        let before = self.log.size();
        let index = self.log.append(entries)?;
        for bundle in before / TILE_WIDTH..self.log.size() / TILE_WIDTH {
            openings::pack(self.log.store(), bundle)?;
        }
        Ok(index)
    }

    /// Takes a receipt back: says so in the log, then deletes its envelope and salt. The number of the tombstone.
    ///
    /// # Errors
    /// When there is no such receipt, or the world failed.
    pub fn erase(&mut self, index: u64, reason: Reason, now: Timestamp) -> Result<u64, IssueError> {
        let there = index < self.log.size() && openings::read(self.log.store(), index)?.is_some();
        if !there {
            return Err(IssueError::NoReceipt { index });
        }
        // A tombstone that was written by a server that was killed before it deleted is not written twice.
        let tombstone = match self.tombstone_of(index)? {
            Some(found) => found,
            None => self.add(&[Leaf::Tombstone { of: index, at: now, reason }.to_bytes()])?,
        };
        openings::erase(self.log.store(), index)?;
        self.recent.retain(|_, entry| *entry != index);
        Ok(tombstone)
    }

    /// Looks for a tombstone in the last bundles.
    fn tombstone_of(&self, index: u64) -> Result<Option<u64>, IssueError> {
        let size = self.log.size();
        let published = Published::open(self.log.store(), Some(self.signer.public()))?;
        let reader: LogReader<'_, &S> = published.log();
        for number in (index + 1).max(size.saturating_sub(TILE_WIDTH))..size {
            if let Ok(Leaf::Tombstone { of, .. }) = Leaf::parse(&reader.entry(number)?)
                && of == index
            {
                return Ok(Some(number));
            }
        }
        Ok(None)
    }

    /// Another key signs from here on. The number of the entry that says so.
    ///
    /// # Errors
    /// When a key does not sign, or the world failed.
    pub fn rotate(&mut self, new: Arc<dyn Signer>, now: Timestamp) -> Result<u64, IssueError> {
        let index = self.log.size();
        let keyring = self.keyring.rotate(index, &*self.signer, &*new, now)?;
        let rotated = keyring.rotations().last().expect("one was added");
        let entry = Leaf::Rotation(rotated.envelope.to_json()).to_bytes();
        // The list first: a rotation that the log has not come to is passed over.
        self.log.store().write(KEYS, &keyring.to_bytes()).map_err(LogError::from)?;
        self.log.hand_over(Arc::clone(&new));
        self.keyring = keyring;
        self.signer = new;
        self.add(&[entry])
    }
}

/// What a receipt says of an offer.
fn statement(offer: &Offer, now: Timestamp) -> Result<Statement, Refusal> {
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
