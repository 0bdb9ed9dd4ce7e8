//! Till receipts.

use jiff::civil::time;
use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::super::desk::{Desk, Draft};
use super::super::logo;
use super::super::markup::{
    Expr, align, body, bold, display, grid, inline, rule, show, sized, small, space, stack, text,
};
use super::super::sheet::{Field, Sheet};
use super::asking::{Asking, Measure};
use super::words::Papers;
use crate::program::Expr as Program;

const NAME: usize = 0;
const QUANTITY: usize = 1;
const PRICE: usize = 2;
const AMOUNT: usize = 3;
/// The table of fields stands behind that of the items.
const FIELDS: usize = 1;

/// Writes a receipt of a grocer.
pub(super) fn write(desk: &mut Desk<'_>, papers: &'static Papers) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text(papers.word("item")), None),
        (Column::number(papers.word("quantity"), "", false), Some(place.number(0, ""))),
        (Column::number(papers.word("price"), place.currency, false), Some(place.bare.clone())),
        (Column::number(papers.word("amount"), place.currency, true), Some(place.bare.clone())),
    ])
    .and_amounts(&place);
    sheet.quote();
    let count = desk.rng.whole(4, 11) as usize;
    let (mut total, mut pieces) = (Decimal::ZERO, 0);
    for ware in Papers::some(&papers.groceries, count, &mut desk.rng) {
        let quantity = if desk.rng.chance(0.4) { desk.rng.whole(2, 6) } else { 1 };
        let price = place.price(ware.euros * desk.rng.range(0.85, 1.25), &mut desk.rng);
        let amount = price * Decimal::from(quantity);
        pieces += quantity;
        total += amount;
        let cells = vec![
            Cell::text(&ware.name),
            sheet.number(QUANTITY, quantity.into()),
            sheet.number(PRICE, price),
            sheet.number(AMOUNT, amount),
        ];
        sheet.item(cells);
    }
    let shop = desk.named(&papers.shops);
    let address = desk.address();
    let clock = time(desk.rng.whole(8, 20) as i8, desk.rng.whole(0, 59) as i8, 0, 0);
    let date = place.date(desk.day());
    let number = desk.code("######");
    let title = sheet.field(papers.word("receipt"), &shop);
    let address = sheet.field(papers.word("address"), &address);
    let mut meta = vec![
        (
            sheet.field(papers.word("date"), &date),
            &["On which date was this bought?", "What is the date of the purchase?"],
        ),
        (
            sheet.field(papers.word("time"), &place.time(clock)),
            &["At what time was this bought?", "What time does the receipt give?"],
        ),
        (
            sheet.field(papers.word("receipt_number"), &number),
            &["What is the number of the receipt?", "Which number does the receipt have?"],
        ),
    ];
    if desk.rng.chance(0.6) {
        let cashier = desk.person().given;
        let field = sheet.field(papers.word("cashier"), cashier);
        meta.push((field, &["Who served the customer?", "What is the first name of the cashier?"]));
    }
    if desk.rng.chance(0.5) {
        let till = desk.rng.whole(1, 9).to_string();
        let field = sheet.field(papers.word("till"), &till);
        meta.push((field, &["At which till was this paid?", "What is the number of the till?"]));
    }
    let rate = desk.rng.pick(&papers.rates).as_str();
    let percent: Decimal = rate.parse().expect("rates are decimals");
    let tax = place.money.rounded(total * percent / (Decimal::ONE_HUNDRED + percent));
    let sum = sheet.money(papers.word("total"), total, &place);
    let mut after = Vec::new();
    if desk.rng.chance(0.5) {
        let step = Decimal::from(*desk.rng.pick(&[10, 20, 50]));
        let note = (total / step).ceil() * step;
        let cash = sheet.money(papers.word("cash"), note, &place);
        let change = sheet.money(papers.word("change"), note - total, &place);
        after.push((cash, &["How much money did the customer hand over?", "How much cash was given?"]));
        after.push((change, &["How much change was given back?", "What did the customer get back?"]));
    } else {
        let card = format!("**** {}", desk.code("####"));
        let field = sheet.field(papers.word("card"), &card);
        after.push((
            field,
            &["What is shown of the number of the card?", "Which digits of the card are printed?"],
        ));
    }
    let included =
        papers.word("included").replace("{tax}", &format!("{} {rate}{}", papers.tax, papers.percent));
    let tax = sheet.money(&included, tax, &place);
    after.push((tax, &["How much tax does the total contain?", "What is the amount of the tax on sales?"]));
    let count = sheet.field(papers.word("pieces"), &pieces.to_string());
    sheet.lacks(&[
        papers.word("discount"),
        papers.word("customer_card"),
        papers.word("tip"),
        papers.word("delivery"),
        papers.word("parking"),
    ]);
    let mut asking = Asking { sheet: &mut sheet, label: NAME, nouns: ("item", "items") };
    asking.field(
        sum,
        FIELDS,
        &[
            "How much is there to pay in all?",
            "What is the total of the receipt?",
            "How much did everything cost together?",
        ],
    );
    asking.field(
        count,
        FIELDS,
        &["How many pieces were bought in all?", "How many things does the receipt count?"],
    );
    for (field, meanings) in meta.iter().chain(&after) {
        asking.field(*field, FIELDS, meanings.as_slice());
    }
    let shop_name = Program::Shown(Program::named(FIELDS, 0, papers.word("receipt")).over(1));
    let words = ["Which shop gave this receipt?", "Where was this bought?", "What is the name of the shop?"];
    asking.pose("where", 1, &words.map(str::to_owned), shop_name);
    ask_items(&mut asking, &place.bare, &place.number(0, ""));
    sheet.target_field("the total", sum);
    sheet.target_field("the date", meta[0].0);
    for row in 0..sheet.len() {
        let label = sheet.shown_cell(row, NAME).to_owned();
        sheet.target(&format!("the amount for “{label}”"), row, AMOUNT);
    }
    let topic = format!("receipt of {shop} for {pieces} items");
    let meta = meta.into_iter().map(|(field, _)| field).collect();
    let after = after.into_iter().map(|(field, _)| field).collect();
    let parts = Parts { name: shop, title, address, meta, sum, after, count };
    let (body, design) = lay_out(desk, &sheet, &parts, papers);
    Draft {
        sheet,
        body,
        topic,
        persona: "someone who keeps receipts for a household book".to_owned(),
        design,
    }
}

