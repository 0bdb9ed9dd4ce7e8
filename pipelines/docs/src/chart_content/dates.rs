//! Content of charts over a calendar: tasks of projects, histories, and events in lanes.

use std::collections::BTreeMap;

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table, Value};
use pixmo_render_figures::chart::{Count, civil, day_of};
use rust_decimal::Decimal;

use super::capital;
use crate::banks::Banks;
use crate::content::{Content, MONTHS, Nouns, inside};
use crate::diagram_content;
use crate::world::Subject;

/// How days are printed.
#[derive(Clone, Copy)]
enum Print {
    /// `3 Mar 2024`
    Short,
    /// `2024-03-03`
    Iso,
    /// `3 March`, where all days are of one year.
    Day,
    /// `Mar 3`, likewise.
    American,
}

impl Print {
    fn draw(one_year: bool, rng: &mut Rng) -> Self {
        if one_year {
            *rng.pick(&[Print::Short, Print::Iso, Print::Day, Print::American])
        } else {
            *rng.pick(&[Print::Short, Print::Iso])
        }
    }

    /// A day as a cell: its value is its number, and its print says the date.
    fn cell(self, day: i64) -> Cell {
        Cell { value: Value::Number(Decimal::from(day)), shown: self.text(day) }
    }

    fn text(self, day: i64) -> String {
        let (year, month, number) = civil(day);
        let name = MONTHS[month - 1];
        match self {
            Print::Short => format!("{number} {} {year}", &name[..3]),
            Print::Iso => format!("{year}-{month:02}-{number:02}"),
            Print::Day => format!("{number} {name}"),
            Print::American => format!("{} {number}", &name[..3]),
        }
    }
}

struct Words {
    topic: String,
    title: String,
    subtitle: String,
    note: String,
    nouns: Nouns,
    absent: Vec<String>,
    formats: BTreeMap<(usize, usize), NumberFormat>,
    plan: String,
}

fn content(words: Words, subject: &Subject<'_>, data: Data, rng: &mut Rng) -> Content {
    Content {
        data,
        formats: words.formats,
        title: words.title,
        subtitle: words.subtitle,
        note: words.note,
        topic: words.topic,
        persona: format!("a {}", rng.pick(&subject.domain.roles)),
        nouns: words.nouns,
        absent: words.absent,
        absent_columns: Vec::new(),
        source_name: "world".to_owned(),
        source_licence: "CC0-1.0".to_owned(),
        plan: words.plan,
    }
}

