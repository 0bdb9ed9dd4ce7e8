//! Tables of contents and indexes of books: what stands where.

use pixmo_render::{Cell, Column, Rng};

use super::book::{Book, books};
use super::desk::{Desk, Draft};
use super::markup::{
    Expr, align, body, bold, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::press::{bookish, modern, para, title as heading_of, tone};
use super::sheet::{Field, Sheet};

/// Head of a page that belongs to a book.
struct Head {
    title: Field,
    author: Field,
    page: Field,
}

fn head(desk: &mut Desk<'_>, sheet: &mut Sheet, title: &str, page: &str) -> Head {
    let author = desk.person().full();
    Head {
        title: sheet.tell(
            "Title of the book",
            title,
            "What is the title of the book?|Which book is the page from?",
        ),
        author: sheet.tell("Author", &author, "Who wrote the book?|Who is the author of the book?"),
        page: sheet.tell(
            "Number of this page",
            page,
            "What is the number of this page?|Which page number stands on the page?",
        ),
    }
}

/// Dots or a thin line from a name to its page.
fn leader(dotted: bool) -> Expr {
    let stroke = if dotted { "(paint: soft, thickness: 1.1pt, dash: \"dotted\")" } else { "0.7pt + rule-c" };
    format!("align(bottom, line(length: 100%, stroke: {stroke}))")
}

/// Writes a table of contents.
pub(super) fn contents(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Title"), None),
        (Column::text("Number"), None),
        (Column::number("Page", "", false), Some(place.number(0, ""))),
    ]);
    let book = desk.rng.pick(books());
    let poems = book.kind == "poetry";
    let (one, many) = if poems { ("poem", "poems") } else { ("chapter", "chapters") };
    sheet.call(one, many);
    sheet.ask(
        1,
        &[
            &format!("Which number does the {one} “{{label}}” have?"),
            &format!("What is the number of the {one} “{{label}}”?"),
        ],
    );
    sheet.ask(
        2,
        &["On which page does “{label}” begin?", &format!("On which page does the {one} “{{label}}” start?")],
    );
    sheet.ask_back(
        1,
        &[&format!("What is the title of {one} {{value}}?"), &format!("What is {one} {{value}} called?")],
    );
    sheet.ask_back(2, &[&format!("Which {one} begins on page {{value}}?"), "What begins on page {value}?"]);
    sheet.ask_span(
        2,
        &[
            &format!(
                "How many pages is it from the beginning of “{{label}}” to the beginning of the next {one}?"
            ),
            &format!("How many pages after “{{label}}” does the next {one} begin?"),
        ],
    );
    sheet.lacks(&["Name of the publisher", "Year of publication", "Number of figures", "Price of the book"]);
    let (title, _) = book.name(desk);
    let roman = ["v", "vii", "ix", "xi"];
    let page_no = desk.any(&roman);
    let head = head(desk, &mut sheet, &title, page_no);
    let count = desk.rng.whole(7, 12) as usize;
    let mut chosen = desk.rng.sample(book.chapters.len(), count);
    chosen.sort_unstable();
    let mut page = desk.rng.whole(7, 15);
    let numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let roman_numbers = desk.style.chance(0.25);
    for (index, chapter) in chosen.into_iter().enumerate() {
        let number = if roman_numbers { numerals[index].to_owned() } else { (index + 1).to_string() };
        let cells = vec![
            Cell::text(book.chapters[chapter].as_str()),
            Cell::text(number),
            sheet.number(2, page.into()),
        ];
        sheet.item(cells);
        page += if poems { desk.rng.whole(1, 6) } else { desk.rng.whole(9, 34) };
    }
    // What follows the last chapter.
    let mut after: Vec<(&str, Field)> = Vec::new();
    for (name, ask) in [
        ("Notes", "On which page do the notes begin?"),
        ("Bibliography", "On which page does the bibliography begin?"),
        ("Index", "On which page does the index begin?"),
        ("Acknowledgements", "On which page do the acknowledgements begin?"),
    ] {
        if after.len() < 2 && desk.rng.chance(0.6) {
            after.push((
                name,
                sheet.tell(&format!("Page of the {}", name.to_lowercase()), &page.to_string(), ask),
            ));
            page += desk.rng.whole(2, 12);
        }
    }
    if desk.style.chance(0.65) {
        bookish(desk);
    } else {
        modern(desk);
    }
    tone(desk, &["#ffffff", "#fbf7ec", "#faf8f3", "#f7f2e4", "#fdfdfb"]);
    desk.paper.width = desk.style.range(480.0, 580.0).round();
    desk.paper.margin = (desk.style.range(48.0, 60.0), desk.style.range(44.0, 60.0));
    desk.paper.base = desk.style.range(13.4, 15.0);
    let form = desk.style.below(4);
    let style = &mut desk.style;
    let word = style.word(&["Contents", "Table of Contents", "In this book", "Contents"]);
    let mut out = String::new();
    let running = small(&grid(
        "1fr, auto",
        "(left, right)",
        (12.0, 0.0),
        &[
            inline(&[
                sheet.value(head.author),
                text("   "),
                format!("text(style: \"italic\", {})", sheet.value(head.title)),
            ]),
            sheet.value(head.page),
        ],
    ));
    let row_name = |row: usize| sheet.cell_as(row, 0, "body");
    match form {
        0 => {
            show(&mut out, &running);
            space(&mut out, 22.0);
            show(&mut out, &align("center", &heading_of(2.0, &role("heading", word))));
            space(&mut out, 14.0);
            let dotted = style.chance(0.7);
            let mut cells = Vec::new();
            for row in 0..sheet.len() {
                cells.extend([sheet.cell(row, 1), row_name(row), leader(dotted), sheet.cell(row, 2)]);
            }
            for (name, page) in &after {
                cells.extend(["[]".to_owned(), body(name), leader(dotted), sheet.value(*page)]);
            }
            show(&mut out, &grid("auto, auto, 1fr, auto", "(right, left, left, right)", (9.0, 12.0), &cells));
        }
        1 => {
            show(&mut out, &stack(10.0, &[heading_of(2.6, &role("heading", word)), rule("3pt + ac")]));
            space(&mut out, 12.0);
            let mut cells = Vec::new();
            for row in 0..sheet.len() {
                cells.extend([
                    format!("text(fill: ac, {})", bold(&sheet.cell(row, 1))),
                    row_name(row),
                    bold(&sheet.cell(row, 2)),
                ]);
                cells.push("grid.hline(stroke: 0.7pt + rule-c)".to_owned());
            }
            for (name, page) in &after {
                cells.extend([
                    "[]".to_owned(),
                    format!("text(style: \"italic\", {})", body(name)),
                    sheet.value(*page),
                ]);
            }
            show(
                &mut out,
                &format!(
                    "grid(columns: (42pt, 1fr, auto), align: (left, left, right), inset: (y: 8pt), {})",
                    cells.join(", ")
                ),
            );
            space(&mut out, 14.0);
            show(&mut out, &running);
        }
        2 => {
            show(&mut out, &format!("text(fill: ac, {})", heading_of(2.3, &role("heading", word))));
            show(&mut out, &small(&inline(&[sheet.value(head.author), text(": "), sheet.value(head.title)])));
            space(&mut out, 14.0);
            let mut cells = Vec::new();
            for row in 0..sheet.len() {
                let number = inline(&[body(&format!("{} ", super::desk::capital(one))), sheet.cell(row, 1)]);
                cells.push(format!("text(size: 1.9em, fill: ac, {})", sheet.cell(row, 2)));
                cells.push(stack(6.0, &[small(&number), bold(&row_name(row))]));
            }
            for (name, page) in &after {
                cells.push(format!("text(size: 1.9em, fill: soft, {})", sheet.value(*page)));
                cells.push(bold(&body(name)));
            }
            show(&mut out, &grid("auto, 1fr", "(right + horizon, left + horizon)", (18.0, 14.0), &cells));
            space(&mut out, 14.0);
            show(&mut out, &align("right", &small(&sheet.value(head.page))));
        }
        _ => {
            show(&mut out, &running);
            show(&mut out, &rule("0.7pt + ink"));
            space(&mut out, 10.0);
            show(&mut out, &heading_of(1.9, &role("heading", word)));
            space(&mut out, 8.0);
            let parts = 2 + usize::from(sheet.len() > 9);
            let each = sheet.len().div_ceil(parts);
            let names = ["Part One", "Part Two", "Part Three"];
            for (part, name) in names.iter().enumerate().take(parts) {
                let mut cells = Vec::new();
                for row in part * each..((part + 1) * each).min(sheet.len()) {
                    cells.extend([sheet.cell(row, 1), row_name(row), sheet.cell(row, 2)]);
                }
                show(
                    &mut out,
                    &format!(
                        "block(above: 1.2em, below: 0.8em, text(fill: ac, {}))",
                        bold(&role("heading", name))
                    ),
                );
                show(&mut out, &grid("24pt, 1fr, auto", "(left, left, right)", (8.0, 10.0), &cells));
            }
            space(&mut out, 10.0);
            let cells: Vec<Expr> =
                after.iter().flat_map(|(name, page)| [body(name), sheet.value(*page)]).collect();
            if !cells.is_empty() {
                show(&mut out, &grid("1fr, auto", "(left, right)", (8.0, 10.0), &cells));
            }
        }
    }
    let topic = format!("table of contents of {title}");
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a reader who leafs through a book".to_owned(),
        design: format!("contents-{form}"),
    }
}

