//! Payslips: earnings, deductions, net pay.

use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;

use super::desk::{Desk, Draft};
use super::locale::month_year;
use super::logo;
use super::markup::{align, bold, display, grid, note, rule, show, small, space, stack};
use super::pieces::{Lines, Pairs, col, section, table, table_of, totals};
use super::sheet::{Field, Sheet};

/// Extra earnings: name, share of the base pay.
const EXTRAS: [(&str, f64, f64); 6] = [
    ("Overtime", 0.02, 0.12),
    ("Seniority allowance", 0.02, 0.06),
    ("Travel allowance", 0.01, 0.05),
    ("Bonus", 0.05, 0.3),
    ("Meal allowance", 0.01, 0.04),
    ("Holiday pay", 0.05, 0.2),
];
/// Deductions: name, share of the gross pay.
const DEDUCTIONS: [(&str, f64, f64); 6] = [
    ("Income tax", 0.12, 0.24),
    ("Health insurance", 0.05, 0.09),
    ("Pension fund", 0.05, 0.1),
    ("Unemployment insurance", 0.01, 0.02),
    ("Union fee", 0.005, 0.01),
    ("Canteen", 0.01, 0.03),
];

/// Writes a payslip.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let what = desk.any(&["Item", "Description", "Pay item"]);
    let mut sheet = Sheet::with_items(vec![
        (Column::text(what), None),
        (Column::text("Kind"), None),
        (
            Column::number(format!("Amount ({})", place.currency), place.currency, false),
            Some(place.bare.clone()),
        ),
    ])
    .and_amounts(&place);
    let (domain, firm) = desk.domain();
    let job = super::desk::capital(desk.rng.pick(&domain.roles).as_str());
    let base = place.price(desk.rng.range(1500.0, 4800.0), &mut desk.rng);
    let mut gross = base;
    let add = |sheet: &mut Sheet, name: &str, kind: &str, amount: Decimal| {
        let cells = vec![Cell::text(name), Cell::text(kind), sheet.number(2, amount)];
        sheet.item(cells);
    };
    let label = desk.any(&["Base salary", "Basic pay", "Monthly salary"]);
    add(&mut sheet, label, "Earning", base);
    let count = desk.rng.whole(1, 3) as usize;
    for index in desk.rng.sample(EXTRAS.len(), count) {
        let (name, low, high) = EXTRAS[index];
        let amount = share(desk, base, low, high);
        gross += amount;
        add(&mut sheet, name, "Earning", amount);
    }
    let earned = sheet.len();
    let mut taken = Decimal::ZERO;
    let count = desk.rng.whole(2, 4) as usize;
    // No payslip is without the tax.
    let mut chosen = desk.rng.sample(DEDUCTIONS.len() - 1, count);
    chosen.iter_mut().for_each(|index| *index += 1);
    chosen.push(0);
    chosen.sort_unstable();
    for index in chosen {
        let (name, low, high) = DEDUCTIONS[index];
        let amount = share(desk, gross, low, high);
        taken += amount;
        add(&mut sheet, name, "Deduction", amount);
    }
    let day = desk.day();
    let worker = desk.person().full();
    let firm_name = sheet.field("Employer", &firm.name);
    let title = desk.any(&["Payslip", "Pay slip", "Salary statement", "Wage slip"]);
    let title = sheet.field("Document", title);
    let label = desk.any(&["Employee", "Name", "Employee name"]);
    let mut meta = vec![sheet.field(label, &worker)];
    let number = desk.code("####");
    meta.push(sheet.field("Staff no.", &number));
    meta.push(sheet.field("Position", &job));
    let label = desk.any(&["Pay period", "Month", "Period"]);
    meta.push(sheet.field(label, &month_year(day)));
    if desk.rng.chance(0.5) {
        let hours =
            desk.place.number(1, " h").print_f64(libm::round(desk.rng.range(120.0, 176.0) * 2.0) / 2.0);
        meta.push(sheet.field("Hours worked", &hours));
    }
    if desk.rng.chance(0.5) {
        let left = desk.rng.whole(0, 28).to_string();
        meta.push(sheet.field("Leave days left", &left));
    }
    let sums = vec![
        sheet.money("Gross pay", gross, &place),
        sheet.money("Total deductions", taken, &place),
        sheet.money(desk.any(&["Net pay", "Paid out", "Take-home pay"]), gross - taken, &place),
    ];
    let topic = format!("payslip of {worker} at {} for {}", firm.name, month_year(day));
    let parts = Parts { firm: firm.name.clone(), firm_name, title, meta, sums, earned };
    let (body, design) = lay_out(desk, &sheet, &parts);
    Draft {
        sheet,
        body,
        topic,
        persona: format!("an employee of {} who checks the deductions", firm.name),
        design,
    }
}

