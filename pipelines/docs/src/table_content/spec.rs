//! Spec sheets: data sheets of products, and records about one thing of a subject.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};

use super::finish;
use crate::banks::{Banks, Measure, Product};
use crate::content::{Content, Nouns, capital};
use crate::world::{self, Subject};

/// A data sheet, or a record.
pub(super) fn sheet(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    if !banks.sheets.products.is_empty() && rng.chance(0.6) {
        product(banks, rng)
    } else {
        record(banks, rng)
    }
}

/// The data sheet of a product; properties keep their order.
fn product(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let bank: &Product = rng.pick(&banks.sheets.products);
    let domain = banks.domains.iter().find(|d| d.slug == bank.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let names: Vec<&str> = bank.names.split("; ").collect();
    let name = *rng.pick(&names);
    let count = 6 + rng.below(bank.rows.len() - 6);
    let mut order = rng.sample(bank.rows.len(), bank.rows.len());
    let rest = order.split_off(count);
    order.sort_unstable();
    let mut table = Table::new("fields", vec![Column::text("Property"), Column::text("Value")]);
    if rng.chance(0.6) {
        table.rows.push(vec![Cell::text("Model"), Cell::text(name)]);
    }
    for index in order {
        let [property, value] = &bank.rows[index];
        table.rows.push(vec![Cell::text(property.clone()), Cell::text(value_of(value, rng))]);
    }
    let title = match rng.below(4) {
        0 => format!("{name}: technical data"),
        1 => format!("{} {name}", bank.kind),
        2 => format!("Data sheet: {} {name}", bank.kind.to_lowercase()),
        _ => format!("{} {name} in detail", bank.kind),
    };
    let nouns = Nouns { row: "property".to_owned(), rows: "properties".to_owned(), ..Nouns::default() };
    let absent = rest.into_iter().map(|i| bank.rows[i][0].clone()).collect();
    let said: Vec<&str> = table.rows.iter().flat_map(|row| row.iter().map(|c| c.shown.as_str())).collect();
    let plan = format!("{}|{}|{}", domain.slug, bank.kind, said.join(","));
    let topic = format!("{} {name}: technical data", bank.kind);
    let content = finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng);
    Some(Content { plan, topic, ..content })
}

/// A value from its pattern.
fn value_of(pattern: &str, rng: &mut Rng) -> String {
    match pattern.contains('{') {
        true => numbered(pattern, rng),
        false => (*rng.pick(&choices(pattern))).to_owned(),
    }
}

/// A text with numbers in their places.
fn numbered(pattern: &str, rng: &mut Rng) -> String {
    let Some((before, rest)) = pattern.split_once('{') else { return pattern.to_owned() };
    let (range, after) = rest.split_once('}').unwrap_or((rest, ""));
    let number = range.split_once(':').and_then(|(range, decimals)| {
        let (low, high) = range.split_once('-')?;
        let format = NumberFormat { group: Some(','), ..NumberFormat::plain(decimals.parse().ok()?) };
        let value = rng.range(low.parse().ok()?, high.parse().ok()?);
        // Years have no groups of digits.
        let year = decimals == "0" && (1800.0..2100.0).contains(&value) && after.is_empty();
        Some(if year { format!("{value:.0}") } else { format.print_f64(value) })
    });
    format!("{before}{}{}", number.unwrap_or_default(), numbered(after, rng))
}

/// The texts of a choice; the stroke of `m/s`, `1/4,000` and `f/5` parts none.
fn choices(pattern: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in pattern.match_indices('/') {
        let before = pattern[start..at].rsplit(' ').next().unwrap_or("");
        if before == "1" || before == "f" {
            continue;
        }
        found.push(&pattern[start..at]);
        start = at + 1;
    }
    found.push(&pattern[start..]);
    found
}

/// A record about one thing: what is measured about it, and who wrote it down when.
fn record(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let subject = Subject::draw(banks, rng);
    let entities = rng.pick(&subject.domain.entities);
    let measures: Vec<&Measure> = subject.domain.measures.iter().filter(|m| m.of == entities.kind).collect();
    let thing = rng.pick(&entities.names).clone();
    if measures.len() < 2 {
        return None;
    }
    let mut table = Table::new("fields", vec![Column::text("Property"), Column::text("Value")]);
    let mut push = |name: &str, value: String| table.rows.push(vec![Cell::text(name), Cell::text(value)]);
    push(&capital(&entities.kind), thing.clone());
    let mut columns: Vec<Vec<f64>> = measures.iter().map(|m| vec![world::level(rng, m)]).collect();
    world::relate(subject.domain, &measures, &mut columns, true, rng);
    for (measure, column) in measures.iter().zip(&columns) {
        let value = subject.format(measure).print_f64(column[0]);
        let unit = match subject.unit(measure) {
            unit if unit.is_empty() => unit,
            unit => format!(" {unit}"),
        };
        push(&measure.name, format!("{value}{unit}"));
    }
    let person = |rng: &mut Rng| rng.pick(&banks.families).clone();
    push("Reference", format!("{}-{:04}", (b'A' + rng.below(26) as u8) as char, rng.below(10_000)));
    push("Recorded by", person(rng));
    let role = rng.pick(&subject.domain.roles).clone();
    push("Responsible", capital(&role));
    push("Place", subject.town.clone());
    let date =
        jiff::civil::Date::new(rng.whole(2008, 2025) as i16, rng.whole(1, 12) as i8, rng.whole(1, 28) as i8)
            .ok()?;
    push("Date", date.strftime(rng.word(&["%-d %B %Y", "%Y-%m-%d", "%d.%m.%Y"])).to_string());
    let title = format!("{thing}, {}", subject.organisation);
    let nouns = Nouns { row: "property".to_owned(), rows: "properties".to_owned(), ..Nouns::default() };
    Some(finish(banks, &subject, table, Vec::new(), title, nouns, Vec::new(), rng))
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;

    use super::{choices, value_of};

    #[test]
    fn values_are_choices_or_numbers_with_what_stands_around_them() {
        assert_eq!(choices("White/Graphite"), ["White", "Graphite"]);
        assert_eq!(choices("1/4,000 s/1/8,000 s"), ["1/4,000 s", "1/8,000 s"]);
        assert_eq!(choices("f/5/f/10"), ["f/5", "f/10"]);
        let rng = &mut Seed::from_number(1).rng("values");
        for pattern in ["{5-10:0} kg", "up to {60-140:0} km", "{42-68:0} × {14-26:0} cm"] {
            let value = value_of(pattern, rng);
            assert!(!value.contains('{') && value.chars().any(|c| c.is_ascii_digit()), "{value}");
        }
    }
}
