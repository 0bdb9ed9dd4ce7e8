//! Pivots and tables with merged cells, made from grids of the generated world.

use pixmo_render::{Cell, Column, Data, Rng, Table};
use rust_decimal::Decimal;

use super::{capital, two_headers, want};
use crate::banks::{Banks, Entities};
use crate::content::{Content, Nouns, inside};
use crate::world::{self, Time, Want};

/// One measure by rows and columns, with totals of both.
pub(super) fn pivot(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let wish = Want { additive: true, ..want((rows.0 - 1, rows.1.min(13) - 1), (2, 6), Time::Never, true) };
    let mut content = world::grid(banks, &wish, rng)?;
    let numbers = content.table().number_columns();
    let whole = content.table().rows.iter().all(|r| numbers.iter().all(|&c| r[c].as_decimal().is_some()));
    let adds = numbers.iter().all(|&c| content.table().columns[c].additive);
    if !adds || !whole || numbers.len() < 2 || content.nouns.series.is_empty() {
        return None;
    }
    let total = rng.word(&["Grand total", "Total", "Grand total"]);
    let (format, unit) = (content.format(numbers[0]), content.table().columns[numbers[0]].unit.clone());
    let at = content.table().columns.len();
    let table = &mut content.data.tables[0];
    for row in &mut table.rows {
        let sum: Option<Decimal> = numbers.iter().map(|&c| row[c].as_decimal()).sum();
        row.push(Cell::decimal(sum?, &format));
    }
    table.columns.push(Column::number(total, unit.clone(), true));
    let mut last = vec![Cell::text(total)];
    for column in numbers.iter().copied().chain([at]) {
        let sum: Option<Decimal> = table.rows.iter().map(|r| r[column].as_decimal()).sum();
        last.push(Cell::decimal(sum?, &format));
    }
    table.rows.push(last);
    content.formats.insert((0, at), format);
    total.clone_into(&mut content.nouns.total);
    let measure = match (rng.below(3), unit.as_str()) {
        (0, "") => capital(&content.nouns.measure),
        (0, unit) => format!("{} ({unit})", capital(&content.nouns.measure)),
        (_, "") => format!("Sum of {}", inside(&content.nouns.measure)),
        (_, unit) => format!("Sum of {} ({unit})", inside(&content.nouns.measure)),
    };
    let mut about = Table::new("pivot", vec![Column::text("measure"), Column::text("columns")]);
    about.rows.push(vec![Cell::text(measure), Cell::text(capital(&content.nouns.series))]);
    content.data.tables.push(about);
    if rng.chance(0.4) && content.table().rows.len() > 5 {
        group(&mut content, banks, rng);
    }
    Some(content)
}

/// Puts the rows of a pivot into groups, named by things of another kind; leaves it as it is when there are none.
fn group(content: &mut Content, banks: &Banks, rng: &mut Rng) -> Option<()> {
    let domain = banks.domains.iter().find(|d| content.plan.starts_with(&d.slug))?;
    let free =
        |e: &&Entities| e.kind != content.nouns.row && e.kind != content.nouns.series && e.names.len() >= 3;
    let others: Vec<&Entities> = domain.entities.iter().filter(free).collect();
    let other = *rng.pick(others.get(..).filter(|o| !o.is_empty())?);
    let rows = content.table().rows.len() - 1;
    let cuts = cuts(rows, 2 + rng.below((rows / 2 - 1).min(2)), rng);
    let names = rng.sample(other.names.len(), cuts.len() - 1);
    let table = &mut content.data.tables[0];
    for (number, row) in table.rows.iter_mut().enumerate() {
        let part = cuts.iter().rposition(|&cut| cut <= number).unwrap_or(0);
        // The row of totals belongs to no group.
        let name = names.get(part).filter(|_| number < rows);
        row.insert(0, name.map_or(Cell::missing(""), |&n| Cell::text(other.names[n].clone())));
    }
    table.columns.insert(0, Column::text(capital(&other.kind)));
    content.formats = content.formats.iter().map(|((t, c), f)| ((*t, c + 1), f.clone())).collect();
    content.nouns.label = 1;
    Some(())
}

/// A grid whose rows stand in groups, and sometimes in groups of groups.
pub(super) fn merged(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let base = match rng.chance(0.45) {
        true => two_headers((rows.0.max(5), rows.1.min(14)), banks, rng),
        false => world::grid(banks, &want((rows.0, rows.1.min(16)), (1, 5), Time::Never, false), rng),
    }?;
    let domain = banks.domains.iter().find(|d| base.plan.starts_with(&d.slug))?;
    let others: Vec<&Entities> =
        domain.entities.iter().filter(|e| e.kind != base.nouns.row && e.names.len() >= 4).collect();
    let levels = if others.len() > 1 && base.table().rows.len() >= 8 && rng.chance(0.45) { 2 } else { 1 };
    if others.is_empty() || base.table().rows.len() < 5 {
        return None;
    }
    let kinds: Vec<&Entities> = rng.sample(others.len(), levels).into_iter().map(|i| others[i]).collect();
    let names: Vec<Vec<String>> = kinds
        .iter()
        .map(|k| rng.sample(k.names.len(), k.names.len()).into_iter().map(|i| k.names[i].clone()).collect())
        .collect();
    let old = base.table().clone();
    let mut columns: Vec<Column> = kinds.iter().map(|k| Column::text(capital(&k.kind))).collect();
    columns.extend(old.columns.iter().cloned());
    let mut table = Table::new("observations", columns);
    let count = 2 + rng.below((old.rows.len() / 2 - 1).min(3));
    let cuts = cuts(old.rows.len(), count, rng);
    for (group, pair) in cuts.windows(2).enumerate() {
        let size = pair[1] - pair[0];
        let middle = if size > 2 { pair[0] + 1 + rng.below(size - 1) } else { pair[1] };
        for (offset, row) in old.rows[pair[0]..pair[1]].iter().enumerate() {
            let mut cells = vec![Cell::text(names[0].get(group)?.clone())];
            if let Some(parts) = names.get(1) {
                let part = 2 * group + usize::from(pair[0] + offset >= middle);
                cells.push(Cell::text(parts[part % parts.len()].clone()));
            }
            cells.extend(row.iter().cloned());
            table.rows.push(cells);
        }
    }
    let formats = base.formats.iter().map(|((t, c), f)| ((*t, c + levels), f.clone())).collect();
    let nouns = Nouns { label: levels, ..base.nouns.clone() };
    let heads: Vec<String> = names.iter().flat_map(|n| n.iter().take(count).cloned()).collect();
    let plan = format!("{}|merged|{}", base.plan, heads.join(","));
    Some(Content { data: Data { tables: vec![table] }, formats, nouns, plan, ..base })
}

/// Where groups begin and end: `count` groups of at least one row, most of them of more.
fn cuts(rows: usize, count: usize, rng: &mut Rng) -> Vec<usize> {
    let mut sizes = vec![1; count];
    for _ in count..rows {
        let smallest = (0..count).min_by_key(|&g| (sizes[g], g)).unwrap_or(0);
        let group = if rng.chance(0.5) { smallest } else { rng.below(count) };
        sizes[group] += 1;
    }
    let mut cuts = vec![0];
    for size in sizes {
        cuts.push(cuts[cuts.len() - 1] + size);
    }
    cuts
}
