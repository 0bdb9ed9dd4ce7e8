//! Notes inside an organisation.

use super::desk::{Desk, Draft, capital};
use super::logo;
use super::markup::{align, body, bold, display, grid, rule, show, small, space, stack};
use super::matter::{Fact, Matter, draw_facts, sentence};
use super::pieces::Pairs;
use super::sheet::Sheet;

/// What memos tell, with `{n}` for facts.
const MEMOS: [Matter; 8] = [
    Matter {
        subject: "New opening hours",
        facts: &[("Effective from", Fact::Day(7, 30)), ("Opens", Fact::Morning), ("Contact", Fact::Person)],
        sentences: &[
            "from {0} the counter opens at {1}.",
            "The first shift arrives fifteen minutes before. Please tell {2} by Friday which days suit you.",
            "The change applies until further notice.",
        ],
    },
    Matter {
        subject: "Fire drill",
        facts: &[
            ("Date", Fact::Day(4, 20)),
            ("Time", Fact::Hour),
            (
                "Assembly point",
                Fact::One(&["the car park", "the north gate", "the school yard", "the fountain"]),
            ),
            ("Marshal", Fact::Person),
        ],
        sentences: &[
            "on {0} at {1} the alarm will sound for a drill.",
            "Leave the building by the nearest stairs and meet at {2}. Lifts stay closed.",
            "{3} counts the staff and gives the signal to return.",
        ],
    },
    Matter {
        subject: "Stocktaking",
        facts: &[
            ("Date", Fact::Day(6, 30)),
            ("Teams", Fact::Count(3, 9)),
            ("Start", Fact::Hour),
            ("Lead", Fact::Person),
        ],
        sentences: &[
            "the yearly stock count takes place on {0}. We work in {1} teams and begin at {2}.",
            "Shelves must be labelled the evening before; deliveries are stopped.",
            "{3} hands out the lists and collects them signed.",
        ],
    },
    Matter {
        subject: "Travel expenses",
        facts: &[
            ("Mileage rate", Fact::Money(0.3, 0.6)),
            ("Daily allowance", Fact::Money(18.0, 40.0)),
            ("Effective from", Fact::Day(5, 40)),
            ("Form", Fact::Code("F-##")),
        ],
        sentences: &[
            "from {2} new rates apply: {0} for a kilometre by car and {1} for a day away.",
            "Use form {3} and hand it in with all receipts within a month.",
            "Journeys by rail are booked by the office.",
        ],
    },
    Matter {
        subject: "Training day",
        facts: &[
            ("Date", Fact::Day(10, 50)),
            ("Room", Fact::Count(2, 28)),
            ("Places", Fact::Count(8, 30)),
            ("Trainer", Fact::Person),
        ],
        sentences: &[
            "a training day on safe lifting will be held on {0} in room {1}.",
            "There are {2} places; the list is beside the time clock.",
            "{3} of the accident insurance will lead the day.",
        ],
    },
    Matter {
        subject: "Budget for the coming quarter",
        facts: &[
            ("Budget", Fact::Money(4000.0, 60_000.0)),
            ("Projects", Fact::Count(2, 8)),
            ("Deadline", Fact::Day(8, 25)),
            ("Reviewer", Fact::Person),
        ],
        sentences: &[
            "the board has approved {0} for {1} projects.",
            "Please send your plans by {2}. Later ones wait for the next round.",
            "{3} answers questions about the form.",
        ],
    },
    Matter {
        subject: "Car park closed",
        facts: &[
            ("Closed from", Fact::Day(3, 14)),
            ("Spaces elsewhere", Fact::Count(12, 90)),
            ("Where", Fact::Street),
        ],
        sentences: &[
            "the car park will be resurfaced and is closed from {0}.",
            "We have rented {1} spaces at {2}. Permits can be fetched at reception.",
            "Bicycles can stay where they are.",
        ],
    },
    Matter {
        subject: "New printer codes",
        facts: &[
            ("Valid from", Fact::Day(2, 12)),
            ("Department code", Fact::Code("####")),
            ("Pages a month", Fact::Count(200, 1500)),
        ],
        sentences: &[
            "from {0} the printers will ask for a code. Yours is {1}.",
            "Each department has {2} pages a month; colour counts double.",
            "Please print on both sides.",
        ],
    },
];

