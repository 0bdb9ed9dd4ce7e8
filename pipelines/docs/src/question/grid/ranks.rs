//! Questions about places in a ranking over time. The best place is the smallest number.

use pixmo_render::{NumberFormat, Rng};
use rust_decimal::Decimal;

use super::{Grid, structure};
use crate::content::{Content, capital};
use crate::program::{Expr, Is};
use crate::question::wording::{DECLINES, phrase};
use crate::question::{Draft, Style};

/// What the templates are filled with: a row, a column and their names.
struct Spot<'a> {
    row: usize,
    column: usize,
    name: &'a str,
    time: &'a str,
}

fn spot<'a>(g: &Grid<'a>, rng: &mut Rng) -> Spot<'a> {
    let (row, column) = (rng.below(g.labels.len()), *rng.pick(&g.columns));
    Spot { row, column, name: &g.table.columns[column].name, time: g.labels[row] }
}

pub(in crate::question) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let g = &Grid::of(content)?;
    match rng.weighted(&[1.8, 1.8, 1.6, 1.6, 1.0, 1.2, 1.2, 1.0, 0.8]) {
        0 => Some(place_of(g, rng)),
        1 => Some(leader(g, rng)),
        2 => Some(higher(g, rng)),
        3 => higher_yes_no(g, rng),
        4 => Some(best_time(g, rng)),
        5 => Some(count_top(g, rng)),
        6 => climbs(g, rng),
        7 => moved(g, rng),
        _ => structure(g, rng),
    }
}

