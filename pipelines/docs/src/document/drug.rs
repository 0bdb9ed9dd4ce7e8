//! Drug labels: what a pharmacy sticks on a bottle, and the facts on a pack.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Color, Column};

use super::desk::{Desk, Draft};
use super::fill::{fact, table as clear_table};
use super::form_words::{Drug, FormWords};
use super::locale::month_year;
use super::logo;
use super::markup::{Expr, bold, gap, grid, inline, note, role, rule, show, small, stack, text};
use super::pieces::{Lines, col, table};
use super::sheet::{Field, Sheet};

/// Writes a drug label.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    if desk.rng.chance(0.5) { dispensed(desk) } else { pack(desk) }
}

/// Different warnings: those of the drug first, then one that holds for all.
fn warnings(desk: &mut Desk<'_>, drug: &'static Drug, count: usize) -> Vec<&'static str> {
    let common = &FormWords::bundled().drug_words.warnings;
    let own = desk.rng.sample(drug.warnings.len(), count.max(2) - 1);
    let mut list: Vec<&str> = own.into_iter().map(|at| drug.warnings[at].as_str()).collect();
    list.push(desk.rng.pick(common).as_str());
    list.truncate(count);
    list
}

struct Bottle {
    pharmacy: Field,
    reach: Vec<Field>,
    patient: Field,
    drug: Field,
    directions: Field,
    facts: Vec<Field>,
    warnings: Vec<&'static str>,
}

/// What a pharmacy sticks on a bottle or box.
fn dispensed(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let words = FormWords::bundled();
    let mut sheet = Sheet::fields();
    let drug = desk.rng.pick(&words.drug);
    let town = desk.town();
    let pharmacy = desk
        .rng
        .pick(&words.drug_words.pharmacy)
        .replace("{town}", &town)
        .replace("{family}", desk.rng.pick(&desk.culture.family).as_str());
    let shop = desk.organisation(pharmacy.clone(), town);
    let day = desk.workday();
    let strength = desk.rng.pick(&drug.strengths).clone();
    let pharmacy_field = sheet.field("Pharmacy", &pharmacy);
    let mut reach = vec![sheet.field("Tel.", &shop.phone)];
    reach.push(sheet.field("Pharmacy address", &shop.address()));
    let patient = sheet.field(desk.any(&["Patient", "For", "Name"]), &desk.person().full());
    let what = sheet.field(
        desk.any(&["Medicine", "Drug", "Medication"]),
        &format!("{} {strength} {}", drug.name, drug.form),
    );
    let directions =
        sheet.field(desk.any(&["Directions", "How to take"]), desk.rng.pick(&drug.doses).as_str());
    let doctor = format!("Dr {}", desk.person().full());
    let mut facts = vec![
        sheet.field(desk.any(&["Rx no.", "Prescription no."]), &desk.code("#######")),
        sheet.field(desk.any(&["Quantity", "Qty"]), desk.rng.pick(&drug.packs).as_str()),
        sheet.field(desk.any(&["Prescriber", "Doctor", "Prescribed by"]), &doctor),
        sheet.field(desk.any(&["Dispensed", "Date filled"]), &place.date(day)),
        sheet.field(desk.any(&["Refills left", "Repeats left"]), &desk.rng.whole(0, 5).to_string()),
        sheet.field(desk.any(&["Discard after", "Use before"]), &place.date(day.saturating_add(365.days()))),
    ];
    if desk.rng.chance(0.6) {
        let initials = desk.code("??");
        facts.push(sheet.field("Checked by", &initials));
    }
    if desk.rng.chance(0.5) {
        let mut maker = desk.rng.pick(&words.drug_words.maker).replace("{town}", &desk.town());
        maker = maker.replace("{family}", desk.rng.pick(&desk.culture.family).as_str());
        facts.push(sheet.field("Manufacturer", &maker));
    }
    let count = desk.rng.whole(1, 3) as usize;
    let warnings = warnings(desk, drug, count);
    let topic = format!("pharmacy label for {}", drug.name.to_lowercase());
    let parts = Bottle { pharmacy: pharmacy_field, reach, patient, drug: what, directions, facts, warnings };
    let (body, design) = lay_bottle(desk, &sheet, &parts, &pharmacy);
    Draft { sheet, body, topic, persona: "a carer who sorts medicine".to_owned(), design }
}

