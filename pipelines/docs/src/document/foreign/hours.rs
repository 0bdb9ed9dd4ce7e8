//! Notices with opening hours.

use jiff::civil::time;
use pixmo_render::{Cell, Column, NumberFormat};

use super::super::desk::{Desk, Draft, capital};
use super::super::markup::{Expr, align, bold, display, grid, rule, show, small, space, stack};
use super::super::sheet::{Field, Sheet};
use super::asking::Asking;
use super::words::Papers;
use crate::banks::Foreign;
use crate::program::{Expr as Program, Is, Test};

const DAY: usize = 0;
const HOURS: usize = 1;
/// The table of fields stands behind that of the days.
const FIELDS: usize = 1;

/// Writes the opening hours of a place.
pub(super) fn write(desk: &mut Desk<'_>, papers: &'static Papers, foreign: &Foreign) -> Draft {
    let place = desk.place.clone();
    let columns = vec![(Column::text(papers.word("day")), None), (Column::text(papers.word("opens")), None)];
    let mut sheet = Sheet::with_items(columns);
    sheet.quote();
    let start = desk.rng.whole(7, 10);
    let closed_days = [desk.rng.below(7), if desk.rng.chance(0.6) { 6 } else { desk.rng.below(7) }];
    for (index, day) in foreign.days.iter().enumerate() {
        let opens = time((start + desk.rng.whole(0, 2)) as i8, *desk.rng.pick(&[0, 0, 30]), 0, 0);
        let length = if index == 5 { desk.rng.whole(3, 5) } else { desk.rng.whole(5, 9) };
        let closes =
            time((i64::from(opens.hour()) + length) as i8, *desk.rng.pick(&[0, 0, 15, 30, 45]), 0, 0);
        let hours = if closed_days.contains(&index) {
            papers.word("closed").to_owned()
        } else {
            format!("{} – {}", place.time(opens), place.time(closes))
        };
        sheet.item(vec![Cell::text(capital(day)), Cell::text(hours)]);
    }
    let office = desk.named(&papers.offices);
    let (street, number) = (desk.address(), desk.code_of(&desk.words.names.contact.telephone));
    let date = place.date(desk.day());
    let title = sheet.field(papers.word("hours"), &office);
    let facts = [
        sheet.field(papers.word("from_day"), &date),
        sheet.field(papers.word("phone"), &number),
        sheet.field(papers.word("address"), &street),
    ];
    sheet.lacks(&[
        papers.word("parking"),
        papers.word("contact"),
        papers.word("customer_card"),
        papers.word("cook"),
    ]);
    let mut asking = Asking { sheet: &mut sheet, label: DAY, nouns: ("day", "days") };
    ask(&mut asking, papers, &facts);
    for row in 0..sheet.len() {
        let label = sheet.shown_cell(row, DAY).to_owned();
        sheet.target(&format!("the hours on “{label}”"), row, HOURS);
    }
    let topic = format!("opening hours of {office}");
    let (body, design) = lay_out(desk, &sheet, title, facts, papers);
    Draft { sheet, body, topic, persona: "someone who stands before a closed door".to_owned(), design }
}

