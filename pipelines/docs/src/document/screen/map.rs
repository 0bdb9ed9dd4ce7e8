//! A map with invented streets, numbered places and a list of them.

use pixmo_render::{Cell, Column, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{bold, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, button};
use super::words::Words;
use super::{Area, Page, lacking, pose_back, pose_cells, pose_count, pose_ends, pose_rows};
use crate::program::{Expr as Program, Is, Test};

const KIND: usize = 1;
const AWAY: usize = 2;
const RATING: usize = 3;
const OPEN: usize = 4;
/// Width of the list at the left.
const SIDE: f64 = 276.0;
/// Length of the scale bar in points.
const SCALE_BAR: f64 = 70.0;
/// Width of a street.
const BROAD: f64 = 26.0;

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
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
    let search = desk.rng.pick(&words.searches);
    let program = desk.rng.pick(&words.maps).clone();
    let web = desk.style.chance(0.5);
    let scale = *desk.rng.pick(&[100i64, 100, 150, 200]);
    let mut town_map = Streets::draw(desk, web);
    // Ways follow the streets, so how far a place is is told by the map: across and along, by the scale.
    let mut spots = town_map.spots();
    desk.rng.shuffle(&mut spots);
    let mut found: Vec<((f64, f64), i64)> = Vec::new();
    for spot in spots {
        let (dx, dy) = ((spot.0 - town_map.here.0).abs(), (spot.1 - town_map.here.1).abs());
        let metres = (libm::round((dx + dy) * scale as f64 / SCALE_BAR / 10.0) * 10.0) as i64;
        if found.len() < count && metres >= 40 && found.iter().all(|(_, other)| *other != metres) {
            found.push((spot, metres));
        }
    }
    found.sort_by_key(|(_, metres)| *metres);
    let count = found.len();
    let names = desk.rng.sample(search.names.len(), count);
    for (index, (_, metres)) in names.iter().zip(&found) {
        let kind = desk.rng.pick(&search.kinds).clone();
        let rating = rust_decimal::Decimal::new(desk.rng.whole(29, 50), 1);
        let open = if desk.rng.chance(0.65) { "open" } else { "closed" };
        let cells = vec![
            Cell::text(search.names[*index].as_str()),
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
        &format!("{} in {town}", search.text),
        "What has been typed into the search field?|Which words stand in the search field?",
    );
    sheet.target_field("the search field", asked);
    let goal = desk.rng.below(count);
    let goal_name = sheet.shown_cell(goal, 0).to_owned();
    // Eighty metres a minute, and no way takes less than one.
    let minutes = ((found[goal].1 + 79) / 80).max(1);
    let target = sheet.tell(
        "Destination",
        &goal_name,
        "Which place is chosen for directions?|Which place is marked in the list?",
    );
    let trip = sheet.tell(
        "Route",
        &format!("{minutes} min on foot"),
        "How long does the route take?|How long is the way on foot?",
    );
    let scale = sheet.tell(
        "Scale",
        &format!("{scale} m"),
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
            &format!("What is the name of the {which}?|What is the {which} called?"),
        ));
        sheet.target_field(&format!("the name {street}"), street_cells[index]);
    }
    let mut page = Page::new(sheet, skin);
    let host = super::super::desk::host(&program);
    let (x, y, w, h) = if web {
        page.browser(desk, &program, &format!("{host}.example/map"))
    } else {
        page.window(desk, &program)
    };
    let (left, wide) = (x + SIDE, w - SIDE);
    let dark = page.skin.dark;
    town_map.size = (wide, h);
    town_map.paint(&mut page, desk, (left, y, wide, h));
    let road_ink = if dark { "#e6e8eb" } else { "#4a4f57" };
    let name = |page: &Page, index: usize| {
        format!(
            "text(size: 0.84em, fill: rgb(\"{road_ink}\"), {})",
            page.sheet.value_as(street_cells[index], "group_label")
        )
    };
    let [first, second] = town_map.down.map(|at| left + at);
    let [upper, lower] = town_map.across.map(|at| y + at);
    for (index, at) in [upper, lower].iter().enumerate() {
        let text = name(&page, index);
        page.middle((first + 20.0, at - BROAD / 2.0, second - first - 40.0, BROAD), "center", &text);
    }
    for (index, at) in [first, second].iter().enumerate() {
        let text = name(&page, index + 2);
        let middle = (upper + lower) / 2.0;
        page.put(
            (at - 90.0, middle - 10.0, 180.0, 20.0),
            &format!("align(center + horizon, rotate(-90deg, {text}))"),
        );
    }
    let (hx, hy) = (left + town_map.here.0, y + town_map.here.1);
    page.fill((hx - 13.0, hy - 13.0, 26.0, 26.0), "fill: rgb(\"#2f7de133\"), radius: 13pt");
    let own = "box(width: 14pt, height: 14pt, radius: 7pt, fill: rgb(\"#2f7de1\"), stroke: 2pt + white)";
    let own = page.sheet.icon("dot of the own position", own);
    page.put((hx - 7.0, hy - 7.0, 14.0, 14.0), &own);
    for (row, ((px, py), _)) in found.iter().enumerate() {
        let (px, py) = (left + px, y + py);
        let tag = bold(&role("direct_label", &(row + 1).to_string()));
        let pin = format!(
            "box(width: 28pt, height: 28pt, radius: 14pt, fill: ac, stroke: 1.6pt + onac, align(center + horizon, text(fill: onac, {tag})))"
        );
        let pin = page.sheet.drawn(row, &[0, AWAY], "node", &pin);
        page.put((px - 14.0, py - 14.0, 28.0, 28.0), &pin);
    }
    for (index, (sign, title)) in
        [("plus", "button to zoom in"), ("minus", "button to zoom out")].iter().enumerate()
    {
        let drawn = page.sheet.icon(title, &icon(sign, 18.0, "ink"));
        page.styled(
            (left + wide - 50.0, y + 20.0 + 42.0 * index as f64, 34.0, 34.0),
            "fill: raised, stroke: 0.9pt + rule-c, radius: 5pt",
            &format!("align(center + horizon, {drawn})"),
        );
    }
    let bar = page.sheet.value(scale);
    page.styled((left + wide - 120.0, y + h - 54.0, 104.0, 38.0), "fill: raised, radius: 4pt, stroke: 0.8pt + rule-c", &format!("align(center + horizon, stack(spacing: 6pt, text(size: 0.84em, {bar}), box(width: {SCALE_BAR}pt, height: 5pt, stroke: (x: 1.4pt + ink, bottom: 1.4pt + ink))))"));
    let ground = desk.paper.ground.hex();
    page.fill((x, y, SIDE, h), &format!("fill: rgb(\"{ground}\"), stroke: (right: 0.8pt + rule-c)"));
    let radius = page.skin.radius;
    let typed = page.sheet.value(asked);
    page.styled((x + 14.0, y + 14.0, SIDE - 28.0, 34.0), &format!("fill: raised, stroke: 0.9pt + rule-c, radius: {:.0}pt", if radius > 7.0 { 17.0 } else { radius }), &format!("align(left + horizon, pad(x: 11pt, grid(columns: (auto, auto), column-gutter: 8pt, align: horizon, {}, {typed})))", icon("search", 15.0, "soft")));
    let step = ((h - 130.0) / count as f64).min(78.0);
    for row in 0..count {
        let top = y + 60.0 + step * row as f64;
        if row == goal {
            page.fill((x, top, SIDE, step - 1.0), "fill: faint");
        }
        page.fill((x + 14.0, top + step - 1.0, SIDE - 28.0, 0.8), "fill: rule-c");
        let number = bold(&role("note", &(row + 1).to_string()));
        page.middle((x + 16.0, top, 26.0, step), "left", &format!("box(width: 22pt, height: 22pt, radius: 11pt, fill: ac, align(center + horizon, text(fill: onac, size: 0.86em, {number})))"));
        let sheet = &page.sheet;
        let name = if row == goal { sheet.cell_telling(row, 0, target) } else { sheet.cell(row, 0) };
        let (name, kind, away, rating, state) = (
            bold(&name),
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
            (x + 50.0, top, SIDE - 66.0, step),
            "left",
            &format!("stack(spacing: 8pt, {first_line}, {second_line})"),
        );
    }
    let route = page.sheet.value(trip);
    let main = button(&page.skin, &role("node_label", "Directions"), true);
    page.middle(
        (x + 14.0, y + h - 58.0, SIDE - 28.0, 44.0),
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
    let farthest = (0..count).filter_map(|row| sheet.amount(row, AWAY)).max();
    for row in 0..count {
        let label = sheet.shown_cell(row, 0).to_owned();
        let bound = rust_decimal::Decimal::from(500 + 100 * row as i64);
        let words = [format!("How many places are less than {bound} m away?")];
        let keep = vec![Test { column: AWAY, is: Is::Below(bound) }];
        let rows = Program::Rows { table: 0, keep };
        let near = Program::Count(rows.boxed()).print(&super::count_format());
        // Where all are nearer, there is nothing to tell apart.
        if farthest.is_some_and(|farthest| farthest > bound) {
            sheet.pose("count_near", 3, &[&words[0]], near);
        }
        sheet.target(&format!("the pin of {label}"), row, AWAY);
    }
    page.draft(format!("map of {town}"), "somebody who looks for the way", "map")
}

