//! Questions about hexagons that print how many readings they hold.

use pixmo_render::{NumberFormat, Rng};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::measure::quoted;
use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::chart_content::hexagons;
use crate::content::{Content, inside, plural};
use crate::program::{Expr, Is, Test};

/// The column of counts.
const COUNT: usize = 3;

/// True when the picture is one of hexagons.
pub(super) fn is_one(content: &Content) -> bool {
    content.table().name == hexagons::TABLE
}

/// What is asked about.
struct Hexagons {
    /// What the hexagons count, in the plural.
    readings: String,
    counts: Vec<i64>,
}

impl Hexagons {
    fn of(content: &Content) -> Self {
        let counts = content.table().rows.iter().filter_map(|row| row[COUNT].as_decimal()?.to_i64());
        Self { readings: plural(&content.nouns.measure), counts: counts.collect() }
    }

    /// A number between the smallest and the largest count.
    fn between(&self, rng: &mut Rng) -> Option<i64> {
        let (low, high) = (*self.counts.iter().min()?, *self.counts.iter().max()?);
        (high > low).then(|| rng.whole(low, high - 1))
    }
}

fn counted(rows: Expr) -> Expr {
    Expr::Count(rows.boxed()).print(&NumberFormat::plain(0))
}

fn passing(is: Is) -> Expr {
    Expr::Rows { table: 0, keep: vec![Test { column: COUNT, is }] }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let hexagons = Hexagons::of(content);
    let readings = hexagons.readings.as_str();
    match rng.below(8) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "How many hexagons are drawn?",
                    "How many hexagons hold at least one of the {readings}?",
                    "Count the hexagons that are drawn.",
                ],
                &[("readings", readings)],
            );
            Some(Draft::new("count_rows", 1, text, counted(Expr::all(0))))
        }
        1 => count_beyond(&hexagons, rng),
        2 => {
            let count = *rng.pick(&hexagons.counts);
            let shown = NumberFormat::plain(0).print(Decimal::from(count));
            let noun = if count == 1 { content.nouns.measure.as_str() } else { readings };
            let text = phrase(
                rng,
                &[
                    "How many hexagons hold exactly {count} {noun}?",
                    "In how many hexagons does the number {count} stand?",
                    "How many hexagons count exactly {count} {noun}?",
                ],
                &[("count", &shown), ("noun", noun)],
            );
            Some(Draft::new("count_equal", 2, text, counted(passing(Is::Text(shown)))))
        }
        3 => sum_beyond(&hexagons, rng),
        4 => {
            let text = phrase(
                rng,
                &[
                    "What is the difference between the largest and the smallest number in a hexagon?",
                    "How many more {readings} does the fullest hexagon hold than the emptiest one drawn?",
                ],
                &[("readings", readings)],
            );
            let program = Expr::Spread(Expr::all(0).over(COUNT)).print(&NumberFormat::plain(0));
            Some(Draft::new("spread", 3, text, program))
        }
        5 => any_beyond(&hexagons, rng),
        6 if hexagons.counts.len() <= 24 => {
            let text = phrase(
                rng,
                &[
                    "How many {readings} are counted in all hexagons together?",
                    "What is the total of the numbers in all hexagons?",
                ],
                &[("readings", readings)],
            );
            let program = Expr::Sum(Expr::all(0).over(COUNT)).print(&NumberFormat::plain(0));
            Some(Draft::new("sum", 4, text, program))
        }
        _ => more_than_half(&hexagons, rng),
    }
}