fn ask(asking: &mut Asking<'_>, papers: &Papers, facts: &[Field; 3]) {
    let closed = papers.word("closed");
    asking.words(
        HOURS,
        &[
            "When is it open on “{label}”?",
            "Which hours are given for “{label}”?",
            "What does the notice say about “{label}”?",
        ],
    );
    let meanings: [&[&str]; 3] = [
        &["From which day on are these hours valid?", "Since when are these the hours?"],
        &["Which telephone number is given?", "What number can be called?"],
        &["At which address is it?", "What is the address?"],
    ];
    for (field, meanings) in facts.iter().zip(meanings) {
        asking.field(*field, FIELDS, meanings);
    }
    let place = Program::Shown(Program::named(FIELDS, 0, papers.word("hours")).over(1));
    let words = ["Whose opening hours are these?", "Which place hung out this notice?"];
    asking.pose("who", 1, &words.map(str::to_owned), place);
    let shut = || Program::named(0, HOURS, closed);
    let words = ["On how many days of the week is it closed?", "How many days a week is it shut?"];
    let count = Program::Count(shut().boxed()).print(&NumberFormat::plain(0));
    asking.pose("count_label", 2, &words.map(str::to_owned), count);
    let words = ["On which days is it closed?", "Name each day on which it is shut."];
    asking.pose("names_with", 2, &words.map(str::to_owned), Program::Names(shut().over(DAY)));
    let open = Program::Rows { table: 0, keep: vec![Test { column: HOURS, is: Is::Not(closed.to_owned()) }] };
    let words = ["On how many days of the week is it open?", "How many days a week can one come in?"];
    let count = Program::Count(open.boxed()).print(&NumberFormat::plain(0));
    asking.pose("count_label", 2, &words.map(str::to_owned), count);
    for row in 0..asking.sheet.len() {
        let (day, hours) =
            (asking.sheet.shown_cell(row, DAY).to_owned(), asking.sheet.shown_cell(row, HOURS).to_owned());
        let says = Program::Says { over: Program::named(0, DAY, &day).over(HOURS), text: closed.to_owned() };
        let words = [format!("Is it closed on “{day}”?"), format!("Does one find the door shut on “{day}”?")];
        asking.pose("state_yes_no", 2, &words, Program::YesNo(says.boxed()));
        if hours != closed {
            let words = [
                format!("On which day is it open at “{hours}”?"),
                format!("For which day is “{hours}” given?"),
            ];
            let back = Program::Shown(Program::named(0, HOURS, &hours).over(DAY));
            asking.pose("look_back", 2, &words, back);
        }
    }
    asking.order();
}

fn lay_out(
    desk: &mut Desk<'_>,
    sheet: &Sheet,
    title: Field,
    facts: [Field; 3],
    papers: &'static Papers,
) -> (String, String) {
    let family = desk.look.family;
    desk.try_faces(family, papers);
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[430.0, 500.0, 580.0]);
    desk.paper.base = style.range(14.5, 17.5);
    if style.chance(0.35) {
        let tone = style.word(&["#fff3c4", "#ffe8e0", "#e8f5e0", "#e6f1fb"]);
        desk.paper.ground = pixmo_render::Color::from_hex(tone).unwrap_or(pixmo_render::Color::WHITE);
        desk.paper.accent = desk.paper.accent.readable_on(desk.paper.ground, 4.8);
        desk.paper.soft = desk.paper.soft.readable_on(desk.paper.ground, 4.8);
    }
    let mut out = String::new();
    let form = style.below(3);
    let word = display(1.9, &sheet.name(title));
    let name = sheet.value_as(title, "title");
    let (x, y) = desk.paper.margin;
    match form {
        0 => show(&mut out, &align("center", &stack(12.0, &[bold(&name), format!("text(fill: ac, {word})")]))),
        1 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 18pt), text(fill: onac, {}))\n\n",
            stack(11.0, &[word, name])
        )),
        _ => show(&mut out, &stack(12.0, &[word, rule("3pt + ac"), bold(&name)])),
    }
    space(&mut out, 12.0);
    let table = style.below(3);
    let cells: Vec<Expr> =
        (0..sheet.len()).flat_map(|row| [bold(&sheet.cell(row, DAY)), sheet.cell(row, HOURS)]).collect();
    let body = match table {
        0 => grid("1fr, auto", "(left, right)", (20.0, 11.0), &cells),
        1 => format!(
            "grid(columns: (1fr, auto), align: (left, right), inset: (x: 10pt, y: 8pt), stroke: (bottom: 0.8pt + rule-c), {})",
            cells.join(", ")
        ),
        _ => format!(
            "grid(columns: (1fr, auto), align: (left, right), inset: (x: 10pt, y: 8pt), fill: (x, y) => if calc.even(y) {{ tint }}, {})",
            cells.join(", ")
        ),
    };
    show(&mut out, &body);
    space(&mut out, 12.0);
    let pairs: Vec<Expr> = facts.iter().flat_map(|f| [small(&sheet.name(*f)), sheet.value(*f)]).collect();
    show(&mut out, &grid("auto, 1fr", "left", (14.0, 9.0), &pairs));
    (out, format!("hours-{form}/{table}"))
}
