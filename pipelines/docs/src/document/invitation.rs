//! Invitations to celebrations.

use jiff::ToSpan as _;
use jiff::civil::{Date, time};
use pixmo_render::Rng;

use super::art::{self, Tones};
use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::markup::{Expr, body, bold, grid, inline, show, small, space, stack, text};
use super::press::{dark, fitting, para, title as heading_of, tone};
use super::prose::{Span, Teller, run};
use super::sheet::{Field, Sheet};

/// An occasion to invite to.
struct Occasion {
    titles: &'static [&'static str],
    /// Of the hosts: `{host}`; of what is celebrated: `{years}`.
    leads: &'static [&'static str],
    places: &'static [&'static str],
    extras: &'static [&'static str],
    hours: (i64, i64),
    /// Bounds of `{years}`, where the occasion has them, and what they count.
    years: Option<(i64, i64, &'static str, &'static str)>,
    couple: bool,
    /// Months in which it is held, first and last.
    months: (i8, i8),
    /// Days of the week, counted from Monday as 0.
    days: &'static [i64],
}

const FREE: &[i64] = &[4, 5, 5, 6];

const OCCASIONS: [Occasion; 10] = [
    Occasion {
        titles: &["We are getting married", "Save the day", "Our wedding"],
        leads: &[
            "{host} and {host2} invite you to celebrate their wedding",
            "Together with their families {host} and {host2} ask you to share their joy",
        ],
        places: &["Saint Orvin’s Church", "Town Hall", "Rose Garden", "Old Mill", "Chapel on the Hill"],
        extras: &[
            "Dinner and dancing to follow.",
            "There will be cake, speeches and a band.",
            "Please bring comfortable shoes.",
            "Children are welcome.",
        ],
        hours: (11, 16),
        years: None,
        couple: true,
        months: (4, 10),
        days: &[4, 5, 5],
    },
    Occasion {
        titles: &["Come and celebrate", "Another candle", "A birthday party", "It’s a round one"],
        leads: &[
            "{host} turns {years} and would like to celebrate with you",
            "To mark {years} years of {host} there will be music and cake",
        ],
        places: &["Boathouse", "Café Meridian", "Garden House", "Bowling Hall", "Rooftop Terrace"],
        extras: &[
            "Please bring no presents, only a song.",
            "Fancy dress is welcome but not required.",
            "There is a surprise, so do not be late.",
            "Sleeping bags can be spread in the hall.",
        ],
        hours: (15, 20),
        years: Some((
            6,
            90,
            "Age being celebrated",
            "Which birthday is celebrated?|How many years are celebrated?",
        )),
        couple: false,
        months: (1, 12),
        days: FREE,
    },
    Occasion {
        titles: &["Summer party", "An evening in the garden", "Open air, open house"],
        leads: &[
            "{host} and {host2} open their garden and hope to see you there",
            "The neighbours {host} and {host2} invite you to a long table",
        ],
        places: &["Orchard", "Courtyard", "Long Meadow", "Allotment 14", "River Garden"],
        extras: &[
            "Bring a salad or a dessert.",
            "If it rains we move into the barn.",
            "Lanterns will be lit at dusk.",
            "Bring a chair if you can.",
        ],
        hours: (16, 20),
        years: None,
        couple: true,
        months: (5, 9),
        days: FREE,
    },
    Occasion {
        titles: &["Opening night", "You are invited to the opening", "Vernissage"],
        leads: &[
            "The gallery shows new work by {host}; please join us for the opening",
            "{host} opens the exhibition and will be glad to see you",
        ],
        places: &["Town Gallery", "Print Workshop", "Old Customs House", "Studio 9", "Museum Annex"],
        extras: &[
            "A short speech, a long evening.",
            "Wine and bread are provided.",
            "The artist will be present.",
            "The works may be bought.",
        ],
        hours: (17, 20),
        years: None,
        couple: false,
        months: (1, 12),
        days: &[2, 3, 4, 5],
    },
    Occasion {
        titles: &["We celebrate", "Anniversary", "Thank you for {years} years"],
        leads: &[
            "For {years} years we have been at your service; {host} invites you to a reception",
            "{years} years ago it all began: {host} asks you to raise a glass",
        ],
        places: &["Assembly Room", "Works Canteen", "Festival Hall", "Old Warehouse", "Glass Pavilion"],
        extras: &[
            "A tour of the house begins an hour before.",
            "There will be a short film.",
            "A light supper is served.",
            "Parking is available in the yard.",
        ],
        hours: (11, 18),
        years: Some((
            10,
            150,
            "Years being celebrated",
            "How many years are celebrated?|Which anniversary is celebrated?",
        )),
        couple: false,
        months: (1, 11),
        days: &[1, 2, 3, 4],
    },
    Occasion {
        titles: &["New front door", "Housewarming", "We have moved"],
        leads: &[
            "{host} and {host2} have a new front door and want you to walk through it",
            "The boxes are unpacked: {host} and {host2} invite you to see the new flat",
        ],
        places: &["third floor, left", "ground floor, ring twice", "top floor, no lift", "house at the back"],
        extras: &[
            "Bring a cushion, we own four chairs.",
            "Salt and bread are welcome.",
            "Soup on the stove all evening.",
            "There will be a tour of all two rooms.",
        ],
        hours: (16, 20),
        years: None,
        couple: true,
        months: (1, 11),
        days: FREE,
    },
    Occasion {
        titles: &["Graduation party", "We made it", "Hats in the air"],
        leads: &[
            "{host} has passed the last examination and wants to celebrate it with you",
            "The books are closed: {host} invites you to a graduation party",
        ],
        places: &["Students' Cellar", "Riverside Park", "Café Lumen", "Old Gymnasium"],
        extras: &[
            "Stories about the early days are welcome.",
            "The band plays from nine.",
            "Please wear something blue.",
            "Everyone brings one dish.",
        ],
        hours: (17, 21),
        years: None,
        couple: false,
        months: (6, 10),
        days: &[4, 5],
    },
    Occasion {
        titles: &["Welcome to the world", "A christening", "Our little one"],
        leads: &[
            "{host} and {host2} invite you to the christening of their child",
            "{host} and {host2} would like you to meet the newest of the family",
        ],
        places: &["Saint Orvin’s Church", "Chapel of the Hospital", "Village Church", "Parish Hall"],
        extras: &[
            "Coffee and cake follow in the parish hall.",
            "There is a quiet room for the smallest.",
            "We shall plant a tree together.",
            "Photographs are taken on the steps.",
        ],
        hours: (10, 14),
        years: None,
        couple: true,
        months: (3, 10),
        days: &[5, 6, 6],
    },
    Occasion {
        titles: &["Harvest supper", "A table for forty", "Soup and songs"],
        leads: &[
            "{host} cooks what the garden has given and invites you to supper",
            "At one long table {host} serves the harvest of the year",
        ],
        places: &["Barn at the Ford", "Village Hall", "Old Dairy", "Walled Garden"],
        extras: &[
            "Songbooks will be handed round.",
            "Vegetarians will be happy.",
            "Please tell us of allergies.",
            "The cider is our own.",
        ],
        hours: (17, 19),
        years: None,
        couple: false,
        months: (9, 10),
        days: &[4, 5, 6],
    },
    Occasion {
        titles: &["Retirement party", "The last working day", "No more alarm clocks"],
        leads: &[
            "After {years} years at work {host} would like to say goodbye over a glass",
            "{years} years are enough: {host} invites all colleagues to a farewell",
        ],
        places: &["Works Canteen", "Meeting Room 2", "Beer Garden", "Library Café"],
        extras: &[
            "Speeches are limited to three minutes.",
            "Former colleagues are more than welcome.",
            "There will be a slide show.",
            "A collection is made for a good cause.",
        ],
        hours: (14, 18),
        years: Some((
            21,
            47,
            "Years of work",
            "After how many years of work is the farewell?|How many years of work are mentioned?",
        )),
        couple: false,
        months: (1, 11),
        days: &[2, 3, 4],
    },
];

