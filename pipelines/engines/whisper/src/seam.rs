//! Joins what two overlapping windows heard, so that no word is lost and none is there twice.
//!
//! Both heard the middle of the overlap whole, and each is unsure at its own end. So the words of both in the overlap are
//! laid side by side (longest common subsequence, weighted by time), and the text changes over at the agreeing word nearest to the cut.
//! Where they agree in nothing, each word belongs to the window on whose side of the cut its middle lies; where one of
//! them heard nothing, all words are those of the other.

use std::ops::Range;

use crate::words::Heard;

/// Words this far outside the overlap may still be those of it: times are guesses, in seconds.
const SLACK_SECS: f64 = 0.3;
/// The same word so far apart in time is another one, in seconds.
const APART_SECS: f64 = 1.0;

/// Puts the words of a window behind those of the windows before it.
pub(crate) fn join(before: &mut Vec<Heard>, after: Vec<Heard>, both: &Range<f64>, cut: f64) {
    let (from, to) = (both.start - SLACK_SECS, both.end + SLACK_SECS);
    let first = before.iter().position(|word| word.end > from).unwrap_or(before.len());
    let last = after.iter().position(|word| word.start >= to).unwrap_or(after.len());
    let distance = |pair: &(usize, usize)| (middle(&before[first + pair.0]) - cut).abs();
    let agreed = common(&before[first..], &after[..last]);
    let agreed = agreed.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    if let Some((ours, theirs)) = agreed {
        before.truncate(first + ours + 1);
        before.extend(after.into_iter().skip(theirs + 1));
    } else if first == before.len() || last == 0 {
        // One of them heard nothing there.
        before.extend(after);
    } else {
        let mut at = 0;
        before.retain(|word| {
            at += 1;
            at <= first || middle(word) < cut
        });
        before.extend(after.into_iter().filter(|word| middle(word) >= cut));
    }
}

fn middle(word: &Heard) -> f64 {
    f64::midpoint(word.start, word.end)
}

/// A word without case and punctuation.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Places of the words in which two texts agree: the common subsequence with the most words, where a word counts for less
/// the further apart in time it was heard.
fn common(a: &[Heard], b: &[Heard]) -> Vec<(usize, usize)> {
    let plains = |words: &[Heard]| words.iter().map(|word| plain(&word.text)).collect::<Vec<_>>();
    let (ours, theirs) = (plains(a), plains(b));
    let worth = |i: usize, j: usize| {
        let apart = (middle(&a[i]) - middle(&b[j])).abs() / APART_SECS;
        (ours[i] == theirs[j] && !ours[i].is_empty() && apart < 1.0).then_some(1.0 - apart)
    };
    let mut sums = vec![vec![0.0f64; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let apart = sums[i + 1][j].max(sums[i][j + 1]);
            sums[i][j] = worth(i, j).map_or(apart, |worth| apart.max(sums[i + 1][j + 1] + worth));
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if sums[i][j] > sums[i + 1][j].max(sums[i][j + 1]) {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if sums[i + 1][j] >= sums[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words of a quarter of a second each, from this time on.
    fn said(text: &str, from: f64, segment: usize) -> Vec<Heard> {
        let word = |(at, text): (usize, &str)| Heard {
            text: format!(" {text}"),
            start: from + at as f64 * 0.25,
            end: from + at as f64 * 0.25 + 0.25,
            confidence: 0.9,
            segment,
        };
        text.split_whitespace().enumerate().map(word).collect()
    }

    fn joined(before: &str, at: f64, after: &str, from: f64, both: Range<f64>) -> String {
        let mut words = said(before, at, 0);
        join(&mut words, said(after, from, 1), &both, f64::midpoint(both.start, both.end));
        words.iter().map(|word| word.text.trim()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_both_heard_is_there_once() {
        let text =
            joined("ask not what your country can do", 0.0, "Your country can do for you", 0.75, 0.75..1.75);
        assert_eq!(text, "ask not what your country can do for you");
        // Each is wrong at its end.
        let text = joined("ask not what your country canned", 0.0, "try can do for you", 1.0, 1.0..1.75);
        assert_eq!(text, "ask not what your country can do for you");
    }

    #[test]
    fn where_nothing_agrees_the_cut_decides() {
        let text = joined("one two three", 0.0, "four five six", 0.25, 0.25..0.75);
        assert_eq!(text, "one two five six");
        assert_eq!(joined("", 0.0, "a b", 0.0, 0.0..1.0), "a b");
        assert_eq!(joined("a b", 0.0, "", 0.0, 0.0..1.0), "a b");
    }

    proptest! {
        #[test]
        fn any_text_that_both_hear_right_comes_out_as_it_was(
            letters in prop::collection::vec(0u8..6, 20..60),
            cut in 8usize..12,
        ) {
            // Few different words, so that the same ones stand near each other.
            let words: Vec<String> = letters.iter().map(|letter| format!("w{letter}")).collect();
            let (until, from) = (cut + 4, cut - 4);
            let both = from as f64 * 0.25..until as f64 * 0.25;
            let got = joined(&words[..until].join(" "), 0.0, &words[from..].join(" "), from as f64 * 0.25, both);
            prop_assert_eq!(got, words.join(" "));
        }
    }
}
