//! Questions about series of which only the first and the last time can be named: sparklines.

use pixmo_render::Rng;

use super::{Grid, percent, structure};
use crate::content::{Content, inside};
use crate::program::Expr;
use crate::question::wording::phrase;
use crate::question::{Draft, Style};
use crate::visibility::Visible;

pub(in crate::question) fn draft(content: &Content, _: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let g = &Grid::of(content)?;
    match rng.weighted(&[1.8, 1.6, 1.5, 1.4, 1.6, 1.2, 1.0, 1.0, 0.8, 1.0]) {
        0 => Some(lookup(g, rng)),
        1 => best(g, rng),
        2 => Some(compare(g, rng)),
        3 => compare_yes_no(g, rng),
        4 => risen(g, rng),
        5 => way(g, rng),
        6 => change(g, rng),
        7 => apart(g, rng),
        8 => together(g, rng),
        // The points of a small line cannot be counted.
        _ => structure(g, rng).filter(|draft| draft.kind != "count_rows"),
    }
}

/// The first or the last row.
fn end(g: &Grid<'_>, rng: &mut Rng) -> usize {
    if rng.chance(0.6) { g.labels.len() - 1 } else { 0 }
}

fn pair(g: &Grid<'_>, rng: &mut Rng) -> (usize, usize) {
    let two = rng.sample(g.columns.len(), 2);
    (g.columns[two[0]], g.columns[two[1]])
}

/// What all lines measure; empty where each has a measure of its own.
fn measure(g: &Grid<'_>) -> String {
    inside(&g.content.nouns.measure)
}

fn name<'a>(g: &Grid<'a>, column: usize) -> &'a str {
    &g.table.columns[column].name
}

fn lookup(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let (row, column) = (end(g, rng), *rng.pick(&g.columns));
    let text = phrase(
        rng,
        &[
            "What is the {measure} {at} {row}?",
            "Which value is shown for the {measure} {at} {row}?",
            "{at} {row}, what was the {measure}?",
            "State the {measure} {at} {row}.",
        ],
        &[("measure", &g.measure(column)), ("at", g.at()), ("row", g.labels[row])],
    );
    Draft::new("lookup", 1, text, Expr::Shown(g.one(row).over(column)))
}

fn best(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let nouns = &g.content.nouns;
    if nouns.series.is_empty() {
        return None;
    }
    let (row, largest) = (end(g, rng), rng.chance(0.6));
    let word = if largest { rng.word(&["highest", "largest"]) } else { rng.word(&["lowest", "smallest"]) };
    let text = phrase(
        rng,
        &[
            "Which {series} has the {word} {measure} {at} {row}?",
            "{at} {row}, which {series} shows the {word} {measure}?",
            "Name the {series} with the {word} {measure} {at} {row}.",
        ],
        &[
            ("series", &nouns.series),
            ("word", word),
            ("measure", &measure(g)),
            ("at", g.at()),
            ("row", g.labels[row]),
        ],
    );
    let program = Expr::BestColumn { rows: g.one(row).boxed(), columns: g.columns.clone(), largest };
    Some(Draft::new("best_column", 3, text, program))
}

fn compare(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let (row, larger) = (end(g, rng), rng.chance(0.6));
    let (a, b) = pair(g, rng);
    let word = if larger { rng.word(&["higher", "larger"]) } else { rng.word(&["lower", "smaller"]) };
    let text = phrase(
        rng,
        &[
            "Which has the {word} value {at} {row}, {a} or {b}?",
            "{a} or {b}: which one ends {at} {row} with the {word} value?",
            "Of {a} and {b}, which shows the {word} value {at} {row}?",
        ],
        &[("word", word), ("at", g.at()), ("row", g.labels[row]), ("a", name(g, a)), ("b", name(g, b))],
    );
    let text = if row == 0 { text.replace(" ends ", " starts ") } else { text };
    let program = Expr::BestColumn { rows: g.one(row).boxed(), columns: vec![a, b], largest: larger };
    Draft::new("compare", 2, text, program)
}

