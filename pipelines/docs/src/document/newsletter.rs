//! Newsletters of clubs and houses: a few short pieces and the dates to come.

use jiff::ToSpan as _;
use jiff::civil::time;
use pixmo_render::{Cell, Column, Rng};

use super::art::{self, Tones};
use super::desk::{Desk, Draft};
use super::locale::month_year;
use super::logo;
use super::markup::{
    Expr, align, body, bold, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::press::{bleed, bookish, columns, modern, para, title as heading_of, tone};
use super::prose::{Press, Span, Teller, paragraphs, run};
use super::sheet::{Field, Sheet};

/// Organisations with the names of their newsletters.
const HOUSES: [(&str, [&str; 3]); 14] = [
    ("{} Rowing Club", ["The Oar", "Boathouse News", "Stroke by Stroke"]),
    ("Friends of the {} Mill", ["The Millstone", "Grist", "From the Mill"]),
    ("{} Choral Society", ["Crescendo", "Second Voice", "Between Two Songs"]),
    ("{} Allotment Gardeners", ["The Spade", "Bed and Border", "Compost"]),
    ("{} Public Library", ["Bookmark", "Between the Shelves", "The Reading Lamp"]),
    ("Astronomers of {}", ["Dark Sky", "The Small Telescope", "Orbit"]),
    ("Volunteer Fire Brigade {}", ["The Siren", "Hose and Ladder", "On Call"]),
    ("{} Hiking Club", ["Boots", "The Waymark", "Uphill"]),
    ("{} Chess Club", ["The Fianchetto", "White to Move", "Open File"]),
    ("{} Primary School", ["School Bell", "The Satchel", "Break Time"]),
    ("{} Repair Café", ["The Soldering Iron", "Mended", "Spare Parts"]),
    ("{} Beekeepers", ["The Smoker", "Honeycomb", "Swarm"]),
    ("Amateur Theatre {}", ["The Prompter", "Curtain Call", "Backstage"]),
    ("{} Housing Cooperative", ["The Stairwell", "Door to Door", "House Notes"]),
];
/// What can stand among the dates: its name, the hours at which it may begin, its season, where it is held.
struct Happening(&'static str, (i64, i64), (i8, i8), &'static [&'static str]);

const HALLS: [&str; 4] = ["Club house", "Great hall", "Back room", "Library"];
const EVENTS: [Happening; 24] = [
    Happening("General meeting", (17, 20), (1, 12), &HALLS),
    Happening("Open evening", (18, 20), (1, 12), &HALLS),
    Happening("Work party in the garden", (9, 14), (3, 10), &["Garden"]),
    Happening("Course for beginners", (16, 19), (1, 12), &["Back room", "Workshop", "Club house"]),
    Happening("Summer fête", (13, 16), (6, 8), &["Town park", "School yard", "Garden"]),
    Happening("Talk with slides", (18, 20), (1, 12), &HALLS),
    Happening("Children's afternoon", (14, 15), (1, 12), &["Club house", "Great hall", "School yard"]),
    Happening("Concert in the hall", (17, 20), (1, 12), &["Great hall"]),
    Happening("Spring clean", (9, 11), (3, 4), &["Club house", "Workshop"]),
    Happening("Members' breakfast", (8, 10), (1, 12), &["Club house", "Great hall"]),
    Happening("Visit to the museum", (10, 14), (1, 12), &["Meet at the station", "Museum entrance"]),
    Happening("Swap meet", (9, 14), (1, 12), &["Great hall", "School yard", "Market square"]),
    Happening("Night walk", (20, 21), (1, 12), &["Meet at the bridge", "Meet at the station"]),
    Happening("First aid refresher", (17, 19), (1, 12), &["Back room", "Fire station"]),
    Happening("Quiz evening", (19, 20), (1, 12), &HALLS),
    Happening("Lantern procession", (17, 18), (10, 12), &["Town park", "Meet at the bridge"]),
    Happening("Committee meeting", (17, 20), (1, 12), &["Back room", "Club house"]),
    Happening("Farewell to the old year", (18, 20), (12, 12), &["Great hall", "Club house"]),
    Happening("New Year's reception", (11, 16), (1, 1), &["Great hall", "Club house"]),
    Happening("Try-out day", (10, 13), (3, 10), &["Club house", "Great hall"]),
    Happening("Excursion by train", (7, 9), (4, 10), &["Meet at the station"]),
    Happening("Harvest supper", (17, 19), (9, 10), &["Great hall", "Club house"]),
    Happening("Advent coffee", (14, 16), (12, 12), &["Club house", "Great hall"]),
    Happening("Film evening", (19, 20), (1, 12), &["Great hall", "Library"]),
];

/// One piece.
struct Piece {
    section: String,
    headline: Field,
    text: Vec<Vec<Span>>,
}

struct Letter {
    house: Field,
    title: Field,
    issue: Field,
    editor: Field,
    web: Field,
    pieces: Vec<Piece>,
}

/// Writes a newsletter.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Event"), None),
        (Column::text("Date"), None),
        (Column::text("Time"), None),
        (Column::text("Place"), None),
    ]);
    sheet.call("event", "events");
    sheet.ask(1, &["When is the event “{label}”?", "On which day does “{label}” take place?"]);
    sheet.ask(2, &["At what time does “{label}” begin?", "When on that day does “{label}” begin?"]);
    sheet.ask(3, &["Where does “{label}” take place?", "Where is “{label}” held?"]);
    sheet.ask_back(1, &["Which event is on {value}?", "What takes place on {value}?"]);
    sheet.ask_back(2, &["Which event begins at {value}?", "What begins at {value}?"]);
    sheet.ask_back(
        3,
        &["Which event is held in this place: {value}?", "Which event takes place here: {value}?"],
    );
    sheet.lacks(&["Bank account", "Number of copies printed", "Entrance fee", "Name of the printer"]);

    let home = desk.town();
    let (house, titles) = *desk.rng.pick(&HOUSES);
    let house = house.replace("{}", &home);
    let firm = desk.organisation(house.clone(), home.clone());
    let date = desk.day();
    let mut day = date;
    let count = desk.rng.whole(3, 6) as usize;
    let mut left = desk.rng.sample(EVENTS.len(), EVENTS.len());
    for _ in 0..count {
        day = day.saturating_add(desk.rng.whole(3, 15).days());
        // What is held all the year round is never short of a season.
        let fits = |index: &usize| (EVENTS[*index].2.0..=EVENTS[*index].2.1).contains(&day.month());
        let at = left.iter().position(fits).expect("most events are held all the year round");
        let Happening(event, (low, high), _, places) = EVENTS[left.remove(at)];
        let begin = time(desk.rng.whole(low, high) as i8, *desk.rng.pick(&[0, 0, 15, 30]), 0, 0);
        let cells = vec![
            Cell::text(event),
            Cell::text(place.date(day)),
            Cell::text(place.time(begin)),
            Cell::text(desk.any(places)),
        ];
        sheet.item(cells);
    }
    let kind = desk.any(&["Newsletter", "Members' news", "News and dates", "Circular"]);
    let number = desk.rng.whole(3, 148);
    let house = sheet.tell(
        "Publisher of the newsletter",
        &house,
        "Who publishes the newsletter?|Who sends out this newsletter?",
    );
    let title = sheet.tell(
        "Name of the newsletter",
        desk.any(&titles),
        "What is the newsletter called?|What is the title of the newsletter?",
    );
    let issue = sheet.tell(
        "Issue of the newsletter",
        &format!("{}, no. {number}", month_year(date)),
        "Which issue of the newsletter is this?|What is the issue of the newsletter?",
    );
    let editor = desk.person().full();
    let editor = sheet.tell("Editor", &editor, "Who edits the newsletter?|Who is the editor?");
    let web =
        sheet.tell("Web address", &firm.web, "What is the web address?|Where on the web can one read more?");
    let amount = desk.rng.whole(2, 3) as usize;
    let mut pieces = Vec::new();
    let numbers = ["first", "second", "third"];
    let mut chosen = desk.rng.sample(Press::bundled().piece.len(), amount);
    // The first piece stands beside the picture, which shows no person.
    if Press::bundled().piece[chosen[0]].section == "Portrait" {
        chosen.reverse();
    }
    for (index, which) in chosen.into_iter().enumerate() {
        let piece = &Press::bundled().piece[which];
        let mut teller = Teller::new(&piece.facts, date, &home);
        let pattern = desk.rng.pick(&piece.headline).clone();
        let headline = teller.plain(desk, &pattern);
        let ask = format!(
            "What is the headline of the {0} piece?|Which headline does the {0} piece have?|What is the headline in the section “{1}”?",
            numbers[index], piece.section
        );
        let headline = sheet.tell(&format!("Headline of the {} piece", numbers[index]), &headline, &ask);
        let text = paragraphs(desk, &mut sheet, &mut teller, &piece.text, 4);
        pieces.push(Piece { section: piece.section.clone(), headline, text });
    }
    let topic = format!("newsletter of {}", firm.name);
    let letter = Letter { house, title, issue, editor, web, pieces };
    if desk.style.chance(0.5) {
        bookish(desk);
    } else {
        modern(desk);
    }
    tone(desk, &["#ffffff", "#ffffff", "#fdfbf5", "#f7faf7", "#f6f8fc", "#fff8f2"]);
    desk.paper.width = desk.style.range(680.0, 780.0).round();
    desk.paper.base = desk.style.range(12.4, 13.8);
    let form = desk.style.below(4);
    let mut out = String::from("#set par(leading: 0.62em, spacing: 0.8em)\n");
    match form {
        0 => sidebar(desk, &sheet, &letter, kind, &mut out),
        1 => magazine(desk, &sheet, &letter, kind, &mut out),
        2 => cards(desk, &sheet, &letter, kind, &mut out),
        _ => simple(desk, &sheet, &letter, kind, &mut out),
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a member who edits the club paper".to_owned(),
        design: format!("newsletter-{form}"),
    }
}

