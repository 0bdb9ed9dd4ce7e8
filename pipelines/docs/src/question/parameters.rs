//! Questions about tables whose rows have units of their own: only what stands in one row can be compared.

use pixmo_render::{NumberFormat, Rng, Table};
use rust_decimal::Decimal;

use super::measure::of_series;
use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::{Content, inside};
use crate::program::{Expr, Is, Test};

struct Sheet<'a> {
    table: &'a Table,
    columns: Vec<usize>,
    noun: &'a str,
    nouns: &'a str,
    series: &'a str,
    series_plural: &'a str,
}

/// The columns of names and units.
const LABEL: usize = 0;
const UNIT: usize = 1;

impl<'a> Sheet<'a> {
    fn of(content: &'a Content) -> Self {
        let (table, nouns) = (content.table(), &content.nouns);
        Sheet {
            table,
            columns: table.number_columns(),
            noun: &nouns.row,
            nouns: &nouns.rows,
            series: &nouns.series,
            series_plural: &nouns.series_plural,
        }
    }

    fn label(&self, row: usize) -> &'a str {
        &self.table.rows[row][LABEL].shown
    }

    fn one(&self, row: usize) -> Expr {
        Expr::named(0, LABEL, self.label(row))
    }

    fn number(&self, row: usize, column: usize) -> Box<Expr> {
        Expr::Number(self.one(row).over(column)).boxed()
    }

    fn value(&self, row: usize, column: usize) -> Option<Decimal> {
        self.table.rows[row][column].as_decimal()
    }

    /// The name of a row inside a sentence; what is an abbreviation or a plural is quoted.
    fn said(&self, row: usize) -> String {
        let label = self.label(row);
        let word = inside(label);
        let plain = word.chars().next().is_some_and(char::is_lowercase)
            && !label.ends_with('s')
            && !label.contains(|c: char| c.is_ascii_digit())
            && !["Cars", "Crew", "Doctors", "Staff", "Parking spaces"].contains(&label);
        if plain { word } else { format!("value of “{label}”") }
    }

    fn name(&self, column: usize) -> &'a str {
        &self.table.columns[column].name
    }

    /// How the numbers of a row are printed.
    fn format(&self, row: usize) -> NumberFormat {
        let decimals =
            self.columns.iter().filter_map(|&c| self.value(row, c)).map(|v| v.scale()).max().unwrap_or(0);
        NumberFormat { group: None, ..NumberFormat::plain(decimals) }
    }

    /// Degrees, dates and the like have no ratios.
    fn is_interval(&self, row: usize) -> bool {
        let unit = &self.table.rows[row][UNIT].shown;
        unit.contains('°') || self.label(row) == "pH" || unit.contains("dB")
    }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let s = Sheet::of(content);
    let row = rng.below(s.table.rows.len());
    let column = *rng.pick(&s.columns);
    let said = s.said(row);
    let measure = of_series(&said, s.name(column));
    match rng.below(14) {
        0..=3 => {
            let text = phrase(
                rng,
                &[
                    "What is the {measure}?",
                    "State the {measure}.",
                    "Which number is given as the {measure}?",
                    "Give the {measure}.",
                ],
                &[("measure", &measure)],
            );
            Some(Draft::new("lookup", 1, text, Expr::Shown(s.one(row).over(column))))
        }
        4 => {
            let unit = &s.table.rows[row][UNIT].shown;
            if unit == "–" {
                return None;
            }
            let text = phrase(
                rng,
                &[
                    "In which unit is {name} given?",
                    "What is the unit of {name}?",
                    "Which unit does {name} have?",
                ],
                &[("name", &format!("“{}”", s.label(row)))],
            );
            Some(Draft::new("unit", 1, text, Expr::Shown(s.one(row).over(UNIT))))
        }
        5..=7 => {
            let largest = rng.chance(0.6);
            let word = if largest { "highest" } else { "lowest" };
            let text = phrase(
                rng,
                &[
                    "Which {series} has the {word} {said}?",
                    "Name the {series} with the {word} {said}.",
                    "Which of the {plural} shows the {word} {said}?",
                ],
                &[("series", s.series), ("plural", s.series_plural), ("word", word), ("said", &said)],
            );
            let program = Expr::BestColumn { rows: s.one(row).boxed(), columns: s.columns.clone(), largest };
            Some(Draft::new("best_column", 2, text, program))
        }
        8 | 9 => {
            let (a, b) = two(&s, row, rng)?;
            let text = phrase(
                rng,
                &[
                    "How much higher is the {a} than that for {b}?",
                    "By how much does the {a} exceed that for {b}?",
                    "What is the difference in {said} between {x} and {b}?",
                ],
                &[("a", &of_series(&said, s.name(a))), ("b", s.name(b)), ("said", &said), ("x", s.name(a))],
            );
            let program = Expr::Subtract(s.number(row, a), s.number(row, b));
            Some(Draft::new("difference", 3, text, program.print(&s.format(row))))
        }
        10 => {
            let (a, b) = two(&s, row, rng)?;
            if s.is_interval(row) || s.value(row, b)? <= Decimal::ZERO {
                return None;
            }
            let text = phrase(
                rng,
                &[
                    "How many times as large is the {a} as that for {b}, to two decimal places?",
                    "What is the ratio of the {a} to that for {b}, rounded to two decimal places?",
                ],
                &[("a", &of_series(&said, s.name(a))), ("b", s.name(b))],
            );
            let program = Expr::Divide(s.number(row, a), s.number(row, b));
            let format = NumberFormat { group: None, ..NumberFormat::plain(2) };
            Some(Draft::new("ratio", 4, text, program.print(&format)))
        }
        11 => {
            let (a, b) = two(&s, row, rng)?;
            let (a, b) = if rng.chance(0.5) { (a, b) } else { (b, a) };
            let text = phrase(
                rng,
                &["Is the {a} higher than that for {b}?", "Does {x} have a higher {said} than {b}?"],
                &[("a", &of_series(&said, s.name(a))), ("b", s.name(b)), ("said", &said), ("x", s.name(a))],
            );
            let program = Expr::YesNo(Expr::Greater(s.number(row, a), s.number(row, b)).boxed());
            Some(Draft::new("compare_yes_no", 3, text, program).styled(Style::YesNo))
        }
        12 => {
            let unit = s.table.rows[row][UNIT].shown.clone();
            if unit == "–" {
                return None;
            }
            let rows = Expr::Rows { table: 0, keep: vec![Test { column: UNIT, is: Is::Text(unit.clone()) }] };
            let fill = [("nouns", s.nouns), ("unit", unit.as_str())];
            if rng.chance(0.5) {
                let patterns =
                    ["How many {nouns} are given in {unit}?", "Count the {nouns} given in {unit}."];
                let program = Expr::Count(rows.boxed()).print(&NumberFormat::plain(0));
                return Some(Draft::new("count_unit", 2, phrase(rng, &patterns, &fill), program));
            }
            let patterns = ["Which {nouns} are given in {unit}?", "List the {nouns} whose unit is {unit}."];
            Some(Draft::new("names_unit", 2, phrase(rng, &patterns, &fill), Expr::Names(rows.over(LABEL))))
        }
        _ if rng.chance(0.5) => {
            let text = phrase(
                rng,
                &[
                    "How many {nouns} are listed?",
                    "Count the {nouns}.",
                    "How many {nouns} does the table have?",
                ],
                &[("nouns", s.nouns)],
            );
            let count = Expr::Count(Expr::all(0).boxed()).print(&NumberFormat::plain(0));
            Some(Draft::new("count_rows", 1, text, count))
        }
        _ => {
            let row = rng.below(s.table.rows.len() - 1);
            let text = phrase(
                rng,
                &["Which {noun} is listed directly below {name}?", "Which {noun} comes right after {name}?"],
                &[("noun", s.noun), ("name", &format!("“{}”", s.label(row)))],
            );
            Some(Draft::new("next", 2, text, Expr::Shown(Expr::Next(s.one(row).boxed()).over(LABEL))))
        }
    }
}

/// Two columns of a row, the larger number first.
fn two(s: &Sheet<'_>, row: usize, rng: &mut Rng) -> Option<(usize, usize)> {
    let chosen = rng.sample(s.columns.len(), 2);
    let (a, b) = (s.columns[chosen[0]], s.columns[chosen[1]]);
    match s.value(row, a)?.cmp(&s.value(row, b)?) {
        std::cmp::Ordering::Greater => Some((a, b)),
        std::cmp::Ordering::Less => Some((b, a)),
        std::cmp::Ordering::Equal => None,
    }
}

/// Proposes a question that the table does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let s = Sheet::of(content);
    let name = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let column = *rng.pick(&s.columns);
    let text = phrase(
        rng,
        &[
            "What is the value of {measure}?",
            "Which number is given for {measure}?",
            "State the value of {measure}.",
        ],
        &[("measure", &of_series(&format!("“{name}”"), s.name(column)))],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(LABEL), text: name, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}
