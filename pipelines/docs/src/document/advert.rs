//! Advertisements: a slogan, advantages, a price that was higher before.

use jiff::ToSpan as _;
use rust_decimal::Decimal;

use super::art::{self, Tones};
use super::desk::{Desk, Draft};
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, gap, grid, inline, rule, show, small, space, stack, text,
};
use super::press::{dark, fitting, modern, para, spaced, title as heading_of, tone};
use super::promotion::Promotion;
use super::sheet::{Field, Sheet};

struct Ad {
    product: Field,
    slogan: Field,
    shop: Field,
    claims: Vec<Field>,
    old: Field,
    new: Field,
    off: Field,
    until: Field,
    address: Field,
    phone: Field,
    web: Field,
}

const PLACES: [&str; 4] = ["first", "second", "third", "fourth"];

/// Writes an advertisement.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields();
    sheet.lacks(&[
        "Name of the manufacturer's country",
        "Weight of the product",
        "Delivery charge",
        "Discount code",
        "Opening time on Sunday",
    ]);
    let advert = desk.rng.pick(&Promotion::bundled().advert);
    let product = desk.rng.pick(&advert.product).clone();
    let slogan = desk.rng.pick(&advert.slogan).clone();
    let (family, town) = (desk.person().family, desk.town());
    let shop = match advert.shop.as_str() {
        "coffee" => format!("{family} Coffee Roasters"),
        "bicycles" => format!("{family} Bicycles"),
        "music" => format!("{family} School of Music"),
        "windows" => format!("{family} Windows"),
        "beds" => format!("House of Beds {family}"),
        "shoes" => format!("{family} Shoes"),
        "garden" => format!("Garden Centre {family}"),
        _ => format!("{family} Lighting"),
    };
    let firm = desk.organisation(shop.clone(), town);
    let count = desk.rng.whole(3, 4) as usize;
    let claims: Vec<Field> = desk
        .rng
        .sample(advert.claims.len(), count)
        .into_iter()
        .enumerate()
        .map(|(index, claim)| {
            let which = PLACES[index];
            let ask =
                format!("Which advantage is listed {which}?|What is the {which} advantage on the list?");
            sheet.tell(&format!("{} advantage", super::desk::capital(which)), &advert.claims[claim], &ask)
        })
        .collect();
    let euros = desk.rng.range(advert.price[0], advert.price[1]);
    let old = place.fee(euros);
    let off = desk.rng.whole(2, 8) * 5;
    let new = place.money.rounded(old * Decimal::from(100 - off) / Decimal::ONE_HUNDRED);
    let date = desk.day();
    let until = date.saturating_add(desk.rng.whole(6, 40).days());
    let ad = Ad {
        product: sheet.tell("Product", &product, "What is advertised?|Which product is advertised?"),
        slogan: sheet.tell("Slogan", &slogan, "What is the slogan?|How does the slogan read?"),
        shop: sheet.tell("Seller", &shop, "Who sells the product?|Which shop has placed the advertisement?"),
        claims,
        old: sheet.tell(
            "Old price",
            &place.money.print(old),
            "How much did it cost before?|What was the old price?",
        ),
        new: sheet.tell(
            "New price",
            &place.money.print(new),
            "How much does it cost now?|What is the new price?",
        ),
        off: sheet.tell(
            "Reduction",
            &format!("{off}%"),
            "By how much is the price reduced?|How large is the reduction in per cent?",
        ),
        until: sheet.tell(
            "Expiry date of the offer",
            &place.date(until),
            "Until when does the offer hold?|When does the offer end?",
        ),
        address: sheet.tell(
            "Address",
            &firm.address(),
            "What is the address of the shop?|Where is the shop?",
        ),
        phone: sheet.tell(
            "Telephone",
            &firm.phone,
            "What is the telephone number?|Which number can one call?",
        ),
        web: sheet.tell("Web address", &firm.web, "What is the web address?"),
    };
    modern(desk);
    desk.paper.base = desk.style.range(14.0, 16.0);
    let form = desk.style.below(4);
    let wide = form == 1;
    desk.paper.width =
        if wide { desk.style.range(700.0, 800.0) } else { desk.style.range(460.0, 560.0) }.round();
    desk.paper.margin = (desk.style.range(34.0, 44.0), desk.style.range(34.0, 44.0));
    let w = desk.paper.width;
    let (x, y) = desk.paper.margin;
    let motif = *desk.style.pick(&[3, 6, 8, 3, 6]);
    let mut out = String::from("#set par(leading: 0.55em)\n");
    let size = |room: f64, most: f64, desk: &Desk<'_>| fitting(&slogan, room, desk.paper.base, most);
    match form {
        0 => {
            tone(desk, &["#ffffff", "#fff8ec", "#f3f7fa"]);
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let picture = art::picture(motif, (w, w * 0.46), &tones, &mut desk.style);
            out.push_str(&format!("#pad(x: -{x:.1}pt, top: -{y:.1}pt, {picture})\n\n"));
            space(&mut out, 10.0);
            let big = size(w - 2.0 * x, 2.6, desk);
            show(
                &mut out,
                &stack(
                    12.0,
                    &[
                        format!("text(fill: ac, {})", heading_of(big, &sheet.value_as(ad.slogan, "title"))),
                        format!("text(size: 1.15em, {})", bold(&sheet.value(ad.product))),
                    ],
                ),
            );
            space(&mut out, 4.0);
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + horizon, right + horizon)",
                    (20.0, 0.0),
                    &[claims_list(&sheet, &ad), tag(&sheet, &ad, "ac", "onac")],
                ),
            );
            space(&mut out, 4.0);
            show(&mut out, &rule("1pt + rule-c"));
            show(&mut out, &shop_lines(&sheet, &ad, true));
        }
        1 => {
            tone(desk, &["#ffffff", "#fdf6ea", "#f1f5f2"]);
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let side = w * 0.36;
            let tall = desk.style.range(330.0, 400.0).round();
            desk.paper.height = Some(tall);
            let picture = art::picture(motif, (side, tall), &tones, &mut desk.style);
            desk.paper.frame = format!("#place({picture})");
            let room = w - side - 32.0 - x;
            let big = size(room, 2.3, desk);
            let right = stack(
                14.0,
                &[
                    format!("text(fill: ac, {})", heading_of(big, &sheet.value_as(ad.slogan, "title"))),
                    bold(&sheet.value(ad.product)),
                    claims_list(&sheet, &ad),
                    gap(22.0),
                    price_line(&sheet, &ad),
                    small(&shop_lines(&sheet, &ad, false)),
                ],
            );
            desk.paper.margin = (x, 26.0);
            show(
                &mut out,
                &format!("pad(left: {:.1}pt, block(height: 100%, align(horizon, {right})))", side + 32.0 - x),
            );
        }
        2 => {
            dark(desk);
            let big = size(w - 2.0 * x, 3.0, desk);
            show(
                &mut out,
                &grid(
                    "auto, 1fr",
                    "(left + horizon, left + horizon)",
                    (12.0, 0.0),
                    &[logo::mark(&shop, 34.0, &mut desk.style), bold(&sheet.value(ad.shop))],
                ),
            );
            space(&mut out, 22.0);
            show(
                &mut out,
                &format!("text(fill: ac, {})", heading_of(big, &sheet.value_as(ad.slogan, "title"))),
            );
            space(&mut out, 8.0);
            show(&mut out, &format!("text(size: 1.2em, {})", sheet.value(ad.product)));
            space(&mut out, 8.0);
            show(&mut out, &claims_list(&sheet, &ad));
            space(&mut out, 10.0);
            show(
                &mut out,
                &format!(
                    "block(width: 100%, stroke: (top: 1.4pt + ac, bottom: 1.4pt + ac), inset: (y: 14pt), {})",
                    price_line(&sheet, &ad)
                ),
            );
            space(&mut out, 6.0);
            show(
                &mut out,
                &small(&stack(
                    7.0,
                    &[
                        para(&sheet.value(ad.address)),
                        inline(&[sheet.value(ad.phone), text("  ·  "), sheet.value(ad.web)]),
                    ],
                )),
            );
        }
        _ => {
            tone(desk, &["#fff3c9", "#ffe3d8", "#e3f2e6", "#e4eefb", "#f4e8f7"]);
            desk.paper.frame = "#place(dx: 12pt, dy: 12pt, rect(width: 100% - 24pt, height: 100% - 24pt, stroke: (paint: ac, thickness: 2.4pt)))".to_owned();
            let big = size(w - 2.0 * x, 2.4, desk);
            show(
                &mut out,
                &align(
                    "center",
                    &stack(
                        14.0,
                        &[
                            spaced(&bold(&sheet.value(ad.shop))),
                            // No minus: the line below says `off`.
                            format!("text(fill: ac, {})", display(3.6, &sheet.value(ad.off))),
                            bold(&inline(&[body("off "), sheet.value(ad.product)])),
                            heading_of(big * 0.8, &sheet.value_as(ad.slogan, "title")),
                        ],
                    ),
                ),
            );
            space(&mut out, 8.0);
            let cells = [
                claims_list(&sheet, &ad),
                stack(
                    9.0,
                    &[
                        old_price(&sheet, &ad),
                        display(1.9, &sheet.value(ad.new)),
                        small(&inline(&[body("until "), sheet.value(ad.until)])),
                    ],
                ),
            ];
            show(&mut out, &grid("1fr, auto", "(left + horizon, right + horizon)", (18.0, 0.0), &cells));
            space(&mut out, 8.0);
            show(
                &mut out,
                &align(
                    "center",
                    &small(&stack(
                        7.0,
                        &[
                            para(&sheet.value(ad.address)),
                            inline(&[sheet.value(ad.phone), text("  ·  "), sheet.value(ad.web)]),
                        ],
                    )),
                ),
            );
        }
    }
    let topic = format!("advertisement for {product}");
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a reader of a weekly paper".to_owned(),
        design: format!("advert-{form}/{motif}"),
    }
}

