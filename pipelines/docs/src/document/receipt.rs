//! Till receipts: narrow, monospaced, with tax and change.

use jiff::civil::time;
use pixmo_render::{Cell, Column, Rng};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, grid, inline, note, rule, show, sized, small, space, stack, text,
};
use super::sheet::{Field, Sheet};

/// Shops with a till: trade, kinds of name.
const SHOPS: [(&str, &[&str]); 8] = [
    ("grocer", &["Market", "Food Hall", "Corner Shop", "Grocers"]),
    ("cafe", &["Café", "Coffee House", "Tea Room", "Bakery"]),
    ("bookshop", &["Books", "Book Nook", "Papers & Books"]),
    ("pharmacy", &["Pharmacy", "Chemist"]),
    ("hardware", &["Hardware", "Tools & Paint"]),
    ("garden_centre", &["Garden Centre", "Nursery"]),
    ("sports", &["Sports", "Outdoor"]),
    ("fashion", &["Outfitters", "Wardrobe"]),
];

/// Columns of the items.
const NAME: usize = 0;
const QUANTITY: usize = 1;
const PRICE: usize = 2;
const AMOUNT: usize = 3;

/// Writes a receipt.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let (slug, kinds) = *desk.rng.pick(&SHOPS);
    let trade = desk.words.trade(slug);
    let town = desk.town();
    let kind = desk.any(kinds);
    let name = if desk.rng.chance(0.5) {
        format!("{town} {kind}")
    } else {
        format!("{} {kind}", desk.person().family)
    };
    let shop = desk.organisation(name, town);
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Item"), None),
        (Column::number("Qty", "", false), Some(place.number(0, ""))),
        (Column::number("Price", place.currency, false), Some(place.bare.clone())),
        (Column::number("Amount", place.currency, true), Some(place.bare.clone())),
    ])
    .and_amounts(&place);
    let count = desk.rng.whole(3, 11) as usize;
    let mut total = Decimal::ZERO;
    let mut pieces = 0;
    for good in desk.goods(trade, count) {
        let quantity = if good.high < 30.0 && desk.rng.chance(0.35) { desk.rng.whole(2, 5) } else { 1 };
        let euros = desk.rng.range(good.low, good.high);
        let price = if slug == "cafe" { place.board_price(euros) } else { place.price(euros, &mut desk.rng) };
        let amount = price * Decimal::from(quantity);
        pieces += quantity;
        total += amount;
        let cells = vec![
            Cell::text(&good.name),
            sheet.number(QUANTITY, quantity.into()),
            sheet.number(PRICE, price),
            sheet.number(AMOUNT, amount),
        ];
        sheet.item(cells);
    }
    let shop_name = sheet.field("Shop", &shop.name);
    let address = sheet.field("Shop address", &shop.address());
    let date = desk.day();
    let clock = time(desk.rng.whole(8, 20) as i8, desk.rng.whole(0, 59) as i8, 0, 0);
    let number = desk.code("######");
    let mut meta = vec![sheet.field("Date", &place.date(date)), sheet.field("Time", &place.time(clock))];
    let label = desk.any(&["Receipt no.", "Ticket", "Sale no.", "Receipt"]);
    meta.push(sheet.field(label, &number));
    if desk.rng.chance(0.6) {
        let cashier = desk.person().given;
        let label = desk.any(&["Served by", "Cashier", "Your host"]);
        meta.push(sheet.field(label, cashier));
    }
    if desk.rng.chance(0.4) {
        let till = desk.rng.whole(1, 9).to_string();
        meta.push(sheet.field("Till", &till));
    }
    let sums = sums(desk, &mut sheet, total);
    let count = sheet.field("Items", &pieces.to_string());
    let topic = format!("receipt of {} for {count_of} items", shop.name, count_of = pieces);
    let persona = "someone who keeps receipts for a household book".to_owned();
    let cafe = slug == "cafe";
    let parts = Parts { name: shop.name, cafe, shop_name, address, meta, sums, count };
    let (body, design) = lay_out(desk, &sheet, &parts);
    Draft { sheet, body, topic, persona, design }
}

struct Parts {
    name: String,
    /// Whether people eat there, so that nothing is brought back.
    cafe: bool,
    shop_name: Field,
    address: Field,
    meta: Vec<Field>,
    sums: Sums,
    count: Field,
}

struct Sums {
    before: Vec<Field>,
    total: Field,
    after: Vec<Field>,
}

