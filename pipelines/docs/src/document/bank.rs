//! Bank statements: movements with a running balance that adds up.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::locale::month_year;
use super::logo;
use super::markup::{Expr, align, bold, display, grid, note, role, rule, show, small, space, stack};
use super::pieces::{Lines, Pairs, col, section, table};
use super::sheet::{Field, Sheet};

/// What money goes out for: text, low and high in a euro-like currency.
const SPENT: [(&str, f64, f64); 14] = [
    ("Rent", 480.0, 1250.0),
    ("Card payment, grocer", 12.0, 96.0),
    ("Electricity", 38.0, 120.0),
    ("Telephone and internet", 24.0, 55.0),
    ("Cash machine", 20.0, 200.0),
    ("Insurance, household", 14.0, 48.0),
    ("Card payment, fuel", 30.0, 82.0),
    ("Monthly rail pass", 49.0, 130.0),
    ("Card payment, bookshop", 9.0, 45.0),
    ("Standing order, savings", 50.0, 400.0),
    ("Gym subscription", 19.0, 49.0),
    ("Water board", 18.0, 60.0),
    ("Card payment, restaurant", 18.0, 110.0),
    ("Pharmacy", 6.0, 42.0),
];
/// What comes in.
const EARNED: [(&str, f64, f64); 6] = [
    ("Salary", 1700.0, 3900.0),
    ("Refund, clothes shop", 15.0, 90.0),
    ("Transfer from savings", 100.0, 800.0),
    ("Child benefit", 180.0, 260.0),
    ("Interest", 1.0, 18.0),
    ("Sale of bicycle", 90.0, 420.0),
];

/// Columns of the items; one signed amount, or money in and money out apart.
const DATE: usize = 0;
const WHAT: usize = 1;

/// Writes a statement of one month.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let split = desk.rng.chance(0.5);
    let (day, what) = (
        desk.any(&["Date", "Booking date", "Value date"]),
        desk.any(&["Details", "Description", "Transaction"]),
    );
    let mut columns = vec![(Column::text(day), None), (Column::text(what), None)];
    let money =
        |name: &str, additive| (Column::number(name, place.currency, additive), Some(place.bare.clone()));
    if split {
        columns.push(money(desk.any(&["Money out", "Debit", "Paid out"]), true));
        columns.push(money(desk.any(&["Money in", "Credit", "Paid in"]), true));
    } else {
        columns.push(money("Amount", true));
    }
    columns.push(money("Balance", false));
    let mut sheet = Sheet::with_items(columns).and_amounts(&place);
    let first = desk.day();
    let first = first.saturating_sub((i64::from(first.day()) - 1).days());
    let begin = place.price(desk.rng.range(300.0, 4200.0), &mut desk.rng);
    let (spent, earned, end) = movements(desk, &mut sheet, first, begin, split);
    let last = first.saturating_add(1.months()).saturating_sub(1.days());
    let holder = desk.person().full();
    let town = desk.town();
    let kind = desk.any(&["Savings Bank", "Bank", "Credit Union", "Community Bank"]);
    let bank = desk.organisation(format!("{town} {kind}"), town);
    let name = sheet.field("Bank", &bank.name);
    let title =
        desk.any(&["Account statement", "Statement of account", "Bank statement", "Monthly statement"]);
    let title = sheet.field("Document", title);
    let account = desk.code(&desk.words.names.account.iban);
    let label = desk.any(&["Account holder", "Customer", "Name"]);
    let mut meta = vec![sheet.field(label, &holder)];
    let label = desk.any(&["Account number", "Account no.", "Account"]);
    meta.push(sheet.field(label, &account));
    meta.push(sheet.field("Period", &format!("{} – {}", place.date(first), place.date(last))));
    let number = format!("{}/{}", first.month(), first.year());
    meta.push(sheet.field("Statement no.", &number));
    let names: [&str; 4] = *desk.rng.pick(&[
        ["Opening balance", "Total paid in", "Total paid out", "Closing balance"],
        ["Balance brought forward", "Money in", "Money out", "New balance"],
        ["Previous balance", "Credits", "Debits", "Closing balance"],
    ]);
    let summary: Vec<Field> = names
        .iter()
        .zip([begin, earned, spent, end])
        .map(|(name, amount)| sheet.money(name, amount, &place))
        .collect();
    let topic = format!("account statement of {} for {}", bank.name, month_year(first));
    let (body, design) = lay_out(
        desk,
        &sheet,
        &Parts { bank: bank.name.clone(), name, title, meta, summary, reach: bank.web },
        split,
    );
    Draft {
        sheet,
        body,
        topic,
        persona: "someone who checks what came in and went out in a month".to_owned(),
        design,
    }
}

/// Adds the movements; returns what went out, what came in, and the last balance.
fn movements(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    first: jiff::civil::Date,
    begin: Decimal,
    split: bool,
) -> (Decimal, Decimal, Decimal) {
    let place = desk.place.clone();
    let count = desk.rng.whole(7, 15) as usize;
    let length = i64::from(first.days_in_month());
    let mut days: Vec<i64> = (0..count).map(|_| desk.rng.whole(0, length - 1)).collect();
    days.sort_unstable();
    let paydays = desk.rng.sample(count, 2);
    let out = desk.rng.sample(SPENT.len(), count);
    let mut come = desk.rng.sample(EARNED.len(), 2);
    come[0] = 0;
    if come[1] == 0 {
        come[1] = 1;
    }
    let (mut spent, mut earned, mut balance) = (Decimal::ZERO, Decimal::ZERO, begin);
    for (index, day) in days.iter().enumerate() {
        let payday = paydays.iter().position(|p| *p == index);
        let (text, low, high) = match payday {
            Some(which) => EARNED[come[which]],
            None => SPENT[out[index % out.len()]],
        };
        let euros = desk.rng.range(low, high);
        let cents = place.exact(euros * place.factor);
        let amount = if place.money.decimals == 0 { place.price(euros, &mut desk.rng) } else { cents };
        let date = place.day(first.saturating_add(day.days()));
        let mut cells = vec![Cell::text(date), Cell::text(text)];
        let missing = || Cell::missing("");
        if payday.is_some() {
            earned += amount;
            balance += amount;
            let cell = sheet.number(if split { 3 } else { 2 }, amount);
            if split { cells.extend([missing(), cell]) } else { cells.push(cell) }
        } else {
            spent += amount;
            balance -= amount;
            if split {
                cells.extend([sheet.number(2, amount), missing()]);
            } else {
                cells.push(sheet.number(2, -amount));
            }
        }
        let column = cells.len();
        cells.push(sheet.number(column, balance));
        sheet.item(cells);
    }
    (spent, earned, balance)
}

