//! From the kitchen: recipes and menus.

use pixmo_render::{Cell, Column};

use super::desk::{Desk, Draft, capital};
use super::logo;
use super::markup::{Expr, align, bold, display, grid, inline, role, rule, show, small, space, stack, text};
use super::pieces::section;
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
    let minutes = |n: i64| {
        if n >= 120 && n % 30 == 0 {
            format!("{} h{}", n / 60, if n % 60 == 0 { String::new() } else { format!(" {} min", n % 60) })
        } else {
            format!("{n} min")
        }
    };
    let facts = [
        sheet.field(desk.any(&["Serves", "Portions", "For"]), &recipe.serves.to_string()),
        sheet.field(desk.any(&["Preparation", "Prep time", "Prep"]), &minutes(recipe.prep_min)),
        sheet.field(desk.any(&["Cooking", "Cook time", "On the stove"]), &minutes(recipe.cook_min)),
        sheet.field("Total time", &minutes(recipe.prep_min + recipe.cook_min)),
        sheet.field(desk.any(&["Level", "Difficulty"]), &capital(&recipe.level)),
        sheet.field(desk.any(&["Course", "Kind"]), &capital(&recipe.course)),
    ];
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
    let form = style.below(4);
    let (x, y) = desk.paper.margin;
    let head = sheet.value_as(title, "title");
    let mut out = String::from("#set par(leading: 0.7em)\n");
    let credit = small(&inline(&[sheet.name(by), text(" "), sheet.value(by)]));
    match form {
        0 => show(&mut out, &align("center", &stack(12.0, &[format!("text(fill: ac, {})", display(2.3, &head)), credit]))),
        1 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 18pt), text(fill: onac, {}))\n\n{}",
            display(2.2, &head),
            format_args!("#{credit}\n\n")
        )),
        2 => {
            show(&mut out, &display(2.4, &head));
            show(&mut out, &credit);
            show(&mut out, &rule("2pt + ac"));
        }
        _ => show(&mut out, &format!("block(stroke: (left: 6pt + ac), inset: (left: 14pt, y: 5pt), {})", stack(11.0, &[display(2.2, &head), credit]))),
    }
    space(&mut out, 8.0);
    let count = 3 + style.below(2);
    let chips: Vec<Expr> = facts
        .iter()
        .take(count * 2)
        .map(|f| stack(6.5, &[small(&sheet.name(*f)), bold(&sheet.value(*f))]))
        .collect();
    let columns = vec!["1fr"; if chips.len().is_multiple_of(3) { 3 } else { 4 }].join(", ");
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
            Some(if desk.rng.chance(0.6) { place.money.clone() } else { place.bare.clone() }),
        ),
        (Column::text("Mark"), None),
    ]);
    let plan: &[&str] = match desk.rng.below(5) {
        0 => &["starters", "mains", "desserts"],
        1 => &["starters", "mains", "desserts", "drinks"],
        2 => &["breakfast", "drinks"],
        3 => &["pizza", "starters", "drinks"],
        _ => &["canteen", "desserts"],
    };
    let mut sections: Vec<(Field, Vec<usize>)> = Vec::new();
    for slug in plan {
        let part = desk.words.section(slug);
        let title = desk.rng.pick(&part.titles).clone();
        let most = if plan.len() > 3 { 5 } else { 7 };
        let count = desk.rng.whole(3, most) as usize;
        let mut rows = Vec::new();
        for index in desk.rng.sample(part.dishes.len(), count) {
            let dish = &part.dishes[index];
            let euros = desk.rng.range(dish.low, dish.high);
            let price = place.price(euros, &mut desk.rng);
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
    let motto = desk.rng.pick(&desk.words.menus.house.subtitles).replace("{year}", &year);
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
    let form = style.below(5);
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
                let dish = if marks && tags != "[]" { inline(&[sheet.cell(*row, 1), text("  "), small(&tags)]) } else { sheet.cell(*row, 1) };
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
            stack(13.0, &[heading, list])
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
    show(&mut out, &align("center", &small(&sheet.value_as(footer, "note"))));
    (out, format!("menu-{form}/{dots}"))
}
