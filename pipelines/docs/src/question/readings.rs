//! Questions about single readings in groups, each drawn as a dot of its strip: a group has many numbers, so that it is
//! asked for its dots, its highest and its lowest one, never for its value.

use pixmo_render::{NumberFormat, Rng};
use rust_decimal::Decimal;

use super::wording::{DECLINES, phrase};
use super::{Draft, Style, grid, samples};
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// The column of numbers; that of the groups is the first.
const NUMBER: usize = 1;

/// The names of the groups in their order.
pub(super) fn groups(content: &Content) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in content.table().texts(0) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let names = groups(content);
    match rng.below(12) {
        0..=4 => samples::of_groups(content, 0, &names, rng),
        5 | 6 => Some(extreme(content, rng)),
        7 | 8 => Some(two(&names, rng)),
        9 => beyond(content, &names, rng),
        10 => Some(count(content, rng)),
        _ if rng.chance(0.5) => grid::title(content, rng),
        _ => member(content, &names, rng),
    }
}

/// Proposes a question about a group that is not there.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let text = phrase(
        rng,
        &[
            "How many dots are drawn for {row}?",
            "What is the highest reading of {row}?",
            "How high is the lowest dot of {row}?",
            "How many readings does {row} have?",
        ],
        &[("row", &absent)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(0), text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn of(name: &str) -> Expr {
    Expr::named(0, 0, name)
}

/// The highest or the lowest of some readings.
fn end(rows: Expr, highest: bool) -> Expr {
    let over = rows.over(NUMBER);
    if highest { Expr::Max(over) } else { Expr::Min(over) }
}

fn end_of(name: &str, highest: bool) -> Expr {
    Expr::Number(end(of(name), highest).over(NUMBER))
}

/// The group of the highest or the lowest reading of all.
fn extreme(content: &Content, rng: &mut Rng) -> Draft {
    let highest = rng.chance(0.55);
    let word = if highest { "highest" } else { "lowest" };
    let text = phrase(
        rng,
        &[
            "Which {row} has the {word} single reading?",
            "To which {row} does the {word} dot belong?",
            "Name the {row} with the {word} reading of all.",
            "In the strip of which {row} does the {word} dot lie?",
        ],
        &[("row", &content.nouns.row), ("word", word)],
    );
    let all = Expr::Rows { table: 0, keep: Vec::new() };
    let program = Expr::Shown(end(all, highest).over(0));
    Draft::new(if highest { "largest" } else { "smallest" }, 2, text, program)
}

/// The highest or the lowest readings of two groups.
fn two(names: &[&str], rng: &mut Rng) -> Draft {
    let chosen = rng.sample(names.len(), 2);
    let (a, b) = (names[chosen[0]], names[chosen[1]]);
    let highest = rng.chance(0.6);
    let fill = [("a", a), ("b", b), ("word", if highest { "highest" } else { "lowest" })];
    if rng.chance(0.5) {
        let text = phrase(
            rng,
            &[
                "Is the {word} reading of {a} above the {word} one of {b}?",
                "Does the {word} dot of {a} lie higher than that of {b}?",
            ],
            &fill,
        );
        let higher = Expr::Greater(end_of(a, highest).boxed(), end_of(b, highest).boxed());
        return Draft::new("compare_yes_no", 3, text, Expr::YesNo(higher.boxed())).styled(Style::YesNo);
    }
    // Of both strips together, the highest dot belongs to one of the two.
    let text = phrase(
        rng,
        &[
            "Which has the {word} single reading, {a} or {b}?",
            "{a} or {b}: whose dots hold the {word} reading of the two?",
            "Of {a} and {b}, which has the {word} dot?",
        ],
        &fill,
    );
    let both = Test { column: 0, is: Is::OneOf(vec![a.to_owned(), b.to_owned()]) };
    let rows = Expr::Rows { table: 0, keep: vec![both] };
    Draft::new("compare", 2, text, Expr::Shown(end(rows, highest).over(0)))
}

/// Whether any reading of a group lies beyond a round number.
fn beyond(content: &Content, names: &[&str], rng: &mut Rng) -> Option<Draft> {
    let numbers: Vec<Decimal> =
        content.table().rows.iter().filter_map(|row| row[NUMBER].as_decimal()).collect();
    let (low, high) = (*numbers.iter().min()?, *numbers.iter().max()?);
    let bound = grid::round_between(low, high, rng)?;
    let name = *rng.pick(names);
    let format = NumberFormat { decimals: bound.normalize().scale(), ..content.format(NUMBER) };
    let text = phrase(
        rng,
        &[
            "Does any reading of {row} lie above {bound}?",
            "Is there a dot of {row} above {bound}?",
            "Does {row} have a reading above {bound}?",
            "Does a dot of {row} pass {bound}?",
        ],
        &[("row", name), ("bound", &format.print(bound))],
    );
    let is = Expr::Greater(end_of(name, true).boxed(), Expr::Constant(bound).boxed());
    Some(Draft::new("beyond_yes_no", 3, text, Expr::YesNo(is.boxed())).styled(Style::YesNo))
}

/// How many groups there are.
fn count(content: &Content, rng: &mut Rng) -> Draft {
    let text = phrase(
        rng,
        &["How many {rows} are shown?", "Count the {rows} shown.", "How many {rows} have a strip of dots?"],
        &[("rows", &content.nouns.rows)],
    );
    let all = Expr::Rows { table: 0, keep: Vec::new() };
    Draft::new("count_rows", 1, text, Expr::Distinct(all.over(0)).print(&NumberFormat::plain(0)))
}

/// Whether a group is there.
fn member(content: &Content, names: &[&str], rng: &mut Rng) -> Option<Draft> {
    let absent = content.absent.get(..).filter(|a| !a.is_empty())?;
    let name = if rng.chance(0.5) { (*rng.pick(names)).to_owned() } else { rng.pick(absent).clone() };
    let text = phrase(
        rng,
        &[
            "Is {name} among the {rows} shown?",
            "Is there a strip for {name}?",
            "Are readings of {name} shown?",
        ],
        &[("name", &name), ("rows", &content.nouns.rows)],
    );
    let program = Expr::YesNo(Expr::Exists { table: 0, column: 0, text: name }.boxed());
    Some(Draft::new("member_yes_no", 1, text, program).styled(Style::YesNo))
}