struct Parts {
    bank: String,
    name: Field,
    title: Field,
    meta: Vec<Field>,
    summary: Vec<Field>,
    reach: String,
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, split: bool) -> (String, String) {
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[700.0, 740.0, 794.0]);
    let lines = Lines::draw(style);
    let header = style.below(5);
    let mut out = String::new();
    let title = sheet.value_as(parts.title, "title");
    let name = sheet.value(parts.name);
    match header {
        0 => {
            let (x, y) = desk.paper.margin;
            let mark = grid(
                "auto, auto",
                "left + horizon",
                (12.0, 0.0),
                &[bold(&format!("text(size: 1.3em, {name})"))],
            );
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {}))\n\n",
                grid("1fr, auto", "(left + horizon, right + horizon)", (10.0, 0.0), &[mark, title.clone()])
            ));
            space(&mut out, 10.0);
        }
        3 => {
            // The mark and a window for the address to the left, what the statement is about in a box to the right.
            let mark = logo::with_name(&parts.bank, &name, 36.0, style);
            let facts = Pairs::Beside.lay(sheet, &parts.meta, 1);
            let right = format!(
                "block(width: 100%, fill: tint, inset: 14pt, {})",
                stack(12.0, &[display(1.35, &title), small(&facts)])
            );
            show(&mut out, &grid("1fr, 1.15fr", "(left + horizon, left)", (20.0, 0.0), &[mark, right]));
        }
        4 => {
            // As banks in the web print it: the balance in large figures first.
            let last = parts.summary[3];
            let right = align(
                "right",
                &stack(
                    7.0,
                    &[
                        small(&sheet.name(last)),
                        format!("text(fill: ac, {})", display(1.9, &sheet.value(last))),
                    ],
                ),
            );
            let left = stack(9.0, &[bold(&name), display(1.6, &title)]);
            show(&mut out, &grid("1fr, auto", "(left + horizon, right)", (16.0, 0.0), &[left, right]));
            space(&mut out, 4.0);
            show(&mut out, &rule("0.8pt + rule-c"));
        }
        1 => {
            let mark = logo::with_name(&parts.bank, &name, 40.0, style);
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + horizon, right + horizon)",
                    (10.0, 0.0),
                    &[mark, display(1.5, &title)],
                ),
            );
            space(&mut out, 6.0);
            show(&mut out, &rule("2pt + ac"));
        }
        _ => {
            show(&mut out, &small(&name));
            show(&mut out, &format!("text(fill: ac, {})", display(2.0, &title)));
        }
    }
    space(&mut out, 10.0);
    let pairs = Pairs::draw(style);
    let beside = style.chance(0.5);
    let summary = cards(sheet, &parts.summary, style.below(3));
    if header != 3 {
        show(&mut out, &pairs.lay(sheet, &parts.meta, 2));
    }
    space(&mut out, 12.0);
    if beside {
        show(&mut out, &summary);
        space(&mut out, 14.0);
    }
    show(&mut out, &section("Transactions", style.below(4)));
    let mut cols = vec![
        col(DATE, "auto", "left"),
        col(WHAT, "1fr", "left"),
        col(2, "auto", "right"),
        col(3, "auto", "right"),
    ];
    if split {
        cols.push(col(4, "auto", "right"));
    }
    show(&mut out, &table(sheet, &cols, lines, style.range(5.0, 7.5)));
    if !beside {
        space(&mut out, 12.0);
        show(&mut out, &summary);
    }
    out.push_str("#v(1fr)\n");
    space(&mut out, 14.0);
    show(&mut out, &rule("0.8pt + rule-c"));
    let currency = role(
        "note",
        &format!("All amounts in {}. Please tell us of errors within six weeks.", desk.place.currency),
    );
    let foot = [small(&currency), note(&parts.reach)];
    show(&mut out, &grid("1fr, auto", "(left, right)", (16.0, 0.0), &foot));
    (out, format!("statement-{header}/{}", lines.name()))
}

/// The four sums: in boxes, in a shaded band, or as a list.
fn cards(sheet: &Sheet, fields: &[Field], form: usize) -> Expr {
    let cells: Vec<Expr> = fields
        .iter()
        .map(|f| {
            stack(6.0, &[small(&sheet.name(*f)), bold(&format!("text(size: 1.08em, {})", sheet.value(*f)))])
        })
        .collect();
    match form {
        0 => format!(
            "grid(columns: (1fr, 1fr, 1fr, 1fr), stroke: 0.8pt + rule-c, inset: 9pt, {})",
            cells.join(", ")
        ),
        1 => format!("grid(columns: (1fr, 1fr, 1fr, 1fr), fill: tint, inset: 10pt, {})", cells.join(", ")),
        _ => align("right", &format!("box(width: 55%, {})", Pairs::Apart.lay(sheet, fields, 1))),
    }
}
