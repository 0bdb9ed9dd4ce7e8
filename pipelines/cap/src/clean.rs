//! From what somebody said to text that can be read, by rules alone: fillers, false starts and repeated words go, talk
//! about oneself becomes talk about the image or goes, sentences begin and end as written ones do.
//!
//! Nothing is added but a few small words of grammar (`there is`, `probably`), so that everything a caption says was said.
//! The rules know English; of another language they take the repetitions and the sounds of thinking, and leave the rest.

use pixmo_schemas::annotation::SpokenWord;

use crate::frames;
use crate::speaker::{about_making, first_person};
use crate::words::{self, plain, sentences};

/// A pause that ends a sentence where nobody wrote full stops, seconds. Pauses between sentences of free speech are
/// longer than half a second, those inside mostly shorter (Goldman-Eisler 1968).
const PAUSE_OF_SENTENCE_SECS: f64 = 0.7;
/// A pause that becomes a comma, seconds.
const PAUSE_OF_COMMA_SECS: f64 = 0.35;
/// Words for each end of a sentence above which a transcript counts as unpunctuated.
const WORDS_A_SENTENCE_MAX: usize = 45;
/// The longest row of words whose repetition is a false start.
const REPEATED_WORDS_MAX: usize = 5;

/// Sounds of thinking.
const FILLERS: &[&str] = &[
    "uh", "uhh", "uhm", "um", "umm", "ummm", "er", "erm", "hm", "hmm", "hmmm", "mm", "mmm", "mhm", "mm-hmm",
    "uh-huh", "äh", "ähm", "euh", "eh",
];
/// What begins a sentence without saying anything, each followed by a comma or by the next one.
const OPENERS: &[&[&str]] = &[
    &["okay"],
    &["ok"],
    &["alright"],
    &["all", "right"],
    &["right"],
    &["well"],
    &["so"],
    &["yeah"],
    &["yes"],
    &["yep"],
    &["anyway"],
    &["basically"],
    &["now"],
    &["oh"],
    &["ah"],
    &["let's", "see"],
    &["let", "me", "see"],
    &["you", "know"],
    &["i", "mean"],
    &["like"],
    &["actually"],
    &["and", "um"],
    &["and", "then", "also"],
];
/// What is said in the middle of a sentence without saying anything, between commas.
const ASIDES: &[&[&str]] = &[
    &["you", "know"],
    &["i", "mean"],
    &["like"],
    &["let's", "see"],
    &["let", "me", "see"],
    &["well"],
    &["okay"],
    &["right"],
    &["so"],
];
/// Words that stand twice on purpose.
const DOUBLES: &[&str] =
    &["that", "had", "very", "really", "so", "many", "much", "far", "long", "more", "no", "bye", "way"];

/// Text after the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The sentences that are kept.
    pub sentences: Vec<String>,
    /// How many were left out because they speak of the speaker or say nothing.
    pub left_out: usize,
}

impl Cleaned {
    /// The sentences as one text.
    #[must_use]
    pub fn text(&self) -> String {
        self.sentences.join(" ")
    }
}

/// Cleans what was said. `spoken` are the words with their times, if they are known and the text is theirs.
#[must_use]
pub fn clean(text: &str, spoken: &[SpokenWord], language: &str) -> Cleaned {
    let punctuated = punctuate(text, spoken);
    let is_english = language.split('-').next() == Some("en");
    let mut cleaned = Cleaned::default();
    for sentence in sentences(&punctuated) {
        match clean_sentence(sentence, is_english) {
            Some(sentence) => cleaned.sentences.push(sentence),
            None => cleaned.left_out += 1,
        }
    }
    cleaned
}

/// Puts marks where somebody paused, if the text has too few of its own.
fn punctuate(text: &str, spoken: &[SpokenWord]) -> String {
    let words = words::count(text);
    let ends = sentences(text).len();
    if spoken.is_empty() || words <= ends * WORDS_A_SENTENCE_MAX {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + ends);
    for (at, word) in spoken.iter().enumerate() {
        let bare = word.word.trim();
        if bare.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(bare);
        let pause = spoken.get(at + 1).map_or(0.0, |next| next.from_secs - word.to_secs);
        if bare.ends_with(|c: char| c.is_ascii_punctuation()) {
            continue;
        }
        if pause >= PAUSE_OF_SENTENCE_SECS {
            out.push('.');
        } else if pause >= PAUSE_OF_COMMA_SECS {
            out.push(',');
        }
    }
    out
}

