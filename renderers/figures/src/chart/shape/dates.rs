//! The check of data about time: tasks, events, and events in lanes.

use std::collections::BTreeMap;

use pixmo_render::{ColumnKind, Data, Table, Value};
use rust_decimal::Decimal;

use super::{Count, Differs, different_labels, number_column};

/// A column of times whose values are numbers.
fn times(table: &Table, column: usize) -> Differs {
    let Some(about) = table.columns.get(column) else {
        return Some((format!("times in column {column}"), "no such column".into()));
    };
    if about.kind != ColumnKind::Time {
        return Some((format!("times in `{}`", about.name), format!("{:?}", about.kind)));
    }
    let row = table.rows.iter().position(|row| !matches!(row[column].value, Value::Number(_)))?;
    Some((format!("a time in row {row} of `{}`", about.name), "none".into()))
}

fn rows_of(table: &Table, rows: Count, columns: (usize, usize)) -> Differs {
    if !rows.holds(table.rows.len()) {
        return Some((format!("{rows} rows"), table.rows.len().to_string()));
    }
    let width = table.columns.len();
    let fits = (columns.0..=columns.1).contains(&width);
    (!fits).then(|| (format!("{} or {} columns", columns.0, columns.1), width.to_string()))
}

/// The texts of a column stand together: once another one has come, none comes back.
fn together(table: &Table, column: usize) -> Differs {
    let texts = table.texts(column);
    if let Some(row) = texts.iter().position(|text| text.trim().is_empty()) {
        return Some(("a group in each row".into(), format!("none in row {row}")));
    }
    let mut seen: Vec<&str> = Vec::new();
    for text in texts {
        if seen.last() != Some(&text) {
            if seen.contains(&text) {
                return Some(("groups that stand together".into(), format!("`{text}` twice")));
            }
            seen.push(text);
        }
    }
    None
}

/// Tasks; see [`super::Shape::Tasks`].
pub(super) fn tasks(table: &Table, rows: Count) -> Differs {
    let differs = rows_of(table, rows, (4, 5))
        .or_else(|| different_labels(table))
        .or_else(|| times(table, 1))
        .or_else(|| times(table, 2))
        .or_else(|| number_column(table, 3, false));
    if differs.is_some() {
        return differs;
    }
    for (row, cells) in table.rows.iter().enumerate() {
        let number = |column: usize| cells[column].as_decimal().unwrap_or_default();
        if number(2) < number(1) || number(3) != number(2) - number(1) + Decimal::ONE {
            return Some((
                "days from the first to the last one, both included".into(),
                format!("{} in row {row}", cells[3].shown),
            ));
        }
    }
    if table.columns.len() == 5 { together(table, 4) } else { None }
}

/// Events; see [`super::Shape::Events`].
pub(super) fn events(table: &Table, rows: Count) -> Differs {
    let differs =
        rows_of(table, rows, (2, 3)).or_else(|| different_labels(table)).or_else(|| times(table, 1));
    if differs.is_some() {
        return differs;
    }
    let falls = table.rows.windows(2).position(|pair| pair[1][1].as_decimal() < pair[0][1].as_decimal());
    falls.map(|row| ("events in their order".into(), format!("an earlier one after row {row}")))
}

/// Events in lanes; see [`super::Shape::Strips`].
pub(super) fn strips(data: &Data, lanes: Count, each: Count) -> Differs {
    let table = &data.tables[0];
    let rows = Count::new(lanes.min, lanes.max * each.max);
    let differs = rows_of(table, rows, (2, 3)).or_else(|| times(table, 1)).or_else(|| together(table, 0));
    if differs.is_some() {
        return differs;
    }
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    table.texts(0).into_iter().for_each(|lane| *counts.entry(lane).or_default() += 1);
    let Some(list) = data.tables.get(1).filter(|list| list.columns.len() == 2) else {
        return Some(("a table of lanes".into(), "none".into()));
    };
    if !lanes.holds(list.rows.len()) || list.rows.len() != counts.len() {
        return Some((format!("{lanes} lanes"), list.rows.len().to_string()));
    }
    for row in &list.rows {
        let count = counts.get(row[0].shown.as_str()).copied().unwrap_or(0);
        if !each.holds(count as usize) || row[1].as_decimal() != Some(Decimal::from(count)) {
            return Some((format!("{count} events in `{}`", row[0].shown), row[1].shown.clone()));
        }
    }
    None
}
