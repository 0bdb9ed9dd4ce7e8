//! Tax forms: what came in, what goes off, the tax on the rest, and what is left to pay or comes back.

use jiff::ToSpan as _;
use pixmo_render::{Cell, Color, Column};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::fill::{Pen, any_code, stamp};
use super::form_words::{Amount, FormWords, Tax};
use super::logo;
use super::markup::{
    Expr, align, bold, display, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::pieces::section;
use super::sheet::{Field, Sheet};
use super::signature::signature;

const LINE: usize = 0;
const WHAT: usize = 1;
const AMOUNT: usize = 2;

/// What is written on the form.
struct Parts {
    title: Field,
    authority: Field,
    form: Field,
    year: Field,
    person: Vec<Field>,
    number: Field,
    status: Option<Field>,
    /// How many of the items come in; the rest go off.
    plus: usize,
    sums: Vec<Field>,
    signed: [Field; 2],
    words: &'static Tax,
}

/// Writes a tax form.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let words = desk.rng.pick(&FormWords::bundled().tax);
    let what = desk.any(&["Description", "Item", "Kind of amount"]);
    let line = desk.any(&["Line", "Box"]);
    let mut sheet = Sheet::with_items(vec![
        (Column::text(line), None),
        (Column::text(what), None),
        (
            Column::number(format!("Amount ({})", place.currency), place.currency, false),
            Some(place.bare.clone()),
        ),
    ])
    .and_amounts(&place);
    let income = entries(desk, &mut sheet, &words.plus, true, None);
    let plus = sheet.len();
    // What a business spends follows what it takes in.
    let spent = words.company.then(|| f64::try_from(income).unwrap_or(0.0) * desk.rng.range(0.38, 0.84));
    let off = entries(desk, &mut sheet, &words.minus, false, spent);
    let sums = sums(desk, &mut sheet, words, income, off);
    let year = desk.rng.whole(2014, 2025);
    let town = desk.town();
    let filed = jiff::civil::date(year as i16 + 1, 1, 15).saturating_add(desk.rng.whole(10, 190).days());
    let title = sheet.field("Document", &words.title);
    let authority = format!("{town} {}", desk.rng.pick(&words.authority));
    let authority = sheet.field("Authority", &authority);
    let form = desk.code(&words.form);
    let form = sheet.field("Form", &form);
    let year = sheet.field(desk.any(&["Tax year", "Year", "For the year"]), &year.to_string());
    let who = if words.company { desk.company(None).name } else { desk.person().full() };
    let label = if words.company { "Name of business" } else { desk.any(&["Name", "Taxpayer", "Full name"]) };
    let mut person = vec![sheet.field(label, &who)];
    person.push(sheet.field("Address", &desk.address()));
    if !words.company {
        let birth = jiff::civil::date(1946, 1, 1).saturating_add(desk.rng.whole(0, 19_000).days());
        person.push(sheet.field("Date of birth", &place.date(birth)));
        if desk.rng.chance(0.6) {
            let (domain, _) = desk.domain();
            let job = super::desk::capital(desk.rng.pick(&domain.roles).as_str());
            person.push(sheet.field("Occupation", &job));
        }
    }
    if desk.rng.chance(0.5) {
        let phone = desk.code_of(&desk.words.names.contact.telephone);
        person.push(sheet.field("Telephone", &phone));
    }
    let number = any_code(desk, &["## ### ### ###", "###-##-####", "### ### ###", "##/###/#####"]);
    let number = sheet.field(desk.any(&["Tax number", "Taxpayer no.", "Tax file number"]), &number);
    let status = (!words.status.is_empty()).then(|| {
        let value = desk.rng.pick(&words.status).clone();
        sheet.field(&words.status_name, &value)
    });
    let signer = if words.company { desk.person().full() } else { who.clone() };
    let signed = [
        sheet.field(desk.any(&["Date signed", "Signed on"]), &place.date(filed)),
        sheet.field(desk.any(&["Signature of", "Signed by"]), &signer),
    ];
    let topic = format!("{} of {who} for the year {}", words.title.to_lowercase(), sheet.shown(year));
    let parts = Parts { title, authority, form, year, person, number, status, plus, sums, signed, words };
    let (body, design) = lay_out(desk, &sheet, &parts);
    let persona =
        if words.company { "a bookkeeper before the deadline" } else { "someone who files a return" };
    Draft { sheet, body, topic, persona: persona.to_owned(), design }
}

