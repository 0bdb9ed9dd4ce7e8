//! Reading a table: what a list says of it, and its CSV file. Either all of it is sound or none of it is used.

use rust_decimal::Decimal;
use serde::Deserialize;

/// The longest list and the longest file in bytes.
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Most rows of a table.
const ROWS_MAX: usize = 20_000;
/// Most columns of a table.
const COLUMNS_MAX: usize = 200;
/// The longest cell or name in bytes.
const CELL_BYTES_MAX: usize = 400;
/// Most decimals; more are never printed, and decimal numbers have no more than 28 digits in all.
const DECIMALS_MAX: u32 = 12;
/// Largest number: sums and products of a thousand such stay far inside of what decimal numbers can hold.
const NUMBER_MAX: i64 = 1_000_000_000_000_000;
/// What a column can be.
const KINDS: [&str; 4] = ["category", "time", "number", "text"];

/// A real table with its origin.
#[derive(Debug)]
pub struct Source {
    /// Its entry in the list.
    pub entry: Entry,
    /// The texts of its cells as they stand in the file, by row.
    pub(super) rows: Vec<Vec<String>>,
}

/// What the list says of a table.
#[derive(Debug, Deserialize)]
pub struct Entry {
    /// Stable name.
    pub name: String,
    /// Title.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// File name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Columns that together name a row.
    pub key: Vec<String>,
    /// SPDX expression, or `public-domain`.
    pub licence: String,
    /// Who published it.
    pub source: String,
    /// Whom to name.
    pub attribution: String,
    /// Set when the columns of numbers are instances of one measure.
    pub wide: Option<WideEntry>,
    /// The columns.
    pub columns: Vec<EntryColumn>,
}

/// How the columns of a wide table are called.
#[derive(Debug, Deserialize)]
pub struct WideEntry {
    /// What one column is, such as `month`.
    pub dimension: String,
    /// What all numbers measure.
    pub measure: String,
}

/// What the list says of a column.
#[derive(Debug, Deserialize)]
pub struct EntryColumn {
    /// Name as printed.
    pub name: String,
    /// `category`, `time`, `number` or `text`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Unit.
    pub unit: String,
    /// Decimals as printed.
    pub decimals: u32,
    /// Whether adding up means something.
    pub additive: bool,
    /// Its labels have an order.
    pub ordered: bool,
}

#[derive(Deserialize)]
struct List {
    table: Vec<Entry>,
}

/// Why a table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The list or the file is longer than is read.
    #[error("{what} has {bytes} bytes, at most {limit} are read")]
    TooLong {
        /// The list or the file.
        what: &'static str,
        /// Its length.
        bytes: usize,
        /// What is read.
        limit: usize,
    },
    /// The list is not TOML or not of the form of entries.
    #[error("the list of tables cannot be read")]
    List(#[source] toml::de::Error),
    /// The list says something of a table that cannot be.
    #[error("{at} is `{found}`, expected {expected}")]
    Entry {
        /// What it says something of.
        at: String,
        /// What it says.
        found: String,
        /// What it may say.
        expected: String,
    },
    /// The file is not CSV.
    #[error("the file cannot be read as CSV")]
    Csv(#[source] csv::Error),
    /// A cell of the file cannot be what the list says of its column.
    #[error("line {line}, column `{column}`: found `{found}`, expected {expected}")]
    Cell {
        /// Line in the file, from 1.
        line: u64,
        /// Name of the column.
        column: String,
        /// The beginning of the cell.
        found: String,
        /// What may stand there.
        expected: &'static str,
    },
}

impl TableError {
    fn entry(at: impl Into<String>, found: impl ToString, expected: impl Into<String>) -> Self {
        let found = found.to_string().chars().take(40).collect();
        Self::Entry { at: at.into(), found, expected: expected.into() }
    }
}

/// The entries of a list of tables (TOML).
///
/// # Errors
/// The list is too long, not TOML, or has another form.
pub fn entries(list: &str) -> Result<Vec<Entry>, TableError> {
    not_longer(list, "the list of tables")?;
    let list: List = toml::from_str(list).map_err(TableError::List)?;
    Ok(list.table)
}

fn not_longer(text: &str, what: &'static str) -> Result<(), TableError> {
    if text.len() > BYTES_MAX {
        return Err(TableError::TooLong { what, bytes: text.len(), limit: BYTES_MAX });
    }
    Ok(())
}

impl Source {
    /// Reads the file (CSV) of an entry.
    ///
    /// # Errors
    /// The entry says what cannot be; the file is too long or not CSV, lacks a column, or has a cell that is too long or
    /// no number where one should be.
    pub fn read(entry: Entry, file: &str) -> Result<Self, TableError> {
        not_longer(file, "the file")?;
        entry.check()?;
        let mut reader = csv::Reader::from_reader(file.as_bytes());
        let header = reader.headers().map_err(TableError::Csv)?.clone();
        let place = |column: &EntryColumn| {
            header.iter().position(|name| *name == column.name).ok_or_else(|| {
                TableError::entry("a column of the list", &column.name, "one that the file has")
            })
        };
        let places = entry.columns.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(TableError::Csv)?;
            if rows.len() == ROWS_MAX {
                return Err(TableError::entry("the number of rows", "more", format!("at most {ROWS_MAX}")));
            }
            let line = record.position().map_or(0, csv::Position::line);
            let read = |(column, &place): (&EntryColumn, &usize)| {
                column.cell(record.get(place).unwrap_or("").trim(), line)
            };
            rows.push(entry.columns.iter().zip(&places).map(read).collect::<Result<_, _>>()?);
        }
        Ok(Self { entry, rows })
    }
}

