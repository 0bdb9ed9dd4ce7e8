//! The file as a tree of values with their places. The only module that knows the parser.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{CampaignError, Place};

/// Settings are flat; deeper nesting is a mistake or an attack on the stack.
const DEPTH_MAX: usize = 32;

/// A value and where it stands, in bytes of the text.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) value: Value,
}

/// The values of TOML.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Whole(i128),
    Real(f64),
    Truth(bool),
    /// A date, a time or both, as TOML writes it.
    Time(String),
    List(Vec<Node>),
    Table(Table),
}

/// The entries of a table, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) node: Node,
}

impl Table {
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl Value {
    pub(crate) fn as_table(&self) -> Option<&Table> {
        match self {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The value in a few words, for errors.
    pub(crate) fn described(&self) -> String {
        match self {
            Value::Text(text) => format!("`{text:?}`"),
            Value::Whole(number) => format!("`{number}`"),
            Value::Real(number) => format!("`{number:?}`"),
            Value::Truth(value) => format!("`{value}`"),
            Value::Time(time) => format!("the time `{time}`"),
            Value::List(_) => "an array".to_owned(),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}

/// Parses `text`, the content of the file `path`.
pub(crate) fn parse(path: &Path, text: &str) -> Result<Table, CampaignError> {
    let reading = Reading { path, text };
    let table = DeTable::parse(text).map_err(|error| reading.explained(&error))?;
    reading.table(table.get_ref(), 0)
}

/// What an error needs to know of the file.
struct Reading<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reading<'_> {
    fn table(&self, table: &DeTable<'_>, depth: usize) -> Result<Table, CampaignError> {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let node = self.node(value, depth + 1)?;
            entries.push(Entry { key: key.get_ref().to_string(), key_span: key.span(), node });
        }
        entries.sort_by_key(|entry| entry.key_span.start);
        Ok(Table { entries })
    }

    fn node(&self, node: &Spanned<DeValue<'_>>, depth: usize) -> Result<Node, CampaignError> {
        if depth > DEPTH_MAX {
            let message = format!("the campaign file is nested more than {DEPTH_MAX} deep");
            return Err(CampaignError::new(message).at(self.place(node.span())));
        }
        let too_large = |number: &dyn std::fmt::Display| {
            CampaignError::new(format!("the number `{number}` is too large")).at(self.place(node.span()))
        };
        let value = match node.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
                Ok(value) => Value::Whole(value),
                Err(_) => return Err(too_large(number)),
            },
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(value) if value.is_finite() || !number.as_str().contains(|c: char| c.is_ascii_digit()) => {
                    Value::Real(value)
                }
                _ => return Err(too_large(number)),
            },
            DeValue::Boolean(value) => Value::Truth(*value),
            DeValue::Datetime(time) => Value::Time(time.to_string()),
            DeValue::Array(items) => {
                let items: Result<_, _> = items.iter().map(|item| self.node(item, depth + 1)).collect();
                Value::List(items?)
            }
            DeValue::Table(table) => Value::Table(self.table(table, depth)?),
        };
        Ok(Node { span: node.span(), value })
    }

    /// The error of the parser in our form; the commonest with what to do.
    fn explained(&self, error: &toml::de::Error) -> CampaignError {
        let span = error.span().unwrap_or(self.text.len()..self.text.len());
        let place = self.place(span.clone());
        let (message, found) = (error.message(), self.text.get(span.clone()).unwrap_or_default());
        if message.contains("duplicate key") {
            let line_start = self
                .text
                .get(..span.start)
                .and_then(|before| before.rfind('\n'))
                .map_or(0, |index| index + 1);
            let line = self.text[line_start..].lines().next().unwrap_or_default().trim();
            let message = if line.starts_with('[') {
                let header = line.trim_matches(['[', ']']);
                format!("section [{header}] is given twice")
            } else {
                format!("key `{found}` is given twice in one section")
            };
            return CampaignError::new(message).at(place).hint("keep one of the two");
        }
        // The parser takes whatever stands behind the `=` for a text without its quotes.
        let message = match message.strip_prefix("string values must be quoted") {
            Some(_) if found.trim().is_empty() => "a value is missing".to_owned(),
            Some(_) => format!("`{found}` is not a value; a text stands in quotes"),
            None => message.trim_end_matches(", expected nothing").to_owned(),
        };
        CampaignError::new(format!("the campaign file is not TOML: {message}")).at(place)
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::of_offset(self.path, self.text, span.start)
    }
}
