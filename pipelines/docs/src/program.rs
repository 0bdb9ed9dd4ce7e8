//! Questions as programs: a small expression language over the tables behind a picture.
//!
//! A program is stored with its question as JSON, in the externally tagged form that serde gives these types, and
//! evaluates to the text of the answer. The meaning of every operation stands here in its doc comment; `pixmo-recheck`
//! implements the same meaning a second time from these words alone.
//!
//! Terms: a *row set* is a list of row numbers of one table in table order. An operation that wants *one row* fails
//! unless its row set has exactly one. Reading a missing cell fails; [`Expr::Max`], [`Expr::Min`], [`Expr::Nth`],
//! [`Expr::FirstAbove`], [`Expr::RankOf`] (but for its one row) and number tests pass over missing cells instead. Two equal candidates for a place (a *tie*)
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
    /// The first row of a row set whose number in the column `a` is larger than that in the column `b`. Fails when it is
    /// the first row of the set, so that nothing crosses, when there is none, and when up to it a number is missing or
    /// the two numbers of a row are equal.
    Crossing {
        /// Gives a row set.
        rows: Box<Expr>,
        /// The column that is smaller at first.
        a: usize,
        /// The column that is larger at first.
        b: usize,
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
    /// The rank of the one row by the column among the rows: one more than the rows with a larger (or smaller) number.
    /// Fails when the row is not one of the rows, when its number is missing, and when another row has the same number.
    RankOf {
        /// Gives the one row.
        row: Box<Expr>,
        /// Rows and column.
        over: Over,
        /// Count from the largest; otherwise from the smallest.
        largest: bool,
    },
    /// Sum over the rows of the product of the numbers in the given columns; fails on no rows and on no columns.
    SumProducts {
        /// Gives a row set.
        rows: Box<Expr>,
        /// The columns.
        columns: Vec<usize>,
    },
    /// The day that a printed date names, counted in days from 1 January 1970 in the Gregorian calendar. A printed date
    /// has one of these forms, and nothing before or after it: `2024-05-17` (year, month, day); `17.05.2024` (day,
    /// month, year); `17/05/2024` (day, month, year) or `05/17/2024` (month, day, year), which fails when both of the
    /// first two numbers are 12 or less and different; `17 May 2024`; `May 17, 2024`. Years have four digits, numbers
    /// of months two, days two beside a number of the month and otherwise one or two without a zero before them; months
    /// stand in English in full or as their first three letters. A day that its month does not have fails.
    Day(Box<Expr>),
    /// The minutes from midnight to a printed time of the form `9:05` or `09:05`: an hour from 0 to 23 of one or two
    /// digits, a colon, and a minute of two digits. Anything else fails.
    Clock(Box<Expr>),

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

    /// The nodes of the shortest directed way from one node to another, both included, in order and joined by a comma and
    /// a space. Fails when there is none, when two lists of nodes are equally short, and when both nodes are the same.
    Path {
        /// The table of edges.
        table: usize,
        /// Start node.
        from: String,
        /// End node.
        to: String,
    },
    /// `up` when the last number of the column in the rows is larger than the first one, `down` when it is smaller; fails
    /// with fewer than three rows, when one of the two is missing, and when they are equal.
    Trend {
        /// Rows and column.
        over: Over,
        /// The word for a rise.
        up: String,
        /// The word for a fall.
        down: String,
    },
    /// The English name of the day of the week of a day as [`Expr::Day`] counts them; fails for a fraction.
    Weekday(Box<Expr>),
    /// The date that lies so many days after a printed date (before it, if negative), written in the form of that date,
    /// see [`Expr::Day`]: months in full stay in full, short ones short. Fails for a date that has the word `May`, as
    /// nobody can tell whether that is short, and when the year has more or less than four digits.
    DatePlus {
        /// Gives the text of a date.
        of: Box<Expr>,
        /// How many days later.
        days: i64,
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
    /// Its number is the first one, the second one, or lies between them.
    Between(Decimal, Decimal),
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
