//! Operations that give row sets, and the tests that rows pass.

use serde_json::Value;

use crate::error::RecheckError;
use crate::exact::Exact;
use crate::node::{Fields, Node, described, text_of};
use crate::tables::{Cell, Content, Tables, number_of};
use crate::work::{LARGE_NUMBER, SMALL_NUMBER};

/// Rows of one table, in table order.
pub(crate) struct RowSet {
    pub(crate) table: usize,
    pub(crate) rows: Vec<usize>,
}

/// What a row is tested for.
enum Test<'p> {
    Text(&'p str),
    OneOf(Vec<&'p str>),
    Not(&'p str),
    Above(Exact),
    Below(Exact),
    Between(Exact, Exact),
}

impl RowSet {
    /// Its row, if it has exactly one.
    pub(crate) fn one(&self, node: Node<'_>) -> Result<usize, RecheckError> {
        match self.rows.as_slice() {
            [row] => Ok(*row),
            rows => Err(node.no_answer(format!("it wants one row and was given {}", rows.len()))),
        }
    }
}

impl Tables {
    /// The rows that an operation gives.
    pub(crate) fn rows(&self, node: Node<'_>) -> Result<RowSet, RecheckError> {
        match node.operation {
            "rows" => self.kept(node),
            "max" => self.ranked(node, self.over(node)?, 1, true),
            "min" => self.ranked(node, self.over(node)?, 1, false),
            "nth" => {
                let fields = node.fields(&["over", "rank", "largest"])?;
                let over = self.over_of(node, fields.need("over")?)?;
                self.ranked(node, over, fields.whole("rank")?, fields.flag("largest")?)
            }
            "first_above" => {
                let fields = node.fields(&["over", "bound"])?;
                let over = self.over_of(node, fields.need("over")?)?;
                let bound = number_of(fields.need("bound")?)?;
                let found = self.present(node, &over)?.into_iter().find(|(_, number)| **number > bound);
                let (row, _) = found.ok_or_else(|| node.no_answer("no row is above the bound"))?;
                Ok(RowSet { table: over.0.table, rows: vec![row] })
            }
            "crossing" => self.crossing(node),
            "first" => self.picked(node, |rows| rows.first().copied()),
            "last" => self.picked(node, |rows| rows.last().copied()),
            "next" => self.neighbour(node, |row| row.checked_add(1)),
            "previous" => self.neighbour(node, |row| row.checked_sub(1)),
            _ => Err(node.unfit("rows")),
        }
    }

    /// The rows and the column that an operation stands over, when these are all it has.
    pub(crate) fn over(&self, node: Node<'_>) -> Result<(RowSet, usize), RecheckError> {
        self.over_of(node, node.body)
    }

    /// The rows and the column in a field of an operation.
    pub(crate) fn over_of<'p>(
        &self,
        node: Node<'p>,
        value: &'p Value,
    ) -> Result<(RowSet, usize), RecheckError> {
        let fields = Fields::of(node.operation, value, &["rows", "column"])?;
        let rows = self.rows(node.inner(fields.need("rows")?)?)?;
        let column = fields.whole("column")?;
        self.column(rows.table, column)?;
        Ok((rows, column))
    }

    /// The rows with their numbers, without the missing ones.
    pub(crate) fn present(
        &self,
        node: Node<'_>,
        over: &(RowSet, usize),
    ) -> Result<Vec<(usize, &Exact)>, RecheckError> {
        let (rows, column) = over;
        let mut present = Vec::with_capacity(rows.rows.len());
        for &row in &rows.rows {
            if let Some(number) = number_in(node, self.cell(rows.table, row, *column)?)? {
                self.work.add(if number.is_large() { LARGE_NUMBER } else { SMALL_NUMBER })?;
                present.push((row, number));
            }
        }
        Ok(present)
    }

    /// The first row whose one number is above the other, which it may not have been from the start.
    fn crossing(&self, node: Node<'_>) -> Result<RowSet, RecheckError> {
        let fields = node.fields(&["rows", "a", "b"])?;
        let rows = self.rows(node.inner(fields.need("rows")?)?)?;
        let (a, b) = (fields.whole("a")?, fields.whole("b")?);
        self.column(rows.table, a)?;
        self.column(rows.table, b)?;
        for (passed, &row) in rows.rows.iter().enumerate() {
            let first = self.number_at(node, rows.table, row, a)?;
            let second = self.number_at(node, rows.table, row, b)?;
            if first == second {
                return Err(node.no_answer(format!("the numbers of row {row} are equal")));
            }
            if first > second {
                if passed == 0 {
                    return Err(node.no_answer("the first row is above already"));
                }
                return Ok(RowSet { table: rows.table, rows: vec![row] });
            }
        }
        Err(node.no_answer("nothing crosses"))
    }

    fn kept(&self, node: Node<'_>) -> Result<RowSet, RecheckError> {
        let fields = node.fields(&["table", "keep"])?;
        let table = fields.whole("table")?;
        let count = self.table(table)?.rows.len();
        self.work.add_each(count)?;
        let mut rows: Vec<usize> = (0..count).collect();
        for test in fields.list("keep")? {
            let fields = Fields::of("keep", test, &["column", "is"])?;
            let column = fields.whole("column")?;
            self.column(table, column)?;
            let test = Test::read(fields.need("is")?)?;
            self.work.add(test.cost() * rows.len() as u64)?;
            let mut passed = Vec::with_capacity(rows.len());
            for row in rows {
                if test.passes(node, self.glance(table, row, column)?)? {
                    self.cell(table, row, column)?;
                    passed.push(row);
                }
            }
            rows = passed;
        }
        Ok(RowSet { table, rows })
    }

    /// The row with a rank. A tie is an equal number beside it in the order; equal numbers elsewhere do no harm.
    fn ranked(
        &self,
        node: Node<'_>,
        over: (RowSet, usize),
        rank: usize,
        largest: bool,
    ) -> Result<RowSet, RecheckError> {
        let mut present = self.present(node, &over)?;
        present.sort_by(|a, b| if largest { b.1.cmp(a.1) } else { a.1.cmp(b.1) });
        let place = rank.checked_sub(1).filter(|place| *place < present.len());
        let place =
            place.ok_or_else(|| node.no_answer(format!("rank {rank} of {} numbers", present.len())))?;
        let (row, number) = present[place];
        let equal = present.iter().filter(|(_, other)| *other == number).count();
        if equal > 1 {
            return Err(node.no_answer(format!("a tie of {equal}")));
        }
        Ok(RowSet { table: over.0.table, rows: vec![row] })
    }

    fn picked(
        &self,
        node: Node<'_>,
        pick: impl FnOnce(&[usize]) -> Option<usize>,
    ) -> Result<RowSet, RecheckError> {
        let rows = self.rows(node.inner(node.body)?)?;
        let row = pick(&rows.rows).ok_or_else(|| node.no_answer("there are no rows"))?;
        Ok(RowSet { table: rows.table, rows: vec![row] })
    }

    fn neighbour(
        &self,
        node: Node<'_>,
        step: impl FnOnce(usize) -> Option<usize>,
    ) -> Result<RowSet, RecheckError> {
        let rows = self.rows(node.inner(node.body)?)?;
        let count = self.table(rows.table)?.rows.len();
        let row = step(rows.one(node)?).filter(|row| *row < count);
        let row = row.ok_or_else(|| node.no_answer("the table ends there"))?;
        Ok(RowSet { table: rows.table, rows: vec![row] })
    }
}

impl<'p> Test<'p> {
    fn read(value: &'p Value) -> Result<Self, RecheckError> {
        let fields = Fields::of("is", value, &["text", "one_of", "not", "above", "below", "between"])?;
        let mut entries = value.as_object().into_iter().flatten();
        let (Some((name, body)), None) = (entries.next(), entries.next()) else {
            return Err(RecheckError::shape("`is`", described(value), "an object that names one test"));
        };
        Ok(match name.as_str() {
            "text" => Self::Text(text_of(body, "text")?),
            "one_of" => Self::OneOf(fields.texts("one_of")?),
            "not" => Self::Not(text_of(body, "not")?),
            "above" => Self::Above(number_of(body)?),
            "between" => match body.as_array().map(Vec::as_slice) {
                Some([low, high]) => Self::Between(number_of(low)?, number_of(high)?),
                _ => return Err(RecheckError::shape("`between`", described(body), "a list of two numbers")),
            },
            _ => Self::Below(number_of(body)?),
        })
    }

    /// What it costs to hold a row against it.
    fn cost(&self) -> u64 {
        match self {
            Self::Text(_) | Self::Not(_) => 1,
            Self::OneOf(texts) => texts.len() as u64,
            Self::Above(_) | Self::Below(_) | Self::Between(..) => 4 * SMALL_NUMBER,
        }
    }

    /// Tests of printed text look at the print alone, which a missing cell has, too (it may be empty). Tests of numbers
    /// pass over missing cells: such a row does not pass.
    fn passes(&self, node: Node<'_>, cell: &Cell) -> Result<bool, RecheckError> {
        Ok(match self {
            Self::Text(text) => cell.shown == *text,
            Self::OneOf(texts) => texts.contains(&cell.shown.as_str()),
            Self::Not(text) => cell.shown != *text,
            Self::Above(bound) => number_in(node, cell)?.is_some_and(|number| number > bound),
            Self::Below(bound) => number_in(node, cell)?.is_some_and(|number| number < bound),
            Self::Between(low, high) => {
                number_in(node, cell)?.is_some_and(|number| number >= low && number <= high)
            }
        })
    }
}

/// The number in a cell, none when it is missing; a text is an error.
pub(crate) fn number_in<'t>(node: Node<'_>, cell: &'t Cell) -> Result<Option<&'t Exact>, RecheckError> {
    match &cell.content {
        Content::Number(number) => Ok(Some(number)),
        Content::Missing => Ok(None),
        Content::Text => Err(node.no_answer(format!(
            "it wants a number and found the text `{}`",
            cell.shown.chars().take(40).collect::<String>()
        ))),
    }
}
