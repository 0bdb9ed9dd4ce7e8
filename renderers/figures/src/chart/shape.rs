//! The form of data that a kind of chart draws, and the check of data against it.
//!
//! All shapes are conventions over table 0; where a chart is drawn from samples, table 1 holds them. Column 0 holds the
//! labels of the rows. Labels are not empty and, where a
//! row is a thing of its own (everywhere but in [`Shape::Samples`]), no two are the same.

mod board;
mod dates;
mod flows;

use pixmo_render::{ColumnKind, Data, Table, Value};

use super::derived;
use super::statistic::Statistic;
use crate::FigureError;

pub(super) use flows::ranks;

/// How many, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The least.
    pub min: usize,
    /// The most.
    pub max: usize,
}

/// What column 0 must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// Names or times.
    Any,
    /// Names.
    Text,
    /// Times, in order.
    Time,
}

/// Which numbers can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// All.
    Any,
    /// Zero and above, and some above zero.
    NotNegative,
    /// Above zero only.
    Positive,
    /// Some above and some below zero.
    Mixed,
}

/// Rows with a label and one number for each series; see [`Shape::Wide`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wide {
    /// Rows.
    pub rows: Count,
    /// Number columns, all in the same unit.
    pub series: Count,
    /// What the labels must be.
    pub labels: Labels,
    /// Which numbers.
    pub sign: Sign,
    /// The numbers of a column are the parts of one whole, and none is less than this share of it. The column must be
    /// additive.
    pub whole: Option<f64>,
    /// The numbers of a row are laid on top of each other, so the columns must be additive.
    pub stacked: bool,
    /// No number is larger than the one before it.
    pub falling: bool,
    /// Cells may be missing (a gap in a line, no bar); never a whole column.
    pub missing: bool,
}

