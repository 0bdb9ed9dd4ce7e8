//! Sheets of mathematics: problems whose numbers are stored as a table, set as formulas, and solved by programs.
//!
//! A sheet has one row for each problem. Its first column names the problem, the second holds it as plain text, the
//! others hold the operands. A formula is linked to all operands it shows, so that a program over them can be proved to
//! be answerable from the page.

mod algebra;
mod calculus;
mod data;
mod figure;
mod logic;
mod number;
mod page;
mod plane;
mod story;

pub(super) use algebra::{linear, quadratic, systems};
pub(super) use calculus::write as calculus;
pub(super) use data::statistics;
pub(super) use figure::write as geometry;
pub(super) use logic::write as logic;
pub(super) use number::{arithmetic, fractions, sequences};
pub(super) use plane::write as plane;
pub(super) use story::write as percentages;

use pixmo_render::{Cell, Column, NumberFormat};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::markup::Expr;
use super::sheet::{Field, Sheet};
use crate::content::inside;
use crate::program::{Entry, Expr as Program};
use page::Look;

/// What a sheet is about.
struct Topic {
    titles: &'static [&'static str],
    orders: &'static [&'static str],
    classes: (i64, i64),
}

/// What stands around the problems.
struct Head {
    title: Field,
    order: Field,
    class: Field,
    date: Field,
    who: Field,
    number: Field,
}

/// The column that holds a problem as text.
const TEXT: usize = 1;
/// The first column of operands.
const FIRST: usize = 2;

/// A sheet in the making.
struct Set {
    sheet: Sheet,
    head: Head,
    look: Look,
    /// What a problem is called, such as `Problem`.
    word: &'static str,
    /// How problems are numbered: digits, letters, Roman, capitals.
    style: usize,
    start: i64,
    topic: String,
}

/// Numbers without groups of digits, as formulas print them.
fn plain(decimals: u32) -> NumberFormat {
    NumberFormat { group: None, ..NumberFormat::plain(decimals) }
}

impl Set {
    /// A sheet with these columns of operands; those that begin with `=` hold texts.
    fn begin(desk: &mut Desk<'_>, topic: &Topic, columns: &[&str]) -> Self {
        Self::with_word(desk, topic, columns, None)
    }

    /// As [`Set::begin`], for rows of another name than a problem's.
    fn with_word(desk: &mut Desk<'_>, topic: &Topic, columns: &[&str], word: Option<&'static str>) -> Self {
        let look = Look::draw(desk);
        let style = desk.rng.weighted(&[5.0, 2.5, 1.0]);
        let word = word.unwrap_or_else(|| match style {
            0 => desk.any(&["Problem", "Exercise", "Task", "Question"]),
            _ => desk.any(&["Part", "Exercise"]),
        });
        let mut list = vec![(Column::text(word), None), (Column::text("Text"), None)];
        for name in columns {
            list.push(match name.strip_prefix('=') {
                Some(name) => (Column::text(name), None),
                None => (Column::number(*name, "", false), None),
            });
        }
        let mut sheet = Sheet::with_items(list);
        sheet.call(&inside(word), &format!("{}s", inside(word)));
        sheet.lacks(&["Name of the pupil", "Grade reached", "Number of the room", "Permitted calculator"]);
        let place = desk.place.clone();
        let title = desk.any(topic.titles);
        let class =
            format!("{}{}", desk.rng.whole(topic.classes.0, topic.classes.1), desk.any(&["a", "b", "c", ""]));
        let date = desk.workday();
        let who = desk.person().polite();
        let (least, most) = look.numbers();
        let number = desk.rng.whole(least, most).to_string();
        let order = desk.any(topic.orders);
        let sheet_word = look.sheet_word();
        let head = Head {
            title: sheet.tell(
                "Title",
                title,
                "What is the title of the page?|What is the page about?|Which heading stands at the top?",
            ),
            order: sheet.tell("Instruction", order, "How does the instruction read?|What is one told to do?"),
            class: sheet.tell("Class", &class, "For which class is the page?|Which class is named?"),
            date: sheet.tell(
                "Date",
                &place.date(date),
                "Which date does the page give?|Of which date is the page?",
            ),
            who: sheet.tell("Teacher", &who, "Who is the teacher?|Which teacher is named?"),
            number: sheet.tell(
                &format!("Number of the {sheet_word}"),
                &number,
                &format!("What is the number of the {sheet_word}?|Which number does the {sheet_word} have?"),
            ),
        };
        let topic = format!("{} for class {class}", title.to_lowercase());
        let start = if style == 0 && look.is_book() { desk.rng.whole(1, 40) } else { 1 };
        Self { sheet, head, look, word, style, start, topic }
    }

