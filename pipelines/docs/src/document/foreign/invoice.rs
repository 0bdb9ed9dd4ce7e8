//! Invoices.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::super::desk::{Desk, Draft};
use super::super::logo;
use super::super::markup::{Expr, body, bold, display, grid, note, rule, show, space, stack};
use super::super::pieces::{Lines, Pairs, col, table, totals};
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
/// The column of amounts in it.
const MONEY: usize = 2;

/// Writes an invoice of a tradesperson or supplier.
pub(super) fn write(desk: &mut Desk<'_>, papers: &'static Papers) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text(papers.word("description")), None),
        (Column::number(papers.word("quantity"), "", false), Some(place.number(0, ""))),
        (Column::number(papers.word("unit_price"), place.currency, false), Some(place.money.clone())),
        (Column::number(papers.word("amount"), place.currency, true), Some(place.money.clone())),
    ])
    .and_amounts(&place);
    sheet.quote();
    let count = desk.rng.whole(3, 8) as usize;
    let mut net = Decimal::ZERO;
    for ware in Papers::some(&papers.goods, count, &mut desk.rng) {
        let quantity = desk.rng.whole(1, if ware.euros < 10.0 { 40 } else { 6 });
        let price = place.price(ware.euros * desk.rng.range(0.85, 1.3), &mut desk.rng);
        let amount = price * Decimal::from(quantity);
        net += amount;
        let cells = vec![
            Cell::text(&ware.name),
            sheet.number(QUANTITY, quantity.into()),
            sheet.number(PRICE, price),
            sheet.number(AMOUNT, amount),
        ];
        sheet.item(cells);
    }
    let firm = desk.named(&papers.firms);
    let street = desk.address();
    let customer = if desk.rng.chance(0.5) { desk.person().full() } else { desk.named(&papers.offices) };
    let day = desk.workday();
    let (numbered, known) = (desk.code("####-###"), desk.code("#####"));
    let title = sheet.field(papers.word("invoice"), &firm);
    let address = sheet.field(papers.word("address"), &street);
    let facts = [
        sheet.field(papers.word("invoice_number"), &numbered),
        sheet.field(papers.word("date"), &place.date(day)),
        sheet.field(papers.word("customer"), &customer),
        sheet.field(papers.word("customer_number"), &known),
        sheet.field(papers.word("due"), &place.date(day.saturating_add(desk.rng.whole(10, 40).days()))),
    ];
    let rate = desk.rng.pick(&papers.rates).as_str();
    let percent: Decimal = rate.parse().expect("rates are decimals");
    let tax = place.money.rounded(net * percent / Decimal::ONE_HUNDRED);
    let tax_label = format!("{} {rate}{}", papers.tax, papers.percent);
    let sums = [
        sheet.money(papers.word("net"), net, &place),
        sheet.money(&tax_label, tax, &place),
        sheet.money(papers.word("gross"), net + tax, &place),
    ];
    let account = desk.code("XX## #### #### ####");
    let account = sheet.field(papers.word("account"), &account);
    sheet.lacks(&[
        papers.word("discount"),
        papers.word("delivery"),
        papers.word("order"),
        papers.word("contact"),
        papers.word("tip"),
    ]);
    let mut asking = Asking { sheet: &mut sheet, label: NAME, nouns: ("position", "positions") };
    ask_fields(&mut asking, &facts, &sums, account);
    let from = Program::Shown(Program::named(FIELDS, 0, papers.word("invoice")).over(1));
    let words = ["Who sent the invoice?", "Which firm wrote this invoice?", "Who asks to be paid?"];
    asking.pose("who", 1, &words.map(str::to_owned), from);
    let amount = |label: &str| Program::Number(Program::named(FIELDS, 0, label).over(MONEY)).boxed();
    let more =
        Program::Subtract(amount(papers.word("gross")), amount(papers.word("net"))).print(&place.money);
    let words = [
        "By how much is the amount to pay larger than the amount before tax?",
        "How much does the tax add to the bill?",
    ];
    asking.pose("amount_difference", 3, &words.map(str::to_owned), more);
    ask_items(&mut asking, &place.money, &place.number(0, ""));
    sheet.target_field("the amount to pay", sums[2]);
    sheet.target_field("the number of the invoice", facts[0]);
    for row in 0..sheet.len() {
        let label = sheet.shown_cell(row, NAME).to_owned();
        sheet.target(&format!("the amount for “{label}”"), row, AMOUNT);
    }
    let topic = format!("invoice of {firm}");
    let parts = Parts { firm, title, address, facts, sums, account };
    let (body, design) = lay_out(desk, &sheet, &parts, papers);
    Draft { sheet, body, topic, persona: "a bookkeeper who files invoices".to_owned(), design }
}

