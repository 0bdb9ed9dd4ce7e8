//! Posters of events: a title to be read from afar, a date, a place, who appears when.

use jiff::ToSpan as _;
use jiff::civil::time;
use pixmo_render::{Cell, Color, Column};

use super::art::{self, Tones};
use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::markup::{Expr, align, body, bold, grid, inline, show, small, space, stack, text};
use super::press::{bookish, dark, fitting, modern, para, spaced, title as heading_of, tone};
use super::promotion::Promotion;
use super::sheet::{Field, Sheet};

struct Poster {
    name: Field,
    line: Field,
    date: Field,
    place: Field,
    town: Field,
    doors: Field,
    entry: Field,
    reduced: Field,
    host: Field,
    web: Field,
}

/// Writes a poster.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let event = desk.rng.pick(&Promotion::bundled().event);
    let [one, many] = &event.noun;
    let mut sheet = Sheet::with_items(vec![
        (Column::text(super::desk::capital(one)), None),
        (Column::text("Day"), None),
        (Column::text("Time"), None),
    ]);
    sheet.call(one, many);
    sheet.ask(1, &["On which day is “{label}”?", "On which day does “{label}” take place?"]);
    sheet.ask(2, &["At what time is “{label}”?", "At what time does “{label}” begin?"]);
    sheet.ask_back(2, &[&format!("Which {one} begins at {{value}}?"), "What begins at {value}?"]);
    sheet.lacks(&[
        "Name of the designer",
        "Number of seats",
        "Telephone number",
        "Name of the sponsor",
        "Age limit",
    ]);
    let town = desk.town();
    let date = desk.day();
    let days = desk.rng.whole(1, 3);
    let count = desk.rng.whole(4, event.acts.len().min(7) as i64) as usize;
    let mut hour = desk.rng.whole(14, 18);
    let mut day = 0;
    for (index, act) in desk.rng.sample(event.acts.len(), count).into_iter().enumerate() {
        let next = index as i64 * days / count as i64;
        if next > day {
            day = next;
            hour = desk.rng.whole(14, 18);
        }
        let begin = time((hour % 24) as i8, *desk.rng.pick(&[0, 15, 30, 45]), 0, 0);
        hour += 1;
        let cells = vec![
            Cell::text(event.acts[act].as_str()),
            Cell::text(weekday(date.saturating_add(day.days()))),
            Cell::text(place.time(begin)),
        ];
        sheet.item(cells);
    }
    let name = desk.rng.pick(&event.name).clone();
    let last = date.saturating_add((days - 1).days());
    let when = match days {
        1 => format!("{}, {}", weekday(date), place.date(date)),
        _ => format!("{} – {}", place.day(date), place.date(last)),
    };
    let price = desk.rng.range(5.0, 32.0);
    let (full, reduced) =
        (place.price(price, &mut desk.rng), place.price(price * desk.rng.range(0.4, 0.7), &mut desk.rng));
    let host =
        if desk.rng.chance(0.5) { format!("Cultural Association {town}") } else { desk.domain().1.name };
    let firm = desk.organisation(name.clone(), town.clone());
    let doors = time(desk.rng.whole(11, 13) as i8, *desk.rng.pick(&[0, 30]), 0, 0);
    let poster = Poster {
        name: sheet.tell(
            "Name of the event",
            &name,
            "What is the event called?|What is the name of the event?",
        ),
        line: sheet.tell(
            "Line below the title",
            desk.rng.pick(&event.line).clone().as_str(),
            "What does the line below the title say?|What is the motto of the event?",
        ),
        date: sheet.tell(
            "Date",
            &when,
            "When does the event take place?|On which date or dates is the event?",
        ),
        place: sheet.tell(
            "Venue",
            desk.rng.pick(&event.place).clone().as_str(),
            "Where does the event take place?|At which venue is the event?",
        ),
        town: sheet.tell("Town", &town, "In which town is the event?"),
        doors: sheet.tell("Time of opening", &place.time(doors), "At what time do the doors open?"),
        entry: sheet.tell(
            "Price of a ticket",
            &place.money.print(full),
            "How much is a ticket?|What does a full-price ticket cost?",
        ),
        reduced: sheet.tell(
            "Reduced price",
            &place.money.print(reduced),
            "How much is a reduced ticket?|What is the reduced price?",
        ),
        host: sheet.tell("Organiser", &host, "Who organises the event?|Who is the organiser?"),
        web: sheet.tell(
            "Web address",
            &firm.web,
            "What is the web address?|Where on the web are tickets sold?",
        ),
    };
    if desk.style.chance(0.3) {
        bookish(desk);
    } else {
        modern(desk);
    }
    desk.paper.base = desk.style.range(15.5, 18.0);
    let w = desk.style.range(560.0, 660.0).round();
    let h = (w * desk.style.range(1.36, 1.5)).round();
    desk.paper.width = w;
    desk.paper.height = Some(h);
    desk.paper.margin = (desk.style.range(40.0, 54.0), desk.style.range(40.0, 54.0));
    let motif = *desk.style.pick(&event.motif);
    let several = days > 1;
    let form = desk.style.below(4);
    let mut out = String::new();
    let inner = w - 2.0 * desk.paper.margin.0;
    match form {
        0 => {
            tone(desk, &["#fdf6e6", "#ffffff", "#f2f5f4", "#fbeee6"]);
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let tall = h * desk.style.range(0.38, 0.44);
            desk.paper.frame = format!("#place({})", art::picture(motif, (w, tall), &tones, &mut desk.style));
            space(&mut out, tall - desk.paper.margin.1 + 22.0);
            let size = fitting(&name, inner, desk.paper.base, 3.6);
            show(
                &mut out,
                &format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(poster.name, "title"))),
            );
            show(&mut out, &format!("text(size: 1.15em, {})", sheet.value_as(poster.line, "subtitle")));
            out.push_str("#v(1fr)\n");
            let left = stack(
                10.0,
                &[
                    display_line(&sheet, poster.date, 1.45),
                    where_lines(&sheet, &poster),
                    money(&sheet, &poster),
                ],
            );
            show(&mut out, &grid("1fr, 1.5fr", "left", (22.0, 0.0), &[left, line_up(&sheet, several)]));
            out.push_str("#v(1fr)\n");
            show(&mut out, &foot(&sheet, &poster));
        }
        1 => {
            dark(desk);
            let size = fitting(&name, inner, desk.paper.base, 4.6);
            show(&mut out, &spaced(&sheet.value_as(poster.line, "subtitle")));
            space(&mut out, 8.0);
            show(
                &mut out,
                &format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(poster.name, "title"))),
            );
            space(&mut out, 12.0);
            show(&mut out, "line(length: 100%, stroke: 3pt + ac)");
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left, right)",
                    (16.0, 0.0),
                    &[display_line(&sheet, poster.date, 1.5), bold(&where_lines(&sheet, &poster))],
                ),
            );
            out.push_str("#v(1fr)\n");
            show(&mut out, &format!("text(size: 1.4em, {})", line_up(&sheet, several)));
            out.push_str("#v(1fr)\n");
            show(&mut out, &money(&sheet, &poster));
            show(&mut out, "line(length: 100%, stroke: 1pt + rule-c)");
            show(&mut out, &foot(&sheet, &poster));
        }
        2 => {
            tone(desk, &["#ffffff", "#fdf9f0", "#f4f6f8"]);
            let wide = w * 0.36;
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let picture = art::picture(motif, (wide, h), &tones, &mut desk.style);
            let right = desk.style.chance(0.5);
            desk.paper.frame =
                if right { format!("#place(right, {picture})") } else { format!("#place({picture})") };
            let room = w - wide - 24.0 - desk.paper.margin.0;
            let size = fitting(&name, room, desk.paper.base, 3.4);
            let parts = [
                format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(poster.name, "title"))),
                para(&format!("text(size: 1.1em, {})", sheet.value_as(poster.line, "subtitle"))),
                "line(length: 26%, stroke: 4pt + ac)".to_owned(),
                display_line(&sheet, poster.date, 1.35),
                where_lines(&sheet, &poster),
                line_up(&sheet, several),
                money(&sheet, &poster),
                small(&stack(
                    7.0,
                    &[inline(&[body("Organiser: "), sheet.value(poster.host)]), sheet.value(poster.web)],
                )),
            ];
            let block =
                format!("block(width: {room:.1}pt, height: 100%, align(horizon, {}))", stack(20.0, &parts));
            let shift = if right { 0.0 } else { wide + 24.0 - desk.paper.margin.0 };
            show(&mut out, &format!("pad(left: {shift:.1}pt, {block})"));
        }
        _ => {
            tone(desk, &["#fffaf0", "#ffffff", "#f7f4ec"]);
            let mut tones = Tones::of(&desk.paper, &mut desk.style);
            tones.light = Color::rgb(255, 248, 220);
            desk.paper.frame = format!("#place({})", art::picture(motif, (w, h), &tones, &mut desk.style));
            desk.paper.margin = (w * 0.11, h * 0.07);
            let inner = w * 0.78 - 56.0;
            let size = fitting(&name, inner, desk.paper.base, 3.0);
            let hex = desk.paper.ground.hex();
            let parts = [
                spaced(&small(&sheet.value(poster.host))),
                format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(poster.name, "title"))),
                format!("text(size: 1.1em, {})", sheet.value_as(poster.line, "subtitle")),
                "line(length: 30%, stroke: 2pt + ac)".to_owned(),
                display_line(&sheet, poster.date, 1.35),
                where_lines(&sheet, &poster),
            ];
            let plate = |inner: &str| {
                format!(
                    "block(width: 100%, fill: rgb(\"{hex}\"), radius: {:.1}pt, inset: 26pt, {inner})",
                    desk.paper.corner
                )
            };
            show(&mut out, &plate(&align("center", &stack(15.0, &parts))));
            out.push_str("#v(1fr)\n");
            let lower = [
                line_up(&sheet, several),
                align("center", &money(&sheet, &poster)),
                align("center", &small(&sheet.value(poster.web))),
            ];
            show(&mut out, &plate(&stack(16.0, &lower)));
        }
    }
    let topic = format!("poster for {name} in {town}");
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a passer-by who stops at a poster".to_owned(),
        design: format!("poster-{form}/{motif}"),
    }
}

