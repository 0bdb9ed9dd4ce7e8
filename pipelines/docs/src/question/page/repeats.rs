//! Questions about texts that several rows of a list share: how many rows, and which.

use pixmo_render::{ColumnKind, NumberFormat, Rng};

use super::super::Draft;
use super::super::measure::without_unit;
use super::super::wording::phrase;
use super::is_thing;
use crate::content::{Content, inside};
use crate::program::Expr;

/// True for the name of a column of marks or counts; what is measured in a unit is no kind of thing.
fn is_mark(name: &str) -> bool {
    without_unit(name) == name
}

/// Asks how many rows have a text in a column, or which ones.
pub(super) fn draft(
    content: &Content,
    index: usize,
    name_column: usize,
    nouns: &str,
    rng: &mut Rng,
) -> Option<Draft> {
    let table = &content.data.tables[index];
    let columns: Vec<usize> = (0..table.columns.len())
        .filter(|&column| {
            let texts = table.texts(column);
            let mut kinds = texts.clone();
            kinds.sort_unstable();
            kinds.dedup();
            let few = kinds.len() >= 2 && kinds.len() <= 5 && kinds.len() < texts.len();
            column != name_column
                && few
                && (table.columns[column].kind != ColumnKind::Number
                    || (kinds.iter().all(|k| k.len() <= 2) && is_mark(&table.columns[column].name)))
                && kinds.iter().all(|k| !k.is_empty())
        })
        .collect();
    if columns.is_empty() {
        return None;
    }
    let column = *rng.pick(&columns);
    let value = table.rows[rng.below(table.rows.len())][column].shown.clone();
    let rows = Expr::named(index, column, &value);
    let count = table.texts(column).iter().filter(|text| **text == value).count();
    // A number that stands once is looked up, not counted.
    if count < 2 && table.columns[column].kind == ColumnKind::Number {
        return None;
    }
    let heading = &table.columns[column].name;
    let measure =
        if is_thing(&inside(heading)) { inside(heading) } else { format!("entry under “{heading}”") };
    let fill = [
        ("nouns", nouns),
        ("measure", measure.as_str()),
        ("value", value.as_str()),
        ("heading", heading.as_str()),
    ];
    if (2..=3).contains(&count) && rng.chance(0.4) {
        let text = phrase(
            rng,
            &[
                "Name all {nouns} whose {measure} is “{value}”.",
                "Which {nouns} have “{value}” under “{heading}”?",
            ],
            &fill,
        );
        return Some(Draft::new("list_with", 3, text, Expr::Names(rows.over(name_column))));
    }
    let text = phrase(
        rng,
        &[
            "For how many {nouns} is the {measure} “{value}”?",
            "How many {nouns} have “{value}” under “{heading}”?",
            "Count the {nouns} that have “{value}” under “{heading}”.",
        ],
        &fill,
    );
    Some(Draft::new("count_with", 3, text, Expr::Count(rows.boxed()).print(&NumberFormat::plain(0))))
}
