//! Tickets: boarding passes and tickets for events, with a stub to tear off.

use jiff::ToSpan as _;
use jiff::civil::time;

use super::art::{MOTIFS, Tones, picture};
use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::logo;
use super::markup::{Expr, bold, grid, note, role, small, stack};
use super::paper::Finish;
use super::sheet::{Field, Sheet};

/// A name above its value, the value larger by a factor.
fn fact(sheet: &Sheet, field: Field, factor: f64) -> Expr {
    stack(
        5.5,
        &[small(&sheet.name(field)), bold(&format!("text(size: {factor:.2}em, {})", sheet.value(field)))],
    )
}

fn facts(sheet: &Sheet, fields: &[Field], columns: usize, factor: f64) -> Expr {
    let cells: Vec<Expr> = fields.iter().map(|f| fact(sheet, *f, factor)).collect();
    grid(&vec!["1fr"; columns].join(", "), "left", (14.0, 15.0), &cells)
}

/// Two parts side by side with a dashed line between, on a ticket of its own colour.
fn torn(desk: &mut Desk<'_>, main: &str, stub: &str, stub_width: f64) -> String {
    let style = &mut desk.style;
    let dash =
        if style.chance(0.7) { "(paint: soft, thickness: 1.5pt, dash: (5pt, 4pt))" } else { "1pt + soft" };
    let frame = if style.chance(0.5) { "stroke: 1pt + rule-c, " } else { "" };
    let radius = *style.pick(&[0.0, 6.0, 12.0]);
    let fill = desk.paper.ground.hex();
    format!(
        "#block(width: 100%, {frame}radius: {radius:.1}pt, fill: rgb(\"{fill}\"), \
         grid(columns: (1fr, {stub_width:.1}pt), grid.vline(x: 1, stroke: {dash}), inset: 20pt, {main}, {stub}))\n"
    )
}

/// Puts the ticket onto a table of another shade.
fn on_table(desk: &mut Desk<'_>) -> pixmo_render::Color {
    let ground = desk.paper.ground;
    let under = match desk.paper.finish {
        Finish::OnDesk { desk, .. } => desk,
        _ if desk.style.chance(0.5) => ground.mix(desk.paper.ink, 0.08),
        _ => ground.mix(desk.paper.second, 0.18),
    };
    desk.paper.finish = Finish::Plain;
    let margin = desk.style.range(16.0, 30.0).round();
    desk.paper.margin = (margin, margin);
    desk.paper.base = desk.paper.base.max(12.5);
    under
}

/// Replaces the page's fill by the shade of the table.
fn with_table(source: String, under: pixmo_render::Color) -> String {
    format!("#set page(fill: rgb(\"{}\"))\n{source}", under.hex())
}

/// Three capitals for a town's airport: its own letters, or any where it is written in another script.
fn airport(town: &str, desk: &mut Desk<'_>) -> String {
    let letters: Vec<char> = town.to_uppercase().chars().filter(char::is_ascii_uppercase).collect();
    match letters.len() {
        0..3 => desk.code("???"),
        count => [letters[0], letters[count / 2], letters[count - 1]].iter().collect(),
    }
}

