//! Web shops: a page of products, and a cart with what is to be paid.

use pixmo_render::{Cell, Column, NumberFormat};
use rust_decimal::Decimal;

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, display, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, button, field};
use super::ware::picture;
use super::words::{Shop, Words};
use super::{Page, lacking, pose_back, pose_cells, pose_count, pose_ends, pose_rows, targets};
use crate::program::Expr as Program;

/// Things that a shop sells: name, form, price.
type Goods = Vec<(&'static str, &'static str, Decimal)>;

/// Different goods of a shop with a price each.
fn products(desk: &mut Desk<'_>, shop: &'static Shop, count: usize) -> Goods {
    let chosen = desk.rng.sample(shop.goods.len(), count);
    let goods = chosen.into_iter().map(|index| {
        let (name, low, high, form) = &shop.goods[index];
        let euros = desk.rng.range(*low, *high);
        (name.as_str(), form.as_str(), desk.place.price(euros, &mut desk.rng))
    });
    goods.collect()
}

/// Stars for a rating from 1 to 5, drawn.
fn stars(rating: f64) -> Expr {
    let parts: Vec<Expr> = (1..=5)
        .map(|n| {
            if f64::from(n) <= rating.round() {
                icon("star_full", 13.0, "rgb(\"#d9941f\")")
            } else {
                icon("star", 13.0, "soft")
            }
        })
        .collect();
    format!("stack(dir: ltr, spacing: 1pt, {})", parts.join(", "))
}