/// A day in the season of the occasion, on one of its days of the week.
fn suitable(desk: &mut Desk<'_>, occasion: &Occasion) -> Date {
    let month = desk.rng.whole(occasion.months.0.into(), occasion.months.1.into()) as i8;
    let first = jiff::civil::date(desk.day().year(), month, 1);
    let day = *desk.rng.pick(occasion.days);
    let past = (day - i64::from(first.weekday().to_monday_zero_offset())).rem_euclid(7);
    first.saturating_add((past + 7 * desk.rng.whole(0, 3)).days())
}

struct Invitation {
    title: Field,
    lead: Expr,
    date: Field,
    hour: Field,
    place: Field,
    address: Field,
    extra: Field,
    reply: Field,
    phone: Field,
}

/// Writes an invitation.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields();
    sheet.lacks(&[
        "Number of guests",
        "Dress code",
        "Time at which the party ends",
        "Name of the band",
        "Registry of gifts",
    ]);
    let occasion = &OCCASIONS[desk.rng.below(OCCASIONS.len())];
    let hosts = desk.people(2);
    let town = desk.town();
    let date = suitable(desk, occasion);
    let facts: Vec<Vec<String>> = Vec::new();
    let mut teller = Teller::new(&facts, date, &town);
    let (first, second) = (hosts[0].full(), hosts[1].full());
    let host_name = if occasion.couple { "First host" } else { "Host" };
    let host = sheet.tell(
        host_name,
        &first,
        if occasion.couple {
            "Who is named first as host?|Which host is named first?"
        } else {
            "Who is the host?|Who invites?"
        },
    );
    teller.set("host", &first, Some(host));
    if occasion.couple {
        let host2 =
            sheet.tell("Second host", &second, "Who is named second as host?|Which host is named second?");
        teller.set("host2", &second, Some(host2));
    }
    let mut title = desk.any(occasion.titles).to_owned();
    if let Some((low, high, name, ask)) = occasion.years {
        let mut years = desk.rng.whole(low, high);
        if high > 60 {
            years = (years / 5 * 5).max(low);
        }
        let years = years.to_string();
        title = title.replace("{years}", &years);
        let field = sheet.tell(name, &years, ask);
        teller.set("years", &years, Some(field));
    }
    let pattern = desk.any(occasion.leads);
    let lead: Vec<Span> = teller.spans(desk, &mut sheet, pattern);
    let lead = para(&run(&sheet, &lead));
    let begin =
        time(desk.rng.whole(occasion.hours.0, occasion.hours.1) as i8, *desk.rng.pick(&[0, 0, 30]), 0, 0);
    let street = format!("{}, {town}", desk.street());
    let answer = date.saturating_sub(desk.rng.whole(9, 30).days());
    let phone = desk.code_of(&desk.words.names.contact.telephone);
    let invitation = Invitation {
        title: sheet.tell(
            "Title",
            &title,
            "What is the title of the invitation?|What does the invitation say in its largest letters?",
        ),
        lead,
        date: sheet.tell(
            "Date",
            &format!("{}, {}", weekday(date), place.date(date)),
            "On which date is the celebration?|When are the guests invited?",
        ),
        hour: sheet.tell(
            "Time",
            &place.time(begin),
            "At what time does it begin?|At what time should the guests come?",
        ),
        place: sheet.tell(
            "Place",
            desk.any(occasion.places),
            "Where does it take place?|Which place is named above the address?",
        ),
        address: sheet.tell("Address", &street, "What is the address?|In which street and town is it?"),
        extra: sheet.tell(
            "Note for the guests",
            desk.any(occasion.extras),
            "What else are the guests told?|Which note for the guests is given?",
        ),
        reply: sheet.tell(
            "Date for the reply",
            &place.date(answer),
            "By when should one reply?|Until which date is a reply asked for?",
        ),
        phone: sheet.tell(
            "Telephone for the reply",
            &phone,
            "Which number should one call to reply?|What is the telephone number for replies?",
        ),
    };
    let topic = format!("invitation of {first}: {}", title.to_lowercase());
    festive(desk);
    desk.paper.base = desk.style.range(14.0, 15.6);
    let wide = desk.style.chance(0.35);
    desk.paper.width =
        if wide { desk.style.range(560.0, 640.0) } else { desk.style.range(420.0, 490.0) }.round();
    desk.paper.margin = if wide { (64.0, 54.0) } else { (50.0, 58.0) };
    let form = desk.style.below(6);
    let room = desk.paper.width - 2.0 * desk.paper.margin.0;
    match form {
        2 => dark(desk),
        _ => tone(desk, &["#fffdf6", "#fdf4ee", "#f4f8f2", "#f3f6fb", "#fbf3f6", "#ffffff", "#faf6e6"]),
    }
    let size = fitting(&title, room, desk.paper.base, 2.7);
    desk.paper.frame = match form {
        0 => "#place(dx: 16pt, dy: 16pt, rect(width: 100% - 32pt, height: 100% - 32pt, stroke: 1.6pt + ac))#place(dx: 22pt, dy: 22pt, rect(width: 100% - 44pt, height: 100% - 44pt, stroke: 0.7pt + ac2))".to_owned(),
        1 => garland(desk.paper.width, &mut desk.style),
        2 => dots(desk.paper.width, &mut desk.style),
        4 => String::new(),
        5 => "#place(dx: 14pt, dy: 14pt, rect(width: 100% - 28pt, height: 100% - 28pt, radius: 10pt, stroke: 1.2pt + rule-c))".to_owned(),
        _ => "#place(rect(width: 100%, height: 22pt, fill: ac))#place(bottom, rect(width: 100%, height: 22pt, fill: ac))".to_owned(),
    };
    let head = format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(invitation.title, "title")));
    let when = inline(&[sheet.value(invitation.date), text("  ·  "), sheet.value(invitation.hour)]);
    let reply = inline(&[
        body("Please reply by "),
        sheet.value(invitation.reply),
        body(", telephone "),
        sheet.value(invitation.phone),
    ]);
    let lead = format!("text(size: 1.1em, {})", invitation.lead);
    let place_of = stack(9.0, &[sheet.value(invitation.place), para(&sheet.value(invitation.address))]);
    let extra = format!("text(style: \"italic\", {})", para(&sheet.value(invitation.extra)));
    let mut out = String::from("#set par(leading: 0.7em)\n");
    match form {
        4 => {
            // A picture across the upper half, the words flush left below.
            let (x, y) = desk.paper.margin;
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let tall = desk.paper.width * desk.style.range(0.3, 0.42);
            let motif = *desk.style.pick(&[0, 3, 5, 6, 8]);
            let picture = art::picture(motif, (desk.paper.width, tall), &tones, &mut desk.style);
            out.push_str(&format!("#pad(x: -{x:.1}pt, top: -{y:.1}pt, {picture})\n\n"));
            space(&mut out, 12.0);
            show(&mut out, &head);
            space(&mut out, 4.0);
            show(&mut out, &lead);
            space(&mut out, 6.0);
            let day = bold(&para(&sheet.value(invitation.date)));
            let cells = [stack(8.0, &[day, bold(&sheet.value(invitation.hour))]), place_of];
            show(&mut out, &grid("1fr, 1fr", "left", (22.0, 0.0), &cells));
            space(&mut out, 6.0);
            show(&mut out, &extra);
            show(&mut out, &small(&para(&reply)));
        }
        5 => {
            // Date and hour between two lines, as on cards of offices and galleries.
            out.push_str("#set align(center)\n");
            space(&mut out, 6.0);
            show(&mut out, &balanced(&lead));
            space(&mut out, 6.0);
            show(&mut out, &head);
            space(&mut out, 10.0);
            let band = grid(
                "1fr, 1pt, 1fr",
                "center + horizon",
                (18.0, 0.0),
                &[
                    stack(
                        8.0,
                        &[bold(&para(&sheet.value(invitation.date))), bold(&sheet.value(invitation.hour))],
                    ),
                    "line(angle: 90deg, length: 44pt, stroke: 1pt + ac)".to_owned(),
                    place_of,
                ],
            );
            show(&mut out, &format!("block(width: 100%, stroke: (y: 1pt + ac), inset: (y: 15pt), {band})"));
            space(&mut out, 8.0);
            show(&mut out, &extra);
            show(&mut out, &small(&balanced(&para(&reply))));
            space(&mut out, 6.0);
        }
        _ => {
            let left = form == 3;
            if !left {
                out.push_str("#set align(center)\n");
            }
            space(&mut out, if form == 1 { 40.0 } else { 8.0 });
            show(&mut out, &head);
            space(&mut out, 8.0);
            show(&mut out, &if left { lead } else { balanced(&lead) });
            space(&mut out, 3.0);
            show(&mut out, "line(length: 24%, stroke: 1.4pt + ac)");
            space(&mut out, 3.0);
            show(&mut out, &format!("text(size: 1.1em, {})", para(&when)));
            show(&mut out, &place_of);
            space(&mut out, 6.0);
            show(&mut out, &extra);
            space(&mut out, 10.0);
            show(&mut out, &small(&para(&reply)));
            space(&mut out, 4.0);
        }
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a guest who pins the card to the door".to_owned(),
        design: format!("invitation-{form}{}", if wide { "/wide" } else { "" }),
    }
}

