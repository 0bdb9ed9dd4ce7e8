//! The plain lists in which others hand out hashes of files: one SHA-256, SHA-1 or MD5 in hexadecimal digits a line.

use std::io::Read;

use crate::hash_list::digits;
use crate::lines::{Lines, ListError};

/// Hashes of files, such as of a list of what must not be held. Such lists are used, never handed on.
///
/// SHA-1 and MD5 can be forged. Who makes two files of one hash can have a picture taken for one of the list, and cannot
/// have one of the list pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainList {
    sha256: Vec<[u8; 32]>,
    sha1: Vec<[u8; 20]>,
    md5: Vec<[u8; 16]>,
}

/// The hashes of one file, as far as they were worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileHashes {
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// Its SHA-1, if a list needs it.
    pub sha1: Option<[u8; 20]>,
    /// Its MD5, if a list needs it.
    pub md5: Option<[u8; 16]>,
}

impl PlainList {
    /// Reads a list. Digits may be of either case and have blanks around them; empty lines and lines that begin with `#`
    /// are left out.
    ///
    /// # Errors
    /// It cannot be read, or a line is neither a SHA-256 nor a SHA-1 nor an MD5.
    pub fn read(from: impl Read) -> Result<PlainList, ListError> {
        let mut lines = Lines::new(from);
        let mut list = PlainList::default();
        while lines.advance()? {
            let text = lines.line().trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if let Some(hash) = digits(&text) {
                list.sha256.push(hash);
            } else if let Some(hash) = digits(&text) {
                list.sha1.push(hash);
            } else if let Some(hash) = digits(&text) {
                list.md5.push(hash);
            } else {
                let expected = "a SHA-256 (64 hexadecimal digits), a SHA-1 (40) or an MD5 (32)";
                return Err(lines.wrong(expected));
            }
        }
        list.sha256.sort_unstable();
        list.sha256.dedup();
        list.sha1.sort_unstable();
        list.sha1.dedup();
        list.md5.sort_unstable();
        list.md5.dedup();
        Ok(list)
    }

    /// How many hashes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sha256.len() + self.sha1.len() + self.md5.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True where the SHA-1 of a file has to be worked out to ask.
    #[must_use]
    pub fn needs_sha1(&self) -> bool {
        !self.sha1.is_empty()
    }

    /// True where the MD5 of a file has to be worked out to ask.
    #[must_use]
    pub fn needs_md5(&self) -> bool {
        !self.md5.is_empty()
    }

    /// True where the list holds a file.
    #[must_use]
    pub fn holds(&self, file: &FileHashes) -> bool {
        self.sha256.binary_search(&file.sha256).is_ok()
            || file.sha1.is_some_and(|sha1| self.sha1.binary_search(&sha1).is_ok())
            || file.md5.is_some_and(|md5| self.md5.binary_search(&md5).is_ok())
    }
}
