//! Timetables: departures of a line at its stops, each trip running in order.

use jiff::ToSpan as _;
use jiff::civil::{Time, time};
use pixmo_render::{Cell, Column};

use super::desk::{Desk, Draft};
use super::locale::month_year;
use super::markup::{bold, display, grid, inline, note, rule, show, small, space, stack, text};
use super::pieces::{Lines, col, table};
use super::sheet::Sheet;

const STOPS: [&str; 18] = [
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
    "Airport",
    "Mill Lane",
    "Fairground",
    "Waterworks",
];

/// Writes a timetable: the items are the stops, their columns the trips.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let means = desk.any(&["Bus", "Tram", "Ferry", "Train"]);
    let stops = desk.rng.whole(6, 11) as usize;
    let trips = desk.rng.whole(4, 7) as usize;
    let town = desk.town();
    let mut names: Vec<String> =
        desk.rng.sample(STOPS.len(), stops).into_iter().map(|index| STOPS[index].to_owned()).collect();
    for index in desk.rng.sample(stops, 2) {
        names[index] = desk.town();
    }
    names.dedup();
    let mut columns = vec![(Column::text(desk.any(&["Stop", "Station", "Stop name"])), None)];
    let first_trip = desk.rng.whole(1, 60) * 2 + 1;
    columns.extend((0..trips).map(|trip| (Column::time((first_trip + 2 * trip as i64).to_string()), None)));
    let mut sheet = Sheet::with_items(columns);
    let mut starts: Vec<Time> = Vec::new();
    let mut at = time(desk.rng.whole(5, 10) as i8, desk.rng.whole(0, 59) as i8, 0, 0);
    let beat = desk.rng.whole(2, 9) * 5;
    for _ in 0..trips {
        starts.push(at);
        let wait = if desk.rng.chance(0.8) { beat } else { beat + desk.rng.whole(1, 4) * 5 };
        at = at.wrapping_add(wait.minutes());
    }
    let leaps: Vec<i64> = names.iter().map(|_| desk.rng.whole(2, 8)).collect();
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
    let line = sheet.field("Line", &format!("{means} {}", desk.rng.whole(1, 390)));
    let way = sheet.field("Direction", &format!("{} – {}", names[0], names[names.len() - 1]));
    let firm = sheet
        .field("Operator", &format!("{town} {}", desk.any(&["Transport", "Transit", "Lines", "Mobility"])));
    let valid = desk.day();
    let days = sheet.field(
        desk.any(&["Runs", "Days", "Service"]),
        desk.any(&["Monday to Friday", "Saturdays", "Sundays and holidays", "daily", "school days"]),
    );
    let valid = sheet.field("Valid from", &place.date(valid));
    let fare = place.price(desk.rng.range(1.4, 6.5), &mut desk.rng);
    let fare = sheet.field(desk.any(&["Single fare", "Ticket", "Fare"]), &place.money.print(fare));
    let topic = format!(
        "timetable of {} {} ({})",
        sheet.shown(line).to_lowercase(),
        sheet.shown(way),
        month_year(desk.day())
    );
    let style = &mut desk.style;
    desk.paper.width = (250.0 + 70.0 * trips as f64).clamp(580.0, 820.0);
    desk.paper.margin = (40.0, 38.0);
    let form = style.below(3);
    let (x, y) = desk.paper.margin;
    let mut out = String::new();
    let number = sheet.value_as(line, "title");
    match form {
        0 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 15pt), text(fill: onac, {}))\n\n",
            grid("auto, 1fr, auto", "left + horizon", (16.0, 0.0), &[display(2.0, &number), sheet.value(way), sheet.value(firm)])
        )),
        1 => {
            let badge = format!("box(fill: ac, inset: (x: 12pt, y: 9pt), radius: 6pt, text(fill: onac, {}))", display(1.5, &number));
            show(&mut out, &grid("auto, 1fr", "left + horizon", (15.0, 0.0), &[badge, stack(8.0, &[bold(&format!("text(size: 1.25em, {})", sheet.value(way))), small(&sheet.value(firm))])]));
        }
        _ => {
            show(&mut out, &small(&sheet.value(firm)));
            show(&mut out, &display(2.0, &number));
            show(&mut out, &sheet.value(way));
            show(&mut out, &rule("2pt + ac"));
        }
    }
    space(&mut out, 8.0);
    let pair = |f: usize| inline(&[small(&sheet.name(f)), text(" "), bold(&sheet.value(f))]);
    show(
        &mut out,
        &grid(
            "auto, 1fr, auto, 1fr, auto",
            "left",
            (6.0, 0.0),
            &[pair(days), "[]".to_owned(), pair(valid), "[]".to_owned(), pair(fare)],
        ),
    );
    space(&mut out, 8.0);
    let lines = Lines::draw(style);
    let mut cols = vec![col(0, "auto", "left")];
    cols.extend((1..=trips).map(|trip| col(trip, "1fr", "right")));
    show(&mut out, &table(&sheet, &cols, lines, style.range(4.5, 7.0)));
    space(&mut out, 4.0);
    show(
        &mut out,
        &note(if express.is_some() {
            "–  does not stop here.  Column heads are trip numbers."
        } else {
            "Column heads are trip numbers."
        }),
    );
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a passenger at the stop".to_owned(),
        design: format!("timetable-{form}/{}", lines.name()),
    }
}

/// `6:30 am` as `6:30a`, as narrow columns print it.
fn short(time: &str) -> String {
    time.replace(" am", "a").replace(" pm", "p")
}
