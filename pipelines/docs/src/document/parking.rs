//! Parking tickets: the slip of a machine that says until when is paid, and the notice that says what a breach costs.

use jiff::ToSpan as _;
use jiff::civil::{DateTime, time};
use pixmo_render::Color;
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::fill::{Pen, any_code, fact, table};
use super::form_words::FormWords;
use super::locale::weekday;
use super::logo;
use super::markup::{
    Expr, align, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::sheet::{Field, Sheet};
use super::signature::signature;

/// Writes a parking ticket.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    if desk.rng.chance(0.5) { paid(desk) } else { notice(desk) }
}

/// A registration plate that no country gives out in this form.
fn plate(desk: &mut Desk<'_>) -> String {
    any_code(desk, &["??-### ??", "?? ## ???", "??? ####", "?-?? ####", "## ?? ###"])
}

/// A moment of a day between two hours, on a step of minutes.
fn moment(desk: &mut Desk<'_>, from: i64, to: i64) -> DateTime {
    let day = desk.day();
    day.to_datetime(time(desk.rng.whole(from, to) as i8, desk.rng.whole(0, 59) as i8, 0, 0))
}

struct Slip {
    operator: Field,
    title: Field,
    until: Field,
    until_day: Field,
    facts: Vec<Field>,
    paid: Field,
    remark: &'static str,
}

/// The slip of a pay-and-display machine.
fn paid(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let words = &FormWords::bundled().parking;
    let mut sheet = Sheet::fields().and_amounts(&place);
    let town = desk.town();
    let operator = desk.rng.pick(&words.operator).replace("{town}", &town);
    let site = desk.rng.pick(&words.site).replace("{street}", desk.rng.pick(&desk.culture.street).as_str());
    let from = moment(desk, 6, 18);
    let minutes = desk.rng.whole(1, 20) * 15;
    let until = from.saturating_add(minutes.minutes());
    let rate = place.fee(desk.rng.range(0.8, 4.0));
    let fee = place.money.rounded(rate * Decimal::from(minutes) / Decimal::from(60));
    let title = sheet.field("Document", desk.rng.pick(&words.title).as_str());
    let operator_field = sheet.field("Operator", &operator);
    let until_field = sheet.field(
        desk.any(&["Paid until", "Expires at", "Valid until", "Expiry time"]),
        &place.time(until.time()),
    );
    let until_day = sheet.field("Date", &place.date(until.date()));
    let mut facts = vec![
        sheet.field(desk.any(&["Car park", "Site", "Location"]), &site),
        sheet.field(desk.any(&["Arrival", "Start", "Issued at"]), &place.time(from.time())),
        sheet.field(desk.any(&["Duration", "Time bought"]), &span(minutes)),
    ];
    if desk.rng.chance(0.7) {
        let value = plate(desk);
        facts.push(sheet.field(desk.any(&["Plate", "Vehicle", "Registration"]), &value));
    }
    if desk.rng.chance(0.6) {
        facts.push(sheet.field(desk.any(&["Zone", "Tariff zone"]), &any_code(desk, &["#", "?", "?#"])));
    }
    facts.push(sheet.money(desk.any(&["Rate per hour", "Tariff per hour"]), rate, &place));
    facts.push(sheet.field(desk.any(&["Machine", "Machine no.", "Terminal"]), &desk.code("####")));
    facts.push(sheet.field(desk.any(&["Ticket no.", "Receipt no."]), &desk.code("######")));
    facts.push(
        sheet.field(
            desk.any(&["Payment", "Paid by"]),
            desk.any(&["Card", "Coins", "Phone app", "Contactless"]),
        ),
    );
    let paid = sheet.money(desk.any(&["Amount paid", "Fee paid", "Paid"]), fee, &place);
    let topic = format!("parking slip of {operator}");
    let remark = desk.rng.pick(&words.remark).as_str();
    let slip = Slip { operator: operator_field, title, until: until_field, until_day, facts, paid, remark };
    let (body, design) = lay_slip(desk, &sheet, &slip, &operator);
    Draft { sheet, body, topic, persona: "a driver who looks at the windscreen".to_owned(), design }
}

