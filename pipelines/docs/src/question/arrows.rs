//! Questions about arrows at named places: which way they point.

use pixmo_render::{NumberFormat, Rng};
use pixmo_render_figures::chart::DIRECTIONS;
use rust_decimal::Decimal;

use super::wording::phrase;
use super::{Draft, Style};
use crate::chart_content::plane;
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// Columns of the table.
const NAME: usize = 0;
const DIRECTION: usize = 4;

/// True when the picture has arrows at named places.
pub(super) fn are_drawn(content: &Content) -> bool {
    content.data.tables.get(1).is_some_and(|table| table.name == plane::BEARINGS)
}

fn pointing(direction: &str) -> Test {
    Test { column: DIRECTION, is: Is::Text(direction.to_owned()) }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let table = content.table();
    let row = rng.below(table.rows.len());
    let (name, own) = (&table.rows[row][NAME].shown, &table.rows[row][DIRECTION].shown);
    match rng.below(4) {
        0 => {
            let rows = Expr::Rows { table: 0, keep: vec![pointing(own)] };
            let text = phrase(
                rng,
                &[
                    "How many arrows point {way}?",
                    "At how many {rows} does the arrow point {way}?",
                    "Count the arrows that point {way}.",
                ],
                &[("way", own), ("rows", &content.nouns.rows)],
            );
            let program = Expr::Count(rows.boxed()).print(&NumberFormat::plain(0));
            Some(Draft::new("count_arrows", 2, text, program))
        }
        1 => {
            let rows = Expr::Rows { table: 0, keep: vec![pointing(own)] };
            if table.rows.iter().filter(|row| row[DIRECTION].shown == *own).count() > 4 {
                return None;
            }
            let text = phrase(
                rng,
                &[
                    "At which {rows} does the arrow point {way}?",
                    "Name all {rows} whose arrow points {way}.",
                    "List the {rows} with an arrow to the {way}.",
                ],
                &[("rows", &content.nouns.rows), ("way", own)],
            );
            Some(Draft::new("names_of_direction", 3, text, Expr::Names(rows.over(NAME))))
        }
        _ => {
            let yes = rng.chance(0.5);
            let at = DIRECTIONS.iter().position(|way| way == own)?;
            // A wrong direction is at least a right angle off.
            let way = if yes { own.as_str() } else { DIRECTIONS[(at + 2 + rng.below(5)) % 8] };
            let named = Test { column: NAME, is: Is::Text(name.clone()) };
            let rows = Expr::Rows { table: 0, keep: vec![named, pointing(way)] };
            let text = phrase(
                rng,
                &[
                    "Does the arrow at {name} point {way}?",
                    "Is the arrow at {name} directed to the {way}?",
                    "Does the arrow that starts at {name} lead {way}?",
                ],
                &[("name", name), ("way", way)],
            );
            let some =
                Expr::Greater(Expr::Count(rows.boxed()).boxed(), Expr::Constant(Decimal::new(5, 1)).boxed());
            Some(Draft::new("direction_yes_no", 2, text, Expr::YesNo(some.boxed())).styled(Style::YesNo))
        }
    }
}
