//! Notices for doors and boards.

use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::markup::{align, display, inline, rule, show, small, space, stack, text};
use super::matter::{Fact, Matter, draw_facts, sentence};
use super::pieces::Pairs;
use super::sheet::Sheet;

/// What hangs on doors and boards: title, facts, lines.
const NOTICES: [Matter; 8] = [
    Matter {
        subject: "Lost cat",
        facts: &[
            ("Name", Fact::One(&["Biscuit", "Marble", "Pepper", "Juniper", "Smoke"])),
            ("Colour", Fact::One(&["grey with white paws", "ginger", "black", "tabby"])),
            ("Last seen", Fact::Day(-5, -1)),
            ("Seen near", Fact::Street),
            ("Reward", Fact::Money(20.0, 120.0)),
        ],
        sentences: &["{0} is {1} and shy with strangers.", "Last seen on {2} near {3}. Reward: {4}."],
    },
    Matter {
        subject: "No hot water",
        facts: &[
            ("Date", Fact::Day(2, 9)),
            ("Until", Fact::Hour),
            ("Cause", Fact::One(&["Boiler service", "Pipe repair", "New meters"])),
        ],
        sentences: &["On {0} there is no hot water until {1}.", "Cause: {2}. We ask for your patience."],
    },
    Matter {
        subject: "Flea market",
        facts: &[
            ("Date", Fact::Day(8, 40)),
            ("Begins", Fact::Hour),
            ("Where", Fact::Street),
            ("Stalls", Fact::One(&["25 stalls", "40 stalls", "60 stalls", "80 stalls"])),
            ("Fee for a table", Fact::Money(5.0, 25.0)),
        ],
        sentences: &["{3}, coffee and cake.", "Come on {0} from {1} to {2}.", "A table costs {4}."],
    },
    Matter {
        subject: "Piano lessons",
        facts: &[
            ("Teacher", Fact::Person),
            ("Lesson", Fact::One(&["30 minutes", "45 minutes", "60 minutes"])),
            ("Fee", Fact::Money(18.0, 60.0)),
            ("Telephone", Fact::Code("0### ######")),
        ],
        sentences: &[
            "For beginners and those who start again, with {0}.",
            "A lesson of {1} costs {2}.",
            "Call {3}.",
        ],
    },
    Matter {
        subject: "Closed for holidays",
        facts: &[
            ("Closed from", Fact::Day(5, 20)),
            ("Open again from", Fact::Day(25, 45)),
            ("In urgent cases", Fact::Code("0### ######")),
        ],
        sentences: &["We are away from {0} and open again on {1}.", "In urgent cases call {2}."],
    },
    Matter {
        subject: "Room to let",
        facts: &[
            ("Size", Fact::One(&["14 m²", "17 m²", "20 m²", "23 m²"])),
            ("Floor", Fact::One(&["ground floor", "second floor", "top floor"])),
            ("Rent", Fact::Money(260.0, 640.0)),
            ("Free from", Fact::Day(10, 60)),
            ("Viewing", Fact::Hour),
        ],
        sentences: &[
            "Bright room of {0} on the {1}, with a shared kitchen.",
            "{2} a month, free from {3}.",
            "Viewings daily at {4}.",
        ],
    },
    Matter {
        subject: "Choir seeks voices",
        facts: &[
            ("Rehearsals", Fact::One(&["Tuesdays", "Thursdays", "every second Friday"])),
            ("Time", Fact::Hour),
            ("Hall", Fact::Street),
            ("Concert", Fact::Day(60, 160)),
            ("Members", Fact::Count(14, 70)),
        ],
        sentences: &[
            "We are {4} singers and need tenors.",
            "Rehearsals {0} at {1}, {2}.",
            "Our next concert is on {3}.",
        ],
    },
    Matter {
        subject: "Blood donation",
        facts: &[
            ("Date", Fact::Day(5, 30)),
            ("From", Fact::Hour),
            ("Place", Fact::Street),
            ("Goal", Fact::One(&["60 donors", "80 donors", "100 donors", "120 donors", "150 donors"])),
        ],
        sentences: &[
            "Every donation counts: our goal is {3}.",
            "Come on {0} from {1} to {2}.",
            "Bring an identity card and eat well beforehand.",
        ],
    },
];

