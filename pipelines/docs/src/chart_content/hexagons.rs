//! Readings of two measures, counted in hexagons.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::{Count, Hexagons};

use super::{Frame, capital, content};
use crate::banks::{Banks, Measure};
use crate::content::{Content, inside, plural};
use crate::world::Subject;

/// The name of the table, by which questions know it.
pub(crate) const TABLE: &str = "hexagons";

/// What a single reading is called.
const READINGS: &[&str] = &["reading", "record", "day", "sample"];

/// Draws readings of two measures of one kind of thing.
pub(super) fn draw(rows: Count, samples: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let entities = rng.pick(&subject.domain.entities);
    let fine = |m: &&Measure| {
        let digits = libm::pow(10.0, f64::from(m.decimals));
        m.of == entities.kind && m.low >= 0.0 && (m.high - m.low) * digits > 250.0
    };
    let measures: Vec<&Measure> = subject.domain.measures.iter().filter(fine).collect();
    if measures.len() < 2 {
        return None;
    }
    let two = rng.sample(measures.len(), 2);
    let chosen = [measures[two[0]], measures[two[1]]];
    let formats = chosen.map(|measure| subject.format(measure));
    let reading = *rng.pick(READINGS);
    let mut long = Table::new("samples", vec![Column::text(capital(reading))]);
    for measure in chosen {
        long.columns.push(Column::number(measure.name.clone(), subject.unit(measure), measure.additive));
    }
    let tilt = rng.range(-0.9, 0.9);
    let middles = chosen.map(|m| m.low + (m.high - m.low) * rng.range(0.4, 0.6));
    let widths = chosen.map(|m| (m.high - m.low) * rng.range(0.09, 0.15));
    for index in 0..samples.min.max(90) + rng.below(samples.max.min(280) - samples.min.max(90) + 1) {
        let a = rng.normal(0.0, 1.0).clamp(-2.4, 2.4);
        let b = tilt * a + libm::sqrt(1.0 - tilt * tilt) * rng.normal(0.0, 1.0).clamp(-2.4, 2.4);
        let mut row = vec![Cell::text(format!("{} {}", capital(reading), index + 1))];
        for (axis, part) in [a, b].into_iter().enumerate() {
            let most = if chosen[axis].unit == "%" { 100.0 } else { f64::INFINITY };
            let value = (middles[axis] + part * widths[axis]).clamp(0.0, most);
            row.push(Cell::number(value, &formats[axis]));
        }
        long.rows.push(row);
    }
    // Hexagons of about equal sides on a plot that is wider than high.
    let columns = 5 + rng.below(3);
    let grid = [columns, columns - 1];
    let pairs: Vec<(f64, f64)> =
        long.rows.iter().filter_map(|row| Some((row[1].as_f64()?, row[2].as_f64()?))).collect();
    let plain = NumberFormat::plain(0);
    let finer = formats.each_ref().map(|f| NumberFormat { decimals: f.decimals + 1, ..f.clone() });
    let mut table = Table::new(TABLE, vec![Column::text("Hexagon")]);
    for measure in chosen {
        let name = format!("Middle {}", inside(&measure.name));
        table.columns.push(Column::number(name, subject.unit(measure), false));
    }
    table.columns.push(Column::number(format!("Number of {}", plural(reading)), "", true));
    for (index, ((x, y), count)) in Hexagons::of(&pairs, grid[0], grid[1]).bins.into_iter().enumerate() {
        table.rows.push(vec![
            Cell::text(format!("Hexagon {}", index + 1)),
            Cell::number(x, &finer[0]),
            Cell::number(y, &finer[1]),
            Cell::number(count as f64, &plain),
        ]);
    }
    if !rows.holds(table.rows.len()) {
        return None;
    }
    let mut sizes = Table::new(
        "grid",
        vec![Column::text("Name"), Column::number("Columns", "", false), Column::number("Rows", "", false)],
    );
    let mut cells = vec![Cell::text("Hexagons")];
    cells.extend(grid.map(|count| Cell::number(count as f64, &plain)));
    sizes.rows.push(cells);
    let [first, second] = chosen.map(|measure| measure.name.clone());
    let frame = Frame {
        title: match rng.below(3) {
            0 => format!("{second} against {}", inside(&first)),
            1 => format!("{first} and {}: where the {} lie", inside(&second), plural(reading)),
            _ => format!("How often {} and {} meet", inside(&first), inside(&second)),
        },
        subtitle: match rng.below(3) {
            0 => format!("Number of {} in each hexagon", plural(reading)),
            1 => format!("{}, each number counts {}", subject.organisation, plural(reading)),
            _ => format!("Each number counts the {} in its hexagon", plural(reading)),
        },
        row: "hexagon".to_owned(),
        rows: "hexagons".to_owned(),
        absent: Vec::new(),
        plan: format!("hexagons|{first}|{second}|{}|{}", pairs.len(), subject.town),
        subject: &subject,
    };
    let [x, y] = finer;
    let mut made = content(frame, banks, table, vec![x, y, plain], rng);
    made.nouns.measure = reading.to_owned();
    made.data.tables.extend([long, sizes]);
    Some(made)
}