fn lay_bottle(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Bottle, pharmacy: &str) -> (String, String) {
    let form = desk.style.below(3);
    desk.paper.ground = Color::WHITE;
    desk.paper.ink = Color::rgb(20, 20, 24);
    desk.paper.soft = Color::rgb(72, 74, 82);
    desk.paper.accent = desk.paper.accent.readable_on(Color::WHITE, 5.0);
    desk.paper.base = desk.style.range(13.0, 14.5);
    let width =
        if form == 1 { desk.style.range(420.0, 480.0) } else { desk.style.range(560.0, 660.0) }.round();
    let mut out = clear_table(desk, width);
    let style = &mut desk.style;
    let facts = |columns: usize| {
        let cells: Vec<Expr> = parts.facts.iter().map(|f| fact(sheet, *f, "ink", 1.0)).collect();
        grid(&vec!["1fr"; columns].join(", "), "left", (14.0, 11.0), &cells)
    };
    let reach: Vec<Expr> =
        parts.reach.iter().map(|f| inline(&[small(&sheet.name(*f)), text(" "), sheet.value(*f)])).collect();
    let reach = stack(6.0, &reach);
    let patient = fact(sheet, parts.patient, "ink", 1.3);
    let drug = stack(
        6.0,
        &[
            small(&sheet.name(parts.drug)),
            format!("text(size: 1.22em, {})", bold(&sheet.value_as(parts.drug, "title"))),
        ],
    );
    let directions = stack(
        6.0,
        &[
            small(&sheet.name(parts.directions)),
            format!("text(size: 1.14em, {})", bold(&sheet.value(parts.directions))),
        ],
    );
    // The strips of warning in the colours that pharmacies use.
    let strips: Vec<Expr> = parts
        .warnings
        .iter()
        .map(|warning| {
            let (fill, ink) = *style.pick(&[("#f7d84a", "#1a1a1a"), ("#f2a33c", "#1a1a1a"), ("#c8323a", "#ffffff"), ("#2f6db5", "#ffffff"), ("#d9efd8", "#143a1c")]);
            format!(
                "block(width: 100%, fill: rgb(\"{fill}\"), inset: (x: 9pt, y: 7pt), text(fill: rgb(\"{ink}\"), size: 0.9em, weight: \"bold\", {}))",
                role("note", warning)
            )
        })
        .collect();
    let strips = stack(6.0, &strips);
    let mark = logo::mark(pharmacy, 32.0, style);
    let name = format!("T(1.3em, {})", sheet.value(parts.pharmacy));
    let body = match form {
        0 => {
            let head = grid(
                "auto, 1fr, auto",
                "(left + horizon, left + horizon, right + horizon)",
                (12.0, 0.0),
                &[mark, format!("text(fill: ac, {name})"), reach],
            );
            let main = stack(13.0, &[patient, drug, directions]);
            let middle = grid("1fr, 172pt", "(left, left)", (20.0, 0.0), &[main, strips]);
            format!(
                "block(width: 100%, inset: 18pt, {})",
                stack(14.0, &[head, rule("1.4pt + ac"), middle, rule("0.8pt + rule-c"), facts(4)])
            )
        }
        1 => {
            let head =
                format!("block(width: 100%, fill: ac, inset: (x: 18pt, y: 12pt), text(fill: onac, {name}))");
            let code = logo::barcode(36.0, 1.2, 34, style);
            let low = stack(
                14.0,
                &[
                    reach,
                    rule("0.8pt + rule-c"),
                    patient,
                    drug,
                    directions,
                    rule("0.8pt + rule-c"),
                    facts(2),
                    strips,
                    code,
                ],
            );
            format!("stack(spacing: 0pt, {head}, block(width: 100%, inset: 18pt, {low}))")
        }
        _ => {
            let square = logo::square_code(63.0, style);
            let head = grid("1fr, auto", "(left, right)", (12.0, 0.0), &[stack(8.0, &[name, reach]), square]);
            let left = format!(
                "block(width: 100%, inset: 16pt, {})",
                stack(14.0, &[head, patient, drug, directions])
            );
            let cells: Vec<Expr> =
                parts.facts.iter().flat_map(|f| [small(&sheet.name(*f)), bold(&sheet.value(*f))]).collect();
            let side = grid("auto, 1fr", "left", (10.0, 9.0), &cells);
            let low = format!(
                "block(width: 100%, fill: tint, inset: 16pt, {})",
                grid("1fr, 180pt", "left", (18.0, 0.0), &[side, strips])
            );
            format!("stack(spacing: 0pt, {left}, {low})")
        }
    };
    let radius = *style.pick(&[0.0, 6.0, 10.0]);
    show(
        &mut out,
        &format!(
            "block(width: {width:.1}pt, fill: white, stroke: 0.8pt + rule-c, radius: {radius:.0}pt, clip: true, {body})"
        ),
    );
    (out, format!("dispensed-{form}"))
}

