//! Questions about the totals of a pivot; its inner cells are asked about as those of any grid.

use pixmo_render::{NumberFormat, Rng};

use super::measure::{counted, quoted};
use super::wording::phrase;
use super::{Draft, Style};
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// Proposes one question about totals.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let table = content.table();
    let (nouns, label) = (&content.nouns, content.nouns.label);
    let total = table.column(&nouns.total)?;
    let inner: Vec<usize> = table.number_columns().into_iter().filter(|&c| c != total).collect();
    let rows = table.rows.len() - 1;
    let row = table.rows[rng.below(rows)][label].shown.as_str();
    let column = *rng.pick(&inner);
    let name = table.columns[column].name.as_str();
    let format = content.format(column);
    let money = !format.prefix.is_empty() || format.suffix.contains(' ');
    let measure =
        if nouns.quotes(&nouns.measure) { quoted(&nouns.measure) } else { counted(&nouns.measure, money) };
    let fill = [
        ("measure", measure.as_str()),
        ("row", row),
        ("column", name),
        ("rows", nouns.rows.as_str()),
        ("series", nouns.series_plural.as_str()),
        ("one", nouns.series.as_str()),
        ("noun", nouns.row.as_str()),
    ];
    let sums = || Expr::named(0, label, &nouns.total);
    let named = |row: &str| Expr::named(0, label, row);
    let items =
        || Expr::Rows { table: 0, keep: vec![Test { column: label, is: Is::Not(nouns.total.clone()) }] };
    Some(match rng.below(7) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "What is the grand total of {measure}?",
                    "How much is the {measure} over all {rows} and {series}?",
                ],
                &fill,
            );
            Draft::new("grand_total", 1, text, Expr::Shown(sums().over(total)))
        }
        1 => {
            let text = phrase(
                rng,
                &[
                    "What is the total {measure} for {row}?",
                    "How much is the {measure} for {row} over all {series}?",
                ],
                &fill,
            );
            Draft::new("row_total", 1, text, Expr::Shown(named(row).over(total)))
        }
        2 => {
            let text = phrase(
                rng,
                &[
                    "What is the total {measure} for {column} over all {rows}?",
                    "Which total is given for {column}?",
                ],
                &fill,
            );
            Draft::new("column_total", 1, text, Expr::Shown(sums().over(column)))
        }
        3 => {
            let largest = rng.chance(0.6);
            let word = if largest { "largest" } else { "smallest" };
            let text = phrase(
                rng,
                &[
                    "Which {noun} has the {word} total?",
                    "Over all {series}, which {noun} has the {word} {measure}?",
                ],
                &[fill[0], fill[4], fill[6], ("word", word)],
            );
            let over = items().over(total);
            let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
            Draft::new("best_total", 2, text, Expr::Shown(best.over(label)))
        }
        4 => {
            let largest = rng.chance(0.6);
            let word = if largest { "largest" } else { "smallest" };
            let text = phrase(
                rng,
                &[
                    "Which {one} has the {word} total?",
                    "Over all {rows}, which {one} has the {word} {measure}?",
                ],
                &[fill[0], fill[3], fill[5], ("word", word)],
            );
            let best = Expr::BestColumn { rows: sums().boxed(), columns: inner, largest };
            Draft::new("best_column", 2, text, best)
        }
        5 => {
            let text = phrase(
                rng,
                &[
                    "What percentage of the grand total falls on {row}?",
                    "Which share of the total {measure} does {row} have, in per cent?",
                ],
                &fill,
            );
            let number = |rows: Expr| Expr::Number(rows.over(total)).boxed();
            let share = Expr::Share { part: number(named(row)), whole: number(sums()) };
            let format = NumberFormat { suffix: "%".to_owned(), group: None, ..NumberFormat::plain(1) };
            Draft::new("share", 4, text, share.print(&format))
        }
        _ => {
            let other = table.rows[rng.below(rows)][label].shown.as_str();
            if other == row {
                return None;
            }
            let text = phrase(
                rng,
                &[
                    "Is the total for {row} larger than that for {other}?",
                    "Does {row} have a larger total than {other}?",
                ],
                &[fill[1], ("other", other)],
            );
            let number = |row: &str| Expr::Number(named(row).over(total)).boxed();
            let program = Expr::YesNo(Expr::Greater(number(row), number(other)).boxed());
            Draft::new("total_yes_no", 2, text, program).styled(Style::YesNo)
        }
    })
}
