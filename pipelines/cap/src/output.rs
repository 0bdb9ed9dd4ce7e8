//! What a caption must be, whoever wrote it: long enough, about the image and not about the speaker, and with no number, no
//! quotation and no name that nobody said.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::numbers;
use crate::reason::Reason;
use crate::speaker::{about_making, first_person};
use crate::words::{self, is_function_word, plain, plain_words, sentences, stem};

/// How long a caption may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaptionLimits {
    /// Fewest words.
    pub words_min: usize,
    /// Most words.
    pub words_max: usize,
}

impl Default for CaptionLimits {
    fn default() -> Self {
        CaptionLimits { words_min: 80, words_max: 500 }
    }
}

/// Something that is wrong with a caption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Which rule it breaks.
    pub reason: Reason,
    /// What was found.
    pub found: String,
    /// What is expected, for whoever wrote it.
    pub expected: String,
}

impl Fault {
    fn new(reason: Reason, found: impl Into<String>, expected: impl Into<String>) -> Fault {
        Fault { reason, found: found.into(), expected: expected.into() }
    }
}

/// What people said about an image, as captions are held against it.
#[derive(Clone, Debug)]
pub struct Source {
    numbers: numbers::Said,
    transcripts: Vec<Vec<String>>,
    words: BTreeSet<String>,
    stems: BTreeSet<String>,
}

impl Source {
    /// The source of these transcripts.
    #[must_use]
    pub fn new<'a>(transcripts: impl IntoIterator<Item = &'a str>) -> Source {
        let mut source = Source {
            numbers: BTreeSet::new(),
            transcripts: Vec::new(),
            words: BTreeSet::new(),
            stems: BTreeSet::new(),
        };
        for text in transcripts {
            source.numbers.extend(numbers::said(text));
            let words: Vec<String> = parts(text);
            source.stems.extend(words.iter().map(|word| stem(word).to_owned()));
            source.words.extend(words.iter().cloned());
            source.transcripts.push(words);
        }
        source
    }

    fn has_word(&self, word: &str) -> bool {
        self.words.contains(word) || self.stems.contains(stem(word))
    }

    /// Whether these words were said one after the other. Letters that were spelled count as the word that they spell.
    fn has_row(&self, row: &str) -> bool {
        let wanted: String = parts(row).concat();
        let numbers_said =
            |word: &str| numbers::stated(word).iter().all(|number| number.is_in(&self.numbers));
        if wanted.is_empty() || self.transcripts.iter().any(|words| spells(words, &wanted)) {
            return true;
        }
        // A quotation that is a number, in whatever form it was said.
        let is_number = !numbers::stated(row).is_empty() && words::count(row) == numbers::stated(row).len();
        is_number && numbers_said(row)
    }
}

/// Words as they are compared, hyphens apart.
fn parts(text: &str) -> Vec<String> {
    let split = text.replace(['-', '–', '/', '&'], " ");
    plain_words(&split)
}

/// Whether neighbouring words spell this, from the beginning of a word to the end of one.
fn spells(words: &[String], wanted: &str) -> bool {
    (0..words.len()).any(|from| {
        let mut rest = wanted;
        for word in &words[from..] {
            match rest.strip_prefix(word.as_str()) {
                Some("") => return true,
                Some(left) => rest = left,
                None => return false,
            }
        }
        false
    })
}

/// All that is wrong with a caption; nothing for a good one.
#[must_use]
pub fn faults(caption: &str, source: &Source, limits: &CaptionLimits, language: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let length = words::count(caption);
    if length < limits.words_min {
        faults.push(Fault::new(
            Reason::CaptionTooShort,
            format!("{length} words"),
            format!("at least {} words", limits.words_min),
        ));
    }
    if length > limits.words_max {
        faults.push(Fault::new(
            Reason::CaptionTooLong,
            format!("{length} words"),
            format!("at most {} words", limits.words_max),
        ));
    }
    if let Some(word) = about_making(caption, |word| source.words.contains(word)) {
        faults.push(Fault::new(
            Reason::CaptionAboutMaking,
            word,
            "a text about the image, not about speakers, recordings or the task",
        ));
    }
    // The other rules read English.
    if language.split('-').next() == Some("en") {
        if let Some(word) = sentences(caption).into_iter().find_map(first_person) {
            faults.push(Fault::new(Reason::CaptionFirstPerson, word, "no words in the first person"));
        }
        for number in numbers::stated(caption).into_iter().filter(|number| !number.is_in(&source.numbers)) {
            faults.push(Fault::new(
                Reason::CaptionNumber,
                number.text,
                "only numbers that stand in a transcript",
            ));
        }
        for name in names(caption).into_iter().filter(|name| !source.has_word(name)) {
            faults.push(Fault::new(Reason::CaptionName, name, "only names that stand in a transcript"));
        }
    }
    for quotation in quotations(caption).into_iter().filter(|row| !source.has_row(row)) {
        faults.push(Fault::new(
            Reason::CaptionQuotation,
            quotation,
            "only quotations that stand in a transcript, word by word",
        ));
    }
    faults
}

