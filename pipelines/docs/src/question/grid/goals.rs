//! Questions about what was reached beside its goal.

use pixmo_render::Rng;

use super::{Grid, percent, usual};
use crate::content::Content;
use crate::program::Expr;
use crate::question::wording::phrase;
use crate::question::{Draft, Style};
use crate::visibility::Visible;

/// The column of what was reached and that of the goals.
const REACHED: usize = 1;
const GOAL: usize = 2;

pub(in crate::question) fn draft(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let grid = Grid::of(content)?;
    match rng.weighted(&[1.6, 1.0, 1.2, 4.0]) {
        0 => exceeds(&grid, rng),
        1 => gap(&grid, rng),
        2 => share_of_goal(&grid, rng),
        _ => usual(&grid, visible, rng),
    }
}

fn exceeds(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let yes = rng.chance(0.5);
    let fitting: Vec<usize> =
        (0..g.labels.len()).filter(|&r| (g.value(r, REACHED) > g.value(r, GOAL)) == yes).collect();
    if fitting.is_empty() {
        return None;
    }
    let row = *rng.pick(&fitting);
    let text = phrase(
        rng,
        &[
            "For {row}, is the {reached} above the {goal}?",
            "For {row}, does the {reached} exceed the {goal}?",
            "Does the bar of {row} pass the line of its goal?",
        ],
        &[("row", g.labels[row]), ("reached", &g.measure(REACHED)), ("goal", &g.measure(GOAL))],
    );
    let greater = Expr::Greater(g.number(row, REACHED).boxed(), g.number(row, GOAL).boxed());
    Some(Draft::new("exceeds_goal", 2, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn gap(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = rng.below(g.labels.len());
    let (value, aim) = (g.value(row, REACHED)?, g.value(row, GOAL)?);
    if value == aim {
        return None;
    }
    let (reached, goal) = (g.measure(REACHED), g.measure(GOAL));
    let fill = [("row", g.labels[row]), ("reached", reached.as_str()), ("goal", goal.as_str())];
    let (text, program) = if value < aim {
        let text = phrase(
            rng,
            &[
                "How much is missing for {row} to reach the {goal}?",
                "By how much does the {reached} for {row} fall short of the {goal}?",
            ],
            &fill,
        );
        (text, Expr::Subtract(g.number(row, GOAL).boxed(), g.number(row, REACHED).boxed()))
    } else {
        let text = phrase(
            rng,
            &[
                "By how much does the {reached} for {row} exceed the {goal}?",
                "How far is {row} above the {goal}?",
            ],
            &fill,
        );
        (text, Expr::Subtract(g.number(row, REACHED).boxed(), g.number(row, GOAL).boxed()))
    };
    Some(Draft::new("gap_to_goal", 3, text, program.print(&g.format(REACHED))))
}

fn share_of_goal(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = rng.below(g.labels.len());
    let (reached, goal) = (g.measure(REACHED), g.measure(GOAL));
    let text = phrase(
        rng,
        &[
            "What percentage of its goal did {row} reach, to one decimal place?",
            "For {row}, the {reached} is what percentage of the {goal}, to one decimal place?",
        ],
        &[("row", g.labels[row]), ("reached", &reached), ("goal", &goal)],
    );
    let program = Expr::Share { part: g.number(row, REACHED).boxed(), whole: g.number(row, GOAL).boxed() };
    Some(Draft::new("share_of_goal", 4, text, program.print(&percent())))
}
