//! Membership cards of clubs, libraries, studios and shops: who belongs, since when, until when.

use jiff::ToSpan as _;
use pixmo_render::Color;

use super::desk::{Desk, Draft};
use super::fill::{any_code, card, fact, table, waves};
use super::form_words::FormWords;
use super::locale::month_year;
use super::logo;
use super::markup::{Expr, align, bold, gap, grid, note, show, stack};
use super::sheet::{Field, Sheet};

struct Parts {
    club: Field,
    title: Field,
    name: Field,
    number: Field,
    facts: Vec<Field>,
    reach: Vec<Field>,
    rules: Vec<&'static str>,
}

/// The plastic of a card: its sides and the radius of its corners, in points.
struct Plate {
    width: f64,
    height: f64,
    radius: f64,
}

/// Writes a membership card.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields();
    let club = desk.rng.pick(&FormWords::bundled().club);
    let town = desk.town();
    let house = desk
        .rng
        .pick(&club.names)
        .replace("{town}", &town)
        .replace("{family}", desk.rng.pick(&desk.culture.family).as_str());
    let house = desk.organisation(house, town);
    let since = desk.day();
    let until = since.saturating_add((desk.rng.whole(1, 5) * 365 + desk.rng.whole(20, 300)).days());
    let club_field = sheet.field("Club", &house.name);
    let title = desk.rng.pick(&club.title).clone();
    let title = sheet.field("Document", &title);
    let name = sheet.field(desk.any(&["Member", "Name", "Card holder"]), &desk.person().full());
    let number = any_code(desk, &["#### ####", "##-####", "### ### ###", "??-#####", "#### #### ####"]);
    let number = sheet.field(desk.any(&["Member no.", "Card no.", "Membership no."]), &number);
    let level = desk.rng.pick(&club.levels).clone();
    let mut facts = vec![sheet.field(&club.level_name, &level)];
    let joined = if desk.rng.chance(0.5) { since.year().to_string() } else { month_year(since) };
    facts.push(sheet.field(desk.any(&["Member since", "Since", "Joined"]), &joined));
    facts.push(sheet.field(desk.any(&["Valid until", "Good through", "Expires"]), &place.date(until)));
    for extra in &club.extra {
        if desk.rng.chance(0.6) {
            let value = desk.rng.pick(&extra.values).clone();
            let value = if value.contains('#') { desk.code(&value) } else { value };
            facts.push(sheet.field(&extra.name, &value));
        }
    }
    let mut reach = vec![sheet.field("Telephone", &house.phone)];
    if desk.rng.chance(0.6) {
        reach.push(sheet.field("Web", &house.web));
    }
    if desk.rng.chance(0.4) {
        reach.push(sheet.field("Address", &house.address()));
    }
    let mut rules: Vec<&'static str> = Vec::new();
    for index in desk.rng.sample(club.rules.len(), 2) {
        rules.push(club.rules[index].as_str());
    }
    let topic = format!("{} of {}", sheet.shown(title).to_lowercase(), house.name);
    let parts = Parts { club: club_field, title, name, number, facts, reach, rules };
    let (body, design) = lay_out(desk, &sheet, &parts);
    Draft { sheet, body, topic, persona: "a member at the counter".to_owned(), design }
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts) -> (String, String) {
    desk.informal();
    desk.paper.base = desk.style.range(13.0, 14.5);
    let form = desk.style.below(4);
    let width = desk.style.range(480.0, 560.0).round();
    let height = (width / 1.586).round();
    let radius = *desk.style.pick(&[0.0, 10.0, 16.0, 22.0]);
    let size = Plate { width, height, radius };
    let mut out = table(desk, width);
    let front = match form {
        0 => solid(desk, sheet, parts, &size),
        1 => split(desk, sheet, parts, &size),
        2 => waved(desk, sheet, parts, &size),
        _ => striped(desk, sheet, parts, &size),
    };
    show(&mut out, &front);
    let both = desk.style.chance(0.35);
    // How to reach the club, and what the front has no room for.
    let mut rest = parts.reach.clone();
    rest.extend(parts.facts.iter().skip(if form < 2 { 4 } else { 3 }));
    if both {
        let back = back(desk, sheet, &parts.rules, &rest, &size);
        show(&mut out, &back);
    } else {
        let cells: Vec<Expr> = rest.iter().map(|f| fact(sheet, *f, "ink", 1.0)).collect();
        let slip = format!(
            "block(width: {width:.1}pt, fill: rgb(\"{}\"), radius: {:.1}pt, inset: 14pt, {})",
            desk.paper.ground.hex(),
            radius.min(8.0),
            grid(&vec!["auto"; cells.len().min(3)].join(", "), "left", (width * 0.05, 11.0), &cells)
        );
        show(&mut out, &slip);
    }
    (out, format!("member-{form}{}", if both { "/both" } else { "" }))
}