fn ask_fields(asking: &mut Asking<'_>, facts: &[Field; 5], sums: &[Field; 3], account: Field) {
    let meanings: [&[&str]; 5] = [
        &["What is the number of the invoice?", "Which number does the invoice have?"],
        &["When was the invoice written?", "What is the date of the invoice?"],
        &["Who is the customer?", "To whom is the invoice addressed?"],
        &["What is the number of the customer?", "Which customer number is given?"],
        &["By when has the invoice to be paid?", "Until which date can be paid?"],
    ];
    for (field, meanings) in facts.iter().zip(meanings) {
        asking.field(*field, FIELDS, meanings);
    }
    let meanings: [&[&str]; 3] = [
        &["How much is the amount before tax?", "What do all positions cost without tax?"],
        &["How much tax is charged?", "What is the amount of the tax?"],
        &["How much is there to pay in all?", "What is the total with tax?"],
    ];
    for (field, meanings) in sums.iter().zip(meanings) {
        asking.field(*field, FIELDS, meanings);
    }
    asking.field(account, FIELDS, &["To which account is the money to be sent?", "Which account is given?"]);
}

fn ask_items(
    asking: &mut Asking<'_>,
    money: &pixmo_render::NumberFormat,
    whole: &pixmo_render::NumberFormat,
) {
    asking.numbers(&Measure {
        column: PRICE,
        format: money,
        one: &["What does one “{label}” cost?", "What is the price of a single “{label}”?"],
        most: &["Which position has the highest price for one?", "What is the dearest single position?"],
        least: &["Which position has the lowest price for one?", "What is the cheapest single position?"],
        more: &["How much more does one “{a}” cost than one “{b}”?"],
        whether: &[
            "Is one “{a}” dearer than one “{b}”?",
            "Does a single “{a}” cost more than a single “{b}”?",
        ],
    });
    asking.numbers(&Measure {
        column: AMOUNT,
        format: money,
        one: &["How much is charged for “{label}” in all?", "Which amount stands in the line of “{label}”?"],
        most: &["For which position is the most money asked?", "Which line has the largest amount?"],
        least: &["For which position is the least money asked?", "Which line has the smallest amount?"],
        more: &[
            "How much more is charged for “{a}” than for “{b}”?",
            "By how much is the amount for “{a}” larger than that for “{b}”?",
        ],
        whether: &[
            "Is more charged for “{a}” than for “{b}”?",
            "Is the amount for “{a}” larger than that for “{b}”?",
        ],
    });
    asking.numbers(&Measure {
        column: QUANTITY,
        format: whole,
        one: &["How many of “{label}” are charged?", "What is the quantity of “{label}”?"],
        most: &["Which position has the largest quantity?"],
        least: &["Which position has the smallest quantity?"],
        more: &["How many more of “{a}” are charged than of “{b}”?"],
        whether: &["Is the quantity of “{a}” larger than that of “{b}”?"],
    });
    asking.order();
}

struct Parts {
    firm: String,
    title: Field,
    address: Field,
    facts: [Field; 5],
    sums: [Field; 3],
    account: Field,
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, papers: &'static Papers) -> (String, String) {
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[640.0, 720.0, 794.0]);
    let form = style.below(3);
    let mark = logo::mark(&parts.firm, 52.0, style);
    let word = display(2.0, &sheet.name(parts.title));
    let mut sender = vec![bold(&sheet.value_as(parts.title, "title"))];
    sender.extend(sheet.lines(parts.address));
    let sender = stack(7.0, &sender);
    let mut out = String::new();
    let (x, y) = desk.paper.margin;
    match form {
        0 => show(&mut out, &grid("1fr, auto", "(left, right)", (20.0, 0.0), &[stack(12.0, &[mark, sender]), word])),
        1 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 16pt), text(fill: onac, {}))\n\n",
            grid("1fr, auto", "(left + horizon, right + horizon)", (20.0, 0.0), &[word, sender])
        )),
        _ => {
            show(&mut out, &grid("auto, 1fr", "(left, left + horizon)", (16.0, 0.0), &[mark, sender]));
            show(&mut out, &rule("2pt + ac"));
            show(&mut out, &word);
        }
    }
    space(&mut out, 14.0);
    let pairs = Pairs::draw(style);
    let columns = if matches!(pairs, Pairs::Above | Pairs::Boxed) { 3 } else { 2 };
    show(&mut out, &pairs.lay(sheet, &parts.facts, columns));
    space(&mut out, 14.0);
    let lines = Lines::draw(style);
    let columns = [
        col(NAME, "1fr", "left"),
        col(QUANTITY, "auto", "right"),
        col(PRICE, "auto", "right"),
        col(AMOUNT, "auto", "right"),
    ];
    let pad = style.range(6.0, 9.0);
    show(&mut out, &table(sheet, &columns, lines, pad));
    let narrow = format!("block(width: 58%, {})", totals(sheet, &parts.sums, style));
    show(&mut out, &format!("align(right, {narrow})"));
    space(&mut out, 10.0);
    let wish = desk.rng.pick(&papers.wishes);
    let account: Vec<Expr> = vec![sheet.name(parts.account), bold(&sheet.value(parts.account))];
    show(&mut out, &stack(9.0, &[body(wish), grid("auto, auto", "left", (12.0, 0.0), &account)]));
    if style.chance(0.4) {
        space(&mut out, 6.0);
        show(&mut out, &rule("0.8pt + rule-c"));
        show(&mut out, &format!("align(center, {})", note(&parts.firm)));
    }
    (out, format!("bill-{form}/{}", lines.name()))
}
