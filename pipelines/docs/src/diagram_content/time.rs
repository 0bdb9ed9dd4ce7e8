//! Timelines, Gantt charts and kanban boards: what is done when and by whom.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};

use super::sketch::{Sketch, domain, size, texts};
use super::{people, words};
use crate::banks::Banks;

pub(super) fn timeline(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let mut sketch = match rng.below(10) {
        0..=4 => history(banks, rng),
        5..=7 => project(banks, rng),
        _ => day(banks, rng),
    }?;
    sketch.order = "ordered";
    sketch.plain = true;
    Some(sketch)
}

fn events(rows: Vec<(String, String, String)>, detailed: bool) -> Table {
    let mut columns = vec![Column::time("date"), Column::text("label")];
    if detailed {
        columns.push(Column::text("detail"));
    }
    let mut table = Table::new("events", columns);
    for (date, label, detail) in rows {
        let mut row = vec![Cell::text(date), Cell::text(label)];
        if detailed {
            row.push(if detail.is_empty() { Cell::missing("") } else { Cell::text(detail) });
        }
        table.rows.push(row);
    }
    table
}

/// What happened to an organisation over decades.
fn history(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let place = rng.pick(&banks.domains);
    let count = size(rng, 4, 6, 11);
    let culture = rng.pick(&banks.diagrams.cultures);
    let fill = |text: &str, rng: &mut Rng| {
        text.replace("{family2}", rng.pick::<String>(&culture.family).as_str())
            .replace("{family}", rng.pick::<String>(&culture.family).as_str())
            .replace("{given}", rng.pick::<String>(&culture.given_m).as_str())
            .replace("{woman}", rng.pick::<String>(&culture.given_f).as_str())
            .replace("{town}", rng.pick::<String>(&banks.towns))
    };
    let mut all: Vec<(String, String)> = Vec::new();
    let order = rng.sample(words::HISTORY.len() - 1, words::HISTORY.len() - 1);
    for index in order {
        let (label, detail) = words::HISTORY[index + 1];
        all.push((fill(label, rng), fill(detail, rng)));
    }
    let mut rest = all.split_off((count - 1).min(all.len()));
    // Nothing about the web before there was one.
    let modern = ["Website", "Solar", "Fleet"];
    // Some trades are younger than others.
    let founded = match place.slug.as_str() {
        "software" | "telecom" | "solar" | "games" | "electronics" => rng.whole(1978, 2002),
        "airport" | "radio" | "cinema" | "bus" | "gym" | "campsite" | "parking" => rng.whole(1926, 1996),
        _ => rng.whole(1880, 1996),
    };
    all.retain(|(label, _)| founded > 1960 || !modern.iter().any(|m| label.starts_with(m)));
    while all.len() < count - 1 && !rest.is_empty() {
        let next = rest.remove(0);
        if !modern.iter().any(|m| next.0.starts_with(m)) {
            all.push(next);
        }
    }
    let (label, detail) = words::HISTORY[0];
    let mut rows = vec![(founded, fill(label, rng), fill(detail, rng))];
    let mut year = founded;
    let step = ((2024 - founded) / count as i64).max(2);
    for (label, detail) in all {
        year += rng.whole(1, step.max(2) * 3 / 2);
        if year > 2025 {
            break;
        }
        let first_possible = if modern.iter().any(|m| label.starts_with(m)) {
            1998
        } else if label == "First computer" {
            1972
        } else {
            0
        };
        if year < first_possible {
            continue;
        }
        rows.push((year, label, detail));
    }
    let detailed = rng.chance(0.5);
    let table = events(rows.into_iter().map(|(y, l, d)| (y.to_string(), l, d)).collect(), detailed);
    let name = match rng.below(3) {
        0 => format!("History of {}", people::organisation(Some(place), banks, rng)),
        1 => "Our history".to_owned(),
        _ => format!("Milestones since {founded}"),
    };
    let others = rest.into_iter().map(|r| r.0).collect();
    Some(Sketch { others, housed: true, ..Sketch::new(name, &place.slug, "event", vec![table]) })
}

