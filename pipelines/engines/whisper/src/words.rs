//! Tokens of the model to words with times.

use std::ops::Range;

use crate::window::RATE;

/// One token as the model gave it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) bytes: Vec<u8>,
    pub(crate) probability: f32,
}

/// One segment as the model gave it; times in hundredths of a second of the window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) no_speech: f32,
    pub(crate) tokens: Vec<Token>,
}

impl Said {
    /// The same, so many hundredths of a second later.
    pub(crate) fn later(mut self, hundredths: i64) -> Said {
        self.start += hundredths;
        self.end += hundredths;
        self
    }
}

/// A word that was heard; times in seconds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heard {
    /// The text as it continues the text before: with a space in front where there is one.
    pub(crate) text: String,
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) confidence: f32,
    /// Which segment it belongs to.
    pub(crate) segment: usize,
}

/// The words of a segment, in times of its window. `voiced` are the samples of the window in which somebody speaks.
///
/// The model writes times down seldom, and those of single tokens are guesses that run away by seconds. So the words of a
/// segment are laid over the time in it in which there is a voice, each as long as its letters are many.
pub(crate) fn words(said: &Said, segment: usize, voiced: &[Range<usize>]) -> Vec<Heard> {
    let mut groups: Vec<(Vec<u8>, Vec<&Token>)> = Vec::new();
    for token in &said.tokens {
        match groups.last_mut() {
            Some((bytes, tokens)) if !begins_word(bytes, &token.bytes) => {
                bytes.extend_from_slice(&token.bytes);
                tokens.push(token);
            }
            _ => groups.push((token.bytes.clone(), vec![token])),
        }
    }
    let texts: Vec<String> =
        groups.iter().map(|(bytes, _)| String::from_utf8_lossy(bytes).into_owned()).collect();
    // A word of one letter takes time as well.
    let lengths: Vec<f64> = texts.iter().map(|text| text.trim().chars().count() as f64 + 1.0).collect();
    let all: f64 = lengths.iter().sum();
    let voice = Voice::within(said.start as f64 / 100.0..(said.end.max(said.start)) as f64 / 100.0, voiced);
    let mut before = 0.0;
    let mut words = Vec::with_capacity(groups.len());
    for (((_, tokens), text), length) in groups.into_iter().zip(texts).zip(lengths) {
        let (start, end) = (voice.begin_at(before / all), voice.end_at((before + length) / all));
        before += length;
        if !text.trim().is_empty() {
            words.push(Heard {
                text,
                start,
                end: end.max(start),
                confidence: geometric_mean(&tokens),
                segment,
            });
        }
    }
    words
}

/// The parts of a segment in which there is a voice, in seconds of the window.
struct Voice {
    parts: Vec<Range<f64>>,
    secs: f64,
}

impl Voice {
    fn within(segment: Range<f64>, voiced: &[Range<usize>]) -> Voice {
        let rate = RATE as f64;
        let part = |span: &Range<usize>| {
            (span.start as f64 / rate).max(segment.start)..(span.end as f64 / rate).min(segment.end)
        };
        let mut parts: Vec<Range<f64>> =
            voiced.iter().map(part).filter(|part| part.start < part.end).collect();
        if parts.is_empty() {
            parts.push(segment);
        }
        let secs = parts.iter().map(|part| part.end - part.start).sum();
        Voice { parts, secs }
    }

    /// The time at a share of the voice; on the border of two parts the beginning of the later one.
    fn begin_at(&self, share: f64) -> f64 {
        self.at(share, |left, long| left < long)
    }

    /// The same; on the border of two parts the end of the earlier one.
    fn end_at(&self, share: f64) -> f64 {
        self.at(share, |left, long| left <= long + 1e-9)
    }

    fn at(&self, share: f64, is_here: impl Fn(f64, f64) -> bool) -> f64 {
        let mut left = share * self.secs;
        for part in &self.parts {
            let long = part.end - part.start;
            if is_here(left, long) {
                return (part.start + left).min(part.end);
            }
            left -= long;
        }
        self.parts.last().map_or(0.0, |last| last.end)
    }
}

