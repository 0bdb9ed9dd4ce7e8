//! What is done to sound data to make it odd.

use pixmo_render::{Cell, Data, Table, Value};
use rust_decimal::Decimal;

use super::draw::Words;

/// One way to make data odd.
pub(super) struct Twist {
    pub(super) name: &'static str,
    act: fn(&mut Data, &mut Words),
}

/// Twists that only graphs feel.
pub(super) const GRAPH: [&str; 6] =
    ["edges to oneself", "edges both ways", "no edges", "half the edges", "edges to nowhere", "edges twice"];

impl Twist {
    pub(super) fn apply(&self, data: &mut Data, words: &mut Words) {
        (self.act)(data, words);
    }

    pub(super) fn all() -> Vec<Twist> {
        let twist = |name, act| Twist { name, act };
        vec![
            // how many
            twist("no tables", |data, _| data.tables.clear()),
            twist("no rows", |data, _| data.tables.iter_mut().for_each(|t| t.rows.clear())),
            twist("no rows in the first table", |data, _| data.tables[0].rows.clear()),
            twist("one row", |data, _| data.tables.iter_mut().for_each(|t| t.rows.truncate(1))),
            twist("one row in the first table", |data, _| data.tables[0].rows.truncate(1)),
            twist("two rows", |data, _| data.tables.iter_mut().for_each(|t| t.rows.truncate(2))),
            twist("a row less", |data, _| {
                data.tables[0].rows.pop();
            }),
            twist("three hundred rows", |data, _| grow(data, 300)),
            twist("a thousand rows", |data, _| grow(data, 1000)),
            twist("one column", |data, _| data.tables.iter_mut().for_each(|t| columns(t, 1))),
            twist("two columns", |data, _| data.tables.iter_mut().for_each(|t| columns(t, 2))),
            twist("many columns", |data, _| data.tables.iter_mut().take(1).for_each(|t| widen(t, 40))),
            twist("no columns", |data, _| data.tables.iter_mut().for_each(|t| columns(t, 0))),
            twist("a short row", |data, _| {
                data.tables.iter_mut().for_each(|t| t.rows.iter_mut().take(1).for_each(|r| drop(r.pop())));
            }),
            twist("a long row", |data, _| {
                data.tables
                    .iter_mut()
                    .for_each(|t| t.rows.iter_mut().take(1).for_each(|r| r.push(Cell::text("more"))));
            }),
            // texts
            twist("labels of one letter", |data, _| {
                texts(data, |_, i| char::from_u32(0x41 + i as u32 % 26).unwrap_or('A').to_string());
            }),
            twist("labels of two hundred letters", |data, words| {
                texts(data, |text, _| long(text, true));
                words.iter_mut().for_each(|w| *w = long(w, true));
            }),
            twist("labels of two hundred letters in one word", |data, words| {
                texts(data, |text, _| long(text, false));
                words.iter_mut().for_each(|w| *w = long(w, false));
            }),
            twist("one long label", |data, _| {
                texts(data, |t, i| if i == 2 { long(t, true) } else { t.to_owned() });
            }),
            twist("empty labels", |data, _| texts(data, |_, _| String::new())),
            twist("one empty label", |data, _| {
                texts(data, |t, i| if i == 1 { String::new() } else { t.to_owned() });
            }),
            twist("blank labels", |data, _| texts(data, |_, _| "   ".to_owned())),
            twist("labels between blanks", |data, _| texts(data, |t, _| format!("  {t}  "))),
            twist("equal labels", |data, _| texts(data, |_, _| "same".to_owned())),
            twist("Hebrew", |data, words| foreign(data, words, "שלום")),
            twist("Arabic", |data, words| foreign(data, words, "مرحبا")),
            twist("marks over letters", |data, words| foreign(data, words, "e\u{301}\u{302}\u{303}\u{304}")),
            twist("pictures as letters", |data, words| foreign(data, words, "👩‍👩‍👧")),
            twist("Chinese", |data, words| foreign(data, words, "茶道")),
            twist("a break in the line", |data, words| foreign(data, words, "up\ndown")),
            twist("a tabulator", |data, words| foreign(data, words, "left\tright")),
            twist("a bell", |data, words| foreign(data, words, "ring\u{7}")),
            twist("a byte of zero", |data, words| foreign(data, words, "end\0")),
            twist("turned around", |data, words| foreign(data, words, "\u{202e}abc\u{202c}")),
            twist("letters without width", |data, words| foreign(data, words, "a\u{200b}\u{200d}\u{feff}b")),
            twist("a title of two thousand letters", |_, words| words[0] = "long title ".repeat(180)),
            twist("a title of one long word", |_, words| words[0] = "a".repeat(400)),
            twist("a note of two thousand letters", |_, words| words[2] = "long note ".repeat(200)),
            twist("a blank title", |_, words| words.iter_mut().for_each(|w| *w = " ".to_owned())),
            twist("headers of two hundred letters", |data, _| {
                data.tables[0].columns.iter_mut().for_each(|c| c.name = long(&c.name, true));
            }),
            twist("empty headers", |data, _| data.tables[0].columns.iter_mut().for_each(|c| c.name.clear())),
            twist("a blank and a bell as units", |data, _| {
                data.tables
                    .iter_mut()
                    .flat_map(|t| &mut t.columns)
                    .for_each(|c| c.unit = " \u{7}".to_owned());
            }),
            // numbers
            twist("zeros", |data, _| numbers(data, |_, _| Decimal::ZERO)),
            twist("equal numbers", |data, _| numbers(data, |_, _| Decimal::new(425, 1))),
            twist("numbers below zero", |data, _| numbers(data, |n, _| -n.abs())),
            twist("signs in turn", |data, _| numbers(data, |n, i| if i % 2 == 0 { n } else { -n })),
            twist("huge numbers", |data, _| {
                numbers(data, |n, i| n * decimal(1_000_000_000_000) + decimal(i as i64));
            }),
            twist("tiny numbers", |data, _| {
                numbers(data, |n, _| (n / decimal(1_000_000_000_000)).round_dp(15));
            }),
            twist("huge beside tiny", |data, _| {
                numbers(
                    data,
                    |_, i| if i % 2 == 0 { Decimal::new(1, 9) } else { decimal(1_000_000_000_000_000) },
                );
            }),
            twist("the largest numbers there are", |data, _| numbers(data, |_, _| Decimal::MAX)),
            twist("the largest and the least", |data, _| {
                numbers(data, |_, i| if i % 2 == 0 { Decimal::MAX } else { Decimal::MIN });
            }),
            twist("one far out", |data, _| {
                numbers(data, |n, i| if i == 3 { n * decimal(1_000_000) } else { n });
            }),
            twist("no numbers", |data, _| missing(data, |_| true)),
            twist("one number missing", |data, _| missing(data, |i| i == 1)),
            twist("half the numbers missing", |data, _| missing(data, |i| i % 2 == 1)),
            twist("texts for numbers", |data, _| {
                let cells = data.tables.iter_mut().flat_map(|t| &mut t.rows).flatten();
                cells.filter(|c| c.as_decimal().is_some()).for_each(|c| *c = Cell::text("many"));
            }),
            // graphs
            twist(GRAPH[0], |data, _| {
                edges(data, |t, (from, to)| {
                    t.rows.iter_mut().step_by(2).for_each(|row| row[to] = row[from].clone());
                });
            }),
            twist(GRAPH[1], |data, _| {
                edges(data, |t, (from, to)| {
                    let mut back = t.rows.clone();
                    back.iter_mut().for_each(|row| row.swap(from, to));
                    t.rows.extend(back);
                });
            }),
            twist(GRAPH[2], |data, _| edges(data, |t, _| t.rows.clear())),
            twist(GRAPH[3], |data, _| edges(data, |t, _| t.rows.truncate(t.rows.len() / 2))),
            twist(GRAPH[4], |data, _| {
                edges(data, |t, (_, to)| {
                    t.rows.iter_mut().take(1).for_each(|row| row[to] = Cell::text("nowhere"));
                });
            }),
            twist(GRAPH[5], |data, _| edges(data, |t, _| t.rows.extend(t.rows.clone()))),
            twist("a ring", |data, _| {
                edges(data, |t, (from, to)| {
                    let count = t.rows.len();
                    let names: Vec<Cell> = t.rows.iter().map(|row| row[from].clone()).collect();
                    t.rows
                        .iter_mut()
                        .enumerate()
                        .for_each(|(i, row)| row[to] = names[(i + 1) % count].clone());
                });
            }),
        ]
    }
}

