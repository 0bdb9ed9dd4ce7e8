//! Business letters: a few facts in running text.

use super::desk::{Desk, Draft, capital};
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::matter::{Fact, Matter, draw_facts, sentence};
use super::sheet::Sheet;
use super::signature::signature;

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

/// Writes a business letter.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
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
    show(&mut out, &signature(130.0, style));
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
