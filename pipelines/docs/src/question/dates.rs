//! Questions about what happens when: tasks, events, and events in lanes.

mod lanes;

use pixmo_render::{NumberFormat, Rng, Table};
use rust_decimal::Decimal;

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::{Content, MONTHS};
use crate::program::{Expr, Is, Test};
use crate::visibility::Visible;

/// The table of what happens, and its words.
struct Dates<'a> {
    content: &'a Content,
    table: &'a Table,
}

impl<'a> Dates<'a> {
    fn any(&self, rng: &mut Rng) -> &'a str {
        &rng.pick(&self.table.rows)[0].shown
    }

    fn two(&self, rng: &mut Rng) -> (&'a str, &'a str) {
        let two = rng.sample(self.table.rows.len(), 2);
        (&self.table.rows[two[0]][0].shown, &self.table.rows[two[1]][0].shown)
    }

    fn time(&self, name: &str, column: usize) -> Option<Decimal> {
        self.table.rows.iter().find(|row| row[0].shown == name)?[column].as_decimal()
    }

    fn number(name: &str, column: usize) -> Box<Expr> {
        Expr::Number(Expr::named(0, 0, name).over(column)).boxed()
    }

    fn years(&self) -> bool {
        self.table.columns[1].name == "Year"
    }

    fn with(column: usize, text: &str) -> Expr {
        Expr::named(0, column, text)
    }

    fn among(names: &[&str]) -> Expr {
        let names = names.iter().map(|n| (*n).to_owned()).collect();
        Expr::Rows { table: 0, keep: vec![Test { column: 0, is: Is::OneOf(names) }] }
    }

    /// The column of groups and one of the groups.
    fn group(&self, column: usize, rng: &mut Rng) -> Option<&'a str> {
        (self.table.columns.len() > column).then(|| rng.pick(&self.table.rows)[column].shown.as_str())
    }

    /// A time of the column that lies between others, with its print, as a bound that none equals.
    fn bound(&self, column: usize, rng: &mut Rng) -> Option<(Decimal, String)> {
        let mut times: Vec<Decimal> =
            self.table.rows.iter().filter_map(|row| row[column].as_decimal()).collect();
        times.sort();
        times.dedup();
        let (low, high) = (*times.first()?, *times.last()?);
        if self.years() {
            let decade = (low / Decimal::TEN).ceil() * Decimal::TEN;
            let count = ((high - decade) / Decimal::TEN).floor();
            let count = rust_decimal::prelude::ToPrimitive::to_usize(&count)?;
            let bound = decade + Decimal::TEN * Decimal::from(rng.below(count + 1));
            let fits = bound > low && bound < high && !times.contains(&bound);
            return fits.then(|| (bound, bound.normalize().to_string()));
        }
        use pixmo_render_figures::chart::{civil, day_of};
        let day = |time: Decimal| rust_decimal::prelude::ToPrimitive::to_i64(&time);
        let (from, until) = (day(low)?, day(high)?);
        let at = from + rng.whole(1, (until - from).max(2) - 1);
        let (year, month, _) = civil(at);
        let first = day_of(year, month, 1);
        let bound = Decimal::from(first);
        let dated = civil(from).0 != civil(until).0;
        let name = MONTHS[month - 1];
        let shown = if dated { format!("1 {name} {year}") } else { format!("1 {name}") };
        (bound > low && bound < high && !times.contains(&bound)).then_some((bound, shown))
    }
}

fn plain() -> NumberFormat {
    NumberFormat::plain(0)
}

/// Proposes one question.
pub(super) fn draft(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let dates = Dates { content, table: content.table() };
    if rng.chance(0.07) {
        return super::grid::title(content, rng);
    }
    match dates.table.name.as_str() {
        "tasks" if rng.chance(0.4) => super::grid::draft(content, 0, visible, rng),
        "tasks" => tasks(&dates, rng),
        "events" => events(&dates, rng),
        _ => lanes::ask(&dates, visible, rng),
    }
}