/// Proposes a question that the picture does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let reading = format!("{} {}", content.nouns.measure, 400 + rng.below(500));
    let name = &content.data.tables[1].columns[1 + rng.below(2)].name;
    let column = if content.nouns.quoted { quoted(name) } else { inside(name) };
    let text = phrase(
        rng,
        &[
            "What was the {column} of {reading}?",
            "Which hexagon holds {reading}?",
            "Give the exact {column} of {reading}.",
        ],
        &[("column", &column), ("reading", &reading)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(0), text: reading, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

/// A bound with its word, and the test it stands for.
fn bound(hexagons: &Hexagons, rng: &mut Rng) -> Option<(Is, String)> {
    let bound = hexagons.between(rng)?;
    let above = rng.chance(0.6) || bound < 2;
    let words = if above { format!("more than {bound}") } else { format!("fewer than {bound}") };
    let number = Decimal::from(bound);
    Some((if above { Is::Above(number) } else { Is::Below(number) }, words))
}

/// What a number of readings is called: `1 record`, `2 records`.
fn readings(hexagons: &Hexagons, number: impl std::fmt::Display) -> &str {
    let many = hexagons.readings.as_str();
    if number.to_string() == "1" { many.strip_suffix('s').unwrap_or(many) } else { many }
}

fn count_beyond(hexagons: &Hexagons, rng: &mut Rng) -> Option<Draft> {
    let (is, words) = bound(hexagons, rng)?;
    let text = phrase(
        rng,
        &[
            "How many hexagons hold {words} {readings}?",
            "How many of the hexagons count {words} {readings}?",
            "Count the hexagons with {words} {readings}.",
        ],
        &[("words", &words), ("readings", readings(hexagons, words.rsplit(' ').next().unwrap_or("")))],
    );
    Some(Draft::new("count_beyond", 2, text, counted(passing(is))))
}

fn sum_beyond(hexagons: &Hexagons, rng: &mut Rng) -> Option<Draft> {
    let bound = hexagons.between(rng)?;
    let over = hexagons.counts.iter().filter(|count| **count > bound).count();
    if !(2..=8).contains(&over) {
        return None;
    }
    let bound_shown = bound.to_string();
    let text = phrase(
        rng,
        &[
            "How many {readings} lie in the hexagons that hold more than {bound} each?",
            "Add up the numbers above {bound} in the hexagons.",
        ],
        &[("readings", &hexagons.readings), ("bound", &bound_shown)],
    );
    let rows = passing(Is::Above(Decimal::from(bound)));
    Some(Draft::new("sum_beyond", 4, text, Expr::Sum(rows.over(COUNT)).print(&NumberFormat::plain(0))))
}

fn any_beyond(hexagons: &Hexagons, rng: &mut Rng) -> Option<Draft> {
    let most = *hexagons.counts.iter().max()?;
    let yes = rng.chance(0.5);
    let bound =
        if yes { most - 1 - rng.whole(0, (most / 5).max(1)) } else { most + rng.whole(0, (most / 5).max(1)) };
    if bound < 1 {
        return None;
    }
    let shown = bound.to_string();
    let text = phrase(
        rng,
        &[
            "Does any hexagon hold more than {bound} {readings}?",
            "Is there a hexagon with more than {bound} {readings}?",
        ],
        &[("bound", &shown), ("readings", readings(hexagons, bound))],
    );
    let rows = passing(Is::Above(Decimal::from(bound)));
    let some = Expr::Greater(Expr::Count(rows.boxed()).boxed(), Expr::Constant(Decimal::new(5, 1)).boxed());
    Some(Draft::new("any_yes_no", 2, text, Expr::YesNo(some.boxed())).styled(Style::YesNo))
}

fn more_than_half(hexagons: &Hexagons, rng: &mut Rng) -> Option<Draft> {
    let bound = hexagons.between(rng)?;
    let shown = bound.to_string();
    let fewer = hexagons.counts.iter().filter(|count| **count <= bound).count() * 2 > hexagons.counts.len();
    // Most hexagons hold little; the side that is asked for first makes the wished answer true.
    let first_few = fewer == rng.chance(0.5);
    let patterns: &[&str] = if first_few {
        &[
            "Are there more hexagons with at most {bound} {readings} than with more than {bound}?",
            "Do the hexagons that hold {bound} {readings} or fewer outnumber those that hold more?",
        ]
    } else {
        &[
            "Are there more hexagons with more than {bound} {readings} than with at most {bound}?",
            "Do the hexagons that hold more than {bound} {readings} outnumber the others?",
        ]
    };
    let text = phrase(rng, patterns, &[("bound", &shown), ("readings", readings(hexagons, bound))]);
    let few = Expr::Count(passing(Is::Below(Decimal::from(bound) + Decimal::new(5, 1))).boxed()).boxed();
    let many = Expr::Count(passing(Is::Above(Decimal::from(bound))).boxed()).boxed();
    let more = if first_few { Expr::Greater(few, many) } else { Expr::Greater(many, few) };
    Some(Draft::new("compare_yes_no", 3, text, Expr::YesNo(more.boxed())).styled(Style::YesNo))
}
