//! The first page of a paper in two columns, with a formula, a figure and a table.

use jiff::ToSpan as _;

use super::desk::{Desk, Draft};
use super::exhibit::{equation, figure};
use super::markup::{Expr, align, body, bold, grid, inline, note, role, rule, show, small, space, stack};
use super::pieces::{Lines, col, table};
use super::press::{bleed, bookish, halves, modern, para, title as heading_of, tone};
use super::study::{names, open, sentences};

/// Where papers of a field appear.
const JOURNALS: [&str; 8] = [
    "Annals of {}",
    "Journal of Applied {}",
    "{} Letters",
    "Northern Journal of {}",
    "{} and Society",
    "Archives of {}",
    "Reports in {}",
    "Transactions on {}",
];

/// Writes the first page of a paper.
pub(super) fn write(desk: &mut Desk<'_>) -> Draft {
    let place = desk.place.clone();
    let (mut sheet, mut work) = open(desk, true);
    sheet.lacks(&["Name of the funding body", "Number of pages", "Name of the reviewer", "Impact factor"]);
    let journal = desk.any(&JOURNALS).replace("{}", &work.study.field);
    let volume = desk.rng.whole(3, 96);
    let first = desk.rng.whole(11, 880);
    let last = first + desk.rng.whole(7, 26);
    let journal = sheet.tell(
        "Journal",
        &journal,
        "In which journal did the paper appear?|Which journal is the paper from?",
    );
    let volume = sheet.tell(
        "Volume",
        &volume.to_string(),
        "Which volume of the journal is it?|What is the number of the volume?",
    );
    let year = sheet.tell("Year", &work.date.year().to_string(), "In which year did the paper appear?");
    let pages = sheet.tell(
        "Pages",
        &format!("{first}–{last}"),
        "Which pages does the paper take up?|On which pages of the volume does the paper stand?",
    );
    let received = place.date(work.date.saturating_sub(desk.rng.whole(90, 240).days()));
    let received = sheet.tell("Date of receipt", &received, "When was the paper received?");
    let accepted = sheet.tell("Date of acceptance", &place.date(work.date), "When was the paper accepted?");

    let study = work.study;
    let summary = para(&sentences(desk, &mut sheet, &mut work, &study.summary));
    let introduction = para(&sentences(desk, &mut sheet, &mut work, &study.introduction));
    let method = para(&sentences(desk, &mut sheet, &mut work, &study.method));
    let results = para(&sentences(desk, &mut sheet, &mut work, &study.results));
    let conclusion = para(&sentences(desk, &mut sheet, &mut work, &study.conclusion));
    let topic = format!("first page of a paper: {}", sheet.shown(work.title));

    let form = desk.style.below(4);
    if form == 1 || desk.style.chance(0.2) {
        modern(desk);
    } else {
        bookish(desk);
    }
    tone(desk, &["#ffffff", "#ffffff", "#fdfcf8", "#fbfaf4"]);
    desk.paper.width = desk.style.range(760.0, 830.0).round();
    desk.paper.margin = (desk.style.range(46.0, 60.0), desk.style.range(38.0, 52.0));
    desk.paper.base = desk.style.range(11.2, 12.2);
    desk.paper.pixels_per_pt = 1.15;
    let justify = if desk.style.chance(0.5) { ", justify: true" } else { "" };
    let mut out = format!("#set par(leading: 0.58em, spacing: 0.8em{justify})\n");
    let wide = (desk.paper.width - 2.0 * desk.paper.margin.0 - 22.0) / 2.0;
    let figure = figure(&study.figure, wide, place.bare.mark, &mut desk.style);
    let lines = *desk.style.pick(&[Lines::Ruled, Lines::Ruled, Lines::Thin, Lines::Zebra]);
    let cols = [col(0, "1fr", "left"), col(1, "auto", "right"), col(2, "auto", "right")];
    let sites = stack(
        7.0,
        &[
            small(&inline(&[bold(&body("Table 1. ")), note(&study.table.caption)])),
            small_table(&table(&sheet, &cols, lines, 4.0)),
        ],
    );
    let numbered = desk.style.chance(0.6);
    let heads = ["Introduction", "Methods", "Results", "Conclusion"];
    let head = |index: usize| {
        let title =
            if numbered { format!("{}. {}", index + 1, heads[index]) } else { heads[index].to_owned() };
        format!("block(above: 1.1em, below: 0.7em, H({}))", role("heading", &title))
    };
    let formula = equation(&study.formula);
    let joined = |index: usize, text: &str| format!("[#{}\n#{text}]", head(index));
    let pitch = desk.paper.base * 1.26;
    let a_line = wide / (desk.paper.base * 0.46);
    let tall = |text: &str| (letters(text) as f64 / a_line).ceil() * pitch + pitch * 2.2;
    let parts = vec![
        (joined(0, &introduction), tall(&introduction)),
        (joined(1, &method), tall(&method)),
        (formula, pitch * 4.2),
        (joined(2, &results), tall(&results)),
        (sites, pitch * (sheet.len() as f64 * 1.35 + 4.0)),
        (joined(3, &conclusion), tall(&conclusion)),
    ];
    let head = if form == 2 { tall(&summary) + pitch * 2.0 } else { 0.0 };
    let flow = set_figure(parts, (figure, wide * 0.56 + 92.0), head);

    let title = heading_of(desk.style.range(1.9, 2.3), &sheet.value_as(work.title, "title"));
    let source = inline(&[
        sheet.value(journal),
        body(", vol. "),
        sheet.value(volume),
        body(" ("),
        sheet.value(year),
        body("), pp. "),
        sheet.value(pages),
    ]);
    let dates = small(&inline(&[
        body("Received "),
        sheet.value(received),
        body("; accepted "),
        sheet.value(accepted),
    ]));
    let keywords = small(&inline(&[bold(&role("heading", "Keywords: ")), sheet.value(work.keywords)]));
    let people = bold(&names(&sheet, &work));
    let house = small(&sheet.value(work.institute));
    match form {
        0 => {
            show(&mut out, &small(&source));
            show(&mut out, &rule("0.7pt + ink"));
            space(&mut out, 6.0);
            show(&mut out, &align("center", &stack(11.0, &[title, people, house, dates])));
            space(&mut out, 4.0);
            let inner =
                stack(8.0, &[align("center", &bold(&role("heading", "Abstract"))), summary, keywords]);
            show(&mut out, &format!("pad(x: 34pt, {inner})"));
            space(&mut out, 4.0);
            show(&mut out, &halves(22.0, &flow));
        }
        1 => {
            show(&mut out, &bleed(&desk.paper, "ac", 9.0, true, &format!("text(fill: onac, {source})")));
            space(&mut out, 6.0);
            show(&mut out, &stack(11.0, &[title, people, house]));
            let inner =
                stack(9.0, &[format!("H({})", role("heading", "Abstract")), summary, keywords, dates]);
            show(&mut out, &format!("block(width: 100%, fill: tint, inset: 13pt, {inner})"));
            space(&mut out, 4.0);
            show(&mut out, &halves(22.0, &flow));
        }
        2 => {
            show(&mut out, &stack(10.0, &[rule("2.4pt + ac"), title, rule("0.7pt + ac"), people, house]));
            space(&mut out, 4.0);
            let mut flow = flow;
            let inner = stack(
                7.0,
                &[bold(&role("heading", "Summary")), format!("text(style: \"italic\", {summary})"), keywords],
            );
            flow.insert(0, inner);
            show(&mut out, &halves(22.0, &flow));
            show(&mut out, &rule("0.7pt + rule-c"));
            show(&mut out, &grid("1fr, auto", "(left, right)", (12.0, 0.0), &[small(&source), dates]));
        }
        _ => {
            show(&mut out, &align("right", &small(&source)));
            show(&mut out, &stack(11.0, &[title, people]));
            show(&mut out, &rule("0.7pt + ink"));
            let label = |name: &str, value: &str| stack(5.0, &[bold(&role("heading", name)), small(value)]);
            let side = stack(
                12.0,
                &[
                    label("Affiliation", &sheet.value(work.institute)),
                    label("Keywords", &sheet.value(work.keywords)),
                    label(
                        "History",
                        &stack(
                            5.0,
                            &[
                                inline(&[body("received "), sheet.value(received)]),
                                inline(&[body("accepted "), sheet.value(accepted)]),
                            ],
                        ),
                    ),
                ],
            );
            let right = stack(8.0, &[bold(&role("heading", "Abstract")), summary]);
            show(&mut out, &grid("1fr, 2.6fr", "left", (22.0, 0.0), &[side, right]));
            show(&mut out, &rule("0.7pt + ink"));
            show(&mut out, &halves(22.0, &flow));
        }
    }
    Draft {
        sheet,
        body: out,
        topic,
        persona: "a reader who prints papers".to_owned(),
        design: format!("paper-{form}/{}", lines.name()),
    }
}

