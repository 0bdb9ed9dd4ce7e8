//! Questions about arrows from node to node, in the words of what the nodes are.

use pixmo_render::Rng;

use super::{Part, named, whole};
use crate::content::Content;
use crate::program::Expr;
use crate::question::Draft;
use crate::question::wording::phrase;

/// How arrows are spoken of: `{x}` and `{y}` are nodes, `{one}` and `{many}` what nodes are called.
struct Speech {
    after_one: &'static [&'static str],
    after_many: &'static [&'static str],
    before_one: &'static [&'static str],
    before_many: &'static [&'static str],
    leaving: &'static [&'static str],
    reaching: &'static [&'static str],
    steps: &'static [&'static str],
}

const FLOW: Speech = Speech {
    after_one: &[
        "Which {one} comes directly after {x}?",
        "Where does the arrow from {x} lead?",
        "What follows directly after {x}?",
    ],
    after_many: &[
        "Which {many} come directly after {x}?",
        "Where do the arrows from {x} lead? Name all.",
        "List the {many} that follow {x} directly.",
    ],
    before_one: &[
        "Which {one} comes directly before {x}?",
        "From where does the arrow to {x} start?",
        "What leads directly to {x}?",
    ],
    before_many: &["Which {many} lead directly to {x}?", "List all {many} with an arrow to {x}."],
    leaving: &["How many arrows leave {x}?", "Count the arrows that leave {x}."],
    reaching: &["How many arrows reach {x}?", "Count the arrows that lead to {x}."],
    steps: &[
        "How many arrows does the shortest way from {x} to {y} take?",
        "Following the arrows, how many of them lead at least from {x} to {y}?",
    ],
};

const PEOPLE: Speech = Speech {
    after_one: &["Who reports directly to {x}?", "Who is led directly by {x}?"],
    after_many: &["Who reports directly to {x}? Name all.", "List the people who report directly to {x}."],
    before_one: &["To whom does {x} report?", "Who stands directly above {x}?", "Who leads {x}?"],
    before_many: &["To whom does {x} report?"],
    leaving: &["How many people report directly to {x}?", "How many direct reports does {x} have?"],
    reaching: &[],
    steps: &[
        "How many levels below {x} is {y}?",
        "How many levels lie between {x} and {y}, counting that of {y}?",
    ],
};

const FAMILY: Speech = Speech {
    after_one: &["Who is the child of {x}?"],
    after_many: &["Who are the children of {x}?", "Name all children of {x}."],
    before_one: &["Whose child is {x}?", "Which parent of {x} is shown?"],
    before_many: &["Whose child is {x}?"],
    leaving: &["How many children of {x} are shown?", "How many children does {x} have in the tree?"],
    reaching: &[],
    steps: &["How many generations after {x} is {y}?"],
};

const PARTS: Speech = Speech {
    after_one: &["Which {one} stands directly below {x}?", "What belongs directly to {x}?"],
    after_many: &["Which {many} stand directly below {x}?", "List all {many} that belong directly to {x}."],
    before_one: &["Which {one} stands directly above {x}?", "To which {one} does {x} belong directly?"],
    before_many: &["To which {many} does {x} belong?"],
    leaving: &["How many {many} belong directly to {x}?", "How many {many} stand directly below {x}?"],
    reaching: &[],
    steps: &["How many levels below {x} is {y}?"],
};

const BRANCHES: Speech = Speech {
    after_one: &["Which entry branches off from {x}?", "What hangs directly on {x}?"],
    after_many: &["Which entries branch off from {x}?", "What hangs directly on {x}? Name all."],
    before_one: &["From what does {x} branch off?", "On which entry does {x} hang directly?"],
    before_many: &["On which entries does {x} hang?"],
    leaving: &["How many entries branch off from {x}?", "How many branches does {x} have of its own?"],
    reaching: &[],
    steps: &["How many lines lead from {x} out to {y}?"],
};

const ANSWERS: Speech = Speech {
    after_one: &["What follows directly after {x}?"],
    after_many: &[
        "Where can one get directly from {x}? Name all.",
        "What do the answers at {x} lead to? Name all.",
    ],
    before_one: &["Which question leads directly to {x}?", "After which question does {x} come directly?"],
    before_many: &["Which questions lead to {x}?"],
    leaving: &["How many answers are there at {x}?", "How many ways lead on from {x}?"],
    reaching: &[],
    steps: &["How many answers does it take to get from {x} to {y}?"],
};