/// Proposes a question about something or some time that is not in the ranking.
pub(in crate::question) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let g = Grid::of(content)?;
    let Spot { name, time, .. } = spot(&g, rng);
    let decline = (*rng.pick(DECLINES)).to_owned();
    let by_time = content.absent_columns.is_empty() || rng.chance(0.4);
    let names = if by_time { &content.absent } else { &content.absent_columns };
    let absent = rng.pick(names.get(..).filter(|names| !names.is_empty())?).clone();
    let (name, time) = if by_time { (name, absent.as_str()) } else { (absent.as_str(), time) };
    let text = phrase(
        rng,
        &["What was the rank of {name} {at} {time}?", "Which place did {name} hold {at} {time}?"],
        &[("name", name), ("at", g.at()), ("time", time)],
    );
    let column = by_time.then_some(g.label);
    let program = Expr::Absent { table: 0, column, text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn place_of(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let Spot { row, column, name, time } = spot(g, rng);
    let text = phrase(
        rng,
        &[
            "What was the rank of {name} {at} {time}?",
            "Which place did {name} hold {at} {time}?",
            "{at} {time}, at which rank was {name}?",
            "State the rank of {name} {at} {time}.",
        ],
        &[("name", name), ("at", g.at()), ("time", time)],
    );
    Draft::new("lookup", 1, text, Expr::Shown(g.one(row).over(column)))
}

fn leader(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let Spot { row, time, .. } = spot(g, rng);
    let first = rng.chance(0.65);
    let patterns: &[&str] = if first {
        &[
            "Which {series} ranked first {at} {time}?",
            "Which {series} led the ranking {at} {time}?",
            "{at} {time}, which {series} was at the top?",
        ]
    } else {
        &[
            "Which {series} ranked last {at} {time}?",
            "Which {series} was at the bottom of the ranking {at} {time}?",
        ]
    };
    let text = phrase(rng, patterns, &[("series", &g.content.nouns.series), ("at", g.at()), ("time", time)]);
    let program = Expr::BestColumn { rows: g.one(row).boxed(), columns: g.columns.clone(), largest: !first };
    Draft::new(if first { "leader" } else { "last_place" }, 2, text, program)
}

/// Two different columns.
fn pair(g: &Grid<'_>, rng: &mut Rng) -> (usize, usize) {
    let two = rng.sample(g.columns.len(), 2);
    (g.columns[two[0]], g.columns[two[1]])
}

fn higher(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let Spot { row, time, .. } = spot(g, rng);
    let (a, b) = pair(g, rng);
    let text = phrase(
        rng,
        &[
            "Which ranked higher {at} {time}, {a} or {b}?",
            "{a} or {b}: which one held the better place {at} {time}?",
            "Of {a} and {b}, which was ranked better {at} {time}?",
        ],
        &[("a", &g.table.columns[a].name), ("b", &g.table.columns[b].name), ("at", g.at()), ("time", time)],
    );
    let program = Expr::BestColumn { rows: g.one(row).boxed(), columns: vec![a, b], largest: false };
    Draft::new("compare", 2, text, program)
}

fn higher_yes_no(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let Spot { row, time, .. } = spot(g, rng);
    let (a, b) = pair(g, rng);
    let (place_a, place_b) = (g.value(row, a)?, g.value(row, b)?);
    let yes = rng.chance(0.5);
    let (a, b) = if (place_a < place_b) == yes { (a, b) } else { (b, a) };
    let text = phrase(
        rng,
        &[
            "Was {a} ranked above {b} {at} {time}?",
            "Did {a} rank higher than {b} {at} {time}?",
            "{at} {time}, was {a} ahead of {b}?",
        ],
        &[("a", &g.table.columns[a].name), ("b", &g.table.columns[b].name), ("at", g.at()), ("time", time)],
    );
    let greater = Expr::Greater(g.number(row, b).boxed(), g.number(row, a).boxed());
    Some(Draft::new("compare_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn best_time(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let Spot { column, name, .. } = spot(g, rng);
    let best = rng.chance(0.6);
    let word = if best { "best" } else { "worst" };
    let text = phrase(
        rng,
        &[
            "{In} which {row} did {name} have its {word} rank?",
            "When did {name} hold its {word} place?",
            "Which {row} brought {name} its {word} rank?",
        ],
        &[("row", g.row), ("name", name), ("word", word), ("In", &capital(g.at()))],
    );
    let row = if best { Expr::Min(g.all(column)) } else { Expr::Max(g.all(column)) };
    Draft::new("best_time", 3, text, g.label_of(row))
}

fn count_top(g: &Grid<'_>, rng: &mut Rng) -> Draft {
    let Spot { column, name, .. } = spot(g, rng);
    let (bound, words) = if g.columns.len() > 4 && rng.chance(0.5) {
        (Decimal::new(35, 1), "among the top three")
    } else {
        (Decimal::new(15, 1), "in first place")
    };
    let text = phrase(
        rng,
        &["In how many {rows} was {name} {words}?", "How many {rows} show {name} {words}?"],
        &[("rows", g.rows), ("name", name), ("words", words)],
    );
    let rows = g.passing(column, Is::Below(bound));
    Draft::new("count_top", 3, text, Expr::Count(rows.boxed()).print(&NumberFormat::plain(0)))
}

/// Two times, the earlier one first, between which the place of a column differs.
fn way<'a>(g: &Grid<'a>, rng: &mut Rng) -> Option<(Spot<'a>, usize)> {
    let spot = spot(g, rng);
    let other = rng.below(g.labels.len());
    let (from, to) = (spot.row.min(other), spot.row.max(other));
    (g.value(from, spot.column)? != g.value(to, spot.column)?)
        .then(|| (Spot { row: from, time: g.labels[from], ..spot }, to))
}

fn climbs(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (Spot { row, column, name, time }, to) = way(g, rng)?;
    let text = phrase(
        rng,
        &[
            "Did {name} climb in the ranking from {a} to {b}?",
            "Was {name} ranked better {at} {b} than {at} {a}?",
            "Did {name} move up between {a} and {b}?",
        ],
        &[("name", name), ("at", g.at()), ("a", time), ("b", g.labels[to])],
    );
    let greater = Expr::Greater(g.number(row, column).boxed(), g.number(to, column).boxed());
    Some(Draft::new("climbs_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
}

fn moved(g: &Grid<'_>, rng: &mut Rng) -> Option<Draft> {
    let (Spot { row, column, name, time }, to) = way(g, rng)?;
    let (from_place, to_place) = (g.value(row, column)?, g.value(to, column)?);
    let (word, first, second) = if to_place < from_place { ("gain", row, to) } else { ("lose", to, row) };
    let text = phrase(
        rng,
        &[
            "How many places did {name} {word} from {a} to {b}?",
            "By how many ranks did {name} {move} between {a} and {b}?",
        ],
        &[
            ("name", name),
            ("word", word),
            ("move", if word == "gain" { "rise" } else { "fall" }),
            ("a", time),
            ("b", g.labels[to]),
        ],
    );
    let program = Expr::Subtract(g.number(first, column).boxed(), g.number(second, column).boxed());
    Some(Draft::new("places_moved", 4, text, program.print(&NumberFormat::plain(0))))
}