struct Pack {
    brand: Field,
    name: Field,
    uses: Field,
    directions: Field,
    facts: Vec<Field>,
    asks: Vec<&'static str>,
    warnings: Vec<&'static str>,
}

/// The facts on a pack. Columns of the items: ingredient, amount, purpose.
fn pack(desk: &mut Desk<'_>) -> Draft {
    let words = FormWords::bundled();
    let place = desk.place.clone();
    let combined: Vec<&Drug> = words.drug.iter().filter(|drug| !drug.partners.is_empty()).collect();
    let drug = *desk.rng.pick(&combined);
    let head = desk.any(&["Amount", "Per dose", "Strength"]);
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(&["Active ingredient", "Ingredient"])), None),
        (Column::text(head), None),
        (Column::text("Purpose"), None),
    ]);
    let strength = desk.rng.pick(&drug.strengths).clone();
    sheet.item(vec![Cell::text(&drug.name), Cell::text(&strength), Cell::text(&drug.purpose)]);
    for partner in &drug.partners {
        sheet.item(vec![
            Cell::text(&partner.name),
            Cell::text(&partner.amount),
            Cell::text(&partner.purpose),
        ]);
    }
    let start = desk.rng.pick(&desk.words.names.company.start).clone();
    let brand = format!("{start}{}", desk.any(&["dol", "cet", "med", "fen", "gal", "ril", "zin", "tus"]));
    let brand = super::desk::capital(&brand.to_lowercase());
    let extra = desk.any(&["Plus", "Duo", "Complex", "Combi", "Forte"]);
    let maker = desk
        .rng
        .pick(&words.drug_words.maker)
        .replace("{town}", &desk.town())
        .replace("{family}", desk.rng.pick(&desk.culture.family).as_str());
    let brand = sheet.field("Brand", &format!("{brand} {extra}"));
    let form = super::desk::capital(&drug.form);
    let name = sheet.field("Form", &form);
    let uses = sheet.field(desk.any(&["Uses", "For the relief of"]), &drug.uses.join(", "));
    let directions = sheet.field("Directions", desk.rng.pick(&drug.doses).as_str());
    let until = desk.day().saturating_add(desk.rng.whole(200, 900).days());
    let mut facts = vec![
        sheet.field(desk.any(&["Contents", "Pack size"]), desk.rng.pick(&drug.packs).as_str()),
        sheet.field(desk.any(&["Lot", "Batch"]), &desk.code("?#####")),
        sheet.field(desk.any(&["Expires", "EXP", "Use before end of"]), &month_year(until)),
        sheet.field(desk.any(&["Manufacturer", "Made by"]), &maker),
    ];
    if desk.rng.chance(0.6) {
        let value = desk.any(&["Below 25 °C", "Below 30 °C, dry", "In the fridge, 2 to 8 °C"]);
        facts.push(sheet.field("Storage", value));
    }
    if desk.rng.chance(0.5) {
        let euros = desk.rng.range(3.0, 16.0);
        let price = place.price(euros, &mut desk.rng);
        facts.push(sheet.field("Retail price", &place.money.print(price)));
    }
    let asks_all = &words.drug_words.asks;
    let asks = desk.rng.sample(asks_all.len(), 3).into_iter().map(|at| asks_all[at].as_str()).collect();
    let warnings = warnings(desk, drug, 3);
    let topic = format!("pack of {}", sheet.shown(brand));
    let parts = Pack { brand, name, uses, directions, facts, asks, warnings };
    let (body, design) = lay_pack(desk, &sheet, &parts);
    Draft { sheet, body, topic, persona: "someone who reads the pack before taking it".to_owned(), design }
}

