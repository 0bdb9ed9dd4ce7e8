//! Papers of trade: invoice, quotation, purchase order, delivery note. They share parties, lines and totals; each has
//! its own fields and leaves out what it does not say.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::DocumentKind;
use super::desk::{Desk, Draft, Organisation, capital};
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, gap, grid, heading, inline, note, role, rule, show, small, space,
    stack, text,
};
use super::pieces::{Lines, Pairs, col, table, totals};
use super::sheet::{Field, Sheet};
use super::signature::signature;
use super::words::Good;

/// Trades and what their companies call themselves.
const TRADES: [(&str, &[&str]); 16] = [
    ("stationery", &["Stationers", "Office Supply", "Paper & Pens"]),
    ("joinery", &["Joinery", "Woodworks", "Carpenters"]),
    ("plumbing", &["Plumbing", "Heating & Pipes", "Sanitary"]),
    ("electrical", &["Electrics", "Electricians", "Light & Wire"]),
    ("garage", &["Motors", "Garage", "Autoworks"]),
    ("catering", &["Catering", "Banquets", "Kitchen Service"]),
    ("hardware", &["Hardware", "Tools", "Builders' Supply"]),
    ("garden_centre", &["Garden Centre", "Nursery", "Plants"]),
    ("printing", &["Printing", "Press", "Print Shop"]),
    ("it", &["Computers", "Software", "Networks"]),
    ("consulting", &["Consulting", "Advisers", "Partners"]),
    ("photography", &["Photography", "Studio", "Pictures"]),
    ("cleaning", &["Cleaning", "Facility Care", "Window Cleaning"]),
    ("transport", &["Haulage", "Removals", "Logistics"]),
    ("sports", &["Sports", "Outdoor Gear", "Athletics"]),
    ("medical", &["Medical Practice", "Clinic", "Health Centre"]),
];

/// Trades in goods that can be ordered and delivered.
const SHOPS: [(&str, &[&str]); 7] = [
    ("stationery", &["Stationers", "Office Supply", "Paper & Pens"]),
    ("hardware", &["Hardware", "Tools", "Builders' Supply"]),
    ("garden_centre", &["Garden Centre", "Nursery", "Plants"]),
    ("sports", &["Sports", "Outdoor Gear", "Athletics"]),
    ("bookshop", &["Books", "Book Trade", "Bookhouse"]),
    ("grocer", &["Foods", "Wholesale", "Provisions"]),
    ("fashion", &["Textiles", "Outfitters", "Clothing"]),
];
/// Units of work, which no parcel holds.
const WORK: [&str; 9] = ["h", "visit", "trip", "flat", "service", "call", "month", "session", "evening"];

/// What is written on the paper, before it is laid out.
struct Parts {
    title: Field,
    seller: Organisation,
    seller_name: Field,
    seller_address: Field,
    buyer: Field,
    buyer_address: Field,
    buyer_label: &'static str,
    meta: Vec<Field>,
    totals: Vec<Field>,
    payment: Vec<Field>,
    remark: String,
    cols: Vec<usize>,
}

/// Writes one of the four papers.
pub(super) fn write(kind: DocumentKind, desk: &mut Desk<'_>) -> Draft {
    let goods_only = matches!(kind, DocumentKind::PurchaseOrder | DocumentKind::DeliveryNote);
    let (slug, words) = if goods_only { *desk.rng.pick(&SHOPS) } else { *desk.rng.pick(&TRADES) };
    let trade = desk.words.trade(slug);
    let word = desk.any(words);
    let seller = desk.company(Some(word));
    let priced = kind != DocumentKind::DeliveryNote;
    let mut sheet = columns(desk, priced);
    let count = desk.rng.whole(3, 9) as usize;
    let mut goods = desk.goods(trade, count);
    if goods_only {
        goods.retain(|good| !WORK.contains(&good.unit.as_str()));
    }
    let net = lines(desk, &mut sheet, &goods, priced);
    let parts = fields(kind, desk, &mut sheet, &seller, net);
    let topic = format!(
        "{} no. {} from {} for {}",
        capital(&kind.title()),
        sheet.shown(parts.meta[0]),
        seller.name,
        trade.name.to_lowercase()
    );
    let persona = match kind {
        DocumentKind::Invoice => format!("a bookkeeper who checks what {} has charged", seller.name),
        DocumentKind::Quotation => format!("a customer comparing offers for {}", trade.name.to_lowercase()),
        DocumentKind::PurchaseOrder => "a buyer who orders supplies".to_owned(),
        _ => "a storekeeper who counts what was delivered".to_owned(),
    };
    let (body, design) = lay_out(desk, &sheet, &parts, priced);
    Draft { sheet, body, topic, persona, design }
}

