//! Warranty cards: what was bought where and when, and for how long each part of it is covered.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::fill::{Pen, any_code, spread, stamp};
use super::form_words::FormWords;
use super::logo;
use super::markup::{
    Expr, align, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::pieces::{Lines, col, section, table};
use super::sheet::{Field, Sheet};
use super::signature::signature;

struct Parts {
    maker: Field,
    title: Field,
    product: Vec<Field>,
    sale: Vec<Field>,
    dealer: Field,
    dealer_address: Field,
    terms: Vec<&'static str>,
}

/// Writes a warranty card. Columns of the items: part, months of cover, last day of cover.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let words = desk.rng.pick(&FormWords::bundled().warranty);
    let months = "Cover in months";
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(&["Part", "Component"])), None),
        (Column::number(months, "months", false), Some(place.number(0, ""))),
        (Column::text("End of cover"), None),
    ])
    .and_amounts(&place);
    let bought = desk.workday();
    let count = desk.rng.whole(3, words.parts.len() as i64) as usize;
    let mut chosen = desk.rng.sample(words.parts.len(), count);
    chosen.sort_unstable();
    for index in chosen {
        let part = &words.parts[index];
        let months = *desk.rng.pick(&part.months);
        let end = bought.saturating_add(months.months()).saturating_sub(1.days());
        let cells =
            vec![Cell::text(&part.name), sheet.number(1, Decimal::from(months)), Cell::text(place.date(end))];
        sheet.item(cells);
    }
    let trade = desk.any(&words.makers.iter().map(String::as_str).collect::<Vec<_>>()).to_owned();
    let maker = desk.company(Some(&trade));
    let shop = desk.any(&["Stores", "Trading", "Warehouse", "Home Centre", "Retail"]);
    let dealer = desk.company(Some(shop));
    let product = desk.rng.pick(&words.products).clone();
    let model = desk.rng.pick(&words.models).clone();
    let title = sheet.field(
        "Document",
        desk.any(&["Warranty card", "Guarantee card", "Warranty certificate", "Guarantee"]),
    );
    let maker_field = sheet.field("Manufacturer", &maker.name);
    let serial = desk.code_of(&desk.words.names.account.serial);
    let mut goods = vec![
        sheet.field("Product", &product),
        sheet.field("Model", &model),
        sheet.field(desk.any(&["Serial no.", "Serial number"]), &serial),
    ];
    if desk.rng.chance(0.4) {
        let colour = desk.any(&["black", "white", "dark green", "silver", "graphite", "dark blue", "red"]);
        goods.push(sheet.field("Finish", colour));
    }
    let customer = desk.person().full();
    let mut sale = vec![
        sheet.field(desk.any(&["Date of purchase", "Purchase date"]), &place.date(bought)),
        sheet.field(desk.any(&["Customer", "Owner", "Name of buyer"]), &customer),
        sheet.field(desk.any(&["Address", "Address of buyer"]), &desk.address()),
    ];
    if desk.rng.chance(0.6) {
        let euros = desk.rng.range(60.0, 2_400.0);
        let price = place.price(euros, &mut desk.rng);
        sale.push(sheet.money(desk.any(&["Purchase price", "Price paid"]), price, &place));
    }
    let invoice = desk.code_of(&desk.words.names.account.invoice);
    sale.push(sheet.field(desk.any(&["Invoice no.", "Receipt no."]), &invoice));
    let dealer_field = sheet.field(desk.any(&["Dealer", "Sold by"]), &dealer.name);
    let dealer_address = sheet.field("Address of dealer", &dealer.address());
    let register = any_code(desk, &["W-######", "###-###-###", "?? #####"]);
    goods.push(sheet.field(desk.any(&["Warranty no.", "Card no."]), &register));
    let terms =
        desk.rng.sample(words.terms.len(), 2).into_iter().map(|at| words.terms[at].as_str()).collect();
    let topic = format!("warranty card for a {} by {}", product.to_lowercase(), maker.name);
    let parts = Parts {
        maker: maker_field,
        title,
        product: goods,
        sale,
        dealer: dealer_field,
        dealer_address,
        terms,
    };
    let (body, design) = lay_out(desk, &sheet, &parts, &maker.name);
    Draft { sheet, body, topic, persona: "an owner whose thing has broken".to_owned(), design }
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, maker: &str) -> (String, String) {
    let form = desk.style.below(3);
    let pen = Pen::draw(desk);
    desk.paper.width = match form {
        1 => desk.style.range(860.0, 940.0),
        _ => desk.style.range(560.0, 660.0),
    }
    .round();
    desk.paper.margin = (desk.style.range(36.0, 48.0), desk.style.range(34.0, 44.0));
    let style = &mut desk.style;
    let mut out = String::new();
    let title = sheet.value_as(parts.title, "title");
    let lines = Lines::draw(style);
    let cols = [col(0, "1fr", "left"), col(1, "auto", "right"), col(2, "auto", "right")];
    let cover = table(sheet, &cols, lines, style.range(5.0, 7.5));
    let dealer = stack(
        6.0,
        &[
            small(&sheet.name(parts.dealer)),
            bold(&sheet.value(parts.dealer)),
            stack(6.0, &sheet.lines(parts.dealer_address)),
        ],
    );
    let seal = {
        let town = sheet.lines(parts.dealer_address).pop().unwrap_or_else(|| "[]".to_owned());
        stamp(&[sheet.value(parts.dealer), format!("text(size: 0.86em, {town})")], style)
    };
    let terms: Vec<Expr> = parts.terms.iter().map(|term| inline(&[text("•  "), note(term)])).collect();
    let terms = stack(7.0, &terms);
    let boxed = |fields: &[Field], columns: usize| {
        let cells =
            fields.iter().map(|f| (pen.entry(sheet, *f), sheet.shown(*f).chars().count() > 26)).collect();
        format!(
            "grid(columns: (1fr,) * {columns}, stroke: 0.9pt + rule-c, inset: 8pt, align: left, {})",
            spread(cells, columns).join(", ")
        )
    };
    let lined = |fields: &[Field]| {
        let rows: Vec<Expr> = fields.iter().map(|f| pen.line(sheet, *f)).collect();
        stack(12.0, &rows)
    };
    let habit = style.below(4);
    match form {
        0 => {
            let frame = "#place(dx: 13pt, dy: 13pt, rect(width: 100% - 26pt, height: 100% - 26pt, stroke: 2.2pt + ac))#place(dx: 19pt, dy: 19pt, rect(width: 100% - 38pt, height: 100% - 38pt, stroke: 0.9pt + ac))";
            desk.paper.frame = frame.to_owned();
            let mark = logo::mark(maker, 44.0, style);
            let head = stack(
                11.0,
                &[mark, sheet.value(parts.maker), format!("text(fill: ac, {})", display(2.0, &title))],
            );
            show(&mut out, &align("center", &head));
            space(&mut out, 6.0);
            show(&mut out, &lined(&parts.product));
            show(&mut out, &lined(&parts.sale));
            space(&mut out, 4.0);
            show(&mut out, &cover);
            space(&mut out, 6.0);
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + horizon, center + horizon)",
                    (22.0, 0.0),
                    &[stack(14.0, &[dealer, terms]), format!("box(inset: 12pt, {seal})")],
                ),
            );
        }
        1 => {
            // Two halves: the card for the owner, and the terms.
            let mark = logo::with_name(maker, &sheet.value(parts.maker), 36.0, style);
            let left = stack(
                14.0,
                &[
                    mark,
                    format!("text(fill: ac, {})", display(1.7, &title)),
                    boxed(&parts.product, 2),
                    boxed(&parts.sale, 2),
                ],
            );
            let right = stack(
                16.0,
                &[
                    section(style.word(&["What is covered", "Periods", "Your warranty"]), habit),
                    cover,
                    dealer,
                    format!("box(inset: (x: 14pt, y: 10pt), {seal})"),
                    rule("0.8pt + rule-c"),
                    terms,
                ],
            );
            show(
                &mut out,
                &format!(
                    "grid(columns: (1fr, 1fr), column-gutter: 0pt, grid.vline(x: 1, stroke: (paint: soft, thickness: 1.2pt, dash: (5pt, 4pt))), \
                     block(width: 100%, inset: (right: 24pt), {left}), block(width: 100%, inset: (left: 24pt), {right}))"
                ),
            );
        }
        _ => {
            let (x, y) = desk.paper.margin;
            let mark =
                format!("box(fill: white, radius: 4pt, inset: 4pt, {})", logo::mark(maker, 32.0, style));
            let band = grid(
                "auto, 1fr, auto",
                "(left + horizon, left + horizon, right + horizon)",
                (13.0, 0.0),
                &[mark, bold(&sheet.value(parts.maker)), format!("T(1.6em, {title})")],
            );
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {band}))\n\n"
            ));
            space(&mut out, 6.0);
            show(&mut out, &boxed(&parts.product, 2));
            show(&mut out, &boxed(&parts.sale, 2));
            space(&mut out, 4.0);
            show(&mut out, &section(style.word(&["Warranty periods", "Cover", "Parts and periods"]), habit));
            show(&mut out, &cover);
            space(&mut out, 6.0);
            let sign = stack(
                5.0,
                &[
                    signature(120.0, style),
                    rule("0.8pt + ink"),
                    small(&role("note", "Signature of the dealer")),
                ],
            );
            show(&mut out, &grid("1fr, 160pt", "(left, left + bottom)", (22.0, 0.0), &[dealer, sign]));
            show(&mut out, &terms);
        }
    }
    (out, format!("warranty-{form}/{}", lines.name()))
}
