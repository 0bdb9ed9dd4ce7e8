//! Questions about quantiles of two groups against each other.

use pixmo_render::{NumberFormat, Rng};

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::chart_content::quantiles;
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// True when the picture is a Q–Q plot.
pub(super) fn is_one(content: &Content) -> bool {
    content.table().name == quantiles::TABLE
}

/// What is asked about.
struct Pair<'a> {
    content: &'a Content,
    measure: String,
    /// The names of the two groups, along x and along y.
    names: [&'a str; 2],
}

impl<'a> Pair<'a> {
    fn of(content: &'a Content) -> Self {
        let name = |column: usize| content.table().columns[column].name.as_str();
        let money = !content.format(1).prefix.is_empty() || content.format(1).suffix.contains(' ');
        let measure = super::measure::counted(&content.nouns.measure, money);
        Self { content, measure, names: [name(1), name(2)] }
    }

    fn label(&self, row: usize) -> &'a str {
        &self.content.table().rows[row][0].shown
    }

    fn row(&self, rng: &mut Rng) -> usize {
        rng.below(self.content.table().rows.len())
    }

    fn number(&self, row: usize, column: usize) -> Box<Expr> {
        Expr::Number(Expr::named(0, 0, self.label(row)).over(column)).boxed()
    }

    fn value(&self, row: usize, column: usize) -> Option<rust_decimal::Decimal> {
        self.content.table().rows[row][column].as_decimal()
    }

    /// A round number between the quantiles of a group, and how it is printed.
    fn bound(&self, column: usize, rng: &mut Rng) -> Option<(rust_decimal::Decimal, String)> {
        let last = self.content.table().rows.len() - 1;
        let bound = super::grid::round_between(self.value(0, column)?, self.value(last, column)?, rng)?;
        let format = NumberFormat { decimals: bound.scale(), ..self.content.format(column) };
        Some((bound, format.print(bound)))
    }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let pair = Pair::of(content);
    match rng.weighted(&[2.0, 2.0, 1.6, 1.6, 1.6, 1.4, 0.6]) {
        0 => Some(higher(&pair, rng)),
        1 => above_line(&pair, rng),
        2 => beyond(&pair, rng),
        3 => count_beyond(&pair, rng),
        4 => first_above(&pair, rng),
        5 => across(&pair, rng),
        _ => Some(count(rng)),
    }
}

