//! Identity cards: of offices, schools, works and drivers, with a portrait and what it proves.

use jiff::ToSpan as _;
use jiff::civil::Date;
use pixmo_render::Color;

use super::desk::{Desk, Draft, capital};
use super::fill::{fact, spread, table, waves};
use super::form_words::{FormWords, IdCard};
use super::logo;
use super::markup::{Expr, align, bold, grid, role, show, small, stack};
use super::portrait::portrait;
use super::sheet::{Field, Sheet};
use super::signature::signature;

struct Parts {
    kind: &'static IdCard,
    issuer: Field,
    title: Field,
    name: Field,
    number: Field,
    facts: Vec<Field>,
    /// Whose portrait it is.
    woman: bool,
}

/// Writes an identity card.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields();
    let kind = desk.rng.pick(&FormWords::bundled().id_card);
    let person = desk.person();
    let town = desk.town();
    let issuer = desk
        .rng
        .pick(&kind.issuer)
        .replace("{town}", &town)
        .replace("{family}", desk.rng.pick(&desk.culture.family).as_str());
    let issued = desk.workday();
    let years = *desk.rng.pick(&kind.years);
    let birth = birth(desk, issued, kind.age);
    let title = desk.rng.pick(&kind.title).clone();
    let issuer_field = sheet.field("Issued by", &issuer);
    let title = sheet.field("Document", &title);
    let name = sheet.field(desk.any(&["Name", "Holder", "Full name"]), &person.full());
    let number = desk.rng.pick(&kind.number).clone();
    let number = desk.code(&number);
    let number_name = desk.rng.pick(&kind.number_name).clone();
    let number = sheet.field(&number_name, &number);
    let mut facts = Vec::new();
    for fact in &kind.facts {
        let value = match fact.as_str() {
            "birth" => Some(("Date of birth".to_owned(), place.date(birth))),
            "issued" => Some((desk.any(&["Issued", "Date of issue"]).to_owned(), place.date(issued))),
            "expires" => {
                let name = desk.any(&["Valid until", "Expires", "Date of expiry"]).to_owned();
                Some((name, place.date(issued.saturating_add(years.years()).saturating_sub(1.days()))))
            }
            "height" => {
                let height = desk.rng.whole(152, 196);
                desk.rng.chance(0.8).then(|| ("Height".to_owned(), format!("{height} cm")))
            }
            "eyes" => {
                Some(("Eyes".to_owned(), desk.any(&["brown", "blue", "green", "grey", "hazel"]).to_owned()))
            }
            "blood" => desk.rng.chance(0.4).then(|| {
                ("Blood group".to_owned(), desk.any(&["A+", "A−", "B+", "O+", "O−", "AB+"]).to_owned())
            }),
            "address" => Some(("Address".to_owned(), desk.address())),
            "birthplace" => Some(("Place of birth".to_owned(), desk.town())),
            "role" => {
                let (domain, _) = desk.domain();
                let role = capital(desk.rng.pick(&domain.roles).as_str());
                Some((desk.any(&["Position", "Function"]).to_owned(), role))
            }
            "Sex" => {
                // A few holders have chosen not to say.
                let sex = if person.is_woman() { "F" } else { "M" };
                Some((fact.clone(), if desk.rng.chance(0.06) { "X" } else { sex }.to_owned()))
            }
            other => {
                let list = kind.choice.iter().find(|choice| choice.name == other);
                list.map(|choice| (choice.name.clone(), desk.rng.pick(&choice.values).clone()))
            }
        };
        if let Some((name, value)) = value {
            facts.push(sheet.field(&name, &value));
        }
    }
    let topic = format!("{} of {}", sheet.shown(title).to_lowercase(), person.full());
    let parts = Parts { kind, issuer: issuer_field, title, name, number, facts, woman: person.is_woman() };
    let (body, design) = lay_out(desk, &sheet, &parts, &issuer);
    Draft { sheet, body, topic, persona: "someone at a desk who checks cards".to_owned(), design }
}

