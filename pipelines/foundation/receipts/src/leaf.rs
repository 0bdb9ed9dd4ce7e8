//! Entries of the log: one line of text each.
//!
//! The entry of a receipt is a commitment: SHA-256 over a random salt and the digest of the envelope. Without the salt it says nothing,
//! so when envelope and salt are deleted, nothing about the person is left in the log, and every proof stays valid.

use std::fmt;

use jiff::Timestamp;
use pixmo_schemas::Sha256;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// What a commitment begins with, so that it can stand for nothing else.
const COMMITMENT: &[u8] = b"pixmo receipt 1\n";

/// 16 random bytes from the caller's generator, kept beside the envelope and deleted with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; 16]);

impl Salt {
    /// From random bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Salt {
        Salt(bytes)
    }

    /// From hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Salt> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        // One form only, so that no bit beside an envelope is free.
        (!text.bytes().any(|byte| byte.is_ascii_uppercase())).then_some(Salt(bytes))
    }
}

impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(not shown)")
    }
}

/// What the log says of an envelope with this digest.
#[must_use]
pub fn commitment(salt: &Salt, envelope: &Sha256) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    hasher.update(COMMITMENT);
    hasher.update(salt.0);
    hasher.update(envelope.as_bytes());
    Sha256::from_bytes(hasher.finalize().into())
}

/// Why a receipt was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// The person took the consent back, or asked to be forgotten.
    Withdrawn,
    /// It was found not to be what it says.
    Rejected,
    /// It was issued by mistake.
    Mistake,
}

/// Every reason with the word for it.
pub const REASONS: [(Reason, &str); 3] =
    [(Reason::Withdrawn, "withdrawn"), (Reason::Rejected, "rejected"), (Reason::Mistake, "mistake")];

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = REASONS.iter().find(|(reason, _)| reason == self).map_or("", |(_, word)| word);
        f.write_str(word)
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// A receipt, hidden behind its [`commitment`].
    Receipt(Sha256),
    /// An earlier receipt was taken back.
    Tombstone {
        /// The number of its entry.
        of: u64,
        /// When.
        at: Timestamp,
        /// Why.
        reason: Reason,
    },
    /// Another key signs from here on: the envelope of a rotation.
    Rotation(String),
}

/// An entry is none that we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no entry of a receipt, tombstone or rotation")]
pub struct UnknownLeaf;

impl Leaf {
    /// The bytes that stand in the log.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Leaf::Receipt(commitment) => format!("receipt {commitment}"),
            Leaf::Tombstone { of, at, reason } => format!("tombstone {of} {at} {reason}"),
            Leaf::Rotation(envelope) => format!("rotation {envelope}"),
        }
        .into_bytes()
    }

    /// Reads an entry. Every entry has exactly one form.
    ///
    /// # Errors
    /// [`UnknownLeaf`].
    pub fn parse(bytes: &[u8]) -> Result<Leaf, UnknownLeaf> {
        let text = std::str::from_utf8(bytes).map_err(|_| UnknownLeaf)?;
        let (kind, rest) = text.split_once(' ').ok_or(UnknownLeaf)?;
        let leaf = match kind {
            "receipt" => Leaf::Receipt(rest.parse().map_err(|_| UnknownLeaf)?),
            "rotation" => Leaf::Rotation(rest.to_owned()),
            "tombstone" => {
                let mut words = rest.split(' ');
                let of = words.next().and_then(|word| word.parse().ok());
                let at = words.next().and_then(|word| word.parse().ok());
                let reason = words.next().and_then(|word| {
                    REASONS.iter().find(|(_, name)| *name == word).map(|&(reason, _)| reason)
                });
                let (Some(of), Some(at), Some(reason)) = (of, at, reason) else { return Err(UnknownLeaf) };
                let leaf = Leaf::Tombstone { of, at, reason };
                if leaf.to_bytes() != bytes {
                    return Err(UnknownLeaf);
                }
                leaf
            }
            _ => return Err(UnknownLeaf),
        };
        Ok(leaf)
    }
}