/// A word and what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// As it stands, with its punctuation.
    pub(crate) text: String,
    /// As it is compared.
    pub(crate) plain: String,
}

impl Token {
    pub(crate) fn new(text: &str) -> Token {
        Token { text: text.to_owned(), plain: plain(text) }
    }

    pub(crate) fn ends_in_comma(&self) -> bool {
        self.text.ends_with([',', ';', ':', '—', '–'])
    }
}

/// A clean sentence; `None` for one that says nothing about the image.
fn clean_sentence(sentence: &str, is_english: bool) -> Option<String> {
    let (body, mark) = split_mark(sentence);
    let mut tokens: Vec<Token> =
        body.split_whitespace().map(Token::new).filter(|token| !token.plain.is_empty()).collect();
    drop_cut_words(&mut tokens);
    // Before fillers go: the comma of one would go with it.
    if is_english {
        drop_openers(&mut tokens);
    }
    drop_fillers(&mut tokens);
    if is_english {
        drop_asides(&mut tokens);
        drop_openers(&mut tokens);
    }
    drop_repeated(&mut tokens);
    if is_english {
        frames::reword(&mut tokens);
        drop_openers(&mut tokens);
    }
    let text = join(&tokens);
    let has_content = tokens.iter().any(|token| !words::is_function_word(&token.plain));
    let is_left_out =
        is_english && (first_person(&text).is_some() || about_making(&text, |_| false).is_some());
    if tokens.len() < 2 || !has_content || is_left_out {
        return None;
    }
    Some(format!("{}{mark}", capitalised(&text)))
}

/// The sentence without the mark at its end, and a mark for its end.
fn split_mark(sentence: &str) -> (&str, &'static str) {
    let bare = sentence.trim_end_matches(['.', '!', '?', '…', ',', ';', ':', ' ']);
    let mark = match sentence[bare.len()..].chars().find(|c| matches!(c, '?' | '!')) {
        Some('?') => "?",
        Some(_) => "!",
        None => ".",
    };
    (bare, mark)
}

/// Takes a token out; a mark that it carried goes with it.
fn take_out(tokens: &mut Vec<Token>, at: usize) {
    let was_set_off = tokens[at].ends_in_comma();
    tokens.remove(at);
    // `a, um, dog` was one thing: the comma before goes too, unless it divides something.
    if at > 0 && was_set_off && words::is_function_word(&tokens[at - 1].plain) {
        let text = tokens[at - 1].text.trim_end_matches([',', '—', '–']).to_owned();
        tokens[at - 1].text = text;
    }
}

/// Words that somebody did not finish: `the bl- blue`.
fn drop_cut_words(tokens: &mut Vec<Token>) {
    tokens.retain(|token| {
        let bare = token.text.trim_end_matches([',', '.']);
        !(bare.ends_with(['-', '—'])
            && bare.chars().filter(|c| c.is_alphanumeric()).count() <= 4
            && bare.chars().count() > 1)
    });
}

fn drop_fillers(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        if FILLERS.contains(&tokens[at].plain.as_str()) {
            take_out(tokens, at);
        } else {
            at += 1;
        }
    }
}

fn stands_at(tokens: &[Token], at: usize, phrase: &[&str]) -> bool {
    tokens.len() >= at + phrase.len()
        && phrase.iter().zip(&tokens[at..]).all(|(word, token)| token.plain == *word)
}

/// Empty words between two commas.
fn drop_asides(tokens: &mut Vec<Token>) {
    let mut at = 1;
    while at < tokens.len() {
        let aside = ASIDES.iter().find(|phrase| {
            stands_at(tokens, at, phrase)
                && tokens[at - 1].ends_in_comma()
                && tokens[at + phrase.len() - 1].ends_in_comma()
        });
        match aside {
            Some(phrase) => (0..phrase.len()).for_each(|_| take_out(tokens, at)),
            None => at += 1,
        }
    }
}

/// Empty words at the beginning, before a comma.
fn drop_openers(tokens: &mut Vec<Token>) {
    'again: loop {
        for phrase in OPENERS {
            let is_free = |next: &Token| match phrase {
                ["so"] => !MEASURED_BY_SO.contains(&next.plain.as_str()),
                [word] => FREE_OPENERS.contains(word),
                _ => false,
            };
            let is_set_off =
                |last: &Token| last.ends_in_comma() || tokens.get(phrase.len()).is_some_and(is_free);
            if stands_at(tokens, 0, phrase)
                && tokens.len() > phrase.len()
                && is_set_off(&tokens[phrase.len() - 1])
            {
                tokens.drain(..phrase.len());
                continue 'again;
            }
        }
        return;
    }
}

