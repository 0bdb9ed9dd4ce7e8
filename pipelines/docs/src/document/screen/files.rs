//! A manager of files: places on the left, a list or a grid of files, free room at the bottom.

use pixmo_render::{Cell, Column, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, field, progress};
use super::words::Words;
use super::{Page, clock, lacking, pose_back, pose_cells, pose_count, pose_ends, pose_rows, targets};
use crate::program::Expr as Program;

const KIND: usize = 1;
const SIZE: usize = 2;
const CHANGED: usize = 3;

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let tiles = desk.style.chance(0.4);
    let count = if tiles { *desk.rng.pick(&[8usize, 8, 12]) } else { desk.rng.whole(6, 10) as usize };
    let height = if tiles { 200.0 + 128.0 * (count as f64 / 4.0) } else { 210.0 + 34.0 * count as f64 };
    let skin = Skin::draw(desk, 880.0, height);
    let place = desk.place.clone();
    let all = desk.rng.sample(words.folders.len(), 6);
    let here = &words.folders[all[desk.rng.below(6)]];
    let count = count.min(here.files.len());
    let decimals = u32::from(here.unit == "MB");
    let format = NumberFormat {
        suffix: format!(" {}", here.unit),
        mark: place.money.mark,
        group: None,
        ..NumberFormat::plain(decimals)
    };
    let sheet = Sheet::with_items(vec![
        (Column::text("Name"), None),
        (Column::text("Kind"), None),
        (Column::number("Size", &here.unit, true), Some(format.clone())),
        (Column::text("Changed"), None),
    ]);
    let mut sheet = lacking(sheet, &["Owner", "Password", "Number of pages", "Version"]);
    sheet.call("file", "files");
    // Lists are in an order that the head of a column shows: by name, by size or by date.
    let last = desk.day();
    let chosen = desk.rng.sample(here.files.len(), count);
    let mut files: Vec<(&str, i64, jiff::civil::Date)> = Vec::new();
    for index in chosen {
        let (name, low, high) = &here.files[index];
        let size = desk.rng.whole(low * 10, high * 10);
        let oldest = if desk.rng.chance(0.4) { 40 } else { 900 };
        let age = desk.rng.whole(0, oldest);
        files.push((name.as_str(), size, last.saturating_sub(jiff::ToSpan::days(age))));
    }
    let order = if tiles { 0 } else { desk.rng.weighted(&[3.0, 1.2, 1.6]) };
    files.sort_by(|a, b| match order {
        0 => a.0.cmp(b.0),
        1 => b.1.cmp(&a.1),
        _ => b.2.cmp(&a.2),
    });
    for (name, size, date) in &files {
        let ending = name.rsplit('.').next().unwrap_or_default();
        let size = rust_decimal::Decimal::new(*size, 1).round_dp(decimals);
        let changed = format!("{}, {}", place.date(*date), clock(desk.rng.whole(7 * 60, 22 * 60), true));
        let cells = vec![
            Cell::text(*name),
            Cell::text(words.extensions.get(ending).map_or("File", String::as_str)),
            sheet.number(SIZE, size),
            Cell::text(changed),
        ];
        sheet.item(cells);
    }
    let folder = sheet.tell(
        "Folder",
        &here.name,
        "Which folder is open?|Which entry of the list on the left is selected?",
    );
    let size = *desk.rng.pick(&[200, 256, 500, 512]);
    let left_over = desk.rng.whole(3, size * 3 / 4);
    let free = sheet.tell(
        "Free space",
        &format!("{left_over} GB free of {size} GB"),
        "How much space is free?|What does the line about the space say?",
    );
    let system = desk.rng.pick(&words.systems).clone();
    let selected = desk.rng.below(count);
    let chosen_name = sheet.shown_cell(selected, 0).to_owned();
    let note = sheet.tell("Selected file", &format!("“{chosen_name}” selected"), "What does the bar at the bottom say about the selection?|Which file is selected, by the bar at the bottom?");
    let mut page = Page::new(sheet, skin);
    let (x, y, w, h) = page.window(desk, &format!("Files – {system}"));
    let radius = page.skin.radius;
    let side = 180.0;
    page.fill((x, y, side, h), "fill: panel, stroke: (right: 0.8pt + rule-c)");
    let names: Vec<Expr> = all.iter().map(|list| {
        let name = &words.folders[*list].name;
        let here = *name == here.name;
        let text = if here { bold(&page.sheet.value(folder)) } else { role("group_label", name) };
        let fill = if here { "fill: faint" } else { "fill: none" };
        format!("block(width: 100%, inset: (x: 10pt, y: 8pt), radius: {radius:.0}pt, {fill}, grid(columns: (auto, 1fr), column-gutter: 9pt, align: left + horizon, {}, {text}))", icon("folder", 16.0, "ac"))
    }).collect();
    page.put(
        (x + 8.0, y + 14.0, side - 16.0, h - 70.0),
        &format!("stack(spacing: 3pt, {})", names.join(", ")),
    );
    let space = page.sheet.value(free);
    page.put(
        (x + 16.0, y + h - 44.0, side - 30.0, 36.0),
        &format!(
            "stack(spacing: 8pt, {}, text(size: 0.84em, fill: soft, {space}))",
            progress(side - 34.0, 1.0 - left_over as f64 / size as f64)
        ),
    );
    let (left, wide) = (x + side, w - side);
    page.fill((left, y, wide, 48.0), "stroke: (bottom: 0.8pt + rule-c)");
    for (index, (sign, name)) in
        [("back", "back button"), ("forward", "forward button"), ("home", "home button")].iter().enumerate()
    {
        let drawn = page.sheet.icon(name, &icon(sign, 18.0, "ink"));
        page.middle((left + 14.0 + 30.0 * index as f64, y, 20.0, 48.0), "center", &drawn);
    }
    field(
        &mut page,
        (left + wide - 246.0, y + 9.0, 232.0, 30.0),
        "search",
        "search field",
        "Search in folder",
    );
    let top = y + 48.0;
    if tiles {
        let step = (wide - 40.0) / 4.0;
        for row in 0..count {
            let (cx, cy) = (left + 20.0 + step * (row % 4) as f64, top + 12.0 + 124.0 * (row / 4) as f64);
            if row == selected {
                page.fill((cx + 4.0, cy, step - 8.0, 116.0), &format!("fill: faint, radius: {radius:.0}pt"));
            }
            let sign = sign_of(page.sheet.shown_cell(row, KIND));
            page.put((cx + step / 2.0 - 22.0, cy + 8.0, 44.0, 44.0), &icon(sign, 44.0, "ac"));
            let (name, size) = (page.sheet.cell(row, 0), page.sheet.cell(row, SIZE));
            page.put((cx, cy + 62.0, step, 50.0), &format!("align(center, stack(spacing: 8pt, text(size: 0.94em, {name}), text(size: 0.86em, fill: soft, {size})))"));
        }
    } else {
        let columns = [left + 16.0, left + wide * 0.42, left + wide * 0.6, left + wide * 0.73];
        for (column, at) in columns.iter().enumerate() {
            let head = page.sheet.head(column);
            let how = if column == SIZE { "right" } else { "left" };
            let width = if column == SIZE { 66.0 } else { 160.0 };
            page.middle(
                (*at, top, width, 32.0),
                how,
                &format!("text(size: 0.88em, fill: soft, {})", bold(&head)),
            );
        }
        let (sorted, beside) = [(0, 42.0), (SIZE, 20.0), (CHANGED, 60.0)][order];
        page.middle((columns[sorted] + beside, top, 12.0, 32.0), "left", &icon("down", 11.0, "soft"));
        page.fill((left, top + 31.0, wide, 1.0), "fill: rule-c");
        for row in 0..count {
            let line = top + 36.0 + 34.0 * row as f64;
            if row == selected {
                page.fill(
                    (left + 6.0, line, wide - 12.0, 32.0),
                    &format!("fill: faint, radius: {:.0}pt", radius.min(6.0)),
                );
            }
            let sign = sign_of(page.sheet.shown_cell(row, KIND));
            page.middle((columns[0], line, 18.0, 32.0), "left", &icon(sign, 17.0, "ac"));
            let cells = [
                page.sheet.cell(row, 0),
                page.sheet.cell(row, KIND),
                page.sheet.cell(row, SIZE),
                page.sheet.cell(row, CHANGED),
            ];
            page.middle((columns[0] + 26.0, line, 220.0, 32.0), "left", &cells[0]);
            page.middle((columns[1], line, 120.0, 32.0), "left", &cells[1]);
            page.middle((columns[2], line, 66.0, 32.0), "right", &cells[2]);
            page.middle(
                (columns[3], line, wide * 0.27 - 8.0, 32.0),
                "left",
                &format!("text(size: 0.92em, fill: soft, {})", cells[3]),
            );
        }
    }
    let bottom = y + h - 28.0;
    page.fill((left, bottom, wide, 28.0), "fill: panel, stroke: (top: 0.8pt + rule-c)");
    let text = page.sheet.value(note);
    page.middle((left + 14.0, bottom, wide - 28.0, 28.0), "left", &format!("text(size: 0.86em, {text})"));
    let sheet = &mut page.sheet;
    pose_cells(sheet, SIZE, &["How large is {label}?", "What is the size of {label}?"]);
    if !tiles {
        pose_cells(sheet, KIND, &["What kind of file is {label}?", "Which kind is given for {label}?"]);
        pose_cells(
            sheet,
            CHANGED,
            &["When was {label} changed?", "Which date and time stand next to {label}?"],
        );
        let kinds: std::collections::BTreeSet<&String> = words.extensions.values().collect();
        for kind in kinds {
            if (0..count).any(|row| sheet.says(row, KIND, kind)) {
                let words = [
                    format!("How many files are of the kind “{kind}”?"),
                    format!("How often does the list give “{kind}” as the kind?"),
                ];
                pose_count(sheet, KIND, kind, &[&words[0], &words[1]]);
            }
        }
    }
    pose_back(sheet, SIZE, &["Which file has a size of {value}?"]);
    pose_ends(
        sheet,
        SIZE,
        &["Which file is the largest?", "Which file takes most space?"],
        &["Which file is the smallest?", "Which file takes least space?"],
    );
    pose_rows(sheet, &["How many files are in the folder?", "How many files does the window show?"]);
    sheet.pose(
        "sum",
        4,
        &["How large are all files together?", "Add up the sizes of all files."],
        Program::Sum(Program::all(0).over(SIZE)).print(&format),
    );
    for row in 0..count - 1 {
        let (a, b) = (sheet.shown_cell(row, 0).to_owned(), sheet.shown_cell(row + 1, 0).to_owned());
        let size = |label: &str| Program::Number(Program::named(0, 0, label).over(SIZE)).boxed();
        let words = [format!("Is {a} larger than {b}?"), format!("Does {a} take more space than {b}?")];
        sheet.pose(
            "compare_yes_no",
            2,
            &[&words[0], &words[1]],
            Program::YesNo(Program::Greater(size(&a), size(&b)).boxed()),
        );
    }
    targets(sheet, 0, "the file {label}");
    page.draft(
        format!("folder {}", here.name),
        "somebody who looks for a file",
        if tiles { "tiles" } else { "list" },
    )
}

fn sign_of(kind: &str) -> &'static str {
    match kind {
        "PNG image" | "JPEG image" | "Drawing" => "image",
        "Audio" | "Sound recording" => "note",
        "Video" => "play",
        "Archive" => "folder",
        "Table" | "Spreadsheet" => "menu",
        _ => "file",
    }
}
