//! Questions about links without direction, and whether two nodes are joined.

use pixmo_render::Rng;

use super::{Part, named, tree, whole};
use crate::content::Content;
use crate::program::Expr;
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

/// Whether two nodes are joined directly; the wished answer is drawn first.
pub(super) fn yes_no(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let edges = Part::named(&content.data, "edges")?;
    let yes = rng.chance(0.5);
    let row = edges.row(rng);
    let (from, to) = if yes {
        (edges.shown(row, 0), edges.shown(row, 1))
    } else {
        let nodes = Part::named(&content.data, "nodes")?;
        let label = nodes.column("label")?;
        // One end of a real link, so that the question is not told by an odd name.
        let from = if rng.chance(0.7) { edges.shown(row, 0) } else { nodes.shown(nodes.row(rng), label) };
        (from, nodes.shown(nodes.row(rng), label))
    };
    let linked = |a: &str, b: &str| edges.table.rows.iter().any(|r| r[0].shown == a && r[1].shown == b);
    if from == to || (!yes && (linked(from, to) || linked(to, from))) {
        return None;
    }
    let patterns: &[&str] = match content.nouns.row.as_str() {
        "person" => &["Does {y} report directly to {x}?", "Is {x} the direct superior of {y}?"],
        "relative" => &["Is {y} a child of {x}?", "Is {x} a parent of {y}?"],
        "class" | "entity" => &["Does a line join {x} and {y}?", "Are {x} and {y} related directly?"],
        "species" => &["Is {x} eaten by {y}?", "Does {y} eat {x} according to the diagram?"],
        _ if content.nouns.series == "undirected" => {
            &["Is there a direct link between {x} and {y}?", "Are {x} and {y} connected directly?"]
        }
        "part" => &["Does {x} use {y} directly?", "Does an arrow lead directly from {x} to {y}?"],
        "element" => &["Do data flow directly from {x} to {y}?", "Is there an arrow from {x} to {y}?"],
        "concept" => &["Does an arrow lead directly from {x} to {y}?", "Is there an arrow from {x} to {y}?"],
        "block" => &["Does a signal go directly from {x} to {y}?", "Is there an arrow from {x} to {y}?"],
        "entry" => &["Does {y} branch off directly from {x}?", "Does {y} hang directly on {x}?"],
        "group" => &["Does {y} belong directly to {x}?"],
        "node" => &["Does an answer at {x} lead directly to {y}?", "Can {y} come directly after {x}?"],
        _ if tree(content) => &["Does {y} stand directly below {x}?", "Does {y} belong directly to {x}?"],
        _ => &[
            "Does an arrow lead directly from {x} to {y}?",
            "Is there an arrow from {x} to {y}?",
            "Can {y} come directly after {x}?",
        ],
    };
    let text = phrase(rng, patterns, &[("x", &named(content, from)), ("y", &named(content, to))]);
    let program = Expr::YesNo(Expr::Linked { table: edges.index, from: from.into(), to: to.into() }.boxed());
    Some(Draft::new("linked_yes_no", 2, text, program).styled(Style::YesNo))
}

/// A question about links without direction. The table gives each link a direction that is not drawn, so only nodes
/// whose links all stand on one side of it are asked for.
pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let edges = Part::named(&content.data, "edges")?;
    let table = edges.index;
    let row = edges.row(rng);
    let (from, to) = (edges.shown(row, 0), edges.shown(row, 1));
    let (one, many) = (content.nouns.row.as_str(), content.nouns.rows.as_str());
    if rng.chance(0.55) {
        let nodes = Part::named(&content.data, "nodes")?;
        let node = nodes.shown(nodes.row(rng), nodes.column("label")?);
        let (out, into) = (edges.count(0, node), edges.count(1, node));
        if (out > 0) == (into > 0) {
            return None;
        }
        let x = named(content, node);
        let fill = [("one", one), ("many", many), ("x", x.as_str())];
        if rng.chance(if out + into == 1 { 0.1 } else { 0.5 }) {
            let text = phrase(
                rng,
                &["How many links does {x} have?", "With how many {many} is {x} connected directly?"],
                &fill,
            );
            let degree = Expr::Degree { table, node: node.into(), out: out > 0 };
            return Some(Draft::new("degree", 2, text, degree.print(&whole())));
        }
        let patterns: &[&str] = if out + into == 1 {
            &["To which {one} is {x} connected?", "Which {one} is linked directly to {x}?"]
        } else {
            &["Which {many} are linked directly to {x}?", "With which {many} is {x} connected directly?"]
        };
        let text = phrase(rng, patterns, &fill);
        return Some(if out > 0 {
            Draft::new("neighbours", 2, text, Expr::Successors { table, node: node.into() })
        } else {
            Draft::new("neighbours", 2, text, Expr::Predecessors { table, node: node.into() })
        });
    }
    let column = edges.column("label")?;
    let label = edges.shown(row, column);
    if label.is_empty() {
        return None;
    }
    let (x, y) = (named(content, from), named(content, to));
    let fill = [("x", x.as_str()), ("y", y.as_str()), ("label", label), ("many", many)];
    if edges.count(column, label) > 1 && rng.chance(0.4) {
        let text = phrase(
            rng,
            &["How many links are labelled “{label}”?", "Count the links marked “{label}”."],
            &fill,
        );
        let count = Expr::Count(edges.with(&[(column, label)]).boxed());
        return Some(Draft::new("count_label", 3, text, count.print(&whole())));
    }
    let patterns: &[&str] = match () {
        () if label.ends_with("bit/s") => &[
            "How fast is the link between {x} and {y}?",
            "Which speed is given for the link between {x} and {y}?",
        ],
        () if label.ends_with(" km") => {
            &["How far is it directly from {x} to {y}?", "Which distance is given between {x} and {y}?"]
        }
        () if label.ends_with(" min") || label.contains(" h ") => &[
            "How long does the direct way from {x} to {y} take?",
            "Which time is given between {x} and {y}?",
        ],
        () => &[
            "What is written at the link between {x} and {y}?",
            "Which label does the link between {x} and {y} carry?",
        ],
    };
    let text = phrase(rng, patterns, &fill);
    let shown = Expr::Shown(edges.with(&[(0, from), (1, to)]).over(column));
    Some(Draft::new("edge_label", 2, text, shown))
}
