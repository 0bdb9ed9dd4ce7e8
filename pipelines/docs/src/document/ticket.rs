//! Tickets for events, with a stub to tear off, on a telephone or on a sheet from the printer at home.

use jiff::ToSpan as _;
use jiff::civil::time;

use super::art::{MOTIFS, Tones, picture};
use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::logo;
use super::markup::{Expr, bold, grid, inline, note, role, small, stack, text};
use super::paper::Finish;
use super::sheet::{Field, Sheet};

/// A name above its value, the value larger by a factor.
pub(super) fn fact(sheet: &Sheet, field: Field, factor: f64) -> Expr {
    stack(
        5.5,
        &[small(&sheet.name(field)), bold(&format!("text(size: {factor:.2}em, {})", sheet.value(field)))],
    )
}

pub(super) fn facts(sheet: &Sheet, fields: &[Field], columns: usize, factor: f64) -> Expr {
    let cells: Vec<Expr> = fields.iter().map(|f| fact(sheet, *f, factor)).collect();
    grid(&vec!["1fr"; columns].join(", "), "left", (14.0, 15.0), &cells)
}

/// Two parts side by side with a dashed line between, on a ticket of its own colour.
pub(super) fn torn(desk: &mut Desk<'_>, main: &str, stub: &str, stub_width: f64) -> String {
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
pub(super) fn on_table(desk: &mut Desk<'_>) -> pixmo_render::Color {
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

/// Replaces the page’s fill by the shade of the table.
pub(super) fn with_table(source: String, under: pixmo_render::Color) -> String {
    format!("#set page(fill: rgb(\"{}\"))\n{source}", under.hex())
}

/// What is shown: kind, names of acts or plays, places, and when and for how much one is let in.
struct Show {
    kind: &'static str,
    acts: &'static [&'static str],
    places: &'static [&'static str],
    by: &'static [&'static str],
    /// First and last hour at which it begins.
    hours: (i64, i64),
    /// Lowest and highest price in a euro-like currency.
    price: (f64, f64),
    /// Parts of the house; none where one may sit or walk anywhere.
    sections: &'static [&'static str],
    weekend: bool,
}

const HOUSE: &[&str] = &["Stalls", "Balcony", "Dress circle", "Upper circle"];

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
        by: &["Autumn tour", "Chamber series", "An evening of new songs", "Farewell tour"],
        hours: (18, 20),
        price: (18.0, 85.0),
        sections: &["Stalls", "Balcony", "Block A", "Block B", "Gallery"],
        weekend: false,
    },
    Show {
        kind: "Theatre",
        acts: &[
            "The Glass Orchard",
            "A Winter Errand",
            "Three Doors",
            "The Clockmaker’s Niece",
            "Letters to Nobody",
        ],
        places: &["Playhouse", "City Theatre", "Studio Stage", "Chamber Theatre"],
        by: &["A play in three acts", "A comedy", "Opening night", "Last performance"],
        hours: (18, 20),
        price: (14.0, 62.0),
        sections: HOUSE,
        weekend: false,
    },
    Show {
        kind: "Football",
        acts: &["Rovers – United", "Athletic – Wanderers", "City – Harbour FC", "Rangers – Albion"],
        places: &["Stadium", "Riverside Ground", "Park Arena"],
        by: &["League match", "Cup, second round", "Friendly match"],
        hours: (13, 19),
        price: (12.0, 70.0),
        sections: &["East Stand", "West Stand", "North Stand", "Block C", "Block F"],
        weekend: true,
    },
    Show {
        kind: "Museum",
        acts: &["Maps of the North", "A Century of Chairs", "Bees and Builders", "Porcelain and Salt"],
        places: &["City Museum", "Gallery West", "Museum of Craft"],
        by: &["Special exhibition", "Ticket for one visit", "Timed entry"],
        hours: (10, 16),
        price: (6.0, 19.0),
        sections: &[],
        weekend: false,
    },
    Show {
        kind: "Dance",
        acts: &["Nine Rooms", "The Firebird Retold", "Steps for Two Pianos", "Tide and Stone"],
        places: &["Opera House", "Dance Centre", "Grand Theatre"],
        by: &["Ballet evening", "Guest company", "New season"],
        hours: (18, 20),
        price: (18.0, 95.0),
        sections: HOUSE,
        weekend: false,
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
        hours: (17, 20),
        price: (4.0, 16.0),
        sections: &[],
        weekend: false,
    },
];

