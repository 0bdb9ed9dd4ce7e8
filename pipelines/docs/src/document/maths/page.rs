//! How a sheet of mathematics looks: a school book, an exam, a colourful worksheet, a squared notebook, a board, a
//! problem set.

use pixmo_render::Color;
use pixmo_render_typst::escape_string;

use super::super::desk::Desk;
use super::super::markup::{
    Expr, align, body, bold, display, ends, grid, inline, role, rule, show, small, space, stack, text,
};
use super::super::paper::Finish;
use super::super::press::{bookish, modern, tone};
use super::Set;

/// Who has made the sheet, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Book,
    Exam,
    Worksheet,
    Notebook,
    Board,
    ProblemSet,
}

/// How the problems want to stand.
pub(super) struct Wish {
    /// Columns at most; 0 for parts that carry no numbers and stand below each other.
    pub(super) columns: usize,
    /// Room for an answer behind each problem.
    pub(super) blank: bool,
    /// Room for working below each problem, in points.
    pub(super) work: f64,
    /// Lines that a problem stands in; 0 where its length says nothing of its width.
    pub(super) lines: usize,
}

impl Look {
    /// Draws a look and lays out the sheet for it.
    pub(super) fn draw(desk: &mut Desk<'_>) -> Self {
        let look = [Look::Book, Look::Exam, Look::Worksheet, Look::Notebook, Look::Board, Look::ProblemSet]
            [desk.style.weighted(&[1.2, 1.0, 1.2, 1.0, 0.9, 1.0])];
        desk.paper.width = desk.style.range(600.0, 740.0).round();
        desk.paper.base = desk.style.range(15.4, 16.8);
        desk.paper.margin = (desk.style.range(42.0, 58.0).round(), desk.style.range(36.0, 48.0).round());
        match look {
            Look::Book => {
                if desk.style.chance(0.6) {
                    bookish(desk);
                } else {
                    modern(desk);
                }
                tone(desk, &["#ffffff", "#fdfaf2", "#fbf7ee", "#f6f8fb"]);
            }
            Look::Exam => {
                let family =
                    desk.style.word(&["Noto Serif", "Arimo", "Crimson Pro", "Open Sans", "Roboto Slab"]);
                desk.set_faces(family, family);
                desk.paper.black_on_white();
                desk.paper.accent = Color::rgb(20, 20, 24);
            }
            Look::Worksheet => {
                let family = desk.style.word(&["Nunito", "Quicksand", "Comic Neue", "Rubik", "Open Sans"]);
                let title = desk.style.word(&["Nunito", "Comfortaa", "Rubik", "Comic Neue"]);
                desk.set_faces(family, title);
                tone(desk, &["#ffffff", "#fffdf5", "#f7fbff", "#fdf8fd"]);
            }
            Look::Notebook => {
                let family = desk.style.word(&["Patrick Hand", "Kalam", "Caveat", "Comic Neue"]);
                desk.set_faces(family, family);
                tone(desk, &["#fffef8", "#fdfdfb", "#fbf8ee"]);
                let ink = *desk.style.pick(&[(28, 47, 122), (24, 26, 34), (32, 42, 96)]);
                desk.paper.ink = Color::rgb(ink.0, ink.1, ink.2);
                desk.paper.soft = desk.paper.ink.mix(desk.paper.ground, 0.15);
                desk.paper.accent = Color::from_hex(desk.style.word(&["#b3261e", "#1c2f7a", "#1d6b41"]))
                    .unwrap_or(Color::BLACK);
                let factor = if family == "Caveat" { 1.45 } else { 1.2 };
                desk.paper.base *= factor;
            }
            Look::Board => {
                let family = desk.style.word(&["Patrick Hand", "Kalam", "Comic Neue"]);
                desk.set_faces(family, family);
                desk.paper.base *= 1.3;
                let white = desk.style.chance(0.45);
                let tones: &[&str] = if white {
                    &["#fbfcfc", "#f6f8f9"]
                } else {
                    &["#20463a", "#24352f", "#1f2f3d", "#2b2f33"]
                };
                tone(desk, tones);
                desk.paper.accent = Color::from_hex(if white {
                    desk.style.word(&["#0b57a4", "#b3261e", "#19703b"])
                } else {
                    desk.style.word(&["#ffe08a", "#ffd0c2", "#c4ecd0", "#bfe0ff"])
                })
                .unwrap_or(Color::BLACK);
            }
            Look::ProblemSet => {
                let family = desk.style.word(&["EB Garamond", "Crimson Pro", "Noto Serif", "Lora"]);
                desk.set_faces(family, family);
                tone(desk, &["#ffffff", "#fefefc"]);
                desk.paper.base += 1.0;
            }
        }
        if matches!(look, Look::Notebook | Look::Board) && matches!(desk.paper.finish, Finish::Shade { .. }) {
            desk.paper.finish = Finish::Plain;
        }
        look
    }

