//! What a picture is about: its data, the words around it, and how its things are called.

use std::collections::BTreeMap;

use pixmo_render::{Column, ColumnKind, Data, Datum, NumberFormat, Table};

use crate::program::Expr;

/// Data and words of one picture, before it is drawn.
#[derive(Clone, Debug)]
pub struct Content {
    /// The tables; the first is the one that is drawn.
    pub data: Data,
    /// How the numbers of a column are printed, by (table, column).
    pub formats: BTreeMap<(usize, usize), NumberFormat>,
    /// Title, empty for none.
    pub title: String,
    /// Line below the title, empty for none.
    pub subtitle: String,
    /// Source line or footnote, empty for none.
    pub note: String,
    /// What it is about, in one line.
    pub topic: String,
    /// Who made it and why, in one line.
    pub persona: String,
    /// How its things are called.
    pub nouns: Nouns,
    /// Names that would fit the first column but are not there.
    pub absent: Vec<String>,
    /// Names that would fit a column of numbers but are not there.
    pub absent_columns: Vec<String>,
    /// Where the data comes from: the name of a real table, or `world`.
    pub source_name: String,
    /// Licence of the data (SPDX).
    pub source_licence: String,
    /// What makes this picture's plan its own: subject, template and entities. Splits are made by its hash.
    pub plan: String,
}

/// How the things of the first table are called in questions.
#[derive(Clone, Debug, Default)]
pub struct Nouns {
    /// One row, such as `country`.
    pub row: String,
    /// Several rows, such as `countries`.
    pub rows: String,
    /// What the numbers measure when the columns are instances (`sales` over the columns `Tea`, `Coffee`); empty when
    /// each column has a measure of its own.
    pub measure: String,
    /// One such column, such as `product`; empty likewise.
    pub series: String,
    /// Several of them.
    pub series_plural: String,
    /// The column of the first table that names its rows.
    pub label: usize,
    /// One group of rows, where the rows fall into groups with sums of their own (table 1); empty otherwise.
    pub group: String,
    /// Several of them.
    pub groups: String,
    /// The name of the row that holds totals and is no row like the others; empty when there is none.
    pub total: String,
    /// How one speaks of what flows, in diagrams of flows.
    pub flow: Option<FlowWords>,
    /// The charts of a dashboard in their order.
    pub panels: Vec<PanelWords>,
    /// Questions in the words of the document itself, for print that names no fields.
    pub asks: Asks,
    /// Its names are words of another language, which English sentences can only quote.
    pub quoted: bool,
    /// The parts of an account, or groups of rows that end in a sum of their own.
    pub sections: Vec<Section>,
    /// How one speaks of ticks.
    pub ticks: Option<TickWords>,
}

impl Nouns {
    /// True for names that a sentence can only quote: those of another language. A few nouns of ours speak of what has no
    /// name in the picture.
    pub fn quotes(&self, name: &str) -> bool {
        const OURS: &[&str] = &["reading", "record", "day", "sample", "price", "Rank"];
        self.quoted && !OURS.contains(&name)
    }
}

/// Some rows of the first table and the row that holds their sum.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// What they are called together.
    pub name: String,
    /// The labels of the rows.
    pub items: Vec<String>,
    /// The label of the row of their sum.
    pub total: String,
}

/// How one speaks of ticks in a table, with `{label}` for a row and `{column}` for a column.
#[derive(Clone, Debug, Default)]
pub struct TickWords {
    /// Asks for one cell.
    pub ask: String,
    /// What is said of rows with a tick.
    pub having: String,
    /// What is said of rows without one.
    pub lacking: String,
    /// The columns from the second on, as they stand in a sentence.
    pub columns: Vec<String>,
    /// The texts that stand for a tick and for none.
    pub texts: (String, String),
}

/// How one speaks of a chart of a dashboard.
#[derive(Clone, Debug, Default)]
pub struct PanelWords {
    /// Its heading.
    pub heading: String,
    /// How its things are called.
    pub nouns: Nouns,
    /// Names that would fit its labels but are not there.
    pub absent: Vec<String>,
}

