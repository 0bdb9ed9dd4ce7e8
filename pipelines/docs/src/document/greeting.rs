//! Greeting cards with a few lines to a friend.

use jiff::ToSpan as _;
use pixmo_render::Rng;

use super::desk::{Desk, Draft};
use super::invitation::festive;
use super::locale::weekday;
use super::markup::{Expr, align, body, inline, show, small, space, stack, text};
use super::press::{fitting, para, title as heading_of, tone};
use super::prose::{Teller, run};
use super::sheet::{Field, Sheet};

/// What a greeting card is for.
struct Greeting {
    titles: &'static [&'static str],
    /// Sentences of the text, each with wordings.
    text: [&'static [&'static str]; 4],
    closes: &'static [&'static str],
    emblem: usize,
    /// Written before the turn of the year.
    season: bool,
    /// The gift, small enough for what the text says of it.
    gifts: &'static [&'static str],
    /// Bounds of the number in the text.
    number: (i64, i64),
}

const GREETINGS: [Greeting; 8] = [
    Greeting {
        titles: &["Happy birthday", "Many happy returns", "All the best"],
        text: [
            &[
                "All the best for your {age}th birthday!",
                "Today you are {age}, and it suits you well.",
                "So you are {age}! May it be a good year.",
            ],
            &[
                "We still talk about the day in {town} and the rain.",
                "Do you remember the picnic in {town}?",
                "In {town} everyone asks after you.",
            ],
            &[
                "The parcel with the {gift} is on its way.",
                "I hope that the {gift} arrives in one piece.",
                "Please do not open the {gift} before breakfast.",
            ],
            &[
                "See you on {day}, with or without cake.",
                "We are coming on {day} and bring the coffee.",
                "On {day} I shall ring your bell.",
            ],
        ],
        closes: &["With love,", "Yours,", "A big hug,", "Warmly,"],
        emblem: 0,
        season: false,
        gifts: GIFTS,
        number: (20, 80),
    },
    Greeting {
        titles: &["Season’s greetings", "A peaceful winter", "Warm wishes"],
        text: [
            &[
                "We wish you quiet days and a warm stove.",
                "May the year end gently for you and yours.",
                "Quiet days and long nights to all of you.",
            ],
            &[
                "This year we moved to {town} and planted {age} trees.",
                "From {town}, where it has snowed for {age} days, we send you greetings.",
                "Our year in {town} brought {age} visitors and much laughter.",
            ],
            &[
                "Your {gift} has been in use every day, thank you.",
                "The {gift} you sent has found its place by the window.",
                "With this card comes a {gift}, to be opened on the last day.",
            ],
            &[
                "From {day} on we are at home again.",
                "Come and see us; we are free from {day}.",
                "We hope to see you on {day}.",
            ],
        ],
        closes: &["With warm wishes,", "As ever,", "Yours,", "From all of us,"],
        emblem: 1,
        season: true,
        gifts: &["woollen scarf", "small lantern", "patchwork blanket", "calendar of birds"],
        number: (5, 24),
    },
    Greeting {
        titles: &["Thank you", "Thanks a thousand times", "So kind of you"],
        text: [
            &[
                "Thank you for the {gift}; it is exactly right.",
                "What a surprise: the {gift} arrived this morning.",
                "The {gift} has found its place at once.",
            ],
            &[
                "You carried {age} boxes up the stairs without a word of complaint.",
                "All {age} guests asked who had thought of it.",
                "I counted: you have helped me {age} times this year.",
            ],
            &[
                "When you next come to {town}, dinner is on me.",
                "The whole of {town} shall hear of it.",
                "In {town} a bed is always made for you.",
            ],
            &["May I invite you on {day}?", "Are you free on {day}?", "On {day} I bake; please come."],
        ],
        closes: &["Gratefully,", "With many thanks,", "Yours,", "Your friend,"],
        emblem: 2,
        season: false,
        gifts: GIFTS,
        number: (12, 40),
    },
    Greeting {
        titles: &["Get well soon", "Up on your feet", "Better days"],
        text: [
            &[
                "We have heard about your leg and are thinking of you.",
                "What a thing to happen, and in the middle of the season!",
                "Everyone here misses you, even the printer.",
            ],
            &[
                "All {age} of us send their regards.",
                "The team of {age} has signed the {gift} in your honour.",
                "We have put {age} good wishes into this card.",
            ],
            &[
                "The {gift} is for the long afternoons.",
                "May the {gift} make the time pass quickly.",
                "Until you can dance again, here is a {gift}.",
            ],
            &[
                "The hospital in {town} allows visits, so we shall come on {day}.",
                "On {day} we come to {town} with grapes.",
                "Expect us in {town} on {day}.",
            ],
        ],
        closes: &["Get well soon,", "Chin up,", "With all our wishes,", "Yours,"],
        emblem: 3,
        season: false,
        gifts: &["jigsaw puzzle", "book of poems", "box of pears", "book of riddles", "jar of honey"],
        number: (14, 25),
    },
    Greeting {
        titles: &["Congratulations", "Well done", "Hats off"],
        text: [
            &[
                "You have done it, and with flying colours!",
                "We knew it all along, and now it is official.",
                "What news! We read your letter twice.",
            ],
            &[
                "Out of {age} candidates they chose you.",
                "After {age} months of work you have earned a rest.",
                "You beat {age} others, and we are not surprised.",
            ],
            &[
                "The {gift} is for your new desk.",
                "A {gift} seems the least we can give.",
                "Please accept the {gift} with our compliments.",
            ],
            &[
                "Let us raise a glass in {town} on {day}.",
                "We celebrate on {day} in {town}, do not plan anything else.",
                "On {day} a table is booked in {town}.",
            ],
        ],
        closes: &["Proudly,", "Cheers,", "With congratulations,", "Your friends,"],
        emblem: 0,
        season: false,
        gifts: &["fountain pen", "cactus", "desk lamp", "blue teapot"],
        number: (16, 36),
    },
    Greeting {
        titles: &["Welcome, little one", "Hello, world", "A new star"],
        text: [
            &[
                "Small feet, great joy: congratulations on your daughter.",
                "So there is one more of you; how wonderful!",
                "We are so glad that everything went well.",
            ],
            &[
                "The grandparents in {town} have already told {age} people.",
                "News travels fast: in {town} it took {age} minutes.",
                "In {town} the bells rang, or so it seemed to {age} of us.",
            ],
            &[
                "The {gift} is for the first winter.",
                "We have packed a {gift} for the smallest of you.",
                "May the {gift} be chewed with joy.",
            ],
            &[
                "We shall come on {day} and be very quiet.",
                "May we visit you on {day}?",
                "On {day} we bring soup and take the laundry.",
            ],
        ],
        closes: &["With love,", "Happy for you,", "All our best,", "Yours,"],
        emblem: 1,
        season: false,
        gifts: &["woollen blanket", "music box", "knitted bear", "wooden rattle"],
        number: (12, 25),
    },
    Greeting {
        titles: &["Bon voyage", "Farewell for now", "Off you go"],
        text: [
            &[
                "A year abroad! We are envious and happy.",
                "The kitchen will be quiet without you.",
                "Go, and tell us everything.",
            ],
            &[
                "It is {age} hours to {town}, and you will enjoy each of them.",
                "Write from {town}; {age} lines will do.",
                "In {town} live {age} of our cousins, all of them hungry.",
            ],
            &[
                "Please use the {gift} and think of us.",
                "The {gift} fits into any bag, we have tried.",
                "Take the {gift} along, you will need it.",
            ],
            &[
                "We come to the station on {day}.",
                "On {day} we wave from the platform.",
                "The farewell breakfast is on {day}.",
            ],
        ],
        closes: &["Safe travels,", "Until soon,", "Missing you already,", "Yours,"],
        emblem: 2,
        season: false,
        gifts: &["green umbrella", "pocket map", "small camera", "travel mug"],
        number: (4, 14),
    },
    Greeting {
        titles: &["Good luck", "Fingers crossed", "You can do it"],
        text: [
            &[
                "Tomorrow is the day, and you are ready.",
                "Breathe in, read twice, write once.",
                "You have learned more than they can ask.",
            ],
            &[
                "Remember the test in {town}: {age} questions, and no mistake.",
                "You have {age} friends in {town} who believe in you.",
                "In {town} {age} people keep their fingers crossed.",
            ],
            &[
                "The {gift} has brought luck before.",
                "Put the {gift} into your pocket; it works.",
                "A {gift} for luck, and one for later.",
            ],
            &[
                "On {day} we celebrate, whatever happens.",
                "Afterwards, on {day}, there will be dumplings.",
                "Keep {day} free for us.",
            ],
        ],
        closes: &["Good luck,", "We believe in you,", "Go for it,", "Yours,"],
        emblem: 3,
        season: false,
        gifts: &["lucky penny", "fountain pen", "small compass", "smooth pebble"],
        number: (12, 40),
    },
];

