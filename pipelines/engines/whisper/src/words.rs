//! Tokens of the model to words with times.

/// One token as the model gave it; times in hundredths of a second of the window, negative where there are none.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) bytes: Vec<u8>,
    pub(crate) probability: f32,
    pub(crate) start: i64,
    pub(crate) end: i64,
}

/// One segment as the model gave it.
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
        for token in &mut self.tokens {
            // Negative times are none.
            for time in [&mut token.start, &mut token.end] {
                if *time >= 0 {
                    *time += hundredths;
                }
            }
        }
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

/// The words of a segment, in times of its window.
pub(crate) fn words(said: &Said, segment: usize) -> Vec<Heard> {
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
    let secs = |hundredths: i64| hundredths as f64 / 100.0;
    let place = Place::of(said);
    let mut words = Vec::with_capacity(groups.len());
    let mut before = said.start;
    for (bytes, tokens) in groups {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // Times stay in order and inside the segment, also where the model gave none.
        let start = tokens
            .iter()
            .map(|token| token.start)
            .find(|time| *time >= 0)
            .map_or(before, |time| place.of_time(time));
        let start = start.clamp(before, said.end.max(before));
        let end = tokens.iter().map(|token| token.end).max().map_or(start, |time| place.of_time(time));
        let end = end.clamp(start, said.end.max(start));
        before = end;
        if !text.trim().is_empty() {
            let confidence = geometric_mean(&tokens);
            words.push(Heard { text, start: secs(start), end: secs(end), confidence, segment });
        }
    }
    words
}

/// How far the times of tokens may lie outside those of their segment, in hundredths of a second.
const SLACK: i64 = 30;

/// Times of tokens are guesses between those that the model wrote; where they run away from their segment, they are laid
/// over it again.
struct Place {
    from: (i64, i64),
    to: (i64, i64),
}

impl Place {
    fn of(said: &Said) -> Place {
        let first = said.tokens.iter().map(|token| token.start).find(|time| *time >= 0).unwrap_or(said.start);
        let last = said.tokens.iter().map(|token| token.end).max().unwrap_or(said.end).max(first);
        let is_near = (first - said.start).abs() <= SLACK && last - said.end <= SLACK;
        let to = (said.start, said.end.max(said.start));
        Place { from: if is_near { to } else { (first, last) }, to }
    }

    fn of_time(&self, time: i64) -> i64 {
        let long = (self.from.1 - self.from.0).max(1);
        self.to.0 + (time - self.from.0) * (self.to.1 - self.to.0) / long
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

    fn token(bytes: &[u8], probability: f32, start: i64, end: i64) -> Token {
        Token { bytes: bytes.to_vec(), probability, start, end }
    }

    #[test]
    fn tokens_become_words_with_their_punctuation() {
        let tokens = vec![
            token(b" And", 1.0, 0, 30),
            token(b" fell", 0.9, 30, 40),
            token(b"ow", 0.4, 40, 60),
            token(b",", 0.6, 60, 62),
            token(b" \xc3", 1.0, 70, 80),
            token(b"\xa9t\xc3\xa9", 1.0, 80, 95),
        ];
        let said = Said { start: 0, end: 90, no_speech: 0.0, tokens };
        let words = words(&said, 3);
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, [" And", " fellow,", " été"]);
        assert_eq!((words[1].start, words[1].end, words[1].segment), (0.3, 0.62, 3));
        // The cube root of 0.216.
        assert_eq!(words[1].confidence, 0.6);
        assert_eq!(words[2].end, 0.9);
    }

    #[test]
    fn scripts_without_spaces_are_cut_between_tokens_and_never_within_a_character() {
        let tokens = vec![
            token("我".as_bytes(), 1.0, 0, 10),
            token(&[0xe4], 1.0, 10, 15),
            token(&[0xbb, 0xac], 1.0, 15, 20),
        ];
        let said = Said { start: 0, end: 20, no_speech: 0.0, tokens };
        let words = words(&said, 0);
        assert_eq!(words.iter().map(|word| word.text.as_str()).collect::<String>(), "我们");
    }

    #[test]
    fn times_that_ran_away_are_laid_over_the_segment() {
        let tokens = vec![token(b" ask", 1.0, 920, 1500), token(b" what", 1.0, 1500, 2080)];
        let words = words(&Said { start: 800, end: 1000, no_speech: 0.0, tokens }, 0);
        assert_eq!((words[0].start, words[0].end, words[1].start, words[1].end), (8.0, 9.0, 9.0, 10.0));
    }

    #[test]
    fn times_that_are_missing_or_run_backwards_are_put_in_order() {
        let tokens = vec![token(b" a", 1.0, -1, -1), token(b" b", 1.0, 500, 20), token(b" c", 0.0, 10, 20)];
        let said = Said { start: 50, end: 100, no_speech: 0.0, tokens };
        let words = words(&said, 0);
        let mut before = 0.5;
        for word in &words {
            assert!(before <= word.start && word.start <= word.end && word.end <= 1.0, "{word:?}");
            before = word.end;
        }
        assert_eq!(words.len(), 3);
    }
}