fn compare_yes_no(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = end(g, rng);
    let (a, b) = pair(g, rng);
    let yes = rng.chance(0.5);
    let (a, b) = if (g.value(row, a)? > g.value(row, b)?) == yes { (a, b) } else { (b, a) };
    let text = phrase(
        rng,
        &[
            "{at} {row}, is the value of {a} higher than that of {b}?",
            "Does {a} stand higher than {b} {at} {row}?",
        ],
        &[("at", g.at()), ("row", g.labels[row]), ("a", name(g, a)), ("b", name(g, b))],
    );
    let greater = Expr::Greater(g.number(row, a).boxed(), g.number(row, b).boxed());
    Some(Draft::new("compare_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn risen(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (first, last) = (0, g.labels.len() - 1);
    let yes = rng.chance(0.5);
    let fitting: Vec<usize> =
        g.columns.iter().copied().filter(|&c| (g.value(last, c) > g.value(first, c)) == yes).collect();
    let column = *rng.pick(fitting.get(..).filter(|list| !list.is_empty())?);
    let text = phrase(
        rng,
        &[
            "Is the {measure} higher {at} {b} than {at} {a}?",
            "Did the {measure} rise from {a} to {b}?",
            "Does the {measure} end higher {at} {b} than it began {at} {a}?",
        ],
        &[("measure", &g.measure(column)), ("at", g.at()), ("a", g.labels[first]), ("b", g.labels[last])],
    );
    let greater = Expr::Greater(g.number(last, column).boxed(), g.number(first, column).boxed());
    Some(Draft::new("risen_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn way(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (first, last, column) = (0, g.labels.len() - 1, *rng.pick(&g.columns));
    let (from, to) = (g.value(first, column)?, g.value(last, column)?);
    if from == to {
        return None;
    }
    let (word, a, b) = if to > from { ("rise", last, first) } else { ("fall", first, last) };
    let text = phrase(
        rng,
        &[
            "By how much did the {measure} {word} from {a} to {b}?",
            "How much did the {measure} {word} between {a} and {b}?",
        ],
        &[("measure", &g.measure(column)), ("word", word), ("a", g.labels[first]), ("b", g.labels[last])],
    );
    let program = Expr::Subtract(g.number(a, column).boxed(), g.number(b, column).boxed());
    Some(Draft::new("difference", 3, text, program.print(&g.gap_format(column))))
}

fn change(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (first, last, column) = (0, g.labels.len() - 1, *rng.pick(&g.columns));
    if g.is_interval(column) {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "By what percentage did the {measure} change from {a} to {b}, to one decimal place?",
            "What is the percent change of the {measure} between {a} and {b}, rounded to one decimal place?",
        ],
        &[("measure", &g.measure(column)), ("a", g.labels[first]), ("b", g.labels[last])],
    );
    let program =
        Expr::PercentChange { from: g.number(first, column).boxed(), to: g.number(last, column).boxed() };
    Some(Draft::new("percent_change", 4, text, program.print(&percent())))
}

fn apart(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = end(g, rng);
    let (a, b) = pair(g, rng);
    let (a, b) = if g.value(row, a)? > g.value(row, b)? { (a, b) } else { (b, a) };
    let text = phrase(
        rng,
        &["How far apart are {a} and {b} {at} {row}?", "{at} {row}, by how much does {a} exceed {b}?"],
        &[("a", name(g, a)), ("b", name(g, b)), ("at", g.at()), ("row", g.labels[row])],
    );
    let program = Expr::Subtract(g.number(row, a).boxed(), g.number(row, b).boxed());
    Some(Draft::new("apart", 3, text, program.print(&g.gap_format(a))))
}

fn together(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = end(g, rng);
    let nouns = &g.content.nouns;
    if nouns.series.is_empty()
        || g.columns.len() > 8
        || !g.columns.iter().all(|&c| g.table.columns[c].additive)
    {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "What is the total {measure} of all {series} {at} {row}?",
            "{at} {row}, how much is the {measure} of all {series} together?",
        ],
        &[("measure", &measure(g)), ("series", &nouns.series_plural), ("at", g.at()), ("row", g.labels[row])],
    );
    let program = Expr::SumColumns { rows: g.one(row).boxed(), columns: g.columns.clone() };
    Some(Draft::new("sum_across", 4, text, program.print(&g.format(g.columns[0]))))
}
