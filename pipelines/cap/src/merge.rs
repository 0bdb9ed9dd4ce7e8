//! Several cleaned transcripts of one image to one text, by rules alone.
//!
//! The longest transcript is the ground, in the order in which its speaker looked: nobody's order is broken up. Of the
//! others, sentence by sentence, what says something new is put behind the sentence that it is closest to. A sentence says
//! nothing new if more than half of its words of content stand in one sentence that is already there, or nearly all of
//! them somewhere in the text; and one that counts the same things differently is left out, because rules cannot tell who
//! is right.
//! So each sentence of the result was said by somebody, and none is said twice.

use std::collections::BTreeSet;

use crate::clean::Cleaned;
use crate::words::{self, is_function_word, plain_words, stem};

/// Share of its words of content that a sentence may have in common with one sentence that is there.
const SAME_SENTENCE_MAX: f64 = 0.5;
/// Share of its words of content that may stand anywhere in the text.
const SAME_TEXT_MAX: f64 = 0.8;

/// A merged text and how many sentences it is without.
#[must_use]
pub fn merge(mut transcripts: Vec<Cleaned>, words_max: usize) -> Cleaned {
    let mut left_out: usize = transcripts.iter().map(|cleaned| cleaned.left_out).sum();
    let longest = (0..transcripts.len()).rev().max_by_key(|at| words::count(&transcripts[*at].text()));
    let Some(longest) = longest else { return Cleaned::default() };
    let ground = transcripts.remove(longest);
    let mut text: Vec<Sentence> = Vec::new();
    for sentence in ground.sentences {
        let sentence = Sentence::new(sentence, text.len());
        // Somebody who says a thing twice said it once.
        match sentence.closest(&text) {
            Some((share, _)) if share >= 1.0 => left_out += 1,
            _ => text.push(sentence),
        }
    }
    let mut length: usize = text.iter().map(|sentence| sentence.words).sum();
    for sentence in transcripts.into_iter().flat_map(|cleaned| cleaned.sentences) {
        let mut sentence = Sentence::new(sentence, usize::MAX);
        let closest = sentence.closest(&text);
        let is_known = closest.is_some_and(|(share, _)| share > SAME_SENTENCE_MAX)
            || sentence.share_in(&text) > SAME_TEXT_MAX
            || sentence.content.is_empty();
        if is_known
            || text.iter().any(|other| sentence.counts_otherwise(other))
            || length + sentence.words > words_max
        {
            left_out += 1;
            continue;
        }
        length += sentence.words;
        let at = match closest {
            Some((share, at)) if share > 0.0 => {
                // Behind those that were put there before.
                let ground = text[at].ground;
                text.iter().rposition(|other| other.ground == ground).unwrap_or(at) + 1
            }
            _ => text.len(),
        };
        sentence.ground =
            at.checked_sub(1).and_then(|before| text.get(before)).map_or(usize::MAX, |before| before.ground);
        text.insert(at, sentence);
    }
    Cleaned { sentences: text.into_iter().map(|sentence| sentence.text).collect(), left_out }
}

struct Sentence {
    text: String,
    words: usize,
    content: BTreeSet<String>,
    /// What is counted, and how many: (number, stem of the word behind it).
    counted: Vec<(String, String)>,
    /// The sentence of the ground that it belongs to.
    ground: usize,
}

impl Sentence {
    fn new(text: String, ground: usize) -> Sentence {
        let words = plain_words(&text);
        let content =
            words.iter().filter(|word| !is_function_word(word)).map(|word| stem(word).to_owned()).collect();
        let mut counted = Vec::new();
        for pair in words.windows(2) {
            if pair[0] == "one" {
                counted.push(("1".to_owned(), stem(&pair[1]).to_owned()));
            }
            if let ([_], said) = (crate::numbers::stated(&pair[0]).as_slice(), crate::numbers::said(&pair[0]))
                && let Some(number) = said.into_iter().next()
            {
                counted.push((number, stem(&pair[1]).to_owned()));
            }
        }
        Sentence { words: words.len(), text, content, counted, ground }
    }

    /// The sentence that has most of its words of content, with the share of them; the first of equal ones.
    fn closest(&self, text: &[Sentence]) -> Option<(f64, usize)> {
        let share = |other: &Sentence| {
            let common = self.content.intersection(&other.content).count();
            common as f64 / self.content.len().max(1) as f64
        };
        let shares = text.iter().enumerate().map(|(at, other)| (share(other), at));
        shares.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)))
    }

    /// The share of its words of content that stand anywhere in the text.
    fn share_in(&self, text: &[Sentence]) -> f64 {
        let known =
            self.content.iter().filter(|word| text.iter().any(|other| other.content.contains(*word))).count();
        known as f64 / self.content.len().max(1) as f64
    }

    /// Whether both count the same things and do not agree.
    fn counts_otherwise(&self, other: &Sentence) -> bool {
        self.counted.iter().any(|(number, what)| {
            let theirs = || other.counted.iter().filter(|(_, thing)| thing == what);
            theirs().next().is_some() && theirs().all(|(count, _)| count != number)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sentences: &[&str]) -> Cleaned {
        Cleaned { sentences: sentences.iter().map(|text| (*text).to_owned()).collect(), left_out: 0 }
    }

    #[test]
    fn what_is_new_is_put_beside_what_it_belongs_to() {
        let first = of(&[
            "A red tram crosses a wet square.",
            "Behind it stands a church with a green roof.",
            "The sky is grey and heavy with rain.",
        ]);
        let second = of(&[
            "The tram is red and crosses the square.",
            "On the church there is a golden clock.",
            "A man holds an umbrella.",
        ]);
        let merged = merge(vec![second, first], 500);
        let expected = [
            "A red tram crosses a wet square.",
            "Behind it stands a church with a green roof.",
            "On the church there is a golden clock.",
            "The sky is grey and heavy with rain.",
            "A man holds an umbrella.",
        ];
        assert_eq!(
            (merged.sentences.as_slice(), merged.left_out),
            (expected.map(str::to_owned).as_slice(), 1)
        );
    }

    #[test]
    fn those_who_count_differently_are_not_both_right() {
        let first = of(&["Three dogs play on the long beach near the water.", "A boat lies in the sand."]);
        let second = of(&["Four dogs chase a yellow ball.", "Two boys watch."]);
        let merged = merge(vec![first, second], 500);
        assert_eq!(merged.sentences.len(), 3);
        assert!(merged.sentences.iter().all(|sentence| !sentence.contains("Four")));
    }

    #[test]
    fn the_longest_text_is_the_ground_and_there_is_an_end() {
        let merged = merge(vec![of(&["A cat sleeps."]), of(&["A dog runs over the meadow."])], 7);
        assert_eq!(merged, Cleaned { sentences: vec!["A dog runs over the meadow.".into()], left_out: 1 });
        assert_eq!(merge(Vec::new(), 7), Cleaned::default());
    }
}
