//! Operations on the rows of a table: which pass, which has the largest number, how two compare.

use pixmo_render::{ColumnKind, Datum};
use rust_decimal::Decimal;

use super::{EvalError, Run, Val, plain};
use crate::program::{Expr, Is, Over, Test};

impl Run<'_> {
    pub(super) fn kept(&mut self, table: usize, tests: &[Test]) -> Result<Vec<usize>, EvalError> {
        let count = self.table(table)?.rows.len();
        let mut rows: Vec<usize> = (0..count).collect();
        for test in tests {
            self.table(table)?.columns.get(test.column).ok_or(EvalError::Kind)?;
            let mut kept = Vec::new();
            for row in rows {
                if self.passes(table, row, test)? {
                    kept.push(row);
                }
            }
            rows = kept;
        }
        Ok(rows)
    }

    pub(super) fn passes(&mut self, table: usize, row: usize, test: &Test) -> Result<bool, EvalError> {
        let datum = Datum::at(table, row, test.column);
        let shown = self.shown(table, row, test.column)?;
        let passed = match &test.is {
            Is::Text(text) => shown == text,
            Is::OneOf(texts) => texts.iter().any(|t| t == shown),
            Is::Not(text) => {
                let passed = shown != text;
                self.reads.seen.insert(datum);
                return Ok(passed);
            }
            Is::Above(bound) | Is::Below(bound) => {
                let Some(number) = self.cell(table, row, test.column)? else { return Ok(false) };
                self.compare(table, (row, test.column, number), None, *bound);
                return Ok(if matches!(test.is, Is::Above(_)) { number > *bound } else { number < *bound });
            }
            Is::Between(low, high) => {
                let Some(number) = self.cell(table, row, test.column)? else { return Ok(false) };
                self.compare(table, (row, test.column, number), None, *low);
                self.compare(table, (row, test.column, number), None, *high);
                return Ok(number >= *low && number <= *high);
            }
        };
        if passed
            && self.data.tables[table].columns[test.column].kind != ColumnKind::Number
            && self.labels(table, test.column)
        {
            self.reads.texts.insert(datum);
        } else if passed {
            self.reads.seen.insert(datum);
        }
        Ok(passed)
    }

    /// True for columns whose texts name their rows: the first one, and those where every text stands once.
    pub(super) fn labels(&self, table: usize, column: usize) -> bool {
        column == 0 || self.all_different(table, column)
    }

    /// The numbers of a column over rows, missing ones left out.
    pub(super) fn candidates(&mut self, over: &Over) -> Result<(usize, Vec<(usize, Decimal)>), EvalError> {
        let (table, rows) = self.rows(&over.rows)?;
        let mut list = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(number) = self.cell(table, row, over.column)? {
                list.push((row, number));
            }
        }
        Ok((table, list))
    }

    pub(super) fn ranked(&mut self, over: &Over, rank: usize, largest: bool) -> Result<Val, EvalError> {
        let (table, mut list) = self.candidates(over)?;
        if rank == 0 || list.len() < rank {
            return Err(EvalError::Empty);
        }
        list.sort_by(|a, b| if largest { b.1.cmp(&a.1) } else { a.1.cmp(&b.1) });
        let (row, number) = list[rank - 1];
        for (index, (other_row, other)) in list.iter().enumerate() {
            if index + 1 != rank {
                if *other == number {
                    return Err(EvalError::Tie);
                }
                self.compare(table, (row, over.column, number), Some((*other_row, over.column)), *other);
            }
        }
        self.reads.texts.insert(Datum::at(table, row, 0));
        let place = match (rank, largest) {
            (1, true) => "largest".to_owned(),
            (1, false) => "smallest".to_owned(),
            (2, true) => "second largest".to_owned(),
            (2, false) => "second smallest".to_owned(),
            (3, true) => "third largest".to_owned(),
            (3, false) => "third smallest".to_owned(),
            (n, _) => format!("number {n} in order"),
        };
        let name = self.row_name(table, row);
        self.steps.push(format!(
            "The {place} value of {} is that of {name}.",
            self.column_name(table, over.column)
        ));
        Ok(Val::Rows(table, vec![row]))
    }

    pub(super) fn first_above(&mut self, over: &Over, bound: Decimal) -> Result<Val, EvalError> {
        let (table, list) = self.candidates(over)?;
        for (row, number) in list {
            self.compare(table, (row, over.column, number), None, bound);
            if number > bound {
                let name = self.row_name(table, row);
                self.steps.push(format!("The first value above {} is that of {name}.", plain(bound)));
                return Ok(Val::Rows(table, vec![row]));
            }
        }
        Err(EvalError::Empty)
    }

    /// Two cells are compared by eye; anything computed is compared by its exact value.
    pub(super) fn greater(&mut self, a: &Expr, b: &Expr) -> Result<Val, EvalError> {
        if let (Expr::Number(over_a), Expr::Number(over_b)) = (a, b) {
            let ((ta, ra), (tb, rb)) = (self.one(&over_a.rows)?, self.one(&over_b.rows)?);
            let number_a = self.cell(ta, ra, over_a.column)?.ok_or(EvalError::Missing)?;
            let number_b = self.cell(tb, rb, over_b.column)?.ok_or(EvalError::Missing)?;
            if number_a == number_b {
                return Err(EvalError::Tie);
            }
            if ta == tb {
                self.compare(ta, (ra, over_a.column, number_a), Some((rb, over_b.column)), number_b);
            } else {
                self.reads.exact.extend([Datum::at(ta, ra, over_a.column), Datum::at(tb, rb, over_b.column)]);
            }
            let word = if number_a > number_b { "larger" } else { "smaller" };
            let name = |table: usize, row: usize, column: usize| {
                format!("{} ({})", self.row_name(table, row), self.column_name(table, column))
            };
            self.steps.push(format!(
                "The value of {} is {word} than that of {}.",
                name(ta, ra, over_a.column),
                name(tb, rb, over_b.column)
            ));
            return Ok(Val::Bool(number_a > number_b));
        }
        if let (Expr::Number(over), Expr::Constant(bound)) = (a, b) {
            let (table, row) = self.one(&over.rows)?;
            let number = self.cell(table, row, over.column)?.ok_or(EvalError::Missing)?;
            if number == *bound {
                return Err(EvalError::Tie);
            }
            self.compare(table, (row, over.column, number), None, *bound);
            let word = if number > *bound { "above" } else { "below" };
            self.steps.push(format!(
                "The value of {} is {word} {}.",
                self.row_name(table, row),
                plain(*bound)
            ));
            return Ok(Val::Bool(number > *bound));
        }
        let counts = matches!((a, b), (Expr::Count(_), Expr::Constant(_)));
        let before = self.steps.len();
        let (a, b) = (self.number(a)?, self.number(b)?);
        if a == b {
            return Err(EvalError::Tie);
        }
        if counts && b < Decimal::ONE {
            self.steps.truncate(before);
            self.steps.push(if a > b { "It is entered so." } else { "It is entered otherwise." }.to_owned());
            return Ok(Val::Bool(a > b));
        }
        let word = if a > b { "larger" } else { "smaller" };
        self.steps.push(format!("{} is {word} than {}.", plain(a), plain(b)));
        Ok(Val::Bool(a > b))
    }

    pub(super) fn monotone(&mut self, over: &Over, rising: bool) -> Result<Val, EvalError> {
        let (table, rows) = self.rows(&over.rows)?;
        if rows.len() < 3 {
            return Err(EvalError::Empty);
        }
        let numbers = rows
            .iter()
            .map(|&row| self.cell(table, row, over.column)?.ok_or(EvalError::Missing))
            .collect::<Result<Vec<_>, _>>()?;
        let mut holds = true;
        for i in 1..rows.len() {
            if numbers[i] == numbers[i - 1] {
                return Err(EvalError::Tie);
            }
            self.compare(
                table,
                (rows[i], over.column, numbers[i]),
                Some((rows[i - 1], over.column)),
                numbers[i - 1],
            );
            if (numbers[i] > numbers[i - 1]) != rising && holds {
                holds = false;
                let word = if rising { "falls" } else { "rises" };
                let (from, to) = (self.row_name(table, rows[i - 1]), self.row_name(table, rows[i]));
                self.steps.push(format!("From {from} to {to} it {word}."));
            }
        }
        if holds {
            let word = if rising { "rises" } else { "falls" };
            self.steps.push(format!("It {word} at every step."));
        }
        Ok(Val::Bool(holds))
    }

    pub(super) fn best_column(
        &mut self,
        rows: &Expr,
        columns: &[usize],
        largest: bool,
    ) -> Result<Val, EvalError> {
        let (table, row) = self.one(rows)?;
        let mut list = Vec::new();
        for &column in columns {
            let number = self.cell(table, row, column)?.ok_or(EvalError::Missing)?;
            list.push((column, number));
        }
        list.sort_by(|a, b| if largest { b.1.cmp(&a.1) } else { a.1.cmp(&b.1) });
        let (best, number) = *list.first().ok_or(EvalError::Empty)?;
        for (column, other) in &list[1..] {
            if *other == number {
                return Err(EvalError::Tie);
            }
            self.compare(table, (row, best, number), Some((row, *column)), *other);
        }
        self.reads.texts.extend(columns.iter().map(|&c| Datum::header(table, c)));
        let word = if largest { "largest" } else { "smallest" };
        let (name, row) = (self.column_name(table, best), self.row_name(table, row));
        self.steps.push(format!("For {row}, the {word} value is that of {name}."));
        Ok(Val::Text(name))
    }
}
