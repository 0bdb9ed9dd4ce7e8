//! Questions about accounts and about groups of rows with sums of their own: what stands in a line, what a section comes
//! to, which line of it is the largest.

use pixmo_render::{NumberFormat, Rng, Table};
use rust_decimal::Decimal;

use super::measure::{counted, of_series};
use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::{Content, Section, inside};
use crate::program::{Expr, Is, Test};

struct Sheet<'a> {
    content: &'a Content,
    table: &'a Table,
    label: usize,
    columns: Vec<usize>,
    sections: &'a [Section],
}

impl<'a> Sheet<'a> {
    fn of(content: &'a Content) -> Option<Self> {
        let table = content.table();
        let (label, sections) = (content.nouns.label, &content.nouns.sections[..]);
        let columns = table.number_columns();
        (!sections.is_empty() && !columns.is_empty()).then_some(Sheet {
            content,
            table,
            label,
            columns,
            sections,
        })
    }

    /// An account has headings of its own; other sections are groups of things.
    fn is_account(&self) -> bool {
        self.label == 0
    }

    fn one(&self, label: &str) -> Expr {
        Expr::named(0, self.label, label)
    }

    fn number(&self, label: &str, column: usize) -> Box<Expr> {
        Expr::Number(self.one(label).over(column)).boxed()
    }

    fn value(&self, label: &str, column: usize) -> Option<Decimal> {
        self.table.rows.iter().find(|row| row[self.label].shown == label)?[column].as_decimal()
    }

    /// Some rows by their labels.
    fn some(&self, labels: &[String]) -> Expr {
        let keep = vec![Test { column: self.label, is: Is::OneOf(labels.to_vec()) }];
        Expr::Rows { table: 0, keep }
    }

    fn totals(&self) -> Vec<String> {
        self.sections.iter().map(|section| section.total.clone()).collect()
    }

    fn format(&self, column: usize) -> NumberFormat {
        self.content.format(column)
    }

    /// What a column says, as it follows the name of a line: ` in 2019`, or nothing where there is one column.
    fn within(&self, column: usize) -> String {
        let name = &self.table.columns[column].name;
        match self.columns.len() {
            1 => String::new(),
            _ if name.starts_with("Budget ") || name.starts_with("Actual ") => format!(" under “{name}”"),
            _ => format!(" in {name}"),
        }
    }

    /// The amount of a line, as it is spoken of.
    fn amount(&self, label: &str, column: usize) -> String {
        if self.is_account() {
            return format!("amount for {}{}", quoted(label), self.within(column));
        }
        format!("{} for {label}", self.measure(column))
    }

    fn measure(&self, column: usize) -> String {
        let format = self.format(column);
        let money = !format.prefix.is_empty() || format.suffix.contains(' ');
        let name = &self.table.columns[column].name;
        let measure = &self.content.nouns.measure;
        if measure.is_empty() { counted(name, money) } else { of_series(&counted(measure, money), name) }
    }
}

/// Lines of accounts are named as they are printed.
fn quoted(label: &str) -> String {
    format!("“{label}”")
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let s = Sheet::of(content)?;
    let column = *rng.pick(&s.columns);
    let section = rng.pick(s.sections);
    let item = rng.pick(&section.items);
    match rng.below(16) {
        0..=2 => Some(lookup(&s, item, column, rng)),
        3 | 4 => Some(subtotal(&s, section, column, rng)),
        5 => Some(total(&s, column, rng)),
        6 | 7 => largest_within(&s, section, column, rng),
        8 => largest_section(&s, column, rng),
        9 => share(&s, section, item, column, rng),
        10 => difference(&s, section, column, rng),
        11 => change(&s, section, item, rng),
        12 => Some(count(&s, section, rng)),
        13 => two(&s, section, column, rng),
        14 => more(&s, section, column, rng),
        _ => Some(member(&s, section, rng)),
    }
}

