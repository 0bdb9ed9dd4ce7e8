//! Takes that are nearly the same words as a take of another image: somebody reads out, or copies.
//!
//! Of each take the rows of five words are hashed, and one hash in eight is kept. Two takes with hashes in common are
//! compared in full. Hashes that very many takes share (`in this image we can see`) find nobody.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::words;

/// Words of a row.
const ROW_WORDS: usize = 5;
/// One hash of so many is kept.
const SAMPLED: u64 = 8;
/// A hash that more takes have is a figure of speech.
const TAKES_OF_HASH_MAX: usize = 64;
/// Hashes that two takes must share for a closer look.
const SHARED_MIN: usize = 2;

/// The hashes of all rows of five words, each once.
#[must_use]
pub fn rows(text: &str) -> BTreeSet<u64> {
    let words = words::plain_words(text);
    words.windows(ROW_WORDS).map(|row| words::hash(row.iter().map(String::as_str))).collect()
}

/// Those of them that are kept.
#[must_use]
pub fn sample(rows: &BTreeSet<u64>) -> Vec<u64> {
    rows.iter().copied().filter(|hash| hash % SAMPLED == 0).collect()
}

/// The share of the rows of the shorter text that the longer one has too, 0 to 1.
#[must_use]
pub fn share(one: &BTreeSet<u64>, other: &BTreeSet<u64>) -> f64 {
    let fewer = one.len().min(other.len());
    if fewer == 0 { 0.0 } else { one.intersection(other).count() as f64 / fewer as f64 }
}

/// Takes by the hashes that were kept of them.
#[derive(Debug, Default)]
pub struct Index {
    takes: HashMap<u64, Vec<u32>>,
}

impl Index {
    /// Adds a take.
    pub fn add(&mut self, take: u32, sample: &[u64]) {
        for hash in sample {
            let takes = self.takes.entry(*hash).or_default();
            if takes.len() <= TAKES_OF_HASH_MAX {
                takes.push(take);
            }
        }
    }

    /// Takes that deserve a closer look, those with most in common first.
    #[must_use]
    pub fn candidates(&self, sample: &[u64]) -> Vec<u32> {
        let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
        for takes in sample
            .iter()
            .filter_map(|hash| self.takes.get(hash))
            .filter(|takes| takes.len() <= TAKES_OF_HASH_MAX)
        {
            for take in takes {
                *shared.entry(*take).or_default() += 1;
            }
        }
        let mut found: Vec<(usize, u32)> = shared
            .into_iter()
            .filter(|(_, count)| *count >= SHARED_MIN)
            .map(|(take, count)| (count, take))
            .collect();
        found.sort_by_key(|(count, take)| (std::cmp::Reverse(*count), *take));
        found.into_iter().map(|(_, take)| take).collect()
    }
}

/// The share of rows of four words that stood in the text before, 0 to 1: somebody, or a recogniser, goes round in circles.
#[must_use]
pub fn repetition(text: &str) -> f64 {
    const WORDS: usize = 4;
    let words = words::plain_words(text);
    let rows = words.len().saturating_sub(WORDS - 1);
    let different: BTreeSet<&[String]> = words.windows(WORDS).collect();
    if rows == 0 { 0.0 } else { (rows - different.len()) as f64 / rows as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many words that has little in common with itself or others.
    fn text(seed: u64, words: u64) -> String {
        let word = |n: u64| format!("w{}", words::hash([format!("{seed} {n}").as_str()]) % 5_000);
        (0..words).map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copies_are_found_among_many_and_others_are_not() {
        let mut index = Index::default();
        for take in 0..2_000 {
            index.add(take, &sample(&rows(&text(take.into(), 150))));
        }
        // A copy with every twelfth word changed.
        let copy: Vec<String> = text(77, 150)
            .split(' ')
            .enumerate()
            .map(|(n, word)| if n % 12 == 5 { "other".to_owned() } else { word.to_owned() })
            .collect();
        let copied = rows(&copy.join(" "));
        assert_eq!(index.candidates(&sample(&copied)).first(), Some(&77));
        assert!(share(&copied, &rows(&text(77, 150))) > 0.5);
        assert!(index.candidates(&sample(&rows(&text(9_999, 150)))).is_empty());
    }

    #[test]
    fn circles_are_found() {
        assert_eq!(repetition(&text(1, 120)), 0.0);
        assert!(repetition(&"thank you for watching ".repeat(30)) > 0.9);
        assert_eq!(repetition("a b"), 0.0);
    }
}