/// Adds lines in the order of their list, scaled to come to this sum where one is given; returns their sum.
fn entries(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    list: &[Amount],
    always_first: bool,
    whole: Option<f64>,
) -> Decimal {
    let count = desk.rng.whole(2, 4) as usize;
    let mut chosen = desk.rng.sample(list.len(), count);
    if always_first && !chosen.contains(&0) {
        chosen[0] = 0;
    }
    chosen.sort_unstable();
    let drawn: Vec<f64> = chosen
        .iter()
        .map(|index| desk.rng.range(list[*index].low, list[*index].high) * desk.place.factor)
        .collect();
    let scale = whole.map_or(1.0, |sum| sum / drawn.iter().sum::<f64>());
    let mut sum = Decimal::ZERO;
    for (index, raw) in chosen.into_iter().zip(drawn) {
        let entry = &list[index];
        // Odd amounts: a tax form adds up real receipts.
        let amount = desk.place.exact(raw * scale);
        sum += amount;
        let cells = vec![
            Cell::text((sheet.len() + 1).to_string()),
            Cell::text(&entry.name),
            sheet.number(AMOUNT, amount),
        ];
        sheet.item(cells);
    }
    sum
}

/// The sums below the lines; the last one is what is left to pay or comes back.
fn sums(desk: &mut Desk<'_>, sheet: &mut Sheet, words: &Tax, income: Decimal, off: Decimal) -> Vec<Field> {
    let place = desk.place.clone();
    let base = income - off;
    let mut sums = vec![
        sheet.money(&words.plus_total, income, &place),
        sheet.money(&words.minus_total, off, &place),
        sheet.money(&words.base, base, &place),
    ];
    let mut due = base;
    if !words.rates.is_empty() {
        let rate = *desk.rng.pick(&words.rates);
        due = place.money.rounded(base * Decimal::from(rate) / Decimal::ONE_HUNDRED);
        sums.push(sheet.money(&format!("Tax at {rate}%"), due, &place));
    }
    if !words.paid.is_empty() {
        let paid =
            place.exact(f64::try_from(due.max(Decimal::ONE)).unwrap_or(1.0) * desk.rng.range(0.55, 1.3));
        sums.push(sheet.money(&words.paid, paid, &place));
        due -= paid;
    }
    let (name, amount) = if due.is_sign_negative() { (&words.refund, -due) } else { (&words.due, due) };
    sums.push(sheet.money(name, amount, &place));
    sums
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts) -> (String, String) {
    let pen = Pen::draw(desk);
    let form = desk.style.below(3);
    desk.paper.width = *desk.style.pick(&[700.0, 760.0, 794.0]);
    desk.paper.margin = (desk.style.range(40.0, 56.0), desk.style.range(36.0, 50.0));
    match form {
        0 => {
            desk.paper.black_on_white();
            desk.paper.set_in(desk.style.word(&["Arimo", "Roboto", "Public Sans", "Open Sans"]));
        }
        1 => {
            // The pastel papers of offices, with white fields.
            let tone = desk.style.word(&["#dcefe0", "#dde9f6", "#f7e1d5", "#ece4f4", "#f5efcf"]);
            desk.paper.recolour(tone, Color::rgb(24, 26, 30), Color::rgb(64, 68, 76), 5.0);
        }
        _ => {}
    }
    let mut out = String::new();
    head(desk, sheet, parts, form, &mut out);
    match form {
        0 => {
            let all: Vec<Field> = parts.person.clone();
            let cells: Vec<Expr> = all.iter().map(|f| pen.entry(sheet, *f)).collect();
            show(
                &mut out,
                &format!("grid(columns: (1fr, 1fr), stroke: 0.9pt + ink, inset: 8pt, {})", cells.join(", ")),
            );
            let number = stack(6.0, &[small(&sheet.name(parts.number)), pen.comb(sheet, parts.number, 15.0)]);
            show(&mut out, &number);
        }
        1 => {
            let white = |f: &Field| {
                stack(
                    5.0,
                    &[
                        small(&sheet.name(*f)),
                        format!(
                            "block(width: 100%, fill: white, stroke: 0.8pt + rule-c, inset: (x: 7pt, y: 6.5pt), {})",
                            pen.write(&sheet.value(*f))
                        ),
                    ],
                )
            };
            let mut cells: Vec<Expr> = parts.person.iter().map(white).collect();
            cells.push(white(&parts.number));
            show(&mut out, &grid("1fr, 1fr", "left", (18.0, 10.0), &cells));
        }
        _ => {
            let mut all = parts.person.clone();
            all.push(parts.number);
            let cells: Vec<Expr> = all.iter().map(|f| pen.line(sheet, *f)).collect();
            show(&mut out, &grid("1fr, 1fr", "left", (24.0, 13.0), &cells));
        }
    }
    if let Some(status) = parts.status {
        let options: Vec<&str> = parts.words.status.iter().map(String::as_str).collect();
        let name = bold(&sheet.name(status));
        show(
            &mut out,
            &grid("auto, 1fr", "left", (16.0, 0.0), &[name, pen.choices(sheet, status, &options)]),
        );
    }
    space(&mut out, 4.0);
    let plus: Vec<usize> = (0..parts.plus).collect();
    let minus: Vec<usize> = (parts.plus..sheet.len()).collect();
    let habit = desk.style.below(4);
    for (part, (title, rows)) in
        [(&parts.words.plus_title, plus), (&parts.words.minus_title, minus)].iter().enumerate()
    {
        if form == 0 {
            let band = inline(&[
                role("heading", &format!("Part {}", part + 1)),
                text("\u{a0}\u{a0}"),
                role("heading", title),
            ]);
            show(
                &mut out,
                &format!(
                    "block(width: 100%, fill: ink, inset: (x: 8pt, y: 6pt), text(fill: white, {}))",
                    bold(&band)
                ),
            );
        } else {
            show(&mut out, &section(title, habit));
        }
        show(&mut out, &lines(sheet, rows, form, &pen, part == 0));
    }
    show(&mut out, &totals(sheet, parts, form, &pen));
    space(&mut out, 8.0);
    foot(desk, sheet, parts, &pen, &mut out);
    (out, format!("tax-{form}{}", if pen.by_hand { "/hand" } else { "" }))
}

