//! Price lists: goods and services at what they usually cost, rounded as shops round.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};

use super::finish;
use crate::banks::{Banks, PriceList};
use crate::content::{Content, Nouns, capital};
use crate::world::Subject;

/// Prices in euro-like currencies are put into crowns with this factor.
const CROWNS: f64 = 10.0;

/// A price list.
pub(super) fn prices(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let bank = rng.pick(&banks.sheets.prices);
    let domain = banks.domains.iter().find(|d| d.slug == bank.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let goods: Vec<(&str, &str, f64)> = bank.goods().collect();
    let most = rows.1.min(goods.len() - 1);
    let mut order = rng.sample(goods.len(), goods.len());
    let rest = order.split_off(rows.0 + rng.below(most - rows.0 + 1));
    if rng.chance(0.4) {
        order.sort_unstable();
    }
    let (format, step) = money(&subject, banks, bank);
    let headed = !bank.heads.is_empty() && rng.chance(0.8);
    let heads: Vec<(&str, f64)> = match headed {
        true => bank.heads.iter().map(|(name, factor)| (name.as_str(), *factor)).collect(),
        false => vec![(if bank.language == "en" { "Price" } else { "" }, 1.0)],
    };
    let head = if bank.kind.is_empty() { capital(&bank.row) } else { bank.kind.clone() };
    let detailed = order.iter().any(|&i| !goods[i].1.is_empty());
    let mut columns = vec![Column::text(head)];
    if detailed {
        columns.push(Column::text("Detail"));
    }
    let price = |name: &str| match banks.foreign.as_ref() {
        Some(foreign) => foreign.word("price").to_owned(),
        None => name.to_owned(),
    };
    columns.extend(heads.iter().map(|(name, _)| Column::number(price(name), "", false)));
    let mut table = Table::new("observations", columns);
    let factor = match &banks.foreign {
        Some(foreign) => foreign.locale.factor,
        None if format.suffix.trim() == "kr" => CROWNS,
        None => 1.0,
    };
    let level = factor * rng.range(0.85, 1.25);
    for &index in &order {
        let (name, detail, usual) = goods[index];
        let own = usual * level * rng.range(0.92, 1.1);
        let mut row = vec![Cell::text(name)];
        if detailed {
            row.push(if detail.is_empty() { Cell::missing("") } else { Cell::text(detail) });
        }
        row.extend(heads.iter().map(|(_, factor)| Cell::number(rounded(own * factor, step), &format)));
        table.rows.push(row);
    }
    let title = super::filled(rng.pick(&bank.titles).as_str(), &subject, rng);
    let nouns = Nouns {
        row: bank.row.clone(),
        rows: bank.rows.clone(),
        measure: if heads.len() > 1 || banks.foreign.is_some() { "price".to_owned() } else { String::new() },
        series: if heads.len() > 1 { "kind of price".to_owned() } else { String::new() },
        series_plural: if heads.len() > 1 { "kinds of price".to_owned() } else { String::new() },
        quoted: banks.foreign.is_some(),
        ..Nouns::default()
    };
    let first = table.columns.len() - heads.len();
    let absent = rest.into_iter().map(|i| goods[i].0.to_owned()).collect();
    let mut content = finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng);
    content.formats = (0..heads.len()).map(|i| ((0, first + i), format.clone())).collect();
    let said: Vec<&str> = order.iter().map(|&i| goods[i].0).collect();
    content.plan = format!("{}|{}|{}", domain.slug, bank.titles[0], said.join(","));
    Some(super::of_language(content, banks))
}

/// How prices are printed, and what they are rounded to.
fn money(subject: &Subject<'_>, banks: &Banks, bank: &PriceList) -> (NumberFormat, f64) {
    let decimals = 2;
    let mut format = subject.money(decimals);
    if let Some(foreign) = &banks.foreign {
        format.mark = foreign.locale.mark;
        format.group = Some(foreign.locale.group);
    }
    let usual: Vec<f64> = bank.goods().map(|good| good.2).collect();
    let least = usual.iter().copied().fold(f64::INFINITY, f64::min);
    let crowns =
        ["kr", "zł", "Kč"].iter().any(|sign| format.suffix.contains(sign) || format.prefix.contains(sign));
    let (step, decimals) = match (crowns, least) {
        (true, low) if low >= 0.5 => (1.0, 0),
        (true, _) => (0.1, 2),
        (false, low) if low >= 14.0 => (1.0, 2),
        (false, low) if low >= 2.0 => (0.1, 2),
        (false, low) if low >= 0.5 => (0.05, 2),
        _ => (0.01, 2),
    };
    format.decimals = decimals;
    (format, step)
}

/// To the nearest step, and never for nothing.
fn rounded(price: f64, step: f64) -> f64 {
    (price / step).round().max(1.0) * step
}
