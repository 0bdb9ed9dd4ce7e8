//! Exam sheets: questions whose numbers are drawn, with points that add up.

use pixmo_render::{Cell, Column, Rng};

use super::desk::{Desk, Draft};
use super::markup::{Expr, body, bold, display, grid, inline, note, rule, show, small, space, stack, text};
use super::sheet::{Field, Sheet};

/// A subject: name, questions and what may be used. In a question `{2-9}` is a number drawn between the bounds,
/// `{100-900/50}` one that is a multiple of the third. Behind the bar stands the worth of the question: 1 for a line of an
/// answer, 2 for some steps, 3 for a small essay.
struct Subject {
    name: &'static str,
    questions: &'static [(&'static str, i64)],
    aids: &'static [&'static str],
}

const SUBJECTS: [Subject; 6] = [
    Subject {
        name: "Mathematics",
        questions: &[
            ("Solve for x: {2-9}x + {3-19} = {21-80}.", 1),
            ("A train travels {120-360/20} km in 2 hours. What is its mean speed?", 1),
            ("Work out {12-48} × {13-39} without a calculator and write down your steps.", 1),
            ("A rectangle is {9-18} cm long and {3-8} cm wide. Find its area and its perimeter.", 2),
            ("The price of a coat is 140. It is reduced by {10-40/5} per cent. What is the new price?", 1),
            ("Draw the graph of y = {2-5}x − {1-6} for x from −3 to 3.", 2),
            ("Two angles of a triangle are {35-60}° and {40-70}°. Find the third angle.", 1),
            ("Write {36-96/6} as a product of prime numbers.", 1),
            ("A tank of {200-900/100} litres empties at 20 litres a minute. How long does it take?", 2),
            ("Find the mean of {3-9}, {10-19}, {20-29} and {30-39}.", 1),
            ("Expand and simplify: ({2-7}x + 3)(x − {2-9}).", 2),
            ("A cube has edges of {3-9} cm. Find its volume and its surface.", 2),
        ],
        aids: &["ruler and compass", "ruler", "none"],
    },
    Subject {
        name: "Physics",
        questions: &[
            ("A stone falls for {2-6} seconds. How far does it fall?", 2),
            ("A lamp of {40-100/10} W burns for {3-12} hours. How much energy does it use?", 2),
            ("A force of {20-90/5} N moves a sledge by {3-15} m. Find the work done.", 1),
            ("Explain why a spoon looks bent in a glass of water.", 2),
            ("A resistor of {10-60/10} ohms is connected to 12 V. What current flows?", 1),
            ("Name three ways in which heat travels and give an example of each.", 3),
            ("A car of {800-1600/100} kg drives at {15-30/5} m/s. Find its kinetic energy.", 2),
            ("Sketch the path of light through a prism.", 2),
            ("State the law of the lever and draw an example.", 2),
        ],
        aids: &["calculator", "calculator and ruler", "table of formulas"],
    },
    Subject {
        name: "Geography",
        questions: &[
            ("On a map of scale 1 : {20-80/10},000 two villages are {3-12} cm apart. How far is that?", 2),
            ("Explain how a delta is formed.", 2),
            ("A valley receives {400-1200/50} mm of rain a year. Name two crops that suit it.", 1),
            ("Name {2-4} causes of migration from the country to towns.", 2),
            ("Draw a cross-section of a volcano and label {4-7} parts.", 3),
            ("It is {6-11} o’clock at longitude 0°. What time is it at 45° east?", 1),
            ("Describe the water cycle in at most {5-8} sentences.", 3),
            ("What is the difference between weather and climate?", 1),
        ],
        aids: &["atlas", "ruler", "none"],
    },
    Subject {
        name: "History",
        questions: &[
            ("Name {2-4} reasons why towns grew along rivers.", 2),
            ("Put {3-6} inventions of your choice into order of time and explain your order.", 3),
            ("Write a letter of about {80-150/10} words from a weaver to a mill owner.", 3),
            ("What is a primary source? Give {2-3} examples.", 1),
            ("Compare the lives of a farmer and a townsman in {5-9} sentences.", 3),
            ("Explain the word guild and name {2-4} of its duties.", 2),
            ("Why were walls built around towns, and why were they taken down?", 2),
        ],
        aids: &["none", "dictionary"],
    },
    Subject {
        name: "Biology",
        questions: &[
            ("Draw a flower and label {4-8} of its parts.", 2),
            ("A heart beats {60-90/5} times a minute. How often does it beat in an hour?", 1),
            ("Name {2-4} differences between plant and animal cells.", 2),
            ("Explain what enzymes do, with one example.", 2),
            ("Describe how leaves make sugar.", 3),
            ("Draw a food chain with {3-5} links.", 1),
            ("Name the {2-4} most important tasks of the blood.", 2),
            ("Explain how a bird of prey is fitted for hunting.", 2),
        ],
        aids: &["none", "coloured pencils", "ruler"],
    },
    Subject {
        name: "English",
        questions: &[
            ("Put five sentences of the text into the past tense.", 2),
            ("Write a postcard of about {40-80/10} words from a place by the sea.", 3),
            ("Explain the words guest, host and stranger.", 1),
            ("Find {3-6} adjectives in the text and write down their opposites.", 2),
            ("What does the narrator fear, and how do we know?", 2),
            ("Write the next scene of the story in about {100-160/20} words.", 3),
            ("Join the two sentences with because, although and when.", 1),
        ],
        aids: &["dictionary", "none"],
    },
];

