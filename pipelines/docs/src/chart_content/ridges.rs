//! Distributions of one measure over several groups: what a ridgeline chart draws.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Count;
use rust_decimal::Decimal;

use super::{Frame, content, edge_decimals, measured, nice_step};
use crate::banks::Banks;
use crate::content::{Content, inside, plural};
use crate::world::Calendar;

pub(super) fn draw(bins: Count, groups: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.low >= 0.0)?;
    // Groups are times, over which the things are counted, or things, over which days are.
    let by_time = rng.chance(0.45);
    let (names, rest, noun, nouns, counted) = if by_time {
        let calendar = Calendar::draw(rng, &subject.domain.dimensions, (groups.min, groups.max))?;
        let noun = calendar.noun.to_owned();
        (calendar.labels, calendar.outside, noun.clone(), plural(&noun), entities.plural.clone())
    } else {
        let (names, rest) = super::split_names(rng, entities, groups.min, groups.max.min(8))?;
        (names, rest, entities.kind.clone(), entities.plural.clone(), "days".to_owned())
    };
    let count = bins.min.max(9) + rng.below(bins.max.min(16) - bins.min.max(9) + 1);
    let step = nice_step((measure.high - measure.low) / count as f64)?;
    let first = (measure.low / step).floor() * step;
    // The last bin of shares and marks ends at a hundred.
    let whole =
        measure.high <= 100.0 && matches!(measure.unit.as_str(), "%" | "points") && measure.high > 20.0;
    let count = if whole { count.min(((100.0 - first) / step + 1e-6).floor() as usize) } else { count };
    if count < bins.min {
        return None;
    }
    let edge = NumberFormat { decimals: edge_decimals(step), ..subject.format(measure) };
    let edge = NumberFormat { prefix: String::new(), suffix: String::new(), ..edge };
    let unit = match subject.unit(measure) {
        unit if unit.is_empty() => unit,
        unit => format!(" ({unit})"),
    };
    let mut columns = vec![Column::text(format!("{}{unit}", measure.name))];
    columns.extend(names.iter().map(|name| Column::number(name.clone(), counted.clone(), true)));
    let mut table = Table::new("observations", columns);
    let (base, drift, draws) = (rng.range(0.25, 0.55), rng.range(-0.35, 0.4), rng.whole(120, 420));
    let counts: Vec<Vec<i64>> = (0..names.len())
        .map(|group| {
            // Times drift from one end to the other; other groups lie where they like.
            let along = group as f64 / (names.len() - 1) as f64;
            let middle =
                if by_time { base + drift * along + rng.normal(0.0, 0.03) } else { rng.range(0.2, 0.7) };
            let middle = middle.clamp(0.15, 0.8) * count as f64;
            let (spread, skewed) = (count as f64 * rng.range(0.09, 0.17), rng.chance(0.3));
            let mut bins = vec![0i64; count];
            for _ in 0..draws + rng.whole(-40, 40) {
                let at = if skewed {
                    middle * libm::exp(rng.normal(0.0, 0.35))
                } else {
                    rng.normal(middle, spread)
                };
                if at >= 0.0 && (at as usize) < count {
                    bins[at as usize] += 1;
                }
            }
            bins
        })
        .collect();
    for bin in 0..count {
        let low = first + step * bin as f64;
        let mut cells = vec![Cell::text(format!("{}–{}", edge.print_f64(low), edge.print_f64(low + step)))];
        let plain = NumberFormat::plain(0);
        cells.extend(counts.iter().map(|group| Cell::decimal(Decimal::from(group[bin]), &plain)));
        table.rows.push(cells);
    }
    let of = inside(&measure.name);
    let title = match rng.below(3) {
        0 => format!("Distribution of {of} by {noun}"),
        1 => format!("Number of {counted} by {of}, for each {noun}"),
        _ => format!("The spread of {of} by {noun}"),
    };
    let frame = Frame {
        title,
        subtitle: match rng.below(3) {
            0 => subject.organisation.clone(),
            1 => format!("Height: number of {counted}"),
            _ => String::new(),
        },
        row: "range".to_owned(),
        rows: "ranges".to_owned(),
        absent: Vec::new(),
        plan: format!("ridges|{}|{}", measure.name, names.join(",")),
        subject: &subject,
    };
    let mut made = content(frame, banks, table, vec![NumberFormat::plain(0); names.len()], rng);
    made.nouns.measure = format!("Number of {counted}");
    made.nouns.series = noun;
    made.nouns.series_plural = nouns;
    made.absent_columns = rest;
    Some(made)
}
