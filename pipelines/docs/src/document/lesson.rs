//! Worksheets for school and the answer keys to them.

use pixmo_render::{Cell, Column};

use super::desk::{Desk, Draft};
use super::markup::{
    Expr, align, body, bold, display, ends, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::press::{bleed, bookish, modern, title as heading_of, tone};
use super::sheet::{Field, Sheet};
use super::task::{TOPICS, Task};

struct Lesson {
    school: Field,
    title: Field,
    order: Field,
    class: Field,
    number: Field,
    teacher: Field,
    date: Field,
    total: Field,
    time: Field,
}

/// Draws the tasks of a sheet and what stands around them; with the solutions as a column for a key.
fn draw(desk: &mut Desk<'_>, key: bool) -> (Sheet, Lesson, String) {
    let place = desk.place.clone();
    let mut columns = vec![
        (Column::text("Task"), None),
        (Column::text("Exercise"), None),
        (Column::number("Points", "", true), Some(place.number(0, ""))),
    ];
    if key {
        columns.push((Column::text("Solution"), None));
    }
    let mut sheet = Sheet::with_items(columns);
    // Questions call the tasks what the sheet calls them.
    let word = desk.any(&["Task", "Exercise", "Question"]);
    let noun = word.to_lowercase();
    sheet.call(&noun, &format!("{noun}s"));
    sheet.ask(1, &["What stands in {label}?", "What is set as {label}?", "Read out {label}."]);
    sheet.ask(2, &["How many points is {label} worth?", "How many points are given for {label}?"]);
    sheet.ask_back(
        1,
        &[&format!("Which {noun} reads “{{value}}”?"), &format!("In which {noun} does “{{value}}” stand?")],
    );
    sheet.ask_back(2, &[&format!("Which {noun} is worth exactly {{value}} points?")]);
    if key {
        sheet.ask(
            3,
            &[
                "What is the solution of {label}?",
                "Which answer does the key give for {label}?",
                "What is the right answer to {label}?",
            ],
        );
        sheet.ask_back(
            3,
            &[
                &format!("Which {noun} has the solution “{{value}}”?"),
                &format!("To which {noun} is “{{value}}” the answer?"),
            ],
        );
    }
    sheet.lacks(&[
        "Name of the pupil",
        "Name of the publisher",
        "Number of the room",
        "Name of the textbook",
        "Number of the chapter",
    ]);
    let topic = &TOPICS[desk.rng.below(TOPICS.len())];
    let count = desk.rng.whole(6, 12) as usize;
    let mut tasks: Vec<Task> = Vec::new();
    while tasks.len() < count {
        let task = (topic.draw)(&mut desk.rng);
        if tasks.iter().all(|t| t.text != task.text && t.solution != task.solution) {
            tasks.push(task);
        }
    }
    let mut whole = 0;
    // Tasks of one kind are worth the same; the later ones may be worth more, and a last one most.
    let (first, later, last) =
        *desk.rng.pick(&[(1, 1, 1), (2, 2, 2), (1, 2, 2), (1, 2, 3), (2, 3, 4), (2, 2, 3), (1, 1, 2)]);
    for (index, task) in tasks.iter().enumerate() {
        let points = match index {
            index if index + 1 == count => last,
            index if 2 * index < count => first,
            _ => later,
        };
        whole += points;
        let mut cells = vec![
            Cell::text(format!("{word} {}", index + 1)),
            Cell::text(task.text.as_str()),
            sheet.number(2, points.into()),
        ];
        if key {
            cells.push(Cell::text(task.solution.as_str()));
        }
        sheet.item(cells);
    }
    let town = desk.town();
    let school = format!(
        "{town} {}",
        desk.any(&["School", "Grammar School", "Comprehensive School", "Primary School", "Academy"])
    );
    let date = desk.workday();
    let what = if key { "answer key" } else { "worksheet" };
    let class =
        format!("{}{}", desk.rng.whole(topic.classes.0, topic.classes.1), desk.any(&["a", "b", "c", ""]));
    let teacher = desk.person().polite();
    let number = desk.rng.whole(2, 48);
    let lesson = Lesson {
        school: sheet.tell(
            "School",
            &school,
            &format!("From which school is the {what}?|Which school is named?"),
        ),
        title: sheet.tell(
            "Title",
            &format!("{}: {}", topic.subject, topic.title),
            &format!("What is the {what} about?|What is the title of the {what}?"),
        ),
        order: sheet.tell(
            "Instruction",
            desk.any(topic.orders),
            "What are the pupils told to do?|How does the instruction read?",
        ),
        class: sheet.tell("Class", &class, &format!("For which class is the {what}?")),
        number: sheet.tell("Number of the sheet", &number.to_string(), "What is the number of the sheet?"),
        teacher: sheet.tell("Teacher", &teacher, "Who is the teacher?|Which teacher is named?"),
        date: sheet.tell(
            "Date",
            &place.date(date),
            &format!("Of which date is the {what}?|When was the {what} handed out?"),
        ),
        total: sheet.tell(
            "Sum of the points",
            &whole.to_string(),
            "How many points can be reached in all?|What is the sum of all points?",
        ),
        time: sheet.tell(
            "Time allowed",
            &format!("{} minutes", desk.rng.whole(2, 9) * 5),
            "How much time is allowed?|How long may the pupils work?",
        ),
    };
    (sheet, lesson, format!("{what} of class {class}: {}", topic.title.to_lowercase()))
}

/// Faces and ground of a sheet for school.
fn dress(desk: &mut Desk<'_>) {
    match desk.style.below(4) {
        0 => bookish(desk),
        1 => {
            let family = desk.style.word(&["Comic Neue", "Nunito", "Quicksand", "Patrick Hand"]);
            desk.set_faces(family, family);
        }
        _ => modern(desk),
    }
    tone(desk, &["#ffffff", "#ffffff", "#ffffff", "#fffdf5", "#f8fbff", "#fbfff8"]);
    desk.paper.width = desk.style.range(600.0, 700.0).round();
    desk.paper.base = desk.style.range(13.6, 15.2);
}

fn facts(sheet: &Sheet, lesson: &Lesson) -> [Expr; 6] {
    let pair =
        |name: &str, field: Field| inline(&[small(&body(&format!("{name} "))), bold(&sheet.value(field))]);
    [
        pair("Class", lesson.class),
        pair("Sheet no.", lesson.number),
        pair("Date", lesson.date),
        pair("Teacher", lesson.teacher),
        pair("Time", lesson.time),
        pair("Points", lesson.total),
    ]
}

/// Head of the sheet in one of three forms.
fn head(desk: &mut Desk<'_>, sheet: &Sheet, lesson: &Lesson, word: &str, form: usize, out: &mut String) {
    let facts = facts(sheet, lesson);
    let three = grid("1fr, 1fr, 1fr", "left", (14.0, 10.0), &facts);
    let size = desk.style.range(1.7, 2.1);
    let title = heading_of(size, &sheet.value_as(lesson.title, "title"));
    match form % 4 {
        0 => {
            show(out, &ends(&small(&sheet.value(lesson.school)), &small(&body(word))));
            show(out, &format!("text(fill: ac, {title})"));
            show(out, &rule("1.6pt + ac"));
            show(out, &three);
        }
        1 => {
            let inner = stack(11.0, &[ends(&sheet.value(lesson.school), &bold(&body(word))), title]);
            show(out, &bleed(&desk.paper, "ac", 16.0, true, &format!("text(fill: onac, {inner})")));
            space(out, 6.0);
            show(out, &three);
        }
        2 => {
            let inner = stack(
                13.0,
                &[
                    align("center", &title),
                    align(
                        "center",
                        &small(&inline(&[body(&format!("{word}  ·  ")), sheet.value(lesson.school)])),
                    ),
                    three,
                ],
            );
            show(
                out,
                &format!(
                    "block(width: 100%, stroke: 1.4pt + ink, radius: {:.1}pt, inset: 14pt, {inner})",
                    desk.paper.corner
                ),
            );
        }
        _ => {
            let left = stack(
                11.0,
                &[title, small(&inline(&[body(&format!("{word}  ·  ")), sheet.value(lesson.school)]))],
            );
            let right = small(&stack(7.0, &facts));
            show(
                out,
                &grid(
                    "1fr, auto",
                    "(left + horizon, left)",
                    (22.0, 0.0),
                    &[left, format!("block(stroke: (left: 3pt + ac), inset: (left: 12pt), {right})")],
                ),
            );
        }
    }
    space(out, 8.0);
}

/// Writes a worksheet.
pub(super) fn worksheet(desk: &mut Desk<'_>) -> Draft {
    let (sheet, lesson, topic) = draw(desk, false);
    dress(desk);
    let form = desk.style.below(4);
    let layout = desk.style.below(4);
    let mut out = String::from("#set par(leading: 0.7em)\n");
    head(desk, &sheet, &lesson, "Worksheet", form, &mut out);
    show(
        &mut out,
        &grid(
            "auto, 1fr, auto, 0.5fr",
            "bottom",
            (8.0, 0.0),
            &[body("Name"), blank(), body("Points"), blank()],
        ),
    );
    space(&mut out, 10.0);
    show(&mut out, &bold(&sheet.value(lesson.order)));
    space(&mut out, 4.0);
    let name = |row: usize| format!("text(fill: ac, {})", bold(&sheet.cell(row, 0)));
    let points = |row: usize| small(&inline(&[body("("), sheet.cell(row, 2), body(" p.)")]));
    match layout {
        0 => {
            let cells: Vec<Expr> = (0..sheet.len())
                .map(|row| {
                    stack(
                        11.0,
                        &[
                            ends(&name(row), &points(row)),
                            grid(
                                "auto, 1fr",
                                "bottom",
                                (10.0, 0.0),
                                &[sheet.cell_as(row, 1, "body"), blank()],
                            ),
                        ],
                    )
                })
                .collect();
            show(&mut out, &grid("1fr, 1fr", "left", (34.0, 24.0), &cells));
        }
        1 => {
            let room = desk.style.range(26.0, 46.0);
            let cells: Vec<Expr> = (0..sheet.len())
                .map(|row| {
                    let inner = stack(
                        10.0,
                        &[
                            ends(&small(&name(row)), &points(row)),
                            format!("align(center, text(size: 1.2em, {}))", sheet.cell_as(row, 1, "body")),
                            format!("v({room:.1}pt)"),
                        ],
                    );
                    format!(
                        "block(width: 100%, stroke: 0.9pt + rule-c, radius: {:.1}pt, inset: 10pt, {inner})",
                        desk.paper.corner
                    )
                })
                .collect();
            show(&mut out, &grid("1fr, 1fr, 1fr", "left", (12.0, 12.0), &cells));
        }
        2 => {
            let mut cells = Vec::new();
            for row in 0..sheet.len() {
                cells.extend([name(row), sheet.cell_as(row, 1, "body"), blank(), points(row)]);
            }
            show(
                &mut out,
                &grid(
                    "auto, auto, 1fr, auto",
                    "(left + bottom, left + bottom, left + bottom, right + bottom)",
                    (16.0, 20.0),
                    &cells,
                ),
            );
        }
        _ => {
            let mut cells: Vec<Expr> = [body("Task"), body("Exercise"), body("Answer"), body("Points")]
                .iter()
                .map(|c| bold(c))
                .collect();
            for row in 0..sheet.len() {
                cells.extend([
                    sheet.cell(row, 0),
                    sheet.cell_as(row, 1, "body"),
                    "[]".to_owned(),
                    sheet.cell(row, 2),
                ]);
            }
            show(
                &mut out,
                &format!(
                    "grid(columns: (auto, 1fr, 1.2fr, auto), align: (left, left, left, right), stroke: 0.8pt + rule-c, inset: (x: 10pt, y: 10pt), fill: (x, y) => if y == 0 {{ tint }}, {})",
                    cells.join(", ")
                ),
            );
        }
    }
    space(&mut out, 10.0);
    show(
        &mut out,
        &align(
            "center",
            &note(desk.style.word(&[
                "Check your answers before you hand in the sheet.",
                "Good luck!",
                "Take your time.",
                "Show how you found the answer.",
            ])),
        ),
    );
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a teacher who prepares the next lesson".to_owned(),
        design: format!("worksheet-{form}/{layout}"),
    }
}

