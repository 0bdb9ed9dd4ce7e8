//! A week of a calendar with its entries as blocks.

use pixmo_render::{Cell, Color, Column, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{bold, display, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, button};
use super::words::Words;
use super::{Page, clock, lacking, pose_cells, pose_count, pose_ends, pose_rows, targets};
use crate::program::Expr as Program;

const DAY: usize = 1;
const START: usize = 2;
const END: usize = 3;
const HOURS: usize = 4;
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let days = if desk.rng.chance(0.55) { 5 } else { 7 };
    let skin = Skin::draw(desk, 960.0, 780.0);
    let format = NumberFormat { suffix: " h".to_owned(), ..NumberFormat::plain(1) };
    let sheet = Sheet::with_items(vec![
        (Column::text("Event"), None),
        (Column::text("Day"), None),
        (Column::text("Start"), None),
        (Column::text("End"), None),
        (Column::number("Hours", "h", true), Some(format.clone())),
    ]);
    let mut sheet = lacking(sheet, &["Number of guests", "Room", "Telephone number", "Password"]);
    sheet.call("event", "events");
    let count = desk.rng.whole(7, 13) as usize;
    let (first_hour, last_hour) = (7, 21);
    let mut taken: Vec<(usize, i64, i64)> = Vec::new();
    for index in desk.rng.sample(words.events.len(), words.events.len()) {
        let (name, early, late, short, long, fit) = &words.events[index];
        let fitting: Vec<usize> = (0..days)
            .filter(|day| match fit.as_str() {
                "work" => *day < 5,
                "end" => *day >= 5,
                _ => true,
            })
            .collect();
        if taken.len() == count || fitting.is_empty() {
            continue;
        }
        for _ in 0..12 {
            let day = *desk.rng.pick(&fitting);
            let half = desk.rng.whole(2 * early, 2 * late + 1);
            let length = desk.rng.whole(*short, *long);
            let free = taken
                .iter()
                .all(|(other, from, until)| *other != day || half + length <= *from || half >= *until);
            if free && half + length <= 2 * last_hour {
                taken.push((day, half, half + length));
                let hours = sheet.number(HOURS, rust_decimal::Decimal::new(length * 5, 1));
                sheet.item(vec![
                    Cell::text(name.as_str()),
                    Cell::text(DAYS[day]),
                    Cell::text(clock(half * 30, false)),
                    Cell::text(clock((half + length) * 30, false)),
                    hours,
                ]);
                break;
            }
        }
    }
    let date = desk.day();
    let monday = date.saturating_sub(jiff::ToSpan::days(i64::from(date.weekday().to_monday_zero_offset())));
    let month = format!("{} {}", crate::content::MONTHS[monday.month() as usize - 1], monday.year());
    let month = sheet.tell(
        "Month",
        &month,
        "Which month does the calendar show?|Which month and year stand at the top?",
    );
    let week = monday.iso_week_date().week();
    let week =
        sheet.tell("Week", &format!("Week {week}"), "Which week is shown?|What is the number of the week?");
    let today = desk.rng.below(days);
    let now = sheet.tell(
        "Today",
        DAYS[today],
        "Which day is marked as today?|Which day of the week is highlighted?",
    );
    let add = sheet.tell(
        "Label of the filled button",
        desk.any(&["New event", "Add", "Create"]),
        "What does the filled button say?|Which words stand on the filled button?",
    );
    sheet.target_field("the filled button", add);
    let mut page = Page::new(sheet, skin);
    let (x, y, w, h) = page.window(desk, "Calendar");
    let radius = page.skin.radius;
    let (title, number) = (page.sheet.value_as(month, "title"), page.sheet.value(week));
    page.middle((x + 20.0, y, 330.0, 54.0), "left", &display(1.55, &title));
    page.middle((x + 350.0, y, 110.0, 54.0), "left", &format!("text(fill: soft, {number})"));
    for (index, (sign, name)) in
        [("back", "arrow to the week before"), ("forward", "arrow to the next week")].iter().enumerate()
    {
        let drawn = page.sheet.icon(name, &icon(sign, 19.0, "ink"));
        page.middle((x + w - 250.0 + 32.0 * index as f64, y, 22.0, 54.0), "center", &drawn);
    }
    let word = page.sheet.value(add);
    let main = button(&page.skin, &word, true);
    page.middle((x + w - 180.0, y, 164.0, 54.0), "right", &main);
    let gutter = 54.0;
    let wide = (w - gutter - 12.0) / days as f64;
    let head = y + 54.0;
    for (day, weekday) in DAYS.iter().enumerate().take(days) {
        let left = x + gutter + wide * day as f64;
        let date = monday.saturating_add(jiff::ToSpan::days(day as i64));
        let name = if day == today {
            bold(&page.sheet.value_as(now, "header_cell"))
        } else {
            role("header_cell", weekday)
        };
        let number = role("header_cell", &date.day().to_string());
        let number = if day == today {
            format!(
                "box(fill: ac, radius: 12pt, inset: (x: 7pt, y: 5pt), text(fill: onac, {}))",
                bold(&number)
            )
        } else {
            format!("box(inset: (x: 7pt, y: 5pt), {number})")
        };
        page.middle(
            (left, head, wide, 48.0),
            "center",
            &format!("stack(spacing: 3pt, text(size: 0.86em, {name}), {number})"),
        );
    }
    let top = head + 52.0;
    let hours = (last_hour - first_hour) as f64;
    let step = (h - 106.0 - 12.0) / hours;
    page.fill((x + gutter + wide * today as f64, top, wide, step * hours), "fill: panel");
    for hour in first_hour..=last_hour {
        let at = top + step * (hour - first_hour) as f64;
        page.fill((x + gutter, at, w - gutter - 12.0, 0.8), "fill: rule-c");
        if hour < last_hour {
            page.put(
                (x + 6.0, at - 6.0, gutter - 12.0, 16.0),
                &format!(
                    "align(right, text(size: 0.82em, fill: soft, {}))",
                    role("tick_label", &clock(hour * 60, false))
                ),
            );
        }
    }
    for day in 0..=days {
        page.fill((x + gutter + wide * day as f64, top - 4.0, 0.8, step * hours + 4.0), "fill: rule-c");
    }
    let solid = desk.style.chance(0.5);
    for (row, (day, from, until)) in taken.iter().enumerate() {
        let tone =
            Color::from_hex(&words.colours[(row * 3 + day) % words.colours.len()]).unwrap_or(Color::BLACK);
        let (fill, ink) = if solid {
            (tone.mix(Color::BLACK, 0.12), Color::WHITE)
        } else {
            let fill = desk.paper.ground.mix(tone, 0.26);
            (fill, desk.paper.ink)
        };
        let area = (
            x + gutter + wide * *day as f64 + 3.0,
            top + step * (*from as f64 / 2.0 - first_hour as f64) + 2.0,
            wide - 6.0,
            step * (until - from) as f64 / 2.0 - 3.0,
        );
        let bar =
            if solid { String::new() } else { format!(", stroke: (left: 3.5pt + rgb(\"{}\"))", tone.hex()) };
        let block = format!(
            "block(width: {:.1}pt, height: {:.1}pt, fill: rgb(\"{}\"), radius: {:.0}pt{bar})",
            area.2,
            area.3,
            fill.hex(),
            if solid { radius.min(6.0) } else { 0.0 }
        );
        let drawn = page.sheet.drawn(row, &[DAY, START, END, HOURS], "tile", &format!("box({block})"));
        page.put(area, &drawn);
        let name = bold(&page.sheet.cell(row, 0));
        let (start, end) = (
            page.sheet.cell_part(row, START, page.sheet.shown_cell(row, START), "note"),
            page.sheet.cell_part(row, END, page.sheet.shown_cell(row, END), "note"),
        );
        let times = format!("[#{{{start}}}#{{{}}}#{{{end}}}]", role("note", " – "));
        page.put((area.0 + 8.0, area.1 + 6.0, area.2 - 12.0, area.3 - 8.0), &format!("text(fill: rgb(\"{}\"), size: 0.88em, stack(spacing: 6pt, par({name}), text(size: 0.92em, {times})))", ink.hex()));
    }
    let sheet = &mut page.sheet;
    pose_cells(sheet, START, &["When does “{label}” begin?", "At what time does “{label}” start?"]);
    pose_cells(sheet, END, &["When does “{label}” end?", "Until when does “{label}” last?"]);
    for (row, (day, ..)) in taken.iter().enumerate() {
        let label = sheet.shown_cell(row, 0).to_owned();
        let says =
            Program::Says { over: Program::named(0, 0, &label).over(DAY), text: DAYS[*day].to_owned() };
        let other = DAYS[(*day + 1 + row % (days - 1)) % days];
        let wrong = Program::Says { over: Program::named(0, 0, &label).over(DAY), text: other.to_owned() };
        for (day, program) in [(DAYS[*day], says), (other, wrong)] {
            let words = [format!("Is “{label}” on {day}?"), format!("Does “{label}” take place on {day}?")];
            sheet.pose("state_yes_no", 2, &[&words[0], &words[1]], Program::YesNo(program.boxed()));
        }
    }
    for day in DAYS.iter().take(days) {
        let words = [format!("How many events are on {day}?"), format!("How many entries does {day} have?")];
        pose_count(sheet, DAY, day, &[&words[0], &words[1]]);
    }
    pose_ends(
        sheet,
        HOURS,
        &["Which event lasts longest?", "Which event takes most time?"],
        &["Which event is the shortest?", "Which event takes least time?"],
    );
    pose_rows(sheet, &["How many events are in the week?", "How many events does the calendar show?"]);
    targets(sheet, HOURS, "the event “{label}”");
    page.draft("week of a calendar".to_owned(), "somebody who plans a week", &format!("week-{days}"))
}
