//! E-mails on paper: head, text, a few facts, attachments, and what the program prints around them.

use jiff::ToSpan as _;
use jiff::civil::{Date, time};
use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft, capital, host};
use super::form_words::{FormWords, MailFact};
use super::locale::weekday;
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::pieces::{Lines, Pairs, col, table};
use super::sheet::{Field, Sheet};

struct Parts {
    from: Field,
    address: Field,
    to: Field,
    sent: Field,
    subject: Field,
    others: Vec<Field>,
    facts: Vec<Field>,
    greeting: String,
    lines: Vec<String>,
    signed: Vec<String>,
    earlier: Vec<String>,
}

/// Writes an e-mail as it comes from the printer. Columns of the items: attachment, size.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mail = desk.rng.pick(&FormWords::bundled().mail);
    let files =
        if desk.rng.chance(0.62) { desk.rng.whole(2, 5).min(mail.files.len() as i64) as usize } else { 0 };
    let mut sheet = if files > 1 {
        let size = desk.any(&["Size (kB)", "File size (kB)"]);
        Sheet::with_items(vec![
            (Column::text(desk.any(&["Attachment", "File"])), None),
            (Column::number(size, "kB", true), Some(place.number(0, ""))),
        ])
    } else {
        Sheet::fields()
    }
    .and_amounts(&place);
    if files > 1 {
        for index in desk.rng.sample(mail.files.len(), files) {
            let size = Decimal::from(desk.rng.whole(18, 4_800));
            let cells = vec![Cell::text(&mail.files[index]), sheet.number(1, size)];
            sheet.item(cells);
        }
    }
    let firm = match mail.firms.is_empty() {
        true if desk.rng.chance(0.5) => desk.company(None),
        true => desk.domain().1,
        false => {
            let (town, family) = (desk.town(), desk.rng.pick(&desk.culture.family).clone());
            let name = desk.rng.pick(&mail.firms).replace("{town}", &town).replace("{family}", &family);
            desk.organisation(name, town)
        }
    };
    let people = desk.people(4);
    let server = firm.mail.rsplit('@').next().unwrap_or("office.example").to_owned();
    let mailbox = |name: &str| format!("{}@{server}", host(name).replace('-', "."));
    let day = desk.workday();
    let at = time(desk.rng.whole(7, 19) as i8, desk.rng.whole(0, 59) as i8, 0, 0);
    let subject = desk.rng.pick(&mail.subject).clone();
    let sender = people[0].full();
    let from = sheet.field("From", &sender);
    let address = sheet.field("Sender address", &mailbox(&sender));
    let to = sheet.field("To", &people[1].full());
    let sent = format!("{}, {}, {}", weekday(day), place.date(day), place.time(at));
    let sent = sheet.field(desk.any(&["Sent", "Date"]), &sent);
    let subject = sheet.field("Subject", &subject);
    let mut others = Vec::new();
    if desk.rng.chance(0.55) {
        others.push(sheet.field("Cc", &people[2].full()));
    }
    if desk.rng.chance(0.25) {
        others.push(sheet.field("Importance", desk.any(&["High", "Normal"])));
    }
    let facts: Vec<Field> = mail.facts.iter().map(|fact| draw(desk, &mut sheet, fact, day)).collect();
    let greeting = match desk.rng.below(4) {
        0 => format!("Dear {},", people[1].polite()),
        1 => format!("Hello {},", people[1].given),
        2 => format!("Dear {},", people[1].given),
        _ => format!("Good {} {},", if at.hour() < 12 { "morning" } else { "afternoon" }, people[1].given),
    };
    let mut lines: Vec<String> = mail.lines.clone();
    lines[0] = capital(&lines[0]);
    let close =
        desk.any(&["Kind regards", "Best wishes", "With kind regards", "Thank you and regards", "Yours"]);
    let job = desk.rng.pick(&mail.jobs).clone();
    let signed = vec![close.to_owned(), sender.clone(), job, firm.name.clone()];
    let words = &FormWords::bundled().mail_words;
    let mut earlier = Vec::new();
    if desk.rng.chance(0.5) {
        let before = day.saturating_sub(desk.rng.whole(1, 4).days());
        earlier.push(format!("On {} {} wrote:", weekday(before), people[1].full()));
        for index in desk.rng.sample(words.earlier.len(), 2) {
            earlier.push(words.earlier[index].clone());
        }
    }
    let topic = format!("e-mail about: {}", sheet.shown(subject).to_lowercase());
    let parts = Parts { from, address, to, sent, subject, others, facts, greeting, lines, signed, earlier };
    let (page, design) = lay_out(desk, &sheet, &parts, &firm.name, day);
    Draft { sheet, body: page, topic, persona: format!("a reader at {}", firm.name), design }
}

