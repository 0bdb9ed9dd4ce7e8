//! Programmes of a day: talks with rooms and speakers, a concert with its pieces, a festival with stages.

use jiff::ToSpan as _;
use jiff::civil::time;
use pixmo_render::{Cell, Column};

use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::logo;
use super::markup::{Expr, align, bold, grid, inline, note, rule, show, small, space, stack, text};
use super::pieces::{Lines, col, table};
use super::press::{fitting, spaced, title as heading_of};
use super::sheet::{Field, Sheet};

/// A kind of day with its items, each with the places where it can be.
struct Event {
    titles: &'static [&'static str],
    subtitles: &'static [&'static str],
    acts: &'static [(&'static str, &'static [&'static str])],
    venues: &'static [&'static str],
    hosts: &'static [&'static str],
    entry: &'static [&'static str],
    heads: [&'static str; 3],
    /// What a column of people is called, where there can be one.
    people: Option<&'static str>,
    minutes: (i64, i64),
    hours: (i64, i64),
    /// First and last month of its season; none for what is held on days of work.
    months: Option<[i8; 2]>,
}

const ROOMS: &[&str] = &["Main hall", "Room 1", "Room 2", "Gallery"];
const STAGES: &[&str] = &["Main stage", "Garden stage", "Quay", "Tent"];

