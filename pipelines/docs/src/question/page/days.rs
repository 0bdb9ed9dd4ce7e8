//! Arithmetic with what a document prints as dates and times: how long it is from one to another, the day of the week,
//! the date some days later, which of two is earlier. Only forms that nobody can misread are asked about.

use pixmo_render::{NumberFormat, Rng, Table};

use super::super::wording::phrase;
use super::super::{Draft, Style};
use super::{fields, is_thing};
use crate::content::{Content, inside};
use crate::evaluate::dates;
use crate::program::Expr;

/// The longest time between two dates that is asked for in days.
const DAYS_MAX: i64 = 500;

/// A field as it stands in a question about time: `the due date`, or by its name where that is no thing.
fn the(name: &str, what: &str) -> String {
    let noun = fields::spoken(name);
    let time = ["date", "day", "time", "until", "from", "on"].iter().any(|word| noun.contains(word));
    if noun == what {
        format!("the {what} given")
    } else if is_thing(&noun) && time {
        format!("the {noun}")
    } else {
        format!("the {what} under “{}”", name.trim_end_matches(':'))
    }
}

fn whole() -> NumberFormat {
    NumberFormat::plain(0)
}

/// A question about the dates and times among the fields.
pub(super) fn of_fields(content: &Content, index: usize, rng: &mut Rng) -> Option<Draft> {
    let table = &content.data.tables[index];
    let text = |row: usize| table.rows[row][1].shown.as_str();
    let name = |row: usize| table.rows[row][0].shown.as_str();
    let shown = |row: usize| Expr::Shown(Expr::named(index, 0, name(row)).over(1)).boxed();
    // A name that is not printed can be a thing of the question, but nothing stands under it.
    let named = |row: usize, what: &str| {
        let quoted = || the(name(row), what).contains('“');
        let unprinted = content.nouns.asks.fields.contains_key(&row) && quoted();
        !name(row).is_empty() && !unprinted
    };
    let all = || 0..table.rows.len();
    let days: Vec<usize> = all().filter(|&r| dates::read(text(r)).is_some() && named(r, "date")).collect();
    let times: Vec<usize> = all().filter(|&r| dates::clock(text(r)).is_some() && named(r, "time")).collect();
    if times.len() >= 2 && (days.is_empty() || rng.chance(0.4)) {
        let two = rng.sample(times.len(), 2);
        let minutes = |at: usize| dates::clock(text(times[at]));
        let (from, to) =
            if minutes(two[0])? < minutes(two[1])? { (two[0], two[1]) } else { (two[1], two[0]) };
        let (from, to) = (times[from], times[to]);
        let asked = minutes_between(&the(name(from), "time"), &the(name(to), "time"), rng);
        let program = Expr::Subtract(Expr::Clock(shown(to)).boxed(), Expr::Clock(shown(from)).boxed());
        return Some(Draft::new("minutes_between", 4, asked, program.print(&whole())));
    }
    let row = *days.get(rng.below(days.len()))?;
    let own = the(name(row), "date");
    let other = days.iter().copied().filter(|&other| other != row).collect::<Vec<_>>();
    let pair = other.get(rng.below(other.len())).copied().filter(|_| rng.chance(0.62));
    let day = |row: usize| Expr::Day(shown(row)).boxed();
    if let Some(second) = pair {
        let (a, b) = (dates::read(text(row))?.day, dates::read(text(second))?.day);
        if a == b {
            return None;
        }
        if rng.chance(0.35) {
            let asked = phrase(
                rng,
                &["Is {a} earlier than {b}?", "Does {a} come before {b}?", "Is {a} before {b}?"],
                &[("a", &own), ("b", &the(name(second), "date"))],
            );
            let program = Expr::YesNo(Expr::Greater(day(second), day(row)).boxed());
            return Some(Draft::new("earlier_yes_no", 3, asked, program).styled(Style::YesNo));
        }
        let (from, to) = if a < b { (row, second) } else { (second, row) };
        if (a - b).abs() > DAYS_MAX {
            return None;
        }
        let asked = days_between(&the(name(from), "date"), &the(name(to), "date"), rng);
        return Some(Draft::new(
            "days_between",
            4,
            asked,
            Expr::Subtract(day(to), day(from)).print(&whole()),
        ));
    }
    if rng.chance(0.55) {
        let asked = phrase(
            rng,
            &[
                "On which day of the week does {a} fall?",
                "Which day of the week is {a}?",
                "What is the day of the week of {a}?",
            ],
            &[("a", &own)],
        );
        return Some(Draft::new("weekday", 4, asked, Expr::Weekday(day(row))));
    }
    let later = *rng.pick(&[1i64, 2, 3, 5, 7, 10, 14, 20, 21, 28, 30, 45, 60, 90]);
    let before = rng.chance(0.3);
    let asked = phrase(
        rng,
        &[
            "Which date is {n} {days} {word} {a}?",
            "What is the date {n} {days} {word} {a}?",
            "Give the date {n} {days} {word} {a}.",
        ],
        &[
            ("n", &later.to_string()),
            ("days", if later == 1 { "day" } else { "days" }),
            ("word", if before { "before" } else { "after" }),
            ("a", &own),
        ],
    );
    let program = Expr::DatePlus { of: shown(row), days: if before { -later } else { later } };
    Some(Draft::new("date_plus", 4, asked, program))
}

