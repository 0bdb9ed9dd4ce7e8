//! Questions about the calendar of a month: on which day what happens, which weekday a day is, how many of them.

use pixmo_render::{NumberFormat, Rng, Table};

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// The tables of a month and where their columns are.
struct Month<'a> {
    days: &'a Table,
    weekday: usize,
    day: usize,
    events: &'a Table,
    /// Index of the table of events, whose columns are event, day, weekday and, in some months, time.
    index: usize,
}

/// Columns of the table of events.
const EVENT: usize = 0;
const DAY: usize = 1;
const WEEKDAY: usize = 2;

impl<'a> Month<'a> {
    fn of(content: &'a Content) -> Option<Self> {
        let days = content.table();
        let index = content.data.tables.iter().position(|t| t.name == "events")?;
        let events = &content.data.tables[index];
        let (weekday, day) = (days.column("Weekday")?, days.column("Day")?);
        (!events.rows.is_empty()).then_some(Month { days, weekday, day, events, index })
    }

    fn shown(&self, row: usize, column: usize) -> &'a str {
        &self.events.rows[row][column].shown
    }

    /// How often an event is entered.
    fn times(&self, name: &str) -> usize {
        self.count(EVENT, name)
    }

    /// How many events have this text in a column.
    fn count(&self, column: usize, text: &str) -> usize {
        self.events.rows.iter().filter(|r| r[column].shown == text).count()
    }

    fn with(&self, tests: &[(usize, &str)]) -> Expr {
        let keep = tests.iter().map(|&(column, text)| Test { column, is: Is::Text(text.to_owned()) });
        Expr::Rows { table: self.index, keep: keep.collect() }
    }
}

fn whole() -> NumberFormat {
    NumberFormat { group: None, ..NumberFormat::plain(0) }
}

/// The name of a weekday in full, as it stands in a sentence.
fn full(name: &str) -> String {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    NAMES.into_iter().find(|full| full.starts_with(name)).unwrap_or(name).to_owned()
}

/// A day of the month as it stands in a sentence: `3rd`.
fn ordinal(day: &str) -> String {
    let end = match (day.chars().last(), day) {
        (_, "11" | "12" | "13") => "th",
        (Some('1'), _) => "st",
        (Some('2'), _) => "nd",
        (Some('3'), _) => "rd",
        _ => "th",
    };
    format!("{day}{end}")
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let month = Month::of(content)?;
    match rng.below(14) {
        0 | 1 => date_of(&month, rng),
        2 | 3 => entered(&month, rng),
        4 => weekday_of(&month, rng),
        5 => weekdays(&month, rng),
        6 => nth_weekday(&month, rng),
        7 => ends(&month, rng),
        8 => times(&month, rng),
        9 => events_on(&month, rng),
        10 => apart(&month, rng),
        11 => yes_no(&month, rng),
        12 => compare(&month, rng),
        _ => structure(&month, rng),
    }
}

