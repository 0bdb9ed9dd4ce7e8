//! What was taken down, as a file of differences that can be applied to an old copy.
//!
//! The lines are those of [`crate::ListError`]'s module. The head:
//!
//! ```text
//! #pixmo-tombstones 1
//! #name pixmo-images
//! #version 2026-11-30
//! #hashes pdq:256
//! ```
//!
//! An entry is four fields, separated by tabs: what is meant (`sha256`, `address` or `near`), which one, the date of the
//! removal (`2026-11-30`), the reason. Which one is, by its kind, the SHA-256 of a file; an address, up to its fragment; or a
//! perceptual hash of the kind in the head and the bits in which another may differ, as `hash/bits`.
//!
//! Each list holds all removals up to its version, so that the latest one is enough for a copy of any age, and entries are
//! only ever added; [`Tombstones::since`] says what is new in it.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Read, Write};

use jiff::civil::Date;
use url::Url;

use crate::hash_kind::HashKind;
use crate::hash_list::{digits, kinds_text, read_kinds};
use crate::lines::{self, Lines, ListError};

const FORMAT: &str = "1";

/// Which pictures are taken down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Removed {
    /// The one whose file has this SHA-256.
    Sha256([u8; 32]),
    /// All that came from an address, whatever it gave.
    Address(Address),
    /// All that look like this.
    Near {
        /// A perceptual hash.
        hash: Vec<u8>,
        /// In how many bits another may differ.
        bits_max: u32,
    },
}

/// An address in the form in which two are compared: that of the URL standard, without its fragment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(String);

impl Address {
    /// Brings an address to this form; nothing when it is none.
    #[must_use]
    pub fn new(text: &str) -> Option<Address> {
        let mut url = Url::parse(text.trim()).ok()?;
        url.set_fragment(None);
        Some(Address(url.into()))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// One removal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tombstone {
    /// What is removed.
    pub removed: Removed,
    /// Since when.
    pub date: Date,
    /// Why, in one line.
    pub reason: String,
}

/// A list of removals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstones {
    /// What they apply to.
    pub name: String,
    /// The version or date of the list.
    pub version: String,
    /// The kind of hashes of removals by likeness; nothing where there are none.
    pub kind: Option<HashKind>,
    /// The removals.
    pub entries: Vec<Tombstone>,
}

impl Tombstones {
    /// Reads a list.
    ///
    /// # Errors
    /// It cannot be read, or a line is not what it should be.
    pub fn read(from: impl Read) -> Result<Tombstones, ListError> {
        let mut lines = Lines::new(from);
        if lines.head("pixmo-tombstones")? != FORMAT {
            return Err(
                lines.wrong(format!("`#pixmo-tombstones {FORMAT}`; a later version reads newer lists"))
            );
        }
        let (name, version) = (lines.head("name")?, lines.head("version")?);
        let kinds = read_kinds(&mut lines)?;
        if kinds.len() > 1 {
            return Err(lines.wrong("one kind of hashes, or `none`"));
        }
        let kind = kinds.into_iter().next();
        let mut entries = Vec::new();
        while lines.body()? {
            entries.push(read_entry(&lines, kind.as_ref())?);
        }
        Ok(Tombstones { name, version, kind, entries })
    }

    /// Writes a list, sorted, and returns its digest.
    ///
    /// # Errors
    /// It cannot be written, or has a value that such a list cannot hold.
    pub fn write(&self, out: &mut impl Write) -> Result<String, ListError> {
        let kinds = kinds_text(self.kind.as_slice());
        let head = [
            ("pixmo-tombstones", FORMAT),
            ("name", &self.name),
            ("version", &self.version),
            ("hashes", &kinds),
        ];
        let body = self.entries.iter().map(|entry| self.line(entry)).collect::<Result<_, _>>()?;
        lines::write(out, &head, body)
    }

    /// What has been removed since an older list.
    #[must_use]
    pub fn since(&self, older: &Tombstones) -> Vec<Tombstone> {
        let known: BTreeSet<&Removed> = older.entries.iter().map(|entry| &entry.removed).collect();
        let mut new: Vec<Tombstone> =
            self.entries.iter().filter(|entry| !known.contains(&entry.removed)).cloned().collect();
        new.sort();
        new
    }

    fn line(&self, entry: &Tombstone) -> Result<String, ListError> {
        lines::one_line("reason", &entry.reason)?;
        let which = match &entry.removed {
            Removed::Sha256(hash) => format!("sha256\t{}", hex::encode(hash)),
            Removed::Address(address) => {
                lines::one_line("address", address.as_str())?;
                format!("address\t{address}")
            }
            Removed::Near { hash, bits_max } => {
                let bits = hash.len() as u32 * 8;
                if self.kind.as_ref().is_none_or(|kind| kind.bits() != bits) || *bits_max > bits / 4 {
                    let found = format!("{}/{bits_max}", hex::encode(hash));
                    let expected = "one of the kind in the head, and at most a quarter of its bits";
                    return Err(ListError::Value { what: "hash", found, expected });
                }
                format!("near\t{}/{bits_max}", hex::encode(hash))
            }
        };
        Ok(format!("{which}\t{}\t{}", entry.date, entry.reason))
    }
}

fn read_entry<R: Read>(lines: &Lines<R>, kind: Option<&HashKind>) -> Result<Tombstone, ListError> {
    let fields: Vec<&str> = lines.line().split('\t').collect();
    let [what, which, date, reason] = fields[..] else {
        return Err(lines
            .wrong("four fields separated by tabs: `sha256`, `address` or `near`, which one, date, reason"));
    };
    let removed = match what {
        "sha256" => {
            let hash = digits(which);
            Removed::Sha256(
                hash.ok_or_else(|| lines.wrong("a SHA-256 of 64 hexadecimal digits in lower case"))?,
            )
        }
        "address" => {
            let address = Address::new(which).filter(|address| address.as_str() == which);
            let shown =
                Address::new(which).map_or("an address with its scheme".to_owned(), |a| format!("`{a}`"));
            Removed::Address(address.ok_or_else(|| lines.wrong(shown))?)
        }
        "near" => read_near(which, kind).ok_or_else(|| {
            let kind = kind
                .map_or("no such line, because the head has no kind of hashes".to_owned(), |kind| {
                    format!("`hash/bits` with a hash `{kind}`, and at most {} bits", kind.bits() / 4)
                });
            lines.wrong(kind)
        })?,
        _ => return Err(lines.wrong("`sha256`, `address` or `near` first")),
    };
    let date: Date =
        date.parse().map_err(|_| lines.wrong("a date such as `2026-11-30` in the third field"))?;
    if reason.trim().is_empty() {
        return Err(lines.wrong("a reason in the fourth field"));
    }
    Ok(Tombstone { removed, date, reason: reason.to_owned() })
}

fn read_near(which: &str, kind: Option<&HashKind>) -> Option<Removed> {
    let (hash, bits_max) = which.split_once('/')?;
    let hash = hex::decode(hash).ok()?;
    let bits = hash.len() as u32 * 8;
    let bits_max = bits_max.parse().ok().filter(|most| *most <= bits / 4)?;
    let is_lower = !which.contains(|c: char| c.is_ascii_uppercase());
    (is_lower && kind?.bits() == bits).then_some(Removed::Near { hash, bits_max })
}
