//! Nutrition labels: values for a hundred grams and for a portion that follow from one another.

use pixmo_render::{Cell, Column, NumberFormat};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::markup::{Expr, bold, inline, note, rule, show, small, space, stack, text};
use super::pieces::{Lines, col, table};
use super::sheet::{Field, Sheet};

/// A food: name, portion in grams, and for 100 g: fat, saturates, carbohydrate, sugars, fibre, protein, salt.
struct Food {
    name: &'static str,
    portion: i64,
    portion_name: &'static str,
    per_100: [f64; 7],
    ingredients: &'static str,
}

const FOODS: [Food; 12] = [
    Food {
        name: "Oat biscuits",
        portion: 25,
        portion_name: "2 biscuits",
        per_100: [18.0, 7.5, 62.0, 21.0, 6.5, 8.0, 0.7],
        ingredients: "oats, sugar, butter, wheat flour, salt",
    },
    Food {
        name: "Tomato soup",
        portion: 250,
        portion_name: "1 bowl",
        per_100: [2.1, 0.4, 6.5, 4.2, 1.1, 1.2, 0.6],
        ingredients: "tomatoes, water, onions, olive oil, salt, basil",
    },
    Food {
        name: "Plain yoghurt",
        portion: 150,
        portion_name: "1 pot",
        per_100: [3.6, 2.3, 4.4, 4.4, 0.0, 4.1, 0.13],
        ingredients: "milk, cultures",
    },
    Food {
        name: "Crunchy muesli",
        portion: 50,
        portion_name: "1 serving",
        per_100: [12.0, 2.4, 60.0, 16.0, 8.2, 10.5, 0.1],
        ingredients: "oats, honey, almonds, raisins, sunflower seeds",
    },
    Food {
        name: "Rye crispbread",
        portion: 20,
        portion_name: "2 slices",
        per_100: [1.6, 0.3, 66.0, 1.2, 17.0, 9.4, 1.1],
        ingredients: "rye, water, salt, yeast",
    },
    Food {
        name: "Chickpea spread",
        portion: 40,
        portion_name: "2 spoons",
        per_100: [22.0, 2.6, 11.0, 0.9, 4.8, 6.7, 1.0],
        ingredients: "chickpeas, sesame, oil, lemon, garlic, salt",
    },
    Food {
        name: "Dark chocolate",
        portion: 30,
        portion_name: "6 squares",
        per_100: [41.0, 24.0, 34.0, 28.0, 11.0, 8.1, 0.02],
        ingredients: "cocoa mass, sugar, cocoa butter",
    },
    Food {
        name: "Apple juice",
        portion: 200,
        portion_name: "1 glass",
        per_100: [0.1, 0.0, 11.2, 10.4, 0.2, 0.1, 0.01],
        ingredients: "apples",
    },
    Food {
        name: "Cheese crackers",
        portion: 30,
        portion_name: "10 crackers",
        per_100: [24.0, 10.5, 52.0, 3.0, 2.6, 13.0, 1.9],
        ingredients: "wheat flour, cheese, butter, salt, paprika",
    },
    Food {
        name: "Lentil pasta",
        portion: 75,
        portion_name: "1 serving",
        per_100: [1.8, 0.3, 52.0, 2.0, 9.0, 25.0, 0.04],
        ingredients: "red lentil flour",
    },
    Food {
        name: "Peanut butter",
        portion: 15,
        portion_name: "1 spoon",
        per_100: [51.0, 8.2, 12.0, 6.0, 7.4, 25.0, 0.9],
        ingredients: "peanuts, salt",
    },
    Food {
        name: "Vegetable lasagne",
        portion: 350,
        portion_name: "1 tray",
        per_100: [5.2, 2.4, 13.0, 3.4, 1.9, 5.0, 0.7],
        ingredients: "vegetables, pasta, milk, tomatoes, cheese, salt",
    },
];

/// Daily reference intakes of an adult: fat, saturates, carbohydrate, sugars, fibre, protein, salt; energy in kcal.
/// Regulation (EU) No 1169/2011, annex XIII; fibre as in US 21 CFR 101.9.
const DAILY: [f64; 7] = [70.0, 20.0, 260.0, 90.0, 28.0, 50.0, 6.0];
const DAILY_KCAL: f64 = 2000.0;
const NUTRIENTS: [&str; 7] =
    ["Fat", "of which saturates", "Carbohydrate", "of which sugars", "Fibre", "Protein", "Salt"];
/// Grams with as many digits as such labels print.
const DECIMALS: [u32; 7] = [1, 1, 1, 1, 1, 1, 2];

