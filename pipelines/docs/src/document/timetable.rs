//! Timetables: departures of a line at its stops, the minutes of each hour at one stop, or a line with its running times.

use jiff::ToSpan as _;
use jiff::civil::{Date, Time, time};
use pixmo_render::{Cell, Column};

use super::desk::{Desk, Draft};
use super::locale::month_year;
use super::markup::{Expr, bold, display, grid, inline, note, rule, show, small, space, stack, text};
use super::pieces::{Lines, col, table};
use super::sheet::{Field, Sheet};

/// What runs, what its stops are called, how its lines are numbered, and how long it takes from one stop to the next.
struct Means {
    name: &'static str,
    stop: &'static [&'static str],
    prefix: &'static str,
    lines: i64,
    leap: (i64, i64),
    stops: &'static [&'static str],
}

const STREETS: [&str; 20] = [
    "Central Station",
    "Market Square",
    "Town Hall",
    "Hospital",
    "University",
    "Harbour",
    "Stadium",
    "Old Bridge",
    "Library",
    "Museum",
    "North Gate",
    "Park Street",
    "Brewery",
    "Cemetery",
    "Swimming Pool",
    "Mill Lane",
    "Fairground",
    "Waterworks",
    "South Depot",
    "Garden City",
];
const PIERS: [&str; 12] = [
    "Old Harbour",
    "Fish Quay",
    "Lighthouse Point",
    "Castle Island",
    "North Pier",
    "Customs House",
    "Shipyard",
    "Sandy Bay",
    "Marina",
    "South Mole",
    "Ferry Inn",
    "Heron Island",
];
const MEANS: [Means; 4] = [
    Means {
        name: "Bus",
        stop: &["Stop", "Stop name"],
        prefix: "",
        lines: 390,
        leap: (2, 7),
        stops: &STREETS,
    },
    Means {
        name: "Tram",
        stop: &["Stop", "Stop name"],
        prefix: "",
        lines: 28,
        leap: (2, 5),
        stops: &STREETS,
    },
    Means {
        name: "Ferry",
        stop: &["Pier", "Landing stage"],
        prefix: "F",
        lines: 9,
        leap: (6, 25),
        stops: &PIERS,
    },
    Means { name: "Train", stop: &["Station"], prefix: "R", lines: 90, leap: (4, 14), stops: &[] },
];

/// What stands above and below every timetable.
struct Head {
    line: Field,
    way: Field,
    firm: Field,
    days: Option<Field>,
    valid: Field,
    /// The day from which it is valid.
    from: Date,
    fare: Field,
}

/// Writes a timetable.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let means = desk.rng.pick(&MEANS);
    let town = desk.town();
    let stops = stops(desk, means);
    match desk.rng.below(5) {
        0 => hours(desk, means, &town, &stops),
        1 => strip(desk, means, &town, &stops),
        _ => trips(desk, means, &town, &stops),
    }
}

/// Different stops, with two towns among those of a town.
fn stops(desk: &mut Desk<'_>, means: &Means) -> Vec<String> {
    let count = desk.rng.whole(6, 11) as usize;
    let mut names: Vec<String> = desk
        .rng
        .sample(means.stops.len(), count.min(means.stops.len()))
        .into_iter()
        .map(|index| means.stops[index].to_owned())
        .collect();
    let towns = if names.is_empty() { count } else { 2 };
    let mut tries = 0;
    for index in 0..towns {
        let mut town = desk.town();
        while names.contains(&town) && tries < 60 {
            town = desk.town();
            tries += 1;
        }
        if means.stops.is_empty() {
            names.push(town);
        } else {
            names[index * 3 + 1] = town;
        }
    }
    names.dedup();
    names
}

fn head_fields(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    means: &Means,
    way: &str,
    town: &str,
    one: bool,
) -> Head {
    let place = desk.place.clone();
    let number = desk.rng.whole(1, means.lines);
    let line = sheet.field("Line", &format!("{} {}{number}", means.name, means.prefix));
    let way = sheet.field("Direction", way);
    let firm = sheet
        .field("Operator", &format!("{town} {}", desk.any(&["Transport", "Transit", "Lines", "Mobility"])));
    let days = one.then(|| {
        sheet.field(
            desk.any(&["Runs", "Days", "Service"]),
            desk.any(&["Monday to Friday", "Saturdays", "Sundays and holidays", "daily", "school days"]),
        )
    });
    let from = desk.day();
    let valid = sheet.field("Valid from", &place.date(from));
    let fare = place.fee(desk.rng.range(1.4, 6.5));
    let fare = sheet.field(desk.any(&["Single fare", "Ticket", "Fare"]), &place.money.print(fare));
    Head { line, way, firm, days, valid, from, fare }
}

