//! Questions about timetables: when a trip is where, how long it takes, how far trips lie apart.

use pixmo_render::{NumberFormat, Rng, Table};

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::Content;
use crate::evaluate::dates;
use crate::program::Expr;

/// The timetable and what its trips are called.
struct Plan<'a> {
    table: &'a Table,
    content: &'a Content,
}

impl<'a> Plan<'a> {
    fn stop(&self, row: usize) -> &'a str {
        &self.table.rows[row][0].shown
    }

    /// A trip as one speaks of it: `Train 861`, or `the bus 741` where only its number is printed.
    fn trip(&self, column: usize) -> String {
        let name = &self.table.columns[column].name;
        match name.chars().all(|c| c.is_ascii_digit()) {
            true => format!("{} {name}", self.content.nouns.series),
            false if self.content.nouns.quoted => format!("“{name}”"),
            false => name.clone(),
        }
    }

    fn minutes(&self, row: usize, column: usize) -> Option<i64> {
        dates::clock(&self.table.rows[row][column].shown)
    }

    fn shown(&self, row: usize, column: usize) -> Expr {
        Expr::Shown(Expr::named(0, 0, self.stop(row)).over(column))
    }

    fn clock(&self, row: usize, column: usize) -> Box<Expr> {
        Expr::Clock(self.shown(row, column).boxed()).boxed()
    }

    /// A trip, and two of its stops in the order in which it calls there.
    fn leg(&self, rng: &mut Rng) -> Option<(usize, usize, usize)> {
        let column = 1 + rng.below(self.table.columns.len() - 1);
        let two = rng.sample(self.table.rows.len(), 2);
        let (a, b) = (two[0].min(two[1]), two[0].max(two[1]));
        self.minutes(a, column).zip(self.minutes(b, column)).map(|_| (column, a, b))
    }
}

