//! Questions that are answered by pointing: at marks and at texts, by their anchors.

use pixmo_render::{ColumnKind, Datum, Point, Rng, Role};

use super::Family;
use super::wording::phrase;
use crate::chart_content::plane;
use crate::content::{Content, inside};
use crate::visibility::Visible;

/// A question answered by points.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PointQuestion {
    /// The question.
    pub question: String,
    /// A short name of what is pointed at.
    pub name: String,
    /// The points in per cent of width and height, left to right, then top to bottom.
    pub points: Vec<(f64, f64)>,
}

/// Most points of one question.
const POINTS_MAX: usize = 40;

/// Most characters of a name.
const NAME_MAX: usize = 120;

/// Makes up to five questions answered by points.
pub fn point_questions(
    family: Family,
    content: &Content,
    visible: &Visible<'_>,
    rng: &mut Rng,
) -> Vec<PointQuestion> {
    let mut list: Vec<PointQuestion> = Vec::new();
    for _ in 0..24 {
        if list.len() >= 5 {
            break;
        }
        let made = match (family, rng.below(4)) {
            (Family::Page, 1 | 2) if !content.nouns.asks.targets.is_empty() => target(content, visible, rng),
            (Family::Page, 0) => texts_with_role(visible, rng),
            (Family::Page, _) => printed_cell(content, visible, rng),
            (_, 0) => all_marks(content, visible, rng),
            (_, 1) => printed_cell(content, visible, rng),
            _ => one_mark(content, visible, rng),
        };
        if let Some(question) = made
            && !list.iter().any(|q| q.question == question.question || q.name == question.name)
        {
            list.push(question);
        }
    }
    list
}

/// How one asks to be shown one thing.
const ONE: &[&str] = &[
    "Point to {name}.",
    "Where is {name}?",
    "Click on {name}.",
    "Show me {name}.",
    "Locate {name}.",
    "Can you point to {name}?",
    "Find {name}.",
    "Where do I find {name}?",
    "Mark {name}.",
    "Please point out {name}.",
    "Show me where {name} is.",
    "I am looking for {name}.",
    "Put a point on {name}.",
    "Help me find {name}.",
];

/// How one asks to be shown several things.
const SEVERAL: &[&str] = &[
    "Point to {name}.",
    "Mark {name}.",
    "Where are {name}?",
    "Show {name}.",
    "Can you point to {name}?",
    "Please point out {name}.",
    "Find {name}.",
    "Show me where {name} are.",
    "Put points on {name}.",
    "Locate {name}.",
    "I am looking for {name}.",
    "Where do I find {name}?",
];

fn ask(visible: &Visible<'_>, rng: &mut Rng, name: String, anchors: Vec<Point>) -> Option<PointQuestion> {
    if !can_be_marked_up(&name) {
        return None;
    }
    if anchors.is_empty() || anchors.len() > POINTS_MAX {
        return None;
    }
    let patterns = if anchors.len() == 1 { ONE } else { SEVERAL };
    let (width, height) = (f64::from(visible.scene().width), f64::from(visible.scene().height));
    let per_cent = |value: f32, whole: f64| (f64::from(value) * 1000.0 / whole).round() / 10.0;
    let mut points: Vec<(f64, f64)> =
        anchors.iter().map(|p| (per_cent(p.x, width), per_cent(p.y, height))).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points.dedup();
    let inside = |v: f64| (0.0..=100.0).contains(&v);
    points.iter().all(|p| inside(p.0) && inside(p.1)).then(|| PointQuestion {
        question: phrase(rng, patterns, &[("name", &name)]),
        name,
        points,
    })
}

/// True for names that the markup of points can hold: a line of code with quotes or angles in it cannot be one.
fn can_be_marked_up(name: &str) -> bool {
    name.chars().count() <= NAME_MAX && !name.contains(['"', '<', '>']) && !name.contains(char::is_control)
}

/// How a mark of this role is called.
fn noun(role: Role) -> Option<&'static str> {
    Some(match role {
        Role::Bar => "the bar",
        Role::LinePoint => "the point on the line",
        Role::Dot => "the dot",
        Role::Slice => "the slice",
        Role::Tile => "the tile",
        Role::Span => "the range",
        Role::Ribbon => "the ribbon",
        Role::Region => "the region",
        Role::Node => "the box",
        Role::LegendKey => "the legend key",
        _ => return None,
    })
}

/// How the mark with this label is called in this picture.
fn called(role: Role, label: &str, content: &Content) -> Option<String> {
    let (table, nouns) = (content.table().name.as_str(), &content.nouns);
    Some(match (role, table, nouns.row.as_str()) {
        (Role::Tile, "days", _) => format!("the field of day {label}"),
        (Role::Tile, "entries", _) => format!("the block “{label}”"),
        (Role::Node, _, "commit") => format!("commit {label}"),
        (Role::Node, _, "family member") => format!("the box of {label}"),
        (Role::Node, ..) if nouns.series == "automaton" => format!("state {label}"),
        // The dot of a place shows where it lies and what is measured there alike.
        (Role::Dot, ..) if plane::measured_column(content).is_some() => {
            format!("the dot for {}", label.rsplit_once(", ").map_or(label, |(place, _)| place))
        }
        (Role::Dot, ..) if nouns.series == "journey" => format!("the score of “{label}”"),
        _ => format!("{} for {label}", noun(role)?),
    })
}