fn piece(sheet: &Sheet, piece: &Piece, size: f64, count: usize) -> Expr {
    let kicker = format!(
        "text(fill: ac, {})",
        small(&bold(&format!("text(fill: ac, {})", role("heading", &piece.section))))
    );
    let list: Vec<Expr> = piece.text.iter().map(|spans| para(&run(sheet, spans))).collect();
    // A few lines are not worth two columns.
    let letters: usize = piece.text.iter().flatten().map(length).sum();
    let count = if letters < 420 { 1 } else { count };
    stack(
        9.0,
        &[kicker, heading_of(size, &sheet.value_as(piece.headline, "heading")), columns(count, 18.0, &list)],
    )
}

/// How many letters a span prints.
fn length(span: &Span) -> usize {
    let (Span::Words(printed) | Span::Fact(_, printed)) = span;
    printed.chars().count()
}

/// The picture that goes with a piece.
fn motif(piece: &Piece, style: &mut Rng) -> usize {
    let fits: &[usize] = match piece.section.as_str() {
        "Building" => &[2, 7],
        "Plans" => &[0, 1, 4, 7],
        "Looking back" => &[3, 5, 8],
        _ => &[0, 3, 5, 6, 8],
    };
    *style.pick(fits)
}

/// The dates one below the other, for a narrow column.
fn dates(sheet: &Sheet, title: &str) -> Expr {
    let mut parts = vec![bold(&format!("text(size: 1.15em, {})", role("heading", title)))];
    for row in 0..sheet.len() {
        let when = inline(&[sheet.cell(row, 1), text(", "), sheet.cell(row, 2)]);
        parts.push(stack(6.5, &[bold(&sheet.cell(row, 0)), small(&when), small(&sheet.cell(row, 3))]));
    }
    stack(13.0, &parts)
}