/// Writes a boarding pass.
pub(super) fn boarding_pass(desk: &mut Desk<'_>) -> Draft {
    let mut sheet = Sheet::fields();
    let place = desk.place.clone();
    let from = desk.town();
    let mut to = desk.town();
    while to == from {
        to = desk.town();
    }
    let from_letters = airport(&from, desk);
    let mut to_letters = airport(&to, desk);
    while to_letters == from_letters {
        to_letters = desk.code("???");
    }
    let maker = desk.any(&["Air", "Airways", "Airlines", "Wings"]);
    let start = desk.rng.pick(&desk.words.names.company.start).clone();
    let end = desk.rng.pick(&desk.words.names.company.end).clone();
    let airline = format!("{start}{end} {maker}");
    let day = desk.day();
    let leaves = time(desk.rng.whole(5, 22) as i8, (desk.rng.whole(0, 11) * 5) as i8, 0, 0);
    let boards = leaves.saturating_sub(desk.rng.whole(6, 9).saturating_mul(5).minutes());
    let length = desk.rng.whole(9, 38) * 5;
    let arrives = leaves.wrapping_add(length.minutes());
    let person = desk.person();
    let passenger = if desk.rng.chance(0.4) {
        format!("{}/{}", person.family.to_uppercase(), person.given.to_uppercase())
    } else {
        person.full()
    };
    let code: String = airline.chars().filter(char::is_ascii_uppercase).take(2).collect();
    let flight = format!("{code} {}", desk.rng.whole(101, 4899));
    let seat = format!("{}{}", desk.rng.whole(1, 38), desk.any(&["A", "B", "C", "D", "E", "F"]));
    let gate = format!("{}{}", desk.any(&["A", "B", "C", "D", ""]), desk.rng.whole(1, 48));
    let company = sheet.field("Airline", &airline);
    let name = sheet.field(desk.any(&["Passenger", "Name of passenger", "Passenger name"]), &passenger);
    let from_name = sheet.field("From", &from);
    let to_name = sheet.field("To", &to);
    let from_code = sheet.field("Departure airport", &from_letters);
    let to_code = sheet.field("Arrival airport", &to_letters);
    let flight = sheet.field("Flight", &flight);
    let date = sheet.field("Date", &place.date(day));
    let boarding = sheet.field(desk.any(&["Boarding", "Boarding time", "Boarding at"]), &place.time(boards));
    let departure = sheet.field(desk.any(&["Departure", "Departs"]), &place.time(leaves));
    let arrival = sheet.field(desk.any(&["Arrival", "Arrives"]), &place.time(arrives));
    let gate = sheet.field("Gate", &gate);
    let seat = sheet.field("Seat", &seat);
    let group = sheet.field(desk.any(&["Group", "Zone"]), &desk.rng.whole(1, 5).to_string());
    let class = sheet.field("Class", desk.any(&["Economy", "Economy", "Premium", "Business"]));
    let order = desk.code("######");
    let reference = sheet.field(
        desk.any(&["Booking ref.", "Booking", "Record"]),
        &format!("{}{}", desk.any(&["K", "Q", "X", "Z"]), order),
    );
    let topic = format!("boarding pass from {from} to {to}");
    let under = on_table(desk);
    let style = &mut desk.style;
    desk.paper.width = style.range(820.0, 960.0).round();
    let large = style.range(2.6, 3.4);
    let title = role("title", "Boarding pass");
    let form = style.below(3);
    let bar_fill = if form == 1 { "tint" } else { "ac" };
    let bar_ink = if form == 1 { "ink" } else { "onac" };
    let logo = logo::mark(&airline, 26.0, style);
    let logo = if form == 1 { logo } else { String::from("[]") };
    let head = format!(
        "block(width: 100%, fill: {bar_fill}, inset: (x: 14pt, y: 11pt), text(fill: {bar_ink}, {}))",
        grid(
            "auto, 1fr, auto",
            "(left + horizon, left + horizon, right + horizon)",
            (10.0, 0.0),
            &[
                logo,
                bold(&format!("text(size: 1.2em, {})", sheet.value(company))),
                format!("text(size: 1.1em, {title})")
            ]
        )
    );
    let city = |code: Field, town: Field| {
        stack(
            10.0,
            &[small(&sheet.name(town)), format!("T({large:.2}em, {})", sheet.value(code)), sheet.value(town)],
        )
    };
    let arrow = "box(width: 100%, height: 1em)[#place(left + horizon, line(length: 100%, stroke: 1.2pt + ac))#place(right + horizon, polygon(fill: ac, (0pt, 0pt), (11pt, 5.5pt), (0pt, 11pt)))]";
    let way = grid(
        "auto, 1fr, auto",
        "(left, center + horizon, left)",
        (22.0, 0.0),
        &[city(from_code, from_name), arrow.to_owned(), city(to_code, to_name)],
    );
    let code =
        if style.chance(0.5) { logo::square_code(84.0, style) } else { logo::barcode(62.0, 1.0, 52, style) };
    let square = code.contains("84pt");
    let rows = [name, flight, date, departure, arrival, class];
    let strip: Vec<Expr> = [gate, boarding, seat, group].iter().map(|f| fact(&sheet, *f, 1.55)).collect();
    let strip = grid("auto, auto, auto, auto", "left", (34.0, 0.0), &strip);
    let mut main = vec![head, "v(10pt)".to_owned()];
    let body = stack(18.0, &[way, facts(&sheet, &rows, 3, 1.0), strip]);
    main.push(if square {
        grid("1fr, auto", "(left, right + bottom)", (20.0, 0.0), &[body, code.clone()])
    } else {
        stack(18.0, &[body, code.clone()])
    });
    let main = stack(8.0, &main);
    let end = |name: Field, code: Field| {
        stack(5.5, &[small(&sheet.name(name)), bold(&format!("text(size: 1.3em, {})", sheet.value(code)))])
    };
    let again = stack(
        13.0,
        &[
            bold(&sheet.value(company)),
            fact(&sheet, name, 1.0),
            grid(
                "1fr, 1fr",
                "left",
                (8.0, 13.0),
                &[
                    end(from_name, from_code),
                    end(to_name, to_code),
                    fact(&sheet, flight, 1.0),
                    fact(&sheet, seat, 1.0),
                    fact(&sheet, gate, 1.0),
                    fact(&sheet, boarding, 1.0),
                ],
            ),
            fact(&sheet, reference, 1.0),
            note("Gate closes 15 minutes before departure."),
        ],
    );
    let body = with_table(torn(desk, &main, &again, 236.0), under);
    let persona = "a traveller on the way to the gate".to_owned();
    Draft { sheet, body, topic, persona, design: format!("pass-{form}") }
}