/// Writes a notice.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields().and_amounts(&place);
    let matter = &NOTICES[desk.rng.below(NOTICES.len())];
    let date = desk.workday();
    let title = sheet.field("Title", matter.subject);
    let facts = draw_facts(desk, &mut sheet, matter, date);
    let signed = if desk.rng.chance(0.5) {
        desk.person().full()
    } else {
        format!("{}, {}", desk.any(&["The house committee", "The caretaker", "The association"]), desk.town())
    };
    let signed = sheet.field("Signed by", &signed);
    let posted = sheet.field("Posted", &format!("{}, {}", weekday(date), place.date(date)));
    let topic = format!("notice: {}", matter.subject.to_lowercase());
    desk.informal();
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[480.0, 520.0, 600.0]);
    desk.paper.base = style.range(14.5, 17.0);
    if style.chance(0.35) {
        let tone = style.word(&["#fff3c4", "#ffe8e0", "#e8f5e0", "#e6f1fb"]);
        desk.paper.ground = pixmo_render::Color::from_hex(tone).unwrap_or(pixmo_render::Color::WHITE);
        desk.paper.accent = desk.paper.accent.readable_on(desk.paper.ground, 4.8);
        desk.paper.soft = desk.paper.soft.readable_on(desk.paper.ground, 4.8);
    }
    let form = style.below(4);
    let mut out = String::from("#set par(leading: 0.7em, spacing: 1.1em)\n");
    let head = sheet.value_as(title, "title");
    let (x, y) = desk.paper.margin;
    match form {
        0 => show(&mut out, &align("center", &format!("text(fill: ac, {})", display(2.3, &head)))),
        1 => out.push_str(&format!(
            "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 20pt), align(center, text(fill: onac, {})))\n\n",
            display(2.3, &head)
        )),
        2 => {
            show(&mut out, &stack(14.0, &[rule("3pt + ac"), display(2.3, &head), rule("3pt + ac")]));
        }
        _ => show(&mut out, &format!("block(stroke: (left: 7pt + ac), inset: (left: 16pt, y: 6pt), {})", display(2.3, &head))),
    }
    space(&mut out, 12.0);
    let middle = form == 0 || form == 1;
    let set = |inner: &str| if middle { align("center", inner) } else { inner.to_owned() };
    for pattern in matter.sentences {
        show(&mut out, &set(&sentence(&sheet, pattern, &facts)));
    }
    space(&mut out, 8.0);
    if style.chance(0.6) {
        let pairs = *style.pick(&[Pairs::Beside, Pairs::Above]);
        let list = pairs.lay(&sheet, &facts, 1 + style.below(2));
        show(
            &mut out,
            &format!(
                "block(width: 100%, stroke: 1pt + rule-c, radius: {:.1}pt, inset: 14pt, {list})",
                desk.paper.corner
            ),
        );
        space(&mut out, 4.0);
    }
    show(
        &mut out,
        &set(&stack(
            7.0,
            &[sheet.value(signed), small(&inline(&[sheet.name(posted), text(" "), sheet.value(posted)]))],
        )),
    );
    // Numbers to tear off, where someone wants to be called.
    let call = facts.iter().find(|f| sheet.shown_name(**f) == "Telephone");
    if let Some(call) = call.filter(|_| style.chance(0.75)) {
        let slip = stack(5.0, &[small(&head), format!("text(size: 0.8em, {})", sheet.value(*call))]);
        space(&mut out, 12.0);
        show(
            &mut out,
            &format!(
                "grid(columns: (1fr,) * 4, align: center, stroke: (paint: soft, thickness: 0.9pt, dash: (4pt, 3pt)), inset: (x: 3pt, y: 9pt), {})",
                vec![slip; 4].join(", ")
            ),
        );
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a neighbour who puts up a notice".to_owned(),
        design: format!("notice-{form}"),
    }
}
