//! Questions about tick tables: whether something has something, what has it, and how many do.

use pixmo_render::{NumberFormat, Rng, Table};

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::{Content, TickWords};
use crate::program::{Expr, Is, Test};

struct Ticks<'a> {
    table: &'a Table,
    words: &'a TickWords,
    noun: &'a str,
    nouns: &'a str,
}

impl<'a> Ticks<'a> {
    fn of(content: &'a Content) -> Option<Self> {
        let words = content.nouns.ticks.as_ref()?;
        let (noun, nouns) = (content.nouns.row.as_str(), content.nouns.rows.as_str());
        Some(Ticks { table: content.table(), words, noun, nouns })
    }

    fn column(&self, rng: &mut Rng) -> usize {
        1 + rng.below(self.table.columns.len() - 1)
    }

    /// A pattern with the words of a column.
    fn said(&self, pattern: &str, column: usize) -> String {
        pattern.replace("{column}", &self.words.columns[column - 1])
    }

    fn clause(&self, column: usize, having: bool) -> String {
        self.said(if having { &self.words.having } else { &self.words.lacking }, column)
    }

    fn test(&self, column: usize, having: bool) -> Test {
        let (yes, no) = &self.words.texts;
        Test { column, is: Is::Text(if having { yes.clone() } else { no.clone() }) }
    }

    fn passing(&self, keep: Vec<Test>) -> Expr {
        Expr::Rows { table: 0, keep }
    }

    fn count(&self, column: usize, having: bool) -> usize {
        let (yes, no) = &self.words.texts;
        let text = if having { yes } else { no };
        self.table.rows.iter().filter(|row| row[column].shown == *text).count()
    }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let t = Ticks::of(content)?;
    let having = rng.chance(0.6);
    let column = t.column(rng);
    let plain = NumberFormat::plain(0);
    Some(match rng.below(13) {
        0..=3 => {
            let row = rng.below(t.table.rows.len());
            let label = &t.table.rows[row][0].shown;
            let text = phrase(rng, &[&t.said(&t.words.ask, column)], &[("label", label)]);
            let says =
                Expr::Says { over: Expr::named(0, 0, label).over(column), text: t.words.texts.0.clone() };
            Draft::new("lookup", 1, text, Expr::YesNo(says.boxed())).styled(Style::YesNo)
        }
        4 | 5 => {
            let clause = t.clause(column, having);
            let text = phrase(
                rng,
                &[
                    "How many {nouns} {clause}?",
                    "How many of the {nouns} {clause}?",
                    "Count the {nouns} that {clause}.",
                ],
                &[("nouns", t.nouns), ("clause", &clause)],
            );
            let rows = t.passing(vec![t.test(column, having)]);
            Draft::new("count_with", 2, text, Expr::Count(rows.boxed()).print(&plain))
        }
        6 | 7 => {
            if !(1..=4).contains(&t.count(column, having)) {
                return None;
            }
            let clause = t.clause(column, having);
            let text = phrase(
                rng,
                &[
                    "Which {nouns} {clause}?",
                    "List the {nouns} that {clause}.",
                    "Name all {nouns} that {clause}.",
                ],
                &[("nouns", t.nouns), ("clause", &clause)],
            );
            let rows = t.passing(vec![t.test(column, having)]);
            Draft::new("list_with", 2, text, Expr::Names(rows.over(0)))
        }
        8 | 9 => {
            let other = t.column(rng);
            if other == column {
                return None;
            }
            let second = rng.chance(0.6);
            let joined = if having == second { "and" } else { "but" };
            let (a, b) = (t.clause(column, having), t.clause(other, second));
            let rows = t.passing(vec![t.test(column, having), t.test(other, second)]);
            let fill = [("nouns", t.nouns), ("a", a.as_str()), ("b", b.as_str()), ("and", joined)];
            if rng.chance(0.5) {
                let text = phrase(
                    rng,
                    &["How many {nouns} {a} {and} {b}?", "Count the {nouns} that {a} {and} {b}."],
                    &fill,
                );
                Draft::new("count_two_tests", 3, text, Expr::Count(rows.boxed()).print(&plain))
            } else {
                let text = phrase(
                    rng,
                    &["Which {nouns} {a} {and} {b}?", "List the {nouns} that {a} {and} {b}."],
                    &fill,
                );
                Draft::new("names_two_tests", 3, text, Expr::Names(rows.over(0)))
            }
        }
        10 => {
            let other = t.column(rng);
            let (a, b) = (t.count(column, true), t.count(other, true));
            if other == column || a == b {
                return None;
            }
            let (a, b) = (t.clause(column, true), t.clause(other, true));
            let text = phrase(
                rng,
                &["Are there more {nouns} that {a} than {nouns} that {b}?", "Do more {nouns} {a} than {b}?"],
                &[("nouns", t.nouns), ("a", &a), ("b", &b)],
            );
            let count = |column: usize| Expr::Count(t.passing(vec![t.test(column, true)]).boxed()).boxed();
            let program = Expr::YesNo(Expr::Greater(count(column), count(other)).boxed());
            Draft::new("more_yes_no", 3, text, program).styled(Style::YesNo)
        }
        11 => {
            let text = phrase(
                rng,
                &[
                    "How many {nouns} are listed?",
                    "Count the {nouns} in the list.",
                    "What is the number of {nouns}?",
                ],
                &[("nouns", t.nouns)],
            );
            Draft::new("count_rows", 1, text, Expr::Count(Expr::all(0).boxed()).print(&plain))
        }
        _ => {
            let row = rng.below(t.table.rows.len() - 1);
            let label = &t.table.rows[row][0].shown;
            let text = phrase(
                rng,
                &[
                    "Which {noun} is listed directly below {label}?",
                    "Name the {noun} in the line after {label}.",
                    "Which {noun} comes directly after {label}?",
                ],
                &[("noun", t.noun), ("label", label)],
            );
            let next = Expr::Next(Expr::named(0, 0, label).boxed()).over(0);
            Draft::new("next", 2, text, Expr::Shown(next))
        }
    })
}

/// Proposes a question that the table does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let t = Ticks::of(content)?;
    let name = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let column = t.column(rng);
    let text = phrase(rng, &[&t.said(&t.words.ask, column)], &[("label", &name)]);
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(0), text: name, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}
