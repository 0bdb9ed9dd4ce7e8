//! What was reached beside what was to be reached: what a bullet chart draws.

use pixmo_render::{Cell, Column, Rng, Table};
use pixmo_render_figures::chart::Count;

use super::{Frame, capital, content, measured, split_names};
use crate::banks::Banks;
use crate::content::{Content, inside};
use crate::world;

pub(super) fn draw(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (subject, entities, measure) = measured(banks, rng, |m| m.low >= 0.0 && m.trend != "down")?;
    let (names, rest) = split_names(rng, entities, rows.min, rows.max.min(8))?;
    let format = subject.format(measure);
    let unit = subject.unit(measure);
    let (reached, goal, word) = *rng.pick(&[
        ("Actual", "Target", "target"),
        ("Achieved", "Target", "target"),
        ("Actual", "Planned", "plan"),
    ]);
    let of = inside(&measure.name);
    let mut table = Table::new(
        "observations",
        vec![
            Column::text(capital(&entities.kind)),
            Column::number(format!("{reached} {of}"), unit.clone(), measure.additive),
            Column::number(format!("{goal} {of}"), unit, measure.additive),
        ],
    );
    // One scale for all bullets: the goals are of one order of size, and round.
    let base = world::level(rng, measure);
    let mut hits = 0;
    for name in &names {
        let goal = rounded((base * rng.range(0.55, 1.6)).min(measure.high * 1.05), measure.decimals);
        let most = if measure.unit == "%" { (99.5 / goal).min(1.25) } else { 1.25 };
        let value = goal * rng.range(0.55, most);
        hits += usize::from(value >= goal);
        table.rows.push(vec![
            Cell::text(name.clone()),
            Cell::number(value, &format),
            Cell::number(goal, &format),
        ]);
    }
    if hits == 0 && rng.chance(0.7) {
        return None;
    }
    let year = rng.whole(2004, 2025);
    let title = match rng.below(4) {
        0 => format!("{} against {word}, {year}", measure.name),
        1 => format!("{}: {} and {word} by {}", measure.name, reached.to_lowercase(), entities.kind),
        2 => format!("How the {} did against their {word}", entities.plural),
        _ => format!("{word} check {year}: {of}", word = capital(word)),
    };
    let frame = Frame {
        title,
        subtitle: if rng.chance(0.5) { subject.organisation.clone() } else { String::new() },
        subject: &subject,
        row: entities.kind.clone(),
        rows: entities.plural.clone(),
        absent: rest,
        plan: format!("goals|{}|{}", measure.name, names.join(",")),
    };
    let mut made = content(frame, banks, table, vec![format.clone(), format], rng);
    made.nouns.measure.clear();
    Some(made)
}

/// Two significant digits, as goals are set, and no more decimals than are printed.
fn rounded(value: f64, decimals: u32) -> f64 {
    let power = libm::floor(libm::log10(value.max(1e-9)));
    let step = libm::pow(10.0, power - 1.0) * 5.0;
    let step = step.max(libm::pow(10.0, -f64::from(decimals)));
    (value / step).round().max(1.0) * step
}
