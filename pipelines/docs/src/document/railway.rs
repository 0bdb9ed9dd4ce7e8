//! Train tickets: from where to where, when, in which coach, and what it cost.

use jiff::ToSpan as _;
use jiff::civil::time;
use pixmo_render::{Cell, Color, Column};

use super::desk::{Desk, Draft};
use super::fill::{any_code, fact, table as clear_table};
use super::form_words::FormWords;
use super::logo;
use super::markup::{
    Expr, align, bold, display, gap, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::pieces::{Lines, Pairs, col, section, table};
use super::sheet::{Field, Sheet};

struct Parts {
    company: Field,
    title: Field,
    from: Field,
    to: Field,
    /// Date and times.
    when: Vec<Field>,
    /// Train, coach, seat.
    place: Vec<Field>,
    /// Class, fare, passenger and the like.
    terms: Vec<Field>,
    price: Field,
    number: Field,
    remark: &'static str,
}

/// Writes a train ticket: a card for one train, or a page with the trains of a journey.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let legs = if desk.rng.chance(0.45) { desk.rng.whole(2, 3) as usize } else { 1 };
    let place = desk.place.clone();
    let words = &FormWords::bundled().railway;
    let company = desk.rng.pick(&words.company).replace("{town}", &desk.town());
    let mut towns: Vec<String> = Vec::new();
    while towns.len() <= legs {
        let town = desk.town();
        if !towns.contains(&town) {
            towns.push(town);
        }
    }
    let day = desk.day();
    let mut sheet = if legs > 1 {
        let [leaves, reaches] =
            *desk.rng.pick(&[["Departure", "Arrival"], ["Departure time", "Arrival time"]]);
        let columns = [
            desk.any(&["Train", "Service"]),
            "From",
            leaves,
            "To",
            reaches,
            desk.any(&["Platform", "Track"]),
        ];
        Sheet::with_items(columns.map(|name| (Column::text(name), None)).to_vec())
    } else {
        Sheet::fields()
    }
    .and_amounts(&place);
    let prefix = desk.rng.pick(&words.prefix).clone();
    let first = time(desk.rng.whole(5, 16) as i8, desk.rng.whole(0, 59) as i8, 0, 0);
    let (mut now, mut arrives) = (first, first);
    let mut minutes_on_way = 0;
    let mut trains: Vec<String> = Vec::new();
    for leg in 0..legs {
        let span = desk.rng.whole(24, if legs > 1 { 95 } else { 230 });
        arrives = now.wrapping_add(span.minutes());
        minutes_on_way += span;
        let mut train = format!("{prefix} {}", desk.rng.whole(12, 2980));
        while trains.contains(&train) {
            train = format!("{prefix} {}", desk.rng.whole(12, 2980));
        }
        if legs > 1 {
            sheet.item(vec![
                Cell::text(&train),
                Cell::text(&towns[leg]),
                Cell::text(place.time(now)),
                Cell::text(&towns[leg + 1]),
                Cell::text(place.time(arrives)),
                Cell::text(desk.rng.whole(1, 14).to_string()),
            ]);
        }
        trains.push(train);
        let wait = desk.rng.whole(6, 35);
        now = arrives.wrapping_add(wait.minutes());
        minutes_on_way += if leg + 1 < legs { wait } else { 0 };
    }
    let title = sheet.field("Document", desk.rng.pick(&words.title).as_str());
    let company_field = sheet.field("Railway", &company);
    let from = sheet.field("From", &towns[0]);
    let to = sheet.field("To", &towns[legs]);
    // The names of both times are of one kind.
    let [departs, reaches] = *desk.rng.pick(&[["Departure", "Arrival"], ["Departs", "Arrives"]]);
    let mut when = vec![
        sheet.field(desk.any(&["Date", "Travel date", "Valid on"]), &place.date(day)),
        sheet.field(departs, &place.time(first)),
        sheet.field(reaches, &place.time(arrives)),
    ];
    if legs > 1 {
        let way = format!("{} h {:02} min", minutes_on_way / 60, minutes_on_way % 60);
        when.push(sheet.field(desk.any(&["Duration", "Travel time"]), &way));
        when.push(sheet.field("Changes", &(legs - 1).to_string()));
    }
    // Who changes trains has no one seat for the whole way.
    let mut seat = Vec::new();
    if legs == 1 {
        seat.push(sheet.field("Train", &trains[0]));
        seat.push(sheet.field(desk.any(&["Coach", "Carriage", "Car"]), &desk.rng.whole(1, 14).to_string()));
        let letter = desk.any(&["", "", "A", "B", "C", "D"]);
        seat.push(sheet.field("Seat", &format!("{}{letter}", desk.rng.whole(11, 96))));
    }
    let mut terms = vec![sheet.field("Class", desk.any(&["1st", "2nd", "2nd", "Second", "First"]))];
    let fare = desk.rng.pick(&words.fare).clone();
    terms.push(sheet.field(desk.any(&["Fare", "Ticket type"]), &fare));
    let who = if desk.rng.chance(0.6) {
        sheet.field(desk.any(&["Passenger", "Traveller"]), &desk.person().full())
    } else {
        sheet.field(desk.any(&["Passengers", "Travellers"]), &desk.rng.pick(&words.travellers).clone())
    };
    terms.push(who);
    if desk.rng.chance(0.4) {
        terms.push(sheet.field("Railcard", desk.rng.pick(&words.card).as_str()));
    }
    if legs == 1 && desk.rng.chance(0.5) {
        terms.push(sheet.field("Via", &desk.town()));
    }
    let euros = 4.0 + minutes_on_way as f64 * desk.rng.range(0.12, 0.42);
    let price = place.fee(euros);
    let price = sheet.money(desk.any(&["Price", "Total paid", "Amount"]), price, &place);
    let code = any_code(desk, &["???#####", "#### #### ##", "##-??-####"]);
    let number = sheet.field(desk.any(&["Ticket no.", "Booking ref.", "Reference"]), &code);
    let topic = format!("train ticket from {} to {}", towns[0], towns[legs]);
    let remark = desk.rng.pick(&words.remark).as_str();
    let parts =
        Parts { company: company_field, title, from, to, when, place: seat, terms, price, number, remark };
    let (body, design) =
        if legs > 1 { page(desk, &sheet, &parts, &company) } else { slip(desk, &sheet, &parts, &company) };
    Draft { sheet, body, topic, persona: "a passenger who waits for a train".to_owned(), design }
}