/// A birthday that makes the holder's age at issue lie in the given span.
fn birth(desk: &mut Desk<'_>, issued: Date, age: [i64; 2]) -> Date {
    let days = desk.rng.whole(age[0] * 366, age[1] * 365);
    issued.saturating_sub(days.days())
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, issuer: &str) -> (String, String) {
    desk.paper.base = desk.style.range(12.5, 14.0);
    desk.paper.ink = Color::rgb(24, 26, 32);
    desk.paper.soft = Color::rgb(78, 82, 92);
    let tone = desk.style.word(&["#ffffff", "#f4f8f6", "#f3f6fb", "#fbf7ef", "#f6f3f9"]);
    desk.paper.ground = Color::from_hex(tone).unwrap_or(Color::WHITE);
    desk.paper.accent = desk.paper.accent.readable_on(desk.paper.ground, 5.0);
    let form = if parts.kind.upright { 2 + desk.style.below(2) } else { desk.style.below(3) % 2 };
    let design = format!("id-{}-{form}", parts.kind.slug);
    let body = match form {
        0 => landscape(desk, sheet, parts, issuer),
        1 => official(desk, sheet, parts, issuer),
        2 => badge(desk, sheet, parts, issuer),
        _ => banded(desk, sheet, parts, issuer),
    };
    (body, design)
}

/// Facts in two columns; long ones take a row of their own.
fn facts(sheet: &Sheet, fields: &[Field], columns: usize) -> Expr {
    let cells =
        fields.iter().map(|f| (fact(sheet, *f, "ink", 1.0), sheet.shown(*f).chars().count() > 22)).collect();
    format!(
        "grid(columns: (1fr,) * {columns}, column-gutter: 14pt, row-gutter: 11pt, align: left, {})",
        spread(cells, columns).join(", ")
    )
}

/// A coloured band above, the portrait left.
fn landscape(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, issuer: &str) -> String {
    let width = desk.style.range(520.0, 580.0).round();
    let mut out = table(desk, width);
    let style = &mut desk.style;
    let photo = portrait((126.0, 158.0), parts.woman, style);
    let mark = logo::mark(issuer, 32.0, style);
    let mark = format!("box(fill: white, radius: 4pt, inset: 4pt, {mark})");
    let band = format!(
        "block(width: 100%, fill: ac, inset: (x: 18pt, y: 12pt), text(fill: onac, {}))",
        grid(
            "auto, 1fr, auto",
            "(left + horizon, left + horizon, right + horizon)",
            (12.0, 0.0),
            &[
                mark,
                bold(&format!("text(size: 1.1em, {})", sheet.value(parts.issuer))),
                format!("T(1.15em, {})", sheet.value_as(parts.title, "title")),
            ],
        )
    );
    let name = format!("T(1.5em, {})", sheet.value(parts.name));
    let mut all = vec![parts.number];
    all.extend(&parts.facts);
    let right = stack(13.0, &[stack(5.0, &[small(&sheet.name(parts.name)), name]), facts(sheet, &all, 2)]);
    let code = if style.chance(0.5) { logo::barcode(30.0, 1.0, 30, style) } else { "[]".to_owned() };
    let main = grid("126pt, 1fr", "left", (22.0, 0.0), &[photo, stack(14.0, &[right, code])]);
    let inner = format!("stack(spacing: 0pt, {band}, block(width: 100%, inset: 18pt, {main}))");
    show(&mut out, &fitted(desk, width, 13.0, &inner));
    out
}

/// In the manner of authorities: fine waves, small names, a line for machines at the foot.
fn official(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, issuer: &str) -> String {
    let width = desk.style.range(560.0, 620.0).round();
    let mut out = table(desk, width);
    let style = &mut desk.style;
    let photo = portrait((118.0, 152.0), parts.woman, style);
    let mark = logo::mark(issuer, 36.0, style);
    let head = grid(
        "auto, 1fr, auto",
        "(left + horizon, left + horizon, right + horizon)",
        (12.0, 0.0),
        &[
            mark,
            stack(
                6.0,
                &[
                    bold(&sheet.value(parts.issuer)),
                    format!("text(fill: ac, T(1.3em, {}))", sheet.value_as(parts.title, "title")),
                ],
            ),
            fact(sheet, parts.number, "ac", 1.15),
        ],
    );
    let name = fact(sheet, parts.name, "ink", 1.25);
    let sign = signature(92.0, style);
    let right = stack(12.0, &[name, facts(sheet, &parts.facts, 2), align("right", &sign)]);
    let main = grid("118pt, 1fr", "left", (20.0, 0.0), &[photo, right]);
    let mono = "font: (\"Courier Prime\", \"DejaVu Sans Mono\"), size: 1.02em, tracking: 1.2pt";
    let digits: String = sheet.shown(parts.number).chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let code = format!("ID{digits:<<34}");
    let machine = format!("text({mono}, fill: soft, {})", role("note", &code));
    let inner = format!(
        "block(width: 100%, inset: 18pt, {})",
        stack(14.0, &[head, "line(length: 100%, stroke: 1.2pt + ac)".to_owned(), main, machine])
    );
    // Below the head, so that no line runs behind the mark.
    let (top, height) = (78.0, width * 0.3);
    let safe = waves(width, height, desk.paper.ground.mix(desk.paper.accent, 0.16), &mut desk.style);
    let body = format!(
        "[#place(dy: {top:.0}pt, block(width: {width:.1}pt, height: {height:.1}pt)[{safe}])#{inner}]"
    );
    show(&mut out, &fitted(desk, width, 15.0, &body));
    out
}

