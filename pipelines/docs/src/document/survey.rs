//! Survey forms that somebody has filled in: statements rated on a scale, and questions with one answer ticked.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Color, Column, NumberFormat};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::fill::{Pen, any_code};
use super::form_words::{Choice, FormWords};
use super::logo;
use super::markup::{
    Expr, align, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::pieces::section;
use super::sheet::{Field, Sheet};

const RATING: usize = 1;

struct Parts {
    by: Field,
    title: Field,
    meta: Vec<Field>,
    choices: Vec<(Field, &'static Choice)>,
    comment: Option<Field>,
    /// The words or figures of the scale, from least to most.
    scale: Vec<String>,
    thanks: &'static str,
    numeric: bool,
}

/// Writes a survey form. Columns of the items: statement, rating.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let words = FormWords::bundled();
    let survey = desk.rng.pick(&words.survey);
    let numeric = desk.rng.chance(0.5);
    let plain = NumberFormat::plain(0);
    let rating = if numeric {
        (Column::number(desk.any(&["Rating", "Points", "Mark"]), "", false), Some(plain.clone()))
    } else {
        (Column::text(desk.any(&["Rating", "Answer"])), None)
    };
    let mut sheet = Sheet::with_items(vec![(Column::text("Statement"), None), rating]);
    let scale: Vec<String> = if numeric {
        let most = *desk.rng.pick(&[5, 5, 6, 7]);
        (1..=most).map(|step: i64| step.to_string()).collect()
    } else {
        desk.rng.pick(&words.survey_words.scales).clone()
    };
    let count = desk.rng.whole(5, 8) as usize;
    let mut chosen = desk.rng.sample(survey.statements.len(), count);
    chosen.sort_unstable();
    // A respondent has a mood, from which single ratings stray.
    let mood = desk.rng.range(0.25, 0.95) * (scale.len() - 1) as f64;
    for index in chosen {
        let at = libm::round(desk.rng.normal(mood, 1.1)).clamp(0.0, (scale.len() - 1) as f64) as usize;
        let value =
            if numeric { sheet.number(RATING, Decimal::from(at as i64 + 1)) } else { Cell::text(&scale[at]) };
        sheet.item(vec![Cell::text(&survey.statements[index]), value]);
    }
    let by = desk
        .rng
        .pick(&survey.by)
        .replace("{town}", &desk.town())
        .replace("{family}", desk.rng.pick(&desk.culture.family).as_str());
    let by_field = sheet.field("Survey by", &by);
    let title = sheet.field("Document", desk.rng.pick(&survey.title).as_str());
    let day = desk.day();
    let mut meta = vec![sheet.field(desk.any(&["Date", "Filled in on"]), &place.date(day))];
    let number = any_code(desk, &["###", "####", "?-###"]);
    meta.push(sheet.field(desk.any(&["Form no.", "Sheet no.", "Questionnaire no."]), &number));
    if desk.rng.chance(0.5) {
        let until = day.saturating_add(desk.rng.whole(5, 40).days());
        meta.push(sheet.field(desk.any(&["Return by", "Survey ends"]), &place.date(until)));
    }
    let count = desk.rng.whole(2, 3) as usize;
    let mut choices = Vec::new();
    for index in desk.rng.sample(survey.choices.len(), count) {
        let choice = &survey.choices[index];
        let value = desk.rng.pick(&choice.values).clone();
        choices.push((sheet.field(&choice.name, &value), choice));
    }
    let comment = desk.rng.chance(0.7).then(|| {
        let value = desk.rng.pick(&words.survey_words.comments).clone();
        sheet.field(desk.any(&["Comment", "Remarks", "Suggestion"]), &value)
    });
    let thanks = desk.rng.pick(&words.survey_words.thanks).as_str();
    let topic = format!("{} of {by}", sheet.shown(title).to_lowercase());
    let parts = Parts { by: by_field, title, meta, choices, comment, scale, thanks, numeric };
    let (body, design) = lay_out(desk, &sheet, &parts, &by);
    Draft { sheet, body, topic, persona: "someone who enters forms into a table".to_owned(), design }
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, by: &str) -> (String, String) {
    let form = desk.style.below(3);
    let pen = Pen::draw(desk);
    desk.paper.width = *desk.style.pick(&[660.0, 720.0, 780.0]);
    desk.paper.margin = (desk.style.range(38.0, 52.0), desk.style.range(34.0, 46.0));
    if form == 1 {
        let tone = desk.style.word(&["#fdf6ea", "#eef5f0", "#f1f2fa", "#fbeff0"]);
        desk.paper.recolour(tone, Color::rgb(26, 26, 32), Color::rgb(74, 74, 84), 5.0);
    }
    let (x, y) = desk.paper.margin;
    let style = &mut desk.style;
    let mut out = String::new();
    let title = sheet.value_as(parts.title, "title");
    match form {
        0 => {
            let mark = logo::with_name(by, &sheet.value(parts.by), 34.0, style);
            show(&mut out, &mark);
            show(&mut out, &format!("text(fill: ac, {})", display(1.9, &title)));
        }
        1 => {
            let mark = format!("box(fill: white, radius: 18pt, inset: 7pt, {})", logo::mark(by, 30.0, style));
            let band = grid(
                "1fr, auto",
                "(left + horizon, right + horizon)",
                (14.0, 0.0),
                &[stack(9.0, &[format!("T(1.8em, {title})"), sheet.value(parts.by)]), mark],
            );
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {band}))\n\n"
            ));
        }
        _ => {
            show(&mut out, &align("center", &stack(10.0, &[display(1.8, &title), sheet.value(parts.by)])));
            show(&mut out, &rule("1.4pt + ink"));
        }
    }
    space(&mut out, 3.0);
    let meta: Vec<Expr> = parts
        .meta
        .iter()
        .map(|f| inline(&[small(&sheet.name(*f)), text("  "), pen.write(&sheet.value(*f))]))
        .collect();
    show(&mut out, &grid(&vec!["auto"; meta.len()].join(", "), "left", (34.0, 0.0), &meta));
    show(&mut out, &note(parts.thanks));
    if parts.numeric {
        let most = parts.scale.last().map_or("", String::as_str);
        show(&mut out, &note(&format!("1 means “not at all”, {most} means “completely”.")));
    }
    space(&mut out, 5.0);
    let habit = style.below(4);
    let first = style.chance(0.5);
    if first {
        show(&mut out, &section(style.word(&["About you", "First of all", "You and your visit"]), habit));
        show(&mut out, &choices(sheet, parts, &pen));
        space(&mut out, 3.0);
    }
    show(&mut out, &section(style.word(&["Your answers", "Your rating", "Please rate"]), habit));
    let (what, rated) = match (form, parts.numeric) {
        (1, true) => ("circles", circles(sheet, parts)),
        (2, false) => ("options", options(sheet, parts, &pen)),
        _ => ("matrix", matrix(sheet, parts, &pen, style.below(3))),
    };
    show(&mut out, &rated);
    if !first {
        space(&mut out, 2.0);
        show(&mut out, &section(style.word(&["About you", "Finally", "A few more questions"]), habit));
        show(&mut out, &choices(sheet, parts, &pen));
    }
    if let Some(comment) = parts.comment {
        space(&mut out, 2.0);
        let entry = format!(
            "block(width: 100%, fill: white, stroke: 0.9pt + rule-c, inset: 10pt, {})",
            pen.write(&sheet.value(comment))
        );
        show(&mut out, &stack(6.0, &[bold(&sheet.name(comment)), entry]));
    }
    (out, format!("survey-{form}/{what}"))
}

