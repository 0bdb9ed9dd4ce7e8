//! Questions about classes and entities: their members and relations.

use pixmo_render::Rng;

use super::{Part, whole};
use crate::content::Content;
use crate::program::Expr;
use crate::question::Draft;
use crate::question::wording::phrase;

pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let part = Part::named(&content.data, "members")?;
    let (node, name, kind) = (part.column("node")?, part.column("name")?, part.column("type")?);
    let entity = content.nouns.row == "entity";
    if rng.chance(0.35)
        && let Some(draft) = relation(content, rng)
    {
        return Some(draft);
    }
    let row = part.row(rng);
    let (of, member, type_name) = (part.shown(row, node), part.shown(row, name), part.shown(row, kind));
    let (one, many) = if entity { ("field", "fields") } else { ("member", "members") };
    let fill = [("of", of), ("member", member), ("type", type_name), ("one", one), ("many", many)];
    let own = || part.with(&[(node, of)]).boxed();
    Some(match rng.below(7) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "How many {many} are listed for {of}?",
                    "How many {many} does {of} have?",
                    "Count the {many} of {of}.",
                ],
                &fill,
            );
            Draft::new("count_members", 2, text, Expr::Count(own()).print(&whole()))
        }
        1 | 2 => {
            let text = phrase(
                rng,
                &["What is the type of “{member}” in {of}?", "Which type does “{member}” of {of} have?"],
                &fill,
            );
            Draft::new("lookup", 1, text, Expr::Shown(part.with(&[(node, of), (name, member)]).over(kind)))
        }
        3 => {
            let last = rng.chance(0.5);
            let word = if last { "last" } else { "first" };
            let text = phrase(
                rng,
                &["Which {one} stands {word} in {of}?", "Name the {word} {one} of {of}."],
                &[("of", of), ("one", one), ("word", word)],
            );
            let end = if last { Expr::Last(own()) } else { Expr::First(own()) };
            Draft::new("ends", 2, text, Expr::Shown(end.over(name)))
        }
        4 => {
            let same = part.count(name, member);
            let patterns: &[&str] = if same == 1 {
                &["Which {row} has the {one} “{member}”?", "Where does the {one} “{member}” stand?"]
            } else {
                &["Which {rows} have the {one} “{member}”?", "List the {rows} with the {one} “{member}”."]
            };
            let text = phrase(
                rng,
                patterns,
                &[
                    ("row", content.nouns.row.as_str()),
                    ("rows", content.nouns.rows.as_str()),
                    ("one", one),
                    ("member", member),
                ],
            );
            Draft::new("owner", 3, text, Expr::Names(part.with(&[(name, member)]).over(node)))
        }
        5 => {
            let text = phrase(
                rng,
                &[
                    "How many {many} of {of} have the type {type}?",
                    "Count the {many} of type {type} in {of}.",
                ],
                &fill,
            );
            let rows = part.with(&[(node, of), (kind, type_name)]);
            Draft::new("count_group", 3, text, Expr::Count(rows.boxed()).print(&whole()))
        }
        _ => {
            let text = phrase(
                rng,
                &[
                    "Which {many} of {of} have the type {type}?",
                    "List the {many} of {of} whose type is {type}.",
                ],
                &fill,
            );
            Draft::new(
                "names_group",
                3,
                text,
                Expr::Names(part.with(&[(node, of), (kind, type_name)]).over(name)),
            )
        }
    })
}

/// What joins two classes or entities.
fn relation(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let edges = Part::named(&content.data, "edges")?;
    let row = edges.row(rng);
    let (from, to) = (edges.shown(row, 0), edges.shown(row, 1));
    let fill = [("x", from), ("y", to), ("row", content.nouns.row.as_str())];
    // How a line ends is drawn and not printed, so the question may use it only where it does not decide the answer.
    if let Some(kind) = edges.column("kind") {
        let heirs = |column: usize, node: &str| {
            let own: Vec<_> = edges.table.rows.iter().filter(|r| r[column].shown == node).collect();
            own.iter().all(|r| r[kind].shown == "inherits")
        };
        let inherits = edges.shown(row, kind) == "inherits";
        if inherits && heirs(0, from) && rng.chance(0.5) {
            let text =
                phrase(rng, &["From which class does {x} inherit?", "Which class does {x} extend?"], &fill);
            return Some(Draft::new(
                "parent",
                2,
                text,
                Expr::Successors { table: edges.index, node: from.into() },
            ));
        }
        if inherits && heirs(1, to) {
            let patterns: &[&str] = if edges.count(1, to) == 1 {
                &["Which class inherits from {y}?", "Which class extends {y}?"]
            } else {
                &["Which classes inherit from {y}?", "Name the classes that extend {y}."]
            };
            let text = phrase(rng, patterns, &fill);
            return Some(Draft::new(
                "heirs",
                3,
                text,
                Expr::Predecessors { table: edges.index, node: to.into() },
            ));
        }
    }
    let column = edges.column("label")?;
    let label = edges.shown(row, column);
    if label.is_empty() {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "What is written on the line between {x} and {y}?",
            "Which label does the line between {x} and {y} carry?",
        ],
        &fill,
    );
    let shown = Expr::Shown(edges.with(&[(0, from), (1, to)]).over(column));
    Some(Draft::new("edge_label", 2, text, shown))
}
