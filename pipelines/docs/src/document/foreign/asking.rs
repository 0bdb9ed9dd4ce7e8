//! Questions in English about print in another language.

use pixmo_render::NumberFormat;
use rust_decimal::Decimal;

use super::super::sheet::{Field, Sheet};
use crate::program::{Expr as Program, Is, Test};

/// Poses questions about one sheet: what a field says, by its meaning or by its label.
pub(super) struct Asking<'a> {
    pub(super) sheet: &'a mut Sheet,
    /// Column of the items that names a row.
    pub(super) label: usize,
    /// What a row is, such as `item` and `items`.
    pub(super) nouns: (&'static str, &'static str),
}

/// A column of numbers and how one speaks of it.
pub(super) struct Measure<'a> {
    pub(super) column: usize,
    pub(super) format: &'a NumberFormat,
    /// Questions for one row, with `{label}`.
    pub(super) one: &'a [&'a str],
    /// Questions for the row with the largest number.
    pub(super) most: &'a [&'a str],
    /// Questions for the row with the smallest number.
    pub(super) least: &'a [&'a str],
    /// Questions for how much larger the number of `{a}` is than that of `{b}`.
    pub(super) more: &'a [&'a str],
    /// Questions that ask by yes or no whether it is larger, with `{a}` and `{b}`.
    pub(super) whether: &'a [&'a str],
}

impl Asking<'_> {
    /// The value of a field by its meaning, by its label, and the label by the value.
    pub(super) fn field(&mut self, field: Field, table: usize, meanings: &[&str]) {
        let (label, value) = (self.sheet.shown_name(field).to_owned(), self.sheet.shown(field).to_owned());
        let program = || Program::Shown(Program::named(table, 0, &label).over(1));
        self.sheet.pose("field", 1, meanings, program());
        let printed = [
            format!("What is entered under “{label}”?"),
            format!("What stands beside “{label}”?"),
            format!("Read out the entry for “{label}”."),
            format!("What does “{label}” say?"),
            format!("Which value is given for “{label}”?"),
        ];
        self.pose("field", 1, &printed, program());
        if value.chars().count() <= 34 {
            let back = [
                format!("Under which label does “{value}” stand?"),
                format!("Which label belongs to “{value}”?"),
                format!("How is the entry “{value}” labelled?"),
            ];
            let program = Program::Shown(Program::named(table, 1, &value).over(0));
            self.pose("field_name", 2, &back, program);
        }
    }

    /// What a row says in a column of words.
    pub(super) fn words(&mut self, column: usize, questions: &[&str]) {
        for row in 0..self.sheet.len() {
            let label = self.sheet.shown_cell(row, self.label).to_owned();
            let filled: Vec<String> = questions.iter().map(|q| q.replace("{label}", &label)).collect();
            let program = Program::Shown(Program::named(0, self.label, &label).over(column));
            self.pose("lookup", 1, &filled, program);
        }
    }

    /// A column of numbers: single ones, the ends, differences and comparisons of neighbours.
    pub(super) fn numbers(&mut self, measure: &Measure<'_>) {
        let Measure { column, format, .. } = *measure;
        let labels: Vec<String> =
            (0..self.sheet.len()).map(|row| self.sheet.shown_cell(row, self.label).to_owned()).collect();
        let row = |label: &str| Program::named(0, self.label, label);
        let number = |label: &str| Program::Number(row(label).over(column)).boxed();
        let mut posed = Vec::new();
        for label in &labels {
            let words: Vec<String> = measure.one.iter().map(|q| q.replace("{label}", label)).collect();
            posed.push(("lookup", 1, words, Program::Shown(row(label).over(column))));
        }
        let ends = [(measure.most, true, "largest"), (measure.least, false, "smallest")];
        for (questions, largest, kind) in ends {
            let over = Program::all(0).over(column);
            let end = if largest { Program::Max(over) } else { Program::Min(over) };
            let words = questions.iter().map(|q| (*q).to_owned()).collect();
            posed.push((kind, 2, words, Program::Shown(end.over(self.label))));
        }
        for (a, b) in labels.iter().zip(labels.iter().skip(1)).flat_map(|(a, b)| [(a, b), (b, a)]) {
            let fill = |questions: &[&str]| -> Vec<String> {
                questions.iter().map(|q| q.replace("{a}", a).replace("{b}", b)).collect()
            };
            let more = Program::Greater(number(a), number(b));
            posed.push(("compare_yes_no", 2, fill(measure.whether), Program::YesNo(more.boxed())));
            // Asked the other way round, the answer would be less than nothing.
            let rows = |label: &String| labels.iter().position(|other| other == label);
            let larger = match (rows(a), rows(b)) {
                (Some(a), Some(b)) => self.sheet.amount(a, column) > self.sheet.amount(b, column),
                _ => false,
            };
            if larger {
                let program = Program::Subtract(number(a), number(b)).print(format);
                posed.push(("difference", 3, fill(measure.more), program));
            }
        }
        for (kind, effort, words, program) in posed.into_iter().filter(|(_, _, words, _)| !words.is_empty()) {
            self.pose(kind, effort, &words, program);
        }
    }

    /// How many rows there are, and which follows which.
    pub(super) fn order(&mut self) {
        let (one, many) = self.nouns;
        let count = [
            format!("How many different {many} are listed?"),
            format!("Count the lines with {many}."),
            format!("How many lines of {many} are there?"),
        ];
        let program = Program::Count(Program::all(0).boxed()).print(&NumberFormat::plain(0));
        self.pose("count_rows", 1, &count, program);
        let rows: Vec<String> =
            (0..self.sheet.len()).map(|row| self.sheet.shown_cell(row, self.label).to_owned()).collect();
        for label in &rows {
            let next = [
                format!("Which {one} is printed directly below “{label}”?"),
                format!("Which {one} comes right after “{label}”?"),
                format!("What is the next {one} after “{label}”?"),
            ];
            let program = Program::Next(Program::named(0, self.label, label).boxed()).over(self.label);
            self.pose("next", 2, &next, Program::Shown(program));
        }
    }

    /// How many rows have more than a bound in a column of numbers.
    pub(super) fn above(&mut self, column: usize, bound: Decimal, questions: &[String]) {
        let keep = vec![Test { column, is: Is::Above(bound) }];
        let rows = Program::Rows { table: 0, keep };
        self.pose("count_beyond", 2, questions, Program::Count(rows.boxed()).print(&NumberFormat::plain(0)));
    }

    /// Poses a question in words of its own.
    pub(super) fn pose(&mut self, kind: &'static str, effort: u8, words: &[String], program: Program) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.sheet.pose(kind, effort, &words, program);
    }
}
