//! Questions about user journeys: stages, steps in order, and how each step felt.

use pixmo_render::{NumberFormat, Rng};
use rust_decimal::Decimal;

use super::{Part, count, places, whole};
use crate::content::Content;
use crate::program::{Expr, Is, Test};
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

/// Proposes one question about a journey.
pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    let (lane, score) = (main.column("lane")?, main.column("score")?);
    let row = main.row(rng);
    let x = main.shown(row, 0);
    let number = |row: usize| Expr::Number(main.with(&[(0, main.shown(row, 0))]).over(score)).boxed();
    let value = |row: usize| main.table.rows[row][score].as_decimal();
    match rng.below(12) {
        0 | 1 => {
            let text = phrase(
                rng,
                &[
                    "Which score does “{x}” get?",
                    "What is the score of the step “{x}”?",
                    "How is “{x}” rated?",
                ],
                &[("x", x)],
            );
            Some(Draft::new("lookup", 1, text, Expr::Shown(main.with(&[(0, x)]).over(score))))
        }
        2 => {
            let best = rng.chance(0.5);
            let word = if best { "highest" } else { "lowest" };
            let over = Expr::all(0).over(score);
            let end = if best { Expr::Max(over) } else { Expr::Min(over) };
            let text = phrase(
                rng,
                &["Which step has the {word} score?", "At which step is the score {word}?"],
                &[("word", word)],
            );
            Some(Draft::new(if best { "largest" } else { "smallest" }, 2, text, Expr::Shown(end.over(0))))
        }
        3 => {
            let above = rng.chance(0.5);
            let bound = Decimal::from(3);
            let is = if above { Is::Above(bound) } else { Is::Below(bound) };
            let rows = Expr::Rows { table: 0, keep: vec![Test { column: score, is }] };
            let text = phrase(
                rng,
                &["How many steps have a score {word} 3?", "Count the steps that are rated {word} 3."],
                &[("word", if above { "above" } else { "below" })],
            );
            Some(Draft::new("count_above", 3, text, Expr::Count(rows.boxed()).print(&whole())))
        }
        4 => {
            let other = main.row(rng);
            if value(row)? == value(other)? {
                return None;
            }
            let text = phrase(
                rng,
                &["Is “{x}” rated higher than “{y}”?", "Does “{x}” feel better than “{y}”, by their scores?"],
                &[("x", x), ("y", main.shown(other, 0))],
            );
            let program = Expr::YesNo(Expr::Greater(number(row), number(other)).boxed());
            Some(Draft::new("compare_yes_no", 3, text, program).styled(Style::YesNo))
        }
        5 => {
            let after = rng.chance(0.5);
            let here = main.with(&[(0, x)]).boxed();
            let next = if after { Expr::Next(here) } else { Expr::Previous(here) };
            let text = phrase(
                rng,
                &["Which step comes directly {word} “{x}”?", "What happens right {word} “{x}”?"],
                &[("word", if after { "after" } else { "before" }), ("x", x)],
            );
            Some(Draft::new(if after { "next" } else { "previous" }, 2, text, Expr::Shown(next.over(0))))
        }
        6 => {
            let last = rng.chance(0.5);
            let all = Expr::all(0).boxed();
            let end = if last { Expr::Last(all) } else { Expr::First(all) };
            let text = phrase(
                rng,
                &["What is the {word} step of the journey?", "With which step does the journey {verb}?"],
                &[
                    ("word", if last { "last" } else { "first" }),
                    ("verb", if last { "end" } else { "begin" }),
                ],
            );
            Some(Draft::new("ends", 1, text, Expr::Shown(end.over(0))))
        }
        7 => {
            let stage = main.shown(row, lane);
            let mean = Expr::Mean(main.with(&[(lane, stage)]).over(score));
            let text = phrase(
                rng,
                &[
                    "What is the mean score of the stage “{stage}”?",
                    "On average, how are the steps of “{stage}” rated?",
                ],
                &[("stage", stage)],
            );
            let format = NumberFormat { group: None, ..NumberFormat::plain(1) };
            let many = main.count(lane, stage) > 1;
            many.then(|| Draft::new("mean", 4, text, mean.print(&format)))
        }
        8 => {
            let spread = Expr::Spread(Expr::all(0).over(score));
            let text = phrase(
                rng,
                &[
                    "By how many points do the best and the worst step differ?",
                    "What is the difference between the highest and the lowest score?",
                ],
                &[],
            );
            Some(Draft::new("spread", 3, text, spread.print(&whole())))
        }
        9 if rng.chance(0.4) => count(content, rng),
        _ => places::ask(content, rng),
    }
}