/// What is printed on the ticket.
struct Ticket {
    title: Field,
    line: Field,
    kind: Field,
    hall: Field,
    date: Field,
    /// Where there is a house to let people into.
    doors: Option<Field>,
    begin: Field,
    /// Section, row and seat; or the kind of visitor.
    seat: Vec<Field>,
    price: Field,
    number: Field,
    holder: Field,
}

impl Ticket {
    /// Date, doors and beginning.
    fn times(&self) -> Vec<Field> {
        [Some(self.date), self.doors, Some(self.begin)].into_iter().flatten().collect()
    }
}

/// Writes a ticket for an event.
pub(super) fn event_ticket(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields().and_amounts(&place);
    let show = &SHOWS[desk.rng.below(SHOWS.len())];
    let town = desk.town();
    let act = desk.any(show.acts);
    let hall = format!("{} {town}", desk.any(show.places));
    let mut day = desk.day();
    if show.weekend {
        // League matches are played on Saturdays and Sundays.
        let past = i64::from(day.weekday().to_monday_zero_offset());
        day = day.saturating_add((5 + desk.rng.whole(0, 1) - past).days());
    }
    let begin =
        time(desk.rng.whole(show.hours.0, show.hours.1) as i8, *desk.rng.pick(&[0, 0, 15, 30, 30, 45]), 0, 0);
    let doors = begin.saturating_sub(desk.rng.pick(&[30i64, 45, 60]).minutes());
    let price = place.fee(desk.rng.range(show.price.0, show.price.1));
    let seat = if show.sections.is_empty() {
        let visitor = desk.any(&["Adult", "Adult", "Student", "Senior", "Family", "Concession"]);
        vec![sheet.field(desk.any(&["Admission", "Category", "Ticket for"]), visitor)]
    } else {
        vec![
            sheet.field(desk.any(&["Section", "Block", "Area"]), desk.any(show.sections)),
            sheet.field("Row", &desk.rng.whole(1, 28).to_string()),
            sheet.field("Seat", &desk.rng.whole(1, 42).to_string()),
        ]
    };
    let museum = show.kind == "Museum";
    let ticket = Ticket {
        title: sheet.tell(
            "Event",
            act,
            "For which event is the ticket?|What is the event called?|What is on?",
        ),
        line: sheet.tell(
            "Line below the title",
            desk.any(show.by),
            "What does the line below the title say?|Which words stand below the title?",
        ),
        kind: sheet.tell(
            "Kind of event",
            show.kind,
            "Which kind of event is it?|What kind of event is the ticket for?",
        ),
        hall: sheet.field(desk.any(&["Venue", "Place", "Where"]), &hall),
        date: sheet.field("Date", &format!("{}, {}", weekday(day), place.date(day))),
        doors: (!museum).then(|| sheet.field("Doors", &place.time(doors))),
        begin: sheet.field(
            if museum { "Entry from" } else { desk.any(&["Begins", "Starts", "Start"]) },
            &place.time(begin),
        ),
        seat,
        price: sheet.money("Price", price, &place),
        number: sheet.field(desk.any(&["Ticket no.", "Order no.", "Booking no."]), &desk.code("########")),
        holder: sheet.field(desk.any(&["Name", "Booked by", "Guest"]), &desk.person().full()),
    };
    let topic = format!("ticket for {act} at {}", sheet.shown(ticket.hall));
    desk.informal();
    let form = desk.style.weighted(&[3.0, 2.0, 2.5, 2.5]);
    let (body, design) = match form {
        0 => stubbed(desk, &sheet, &ticket),
        1 => tall(desk, &sheet, &ticket),
        2 => admission(desk, &sheet, &ticket),
        _ => home_print(desk, &sheet, &ticket),
    };
    Draft { sheet, body, topic, persona: "a guest at the door".to_owned(), design }
}

/// Kind, title and line one below the other in one ink; the title in the colour of the house where it is dark.
fn headline(sheet: &Sheet, ticket: &Ticket, size: f64, ink: &str, title_ink: &str) -> Expr {
    stack(
        10.0,
        &[
            format!("text(size: 0.9em, fill: {ink}, {})", sheet.value(ticket.kind)),
            format!(
                "text(fill: {title_ink}, par(leading: 0.4em, T({size:.2}em, {})))",
                sheet.value_as(ticket.title, "title")
            ),
            format!("text(fill: {ink}, {})", sheet.value_as(ticket.line, "subtitle")),
        ],
    )
}