/// The items are the stops, their columns the trips.
fn trips(desk: &mut Desk<'_>, means: &Means, town: &str, names: &[String]) -> Draft {
    let place = desk.place.clone();
    let trips = desk.rng.whole(4, 7) as usize;
    let mut columns = vec![(Column::text(desk.any(means.stop)), None)];
    let first_trip = desk.rng.whole(1, 60) * 2 + 1;
    columns.extend((0..trips).map(|trip| (Column::time((first_trip + 2 * trip as i64).to_string()), None)));
    let mut sheet = Sheet::with_items(columns);
    sheet.call("stop", "stops");
    let mut starts: Vec<Time> = Vec::new();
    let mut at = time(desk.rng.whole(5, 10) as i8, desk.rng.whole(0, 59) as i8, 0, 0);
    let beat = desk.rng.whole(2, 9) * 5;
    for _ in 0..trips {
        starts.push(at);
        let wait = if desk.rng.chance(0.8) { beat } else { beat + desk.rng.whole(1, 4) * 5 };
        at = at.wrapping_add(wait.minutes());
    }
    let leaps: Vec<i64> = names.iter().map(|_| desk.rng.whole(means.leap.0, means.leap.1)).collect();
    let express = desk.rng.chance(0.4).then(|| desk.rng.below(trips));
    let mut offset = 0;
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            offset += leaps[index];
        }
        let mut cells = vec![Cell::text(name)];
        for (trip, start) in starts.iter().enumerate() {
            let skipped = express == Some(trip) && index % 2 == 1 && index + 1 < names.len();
            let when = place.time(start.wrapping_add(offset.minutes()));
            cells.push(if skipped { Cell::missing("–") } else { Cell::text(short(&when)) });
        }
        sheet.item(cells);
    }
    let way = format!("{} – {}", names[0], names[names.len() - 1]);
    let head = head_fields(desk, &mut sheet, means, &way, town, true);
    desk.paper.width = (250.0 + 70.0 * trips as f64).clamp(580.0, 820.0);
    let mut out = String::new();
    let form = head_lines(desk, &sheet, &head, &mut out);
    let lines = Lines::draw(&mut desk.style);
    let mut cols = vec![col(0, "auto", "left")];
    cols.extend((1..=trips).map(|trip| col(trip, "1fr", "right")));
    show(&mut out, &table(&sheet, &cols, lines, desk.style.range(4.5, 7.0)));
    space(&mut out, 4.0);
    let remark = match express {
        Some(_) => "–  does not stop here.  Column heads are trip numbers.",
        None => "Column heads are trip numbers.",
    };
    show(&mut out, &note(remark));
    finish(sheet, out, &head, format!("timetable-{form}/{}", lines.name()))
}