/// Facts in the given ink, as many columns as there are.
fn row(sheet: &Sheet, fields: &[Field], ink: &str) -> Expr {
    let cells: Vec<Expr> = fields.iter().take(4).map(|f| fact(sheet, *f, ink, 1.0)).collect();
    grid(&vec!["auto"; cells.len()].join(", "), "left", (26.0, 0.0), &cells)
}

/// The mark of the club on white.
fn badge(mark: &str) -> Expr {
    format!("box(fill: white, radius: 6pt, inset: 5pt, {mark})")
}

/// All in the club's colour.
fn solid(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, size: &Plate) -> Expr {
    let Plate { width, height, radius } = *size;
    let mark = badge(&logo::mark(sheet.shown(parts.club), 36.0, &mut desk.style));
    let white = |inner: &str| format!("text(fill: onac, {inner})");
    let head = grid(
        "auto, 1fr",
        "left + horizon",
        (13.0, 0.0),
        &[
            mark,
            stack(
                7.0,
                &[
                    white(&format!("T(1.4em, {})", sheet.value(parts.club))),
                    white(&sheet.value_as(parts.title, "title")),
                ],
            ),
        ],
    );
    let number = fact(sheet, parts.number, "onac", 1.5);
    let name = fact(sheet, parts.name, "onac", 1.25);
    let inner = stack(
        0.0,
        &[
            head,
            "1fr".to_owned(),
            grid("1fr, auto", "(left, right)", (14.0, 0.0), &[name, number]),
            gap(18.0),
            row(sheet, &parts.facts, "onac"),
        ],
    );
    // A large shape of a deeper shade behind the facts.
    let white = desk.paper.on_accent() == Color::WHITE;
    let deeper = if white { Color::BLACK } else { Color::WHITE };
    let shade = desk.paper.accent.mix(deeper, 0.14).hex();
    let style = &mut desk.style;
    let form = match style.below(3) {
        0 => format!(
            "#place(dx: {:.1}pt, dy: {:.1}pt, circle(radius: {:.1}pt, fill: rgb(\"{shade}\")))",
            width * style.range(0.45, 0.62),
            height * style.range(0.08, 0.3),
            height * 0.33
        ),
        1 => format!(
            "#place(polygon(fill: rgb(\"{shade}\"), ({:.1}pt, 0pt), ({width:.1}pt, 0pt), ({width:.1}pt, {height:.1}pt), ({:.1}pt, {height:.1}pt)))",
            width * style.range(0.55, 0.75),
            width * style.range(0.3, 0.5)
        ),
        _ => format!(
            "#place(dy: {:.1}pt, rect(width: {width:.1}pt, height: {:.1}pt, fill: rgb(\"{shade}\")))",
            height * 0.34,
            height * 0.2
        ),
    };
    let inner = format!("[{form}#block(width: 100%, height: 100%, inset: 24pt, {inner})]");
    card(width, height, radius, "ac", &inner)
}

/// A coloured side with the mark, the facts on white.
fn split(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, size: &Plate) -> Expr {
    let Plate { width, height, radius } = *size;
    let side = (width * 0.3).round();
    let mark = badge(&logo::mark(sheet.shown(parts.club), 58.0, &mut desk.style));
    let code = logo::barcode(34.0, 1.1, 32, &mut desk.style);
    let left = format!("block(width: 100%, height: 100%, fill: ac, align(center + horizon, {mark}))");
    let cells: Vec<Expr> = parts.facts.iter().take(4).map(|f| fact(sheet, *f, "ink", 1.0)).collect();
    let right = format!(
        "block(width: 100%, height: 100%, inset: 20pt, {})",
        stack(
            0.0,
            &[
                format!("text(fill: ac, T(1.3em, {}))", sheet.value(parts.club)),
                gap(8.0),
                sheet.value_as(parts.title, "title"),
                gap(15.0),
                grid(
                    "1fr, auto",
                    "left",
                    (14.0, 0.0),
                    &[fact(sheet, parts.name, "ink", 1.15), fact(sheet, parts.number, "ink", 1.15)]
                ),
                gap(14.0),
                grid("1fr, 1fr", "left", (14.0, 11.0), &cells),
                "1fr".to_owned(),
                code,
            ],
        )
    );
    let inner = format!("grid(columns: ({side:.0}pt, 1fr), rows: {height:.1}pt, {left}, {right})");
    card(width, height, radius, &format!("rgb(\"{}\")", desk.paper.ground.hex()), &inner)
}

