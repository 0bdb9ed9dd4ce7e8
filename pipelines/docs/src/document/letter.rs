//! Letters, memos and notices: a few facts in running text.

use jiff::ToSpan as _;
use jiff::civil::time;

use super::desk::{Desk, Draft, capital};
use super::locale::weekday;
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::pieces::Pairs;
use super::sheet::{Field, Sheet};

/// A sentence with `{n}` for the values of fields.
fn sentence(sheet: &Sheet, pattern: &str, fields: &[Field]) -> Expr {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        if open > 0 {
            parts.push(body(&rest[..open]));
        }
        let close = rest[open..].find('}').map_or(rest.len(), |at| open + at);
        let index: usize = rest[open + 1..close].parse().expect("patterns number their fields");
        parts.push(sheet.value(fields[index]));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        parts.push(body(rest));
    }
    inline(&parts)
}

/// A letter's subject: what it is about, its facts by name, its sentences.
struct Matter {
    subject: &'static str,
    facts: &'static [(&'static str, Fact)],
    sentences: &'static [&'static str],
}

/// How a fact is drawn.
#[derive(Clone, Copy)]
enum Fact {
    Day(i64, i64),
    Hour,
    Morning,
    Code(&'static str),
    Money(f64, f64),
    Count(i64, i64),
    Person,
    Street,
    One(&'static [&'static str]),
}

const MATTERS: [Matter; 10] = [
    Matter {
        subject: "Your appointment",
        facts: &[
            ("Appointment", Fact::Day(7, 40)),
            ("Time", Fact::Hour),
            ("Room", Fact::Count(2, 340)),
            ("Advisor", Fact::Person),
        ],
        sentences: &[
            "thank you for your call. We have set aside {0} at {1} for you.",
            "Please come to room {2} and ask for {3}. The meeting takes about half an hour.",
            "If the day does not suit you, let us know three days before and we shall find another.",
        ],
    },
    Matter {
        subject: "Change of your contract",
        facts: &[
            ("Contract no.", Fact::Code("##-#####")),
            ("Effective from", Fact::Day(30, 120)),
            ("New monthly fee", Fact::Money(12.0, 80.0)),
            ("Notice period", Fact::One(&["four weeks", "six weeks", "three months"])),
        ],
        sentences: &[
            "from {1} new terms hold for your contract {0}.",
            "The monthly fee will be {2}. All other services remain as they are.",
            "You may end the contract with a notice of {3}. You need do nothing if you agree.",
        ],
    },
    Matter {
        subject: "Reminder of payment",
        facts: &[
            ("Invoice no.", Fact::Code("INV-####")),
            ("Invoice date", Fact::Day(-60, -25)),
            ("Amount", Fact::Money(35.0, 900.0)),
            ("Pay by", Fact::Day(8, 16)),
        ],
        sentences: &[
            "perhaps it has escaped your notice that our invoice {0} of {1} is still open.",
            "Please transfer {2} by {3}.",
            "If you have paid in the meantime, kindly disregard this letter.",
        ],
    },
    Matter {
        subject: "Confirmation of your booking",
        facts: &[
            ("Booking no.", Fact::Code("B-######")),
            ("Arrival", Fact::Day(20, 90)),
            ("Nights", Fact::Count(2, 9)),
            ("Guests", Fact::Count(1, 5)),
            ("Deposit", Fact::Money(40.0, 180.0)),
        ],
        sentences: &[
            "we are glad to confirm your booking {0}. We expect you on {1}.",
            "A room for {3} with a view of the garden is reserved for {2} nights; breakfast is served from seven.",
            "Please send a deposit of {4} within ten days.",
        ],
    },
    Matter {
        subject: "Your application",
        facts: &[
            (
                "Position",
                Fact::One(&[
                    "bookkeeper",
                    "laboratory assistant",
                    "stage technician",
                    "gardener",
                    "proofreader",
                    "ship's cook",
                ]),
            ),
            ("Interview", Fact::Day(8, 24)),
            ("Time", Fact::Hour),
            ("Contact", Fact::Person),
        ],
        sentences: &[
            "your application as {0} has pleased us very much.",
            "We should like to meet you on {1} at {2}. Please bring your certificates.",
            "{3} will show you the house afterwards and answer your questions.",
        ],
    },
    Matter {
        subject: "Delivery of your order",
        facts: &[
            ("Order no.", Fact::Code("ORD ######")),
            ("Parcels", Fact::Count(2, 7)),
            ("Delivery", Fact::Day(3, 12)),
            ("Address", Fact::Street),
        ],
        sentences: &[
            "your order {0} left our warehouse today in {1} parcels.",
            "It will reach you on {2} at {3}.",
            "Should anything be missing or damaged, tell the driver at once and write to us.",
        ],
    },
    Matter {
        subject: "Works in your street",
        facts: &[
            ("Begin", Fact::Day(10, 40)),
            ("Duration", Fact::One(&["two weeks", "ten days", "six weeks", "three months"])),
            ("Site", Fact::Street),
            ("Water off", Fact::Hour),
            ("Foreman", Fact::Person),
        ],
        sentences: &[
            "the water pipes below your street are more than sixty years old and will be replaced from {0}.",
            "The works last {1} and begin in front of {2}. On the first day there is no water until {3}.",
            "{4} is on the site every morning and will help you with deliveries and parking.",
        ],
    },
    Matter {
        subject: "Membership",
        facts: &[
            ("Member no.", Fact::Code("####")),
            ("Member since", Fact::Count(1984, 2018)),
            ("Annual fee", Fact::Money(20.0, 160.0)),
            ("General meeting", Fact::Day(20, 70)),
        ],
        sentences: &[
            "thank you for your loyalty: you have been with us since {1}. Your number is {0}.",
            "The fee for the coming year is {2}, as before.",
            "We invite you to the general meeting on {3}; refreshments are provided.",
        ],
    },
    Matter {
        subject: "Results of the inspection",
        facts: &[
            ("Inspection", Fact::Day(-20, -6)),
            ("Faults found", Fact::Count(2, 9)),
            ("Repair until", Fact::Day(30, 80)),
            ("Inspector", Fact::Person),
        ],
        sentences: &[
            "on {0} we inspected the lifts of your building.",
            "We found {1} faults of minor weight; a list is enclosed. Please have them repaired until {2}.",
            "{3} will come again afterwards and issue the new badge.",
        ],
    },
    Matter {
        subject: "Thank you for your gift",
        facts: &[
            ("Gift", Fact::Money(50.0, 2500.0)),
            ("Received", Fact::Day(-15, -3)),
            (
                "Purpose",
                Fact::One(&[
                    "the new roof",
                    "books for the reading room",
                    "the school garden",
                    "two bursaries",
                ]),
            ),
            ("Receipt no.", Fact::Code("G-####")),
        ],
        sentences: &[
            "your gift of {0} reached us on {1}. We thank you with all our heart.",
            "As you wished, it will be used for {2}.",
            "The receipt for your tax return bears the number {3}.",
        ],
    },
];