/// Prices include the tax, as shops in most places print them; or it is added, as in the others.
fn sums(desk: &mut Desk<'_>, sheet: &mut Sheet, goods: Decimal) -> Sums {
    let place = desk.place.clone();
    let rate = *desk.rng.pick(place.rates);
    let percent = rate.parse::<Decimal>().expect("rates are decimals");
    let tax_name = format!("{} {rate}%", place.tax);
    let mut before = Vec::new();
    let mut after = Vec::new();
    let total;
    if place.tax == "Sales tax" {
        let tax = place.money.rounded(goods * percent / Decimal::ONE_HUNDRED);
        before.push(sheet.money("Subtotal", goods, &place));
        before.push(sheet.money(&tax_name, tax, &place));
        total = goods + tax;
    } else {
        let tax = place.money.rounded(goods * percent / (Decimal::ONE_HUNDRED + percent));
        total = goods;
        after.push(sheet.money(&format!("incl. {tax_name}"), tax, &place));
    }
    let label = desk.any(&["TOTAL", "Total", "To pay", "SUM"]);
    let field = sheet.money(label, total, &place);
    if desk.rng.chance(0.55) {
        let note = notes(total, place.money.decimals, desk);
        after.insert(0, sheet.money("Cash", note, &place));
        after.insert(1, sheet.money("Change", note - total, &place));
    } else {
        let card = format!("**** {}", desk.code("####"));
        let label = desk.any(&["Card", "Debit card", "Paid by card"]);
        after.insert(0, sheet.field(label, &card));
    }
    Sums { before, total: field, after }
}

/// What a person hands over: the total rounded up to a note.
fn notes(total: Decimal, decimals: u32, desk: &mut Desk<'_>) -> Decimal {
    let steps: &[i64] =
        if decimals == 0 { &[500, 1000, 5000, 10_000, 100_000] } else { &[5, 10, 20, 50, 100, 1000] };
    let fits: Vec<Decimal> = steps
        .iter()
        .map(|step| Decimal::from(*step))
        .map(|step| (total / step).ceil() * step)
        .filter(|paid| *paid > total)
        .take(3)
        .collect();
    if fits.is_empty() { total } else { *desk.rng.pick(&fits) }
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts) -> (String, String) {
    let style = &mut desk.style;
    let mono = style.chance(0.65);
    desk.paper.black_on_white();
    if style.chance(0.3) {
        desk.paper.ground = pixmo_render::Color::rgb(250, 249, 244);
    }
    if mono {
        desk.paper.set_in(style.word(&[
            "DejaVu Sans Mono",
            "Inconsolata",
            "Courier Prime",
            "JetBrains Mono",
            "Fira Code",
        ]));
    }
    desk.paper.width = style.range(360.0, 460.0).round();
    desk.paper.margin = (style.range(22.0, 34.0), style.range(24.0, 40.0));
    desk.paper.base = if mono { style.range(12.0, 13.2) } else { style.range(12.5, 14.5) };
    desk.paper.pixels_per_pt = *style.pick(&[1.0, 1.15, 1.3]);
    let mut out = String::new();
    let top = style.below(4);
    show(&mut out, &head(sheet, parts, top, style));
    space(&mut out, 6.0);
    let line = match style.below(5) {
        0 => rule("(paint: ink, thickness: 1pt, dash: (4pt, 3pt))"),
        1 => rule("1pt + ink"),
        2 => stack(2.0, &[rule("1pt + ink"), rule("1pt + ink")]),
        3 => rule("(paint: ink, thickness: 1.4pt, dash: (1.4pt, 3pt))"),
        _ => rule("2.4pt + ink"),
    };
    if top != 3 {
        show(&mut out, &line);
    }
    let meta: Vec<Expr> = parts
        .meta
        .iter()
        .map(|f| {
            inline(&[sheet.name_as(*f, &format!("{}:", sheet.shown_name(*f))), text(" "), sheet.value(*f)])
        })
        .collect();
    show(&mut out, &grid("1fr, auto", "(left, right)", (8.0, 7.0), &meta));
    show(&mut out, &line);
    let form = style.below(3);
    show(&mut out, &items(sheet, form));
    show(&mut out, &line);
    let pair = |f: &Field| [sheet.name(*f), sheet.value(*f)];
    let pairs = |cells: Vec<Expr>| grid("1fr, auto", "(left, right)", (8.0, 8.0), &cells);
    let before: Vec<Expr> = parts.sums.before.iter().flat_map(pair).collect();
    let after: Vec<Expr> = parts.sums.after.iter().flat_map(pair).collect();
    let total = pair(&parts.sums.total);
    let summing = style.below(4);
    match summing {
        0 | 1 => {
            let mut cells = before;
            cells.extend(total.map(|e| bold(&sized(1.3, &e))));
            cells.extend(after);
            show(&mut out, &pairs(cells));
            show(&mut out, &line);
        }
        _ => {
            // The total in a frame, or white on black, as thermal printers can.
            if !before.is_empty() {
                show(&mut out, &pairs(before));
            }
            let (frame, ink) =
                if summing == 2 { ("stroke: 1.2pt + ink", "ink") } else { ("fill: ink", "white") };
            let total = pairs(total.map(|e| bold(&sized(1.35, &e))).to_vec());
            show(
                &mut out,
                &format!("block(width: 100%, inset: (x: 9pt, y: 8pt), {frame}, text(fill: {ink}, {total}))"),
            );
            show(&mut out, &pairs(after));
            show(&mut out, &line);
        }
    }
    let count = inline(&[sheet.name_as(parts.count, "Items:"), text(" "), sheet.value(parts.count)]);
    show(&mut out, &align("center", &small(&count)));
    let exchange = if parts.cafe {
        "It was a pleasure to serve you."
    } else {
        "Exchange within 14 days with this receipt."
    };
    let thanks = desk.rng.word(&[
        "Thank you for your visit!",
        "Thank you. See you again soon.",
        exchange,
        "Have a good day!",
        "Please keep this receipt.",
    ]);
    show(&mut out, &align("center", &body(thanks)));
    if style.chance(0.5) {
        space(&mut out, 4.0);
        let code = logo::barcode(42.0, 1.5, 34, style);
        show(&mut out, &align("center", &code));
    } else if style.chance(0.4) {
        show(&mut out, &align("center", &note("Open Monday to Saturday")));
    }
    (out, format!("till-{top}/{form}{}", if mono { "/mono" } else { "" }))
}

