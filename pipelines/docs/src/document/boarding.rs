//! Boarding passes: the card with its stub, the card in boxes, the pass on a telephone, the sheet printed at home.

use jiff::ToSpan as _;
use jiff::civil::time;

use super::desk::{Desk, Draft};
use super::logo;
use super::markup::{Expr, align, bold, gap, grid, inline, note, role, rule, small, stack, text};
use super::sheet::{Field, Sheet};
use super::ticket::{fact, facts, on_table, torn, with_table};

/// What is printed on the pass.
struct Pass {
    airline_name: String,
    airline: Field,
    passenger: Field,
    from: Field,
    to: Field,
    from_code: Field,
    to_code: Field,
    flight: Field,
    date: Field,
    boarding: Field,
    departure: Field,
    arrival: Field,
    gate: Field,
    seat: Field,
    group: Field,
    class: Field,
    reference: Field,
    /// Only on the sheet from the printer at home.
    baggage: Vec<Field>,
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
    let form = desk.style.weighted(&[3.0, 2.0, 2.5, 2.5]);
    let mut sheet = Sheet::fields();
    let pass = draw(desk, &mut sheet, form == 3);
    let topic = format!("boarding pass from {} to {}", sheet.shown(pass.from), sheet.shown(pass.to));
    let body = match form {
        0 => card(desk, &sheet, &pass),
        1 => boxes(desk, &sheet, &pass),
        2 => telephone(desk, &sheet, &pass),
        _ => home_print(desk, &sheet, &pass),
    };
    let persona = "a traveller on the way to the gate".to_owned();
    let design = ["card", "boxes", "telephone", "home-print"][form];
    Draft { sheet, body, topic, persona, design: format!("pass-{design}") }
}

fn draw(desk: &mut Desk<'_>, sheet: &mut Sheet, baggage: bool) -> Pass {
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
    let class = desk.any(&["Economy", "Economy", "Premium", "Business"]);
    let order = desk.code("?##??#");
    let baggage = match (baggage, class) {
        (false, _) => Vec::new(),
        (_, "Business") => {
            vec![("Cabin baggage", "2 pieces, 8 kg each"), ("Checked baggage", "2 pieces, 32 kg each")]
        }
        _ => vec![
            ("Cabin baggage", desk.any(&["1 piece, 8 kg", "1 piece, 7 kg", "1 piece, 10 kg"])),
            ("Checked baggage", desk.any(&["none", "1 piece, 23 kg", "1 piece, 20 kg"])),
        ],
    };
    Pass {
        airline: sheet.tell("Airline", &airline, "Which airline operates the flight?|With which airline is the flight?"),
        passenger: sheet.field(desk.any(&["Passenger", "Name of passenger", "Passenger name"]), &passenger),
        // Town and code stand below one word, so that neither can be asked for by it.
        from: sheet.tell(
            FROM,
            &from,
            "In which town does the flight start?|From which town does the flight leave?",
        ),
        to: sheet.tell(
            "Town of arrival",
            &to,
            "To which town does the flight go?|In which town does the flight end?",
        ),
        from_code: sheet.tell(
            "Code of the departure airport",
            &from_letters,
            "Which three letters stand for the airport of departure?|What is the code of the departure airport?",
        ),
        to_code: sheet.tell(
            "Code of the arrival airport",
            &to_letters,
            "Which three letters stand for the airport of arrival?|What is the code of the airport where the flight ends?",
        ),
        flight: sheet.field("Flight", &flight),
        date: sheet.field("Date", &place.date(day)),
        boarding: sheet.field(desk.any(&["Boarding", "Boarding time", "Boarding at"]), &place.time(boards)),
        departure: sheet.field(desk.any(&["Departure", "Departs"]), &place.time(leaves)),
        arrival: sheet.field(desk.any(&["Arrival", "Arrives"]), &place.time(arrives)),
        gate: sheet.field("Gate", &gate),
        seat: sheet.field("Seat", &seat),
        group: sheet.field(desk.any(&["Group", "Zone"]), &desk.rng.whole(1, 5).to_string()),
        class: sheet.field("Class", class),
        reference: sheet.field(desk.any(&["Booking ref.", "Booking code", "Record locator"]), &order),
        baggage: baggage.into_iter().map(|(name, value)| sheet.field(name, value)).collect(),
        airline_name: airline,
    }
}