/// The dates as lines across the page.
fn date_lines(sheet: &Sheet, title: &str) -> Expr {
    let mut cells = Vec::new();
    for row in 0..sheet.len() {
        cells.extend([bold(&sheet.cell(row, 1)), sheet.cell(row, 2), sheet.cell(row, 0), sheet.cell(row, 3)]);
        cells.push("grid.hline(stroke: 0.7pt + rule-c)".to_owned());
    }
    let list = format!(
        "grid(columns: (auto, auto, 1fr, auto), align: (left, left, left, right), column-gutter: 16pt, inset: (y: 6pt), {})",
        cells.join(", ")
    );
    stack(8.0, &[format!("H({})", role("heading", title)), list])
}

fn imprint(sheet: &Sheet, letter: &Letter) -> Expr {
    small(&inline(&[body("Editor: "), sheet.value(letter.editor), text("   ·   "), sheet.value(letter.web)]))
}

const TITLES: [&str; 5] = ["Dates", "Coming up", "For your diary", "What is on", "Calendar"];

fn sidebar(desk: &mut Desk<'_>, sheet: &Sheet, letter: &Letter, kind: &str, out: &mut String) {
    let style = &mut desk.style;
    let head = stack(
        13.0,
        &[
            inline(&[body(kind), text("  ·  "), sheet.value(letter.house)]),
            heading_of(style.range(3.0, 3.8), &sheet.value_as(letter.title, "title")),
            sheet.value(letter.issue),
        ],
    );
    show(out, &bleed(&desk.paper, "ac", 18.0, true, &format!("text(fill: onac, {head})")));
    space(out, 10.0);
    let pieces: Vec<Expr> = letter.pieces.iter().map(|p| piece(sheet, p, 1.5, 1)).collect();
    let title = style.word(&TITLES);
    let side = stack(16.0, &[dates(sheet, title), rule("0.7pt + rule-c"), imprint_lines(sheet, letter)]);
    let side =
        format!("block(width: 100%, fill: tint, radius: {:.1}pt, inset: 14pt, {side})", desk.paper.corner);
    let left = stack(20.0, &pieces);
    let (widths, cells) =
        if style.chance(0.5) { ("1.9fr, 1fr", [left, side]) } else { ("1fr, 1.9fr", [side, left]) };
    show(out, &grid(widths, "left", (24.0, 0.0), &cells));
}

