//! Evaluates programs over the data, and notes on the way what a reader must be able to see to do the same: the cells
//! read to the digit, the cells compared, the names needed. The trace becomes the explanation of the answer.

mod algebra;
pub(crate) mod dates;
mod graph;
mod order;
mod rows;

use std::collections::BTreeSet;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use pixmo_render::{ColumnKind, Data, Datum, Table, Value};

use crate::program::{Expr, Over};

/// The answer of a program, and how it was found.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// The answer.
    pub answer: String,
    /// What a reader has to see.
    pub reads: Reads,
    /// Sentences of the explanation, in order.
    pub steps: Vec<String>,
}

/// What a reader has to see to find the answer.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    /// Numbers that must be read to the last printed digit.
    pub exact: BTreeSet<Datum>,
    /// Names, labels and other texts that must be readable.
    pub texts: BTreeSet<Datum>,
    /// Properties by which rows were chosen; seen as text, as a place in a lane, or as a form.
    pub seen: BTreeSet<Datum>,
    /// Numbers that are only compared.
    pub compared: Vec<Compared>,
    /// Rows that must be seen at all, as (table, row).
    pub rows: BTreeSet<(usize, usize)>,
}

/// Two numbers that are compared, or a number and a bound of the question.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    /// One cell.
    pub cell: Datum,
    /// The other cell, or none for a bound.
    pub with: Option<Datum>,
    /// The number in the cell.
    pub value: f64,
    /// The other number.
    pub other: f64,
}

/// Why a program has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvalError {
    /// Several candidates are equal.
    #[error("a tie")]
    Tie,
    /// A cell is missing.
    #[error("a missing cell")]
    Missing,
    /// One row was wanted.
    #[error("not exactly one row")]
    NotOne,
    /// There is nothing to compute with.
    #[error("no rows")]
    Empty,
    /// Division by zero or a share of nothing.
    #[error("no number can be given")]
    Undefined,
    /// The operation does not fit its operands, or a table or column does not exist.
    #[error("operands of the wrong kind")]
    Kind,
}

enum Val {
    Rows(usize, Vec<usize>),
    Number(Decimal),
    Bool(bool),
    Text(String),
}

/// Evaluates a program whose outermost operation gives a text.
///
/// # Errors
/// The program has no unique answer over this data.
pub fn evaluate(data: &Data, program: &Expr) -> Result<Evaluation, EvalError> {
    let mut run = Run { data, reads: Reads::default(), steps: Vec::new() };
    let answer = run.text(program)?;
    Ok(Evaluation { answer, reads: run.reads, steps: run.steps })
}

struct Run<'a> {
    data: &'a Data,
    reads: Reads,
    steps: Vec<String>,
}

