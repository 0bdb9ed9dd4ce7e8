//! What a model writes where nobody speaks: `[Music]`, `(wind blowing)`, `*sighs*`, `♪`, and a few polite words that it
//! learned from the ends of films.

use crate::words::Heard;

/// Marks that begin and end a remark about a sound.
const MARKS: &[(char, char)] = &[('[', ']'), ('(', ')'), ('*', '*'), ('♪', '♪'), ('【', '】'), ('（', '）')];

/// A segment is made up if the model itself says so with at least this probability, and is not sure of its words either.
const NO_SPEECH_MIN: f32 = 0.5;
/// How sure of its words a model that hears speech is: the geometric mean over the segment.
const CONFIDENCE_MIN: f32 = 0.45;

/// Takes out remarks about sounds; they may be several words long.
pub(crate) fn without_remarks(words: Vec<Heard>) -> Vec<Heard> {
    let mut kept = Vec::with_capacity(words.len());
    let mut rest = words.into_iter();
    while let Some(word) = rest.next() {
        let text = word.text.trim();
        let Some((_, close)) =
            text.chars().next().and_then(|first| MARKS.iter().find(|(open, _)| *open == first))
        else {
            kept.push(word);
            continue;
        };
        let is_closed = |text: &str, skip: usize| text.chars().skip(skip).any(|c| c == *close);
        if is_closed(text, 1) {
            continue;
        }
        let segment = word.segment;
        let ahead: Vec<Heard> = rest.clone().take_while(|next| next.segment == segment).collect();
        match ahead.iter().position(|next| is_closed(&next.text, 0)) {
            Some(last) => rest.by_ref().take(last + 1).for_each(drop),
            // A note without an end stands for itself; a bracket without one was cut off, and the rest is part of it.
            None if *close == '♪' || *close == '*' => {}
            None => rest.by_ref().take(ahead.len()).for_each(drop),
        }
    }
    kept
}

/// Whether a segment with these words was made up.
pub(crate) fn is_made_up(words: &[&Heard], no_speech: f32) -> bool {
    if words.is_empty() {
        return true;
    }
    let sum: f64 = words.iter().map(|word| libm::log(f64::from(word.confidence).max(1e-3))).sum();
    let sure = libm::exp(sum / words.len() as f64) as f32;
    no_speech >= NO_SPEECH_MIN && sure < CONFIDENCE_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(texts: &[&str]) -> Vec<Heard> {
        let word = |text: &&str| Heard {
            text: (*text).to_owned(),
            start: 0.0,
            end: 0.1,
            confidence: 0.9,
            segment: 0,
        };
        texts.iter().map(word).collect()
    }

    fn check(texts: &[&str], expected: &[&str]) {
        let kept = without_remarks(heard(texts));
        assert_eq!(kept.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn remarks_go_and_words_stay() {
        check(&[" [BLANK_AUDIO]"], &[]);
        check(&[" (wind", " blowing)", " Yes."], &[" Yes."]);
        check(&[" A", " cat", " [laughs]", " sleeps."], &[" A", " cat", " sleeps."]);
        check(&[" ♪", " la", " la", " ♪"], &[]);
        check(&[" ♪"], &[]);
        check(&[" *", " Yes"], &[" Yes"]);
        check(&[" [cut", " off"], &[]);
        check(&[" it's", " 5*3"], &[" it's", " 5*3"]);
    }

    #[test]
    fn a_segment_is_made_up_only_if_two_signs_agree() {
        let mut words = heard(&[" Thank", " you."]);
        assert!(!is_made_up(&words.iter().collect::<Vec<_>>(), 0.9));
        words[1].confidence = 0.1;
        assert!(is_made_up(&words.iter().collect::<Vec<_>>(), 0.9));
        assert!(!is_made_up(&words.iter().collect::<Vec<_>>(), 0.1));
        assert!(is_made_up(&[], 0.0));
    }
}