/// Writes a label. Columns of the items: nutrient, for 100 g, for a portion, share of the daily intake, and the unit
/// where the label has a column for it; elsewhere it stands behind each amount.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let food = &FOODS[desk.rng.below(FOODS.len())];
    let per = |decimals| NumberFormat { group: None, ..place.number(decimals, "") };
    let form = desk.style.below(3);
    let mut columns = vec![
        (Column::text(desk.any(&["Nutrition", "Nutrient", "Typical values"])), None),
        (Column::number(desk.any(&["Per 100 g", "100 g contain", "for 100 g"]), "", false), Some(per(2))),
        (
            Column::number(
                format!("{} ({} g)", desk.any(&["Per portion", "Per serving"]), food.portion),
                "",
                false,
            ),
            Some(per(2)),
        ),
        (
            Column::number(desk.any(&["Daily value", "% RI", "Daily intake"]), "%", false),
            Some(place.number(0, "%")),
        ),
    ];
    if form == 1 {
        columns.push((Column::text("Unit"), None));
    }
    let mut sheet = Sheet::with_items(columns);
    let vary = desk.rng.range(0.9, 1.12);
    let grams: Vec<Decimal> = food
        .per_100
        .iter()
        .zip(DECIMALS)
        .map(|(value, decimals)| {
            per(decimals).rounded(Decimal::from_f64_retain(value * vary).unwrap_or_default())
        })
        .collect();
    // Energy by the factors of the same regulation: fat 9, carbohydrate and protein 4, fibre 2 kcal a gram.
    let factor = |kcal: i64| Decimal::from(kcal);
    let kcal =
        (grams[0] * factor(9) + grams[2] * factor(4) + grams[5] * factor(4) + grams[4] * factor(2)).round();
    let portion = Decimal::from(food.portion) / Decimal::ONE_HUNDRED;
    let printed = |value: Decimal, decimals: u32, unit: &str| {
        let suffix = if form == 1 { String::new() } else { format!(" {unit}") };
        Cell::decimal(value, &NumberFormat { suffix, ..per(decimals) })
    };
    let add = |sheet: &mut Sheet, name: &str, unit: &str, value: Decimal, decimals: u32, daily: f64| {
        let one = per(decimals).rounded(value * portion);
        let daily = Decimal::from_f64_retain(daily).unwrap_or(Decimal::ONE);
        let share = (one * Decimal::ONE_HUNDRED / daily).round();
        let mut cells = vec![
            Cell::text(name),
            printed(value, decimals, unit),
            printed(one, decimals, unit),
            sheet.number(3, share),
        ];
        if form == 1 {
            cells.push(Cell::text(unit));
        }
        sheet.item(cells);
    };
    add(&mut sheet, "Energy", "kcal", kcal, 0, DAILY_KCAL);
    for index in 0..NUTRIENTS.len() {
        add(&mut sheet, NUTRIENTS[index], "g", grams[index], DECIMALS[index], DAILY[index]);
    }
    let packs = desk.rng.whole(2, 12);
    let product = sheet.field("Product", food.name);
    let title = sheet.field("Label", desk.any(&["Nutrition facts", "Nutrition information", "Nutrition"]));
    let facts = [
        sheet.field(
            desk.any(&["Serving size", "Portion size", "One portion"]),
            &format!("{} ({} g)", food.portion_name, food.portion),
        ),
        sheet.field(desk.any(&["Servings per pack", "Portions per pack"]), &packs.to_string()),
        sheet.field("Net weight", &place.number(0, " g").print((food.portion * packs).into())),
    ];
    let ingredients = sheet.field("Ingredients", food.ingredients);
    let best = place.date(desk.day());
    let best = sheet.field(desk.any(&["Best before", "Use by"]), &best);
    let topic = format!("nutrition label of {}", food.name.to_lowercase());
    let parts = Parts { product, title, facts, ingredients, best };
    let (body, design) = lay_out(desk, &sheet, &parts, form);
    Draft { sheet, body, topic, persona: "a shopper who compares labels".to_owned(), design }
}

