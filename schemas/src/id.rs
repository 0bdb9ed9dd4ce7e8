//! Ids that are hashes: parsed once, then trusted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Digest;

use crate::record::{Record, RecordError};
use crate::walk::{Place, Visitor, walk};

/// A SHA-256, written as 64 lowercase hexadecimal digits everywhere outside the program.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; 32]);

/// A text that is not a SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a SHA-256: expected 64 lowercase hexadecimal digits")]
pub struct BadSha256 {
    /// The text, cut after 80 characters.
    pub found: String,
}

impl Sha256 {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Sha256 {
        Sha256(sha2::Sha256::digest(bytes).into())
    }

    /// A hash that was computed elsewhere.
    pub const fn from_bytes(bytes: [u8; 32]) -> Sha256 {
        Sha256(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0u8; 64];
        hex::encode_to_slice(self.0, &mut digits).expect("64 digits hold 32 bytes");
        f.write_str(std::str::from_utf8(&digits).expect("hexadecimal digits are ASCII"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

impl FromStr for Sha256 {
    type Err = BadSha256;

    fn from_str(text: &str) -> Result<Sha256, BadSha256> {
        let bad = || BadSha256 { found: text.chars().take(80).collect() };
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err(bad());
        }
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| bad())?;
        Ok(Sha256(bytes))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Sha256, D::Error> {
        struct Digits;
        impl serde::de::Visitor<'_> for Digits {
            type Value = Sha256;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("64 lowercase hexadecimal digits")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Sha256, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Digits)
    }
}

/// The stable id of a row: the SHA-256 of its content.
///
/// The content is written down value by value in the order of the columns, and anyone can do it again:
/// a null is the byte `n`; a boolean `b` and one byte; a whole number `i` and 8 bytes; a real number `f` and the 8
/// bytes of its 64-bit form; text `s`, its length and its UTF-8; bytes `x`, their length and the bytes; a list `l`, its
/// length and its elements; a struct `t` and its fields, without names. Numbers and lengths are little-endian, lengths
/// have 8 bytes. A picture is a struct of bytes and path. A row is its columns one after the other.
///
/// # Errors
/// When the record and its columns disagree, which is a fault in the record type.
pub fn row_id<R: Record>(record: &R) -> Result<Sha256, RecordError> {
    let mut content = Content(sha2::Sha256::new());
    walk(record, R::columns(), &mut content)?;
    Ok(Sha256(content.0.finalize().into()))
}

struct Content(sha2::Sha256);

impl Content {
    fn add(&mut self, tag: u8, eight: [u8; 8], bytes: &[u8]) -> Result<(), RecordError> {
        let mut head = [tag; 9];
        head[1..].copy_from_slice(&eight);
        self.0.update(head);
        self.0.update(bytes);
        Ok(())
    }
}

impl Visitor for Content {
    fn null(&mut self, _: &Place<'_>) -> Result<(), RecordError> {
        self.0.update(b"n");
        Ok(())
    }

    fn bool(&mut self, _: &Place<'_>, value: bool) -> Result<(), RecordError> {
        self.0.update([b'b', u8::from(value)]);
        Ok(())
    }

    fn whole(&mut self, _: &Place<'_>, value: i64) -> Result<(), RecordError> {
        self.add(b'i', value.to_le_bytes(), &[])
    }

    fn real(&mut self, _: &Place<'_>, value: f64) -> Result<(), RecordError> {
        self.add(b'f', value.to_le_bytes(), &[])
    }

    fn text(&mut self, _: &Place<'_>, value: &str) -> Result<(), RecordError> {
        self.add(b's', (value.len() as u64).to_le_bytes(), value.as_bytes())
    }

    fn bytes(&mut self, _: &Place<'_>, value: &[u8]) -> Result<(), RecordError> {
        self.add(b'x', (value.len() as u64).to_le_bytes(), value)
    }

    fn list(&mut self, _: &Place<'_>, length: usize) -> Result<(), RecordError> {
        self.add(b'l', (length as u64).to_le_bytes(), &[])
    }

    fn fields(&mut self, _: &Place<'_>) -> Result<(), RecordError> {
        self.0.update(b"t");
        Ok(())
    }
}
