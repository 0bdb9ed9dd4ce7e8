//! How questions are worded: the words they open with, how many different words they use, and how hard the next word is
//! to foretell.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::stats::tally::{forget_rare, merge, one, rounded, share};

/// Pictures whose questions are taken apart word by word; their number is bounded so that memory is, and entropies can
/// only be compared between texts of about one length.
pub(crate) const PICTURES_MAX: u64 = 20_000;
/// Words over which different words are counted: the share falls with the length of a text, so all have one length.
const SEGMENT_WORDS: u64 = 1_000;
/// The longest opening that is counted, words.
pub(crate) const OPENING_WORDS: usize = 3;
/// How many openings are shown of each length.
pub(crate) const OPENINGS_SHOWN: usize = 8;

#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Openings of one, two and three words.
    pub(crate) openings: [BTreeMap<String, u64>; OPENING_WORDS],
    /// Questions of so many words at least.
    opened: [u64; OPENING_WORDS],
    /// Hashes of single words, pairs and triples, with their counts.
    grams: [BTreeMap<u64, u32>; 3],
    words: u64,
    questions: u64,
    segments: u64,
    different: u64,
    segment: BTreeSet<u64>,
    segment_words: u64,
}

impl Words {
    /// Counts the opening of a question.
    pub(crate) fn open(&mut self, question: &str) {
        let mut opening = String::new();
        for (at, word) in words(question).take(OPENING_WORDS).enumerate() {
            if at > 0 {
                opening.push(' ');
            }
            opening.push_str(&word);
            self.opened[at] += 1;
            one(&mut self.openings[at], &opening);
            forget_rare(&mut self.openings[at]);
        }
    }

    /// Takes a question apart.
    pub(crate) fn take_apart(&mut self, question: &str) {
        self.questions += 1;
        let mut last: [Option<u64>; 2] = [None, None];
        for word in words(question) {
            let word = hash(0, word.bytes());
            let pair = last[1].map(|before| hash(before, word.to_le_bytes()));
            let triple = last[0].zip(pair).map(|(first, pair)| hash(first, pair.to_le_bytes()));
            for (grams, gram) in self.grams.iter_mut().zip([Some(word), pair, triple]) {
                if let Some(gram) = gram {
                    *grams.entry(gram).or_insert(0) += 1;
                }
            }
            last = [last[1], Some(word)];
            self.words += 1;
            self.segment.insert(word);
            self.segment_words += 1;
            if self.segment_words == SEGMENT_WORDS {
                self.segments += 1;
                self.different += self.segment.len() as u64;
                self.segment.clear();
                self.segment_words = 0;
            }
        }
    }

    /// Adds what was counted in a later part. A segment that was begun is given up: a text is not longer than its part.
    pub(crate) fn merge(&mut self, other: Words) {
        for (ours, theirs) in self.openings.iter_mut().zip(other.openings) {
            merge(ours, theirs);
            forget_rare(ours);
        }
        for (ours, theirs) in self.grams.iter_mut().zip(other.grams) {
            for (gram, count) in theirs {
                *ours.entry(gram).or_insert(0) += count;
            }
        }
        self.opened.iter_mut().zip(other.opened).for_each(|(ours, theirs)| *ours += theirs);
        self.words += other.words;
        self.questions += other.questions;
        self.segments += other.segments;
        self.different += other.different;
    }

    /// The most frequent openings of so many words, with their share of the questions that have so many.
    pub(crate) fn top_openings(&self, words: usize) -> Vec<(&str, u64, f64)> {
        let Some(openings) = words.checked_sub(1).and_then(|at| self.openings.get(at)) else {
            return Vec::new();
        };
        let mut sorted: Vec<(&str, u64)> =
            openings.iter().map(|(text, count)| (text.as_str(), *count)).collect();
        sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sorted.truncate(OPENINGS_SHOWN);
        sorted.into_iter().map(|(text, count)| (text, count, share(count, self.opened[words - 1]))).collect()
    }

    /// The share of different words in a thousand; none if no part has a thousand.
    pub(crate) fn type_token_ratio(&self) -> Option<f64> {
        (self.segments > 0).then(|| share(self.different, self.segments * SEGMENT_WORDS))
    }