fn draw_facts(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    matter: &Matter,
    date: jiff::civil::Date,
) -> Vec<Field> {
    let place = desk.place.clone();
    matter
        .facts
        .iter()
        .map(|(name, fact)| {
            let value = match *fact {
                Fact::Day(low, high) => place.date(date.saturating_add(desk.rng.whole(low, high).days())),
                Fact::Hour => {
                    place.time(time(desk.rng.whole(8, 17) as i8, *desk.rng.pick(&[0, 15, 30, 45]), 0, 0))
                }
                Fact::Morning => {
                    place.time(time(desk.rng.whole(7, 10) as i8, *desk.rng.pick(&[0, 15, 30, 45]), 0, 0))
                }
                Fact::Code(pattern) => desk.code(pattern),
                Fact::Count(low, high) => desk.rng.whole(low, high).to_string(),
                Fact::Person => {
                    let person = desk.person();
                    if desk.rng.chance(0.5) { person.full() } else { person.polite() }
                }
                Fact::Street => desk.street(),
                Fact::One(list) => desk.any(list).to_owned(),
                Fact::Money(low, high) => {
                    let euros = desk.rng.range(low, high);
                    let amount = place.price(euros, &mut desk.rng);
                    return sheet.money(name, amount, &place);
                }
            };
            sheet.field(name, &value)
        })
        .collect()
}

