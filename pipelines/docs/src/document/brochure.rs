//! Brochure panels of places to visit.

use jiff::civil::time;
use pixmo_render::{Cell, Column};

use super::art::{self, Tones};
use super::desk::{Desk, Draft};
use super::markup::{Expr, body, bold, gap, grid, inline, note, role, rule, show, small, space, stack, text};
use super::press::{bookish, dark, fitting, modern, para, spaced, title as heading_of, tone};
use super::promotion::Promotion;
use super::prose::{Span, Teller, run};
use super::sheet::{Field, Sheet};

struct Panel {
    name: Field,
    intro: Expr,
    opens: Field,
    closed: Field,
    adult: Field,
    child: Field,
    address: Field,
    phone: Field,
    web: Field,
    bus: Field,
}

/// Writes a panel of a brochure.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let sight = desk.rng.pick(&Promotion::bundled().sight);
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Offer"), None),
        (Column::text("Day"), None),
        (Column::text("Time"), None),
        (Column::number("Price", place.currency, false), Some(place.money.clone())),
    ]);
    sheet.call("offer", "offers");
    sheet.ask(1, &["On which days is the offer “{label}” available?", "On which days is there “{label}”?"]);
    sheet.ask(2, &["At what time is “{label}”?", "At what time does “{label}” begin?"]);
    sheet.ask(3, &["How much does “{label}” cost?", "What is the price of “{label}”?"]);
    sheet.ask_back(2, &["Which offer begins at {value}?", "What begins at {value}?"]);
    sheet.ask_back(3, &["Which offer costs {value}?", "What can one have for {value}?"]);
    sheet.lacks(&[
        "Number of parking spaces",
        "Name of the director",
        "Height above the sea",
        "Opening time on public holidays",
    ]);
    let town = desk.town();
    let name = desk.rng.pick(&sight.name).replace("{town}", &town);
    let firm = desk.organisation(name.clone(), town.clone());
    let count = desk.rng.whole(3, 5) as usize;
    let days = ["daily", "Mon – Fri", "Saturdays", "Sundays", "Wednesdays", "Fridays", "weekends"];
    for offer in desk.rng.sample(sight.offers.len(), count) {
        let begin = time(desk.rng.whole(9, 18) as i8, *desk.rng.pick(&[0, 0, 15, 30, 45]), 0, 0);
        let euros = desk.rng.range(4.0, 38.0);
        let price = place.fee(euros);
        let cells = vec![
            Cell::text(sight.offers[offer].as_str()),
            Cell::text(desk.any(&days)),
            Cell::text(place.time(begin)),
            sheet.number(3, price),
        ];
        sheet.item(cells);
    }
    let date = desk.day();
    let mut teller = Teller::new(&sight.facts, date, &town);
    let mut spans: Vec<Span> = Vec::new();
    for wordings in &sight.intro {
        if !spans.is_empty() {
            spans.push(Span::Words(" ".to_owned()));
        }
        let wording = desk.rng.pick(wordings);
        spans.extend(teller.spans(desk, &mut sheet, wording));
    }
    let intro = para(&run(&sheet, &spans));
    let opens = time(desk.rng.whole(8, 10) as i8, *desk.rng.pick(&[0, 30]), 0, 0);
    let closes = time(desk.rng.whole(16, 19) as i8, *desk.rng.pick(&[0, 30]), 0, 0);
    let hours = format!("{} – {}", place.time(opens), place.time(closes));
    let euros = desk.rng.range(5.0, 24.0);
    let (adult, child) = (place.fee(euros), place.fee(euros * 0.5));
    let closed = desk.any(&["Mondays", "Tuesdays", "24 December", "January", "1 January", "November"]);
    let bus = format!("{} {}", desk.any(&["Bus", "Tram", "Bus line"]), desk.rng.whole(2, 68));
    let parts = Panel {
        name: sheet.tell(
            "Name of the sight",
            &name,
            "What can be visited here?|What is the name of the place?",
        ),
        intro,
        opens: sheet.tell(
            "Opening hours",
            &hours,
            "What are the opening hours?|Between which times is it open?",
        ),
        closed: sheet.tell("Time of closure", closed, "When is it closed?"),
        adult: sheet.tell(
            "Admission for adults",
            &place.money.print(adult),
            "How much do adults pay?|What is the admission for adults?",
        ),
        child: sheet.tell(
            "Admission for children",
            &place.money.print(child),
            "How much do children pay?|What is the admission for children?",
        ),
        address: sheet.tell("Address", &firm.address(), "What is the address?|Where is it?"),
        phone: sheet.tell(
            "Telephone",
            &firm.phone,
            "What is the telephone number?|Which number can one call?",
        ),
        web: sheet.tell("Web address", &firm.web, "What is the web address?"),
        bus: sheet.tell(
            "Public transport",
            &bus,
            "Which line takes visitors there?|How does one get there by public transport?",
        ),
    };
    let modern_face = desk.style.chance(0.6);
    if modern_face {
        modern(desk);
    } else {
        bookish(desk);
    }
    desk.paper.base = desk.style.range(13.2, 14.6);
    let form = desk.style.below(4);
    let motif = *desk.style.pick(&sight.motif);
    let mut out = String::from("#set par(leading: 0.62em)\n");
    let slogan =
        desk.style.word(&["Welcome!", "Come and see", "A day out", "Discover more", "For young and old"]);
    match form {
        0 => {
            tone(desk, &["#ffffff", "#fdf8ee", "#f3f7f6", "#f8f5fb"]);
            desk.paper.width = desk.style.range(380.0, 440.0).round();
            desk.paper.margin = (34.0, 34.0);
            let w = desk.paper.width;
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let picture = art::picture(motif, (w, w * desk.style.range(0.6, 0.8)), &tones, &mut desk.style);
            out.push_str(&format!("#pad(x: -34pt, top: -34pt, {picture})\n\n"));
            space(&mut out, 8.0);
            let size = fitting(&name, w - 68.0, desk.paper.base, 2.2);
            show(
                &mut out,
                &stack(
                    10.0,
                    &[
                        note(slogan),
                        format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(parts.name, "title"))),
                        parts.intro.clone(),
                    ],
                ),
            );
            space(&mut out, 7.0);
            show(&mut out, &offers(&sheet, true));
            space(&mut out, 4.0);
            show(&mut out, &rule("1.4pt + ac"));
            show(&mut out, &visit(&sheet, &parts, false));
        }
        1 => {
            tone(desk, &["#ffffff", "#fdfaf3", "#f5f8fa"]);
            desk.paper.width = desk.style.range(760.0, 860.0).round();
            desk.paper.margin = (0.0, 0.0);
            let w = desk.paper.width / 2.0;
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let tall = desk.style.range(380.0, 450.0);
            let picture = art::picture(motif, (w, tall), &tones, &mut desk.style);
            let size = fitting(&name, w - 80.0, desk.paper.base, 2.4);
            let left = stack(
                0.0,
                &[
                    picture,
                    format!(
                        "block(width: 100%, fill: ac, inset: 34pt, text(fill: onac, {}))",
                        stack(13.0, &[heading_of(size, &sheet.value_as(parts.name, "title")), body(slogan)])
                    ),
                ],
            );
            let right = format!(
                "block(width: 100%, inset: 36pt, {})",
                stack(
                    20.0,
                    &[
                        parts.intro.clone(),
                        offers(&sheet, false),
                        rule("1pt + rule-c"),
                        visit(&sheet, &parts, false)
                    ]
                )
            );
            show(&mut out, &grid("1fr, 1fr", "left", (0.0, 0.0), &[left, right]));
        }
        2 => {
            dark(desk);
            desk.paper.width = desk.style.range(400.0, 460.0).round();
            desk.paper.margin = (38.0, 40.0);
            let size = fitting(&name, desk.paper.width - 76.0, desk.paper.base, 2.6);
            show(
                &mut out,
                &stack(
                    12.0,
                    &[
                        spaced(&small(&body(slogan))),
                        format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(parts.name, "title"))),
                    ],
                ),
            );
            space(&mut out, 6.0);
            show(&mut out, &parts.intro);
            show(&mut out, &rule("1pt + ac"));
            space(&mut out, 7.0);
            show(&mut out, &offers(&sheet, true));
            space(&mut out, 4.0);
            show(&mut out, &rule("1pt + ac"));
            show(&mut out, &visit(&sheet, &parts, false));
        }
        _ => {
            tone(desk, &["#ffffff", "#fdf8ee", "#f2f6f3"]);
            desk.paper.width = desk.style.range(840.0, 940.0).round();
            desk.paper.margin = (34.0, 36.0);
            let w = (desk.paper.width - 68.0 - 56.0) / 3.0;
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let picture = art::picture(motif, (w, w * 0.8), &tones, &mut desk.style);
            let size = fitting(&name, w, desk.paper.base, 2.0);
            let first = stack(
                13.0,
                &[
                    format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(parts.name, "title"))),
                    picture,
                ],
            );
            let second = stack(
                13.0,
                &[
                    parts.intro.clone(),
                    gap(19.0),
                    format!("H({})", role("heading", "What is on")),
                    offers(&sheet, true),
                ],
            );
            let third = format!(
                "block(width: 100%, fill: tint, inset: 18pt, {})",
                stack(13.0, &[format!("H({})", role("heading", "Your visit")), visit(&sheet, &parts, true)])
            );
            show(&mut out, &grid("1fr, 1fr, 1fr", "left", (28.0, 0.0), &[first, second, third]));
        }
    }
    let topic = format!("brochure of {name}");
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a tourist at a rack of brochures".to_owned(),
        design: format!("brochure-{form}/{motif}"),
    }
}