/// Proposes a question that the calendar does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let month = Month::of(content)?;
    let name = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let text = phrase(
        rng,
        &[
            "On which day is “{name}” entered?",
            "What is the date of “{name}”?",
            "On which weekday is “{name}”?",
        ],
        &[("name", &name)],
    );
    let decline = (*rng.pick(DECLINES)).to_owned();
    let program = Expr::Absent { table: month.index, column: Some(EVENT), text: name, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn date_of(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let name = month.shown(rng.below(month.events.rows.len()), EVENT);
    let rows = month.with(&[(EVENT, name)]);
    if month.times(name) > 1 {
        if month.times(name) > 5 {
            return None;
        }
        let text = phrase(
            rng,
            &["On which days of the month is “{name}” entered?", "List all dates of “{name}”."],
            &[("name", name)],
        );
        return Some(Draft::new("dates", 3, text, Expr::Names(rows.over(DAY))));
    }
    let (column, patterns): (usize, &[&str]) = match rng.chance(0.65) {
        true => (
            DAY,
            &[
                "On which day of the month is “{name}”?",
                "What is the date of “{name}”? Give the day.",
                "Under which date is “{name}” entered?",
            ],
        ),
        false => (WEEKDAY, &["On which weekday is “{name}”?", "Which day of the week is “{name}” on?"]),
    };
    let text = phrase(rng, patterns, &[("name", name)]);
    Some(Draft::new("lookup", 1, text, Expr::Shown(rows.over(column))))
}

fn entered(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let day = month.shown(rng.below(month.events.rows.len()), DAY);
    let rows = month.with(&[(DAY, day)]);
    let date = ordinal(day);
    if month.count(DAY, day) == 1 {
        let text = phrase(
            rng,
            &[
                "What is entered for the {date}?",
                "What takes place on the {date}?",
                "Which event is on the {date}?",
            ],
            &[("date", &date)],
        );
        return Some(Draft::new("at_date", 1, text, Expr::Shown(rows.over(EVENT))));
    }
    if rng.chance(0.4) {
        let text = phrase(
            rng,
            &["How many events are entered for the {date}?", "How many entries does the {date} have?"],
            &[("date", &date)],
        );
        return Some(Draft::new("count_day", 2, text, Expr::Count(rows.boxed()).print(&whole())));
    }
    let text = phrase(
        rng,
        &["Which events are entered for the {date}?", "List what takes place on the {date}."],
        &[("date", &date)],
    );
    Some(Draft::new("at_date", 2, text, Expr::Names(rows.over(EVENT))))
}

fn weekday_of(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = rng.below(month.days.rows.len());
    let date = ordinal(&month.days.rows[row][month.day].shown);
    let one = Expr::named(0, month.day, &month.days.rows[row][month.day].shown);
    if let Some(week) = month.days.column("Week").filter(|_| rng.chance(0.4)) {
        let text = phrase(
            rng,
            &["In which calendar week does the {date} fall?", "Which week number belongs to the {date}?"],
            &[("date", &date)],
        );
        return Some(Draft::new("week", 2, text, Expr::Shown(one.over(week))));
    }
    let text = phrase(
        rng,
        &[
            "On which weekday does the {date} fall?",
            "Which day of the week is the {date}?",
            "What weekday is the {date}?",
        ],
        &[("date", &date)],
    );
    Some(Draft::new("weekday", 1, text, Expr::Shown(one.over(month.weekday))))
}

fn weekdays(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let name = month.days.rows[rng.below(7)][month.weekday].shown.as_str();
    let text = phrase(
        rng,
        &["How many {name}s does this month have?", "Count the {name}s of the month."],
        &[("name", &full(name))],
    );
    let count = Expr::Count(Expr::named(0, month.weekday, name).boxed());
    Some(Draft::new("count_weekday", 2, text, count.print(&whole())))
}

fn nth_weekday(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let name = month.days.rows[rng.below(7)][month.weekday].shown.as_str();
    let (rank, word) = *rng.pick(&[(1, "first"), (2, "second"), (3, "third"), (4, "fourth")]);
    let text = phrase(
        rng,
        &[
            "Which day of the month is the {word} {name}?",
            "What is the date of the {word} {name}? Give the day.",
        ],
        &[("word", word), ("name", &full(name))],
    );
    let over = Expr::named(0, month.weekday, name).over(month.day);
    let nth = Expr::Nth { over, rank, largest: false };
    Some(Draft::new("nth_weekday", 3, text, Expr::Shown(nth.over(month.day))))
}

fn ends(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let all = Expr::all(month.index).over(DAY);
    let last = rng.chance(0.5);
    let end = if last { Expr::Max(all) } else { Expr::Min(all) };
    let word = if last { "last" } else { "first" };
    if rng.chance(0.3) {
        let days = Expr::all(0).boxed();
        let day = if last { Expr::Last(days) } else { Expr::First(days) };
        let text = phrase(
            rng,
            &["On which weekday does the month {verb}?", "Which weekday is the {word} day of the month?"],
            &[("verb", if last { "end" } else { "begin" }), ("word", word)],
        );
        return Some(Draft::new("ends", 2, text, Expr::Shown(day.over(month.weekday))));
    }
    let text = phrase(
        rng,
        &["What is the {word} event of the month?", "Which event is the {word} one entered?"],
        &[("word", word)],
    );
    Some(Draft::new("ends", 2, text, Expr::Shown(end.over(EVENT))))
}

fn times(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let column = month.events.column("time")?;
    let row = rng.below(month.events.rows.len());
    let (name, time, day) = (month.shown(row, EVENT), month.shown(row, column), month.shown(row, DAY));
    if time.is_empty() {
        return None;
    }
    let date = ordinal(day);
    let fill = [("name", name), ("date", date.as_str()), ("time", time)];
    let one = month.with(&[(EVENT, name), (DAY, day)]);
    if rng.chance(0.3) && month.events.rows.iter().filter(|r| r[column].shown == time).count() > 1 {
        let text = phrase(
            rng,
            &["How many events are marked with {time}?", "How many entries begin at {time}?"],
            &fill,
        );
        let count = Expr::Count(month.with(&[(column, time)]).boxed());
        return Some(Draft::new("count_time", 3, text, count.print(&whole())));
    }
    let patterns: &[&str] = if month.times(name) == 1 {
        &["At what time is “{name}”?", "Which time is given for “{name}”?"]
    } else {
        &["At what time is “{name}” on the {date}?"]
    };
    Some(Draft::new("lookup_time", 1, phrase(rng, patterns, &fill), Expr::Shown(one.over(column))))
}

fn events_on(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = rng.below(month.events.rows.len());
    let weekday = month.shown(row, WEEKDAY);
    let name = full(weekday);
    let rows = month.with(&[(WEEKDAY, weekday)]);
    if rng.chance(0.5) || month.count(WEEKDAY, weekday) > 4 {
        let text = phrase(
            rng,
            &["How many events fall on a {name}?", "How many entries are on {name}s?"],
            &[("name", &name)],
        );
        return Some(Draft::new("count_group", 3, text, Expr::Count(rows.boxed()).print(&whole())));
    }
    let mut names: Vec<&str> = month
        .events
        .rows
        .iter()
        .filter(|r| r[WEEKDAY].shown == weekday)
        .map(|r| r[EVENT].shown.as_str())
        .collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        return None;
    }
    let patterns: &[&str] = match names.len() {
        1 => &["Which event falls on a {name}?", "What is the only event on a {name}?"],
        _ => &["Which events fall on a {name}?", "List the events on {name}s."],
    };
    let text = phrase(rng, patterns, &[("name", &name)]);
    Some(Draft::new("names_group", 3, text, Expr::Names(rows.over(EVENT))))
}

