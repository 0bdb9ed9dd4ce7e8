//! Questions about a calendar: days by their dates, months and days of the week.

use pixmo_render::{NumberFormat, Rng};
use rust_decimal::Decimal;

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::chart_content::days;
use crate::content::{Content, plural};
use crate::program::{Expr, Is, Test};

/// Columns of the table.
const DATE: usize = 0;
const VALUE: usize = 1;
const MONTH: usize = 2;
const WEEKDAY: usize = 3;

/// True when the picture is a calendar.
pub(super) fn is_one(content: &Content) -> bool {
    content.table().name == days::TABLE
}

/// What is asked about.
struct Days<'a> {
    content: &'a Content,
    measure: String,
    months: Vec<&'a str>,
}

impl<'a> Days<'a> {
    fn of(content: &'a Content) -> Self {
        let mut months = content.table().texts(MONTH);
        months.dedup();
        let money = !content.format(VALUE).prefix.is_empty() || content.format(VALUE).suffix.contains(' ');
        let column = &content.table().columns[VALUE];
        let weighed = super::measure::is_weighed(&column.name, &column.unit);
        let measure = super::measure::counted(&column.name, money || weighed);
        Self { content, measure, months }
    }

    fn date(&self, row: usize) -> &'a str {
        &self.content.table().rows[row][DATE].shown
    }

    fn value(&self, row: usize) -> Option<Decimal> {
        self.content.table().rows[row][VALUE].as_decimal()
    }

    fn day(&self, row: usize) -> Expr {
        Expr::named(0, DATE, self.date(row))
    }

    /// A day that has a number.
    fn some_day(&self, rng: &mut Rng) -> usize {
        let days: Vec<usize> =
            (0..self.content.table().rows.len()).filter(|row| self.value(*row).is_some()).collect();
        *rng.pick(&days)
    }

    /// The month as it stands in a sentence.
    fn some_month(&self, rng: &mut Rng) -> &'a str {
        self.months[rng.below(self.months.len())]
    }
}

fn only(column: usize, text: &str) -> Test {
    Test { column, is: Is::Text(text.to_owned()) }
}

fn rows(keep: Vec<Test>) -> Expr {
    Expr::Rows { table: 0, keep }
}

fn counted(rows: Expr) -> Expr {
    Expr::Count(rows.boxed()).print(&NumberFormat::plain(0))
}

/// Proposes one question.
pub(super) fn draft(content: &Content, printed: bool, rng: &mut Rng) -> Option<Draft> {
    let days = Days::of(content);
    let weights = if printed {
        [2.4, 1.6, 1.2, 1.6, 0.9, 0.4, 1.2, 0.8, 1.2, 1.6, 1.4, 0.6]
    } else {
        [0.0, 2.2, 1.6, 2.2, 1.1, 0.4, 2.2, 1.0, 2.2, 0.0, 0.0, 0.7]
    };
    match rng.weighted(&weights) {
        0 => Some(lookup(&days, rng)),
        1 => Some(extreme(&days, rng)),
        2 => Some(weekday_of(&days, rng)),
        3 => compare(&days, rng),
        4 => Some(count_weekdays(&days, rng)),
        5 => Some(month_length(&days, rng)),
        6 => Some(extreme_within(&days, rng)),
        7 => Some(ends_of_month(&days, rng)),
        8 => compare_yes_no(&days, rng),
        9 => count_beyond(&days, rng),
        10 => difference(&days, rng),
        _ => Some(shown_yes_no(&days, rng)),
    }
}

