//! Numbers that grow or fall over several powers of ten: what a line on a logarithmic axis draws.

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::chart::Count;

use crate::banks::Banks;
use crate::content::{Content, Nouns, plural};
use crate::world::Subject;

/// Something that grows or falls by factors.
struct Growth {
    /// Stable name of the domain that it belongs to.
    domain: &'static str,
    measure: &'static str,
    /// `$` stands for the sign of the currency of the picture.
    unit: &'static str,
    /// What one of the lines is.
    series: &'static str,
    names: &'static [&'static str],
    steps: Steps,
    /// Powers of ten of the first value, from and to.
    start: (f64, f64),
    /// Powers of ten by which the steepest line moves; below 0 it falls.
    rise: (f64, f64),
    decimals: u32,
}

/// What the steps of time are.
enum Steps {
    /// From this year on at the earliest: nobody counted podcasts before there were any.
    Years(i64),
    Weeks,
    Days,
    Hours,
}

use Steps::{Days, Hours, Weeks, Years};

const GROWTHS: &[Growth] = &[
    Growth {
        domain: "software",
        measure: "Registered users",
        unit: "",
        series: "service",
        names: &["Larkmail", "Tidepool", "Notewell", "Papercart", "Fernchat", "Quillboard", "Mapnest"],
        steps: Years(1999),
        start: (1.5, 3.2),
        rise: (2.4, 4.5),
        decimals: 0,
    },
    Growth {
        domain: "laboratory",
        measure: "Cells per millilitre",
        unit: "",
        series: "strain",
        names: &["Strain A", "Strain B", "Strain C", "Strain D", "Wild type", "Mutant 3", "Mutant 7"],
        steps: Hours,
        start: (2.8, 4.2),
        rise: (2.5, 4.6),
        decimals: 0,
    },
    Growth {
        domain: "laboratory",
        measure: "Surviving germs",
        unit: "per cm²",
        series: "agent",
        names: &["Ethanol 70%", "Peroxide", "Chlorine", "Soap water", "Ultraviolet light"],
        steps: Hours,
        start: (5.6, 7.2),
        rise: (-5.2, -2.6),
        decimals: 0,
    },
    Growth {
        domain: "electronics",
        measure: "Price per gigabyte",
        unit: "$",
        series: "medium",
        names: &["Hard disk", "Solid state", "Magnetic tape", "Optical disc", "Memory card"],
        steps: Years(1988),
        start: (1.6, 3.3),
        rise: (-3.6, -2.3),
        decimals: 2,
    },
    Growth {
        domain: "solar",
        measure: "Installed capacity",
        unit: "MW",
        series: "technology",
        names: &["Roof panels", "Solar parks", "Floating panels", "Battery storage", "Balcony panels"],
        steps: Years(1998),
        start: (0.1, 1.4),
        rise: (2.2, 3.8),
        decimals: 1,
    },
    Growth {
        domain: "laboratory",
        measure: "Genomes sequenced",
        unit: "",
        series: "group",
        names: &["Bacteria", "Viruses", "Plants", "Fungi", "Insects", "Vertebrates"],
        steps: Years(1999),
        start: (0.4, 1.8),
        rise: (2.3, 4.4),
        decimals: 0,
    },
    Growth {
        domain: "clinic",
        measure: "Reported cases",
        unit: "",
        series: "district",
        names: &["North bank", "South bank", "Old town", "Harbour", "Hill villages", "Airport road"],
        steps: Weeks,
        start: (0.5, 1.6),
        rise: (2.1, 3.6),
        decimals: 0,
    },
    Growth {
        domain: "laboratory",
        measure: "Activity",
        unit: "kBq",
        series: "sample",
        names: &["Sample 1", "Sample 2", "Sample 3", "Sample 4", "Reference"],
        steps: Days,
        start: (3.2, 4.8),
        rise: (-4.0, -2.3),
        decimals: 1,
    },
    Growth {
        domain: "radio",
        measure: "Podcast downloads",
        unit: "",
        series: "programme",
        names: &["Morning talk", "Harbour stories", "Village science", "Night music", "Kitchen hour"],
        steps: Years(2005),
        start: (1.8, 3.0),
        rise: (2.1, 3.9),
        decimals: 0,
    },
    Growth {
        domain: "telecom",
        measure: "Mobile data traffic",
        unit: "TB",
        series: "network",
        names: &["City network", "Coast network", "Mountain network", "Rail network"],
        steps: Years(2003),
        start: (-0.4, 1.2),
        rise: (2.3, 4.2),
        decimals: 1,
    },
    Growth {
        domain: "river",
        measure: "Algae density",
        unit: "cells/ml",
        series: "lake",
        names: &["Upper lake", "Mill pond", "Long reservoir", "Quarry lake", "Bird pool"],
        steps: Weeks,
        start: (1.2, 2.6),
        rise: (2.2, 3.9),
        decimals: 0,
    },
    Growth {
        domain: "electronics",
        measure: "Memory of a new computer",
        unit: "MB",
        series: "class",
        names: &["Laptops", "Desktops", "Workstations", "Servers", "Handhelds"],
        steps: Years(1985),
        start: (0.3, 1.9),
        rise: (2.4, 4.2),
        decimals: 0,
    },
];