const FOOD: Speech = Speech {
    after_one: &["Which species eats {x}?", "By what is {x} eaten?"],
    after_many: &["Which species eat {x}?", "By what is {x} eaten? Name all."],
    before_one: &["What does {x} eat according to the diagram?", "Which species is eaten by {x}?"],
    before_many: &["What does {x} eat according to the diagram?", "Which species are eaten by {x}?"],
    leaving: &["By how many species is {x} eaten?"],
    reaching: &["How many species does {x} eat?"],
    steps: &["How many arrows does the shortest food chain from {x} to {y} have?"],
};

const CHAIN: Speech = Speech {
    before_many: &["Which {many} point to {x}?", "List all {many} with an arrow to {x}."],
    after_many: &["To which {many} does {x} point?", "Where do the arrows from {x} lead? Name all."],
    ..FLOW
};

const USES: Speech = Speech {
    after_one: &["Which {one} does {x} use directly?", "To which {one} does the arrow from {x} lead?"],
    after_many: &["Which {many} does {x} use directly?", "To which {many} do the arrows from {x} lead?"],
    before_one: &["Which {one} uses {x}?", "From which {one} does an arrow lead to {x}?"],
    before_many: &["Which {many} use {x}?", "List all {many} with an arrow to {x}."],
    leaving: &["How many other {many} does {x} use directly?", "How many arrows leave {x}?"],
    reaching: &["By how many {many} is {x} used?", "How many arrows reach {x}?"],
    steps: &["Following the arrows, how many of them lead at least from {x} to {y}?"],
};

const DATA: Speech = Speech {
    after_one: &["To which {one} does {x} send data?", "Where do the data from {x} go?"],
    after_many: &["To which {many} does {x} send data?", "Where do the data from {x} go? Name all."],
    before_one: &["From which {one} does {x} receive data?", "Where do the data for {x} come from?"],
    before_many: &[
        "From which {many} does {x} receive data?",
        "Where do the data for {x} come from? Name all.",
    ],
    leaving: &["How many flows of data leave {x}?", "How many arrows leave {x}?"],
    reaching: &["How many flows of data reach {x}?", "How many arrows reach {x}?"],
    steps: &["Over how many arrows at least do data get from {x} to {y}?"],
};

const CONCEPTS: Speech = Speech {
    after_one: &["To which {one} does the arrow from {x} lead?"],
    after_many: &["To which {many} do arrows lead from {x}?", "List the {many} that {x} points to."],
    before_one: &["Which {one} points to {x}?", "From which {one} does an arrow lead to {x}?"],
    before_many: &["Which {many} point to {x}?", "From which {many} do arrows lead to {x}?"],
    leaving: &["How many arrows leave {x}?", "To how many {many} does {x} point?"],
    reaching: &["How many arrows lead to {x}?", "How many {many} point to {x}?"],
    steps: &["How many arrows does the shortest way from {x} to {y} take?"],
};

const SIGNALS: Speech = Speech {
    after_one: &["To which {one} does the signal from {x} go?", "Which {one} comes directly after {x}?"],
    after_many: &["To which {many} do the signals from {x} go?", "Which {many} are fed directly by {x}?"],
    before_one: &["From which {one} does {x} get its signal?", "Which {one} stands directly before {x}?"],
    before_many: &["From which {many} does {x} get signals?", "Which {many} feed {x}?"],
    leaving: &["How many outputs does {x} have?", "How many arrows leave {x}?"],
    reaching: &["How many inputs does {x} have?", "How many arrows reach {x}?"],
    steps: &["How many arrows does the shortest way from {x} to {y} take?"],
};

fn speech(content: &Content) -> &'static Speech {
    match content.nouns.row.as_str() {
        "person" => &PEOPLE,
        "relative" => &FAMILY,
        "unit" | "group" => &PARTS,
        "entry" => &BRANCHES,
        "node" => &ANSWERS,
        "species" => &FOOD,
        "component" => &CHAIN,
        "part" => &USES,
        "element" => &DATA,
        "concept" => &CONCEPTS,
        "block" => &SIGNALS,
        _ => &FLOW,
    }
}

