//! The data behind a picture, read once and asked often.

use std::borrow::Cow;
use std::cell::RefCell;

use serde::Deserialize;
use serde_json::Value;

use crate::error::{Disagreement, RecheckError};
use crate::exact::Exact;
use crate::node::{Node, described};
use crate::work::Work;

/// The longest data that are read, in bytes; those of a picture have some ten thousand.
const DATA_BYTES_MAX: usize = 8 * 1024 * 1024;
/// The longest program that is read, in bytes; those of a question have some hundred.
const PROGRAM_BYTES_MAX: usize = 64 * 1024;

/// The tables behind one picture.
#[derive(Debug)]
pub struct Tables {
    tables: Vec<Table>,
    /// The cells that were read, while somebody asks for them.
    read: RefCell<Option<Vec<Address>>>,
    /// The work of the program that is running.
    pub(crate) work: Work,
}

/// Where a cell stands: its table, row and column, by index.
pub type Address = (usize, usize, usize);

#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) holds_numbers: bool,
}

#[derive(Debug)]
pub(crate) struct Cell {
    pub(crate) content: Content,
    pub(crate) shown: String,
}

/// What a cell holds; a text needs no keeping, operations read it as printed.
#[derive(Debug)]
pub(crate) enum Content {
    Missing,
    Text,
    Number(Exact),
}

impl Tables {
    /// Reads the tables from their JSON.
    ///
    /// # Errors
    /// The text is too long, no JSON or has another form than it should, a row has another length than the list of
    /// columns, or a number is not written as a plain decimal.
    pub fn parse(data_json: &str) -> Result<Self, RecheckError> {
        not_longer(data_json, "the data", DATA_BYTES_MAX)?;
        let data: StoredData<'_> = serde_json::from_str(data_json)
            .map_err(|source| RecheckError::Json { what: "the data", source })?;
        let tables = data.tables.into_iter().map(Table::of).collect::<Result<_, _>>()?;
        Ok(Self { tables, read: RefCell::new(None), work: Work::default() })
    }

    /// The answer that a program (JSON) gives.
    ///
    /// # Errors
    /// The program has another form than it should, is too much work, or has no answer on this data.
    pub fn answer(&self, program_json: &str) -> Result<String, RecheckError> {
        not_longer(program_json, "the program", PROGRAM_BYTES_MAX)?;
        self.work.begin();
        let program: Value = serde_json::from_str(program_json)
            .map_err(|source| RecheckError::Json { what: "the program", source })?;
        self.text(Node::top(&program)?)
    }

    /// The cells that a program (JSON) reads on its way to the answer, each once, in the order of tables, rows and
    /// columns. A cell that is looked at only to pass over its row is not among them: a question about March reads the
    /// cell `March`, though all months are looked at to find it.
    ///
    /// # Errors
    /// As [`Tables::answer`].
    pub fn reads(&self, program_json: &str) -> Result<Vec<Address>, RecheckError> {
        self.read.replace(Some(Vec::new()));
        let answer = self.answer(program_json);
        let mut read = self.read.take().unwrap_or_default();
        answer?;
        read.sort_unstable();
        read.dedup();
        Ok(read)
    }

    /// Recomputes a stored answer.
    ///
    /// # Errors
    /// The program gives another answer, or none.
    pub fn check(&self, program_json: &str, expected_answer: &str) -> Result<(), Disagreement> {
        match self.answer(program_json) {
            Ok(found) if found == expected_answer => Ok(()),
            found => Err(Disagreement { found, expected: expected_answer.to_owned() }),
        }
    }

    /// A table by its index.
    pub(crate) fn table(&self, index: usize) -> Result<&Table, RecheckError> {
        self.tables.get(index).ok_or_else(|| {
            RecheckError::shape(
                "table",
                format!("`{index}`"),
                format!("an index below {}", self.tables.len()),
            )
        })
    }

    /// A column by the index of its table and its own.
    pub(crate) fn column(&self, table: usize, column: usize) -> Result<&Column, RecheckError> {
        let columns = &self.table(table)?.columns;
        columns.get(column).ok_or_else(|| {
            RecheckError::shape("column", format!("`{column}`"), format!("an index below {}", columns.len()))
        })
    }