/// Light, with waves in the club's colour behind.
fn waved(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, size: &Plate) -> Expr {
    let Plate { width, height, radius } = *size;
    let ground = desk.paper.ground;
    // Below the head, so that no line runs behind the mark.
    let low = height * 0.62;
    let safe = waves(width, low, ground.mix(desk.paper.accent, 0.17), &mut desk.style);
    let safe =
        format!("#place(dy: {:.1}pt, block(width: {width:.1}pt, height: {low:.1}pt)[{safe}])", height - low);
    let mark = logo::mark(sheet.shown(parts.club), 46.0, &mut desk.style);
    let head = grid(
        "1fr, auto",
        "(left + horizon, right + horizon)",
        (13.0, 0.0),
        &[
            stack(
                8.0,
                &[
                    format!("text(fill: ac, T(1.45em, {}))", sheet.value(parts.club)),
                    sheet.value_as(parts.title, "title"),
                ],
            ),
            mark,
        ],
    );
    let inner = stack(
        0.0,
        &[
            head,
            "1fr".to_owned(),
            format!("text(size: 1.2em, {})", fact(sheet, parts.name, "ink", 1.15)),
            gap(16.0),
            grid(
                "1fr, auto",
                "(left + bottom, right + bottom)",
                (14.0, 0.0),
                &[
                    row(sheet, &parts.facts[..parts.facts.len().min(3)], "ink"),
                    fact(sheet, parts.number, "ac", 1.15),
                ],
            ),
        ],
    );
    let body = format!("[{safe}#block(width: 100%, height: 100%, inset: 24pt, {inner})]");
    card(width, height, radius, &format!("rgb(\"{}\")", ground.hex()), &body)
}

/// Two bands across, the number large between them.
fn striped(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, size: &Plate) -> Expr {
    let Plate { width, height, radius } = *size;
    let mark = badge(&logo::mark(sheet.shown(parts.club), 30.0, &mut desk.style));
    let band = |inner: &str| {
        format!("block(width: 100%, fill: ac, inset: (x: 22pt, y: 13pt), text(fill: onac, {inner}))")
    };
    let top = band(&grid(
        "1fr, auto",
        "(left + horizon, right + horizon)",
        (12.0, 0.0),
        &[format!("T(1.35em, {})", sheet.value(parts.club)), mark],
    ));
    let number = align(
        "center",
        &stack(
            9.0,
            &[
                bold(&format!("text(fill: ac, {})", sheet.value_as(parts.title, "title"))),
                format!("text(size: 1.9em, tracking: 1.5pt, {})", bold(&sheet.value(parts.number))),
                format!("text(size: 0.84em, {})", sheet.name(parts.number)),
            ],
        ),
    );
    let low = format!(
        "block(width: 100%, inset: (x: 22pt, bottom: 20pt), {})",
        grid(
            "1fr, auto",
            "(left + bottom, right + bottom)",
            (14.0, 0.0),
            &[
                fact(sheet, parts.name, "ink", 1.15),
                row(sheet, &parts.facts[..parts.facts.len().min(3)], "ink")
            ]
        )
    );
    let inner = stack(0.0, &[top, "1fr".to_owned(), number, "1fr".to_owned(), low]);
    card(width, height, radius, &format!("rgb(\"{}\")", desk.paper.ground.hex()), &inner)
}

/// The back: rules, how to reach the club, a strip for machines.
fn back(desk: &mut Desk<'_>, sheet: &Sheet, rules: &[&str], fields: &[Field], size: &Plate) -> Expr {
    let Plate { width, height, radius } = *size;
    let dark = Color::rgb(34, 34, 38).hex();
    let code = logo::barcode(40.0, 1.3, 40, &mut desk.style);
    let padded = |inner: &str| format!("block(width: 100%, inset: (x: 22pt), {inner})");
    let rules: Vec<Expr> = rules.iter().map(|rule| note(rule)).collect();
    let cells: Vec<Expr> = fields.iter().map(|f| fact(sheet, *f, "ink", 0.95)).collect();
    let inner = stack(
        0.0,
        &[
            gap(22.0),
            format!("rect(width: 100%, height: 42pt, fill: rgb(\"{dark}\"))"),
            "1fr".to_owned(),
            padded(&stack(9.0, &rules)),
            "1fr".to_owned(),
            padded(&code),
            "1fr".to_owned(),
            padded(&grid(&vec!["1fr"; cells.len().min(3)].join(", "), "left", (18.0, 11.0), &cells)),
            "1fr".to_owned(),
        ],
    );
    card(width, height, radius, &format!("rgb(\"{}\")", desk.paper.ground.hex()), &inner)
}
