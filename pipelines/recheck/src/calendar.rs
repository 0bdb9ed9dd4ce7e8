//! Printed dates and times, and the operations on them.
//!
//! Days are counted by adding up years and months, which is slow and plain; the makers of questions count otherwise.

use crate::error::RecheckError;
use crate::exact::Exact;
use crate::node::{Node, described};
use crate::tables::Tables;

const NAMES: [(&str, u8); 12] = [
    ("January", 31),
    ("February", 28),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

/// The day of the week of 1 January 1970 and of the days after it.
const WEEK: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// The most days that a date may be moved by, about a thousand years.
const DAYS_MAX: i64 = 400_000;

/// A date of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Date {
    year: i64,
    month: usize,
    day: u8,
}

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// Numbers in this order (`y`, `m`, `d`) with this mark between them.
    Numbers(&'static str, char),
    /// The day, the name of the month, the year.
    DayName { full: bool },
    /// The name of the month, the day, a comma, the year.
    NameDay { full: bool },
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn length(year: i64, month: usize) -> u8 {
    if month == 2 && is_leap(year) { 29 } else { NAMES[month - 1].1 }
}

impl Date {
    fn of(year: i64, month: usize, day: u8) -> Option<Self> {
        ((1..=12).contains(&month) && day >= 1 && day <= length(year, month)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// The days from 1 January 1970 to this one.
    fn number(self) -> i64 {
        let years: i64 = if self.year >= 1970 {
            (1970..self.year).map(|year| 365 + i64::from(is_leap(year))).sum()
        } else {
            -(self.year..1970).map(|year| 365 + i64::from(is_leap(year))).sum::<i64>()
        };
        let months: i64 = (1..self.month).map(|month| i64::from(length(self.year, month))).sum();
        years + months + i64::from(self.day) - 1
    }

    fn next(self) -> Self {
        match self {
            Self { year, month, day } if day < length(year, month) => Self { day: day + 1, ..self },
            Self { month: 12, year, .. } => Self { year: year + 1, month: 1, day: 1 },
            Self { month, .. } => Self { month: month + 1, day: 1, ..self },
        }
    }

    fn before(self) -> Self {
        match self {
            Self { day, .. } if day > 1 => Self { day: day - 1, ..self },
            Self { month: 1, year, .. } => Self { year: year - 1, month: 12, day: 31 },
            Self { year, month, .. } => Self { year, month: month - 1, day: length(year, month - 1) },
        }
    }

    fn written(self, style: Style) -> String {
        let Self { year, month, day } = self;
        let name = |full: bool| if full { NAMES[month - 1].0 } else { &NAMES[month - 1].0[..3] };
        match style {
            Style::Numbers(order, mark) => {
                let part = |letter: char| match letter {
                    'y' => format!("{year:04}"),
                    'm' => format!("{month:02}"),
                    _ => format!("{day:02}"),
                };
                order.chars().map(part).collect::<Vec<_>>().join(&mark.to_string())
            }
            Style::DayName { full } => format!("{day} {} {year}", name(full)),
            Style::NameDay { full } => format!("{} {day}, {year}", name(full)),
        }
    }
}

/// A number of exactly this many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    if text.len() == digits && text.chars().all(|c| c.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Reads a date in one of the forms of `day`, with the way it is written.
fn date_of(text: &str) -> Option<(Date, Style)> {
    let make =
        |year: u32, month: u32, day: u32| Date::of(i64::from(year), month as usize, u8::try_from(day).ok()?);
    for (mark, order) in [('-', "ymd"), ('.', "dmy"), ('/', "dmy")] {
        let mut parts = text.split(mark);
        let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        if order == "ymd" {
            let date = make(number(a, 4)?, number(b, 2)?, number(c, 2)?)?;
            return Some((date, Style::Numbers("ymd", mark)));
        }
        let (a, b, year) = (number(a, 2)?, number(b, 2)?, number(c, 4)?);
        // Between slashes either may be the month; where both could be, nobody can tell.
        return match (mark, a <= 12, b <= 12) {
            ('/', true, true) if a != b => None,
            ('/', true, false) => Some((make(year, a, b)?, Style::Numbers("mdy", mark))),
            _ => Some((make(year, b, a)?, Style::Numbers("dmy", mark))),
        };
    }
    let [a, b, year] = <[&str; 3]>::try_from(text.split(' ').collect::<Vec<_>>()).ok()?;
    let year = number(year, 4)?;
    let month_of = |word: &str| {
        let full = NAMES.iter().position(|(name, _)| *name == word);
        let short = NAMES.iter().position(|(name, _)| name.get(..3) == Some(word));
        full.or(short).map(|at| (at as u32 + 1, full.is_some()))
    };
    let day_of = |text: &str| if text.starts_with('0') { None } else { number(text, text.len().min(2)) };
    match b.strip_suffix(',') {
        Some(day) => {
            let (month, full) = month_of(a)?;
            Some((make(year, month, day_of(day)?)?, Style::NameDay { full }))
        }
        None => {
            let (month, full) = month_of(b)?;
            Some((make(year, month, day_of(a)?)?, Style::DayName { full }))
        }
    }
}

/// What an error says of a text.
fn begin(text: &str) -> String {
    text.chars().take(40).collect()
}

fn whole(number: i64) -> Exact {
    let size = Exact::count(usize::try_from(number.unsigned_abs()).unwrap_or(usize::MAX));
    if number < 0 { Exact::count(0).minus(&size) } else { size }
}

impl Tables {
    /// The day that a printed date names.
    pub(crate) fn day(&self, node: Node<'_>) -> Result<Exact, RecheckError> {
        let text = self.text(node.inner(node.body)?)?;
        let (date, _) = date_of(&text)
            .ok_or_else(|| node.no_answer(format!("`{}` is no date it can read", begin(&text))))?;
        self.work.add(date.year.abs_diff(1970))?;
        Ok(whole(date.number()))
    }

    /// The minutes from midnight to a printed time.
    pub(crate) fn clock(&self, node: Node<'_>) -> Result<Exact, RecheckError> {
        let text = self.text(node.inner(node.body)?)?;
        let read = || {
            let (hour, minute) = text.split_once(':')?;
            let hour = number(hour, 1).or_else(|| number(hour, 2)).filter(|hour| *hour <= 23)?;
            let minute = number(minute, 2).filter(|minute| *minute <= 59)?;
            Some(Exact::count((hour * 60 + minute) as usize))
        };
        read().ok_or_else(|| node.no_answer(format!("`{}` is no time it can read", begin(&text))))
    }

    /// The day of the week of a day.
    pub(crate) fn weekday(&self, node: Node<'_>) -> Result<String, RecheckError> {
        let day = self.number(node.inner(node.body)?)?;
        let (below, digits) = day.rounded_digits(0, 0);
        let days: i64 = digits.parse().map_err(|_| node.no_answer("a day too far away"))?;
        let days = if below { -days } else { days };
        if whole(days) != day {
            return Err(node.no_answer("a fraction of a day"));
        }
        Ok(WEEK[days.rem_euclid(7) as usize].to_owned())
    }

    /// A date some days from a printed one, written alike.
    pub(crate) fn date_plus(&self, node: Node<'_>) -> Result<String, RecheckError> {
        let fields = node.fields(&["of", "days"])?;
        let value = fields.need("days")?;
        let days = value.as_i64().filter(|days| days.abs() <= DAYS_MAX);
        let days = days.ok_or_else(|| {
            RecheckError::shape("days", described(value), format!("a whole number of at most {DAYS_MAX}"))
        })?;
        let text = self.text(node.inner(fields.need("of")?)?)?;
        let (mut date, style) = date_of(&text)
            .ok_or_else(|| node.no_answer(format!("`{}` is no date it can read", begin(&text))))?;
        if date.month == 5 && !matches!(style, Style::Numbers(..)) {
            return Err(node.no_answer("`May` is short and long"));
        }
        self.work.add(days.unsigned_abs())?;
        for _ in 0..days.abs() {
            date = if days > 0 { date.next() } else { date.before() };
        }
        if !(1000..=9999).contains(&date.year) {
            return Err(node.no_answer("a year without four digits"));
        }
        Ok(date.written(style))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_through_leap_years() {
        for (text, day) in
            [("1970-01-01", 0), ("29.02.2024", 19_782), ("31 December 1969", -1), ("2000-03-01", 11_017)]
        {
            assert_eq!(date_of(text).map(|(date, _)| date.number()), Some(day), "{text}");
        }
        for text in ["29.02.1900", "05/06/2024", "7.5.2024", "07 May 2024", "17 Mai 2024", "2024-5-17", ""] {
            assert_eq!(date_of(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_written_as_they_were_read() {
        for text in [
            "2024-05-17",
            "17.05.2024",
            "17/05/2024",
            "05/17/2024",
            "17 May 2024",
            "Jun 7, 2024",
            "June 7, 2024",
        ] {
            let (date, style) = date_of(text).expect(text);
            assert_eq!(date.next().before().written(style), text);
        }
    }
}
