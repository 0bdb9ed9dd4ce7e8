//! The check of data about flows: links between nodes, and streams through steps.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_render::{ColumnKind, Data, Table};
use rust_decimal::Decimal;

use super::Sign;
use super::{Count, Differs, number_column, sign};

/// The table of nodes, and their totals by name.
type Nodes<'d> = (&'d Table, BTreeMap<Vec<&'d str>, Decimal>);

/// The table of nodes and the totals in it, by name; each name together with `keys` more columns of text.
fn nodes(data: &Data, keys: usize) -> Result<Nodes<'_>, (String, String)> {
    let Some(table) = data.tables.get(1) else { return Err(("a table of nodes".into(), "none".into())) };
    let total = 1 + keys;
    if table.columns.len() != total + 1 || table.rows.iter().any(|row| row.len() != total + 1) {
        return Err((format!("{} columns of nodes", total + 1), table.columns.len().to_string()));
    }
    if let Some(differs) = number_column(table, total, false).or_else(|| sign(table, total, Sign::Positive)) {
        return Err(differs);
    }
    let mut found = BTreeMap::new();
    for row in &table.rows {
        let name: Vec<&str> = row[..total].iter().map(|cell| cell.shown.as_str()).collect();
        let amount = row[total].as_decimal().unwrap_or_default();
        if found.insert(name, amount).is_some() {
            return Err(("different nodes".into(), format!("`{}` twice", row[0].shown)));
        }
    }
    Ok((table, found))
}

/// The columns before the last are text, the last one numbers above 0, and no line of texts stands twice.
fn long_form(table: &Table, rows: Count, texts: usize) -> Differs {
    if !rows.holds(table.rows.len()) {
        return Some((format!("{rows} rows"), table.rows.len().to_string()));
    }
    if table.columns.len() != texts + 1 {
        return Some((format!("{} columns", texts + 1), table.columns.len().to_string()));
    }
    if let Some(column) = table.columns[..texts].iter().find(|c| c.kind == ColumnKind::Number) {
        return Some((format!("text in `{}`", column.name), "numbers".into()));
    }
    if let Some(differs) = number_column(table, texts, false).or_else(|| sign(table, texts, Sign::Positive)) {
        return Some(differs);
    }
    let mut seen = BTreeSet::new();
    let line = |row: &'_ Vec<pixmo_render::Cell>| {
        row[..texts].iter().map(|cell| cell.shown.clone()).collect::<Vec<_>>()
    };
    let twice = table.rows.iter().map(line).find(|line| !seen.insert(line.clone()))?;
    Some(("different rows".into(), format!("`{}` twice", twice.join("`, `"))))
}

/// Links between nodes; see [`super::Shape::Links`].
pub(super) fn links(data: &Data, rows: Count, counts: Count, layered: bool) -> Differs {
    let table = &data.tables[0];
    if let Some(differs) = long_form(table, rows, 2) {
        return Some(differs);
    }
    let (list, totals) = match nodes(data, 0) {
        Ok(found) => found,
        Err(differs) => return Some(differs),
    };
    if !counts.holds(list.rows.len()) {
        return Some((format!("{counts} nodes"), list.rows.len().to_string()));
    }
    let mut sent: BTreeMap<&str, Decimal> = BTreeMap::new();
    let mut received: BTreeMap<&str, Decimal> = BTreeMap::new();
    for row in &table.rows {
        let (from, to) = (row[0].shown.as_str(), row[1].shown.as_str());
        if from == to {
            return Some(("flows between different nodes".into(), format!("one from `{from}` to itself")));
        }
        let amount = row[2].as_decimal().unwrap_or_default();
        *sent.entry(from).or_default() += amount;
        *received.entry(to).or_default() += amount;
    }
    for name in sent.keys().chain(received.keys()) {
        if !totals.contains_key(&vec![*name]) {
            return Some(("every end of a flow among the nodes".into(), format!("`{name}` missing")));
        }
    }
    for (name, total) in &totals {
        let (out, into) = (sent.get(name[0]).copied(), received.get(name[0]).copied());
        let expected = match (out, into) {
            (Some(out), Some(into)) if layered && out == into => out,
            (Some(_), Some(_)) if layered => {
                return Some((format!("as much out of `{}` as into it", name[0]), "another amount".into()));
            }
            _ => out.unwrap_or_default() + into.unwrap_or_default(),
        };
        if expected != *total {
            return Some((format!("a total of {expected} of `{}`", name[0]), total.to_string()));
        }
    }
    if layered { stages(table) } else { None }
}

/// Every flow leads from one stage to the next.
fn stages(table: &Table) -> Differs {
    let ends: Vec<(&str, &str)> =
        table.rows.iter().map(|row| (row[0].shown.as_str(), row[1].shown.as_str())).collect();
    let ranks = ranks(&ends);
    let skips = ends.iter().find(|(from, to)| ranks[to] != ranks[from] + 1)?;
    Some(("flows from one stage to the next".into(), format!("one from `{}` to `{}`", skips.0, skips.1)))
}

/// The stage of each node: the length of the longest way to it. Circles give stages that no flow fits.
pub(in crate::chart) fn ranks<'t>(ends: &[(&'t str, &'t str)]) -> BTreeMap<&'t str, usize> {
    let mut ranks: BTreeMap<&str, usize> =
        ends.iter().flat_map(|(from, to)| [(*from, 0), (*to, 0)]).collect();
    for _ in 0..ranks.len() {
        for (from, to) in ends {
            let least = ranks[from] + 1;
            if ranks[to] < least {
                ranks.insert(to, least);
            }
        }
    }
    ranks
}

/// Streams through steps; see [`super::Shape::Streams`].
pub(super) fn streams(data: &Data, rows: Count, steps: Count) -> Differs {
    let table = &data.tables[0];
    let last = table.columns.len() - 1;
    if !steps.holds(last) {
        return Some((format!("{steps} steps"), last.to_string()));
    }
    if let Some(differs) = long_form(table, rows, last) {
        return Some(differs);
    }
    let (_, totals) = match nodes(data, 1) {
        Ok(found) => found,
        Err(differs) => return Some(differs),
    };
    let mut sums: BTreeMap<Vec<&str>, Decimal> = BTreeMap::new();
    for row in &table.rows {
        for (cell, column) in row.iter().zip(&table.columns[..last]) {
            let name = vec![cell.shown.as_str(), column.name.as_str()];
            *sums.entry(name).or_default() += row[last].as_decimal().unwrap_or_default();
        }
    }
    (sums != totals).then(|| ("nodes with the sums of their streams".into(), "others".into()))
}