/// Proposes a question that the sheet does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let s = Sheet::of(content)?;
    let name = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let column = *rng.pick(&s.columns);
    let text = phrase(
        rng,
        &["What is the {amount}?", "How much is the {amount}?", "State the {amount}."],
        &[("amount", &s.amount(&name, column))],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(s.label), text: name, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn lookup(s: &Sheet<'_>, item: &str, column: usize, rng: &mut Rng) -> Draft {
    let text = phrase(
        rng,
        &[
            "What is the {amount}?",
            "How much is the {amount}?",
            "State the {amount}.",
            "Which figure is given as the {amount}?",
        ],
        &[("amount", &s.amount(item, column))],
    );
    Draft::new("lookup", 1, text, Expr::Shown(s.one(item).over(column)))
}

fn subtotal(s: &Sheet<'_>, section: &Section, column: usize, rng: &mut Rng) -> Draft {
    let text = if s.is_account() {
        phrase(
            rng,
            &[
                "How much does {name} come to{within}?",
                "What is the total of {name}{within}?",
                "Which sum is given for {name}{within}?",
            ],
            &[("name", &quoted(&section.name)), ("within", &s.within(column))],
        )
    } else {
        phrase(
            rng,
            &[
                "What is the total {measure} of the group {name}?",
                "How much is the {measure} of the group {name} in all?",
                "Which subtotal of the {measure} is given for {name}?",
            ],
            &[("name", &quoted(&section.name)), ("measure", &s.measure(column))],
        )
    };
    Draft::new("subtotal", 1, text, Expr::Shown(s.one(&section.total).over(column)))
}

fn total(s: &Sheet<'_>, column: usize, rng: &mut Rng) -> Draft {
    let last = &s.content.nouns.total;
    let text = if s.is_account() {
        phrase(
            rng,
            &["How much is the {amount}?", "What is given as the {amount}?", "State the {amount}."],
            &[("amount", &s.amount(last, column))],
        )
    } else {
        phrase(
            rng,
            &[
                "What is the {measure} of all groups together?",
                "How much is the {measure} over all {rows}?",
                "State the grand total of the {measure}.",
            ],
            &[("measure", &s.measure(column)), ("rows", &s.content.nouns.rows)],
        )
    };
    Draft::new("grand_total", 1, text, Expr::Shown(s.one(last).over(column)))
}

fn largest_within(s: &Sheet<'_>, section: &Section, column: usize, rng: &mut Rng) -> Option<Draft> {
    if section.items.len() < 3 {
        return None;
    }
    let largest = rng.chance(0.65);
    let word = if largest { "largest" } else { "smallest" };
    let over = s.some(&section.items).over(column);
    let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
    let text = if s.is_account() {
        phrase(
            rng,
            &[
                "Which item of {name} is the {word}{within}?",
                "Name the {word} item under {name}{within}.",
                "Within {name}, which item is the {word}{within}?",
            ],
            &[("name", &quoted(&section.name)), ("word", word), ("within", &s.within(column))],
        )
    } else {
        phrase(
            rng,
            &[
                "Which {row} of the group {name} has the {word} {measure}?",
                "Within the group {name}, which {row} has the {word} {measure}?",
                "Name the {row} of {name} with the {word} {measure}.",
            ],
            &[
                ("row", &s.content.nouns.row),
                ("name", &quoted(&section.name)),
                ("word", word),
                ("measure", &s.measure(column)),
            ],
        )
    };
    let kind = if largest { "largest" } else { "smallest" };
    Some(Draft::new(kind, 3, text, Expr::Shown(best.over(s.label))))
}

fn largest_section(s: &Sheet<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    if s.is_account() || s.sections.len() < 2 {
        return None;
    }
    let largest = rng.chance(0.6);
    let word = if largest { "largest" } else { "smallest" };
    let over = s.some(&s.totals()).over(column);
    let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
    let text = phrase(
        rng,
        &[
            "Which group has the {word} {measure} in all?",
            "Name the group with the {word} total {measure}.",
            "Which of the groups has the {word} subtotal for the {measure}?",
        ],
        &[("word", word), ("measure", &s.measure(column))],
    );
    Some(Draft::new("best_total", 3, text, Expr::Shown(best.over(0))))
}

fn share(s: &Sheet<'_>, section: &Section, item: &str, column: usize, rng: &mut Rng) -> Option<Draft> {
    let (part, whole) = (s.value(item, column)?, s.value(&section.total, column)?);
    if part <= Decimal::ZERO || whole <= part {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "What percentage of the {whole} falls on {item}, to one decimal place?",
            "What share of the {whole} does {item} have, in per cent to one decimal place?",
            "How many per cent of the {whole} is {item}, to one decimal place?",
        ],
        &[
            (
                "whole",
                &format!("{} {}", if s.is_account() { "line" } else { "subtotal" }, quoted(&section.total)),
            ),
            (
                "item",
                &if s.is_account() {
                    format!("{}{}", quoted(item), s.within(column))
                } else {
                    format!("{item} by {}", s.measure(column))
                },
            ),
        ],
    );
    let program = Expr::Share { part: s.number(item, column), whole: s.number(&section.total, column) };
    let format = NumberFormat { suffix: "%".to_owned(), group: None, ..NumberFormat::plain(1) };
    Some(Draft::new("share", 4, text, program.print(&format)))
}

