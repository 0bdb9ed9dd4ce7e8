//! Questions about a grid of numbers: charts, and tables of names and numbers.

pub(super) mod ends;
pub(super) mod goals;
pub(super) mod levels;
mod order;
mod places;
pub(super) mod ranks;
pub(super) mod running;
mod stages;
pub(super) mod steps;

use pixmo_render::{Datum, NumberFormat, Rng, Table};
use rust_decimal::Decimal;

use super::measure::{
    counted, counted_whole, is_money, is_weighed, of_series, quantity, quoted, without_unit,
};
use super::wording::{DECLINES, phrase};
use super::{Draft, Style, arrows, calendar, hexagons, matrix, quantiles, samples};
use crate::chart_content::plane;
use crate::content::{Content, capital};
use crate::program::{Expr, Is, Over, Test};
use crate::visibility::Visible;

/// Everything a template needs to know about the grid.
struct Grid<'a> {
    content: &'a Content,
    table: &'a Table,
    columns: Vec<usize>,
    labels: Vec<&'a str>,
    row: &'a str,
    rows: &'a str,
    time: bool,
    /// The column of labels.
    label: usize,
    /// Index of the table.
    index: usize,
}

/// What labels of time are called; other ordered labels (classes, sizes) are spoken of as names.
const TIMES: &[&str] = &[
    "year",
    "fiscal year",
    "quarter",
    "month",
    "week",
    "day",
    "date",
    "weekday",
    "hour",
    "season",
    "decade",
];

impl<'a> Grid<'a> {
    fn of(content: &'a Content) -> Option<Self> {
        Self::of_table(content, 0)
    }

    /// The grid of the rows (table 0) or of their groups (table 1).
    fn of_table(content: &'a Content, index: usize) -> Option<Self> {
        let table = content.data.tables.get(index)?;
        if index > 0 {
            let columns = table.number_columns();
            let (row, rows) = (&content.nouns.group, &content.nouns.groups);
            let labels = table.texts(0);
            return Some(Grid { content, table, columns, labels, row, rows, time: false, label: 0, index });
        }
        // A column of totals is no instance like the others.
        let total = content.nouns.total.as_str();
        let mut columns = table.number_columns();
        columns.retain(|&c| total.is_empty() || table.columns[c].name != total);
        // Where a place lies on a plane is asked in words of its own.
        if let Some(measured) = plane::measured_column(content) {
            columns.retain(|&c| c == measured);
        }
        let label = content.nouns.label;
        let mut labels = table.texts(label);
        if labels.last() == Some(&content.nouns.total.as_str()) {
            labels.pop();
        }
        (!columns.is_empty() && labels.len() >= 2).then(|| Grid {
            label,
            index,
            content,
            table,
            columns,
            labels,
            row: &content.nouns.row,
            rows: &content.nouns.rows,
            time: content.is_time() && TIMES.contains(&content.nouns.row.as_str()),
        })
    }

    /// How the numbers of a column are printed.
    fn format(&self, column: usize) -> NumberFormat {
        self.content.formats.get(&(self.index, column)).cloned().unwrap_or_default()
    }

    /// How far apart two numbers of a column are is printed: shares lie percentage points apart, not per cent.
    fn gap_format(&self, column: usize) -> NumberFormat {
        let format = self.format(column);
        if !format.suffix.contains('%') {
            return format;
        }
        NumberFormat { suffix: " percentage points".to_owned(), ..format }
    }

    /// How the numbers of a column are called in a sentence.
    fn measure(&self, column: usize) -> String {
        let name = &self.table.columns[column].name;
        if let Some((group, sub)) = name.split_once('|') {
            return match self.content.nouns.quoted {
                true => format!("{} under “{group}”", self.said(sub, column)),
                false => format!("{} ({group})", self.said(sub, column)),
            };
        }
        if self.content.nouns.measure.is_empty() {
            self.said(name, column)
        } else if self.columns.len() == 1 {
            self.said(&self.content.nouns.measure, column)
        } else {
            of_series(&self.said(&self.content.nouns.measure, column), name)
        }
    }

    /// What the numbers of a column measure, as it is spoken of: a number, an amount, or a share where it is per cent.
    fn said(&self, measure: &str, column: usize) -> String {
        if self.content.nouns.quotes(measure) {
            // What stands in brackets is no unit where it tells one column from another: `Noclegi (cel)`.
            let start = format!("{} (", without_unit(measure));
            let twin = self.table.columns.iter().any(|c| c.name != measure && c.name.starts_with(&start));
            return if twin { format!("“{measure}” figure") } else { quoted(measure) };
        }
        let NumberFormat { prefix, suffix, .. } = self.format(column);
        let unit = self.table.columns[column].unit.as_str();
        // `k $` and `million €` stand above the column, not beside each number.
        let money = !prefix.is_empty()
            || suffix.contains(' ')
            || unit.contains(['$', '€', '£'])
            || is_weighed(measure, unit);
        let stem = |name: &str| without_unit(name).to_owned();
        let alike = self.table.columns.iter().filter(|c| stem(&c.name) == stem(measure)).count();
        let said = if alike > 1 { counted_whole(measure, money) } else { counted(measure, money) };
        let things = said.strip_prefix("number of ").or_else(|| said.strip_prefix("amount of "));
        match things {
            Some(things) if suffix.contains('%') => format!("share of {things}"),
            Some(things) if unit.starts_with("per ") => format!("rate of {things}"),
            _ => said,
        }
    }

