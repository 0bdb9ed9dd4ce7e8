//! Papers of trade: invoice, quotation, purchase order, delivery note. They share parties, lines and totals; each has
//! its own fields and leaves out what it does not say.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::DocumentKind;
use super::desk::{Desk, Draft, Organisation, capital};
use super::sheet::{Field, Sheet};
use super::trade_page;
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
pub(super) struct Parts {
    pub(super) title: Field,
    pub(super) seller: Organisation,
    pub(super) seller_name: Field,
    pub(super) seller_address: Field,
    pub(super) buyer: Field,
    pub(super) buyer_address: Field,
    pub(super) buyer_label: &'static str,
    pub(super) meta: Vec<Field>,
    pub(super) totals: Vec<Field>,
    pub(super) payment: Vec<Field>,
    pub(super) remark: String,
    pub(super) cols: Vec<usize>,
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
    let (net, kilos) = lines(desk, &mut sheet, &goods, priced);
    let parts = fields(kind, desk, &mut sheet, &seller, (net, kilos));
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
    let (body, design) = trade_page::lay_out(desk, &sheet, &parts, priced);
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

/// Adds the lines; returns their sum and about what they weigh.
fn lines(desk: &mut Desk<'_>, sheet: &mut Sheet, goods: &[&Good], priced: bool) -> (Decimal, f64) {
    let mut net = Decimal::ZERO;
    let mut kilos = 0.0;
    for (index, good) in goods.iter().enumerate() {
        let most = if good.high > 200.0 {
            4
        } else if good.high > 40.0 {
            12
        } else {
            40
        };
        let count = desk.rng.whole(1, most);
        kilos += weight_of(good) * count as f64;
        let quantity = Decimal::from(count);
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
    (net, kilos)
}

fn fields(
    kind: DocumentKind,
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    seller: &Organisation,
    (net, kilos): (Decimal, f64),
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
        delivery_totals(desk, sheet, kilos)
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
        let way = desk.any(&[
            "Own lorry",
            "Parcel service",
            "Collected by customer",
            "Courier",
            "Forwarding agent",
        ]);
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

/// About what a piece of the goods weighs in kilograms: by the amount that its name or unit tells, else by its price.
fn weight_of(good: &Good) -> f64 {
    let told = |name: &str| -> Option<f64> {
        let words: Vec<&str> = name.split([' ', ',']).collect();
        words.windows(2).find_map(|pair| {
            let number: f64 = pair[0].parse().ok()?;
            match pair[1] {
                "kg" | "L" | "l" => Some(number),
                "g" | "ml" => Some(number / 1000.0),
                _ => None,
            }
        })
    };
    match (told(&good.name), good.unit.as_str()) {
        (Some(kilos), _) => kilos * 1.05,
        (None, "kg") => 1.0,
        (None, "box of 500" | "box") => 2.2,
        _ => (good.low / 22.0).clamp(0.15, 9.0),
    }
}

/// Parcels and gross weight of the goods in these quantities.
fn delivery_totals(desk: &mut Desk<'_>, sheet: &mut Sheet, net: f64) -> Vec<Field> {
    let weight = net * 1.04 + 0.4;
    // Parcels of at most 25 kg.
    let parcels = (libm::ceil(weight / 22.0) as i64).max(1) + desk.rng.whole(0, 1);
    let weight = desk.place.number(1, " kg").print_f64(weight);
    vec![sheet.field("Parcels", &parcels.to_string()), sheet.field("Gross weight", &weight)]
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