/// Proposes a question about a day that is not there.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let days = Days::of(content);
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let text = phrase(
        rng,
        &["What was the {measure} on {date}?", "How large was the {measure} on {date}?"],
        &[("measure", &days.measure), ("date", &absent)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: 0, column: Some(DATE), text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn lookup(days: &Days<'_>, rng: &mut Rng) -> Draft {
    let row = days.some_day(rng);
    let text = phrase(
        rng,
        &[
            "What was the {measure} on {date}?",
            "Which value is entered for {date}?",
            "What does the calendar give as the {measure} on {date}?",
            "Read off the value for {date}.",
        ],
        &[("measure", &days.measure), ("date", days.date(row))],
    );
    Draft::new("lookup", 1, text, Expr::Shown(days.day(row).over(VALUE)))
}

fn word(largest: bool, rng: &mut Rng) -> &'static str {
    if largest { rng.word(&["highest", "largest"]) } else { rng.word(&["lowest", "smallest"]) }
}

fn best(rows: Expr, largest: bool) -> Expr {
    if largest { Expr::Max(rows.over(VALUE)) } else { Expr::Min(rows.over(VALUE)) }
}

fn extreme(days: &Days<'_>, rng: &mut Rng) -> Draft {
    let largest = rng.chance(0.65);
    let fill = [("measure", days.measure.as_str()), ("word", word(largest, rng))];
    let best = best(Expr::all(0), largest);
    match rng.below(if days.months.len() > 1 { 3 } else { 2 }) {
        0 => {
            let patterns = [
                "On which date was the {measure} {word}?",
                "Which day of the calendar shows the {word} {measure}?",
                "Give the date with the {word} {measure}.",
            ];
            let kind = if largest { "largest" } else { "smallest" };
            Draft::new(kind, 2, phrase(rng, &patterns, &fill), Expr::Shown(best.over(DATE)))
        }
        1 => {
            let patterns = [
                "On which day of the week did the {word} {measure} fall?",
                "Which day of the week was the day with the {word} {measure}?",
            ];
            Draft::new(
                "weekday_of_extreme",
                3,
                phrase(rng, &patterns, &fill),
                Expr::Shown(best.over(WEEKDAY)),
            )
        }
        _ => {
            let patterns = [
                "In which month lies the day with the {word} {measure}?",
                "Which month has the single day with the {word} {measure}?",
            ];
            Draft::new("month_of_extreme", 2, phrase(rng, &patterns, &fill), Expr::Shown(best.over(MONTH)))
        }
    }
}

fn extreme_within(days: &Days<'_>, rng: &mut Rng) -> Draft {
    let largest = rng.chance(0.65);
    let weekday = days.content.table().rows[days.some_day(rng)][WEEKDAY].shown.clone();
    let month = days.some_month(rng);
    let by_week = days.months.len() == 1 || rng.chance(0.5);
    let mut keep = vec![only(MONTH, month)];
    if by_week {
        keep.push(only(WEEKDAY, &weekday));
    }
    let weekdays = plural(&weekday);
    let fill = [
        ("measure", days.measure.as_str()),
        ("word", word(largest, rng)),
        ("month", month),
        ("weekdays", weekdays.as_str()),
    ];
    let patterns: &[&str] = if by_week {
        &[
            "Of the {weekdays} in {month}, which date shows the {word} {measure}?",
            "Among the {weekdays} of {month}, on which date was the {measure} {word}?",
        ]
    } else {
        &[
            "On which date in {month} was the {measure} {word}?",
            "Which day of {month} shows the {word} {measure}?",
        ]
    };
    let text = phrase(rng, patterns, &fill);
    Draft::new("extreme_within", 3, text, Expr::Shown(best(rows(keep), largest).over(DATE)))
}

fn weekday_of(days: &Days<'_>, rng: &mut Rng) -> Draft {
    let row = rng.below(days.content.table().rows.len());
    let text = phrase(
        rng,
        &[
            "On which day of the week does {date} fall?",
            "Which day of the week is {date}?",
            "What weekday is {date} in the calendar?",
        ],
        &[("date", days.date(row))],
    );
    Draft::new("weekday", 2, text, Expr::Shown(days.day(row).over(WEEKDAY)))
}

fn two_days(days: &Days<'_>, rng: &mut Rng) -> Option<(usize, usize)> {
    let (a, b) = (days.some_day(rng), days.some_day(rng));
    (days.value(a)? != days.value(b)?).then_some((a, b))
}

fn compare(days: &Days<'_>, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = two_days(days, rng)?;
    let larger = rng.chance(0.6);
    let text = phrase(
        rng,
        &[
            "Which day had the {word} {measure}, {a} or {b}?",
            "{a} or {b}: on which of these days was the {measure} {word}?",
            "Was the {measure} {word} on {a} or on {b}?",
        ],
        &[
            ("word", if larger { "higher" } else { "lower" }),
            ("measure", &days.measure),
            ("a", days.date(a)),
            ("b", days.date(b)),
        ],
    );
    let both = vec![Test { column: DATE, is: Is::OneOf(vec![days.date(a).into(), days.date(b).into()]) }];
    Some(Draft::new("compare", 2, text, Expr::Shown(best(rows(both), larger).over(DATE))))
}

fn compare_yes_no(days: &Days<'_>, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = two_days(days, rng)?;
    let yes = rng.chance(0.5);
    let (a, b) = if (days.value(a)? > days.value(b)?) == yes { (a, b) } else { (b, a) };
    let text = phrase(
        rng,
        &[
            "Was the {measure} higher on {a} than on {b}?",
            "Does {a} show a higher {measure} than {b}?",
            "Is the value for {a} larger than the one for {b}?",
        ],
        &[("measure", &days.measure), ("a", days.date(a)), ("b", days.date(b))],
    );
    let number = |row| Expr::Number(days.day(row).over(VALUE)).boxed();
    let greater = Expr::Greater(number(a), number(b));
    Some(Draft::new("compare_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn count_weekdays(days: &Days<'_>, rng: &mut Rng) -> Draft {
    let month = days.some_month(rng);
    let weekday = days.content.table().rows[rng.below(28)][WEEKDAY].shown.clone();
    let text = phrase(
        rng,
        &[
            "How many {weekdays} are there in {month}?",
            "How many {weekdays} does {month} have?",
            "Count the {weekdays} in {month}.",
        ],
        &[("weekdays", &plural(&weekday)), ("month", month)],
    );
    Draft::new("count_weekdays", 2, text, counted(rows(vec![only(MONTH, month), only(WEEKDAY, &weekday)])))
}

fn month_length(days: &Days<'_>, rng: &mut Rng) -> Draft {
    if days.months.len() > 1 && rng.chance(0.5) {
        let text =
            phrase(rng, &["How many months are shown?", "How many months does the calendar cover?"], &[]);
        let program = Expr::Distinct(Expr::all(0).over(MONTH)).print(&NumberFormat::plain(0));
        return Draft::new("count_rows", 1, text, program);
    }
    let month = days.some_month(rng);
    let text = phrase(
        rng,
        &["How many days does {month} have?", "How many days are shown for {month}?"],
        &[("month", month)],
    );
    Draft::new("count_days", 1, text, counted(rows(vec![only(MONTH, month)])))
}

fn ends_of_month(days: &Days<'_>, rng: &mut Rng) -> Draft {
    let month = days.some_month(rng);
    let first = rng.chance(0.5);
    let end = if first { "first" } else { "last" };
    let text = phrase(
        rng,
        &[
            "On which day of the week does {month} {verb}?",
            "Which day of the week is the {end} day of {month}?",
            "What weekday is the {end} day of {month}?",
        ],
        &[("month", month), ("end", end), ("verb", if first { "begin" } else { "end" })],
    );
    let all = rows(vec![only(MONTH, month)]).boxed();
    let row = if first { Expr::First(all) } else { Expr::Last(all) };
    Draft::new("weekday_of_end", 2, text, Expr::Shown(row.over(WEEKDAY)))
}

fn count_beyond(days: &Days<'_>, rng: &mut Rng) -> Option<Draft> {
    let numbers = (0..days.content.table().rows.len()).filter_map(|row| days.value(row));
    let (low, high) = (numbers.clone().min()?, numbers.max()?);
    let bound = super::grid::round_between(low, high, rng)?;
    // What is printed in whole numbers is compared with whole numbers.
    let bound = if days.content.format(VALUE).decimals == 0 { bound.floor() } else { bound };
    if bound <= low {
        return None;
    }
    let above = rng.chance(0.6);
    let month = days.some_month(rng);
    let is = if above { Is::Above(bound) } else { Is::Below(bound) };
    let format = NumberFormat { decimals: bound.scale(), ..days.content.format(VALUE) };
    let text = phrase(
        rng,
        &[
            "On how many days in {month} was the {measure} {word} {bound}?",
            "How many days of {month} have a {measure} {word} {bound}?",
        ],
        &[
            ("month", month),
            ("measure", &days.measure),
            ("word", if above { "above" } else { "below" }),
            ("bound", &format.print(bound)),
        ],
    );
    let keep = vec![only(MONTH, month), Test { column: VALUE, is }];
    Some(Draft::new("count_beyond", 3, text, counted(rows(keep))))
}

fn difference(days: &Days<'_>, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = two_days(days, rng)?;
    let (a, b) = if days.value(a)? > days.value(b)? { (a, b) } else { (b, a) };
    let text = phrase(
        rng,
        &[
            "By how much did the {measure} on {a} exceed that on {b}?",
            "How much higher was the {measure} on {a} than on {b}?",
            "What is the difference in {measure} between {a} and {b}?",
        ],
        &[("measure", &days.measure), ("a", days.date(a)), ("b", days.date(b))],
    );
    let number = |row| Expr::Number(days.day(row).over(VALUE)).boxed();
    let program = Expr::Subtract(number(a), number(b));
    Some(Draft::new("difference", 3, text, program.print(&days.content.format(VALUE))))
}

fn shown_yes_no(days: &Days<'_>, rng: &mut Rng) -> Draft {
    let row = rng.below(days.content.table().rows.len());
    let date = if rng.chance(0.5) || days.content.absent.is_empty() {
        days.date(row).to_owned()
    } else {
        rng.pick(&days.content.absent).clone()
    };
    let text = phrase(
        rng,
        &["Is {date} one of the days shown?", "Does the calendar cover {date}?"],
        &[("date", &date)],
    );
    let program = Expr::YesNo(Expr::Exists { table: 0, column: DATE, text: date }.boxed());
    Draft::new("member_yes_no", 1, text, program).styled(Style::YesNo)
}