/// The form of data of a kind of chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Column 0: labels. Columns 1 and on: numbers in one unit, one column for each series.
    Wide(Wide),
    /// Column 0: bins in rising order, as text (`10–20`). Column 1: how many lie in the bin, 0 or more.
    Bins {
        /// Bins.
        rows: Count,
    },
    /// Column 0: labels. Column 1: amounts: where one begins (above 0), the changes one by one (either sign), and in
    /// the last row where one ends, which is the sum of all rows before within 1 %. The level never falls below 0.
    Steps {
        /// Rows, with the first and the last.
        rows: Count,
    },
    /// Column 0: labels. Column 1: low. Column 2: high, above low. One unit.
    Ranges {
        /// Rows.
        rows: Count,
    },
    /// Column 0: labels. Column 1: value. Columns 2 and 3: the low and the high end of its interval. One unit.
    Interval {
        /// Rows.
        rows: Count,
        /// What the labels must be.
        labels: Labels,
    },
    /// Column 0: labels. Columns 1 to 5: minimum, lower quartile, median, upper quartile, maximum, in rising order.
    Summary {
        /// Rows.
        rows: Count,
    },
    /// Column 0: times. Columns 1 to 4: open, high, low, close.
    Ohlc {
        /// Rows.
        rows: Count,
    },
    /// Column 0: times or names. Column 1: numbers of 0 and above, drawn as bars. Column 2: numbers of another unit,
    /// drawn as a line over an axis of its own.
    Dual {
        /// Rows.
        rows: Count,
    },
    /// Long form. Column 0: the name of the group, the same text in all rows of a group. Column 1: one number.
    Samples {
        /// Different groups.
        groups: Count,
        /// Rows of each group.
        each: Count,
    },
    /// Column 0: names of groups. Columns 1 and on: one number for each of `statistics`. Table 1 holds the samples in
    /// long form, groups in the order of table 0: the name of the group, one number. Each number of table 0 is the
    /// [`Statistic`] of the samples of its group, within a hundredth of their span or, for heights, of itself.
    Distribution {
        /// Groups, one row of table 0 for each.
        groups: Count,
        /// Samples of each group.
        each: Count,
        /// What the columns of numbers hold.
        statistics: &'static [Statistic],
    },
    /// Column 0: names of things. Columns 1 and on: numbers, each column in its own unit.
    Profiles {
        /// Things.
        rows: Count,
        /// Columns of numbers.
        measures: Count,
    },
    /// Column 0: names of variables. Columns 1 and on: the same names in the same order, with the correlation of row and
    /// column, from −1 to 1. Each is 1 with itself. Either all cells are there, or those right of the diagonal are
    /// missing; where both are there, they are equal.
    Correlations {
        /// Variables.
        rows: Count,
    },
    /// Column 0: days without a gap, from the first of a month to the last of one. Column 1: a number, may be missing.
    /// Column 2: the name of the month. Column 3: the day of the week in English.
    Days {
        /// Months.
        months: Count,
    },
    /// Column 0: shares in rising order, as per cent (`25 %`). Columns 1 and 2, in one unit and named by two groups: the
    /// [`super::quantile`] of the group at the share, within a hundredth of the span of its samples. Table 1 holds the
    /// samples in long form: the name of the group, one number.
    Quantiles {
        /// Shares.
        rows: Count,
        /// Samples of each group.
        each: Count,
    },
    /// The [`super::Hexagons`] of samples, in their order. Column 0: any names. Columns 1 and 2: x and y of the middle,
    /// within a hundredth of the span. Column 3: how many samples. Table 1 holds the samples: a name, x, y. Table 2 has
    /// one row: a name, and how many columns and rows of hexagons there are.
    Hexagons {
        /// Hexagons that hold samples.
        rows: Count,
        /// Samples.
        samples: Count,
    },
    /// Column 0: names of groups. Columns 1 and 2: x and y of the place where the [`super::Cloud`] of the group is
    /// densest, within a hundredth of the span of its samples. Table 1 holds the samples in long form, groups in the
    /// order of table 0: the name of the group, x, y.
    Clouds {
        /// Groups.
        groups: Count,
        /// Samples of each group.
        each: Count,
    },
    /// Column 0: names of places. Column 1: x. Column 2: y. Column 3: the number there, as the field says within a
    /// hundredth of its span. Table 1 is the field, as [`super::Field::read`] wants it.
    Terrain {
        /// Places.
        rows: Count,
    },
    /// Column 0: names of places. Column 1: x. Column 2: y. Column 3: a speed above 0. Column 4: the nearest of the
    /// [`super::DIRECTIONS`]. Table 1, row by row: the name again, and the bearing in degrees clockwise from up.
    Arrows {
        /// Places.
        rows: Count,
    },
    /// Column 0: the name of the point. Column 1: x. Column 2: y. With `size`, column 3: a number above 0 drawn as
    /// area. With groups, one more column of text: the group of the point. No cell is missing.
    Xy {
        /// Points.
        rows: Count,
        /// True when there is a size column.
        size: bool,
        /// Different groups; a `min` of 0 says that the group column may be absent, a `max` of 0 that it must be.
        groups: Count,
    },
    /// Column 0: names. Column 1: amounts above 0, none larger than the one before it. Column 2: the share of the
    /// total that is reached with this row, in per cent, rising to 100.
    Running {
        /// Rows.
        rows: Count,
    },
    /// Column 0: names. Column 1: what was reached, 0 or more. Column 2: the goal, above 0. One unit.
    Goals {
        /// Rows.
        rows: Count,
    },
    /// Column 0: times. Columns 1 and on: numbers above 0 in one unit, the largest of all at least
    /// [`Shape::GROWTH_MIN`] times the smallest.
    Growth {
        /// Rows.
        rows: Count,
        /// Number columns.
        series: Count,
    },
    /// Column 0: times. Columns 1 and on: the place of each in a ranking, so each row holds the numbers from 1 to the
    /// number of columns once.
    Ranks {
        /// Rows.
        rows: Count,
        /// Columns of places.
        series: Count,
    },
    /// Column 0: bins in rising order, as text (`10–20`). Columns 1 and on: how many of each group lie in the bin, 0
    /// or more.
    Ridges {
        /// Bins.
        bins: Count,
        /// Groups.
        groups: Count,
    },
    /// Two levels. Column 0: names of the parts. Column 1: numbers above 0 that can be added up. Column 2: the name of
    /// the group of the part; the parts of a group stand together. Table 1 holds the groups in the same order: column
    /// 0 their names, column 1 the sums of their parts.
    Levels {
        /// Groups.
        groups: Count,
        /// Parts of a group.
        each: Count,
        /// The least share of the whole that a part may be.
        least: f64,
    },
    /// Long form. Column 0: where a flow begins. Column 1: where it ends. Column 2: how much, above 0. No pair stands
    /// twice and nothing flows back to where it began. Table 1 lists the nodes in the order in which they are drawn:
    /// column 0 the name, column 1 the total that passes.
    Links {
        /// Flows.
        rows: Count,
        /// Nodes.
        nodes: Count,
        /// The nodes stand in stages and a flow leads from one stage to the next. What a node in the middle receives
        /// it passes on, and its total is that amount. Otherwise anything may flow anywhere, and the total of a node
        /// is the sum of all that it sends and receives.
        layered: bool,
    },
    /// Columns 0 to the last but one: where something stands at each step, as text. Last column: how much of it
    /// there is, above 0. No line of texts stands twice. Table 1 lists what can be met: column 0 the name, column 1
    /// the header of its step, column 2 its total.
    Streams {
        /// Streams.
        rows: Count,
        /// Steps.
        steps: Count,
    },
    /// Column 0: the task. Columns 1 and 2: first and last day, as time labels whose value is the number of the day.
    /// Column 3: how many days, both ends included. With a column 4: the group of the task; tasks of a group stand
    /// together.
    Tasks {
        /// Tasks.
        rows: Count,
    },
    /// Column 0: the event. Column 1: when, as a time label whose value is a number, in rising order. With a column
    /// 2: its group.
    Events {
        /// Events.
        rows: Count,
    },
    /// Long form. Column 0: the lane, the same text in all rows of a lane. Column 1: when, as a time label whose value
    /// is the number of the day. With a column 2: what kind of event. Table 1 lists the lanes in order: column 0 the
    /// name, column 1 how many events.
    Strips {
        /// Lanes.
        lanes: Count,
        /// Events of each lane.
        each: Count,
    },
    /// Table 0 holds the cards, all text: column 0 the name of a key figure, column 1 the figure, and with a column 2
    /// its change. Table 1 lists the panels: column 0 the heading, column 1 the kind of chart by its name in files.
    /// Then comes a table for each panel, in the form that its kind needs.
    Board {
        /// Panels.
        panels: Count,
        /// Cards.
        cards: Count,
    },
}

