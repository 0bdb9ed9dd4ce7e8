//! Exam sheets: questions whose numbers are drawn, with points that add up.

use pixmo_render::{Cell, Column, Rng};

use super::desk::{Desk, Draft};
use super::markup::{Expr, body, bold, display, grid, inline, note, rule, show, small, space, stack, text};
use super::sheet::{Field, Sheet};

/// A subject: name and questions, in which `{a:2-9}` is a number drawn between the bounds.
struct Subject {
    name: &'static str,
    questions: &'static [&'static str],
}

const SUBJECTS: [Subject; 5] = [
    Subject {
        name: "Mathematics",
        questions: &[
            "Solve for x: {2-9}x + {3-19} = {21-80}.",
            "A train travels {120-360} km in {2-5} hours. What is its mean speed?",
            "Work out {12-48} × {13-39} in your head and write down your steps.",
            "A rectangle is {4-18} cm long and {3-12} cm wide. Find its area and its perimeter.",
            "A coat costs {60-180} and is reduced by {10-40} per cent. What is the new price?",
            "Draw the graph of y = {2-5}x − {1-6} for x from −3 to 3.",
            "The angles of a triangle are {35-60}° and {40-70}°. Find the third angle.",
            "Write {36-96} as a product of prime numbers.",
            "A tank holds {200-900} litres and empties at {8-25} litres a minute. How long does it take?",
            "Find the mean of {3-9}, {10-19}, {20-29} and {30-39}.",
        ],
    },
    Subject {
        name: "Physics",
        questions: &[
            "A stone falls for {2-6} seconds. How far does it fall?",
            "A lamp of {40-100} W burns for {3-12} hours. How much energy does it use?",
            "A force of {20-90} N moves a sledge by {3-15} m. Find the work done.",
            "Explain why a spoon looks bent in a glass of water.",
            "A resistor of {10-80} ohms is connected to {6-24} V. What current flows?",
            "Name three ways in which heat travels and give an example of each.",
            "A car of {800-1600} kg brakes from {15-30} m/s. Find its kinetic energy.",
            "Sketch the path of light through a prism.",
        ],
    },
    Subject {
        name: "Geography",
        questions: &[
            "On a map of scale 1 : {20-75},000 two villages are {3-12} cm apart. How far is that?",
            "Explain how a delta is formed.",
            "A valley receives {400-1200} mm of rain a year. Name two crops that suit it.",
            "Name {2-4} causes of migration from the country to towns.",
            "Draw a cross-section of a volcano and label {4-7} parts.",
            "It is {6-11} o'clock at longitude 0°. What time is it at 45° east?",
            "Describe the water cycle in at most {4-8} sentences.",
        ],
    },
    Subject {
        name: "History",
        questions: &[
            "Name {2-4} reasons why towns grew along rivers.",
            "Put {3-6} inventions of your choice into order of time and explain your order.",
            "Write a letter of {80-150} words from a weaver to a mill owner.",
            "What is a primary source? Give {2-3} examples.",
            "Compare the lives of a farmer and a townsman in {5-9} sentences.",
            "Explain the word guild and name {2-4} of its duties.",
        ],
    },
    Subject {
        name: "Biology",
        questions: &[
            "Label {4-8} parts of a flower.",
            "A heart beats {60-90} times a minute. How often does it beat in a day?",
            "Name {2-4} differences between plant and animal cells.",
            "Explain what enzymes do, with one example.",
            "A field of {2-9} hectares feeds {12-60} sheep. How many sheep feed on one hectare?",
            "Describe how leaves make sugar.",
            "Draw a food chain with {3-5} links.",
        ],
    },
];

/// Replaces each `{low-high}` by a number between the bounds.
fn filled(pattern: &str, rng: &mut Rng) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let close = rest[open..].find('}').map_or(rest.len(), |at| open + at);
        let (low, high) = rest[open + 1..close].split_once('-').expect("patterns name two bounds");
        let bound = |text: &str| text.parse::<i64>().expect("bounds are whole numbers");
        out.push_str(&rng.whole(bound(low), bound(high)).to_string());
        rest = &rest[close + 1..];
    }
    out + rest
}

