//! From the kitchen: recipes and menus.

use pixmo_render::{Cell, Column, NumberFormat};
use rust_decimal::Decimal;

use super::art::{self, Tones};
use super::desk::{Desk, Draft, capital};
use super::logo;
use super::markup::{
    Expr, align, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::pieces::section;
use super::press;
use super::sheet::{Field, Sheet};

/// Writes a recipe: the items are its ingredients.
pub(super) fn recipe(desk: &mut Desk<'_>) -> Draft {
    let recipe = &desk.words.recipes[desk.rng.below(desk.words.recipes.len())];
    let mut sheet =
        Sheet::with_items(vec![(Column::text("Amount"), None), (Column::text("Ingredient"), None)]);
    for ingredient in &recipe.ingredients {
        sheet.item(vec![Cell::text(&ingredient.amount), Cell::text(&ingredient.name)]);
    }
    let title = sheet.field("Title", &recipe.title);
    let minutes = |n: i64| match (n / 60, n % 60) {
        (hours, 0) if hours >= 48 => format!("{} days", hours / 24),
        (hours, 0) if hours >= 1 => format!("{hours} h"),
        (hours, left) if n >= 120 => format!("{hours} h {left} min"),
        _ => format!("{n} min"),
    };
    let yields = match &recipe.makes {
        Some(what) => sheet.field("Makes", &format!("{} {what}", recipe.serves)),
        None => sheet.field(desk.any(&["Serves", "Portions"]), &recipe.serves.to_string()),
    };
    let rest = recipe.rest.as_ref().map(|[what, time]| (what, time.parse::<i64>().expect("minutes of rest")));
    let mut facts =
        vec![yields, sheet.field(desk.any(&["Preparation", "Prep time", "Prep"]), &minutes(recipe.prep_min))];
    if recipe.cook_min > 0 {
        facts.push(sheet.field(desk.any(&["Cooking", "Cook time"]), &minutes(recipe.cook_min)));
    }
    match rest {
        // Days of waiting are told, not added.
        Some((what, time)) => facts.push(sheet.field(what, &minutes(time))),
        None => facts.push(sheet.field("Total time", &minutes(recipe.prep_min + recipe.cook_min))),
    }
    facts.extend([
        sheet.field(desk.any(&["Level", "Difficulty"]), &capital(&recipe.level)),
        sheet.field(desk.any(&["Course", "Kind"]), &capital(&recipe.course)),
    ]);
    let steps: Vec<Field> = recipe
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| sheet.field(&format!("Step {}", index + 1), step))
        .collect();
    let cook = desk.person();
    let by = sheet.field(desk.any(&["From the kitchen of", "Recipe by", "Handed down by"]), &cook.full());
    let topic = format!("recipe for {}", recipe.title.to_lowercase());
    desk.informal();
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[560.0, 640.0, 720.0]);
    desk.paper.base = style.range(13.0, 15.0);
    let form = style.below(6);
    let (x, y) = desk.paper.margin;
    let head = sheet.value_as(title, "title");
    let mut out = String::from("#set par(leading: 0.7em)\n");
    let credit = small(&inline(&[sheet.name(by), text(" "), sheet.value(by)]));
    match form {
        0 => show(&mut out, &align("center", &stack(12.0, &[format!("text(fill: ac, {})", display(2.3, &head)), credit]))),
        1 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {}))\n\n{}",
            display(2.2, &head),
            format_args!("#{credit}\n\n")
        )),
        2 => {
            show(&mut out, &display(2.4, &head));
            show(&mut out, &credit);
            show(&mut out, &rule("2pt + ac"));
        }
        4 => {
            // A card from the box: a red line below the title, as on ruled index cards.
            desk.paper.frame = "#place(rect(width: 100%, height: 100%, stroke: 1.2pt + rule-c))".to_owned();
            show(&mut out, &grid("1fr, auto", "(left + bottom, right + bottom)", (14.0, 0.0), &[display(1.9, &head), credit]));
            show(&mut out, "stack(spacing: 3pt, line(length: 100%, stroke: 1.6pt + rgb(\"#c0392b\")), line(length: 100%, stroke: 0.7pt + rgb(\"#7fa6c9\")))");
        }
        5 => {
            // A page of a magazine: a band in the colour of the page with the title beside it.
            let tones = Tones::of(&desk.paper, style);
            let wide = desk.paper.width - 2.0 * x;
            let motif = *style.pick(&[3, 5, 6, 8]);
            show(&mut out, &art::picture(motif, (wide, wide * 0.22), &tones, style));
            show(&mut out, &stack(11.0, &[format!("text(fill: ac, {})", display(2.6, &head)), credit]));
        }
        _ => show(&mut out, &format!("block(stroke: (left: 6pt + ac), inset: (left: 14pt, y: 5pt), {})", stack(11.0, &[display(2.2, &head), credit]))),
    }
    space(&mut out, 8.0);
    let chips: Vec<Expr> =
        facts.iter().map(|f| stack(6.5, &[small(&sheet.name(*f)), bold(&sheet.value(*f))])).collect();
    // Two rows of three, or one row of all.
    let columns = vec!["1fr"; if chips.len() == 6 && style.chance(0.6) { 3 } else { chips.len() }].join(", ");
    let chips = chips.join(", ");
    let band = match style.below(3) {
        0 => format!("grid(columns: ({columns}), fill: tint, inset: 10pt, {chips})"),
        1 => format!("grid(columns: ({columns}), stroke: 0.8pt + rule-c, inset: 10pt, {chips})"),
        _ => format!("grid(columns: ({columns}), row-gutter: 13pt, column-gutter: 12pt, {chips})"),
    };
    show(&mut out, &band);
    space(&mut out, 12.0);
    let habit = style.below(4);
    let amounts: Vec<Expr> =
        (0..sheet.len()).flat_map(|row| [bold(&sheet.cell(row, 0)), sheet.cell(row, 1)]).collect();
    let list = grid("auto, 1fr", "left", (13.0, 9.5), &amounts);
    let ingredients = stack(11.0, &[section("Ingredients", habit), list]);
    let numbered: Vec<Expr> = steps
        .iter()
        .enumerate()
        .flat_map(|(index, f)| {
            let number =
                format!("text(size: 1.15em, fill: ac, {})", bold(&role("body", &format!("{}", index + 1))));
            [number, format!("par({})", sheet.value_as(*f, "body"))]
        })
        .collect();
    let method = stack(
        11.0,
        &[
            section(style.word(&["Method", "Preparation", "Steps", "How to"]), habit),
            grid("auto, 1fr", "left", (13.0, 12.0), &numbered),
        ],
    );
    let side = style.chance(0.6);
    if side {
        let (widths, cells) = if style.chance(0.6) {
            ("1fr, 1.45fr", [ingredients, method])
        } else {
            ("1.45fr, 1fr", [method, ingredients])
        };
        show(&mut out, &grid(widths, "left", (30.0, 0.0), &cells));
    } else {
        show(&mut out, &ingredients);
        space(&mut out, 10.0);
        show(&mut out, &method);
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "someone who cooks for the family".to_owned(),
        design: format!("recipe-{form}{}", if side { "/side" } else { "" }),
    }
}