/// A page of products.
pub(in super::super) fn listing(desk: &mut Desk<'_>) -> Draft {
    const PRICE: usize = 1;
    const RATING: usize = 2;
    const REVIEWS: usize = 3;
    const STOCK: usize = 4;
    let words = Words::bundled();
    // Departments stand in a line under the head, or in a list at the left.
    let listed = desk.style.chance(0.4);
    let across = if listed { 3 } else { desk.rng.whole(3, 4) as usize };
    let rows = 2usize;
    let skin = Skin::draw(desk, 1000.0, if listed { 690.0 } else { 720.0 });
    let place = desk.place.clone();
    let store = desk.rng.pick(&words.shops);
    let shop = store.name.clone();
    let sheet = Sheet::with_items(vec![
        (Column::text("Product"), None),
        (Column::number("Price", place.currency, true), Some(place.money.clone())),
        (Column::number("Rating", "", false), Some(NumberFormat::plain(1))),
        (Column::number("Reviews", "", true), Some(NumberFormat::plain(0))),
        (Column::text("Availability"), None),
    ]);
    let mut sheet = lacking(sheet, &["Delivery date", "Voucher code", "Name of the customer", "Warranty"]);
    sheet.call("product", "products");
    let order =
        desk.any(&["Price: low to high", "Newest first", "Recommended", "Best rated", "Most reviews"]);
    let goods = products(desk, store, across * rows);
    let mut goods: Vec<(&str, &str, Decimal, Decimal, i64)> = goods
        .into_iter()
        .map(|(name, form, price)| {
            let rating = Decimal::new(desk.rng.whole(28, 50), 1);
            (name, form, price, rating, desk.rng.whole(3, 640))
        })
        .collect();
    match order {
        "Price: low to high" => goods.sort_by_key(|good| good.2),
        "Best rated" => goods.sort_by_key(|good| -good.3),
        "Most reviews" => goods.sort_by_key(|good| -good.4),
        _ => {}
    }
    for (name, _, price, rating, reviews) in &goods {
        let stock = desk.any(&["in stock", "in stock", "in stock", "only a few left", "sold out"]);
        let cells = vec![
            Cell::text(*name),
            sheet.number(PRICE, *price),
            sheet.number(RATING, *rating),
            sheet.number(REVIEWS, (*reviews).into()),
            Cell::text(stock),
        ];
        sheet.item(cells);
    }
    let shown_page = desk.rng.whole(1, 6);
    let found = shown_page * goods.len() as i64 + desk.rng.whole(0, 90);
    let hits = sheet.tell(
        "Number of results",
        &format!("{found} results"),
        "How many results does the page name?|How many results are found?",
    );
    // The goods are of the whole shop, so that only what leads to all of them is open: the first department or
    // the last.
    let here = if desk.rng.chance(0.6) { 0 } else { store.departments.len() - 1 };
    let department = sheet.tell(
        "Department",
        &store.departments[here],
        "Which department is open?|Which department of the shop is marked as chosen?",
    );
    let sorting = sheet.tell("Sorting", order, "How are the products sorted?|Which order is chosen?");
    let in_cart = desk.rng.whole(1, 9).to_string();
    let cart = sheet.tell(
        "Number of things in the cart",
        &in_cart,
        "Which number stands at the cart?|How many things are in the cart?",
    );
    sheet.target_field("the number at the cart", cart);
    let mut page = Page::new(sheet, skin);
    let host = super::super::desk::host(&shop);
    let (x, y, w, h) = {
        let address = format!("{host}.example/shop?page={shown_page}");
        page.browser(desk, &shop, &address)
    };
    let (top_fill, top_ink) = if page.skin.coloured {
        ("fill: ac", "onac")
    } else {
        ("fill: panel, stroke: (bottom: 0.8pt + rule-c)", "ink")
    };
    page.fill((x, y, w, 58.0), top_fill);
    page.middle(
        (x + 28.0, y, 230.0, 58.0),
        "left",
        &format!("text(fill: {top_ink}, {})", display(1.45, &role("title", &shop))),
    );
    field(
        &mut page,
        (x + 300.0, y + 13.0, 380.0, 32.0),
        "search",
        "search field",
        "What are you looking for?",
    );
    let user = page.sheet.icon("account icon", &icon("user", 21.0, top_ink));
    page.middle((x + w - 136.0, y, 24.0, 58.0), "center", &user);
    let basket = page.sheet.icon("cart icon", &icon("cart", 22.0, top_ink));
    page.middle((x + w - 88.0, y, 24.0, 58.0), "center", &basket);
    let number = page.sheet.value(cart);
    page.middle((x + w - 60.0, y, 34.0, 58.0), "left", &format!("box(fill: onac, radius: 8pt, inset: (x: 6pt, y: 3.5pt), stroke: 0.8pt + ac, text(size: 0.82em, fill: ac, {}))", bold(&number)));
    let radius = page.skin.radius;
    let (mut left_edge, mut head) = (x + 28.0, y + 58.0);
    let names: Vec<Expr> = store
        .departments
        .iter()
        .enumerate()
        .map(|(index, name)| {
            if index == here {
                format!("text(fill: ac, {})", bold(&page.sheet.value(department)))
            } else {
                role("group_label", name)
            }
        })
        .collect();
    if listed {
        let rows: Vec<Expr> = names
            .iter()
            .enumerate()
            .map(|(index, name)| {
                let fill = if index == here { "fill: faint" } else { "fill: none" };
                format!("block(width: 100%, inset: (x: 11pt, y: 9pt), radius: {radius:.0}pt, {fill}, {name})")
            })
            .collect();
        page.put((x + 28.0, head + 14.0, 160.0, 18.0), &bold(&role("heading", "Departments")));
        page.put((x + 18.0, head + 40.0, 170.0, 240.0), &format!("stack(spacing: 3pt, {})", rows.join(", ")));
        left_edge = x + 212.0;
    } else {
        page.fill((x, head, w, 38.0), "stroke: (bottom: 0.8pt + rule-c)");
        let columns = vec!["auto"; names.len()].join(", ");
        let line = format!("grid(columns: ({columns}), column-gutter: 34pt, {})", names.join(", "));
        page.middle((x + 28.0, head, w - 56.0, 38.0), "left", &line);
        head += 38.0;
    }
    let (shown, sorted) = (page.sheet.value(hits), page.sheet.value(sorting));
    page.middle((left_edge, head, 300.0, 44.0), "left", &bold(&shown));
    page.middle(
        (x + w - 330.0, head, 302.0, 44.0),
        "right",
        &format!("text(fill: soft, [#{} #{{{sorted}}}])", role("note", "Sort by")),
    );
    let gap = 18.0;
    let wide = (x + w - 28.0 - left_edge - gap * (across as f64 - 1.0)) / across as f64;
    let tall = (y + h - head - 44.0 - 22.0 - gap) / rows as f64;
    for (index, (name, form, ..)) in goods.iter().enumerate() {
        let (left, top) = (
            left_edge + (wide + gap) * (index % across) as f64,
            head + 44.0 + (tall + gap) * (index / across) as f64,
        );
        page.fill(
            (left, top, wide, tall),
            &format!("fill: raised, stroke: 0.8pt + rule-c, radius: {radius:.0}pt"),
        );
        let image = tall - 90.0;
        page.put((left + 0.4, top + 0.4, wide - 0.8, image), &picture(name, form, wide - 0.8, image, radius));
        let heart = page.sheet.icon(&format!("heart of {name}"), &icon("heart", 18.0, "rgb(\"#3c4048\")"));
        page.put((left + wide - 30.0, top + 12.0, 18.0, 18.0), &heart);
        let title = bold(&page.sheet.cell(index, 0));
        let (rating, reviews) = (page.sheet.cell(index, RATING), page.sheet.cell(index, REVIEWS));
        let drawn = stars(goods_rating(&page.sheet, index, RATING));
        let line = format!(
            "stack(dir: ltr, spacing: 7pt, {drawn}, text(size: 0.86em, {rating}), text(size: 0.86em, fill: soft, [#{}#{{{reviews}}}#{}]))",
            role("note", "("),
            role("note", ")")
        );
        let price = format!("text(size: 1.25em, {})", bold(&page.sheet.cell(index, PRICE)));
        let stock = page.sheet.cell(index, STOCK);
        let color = match page.sheet.shown_cell(index, STOCK) {
            "sold out" => {
                if page.skin.dark {
                    "#ff9b94"
                } else {
                    "#b3261e"
                }
            }
            "in stock" => {
                if page.skin.dark {
                    "#8fd3a0"
                } else {
                    "#1b6e36"
                }
            }
            _ => {
                if page.skin.dark {
                    "#f0c27a"
                } else {
                    "#8a5a00"
                }
            }
        };
        let last = format!(
            "grid(columns: (1fr, auto), align: (left + horizon, right + horizon), {price}, text(size: 0.86em, fill: rgb(\"{color}\"), {stock}))"
        );
        page.put(
            (left + 12.0, top + image + 13.0, wide - 24.0, 76.0),
            &format!("stack(spacing: 11pt, {title}, {line}, {last})"),
        );
    }
    let sheet = &mut page.sheet;
    pose_cells(
        sheet,
        PRICE,
        &["What does {label} cost?", "What is the price of {label}?", "How much is {label}?"],
    );
    pose_cells(sheet, RATING, &["Which rating does {label} have?", "How is {label} rated?"]);
    pose_cells(
        sheet,
        REVIEWS,
        &["How many reviews does {label} have?", "How many customers have rated {label}?"],
    );
    pose_cells(
        sheet,
        STOCK,
        &[
            "Is {label} available: what does its card say?",
            "What does the shop say about the stock of {label}?",
        ],
    );
    pose_back(sheet, PRICE, &["Which product costs {value}?", "What can be bought for {value}?"]);
    pose_count(
        sheet,
        STOCK,
        "sold out",
        &["How many products are sold out?", "How many of the products cannot be bought now?"],
    );
    pose_count(sheet, STOCK, "in stock", &["How many products are in stock?"]);
    pose_ends(
        sheet,
        PRICE,
        &["Which product is the most expensive?", "What costs most?"],
        &["Which product is the cheapest?", "What costs least?"],
    );
    pose_ends(
        sheet,
        RATING,
        &["Which product has the best rating?"],
        &["Which product has the lowest rating?"],
    );
    pose_ends(sheet, REVIEWS, &["Which product has most reviews?"], &["Which product has fewest reviews?"]);
    pose_rows(sheet, &["How many products does the page show?", "Count the products on the page."]);
    for row in 0..sheet.len() - 1 {
        let (a, b) = (sheet.shown_cell(row, 0).to_owned(), sheet.shown_cell(row + 1, 0).to_owned());
        let price = |label: &str| Program::Number(Program::named(0, 0, label).over(PRICE)).boxed();
        let words =
            [format!("What do {a} and {b} cost together?"), format!("Add the prices of {a} and {b}.")];
        sheet.pose(
            "sum_of_two",
            3,
            &[&words[0], &words[1]],
            Program::Add(price(&a), price(&b)).print(&place.money),
        );
        let words = [format!("Is {a} dearer than {b}?"), format!("Does {a} cost more than {b}?")];
        sheet.pose(
            "compare_yes_no",
            2,
            &[&words[0], &words[1]],
            Program::YesNo(Program::Greater(price(&a), price(&b)).boxed()),
        );
    }
    targets(sheet, 0, "the product {label}");
    let design = format!("shop-{across}{}", if listed { "-list" } else { "" });
    page.draft(format!("products of {shop}"), "somebody who shops on the web", &design)
}