/// How many letters an expression prints: those of its texts, without the addresses of its links.
fn letters(expr: &str) -> usize {
    expr.split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| !text.starts_with("d:") && !text.starts_with("r:"))
        .map(|text| text.chars().count())
        .sum()
}

/// The parts with the figure among them, never first, where two columns come out most alike; heights are estimates, and
/// `head` is the height of what stands above the parts in the first column.
fn set_figure(parts: Vec<(Expr, f64)>, (figure, tall): (Expr, f64), head: f64) -> Vec<Expr> {
    let total: f64 = head + tall + parts.iter().map(|part| part.1).sum::<f64>();
    let uneven = |at: usize| {
        let mut heights: Vec<f64> = parts.iter().map(|part| part.1).collect();
        heights.insert(at, tall);
        let mut above = head;
        let mut least = f64::MAX;
        for height in heights {
            above += height;
            least = least.min((2.0 * above - total).abs());
        }
        least
    };
    let best = (1..=parts.len()).min_by(|a, b| uneven(*a).total_cmp(&uneven(*b))).unwrap_or(1);
    let mut flow: Vec<Expr> = parts.into_iter().map(|part| part.0).collect();
    flow.insert(best, figure);
    flow
}

fn small_table(table: &str) -> Expr {
    format!("text(size: 0.94em, {table})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_that_are_printed() {
        assert_eq!(letters("[#{link(\"r:body\", \"Two words\")}#{link(\"d:1/0/1;r:body\", \"17\")}]"), 11);
    }

    #[test]
    fn the_figure_stands_where_the_columns_come_out_alike() {
        let parts =
            |heights: &[f64]| heights.iter().map(|tall| (format!("{tall}"), *tall)).collect::<Vec<_>>();
        let flow = set_figure(parts(&[50.0, 50.0, 50.0, 50.0]), ("figure".to_owned(), 200.0), 0.0);
        assert!(flow[4] == "figure", "{flow:?}");
        let flow = set_figure(parts(&[100.0, 200.0, 100.0]), ("figure".to_owned(), 200.0), 0.0);
        assert!(flow[1] == "figure" || flow[2] == "figure", "{flow:?}");
    }
}
