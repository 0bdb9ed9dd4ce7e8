//! Questions about where named places lie on a plane: farther north, farthest west. Nobody asks for the third largest
//! distance east.

use pixmo_render::Rng;

use super::super::wording::phrase;
use super::super::{Draft, Style};
use super::Grid;
use crate::chart_content::plane;
use crate::content::Content;
use crate::program::Expr;

/// Columns of the table.
const EAST: usize = 1;
const NORTH: usize = 2;

/// True for places on a plane.
pub(super) fn are_drawn(content: &Content) -> bool {
    plane::measured_column(content).is_some()
}

/// Proposes one question.
pub(super) fn draft(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let column = *rng.pick(&[EAST, NORTH]);
    let far = rng.chance(0.5);
    let way = match (column, far) {
        (NORTH, true) => "north",
        (NORTH, false) => "south",
        (_, true) => "east",
        (_, false) => "west",
    };
    let farthest = |rows: Expr| {
        let over = rows.over(column);
        g.label_of(if far { Expr::Max(over) } else { Expr::Min(over) })
    };
    let form = rng.below(3);
    if form == 0 {
        let text = phrase(
            rng,
            &[
                "Which {row} lies farthest {way}?",
                "Which of the {rows} lies farthest to the {way}?",
                "Name the {row} that lies farthest {way}.",
            ],
            &[("row", g.row), ("rows", g.rows), ("way", way)],
        );
        return Some(Draft::new("farthest", 2, text, farthest(g.every())));
    }
    let (a, b) = g.two_rows(rng);
    if form == 1 {
        let text = phrase(
            rng,
            &[
                "Which lies farther {way}, {a} or {b}?",
                "Which is farther to the {way}: {a} or {b}?",
                "Of {a} and {b}, which lies farther {way}?",
            ],
            &[("way", way), ("a", g.labels[a]), ("b", g.labels[b])],
        );
        let both = g.some(vec![g.labels[a].to_owned(), g.labels[b].to_owned()]);
        return Some(Draft::new("farther", 2, text, farthest(both)));
    }
    // The first of the two is the one that makes the wished answer true.
    let first = (g.value(a, column)? > g.value(b, column)?) == far;
    let (a, b) = if first == rng.chance(0.5) { (a, b) } else { (b, a) };
    let text = phrase(
        rng,
        &[
            "Does {a} lie farther {way} than {b}?",
            "Is {a} farther to the {way} than {b}?",
            "Does {a} lie {way} of {b}?",
        ],
        &[("way", way), ("a", g.labels[a]), ("b", g.labels[b])],
    );
    let (more, less) = if far { (a, b) } else { (b, a) };
    let greater = Expr::Greater(g.number(more, column).boxed(), g.number(less, column).boxed());
    Some(Draft::new("farther_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}