    /// What the number at the head counts.
    pub(super) fn sheet_word(self) -> &'static str {
        match self {
            Look::Book | Look::Notebook => "page",
            Look::Exam => "exam",
            Look::Worksheet => "worksheet",
            Look::Board => "lesson",
            Look::ProblemSet => "problem set",
        }
    }

    /// The numbers that such a thing has.
    pub(super) fn numbers(self) -> (i64, i64) {
        match self {
            Look::Book | Look::Notebook => (3, 184),
            Look::Exam => (1, 9),
            Look::Worksheet => (1, 60),
            Look::Board => (2, 96),
            Look::ProblemSet => (1, 14),
        }
    }

    pub(super) fn is_book(self) -> bool {
        self == Look::Book
    }

    /// Written by hand, where letters of formulas stand upright in the hand itself.
    fn is_hand(self) -> bool {
        matches!(self, Look::Notebook | Look::Board)
    }

    /// A formula.
    pub(super) fn formula(self, source: &str) -> Expr {
        if self.is_hand() { format!("$upright({source})$") } else { format!("${}$", lettered(source)) }
    }

    /// A formula with room for its fractions and limits; in a line of text they would reach into its neighbours.
    pub(super) fn raised(self, source: &str) -> Expr {
        if self.is_hand() { format!("$ upright({source}) $") } else { format!("$ {} $", lettered(source)) }
    }

    /// Which letters of a formula stand in the face of the text, and what its unknowns look like: those of a book face
    /// come from its italics, so that they go with its digits; others have none and take letters of mathematics.
    fn faces(self, family: &str) -> String {
        let serif = ITALICS.contains(&family);
        let covers = if self.is_hand() || serif { "[0-9a-zA-Z.,+=]" } else { "[0-9.,]" };
        let mut out = format!(
            "#show math.equation: set text(font: ((name: {}, covers: regex(\"{covers}\")), \"Noto Sans Math\"))\n",
            escape_string(family)
        );
        for letter in UNKNOWNS.chars() {
            out += &if serif {
                format!("#let v{letter} = $upright(#text(style: \"italic\", \"{letter}\"))$\n")
            } else {
                format!("#let v{letter} = ${letter}$\n")
            };
        }
        out
    }
}

/// Book faces with italics.
const ITALICS: [&str; 4] = ["EB Garamond", "Crimson Pro", "Noto Serif", "Lora"];
/// The letters that formulas are written with.
const UNKNOWNS: &str = "cfghpqrxy";

/// A formula with each of its lone letters as the name of what it looks like.
fn lettered(source: &str) -> String {
    let letters: Vec<char> = source.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let beside = |at: Option<usize>| {
            at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphabetic() || ".#\"".contains(*c))
        };
        let alone = UNKNOWNS.contains(*letter) && !beside(at.checked_sub(1)) && !beside(Some(at + 1));
        if alone {
            // Typst would keep the space between a letter from a face of text and its factor, or the sign before it.
            let before = out.strip_suffix(' ').unwrap_or_default();
            let factor = before.ends_with(|c: char| c.is_ascii_digit());
            let sign = before.ends_with("dif") || before.ends_with("not");
            if factor || sign {
                out.pop();
            }
            if sign {
                out.push('#');
            }
            out.push('v');
        }
        out.push(*letter);
        if alone && letters.get(at + 1) == Some(&'(') {
            // The value of a function, not a call of the name.
            out.push(' ');
        }
    }
    out
}