/// Columns: 0 position, 1 description, 2 quantity, 3 unit, 4 unit price, 5 amount (prices only where there are any).
fn columns(desk: &mut Desk<'_>, priced: bool) -> Sheet {
    let position = desk.any(&["No.", "Pos.", "Line", "#"]);
    let what = desk.any(&["Description", "Item description", "Article", "Goods or service"]);
    let quantity = desk.any(&["Qty", "Quantity", "Qty."]);
    let mut columns = vec![
        (Column::text(position), None),
        (Column::text(what), None),
        (Column::number(quantity, "", false), Some(desk.place.number(0, ""))),
        (Column::text("Unit"), None),
    ];
    if priced {
        let place = desk.place.clone();
        let signed = desk.rng.chance(0.5);
        let (price, amount) =
            (desk.any(&["Unit price", "Price", "Rate"]), desk.any(&["Amount", "Total", "Line total"]));
        let (names, format) = if signed {
            ([price.to_owned(), amount.to_owned()], place.money.clone())
        } else {
            ([price, amount].map(|name| format!("{name} ({})", place.currency)), place.bare.clone())
        };
        let [price, amount] = names;
        columns.push((Column::number(price, place.currency, false), Some(format.clone())));
        columns.push((Column::number(amount, place.currency, true), Some(format)));
    }
    let sheet = Sheet::with_items(columns);
    if priced { sheet.and_amounts(&desk.place) } else { sheet }
}

/// Adds the lines; returns their sum.
fn lines(desk: &mut Desk<'_>, sheet: &mut Sheet, goods: &[&Good], priced: bool) -> Decimal {
    let mut net = Decimal::ZERO;
    for (index, good) in goods.iter().enumerate() {
        let most = if good.high > 200.0 {
            4
        } else if good.high > 40.0 {
            12
        } else {
            40
        };
        let quantity = Decimal::from(desk.rng.whole(1, most));
        let mut cells = vec![
            Cell::text((index + 1).to_string()),
            Cell::text(&good.name),
            sheet.number(2, quantity),
            Cell::text(&good.unit),
        ];
        if priced {
            let euros = desk.rng.range(good.low, good.high);
            let price = desk.place.price(euros, &mut desk.rng);
            let amount = price * quantity;
            net += amount;
            cells.push(sheet.number(4, price));
            cells.push(sheet.number(5, amount));
        }
        sheet.item(cells);
    }
    net
}