/// The sheet that hangs at one stop: hours down, days across, minutes in the cells.
fn hours(desk: &mut Desk<'_>, means: &Means, town: &str, names: &[String]) -> Draft {
    let days: &[&str] = match desk.rng.below(3) {
        0 => &["Monday to Friday", "Saturday", "Sunday"],
        1 => &["Monday to Friday", "Saturday and Sunday"],
        _ => &["Working days", "Saturday", "Sundays and holidays"],
    };
    let mut columns = vec![(Column::text("Hour"), None)];
    columns.extend(days.iter().map(|day| (Column::text(*day), None)));
    let mut sheet = Sheet::with_items(columns);
    sheet.call("hour", "hours");
    let thing = means.name.to_lowercase();
    for (index, day) in days.iter().enumerate() {
        sheet.ask(
            index + 1,
            &[
                &format!("Which minutes are given for the hour {{label}} under “{day}”?"),
                &format!("At which minutes of the hour {{label}} does a {thing} leave, under “{day}”?"),
            ],
        );
    }
    let first = desk.rng.whole(5, 7);
    let last = first + desk.rng.whole(7, 13);
    let start = desk.rng.whole(0, 9);
    // The beat of each kind of day; weekends are thinner and begin later.
    let mut beats = vec![*desk.rng.pick(&[10, 12, 15, 20])];
    for _ in 1..days.len() {
        beats.push(*desk.rng.pick(&[20, 30, 60]));
    }
    beats.sort_unstable();
    for hour in first..=last {
        let mut cells = vec![Cell::text(format!("{hour:02}"))];
        for (index, beat) in beats.iter().enumerate() {
            let quiet = hour == first || hour + 2 > last;
            let beat = if quiet { (*beat * 2).min(60) } else { *beat };
            let minutes: Vec<String> = (0..60 / beat)
                .map(|n| format!("{:02}", (start + 3 * index as i64) % beat + n * beat))
                .collect();
            let none = index > 0 && hour < first + 1 + index as i64;
            cells.push(if none { Cell::missing("–") } else { Cell::text(minutes.join(" ")) });
        }
        sheet.item(cells);
    }
    let way = format!("{} – {}", names[0], names[names.len() - 1]);
    let head = head_fields(desk, &mut sheet, means, &way, town, false);
    let here = sheet.field("Departures from", &names[desk.rng.below(names.len() - 1)]);
    desk.paper.width = desk.style.range(560.0, 700.0).round();
    let mut out = String::new();
    let form = head_lines(desk, &sheet, &head, &mut out);
    let place = inline(&[small(&sheet.name(here)), text("  "), bold(&sheet.value(here))]);
    show(&mut out, &format!("text(size: 1.15em, {place})"));
    let manner = desk.style.below(2);
    let mut cells: Vec<Expr> =
        (0..=days.len()).map(|column| bold(&format!("text(fill: onac, {})", sheet.head(column)))).collect();
    for row in 0..sheet.len() {
        cells.push(bold(&sheet.cell(row, 0)));
        cells.extend((1..=days.len()).map(|column| sheet.cell(row, column)));
    }
    let widths = format!("auto, {}", vec!["1fr"; days.len()].join(", "));
    let look = match manner {
        0 => "fill: (x, y) => if y == 0 { ac } else if calc.even(y) { tint }, ",
        _ => "fill: (x, y) => if y == 0 { ac } else if x == 0 { tint }, stroke: 0.8pt + rule-c, ",
    };
    show(
        &mut out,
        &format!(
            "grid(columns: ({widths}), align: left, {look}inset: (x: 10pt, y: 5.5pt), {})",
            cells.join(", ")
        ),
    );
    space(&mut out, 2.0);
    show(&mut out, &note("Times may change on public holidays."));
    finish(sheet, out, &head, format!("timetable-{form}/hours-{manner}"))
}