/// Writes a memo.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields().and_amounts(&place);
    let matter = &MEMOS[desk.rng.below(MEMOS.len())];
    let (_, firm) = desk.domain();
    let date = desk.workday();
    let from = desk.person().full();
    let to = desk.any(&[
        "All staff",
        "Heads of department",
        "Sales team",
        "Night shift",
        "Office and warehouse",
        "All drivers",
    ]);
    let name = sheet.field("Organisation", &firm.name);
    let title = sheet.field("Document", desk.any(&["Memo", "MEMORANDUM", "Internal note", "Memorandum"]));
    let mut meta =
        vec![sheet.field("To", to), sheet.field("From", &from), sheet.field("Date", &place.date(date))];
    if desk.rng.chance(0.5) {
        meta.push(sheet.field("Cc", &desk.person().full()));
    }
    meta.push(sheet.field(desk.any(&["Subject", "Re"]), matter.subject));
    let facts = draw_facts(desk, &mut sheet, matter, date);
    let topic = format!("memo of {} about: {}", firm.name, matter.subject.to_lowercase());
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[540.0, 580.0, 620.0]);
    desk.paper.base = style.range(13.0, 15.0);
    desk.paper.margin = (style.range(38.0, 56.0), style.range(34.0, 48.0));
    let form = style.below(5);
    let mut out = String::from("#set par(leading: 0.75em, spacing: 1.15em)\n");
    let head = display(2.2, &sheet.value_as(title, "title"));
    match form {
        0 => {
            show(&mut out, &small(&sheet.value(name)));
            show(&mut out, &head);
        }
        1 => {
            let mark = logo::mark(&firm.name, 34.0, style);
            show(
                &mut out,
                &grid(
                    "auto, 1fr, auto",
                    "left + horizon",
                    (12.0, 0.0),
                    &[mark, sheet.value(name), format!("text(fill: ac, {head})")],
                ),
            );
        }
        3 => {
            let head = format!("text(fill: ac, {head})");
            show(&mut out, &align("center", &stack(12.0, &[bold(&sheet.value(name)), head])));
        }
        4 => {
            let line = "line(length: 100%, stroke: 5pt + ac)".to_owned();
            show(
                &mut out,
                &stack(
                    13.0,
                    &[line, display(2.9, &sheet.value_as(title, "title")), small(&sheet.value(name))],
                ),
            );
        }
        _ => {
            let (x, y) = desk.paper.margin;
            out.push_str(&format!(
                "#block(width: 100%, fill: tint, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 14pt), {})\n\n",
                stack(9.0, &[head, sheet.value(name)])
            ));
        }
    }
    space(&mut out, if form == 0 { 2.0 } else { 8.0 });
    match form {
        3 => show(&mut out, &Pairs::Boxed.lay(&sheet, &meta, 2)),
        4 => {
            // Each line of the head on a rule of its own, as on printed pads.
            let cells: Vec<_> = meta.iter().flat_map(|f| [bold(&sheet.name(*f)), sheet.value(*f)]).collect();
            show(
                &mut out,
                &format!(
                    "grid(columns: (auto, 1fr), stroke: (bottom: 0.8pt + rule-c), inset: (x: 4pt, y: 7pt), {})",
                    cells.join(", ")
                ),
            );
        }
        _ => {
            show(&mut out, &Pairs::Beside.lay(&sheet, &meta, 1));
            show(&mut out, &rule(if form == 1 { "2pt + ac" } else { "1pt + ink" }));
        }
    }
    space(&mut out, 4.0);
    let (first, rest) = matter.sentences.split_first().expect("memos have sentences");
    show(&mut out, &sentence(&sheet, &capital(first), &facts));
    for pattern in rest {
        show(&mut out, &sentence(&sheet, pattern, &facts));
    }
    space(&mut out, 2.0);
    show(
        &mut out,
        &body(desk.rng.word(&[
            "Thank you for your help.",
            "Questions are welcome at any time.",
            "Please pass this on to your colleagues.",
        ])),
    );
    Draft {
        sheet,
        body: out,
        topic,
        persona: format!("an office manager at {}", firm.name),
        design: format!("memo-{form}"),
    }
}
