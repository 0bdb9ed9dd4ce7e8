//! Months of real years, with what returns every week and what happens once.

use jiff::civil::{Date, Weekday};
use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};

use super::finish;
use crate::banks::{Banks, CalendarBank};
use crate::content::{Content, Nouns};
use crate::world::Subject;

/// Something entered for a day.
struct Event {
    day: i8,
    name: String,
    time: Option<String>,
}

/// Domains of houses that are closed on Saturdays and Sundays.
const WORKDAYS: &[&str] = &["school", "kindergarten", "software", "university", "clinic"];

/// Most events of a day and of a month.
const A_DAY: usize = 3;
const A_MONTH: usize = 22;

pub(super) fn month(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let bank = rng.pick(&banks.grids.calendars);
    let domain = banks.domains.iter().find(|d| d.slug == bank.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let first = Date::new(rng.whole(2014, 2031) as i16, rng.whole(1, 12) as i8, 1).ok()?;
    let sunday = rng.chance(0.3);
    let (letters, weeks) = (rng.weighted(&[0.45, 0.4, 0.15]), !sunday && rng.chance(0.25));
    let name = |day: Weekday| {
        const NAMES: [&str; 7] =
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let full = NAMES[usize::from(day.to_monday_zero_offset().unsigned_abs())];
        Cell::text([full, &full[..3], &full[..2]][letters])
    };
    let weekday = |day: i8| first.with().day(day).build().map(|date| date.weekday());
    let plain = NumberFormat::plain(0);
    let mut columns = vec![Column::text("Weekday")];
    if weeks {
        columns.push(Column::text("Week"));
    }
    columns.push(Column::number("Day", "", false));
    let mut table = Table::new("days", columns);
    for day in 1..=first.days_in_month() {
        let date = first.with().day(day).build().ok()?;
        let mut row = vec![name(date.weekday())];
        if weeks {
            row.push(Cell::text(date.iso_week_date().week().to_string()));
        }
        row.push(Cell::number(f64::from(day), &plain));
        table.rows.push(row);
    }
    let events = events(bank, first, rng)?;
    let columns = [Column::text("event"), Column::number("day", "", false), Column::text("weekday")];
    let mut listed = Table::new("events", columns.to_vec());
    let timed = events.iter().any(|e| e.time.is_some());
    if timed {
        listed.columns.push(Column::text("time"));
    }
    for event in &events {
        let number = Cell::number(f64::from(event.day), &plain);
        let mut row = vec![Cell::text(event.name.clone()), number, name(weekday(event.day).ok()?)];
        if timed {
            row.push(event.time.as_ref().map_or(Cell::missing(""), |t| Cell::text(t.clone())));
        }
        listed.rows.push(row);
    }
    let mut names = Table::new("weekdays", vec![Column::text("weekday")]);
    let start = if sunday { Weekday::Sunday } else { Weekday::Monday };
    names.rows = start.cycle_forward().take(7).map(|day| vec![name(day)]).collect();
    let month = first.strftime("%B %Y").to_string();
    let title = match rng.below(5) {
        0 => format!("{}: {month}", bank.name),
        1 => format!("{month} – {}", bank.name),
        _ => month.clone(),
    };
    let absent = bank.single.iter().chain(&bank.regular).filter(|n| events.iter().all(|e| e.name != **n));
    let nouns = Nouns { row: "event".to_owned(), rows: "events".to_owned(), ..Nouns::default() };
    let absent = absent.cloned().collect();
    let content = finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng);
    let said: Vec<String> = events.iter().map(|e| format!("{} {}", e.day, e.name)).collect();
    let mut tables = content.data.tables;
    tables.extend([names, listed]);
    Some(Content {
        topic: format!("{} in {month}, {}", bank.name, subject.organisation),
        plan: format!("{}|{month}|{}", bank.name, said.join(";")),
        data: Data { tables },
        ..content
    })
}

/// What is entered: some things on the same weekday, some once; no day holds more than it has room for.
fn events(bank: &CalendarBank, first: Date, rng: &mut Rng) -> Option<Vec<Event>> {
    let timed: f64 = [0.0, 0.6, 1.0][rng.below(3)];
    let last = first.days_in_month();
    let closed = |day: i8| {
        let weekday = first.with().day(day).build().map(|date| date.weekday());
        WORKDAYS.contains(&bank.domain.as_str()) && matches!(weekday, Ok(Weekday::Saturday | Weekday::Sunday))
    };
    let mut events: Vec<Event> = Vec::new();
    let mut put = |day: i8, name: &str, time: Option<String>| {
        let same_day = events.iter().filter(|e| e.day == day);
        if same_day.clone().count() < A_DAY
            && !closed(day)
            && same_day.clone().all(|e| e.name != name && (time.is_none() || e.time != time))
            && events.len() < A_MONTH
        {
            events.push(Event { day, name: name.to_owned(), time });
        }
    };
    let often = rng.below(bank.regular.len().min(3) + 1);
    let days = rng.sample(7, often);
    for (index, start) in rng.sample(bank.regular.len(), often).into_iter().zip(days) {
        // What returns has a time more often than what happens once.
        let time = time_of(&bank.regular[index], &bank.times, (timed * 1.3).min(1.0), rng);
        let step = if rng.chance(0.25) { 14 } else { 7 };
        for day in (start as i8 + 1..=last).step_by(step) {
            if rng.chance(0.92) {
                put(day, &bank.regular[index], time.clone());
            }
        }
    }
    let once = 3 + rng.below(bank.single.len().min(10) - 2);
    for index in rng.sample(bank.single.len(), once) {
        let day = rng.whole(1, i64::from(last)) as i8;
        let time = time_of(&bank.single[index], &bank.times, timed, rng);
        put(day, &bank.single[index], time);
    }
    events.sort_by(|a, b| (a.day, &a.time).cmp(&(b.day, &b.time)));
    (events.len() >= 5).then_some(events)
}

/// Words of what takes the whole day, or no time at all.
const WHOLE_DAY: &[&str] = &[
    "closed",
    "due",
    "away",
    "leave",
    "begins",
    "no school",
    "birthday",
    "deadline",
    "on sale",
    "report cards",
    "repairs",
    "upgrade",
    "auction week",
    "reading week",
];

/// Words of what takes place in the evening, and of what is done in the morning.
const EVENING: &[&str] =
    &["evening", "night", "dinner", "supper", "party", "premiere", "concert", "performance"];
const MORNING: &[&str] =
    &["delivery", "deliveries", "inspection", "service", "breakfast", "morning", "school", "collection"];

/// When something is entered: no time for what has none, and none at an hour at which nobody would do it.
fn time_of(name: &str, times: &[String], chance: f64, rng: &mut Rng) -> Option<String> {
    let name = name.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if says(WHOLE_DAY) || !rng.chance(chance) {
        return None;
    }
    let fits = |time: &&String| match (says(EVENING), says(MORNING)) {
        (true, _) => time.as_str() >= "17:00",
        (_, true) => time.as_str() < "14:00",
        _ => time.as_str() >= "07:00",
    };
    let fitting: Vec<&String> = times.iter().filter(fits).collect();
    (!fitting.is_empty()).then(|| (*rng.pick(&fitting)).clone())
}