/// What is shown: kind, names of acts or plays, places.
struct Show {
    kind: &'static str,
    acts: &'static [&'static str],
    places: &'static [&'static str],
    by: &'static [&'static str],
}

const SHOWS: [Show; 6] = [
    Show {
        kind: "Concert",
        acts: &[
            "The Paper Lanterns",
            "Northern Choir",
            "Quartet by Candlelight",
            "Brass on the Water",
            "Songs of the Tide",
            "The Slow Machines",
        ],
        places: &["Concert Hall", "Old Brewery", "Harbour Stage", "Music House"],
        by: &["Autumn tour", "Chamber series", "Live in the park", "Farewell tour"],
    },
    Show {
        kind: "Theatre",
        acts: &[
            "The Glass Orchard",
            "A Winter Errand",
            "Three Doors",
            "The Clockmaker's Niece",
            "Letters to Nobody",
        ],
        places: &["Playhouse", "City Theatre", "Studio Stage", "Open-Air Theatre"],
        by: &["A play in three acts", "A comedy", "Opening night", "Last performance"],
    },
    Show {
        kind: "Football",
        acts: &["Rovers – United", "Athletic – Wanderers", "City – Harbour FC", "Rangers – Albion"],
        places: &["Stadium", "Riverside Ground", "Park Arena"],
        by: &["League match", "Cup, second round", "Friendly match"],
    },
    Show {
        kind: "Museum",
        acts: &["Maps of the North", "A Century of Chairs", "Bees and Builders", "Porcelain and Salt"],
        places: &["City Museum", "Gallery West", "Museum of Craft"],
        by: &["Special exhibition", "Day ticket", "Timed entry"],
    },
    Show {
        kind: "Dance",
        acts: &["Nine Rooms", "The Firebird Retold", "Steps for Two Pianos", "Tide and Stone"],
        places: &["Opera House", "Dance Centre", "Grand Theatre"],
        by: &["Ballet evening", "Guest company", "New season"],
    },
    Show {
        kind: "Talk",
        acts: &[
            "How Rivers Remember",
            "The Secret Life of Yeast",
            "Bridges That Hum",
            "Counting Stars by Hand",
        ],
        places: &["Lecture Hall", "Library", "Observatory"],
        by: &["Evening lecture", "Science week", "Reading and talk"],
    },
];