impl Count {
    /// From the least and the most.
    pub const fn new(min: usize, max: usize) -> Self {
        Self { min, max }
    }

    /// True when the number lies in the range.
    pub fn holds(&self, number: usize) -> bool {
        (self.min..=self.max).contains(&number)
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.min == self.max {
            write!(f, "{}", self.min)
        } else {
            write!(f, "{} to {}", self.min, self.max)
        }
    }
}

impl Wide {
    /// Any labels, any numbers, gaps allowed.
    pub(crate) const fn new(rows: Count, series: Count) -> Self {
        Self {
            rows,
            series,
            labels: Labels::Any,
            sign: Sign::Any,
            whole: None,
            stacked: false,
            falling: false,
            missing: true,
        }
    }
}

impl Shape {
    /// The least ratio of the largest to the smallest number of [`Shape::Growth`]: two decades.
    pub const GROWTH_MIN: f64 = 100.0;

    /// Checks data against the shape.
    ///
    /// # Errors
    /// [`FigureError::Data`] with the first thing that differs; `kind` is the name used in it.
    pub fn check(&self, kind: &'static str, data: &Data) -> Result<(), FigureError> {
        self.differs(data).map_or(Ok(()), |(needed, found)| Err(FigureError::Data { kind, needed, found }))
    }

