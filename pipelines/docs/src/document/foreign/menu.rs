//! Menus.

use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::super::desk::{Desk, Draft};
use super::super::logo;
use super::super::markup::{Expr, align, bold, display, grid, note, rule, show, small, space, stack};
use super::super::sheet::{Field, Sheet};
use super::asking::{Asking, Measure};
use super::words::Papers;
use crate::program::{Expr as Program, Is, Test};

const SECTION: usize = 0;
const DISH: usize = 1;
const PRICE: usize = 2;
/// The table of fields stands behind that of the items.
const FIELDS: usize = 1;

/// Writes the menu of a restaurant.
pub(super) fn write(desk: &mut Desk<'_>, papers: &'static Papers) -> Draft {
    let place = desk.place.clone();
    let format = if desk.rng.chance(0.6) { place.money.clone() } else { place.bare.clone() };
    let mut sheet = Sheet::with_items(vec![
        (Column::text("section"), None),
        (Column::text("dish"), None),
        (Column::number("price", place.currency, false), Some(format.clone())),
    ]);
    sheet.quote();
    let courses = match desk.rng.below(3) {
        0 => &papers.courses[..3],
        1 => &papers.courses[1..],
        _ => &papers.courses[..],
    };
    let mut headings = Vec::new();
    for (key, dishes) in courses {
        let heading = papers.word(key).to_owned();
        let most = dishes.len() as i64;
        let count = desk.rng.whole(3.min(most), most.min(7)) as usize;
        let first = sheet.len();
        for dish in Papers::some(dishes, count, &mut desk.rng) {
            let price = place.board_price(dish.euros * desk.rng.range(0.9, 1.2));
            let cells = vec![Cell::text(&heading), Cell::text(&dish.name), sheet.number(PRICE, price)];
            sheet.item(cells);
        }
        headings.push((heading, first..sheet.len()));
    }
    let house = desk.named(&papers.houses);
    let number = desk.code_of(&desk.words.names.contact.telephone);
    let title = sheet.field(papers.word("menu"), &house);
    let phone = sheet.field(papers.word("phone"), &number);
    let date = place.date(desk.day());
    let from = sheet.field(papers.word("from_day"), &date);
    sheet.lacks(&[
        papers.word("cook"),
        papers.word("table"),
        papers.word("parking"),
        papers.word("discount"),
    ]);
    let mut asking = Asking { sheet: &mut sheet, label: DISH, nouns: ("dish or drink", "dishes and drinks") };
    ask(&mut asking, papers, &headings, &format);
    asking.field(
        phone,
        FIELDS,
        &["What is the telephone number of the restaurant?", "Which number can be called?"],
    );
    asking.field(
        from,
        FIELDS,
        &["From which day on is the menu valid?", "Since when has this menu been in use?"],
    );
    for row in 0..sheet.len() {
        let label = sheet.shown_cell(row, DISH).to_owned();
        sheet.target(&format!("the price of “{label}”"), row, PRICE);
    }
    sheet.target_field("the name of the restaurant", title);
    let topic = format!("menu of {house}");
    let parts = Parts { house, title, phone, from, headings };
    let (body, design) = lay_out(desk, &sheet, &parts, papers);
    Draft { sheet, body, topic, persona: "someone who goes out to eat".to_owned(), design }
}

type Headings = Vec<(String, std::ops::Range<usize>)>;

fn ask(asking: &mut Asking<'_>, papers: &Papers, headings: &Headings, format: &pixmo_render::NumberFormat) {
    asking.numbers(&Measure {
        column: PRICE,
        format,
        one: &["What does “{label}” cost?", "What is the price of “{label}”?", "How much is “{label}”?"],
        most: &["What is the dearest thing on the menu?", "Which dish or drink has the highest price?"],
        least: &["What is the cheapest thing on the menu?", "Which dish or drink has the lowest price?"],
        more: &["How much more does “{a}” cost than “{b}”?", "By how much is “{a}” dearer than “{b}”?"],
        whether: &["Is “{a}” dearer than “{b}”?", "Does “{a}” cost more than “{b}”?"],
    });
    asking.words(
        SECTION,
        &["Under which heading is “{label}” listed?", "To which part of the menu does “{label}” belong?"],
    );
    let house = Program::Shown(Program::named(FIELDS, 0, papers.word("menu")).over(1));
    let words = ["What is the name of the restaurant?", "Whose menu is this?", "Which restaurant is it?"];
    asking.pose("who", 1, &words.map(str::to_owned), house);
    for (heading, _) in headings {
        let part =
            |program: fn(Box<Program>) -> Program| program(Program::named(0, SECTION, heading).boxed());
        let count = part(Program::Count).print(&pixmo_render::NumberFormat::plain(0));
        let words = [
            format!("How many entries are listed under “{heading}”?"),
            format!("Count what stands under “{heading}”."),
        ];
        asking.pose("count_group", 2, &words, count);
        let over = || Program::named(0, SECTION, heading).over(PRICE);
        let words = [
            format!("What is the dearest entry under “{heading}”?"),
            format!("Which entry under “{heading}” costs the most?"),
        ];
        asking.pose("best_in_group", 3, &words, Program::Shown(Program::Max(over()).over(DISH)));
        let words = [
            format!("What is the cheapest entry under “{heading}”?"),
            format!("Which entry under “{heading}” costs the least?"),
        ];
        asking.pose("best_in_group", 3, &words, Program::Shown(Program::Min(over()).over(DISH)));
    }
    ask_pairs(asking, headings, format);
    asking.order();
}

