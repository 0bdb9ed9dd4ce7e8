//! Pivots and tables with merged cells, made from grids of the generated world.

use pixmo_render::{Cell, Column, Rng, Table};
use rust_decimal::Decimal;

use super::groups::{self, Grouped};
use super::{capital, names_unit, two_headers, want};
use crate::banks::Banks;
use crate::content::{Content, inside};
use crate::world::{self, Time, Want};

/// One measure by rows and columns, with totals of both.
pub(super) fn pivot(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let wish = Want { additive: true, ..want((rows.0 - 1, rows.1.min(13) - 1), (2, 6), Time::Never, true) };
    let mut content = world::grid(banks, &wish, rng)?;
    let found = if rng.chance(0.4) { groups::grouped(content.clone(), banks) } else { None };
    let column = found.map(|Grouped { content: own, by, of_row }| {
        content = own;
        (by, of_row)
    });
    let numbers = content.table().number_columns();
    let whole = content.table().rows.iter().all(|r| numbers.iter().all(|&c| r[c].as_decimal().is_some()));
    let adds = numbers.iter().all(|&c| content.table().columns[c].additive);
    if !adds || !whole || numbers.len() < 2 || content.nouns.series.is_empty() {
        return None;
    }
    let total = rng.word(&["Grand total", "Total", "Grand total"]);
    let (format, unit) = (content.format(numbers[0]), content.table().columns[numbers[0]].unit.clone());
    let at = content.table().columns.len();
    let table = &mut content.data.tables[0];
    for row in &mut table.rows {
        let sum: Option<Decimal> = numbers.iter().map(|&c| row[c].as_decimal()).sum();
        row.push(Cell::decimal(sum?, &format));
    }
    table.columns.push(Column::number(total, unit.clone(), true));
    let mut last = vec![Cell::text(total)];
    for column in numbers.iter().copied().chain([at]) {
        let sum: Option<Decimal> = table.rows.iter().map(|r| r[column].as_decimal()).sum();
        last.push(Cell::decimal(sum?, &format));
    }
    table.rows.push(last);
    content.formats.insert((0, at), format);
    total.clone_into(&mut content.nouns.total);
    let told = if names_unit(&content.nouns.measure, &unit) { "" } else { unit.as_str() };
    let measure = match (rng.below(3), told) {
        (0, "") => capital(&content.nouns.measure),
        (0, unit) => format!("{} ({unit})", capital(&content.nouns.measure)),
        (_, "") => format!("Sum of {}", inside(&content.nouns.measure)),
        (_, unit) => format!("Sum of {} ({unit})", inside(&content.nouns.measure)),
    };
    let mut about = Table::new("pivot", vec![Column::text("measure"), Column::text("columns")]);
    about.rows.push(vec![Cell::text(measure), Cell::text(capital(&content.nouns.series))]);
    content.data.tables.push(about);
    if let Some((by, of_row)) = column {
        let table = &mut content.data.tables[0];
        // The row of totals belongs to no group.
        for (number, row) in table.rows.iter_mut().enumerate() {
            row.insert(0, of_row.get(number).map_or(Cell::missing(""), |group| Cell::text(group.clone())));
        }
        table.columns.insert(0, Column::text(by));
        content.formats = content.formats.iter().map(|((t, c), f)| ((*t, c + 1), f.clone())).collect();
        content.nouns.label = 1;
    }
    Some(content)
}

/// A grid whose rows stand in groups.
pub(super) fn merged(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let levels = rng.chance(0.45);
    let grouped = groups::draw(banks, rng, |rng| match levels {
        true => two_headers((rows.0, rows.1.min(14)), banks, rng),
        false => {
            let one = rng.chance(0.3);
            world::grid(banks, &want((rows.0, rows.1.min(16)), (1, 5), Time::Never, one), rng)
        }
    })?;
    let mut content = groups::with_column(grouped);
    content.plan = format!("{}|merged", content.plan);
    Some(content)
}