/// Sets the problems on the page; gives also what the design is called.
pub(super) fn lay(desk: &mut Desk<'_>, set: &Set, parts: &[Expr], wish: &Wish) -> (String, String) {
    let look = set.look;
    let mut out = look.faces(desk.paper.family);
    out.push_str("#set par(leading: 0.65em)\n");
    let tag_style = desk.style.below(4);
    let boxed = desk.style.chance(0.5);
    let columns = columns_for(desk, set, parts.len(), wish, look == Look::Worksheet && boxed);
    head(desk, set, look, &mut out);
    let blank = format!(
        "box(width: {:.0}pt, height: 0.9em, stroke: (bottom: 0.8pt + soft))",
        desk.style.range(40.0, 64.0)
    );
    if wish.columns == 0 {
        for part in parts {
            show(&mut out, part);
            space(&mut out, 8.0);
        }
        foot(desk, set, look, &mut out);
        return (out, format!("{look:?}").to_lowercase());
    }
    let cells: Vec<Expr> = parts
        .iter()
        .enumerate()
        .map(|(row, part)| {
            let tag = tag(set, look, row, tag_style);
            let part = if wish.blank && !look.is_hand() && columns < 4 {
                grid("auto, auto", "left + horizon", (6.0, 0.0), &[part.clone(), blank.clone()])
            } else {
                part.clone()
            };
            let room = if wish.work > 0.0 && !look.is_hand() { vec![format!("v({:.1}pt)", wish.work)] } else { Vec::new() };
            let line = if part.starts_with("par(") || part.starts_with("box(") { "left + top" } else { "left + horizon" };
            let line = grid("auto, 1fr", line, (9.0, 0.0), &[tag, part]);
            let whole = stack(4.0, &[vec![line], room].concat());
            match look {
                Look::Worksheet if boxed => format!("block(width: 100%, inset: 11pt, radius: 7pt, fill: tint, stroke: 0.8pt + rule-c, {whole})"),
                Look::Worksheet => format!("block(width: 100%, inset: (y: 9pt), stroke: (bottom: 0.8pt + rule-c), {whole})"),
                _ => whole,
            }
        })
        .collect();
    let gap = match look {
        Look::Worksheet => {
            if boxed {
                12.0
            } else {
                6.0
            }
        }
        Look::Notebook | Look::Board => desk.style.range(24.0, 38.0),
        _ => desk.style.range(15.0, 24.0),
    };
    let shares = vec!["1fr"; columns].join(", ");
    show(&mut out, &grid(&shares, "left", (desk.style.range(20.0, 34.0), gap), &cells));
    foot(desk, set, look, &mut out);
    let name = format!("{look:?}").to_lowercase();
    (out, format!("{name}-{tag_style}/{columns}"))
}

/// In how many columns the problems stand: as many as fit, and not one where two would leave half of the sheet empty. A
/// sheet with a single column of short problems is a narrow one.
fn columns_for(desk: &mut Desk<'_>, set: &Set, count: usize, wish: &Wish, boxed: bool) -> usize {
    if wish.lines == 0 {
        return wish.columns.min(count).max(1);
    }
    let longest = (0..count).map(|row| set.sheet.shown_cell(row, super::TEXT).chars().count()).max();
    let letters = longest.unwrap_or(8).div_ceil(wish.lines.max(1)) as f64;
    let base = desk.paper.base;
    let need =
        letters * base * 0.56 + 46.0 + if wish.blank { 72.0 } else { 0.0 } + if boxed { 24.0 } else { 0.0 };
    let inner = desk.paper.width - 2.0 * desk.paper.margin.0;
    let fitting = ((inner + 30.0) / (need + 30.0)).floor().max(1.0) as usize;
    let mut columns = wish.columns.min(fitting).min(count).max(1);
    if columns == 1 && fitting > 1 && count > 3 && desk.style.chance(0.75) {
        columns = 2;
    }
    let tight = need + 2.0 * desk.paper.margin.0 + 60.0;
    if columns == 1 && tight < desk.paper.width {
        let title = set.sheet.shown(set.head.title).chars().count() as f64 * base * 1.25;
        let least = (title + 150.0 + 2.0 * desk.paper.margin.0).max(480.0);
        desk.paper.width = tight.max(least).min(desk.paper.width).round();
    }
    columns
}