    /// The word before a label: `in` a year, `on` a day, `at` an hour or a place on a plane, `for` a name.
    fn at(&self) -> &'static str {
        match self.row {
            "age group" => "aged",
            _ if places::are_drawn(self.content) => "at",
            _ if !self.time => "for",
            "day" | "date" | "weekday" => "on",
            "hour" => "at",
            _ => "in",
        }
    }

    /// What is no matter of time is spoken of in the present: mountains have a height.
    fn in_tense(&self, text: String) -> String {
        if self.time {
            return text;
        }
        match text.strip_prefix("What was ").map(|rest| ("What is ", rest)) {
            Some((start, rest)) => format!("{start}{rest}"),
            None => text.strip_prefix("Was ").map_or(text.clone(), |rest| format!("Is {rest}")),
        }
    }

    /// All rows, without one of totals.
    fn every(&self) -> Expr {
        let total = &self.content.nouns.total;
        let keep = if total.is_empty() {
            Vec::new()
        } else {
            vec![Test { column: self.label, is: Is::Not(total.clone()) }]
        };
        Expr::Rows { table: self.index, keep }
    }

    fn all(&self, column: usize) -> Over {
        self.every().over(column)
    }

    /// Some rows by their labels.
    fn some(&self, labels: Vec<String>) -> Expr {
        Expr::Rows { table: self.index, keep: vec![Test { column: self.label, is: Is::OneOf(labels) }] }
    }

    /// The rows, without one of totals, that pass a test.
    fn passing(&self, column: usize, is: Is) -> Expr {
        let Expr::Rows { table, mut keep } = self.every() else { return self.every() };
        keep.push(Test { column, is });
        Expr::Rows { table, keep }
    }

    fn one(&self, row: usize) -> Expr {
        Expr::named(self.index, self.label, self.labels[row])
    }

    fn number(&self, row: usize, column: usize) -> Expr {
        Expr::Number(self.one(row).over(column))
    }

    fn label_of(&self, rows: Expr) -> Expr {
        Expr::Shown(rows.over(self.label))
    }

    fn value(&self, row: usize, column: usize) -> Option<Decimal> {
        self.table.rows[row][column].as_decimal()
    }

    /// True for scales without a true zero, on which ratios mean nothing (temperatures, dates, levels).
    fn is_interval(&self, column: usize) -> bool {
        let column = &self.table.columns[column];
        let text = format!("{} {} {}", column.name, column.unit, self.content.nouns.measure).to_lowercase();
        ["°", "temperature", "year", "ph ", "rank", "position", "index"]
            .iter()
            .any(|mark| text.contains(mark))
    }

    /// True where some numbers lie below zero: the smallest of such changes is −28 to one reader and 0 to another.
    fn is_signed(&self, column: usize) -> bool {
        (0..self.labels.len()).any(|row| self.value(row, column).is_some_and(|value| value < Decimal::ZERO))
    }

    fn two_rows(&self, rng: &mut Rng) -> (usize, usize) {
        let two = rng.sample(self.labels.len(), 2);
        (two[0], two[1])
    }

    /// A round number that divides the values of a column, away from all of them.
    fn bound(&self, column: usize, rng: &mut Rng) -> Option<(Decimal, String)> {
        let mut numbers: Vec<Decimal> =
            (0..self.labels.len()).filter_map(|r| self.value(r, column)).collect();
        numbers.sort();
        numbers.dedup();
        if numbers.len() < 3 {
            return None;
        }
        let (low, high) = (numbers[0], numbers[numbers.len() - 1]);
        let step = round_step(high - low)?;
        // Things that are counted are compared with whole numbers.
        let whole = numbers.iter().all(|number| number.fract().is_zero()) && self.format(column).scale == 0;
        let step = if whole { step.max(Decimal::ONE) } else { step };
        let from = (low / step).ceil();
        let count = ((high - low) / step).floor();
        let count = rust_decimal::prelude::ToPrimitive::to_usize(&count)?.clamp(1, 40);
        let bound = (from + Decimal::from(rng.below(count))) * step;
        let format = NumberFormat { decimals: step.normalize().scale(), ..self.format(column) };
        let format = if format.scale > 0 { self.format(column) } else { format };
        let fits = bound > low && bound < high && format.rounded(bound) == bound && !numbers.contains(&bound);
        let unit = self.table.columns[column].unit.as_str();
        let quantity = if format.suffix.is_empty() { quantity(unit) } else { "" };
        fits.then(|| (bound.normalize(), format.print(bound) + quantity))
    }
}

/// The words for both ends that say nothing of size.
fn plain_end(largest: bool) -> &'static str {
    if largest { "highest" } else { "lowest" }
}

/// A step of 1, 2 or 5 times a power of ten, about an eighth of the range.
pub(super) fn round_step(range: Decimal) -> Option<Decimal> {
    let range = rust_decimal::prelude::ToPrimitive::to_f64(&range)?;
    if range <= 0.0 {
        return None;
    }
    let raw = range / 8.0;
    let power = libm::floor(libm::log10(raw));
    let digit = raw / libm::pow(10.0, power);
    let digit = if digit < 1.5 {
        1
    } else if digit < 3.5 {
        2
    } else if digit < 7.5 {
        5
    } else {
        10
    };
    let power = power as i32;
    if !(-6..=15).contains(&power) {
        return None;
    }
    Some(if power >= 0 {
        Decimal::from(digit) * Decimal::from(10i64.pow(power as u32))
    } else {
        Decimal::new(digit, (-power) as u32)
    })
}

/// A round number strictly between two others.
pub(super) fn round_between(low: Decimal, high: Decimal, rng: &mut Rng) -> Option<Decimal> {
    let step = round_step(high - low)?;
    let count = ((high - low) / step).floor();
    let count = rust_decimal::prelude::ToPrimitive::to_usize(&count)?.clamp(1, 40);
    let bound = ((low / step).ceil() + Decimal::from(rng.below(count))) * step;
    (bound > low && bound < high).then(|| bound.normalize())
}

