//! A spreadsheet: a grid of cells with letters and numbers at its edges, and the formula of one cell.

use pixmo_render::{Cell, Column, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{bold, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::Skin;
use super::words::Words;
use super::{Page, lacking, pose_ends};
use crate::program::Expr as Program;

/// Draws the screen.
pub(in super::super) fn write(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let kind = desk.rng.pick(&words.grids);
    let labels: Vec<String> = if kind.rows.is_empty() {
        desk.people(10).iter().map(|person| person.given.to_owned()).collect()
    } else {
        kind.rows.clone()
    };
    let rows = (desk.rng.whole(5, 11) as usize).min(labels.len());
    let columns = desk.rng.whole(2, 4) as usize;
    let spare = desk.style.whole(2, 5) as usize;
    let skin = Skin::draw(desk, 880.0, 256.0 + 27.0 * (rows + spare) as f64);
    let plain = NumberFormat { group: None, ..NumberFormat::plain(0) };
    let noun = kind.noun.as_str();
    let heads: Vec<&str> = kind.columns.iter().map(|(head, ..)| head.as_str()).collect();
    let mut list = vec![(Column::text(crate::content::capital(noun)), None)];
    list.extend(heads[..columns].iter().map(|head| (Column::number(*head, "", true), Some(plain.clone()))));
    let mut sheet = lacking(
        Sheet::with_items(list),
        &["Currency", "Name of the author", "Number of sheets in the file", "Password"],
    );
    sheet.call(noun, &crate::content::plural(noun));
    let mut numbers = vec![Vec::new(); columns];
    for label in labels.iter().take(rows) {
        let mut cells = vec![Cell::text(label.as_str())];
        for column in 1..=columns {
            let (_, low, high) = &kind.columns[column - 1];
            let number = desk.rng.whole(*low, *high);
            numbers[column - 1].push(number);
            cells.push(sheet.number(column, number.into()));
        }
        sheet.item(cells);
    }
    let letter = |column: usize| char::from(b'A' + column as u8);
    let chosen_column = desk.rng.whole(1, columns as i64) as usize;
    // Either a line of results stands below the numbers and one of them is selected, or a number is.
    let summed = desk.rng.chance(0.6);
    let chosen_row = if summed { rows } else { desk.rng.below(rows) };
    let address = format!("{}{}", letter(chosen_column), chosen_row + 2);
    let cell = sheet.tell(
        "Selected cell",
        &address,
        "Which cell is selected?|What is the address of the selected cell?",
    );
    let (function, result_name) =
        *desk.rng.pick(&[("SUM", "Total"), ("SUM", "Sum"), ("MAX", "Largest"), ("MIN", "Smallest")]);
    let mut results = Vec::new();
    if summed {
        for (index, column) in numbers.iter().enumerate() {
            let result = match function {
                "SUM" => column.iter().sum::<i64>(),
                "MAX" => column.iter().copied().max().unwrap_or(0),
                _ => column.iter().copied().min().unwrap_or(0),
            };
            let place = format!("{}{}", letter(index + 1), rows + 2);
            results.push(sheet.tell(
                &format!("Result in cell {place}"),
                &result.to_string(),
                &format!("Which number stands in cell {place}?|What does cell {place} show?"),
            ));
        }
    }
    let formula = if summed {
        format!("={function}({0}2:{0}{1})", letter(chosen_column), rows + 1)
    } else {
        numbers[chosen_column - 1][chosen_row].to_string()
    };
    let written = sheet.tell(
        "Text in the formula bar",
        &formula,
        "What stands in the formula bar?|What is entered in the formula bar?",
    );
    sheet.target_field("the formula bar", written);
    let file = format!("{}.{}", kind.file, desk.any(&["ods", "xlsx", "xlsx"]));
    let file = sheet.tell("File", &file, "Which file is open?|What is the name of the file?");
    let sets: [&[&str]; 6] = [
        &["Sheet 1", "Sheet 2"],
        &["2022", "2023", "2024"],
        &["Plan", "Actual", "Notes"],
        &["Sheet 1", "Backup", "Archive"],
        &["North", "South", "All"],
        &["Data", "Summary"],
    ];
    let tabs = *desk.rng.pick(&sets);
    let tab = sheet.tell(
        "Sheet",
        desk.rng.word(tabs),
        "Which sheet is in front?|Which tab at the bottom is selected?",
    );
    let program = desk.rng.pick(&words.sheets).clone();
    let mut page = Page::new(sheet, skin);
    let (x, y, w, h) = page.window(desk, &program);
    let radius = page.skin.radius.min(5.0);
    page.fill((x, y, w, 40.0), "fill: panel, stroke: (bottom: 0.8pt + rule-c)");
    let name = page.sheet.value(file);
    page.middle((x + 14.0, y, 220.0, 40.0), "left", &bold(&name));
    for (index, (sign, title)) in [
        ("search", "search icon"),
        ("share", "share icon"),
        ("download", "icon to save"),
        ("gear", "gear icon"),
    ]
    .iter()
    .enumerate()
    {
        let drawn = page.sheet.icon(title, &icon(sign, 18.0, "ink"));
        page.middle((x + w - 150.0 + 34.0 * index as f64, y, 22.0, 40.0), "center", &drawn);
    }
    let (shown, text) = (page.sheet.value(cell), page.sheet.value(written));
    page.styled(
        (x + 12.0, y + 48.0, 62.0, 26.0),
        &format!("fill: raised, stroke: 0.9pt + rule-c, radius: {radius:.0}pt"),
        &format!("align(center + horizon, {})", bold(&shown)),
    );
    page.styled(
        (x + 84.0, y + 48.0, w - 96.0, 26.0),
        &format!("fill: raised, stroke: 0.9pt + rule-c, radius: {radius:.0}pt"),
        &format!("align(left + horizon, pad(x: 10pt, {text}))"),
    );
    let top = y + 84.0;
    let (gutter, high) = (38.0, 27.0);
    let shown_columns = 6usize;
    let wide = (w - gutter) / shown_columns as f64;
    let lines = ((h - 84.0 - 34.0) / high).floor() as usize - 1;
    page.fill((x, top, w, high), "fill: panel");
    page.fill((x, top, gutter, high * (lines + 1) as f64), "fill: panel");
    page.fill((x + gutter + wide * chosen_column as f64, top, wide, high), "fill: faint");
    page.fill((x, top + high * (chosen_row + 2) as f64, gutter, high), "fill: faint");
    for line in 0..=lines + 1 {
        page.fill((x, top + high * line as f64, w, 0.7), "fill: rule-c");
    }
    for column in 0..shown_columns {
        let left = x + gutter + wide * column as f64;
        page.fill((left, top, 0.7, high * (lines + 1) as f64), "fill: rule-c");
        page.middle(
            (left, top, wide, high),
            "center",
            &format!("text(size: 0.88em, fill: soft, {})", role("tick_label", &letter(column).to_string())),
        );
    }
    for line in 1..=lines {
        page.middle(
            (x, top + high * line as f64, gutter, high),
            "center",
            &format!("text(size: 0.88em, fill: soft, {})", role("tick_label", &line.to_string())),
        );
    }
    for column in 0..=columns {
        let left = x + gutter + wide * column as f64;
        let how = if column == 0 { "left" } else { "right" };
        let head = bold(&page.sheet.head(column));
        page.middle((left + 8.0, top + high, wide - 16.0, high), how, &head);
        for row in 0..rows {
            let cell = page.sheet.cell(row, column);
            page.middle((left + 8.0, top + high * (row + 2) as f64, wide - 16.0, high), how, &cell);
        }
    }
    if summed {
        let line = top + high * (rows + 2) as f64;
        page.fill((x + gutter, line, wide * (columns + 1) as f64, 1.2), "fill: ink");
        page.middle(
            (x + gutter + 8.0, line, wide - 16.0, high),
            "left",
            &bold(&role("field_name", result_name)),
        );
        for (index, result) in results.iter().enumerate() {
            let left = x + gutter + wide * (index + 1) as f64;
            let number = bold(&page.sheet.value(*result));
            page.middle((left + 8.0, line, wide - 16.0, high), "right", &number);
        }
    }
    let (left, line) = (x + gutter + wide * chosen_column as f64, top + high * (chosen_row + 2) as f64);
    page.fill((left, line, wide, high), "stroke: 2pt + ac");
    page.fill((x, y + h - 30.0, w, 30.0), "fill: panel, stroke: (top: 0.8pt + rule-c)");
    let front = page.sheet.shown(tab).to_owned();
    let mut at = x + 14.0;
    for name in tabs {
        let here = *name == front;
        let text = if here { bold(&page.sheet.value(tab)) } else { role("group_label", name) };
        if here {
            page.fill((at, y + h - 30.0, 92.0, 26.0), "fill: raised, stroke: (bottom: 2.4pt + ac)");
        }
        page.middle((at, y + h - 30.0, 92.0, 27.0), "center", &format!("text(size: 0.92em, {text})"));
        at += 96.0;
    }
    let sheet = &mut page.sheet;
    for column in 1..=columns {
        let head = heads[column - 1];
        for row in 0..rows {
            let label = sheet.shown_cell(row, 0).to_owned();
            let place = format!("{}{}", letter(column), row + 2);
            let words = [
                format!("Which number stands in cell {place}?"),
                format!("What is entered for {label} under “{}”?", heads[column - 1]),
                format!("Read cell {place}."),
            ];
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            sheet.pose("lookup", 1, &words, Program::Shown(Program::named(0, 0, &label).over(column)));
            sheet.target(&format!("cell {place}"), row, column);
        }
        let over = || Program::all(0).over(column);
        let words = [
            format!("What is the sum of column {}?", letter(column)),
            format!("Add up the numbers under “{}”.", heads[column - 1]),
        ];
        sheet.pose("sum", 4, &[&words[0], &words[1]], Program::Sum(over()).print(&plain));
        let words = [
            format!("Which {noun} has the largest number under “{}”?", heads[column - 1]),
            format!("For which {noun} is the number in column “{head}” the largest?"),
        ];
        let least = [format!("Which {noun} has the smallest number under “{}”?", heads[column - 1])];
        pose_ends(sheet, column, &[&words[0], &words[1]], &[&least[0]]);
        let words = [format!("What is the largest number in column {}?", letter(column))];
        sheet.pose(
            "extreme_value",
            2,
            &[&words[0]],
            Program::Number(Program::Max(over()).over(column)).print(&plain),
        );
    }
    for row in 0..rows {
        let label = sheet.shown_cell(row, 0).to_owned();
        let words = [
            format!("What do the numbers of {label} add up to?"),
            format!("What is the sum of row {}?", row + 2),
        ];
        let rows = Program::named(0, 0, &label).boxed();
        sheet.pose(
            "row_sum",
            3,
            &[&words[0], &words[1]],
            Program::SumColumns { rows, columns: (1..=columns).collect() }.print(&plain),
        );
        if columns > 1 {
            let one = |column: usize| Program::Number(Program::named(0, 0, &label).over(column)).boxed();
            let words = [format!(
                "For {label}, is the number under “{}” larger than that under “{}”?",
                heads[0], heads[1]
            )];
            sheet.pose(
                "compare_yes_no",
                2,
                &[&words[0]],
                Program::YesNo(Program::Greater(one(1), one(2)).boxed()),
            );
        }
    }
    page.draft(
        format!("spreadsheet of {}", crate::content::plural(noun)),
        "somebody who keeps lists",
        &format!("grid-{columns}"),
    )
}
