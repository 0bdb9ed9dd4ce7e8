//! Questions about messages between actors.

use pixmo_render::{Data, Rng};

use super::{Part, whole};
use crate::program::Expr;
use crate::question::Draft;
use crate::question::wording::phrase;

pub(super) fn ask(data: &Data, rng: &mut Rng) -> Option<Draft> {
    let part = Part::named(data, "messages")?;
    let row = part.row(rng);
    let label = part.column("label")?;
    let (from, to, said) = (part.shown(row, 0), part.shown(row, 1), part.shown(row, label));
    let table = part.index;
    let own = from == to;
    Some(match rng.below(8) {
        0 => {
            let patterns: &[&str] = if own {
                &[
                    "Who does “{said}” without sending it to anybody else?",
                    "At which participant does “{said}” begin and end?",
                ]
            } else {
                &["Who sends “{said}”?", "Which participant sends the message “{said}”?"]
            };
            let text = phrase(rng, patterns, &[("said", said)]);
            Draft::new("sender", 1, text, Expr::Shown(part.with(&[(label, said)]).over(0)))
        }
        1 if !own => {
            let text = phrase(
                rng,
                &["Who receives “{said}”?", "To whom is the message “{said}” sent?"],
                &[("said", said)],
            );
            Draft::new("receiver", 1, text, Expr::Shown(part.with(&[(label, said)]).over(1)))
        }
        2 => {
            let text = phrase(
                rng,
                &["How many messages does {from} send?", "Count the messages sent by {from}."],
                &[("from", from)],
            );
            let degree = Expr::Degree { table, node: from.into(), out: true };
            Draft::new("degree", 2, text, degree.print(&whole()))
        }
        3 => {
            let text = phrase(
                rng,
                &["How many messages does {to} receive?", "Count the messages sent to {to}."],
                &[("to", to)],
            );
            let degree = Expr::Degree { table, node: to.into(), out: false };
            Draft::new("degree_in", 2, text, degree.print(&whole()))
        }
        4 => {
            let last = rng.chance(0.5);
            let word = if last { "last" } else { "first" };
            let text = phrase(
                rng,
                &[
                    "What is the {word} message?",
                    "Which message is sent {word}?",
                    "Read out the {word} message.",
                ],
                &[("word", word)],
            );
            let rows = Expr::all(table).boxed();
            let rows = if last { Expr::Last(rows) } else { Expr::First(rows) };
            Draft::new("ends", 1, text, Expr::Shown(rows.over(label)))
        }
        5 => {
            let text = phrase(
                rng,
                &["Which message comes directly before “{said}”?", "What is sent right before “{said}”?"],
                &[("said", said)],
            );
            let before = Expr::Previous(part.with(&[(label, said)]).boxed());
            Draft::new("previous_message", 3, text, Expr::Shown(before.over(label)))
        }
        6 if !own => {
            let text = phrase(
                rng,
                &["How many messages go from {from} to {to}?", "Count the messages from {from} to {to}."],
                &[("from", from), ("to", to)],
            );
            let count = Expr::Count(part.with(&[(0, from), (1, to)]).boxed());
            Draft::new("count_between", 3, text, count.print(&whole()))
        }
        _ => {
            let text = phrase(
                rng,
                &["Which message comes directly after “{said}”?", "What is sent right after “{said}”?"],
                &[("said", said)],
            );
            let next = Expr::Next(part.with(&[(label, said)]).boxed());
            Draft::new("next_message", 3, text, Expr::Shown(next.over(label)))
        }
    })
}
