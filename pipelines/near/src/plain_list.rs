//! The plain lists in which others hand out hashes of files: one SHA-256 or MD5 in hexadecimal digits a line.

use std::io::Read;

use crate::hash_list::digits;
use crate::lines::{Lines, ListError};

/// Hashes of files, such as of a list of what must not be held. Such lists are used, never handed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainList {
    sha256: Vec<[u8; 32]>,
    md5: Vec<[u8; 16]>,
}

impl PlainList {
    /// Reads a list. Digits may be of either case and have blanks around them; empty lines and lines that begin with `#`
    /// are left out.
    ///
    /// # Errors
    /// It cannot be read, or a line is neither a SHA-256 nor an MD5.
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
                list.md5.push(hash);
            } else {
                let expected = "a SHA-256 (64 hexadecimal digits) or an MD5 (32)";
                return Err(lines.wrong(expected));
            }
        }
        list.sha256.sort_unstable();
        list.sha256.dedup();
        list.md5.sort_unstable();
        list.md5.dedup();
        Ok(list)
    }

    /// How many hashes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sha256.len() + self.md5.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True where the MD5 of a file has to be worked out to ask.
    #[must_use]
    pub fn needs_md5(&self) -> bool {
        !self.md5.is_empty()
    }

    /// True where the list holds a file.
    #[must_use]
    pub fn holds(&self, sha256: &[u8; 32], md5: Option<&[u8; 16]>) -> bool {
        self.sha256.binary_search(sha256).is_ok()
            || md5.is_some_and(|md5| self.md5.binary_search(md5).is_ok())
    }
}