/// Proposes a question that the picture does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let decline = (*rng.pick(DECLINES)).to_owned();
    let fill = [("x", absent.as_str()), ("events", content.nouns.series_plural.as_str())];
    let patterns: &[&str] = match content.table().name.as_str() {
        "tasks" => &["When does “{x}” start?", "On which date does “{x}” end?", "How long does “{x}” take?"],
        "events" => &["When did the event “{x}” take place?", "Which date is given for the event “{x}”?"],
        _ => &["How many {events} does {x} have?", "When was the first entry for {x}?"],
    };
    let text = phrase(rng, patterns, &fill);
    let program = Expr::Absent { table: 0, column: Some(0), text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn tasks(dates: &Dates<'_>, rng: &mut Rng) -> Option<Draft> {
    let x = dates.any(rng);
    let starts = rng.chance(0.55);
    let (column, verb) = if starts { (1, "start") } else { (2, "end") };
    Some(match rng.weighted(&[2.4, 1.8, 1.8, 1.8, 1.4, 1.2, 1.2, 1.4, 1.4, 1.0]) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "On which date does “{x}” {verb}?",
                    "When does “{x}” {verb}?",
                    "Which date is given for the {verb} of “{x}”?",
                ],
                &[("x", x), ("verb", verb)],
            );
            Draft::new("date", 1, text, Expr::Shown(Expr::named(0, 0, x).over(column)))
        }
        1 => {
            let first = rng.chance(0.5);
            let word = if first { "first" } else { "last" };
            let text = phrase(
                rng,
                &[
                    "Which task {verb}s {word}?",
                    "Name the task that {verb}s {word}.",
                    "Which of the tasks is the {word} to {verb}?",
                ],
                &[("verb", verb), ("word", word)],
            );
            let over = Expr::all(0).over(column);
            let best = if first { Expr::Min(over) } else { Expr::Max(over) };
            Draft::new(if first { "earliest" } else { "latest" }, 2, text, Expr::Shown(best.over(0)))
        }
        2 => {
            let (a, b) = dates.two(rng);
            let text = phrase(
                rng,
                &["Which {verb}s earlier, “{a}” or “{b}”?", "“{a}” or “{b}”: which one {verb}s first?"],
                &[("verb", verb), ("a", a), ("b", b)],
            );
            Draft::new("earlier", 2, text, Expr::Shown(Expr::Min(Dates::among(&[a, b]).over(column)).over(0)))
        }
        3 => {
            let (a, b) = dates.two(rng);
            let (own, other, pattern): (usize, usize, &[&str]) = match rng.below(3) {
                0 => (1, 1, &["Does “{a}” start before “{b}” starts?", "Is “{a}” begun earlier than “{b}”?"]),
                1 => {
                    (2, 1, &["Is “{a}” finished before “{b}” starts?", "Does “{a}” end before “{b}” begins?"])
                }
                _ => (1, 2, &["Does “{a}” start before “{b}” ends?", "Is “{a}” begun before “{b}” is over?"]),
            };
            let text = phrase(rng, pattern, &[("a", a), ("b", b)]);
            let greater = Expr::Greater(Dates::number(b, other), Dates::number(a, own));
            Draft::new("before_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo)
        }
        4 => {
            let group = dates.group(4, rng)?;
            let text = phrase(
                rng,
                &["How many tasks belong to the phase “{g}”?", "How many tasks does the phase “{g}” have?"],
                &[("g", group)],
            );
            Draft::new("count_group", 2, text, Expr::Count(Dates::with(4, group).boxed()).print(&plain()))
        }
        5 => {
            dates.group(4, rng)?;
            let text =
                phrase(rng, &["To which phase does “{x}” belong?", "In which phase is “{x}”?"], &[("x", x)]);
            Draft::new("group_of", 2, text, Expr::Shown(Expr::named(0, 0, x).over(4)))
        }
        6 => {
            let group = dates.group(4, rng)?;
            let first = rng.chance(0.5);
            let word = if first { "first" } else { "last" };
            let text = phrase(
                rng,
                &[
                    "Which task of the phase “{g}” {verb}s {word}?",
                    "Within the phase “{g}”, which task is the {word} to {verb}?",
                ],
                &[("g", group), ("verb", verb), ("word", word)],
            );
            let over = Dates::with(4, group).over(column);
            let best = if first { Expr::Min(over) } else { Expr::Max(over) };
            Draft::new("earliest_of_group", 3, text, Expr::Shown(best.over(0)))
        }
        7 => {
            let (bound, shown) = dates.bound(column, rng)?;
            let after = rng.chance(0.5);
            let word = if after { "after" } else { "before" };
            let text = phrase(
                rng,
                &["How many tasks {verb} {word} {d}?", "How many of the tasks {verb} {word} {d}?"],
                &[("verb", verb), ("word", word), ("d", &shown)],
            );
            count_beyond(text, column, after, bound)
        }
        8 => {
            let (a, b) = dates.two(rng);
            let (first, second) = (dates.time(a, column)?, dates.time(b, column)?);
            let (a, b, gap) = if first < second { (a, b, second - first) } else { (b, a, first - second) };
            if gap < Decimal::TWO {
                return None;
            }
            let text = phrase(
                rng,
                &[
                    "How many days after “{a}” does “{b}” {verb}?",
                    "By how many days does “{a}” {verb} earlier than “{b}”?",
                ],
                &[("a", a), ("b", b), ("verb", verb)],
            );
            let program = Expr::Subtract(Dates::number(b, column), Dates::number(a, column));
            Draft::new("days_between", 4, text, program.print(&plain()))
        }
        _ => {
            let name = dates.group(4, rng)?;
            let count = dates.table.rows.iter().filter(|row| row[4].shown == name).count();
            if count > 4 {
                return None;
            }
            let text = phrase(
                rng,
                &["Which tasks belong to the phase “{g}”?", "List the tasks of the phase “{g}”."],
                &[("g", name)],
            );
            Draft::new("names_of_group", 3, text, Expr::Names(Dates::with(4, name).over(0)))
        }
    })
}

