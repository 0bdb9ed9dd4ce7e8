//! A perceptual hash: bits that stay as they are when a picture is changed a little.

use std::fmt;

/// A hash of `WORDS` times 64 bits. Two are compared by the number of bits in which they differ.
///
/// Bit 0 is the highest bit of the first word, so that hashes sort as their hexadecimal texts do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash<const WORDS: usize>([u64; WORDS]);

/// A hash of 64 bits.
pub type Hash64 = Hash<1>;

/// A hash of 256 bits.
pub type Hash256 = Hash<4>;

impl<const WORDS: usize> Hash<WORDS> {
    /// How many bits it has.
    pub const BITS: u32 = 64 * WORDS as u32;

    /// From its words, the highest first.
    #[must_use]
    pub const fn new(words: [u64; WORDS]) -> Self {
        Self(words)
    }

    /// Its words, the highest first.
    #[must_use]
    pub const fn words(&self) -> &[u64; WORDS] {
        &self.0
    }

    /// From its bytes, the highest first; nothing when their number is another.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, []) = bytes.as_chunks::<8>() else {
            return None;
        };
        let words: &[[u8; 8]; WORDS] = words.try_into().ok()?;
        Some(Self(words.map(u64::from_be_bytes)))
    }

    /// Its bytes, the highest first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    /// From hexadecimal digits; nothing when a digit is none or their number is another.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        Self::from_bytes(&hex::decode(text).ok()?)
    }

    /// The bits in which both differ.
    #[must_use]
    #[inline]
    pub fn distance(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(mine, its)| (mine ^ its).count_ones()).sum()
    }

    /// The distance where it is at most `most`. Most pairs are told apart by their first word.
    #[must_use]
    #[inline(always)]
    pub fn within(&self, other: &Self, most: u32) -> Option<u32> {
        let mut distance = 0;
        for (mine, its) in self.0.iter().zip(&other.0) {
            distance += (mine ^ its).count_ones();
            if distance > most {
                return None;
            }
        }
        Some(distance)
    }

    /// The bits from `start` on, at most 32 of them, as a number.
    #[inline]
    pub(crate) fn bits(&self, start: u32, width: u32) -> u32 {
        debug_assert!((1..=32).contains(&width) && start + width <= Self::BITS);
        let (word, offset) = ((start / 64) as usize, start % 64);
        let mut window = self.0[word] << offset;
        if offset + width > 64 {
            window |= self.0[word + 1] >> (64 - offset);
        }
        (window >> (64 - width)) as u32
    }
}

impl From<u64> for Hash64 {
    fn from(word: u64) -> Self {
        Self([word])
    }
}

impl From<[u8; 32]> for Hash256 {
    fn from(bytes: [u8; 32]) -> Self {
        Self::from_bytes(&bytes).expect("32 bytes are four words")
    }
}

/// Hexadecimal digits, in lower case.
impl<const WORDS: usize> fmt::Display for Hash<WORDS> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|word| write!(out, "{word:016x}"))
    }
}

impl<const WORDS: usize> fmt::Debug for Hash<WORDS> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_across_words() {
        let hash = Hash::new([0x0000_0000_0000_000f, 0xa000_0000_0000_0001]);
        assert_eq!(hash.bits(60, 8), 0xfa);
        assert_eq!(hash.bits(127, 1), 1);
        assert_eq!(hash.bits(64, 32), 0xa000_0000);
        assert_eq!(hash.bits(0, 32), 0);
    }

    #[test]
    fn bytes_and_texts_are_read_back() {
        let hash = Hash256::new([1, u64::MAX, 0x0123_4567_89ab_cdef, 8]);
        assert_eq!(Hash256::from_bytes(&hash.to_bytes()), Some(hash));
        assert_eq!(Hash256::from_hex(&hash.to_string()), Some(hash));
        assert_eq!(Hash256::from_bytes(&[0; 31]), None);
        assert_eq!(Hash64::from_hex("zz"), None);
        assert_eq!(Hash64::from(7).to_string(), "0000000000000007");
    }

    #[test]
    fn a_distance_beyond_the_most_is_none() {
        let (low, high) = (Hash256::new([0; 4]), Hash256::new([0, 3, 0, 1]));
        assert_eq!(low.distance(&high), 3);
        assert_eq!(low.within(&high, 3), Some(3));
        assert_eq!(low.within(&high, 2), None);
    }
}
