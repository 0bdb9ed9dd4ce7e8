//! Operations that give numbers.

use crate::error::RecheckError;
use crate::exact::Exact;
use crate::node::{Fields, Node, whole_of};
use crate::row_set::{RowSet, number_in};
use crate::tables::{Cell, Content, Tables, number_of};
use crate::work::{LARGE_NUMBER, SMALL_NUMBER};

/// The largest exponent of a power.
const EXPONENT_MAX: usize = 12;

impl Tables {
    /// The number that an operation gives.
    pub(crate) fn number(&self, node: Node<'_>) -> Result<Exact, RecheckError> {
        let number = self.number_given(node)?;
        self.weigh(node, &number)?;
        Ok(number)
    }

    /// Counts what it costs to reckon with a number, and refuses one that is too long for that.
    fn weigh(&self, node: Node<'_>, number: &Exact) -> Result<(), RecheckError> {
        if number.is_too_long() {
            return Err(node.no_answer("a number of more than six hundred digits"));
        }
        self.work.add(if number.is_large() { LARGE_NUMBER } else { SMALL_NUMBER })
    }

    fn number_given(&self, node: Node<'_>) -> Result<Exact, RecheckError> {
        match node.operation {
            "number" => {
                let (rows, column) = self.over(node)?;
                self.number_at(node, rows.table, rows.one(node)?, column).cloned()
            }
            "constant" => number_of(node.body),
            "count" => Ok(Exact::count(self.rows(node.inner(node.body)?)?.rows.len())),
            "distinct" => {
                let mut texts = self.shown(node, &self.over(node)?)?;
                texts.sort_unstable();
                texts.dedup();
                Ok(Exact::count(texts.len()))
            }
            "number_columns" => {
                let table = self.table(node.fields(&["table"])?.whole("table")?)?;
                self.work.add_each(table.columns.len())?;
                Ok(Exact::count(table.columns.iter().filter(|column| column.holds_numbers).count()))
            }
            "sum" => Ok(sum(&self.numbers(node)?)),
            "mean" => {
                let numbers = self.some_numbers(node)?;
                self.quotient(node, &sum(&numbers), &Exact::count(numbers.len()))
            }
            "median" => {
                let mut numbers = self.some_numbers(node)?;
                numbers.sort();
                let half = numbers.len() / 2;
                match numbers.len() % 2 {
                    1 => Ok(numbers[half].clone()),
                    _ => self.quotient(node, &numbers[half - 1].plus(numbers[half]), &Exact::count(2)),
                }
            }
            "spread" => {
                let numbers = self.some_numbers(node)?;
                let empty = || node.no_answer("there are no rows");
                let largest = numbers.iter().max().ok_or_else(empty)?;
                let smallest = numbers.iter().min().ok_or_else(empty)?;
                Ok(largest.minus(smallest))
            }
            "sum_columns" => {
                let fields = node.fields(&["rows", "columns"])?;
                let (rows, columns) = self.across(node, &fields)?;
                let row = rows.one(node)?;
                let numbers = columns.iter().map(|&column| self.number_at(node, rows.table, row, column));
                Ok(sum(&numbers.collect::<Result<Vec<_>, _>>()?))
            }
            "subtract" => {
                let (a, b) = node.pair()?;
                Ok(self.number(a)?.minus(&self.number(b)?))
            }
            "divide" => {
                let (a, b) = node.pair()?;
                self.quotient(node, &self.number(a)?, &self.number(b)?)
            }
            "percent_change" => {
                let fields = node.fields(&["from", "to"])?;
                let from = self.number(node.inner(fields.need("from")?)?)?;
                let to = self.number(node.inner(fields.need("to")?)?)?;
                self.percent(node, &to.minus(&from), &from)
            }
            "share" => {
                let fields = node.fields(&["part", "whole"])?;
                let part = self.number(node.inner(fields.need("part")?)?)?;
                let whole = self.number(node.inner(fields.need("whole")?)?)?;
                self.percent(node, &part, &whole)
            }
            "abs" => Ok(self.number(node.inner(node.body)?)?.abs()),
            "add" => {
                let (a, b) = node.pair()?;
                Ok(self.number(a)?.plus(&self.number(b)?))
            }
            "multiply" => {
                let (a, b) = node.pair()?;
                Ok(self.number(a)?.times(&self.number(b)?))
            }
            "power" => {
                let fields = node.fields(&["of", "exponent"])?;
                let exponent = fields.whole("exponent")?;
                if exponent > EXPONENT_MAX {
                    return Err(node.no_answer(format!("an exponent of {exponent}")));
                }
                let base = self.number(node.inner(fields.need("of")?)?)?;
                let mut product = Exact::count(1);
                for _ in 0..exponent {
                    product = product.times(&base);
                    self.weigh(node, &product)?;
                }
                Ok(product)
            }
            "root" => {
                let number = self.number(node.inner(node.body)?)?;
                number.root().ok_or_else(|| node.no_answer("the square of no fraction"))
            }
            "gcd" => {
                let (a, b) = node.pair()?;
                let (a, b) = (self.number(a)?, self.number(b)?);
                let both = if a.is_positive() && b.is_positive() { a.common_divisor(&b) } else { None };
                both.ok_or_else(|| node.no_answer("numbers that are not whole and above 0"))
            }
            "mode" => {
                let mut numbers = self.some_numbers(node)?;
                numbers.sort();
                let mut runs: Vec<(usize, &Exact)> =
                    numbers.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0])).collect();
                runs.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
                match runs[..] {
                    [(most, _), (second, _), ..] if most == second => Err(node.no_answer("a tie")),
                    [(_, number), ..] => Ok(number.clone()),
                    [] => Err(node.no_answer("there are no rows")),
                }
            }
            "rank_of" => self.rank_of(node),
            "sum_products" => self.sum_products(node),
            "day" => self.day(node),
            "clock" => self.clock(node),
            "degree" => self.degree(node),
            "steps" => self.steps(node),
            _ => Err(node.unfit("a number")),
        }
    }

    /// The numbers of the column in the rows; none may be missing.
    fn numbers(&self, node: Node<'_>) -> Result<Vec<&Exact>, RecheckError> {
        self.numbers_over(node, &self.over(node)?)
    }

    /// As [`Tables::numbers`], for rows and a column that are already known.
    pub(crate) fn numbers_over(
        &self,
        node: Node<'_>,
        over: &(RowSet, usize),
    ) -> Result<Vec<&Exact>, RecheckError> {
        let (rows, column) = over;
        rows.rows.iter().map(|&row| self.number_at(node, rows.table, row, *column)).collect()
    }

    /// The number of one cell, which may not be missing.
    pub(crate) fn number_at(
        &self,
        node: Node<'_>,
        table: usize,
        row: usize,
        column: usize,
    ) -> Result<&Exact, RecheckError> {
        let number = number_in(node, self.cell(table, row, column)?)?;
        self.work
            .add(number.map_or(0, |number| if number.is_large() { LARGE_NUMBER } else { SMALL_NUMBER }))?;
        number
            .ok_or_else(|| node.no_answer(format!("row {row}, column {column} of table {table} is missing")))
    }

    /// The printed texts of the column in the rows; none may be missing.
    pub(crate) fn shown(&self, node: Node<'_>, over: &(RowSet, usize)) -> Result<Vec<&str>, RecheckError> {
        let (rows, column) = over;
        let read = |&row: &usize| match self.cell(rows.table, row, *column)? {
            Cell { content: Content::Missing, .. } => {
                Err(node.no_answer(format!("row {row}, column {column} of table {} is missing", rows.table)))
            }
            cell => Ok(cell.shown.as_str()),
        };
        rows.rows.iter().map(read).collect()
    }

    /// The row set and the columns of an operation that reads across a row.
    pub(crate) fn across<'p>(
        &self,
        node: Node<'p>,
        fields: &Fields<'p>,
    ) -> Result<(RowSet, Vec<usize>), RecheckError> {
        let rows = self.rows(node.inner(fields.need("rows")?)?)?;
        let mut columns = Vec::new();
        for column in fields.list("columns")? {
            let column = whole_of(column, "columns")?;
            self.column(rows.table, column)?;
            columns.push(column);
        }
        Ok((rows, columns))
    }

    /// One more than the rows that come before the one row.
    fn rank_of(&self, node: Node<'_>) -> Result<Exact, RecheckError> {
        let fields = node.fields(&["row", "over", "largest"])?;
        let largest = fields.flag("largest")?;
        let own = self.rows(node.inner(fields.need("row")?)?)?;
        let row = own.one(node)?;
        let over = self.over_of(node, fields.need("over")?)?;
        if over.0.table != own.table || !over.0.rows.contains(&row) {
            return Err(node.no_answer("the row is none of the rows"));
        }
        let number = self.number_at(node, own.table, row, over.1)?.clone();
        let mut rank = 1;
        for (other, found) in self.present(node, &over)? {
            match found.cmp(&number) {
                std::cmp::Ordering::Equal if other != row => return Err(node.no_answer("a tie")),
                std::cmp::Ordering::Greater if largest => rank += 1,
                std::cmp::Ordering::Less if !largest => rank += 1,
                _ => {}
            }
        }
        Ok(Exact::count(rank))
    }

    /// The sum of the products across rows.
    fn sum_products(&self, node: Node<'_>) -> Result<Exact, RecheckError> {
        let fields = node.fields(&["rows", "columns"])?;
        let (rows, columns) = self.across(node, &fields)?;
        if rows.rows.is_empty() || columns.is_empty() {
            return Err(node.no_answer("there is nothing to multiply"));
        }
        let mut total = Exact::count(0);
        for &row in &rows.rows {
            let mut product = Exact::count(1);
            for &column in &columns {
                product = product.times(self.number_at(node, rows.table, row, column)?);
                self.weigh(node, &product)?;
            }
            total = total.plus(&product);
        }
        Ok(total)
    }

    fn some_numbers(&self, node: Node<'_>) -> Result<Vec<&Exact>, RecheckError> {
        let numbers = self.numbers(node)?;
        if numbers.is_empty() { Err(node.no_answer("there are no rows")) } else { Ok(numbers) }
    }

    fn quotient(&self, node: Node<'_>, a: &Exact, b: &Exact) -> Result<Exact, RecheckError> {
        a.divided_by(b).ok_or_else(|| node.no_answer("a division by 0"))
    }

    /// 100 times a part of a whole that must be above 0.
    fn percent(&self, node: Node<'_>, part: &Exact, whole: &Exact) -> Result<Exact, RecheckError> {
        if !whole.is_positive() {
            return Err(node.no_answer("a share of a number that is 0 or negative"));
        }
        self.quotient(node, &part.times(&Exact::count(100)), whole)
    }
}

fn sum(numbers: &[&Exact]) -> Exact {
    numbers.iter().fold(Exact::count(0), |total, number| total.plus(number))
}
