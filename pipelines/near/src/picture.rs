//! What is known of a picture, and which of several alike is kept.

use std::cmp::Ordering;
use std::cmp::Reverse;

use crate::hash::{Hash64, Hash256};

/// One picture of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The caller's number for it; two pictures of one list have two numbers, whatever their order.
    pub row: u64,
    /// The SHA-256 of its file.
    pub sha256: [u8; 32],
    /// Its width in pixels, upright.
    pub width: u32,
    /// Its height in pixels, upright.
    pub height: u32,
    /// The size of its file in bytes.
    pub bytes: u64,
    /// True where it belongs to a benchmark or to an evaluation set.
    pub evaluation: bool,
    /// See [`crate::Look::hash`].
    pub hash: Hash256,
    /// See [`crate::Look::coarse`].
    pub coarse: Hash64,
    /// See [`crate::Look::flat`].
    pub flat: bool,
}

impl Picture {
    /// How many pixels it has.
    #[must_use]
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Which of two alike is kept comes first: a benchmark's or evaluation picture, then the one with most pixels, then
    /// with most bytes, then with the smallest SHA-256, then with the smallest row.
    #[must_use]
    pub fn by_preference(&self, other: &Picture) -> Ordering {
        self.preference().cmp(&other.preference())
    }

    fn preference(&self) -> impl Ord {
        (Reverse(self.evaluation), Reverse(self.pixels()), Reverse(self.bytes), self.sha256, self.row)
    }
}