/// What a dish of one part and one of the next cost together, and how many cost more than a round price.
fn ask_pairs(asking: &mut Asking<'_>, headings: &Headings, format: &pixmo_render::NumberFormat) {
    for pair in headings.windows(2) {
        for (a, b) in pair[0].1.clone().zip(pair[1].1.clone()) {
            let name = |row: usize| asking.sheet.shown_cell(row, DISH).to_owned();
            let (a, b) = (name(a), name(b));
            let number = |label: &str| Program::Number(Program::named(0, DISH, label).over(PRICE)).boxed();
            let sum = Program::Add(number(&a), number(&b)).print(format);
            let words = [
                format!("What do “{a}” and “{b}” cost together?"),
                format!("How much is there to pay for “{a}” and “{b}”?"),
            ];
            asking.pose("sum_of_two", 3, &words, sum);
        }
    }
    let prices: Vec<Decimal> =
        (0..asking.sheet.len()).filter_map(|row| asking.sheet.amount(row, PRICE)).collect();
    let largest = prices.iter().max().copied().unwrap_or_default();
    for part in [3, 5, 7] {
        let bound = (largest * Decimal::new(part, 1)).round();
        let words = [
            format!("How many entries cost more than {}?", format.print(bound)),
            format!("Count the entries whose price is above {}.", format.print(bound)),
        ];
        asking.above(PRICE, bound, &words);
    }
    let twice = |heading: &String| Test { column: SECTION, is: Is::Text(heading.clone()) };
    for (heading, _) in headings {
        let rows = Program::Rows { table: 0, keep: vec![twice(heading)] };
        let mean = Program::Mean(rows.over(PRICE)).print(format);
        let words = [
            format!("What does an entry under “{heading}” cost on average?"),
            format!("What is the mean price under “{heading}”?"),
        ];
        asking.pose("mean", 3, &words, mean);
    }
}

struct Parts {
    house: String,
    title: Field,
    phone: Field,
    from: Field,
    headings: Headings,
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, papers: &'static Papers) -> (String, String) {
    let family = desk.look.family;
    desk.try_faces(family, papers);
    let style = &mut desk.style;
    let wide = style.chance(0.4);
    desk.paper.width = if wide { 760.0 } else { *style.pick(&[480.0, 540.0]) };
    desk.paper.base = style.range(13.5, 15.5);
    let mut out = String::new();
    let title = display(2.2, &sheet.value_as(parts.title, "title"));
    let word = small(&sheet.name(parts.title));
    let form = style.below(3);
    let (x, y) = desk.paper.margin;
    match form {
        0 => show(&mut out, &align("center", &stack(12.0, &[logo::mark(&parts.house, 46.0, style), title, word]))),
        1 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 18pt), align(center, text(fill: onac, {})))\n\n",
            stack(11.0, &[title, sheet.name(parts.title)])
        )),
        _ => show(&mut out, &stack(12.0, &[rule("2pt + ac"), align("center", &stack(11.0, &[title, word])), rule("2pt + ac")])),
    }
    space(&mut out, 12.0);
    let centred = !wide && style.chance(0.35);
    let dotted = style.chance(0.5);
    let parts_of_menu: Vec<Expr> = parts
        .headings
        .iter()
        .map(|(_, rows)| {
            let heading = sheet.shared_in(rows.clone(), SECTION, "heading");
            let heading = format!("text(fill: ac, {})", display(1.35, &heading));
            let lines: Vec<Expr> = rows.clone().map(|row| line(sheet, row, centred, dotted)).collect();
            let all = stack(10.0, &[vec![heading], lines].concat());
            if centred { align("center", &all) } else { all }
        })
        .collect();
    if wide {
        let (left, right): (Vec<Expr>, Vec<Expr>) = {
            let half = parts_of_menu.len().div_ceil(2);
            (parts_of_menu[..half].to_vec(), parts_of_menu[half..].to_vec())
        };
        show(&mut out, &grid("1fr, 1fr", "left", (36.0, 0.0), &[stack(24.0, &left), stack(24.0, &right)]));
    } else {
        show(&mut out, &stack(24.0, &parts_of_menu));
    }
    space(&mut out, 14.0);
    show(&mut out, &rule("0.8pt + rule-c"));
    let pair =
        |field: Field| small(&format!("[#{{{}}} #h(6pt) #{{{}}}]", sheet.name(field), sheet.value(field)));
    let foot = grid("1fr, auto", "(left, right)", (12.0, 6.0), &[pair(parts.phone), pair(parts.from)]);
    show(&mut out, &foot);
    let advice = desk.rng.pick(&papers.advice);
    show(&mut out, &align("center", &note(advice)));
    (out, format!("menu-{form}{}{}", if wide { "/wide" } else { "" }, if centred { "/centred" } else { "" }))
}

/// One dish: its price at the edge, led there by dots, or below its name in the middle.
fn line(sheet: &Sheet, row: usize, centred: bool, dotted: bool) -> Expr {
    let (dish, price) = (sheet.cell(row, DISH), bold(&sheet.cell(row, PRICE)));
    if centred {
        return stack(5.0, &[dish, price]);
    }
    let between = if dotted { "box(width: 100%, repeat(text(fill: rule-c, [.]), gap: 2pt))" } else { "[]" };
    grid("auto, 1fr, auto", "(left, center + bottom, right)", (8.0, 0.0), &[dish, between.to_owned(), price])
}
