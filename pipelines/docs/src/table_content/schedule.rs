//! Timetables of schools, plans of courses and programmes of halls: what takes place when and where.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_render::{Cell, Column, Data, Rng, Table};

use super::finish;
use crate::banks::{Banks, Plan};
use crate::content::{Content, Nouns, inside, plural};
use crate::world::Subject;

/// Something that takes place, in minutes of the day.
struct Entry {
    day: usize,
    from: i64,
    to: i64,
    name: String,
    place: String,
}

const DAYS: [&str; 6] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

pub(super) fn schedule(banks: &Banks, rng: &mut Rng) -> Option<Content> {
    let plan = rng.pick(&banks.grids.plans);
    let domain = banks.domains.iter().find(|d| d.slug == plan.domain)?;
    let subject = Subject::of(domain, banks, rng);
    let tracks = plan.form == "tracks";
    let columns: Vec<String> = if tracks {
        let count = 2 + rng.below(plan.columns.len().min(4) - 1);
        let mut picked = rng.sample(plan.columns.len(), count);
        picked.sort_unstable();
        picked.into_iter().map(|i| plan.columns[i].clone()).collect()
    } else {
        let count = if rng.chance(0.75) { 5 } else { 3 + rng.below(4) };
        let short = rng.chance(0.3);
        DAYS[..count].iter().map(|d| if short { d[..3].to_owned() } else { (*d).to_owned() }).collect()
    };
    let entries = match plan.form.as_str() {
        "school" => periods(plan, columns.len(), &[45, 45, 50, 60], 0.93, rng),
        "university" => periods(plan, columns.len(), &[90, 105, 90], 0.55, rng),
        "loose" => loose(plan, columns.len(), rng),
        _ => programme(plan, columns.len(), rng),
    };
    let distinct: BTreeSet<&str> = entries.iter().map(|e| e.name.as_str()).collect();
    if distinct.len() < 4 {
        return None;
    }
    let placed = rng.chance(0.65);
    let dotted = rng.chance(0.2);
    let clock = |minutes: i64| {
        let (hour, minute) = (minutes / 60, minutes % 60);
        if dotted { format!("{hour}.{minute:02}") } else { format!("{hour:02}:{minute:02}") }
    };
    let first = match (tracks, plan.columns.first().map(String::as_str)) {
        (true, Some(name)) if name.ends_with("stage") => "Stage",
        (true, Some(name)) if name.starts_with("Hall") => "Hall",
        (true, _) => "Room",
        (false, _) => "Day",
    };
    let heads = [first, "From", "To", plan.subject.as_str()];
    let mut table = Table::new("entries", heads.into_iter().map(Column::text).collect());
    if placed {
        table.columns.push(Column::text(plan.place.clone()));
    }
    for entry in &entries {
        let mut row: Vec<Cell> =
            [columns[entry.day].clone(), clock(entry.from), clock(entry.to), entry.name.clone()]
                .into_iter()
                .map(Cell::text)
                .collect();
        if placed {
            let none = entry.place.is_empty();
            row.push(if none { Cell::missing("") } else { Cell::text(entry.place.clone()) });
        }
        table.rows.push(row);
    }
    let list = |name: &str, column: &str, texts: Vec<String>| {
        let mut table = Table::new(name, vec![Column::text(column)]);
        table.rows = texts.into_iter().map(|t| vec![Cell::text(t)]).collect();
        table
    };
    let times: BTreeSet<i64> = entries.iter().flat_map(|e| [e.from, e.to]).collect();
    let side = [
        list("days", "day", columns.clone()),
        list("times", "time", times.into_iter().map(clock).collect()),
        list("breaks", "name", plan.breaks.clone()),
    ];
    let title = match (plan.form.as_str(), rng.below(3)) {
        ("school", 0) if plan.noun == "lesson" => {
            format!("Timetable, class {}{}", rng.whole(5, 10), rng.word(&["a", "b", "c", "d"]))
        }
        (_, 1) => format!("{}, {}", plan.name, subject.organisation),
        _ => plan.name.clone(),
    };
    let absent = plan.entries.iter().filter(|e| !distinct.contains(e.as_str())).cloned().collect();
    let nouns = Nouns {
        row: plan.noun.clone(),
        rows: plural(&plan.noun),
        measure: inside(&plan.place),
        series: inside(first),
        series_plural: plural(&inside(first)),
        label: 3,
        total: String::new(),
        ..Nouns::default()
    };
    let content = finish(banks, &subject, table, Vec::new(), title, nouns, absent, rng);
    let said: Vec<String> = entries.iter().map(|e| format!("{} {} {}", e.day, e.from, e.name)).collect();
    let mut tables = content.data.tables;
    tables.extend(side);
    Some(Content {
        topic: format!("{} of {}", plan.name, subject.organisation),
        plan: format!("{}|{}", plan.name, said.join(";")),
        data: Data { tables },
        ..content
    })
}