fn imprint_lines(sheet: &Sheet, letter: &Letter) -> Expr {
    small(&stack(6.0, &[inline(&[body("Editor: "), sheet.value(letter.editor)]), sheet.value(letter.web)]))
}

fn magazine(desk: &mut Desk<'_>, sheet: &Sheet, letter: &Letter, kind: &str, out: &mut String) {
    let wide = desk.paper.width - 2.0 * desk.paper.margin.0;
    let style = &mut desk.style;
    let title = format!(
        "text(fill: ac, {})",
        heading_of(style.range(3.2, 4.0), &sheet.value_as(letter.title, "title"))
    );
    show(out, &align("center", &title));
    let line = inline(&[
        body(&format!("{kind} of ")),
        sheet.value(letter.house),
        text("  ·  "),
        sheet.value(letter.issue),
    ]);
    show(out, &align("center", &small(&line)));
    let motif = motif(&letter.pieces[0], style);
    let tones = Tones::of(&desk.paper, style);
    show(out, &art::picture(motif, (wide, wide * 0.3), &tones, style));
    space(out, 6.0);
    let (first, rest) = letter.pieces.split_first().expect("there is a piece");
    show(out, &piece(sheet, first, 1.8, 2));
    show(out, &rule("0.7pt + rule-c"));
    let cells: Vec<Expr> =
        rest.iter().map(|p| piece(sheet, p, 1.35, if rest.len() == 1 { 2 } else { 1 })).collect();
    show(out, &grid(&vec!["1fr"; cells.len()].join(", "), "left", (22.0, 0.0), &cells));
    space(out, 4.0);
    show(out, &date_lines(sheet, style.word(&TITLES)));
    show(out, &align("center", &imprint(sheet, letter)));
}