fn one_mark(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<PointQuestion> {
    let marks: Vec<_> = visible
        .scene()
        .iter()
        .filter(|(_, e)| {
            noun(e.role).is_some() && !e.label.is_empty() && !e.data.is_empty() && !e.bounds.is_empty()
        })
        .collect();
    if marks.is_empty() {
        return None;
    }
    let (_, mark) = *rng.pick(&marks);
    // The label must name it for a reader: its row's name and, with several columns, the column's name are printed.
    let datum = mark.data[0];
    let named = |d: Datum| visible.is_printed(d);
    let many = content.data.tables[usize::from(datum.table)].number_columns().len() > 1;
    let readable = datum.row == Datum::HEADER && named(datum)
        || named(Datum { column: 0, ..datum })
            && (!many || mark.role == Role::Node || named(Datum { row: Datum::HEADER, ..datum }));
    // A time that is not printed names nothing to point at.
    let table = &content.data.tables[usize::from(datum.table)];
    let time = table.columns.get(usize::from(datum.column)).is_some_and(|c| c.kind == ColumnKind::Time);
    if time && !named(datum) {
        return None;
    }
    let twins = marks.iter().filter(|(_, e)| e.role == mark.role && e.label == mark.label).count();
    if !readable || twins != 1 {
        return None;
    }
    ask(visible, rng, called(mark.role, &mark.label, content)?, vec![mark.anchor])
}

fn all_marks(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<PointQuestion> {
    let roles = [Role::Bar, Role::Slice, Role::Node, Role::Dot, Role::LegendKey];
    let role = *rng.pick(&roles);
    let anchors: Vec<Point> = visible
        .scene()
        .iter()
        .filter(|(_, e)| e.role == role && !e.bounds.is_empty())
        .map(|(_, e)| e.anchor)
        .collect();
    let plural = match role {
        Role::Bar => "all bars".to_owned(),
        Role::Slice => "all slices".to_owned(),
        Role::Node => format!("all {}", content.nouns.rows),
        Role::Dot => "all dots".to_owned(),
        _ => "all keys of the legend".to_owned(),
    };
    if anchors.len() < 2 {
        return None;
    }
    ask(visible, rng, plural, anchors)
}

fn printed_cell(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<PointQuestion> {
    let table = rng.below(content.data.tables.len());
    let rows = &content.data.tables[table].rows;
    if rows.is_empty() {
        return None;
    }
    let row = rng.below(rows.len());
    let column = rng.below(rows[row].len());
    let datum = Datum::at(table, row, column);
    let texts: Vec<_> = visible.texts_of(datum).collect();
    let [(_, text)] = texts[..] else { return None };
    let shown = &rows[row][column].shown;
    if shown.is_empty() || shown.len() > 60 || text.label != *shown {
        return None;
    }
    let same = visible.scene().iter().filter(|(_, e)| e.text.is_some() && e.label == *shown).count();
    let data_table = &content.data.tables[table];
    let name = if same == 1 {
        format!("the text “{shown}”")
    } else if data_table.name == "fields" && column == 1 {
        format!("the {}", inside(rows[row][0].shown.trim_end_matches(':')))
    } else if column > 0
        && visible.is_printed(Datum::at(table, row, 0))
        && visible.is_printed(Datum::header(table, column))
    {
        let label = &rows[row][0].shown;
        if rows.iter().filter(|r| r[0].shown == *label).count() != 1 {
            return None;
        }
        let head = &data_table.columns[column].name;
        if table == 0 && !content.nouns.series.is_empty() {
            format!("the {} for {head}, {label}", inside(&content.nouns.measure))
        } else {
            format!("the {} of {label}", inside(head))
        }
    } else {
        return None;
    };
    ask(visible, rng, name, vec![text.anchor])
}

/// Something that the document names itself, such as a button.
fn target(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<PointQuestion> {
    let (name, datum) = rng.pick(&content.nouns.asks.targets);
    let mut texts = visible.texts_of(*datum);
    let anchor = match (visible.marks_of(*datum).next(), texts.next(), texts.next()) {
        (Some((_, mark)), ..) => mark.anchor,
        (None, Some((_, text)), None) => text.anchor,
        _ => return None,
    };
    ask(visible, rng, name.clone(), vec![anchor])
}

fn texts_with_role(visible: &Visible<'_>, rng: &mut Rng) -> Option<PointQuestion> {
    let (role, name) = *rng.pick(&[(Role::Title, "the title"), (Role::Heading, "all headings")]);
    let anchors: Vec<Point> = visible
        .scene()
        .iter()
        .filter(|(_, e)| e.role == role && e.text.is_some())
        .map(|(_, e)| e.anchor)
        .collect();
    if role == Role::Title && anchors.len() != 1 {
        return None;
    }
    ask(visible, rng, name.to_owned(), anchors)
}