const ARROW: &str = "box(width: 100%, height: 1em)[#place(left + horizon, line(length: 100%, stroke: 1.2pt + ac))#place(right + horizon, polygon(fill: ac, (0pt, 0pt), (11pt, 5.5pt), (0pt, 11pt)))]";

/// The name of the town where the flight starts; the pass prints `From`.
const FROM: &str = "Town of departure";

/// The word above a town and its code.
fn word(sheet: &Sheet, town: Field) -> Expr {
    role("field_name", if sheet.shown_name(town) == FROM { "From" } else { "To" })
}

/// A code in large letters with its town below and the name above.
fn city(sheet: &Sheet, code: Field, town: Field, large: f64) -> Expr {
    stack(
        10.0,
        &[small(&word(sheet, town)), format!("T({large:.2}em, {})", sheet.value(code)), sheet.value(town)],
    )
}

/// From where to where, with an arrow between.
fn way(sheet: &Sheet, pass: &Pass, large: f64) -> Expr {
    grid(
        "auto, 1fr, auto",
        "(left, center + horizon, left)",
        (22.0, 0.0),
        &[
            city(sheet, pass.from_code, pass.from, large),
            ARROW.to_owned(),
            city(sheet, pass.to_code, pass.to, large),
        ],
    )
}

/// The stub's end of the way: the name above the code.
fn end(sheet: &Sheet, name: Field, code: Field) -> Expr {
    stack(5.5, &[small(&word(sheet, name)), bold(&format!("text(size: 1.3em, {})", sheet.value(code)))])
}

/// What the stub repeats.
fn stub(sheet: &Sheet, pass: &Pass, airline: bool) -> Expr {
    let mut parts = Vec::new();
    if airline {
        parts.push(bold(&sheet.value(pass.airline)));
    }
    parts.push(fact(sheet, pass.passenger, 1.0));
    parts.push(grid(
        "1fr, 1fr",
        "left",
        (8.0, 13.0),
        &[
            end(sheet, pass.from, pass.from_code),
            end(sheet, pass.to, pass.to_code),
            fact(sheet, pass.flight, 1.0),
            fact(sheet, pass.seat, 1.0),
            fact(sheet, pass.gate, 1.0),
            fact(sheet, pass.boarding, 1.0),
        ],
    ));
    parts.push(fact(sheet, pass.reference, 1.0));
    stack(13.0, &parts)
}

/// The card with its stub to the right.
fn card(desk: &mut Desk<'_>, sheet: &Sheet, pass: &Pass) -> String {
    let under = on_table(desk);
    let style = &mut desk.style;
    desk.paper.width = style.range(820.0, 960.0).round();
    let large = style.range(2.6, 3.4);
    let form = style.below(3);
    let (fill, ink) = if form == 1 { ("tint", "ink") } else { ("ac", "onac") };
    let mark = if form == 1 { logo::mark(&pass.airline_name, 26.0, style) } else { "[]".to_owned() };
    let head = format!(
        "block(width: 100%, fill: {fill}, inset: (x: 14pt, y: 11pt), text(fill: {ink}, {}))",
        grid(
            "auto, 1fr, auto",
            "(left + horizon, left + horizon, right + horizon)",
            (if form == 1 { 10.0 } else { 0.0 }, 0.0),
            &[
                mark,
                bold(&format!("text(size: 1.2em, {})", sheet.value(pass.airline))),
                format!("text(size: 1.1em, {})", role("title", "Boarding pass")),
            ]
        )
    );
    let square = style.chance(0.5);
    let code = if square { logo::square_code(84.0, style) } else { logo::barcode(62.0, 1.0, 52, style) };
    let rows = [pass.passenger, pass.flight, pass.date, pass.departure, pass.arrival, pass.class];
    let strip: Vec<Expr> =
        [pass.gate, pass.boarding, pass.seat, pass.group].iter().map(|f| fact(sheet, *f, 1.55)).collect();
    let strip = grid("auto, auto, auto, auto", "left", (34.0, 0.0), &strip);
    let body = stack(18.0, &[way(sheet, pass, large), facts(sheet, &rows, 3, 1.0), strip]);
    let rest = if square {
        grid("1fr, auto", "(left, right + bottom)", (20.0, 0.0), &[body, code])
    } else {
        stack(18.0, &[body, code])
    };
    let main = stack(8.0, &[head, gap(10.0), rest]);
    let again = stack(13.0, &[stub(sheet, pass, true), note("Gate closes 15 minutes before departure.")]);
    with_table(torn(desk, &main, &again, 236.0), under)
}

