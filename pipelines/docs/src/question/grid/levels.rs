//! Questions about parts and the groups that they belong to.

use pixmo_render::{NumberFormat, Rng};

use super::{Grid, percent, usual};
use crate::content::Content;
use crate::program::{Expr, Is, Test};
use crate::question::Draft;
use crate::question::wording::phrase;
use crate::visibility::Visible;

/// The column of the parts that names their group.
const GROUP: usize = 2;

pub(in crate::question) fn draft(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let (parts, groups) = (Grid::of(content)?, Grid::of_table(content, 1)?);
    match rng.weighted(&[1.4, 1.2, 1.6, 0.9, 1.2, 2.2, 2.2]) {
        0 => Some(group_of(&parts, rng)),
        1 => Some(count_in_group(&parts, &groups, rng)),
        2 => Some(best_in_group(&parts, &groups, rng)),
        3 => names_in_group(&parts, &groups, rng),
        4 => share_of_group(&parts, &groups, rng),
        5 => usual(&parts, visible, rng),
        // Groups that are not there cannot be named.
        _ => usual(&groups, visible, rng).filter(|draft| !["member_yes_no", "title"].contains(&draft.kind)),
    }
}

/// The parts of a group.
fn members(group: &str) -> Expr {
    Expr::Rows { table: 0, keep: vec![Test { column: GROUP, is: Is::Text(group.to_owned()) }] }
}

fn any_group<'a>(groups: &Grid<'a>, rng: &mut Rng) -> &'a str {
    groups.labels[rng.below(groups.labels.len())]
}

fn group_of(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let row = rng.below(g.labels.len());
    let text = phrase(
        rng,
        &[
            "Which {group} contains {part}?",
            "Which {group} includes {part}?",
            "Under which {group} can {part} be found?",
            "{part}: part of which {group}?",
        ],
        &[("group", &g.content.nouns.group), ("part", g.labels[row])],
    );
    Draft::new("group_of", 1, text, Expr::Shown(g.one(row).over(GROUP)))
}

fn count_in_group(g: &Grid<'_>, groups: &Grid<'_>, rng: &mut Rng) -> Draft {
    let group = any_group(groups, rng);
    let text = phrase(
        rng,
        &[
            "How many {rows} are shown under {group}?",
            "How many {rows} make up {group}?",
            "Count the {rows} of {group}.",
        ],
        &[("rows", g.rows), ("group", group)],
    );
    let count = Expr::Count(members(group).boxed());
    Draft::new("count_in_group", 2, text, count.print(&NumberFormat::plain(0)))
}

fn best_in_group(g: &Grid<'_>, groups: &Grid<'_>, rng: &mut Rng) -> Draft {
    let (group, largest) = (any_group(groups, rng), rng.chance(0.6));
    let word = if largest { rng.word(&["highest", "largest"]) } else { rng.word(&["lowest", "smallest"]) };
    let measure = g.measure(1);
    let text = phrase(
        rng,
        &[
            "Within {group}, which {row} has the {word} {measure}?",
            "Which {row} of {group} has the {word} {measure}?",
            "Among the {rows} of {group}, which one has the {word} {measure}?",
        ],
        &[("group", group), ("row", g.row), ("rows", g.rows), ("word", word), ("measure", &measure)],
    );
    let over = members(group).over(1);
    let row = if largest { Expr::Max(over) } else { Expr::Min(over) };
    Draft::new("best_in_group", 3, text, g.label_of(row))
}

fn names_in_group(g: &Grid<'_>, groups: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let group = any_group(groups, rng);
    let count = g.table.texts(GROUP).into_iter().filter(|name| *name == group).count();
    if count > 4 {
        return None;
    }
    let text = phrase(
        rng,
        &["Which {rows} make up {group}?", "List the {rows} shown under {group}."],
        &[("rows", g.rows), ("group", group)],
    );
    Some(Draft::new("names_in_group", 2, text, Expr::Names(members(group).over(g.label))))
}

fn share_of_group(g: &Grid<'_>, groups: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = rng.below(g.labels.len());
    let group = g.table.rows[row][GROUP].shown.as_str();
    let place = groups.labels.iter().position(|name| *name == group)?;
    let text = phrase(
        rng,
        &[
            "What share of the {measure} of {group} falls to {part}, in per cent to one decimal place?",
            "As a percentage of {group}, how large is {part}, to one decimal place?",
        ],
        &[("measure", &g.measure(1)), ("group", group), ("part", g.labels[row])],
    );
    let program = Expr::Share { part: g.number(row, 1).boxed(), whole: groups.number(place, 1).boxed() };
    Some(Draft::new("share_of_group", 4, text, program.print(&percent())))
}
