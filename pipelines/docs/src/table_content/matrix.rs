//! Tick tables: what has what, in words that can be asked for.

use pixmo_render::{Cell, Column, Rng, Table};

use super::finish;
use crate::banks::{Banks, Matrix};
use crate::content::{Content, Nouns, TickWords, capital};
use crate::world::Subject;

/// A tick table; none of its rows and columns says the same everywhere.
pub(super) fn matrix(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let bank = rng.pick(&banks.sheets.matrices);
    let domain = banks.domains.iter().find(|d| d.slug == bank.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let names: Vec<&str> = bank.names.split("; ").collect();
    let height = 4 + rng.below(names.len() - 4);
    let width = 3 + rng.below(bank.columns.len().min(7) - 2);
    let mut order = rng.sample(names.len(), names.len());
    let rest = order.split_off(height);
    let mut columns = rng.sample(bank.columns.len(), width);
    if bank.ordered {
        columns.sort_unstable();
    }
    if rng.chance(0.5) {
        order.sort_unstable();
    }
    let foreign = banks.foreign.as_ref();
    let word = |yes: bool| match (foreign, yes) {
        (Some(foreign), true) => foreign.word("yes").to_owned(),
        (Some(foreign), false) => foreign.word("no").to_owned(),
        (None, true) => "Yes".to_owned(),
        (None, false) => "No".to_owned(),
    };
    let head = if bank.kind.is_empty() { capital(&bank.row) } else { bank.kind.clone() };
    let mut table = Table::new("observations", vec![Column::text(head)]);
    table.columns.extend(columns.iter().map(|&c| Column::text(bank.columns[c][0].clone())));
    let known: Vec<Vec<Option<bool>>> = order
        .iter()
        .map(|&index| columns.iter().map(|&c| bank.known(names[index], &bank.columns[c][0])).collect())
        .collect();
    let ticks = ticks(&known, width, rng)?;
    for (&index, ticked) in order.iter().zip(&ticks) {
        let mut row = vec![Cell::text(names[index])];
        row.extend(ticked.iter().map(|&yes| Cell::text(word(yes))));
        table.rows.push(row);
    }
    let title = super::filled(rng.pick(&bank.titles).as_str(), &subject, rng);
    let nouns = Nouns {
        row: bank.row.clone(),
        rows: bank.rows.clone(),
        ticks: Some(words(bank, &columns, (word(true), word(false)))),
        quoted: foreign.is_some(),
        ..Nouns::default()
    };
    let absent = rest.into_iter().map(|i| names[i].to_owned()).collect();
    let mut content = finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng);
    let said: Vec<String> = order.iter().map(|&i| names[i].to_owned()).collect();
    content.plan = format!("{}|{}|{}|{width}", domain.slug, bank.titles[0], said.join(","));
    Some(super::of_language(content, banks))
}

/// How one speaks of the columns; names of another language are quoted.
fn words(bank: &Matrix, columns: &[usize], texts: (String, String)) -> TickWords {
    let pattern = |own: &str, other: &str| if own.is_empty() { other.to_owned() } else { own.to_owned() };
    let said = |column: &[String; 2]| match column[1].as_str() {
        "" => format!("“{}”", column[0]),
        words => words.to_owned(),
    };
    TickWords {
        ask: pattern(&bank.ask, "Does “{label}” have {column}?"),
        having: pattern(&bank.having, "have {column}"),
        lacking: pattern(&bank.lacking, "do not have {column}"),
        columns: columns.iter().map(|&c| said(&bank.columns[c])).collect(),
        texts,
    }
}

/// Ticks by row, given those that are known; rows differ in how much they have, as cheaper and dearer things do.
fn ticks(known: &[Vec<Option<bool>>], width: usize, rng: &mut Rng) -> Option<Vec<Vec<bool>>> {
    let share = rng.range(0.4, 0.65);
    (0..12).find_map(|_| {
        let rows: Vec<Vec<bool>> = known
            .iter()
            .map(|row| {
                let own = (share + rng.range(-0.25, 0.25)).clamp(0.15, 0.85);
                row.iter().map(|cell| cell.unwrap_or_else(|| rng.chance(own))).collect()
            })
            .collect();
        let mixed = |column: usize| {
            rows.iter().any(|row: &Vec<bool>| row[column]) && rows.iter().any(|row| !row[column])
        };
        let some = rows.iter().filter(|row| row.contains(&true)).count() == known.len();
        let full = rows.iter().filter(|row| !row.contains(&false)).count();
        (some && full <= 1 && (0..width).all(mixed)).then_some(rows)
    })
}
