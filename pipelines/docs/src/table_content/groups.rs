//! Tables whose rows stand in groups to which they belong by nature; with or without a sum below each group.

use pixmo_render::{Cell, Column, Data, Rng, Table};
use rust_decimal::Decimal;

use super::want;
use crate::banks::{Banks, Grouping};
use crate::content::{Content, Nouns, Section, inside};
use crate::world::{self, Time, Want};

/// How many grids are drawn to find one whose things fall into groups.
const TRIES: usize = 10;

/// Content whose rows have been put in the order of their groups, and the group of each.
pub(super) struct Grouped {
    pub(super) content: Content,
    /// The heading of the groups.
    pub(super) by: String,
    /// The group of each row.
    pub(super) of_row: Vec<String>,
}

/// The natural groups of the rows of a grid; `None` where they have none, or where fewer than two groups would have two
/// rows each.
pub(super) fn grouped(mut content: Content, banks: &Banks) -> Option<Grouped> {
    let grouping = of_content(&content, banks)?;
    let rows = std::mem::take(&mut content.data.tables[0].rows);
    let mut of_row = Vec::new();
    for (index, [name, _]) in grouping.groups.iter().enumerate() {
        let own: Vec<&Vec<Cell>> =
            rows.iter().filter(|row| grouping.group_of(&row[0].shown) == Some(index)).collect();
        if own.len() < 2 {
            continue;
        }
        for row in own {
            content.data.tables[0].rows.push(row.clone());
            of_row.push(name.clone());
        }
    }
    let groups = of_row.windows(2).filter(|pair| pair[0] != pair[1]).count() + 1;
    (groups >= 2 && of_row.len() >= 4).then(|| Grouped { content, by: grouping.by.clone(), of_row })
}

fn of_content<'a>(content: &Content, banks: &'a Banks) -> Option<&'a Grouping> {
    let domain = content.plan.split('|').next()?;
    banks.sheets.groupings.iter().find(|g| g.domain == domain && g.kind == content.nouns.row)
}

/// A grid whose rows have natural groups.
pub(super) fn draw(
    banks: &Banks,
    rng: &mut Rng,
    mut grid: impl FnMut(&mut Rng) -> Option<Content>,
) -> Option<Grouped> {
    (0..TRIES).find_map(|_| grouped(grid(rng)?, banks))
}

/// Puts the group of each row into a first column.
pub(super) fn with_column(grouped: Grouped) -> Content {
    let Grouped { mut content, by, of_row } = grouped;
    let table = &mut content.data.tables[0];
    table.columns.insert(0, Column::text(by));
    for (row, group) in table.rows.iter_mut().zip(of_row) {
        row.insert(0, Cell::text(group));
    }
    content.formats = content.formats.iter().map(|((t, c), f)| ((*t, c + 1), f.clone())).collect();
    content.nouns.label += 1;
    content
}

/// Rows below the headings of their groups.
pub(super) fn headed(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let wish = want((rows.0 + 1, rows.1.min(16)), (1, 4), Time::Never, rng.chance(0.3));
    let grouped = draw(banks, rng, |rng| world::grid(banks, &wish, rng))?;
    let mut content = with_column(grouped);
    content.plan = format!("{}|groups", content.plan);
    Some(content)
}

/// What names groups of rows by proper names.
const PLACES: &[&str] = &["Continent", "Region", "District", "Campus", "Stand"];

/// Groups of rows that each end in their sum, and the sum of all.
pub(super) fn subtotals(rows: (usize, usize), banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let one = rng.chance(0.6);
    let wish = Want { additive: true, ..want((5, rows.1.min(14)), (1, 5), Time::Never, one) };
    let Grouped { mut content, by, of_row } = draw(banks, rng, |rng| world::grid(banks, &wish, rng))?;
    let numbers = content.table().number_columns();
    let old = content.table().clone();
    if !numbers.iter().all(|&c| old.columns[c].additive) {
        return None;
    }
    let sum = |rows: &[&Vec<Cell>], column: usize| -> Option<Cell> {
        let sum: Option<Decimal> = rows.iter().map(|row| row[column].as_decimal()).sum();
        Some(Cell::decimal(sum?, &content.format(column)))
    };
    let (subtotal, total) = rng.pick(&[
        ("Total {group}", "Grand total"),
        ("{group}, total", "Total"),
        ("Subtotal {group}", "Total"),
    ]);
    let mut table = Table::new("observations", vec![Column::text(by.clone())]);
    table.columns.extend(old.columns.iter().cloned());
    let mut sections: Vec<Section> = Vec::new();
    let mut at = 0;
    while at < of_row.len() {
        let group = &of_row[at];
        let count = of_row[at..].iter().take_while(|g| *g == group).count();
        let own: Vec<&Vec<Cell>> = old.rows[at..at + count].iter().collect();
        for row in &own {
            let mut cells = vec![Cell::text(group.clone())];
            cells.extend(row.iter().cloned());
            table.rows.push(cells);
        }
        // Names of places and people keep their capital inside the label of a sum.
        let kept = subtotal.starts_with("{group}") || PLACES.contains(&by.as_str());
        let label = subtotal.replace("{group}", &if kept { group.clone() } else { inside(group) });
        let mut cells = vec![Cell::text(group.clone()), Cell::text(label.clone())];
        for &column in &numbers {
            cells.push(sum(&own, column)?);
        }
        table.rows.push(cells);
        let items = own.iter().map(|row| row[0].shown.clone()).collect();
        sections.push(Section { name: group.clone(), items, total: label });
        at += count;
    }
    let all: Vec<&Vec<Cell>> = old.rows.iter().collect();
    let mut last = vec![Cell::missing(""), Cell::text(*total)];
    for &column in &numbers {
        last.push(sum(&all, column)?);
    }
    table.rows.push(last);
    content.formats = content.formats.iter().map(|((t, c), f)| ((*t, c + 1), f.clone())).collect();
    let plan = format!("{}|subtotals", content.plan);
    let nouns = Nouns { label: 1, sections, total: (*total).to_owned(), ..content.nouns.clone() };
    Some(Content { data: Data { tables: vec![table] }, nouns, plan, ..content })
}