/// Writes a menu: the items are its dishes.
pub(super) fn menu(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Section"), None),
        (Column::text("Dish"), None),
        (
            Column::number("Price", place.currency, false),
            Some(NumberFormat {
                // Where a dish costs hundreds, nobody prints cents.
                decimals: if place.factor > 5.0 { 0 } else { place.money.decimals },
                ..if desk.rng.chance(0.6) { place.money.clone() } else { place.bare.clone() }
            }),
        ),
        (Column::text("Mark"), None),
    ]);
    let plan: &[&str] = match desk.rng.below(5) {
        0 => &["starters", "mains", "desserts"],
        1 => &["starters", "mains", "desserts", "drinks"],
        2 => &["breakfast", "drinks"],
        3 => &["starters", "pizza", "drinks"],
        _ => &["canteen", "desserts"],
    };
    let charm = place.factor < 5.0 && desk.rng.chance(0.3);
    let mut sections: Vec<(Field, Vec<usize>)> = Vec::new();
    for slug in plan {
        let part = desk.words.section(slug);
        let title = desk.rng.pick(&part.titles).clone();
        let most = if plan.len() > 3 { 5 } else { 7 };
        let count = desk.rng.whole(3, most) as usize;
        let mut rows = Vec::new();
        for index in desk.rng.sample(part.dishes.len(), count) {
            let dish = &part.dishes[index];
            let mut price = place.fee(desk.rng.range(dish.low, dish.high));
            // Some houses end all their prices just below.
            if charm && price > Decimal::TWO {
                price -= Decimal::new(1, 1);
            }
            let cells = vec![
                Cell::text(&title),
                Cell::text(&dish.name),
                sheet.number(2, price),
                Cell::text(dish.tags.join(" ")),
            ];
            rows.push(sheet.item(cells));
        }
        sections.push((0, rows));
        let number = sections.len();
        let field = sheet.field(&format!("Section {number}"), &title);
        sections.last_mut().expect("just pushed").0 = field;
    }
    let house = desk.words.menus.house.names[desk.rng.below(desk.words.menus.house.names.len())]
        .replace("{family}", desk.rng.pick(&desk.culture.family).as_str())
        .replace("{town}", &desk.town())
        .replace("{given}", desk.person().given);
    let name = sheet.field("Restaurant", &house);
    let year = desk.rng.whole(1948, 2015).to_string();
    let motto = match plan[0] {
        "breakfast" => desk.any(&["Breakfast until noon", "Good morning", "Breakfast and coffee"]).to_owned(),
        "canteen" => desk.any(&["Freshly cooked every day", "Midday specials", "Lunch from noon"]).to_owned(),
        _ => desk.rng.pick(&desk.words.menus.house.subtitles).replace("{year}", &year),
    };
    let motto = sheet.field("Subtitle", &motto);
    let hour = place.time(jiff::civil::time(desk.rng.whole(20, 23) as i8, 0, 0, 0));
    let footer = desk.rng.pick(&desk.words.menus.house.footers).replace("{time}", &hour);
    let footer = sheet.field("Note", &footer);
    let topic = format!("menu of {house}");
    desk.informal();
    let (body, design) = menu_page(desk, &sheet, [name, motto, footer], &sections);
    Draft { sheet, body, topic, persona: "a guest who chooses a meal".to_owned(), design }
}

