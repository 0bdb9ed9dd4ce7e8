//! Numbers in text, in digits and in English words, made comparable: `1,204` and `twelve hundred and four`, `2nd` and
//! `second`, `1995` and `nineteen ninety-five`.
//!
//! A transcript is read generously, with every way in which its words could be meant; a caption strictly.

use std::collections::BTreeSet;

/// All numbers that a transcript may mean, in one form.
pub type Said = BTreeSet<String>;

/// A number that a caption states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// As it stands there.
    pub text: String,
    /// The ways to read it; each is true if all its numbers were said.
    readings: Vec<Vec<String>>,
}

impl Stated {
    /// Whether it was said.
    #[must_use]
    pub fn is_in(&self, said: &Said) -> bool {
        let holds = |number: &String| {
            said.contains(number) || other_form(number).is_some_and(|other| said.contains(&other))
        };
        self.readings.iter().any(|reading| reading.iter().all(holds))
    }
}

/// From the fourth on, `25` and `25th` may stand for each other, as in dates.
fn other_form(number: &str) -> Option<String> {
    let value = |digits: &str| digits.parse::<u64>().ok().filter(|value| *value >= 4);
    match number.strip_prefix('#') {
        Some(ordinal) => value(ordinal).map(|value| value.to_string()),
        None => value(number).map(|value| format!("#{value}")),
    }
}

/// One word of a number.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// In digits, in one form; `#` before an ordinal.
    Digits(String),
    /// Zero to nineteen.
    Unit(u64),
    /// Twenty to ninety.
    Tens(u64),
    /// Hundred and more.
    Scale(u64),
    /// First to nineteenth, twentieth to ninetieth, hundredth and more.
    Ordinal(u64),
    /// `dozens`, `hundreds`.
    Vague(String),
    /// `point`, `and`: parts of a number only between its words.
    Point,
    And,
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
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
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const TENS: [(&str, &str); 8] = [
    ("twenty", "twentieth"),
    ("thirty", "thirtieth"),
    ("forty", "fortieth"),
    ("fifty", "fiftieth"),
    ("sixty", "sixtieth"),
    ("seventy", "seventieth"),
    ("eighty", "eightieth"),
    ("ninety", "ninetieth"),
];
const SCALES: [(&str, &str, &str, u64); 4] = [
    ("hundred", "hundredth", "hundreds", 100),
    ("thousand", "thousandth", "thousands", 1_000),
    ("million", "millionth", "millions", 1_000_000),
    ("billion", "billionth", "billions", 1_000_000_000),
];

/// The tokens of a word; empty for one that is no part of a number.
fn tokens(word: &str) -> Vec<Token> {
    if word.chars().any(|c| c.is_ascii_digit()) {
        return digits(word);
    }
    let parts: Vec<Vec<Token>> =
        word.split(['-', '–', '/']).map(|part| in_words(part).into_iter().collect()).collect();
    let all_are_numbers = parts.iter().all(|part| !part.is_empty());
    // In `three-story` the story is no number, but the three is one.
    if all_are_numbers || parts.len() > 1 {
        parts
            .into_iter()
            .flatten()
            .filter(|token| all_are_numbers || !matches!(token, Token::And | Token::Point))
            .collect()
    } else {
        Vec::new()
    }
}

fn in_words(part: &str) -> Option<Token> {
    let part = crate::words::plain(part);
    let at = |list: &[&str]| list.iter().position(|known| *known == part).map(|at| at as u64);
    if let Some(value) = at(&UNITS) {
        return Some(Token::Unit(value));
    }
    if let Some(value) = at(&ORDINALS) {
        return Some(Token::Ordinal(value));
    }
    for (tens, (cardinal, ordinal)) in (2u64..).zip(TENS) {
        match part.as_str() {
            word if word == cardinal => return Some(Token::Tens(tens * 10)),
            word if word == ordinal => return Some(Token::Ordinal(tens * 10)),
            _ => {}
        }
    }
    for (cardinal, ordinal, vague, value) in SCALES {
        match part.as_str() {
            word if word == cardinal => return Some(Token::Scale(value)),
            word if word == ordinal => return Some(Token::Ordinal(value)),
            word if word == vague => return Some(Token::Vague(vague.to_owned())),
            _ => {}
        }
    }
    match part.as_str() {
        "oh" => Some(Token::Unit(0)),
        "dozen" => Some(Token::Unit(12)),
        "dozens" => Some(Token::Vague(part)),
        "point" => Some(Token::Point),
        "and" => Some(Token::And),
        _ => None,
    }
}