/// A ticket of card for one train.
fn slip(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, company: &str) -> (String, String) {
    let form = desk.style.below(3);
    let width = desk.style.range(620.0, 720.0).round();
    let tone = desk.style.word(&["#fff6e8", "#eef5ee", "#eef2f8", "#fbeeee", "#ffffff", "#f8f4e4"]);
    desk.paper.recolour(tone, Color::rgb(26, 26, 30), Color::rgb(80, 80, 88), 4.8);
    desk.paper.base = desk.style.range(12.5, 14.0);
    if form == 2 {
        desk.paper.set_in(desk.style.word(&["Courier Prime", "JetBrains Mono", "Inconsolata", "Fira Code"]));
    }
    let mut out = clear_table(desk, width);
    let style = &mut desk.style;
    let facts = |fields: &[Field], columns: usize, factor: f64| {
        let cells: Vec<Expr> = fields.iter().map(|f| fact(sheet, *f, "ink", factor)).collect();
        grid(&vec!["1fr"; columns].join(", "), "left", (14.0, 13.0), &cells)
    };
    let ground = desk.paper.ground.hex();
    let price = fact(sheet, parts.price, "ink", 1.35);
    let number = fact(sheet, parts.number, "ink", 1.0);
    let body = match form {
        0 => {
            // Bands of colour above and below, as on card from a machine.
            let band = format!(
                "block(width: 100%, fill: ac, inset: (x: 20pt, y: 10pt), text(fill: onac, {}))",
                grid(
                    "1fr, auto",
                    "(left + horizon, right + horizon)",
                    (12.0, 0.0),
                    &[bold(&sheet.value(parts.company)), bold(&sheet.value_as(parts.title, "title"))]
                )
            );
            let way = grid(
                "1fr, 1fr",
                "left",
                (18.0, 0.0),
                &[fact(sheet, parts.from, "ink", 1.5), fact(sheet, parts.to, "ink", 1.5)],
            );
            let mut rest = parts.when.clone();
            rest.extend(&parts.place);
            let main = stack(
                15.0,
                &[
                    way,
                    rule("0.9pt + rule-c"),
                    facts(&rest, 3, 1.1),
                    facts(&parts.terms, 3, 1.0),
                    grid(
                        "1fr, 1fr, 1fr",
                        "left + bottom",
                        (14.0, 0.0),
                        &[price, number, logo::barcode(34.0, 1.0, 30, style)],
                    ),
                ],
            );
            let foot = format!(
                "block(width: 100%, fill: ac, inset: (x: 20pt, y: 6pt), text(fill: onac, size: 0.86em, {}))",
                role("note", parts.remark)
            );
            format!(
                "stack(spacing: 0pt, {band}, block(width: 100%, inset: (x: 20pt, y: 16pt), {main}), {foot})"
            )
        }
        1 => {
            // A stub to tear off at the right.
            let arrow = "box(width: 100%, height: 1em)[#place(left + horizon, line(length: 100%, stroke: 1.4pt + ac))#place(right + horizon, polygon(fill: ac, (0pt, 0pt), (11pt, 5.5pt), (0pt, 11pt)))]";
            let way = grid(
                "auto, 1fr, auto",
                "(left, center + horizon, right)",
                (18.0, 0.0),
                &[fact(sheet, parts.from, "ink", 1.4), arrow.to_owned(), fact(sheet, parts.to, "ink", 1.4)],
            );
            let mark = logo::with_name(company, &sheet.value(parts.company), 28.0, style);
            let mut rest = parts.when.clone();
            rest.extend(&parts.terms);
            let main = format!(
                "block(width: 100%, inset: 20pt, {})",
                stack(17.0, &[mark, way, facts(&rest, 3, 1.0), note(parts.remark)])
            );
            let mut again = vec![bold(&format!(
                "text(fill: ac, size: 1.15em, {})",
                sheet.value_as(parts.title, "title")
            ))];
            again.extend(parts.place.iter().map(|f| fact(sheet, *f, "ink", 1.35)));
            again.extend([price, number]);
            let side = format!("grid.cell(fill: tint, inset: 20pt, {})", stack(14.0, &again));
            format!(
                "grid(columns: (1fr, 172pt), grid.vline(x: 1, stroke: (paint: soft, thickness: 1.4pt, dash: (5pt, 4pt))), {main}, {side})"
            )
        }
        _ => {
            // A plain print in one face, lines between the groups.
            let head = grid(
                "1fr, auto",
                "(left + horizon, right + horizon)",
                (12.0, 0.0),
                &[display(1.3, &sheet.value_as(parts.title, "title")), sheet.value(parts.company)],
            );
            let dash =
                "line(length: 100%, stroke: (paint: ink, thickness: 1pt, dash: (4pt, 3pt)))".to_owned();
            let mut first = vec![parts.from, parts.to];
            first.extend(&parts.when);
            let pairs = Pairs::Beside.lay(sheet, &first, 2);
            let square = logo::square_code(96.0, style);
            let mut rest = parts.place.clone();
            rest.extend(&parts.terms);
            rest.push(parts.number);
            let low = grid(
                "1fr, auto",
                "(left, right + bottom)",
                (20.0, 0.0),
                &[stack(14.0, &[facts(&rest, 3, 1.0), price]), square],
            );
            let parts = stack(15.0, &[head, dash.clone(), pairs, dash.clone(), low, note(parts.remark)]);
            format!("block(width: 100%, inset: 22pt, {parts})")
        }
    };
    let radius = *desk.style.pick(&[0.0, 0.0, 8.0, 14.0]);
    show(
        &mut out,
        &format!(
            "block(width: {width:.1}pt, radius: {radius:.0}pt, clip: true, fill: rgb(\"{ground}\"), {body})"
        ),
    );
    (out, format!("train-{form}"))
}

