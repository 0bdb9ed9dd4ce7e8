//! Programmes of a day: talks with rooms and speakers, a concert with its pieces, a festival with stages.

use jiff::ToSpan as _;
use jiff::civil::time;
use pixmo_render::{Cell, Column};

use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::logo;
use super::markup::{Expr, align, bold, display, grid, inline, note, rule, show, small, space, stack, text};
use super::pieces::{Lines, col, table};
use super::sheet::{Field, Sheet};

struct Event {
    titles: &'static [&'static str],
    subtitles: &'static [&'static str],
    acts: &'static [&'static str],
    places: &'static [&'static str],
    heads: [&'static str; 3],
    minutes: (i64, i64),
    hours: (i64, i64),
}

const EVENTS: [Event; 4] = [
    Event {
        titles: &[
            "Day of Open Workshops",
            "Forum on Small Towns",
            "Conference on Soil and Water",
            "Symposium on Old Instruments",
            "Data for Everyone",
        ],
        subtitles: &["Talks and demonstrations", "Programme", "Twelfth annual meeting"],
        acts: &[
            "Welcome and coffee",
            "Mapping every well",
            "What clay remembers",
            "Cheap sensors that last",
            "The price of a bus stop",
            "Lunch",
            "Archives on a budget",
            "Repair instead of replace",
            "Panel: who pays?",
            "Teaching with maps",
            "Posters and tea",
            "Closing remarks",
        ],
        places: &["Main hall", "Room 1", "Room 2", "Gallery", "Lab"],
        heads: ["Time", "Session", "Room"],
        minutes: (15, 60),
        hours: (8, 10),
    },
    Event {
        titles: &["Harbour Festival", "Summer on the Meadow", "Night of Songs", "Lantern Festival"],
        subtitles: &["Music on three stages", "Rain or shine", "For young and old"],
        acts: &[
            "The Paper Lanterns",
            "Brass on the Water",
            "Two Left Feet",
            "Children's theatre",
            "Folk dance for all",
            "The Slow Machines",
            "Drum workshop",
            "Choir of the Ferrymen",
            "Northern Lights Trio",
            "Fire show",
            "Juniper and Salt",
        ],
        places: &["Main stage", "Garden stage", "Quay", "Tent"],
        heads: ["Time", "Act", "Stage"],
        minutes: (30, 75),
        hours: (11, 14),
    },
    Event {
        titles: &["Sports Day", "Village Games", "Track and Field Day", "School Olympics"],
        subtitles: &["Order of events", "All heats and finals", "Spectators welcome"],
        acts: &[
            "Opening parade",
            "60 m sprint, heats",
            "Long jump",
            "Tug of war",
            "800 m run",
            "Sack race",
            "Relay, heats",
            "High jump",
            "60 m sprint, final",
            "Relay, final",
            "Prize giving",
        ],
        places: &["Track", "Field A", "Field B", "Pit", "Lawn"],
        heads: ["Time", "Event", "Place"],
        minutes: (10, 40),
        hours: (8, 11),
    },
    Event {
        titles: &["Open Day at the Works", "Family Day", "Long Museum Day", "Day of the Observatory"],
        subtitles: &["What happens when", "Programme of the day", "For young and old"],
        acts: &[
            "Guided tour of the roof",
            "Paper making",
            "Storytelling",
            "Behind the scenes",
            "Planetarium show",
            "Quiz with prizes",
            "How a press works",
            "Costume workshop",
            "Tour for children",
            "Concert in the hall",
            "Soap and salt",
        ],
        places: &["Foyer", "Workshop", "Library", "Courtyard", "Tower"],
        heads: ["Time", "Activity", "Where"],
        minutes: (20, 60),
        hours: (9, 12),
    },
];