/// The numbers in digits in a word: `1,204`, `3.50`, `25th`, `10:30`, `B12`.
fn digits(word: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = word;
    while let Some(begins) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[begins..];
        let mut ends = run(rest);
        let mut whole = rest[..ends].to_owned();
        // Groups of three behind commas.
        while rest[ends..].starts_with(',') && run(&rest[ends + 1..]) == 3 {
            whole.push_str(&rest[ends + 1..ends + 4]);
            ends += 4;
        }
        let mut fraction = "";
        if rest[ends..].starts_with('.') && run(&rest[ends + 1..]) > 0 {
            let length = run(&rest[ends + 1..]);
            fraction = rest[ends + 1..ends + 1 + length].trim_end_matches('0');
            ends += 1 + length;
        }
        let whole = match whole.trim_start_matches('0') {
            "" => "0",
            digits => digits,
        };
        rest = &rest[ends..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let is_ordinal = fraction.is_empty()
            && ["st", "nd", "rd", "th"].contains(&rest[..letters].to_ascii_lowercase().as_str());
        found.push(Token::Digits(match (is_ordinal, fraction) {
            (true, _) => format!("#{whole}"),
            (false, "") => whole.to_owned(),
            (false, fraction) => format!("{whole}.{fraction}"),
        }));
    }
    found
}

fn run(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Words that stand together and are numbers, with their text. `and` and `point` hold them together.
fn runs(text: &str) -> Vec<(String, Vec<Token>)> {
    let mut found: Vec<(String, Vec<Token>)> = Vec::new();
    let (mut words, mut run): (Vec<&str>, Vec<Token>) = (Vec::new(), Vec::new());
    let mut close = |words: &mut Vec<&str>, run: &mut Vec<Token>| {
        while matches!(run.last(), Some(Token::And | Token::Point)) {
            run.pop();
            words.pop();
        }
        if !run.is_empty() {
            found.push((words.join(" "), std::mem::take(run)));
        }
        words.clear();
        run.clear();
    };
    for word in text.split_whitespace() {
        let next = tokens(word);
        // `oh` is a nought only behind another number.
        let is_late =
            matches!(next.as_slice(), [Token::And | Token::Point]) || crate::words::plain(word) == "oh";
        let begins_late = run.is_empty() && is_late;
        // `two and three` are two numbers; `two hundred and three` is one.
        let parts = matches!(next.as_slice(), [Token::And]) && !matches!(run.last(), Some(Token::Scale(_)));
        if next.is_empty() || begins_late || parts {
            close(&mut words, &mut run);
            continue;
        }
        words.push(word);
        run.extend(next);
        if word.ends_with([',', '.', ';', ':', '!', '?']) {
            close(&mut words, &mut run);
        }
    }
    close(&mut words, &mut run);
    found
}

/// The numbers that a run is made of, each as long as grammar allows.
fn pieces(run: &[Token]) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < run.len() {
        match &run[at] {
            Token::Digits(number) => {
                // `3 million`
                let scaled = match (number.parse::<u64>(), run.get(at + 1)) {
                    (Ok(value), Some(Token::Scale(scale))) => value.checked_mul(*scale),
                    _ => None,
                };
                at += usize::from(scaled.is_some()) + 1;
                pieces.push(scaled.map_or_else(|| number.clone(), |value| value.to_string()));
            }
            Token::Vague(word) => {
                pieces.push(word.clone());
                at += 1;
            }
            Token::And | Token::Point => at += 1,
            _ => {
                let (number, ends) = grammatical(run, at);
                pieces.push(number);
                at = ends;
            }
        }
    }
    pieces
}

/// The longest number in words that begins here, and where it ends.
fn grammatical(run: &[Token], from: usize) -> (String, usize) {
    let (mut total, mut current, mut at) = (0u64, None::<u64>, from);
    let mut smallest_scale = u64::MAX;
    loop {
        match run.get(at) {
            Some(Token::Unit(value)) => match current {
                None => current = Some(*value),
                Some(now) if now % 100 == 0 && now > 0 => current = Some(now + value),
                Some(now) if now % 10 == 0 && now % 100 >= 20 && (1..10).contains(value) => {
                    current = Some(now + value);
                }
                Some(_) => break,
            },
            Some(Token::Tens(value)) => match current {
                None => current = Some(*value),
                Some(now) if now % 100 == 0 && now > 0 => current = Some(now + value),
                Some(_) => break,
            },
            Some(Token::Scale(100)) => match current {
                None if total == 0 => current = Some(100),
                Some(now) if now < 100 && now > 0 => current = Some(now * 100),
                _ => break,
            },
            Some(Token::Scale(scale)) if *scale < smallest_scale => {
                let Some(sum) =
                    current.unwrap_or(1).checked_mul(*scale).and_then(|more| total.checked_add(more))
                else {
                    break;
                };
                (total, current, smallest_scale) = (sum, None, *scale);
            }
            Some(Token::And)
                if at > from
                    && matches!(
                        run.get(at + 1),
                        Some(Token::Unit(_) | Token::Tens(_) | Token::Ordinal(_))
                    ) => {}
            Some(Token::Ordinal(value)) => {
                let fits = match current {
                    None => true,
                    Some(now) => {
                        (now % 100 == 0 && now > 0) || (now % 10 == 0 && now % 100 >= 20 && *value < 10)
                    }
                };
                if fits {
                    return (format!("#{}", total + current.unwrap_or(0) + value), at + 1);
                }
                break;
            }
            Some(Token::Point) if at > from => {
                let digits: String = run[at + 1..]
                    .iter()
                    .map_while(|token| match token {
                        Token::Unit(digit @ 0..=9) => Some(char::from(b'0' + *digit as u8)),
                        _ => None,
                    })
                    .collect();
                if digits.is_empty() {
                    break;
                }
                let whole = total + current.unwrap_or(0);
                let ends = at + 1 + digits.len();
                let fraction = digits.trim_end_matches('0');
                let number =
                    if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") };
                return (number, ends);
            }
            _ => break,
        }
        at += 1;
    }
    ((total + current.unwrap_or(0)).to_string(), at.max(from + 1))
}

