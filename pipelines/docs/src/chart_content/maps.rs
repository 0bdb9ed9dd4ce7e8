//! Content of maps: one number for each region of an invented land, near to that of its neighbours in the list.

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Wide;

use super::capital;
use crate::banks::{Banks, RegionMeasure};
use crate::content::{Content, Nouns};
use crate::world::Subject;

/// Regions of an invented land with one measure.
pub(super) fn draw(wide: &Wide, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let regions = &banks.regions;
    let subject = Subject::draw(banks, rng);
    let measure = rng.pick(&regions.measure);
    let land = rng.pick(&regions.lands).clone();
    let (kind, kinds) = rng.pick(&regions.kinds).clone();
    let most = wide.rows.max.min(if wide.rows.max > 30 { 32 } else { 20 });
    let count =
        wide.rows.min + (rng.below(most - wide.rows.min + 1) + rng.below(most - wide.rows.min + 1)) / 2;
    let mut order = rng.sample(regions.names.len(), regions.names.len());
    let rest = order.split_off(count);
    let names: Vec<String> = order.into_iter().map(|i| regions.names[i].clone()).collect();
    let format = format_of(measure, &subject);
    let unit = match measure.unit.as_str() {
        "%" | "currency" => String::new(),
        unit => unit.replace("currency", subject.money(0).prefix.trim()).trim_start().to_owned(),
    };
    if measure.unit.starts_with("currency ") && subject.money(0).prefix.is_empty() {
        return None;
    }
    let head =
        vec![Column::text(capital(&kind)), Column::number(measure.name.clone(), unit, measure.additive)];
    let mut table = Table::new("observations", head);
    let values = values(measure, count, rng);
    let gap = rng.chance(0.14).then(|| rng.below(count));
    for (row, (name, value)) in names.iter().zip(values).enumerate() {
        let cell = if gap == Some(row) { Cell::missing("") } else { Cell::number(value, &format) };
        table.rows.push(vec![Cell::text(name.clone()), cell]);
    }
    let period = rng.whole(2006, 2025);
    let of = &measure.name;
    let title = match rng.below(5) {
        0 => format!("{of} by {kind}, {period}"),
        1 => format!("{of} in the {kinds} of {land}"),
        2 => format!("{} in {period}: {}", capital(&land), crate::content::inside(of)),
        3 => format!("{}: high and low", capital(of)),
        _ => format!("{of}, {land}, {period}"),
    };
    let subtitle = match rng.below(4) {
        0 if !title.contains(&land) => format!("The {kinds} of {land}"),
        1 if !title.contains(&period.to_string()) => format!("{}, {period}", capital(&land)),
        _ => String::new(),
    };
    let note = match rng.below(4) {
        0 => "Source: national statistical office".to_owned(),
        1 => format!("Source: survey of the {kinds}, {period}"),
        _ => String::new(),
    };
    let mut sorted = names.clone();
    sorted.sort();
    Some(Content {
        topic: format!("{of} in the {kinds} of {land}, {period}"),
        persona: "a statistician of the national survey who prepares a map for the yearbook".to_owned(),
        data: Data { tables: vec![table] },
        formats: [((0, 1), format)].into(),
        title,
        subtitle,
        note,
        nouns: Nouns { row: kind, rows: kinds, ..Nouns::default() },
        absent: rest.into_iter().take(12).map(|i| regions.names[i].clone()).collect(),
        absent_columns: Vec::new(),
        source_name: "world".to_owned(),
        source_licence: "CC0-1.0".to_owned(),
        plan: format!("regions|{of}|{}", sorted.join(",")),
    })
}

fn format_of(measure: &RegionMeasure, subject: &Subject<'_>) -> NumberFormat {
    let plain = NumberFormat {
        mark: subject.marks.0,
        group: subject.marks.1,
        ..NumberFormat::plain(measure.decimals)
    };
    match measure.unit.as_str() {
        "currency" => subject.money(measure.decimals),
        "%" => NumberFormat { suffix: "%".to_owned(), ..plain },
        _ => plain,
    }
}

/// Numbers between the bounds; few of them far out, as where a land has one or two large towns.
fn values(measure: &RegionMeasure, count: usize, rng: &mut Rng) -> Vec<f64> {
    let skewed = measure.low > 0.0 && measure.high / measure.low > 8.0;
    let (low, high) = (measure.low, measure.high);
    let middle = rng.range(0.3, 0.65);
    (0..count)
        .map(|_| {
            let share = rng.normal(middle, 0.2).clamp(0.02, 0.98);
            if skewed {
                libm::exp(libm::log(low) + (libm::log(high) - libm::log(low)) * share)
            } else {
                low + (high - low) * share
            }
        })
        .collect()
}