fn geometric_mean(tokens: &[&Token]) -> f32 {
    let sum: f64 = tokens.iter().map(|token| libm::log(f64::from(token.probability).clamp(1e-9, 1.0))).sum();
    let mean = libm::exp(sum / tokens.len().max(1) as f64);
    // A thousandth is more than a model knows of itself.
    ((mean * 1000.0).round() / 1000.0) as f32
}

/// Whether a token begins a word after what was gathered of the word before it: with a space, or in scripts that have
/// none. A character may be spread over several tokens, and is never cut.
fn begins_word(before: &[u8], token: &[u8]) -> bool {
    if token.first().is_some_and(u8::is_ascii_whitespace) {
        return true;
    }
    let (Ok(before), Ok(token)) = (std::str::from_utf8(before), std::str::from_utf8(token)) else {
        return false;
    };
    before.chars().next_back().is_some_and(is_spaceless) && token.chars().next().is_some_and(is_spaceless)
}

/// Characters of scripts that are written without spaces between words: kana, ideographs, Thai, Lao, Khmer, Burmese.
fn is_spaceless(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(bytes: &[u8], probability: f32) -> Token {
        Token { bytes: bytes.to_vec(), probability }
    }

    #[test]
    fn tokens_become_words_with_their_punctuation() {
        let tokens = vec![
            token(b" And", 1.0),
            token(b" fell", 0.9),
            token(b"ow", 0.4),
            token(b",", 0.6),
            token(b" \xc3", 1.0),
            token(b"\xa9t\xc3\xa9", 1.0),
        ];
        let words = words(&Said { start: 0, end: 160, no_speech: 0.0, tokens }, 3, &[]);
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, [" And", " fellow,", " été"]);
        assert_eq!(words.iter().map(|word| word.segment).collect::<Vec<_>>(), [3; 3]);
        // Four, eight and four of sixteen parts.
        assert!((words[1].start - 0.4).abs() < 1e-9 && (words[1].end - 1.2).abs() < 1e-9, "{words:?}");
        // The cube root of 0.216.
        assert_eq!(words[1].confidence, 0.6);
    }

    #[test]
    fn scripts_without_spaces_are_cut_between_tokens_and_never_within_a_character() {
        let tokens = vec![token("我".as_bytes(), 1.0), token(&[0xe4], 1.0), token(&[0xbb, 0xac], 1.0)];
        let words = words(&Said { start: 0, end: 20, no_speech: 0.0, tokens }, 0, &[]);
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<String>(), "我们");
    }

    #[test]
    fn words_lie_where_there_is_a_voice_and_not_in_the_pauses() {
        let tokens = [" one", " two", " six", " ten"].map(|text| token(text.as_bytes(), 1.0)).to_vec();
        let said = Said { start: 100, end: 1000, no_speech: 0.0, tokens };
        // Two seconds of voice, a pause, two seconds; what lies outside of the segment is not of it.
        let words = words(&said, 0, &[0..RATE / 2, 2 * RATE..4 * RATE, 7 * RATE..9 * RATE]);
        let times: Vec<(f64, f64)> = words.iter().map(|word| (word.start, word.end)).collect();
        assert_eq!(times, [(2.0, 3.0), (3.0, 4.0), (7.0, 8.0), (8.0, 9.0)]);
    }

    #[test]
    fn a_segment_without_length_or_voice_keeps_its_words() {
        let tokens = vec![token(b" a", 1.0), token(b" b", 0.0)];
        let words = words(&Said { start: 50, end: 20, no_speech: 0.0, tokens }, 0, &[]);
        assert!(words.iter().all(|word| word.start == 0.5 && word.end == 0.5), "{words:?}");
        assert_eq!(words.len(), 2);
    }
}