/// Proposes a question about a quantile that is not marked.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let pair = Pair::of(content);
    let name = pair.names[rng.below(2)];
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let text = phrase(
        rng,
        &[
            "Which {measure} is marked as the {share} quantile of {name}?",
            "What does the point labelled {share} say about {name}?",
        ],
        &[("measure", &pair.measure), ("share", &absent), ("name", name)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(0), text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn higher(pair: &Pair<'_>, rng: &mut Rng) -> Draft {
    let row = pair.row(rng);
    let largest = rng.chance(0.6);
    let text = phrase(
        rng,
        &[
            "At the {share} quantile, which has the {word} {measure}, {a} or {b}?",
            "Which of {a} and {b} has the {word} {share} quantile?",
            "{a} or {b}: whose {share} quantile of {measure} is {word}?",
        ],
        &[
            ("share", pair.label(row)),
            ("word", if largest { "higher" } else { "lower" }),
            ("measure", &pair.measure),
            ("a", pair.names[0]),
            ("b", pair.names[1]),
        ],
    );
    let rows = Expr::named(0, 0, pair.label(row)).boxed();
    Draft::new("compare", 2, text, Expr::BestColumn { rows, columns: vec![1, 2], largest })
}

fn above_line(pair: &Pair<'_>, rng: &mut Rng) -> Option<Draft> {
    let yes = rng.chance(0.5);
    let above = rng.chance(0.5);
    let rows: Vec<usize> = (0..pair.content.table().rows.len())
        .filter(|&row| {
            pair.value(row, 1)
                .zip(pair.value(row, 2))
                .is_some_and(|(x, y)| x != y && ((y > x) == above) == yes)
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let row = *rng.pick(&rows);
    let text = phrase(
        rng,
        &[
            "Does the point for the {share} quantile lie {side} the line of equal values?",
            "Is the point labelled {share} {side} the diagonal line?",
        ],
        &[("share", pair.label(row)), ("side", if above { "above" } else { "below" })],
    );
    let (x, y) = (pair.number(row, 1), pair.number(row, 2));
    let greater = if above { Expr::Greater(y, x) } else { Expr::Greater(x, y) };
    Some(Draft::new("line_yes_no", 2, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn beyond(pair: &Pair<'_>, rng: &mut Rng) -> Option<Draft> {
    let column = 1 + rng.below(2);
    let (bound, shown) = pair.bound(column, rng)?;
    let yes = rng.chance(0.5);
    let rows: Vec<usize> = (0..pair.content.table().rows.len())
        .filter(|&row| pair.value(row, column).is_some_and(|value| (value > bound) == yes))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let row = *rng.pick(&rows);
    let text = phrase(
        rng,
        &[
            "Is the {share} quantile of {name} above {bound}?",
            "Does the {share} quantile of {measure} for {name} exceed {bound}?",
        ],
        &[
            ("share", pair.label(row)),
            ("name", pair.names[column - 1]),
            ("measure", &pair.measure),
            ("bound", &shown),
        ],
    );
    let greater = Expr::Greater(pair.number(row, column), Expr::Constant(bound).boxed());
    Some(Draft::new("beyond_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn count_beyond(pair: &Pair<'_>, rng: &mut Rng) -> Option<Draft> {
    let column = 1 + rng.below(2);
    let (bound, shown) = pair.bound(column, rng)?;
    let above = rng.chance(0.5);
    let is = if above { Is::Above(bound) } else { Is::Below(bound) };
    let text = phrase(
        rng,
        &[
            "How many of the labelled quantiles of {name} are {word} {bound}?",
            "How many labelled points have a value {word} {bound} for {name}?",
        ],
        &[
            ("name", pair.names[column - 1]),
            ("word", if above { "above" } else { "below" }),
            ("bound", &shown),
        ],
    );
    let rows = Expr::Rows { table: 0, keep: vec![Test { column, is }] };
    Some(Draft::new("count_beyond", 3, text, Expr::Count(rows.boxed()).print(&NumberFormat::plain(0))))
}

fn first_above(pair: &Pair<'_>, rng: &mut Rng) -> Option<Draft> {
    let column = 1 + rng.below(2);
    let (bound, shown) = pair.bound(column, rng)?;
    let text = phrase(
        rng,
        &[
            "Which is the lowest labelled quantile of {name} that lies above {bound}?",
            "From which labelled quantile on is the {measure} of {name} above {bound}?",
        ],
        &[("name", pair.names[column - 1]), ("measure", &pair.measure), ("bound", &shown)],
    );
    let over = Expr::all(0).over(column);
    Some(Draft::new("first_above", 3, text, Expr::Shown(Expr::FirstAbove { over, bound }.over(0))))
}

/// Compares quantiles of both groups at different shares.
fn across(pair: &Pair<'_>, rng: &mut Rng) -> Option<Draft> {
    let two = rng.sample(pair.content.table().rows.len(), 2);
    let (a, b) = (two[0], two[1]);
    let yes = rng.chance(0.5);
    let ((a, first), (b, second)) =
        if (pair.value(a, 1)? > pair.value(b, 2)?) == yes { ((a, 1), (b, 2)) } else { ((b, 2), (a, 1)) };
    let text = phrase(
        rng,
        &[
            "Is the {a} quantile of {x} higher than the {b} quantile of {y}?",
            "Does the {a} quantile of {x} exceed the {b} quantile of {y}?",
        ],
        &[
            ("a", pair.label(a)),
            ("x", pair.names[first - 1]),
            ("b", pair.label(b)),
            ("y", pair.names[second - 1]),
        ],
    );
    let greater = Expr::Greater(pair.number(a, first), pair.number(b, second));
    Some(Draft::new("compare_yes_no", 4, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn count(rng: &mut Rng) -> Draft {
    let text =
        phrase(rng, &["How many quantiles are labelled?", "How many points carry a label in per cent?"], &[]);
    Draft::new("count_rows", 1, text, Expr::Count(Expr::all(0).boxed()).print(&NumberFormat::plain(0)))
}
