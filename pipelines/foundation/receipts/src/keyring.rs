//! Which key signed when: from the one key that a stranger has to all keys of a log.
//!
//! A rotation is an entry of the log, signed by the old key and by the new one. From any key of the chain the others
//! follow, in both directions: the old key names its successor, the new key vouches for what its predecessor signed
//! before. A key counts only for the entries of its time, so one that is lost signs nothing new.

use jiff::Timestamp;
use pixmo_schemas::Sha256;
use serde::{Deserialize, Serialize};

use crate::envelope::{Envelope, EnvelopeError, IN_TOTO};
use crate::keys::{KeyError, KeyId, PublicKey, SignError, Signer};
use crate::log::{Checkpoint, LogError, NoteError, NoteVerifier, Store};

/// The name of the file that lists the keys of a log.
pub const KEYS: &str = "keys.json";
/// What a rotation is, as a predicate.
pub const ROTATION_TYPE: &str = "https://pixmo.dev/key-rotation/v1";
const STATEMENT_TYPE: &str = pixmo_schemas::receipt::STATEMENT_TYPE;

/// The file as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    /// The name of the log.
    pub origin: String,
    /// The first key, in PEM.
    pub first: String,
    /// The others in order.
    pub rotations: Vec<Rotated>,
}

/// A change of keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotated {
    /// The number of its entry in the log.
    pub index: u64,
    /// The envelope that stands there.
    pub envelope: Envelope,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RotationStatement {
    #[serde(rename = "_type")]
    statement_type: String,
    subject: [RotationSubject; 1],
    predicate_type: String,
    predicate: Rotation,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RotationSubject {
    name: String,
    digest: pixmo_schemas::receipt::Digest,
}

/// What a rotation says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    /// The log.
    origin: String,
    /// The number of the entry.
    index: u64,
    /// The key until then, in PEM.
    old: String,
    /// The key from then on, in PEM.
    new: String,
    /// When.
    at: Timestamp,
}

/// Why the keys of a log are not believed.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The list cannot be had.
    #[error(transparent)]
    Log(#[from] LogError),
    /// There is no list of keys.
    #[error("`{KEYS}` is missing")]
    Missing,
    /// The list has another form.
    #[error("`{KEYS}` is damaged: {0}")]
    Form(String),
    /// A key in the list is none.
    #[error("a key in `{KEYS}` cannot be read")]
    Key(#[from] KeyError),
    /// The envelope of a rotation is not signed by both keys.
    #[error("rotation {number} in `{KEYS}` is not signed by the {which} key")]
    Rotation {
        /// Which, from 1.
        number: usize,
        /// `old` or `new`.
        which: &'static str,
        /// Why not.
        #[source]
        source: EnvelopeError,
    },
    /// The key that was given is none of this log.
    #[error("the key `{id}` is none of the {known} keys of the log `{origin}`")]
    Stranger {
        /// The key that was given.
        id: KeyId,
        /// How many keys the log has.
        known: usize,
        /// The log.
        origin: String,
    },
}

/// A key and the entries that it may sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// The key.
    pub key: PublicKey,
    /// The first entry.
    pub from: u64,
    /// The first entry that is no longer its own.
    pub until: Option<u64>,
}

impl Tenure {
    /// Whether the key may sign entry `index`.
    #[must_use]
    pub fn covers(&self, index: u64) -> bool {
        self.from <= index && self.until.is_none_or(|until| index < until)
    }
}

/// All keys of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyring {
    file: KeyFile,
    tenures: Vec<Tenure>,
}

impl Keyring {
    /// The keyring of a new log.
    ///
    /// # Errors
    /// [`LogError::Name`].
    pub fn new(origin: &str, key: &PublicKey) -> Result<Keyring, LogError> {
        NoteVerifier::new(origin, key.verifying())
            .ok_or_else(|| LogError::Name { name: origin.to_owned() })?;
        let file = KeyFile { origin: origin.to_owned(), first: key.to_pem(), rotations: Vec::new() };
        Ok(Keyring { file, tenures: vec![Tenure { key: key.clone(), from: 0, until: None }] })
    }

    /// Reads the list of a log. With `anchor` the list is believed because that key is in it; without, it is believed
    /// because it is there, which shows only that nothing was changed since by someone without the keys.
    ///
    /// # Errors
    /// When it cannot be read, a rotation is not signed by both its keys, or `anchor` is not in it.
    pub fn read<S: Store>(store: &S, anchor: Option<&PublicKey>) -> Result<Keyring, KeyringError> {
        let content = store.read(KEYS).map_err(LogError::from)?.ok_or(KeyringError::Missing)?;
        let keyring = Keyring::parse(&content)?;
        match anchor {
            Some(anchor) if !keyring.tenures.iter().any(|tenure| tenure.key == *anchor) => {
                Err(KeyringError::Stranger {
                    id: anchor.id(),
                    known: keyring.tenures.len(),
                    origin: keyring.file.origin,
                })
            }
            _ => Ok(keyring),
        }
    }