fn fields(
    kind: DocumentKind,
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    seller: &Organisation,
    net: Decimal,
) -> Parts {
    let place = desk.place.clone();
    let (title, number, code, partner) = match kind {
        DocumentKind::Invoice => (
            desk.any(&["Invoice", "INVOICE", "Tax invoice", "Invoice"]),
            desk.any(&["Invoice no.", "Invoice number", "Invoice #"]),
            desk.words.names.account.invoice.as_slice(),
            desk.any(&["Bill to", "Billed to", "Customer"]),
        ),
        DocumentKind::Quotation => (
            desk.any(&["Quotation", "Quote", "Offer", "Estimate"]),
            desk.any(&["Quote no.", "Reference", "Offer no."]),
            desk.words.names.account.quote.as_slice(),
            desk.any(&["Prepared for", "For", "Customer"]),
        ),
        DocumentKind::PurchaseOrder => (
            desk.any(&["Purchase order", "PURCHASE ORDER", "Order form"]),
            desk.any(&["Order no.", "PO number", "Our order"]),
            desk.words.names.account.order.as_slice(),
            desk.any(&["Supplier", "Vendor", "To"]),
        ),
        _ => (
            desk.any(&["Delivery note", "Packing slip", "DELIVERY NOTE"]),
            desk.any(&["Delivery no.", "Note no.", "Slip no."]),
            desk.words.names.account.order.as_slice(),
            desk.any(&["Deliver to", "Ship to", "Recipient"]),
        ),
    };
    let date = desk.workday();
    let mut meta = Vec::new();
    let value = desk.code_of(code);
    meta.push(sheet.field(number, &value));
    let name = desk.any(&["Date", "Date of issue", "Issued"]);
    meta.push(sheet.field(name, &place.date(date)));
    if desk.rng.chance(0.7) {
        let value = desk.code_of(&desk.words.names.account.customer);
        let name = desk.any(&["Customer no.", "Account", "Customer ID"]);
        meta.push(sheet.field(name, &value));
    }
    let later = desk.rng.whole(1, 5) * 7;
    match kind {
        DocumentKind::Invoice => {
            let name = desk.any(&["Due date", "Payment due", "Pay by"]);
            meta.push(sheet.field(name, &place.date(date.saturating_add(later.days()))));
        }
        DocumentKind::Quotation => {
            meta.push(sheet.field("Valid until", &place.date(date.saturating_add((later + 14).days()))));
        }
        DocumentKind::PurchaseOrder => {
            let name = desk.any(&["Deliver by", "Delivery date", "Required by"]);
            meta.push(sheet.field(name, &place.date(date.saturating_add(later.days()))));
        }
        _ => {
            let value = desk.code_of(&desk.words.names.account.order);
            meta.push(sheet.field("Your order", &value));
        }
    }
    if desk.rng.chance(0.6) {
        let person = desk.person().full();
        let name = desk.any(&["Contact", "Handled by", "Our contact"]);
        meta.push(sheet.field(name, &person));
    }
    let sums = if kind == DocumentKind::DeliveryNote {
        delivery_totals(desk, sheet)
    } else {
        money_totals(kind, desk, sheet, net)
    };
    // Orders go to firms.
    let firm = kind == DocumentKind::PurchaseOrder || desk.rng.chance(0.6);
    let buyer = if firm { desk.company(None).name } else { desk.person().full() };
    let address = desk.address();
    let mut payment = Vec::new();
    if kind == DocumentKind::Invoice && desk.rng.chance(0.75) {
        let account = desk.code(&desk.words.names.account.iban);
        payment.push(sheet.field("Account", &account));
        let bank = format!("{} {}", desk.town(), desk.any(&["Savings Bank", "Bank", "Credit Union"]));
        payment.push(sheet.field("Bank", &bank));
    }
    if kind == DocumentKind::PurchaseOrder || kind == DocumentKind::DeliveryNote {
        let way = desk.any(&["Own lorry", "Parcel service", "Collection", "Rail freight", "Courier"]);
        payment.push(sheet.field("Carrier", way));
    }
    Parts {
        title: sheet.field("Document", title),
        seller: seller.clone(),
        seller_name: sheet.field("Company", &seller.name),
        seller_address: sheet.field("Company address", &seller.address()),
        buyer: sheet.field(partner, &buyer),
        buyer_address: sheet.field(&format!("{partner} address"), &address),
        buyer_label: partner,
        meta,
        totals: sums,
        payment,
        remark: remark(kind, desk),
        cols: if kind == DocumentKind::DeliveryNote { vec![0, 1, 2, 3] } else { vec![0, 1, 2, 3, 4, 5] },
    }
}

fn delivery_totals(desk: &mut Desk<'_>, sheet: &mut Sheet) -> Vec<Field> {
    let parcels = desk.rng.whole(1, 6).to_string();
    let weight = desk.place.number(1, " kg").print_f64(desk.rng.range(2.0, 90.0));
    vec![sheet.field("Parcels", &parcels), sheet.field("Gross weight", &weight)]
}