/// One band across card and stub; the facts in ruled boxes below, as older printers set them.
fn boxes(desk: &mut Desk<'_>, sheet: &Sheet, pass: &Pass) -> String {
    let under = on_table(desk);
    let style = &mut desk.style;
    desk.paper.width = style.range(860.0, 960.0).round();
    let mark = logo::mark(&pass.airline_name, 28.0, style);
    let mark = format!("box(fill: white, radius: 3pt, inset: 4pt, {mark})");
    let head = format!(
        "block(width: 100%, fill: ac, inset: (x: 20pt, y: 12pt), text(fill: onac, {}))",
        grid(
            "auto, 1fr, auto",
            "(left + horizon, left + horizon, right + horizon)",
            (13.0, 0.0),
            &[
                mark,
                format!("T(1.5em, {})", sheet.value(pass.airline)),
                bold(&format!("text(size: 1.15em, tracking: 0.1em, {})", role("title", "BOARDING PASS"))),
            ]
        )
    );
    let place = |name: Field, code: Field| {
        stack(
            6.0,
            &[
                small(&word(sheet, name)),
                grid(
                    "auto, auto",
                    "left + bottom",
                    (9.0, 0.0),
                    &[bold(&format!("text(size: 1.5em, {})", sheet.value(code))), sheet.value(name)],
                ),
            ],
        )
    };
    let large = |f: Field| fact(sheet, f, 1.6);
    let plain = |f: Field| fact(sheet, f, 1.08);
    let wide = |inner: Expr| format!("grid.cell(colspan: 2, {inner})");
    let cells = [
        wide(plain(pass.passenger)),
        plain(pass.flight),
        plain(pass.date),
        wide(place(pass.from, pass.from_code)),
        wide(place(pass.to, pass.to_code)),
        plain(pass.departure),
        plain(pass.arrival),
        plain(pass.class),
        plain(pass.group),
    ];
    let tint = |f: Field| format!("grid.cell(fill: tint, {})", large(f));
    let low = [tint(pass.boarding), tint(pass.gate), tint(pass.seat)];
    let lines = "stroke: 0.8pt + rule-c, inset: (x: 11pt, y: 10pt), align: left,";
    let main = stack(
        0.0,
        &[
            format!("grid(columns: (1fr, 1fr, 1fr, 1fr), {lines} {})", cells.join(", ")),
            format!("grid(columns: (1fr, 1fr, 1fr), {lines} {})", low.join(", ")),
            gap(14.0),
            grid(
                "auto, 1fr",
                "(left, right + bottom)",
                (16.0, 0.0),
                &[logo::barcode(46.0, 1.1, 46, style), note("Gate closes 15 minutes before departure.")],
            ),
        ],
    );
    let radius = *style.pick(&[0.0, 8.0, 14.0]);
    let ground = desk.paper.ground.hex();
    let dash = "(paint: soft, thickness: 1.5pt, dash: (5pt, 4pt))";
    let body = format!(
        "#block(width: 100%, radius: {radius:.1}pt, clip: true, fill: rgb(\"{ground}\"), stack(spacing: 0pt, {head}, \
         grid(columns: (1fr, 226pt), grid.vline(x: 1, stroke: {dash}), inset: 20pt, {main}, {})))\n",
        stub(sheet, pass, false)
    );
    with_table(body, under)
}

