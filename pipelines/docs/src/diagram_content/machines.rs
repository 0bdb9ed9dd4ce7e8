//! Finite automata that do something: they count, find a word, or watch for an ending.

use std::collections::BTreeSet;

use pixmo_render::Rng;

use super::sketch::{Sketch, capital, edges, texts};
use crate::banks::Banks;

/// A complete automaton: for each state and letter the next state.
struct Automaton {
    title: String,
    letters: Vec<char>,
    next: Vec<Vec<usize>>,
    accepting: Vec<usize>,
}

pub(super) fn automaton(_banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let letters: Vec<char> =
        rng.word(&["ab", "ab", "01", "abc", "xy", "pq", "uv", "mn", "LR", "cd"]).chars().collect();
    let automaton = match rng.below(16) {
        0 | 1 => remainder(rng),
        2..=4 => counter(letters, rng),
        5..=8 => contains(letters, rng),
        9..=12 => ends(letters, rng),
        13 | 14 => starts(letters, rng),
        _ => parity(letters, rng),
    };
    let count = automaton.next.len();
    if !(2..=8).contains(&count) {
        return None;
    }
    let names = names(count, rng);
    let yes = |yes: bool| (if yes { "yes" } else { "no" }).to_owned();
    let rows = (0..count)
        .map(|s| vec![names[s].clone(), yes(s == 0), yes(automaton.accepting.contains(&s))])
        .collect();
    let mut links = Vec::new();
    for (from, targets) in automaton.next.iter().enumerate() {
        let distinct: BTreeSet<usize> = targets.iter().copied().collect();
        for to in distinct {
            let by = automaton.letters.iter().zip(targets).filter(|(_, t)| **t == to);
            let label: Vec<String> = by.map(|(letter, _)| letter.to_string()).collect();
            links.push((from, to, label.join(", ")));
        }
    }
    let tables = vec![texts("nodes", &["label", "start", "accepting"], rows), edges(&names, &links)];
    // States with the next numbers would fit and are not there.
    let first: String = names[0].chars().take_while(|c| !c.is_ascii_digit()).collect();
    let others = match first.is_empty() || names[0].len() == first.len() {
        true => ["Q", "Z", "X"].map(str::to_owned).to_vec(),
        false => (count..count + 4).map(|n| format!("{first}{}", n + 2)).collect(),
    };
    Some(Sketch {
        order: "automaton",
        others,
        plain: true,
        housed: true,
        ..Sketch::new(automaton.title, "software", "state", tables)
    })
}

fn names(count: usize, rng: &mut Rng) -> Vec<String> {
    let first = usize::from(rng.chance(0.3));
    match rng.below(9) {
        0 => (0..count).map(|n| char::from(b'A' + n as u8).to_string()).collect(),
        1 | 2 => (first..count + first).map(|n| format!("s{n}")).collect(),
        3 => (1..=count).map(|n| format!("S{n}")).collect(),
        4 => (first..count + first).map(|n| format!("z{n}")).collect(),
        _ => (first..count + first).map(|n| format!("q{n}")).collect(),
    }
}

/// Numbers, read digit by digit, that leave a remainder.
fn remainder(rng: &mut Rng) -> Automaton {
    let divisor = rng.whole(3, 5) as usize;
    let wanted = if rng.chance(0.5) { 0 } else { rng.below(divisor) };
    let base = if divisor > 4 || rng.chance(0.8) { 2 } else { 3 };
    let next = (0..divisor).map(|r| (0..base).map(|d| (r * base + d) % divisor).collect()).collect();
    let kind = if base == 2 { "Binary numbers" } else { "Numbers in base 3" };
    Automaton {
        title: match wanted {
            0 => format!("{kind} divisible by {divisor}"),
            rest => format!("{kind} with remainder {rest} modulo {divisor}"),
        },
        letters: (b'0'..b'0' + base as u8).map(char::from).collect(),
        next,
        accepting: vec![wanted],
    }
}