/// Proposes one question; the grid is table `table` of the picture.
pub(super) fn draft(content: &Content, table: usize, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    if matrix::is_one(content) && rng.chance(0.86) {
        return matrix::draft(content, rng);
    }
    if calendar::is_one(content) {
        let printed = visible.is_printed(Datum::cell(0, 1));
        return if rng.chance(0.92) { calendar::draft(content, printed, rng) } else { title(content, rng) };
    }
    if quantiles::is_one(content) {
        return if rng.chance(0.92) { quantiles::draft(content, rng) } else { title(content, rng) };
    }
    if hexagons::is_one(content) {
        return if rng.chance(0.9) { hexagons::draft(content, rng) } else { title(content, rng) };
    }
    if arrows::are_drawn(content) && rng.chance(0.4) {
        return arrows::draft(content, rng);
    }
    if samples::are_drawn(content, visible) && rng.chance(0.25) {
        return samples::draft(content, rng);
    }
    let grid = Grid::of(content)?;
    if stages::are_drawn(content) && rng.chance(0.4) {
        return stages::draft(&grid, grid.columns[0], rng);
    }
    if matrix::is_one(content) {
        return if rng.chance(0.6) { structure(&grid, rng) } else { membership(&grid, rng) };
    }
    // Of a plane, what is measured is asked for more often than where.
    if places::are_drawn(content) && rng.chance(0.3) {
        return places::draft(&grid, rng);
    }
    let column = *rng.pick(&grid.columns);
    about(&grid, column, table, visible, rng)
}

/// Proposes one of the questions that fit any grid.
fn usual(grid: &Grid<'_>, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let column = *rng.pick(&grid.columns);
    about(grid, column, grid.index, visible, rng)
}

/// Proposes one of the questions about a column that fit any grid; the grid is table `table` of the picture.
fn about(
    grid: &Grid<'_>,
    column: usize,
    table: usize,
    visible: &Visible<'_>,
    rng: &mut Rng,
) -> Option<Draft> {
    let at = |row: usize| Datum::at(table, row, column);
    let printed = visible.is_printed(at(0)) || visible.is_printed(at(grid.labels.len() - 1));
    let many_columns = grid.columns.len() > 1;
    if rng.chance(0.2)
        && let Some(draft) = order::draft(grid, column, rng)
    {
        return Some(draft);
    }
    if printed {
        match rng.weighted(&[
            3.0, 2.2, 1.2, 2.0, 1.6, 1.0, 0.8, 1.6, 1.2, 1.6, 0.8, 1.0, 1.4, 0.8, 0.8, 0.7, 1.4, 1.0,
        ]) {
            0 => Some(lookup(grid, column, rng)),
            1 => Some(extreme(grid, column, rng)),
            2 => Some(extreme_value(grid, column, rng)),
            3 => compare(grid, column, rng),
            4 => count_beyond(grid, column, rng),
            5 => names_beyond(grid, column, rng),
            6 => ranked(grid, column, rng),
            7 => sum(grid, column, rng),
            8 => mean(grid, column, rng),
            9 => difference(grid, column, rng),
            10 => ratio(grid, column, rng),
            11 => change(grid, column, rng),
            12 => share(grid, column, rng),
            13 => median_or_spread(grid, column, rng),
            14 => structure(grid, rng),
            15 => over_time(grid, column, rng),
            16 if many_columns => across(grid, rng),
            17 if many_columns => conditional(grid, rng),
            _ => membership(grid, rng),
        }
    } else {
        match rng.weighted(&[3.0, 2.2, 3.0, 1.6, 2.0, 1.6, 2.4, 2.0, 1.4, 1.2, 1.0]) {
            0 => Some(extreme(grid, column, rng)),
            1 => ranked(grid, column, rng),
            2 => compare(grid, column, rng),
            3 => count_beyond(grid, column, rng),
            4 => structure(grid, rng),
            5 => over_time(grid, column, rng),
            6 if many_columns => across(grid, rng),
            7 if many_columns => conditional(grid, rng),
            8 => names_beyond(grid, column, rng),
            9 => bound_yes_no(grid, column, rng),
            _ => membership(grid, rng),
        }
    }
}

