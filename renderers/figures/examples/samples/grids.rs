//! Tables with merged cells, pivots, laboratory results, schedules and calendars.

use pixmo_render::Rng;
use pixmo_render::data::{Cell, Column, NumberFormat, Table};

use super::{GOODS, PLACES};

const REGIONS: &[(&str, &[&str])] = &[
    ("Northern district", &["Upper valley", "Lake shore", "Moorland parishes"]),
    ("Harbour side", &["Old port", "Container quay"]),
    ("South", &["Vineyards", "Market towns", "Salt marsh"]),
];

/// Two or three levels of names, each name printed once.
pub(super) fn merged(rng: &mut Rng) -> Table {
    let deep = rng.chance(0.5);
    let levels = rng.chance(0.5);
    let mut columns = vec![Column::text("Region")];
    if deep {
        columns.push(Column::text("District"));
    }
    columns.push(Column::text("Place"));
    for group in ["2022", "2023"] {
        for name in ["Visitors", "Overnight stays"] {
            let name = if levels { format!("{group}|{name}") } else { format!("{name} {group}") };
            columns.push(Column::number(name, "", true));
        }
    }
    let mut table = Table::new("observations", columns);
    let mut places = rng.sample(PLACES.len(), PLACES.len()).into_iter();
    for (region, districts) in REGIONS {
        for district in &districts[..rng.whole(1, districts.len() as i64) as usize] {
            for place in places.by_ref().take(rng.whole(1, 3) as usize) {
                let mut row = vec![Cell::text(*region)];
                if deep {
                    row.push(Cell::text(*district));
                }
                row.push(Cell::text(PLACES[place]));
                row.extend((0..4).map(|_| Cell::number(rng.range(120.0, 48_000.0), &NumberFormat::plain(0))));
                table.rows.push(row);
            }
        }
    }
    table
}

/// Sums by article and quarter, with totals at the right and below.
pub(super) fn pivot(rng: &mut Rng, side: &mut Vec<Table>) -> Table {
    let grouped = rng.chance(0.4);
    let quarters = ["Q1", "Q2", "Q3", "Q4"];
    let mut columns = if grouped { vec![Column::text("Region")] } else { Vec::new() };
    columns.push(Column::text("Article"));
    columns.extend(quarters.map(|q| Column::number(q, "", true)));
    columns.push(Column::number("Grand total", "", true));
    let mut table = Table::new("observations", columns);
    let plain = NumberFormat::plain(0);
    let mut sums = [0.0f64; 5];
    for (index, article) in rng.sample(GOODS.len(), rng.clone().whole(4, 10) as usize).into_iter().enumerate()
    {
        let mut row = if grouped { vec![Cell::text(REGIONS[index / 4].0)] } else { Vec::new() };
        row.push(Cell::text(GOODS[article]));
        let values: Vec<f64> = quarters.iter().map(|_| rng.range(10.0, 2400.0).round()).collect();
        let total = values.iter().sum::<f64>();
        sums.iter_mut().zip(values.iter().chain([&total])).for_each(|(s, v)| *s += v);
        row.extend(values.iter().chain([&total]).map(|v| Cell::number(*v, &plain)));
        table.rows.push(row);
    }
    let mut row = if grouped { vec![Cell::missing("")] } else { Vec::new() };
    row.push(Cell::text("Grand total"));
    row.extend(sums.map(|s| Cell::number(s, &plain)));
    table.rows.push(row);
    let mut about = Table::new("pivot", vec![Column::text("measure"), Column::text("columns")]);
    about.rows.push(vec![Cell::text("Sum of pieces sold"), Cell::text("Quarter")]);
    side.push(about);
    table
}

/// Test, lowest and highest usual value, unit, decimals.
const TESTS: &[(&str, &str, f64, f64, &str, u32)] = &[
    ("Blood count", "Haemoglobin", 12.0, 16.0, "g/dl", 1),
    ("Blood count", "White cells", 4.0, 10.0, "G/l", 1),
    ("Blood count", "Platelets", 150.0, 400.0, "G/l", 0),
    ("Blood count", "Mean corpuscular volume", 80.0, 96.0, "fl", 0),
    ("Electrolytes", "Sodium", 135.0, 145.0, "mmol/l", 0),
    ("Electrolytes", "Potassium", 3.5, 5.1, "mmol/l", 1),
    ("Electrolytes", "Calcium", 2.2, 2.6, "mmol/l", 2),
    ("Liver", "Alanine aminotransferase", 7.0, 45.0, "U/l", 0),
    ("Liver", "Bilirubin, total", 0.2, 1.1, "mg/dl", 1),
];

