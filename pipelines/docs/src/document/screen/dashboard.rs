//! A dashboard: key figures on cards, and bars with their values.

use pixmo_render::{Cell, Column, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, display, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, field};
use super::words::Words;
use super::{Page, lacking, pose_back, pose_cells, pose_ends, targets};
use crate::program::{Expr as Program, Is, Test};

const VALUE: usize = 1;

/// Draws the screen.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let skin = Skin::draw(desk, 1000.0, 660.0);
    let place = desk.place.clone();
    let format = place.number(0, "");
    let sheet = Sheet::with_items(vec![
        (Column::time("Day"), None),
        (Column::number("Value", "", true), Some(format.clone())),
    ]);
    let mut sheet =
        lacking(sheet, &["Number of employees", "Name of the owner", "Forecast", "Goal of the year"]);
    let weekly = desk.rng.chance(0.5);
    let names: Vec<&str> = if weekly {
        vec!["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    } else {
        vec!["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]
    };
    let one = if weekly { "day" } else { "month" };
    sheet.call(one, &format!("{one}s"));
    let base = desk.rng.whole(40, 900) as f64;
    let mut values: Vec<i64> = Vec::new();
    for name in &names {
        let mut value = (base * desk.rng.range(0.35, 1.6)).round() as i64;
        while values.contains(&value) {
            value += 1;
        }
        values.push(value);
        let cell = sheet.number(VALUE, value.into());
        sheet.item(vec![Cell::text(*name), cell]);
    }
    let series = desk.rng.pick(&words.series).clone();
    let heading = format!("{series} per {one}");
    let chart = sheet.tell(
        "Heading of the chart",
        &heading,
        "What does the chart show, by its heading?|What is the heading of the chart?",
    );
    let cards = desk.rng.whole(3, 4) as usize;
    let mut tiles = Vec::new();
    for index in desk.rng.sample(words.metrics.len(), cards) {
        let (name, low, high, sign) = &words.metrics[index];
        let value = desk.rng.whole(*low, *high);
        let shown = match sign.as_str() {
            "%" => format!("{value}%"),
            "$" => format!("${}", NumberFormat::plain(0).print(value.into())),
            _ => format.print(value.into()),
        };
        let lower = crate::content::inside(name);
        let value = sheet.tell(name, &shown, &format!("What is the key figure “{name}”?|Which value does the card “{name}” show?|How much does the card for {lower} show?"));
        let up = desk.rng.chance(0.55);
        let change =
            format!("{}{}.{}%", if up { "+" } else { "−" }, desk.rng.whole(0, 18), desk.rng.whole(1, 9));
        let change = sheet.tell(
            &format!("Change of {lower}"),
            &change,
            &format!("By how much has “{name}” changed?|Which change stands on the card “{name}”?"),
        );
        tiles.push((name.clone(), value, change, up));
    }
    let program = desk.rng.pick(&words.dashboards).clone();
    let spans = ["Last 7 days", "This month", "Last 30 days", "This year"];
    let span = sheet.tell(
        "Period",
        desk.rng.word(&spans),
        "Which period is chosen?|What stands in the button for the period?",
    );
    sheet.target_field("the button for the period", span);
    let mut pages = vec!["Overview", "Reports", "Customers", "Orders", "Messages", "Settings"];
    desk.rng.shuffle(&mut pages[1..]);
    pages.truncate(5);
    let current =
        sheet.tell("Page", pages[0], "Which page of the menu is open?|Which entry of the menu is selected?");
    let person = desk.person();
    let user =
        sheet.tell("User", &person.full(), "Who is signed in?|Which name stands at the foot of the menu?");
    let mut page = Page::new(sheet, skin);
    let host = super::super::desk::host(&program);
    let (x, y, w, h) = page.browser(desk, &program, &format!("{host}.example/overview"));
    let radius = page.skin.radius;
    let side = 190.0;
    let coloured = page.skin.coloured;
    let (fill, ink) =
        if coloured { ("fill: ac", "onac") } else { ("fill: panel, stroke: (right: 0.8pt + rule-c)", "ink") };
    page.fill((x, y, side, h), fill);
    page.middle(
        (x + 20.0, y + 6.0, side - 30.0, 48.0),
        "left",
        &format!("text(fill: {ink}, {})", display(1.25, &role("title", &program))),
    );
    let signs = ["home", "file", "user", "cart", "mail"];
    let menu: Vec<Expr> = pages.iter().enumerate().map(|(index, name)| {
        let here = index == 0;
        let fill = match (here, coloured) {
            (true, true) => "fill: onac",
            (true, false) => "fill: faint",
            _ => "fill: none",
        };
        let ink = if here && coloured { "ac" } else { ink };
        let text = if here { bold(&page.sheet.value(current)) } else { role("group_label", name) };
        format!("block(width: 100%, inset: (x: 11pt, y: 9pt), radius: {radius:.0}pt, {fill}, grid(columns: (auto, 1fr), column-gutter: 10pt, align: left + horizon, {}, text(fill: {ink}, {text})))", icon(signs[index], 16.0, ink))
    }).collect();
    page.put((x + 10.0, y + 62.0, side - 20.0, 250.0), &format!("stack(spacing: 4pt, {})", menu.join(", ")));
    let name = page.sheet.value(user);
    page.middle(
        (x + 20.0, y + h - 48.0, side - 30.0, 40.0),
        "left",
        &format!("text(fill: {ink}, size: 0.92em, {name})"),
    );
    let (left, wide) = (x + side + 24.0, w - side - 48.0);
    field(&mut page, (left, y + 16.0, 260.0, 30.0), "search", "search field", "Search");
    let shown = page.sheet.value(span);
    page.styled((left + wide - 190.0, y + 16.0, 140.0, 30.0), &format!("fill: raised, stroke: 0.9pt + rule-c, radius: {radius:.0}pt"), &format!("align(center + horizon, grid(columns: (auto, auto), column-gutter: 8pt, align: horizon, {shown}, {}))", icon("down", 13.0, "ink")));
    let bell = page.sheet.icon("bell icon", &icon("bell", 20.0, "ink"));
    page.middle((left + wide - 32.0, y + 16.0, 24.0, 30.0), "center", &bell);
    let gap = 16.0;
    let card = (wide - gap * (cards as f64 - 1.0)) / cards as f64;
    for (index, (name, value, change, up)) in tiles.iter().enumerate() {
        let at = left + (card + gap) * index as f64;
        page.fill(
            (at, y + 64.0, card, 112.0),
            &format!("fill: raised, stroke: 0.8pt + rule-c, radius: {radius:.0}pt"),
        );
        let green = if page.skin.dark { "#8fd3a0" } else { "#1b6e36" };
        let red = if page.skin.dark { "#ff9b94" } else { "#b3261e" };
        let color = if *up { green } else { red };
        let (shown, change) = (display(1.9, &page.sheet.value(*value)), page.sheet.value(*change));
        page.put((at + 16.0, y + 80.0, card - 28.0, 90.0), &format!("stack(spacing: 13pt, text(size: 0.9em, fill: soft, {}), {shown}, text(size: 0.9em, fill: rgb(\"{color}\"), {change}))", role("field_name", name)));
    }
    let (top, tall) = (y + 194.0, h - 212.0);
    page.fill(
        (left, top, wide, tall),
        &format!("fill: raised, stroke: 0.8pt + rule-c, radius: {radius:.0}pt"),
    );
    let title = page.sheet.value_as(chart, "heading");
    page.put((left + 18.0, top + 16.0, wide - 36.0, 22.0), &format!("text(size: 1.1em, {})", bold(&title)));
    let most = values.iter().copied().max().unwrap_or(1).max(1) as f64;
    let lying = desk.style.chance(0.3);
    let count = names.len() as f64;
    if lying {
        let step = (tall - 66.0) / count;
        for (row, value) in values.iter().enumerate() {
            let at = top + 50.0 + step * row as f64;
            let long = (wide - 190.0) * *value as f64 / most;
            let label = page.sheet.cell_as(row, 0, "tick_label");
            page.middle((left + 18.0, at, 54.0, step), "left", &label);
            let bar = page.sheet.drawn(
                row,
                &[VALUE],
                "bar",
                &format!(
                    "box(width: {long:.1}pt, height: {:.1}pt, fill: ac, radius: {:.0}pt)",
                    step * 0.62,
                    radius.min(4.0)
                ),
            );
            page.middle((left + 80.0, at, wide - 180.0, step), "left", &bar);
            let number = page.sheet.cell_as(row, VALUE, "value_label");
            page.middle((left + 88.0 + long, at, 80.0, step), "left", &number);
        }
    } else {
        let step = (wide - 44.0) / count;
        let room = tall - 116.0;
        page.fill((left + 20.0, top + 72.0 + room, wide - 40.0, 1.0), "fill: rule-c");
        for (row, value) in values.iter().enumerate() {
            let at = left + 22.0 + step * row as f64;
            let high = room * *value as f64 / most;
            let bar = page.sheet.drawn(
                row,
                &[VALUE],
                "bar",
                &format!(
                    "box(width: {:.1}pt, height: {high:.1}pt, fill: ac, radius: (top: {:.0}pt))",
                    step * 0.56,
                    radius.min(5.0)
                ),
            );
            page.put((at + step * 0.22, top + 72.0 + room - high, step * 0.56, high), &bar);
            let number = page.sheet.cell_as(row, VALUE, "value_label");
            page.put(
                (at, top + 72.0 + room - high - 19.0, step, 16.0),
                &format!("align(center, text(size: 0.92em, {number}))"),
            );
            let label = page.sheet.cell_as(row, 0, "tick_label");
            page.put((at, top + 82.0 + room, step, 18.0), &format!("align(center, {label})"));
        }
    }
    let sheet = &mut page.sheet;
    let many = series.to_lowercase();
    pose_cells(
        sheet,
        VALUE,
        &[
            &format!("What does the chart show for {{label}}: how many {many}?"),
            "Which value stands at the bar of {label}?",
            "How high is the bar of {label}?",
        ],
    );
    pose_back(
        sheet,
        VALUE,
        &[
            &format!("Which {one} has the value {{value}}?"),
            &format!("For which {one} does the chart show {{value}}?"),
        ],
    );
    pose_ends(
        sheet,
        VALUE,
        &[&format!("Which {one} has the highest bar?"), &format!("In which {one} were there most {many}?")],
        &[&format!("Which {one} has the lowest bar?"), &format!("In which {one} were there fewest {many}?")],
    );
    sheet.pose(
        "sum",
        4,
        &[&format!("How many {many} does the chart show in all?"), "What do all bars add up to?"],
        Program::Sum(Program::all(0).over(VALUE)).print(&format),
    );
    let mut sorted = values.clone();
    sorted.sort_unstable();
    let bound = (sorted[names.len() / 2] + sorted[names.len() / 2 - 1]) / 2 / 10 * 10;
    let keep = vec![Test { column: VALUE, is: Is::Above(bound.into()) }];
    let rows = Program::Rows { table: 0, keep };
    sheet.pose(
        "count_with",
        3,
        &[
            &format!("How many bars are above {bound}?"),
            &format!("For how many {one}s is the value above {bound}?"),
        ],
        Program::Count(rows.boxed()).print(&super::count_format()),
    );
    for row in 0..names.len() - 1 {
        let value = |name: &str| Program::Number(Program::named(0, 0, name).over(VALUE)).boxed();
        let (a, b) = (names[row], names[row + 1]);
        let words = [
            format!("Is the bar of {a} higher than that of {b}?"),
            format!("Does {a} have a higher value than {b}?"),
        ];
        sheet.pose(
            "compare_yes_no",
            2,
            &[&words[0], &words[1]],
            Program::YesNo(Program::Greater(value(a), value(b)).boxed()),
        );
        let words = [
            format!("By how much do the values of {a} and {b} differ?"),
            format!("What is the difference between {a} and {b}?"),
        ];
        let apart = Program::Abs(Program::Subtract(value(a), value(b)).boxed());
        sheet.pose("difference", 3, &[&words[0], &words[1]], apart.print(&format));
    }
    targets(sheet, VALUE, "the bar of {label}");
    page.draft(
        format!("dashboard of {program}"),
        "somebody who watches key figures",
        if lying { "lying" } else { "upright" },
    )
}