/// Authority, title, form and year.
fn head(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, form: usize, out: &mut String) {
    let style = &mut desk.style;
    let title = sheet.value_as(parts.title, "title");
    let tag = |f: Field| inline(&[sheet.name(f), text(" "), bold(&sheet.value(f))]);
    match form {
        0 => {
            let left = stack(
                7.0,
                &[sheet.name(parts.form), format!("text(size: 1.9em, {})", bold(&sheet.value(parts.form)))],
            );
            let middle = align(
                "center",
                &stack(8.0, &[format!("text(size: 1.5em, {})", bold(&title)), sheet.value(parts.authority)]),
            );
            let right = stack(
                7.0,
                &[sheet.name(parts.year), format!("text(size: 1.9em, {})", bold(&sheet.value(parts.year)))],
            );
            show(
                out,
                &format!(
                    "grid(columns: (auto, 1fr, auto), stroke: (x, y) => (bottom: 2pt + ink, left: if x > 0 {{ 1pt + ink }}), inset: 9pt, align: horizon, {left}, {middle}, {right})"
                ),
            );
        }
        1 => {
            let mark = logo::mark(sheet.shown(parts.authority), 40.0, style);
            let name = stack(8.0, &[bold(&sheet.value(parts.authority)), small(&tag(parts.form))]);
            let year = format!(
                "box(fill: ac, inset: (x: 12pt, y: 9pt), text(fill: onac, {}))",
                inline(&[sheet.name(parts.year), text(" "), bold(&sheet.value(parts.year))])
            );
            show(out, &grid("auto, 1fr, auto", "left + horizon", (12.0, 0.0), &[mark, name, year]));
            show(out, &format!("text(fill: ac, {})", display(1.75, &title)));
        }
        _ => {
            let right = stack(8.0, &[tag(parts.form), tag(parts.year)]);
            let left = stack(10.0, &[sheet.value(parts.authority), display(1.7, &title)]);
            show(out, &grid("1fr, auto", "(left, right)", (16.0, 0.0), &[left, right]));
            show(out, &rule("2.4pt + ac"));
        }
    }
    space(out, 4.0);
}