/// Writes a business letter.
pub(super) fn letter(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields().and_amounts(&place);
    let matter = &MATTERS[desk.rng.below(MATTERS.len())];
    let firm = if desk.rng.chance(0.5) { desk.company(None) } else { desk.domain().1 };
    let reader = desk.person();
    let writer = desk.person();
    let job =
        desk.any(&["Customer service", "Head of office", "Managing director", "Secretary", "Administration"]);
    let address = desk.address();
    let date = desk.workday();
    let name = sheet.field("Sender", &firm.name);
    let sender = sheet.field("Sender address", &firm.address());
    let to = sheet.field("Recipient", &format!("{} {}", reader.title, reader.full()));
    let to_address = sheet.field("Recipient address", &address);
    let day = sheet.field("Date", &place.date(date));
    let reference = desk.rng.chance(0.7).then(|| {
        let code = desk.code("??/##-###");
        sheet.field(desk.any(&["Our reference", "Ref.", "Reference"]), &code)
    });
    let subject = sheet.field("Subject", matter.subject);
    let signed = sheet.field("Signed by", &writer.full());
    let office = sheet.field("Position of the writer", job);
    let facts = draw_facts(desk, &mut sheet, matter, date);
    let topic = format!("letter of {} about: {}", firm.name, matter.subject.to_lowercase());
    let greeting = desk.any(&["Dear {},", "Dear {},", "Good day {},"]).replace("{}", &reader.polite());
    let close = desk.any(&["Yours sincerely,", "Kind regards,", "With best wishes,", "Yours faithfully,"]);
    let offer = desk.any(&[
        "Our office is open from Monday to Friday, and you can reach us by telephone or mail at any time.",
        "If anything is unclear, please do not hesitate to call; we are glad to help.",
        "Please quote our reference when you write or call, so that we can answer without delay.",
        "Should your address or telephone number have changed, a short note is enough.",
        "You will find further information and all forms on our pages.",
    ]);
    let farewell = desk.any(&[
        "We thank you for your trust.",
        "We look forward to hearing from you.",
        "Thank you for your understanding.",
        "We wish you a pleasant season.",
    ]);
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[600.0, 640.0, 680.0]);
    desk.paper.base = style.range(13.0, 15.0);
    desk.paper.margin = (style.range(46.0, 66.0), style.range(40.0, 56.0));
    let form = style.below(4);
    let mut out = String::from("#set par(leading: 0.75em, spacing: 1.15em)\n");
    let logo = logo::with_name(&firm.name, &sheet.value(name), 38.0, style);
    let lines = stack(8.0, &sheet.lines(sender));
    let reach = stack(6.5, &[role("note", &firm.phone), role("note", &firm.mail)]);
    match form {
        0 => show(
            &mut out,
            &grid(
                "1fr, auto",
                "(left + horizon, right)",
                (20.0, 0.0),
                &[logo, small(&stack(6.5, &[lines, reach]))],
            ),
        ),
        1 => {
            show(&mut out, &align("center", &stack(8.0, &[display(1.7, &sheet.value(name)), small(&lines)])));
            show(&mut out, &rule("1pt + ac"));
        }
        2 => {
            let (x, y) = desk.paper.margin;
            out.push_str(&format!("#place(top, dx: -{x:.1}pt, dy: -{y:.1}pt, rect(width: 100% + {:.1}pt, height: 12pt, fill: ac))\n", 2.0 * x));
            show(
                &mut out,
                &grid(
                    "1fr, auto, auto",
                    "(left + horizon, left, left)",
                    (26.0, 0.0),
                    &[logo, small(&lines), small(&reach)],
                ),
            );
        }
        _ => show(
            &mut out,
            &align(
                "right",
                &stack(
                    9.0,
                    &[
                        format!("text(fill: ac, {})", display(1.5, &sheet.value(name))),
                        small(&lines),
                        small(&reach),
                    ],
                ),
            ),
        ),
    }
    space(&mut out, 24.0);
    let mut block = vec![sheet.value(to)];
    block.extend(sheet.lines(to_address));
    let mut info = vec![sheet.value(day)];
    if let Some(field) = reference {
        info.insert(
            0,
            inline(&[
                sheet.name_as(field, &format!("{}:", sheet.shown_name(field))),
                text(" "),
                sheet.value(field),
            ]),
        );
    }
    show(
        &mut out,
        &grid("1fr, auto", "(left, right + bottom)", (20.0, 0.0), &[stack(8.5, &block), stack(8.5, &info)]),
    );
    space(&mut out, 20.0);
    show(&mut out, &bold(&format!("text(size: 1.08em, {})", sheet.value_as(subject, "heading"))));
    space(&mut out, 4.0);
    show(&mut out, &body(&greeting));
    let (first, rest) = matter.sentences.split_first().expect("letters have sentences");
    let joined = style.chance(0.5);
    let opening = sentence(&sheet, &capital(first), &facts);
    let mut middle: Vec<Expr> = rest.iter().map(|pattern| sentence(&sheet, pattern, &facts)).collect();
    if joined {
        let second = middle.remove(0);
        show(&mut out, &inline(&[opening, text(" "), second]));
    } else {
        show(&mut out, &opening);
    }
    for part in &middle {
        show(&mut out, part);
    }
    show(&mut out, &body(&format!("{offer} {farewell}")));
    space(&mut out, 4.0);
    show(&mut out, &body(close));
    show(&mut out, &logo::signature(130.0, style));
    show(&mut out, &stack(6.5, &[sheet.value(signed), small(&sheet.value(office))]));
    if style.chance(0.5) {
        space(&mut out, 16.0);
        show(&mut out, &rule("0.8pt + rule-c"));
        show(&mut out, &align("center", &note(&format!("{} · {} · {}", firm.name, firm.phone, firm.web))));
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: format!("someone at {} who writes to customers", firm.name),
        design: format!("letter-{form}"),
    }
}

