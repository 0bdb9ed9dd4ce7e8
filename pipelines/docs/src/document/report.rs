//! Pages of reports: the figures of a year against those of the year before, as numbers, bars and sentences that agree.

use pixmo_render::{Cell, Column, NumberFormat};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive as _, ToPrimitive as _};

use super::desk::{Desk, Draft};
use super::locale::month_year;
use super::logo;
use super::markup::{Expr, align, body, bold, grid, inline, rule, show, small, space, stack, text};
use super::pieces::{Lines, col, section, table};
use super::press::{bleed, bookish, columns, modern, para, title as heading_of, tone};
use super::prose::{Span, Teller, run};
use super::sheet::Sheet;
use crate::banks::{Domain, Entities, Measure};
use crate::content::inside;

const TITLES: [&str; 6] = [
    "Annual report {year}",
    "Report for the year {year}",
    "The year {year} in figures",
    "Review of {year}",
    "Statement of activities {year}",
    "{year}: what we have achieved",
];
const OPENINGS: [&str; 5] = [
    "The year {year} asked much of us.",
    "This page sums up the year {year}.",
    "Looking back on {year}, we can be content on the whole.",
    "We have come through {year} in good order.",
    "Few years have kept us as busy as {year}.",
];
const SUMS: [&str; 4] = [
    "“{measure}” came to {total} in all, after {before} the year before.",
    "“{measure}” added up to {total}; a year earlier it had been {before}.",
    "All {kinds} together reached {total}, compared with {before} a year earlier.",
    "Over all {kinds} the figure was {total}, against {before} in the year before.",
];
const CHANGES: [&str; 4] = [
    "That is a {way} of {change}.",
    "The {way} of {change} was in line with our plan.",
    "A {way} of {change} had not been expected.",
    "The {way} amounts to {change}.",
];
const BESTS: [&str; 4] = [
    "First among the {kinds} was {best} with {bestvalue}.",
    "{best} leads the list with {bestvalue}.",
    "No other {kind} reached the {bestvalue} of {best}.",
    "As the chart shows, {best} stands out with {bestvalue}.",
];
const WORSTS: [&str; 4] = [
    "At the other end stands {worst} with {worstvalue}.",
    "The list ends with {worst} at {worstvalue}.",
    "The smallest figure, {worstvalue}, is that of {worst}.",
    "With {worstvalue}, {worst} comes last.",
];
const CAUSES: [&str; 4] = [
    "What nobody had planned for was {event}.",
    "Much of the year was shaped by {event}.",
    "The year will be remembered for {event}.",
    "The talk of the year was {event}.",
];
const STAFF: [&str; 3] = [
    "At the end of the year {staff} people worked here.",
    "Our staff numbered {staff} at the end of the year.",
    "We thank our {staff} colleagues for their patience.",
];
const PLANS: [&str; 6] = [
    "For the coming year {plan} has been set aside for new equipment.",
    "A sum of {plan} is planned for repairs.",
    "We intend to spend {plan} on training and safety.",
    "Next year {plan} will go into a better store.",
    "The board has approved {plan} for a new roof.",
    "An investment of {plan} is under way.",
];
const CLOSES: [&str; 5] = [
    "The next report will follow in twelve months.",
    "A full account is kept at the office and may be read there.",
    "We look ahead with confidence, and with a full diary.",
    "We thank all who have kept faith with us.",
    "What was learned will be used.",
];

/// The facts of a report that can be asked for by name.
fn facts(measure: &str) -> Vec<Vec<String>> {
    let fact =
        |slot: &str, draw: &str, name: String, ask: String| vec![slot.to_owned(), draw.to_owned(), name, ask];
    vec![
        fact(
            "total",
            "",
            format!("Total of “{measure}”"),
            format!(
                "What is the total of “{measure}”?|How much is the total of “{measure}” in the year of the report?"
            ),
        ),
        fact(
            "before",
            "",
            format!("Total of “{measure}” in the year before"),
            format!("What was the total of “{measure}” in the year before?"),
        ),
        fact(
            "change",
            "",
            "Change against the year before".to_owned(),
            "By how much did the total change against the year before?".to_owned(),
        ),
        fact(
            "staff",
            "count 6 64",
            "Number of people employed".to_owned(),
            "How many people work there?|How many people were employed at the end of the year?".to_owned(),
        ),
        fact(
            "plan",
            "money 12000 480000",
            "Sum planned for the coming year".to_owned(),
            "How much money is planned for the coming year?|What sum is planned for the coming year?"
                .to_owned(),
        ),
    ]
}

