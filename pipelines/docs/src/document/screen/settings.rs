//! A page of settings: a list of pages on the left, switches and values on the right.

use pixmo_render::{Cell, Column};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, display, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, entry, field, progress, switch};
use super::words::Words;
use super::{Page, clock, lacking, pose_cells, pose_count, pose_rows, pose_states, targets};

const STATE: usize = 1;
const ICONS: [&str; 9] = ["share", "sun", "volume", "bell", "lock", "gear", "menu", "reload", "user"];

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let height = desk.style.range(515.0, 560.0).round();
    let skin = Skin::draw(desk, 860.0, height);
    let sheet = Sheet::with_items(vec![(Column::text("Setting"), None), (Column::text("State"), None)]);
    let mut sheet = lacking(sheet, &["Serial number", "Name of the user", "Phone number", "Price"]);
    sheet.call("setting", "settings");
    let chosen = desk.rng.below(words.settings.len());
    let page_words = &words.settings[chosen];
    let count = page_words.toggles.len();
    let order = desk.rng.sample(count, count);
    let mut on: Vec<bool> = order.iter().map(|_| desk.rng.chance(0.5)).collect();
    // What excludes each other is not on at once.
    let place_of = |name: &str| order.iter().position(|index| page_words.toggles[*index] == name);
    if place_of("Aeroplane mode").is_some_and(|at| on[at]) {
        for name in ["Mobile data", "Personal hotspot"] {
            if let Some(at) = place_of(name) {
                on[at] = false;
            }
        }
    }
    // The name and the signal of a network are shown while there is one.
    if let Some(at) = place_of("Wi-Fi") {
        on[at] = true;
    }
    for (index, state) in order.iter().zip(&on) {
        sheet.item(vec![
            Cell::text(page_words.toggles[*index].as_str()),
            Cell::text(if *state { "on" } else { "off" }),
        ]);
    }
    let system = desk.rng.pick(&words.systems).clone();
    let title = sheet.tell("Page", &page_words.section, "Which page of the settings is open?|Which entry of the list on the left is selected?|What is the heading of the page?");
    let mut values = Vec::new();
    for name in &page_words.values {
        let value = value_of(desk, name);
        let questions = format!(
            "What is given for “{name}”?|Which value stands next to “{name}”?|What does the page say beside “{name}”?"
        );
        values.push((name.clone(), sheet.tell(name, &value, &questions)));
    }
    let share = desk.rng.whole(2, 19) * 5;
    let slider_name = page_words.slider.as_str();
    let slider = sheet.tell(
        slider_name,
        &format!("{share}%"),
        &format!(
            "What is the {} in per cent?|How high is the {}?",
            crate::content::inside(slider_name),
            crate::content::inside(slider_name)
        ),
    );
    let mut page = Page::new(sheet, skin);
    let title_text = format!("Settings – {system}");
    let (x, y, w, h) = page.window(desk, &title_text);
    let side = 220.0;
    let coloured = page.skin.coloured;
    page.fill((x, y, side, h), "fill: panel, stroke: (right: 0.8pt + rule-c)");
    field(&mut page, (x + 14.0, y + 14.0, side - 28.0, 30.0), "search", "search field", "Search settings");
    let mut list: Vec<Expr> = Vec::new();
    for (index, other) in words.settings.iter().enumerate() {
        let selected = index == chosen;
        let (fill, ink) = if selected && coloured {
            ("fill: ac", "onac")
        } else if selected {
            ("fill: faint", "ink")
        } else {
            ("fill: none", "ink")
        };
        let name = format!("text(fill: {ink}, {})", role("group_label", &other.section));
        let name = if selected { bold(&name) } else { name };
        let drawn = icon(ICONS[index], 17.0, ink);
        list.push(format!("block(width: 100%, inset: (x: 10pt, y: 8pt), radius: {:.0}pt, {fill}, grid(columns: (auto, 1fr), column-gutter: 10pt, align: left + horizon, {drawn}, {name}))", page.skin.radius));
    }
    page.put(
        (x + 10.0, y + 58.0, side - 20.0, h - 60.0),
        &format!("stack(spacing: 4pt, {})", list.join(", ")),
    );
    let (left, wide) = (x + side + 28.0, w - side - 56.0);
    page.put((left, y + 22.0, wide, 30.0), &display(1.7, &page.sheet.value_as(title, "heading")));
    let row_style = desk.style.below(3);
    let mut rows: Vec<Expr> = Vec::new();
    for (row, state) in on.iter().enumerate() {
        let name = page.sheet.cell_as(row, 0, "field_name");
        let drawn = page.sheet.drawn(row, &[STATE], "node", &switch(&page.skin, *state));
        rows.push(format!(
            "grid(columns: (1fr, auto), rows: 20pt, align: (left + horizon, right + horizon), {name}, {drawn})"
        ));
    }
    for (name, value) in &values {
        let shown = format!("text(fill: soft, {})", page.sheet.value(*value));
        rows.push(format!(
            "grid(columns: (1fr, auto), rows: 20pt, align: (left + horizon, right + horizon), {}, {shown})",
            role("field_name", name)
        ));
    }
    let shown = page.sheet.value(slider);
    rows.push(format!("grid(columns: (1fr, auto, 44pt), rows: 20pt, column-gutter: 10pt, align: (left + horizon, right + horizon, right + horizon), {}, {}, {shown})", role("field_name", slider_name), progress(150.0, share as f64 / 100.0)));
    let radius = page.skin.radius;
    let body = match row_style {
        0 => {
            let cells: Vec<Expr> = rows
                .iter()
                .map(|row| {
                    format!("block(width: 100%, inset: (y: 9pt), stroke: (bottom: 0.8pt + rule-c), {row})")
                })
                .collect();
            format!("stack(spacing: 0pt, {})", cells.join(", "))
        }
        1 => {
            let cells: Vec<Expr> = rows.iter().map(|row| entry(&page.skin, false, row)).collect();
            format!(
                "block(width: 100%, inset: 6pt, radius: {radius:.0}pt, fill: panel, stroke: 0.8pt + rule-c, stack(spacing: 1pt, {}))",
                cells.join(", ")
            )
        }
        _ => {
            let cells: Vec<Expr> = rows.iter().map(|row| format!("block(width: 100%, inset: (x: 12pt, y: 8pt), radius: {radius:.0}pt, fill: panel, {row})")).collect();
            format!("stack(spacing: 5pt, {})", cells.join(", "))
        }
    };
    page.put((left, y + 66.0, wide, h - 80.0), &body);
    let sheet = &mut page.sheet;
    pose_states(
        sheet,
        STATE,
        "on",
        &["Is “{label}” switched on?", "Is “{label}” on?", "Is the switch of “{label}” turned on?"],
    );
    pose_states(sheet, STATE, "off", &["Is “{label}” switched off?", "Is “{label}” off?"]);
    pose_count(
        sheet,
        STATE,
        "on",
        &[
            "How many switches are on?",
            "How many settings are switched on?",
            "Count the switches that are on.",
        ],
    );
    pose_count(sheet, STATE, "off", &["How many switches are off?", "How many settings are switched off?"]);
    pose_rows(sheet, &["How many switches are on the page?", "How many settings have a switch?"]);
    pose_cells(sheet, STATE, &["Is “{label}” on or off?", "Which of the two is “{label}”: on or off?"]);
    targets(sheet, STATE, "the switch of “{label}”");
    let section = page_words.section.to_lowercase();
    page.draft(
        format!("{section} settings"),
        "somebody who sets up a computer",
        &format!("settings-{row_style}"),
    )
}

