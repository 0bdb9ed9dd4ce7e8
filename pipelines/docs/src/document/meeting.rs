//! Meetings: what their papers have in common, and the agenda.

use jiff::ToSpan as _;
use jiff::civil::{Date, Time, time};
use pixmo_render::{Cell, Column};

use super::desk::{Desk, Draft, Organisation};
use super::logo;
use super::markup::{Expr, align, body, bold, display, grid, inline, rule, show, small, space, stack, text};
use super::pieces::{Lines, Pairs, col, table};
use super::sheet::{Field, Sheet};

/// Meetings of firms and associations.
const BODIES: [&str; 7] = [
    "Board meeting",
    "Works council",
    "Staff meeting",
    "Annual general meeting",
    "Project meeting",
    "Safety committee",
    "Planning meeting",
];
/// Meetings that only some organisations have: meeting, name of the organisation.
const SPECIAL: [(&str, &str); 5] = [
    ("Town council", "Town of {}"),
    ("Parents' evening", "{} Primary School"),
    ("Library committee", "{} Public Library"),
    ("Editorial meeting", "The {} Courier"),
    ("Committee meeting", "{} Rowing Club"),
];
/// What any meeting may speak about.
const TOPICS: [&str; 10] = [
    "Minutes of the last meeting",
    "Budget for the coming year",
    "Website and newsletter",
    "Open day",
    "Insurance",
    "Data protection",
    "Any other business",
    "Heating costs",
    "Storage room",
    "Complaints",
];
/// What some meetings speak about: part of the name of the meeting, its topics.
const MATTERS: [(&str, &[&str]); 8] = [
    (
        "Town council",
        &[
            "New bus line",
            "Repair of the bridge",
            "Playground at the mill",
            "Opening hours of the pool",
            "Street lights",
            "Waste collection",
            "Plan for the market square",
            "Questions of the public",
        ],
    ),
    (
        "Parents",
        &[
            "School trip",
            "Lunch in the canteen",
            "Homework",
            "Summer fair",
            "Safe way to school",
            "Election of the spokesperson",
            "Telephones in class",
            "New textbooks",
        ],
    ),
    (
        "Library",
        &[
            "New opening hours",
            "Purchase of books",
            "Reading hours for children",
            "Membership fees",
            "Volunteers",
            "Lending of devices",
            "Quiet room",
            "Sale of old books",
        ],
    ),
    (
        "Editorial",
        &[
            "Review of the last issue",
            "Front page on Saturday",
            "Series on local rivers",
            "Letters to the editor",
            "Photographs wanted",
            "Corrections",
            "Election special",
            "Deadlines in the holidays",
        ],
    ),
    (
        "Committee meeting",
        &[
            "Report of the treasurer",
            "Repair of the boathouse",
            "New boats",
            "Membership fees",
            "Regatta in June",
            "Election of the chair",
            "Training of beginners",
            "Life jackets",
        ],
    ),
    (
        "Safety",
        &[
            "Accidents since the last meeting",
            "Fire drill",
            "First-aid boxes",
            "Protective clothing",
            "Escape routes",
            "Noise in the hall",
            "Training of new staff",
            "Inspection of ladders",
        ],
    ),
    (
        "Project",
        &[
            "State of the work",
            "Risks",
            "Costs so far",
            "Test results",
            "Changes wanted by the client",
            "Staffing",
            "Next milestones",
            "Handover",
        ],
    ),
    (
        "",
        &[
            "Report of the treasurer",
            "New opening hours",
            "Training courses",
            "Parking spaces",
            "Purchase of a van",
            "Repair of the roof",
            "Staff outing",
            "Holiday plan",
        ],
    ),
];

