//! Questions about families: parents, children, marriages, generations and years.

use pixmo_render::Rng;
use rust_decimal::Decimal;

use super::{Part, whole};
use crate::content::Content;
use crate::program::{Expr, Is, Test};
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

/// Proposes one question about a family tree.
pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let edges = Part::named(&content.data, "edges")?;
    let couples = Part::named(&content.data, "couples");
    match rng.below(12) {
        0 => parents(&edges, rng),
        1 | 2 => children(&edges, rng),
        3 => generations(&edges, rng),
        4 => is_parent(content, &edges, rng),
        5 | 6 => match couples {
            Some(couples) => marriage(content, &couples, rng),
            None => parents(&edges, rng),
        },
        7 if rng.chance(0.5) => Some(people(rng)),
        7 => Some(total_children(&edges, rng)),
        8 => year(content, rng),
        9 => eldest(content, rng),
        10 => older(content, rng),
        _ => span(content, rng),
    }
}

fn people(rng: &mut Rng) -> Draft {
    let text = phrase(
        rng,
        &[
            "How many people are shown?",
            "How many people does the family tree name?",
            "Count the people in the tree.",
        ],
        &[],
    );
    Draft::new("count_nodes", 1, text, Expr::Count(Expr::all(0).boxed()).print(&whole()))
}

fn parents(edges: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let child = edges.shown(edges.row(rng), 1);
    let patterns: &[&str] = match edges.count(1, child) {
        1 => &["Which parent of {x} is shown?", "Whose child is {x}?"],
        _ => &[
            "Who are the parents of {x}?",
            "Name both parents of {x}.",
            "Whose child is {x}? Name both parents.",
        ],
    };
    let text = phrase(rng, patterns, &[("x", child)]);
    Some(Draft::new("predecessors", 2, text, Expr::Predecessors { table: edges.index, node: child.into() }))
}

fn children(edges: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let parent = edges.shown(edges.row(rng), 0);
    let number = edges.count(0, parent);
    let table = edges.index;
    let fill = [("x", parent)];
    if rng.chance(0.45) && number > 1 {
        let text =
            phrase(rng, &["How many children does {x} have?", "How many children of {x} are shown?"], &fill);
        let degree = Expr::Degree { table, node: parent.into(), out: true };
        return Some(Draft::new("degree", 2, text, degree.print(&whole())));
    }
    let patterns: &[&str] = match number {
        1 => &["Who is the child of {x}?", "Which child of {x} is shown?"],
        _ => &["Who are the children of {x}?", "Name all children of {x}."],
    };
    let text = phrase(rng, patterns, &fill);
    Some(Draft::new("successors", 2, text, Expr::Successors { table, node: parent.into() }))
}

fn generations(edges: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let (from, to) = (edges.shown(edges.row(rng), 0), edges.shown(edges.row(rng), 1));
    let direct = edges.table.rows.iter().any(|r| r[0].shown == from && r[1].shown == to);
    if from == to || direct {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "How many generations after {x} is {y}?",
            "How many generations lie between {x} and {y}, counting that of {y}?",
        ],
        &[("x", from), ("y", to)],
    );
    let steps = Expr::Steps { table: edges.index, from: from.into(), to: to.into() };
    Some(Draft::new("steps", 4, text, steps.print(&whole())))
}

fn is_parent(content: &Content, edges: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let yes = rng.chance(0.5);
    let row = edges.row(rng);
    let nodes = Part::main(content);
    let from = edges.shown(row, 0);
    let to = if yes { edges.shown(row, 1) } else { nodes.shown(nodes.row(rng), 0) };
    let linked = |a: &str, b: &str| edges.table.rows.iter().any(|r| r[0].shown == a && r[1].shown == b);
    if from == to || linked(from, to) != yes {
        return None;
    }
    let text = phrase(rng, &["Is {y} a child of {x}?", "Is {x} a parent of {y}?"], &[("x", from), ("y", to)]);
    let linked = Expr::Linked { table: edges.index, from: from.into(), to: to.into() };
    Some(Draft::new("linked_yes_no", 2, text, Expr::YesNo(linked.boxed())).styled(Style::YesNo))
}

fn marriage(content: &Content, couples: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = couples.row(rng);
    let side = rng.below(2);
    let (x, y) = (couples.shown(row, side), couples.shown(row, 1 - side));
    match rng.below(4) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "How many couples are shown?",
                    "How many marriages does the tree show?",
                    "Count the couples in the tree.",
                ],
                &[],
            );
            let all = Expr::Count(Expr::all(couples.index).boxed());
            Some(Draft::new("count_couples", 2, text, all.print(&whole())))
        }
        1 => {
            let yes = rng.chance(0.5);
            let nodes = Part::main(content);
            let other = if yes { y } else { nodes.shown(nodes.row(rng), 0) };
            if !yes && (other == x || other == y) {
                return None;
            }
            let text = phrase(
                rng,
                &["Are {x} and {other} a couple?", "Is {x} married to {other}?"],
                &[("x", x), ("other", other)],
            );
            let found = Expr::Count(couples.with(&[(side, x), (1 - side, other)]).boxed());
            let half = Expr::Constant(Decimal::new(5, 1));
            let program = Expr::YesNo(Expr::Greater(found.boxed(), half.boxed()).boxed());
            Some(Draft::new("couple_yes_no", 2, text, program).styled(Style::YesNo))
        }
        _ => {
            let text = phrase(
                rng,
                &["Who is {x} married to?", "Who is the spouse of {x}?", "With whom does {x} form a couple?"],
                &[("x", x)],
            );
            let one = couples.with(&[(side, x)]);
            Some(Draft::new("spouse", 1, text, Expr::Shown(one.over(1 - side))))
        }
    }
}