fn lay_pack(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Pack) -> (String, String) {
    let form = desk.style.below(3);
    desk.paper.ground = Color::WHITE;
    desk.paper.ink = Color::rgb(18, 18, 22);
    desk.paper.soft = Color::rgb(70, 72, 80);
    desk.paper.accent = desk.paper.accent.readable_on(Color::WHITE, 5.0);
    desk.paper.base = desk.style.range(12.5, 14.0);
    if form == 0 {
        desk.paper.black_on_white();
        desk.paper.set_in(desk.style.word(&["Arimo", "Roboto", "Public Sans", "Work Sans"]));
    }
    let width =
        if form == 1 { desk.style.range(640.0, 740.0) } else { desk.style.range(450.0, 520.0) }.round();
    let mut out = clear_table(desk, width);
    let style = &mut desk.style;
    let cols = [col(0, "1fr", "left"), col(1, "auto", "left"), col(2, "1fr", "left")];
    let lines =
        if form == 0 { Lines::Ruled } else { *style.pick(&[Lines::Thin, Lines::Boxed, Lines::Zebra]) };
    let list = table(sheet, &cols, lines, style.range(4.5, 6.5));
    let pair = |f: Field| format!("par({})", inline(&[bold(&sheet.name(f)), text("  "), sheet.value(f)]));
    let facts = |columns: usize| {
        let cells: Vec<Expr> = parts.facts.iter().map(|f| fact(sheet, *f, "ink", 1.0)).collect();
        grid(&vec!["1fr"; columns].join(", "), "left", (14.0, 11.0), &cells)
    };
    let mut warn =
        vec![bold(&role("heading", "Warnings")), bold(&role("note", "Ask a doctor before use if"))];
    warn.extend(parts.asks.iter().map(|ask| inline(&[text("•  "), note(ask)])));
    warn.extend(parts.warnings.iter().map(|warning| note(&format!("{warning}."))));
    let warn = stack(7.0, &warn);
    let brand = |factor: f64| format!("T({factor:.1}em, {})", sheet.value_as(parts.brand, "title"));
    let body = match form {
        0 => {
            let title = format!("text(size: 1.9em, {})", bold(&role("heading", "Drug facts")));
            let heavy = || rule("3.4pt + ink");
            let rows = [
                title,
                heavy(),
                inline(&[bold(&sheet.value_as(parts.brand, "title")), text("  "), sheet.value(parts.name)]),
                list,
                heavy(),
                pair(parts.uses),
                rule("1pt + ink"),
                warn,
                heavy(),
                pair(parts.directions),
                rule("1pt + ink"),
                facts(2),
            ];
            format!(
                "block(width: 100%, inset: 10pt, block(width: 100%, stroke: 1.4pt + ink, inset: 12pt, {}))",
                stack(10.0, &rows)
            )
        }
        1 => {
            let stripe = "rect(width: 100%, height: 9pt, fill: ac2)".to_owned();
            let front = format!(
                "grid.cell(fill: ac, text(fill: onac, {}))",
                stack(
                    0.0,
                    &[
                        gap(24.0),
                        stripe,
                        format!(
                            "block(width: 100%, inset: 22pt, {})",
                            stack(
                                13.0,
                                &[
                                    brand(2.2),
                                    sheet.value(parts.name),
                                    fact(sheet, parts.uses, "onac", 1.1),
                                    fact(sheet, parts.facts[0], "onac", 1.3)
                                ]
                            )
                        ),
                    ]
                )
            );
            let rest: Vec<Expr> = parts.facts[1..].iter().map(|f| fact(sheet, *f, "ink", 1.0)).collect();
            let code = logo::barcode(36.0, 1.2, 34, style);
            let back = format!(
                "block(width: 100%, inset: 18pt, {})",
                stack(
                    12.0,
                    &[
                        list,
                        pair(parts.directions),
                        warn,
                        rule("0.8pt + rule-c"),
                        grid("1fr, 1fr", "left", (14.0, 11.0), &rest),
                        code
                    ]
                )
            );
            format!("grid(columns: (36%, 1fr), {front}, {back})")
        }
        _ => {
            let side = "place(top + right, dx: 20pt, dy: -20pt, polygon(fill: ac2, (0pt, 0pt), (90pt, 0pt), (90pt, 90pt)))";
            let head = format!(
                "block(width: 100%, inset: 20pt)[#{side}#{}]",
                stack(9.0, &[format!("text(fill: ac, {})", brand(2.2)), sheet.value(parts.name)])
            );
            let rows = stack(
                13.0,
                &[
                    list,
                    pair(parts.uses),
                    pair(parts.directions),
                    rule("1.2pt + ac"),
                    warn,
                    rule("0.8pt + rule-c"),
                    facts(2),
                ],
            );
            format!("stack(spacing: 0pt, {head}, block(width: 100%, inset: (x: 20pt, bottom: 20pt), {rows}))")
        }
    };
    show(&mut out, &format!("block(width: {width:.1}pt, fill: white, stroke: 0.8pt + rule-c, {body})"));
    (out, format!("pack-{form}"))
}