pub(super) fn draw(rows: Count, series: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let growth = rng.pick(GROWTHS);
    let domain = banks.domains.iter().find(|d| d.slug == growth.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let count = series.min + rng.below(series.max.min(growth.names.len() - 1) - series.min + 1);
    let mut order = rng.sample(growth.names.len(), growth.names.len());
    let rest = order.split_off(count);
    let (row, labels, outside, period) = times(&growth.steps, rows, rng);
    let mut format = NumberFormat {
        mark: subject.marks.0,
        group: subject.marks.1,
        ..NumberFormat::plain(growth.decimals)
    };
    let mut unit = growth.unit.to_owned();
    if unit == "$" {
        (format.prefix, format.suffix) = subject.currency_signs();
        unit.clear();
    }
    let measure = growth.measure;
    let title_of = |index: usize| if count == 1 { measure } else { growth.names[index] };
    let mut columns = vec![Column::time(super::capital(row))];
    columns.extend(order.iter().map(|i| Column::number(title_of(*i), unit.clone(), false)));
    let mut table = Table::new("observations", columns);
    let lines: Vec<Vec<f64>> = (0..count).map(|i| line(growth, labels.len(), i == 0, rng)).collect();
    for (index, label) in labels.iter().enumerate() {
        let mut cells = vec![Cell::text(label.clone())];
        cells.extend(lines.iter().map(|line| Cell::number(significant(line[index]), &format)));
        table.rows.push(cells);
    }
    let thing = growth.names[order[0]];
    let about =
        if count == 1 { format!("{measure}: {thing}") } else { format!("{measure} by {}", growth.series) };
    let title = match rng.below(3) {
        0 => format!("{about}, {period}"),
        1 if count > 1 => format!("{measure} of {} {}, {period}", count_word(count), plural(growth.series)),
        _ => about.clone(),
    };
    let title = title.trim_end_matches(", ").to_owned();
    let several = count > 1;
    Some(Content {
        topic: format!("{about}, {}", subject.organisation),
        data: Data { tables: vec![table] },
        formats: (1..=count).map(|column| ((0, column), format.clone())).collect(),
        subtitle: match rng.below(4) {
            0 => subject.organisation.clone(),
            1 => "Each line of the grid stands for ten times the one below".to_owned(),
            _ => String::new(),
        },
        title,
        note: if rng.chance(0.35) { format!("Source: {}", subject.organisation) } else { String::new() },
        persona: format!("a {}", rng.pick(&domain.roles)),
        nouns: Nouns {
            row: row.to_owned(),
            rows: plural(row),
            measure: if several { measure.to_owned() } else { String::new() },
            series: if several { growth.series.to_owned() } else { String::new() },
            series_plural: if several { plural(growth.series) } else { String::new() },
            ..Nouns::default()
        },
        absent: outside,
        absent_columns: if several {
            rest.into_iter().map(|i| growth.names[i].to_owned()).collect()
        } else {
            Vec::new()
        },
        source_name: "world".to_owned(),
        source_licence: "CC0-1.0".to_owned(),
        plan: format!("growth|{measure}|{order:?}|{period}|{}", labels.len()),
    })
}

/// Word for the step, labels, labels outside, the span in words.
fn times(steps: &Steps, rows: Count, rng: &mut Rng) -> (&'static str, Vec<String>, Vec<String>, String) {
    let count = rows.min + rng.below(rows.max.min(20) - rows.min + 1);
    let more = count..count + 3;
    match steps {
        Steps::Years(earliest) => {
            let count = count.min((2026 - earliest) as usize);
            let first = rng.whole(*earliest, (2026 - count as i64).max(*earliest));
            let label = |i: usize| (first + i as i64).to_string();
            let period = format!("{}–{}", label(0), label(count - 1));
            ("year", (0..count).map(label).collect(), (count..count + 3).map(label).collect(), period)
        }
        Steps::Weeks => {
            let count = count.min(16);
            let first = rng.whole(1, 52 - count as i64 - 3);
            let label = |i: usize| format!("Week {}", first + i as i64);
            let period = rng.whole(2008, 2025).to_string();
            ("week", (0..count).map(label).collect(), (count..count + 3).map(label).collect(), period)
        }
        Steps::Days => {
            let label = |i: usize| format!("Day {}", i + 1);
            ("day", (0..count).map(label).collect(), more.map(label).collect(), String::new())
        }
        Steps::Hours => {
            let step = *rng.pick(&[1, 2, 4, 6]);
            let label = |i: usize| format!("{} h", i * step);
            ("hour", (0..count).map(label).collect(), more.map(label).collect(), String::new())
        }
    }
}

/// One line: a straight way or a bent one over the powers of ten, with some noise.
fn line(growth: &Growth, count: usize, steepest: bool, rng: &mut Rng) -> Vec<f64> {
    let start = rng.range(growth.start.0, growth.start.1);
    let way = rng.range(growth.rise.0, growth.rise.1) * if steepest { 1.0 } else { rng.range(0.45, 1.0) };
    let bend = if rng.chance(0.5) { rng.range(0.6, 1.7) } else { 1.0 };
    let noise = rng.range(0.01, 0.06);
    (0..count)
        .map(|i| {
            let t = i as f64 / (count - 1) as f64;
            let exponent = start + way * libm::pow(t, bend) + rng.normal(0.0, noise);
            libm::pow(10.0, exponent).max(libm::pow(10.0, -f64::from(growth.decimals)))
        })
        .collect()
}

/// Three significant digits, as such numbers are given.
fn significant(value: f64) -> f64 {
    let step = libm::pow(10.0, libm::floor(libm::log10(value)) - 2.0);
    (value / step).round() * step
}

fn count_word(count: usize) -> &'static str {
    ["one", "two", "three", "four", "five", "six"][count.clamp(1, 6) - 1]
}