/// Words in which a letter occurs a multiple of some number of times, or at least so often.
fn counter(letters: Vec<char>, rng: &mut Rng) -> Automaton {
    let letter = rng.below(letters.len());
    let number = rng.whole(2, 6) as usize;
    let round = rng.chance(0.5);
    let count = if round { number } else { number + 1 };
    let step = |s: usize| if round { (s + 1) % count } else { (s + 1).min(count - 1) };
    let next = (0..count)
        .map(|s| (0..letters.len()).map(|l| if l == letter { step(s) } else { s }).collect())
        .collect();
    let name = letters[letter];
    Automaton {
        title: match round {
            true => format!("Number of {name}s divisible by {number}"),
            false => format!("At least {number} times the letter {name}"),
        },
        letters,
        next,
        accepting: vec![if round { 0 } else { count - 1 }],
    }
}

fn word(letters: &[char], rng: &mut Rng) -> Vec<char> {
    let most = if letters.len() > 2 { 3 } else { 4 };
    (0..rng.whole(2, most)).map(|_| *rng.pick(letters)).collect()
}

/// How much of the word's beginning the text read so far ends with, after one letter more.
fn matched(word: &[char], state: usize, letter: char) -> usize {
    let mut text: Vec<char> = word[..state].to_vec();
    text.push(letter);
    (0..=text.len().min(word.len())).rev().find(|&n| text.ends_with(&word[..n])).unwrap_or(0)
}

fn contains(letters: Vec<char>, rng: &mut Rng) -> Automaton {
    let word = word(&letters, rng);
    let last = word.len();
    let to = |s: usize, l: char| if s == last { last } else { matched(&word, s, l) };
    let next = (0..=last).map(|s| letters.iter().map(|&l| to(s, l)).collect()).collect();
    let text: String = word.iter().collect();
    Automaton { title: format!("Words that contain {text}"), letters, next, accepting: vec![last] }
}

fn ends(letters: Vec<char>, rng: &mut Rng) -> Automaton {
    let word = word(&letters, rng);
    let next = (0..=word.len()).map(|s| letters.iter().map(|&l| matched(&word, s, l)).collect()).collect();
    let text: String = word.iter().collect();
    let last = word.len();
    Automaton { title: format!("Words that end in {text}"), letters, next, accepting: vec![last] }
}

fn starts(letters: Vec<char>, rng: &mut Rng) -> Automaton {
    let word = word(&letters, rng);
    let (last, trap) = (word.len(), word.len() + 1);
    let to = |s: usize, l: char| match s {
        s if s >= last => s,
        s if word[s] == l => s + 1,
        _ => trap,
    };
    let next = (0..=trap).map(|s| letters.iter().map(|&l| to(s, l)).collect()).collect();
    let text: String = word.iter().collect();
    Automaton { title: format!("Words that begin with {text}"), letters, next, accepting: vec![last] }
}

/// Words in which the numbers of two letters are even or odd.
fn parity(letters: Vec<char>, rng: &mut Rng) -> Automaton {
    let flip = |s: usize, l: usize| match l {
        0 => s ^ 1,
        1 => s ^ 2,
        _ => s,
    };
    let next = (0..4).map(|s| (0..letters.len()).map(|l| flip(s, l)).collect()).collect();
    let accepting = rng.below(4);
    let word = |odd: bool| if odd { "odd" } else { "even" };
    let (first, second) = (word(accepting & 1 > 0), word(accepting & 2 > 0));
    let title = format!("{} number of {}s, {second} number of {}s", capital(first), letters[0], letters[1]);
    Automaton { title, letters, next, accepting: vec![accepting] }
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;

    use super::*;

    fn run(automaton: &Automaton, text: &str) -> bool {
        let read = |s: usize, c: char| {
            let letter = automaton.letters.iter().position(|&l| l == c).expect("a letter of the automaton");
            automaton.next[s][letter]
        };
        automaton.accepting.contains(&text.chars().fold(0, read))
    }

    #[test]
    fn automata_do_what_their_titles_say() {
        for number in 0..20 {
            let rng = &mut Seed::from_number(number).rng("automaton");
            let found = contains(vec!['a', 'b'], rng);
            let word = found.title.rsplit(' ').next().expect("a word").to_owned();
            let ending = ends(vec!['a', 'b'], &mut Seed::from_number(number).rng("automaton"));
            for text in ["", "a", "ab", "abab", "bbaab", "aabba", "babbab", "aaaa"] {
                assert_eq!(run(&found, text), text.contains(&word), "{text} in {word}");
                assert_eq!(run(&ending, text), text.ends_with(&word), "{text} before {word}");
            }
        }
    }
}