    /// Entropy of single words, pairs and triples, bits.
    pub(crate) fn entropies(&self) -> [f64; 3] {
        [0, 1, 2].map(|at| entropy(self.grams[at].values().copied()))
    }

    /// Words a question.
    pub(crate) fn words_mean(&self) -> f64 {
        share(self.words, self.questions)
    }

    pub(crate) fn to_json(&self) -> Value {
        let openings = (1..=OPENING_WORDS).map(|words| {
            let top = self.top_openings(words);
            let top = top.iter().map(|(text, count, share)| {
                json!({ "opening": text, "count": count, "percent": rounded(100.0 * share) })
            });
            top.collect::<Vec<_>>()
        });
        let [words, pairs, triples] = self.entropies().map(rounded);
        json!({
            "openings": openings.collect::<Vec<_>>(),
            "questions_taken_apart": self.questions, "words": self.words, "words_mean": rounded(self.words_mean()),
            "type_token_ratio": self.type_token_ratio().map(|ratio| (ratio * 10_000.0).round() / 10_000.0),
            "entropy_bits": { "words": words, "pairs": pairs, "triples": triples },
        })
    }
}

/// The words of a question in lower case. Runs of digits are one word, whichever they are: a text is not richer because
/// its numbers differ.
fn words(text: &str) -> impl Iterator<Item = String> {
    let pieces = text
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .filter(|piece| !piece.is_empty());
    pieces.map(|piece| {
        let mut word = String::with_capacity(piece.len());
        for c in piece.chars().flat_map(char::to_lowercase) {
            match c.is_numeric() {
                true if word.ends_with('0') => {}
                true => word.push('0'),
                false => word.push(c),
            }
        }
        word
    })
}

/// FNV-1a of some bytes behind what was hashed before.
fn hash(before: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    let begin = 0xcbf2_9ce4_8422_2325 ^ before;
    bytes.into_iter().fold(begin, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn entropy(counts: impl Iterator<Item = u32> + Clone) -> f64 {
    let all: u64 = counts.clone().map(u64::from).sum();
    let bits = |count: u32| {
        let share = f64::from(count) / all as f64;
        -share * libm::log2(share)
    };
    if all == 0 { 0.0 } else { counts.map(bits).sum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_are_counted_by_length_with_their_shares() {
        let mut counted = Words::default();
        for question in ["How many boxes?", "How many crates of 12?", "Why?", "how much is 7?"] {
            counted.open(question);
        }
        assert_eq!(counted.top_openings(1)[0], ("how", 3, 0.75));
        assert_eq!(counted.top_openings(2)[0], ("how many", 2, 2.0 / 3.0), "one question has no second word");
        assert_eq!(counted.top_openings(3).len(), 3);
        let mut twice = counted.clone();
        twice.merge(counted);
        assert_eq!(twice.top_openings(1)[0], ("how", 6, 0.75));
    }

    #[test]
    fn entropies_are_those_of_the_textbook() {
        let mut counted = Words::default();
        counted.take_apart("a b c d");
        assert_eq!(counted.entropies()[0], 2.0);
        assert!((counted.entropies()[1] - libm::log2(3.0)).abs() < 1e-9);
        assert_eq!(counted.entropies()[2], 1.0);
        let mut same = Words::default();
        (0..9).for_each(|_| same.take_apart("1 22 333"));
        assert_eq!(
            same.entropies(),
            [0.0; 3],
            "all numbers are one word, and pairs do not reach over questions"
        );
        assert_eq!(same.words_mean(), 3.0);
    }

    #[test]
    fn different_words_are_counted_in_a_thousand() {
        let mut counted = Words::default();
        assert_eq!(counted.type_token_ratio(), None);
        let letters = "abcdefghij";
        // A thousand different words, then one word a thousand times over.
        for a in letters.chars() {
            for b in letters.chars() {
                let words: Vec<String> = letters.chars().map(|c| format!("{a}{b}{c}")).collect();
                counted.take_apart(&words.join(" "));
            }
        }
        assert_eq!(counted.type_token_ratio(), Some(1.0));
        (0..1_000).for_each(|_| counted.take_apart("x"));
        assert_eq!(counted.type_token_ratio(), Some(0.5005));
    }
}