    /// The first thing that differs: what is needed, what was found.
    fn differs(&self, data: &Data) -> Option<(String, String)> {
        let Some(table) = data.tables.first() else {
            return Some(("a table".into(), "none".into()));
        };
        let width = table.columns.len();
        if let Some(row) = table.rows.iter().position(|row| row.len() != width) {
            let needed = format!("{width} cells in each row");
            return Some((needed, format!("{} in row {row}", table.rows[row].len())));
        }
        if width < 2 {
            return Some(("a column of labels and one of numbers".into(), format!("{width} columns")));
        }
        if table.columns[0].kind == ColumnKind::Number {
            return Some((format!("labels in column 0 (`{}`)", table.columns[0].name), "numbers".into()));
        }
        if let Some(row) = table.rows.iter().position(|row| row[0].shown.trim().is_empty()) {
            return Some(("a label in each row".into(), format!("an empty one in row {row}")));
        }
        match *self {
            Shape::Wide(wide) => wide.differs(table),
            Shape::Bins { rows } => numbers(table, rows, 1, 1)
                .or_else(|| sign(table, 1, Sign::NotNegative))
                .or_else(|| different_labels(table)),
            Shape::Steps { rows } => {
                numbers(table, rows, 1, 1).or_else(|| different_labels(table)).or_else(|| steps(table))
            }
            Shape::Ranges { rows } => numbers(table, rows, 2, 2)
                .or_else(|| different_labels(table))
                .or_else(|| rising(table, &[1, 2], true)),
            Shape::Interval { rows, labels } => numbers(table, rows, 3, 3)
                .or_else(|| labels_are(table, labels))
                .or_else(|| different_labels(table))
                .or_else(|| rising(table, &[2, 1, 3], false)),
            Shape::Summary { rows } => numbers(table, rows, 5, 5)
                .or_else(|| different_labels(table))
                .or_else(|| rising(table, &[1, 2, 3, 4, 5], false)),
            Shape::Ohlc { rows } => numbers(table, rows, 4, 4)
                .or_else(|| labels_are(table, Labels::Time))
                .or_else(|| different_labels(table))
                .or_else(|| rising(table, &[3, 1, 2], false))
                .or_else(|| rising(table, &[3, 4, 2], false)),
            Shape::Dual { rows } => numbers(table, rows, 2, 2)
                .or_else(|| different_labels(table))
                .or_else(|| sign(table, 1, Sign::NotNegative)),
            Shape::Samples { groups, each } => samples(table, groups, each),
            Shape::Distribution { groups, each, statistics } => numbers(table, groups, 1, statistics.len())
                .or_else(|| different_labels(table))
                .or_else(|| derived::distribution(data, each, statistics)),
            Shape::Profiles { rows, measures } => profiles(table, rows, measures),
            Shape::Correlations { rows } => correlations(table, rows),
            Shape::Days { months } => days(table, months),
            Shape::Quantiles { rows, each } => numbers(table, rows, 2, 2)
                .or_else(|| different_labels(table))
                .or_else(|| derived::quantiles(data, each)),
            Shape::Hexagons { rows, samples } => numbers(table, rows, 3, 3)
                .or_else(|| different_labels(table))
                .or_else(|| derived::hexagons(data, samples)),
            Shape::Clouds { groups, each } => numbers(table, groups, 2, 2)
                .or_else(|| different_labels(table))
                .or_else(|| derived::clouds(data, each)),
            Shape::Terrain { rows } => numbers(table, rows, 3, 3)
                .or_else(|| different_labels(table))
                .or_else(|| derived::terrain(data)),
            Shape::Arrows { rows } => derived::arrows(data, rows),
            Shape::Links { rows, nodes, layered } => flows::links(data, rows, nodes, layered),
            Shape::Streams { rows, steps } => flows::streams(data, rows, steps),
            Shape::Tasks { rows } => dates::tasks(table, rows),
            Shape::Events { rows } => dates::events(table, rows),
            Shape::Strips { lanes, each } => dates::strips(data, lanes, each),
            Shape::Board { panels, cards } => board::board(data, panels, cards),
            Shape::Xy { rows, size, groups } => points(table, rows, size, groups),
            Shape::Running { rows } => {
                numbers(table, rows, 2, 2).or_else(|| different_labels(table)).or_else(|| running(table))
            }
            Shape::Goals { rows } => numbers(table, rows, 2, 2)
                .or_else(|| different_labels(table))
                .or_else(|| sign(table, 1, Sign::NotNegative))
                .or_else(|| sign(table, 2, Sign::Positive)),
            Shape::Growth { rows, series } => growth(table, rows, series),
            Shape::Ranks { rows, series } => places(table, rows, series),
            Shape::Ridges { bins, groups } => {
                series_of(bins, groups, Labels::Text, Sign::NotNegative).differs(table)
            }
            Shape::Levels { groups, each, least } => levels(data, groups, each, least),
        }
    }
}

