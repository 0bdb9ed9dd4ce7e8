//! Questions about amounts from large to small and the running share of their total.

use pixmo_render::{NumberFormat, Rng};
use rust_decimal::Decimal;

use super::{Grid, usual};
use crate::content::{Content, inside};
use crate::program::{Expr, Is};
use crate::question::wording::phrase;
use crate::question::{Draft, Style};
use crate::visibility::Visible;

/// The column of amounts and that of running shares.
const AMOUNT: usize = 1;
const SHARE: usize = 2;

pub(in crate::question) fn draft(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let grid = Grid::of(content)?;
    match rng.weighted(&[1.2, 1.2, 1.2, 1.0, 4.5]) {
        0 => passes(&grid, rng),
        1 => top_share(&grid, rng),
        2 => top_yes_no(&grid, rng),
        3 => below(&grid, rng),
        // The running shares rise by themselves, so the usual questions are asked about the amounts.
        _ => usual(&Grid { columns: vec![AMOUNT], ..grid }, visible, rng),
    }
}

/// A round share, with its text.
fn bound(g: &Grid<'_>, rng: &mut Rng) -> (Decimal, String) {
    let bound = Decimal::from(*rng.pick(&[40, 50, 60, 70, 75, 80, 80, 90]));
    let format = NumberFormat { decimals: 0, ..g.format(SHARE) };
    (bound, format.print(bound))
}

const RANKS: [&str; 7] = ["", "", "two", "three", "four", "five", "six"];

/// So many of the largest, and the row that is the last of them.
fn largest(g: &Grid<'_>, rng: &mut Rng) -> Option<(&'static str, Expr)> {
    let most = (g.labels.len() - 1).min(RANKS.len() - 1);
    let count = 2 + rng.below(most.checked_sub(1)?);
    Some((RANKS[count.min(most)], Expr::Nth { over: g.all(AMOUNT), rank: count.min(most), largest: true }))
}

fn passes(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (bound, shown) = bound(g, rng);
    let share = inside(&g.table.columns[SHARE].name);
    let text = phrase(
        rng,
        &[
            "Counted from the largest, which {row} takes the {share} past {bound}?",
            "At which {row} does the {share} first exceed {bound}?",
            "Reading from left to right, which {row} is the first with a {share} above {bound}?",
        ],
        &[("row", g.row), ("share", &share), ("bound", &shown)],
    );
    Some(Draft::new("passes_share", 3, text, g.label_of(Expr::FirstAbove { over: g.all(SHARE), bound })))
}

fn top_share(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (count, last) = largest(g, rng)?;
    let text = phrase(
        rng,
        &[
            "What share of the total do the {count} largest {rows} make up together?",
            "Which cumulative share is reached with the {count} largest {rows}?",
            "How much of the total falls to the top {count} {rows}, in per cent?",
        ],
        &[("count", count), ("rows", g.rows)],
    );
    Some(Draft::new("top_share", 3, text, Expr::Shown(last.over(SHARE))))
}

fn top_yes_no(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (bound, shown) = bound(g, rng);
    let (count, last) = largest(g, rng)?;
    let text = phrase(
        rng,
        &[
            "Do the {count} largest {rows} together make up more than {bound} of the total?",
            "Is more than {bound} of the total reached with the top {count} {rows}?",
            "Do the top {count} {rows} account for over {bound} of the total?",
        ],
        &[("count", count), ("rows", g.rows), ("bound", &shown)],
    );
    let greater = Expr::Greater(Expr::Number(last.over(SHARE)).boxed(), Expr::Constant(bound).boxed());
    Some(Draft::new("top_yes_no", 4, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn below(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (bound, shown) = bound(g, rng);
    let share = inside(&g.table.columns[SHARE].name);
    let rows = g.passing(SHARE, Is::Below(bound));
    let text = phrase(
        rng,
        &[
            "For how many {rows} does the {share} stay below {bound}?",
            "How many {rows} stand before the {share} reaches {bound}?",
        ],
        &[("rows", g.rows), ("share", &share), ("bound", &shown)],
    );
    Some(Draft::new("below_share", 3, text, Expr::Count(rows.boxed()).print(&NumberFormat::plain(0))))
}
