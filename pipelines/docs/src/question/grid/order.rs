//! Questions about order and direction: the rank of a given row, rows between two bounds, rows that pass two tests, which
//! way a series goes over all, where one series overtakes another.

use pixmo_render::{NumberFormat, Rng};

use super::super::Draft;
use super::super::measure::of_series;
use super::super::wording::phrase;
use super::Grid;
use crate::program::{Expr, Is, Test};

/// Proposes one question about the column.
pub(super) fn draft(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    match rng.weighted(&[1.2, 1.4, 1.0, 1.3, 1.3]) {
        0 => rank(g, column, rng),
        1 => between(g, column, rng),
        2 => two_tests(g, column, rng),
        3 => trend(g, column, rng),
        _ => crossing(g, column, rng),
    }
}

/// The place of a given row in the order of the column.
fn rank(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    if !(4..=14).contains(&g.labels.len()) {
        return None;
    }
    let row = rng.below(g.labels.len());
    let largest = rng.chance(0.65);
    let (word, other) = if largest { ("highest", "lowest") } else { ("lowest", "highest") };
    let text = phrase(
        rng,
        &[
            "Which rank does {row} have by {measure}, counted from the {word}?",
            "Sorted from the {word} {measure} to the {other}, at which place does {row} stand?",
            "Which place does {row} take when the {rows} are put in order from the {word} {measure} to the {other}?",
            "At which position is {row} in the order of {measure}, beginning with the {word}?",
            "Give the rank of {row} by {measure}, with 1 for the {word}.",
        ],
        &[
            ("row", g.labels[row]),
            ("rows", g.rows),
            ("measure", &g.measure(column)),
            ("word", word),
            ("other", other),
        ],
    );
    let program = Expr::RankOf { row: g.one(row).boxed(), over: g.all(column), largest };
    Some(Draft::new("rank_of", 3, text, program.print(&NumberFormat::plain(0))))
}

/// The rows whose numbers lie between two round ones.
fn between(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    let (one, other) = (g.bound(column, rng)?, g.bound(column, rng)?);
    let (low, high) = if one.0 < other.0 { (one, other) } else { (other, one) };
    let inner = |row: &usize| g.value(*row, column).is_some_and(|v| v > low.0 && v < high.0);
    let count = (0..g.labels.len()).filter(inner).count();
    if low.0 == high.0 || count == 0 || count == g.labels.len() {
        return None;
    }
    let rows = g.passing(column, Is::Between(low.0, high.0));
    let measure = g.measure(column);
    let fill =
        [("rows", g.rows), ("measure", measure.as_str()), ("low", low.1.as_str()), ("high", high.1.as_str())];
    if count <= 3 && rng.chance(0.4) {
        let text = phrase(
            rng,
            &[
                "Which {rows} have a {measure} between {low} and {high}?",
                "List the {rows} with a {measure} from {low} to {high}.",
                "Name the {rows} whose {measure} lies between {low} and {high}.",
            ],
            &fill,
        );
        return Some(Draft::new("names_between", 3, text, Expr::Names(rows.over(g.label))));
    }
    let text = phrase(
        rng,
        &[
            "How many {rows} have a {measure} between {low} and {high}?",
            "For how many {rows} does the {measure} lie between {low} and {high}?",
            "Count the {rows} with a {measure} from {low} to {high}.",
            "How many of the {rows} show a {measure} of at least {low} and at most {high}?",
        ],
        &fill,
    );
    let program = Expr::Count(rows.boxed()).print(&NumberFormat::plain(0));
    Some(Draft::new("count_between", 3, text, program))
}

