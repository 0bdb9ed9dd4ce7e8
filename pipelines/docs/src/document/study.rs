//! Studies that papers and abstracts tell of: sites and what was measured there, authors, the words for it.

use std::sync::OnceLock;

use jiff::civil::Date;
use pixmo_render::{Cell, Column};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;
use serde::Deserialize;

use super::desk::Desk;
use super::markup::{Expr, body, inline};
use super::prose::{Span, Teller, run};
use super::sheet::{Field, Sheet};
use crate::content::{inside, plural};

const INSTITUTES: [&str; 8] = [
    "University of {}",
    "{} Institute of Technology",
    "Academy of Sciences, {}",
    "{} College",
    "Regional Research Station {}",
    "Technical University {}",
    "Museum of Natural History, {}",
    "Centre for Applied Studies, {}",
];

const PLACES: [&str; 3] = ["First author", "Second author", "Third author"];

/// What a paper can be about.
#[derive(Debug, Deserialize)]
pub(super) struct Study {
    pub(super) field: String,
    pub(super) title: Vec<String>,
    pub(super) keywords: Vec<String>,
    pub(super) facts: Vec<Vec<String>>,
    #[serde(rename = "abstract")]
    pub(super) summary: Vec<Vec<String>>,
    pub(super) introduction: Vec<Vec<String>>,
    pub(super) method: Vec<Vec<String>>,
    pub(super) results: Vec<Vec<String>>,
    pub(super) conclusion: Vec<Vec<String>>,
    pub(super) formula: String,
    pub(super) figure: Figure,
    pub(super) table: Sites,
}

#[derive(Debug, Deserialize)]
pub(super) struct Figure {
    pub(super) x: String,
    pub(super) y: String,
    /// `fall`, `rise` or `level`.
    pub(super) form: String,
    pub(super) x_max: f64,
    pub(super) y_max: f64,
    pub(super) caption: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Sites {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<String>,
    pub(super) count: [i64; 2],
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) decimals: u32,
}

#[derive(Deserialize)]
struct File {
    study: Vec<Study>,
}

fn studies() -> &'static [Study] {
    static STUDIES: OnceLock<Vec<Study>> = OnceLock::new();
    STUDIES.get_or_init(|| {
        let file: File = toml::from_str(include_str!("../../../../data/sources/world/studies.toml"))
            .expect("studies.toml has the form of `Study`");
        file.study
    })
}

/// A small number in words, as running text gives it.
pub(super) fn spelled(count: usize) -> &'static str {
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        .get(count)
        .copied()
        .unwrap_or("several")
}

/// What a thesis is about: its title and its field.
pub(super) fn thesis(desk: &mut Desk<'_>) -> (String, &'static str) {
    let study = desk.rng.pick(studies());
    (desk.rng.pick(&study.title).clone(), study.field.as_str())
}

/// The study with what was drawn for it.
pub(super) struct Work {
    pub(super) study: &'static Study,
    pub(super) teller: Teller<'static>,
    pub(super) title: Field,
    pub(super) authors: Vec<Field>,
    pub(super) institute: Field,
    pub(super) keywords: Field,
    pub(super) date: Date,
}

pub(super) fn open(desk: &mut Desk<'_>, with_table: bool) -> (Sheet, Work) {
    let place = desk.place.clone();
    let study = desk.rng.pick(studies());
    let table = &study.table;
    let mut sheet = if with_table {
        Sheet::with_items(vec![
            (Column::text(&table.head[0]), None),
            (Column::number(&table.head[1], "", true), Some(place.number(0, ""))),
            (Column::number(&table.head[2], "", false), Some(place.number(table.decimals, ""))),
        ])
    } else {
        Sheet::fields()
    };
    let date = desk.workday();
    let home = desk.town();
    let mut teller = Teller::new(&study.facts, date, &home);
    let number = place.number(table.decimals, "");
    let rows = desk.rng.whole(4, table.rows.len() as i64) as usize;
    let mut chosen = desk.rng.sample(table.rows.len(), rows);
    chosen.sort_unstable();
    let mut sum = 0;
    let mut measured: Vec<(Decimal, &str)> = Vec::new();
    for row in chosen {
        let count = desk.rng.whole(table.count[0], table.count[1]);
        // Means differ, so that the text can name the highest and the lowest.
        let mean = loop {
            let mean = Decimal::from_f64(desk.rng.range(table.low, table.high)).unwrap_or_default();
            let mean = mean.round_dp(table.decimals);
            if measured.iter().all(|(other, _)| *other != mean) {
                break mean;
            }
        };
        sum += count;
        measured.push((mean, table.rows[row].as_str()));
        if with_table {
            let cells = vec![
                Cell::text(table.rows[row].as_str()),
                sheet.number(1, count.into()),
                sheet.number(2, mean),
            ];
            sheet.item(cells);
        }
    }
    measured.sort();
    let (worst, best) = (measured[0], measured[measured.len() - 1]);
    teller.set("sites", spelled(rows), None);
    teller.set("n", &place.number(0, "").print(Decimal::from(sum)), None);
    teller.set("best", best.1, None);
    teller.set("bestvalue", &number.print(best.0), None);
    teller.set("worst", worst.1, None);
    teller.set("worstvalue", &number.print(worst.0), None);
    let noun = inside(&table.head[0]);
    sheet.call(&noun, &plural(&noun));

    let title = sheet.tell(
        "Title",
        desk.rng.pick(&study.title).clone().as_str(),
        "What is the title?|What is the title of the paper?",
    );
    let count = desk.rng.whole(1, 3) as usize;
    let people = desk.people(count);
    let authors: Vec<Field> = people
        .iter()
        .zip(PLACES)
        .map(|(author, place)| {
            let ask = format!("Who is the {0}?|Who is named as the {0}?", place.to_lowercase());
            sheet.tell(place, &author.full(), &ask)
        })
        .collect();
    let town = desk.town();
    let institute = desk.any(&INSTITUTES).replace("{}", &town);
    let institute = sheet.tell(
        "Institution of the authors",
        &institute,
        "Where do the authors work?|Which institution do the authors belong to?",
    );
    let count = desk.rng.whole(3, 5) as usize;
    let words: Vec<&str> = desk
        .rng
        .sample(study.keywords.len(), count)
        .into_iter()
        .map(|k| study.keywords[k].as_str())
        .collect();
    let keywords =
        sheet.tell("Keywords", &words.join(", "), "Which keywords are given?|What are the keywords?");
    (sheet, Work { study, teller, title, authors, institute, keywords, date })
}

/// Some sentences, one wording of each.
pub(super) fn sentences(
    desk: &mut Desk<'_>,
    sheet: &mut Sheet,
    work: &mut Work,
    list: &'static [Vec<String>],
) -> Expr {
    let mut spans: Vec<Span> = Vec::new();
    for wordings in list {
        if !spans.is_empty() {
            spans.push(Span::Words(" ".to_owned()));
        }
        let wording = desk.rng.pick(wordings);
        spans.extend(work.teller.spans(desk, sheet, wording));
    }
    run(sheet, &spans)
}

pub(super) fn names(sheet: &Sheet, work: &Work) -> Expr {
    let mut parts = Vec::new();
    for (index, author) in work.authors.iter().enumerate() {
        if index > 0 {
            parts.push(body(if index + 1 == work.authors.len() { " and " } else { ", " }));
        }
        parts.push(sheet.value(*author));
    }
    inline(&parts)
}