/// What memos tell, with `{n}` for facts.
const MEMOS: [Matter; 8] = [
    Matter {
        subject: "New opening hours",
        facts: &[("Effective from", Fact::Day(7, 30)), ("Opens", Fact::Morning), ("Contact", Fact::Person)],
        sentences: &[
            "from {0} the counter opens at {1}.",
            "The first shift arrives fifteen minutes before. Please tell {2} by Friday which days suit you.",
            "The change holds until further notice.",
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
            "the yearly count takes place on {0}. We work in {1} teams and begin at {2}.",
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
            "from {2} new rates hold: {0} for a kilometre by car and {1} for a day away.",
            "Use form {3} and hand it in with all receipts within a month.",
            "Journeys by rail are booked by the office.",
        ],
    },
    Matter {
        subject: "Training day",
        facts: &[
            ("Date", Fact::Day(10, 50)),
            ("Room", Fact::Count(2, 120)),
            ("Places", Fact::Count(8, 30)),
            ("Trainer", Fact::Person),
        ],
        sentences: &[
            "a training day on safe lifting is held on {0} in room {1}.",
            "There are {2} places; the list hangs beside the time clock.",
            "{3} comes from the accident insurance and brings the material.",
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
            "Please send your plans until {2}. Later plans wait for the next round.",
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
            "the car park is resurfaced and closed from {0}.",
            "We have rented {1} spaces at {2}. Permits lie at the reception.",
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
            "from {0} the printers ask for a code. Yours is {1}.",
            "Each department has {2} pages a month; colour counts double.",
            "Please print on both sides.",
        ],
    },
];

/// Writes a memo.
pub(super) fn memo(desk: &mut Desk<'_>) -> Draft {
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
        meta.push(sheet.field("Copy", &desk.person().full()));
    }
    meta.push(sheet.field(desk.any(&["Subject", "Re"]), matter.subject));
    let facts = draw_facts(desk, &mut sheet, matter, date);
    let topic = format!("memo of {} about: {}", firm.name, matter.subject.to_lowercase());
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[540.0, 580.0, 620.0]);
    desk.paper.base = style.range(13.0, 15.0);
    desk.paper.margin = (style.range(38.0, 56.0), style.range(34.0, 48.0));
    let form = style.below(3);
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
        _ => {
            let (x, y) = desk.paper.margin;
            out.push_str(&format!(
                "#block(width: 100%, fill: tint, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 14pt), {})\n\n",
                stack(9.0, &[head, sheet.value(name)])
            ));
        }
    }
    space(&mut out, 8.0);
    show(&mut out, &Pairs::Beside.lay(&sheet, &meta, 1));
    show(&mut out, &rule(if form == 1 { "2pt + ac" } else { "1pt + ink" }));
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

/// What hangs on doors and boards: title, facts, lines.
const NOTICES: [Matter; 8] = [
    Matter {
        subject: "Lost cat",
        facts: &[
            ("Name", Fact::One(&["Biscuit", "Marble", "Pepper", "Juniper", "Smoke"])),
            ("Colour", Fact::One(&["grey with white paws", "ginger", "black", "tabby"])),
            ("Last seen", Fact::Day(-5, -1)),
            ("Near", Fact::Street),
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
            ("Stalls", Fact::Count(20, 120)),
            ("Fee for a table", Fact::Money(5.0, 25.0)),
        ],
        sentences: &["{3} stalls, coffee and cake.", "Come on {0} from {1} to {2}.", "A table costs {4}."],
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
            ("Open again", Fact::Day(25, 45)),
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
            ("Goal", Fact::Count(40, 200)),
        ],
        sentences: &[
            "Every donation counts: our goal is {3} donors.",
            "{0}, from {1}, {2}.",
            "Bring an identity card and eat well before.",
        ],
    },
];

/// Writes a notice.
pub(super) fn notice(desk: &mut Desk<'_>) -> Draft {
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
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a neighbour who puts up a notice".to_owned(),
        design: format!("notice-{form}"),
    }
}