/// Two streets across and two down, with what lies between them; places are in points from the corner of the map.
struct Streets {
    across: [f64; 2],
    down: [f64; 2],
    size: (f64, f64),
    /// Where the owner of the screen stands: on a street.
    here: (f64, f64),
    /// The blocks that are parks, of nine.
    parks: Vec<usize>,
    /// A river along the lower edge, the upper edge, or none.
    river: usize,
}

impl Streets {
    fn draw(desk: &mut Desk<'_>, web: bool) -> Self {
        // As much room as a browser or a window leaves.
        let (wide, high) =
            if web { (960.0 - SIDE, 640.0 - 78.0) } else { (960.0 - 52.0 - SIDE, 640.0 - 84.0) };
        let down = [wide * desk.rng.range(0.22, 0.34), wide * desk.rng.range(0.64, 0.76)];
        let across = [high * desk.rng.range(0.24, 0.36), high * desk.rng.range(0.62, 0.74)];
        let along = desk.rng.range(0.25, 0.75);
        let here = match desk.rng.below(4) {
            0 => (down[0], across[0] + 34.0 + along * 20.0),
            1 => (down[1], across[1] - 34.0 - along * 20.0),
            2 => (down[0] + 30.0 + along * 16.0, across[1]),
            _ => (down[1] - 30.0 - along * 16.0, across[0]),
        };
        let parks = desk.rng.sample(9, 2);
        let parks = parks[..if desk.rng.chance(0.4) { 2 } else { 1 }].to_vec();
        Self { across, down, size: (wide, high), here, parks, river: desk.rng.below(3) }
    }