/// A question about arrows; none where nodes are joined by relations, which have words of their own.
pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let edges = Part::named(&content.data, "edges")?;
    if edges.column("from") != Some(0) || edges.column("to") != Some(1) {
        return None;
    }
    let (one, many) = (content.nouns.row.as_str(), content.nouns.rows.as_str());
    if matches!(one, "class" | "entity") {
        return None;
    }
    let words = speech(content);
    let table = edges.index;
    let row = edges.row(rng);
    let (from, to) = (edges.shown(row, 0), edges.shown(row, 1));
    let ask = |patterns: &[&str], x: &str, y: &str, rng: &mut Rng| {
        let (x, y) = (named(content, x), named(content, y));
        (!patterns.is_empty())
            .then(|| phrase(rng, patterns, &[("one", one), ("many", many), ("x", &x), ("y", &y)]))
    };
    match rng.below(8) {
        0 | 1 => {
            let alone = edges.count(0, from) == 1;
            let text = ask(if alone { words.after_one } else { words.after_many }, from, "", rng)?;
            let draft = Draft::new("successors", 2, text, Expr::Successors { table, node: from.into() });
            let again = edges.count(0, to) == 1 && alone && std::ptr::eq(words, &FLOW);
            Some(if again {
                let text = phrase(
                    rng,
                    &["And what comes directly after that {one}?", "And which {one} follows next?"],
                    &[("one", one)],
                );
                let next = Expr::Successors { table, node: to.into() };
                draft.followed_by(Draft::new("successors_next", 3, text, next))
            } else {
                draft
            })
        }
        2 => {
            let alone = edges.count(1, to) == 1;
            let text = ask(if alone { words.before_one } else { words.before_many }, to, "", rng)?;
            Some(Draft::new("predecessors", 2, text, Expr::Predecessors { table, node: to.into() }))
        }
        3 => {
            let out = words.reaching.is_empty() || rng.chance(0.6);
            let node = if out { from } else { to };
            if edges.count(usize::from(!out), node) == 1 && rng.chance(0.7) {
                return None;
            }
            let text = ask(if out { words.leaving } else { words.reaching }, node, "", rng)?;
            let degree = Expr::Degree { table, node: node.into(), out };
            Some(Draft::new("degree", 2, text, degree.print(&whole())))
        }
        4 | 5 => {
            let target = edges.shown(edges.row(rng), 1);
            let next = edges.table.rows.iter().any(|r| r[0].shown == from && r[1].shown == target);
            if target == from || next && rng.chance(0.8) {
                return None;
            }
            if !next && rng.chance(0.5) {
                return path(content, &edges, from, target, rng);
            }
            let text = ask(words.steps, from, target, rng)?;
            let steps = Expr::Steps { table, from: from.into(), to: target.into() };
            Some(Draft::new("steps", 4, text, steps.print(&whole())))
        }
        _ => labelled(content, &edges, row, rng),
    }
}

/// A question about what runs along an arrow, where its label is data, a signal, or what relates two concepts.
fn carried(content: &Content, edges: &Part<'_>, row: usize, column: usize, rng: &mut Rng) -> Option<Draft> {
    let (from, to, label) = (edges.shown(row, 0), edges.shown(row, 1), edges.shown(row, column));
    let (what, ends): (&[&str], &[&str]) = match content.nouns.row.as_str() {
        "element" => (
            &[
                "Which data flow from {x} to {y}?",
                "What does {x} send to {y}?",
                "What does {y} receive from {x}?",
            ],
            &["Where does “{label}” go?", "What receives “{label}”?"],
        ),
        "block" => (
            &["Which signal leads from {x} to {y}?", "What is written on the arrow from {x} to {y}?"],
            &["To which block does “{label}” go?", "Which block receives “{label}”?"],
        ),
        "concept" => (
            &["Which words stand on the arrow from {x} to {y}?", "How is {x} related to {y} in the map?"],
            &["To which concept does the arrow “{label}” lead?"],
        ),
        "part" if content.nouns.measure == "machine" => (
            &["By what means does {x} reach {y}?", "What is written on the line from {x} to {y}?"],
            &["Where does the arrow labelled “{label}” end?"],
        ),
        "part" => (
            &["What does {x} use {y} for?", "What is written on the arrow from {x} to {y}?"],
            &["Where does the arrow labelled “{label}” end?"],
        ),
        _ => return None,
    };
    let (x, y) = (named(content, from), named(content, to));
    let fill = [("x", x.as_str()), ("y", y.as_str()), ("label", label)];
    if edges.count(column, label) == 1 && rng.chance(0.35) {
        let text = phrase(rng, ends, &fill);
        return Some(Draft::new("labelled", 2, text, Expr::Shown(edges.with(&[(column, label)]).over(1))));
    }
    let shown = Expr::Shown(edges.with(&[(0, from), (1, to)]).over(column));
    Some(Draft::new("edge_label", 2, phrase(rng, what, &fill), shown))
}

