//! Labels of products: name, maker, contents, what to do with them, and a small table of what is in them.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Color, Column, NumberFormat};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::fill::{any_code, fact, spread, table as clear_table};
use super::form_words::{FormWords, Product};
use super::locale::month_year;
use super::logo;
use super::markup::{Expr, align, bold, grid, inline, note, rule, show, small, stack, text};
use super::pieces::{Lines, col, table};
use super::sheet::{Field, Sheet};

struct Parts {
    brand: Field,
    name: Field,
    strap: Field,
    /// The amount comes first.
    facts: Vec<Field>,
    codes: Vec<Field>,
    maker: Field,
    address: Field,
    remark: &'static str,
}

/// Writes a label. Columns of the items, where there are any: what it is, how much.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let words = FormWords::bundled();
    let product = desk.rng.pick(&words.product);
    let mut sheet = if product.list.is_empty() { Sheet::fields() } else { contents(desk, product) };
    let maker = desk.any(&product.makers.iter().map(String::as_str).collect::<Vec<_>>()).to_owned();
    let firm = desk.company(Some(&maker));
    let start = desk.rng.pick(&desk.words.names.company.start).clone();
    let end = desk.rng.pick(&desk.words.names.company.end).clone();
    let brand = match desk.rng.below(3) {
        0 => format!("{start}{end}"),
        1 => desk.rng.pick(&desk.culture.family).clone(),
        _ => desk.town(),
    };
    let name = desk.rng.pick(&product.names).clone();
    let strap = desk.rng.pick(&product.straps).clone();
    let brand_field = sheet.field("Brand", &brand);
    let name_field = sheet.field("Product", &name);
    let strap = sheet.field("Line", &strap);
    let mut facts = Vec::new();
    for (index, choice) in product.facts.iter().enumerate() {
        if index < 2 || desk.rng.chance(0.75) {
            let value = desk.rng.pick(&choice.values).clone();
            facts.push(sheet.field(&choice.name, &value));
        }
    }
    let day = desk.day();
    let mut codes = Vec::new();
    if !product.date.is_empty() {
        let until = day.saturating_add(desk.rng.whole(120, 900).days());
        let value = if desk.rng.chance(0.5) { month_year(until) } else { place.date(until) };
        codes.push(sheet.field(&product.date, &value));
    }
    let lot = any_code(desk, &["L ####", "L##-###", "?####", "## ?? ##"]);
    codes.push(sheet.field(desk.any(&["Lot", "Batch", "Lot no."]), &lot));
    let article = any_code(desk, &["# ###### ######", "#############", "####-###"]);
    codes.push(sheet.field(desk.any(&["Article no.", "Item no."]), &article));
    if desk.rng.chance(0.5) {
        codes.push(sheet.field(desk.any(&["Service line", "Questions"]), &firm.phone));
    }
    let maker = sheet.field(desk.any(&["Made by", "Producer", "Manufacturer", "Packed by"]), &firm.name);
    let address = sheet.field("Address of maker", &firm.address());
    let remark = desk.rng.pick(&words.product_words.remark).as_str();
    let topic = format!("label of {brand} {name}");
    let parts = Parts { brand: brand_field, name: name_field, strap, facts, codes, maker, address, remark };
    let (body, design) = lay_out(desk, &sheet, &parts, &brand);
    Draft { sheet, body, topic, persona: "a shopper who turns the pack around".to_owned(), design }
}