/// Page numbers of an index entry: a few pages and ranges.
fn pages(rng: &mut Rng, last: i64) -> String {
    let count = rng.whole(1, 3);
    let mut list = Vec::new();
    let mut at = rng.whole(5, last / 2);
    for _ in 0..count {
        if rng.chance(0.25) {
            let end = at + rng.whole(1, 6);
            list.push(format!("{at}–{end}"));
            at = end;
        } else {
            list.push(at.to_string());
        }
        at += rng.whole(3, last / 4);
    }
    list.join(", ")
}

/// Writes a page of an index.
pub(super) fn index(desk: &mut Desk<'_>) -> Draft {
    let mut sheet = Sheet::with_items(vec![(Column::text("Entry"), None), (Column::text("Pages"), None)]);
    // Words that only refer to others are entries too, but no rows of the list.
    sheet.call("entry with page numbers", "entries with page numbers");
    sheet.ask(
        1,
        &[
            "On which pages does the book mention “{label}”?",
            "Which pages does the index give for “{label}”?",
            "Where in the book can one read about “{label}”?",
        ],
    );
    sheet.ask_back(
        1,
        &["For which entry does the index give “{value}”?", "Which entry stands with “{value}”?"],
    );
    sheet.lacks(&["Name of the publisher", "Year of publication", "Number of chapters", "Price of the book"]);
    let fits: Vec<&Book> = books().iter().filter(|b| !b.terms.is_empty()).collect();
    let book = *desk.rng.pick(&fits);
    let (title, _) = book.name(desk);
    let last = desk.rng.whole(180, 420);
    let number = (last + desk.rng.whole(2, 8)).to_string();
    let head = head(desk, &mut sheet, &title, &number);
    let count = desk.rng.whole(22, 36).min(book.terms.len() as i64 - 3) as usize;
    // Lines in the order of the alphabet: entries with pages, and words that only refer to one of them.
    let mut list: Vec<(&str, Option<&str>)> = Vec::new();
    for at in desk.rng.sample(book.see.len(), 3.min(book.see.len())) {
        let [word, see] = [&book.see[at][0], &book.see[at][1]].map(String::as_str);
        // Nothing refers to a word that only refers to another itself.
        if list.iter().all(|(known, meant)| *known != see && *meant != Some(word)) {
            list.push((word, Some(see)));
        }
    }
    let meant: Vec<&str> = list.iter().filter_map(|(_, see)| *see).collect();
    for see in meant {
        if list.iter().all(|(word, _)| *word != see) {
            list.push((see, None));
        }
    }
    for term in desk.rng.sample(book.terms.len(), book.terms.len()) {
        let word = book.terms[term].as_str();
        if list.len() < count && list.iter().all(|(known, _)| *known != word) {
            list.push((word, None));
        }
    }
    list.sort_unstable();
    let mut lines: Vec<(char, Expr)> = Vec::new();
    for (word, see) in list {
        let first = word.chars().next().unwrap_or('a').to_ascii_uppercase();
        lines.push((first, match see {
            None => {
                let pages = pages(&mut desk.rng, last);
                let row = sheet.item(vec![Cell::text(word), Cell::text(pages)]);
                inline(&[sheet.cell_as(row, 0, "body"), text(", "), sheet.cell(row, 1)])
            }
            Some(see) => {
                let ask = format!("To which entry does the index send the reader from “{word}”?|Which entry does “{word}” refer to?");
                let see = sheet.tell(&format!("Reference from “{word}”"), see, &ask);
                inline(&[body(word), format!("text(style: \"italic\", {})", body(", see ")), sheet.value(see)])
            }
        }));
    }
    if desk.style.chance(0.7) {
        bookish(desk);
    } else {
        modern(desk);
    }
    tone(desk, &["#ffffff", "#fbf7ec", "#faf8f3", "#f7f2e4"]);
    let three = desk.style.chance(0.3);
    desk.paper.width =
        if three { desk.style.range(680.0, 740.0).round() } else { desk.style.range(500.0, 580.0).round() };
    desk.paper.margin = (desk.style.range(46.0, 58.0), desk.style.range(42.0, 56.0));
    desk.paper.base = desk.style.range(12.4, 13.8);
    let form = desk.style.below(3);
    let mut out = String::from("#set par(leading: 0.5em, hanging-indent: 1.2em)\n");
    let running = small(&grid(
        "1fr, auto",
        "(left, right)",
        (12.0, 0.0),
        &[
            inline(&[
                sheet.value(head.author),
                text(", "),
                format!("text(style: \"italic\", {})", sheet.value(head.title)),
            ]),
            sheet.value(head.page),
        ],
    ));
    let columns = if three { 3 } else { 2 };
    let letters = form != 2;
    let mut flow: Vec<(f64, Expr)> = Vec::new();
    let mut before = ' ';
    for (first, line) in lines {
        if first != before {
            let letter =
                format!("text(fill: ac, size: 1.2em, {})", bold(&role("heading", &first.to_string())));
            match (letters, flow.is_empty()) {
                (true, _) => flow.push((if flow.is_empty() { 1.4 } else { 2.1 }, letter)),
                (false, false) => flow.push((0.7, gap_line())),
                (false, true) => {}
            }
            before = first;
        }
        flow.push((1.0, para(&line)));
    }
    // Whole letters stay together where a column can end between them.
    let all: f64 = flow.iter().map(|line| line.0).sum();
    let mut stacks: Vec<Vec<Expr>> = vec![Vec::new()];
    let mut filled = 0.0;
    for (tall, line) in flow {
        let full = filled + 0.5 * tall > all / columns as f64 * stacks.len() as f64;
        let opens = tall != 1.0;
        if stacks.len() < columns
            && full
            && (opens || filled > all / columns as f64 * stacks.len() as f64 + 2.0)
        {
            stacks.push(Vec::new());
        }
        filled += tall;
        let column = stacks.last_mut().expect("a column has been begun");
        // Letters and gaps part what stands above them from what follows; at the head of a column nothing stands above.
        match (tall, column.is_empty()) {
            (2.1, false) => column.push(format!("pad(top: 8pt, {line})")),
            (0.7, true) => {}
            _ => column.push(line),
        }
    }
    let cells: Vec<Expr> = stacks.iter().map(|parts| stack(6.5, parts)).collect();
    let widths = vec!["1fr"; columns].join(", ");
    match form {
        0 => {
            show(&mut out, &running);
            show(&mut out, &rule("0.7pt + ink"));
            space(&mut out, 10.0);
            show(&mut out, &heading_of(2.2, &role("heading", "Index")));
        }
        1 => {
            show(&mut out, &align("center", &heading_of(2.4, &role("heading", "Index"))));
            show(&mut out, &align("center", "line(length: 18%, stroke: 1.4pt + ac)"));
            space(&mut out, 10.0);
        }
        _ => {
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + bottom, right + bottom)",
                    (12.0, 0.0),
                    &[
                        heading_of(
                            1.8,
                            &role("heading", desk.style.word(&["Index", "Subject Index", "General Index"])),
                        ),
                        note("Numbers refer to pages."),
                    ],
                ),
            );
            show(&mut out, &rule("2pt + ac"));
            space(&mut out, 8.0);
        }
    }
    show(&mut out, &grid(&widths, "left", (24.0, 0.0), &cells));
    if form != 0 {
        space(&mut out, 14.0);
        show(&mut out, &running);
    }
    let topic = format!("index of {title}");
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a reader who looks something up".to_owned(),
        design: format!("index-{form}/{columns}"),
    }
}

fn gap_line() -> Expr {
    "v(10pt)".to_owned()
}
