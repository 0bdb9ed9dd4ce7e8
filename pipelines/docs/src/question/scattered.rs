//! Questions about points over two axes of numbers, most of which no name stands beside: how many lie beyond a line of the
//! grid, in which corner, and in which group.

use pixmo_render::{Datum, NumberFormat, Rng};
use rust_decimal::Decimal;

use super::grid::round_step;
use super::measure::{counted, of_series};
use super::wording::phrase;
use super::{Draft, Style};
use crate::content::{Content, MONTHS};
use crate::program::{Expr, Is, Test};
use crate::visibility::Visible;

/// More points than this are not counted by eye.
const COUNT_MAX: usize = 24;

/// What is asked about.
struct Points<'a> {
    content: &'a Content,
    visible: &'a Visible<'a>,
    /// The columns along and up.
    axes: [usize; 2],
    /// The column of groups.
    group: Option<usize>,
}

/// Proposes one question.
pub(super) fn draft(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let numbers = content.table().number_columns();
    let axes = [*numbers.first()?, *numbers.get(1)?];
    let last = content.table().columns.len() - 1;
    let group = (last > 0 && !numbers.contains(&last)).then_some(last);
    let points = Points { content, visible, axes, group };
    match rng.below(if group.is_some() { 9 } else { 5 }) {
        0 | 1 => points.beyond(rng),
        2 => points.corner(rng),
        3 => points.beside(rng),
        4 => points.how_many(rng),
        5 => points.of_group(rng),
        6 => points.group_of_end(rng),
        7 => points.more(rng),
        _ => points.groups(rng),
    }
}

