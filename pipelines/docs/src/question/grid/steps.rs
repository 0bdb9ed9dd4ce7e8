//! Questions about steps from one level to another, as a waterfall draws them: the first and the last row are levels, the
//! rows between are changes, and the two are never set against each other.

use pixmo_render::{Datum, NumberFormat, Rng};
use rust_decimal::Decimal;

use super::super::wording::{DECLINES, phrase};
use super::super::{Draft, Style};
use super::{Grid, title};
use crate::content::Content;
use crate::program::{Expr, Is, Test};
use crate::visibility::Visible;

/// The column of numbers.
const NUMBER: usize = 1;

/// Proposes one question.
pub(in super::super) fn draft(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let g = Grid::of(content)?;
    let printed = visible.is_printed(Datum::cell(0, NUMBER));
    match rng.below(if printed { 14 } else { 10 }) {
        0 | 1 => strongest(&g, rng),
        2 => count(&g, rng),
        3 => Some(raised(&g, rng)),
        4 => ends_yes_no(&g, rng),
        5 | 6 => two(&g, rng),
        7 => names(&g, rng),
        8 => Some(how_many(&g, rng)),
        9 if rng.chance(0.5) => title(content, rng),
        10 | 11 => Some(lookup(&g, rng)),
        12 => Some(over_all(&g, rng)),
        13 => sum(&g, rng),
        _ => None,
    }
}