/// The ticket with a stub to tear off.
fn stubbed(desk: &mut Desk<'_>, sheet: &Sheet, ticket: &Ticket) -> (String, String) {
    let under = on_table(desk);
    let style = &mut desk.style;
    let band = style.chance(0.4);
    let size = style.range(1.9, 2.5);
    let head = if band {
        format!(
            "block(width: 100%, fill: ac, inset: 14pt, {})",
            headline(sheet, ticket, size, "onac", "onac")
        )
    } else {
        headline(sheet, ticket, size, "soft", "ac")
    };
    desk.paper.width = style.range(780.0, 900.0).round();
    let main = stack(
        18.0,
        &[
            head,
            grid(
                "1.1fr, 1fr",
                "left",
                (20.0, 0.0),
                &[fact(sheet, ticket.hall, 1.05), fact(sheet, ticket.holder, 1.05)],
            ),
            facts(sheet, &ticket.times(), 3, 1.05),
            facts(sheet, &ticket.seat, 3, 1.5),
        ],
    );
    let code =
        if style.chance(0.5) { logo::square_code(84.0, style) } else { logo::barcode(56.0, 1.0, 28, style) };
    let seats = ticket.seat.len();
    let stub = stack(
        13.0,
        &[
            bold(&sheet.value(ticket.title)),
            facts(sheet, &ticket.seat, seats, 1.1),
            facts(sheet, &[ticket.begin, ticket.price], 2, 1.1),
            fact(sheet, ticket.number, 1.0),
            code,
        ],
    );
    (with_table(torn(desk, &main, &stub, 226.0), under), format!("ticket-stub{}", u8::from(band)))
}

/// The ticket on a telephone: one column with a square code.
fn tall(desk: &mut Desk<'_>, sheet: &Sheet, ticket: &Ticket) -> (String, String) {
    let under = on_table(desk);
    let style = &mut desk.style;
    desk.paper.width = style.range(400.0, 470.0).round();
    let head = headline(sheet, ticket, style.range(1.9, 2.4), "soft", "ac");
    let code = logo::square_code(126.0, style);
    let mut pairs = ticket.times();
    pairs.push(ticket.price);
    let parts = [
        head,
        fact(sheet, ticket.hall, 1.05),
        facts(sheet, &pairs, 2, 1.0),
        facts(sheet, &ticket.seat, ticket.seat.len(), 1.5),
        fact(sheet, ticket.holder, 1.0),
        format!("align(center, {code})"),
        format!(
            "align(center, {})",
            small(&inline(&[sheet.name(ticket.number), text("  "), sheet.value(ticket.number)]))
        ),
    ];
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
    (with_table(body, under), "ticket-tall".to_owned())
}