/// Proposes a question that the picture does not answer, though one like it could be.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    if matrix::is_one(content) {
        return matrix::unanswerable(content, rng);
    }
    if calendar::is_one(content) {
        return calendar::unanswerable(content, rng);
    }
    if quantiles::is_one(content) {
        return quantiles::unanswerable(content, rng);
    }
    if hexagons::is_one(content) {
        return hexagons::unanswerable(content, rng);
    }
    let grid = Grid::of(content)?;
    let column = *rng.pick(&grid.columns);
    let decline = (*rng.pick(DECLINES)).to_owned();
    let by_row = content.absent_columns.is_empty() || rng.chance(0.6);
    let (text, program) = if by_row {
        let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
        let fill = [("measure", grid.measure(column)), ("row", absent.clone()), ("at", grid.at().to_owned())];
        let fill: Vec<(&str, &str)> = fill.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let text = phrase(
            rng,
            &[
                "What is the {measure} {at} {row}?",
                "What was the {measure} {at} {row}?",
                "How large is the {measure} {at} {row}?",
                "Give the {measure} {at} {row}.",
            ],
            &fill,
        );
        (grid.in_tense(text), Expr::Absent { table: 0, column: Some(grid.label), text: absent, decline })
    } else {
        let absent = rng.pick(&content.absent_columns).clone();
        let row = *rng.pick(&grid.labels);
        // How the absent numbers would be printed nobody knows.
        let name = if content.nouns.measure.is_empty() {
            match content.nouns.quoted {
                true => quoted(&absent),
                false => counted(&absent, is_money(&absent)),
            }
        } else {
            of_series(&grid.said(&content.nouns.measure, column), &absent)
        };
        let text = phrase(
            rng,
            &[
                "What is the {measure} {at} {row}?",
                "What was the {measure} {at} {row}?",
                "Which value is given as the {measure} {at} {row}?",
            ],
            &[("measure", &name), ("at", grid.at()), ("row", row)],
        );
        (grid.in_tense(text), Expr::Absent { table: 0, column: None, text: absent, decline })
    };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn lookup(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Draft {
    let row = rng.below(g.labels.len());
    let text = phrase(
        rng,
        &[
            "What is the {measure} {at} {row}?",
            "What was the {measure} {at} {row}?",
            "How large is the {measure} {at} {row}?",
            "What value is given as the {measure} {at} {row}?",
            "State the {measure} {at} {row}.",
            "{at} {row}, what is the {measure}?",
            "Which figure is shown as the {measure} {at} {row}?",
        ],
        &[("measure", &g.measure(column)), ("at", g.at()), ("row", g.labels[row])],
    );
    let text = g.in_tense(text);
    let next = Draft::new(
        "follow_next",
        1,
        phrase(
            rng,
            &[
                "And {at} the {row} listed right after it?",
                "And what about the {row} that comes directly after it?",
                "And {at} the following {row}?",
                "And {at} the {row} that follows?",
                "What about the {row} right after it?",
                "What is it {at} the next {row}?",
                "And for the next one?",
                "How about the {row} listed next?",
                "Now the same {at} the {row} directly after it.",
                "The same question {at} the following {row}, please.",
                "What does it come to {at} the {row} after that?",
                "Then what is it {at} the {row} listed next?",
                "And the one after it?",
            ],
            &[("at", g.at()), ("row", g.row)],
        ),
        Expr::Shown(Expr::Next(g.one(row).boxed()).over(column)),
    );
    Draft::new("lookup", 1, text, Expr::Shown(g.one(row).over(column))).followed_by(next)
}

fn extreme(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Draft {
    let largest = rng.chance(0.6);
    let fill = g.measure(column);
    // A maximum or minimum of its own is no place for the same word again.
    let plain = usize::from(fill.contains("imum"));
    let word = if largest {
        rng.word(&["highest", "largest", "greatest", "maximum"][..4 - plain])
    } else {
        rng.word(&["lowest", "smallest", "minimum"][..3 - plain])
    };
    let word = if g.is_signed(column) { plain_end(largest) } else { word };
    let patterns: &[&str] = if g.time {
        &[
            "{In} which {row} was the {measure} {word}?",
            "When was the {measure} at its {word}?",
            "Which {row} shows the {word} {measure}?",
            "Name the {row} with the {word} {measure}.",
        ]
    } else {
        &[
            "Which {row} has the {word} {measure}?",
            "Which of the {rows} has the {word} {measure}?",
            "Name the {row} with the {word} {measure}.",
            "The {word} {measure} belongs to which {row}?",
            "Which {row} shows the {word} {measure}?",
        ]
    };
    let fill = [
        ("row", g.row),
        ("rows", g.rows),
        ("measure", fill.as_str()),
        ("word", word),
        ("In", &capital(g.at())),
    ];
    let plain = ["highest", "maximum", "minimum"].contains(&word);
    let text = phrase(rng, if plain && patterns.len() == 4 { &patterns[2..] } else { patterns }, &fill);
    let best = |largest: bool| if largest { Expr::Max(g.all(column)) } else { Expr::Min(g.all(column)) };
    let other = if largest { "lowest" } else { "highest" };
    let next = Draft::new(
        "follow_other_end",
        2,
        phrase(
            rng,
            &[
                "And which has the {other}?",
                "And the {other}?",
                "Which one has the {other}, then?",
                "Which has the {other} instead?",
                "And where is it {other}?",
                "Now name the one with the {other}.",
                "What about the {other}?",
                "And at the other end, which has the {other}?",
                "And which is the one with the {other}?",
                "Tell me the one with the {other} as well.",
                "Which of them has the {other}?",
                "How about the {other}?",
                "And the one with the {other}?",
            ],
            &[("other", other)],
        ),
        g.label_of(best(!largest)),
    );
    Draft::new(if largest { "largest" } else { "smallest" }, 2, text, g.label_of(best(largest)))
        .followed_by(next)
}

fn extreme_value(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Draft {
    let largest = rng.chance(0.6);
    let word = if largest {
        rng.word(&["highest", "largest", "greatest"])
    } else {
        rng.word(&["lowest", "smallest"])
    };
    let word = if g.is_signed(column) { plain_end(largest) } else { word };
    let text = phrase(
        rng,
        &[
            "What is the {word} {measure} shown?",
            "What is the {word} {measure} of all {rows}?",
            "How much is the {word} {measure}?",
            "Give the {word} {measure} among the {rows}.",
        ],
        &[("word", word), ("measure", &g.measure(column)), ("rows", g.rows)],
    );
    let row = if largest { Expr::Max(g.all(column)) } else { Expr::Min(g.all(column)) };
    Draft::new("extreme_value", 2, text, Expr::Shown(row.over(column)))
}

fn compare(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = g.two_rows(rng);
    let (number_a, number_b) = (g.value(a, column)?, g.value(b, column)?);
    if rng.chance(0.45) {
        let yes = rng.chance(0.5);
        let higher = rng.chance(0.6);
        // The first of the two is the one that makes the wished answer true.
        let (a, b) = if ((number_a > number_b) == higher) == yes { (a, b) } else { (b, a) };
        let word =
            if higher { rng.word(&["higher", "larger", "greater"]) } else { rng.word(&["lower", "smaller"]) };
        let text = phrase(
            rng,
            &[
                "Is the {measure} {at} {a} {word} than {at} {b}?",
                "Was the {measure} {at} {a} {word} than {at} {b}?",
                "Is the {measure} {word} {at} {a} than {at} {b}?",
                "Does {a} show a {word} {measure} than {b}?",
            ],
            &[
                ("measure", &g.measure(column)),
                ("at", g.at()),
                ("a", g.labels[a]),
                ("b", g.labels[b]),
                ("word", word),
            ],
        );
        let text = g.in_tense(text);
        let (x, y) = (g.number(a, column), g.number(b, column));
        let greater =
            if higher { Expr::Greater(x.boxed(), y.boxed()) } else { Expr::Greater(y.boxed(), x.boxed()) };
        return Some(
            Draft::new("compare_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo),
        );
    }
    let larger = rng.chance(0.6);
    let word =
        if larger { rng.word(&["higher", "larger", "greater"]) } else { rng.word(&["lower", "smaller"]) };
    let text = phrase(
        rng,
        &[
            "Which has the {word} {measure}, {a} or {b}?",
            "Where is the {measure} {word}: {a} or {b}?",
            "{a} or {b}: which one shows the {word} {measure}?",
            "Of {a} and {b}, which has the {word} {measure}?",
        ],
        &[("word", word), ("measure", &g.measure(column)), ("a", g.labels[a]), ("b", g.labels[b])],
    );
    let both = g.some(vec![g.labels[a].into(), g.labels[b].into()]);
    let best = if larger { Expr::Max(both.over(column)) } else { Expr::Min(both.over(column)) };
    Some(Draft::new("compare", 2, text, g.label_of(best)))
}

fn beyond(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<(Expr, &'static str, String)> {
    let (bound, shown) = g.bound(column, rng)?;
    let above = rng.chance(0.6);
    let word = if above {
        rng.word(&["above", "greater than", "higher than", "over"])
    } else {
        rng.word(&["below", "lower than", "under"])
    };
    let is = if above { Is::Above(bound) } else { Is::Below(bound) };
    Some((g.passing(column, is), word, shown))
}

fn count_beyond(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    let (rows, word, bound) = beyond(g, column, rng)?;
    let text = phrase(
        rng,
        &[
            "How many {rows} have a {measure} {word} {bound}?",
            "For how many {rows} is the {measure} {word} {bound}?",
            "How many of the {rows} show a {measure} {word} {bound}?",
            "Count the {rows} whose {measure} is {word} {bound}.",
        ],
        &[("rows", g.rows), ("measure", &g.measure(column)), ("word", word), ("bound", &bound)],
    );
    Some(Draft::new("count_beyond", 3, text, Expr::Count(rows.boxed()).print(&NumberFormat::plain(0))))
}

fn names_beyond(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    let (rows, word, bound) = beyond(g, column, rng)?;
    let Expr::Rows { keep, .. } = &rows else { return None };
    let test = &keep[keep.len() - 1].is;
    let passing = (0..g.labels.len()).filter_map(|r| g.value(r, column)).filter(|v| match *test {
        Is::Above(bound) => *v > bound,
        Is::Below(bound) => *v < bound,
        _ => false,
    });
    if !(1..=4).contains(&passing.count()) {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "Which {rows} have a {measure} {word} {bound}?",
            "List the {rows} with a {measure} {word} {bound}.",
            "Name all {rows} whose {measure} is {word} {bound}.",
        ],
        &[("rows", g.rows), ("measure", &g.measure(column)), ("word", word), ("bound", &bound)],
    );
    Some(Draft::new("names_beyond", 3, text, Expr::Names(rows.over(g.label))))
}

fn bound_yes_no(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    let (bound, shown) = g.bound(column, rng)?;
    let yes = rng.chance(0.5);
    let fitting: Vec<usize> =
        (0..g.labels.len()).filter(|&r| g.value(r, column).is_some_and(|v| (v > bound) == yes)).collect();
    if fitting.is_empty() {
        return None;
    }
    let row = *rng.pick(&fitting);
    let text = phrase(
        rng,
        &[
            "Is the {measure} {at} {row} above {bound}?",
            "Does the {measure} {at} {row} exceed {bound}?",
            "Is the {measure} {at} {row} greater than {bound}?",
        ],
        &[("measure", &g.measure(column)), ("at", g.at()), ("row", g.labels[row]), ("bound", &shown)],
    );
    let greater = Expr::Greater(g.number(row, column).boxed(), Expr::Constant(bound).boxed());
    Some(Draft::new("beyond_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn ranked(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    if g.labels.len() < 4 {
        return None;
    }
    let rank = 2 + rng.below(2);
    let largest = rng.chance(0.65);
    let order = if rank == 2 { "second" } else { "third" };
    let word = if largest { rng.word(&["highest", "largest"]) } else { rng.word(&["lowest", "smallest"]) };
    let word = if g.is_signed(column) { plain_end(largest) } else { word };
    let text = phrase(
        rng,
        &[
            "Which {row} has the {order} {word} {measure}?",
            "Name the {row} with the {order} {word} {measure}.",
            "Which {row} ranks {order} when ordered from the {word} {measure}?",
        ],
        &[("row", g.row), ("order", order), ("word", word), ("measure", &g.measure(column))],
    );
    Some(Draft::new("ranked", 3, text, g.label_of(Expr::Nth { over: g.all(column), rank, largest })))
}

fn sum(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    if !g.table.columns[column].additive {
        return None;
    }
    let measure = g.measure(column);
    let total = g.labels.len() <= 9 && rng.chance(0.45);
    let (text, rows) = if total {
        let patterns = [
            "What is the total {measure} of all {rows}?",
            "Add up the {measure} over all {rows}.",
            "How much is the {measure} of all {rows} together?",
        ];
        (phrase(rng, &patterns, &[("measure", &measure), ("rows", g.rows)]), g.every())
    } else {
        let count = if g.labels.len() > 3 && rng.chance(0.35) { 3 } else { 2 };
        let mut chosen = rng.sample(g.labels.len(), count);
        chosen.sort_unstable();
        let names: Vec<String> = chosen.iter().map(|&r| g.labels[r].to_owned()).collect();
        let list = listed(&names);
        let patterns = [
            "What is the sum of the {measure} {at} {list}?",
            "How much is the {measure} {at} {list} combined?",
            "Added together, how much is the {measure} {at} {list}?",
            "Add up the {measure} {at} {list}.",
        ];
        let text = phrase(rng, &patterns, &[("measure", &measure), ("at", g.at()), ("list", &list)]);
        (text, g.some(names))
    };
    Some(Draft::new("sum", 4, text, Expr::Sum(rows.over(column)).print(&g.format(column))))
}

/// True for amounts of money, which have no finer digits than cents.
fn in_money(format: &NumberFormat) -> bool {
    !format.prefix.is_empty() || (!format.suffix.is_empty() && !format.suffix.contains('%'))
}

fn mean(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    // Who is at one stage was at all before: a mean over stages counts them again and again.
    if g.labels.len() > 8 || stages::are_drawn(g.content) {
        return None;
    }
    let format = g.format(column);
    let decimals = if in_money(&format) { format.decimals.max(2) } else { (format.decimals + 1).min(4) };
    let format = NumberFormat { decimals, ..format };
    let text = phrase(
        rng,
        &[
            "What is the average {measure} of all {rows}, to {decimals} decimal places?",
            "What is the mean {measure} over the {rows}, rounded to {decimals} decimal places?",
        ],
        &[("measure", &g.measure(column)), ("rows", g.rows), ("decimals", &format.decimals.to_string())],
    );
    let text = text.replace("1 decimal places", "1 decimal place");
    // The mean of a mean is said with two words, so that it does not read as a slip.
    let text = text.replace("mean mean ", "average mean ").replace("average average ", "mean average ");
    (format.scale == 0).then(|| Draft::new("mean", 4, text, Expr::Mean(g.all(column)).print(&format)))
}

fn difference(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = g.two_rows(rng);
    let (value_a, value_b) = (g.value(a, column)?, g.value(b, column)?);
    if value_a == value_b {
        return None;
    }
    let (a, b) = if value_a > value_b { (a, b) } else { (b, a) };
    let fill = [
        ("measure", g.measure(column)),
        ("a", g.labels[a].to_owned()),
        ("b", g.labels[b].to_owned()),
        ("at", g.at().to_owned()),
    ];
    let fill: Vec<(&str, &str)> = fill.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let text = phrase(
        rng,
        &[
            "What is the difference in {measure} between {a} and {b}?",
            "By how much does the {measure} {at} {a} exceed that {at} {b}?",
            "How much higher is the {measure} {at} {a} than {at} {b}?",
        ],
        &fill,
    );
    let program = Expr::Subtract(g.number(a, column).boxed(), g.number(b, column).boxed());
    Some(Draft::new("difference", 3, text, program.print(&g.gap_format(column))))
}

fn ratio(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = g.two_rows(rng);
    let (number_a, number_b) = (g.value(a, column)?, g.value(b, column)?);
    let (a, b) = if number_a >= number_b { (a, b) } else { (b, a) };
    // Nobody asks how many times as large a number is as one that equals it.
    if number_a == number_b || number_a.min(number_b) <= Decimal::ZERO || g.is_interval(column) {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "How many times as large is the {measure} {at} {a} as that {at} {b}, to two decimal places?",
            "What is the ratio of the {measure} {at} {a} to that {at} {b}, rounded to two decimal places?",
        ],
        &[("measure", &g.measure(column)), ("a", g.labels[a]), ("b", g.labels[b]), ("at", g.at())],
    );
    let program = Expr::Divide(g.number(a, column).boxed(), g.number(b, column).boxed());
    Some(Draft::new("ratio", 4, text, program.print(&NumberFormat::plain(2))))
}

fn percent() -> NumberFormat {
    NumberFormat { suffix: "%".into(), group: None, ..NumberFormat::plain(1) }
}

fn change(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    if !g.time || g.labels.len() < 3 {
        return None;
    }
    let from = rng.below(g.labels.len() - 1);
    let to = if rng.chance(0.5) { from + 1 } else { from + 1 + rng.below(g.labels.len() - from - 1) };
    // What goes below nought is itself a change: nobody asks for the percent change of a change.
    let signed = (0..g.labels.len()).any(|row| g.value(row, column).is_some_and(|v| v < Decimal::ZERO));
    if g.value(from, column)? <= Decimal::ZERO || signed || g.is_interval(column) {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "By what percentage did the {measure} change from {a} to {b}, to one decimal place?",
            "What is the percent change of the {measure} between {a} and {b}, rounded to one decimal place?",
        ],
        &[("measure", &g.measure(column)), ("a", g.labels[from]), ("b", g.labels[to])],
    );
    let program =
        Expr::PercentChange { from: g.number(from, column).boxed(), to: g.number(to, column).boxed() };
    Some(Draft::new("percent_change", 4, text, program.print(&percent())))
}

fn share(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    if !g.table.columns[column].additive || g.labels.len() > 10 {
        return None;
    }
    let row = rng.below(g.labels.len());
    if (0..g.labels.len()).any(|r| g.value(r, column).is_none_or(|v| v < Decimal::ZERO)) {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "What share of the total {measure} does {row} have, in per cent to one decimal place?",
            "What percentage of the {measure} of all {rows} falls to {row}, to one decimal place?",
            "{row} accounts for what percentage of the total {measure}, to one decimal place?",
        ],
        &[("measure", &g.measure(column)), ("row", g.labels[row]), ("rows", g.rows)],
    );
    let program =
        Expr::Share { part: g.number(row, column).boxed(), whole: Expr::Sum(g.all(column)).boxed() };
    Some(Draft::new("share", 5, text, program.print(&percent())))
}

fn median_or_spread(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    // The stages of a way have no middle one by size, and no range: they fall from the first to the last.
    if g.labels.len() > 9 || stages::are_drawn(g.content) {
        return None;
    }
    let fill = g.measure(column);
    let fill = [("measure", fill.as_str()), ("rows", g.rows)];
    let format = g.format(column);
    if rng.chance(0.5) {
        let text = phrase(
            rng,
            &[
                "What is the median {measure} of the {rows}?",
                "What is the median of the {measure} over all {rows}?",
            ],
            &fill,
        );
        let mut numbers: Vec<Decimal> =
            (0..g.labels.len()).map(|row| g.value(row, column)).collect::<Option<_>>()?;
        numbers.sort();
        let half = numbers.len() / 2;
        let middle = match numbers.len().is_multiple_of(2) {
            true => (numbers[half - 1] + numbers[half]) / Decimal::TWO,
            false => numbers[half],
        };
        // Between two numbers there may be a digit more, but no fractions of a cent.
        let format = match format.rounded(middle) == middle {
            true => format,
            false if in_money(&format) => return None,
            false => NumberFormat { decimals: format.decimals + 1, ..format },
        };
        (format.scale == 0).then(|| Draft::new("median", 4, text, Expr::Median(g.all(column)).print(&format)))
    } else {
        let text = phrase(
            rng,
            &[
                "What is the difference between the highest and the lowest {measure}?",
                "How far apart are the highest and the lowest {measure} of the {rows}?",
                "What is the range of the {measure} over all {rows}?",
            ],
            &fill,
        );
        let format = g.gap_format(column);
        Some(Draft::new("spread", 4, text, Expr::Spread(g.all(column)).print(&format)))
    }
}

fn structure(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    match rng.below(4) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "How many {rows} are shown?",
                    "How many {rows} does it list?",
                    "What is the number of {rows} shown?",
                    "Count the {rows} shown.",
                ],
                &[("rows", g.rows)],
            );
            let mut labels = g.labels.clone();
            labels.sort_unstable();
            labels.dedup();
            // In a long table one label stands in many rows.
            let program = if labels.len() < g.labels.len() {
                Expr::Distinct(g.every().over(g.label))
            } else {
                Expr::Count(g.every().boxed())
            };
            Some(Draft::new("count_rows", 1, text, program.print(&NumberFormat::plain(0))))
        }
        1 if g.columns.len() > 1
            && g.columns.len() == g.table.number_columns().len()
            && !g.content.nouns.series.is_empty() =>
        {
            let text = phrase(
                rng,
                &[
                    "How many {series} are compared?",
                    "How many {series} are shown?",
                    "What is the number of {series} shown?",
                ],
                &[("series", &g.content.nouns.series_plural)],
            );
            Some(Draft::new(
                "count_columns",
                1,
                text,
                Expr::NumberColumns { table: 0 }.print(&NumberFormat::plain(0)),
            ))
        }
        2 => {
            let (last, time) = (rng.chance(0.5), g.time);
            let words = match (last, time) {
                (true, true) => "latest",
                (false, true) => "earliest",
                (true, false) => "last",
                (false, false) => "first",
            };
            let text = phrase(
                rng,
                &[
                    "What is the {words} {row} shown?",
                    "Which {row} is the {words} one shown?",
                    "Name the {words} {row} shown.",
                ],
                &[("words", words), ("row", g.row)],
            );
            let rows = g.every().boxed();
            // Names without order have a first and a last one only where they are listed; charts may sort them.
            time.then(|| {
                Draft::new(
                    "ends",
                    1,
                    text,
                    g.label_of(if last { Expr::Last(rows) } else { Expr::First(rows) }),
                )
            })
        }
        _ => title(g.content, rng),
    }
}

