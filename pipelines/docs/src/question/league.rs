//! Questions about leagues: places, matches, goals and points.

use pixmo_render::{NumberFormat, Rng, Table};
use rust_decimal::Decimal;

use super::grid::round_between;
use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// What the columns of a league say, by their headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Place,
    Played,
    Won,
    Drawn,
    Lost,
    Scored,
    Against,
    Difference,
    Points,
}

const HEADINGS: &[(&str, Says)] = &[
    ("#", Says::Place),
    ("Pos", Says::Place),
    ("P", Says::Played),
    ("Played", Says::Played),
    ("W", Says::Won),
    ("Won", Says::Won),
    ("D", Says::Drawn),
    ("Drawn", Says::Drawn),
    ("L", Says::Lost),
    ("Lost", Says::Lost),
    ("GF", Says::Scored),
    ("For", Says::Scored),
    ("GA", Says::Against),
    ("Against", Says::Against),
    ("GD", Says::Difference),
    ("Difference", Says::Difference),
    ("Pts", Says::Points),
    ("Points", Says::Points),
];

struct League<'a> {
    table: &'a Table,
    label: usize,
    columns: Vec<(usize, Says)>,
}

impl<'a> League<'a> {
    fn of(content: &'a Content) -> Self {
        let table = content.table();
        let says = |name: &str| HEADINGS.iter().find(|(heading, _)| *heading == name).map(|(_, says)| *says);
        let columns = table.columns.iter().enumerate();
        let columns = columns.filter_map(|(index, column)| Some((index, says(&column.name)?))).collect();
        League { table, label: content.nouns.label, columns }
    }

    fn column(&self, says: Says) -> Option<usize> {
        self.columns.iter().find(|(_, own)| *own == says).map(|(index, _)| *index)
    }

    fn team(&self, row: usize) -> &'a str {
        &self.table.rows[row][self.label].shown
    }

    fn one(&self, row: usize) -> Expr {
        Expr::named(0, self.label, self.team(row))
    }

    fn value(&self, row: usize, column: usize) -> Option<Decimal> {
        self.table.rows[row][column].as_decimal()
    }

    fn number(&self, row: usize, column: usize) -> Box<Expr> {
        Expr::Number(self.one(row).over(column)).boxed()
    }

    /// A column with something to compare, and what its teams did.
    fn counted(&self, rng: &mut Rng) -> (usize, Says) {
        let list: Vec<(usize, Says)> = self
            .columns
            .iter()
            .copied()
            .filter(|(_, says)| !matches!(says, Says::Place | Says::Played | Says::Difference))
            .collect();
        *rng.pick(&list)
    }
}

/// What is counted, and what a team did with it.
fn words(says: Says) -> (&'static str, &'static str, &'static str) {
    match says {
        Says::Place => ("places", "have", "has"),
        Says::Played => ("matches", "play", "played"),
        Says::Won => ("matches", "win", "won"),
        Says::Drawn => ("matches", "draw", "drew"),
        Says::Lost => ("matches", "lose", "lost"),
        Says::Scored => ("goals", "score", "scored"),
        Says::Against => ("goals", "concede", "conceded"),
        Says::Difference => ("goals", "have as their difference", "had as their difference"),
        Says::Points => ("points", "have", "has"),
    }
}