fn claims_list(sheet: &Sheet, ad: &Ad) -> Expr {
    let cells: Vec<Expr> = ad
        .claims
        .iter()
        .flat_map(|claim| ["box(width: 11pt, height: 8pt)[#place(line(start: (0pt, 4pt), end: (4pt, 8pt), stroke: 2pt + ac))#place(line(start: (4pt, 8pt), end: (11pt, 0pt), stroke: 2pt + ac))]".to_owned(), para(&sheet.value(*claim))])
        .collect();
    grid("auto, 1fr", "(left + horizon, left + horizon)", (10.0, 9.0), &cells)
}

/// The old price, named as such: nothing is struck out.
fn old_price(sheet: &Sheet, ad: &Ad) -> Expr {
    small(&inline(&[body("instead of "), sheet.value(ad.old)]))
}

fn price_line(sheet: &Sheet, ad: &Ad) -> Expr {
    let left = stack(
        9.0,
        &[format!("text(fill: ac, {})", display(1.9, &sheet.value(ad.new))), old_price(sheet, ad)],
    );
    let right = stack(
        9.0,
        &[
            bold(&inline(&[body("−"), sheet.value(ad.off)])),
            small(&inline(&[body("until "), sheet.value(ad.until)])),
        ],
    );
    grid("1fr, auto", "(left + horizon, right + horizon)", (16.0, 0.0), &[left, right])
}

/// A round tag with the price.
fn tag(sheet: &Sheet, ad: &Ad, fill: &str, ink: &str) -> Expr {
    let inner = stack(
        8.0,
        &[
            bold(&inline(&[body("−"), sheet.value(ad.off)])),
            display(1.5, &sheet.value(ad.new)),
            format!("text(size: 0.8em, {})", inline(&[body("instead of "), sheet.value(ad.old)])),
        ],
    );
    format!("block(fill: {fill}, radius: 14pt, inset: 18pt, text(fill: {ink}, align(center, {inner})))")
}

/// Name and address of the shop; with the end of the offer where the price does not say it.
fn shop_lines(sheet: &Sheet, ad: &Ad, until: bool) -> Expr {
    let mut first = vec![bold(&sheet.value(ad.shop))];
    if until {
        first.extend([text("  ·  "), body("offer ends "), sheet.value(ad.until)]);
    }
    stack(
        7.0,
        &[
            inline(&first),
            small(&para(&sheet.value(ad.address))),
            small(&inline(&[sheet.value(ad.phone), text("  ·  "), sheet.value(ad.web)])),
        ],
    )
}
