//! Results of laboratories: blood, soil and water against their usual ranges.

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};

use super::finish;
use crate::banks::{Banks, LabTest, Panel};
use crate::content::{Content, Nouns};
use crate::world::Subject;

pub(super) fn results(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let material = rng.word(&["blood", "blood", "blood", "soil", "water"]);
    let slug = match material {
        "blood" => rng.word(&["clinic", "hospital"]),
        "soil" => rng.word(&["farm", "garden", "orchard"]),
        _ => "water",
    };
    let domain = banks.domains.iter().find(|d| d.slug == slug)?;
    let subject = Subject::of(domain, banks, rng);
    let fitting: Vec<&Panel> = banks.grids.panels.iter().filter(|p| p.material == material).collect();
    let count = 1 + rng.below(fitting.len().min(4));
    let panels: Vec<&Panel> = rng.sample(fitting.len(), count).into_iter().map(|i| fitting[i]).collect();
    let mut tests: Vec<(&Panel, &LabTest)> = Vec::new();
    for panel in &panels {
        let most = panel.tests.len();
        let count = (2 + rng.below(5)).min(most);
        let mut picked = rng.sample(most, count);
        picked.sort_unstable();
        for test in picked.into_iter().map(|i| &panel.tests[i]) {
            if tests.iter().all(|(_, t)| t.name != test.name) {
                tests.push((panel, test));
            }
        }
    }
    if !(5..=20).contains(&tests.len()) {
        return None;
    }
    let grouped = panels.len() > 1 && rng.chance(0.7);
    let previous = rng.chance(0.3);
    let (high, low) = if rng.chance(0.6) { ("H", "L") } else { ("High", "Low") };
    let mut table = Table::new("results", Vec::new());
    if grouped {
        table.columns.push(Column::text("Panel"));
    }
    table.columns.push(Column::text(rng.word(&["Test", "Analyte", "Parameter"])));
    table.columns.push(Column::number("Result", "", false));
    if previous {
        table.columns.push(Column::number("Previous", "", false));
    }
    table.columns.extend(["Unit", "Reference", "Flag"].map(Column::text));
    let ends = [Column::text("test"), Column::number("low", "", false), Column::number("high", "", false)];
    let mut limits = Table::new("limits", ends.to_vec());
    let share = rng.range(0.15, 0.45);
    for (panel, test) in &tests {
        let format = NumberFormat { group: None, ..NumberFormat::plain(test.decimals) };
        let result = value(test, &format, share, rng);
        let (least, most) = (Cell::number(test.low, &format), Cell::number(test.high, &format));
        let mut row = if grouped { vec![Cell::text(panel.name.clone())] } else { Vec::new() };
        row.push(Cell::text(test.name.clone()));
        let flag = match result.as_decimal() {
            number if number > most.as_decimal() => Cell::text(high),
            number if number < least.as_decimal() => Cell::text(low),
            _ => Cell::missing(""),
        };
        row.push(result);
        if previous {
            row.push(value(test, &format, share, rng));
        }
        let unit = if test.unit.is_empty() { Cell::missing("–") } else { Cell::text(test.unit.clone()) };
        row.push(unit);
        row.push(Cell::text(format!("{}–{}", least.shown, most.shown)));
        row.push(flag);
        table.rows.push(row);
        limits.rows.push(vec![Cell::text(test.name.clone()), least, most]);
    }
    let outside = table.rows.iter().filter(|r| r.last().is_some_and(|c| !c.shown.is_empty())).count();
    if outside == 0 {
        return None;
    }
    let title = match (material, rng.below(3)) {
        ("blood", 0) => "Blood test results".to_owned(),
        ("blood", 1) => "Laboratory report".to_owned(),
        ("blood", _) => format!("Results, patient {:05}", rng.below(100_000)),
        ("soil", 0) => "Soil analysis".to_owned(),
        ("soil", _) => {
            let field = rng.word(&[
                "Long Acre",
                "Mill Field",
                "South Slope",
                "Church Meadow",
                "Plot 7",
                "Orchard East",
            ]);
            format!("Soil analysis: {field}")
        }
        (_, 0) => "Analysis of drinking water".to_owned(),
        (_, _) => format!("Water analysis, {} well", subject.town),
    };
    let nouns = Nouns {
        row: "test".to_owned(),
        rows: "tests".to_owned(),
        label: usize::from(grouped),
        ..Nouns::default()
    };
    let shown = |name: &String| tests.iter().any(|(_, t)| t.name == *name);
    let others = fitting.iter().flat_map(|p| &p.tests).map(|t| t.name.clone());
    let absent = others.filter(|name| !shown(name)).collect();
    let date =
        jiff::civil::Date::new(rng.whole(2012, 2026) as i16, rng.whole(1, 12) as i8, rng.whole(1, 28) as i8);
    let taken = date.ok()?.strftime(rng.word(&["%-d %B %Y", "%Y-%m-%d", "%d/%m/%Y"])).to_string();
    let content = finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng);
    let subtitle = match rng.below(4) {
        0 => String::new(),
        1 => subject.organisation.clone(),
        2 => format!("Sample taken on {taken}"),
        _ => format!("Sample {}-{:04}, {taken}", (b'A' + rng.below(26) as u8) as char, rng.below(10_000)),
    };
    let said: Vec<String> = content
        .table()
        .rows
        .iter()
        .map(|r| r.iter().map(|c| c.shown.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    let plan = format!("{material}|{}", said.join(";"));
    let mut tables = content.data.tables;
    tables.push(limits);
    Some(Content {
        topic: format!("{}: {}", subject.organisation, content.title),
        subtitle,
        plan,
        data: Data { tables },
        ..content
    })
}

/// A result: most lie inside of the range, some a little outside.
fn value(test: &LabTest, format: &NumberFormat, outside: f64, rng: &mut Rng) -> Cell {
    let span = test.high - test.low;
    let number = match rng.chance(outside) {
        // Where the range is narrow, as with salts of the blood, nobody lives far outside of it.
        true if rng.chance(0.5) && test.low > 0.0 => {
            test.low - (span * rng.range(0.12, 0.6)).min(test.low * rng.range(0.02, 0.28))
        }
        true => test.high + (span * rng.range(0.12, 0.6)).min(test.high * rng.range(0.02, 0.35)),
        false => test.low + span * rng.range(0.06, 0.94),
    };
    Cell::number(number, format)
}
