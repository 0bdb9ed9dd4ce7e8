//! Questions about a matrix of correlations: every variable is a row and a column.

use pixmo_render::{NumberFormat, Rng};
use rust_decimal::Decimal;

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::chart_content::correlations;
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// True when the picture is a matrix of correlations.
pub(super) fn is_one(content: &Content) -> bool {
    content.table().name == correlations::TABLE
}

/// A variable as it stands in a sentence: as printed, since it is the name of a row and of a column.
fn name(content: &Content, variable: usize) -> String {
    content.table().rows[variable][0].shown.clone()
}

/// The cell of two variables: below the diagonal, where it is always there.
fn pair(content: &Content, a: usize, b: usize) -> Expr {
    let (row, column) = (a.max(b), a.min(b));
    Expr::Number(Expr::named(0, 0, &content.table().rows[row][0].shown).over(column + 1))
}

fn value(content: &Content, a: usize, b: usize) -> Option<Decimal> {
    content.table().rows[a.max(b)][a.min(b) + 1].as_decimal()
}

/// A variable whose whole column is there.
fn whole_column(content: &Content, rng: &mut Rng) -> usize {
    let table = content.table();
    let whole = |column: &usize| table.rows.iter().all(|row| row[column + 1].as_decimal().is_some());
    let columns: Vec<usize> = (0..table.rows.len()).filter(whole).collect();
    *rng.pick(&columns)
}

/// The rows of all variables but one.
fn others(content: &Content, variable: usize) -> Vec<Test> {
    vec![Test { column: 0, is: Is::Not(content.table().rows[variable][0].shown.clone()) }]
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    match rng.weighted(&[2.4, 2.0, 1.6, 1.6, 1.6, 1.4, 1.0, 1.2, 1.2]) {
        0 => Some(lookup(content, rng)),
        1 => Some(partner(content, rng)),
        2 => sign(content, rng),
        3 => compare(content, rng),
        4 => count(content, rng),
        5 => names(content, rng),
        6 => difference(content, rng),
        7 => beyond(content, rng),
        _ => Some(second(content, rng)),
    }
}