/// Asks for the title or another text around the figure.
pub(super) fn title(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let table = content.data.tables.iter().position(|t| t.name == "about")?;
    let row = rng.below(content.data.tables[table].rows.len());
    let name = content.data.tables[table].rows[row][0].shown.clone();
    let text = phrase(
        rng,
        &["What is the {name}?", "What does the {name} say?", "Read out the {name}.", "State the {name}."],
        &[("name", &name)],
    );
    Some(Draft::new("title", 1, text, Expr::Shown(Expr::named(table, 0, &name).over(1))))
}

fn over_time(g: &Grid<'_>, column: usize, rng: &mut Rng) -> Option<Draft> {
    if !g.time || g.labels.len() < 4 {
        return None;
    }
    if rng.chance(0.5) {
        let (bound, shown) = g.bound(column, rng)?;
        let text = phrase(
            rng,
            &[
                "{In} which {row} did the {measure} first exceed {bound}?",
                "What is the first {row} with a {measure} above {bound}?",
                "When was the {measure} above {bound} for the first time?",
            ],
            &[("row", g.row), ("measure", &g.measure(column)), ("bound", &shown), ("In", &capital(g.at()))],
        );
        return Some(Draft::new(
            "first_above",
            3,
            text,
            g.label_of(Expr::FirstAbove { over: g.all(column), bound }),
        ));
    }
    let (yes, rising) = (rng.chance(0.5), rng.chance(0.5));
    let length = 3 + rng.below(2);
    let starts: Vec<usize> = (0..=g.labels.len().checked_sub(length)?)
        .filter(|&start| {
            let numbers: Option<Vec<Decimal>> = (start..start + length).map(|r| g.value(r, column)).collect();
            numbers
                .is_some_and(|n| n.windows(2).all(|w| if rising { w[1] > w[0] } else { w[1] < w[0] }) == yes)
        })
        .collect();
    if starts.is_empty() {
        return None;
    }
    let start = *rng.pick(&starts);
    let names: Vec<String> = (start..start + length).map(|r| g.labels[r].to_owned()).collect();
    let word = if rising {
        rng.word(&["rise", "increase", "grow"])
    } else {
        rng.word(&["fall", "decrease", "decline"])
    };
    let text = phrase(
        rng,
        &[
            "Did the {measure} {word} at every step from {a} to {b}?",
            "From {a} to {b}, did the {measure} {word} without interruption?",
            "Did the {measure} {word} continuously between {a} and {b}?",
        ],
        &[("measure", &g.measure(column)), ("word", word), ("a", &names[0]), ("b", &names[length - 1])],
    );
    let rows = g.some(names);
    Some(
        Draft::new(
            "trend_yes_no",
            4,
            text,
            Expr::YesNo(Expr::Monotone { over: rows.over(column), rising }.boxed()),
        )
        .styled(Style::YesNo),
    )
}