const EVENTS: [Event; 5] = [
    Event {
        titles: &[
            "Day of Open Workshops",
            "Forum on Small Towns",
            "Conference on Soil and Water",
            "Meeting of Local Archives",
            "Data for Everyone",
        ],
        subtitles: &["Talks and demonstrations", "Programme", "Twelfth annual meeting"],
        acts: &[
            ("Welcome and coffee", &["Foyer"]),
            ("Mapping every well", ROOMS),
            ("What clay remembers", ROOMS),
            ("Cheap sensors that last", ROOMS),
            ("The price of a bus stop", ROOMS),
            ("Lunch", &["Canteen", "Foyer"]),
            ("Archives on a budget", ROOMS),
            ("Repair instead of replace", ROOMS),
            ("Panel: who pays?", &["Main hall"]),
            ("Teaching with maps", ROOMS),
            ("Posters and tea", &["Gallery", "Foyer"]),
            ("Closing remarks", &["Main hall"]),
        ],
        venues: &["Technical School", "Town Hall", "Conference Centre", "Old Mill"],
        hosts: &[
            "{town} Technical School",
            "Institute for Small Towns",
            "{town} Public Library",
            "Regional Council",
        ],
        entry: &["free", "registration required", "with the conference badge"],
        heads: ["Time", "Session", "Room"],
        people: Some("Speaker"),
        minutes: (30, 60),
        hours: (8, 10),
        months: None,
    },
    Event {
        titles: &[
            "Harbour Festival",
            "Summer on the Meadow",
            "Songs by the River",
            "Festival of Small Bands",
        ],
        subtitles: &["Music on three stages", "Rain or shine", "For young and old"],
        acts: &[
            ("The Paper Lanterns", STAGES),
            ("Brass on the Water", &["Quay"]),
            ("Two Left Feet", STAGES),
            ("Children's theatre", &["Tent"]),
            ("Folk dance for all", &["Garden stage", "Main stage"]),
            ("The Slow Machines", STAGES),
            ("Drum workshop", &["Tent"]),
            ("Choir of the Ferrymen", &["Quay", "Main stage"]),
            ("Northern Lights Trio", STAGES),
            ("Juniper and Salt", STAGES),
            ("Fire show", &["Quay"]),
        ],
        venues: &["Town Park", "Riverside Park", "Old Harbour", "Castle Yard"],
        hosts: &["{town} Cultural Office", "Festival Society {town}", "{town} Music School"],
        entry: &["free", "free for children", "with the day ticket"],
        heads: ["Time", "Act", "Stage"],
        people: None,
        minutes: (35, 75),
        hours: (13, 15),
        months: Some([5, 9]),
    },
    Event {
        titles: &["Sports Day", "Village Games", "Track and Field Day", "School Games"],
        subtitles: &["Order of events", "All heats and finals", "Spectators welcome"],
        acts: &[
            ("Opening parade", &["Track"]),
            ("60 m sprint, heats", &["Track"]),
            ("Long jump", &["Pit"]),
            ("Tug of war", &["Lawn"]),
            ("800 m run", &["Track"]),
            ("Sack race", &["Lawn"]),
            ("Relay, heats", &["Track"]),
            ("High jump", &["Field A", "Field B"]),
            ("Shot put", &["Field A", "Field B"]),
            ("60 m sprint, final", &["Track"]),
            ("Relay, final", &["Track"]),
            ("Prize giving", &["Grandstand"]),
        ],
        venues: &["Riverside School", "Town Stadium", "Athletics Ground", "School Field"],
        hosts: &["{town} Athletics Club", "{town} Primary School", "Sports Association {town}"],
        entry: &["free", "free for children", "ticket at the gate"],
        heads: ["Time", "Event", "Place"],
        people: None,
        minutes: (15, 40),
        hours: (8, 11),
        months: Some([5, 9]),
    },
    Event {
        titles: &["Open Day at the Works", "Family Day", "Long Museum Day", "Doors Open"],
        subtitles: &["What happens when", "Programme of the day", "For young and old"],
        acts: &[
            ("Guided tour of the roof", &["Meet in the foyer"]),
            ("Paper making", &["Workshop"]),
            ("Storytelling", &["Library"]),
            ("Behind the scenes", &["Meet in the foyer"]),
            ("Planetarium show", &["Dome"]),
            ("Quiz with prizes", &["Library", "Courtyard"]),
            ("How a press works", &["Workshop"]),
            ("Costume workshop", &["Workshop", "Courtyard"]),
            ("Tour for children", &["Meet in the foyer"]),
            ("Soap and salt", &["Workshop"]),
            ("Concert", &["Great hall", "Courtyard"]),
        ],
        venues: &["Town Museum", "Old Paper Mill", "Museum of Work", "Castle Museum"],
        hosts: &["{town} Museum Society", "Friends of the Museum", "{town} Cultural Office"],
        entry: &["free", "free for children", "museum ticket"],
        heads: ["Time", "Activity", "Where"],
        people: Some("With"),
        minutes: (25, 60),
        hours: (9, 12),
        months: Some([3, 11]),
    },
    Event {
        titles: &[
            "Evening Concert",
            "Spring Recital",
            "Music in the Old Church",
            "Concert of the Music School",
        ],
        subtitles: &[
            "Works for voices and strings",
            "An evening of chamber music",
            "Students and teachers play",
        ],
        acts: &[
            ("Overture in D", &["Orchestra"]),
            ("Three songs of the sea", &["Choir"]),
            ("Sonata for two flutes", &["Flutes"]),
            ("Quartet in G minor", &["Strings"]),
            ("Suite of old dances", &["Strings", "Orchestra"]),
            ("Interval", &["–"]),
            ("Psalm for eight voices", &["Choir"]),
            ("Variations on a folk tune", &["Piano", "Strings"]),
            ("Nocturne", &["Piano"]),
            ("Serenade for winds", &["Winds"]),
            ("Finale", &["Orchestra", "Choir"]),
        ],
        venues: &["Saint Orvin's Church", "Concert Hall", "Music School", "Monastery Barn"],
        hosts: &["{town} Music School", "{town} Choral Society", "Chamber Music Friends {town}"],
        entry: &["free, collection at the door", "ticket at the door", "reduced for students"],
        heads: ["Time", "Work", "Played by"],
        people: None,
        minutes: (5, 20),
        hours: (18, 19),
        months: Some([1, 12]),
    },
];

/// Items at which nobody speaks or leads.
const BREAKS: [&str; 4] = ["Welcome and coffee", "Lunch", "Posters and tea", "Interval"];