/// What a meeting of this title speaks about: its own matters and a few of those of all.
fn topics(desk: &mut Desk<'_>, title: &str, count: usize) -> Vec<&'static str> {
    let own = MATTERS.iter().find(|(name, _)| title.contains(name)).map_or(&[][..], |(_, own)| own);
    let general = desk.rng.whole(1, 3).min(count as i64 - 1) as usize;
    let mut list: Vec<&str> =
        desk.rng.sample(own.len(), count - general).into_iter().map(|at| own[at]).collect();
    list.extend(desk.rng.sample(TOPICS.len(), general).into_iter().map(|at| TOPICS[at]));
    // The minutes are approved first; what is left over comes last.
    list.sort_by_key(|topic| match *topic {
        "Minutes of the last meeting" => 0,
        "Any other business" => 2,
        _ => 1,
    });
    list
}

/// Where a meeting is held, by whom, when.
pub(super) struct Frame {
    pub(super) firm: String,
    pub(super) name: Field,
    pub(super) title: Field,
    /// Date, beginning, place and chair, in this order, and what else a paper adds.
    pub(super) meta: Vec<Field>,
    pub(super) date: Date,
    pub(super) begin: Time,
}

impl Frame {
    /// In two columns: the place beside the date, the end beside the beginning. Calls for the end as fifth.
    pub(super) fn in_pairs(&mut self) {
        self.meta.swap(1, 2);
        self.meta.swap(3, 4);
    }
}

fn frame(desk: &mut Desk<'_>, sheet: &mut Sheet, word: &str) -> Frame {
    let (meeting, firm) = if desk.rng.chance(0.6) {
        (desk.any(&BODIES), desk.domain().1)
    } else {
        let (meeting, name) = *desk.rng.pick(&SPECIAL);
        let town = desk.town();
        (meeting, desk.organisation(name.replace("{}", &town), town))
    };
    frame_of(desk, sheet, &format!("{word} – {meeting}"), firm)
}

/// The frame of a paper with this title.
pub(super) fn frame_of(desk: &mut Desk<'_>, sheet: &mut Sheet, title: &str, firm: Organisation) -> Frame {
    let place = desk.place.clone();
    let date = desk.workday();
    let begin = time(desk.rng.whole(9, 19) as i8, *desk.rng.pick(&[0, 15, 30]), 0, 0);
    let room = match desk.rng.below(3) {
        0 => format!("Room {}.{:02}", desk.rng.whole(0, 4), desk.rng.whole(1, 24)),
        1 => format!("Meeting room {}", desk.rng.whole(1, 9)),
        _ => desk.any(&["Great hall", "Library", "Small hall", "Canteen", "Board room"]).to_owned(),
    };
    let name = sheet.field("Organisation", &firm.name);
    let title = sheet.field("Document", title);
    let meta = vec![
        sheet.field("Date", &place.date(date)),
        sheet.field(desk.any(&["Begins", "Start", "Time"]), &place.time(begin)),
        sheet.field(desk.any(&["Place", "Location", "Where"]), &room),
        sheet.field(desk.any(&["Chair", "Chaired by"]), &desk.person().full()),
    ];
    Frame { firm: firm.name, name, title, meta, date, begin }
}

pub(super) fn head(desk: &mut Desk<'_>, sheet: &Sheet, frame: &Frame, out: &mut String) -> usize {
    let style = &mut desk.style;
    let form = style.below(4);
    let title = display(1.8, &sheet.value_as(frame.title, "title"));
    let name = sheet.value(frame.name);
    match form {
        0 => {
            show(out, &small(&name));
            show(out, &format!("text(fill: ac, {title})"));
            show(out, &rule("1pt + ac"));
        }
        1 => {
            show(
                out,
                &align("center", &stack(11.0, &[logo::mark(&frame.firm, 38.0, style), bold(&name), title])),
            );
        }
        2 => {
            let (x, y) = desk.paper.margin;
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 22pt), text(fill: onac, {}))\n\n",
                stack(11.0, &[name, title])
            ));
        }
        _ => {
            let mark = logo::with_name(&frame.firm, &name, 32.0, style);
            show(out, &mark);
            space(out, 4.0);
            show(out, &title);
        }
    }
    space(out, 8.0);
    form
}

