//! A terminal with commands and their output, and an editor with a file of code.

use pixmo_render::{Cell, Color, Column, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, role};
use super::super::sheet::Sheet;
use super::icon::icon;
use super::skin::Skin;
use super::words::Words;
use super::{Page, clock, count_format, lacking, pose_back, pose_cells, pose_count, pose_ends, pose_rows};
use crate::program::Expr as Program;

const MONO: [&str; 5] = ["JetBrains Mono", "Fira Code", "Inconsolata", "DejaVu Sans Mono", "Courier Prime"];

/// A terminal.
pub(super) fn session(desk: &mut Desk<'_>) -> Draft {
    const SIZE: usize = 1;
    const DATE: usize = 2;
    const RIGHTS: usize = 3;
    let words = Words::bundled();
    let count = desk.rng.whole(5, 9) as usize;
    let line = 21.0;
    let height = 120.0 + line * (count as f64 + 9.0);
    let skin = Skin::draw(desk, 800.0, height);
    let family = desk.style.word(&MONO);
    desk.paper.set_in(family);
    let grounds = [
        ("#101418", "#d7e0e6", "#7fd18b", "#7fb7ff"),
        ("#1d1f21", "#e2e4e0", "#b5d66b", "#82b4d8"),
        ("#0d2a33", "#d5e0df", "#9fd07a", "#6fc3d8"),
        ("#2a1f2d", "#ece3ea", "#a7e08f", "#e3a4d8"),
        ("#fbf7ec", "#33383b", "#2c6e2f", "#1d5fa8"),
        ("#ffffff", "#202428", "#1d6b2f", "#1b4f9c"),
    ];
    let (ground, ink, green, blue) = *desk.style.pick(&grounds);
    let sheet = Sheet::with_items(vec![
        (Column::text("File"), None),
        (Column::number("Size", "", true), Some(NumberFormat { group: None, ..NumberFormat::plain(0) })),
        (Column::text("Changed"), None),
        (Column::text("Rights"), None),
    ]);
    let mut sheet =
        lacking(sheet, &["Password", "Processor load", "Version of the system", "Owner of the server"]);
    sheet.call("file", "files");
    let mut names: Vec<String> = desk
        .rng
        .sample(words.files.len(), count)
        .into_iter()
        .map(|index| {
            format!(
                "{}.{}",
                words.files[index],
                desk.rng.pick(&["py", "txt", "csv", "log", "sh", "md", "toml"])
            )
        })
        .collect();
    names.sort();
    for name in &names {
        let size = desk.rng.whole(48, 98_000);
        let date = format!(
            "{} {:02} {}",
            desk.any(&["Jan", "Mar", "May", "Jun", "Sep", "Nov"]),
            desk.rng.whole(1, 28),
            clock(desk.rng.whole(0, 1439), true)
        );
        let rights = desk.any(&["-rw-r--r--", "-rw-r--r--", "-rwxr-xr-x", "-rw-------"]);
        let cells = vec![
            Cell::text(name.as_str()),
            sheet.number(SIZE, size.into()),
            Cell::text(date),
            Cell::text(rights),
        ];
        sheet.item(cells);
    }
    let user = desk.rng.pick(&words.users).clone();
    let host = desk.rng.pick(&words.hosts).clone();
    let path = desk.rng.pick(&words.paths).clone();
    let place =
        sheet.tell("Folder", &path, "Which folder does the prompt name?|In which folder are the files?");
    let who = sheet.tell(
        "User and machine",
        &format!("{user}@{host}"),
        "Which user and machine does the prompt name?|What stands before the colon of the prompt?",
    );
    let picked = names[desk.rng.below(count)].clone();
    let command = sheet.tell(
        "Second command",
        desk.any(&["df -h /data", "wc -l *.txt", "git status --short", "ping -c 1 kiln", "uptime"]),
        "Which command was given after the list of files?|What is the second command?",
    );
    let second = sheet.shown(command).to_owned();
    let answer = match second.as_str() {
        "df -h /data" => format!(
            "/dev/sdb1  {}G  {}G  {}%  /data",
            desk.rng.whole(200, 900),
            desk.rng.whole(20, 190),
            desk.rng.whole(8, 92)
        ),
        "wc -l *.txt" => format!("{} total", desk.rng.whole(120, 9800)),
        "git status --short" => format!(" M {picked}"),
        "ping -c 1 kiln" => {
            format!("64 bytes from kiln: time={}.{} ms", desk.rng.whole(1, 48), desk.rng.whole(1, 9))
        }
        _ => format!("up {} days, load average: 0.{}", desk.rng.whole(2, 310), desk.rng.whole(11, 98)),
    };
    let output = sheet.tell(
        "Output of the second command",
        answer.trim(),
        "What does the second command print?|Which line is the output of the second command?",
    );
    let total = desk.rng.whole(40, 4200).to_string();
    let blocks = sheet.tell(
        "Total of the list",
        &format!("total {total}"),
        "What does the line before the files say?|Which total does the list of files begin with?",
    );
    let third = sheet.tell(
        "Command that is being typed",
        &format!("cat {picked}"),
        "Which command has been typed but not run?|What stands at the last prompt?",
    );
    let mut page = Page::new(sheet, skin);
    let (x, y, w, h) = page.window(desk, &format!("{user}@{host} – terminal"));
    page.fill((x, y, w, h), &format!("fill: rgb(\"{ground}\")"));
    let base = desk.paper.base;
    let mut at = y + 16.0;
    let prompt = |page: &Page, command: Expr| {
        let (who, place) = (page.sheet.value(who), page.sheet.value(place));
        format!(
            "text(fill: rgb(\"{ink}\"), stack(dir: ltr, text(fill: rgb(\"{green}\"), {}), {}, text(fill: rgb(\"{blue}\"), {}), {}, {command}))",
            bold(&who),
            role("note", ":"),
            bold(&place),
            "box(width: 1.6em, align(center, link(\"r:note\", \"$\")))"
        )
    };
    let list = prompt(&page, role("body", "ls -l"));
    page.put((x + 18.0, at, w - 36.0, line), &list);
    at += line;
    let total = page.sheet.value(blocks);
    page.put((x + 18.0, at, w - 36.0, line), &format!("text(fill: rgb(\"{ink}\"), {total})"));
    at += line;
    let letter = base * 0.62;
    for row in 0..count {
        let cells = [
            page.sheet.cell(row, RIGHTS),
            page.sheet.cell(row, SIZE),
            page.sheet.cell(row, DATE),
            page.sheet.cell(row, 0),
        ];
        let starts = page.sheet.shown_cell(row, RIGHTS).contains('x');
        let name = if starts {
            format!("text(fill: rgb(\"{green}\"), {})", bold(&cells[3]))
        } else {
            cells[3].clone()
        };
        let inner = format!(
            "text(fill: rgb(\"{ink}\"), grid(columns: ({:.0}pt, {:.0}pt, {:.0}pt, auto), column-gutter: {:.0}pt, align: (left, right, left, left), {}, {}, {}, {name}))",
            letter * 11.0,
            letter * 7.0,
            letter * 13.5,
            letter * 1.8,
            cells[0],
            cells[1],
            cells[2]
        );
        page.put((x + 18.0, at, w - 36.0, line), &inner);
        at += line;
    }
    let second = prompt(&page, page.sheet.value(command));
    page.put((x + 18.0, at + 8.0, w - 36.0, line), &second);
    let printed = page.sheet.value(output);
    page.put((x + 18.0, at + 8.0 + line, w - 36.0, line), &format!("text(fill: rgb(\"{ink}\"), {printed})"));
    let last = prompt(
        &page,
        format!(
            "stack(dir: ltr, spacing: 3pt, {}, box(width: 8pt, height: 13pt, fill: rgb(\"{ink}\")))",
            page.sheet.value(third)
        ),
    );
    page.put((x + 18.0, at + 16.0 + 2.0 * line, w - 36.0, line), &last);
    let sheet = &mut page.sheet;
    pose_cells(sheet, SIZE, &["How large is {label}, in bytes?", "Which size is listed for {label}?"]);
    pose_cells(sheet, DATE, &["When was {label} changed?", "Which date and time stand next to {label}?"]);
    pose_cells(
        sheet,
        RIGHTS,
        &["Which rights does {label} have?", "What stands at the start of the line of {label}?"],
    );
    pose_back(sheet, SIZE, &["Which file has {value} bytes?"]);
    pose_ends(
        sheet,
        SIZE,
        &["Which file is the largest?", "Which of the listed files takes most bytes?"],
        &["Which file is the smallest?", "Which of the listed files takes fewest bytes?"],
    );
    pose_rows(sheet, &["How many files are listed?", "How many files does the first command show?"]);
    pose_count(
        sheet,
        RIGHTS,
        "-rwxr-xr-x",
        &[
            "How many files can be run (have an x in their rights)?",
            "How many files have the rights -rwxr-xr-x?",
        ],
    );
    sheet.pose(
        "sum",
        4,
        &["How many bytes do all listed files have together?"],
        Program::Sum(Program::all(0).over(SIZE)).print(&NumberFormat { group: None, ..count_format() }),
    );
    for row in 0..count - 1 {
        let (a, b) = (sheet.shown_cell(row, 0).to_owned(), sheet.shown_cell(row + 1, 0).to_owned());
        let size = |label: &str| Program::Number(Program::named(0, 0, label).over(SIZE)).boxed();
        let words = [format!("Is {a} larger than {b}?"), format!("Does {a} take more bytes than {b}?")];
        sheet.pose(
            "compare_yes_no",
            2,
            &[&words[0], &words[1]],
            Program::YesNo(Program::Greater(size(&a), size(&b)).boxed()),
        );
    }
    page.draft(format!("terminal of {user} on {host}"), "somebody who works with a shell", "terminal")
}

