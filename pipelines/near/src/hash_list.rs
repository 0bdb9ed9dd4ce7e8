//! Lists of the hashes of pictures, by which a benchmark can be kept out of training without handing on its pictures.
//!
//! The lines are those of [`crate::ListError`]'s module. The head:
//!
//! ```text
//! #pixmo-hashes 1
//! #name chartqa-test
//! #version 2022-05-27
//! #licence GPL-3.0
//! #source https://github.com/vis-nlp/ChartQA
//! #hashes pdq:256
//! ```
//!
//! `hashes` are the kinds of perceptual hashes, or `none`. An entry is the SHA-256 of a file, then a field for each kind with
//! one hash or several after commas (such as of the mirror image) or `-` for none, then, if it has one, its name; all
//! separated by tabs, and digits are hexadecimal in lower case.

use std::io::{Read, Write};

use crate::hash_kind::HashKind;
use crate::lines::{self, Lines, ListError};

const FORMAT: &str = "1";

/// What a list says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListHead {
    /// Its name, such as that of a benchmark and its split.
    pub name: String,
    /// The version or date of what it was made from.
    pub version: String,
    /// The licence of what it was made from, or `unknown`.
    pub licence: String,
    /// Where that is found.
    pub source: String,
    /// The kinds of perceptual hashes in it.
    pub kinds: Vec<HashKind>,
}

/// One picture of a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListEntry {
    /// The SHA-256 of its file.
    pub sha256: [u8; 32],
    /// For each kind of the head, its hashes as bytes.
    pub hashes: Vec<Vec<Vec<u8>>>,
    /// What it is called there.
    pub name: Option<String>,
}

/// A list in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashList {
    /// What it says of itself.
    pub head: ListHead,
    /// Its pictures.
    pub entries: Vec<ListEntry>,
}

/// Reads a list entry by entry. After an error nothing more comes.
pub struct HashListReader<R> {
    lines: Lines<R>,
    head: ListHead,
    is_at_end: bool,
}

impl<R: Read> HashListReader<R> {
    /// Reads the head.
    ///
    /// # Errors
    /// It cannot be read, or a line is not what it should be.
    pub fn new(from: R) -> Result<Self, ListError> {
        let mut lines = Lines::new(from);
        if lines.head("pixmo-hashes")? != FORMAT {
            return Err(lines.wrong(format!("`#pixmo-hashes {FORMAT}`; a later version reads newer lists")));
        }
        let [name, version, licence, source] =
            ["name", "version", "licence", "source"].map(|key| lines.head(key));
        let (name, version, licence, source) = (name?, version?, licence?, source?);
        let kinds = read_kinds(&mut lines)?;
        Ok(Self { lines, head: ListHead { name, version, licence, source, kinds }, is_at_end: false })
    }

    /// What the list says of itself.
    pub fn head(&self) -> &ListHead {
        &self.head
    }

    fn entry(&mut self) -> Result<Option<ListEntry>, ListError> {
        if !self.lines.body()? {
            return Ok(None);
        }
        let mut fields = self.lines.line().split('\t');
        let sha256 = fields.next().and_then(digits::<32>);
        let sha256 = sha256
            .ok_or_else(|| self.lines.wrong("a SHA-256 of 64 hexadecimal digits in lower case first"))?;
        let mut hashes = Vec::new();
        for kind in &self.head.kinds {
            let read = fields.next().and_then(|field| read_hashes(field, kind));
            hashes.push(read.ok_or_else(|| {
                let digits = kind.bits() / 4;
                self.lines
                    .wrong(format!("a field `{kind}` of hashes of {digits} digits after commas, or `-`"))
            })?);
        }
        let name = fields.next().map(str::to_owned);
        if fields.next().is_some() || name.as_deref() == Some("") {
            return Err(self.lines.wrong("one name, or none, after the hashes"));
        }
        Ok(Some(ListEntry { sha256, hashes, name }))
    }
}