fn money_totals(kind: DocumentKind, desk: &mut Desk<'_>, sheet: &mut Sheet, net: Decimal) -> Vec<Field> {
    let place = desk.place.clone();
    let mut sums = Vec::new();
    let name = desk.any(&["Subtotal", "Net total", "Sum of items"]);
    sums.push(sheet.money(name, net, &place));
    let mut base = net;
    if desk.rng.chance(0.3) {
        let percent = Decimal::from(*desk.rng.pick(&[3, 5, 10]));
        let discount = place.money.rounded(net * percent / Decimal::ONE_HUNDRED);
        sums.push(sheet.money(&format!("Discount {percent}%"), -discount, &place));
        base -= discount;
    }
    if desk.rng.chance(0.35) {
        let euros = desk.rng.range(4.0, 38.0);
        let freight = place.price(euros, &mut desk.rng);
        let name = desk.any(&["Shipping", "Delivery", "Freight"]);
        sums.push(sheet.money(name, freight, &place));
        base += freight;
    }
    let rate = *desk.rng.pick(place.rates);
    let share = rate.parse::<Decimal>().expect("rates are decimals") / Decimal::ONE_HUNDRED;
    let tax = place.money.rounded(base * share);
    sums.push(sheet.money(&format!("{} {rate}%", place.tax), tax, &place));
    let name = match kind {
        DocumentKind::Invoice => desk.any(&["Total due", "Amount due", "Total", "Balance due"]),
        DocumentKind::PurchaseOrder => desk.any(&["Total", "Grand total", "Order total"]),
        _ => desk.any(&["Total", "Grand total", "Total price"]),
    };
    sums.push(sheet.money(name, base + tax, &place));
    sums
}

fn remark(kind: DocumentKind, desk: &mut Desk<'_>) -> String {
    let text = match kind {
        DocumentKind::Invoice => desk.any(&[
            "Thank you for your order.",
            "Please state the invoice number with your payment.",
            "Goods remain our property until they are paid in full.",
            "Payment within the stated time, without deduction.",
            "We thank you for the good work together.",
        ]),
        DocumentKind::Quotation => desk.any(&[
            "Prices hold until the date above.",
            "We look forward to your order.",
            "Delivery within three weeks of your order.",
            "Changes to the scope are charged by the hour.",
        ]),
        DocumentKind::PurchaseOrder => desk.any(&[
            "Please confirm this order within two working days.",
            "Send the invoice in duplicate with our order number.",
            "Part deliveries only after agreement.",
        ]),
        _ => desk.any(&[
            "Please check the goods at once and note any damage here.",
            "Received complete and in good order:",
            "Returns only with this note.",
        ]),
    };
    text.to_owned()
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, priced: bool) -> (String, String) {
    let style = &mut desk.style;
    let lines = Lines::draw(style);
    let header = style.below(4);
    desk.paper.width = *style.pick(&[720.0, 760.0, 794.0, 816.0, 860.0]);
    if style.chance(0.12) {
        desk.paper.height = Some(desk.paper.width * 1.294);
    }
    desk.paper.margin = (style.range(44.0, 64.0), style.range(40.0, 58.0));
    let title = sheet.value_as(parts.title, "title");
    let name = sheet.value(parts.seller_name);
    let address = inline(&join(&sheet.lines(parts.seller_address), " · "));
    let reach = note(&format!("{} · {}", parts.seller.phone, parts.seller.mail));
    let mut out = String::new();
    let mark = logo::with_name(&parts.seller.name, &name, style.range(34.0, 48.0), style);
    match header {
        0 => {
            let right = stack(6.0, &[small(&address), reach]);
            show(&mut out, &grid("1fr, auto", "(left, right)", (20.0, 0.0), &[mark, right]));
            space(&mut out, 14.0);
            show(&mut out, &rule("1.2pt + ac"));
            space(&mut out, 10.0);
            show(&mut out, &display(2.0, &title));
        }
        1 => {
            let (x, y) = desk.paper.margin;
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 18pt), \
                 grid(columns: (1fr, auto), align: (left + horizon, right + horizon), text(fill: onac, {}), text(fill: onac, {})))\n\n",
                display(2.1, &title),
                display(1.3, &name)
            ));
            space(&mut out, 12.0);
            show(&mut out, &stack(6.0, &[small(&address), reach]));
        }
        2 => {
            show(&mut out, &align("center", &stack(8.0, &[display(1.5, &name), small(&address), reach])));
            space(&mut out, 10.0);
            show(&mut out, &rule("0.8pt + rule-c"));
            space(&mut out, 8.0);
            show(&mut out, &align("center", &format!("text(fill: ac, {})", display(1.9, &title))));
        }
        _ => {
            let left = format!("text(fill: ac, {})", display(2.4, &title));
            show(&mut out, &grid("1fr, auto", "(left + horizon, right)", (20.0, 0.0), &[left, mark]));
            space(&mut out, 8.0);
            show(&mut out, &align("right", &stack(6.0, &[small(&address), reach])));
        }
    }
    space(&mut out, 16.0);
    let mut buyer =
        vec![small(&sheet.name_as(parts.buyer, parts.buyer_label)), bold(&sheet.value(parts.buyer))];
    buyer.extend(sheet.lines(parts.buyer_address));
    let buyer = stack(8.0, &buyer);
    let pairs = Pairs::draw(style);
    let meta = match pairs {
        Pairs::Boxed | Pairs::Above => pairs.lay(sheet, &parts.meta, 2),
        _ => pairs.lay(sheet, &parts.meta, 1),
    };
    let (widths, cells) =
        if style.chance(0.75) { ("1fr, 1.05fr", [buyer, meta]) } else { ("1.05fr, 1fr", [meta, buyer]) };
    show(&mut out, &grid(widths, "left", (28.0, 0.0), &cells));
    space(&mut out, 18.0);
    let mut cols = vec![col(parts.cols[0], "auto", "left"), col(1, "1fr", "left")];
    if style.chance(0.75) || !priced {
        cols.push(col(2, "auto", "right"));
        cols.push(col(3, "auto", "left"));
    } else {
        cols.push(col(3, "auto", "left"));
        cols.push(col(2, "auto", "right"));
    }
    if priced {
        cols.extend([col(4, "auto", "right"), col(5, "auto", "right")]);
    }
    if style.chance(0.25) {
        cols.remove(0);
    }
    let pad = style.range(5.5, 8.5);
    show(&mut out, &table(sheet, &cols, lines, pad));
    space(&mut out, 10.0);
    foot(desk, sheet, parts, priced, &mut out);
    (out, format!("trade-{header}/{}", lines.name()))
}