/// A fact of the text, after the day on which it is written.
fn draw(desk: &mut Desk<'_>, sheet: &mut Sheet, fact: &MailFact, day: Date) -> Field {
    let place = desk.place.clone();
    let value = match fact.is.as_str() {
        "day" => {
            let then = day.saturating_add(desk.rng.whole(3, 45).days());
            let rest: i64 = match weekday(then) {
                "Saturday" => 2,
                "Sunday" => 1,
                _ => 0,
            };
            let then = then.saturating_add(rest.days());
            if desk.rng.chance(0.5) {
                place.date(then)
            } else {
                format!("{}, {}", weekday(then), place.date(then))
            }
        }
        "time" => place.time(time(desk.rng.whole(8, 18) as i8, *desk.rng.pick(&[0, 15, 30, 45]), 0, 0)),
        "count" => desk.rng.whole(fact.low as i64, fact.high as i64).to_string(),
        "person" => desk.person().full(),
        "street" => desk.street(),
        "money" => {
            let euros = desk.rng.range(fact.low, fact.high);
            // Who writes of money in a mail writes it round.
            let amount = place.fee(euros);
            return sheet.money(&fact.name, amount, &place);
        }
        "code" => {
            let pattern = desk.rng.pick(&fact.values).clone();
            desk.code(&pattern)
        }
        _ => desk.rng.pick(&fact.values).clone(),
    };
    sheet.field(&fact.name, &value)
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, firm: &str, day: Date) -> (String, String) {
    let form = desk.style.below(4);
    desk.paper.width = *desk.style.pick(&[640.0, 700.0, 760.0]);
    desk.paper.margin = (desk.style.range(40.0, 56.0), desk.style.range(30.0, 44.0));
    if form == 2 {
        desk.paper.black_on_white();
        desk.paper.set_in(desk.style.word(&[
            "Courier Prime",
            "JetBrains Mono",
            "Fira Code",
            "DejaVu Sans Mono",
        ]));
        desk.paper.base = desk.paper.base.min(12.5);
    }
    let place = desk.place.clone();
    let printed = place.date(day.saturating_add(desk.rng.whole(0, 6).days()));
    let style = &mut desk.style;
    let mut out = String::from("#set par(leading: 0.72em, spacing: 1.25em)\n");
    let subject = sheet.value_as(parts.subject, "title");
    let from = inline(&[sheet.value(parts.from), text(" <"), sheet.value(parts.address), text(">")]);
    match form {
        0 => {
            // In the manner of office programs: the reader's name, a heavy line, the head in bold.
            show(&mut out, &bold(&format!("text(size: 1.2em, {})", sheet.value(parts.to))));
            show(&mut out, &rule("2.4pt + ink"));
            let mut cells = vec![bold(&sheet.name(parts.from)), from];
            for field in [parts.sent, parts.to].iter().chain(&parts.others) {
                cells.extend([bold(&sheet.name(*field)), sheet.value(*field)]);
            }
            cells.extend([bold(&sheet.name(parts.subject)), subject]);
            show(&mut out, &grid("auto, 1fr", "left", (20.0, 8.0), &cells));
        }
        1 => {
            // In the manner of the web: the subject large, the sender beside a round mark.
            let top = grid(
                "1fr, auto",
                "(left + horizon, right + horizon)",
                (12.0, 0.0),
                &[note(style.word(&["Webmail", "Mail – Inbox", "Post box"])), note(&printed)],
            );
            show(&mut out, &top);
            show(&mut out, &rule("0.8pt + rule-c"));
            show(&mut out, &display(1.7, &subject));
            let initial: String = sheet.shown(parts.from).chars().take(1).collect();
            let round = format!(
                "circle(radius: 18pt, fill: ac, inset: 0pt, align(center + horizon, text(fill: onac, size: 1.3em, {})))",
                role("note", &initial)
            );
            let who = stack(
                7.0,
                &[
                    inline(&[bold(&sheet.value(parts.from)), text("  "), small(&sheet.value(parts.address))]),
                    inline(&[small(&sheet.name(parts.to)), text(" "), sheet.value(parts.to)]),
                ],
            );
            let when = stack(6.0, &[small(&sheet.name(parts.sent)), sheet.value(parts.sent)]);
            show(&mut out, &grid("auto, 1fr, auto", "(left, left, right)", (13.0, 0.0), &[round, who, when]));
            let rest: Vec<Expr> = parts
                .others
                .iter()
                .map(|f| inline(&[small(&sheet.name(*f)), text(" "), sheet.value(*f)]))
                .collect();
            if !rest.is_empty() {
                show(&mut out, &stack(6.0, &rest));
            }
            space(&mut out, 6.0);
        }
        2 => {
            // Plain text with its head as it travels.
            let mut cells = Vec::new();
            for field in [parts.from, parts.to].iter().chain(&parts.others).chain(&[parts.sent]) {
                let value = if *field == parts.from { from.clone() } else { sheet.value(*field) };
                cells.extend([sheet.name_as(*field, &format!("{}:", sheet.shown_name(*field))), value]);
            }
            cells.extend([sheet.name_as(parts.subject, "Subject:"), subject]);
            show(&mut out, &grid("auto, 1fr", "left", (14.0, 7.0), &cells));
            show(&mut out, &rule("(paint: ink, thickness: 1pt, dash: (3pt, 3pt))"));
        }
        _ => {
            // The house's own sheet: a band with the mark, the head in a box.
            let (x, y) = desk.paper.margin;
            let mark =
                format!("box(fill: white, radius: 4pt, inset: 4pt, {})", logo::mark(firm, 30.0, style));
            let band = grid(
                "auto, 1fr",
                "left + horizon",
                (13.0, 0.0),
                &[mark, format!("T(1.4em, {})", role("heading", firm))],
            );
            out.push_str(&format!(
                "#block(width: 100%, fill: ac, outset: (x: {x:.1}pt, top: {y:.1}pt), inset: (bottom: 14pt), text(fill: onac, {band}))\n\n"
            ));
            show(&mut out, &display(1.5, &subject));
            let mut head = vec![parts.from, parts.address, parts.to, parts.sent];
            head.extend(&parts.others);
            show(&mut out, &Pairs::Boxed.lay(sheet, &head, 2));
        }
    }
    space(&mut out, 4.0);
    show(&mut out, &body(&parts.greeting));
    show(&mut out, &body(&parts.lines[0]));
    show(&mut out, &facts(sheet, &parts.facts, style.below(3), form == 2));
    for line in &parts.lines[1..] {
        show(&mut out, &body(line));
    }
    let signed: Vec<Expr> = parts.signed.iter().map(|line| body(line)).collect();
    show(&mut out, &stack(8.0, &signed));
    if sheet.len() > 0 {
        space(&mut out, 6.0);
        let lines =
            if form == 2 { Lines::Open } else { *style.pick(&[Lines::Thin, Lines::Zebra, Lines::Boxed]) };
        let files =
            table(sheet, &[col(0, "1fr", "left"), col(1, "auto", "right")], lines, style.range(5.0, 7.0));
        show(&mut out, &format!("box(width: 62%, {files})"));
    }
    if let Some((first, rest)) = parts.earlier.split_first() {
        space(&mut out, 6.0);
        let mark = if form == 2 { "> " } else { "" };
        let mut quoted = vec![note(first)];
        quoted.extend(rest.iter().map(|line| note(&format!("{mark}{line}"))));
        let quoted = stack(8.0, &quoted);
        show(
            &mut out,
            &if form == 2 {
                quoted
            } else {
                format!("block(stroke: (left: 2.4pt + rule-c), inset: (left: 12pt, y: 3pt), {quoted})")
            },
        );
    }
    // What the program prints at the foot of each sheet.
    space(&mut out, 10.0);
    let page = note(style.word(&["Page 1 of 1", "1/1", "1"]));
    let left = note(&format!("{} {printed}", style.word(&["Printed on", "Printed", "Print date:"])));
    if form != 1 || style.chance(0.5) {
        show(&mut out, &rule("0.8pt + rule-c"));
    }
    show(&mut out, &grid("1fr, auto", "(left, right)", (12.0, 0.0), &[left, align("right", &page)]));
    (out, format!("mail-{form}{}", if sheet.len() > 0 { "/files" } else { "" }))
}

/// The facts as a list with points, as pairs, or in a shaded box.
fn facts(sheet: &Sheet, fields: &[Field], form: usize, plain: bool) -> Expr {
    let pairs: Vec<Expr> = fields
        .iter()
        .flat_map(|f| [sheet.name_as(*f, &format!("{}:", sheet.shown_name(*f))), bold(&sheet.value(*f))])
        .collect();
    let list = grid("auto, 1fr", "left", (16.0, 8.0), &pairs);
    match form {
        _ if plain => format!("block(inset: (left: 18pt), {list})"),
        0 => {
            let rows: Vec<Expr> = fields
                .iter()
                .map(|f| {
                    inline(&[
                        text("•  "),
                        sheet.name_as(*f, &format!("{}:", sheet.shown_name(*f))),
                        text(" "),
                        bold(&sheet.value(*f)),
                    ])
                })
                .collect();
            format!("block(inset: (left: 14pt), {})", stack(9.0, &rows))
        }
        1 => format!("block(fill: tint, inset: 12pt, radius: 4pt, {list})"),
        _ => format!("block(stroke: (left: 3pt + ac), inset: (left: 13pt, y: 3pt), {list})"),
    }
}