/// An editor.
pub(super) fn editor(desk: &mut Desk<'_>) -> Draft {
    let words = Words::bundled();
    let file = desk.rng.pick(&words.code);
    let line = 21.0;
    let height = 196.0 + line * file.lines.len() as f64;
    let skin = Skin::draw(desk, 900.0, height);
    let mono = desk.style.word(&MONO);
    let sheet = Sheet::with_items(vec![(Column::text("Line"), None), (Column::text("Code"), None)]);
    let mut sheet = lacking(
        sheet,
        &["Licence of the program", "Name of the author", "Date of the last change", "Size of the file"],
    );
    sheet.call("line", "lines");
    let first = desk.rng.whole(1, 60);
    for (index, text) in file.lines.iter().enumerate() {
        sheet.item(vec![Cell::text((first + index as i64).to_string()), Cell::text(text.trim())]);
    }
    let filled: Vec<usize> = (0..file.lines.len()).filter(|row| !file.lines[*row].is_empty()).collect();
    let current = filled[desk.rng.below(filled.len())];
    let column = desk.rng.whole(1, file.lines[current].chars().count() as i64 + 1);
    let status = format!("Ln {}, Col {column}", first + current as i64);
    let open = sheet.tell(
        "Open file",
        &file.file,
        "Which file is open?|Which tab is selected?|What is the name of the open file?",
    );
    let position = sheet.tell("Place of the cursor", &status, "Where is the cursor, by the bar at the bottom?|Which line and column does the bar at the bottom name?");
    let language = sheet.tell(
        "Language",
        &file.language,
        "Which programming language does the bar at the bottom name?|In which language is the file written?",
    );
    let branch = sheet.tell(
        "Branch",
        desk.any(&["main", "fix-rounding", "spring", "draft-2", "tidy-up"]),
        "Which branch is checked out?|What is the name of the branch?",
    );
    let errors = desk.rng.whole(0, 6);
    let warnings = desk.rng.whole(0, 12);
    let wrong = sheet.tell("Number of errors", &format!("{errors} errors"), "How many errors are reported?");
    let noted =
        sheet.tell("Number of warnings", &format!("{warnings} warnings"), "How many warnings are reported?");
    let program = desk.rng.pick(&words.editors).clone();
    let others = desk.rng.sample(words.files.len(), 6);
    let folder = desk.rng.pick(&words.folders).to_lowercase();
    let mut page = Page::new(sheet, skin);
    let (x, y, w, h) = page.window(desk, &format!("{} – {program}", file.file));
    let (dark, radius) = (page.skin.dark, page.skin.radius);
    let side = 186.0;
    page.fill((x, y, side, h - 26.0), "fill: panel, stroke: (right: 0.8pt + rule-c)");
    let mut rows = vec![format!(
        "grid(columns: (auto, auto), column-gutter: 7pt, align: horizon, {}, {})",
        icon("folder", 15.0, "soft"),
        bold(&role("group_label", &folder))
    )];
    let endings = ["txt", "md", "json", "csv"];
    for (index, other) in others.iter().enumerate() {
        let (name, fill) = if index == 2 {
            (file.file.clone(), "fill: faint")
        } else {
            (format!("{}.{}", words.files[*other], endings[other % 4]), "fill: none")
        };
        rows.push(format!("block(width: 100%, inset: (x: 18pt, y: 5pt), radius: {radius:.0}pt, {fill}, grid(columns: (auto, auto), column-gutter: 7pt, align: horizon, {}, {}))", icon("file", 14.0, "soft"), role("group_label", &name)));
    }
    page.put(
        (x + 12.0, y + 14.0, side - 24.0, h - 60.0),
        &format!("stack(spacing: 5pt, {})", rows.join(", ")),
    );
    let left = x + side;
    let wide = w - side;
    page.fill((left, y, wide, 36.0), "fill: panel");
    let ground = desk.paper.ground.hex();
    page.fill((left, y, 170.0, 36.0), &format!("fill: rgb(\"{ground}\"), stroke: (top: 2pt + ac)"));
    let name = page.sheet.value(open);
    page.middle((left + 16.0, y, 120.0, 36.0), "left", &bold(&name));
    let close = page.sheet.icon("close icon of the tab", &icon("close", 12.0, "ink"));
    page.middle((left + 142.0, y, 16.0, 36.0), "center", &close);
    page.middle(
        (left + 190.0, y, 160.0, 36.0),
        "left",
        &format!("text(fill: soft, {})", role("note", &format!("{}.md", words.files[others[0]]))),
    );
    let search = page.sheet.icon("search icon", &icon("search", 18.0, "ink"));
    page.middle((left + wide - 40.0, y, 24.0, 36.0), "center", &search);
    let (key, word, hint) =
        if dark { ("#d29bf0", "#9fd3a0", "#8b98a5") } else { ("#7a2ea8", "#1f6d33", "#5f6b77") };
    let keep =
        |hex: &str| Color::from_hex(hex).unwrap_or(Color::BLACK).readable_on(desk.paper.ground, 4.6).hex();
    let (key, word, hint) = (keep(key), keep(word), keep(hint));
    let top = y + 46.0;
    page.fill((left, top + line * current as f64 - 1.0, wide, line), "fill: faint");
    for (row, text) in file.lines.iter().enumerate() {
        let at = top + line * row as f64;
        let number = page.sheet.cell_as(row, 0, "note");
        page.middle(
            (left + 8.0, at, 34.0, line),
            "right",
            &format!("text(font: \"{mono}\", size: 0.92em, fill: soft, {number})"),
        );
        if text.is_empty() {
            continue;
        }
        let spaces = text.len() - text.trim_start().len();
        let start = text.trim_start();
        let keyword = [
            "import", "def", "return", "for", "print", "const", "function", "let", "use", "struct", "impl",
            "fn", "if", "SELECT", "FROM", "JOIN", "WHERE", "AND", "ORDER", "LIMIT",
        ]
        .iter()
        .any(|key| start.split([' ', '(']).next() == Some(key));
        let color = if start.starts_with("--") {
            hint.clone()
        } else if start.contains('"') {
            word.clone()
        } else if keyword {
            key.clone()
        } else {
            desk.paper.ink.hex()
        };
        let code = page.sheet.cell_part(row, 1, start, "body");
        page.middle(
            (left + 58.0 + 7.6 * spaces as f64, at, wide - 66.0 - 7.6 * spaces as f64, line),
            "left",
            &format!("text(font: \"{mono}\", size: 0.96em, fill: rgb(\"{color}\"), {code})"),
        );
    }
    let low = y + h - 26.0;
    page.fill((x, low, w, 26.0), "fill: ac");
    let shown =
        |page: &Page, cell: usize| format!("text(size: 0.86em, fill: onac, {})", page.sheet.value(cell));
    let parts = [
        format!("stack(dir: ltr, spacing: 5pt, {}, {})", icon("branch", 14.0, "onac"), shown(&page, branch)),
        shown(&page, wrong),
        shown(&page, noted),
    ];
    page.middle(
        (x + 12.0, low, w / 2.0, 26.0),
        "left",
        &format!(
            "grid(columns: (auto, auto, auto), column-gutter: 20pt, align: horizon, {})",
            parts.join(", ")
        ),
    );
    let parts = [shown(&page, position), shown(&page, language)];
    page.middle(
        (x + w / 2.0, low, w / 2.0 - 12.0, 26.0),
        "right",
        &format!("grid(columns: (auto, auto), column-gutter: 20pt, align: horizon, {})", parts.join(", ")),
    );
    let sheet = &mut page.sheet;
    for row in filled {
        let number = sheet.shown_cell(row, 0).to_owned();
        let code = sheet.shown_cell(row, 1).to_owned();
        let words = [
            format!("What stands in line {number}?"),
            format!("Which code has line {number}?"),
            format!("Read out line {number}."),
        ];
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        sheet.pose("lookup", 1, &words, Program::Shown(Program::named(0, 0, &number).over(1)));
        let twins = file.lines.iter().filter(|line| line.trim() == code).count();
        if twins == 1 && code.len() > 3 {
            let words = [
                format!("In which line stands “{code}”?"),
                format!("What is the number of the line “{code}”?"),
            ];
            sheet.pose(
                "look_back",
                2,
                &[&words[0], &words[1]],
                Program::Shown(Program::named(0, 1, &code).over(0)),
            );
        }
        sheet.target(&format!("line {number}"), row, 1);
    }
    pose_rows(
        sheet,
        &["How many lines of the file are shown?", "How many numbered lines does the editor show?"],
    );
    let ends = [Program::First(Program::all(0).boxed()), Program::Last(Program::all(0).boxed())];
    for (end, words) in ends.into_iter().zip([
        ["What is the number of the first line shown?"],
        ["What is the number of the last line shown?"],
    ]) {
        sheet.pose("end", 1, &words, Program::Shown(end.over(0)));
    }
    page.draft(format!("editor with {}", file.file), "a programmer", &file.language.to_lowercase())
}