fn goods_rating(sheet: &Sheet, row: usize, column: usize) -> f64 {
    sheet.shown_cell(row, column).replace(',', ".").parse().unwrap_or(3.0)
}

/// A cart with its total and a form.
pub(in super::super) fn cart(desk: &mut Desk<'_>) -> Draft {
    const COUNT: usize = 1;
    const PRICE: usize = 2;
    const AMOUNT: usize = 3;
    let words = Words::bundled();
    let count = desk.rng.whole(3, 5) as usize;
    // The form at the right wants its height too.
    let height = 296.0 + 66.0 * (count as f64).max(4.0);
    let skin = Skin::draw(desk, 940.0, height);
    let place = desk.place.clone();
    let store = desk.rng.pick(&words.shops);
    let shop = store.name.clone();
    let sheet = Sheet::with_items(vec![
        (Column::text("Product"), None),
        (Column::number("Quantity", "", true), Some(NumberFormat::plain(0))),
        (Column::number("Price", place.currency, false), Some(place.money.clone())),
        (Column::number("Amount", place.currency, true), Some(place.money.clone())),
    ]);
    let mut sheet = lacking(sheet, &["Colour", "Weight", "Order number", "Customer since"]);
    sheet.call("product", "products");
    let goods = products(desk, store, count);
    let mut sum = Decimal::ZERO;
    for (name, _, price) in &goods {
        let price = *price;
        let pieces = desk.rng.weighted(&[5.0, 2.5, 1.5, 0.8]) as i64 + 1;
        let amount = price * Decimal::from(pieces);
        sum += amount;
        let cells = vec![
            Cell::text(*name),
            sheet.number(COUNT, pieces.into()),
            sheet.number(PRICE, price),
            sheet.number(AMOUNT, amount),
        ];
        sheet.item(cells);
    }
    let ways = ["Standard, 3–5 days", "Express, 1–2 days", "Collect in the shop"];
    let way = desk.rng.below(3);
    let euros = [desk.rng.range(2.4, 5.9), desk.rng.range(7.0, 14.0), 0.0][way];
    let shipping = if way == 2 { Decimal::ZERO } else { place.price(euros, &mut desk.rng) };
    let subtotal = sheet.tell(
        "Subtotal",
        &place.money.print(sum),
        "What is the subtotal?|What do the products cost without shipping?",
    );
    let post = sheet.tell(
        "Shipping",
        &place.money.print(shipping),
        "What does the shipping cost?|How much is charged for shipping?",
    );
    let total = sheet.tell(
        "Total",
        &place.money.print(sum + shipping),
        "What is the total?|How much is to be paid in all?",
    );
    let person = desk.person();
    let full = person.full();
    let recipient = sheet.tell(
        "Name in the form",
        &full,
        "Which name is entered in the form?|To whom is the order sent?",
    );
    let street = desk.street();
    let street = sheet.tell(
        "Street in the form",
        &street,
        "Which street is entered?|To which street is the order sent?",
    );
    let town = desk.postal_town();
    let town = sheet.tell(
        "Town in the form",
        &town,
        "Which postcode and town are entered?|To which town does the order go?",
    );
    let chosen = sheet.tell(
        "Delivery",
        ways[way],
        "Which way of delivery is chosen?|Which of the circles is filled: what does it say?",
    );
    let word = desk.any(&["Place order", "Buy now", "Check out", "Pay now"]);
    let order = sheet.tell("Label of the button", word, "What does the button below the total say?");
    sheet.target_field(&format!("the button “{word}”"), order);
    let mut page = Page::new(sheet, skin);
    let host = super::super::desk::host(&shop);
    let (x, y, w, _) = page.browser(desk, &format!("Cart – {shop}"), &format!("{host}.example/cart"));
    page.middle((x + 32.0, y + 8.0, 420.0, 46.0), "left", &display(1.7, &role("title", "Your cart")));
    let left_wide = w * 0.6;
    let radius = page.skin.radius;
    for (row, (name, form, _)) in goods.iter().enumerate() {
        let top = y + 62.0 + 66.0 * row as f64;
        page.fill(
            (x + 32.0, top, left_wide - 52.0, 58.0),
            &format!("fill: raised, stroke: 0.8pt + rule-c, radius: {radius:.0}pt"),
        );
        page.put((x + 40.0, top + 7.0, 44.0, 44.0), &picture(name, form, 44.0, 44.0, radius.min(4.0)));
        let title = bold(&page.sheet.cell(row, 0));
        let price = page.sheet.cell(row, PRICE);
        page.middle(
            (x + 98.0, top, left_wide - 330.0, 58.0),
            "left",
            &format!("stack(spacing: 6pt, {title}, text(size: 0.86em, fill: soft, {price}))"),
        );
        let pieces = page.sheet.cell(row, COUNT);
        let minus = "box(width: 12pt, height: 12pt)[#place(dx: 2pt, dy: 5.5pt, rect(width: 8pt, height: 1.4pt, fill: ink))]";
        let control = format!(
            "box(stroke: 0.9pt + rule-c, radius: {:.0}pt, inset: (x: 8pt, y: 6pt), grid(columns: (auto, 26pt, auto), align: center + horizon, {minus}, {pieces}, {}))",
            radius.min(6.0),
            icon("plus", 12.0, "ink")
        );
        page.middle((x + left_wide - 226.0, top, 90.0, 58.0), "left", &control);
        let amount = bold(&page.sheet.cell(row, AMOUNT));
        page.middle((x + left_wide - 140.0, top, 76.0, 58.0), "right", &amount);
        let bin = page.sheet.icon(&format!("bin next to {name}"), &icon("trash", 17.0, "soft"));
        page.middle((x + left_wide - 54.0, top, 20.0, 58.0), "center", &bin);
    }
    let low = y + 62.0 + 66.0 * count as f64 + 8.0;
    page.put((x + 32.0, low, 300.0, 20.0), &bold(&role("heading", "Delivery")));
    for (index, text) in ways.iter().enumerate() {
        let ring = if index == way {
            "box(width: 15pt, height: 15pt)[#place(circle(radius: 7.5pt, stroke: 1.6pt + ac))#place(dx: 3.5pt, dy: 3.5pt, circle(radius: 4pt, fill: ac))]"
        } else {
            "box(width: 15pt, height: 15pt)[#place(circle(radius: 7.5pt, stroke: 1.2pt + soft))]"
        };
        let shown = if index == way { page.sheet.value(chosen) } else { role("body", text) };
        page.put(
            (x + 32.0, low + 28.0 + 27.0 * index as f64, 320.0, 20.0),
            &format!("grid(columns: (auto, auto), column-gutter: 10pt, align: horizon, {ring}, {shown})"),
        );
    }
    let right = x + left_wide + 4.0;
    let wide = w - left_wide - 36.0;
    let entry = |label: &str, value: Expr, strong: bool| {
        let (label, value) = (role("field_name", label), value);
        let (label, value) = if strong {
            (bold(&label), format!("text(size: 1.2em, {})", bold(&value)))
        } else {
            (label, value)
        };
        format!("grid(columns: (1fr, auto), align: (left + horizon, right + horizon), {label}, {value})")
    };
    let boxed = |label: &str, value: Expr| {
        format!(
            "stack(spacing: 5pt, text(size: 0.84em, fill: soft, {}), block(width: 100%, inset: (x: 9pt, y: 8pt), fill: raised, stroke: 0.9pt + rule-c, radius: {:.0}pt, {value}))",
            role("field_name", label),
            radius.min(6.0)
        )
    };
    let sheet = &page.sheet;
    let main = button(&page.skin, &sheet.value(order), true);
    let parts = [
        bold(&role("heading", "Summary")),
        entry("Subtotal", sheet.value(subtotal), false),
        entry("Shipping", sheet.value(post), false),
        "line(length: 100%, stroke: 0.8pt + rule-c)".to_owned(),
        entry("Total", sheet.value(total), true),
        "line(length: 100%, stroke: 0.8pt + rule-c)".to_owned(),
        bold(&role("heading", "Your details")),
        boxed("Name", sheet.value(recipient)),
        boxed("Street", sheet.value(street)),
        boxed("Postcode and town", sheet.value(town)),
        format!("align(right, {main})"),
    ];
    page.out.push_str(&format!(
        "#place(dx: {right:.1}pt, dy: {:.1}pt, block(width: {wide:.1}pt, inset: 18pt, fill: panel, stroke: 0.8pt + rule-c, radius: {radius:.0}pt, stack(spacing: 12.5pt, {})))\n",
        y + 62.0,
        parts.join(", ")
    ));
    let sheet = &mut page.sheet;
    pose_cells(
        sheet,
        COUNT,
        &["How many pieces of {label} are in the cart?", "Which quantity is set for {label}?"],
    );
    pose_cells(
        sheet,
        PRICE,
        &["What does a single piece of “{label}” cost?", "What is the price of “{label}” for one piece?"],
    );
    pose_cells(
        sheet,
        AMOUNT,
        &["What is to be paid for {label} in all?", "Which amount stands at the end of the line of {label}?"],
    );
    pose_rows(sheet, &["How many different products are in the cart?", "How many lines does the cart have?"]);
    pose_ends(
        sheet,
        AMOUNT,
        &["For which product is most to be paid?"],
        &["For which product is least to be paid?"],
    );
    pose_ends(
        sheet,
        PRICE,
        &["Which product has the highest price for one piece?"],
        &["Which product has the lowest price for one piece?"],
    );
    sheet.pose(
        "sum",
        3,
        &["How many pieces are in the cart in all?", "Add up the quantities in the cart."],
        Program::Sum(Program::all(0).over(COUNT)).print(&NumberFormat::plain(0)),
    );
    sheet.pose(
        "sum",
        4,
        &["Add up the amounts of all products.", "What is the sum of the amounts of the lines?"],
        Program::Sum(Program::all(0).over(AMOUNT)).print(&place.money),
    );
    page.draft(format!("cart of {full} at {shop}"), "somebody who is about to pay", "cart")
}