/// Openers that need no comma to be empty.
const FREE_OPENERS: [&str; 5] = ["okay", "ok", "alright", "yeah", "yep"];

/// Words that `so` measures, instead of beginning a sentence.
const MEASURED_BY_SO: [&str; 6] = ["many", "much", "few", "far", "little", "long"];

/// `there is there is a` becomes `there is a`, `the the` becomes `the`.
fn drop_repeated(tokens: &mut Vec<Token>) {
    for length in (1..=REPEATED_WORDS_MAX).rev() {
        let mut at = 0;
        while at + 2 * length <= tokens.len() {
            let (first, second) = (&tokens[at..at + length], &tokens[at + length..at + 2 * length]);
            let same = first.iter().zip(second).all(|(one, other)| one.plain == other.plain);
            if same && !is_meant_twice(first) {
                tokens.drain(at..at + length);
            } else {
                at += 1;
            }
        }
    }
}

fn is_meant_twice(row: &[Token]) -> bool {
    let [only] = row else { return false };
    let word = only.plain.as_str();
    let is_number = !crate::numbers::stated(word).is_empty() || word == "one" || word == "oh";
    let is_letter = word.chars().count() == 1 && !["a", "i"].contains(&word);
    is_number || is_letter || DOUBLES.contains(&word)
}

fn join(tokens: &[Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        if !text.is_empty() {
            text.push(' ');
        }
        match token.text.as_str() {
            "i" => text.push('I'),
            other => text.push_str(other),
        }
    }
    let length = text.trim_end_matches([',', ';', ':', '-', '—', '–', ' ']).len();
    text.truncate(length);
    text
}

/// The text with a capital at its beginning.
pub(crate) fn capitalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_done = false;
    for c in text.chars() {
        if !is_done && c.is_alphanumeric() {
            is_done = true;
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, written: &str) {
        assert_eq!(clean(said, &[], "en").text(), written, "of `{said}`");
    }

    #[test]
    fn fillers_and_false_starts_go() {
        check("um, a red tram on a, uh, wet square", "A red tram on a wet square.");
        check("Okay, so, the the sky is bl- blue.", "The sky is blue.");
        check("There is there is a dog, um, on the grass!", "There is a dog, on the grass!");
        check("a very very old house that had had a porch", "A very very old house that had had a porch.");
        check("The plate reads two two five P P.", "The plate reads two two five P P.");
        check("the tree is, you know, large", "The tree is large.");
        check("Okay, so, um, I can see a red tram.", "There is a red tram.");
        check("So in this picture there is a cat.", "In this picture there is a cat.");
        check("So many birds fly over the roof.", "So many birds fly over the roof.");
    }

    #[test]
    fn talk_about_oneself_becomes_talk_about_the_image() {
        check("I can see a dog on the grass.", "There is a dog on the grass.");
        check("We also see two people walking.", "There are two people walking.");
        check("I think it's a lake.", "Probably it's a lake.");
        check("In the background I can see the mountains.", "In the background there are the mountains.");
        check("I'm looking at a photo of a market.", "A photo of a market.");
        check("I really like my job. A cat sleeps.", "A cat sleeps.");
        check("A sign says I love my city.", "A sign says I love my city.");
        check("Okay. Um. Yeah.", "");
    }

    #[test]
    fn pauses_become_marks_where_there_are_none() {
        let word = |word: &str, from: f64| SpokenWord {
            word: word.into(),
            from_secs: from,
            to_secs: from + 0.3,
            confidence: None,
        };
        let mut spoken: Vec<SpokenWord> = Vec::new();
        let mut at = 0.0;
        for n in 0..60 {
            spoken.push(word(["a", "tall", "tree", "stands", "here"][n % 5], at));
            at += match n % 5 {
                4 => 1.3,
                2 if n < 5 => 0.7,
                _ => 0.35,
            };
        }
        let text: Vec<&str> = spoken.iter().map(|word| word.word.as_str()).collect();
        let cleaned = clean(&text.join(" "), &spoken, "en");
        assert_eq!(cleaned.sentences[..2], ["A tall tree, stands here.", "A tall tree stands here."]);
        assert_eq!(cleaned.sentences.len(), 12);
    }

    #[test]
    fn other_languages_keep_their_words() {
        let cleaned = clean("Ähm, der der Baum ist, äh, grün. I see.", &[], "de");
        assert_eq!(cleaned.text(), "Der Baum ist, grün. I see.");
    }
}