/// The number of a problem as the sheet prints it.
fn tag(set: &Set, look: Look, row: usize, style: usize) -> Expr {
    let tag = set.tag(row);
    let (before, behind) = match style {
        0 => ("", "."),
        1 => ("", ")"),
        2 => ("(", ")"),
        // A bare number would read as part of the problem.
        3 if !matches!(look, Look::Worksheet | Look::Book) => ("", ")"),
        _ => ("", ""),
    };
    let side = |text: &str| body(text);
    let mut parts = Vec::new();
    if !before.is_empty() {
        parts.push(side(before));
    }
    parts.push(tag.clone());
    if !behind.is_empty() {
        // Letters that lean over would touch what follows them.
        parts.push("h(0.09em)".to_owned());
        parts.push(side(behind));
    }
    match (style, look) {
        (3, Look::Worksheet | Look::Book) => format!(
            "box(fill: ac, radius: 9pt, inset: (x: 6pt, y: 4pt), text(fill: onac, size: 0.86em, {}))",
            bold(&tag)
        ),
        (_, Look::Book | Look::Worksheet) => format!("text(fill: ac, {})", bold(&inline(&parts))),
        _ => bold(&inline(&parts)),
    }
}

fn head(desk: &mut Desk<'_>, set: &Set, look: Look, out: &mut String) {
    let (sheet, head) = (&set.sheet, &set.head);
    let title = |size: f64| display(size, &sheet.value_as(head.title, "title"));
    let order = sheet.value_as(head.order, "subtitle");
    let class = inline(&[body("Class "), sheet.value(head.class)]);
    let date = sheet.value(head.date);
    let who = sheet.value(head.who);
    let number = sheet.value(head.number);
    let field = |label: &str| {
        grid(
            "auto, 1fr",
            "(left + bottom, left + bottom)",
            (6.0, 0.0),
            &[body(label), "line(length: 100%, stroke: 0.8pt + ink)".to_owned()],
        )
    };
    match look {
        Look::Book => {
            let form = desk.style.below(2);
            let tab = format!(
                "box(fill: ac, inset: (x: 10pt, y: 8pt), radius: {:.0}pt, text(fill: onac, {}))",
                desk.paper.corner.min(6.0),
                bold(&class)
            );
            if form == 0 {
                show(out, &ends(&format!("text(fill: ac, {})", title(1.9)), &tab));
                show(out, &rule("1.6pt + ac"));
            } else {
                show(
                    out,
                    &grid("auto, 1fr", "(left + horizon, left + horizon)", (14.0, 0.0), &[tab, title(1.8)]),
                );
            }
            space(out, 6.0);
            show(
                out,
                &format!(
                    "block(width: 100%, fill: tint, inset: 10pt, stroke: (left: 4pt + ac), {})",
                    bold(&order)
                ),
            );
            space(out, 8.0);
        }
        Look::Exam => {
            let count = inline(&[body(desk.style.word(&["Exam no. ", "Test ", "Class test "])), number]);
            show(out, &small(&ends(&who, &count)));
            space(out, 2.0);
            show(out, &align("center", &title(1.7)));
            show(
                out,
                &format!(
                    "block(width: 100%, stroke: 1pt + ink, inset: 11pt, {})",
                    grid("1.5fr, 1fr, auto", "left + bottom", (18.0, 0.0), &[field("Name"), class, date])
                ),
            );
            space(out, 2.0);
            show(out, &format!("text(style: \"italic\", {order})"));
            space(out, 8.0);
        }
        Look::Worksheet => {
            let size = if sheet.shown(head.title).len() > 24 { 1.4 } else { 1.7 };
            let inner = ends(
                &format!("text(fill: onac, {})", title(size)),
                &format!("text(fill: onac, {})", inline(&[body("Worksheet "), number])),
            );
            show(out, &format!("block(width: 100%, fill: ac, radius: 12pt, inset: 15pt, {inner})"));
            space(out, 4.0);
            show(
                out,
                &grid("1.6fr, auto, auto", "left + bottom", (22.0, 0.0), &[field("Name"), class, date]),
            );
            space(out, 6.0);
            show(out, &format!("text(fill: ac, size: 1.08em, {})", bold(&order)));
            space(out, 6.0);
        }
        Look::Notebook => {
            notebook(desk);
            show(out, &small(&ends(&date, &inline(&[body("p. "), number]))));
            show(
                out,
                &format!(
                    "stack(spacing: 9pt, pad(bottom: 0.3em, text(fill: ac, {})), line(length: 46%, stroke: 1.6pt + ac))",
                    title(1.45)
                ),
            );
            space(out, 1.0);
            show(out, &order);
            space(out, 8.0);
        }
        Look::Board => {
            board(desk);
            show(out, &ends(&format!("text(fill: ac, {})", title(1.6)), &date));
            show(out, &rule("1.4pt + rule-c"));
            show(out, &order);
            space(out, 10.0);
        }
        Look::ProblemSet => {
            show(
                out,
                &align(
                    "center",
                    &stack(
                        14.0,
                        &[
                            small(&who),
                            title(1.75),
                            inline(&[body("Problem set "), number, text("  ·  "), date]),
                        ],
                    ),
                ),
            );
            show(out, &rule("0.7pt + ink"));
            show(out, &format!("text(style: \"italic\", {order})"));
            space(out, 10.0);
        }
    }
}

