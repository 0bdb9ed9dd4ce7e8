//! Flyers of courses and meetings: what it is, when one meets, what it costs, whom to ask.

use jiff::ToSpan as _;
use jiff::civil::time;
use pixmo_render::{Cell, Column};

use super::art::{self, Tones};
use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::markup::{Expr, align, body, bold, grid, inline, role, show, small, space, stack, text};
use super::press::{dark, fitting, modern, para, spaced, title as heading_of, tone};
use super::promotion::Promotion;
use super::sheet::{Field, Sheet};

struct Flyer {
    title: Field,
    line: Field,
    house: Field,
    when: Field,
    start: Field,
    place: Field,
    leader: Field,
    places: Field,
    phone: Field,
    mail: Field,
    points: Vec<Field>,
}

const ORDER: [&str; 4] = ["first", "second", "third", "fourth"];

/// Writes a flyer.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let course = desk.rng.pick(&Promotion::bundled().course);
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Group"), None),
        (Column::number("Fee", place.currency, false), Some(place.money.clone())),
    ]);
    sheet.call("group", "groups");
    sheet.ask(
        1,
        &[
            "Which fee stands next to “{label}”?",
            "What is the fee for “{label}”?",
            "Which fee is given for “{label}”?",
        ],
    );
    sheet.ask_back(1, &["Which group pays {value}?", "For which group is the fee {value}?"]);
    sheet.lacks(&["Bank account", "Date of the last evening", "Name of the deputy", "Room number"]);
    let euros = desk.rng.range(14.0, 120.0);
    let groups = [
        ("Adults", 1.0),
        ("Students", 0.7),
        ("Pensioners", 0.8),
        ("Children", 0.5),
        ("Members", 0.6),
        ("Families", 2.1),
    ];
    let count = desk.rng.whole(3, 4) as usize;
    let mut chosen = desk.rng.sample(groups.len() - 1, count - 1);
    chosen.sort_unstable();
    for (group, share) in std::iter::once(groups[0]).chain(chosen.into_iter().map(|g| groups[g + 1])) {
        let fee = place.fee(euros * share);
        sheet.item(vec![Cell::text(group), sheet.number(1, fee)]);
    }
    let town = desk.town();
    let house = course.house.replace("{town}", &town);
    let firm = desk.organisation(house.clone(), town);
    let date = desk.day();
    let begin = time(desk.rng.whole(8, 19) as i8, *desk.rng.pick(&[0, 15, 30, 45]), 0, 0);
    let end = begin.wrapping_add((desk.rng.whole(3, 8) * 15).minutes());
    let when = format!("{}s, {} – {}", weekday(date), place.time(begin), place.time(end));
    let title = desk.rng.pick(&course.title).clone();
    let leader = desk.person().full();
    let kept = desk.rng.whole(3, 4) as usize;
    let points: Vec<Field> = desk
        .rng
        .sample(course.points.len(), kept)
        .into_iter()
        .enumerate()
        .map(|(index, point)| {
            let ask = format!(
                "Which point is listed {}?|What does the {} point of the list say?",
                ["first", "second", "third", "fourth"][index],
                ORDER[index]
            );
            sheet.tell(
                &format!("{} point of the list", super::desk::capital(ORDER[index])),
                &course.points[point],
                &ask,
            )
        })
        .collect();
    let seats = desk.rng.whole(6, 24).to_string();
    let flyer = Flyer {
        title: sheet.tell(
            "Title",
            &title,
            "What is the title of the flyer?|What does the flyer say in its largest letters?",
        ),
        line: sheet.tell(
            "Line below the title",
            desk.rng.pick(&course.line).clone().as_str(),
            "What does the line below the title say?",
        ),
        house: sheet.tell("Organiser", &house, "Who offers this?|Which organisation has issued the flyer?"),
        when: sheet.tell(
            "Day and time",
            &when,
            "When does one meet?|On which day and at what time does one meet?",
        ),
        start: sheet.tell(
            "First date",
            &place.date(date),
            "When is the first date?|On which date does it start?",
        ),
        place: sheet.tell(
            "Address",
            &firm.address(),
            "Where does it take place?|At which address does it take place?",
        ),
        leader: sheet.tell("Contact person", &leader, "Who is the contact person?|Whom can one ask?"),
        places: sheet.tell(
            "Number of places",
            &seats,
            "How many places are there?|For how many people is there room?",
        ),
        phone: sheet.tell(
            "Telephone",
            &firm.phone,
            "What is the telephone number?|Which number can one call?",
        ),
        mail: sheet.tell(
            "E-mail address",
            &firm.mail,
            "What is the e-mail address?|To which address can one write?",
        ),
        points,
    };
    modern(desk);
    if desk.style.chance(0.25) {
        desk.informal();
    }
    desk.paper.base = desk.style.range(13.6, 15.6);
    desk.paper.width = desk.style.range(440.0, 540.0).round();
    desk.paper.margin = (desk.style.range(34.0, 44.0), desk.style.range(32.0, 42.0));
    let motif = *desk.style.pick(&course.motif);
    let form = desk.style.below(4);
    let mut out = String::from("#set par(leading: 0.55em)\n");
    let w = desk.paper.width;
    let inner = w - 2.0 * desk.paper.margin.0;
    let size = fitting(&title, inner, desk.paper.base, 3.0);
    let (x, y) = desk.paper.margin;
    match form {
        0 => {
            tone(desk, &["#fff7d6", "#e8f4ec", "#fdeee8", "#e9f1fb", "#ffffff", "#f3ecfa"]);
            show(
                &mut out,
                &align(
                    "center",
                    &stack(
                        12.0,
                        &[
                            spaced(&small(&sheet.value(flyer.house))),
                            format!(
                                "text(fill: ac, {})",
                                heading_of(size, &sheet.value_as(flyer.title, "title"))
                            ),
                            sheet.value_as(flyer.line, "subtitle"),
                        ],
                    ),
                ),
            );
            space(&mut out, 10.0);
            show(&mut out, &points_list(&sheet, &flyer, "ac"));
            space(&mut out, 8.0);
            show(
                &mut out,
                &panel(
                    &format!("fill: ac, radius: {:.1}pt", desk.paper.corner),
                    &format!(
                        "text(fill: onac, {})",
                        align(
                            "center",
                            &stack(
                                9.0,
                                &[
                                    bold(&sheet.value(flyer.when)),
                                    inline(&[body("from "), sheet.value(flyer.start)]),
                                    para(&sheet.value(flyer.place))
                                ]
                            )
                        )
                    ),
                ),
            );
            space(&mut out, 4.0);
            show(&mut out, &grid("1fr, 1fr", "left", (22.0, 0.0), &[fees(&sheet), contact(&sheet, &flyer)]));
        }
        1 => {
            tone(desk, &["#ffffff", "#fdfaf3", "#f6f9fb"]);
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let picture = art::picture(motif, (w, w * 0.42), &tones, &mut desk.style);
            out.push_str(&format!("#pad(x: -{x:.1}pt, top: -{y:.1}pt, {picture})\n\n"));
            space(&mut out, 10.0);
            show(
                &mut out,
                &stack(
                    11.0,
                    &[
                        heading_of(size, &sheet.value_as(flyer.title, "title")),
                        format!("text(fill: ac, {})", bold(&sheet.value_as(flyer.line, "subtitle"))),
                    ],
                ),
            );
            space(&mut out, 8.0);
            show(
                &mut out,
                &grid(
                    "1.25fr, 1fr",
                    "left",
                    (22.0, 0.0),
                    &[points_list(&sheet, &flyer, "ac2"), fees(&sheet)],
                ),
            );
            show(&mut out, "line(length: 100%, stroke: 1pt + rule-c)");
            show(
                &mut out,
                &stack(
                    8.0,
                    &[
                        bold(&sheet.value(flyer.when)),
                        inline(&[body("Start: "), sheet.value(flyer.start)]),
                        para(&inline(&[sheet.value(flyer.house), text(", "), sheet.value(flyer.place)])),
                    ],
                ),
            );
            space(&mut out, 6.0);
            show(&mut out, &contact(&sheet, &flyer));
        }
        2 => {
            dark(desk);
            show(
                &mut out,
                &format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(flyer.title, "title"))),
            );
            show(&mut out, &format!("text(size: 1.1em, {})", sheet.value_as(flyer.line, "subtitle")));
            space(&mut out, 12.0);
            show(&mut out, &points_list(&sheet, &flyer, "ac"));
            space(&mut out, 8.0);
            show(
                &mut out,
                &panel(
                    "stroke: 1.6pt + ac",
                    &stack(
                        9.0,
                        &[
                            format!("text(fill: ac, {})", bold(&sheet.value(flyer.when))),
                            inline(&[body("Beginning "), sheet.value(flyer.start)]),
                            para(&sheet.value(flyer.place)),
                        ],
                    ),
                ),
            );
            space(&mut out, 6.0);
            show(&mut out, &grid("1fr, 1fr", "left", (22.0, 0.0), &[fees(&sheet), contact(&sheet, &flyer)]));
            space(&mut out, 6.0);
            show(&mut out, &align("center", &spaced(&small(&sheet.value(flyer.house)))));
        }
        _ => {
            tone(desk, &["#ffffff", "#fff9ec", "#f4f8f4"]);
            desk.paper.frame = "#place(rect(width: 100%, height: 14pt, fill: ac))#place(bottom, rect(width: 100%, height: 14pt, fill: ac2))".to_owned();
            space(&mut out, 4.0);
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + bottom, right + bottom)",
                    (14.0, 0.0),
                    &[
                        small(&sheet.value(flyer.house)),
                        small(&inline(&[body("from "), sheet.value(flyer.start)])),
                    ],
                ),
            );
            space(&mut out, 6.0);
            show(
                &mut out,
                &stack(
                    11.0,
                    &[
                        format!(
                            "text(fill: ac, {})",
                            heading_of(size, &sheet.value_as(flyer.title, "title"))
                        ),
                        sheet.value_as(flyer.line, "subtitle"),
                    ],
                ),
            );
            space(&mut out, 10.0);
            let facts = [
                ("When", sheet.value(flyer.when)),
                ("Where", para(&sheet.value(flyer.place))),
                ("Good to know", points_list(&sheet, &flyer, "ac2")),
                ("Fees", fee_rows(&sheet)),
                ("Questions", contact_lines(&sheet, &flyer)),
            ];
            let cells: Vec<Expr> = facts
                .into_iter()
                .flat_map(|(name, what)| [format!("text(fill: ac, {})", bold(&role("heading", name))), what])
                .collect();
            show(&mut out, &grid("auto, 1fr", "left", (20.0, 16.0), &cells));
            space(&mut out, 4.0);
        }
    }
    let topic = format!("flyer of {house}: {title}");
    Draft {
        sheet,
        body: out,
        topic,
        persona: "someone who finds a flyer in the letter box".to_owned(),
        design: format!("flyer-{form}/{motif}"),
    }
}