/// A sheet with what is in the product.
fn contents(desk: &mut Desk<'_>, product: &Product) -> Sheet {
    let decimals = product.list.iter().map(|entry| entry.decimals).max().unwrap_or(0);
    let format = NumberFormat { group: None, ..desk.place.number(decimals, "") };
    let head = format!("Amount ({})", product.unit);
    let mut sheet = Sheet::with_items(vec![
        (Column::text(&product.list_name), None),
        (Column::number(head, &product.unit, product.unit == "%"), Some(format.clone())),
    ]);
    let few = product.list.len().min(3);
    let count = desk.rng.whole(few as i64, product.list.len() as i64) as usize;
    let mut chosen = desk.rng.sample(product.list.len(), count);
    chosen.sort_unstable();
    let mut sum = Decimal::ZERO;
    for index in chosen {
        let entry = &product.list[index];
        let cell = Cell::number(desk.rng.range(entry.low, entry.high), &format);
        sum += cell.as_decimal().unwrap_or_default();
        sheet.item(vec![Cell::text(&entry.name), cell]);
    }
    if !product.rest.is_empty() {
        let rest = sheet.number(1, Decimal::ONE_HUNDRED - sum);
        sheet.item(vec![Cell::text(&product.rest), rest]);
    }
    sheet
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, brand: &str) -> (String, String) {
    desk.informal();
    let form = desk.style.below(4);
    let tone =
        desk.style.word(&["#fffaf0", "#f4f7ef", "#eef4f7", "#fbf1ec", "#ffffff", "#f3efe4", "#f6f1f7"]);
    desk.paper.recolour(tone, Color::rgb(30, 28, 26), Color::rgb(82, 78, 74), 4.8);
    desk.paper.base = desk.style.range(13.0, 14.5);
    let width = match form {
        0 => desk.style.range(400.0, 470.0),
        1 => desk.style.range(680.0, 780.0),
        2 => desk.style.range(420.0, 500.0),
        _ => desk.style.range(340.0, 400.0),
    }
    .round();
    let mut out = clear_table(desk, width);
    let style = &mut desk.style;
    let ground = desk.paper.ground.hex();
    let facts = |fields: &[Field], columns: usize| {
        let cells = fields
            .iter()
            .map(|f| (fact(sheet, *f, "ink", 1.0), sheet.shown(*f).chars().count() > 20))
            .collect();
        grid(&vec!["1fr"; columns].join(", "), "left", (16.0, 12.0), &spread(cells, columns))
    };
    let list = (sheet.len() > 0).then(|| {
        let lines = *style.pick(&[Lines::Thin, Lines::Ruled, Lines::Boxed, Lines::Zebra]);
        table(sheet, &[col(0, "1fr", "left"), col(1, "auto", "right")], lines, style.range(4.5, 6.5))
    });
    let maker = stack(
        6.0,
        &[
            inline(&[small(&sheet.name(parts.maker)), text(" "), bold(&sheet.value(parts.maker))]),
            // Where the code stands beside it, a line for each part keeps the post code in one piece.
            match form {
                1 => stack(5.0, &sheet.lines(parts.address).iter().map(|l| small(l)).collect::<Vec<_>>()),
                _ => small(&inline(&comma(&sheet.lines(parts.address)))),
            },
        ],
    );
    let code = logo::barcode(46.0, 1.3, 36, style);
    let mark = logo::mark(brand, 54.0, style);
    let name = |factor: f64| format!("T({factor:.2}em, {})", sheet.value_as(parts.name, "title"));
    let strap = sheet.value_as(parts.strap, "subtitle");
    let brand_line = |factor: f64| {
        format!("text(size: {factor:.2}em, tracking: 1.4pt, {})", bold(&sheet.value(parts.brand)))
    };
    let codes = facts(&parts.codes, 2);
    let body = match form {
        0 => {
            // The front of a jar: centred, with a double frame.
            let amount = fact(sheet, parts.facts[0], "ink", 1.2);
            let mut rows = vec![
                mark,
                brand_line(1.0),
                format!("text(fill: ac, {})", name(2.1)),
                strap,
                "line(length: 30%, stroke: 1.4pt + ac2)".to_owned(),
                amount,
            ];
            let rest = align("left", &facts(&parts.facts[1..], 2));
            rows.push(rest);
            rows.extend(list.map(|list| align("left", &list)));
            rows.push(align("left", &codes));
            rows.push(code);
            rows.push(maker);
            rows.push(note(parts.remark));
            format!(
                "block(width: 100%, inset: 9pt, block(width: 100%, stroke: 2.4pt + ac, inset: 4pt, block(width: 100%, stroke: 0.9pt + ac, inset: (x: 20pt, y: 22pt), align(center, {}))))",
                stack(15.0, &rows)
            )
        }
        1 => {
            // A label that goes around: front left, back right.
            let front = format!(
                "grid.cell(fill: ac, inset: 24pt, align: center + horizon, text(fill: onac, {}))",
                stack(
                    17.0,
                    &[
                        format!("box(fill: white, radius: 30pt, inset: 12pt, {mark})"),
                        brand_line(1.0),
                        name(2.0),
                        strap,
                        fact(sheet, parts.facts[0], "onac", 1.25),
                    ],
                )
            );
            let mut rows = vec![facts(&parts.facts[1..], 2)];
            rows.extend(list);
            rows.push(rule("0.9pt + rule-c"));
            rows.push(codes);
            rows.push(grid("1fr, auto", "(left + bottom, right)", (12.0, 0.0), &[maker, code]));
            rows.push(note(parts.remark));
            let back = format!("block(width: 100%, inset: 22pt, {})", stack(14.0, &rows));
            format!("grid(columns: (42%, 1fr), {front}, {back})")
        }
        2 => {
            // A packet: a band with the name, then the text.
            let band = format!(
                "block(width: 100%, fill: ac, inset: (x: 20pt, y: 18pt), text(fill: onac, {}))",
                stack(11.0, &[brand_line(0.95), name(1.9), strap])
            );
            let mut rows = vec![facts(&parts.facts, 2)];
            rows.extend(list);
            rows.extend([
                rule("1.2pt + ac2"),
                codes,
                maker,
                grid("1fr, auto", "(left + horizon, right)", (12.0, 0.0), &[note(parts.remark), code]),
            ]);
            format!("stack(spacing: 0pt, {band}, block(width: 100%, inset: 20pt, {}))", stack(15.0, &rows))
        }
        _ => {
            // A tag on a string.
            let hole = format!(
                "align(center, circle(radius: 7pt, fill: rgb(\"{}\"), stroke: 1.6pt + ac2))",
                desk.paper.soft.mix(Color::WHITE, 0.5).hex()
            );
            let mut rows = vec![
                hole,
                align("center", &mark),
                align("center", &brand_line(1.0)),
                align("center", &format!("text(fill: ac, {})", name(1.6))),
                align("center", &strap),
                rule("1pt + ac"),
            ];
            rows.push(facts(&parts.facts, 2));
            rows.extend(list);
            rows.extend([rule("0.9pt + rule-c"), codes, maker, align("center", &code), note(parts.remark)]);
            format!("block(width: 100%, inset: 20pt, {})", stack(13.0, &rows))
        }
    };
    let radius = *style.pick(&[0.0, 4.0, 12.0]);
    show(
        &mut out,
        &format!(
            "block(width: {width:.1}pt, fill: rgb(\"{ground}\"), radius: {radius:.0}pt, clip: true, {body})"
        ),
    );
    (out, format!("product-{form}"))
}

fn comma(lines: &[Expr]) -> Vec<Expr> {
    let mut out = Vec::new();
    for line in lines {
        if !out.is_empty() {
            out.push(text(", "));
        }
        out.push(line.clone());
    }
    out
}