    /// The nine blocks from left to right and from top to bottom: left, top, width, height.
    fn blocks(&self) -> Vec<Area> {
        let bank = |side: usize| if self.river == side { 30.0 } else { 0.0 };
        let columns = [0.0, self.down[0], self.down[1], self.size.0];
        let rows = [bank(1), self.across[0], self.across[1], self.size.1 - bank(0)];
        let mut list = Vec::new();
        for (top, low) in rows.iter().zip(&rows[1..]) {
            for (left, right) in columns.iter().zip(&columns[1..]) {
                list.push((*left, *top, right - left, low - top));
            }
        }
        list
    }

    /// Where places can stand: beside the streets, each in a field of its own.
    fn spots(&self) -> Vec<(f64, f64)> {
        let ([first, second], [upper, lower]) = (self.down, self.across);
        vec![
            (first - 66.0, upper - 52.0),
            (first + 84.0, upper - 58.0),
            (second + 58.0, upper - 70.0),
            (first - 52.0, upper + 58.0),
            (first + 70.0, upper + 66.0),
            (second - 60.0, upper + 50.0),
            (second + 66.0, upper + 58.0),
            (first - 78.0, lower - 50.0),
            (first + 92.0, lower - 62.0),
            (second - 74.0, lower - 46.0),
            (first - 54.0, lower + 52.0),
            (first + 60.0, lower + 60.0),
            (second - 88.0, lower + 56.0),
        ]
    }

