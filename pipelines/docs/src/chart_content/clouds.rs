//! Samples of several groups with two numbers each, and where each group is densest.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::{Cloud, Count};

use super::distribution::lopsided;
use super::{Frame, capital, content, split_names};
use crate::banks::{Banks, Measure};
use crate::content::{Content, inside};
use crate::question::{in_a_name, is_weighed};
use crate::world::Subject;

/// Draws readings of two measures for some things, each around its own middle.
pub(super) fn draw(groups: Count, each: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let entities = rng.pick(&subject.domain.entities);
    let measures: Vec<&Measure> =
        subject.domain.measures.iter().filter(|m| m.of == entities.kind && m.low >= 0.0 && fine(m)).collect();
    if measures.len() < 2 {
        return None;
    }
    let two = rng.sample(measures.len(), 2);
    let (first, second) = (measures[two[0]], measures[two[1]]);
    let (names, rest) = split_names(rng, entities, groups.min, groups.max)?;
    let formats = [subject.format(first), subject.format(second)];
    let mut table = Table::new("samples", vec![Column::text(capital(&entities.kind))]);
    for measure in [first, second] {
        table.columns.push(Column::number(measure.name.clone(), subject.unit(measure), measure.additive));
    }
    let middles = [middles(names.len(), first, rng), middles(names.len(), second, rng)];
    for (index, name) in names.iter().enumerate() {
        let tilt = rng.range(-0.85, 0.85);
        let widths = [first, second].map(|m| (m.high - m.low) * rng.range(0.05, 0.1));
        for _ in 0..each.min.max(30) + rng.below(each.max.min(70) - each.min.max(30) + 1) {
            let a = rng.normal(0.0, 1.0);
            let b = tilt * a + libm::sqrt(1.0 - tilt * tilt) * rng.normal(0.0, 1.0);
            let mut row = vec![Cell::text(name.clone())];
            for (axis, (part, measure)) in [(a, first), (b, second)].into_iter().enumerate() {
                let most = if measure.unit == "%" { 100.0 } else { f64::INFINITY };
                let value = (middles[axis][index] + part * widths[axis]).clamp(0.0, most);
                row.push(Cell::number(value, &formats[axis]));
            }
            table.rows.push(row);
        }
    }
    let (a, b) = (&first.name, inside(&second.name));
    let title = match rng.below(3) {
        0 => format!("{} against {}", second.name, inside(a)),
        1 => format!("{a} and {b} by {}", entities.kind),
        _ => format!("Where {} lie in {} and {b}", entities.plural, inside(a)),
    };
    let frame = Frame {
        title,
        subtitle: match rng.below(3) {
            0 => subject.organisation.clone(),
            1 => "Density of single readings".to_owned(),
            _ => String::new(),
        },
        row: entities.kind.clone(),
        rows: entities.plural.clone(),
        absent: rest,
        plan: format!("clouds|{}|{}|{}", first.name, second.name, names.join(",")),
        subject: &subject,
    };
    of_long(content(frame, banks, table, formats.to_vec(), rng))
}

/// True when the printed digits are fine enough for a density.
fn fine(measure: &Measure) -> bool {
    (measure.high - measure.low) * libm::pow(10.0, f64::from(measure.decimals)) > 250.0
}

/// Middles of groups in the range of a measure, in random order and apart from each other.
fn middles(count: usize, measure: &Measure, rng: &mut Rng) -> Vec<f64> {
    let range = measure.high - measure.low;
    let step = 0.5 / (count.max(2) - 1) as f64;
    let mut middles: Vec<f64> =
        (0..count).map(|i| measure.low + range * (0.25 + step * (i as f64 + rng.range(-0.3, 0.3)))).collect();
    rng.shuffle(&mut middles);
    middles
}

/// Puts the densest place of each group in front of a long table of groups and two numbers.
pub(crate) fn of_long(mut content: Content) -> Option<Content> {
    let mut long = content.data.tables.pop()?;
    long.name = "samples".to_owned();
    let finer = |column: usize| {
        let format = content.format(column);
        NumberFormat { decimals: format.decimals + 1, ..format }
    };
    let formats = [finer(1), finer(2)];
    let mut table = Table::new("observations", vec![long.columns[0].clone()]);
    for column in &long.columns[1..] {
        let index = table.columns.len();
        let format = content.format(index);
        let money = !format.prefix.is_empty() || format.suffix.contains(' ');
        let name = in_a_name(&column.name, money || is_weighed(&column.name, &column.unit));
        let name = format!("Typical {name}");
        table.columns.push(Column::number(name, column.unit.clone(), false));
    }
    let values = |column: usize| long.numbers(column).into_iter().flatten().collect::<Vec<f64>>();
    if [1, 2].into_iter().any(|column| lopsided(&values(column))) {
        return None;
    }
    let mut names: Vec<&str> = long.texts(0);
    names.dedup();
    for name in names {
        let rows = long.rows.iter().filter(|row| row[0].shown == name);
        let pairs: Vec<(f64, f64)> =
            rows.filter_map(|row| Some((row[1].as_f64()?, row[2].as_f64()?))).collect();
        let ((x, y), _) = Cloud::of(&pairs).peak();
        table.rows.push(vec![Cell::text(name), Cell::number(x, &formats[0]), Cell::number(y, &formats[1])]);
    }
    content.formats = formats.into_iter().enumerate().map(|(i, f)| ((0, i + 1), f)).collect();
    content.data.tables = vec![table, long];
    Some(content)
}