fn display_line(sheet: &Sheet, field: Field, size: f64) -> Expr {
    heading_of(size, &sheet.value(field))
}

fn where_lines(sheet: &Sheet, poster: &Poster) -> Expr {
    inline(&[sheet.value(poster.place), text(", "), sheet.value(poster.town)])
}

fn money(sheet: &Sheet, poster: &Poster) -> Expr {
    let doors = inline(&[body("Doors open "), bold(&sheet.value(poster.doors))]);
    let tickets = inline(&[
        body("Tickets "),
        bold(&sheet.value(poster.entry)),
        body(", reduced "),
        bold(&sheet.value(poster.reduced)),
    ]);
    stack(7.0, &[para(&doors), para(&tickets)])
}

fn foot(sheet: &Sheet, poster: &Poster) -> Expr {
    small(&grid(
        "1fr, auto",
        "(left, right)",
        (14.0, 0.0),
        &[inline(&[body("Organiser: "), sheet.value(poster.host)]), sheet.value(poster.web)],
    ))
}

/// Who appears when.
fn line_up(sheet: &Sheet, several: bool) -> Expr {
    let mut cells = Vec::new();
    for row in 0..sheet.len() {
        if several {
            cells.push(small(&sheet.cell(row, 1)));
        }
        cells.extend([small(&sheet.cell(row, 2)), bold(&sheet.cell(row, 0))]);
    }
    let widths = if several { "auto, auto, 1fr" } else { "auto, 1fr" };
    grid(widths, "left + bottom", (13.0, 11.0), &cells)
}
