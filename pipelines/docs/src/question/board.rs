//! Questions about dashboards: key figures, one of the charts, or two of them.

use pixmo_render::{NumberFormat, Rng};

use super::wording::{DECLINES, phrase};
use super::{Draft, Style, grid};
use crate::content::{Content, inside};
use crate::program::Expr;
use crate::visibility::Visible;

/// Proposes one question.
pub(super) fn draft(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    match rng.weighted(&[1.8, 1.0, 0.4, 6.0, 1.6, 0.4]) {
        0 => card(content, rng),
        1 => change(content, rng),
        2 => count(content, rng),
        3 => panel(content, visible, rng),
        4 => across(content, rng),
        _ => grid::title(content, rng),
    }
}

/// Proposes a question that the picture does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let decline = (*rng.pick(DECLINES)).to_owned();
    let panel = rng.below(content.nouns.panels.len().max(1));
    let words = content.nouns.panels.get(panel)?;
    if rng.chance(0.6) && !words.absent.is_empty() {
        let own = alone(content, panel)?;
        let draft = grid::unanswerable(&own, rng)?;
        return Some(placed(draft, content, panel));
    }
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let text = phrase(
        rng,
        &["Which figure does the card “{x}” show?", "What is the value on the card “{x}”?"],
        &[("x", &absent)],
    );
    let program = Expr::Absent { table: 0, column: Some(0), text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn card(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let name = rng.pick(&content.table().rows)[0].shown.as_str();
    let text = phrase(
        rng,
        &[
            "What figure is shown for “{name}”?",
            "Which figure does the card “{name}” show?",
            "What does the card “{name}” say?",
            "Read the key figure “{name}”.",
        ],
        &[("name", name)],
    );
    Some(Draft::new("card", 1, text, Expr::Shown(Expr::named(0, 0, name).over(1))))
}

fn change(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let table = content.table();
    if table.columns.len() < 3 {
        return None;
    }
    let name = rng.pick(&table.rows)[0].shown.as_str();
    let text = phrase(
        rng,
        &["Which change is given for “{name}”?", "By how much did “{name}” change, according to its card?"],
        &[("name", name)],
    );
    Some(Draft::new("card_change", 1, text, Expr::Shown(Expr::named(0, 0, name).over(2))))
}

fn count(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let (table, kind, patterns): (usize, &'static str, &[&str]) = if rng.chance(0.5) {
        (
            0,
            "count_cards",
            &["How many key figures stand on cards?", "How many cards with key figures are there?"],
        )
    } else {
        (
            1,
            "count_panels",
            &[
                "How many charts does the dashboard have?",
                "How many charts are shown below a heading of their own?",
                "How many charts stand under a heading of their own?",
                "How many charts have a heading of their own?",
            ],
        )
    };
    let _ = content;
    let text = phrase(rng, patterns, &[]);
    Some(Draft::new(kind, 1, text, Expr::Count(Expr::all(table).boxed()).print(&NumberFormat::plain(0))))
}

/// The content of one panel, as if it were the whole picture: its table stands first.
fn alone(content: &Content, panel: usize) -> Option<Content> {
    let words = content.nouns.panels.get(panel)?;
    let mut own = content.clone();
    own.data.tables.swap(0, 2 + panel);
    own.nouns = words.nouns.clone();
    own.absent = words.absent.clone();
    own.absent_columns = Vec::new();
    let formats = content.formats.iter().filter(|((table, _), _)| *table == 2 + panel);
    own.formats = formats.map(|((_, column), format)| ((0, *column), format.clone())).collect();
    Some(own)
}

fn panel(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let panel = rng.below(content.nouns.panels.len().max(1));
    let own = alone(content, panel)?;
    let draft = grid::draft(&own, 2 + panel, visible, rng)?;
    if draft.kind == "title" {
        return None;
    }
    Some(placed(Draft { follow_up: None, ..draft }, content, panel))
}

/// The words that begin a question and may stand small after a comma.
const OPENINGS: &[&str] = &[
    "What", "Which", "How", "Is", "Was", "Does", "Did", "In", "For", "By", "Of", "Among", "Name", "State",
    "List", "Count", "Give", "Where", "When", "On", "At", "From", "The",
];

/// A draft about a panel as one about the whole picture.
fn placed(draft: Draft, content: &Content, panel: usize) -> Draft {
    let heading = &content.nouns.panels[panel].heading;
    let first = draft.text.split(' ').next().unwrap_or("");
    let text = if OPENINGS.contains(&first) {
        format!("In the chart “{heading}”, {}", inside(&draft.text))
    } else {
        format!("Chart “{heading}”: {}", draft.text)
    };
    Draft { text, program: swapped(&draft.program, 0, 2 + panel), ..draft }
}

/// The program with two tables exchanged. It is done in the stored form, in which every table goes by that name.
fn swapped(program: &Expr, a: usize, b: usize) -> Expr {
    fn walk(value: &mut serde_json::Value, a: usize, b: usize) {
        match value {
            serde_json::Value::Object(map) => {
                for (key, inner) in map.iter_mut() {
                    match inner.as_u64() {
                        Some(table) if key == "table" && table == a as u64 => *inner = b.into(),
                        Some(table) if key == "table" && table == b as u64 => *inner = a.into(),
                        _ => walk(inner, a, b),
                    }
                }
            }
            serde_json::Value::Array(list) => list.iter_mut().for_each(|inner| walk(inner, a, b)),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(program).expect("programs have a JSON form");
    walk(&mut value, a, b);
    serde_json::from_value(value).expect("other tables leave the form of a program as it is")
}

/// Compares numbers of two charts in the same unit.
fn across(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let count = content.nouns.panels.len();
    if count < 2 {
        return None;
    }
    let two = rng.sample(count, 2);
    let pick = |panel: usize, rng: &mut Rng| {
        let table = &content.data.tables[2 + panel];
        let column = *rng.pick(&table.number_columns());
        let row = rng.below(table.rows.len());
        let label = table.rows[row][0].shown.clone();
        let name = &table.columns[column].name;
        let nouns = &content.nouns.panels[panel].nouns;
        let words = if nouns.measure.is_empty() {
            format!("{label} in the chart “{}”", content.nouns.panels[panel].heading)
        } else {
            format!("{name}, {label} in the chart “{}”", content.nouns.panels[panel].heading)
        };
        let unit = match content.formats.get(&(2 + panel, column)) {
            Some(format) => format!("{}{}{}", format.prefix, format.suffix, table.columns[column].unit),
            None => String::new(),
        };
        let number = Expr::Number(Expr::named(2 + panel, 0, &label).over(column));
        (words, number, unit)
    };
    let (first, second) = (pick(two[0], rng), pick(two[1], rng));
    if first.2 != second.2 || first.2.is_empty() {
        return None;
    }
    let fill = [("a", first.0.as_str()), ("b", second.0.as_str())];
    let text = phrase(
        rng,
        &[
            "Is the value of {a} larger than that of {b}?",
            "Is the number for {a} higher than the number for {b}?",
        ],
        &fill,
    );
    let greater = Expr::Greater(first.1.boxed(), second.1.boxed());
    Some(Draft::new("across_yes_no", 4, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}
