//! Pages that propose and report: a white paper with its measures and their cost, a report with the figures of a year.

use std::sync::OnceLock;

use pixmo_render::{Cell, Column, NumberFormat};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;
use serde::Deserialize;

use super::desk::{Desk, Draft};
use super::locale::month_year;
use super::logo;
use super::markup::{
    Expr, align, body, bold, display, gap, grid, inline, note, role, rule, show, small, space, stack, text,
};
use super::pieces::{Lines, col, section, table};
use super::press::{bleed, bookish, columns, modern, para, title as heading_of, tone};
use super::prose::{Span, Teller, run};
use super::sheet::{Field, Sheet};
use super::study::spelled;

/// Who publishes white papers.
const HOUSES: [&str; 8] = [
    "{} Chamber of Trade",
    "Institute for Practical Research, {}",
    "{} Regional Council",
    "Open Ground Foundation",
    "Forum Town and Country, {}",
    "{} Policy Workshop",
    "The Measured Step",
    "Association of Municipalities, {}",
];

/// What a white paper can propose.
#[derive(Debug, Deserialize)]
struct Proposal {
    title: Vec<String>,
    subtitle: Vec<String>,
    /// What the large number on the page is a share of, and its name as a field.
    callout: String,
    callout_name: String,
    measures: Vec<String>,
    facts: Vec<Vec<String>>,
    problem: Vec<Vec<String>>,
    approach: Vec<Vec<String>>,
    outlook: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct File {
    proposal: Vec<Proposal>,
}

fn proposals() -> &'static [Proposal] {
    static PROPOSALS: OnceLock<Vec<Proposal>> = OnceLock::new();
    PROPOSALS.get_or_init(|| {
        let file: File = toml::from_str(include_str!("../../../../data/sources/world/studies.toml"))
            .expect("studies.toml has the form of `Proposal`");
        file.proposal
    })
}

/// What stands around the text.
struct Front {
    title: Field,
    subtitle: Field,
    house: Field,
    author: Field,
    date: Field,
    version: Field,
    share: Field,
    totals: [Field; 2],
}

/// Some sentences as one paragraph.
fn paragraph(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    teller: &mut Teller<'_>,
    sentences: &[Vec<String>],
) -> Expr {
    let mut spans: Vec<Span> = Vec::new();
    for wordings in sentences {
        if !spans.is_empty() {
            spans.push(Span::Words(" ".to_owned()));
        }
        let wording = desk.rng.pick(wordings);
        spans.extend(teller.spans(desk, sheet, wording));
    }
    para(&run(sheet, &spans))
}