fn cards(desk: &mut Desk<'_>, sheet: &Sheet, letter: &Letter, kind: &str, out: &mut String) {
    let style = &mut desk.style;
    let mark = logo::mark(sheet.shown(letter.house), 52.0, style);
    let head = stack(
        13.0,
        &[
            heading_of(2.5, &sheet.value_as(letter.title, "title")),
            small(&inline(&[body(&format!("{kind} of ")), sheet.value(letter.house)])),
        ],
    );
    show(
        out,
        &grid(
            "auto, 1fr, auto",
            "(left + horizon, left + horizon, right + bottom)",
            (16.0, 0.0),
            &[mark, head, small(&sheet.value(letter.issue))],
        ),
    );
    show(out, &rule("2.5pt + ac"));
    space(out, 6.0);
    let card = |inner: &str| {
        format!(
            "block(width: 100%, stroke: 0.8pt + rule-c, radius: {:.1}pt, inset: 14pt, {inner})",
            desk.paper.corner.max(3.0)
        )
    };
    let mut list: Vec<Expr> = letter.pieces.iter().map(|p| card(&piece(sheet, p, 1.35, 1))).collect();
    let title = style.word(&TITLES);
    let dark = format!(
        "block(width: 100%, fill: ac, radius: {:.1}pt, inset: 14pt, {{ let S(x) = text(size: 0.86em, fill: onac, x)\n text(fill: onac, {}) }})",
        desk.paper.corner.max(3.0),
        dates(sheet, title)
    );
    list.insert(1, dark);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (index, card) in list.into_iter().enumerate() {
        if index % 2 == 0 { left.push(card) } else { right.push(card) }
    }
    show(out, &grid("1fr, 1fr", "left", (16.0, 0.0), &[stack(16.0, &left), stack(16.0, &right)]));
    space(out, 4.0);
    show(out, &imprint(sheet, letter));
}

fn simple(desk: &mut Desk<'_>, sheet: &Sheet, letter: &Letter, kind: &str, out: &mut String) {
    let style = &mut desk.style;
    let wide = desk.paper.width - 2.0 * desk.paper.margin.0;
    show(
        out,
        &grid(
            "1fr, auto",
            "(left + bottom, right + bottom)",
            (16.0, 0.0),
            &[
                heading_of(style.range(2.6, 3.2), &sheet.value_as(letter.title, "title")),
                small(&stack(
                    5.0,
                    &[
                        sheet.value(letter.house),
                        inline(&[body(&format!("{kind}, ")), sheet.value(letter.issue)]),
                    ],
                )),
            ],
        ),
    );
    show(
        out,
        "stack(spacing: 3pt, line(length: 100%, stroke: 3pt + ac), line(length: 100%, stroke: 1.2pt + ac2))",
    );
    space(out, 8.0);
    let motif = motif(&letter.pieces[0], style);
    let tones = Tones::of(&desk.paper, style);
    for (index, item) in letter.pieces.iter().enumerate() {
        if index == 0 {
            let picture = art::picture(motif, (wide * 0.34, wide * 0.22), &tones, style);
            show(out, &grid("1fr, auto", "left", (20.0, 0.0), &[piece(sheet, item, 1.5, 1), picture]));
        } else {
            show(out, &piece(sheet, item, 1.5, 2));
        }
        show(out, &rule("0.7pt + rule-c"));
    }
    show(out, &date_lines(sheet, style.word(&TITLES)));
    space(out, 4.0);
    show(out, &note("Unsigned pieces are by the editor."));
    show(out, &imprint(sheet, letter));
}