fn across(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let nouns = &g.content.nouns;
    if nouns.series.is_empty() {
        return None;
    }
    let row = rng.below(g.labels.len());
    let measure = g.said(&nouns.measure, g.columns[0]);
    let additive = g.columns.iter().all(|&c| g.table.columns[c].additive);
    if additive && rng.chance(0.25) {
        let text = phrase(
            rng,
            &[
                "What is the total {measure} of all {series} {at} {row}?",
                "{at} {row}, how much is the {measure} of all {series} together?",
            ],
            &[
                ("measure", &measure),
                ("series", &nouns.series_plural),
                ("at", g.at()),
                ("row", g.labels[row]),
            ],
        );
        let program = Expr::SumColumns { rows: g.one(row).boxed(), columns: g.columns.clone() };
        return Some(Draft::new("sum_across", 4, text, program.print(&g.format(g.columns[0]))));
    }
    if rng.chance(0.4) {
        return two_columns(g, row, &measure, rng);
    }
    let largest = rng.chance(0.6);
    let word = if largest {
        rng.word(&["highest", "largest", "greatest"])
    } else {
        rng.word(&["lowest", "smallest"])
    };
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
            ("measure", &measure),
            ("at", g.at()),
            ("row", g.labels[row]),
        ],
    );
    let program = Expr::BestColumn { rows: g.one(row).boxed(), columns: g.columns.clone(), largest };
    Some(Draft::new("best_column", 3, text, program))
}

