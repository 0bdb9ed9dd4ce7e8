//! Forms of doctors: who the patient is, what was measured, and conditions ticked yes or no.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Color, Column};

use super::desk::{Desk, Draft};
use super::fill::{Pen, any_code, filled};
use super::form_words::FormWords;
use super::logo;
use super::markup::{
    Expr, align, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::pieces::section;
use super::sheet::{Field, Sheet};
use super::signature::signature;

struct Parts {
    practice: Field,
    title: Field,
    person: Vec<Field>,
    sex: Field,
    measured: Vec<Field>,
    visit: Vec<Field>,
    signed: Field,
    consent: &'static str,
}

const SEXES: [&str; 3] = ["Female", "Male", "Other"];

/// Writes a form. Columns of the items: condition, yes or no.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let words = &FormWords::bundled().medical;
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(&["Condition", "Illness"])), None),
        (Column::text("Answer"), None),
    ]);
    let day = desk.workday();
    let patient = desk.person();
    let birth = day.saturating_sub(desk.rng.whole(18 * 366, 86 * 365).days());
    // Nobody believes half of all illnesses at eighteen: they come with the years.
    let ill = if day.year() - birth.year() < 45 { 0.16 } else { 0.3 };
    let count = desk.rng.whole(4, 6) as usize * 2;
    for index in desk.rng.sample(words.conditions.len(), count) {
        let answer = if desk.rng.chance(ill) { "Yes" } else { "No" };
        sheet.item(vec![Cell::text(&words.conditions[index]), Cell::text(answer)]);
    }
    let town = desk.town();
    let practice = desk
        .rng
        .pick(&words.practice)
        .replace("{town}", &town)
        .replace("{family}", desk.rng.pick(&desk.culture.family).as_str());
    let practice_field = sheet.field("Practice", &practice);
    let title = sheet.field("Document", desk.rng.pick(&words.title).as_str());
    let mut person = vec![
        sheet.field(desk.any(&["Family name", "Surname"]), patient.family),
        sheet.field(desk.any(&["First name", "Given name"]), patient.given),
        sheet.field("Date of birth", &place.date(birth)),
        sheet.field("Telephone", &desk.code_of(&desk.words.names.contact.telephone)),
        sheet.field("Address", &desk.address()),
    ];
    if desk.rng.chance(0.6) {
        // Those who are old enough have retired, and nobody else has.
        let old = i64::from(day.year() - birth.year()) > 65;
        let jobs: Vec<&str> =
            words.job.iter().map(String::as_str).filter(|job| (*job == "retired") == old).collect();
        person.push(sheet.field("Occupation", desk.any(&jobs)));
    }
    person.push(sheet.field(desk.any(&["Insurance", "Insurer"]), desk.rng.pick(&words.insurer).as_str()));
    let number = any_code(desk, &["? ### ### ###", "########", "##-####-##"]);
    person.push(sheet.field(desk.any(&["Insurance no.", "Policy no."]), &number));
    if desk.rng.chance(0.6) {
        let contact = desk.person().full();
        person.push(sheet.field("Emergency contact", &contact));
    }
    // The title of the patient's name says which one it is.
    let sex = if patient.title == "Ms" { SEXES[0] } else { SEXES[1] };
    let sex = sheet.field("Sex", sex);
    let height = desk.rng.whole(152, 196);
    let weight = libm::round(desk.rng.range(19.5, 31.0) * (height * height) as f64 / 10_000.0);
    let upper = desk.rng.whole(104, 158);
    let lower = upper - desk.rng.whole(36, 58);
    let measured = vec![
        sheet.field("Height", &format!("{height} cm")),
        sheet.field("Weight", &format!("{weight:.0} kg")),
        sheet.field("Blood pressure", &format!("{upper}/{lower}")),
        sheet.field("Pulse", &format!("{} per minute", desk.rng.whole(54, 96))),
    ];
    let visit = vec![
        sheet.field(desk.any(&["Date of visit", "Date"]), &place.date(day)),
        sheet.field(desk.any(&["Reason for visit", "Reason"]), desk.rng.pick(&words.reason).as_str()),
        sheet.field(
            desk.any(&["Regular medicine", "Medicines taken"]),
            desk.rng.pick(&words.medicine).as_str(),
        ),
        sheet.field(desk.any(&["Doctor", "Physician"]), &format!("Dr {}", desk.person().full())),
    ];
    let signed = sheet.field("Signature of", &patient.full());
    let consent = desk.rng.pick(&words.consent).as_str();
    let topic = format!("{} of {}", sheet.shown(title).to_lowercase(), practice);
    let parts = Parts { practice: practice_field, title, person, sex, measured, visit, signed, consent };
    let (body, design) = lay_out(desk, &sheet, &parts, &practice);
    Draft { sheet, body, topic, persona: "someone at the reception of a practice".to_owned(), design }
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, practice: &str) -> (String, String) {
    let form = desk.style.below(3);
    let pen = Pen::draw(desk);
    desk.paper.width = *desk.style.pick(&[680.0, 740.0, 794.0]);
    desk.paper.margin = (desk.style.range(40.0, 54.0), desk.style.range(34.0, 46.0));
    if form == 1 {
        let tone = desk.style.word(&["#eef6f5", "#eef3fa", "#fbf3ee", "#f4f6ec"]);
        desk.paper.recolour(tone, Color::rgb(24, 28, 34), Color::rgb(68, 74, 84), 5.0);
    }
    let (x, y) = desk.paper.margin;
    let style = &mut desk.style;
    let mut out = String::new();
    let title = sheet.value_as(parts.title, "title");
    match form {
        0 => {
            let mark = logo::with_name(practice, &sheet.value(parts.practice), 36.0, style);
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + horizon, right + horizon)",
                    (16.0, 0.0),
                    &[mark, display(1.6, &title)],
                ),
            );
            show(&mut out, &rule("2pt + ac"));
        }
        1 => {
            let band = grid(
                "1fr, auto",
                "(left + horizon, right + horizon)",
                (14.0, 0.0),
                &[format!("T(1.7em, {title})"), bold(&sheet.value(parts.practice))],
            );
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {band}))\n\n"
            ));
        }
        _ => {
            let head = stack(10.0, &[bold(&sheet.value(parts.practice)), display(1.8, &title)]);
            show(&mut out, &align("center", &head));
            show(&mut out, &rule("1pt + ink"));
        }
    }
    space(&mut out, 4.0);
    let habit = style.below(4);
    let heads = if style.chance(0.5) {
        ["Personal details", "Measurements", "Do you have, or have you had", "This visit"]
    } else {
        ["Patient", "Findings", "Medical history", "Visit"]
    };
    let entries = |fields: &[Field], columns: usize| match form {
        0 => {
            let cells: Vec<Expr> = fields.iter().map(|f| pen.line(sheet, *f)).collect();
            grid(&vec!["1fr"; columns.min(2)].join(", "), "left", (24.0, 12.0), &cells)
        }
        1 => {
            let cells: Vec<Expr> = fields
                .iter()
                .map(|f| {
                    stack(
                        5.0,
                        &[
                            small(&sheet.name(*f)),
                            format!(
                                "block(width: 100%, fill: white, radius: 3pt, stroke: 0.8pt + rule-c, inset: (x: 7pt, y: 6.5pt), {})",
                                pen.write(&sheet.value(*f))
                            ),
                        ],
                    )
                })
                .collect();
            grid(&vec!["1fr"; columns].join(", "), "left", (16.0, 10.0), &cells)
        }
        _ => {
            let cells: Vec<Expr> = fields.iter().map(|f| pen.entry(sheet, *f)).collect();
            format!(
                "grid(columns: (1fr,) * {columns}, stroke: 0.9pt + ink, inset: 8pt, align: left, {})",
                filled(cells, columns).join(", ")
            )
        }
    };
    show(&mut out, &section(heads[0], habit));
    show(&mut out, &entries(&parts.person, 2));
    show(
        &mut out,
        &grid(
            "auto, 1fr",
            "left + horizon",
            (18.0, 0.0),
            &[bold(&sheet.name(parts.sex)), pen.choices(sheet, parts.sex, &SEXES)],
        ),
    );
    space(&mut out, 7.0);
    show(&mut out, &section(heads[2], habit));
    show(&mut out, &conditions(sheet, &pen, form));
    let (first, second) = if style.chance(0.5) { (1, 3) } else { (3, 1) };
    for part in [first, second] {
        space(&mut out, 7.0);
        show(&mut out, &section(heads[part], habit));
        let fields = if part == 1 { &parts.measured } else { &parts.visit };
        show(&mut out, &entries(fields, if part == 1 { 4 } else { 2 }));
    }
    space(&mut out, 8.0);
    let sign = stack(
        5.0,
        &[
            signature(130.0, style),
            rule("0.8pt + ink"),
            inline(&[small(&sheet.name(parts.signed)), text(" "), sheet.value(parts.signed)]),
        ],
    );
    show(
        &mut out,
        &grid("1fr, 210pt", "(left + bottom, left + bottom)", (20.0, 0.0), &[note(parts.consent), sign]),
    );
    (out, format!("medical-{form}{}", if pen.by_hand { "/hand" } else { "" }))
}

