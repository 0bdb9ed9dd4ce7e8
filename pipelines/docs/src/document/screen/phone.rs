//! A telephone: its frame, the screen with apps, and the lock screen with notices.

use pixmo_render::{Cell, Color, Column, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::Skin;
use super::words::Words;
use super::{
    Area, Page, clock, count_format, lacking, pose_cells, pose_count, pose_ends, pose_rows, pose_states,
    targets,
};
use crate::program::Expr as Program;

/// The bar with time, signal and battery at the top of a screen that fills the canvas; gives the room below it.
/// The clock says `now`, in minutes of the day.
pub(super) fn frame(page: &mut Page, desk: &mut Desk<'_>, now: i64) -> Area {
    let (w, h) = (page.skin.width, page.skin.height);
    let ground = desk.paper.ground.hex();
    page.fill((0.0, 0.0, w, h), &format!("fill: rgb(\"{ground}\")"));
    status(page, desk, "ink", now);
    (0.0, 30.0, w, h - 30.0)
}

/// The bar itself.
fn status(page: &mut Page, desk: &mut Desk<'_>, ink: &str, minute: i64) {
    let w = page.skin.width;
    let padded = desk.rng.chance(0.5);
    let time = page.sheet.tell("Time", &clock(minute, padded), "What time is it, by the bar at the top?|Which time stands at the top of the screen?|What time does the telephone show?");
    let charge = desk.rng.whole(4, 100);
    let battery = page.sheet.tell(
        "Battery",
        &format!("{charge}%"),
        "How full is the battery?|What is the charge of the battery in per cent?",
    );
    page.sheet.target_field("the charge of the battery", battery);
    let shown = bold(&page.sheet.value(time));
    page.middle((18.0, 2.0, 80.0, 28.0), "left", &format!("text(fill: {ink}, size: 0.92em, {shown})"));
    let cell = cell(charge, ink);
    let bars: Vec<Expr> = (0..4)
        .map(|n| {
            format!(
                "#place(dx: {:.1}pt, dy: {:.1}pt, rect(width: 3pt, height: {:.1}pt, fill: {ink}))",
                4.4 * f64::from(n),
                9.0 - 2.6 * f64::from(n),
                3.0 + 2.6 * f64::from(n)
            )
        })
        .collect();
    let bars = format!("box(width: 18pt, height: 12pt)[{}]", bars.concat());
    let shown = page.sheet.value(battery);
    page.middle((w - 158.0, 2.0, 142.0, 28.0), "right", &format!("grid(columns: (auto, auto, auto), column-gutter: 7pt, align: horizon, {bars}, text(fill: {ink}, size: 0.86em, {shown}), {cell})"));
}

/// A battery that is charged so far.
fn cell(charge: i64, ink: &str) -> Expr {
    format!(
        "box(width: 25pt, height: 12pt)[#place(rect(width: 22pt, height: 12pt, radius: 3pt, stroke: 1.1pt + {ink}))#place(dx: 2.4pt, dy: 2.4pt, rect(width: {:.1}pt, height: 7.2pt, radius: 1pt, fill: {ink}))#place(dx: 22.8pt, dy: 4pt, rect(width: 1.8pt, height: 4pt, fill: {ink}))]",
        17.2 * charge as f64 / 100.0
    )
}

/// A telephone with its apps or its notices.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    if desk.rng.chance(0.6) { apps(desk) } else { notices(desk) }
}

/// A ground with a slow change of colour, dark enough for white letters.
fn wall(page: &mut Page, desk: &mut Desk<'_>) {
    let tones = [
        ("#22384f", "#4a6b86"),
        ("#3a2c4d", "#6f5680"),
        ("#1f4038", "#4a7263"),
        ("#4a2f22", "#80604a"),
        ("#23262d", "#4c525e"),
        ("#502338", "#84546a"),
    ];
    let (a, b) = *desk.style.pick(&tones);
    let (w, h) = (page.skin.width, page.skin.height);
    page.fill(
        (0.0, 0.0, w, h),
        &format!(
            "fill: gradient.linear(rgb(\"{a}\"), rgb(\"{b}\"), angle: {}deg)",
            desk.style.pick(&[60, 90, 120, 270])
        ),
    );
}

/// A day as it is written on screens, and its month.
fn day(desk: &mut Desk<'_>) -> (String, i8) {
    let date = desk.day();
    let weekday = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [date.weekday().to_monday_zero_offset() as usize];
    let month = date.month();
    (format!("{weekday}, {} {}", date.day(), crate::content::MONTHS[month as usize - 1]), month)
}