fn panel(style: &str, inner: &str) -> Expr {
    format!("block(width: 100%, {style}, inset: 14pt, {inner})")
}

fn points_list(sheet: &Sheet, flyer: &Flyer, color: &str) -> Expr {
    let cells: Vec<Expr> = flyer
        .points
        .iter()
        .flat_map(|point| {
            [
                format!("box(width: 7pt, height: 7pt, radius: 3.5pt, fill: {color})"),
                para(&sheet.value(*point)),
            ]
        })
        .collect();
    grid("auto, 1fr", "(left + horizon, left + horizon)", (10.0, 9.0), &cells)
}

fn fee_rows(sheet: &Sheet) -> Expr {
    let cells: Vec<Expr> =
        (0..sheet.len()).flat_map(|row| [sheet.cell(row, 0), bold(&sheet.cell(row, 1))]).collect();
    grid("auto, auto", "(left, right)", (18.0, 7.0), &cells)
}

fn fees(sheet: &Sheet) -> Expr {
    stack(9.0, &[format!("text(fill: ac, {})", bold(&role("heading", "Fees"))), fee_rows(sheet)])
}

fn contact_lines(sheet: &Sheet, flyer: &Flyer) -> Expr {
    stack(
        7.0,
        &[
            sheet.value(flyer.leader),
            sheet.value(flyer.phone),
            small(&sheet.value(flyer.mail)),
            small(&inline(&[body("Places: "), sheet.value(flyer.places)])),
        ],
    )
}

fn contact(sheet: &Sheet, flyer: &Flyer) -> Expr {
    stack(
        9.0,
        &[format!("text(fill: ac, {})", bold(&role("heading", "Contact"))), contact_lines(sheet, flyer)],
    )
}