/// Writes a ticket for an event.
pub(super) fn event_ticket(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields().and_amounts(&place);
    let show = &SHOWS[desk.rng.below(SHOWS.len())];
    let town = desk.town();
    let act = desk.any(show.acts);
    let hall = format!("{} {town}", desk.any(show.places));
    let day = desk.day();
    let begin =
        time(desk.rng.whole(10, 20) as i8, desk.any(&["00", "15", "30", "45"]).parse().unwrap_or(0), 0, 0);
    let doors = begin.saturating_sub(desk.rng.pick(&[30i64, 45, 60]).minutes());
    let price = place.price(desk.rng.range(9.0, 85.0), &mut desk.rng);
    let title = sheet.field("Event", act);
    let line = sheet.field("Subtitle", desk.any(show.by));
    let kind = sheet.field("Kind", show.kind);
    let hall = sheet.field(desk.any(&["Venue", "Place", "Where"]), &hall);
    let date = sheet.field("Date", &format!("{}, {}", weekday(day), place.date(day)));
    let doors = sheet.field("Doors", &place.time(doors));
    let begin = sheet.field(desk.any(&["Begins", "Starts", "Start"]), &place.time(begin));
    let mut seat = vec![sheet.field(
        desk.any(&["Section", "Block", "Area"]),
        desk.any(&["Stalls", "Balcony", "A", "B", "East", "West"]),
    )];
    seat.push(sheet.field("Row", &desk.rng.whole(1, 28).to_string()));
    seat.push(sheet.field("Seat", &desk.rng.whole(1, 42).to_string()));
    let price = sheet.money("Price", price, &place);
    let number = sheet.field(desk.any(&["Ticket no.", "No.", "Ticket"]), &desk.code("########"));
    let holder = desk.person().full();
    let holder = sheet.field(desk.any(&["Name", "Booked by", "Guest"]), &holder);
    let topic = format!("ticket for {act} at {}", sheet.shown(hall));
    desk.informal();
    let under = on_table(desk);
    let style = &mut desk.style;
    let tall = style.chance(0.3);
    let form = style.below(3);
    let size = style.range(1.9, 2.5);
    let head_lines = [
        small(&sheet.value(kind)),
        format!("text(fill: ac, T({size:.2}em, {}))", sheet.value_as(title, "title")),
        sheet.value_as(line, "subtitle"),
    ];
    let head = if form == 1 {
        let inks = [
            format!("text(size: 0.9em, fill: onac, {})", sheet.value(kind)),
            format!("text(fill: onac, T({size:.2}em, {}))", sheet.value_as(title, "title")),
            format!("text(fill: onac, {})", sheet.value_as(line, "subtitle")),
        ];
        format!("block(width: 100%, fill: ac, inset: 14pt, {})", stack(9.0, &inks))
    } else {
        stack(10.0, &head_lines)
    };
    let times = facts(&sheet, &[date, doors, begin], if tall { 1 } else { 3 }, 1.05);
    let times = if tall { facts(&sheet, &[date, begin, doors, price], 2, 1.0) } else { times };
    let seats = facts(&sheet, &seat, 3, 1.5);
    let where_ = fact(&sheet, hall, 1.05);
    if tall {
        desk.paper.width = style.range(400.0, 470.0).round();
        let code = logo::square_code(126.0, style);
        let number = format!("align(center, {})", small(&sheet.value(number)));
        let parts =
            [head, where_, times, seats, fact(&sheet, holder, 1.0), format!("align(center, {code})"), number];
        let ground = desk.paper.ground.hex();
        let inner = format!("block(width: 100%, inset: 22pt, {})", stack(19.0, &parts));
        // Half of them carry a picture across their upper edge.
        let (inner, corner) = if style.chance(0.5) {
            let tones = Tones::of(&desk.paper, style);
            let size = (desk.paper.width - 2.0 * desk.paper.margin.0, style.range(96.0, 170.0).round());
            let picture = picture(style.below(MOTIFS), size, &tones, style);
            (stack(0.0, &[picture, inner]), 0.0)
        } else {
            (inner, desk.paper.corner)
        };
        let body = format!("#block(width: 100%, fill: rgb(\"{ground}\"), radius: {corner:.1}pt, {inner})\n");
        let body = with_table(body, under);
        return Draft {
            sheet,
            body,
            topic,
            persona: "a guest at the door".to_owned(),
            design: format!("ticket-tall-{form}"),
        };
    }
    desk.paper.width = style.range(780.0, 900.0).round();
    let main = stack(
        18.0,
        &[head, grid("1.1fr, 1fr", "left", (20.0, 0.0), &[where_, fact(&sheet, holder, 1.05)]), times, seats],
    );
    let code =
        if style.chance(0.5) { logo::square_code(84.0, style) } else { logo::barcode(56.0, 1.0, 28, style) };
    let stub = stack(
        13.0,
        &[
            bold(&sheet.value(title)),
            facts(&sheet, &seat, 3, 1.1),
            fact(&sheet, begin, 1.0),
            fact(&sheet, price, 1.25),
            fact(&sheet, number, 1.0),
            code,
        ],
    );
    let body = with_table(torn(desk, &main, &stub, 226.0), under);
    Draft { sheet, body, topic, persona: "a guest at the door".to_owned(), design: format!("ticket-{form}") }
}