/// Writes an exam sheet: the items are its questions.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(&["No.", "Question", "Task"])), None),
        (Column::text("Text"), None),
        (Column::number(desk.any(&["Points", "Marks"]), "", true), Some(place.number(0, ""))),
    ]);
    let subject = &SUBJECTS[desk.rng.below(SUBJECTS.len())];
    let count = (desk.rng.whole(4, 7) as usize).min(subject.questions.len());
    let mut whole = 0;
    for (index, question) in desk.rng.sample(subject.questions.len(), count).into_iter().enumerate() {
        let points = desk.rng.whole(2, 12);
        whole += points;
        let question = filled(subject.questions[question], &mut desk.rng);
        let cells =
            vec![Cell::text((index + 1).to_string()), Cell::text(question), sheet.number(2, points.into())];
        sheet.item(cells);
    }
    let school =
        format!("{} {}", desk.town(), desk.any(&["School", "Grammar School", "College", "Secondary School"]));
    let date = desk.workday();
    let school = sheet.field("School", &school);
    let title = sheet.field(
        "Document",
        &format!("{} – {}", subject.name, desk.any(&["Test", "Exam", "Class test", "Final paper", "Quiz"])),
    );
    let class = format!("{}{}", desk.rng.whole(6, 12), desk.any(&["A", "B", "C", ""]));
    let facts = [
        sheet.field(desk.any(&["Class", "Form", "Year"]), &class),
        sheet.field("Date", &place.date(date)),
        sheet.field(
            desk.any(&["Time allowed", "Duration"]),
            &format!("{} minutes", desk.rng.whole(4, 18) * 5),
        ),
        sheet.field(desk.any(&["Total points", "Maximum", "Points in all"]), &whole.to_string()),
    ];
    let teacher = desk.person().polite();
    let teacher = sheet.field(desk.any(&["Teacher", "Examiner"]), &teacher);
    let aids = sheet.field(
        "Permitted aids",
        desk.any(&["calculator", "none", "ruler and compass", "one page of notes", "dictionary"]),
    );
    let topic = format!("{} of class {class}", sheet.shown(title).to_lowercase());

    let (body, design) = lay_out(desk, &sheet, school, title, &facts, [teacher, aids]);
    Draft { sheet, body, topic, persona: "a teacher who hands out a test".to_owned(), design }
}

fn lay_out(
    desk: &mut Desk<'_>,
    sheet: &Sheet,
    school: Field,
    title: Field,
    facts: &[Field; 4],
    more: [Field; 2],
) -> (String, String) {
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[640.0, 700.0, 760.0]);
    desk.paper.base = style.range(13.0, 14.5);
    let form = style.below(3);
    let mut out = String::from("#set par(leading: 0.7em)\n");
    let unit = sheet.head(2);
    let head = display(1.9, &sheet.value_as(title, "title"));
    let blank = |label: &str| {
        format!(
            "grid(columns: (auto, 1fr), column-gutter: 8pt, align: bottom, {}, line(length: 100%, stroke: 0.8pt + ink))",
            body(label)
        )
    };
    match form {
        0 => {
            show(&mut out, &small(&sheet.value(school)));
            show(&mut out, &head);
            show(&mut out, &rule("1.5pt + ac"));
        }
        1 => show(
            &mut out,
            &format!(
                "align(center, {})",
                stack(11.0, &[sheet.value(school), format!("text(fill: ac, {head})")])
            ),
        ),
        _ => show(
            &mut out,
            &format!(
                "block(width: 100%, stroke: 1.2pt + ink, inset: 13pt, {})",
                grid(
                    "1fr, auto",
                    "(left + horizon, right + horizon)",
                    (14.0, 0.0),
                    &[head, sheet.value(school)]
                )
            ),
        ),
    }
    space(&mut out, 4.0);
    let pairs: Vec<Expr> = facts
        .iter()
        .chain(&more)
        .map(|f| {
            inline(&[
                small(&sheet.name_as(*f, &format!("{}:", sheet.shown_name(*f)))),
                text(" "),
                bold(&sheet.value(*f)),
            ])
        })
        .collect();
    show(&mut out, &grid("1fr, 1fr, 1fr", "left", (14.0, 10.0), &pairs));
    space(&mut out, 6.0);
    show(&mut out, &grid("1.6fr, 1fr", "left", (24.0, 0.0), &[blank("Name"), blank("Points")]));
    space(&mut out, 12.0);
    let room = style.range(26.0, 54.0);
    let lines = style.below(3);
    for row in 0..sheet.len() {
        let number = bold(&inline(&[sheet.cell(row, 0), body(".")]));
        let points = match form {
            1 => inline(&[body("("), sheet.cell(row, 2), body(" "), unit.clone(), body(")")]),
            _ => format!(
                "box(stroke: 0.8pt + rule-c, inset: 5pt, {})",
                inline(&[body("__ / "), sheet.cell(row, 2)])
            ),
        };
        let question = format!("par({})", sheet.cell_as(row, 1, "body"));
        show(
            &mut out,
            &grid("auto, 1fr, auto", "(left, left, right)", (10.0, 0.0), &[number, question, points]),
        );
        match lines {
            0 => {
                space(&mut out, room * 0.5);
                for _ in 0..2 {
                    show(&mut out, &rule("0.8pt + rule-c"));
                    space(&mut out, 9.0);
                }
            }
            1 => space(&mut out, room),
            _ => show(&mut out, &format!("block(width: 100%, height: {room:.1}pt, stroke: 0.8pt + rule-c)")),
        }
    }
    if form != 1 {
        space(&mut out, 4.0);
        show(&mut out, &small(&inline(&[note("Numbers in boxes: "), unit])));
    }
    (out, format!("exam-{form}/{lines}"))
}
