//! Dates and times as they are printed: reading them, and writing a date in the form of another.

use pixmo_render_figures::chart::{civil, day_of};

use crate::content::MONTHS;

/// The days of the week, beginning with that of 1 January 1970.
const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// The forms in which dates are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `2024-05-17`.
    Iso,
    /// `17.05.2024`.
    Dots,
    /// `17/05/2024`.
    DayFirst,
    /// `05/17/2024`.
    MonthFirst,
    /// `17 May 2024`, with the month in full or not.
    DayWord(bool),
    /// `May 17, 2024`, likewise.
    WordDay(bool),
}

/// A printed date that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The day, counted from 1 January 1970.
    pub day: i64,
    form: Form,
    /// Its month is the word May, which is short and long.
    is_may: bool,
}

/// Digits only, of which there are so many.
fn digits(text: &str, count: usize) -> Option<i64> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// A day of one or two digits without a zero before it.
fn bare_day(text: &str) -> Option<i64> {
    digits(text, text.len().clamp(1, 2)).filter(|_| !text.starts_with('0'))
}

/// A month by its English name, with whether it is in full.
fn month_of(word: &str) -> Option<(usize, bool)> {
    let full = MONTHS.iter().position(|month| *month == word).map(|at| (at + 1, true));
    full.or_else(|| MONTHS.iter().position(|month| month[..3] == *word).map(|at| (at + 1, false)))
}

/// Reads a printed date; the forms are those of `Expr::Day`.
pub(crate) fn read(text: &str) -> Option<Printed> {
    let three = |mark: char| {
        let parts: Vec<&str> = text.split(mark).collect();
        <[&str; 3]>::try_from(parts).ok()
    };
    let (year, month, day, form, is_may);
    if let Some([y, m, d]) = three('-') {
        (year, month, day, form, is_may) = (digits(y, 4)?, digits(m, 2)?, digits(d, 2)?, Form::Iso, false);
    } else if let Some([d, m, y]) = three('.') {
        (year, month, day, form, is_may) = (digits(y, 4)?, digits(m, 2)?, digits(d, 2)?, Form::Dots, false);
    } else if let Some([a, b, y]) = three('/') {
        let (a, b) = (digits(a, 2)?, digits(b, 2)?);
        let month_first = a <= 12 && b > 12;
        if a <= 12 && b <= 12 && a != b {
            return None;
        }
        year = digits(y, 4)?;
        (day, month) = if month_first { (b, a) } else { (a, b) };
        form = if month_first { Form::MonthFirst } else { Form::DayFirst };
        is_may = false;
    } else {
        let [a, b, y] = three(' ')?;
        year = digits(y, 4)?;
        let (word, number, first) = match b.strip_suffix(',') {
            Some(number) => (a, number, true),
            None => (b, a, false),
        };
        let (at, full) = month_of(word)?;
        (month, day, is_may) = (at as i64, bare_day(number)?, word == "May");
        form = if first { Form::WordDay(full) } else { Form::DayWord(full) };
    }
    let month = usize::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    let number = day_of(year, month, day);
    (day >= 1 && civil(number) == (year, month, day)).then_some(Printed { day: number, form, is_may })
}

/// The date so many days later in the form of the given one.
pub(crate) fn moved(date: Printed, days: i64) -> Option<String> {
    let (year, month, day) = civil(date.day.checked_add(days)?);
    if date.is_may || !(1000..=9999).contains(&year) {
        return None;
    }
    let name = |full: bool| if full { MONTHS[month - 1] } else { &MONTHS[month - 1][..3] };
    Some(match date.form {
        Form::Iso => format!("{year}-{month:02}-{day:02}"),
        Form::Dots => format!("{day:02}.{month:02}.{year}"),
        Form::DayFirst => format!("{day:02}/{month:02}/{year}"),
        Form::MonthFirst => format!("{month:02}/{day:02}/{year}"),
        Form::DayWord(full) => format!("{day} {} {year}", name(full)),
        Form::WordDay(full) => format!("{} {day}, {year}", name(full)),
    })
}

/// The day of the week of a day counted from 1 January 1970.
pub(crate) fn weekday(day: i64) -> &'static str {
    WEEKDAYS[day.rem_euclid(7) as usize]
}

/// The minutes from midnight to a printed time.
pub(crate) fn clock(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (digits(hour, hour.len().clamp(1, 2))?, digits(minute, 2)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written_in_their_own_form() {
        let cases = [
            ("2024-02-28", 2, "2024-03-01"),
            ("31.12.2023", 1, "01.01.2024"),
            ("17/05/2024", 20, "06/06/2024"),
            ("05/17/2024", -17, "04/30/2024"),
            ("28 February 2023", 1, "1 March 2023"),
            ("Dec 31, 1999", 366, "Dec 31, 2000"),
        ];
        for (text, days, later) in cases {
            let date = read(text).expect(text);
            assert_eq!(moved(date, days).as_deref(), Some(later), "{text}");
        }
        for text in
            ["05/06/2024", "30.02.2024", "7.5.2024", "07 May 2024", "17 Mai 2024", "17.05.24", "", "May 2024"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(read("06/06/2024").is_some() && moved(read("3 May 2024").expect("a date"), 1).is_none());
        assert_eq!(weekday(read("29 November 2026").expect("a date").day), "Sunday");
    }

    #[test]
    fn times_are_minutes_from_midnight() {
        assert_eq!((clock("9:05"), clock("23:59"), clock("00:00")), (Some(545), Some(1439), Some(0)));
        for text in ["24:00", "9:5", "9.05", "9:05 am", ":30", "9:60"] {
            assert_eq!(clock(text), None, "{text}");
        }
    }
}