/// Conditions in two columns, each with a box for yes and one for no. The ticked word prints the answer.
fn conditions(sheet: &Sheet, pen: &Pen, form: usize) -> Expr {
    let half = sheet.len().div_ceil(2);
    let column = |rows: std::ops::Range<usize>| {
        let mut cells =
            vec![small(&sheet.head(0)), format!("grid.cell(colspan: 2, {})", small(&sheet.head(1)))];
        cells.extend(rows.flat_map(|row| {
            let answers = ["Yes", "No"].map(|answer| {
                let on = sheet.says(row, 1, answer);
                let label = if on { sheet.cell(row, 1) } else { role("body", answer) };
                inline(&[pen.tick(on), "h(5pt)".to_owned(), label])
            });
            let [yes, no] = answers;
            [sheet.cell(row, 0), yes, no]
        }));
        let stroke = if form == 2 { "stroke: (bottom: 0.8pt + rule-c), " } else { "" };
        let fill = if form == 0 { "fill: (x, y) => if calc.even(y) { tint }, " } else { "" };
        format!(
            "grid(columns: (1fr, auto, auto), align: left + horizon, {stroke}{fill}inset: (x: 7pt, y: 6pt), {})",
            cells.join(", ")
        )
    };
    grid("1fr, 1fr", "left", (24.0, 0.0), &[column(0..half), column(half..sheet.len())])
}