fn ask_items(
    asking: &mut Asking<'_>,
    money: &pixmo_render::NumberFormat,
    whole: &pixmo_render::NumberFormat,
) {
    asking.numbers(&Measure {
        column: PRICE,
        format: money,
        one: &[
            "What does one “{label}” cost?",
            "What is the price of “{label}” for one?",
            "How much is a single “{label}”?",
        ],
        most: &["Which item has the highest price for one piece?", "Which single item is the dearest?"],
        least: &["Which item has the lowest price for one piece?", "Which single item is the cheapest?"],
        more: &[
            "How much more does one “{a}” cost than one “{b}”?",
            "By how much is “{a}” dearer than “{b}”, for one piece?",
        ],
        whether: &[
            "Is one “{a}” dearer than one “{b}”?",
            "Does a single “{a}” cost more than a single “{b}”?",
        ],
    });
    asking.numbers(&Measure {
        column: AMOUNT,
        format: money,
        one: &["How much was paid for “{label}” in all?", "Which amount stands in the line of “{label}”?"],
        most: &["For which item was the most money paid?", "Which line has the largest amount?"],
        least: &["For which item was the least money paid?", "Which line has the smallest amount?"],
        more: &[
            "How much more was paid for “{a}” than for “{b}”?",
            "By how much is the amount of “{a}” larger than that of “{b}”?",
        ],
        whether: &[
            "Was more paid for “{a}” than for “{b}”?",
            "Is the amount for “{a}” larger than that for “{b}”?",
        ],
    });
    asking.numbers(&Measure {
        column: QUANTITY,
        format: whole,
        one: &["How many of “{label}” were bought?", "What is the quantity of “{label}”?"],
        most: &["Of which item were the most pieces bought?", "Which item has the largest quantity?"],
        least: &[],
        more: &["How many more of “{a}” were bought than of “{b}”?"],
        whether: &["Were more of “{a}” bought than of “{b}”?"],
    });
    asking.order();
    let mean = Program::Mean(Program::all(0).over(AMOUNT)).print(money);
    let words = [
        "What is the mean of the amounts, to two decimals?",
        "How much is a line on average, to two decimals?",
    ];
    asking.pose("mean", 3, &words.map(str::to_owned), mean);
}