const GIFTS: &[&str] = &[
    "blue teapot",
    "fountain pen",
    "woollen scarf",
    "book of poems",
    "box of pears",
    "small lantern",
    "jar of honey",
    "map of the coast",
    "green umbrella",
    "music box",
    "patchwork blanket",
    "set of brushes",
];

/// Writes a greeting card: the picture on its front and the text inside, opened flat or as one side.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields();
    sheet.lacks(&[
        "Address of the sender",
        "Telephone number",
        "Name of the dog",
        "Price of the card",
        "Year of birth",
    ]);
    let card = &GREETINGS[desk.rng.below(GREETINGS.len())];
    let pair = desk.people(2);
    let [reader, writer] = [&pair[0], &pair[1]];
    let (home, away) = (desk.town(), desk.town());
    let mut date = desk.day();
    if card.season {
        // Wishes for the winter are not written in July.
        date = jiff::civil::date(date.year(), 12, 1).saturating_add(desk.rng.whole(0, 22).days());
    }
    // Numbers that end in a plain `th`.
    let plain: Vec<i64> = (card.number.0..=card.number.1)
        .filter(|n| !matches!(n % 10, 1..=3) || matches!(n % 100, 11..=13))
        .collect();
    let age = *desk.rng.pick(&plain);
    let meeting = date.saturating_add(desk.rng.whole(4, 30).days());
    let facts: Vec<Vec<String>> = Vec::new();
    let mut teller = Teller::new(&facts, date, &home);
    let number = sheet.tell("Number in the text", &age.to_string(), "Which number is mentioned in the text?");
    let town = sheet.tell("Town in the text", &away, "Which town is mentioned in the text?");
    let gift = sheet.tell("Gift", desk.any(card.gifts), "Which gift is mentioned?|What is the gift?");
    let day = sheet.tell(
        "Day of the meeting",
        &format!("{}, {}", weekday(meeting), place.day_in_words(meeting)),
        "On which day do they want to meet?|Which day is proposed in the text?",
    );
    teller.set("age", &age.to_string(), Some(number));
    teller.set("town", &away, Some(town));
    let gift_name = sheet.shown(gift).to_owned();
    teller.set("gift", &gift_name, Some(gift));
    let day_name = sheet.shown(day).to_owned();
    teller.set("day", &day_name, Some(day));
    let mut lines: Vec<Expr> = Vec::new();
    for wordings in &card.text {
        let wording = desk.any(wordings);
        let spans = teller.spans(desk, &mut sheet, wording);
        lines.push(run(&sheet, &spans));
    }
    let greeting = desk.any(&["Dear", "My dear", "Hello", "Dearest"]);
    let title = sheet.tell(
        "Greeting on the card",
        desk.any(card.titles),
        "What does the card say in its largest letters?|Which greeting stands on the card?",
    );
    let to = sheet.tell("Person addressed", reader.given, "To whom is the card written?|Who is addressed?");
    let from = sheet.tell("Sender", writer.given, "Who wrote the card?|Who has signed the card?");
    let written = sheet.tell(
        "Place and date of writing",
        &format!("{home}, {}", place.date(date)),
        "Where and when was the card written?|Which place and date stand on the card?",
    );
    let topic = format!("greeting card: {}", sheet.shown(title).to_lowercase());

    festive(desk);
    let hand = desk.style.word(&["Caveat", "Kalam", "Patrick Hand", "EB Garamond", "Lora"]);
    let title_family = desk.paper.title_family;
    desk.set_faces(hand, title_family);
    desk.paper.base =
        if hand == "Caveat" { desk.style.range(19.0, 21.0) } else { desk.style.range(15.0, 17.0) };
    let form = desk.style.below(4);
    tone(desk, &["#fffdf7", "#fdf2ec", "#eef5f0", "#edf3fa", "#fbeff4", "#fff7dc", "#f5f0fa"]);
    let inside = {
        let mut parts = vec![
            small(&sheet.value(written)),
            inline(&[body(&format!("{greeting} ")), sheet.value(to), body(",")]),
        ];
        let mut flow = vec![lines[0].clone()];
        for line in &lines[1..] {
            flow.extend([text(" "), line.clone()]);
        }
        parts.push(para(&inline(&flow)));
        parts.push(stack(11.0, &[body(desk.any(card.closes)), sheet.value(from)]));
        stack(16.0, &parts)
    };
    let mut out = String::from("#set par(leading: 0.62em)\n");
    let shown = sheet.shown(title).to_owned();
    match form {
        0 => {
            desk.paper.width = desk.style.range(780.0, 860.0).round();
            desk.paper.margin = (0.0, 0.0);
            let tall = desk.style.range(430.0, 480.0).round();
            desk.paper.height = Some(tall);
            let half = desk.paper.width / 2.0;
            let size = fitting(&shown, half - 90.0, desk.paper.base, 2.6);
            let front = front_side(&sheet, title, size, card.emblem, (half, tall), &mut desk.style);
            let inner = format!(
                "block(width: {half:.1}pt, height: {tall:.1}pt, inset: (x: 44pt, y: 40pt), align(horizon, {inside}))"
            );
            show(&mut out, &format!("grid(columns: ({half:.1}pt, {half:.1}pt), {front}, {inner})"));
        }
        1 => {
            desk.paper.width = desk.style.range(430.0, 500.0).round();
            desk.paper.margin = (46.0, 44.0);
            desk.paper.frame =
                format!("#place(center, dy: 26pt, {})", emblem(card.emblem, 86.0, &mut desk.style));
            let size = fitting(&shown, desk.paper.width - 92.0, desk.paper.base, 2.3);
            space(&mut out, 84.0);
            show(
                &mut out,
                &align(
                    "center",
                    &format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(title, "title"))),
                ),
            );
            space(&mut out, 14.0);
            show(&mut out, &inside);
            space(&mut out, 6.0);
        }
        2 => {
            desk.paper.width = desk.style.range(560.0, 640.0).round();
            desk.paper.margin = (54.0, 48.0);
            desk.paper.frame = format!(
                "#place(dx: 14pt, dy: 14pt, rect(width: 100% - 28pt, height: 100% - 28pt, radius: 14pt, stroke: (paint: ac, thickness: 2pt, dash: \"dashed\")))#place(bottom + right, dx: -34pt, dy: -34pt, {})",
                emblem(card.emblem, 92.0, &mut desk.style)
            );
            let size = fitting(&shown, desk.paper.width - 108.0, desk.paper.base, 2.4);
            show(&mut out, &format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(title, "title"))));
            space(&mut out, 10.0);
            show(&mut out, &inside);
            space(&mut out, 56.0);
        }
        _ => {
            desk.paper.width = desk.style.range(460.0, 520.0).round();
            desk.paper.margin = (46.0, 44.0);
            let size = fitting(&shown, desk.paper.width - 92.0, desk.paper.base, 2.3);
            let band = format!(
                "block(width: 100%, fill: ac, outset: (x: 46pt, top: 44pt), inset: (bottom: 26pt, top: 6pt), align(center, text(fill: onac, {})))",
                heading_of(size, &sheet.value_as(title, "title"))
            );
            show(&mut out, &band);
            space(&mut out, 12.0);
            show(&mut out, &inside);
            space(&mut out, 14.0);
            let row: Vec<Expr> = (0..5).map(|_| emblem(card.emblem, 34.0, &mut desk.style)).collect();
            show(&mut out, &align("center", &format!("stack(dir: ltr, spacing: 18pt, {})", row.join(", "))));
        }
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "someone who keeps old cards in a box".to_owned(),
        design: format!("card-{form}/{}", card.emblem),
    }
}