fn total_children(edges: &Part<'_>, rng: &mut Rng) -> Draft {
    // Everybody in the column `to` is somebody's child.
    let text = phrase(
        rng,
        &[
            "How many people in the tree have at least one parent shown?",
            "For how many people is a parent shown?",
        ],
        &[],
    );
    Draft::new("count_children", 4, text, Expr::Distinct(Expr::all(edges.index).over(1)).print(&whole()))
}

fn year(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    let (born, died) = (main.column("born")?, main.column("died")?);
    let row = main.row(rng);
    let x = main.shown(row, 0);
    let dead = !main.shown(row, died).is_empty() && rng.chance(0.4);
    let (column, patterns): (usize, &[&str]) = match dead {
        true => (died, &["In which year did {x} die?", "When did {x} die?"]),
        false => (born, &["In which year was {x} born?", "When was {x} born?"]),
    };
    let text = phrase(rng, patterns, &[("x", x)]);
    Some(Draft::new("lookup", 1, text, Expr::Shown(main.with(&[(0, x)]).over(column))))
}

fn eldest(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    let born = main.column("born")?;
    if rng.chance(0.35) {
        let bound = main.table.rows[main.row(rng)][born].as_decimal()?;
        let round = (bound / Decimal::TEN).trunc() * Decimal::TEN;
        let rows = Expr::Rows { table: 0, keep: vec![Test { column: born, is: Is::Above(round) }] };
        let text = phrase(
            rng,
            &["How many people were born after {year}?", "Count the people born later than {year}."],
            &[("year", &round.normalize().to_string())],
        );
        return Some(Draft::new("count_above", 3, text, Expr::Count(rows.boxed()).print(&whole())));
    }
    let first = rng.chance(0.5);
    let over = Expr::all(0).over(born);
    let best = if first { Expr::Min(over) } else { Expr::Max(over) };
    let patterns: &[&str] = match first {
        true => &["Who was born first?", "Who has the earliest year of birth?"],
        false => &["Who is the youngest person shown?", "Who was born last?"],
    };
    Some(Draft::new(
        if first { "smallest" } else { "largest" },
        2,
        phrase(rng, patterns, &[]),
        Expr::Shown(best.over(0)),
    ))
}

fn older(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    let born = main.column("born")?;
    let pair = rng.sample(main.len(), 2);
    let [a, b] = pair[..] else { return None };
    let at = |row: usize| main.table.rows[row][born].as_decimal();
    let (a, b) = if at(a)? < at(b)? { (a, b) } else { (b, a) };
    let number = |row: usize| Expr::Number(main.with(&[(0, main.shown(row, 0))]).over(born)).boxed();
    let fill = [("x", main.shown(a, 0)), ("y", main.shown(b, 0))];
    if rng.chance(0.5) {
        let yes = rng.chance(0.5);
        let fill = if yes { fill } else { [("x", fill[1].1), ("y", fill[0].1)] };
        let (x, y) = if yes { (a, b) } else { (b, a) };
        let text = phrase(rng, &["Is {x} older than {y}?", "Was {x} born before {y}?"], &fill);
        let program = Expr::YesNo(Expr::Greater(number(y), number(x)).boxed());
        return Some(Draft::new("older_yes_no", 3, text, program).styled(Style::YesNo));
    }
    let text = phrase(
        rng,
        &[
            "How many years before {y} was {x} born?",
            "What is the difference between the years of birth of {x} and {y}?",
        ],
        &fill,
    );
    Some(Draft::new("difference", 3, text, Expr::Subtract(number(b), number(a)).print(&whole())))
}

fn span(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    let (born, died) = (main.column("born")?, main.column("died")?);
    let row = main.row(rng);
    if main.shown(row, died).is_empty() {
        return None;
    }
    let x = main.shown(row, 0);
    let number = |column: usize| Expr::Number(main.with(&[(0, x)]).over(column)).boxed();
    let text = phrase(
        rng,
        &[
            "How many years lie between the birth and the death of {x}?",
            "What is the difference between the years of birth and death of {x}?",
        ],
        &[("x", x)],
    );
    Some(Draft::new("lifetime", 3, text, Expr::Subtract(number(died), number(born)).print(&whole())))
}