fn whole() -> NumberFormat {
    NumberFormat { group: None, ..NumberFormat::plain(0) }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let table = content.table();
    let plan = Plan { table, content };
    let (noun, nouns) = (content.nouns.row.as_str(), content.nouns.rows.as_str());
    match rng.below(14) {
        0..=3 => {
            let (row, column) = (rng.below(table.rows.len()), 1 + rng.below(table.columns.len() - 1));
            plan.minutes(row, column)?;
            let last = row + 1 == table.rows.len();
            let patterns: &[&str] = match (row, last) {
                (0, _) => &[
                    "When does {trip} leave {stop}?",
                    "At what time does {trip} depart from {stop}?",
                    "What is the departure time of {trip} at {stop}?",
                ],
                (_, true) => &[
                    "When does {trip} arrive at {stop}?",
                    "At what time does {trip} reach {stop}?",
                    "What is the arrival time of {trip} at {stop}?",
                ],
                _ => &[
                    "At what time does {trip} call at {stop}?",
                    "When does {trip} stop at {stop}?",
                    "Which time is given for {trip} at {stop}?",
                    "State the time of {trip} at {stop}.",
                ],
            };
            let text = phrase(rng, patterns, &[("trip", &plan.trip(column)), ("stop", plan.stop(row))]);
            let next = Draft::new(
                "follow_next",
                2,
                phrase(
                    rng,
                    &[
                        "And at the {noun} after that?",
                        "What about the {noun} that follows?",
                        "And at the next {noun}?",
                    ],
                    &[("noun", noun)],
                ),
                Expr::Shown(Expr::Next(Expr::named(0, 0, plan.stop(row)).boxed()).over(column)),
            );
            Some(Draft::new("lookup", 1, text, plan.shown(row, column)).followed_by(next))
        }
        4 | 5 => {
            let (column, a, b) = plan.leg(rng)?;
            let text = phrase(
                rng,
                &[
                    "How many minutes does {trip} take from {a} to {b}?",
                    "How long is {trip} on its way from {a} to {b}, in minutes?",
                    "What is the travel time of {trip} from {a} to {b} in minutes?",
                ],
                &[("trip", &plan.trip(column)), ("a", plan.stop(a)), ("b", plan.stop(b))],
            );
            let program = Expr::Subtract(plan.clock(b, column), plan.clock(a, column));
            Some(Draft::new("minutes_between", 4, text, program.print(&whole())))
        }
        6 => {
            let row = rng.below(table.rows.len());
            let two = rng.sample(table.columns.len() - 1, 2);
            let (a, b) = (1 + two[0].min(two[1]), 1 + two[0].max(two[1]));
            plan.minutes(row, a).zip(plan.minutes(row, b))?;
            let text = phrase(
                rng,
                &[
                    "How many minutes after {a} does {b} call at {stop}?",
                    "By how many minutes is {b} later than {a} at {stop}?",
                    "How long does one wait at {stop} from {a} until {b}, in minutes?",
                ],
                &[("a", &plan.trip(a)), ("b", &plan.trip(b)), ("stop", plan.stop(row))],
            );
            let program = Expr::Subtract(plan.clock(row, b), plan.clock(row, a));
            Some(Draft::new("minutes_between", 4, text, program.print(&whole())))
        }
        7 | 8 => {
            let (row, column) = (rng.below(table.rows.len()), 1 + rng.below(table.columns.len() - 1));
            plan.minutes(row, column)?;
            let time = &table.rows[row][column].shown;
            let text = phrase(
                rng,
                &[
                    "Which {noun} does {trip} reach at {time}?",
                    "Where is {trip} at {time}?",
                    "At which {noun} is {trip} at {time}?",
                ],
                &[("noun", noun), ("trip", &plan.trip(column)), ("time", time)],
            );
            Some(Draft::new("look_back", 2, text, Expr::Shown(Expr::named(0, column, time).over(0))))
        }
        9 => {
            let row = rng.below(table.rows.len() - 1);
            let text = phrase(
                rng,
                &[
                    "Which {noun} comes directly after {stop}?",
                    "Name the {noun} that follows {stop}.",
                    "What is the next {noun} after {stop}?",
                ],
                &[("noun", noun), ("stop", plan.stop(row))],
            );
            let next = Expr::Next(Expr::named(0, 0, plan.stop(row)).boxed()).over(0);
            Some(Draft::new("next", 2, text, Expr::Shown(next)))
        }
        10 => {
            let text = phrase(
                rng,
                &[
                    "How many {nouns} are listed?",
                    "Count the {nouns} of the line.",
                    "How many {nouns} does the line have?",
                ],
                &[("nouns", nouns)],
            );
            let count = Expr::Count(Expr::all(0).boxed()).print(&whole());
            Some(Draft::new("count_rows", 1, text, count))
        }
        11 => {
            let last = rng.chance(0.5);
            let column = if last { table.columns.len() - 1 } else { 1 };
            let row = rng.below(table.rows.len() - 1);
            plan.minutes(row, column)?;
            let which = if last { "last" } else { "first" };
            let text = phrase(
                rng,
                &[
                    "When does the {which} {trip} shown leave {stop}?",
                    "At what time does the {which} {trip} of the table leave {stop}?",
                    "What is the {which} departure shown for {stop}?",
                ],
                &[("which", which), ("trip", &content.nouns.series), ("stop", plan.stop(row))],
            );
            Some(Draft::new("ends", 2, text, plan.shown(row, column)))
        }
        12 => {
            let (column, a, b) = plan.leg(rng)?;
            let third = b + 1 + rng.below(table.rows.len().checked_sub(b + 1).filter(|n| *n > 0)?);
            let (start, middle, end) =
                (plan.minutes(a, column)?, plan.minutes(b, column)?, plan.minutes(third, column)?);
            if middle - start == end - middle {
                return None;
            }
            let text = phrase(
                rng,
                &[
                    "Does {trip} take longer from {a} to {b} than from {b} to {c}?",
                    "Is the way of {trip} from {a} to {b} longer in time than that from {b} to {c}?",
                ],
                &[
                    ("trip", &plan.trip(column)),
                    ("a", plan.stop(a)),
                    ("b", plan.stop(b)),
                    ("c", plan.stop(third)),
                ],
            );
            let span = |from: usize, to: usize| {
                Expr::Subtract(plan.clock(to, column), plan.clock(from, column)).boxed()
            };
            let program = Expr::YesNo(Expr::Greater(span(a, b), span(b, third)).boxed());
            Some(Draft::new("compare_yes_no", 4, text, program).styled(Style::YesNo))
        }
        _ => {
            let column = 1 + rng.below(table.columns.len() - 1);
            let last = table.rows.len() - 1;
            let text = phrase(
                rng,
                &[
                    "How many minutes is {trip} under way in all?",
                    "How long does {trip} take for the whole line, in minutes?",
                ],
                &[("trip", &plan.trip(column))],
            );
            let program = Expr::Subtract(plan.clock(last, column), plan.clock(0, column));
            Some(Draft::new("minutes_between", 4, text, program.print(&whole())))
        }
    }
}

/// Proposes a question that the timetable does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let plan = Plan { table: content.table(), content };
    let name = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let column = 1 + rng.below(plan.table.columns.len() - 1);
    let text = phrase(
        rng,
        &[
            "At what time does {trip} call at {name}?",
            "When does {trip} reach {name}?",
            "Which time is given for {trip} at {name}?",
        ],
        &[("trip", &plan.trip(column)), ("name", &name)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(0), text: name, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}
