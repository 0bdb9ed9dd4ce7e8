//! Business letters: a few facts in running text.

use pixmo_render::Rng;

use super::desk::{Desk, Draft, Organisation};
use super::letter_words::CAUSES;
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, gap, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::matter::{sentence, tell_facts};
use super::sheet::{Field, Sheet};
use super::signature::signature;

/// What is written, before it is laid out.
struct Letter {
    firm: Organisation,
    name: Field,
    sender: Field,
    to: Field,
    to_address: Field,
    day: Field,
    reference: Option<Field>,
    subject: Field,
    signed: Field,
    office: Field,
    /// Greeting, paragraphs, and the words before the signature.
    greeting: String,
    text: Vec<Expr>,
    close: &'static str,
    /// An account for those who pay, at the foot of some sheets.
    bank: String,
}

/// Writes a business letter.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields();
    sheet.lacks(&[
        "Fax number",
        "Enclosure",
        "Name of the deputy",
        "Customer number",
        "Account number of the reader",
    ]);
    let cause = &CAUSES[desk.rng.below(CAUSES.len())];
    let firm = if cause.from.is_empty() {
        desk.company(None)
    } else {
        let town = desk.town();
        let family = desk.rng.pick(&desk.culture.family).clone();
        let name = desk.any(cause.from).replace("{town}", &town).replace("{family}", &family);
        desk.organisation(name, town)
    };
    let people = desk.people(2);
    let [reader, writer] = [&people[0], &people[1]];
    let job =
        desk.any(&["Customer service", "Head of office", "Managing director", "Secretary", "Administration"]);
    let address = desk.address();
    let date = desk.workday();
    let name = sheet.tell("Sender", &firm.name, "Who has sent the letter?|From whom is the letter?");
    let sender = sheet.tell(
        "Address of the sender",
        &firm.address(),
        "What is the address of the sender?|At which address is the sender?",
    );
    let full = reader.addressed();
    let to = sheet.tell("Recipient", &full, "To whom is the letter addressed?|Who is to receive the letter?");
    let to_address = sheet.tell(
        "Address of the recipient",
        &address,
        "Where does the recipient live?|What is the address of the recipient?",
    );
    let day = sheet.tell(
        "Date of the letter",
        &place.date(date),
        "When was the letter written?|Which date does the letter bear?",
    );
    let reference = desk.rng.chance(0.7).then(|| {
        let code = desk.code("??/##-###");
        sheet.field(desk.any(&["Our reference", "Ref.", "Reference"]), &code)
    });
    let matter = &cause.matter;
    let subject = sheet.tell(
        "Subject of the letter",
        matter.subject,
        "What is the letter about?|How does the subject line read?",
    );
    let signed = sheet.tell(
        "Writer of the letter",
        &writer.full(),
        "Who has signed the letter?|Who wrote the letter?",
    );
    let office = sheet.tell(
        "Office of the writer",
        job,
        "What stands below the name of the writer?|In which function has the letter been signed?",
    );
    let facts = tell_facts(desk, &mut sheet, matter, cause.asks, date);
    let topic = format!("letter of {} about: {}", firm.name, matter.subject.to_lowercase());
    // With a comma always, as the close has one.
    let greeting = format!("Dear {},", reader.polite());
    let close = desk.any(&["Yours sincerely,", "Kind regards,", "With best wishes,"]);
    let offer = desk.any(&[
        "Our office is open from Monday to Friday, and you can reach us by telephone or mail.",
        "If anything is unclear, please do not hesitate to call; we are glad to help.",
        "Please quote our reference when you write or call, so that we can answer without delay.",
        "Should your address or telephone number have changed, a short note is enough.",
        "You will find further information and all forms on our pages.",
    ]);
    // Only those with a reference can ask for it.
    let offer = if reference.is_none() && offer.contains("reference") {
        "If anything is unclear, please do not hesitate to call; we are glad to help."
    } else {
        offer
    };
    let farewell = desk.any(&[
        "We thank you for your trust.",
        "We look forward to hearing from you.",
        "Thank you for your understanding.",
    ]);
    let joined = desk.style.chance(0.5);
    let mut lines: Vec<Expr> =
        matter.sentences.iter().map(|pattern| sentence(&sheet, pattern, &facts)).collect();
    if joined {
        let second = lines.remove(1);
        lines[0] = inline(&[lines[0].clone(), text(" "), second]);
    }
    lines.push(body(&format!("{offer} {farewell}")));
    let bank = format!("{} Bank, {}", desk.town(), desk.code(&desk.words.names.account.iban));
    let letter = Letter {
        firm,
        name,
        sender,
        to,
        to_address,
        day,
        reference,
        subject,
        signed,
        office,
        greeting,
        text: lines,
        close,
        bank,
    };
    let (out, form) = lay_out(desk, &sheet, &letter);
    Draft {
        sheet,
        body: out,
        topic,
        persona: format!("someone at {} who writes to customers", letter.firm.name),
        design: format!("letter-{form}"),
    }
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, letter: &Letter) -> (String, &'static str) {
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[600.0, 640.0, 680.0]);
    desk.paper.base = style.range(13.0, 15.0);
    desk.paper.margin = (style.range(46.0, 66.0), style.range(40.0, 56.0));
    let mut out = String::from("#set par(leading: 0.75em, spacing: 1.15em)\n");
    let form = match style.weighted(&[4.0, 2.5, 2.0, 2.0]) {
        0 => {
            let (x, y) = desk.paper.margin;
            let head = masthead(sheet, letter, (x, y), style, &mut out);
            space(&mut out, 24.0);
            let info = stack(8.5, &reference_and_day(sheet, letter));
            show(
                &mut out,
                &grid("1fr, auto", "(left, right + bottom)", (20.0, 0.0), &[recipient(sheet, letter), info]),
            );
            space(&mut out, 20.0);
            written(sheet, letter, style, &mut out);
            if style.chance(0.5) {
                space(&mut out, 16.0);
                show(&mut out, &rule("0.8pt + rule-c"));
                let line = format!("{} · {} · {}", letter.firm.name, letter.firm.phone, letter.firm.web);
                show(&mut out, &align("center", &note(&line)));
            }
            head
        }
        1 => {
            window(sheet, letter, style, &mut out);
            "window"
        }
        2 => {
            desk.paper.width += 60.0;
            side(sheet, letter, style, &mut out);
            "side"
        }
        _ => {
            flush(sheet, letter, style, &mut out);
            "flush"
        }
    };
    (out, form)
}