/// The offers: as blocks for narrow panels, as a table for wide ones.
fn offers(sheet: &Sheet, narrow: bool) -> Expr {
    if !narrow {
        let mut cells = Vec::new();
        for row in 0..sheet.len() {
            cells.extend([
                bold(&sheet.cell(row, 0)),
                small(&sheet.cell(row, 1)),
                small(&sheet.cell(row, 2)),
                sheet.cell(row, 3),
            ]);
            cells.push("grid.hline(stroke: 0.7pt + rule-c)".to_owned());
        }
        return format!(
            "grid(columns: (1fr, auto, auto, auto), align: (left, left, left, right), column-gutter: 12pt, inset: (y: 7pt), {})",
            cells.join(", ")
        );
    }
    let cells: Vec<Expr> = (0..sheet.len())
        .flat_map(|row| {
            let when = small(&inline(&[sheet.cell(row, 1), text(", "), sheet.cell(row, 2)]));
            [stack(6.0, &[bold(&sheet.cell(row, 0)), when]), sheet.cell(row, 3)]
        })
        .collect();
    grid("1fr, auto", "(left, right)", (12.0, 13.0), &cells)
}

/// What a visitor must know; in narrow columns the names stand above, so that nothing is broken.
fn visit(sheet: &Sheet, parts: &Panel, narrow: bool) -> Expr {
    let label = |name: &str| format!("text(fill: ac, {})", bold(&role("field_name", name)));
    let price = |who: &str, field: Field| inline(&[body(who), sheet.value(field)]);
    let facts = [
        (
            label("Open"),
            stack(
                6.0,
                &[sheet.value(parts.opens), small(&inline(&[body("closed: "), sheet.value(parts.closed)]))],
            ),
        ),
        (label("Admission"), stack(6.0, &[price("adults ", parts.adult), price("children ", parts.child)])),
        (label("Getting here"), stack(6.0, &[para(&sheet.value(parts.address)), sheet.value(parts.bus)])),
        (label("Contact"), stack(6.0, &[sheet.value(parts.phone), small(&sheet.value(parts.web))])),
    ];
    if narrow {
        let list: Vec<Expr> = facts.into_iter().map(|(name, what)| stack(6.0, &[name, what])).collect();
        return stack(14.0, &list);
    }
    let cells: Vec<Expr> = facts.into_iter().flat_map(|(name, what)| [name, what]).collect();
    grid("auto, 1fr", "left", (14.0, 13.0), &cells)
}