/// Two series at one row.
fn two_columns(g: &Grid<'_>, row: usize, measure: &str, rng: &mut Rng) -> Option<Draft> {
    if g.columns.len() < 3 {
        return None;
    }
    let two = rng.sample(g.columns.len(), 2);
    let columns: Vec<usize> = two.iter().map(|&i| g.columns[i]).collect();
    let name = |i: usize| g.table.columns[columns[i]].name.as_str();
    let fill = [("measure", measure), ("at", g.at()), ("row", g.labels[row]), ("a", name(0)), ("b", name(1))];
    if rng.chance(0.5) {
        let larger = rng.chance(0.6);
        let word =
            if larger { rng.word(&["higher", "larger", "greater"]) } else { rng.word(&["lower", "smaller"]) };
        let mut filled = fill.to_vec();
        filled.push(("word", word));
        let text = phrase(
            rng,
            &[
                "{at} {row}, which has the {word} {measure}: {a} or {b}?",
                "Which has the {word} {measure} {at} {row}, {a} or {b}?",
                "Of {a} and {b}, which shows the {word} {measure} {at} {row}?",
                "{a} or {b}: whose {measure} is {word} {at} {row}?",
            ],
            &filled,
        );
        let mut columns = columns;
        columns.sort_unstable();
        let program = Expr::BestColumn { rows: g.one(row).boxed(), columns, largest: larger };
        return Some(Draft::new("compare_columns", 2, text, program));
    }
    let text = phrase(
        rng,
        &[
            "{at} {row}, is the {measure} higher for {a} than for {b}?",
            "Does {a} have a larger {measure} than {b} {at} {row}?",
            "Is {a} ahead of {b} in {measure} {at} {row}?",
            "{at} {row}, does {a} show a greater {measure} than {b}?",
        ],
        &fill,
    );
    let number = |column: usize| g.number(row, column).boxed();
    let more = Expr::Greater(number(columns[0]), number(columns[1]));
    Some(Draft::new("columns_yes_no", 3, text, Expr::YesNo(more.boxed())).styled(Style::YesNo))
}

