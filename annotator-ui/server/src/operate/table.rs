//! Answers as tables for people.

use std::time::Duration;

use comfy_table::{Cell, CellAlignment, Table, presets};
use pixmo_console::wording;
use serde_json::Value;

/// The longest text of a cell in a list, in characters.
const CELL_CHARS_MAX: usize = 60;

/// A value to show: its heading, where it stands in an object, and how it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column(pub(super) &'static str, pub(super) &'static str, pub(super) Form);

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    /// As it is; lists with commas.
    Text,
    /// A whole number.
    Number,
    /// Seconds as a length of time.
    Secs,
    /// Bytes with a unit.
    Bytes,
    /// From 0 to 1, as per cent.
    Share,
    /// A time, to the minute.
    Time,
    /// Only said when it is true.
    Flag,
}

/// A list as a table.
pub(super) fn rows(items: &[Value], columns: &[Column]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(columns.iter().map(|column| cell(column.0.to_owned(), *column)));
    for item in items {
        table.add_row(columns.iter().map(|column| {
            let text = written(item.pointer(column.1), column.2);
            cell(shortened(&text), *column)
        }));
    }
    trimmed(&table)
}

/// An object as lines of names and values.
pub(super) fn fields(object: &Value, columns: &[Column]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    for column in columns {
        let text = written(object.pointer(column.1), column.2);
        if !text.is_empty() {
            table.add_row([column.0.to_owned(), text]);
        }
    }
    trimmed(&table)
}

fn cell(text: String, Column(_, _, form): Column) -> Cell {
    let is_amount = matches!(form, Form::Number | Form::Secs | Form::Bytes | Form::Share);
    Cell::new(text).set_alignment(if is_amount { CellAlignment::Right } else { CellAlignment::Left })
}

/// Without the blanks that the table puts at the beginning and the end of each line.
fn trimmed(table: &Table) -> String {
    table
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= CELL_CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(CELL_CHARS_MAX - 1).chain(['…']).collect()
}

fn written(value: Option<&Value>, form: Form) -> String {
    let Some(value) = value else { return String::new() };
    let whole = || value.as_u64();
    match form {
        Form::Number => whole().map_or_else(|| plain(value), wording::number),
        Form::Secs => whole().map_or_else(String::new, |secs| wording::duration(Duration::from_secs(secs))),
        Form::Bytes => whole().map_or_else(String::new, wording::bytes),
        Form::Share => value.as_f64().map_or_else(String::new, |share| format!("{:.0} %", share * 100.0)),
        Form::Time => {
            let text = plain(value);
            text.get(..16).map_or(text.clone(), |minute| minute.replace('T', " "))
        }
        Form::Flag => if value.as_bool() == Some(true) { "yes" } else { "" }.to_owned(),
        Form::Text => plain(value),
    }
}

/// A value in a line. What people wrote may hold what a terminal would obey; that is shown, not sent.
fn plain(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const COLUMNS: [Column; 4] = [
        Column("who", "/person", Form::Text),
        Column("roles", "/roles", Form::Text),
        Column("active", "/active_secs", Form::Secs),
        Column("since", "/at", Form::Time),
    ];

    #[test]
    fn a_list_is_a_table_and_an_object_is_lines() {
        let items = [
            json!({ "person": "p-a", "roles": ["annotator", "reviewer"], "active_secs": 90, "at": "2026-11-30T12:00:00Z" }),
            json!({ "person": "p-bcd", "roles": [], "active_secs": 5, "at": null }),
        ];
        let shown = rows(&items, &COLUMNS);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.len(), 3, "{shown}");
        assert!(lines[0].starts_with("who") && lines[0].ends_with("since"), "{shown}");
        assert!(
            lines[1].contains("annotator, reviewer") && lines[1].ends_with("2026-11-30 12:00"),
            "{shown}"
        );
        assert_eq!(fields(&items[1], &COLUMNS).lines().count(), 2);
    }

    #[test]
    fn nothing_that_people_wrote_reaches_the_terminal_as_a_command() {
        let item = json!({ "person": "a\u{1b}[2Jb\nc" });
        assert!(!rows(std::slice::from_ref(&item), &COLUMNS).contains('\u{1b}'));
        assert_eq!(fields(&item, &COLUMNS).lines().count(), 1);
    }
}