/// Writes a page of a white paper.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let proposal = desk.rng.pick(proposals());
    let thousand =
        NumberFormat { prefix: String::new(), suffix: String::new(), decimals: 0, ..place.money.clone() };
    let unit = place.currency;
    let mut sheet = Sheet::with_items(vec![
        (Column::text("Measure"), None),
        (Column::number(format!("Cost ({unit})"), unit, true), Some(thousand.clone())),
        (Column::number(format!("Saving a year ({unit})"), unit, true), Some(thousand.clone())),
    ]);
    sheet.call("measure", "measures");
    sheet.lacks(&[
        "Name of the printer",
        "Number of downloads",
        "Interest rate",
        "Telephone number of the author",
    ]);
    let date = desk.workday();
    let home = desk.town();
    let count = desk.rng.whole(4, proposal.measures.len() as i64) as usize;
    let mut chosen = desk.rng.sample(proposal.measures.len(), count);
    chosen.sort_unstable();
    let (mut cost, mut saving) = (Decimal::ZERO, Decimal::ZERO);
    for index in chosen {
        let euros = libm::exp(desk.rng.range(libm::log(6_000.0), libm::log(240_000.0)));
        let rounded = |euros: f64| {
            let raw = euros * place.factor;
            let step = libm::pow(10.0, libm::floor(libm::log10(raw)) - 1.0);
            Decimal::from_f64(libm::round(raw / step) * step).unwrap_or_default().round()
        };
        let (spent, gained) = (rounded(euros), rounded(euros * desk.rng.range(0.1, 0.42)));
        cost += spent;
        saving += gained;
        sheet.item(vec![
            Cell::text(proposal.measures[index].as_str()),
            sheet.number(1, spent),
            sheet.number(2, gained),
        ]);
    }
    let house = desk.any(&HOUSES).replace("{}", &home);
    let firm = desk.organisation(house, home.clone());
    let mut teller = Teller::new(&proposal.facts, date, &home);
    teller.set("sites", spelled(count), None);
    // The time of recovery follows from the table.
    if proposal.facts.iter().any(|fact| fact[0] == "years" && fact[2].contains("recovered")) {
        let years = (cost / saving.max(Decimal::ONE)).ceil();
        teller.set("years", &years.to_string(), None);
    }
    let title = desk.rng.pick(&proposal.title).clone();
    let subtitle = desk.rng.pick(&proposal.subtitle).clone();
    let author = desk.person().full();
    let version = format!("{}.{}", desk.rng.whole(1, 4), desk.rng.whole(0, 9));
    let share = format!("{}%", desk.rng.whole(21, 68));
    let front = Front {
        title: sheet.tell(
            "Title",
            &title,
            "What is the title of the white paper?|What is the title of the page?",
        ),
        subtitle: sheet.tell(
            "Subtitle",
            &subtitle,
            "What is the subtitle?|What does the line below the title say?",
        ),
        house: sheet.tell(
            "Publisher",
            &firm.name,
            "Who publishes the white paper?|Which organisation publishes the white paper?",
        ),
        author: sheet.tell("Author", &author, "Who wrote the white paper?|Who is the author?"),
        date: sheet.tell(
            "Date",
            &month_year(date),
            "When was the white paper published?|In which month was the white paper published?",
        ),
        version: sheet.tell(
            "Version",
            &version,
            "Which version of the paper is it?|What is the number of the version?",
        ),
        share: sheet.tell(
            &proposal.callout_name,
            &share,
            &format!(
                "What share {}|What percentage {}",
                proposal.callout.replace('.', "?"),
                proposal.callout.replace('.', "?")
            ),
        ),
        totals: [
            sheet.tell(
                "Total cost",
                &thousand.print(cost),
                "What do all measures cost together?|What is the total cost?",
            ),
            sheet.tell(
                "Total saving a year",
                &thousand.print(saving),
                "How much do all measures save in a year?|What is the total saving a year?",
            ),
        ],
    };
    let problem = paragraph(desk, &mut sheet, &mut teller, &proposal.problem);
    let approach = paragraph(desk, &mut sheet, &mut teller, &proposal.approach);
    let outlook = paragraph(desk, &mut sheet, &mut teller, &proposal.outlook);
    let topic = format!("white paper: {title}");

    if desk.style.chance(0.3) {
        bookish(desk);
    } else {
        modern(desk);
    }
    tone(desk, &["#ffffff", "#ffffff", "#fbfcfe", "#fdfcf9"]);
    desk.paper.width = desk.style.range(700.0, 780.0).round();
    desk.paper.base = desk.style.range(12.6, 13.8);
    let form = desk.style.below(4);
    let lines = Lines::draw(&mut desk.style);
    let habit = desk.style.below(4);
    let mut out = String::from("#set par(leading: 0.68em, spacing: 0.95em)\n");
    let cols = [col(0, "1fr", "left"), col(1, "auto", "right"), col(2, "auto", "right")];
    let list = table(&sheet, &cols, lines, desk.style.range(5.5, 7.5));
    let sums = inline(&[
        body("All measures: cost "),
        bold(&sheet.value(front.totals[0])),
        body(", saving a year "),
        bold(&sheet.value(front.totals[1])),
    ]);
    let sums = align("right", &sums);
    let measures = stack(
        0.0,
        &[list, format!("block(width: 100%, stroke: (top: 1.2pt + ac), inset: (x: 9pt, y: 7pt), {sums})")],
    );
    // The figure is several lines high and its line is not, so that it wants more air below.
    let callout = stack(
        14.0,
        &[
            format!("text(fill: ac, {})", display(desk.style.range(3.0, 4.2), &sheet.value(front.share))),
            para(&body(&proposal.callout)),
        ],
    );
    let title = heading_of(desk.style.range(2.3, 2.9), &sheet.value_as(front.title, "title"));
    let subtitle = sheet.value_as(front.subtitle, "subtitle");
    let imprint = |gap: &str| {
        inline(&[
            sheet.value(front.house),
            text(gap),
            sheet.value(front.author),
            text(gap),
            sheet.value(front.date),
            text(gap),
            body("version "),
            sheet.value(front.version),
        ])
    };
    let heads = *desk.style.pick(&[
        ["The problem", "What we propose", "Cost and saving", "Outlook"],
        ["Where we stand", "Our approach", "What it costs", "What comes next"],
        ["Background", "Proposal", "Figures", "Next steps"],
    ]);
    match form {
        0 => {
            let inner = stack(13.0, &[bold(&body("White paper")), title, subtitle]);
            show(&mut out, &bleed(&desk.paper, "ac", 24.0, true, &format!("text(fill: onac, {inner})")));
            show(&mut out, &small(&imprint("  ·  ")));
            space(&mut out, 6.0);
            let part = |head: &str, text: Expr| stack(9.0, &[section(head, habit), text]);
            let text = stack(19.0, &[part(heads[0], problem), part(heads[1], approach)]);
            let side = format!("block(width: 100%, fill: tint, inset: 15pt, {callout})");
            show(&mut out, &grid("2fr, 1fr", "left", (24.0, 0.0), &[text, side]));
            space(&mut out, 4.0);
            show(&mut out, &stack(11.0, &[section(heads[2], habit), measures]));
            space(&mut out, 4.0);
            show(&mut out, &stack(10.0, &[section(heads[3], habit), outlook]));
        }
        1 => {
            let label = |name: &str, field: Field| stack(5.0, &[bold(&body(name)), sheet.value(field)]);
            let side = stack(
                16.0,
                &[
                    logo::mark(&firm.name, 46.0, &mut desk.style),
                    label("Published by", front.house),
                    label("Author", front.author),
                    label("Date", front.date),
                    label("Version", front.version),
                    rule("0.8pt + ac"),
                    callout,
                ],
            );
            let main = stack(
                13.0,
                &[
                    title,
                    format!("text(fill: soft, {subtitle})"),
                    rule("2pt + ac"),
                    section(heads[0], habit),
                    problem,
                    // A heading stands nearer to its own text than to the one before.
                    gap(20.0),
                    section(heads[1], habit),
                    approach,
                    gap(20.0),
                    section(heads[2], habit),
                    measures,
                    gap(20.0),
                    section(heads[3], habit),
                    outlook,
                ],
            );
            let side = format!("block(width: 100%, fill: tint, inset: 14pt, {side})");
            show(&mut out, &grid("1fr, 2.9fr", "left", (26.0, 0.0), &[side, main]));
        }
        2 => {
            show(
                &mut out,
                &align(
                    "center",
                    &stack(
                        13.0,
                        &[
                            logo::mark(&firm.name, 42.0, &mut desk.style),
                            title,
                            format!("text(fill: soft, {subtitle})"),
                            small(&imprint("  ·  ")),
                        ],
                    ),
                ),
            );
            show(&mut out, &rule("1pt + ac"));
            let flow = [
                section(heads[0], habit),
                problem,
                section(heads[1], habit),
                approach,
                section(heads[3], habit),
                outlook,
            ];
            show(&mut out, &columns(2, 24.0, &flow));
            let boxed = format!(
                "block(width: 100%, stroke: (left: 5pt + ac), inset: (left: 16pt, y: 4pt), {callout})"
            );
            show(&mut out, &boxed);
            space(&mut out, 4.0);
            show(&mut out, &stack(11.0, &[section(heads[2], habit), measures]));
        }
        _ => {
            show(
                &mut out,
                &grid(
                    "1fr, auto",
                    "(left, right)",
                    (14.0, 0.0),
                    &[bold(&body("White paper")), small(&sheet.value(front.date))],
                ),
            );
            show(&mut out, &rule("3pt + ac"));
            space(&mut out, 8.0);
            show(&mut out, &stack(11.0, &[title, subtitle]));
            show(
                &mut out,
                &small(&inline(&[
                    sheet.value(front.author),
                    text(", "),
                    sheet.value(front.house),
                    text("  ·  version "),
                    sheet.value(front.version),
                ])),
            );
            space(&mut out, 6.0);
            for (head, text) in [(heads[0], problem), (heads[1], approach)] {
                show(
                    &mut out,
                    &grid(
                        "1fr, 3fr",
                        "left",
                        (20.0, 0.0),
                        &[format!("text(fill: ac, {})", bold(&role("heading", head))), text],
                    ),
                );
                show(&mut out, &rule("0.7pt + rule-c"));
            }
            show(&mut out, &grid("1fr, 3fr", "left", (20.0, 0.0), &[callout, measures]));
            show(&mut out, &rule("0.7pt + rule-c"));
            show(
                &mut out,
                &grid(
                    "1fr, 3fr",
                    "left",
                    (20.0, 0.0),
                    &[format!("text(fill: ac, {})", bold(&role("heading", heads[3]))), outlook],
                ),
            );
            space(&mut out, 8.0);
            show(&mut out, &note("All amounts are estimates for a typical case."));
        }
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "an adviser who has to convince a board".to_owned(),
        design: format!("white-{form}/{}", lines.name()),
    }
}