fn foot(desk: &mut Desk<'_>, set: &Set, look: Look, out: &mut String) {
    let (sheet, head) = (&set.sheet, &set.head);
    let class = inline(&[body("Class "), sheet.value(head.class)]);
    let (date, who, number) = (sheet.value(head.date), sheet.value(head.who), sheet.value(head.number));
    space(out, 12.0);
    match look {
        Look::Book => {
            show(out, &rule("0.7pt + rule-c"));
            show(out, &small(&ends(&inline(&[who, text("  ·  "), date]), &bold(&number))));
        }
        Look::Exam => {
            let wish = desk.style.word(&[
                "Show your working.",
                "Good luck!",
                "Check your answers before you hand in.",
            ]);
            show(out, &align("center", &small(&role("note", wish))));
        }
        Look::Worksheet => show(out, &align("right", &small(&who))),
        Look::Notebook => show(out, &small(&ends(&class, &who))),
        Look::Board => {
            show(
                out,
                &small(&ends(&inline(&[class, text("  ·  "), who]), &inline(&[body("lesson "), number]))),
            );
        }
        Look::ProblemSet => show(out, &align("center", &small(&class))),
    }
}

/// Squares or lines on the paper, with a line for the margin.
fn notebook(desk: &mut Desk<'_>) {
    let step = desk.style.range(17.0, 22.0).round();
    let squares = desk.style.chance(0.7);
    let pale = desk.paper.ground.mix(Color::rgb(110, 150, 200), 0.28).hex();
    let count = (1500.0 / step) as usize;
    let mut frame = String::new();
    for line in 1..count {
        let at = line as f64 * step;
        frame
            .push_str(&format!("#place(dy: {at:.0}pt, line(length: 100%, stroke: 0.7pt + rgb(\"{pale}\")))"));
        if squares && at < desk.paper.width {
            frame.push_str(&format!(
                "#place(dx: {at:.0}pt, line(length: 100%, angle: 90deg, stroke: 0.7pt + rgb(\"{pale}\")))"
            ));
        }
    }
    let red = desk.paper.ground.mix(Color::rgb(200, 40, 50), 0.5).hex();
    desk.paper.margin = (desk.paper.margin.0.max(58.0), desk.paper.margin.1);
    frame.push_str(&format!(
        "#place(dx: {:.0}pt, line(length: 100%, angle: 90deg, stroke: 1pt + rgb(\"{red}\")))",
        desk.paper.margin.0 - 16.0
    ));
    desk.paper.frame = format!("#block(width: 100%, height: 100%, clip: true)[{frame}]");
}

/// The frame of a board.
fn board(desk: &mut Desk<'_>) {
    let wood = desk.style.word(&["#8a6a48", "#b08d62", "#9aa1a8", "#c7ccd1"]);
    desk.paper.margin = (desk.paper.margin.0.max(52.0), desk.paper.margin.1.max(46.0));
    desk.paper.frame = format!("#rect(width: 100%, height: 100%, stroke: 15pt + rgb(\"{wood}\"))");
}