impl Run<'_> {
    fn table(&self, index: usize) -> Result<&Table, EvalError> {
        self.data.tables.get(index).ok_or(EvalError::Kind)
    }

    fn rows(&mut self, expr: &Expr) -> Result<(usize, Vec<usize>), EvalError> {
        match self.value(expr)? {
            Val::Rows(table, rows) => Ok((table, rows)),
            _ => Err(EvalError::Kind),
        }
    }

    fn one(&mut self, expr: &Expr) -> Result<(usize, usize), EvalError> {
        let (table, rows) = self.rows(expr)?;
        match rows[..] {
            [row] => Ok((table, row)),
            _ => Err(EvalError::NotOne),
        }
    }

    fn number(&mut self, expr: &Expr) -> Result<Decimal, EvalError> {
        match self.value(expr)? {
            Val::Number(number) => Ok(number),
            _ => Err(EvalError::Kind),
        }
    }

    fn boolean(&mut self, expr: &Expr) -> Result<bool, EvalError> {
        match self.value(expr)? {
            Val::Bool(truth) => Ok(truth),
            _ => Err(EvalError::Kind),
        }
    }

    fn text(&mut self, expr: &Expr) -> Result<String, EvalError> {
        match self.value(expr)? {
            Val::Text(text) => Ok(text),
            _ => Err(EvalError::Kind),
        }
    }

    /// The number of a cell; `None` when missing.
    fn cell(&self, table: usize, row: usize, column: usize) -> Result<Option<Decimal>, EvalError> {
        let cell = self.table(table)?.rows[row].get(column).ok_or(EvalError::Kind)?;
        match cell.value {
            Value::Number(number) => Ok(Some(number)),
            Value::Missing => Ok(None),
            Value::Text(_) => Err(EvalError::Kind),
        }
    }

    fn shown(&self, table: usize, row: usize, column: usize) -> Result<&str, EvalError> {
        Ok(&self.table(table)?.rows[row].get(column).ok_or(EvalError::Kind)?.shown)
    }

    /// Reads a number to the digit.
    fn exact(&mut self, table: usize, row: usize, column: usize) -> Result<Decimal, EvalError> {
        let number = self.cell(table, row, column)?.ok_or(EvalError::Missing)?;
        self.reads.exact.insert(Datum::at(table, row, column));
        Ok(number)
    }

    /// All numbers of a column over rows, to the digit.
    fn exacts(&mut self, over: &Over) -> Result<(usize, Vec<usize>, Vec<Decimal>), EvalError> {
        let (table, rows) = self.rows(&over.rows)?;
        if rows.is_empty() {
            return Err(EvalError::Empty);
        }
        let numbers =
            rows.iter().map(|&row| self.exact(table, row, over.column)).collect::<Result<Vec<_>, _>>()?;
        let list: Vec<&str> =
            rows.iter().map(|&r| self.shown(table, r, over.column)).collect::<Result<_, _>>()?;
        let name = self.column_name(table, over.column);
        let sentence = format!("The values of {name} are {}.", list.join(", "));
        if rows.len() > 1 && self.steps.last() != Some(&sentence) {
            self.steps.push(sentence);
        }
        Ok((table, rows, numbers))
    }

    fn column_name(&self, table: usize, column: usize) -> String {
        self.data.tables[table].columns.get(column).map_or(String::new(), |c| c.name.clone())
    }

    /// The name of a row for people: its cell in the first column of texts that are all different.
    fn row_name(&self, table: usize, row: usize) -> String {
        let columns = &self.data.tables[table].columns;
        let names = |c: &usize| columns[*c].kind != ColumnKind::Number && self.all_different(table, *c);
        let cells = &self.data.tables[table].rows[row];
        // Flows have no name of their own; they are told by where they come from and lead to.
        if self.data.tables[table].name == "links" {
            return format!("{} to {}", cells[0].shown, cells[1].shown);
        }
        let column = (0..columns.len()).find(names).unwrap_or(0);
        cells.get(column).map_or(String::new(), |c| c.shown.clone())
    }

    /// True for a day of a calendar, whose number nobody sees.
    fn is_day(&self, expr: &Expr) -> bool {
        let Expr::Number(over) = expr else { return false };
        let Expr::Rows { table, .. } = &*over.rows else { return false };
        let Some(table) = self.data.tables.get(*table) else { return false };
        let number = |shown: &str| shown.parse::<i64>().is_ok();
        table.columns.get(over.column).is_some_and(|c| c.kind == ColumnKind::Time)
            && table.texts(over.column).into_iter().all(|shown| !number(shown))
    }

    /// True when no text stands twice in the column.
    fn all_different(&self, table: usize, column: usize) -> bool {
        let rows = &self.data.tables[table].rows;
        let texts: BTreeSet<&str> = rows.iter().map(|r| r[column].shown.as_str()).collect();
        texts.len() == rows.len()
    }

    fn compare(
        &mut self,
        table: usize,
        a: (usize, usize, Decimal),
        b: Option<(usize, usize)>,
        other: Decimal,
    ) {
        self.reads.compared.push(Compared {
            cell: Datum::at(table, a.0, a.1),
            with: b.map(|(row, column)| Datum::at(table, row, column)),
            value: a.2.to_f64().unwrap_or(f64::NAN),
            other: other.to_f64().unwrap_or(f64::NAN),
        });
    }

    fn value(&mut self, expr: &Expr) -> Result<Val, EvalError> {
        Ok(match expr {
            Expr::Rows { table, keep } => Val::Rows(*table, self.kept(*table, keep)?),
            Expr::Max(over) => self.ranked(over, 1, true)?,
            Expr::Min(over) => self.ranked(over, 1, false)?,
            Expr::Nth { over, rank, largest } => self.ranked(over, *rank, *largest)?,
            Expr::First(rows) => {
                let (table, rows) = self.rows(rows)?;
                let row = *rows.first().ok_or(EvalError::Empty)?;
                self.steps.push(format!("The first entry is {}.", self.row_name(table, row)));
                Val::Rows(table, vec![row])
            }
            Expr::Last(rows) => {
                let (table, rows) = self.rows(rows)?;
                let row = *rows.last().ok_or(EvalError::Empty)?;
                self.steps.push(format!("The last entry is {}.", self.row_name(table, row)));
                Val::Rows(table, vec![row])
            }
            Expr::Next(rows) => {
                let (table, row) = self.one(rows)?;
                if row + 1 >= self.table(table)?.rows.len() {
                    return Err(EvalError::Empty);
                }
                self.steps.push(format!(
                    "After {} comes {}.",
                    self.row_name(table, row),
                    self.row_name(table, row + 1)
                ));
                Val::Rows(table, vec![row + 1])
            }
            Expr::Previous(rows) => {
                let (table, row) = self.one(rows)?;
                let before = row.checked_sub(1).ok_or(EvalError::Empty)?;
                self.steps.push(format!(
                    "Before {} stands {}.",
                    self.row_name(table, row),
                    self.row_name(table, before)
                ));
                Val::Rows(table, vec![before])
            }
            Expr::FirstAbove { over, bound } => self.first_above(over, *bound)?,
            Expr::Crossing { rows, a, b } => self.crossing(rows, *a, *b)?,
            Expr::RankOf { row, over, largest } => self.rank_of(row, over, *largest)?,
            Expr::Trend { over, up, down } => self.trend(over, up, down)?,
            Expr::SumProducts { rows, columns } => self.sum_products(rows, columns)?,
            Expr::Path { table, from, to } => self.path(*table, from, to)?,
            Expr::Day(of) => {
                let text = self.text(of)?;
                Val::Number(dates::read(&text).ok_or(EvalError::Undefined)?.day.into())
            }
            Expr::Clock(of) => {
                let text = self.text(of)?;
                Val::Number(dates::clock(&text).ok_or(EvalError::Undefined)?.into())
            }
            Expr::Weekday(of) => {
                let day = self.number(of)?;
                let day = if day.is_integer() { day.to_i64() } else { None }.ok_or(EvalError::Undefined)?;
                let name = dates::weekday(day);
                self.steps.push(format!("That day is a {name}."));
                Val::Text(name.to_owned())
            }
            Expr::DatePlus { of, days } => {
                let text = self.text(of)?;
                let date = dates::read(&text).ok_or(EvalError::Undefined)?;
                let moved = dates::moved(date, *days).ok_or(EvalError::Undefined)?;
                let word = if *days < 0 { "before" } else { "after" };
                self.steps.push(format!("{} days {word} {text} it is {moved}.", days.unsigned_abs()));
                Val::Text(moved)
            }
            Expr::Number(over) => {
                let (table, row) = self.one(&over.rows)?;
                let number = self.exact(table, row, over.column)?;
                let shown = self.shown(table, row, over.column)?.to_owned();
                self.say_cell(table, row, over.column, &shown);
                Val::Number(number)
            }
            Expr::Constant(number) => Val::Number(*number),
            Expr::Count(rows) => {
                let (table, rows) = self.rows(rows)?;
                let all = self.table(table)?.rows.len();
                self.reads.rows.extend((0..all).map(|row| (table, row)));
                if !rows.is_empty() && rows.len() < all && rows.len() <= 12 {
                    let names: Vec<String> = rows.iter().map(|&r| self.row_name(table, r)).collect();
                    self.steps.push(format!("These are {}: {} in all.", names.join(", "), rows.len()));
                } else {
                    self.steps.push(format!("Counting them gives {}.", rows.len()));
                }
                Val::Number(Decimal::from(rows.len()))
            }
            Expr::Distinct(over) => {
                let (table, rows) = self.rows(&over.rows)?;
                self.table(table)?.columns.get(over.column).ok_or(EvalError::Kind)?;
                let mut seen = Vec::new();
                for row in rows {
                    self.reads.texts.insert(Datum::at(table, row, over.column));
                    if self.table(table)?.rows[row][over.column].value == Value::Missing {
                        return Err(EvalError::Missing);
                    }
                    let text = self.shown(table, row, over.column)?.to_owned();
                    if !seen.contains(&text) {
                        seen.push(text);
                    }
                }
                self.steps.push(format!("There are {}: {}.", seen.len(), seen.join(", ")));
                Val::Number(Decimal::from(seen.len()))
            }
            Expr::NumberColumns { table } => {
                let columns = self.table(*table)?.number_columns();
                let names: Vec<String> = columns.iter().map(|&c| self.column_name(*table, c)).collect();
                self.reads.texts.extend(columns.iter().map(|&c| Datum::header(*table, c)));
                self.steps.push(format!("They are {}: {} in all.", names.join(", "), names.len()));
                Val::Number(Decimal::from(names.len()))
            }
            Expr::Sum(over) => {
                if self.rows(&over.rows)?.1.is_empty() {
                    return Ok(Val::Number(Decimal::ZERO));
                }
                let (_, _, numbers) = self.exacts(over)?;
                let sum = numbers.iter().copied().sum::<Decimal>();
                self.steps.push(format!("{} = {}.", joined(&numbers, " + "), plain(sum)));
                Val::Number(sum)
            }
            Expr::Mean(over) => {
                let (_, _, numbers) = self.exacts(over)?;
                let count = Decimal::from(numbers.len());
                let sum = numbers.iter().copied().sum::<Decimal>();
                self.steps.push(format!(
                    "Their sum is {}; divided by {count} this gives {}.",
                    plain(sum),
                    plain(sum / count)
                ));
                Val::Number(sum / count)
            }
            Expr::Median(over) => {
                let (_, _, mut numbers) = self.exacts(over)?;
                numbers.sort();
                let middle = numbers.len() / 2;
                let median = if numbers.len() % 2 == 1 {
                    numbers[middle]
                } else {
                    (numbers[middle - 1] + numbers[middle]) / Decimal::TWO
                };
                self.steps.push(format!(
                    "In order: {}; the middle is {}.",
                    joined(&numbers, ", "),
                    plain(median)
                ));
                Val::Number(median)
            }
            Expr::Spread(over) => {
                let (_, _, numbers) = self.exacts(over)?;
                let high = numbers.iter().copied().max().ok_or(EvalError::Empty)?;
                let low = numbers.iter().copied().min().ok_or(EvalError::Empty)?;
                self.steps.push(format!(
                    "The largest is {}, the smallest {}: {}.",
                    plain(high),
                    plain(low),
                    plain(high - low)
                ));
                Val::Number(high - low)
            }
            Expr::SumColumns { rows, columns } => {
                let (table, row) = self.one(rows)?;
                self.reads.texts.extend(columns.iter().map(|&c| Datum::header(table, c)));
                let numbers =
                    columns.iter().map(|&c| self.exact(table, row, c)).collect::<Result<Vec<_>, _>>()?;
                let sum = numbers.iter().copied().sum::<Decimal>();
                self.steps.push(format!(
                    "{}: {} = {}.",
                    self.row_name(table, row),
                    joined(&numbers, " + "),
                    plain(sum)
                ));
                Val::Number(sum)
            }
            Expr::Subtract(a, b) => {
                let read = |expr: &Expr| matches!(expr, Expr::Day(_));
                let days = (self.is_day(a) && self.is_day(b)) || (read(a) && read(b));
                let (a, b) = (self.number(a)?, self.number(b)?);
                self.steps.push(if days {
                    format!("From the one date to the other it is {} days.", plain(a - b))
                } else {
                    format!("{} − {} = {}.", plain(a), bracketed(b), plain(a - b))
                });
                Val::Number(a - b)
            }
            Expr::Divide(a, b) => {
                let (a, b) = (self.number(a)?, self.number(b)?);
                let ratio = a.checked_div(b).ok_or(EvalError::Undefined)?;
                self.steps.push(format!("{} ÷ {} = {}.", plain(a), bracketed(b), plain(ratio)));
                Val::Number(ratio)
            }
            Expr::PercentChange { from, to } => {
                let (from, to) = (self.number(from)?, self.number(to)?);
                if from <= Decimal::ZERO {
                    return Err(EvalError::Undefined);
                }
                let change = (to - from) * Decimal::ONE_HUNDRED / from;
                self.steps.push(format!(
                    "({} − {}) ÷ {} × 100 = {}.",
                    plain(to),
                    bracketed(from),
                    plain(from),
                    plain(change)
                ));
                Val::Number(change)
            }
            Expr::Share { part, whole } => {
                let (part, whole) = (self.number(part)?, self.number(whole)?);
                if whole <= Decimal::ZERO {
                    return Err(EvalError::Undefined);
                }
                let share = part * Decimal::ONE_HUNDRED / whole;
                self.steps.push(format!("{} ÷ {} × 100 = {}.", plain(part), plain(whole), plain(share)));
                Val::Number(share)
            }
            Expr::Abs(of) => Val::Number(self.number(of)?.abs()),
            Expr::Add(..)
            | Expr::Multiply(..)
            | Expr::Power { .. }
            | Expr::Root(_)
            | Expr::Gcd(..)
            | Expr::Mode(_)
            | Expr::Says { .. }
            | Expr::Both(..)
            | Expr::Either(..)
            | Expr::Negated(_)
            | Expr::Fraction(..)
            | Expr::BestOf { .. } => self.algebra(expr)?,
            Expr::Greater(a, b) => self.greater(a, b)?,
            Expr::Monotone { over, rising } => self.monotone(over, *rising)?,
            Expr::Exists { table, column, text } => {
                let at = self.find(*table, *column, text)?;
                let word = if at.is_empty() { "does not appear" } else { "appears" };
                let all = self.table(*table)?.rows.len();
                self.reads.texts.extend((0..all).map(|row| Datum::at(*table, row, *column)));
                self.steps.push(format!(
                    "{text} {word} among the entries of {}.",
                    self.column_name(*table, *column)
                ));
                Val::Bool(!at.is_empty())
            }
            Expr::Linked { table, from, to } => {
                let edges = self.edges(*table)?;
                let found = edges.iter().any(|(a, b)| a == from && b == to);
                self.reads.rows.extend((0..edges.len()).map(|row| (*table, row)));
                let word = if found { "An" } else { "No" };
                self.steps.push(format!("{word} arrow leads from {from} to {to}."));
                Val::Bool(found)
            }
            Expr::Shown(over) => {
                let (table, row) = self.one(&over.rows)?;
                let text = self.shown(table, row, over.column)?.to_owned();
                if self.data.tables[table].rows[row][over.column].value == Value::Missing {
                    return Err(EvalError::Missing);
                }
                self.reads.texts.insert(Datum::at(table, row, over.column));
                if over.column > 0 {
                    self.say_cell(table, row, over.column, &text);
                }
                Val::Text(text)
            }
            Expr::Names(over) => {
                let (table, rows) = self.rows(&over.rows)?;
                if rows.is_empty() {
                    return Err(EvalError::Empty);
                }
                self.reads.texts.extend(rows.iter().map(|&row| Datum::at(table, row, over.column)));
                self.table(table)?.columns.get(over.column).ok_or(EvalError::Kind)?;
                let gap =
                    |row: &usize| self.data.tables[table].rows[*row][over.column].value == Value::Missing;
                if rows.iter().any(gap) {
                    return Err(EvalError::Missing);
                }
                let names: Vec<&str> =
                    rows.iter().map(|&r| self.shown(table, r, over.column)).collect::<Result<_, _>>()?;
                let names = names.join(", ");
                self.steps.push(format!("The entries that meet this: {names}."));
                Val::Text(names)
            }
            Expr::Header { table, column } => {
                self.reads.texts.insert(Datum::header(*table, *column));
                Val::Text(self.table(*table)?.columns.get(*column).ok_or(EvalError::Kind)?.name.clone())
            }
            Expr::BestColumn { rows, columns, largest } => self.best_column(rows, columns, *largest)?,
            Expr::Successors { table, node } => {
                let edges = self.edges(*table)?;
                let names = once(edges.iter().filter(|(from, _)| from == node).map(|(_, to)| to.clone()));
                if names.is_empty() {
                    return Err(EvalError::Empty);
                }
                self.see_edges(*table, &edges, node, true);
                self.steps.push(format!("From {node} arrows lead to {}.", names.join(", ")));
                Val::Text(names.join(", "))
            }
            Expr::Predecessors { table, node } => {
                let edges = self.edges(*table)?;
                let names = once(edges.iter().filter(|(_, to)| to == node).map(|(from, _)| from.clone()));
                if names.is_empty() {
                    return Err(EvalError::Empty);
                }
                self.see_edges(*table, &edges, node, false);
                self.steps.push(format!("Arrows reach {node} from {}.", names.join(", ")));
                Val::Text(names.join(", "))
            }
            Expr::Degree { table, node, out } => {
                let edges = self.edges(*table)?;
                let count =
                    edges.iter().filter(|(from, to)| if *out { from == node } else { to == node }).count();
                self.see_edges(*table, &edges, node, *out);
                let way = if *out { "leaving" } else { "reaching" };
                self.steps.push(format!("Connections {way} {node}: {count}."));
                Val::Number(Decimal::from(count))
            }
            Expr::Steps { table, from, to } => self.shortest(*table, from, to)?,
            Expr::Print { of, format } => {
                let number = self.number(of)?;
                let unit = Decimal::from_i128_with_scale(10i128.pow(format.scale.min(27)), 0);
                let digits = (number / unit)
                    .round_dp_with_strategy(format.decimals, RoundingStrategy::MidpointAwayFromZero);
                Val::Text(format.print(digits * unit))
            }
            Expr::YesNo(of) => Val::Text(if self.boolean(of)? { "Yes" } else { "No" }.to_owned()),
            Expr::Choice { of, options, labels } => {
                let text = self.text(of)?;
                let mut matching = (0..options.len()).filter(|&i| options[i] == text);
                match (matching.next(), matching.next()) {
                    (Some(index), None) => {
                        let label = labels.get(index).ok_or(EvalError::Kind)?.clone();
                        self.steps.push(format!("That is {text}, option {label}."));
                        Val::Text(label)
                    }
                    (None, _) => return Err(EvalError::Empty),
                    _ => return Err(EvalError::Tie),
                }
            }
            Expr::Absent { table, column, text, decline } => {
                let found = match column {
                    Some(column) => !self.find(*table, *column, text)?.is_empty(),
                    None => self.table(*table)?.columns.iter().any(|c| c.name == *text),
                };
                if found {
                    return Err(EvalError::Kind);
                }
                self.steps.push(format!("{text} does not appear in the picture."));
                Val::Text(decline.clone())
            }
        })
    }

    fn say_cell(&mut self, table: usize, row: usize, column: usize, shown: &str) {
        let sentence =
            format!("{}, {}: {shown}.", self.row_name(table, row), self.column_name(table, column));
        if !self.steps.contains(&sentence) {
            self.steps.push(sentence);
        }
    }
}

