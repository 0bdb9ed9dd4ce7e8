//! Bills for electricity, gas or water: meter readings, tariff, charges.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::locale::month_year;
use super::logo;
use super::markup::{Expr, bold, display, gap, grid, note, role, rule, show, small, space, stack};
use super::pieces::{Lines, Pairs, col, section, table, totals};
use super::sheet::{Field, Sheet};

struct Supply {
    what: &'static str,
    unit: &'static str,
    /// Price of a unit in a euro-like currency.
    price: (f64, f64),
    used: (i64, i64),
    fixed: &'static str,
    extra: &'static str,
    /// Price of the extra as a share of that of a unit.
    share: (f64, f64),
    names: [&'static str; 3],
}

const SUPPLIES: [Supply; 4] = [
    Supply {
        what: "Electricity",
        unit: "kWh",
        price: (0.16, 0.42),
        used: (180, 1400),
        fixed: "Standing charge",
        extra: "Grid levy",
        share: (0.05, 0.2),
        names: ["Power", "Energy", "Electric"],
    },
    Supply {
        what: "Natural gas",
        unit: "m³",
        price: (0.6, 1.4),
        used: (60, 700),
        fixed: "Standing charge",
        extra: "Carbon levy",
        share: (0.05, 0.2),
        names: ["Gas", "Energy", "Heat & Gas"],
    },
    Supply {
        what: "Water",
        unit: "m³",
        price: (1.2, 3.4),
        used: (12, 90),
        fixed: "Meter rent",
        extra: "Waste water",
        share: (0.7, 1.3),
        names: ["Water", "Waterworks", "Water Board"],
    },
    Supply {
        what: "District heating",
        unit: "kWh",
        price: (0.08, 0.19),
        used: (600, 5200),
        fixed: "Base price",
        extra: "Grid use",
        share: (0.05, 0.2),
        names: ["Heat", "Energy", "Works"],
    },
];

/// Writes a bill for some months.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let supply = &SUPPLIES[desk.rng.below(SUPPLIES.len())];
    let town = desk.town();
    let name = format!("{town} {}", desk.any(&supply.names));
    let firm = desk.organisation(name, town);
    let months = desk.rng.whole(1, 3);
    let used = desk.rng.whole(supply.used.0, supply.used.1);
    let before = desk.rng.whole(1200, 68_000);
    let price_format = pixmo_render::NumberFormat {
        decimals: place.money.decimals.max(1) + 2 - u32::from(place.money.decimals == 0) * 2,
        ..place.bare.clone()
    };
    let euros = desk.rng.range(supply.price.0, supply.price.1);
    let price = price_format.rounded(Decimal::from_f64_retain(euros * place.factor).unwrap_or_default());
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(&["Charge", "Item", "Description"])), None),
        (Column::number("Quantity", "", false), Some(place.number(0, ""))),
        (Column::text("Unit"), None),
        (Column::number(format!("Price ({})", place.currency), place.currency, false), Some(price_format)),
        (
            Column::number(format!("Amount ({})", place.currency), place.currency, true),
            Some(place.bare.clone()),
        ),
    ])
    .and_amounts(&place);
    let mut net = Decimal::ZERO;
    let mut charge = |sheet: &mut Sheet, what: &str, quantity: i64, unit: &str, price: Decimal| {
        let amount = place.money.rounded(price * Decimal::from(quantity));
        net += amount;
        let cells = vec![
            Cell::text(what),
            sheet.number(1, quantity.into()),
            Cell::text(unit),
            sheet.number(3, price),
            sheet.number(4, amount),
        ];
        sheet.item(cells);
    };
    charge(&mut sheet, &format!("{} used", supply.what), used, supply.unit, price);
    let fixed = place.price(desk.rng.range(4.0, 16.0), &mut desk.rng);
    charge(&mut sheet, supply.fixed, months, "month", fixed);
    let levy = desk.rng.range(supply.share.0, supply.share.1);
    let extra = Decimal::from_f64_retain(levy).unwrap_or_default() * price;
    let extra = pixmo_render::NumberFormat {
        decimals: if place.money.decimals == 0 { 1 } else { 4 },
        ..place.bare.clone()
    }
    .rounded(extra);
    charge(&mut sheet, supply.extra, used, supply.unit, extra);
    let first = desk.day();
    let first = first.saturating_sub((i64::from(first.day()) - 1).days());
    let last = first.saturating_add(months.months()).saturating_sub(1.days());
    let holder = desk.person().full();
    let address = desk.address();
    let history = history(desk, &mut sheet, supply, used, months, last);
    let parts = Parts {
        what: supply.what,
        history,
        firm: firm.name.clone(),
        name: sheet.field("Supplier", &firm.name),
        title: sheet
            .field("Document", &format!("{} {}", supply.what, desk.any(&["bill", "invoice", "statement"]))),
        holder: sheet.field("Customer", &holder),
        address: sheet.field("Supply address", &address),
        meta: vec![
            sheet.field("Customer no.", &desk.code("#### ####")),
            sheet.field("Bill no.", &desk.code("######")),
            sheet.field("Billing period", &place.span(first, last)),
            sheet.field("Bill date", &place.date(last.saturating_add(5.days()))),
        ],
        meter: vec![
            sheet.field("Meter no.", &desk.code_of(&desk.words.names.account.serial)),
            sheet.field(
                "Previous reading",
                &format!("{} {}", place.number(0, "").print(before.into()), supply.unit),
            ),
            sheet.field(
                "Current reading",
                &format!("{} {}", place.number(0, "").print((before + used).into()), supply.unit),
            ),
            sheet
                .field("Consumption", &format!("{} {}", place.number(0, "").print(used.into()), supply.unit)),
        ],
        sums: Vec::new(),
        due: 0,
        phone: firm.phone.clone(),
    };
    let parts = with_sums(desk, &mut sheet, parts, net, last);
    let topic = format!("{} of {} for {holder}", sheet.shown(parts.title).to_lowercase(), firm.name);
    let (body, design) = lay_out(desk, &sheet, &parts);
    Draft { sheet, body, topic, persona: "a tenant who compares the meter with the bill".to_owned(), design }
}