/// Replaces each `{low-high}` or `{low-high/step}` by a number between the bounds.
fn filled(pattern: &str, rng: &mut Rng) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let close = rest[open..].find('}').map_or(rest.len(), |at| open + at);
        let (low, high) = rest[open + 1..close].split_once('-').expect("patterns name two bounds");
        let (high, step) = high.split_once('/').unwrap_or((high, "1"));
        let bound = |text: &str| text.parse::<i64>().expect("bounds are whole numbers");
        let step = bound(step);
        out.push_str(&(rng.whole(bound(low) / step, bound(high) / step) * step).to_string());
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
        (Column::number(desk.any(&["points", "marks"]), "", true), Some(place.number(0, ""))),
    ]);
    sheet.call("question", "questions");
    let word = desk.any(&["Question", "Task", "Problem", "Question"]);
    sheet.ask(2, &["How many points is {label} worth?", "How many points can one get for {label}?"]);
    sheet.ask(1, &["What do the pupils have to do in {label}?", "How does {label} read?"]);
    sheet.ask_back(1, &["Which part of the sheet reads “{value}”?", "Where does one read “{value}”?"]);
    sheet.ask_back(2, &["Which question is worth exactly {value} points?"]);
    sheet.lacks(&[
        "Name of the pupil",
        "Number of the room",
        "Number of the chapter",
        "Title of the textbook",
    ]);
    let subject = &SUBJECTS[desk.rng.below(SUBJECTS.len())];
    let count = (desk.rng.whole(4, 7) as usize).min(subject.questions.len());
    let mut whole = 0;
    let scale = desk.rng.whole(2, 4);
    for (index, question) in desk.rng.sample(subject.questions.len(), count).into_iter().enumerate() {
        let (pattern, worth) = subject.questions[question];
        let points = worth * scale + desk.rng.whole(0, 1);
        whole += points;
        let question = filled(pattern, &mut desk.rng);
        let cells = vec![
            Cell::text(format!("{word} {}", index + 1)),
            Cell::text(question),
            sheet.number(2, points.into()),
        ];
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
            // About two minutes a point.
            &format!("{} minutes", (whole * 2 / 5).clamp(4, 18) * 5),
        ),
        sheet.field(desk.any(&["Total points", "Maximum", "Points in all"]), &whole.to_string()),
    ];
    let teacher = desk.person().polite();
    let teacher = sheet.field(desk.any(&["Teacher", "Examiner"]), &teacher);
    let aids = sheet.field(desk.any(&["Permitted aids", "Aids"]), desk.any(subject.aids));
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
    let form = style.below(4);
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
        3 => {
            // The marker's table to the right of the head.
            let mut cells = vec![small(&body("Question"))];
            cells.extend((0..sheet.len()).map(|row| small(&body(&(row + 1).to_string()))));
            cells.push(small(&body("Sum")));
            cells.push(small(&body("Reached")));
            cells.extend(vec!["v(1.1em)".to_owned(); sheet.len() + 1]);
            let widths = format!("auto, {}", vec!["24pt"; sheet.len()].join(", ") + ", 36pt");
            let marks = format!(
                "grid(columns: ({widths}), stroke: 0.8pt + rule-c, inset: 5pt, align: center + horizon, {})",
                cells.join(", ")
            );
            show(&mut out, &small(&sheet.value(school)));
            show(&mut out, &format!("text(fill: ac, {head})"));
            show(&mut out, &format!("align(right, {marks})"));
            show(&mut out, &rule("1pt + ink"));
        }
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
    // Wider where longer values stand.
    show(&mut out, &grid("1fr, 1fr, 1.35fr", "left", (14.0, 10.0), &pairs));
    space(&mut out, 6.0);
    show(&mut out, &grid("1.6fr, 1fr", "left", (24.0, 0.0), &[blank("Name"), blank("Points")]));
    space(&mut out, 12.0);
    let room = style.range(36.0, 68.0);
    let lines = style.below(3);
    for row in 0..sheet.len() {
        let number = bold(&sheet.cell(row, 0));
        let points = match form {
            1 | 3 => inline(&[body("("), sheet.cell(row, 2), body(" "), unit.clone(), body(")")]),
            _ => format!(
                "box(stroke: 0.8pt + rule-c, inset: 5pt, {})",
                inline(&[body("__ / "), sheet.cell(row, 2)])
            ),
        };
        let question = format!("par({})", sheet.cell_as(row, 1, "body"));
        // The points in their box stand on the line of the question.
        let how = if matches!(form, 1 | 3) { "(left, left, right)" } else { "left + horizon" };
        show(&mut out, &grid("auto, 1fr, auto", how, (10.0, 0.0), &[number, question, points]));
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
    if form == 0 || form == 2 {
        space(&mut out, 4.0);
        show(&mut out, &small(&inline(&[note("The boxes give the "), unit, note(" for each answer.")])));
    }
    (out, format!("exam-{form}/{lines}"))
}