/// A ticket of one colour with a frame and bites out of its ends, as box offices print them.
fn admission(desk: &mut Desk<'_>, sheet: &Sheet, ticket: &Ticket) -> (String, String) {
    let under = on_table(desk);
    let style = &mut desk.style;
    desk.paper.width = style.range(760.0, 880.0).round();
    let coloured = style.chance(0.6);
    let (ink, title_ink, line) = if coloured { ("onac", "onac", "onac") } else { ("ink", "ac", "ac") };
    let fill = if coloured { "ac".to_owned() } else { format!("rgb(\"{}\")", desk.paper.ground.hex()) };
    let inked = |f: Field, factor: f64| {
        stack(
            6.0,
            &[
                format!("text(size: 0.84em, fill: {ink}, {})", sheet.name(f)),
                format!("text(size: {factor:.2}em, weight: \"bold\", fill: {ink}, par({}))", sheet.value(f)),
            ],
        )
    };
    let left: Vec<Expr> = ticket.times().iter().map(|f| inked(*f, 1.05)).collect();
    let mut right: Vec<Expr> = ticket.seat.iter().map(|f| inked(*f, 1.4)).collect();
    right.push(inked(ticket.price, 1.1));
    let middle = stack(
        20.0,
        &[
            headline(sheet, ticket, style.range(2.2, 2.8), ink, title_ink),
            inked(ticket.hall, 1.1),
            grid("1fr, 1fr", "center", (16.0, 0.0), &[inked(ticket.holder, 1.0), inked(ticket.number, 1.0)]),
        ],
    );
    let side =
        |inner: &[Expr]| format!("block(width: 100%, inset: (x: 18pt, y: 6pt), {})", stack(14.0, inner));
    let inner = format!(
        "grid(columns: (176pt, 1fr, 126pt), align: (left + horizon, center + horizon, left + horizon), \
         grid.vline(x: 1, stroke: 1pt + {line}), grid.vline(x: 2, stroke: 1pt + {line}), {}, block(width: 100%, inset: (x: 18pt), {middle}), {})",
        side(&left),
        side(&right)
    );
    let bite = 17.0;
    let hole = format!("circle(radius: {bite:.1}pt, fill: rgb(\"{}\"))", under.hex());
    let body = format!(
        "#block(width: 100%, fill: {fill}, inset: (x: 34pt, y: 14pt))[\
         #place(left + horizon, dx: {:.1}pt, {hole})#place(right + horizon, dx: {:.1}pt, {hole})\
         #block(width: 100%, stroke: 1.2pt + {line}, inset: (y: 18pt), {inner})]\n",
        -34.0 - bite,
        34.0 + bite,
    );
    (with_table(body, under), format!("ticket-admission{}", u8::from(coloured)))
}

/// The sheet from the printer at home, with a picture, the facts in a frame and the rules of the house.
fn home_print(desk: &mut Desk<'_>, sheet: &Sheet, ticket: &Ticket) -> (String, String) {
    let house = sheet.shown(ticket.hall).to_owned();
    let style = &mut desk.style;
    desk.paper.width = style.range(600.0, 680.0).round();
    desk.paper.margin = (style.range(42.0, 54.0).round(), style.range(38.0, 48.0).round());
    desk.paper.base = desk.paper.base.max(12.8);
    let mark = logo::mark(&house, 30.0, style);
    let word = style.word(&["E-ticket", "Print at home", "Your ticket"]);
    let top = grid(
        "auto, 1fr, auto",
        "(left + horizon, left + horizon, right + horizon)",
        (12.0, 0.0),
        &[mark, bold(&role("heading", &house)), small(&role("note", word))],
    );
    let tones = Tones::of(&desk.paper, style);
    let wide = desk.paper.width - 2.0 * desk.paper.margin.0;
    let art = picture(style.below(MOTIFS), (wide, style.range(84.0, 130.0).round()), &tones, style);
    let code = logo::square_code(105.0, style);
    let head = grid(
        "1fr, auto",
        "(left + horizon, right)",
        (20.0, 0.0),
        &[headline(sheet, ticket, style.range(2.0, 2.5), "soft", "ac"), code],
    );
    let mut rows = ticket.times();
    rows.extend(&ticket.seat);
    rows.extend([ticket.price, ticket.number, ticket.holder]);
    let cells: Vec<Expr> = rows.iter().map(|f| fact(sheet, *f, 1.08)).collect();
    let filled = (3 - cells.len() % 3) % 3;
    let hall = match filled {
        0 => format!("grid.cell(colspan: 3, {})", fact(sheet, ticket.hall, 1.08)),
        1 => fact(sheet, ticket.hall, 1.08),
        _ => format!("grid.cell(colspan: 2, {})", fact(sheet, ticket.hall, 1.08)),
    };
    let boxes = format!(
        "grid(columns: (1fr, 1fr, 1fr), stroke: 0.8pt + rule-c, inset: (x: 11pt, y: 10pt), align: left, {}, {hall})",
        cells.join(", ")
    );
    let mut rules = vec![
        "This ticket is valid once; the code is read at the entrance.",
        "Please bring it on paper or on your telephone.",
        "Tickets are not taken back and not exchanged.",
        "Late guests are let in when the programme allows it.",
        "Large bags are left at the cloakroom.",
        "Photographs without flash are welcome.",
    ];
    style.shuffle(&mut rules);
    let rules: Vec<Expr> = rules.iter().take(3).map(|line| format!("par({})", note(line))).collect();
    let page = stack(18.0, &[top, art, head, boxes, stack(7.0, &rules)]);
    (format!("#{page}\n"), "ticket-home-print".to_owned())
}
