//! Posters of events: a title to be read from afar, a date, a place, who appears when.

use jiff::ToSpan as _;
use jiff::civil::time;
use pixmo_render::{Cell, Color, Column, NumberFormat};

use super::art::{self, Tones};
use super::desk::{Desk, Draft};
use super::locale::weekday;
use super::markup::{Expr, align, body, bold, grid, inline, show, small, space, stack, text};
use super::press::{bleed, bookish, dark, fitting, modern, para, spaced, title as heading_of, tone};
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
    /// What is printed before the time of opening and before the price.
    words: [&'static str; 2],
}

/// Writes a poster.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone().spelt();
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
    let days = desk.rng.whole(event.days[0], event.days[1]);
    let date = desk.weekend(event.months, days);
    let count = desk.rng.whole(4, event.acts.len().min(7) as i64) as usize;
    let mut acts = desk.rng.sample(event.acts.len(), count);
    if event.ordered {
        acts.sort_unstable();
    }
    let [early, late] = event.hours;
    // Full days begin early and go on without long breaks.
    let full = count as i64 > 4 * days;
    let opens = |desk: &mut Desk<'_>| {
        let hour = if full { early } else { desk.rng.whole(early, late) };
        time(hour as i8, *desk.rng.pick(&[0, 15, 30]), 0, 0)
    };
    let mut begin = opens(desk);
    let mut day = 0;
    let mut first = begin;
    for (index, act) in acts.into_iter().enumerate() {
        let next = index as i64 * days / count as i64;
        if next > day {
            day = next;
            begin = opens(desk);
        }
        first = first.min(begin);
        let cells = vec![
            Cell::text(event.acts[act].as_str()),
            Cell::text(weekday(date.saturating_add(day.days()))),
            Cell::text(place.time(begin)),
        ];
        sheet.item(cells);
        let step = if full { desk.rng.whole(9, 11) * 5 } else { desk.rng.whole(4, 5) * 15 };
        begin = begin.wrapping_add(step.minutes());
    }
    let name = desk.rng.pick(&event.name).clone();
    let last = date.saturating_add((days - 1).days());
    let when = match days {
        1 => format!("{}, {}", weekday(date), place.date(date)),
        _ => place.span(date, last),
    };
    let price = desk.rng.range(6.0, 32.0);
    let (full_price, reduced) = (place.fee(price), place.fee(price * desk.rng.range(0.4, 0.7)));
    // Whole amounts are printed whole.
    let whole = full_price.fract().is_zero() && reduced.fract().is_zero();
    let printed =
        NumberFormat { decimals: if whole { 0 } else { place.money.decimals }, ..place.money.clone() };
    let host = desk.rng.pick(&event.hosts).replace("{town}", &town);
    let firm = desk.organisation(name.clone(), town.clone());
    let doors = first.wrapping_sub(desk.rng.whole(2, 4).saturating_mul(15).minutes());
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
        doors: sheet.tell("Time of opening", &place.time(doors), &event.opening[1]),
        entry: sheet.tell(&event.fee[0], &printed.print(full_price), &event.fee[1]),
        reduced: sheet.tell("Reduced price", &printed.print(reduced), "What is the reduced price?"),
        host: sheet.tell("Organiser", &host, "Who organises the event?|Who is the organiser?"),
        words: [&event.opening[0], &event.fee[0]],
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
    let w = desk.style.range(590.0, 680.0).round();
    let h = (w * desk.style.range(1.4, 1.5)).round();
    desk.paper.width = w;
    desk.paper.height = Some(h);
    desk.paper.margin = (desk.style.range(40.0, 54.0), desk.style.range(40.0, 54.0));
    let motif = *desk.style.pick(&event.motif);
    let several = days > 1;
    let form = desk.style.below(6);
    let mut out = String::new();
    let inner = w - 2.0 * desk.paper.margin.0;
    match form {
        0 => {
            tone(desk, &["#fdf6e6", "#ffffff", "#f2f5f4", "#fbeee6"]);
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let size = fitting(&name, inner, desk.paper.base, 3.4);
            // The picture takes what title, programme and foot leave.
            let base = desk.paper.base;
            let lines = (name.chars().count() as f64 * size * base * 0.55 / inner).ceil();
            let need = base * (size * 1.1 * lines + 14.5) + sheet.len() as f64 * (base * 0.85 + 15.0);
            let tall = (h - need - desk.paper.margin.1 - 22.0).clamp(h * 0.18, h * 0.46);
            desk.paper.frame = format!("#place({})", art::picture(motif, (w, tall), &tones, &mut desk.style));
            space(&mut out, tall - desk.paper.margin.1 + 22.0);
            show(
                &mut out,
                &format!("text(fill: ac, {})", heading_of(size, &sheet.value_as(poster.name, "title"))),
            );
            show(&mut out, &format!("text(size: 1.15em, {})", sheet.value_as(poster.line, "subtitle")));
            out.push_str("#v(1fr)\n");
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + bottom, right + bottom)",
                    (18.0, 0.0),
                    &[display_line(&sheet, poster.date, 1.45), bold(&where_lines(&sheet, &poster))],
                ),
            );
            show(&mut out, "line(length: 100%, stroke: 1.5pt + ac)");
            show(&mut out, &format!("text(size: 1.12em, {})", line_up(&sheet, several, 15.0)));
            show(&mut out, "line(length: 100%, stroke: 0.8pt + rule-c)");
            out.push_str("#v(1fr)\n");
            show(&mut out, &money(&sheet, &poster));
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
            space(&mut out, 4.0);
            show(&mut out, &display_line(&sheet, poster.date, 1.9));
            show(&mut out, &format!("text(size: 1.2em, {})", where_lines(&sheet, &poster)));
            out.push_str("#v(1fr)\n");
            // Few names may be large.
            let (scale, gap) = if sheet.len() < 6 { (1.55, 30.0) } else { (1.4, 22.0) };
            show(&mut out, &format!("text(size: {scale}em, {})", line_up(&sheet, several, gap)));
            out.push_str("#v(1fr)\n");
            show(&mut out, &format!("text(size: 1.1em, {})", money(&sheet, &poster)));
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
                line_up(&sheet, several, 11.0),
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
        3 => {
            // The names are the picture: as large as the longest of them allows.
            tone(desk, &["#f7efe2", "#eef3f0", "#fdf3f0", "#f3f1ec", "#fff7d6"]);
            let longest =
                (0..sheet.len()).map(|row| sheet.shown_cell(row, 0).chars().count()).max().unwrap_or(8);
            let size =
                (inner / (longest as f64 * desk.paper.base * 0.62)).min(2.5).min(12.5 / sheet.len() as f64);
            let top = [bold(&display_line(&sheet, poster.date, 1.2)), where_lines(&sheet, &poster)];
            show(&mut out, &grid("1fr, auto", "(left + bottom, right + bottom)", (16.0, 0.0), &top));
            show(&mut out, "line(length: 100%, stroke: 6pt + ac)");
            space(&mut out, 14.0);
            let name_size = fitting(&name, inner, desk.paper.base, 3.2);
            let title = heading_of(name_size, &sheet.value_as(poster.name, "title"));
            show(&mut out, &format!("text(fill: ac, {title})"));
            show(&mut out, &format!("text(size: 1.15em, {})", sheet.value_as(poster.line, "subtitle")));
            out.push_str("#v(1fr)\n");
            let mut parts = Vec::new();
            for row in 0..sheet.len() {
                let mut when = Vec::new();
                if several {
                    when.extend([sheet.cell(row, 1), text("  ")]);
                }
                when.push(sheet.cell(row, 2));
                let act = heading_of(size, &sheet.cell(row, 0));
                // The letters of the name reach above its line: day and time keep clear of them.
                parts.push(stack(11.0, &[small(&inline(&when)), act]));
            }
            show(&mut out, &stack(if sheet.len() > 6 { 18.0 } else { 24.0 }, &parts));
            out.push_str("#v(1fr)\n");
            show(&mut out, "line(length: 100%, stroke: 1pt + ink)");
            show(&mut out, &money(&sheet, &poster));
            show(&mut out, &foot(&sheet, &poster));
        }
        4 => {
            // Three fields one above the other: title, picture, and what one has to know.
            tone(desk, &["#ffffff", "#fbf8f1", "#f2f5f7"]);
            let tones = Tones::of(&desk.paper, &mut desk.style);
            let tall = h * (0.34 - 0.02 * (sheet.len() as f64 - 4.0));
            let size = fitting(&name, inner, desk.paper.base, 3.8);
            let head = stack(
                16.0,
                &[
                    spaced(&sheet.value_as(poster.line, "subtitle")),
                    heading_of(size, &sheet.value_as(poster.name, "title")),
                    display_line(&sheet, poster.date, 1.4),
                ],
            );
            let band = bleed(&desk.paper, "ac", 20.0, true, &format!("text(fill: onac, {head})"));
            let picture = art::picture(motif, (w, tall), &tones, &mut desk.style);
            let picture = format!("pad(x: -{:.1}pt, {picture})", desk.paper.margin.0);
            show(&mut out, &stack(0.0, &[band, picture]));
            out.push_str("#v(1fr)\n");
            let know = stack(
                14.0,
                &[
                    format!("text(size: 1.15em, {})", bold(&sheet.value(poster.place))),
                    sheet.value(poster.town),
                    money(&sheet, &poster),
                ],
            );
            let know = format!("block(width: 100%, stroke: (top: 4pt + ac), inset: (top: 13pt), {know})");
            let acts = format!(
                "block(width: 100%, stroke: (top: 4pt + ac), inset: (top: 13pt), {})",
                line_up(&sheet, several, 13.0)
            );
            show(&mut out, &grid("1fr, 1.7fr", "left", (24.0, 0.0), &[know, acts]));
            out.push_str("#v(1fr)\n");
            show(&mut out, &foot(&sheet, &poster));
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
            let widths = if several { "auto, auto, auto" } else { "auto, auto" };
            let lower = [
                align("center", &line_up_in(&sheet, several, 11.0, widths)),
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
    let [opening, fee] = poster.words;
    let doors = inline(&[body(&format!("{opening} ")), bold(&sheet.value(poster.doors))]);
    let tickets = inline(&[
        body(&format!("{fee} ")),
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
fn line_up(sheet: &Sheet, several: bool, gap: f64) -> Expr {
    line_up_in(sheet, several, gap, if several { "auto, auto, 1fr" } else { "auto, 1fr" })
}

/// Who appears when, in columns of these widths.
fn line_up_in(sheet: &Sheet, several: bool, gap: f64, widths: &str) -> Expr {
    let mut cells = Vec::new();
    for row in 0..sheet.len() {
        if several {
            cells.push(small(&sheet.cell(row, 1)));
        }
        cells.extend([small(&sheet.cell(row, 2)), bold(&sheet.cell(row, 0))]);
    }
    grid(widths, "left + bottom", (13.0, gap), &cells)
}