    fn paint(&self, page: &mut Page, desk: &mut Desk<'_>, (left, top, wide, high): Area) {
        let (land, park, water, road, edge, build) = if page.skin.dark {
            ("#2a2e33", "#2f4436", "#27425a", "#50565e", "#3f454c", "#353a40")
        } else {
            *desk.style.pick(&[
                ("#f1eee6", "#cfe3c4", "#b5d5e8", "#ffffff", "#d5d0c4", "#e4dfd3"),
                ("#eceff2", "#d3e8cf", "#a9d3ec", "#ffffff", "#cfd4da", "#dfe3e8"),
                ("#f5f1ea", "#c8e0b4", "#9fcbe2", "#fdf3c9", "#dccf9c", "#e9e0d2"),
            ])
        };
        page.fill((left, top, wide, high), &format!("fill: rgb(\"{land}\")"));
        let river = match self.river {
            0 => Some(top + high - 30.0),
            1 => Some(top),
            _ => None,
        };
        if let Some(at) = river {
            page.fill((left, at, wide, 30.0), &format!("fill: rgb(\"{water}\")"));
        }
        for (index, (bx, by, bw, bh)) in self.blocks().into_iter().enumerate() {
            let (bx, by) = (left + bx, top + by);
            if self.parks.contains(&index) {
                let inset = (bx + 22.0, by + 22.0, bw - 44.0, bh - 44.0);
                page.fill(inset, &format!("fill: rgb(\"{park}\"), radius: 14pt"));
                continue;
            }
            let (columns, rows) = ((bw / 74.0).floor().max(1.0), (bh / 64.0).floor().max(1.0));
            let (cw, ch) = ((bw - 44.0) / columns, (bh - 44.0) / rows);
            for column in 0..columns as usize {
                for row in 0..rows as usize {
                    if cw > 20.0 && ch > 16.0 && desk.style.chance(0.8) {
                        // Houses are of different depth.
                        let (dx, dy) = (desk.style.range(0.0, 0.3) * cw, desk.style.range(0.0, 0.26) * ch);
                        let house = (
                            bx + 25.0 + cw * column as f64,
                            by + 25.0 + ch * row as f64,
                            cw - 8.0 - dx,
                            ch - 8.0 - dy,
                        );
                        page.fill(house, &format!("fill: rgb(\"{build}\"), radius: 2pt"));
                    }
                }
            }
        }
        let style = |sides: &str| format!("fill: rgb(\"{road}\"), stroke: ({sides}: 1pt + rgb(\"{edge}\"))");
        for at in self.across {
            page.fill((left, top + at - BROAD / 2.0, wide, BROAD), &style("y"));
        }
        for at in self.down {
            page.fill((left + at - BROAD / 2.0, top, BROAD, high), &style("x"));
        }
        for at in self.across {
            let bare = (left, top + at - BROAD / 2.0 + 1.0, wide, BROAD - 2.0);
            page.fill(bare, &format!("fill: rgb(\"{road}\")"));
        }
    }
}