fn whole() -> NumberFormat {
    NumberFormat { group: None, ..NumberFormat::plain(0) }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let l = League::of(content);
    let row = rng.below(l.table.rows.len());
    let (column, says) = l.counted(rng);
    let (things, base, past) = words(says);
    let helper = if says == Says::Points { "does" } else { "did" };
    let fill = [("things", things), ("do", base), ("did", past), ("helper", helper), ("team", l.team(row))];
    match rng.below(15) {
        0..=2 => {
            let text = phrase(rng, &["How many {things} {helper} {team} {do}?"], &fill);
            Some(Draft::new("lookup", 1, text, Expr::Shown(l.one(row).over(column))))
        }
        3 => {
            let column = l.column(Says::Difference)?;
            let text = phrase(
                rng,
                &[
                    "What is the goal difference of {team}?",
                    "State the goal difference of {team}.",
                    "Which goal difference does {team} have?",
                ],
                &fill,
            );
            Some(Draft::new("lookup", 1, text, Expr::Shown(l.one(row).over(column))))
        }
        4 | 5 => {
            let column = l.column(Says::Place)?;
            let place = &l.table.rows[row][column].shown;
            if rng.chance(0.5) {
                let text = phrase(
                    rng,
                    &[
                        "Which team is in place {place}?",
                        "Name the team in place {place}.",
                        "Which team stands at number {place}?",
                    ],
                    &[("place", place)],
                );
                let named = Expr::named(0, column, place);
                return Some(Draft::new("look_back", 2, text, Expr::Shown(named.over(l.label))));
            }
            let text = phrase(
                rng,
                &[
                    "In which place is {team}?",
                    "Which place does {team} hold?",
                    "What is the position of {team}?",
                ],
                &fill,
            );
            Some(Draft::new("lookup", 1, text, Expr::Shown(l.one(row).over(column))))
        }
        6 | 7 => {
            let most = rng.chance(0.6);
            let word = if most { "most" } else { "fewest" };
            let text = phrase(
                rng,
                &["Which team {did} the {word} {things}?", "Name the team that {did} the {word} {things}."],
                &[fill[0], fill[2], ("word", word)],
            );
            let over = Expr::all(0).over(column);
            let best = if most { Expr::Max(over) } else { Expr::Min(over) };
            let kind = if most { "largest" } else { "smallest" };
            Some(Draft::new(kind, 2, text, Expr::Shown(best.over(l.label))))
        }
        8 | 9 => {
            let other = rng.below(l.table.rows.len());
            let (a, b) = (l.value(row, column)?, l.value(other, column)?);
            if a == b {
                return None;
            }
            let (high, low) = if a > b { (row, other) } else { (other, row) };
            let text = phrase(
                rng,
                &["How many more {things} {helper} {a} {do} than {b}?"],
                &[fill[0], fill[1], fill[3], ("a", l.team(high)), ("b", l.team(low))],
            );
            let program = Expr::Subtract(l.number(high, column), l.number(low, column));
            Some(Draft::new("difference", 3, text, program.print(&whole())))
        }
        10 | 11 => {
            let mut values: Vec<Decimal> =
                (0..l.table.rows.len()).filter_map(|row| l.value(row, column)).collect();
            values.sort();
            values.dedup();
            let bound = round_between(*values.first()?, *values.last()?, rng)?.round();
            let past = if says == Says::Points { "have" } else { past };
            let shown = bound.to_string();
            let fill = [("things", things), ("did", past), ("bound", shown.as_str())];
            let keep = vec![Test { column, is: Is::Above(bound) }];
            let rows = Expr::Rows { table: 0, keep };
            let count = values_above(&l, column, bound);
            if (1..=4).contains(&count) && rng.chance(0.5) {
                let text = phrase(
                    rng,
                    &[
                        "Which teams {did} more than {bound} {things}?",
                        "List the teams that {did} more than {bound} {things}.",
                    ],
                    &fill,
                );
                return Some(Draft::new("names_beyond", 3, text, Expr::Names(rows.over(l.label))));
            }
            let text = phrase(
                rng,
                &[
                    "How many teams {did} more than {bound} {things}?",
                    "Count the teams that {did} more than {bound} {things}.",
                ],
                &fill,
            );
            Some(Draft::new("count_beyond", 3, text, Expr::Count(rows.boxed()).print(&whole())))
        }
        12 => {
            let other = rng.below(l.table.rows.len());
            let (a, b) = (l.value(row, column)?, l.value(other, column)?);
            if a == b {
                return None;
            }
            let helper = if helper == "does" { "Does" } else { "Did" };
            let text = phrase(
                rng,
                &["{helper} {team} {do} more {things} than {other}?"],
                &[("helper", helper), fill[1], fill[0], fill[4], ("other", l.team(other))],
            );
            let program = Expr::YesNo(Expr::Greater(l.number(row, column), l.number(other, column)).boxed());
            Some(Draft::new("compare_yes_no", 3, text, program).styled(Style::YesNo))
        }
        13 => {
            let text = phrase(
                rng,
                &["How many teams are in the league?", "Count the teams.", "How many teams are listed?"],
                &[],
            );
            let count = Expr::Count(Expr::all(0).boxed()).print(&whole());
            Some(Draft::new("count_rows", 1, text, count))
        }
        _ => {
            let row = rng.below(l.table.rows.len() - 1);
            let text = phrase(
                rng,
                &[
                    "Which team is directly below {team}?",
                    "Name the team one place below {team}.",
                    "Which team comes right after {team}?",
                ],
                &[("team", l.team(row))],
            );
            let next = Expr::Next(l.one(row).boxed()).over(l.label);
            Some(Draft::new("next", 2, text, Expr::Shown(next)))
        }
    }
}

fn values_above(l: &League<'_>, column: usize, bound: Decimal) -> usize {
    (0..l.table.rows.len()).filter(|&row| l.value(row, column).is_some_and(|v| v > bound)).count()
}

/// Proposes a question that the table does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let l = League::of(content);
    let name = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let (_, says) = l.counted(rng);
    let (things, base, _) = words(says);
    let helper = if says == Says::Points { "does" } else { "did" };
    let text = phrase(
        rng,
        &["How many {things} {helper} {team} {do}?"],
        &[("things", things), ("do", base), ("helper", helper), ("team", &name)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(l.label), text: name, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}