fn conditional(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let two = rng.sample(g.columns.len(), 2);
    let (first, second) = (g.columns[two[0]], g.columns[two[1]]);
    let (bound, shown) = g.bound(first, rng)?;
    let passing = (0..g.labels.len()).filter(|&r| g.value(r, first).is_some_and(|v| v > bound)).count();
    if !(2..g.labels.len()).contains(&passing) {
        return None;
    }
    let largest = rng.chance(0.6);
    let word = if largest { "highest" } else { "lowest" };
    let text = phrase(
        rng,
        &[
            "Among the {rows} with a {first} above {bound}, which has the {word} {second}?",
            "Which of the {rows} with a {first} above {bound} has the {word} {second}?",
            "Name the {row} with the {word} {second} among those with a {first} above {bound}.",
            "Of all {rows} whose {first} is above {bound}, which one has the {word} {second}?",
        ],
        &[
            ("row", g.row),
            ("rows", g.rows),
            ("first", &g.measure(first)),
            ("bound", &shown),
            ("word", word),
            ("second", &g.measure(second)),
        ],
    );
    let rows = g.passing(first, Is::Above(bound));
    let best = if largest { Expr::Max(rows.over(second)) } else { Expr::Min(rows.over(second)) };
    Some(Draft::new("conditional", 5, text, g.label_of(best)))
}

fn membership(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    // Where nothing fits that is not there, only yes could be the answer.
    let absent = g.content.absent.get(..).filter(|a| !a.is_empty())?;
    let yes = rng.chance(0.5);
    let name = if yes { (*rng.pick(&g.labels)).to_owned() } else { rng.pick(absent).clone() };
    let text = phrase(
        rng,
        &[
            "Is {name} among the {rows} shown?",
            "Does the picture show {name} as one of the {rows}?",
            "Is there an entry for {name}?",
        ],
        &[("name", &name), ("rows", g.rows)],
    );
    let program = Expr::YesNo(Expr::Exists { table: 0, column: g.label, text: name }.boxed());
    Some(Draft::new("member_yes_no", 1, text, program).styled(Style::YesNo))
}

/// `A, B and C`.
fn listed(names: &[String]) -> String {
    match names {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => names.concat(),
    }
}
