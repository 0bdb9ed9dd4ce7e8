//! Tokens of an answer to its text, piece by piece.

use pixmo_preprocess::Tokenizer;

/// The text of an answer while it grows.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    tokenizer: &'a Tokenizer,
    stops: &'a [String],
    ids: Vec<i32>,
    /// Where what is decoded together begins, and how much of it was given.
    window: (usize, usize),
    /// Not given yet, since a stop text may begin in it.
    held: String,
    text: String,
    /// Whether the space before the first word may still come.
    at_beginning: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(tokenizer: &'a Tokenizer, stops: &'a [String]) -> Writer<'a> {
        Writer {
            tokenizer,
            stops,
            ids: Vec::new(),
            window: (0, 0),
            held: String::new(),
            text: String::new(),
            at_beginning: true,
        }
    }

    /// Takes a token, and gives what it adds to the text and whether a stop text ended the answer.
    pub(super) fn push(&mut self, id: i32) -> (String, bool) {
        self.ids.push(id);
        let (begin, read) = self.window;
        let before = self.tokenizer.decode(&self.ids[begin..read]);
        let now = self.tokenizer.decode(&self.ids[begin..]);
        // A character whose bytes are not all there is shown as one that replaces it.
        if now.len() > before.len() && !now.ends_with(char::REPLACEMENT_CHARACTER) {
            self.window = (read, self.ids.len());
            self.hold(now.get(before.len()..).unwrap_or_default());
        }
        self.give(false)
    }

    /// What is left when no token follows.
    pub(super) fn finish(&mut self) -> String {
        let (begin, read) = self.window;
        if read < self.ids.len() {
            let before = self.tokenizer.decode(&self.ids[begin..read]);
            let now = self.tokenizer.decode(&self.ids[begin..]);
            self.window = (self.ids.len(), self.ids.len());
            self.hold(now.get(before.len()..).unwrap_or_default());
        }
        self.give(true).0
    }

    /// The whole text, and its tokens.
    pub(super) fn into_parts(self) -> (String, Vec<i32>) {
        (self.text, self.ids)
    }

    fn hold(&mut self, piece: &str) {
        let piece = if self.at_beginning { piece.strip_prefix(' ').unwrap_or(piece) } else { piece };
        self.at_beginning &= self.ids.is_empty();
        self.held.push_str(piece);
    }

    fn give(&mut self, all: bool) -> (String, bool) {
        let stop = self.stops.iter().filter_map(|stop| self.held.find(stop.as_str())).min();
        let end = match stop {
            Some(at) => at,
            None if all => self.held.len(),
            None => {
                let may_begin = |at: &usize| {
                    self.held.is_char_boundary(*at)
                        && self.stops.iter().any(|stop| stop.starts_with(&self.held[*at..]))
                };
                (0..self.held.len()).find(may_begin).unwrap_or(self.held.len())
            }
        };
        let rest = self.held.split_off(end);
        let piece = std::mem::replace(&mut self.held, if stop.is_some() { String::new() } else { rest });
        self.text.push_str(&piece);
        (piece, stop.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn write(text: &str, stops: &[&str]) -> (String, Vec<String>, bool) {
        let tokenizer = sample::tokenizer().expect("a tokeniser");
        let stops: Vec<String> = stops.iter().map(|stop| (*stop).to_owned()).collect();
        let mut writer = Writer::new(&tokenizer, &stops);
        let (mut pieces, mut stopped) = (Vec::new(), false);
        for id in tokenizer.encode(text) {
            let (piece, stop) = writer.push(id);
            pieces.push(piece);
            stopped |= stop;
            if stop {
                break;
            }
        }
        pieces.push(writer.finish());
        let (whole, _) = writer.into_parts();
        assert_eq!(pieces.concat(), whole);
        (whole, pieces, stopped)
    }

    #[test]
    fn characters_of_several_bytes_come_whole() {
        let (whole, pieces, _) = write(" a é 漢 🦀.", &[]);
        assert_eq!(whole, "a é 漢 🦀.");
        assert!(pieces.iter().all(|piece| !piece.contains(char::REPLACEMENT_CHARACTER)), "{pieces:?}");
    }

    #[test]
    fn what_may_be_a_stop_text_is_held_back() {
        let (whole, pieces, stopped) = write(" one. STOP two", &["STOP"]);
        assert_eq!((whole.as_str(), stopped), ("one. ", true));
        assert!(pieces.iter().all(|piece| !piece.contains('S')), "{pieces:?}");
        let (whole, _, stopped) = write(" one. STO", &["STOP"]);
        assert_eq!((whole.as_str(), stopped), ("one. STO", false));
    }
}