    /// Reads the content of the list.
    ///
    /// # Errors
    /// When it has another form, or a rotation is not signed by both its keys.
    pub fn parse(content: &[u8]) -> Result<Keyring, KeyringError> {
        let file: KeyFile =
            serde_json::from_slice(content).map_err(|error| KeyringError::Form(error.to_string()))?;
        let first = PublicKey::from_pem(&file.first, KEYS)?;
        // One form only, so that no change of the list goes unseen.
        if first.to_pem() != file.first {
            return Err(KeyringError::Form("its first key is not in its usual form".to_owned()));
        }
        let mut keyring = Keyring::new(&file.origin, &first)?;
        for (number, rotated) in (1..).zip(&file.rotations) {
            keyring.follow(number, rotated)?;
        }
        keyring.file = file;
        Ok(keyring)
    }

    fn follow(&mut self, number: usize, rotated: &Rotated) -> Result<(), KeyringError> {
        let form = |what: &str| KeyringError::Form(format!("rotation {number} {what}"));
        let last = self.tenures.last_mut().expect("there is a first key");
        let by = |which| move |source| KeyringError::Rotation { number, which, source };
        let old = std::slice::from_ref(&last.key);
        let (payload, _) = rotated.envelope.open(IN_TOTO, old).map_err(by("old"))?;
        let statement: RotationStatement =
            serde_json::from_slice(&payload).map_err(|error| form(&format!("cannot be read: {error}")))?;
        let says = &statement.predicate;
        let new = PublicKey::from_pem(&says.new, KEYS)?;
        rotated.envelope.open(IN_TOTO, std::slice::from_ref(&new)).map_err(by("new"))?;
        if statement.statement_type != STATEMENT_TYPE || statement.predicate_type != ROTATION_TYPE {
            return Err(form("is of another type"));
        }
        if says.origin != self.file.origin || says.index != rotated.index || says.old != last.key.to_pem() {
            return Err(form("belongs to another place"));
        }
        if rotated.index < last.from || new == last.key {
            return Err(form("is out of order"));
        }
        last.until = Some(rotated.index);
        self.tenures.push(Tenure { key: new, from: rotated.index + 1, until: None });
        self.file.rotations.push(rotated.clone());
        Ok(())
    }

    /// The keyring with one more key, from entry `index` on.
    ///
    /// # Errors
    /// When a key does not sign.
    pub fn rotate(
        &self,
        index: u64,
        old: &dyn Signer,
        new: &dyn Signer,
        at: Timestamp,
    ) -> Result<Keyring, RotateError> {
        let digest = pixmo_schemas::receipt::Digest { sha256: Sha256::of(new.public().to_pem().as_bytes()) };
        let statement = RotationStatement {
            statement_type: STATEMENT_TYPE.to_owned(),
            subject: [RotationSubject { name: "public-key".to_owned(), digest }],
            predicate_type: ROTATION_TYPE.to_owned(),
            predicate: Rotation {
                origin: self.file.origin.clone(),
                index,
                old: old.public().to_pem(),
                new: new.public().to_pem(),
                at,
            },
        };
        let payload = serde_json::to_vec(&statement).expect("only text");
        let envelope = Envelope::sign(&payload, IN_TOTO, old)?.also_signed(new)?;
        let mut keyring = self.clone();
        let number = keyring.tenures.len();
        keyring.follow(number, &Rotated { index, envelope })?;
        Ok(keyring)
    }

    /// Rotations that the log has not come to are dropped: a writer that was killed left them.
    pub fn cut(&mut self, size: u64) {
        self.file.rotations.retain(|rotated| rotated.index < size);
        self.tenures.truncate(self.file.rotations.len() + 1);
        if let Some(last) = self.tenures.last_mut() {
            last.until = None;
        }
    }

    /// The bytes of the list.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = serde_json::to_string_pretty(&self.file).expect("only text").into_bytes();
        text.push(b'\n');
        text
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.file.origin
    }

    /// The keys in order.
    #[must_use]
    pub fn tenures(&self) -> &[Tenure] {
        &self.tenures
    }

    /// The rotations in order.
    #[must_use]
    pub fn rotations(&self) -> &[Rotated] {
        &self.file.rotations
    }

    /// The key that signs now.
    #[must_use]
    pub fn newest(&self) -> &PublicKey {
        &self.tenures.last().expect("there is a first key").key
    }

    /// Reads a checkpoint that a key of the log has signed in its time.
    ///
    /// # Errors
    /// What is wrong with it, for the newest key.
    pub fn checkpoint(&self, note: &str) -> Result<Checkpoint, NoteError> {
        let mut wrong = None;
        for tenure in self.tenures.iter().rev() {
            let Some(verifier) = NoteVerifier::new(self.origin(), tenure.key.verifying()) else { continue };
            match Checkpoint::read(note, &verifier) {
                Ok(checkpoint) if checkpoint.origin != self.origin() => {
                    let expected = self.origin().to_owned();
                    return Err(NoteError::Origin { found: checkpoint.origin, expected });
                }
                // The checkpoint over the rotation itself is signed by the new key.
                Ok(checkpoint) if tenure.until.is_some_and(|until| checkpoint.size > until) => {
                    wrong.get_or_insert(NoteError::Form("its key was replaced before"));
                }
                Ok(checkpoint) => return Ok(checkpoint),
                Err(error) => {
                    wrong.get_or_insert(error);
                }
            }
        }
        Err(wrong.unwrap_or(NoteError::Form("no key could sign it")))
    }
}

/// A key was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// A key does not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The new key does not follow the old one.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}