/// Periods of one length with breaks for everybody, and double periods between them.
fn periods(plan: &Plan, days: usize, lengths: &[i64], filled: f64, rng: &mut Rng) -> Vec<Entry> {
    let length = *rng.pick(lengths);
    let count = if length > 70 { 3 + rng.below(3) } else { 4 + rng.below(4) };
    let kinds = plan.entries.len().min(5 + rng.below(5));
    let chosen: Vec<usize> = rng.sample(plan.entries.len(), kinds);
    let places: BTreeMap<usize, usize> =
        chosen.iter().map(|&entry| (entry, rng.below(plan.places.len()))).collect();
    // Breaks stand after a third and after two thirds of the periods.
    let after: BTreeMap<usize, &String> = match &plan.breaks[..] {
        [] => BTreeMap::new(),
        [one] => BTreeMap::from([(count / 2, one)]),
        [.., small, large] => BTreeMap::from([(count.div_ceil(3), small), ((2 * count).div_ceil(3), large)]),
    };
    let mut minute = *rng.pick(&[470, 480, 480, 495, 510]);
    let mut slots: Vec<(i64, i64)> = Vec::new();
    let mut pauses: Vec<(i64, i64, &String)> = Vec::new();
    for period in 0..count {
        slots.push((minute, minute + length));
        minute += length;
        if let Some(name) = after.get(&(period + 1)).filter(|_| period + 1 < count) {
            let long = if name.as_str() == "Break" || name.as_str() == "Snack" { 20 } else { 45 };
            pauses.push((minute, minute + long, name));
            minute += long;
        }
    }
    let mut entries = Vec::new();
    for day in 0..days {
        let mut period = 0;
        let mut last = usize::MAX;
        while period < count {
            let joins = period + 1 < count && slots[period].1 == slots[period + 1].0;
            let double = joins && rng.chance(0.18);
            let end = period + usize::from(double);
            let entry = *rng.pick(&chosen);
            if entry != last && rng.chance(filled) {
                let place = if rng.chance(0.85) { places[&entry] } else { rng.below(plan.places.len()) };
                entries.push(Entry {
                    day,
                    from: slots[period].0,
                    to: slots[end].1,
                    name: plan.entries[entry].clone(),
                    place: plan.places[place].clone(),
                });
                last = entry;
            }
            period = end + 1;
        }
        for (from, to, name) in &pauses {
            entries.push(Entry { day, from: *from, to: *to, name: (*name).clone(), place: String::new() });
        }
    }
    sorted(entries)
}

/// The minute of the day at which the last thing ends at the latest.
const CLOSING: i64 = 22 * 60;

/// A few things a day, at full and half hours.
fn loose(plan: &Plan, days: usize, rng: &mut Rng) -> Vec<Entry> {
    let start = *rng.pick(&[480, 540, 600, 840, 960]);
    let span = rng.whole(8, 14);
    let step = *rng.pick(&[30, 60, 60]);
    let mut entries = Vec::new();
    for day in 0..days {
        let mut slot = rng.whole(0, 2);
        while slot < span * 30 / step + 2 {
            let long = rng.whole(1, if step == 30 { 3 } else { 2 }) + i64::from(step == 30);
            let entry = rng.pick(&plan.entries).clone();
            let again = entries.iter().any(|e: &Entry| e.day == day && e.name == entry);
            // Halls and pools close in the evening.
            let closed = start + (slot + long) * step > CLOSING;
            if rng.chance(0.62) && !again && !closed {
                entries.push(Entry {
                    day,
                    from: start + slot * step,
                    to: start + (slot + long) * step,
                    name: entry,
                    place: rng.pick(&plan.places).clone(),
                });
            }
            slot += long + rng.whole(0, 1);
        }
    }
    sorted(entries)
}

/// One day in several halls: everything once, with breaks for all.
fn programme(plan: &Plan, halls: usize, rng: &mut Rng) -> Vec<Entry> {
    let mut names = rng.sample(plan.entries.len(), plan.entries.len()).into_iter();
    let mut minute = *rng.pick(&[540, 570, 600, 780]);
    let blocks = 2 + rng.below(2);
    let mut entries = Vec::new();
    for block in 0..blocks {
        let slots = rng.whole(2, 4);
        for hall in 0..halls {
            let mut slot = 0;
            while slot < slots {
                let long = rng.whole(1, 2).min(slots - slot);
                if rng.chance(0.88)
                    && let Some(name) = names.next()
                {
                    entries.push(Entry {
                        day: hall,
                        from: minute + slot * 45,
                        to: minute + (slot + long) * 45,
                        name: plan.entries[name].clone(),
                        place: rng.pick(&plan.places).clone(),
                    });
                }
                slot += long;
            }
        }
        minute += slots * 45;
        if block + 1 < blocks {
            let name = &plan.breaks[block % plan.breaks.len()];
            let long = if name == "Lunch" { 60 } else { 30 };
            for hall in 0..halls {
                entries.push(Entry {
                    day: hall,
                    from: minute,
                    to: minute + long,
                    name: name.clone(),
                    place: String::new(),
                });
            }
            minute += long;
        }
    }
    sorted(entries)
}

fn sorted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|e| (e.day, e.from));
    entries
}