/// The lowest and the highest temperature that nobody wonders about where names of a culture are at home.
fn climate(culture: &str, month: i8) -> (i64, i64) {
    if ["indian", "west_african", "east_african", "arabic", "vietnamese"].contains(&culture) {
        return (17, 35);
    }
    match month {
        12 | 1 | 2 => (-6, 9),
        3 | 4 | 10 | 11 => (2, 18),
        5 | 9 => (9, 24),
        _ => (14, 33),
    }
}

fn apps(desk: &mut Desk<'_>) -> Draft {
    const BADGE: usize = 1;
    let words = Words::bundled();
    let rows = desk.rng.whole(3, 4) as usize;
    let count = rows * 4 + 4;
    let skin = Skin::draw(desk, 400.0, 320.0 + 98.0 * rows as f64);
    let sheet = Sheet::with_items(vec![
        (Column::text("App"), None),
        (Column::number("Badge", "", true), Some(NumberFormat::plain(0))),
    ]);
    let mut sheet =
        lacking(sheet, &["Telephone number", "Name of the owner", "Free storage", "Name of the network"]);
    sheet.call("app", "apps");
    let chosen = desk.rng.sample(words.apps.len(), count);
    for index in &chosen {
        let (name, _, counts) = &words.apps[*index];
        let badge = if *counts && desk.rng.chance(0.7) {
            let number = if desk.rng.chance(0.6) { desk.rng.whole(1, 9) } else { desk.rng.whole(10, 64) };
            sheet.number(BADGE, number.into())
        } else {
            Cell::missing("")
        };
        sheet.item(vec![Cell::text(name.as_str()), badge]);
    }
    let (date, month) = day(desk);
    let date = sheet.tell("Date", &date, "Which date does the screen show?|What day is it?");
    let town = desk.town();
    let (low, high) = climate(&desk.culture.slug, month);
    let degrees = desk.rng.whole(low, high);
    let weather = sheet.tell(
        "Temperature",
        &format!("{degrees}°").replace('-', "−"),
        "How warm is it, by the weather panel?|Which temperature is shown?",
    );
    let town = sheet.tell(
        "Town of the weather",
        &town,
        "For which town is the weather shown?|Which town does the weather panel name?",
    );
    let mut page = Page::new(sheet, skin);
    wall(&mut page, desk);
    let now = desk.rng.whole(6 * 60, 23 * 60);
    status(&mut page, desk, "white", now);
    let round = page.skin.radius.max(4.0) + 6.0;
    page.fill((20.0, 46.0, 360.0, 96.0), &format!("fill: rgb(\"#10141c99\"), radius: {round:.0}pt"));
    let (shown_date, shown_town, shown_weather) =
        (page.sheet.value(date), page.sheet.value(town), page.sheet.value(weather));
    page.middle(
        (38.0, 46.0, 230.0, 96.0),
        "left",
        &format!(
            "text(fill: white, stack(spacing: 11pt, text(size: 1.15em, {}), {shown_town}))",
            bold(&shown_date)
        ),
    );
    page.middle(
        (250.0, 46.0, 112.0, 96.0),
        "right",
        &format!("text(fill: white, size: 2.3em, {shown_weather})"),
    );
    let tones = ["#2f6fc4", "#3b8f5a", "#c2562d", "#7c4fb0", "#a8761a", "#b23a5e", "#24808a", "#56606e"];
    let dock_top = page.skin.height - 104.0;
    page.fill(
        (14.0, dock_top, 372.0, 92.0),
        &format!("fill: rgb(\"#ffffff2a\"), radius: {:.0}pt", round + 6.0),
    );
    let circle = desk.style.chance(0.3);
    for row in 0..count {
        let docked = row >= rows * 4;
        let (column, line) = (row % 4, row / 4);
        let left = 20.0 + 90.0 * column as f64;
        let top = if docked { dock_top + 8.0 } else { 160.0 + 98.0 * line as f64 };
        let name = page.sheet.shown_cell(row, 0).to_owned();
        let sign = &words.apps[chosen[row]].1;
        let tone = tones[(row * 5 + name.len()) % tones.len()];
        let radius = if circle { 27.0 } else { round.min(16.0) };
        let tile = format!(
            "box(width: 54pt, height: 54pt, radius: {radius:.0}pt, fill: rgb(\"{tone}\"), align(center + horizon, {}))",
            icon(sign, 30.0, "white")
        );
        page.put((left + 18.0, top, 54.0, 54.0), &tile);
        let label = page.sheet.cell_as(row, 0, "node_label");
        let label = if docked {
            format!("text(fill: rgb(\"#ffffff\"), size: 0.84em, {label})")
        } else {
            format!("text(fill: white, size: 0.84em, {label})")
        };
        page.put((left, top + 60.0, 90.0, 16.0), &format!("align(center, {label})"));
        if !page.sheet.shown_cell(row, BADGE).is_empty() {
            let number = page.sheet.cell(row, BADGE);
            page.middle((left + 52.0, top - 8.0, 34.0, 22.0), "center", &format!("box(fill: rgb(\"#c62f3b\"), radius: 10pt, inset: (x: 6.5pt, y: 4.5pt), text(fill: white, size: 0.82em, {}))", bold(&number)));
        }
    }
    let sheet = &mut page.sheet;
    pose_cells(
        sheet,
        BADGE,
        &[
            "Which number does the badge of {label} show?",
            "How many new things does the badge of {label} show?",
            "Read the badge of {label}.",
        ],
    );
    pose_rows(
        sheet,
        &[
            "How many apps are on the screen, with those in the lowest row?",
            "How many icons of apps does the screen show?",
        ],
    );
    pose_ends(
        sheet,
        BADGE,
        &["Which app has the largest badge number?", "Which app shows most new things?"],
        &["Which app has the smallest badge number?"],
    );
    let keep = vec![crate::program::Test {
        column: BADGE,
        is: crate::program::Is::Above(rust_decimal::Decimal::ZERO),
    }];
    let rows_with = Program::Rows { table: 0, keep };
    sheet.pose(
        "count_with",
        3,
        &["How many apps have a badge with a number?", "Count the apps with a badge."],
        Program::Count(rows_with.clone().boxed()).print(&count_format()),
    );
    sheet.pose(
        "sum",
        4,
        &["What do all badge numbers add up to?", "Add up the numbers of all badges."],
        Program::Sum(rows_with.over(BADGE)).print(&count_format()),
    );
    for row in 0..count {
        let label = sheet.shown_cell(row, 0).to_owned();
        if row % 4 < 3 {
            let next = Program::Shown(Program::Next(Program::named(0, 0, &label).boxed()).over(0));
            let words = [
                format!("Which app is directly to the right of {label}?"),
                format!("What stands to the right of {label}?"),
            ];
            sheet.pose("next", 2, &[&words[0], &words[1]], next);
        }
    }
    targets(sheet, 0, "the app {label}");
    page.draft("home screen of a telephone".to_owned(), "somebody with a telephone", &format!("home-{rows}"))
}

