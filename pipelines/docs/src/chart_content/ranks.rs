//! Places in a ranking over time: what a bump chart draws.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Count;

use super::{Frame, capital, content, measured};
use crate::banks::Banks;
use crate::content::{Content, plural};
use crate::world::Calendar;

pub(super) fn draw(rows: Count, series: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |_| true)?;
    let most = series.max.min(entities.names.len() - 1);
    if most < series.min {
        return None;
    }
    let count = series.min + rng.below(most - series.min + 1);
    let mut order = rng.sample(entities.names.len(), entities.names.len());
    let rest: Vec<String> = order.split_off(count).into_iter().map(|i| entities.names[i].clone()).collect();
    let names: Vec<String> = order.into_iter().map(|i| entities.names[i].clone()).collect();
    let calendar = Calendar::draw(rng, &subject.domain.dimensions, (rows.min, rows.max))?;
    let format = NumberFormat::plain(0);
    let mut columns = vec![Column::time(capital(calendar.noun))];
    columns.extend(names.iter().map(|name| Column::number(name.clone(), "", false)));
    let mut table = Table::new("observations", columns);
    // Each has a strength that wanders; the places follow from it.
    let mut strengths: Vec<f64> = names.iter().map(|_| rng.normal(0.0, 1.0)).collect();
    let restless = rng.range(0.25, 0.75);
    for label in &calendar.labels {
        let mut by_strength: Vec<usize> = (0..count).collect();
        by_strength.sort_by(|a, b| strengths[*b].total_cmp(&strengths[*a]));
        let mut cells = vec![Cell::text(label.clone())];
        cells.extend((0..count).map(|i| {
            let place = by_strength.iter().position(|other| *other == i).unwrap_or(0) + 1;
            Cell::number(place as f64, &format)
        }));
        table.rows.push(cells);
        for strength in &mut strengths {
            *strength += rng.normal(0.0, restless);
        }
    }
    let by = measure.name.to_lowercase();
    let title = match rng.below(4) {
        0 => format!("{} ranked by {by}, {}", capital(&entities.plural), calendar.period),
        1 => format!("Who leads by {by}? The ranking of the {}", entities.plural),
        2 => format!("Ranking of {} by {by}", entities.plural),
        _ => format!("{by}: the {} from first to last place", entities.plural, by = capital(&by)),
    };
    let frame = Frame {
        title,
        subtitle: match rng.below(3) {
            0 => format!("{}, {}", subject.organisation, calendar.period),
            1 => "Place 1 is at the top".to_owned(),
            _ => String::new(),
        },
        row: calendar.noun.to_owned(),
        rows: plural(calendar.noun),
        absent: calendar.outside,
        plan: format!("ranks|{}|{}|{}", measure.name, calendar.noun, names.join(",")),
        subject: &subject,
    };
    let mut made = content(frame, banks, table, vec![format; count], rng);
    made.nouns.measure = "Rank".to_owned();
    made.nouns.series = entities.kind.clone();
    made.nouns.series_plural = entities.plural.clone();
    made.absent_columns = rest;
    Some(made)
}