fn apart(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let rows = rng.sample(month.events.rows.len(), 2);
    let (early, late) = (*rows.iter().min()?, *rows.iter().max()?);
    let (a, b) = (month.shown(early, EVENT), month.shown(late, EVENT));
    let once = month.times(a) == 1 && month.times(b) == 1;
    if !once || month.shown(early, DAY) == month.shown(late, DAY) {
        return None;
    }
    let text = phrase(
        rng,
        &["How many days after “{a}” is “{b}”?", "How many days pass from “{a}” to “{b}”?"],
        &[("a", a), ("b", b)],
    );
    let day = |name: &str| Expr::Number(month.with(&[(EVENT, name)]).over(DAY)).boxed();
    Some(Draft::new("difference", 3, text, Expr::Subtract(day(b), day(a)).print(&whole())))
}

fn yes_no(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let yes = rng.chance(0.5);
    let day = match yes {
        true => month.shown(rng.below(month.events.rows.len()), DAY),
        false => month.days.rows[rng.below(month.days.rows.len())][month.day].shown.as_str(),
    };
    if (month.count(DAY, day) > 0) != yes {
        return None;
    }
    let text = phrase(
        rng,
        &["Is anything entered for the {date}?", "Does the {date} have an entry?"],
        &[("date", &ordinal(day))],
    );
    let program = Expr::Exists { table: month.index, column: DAY, text: day.to_owned() };
    Some(Draft::new("any_yes_no", 2, text, Expr::YesNo(program.boxed())).styled(Style::YesNo))
}

fn compare(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let rows = rng.sample(month.events.rows.len(), 2);
    let [first, second] = rows[..] else { return None };
    let (a, b) = (month.shown(first, EVENT), month.shown(second, EVENT));
    if month.times(a) > 1 || month.times(b) > 1 {
        return None;
    }
    let text = phrase(
        rng,
        &["Is “{a}” later in the month than “{b}”?", "Does “{a}” come after “{b}”?"],
        &[("a", a), ("b", b)],
    );
    let day = |name: &str| Expr::Number(month.with(&[(EVENT, name)]).over(DAY)).boxed();
    let program = Expr::YesNo(Expr::Greater(day(a), day(b)).boxed());
    Some(Draft::new("later_yes_no", 2, text, program).styled(Style::YesNo))
}

fn structure(month: &Month<'_>, rng: &mut Rng) -> Option<Draft> {
    let all = Expr::all(month.index);
    match rng.below(4) {
        0 => {
            let text = phrase(
                rng,
                &["How many events are entered in all?", "How many entries does the calendar have?"],
                &[],
            );
            Some(Draft::new("count_rows", 2, text, Expr::Count(all.boxed()).print(&whole())))
        }
        1 => {
            let text = phrase(
                rng,
                &["On how many days is something entered?", "How many days have at least one entry?"],
                &[],
            );
            Some(Draft::new("count_days", 4, text, Expr::Distinct(all.over(DAY)).print(&whole())))
        }
        2 => {
            let text = phrase(
                rng,
                &["How many days does the month have?", "What is the number of days of the month?"],
                &[],
            );
            let days = Expr::Count(Expr::all(0).boxed());
            Some(Draft::new("count_month", 1, text, days.print(&whole())))
        }
        _ => {
            let name = month.shown(rng.below(month.events.rows.len()), EVENT);
            if month.times(name) < 2 {
                return None;
            }
            let text = phrase(
                rng,
                &["How many times is “{name}” entered?", "How often does “{name}” take place this month?"],
                &[("name", name)],
            );
            let count = Expr::Count(month.with(&[(EVENT, name)]).boxed());
            Some(Draft::new("count_event", 2, text, count.print(&whole())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{full, ordinal};

    #[test]
    fn days_are_read_as_english_reads_them() {
        let cases =
            [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("11", "11th"), ("13", "13th"), ("22", "22nd")];
        for (day, read) in cases {
            assert_eq!(ordinal(day), read);
        }
        assert_eq!(full("Th"), "Thursday");
        assert_eq!(full("Sat"), "Saturday");
    }
}