/// Proposes a question about a variable that is not there.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let here = name(content, rng.below(content.table().rows.len()));
    let text = phrase(
        rng,
        &[
            "What is the correlation between {a} and {b}?",
            "How strongly are {a} and {b} correlated?",
            "Which correlation is shown for {a} and {b}?",
        ],
        &[("a", &here), ("b", &absent)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(0), text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn two(content: &Content, rng: &mut Rng) -> (usize, usize) {
    let two = rng.sample(content.table().rows.len(), 2);
    (two[0], two[1])
}

fn lookup(content: &Content, rng: &mut Rng) -> Draft {
    let (a, b) = two(content, rng);
    let text = phrase(
        rng,
        &[
            "What is the correlation between {a} and {b}?",
            "Which correlation coefficient is given for {a} and {b}?",
            "Read off the correlation of {a} with {b}.",
            "What value stands where {a} meets {b}?",
        ],
        &[("a", &name(content, a)), ("b", &name(content, b))],
    );
    let (row, column) = (a.max(b), a.min(b));
    let program = Expr::Shown(Expr::named(0, 0, &content.table().rows[row][0].shown).over(column + 1));
    Draft::new("lookup", 1, text, program)
}

fn partner(content: &Content, rng: &mut Rng) -> Draft {
    let variable = whole_column(content, rng);
    let rows = Expr::Rows { table: 0, keep: others(content, variable) }.over(variable + 1);
    let largest = rng.chance(0.6);
    let patterns: &[&str] = if largest {
        &[
            "Which other variable has the highest correlation with {a}?",
            "With which other variable is the correlation of {a} highest?",
            "Apart from itself, which variable is most positively correlated with {a}?",
        ]
    } else {
        &[
            "Which variable has the lowest correlation with {a}?",
            "With which variable is the correlation of {a} lowest?",
            "Which variable has the smallest (most negative) correlation with {a}?",
        ]
    };
    let text = phrase(rng, patterns, &[("a", &name(content, variable))]);
    let best = if largest { Expr::Max(rows) } else { Expr::Min(rows) };
    let kind = if largest { "largest" } else { "smallest" };
    Draft::new(kind, 2, text, Expr::Shown(best.over(0)))
}

fn second(content: &Content, rng: &mut Rng) -> Draft {
    let variable = whole_column(content, rng);
    let over = Expr::Rows { table: 0, keep: others(content, variable) }.over(variable + 1);
    let text = phrase(
        rng,
        &[
            "Which other variable has the second highest correlation with {a}?",
            "Leaving {a} itself aside, which variable ranks second in its correlation with {a}?",
        ],
        &[("a", &name(content, variable))],
    );
    Draft::new("ranked", 3, text, Expr::Shown(Expr::Nth { over, rank: 2, largest: true }.over(0)))
}

fn sign(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let yes = rng.chance(0.5);
    let (a, b) = (0..12)
        .map(|_| two(content, rng))
        .find(|(a, b)| value(content, *a, *b).is_some_and(|r| r.is_sign_positive() == yes && !r.is_zero()))?;
    let text = phrase(
        rng,
        &[
            "Are {a} and {b} positively correlated?",
            "Is the correlation between {a} and {b} above zero?",
            "Is there a positive correlation between {a} and {b}?",
        ],
        &[("a", &name(content, a)), ("b", &name(content, b))],
    );
    let greater = Expr::Greater(pair(content, a, b).boxed(), Expr::Constant(Decimal::ZERO).boxed());
    Some(Draft::new("sign_yes_no", 2, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn compare(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let three = rng.sample(content.table().rows.len(), 3);
    let (a, b, c) = (three[0], three[1], three[2]);
    let yes = rng.chance(0.5);
    let (b, c) = if (value(content, a, b)? > value(content, a, c)?) == yes { (b, c) } else { (c, b) };
    let text = phrase(
        rng,
        &[
            "Is the correlation of {a} with {b} higher than with {c}?",
            "Is the correlation between {a} and {b} higher than that between {a} and {c}?",
            "Is the coefficient for {a} and {b} greater than the one for {a} and {c}?",
        ],
        &[("a", &name(content, a)), ("b", &name(content, b)), ("c", &name(content, c))],
    );
    let greater = Expr::Greater(pair(content, a, b).boxed(), pair(content, a, c).boxed());
    Some(Draft::new("compare_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

/// A bound that correlations are compared with, and how it is printed.
fn bound(content: &Content, bounds: &[i64], rng: &mut Rng) -> (Decimal, String) {
    let bound = Decimal::new(*rng.pick(bounds), 1);
    let format = NumberFormat { decimals: if bound.is_zero() { 0 } else { 1 }, ..content.format(1) };
    (bound, format.print(bound))
}

fn count(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let variable = whole_column(content, rng);
    let (bound, shown) = bound(content, &[-3, 0, 0, 2, 3, 4, 5], rng);
    let mut keep = others(content, variable);
    keep.push(Test { column: variable + 1, is: Is::Above(bound) });
    let text = phrase(
        rng,
        &[
            "With how many of the other variables is the correlation of {a} above {bound}?",
            "How many other variables have a correlation above {bound} with {a}?",
            "Not counting itself, how many correlations of {a} are above {bound}?",
        ],
        &[("a", &name(content, variable)), ("bound", &shown)],
    );
    let rows = Expr::Rows { table: 0, keep };
    Some(Draft::new("count_beyond", 3, text, Expr::Count(rows.boxed()).print(&NumberFormat::plain(0))))
}

fn names(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let variable = whole_column(content, rng);
    let positive = rng.chance(0.4);
    let (bound, shown) = bound(content, if positive { &[3, 4, 5, 6] } else { &[0, 0, -2, -3] }, rng);
    let mut keep = others(content, variable);
    let is = if positive { Is::Above(bound) } else { Is::Below(bound) };
    keep.push(Test { column: variable + 1, is });
    let patterns: &[&str] = if positive {
        &[
            "Which other variables have a correlation above {bound} with {a}?",
            "Name all other variables whose correlation with {a} is above {bound}.",
        ]
    } else {
        &[
            "Which variables have a correlation below {bound} with {a}?",
            "Name all variables whose correlation with {a} is below {bound}.",
        ]
    };
    let text = phrase(rng, patterns, &[("a", &name(content, variable)), ("bound", &shown)]);
    let rows = Expr::Rows { table: 0, keep };
    Some(Draft::new("names_beyond", 3, text, Expr::Names(rows.over(0))))
}

fn difference(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let three = rng.sample(content.table().rows.len(), 3);
    let (a, b, c) = (three[0], three[1], three[2]);
    let (b, c) = if value(content, a, b)? > value(content, a, c)? { (b, c) } else { (c, b) };
    let text = phrase(
        rng,
        &[
            "By how much is the correlation of {a} with {b} higher than with {c}?",
            "What is the difference between the correlations of {a} with {b} and with {c}?",
        ],
        &[("a", &name(content, a)), ("b", &name(content, b)), ("c", &name(content, c))],
    );
    let program = Expr::Subtract(pair(content, a, b).boxed(), pair(content, a, c).boxed());
    Some(Draft::new("difference", 3, text, program.print(&content.format(1))))
}

fn beyond(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let (bound, shown) = bound(content, &[-5, -3, 2, 3, 5, 6], rng);
    let yes = rng.chance(0.5);
    let (a, b) = (0..12)
        .map(|_| two(content, rng))
        .find(|(a, b)| value(content, *a, *b).is_some_and(|r| (r > bound) == yes))?;
    let text = phrase(
        rng,
        &[
            "Is the correlation between {a} and {b} above {bound}?",
            "Do {a} and {b} have a correlation greater than {bound}?",
        ],
        &[("a", &name(content, a)), ("b", &name(content, b)), ("bound", &shown)],
    );
    let greater = Expr::Greater(pair(content, a, b).boxed(), Expr::Constant(bound).boxed());
    Some(Draft::new("beyond_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}
