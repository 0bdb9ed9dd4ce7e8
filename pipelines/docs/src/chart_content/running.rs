//! Amounts from large to small with the share of the total that is reached with each: what a Pareto chart draws.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Count;

use super::{Frame, capital, content, measured, split_names};
use crate::banks::Banks;
use crate::content::Content;

pub(super) fn draw(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.additive && m.low >= 0.0)?;
    let (names, rest) = split_names(rng, entities, rows.min.max(5), rows.max.min(10))?;
    let format = subject.format(measure);
    let mut table = Table::new(
        "observations",
        vec![
            Column::text(capital(&entities.kind)),
            Column::number(measure.name.clone(), subject.unit(measure), true),
        ],
    );
    // A law of ranks: few things make up most of the whole.
    let (top, steep) = (measure.high * rng.range(0.5, 1.0), rng.range(0.6, 1.3));
    for (index, name) in names.iter().enumerate() {
        let rank = (index + 1) as f64;
        let value = top / libm::pow(rank, steep) * rng.range(0.85, 1.1);
        table.rows.push(vec![Cell::text(name.clone()), Cell::number(value, &format)]);
    }
    let title = match rng.below(4) {
        0 => format!("{}: the large and the small {}", measure.name, entities.plural),
        1 => format!("{} by {}, from large to small", measure.name, entities.kind),
        2 => format!("The {} that matter most: {}", entities.plural, measure.name.to_lowercase()),
        _ => format!("Pareto analysis: {} by {}", measure.name.to_lowercase(), entities.kind),
    };
    let frame = Frame {
        subject: &subject,
        title,
        subtitle: match rng.below(3) {
            0 => format!("{}, {}", subject.organisation, rng.whole(2003, 2025)),
            1 => "Bars: amounts; line: share of the total reached".to_owned(),
            _ => String::new(),
        },
        row: entities.kind.clone(),
        rows: entities.plural.clone(),
        absent: rest,
        plan: format!("running|{}|{}", measure.name, names.join(",")),
    };
    with_shares(content(frame, banks, table, vec![format], rng), rng)
}

/// Sorts a table of names and amounts and adds the column of running shares; `None` when the amounts do not allow it.
pub(crate) fn with_shares(mut content: Content, rng: &mut Rng) -> Option<Content> {
    let percent = NumberFormat {
        suffix: "%".into(),
        group: None,
        mark: content.format(1).mark,
        ..NumberFormat::plain(u32::from(rng.chance(0.7)))
    };
    let name = ["Cumulative share", "Cumulative share", "Running share of the total"][rng.below(3)];
    let table = content.data.tables.first_mut()?;
    table.rows.sort_by_key(|row| std::cmp::Reverse(row[1].as_decimal()));
    let amounts: Option<Vec<f64>> = table.rows.iter().map(|row| row[1].as_f64()).collect();
    let amounts = amounts.filter(|amounts| amounts.iter().all(|v| *v > 0.0))?;
    let total: f64 = amounts.iter().sum();
    let mut sum = 0.0;
    for (row, amount) in table.rows.iter_mut().zip(amounts) {
        sum += amount;
        row.push(Cell::number(100.0 * sum / total, &percent));
    }
    table.columns.push(Column::number(name, "", false));
    content.formats.insert((0, 2), percent);
    content.absent_columns.clear();
    Some(content)
}