impl Points<'_> {
    fn rows(&self) -> usize {
        self.content.table().rows.len()
    }

    fn value(&self, row: usize, column: usize) -> Option<Decimal> {
        self.content.table().rows[row][column].as_decimal()
    }

    fn measure(&self, column: usize) -> String {
        let name = &self.content.table().columns[column].name;
        if self.content.nouns.quoted {
            return format!("“{name}” figure");
        }
        // A month is no measure: what is measured in it is.
        let measured = self.content.nouns.measure.as_str();
        if !measured.is_empty() && MONTHS.iter().any(|month| *month == name || month[..3] == *name) {
            return of_series(&counted(measured, false), name);
        }
        let format = self.content.format(column);
        let unit = &self.content.table().columns[column].unit;
        // Plurals with a unit of their own (landings in t) are amounts and no numbers of things.
        let weighed = !unit.is_empty() && !name.to_lowercase().contains(&unit.to_lowercase());
        counted(name, weighed || !format.prefix.is_empty() || format.suffix.contains(' '))
    }

    /// A round number that no point of a column lies near, so that each is clearly on one side of it.
    fn line(&self, column: usize, rng: &mut Rng) -> Option<(Decimal, String)> {
        let mut numbers: Vec<Decimal> = (0..self.rows()).filter_map(|row| self.value(row, column)).collect();
        numbers.sort();
        let (low, high) = (*numbers.first()?, *numbers.last()?);
        let step = round_step(high - low)?;
        let first = (low / step).ceil();
        let clear = |bound: &Decimal| {
            let apart = |(row, value): (usize, Decimal)| {
                self.visible.is_clear_of(Datum::cell(row, column), value, *bound)
            };
            (0..self.rows()).filter_map(|row| Some((row, self.value(row, column)?))).all(apart)
        };
        let bounds: Vec<Decimal> = (0..12)
            .map(|i| (first + Decimal::from(i)) * step)
            .filter(|bound| *bound > low && *bound < high && clear(bound))
            .collect();
        let bound = *bounds.get(rng.below(bounds.len().max(1)))?;
        let format = NumberFormat { decimals: step.normalize().scale(), ..self.content.format(column) };
        let format = if format.scale > 0 { self.content.format(column) } else { format };
        (format.rounded(bound) == bound).then(|| (bound.normalize(), format.print(bound)))
    }

    fn passing(&self, tests: &[Test]) -> usize {
        let fits = |row: usize| {
            tests.iter().all(|test| match (&test.is, self.value(row, test.column)) {
                (Is::Above(bound), Some(value)) => value > *bound,
                (Is::Below(bound), Some(value)) => value < *bound,
                (Is::Text(name), _) => self.content.table().rows[row][test.column].shown == *name,
                _ => false,
            })
        };
        (0..self.rows()).filter(|row| fits(*row)).count()
    }

    fn counted(&self, kind: &'static str, effort: u8, text: String, keep: Vec<Test>) -> Option<Draft> {
        let count = self.passing(&keep);
        let rows = Expr::Rows { table: 0, keep };
        let program = Expr::Count(rows.boxed()).print(&NumberFormat::plain(0));
        (1..=COUNT_MAX).contains(&count).then(|| Draft::new(kind, effort, text, program))
    }

    /// How many points lie beyond a line.
    fn beyond(&self, rng: &mut Rng) -> Option<Draft> {
        let column = *rng.pick(&self.axes);
        let (bound, shown) = self.line(column, rng)?;
        let above = rng.chance(0.5);
        let text = phrase(
            rng,
            &[
                "How many points have a {measure} {word} {bound}?",
                "How many points lie {word} {bound} in {measure}?",
                "Count the points whose {measure} is {word} {bound}.",
                "For how many points is the {measure} {word} {bound}?",
            ],
            &[
                ("measure", &self.measure(column)),
                ("word", if above { "above" } else { "below" }),
                ("bound", &shown),
            ],
        );
        let is = if above { Is::Above(bound) } else { Is::Below(bound) };
        self.counted("count_points", 3, text, vec![Test { column, is }])
    }

    /// How many points lie in a corner that two lines cut off.
    fn corner(&self, rng: &mut Rng) -> Option<Draft> {
        let (along, up) = (self.line(self.axes[0], rng)?, self.line(self.axes[1], rng)?);
        let (right, high) = (rng.chance(0.5), rng.chance(0.5));
        let word = |above: bool| if above { "above" } else { "below" };
        let text = phrase(
            rng,
            &[
                "How many points have a {a} {w1} {b1} and a {b} {w2} {b2}?",
                "Count the points with a {a} {w1} {b1} and a {b} {w2} {b2}.",
                "For how many points is the {a} {w1} {b1} and the {b} {w2} {b2}?",
            ],
            &[
                ("a", &self.measure(self.axes[0])),
                ("b", &self.measure(self.axes[1])),
                ("w1", word(right)),
                ("w2", word(high)),
                ("b1", &along.1),
                ("b2", &up.1),
            ],
        );
        let is = |above: bool, bound: Decimal| if above { Is::Above(bound) } else { Is::Below(bound) };
        let keep = vec![
            Test { column: self.axes[0], is: is(right, along.0) },
            Test { column: self.axes[1], is: is(high, up.0) },
        ];
        self.counted("count_corner", 4, text, keep)
    }

    /// Whether more points lie above a line than below it.
    fn beside(&self, rng: &mut Rng) -> Option<Draft> {
        let column = *rng.pick(&self.axes);
        let (bound, shown) = self.line(column, rng)?;
        let count = |is: Is| {
            let rows = Expr::Rows { table: 0, keep: vec![Test { column, is }] };
            Expr::Count(rows.boxed()).boxed()
        };
        let text = phrase(
            rng,
            &[
                "Do more points have a {measure} above {bound} than below it?",
                "Is the {measure} above {bound} for most of the points?",
                "Are there more points with a {measure} above {bound} than below?",
            ],
            &[("measure", &self.measure(column)), ("bound", &shown)],
        );
        let more = Expr::Greater(count(Is::Above(bound)), count(Is::Below(bound)));
        Some(Draft::new("more_points_yes_no", 4, text, Expr::YesNo(more.boxed())).styled(Style::YesNo))
    }

    /// How many points there are.
    fn how_many(&self, rng: &mut Rng) -> Option<Draft> {
        let text = phrase(
            rng,
            &["How many points are drawn?", "Count the points.", "How many points does it show in all?"],
            &[],
        );
        self.counted("count_rows", 2, text, Vec::new())
    }

    fn names(&self) -> Vec<&str> {
        let Some(group) = self.group else { return Vec::new() };
        let mut names = self.content.table().texts(group);
        names.sort_unstable();
        names.dedup();
        names
    }

    fn in_group(&self, name: &str) -> Option<Test> {
        Some(Test { column: self.group?, is: Is::Text(name.to_owned()) })
    }

    /// How many points belong to a group, all or beyond a line.
    fn of_group(&self, rng: &mut Rng) -> Option<Draft> {
        let names = self.names();
        let name = *names.get(rng.below(names.len().max(1)))?;
        if rng.chance(0.5) {
            let text = phrase(
                rng,
                &[
                    "How many points belong to {name}?",
                    "How many points have the colour of {name}?",
                    "Count the points of {name}.",
                ],
                &[("name", name)],
            );
            return self.counted("count_group", 2, text, vec![self.in_group(name)?]);
        }
        let column = *rng.pick(&self.axes);
        let (bound, shown) = self.line(column, rng)?;
        let text = phrase(
            rng,
            &[
                "How many points of {name} have a {measure} above {bound}?",
                "Among the points of {name}, how many have a {measure} above {bound}?",
                "Count the points of {name} with a {measure} above {bound}.",
            ],
            &[("name", name), ("measure", &self.measure(column)), ("bound", &shown)],
        );
        let keep = vec![self.in_group(name)?, Test { column, is: Is::Above(bound) }];
        self.counted("count_group_beyond", 4, text, keep)
    }

    /// The group of the point that lies furthest out.
    fn group_of_end(&self, rng: &mut Rng) -> Option<Draft> {
        let (column, largest) = (*rng.pick(&self.axes), rng.chance(0.6));
        let group = self.group?;
        let text = phrase(
            rng,
            &[
                "To which {noun} does the point with the {word} {measure} belong?",
                "The point with the {word} {measure} has the colour of which {noun}?",
                "Which {noun} has the point with the {word} {measure}?",
            ],
            &[
                ("noun", &crate::content::inside(&self.content.table().columns[group].name)),
                ("word", if largest { "highest" } else { "lowest" }),
                ("measure", &self.measure(column)),
            ],
        );
        let over = Expr::Rows { table: 0, keep: Vec::new() }.over(column);
        let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
        Some(Draft::new("group_of_end", 3, text, Expr::Shown(best.over(group))))
    }

    /// Which of two groups has more points.
    fn more(&self, rng: &mut Rng) -> Option<Draft> {
        let names = self.names();
        if names.len() < 2 {
            return None;
        }
        let two = rng.sample(names.len(), 2);
        let (a, b) = (names[two[0]], names[two[1]]);
        let count = |name: &str| {
            let rows = Expr::Rows { table: 0, keep: vec![self.in_group(name)?] };
            Some(Expr::Count(rows.boxed()).boxed())
        };
        let text = phrase(
            rng,
            &[
                "Are there more points of {a} than of {b}?",
                "Does {a} have more points than {b}?",
                "Do more points belong to {a} than to {b}?",
            ],
            &[("a", a), ("b", b)],
        );
        let more = Expr::Greater(count(a)?, count(b)?);
        Some(Draft::new("more_of_group_yes_no", 3, text, Expr::YesNo(more.boxed())).styled(Style::YesNo))
    }

    /// How many groups there are.
    fn groups(&self, rng: &mut Rng) -> Option<Draft> {
        let group = self.group?;
        let name = crate::content::inside(&self.content.table().columns[group].name);
        let text = phrase(
            rng,
            &[
                "How many {nouns} are told apart by colour?",
                "How many {nouns} does the legend list?",
                "Count the {nouns} in the legend.",
            ],
            &[("nouns", &crate::content::plural(&name))],
        );
        let all = Expr::Rows { table: 0, keep: Vec::new() };
        Some(Draft::new(
            "count_groups",
            1,
            text,
            Expr::Distinct(all.over(group)).print(&NumberFormat::plain(0)),
        ))
    }
}