/// The pass on a telephone: a card of one colour with a square code on white.
fn telephone(desk: &mut Desk<'_>, sheet: &Sheet, pass: &Pass) -> String {
    let under = on_table(desk);
    let style = &mut desk.style;
    let full = style.chance(0.55);
    let width: f64 = style.range(360.0, 430.0).round();
    desk.paper.width = width + 2.0 * desk.paper.margin.0;
    let large = style.range(2.7, 3.3);
    let code = logo::square_code(style.range(120.0, 150.0).round(), style);
    let ink = if full { "onac" } else { "ink" };
    let pale = |inner: &str| format!("text(size: 0.86em, fill: {ink}, {inner})");
    let pair = |f: Field, factor: f64| {
        stack(
            5.5,
            &[
                pale(&sheet.name(f)),
                format!("text(size: {factor:.2}em, weight: \"bold\", fill: {ink}, {})", sheet.value(f)),
            ],
        )
    };
    let row = |list: &[Field], factor: f64| {
        let cells: Vec<Expr> = list.iter().map(|f| pair(*f, factor)).collect();
        grid(&vec!["1fr"; list.len()].join(", "), "left", (10.0, 0.0), &cells)
    };
    let mark = logo::mark(&pass.airline_name, 24.0, style);
    let mark = if full { format!("box(fill: white, radius: 3pt, inset: 3pt, {mark})") } else { mark };
    let head = grid(
        "auto, 1fr, auto",
        "(left + horizon, left + horizon, right + horizon)",
        (10.0, 0.0),
        &[
            mark,
            format!("text(fill: {ink}, {})", bold(&sheet.value(pass.airline))),
            format!("text(fill: {ink}, {})", role("title", "Boarding pass")),
        ],
    );
    let side = |town: Field, code: Field, how: &str| {
        align(
            how,
            &stack(
                8.0,
                &[
                    pale(&word(sheet, town)),
                    format!("text(fill: {ink}, T({large:.2}em, {}))", sheet.value(code)),
                    pale(&sheet.value(town)),
                ],
            ),
        )
    };
    let plane = format!(
        "polygon(fill: {ink}, (0pt, 7pt), (15pt, 7pt), (9pt, 0pt), (13pt, 0pt), (21pt, 7pt), (27pt, 7pt), (30pt, 9pt), (27pt, 11pt), (21pt, 11pt), (13pt, 18pt), (9pt, 18pt), (15pt, 11pt), (0pt, 11pt))"
    );
    let way = grid(
        "1fr, auto, 1fr",
        "(left, center + horizon, right)",
        (8.0, 0.0),
        &[side(pass.from, pass.from_code, "left"), plane, side(pass.to, pass.to_code, "right")],
    );
    let line = format!("line(length: 100%, stroke: 0.8pt + {})", if full { "onac" } else { "rule-c" });
    let dark = |inner: &str| format!("text(size: 0.9em, fill: rgb(\"#303036\"), {inner})");
    let below = inline(&[
        dark(&sheet.name_as(pass.reference, &format!("{}:", sheet.shown_name(pass.reference)))),
        text(" "),
        bold(&dark(&sheet.value(pass.reference))),
    ]);
    let panel = format!(
        "align(center, block(fill: white, radius: 8pt, inset: 14pt, align(center, {})))",
        stack(10.0, &[code, below])
    );
    let parts = [
        head,
        line.clone(),
        way,
        row(&[pass.passenger, pass.class], 1.0),
        row(&[pass.flight, pass.date], 1.0),
        row(&[pass.departure, pass.arrival], 1.0),
        line,
        row(&[pass.boarding, pass.gate, pass.seat, pass.group], 1.25),
        panel,
    ];
    let fill = if full { "ac".to_owned() } else { format!("rgb(\"{}\")", desk.paper.ground.hex()) };
    let radius = style.range(12.0, 22.0);
    let inner = stack(17.0, &parts);
    let body =
        format!("#block(width: {width:.1}pt, fill: {fill}, radius: {radius:.1}pt, inset: 22pt, {inner})\n");
    with_table(body, under)
}