/// The way from one node to another, as the list of the nodes on it. Labels with a comma would make the list unclear.
fn path(content: &Content, edges: &Part<'_>, from: &str, to: &str, rng: &mut Rng) -> Option<Draft> {
    if edges.table.rows.iter().any(|row| row[..2].iter().any(|cell| cell.shown.contains(','))) {
        return None;
    }
    let patterns: &[&str] = match content.nouns.row.as_str() {
        "person" => &[
            "Who stands in the line from {x} down to {y}? Name all in order, with both of them.",
            "Name the people in the line from {x} down to {y}, both included, in order.",
            "List everyone on the way from {x} down to {y}, beginning with {x} and ending with {y}.",
        ],
        "relative" | "unit" | "group" | "entry" | "node" => &[
            "List the {many} on the way from {x} down to {y}, both included.",
            "Which {many} lie on the way from {x} to {y}? Name all in order, with both ends.",
            "Name the {many} on the way from {x} to {y} in order, with both ends.",
        ],
        _ => &[
            "List the {many} on the shortest way along the arrows from {x} to {y}, both included.",
            "Which {many} lie on the shortest way from {x} to {y}? Name all in order, with both ends.",
            "Name the {many} on the shortest way from {x} to {y} in order, with both ends.",
        ],
    };
    let (x, y) = (named(content, from), named(content, to));
    let text = phrase(rng, patterns, &[("many", content.nouns.rows.as_str()), ("x", &x), ("y", &y)]);
    let program = Expr::Path { table: edges.index, from: from.into(), to: to.into() };
    Some(Draft::new("path", 4, text, program))
}

/// A question about what is written at an arrow.
fn labelled(content: &Content, edges: &Part<'_>, row: usize, rng: &mut Rng) -> Option<Draft> {
    let column = edges.column("label")?;
    let label = edges.shown(row, column);
    if label.is_empty() {
        return None;
    }
    let (from, to) = (edges.shown(row, 0), edges.shown(row, 1));
    let same = edges.count(column, label);
    let (x, y) = (named(content, from), named(content, to));
    let fill = [("x", x.as_str()), ("y", y.as_str()), ("label", label)];
    let state = content.nouns.row == "state";
    if let Some(draft) = carried(content, edges, row, column, rng) {
        return Some(draft);
    }
    if same > 1 && rng.chance(0.25) {
        let patterns: &[&str] = if content.nouns.row == "node" {
            &["How many times does the answer “{label}” occur?", "Count the answers “{label}” in the tree."]
        } else {
            &["How many arrows are labelled “{label}”?", "Count the arrows with the label “{label}”."]
        };
        let text = phrase(rng, patterns, &fill);
        let count = Expr::Count(edges.with(&[(column, label)]).boxed());
        return Some(Draft::new("count_label", 3, text, count.print(&whole())));
    }
    if same == 1 && rng.chance(0.3) {
        let end = usize::from(rng.chance(0.5));
        let patterns: &[&str] = match (state, end) {
            (true, 0) => {
                &["In which state can “{label}” happen?", "From which state does “{label}” lead away?"]
            }
            (true, _) => &["To which state does “{label}” lead?", "Which state follows on “{label}”?"],
            (false, 0) => &["Where does the arrow labelled “{label}” start?"],
            (false, _) => {
                &["Where does the arrow labelled “{label}” end?", "What does the arrow “{label}” point to?"]
            }
        };
        let text = phrase(rng, patterns, &fill);
        return Some(Draft::new("labelled", 2, text, Expr::Shown(edges.with(&[(column, label)]).over(end))));
    }
    if rng.chance(0.5) {
        let patterns: &[&str] = match (state, from.ends_with('?')) {
            (true, _) if from == to => &["Which event leaves the state {x} as it is?"],
            (true, _) => &["Which event leads from {x} to {y}?", "What turns {x} into {y}?"],
            (false, true) => &[
                "Which answer at {x} leads to {y}?",
                "What must the answer at {x} be to get to {y}?",
                "What is written on the arrow from {x} to {y}?",
            ],
            (false, false) => &[
                "What is written on the arrow from {x} to {y}?",
                "Which label does the arrow from {x} to {y} carry?",
            ],
        };
        let text = phrase(rng, patterns, &fill);
        return Some(Draft::new(
            "edge_label",
            2,
            text,
            Expr::Shown(edges.with(&[(0, from), (1, to)]).over(column)),
        ));
    }
    let patterns: &[&str] = match (state, from.ends_with('?')) {
        (true, _) => &[
            "In the state {x}, which state follows on “{label}”?",
            "Where does “{label}” lead from the state {x}?",
        ],
        (false, true) => &[
            "If the answer at {x} is “{label}”, what comes next?",
            "Where does “{label}” lead at {x}?",
            "At {x} the answer is “{label}”. What comes next?",
        ],
        (false, false) => &["From {x}, where does the arrow labelled “{label}” lead?"],
    };
    let text = phrase(rng, patterns, &fill);
    Some(Draft::new("branch", 3, text, Expr::Shown(edges.with(&[(0, from), (column, label)]).over(1))))
}