/// Results, some of them outside of their range.
pub(super) fn lab(rng: &mut Rng, side: &mut Vec<Table>) -> Table {
    let panels = rng.chance(0.5);
    let mut columns = if panels { vec![Column::text("Panel")] } else { Vec::new() };
    columns.push(Column::text("Test"));
    columns.push(Column::number("Result", "", false));
    columns.extend(["Unit", "Reference", "Flag"].map(Column::text));
    let mut table = Table::new("observations", columns);
    let ends =
        vec![Column::text("test"), Column::number("low", "", false), Column::number("high", "", false)];
    let mut limits = Table::new("limits", ends);
    for (panel, test, low, high, unit, decimals) in TESTS {
        let format = NumberFormat::plain(*decimals);
        let value = rng.range(low * 0.85, high * 1.15);
        let (low, high) = (Cell::number(*low, &format), Cell::number(*high, &format));
        let result = Cell::number(value, &format);
        let mut row = if panels { vec![Cell::text(*panel)] } else { Vec::new() };
        row.push(Cell::text(*test));
        let flag = match () {
            () if result.as_decimal() > high.as_decimal() => Cell::text("H"),
            () if result.as_decimal() < low.as_decimal() => Cell::text("L"),
            () => Cell::missing(""),
        };
        row.push(result);
        row.push(Cell::text(*unit));
        row.push(Cell::text(format!("{}–{}", low.shown, high.shown)));
        row.push(flag);
        table.rows.push(row);
        limits.rows.push(vec![Cell::text(*test), low, high]);
    }
    side.push(limits);
    table
}

fn names(name: &str, column: &str, texts: impl IntoIterator<Item = String>) -> Table {
    let mut table = Table::new(name, vec![Column::text(column)]);
    table.rows = texts.into_iter().map(|t| vec![Cell::text(t)]).collect();
    table
}

/// A week of lessons with a break, double lessons and free hours.
pub(super) fn schedule(rng: &mut Rng, side: &mut Vec<Table>) -> Table {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
    let count = rng.whole(3, 5) as usize;
    let subjects = ["Mathematics", "History", "Physical education", "Art", "Chemistry", "English literature"];
    let clock = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let length = *rng.pick(&[45, 50, 60]);
    let periods = rng.whole(4, 7) as usize;
    let places = rng.chance(0.6);
    let times: Vec<String> = (0..=periods as i64).map(|p| clock(480 + p * length)).collect();
    let mut columns =
        vec![Column::text("Day"), Column::text("From"), Column::text("To"), Column::text("Subject")];
    if places {
        columns.push(Column::text("Room"));
    }
    let mut table = Table::new("entries", columns);
    for day in &days[..count] {
        let mut period = 0;
        while period < periods {
            let rest = period == periods / 2;
            let double = !rest && period + 1 != periods / 2 && period + 1 < periods && rng.chance(0.25);
            let end = period + if double { 2 } else { 1 };
            if rest || rng.chance(0.85) {
                let name = if rest { "Break" } else { *rng.pick(&subjects) };
                let mut row: Vec<Cell> =
                    [*day, &times[period], &times[end], name].into_iter().map(Cell::text).collect();
                if places {
                    let room = || Cell::text(format!("Room {}", 100 + period * 7));
                    row.push(if rest { Cell::missing("") } else { room() });
                }
                table.rows.push(row);
            }
            period = end;
        }
    }
    side.push(names("days", "day", days[..count].iter().map(|d| (*d).to_owned())));
    side.push(names("times", "time", times));
    table
}

/// A month with events.
pub(super) fn month(rng: &mut Rng, side: &mut Vec<Table>) -> Table {
    let long = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let short = rng.chance(0.5);
    let mut weekdays: Vec<String> =
        long.iter().map(|d| if short { d[..3].to_owned() } else { (*d).to_owned() }).collect();
    if rng.chance(0.4) {
        weekdays.rotate_right(1);
    }
    let weeks = rng.chance(0.3);
    let plain = NumberFormat::plain(0);
    let mut columns = vec![Column::text("Weekday")];
    if weeks {
        columns.push(Column::text("Week"));
    }
    columns.push(Column::number("Day", "", false));
    let mut table = Table::new("days", columns);
    let first = rng.below(7);
    for day in 0..rng.whole(28, 31) {
        let place = first + day as usize;
        let mut row = vec![Cell::text(weekdays[place % 7].clone())];
        if weeks {
            row.push(Cell::text((9 + place / 7).to_string()));
        }
        row.push(Cell::number(day as f64 + 1.0, &plain));
        table.rows.push(row);
    }
    let columns = vec![
        Column::text("weekday"),
        Column::number("day", "", false),
        Column::text("event"),
        Column::text("time"),
    ];
    let mut events = Table::new("events", columns);
    let texts =
        ["Choir practice", "Board meeting", "Stocktaking", "Lecture on medieval bookbinding", "Dentist"];
    let mut days = rng.sample(28, rng.clone().whole(4, 11) as usize);
    days.sort_unstable();
    for day in days {
        let time = match rng.chance(0.6) {
            true => Cell::text(format!("{}:{:02}", rng.whole(8, 20), 15 * rng.below(4))),
            false => Cell::missing(""),
        };
        let weekday = Cell::text(weekdays[(first + day) % 7].clone());
        events.rows.push(vec![
            weekday,
            Cell::number(day as f64 + 1.0, &plain),
            Cell::text(*rng.pick(&texts)),
            time,
        ]);
    }
    side.push(names("weekdays", "weekday", weekdays));
    side.push(events);
    table
}