fn foot(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, priced: bool, out: &mut String) {
    let style = &mut desk.style;
    let left = if parts.payment.is_empty() {
        body(&parts.remark)
    } else {
        let title =
            if sheet.shown_name(parts.payment[0]) == "Carrier" { "Transport" } else { "Payment details" };
        stack(9.0, &[heading(title), Pairs::Beside.lay(sheet, &parts.payment, 1)])
    };
    let sums =
        if priced { totals(sheet, &parts.totals, style) } else { Pairs::Apart.lay(sheet, &parts.totals, 1) };
    show(out, &grid("1.15fr, 1fr", "left", (30.0, 0.0), &[left, sums]));
    if !parts.payment.is_empty() {
        space(out, 12.0);
        show(out, &body(&parts.remark));
    }
    if !priced || style.chance(0.25) {
        space(out, 14.0);
        let sign = stack(4.0, &[signature(120.0, style), rule("0.8pt + ink"), note("Signature")]);
        let day = stack(4.0, &[gap(31.0), rule("0.8pt + ink"), note("Date")]);
        show(out, &grid("170pt, 130pt, 1fr", "left + bottom", (30.0, 0.0), &[sign, day, "[]".to_owned()]));
    }
    out.push_str("#v(1fr)\n");
    if style.chance(0.6) {
        space(out, 8.0);
        show(out, &rule("0.8pt + rule-c"));
        let line =
            inline(&[role("note", &parts.seller.name), text("  ·  "), role("note", &parts.seller.web)]);
        show(out, &align("center", &small(&line)));
    }
}

/// Expressions with a separator between them.
fn join(parts: &[Expr], between: &str) -> Vec<Expr> {
    let mut list = Vec::new();
    for part in parts {
        if !list.is_empty() {
            list.push(text(between));
        }
        list.push(part.clone());
    }
    list
}