/// An upright badge on a cord: a hole, the portrait in the middle.
fn badge(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, issuer: &str) -> String {
    let width = desk.style.range(310.0, 350.0).round();
    let mut out = table(desk, width);
    let style = &mut desk.style;
    let hole = "align(center, box(width: 54pt, height: 11pt, radius: 5.5pt, fill: rgb(\"#8a8f98\")))";
    let photo = portrait((132.0, 160.0), parts.woman, style);
    let mark = logo::mark(issuer, 30.0, style);
    let head = align(
        "center",
        &grid("auto, auto", "left + horizon", (9.0, 0.0), &[mark, bold(&sheet.value(parts.issuer))]),
    );
    let title = format!(
        "block(width: 100%, fill: ac, inset: 9pt, align(center, text(fill: onac, {})))",
        bold(&sheet.value_as(parts.title, "title"))
    );
    let name = align("center", &format!("T(1.6em, {})", sheet.value(parts.name)));
    let mut all = parts.facts.clone();
    all.push(parts.number);
    let list = facts(sheet, &all, 2);
    let code = align("center", &logo::barcode(34.0, 1.2, 30, style));
    let padded = |inner: &str| format!("block(width: 100%, inset: (x: 22pt), {inner})");
    let inner = format!(
        "block(width: 100%, inset: (y: 16pt), {})",
        stack(
            15.0,
            &[
                hole.to_owned(),
                padded(&head),
                align("center", &photo),
                padded(&name),
                title,
                padded(&list),
                code
            ]
        )
    );
    show(&mut out, &fitted(desk, width, 14.0, &inner));
    out
}

/// An upright card with the upper half in colour.
fn banded(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, issuer: &str) -> String {
    let width = desk.style.range(330.0, 380.0).round();
    let mut out = table(desk, width);
    let style = &mut desk.style;
    let photo = portrait((112.0, 112.0), parts.woman, style);
    let square = logo::square_code(74.0, style);
    let mark = format!("box(fill: white, radius: 4pt, inset: 4pt, {})", logo::mark(issuer, 26.0, style));
    let top = format!(
        "block(width: 100%, fill: ac, inset: 20pt, text(fill: onac, {}))",
        stack(
            14.0,
            &[
                grid("auto, 1fr", "left + horizon", (10.0, 0.0), &[mark, bold(&sheet.value(parts.issuer))]),
                grid(
                    "auto, 1fr",
                    "left + bottom",
                    (16.0, 0.0),
                    &[
                        photo,
                        stack(
                            8.0,
                            &[
                                sheet.value_as(parts.title, "title"),
                                format!("T(1.45em, {})", sheet.value(parts.name)),
                            ],
                        ),
                    ],
                ),
            ],
        )
    );
    let number = fact(sheet, parts.number, "ac", 1.15);
    let low = format!(
        "block(width: 100%, inset: 20pt, {})",
        grid(
            "1fr, auto",
            "(left, right + bottom)",
            (14.0, 0.0),
            &[stack(13.0, &[number, facts(sheet, &parts.facts, 1)]), square],
        )
    );
    show(&mut out, &fitted(desk, width, 14.0, &format!("stack(spacing: 0pt, {top}, {low})")));
    out
}

/// A card as high as its content.
fn fitted(desk: &Desk<'_>, width: f64, radius: f64, inner: &str) -> Expr {
    let ground = desk.paper.ground.hex();
    format!(
        "block(width: {width:.1}pt, radius: {radius:.0}pt, fill: rgb(\"{ground}\"), stroke: 0.9pt + rule-c, clip: true, {inner})"
    )
}