/// A unit as running text gives it.
fn in_words(unit: &str) -> &str {
    match unit {
        "k" => "thousand",
        "M" => "million",
        unit => unit,
    }
}

/// What the figures of a year are called at the head of their column and above their chart.
fn headed(measure: &str, year: i64, unit: &str) -> String {
    if unit.is_empty() { format!("{measure} {year}") } else { format!("{measure} {year} ({unit})") }
}

/// A measure that can be added up, with the things it is of.
fn subject<'a>(desk: &mut Desk<'a>) -> (&'a Domain, String, &'a Measure, &'a Entities) {
    loop {
        let (domain, firm) = desk.domain();
        let fits: Vec<&Measure> = domain.measures.iter().filter(|m| m.additive && m.low >= 0.0).collect();
        if fits.is_empty() {
            continue;
        }
        let measure = *desk.rng.pick(&fits);
        if let Some(kind) = domain.entities.iter().find(|e| e.kind == measure.of && e.names.len() >= 4) {
            return (domain, firm.name, measure, kind);
        }
    }
}

/// Writes a page of a report.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let (domain, house, measure, kind) = subject(desk);
    // Sums of money are told in full, in the currency of the place.
    let (money, times) = match measure.unit.as_str() {
        "currency" => (true, 1.0),
        "k currency" => (true, 1_000.0),
        "M currency" => (true, 1_000_000.0),
        _ => (false, 1.0),
    };
    let unit = if money { place.currency } else { in_words(&measure.unit) };
    let format = NumberFormat { decimals: if money { 0 } else { measure.decimals }, ..place.bare.clone() };
    let date = desk.workday();
    let year = i64::from(date.year()) - 1;
    let mut sheet = Sheet::with_items(vec![
        (Column::text(super::desk::capital(&kind.kind)), None),
        (Column::number(headed(&measure.name, year, unit), unit, true), Some(format.clone())),
        (Column::number(headed(&measure.name, year - 1, unit), unit, true), Some(format.clone())),
    ]);
    sheet.call(&kind.kind, &kind.plural);
    sheet.lacks(&["Name of the auditor", "Share of women on the board", "Number of complaints", "Dividend"]);
    let count = desk.rng.whole(4, kind.names.len().min(7) as i64) as usize;
    let mut rows: Vec<(String, Decimal, Decimal)> = Vec::new();
    let scale = if money { place.factor * times } else { 1.0 };
    for index in desk.rng.sample(kind.names.len(), count) {
        let level =
            libm::exp(desk.rng.range(libm::log(measure.low.max(1.0)), libm::log(measure.high.max(2.0))))
                * scale;
        // Accounts of thousands and millions are closed to three digits.
        let exact = |value: f64| {
            let step = libm::pow(10.0, libm::floor(libm::log10(value.max(1.0))) - 2.0);
            let tidy = if times > 1.0 { libm::round(value / step) * step } else { value };
            format.rounded(Decimal::from_f64(tidy).unwrap_or_default())
        };
        let now = exact(level * desk.rng.range(0.82, 1.3));
        rows.push((kind.names[index].clone(), now, exact(level)));
    }
    // A change must be worth telling.
    let whole = |column: fn(&(String, Decimal, Decimal)) -> Decimal| rows.iter().map(column).sum::<Decimal>();
    let (new, old) = (whole(|r| r.1), whole(|r| r.2));
    if (new - old).abs() * Decimal::from(500) < old {
        rows[0].1 += format.rounded(old / Decimal::from(12)).max(Decimal::ONE);
    }
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (name, now, before) in &rows {
        sheet.item(vec![Cell::text(name.as_str()), sheet.number(1, *now), sheet.number(2, *before)]);
    }
    let total: Decimal = rows.iter().map(|r| r.1).sum();
    let earlier: Decimal = rows.iter().map(|r| r.2).sum();
    let with_unit = |value: Decimal| {
        let number = format.print(value);
        match (money, unit.is_empty()) {
            (true, _) => NumberFormat { decimals: 0, ..place.money.clone() }.print(value),
            (false, true) => number,
            (false, false) => format!("{number}\u{a0}{unit}"),
        }
    };
    let change = ((total - earlier) / earlier.max(Decimal::ONE) * Decimal::ONE_HUNDRED).round_dp(1);
    let name = headed(&measure.name, year, unit);
    let facts = facts(&measure.name);
    let mut teller = Teller::new(&facts, date, "");
    let way = if change.is_sign_negative() { "fall" } else { "rise" };
    let percent = NumberFormat { suffix: "%".to_owned(), ..place.number(1, "") }.print(change.abs());
    for (slot, shown) in [
        ("year", year.to_string()),
        ("org", house.clone()),
        ("measure", measure.name.clone()),
        ("kind", kind.kind.clone()),
        ("kinds", kind.plural.clone()),
        ("total", with_unit(total)),
        ("before", with_unit(earlier)),
        ("way", way.to_owned()),
        ("change", percent),
        ("best", rows[0].0.clone()),
        ("bestvalue", with_unit(rows[0].1)),
        ("worst", rows[rows.len() - 1].0.clone()),
        ("worstvalue", with_unit(rows[rows.len() - 1].1)),
    ] {
        teller.set(slot, &shown, None);
    }
    let event = desk.rng.pick(&domain.events).clone();
    teller.set("event", &inside(&event), None);
    let title = desk.any(&TITLES).replace("{year}", &year.to_string());
    let author = desk.person().full();
    let page = desk.rng.whole(3, 42).to_string();
    // Reports are signed in the office, whatever the house makes.
    let offices = ["head of finance", "secretary", "deputy director", "head of planning", "press officer"];
    let role_of = desk.any(&offices).to_owned();
    let title =
        sheet.tell("Title", &title, "What is the title of the report?|What is the title of the page?");
    let firm =
        sheet.tell("Publisher", &house, "Who publishes the report?|Which organisation is the report about?");
    let author = sheet.tell("Author", &author, "Who wrote the report?|Who is the author of the report?");
    let dated =
        sheet.tell("Date", &month_year(date), "When was the report written?|Of which month is the report?");
    let page = sheet.tell("Page", &page, "What is the number of the page?|Which page of the report is this?");
    let charted = sheet.tell(
        "Subject of the chart",
        &name,
        "What does the chart show?|What is the title of the chart?",
    );

    let mut tell = |desk: &mut Desk<'_>, sheet: &mut Sheet, groups: &[&[&str]]| {
        let mut spans: Vec<Span> = Vec::new();
        for group in groups {
            if !spans.is_empty() {
                spans.push(Span::Words(" ".to_owned()));
            }
            let wording = desk.any(group);
            spans.extend(teller.spans(desk, sheet, wording));
        }
        para(&run(sheet, &spans))
    };
    let summary = tell(desk, &mut sheet, &[&OPENINGS, &SUMS]);
    let detail = tell(desk, &mut sheet, &[&CHANGES, &BESTS, &WORSTS, &CAUSES]);
    let outlook = tell(desk, &mut sheet, &[&STAFF, &PLANS, &CLOSES]);
    let topic = format!("page of a report of {house}: {}", inside(&measure.name));

    if desk.style.chance(0.25) {
        bookish(desk);
    } else {
        modern(desk);
    }
    tone(desk, &["#ffffff", "#ffffff", "#ffffff", "#fbfcfe", "#fdfcf8"]);
    desk.paper.width = desk.style.range(680.0, 780.0).round();
    desk.paper.base = desk.style.range(12.4, 13.6);
    let form = desk.style.below(6);
    let lines = Lines::draw(&mut desk.style);
    let habit = desk.style.below(4);
    let head = sheet.value_as(charted, "heading");
    let wide = desk.paper.width - 2.0 * desk.paper.margin.0;
    let page_line = inline(&[body("Page "), sheet.value(page)]);
    let by = inline(&[sheet.value(author), text(", "), body(&role_of), text("  ·  "), sheet.value(dated)]);
    let title = heading_of(desk.style.range(2.1, 2.6), &sheet.value_as(title, "title"));
    let mut out = String::from("#set par(leading: 0.68em, spacing: 0.95em)\n");
    let heads = *desk.style.pick(&[
        ["Summary", "Figures", "Outlook"],
        ["Overview", "Development", "The year ahead"],
        ["In short", "In detail", "What is planned"],
    ]);
    let cols = [col(0, "1fr", "left"), col(1, "auto", "right"), col(2, "auto", "right")];
    let list = table(&sheet, &cols, lines, desk.style.range(5.0, 7.0));
    match form {
        0 => {
            let inner = stack(11.0, &[sheet.value(firm), title, by]);
            show(&mut out, &bleed(&desk.paper, "ac", 20.0, true, &format!("text(fill: onac, {inner})")));
            space(&mut out, 8.0);
            show(
                &mut out,
                &columns(
                    2,
                    24.0,
                    &[
                        section(heads[0], habit),
                        summary,
                        section(heads[1], habit),
                        detail,
                        section(heads[2], habit),
                        outlook,
                    ],
                ),
            );
            space(&mut out, 4.0);
            let chart = stack(10.0, &[bold(&head), bars(desk, &sheet, &rows, wide * 0.46, false)]);
            show(&mut out, &grid("1fr, 1fr", "left", (24.0, 0.0), &[chart, list]));
            space(&mut out, 6.0);
            show(&mut out, &align("right", &small(&page_line)));
        }
        1 => {
            show(
                &mut out,
                &grid(
                    "auto, 1fr, auto",
                    "(left + horizon, left + horizon, right + horizon)",
                    (14.0, 0.0),
                    &[
                        logo::mark(&house, 34.0, &mut desk.style),
                        small(&sheet.value(firm)),
                        small(&page_line),
                    ],
                ),
            );
            show(&mut out, &rule("1pt + rule-c"));
            space(&mut out, 6.0);
            show(&mut out, &stack(10.0, &[title, small(&by)]));
            show(&mut out, &stack(9.0, &[section(heads[0], habit), summary]));
            let chart = stack(11.0, &[bold(&head), bars(desk, &sheet, &rows, wide - 30.0, false)]);
            show(&mut out, &format!("block(width: 100%, fill: tint, inset: 15pt, {chart})"));
            show(&mut out, &stack(9.0, &[section(heads[1], habit), detail]));
            show(&mut out, &list);
            show(&mut out, &stack(9.0, &[section(heads[2], habit), outlook]));
        }
        2 => {
            show(&mut out, &stack(11.0, &[small(&sheet.value(firm)), title, rule("3pt + ac")]));
            let side = stack(16.0, &[small(&by), bold(&head), bars(desk, &sheet, &rows, wide * 0.4, true)]);
            let main = stack(
                12.0,
                &[
                    section(heads[0], habit),
                    summary,
                    section(heads[1], habit),
                    detail,
                    section(heads[2], habit),
                    outlook,
                ],
            );
            show(&mut out, &grid("1.3fr, 1fr", "left", (26.0, 0.0), &[main, side]));
            space(&mut out, 4.0);
            show(&mut out, &list);
            show(&mut out, &align("center", &small(&page_line)));
        }
        4 => {
            // The board's copy: names and remarks in a narrow margin, everything to be read in the wide column.
            let margin = stack(
                15.0,
                &[
                    logo::mark(&house, 44.0, &mut desk.style),
                    small(&sheet.value(firm)),
                    rule("0.8pt + rule-c"),
                    small(&stack(6.0, &[sheet.value(author), body(&role_of), sheet.value(dated)])),
                    rule("0.8pt + rule-c"),
                    small(&page_line),
                ],
            );
            let chart = stack(11.0, &[bold(&head), bars(desk, &sheet, &rows, wide * 0.72, true)]);
            let part = |name: &str, inner: Expr| stack(9.0, &[section(name, habit), inner]);
            let main = stack(
                17.0,
                &[
                    title,
                    part(heads[0], summary),
                    chart,
                    part(heads[1], detail),
                    list,
                    part(heads[2], outlook),
                ],
            );
            show(&mut out, &grid("1fr, 4fr", "left", (28.0, 0.0), &[margin, main]));
        }
        5 => {
            // A sheet for the wall: chart on a dark panel, text in three columns below.
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left + bottom, right + bottom)",
                    (16.0, 0.0),
                    &[title, small(&sheet.value(firm))],
                ),
            );
            show(&mut out, &rule("1pt + ink"));
            let chart = bars(desk, &sheet, &rows, wide - 44.0, false);
            let panel = stack(14.0, &[bold(&head), chart]);
            show(
                &mut out,
                &format!(
                    "block(width: 100%, stroke: (top: 6pt + ac, rest: 0.8pt + rule-c), inset: 20pt, {panel})"
                ),
            );
            let part = |name: &str, inner: Expr| stack(9.0, &[section(name, habit), inner]);
            show(
                &mut out,
                &grid(
                    "1fr, 1fr, 1fr",
                    "left",
                    (20.0, 0.0),
                    &[part(heads[0], summary), part(heads[1], detail), part(heads[2], outlook)],
                ),
            );
            space(&mut out, 6.0);
            show(&mut out, &list);
            show(
                &mut out,
                &grid("1fr, auto", "(left, right)", (14.0, 0.0), &[small(&by), small(&page_line)]),
            );
        }
        _ => {
            show(&mut out, &align("center", &stack(11.0, &[title, sheet.value(firm), small(&by)])));
            space(&mut out, 6.0);
            show(&mut out, &summary);
            let chart =
                stack(11.0, &[align("center", &bold(&head)), bars(desk, &sheet, &rows, wide - 60.0, true)]);
            show(&mut out, &format!("pad(x: 30pt, {chart})"));
            show(
                &mut out,
                &columns(2, 24.0, &[section(heads[1], habit), detail, section(heads[2], habit), outlook]),
            );
            space(&mut out, 4.0);
            show(&mut out, &list);
            show(&mut out, &align("center", &small(&page_line)));
        }
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a board member who reads the report".to_owned(),
        design: format!("report-{form}/{}", lines.name()),
    }
}

