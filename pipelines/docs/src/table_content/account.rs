//! Accounts: headings, items, sums of sections and what is left.

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};
use rust_decimal::Decimal;

use super::finish;
use crate::banks::Banks;
use crate::content::{Content, Nouns, Section, inside};
use crate::world::Subject;

/// An account with one to four columns of amounts, each of which adds up to the digit.
pub(super) fn account(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let bank = rng.pick(&banks.sheets.accounts);
    let domain = banks.domains.iter().find(|d| d.slug == bank.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let year = rng.whole(2004, 2025);
    let heads: Vec<String> = match rng.below(6) {
        0 => vec![year.to_string()],
        1 => vec![format!("Budget {year}"), format!("Actual {year}")],
        2 => (1..=4).map(|q| format!("Q{q} {year}")).collect(),
        3 => (0..3).map(|i| (year - i).to_string()).collect(),
        _ => vec![year.to_string(), (year - 1).to_string()],
    };
    let (prefix, suffix) = subject.currency_signs();
    let sign = format!("{prefix}{suffix}").trim().to_owned();
    let crowns = if sign == "kr" { 10.0 } else { 1.0 };
    // Where the largest item is below a hundred thousand, amounts are given in full.
    let (unit, scale) = match (bank.small, rng.chance(0.75)) {
        (true, _) => (sign.clone(), 1000.0 * crowns),
        (false, true) => (format!("{sign} thousand"), crowns),
        (false, false) => (sign.clone(), 1000.0 * crowns),
    };
    let format = NumberFormat { mark: subject.marks.0, group: subject.marks.1, ..NumberFormat::plain(0) };
    let first = match rng.below(3) {
        0 => format!("In {unit}"),
        1 => format!("Amounts in {unit}"),
        _ => unit.clone(),
    };
    let mut table = Table::new("observations", vec![Column::text(first)]);
    table.columns.extend(heads.iter().map(|h| Column::number(h.clone(), "", true)));
    let mut kinds = Vec::new();
    let mut sections = Vec::new();
    let mut balance = vec![Decimal::ZERO; heads.len()];
    let row = |label: &str, values: &[Decimal]| {
        let mut cells = vec![Cell::text(label)];
        cells.extend(values.iter().map(|v| Cell::decimal(*v, &format)));
        cells
    };
    let mut absent = Vec::new();
    for section in &bank.sections {
        let mut heading = vec![Cell::text(section.name.clone())];
        heading.extend(heads.iter().map(|_| Cell::missing("")));
        table.rows.push(heading);
        kinds.push("heading");
        let items: Vec<(&str, f64, f64)> = section.items().collect();
        let left_out = if items.len() > 3 && rng.chance(0.5) { Some(rng.below(items.len())) } else { None };
        let mut sums = vec![Decimal::ZERO; heads.len()];
        let mut labels = Vec::new();
        for (index, &(name, low, high)) in items.iter().enumerate() {
            if left_out == Some(index) {
                absent.push(name.to_owned());
                continue;
            }
            let level = rng.range(low, high) * scale / if heads.len() == 4 { 4.0 } else { 1.0 };
            let values: Vec<Decimal> = heads
                .iter()
                .map(|_| {
                    Decimal::from_f64_retain((level * rng.range(0.86, 1.14)).round()).unwrap_or_default()
                })
                .map(|value| value.round())
                .collect();
            table.rows.push(row(name, &values));
            kinds.push("item");
            sums.iter_mut().zip(&values).for_each(|(sum, value)| *sum += value);
            labels.push(name.to_owned());
        }
        let total = format!("Total {}", inside(&section.name));
        table.rows.push(row(&total, &sums));
        kinds.push("subtotal");
        let direction = Decimal::from(section.sign);
        balance.iter_mut().zip(&sums).for_each(|(left, sum)| *left += direction * sum);
        sections.push(Section { name: section.name.clone(), items: labels, total });
        if !section.after.is_empty() {
            table.rows.push(row(&section.after, &balance));
            kinds.push("total");
        }
    }
    table.rows.push(row(&bank.result, &balance));
    kinds.push("total");
    let title = super::filled(rng.pick(&bank.titles).as_str(), &subject, rng);
    let nouns = Nouns {
        row: "line".to_owned(),
        rows: "lines".to_owned(),
        sections,
        total: bank.result.clone(),
        ..Nouns::default()
    };
    let formats = vec![format; heads.len()];
    let said: Vec<String> = table.rows.iter().map(|r| r[0].shown.clone()).collect();
    let mut content = finish(banks, &subject, table, formats, title, nouns, absent, rng);
    let mut lines = Table::new("lines", vec![Column::text("kind")]);
    lines.rows = kinds.into_iter().map(|kind| vec![Cell::text(kind)]).collect();
    let mut tables = content.data.tables;
    tables.push(lines);
    content.data = Data { tables };
    content.plan = format!("{}|{}|{}|{}", domain.slug, bank.titles[0], heads.join(","), said.join(","));
    Some(content)
}