/// Longest row of pieces that may be one number, as a telephone number is.
const JOINED_MAX: usize = 12;

/// What some neighbouring pieces may mean together: `19 95` is 1995, `1 2 3` is 123, `10 30` is 1030, `19 0 5` is 1905.
fn joined(pieces: &[String]) -> Option<String> {
    if pieces.len() < 2 || !pieces.iter().all(|piece| piece.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let text = pieces.concat();
    Some(match text.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    })
}

/// Every number that a text may mean.
#[must_use]
pub fn said(text: &str) -> Said {
    let mut said = Said::new();
    for (_, run) in runs(text) {
        let pieces = pieces(&run);
        for from in 0..pieces.len() {
            for to in from + 2..=pieces.len().min(from + JOINED_MAX) {
                said.extend(joined(&pieces[from..to]));
            }
        }
        said.extend(pieces);
        // `two hundred five` may have been meant as 2, 100 and 5 only by a machine; but `twenty one` may be two numbers.
        said.extend(run.iter().filter_map(|token| match token {
            Token::Unit(value) | Token::Tens(value) => Some(value.to_string()),
            Token::Digits(number) => Some(number.clone()),
            _ => None,
        }));
    }
    said
}

/// The numbers that a text states, in order. The word `one` is none: it is a pronoun as often.
#[must_use]
pub fn stated(text: &str) -> Vec<Stated> {
    let of_run = |(text, run): (String, Vec<Token>)| {
        if run == [Token::Unit(1)] {
            return None;
        }
        let pieces = pieces(&run);
        let together = joined(&pieces).map(|number| vec![number]);
        let readings = std::iter::once(pieces).chain(together).collect();
        let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        Some(Stated { text, readings })
    };
    runs(text).into_iter().filter_map(of_run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(caption: &str, transcript: &str, unsaid: &[&str]) {
        let said = said(transcript);
        let wrong: Vec<String> = stated(caption)
            .into_iter()
            .filter(|number| !number.is_in(&said))
            .map(|number| number.text)
            .collect();
        assert_eq!(wrong, unsaid, "`{caption}` of `{transcript}`, where {said:?} was said");
    }

    #[test]
    fn words_and_digits_are_the_same_numbers() {
        check("1,204 bricks", "one thousand two hundred and four bricks", &[]);
        check("one thousand two hundred four", "1204 bricks", &[]);
        check("21 birds and thirty-five trees", "twenty one birds, 35 trees", &[]);
        check("in 1995", "in nineteen ninety five", &[]);
        check("nineteen ninety-five", "it says 1995", &[]);
        check("in 1905", "in nineteen oh five", &[]);
        check("at 10:30", "at ten thirty", &[]);
        check("3.5 metres", "three point five metres", &[]);
        check("3.50 dollars", "3.5 dollars", &[]);
        check("3 million", "three million people", &[]);
        check("number 555 0199", "five five five oh one nine nine", &[]);
        check("a dozen eggs, 12 of them", "a dozen eggs", &[]);
        check("route B12", "route B twelve", &[]);
        check("a three-story house", "it has three stories", &[]);
    }

    #[test]
    fn ordinals_are_numbers_of_their_own() {
        check("the second floor", "the 2nd floor", &[]);
        check("the 21st", "the twenty first", &[]);
        check("the second floor", "there are two dogs", &["second"]);
        check("two dogs", "the second floor", &["two"]);
        check("December 25th", "december 25", &[]);
    }

    #[test]
    fn what_was_not_said_is_found() {
        check("four dogs, 12 cats", "three dogs and 120 cats", &["four", "12"]);
        check("two hundred", "two people", &["two hundred"]);
        check("twenty one", "twenty people", &["twenty one"]);
        check("hundreds of people", "many people", &["hundreds"]);
        check("one of them", "some of them", &[]);
        check("two and three", "two dogs", &["three"]);
        check("a 5 and a 6.", "a five", &["6"]);
    }

    #[test]
    fn nothing_long_or_odd_breaks_it() {
        for text in [
            "999999999999999999999999 million billion",
            "hundred hundred thousand billion billion",
            "and point",
            "1,2,3 1,234,5",
            "٣ ½",
            "point five",
            "-",
            "#1st",
        ] {
            let _numbers = (said(text), stated(text));
        }
    }
}