    /// A cell that the answer rests on; every row has as many as there are columns.
    pub(crate) fn cell(&self, table: usize, row: usize, column: usize) -> Result<&Cell, RecheckError> {
        let cell = self.glance(table, row, column)?;
        if let Some(read) = self.read.borrow_mut().as_mut() {
            read.push((table, row, column));
        }
        Ok(cell)
    }

    /// A cell that is looked at to find others, and does not count as read.
    pub(crate) fn glance(&self, table: usize, row: usize, column: usize) -> Result<&Cell, RecheckError> {
        self.work.add(1)?;
        self.column(table, column)?;
        let rows = &self.table(table)?.rows;
        rows.get(row).and_then(|cells| cells.get(column)).ok_or_else(|| {
            RecheckError::shape("row", format!("`{row}`"), format!("an index below {}", rows.len()))
        })
    }
}

impl Table {
    fn of(stored: StoredTable<'_>) -> Result<Self, RecheckError> {
        let mut rows = Vec::with_capacity(stored.rows.len());
        for cells in stored.rows {
            if cells.len() != stored.columns.len() {
                let found = format!("{} cells long", cells.len());
                let expected = format!("{}, one a column", stored.columns.len());
                return Err(RecheckError::shape("a row", found, expected));
            }
            rows.push(cells.into_iter().map(Cell::of).collect::<Result<_, _>>()?);
        }
        let columns = stored.columns.into_iter().map(|column| Column {
            name: column.name.into_owned(),
            holds_numbers: matches!(column.kind, StoredKind::Number),
        });
        Ok(Self { columns: columns.collect(), rows })
    }
}

impl Cell {
    fn of(stored: StoredCell<'_>) -> Result<Self, RecheckError> {
        let content = match stored.value {
            StoredValue::Missing => Content::Missing,
            StoredValue::Text(_) => Content::Text,
            StoredValue::Number(text) => Content::Number(decimal(&text)?),
        };
        Ok(Self { content, shown: stored.shown.into_owned() })
    }
}

/// The stored form, named apart so that a change of it shows here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredData<'j> {
    #[serde(borrow)]
    tables: Vec<StoredTable<'j>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredTable<'j> {
    #[serde(borrow, rename = "name")]
    _name: Cow<'j, str>,
    #[serde(borrow)]
    columns: Vec<StoredColumn<'j>>,
    #[serde(borrow)]
    rows: Vec<Vec<StoredCell<'j>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredColumn<'j> {
    #[serde(borrow)]
    name: Cow<'j, str>,
    kind: StoredKind,
    #[serde(borrow, rename = "unit")]
    _unit: Cow<'j, str>,
    #[serde(rename = "additive")]
    _additive: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredKind {
    Text,
    Time,
    Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredCell<'j> {
    #[serde(borrow)]
    value: StoredValue<'j>,
    #[serde(borrow)]
    shown: Cow<'j, str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredValue<'j> {
    Missing,
    Text(
        #[serde(borrow)]
        #[expect(dead_code, reason = "a text is read as printed; here its form alone counts")]
        Cow<'j, str>,
    ),
    Number(#[serde(borrow)] Cow<'j, str>),
}

fn not_longer(text: &str, what: &'static str, limit: usize) -> Result<(), RecheckError> {
    if text.len() > limit { Err(RecheckError::TooLong { what, bytes: text.len(), limit }) } else { Ok(()) }
}

/// A number, which is written as a text so that no digit is lost.
pub(crate) fn number_of(value: &Value) -> Result<Exact, RecheckError> {
    match value.as_str() {
        Some(text) => decimal(text),
        None => Err(RecheckError::shape("a number", described(value), "a text such as `-12.30`")),
    }
}

fn decimal(text: &str) -> Result<Exact, RecheckError> {
    let found = || format!("`{}`", text.chars().take(40).collect::<String>());
    Exact::read(text).ok_or_else(|| RecheckError::shape("a number", found(), "a decimal such as `-12.30`"))
}