/// What was used in each of the last months, with the height of its bar; the months of the bill add up to its
/// consumption. Not on every bill.
fn history(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    supply: &Supply,
    used: i64,
    months: i64,
    last: jiff::civil::Date,
) -> Vec<(Field, f64)> {
    if desk.rng.chance(0.5) {
        return Vec::new();
    }
    let mut left = used;
    let mut amounts: Vec<i64> = Vec::new();
    for month in 0..6 {
        let mean = used as f64 / months as f64;
        let amount = match months - month {
            1 => left,
            rest if rest > 1 => (left as f64 / rest as f64 * desk.rng.range(0.92, 1.08)).round() as i64,
            _ => (mean * desk.rng.range(0.82, 1.2)).round().max(1.0) as i64,
        };
        left -= amount;
        amounts.push(amount);
    }
    amounts.reverse();
    let most = amounts.iter().copied().max().unwrap_or(1).max(1) as f64;
    amounts
        .into_iter()
        .enumerate()
        .map(|(index, amount)| {
            let first = last.saturating_sub((i64::from(last.day()) - 1).days());
            let month = month_year(first.saturating_sub((5 - index as i64).months()));
            let shown = desk.place.number(0, "").print(amount.into());
            (sheet.field(&month, &format!("{shown} {}", supply.unit)), amount as f64 / most)
        })
        .collect()
}

fn with_sums(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    mut parts: Parts,
    net: Decimal,
    last: jiff::civil::Date,
) -> Parts {
    let place = desk.place.clone();
    let rate = *desk.rng.pick(place.rates);
    let share = rate.parse::<Decimal>().expect("rates are decimals") / Decimal::ONE_HUNDRED;
    let tax = place.money.rounded(net * share);
    parts.sums.push(sheet.money("Net amount", net, &place));
    parts.sums.push(sheet.money(&format!("{} {rate}%", place.tax), tax, &place));
    let mut total = net + tax;
    if desk.rng.chance(0.5) {
        parts.sums.push(sheet.money("Bill total", total, &place));
        let paid = place.price(desk.rng.range(0.3, 0.9) * 40.0, &mut desk.rng).min(total);
        parts.sums.push(sheet.money("Paid in advance", -paid, &place));
        total -= paid;
    }
    let label = desk.any(&["Amount due", "Please pay", "Balance due"]);
    parts.sums.push(sheet.money(label, total, &place));
    parts.due = sheet.field("Due date", &place.date(last.saturating_add(desk.rng.whole(19, 30).days())));
    parts
}