/// Writes a programme.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone().spelt();
    let event = &EVENTS[desk.rng.below(EVENTS.len())];
    let people = event.people.filter(|_| desk.rng.chance(0.7));
    let mut columns = vec![
        (Column::time(event.heads[0]), None),
        (Column::text(event.heads[1]), None),
        (Column::text(event.heads[2]), None),
    ];
    columns.extend(people.map(|name| (Column::text(name), None)));
    let led = people.is_some();
    let mut sheet = Sheet::with_items(columns);
    let count = desk.rng.whole(6, 10) as usize;
    let mut order = desk.rng.sample(event.acts.len(), count);
    order.sort_unstable();
    let mut at = time(desk.rng.whole(event.hours.0, event.hours.1) as i8, *desk.rng.pick(&[0, 30]), 0, 0);
    let names = desk.people(count.min(7));
    for (row, index) in order.into_iter().enumerate() {
        let (act, places) = event.acts[index];
        let nobody = BREAKS.contains(&act);
        let held = desk.any(places);
        let held = if held == "–" { Cell::missing(held) } else { Cell::text(held) };
        let mut cells = vec![Cell::text(place.time(at)), Cell::text(act), held];
        if led {
            cells.push(if nobody {
                Cell::missing("–")
            } else {
                Cell::text(names[row % names.len()].full())
            });
        }
        sheet.item(cells);
        let minutes = desk.rng.whole(event.minutes.0 / 5, event.minutes.1 / 5) * 5;
        at = at.wrapping_add(minutes.minutes());
    }
    let date = match event.months {
        Some(months) => desk.weekend(months, 1),
        None => desk.workday(),
    };
    let title = sheet.field("Title", desk.any(event.titles));
    let subtitle = sheet.field("Subtitle", desk.any(event.subtitles));
    let date = sheet.field("Date", &format!("{}, {}", weekday(date), place.date(date)));
    let town = desk.town();
    let venue =
        sheet.field(desk.any(&["Venue", "Place", "Where"]), &format!("{}, {town}", desk.any(event.venues)));
    let host = desk.any(event.hosts).replace("{town}", &town);
    let host = sheet.field(desk.any(&["Organised by", "Host", "Presented by"]), &host);
    let entry = sheet.field("Entry", desk.any(event.entry));
    let topic = format!("programme of {} in {town}", sheet.shown(title));
    desk.informal();
    let body = lay_out(desk, &sheet, [title, subtitle, date, venue, host, entry], led);
    Draft { sheet, body: body.0, topic, persona: "a visitor who plans the day".to_owned(), design: body.1 }
}

