//! What the card of a dataset says about its columns: the YAML block for machines and a table for people.

use crate::column::{Column, Kind, Range, Unit};
use crate::features::dtype;

/// The lines of `features:` inside `dataset_info` of a card, each ending in a newline and indented by `indent` blanks.
///
/// Starts with the `features:` line itself. If a card carries this block, the columns of the files must match it
/// exactly, or `load_dataset` fails.
pub fn features_yaml(columns: &[Column], indent: usize) -> String {
    let mut yaml = format!("{:indent$}features:\n", "");
    push_fields(&mut yaml, columns, indent);
    yaml
}

fn push_fields(yaml: &mut String, fields: &[Column], indent: usize) {
    for field in fields {
        push_line(yaml, indent, &format!("- name: {}", quoted(field.name)));
        push_kind(yaml, &field.kind, indent + 2);
    }
}

fn push_kind(yaml: &mut String, kind: &Kind, indent: usize) {
    match kind {
        Kind::Audio { sampling_rate_hz } => {
            push_line(yaml, indent, "dtype:");
            push_line(yaml, indent + 2, "audio:");
            push_line(yaml, indent + 4, &format!("sampling_rate: {sampling_rate_hz}"));
        }
        Kind::List(element) => match dtype(element) {
            "" | "audio" => {
                push_line(yaml, indent, "sequence:");
                push_kind(yaml, element, indent + 2);
            }
            name => push_line(yaml, indent, &format!("sequence: {name}")),
        },
        Kind::StructOfLists(fields) => {
            push_line(yaml, indent, "sequence:");
            push_fields(yaml, fields, indent);
        }
        Kind::ListOfStructs(fields) => {
            push_line(yaml, indent, "list:");
            push_fields(yaml, fields, indent);
        }
        scalar => push_line(yaml, indent, &format!("dtype: {}", dtype(scalar))),
    }
}

fn push_line(yaml: &mut String, indent: usize, line: &str) {
    yaml.push_str(&format!("{:indent$}{line}\n", ""));
}

/// YAML 1.1 takes some bare words for booleans or null; they are quoted, as the library does.
fn quoted(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "y" | "n" | "yes" | "no" | "true" | "false" | "on" | "off" | "null" | "~" => format!("'{name}'"),
        _ => name.to_owned(),
    }
}

/// A Markdown table of the columns with type, unit or range, and meaning. Inner fields follow their column, named
/// `points.x`.
pub fn columns_table(columns: &[Column]) -> String {
    let mut table = String::from("| column | type | values | meaning |\n| --- | --- | --- | --- |\n");
    push_rows(&mut table, columns, "");
    table
}

fn push_rows(table: &mut String, columns: &[Column], within: &str) {
    for column in columns {
        let name = format!("{within}{}", column.name);
        let meaning = match column.null {
            None => column.description.to_owned(),
            Some(null) => format!("{} Null: {null}.", column.description),
        };
        let cells = [type_in_words(&column.kind), values_in_words(column), meaning];
        table.push_str(&format!("| `{name}` |"));
        for cell in cells {
            table.push(' ');
            table.push_str(&cell.replace('|', "\\|"));
            table.push_str(" |");
        }
        table.push('\n');
        if let Some(inner) = inner_fields(&column.kind) {
            push_rows(table, inner, &format!("{name}."));
        }
    }
}

fn inner_fields(kind: &Kind) -> Option<&'static [Column]> {
    match kind {
        Kind::StructOfLists(fields) | Kind::ListOfStructs(fields) => Some(fields),
        Kind::List(element) => inner_fields(element),
        _ => None,
    }
}

fn type_in_words(kind: &Kind) -> String {
    match kind {
        Kind::List(element) => format!("list of {}", type_in_words(element)),
        Kind::StructOfLists(_) => "struct of lists".to_owned(),
        Kind::ListOfStructs(_) => "list of structs".to_owned(),
        scalar => dtype(scalar).to_owned(),
    }
}

fn values_in_words(column: &Column) -> String {
    let range = if column.range == Range::Any { String::new() } else { column.range.to_string() };
    match (range.is_empty(), column.unit == Unit::None) {
        (_, true) => range,
        (true, false) => column.unit.to_string(),
        (false, false) => format!("{range}, {}", column.unit),
    }
}