/// The front of an opened card: a coloured half with the emblem and the greeting.
fn front_side(
    sheet: &Sheet,
    title: Field,
    size: f64,
    kind: usize,
    (w, h): (f64, f64),
    style: &mut Rng,
) -> Expr {
    let mark = emblem(kind, w * 0.36, style)
        .replace("ac2", "onac")
        .replace(": ac)", ": tint)")
        .replace(": ac,", ": tint,");
    let words = format!("text(fill: onac, {})", heading_of(size, &sheet.value_as(title, "title")));
    format!(
        "block(width: {w:.1}pt, height: {h:.1}pt, fill: ac, inset: 40pt, align(center + horizon, {}))",
        stack(34.0, &[mark, words])
    )
}

/// A cake, a tree, a flower or a sun, in a square box.
fn emblem(kind: usize, s: f64, style: &mut Rng) -> Expr {
    let mut out = String::new();
    let mut add = |dx: f64, dy: f64, shape: String| {
        out.push_str(&format!("#place(dx: {:.1}pt, dy: {:.1}pt, {shape})", dx * s, dy * s));
    };
    match kind % 4 {
        0 => {
            let candles = style.whole(3, 5);
            for n in 0..candles {
                let x = 0.2 + 0.6 * (n as f64 + 0.5) / candles as f64;
                add(
                    x - 0.015,
                    0.24,
                    format!("rect(width: {:.1}pt, height: {:.1}pt, fill: ac2)", 0.03 * s, 0.18 * s),
                );
                add(x - 0.03, 0.15, format!("circle(radius: {:.1}pt, fill: ac)", 0.03 * s));
            }
            add(
                0.18,
                0.42,
                format!(
                    "rect(width: {:.1}pt, height: {:.1}pt, radius: {:.1}pt, fill: ac2)",
                    0.64 * s,
                    0.2 * s,
                    0.03 * s
                ),
            );
            add(
                0.08,
                0.6,
                format!(
                    "rect(width: {:.1}pt, height: {:.1}pt, radius: {:.1}pt, fill: ac)",
                    0.84 * s,
                    0.3 * s,
                    0.03 * s
                ),
            );
        }
        1 => {
            for n in 0..3 {
                let n = f64::from(n);
                let (wide, top) = (0.36 + 0.2 * n, 0.04 + 0.22 * n);
                add(
                    0.5 - wide / 2.0,
                    top,
                    format!(
                        "polygon(fill: ac, (0pt, {0:.1}pt), ({1:.1}pt, 0pt), ({2:.1}pt, {0:.1}pt))",
                        0.34 * s,
                        wide * s / 2.0,
                        wide * s
                    ),
                );
            }
            add(0.46, 0.8, format!("rect(width: {:.1}pt, height: {:.1}pt, fill: ac2)", 0.08 * s, 0.16 * s));
        }
        2 => {
            let petals = style.whole(5, 8);
            for n in 0..petals {
                let turn = std::f64::consts::TAU * n as f64 / petals as f64;
                let (x, y) = (0.5 + 0.26 * libm::cos(turn), 0.5 + 0.26 * libm::sin(turn));
                add(x - 0.17, y - 0.17, format!("circle(radius: {:.1}pt, fill: ac)", 0.17 * s));
            }
            add(0.35, 0.35, format!("circle(radius: {:.1}pt, fill: ac2)", 0.15 * s));
        }
        _ => {
            for n in 0..12 {
                let turn = std::f64::consts::TAU * f64::from(n) / 12.0;
                let (c, q) = (libm::cos(turn), libm::sin(turn));
                out.push_str(&format!(
                    "#place(line(start: ({:.1}pt, {:.1}pt), end: ({:.1}pt, {:.1}pt), stroke: {:.1}pt + ac2))",
                    s * (0.5 + 0.33 * c),
                    s * (0.5 + 0.33 * q),
                    s * (0.5 + 0.47 * c),
                    s * (0.5 + 0.47 * q),
                    s * 0.035
                ));
            }
            out.push_str(&format!(
                "#place(dx: {0:.1}pt, dy: {0:.1}pt, circle(radius: {1:.1}pt, fill: ac))",
                s * 0.26,
                s * 0.24
            ));
        }
    }
    format!("box(width: {s:.1}pt, height: {s:.1}pt)[{out}]")
}