    /// The number of a problem as it is printed.
    fn printed(&self, row: usize) -> String {
        let number = self.start as usize + row;
        match self.style {
            0 => number.to_string(),
            1 => char::from(b'a' + (row % 26) as u8).to_string(),
            3 => char::from(b'A' + (row % 26) as u8).to_string(),
            _ => ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
                .get(row)
                .map_or_else(|| number.to_string(), |text| (*text).to_owned()),
        }
    }

    /// The name of a problem, such as `Problem 3`.
    fn label(&self, row: usize) -> String {
        if row < self.sheet.len() {
            return self.sheet.shown_cell(row, 0).to_owned();
        }
        match self.style {
            // A letter alone would read as an article.
            1 => format!("{} ({})", self.word, self.printed(row)),
            _ => format!("{} {}", self.word, self.printed(row)),
        }
    }

    /// The name of a problem inside a sentence.
    fn said(&self, row: usize) -> String {
        inside(&self.label(row))
    }

    /// Adds a problem; texts among the operands are given as such.
    fn add(&mut self, text: &str, operands: Vec<Cell>) -> usize {
        let mut cells = vec![Cell::text(self.label(self.sheet.len())), Cell::text(text)];
        cells.extend(operands);
        self.sheet.item(cells)
    }

    /// True when a problem stands on the sheet already.
    fn has(&self, text: &str) -> bool {
        (0..self.sheet.len()).any(|row| self.sheet.says(row, TEXT, text))
    }

    /// Adds a row that has a name of its own.
    fn add_named(&mut self, name: &str, text: &str, operands: Vec<Cell>) -> usize {
        let mut cells = vec![Cell::text(name), Cell::text(text)];
        cells.extend(operands);
        self.sheet.item(cells)
    }

    /// The number of a problem, linked.
    fn tag(&self, row: usize) -> Expr {
        self.sheet.cell_part(row, 0, &self.printed(row), "field_name")
    }

    /// A formula in Typst's words, without commas at its top level.
    fn formula(&self, source: &str) -> Expr {
        self.look.formula(source)
    }

    /// A formula in which all operands of a row stand.
    fn linked(&self, row: usize, columns: &[usize], source: &str) -> Expr {
        self.sheet.holding(row, columns, "body", &format!("box({})", self.look.raised(source)))
    }

    /// A number of a problem.
    fn of(&self, row: usize, column: usize) -> Program {
        Program::Number(Program::named(0, 0, &self.label(row)).over(column))
    }

    /// Poses for every problem what comes out; `words` hold `{p}` for its name.
    fn solve(
        &mut self,
        kind: &'static str,
        effort: u8,
        words: &[&str],
        answer: impl Fn(&Set, usize) -> Program,
    ) {
        self.solve_where(kind, effort, words, |_| true, answer);
    }

    /// As [`Set::solve`], for some of the problems.
    fn solve_where(
        &mut self,
        kind: &'static str,
        effort: u8,
        words: &[&str],
        keep: impl Fn(usize) -> bool,
        answer: impl Fn(&Set, usize) -> Program,
    ) {
        for row in (0..self.sheet.len()).filter(|row| keep(*row)) {
            let texts: Vec<String> = words.iter().map(|text| text.replace("{p}", &self.said(row))).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let program = answer(self, row);
            self.sheet.pose(kind, effort, &texts, program);
        }
    }

