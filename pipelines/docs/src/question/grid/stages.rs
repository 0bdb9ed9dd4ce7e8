//! Questions about stages that follow each other, each a part of the one before: what a funnel draws.

use rust_decimal::Decimal;

use pixmo_render::Rng;

use super::super::Draft;
use super::super::wording::phrase;
use super::{Grid, percent};
use crate::chart_content::funnels::STAGE;
use crate::content::Content;
use crate::program::Expr;

/// True for content of stages.
pub(super) fn are_drawn(content: &Content) -> bool {
    content.nouns.row == STAGE && content.plan.contains("|funnel|")
}

/// Proposes a question about what gets from one stage to another.
pub(super) fn draft(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    let last = g.labels.len() - 1;
    if (0..=last).any(|row| g.value(row, column).is_none_or(|value| value <= Decimal::ZERO)) {
        return None;
    }
    let from = rng.below(last);
    let (things, to) =
        (crate::content::inside(&g.table.columns[column].name), from + 1 + rng.below(last - from));
    let fill = [("things", things.as_str()), ("a", g.labels[from]), ("b", g.labels[to])];
    let next = [("things", things.as_str()), ("a", g.labels[from]), ("b", g.labels[from + 1])];
    match rng.below(3) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "What percentage of the {things} at “{a}” get to “{b}”, to one decimal place?",
                    "Of all {things} at the stage “{a}”, what share reach “{b}”, in per cent to one decimal place?",
                    "How many per cent of those at “{a}” are still there at “{b}”, rounded to one decimal place?",
                ],
                &fill,
            );
            let (part, whole) = (g.number(to, column).boxed(), g.number(from, column).boxed());
            Some(Draft::new("conversion", 4, text, Expr::Share { part, whole }.print(&percent())))
        }
        1 => {
            let text = phrase(
                rng,
                &[
                    "How many {things} are lost between “{a}” and “{b}”?",
                    "How many {things} drop out on the way from “{a}” to “{b}”?",
                    "By how much does the number of {things} fall from “{a}” to “{b}”?",
                ],
                &fill,
            );
            let program = Expr::Subtract(g.number(from, column).boxed(), g.number(to, column).boxed());
            Some(Draft::new("lost", 3, text, program.print(&g.format(column))))
        }
        _ => {
            let text = phrase(
                rng,
                &[
                    "Which stage comes directly after “{a}”?",
                    "What follows “{a}” in the funnel?",
                    "Which stage do the {things} reach next after “{a}”?",
                ],
                &next,
            );
            let program = Expr::Shown(Expr::Next(g.one(from).boxed()).over(g.label));
            Some(Draft::new("next", 2, text, program))
        }
    }
}