/// Bars of the year of the report, standing or lying, each with its name and number.
fn bars(
    desk: &mut Desk<'_>,
    sheet: &Sheet,
    rows: &[(String, Decimal, Decimal)],
    wide: f64,
    lying: bool,
) -> Expr {
    let most = rows.iter().filter_map(|r| r.1.to_f64()).fold(1.0, f64::max);
    let share = |row: &(String, Decimal, Decimal)| row.1.to_f64().unwrap_or(0.0) / most;
    let longest = rows.iter().map(|r| r.0.chars().count()).max().unwrap_or(1);
    if lying || longest * rows.len() > (wide / 6.4) as usize {
        let room = (longest as f64 * 6.6 + 8.0).min(wide * 0.42);
        let cells: Vec<Expr> = rows
            .iter()
            .enumerate()
            .flat_map(|(index, row)| {
                let length = (share(row) * (wide - room - 84.0)).max(2.0);
                let bar = format!("rect(width: {length:.1}pt, height: 13pt, fill: ac)");
                let value = small(&sheet.cell_as(index, 1, "value_label"));
                [
                    small(&sheet.cell_as(index, 0, "tick_label")),
                    grid("auto, auto", "left + horizon", (6.0, 0.0), &[bar, value]),
                ]
            })
            .collect();
        return grid(&format!("{room:.1}pt, 1fr"), "(right + horizon, left + horizon)", (9.0, 7.0), &cells);
    }
    let tall = desk.style.range(110.0, 150.0);
    let cells: Vec<Expr> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let height = (share(row) * tall).max(2.0);
            let bar = format!("rect(width: 62%, height: {height:.1}pt, fill: ac)");
            stack(4.0, &[small(&sheet.cell_as(index, 1, "value_label")), bar])
        })
        .collect();
    let names: Vec<Expr> =
        (0..rows.len()).map(|index| small(&sheet.cell_as(index, 0, "tick_label"))).collect();
    let widths = vec!["1fr"; rows.len()].join(", ");
    // The bars stand on their line.
    let stand = stack(0.0, &[grid(&widths, "center + bottom", (4.0, 0.0), &cells), rule("1pt + ink")]);
    stack(5.0, &[stand, grid(&widths, "center", (4.0, 0.0), &names)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::banks::Banks;

    #[test]
    fn most_subjects_have_something_to_report() {
        let fits = Banks::bundled()
            .domains
            .iter()
            .filter(|d| d.measures.iter().any(|m| m.additive && m.low >= 0.0))
            .count();
        assert!(fits * 2 > Banks::bundled().domains.len());
        assert_eq!(facts("Takings")[0][2], "Total of “Takings”");
    }
}