fn menu_page(
    desk: &mut Desk<'_>,
    sheet: &Sheet,
    fields: [Field; 3],
    sections: &[(Field, Vec<usize>)],
) -> (String, String) {
    let [name, motto, footer] = fields;
    let style = &mut desk.style;
    let two = sections.len() > 2 && style.chance(0.6);
    desk.paper.width = if two { *style.pick(&[720.0, 780.0]) } else { *style.pick(&[460.0, 520.0, 580.0]) };
    desk.paper.base = style.range(13.0, 14.8);
    let form = style.below(7);
    if form == 5 {
        press::dark(desk);
    }
    let style = &mut desk.style;
    let (x, y) = desk.paper.margin;
    let mut out = String::new();
    let title = display(if form == 3 { 2.9 } else { 2.4 }, &sheet.value_as(name, "title"));
    let sub = sheet.value_as(motto, "subtitle");
    match form {
        0 => show(&mut out, &align("center", &stack(12.0, &[format!("text(fill: ac, {title})"), sub]))),
        1 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 20pt), align(center, text(fill: onac, {})))\n\n",
            stack(12.0, &[title, sub])
        )),
        3 => {
            // Flush left, the saying on the line below, as on a chalk board.
            show(&mut out, &stack(13.0, &[title, format!("text(fill: ac, {sub})")]));
            show(&mut out, "line(length: 18%, stroke: 4pt + ac)");
        }
        5 => {
            // A board on the wall.
            desk.paper.frame = "#place(dx: 10pt, dy: 10pt, rect(width: 100% - 20pt, height: 100% - 20pt, stroke: 2pt + ac, radius: 4pt))".to_owned();
            show(&mut out, &align("center", &stack(14.0, &[format!("text(fill: ac, {title})"), sub])));
            show(&mut out, &align("center", "line(length: 46%, stroke: 1pt + ac)"));
        }
        6 => {
            let head = stack(11.0, &[format!("text(fill: ac, {title})"), sub]);
            let mark = logo::mark(sheet.shown(name), 52.0, style);
            show(&mut out, &grid("1fr, auto", "(left + horizon, right + horizon)", (18.0, 0.0), &[head, mark]));
        }
        4 => {
            desk.paper.frame = "#place(dx: 14pt, dy: 14pt, rect(width: 100% - 28pt, height: 100% - 28pt, stroke: 1.6pt + ac))#place(dx: 19pt, dy: 19pt, rect(width: 100% - 38pt, height: 100% - 38pt, stroke: 0.7pt + ac))".to_owned();
            show(&mut out, &align("center", &stack(12.0, &[title, format!("emph({sub})")])));
            show(&mut out, &align("center", "line(length: 30%, stroke: 1pt + ac)"));
        }
        _ => {
            let mark = logo::mark(sheet.shown(name), 46.0, style);
            show(&mut out, &align("center", &stack(12.0, &[mark, title, sub])));
            show(&mut out, &rule("1pt + ac"));
        }
    }
    space(&mut out, 12.0);
    let dots = if form == 4 && style.chance(0.6) { 3 } else { style.below(4) };
    let marks = style.chance(0.5);
    let parts: Vec<Expr> = sections
        .iter()
        .map(|(head, rows)| {
            let heading = format!("text(size: 1.25em, fill: ac, T(1em, {}))", sheet.value_as(*head, "heading"));
            let mut cells = Vec::new();
            for row in rows {
                let tags = sheet.cell_as(*row, 3, "note");
                let dish = if marks && tags != "[]" { inline(&[sheet.cell(*row, 1), text("\u{a0}\u{a0}"), small(&tags)]) } else { sheet.cell(*row, 1) };
                match dots {
                    0 => {
                        let dots = "align(bottom, box(width: 100%, inset: (bottom: 1.5pt), line(length: 100%, stroke: (paint: soft, thickness: 1pt, dash: (1pt, 4pt)))))";
                        cells.push(grid("auto, 1fr, auto", "(left, left, right)", (8.0, 0.0), &[dish, dots.to_owned(), bold(&sheet.cell(*row, 2))]));
                    }
                    // One below the other in the middle of the page, as in houses with white tablecloths.
                    3 => cells.push(align("center", &stack(6.0, &[dish, format!("text(fill: ac, {})", sheet.cell(*row, 2))]))),
                    _ => cells.extend([dish, bold(&sheet.cell(*row, 2))]),
                }
            }
            let list = match dots {
                0 => stack(11.0, &cells),
                3 => stack(14.0, &cells),
                1 => grid("1fr, auto", "(left, right)", (16.0, 11.0), &cells),
                _ => format!("grid(columns: (1fr, auto), align: (left, right), inset: (y: 6.5pt), stroke: (bottom: 0.8pt + rule-c), {})", cells.join(", ")),
            };
            let heading = if dots == 3 { align("center", &heading) } else { heading };
            let part = stack(13.0, &[heading, list]);
            // Each part of the menu on a card of its own.
            if form == 6 {
                format!("block(width: 100%, fill: tint, inset: 15pt, radius: {:.1}pt, {part})", desk.paper.corner)
            } else {
                part
            }
        })
        .collect();
    if two {
        let half = parts.len().div_ceil(2);
        let columns = [stack(26.0, &parts[..half]), stack(26.0, &parts[half..])];
        show(&mut out, &grid("1fr, 1fr", "left", (44.0, 0.0), &columns));
    } else {
        show(&mut out, &stack(26.0, &parts));
    }
    space(&mut out, 16.0);
    if marks {
        show(&mut out, &align("center", &note(&key_of(sheet))));
    }
    show(&mut out, &align("center", &small(&sheet.value_as(footer, "note"))));
    (out, format!("menu-{form}/{dots}"))
}

/// What the marks behind the dishes of a menu mean.
fn key_of(sheet: &Sheet) -> String {
    let known = [("V", "V vegetarian"), ("VG", "VG vegan"), ("N", "N contains nuts")];
    let used =
        |mark: &str| (0..sheet.len()).any(|row| sheet.shown_cell(row, 3).split(' ').any(|m| m == mark));
    let told: Vec<&str> = known.iter().filter(|(mark, _)| used(mark)).map(|(_, what)| *what).collect();
    if told.is_empty() { "All dishes are made to order.".to_owned() } else { told.join("  ·  ") }
}