/// Questions with one answer ticked.
fn choices(sheet: &Sheet, parts: &Parts, pen: &Pen) -> Expr {
    let rows: Vec<Expr> = parts
        .choices
        .iter()
        .map(|(field, choice)| {
            let options: Vec<&str> = choice.values.iter().map(String::as_str).collect();
            stack(8.0, &[bold(&sheet.name(*field)), pen.choices(sheet, *field, &options)])
        })
        .collect();
    stack(14.0, &rows)
}

/// Statements down, the scale across; the head of a column stands for all ratings that are ticked below it.
fn matrix(sheet: &Sheet, parts: &Parts, pen: &Pen, look: usize) -> Expr {
    let mut cells = vec![small(&sheet.head(0))];
    cells.extend(parts.scale.iter().map(|step| {
        let head = sheet.shared(RATING, step, "header_cell");
        let size = if parts.numeric { 1.0 } else { 0.84 };
        format!("align(center, text(size: {size:.2}em, {}))", bold(&head))
    }));
    for row in 0..sheet.len() {
        cells.push(sheet.cell(row, 0));
        for step in &parts.scale {
            cells.push(pen.tick(sheet.says(row, RATING, step)));
        }
    }
    let width = if parts.numeric { "34pt" } else { "64pt" };
    let dress = match look {
        0 => "fill: (x, y) => if calc.even(y) and y > 0 { tint }, ",
        1 => "stroke: 0.8pt + rule-c, ",
        _ => "stroke: (bottom: 0.8pt + rule-c), ",
    };
    format!(
        "grid(columns: (1fr, {}), align: (x, y) => if x == 0 {{ left + horizon }} else {{ center + horizon }}, {dress}inset: (x: 6pt, y: 7pt), {})",
        vec![width; parts.scale.len()].join(", "),
        cells.join(", ")
    )
}