/// What stands between quotation marks.
fn quotations(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let closing = match c {
            '"' => Some('"'),
            '“' | '„' => Some('”'),
            '«' => Some('»'),
            '\'' | '‘' if !before.is_alphanumeric() && open.is_none() => {
                Some(if c == '‘' { '’' } else { '\'' })
            }
            _ => None,
        };
        match open {
            Some((from, close)) if c == close || (close == '”' && c == '“') => {
                let next = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
                // The apostrophe of `dog's` ends no quotation.
                if !(matches!(close, '\'' | '’') && next.is_alphanumeric()) {
                    found.push(text[from..at].trim().to_owned());
                    open = None;
                }
            }
            None => open = closing.map(|closing| (at + c.len_utf8(), closing)),
            Some(_) => {}
        }
        before = c;
    }
    found
}

/// Words with which sentences begin that name nothing.
const BEGINNINGS: &[&str] = &[
    "additionally",
    "although",
    "altogether",
    "among",
    "another",
    "atop",
    "because",
    "beyond",
    "despite",
    "directly",
    "due",
    "during",
    "either",
    "elsewhere",
    "every",
    "everything",
    "finally",
    "first",
    "further",
    "furthermore",
    "given",
    "however",
    "immediately",
    "interestingly",
    "lastly",
    "many",
    "meanwhile",
    "moreover",
    "nearby",
    "neither",
    "nobody",
    "none",
    "notably",
    "nothing",
    "overall",
    "overhead",
    "perhaps",
    "rather",
    "several",
    "similarly",
    "since",
    "slightly",
    "still",
    "surrounding",
    "though",
    "throughout",
    "together",
    "two",
    "upon",
    "whether",
    "yet",
];

/// Words of a caption that look like names: with a capital inside a sentence, or with one at its beginning if it is a word
/// that nobody would expect there.
fn names(caption: &str) -> Vec<String> {
    let mut found = Vec::new();
    let unquoted = without_quotations(caption);
    for sentence in sentences(&unquoted) {
        let mut begins = true;
        for word in words::words(sentence) {
            let core = word.trim_matches(|c: char| !c.is_alphanumeric());
            for part in core.split(['-', '–', '/', '&']).filter(|part| !part.is_empty()) {
                let has_capital = part.chars().next().is_some_and(char::is_uppercase);
                let plain = plain(part);
                let is_usual = begins
                    && (is_function_word(&plain)
                        || BEGINNINGS.binary_search(&plain.as_str()).is_ok()
                        || plain.ends_with("ing")
                        || plain.ends_with("ly")
                        || plain.ends_with("ed"));
                if has_capital && plain != "i" && !is_usual {
                    found.push(plain);
                }
                begins = false;
            }
            // Behind a colon a new sentence may begin.
            begins = word.ends_with(':');
        }
    }
    found
}

fn without_quotations(text: &str) -> String {
    let mut rest = text.to_owned();
    for quotation in quotations(text).into_iter().filter(|quotation| !quotation.is_empty()) {
        rest = rest.replacen(&quotation, " ", 1);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "um so there is a red tram with the number two twenty one on it and a sign that says stop S T O P \
        and below it main street, I think it is in Lisbon, there are three people and a dog's bowl";

    #[track_caller]
    fn check(caption: &str, wrong: &[(&str, &str)]) {
        let limits = CaptionLimits { words_min: 1, words_max: 60 };
        let found = faults(caption, &Source::new([SAID]), &limits, "en");
        let found: Vec<(&str, &str)> =
            found.iter().map(|fault| (crate::reason::name(fault.reason), fault.found.as_str())).collect();
        assert_eq!(found, wrong, "of `{caption}`");
    }

    #[test]
    fn a_caption_of_what_was_said_is_good() {
        check(
            "A red tram, number 221, passes a “STOP” sign. Below it: \"Main Street\". Overall, Lisbon is calm; three people stand by a dog's bowl.",
            &[],
        );
        check("Standing on the street, the people wait.", &[]);
    }

    #[test]
    fn what_nobody_said_is_found() {
        check("A tram with four people.", &[("caption_number", "four")]);
        check("A sign reads “Stop now”.", &[("caption_quotation", "Stop now")]);
        check("A tram in Porto.", &[("caption_name", "porto")]);
        check("Porto has a tram.", &[("caption_name", "porto")]);
        check("I see a tram.", &[("caption_first_person", "I")]);
        check("The speaker mentions a tram.", &[("caption_about_making", "speaker")]);
        check("", &[("caption_too_short", "0 words")]);
        check(&"tram ".repeat(61), &[("caption_too_long", "61 words")]);
    }

    #[test]
    fn quotations_are_found_in_all_marks() {
        let text = "A 'go' and a ‘no way’ sign, the dogs' \"bowl\", «oui» and “it's”.";
        assert_eq!(quotations(text), ["go", "no way", "bowl", "oui", "it's"]);
        assert!(BEGINNINGS.is_sorted());
    }
}
