//! The data behind a picture: tables whose numbers are exactly what is printed.
//!
//! Everything a picture shows is a cell of a table: a chart's observations, the nodes and edges of a diagram (a table
//! `nodes` with the column `label`, a table `edges` with `from`, `to`, `label`), the fields of a form (a table
//! `fields` with `name` and `value`). A [`Datum`] is the address of a cell; drawn elements carry the addresses of the
//! cells they show, so questions, points and proofs of visibility need no other link.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// The address of a cell, or of a column's header when `row` is [`Datum::HEADER`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Datum {
    /// Index of the table.
    pub table: u16,
    /// Index of the row, or [`Datum::HEADER`].
    pub row: u16,
    /// Index of the column.
    pub column: u16,
}

impl Datum {
    /// The row number that stands for a column's header.
    pub const HEADER: u16 = u16::MAX;

    /// A cell of the first table, which is the only one of most charts.
    pub fn cell(row: usize, column: usize) -> Self {
        Self::at(0, row, column)
    }

    /// A cell of any table.
    pub fn at(table: usize, row: usize, column: usize) -> Self {
        Self { table: table as u16, row: row as u16, column: column as u16 }
    }

    /// The header of a column.
    pub fn header(table: usize, column: usize) -> Self {
        Self { table: table as u16, row: Self::HEADER, column: column as u16 }
    }
}

/// All tables behind one picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// The tables; the first is the main one.
    pub tables: Vec<Table>,
}

/// One table: named columns of one kind each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// A short name, such as `observations`, `nodes`, `edges`, `fields`, `items`.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The name as printed (header, legend, field).
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Unit of its numbers as printed in text, such as `kg` or `$`; empty when there is none.
    pub unit: String,
    /// True when adding its numbers up means something (amounts yes, rates and temperatures no).
    pub additive: bool,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Names without order.
    Text,
    /// Ordered labels of time, such as years, months, dates, in the order of the rows.
    Time,
    /// Numbers.
    Number,
}

/// A value and how it is printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// The value, equal to what is printed: a number has no hidden digits.
    pub value: Value,
    /// The text as printed; empty when missing.
    pub shown: String,
}

/// The value of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// No value.
    Missing,
    /// A name, a label, a date as written.
    Text(String),
    /// An exact decimal number.
    Number(Decimal),
}

impl Cell {
    /// A text cell, printed as it is.
    pub fn text(text: impl Into<String>) -> Self {
        let shown = text.into();
        Self { value: Value::Text(shown.clone()), shown }
    }

    /// A number cell: rounded to what the format prints, so that reading the print gives the value.
    pub fn number(number: f64, format: &NumberFormat) -> Self {
        let exact = Decimal::from_f64_retain(number).unwrap_or_default();
        Self::decimal(exact, format)
    }

    /// As [`Cell::number`], from an exact decimal.
    pub fn decimal(number: Decimal, format: &NumberFormat) -> Self {
        let value = format.rounded(number);
        Self { value: Value::Number(value), shown: format.print(value) }
    }

    /// A missing value, printed as the given text (may be empty).
    pub fn missing(shown: impl Into<String>) -> Self {
        Self { value: Value::Missing, shown: shown.into() }
    }

    /// The number, if it is one.
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number as a float for drawing, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        use rust_decimal::prelude::ToPrimitive;
        self.as_decimal().and_then(|d| d.to_f64())
    }
}

impl Table {
    /// An empty table.
    pub fn new(name: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { name: name.into(), columns, rows: Vec::new() }
    }

    /// Index of the column with this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// The numbers of a column as floats, `None` where missing.
    pub fn numbers(&self, column: usize) -> Vec<Option<f64>> {
        self.rows.iter().map(|row| row.get(column).and_then(Cell::as_f64)).collect()
    }

    /// The printed texts of a column.
    pub fn texts(&self, column: usize) -> Vec<&str> {
        self.rows.iter().map(|row| row.get(column).map_or("", |c| c.shown.as_str())).collect()
    }

    /// Indexes of the number columns.
    pub fn number_columns(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|&c| self.columns[c].kind == ColumnKind::Number).collect()
    }
}

impl Column {
    /// A column of names.
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: ColumnKind::Text, unit: String::new(), additive: false }
    }

    /// A column of ordered time labels.
    pub fn time(name: impl Into<String>) -> Self {
        Self { name: name.into(), kind: ColumnKind::Time, unit: String::new(), additive: false }
    }

    /// A column of numbers.
    pub fn number(name: impl Into<String>, unit: impl Into<String>, additive: bool) -> Self {
        Self { name: name.into(), kind: ColumnKind::Number, unit: unit.into(), additive }
    }
}

/// How numbers are printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberFormat {
    /// Digits after the decimal mark.
    pub decimals: u32,
    /// Decimal mark, `.` or `,`.
    pub mark: char,
    /// What stands between groups of three digits, if anything (`,`, `.`, a thin or plain space, `'`).
    pub group: Option<char>,
    /// Text before the number, such as `$`.
    pub prefix: String,
    /// Text after the number, such as `%` or ` kg`.
    pub suffix: String,
    /// Power of ten taken out before printing: 3 with suffix `k`, 6 with suffix `M`; 0 for none.
    pub scale: u32,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self {
            decimals: 0,
            mark: '.',
            group: Some(','),
            prefix: String::new(),
            suffix: String::new(),
            scale: 0,
        }
    }
}

impl NumberFormat {
    /// Plain numbers with this many decimals and grouping commas.
    pub fn plain(decimals: u32) -> Self {
        Self { decimals, ..Self::default() }
    }

    /// The nearest number that this format can print; halves are rounded away from zero.
    pub fn rounded(&self, number: Decimal) -> Decimal {
        let unit = power_of_ten(self.scale);
        let scaled =
            (number / unit).round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero);
        (scaled * unit).normalize()
    }

    /// The number as printed. The minus sign is U+2212 as typographers use it, before the prefix.
    pub fn print(&self, number: Decimal) -> String {
        let scaled = (number / power_of_ten(self.scale))
            .round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero);
        let digits = format!("{:.*}", self.decimals as usize, scaled.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::new();
        if scaled.is_sign_negative() && !scaled.is_zero() {
            text.push('\u{2212}');
        }
        text.push_str(&self.prefix);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                text.extend(self.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.mark);
            text.push_str(fraction);
        }
        text.push_str(&self.suffix);
        text
    }

    /// As [`NumberFormat::print`] for a float, which is rounded first.
    pub fn print_f64(&self, number: f64) -> String {
        self.print(self.rounded(Decimal::from_f64_retain(number).unwrap_or_default()))
    }
}

fn power_of_ten(exponent: u32) -> Decimal {
    Decimal::from_i128_with_scale(10i128.pow(exponent.min(27)), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_the_value() {
        let dollars = NumberFormat { prefix: "$".into(), ..NumberFormat::plain(2) };
        let cell = Cell::number(-1234.565, &dollars);
        assert_eq!(cell.shown, "−$1,234.57");
        assert_eq!(cell.as_decimal().map(|d| d.to_string()).as_deref(), Some("-1234.57"));
        let millions = NumberFormat { suffix: "M".into(), scale: 6, ..NumberFormat::plain(1) };
        let cell = Cell::number(12_345_678.0, &millions);
        assert_eq!(cell.shown, "12.3M");
        assert_eq!(cell.as_f64(), Some(12_300_000.0));
        assert_eq!(NumberFormat::plain(0).print_f64(-0.2), "0");
    }
}