/// A span of minutes, such as `2 h 15 min`.
fn span(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn lay_slip(desk: &mut Desk<'_>, sheet: &Sheet, slip: &Slip, operator: &str) -> (String, String) {
    let form = desk.style.below(3);
    desk.paper.base = desk.style.range(12.5, 14.0);
    if form == 0 {
        desk.paper.black_on_white();
        desk.paper.set_in(desk.style.word(&["Courier Prime", "JetBrains Mono", "Arimo", "Roboto Condensed"]));
    } else {
        let tone = desk.style.word(&["#ffffff", "#fff7d6", "#eaf3ee", "#eef2fa", "#fdeee6"]);
        desk.paper.recolour(tone, Color::rgb(24, 24, 28), Color::rgb(76, 76, 84), 4.8);
    }
    let width = match form {
        0 => desk.style.range(310.0, 360.0),
        1 => desk.style.range(600.0, 680.0),
        _ => desk.style.range(400.0, 460.0),
    }
    .round();
    let mut out = table(desk, width);
    let style = &mut desk.style;
    let ground = desk.paper.ground.hex();
    let big = |factor: f64| format!("T({factor:.1}em, {})", sheet.value(slip.until));
    let facts = |columns: usize| {
        let cells: Vec<Expr> = slip.facts.iter().map(|f| fact(sheet, *f, "ink", 1.0)).collect();
        grid(&vec!["1fr"; columns].join(", "), "left", (14.0, 12.0), &cells)
    };
    let title = sheet.value_as(slip.title, "title");
    let dash = "line(length: 100%, stroke: (paint: ink, thickness: 1pt, dash: (4pt, 3pt)))".to_owned();
    let paid = grid(
        "1fr, auto",
        "(left + horizon, right + horizon)",
        (10.0, 0.0),
        &[bold(&sheet.name(slip.paid)), format!("text(size: 1.3em, {})", bold(&sheet.value(slip.paid)))],
    );
    let body = match form {
        0 => {
            let code = align("center", &logo::barcode(38.0, 1.3, 34, style));
            let head = align(
                "center",
                &stack(7.0, &[bold(&format!("text(size: 1.15em, {})", sheet.value(slip.operator))), title]),
            );
            let until = align(
                "center",
                &stack(9.0, &[sheet.name(slip.until), big(2.9), sheet.value(slip.until_day)]),
            );
            let rows: Vec<Expr> =
                slip.facts.iter().flat_map(|f| [sheet.name(*f), align("right", &sheet.value(*f))]).collect();
            let rows = grid("auto, 1fr", "left", (10.0, 8.5), &rows);
            let parts = [
                head,
                dash.clone(),
                until,
                dash.clone(),
                rows,
                dash.clone(),
                paid,
                code,
                align("center", &note(slip.remark)),
            ];
            format!("block(width: 100%, inset: 20pt, {})", stack(14.0, &parts))
        }
        1 => {
            let mark = logo::mark(operator, 44.0, style);
            let head = grid(
                "auto, 1fr, auto",
                "(left + horizon, left + horizon, right + horizon)",
                (13.0, 0.0),
                &[
                    mark,
                    stack(7.0, &[bold(&sheet.value(slip.operator)), title]),
                    fact(sheet, slip.until_day, "ink", 1.1),
                ],
            );
            let until = format!(
                "block(fill: ac, inset: (x: 18pt, y: 14pt), width: 100%, align(center, text(fill: onac, {})))",
                stack(10.0, &[sheet.name(slip.until), big(3.2)])
            );
            let low =
                grid("1fr, 200pt", "(left, right)", (22.0, 0.0), &[facts(2), stack(12.0, &[until, paid])]);
            format!("block(width: 100%, inset: 20pt, {})", stack(16.0, &[head, low, note(slip.remark)]))
        }
        _ => {
            let letter = format!(
                "box(width: 52pt, height: 52pt, radius: 6pt, fill: rgb(\"#1d5fb0\"), align(center + horizon, text(fill: white, size: 34pt, weight: \"bold\", {})))",
                role("note", "P")
            );
            let head = grid(
                "auto, 1fr",
                "left + horizon",
                (15.0, 0.0),
                &[letter, stack(8.0, &[display(1.25, &title), sheet.value(slip.operator)])],
            );
            let until = stack(
                9.0,
                &[
                    small(&sheet.name(slip.until)),
                    format!("text(fill: ac, {})", big(2.7)),
                    inline(&[
                        small(&sheet.name(slip.until_day)),
                        text(" "),
                        bold(&sheet.value(slip.until_day)),
                    ]),
                ],
            );
            let square = logo::square_code(84.0, style);
            let middle = grid("1fr, auto", "(left, right + bottom)", (12.0, 0.0), &[until, square]);
            let parts =
                [head, rule("2pt + ac"), middle, facts(2), rule("0.9pt + rule-c"), paid, note(slip.remark)];
            format!("block(width: 100%, inset: 22pt, {})", stack(15.0, &parts))
        }
    };
    show(&mut out, &format!("block(width: {width:.1}pt, fill: rgb(\"{ground}\"), {body})"));
    (out, format!("parking-{form}"))
}

struct Notice {
    authority: Field,
    title: Field,
    number: Field,
    breach: Field,
    when: Vec<Field>,
    vehicle: Vec<Field>,
    sums: Vec<Field>,
    officer: Field,
    others: Vec<&'static str>,
    remark: &'static str,
}

/// The notice of a penalty.
fn notice(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let words = &FormWords::bundled().parking;
    let mut sheet = Sheet::fields().and_amounts(&place);
    let town = desk.town();
    let authority = desk.rng.pick(&words.authority).replace("{town}", &town);
    let index = desk.rng.below(words.breach.len());
    let breach = words.breach[index].clone();
    let at = moment(desk, 7, 19);
    let seen = at.saturating_sub(desk.rng.whole(3, 15).minutes());
    let street = desk.street();
    let full = place.price(desk.rng.range(25.0, 120.0), &mut desk.rng);
    let half = place.money.rounded(full / Decimal::TWO);
    let days = *desk.rng.pick(&[7i64, 10, 14]);
    let title = sheet.field("Document", desk.rng.pick(&words.notice).as_str());
    let authority_field = sheet.field("Authority", &authority);
    let number = any_code(desk, &["?? ########", "PN-######", "##/######"]);
    let number = sheet.field(desk.any(&["Notice no.", "Ticket no.", "Reference no."]), &number);
    let breach_field = sheet.field(desk.any(&["Breach", "Offence", "Reason"]), &breach);
    let when = vec![
        sheet.field(
            desk.any(&["Date", "Date of issue"]),
            &format!("{}, {}", weekday(at.date()), place.date(at.date())),
        ),
        sheet.field(desk.any(&["First seen", "Observed from"]), &place.time(seen.time())),
        sheet.field(desk.any(&["Issued at", "Time of issue"]), &place.time(at.time())),
        sheet.field(desk.any(&["Place", "Street", "Location"]), &street),
    ];
    let registration = plate(desk);
    let vehicle = vec![
        sheet.field(desk.any(&["Registration", "Plate"]), &registration),
        sheet.field(
            desk.any(&["Kind of vehicle", "Vehicle"]),
            desk.any(&["Passenger car", "Van", "Motorcycle", "Lorry", "Camper", "Estate car"]),
        ),
        sheet.field(
            "Colour",
            desk.any(&["white", "black", "silver", "red", "dark blue", "green", "grey", "yellow"]),
        ),
    ];
    let mut sums = vec![sheet.money(desk.any(&["Penalty", "Fine", "Full charge"]), full, &place)];
    sums.push(sheet.money(&format!("If paid within {days} days"), half, &place));
    let pay_by =
        sheet.field(desk.any(&["Pay by", "Payment due"]), &place.date(at.date().saturating_add(28.days())));
    sums.push(pay_by);
    let officer = sheet.field(desk.any(&["Officer", "Warden", "Officer no."]), &desk.code("?? ####"));
    let mut others: Vec<&'static str> = Vec::new();
    for other in desk.rng.sample(words.breach.len(), 5) {
        if other != index && others.len() < 4 {
            others.push(words.breach[other].as_str());
        }
    }
    others.insert(desk.rng.below(others.len() + 1), words.breach[index].as_str());
    let topic = format!("parking notice of {authority}");
    let remark = desk.rng.pick(&words.appeal).as_str();
    let parts = Notice {
        authority: authority_field,
        title,
        number,
        breach: breach_field,
        when,
        vehicle,
        sums,
        officer,
        others,
        remark,
    };
    let (body, design) = lay_notice(desk, &sheet, &parts, &authority);
    Draft { sheet, body, topic, persona: "a driver who finds a notice".to_owned(), design }
}

fn lay_notice(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Notice, authority: &str) -> (String, String) {
    let form = desk.style.below(3);
    let pen = Pen::draw(desk);
    desk.paper.width = desk.style.range(430.0, 540.0).round();
    desk.paper.margin = (desk.style.range(28.0, 40.0), desk.style.range(26.0, 36.0));
    if form == 1 {
        let tone = desk.style.word(&["#fff3c4", "#ffe9d6", "#fbe3e3"]);
        desk.paper.recolour(tone, Color::rgb(24, 24, 28), Color::rgb(72, 68, 60), 5.0);
    }
    let (x, y) = desk.paper.margin;
    let style = &mut desk.style;
    let mut out = String::new();
    let title = sheet.value_as(parts.title, "title");
    let mark = logo::with_name(authority, &sheet.value(parts.authority), 32.0, style);
    let number = inline(&[sheet.name(parts.number), text(" "), bold(&sheet.value(parts.number))]);
    match form {
        0 => {
            show(&mut out, &mark);
            show(&mut out, &format!("text(fill: ac, {})", display(1.7, &title)));
            show(&mut out, &number);
        }
        1 => {
            let head = stack(9.0, &[format!("T(1.55em, {title})"), sheet.value(parts.authority)]);
            out.push_str(&format!(
                "#block(width: 100%, fill: ink, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 14pt), text(fill: white, {head}))\n\n"
            ));
            show(&mut out, &align("right", &number));
        }
        _ => {
            show(
                &mut out,
                &align(
                    "center",
                    &stack(9.0, &[bold(&sheet.value(parts.authority)), display(1.6, &title), number]),
                ),
            );
            show(&mut out, &rule("1.6pt + ink"));
        }
    }
    space(&mut out, 4.0);
    let boxed = |fields: &[Field], columns: usize| {
        let cells: Vec<Expr> = fields.iter().map(|f| pen.entry(sheet, *f)).collect();
        format!(
            "grid(columns: (1fr,) * {columns}, stroke: 0.9pt + ink, inset: 8pt, align: left, {})",
            cells.join(", ")
        )
    };
    match form {
        2 => {
            let cells: Vec<Expr> =
                parts.when.iter().chain(&parts.vehicle).map(|f| pen.line(sheet, *f)).collect();
            show(&mut out, &stack(12.0, &cells));
        }
        _ => {
            show(&mut out, &boxed(&parts.when, 2));
            show(&mut out, &boxed(&parts.vehicle, 3));
        }
    }
    space(&mut out, 4.0);
    if form == 0 {
        show(
            &mut out,
            &stack(
                8.0,
                &[
                    small(&sheet.name(parts.breach)),
                    format!("text(size: 1.1em, {})", pen.write(&sheet.value(parts.breach))),
                ],
            ),
        );
    } else {
        show(&mut out, &bold(&sheet.name(parts.breach)));
        let rows: Vec<Expr> = parts
            .others
            .iter()
            .flat_map(|other| {
                let on = *other == sheet.shown(parts.breach);
                let label = if on { sheet.value(parts.breach) } else { role("body", other) };
                [pen.tick(on), label]
            })
            .collect();
        show(&mut out, &grid("auto, 1fr", "left + horizon", (9.0, 9.0), &rows));
    }
    space(&mut out, 4.0);
    let cells: Vec<Expr> =
        parts.sums.iter().map(|f| fact(sheet, *f, if form == 1 { "ink" } else { "onac" }, 1.25)).collect();
    let fill = if form == 1 { "fill: white, stroke: 1.2pt + ink" } else { "fill: ac" };
    show(
        &mut out,
        &format!(
            "block(width: 100%, {fill}, inset: 13pt, {})",
            grid("1fr, 1.2fr, 1fr", "left", (14.0, 0.0), &cells)
        ),
    );
    let sign = stack(
        5.0,
        &[
            signature(96.0, style),
            rule("0.8pt + ink"),
            inline(&[small(&sheet.name(parts.officer)), text(" "), sheet.value(parts.officer)]),
        ],
    );
    let code = logo::barcode(34.0, 1.1, 34, style);
    show(
        &mut out,
        &grid(
            "1fr, auto",
            "(left + bottom, right + bottom)",
            (16.0, 0.0),
            &[format!("box(width: 150pt, {sign})"), code],
        ),
    );
    show(&mut out, &note(parts.remark));
    (out, format!("penalty-{form}{}", if pen.by_hand { "/hand" } else { "" }))
}