/// The sheet from the printer at home: the pass above, baggage and advice below a line to fold along.
fn home_print(desk: &mut Desk<'_>, sheet: &Sheet, pass: &Pass) -> String {
    let style = &mut desk.style;
    desk.paper.width = style.range(620.0, 700.0).round();
    desk.paper.margin = (style.range(44.0, 56.0).round(), style.range(40.0, 52.0).round());
    desk.paper.base = desk.paper.base.max(12.8);
    let name = format!("text(fill: ac, T(1.5em, {}))", sheet.value(pass.airline));
    let mark = logo::mark(&pass.airline_name, 32.0, style);
    let head = grid(
        "auto, 1fr, auto",
        "(left + horizon, left + horizon, right + horizon)",
        (12.0, 0.0),
        &[mark, name, format!("T(1.3em, {})", role("title", "Boarding pass"))],
    );
    let square = style.chance(0.6);
    let code = if square { logo::square_code(105.0, style) } else { logo::barcode(60.0, 1.05, 40, style) };
    let large = style.range(2.3, 2.8);
    let who = fact(sheet, pass.passenger, 1.2);
    let top = if square {
        grid(
            "1fr, auto",
            "(left + horizon, right)",
            (26.0, 0.0),
            &[stack(18.0, &[who, way(sheet, pass, large)]), code],
        )
    } else {
        stack(
            18.0,
            &[
                grid("1fr, auto", "(left + horizon, right)", (20.0, 0.0), &[who, code]),
                way(sheet, pass, large),
            ],
        )
    };
    let strip: Vec<Expr> =
        [pass.boarding, pass.gate, pass.seat, pass.group].iter().map(|f| fact(sheet, *f, 1.5)).collect();
    let strip = format!(
        "block(width: 100%, fill: tint, radius: {:.1}pt, inset: 14pt, {})",
        desk.paper.corner,
        grid("1fr, 1fr, 1fr, 1fr", "left", (10.0, 0.0), &strip)
    );
    let rows = [pass.flight, pass.date, pass.class, pass.departure, pass.arrival, pass.reference];
    let baggage = stack(
        12.0,
        &[
            format!("H({})", role("heading", "Your baggage")),
            stack(12.0, &pass.baggage.iter().map(|f| fact(sheet, *f, 1.0)).collect::<Vec<_>>()),
        ],
    );
    let mut advice = vec![
        "Print this page in black or colour and fold it along the line.",
        "Gate closes 15 minutes before departure.",
        "Liquids in hand baggage: bottles of at most 100 ml.",
        "Have your identity card or passport ready at the gate.",
        "Passengers without a visa go to the desk first.",
        "Seats at the exits are for adults only.",
    ];
    style.shuffle(&mut advice);
    let lines: Vec<Expr> = advice
        .iter()
        .take(4)
        .flat_map(|line| {
            [
                "box(width: 5pt, height: 5pt, radius: 2.5pt, fill: ac)".to_owned(),
                format!("par({})", note(line)),
            ]
        })
        .collect();
    let advice = stack(
        12.0,
        &[
            format!("H({})", role("heading", "Before you fly")),
            grid("auto, 1fr", "left + horizon", (9.0, 8.0), &lines),
        ],
    );
    let fold = "line(length: 100%, stroke: (paint: soft, thickness: 1pt, dash: (4pt, 4pt)))".to_owned();
    let page = stack(
        20.0,
        &[
            head,
            rule("1.6pt + ac"),
            top,
            strip,
            facts(sheet, &rows, 3, 1.0),
            fold,
            grid("1fr, 1.6fr", "left", (26.0, 0.0), &[baggage, advice]),
        ],
    );
    format!("#{page}\n")
}
