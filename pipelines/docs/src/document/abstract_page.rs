//! The abstract of a talk or poster, as it stands in the book of a meeting.

use jiff::ToSpan as _;

use super::desk::{Desk, Draft};
use super::markup::{
    Expr, align, body, bold, display, grid, inline, role, rule, show, small, space, stack, text,
};
use super::press::{bleed, bookish, columns, modern, para, title as heading_of, tone};
use super::study::{names, open, sentences};

const MEETINGS: [&str; 6] = [
    "Spring Meeting on {}",
    "Symposium on {}",
    "Annual Congress of {}",
    "Young Researchers' Day in {}",
    "Workshop on {}",
    "Biennial Conference on {}",
];

/// Writes the abstract of a talk or poster, as it stands in the book of a meeting.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let (mut sheet, mut work) = open(desk, false);
    sheet.lacks(&["Name of the funding body", "Fee of the meeting", "Name of the chair", "Number of slides"]);
    let meeting = desk.any(&MEETINGS).replace("{}", &work.study.field);
    let town = desk.town();
    let start = desk.rng.whole(3, 20);
    let poster = desk.rng.chance(0.5);
    let meeting = sheet.tell(
        "Meeting",
        &meeting,
        "At which meeting is the work presented?|What is the meeting called?",
    );
    let town = sheet.tell(
        "Town of the meeting",
        &town,
        "Where does the meeting take place?|In which town is the meeting?",
    );
    let code = desk.code(if poster { "P-###" } else { "T#.##" });
    let number = sheet.tell(
        "Number of the abstract",
        &code,
        "What is the number of the abstract?|Which number does the abstract have?",
    );
    let form_of = sheet.tell(
        "Form of presentation",
        if poster { "poster" } else { "talk" },
        "In which form is the work presented?|What form does the presentation have?",
    );
    let day = work.date.saturating_add(start.days());
    let day = sheet.tell(
        "Day of the presentation",
        &place.date(day),
        "When is the work presented?|On which day is the presentation?",
    );
    let clock = jiff::civil::time(desk.rng.whole(9, 17) as i8, *desk.rng.pick(&[0, 15, 20, 30, 45]), 0, 0);
    let clock =
        sheet.tell("Time of the presentation", &place.time(clock), "At what time is the presentation?");
    let room = format!("{} {}", desk.any(&["Lecture hall", "Room", "Foyer", "Hall"]), desk.rng.whole(1, 19));
    let room = sheet.tell(
        "Room of the presentation",
        &room,
        "Where in the building is the work presented?|In which room is the presentation?",
    );
    let session = format!(
        "{}. {}",
        desk.rng.whole(1, 12),
        desk.any(&["Methods", "Field studies", "New results", "Open session", "Practice", "Models and data"])
    );
    let session = sheet.tell(
        "Session",
        &session,
        "Which session does the abstract belong to?|In which session is the work presented?",
    );
    let mail = desk.organisation(sheet.shown(work.institute).to_owned(), String::new()).mail;
    let mail = sheet.tell("Contact", &mail, "What is the contact address?|To which address can one write?");

    let study = work.study;
    let mut parts: Vec<(&str, Expr)> =
        [("Background", 0..1), ("Methods", 1..2), ("Results", 2..4), ("Conclusion", 4..5)]
            .into_iter()
            .map(|(title, range)| (title, sentences(desk, &mut sheet, &mut work, &study.summary[range])))
            .collect();
    // What is known already belongs to the background.
    let aims = sentences(desk, &mut sheet, &mut work, &study.introduction[..3]);
    parts[0].1 = inline(&[parts[0].1.clone(), text(" "), aims]);
    let topic = format!("abstract of a {}: {}", sheet.shown(form_of), sheet.shown(work.title));
    if desk.style.chance(0.55) {
        bookish(desk);
    } else {
        modern(desk);
    }
    tone(desk, &["#ffffff", "#ffffff", "#fdfcf8", "#f7f9fc", "#fbf8f1"]);
    desk.paper.width = desk.style.range(560.0, 680.0).round();
    desk.paper.base = desk.style.range(13.0, 14.6);
    let form = desk.style.below(4);
    let mut out = String::from("#set par(leading: 0.68em, spacing: 0.95em)\n");
    let title = heading_of(desk.style.range(1.6, 1.9), &sheet.value_as(work.title, "title"));
    let people = bold(&names(&sheet, &work));
    let house = sheet.value(work.institute);
    let where_to = inline(&[sheet.value(meeting), text(", "), sheet.value(town)]);
    let when = inline(&[
        sheet.value(form_of),
        text("  ·  "),
        sheet.value(day),
        text(", "),
        sheet.value(clock),
        text("  ·  "),
        sheet.value(room),
    ]);
    let keywords = inline(&[bold(&role("heading", "Keywords: ")), sheet.value(work.keywords)]);
    let run_in = |(title, text): &(&str, Expr)| {
        para(&inline(&[bold(&role("heading", &format!("{title}. "))), text.clone()]))
    };
    let contact = small(&inline(&[body("Contact: "), sheet.value(mail)]));
    match form {
        0 => {
            show(
                &mut out,
                &small(&grid("1fr, auto", "(left, right)", (12.0, 0.0), &[where_to, sheet.value(number)])),
            );
            show(&mut out, &rule("0.7pt + ink"));
            space(&mut out, 8.0);
            show(&mut out, &align("center", &stack(12.0, &[title, people, small(&house)])));
            space(&mut out, 6.0);
            parts.iter().for_each(|part| show(&mut out, &run_in(part)));
            show(&mut out, &small(&keywords));
            space(&mut out, 4.0);
            show(&mut out, &rule("0.7pt + rule-c"));
            show(
                &mut out,
                &small(&grid("1fr, auto", "(left, right)", (12.0, 0.0), &[when, sheet.value(session)])),
            );
            show(&mut out, &contact);
        }
        1 => {
            let band = stack(
                8.0,
                &[
                    bold(&where_to),
                    grid(
                        "1fr, auto",
                        "(left, right)",
                        (12.0, 0.0),
                        &[sheet.value(session), bold(&sheet.value(number))],
                    ),
                ],
            );
            show(&mut out, &bleed(&desk.paper, "ac", 14.0, true, &format!("text(fill: onac, {band})")));
            space(&mut out, 8.0);
            show(&mut out, &stack(11.0, &[title, people, small(&house)]));
            show(&mut out, &format!("block(width: 100%, fill: tint, inset: 9pt, {})", small(&when)));
            for (name, text) in &parts {
                show(&mut out, &stack(7.0, &[format!("H({})", role("heading", name)), para(text)]));
                space(&mut out, 3.0);
            }
            space(&mut out, 4.0);
            show(&mut out, &small(&keywords));
            show(&mut out, &contact);
        }
        2 => {
            let label = |name: &str, value: &str| stack(5.0, &[small(&body(name)), value.to_owned()]);
            let side = stack(
                13.0,
                &[
                    display(1.7, &format!("text(fill: ac, {})", sheet.value(number))),
                    label("Session", &sheet.value(session)),
                    label("Form", &sheet.value(form_of)),
                    label("Day", &sheet.value(day)),
                    label("Time", &sheet.value(clock)),
                    label("Room", &sheet.value(room)),
                ],
            );
            let mut main = vec![title, stack(6.0, &[people, small(&house)])];
            main.extend(parts.iter().map(run_in));
            main.extend([small(&keywords), contact]);
            show(&mut out, &small(&where_to));
            show(&mut out, &rule("2.4pt + ac"));
            space(&mut out, 6.0);
            show(
                &mut out,
                &grid(
                    "auto, 1fr",
                    "left",
                    (22.0, 0.0),
                    &[format!("block(width: 112pt, {side})"), stack(13.0, &main)],
                ),
            );
        }
        _ => {
            show(&mut out, &align("center", &small(&stack(6.0, &[where_to, sheet.value(session)]))));
            show(
                &mut out,
                &align(
                    "center",
                    &stack(
                        11.0,
                        &[
                            rule("1pt + ac"),
                            inline(&[bold(&sheet.value(number)), text("  ·  "), when]),
                            rule("1pt + ac"),
                        ],
                    ),
                ),
            );
            space(&mut out, 6.0);
            show(&mut out, &stack(10.0, &[title, people, small(&house)]));
            space(&mut out, 6.0);
            let flow: Vec<Expr> = parts.iter().map(run_in).collect();
            show(&mut out, &columns(2, 20.0, &flow));
            space(&mut out, 4.0);
            show(&mut out, &grid("1fr, auto", "(left, right)", (14.0, 0.0), &[small(&keywords), contact]));
        }
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a delegate who plans the day".to_owned(),
        design: format!("abstract-{form}"),
    }
}