/// The line as a string of stops with the minutes from the first one.
fn strip(desk: &mut Desk<'_>, means: &Means, town: &str, names: &[String]) -> Draft {
    let place = desk.place.clone();
    let minutes = desk.any(&["Minutes", "Travel time (min)", "Minutes from the start"]);
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(means.stop)), None),
        (Column::number(minutes, "min", false), Some(place.number(0, ""))),
        (Column::text("Zone"), None),
    ]);
    sheet.call("stop", "stops");
    sheet.ask(
        1,
        &[
            "How many minutes does it take from the first stop to {label}?",
            "After how many minutes is {label} reached?",
        ],
    );
    sheet.ask(2, &["In which zone is {label}?", "Which zone is given for {label}?"]);
    let mut at = 0;
    let mut zone = 1;
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            at += desk.rng.whole(means.leap.0, means.leap.1);
            zone += i64::from(desk.rng.chance(0.3));
        }
        let cells = vec![Cell::text(name), sheet.number(1, at.into()), Cell::text(zone.to_string())];
        sheet.item(cells);
    }
    let way = format!("{} – {}", names[0], names[names.len() - 1]);
    let head = head_fields(desk, &mut sheet, means, &way, town, true);
    let first = time(desk.rng.whole(5, 7) as i8, desk.rng.whole(0, 11) as i8 * 5, 0, 0);
    let last = time(desk.rng.whole(20, 23) as i8, desk.rng.whole(0, 11) as i8 * 5, 0, 0);
    let facts = [
        sheet.field("First departure", &place.time(first)),
        sheet.field("Last departure", &place.time(last)),
        sheet.field("Every", &format!("{} min", *desk.rng.pick(&[10, 15, 20, 30, 40, 60]))),
    ];
    desk.paper.width = desk.style.range(520.0, 640.0).round();
    let mut out = String::new();
    let form = head_lines(desk, &sheet, &head, &mut out);
    let pair = |f: Field| stack(6.0, &[small(&sheet.name(f)), bold(&sheet.value(f))]);
    show(&mut out, &grid("1fr, 1fr, 1fr", "left", (12.0, 0.0), &facts.map(pair)));
    space(&mut out, 8.0);
    let mut cells: Vec<Expr> =
        vec![small(&sheet.head(1)), "[]".to_owned(), small(&sheet.head(0)), small(&sheet.head(2))];
    cells.push("grid.cell(colspan: 4, v(4pt))".to_owned());
    let last = sheet.len() - 1;
    for row in 0..sheet.len() {
        // The line runs from the first dot to the last one.
        let (down, up) = (if row == last { 11.5 } else { 23.0 }, if row == 0 { 11.5 } else { 0.0 });
        let line = format!(
            "place(dx: 6pt, dy: {up:.1}pt, line(angle: 90deg, length: {:.1}pt, stroke: 4pt + ac))",
            down - up
        );
        let dot = "place(dx: -1pt, dy: 4.5pt, circle(radius: 7pt, fill: white, stroke: 3pt + ac))";
        let end = row == 0 || row == last;
        let name = if end { bold(&sheet.cell(row, 0)) } else { sheet.cell(row, 0) };
        cells.extend([
            format!("box(height: 23pt, align(horizon, {}))", bold(&sheet.cell(row, 1))),
            format!("box(width: 14pt, height: 23pt, {{ {line}\n {dot} }})"),
            format!("box(height: 23pt, align(horizon, {name}))"),
            format!("box(height: 23pt, align(horizon, {}))", small(&sheet.cell(row, 2))),
        ]);
    }
    show(&mut out, &grid("auto, auto, 1fr, auto", "(right, center, left, right)", (15.0, 0.0), &cells));
    space(&mut out, 4.0);
    if matches!(means.name, "Bus" | "Tram") {
        show(&mut out, &note("Running times may be longer in heavy traffic."));
    }
    finish(sheet, out, &head, format!("timetable-{form}/strip"))
}

/// The number of the line, where it runs and who runs it; below it days, validity and fare.
fn head_lines(desk: &mut Desk<'_>, sheet: &Sheet, head: &Head, out: &mut String) -> usize {
    desk.paper.margin = (40.0, 38.0);
    let form = desk.style.below(3);
    let (x, y) = desk.paper.margin;
    let number = sheet.value_as(head.line, "title");
    let (way, firm) = (sheet.value(head.way), sheet.value(head.firm));
    match form {
        0 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {}))\n\n",
            grid("auto, 1fr, auto", "left + horizon", (16.0, 0.0), &[display(2.0, &number), way, firm])
        )),
        1 => {
            let badge = format!(
                "box(fill: ac, inset: (x: 12pt, y: 9pt), radius: 6pt, text(fill: onac, {}))",
                display(1.5, &number)
            );
            let names = stack(8.0, &[bold(&format!("text(size: 1.25em, {way})")), small(&firm)]);
            show(out, &grid("auto, 1fr", "left + horizon", (15.0, 0.0), &[badge, names]));
        }
        _ => {
            show(out, &small(&firm));
            show(out, &display(2.0, &number));
            show(out, &way);
            show(out, &rule("2pt + ac"));
        }
    }
    space(out, 8.0);
    let pair = |f: Field| inline(&[small(&sheet.name(f)), text(" "), bold(&sheet.value(f))]);
    let mut cells = Vec::new();
    for field in head.days.into_iter().chain([head.valid, head.fare]) {
        if !cells.is_empty() {
            cells.push("[]".to_owned());
        }
        cells.push(pair(field));
    }
    let widths = if cells.len() > 3 { "auto, 1fr, auto, 1fr, auto" } else { "auto, 1fr, auto" };
    show(out, &grid(widths, "left", (6.0, 0.0), &cells));
    space(out, 8.0);
    form
}

fn finish(sheet: Sheet, out: String, head: &Head, design: String) -> Draft {
    let topic = format!(
        "timetable of {} {} ({})",
        sheet.shown(head.line).to_lowercase(),
        sheet.shown(head.way),
        month_year(head.from)
    );
    Draft { sheet, body: out, topic, persona: "a passenger at the stop".to_owned(), design }
}

/// `6:30 am` as `6:30a`, as narrow columns print it.
fn short(time: &str) -> String {
    time.replace(" am", "a").replace(" pm", "p")
}