/// The items, in one of six manners.
fn items(desk: &mut Desk<'_>, sheet: &Sheet, led: bool, narrow: bool) -> (Expr, usize) {
    let style = &mut desk.style;
    let form = if narrow { *style.pick(&[0, 3, 5]) } else { style.below(6) };
    let time = |row: usize| bold(&format!("text(fill: ac, {})", sheet.cell(row, 0)));
    let detail = |row: usize| {
        let mut parts = vec![sheet.cell(row, 2)];
        if led && sheet.shown_cell(row, 3) != "–" {
            parts.extend([text("  ·  "), sheet.cell(row, 3)]);
        }
        small(&inline(&parts))
    };
    let rows = 0..sheet.len();
    let list = match form {
        0 => {
            let part = |rows: std::ops::Range<usize>| {
                let cells: Vec<Expr> = rows
                    .flat_map(|row| [time(row), stack(7.0, &[bold(&sheet.cell(row, 1)), detail(row)])])
                    .collect();
                grid("auto, 1fr", "left", (22.0, 15.0), &cells)
            };
            // Long days stand in two columns where there is room.
            let half = rows.end.div_ceil(2);
            if narrow || rows.end < 7 {
                part(rows)
            } else {
                grid("1fr, 1fr", "left", (26.0, 0.0), &[part(0..half), part(half..rows.end)])
            }
        }
        1 => {
            let cells: Vec<Expr> = rows
                .map(|row| {
                    format!(
                        "block(width: 100%, fill: tint, inset: 11pt, radius: {:.1}pt, {})",
                        desk.paper.corner,
                        stack(8.0, &[time(row), bold(&sheet.cell(row, 1)), detail(row)])
                    )
                })
                .collect();
            grid("1fr, 1fr", "left", (10.0, 10.0), &cells)
        }
        3 => {
            // A line with a dot at each beginning.
            let cells: Vec<Expr> = rows
                .flat_map(|row| {
                    let dot = "place(dx: -17.5pt, dy: 2pt, circle(radius: 4pt, fill: ac))";
                    let what = stack(7.0, &[bold(&sheet.cell(row, 1)), detail(row)]);
                    [
                        sheet.cell(row, 0),
                        format!("block(width: 100%, stroke: (left: 1.6pt + ac), inset: (left: 13pt, bottom: 14pt), {{ {dot}\n {what} }})"),
                    ]
                })
                .collect();
            grid("auto, 1fr", "(right, left)", (15.0, 0.0), &cells)
        }
        4 => {
            // One below the other in the middle, as programmes of concerts are printed.
            let parts: Vec<Expr> = rows
                .map(|row| {
                    let title = format!("text(size: 1.12em, {})", bold(&sheet.cell(row, 1)));
                    let below = inline(&[small(&sheet.cell(row, 0)), small(&text("  ·  ")), detail(row)]);
                    align("center", &stack(7.0, &[title, below]))
                })
                .collect();
            stack(17.0, &parts)
        }
        _ => {
            let lines = Lines::draw(style);
            let mut cols = vec![col(0, "auto", "left"), col(1, "1fr", "left"), col(2, "auto", "left")];
            if led && !narrow {
                cols.push(col(3, "auto", "left"));
            }
            table(sheet, &cols, lines, style.range(6.5, 9.0))
        }
    };
    (list, form)
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, fields: [Field; 6], led: bool) -> (String, String) {
    let [title, subtitle, date, venue, host, entry] = fields;
    desk.paper.width = *desk.style.pick(&[560.0, 620.0, 680.0]);
    desk.paper.base = desk.style.range(13.0, 15.0);
    let form = desk.style.below(5);
    let (x, y) = desk.paper.margin;
    let mut out = String::new();
    let big = desk.style.range(2.2, 2.7);
    let head = |size: f64| heading_of(size, &sheet.value_as(title, "title"));
    let (list, manner) = items(desk, sheet, led, form == 3);
    let pair = |f: Field| stack(5.0, &[small(&sheet.name(f)), sheet.value(f)]);
    let design = format!("programme-{form}/{manner}");
    match form {
        0 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {}))\n\n",
            stack(13.0, &[head(big), sheet.value_as(subtitle, "subtitle"), bold(&sheet.value(date)), sheet.value(venue)])
        )),
        1 => show(&mut out, &align("center", &stack(13.0, &[
            logo::mark(sheet.shown(title), 44.0, &mut desk.style),
            format!("text(fill: ac, {})", head(big)),
            sheet.value_as(subtitle, "subtitle"),
            bold(&inline(&[sheet.value(date), text("  ·  "), sheet.value(venue)])),
        ]))),
        2 => {
            show(&mut out, &head(big));
            show(&mut out, &format!("text(fill: soft, {})", sheet.value_as(subtitle, "subtitle")));
            show(&mut out, &rule("2.5pt + ac"));
            show(&mut out, &grid("1fr, auto", "(left, right)", (12.0, 0.0), &[bold(&sheet.value(date)), sheet.value(venue)]));
        }
        3 => {
            // A folded leaf: the cover on the left, the day on the right.
            let pair = |f: Field| stack(6.0, &[text_small(&sheet.name(f)), sheet.value(f)]);
            let cover = stack(
                18.0,
                &[
                    head(fitting(sheet.shown(title), desk.paper.width * 0.26, desk.paper.base, 2.0)),
                    sheet.value_as(subtitle, "subtitle"),
                    "line(length: 30%, stroke: 3pt + onac)".to_owned(),
                    bold(&sheet.value(date)),
                    sheet.value(venue),
                    pair(host),
                    pair(entry),
                ],
            );
            let cover = format!("block(width: 100%, fill: ac, inset: 18pt, text(fill: onac, {cover}))");
            show(&mut out, &grid("1fr, 1.9fr", "left", (24.0, 0.0), &[cover, list]));
            return (out, design);
        }
        _ => {
            desk.paper.frame = "#place(dx: 14pt, dy: 14pt, rect(width: 100% - 28pt, height: 100% - 28pt, stroke: 1.2pt + ac))".to_owned();
            show(&mut out, &align("center", &stack(12.0, &[
                small(&spaced(&sheet.value(host))),
                format!("text(fill: ac, {})", head(big)),
                format!("emph({})", sheet.value_as(subtitle, "subtitle")),
                "line(length: 22%, stroke: 1pt + ac)".to_owned(),
                bold(&sheet.value(date)),
                sheet.value(venue),
            ])));
            space(&mut out, 16.0);
            show(&mut out, &list);
            space(&mut out, 12.0);
            show(&mut out, &align("center", &pair(entry)));
            return (out, design);
        }
    }
    space(&mut out, 14.0);
    show(&mut out, &list);
    space(&mut out, 14.0);
    show(&mut out, &grid("1fr, auto", "(left, right)", (16.0, 0.0), &[pair(host), pair(entry)]));
    if desk.style.chance(0.4) {
        show(&mut out, &note("Changes are posted at the entrance."));
    }
    (out, design)
}

/// Small, in the ink of what surrounds it.
fn text_small(inner: &str) -> Expr {
    format!("text(size: 0.86em, {inner})")
}
