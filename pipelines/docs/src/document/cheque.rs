//! Cheques: to whom, how much in figures and in words, from which account.

use pixmo_render::Color;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::desk::{Desk, Draft};
use super::fill::{Pen, table, waves};
use super::logo;
use super::markup::{Expr, align, bold, gap, grid, inline, role, rule, show, small, stack, text};
use super::sheet::{Field, Sheet};
use super::signature::signature;

/// What is written on the cheque.
struct Parts {
    bank: Field,
    branch: Field,
    holder: Field,
    payee: Field,
    amount: Field,
    words: Field,
    date: Field,
    number: Field,
    account: Field,
    sort: Field,
    purpose: Option<Field>,
}

/// Writes a cheque.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let mut sheet = Sheet::fields().and_amounts(&place);
    let bank = format!(
        "{} {}",
        desk.town(),
        desk.any(&["Savings Bank", "Bank", "Credit Union", "Merchants Bank", "Farmers Bank"])
    );
    let euros =
        if desk.rng.chance(0.5) { desk.rng.range(12.0, 480.0) } else { desk.rng.range(480.0, 9_400.0) };
    let amount = if desk.rng.chance(0.4) {
        place.price(euros, &mut desk.rng)
    } else {
        place.exact(euros * place.factor)
    };
    let amount = amount.max(Decimal::ONE);
    let trade = desk.rng.chance(0.55);
    let payee = if trade { desk.company(None).name } else { desk.person().full() };
    let holder = if desk.rng.chance(0.7) { desk.person().full() } else { desk.company(None).name };
    let branch = desk.address();
    let day = desk.day();
    let bank_field = sheet.field("Bank", &bank);
    let branch = sheet.field("Branch", &branch);
    let number = sheet.field(desk.any(&["Cheque no.", "No.", "Cheque number"]), &desk.code("######"));
    let date = sheet.field("Date", &place.date(day));
    let payee = sheet.field(desk.any(&["Pay", "Pay to the order of", "Payee", "Pay to"]), &payee);
    let words =
        sheet.field(desk.any(&["Amount in words", "The sum of"]), &in_words(amount, place.money.decimals));
    let amount = sheet.money(desk.any(&["Amount", "Amount in figures"]), amount, &place);
    let holder = sheet.field(desk.any(&["Account holder", "Account name", "Drawer"]), &holder);
    let account = sheet.field(desk.any(&["Account no.", "Account"]), &desk.code("########"));
    let sort = sheet.field(desk.any(&["Sort code", "Bank code"]), &desk.code("##-##-##"));
    let purpose = desk.rng.chance(0.65).then(|| {
        let value = desk.any(&[
            "Rent",
            "Deposit",
            "Piano lessons",
            "Roof repair",
            "Invoice",
            "Donation",
            "Firewood",
            "Gift",
            "Membership fee",
            "Second-hand car",
            "School trip",
            "Bookbinding",
            "Dental bill",
            "Ticket refund",
        ]);
        sheet.field(desk.any(&["For", "Memo", "Reference"]), value)
    });
    let topic = format!("cheque of {bank} to {}", sheet.shown(payee));
    let parts = Parts {
        bank: bank_field,
        branch,
        holder,
        payee,
        amount,
        words,
        date,
        number,
        account,
        sort,
        purpose,
    };
    let (body, design) = lay_out(desk, &sheet, &parts, &bank);
    Draft { sheet, body, topic, persona: "a clerk who pays in cheques".to_owned(), design }
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts, bank: &str) -> (String, String) {
    let pen = Pen::draw(desk);
    let form = desk.style.below(4);
    let width = desk.style.range(720.0, 800.0).round();
    let tone = desk.style.word(&["#e3f0e6", "#e2ecf7", "#f8efd9", "#f6e6e4", "#ece8f5", "#ffffff"]);
    desk.paper.recolour(tone, Color::rgb(26, 28, 34), Color::rgb(70, 74, 84), 4.8);
    desk.paper.base = desk.style.range(12.5, 14.0);
    let mut out = table(desk, width);
    let style = &mut desk.style;
    let height = width * style.range(0.37, 0.41);
    let stub = if form == 3 { 168.0 } else { 0.0 };
    let safe = if style.chance(0.75) {
        // Below the head, so that no line runs behind the mark of the bank.
        let lines = waves(width, height * 0.7, desk.paper.ground.mix(desk.paper.accent, 0.16), style);
        format!(
            "#place(dy: {:.1}pt, block(width: {width:.1}pt, height: {:.1}pt)[{lines}])",
            height * 0.3,
            height * 0.7
        )
    } else {
        String::new()
    };
    let line = |name: Expr, value: Expr| {
        format!(
            "grid(columns: (auto, 1fr), column-gutter: 10pt, align: left + bottom, {}, block(width: 100%, stroke: (bottom: 0.9pt + ink), inset: (x: 5pt, bottom: 5pt), {value}))",
            small(&name)
        )
    };
    let pay = line(sheet.name(parts.payee), pen.write(&sheet.value(parts.payee)));
    let sum = line(sheet.name(parts.words), pen.write(&sheet.value(parts.words)));
    let figures = format!(
        "box(fill: white, stroke: 1.1pt + ink, inset: (x: 11pt, y: 9pt), text(size: 1.16em, {}))",
        pen.write(&sheet.value(parts.amount))
    );
    let figures = stack(4.0, &[small(&sheet.name(parts.amount)), figures]);
    let date = line(sheet.name(parts.date), pen.write(&sheet.value(parts.date)));
    let mark = logo::mark(bank, 34.0, style);
    let branch = small(&inline(&join(&sheet.lines(parts.branch))));
    let bank_name = format!("text(fill: ac, T(1.45em, {}))", sheet.value(parts.bank));
    let holder = stack(5.0, &[small(&sheet.name(parts.holder)), bold(&sheet.value(parts.holder))]);
    let number = stack(5.0, &[small(&sheet.name(parts.number)), bold(&sheet.value(parts.number))]);
    let sign = stack(4.0, &[signature(140.0, style), rule("0.9pt + ink"), small(&role("note", "Signature"))]);
    let purpose = parts.purpose.map_or("[]".to_owned(), |f| line(sheet.name(f), pen.write(&sheet.value(f))));
    let codes = code_line(sheet, parts);
    let top = match form {
        0 => grid(
            "auto, 1fr, auto",
            "(left + horizon, left + horizon, right)",
            (12.0, 0.0),
            &[mark, stack(9.0, &[bank_name, branch]), number.clone()],
        ),
        1 => grid(
            "1fr, auto",
            "(left, right)",
            (12.0, 0.0),
            &[holder.clone(), stack(9.0, &[bank_name, branch])],
        ),
        2 => format!(
            "block(width: 100%, fill: ac, outset: (x: 22pt, top: 18pt), inset: (bottom: 11pt), text(fill: onac, {}))",
            grid(
                "1fr, auto",
                "(left + bottom, right + bottom)",
                (12.0, 0.0),
                &[
                    stack(
                        6.0,
                        &[
                            format!("T(1.45em, {})", sheet.value(parts.bank)),
                            inline(&join(&sheet.lines(parts.branch)))
                        ]
                    ),
                    inline(&[sheet.name(parts.number), text(" "), bold(&sheet.value(parts.number))]),
                ],
            )
        ),
        _ => grid("1fr, auto", "(left, right)", (12.0, 0.0), &[stack(9.0, &[bank_name, branch]), mark]),
    };
    let day = match form {
        1 => grid("1fr, 200pt", "(left, right)", (12.0, 0.0), &[number, date]),
        _ => grid("1fr, 230pt", "(left, right)", (12.0, 0.0), &["[]".to_owned(), date]),
    };
    let left = if form == 1 { purpose } else { stack(11.0, &[holder, purpose]) };
    let middle =
        grid("1fr, auto", "(left + horizon, right)", (22.0, 0.0), &[stack(15.0, &[pay, sum]), figures]);
    let bottom = grid("1fr, 150pt", "(left + bottom, right + bottom)", (40.0, 0.0), &[left, sign]);
    let main = format!(
        "block(width: 100%, height: 100%, inset: (x: 22pt, y: 18pt), {})",
        stack(0.0, &[top, gap(9.0), day, gap(12.0), middle, "1fr".to_owned(), bottom, gap(13.0), codes])
    );
    let inner = if stub > 0.0 {
        let again: Vec<Expr> = [parts.number, parts.date, parts.payee, parts.amount]
            .iter()
            .map(|f| pen.entry(sheet, *f))
            .collect();
        let side = format!(
            "block(width: 100%, height: 100%, inset: (x: 16pt, y: 20pt), fill: tint, {})",
            stack(17.0, &again)
        );
        format!(
            "grid(columns: ({stub:.0}pt, 1fr), rows: {height:.1}pt, grid.vline(x: 1, stroke: (paint: soft, thickness: 1.2pt, dash: (4pt, 3pt))), {side}, {main})"
        )
    } else {
        main
    };
    let ground = desk.paper.ground.hex();
    let frame = if style.chance(0.5) { "stroke: 0.9pt + rule-c, " } else { "" };
    show(
        &mut out,
        &format!(
            "block(width: {width:.1}pt, height: {height:.1}pt, fill: rgb(\"{ground}\"), {frame}clip: true)[{safe}#{inner}]"
        ),
    );
    (out, format!("cheque-{form}{}", if pen.by_hand { "/hand" } else { "" }))
}

