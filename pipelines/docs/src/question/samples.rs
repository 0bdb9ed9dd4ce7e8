//! Questions about samples that are drawn as dots: how many there are, and how many lie beyond a number.

use pixmo_render::{Datum, NumberFormat, Rng, Role};
use rust_decimal::Decimal;

use super::wording::phrase;
use super::{Draft, Style};
use crate::content::Content;
use crate::program::{Expr, Is, Test};
use crate::visibility::Visible;

/// The table of samples, when each one of them is a dot.
const SAMPLES: usize = 1;
/// More dots of a group than this are not counted by eye.
const COUNT_MAX: usize = 25;

/// True when the samples of the picture are dots.
pub(super) fn are_drawn(content: &Content, visible: &Visible<'_>) -> bool {
    content.data.tables.get(SAMPLES).is_some_and(|t| t.name == "samples")
        && visible.marks_of(Datum::at(SAMPLES, 0, 1)).any(|(_, mark)| mark.role == Role::Dot)
}

/// Proposes one question about samples that stand beside a summary of them.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    of_groups(content, SAMPLES, &content.table().texts(0), rng)
}

/// Proposes one question about the samples of some groups, which are the rows of a table.
pub(super) fn of_groups(content: &Content, table: usize, names: &[&str], rng: &mut Rng) -> Option<Draft> {
    let samples = &content.data.tables[table];
    let size = |name: &str| samples.rows.iter().filter(|row| row[0].shown == name).count();
    let of = |name: &str| Expr::named(table, 0, name);
    let two = rng.sample(names.len(), 2);
    let (a, b) = (names[two[0]], names[two[1]]);
    if size(a) > COUNT_MAX {
        return None;
    }
    match rng.below(3) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "How many dots are drawn for {row}?",
                    "How many readings are shown for {row}?",
                    "Count the dots of {row}.",
                ],
                &[("row", a)],
            );
            let program = Expr::Count(of(a).boxed()).print(&NumberFormat::plain(0));
            Some(Draft::new("count_dots", 2, text, program))
        }
        1 if size(b) <= COUNT_MAX => {
            // The first of the two is the one that makes the wished answer true.
            let yes = rng.chance(0.5);
            let (a, b) = if (size(a) > size(b)) == yes { (a, b) } else { (b, a) };
            let text = phrase(
                rng,
                &[
                    "Are there more dots for {a} than for {b}?",
                    "Does {a} have more readings than {b}?",
                    "Are more readings shown for {a} than for {b}?",
                ],
                &[("a", a), ("b", b)],
            );
            let more = Expr::Greater(Expr::Count(of(a).boxed()).boxed(), Expr::Count(of(b).boxed()).boxed());
            Some(Draft::new("more_dots_yes_no", 3, text, Expr::YesNo(more.boxed())).styled(Style::YesNo))
        }
        _ => beyond(content, table, a, rng),
    }
}

/// How many dots of a group lie beyond a round number.
fn beyond(content: &Content, table: usize, name: &str, rng: &mut Rng) -> Option<Draft> {
    let samples = &content.data.tables[table];
    let mut numbers: Vec<Decimal> = samples
        .rows
        .iter()
        .filter(|row| row[0].shown == name)
        .filter_map(|row| row[1].as_decimal())
        .collect();
    numbers.sort();
    let (low, high) = (*numbers.first()?, *numbers.last()?);
    let bound = super::grid::round_between(low, high, rng)?;
    let above = rng.chance(0.6);
    let word = if above { rng.word(&["above", "over"]) } else { rng.word(&["below", "under"]) };
    let is = if above { Is::Above(bound) } else { Is::Below(bound) };
    let samples_format = content.format(content.table().columns.len() - 1);
    let format = NumberFormat { decimals: bound.normalize().scale(), ..samples_format };
    let shown = format.print(bound);
    let text = phrase(
        rng,
        &[
            "How many dots of {row} lie {word} {bound}?",
            "How many readings of {row} are {word} {bound}?",
            "For {row}, how many dots are {word} {bound}?",
        ],
        &[("row", name), ("word", word), ("bound", &shown)],
    );
    let group = Test { column: 0, is: Is::Text(name.to_owned()) };
    let rows = Expr::Rows { table, keep: vec![group, Test { column: 1, is }] };
    Some(Draft::new("count_dots_beyond", 3, text, Expr::Count(rows.boxed()).print(&NumberFormat::plain(0))))
}