/// The steps of a project with dates.
fn project(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let project = rng.pick(words::PROJECTS);
    let (title, slug) = (project.title.to_owned(), project.domain.to_owned());
    let mut tasks: Vec<String> = project.phases.iter().flat_map(|p| p.1).map(|t| (*t).to_owned()).collect();
    let count = size(rng, 4, 6, 11);
    let mut others = thinned(&mut tasks, count, rng);
    others.extend(elsewhere(project.title));
    let (year, mut day) = (rng.whole(2012, 2026), rng.whole(0, 200));
    let form = rng.below(5);
    let detailed = rng.chance(0.35);
    let staff = people::names(banks, rng, 3);
    let mut rows = Vec::new();
    let wide = if form == 3 { 31 } else { 4 };
    for task in tasks {
        let (year, month, number) = people::date(year, day);
        let name = people::MONTHS[month];
        let date = match form {
            0 => format!("{number} {name}"),
            1 => format!("{year}-{:02}-{number:02}", month + 1),
            2 => format!("{} {number}, {year}", &name[..3]),
            3 => format!("{name} {year}"),
            _ => format!("{number:02}.{:02}.{year}", month + 1),
        };
        let detail = match rng.below(3) {
            0 if !staff.is_empty() => format!("Led by {}.", rng.pick(&staff)),
            1 => format!("Takes {} days.", rng.whole(2, 20)),
            _ => String::new(),
        };
        rows.push((date, task, detail));
        day += rng.whole(wide, wide * 2 + 8);
    }
    let detailed = detailed && rows.iter().any(|r| !r.2.is_empty());
    let name = match rng.below(3) {
        0 => format!("{title}: dates"),
        1 => format!("Schedule for {}", crate::content::inside(&title)),
        _ => title,
    };
    Some(Sketch { others, ..Sketch::new(name, &slug, "event", vec![events(rows, detailed)]) })
}

/// One day with times.
fn day(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let (title, slug, programme) = *rng.pick(words::DAYS);
    let mut tasks: Vec<String> = programme.iter().map(|t| (*t).to_owned()).collect();
    let count = size(rng, 4, 6, 11);
    let mut others = thinned(&mut tasks, count, rng);
    others.extend(words::DAYS.iter().filter(|d| d.0 != title).flat_map(|d| d.2).map(|t| (*t).to_owned()));
    // Bakers begin in the night, those who look at stars in the evening.
    let hour = match slug {
        "bakery" => rng.whole(3, 4),
        "astronomy" => rng.whole(18, 19),
        _ => rng.whole(6, 10),
    };
    let mut minute = hour * 60 + rng.whole(0, 3) * 15;
    // The fuller the programme, the closer together; it ends before midnight.
    let (most, grid) = if tasks.len() < 9 { (6, 15) } else { (4, *rng.pick(&[10, 15])) };
    let mut rows = Vec::new();
    for task in tasks {
        rows.push((format!("{:02}:{:02}", minute / 60 % 24, minute % 60), task, String::new()));
        minute += rng.whole(1, most) * grid;
    }
    let name = match rng.below(3) {
        0 => format!("{title}: programme"),
        1 => format!("{title}, hour by hour"),
        _ => title.to_owned(),
    };
    let domain = domain(banks, slug, rng).slug.clone();
    Some(Sketch { others, ..Sketch::new(name, &domain, "event", vec![events(rows, false)]) })
}

/// Tasks of all other projects.
fn elsewhere(title: &str) -> impl Iterator<Item = String> + '_ {
    let others = words::PROJECTS.iter().filter(move |p| p.title != title);
    others.flat_map(|p| p.phases).flat_map(|p| p.1).map(|t| (*t).to_owned())
}

/// Leaves out tasks until `count` remain, in their order; gives those left out.
fn thinned(tasks: &mut Vec<String>, count: usize, rng: &mut Rng) -> Vec<String> {
    let mut gone = Vec::new();
    while tasks.len() > count {
        gone.push(tasks.remove(rng.below(tasks.len())));
    }
    gone
}

