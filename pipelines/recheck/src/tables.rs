//! The data behind a picture, read once and asked often.

use serde_json::Value;

use crate::error::{Disagreement, RecheckError};
use crate::exact::Exact;
use crate::node::{Fields, Node, described, list_of, text_of};

/// The tables behind one picture.
#[derive(Debug)]
pub struct Tables {
    tables: Vec<Table>,
}

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
    /// The text is no JSON, a part of it has another form than it should, a row has another length than the list of
    /// columns, or a number is not written as a plain decimal.
    pub fn parse(data_json: &str) -> Result<Self, RecheckError> {
        let data: Value = serde_json::from_str(data_json)
            .map_err(|source| RecheckError::Json { what: "the data", source })?;
        let tables = Fields::of("data", &data, &["tables"])?.list("tables")?;
        Ok(Self { tables: tables.iter().map(Table::read).collect::<Result<_, _>>()? })
    }

    /// The answer that a program (JSON) gives.
    ///
    /// # Errors
    /// The program has another form than it should, or has no answer on this data.
    pub fn answer(&self, program_json: &str) -> Result<String, RecheckError> {
        let program: Value = serde_json::from_str(program_json)
            .map_err(|source| RecheckError::Json { what: "the program", source })?;
        self.text(Node::top(&program)?)
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

    /// A cell; every row has as many as there are columns.
    pub(crate) fn cell(&self, table: usize, row: usize, column: usize) -> Result<&Cell, RecheckError> {
        self.column(table, column)?;
        let rows = &self.table(table)?.rows;
        rows.get(row).and_then(|cells| cells.get(column)).ok_or_else(|| {
            RecheckError::shape("row", format!("`{row}`"), format!("an index below {}", rows.len()))
        })
    }
}

impl Table {
    fn read(value: &Value) -> Result<Self, RecheckError> {
        let fields = Fields::of("table", value, &["name", "columns", "rows"])?;
        fields.text("name")?;
        let columns = fields.list("columns")?.iter().map(Column::read).collect::<Result<Vec<_>, _>>()?;
        let mut rows = Vec::new();
        for row in fields.list("rows")? {
            let cells = list_of(row, "row")?.iter().map(Cell::read).collect::<Result<Vec<_>, _>>()?;
            if cells.len() != columns.len() {
                let found = format!("{} cells long", cells.len());
                return Err(RecheckError::shape("a row", found, format!("{}, one a column", columns.len())));
            }
            rows.push(cells);
        }
        Ok(Self { columns, rows })
    }
}

impl Column {
    fn read(value: &Value) -> Result<Self, RecheckError> {
        let fields = Fields::of("column", value, &["name", "kind", "unit", "additive"])?;
        fields.text("unit")?;
        fields.flag("additive")?;
        let holds_numbers = match fields.text("kind")? {
            "number" => true,
            "text" | "time" => false,
            other => {
                return Err(RecheckError::shape("kind", format!("`{other}`"), "`text`, `time` or `number`"));
            }
        };
        Ok(Self { name: fields.text("name")?.to_owned(), holds_numbers })
    }
}

impl Cell {
    fn read(value: &Value) -> Result<Self, RecheckError> {
        let fields = Fields::of("cell", value, &["value", "shown"])?;
        let shown = fields.text("shown")?.to_owned();
        let content = match fields.need("value")? {
            Value::String(word) if word == "missing" => Content::Missing,
            value => {
                let inner = Fields::of("value", value, &["text", "number"])?;
                match (inner.value("text"), inner.value("number")) {
                    (Some(text), None) => {
                        text_of(text, "text")?;
                        Content::Text
                    }
                    (None, Some(number)) => Content::Number(number_of(number)?),
                    _ => {
                        let expected = "`missing`, a `text` or a `number`";
                        return Err(RecheckError::shape("the value of a cell", described(value), expected));
                    }
                }
            }
        };
        Ok(Self { content, shown })
    }
}

/// A number, which is written as a text so that no digit is lost.
pub(crate) fn number_of(value: &Value) -> Result<Exact, RecheckError> {
    let number = value.as_str().and_then(Exact::read);
    number.ok_or_else(|| RecheckError::shape("a number", described(value), "a text such as `-12.30`"))
}