/// What was needed and what was found; none when all is right.
pub(super) type Differs = Option<(String, String)>;

impl Wide {
    fn differs(&self, table: &Table) -> Differs {
        let series = table.columns.len() - 1;
        if !self.rows.holds(table.rows.len()) {
            return Some((format!("{} rows", self.rows), table.rows.len().to_string()));
        }
        if !self.series.holds(series) {
            return Some((format!("{} columns of numbers", self.series), series.to_string()));
        }
        if let Some(differs) = labels_are(table, self.labels).or_else(|| different_labels(table)) {
            return Some(differs);
        }
        for column in 1..=series {
            let name = &table.columns[column].name;
            if let Some(differs) = number_column(table, column, self.missing) {
                return Some(differs);
            }
            if let Some(differs) = sign(table, column, self.sign).filter(|_| self.sign != Sign::Mixed) {
                return Some(differs);
            }
            if table.columns[column].unit != table.columns[1].unit {
                let found = format!("`{}` and `{}`", table.columns[1].unit, table.columns[column].unit);
                return Some(("one unit for all columns".into(), found));
            }
            if (self.whole.is_some() || self.stacked) && !table.columns[column].additive {
                return Some(("numbers that can be added up".into(), format!("`{name}`, which cannot")));
            }
            let values: Vec<f64> = table.numbers(column).into_iter().flatten().collect();
            let total: f64 = values.iter().sum();
            let least = self.whole.unwrap_or(0.0);
            if let Some(part) = values.iter().find(|v| self.whole.is_some() && **v < least * total) {
                return Some((
                    format!("parts of at least {least} of the whole"),
                    format!("{part} of {total}"),
                ));
            }
            if self.falling && values.windows(2).any(|pair| pair[1] > pair[0]) {
                return Some(("numbers that do not rise".into(), format!("a rise in `{name}`")));
            }
        }
        if self.sign == Sign::Mixed { sign(table, 1, Sign::Mixed) } else { None }
    }
}

fn labels_are(table: &Table, labels: Labels) -> Differs {
    let needed = match labels {
        Labels::Any => return None,
        Labels::Text => ColumnKind::Text,
        Labels::Time => ColumnKind::Time,
    };
    let found = table.columns[0].kind;
    (found != needed).then(|| (format!("labels of kind {needed:?}"), format!("{found:?}")))
}

pub(super) fn different_labels(table: &Table) -> Differs {
    let mut seen = std::collections::BTreeSet::new();
    let twice = table.rows.iter().map(|row| row[0].shown.as_str()).find(|label| !seen.insert(*label))?;
    Some(("different labels".into(), format!("`{twice}` twice")))
}

/// Rows and number columns of a shape without gaps.
fn numbers(table: &Table, rows: Count, first: usize, last: usize) -> Differs {
    if !rows.holds(table.rows.len()) {
        return Some((format!("{rows} rows"), table.rows.len().to_string()));
    }
    if table.columns.len() != last + 1 {
        return Some((format!("{} columns", last + 1), table.columns.len().to_string()));
    }
    (first.min(1)..=last).find_map(|column| number_column(table, column, false))
}