fn count_beyond(text: String, column: usize, after: bool, bound: Decimal) -> Draft {
    let is = if after { Is::Above(bound) } else { Is::Below(bound) };
    let rows = Expr::Rows { table: 0, keep: vec![Test { column, is }] };
    Draft::new("count_beyond", 3, text, Expr::Count(rows.boxed()).print(&plain()))
}

fn events(dates: &Dates<'_>, rng: &mut Rng) -> Option<Draft> {
    let x = dates.any(rng);
    let unit = if dates.years() { "year" } else { "day" };
    let kinds = dates.table.columns.len() > 2;
    Some(match rng.weighted(&[2.4, 1.8, 1.4, 1.6, 1.8, 1.4, 1.4, 0.8, 1.2, 1.2, 1.0, 1.0]) {
        0 => {
            let patterns: &[&str] = if dates.years() {
                &[
                    "In which year did the event “{x}” take place?",
                    "Which year is given for the event “{x}”?",
                    "When did the event “{x}” take place?",
                ]
            } else {
                &[
                    "On which date did the event “{x}” take place?",
                    "Which date is given for the event “{x}”?",
                    "When did the event “{x}” take place?",
                ]
            };
            let text = phrase(rng, patterns, &[("x", x)]);
            Draft::new("date", 1, text, Expr::Shown(Expr::named(0, 0, x).over(1)))
        }
        1 => {
            let when = &rng.pick(&dates.table.rows)[1].shown;
            let at = if dates.years() { "in" } else { "on" };
            let text = phrase(
                rng,
                &["What happened {at} {t}?", "Which event is dated {t}?"],
                &[("at", at), ("t", when)],
            );
            Draft::new("event_at", 1, text, Expr::Shown(Expr::named(0, 1, when).over(0)))
        }
        2 => {
            let last = rng.chance(0.5);
            let word = if last { rng.word(&["last", "latest"]) } else { rng.word(&["first", "earliest"]) };
            let text = phrase(
                rng,
                &["What is the {word} event shown?", "Which event is the {word} one?"],
                &[("word", word)],
            );
            let rows = Expr::all(0).boxed();
            let end = if last { Expr::Last(rows) } else { Expr::First(rows) };
            Draft::new("ends", 1, text, Expr::Shown(end.over(0)))
        }
        3 => {
            let after = rng.chance(0.6);
            let word = if after { "after" } else { "before" };
            let text = phrase(
                rng,
                &["Which event comes directly {word} “{x}”?", "What is the next event {word} “{x}”?"],
                &[("word", word), ("x", x)],
            );
            let text = text.replace("next event before", "last event before");
            let row = Expr::named(0, 0, x).boxed();
            let beside = if after { Expr::Next(row) } else { Expr::Previous(row) };
            Draft::new("neighbour", 2, text, Expr::Shown(beside.over(0)))
        }
        4 => {
            let (a, b) = dates.two(rng);
            let text = phrase(
                rng,
                &["Which happened earlier, “{a}” or “{b}”?", "“{a}” or “{b}”: which came first?"],
                &[("a", a), ("b", b)],
            );
            Draft::new("earlier", 2, text, Expr::Shown(Expr::Min(Dates::among(&[a, b]).over(1)).over(0)))
        }
        5 => {
            let (a, b) = dates.two(rng);
            let (first, second) = (dates.time(a, 1)?, dates.time(b, 1)?);
            let (a, b, gap) = if first < second { (a, b, second - first) } else { (b, a, first - second) };
            if gap < Decimal::TWO {
                return None;
            }
            let text = phrase(
                rng,
                &[
                    "How many {unit}s lie between “{a}” and “{b}”?",
                    "How many {unit}s after “{a}” came “{b}”?",
                ],
                &[("unit", unit), ("a", a), ("b", b)],
            );
            let program = Expr::Subtract(Dates::number(b, 1), Dates::number(a, 1));
            Draft::new("days_between", 4, text, program.print(&plain()))
        }
        6 => {
            let (bound, shown) = dates.bound(1, rng)?;
            let after = rng.chance(0.5);
            let word = if after { "after" } else { "before" };
            let text = phrase(
                rng,
                &["How many of the events took place {word} {d}?", "How many events are dated {word} {d}?"],
                &[("word", word), ("d", &shown)],
            );
            count_beyond(text, 1, after, bound)
        }
        7 => {
            let text =
                phrase(rng, &["How many events are shown?", "How many events does the timeline have?"], &[]);
            Draft::new("count_rows", 1, text, Expr::Count(Expr::all(0).boxed()).print(&plain()))
        }
        8 if kinds => {
            let kind = dates.group(2, rng)?;
            let text = phrase(
                rng,
                &["How many events are marked as “{k}”?", "How many of the events belong to “{k}”?"],
                &[("k", kind)],
            );
            Draft::new("count_group", 2, text, Expr::Count(Dates::with(2, kind).boxed()).print(&plain()))
        }
        9 if kinds => {
            let kind = dates.group(2, rng)?;
            let last = rng.chance(0.5);
            let word = if last { "last" } else { "first" };
            let text = phrase(
                rng,
                &[
                    "Which event marked as “{k}” is the {word}?",
                    "What is the {word} event of the kind “{k}”?",
                ],
                &[("k", kind), ("word", word)],
            );
            let rows = Dates::with(2, kind).boxed();
            let end = if last { Expr::Last(rows) } else { Expr::First(rows) };
            Draft::new("ends_of_group", 3, text, Expr::Shown(end.over(0)))
        }
        10 if kinds => {
            let text = phrase(
                rng,
                &["As what kind of event is “{x}” marked?", "To which kind does “{x}” belong?"],
                &[("x", x)],
            );
            Draft::new("group_of", 2, text, Expr::Shown(Expr::named(0, 0, x).over(2)))
        }
        _ => {
            let (a, b) = dates.two(rng);
            let text = phrase(
                rng,
                &["Did “{a}” happen before “{b}”?", "Is “{a}” dated earlier than “{b}”?"],
                &[("a", a), ("b", b)],
            );
            let greater = Expr::Greater(Dates::number(b, 1), Dates::number(a, 1));
            Draft::new("before_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo)
        }
    })
}