fn difference(s: &Sheet<'_>, section: &Section, column: usize, rng: &mut Rng) -> Option<Draft> {
    let mut labels = section.items.clone();
    if rng.chance(0.4) {
        labels = s.totals();
    }
    let two = rng.sample(labels.len(), 2);
    let [first, second] = two[..] else { return None };
    let (a, b) = (&labels[first], &labels[second]);
    let (value_a, value_b) = (s.value(a, column)?, s.value(b, column)?);
    if value_a == value_b {
        return None;
    }
    let (a, b) = if value_a > value_b { (a, b) } else { (b, a) };
    let text = if s.is_account() {
        phrase(
            rng,
            &[
                "By how much does {a} exceed {b}{within}?",
                "What is the difference between {a} and {b}{within}?",
                "How much larger is {a} than {b}{within}?",
            ],
            &[("a", &quoted(a)), ("b", &quoted(b)), ("within", &s.within(column))],
        )
    } else {
        phrase(
            rng,
            &[
                "By how much does the {measure} for {a} exceed that for {b}?",
                "What is the difference in {measure} between {a} and {b}?",
            ],
            &[("measure", &s.measure(column)), ("a", &quoted(a)), ("b", &quoted(b))],
        )
    };
    let program = Expr::Subtract(s.number(a, column), s.number(b, column));
    Some(Draft::new("difference", 3, text, program.print(&s.format(column))))
}

/// How a line changed from one column to another, where these follow each other in time.
fn change(s: &Sheet<'_>, section: &Section, item: &str, rng: &mut Rng) -> Option<Draft> {
    if !s.is_account() || s.columns.len() < 2 {
        return None;
    }
    let label = if rng.chance(0.4) { section.total.as_str() } else { item };
    let two = rng.sample(s.columns.len(), 2);
    let (a, b) = (s.columns[two[0]], s.columns[two[1]]);
    let name = |column: usize| s.table.columns[column].name.as_str();
    let (value_a, value_b) = (s.value(label, a)?, s.value(label, b)?);
    if value_a == value_b {
        return None;
    }
    let (more, less) = if value_a > value_b { (a, b) } else { (b, a) };
    if rng.chance(0.5) {
        let text = phrase(
            rng,
            &[
                "How much higher is {label} in the column “{a}” than in “{b}”?",
                "By how much does {label} under “{a}” exceed that under “{b}”?",
                "What is the difference for {label} between “{a}” and “{b}”?",
            ],
            &[("label", &quoted(label)), ("a", name(more)), ("b", name(less))],
        );
        let program = Expr::Subtract(s.number(label, more), s.number(label, less));
        return Some(Draft::new("difference", 3, text, program.print(&s.format(more))));
    }
    let largest = rng.chance(0.6);
    let word = if largest { "highest" } else { "lowest" };
    let text = phrase(
        rng,
        &[
            "In which column is {label} {word}?",
            "Which column shows the {word} amount for {label}?",
            "Under which heading is {label} at its {word}?",
        ],
        &[("label", &quoted(label)), ("word", word)],
    );
    let program = Expr::BestColumn { rows: s.one(label).boxed(), columns: s.columns.clone(), largest };
    Some(Draft::new("best_column", 2, text, program))
}