/// The line that machines read: cheque, bank and account once more.
fn code_line(sheet: &Sheet, parts: &Parts) -> Expr {
    let mono = "font: (\"Inconsolata\", \"DejaVu Sans Mono\"), size: 1.1em";
    let named = |f: Field| stack(4.0, &[small(&sheet.name(f)), format!("text({mono}, {})", sheet.value(f))]);
    align(
        "left",
        &grid(
            "auto, auto, auto",
            "left",
            (46.0, 0.0),
            &[named(parts.number), named(parts.sort), named(parts.account)],
        ),
    )
}

fn join(lines: &[Expr]) -> Vec<Expr> {
    let mut out = Vec::new();
    for line in lines {
        if !out.is_empty() {
            out.push(text(", "));
        }
        out.push(line.clone());
    }
    out
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// An amount as it is written out on a cheque, such as `Four hundred and twelve 50/100`.
fn in_words(amount: Decimal, decimals: u32) -> String {
    let whole = amount.trunc().to_u64().unwrap_or(0);
    let words = super::desk::capital(&number_in_words(whole));
    if decimals == 0 {
        return format!("{words} only");
    }
    let cents = ((amount - amount.trunc()) * Decimal::ONE_HUNDRED).round().to_u64().unwrap_or(0);
    format!("{words} {cents:02}/100")
}

fn number_in_words(number: u64) -> String {
    let below_hundred = |n: u64| match n {
        0..20 => ONES[n as usize].to_owned(),
        _ if n.is_multiple_of(10) => TENS[n as usize / 10].to_owned(),
        _ => format!("{}-{}", TENS[n as usize / 10], ONES[n as usize % 10]),
    };
    for (size, name) in
        [(1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred")]
    {
        if number >= size {
            let head = format!("{} {name}", number_in_words(number / size));
            return match number % size {
                0 => head,
                rest if rest < 100 => format!("{head} and {}", below_hundred(rest)),
                rest => format!("{head} {}", number_in_words(rest)),
            };
        }
    }
    below_hundred(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_out_as_they_are_said() {
        let cases = [
            (Decimal::new(41_250, 2), 2, "Four hundred and twelve 50/100"),
            (Decimal::new(2_100_005, 2), 2, "Twenty-one thousand 05/100"),
            (Decimal::new(1_007, 0), 2, "One thousand and seven 00/100"),
            (
                Decimal::new(1_234_500, 0),
                0,
                "One million two hundred and thirty-four thousand five hundred only",
            ),
        ];
        for (amount, decimals, words) in cases {
            assert_eq!(in_words(amount, decimals), words);
        }
    }
}