/// The rows that are above or below a bound in each of two columns.
fn two_tests(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    let others: Vec<usize> = g.columns.iter().copied().filter(|&c| c != column).collect();
    let second = *others.get(rng.below(others.len()))?;
    let test = |column: usize, rng: &mut Rng| {
        let (bound, shown) = g.bound(column, rng)?;
        let above = rng.chance(0.6);
        let passing =
            (0..g.labels.len()).filter(|&row| g.value(row, column).is_some_and(|v| (v > bound) == above));
        let passing: Vec<usize> = passing.collect();
        let is = if above { Is::Above(bound) } else { Is::Below(bound) };
        Some((Test { column, is }, if above { "above" } else { "below" }, shown, passing))
    };
    let (a, b) = (test(column, rng)?, test(second, rng)?);
    let both = a.3.iter().filter(|row| b.3.contains(row)).count();
    // Each test must leave something out that the other keeps.
    if both == 0 || both == a.3.len() || both == b.3.len() {
        return None;
    }
    let (first, other) = (g.measure(column), g.measure(second));
    let fill = [
        ("rows", g.rows),
        ("first", first.as_str()),
        ("second", other.as_str()),
        ("w1", a.1),
        ("w2", b.1),
        ("b1", a.2.as_str()),
        ("b2", b.2.as_str()),
    ];
    let Expr::Rows { table, mut keep } = g.every() else { return None };
    keep.extend([a.0, b.0]);
    let rows = Expr::Rows { table, keep };
    if both <= 3 && rng.chance(0.4) {
        let text = phrase(
            rng,
            &[
                "Which {rows} have both a {first} {w1} {b1} and a {second} {w2} {b2}?",
                "List the {rows} with a {first} {w1} {b1} and a {second} {w2} {b2}.",
            ],
            &fill,
        );
        return Some(Draft::new("names_two_tests", 4, text, Expr::Names(rows.over(g.label))));
    }
    let text = phrase(
        rng,
        &[
            "How many {rows} have both a {first} {w1} {b1} and a {second} {w2} {b2}?",
            "For how many {rows} is the {first} {w1} {b1} and the {second} {w2} {b2}?",
            "Count the {rows} with a {first} {w1} {b1} and a {second} {w2} {b2}.",
        ],
        &fill,
    );
    let program = Expr::Count(rows.boxed()).print(&NumberFormat::plain(0));
    Some(Draft::new("count_two_tests", 4, text, program))
}

/// Which way the numbers go from one time to another, over all. The ends are chosen so that both ways are as usual.
fn trend(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    if !g.time || g.labels.len() < 4 {
        return None;
    }
    let rises = rng.chance(0.5);
    let spans: Vec<(usize, usize)> = (0..g.labels.len() - 2)
        .flat_map(|from| (from + 2..g.labels.len()).map(move |to| (from, to)))
        .filter(|&(from, to)| match (g.value(from, column), g.value(to, column)) {
            (Some(a), Some(b)) => a != b && (b > a) == rises,
            _ => false,
        })
        .collect();
    let (from, to) = *spans.get(rng.below(spans.len()))?;
    let (pattern, up, down) = *rng.pick(&[
        ("Did the {measure} rise or fall over all from {a} to {b}?", "Rose", "Fell"),
        ("From {a} to {b}, did the {measure} go up or down over all?", "Up", "Down"),
        ("What is the overall direction of the {measure} from {a} to {b}, up or down?", "Up", "Down"),
        ("Comparing {b} with {a}, has the {measure} increased or decreased?", "Increased", "Decreased"),
        ("Between {a} and {b}, which way did the {measure} move over all, up or down?", "Up", "Down"),
    ]);
    let text = phrase(
        rng,
        &[pattern],
        &[("measure", &g.measure(column)), ("a", g.labels[from]), ("b", g.labels[to])],
    );
    let rows = g.some((from..=to).map(|row| g.labels[row].to_owned()).collect());
    let program = Expr::Trend { over: rows.over(column), up: up.into(), down: down.into() };
    Some(Draft::new("trend", 3, text, program))
}

/// The first time at which one series is above another that was above it before.
fn crossing(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    if !g.time || g.content.nouns.series.is_empty() || g.columns.len() < 2 {
        return None;
    }
    let name = |column: usize| g.table.columns[column].name.as_str();
    let overtaken: Vec<usize> = g
        .columns
        .iter()
        .copied()
        .filter(|&other| {
            let above: Option<Vec<bool>> =
                (0..g.labels.len()).map(|row| Some(g.value(row, column)? > g.value(row, other)?)).collect();
            other != column && above.is_some_and(|above| !above[0] && above.contains(&true))
        })
        .collect();
    let other = *overtaken.get(rng.below(overtaken.len()))?;
    let text = phrase(
        rng,
        &[
            "{at} which {row} does the {measure} first exceed {that}?",
            "What is the first {row} with a higher {short} for {a} than for {b}?",
            "Which {row} is the first one with the {measure} above {that}?",
            "{at} which {row} does {a} overtake {b} in {short} for the first time?",
        ],
        &[
            ("at", g.at()),
            ("row", g.row),
            ("measure", &g.measure(column)),
            ("that", &of_series("that", name(other))),
            ("short", &g.said(&g.content.nouns.measure, column)),
            ("a", name(column)),
            ("b", name(other)),
        ],
    );
    let rows = g.every().boxed();
    Some(Draft::new("crossing", 4, text, g.label_of(Expr::Crossing { rows, a: column, b: other })))
}