fn blank() -> Expr {
    "line(length: 100%, stroke: 0.8pt + ink)".to_owned()
}

/// Writes the key to a worksheet.
pub(super) fn answer_key(desk: &mut Desk<'_>) -> Draft {
    let (sheet, lesson, topic) = draw(desk, true);
    dress(desk);
    let form = desk.style.below(4);
    let layout = desk.style.below(4);
    let mut out = String::from("#set par(leading: 0.7em)\n");
    head(desk, &sheet, &lesson, "Answer key", form, &mut out);
    show(&mut out, &inline(&[small(&body("Instruction on the sheet: ")), sheet.value(lesson.order)]));
    space(&mut out, 6.0);
    let solution = |row: usize| format!("text(fill: ac, {})", bold(&sheet.cell_as(row, 3, "body")));
    match layout {
        0 => {
            let mut cells: Vec<Expr> = ["Task", "Exercise", "Solution", "Points"]
                .iter()
                .map(|head| format!("text(fill: onac, {})", bold(&role("heading", head))))
                .collect();
            for row in 0..sheet.len() {
                cells.extend([
                    sheet.cell(row, 0),
                    sheet.cell_as(row, 1, "body"),
                    solution(row),
                    sheet.cell(row, 2),
                ]);
            }
            show(
                &mut out,
                &format!(
                    "grid(columns: (auto, 1fr, 1fr, auto), align: (left, left, left, right), inset: (x: 10pt, y: 7.5pt), fill: (x, y) => if y == 0 {{ ac }} else if calc.even(y) {{ tint }}, {})",
                    cells.join(", ")
                ),
            );
        }
        1 => {
            let cells: Vec<Expr> = (0..sheet.len())
                .map(|row| {
                    let inner = stack(
                        9.0,
                        &[
                            small(&sheet.cell(row, 0)),
                            sheet.cell_as(row, 1, "body"),
                            display(1.25, &solution(row)),
                            small(&inline(&[
                                sheet.cell(row, 2),
                                body(if sheet.shown_cell(row, 2) == "1" { " point" } else { " points" }),
                            ])),
                        ],
                    );
                    format!(
                        "block(width: 100%, fill: tint, radius: {:.1}pt, inset: 12pt, {inner})",
                        desk.paper.corner
                    )
                })
                .collect();
            show(&mut out, &grid("1fr, 1fr, 1fr", "left", (12.0, 12.0), &cells));
        }
        2 => {
            let cells: Vec<Expr> = (0..sheet.len())
                .flat_map(|row| {
                    let line = inline(&[sheet.cell_as(row, 1, "body"), text("   →   "), solution(row)]);
                    [bold(&sheet.cell(row, 0)), line, small(&inline(&[sheet.cell(row, 2), body(" p.")]))]
                })
                .collect();
            show(&mut out, &grid("auto, 1fr, auto", "(left, left, right)", (18.0, 13.0), &cells));
        }
        _ => {
            let cells: Vec<Expr> = (0..sheet.len())
                .map(|row| {
                    let points = small(&inline(&[body("("), sheet.cell(row, 2), body(" p.)")]));
                    stack(
                        7.0,
                        &[
                            ends(&bold(&sheet.cell(row, 0)), &points),
                            ends(&sheet.cell_as(row, 1, "body"), &solution(row)),
                            rule("0.7pt + rule-c"),
                        ],
                    )
                })
                .collect();
            show(&mut out, &grid("1fr, 1fr", "left", (34.0, 14.0), &cells));
        }
    }
    space(&mut out, 10.0);
    show(
        &mut out,
        &note(desk.style.word(&[
            "For teachers only.",
            "Half points may be given for a right method.",
            "Other correct wordings count as well.",
            "Please do not copy for pupils.",
        ])),
    );
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a teacher who marks a pile of sheets".to_owned(),
        design: format!("key-{form}/{layout}"),
    }
}
