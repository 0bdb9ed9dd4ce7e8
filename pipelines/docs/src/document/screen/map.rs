//! A map with invented streets, numbered places and a list of them.

use pixmo_render::{Cell, Column, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{bold, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, button};
use super::words::Words;
use super::{Page, lacking, pose_back, pose_cells, pose_count, pose_ends, pose_rows};
use crate::program::{Expr as Program, Is, Test};

const KIND: usize = 1;
const AWAY: usize = 2;
const RATING: usize = 3;
const OPEN: usize = 4;

/// Draws the screen.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let count = desk.rng.whole(4, 6) as usize;
    let skin = Skin::draw(desk, 960.0, 640.0);
    let place = desk.place.clone();
    let metres = NumberFormat { suffix: " m".to_owned(), group: None, ..NumberFormat::plain(0) };
    let stars = NumberFormat { mark: place.money.mark, ..NumberFormat::plain(1) };
    let sheet = Sheet::with_items(vec![
        (Column::text("Place"), None),
        (Column::text("Kind"), None),
        (Column::number("Distance", "m", false), Some(metres)),
        (Column::number("Rating", "", false), Some(stars)),
        (Column::text("State"), None),
    ]);
    let mut sheet = lacking(
        sheet,
        &["Telephone number", "Price of a ticket", "Number of inhabitants", "Height above the sea"],
    );
    sheet.call("place", "places");
    let names = desk.rng.sample(words.place_names.len(), count);
    let mut away: Vec<i64> = (0..count).map(|_| desk.rng.whole(4, 190) * 10).collect();
    away.sort_unstable();
    away.dedup();
    while away.len() < count {
        away.push(away[away.len() - 1] + desk.rng.whole(3, 30) * 10);
    }
    for (index, metres) in names.iter().zip(&away) {
        let kind = desk.rng.pick(&words.categories).clone();
        let rating = rust_decimal::Decimal::new(desk.rng.whole(29, 50), 1);
        let open = if desk.rng.chance(0.6) { "open" } else { "closed" };
        let cells = vec![
            Cell::text(words.place_names[*index].as_str()),
            Cell::text(kind),
            sheet.number(AWAY, (*metres).into()),
            sheet.number(RATING, rating),
            Cell::text(open),
        ];
        sheet.item(cells);
    }
    let town = desk.town();
    let asked = sheet.tell(
        "Text in the search field",
        &format!("{} in {town}", desk.any(&["food", "sights", "shops", "rainy day", "near me"])),
        "What has been typed into the search field?|Which words stand in the search field?",
    );
    sheet.target_field("the search field", asked);
    let minutes = desk.rng.whole(4, 38);
    let trip = sheet.tell(
        "Route",
        &format!("{minutes} min on foot"),
        "How long does the route take?|How long is the way on foot?",
    );
    let scale = sheet.tell(
        "Scale",
        desk.any(&["100 m", "200 m", "500 m"]),
        "Which length does the scale bar show?|What stands at the scale bar?",
    );
    let streets: Vec<String> = desk
        .rng
        .sample(words.streets.len(), 4)
        .into_iter()
        .map(|index| words.streets[index].clone())
        .collect();
    let mut street_cells = Vec::new();
    for (index, street) in streets.iter().enumerate() {
        let which = [
            "upper street across the map",
            "lower street across the map",
            "left street from top to bottom",
            "right street from top to bottom",
        ][index];
        street_cells.push(sheet.tell(
            &crate::content::capital(which),
            street,
            &format!("What is the name of the {which}?|How is the {which} called?"),
        ));
        sheet.target_field(&format!("the name {street}"), street_cells[index]);
    }
    let program = desk.rng.pick(&words.maps).clone();
    let mut page = Page::new(sheet, skin);
    let host = super::super::desk::host(&program);
    let (x, y, w, h) = if desk.style.chance(0.5) {
        page.browser(desk, &program, &format!("{host}.example/map"))
    } else {
        page.window(desk, &program)
    };
    let side = 276.0;
    let (left, wide) = (x + side, w - side);
    let dark = page.skin.dark;
    let (land, park, water, road, edge, build) = if dark {
        ("#2a2e33", "#2f4436", "#27425a", "#50565e", "#3f454c", "#353a40")
    } else {
        ("#f1eee6", "#cfe3c4", "#b5d5e8", "#ffffff", "#d5d0c4", "#e4dfd3")
    };
    page.fill((left, y, wide, h), &format!("fill: rgb(\"{land}\")"));
    let (upper, lower) = (y + h * desk.style.range(0.26, 0.34), y + h * desk.style.range(0.64, 0.74));
    let (first, second) =
        (left + wide * desk.style.range(0.24, 0.32), left + wide * desk.style.range(0.66, 0.74));
    // A river along one edge, a park between two streets, houses in the other blocks.
    let bank = 30.0;
    page.fill((left, y + h - bank, wide, bank), &format!("fill: rgb(\"{water}\")"));
    page.fill(
        (first + 26.0, upper + 26.0, second - first - 52.0, lower - upper - 52.0),
        &format!("fill: rgb(\"{park}\"), radius: 14pt"),
    );
    for (bx, by, bw, bh) in [
        (left, y, first - left, upper - y),
        (second, y, left + wide - second, upper - y),
        (first, y, second - first, upper - y),
        (left, upper, first - left, lower - upper),
        (second, upper, left + wide - second, lower - upper),
        (left, lower, first - left, y + h - bank - lower),
        (first, lower, second - first, y + h - bank - lower),
        (second, lower, left + wide - second, y + h - bank - lower),
    ] {
        let (columns, rows) = ((bw / 74.0).floor().max(1.0), (bh / 64.0).floor().max(1.0));
        for column in 0..columns as usize {
            for row in 0..rows as usize {
                let (cw, ch) = ((bw - 44.0) / columns, (bh - 44.0) / rows);
                if cw > 20.0 && ch > 16.0 && desk.style.chance(0.8) {
                    page.fill(
                        (
                            bx + 22.0 + cw * column as f64 + 3.0,
                            by + 22.0 + ch * row as f64 + 3.0,
                            cw - 8.0,
                            ch - 8.0,
                        ),
                        &format!("fill: rgb(\"{build}\"), radius: 2pt"),
                    );
                }
            }
        }
    }
    let broad = 26.0;
    for at in [upper, lower] {
        page.fill(
            (left, at - broad / 2.0, wide, broad),
            &format!("fill: rgb(\"{road}\"), stroke: (y: 1pt + rgb(\"{edge}\"))"),
        );
    }
    for at in [first, second] {
        page.fill(
            (at - broad / 2.0, y, broad, h - bank),
            &format!("fill: rgb(\"{road}\"), stroke: (x: 1pt + rgb(\"{edge}\"))"),
        );
    }
    for at in [upper, lower] {
        page.fill((left, at - broad / 2.0 + 1.0, wide, broad - 2.0), &format!("fill: rgb(\"{road}\")"));
    }
    let road_ink = if dark { "#e6e8eb" } else { "#4a4f57" };
    let name = |page: &Page, index: usize| {
        format!(
            "text(size: 0.84em, fill: rgb(\"{road_ink}\"), {})",
            page.sheet.value_as(street_cells[index], "group_label")
        )
    };
    for (index, at) in [upper, lower].iter().enumerate() {
        let text = name(&page, index);
        page.middle((first + 20.0, at - broad / 2.0, second - first - 40.0, broad), "center", &text);
    }
    for (index, at) in [first, second].iter().enumerate() {
        let text = name(&page, index + 2);
        let middle = (upper + lower) / 2.0;
        page.put(
            (at - 90.0, middle - 10.0, 180.0, 20.0),
            &format!("align(center + horizon, rotate(-90deg, {text}))"),
        );
    }
    // Places stand beside the streets, each in a field of its own.
    let spots = [
        (left + 66.0, upper - 52.0),
        (first + 84.0, upper - 58.0),
        (second + 66.0, upper + 58.0),
        (first - 54.0, lower + 52.0),
        (second - 88.0, lower + 56.0),
        (first + 92.0, lower - 62.0),
    ];
    let order = desk.style.sample(spots.len(), count);
    for row in 0..count {
        let (px, py) = spots[order[row]];
        let tag = bold(&role("direct_label", &(row + 1).to_string()));
        let pin = format!(
            "box(width: 28pt, height: 28pt, radius: 14pt, fill: ac, stroke: 1.6pt + onac, align(center + horizon, text(fill: onac, {tag})))"
        );
        let pin = page.sheet.drawn(row, &[0, AWAY], "node", &pin);
        page.put((px - 14.0, py - 14.0, 28.0, 28.0), &pin);
    }
    for (index, (sign, title)) in
        [("plus", "button to zoom in"), ("menu", "button for layers")].iter().enumerate()
    {
        let drawn = page.sheet.icon(title, &icon(sign, 18.0, "ink"));
        page.styled(
            (left + wide - 50.0, y + 20.0 + 42.0 * index as f64, 34.0, 34.0),
            "fill: raised, stroke: 0.9pt + rule-c, radius: 5pt",
            &format!("align(center + horizon, {drawn})"),
        );
    }
    let bar = page.sheet.value(scale);
    page.styled((left + wide - 120.0, y + h - 54.0, 104.0, 38.0), "fill: raised, radius: 4pt, stroke: 0.8pt + rule-c", &format!("align(center + horizon, stack(spacing: 6pt, text(size: 0.84em, {bar}), box(width: 70pt, height: 5pt, stroke: (x: 1.4pt + ink, bottom: 1.4pt + ink))))"));
    let ground = desk.paper.ground.hex();
    page.fill((x, y, side, h), &format!("fill: rgb(\"{ground}\"), stroke: (right: 0.8pt + rule-c)"));
    let radius = page.skin.radius;
    let typed = page.sheet.value(asked);
    page.styled((x + 14.0, y + 14.0, side - 28.0, 34.0), &format!("fill: raised, stroke: 0.9pt + rule-c, radius: {:.0}pt", if radius > 7.0 { 17.0 } else { radius }), &format!("align(left + horizon, pad(x: 11pt, grid(columns: (auto, auto), column-gutter: 8pt, align: horizon, {}, {typed})))", icon("search", 15.0, "soft")));
    let step = ((h - 130.0) / count as f64).min(78.0);
    for row in 0..count {
        let top = y + 60.0 + step * row as f64;
        page.fill((x + 14.0, top + step - 1.0, side - 28.0, 0.8), "fill: rule-c");
        let number = bold(&role("note", &(row + 1).to_string()));
        page.middle((x + 16.0, top, 26.0, step), "left", &format!("box(width: 22pt, height: 22pt, radius: 11pt, fill: ac, align(center + horizon, text(fill: onac, size: 0.86em, {number})))"));
        let sheet = &page.sheet;
        let (name, kind, away, rating, state) = (
            bold(&sheet.cell(row, 0)),
            sheet.cell(row, KIND),
            sheet.cell(row, AWAY),
            sheet.cell(row, RATING),
            sheet.cell(row, OPEN),
        );
        let green = if dark { "#8fd3a0" } else { "#1b6e36" };
        let red = if dark { "#ff9b94" } else { "#b3261e" };
        let tone = if sheet.says(row, OPEN, "open") { green } else { red };
        let first_line = format!(
            "grid(columns: (1fr, auto), align: (left + horizon, right + horizon), {name}, stack(dir: ltr, spacing: 4pt, {}, text(size: 0.9em, {rating})))",
            icon("star_full", 13.0, "rgb(\"#d9941f\")")
        );
        let second_line = format!(
            "text(size: 0.88em, grid(columns: (1fr, auto, 52pt), column-gutter: 8pt, align: (left, right, right), text(fill: soft, {kind}), text(fill: rgb(\"{tone}\"), {state}), text(fill: soft, {away})))"
        );
        page.middle(
            (x + 50.0, top, side - 66.0, step),
            "left",
            &format!("stack(spacing: 8pt, {first_line}, {second_line})"),
        );
    }
    let route = page.sheet.value(trip);
    let main = button(&page.skin, &role("node_label", "Directions"), true);
    page.middle(
        (x + 14.0, y + h - 58.0, side - 28.0, 44.0),
        "left",
        &format!("grid(columns: (auto, 1fr), column-gutter: 14pt, align: left + horizon, {main}, {route})"),
    );
    let sheet = &mut page.sheet;
    pose_cells(sheet, AWAY, &["How far away is {label}?", "What is the distance to {label}?"]);
    pose_cells(sheet, RATING, &["Which rating does {label} have?", "How is {label} rated?"]);
    pose_cells(sheet, KIND, &["What kind of place is {label}?", "What is {label}, by the list?"]);
    pose_back(sheet, AWAY, &["Which place is {value} away?"]);
    pose_ends(
        sheet,
        AWAY,
        &["Which place is the farthest?"],
        &["Which place is the nearest?", "Which place has the shortest distance?"],
    );
    pose_ends(
        sheet,
        RATING,
        &["Which place has the best rating?", "Which place is rated best?"],
        &["Which place has the lowest rating?"],
    );
    super::pose_states(sheet, OPEN, "open", &["Is {label} open?", "Does the list say that {label} is open?"]);
    pose_count(
        sheet,
        OPEN,
        "open",
        &["How many places are open?", "How many of the listed places are open now?"],
    );
    pose_count(sheet, OPEN, "closed", &["How many places are closed?"]);
    pose_rows(sheet, &["How many places are listed?", "How many numbered pins are on the map?"]);
    for row in 0..count {
        let label = sheet.shown_cell(row, 0).to_owned();
        let keep =
            vec![Test { column: AWAY, is: Is::Below(rust_decimal::Decimal::from(500 + 100 * row as i64)) }];
        let rows = Program::Rows { table: 0, keep };
        let words = [format!("How many places are less than {} m away?", 500 + 100 * row)];
        sheet.pose("count_near", 3, &[&words[0]], Program::Count(rows.boxed()).print(&super::count_format()));
        sheet.target(&format!("the pin of {label}"), row, AWAY);
    }
    page.draft(format!("map of {town}"), "somebody who looks for the way", "map")
}