pub(super) fn number_column(table: &Table, column: usize, missing: bool) -> Differs {
    let name = &table.columns[column].name;
    if table.columns[column].kind != ColumnKind::Number {
        return Some((format!("numbers in column {column}"), format!("text in `{name}`")));
    }
    let mut any = false;
    for (row, cells) in table.rows.iter().enumerate() {
        match cells[column].value {
            Value::Number(_) => any = true,
            Value::Missing if missing => {}
            _ => return Some((format!("a number in row {row} of `{name}`"), "none".into())),
        }
    }
    (!any).then(|| (format!("a number in `{name}`"), "none".into()))
}

pub(super) fn sign(table: &Table, column: usize, needed: Sign) -> Differs {
    let values: Vec<f64> = table.numbers(column).into_iter().flatten().collect();
    let (below, above) = (values.iter().any(|v| *v < 0.0), values.iter().any(|v| *v > 0.0));
    let (holds, words) = match needed {
        Sign::Any => (true, ""),
        Sign::NotNegative => (!below && above, "numbers of zero and above, some above"),
        Sign::Positive => (values.iter().all(|v| *v > 0.0), "numbers above zero"),
        Sign::Mixed => (below && above, "numbers above and below zero"),
    };
    (!holds).then(|| (words.to_owned(), format!("others in `{}`", table.columns[column].name)))
}

/// The columns, in this order, rise within each row (or stay, unless `strictly`).
fn rising(table: &Table, columns: &[usize], strictly: bool) -> Differs {
    for (row, cells) in table.rows.iter().enumerate() {
        let falls = columns.windows(2).any(|pair| {
            let (low, high) = (cells[pair[0]].as_decimal(), cells[pair[1]].as_decimal());
            low > high || (strictly && low == high)
        });
        if falls {
            let names: Vec<&str> = columns.iter().map(|c| table.columns[*c].name.as_str()).collect();
            let found = format!("another order in row {row} (`{}`)", cells[0].shown);
            return Some((format!("rising numbers in the columns `{}`", names.join("`, `")), found));
        }
    }
    None
}

fn steps(table: &Table) -> Differs {
    let values: Vec<f64> = table.numbers(1).into_iter().flatten().collect();
    let (end, before) = values.split_last()?;
    let mut level = 0.0;
    let mut largest = 0.0f64;
    for value in before {
        level += value;
        largest = largest.max(level);
        if level < 0.0 {
            return Some(("a level that stays at zero or above".into(), level.to_string()));
        }
    }
    if before[0] <= 0.0 {
        return Some(("a beginning above zero".into(), before[0].to_string()));
    }
    ((end - level).abs() > 0.01 * largest)
        .then(|| ("the sum of all rows before in the last row".into(), format!("{end} for {level}")))
}

fn samples(table: &Table, groups: Count, each: Count) -> Differs {
    if table.columns.len() != 2 {
        return Some(("2 columns".into(), table.columns.len().to_string()));
    }
    let mut sizes = std::collections::BTreeMap::<&str, usize>::new();
    for row in &table.rows {
        *sizes.entry(&row[0].shown).or_default() += 1;
    }
    if !groups.holds(sizes.len()) {
        return Some((format!("{groups} groups"), sizes.len().to_string()));
    }
    if let Some((name, size)) = sizes.iter().find(|(_, size)| !each.holds(**size)) {
        return Some((format!("{each} rows in each group"), format!("{size} in `{name}`")));
    }
    number_column(table, 1, false)
}

fn profiles(table: &Table, rows: Count, measures: Count) -> Differs {
    let found = table.columns.len() - 1;
    if !measures.holds(found) {
        return Some((format!("{measures} columns of numbers"), found.to_string()));
    }
    numbers(table, rows, 1, found).or_else(|| different_labels(table))
}

