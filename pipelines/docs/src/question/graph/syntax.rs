//! Questions about syntax trees: phrases, their parts, and the words below them.

use pixmo_render::Rng;

use super::{Part, whole};
use crate::content::Content;
use crate::program::{Expr, Is, Test};
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

/// What the abbreviations stand for.
const KINDS: &[(&str, &str)] = &[
    ("NP", "noun phrases (NP)"),
    ("VP", "verb phrases (VP)"),
    ("PP", "prepositional phrases (PP)"),
    ("N", "nouns (N)"),
    ("V", "verbs (V)"),
    ("Adj", "adjectives (Adj)"),
    ("Det", "determiners (Det)"),
    ("P", "prepositions (P)"),
];

/// Columns of the nodes.
const LABEL: usize = 0;
const WORD: usize = 1;
const KIND: usize = 2;

/// Proposes one question about a syntax tree.
pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    let edges = Part::named(&content.data, "edges")?;
    let table = edges.index;
    let row = edges.row(rng);
    let (from, to) = (edges.shown(row, 0), edges.shown(row, 1));
    let fill = [("x", from), ("y", to)];
    match rng.below(13) {
        0..=2 => words(&main, rng),
        3 => {
            let patterns: &[&str] = match edges.count(0, from) {
                1 => &["Which node stands directly below {x}?", "What does {x} consist of?"],
                _ => &[
                    "Which nodes stand directly below {x}, from left to right?",
                    "What does {x} branch into, from left to right?",
                ],
            };
            let text = phrase(rng, patterns, &fill);
            Some(Draft::new("successors", 2, text, Expr::Successors { table, node: from.into() }))
        }
        4 => {
            let text = phrase(
                rng,
                &[
                    "Which node stands directly above {y}?",
                    "Of which phrase is {y} an immediate part?",
                    "What is the parent of {y}?",
                ],
                &fill,
            );
            Some(Draft::new("predecessors", 2, text, Expr::Predecessors { table, node: to.into() }))
        }
        5 => {
            let text = phrase(
                rng,
                &["How many nodes stand directly below {x}?", "Into how many parts does {x} branch?"],
                &fill,
            );
            let degree = Expr::Degree { table, node: from.into(), out: true };
            Some(Draft::new("degree", 2, text, degree.print(&whole())))
        }
        6 => {
            let target = edges.shown(edges.row(rng), 1);
            if edges.table.rows.iter().any(|r| r[0].shown == from && r[1].shown == target) {
                return None;
            }
            let text = phrase(
                rng,
                &["How many levels below {x} is {y}?", "How many lines lead from {x} down to {y}?"],
                &[("x", from), ("y", target)],
            );
            let steps = Expr::Steps { table, from: from.into(), to: target.into() };
            Some(Draft::new("steps", 4, text, steps.print(&whole())))
        }
        7 | 8 => {
            let kind = main.shown(main.row(rng), KIND);
            let many = KINDS.iter().find(|k| k.0 == kind)?.1;
            let text = phrase(
                rng,
                &["How many {many} does the tree have?", "Count the {many} in the tree."],
                &[("many", many)],
            );
            Some(Draft::new(
                "count_kind",
                3,
                text,
                Expr::Count(main.with(&[(KIND, kind)]).boxed()).print(&whole()),
            ))
        }
        9 => {
            let yes = rng.chance(0.5);
            let other = if yes { to } else { edges.shown(edges.row(rng), 1) };
            let joined = edges.table.rows.iter().any(|r| r[0].shown == from && r[1].shown == other);
            if joined != yes || from == other {
                return None;
            }
            let text = phrase(
                rng,
                &["Is {y} directly below {x}?", "Is {y} an immediate part of {x}?"],
                &[("x", from), ("y", other)],
            );
            let linked = Expr::Linked { table, from: from.into(), to: other.into() };
            Some(Draft::new("linked_yes_no", 2, text, Expr::YesNo(linked.boxed())).styled(Style::YesNo))
        }
        10 => {
            let last = rng.chance(0.5);
            let rows = spoken(&main).boxed();
            let end = if last { Expr::Last(rows) } else { Expr::First(rows) };
            let text = phrase(
                rng,
                &["What is the {word} word of the sentence?"],
                &[("word", if last { "last" } else { "first" })],
            );
            Some(Draft::new("ends", 1, text, Expr::Shown(end.over(WORD))))
        }
        11 => {
            let text = phrase(
                rng,
                &["How many words does the sentence have?", "Count the words of the sentence."],
                &[],
            );
            Some(Draft::new("count_words", 2, text, Expr::Count(spoken(&main).boxed()).print(&whole())))
        }
        _ => {
            let text = phrase(
                rng,
                &[
                    "Read the whole sentence from left to right, separated by commas.",
                    "Name all words of the sentence in order.",
                ],
                &[],
            );
            Some(Draft::new("sentence", 3, text, Expr::Names(spoken(&main).over(WORD))))
        }
    }
}

/// The nodes that have a word below them: all kinds but phrases.
fn spoken(main: &Part<'_>) -> Expr {
    let words: Vec<String> = main.texts_of(WORD).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    Expr::Rows { table: main.index, keep: vec![Test { column: WORD, is: Is::OneOf(words) }] }
}

fn words(main: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = main.row(rng);
    let (label, word) = (main.shown(row, LABEL), main.shown(row, WORD));
    if word.is_empty() {
        return None;
    }
    let fill = [("label", label), ("word", word)];
    if main.count(WORD, word) == 1 && rng.chance(0.5) {
        let text = phrase(
            rng,
            &["Which node stands directly above the word “{word}”?", "How is the word “{word}” labelled?"],
            &fill,
        );
        return Some(Draft::new("by_detail", 1, text, Expr::Shown(main.with(&[(WORD, word)]).over(LABEL))));
    }
    let text = phrase(rng, &["Which word stands below {label}?", "What is the word at {label}?"], &fill);
    Some(Draft::new("lookup", 1, text, Expr::Shown(main.with(&[(LABEL, label)]).over(WORD))))
}