/// Figures in circles, the given one filled.
fn circles(sheet: &Sheet, parts: &Parts) -> Expr {
    let last = parts.scale.len() - 1;
    let mut cells = vec![small(&sheet.head(0)), small(&sheet.head(RATING))];
    for row in 0..sheet.len() {
        cells.push(sheet.cell(row, 0));
        let steps: Vec<Expr> = parts
            .scale
            .iter()
            .enumerate()
            .map(|(at, step)| {
                let on = sheet.says(row, RATING, step);
                let figure = if on { sheet.cell(row, RATING) } else { role("body", step) };
                let (fill, ink) = if on { ("ac", "onac") } else { ("white", "ink") };
                let gap = if at == last { "" } else { "#h(9pt)" };
                format!(
                    "[#box(baseline: 6pt, circle(radius: 11pt, fill: {fill}, stroke: 0.9pt + ac, inset: 0pt, align(center + horizon, text(fill: {ink}, {figure})))){gap}]"
                )
            })
            .collect();
        cells.push(inline(&steps));
    }
    format!(
        "grid(columns: (1fr, auto), align: left + horizon, inset: (x: 6pt, y: 6pt), stroke: (bottom: 0.8pt + rule-c), {})",
        cells.join(", ")
    )
}

/// Each statement above its options.
fn options(sheet: &Sheet, parts: &Parts, pen: &Pen) -> Expr {
    let blocks: Vec<Expr> = (0..sheet.len())
        .map(|row| {
            let options: Vec<Expr> = parts
                .scale
                .iter()
                .map(|step| {
                    let on = sheet.says(row, RATING, step);
                    let label = if on { sheet.cell(row, RATING) } else { role("body", step) };
                    inline(&[pen.tick(on), "h(5pt)".to_owned(), format!("text(size: 0.92em, {label})")])
                })
                .collect();
            let number = role("note", &format!("{}.", row + 1));
            stack(
                9.0,
                &[
                    inline(&[number, text("\u{a0}"), bold(&sheet.cell(row, 0))]),
                    grid(&vec!["1fr"; options.len()].join(", "), "left", (12.0, 0.0), &options),
                ],
            )
        })
        .collect();
    stack(15.0, &blocks)
}