/// Each name once, in order of first use.
fn once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut list = Vec::new();
    for name in names {
        if !list.contains(&name) {
            list.push(name);
        }
    }
    list
}

/// A number in an explanation: at most four decimals, no trailing zeros.
fn plain(number: Decimal) -> String {
    let text =
        number.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero).normalize().to_string();
    text.replace('-', "\u{2212}")
}

fn bracketed(number: Decimal) -> String {
    if number.is_sign_negative() { format!("({})", plain(number)) } else { plain(number) }
}

fn joined(numbers: &[Decimal], between: &str) -> String {
    numbers.iter().map(|n| plain(*n)).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hand-checked cases that all evaluators share. Cases marked `open` test readings that no question depends on.
    #[test]
    fn the_hand_checked_programs_have_their_answers() {
        let file: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/fixtures/programs.json"))
                .expect("the fixture is JSON");
        let data: Data =
            serde_json::from_value(file["data"].clone()).expect("the data has the form of `Data`");
        let cases = file["cases"].as_array().expect("cases is a list");
        assert!(cases.len() > 150);
        let mut wrong = Vec::new();
        for case in cases.iter().filter(|c| c.get("open").is_none()) {
            let found = serde_json::from_value::<Expr>(case["program"].clone())
                .ok()
                .and_then(|program| evaluate(&data, &program).ok())
                .map(|evaluation| evaluation.answer);
            let expected = case.get("answer").and_then(|a| a.as_str()).map(str::to_owned);
            if found != expected {
                wrong.push(format!(
                    "{}: found {found:?}, expected {expected:?} ({})",
                    case["program"], case["why"]
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