pub(super) fn gantt(rng: &mut Rng) -> Option<Sketch> {
    let goal = size(rng, 4, 8, 18);
    let mut others = Vec::new();
    let project = rng.pick(words::PROJECTS);
    let (title, slug) = (project.title.to_owned(), project.domain.to_owned());
    let all = project.phases.iter().flat_map(|(phase, list)| list.iter().map(move |t| (*t, *phase)));
    let mut tasks: Vec<(String, String)> =
        all.map(|(task, phase)| (task.to_owned(), phase.to_owned())).collect();
    while tasks.len() > goal {
        others.push(tasks.remove(rng.below(tasks.len())).0);
    }
    others.extend(elsewhere(project.title));
    let dated = rng.chance(0.3);
    // Dates are not printed at the bars, so there must be something else to read.
    let grouped = dated || rng.chance(0.6);
    let (unit, pace): (&str, i64) =
        if dated { ("day", 9) } else { *rng.pick(&[("week", 3), ("week", 3), ("week", 2), ("day", 4)]) };
    let year = rng.whole(2015, 2026);
    let origin = rng.whole(0, 120);
    let first = 1;
    // Begin and end of the task before, and the last end of all.
    let (mut begun, mut ended, mut done) = (first, first, first);
    let mut phase = String::new();
    let column = |name: &str| match dated {
        true => Column::time(name),
        false => Column::number(name, unit, false),
    };
    let mut columns = vec![Column::text("label"), column("start"), column("end")];
    if grouped {
        columns.push(Column::text("group"));
    }
    let mut table = Table::new("tasks", columns);
    let format = NumberFormat { group: None, ..NumberFormat::plain(0) };
    let cell = |at: i64| match dated {
        true => {
            let (year, month, day) = people::date(year, origin + at);
            Cell::text(format!("{year}-{:02}-{day:02}", month + 1))
        }
        false => Cell::number(at as f64, &format),
    };
    for (label, group) in tasks {
        // A task of the same phase needs what the one before it has made; the next phase may begin while the last
        // task still runs out.
        let start = match group == phase {
            true => ended + i64::from(rng.chance(0.25)),
            false => rng.whole((begun + done + 1) / 2, done),
        };
        let end = start + rng.whole(1, pace + 2);
        (begun, ended, done) = (start, end, done.max(end));
        phase.clone_from(&group);
        let mut row = vec![Cell::text(label), cell(start), cell(end)];
        if grouped {
            row.push(Cell::text(group));
        }
        table.rows.push(row);
    }
    if grouped {
        // Tasks of one group stand together, the groups in the order in which they begin.
        let begun: Vec<String> = table.texts(3).into_iter().map(str::to_owned).collect();
        table.rows.sort_by_key(|row| begun.iter().position(|g| *g == row[3].shown));
    }
    let name = match rng.below(4) {
        0 => format!("{title}: project plan"),
        1 => format!("{title}: schedule"),
        2 => format!("{title} {year}"),
        _ => title,
    };
    let formats = match dated {
        true => Vec::new(),
        false => vec![((0, 1), format.clone()), ((0, 2), format.clone())],
    };
    Some(Sketch {
        formats,
        measure: if grouped { "phase" } else { "" },
        others,
        plain: true,
        ..Sketch::new(name, &slug, "task", vec![table])
    })
}

pub(super) fn kanban(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let lanes = *rng.pick(words::BOARDS);
    // The tasks of a project follow each other; ideas do not.
    let planned = rng.chance(0.65);
    let (title, slug, pool): (String, String, Vec<String>) = if planned {
        let project = rng.pick(words::PROJECTS);
        let tasks = project.phases.iter().flat_map(|p| p.1).map(|t| (*t).to_owned());
        (project.title.to_owned(), project.domain.to_owned(), tasks.collect())
    } else {
        let place = rng.pick(&banks.domains);
        let title = format!("{}: plans and ideas", place.name);
        (title, place.slug.clone(), words::ideas(&place.slug))
    };
    let goal = size(rng, 4, 8, 20).min(pool.len() - 1);
    let mut used = rng.sample(pool.len(), pool.len());
    let left = used.split_off(goal);
    let weights: Vec<f64> = lanes.iter().map(|_| rng.range(0.6, 1.4)).collect();
    let mut filled: Vec<usize> =
        (0..goal).map(|index| if index < lanes.len() { index } else { rng.weighted(&weights) }).collect();
    filled.sort_unstable();
    if planned {
        // From the first column to the last stand the steps from late to early: nothing is done before what it needs.
        used.sort_unstable();
        used.reverse();
    }
    let placed = filled.into_iter().zip(used.iter().map(|&task| pool[task].clone()));
    let crew = 2 + rng.below(4);
    let crew = people::given(banks, rng, crew);
    let detail = rng.below(4);
    let points = [1, 2, 3, 5, 8];
    // What is done was due before what is not; all of it within a few months.
    let (year, mut day) = (rng.whole(2015, 2026), rng.whole(0, 240));
    let step = (90 / goal.max(1) as i64).clamp(3, 12);
    let mut due: Vec<i64> = Vec::new();
    for _ in 0..goal {
        day += rng.whole(1, step);
        due.push(day);
    }
    let ends_done = lanes.last().is_some_and(|l| *l != "Later");
    let rows: Vec<Vec<String>> = placed
        .enumerate()
        .map(|(index, (lane, card))| {
            let mut row = vec![card, lanes[lane].to_owned()];
            match detail {
                0 => row.push(rng.pick(&crew).clone()),
                1 => row.push(format!("{} points", rng.pick(&points[1..]))),
                2 => {
                    let at = if ends_done { due[goal - 1 - index] } else { due[index] };
                    let (_, month, number) = people::date(year, at);
                    row.push(format!("due {number} {}", people::MONTHS[month]));
                }
                _ => {}
            }
            row
        })
        .collect();
    let columns: &[&str] = if detail < 3 { &["label", "lane", "detail"] } else { &["label", "lane"] };
    let others = left.iter().map(|&t| pool[t].clone()).collect();
    let measure = ["person", "estimate", "due date", ""][detail];
    let domain = domain(banks, &slug, rng);
    Some(Sketch {
        measure,
        others,
        plain: true,
        ..Sketch::new(title, &domain.slug, "card", vec![texts("nodes", columns, rows)])
    })
}