fn notices(desk: &mut Desk<'_>) -> Draft {
    const APP: usize = 1;
    const TIME: usize = 2;
    const STATE: usize = 3;
    let words = Words::bundled();
    let count = desk.rng.whole(4, 6) as usize;
    let skin = Skin::draw(desk, 400.0, 300.0 + 76.0 * count as f64);
    let sheet = Sheet::with_items(
        ["Notice", "App", "Time", "Sound"].iter().map(|name| (Column::text(*name), None)).collect(),
    );
    let mut sheet =
        lacking(sheet, &["Telephone number", "Name of the owner", "Code of the lock", "Free storage"]);
    sheet.call("notice", "notices");
    let ago = ["now", "2 min", "5 min", "11 min", "24 min", "38 min", "1 h", "2 h", "3 h", "5 h"];
    let mut spans = desk.rng.sample(ago.len(), count);
    spans.sort_unstable();
    let mut chosen: Vec<&[String; 2]> = Vec::new();
    for index in desk.rng.sample(words.notices.len(), words.notices.len()) {
        let notice = &words.notices[index];
        if chosen.len() < count && chosen.iter().all(|[app, _]| *app != notice[0]) {
            chosen.push(notice);
        }
    }
    for ([app, text], span) in chosen.into_iter().zip(spans) {
        let loud = if desk.rng.chance(0.5) { "loud" } else { "silent" };
        sheet.item(vec![
            Cell::text(text.as_str()),
            Cell::text(app.as_str()),
            Cell::text(ago[span]),
            Cell::text(loud),
        ]);
    }
    let padded = desk.rng.chance(0.6);
    let minute = desk.rng.whole(5 * 60, 23 * 60);
    let large = sheet.tell(
        "Large clock",
        &clock(minute, padded),
        "What time does the large clock show?|Which time stands in large figures?",
    );
    let (date, _) = day(desk);
    let date = sheet.tell("Date", &date, "Which date does the lock screen show?|What day is it?");
    let charge = desk.rng.whole(6, 100);
    let battery = sheet.tell(
        "Battery",
        &format!("{charge}%"),
        "How full is the battery?|What is the charge of the battery in per cent?",
    );
    let mut page = Page::new(sheet, skin);
    wall(&mut page, desk);
    let shown = page.sheet.value(battery);
    let battery = cell(charge, "white");
    page.middle((250.0, 6.0, 132.0, 24.0), "right", &format!("grid(columns: (auto, auto), column-gutter: 7pt, align: horizon, text(fill: white, size: 0.86em, {shown}), {battery})"));
    let (time, date) = (page.sheet.value(large), page.sheet.value(date));
    let round = page.skin.radius.max(3.0) + 5.0;
    page.put((0.0, 46.0, 400.0, 130.0), &format!("align(center, text(fill: white, stack(spacing: 15pt, text(size: 1.2em, {date}), text(size: 5em, {}))))", bold(&time)));
    let card = Color::rgb(247, 248, 250).hex();
    for row in 0..count {
        let top = 186.0 + 76.0 * row as f64;
        page.fill((18.0, top, 364.0, 68.0), &format!("fill: rgb(\"{card}\"), radius: {round:.0}pt"));
        let (app, text, ago) =
            (page.sheet.cell(row, APP), page.sheet.cell_as(row, 0, "body"), page.sheet.cell(row, TIME));
        let dark = "rgb(\"#22252b\")";
        let grey = "rgb(\"#5a616c\")";
        page.middle(
            (34.0, top, 270.0, 68.0),
            "left",
            &format!(
                "stack(spacing: 9pt, text(fill: {grey}, size: 0.86em, {}), text(fill: {dark}, {text}))",
                bold(&app)
            ),
        );
        page.put(
            (300.0, top + 14.0, 66.0, 16.0),
            &format!("align(right, text(fill: {grey}, size: 0.86em, {ago}))"),
        );
        let loud = page.sheet.says(row, STATE, "loud");
        let sign = icon("bell", 16.0, if loud { dark } else { grey });
        let sign = if loud {
            sign
        } else {
            format!(
                "{}#place(line(start: (2pt, 2pt), end: (14pt, 14pt), stroke: 1.6pt + {grey}))]",
                sign.trim_end_matches(']')
            )
        };
        let sign = page.sheet.drawn(row, &[STATE], "node", &sign);
        page.put((350.0, top + 38.0, 16.0, 16.0), &sign);
    }
    let lock = page.sheet.icon("lock icon", &icon("lock", 24.0, "white"));
    let bottom = page.skin.height - 62.0;
    page.put((188.0, bottom, 24.0, 24.0), &lock);
    let camera = page.sheet.icon("camera icon", &icon("camera", 26.0, "white"));
    page.put((340.0, bottom, 26.0, 26.0), &camera);
    let torch = page.sheet.icon("torch icon", &icon("torch", 26.0, "white"));
    page.put((34.0, bottom, 26.0, 26.0), &torch);
    let sheet = &mut page.sheet;
    pose_cells(sheet, APP, &["From which app is the notice “{label}”?", "Which app says “{label}”?"]);
    pose_cells(
        sheet,
        TIME,
        &[
            "How long ago did “{label}” arrive, by the note at its right?",
            "Which time stands next to “{label}”?",
        ],
    );
    super::pose_back(
        sheet,
        APP,
        &["What does the notice from {value} say?", "Which notice comes from {value}?"],
    );
    pose_states(
        sheet,
        STATE,
        "silent",
        &["Is the bell of “{label}” crossed out?", "Is the notice “{label}” silent, with a crossed bell?"],
    );
    pose_count(
        sheet,
        STATE,
        "silent",
        &["How many notices have a crossed bell?", "How many bells are crossed out?"],
    );
    pose_count(sheet, STATE, "loud", &["How many notices have a bell that is not crossed out?"]);
    pose_rows(sheet, &["How many notices are on the lock screen?", "How many notices does the screen show?"]);
    targets(sheet, STATE, "the bell of “{label}”");
    page.draft("lock screen of a telephone".to_owned(), "somebody with a telephone", "lock")
}
