//! What people say around what they see: `I can see a dog` becomes `there is a dog`, `I think` becomes `probably`.

use crate::clean::Token;

/// Who looks.
const SEERS: &[&str] = &["i", "we", "you"];
/// What may stand between who looks and that they see.
const BETWEEN: &[&str] = &["can", "could", "also", "just", "clearly", "really", "do", "only", "then", "even"];
/// Verbs of seeing, as far as they stand by themselves.
const SEE: &[&str] = &["see", "notice"];
/// Longer ways to say the same at the beginning of a sentence.
const LOOKING: &[&[&str]] = &[
    &["i'm", "looking", "at"],
    &["i", "am", "looking", "at"],
    &["we're", "looking", "at"],
    &["we", "are", "looking", "at"],
    &["what", "i", "see", "is"],
    &["what", "i", "can", "see", "is"],
    &["what", "we", "see", "is"],
    &["what", "we", "have", "here", "is"],
    &["i", "have", "here"],
    &["we", "have", "here"],
    &["we", "have"],
    &["i've", "got"],
    &["we've", "got"],
    &["i", "can", "make", "out"],
    &["here", "i", "see"],
    &["here", "we", "see"],
    &["here", "we", "have"],
    &["i", "see", "here"],
];
/// Ways to say that one is not sure.
const THINKING: &[&[&str]] = &[
    &["i", "would", "say", "that"],
    &["i", "would", "say"],
    &["i'd", "say", "that"],
    &["i'd", "say"],
    &["i", "think", "that"],
    &["i", "think"],
    &["i", "believe", "that"],
    &["i", "believe"],
    &["i", "guess"],
    &["i", "assume"],
    &["i", "suppose"],
    &["i", "would", "guess"],
    &["i'm", "guessing"],
    &["i", "want", "to", "say"],
];
/// Words before several things.
const MANY: &[&str] = &[
    "some",
    "several",
    "many",
    "few",
    "various",
    "multiple",
    "numerous",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "lots",
    "these",
    "those",
    "other",
    "all",
    "more",
    "different",
];
/// Words behind `a` that make it several.
const LOTS: &[&str] = &["few", "lot", "couple", "number", "bunch", "group", "handful", "variety"];
/// Words before one thing.
const ONE: &[&str] = &["a", "an", "one", "another", "this", "that"];
/// Words that end the name of a thing.
const ENDS_OF_NAME: &[&str] = &[
    "in", "on", "at", "of", "with", "and", "that", "which", "who", "behind", "to", "from", "near", "under",
    "over", "by", "is", "are", "there", "through", "along", "across", "walking", "standing", "sitting",
];
/// Plurals without an `s`.
const PLURALS: &[&str] =
    &["people", "children", "men", "women", "feet", "teeth", "geese", "mice", "sheep", "fish"];

/// Rewords a sentence.
pub(crate) fn reword(tokens: &mut Vec<Token>) {
    if let Some(length) = longest(tokens, 0, LOOKING).filter(|length| *length < tokens.len()) {
        tokens.drain(..length);
        drop_that(tokens, 0);
    }
    let mut at = 0;
    while at < tokens.len() {
        if let Some(length) = seeing(tokens, at) {
            tokens.drain(at..at + length);
            if !drop_that(tokens, at) {
                put_there_is(tokens, at);
            }
        } else if let Some(length) = longest(tokens, at, THINKING) {
            let mark = tokens[at + length - 1].ends_in_comma();
            tokens.splice(at..at + length, [Token::new("probably")]);
            // `it is, I think, a lake` needs none of its commas any more.
            if mark && at > 0 && tokens[at - 1].ends_in_comma() {
                tokens[at - 1].text.pop();
            }
        }
        at += 1;
    }
}

fn stands_at(tokens: &[Token], at: usize, phrase: &[&str]) -> bool {
    tokens.len() >= at + phrase.len()
        && phrase.iter().zip(&tokens[at..]).all(|(word, token)| token.plain == *word)
}

fn longest(tokens: &[Token], at: usize, phrases: &[&[&str]]) -> Option<usize> {
    phrases.iter().filter(|phrase| stands_at(tokens, at, phrase)).map(|phrase| phrase.len()).max()
}

/// The length of `I can also see` at a place.
fn seeing(tokens: &[Token], at: usize) -> Option<usize> {
    let has = |n: usize, list: &[&str]| {
        tokens.get(at + n).is_some_and(|token| list.contains(&token.plain.as_str()))
    };
    if !has(0, SEERS) {
        return None;
    }
    let between = (1..=3).take_while(|n| has(*n, BETWEEN)).count();
    let follows = tokens.len() > at + between + 2;
    (has(between + 1, SEE) && follows).then_some(between + 2)
}

/// Takes `that` away, behind which a whole sentence stands.
fn drop_that(tokens: &mut Vec<Token>, at: usize) -> bool {
    let is_that = stands_at(tokens, at, &["that"])
        && tokens.get(at + 1).is_some_and(|next| {
            ["the", "there", "it", "they", "it's", "there's", "he", "she"].contains(&next.plain.as_str())
        });
    if is_that {
        tokens.remove(at);
    }
    is_that
}

/// Says that what follows is there, where its number can be told.
fn put_there_is(tokens: &mut Vec<Token>, at: usize) {
    let word = |n: usize| tokens.get(at + n).map_or("", |token| token.plain.as_str());
    let first = word(0);
    let is_number = first.bytes().all(|b| b.is_ascii_digit()) && !first.is_empty();
    let are = if ONE.contains(&first) {
        LOTS.contains(&word(1))
    } else if MANY.contains(&first) || (is_number && first != "1") {
        true
    } else if at == 0 {
        // A sentence may begin with the thing itself.
        return;
    } else {
        is_plural(&tokens[at..])
    };
    let there_is = ["there", if are { "are" } else { "is" }].map(Token::new);
    tokens.splice(at..at, there_is);
}

/// Whether the thing named at the beginning is several.
fn is_plural(tokens: &[Token]) -> bool {
    let name = tokens.iter().position(|token| ENDS_OF_NAME.contains(&token.plain.as_str()));
    let name = &tokens[..name.unwrap_or(tokens.len())];
    let last = name.iter().position(Token::ends_in_comma).map_or(name.last(), |at| name.get(at));
    last.is_some_and(|token| {
        let word = token.plain.as_str();
        PLURALS.contains(&word)
            || (word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && word.len() > 3)
    })
}
