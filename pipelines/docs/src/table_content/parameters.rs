//! Tables whose rows have units of their own: quantities of a river, a ship or a town, for several places or times.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};

use super::finish;
use crate::banks::Banks;
use crate::content::{Content, Nouns, capital};
use crate::world::Subject;

/// Quantities with a column that names their units.
pub(super) fn parameters(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let bank = rng.pick(&banks.sheets.parameters);
    let domain = banks.domains.iter().find(|d| d.slug == bank.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let width = 2 + rng.below(4);
    let year = rng.whole(2003, 2024);
    let heads: Vec<String> = match bank.columns.as_str() {
        "years" => {
            let step = if rng.chance(0.3) { 5 } else { 1 };
            (0..width as i64).map(|i| (year - (width as i64 - 1 - i) * step).to_string()).collect()
        }
        "quarters" => (1..=width.min(4)).map(|q| format!("Q{q} {year}")).collect(),
        names => {
            let names: Vec<&str> = names.split("; ").collect();
            let mut picked = rng.sample(names.len(), width.min(names.len()));
            picked.sort_unstable();
            picked.into_iter().map(|i| names[i].to_owned()).collect()
        }
    };
    let most = bank.rows.len() - 1;
    let height = rows.0 + rng.below(most - rows.0 + 1);
    let mut order = rng.sample(bank.rows.len(), bank.rows.len());
    let rest = order.split_off(height);
    order.sort_unstable();
    // Numbers stand beside their unit, or the unit beside the name.
    let mut columns = vec![Column::text(capital(&bank.row)), Column::text("Unit")];
    columns.extend(heads.iter().map(|h| Column::number(h.clone(), "", false)));
    let mut table = Table::new("observations", columns);
    for &index in &order {
        let (name, unit, low, high, decimals) = &bank.rows[index];
        let format =
            NumberFormat { mark: subject.marks.0, group: subject.marks.1, ..NumberFormat::plain(*decimals) };
        let middle = rng.range(*low + 0.2 * (high - low), *high - 0.2 * (high - low));
        let reach = (bank.spread * middle).min(0.5 * (high - low));
        let values = heads.iter().map(|_| (middle + rng.range(-1.0, 1.0) * reach).clamp(*low, *high));
        let mut cells = vec![Cell::text(name.clone()), Cell::text(unit.clone())];
        cells.extend(values.map(|value| Cell::number(value, &format)));
        table.rows.push(cells);
    }
    let title = super::filled(rng.pick(&bank.titles).as_str(), &subject, rng);
    let nouns = Nouns {
        row: bank.row.clone(),
        rows: bank.rows_plural.clone(),
        series: bank.series.clone(),
        series_plural: bank.series_plural.clone(),
        ..Nouns::default()
    };
    let absent = rest.into_iter().map(|i| bank.rows[i].0.clone()).collect();
    let said: Vec<&str> = order.iter().map(|&i| bank.rows[i].0.as_str()).collect();
    let plan = format!("{}|{}|{}|{}", domain.slug, bank.titles[0], heads.join(","), said.join(","));
    let content = finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng);
    Some(Content { plan, ..content })
}