fn decimal(number: i64) -> Decimal {
    Decimal::from(number)
}

/// Rows are repeated with new labels until there are so many; in other tables alike, so that names keep their rows.
fn grow(data: &mut Data, count: usize) {
    let first = data.tables.first().map_or(0, |t| t.rows.len());
    if first == 0 {
        return;
    }
    for table in &mut data.tables {
        let rows = table.rows.clone();
        for round in 1..count.div_ceil(first) {
            table.rows.extend(rows.iter().map(|row| {
                let mut row = row.clone();
                for cell in row.iter_mut().filter(|c| matches!(c.value, Value::Text(_))) {
                    *cell = Cell::text(format!("{} {round}", cell.shown));
                }
                row
            }));
        }
    }
}

fn columns(table: &mut Table, count: usize) {
    table.columns.truncate(count);
    table.rows.iter_mut().for_each(|row| row.truncate(count));
}

/// The last column is repeated under new names.
fn widen(table: &mut Table, count: usize) {
    let Some(last) = table.columns.last().cloned() else { return };
    for number in table.columns.len()..count {
        let mut column = last.clone();
        column.name = format!("{} {number}", last.name);
        table.columns.push(column);
        table.rows.iter_mut().for_each(|row| row.extend(row.last().cloned()));
    }
}