    /// Poses comparisons of what comes out, which is called `noun`, and sums of two, printed in this way.
    fn compare(
        &mut self,
        desk: &mut Desk<'_>,
        noun: &str,
        format: &NumberFormat,
        number: impl Fn(&Set, usize) -> Program,
    ) {
        let count = self.sheet.len();
        if count < 2 {
            return;
        }
        for _ in 0..6 {
            let pair = desk.rng.sample(count, 2);
            let (a, b) = (self.said(pair[0]), self.said(pair[1]));
            let (first, second) = (number(self, pair[0]), number(self, pair[1]));
            let more =
                Program::YesNo(Program::Greater(first.clone().boxed(), second.clone().boxed()).boxed());
            let words = [
                format!("Is the {noun} of {a} larger than that of {b}?"),
                format!("Is the {noun} of {b} smaller than that of {a}?"),
            ];
            self.sheet.pose("compare_problems", 4, &[&words[0], &words[1]], more);
            let sum = Program::Add(first.boxed(), second.boxed()).print(format);
            let words = [
                format!("Add the {noun} of {a} and the {noun} of {b}: what do you get?"),
                format!("What is the sum of the {noun} of {a} and that of {b}?"),
            ];
            self.sheet.pose("sum_of_two", 4, &[&words[0], &words[1]], sum);
        }
        if count <= 9 {
            for largest in [true, false] {
                let entry = |row: usize| Entry {
                    name: Program::Shown(Program::named(0, 0, &self.label(row)).over(0)),
                    number: number(self, row),
                };
                let entries = (0..count).map(entry).collect();
                let size = if largest { "largest" } else { "smallest" };
                let word = inside(self.word);
                let words = [
                    format!("In which {word} is the {noun} the {size}?"),
                    format!("For which {word} is the {noun} {size}?"),
                ];
                self.sheet.pose(
                    "best_problem",
                    5,
                    &[&words[0], &words[1]],
                    Program::BestOf { entries, largest },
                );
            }
        }
    }

    /// Poses how many problems there are, and lets their numbers be pointed at.
    fn count(&mut self) {
        let words = format!("{}s", inside(self.word));
        let program = Program::Count(Program::all(0).boxed()).print(&plain(0));
        // Problems are set; points, colours and values are shown.
        let does = match self.word {
            "Problem" | "Exercise" | "Task" | "Question" | "Part" => "set",
            _ => "show",
        };
        let texts = [
            format!("How many {words} are on the page?"),
            format!("Count the {words}."),
            format!("How many {words} does the page {does}?"),
        ];
        self.sheet.pose("count_rows", 1, &[&texts[0], &texts[1], &texts[2]], program);
        for row in 0..self.sheet.len() {
            let name = format!("the number of {}", self.said(row));
            self.sheet.target(&name, row, 0);
        }
    }

    /// The finished sheet with its problems set in columns.
    fn finish(mut self, desk: &mut Desk<'_>, parts: &[Expr], wish: &page::Wish, design: &str) -> Draft {
        self.count();
        let (body, look) = page::lay(desk, &self, parts, wish);
        Draft {
            sheet: self.sheet,
            body,
            topic: self.topic,
            persona: "a teacher of mathematics".to_owned(),
            design: format!("{design}/{look}"),
        }
    }
}

/// A cell with a whole number.
fn whole(number: i64) -> Cell {
    Cell::decimal(Decimal::from(number), &plain(0))
}

fn constant(number: i64) -> Program {
    Program::Constant(Decimal::from(number))
}

fn add(a: Program, b: Program) -> Program {
    Program::Add(a.boxed(), b.boxed())
}

fn minus(a: Program, b: Program) -> Program {
    Program::Subtract(a.boxed(), b.boxed())
}

fn times(a: Program, b: Program) -> Program {
    Program::Multiply(a.boxed(), b.boxed())
}

fn over(a: Program, b: Program) -> Program {
    Program::Divide(a.boxed(), b.boxed())
}

fn power(of: Program, exponent: u32) -> Program {
    Program::Power { of: of.boxed(), exponent }
}

/// A sum of terms as a formula and as plain text: `(2, "x^2")` is a term, `(-7, "")` a number; no term is 0.
fn terms(list: &[(i64, &str)]) -> (String, String) {
    let (mut math, mut text) = (String::new(), String::new());
    for (index, (factor, unknown)) in list.iter().filter(|(factor, _)| *factor != 0).enumerate() {
        let (sign, plain_sign) = match (index, *factor < 0) {
            (0, false) => ("", ""),
            (0, true) => ("-", "−"),
            (_, false) => (" + ", " + "),
            (_, true) => (" - ", " − "),
        };
        let size = factor.abs();
        let number = if size == 1 && !unknown.is_empty() { String::new() } else { size.to_string() };
        math.push_str(&format!("{sign}{number} {unknown}"));
        let raised = unknown.replace("^2", "²").replace("^3", "³");
        text.push_str(&format!("{plain_sign}{number}{raised}"));
    }
    (math, text)
}