struct Parts {
    product: Field,
    title: Field,
    facts: [Field; 3],
    ingredients: Field,
    best: Field,
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, form: usize) -> (String, String) {
    let style = &mut desk.style;
    let mut out = String::new();
    let pair = |f: Field| {
        inline(&[bold(&sheet.name_as(f, &format!("{}:", sheet.shown_name(f)))), text(" "), sheet.value(f)])
    };
    let list = format!("par({})", pair(parts.ingredients));
    match form {
        0 => {
            desk.paper.black_on_white();
            desk.paper.set_in(style.word(&["Arimo", "Roboto", "Public Sans", "Open Sans", "Work Sans"]));
            desk.paper.width = style.range(400.0, 470.0).round();
            desk.paper.margin = (20.0, 20.0);
            desk.paper.base = style.range(13.0, 14.5);
            let mut rows = vec![
                format!("text(size: 2.1em, {})", bold(&sheet.value_as(parts.title, "title"))),
                rule("1pt + ink"),
                sheet.value(parts.product),
            ];
            rows.extend(parts.facts.iter().map(|f| pair(*f)));
            rows.push(rule("7pt + ink"));
            rows.push(facts_rows(sheet));
            rows.push(rule("4pt + ink"));
            rows.push(list);
            rows.push(pair(parts.best));
            show(
                &mut out,
                &format!("block(width: 100%, stroke: 1.5pt + ink, inset: 13pt, {})", stack(9.0, &rows)),
            );
        }
        1 => {
            desk.paper.width = *style.pick(&[520.0, 580.0, 620.0]);
            desk.paper.margin = (30.0, 28.0);
            show(&mut out, &format!("text(fill: ac, T(1.9em, {}))", sheet.value(parts.product)));
            show(&mut out, &bold(&format!("text(size: 1.15em, {})", sheet.value_as(parts.title, "heading"))));
            let lines = Lines::draw(style);
            let cols = [
                col(0, "1fr", "left"),
                col(1, "auto", "right"),
                col(2, "auto", "right"),
                col(4, "auto", "left"),
                col(3, "auto", "right"),
            ];
            show(&mut out, &table(sheet, &cols, lines, style.range(5.0, 7.5)));
            space(&mut out, 4.0);
            for f in parts.facts {
                show(&mut out, &pair(f));
            }
            show(&mut out, &list);
            show(&mut out, &small(&pair(parts.best)));
        }
        _ => {
            desk.paper.width = style.range(430.0, 520.0).round();
            desk.paper.margin = (26.0, 26.0);
            let head = stack(
                9.0,
                &[
                    format!("text(size: 1.5em, fill: onac, {})", bold(&sheet.value(parts.product))),
                    format!("text(fill: onac, {})", sheet.value_as(parts.title, "title")),
                ],
            );
            let mut cells: Vec<Expr> = Vec::new();
            for row in 0..sheet.len() {
                let name = sheet.cell(row, 0);
                let name = if sheet_indent(row) { inline(&[text("    "), name]) } else { bold(&name) };
                cells.extend([name, sheet.cell(row, 2), sheet.cell(row, 3)]);
            }
            let header = ["[]".to_owned(), small(&sheet.head(2)), small(&sheet.head(3))].join(", ");
            let list_of = format!(
                "grid(columns: (1fr, auto, auto), align: (left, right, right), inset: (x: 6pt, y: 6.5pt), stroke: (bottom: 0.8pt + rule-c), {header}, {})",
                cells.join(", ")
            );
            let facts: Vec<Expr> = parts.facts.iter().map(|f| pair(*f)).collect();
            show(
                &mut out,
                &format!(
                    "block(width: 100%, fill: ac, inset: 14pt, radius: {:.1}pt, {head})",
                    desk.paper.corner
                ),
            );
            show(&mut out, &stack(8.0, &facts));
            show(&mut out, &list_of);
            space(&mut out, 4.0);
            show(&mut out, &list);
            show(&mut out, &note("Reference intake of an average adult (8,400 kJ / 2,000 kcal)."));
            show(&mut out, &pair(parts.best));
        }
    }
    (out, format!("nutrition-{form}"))
}

/// True for rows that are part of the row above.
fn sheet_indent(row: usize) -> bool {
    row > 0 && NUTRIENTS[row - 1].starts_with("of which")
}

/// The rows in the manner of labels with one column of amounts for a portion.
fn facts_rows(sheet: &Sheet) -> Expr {
    let mut parts = vec![
        format!(
            "grid(columns: (1fr, auto), align: (left, right), {}, {})",
            small(&sheet.head(2)),
            small(&sheet.head(3))
        ),
        rule("1pt + ink"),
    ];
    for row in 0..sheet.len() {
        let name = sheet.cell(row, 0);
        let amount = sheet.cell(row, 2);
        let left = if row == 0 {
            format!("text(size: 1.5em, {})", bold(&name))
        } else if sheet_indent(row) {
            inline(&[text("     "), name, text("  "), amount.clone()])
        } else {
            inline(&[bold(&name), text("  "), amount.clone()])
        };
        let right = if row == 0 {
            format!("text(size: 1.5em, {})", bold(&amount))
        } else {
            bold(&sheet.cell(row, 3))
        };
        let right = if row == 0 { inline(&[right, text("   "), bold(&sheet.cell(row, 3))]) } else { right };
        parts.push(format!(
            "grid(columns: (1fr, auto), align: (left + bottom, right + bottom), {left}, {right})"
        ));
        parts.push(rule(if row == 0 { "4pt + ink" } else { "1pt + rule-c" }));
    }
    stack(6.5, &parts)
}