/// The recipient’s name and address in lines.
fn recipient(sheet: &Sheet, letter: &Letter) -> Expr {
    let mut block = vec![sheet.value(letter.to)];
    block.extend(sheet.lines(letter.to_address));
    stack(8.5, &block)
}

fn reference_and_day(sheet: &Sheet, letter: &Letter) -> Vec<Expr> {
    let mut info = Vec::new();
    if let Some(field) = letter.reference {
        let name = sheet.name_as(field, &format!("{}:", sheet.shown_name(field)));
        info.push(inline(&[name, text(" "), sheet.value(field)]));
    }
    info.push(sheet.value(letter.day));
    info
}

/// Subject, text and signature.
fn written(sheet: &Sheet, letter: &Letter, style: &mut Rng, out: &mut String) {
    show(out, &bold(&format!("text(size: 1.08em, {})", sheet.value_as(letter.subject, "heading"))));
    space(out, 4.0);
    show(out, &body(&letter.greeting));
    for part in &letter.text {
        show(out, part);
    }
    space(out, 4.0);
    show(out, &body(letter.close));
    show(out, &signature(130.0, style));
    show(out, &stack(6.5, &[sheet.value(letter.signed), small(&sheet.value(letter.office))]));
}

/// One of four heads over the whole width.
fn masthead(
    sheet: &Sheet,
    letter: &Letter,
    (x, y): (f64, f64),
    style: &mut Rng,
    out: &mut String,
) -> &'static str {
    let firm = &letter.firm;
    let logo = logo::with_name(&firm.name, &sheet.value(letter.name), 38.0, style);
    let lines = stack(8.0, &sheet.lines(letter.sender));
    let reach = stack(6.5, &[role("note", &firm.phone), role("note", &firm.mail)]);
    match style.below(4) {
        0 => {
            let right = small(&stack(6.5, &[lines, reach]));
            show(out, &grid("1fr, auto", "(left + horizon, right)", (20.0, 0.0), &[logo, right]));
            "corner"
        }
        1 => {
            let name = display(1.7, &sheet.value(letter.name));
            show(out, &align("center", &stack(13.0, &[name, small(&lines)])));
            show(out, &rule("1pt + ac"));
            "centred"
        }
        2 => {
            out.push_str(&format!("#place(top, dx: -{x:.1}pt, dy: -{y:.1}pt, rect(width: 100% + {:.1}pt, height: 12pt, fill: ac))\n", 2.0 * x));
            if firm.name.chars().count() > 16 {
                // A long name needs the room of the third column.
                let right = small(&stack(6.5, &[lines, reach]));
                show(out, &grid("1fr, auto", "(left + horizon, left)", (26.0, 0.0), &[logo, right]));
            } else {
                let cells = [logo, small(&lines), small(&reach)];
                show(out, &grid("1fr, auto, auto", "(left + horizon, left, left)", (26.0, 0.0), &cells));
            }
            "band"
        }
        _ => {
            let name = format!("text(fill: ac, {})", display(1.5, &sheet.value(letter.name)));
            show(out, &align("right", &stack(12.0, &[name, small(&lines), small(&reach)])));
            "right"
        }
    }
}