/// A question about the dates and times in a list: from column to column of a row, or from row to row of a column.
pub(super) fn of_items(
    table: &Table,
    index: usize,
    name_column: usize,
    say: &dyn Fn(&str) -> String,
    rng: &mut Rng,
) -> Option<Draft> {
    let all = |column: usize, fits: &dyn Fn(&str) -> bool| {
        column != name_column && table.texts(column).into_iter().all(fits)
    };
    let times: Vec<usize> =
        (0..table.columns.len()).filter(|&c| all(c, &|t| dates::clock(t).is_some())).collect();
    let days: Vec<usize> =
        (0..table.columns.len()).filter(|&c| all(c, &|t| dates::read(t).is_some())).collect();
    let label = |row: usize| table.rows[row][name_column].shown.as_str();
    let shown = |row: usize, column: usize| {
        Expr::Shown(Expr::named(index, name_column, label(row)).over(column)).boxed()
    };
    let row = rng.below(table.rows.len());
    if times.len() >= 2 && rng.chance(0.6) {
        let (from, to) = (times[0], times[1]);
        let text = |column: usize| table.rows[row][column].shown.as_str();
        if dates::clock(text(from))? >= dates::clock(text(to))? {
            return None;
        }
        let asked = phrase(
            rng,
            &[
                "How many minutes are there from “{from}” to “{to}” for {label}?",
                "How many minutes does {label} take from “{from}” to “{to}”?",
                "How long is it in minutes from “{from}” to “{to}” for {label}?",
            ],
            &[
                ("from", &table.columns[from].name),
                ("to", &table.columns[to].name),
                ("label", &say(label(row))),
            ],
        );
        let program =
            Expr::Subtract(Expr::Clock(shown(row, to)).boxed(), Expr::Clock(shown(row, from)).boxed());
        return Some(Draft::new("minutes_between", 4, asked, program.print(&whole())));
    }
    let two = rng.sample(table.rows.len(), 2);
    if !times.is_empty() {
        let column = *rng.pick(&times);
        let minutes = |row: usize| dates::clock(&table.rows[row][column].shown);
        let (a, b) = if minutes(two[0])? < minutes(two[1])? { (two[0], two[1]) } else { (two[1], two[0]) };
        if minutes(a)? == minutes(b)? {
            return None;
        }
        let of = |row: usize| format!("the {} for {}", heading(table, column, "time"), say(label(row)));
        let asked = minutes_between(&of(a), &of(b), rng);
        let program =
            Expr::Subtract(Expr::Clock(shown(b, column)).boxed(), Expr::Clock(shown(a, column)).boxed());
        return Some(Draft::new("minutes_between", 4, asked, program.print(&whole())));
    }
    let column = *days.get(rng.below(days.len()))?;
    let day = |row: usize| dates::read(&table.rows[row][column].shown).map(|date| date.day);
    let (a, b) = if day(two[0])? < day(two[1])? { (two[0], two[1]) } else { (two[1], two[0]) };
    if day(a)? == day(b)? || day(b)? - day(a)? > DAYS_MAX {
        return None;
    }
    let of = |row: usize| format!("the {} for {}", heading(table, column, "date"), say(label(row)));
    let asked = days_between(&of(a), &of(b), rng);
    let program = Expr::Subtract(Expr::Day(shown(b, column)).boxed(), Expr::Day(shown(a, column)).boxed());
    Some(Draft::new("days_between", 4, asked, program.print(&whole())))
}

/// The heading of a column of dates or times as a thing.
fn heading(table: &Table, column: usize, what: &str) -> String {
    let name = inside(&table.columns[column].name);
    if is_thing(&name) { name } else { format!("{what} under “{}”", table.columns[column].name) }
}

fn days_between(a: &str, b: &str, rng: &mut Rng) -> String {
    phrase(
        rng,
        &[
            "How many days lie between {a} and {b}?",
            "How many days after {a} is {b}?",
            "How many days are there from {a} to {b}?",
            "What is the number of days from {a} to {b}?",
        ],
        &[("a", a), ("b", b)],
    )
}

fn minutes_between(a: &str, b: &str, rng: &mut Rng) -> String {
    phrase(
        rng,
        &[
            "How many minutes lie between {a} and {b}?",
            "How many minutes after {a} is {b}?",
            "How many minutes pass from {a} to {b}?",
            "What is the number of minutes from {a} to {b}?",
        ],
        &[("a", a), ("b", b)],
    )
}
