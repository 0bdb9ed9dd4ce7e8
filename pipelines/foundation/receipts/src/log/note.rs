//! Signed notes and checkpoints: C2SP signed-note and tlog-checkpoint.
//!
//! A note is text that ends in a newline, an empty line, and one signature a line: an em dash, the name of the key and,
//! in base64, four bytes that tell keys of one name apart and the signature over the text. A checkpoint is a note whose
//! text says which log it is, how many entries it has and their root.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::keys::Signer;
use crate::log::LogError;
use crate::log::tree::Hash;

/// The byte that stands for Ed25519 in the hash of a key.
const ED25519: u8 = 1;
/// More signatures than anyone needs.
const SIGNATURES_MAX: usize = 64;
/// The longest checkpoint that is believed.
const NOTE_BYTES_MAX: usize = 64 << 10;

/// What a log says of itself at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: a name without a scheme, such as `receipts.example.org/spring-2026`.
    pub origin: String,
    /// Its number of entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// Why a checkpoint is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It does not have the form of a checkpoint.
    #[error("this is no checkpoint: {0}")]
    Form(&'static str),
    /// It is of another log.
    #[error("this checkpoint is of the log `{found}`, expected `{expected}`")]
    Origin {
        /// The log it is of.
        found: String,
        /// The log that was asked for.
        expected: String,
    },
    /// None of its signatures is by the key.
    #[error("this checkpoint has no signature by the key `{name}+{hash}`")]
    Unsigned {
        /// The name of the key.
        name: String,
        /// Its hash in hexadecimal.
        hash: String,
    },
    /// The signature by the key is wrong.
    #[error("the signature by the key `{name}+{hash}` does not fit the checkpoint")]
    Signature {
        /// The name of the key.
        name: String,
        /// Its hash in hexadecimal.
        hash: String,
    },
}

/// A key that signs notes, or the half that checks them, under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteVerifier {
    name: String,
    key: VerifyingKey,
}

impl NoteVerifier {
    /// The key under a name, which must not be empty and holds neither white space nor a plus.
    #[must_use]
    pub fn new(name: &str, key: VerifyingKey) -> Option<NoteVerifier> {
        let fits = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+');
        fits.then(|| NoteVerifier { name: name.to_owned(), key })
    }

    /// The text form that tools take: `name+hash+key`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut key = vec![ED25519];
        key.extend_from_slice(self.key.as_bytes());
        format!("{}+{}+{}", self.name, hex::encode(self.hash()), STANDARD.encode(key))
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`NoteError::Form`] when it has another form, or its hash does not fit its key.
    pub fn parse(text: &str) -> Result<NoteVerifier, NoteError> {
        let wrong = NoteError::Form("a key has the form `name+hash+key`");
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong);
        };
        let key = STANDARD.decode(key).map_err(|_| wrong.clone())?;
        let [ED25519, bytes @ ..] = key.as_slice() else {
            return Err(NoteError::Form("the key is not Ed25519"));
        };
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| wrong.clone())?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| NoteError::Form("the key is no point"))?;
        let verifier = NoteVerifier::new(name, key).ok_or(wrong)?;
        if hex::encode(verifier.hash()) == hash {
            Ok(verifier)
        } else {
            Err(NoteError::Form("the hash does not fit the key"))
        }
    }

    /// Four bytes that tell keys of one name apart.
    fn hash(&self) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(self.name.as_bytes());
        hasher.update([b'\n', ED25519]);
        hasher.update(self.key.as_bytes());
        let whole: Hash = hasher.finalize().into();
        [whole[0], whole[1], whole[2], whole[3]]
    }

    fn check(&self, text: &str, signatures: &str) -> Result<(), NoteError> {
        let (name, hash) = (self.name.clone(), hex::encode(self.hash()));
        let mine = signatures.lines().take(SIGNATURES_MAX).find_map(|line| {
            let (name, signature) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
            let signature = STANDARD.decode(signature).ok()?;
            let signature = signature.strip_prefix(&self.hash())?.to_vec();
            (name == self.name).then_some(signature)
        });
        let Some(mine) = mine else { return Err(NoteError::Unsigned { name, hash }) };
        let good = Signature::from_slice(&mine)
            .is_ok_and(|signature| self.key.verify_strict(text.as_bytes(), &signature).is_ok());
        if good { Ok(()) } else { Err(NoteError::Signature { name, hash }) }
    }
}

impl Checkpoint {
    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// The note, signed by a key under the name of the log.
    ///
    /// # Errors
    /// When the log has a name that no note can hold, or the key does not sign.
    pub fn sign(&self, signer: &dyn Signer) -> Result<String, LogError> {
        let name = &self.origin;
        let verifier = NoteVerifier::new(name, signer.public().verifying())
            .ok_or_else(|| LogError::Name { name: name.clone() })?;
        let text = self.text();
        let mut signature = verifier.hash().to_vec();
        signature.extend_from_slice(&signer.sign(text.as_bytes())?);
        Ok(format!("{text}\n\u{2014} {name} {}\n", STANDARD.encode(signature)))
    }

    /// Reads a note that `verifier` has signed; other signatures and lines of extensions are passed over.
    ///
    /// # Errors
    /// When it has another form, or no good signature by the key.
    pub fn read(note: &str, verifier: &NoteVerifier) -> Result<Checkpoint, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::Form("it is too long"));
        }
        if note.chars().any(|c| c.is_control() && c != '\n') {
            return Err(NoteError::Form("it holds control characters"));
        }
        let end = note.rfind("\n\n").ok_or(NoteError::Form("it has no empty line before its signatures"))?;
        let (text, signatures) = (&note[..=end], &note[end + 2..]);
        if !signatures.ends_with('\n') {
            return Err(NoteError::Form("it does not end with a newline"));
        }
        verifier.check(text, signatures)?;
        let mut lines = text.split('\n');
        let origin =
            lines.next().filter(|line| !line.is_empty()).ok_or(NoteError::Form("it names no log"))?;
        let size = lines.next().ok_or(NoteError::Form("it says no size"))?;
        let canonical =
            size == "0" || (!size.starts_with('0') && size.bytes().all(|byte| byte.is_ascii_digit()));
        let size = size.parse().ok().filter(|_| canonical).ok_or(NoteError::Form("its size is no number"))?;
        let root = lines.next().and_then(|line| STANDARD.decode(line).ok());
        let root = root.and_then(|root| root.try_into().ok()).ok_or(NoteError::Form("it has no root"))?;
        Ok(Checkpoint { origin: origin.to_owned(), size, root })
    }
}