/// A page from the web with all trains of the journey.
fn page(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, company: &str) -> (String, String) {
    let form = desk.style.below(3);
    desk.paper.width = *desk.style.pick(&[660.0, 720.0, 780.0]);
    desk.paper.margin = (desk.style.range(40.0, 54.0), desk.style.range(36.0, 48.0));
    let (x, y) = desk.paper.margin;
    let style = &mut desk.style;
    let mut out = String::new();
    let title = sheet.value_as(parts.title, "title");
    let mark = logo::with_name(company, &sheet.value(parts.company), 34.0, style);
    let square = logo::square_code(105.0, style);
    let way = inline(&[sheet.value(parts.from), text(" – "), sheet.value(parts.to)]);
    match form {
        0 => {
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + horizon, right + horizon)",
                    (16.0, 0.0),
                    &[mark, display(1.5, &title)],
                ),
            );
            show(&mut out, &rule("1.6pt + ac"));
            let way = stack(10.0, &[format!("T(1.6em, {way})"), sheet.value(parts.when[0])]);
            show(
                &mut out,
                &grid("1fr, auto", "(left + horizon, right)", (16.0, 0.0), &[way, square.clone()]),
            );
        }
        1 => {
            let band = grid(
                "1fr, auto",
                "(left + horizon, right + horizon)",
                (16.0, 0.0),
                &[stack(9.0, &[format!("T(1.5em, {way})"), title]), bold(&sheet.value(parts.company))],
            );
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {band}))\n\n"
            ));
        }
        _ => {
            show(&mut out, &align("center", &stack(14.0, &[mark, display(1.6, &title), square.clone()])));
        }
    }
    space(&mut out, 4.0);
    let mut meta = vec![parts.from, parts.to];
    meta.extend(&parts.when);
    meta.extend(&parts.place);
    let list = Pairs::draw(style).lay(sheet, &meta, if form == 1 { 1 } else { 2 });
    if form == 1 {
        show(&mut out, &grid("1fr, auto", "(left, right)", (20.0, 0.0), &[list, square]));
    } else {
        show(&mut out, &list);
    }
    space(&mut out, 8.0);
    show(&mut out, &section(style.word(&["Your journey", "Trains", "Connections"]), style.below(4)));
    let cols = [
        col(0, "auto", "left"),
        col(1, "1fr", "left"),
        col(2, "auto", "left"),
        col(3, "1fr", "left"),
        col(4, "auto", "left"),
        col(5, "auto", "right"),
    ];
    let lines = Lines::draw(style);
    show(&mut out, &table(sheet, &cols, lines, style.range(6.0, 8.5)));
    space(&mut out, 8.0);
    let mut terms = parts.terms.clone();
    terms.push(parts.number);
    let cells: Vec<Expr> = terms.iter().map(|f| fact(sheet, *f, "ink", 1.0)).collect();
    let left = grid("1fr, 1fr", "left", (16.0, 13.0), &cells);
    let sum = format!(
        "box(fill: tint, stroke: 1pt + ac, inset: 13pt, {})",
        stack(
            7.0,
            &[
                small(&sheet.name(parts.price)),
                format!("text(size: 1.5em, {})", bold(&sheet.value(parts.price)))
            ]
        )
    );
    show(&mut out, &grid("1fr, auto", "(left, right + bottom)", (20.0, 0.0), &[left, sum]));
    show(&mut out, &stack(0.0, &[gap(4.0), rule("0.8pt + rule-c"), gap(9.0), note(parts.remark)]));
    (out, format!("journey-{form}/{}", lines.name()))
}