/// For envelopes with a window: the sender in one small line above the address, the facts of the letter in a block to the
/// right, three columns at the foot.
fn window(sheet: &Sheet, letter: &Letter, style: &mut Rng, out: &mut String) {
    let firm = &letter.firm;
    let mark = logo::mark(&firm.name, 44.0, style);
    let name = format!("text(fill: ac, {})", display(1.5, &sheet.value(letter.name)));
    let left = style.chance(0.5);
    let cells = if left { [mark, name] } else { [name, mark] };
    let how = if left { ("auto, 1fr", "left + horizon") } else { ("1fr, auto", "(left + horizon, right)") };
    show(out, &grid(how.0, how.1, (14.0, 0.0), &cells));
    space(out, 26.0);
    let from = inline(&[role("note", &format!("{}, ", firm.name)), sheet.value(letter.sender)]);
    let address = stack(
        11.0,
        &[
            format!(
                "block(stroke: (bottom: 0.6pt + soft), inset: (bottom: 3pt), text(size: 0.72em, fill: soft, {from}))"
            ),
            recipient(sheet, letter),
        ],
    );
    let label = |name: &str| small(&role("note", name));
    let mut info = Vec::new();
    if let Some(field) = letter.reference {
        info.extend([small(&sheet.name(field)), sheet.value(field)]);
    }
    info.extend([label("Telephone"), role("note", &firm.phone), label("E-mail"), role("note", &firm.mail)]);
    info.extend([label("Date"), bold(&sheet.value(letter.day))]);
    let block = format!(
        "text(size: 0.9em, block(stroke: (left: 2pt + ac), inset: (left: 11pt, y: 2pt), {}))",
        grid("auto, auto", "left", (11.0, 8.0), &info)
    );
    show(out, &grid("1fr, auto", "(left, right)", (20.0, 0.0), &[address, block]));
    space(out, 24.0);
    written(sheet, letter, style, out);
    space(out, 20.0);
    show(out, &rule("0.8pt + ac"));
    let column = |lines: &[&str]| stack(5.5, &lines.iter().map(|line| note(line)).collect::<Vec<_>>());
    let (bank, account) = letter.bank.split_once(", ").unwrap_or((&letter.bank, ""));
    let cells = [
        column(&[&firm.name, &firm.street, &firm.town]),
        column(&[&firm.phone, &firm.web]),
        column(&[bank, account]),
    ];
    show(out, &format!("text(size: 0.9em, {})", grid("1.2fr, 1fr, auto", "left", (16.0, 0.0), &cells)));
}

/// A column of the house at the side, the letter beside it.
fn side(sheet: &Sheet, letter: &Letter, style: &mut Rng, out: &mut String) {
    let firm = &letter.firm;
    let mark = logo::mark(&firm.name, 46.0, style);
    let tinted = style.chance(0.5);
    let mut parts = vec![
        mark,
        format!("text(fill: ac, par(leading: 0.45em, {}))", display(1.25, &sheet.value(letter.name))),
        gap(21.0),
        small(&stack(8.0, &sheet.lines(letter.sender))),
        small(&stack(8.0, &[note(&firm.phone), note(&firm.web)])),
    ];
    parts.push(gap(21.0));
    parts.push(small(&stack(8.0, &reference_and_day(sheet, letter))));
    let column = if tinted {
        format!("block(width: 100%, fill: tint, inset: 14pt, {})", stack(13.0, &parts))
    } else {
        format!(
            "block(width: 100%, stroke: (right: 1.6pt + ac), inset: (right: 14pt, y: 4pt), {})",
            stack(13.0, &parts)
        )
    };
    let mut inner = String::new();
    show(&mut inner, &recipient(sheet, letter));
    space(&mut inner, 20.0);
    written(sheet, letter, style, &mut inner);
    let letter = format!("block(width: 100%)[{inner}]");
    // The narrow column breaks no addresses.
    show(out, &format!("grid(columns: (168pt, 1fr), column-gutter: 28pt, {column}, {letter})"));
}

/// All lines flush left, one below the other, as they are typed in offices overseas.
fn flush(sheet: &Sheet, letter: &Letter, style: &mut Rng, out: &mut String) {
    let firm = &letter.firm;
    let name = bold(&format!("text(size: 1.25em, {})", sheet.value(letter.name)));
    let mut head = vec![name];
    head.extend(sheet.lines(letter.sender).iter().map(|line| small(line)));
    head.push(note(&format!("{} · {}", firm.phone, firm.web)));
    show(out, &stack(8.0, &head));
    if style.chance(0.5) {
        show(out, &rule("1.4pt + ac"));
    }
    space(out, 18.0);
    let mut info = reference_and_day(sheet, letter);
    info.reverse();
    show(out, &stack(9.0, &info));
    space(out, 10.0);
    show(out, &recipient(sheet, letter));
    space(out, 14.0);
    written(sheet, letter, style, out);
}
