//! What hash lists and lists of removals have in common: lines of text under a head, closed by a digest.
//!
//! ```text
//! #pixmo-… 1            what it is, and the version of its format
//! #key value            the head: each key once, in the order of its kind of file
//! field<TAB>field …     the body: one entry a line, sorted by bytes, each once
//! #digest sha256 …      the last line: the SHA-256 of all lines above, each with its line feed
//! ```
//!
//! The text is UTF-8, lines end with a line feed (a carriage return before it is no part of them), and no line is longer than
//! [`LINE_BYTES_MAX`].

use std::io::{self, BufRead, BufReader, Read, Write};

use sha2::{Digest, Sha256};

/// The longest line, in bytes.
pub const LINE_BYTES_MAX: usize = 1 << 16;

/// Why a list cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The file could not be read.
    #[error("read line {line}")]
    Read {
        /// The line, from 1.
        line: u64,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A line is not what it should be.
    #[error("line {line} is {found}, expected {expected}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What is there.
        found: String,
        /// What should be there.
        expected: String,
    },
    /// The list was changed after it was written.
    #[error(
        "the digest of the {lines} lines above is `{found}`, expected `{expected}`: the list was changed by hand or is damaged"
    )]
    Digest {
        /// How many lines are above it.
        lines: u64,
        /// What they come to.
        found: String,
        /// What the last line says.
        expected: String,
    },
    /// The list ends without its last line.
    #[error("the list ends after line {lines}, expected a last line `#digest sha256 …`: it was cut off")]
    CutOff {
        /// How many lines there are.
        lines: u64,
    },
    /// What should be written cannot be in such a list.
    #[error("cannot write {what} `{found}`, expected {expected}")]
    Value {
        /// What it is.
        what: &'static str,
        /// What was given.
        found: String,
        /// What can be written.
        expected: &'static str,
    },
    /// The list could not be written.
    #[error("write list")]
    Write(#[source] io::Error),
}

/// The lines of a list, one after the other.
pub(crate) struct Lines<R> {
    from: BufReader<R>,
    number: u64,
    line: String,
    digest: Sha256,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(from: R) -> Self {
        Lines { from: BufReader::new(from), number: 0, line: String::new(), digest: Sha256::new() }
    }

    /// Goes on to the next line; false after the last one.
    pub(crate) fn advance(&mut self) -> Result<bool, ListError> {
        if self.number > 0 {
            self.digest.update(self.line.as_bytes());
            self.digest.update(b"\n");
        }
        let line = self.number + 1;
        let mut bytes = Vec::new();
        let most = LINE_BYTES_MAX as u64 + 2;
        (&mut self.from)
            .take(most)
            .read_until(b'\n', &mut bytes)
            .map_err(|source| ListError::Read { line, source })?;
        if bytes.is_empty() {
            return Ok(false);
        }
        self.number = line;
        self.line.clear();
        let end = bytes
            .strip_suffix(b"\n")
            .map_or(bytes.as_slice(), |rest| rest.strip_suffix(b"\r").unwrap_or(rest));
        if end.len() > LINE_BYTES_MAX {
            let expected = format!("at most {LINE_BYTES_MAX} bytes");
            return Err(ListError::Line {
                line,
                found: format!("longer than {LINE_BYTES_MAX} bytes"),
                expected,
            });
        }
        let text = std::str::from_utf8(end);
        self.line.push_str(text.map_err(|error| ListError::Line {
            line,
            found: format!("no UTF-8 from byte {} on", error.valid_up_to() + 1),
            expected: "UTF-8 text".to_owned(),
        })?);
        Ok(true)
    }

    /// The line that was reached.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    /// Says that the line is not what it should be.
    pub(crate) fn wrong(&self, expected: impl Into<String>) -> ListError {
        let mut shown: String = self.line.chars().take(80).collect();
        if shown.len() < self.line.len() {
            shown.push('…');
        }
        ListError::Line { line: self.number, found: format!("`{shown}`"), expected: expected.into() }
    }

    /// The value of the next line of the head, which must have this key.
    pub(crate) fn head(&mut self, key: &str) -> Result<String, ListError> {
        let number = self.number + 1;
        if !self.advance()? {
            let expected = format!("`#{key} …`");
            return Err(ListError::Line { line: number, found: "not there".to_owned(), expected });
        }
        let value = self.line.strip_prefix('#').and_then(|rest| rest.strip_prefix(key));
        match value.and_then(|rest| rest.strip_prefix(' ')).map(str::trim) {
            Some(value) if !value.is_empty() => Ok(value.to_owned()),
            _ => Err(self.wrong(format!("`#{key} …`"))),
        }
    }

    /// Goes on to the next line of the body. At its end the digest is checked, and that nothing follows.
    pub(crate) fn body(&mut self) -> Result<bool, ListError> {
        let before = self.line.clone();
        if !self.advance()? {
            return Err(ListError::CutOff { lines: self.number });
        }
        let Some(rest) = self.line.strip_prefix('#') else {
            if !before.starts_with('#') && before >= self.line {
                return Err(self
                    .wrong("a line that sorts after the one before; lines are sorted by bytes, each once"));
            }
            return Ok(true);
        };
        let Some(expected) = rest.strip_prefix("digest sha256 ").map(|digest| digest.trim().to_owned())
        else {
            return Err(self.wrong("an entry, or the last line `#digest sha256 …`"));
        };
        let found = hex::encode(self.digest.clone().finalize());
        if found != expected {
            return Err(ListError::Digest { lines: self.number - 1, found, expected });
        }
        if self.advance()? {
            return Err(self.wrong("nothing after the digest"));
        }
        Ok(false)
    }
}

/// Writes a list: its head, its lines in order, each once, and their digest, which is returned.
pub(crate) fn write(
    out: &mut impl Write,
    head: &[(&str, &str)],
    mut body: Vec<String>,
) -> Result<String, ListError> {
    body.sort_unstable();
    body.dedup();
    let mut digest = Sha256::new();
    let mut put = |line: &str| {
        digest.update(line.as_bytes());
        digest.update(b"\n");
        out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n")).map_err(ListError::Write)
    };
    for (key, value) in head {
        one_line("value of the head", value)?;
        put(&format!("#{key} {value}"))?;
    }
    body.iter().try_for_each(|line| put(line))?;
    let digest = hex::encode(digest.finalize());
    writeln!(out, "#digest sha256 {digest}").map_err(ListError::Write)?;
    out.flush().map_err(ListError::Write)?;
    Ok(digest)
}

/// That a text has something in it, stands in one field of one line, and is not too long for it.
pub(crate) fn one_line(what: &'static str, text: &str) -> Result<(), ListError> {
    let is_fit = !text.trim().is_empty() && text.trim() == text && text.len() <= 4096;
    if is_fit && !text.contains(|c: char| c.is_control()) {
        return Ok(());
    }
    let found = text.chars().take(80).collect();
    Err(ListError::Value {
        what,
        found,
        expected: "1 to 4096 bytes on one line without tabs, and no blanks at its ends",
    })
}