/// The lines of one part; the first part names the columns.
fn lines(sheet: &Sheet, rows: &[usize], form: usize, pen: &Pen, first: bool) -> Expr {
    let mut cells = Vec::new();
    if first {
        cells.extend([small(&sheet.head(LINE)), small(&sheet.head(WHAT)), small(&sheet.head(AMOUNT))]);
    }
    for row in rows {
        let amount = pen.write(&sheet.cell(*row, AMOUNT));
        let amount = match form {
            1 => format!(
                "block(width: 100%, fill: white, stroke: 0.8pt + rule-c, inset: (x: 7pt, y: 5pt), {amount})"
            ),
            _ => amount,
        };
        cells.extend([sheet.cell(*row, LINE), sheet.cell(*row, WHAT), amount]);
    }
    let stroke = match form {
        0 => {
            "stroke: (x, y) => (bottom: 0.7pt + soft, left: if x == 2 { 0.9pt + ink }, right: if x == 2 { 0.9pt + ink }), "
        }
        1 => "",
        _ => "stroke: (bottom: 0.7pt + rule-c), ",
    };
    let inset = if form == 1 { "inset: (x: 6pt, y: 3pt)" } else { "inset: (x: 8pt, y: 6.5pt)" };
    format!(
        "grid(columns: (34pt, 1fr, 150pt), align: (left + horizon, left + horizon, right + horizon), {stroke}{inset}, {})",
        cells.join(", ")
    )
}

/// The sums; the last one in a box.
fn totals(sheet: &Sheet, parts: &Parts, form: usize, pen: &Pen) -> Expr {
    let (last, before) = parts.sums.split_last().expect("there is a result");
    let mut cells: Vec<Expr> =
        before.iter().flat_map(|f| [sheet.name(*f), pen.write(&sheet.value(*f))]).collect();
    let fill = if form == 0 { "rgb(\"#e4e4e4\")" } else { "tint" };
    let boxed = |inner: &str| {
        format!("grid.cell(fill: {fill}, stroke: (top: 1.4pt + ac, bottom: 1.4pt + ac), {inner})")
    };
    cells.push(boxed(&bold(&sheet.name(*last))));
    cells.push(boxed(&format!("text(size: 1.12em, {})", pen.write(&sheet.value(*last)))));
    align(
        "right",
        &format!(
            "box(width: 66%, grid(columns: (1fr, auto), align: (left + horizon, right + horizon), inset: (x: 8pt, y: 7pt), {}))",
            cells.join(", ")
        ),
    )
}

/// Signature, date and what the office stamped on it.
fn foot(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, pen: &Pen, out: &mut String) {
    let style = &mut desk.style;
    let [date, by] = parts.signed;
    let sign =
        stack(5.0, &[signature(130.0, style), rule("0.8pt + ink"), small(&sheet.name(by)), sheet.value(by)]);
    let day = stack(7.0, &[small(&sheet.name(date)), pen.write(&sheet.value(date))]);
    let right = if style.chance(0.55) {
        let word = style.word(&["RECEIVED", "CHECKED", "ENTERED", "COPY"]);
        let lines = [role("note", word), format!("text(size: 0.8em, {})", role("note", "Tax registry"))];
        align("center + horizon", &stamp(&lines, style))
    } else {
        note(style.word(&[
            "I declare that these statements are true and complete.",
            "Keep a copy of this form and all receipts for seven years.",
            "Do not write below this line. For official use only.",
        ]))
    };
    show(
        out,
        &format!(
            "grid(columns: (170pt, 150pt, 1fr), column-gutter: 22pt, align: (left + bottom, left + bottom, right + horizon), {sign}, {day}, {right})"
        ),
    );
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;
    use pixmo_render_figures::look::Look;
    use rust_decimal::Decimal;

    use crate::banks::Banks;
    use crate::document::{DocumentKind, make};

    #[test]
    fn the_sums_follow_from_the_lines() {
        for number in 0..4 {
            let seed = Seed::from_number(number);
            let look = Look::draw(&mut seed.rng("look"));
            let form =
                make(DocumentKind::TaxForm, Banks::bundled(), &look, &seed).expect("the page can be set");
            let [items, fields] = &form.data.tables[..] else { panic!("lines and fields") };
            let amounts: Vec<Decimal> = fields.rows.iter().filter_map(|row| row[2].as_decimal()).collect();
            let lines: Decimal = items.rows.iter().filter_map(|row| row[2].as_decimal()).sum();
            let [plus, minus, base, .., paid, rest] = amounts[..] else { panic!("five sums at least") };
            assert_eq!(plus + minus, lines);
            assert_eq!(plus - minus, base);
            let tax = if amounts.len() > 5 { amounts[3] } else { base };
            assert_eq!((tax - paid).abs(), rest, "what is left is the tax less what was paid");
        }
    }
}