/// The tasks of a project over real dates.
pub(super) fn tasks(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let (name, domain, all) = diagram_content::project(rng);
    let own = banks.domains.iter().find(|d| d.slug == domain);
    let subject = match own {
        Some(own) => Subject::of(own, banks, rng),
        None => Subject::draw(banks, rng),
    };
    let most = rows.max.min(all.len() - 1);
    let count = rows.min.max(5) + (rng.below(most - 4) + rng.below(most - 4)) / 2;
    let mut keep = rng.sample(all.len(), count.min(most));
    keep.sort_unstable();
    let grouped = rng.chance(0.65);
    let (least, longest) = *rng.pick(&[(2, 9), (3, 14), (5, 30), (7, 45)]);
    let year = rng.whole(2012, 2026);
    let mut day = day_of(year, 1 + rng.below(9), rng.whole(1, 26));
    let mut planned = Vec::new();
    let mut phase = "";
    let mut latest = day;
    for index in &keep {
        let (group, task) = all[*index];
        if group != phase {
            // A phase begins when most of the one before is over.
            day = if phase.is_empty() { day } else { latest - rng.whole(0, longest / 3) };
            phase = group;
        }
        // A task may begin while the one before it in its phase runs out, but does not end before that one.
        let least_end = match planned.last() {
            Some((_, before, start, days)) if *before == group => start + days,
            _ => day,
        };
        let days = rng.whole(least, longest).max(least_end - day);
        planned.push((task, group, day, days));
        latest = latest.max(day + days);
        day += days - rng.whole(0, days / 3) + rng.whole(0, 2);
    }
    let first = planned.iter().map(|p| p.2).min()?;
    let last = planned.iter().map(|p| p.2 + p.3 - 1).max()?;
    let one_year = civil(first).0 == civil(last).0;
    let print = Print::draw(one_year, rng);
    let format = NumberFormat { suffix: " days".to_owned(), group: None, ..NumberFormat::plain(0) };
    let mut columns = vec![
        Column::text("Task"),
        Column::time(*rng.pick(&["Start", "Begins"])),
        Column::time(*rng.pick(&["End", "Ends"])),
        Column::number("Duration", "", false),
    ];
    if grouped {
        columns.push(Column::text("Phase"));
    }
    let mut table = Table::new("tasks", columns);
    for (task, group, start, days) in &planned {
        let mut cells = vec![
            Cell::text(*task),
            print.cell(*start),
            print.cell(start + days - 1),
            Cell::decimal(Decimal::from(*days), &format),
        ];
        if grouped {
            cells.push(Cell::text(*group));
        }
        table.rows.push(cells);
    }
    let year = civil(first).0;
    let title = match rng.below(5) {
        0 => format!("{name}: schedule"),
        1 => format!("Project plan: {}", inside(name)),
        2 => format!("{name} {year}"),
        3 => format!("Timetable for {}", inside(name)),
        _ => name.to_owned(),
    };
    let dated = matches!(print, Print::Short | Print::Iso) || title.contains(&year.to_string());
    let subtitle = match rng.below(3) {
        _ if !dated => format!("{}, {year}", subject.organisation),
        0 => subject.organisation.clone(),
        1 => "Days include the first and the last one".to_owned(),
        _ => String::new(),
    };
    let absent = all.iter().map(|(_, task)| (*task).to_owned());
    let absent = absent.filter(|task| table.rows.iter().all(|row| row[0].shown != *task)).collect();
    let words = Words {
        topic: format!("{name}, {}", subject.organisation),
        title,
        subtitle,
        note: if rng.chance(0.25) { format!("Plan of {}", subject.organisation) } else { String::new() },
        nouns: Nouns {
            row: "task".to_owned(),
            rows: "tasks".to_owned(),
            series: if grouped { "phase".to_owned() } else { String::new() },
            series_plural: if grouped { "phases".to_owned() } else { String::new() },
            ..Nouns::default()
        },
        absent,
        formats: [((0, 3), format)].into(),
        plan: format!("{name}|{}", keep.iter().map(usize::to_string).collect::<Vec<_>>().join(",")),
    };
    Some(content(words, &subject, Data { tables: vec![table] }, rng))
}

/// A history in years, or the events of one or two years.
pub(super) fn events(rows: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let history = rng.pick(&banks.chronicles.history);
    let subject = Subject::draw(banks, rng);
    let family = rng.pick(&banks.families).clone();
    let fill = |text: &str| {
        text.replace("{town}", &subject.town)
            .replace("{family}", &family)
            .replace("{org}", &subject.organisation)
    };
    let most = rows.max.min(history.events.len() - 1).min(12);
    let count = rows.min.max(5) + rng.below(most - rows.min.max(5) + 1);
    let mut keep = rng.sample(history.events.len(), count);
    keep.sort_unstable();
    let years = history.pace == "years";
    let origin = if years { 0 } else { day_of(rng.whole(2005, 2025), 1, 1) };
    let (low, high) = (history.from + rng.whole(0, 6), history.until + rng.whole(0, 4));
    // The gaps are uneven, as they are in life.
    let gaps: Vec<f64> = keep.iter().map(|_| libm::exp(rng.normal(0.0, 0.6))).collect();
    let whole: f64 = gaps.iter().sum::<f64>();
    let mut at = low as f64;
    let mut times: Vec<i64> = Vec::new();
    for gap in &gaps {
        let time = libm::round(at) as i64;
        let least = times.last().map_or(time, |last| last + 1);
        times.push(time.max(least));
        at += (high - low) as f64 * gap / whole;
    }
    let one_year = years || civil(origin + times[0]).0 == civil(origin + times[times.len() - 1]).0;
    let print = if years { Print::Short } else { Print::draw(one_year, rng) };
    let grouped = rng.chance(0.5);
    let mut columns = vec![Column::text("Event"), Column::time(if years { "Year" } else { "Date" })];
    if grouped {
        columns.push(Column::text("Kind"));
    }
    let mut table = Table::new("events", columns);
    for (index, time) in keep.iter().zip(&times) {
        let (event, kind) = &history.events[*index];
        let when = if years {
            Cell { value: Value::Number(Decimal::from(*time)), shown: time.to_string() }
        } else {
            print.cell(origin + time)
        };
        let mut cells = vec![Cell::text(fill(event)), when];
        if grouped {
            cells.push(Cell::text(kind));
        }
        table.rows.push(cells);
    }
    let title = fill(rng.pick::<String>(&history.titles));
    let (first, last) = (times[0], times[times.len() - 1]);
    let subtitle = match rng.below(2) {
        0 if years => format!("{first} to {last}"),
        _ if matches!(print, Print::Day | Print::American) => civil(origin + first).0.to_string(),
        _ => String::new(),
    };
    let absent = history.events.iter().map(|(event, _)| fill(event));
    let absent = absent.filter(|event| table.rows.iter().all(|row| row[0].shown != *event)).collect();
    let words = Words {
        topic: title.clone(),
        title,
        subtitle,
        note: match rng.below(4) {
            0 => format!("Source: archive of {}", subject.town),
            _ => String::new(),
        },
        nouns: Nouns {
            row: "event".to_owned(),
            rows: "events".to_owned(),
            series: if grouped { "kind".to_owned() } else { String::new() },
            ..Nouns::default()
        },
        absent,
        formats: BTreeMap::new(),
        plan: format!(
            "{}|{}",
            history.titles[0],
            keep.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
        ),
    };
    Some(content(words, &subject, Data { tables: vec![table] }, rng))
}

