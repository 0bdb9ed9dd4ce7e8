//! Questions as programs: a small expression language over the tables behind a picture.
//!
//! A program is stored with its question as JSON, in the externally tagged form that serde gives these types, and
//! evaluates to the text of the answer. The meaning of every operation stands here in its doc comment; `pixmo-recheck`
//! implements the same meaning a second time from these words alone.
//!
//! Terms: a *row set* is a list of row numbers of one table in table order. An operation that wants *one row* fails
//! unless its row set has exactly one. Reading a missing cell fails; [`Expr::Max`], [`Expr::Min`], [`Expr::Nth`],
//! [`Expr::FirstAbove`] and number tests pass over missing cells instead. Two equal candidates for a place (a *tie*)
//! fail. A failing program is no question.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use pixmo_render::NumberFormat;

/// An expression. Tables and columns are given by index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// The rows of a table that pass every test.
    Rows {
        /// The table.
        table: usize,
        /// The tests; none keeps all rows.
        keep: Vec<Test>,
    },
    /// The row with the largest number in the column.
    Max(Over),
    /// The row with the smallest number in the column.
    Min(Over),
    /// The row whose number has this rank in the column, 1 being the largest (or the smallest).
    Nth {
        /// Rows and column.
        over: Over,
        /// 1 for the first.
        rank: usize,
        /// Count from the largest; otherwise from the smallest.
        largest: bool,
    },
    /// The first row of a row set.
    First(Box<Expr>),
    /// The last row of a row set.
    Last(Box<Expr>),
    /// The row of the same table that follows the one row.
    Next(Box<Expr>),
    /// The row of the same table before the one row.
    Previous(Box<Expr>),
    /// The first row, in table order, whose number is larger than the bound.
    FirstAbove {
        /// Rows and column.
        over: Over,
        /// The bound.
        bound: Decimal,
    },

    /// The number in a column of the one row.
    Number(Over),
    /// A number that the question itself names.
    Constant(Decimal),
    /// How many rows.
    Count(Box<Expr>),
    /// How many different printed texts the column has in the rows.
    Distinct(Over),
    /// How many columns of numbers the table has.
    NumberColumns {
        /// The table.
        table: usize,
    },
    /// Sum of the column over the rows.
    Sum(Over),
    /// Arithmetic mean of the column over the rows; fails on no rows.
    Mean(Over),
    /// Median: the middle number, or the mean of the two middle ones.
    Median(Over),
    /// Largest minus smallest number of the column over the rows.
    Spread(Over),
    /// Sum over the given columns of the one row.
    SumColumns {
        /// The one row.
        rows: Box<Expr>,
        /// The columns.
        columns: Vec<usize>,
    },
    /// `a` minus `b`.
    Subtract(Box<Expr>, Box<Expr>),
    /// `a` divided by `b`; fails when `b` is 0.
    Divide(Box<Expr>, Box<Expr>),
    /// 100 x (`to` - `from`) / `from`; fails when `from` is 0 or negative.
    PercentChange {
        /// The earlier number.
        from: Box<Expr>,
        /// The later number.
        to: Box<Expr>,
    },
    /// 100 x `part` / `whole`; fails when `whole` is 0 or negative.
    Share {
        /// The part.
        part: Box<Expr>,
        /// The whole.
        whole: Box<Expr>,
    },
    /// The absolute value.
    Abs(Box<Expr>),

    /// `a` plus `b`.
    Add(Box<Expr>, Box<Expr>),
    /// `a` times `b`.
    Multiply(Box<Expr>, Box<Expr>),
    /// The number as a factor `exponent` times, which is 1 for 0 times; fails when `exponent` is above 12.
    Power {
        /// The number.
        of: Box<Expr>,
        /// How often it is a factor.
        exponent: u32,
    },
    /// The number of 0 or more whose square this is; fails when it is negative or the square of no fraction.
    Root(Box<Expr>),
    /// The greatest whole number that divides both; fails unless both are whole and above 0.
    Gcd(Box<Expr>, Box<Expr>),
    /// The number that the column has most often over the rows; fails on no rows, and when several stand equally often.
    Mode(Over),

    /// True when the first number is larger than the second; fails when they are equal.
    Greater(Box<Expr>, Box<Expr>),
    /// True when the column rises (or falls) from every row to the next, in table order; fails with fewer than three
    /// rows or when two neighbours are equal.
    Monotone {
        /// Rows and column.
        over: Over,
        /// Test for rising; otherwise for falling.
        rising: bool,
    },
    /// True when some row of the table has this printed text in the column.
    Exists {
        /// The table.
        table: usize,
        /// The column.
        column: usize,
        /// The text.
        text: String,
    },
    /// True when the printed text of a column in the one row is this text; fails on a missing cell.
    Says {
        /// The one row and the column.
        over: Over,
        /// The text.
        text: String,
    },
    /// True when both are true.
    Both(Box<Expr>, Box<Expr>),
    /// True when at least one of them is true.
    Either(Box<Expr>, Box<Expr>),
    /// True when it is false.
    Negated(Box<Expr>),
    /// True when `edges` leads from one node directly to another.
    Linked {
        /// The table of edges: column 0 says from, column 1 to.
        table: usize,
        /// Start node.
        from: String,
        /// End node.
        to: String,
    },

    /// The printed text of a column in the one row.
    Shown(Over),
    /// The printed texts of a column in the rows, in table order, joined by a comma and a space; fails on no rows.
    Names(Over),
    /// The printed name of a column.
    Header {
        /// The table.
        table: usize,
        /// The column.
        column: usize,
    },
    /// The printed name of that one of the columns which has the largest (or smallest) number in the one row.
    BestColumn {
        /// The one row.
        rows: Box<Expr>,
        /// The columns.
        columns: Vec<usize>,
        /// Look for the largest; otherwise for the smallest.
        largest: bool,
    },
    /// The nodes that edges lead to from a node, in the order of the edges, joined by a comma and a space; fails when
    /// there is none.
    Successors {
        /// The table of edges.
        table: usize,
        /// The node.
        node: String,
    },
    /// The nodes that edges lead from to a node, likewise.
    Predecessors {
        /// The table of edges.
        table: usize,
        /// The node.
        node: String,
    },
    /// How many edges leave (or reach) a node.
    Degree {
        /// The table of edges.
        table: usize,
        /// The node.
        node: String,
        /// Count those that leave; otherwise those that reach it.
        out: bool,
    },
    /// How many edges the shortest directed way from one node to another has; fails when there is none.
    Steps {
        /// The table of edges.
        table: usize,
        /// Start node.
        from: String,
        /// End node.
        to: String,
    },

    /// The number as text: divided by 10^scale, rounded to `decimals` (halves away from zero), with decimal mark,
    /// groups of three digits, U+2212 as minus before the prefix, prefix and suffix.
    Print {
        /// The number.
        of: Box<Expr>,
        /// How.
        format: NumberFormat,
    },
    /// `a` over `b` in lowest terms as text, without groups of digits: `3/4`, or `3` where it is whole, with U+2212 in
    /// front when it is negative; fails when `b` is 0 or one of them is not whole.
    Fraction(Box<Expr>, Box<Expr>),
    /// The text of that one of the entries which has the largest (or smallest) number; fails on no entries and on ties.
    BestOf {
        /// The entries.
        entries: Vec<Entry>,
        /// Look for the largest; otherwise for the smallest.
        largest: bool,
    },
    /// `Yes` for true, `No` for false.
    YesNo(Box<Expr>),
    /// The label of the one option that equals the text of the expression; fails when none or several do.
    Choice {
        /// Gives a text.
        of: Box<Expr>,
        /// The options as printed in the question.
        options: Vec<String>,
        /// Their labels, such as `A`.
        labels: Vec<String>,
    },
    /// The given decline, provided that the text stands nowhere in the column (or, without a column, that no column of
    /// the table has this name); fails otherwise.
    Absent {
        /// The table.
        table: usize,
        /// The column, or none for the names of the columns.
        column: Option<usize>,
        /// What the question asks about.
        text: String,
        /// The answer that says that the picture does not tell.
        decline: String,
    },
}