/// Running text in the narrowest measure that keeps its number of lines, so that no word stands alone on the last one.
fn balanced(inner: &str) -> Expr {
    format!(
        "layout(size => {{ let what = {inner}\n\
         let tall(w) = measure(block(width: w, what)).height\n\
         let widths = (1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6).map(part => size.width * part)\n\
         let fits = widths.filter(w => tall(w) <= tall(size.width) + 0.1pt)\n\
         block(width: fits.last(), what) }})"
    )
}

/// Faces for celebrations; hands where they can write the names.
pub(super) fn festive(desk: &mut Desk<'_>) {
    let title = desk.style.word(&[
        "Playfair Display",
        "Caveat",
        "Kalam",
        "Josefin Sans",
        "Lora",
        "Besley",
        "Patrick Hand",
        "Quicksand",
    ]);
    let family = desk.style.word(&[
        "EB Garamond",
        "Lora",
        "Josefin Sans",
        "Quicksand",
        "Crimson Pro",
        "Nunito",
        "Lato",
    ]);
    desk.set_faces(family, title);
}

/// Small flags on a line below the upper edge.
fn garland(wide: f64, style: &mut Rng) -> String {
    let count = style.whole(9, 15);
    let step = wide / count as f64;
    let mut out = format!("#place(dy: 18pt, line(length: {wide:.1}pt, stroke: 1.2pt + ac))");
    for n in 0..count {
        let color = ["ac", "ac2", "rule-c"][n as usize % 3];
        let x = n as f64 * step;
        out.push_str(&format!(
            "#place(dx: {:.1}pt, dy: 18pt, polygon(fill: {color}, (0pt, 0pt), ({:.1}pt, 0pt), ({:.1}pt, {:.1}pt)))",
            x + step * 0.12,
            step * 0.76,
            step * 0.38,
            step * 0.9
        ));
    }
    out
}

/// Dots scattered along the upper and lower edges.
fn dots(wide: f64, style: &mut Rng) -> String {
    let mut out = String::new();
    for n in 0..style.whole(16, 28) {
        let edge = if n % 2 == 0 { "top" } else { "bottom" };
        let sign = if n % 2 == 0 { "" } else { "-" };
        let radius = style.range(1.6, 5.0);
        out.push_str(&format!(
            "#place({edge}, dx: {:.1}pt, dy: {sign}{:.1}pt, circle(radius: {radius:.1}pt, fill: ac))",
            style.range(8.0, wide - 18.0),
            style.range(6.0, 34.0)
        ));
    }
    out
}