fn correlations(table: &Table, rows: Count) -> Differs {
    let count = table.rows.len();
    if !rows.holds(count) || table.columns.len() != count + 1 {
        return Some((format!("{rows} variables, in rows and columns"), format!("{count} rows")));
    }
    if let Some(differs) = (1..=count).find_map(|column| number_column(table, column, true)) {
        return Some(differs);
    }
    let at = |row: usize, column: usize| table.rows[row][column + 1].as_f64();
    let whole = (0..count).all(|row| (row + 1..count).all(|column| at(row, column).is_some()));
    for row in 0..count {
        let name = &table.rows[row][0].shown;
        if table.columns[row + 1].name != *name {
            let found = format!("`{}`", table.columns[row + 1].name);
            return Some((format!("`{name}` as column {}", row + 1), found));
        }
        for column in 0..=row {
            let here = at(row, column);
            let fits = here.is_some_and(|r| r.abs() <= 1.0 && (row != column || r == 1.0));
            let mirrored = at(column, row) == if whole || row == column { here } else { None };
            if !fits || !mirrored {
                let other = &table.columns[column + 1].name;
                return Some((
                    "correlations from −1 to 1".into(),
                    format!("others for `{name}` and `{other}`"),
                ));
            }
        }
    }
    different_labels(table)
}

fn days(table: &Table, months: Count) -> Differs {
    if table.columns.len() != 4 {
        return Some(("4 columns".into(), table.columns.len().to_string()));
    }
    let mut lengths: Vec<(&str, usize)> = Vec::new();
    let mut before: Option<usize> = None;
    for row in &table.rows {
        match lengths.last_mut() {
            Some((name, length)) if *name == row[2].shown => *length += 1,
            _ => lengths.push((&row[2].shown, 1)),
        }
        let day = super::calendar::WEEKDAYS.iter().position(|day| *day == row[3].shown);
        if day.is_none() || before.is_some_and(|before| Some((before + 1) % 7) != day) {
            return Some(("days of the week in their order".into(), format!("`{}`", row[3].shown)));
        }
        before = day;
    }
    if !months.holds(lengths.len()) {
        return Some((format!("{months} months"), lengths.len().to_string()));
    }
    if let Some((name, length)) = lengths.iter().find(|(_, length)| !(28..=31).contains(length)) {
        return Some(("whole months".into(), format!("{length} days of `{name}`")));
    }
    labels_are(table, Labels::Time)
        .or_else(|| different_labels(table))
        .or_else(|| number_column(table, 1, true))
}

fn points(table: &Table, rows: Count, size: bool, groups: Count) -> Differs {
    let numbers = 2 + usize::from(size);
    let grouped = table.columns.len() == numbers + 2;
    if !rows.holds(table.rows.len()) {
        return Some((format!("{rows} rows"), table.rows.len().to_string()));
    }
    if !grouped && table.columns.len() != numbers + 1 {
        return Some((
            format!("{} columns, or one more of groups", numbers + 1),
            table.columns.len().to_string(),
        ));
    }
    if let Some(differs) = (1..=numbers).find_map(|column| number_column(table, column, false)) {
        return Some(differs);
    }
    if let Some(differs) = different_labels(table) {
        return Some(differs);
    }
    let mut found = std::collections::BTreeSet::new();
    if grouped {
        found.extend(table.texts(numbers + 1));
        if found.iter().any(|name| name.trim().is_empty()) {
            return Some(("a group in each row".into(), "an empty one".into()));
        }
    }
    if (grouped || groups.min > 0) && !groups.holds(found.len()) {
        return Some((format!("{groups} groups"), found.len().to_string()));
    }
    if size { sign(table, 3, Sign::Positive) } else { None }
}

/// A wide shape without gaps.
fn series_of(rows: Count, series: Count, labels: Labels, sign: Sign) -> Wide {
    Wide { labels, sign, missing: false, ..Wide::new(rows, series) }
}

fn running(table: &Table) -> Differs {
    if let Some(differs) = sign(table, 1, Sign::Positive) {
        return Some(differs);
    }
    let amounts: Vec<f64> = table.numbers(1).into_iter().flatten().collect();
    if amounts.windows(2).any(|pair| pair[1] > pair[0]) {
        let found = format!("a rise in `{}`", table.columns[1].name);
        return Some(("numbers that do not rise".into(), found));
    }
    let total: f64 = amounts.iter().sum();
    let mut sum = 0.0;
    for (row, (amount, share)) in amounts.iter().zip(table.numbers(2).into_iter().flatten()).enumerate() {
        sum += amount;
        if (share - 100.0 * sum / total).abs() > 0.6 {
            let found = format!("{share} for {} in row {row}", 100.0 * sum / total);
            return Some(("the running share of the total in column 2".into(), found));
        }
    }
    None
}