fn value_of(desk: &mut Desk<'_>, name: &str) -> String {
    match name {
        "Network name" => format!("{}-{}", desk.town(), desk.rng.whole(2, 99)),
        "IP address" => format!("192.168.{}.{}", desk.rng.whole(0, 9), desk.rng.whole(2, 250)),
        "Resolution" => desk.any(&["1920 × 1080", "2560 × 1440", "1366 × 768", "3840 × 2160"]).to_owned(),
        "Refresh rate" => format!("{} Hz", desk.rng.pick(&[60, 75, 90, 120, 144])),
        "Output device" => {
            desk.any(&["Headphones", "Built-in speaker", "Kitchen speaker", "Monitor"]).to_owned()
        }
        "Ringtone" => desk.any(&["Marimba", "Old bell", "Raindrops", "Cuckoo"]).to_owned(),
        "Quiet from" => clock(desk.rng.whole(40, 47) * 30, true),
        "Quiet until" => clock(desk.rng.whole(10, 18) * 30, true),
        "Last backup" => {
            desk.any(&["yesterday, 21:40", "Sunday, 08:15", "2 hours ago", "5 days ago"]).to_owned()
        }
        "Layout" => desk.any(&["English (UK)", "English (US)", "German", "Spanish", "French"]).to_owned(),
        "Repeat after" => format!("{} ms", desk.rng.pick(&[150, 200, 250, 300, 400, 500])),
        "Installed version" => {
            format!("{}.{}.{}", desk.rng.whole(4, 18), desk.rng.whole(0, 9), desk.rng.whole(0, 12))
        }
        "Last search" => {
            desk.any(&["today, 07:20", "yesterday, 18:05", "3 hours ago", "Monday, 09:30"]).to_owned()
        }
        "Size of text" => format!("{}%", desk.rng.pick(&[90, 100, 110, 125, 150, 175])),
        "Voice" => desk.any(&["Ada", "Linnea", "Tomas", "Rowan"]).to_owned(),
        "Battery health" => format!("{}%", desk.rng.whole(78, 99)),
        _ => format!("{} minutes", desk.rng.pick(&[1, 2, 3, 5, 10, 15, 20, 30])),
    }
}