/// Texts are replaced, the same by the same, so that edges still find their nodes. Words that are told apart by a
/// figure, such as kinds of nodes, stay.
fn texts(data: &mut Data, by: impl Fn(&str, usize) -> String) {
    let mut known: Vec<(String, String)> = Vec::new();
    for table in &mut data.tables {
        let fixed: Vec<bool> = table
            .columns
            .iter()
            .map(|c| ["kind", "type", "relation", "section"].contains(&c.name.as_str()))
            .collect();
        for row in &mut table.rows {
            for (cell, _) in row.iter_mut().zip(&fixed).filter(|(_, fixed)| !**fixed) {
                let Value::Text(text) = &cell.value else { continue };
                let new = match known.iter().find(|(old, _)| old == text) {
                    Some((_, new)) => new.clone(),
                    None => {
                        known.push((text.clone(), by(text, known.len())));
                        known[known.len() - 1].1.clone()
                    }
                };
                *cell = Cell::text(new);
            }
        }
    }
}

fn long(text: &str, words: bool) -> String {
    let filler = if words { " and what belongs to it" } else { "andwhatbelongstoit" };
    let text = if words { text.to_owned() } else { text.replace(' ', "") };
    (text + &filler.repeat(12)).chars().take(200).collect()
}

fn foreign(data: &mut Data, words: &mut Words, word: &str) {
    texts(data, |_, i| format!("{word} {i}"));
    words.iter_mut().for_each(|w| *w = word.to_owned());
}

fn numbers(data: &mut Data, by: impl Fn(Decimal, usize) -> Decimal) {
    let cells = data.tables.iter_mut().flat_map(|t| &mut t.rows).flatten();
    for (index, (cell, number)) in cells.filter_map(|c| c.as_decimal().map(|n| (c, n))).enumerate() {
        let value = by(number, index).normalize();
        *cell = Cell { value: Value::Number(value), shown: value.to_string().replace('-', "\u{2212}") };
    }
}

fn missing(data: &mut Data, which: impl Fn(usize) -> bool) {
    let cells = data.tables.iter_mut().flat_map(|t| &mut t.rows).flatten();
    for (index, cell) in cells.filter(|c| c.as_decimal().is_some()).enumerate() {
        if which(index) {
            *cell = Cell::missing("–");
        }
    }
}

/// Tables of edges, with the columns of their ends.
fn edges(data: &mut Data, act: impl Fn(&mut Table, (usize, usize))) {
    for table in &mut data.tables {
        if let (Some(from), Some(to)) = (table.column("from"), table.column("to")) {
            act(table, (from, to));
        }
    }
}