impl<R: Read> Iterator for HashListReader<R> {
    type Item = Result<ListEntry, ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_at_end {
            return None;
        }
        let entry = self.entry();
        self.is_at_end = !matches!(entry, Ok(Some(_)));
        entry.transpose()
    }
}

impl HashList {
    /// Reads a whole list.
    ///
    /// # Errors
    /// It cannot be read, or a line is not what it should be.
    pub fn read(from: impl Read) -> Result<HashList, ListError> {
        let mut reader = HashListReader::new(from)?;
        let entries = reader.by_ref().collect::<Result<_, _>>()?;
        Ok(HashList { head: reader.head, entries })
    }

    /// Writes a list, sorted, and returns its digest: the same pictures in any order are the same bytes.
    ///
    /// # Errors
    /// It cannot be written, or has a value that such a list cannot hold.
    pub fn write(&self, out: &mut impl Write) -> Result<String, ListError> {
        let head = &self.head;
        let kinds = kinds_text(&head.kinds);
        let head = [
            ("pixmo-hashes", FORMAT),
            ("name", &head.name),
            ("version", &head.version),
            ("licence", &head.licence),
            ("source", &head.source),
            ("hashes", &kinds),
        ];
        let body = self.entries.iter().map(|entry| self.line(entry)).collect::<Result<_, _>>()?;
        lines::write(out, &head, body)
    }

    fn line(&self, entry: &ListEntry) -> Result<String, ListError> {
        let mut line = hex::encode(entry.sha256);
        let is_of = |hashes: &Vec<Vec<u8>>, kind: &HashKind| {
            hashes.iter().all(|hash| hash.len() as u32 * 8 == kind.bits())
        };
        if entry.hashes.len() != self.head.kinds.len()
            || !entry.hashes.iter().zip(&self.head.kinds).all(|(hashes, kind)| is_of(hashes, kind))
        {
            return Err(ListError::Value {
                what: "hashes of",
                found: line,
                expected: "those of the kinds in the head",
            });
        }
        for hashes in &entry.hashes {
            let hashes: Vec<String> = hashes.iter().map(hex::encode).collect();
            line.push('\t');
            line.push_str(if hashes.is_empty() { "-" } else { "" });
            line.push_str(&hashes.join(","));
        }
        if let Some(name) = &entry.name {
            lines::one_line("name", name)?;
            line.push('\t');
            line.push_str(name);
        }
        Ok(line)
    }
}

/// The line `#hashes` of a head.
pub(crate) fn read_kinds<R: Read>(lines: &mut Lines<R>) -> Result<Vec<HashKind>, ListError> {
    let kinds = lines.head("hashes")?;
    if kinds == "none" {
        return Ok(Vec::new());
    }
    let kinds = kinds.split(' ').map(str::parse).collect::<Result<Vec<HashKind>, _>>();
    kinds.map_err(|_| lines.wrong("kinds of hashes such as `pdq:256`, or `none`"))
}

pub(crate) fn kinds_text(kinds: &[HashKind]) -> String {
    let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
    if kinds.is_empty() { "none".to_owned() } else { kinds.join(" ") }
}

fn read_hashes(field: &str, kind: &HashKind) -> Option<Vec<Vec<u8>>> {
    if field == "-" {
        return Some(Vec::new());
    }
    let read = |hash: &str| {
        let is_lower = !hash.contains(|c: char| c.is_ascii_uppercase());
        hex::decode(hash).ok().filter(|bytes| is_lower && bytes.len() as u32 * 8 == kind.bits())
    };
    field.split(',').map(read).collect()
}

/// So many bytes in hexadecimal digits, in lower case.
pub(crate) fn digits<const BYTES: usize>(text: &str) -> Option<[u8; BYTES]> {
    let mut bytes = [0; BYTES];
    let is_lower = !text.contains(|c: char| c.is_ascii_uppercase());
    (is_lower && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
}