/// How one speaks of what flows.
#[derive(Clone, Debug, Default)]
pub struct FlowWords {
    /// What flows, such as `energy` or `patients`.
    pub much: String,
    /// It is counted: `how many`, not `how much`.
    pub many: bool,
    /// How it flows: `goes`, `moved`.
    pub verb: String,
    /// The steps are years.
    pub years: bool,
}

/// How a document is asked about whose entries have no printed names, such as a book cover: each question is worded for
/// the one entry or column that answers it.
#[derive(Clone, Debug, Default)]
pub struct Asks {
    /// Questions for the value of a field, by its row.
    pub fields: BTreeMap<usize, Vec<String>>,
    /// Questions for a cell of the first table, by column; `{label}` stands for the name of the row.
    pub columns: BTreeMap<usize, Vec<String>>,
    /// Questions for the name of the row, by column; `{value}` stands for what the column says.
    pub back: BTreeMap<usize, Vec<String>>,
    /// Questions for how far it is from a row to the next one in a column of numbers that only rises.
    pub spans: BTreeMap<usize, Vec<String>>,
    /// Questions that the document poses with their programs: problems to solve, states, sums.
    pub posed: Vec<Posed>,
    /// What can be pointed at, and the cell that it prints or draws.
    pub targets: Vec<(String, Datum)>,
}

/// A question with the program that answers it.
#[derive(Clone, Debug)]
pub struct Posed {
    /// Its class, such as `solution`.
    pub kind: &'static str,
    /// 1 (look-up) to 5 (several operations).
    pub effort: u8,
    /// Ways to word it.
    pub words: Vec<String>,
    /// What gives the answer.
    pub program: Expr,
}

impl Asks {
    /// True when nothing has words of its own.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.columns.is_empty() && self.back.is_empty() && self.posed.is_empty()
    }
}

impl Content {
    /// The main table.
    pub fn table(&self) -> &Table {
        &self.data.tables[0]
    }

    /// How numbers of a column of the main table are printed.
    pub fn format(&self, column: usize) -> NumberFormat {
        self.formats.get(&(0, column)).cloned().unwrap_or_default()
    }

    /// Adds the table `about` with the words around the picture, so that questions can ask for them. Returns its index.
    pub fn add_about(&mut self, entries: &[(&str, &str)]) -> usize {
        let mut table = Table::new("about", vec![Column::text("name"), Column::text("value")]);
        for (name, value) in entries.iter().filter(|(_, value)| !value.is_empty()) {
            table.rows.push(vec![pixmo_render::Cell::text(*name), pixmo_render::Cell::text(*value)]);
        }
        self.data.tables.push(table);
        self.data.tables.len() - 1
    }

    /// True when the first column holds labels of time.
    pub fn is_time(&self) -> bool {
        self.table().columns.first().is_some_and(|c| c.kind == ColumnKind::Time)
    }
}

/// The months as they are written in full.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The text with its first letter large.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The plural of an English noun, by the common rules and a few exceptions.
pub fn plural(noun: &str) -> String {
    let lower = noun.to_lowercase();
    let irregular = [
        ("person", "people"),
        ("child", "children"),
        ("woman", "women"),
        ("man", "men"),
        ("species", "species"),
        ("series", "series"),
    ];
    for (one, many) in irregular {
        if let Some(stem) = lower.strip_suffix(one) {
            return format!("{stem}{many}");
        }
    }
    let vowel_before_y = lower.len() > 1 && "aeiou".contains(lower.as_bytes()[lower.len() - 2] as char);
    if lower.ends_with('y') && !vowel_before_y {
        format!("{}ies", &noun[..noun.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end)) {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

/// A name as it stands inside a sentence: the first letter small, unless it is an abbreviation or has inner capitals.
pub fn inside(name: &str) -> String {
    let first_word = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let capitals = first_word.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 || (capitals == 1 && first_word.len() == 1) {
        return name.to_owned();
    }
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bent_as_english_does() {
        let cases = [
            ("country", "countries"),
            ("day", "days"),
            ("bus", "buses"),
            ("salesperson", "salespeople"),
            ("box", "boxes"),
        ];
        for (one, many) in cases {
            assert_eq!(plural(one), many);
        }
        assert_eq!(inside("Exports of goods"), "exports of goods");
        assert_eq!(inside("GDP per head"), "GDP per head");
        assert_eq!(inside("pH value"), "pH value");
    }
}