struct Parts {
    what: &'static str,
    firm: String,
    name: Field,
    title: Field,
    holder: Field,
    address: Field,
    meta: Vec<Field>,
    meter: Vec<Field>,
    history: Vec<(Field, f64)>,
    sums: Vec<Field>,
    due: Field,
    phone: String,
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts) -> (String, String) {
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[720.0, 760.0, 794.0]);
    let lines = Lines::draw(style);
    let form = style.below(3);
    let mut out = String::new();
    let name = sheet.value(parts.name);
    let mark = logo::with_name(&parts.firm, &name, 42.0, style);
    let title = sheet.value_as(parts.title, "title");
    let due = *parts.sums.last().expect("there is a total");
    let mut holder = vec![
        small(&sheet.name(parts.holder)),
        bold(&sheet.value(parts.holder)),
        gap(13.0),
        small(&sheet.name(parts.address)),
    ];
    holder.extend(sheet.lines(parts.address));
    let holder = stack(8.0, &holder);
    let card = due_card(sheet, due, parts.due, style.below(2));
    match form {
        0 => {
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + horizon, right + horizon)",
                    (16.0, 0.0),
                    &[mark, display(1.6, &title)],
                ),
            );
            space(&mut out, 8.0);
            show(&mut out, &rule("2pt + ac"));
            space(&mut out, 10.0);
            show(&mut out, &grid("1fr, 230pt", "left", (24.0, 0.0), &[holder, card]));
            space(&mut out, 12.0);
            show(&mut out, &Pairs::draw(style).lay(sheet, &parts.meta, 2));
        }
        1 => {
            let left = stack(16.0, &[mark, holder]);
            let right = stack(
                14.0,
                &[
                    display(1.7, &format!("text(fill: ac, {title})")),
                    Pairs::Apart.lay(sheet, &parts.meta, 1),
                    card,
                ],
            );
            show(&mut out, &grid("1fr, 1.1fr", "left", (34.0, 0.0), &[left, right]));
        }
        _ => {
            show(&mut out, &display(2.0, &title));
            space(&mut out, 4.0);
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + horizon, right)",
                    (16.0, 0.0),
                    &[small(&name), small(&role("note", &parts.phone))],
                ),
            );
            space(&mut out, 10.0);
            show(
                &mut out,
                &grid("1fr, 1.2fr", "left", (24.0, 0.0), &[holder, Pairs::Above.lay(sheet, &parts.meta, 2)]),
            );
            space(&mut out, 10.0);
            show(&mut out, &card);
        }
    }
    let habit = style.below(4);
    space(&mut out, 14.0);
    let title = super::desk::capital(&format!("{} meter", parts.what.to_lowercase()));
    show(&mut out, &section(&title, habit));
    show(&mut out, &Pairs::draw(style).lay(sheet, &parts.meter, 2));
    space(&mut out, 14.0);
    if !parts.history.is_empty() {
        show(&mut out, &section("Your last six months", habit));
        show(&mut out, &usage(sheet, &parts.history, style.range(46.0, 70.0)));
        space(&mut out, 14.0);
    }
    show(&mut out, &section("Your charges", habit));
    let cols = [
        col(0, "1fr", "left"),
        col(1, "auto", "right"),
        col(2, "auto", "left"),
        col(3, "auto", "right"),
        col(4, "auto", "right"),
    ];
    show(&mut out, &table(sheet, &cols, lines, style.range(5.5, 8.0)));
    space(&mut out, 8.0);
    let sums = totals(sheet, &parts.sums, style);
    show(&mut out, &format!("align(right, box(width: 58%, {sums}))"));
    space(&mut out, 8.0);
    show(&mut out, &note(&format!("Questions about this bill? Call {}.", parts.phone)));
    (out, format!("utility-{form}/{}", lines.name()))
}

/// Bars of the last months with their amounts above and their names below.
fn usage(sheet: &Sheet, history: &[(Field, f64)], tall: f64) -> Expr {
    let tower = |(field, share): &(Field, f64)| {
        let bar = format!("rect(width: 56%, height: {:.1}pt, fill: ac)", (share * tall).max(2.0));
        stack(4.0, &[small(&sheet.value(*field)), bar])
    };
    let bars: Vec<Expr> = history.iter().map(tower).collect();
    let names: Vec<Expr> = history.iter().map(|(field, _)| small(&sheet.name(*field))).collect();
    let widths = vec!["1fr"; history.len()].join(", ");
    // The bars stand on their line.
    let stand = stack(0.0, &[grid(&widths, "center + bottom", (6.0, 0.0), &bars), rule("1pt + ink")]);
    stack(5.0, &[stand, grid(&widths, "center", (6.0, 0.0), &names)])
}

/// What is due and when, in a box that is seen first.
fn due_card(sheet: &Sheet, due: Field, date: Field, form: usize) -> Expr {
    let (fill, ink) = if form == 0 { ("ac", "onac") } else { ("tint", "ink") };
    let small = |e: &str| format!("text(size: 0.88em, fill: {ink}, {e})");
    let inner = stack(
        8.0,
        &[
            small(&sheet.name(due)),
            format!("text(size: 1.7em, weight: \"bold\", fill: {ink}, {})", sheet.value(due)),
            grid(
                "auto, auto",
                "left",
                (8.0, 0.0),
                &[small(&sheet.name(date)), small(&bold(&sheet.value(date)))],
            ),
        ],
    );
    format!("block(width: 100%, fill: {fill}, inset: 13pt, {inner})")
}