/// Proposes a question about a step that is not there.
pub(in super::super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let g = Grid::of(content)?;
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let text = phrase(
        rng,
        &[
            "What change in the {measure} is shown for {row}?",
            "By how much did {row} change the {measure}?",
            "How large is the step {row}?",
            "Give the change in the {measure} that {row} brought.",
        ],
        &[("measure", &g.measure(NUMBER)), ("row", &absent)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(g.label), text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

impl Grid<'_> {
    /// The rows that are changes.
    fn changes(&self) -> std::ops::Range<usize> {
        1..self.labels.len() - 1
    }

    fn first_and_last(&self) -> (&str, &str) {
        (self.labels[0], self.labels[self.labels.len() - 1])
    }

    /// The changes that pass a test, or all.
    fn changed(&self, is: Option<Is>) -> Expr {
        let (first, last) = self.first_and_last();
        let mut keep: Vec<Test> = [first, last]
            .into_iter()
            .map(|name| Test { column: self.label, is: Is::Not(name.to_owned()) })
            .collect();
        keep.extend(is.map(|is| Test { column: NUMBER, is }));
        Expr::Rows { table: self.index, keep }
    }

    fn change(&self, row: usize) -> Decimal {
        self.value(row, NUMBER).unwrap_or_default()
    }

    fn one_change(&self, rng: &mut Rng) -> usize {
        1 + rng.below(self.changes().len())
    }
}

/// The step that moved the level most, one way or the other.
fn strongest(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let up = rng.chance(0.5);
    if !g.changes().any(|row| (g.change(row) > Decimal::ZERO) == up) {
        return None;
    }
    let patterns: &[&str] = if up {
        &[
            "Which step raised the {measure} most?",
            "Name the step with the largest rise.",
            "Which step added most to the {measure}?",
            "Where does the {measure} rise most?",
        ]
    } else {
        &[
            "Which step lowered the {measure} most?",
            "Name the step with the largest fall.",
            "Which step took most away from the {measure}?",
            "Where does the {measure} fall most?",
        ]
    };
    let text = phrase(rng, patterns, &[("measure", &g.measure(NUMBER))]);
    let over = g.changed(None).over(NUMBER);
    let best = if up { Expr::Max(over) } else { Expr::Min(over) };
    Some(Draft::new(if up { "largest" } else { "smallest" }, 2, text, g.label_of(best)))
}

/// How many steps go up, or down.
fn count(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let up = rng.chance(0.5);
    let is = if up { Is::Above(Decimal::ZERO) } else { Is::Below(Decimal::ZERO) };
    let word = if up { rng.word(&["raised", "increased"]) } else { rng.word(&["lowered", "reduced"]) };
    let text = phrase(
        rng,
        &[
            "How many steps {word} the {measure}?",
            "Count the steps that {word} the {measure}.",
            "How many of the steps {word} the {measure}?",
        ],
        &[("word", word), ("measure", &g.measure(NUMBER))],
    );
    let program = Expr::Count(g.changed(Some(is)).boxed()).print(&NumberFormat::plain(0));
    Some(Draft::new("count_beyond", 3, text, program))
}

/// Whether a step goes up.
fn raised(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let row = g.one_change(rng);
    let word = rng.word(&["raise", "increase"]);
    let text = phrase(
        rng,
        &[
            "Did {row} {word} the {measure}?",
            "Does the step {row} {word} the {measure}?",
            "Is {row} a step that {word}s the {measure}?",
        ],
        &[("row", g.labels[row]), ("word", word), ("measure", &g.measure(NUMBER))],
    );
    let (number, zero) = (g.number(row, NUMBER).boxed(), Expr::Constant(Decimal::ZERO).boxed());
    let is = Expr::Greater(number, zero);
    Draft::new("step_yes_no", 2, text, Expr::YesNo(is.boxed())).styled(Style::YesNo)
}

/// Whether the last level is above the first.
fn ends_yes_no(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (first, last) = g.first_and_last();
    let higher = rng.chance(0.5);
    let text = phrase(
        rng,
        &[
            "Is the bar “{last}” {word} than the bar “{first}”?",
            "Does the {measure} end {word} than it began?",
            "Is the {measure} {word} for “{last}” than for “{first}”?",
        ],
        &[
            ("first", first),
            ("last", last),
            ("word", if higher { "higher" } else { "lower" }),
            ("measure", &g.measure(NUMBER)),
        ],
    );
    let (a, b) = (g.number(g.labels.len() - 1, NUMBER).boxed(), g.number(0, NUMBER).boxed());
    let is = if higher { Expr::Greater(a, b) } else { Expr::Greater(b, a) };
    Some(Draft::new("compare_yes_no", 3, text, Expr::YesNo(is.boxed())).styled(Style::YesNo))
}

/// Which of two steps that go the same way goes further.
fn two(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let up = rng.chance(0.5);
    let rows: Vec<usize> = g.changes().filter(|&row| (g.change(row) > Decimal::ZERO) == up).collect();
    if rows.len() < 2 {
        return None;
    }
    let chosen = rng.sample(rows.len(), 2);
    let (a, b) = (g.labels[rows[chosen[0]]], g.labels[rows[chosen[1]]]);
    let patterns: &[&str] = if up {
        &[
            "Which raised the {measure} more, {a} or {b}?",
            "{a} or {b}: which step is the larger rise?",
            "Of {a} and {b}, which added more?",
        ]
    } else {
        &[
            "Which lowered the {measure} more, {a} or {b}?",
            "{a} or {b}: which step is the larger fall?",
            "Of {a} and {b}, which took more away?",
        ]
    };
    let text = phrase(rng, patterns, &[("measure", &g.measure(NUMBER)), ("a", a), ("b", b)]);
    let over = g.some(vec![a.to_owned(), b.to_owned()]).over(NUMBER);
    let best = if up { Expr::Max(over) } else { Expr::Min(over) };
    Some(Draft::new("compare", 2, text, g.label_of(best)))
}

/// All steps that go one way.
fn names(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let up = rng.chance(0.5);
    let count = g.changes().filter(|&row| (g.change(row) > Decimal::ZERO) == up).count();
    if !(1..=4).contains(&count) {
        return None;
    }
    let is = if up { Is::Above(Decimal::ZERO) } else { Is::Below(Decimal::ZERO) };
    let word = if up { "raised" } else { "lowered" };
    let text = phrase(
        rng,
        &[
            "Which steps {word} the {measure}?",
            "List the steps that {word} the {measure}.",
            "Name all steps that {word} the {measure}.",
        ],
        &[("word", word), ("measure", &g.measure(NUMBER))],
    );
    Some(Draft::new("names_beyond", 3, text, Expr::Names(g.changed(Some(is)).over(g.label))))
}

/// How many steps there are between the two levels.
fn how_many(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let (first, last) = g.first_and_last();
    let text = phrase(
        rng,
        &[
            "How many steps lie between “{first}” and “{last}”?",
            "Count the steps from “{first}” to “{last}”.",
            "How many changes are shown between “{first}” and “{last}”?",
        ],
        &[("first", first), ("last", last)],
    );
    Draft::new("count_rows", 1, text, Expr::Count(g.changed(None).boxed()).print(&NumberFormat::plain(0)))
}

/// The number at a step or at a level.
fn lookup(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let row = rng.below(g.labels.len());
    let patterns: &[&str] = if g.changes().contains(&row) {
        &[
            "What change in the {measure} is shown for {row}?",
            "Which figure stands at the step {row}?",
            "By how much did {row} change the {measure}?",
            "State the change that {row} brought.",
        ]
    } else {
        &[
            "What is the {measure} given for “{row}”?",
            "Which figure stands at “{row}”?",
            "State the {measure} at “{row}”.",
            "How large is the {measure} at “{row}”?",
        ]
    };
    let text = phrase(rng, patterns, &[("measure", &g.measure(NUMBER)), ("row", g.labels[row])]);
    Draft::new("lookup", 1, text, Expr::Shown(g.one(row).over(NUMBER)))
}

/// The change from the first level to the last.
fn over_all(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let (first, last) = g.first_and_last();
    let (from, to) = (g.number(0, NUMBER).boxed(), g.number(g.labels.len() - 1, NUMBER).boxed());
    let fill = [("measure", g.measure(NUMBER)), ("first", first.to_owned()), ("last", last.to_owned())];
    let fill: Vec<(&str, &str)> = fill.iter().map(|(k, v)| (*k, v.as_str())).collect();
    if rng.chance(0.35) && g.change(0) > Decimal::ZERO {
        let text = phrase(
            rng,
            &[
                "By what percentage did the {measure} change from “{first}” to “{last}”, to one decimal place?",
                "What is the percent change of the {measure} between “{first}” and “{last}”, rounded to one decimal place?",
            ],
            &fill,
        );
        return Draft::new(
            "percent_change",
            4,
            text,
            Expr::PercentChange { from, to }.print(&super::percent()),
        );
    }
    let text = phrase(
        rng,
        &[
            "How much did the {measure} change over all from “{first}” to “{last}”?",
            "What is the net change in the {measure} from “{first}” to “{last}”?",
            "What do all steps together come to?",
        ],
        &fill,
    );
    Draft::new("difference", 3, text, Expr::Subtract(to, from).print(&g.gap_format(NUMBER)))
}

/// What the steps that go one way add up to.
fn sum(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let up = rng.chance(0.5);
    let count = g.changes().filter(|&row| (g.change(row) > Decimal::ZERO) == up).count();
    if count < 2 {
        return None;
    }
    let is = if up { Is::Above(Decimal::ZERO) } else { Is::Below(Decimal::ZERO) };
    let (word, noun) = if up { ("raised", "rises") } else { ("lowered", "falls") };
    let text = phrase(
        rng,
        &[
            "What do all {noun} in the {measure} add up to?",
            "Add up the steps that {word} the {measure}.",
            "How large are all {noun} together?",
        ],
        &[("word", word), ("noun", noun), ("measure", &g.measure(NUMBER))],
    );
    let program = Expr::Sum(g.changed(Some(is)).over(NUMBER)).print(&g.format(NUMBER));
    Some(Draft::new("sum", 4, text, program))
}
