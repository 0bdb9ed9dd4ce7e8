//! By what name and how many bits a list knows a perceptual hash.

use std::fmt;
use std::str::FromStr;

/// A kind of perceptual hash: `pdq:256` is a hash of 256 bits called `pdq`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HashKind {
    name: String,
    bits: u32,
}

/// Why a text names no kind of hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is no kind of hash, expected a name of a-z, 0-9 and - and a number of bits, such as `pdq:256`"
)]
pub struct HashKindError {
    /// What was there.
    pub found: String,
}

impl HashKind {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bits it has, a multiple of 8.
    #[must_use]
    pub fn bits(&self) -> u32 {
        self.bits
    }
}

impl FromStr for HashKind {
    type Err = HashKindError;

    fn from_str(text: &str) -> Result<Self, HashKindError> {
        let read = || {
            let (name, bits) = text.split_once(':')?;
            let bits: u32 = bits.parse().ok().filter(|bits| bits % 8 == 0 && (8..=4096).contains(bits))?;
            let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            (!name.is_empty() && name.chars().all(is_name)).then(|| HashKind { name: name.to_owned(), bits })
        };
        read().ok_or_else(|| HashKindError { found: text.to_owned() })
    }
}

impl fmt::Display for HashKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.name, self.bits)
    }
}