fn growth(table: &Table, rows: Count, series: Count) -> Differs {
    if let Some(differs) = series_of(rows, series, Labels::Time, Sign::Positive).differs(table) {
        return Some(differs);
    }
    let all = (1..table.columns.len()).flat_map(|column| table.numbers(column)).flatten();
    let (low, high) = all.fold((f64::INFINITY, 0.0f64), |(low, high), v| (low.min(v), high.max(v)));
    (high < low * Shape::GROWTH_MIN)
        .then(|| (format!("numbers over a factor of {}", Shape::GROWTH_MIN), format!("{low} to {high}")))
}

fn places(table: &Table, rows: Count, series: Count) -> Differs {
    if let Some(differs) = series_of(rows, series, Labels::Time, Sign::Positive).differs(table) {
        return Some(differs);
    }
    let count = table.columns.len() - 1;
    for (index, row) in table.rows.iter().enumerate() {
        let mut places: Vec<f64> = row[1..].iter().filter_map(pixmo_render::Cell::as_f64).collect();
        places.sort_by(f64::total_cmp);
        if places.iter().enumerate().any(|(i, place)| *place != (i + 1) as f64) {
            return Some((
                format!("the places 1 to {count} once in each row"),
                format!("others in row {index}"),
            ));
        }
    }
    None
}

fn levels(data: &Data, groups: Count, each: Count, least: f64) -> Differs {
    let table = &data.tables[0];
    if table.columns.len() != 3 {
        return Some(("3 columns".into(), table.columns.len().to_string()));
    }
    if let Some(differs) = number_column(table, 1, false)
        .or_else(|| sign(table, 1, Sign::Positive))
        .or_else(|| different_labels(table))
    {
        return Some(differs);
    }
    if !table.columns[1].additive {
        return Some((
            "numbers that can be added up".into(),
            format!("`{}`, which cannot", table.columns[1].name),
        ));
    }
    let values: Vec<f64> = table.numbers(1).into_iter().flatten().collect();
    let total: f64 = values.iter().sum();
    if let Some(part) = values.iter().find(|v| **v < least * total) {
        return Some((format!("parts of at least {least} of the whole"), format!("{part} of {total}")));
    }
    // Runs of rows with the same group: name, parts, sum.
    let mut runs: Vec<(&str, usize, f64)> = Vec::new();
    for (name, value) in table.texts(2).into_iter().zip(&values) {
        let known = runs.iter().position(|(other, ..)| *other == name);
        match known {
            None => runs.push((name, 1, *value)),
            Some(at) if at + 1 == runs.len() => {
                (runs[at].1, runs[at].2) = (runs[at].1 + 1, runs[at].2 + value);
            }
            Some(_) => {
                return Some(("the parts of a group together".into(), format!("`{name}` in two places")));
            }
        }
    }
    if !groups.holds(runs.len()) {
        return Some((format!("{groups} groups"), runs.len().to_string()));
    }
    if let Some((name, parts, _)) = runs.iter().find(|(_, parts, _)| !each.holds(*parts)) {
        return Some((format!("{each} parts in each group"), format!("{parts} in `{name}`")));
    }
    let sums: Option<Vec<(&str, f64)>> = data.tables.get(1).filter(|t| t.columns.len() == 2).map(|t| {
        t.texts(0).into_iter().zip(t.numbers(1)).map(|(name, sum)| (name, sum.unwrap_or(f64::NAN))).collect()
    });
    let agree = sums.is_some_and(|sums| {
        sums.len() == runs.len()
            && sums.iter().zip(&runs).all(|(a, b)| a.0 == b.0 && (a.1 - b.2).abs() < 1e-6 * total)
    });
    (!agree).then(|| ("the sums of the groups in table 1".into(), "others".into()))
}