struct Parts {
    name: String,
    title: Field,
    address: Field,
    meta: Vec<Field>,
    sum: Field,
    after: Vec<Field>,
    count: Field,
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, papers: &'static Papers) -> (String, String) {
    desk.paper.black_on_white();
    if desk.style.chance(0.3) {
        desk.paper.ground = pixmo_render::Color::rgb(250, 249, 244);
    }
    let mono = desk.style.chance(0.6);
    if mono {
        let family = desk.style.word(&["DejaVu Sans Mono", "JetBrains Mono", "Fira Code", "Inconsolata"]);
        desk.try_faces(family, papers);
    }
    let style = &mut desk.style;
    desk.paper.width = style.range(370.0, 470.0).round();
    desk.paper.margin = (style.range(22.0, 34.0), style.range(24.0, 40.0));
    desk.paper.base = if mono { style.range(12.0, 13.2) } else { style.range(12.5, 14.5) };
    desk.paper.pixels_per_pt = *style.pick(&[1.0, 1.15, 1.3]);
    let mut out = String::new();
    let top = style.below(3);
    let name = display(style.range(1.35, 1.75), &sheet.value_as(parts.title, "title"));
    let mut head = match top {
        0 => vec![align("center", &logo::mark(&parts.name, 40.0, style)), name],
        1 => vec![name],
        _ => vec![format!(
            "block(width: 100%, fill: ink, inset: (x: 10pt, y: 11pt), align(center, text(fill: white, {name})))"
        )],
    };
    head.extend(sheet.lines(parts.address));
    let kind = small(&sheet.name(parts.title));
    head.push(kind);
    let head = stack(9.0, &head);
    show(&mut out, &if top == 1 { head } else { align("center", &head) });
    space(&mut out, 6.0);
    let line = match style.below(4) {
        0 => rule("(paint: ink, thickness: 1pt, dash: (4pt, 3pt))"),
        1 => rule("1pt + ink"),
        2 => stack(2.0, &[rule("1pt + ink"), rule("1pt + ink")]),
        _ => rule("(paint: ink, thickness: 1.4pt, dash: (1.4pt, 3pt))"),
    };
    let meta: Vec<Expr> = parts.meta.iter().flat_map(|f| [sheet.name(*f), sheet.value(*f)]).collect();
    show(&mut out, &line);
    show(&mut out, &grid("1fr, auto", "(left, right)", (8.0, 7.0), &meta));
    show(&mut out, &line);
    let form = style.below(2);
    show(&mut out, &items(sheet, form));
    show(&mut out, &line);
    let sum = [sheet.name(parts.sum), sheet.value(parts.sum)].map(|e| bold(&sized(1.3, &e)));
    show(&mut out, &grid("1fr, auto", "(left, right)", (8.0, 8.0), &sum));
    let after: Vec<Expr> = parts.after.iter().flat_map(|f| [sheet.name(*f), sheet.value(*f)]).collect();
    show(&mut out, &grid("1fr, auto", "(left, right)", (8.0, 8.0), &after));
    show(&mut out, &line);
    let count = inline(&[
        sheet.name_as(parts.count, &format!("{}:", sheet.shown_name(parts.count))),
        text(" "),
        sheet.value(parts.count),
    ]);
    show(&mut out, &align("center", &small(&count)));
    let thanks = desk.rng.pick(&papers.thanks);
    show(&mut out, &align("center", &body(thanks)));
    if style.chance(0.5) {
        space(&mut out, 4.0);
        show(&mut out, &align("center", &logo::barcode(42.0, 1.5, 34, style)));
    }
    (out, format!("till-{top}/{form}{}", if mono { "/mono" } else { "" }))
}

/// Quantity and price under the name, or all in columns.
fn items(sheet: &Sheet, form: usize) -> Expr {
    let mut cells = Vec::new();
    if form == 0 {
        for row in 0..sheet.len() {
            let detail = inline(&[sheet.cell(row, QUANTITY), text(" × "), sheet.cell(row, PRICE)]);
            cells.push(stack(5.0, &[sheet.cell(row, NAME), small(&inline(&[text("  "), detail]))]));
            cells.push(sheet.cell(row, AMOUNT));
        }
        return grid("1fr, auto", "(left, right + bottom)", (10.0, 9.0), &cells);
    }
    cells.extend([NAME, QUANTITY, PRICE, AMOUNT].map(|column| bold(&sheet.head(column))));
    for row in 0..sheet.len() {
        cells.extend([NAME, QUANTITY, PRICE, AMOUNT].map(|column| sheet.cell(row, column)));
    }
    grid("1fr, auto, auto, auto", "(left, right, right, right)", (10.0, 8.5), &cells)
}