/// Writes a programme.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let event = &EVENTS[desk.rng.below(EVENTS.len())];
    let led = desk.rng.chance(0.55);
    let mut columns = vec![
        (Column::time(event.heads[0]), None),
        (Column::text(event.heads[1]), None),
        (Column::text(event.heads[2]), None),
    ];
    if led {
        columns.push((Column::text(desk.any(&["With", "Host", "Speaker"])), None));
    }
    let mut sheet = Sheet::with_items(columns);
    let count = desk.rng.whole(6, 10) as usize;
    let mut order = desk.rng.sample(event.acts.len(), count);
    order.sort_unstable();
    let mut at = time(desk.rng.whole(event.hours.0, event.hours.1) as i8, *desk.rng.pick(&[0, 30]), 0, 0);
    let people = desk.people(6);
    for index in order {
        let mut cells = vec![
            Cell::text(place.time(at)),
            Cell::text(event.acts[index]),
            Cell::text(desk.any(event.places)),
        ];
        if led {
            cells.push(Cell::text(desk.rng.pick(&people).full()));
        }
        sheet.item(cells);
        let minutes = desk.rng.whole(event.minutes.0 / 5, event.minutes.1 / 5) * 5;
        at = at.wrapping_add(minutes.minutes());
    }
    let date = desk.day();
    let title = sheet.field("Title", desk.any(event.titles));
    let subtitle = sheet.field("Subtitle", desk.any(event.subtitles));
    let date = sheet.field("Date", &format!("{}, {}", weekday(date), place.date(date)));
    let town = desk.town();
    let venue = sheet.field(
        desk.any(&["Venue", "Place", "Where"]),
        &format!(
            "{}, {town}",
            desk.any(&["Old Mill", "Town Park", "Market Hall", "Riverside School", "Castle Yard"])
        ),
    );
    let host = sheet.field(desk.any(&["Organised by", "Host", "Information"]), &desk.domain().1.name);
    let entry = sheet
        .field("Entry", desk.any(&["free", "free for children", "with the day badge", "ticket at the gate"]));
    let topic = format!("programme of {} in {town}", sheet.shown(title));
    desk.informal();
    let body = lay_out(desk, &sheet, [title, subtitle, date, venue, host, entry], led);
    Draft { sheet, body: body.0, topic, persona: "a visitor who plans the day".to_owned(), design: body.1 }
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, fields: [Field; 6], led: bool) -> (String, String) {
    let [title, subtitle, date, venue, host, entry] = fields;
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[560.0, 620.0, 680.0]);
    desk.paper.base = style.range(13.0, 15.0);
    let form = style.below(3);
    let (x, y) = desk.paper.margin;
    let mut out = String::new();
    let big = style.range(2.2, 2.7);
    match form {
        0 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {}))\n\n",
            stack(13.0, &[display(big, &sheet.value_as(title, "title")), sheet.value_as(subtitle, "subtitle"), bold(&sheet.value(date)), sheet.value(venue)])
        )),
        1 => show(&mut out, &align("center", &stack(13.0, &[
            logo::mark(sheet.shown(title), 44.0, style),
            format!("text(fill: ac, {})", display(big, &sheet.value_as(title, "title"))),
            sheet.value_as(subtitle, "subtitle"),
            bold(&inline(&[sheet.value(date), text("  ·  "), sheet.value(venue)])),
        ]))),
        _ => {
            show(&mut out, &display(big, &sheet.value_as(title, "title")));
            show(&mut out, &format!("text(fill: soft, {})", sheet.value_as(subtitle, "subtitle")));
            show(&mut out, &rule("2.5pt + ac"));
            show(&mut out, &grid("1fr, auto", "(left, right)", (12.0, 0.0), &[bold(&sheet.value(date)), sheet.value(venue)]));
        }
    }
    space(&mut out, 14.0);
    let table_form = style.below(3);
    match table_form {
        0 => {
            let mut cells: Vec<Expr> = Vec::new();
            for row in 0..sheet.len() {
                cells.push(bold(&format!("text(fill: ac, {})", sheet.cell(row, 0))));
                let mut detail = vec![sheet.cell(row, 2)];
                if led {
                    detail.extend([text("  ·  "), sheet.cell(row, 3)]);
                }
                cells.push(stack(7.0, &[bold(&sheet.cell(row, 1)), small(&inline(&detail))]));
            }
            show(&mut out, &grid("auto, 1fr", "left", (22.0, 15.0), &cells));
        }
        1 => {
            let mut cells: Vec<Expr> = Vec::new();
            for row in 0..sheet.len() {
                let mut detail = vec![sheet.cell(row, 2)];
                if led {
                    detail.extend([text("  ·  "), sheet.cell(row, 3)]);
                }
                cells.push(format!(
                    "block(width: 100%, fill: tint, inset: 11pt, radius: {:.1}pt, {})",
                    desk.paper.corner,
                    stack(
                        8.0,
                        &[
                            bold(&format!("text(fill: ac, {})", sheet.cell(row, 0))),
                            bold(&sheet.cell(row, 1)),
                            small(&inline(&detail))
                        ]
                    )
                ));
            }
            show(&mut out, &grid("1fr, 1fr", "left", (10.0, 10.0), &cells));
        }
        _ => {
            let lines = Lines::draw(style);
            let mut cols = vec![col(0, "auto", "left"), col(1, "1fr", "left"), col(2, "auto", "left")];
            if led {
                cols.push(col(3, "auto", "left"));
            }
            show(&mut out, &table(sheet, &cols, lines, style.range(6.5, 9.0)));
        }
    }
    space(&mut out, 14.0);
    let pair = |f: Field| inline(&[small(&sheet.name(f)), text("  "), sheet.value(f)]);
    show(&mut out, &grid("1fr, auto", "(left, right)", (16.0, 0.0), &[pair(host), pair(entry)]));
    if style.chance(0.4) {
        show(&mut out, &note("Changes are posted at the entrance."));
    }
    (out, format!("programme-{form}/{table_form}"))
}
