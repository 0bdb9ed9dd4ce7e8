//! A terminal with commands and their output.

use pixmo_render::{Cell, Column, NumberFormat};

use super::super::desk::{Desk, Draft};
use super::super::markup::{Expr, bold, role};
use super::super::sheet::Sheet;
use super::skin::Skin;
use super::words::Words;
use super::{
    MONO, Page, clock, count_format, lacking, pose_back, pose_cells, pose_count, pose_ends, pose_rows,
};
use crate::program::Expr as Program;

/// A terminal.
pub(in super::super) fn session(desk: &mut Desk<'_>) -> Draft {
    const SIZE: usize = 1;
    const DATE: usize = 2;
    const RIGHTS: usize = 3;
    let words = Words::bundled();
    let shell = desk.rng.pick(&words.shells);
    let count = (desk.rng.whole(5, 9) as usize).min(shell.files.len());
    let line = 21.0;
    let height = 120.0 + line * (count as f64 + desk.style.range(4.0, 8.0).round());
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
    let mut chosen = desk.rng.sample(shell.files.len(), count);
    chosen.sort_by_key(|index| &shell.files[*index].0);
    let (mut total, mut bytes) = (0, 0);
    let last = desk.day();
    for index in &chosen {
        let (name, low, high, rights) = &shell.files[*index];
        let size = desk.rng.whole(*low, *high);
        // Disks give out room in blocks of 4 KiB.
        total += (size + 4095) / 4096 * 4;
        bytes += size;
        let day = last.saturating_sub(jiff::ToSpan::days(desk.rng.whole(0, 160)));
        let month = &crate::content::MONTHS[day.month() as usize - 1][..3];
        let date = format!("{month} {:2} {}", day.day(), clock(desk.rng.whole(7 * 60, 23 * 60), true));
        let date = date.replace("  ", " ");
        let cells = vec![
            Cell::text(name.as_str()),
            sheet.number(SIZE, size.into()),
            Cell::text(date),
            Cell::text(rights.as_str()),
        ];
        sheet.item(cells);
    }
    let user = desk.rng.pick(&words.users).clone();
    let host = desk.rng.pick(&words.hosts).clone();
    let path = shell.path.as_str();
    let place =
        sheet.tell("Folder", path, "Which folder does the prompt name?|In which folder are the files?");
    let who = sheet.tell(
        "User and machine",
        &format!("{user}@{host}"),
        "Which user and machine does the prompt name?|What stands before the colon of the prompt?",
    );
    let readable: Vec<String> = (0..count)
        .map(|row| sheet.shown_cell(row, 0).to_owned())
        .filter(|name| ![".gz", ".dump"].iter().any(|ending| name.ends_with(ending)))
        .collect();
    let picked = desk.rng.pick(&readable).clone();
    let second = desk.rng.pick(&shell.commands).clone();
    let command = sheet.tell(
        "Second command",
        &second,
        "Which command was given after the list of files?|What is the second command?",
    );
    // The folder itself takes a block too; the list of its files does not count it.
    let answer = output_of(desk, &second, &picked, total + 4, bytes);
    let output = sheet.tell(
        "Output of the second command",
        answer.trim(),
        "What does the second command print?|Which line is the output of the second command?",
    );
    let blocks = sheet.tell(
        "Total of the list",
        &format!("total {total}"),
        "What does the line before the files say?|Which total does the list of files begin with?",
    );
    let third = sheet.tell(
        "Command that is being typed",
        &format!("{} {picked}", desk.any(&["cat", "less", "head -n 5", "tail"])),
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

/// What a command prints.
fn output_of(desk: &mut Desk<'_>, command: &str, picked: &str, total: i64, bytes: i64) -> String {
    let last = command.rsplit(' ').next().unwrap_or_default();
    match command.split(' ').next().unwrap_or_default() {
        "df" => format!(
            "/dev/sdb1  {}G  {}G  {}%  {last}",
            desk.rng.whole(200, 900),
            desk.rng.whole(20, 190),
            desk.rng.whole(8, 92)
        ),
        "wc" => format!("{} {last}", (bytes / desk.rng.whole(60, 240)).max(12)),
        "git" => format!(" M {picked}"),
        "ping" => {
            format!(
                "64 bytes from {last} (10.0.0.{}): icmp_seq=1 ttl=64 time={}.{} ms",
                desk.rng.whole(2, 90),
                desk.rng.whole(0, 48),
                desk.rng.whole(1, 9)
            )
        }
        "du" if total < 1000 => format!("{total}K    ."),
        "du" => format!("{}.{}M    .", total / 1024, total % 1024 * 10 / 1024),
        "grep" => desk.rng.whole(2, 84).to_string(),
        "python3" => format!(
            "next high tide: {}, {}.{} m",
            clock(desk.rng.whole(60, 1380), true),
            desk.rng.whole(2, 5),
            desk.rng.whole(0, 9)
        ),
        _ => format!(
            "{}:{:02} up {} days, {} users, load average: 0.{}, 0.{}, 0.{}",
            clock(desk.rng.whole(8 * 60, 22 * 60), true),
            desk.rng.whole(0, 59),
            desk.rng.whole(2, 310),
            desk.rng.whole(2, 5),
            desk.rng.whole(11, 98),
            desk.rng.whole(11, 98),
            desk.rng.whole(11, 98)
        ),
    }
}
