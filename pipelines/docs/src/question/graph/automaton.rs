//! Questions about finite automata: where a letter leads, where it begins, what it accepts.

use pixmo_render::Rng;

use super::{Part, count, whole};
use crate::content::Content;
use crate::program::Expr;
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

/// Columns of the states.
const START: usize = 1;
const ACCEPTING: usize = 2;

/// Proposes one question about an automaton.
pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    let edges = Part::named(&content.data, "edges")?;
    let (table, column) = (edges.index, edges.column("label")?);
    let row = edges.row(rng);
    let (from, to, label) = (edges.shown(row, 0), edges.shown(row, 1), edges.shown(row, column));
    let letters: Vec<&str> = label.split(", ").collect();
    let letter = *rng.pick(&letters);
    // In quotes, so that no letter is taken for an article.
    let quoted = format!("“{letter}”");
    let fill = [("x", from), ("y", to), ("letter", quoted.as_str())];
    match rng.below(14) {
        0..=2 => {
            let patterns: &[&str] = match from == to {
                true => &["In state {x}, which state follows when {letter} is read?"],
                false => &[
                    "From state {x}, which state is reached by reading {letter}?",
                    "Which state follows on {x} when {letter} is read?",
                    "Where does the letter {letter} lead from {x}?",
                ],
            };
            let text = phrase(rng, patterns, &fill);
            let rows = edges.with(&[(0, from), (column, label)]);
            Some(Draft::new("transition", 2, text, Expr::Shown(rows.over(1))))
        }
        3 | 4 => {
            let patterns: &[&str] = match (from == to, letters.len()) {
                (true, 1) => &[
                    "Which letter leaves the automaton in {x}?",
                    "With which letter does {x} lead back to itself?",
                ],
                (true, _) => &["Which letters leave the automaton in {x}?"],
                (false, 1) => {
                    &["Which letter leads from {x} to {y}?", "What is written on the arrow from {x} to {y}?"]
                }
                (false, _) => {
                    &["Which letters lead from {x} to {y}?", "What is written on the arrow from {x} to {y}?"]
                }
            };
            let text = phrase(rng, patterns, &fill);
            let rows = edges.with(&[(0, from), (1, to)]);
            Some(Draft::new("edge_label", 2, text, Expr::Shown(rows.over(column))))
        }
        5 => {
            let text = phrase(
                rng,
                &["Which state is the start state?", "In which state does the automaton begin?"],
                &[],
            );
            Some(Draft::new("start", 1, text, Expr::Shown(main.with(&[(START, "yes")]).over(0))))
        }
        6 => {
            let number = main.count(ACCEPTING, "yes");
            let rows = main.with(&[(ACCEPTING, "yes")]);
            if rng.chance(0.5) {
                let text = phrase(
                    rng,
                    &[
                        "How many accepting states are there?",
                        "How many states are drawn with a double circle?",
                    ],
                    &[],
                );
                return Some(Draft::new(
                    "count_accepting",
                    1,
                    text,
                    Expr::Count(rows.boxed()).print(&whole()),
                ));
            }
            let patterns: &[&str] = match number {
                1 => &["Which state is accepting?", "Which state has a double circle?"],
                _ => &["Which states are accepting?", "Which states have a double circle?"],
            };
            Some(Draft::new("accepting", 1, phrase(rng, patterns, &[]), Expr::Names(rows.over(0))))
        }
        7 => {
            let state = main.shown(main.row(rng), 0);
            let text = phrase(
                rng,
                &["Is {x} an accepting state?", "Does the automaton accept when it ends in {x}?"],
                &[("x", state)],
            );
            let found = Expr::Count(main.with(&[(0, state), (ACCEPTING, "yes")]).boxed());
            let half = Expr::Constant(rust_decimal::Decimal::new(5, 1));
            let program = Expr::YesNo(Expr::Greater(found.boxed(), half.boxed()).boxed());
            Some(Draft::new("accepting_yes_no", 2, text, program).styled(Style::YesNo))
        }
        8 => {
            let out = rng.chance(0.5);
            let node = if out { from } else { to };
            let patterns: &[&str] = match out {
                true => &["How many arrows leave {x}, loops included?"],
                false => &["How many arrows end at {x}, loops included?"],
            };
            let text = phrase(rng, patterns, &[("x", node)]);
            let degree = Expr::Degree { table, node: node.into(), out };
            Some(Draft::new("degree", 2, text, degree.print(&whole())))
        }
        9 | 10 => {
            let target = main.shown(main.row(rng), 0);
            if from == target {
                return None;
            }
            let text = phrase(
                rng,
                &[
                    "How many letters must be read at least to get from {x} to {y}?",
                    "What is the length of the shortest word that leads from {x} to {y}?",
                ],
                &[("x", from), ("y", target)],
            );
            let steps = Expr::Steps { table, from: from.into(), to: target.into() };
            Some(Draft::new("steps", 4, text, steps.print(&whole())))
        }
        11 => {
            let patterns: &[&str] = match edges.count(1, to) {
                1 => &["From which state does an arrow lead to {y}?"],
                _ => &["From which states do arrows lead to {y}, loops included?"],
            };
            let text = phrase(rng, patterns, &fill);
            Some(Draft::new("predecessors", 2, text, Expr::Predecessors { table, node: to.into() }))
        }
        12 => {
            let yes = rng.chance(0.5);
            let other = if yes { to } else { main.shown(main.row(rng), 0) };
            let joined = edges.table.rows.iter().any(|r| r[0].shown == from && r[1].shown == other);
            if joined != yes || from == other {
                return None;
            }
            let text = phrase(
                rng,
                &[
                    "Does an arrow lead directly from {x} to {y}?",
                    "Can the automaton go from {x} to {y} with one letter?",
                ],
                &[("x", from), ("y", other)],
            );
            let linked = Expr::Linked { table, from: from.into(), to: other.into() };
            Some(Draft::new("linked_yes_no", 2, text, Expr::YesNo(linked.boxed())).styled(Style::YesNo))
        }
        _ => {
            if rng.chance(0.4) {
                let text = phrase(
                    rng,
                    &[
                        "How many arrows carry the label “{label}”?",
                        "How many arrows are labelled “{label}”?",
                    ],
                    &[("label", label)],
                );
                let rows = edges.with(&[(column, label)]);
                return Some(Draft::new("count_label", 3, text, Expr::Count(rows.boxed()).print(&whole())));
            }
            count(content, rng)
        }
    }
}