impl Entry {
    fn check(&self) -> Result<(), TableError> {
        if !(1..=COLUMNS_MAX).contains(&self.columns.len()) {
            let expected = format!("1 to {COLUMNS_MAX}");
            return Err(TableError::entry("the number of columns", self.columns.len(), expected));
        }
        let wide = self.wide.iter().flat_map(|wide| [&wide.dimension, &wide.measure]);
        let own = [&self.name, &self.title, &self.subject, &self.source, &self.attribution];
        let of_columns = self.columns.iter().flat_map(|column| [&column.name, &column.unit]);
        for text in own.into_iter().chain(wide).chain(of_columns) {
            if text.len() > CELL_BYTES_MAX || text.chars().any(char::is_control) {
                let expected = format!("at most {CELL_BYTES_MAX} bytes without control characters");
                return Err(TableError::entry("a text of the list", text, expected));
            }
        }
        for (index, column) in self.columns.iter().enumerate() {
            if column.name.trim().is_empty() || self.columns[..index].iter().any(|c| c.name == column.name) {
                let at = "the name of a column";
                return Err(TableError::entry(at, &column.name, "one that no other column has"));
            }
            if !KINDS.contains(&column.kind.as_str()) {
                let expected = format!("one of `{}`", KINDS.join("`, `"));
                return Err(TableError::entry("the type of a column", &column.kind, expected));
            }
            if column.decimals > DECIMALS_MAX {
                let expected = format!("at most {DECIMALS_MAX}");
                return Err(TableError::entry("`decimals`", column.decimals, expected));
            }
        }
        match self.key.iter().find(|key| self.columns.iter().all(|column| column.name != **key)) {
            Some(key) => Err(TableError::entry("`key`", key, "names of columns")),
            None => Ok(()),
        }
    }
}

impl EntryColumn {
    /// A cell of this column.
    fn cell(&self, text: &str, line: u64) -> Result<String, TableError> {
        let wrong = |expected| {
            let found = text.chars().take(40).collect();
            Err(TableError::Cell { line, column: self.name.clone(), found, expected })
        };
        if text.len() > CELL_BYTES_MAX {
            return wrong("at most 400 bytes");
        }
        if text.chars().any(char::is_control) {
            return wrong("one line without control characters");
        }
        if self.kind == "number" && !text.is_empty() {
            let plain = text.chars().all(|c| c.is_ascii_digit() || "+-.".contains(c));
            match text.parse::<Decimal>() {
                _ if !plain => return wrong("a plain decimal number or nothing"),
                Ok(number) if number.abs() <= Decimal::from(NUMBER_MAX) => {}
                Ok(_) => return wrong("a number of at most 10^15"),
                Err(_) => return wrong("a plain decimal number or nothing"),
            }
        }
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "[[table]]\nname = \"t\"\ntitle = \"T\"\nsubject = \"s\"\nfile = \"t.csv\"\nsha256 = \"\"\nkey = [\"A\"]\n\
        licence = \"CC0-1.0\"\nsource = \"s\"\nattribution = \"a\"\ncolumns = [\n\
        { name = \"A\", type = \"category\", unit = \"\", decimals = 0, additive = false, ordered = false },\n\
        { name = \"B\", type = \"number\", unit = \"kg\", decimals = 1, additive = true, ordered = false },\n]\n";

    fn read(list: &str, file: &str) -> Result<Source, String> {
        let told = |error: TableError| error.to_string();
        let entry = entries(list).map_err(told)?.pop().ok_or("no table")?;
        Source::read(entry, file).map_err(told)
    }

    #[test]
    fn a_table_is_read_whole_or_refused_with_the_reason() {
        assert_eq!(read(LIST, "B,A\n1.5,x\n,y\n").expect("it is sound").rows, [["x", "1.5"], ["y", ""]]);
        let long = "x".repeat(401);
        let files = [
            ("A,C\nx,1\n".to_owned(), "`B`, expected one that the file has"),
            ("A,B\nx\n".to_owned(), "cannot be read as CSV"),
            ("A,B\nx,one\n".to_owned(), "line 2, column `B`: found `one`"),
            ("A,B\nx,1e3\n".to_owned(), "plain decimal number"),
            ("A,B\nx,9999999999999999\n".to_owned(), "10^15"),
            ("A,B\n\"x\ny\",1\n".to_owned(), "one line"),
            (format!("A,B\n{long},1\n"), "at most 400 bytes"),
            (format!("A,B\n{}", "x,1\n".repeat(ROWS_MAX + 1)), "at most 20000"),
        ];
        let lists = [
            (LIST.replace("decimals = 1", "decimals = 4000000000"), "`decimals` is `4000000000`"),
            (LIST.replace("\"B\", type", "\"A\", type"), "no other column has"),
            (LIST.replace("key = [\"A\"]", "key = [\"Z\"]"), "names of columns"),
            (LIST.replace("\"number\"", "\"numbers\""), "one of `category`"),
            (LIST.replace("title = \"T\"", &format!("title = \"{long}\"")), "at most 400 bytes"),
            ("a = [".repeat(100_000), "cannot be read"),
            (" ".repeat(BYTES_MAX + 1), "bytes, at most"),
        ];
        let files = files.iter().map(|(file, told)| (LIST, file.as_str(), *told));
        let lists = lists.iter().map(|(list, told)| (list.as_str(), "", *told));
        for (list, file, told) in files.chain(lists) {
            let error = read(list, file).expect_err(told);
            assert!(error.contains(told), "`{told}` in `{error}`");
        }
    }
}