fn count(s: &Sheet<'_>, section: &Section, rng: &mut Rng) -> Draft {
    let thing = if s.is_account() { "items" } else { s.content.nouns.rows.as_str() };
    let text = phrase(
        rng,
        &[
            "How many {things} are listed under {name}?",
            "Count the {things} that belong to {name}.",
            "How many {things} does {name} have?",
        ],
        &[("things", thing), ("name", &quoted(&section.name))],
    );
    let program = Expr::Count(s.some(&section.items).boxed()).print(&NumberFormat::plain(0));
    Draft::new("count_group", 2, text, program)
}

fn two(s: &Sheet<'_>, section: &Section, column: usize, rng: &mut Rng) -> Option<Draft> {
    let mut chosen = rng.sample(section.items.len(), 2);
    chosen.sort_unstable();
    let [first, second] = chosen[..] else { return None };
    let labels = vec![section.items[first].clone(), section.items[second].clone()];
    let text = if s.is_account() {
        phrase(
            rng,
            &[
                "How much are {a} and {b} together{within}?",
                "Add up {a} and {b}{within}.",
                "What is the sum of {a} and {b}{within}?",
            ],
            &[("a", &quoted(&labels[0])), ("b", &quoted(&labels[1])), ("within", &s.within(column))],
        )
    } else {
        phrase(
            rng,
            &[
                "What is the sum of the {measure} for {a} and {b}?",
                "Add up the {measure} for {a} and {b}.",
                "How much is the {measure} for {a} and {b} combined?",
            ],
            &[("measure", &s.measure(column)), ("a", &labels[0]), ("b", &labels[1])],
        )
    };
    let program = Expr::Sum(s.some(&labels).over(column)).print(&s.format(column));
    Some(Draft::new("sum", 4, text, program))
}

fn more(s: &Sheet<'_>, section: &Section, column: usize, rng: &mut Rng) -> Option<Draft> {
    let labels = if rng.chance(0.5) { s.totals() } else { section.items.clone() };
    let chosen = rng.sample(labels.len(), 2);
    let [first, second] = chosen[..] else { return None };
    let (a, b) = (&labels[first], &labels[second]);
    if s.value(a, column)? == s.value(b, column)? {
        return None;
    }
    let text = if s.is_account() {
        phrase(
            rng,
            &["Is {a} larger than {b}{within}?", "Is more given for {a} than for {b}{within}?"],
            &[("a", &quoted(a)), ("b", &quoted(b)), ("within", &s.within(column))],
        )
    } else {
        phrase(
            rng,
            &["Is the {measure} for {a} larger than for {b}?", "Does {a} have a larger {measure} than {b}?"],
            &[("measure", &s.measure(column)), ("a", &quoted(a)), ("b", &quoted(b))],
        )
    };
    let program = Expr::YesNo(Expr::Greater(s.number(a, column), s.number(b, column)).boxed());
    Some(Draft::new("compare_yes_no", 3, text, program).styled(Style::YesNo))
}

/// Where a line stands: the one before or after it within its section.
fn member(s: &Sheet<'_>, section: &Section, rng: &mut Rng) -> Draft {
    let at = rng.below(section.items.len());
    let item = &section.items[at];
    if !s.is_account() {
        let text = phrase(
            rng,
            &[
                "To which group does {item} belong?",
                "Under which {by} is {item} listed?",
                "In which group does {item} stand?",
            ],
            &[("item", item), ("by", &inside(&s.table.columns[0].name))],
        );
        return Draft::new("group_of", 1, text, Expr::Shown(s.one(item).over(0)));
    }
    let text = phrase(
        rng,
        &[
            "Which line follows directly after {item}?",
            "What is listed directly below {item}?",
            "Name the line right after {item}.",
        ],
        &[("item", &quoted(item))],
    );
    Draft::new("next", 2, text, Expr::Shown(Expr::Next(s.one(item).boxed()).over(s.label)))
}