/// Writes an agenda: items with times that follow one another.
pub(super) fn agenda(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text(desk.any(&["No.", "Item", "#"])), None),
        (Column::time(desk.any(&["Time", "From", "Begins"])), None),
        (Column::text(desk.any(&["Topic", "Subject", "Agenda item"])), None),
        (Column::text(desk.any(&["Led by", "Speaker", "Presenter"])), None),
        (
            Column::number(desk.any(&["Minutes", "Duration (min)", "Min."]), "min", true),
            Some(place.number(0, "")),
        ),
    ]);
    let mut frame = frame(desk, &mut sheet, "Agenda");
    let count = desk.rng.whole(4, 8) as usize;
    let people = desk.people(count.min(5));
    let mut at = frame.begin;
    let mut whole = 0;
    let title = sheet.shown(frame.title).to_owned();
    for (index, topic) in topics(desk, &title, count).into_iter().enumerate() {
        let minutes = desk.rng.whole(1, 8) * 5;
        let leader = desk.rng.pick(&people).full();
        let cells = vec![
            Cell::text((index + 1).to_string()),
            Cell::text(place.time(at)),
            Cell::text(topic),
            Cell::text(leader),
            sheet.number(4, minutes.into()),
        ];
        sheet.item(cells);
        at = at.wrapping_add(minutes.minutes());
        whole += minutes;
    }
    frame.meta.push(sheet.field(desk.any(&["Ends", "End", "Close"]), &place.time(at)));
    let sum = sheet.field(desk.any(&["Total time", "Duration"]), &format!("{whole} min"));
    frame.meta.push(sum);
    frame.in_pairs();
    let topic = format!("{} of {}", sheet.shown(frame.title).to_lowercase(), frame.firm);
    desk.paper.width = *desk.style.pick(&[640.0, 700.0, 760.0]);
    let mut out = String::new();
    let form = head(desk, &sheet, &frame, &mut out);
    let style = &mut desk.style;
    show(&mut out, &Pairs::draw(style).lay(&sheet, &frame.meta, 2));
    space(&mut out, 14.0);
    let lines = Lines::draw(style);
    let design = if style.chance(0.35) {
        // No column has a heading here, so that none can be asked for by one.
        sheet.call("item", "items");
        sheet.ask(1, &["At what time does “{label}” begin?", "When is it the turn of “{label}”?"]);
        sheet.ask(3, &["Who leads the item “{label}”?", "Who speaks about “{label}”?"]);
        sheet.ask(
            4,
            &["How many minutes are planned for “{label}”?", "How many minutes does “{label}” take?"],
        );
        sheet.ask_back(1, &["Which item begins at {value}?", "What is planned for {value}?"]);
        show(&mut out, &ladder(&sheet));
        format!("agenda-{form}/ladder")
    } else {
        let mut cols = vec![
            col(0, "auto", "left"),
            col(1, "auto", "left"),
            col(2, "1fr", "left"),
            col(3, "auto", "left"),
            col(4, "auto", "right"),
        ];
        if style.chance(0.3) {
            cols.remove(0);
        }
        show(&mut out, &table(&sheet, &cols, lines, style.range(6.0, 9.0)));
        format!("agenda-{form}/{}", lines.name())
    };
    space(&mut out, 6.0);
    show(
        &mut out,
        &body(desk.rng.word(&[
            "Please send further items two days before.",
            "Guests are welcome.",
            "Refreshments are served afterwards.",
            "Please read the papers beforehand.",
        ])),
    );
    Draft { sheet, body: out, topic, persona: "a member who prepares for a meeting".to_owned(), design }
}

/// Times in a column of their own beside a line, topics with their leaders to the right.
fn ladder(sheet: &Sheet) -> Expr {
    let mut cells = Vec::new();
    for row in 0..sheet.len() {
        cells.push(bold(&format!("text(fill: ac, {})", sheet.cell(row, 1))));
        let detail = inline(&[sheet.cell(row, 3), text("  ·  "), sheet.cell(row, 4), body(" min")]);
        cells.push(format!(
            "block(stroke: (left: 2.5pt + ac), inset: (left: 13pt, y: 1pt), {})",
            stack(7.0, &[bold(&sheet.cell(row, 2)), small(&detail)])
        ));
    }
    grid("auto, 1fr", "(right, left)", (16.0, 15.0), &cells)
}