/// Events in lanes over some months.
pub(super) fn strips(lanes: Count, each: Count, banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let strip = rng.pick(&banks.chronicles.strip);
    let subject = Subject::draw(banks, rng);
    let year = rng.whole(2009, 2025);
    let fill = |text: &str| {
        text.replace("{town}", &subject.town)
            .replace("{org}", &subject.organisation)
            .replace("{period}", &year.to_string())
    };
    let most = lanes.max.min(strip.lanes.len() - 1);
    let count = lanes.min.max(3) + rng.below(most - lanes.min.max(3) + 1);
    let order = rng.sample(strip.lanes.len(), strip.lanes.len());
    let names: Vec<String> = order.iter().map(|i| fill(&strip.lanes[*i])).collect();
    let span = (strip.span as f64 * rng.range(0.5, 1.0)) as i64;
    let first = day_of(year, 1, 1) + rng.whole(0, (365 - span).max(1) - 1);
    let print = Print::draw(true, rng);
    let sorted = rng.chance(0.6);
    let mut columns = vec![Column::text(capital(&strip.lane.0)), Column::time("Date")];
    if sorted {
        columns.push(Column::text("Kind"));
    }
    let mut table = Table::new("incidents", columns);
    let head = capital(&strip.event.1);
    let mut list =
        Table::new("lanes", vec![Column::text(capital(&strip.lane.0)), Column::number(head, "", true)]);
    let crowd = rng.range(4.0, 11.0);
    let format = NumberFormat::plain(0);
    for name in &names[..count] {
        let wish = crowd * libm::exp(rng.normal(0.0, 0.5));
        let events = (wish as usize).clamp(each.min.max(1), each.max.min(16));
        // Events of a lane are so far apart that each of them can be seen.
        let apart = (span as usize / 48).max(1);
        let places = span as usize / apart;
        let mut days: Vec<usize> =
            rng.sample(places, events.min(places / 2)).into_iter().map(|place| place * apart).collect();
        days.sort_unstable();
        days.iter_mut().for_each(|day| *day += rng.below(apart.div_ceil(2)));
        list.rows
            .push(vec![Cell::text(name.clone()), Cell::decimal(Decimal::from(days.len() as i64), &format)]);
        for day in days {
            let mut cells = vec![Cell::text(name.clone()), print.cell(first + day as i64)];
            if sorted {
                cells.push(Cell::text(rng.pick(&strip.kinds).clone()));
            }
            table.rows.push(cells);
        }
    }
    let title = fill(rng.pick::<String>(&strip.titles));
    let told = title.contains(&year.to_string());
    let subtitle = if told { String::new() } else { year.to_string() };
    let words = Words {
        topic: if told { title.clone() } else { format!("{title}, {year}") },
        title,
        subtitle,
        note: if rng.chance(0.25) { format!("Each mark is one {}.", strip.event.0) } else { String::new() },
        nouns: Nouns {
            row: strip.lane.0.clone(),
            rows: strip.lane.1.clone(),
            series: strip.event.0.clone(),
            series_plural: strip.event.1.clone(),
            ..Nouns::default()
        },
        absent: names[count..].to_vec(),
        formats: [((1, 1), format)].into(),
        plan: format!(
            "{}|{}|{}",
            strip.titles[0],
            names[..count].join(","),
            list.rows.iter().map(|r| r[1].shown.as_str()).collect::<Vec<_>>().join(",")
        ),
    };
    Some(content(words, &subject, Data { tables: vec![table, list] }, rng))
}