/// The shop: in the middle with its mark, flush left, between two lines of stars, or white on black.
fn head(sheet: &Sheet, parts: &Parts, form: usize, style: &mut Rng) -> Expr {
    let name = display(style.range(1.35, 1.75), &sheet.value_as(parts.shop_name, "title"));
    let lines = sheet.lines(parts.address);
    match form {
        0 => {
            let mut head = vec![align("center", &logo::mark(&parts.name, 40.0, style)), name];
            head.extend(lines);
            align("center", &stack(9.0, &head))
        }
        1 => {
            let mut head = vec![name];
            head.extend(lines);
            stack(8.0, &head)
        }
        2 => {
            let ornament = rule("(paint: ink, thickness: 2.6pt, dash: (2.6pt, 5pt))");
            let mut head = vec![ornament.clone(), name];
            head.extend(lines);
            head.push(ornament);
            align("center", &stack(9.0, &head))
        }
        _ => {
            let band = format!(
                "block(width: 100%, fill: ink, inset: (x: 10pt, y: 11pt), align(center, text(fill: white, {name})))"
            );
            let mut head = vec![band];
            head.extend(lines);
            align("center", &stack(9.0, &head))
        }
    }
}

/// Name left and amount right; with quantity and price on a line of their own, in columns, or in front.
fn items(sheet: &Sheet, form: usize) -> Expr {
    let mut cells = Vec::new();
    match form {
        0 => {
            for row in 0..sheet.len() {
                let detail = inline(&[sheet.cell(row, QUANTITY), text(" × "), sheet.cell(row, PRICE)]);
                cells.push(stack(5.0, &[sheet.cell(row, NAME), small(&inline(&[text("  "), detail]))]));
                cells.push(sheet.cell(row, AMOUNT));
            }
            grid("1fr, auto", "(left, right + bottom)", (10.0, 9.0), &cells)
        }
        1 => {
            cells.extend([bold(&sheet.head(QUANTITY)), bold(&sheet.head(NAME)), bold(&sheet.head(AMOUNT))]);
            for row in 0..sheet.len() {
                cells.extend([sheet.cell(row, QUANTITY), sheet.cell(row, NAME), sheet.cell(row, AMOUNT)]);
            }
            grid("auto, 1fr, auto", "(right, left, right)", (10.0, 8.5), &cells)
        }
        _ => {
            for column in [NAME, QUANTITY, PRICE, AMOUNT] {
                cells.push(bold(&sheet.head(column)));
            }
            for row in 0..sheet.len() {
                cells.extend([NAME, QUANTITY, PRICE, AMOUNT].map(|column| sheet.cell(row, column)));
            }
            grid("1fr, auto, auto, auto", "(left, right, right, right)", (10.0, 8.5), &cells)
        }
    }
}
