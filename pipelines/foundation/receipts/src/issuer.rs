//! Issuing receipts: from a nonce that is given to an entry of the log.
//!
//! The way of a live take: [`Issuer::grant`] a nonce before the person speaks, [`Issuer::begin`] when they do, push each
//! piece into the [`Recorder`], finish it, and [`Issuer::issue`] when everything is measured. A file that was there already
//! is [`Source::Imported`], and its receipt says so.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Statement, SubjectName};

use crate::chain::Recorder;
use crate::check;
use crate::envelope::{Envelope, IN_TOTO};
use crate::fault::Wrong;
use crate::keyring::{KEYS, Keyring, KeyringError, RotateError};
use crate::keys::{KeyId, SignError, Signer};
use crate::leaf::{self, Leaf, Reason};
use crate::log::tiles::TILE_WIDTH;
use crate::log::{LogError, LogReader, LogWriter, Store};
use crate::nonce::{Binding, Grant, Nonce};
use crate::offer::statement;
use crate::openings::{self, Opening};
use crate::published::Published;
use crate::registry::{Progress, Registry, RegistryError};

pub use crate::offer::{Issued, Offer, Refusal, Source};

/// The one writer of a log of receipts.
pub struct Issuer<S, R> {
    log: LogWriter<S>,
    registry: R,
    signer: Arc<dyn Signer>,
    keyring: Keyring,
    last_at: Option<Timestamp>,
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
        let mut issuer = Issuer { log, registry, signer, keyring, last_at: None };
        issuer.look_back()?;
        Ok(issuer)
    }

    /// Reads the last receipts: when the last was issued, and for which takes, which a server that was killed may not have
    /// noted.
    fn look_back(&mut self) -> Result<(), IssueError> {
        let size = self.log.size();
        let last = size / TILE_WIDTH;
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
                self.registry.note(&statement.predicate.take, index)?;
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
        let (mut entries, mut kept) = (Vec::new(), Vec::new());
        let mut together = BTreeSet::new();
        let first = self.log.size();
        for offer in offers {
            if !together.insert(offer.take.as_str()) {
                let why = format!("the take `{}` is offered twice", offer.take);
                answers.push(Err(Refusal::Other(why)));
                continue;
            }
            if let Some(index) = self.registry.issued(&offer.take)? {
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
            kept.push(Opening { salt: offer.salt, envelope });
            entries.push(Leaf::Receipt(commitment).to_bytes());
            answers.push(Ok(Issued { index, envelope_sha256 }));
        }
        openings::put(self.log.store(), first, &kept)?;
        self.add(&entries)?;
        if !entries.is_empty() {
            self.last_at = Some(now);
        }
        for (offer, answer) in offers.iter().zip(&answers) {
            if let Ok(issued) = answer
                && issued.index >= first
            {
                self.registry.note(&offer.take, issued.index)?;
            }
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