fn share(desk: &mut Desk<'_>, of: Decimal, low: f64, high: f64) -> Decimal {
    let part = Decimal::from_f64_retain(desk.rng.range(low, high)).unwrap_or_default();
    desk.place.money.rounded(of * part)
}

struct Parts {
    firm: String,
    firm_name: Field,
    title: Field,
    meta: Vec<Field>,
    sums: Vec<Field>,
    /// Rows of the items that are earnings; the rest are deductions.
    earned: usize,
}

fn lay_out(desk: &mut Desk<'_>, sheet: &Sheet, parts: &Parts) -> (String, String) {
    let style = &mut desk.style;
    desk.paper.width = *style.pick(&[640.0, 700.0, 794.0]);
    let lines = Lines::draw(style);
    let form = style.below(3);
    let mut out = String::new();
    let name = sheet.value(parts.firm_name);
    let title = display(1.8, &sheet.value_as(parts.title, "title"));
    let mark = logo::with_name(&parts.firm, &name, 36.0, style);
    if style.chance(0.5) {
        show(&mut out, &grid("1fr, auto", "(left + horizon, right + horizon)", (12.0, 0.0), &[mark, title]));
    } else {
        show(&mut out, &stack(14.0, &[mark, format!("text(fill: ac, {title})")]));
    }
    space(&mut out, 6.0);
    show(&mut out, &rule("1pt + ac"));
    space(&mut out, 6.0);
    show(&mut out, &Pairs::draw(style).lay(sheet, &parts.meta, 2));
    space(&mut out, 14.0);
    let earnings: Vec<usize> = (0..parts.earned).collect();
    let deductions: Vec<usize> = (parts.earned..sheet.len()).collect();
    let cols = [col(0, "1fr", "left"), col(2, "auto", "right")];
    let habit = style.below(4);
    let pad = style.range(5.0, 7.5);
    let block = |rows: &[usize], name: &str| {
        stack(8.0, &[section(name, habit), table_of(sheet, rows, &cols, lines, pad)])
    };
    match form {
        0 => {
            let sides = [block(&earnings, "Earnings"), block(&deductions, "Deductions")];
            show(&mut out, &grid("1fr, 1fr", "left", (26.0, 0.0), &sides));
        }
        1 => {
            show(&mut out, &block(&earnings, "Earnings"));
            space(&mut out, 8.0);
            show(&mut out, &block(&deductions, "Deductions"));
        }
        _ => {
            let cols = [col(0, "1fr", "left"), col(1, "auto", "left"), col(2, "auto", "right")];
            show(&mut out, &table(sheet, &cols, lines, pad));
        }
    }
    space(&mut out, 12.0);
    if style.chance(0.4) {
        let cells: Vec<String> = parts
            .sums
            .iter()
            .map(|f| {
                stack(
                    6.0,
                    &[small(&sheet.name(*f)), bold(&format!("text(size: 1.15em, {})", sheet.value(*f)))],
                )
            })
            .collect();
        show(
            &mut out,
            &format!("grid(columns: (1fr, 1fr, 1fr), fill: tint, inset: 10pt, {})", cells.join(", ")),
        );
    } else {
        let sums = totals(sheet, &parts.sums, style);
        show(&mut out, &align("right", &format!("box(width: 60%, {sums})")));
    }
    space(&mut out, 6.0);
    show(&mut out, &note("Paid to your account on the last working day of the month."));
    (out, format!("payslip-{form}/{}", lines.name()))
}
