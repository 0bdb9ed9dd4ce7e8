//! A dashboard: key figures on cards, a chart with its values, and sometimes shares beside it.

use pixmo_render::{Cell, Column};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, display, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::{Skin, field, progress};
use super::words::Words;
use super::{Area, Page, lacking, pose_back, pose_cells, pose_ends, targets};
use crate::program::{Expr as Program, Is, Test};

const VALUE: usize = 1;

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
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
    let board = desk.rng.pick(&words.boards);
    let weekly = desk.rng.chance(0.4);
    let names: Vec<&str> = if weekly {
        vec!["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    } else {
        let start = if desk.rng.chance(0.4) { 0 } else { desk.rng.below(12) };
        let count = *desk.rng.pick(&[6usize, 6, 8, 9, 12]);
        (start..start + count).map(|month| &crate::content::MONTHS[month % 12][..3]).collect()
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
    let series = desk.rng.pick(&board.series).clone();
    let heading = format!("{series} per {one}");
    let chart = sheet.tell(
        "Heading of the chart",
        &heading,
        "What does the chart show, by its heading?|What is the heading of the chart?",
    );
    let cards = desk.rng.whole(3, 4) as usize;
    let mut tiles = Vec::new();
    // A card that counts what the chart counts would contradict it: more visitors today than visits in a month.
    let stems = |text: &str| -> Vec<String> {
        let words = text.split([' ', '-']).filter(|word| word.len() > 3);
        words.map(|word| word.chars().take(4).collect::<String>().to_lowercase()).collect()
    };
    let counted = stems(series.as_str());
    let others: Vec<_> = board
        .metrics
        .iter()
        .filter(|metric| !stems(metric.0.as_str()).iter().any(|stem| counted.contains(stem)))
        .collect();
    let cards = cards.min(others.len());
    for index in desk.rng.sample(others.len(), cards) {
        let (name, low, high, sign, more) = others[index];
        let value = desk.rng.whole(*low, *high);
        let shown = match sign.as_str() {
            "$" => {
                let tidy = if *high < 1000 { 1.0 } else { 10.0 };
                let amount = libm::round(value as f64 * place.factor / tidy) * tidy;
                super::round_money(&place).print(place.exact(amount))
            }
            sign => format!("{}{sign}", format.print(value.into())),
        };
        let lower = crate::content::inside(name);
        let value = sheet.tell(name, &shown, &format!("What is the key figure “{name}”?|Which value does the card “{name}” show?|Which figure stands on the card for {lower}?"));
        let up = desk.rng.chance(0.55);
        let change = format!(
            "{}{}{}{}%",
            if up { "+" } else { "−" },
            desk.rng.whole(0, 12),
            place.money.mark,
            desk.rng.whole(1, 9)
        );
        let change = sheet.tell(
            &format!("Change of {lower}"),
            &change,
            &format!("By how much has “{name}” changed?|Which change stands on the card “{name}”?"),
        );
        tiles.push((name.clone(), value, change, up == *more));
    }
    // Shares that make a whole, beside the chart.
    let beside = desk.style.chance(0.5);
    let mut shares = Vec::new();
    if beside {
        // What is left over is little.
        let weights: Vec<f64> = board.parts[1..]
            .iter()
            .map(|name| if name == "Other" { desk.rng.range(0.2, 0.4) } else { desk.rng.range(0.6, 2.4) })
            .collect();
        let whole: f64 = weights.iter().sum();
        let mut numbers: Vec<i64> =
            weights.iter().map(|weight| libm::round(100.0 * weight / whole) as i64).collect();
        let rest = 100 - numbers[1..].iter().sum::<i64>();
        numbers[0] = rest;
        let heading = board.parts[0].clone();
        for (name, number) in board.parts[1..].iter().zip(numbers) {
            let cell = sheet.tell(&format!("Share of {name}"), &format!("{number}%"), &format!("Which share does the panel “{heading}” give for “{name}”?|What is the share of “{name}” in the panel “{heading}”?"));
            shares.push((name.clone(), cell, number));
        }
    }
    let program = board.program.clone();
    let span = match (weekly, names[0]) {
        (true, _) => "Last 7 days".to_owned(),
        (_, "Jan") => "This year".to_owned(),
        _ => format!("Last {} months", names.len()),
    };
    let span =
        sheet.tell("Period", &span, "Which period is chosen?|What stands in the button for the period?");
    sheet.target_field("the button for the period", span);
    let current = sheet.tell(
        "Page",
        &board.menu[0][0],
        "Which page of the menu is open?|Which entry of the menu is selected?",
    );
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
    let menu: Vec<Expr> = board.menu.iter().enumerate().map(|(index, [name, sign])| {
        let here = index == 0;
        let fill = match (here, coloured) {
            (true, true) => "fill: onac",
            (true, false) => "fill: faint",
            _ => "fill: none",
        };
        let ink = if here && coloured { "ac" } else { ink };
        let text = if here { bold(&page.sheet.value(current)) } else { role("group_label", name) };
        format!("block(width: 100%, inset: (x: 11pt, y: 9pt), radius: {radius:.0}pt, {fill}, grid(columns: (auto, 1fr), column-gutter: 10pt, align: left + horizon, {}, text(fill: {ink}, {text})))", icon(sign, 16.0, ink))
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
    let card_height = 92.0;
    for (index, (name, value, change, good)) in tiles.iter().enumerate() {
        let at = left + (card + gap) * index as f64;
        page.fill(
            (at, y + 64.0, card, card_height),
            &format!("fill: raised, stroke: 0.8pt + rule-c, radius: {radius:.0}pt"),
        );
        let green = if page.skin.dark { "#8fd3a0" } else { "#1b6e36" };
        let red = if page.skin.dark { "#ff9b94" } else { "#b3261e" };
        let color = if *good { green } else { red };
        let (shown, change) = (display(1.9, &page.sheet.value(*value)), page.sheet.value(*change));
        page.put((at + 16.0, y + 78.0, card - 28.0, 76.0), &format!("stack(spacing: 13pt, text(size: 0.9em, fill: soft, {}), {shown}, text(size: 0.9em, fill: rgb(\"{color}\"), {change}))", role("field_name", name)));
    }
    let (top, tall) = (y + 64.0 + card_height + gap, h - 64.0 - card_height - gap - 20.0);
    let (mut area, mut panel) = ((left, top, wide, tall), None);
    if beside {
        let part = ((wide - gap) * 0.3).round();
        area.2 = wide - gap - part;
        panel = Some((left + area.2 + gap, top, part, tall));
    }
    let title = page.sheet.value_as(chart, "heading");
    card_of(&mut page, area, &title);
    let numbers = values.iter().map(|value| *value as f64).collect::<Vec<_>>();
    let form = desk.style.weighted(&[4.0, if names.len() > 9 { 0.0 } else { 2.5 }, 3.0]);
    match form {
        0 => upright(&mut page, area, &numbers),
        1 => lying(&mut page, area, &numbers),
        _ => joined(&mut page, area, &numbers),
    }
    if let Some(area) = panel {
        card_of(&mut page, area, &role("heading", &board.parts[0]));
        let step = ((tall - 60.0) / shares.len() as f64).min(62.0);
        for (index, (name, cell, number)) in shares.iter().enumerate() {
            let at = top + 54.0 + step * index as f64;
            let shown = page.sheet.value(*cell);
            let line = format!(
                "grid(columns: (1fr, auto), align: (left, right), {}, {shown})",
                role("field_name", name)
            );
            let bar = progress(area.2 - 36.0, *number as f64 / 100.0);
            page.put(
                (area.0 + 18.0, at, area.2 - 36.0, step),
                &format!("stack(spacing: 9pt, {line}, {bar})"),
            );
        }
    }
    let sheet = &mut page.sheet;
    let many = series.to_lowercase();
    pose_cells(
        sheet,
        VALUE,
        &[
            &format!("What does the chart show for {{label}}: how many {many}?"),
            "Which value stands at {label} in the chart?",
            "Which number does the chart give for {label}?",
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
        &[
            &format!("Which {one} has the highest value in the chart?"),
            &format!("In which {one} were there most {many}?"),
        ],
        &[
            &format!("Which {one} has the lowest value in the chart?"),
            &format!("In which {one} were there fewest {many}?"),
        ],
    );
    sheet.pose(
        "sum",
        4,
        &[
            &format!("How many {many} does the chart show in all?"),
            "What do all values of the chart add up to?",
        ],
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
            &format!("How many values of the chart are above {bound}?"),
            &format!("For how many {one}s is the value above {bound}?"),
        ],
        Program::Count(rows.boxed()).print(&super::count_format()),
    );
    for row in 0..names.len() - 1 {
        let value = |name: &str| Program::Number(Program::named(0, 0, name).over(VALUE)).boxed();
        let (a, b) = (names[row], names[row + 1]);
        let words = [
            format!("Is the value of {a} higher than that of {b}?"),
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
    targets(sheet, VALUE, if form == 2 { "the point of {label}" } else { "the bar of {label}" });
    page.draft(
        format!("dashboard of {program}"),
        "somebody who watches key figures",
        &format!("{}{}", ["upright", "lying", "line"][form], if beside { "-shares" } else { "" }),
    )
}

/// A raised field with a heading.
fn card_of(page: &mut Page, area: Area, title: &str) {
    let style = format!("fill: raised, stroke: 0.8pt + rule-c, radius: {:.0}pt", page.skin.radius);
    page.fill(area, &style);
    page.put(
        (area.0 + 18.0, area.1 + 16.0, area.2 - 36.0, 22.0),
        &format!("text(size: 1.1em, {})", bold(title)),
    );
}

/// Bars that stand, with their values above them.
fn upright(page: &mut Page, (left, top, wide, tall): Area, values: &[f64]) {
    let most = values.iter().copied().fold(1.0, f64::max);
    let step = (wide - 44.0) / values.len() as f64;
    let room = tall - 116.0;
    let base = top + 72.0 + room;
    page.fill((left + 20.0, base, wide - 40.0, 1.0), "fill: rule-c");
    for (row, value) in values.iter().enumerate() {
        let at = left + 22.0 + step * row as f64;
        let high = room * value / most;
        let round = page.skin.radius.min(5.0);
        let bar = page.sheet.drawn(
            row,
            &[VALUE],
            "bar",
            &format!(
                "box(width: {:.1}pt, height: {high:.1}pt, fill: ac, radius: (top: {round:.0}pt))",
                step * 0.56
            ),
        );
        page.put((at + step * 0.22, base - high, step * 0.56, high), &bar);
        named(page, row, (at, base - high - 19.0, step), (at, base + 10.0, step));
    }
}

/// Bars that lie, with their values behind them.
fn lying(page: &mut Page, (left, top, wide, tall): Area, values: &[f64]) {
    let most = values.iter().copied().fold(1.0, f64::max);
    let step = (tall - 66.0) / values.len() as f64;
    for (row, value) in values.iter().enumerate() {
        let at = top + 50.0 + step * row as f64;
        let long = (wide - 160.0) * value / most;
        let label = page.sheet.cell_as(row, 0, "tick_label");
        page.middle((left + 18.0, at, 54.0, step), "left", &label);
        let round = page.skin.radius.min(4.0);
        let bar = page.sheet.drawn(
            row,
            &[VALUE],
            "bar",
            &format!(
                "box(width: {long:.1}pt, height: {:.1}pt, fill: ac, radius: (right: {round:.0}pt))",
                step * 0.62
            ),
        );
        page.middle((left + 74.0, at, wide - 100.0, step), "left", &bar);
        let number = page.sheet.cell_as(row, VALUE, "value_label");
        page.middle((left + 82.0 + long, at, 80.0, step), "left", &number);
    }
}

/// Points that a line joins, with their values above them.
fn joined(page: &mut Page, (left, top, wide, tall): Area, values: &[f64]) {
    let (most, least) =
        (values.iter().copied().fold(1.0, f64::max), values.iter().copied().fold(f64::MAX, f64::min));
    let floor = least - 0.35 * (most - least);
    let step = (wide - 44.0) / values.len() as f64;
    let room = tall - 124.0;
    let base = top + 78.0 + room;
    let at = |row: usize| {
        (left + 22.0 + step * (row as f64 + 0.5), base - room * (values[row] - floor) / (most - floor))
    };
    for line in 0..4 {
        let y = base - room * f64::from(line) / 3.0;
        page.fill((left + 20.0, y, wide - 40.0, 0.8), "fill: rule-c");
    }
    let points: Vec<(f64, f64)> = (0..values.len()).map(at).collect();
    let corner = |(x, y): &(f64, f64)| format!("({x:.1}pt, {y:.1}pt)");
    let mut ground: Vec<String> = points.iter().map(corner).collect();
    ground.push(corner(&(points[points.len() - 1].0, base)));
    ground.push(corner(&(points[0].0, base)));
    page.out.push_str(&format!("#place(polygon(fill: faint, {}))\n", ground.join(", ")));
    for two in points.windows(2) {
        page.out.push_str(&format!(
            "#place(line(start: {}, end: {}, stroke: 2.2pt + ac))\n",
            corner(&two[0]),
            corner(&two[1])
        ));
    }
    for (row, (x, y)) in points.iter().enumerate() {
        let dot = page.sheet.drawn(row, &[VALUE], "dot", "box(circle(radius: 4.5pt, fill: ac))");
        page.put((x - 4.5, y - 4.5, 9.0, 9.0), &dot);
        // Where the line falls steeply to a point, its value stands below it.
        let dip = row > 0
            && row + 1 < values.len()
            && values[row - 1] > values[row]
            && values[row + 1] > values[row];
        let label = if dip { y + 9.0 } else { y - 24.0 };
        named(page, row, (x - step / 2.0, label, step), (x - step / 2.0, base + 10.0, step));
    }
}

/// The value and the name of a place in the chart, each centred in a width.
fn named(page: &mut Page, row: usize, value: (f64, f64, f64), name: (f64, f64, f64)) {
    let number = page.sheet.cell_as(row, VALUE, "value_label");
    page.put((value.0, value.1, value.2, 16.0), &format!("align(center, text(size: 0.92em, {number}))"));
    let label = page.sheet.cell_as(row, 0, "tick_label");
    page.put((name.0, name.1, name.2, 18.0), &format!("align(center, {label})"));
}
