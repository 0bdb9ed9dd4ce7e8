//! Incident reports: what happened where and when, step by step, to whom, why, and what is done about it.

use jiff::ToSpan as _;
use jiff::civil::time;
use pixmo_render::{Cell, Color, Column};

use super::desk::{Desk, Draft, capital};
use super::fill::{Pen, any_code};
use super::form_words::{FormWords, IncidentWords};
use super::locale::weekday;
use super::logo;
use super::markup::{Expr, align, bold, display, grid, inline, role, rule, show, small, space, stack, text};
use super::pieces::{Lines, col, section, table};
use super::sheet::{Field, Sheet};
use super::signature::signature;

struct Parts {
    firm: Field,
    title: Field,
    number: Field,
    kind: Field,
    severity: Field,
    police: Field,
    place: Vec<Field>,
    people: Vec<Field>,
    cause: Field,
    action: Field,
    cost: Field,
    signed: [Field; 3],
    words: &'static IncidentWords,
}

const YES_NO: [&str; 2] = ["Yes", "No"];

/// Writes a report. Columns of the items: event, time, who acted.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let words = FormWords::bundled();
    let incident = desk.rng.pick(&words.incident);
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(&["Event", "What happened"])), None),
        (Column::text("Time"), None),
        (Column::text(desk.any(&["Reporter", "Observer"])), None),
    ])
    .and_amounts(&place);
    let begin = time(desk.rng.whole(6, 20) as i8, desk.rng.whole(0, 59) as i8, 0, 0);
    let mut now = begin;
    let count = desk.rng.whole(4, incident.events.len() as i64) as usize;
    let mut chosen = desk.rng.sample(incident.events.len() - 1, count - 1);
    // The first event is the incident itself; the others keep their order.
    chosen.iter_mut().for_each(|at| *at += 1);
    chosen.push(0);
    chosen.sort_unstable();
    let crew: Vec<&str> = desk
        .rng
        .sample(words.incident_words.who.len(), 3)
        .into_iter()
        .map(|at| words.incident_words.who[at].as_str())
        .collect();
    for index in chosen {
        let who = *desk.rng.pick(&crew);
        sheet.item(vec![Cell::text(&incident.events[index]), Cell::text(place.time(now)), Cell::text(who)]);
        // The accident itself is over in moments; what follows it takes its time.
        let most = if index < 3 { 2 } else { 12 };
        now = now.saturating_add(desk.rng.whole(1, most).minutes());
    }
    let (domain, firm) = desk.domain();
    let day = desk.workday();
    let mut jobs: Vec<String> = domain.roles.iter().map(|role| capital(role)).collect();
    desk.rng.shuffle(&mut jobs);
    let people = desk.people(3);
    let firm_field = sheet.field("Organisation", &firm.name);
    let title = sheet.field("Document", desk.rng.pick(&words.incident_words.title).as_str());
    let number = any_code(desk, &["IR-##-###", "##/####", "R ####", "####-??"]);
    let number = sheet.field(desk.any(&["Report no.", "Reference", "File no."]), &number);
    let kind = sheet.field(desk.any(&["Kind of incident", "Incident"]), &incident.kind);
    let severity = sheet.field("Severity", desk.rng.pick(&words.incident_words.severity).as_str());
    let police = sheet.field(desk.any(&["Police informed", "Authorities informed"]), desk.any(&YES_NO));
    let date = format!("{}, {}", weekday(day), place.date(day));
    let site = vec![
        sheet.field(desk.any(&["Date of incident", "Date"]), &date),
        sheet.field(desk.any(&["Time of incident", "Began"]), &place.time(begin)),
        sheet.field(desk.any(&["Place", "Location"]), desk.rng.pick(&incident.sites).as_str()),
        sheet.field(desk.any(&["Site", "Address"]), &firm.address()),
    ];
    let mut persons = vec![
        sheet.field(desk.any(&["Person concerned", "Person involved"]), &people[0].full()),
        sheet.field("Position", jobs.first().map_or("Visitor", String::as_str)),
        sheet.field("Injury", desk.rng.pick(&incident.injury).as_str()),
    ];
    if desk.rng.chance(0.65) {
        persons.push(sheet.field("Witness", &people[1].full()));
    }
    // What is to be done answers the cause: both lists are in one order.
    let which = desk.rng.below(incident.cause.len().min(incident.action.len()));
    let cause = sheet.field(desk.any(&["Cause", "Probable cause"]), &incident.cause[which]);
    let action = sheet.field(desk.any(&["Action to take", "Measure", "Follow-up"]), &incident.action[which]);
    let euros = desk.rng.range(40.0, 3_800.0);
    let cost = place.fee(euros);
    let cost = sheet.money(desk.any(&["Estimated damage", "Estimated cost"]), cost, &place);
    let filed = day.saturating_add(desk.rng.whole(0, 5).days());
    let signed = [
        sheet.field(desk.any(&["Report by", "Written by"]), &people[2].full()),
        sheet.field(desk.any(&["Date of report", "Filed on"]), &place.date(filed)),
        sheet.field(
            desk.any(&["Copy to", "Sent to"]),
            desk.rng.pick(&words.incident_words.report_to).as_str(),
        ),
    ];
    let topic = format!("report of {} about: {}", firm.name, incident.kind.to_lowercase());
    let parts = Parts {
        firm: firm_field,
        title,
        number,
        kind,
        severity,
        police,
        place: site,
        people: persons,
        cause,
        action,
        cost,
        signed,
        words: &words.incident_words,
    };
    let (body, design) = lay_out(desk, &sheet, &parts, &firm.name);
    Draft { sheet, body, topic, persona: "a safety officer who reads reports".to_owned(), design }
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, firm: &str) -> (String, String) {
    let form = desk.style.below(3);
    let pen = Pen::draw(desk);
    desk.paper.width = *desk.style.pick(&[680.0, 740.0, 794.0]);
    desk.paper.margin = (desk.style.range(40.0, 54.0), desk.style.range(34.0, 48.0));
    if form == 1 {
        desk.paper.black_on_white();
        let tone = desk.style.word(&["#ffffff", "#fdf8e6", "#f3f6f8"]);
        desk.paper.ground = Color::from_hex(tone).unwrap_or(Color::WHITE);
    }
    let (x, y) = desk.paper.margin;
    let style = &mut desk.style;
    let mut out = String::new();
    let title = sheet.value_as(parts.title, "title");
    let number = inline(&[sheet.name(parts.number), text("  "), bold(&sheet.value(parts.number))]);
    match form {
        0 => {
            let mark = logo::with_name(firm, &sheet.value(parts.firm), 34.0, style);
            show(
                &mut out,
                &grid("1fr, auto", "(left + horizon, right + horizon)", (16.0, 0.0), &[mark, number]),
            );
            show(&mut out, &format!("text(fill: ac, {})", display(1.9, &title)));
        }
        1 => {
            let cells = [
                sheet.value(parts.firm),
                align("center", &format!("text(size: 1.5em, {})", bold(&title))),
                align("right", &number),
            ];
            show(
                &mut out,
                &format!(
                    "grid(columns: (1fr, auto, 1fr), stroke: (y: 1.6pt + ink), inset: (x: 8pt, y: 11pt), align: horizon, {})",
                    cells.join(", ")
                ),
            );
        }
        _ => {
            let head = grid(
                "1fr, auto",
                "(left + bottom, right + bottom)",
                (14.0, 0.0),
                &[stack(9.0, &[sheet.value(parts.firm), format!("T(1.8em, {title})")]), number],
            );
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {head}))\n\n"
            ));
        }
    }
    space(&mut out, 4.0);
    let severities: Vec<&str> = parts.words.severity.iter().map(String::as_str).collect();
    let ticked = |field: Field, options: &[&str]| {
        stack(8.0, &[small(&sheet.name(field)), pen.choices(sheet, field, options)])
    };
    let ticks = grid(
        "1fr, auto, auto",
        "left",
        (26.0, 0.0),
        &[pen.entry(sheet, parts.kind), ticked(parts.severity, &severities), ticked(parts.police, &YES_NO)],
    );
    let entries = |fields: &[Field]| match form {
        0 => {
            let cells: Vec<Expr> = fields.iter().map(|f| pen.line(sheet, *f)).collect();
            grid("1fr, 1fr", "left", (24.0, 12.0), &cells)
        }
        1 => {
            let mut cells: Vec<Expr> = fields.iter().map(|f| pen.entry(sheet, *f)).collect();
            // The last box of an odd number takes the whole row.
            if let Some(last) = cells.last_mut().filter(|_| fields.len() % 2 == 1) {
                *last = format!("grid.cell(colspan: 2, {last})");
            }
            format!(
                "grid(columns: (1fr, 1fr), stroke: 0.9pt + ink, inset: 8pt, align: left, {})",
                cells.join(", ")
            )
        }
        _ => {
            let cells: Vec<Expr> =
                fields.iter().flat_map(|f| [small(&sheet.name(*f)), pen.write(&sheet.value(*f))]).collect();
            grid("auto, 1fr", "left", (20.0, 9.0), &cells)
        }
    };
    let habit = style.below(4);
    let heads = *style.pick(&[
        ["Where and when", "People", "Course of events", "Cause and action"],
        ["A. Incident", "B. Persons", "C. Sequence", "D. Assessment"],
        ["Details", "Persons concerned", "What happened", "Findings"],
    ]);
    let frame = |inner: &str| match form {
        1 => format!("block(width: 100%, stroke: 0.9pt + ink, inset: 10pt, {inner})"),
        2 => format!("block(width: 100%, fill: tint, inset: 12pt, {inner})"),
        _ => inner.to_owned(),
    };
    show(&mut out, &frame(&ticks));
    if form == 2 {
        let half = |title: &str, fields: &[Field]| stack(11.0, &[section(title, habit), entries(fields)]);
        let both = [half(heads[0], &parts.place), half(heads[1], &parts.people)];
        show(&mut out, &grid("1fr, 1fr", "left", (26.0, 0.0), &both));
    } else {
        space(&mut out, 7.0);
        show(&mut out, &section(heads[0], habit));
        show(&mut out, &entries(&parts.place));
        space(&mut out, 7.0);
        show(&mut out, &section(heads[1], habit));
        show(&mut out, &entries(&parts.people));
    }
    space(&mut out, 7.0);
    show(&mut out, &section(heads[2], habit));
    let lines = if form == 1 { Lines::Boxed } else { Lines::draw(style) };
    let cols = [col(1, "auto", "left"), col(0, "1fr", "left"), col(2, "auto", "left")];
    show(&mut out, &table(sheet, &cols, lines, style.range(5.0, 7.5)));
    space(&mut out, 7.0);
    show(&mut out, &section(heads[3], habit));
    show(&mut out, &entries(&[parts.cause, parts.action, parts.cost]));
    space(&mut out, 8.0);
    let [by, filed, copy] = parts.signed;
    let sign = stack(
        5.0,
        &[
            signature(130.0, style),
            rule("0.8pt + ink"),
            inline(&[small(&sheet.name(by)), text(" "), sheet.value(by)]),
        ],
    );
    show(
        &mut out,
        &grid(
            "1fr, auto, auto",
            "left + bottom",
            (26.0, 0.0),
            &[sign, pen.entry(sheet, filed), pen.entry(sheet, copy)],
        ),
    );
    if style.chance(0.4) {
        show(&mut out, &align("right", &small(&role("note", "Confidential – for internal use"))));
    }
    (out, format!("incident-{form}/{}", lines.name()))
}
