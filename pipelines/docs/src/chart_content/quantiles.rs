//! Quantiles of two groups of samples, side by side.

use pixmo_render::{Cell, Column, Rng, Table};
use pixmo_render_figures::chart::{Count, quantile};

use super::{Frame, capital, content, measured};
use crate::banks::Banks;
use crate::content::{Content, inside};
use crate::world;

/// The name of the table, by which questions know it.
pub(crate) const TABLE: &str = "quantiles";

/// Draws samples of two things, with quantiles at even shares.
pub(super) fn draw(rows: Count, each: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.low >= 0.0)?;
    if entities.names.len() < 4 {
        return None;
    }
    let format = subject.format(measure);
    let level = world::level(rng, measure).min(0.66 * measure.high);
    if level * libm::pow(10.0, f64::from(format.decimals)) < 60.0 {
        return None;
    }
    let order = rng.sample(entities.names.len(), entities.names.len());
    let names: Vec<String> = order.iter().map(|i| entities.names[*i].clone()).collect();
    // With 20 k + 1 samples, quantiles at twentieths are samples themselves.
    let count = *rng.pick(&[21usize, 41, 61, 81]);
    let count = count.clamp(each.min, each.max);
    let unit = subject.unit(measure);
    let mut long = Table::new(
        "samples",
        vec![
            Column::text(capital(&entities.kind)),
            Column::number(measure.name.clone(), unit.clone(), measure.additive),
        ],
    );
    let (skewed, most) = (rng.chance(0.35), measure.high);
    let mut all: Vec<Vec<f64>> = Vec::new();
    for name in &names[..2] {
        let middle = level * rng.range(0.78, 1.22);
        let width = level * rng.range(0.08, 0.24);
        let cells: Vec<Cell> = (0..count)
            .map(|_| {
                let value = if skewed {
                    middle * libm::exp(rng.normal(0.0, 1.2 * width / middle))
                } else {
                    rng.normal(middle, width)
                };
                Cell::number(value.clamp(0.2 * middle, most), &format)
            })
            .collect();
        all.push(cells.iter().filter_map(Cell::as_f64).collect());
        long.rows.extend(cells.into_iter().map(|cell| vec![Cell::text(name.clone()), cell]));
    }
    let sets: [&[u32]; 4] = [
        &[10, 20, 30, 40, 50, 60, 70, 80, 90],
        &[5, 25, 50, 75, 95],
        &[5, 10, 25, 50, 75, 90, 95],
        &[10, 25, 50, 75, 90],
    ];
    let shares = sets[rng.below(sets.len())];
    if !rows.holds(shares.len()) {
        return None;
    }
    let mut table = Table::new(TABLE, vec![Column::text("Quantile")]);
    table.columns.extend(names[..2].iter().map(|name| Column::number(name.clone(), unit.clone(), false)));
    for share in shares {
        let mut row = vec![Cell::text(format!("{share} %"))];
        let value = |samples: &Vec<f64>| quantile(samples, f64::from(*share) / 100.0);
        row.extend(all.iter().map(|samples| Cell::number(value(samples), &format)));
        table.rows.push(row);
    }
    let what = inside(&measure.name);
    let title = match rng.below(3) {
        0 => format!("Q–Q plot of {what}: {} and {}", names[0], names[1]),
        1 => format!("{}: {} against {}", measure.name, names[1], names[0]),
        _ => format!("Quantiles of {what}, {} against {}", names[1], names[0]),
    };
    let frame = Frame {
        title,
        subtitle: match rng.below(3) {
            0 => format!("{count} readings for each {}", entities.kind),
            1 => subject.organisation.clone(),
            _ => String::new(),
        },
        row: "quantile".to_owned(),
        rows: "quantiles".to_owned(),
        absent: ["15 %", "35 %", "65 %", "85 %", "99 %"].map(str::to_owned).to_vec(),
        plan: format!("quantiles|{}|{}|{}", measure.name, names[0], names[1]),
        subject: &subject,
    };
    let mut made = content(frame, banks, table, vec![format.clone(), format], rng);
    made.data.tables.push(long);
    made.nouns.measure = measure.name.clone();
    made.nouns.series = entities.kind.clone();
    made.nouns.series_plural = entities.plural.clone();
    Some(made)
}