/// Rows and a column of the same table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Over {
    /// Gives a row set.
    pub rows: Box<Expr>,
    /// The column.
    pub column: usize,
}

/// A text and the number by which it is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Gives the text.
    pub name: Expr,
    /// Gives the number.
    pub number: Expr,
}

/// A test that a row passes or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// The column.
    pub column: usize,
    /// What is tested.
    pub is: Is,
}

/// What a cell is tested for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Is {
    /// Its printed text equals this one.
    Text(String),
    /// Its printed text is one of these.
    OneOf(Vec<String>),
    /// Its printed text is another one.
    Not(String),
    /// Its number is larger.
    Above(Decimal),
    /// Its number is smaller.
    Below(Decimal),
}

impl Expr {
    /// All rows of a table.
    pub fn all(table: usize) -> Expr {
        Expr::Rows { table, keep: Vec::new() }
    }

    /// The rows of a table whose column prints this text.
    pub fn named(table: usize, column: usize, text: &str) -> Expr {
        Expr::Rows { table, keep: vec![Test { column, is: Is::Text(text.to_owned()) }] }
    }

    /// This row set together with a column.
    pub fn over(self, column: usize) -> Over {
        Over { rows: Box::new(self), column }
    }

    /// This number as text.
    pub fn print(self, format: &NumberFormat) -> Expr {
        Expr::Print { of: Box::new(self), format: format.clone() }
    }

    /// This expression in a box.
    pub fn boxed(self) -> Box<Expr> {
        Box::new(self)
    }
}
