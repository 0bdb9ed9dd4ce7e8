//! Questions about events in lanes: how many, where, of what sort, and how many before a day.

use pixmo_render::{Datum, Rng};

use super::{Dates, plain};
use crate::program::{Expr, Is, Test};
use crate::question::wording::phrase;
use crate::question::{Draft, Style};
use crate::visibility::Visible;

pub(super) fn ask(dates: &Dates<'_>, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let nouns = &dates.content.nouns;
    let list = dates.content.data.tables.get(1)?;
    let lane = list.rows[rng.below(list.rows.len())][0].shown.as_str();
    let printed = visible.is_printed(Datum::at(1, 0, 1));
    let fill = [
        ("lane", nouns.row.as_str()),
        ("lanes", nouns.rows.as_str()),
        ("event", nouns.series.as_str()),
        ("events", nouns.series_plural.as_str()),
        ("x", lane),
    ];
    let with = |more: &[(&'static str, &str)], patterns: &[&str], rng: &mut Rng| {
        let all: Vec<(&str, &str)> = fill.iter().copied().chain(more.iter().copied()).collect();
        phrase(rng, patterns, &all)
    };
    let kinds = dates.table.columns.len() > 2;
    let count_of = |keep: Vec<Test>| Expr::Count(Expr::Rows { table: 0, keep }.boxed());
    let is = |column: usize, text: &str| Test { column, is: Is::Text(text.to_owned()) };
    Some(match rng.weighted(&[2.4, 1.8, 1.6, 1.4, 0.8, 0.8, 1.6, 1.4, 1.6, 1.2, 1.0]) {
        0 => {
            let text = with(
                &[],
                &[
                    "How many {events} does {x} have?",
                    "How many {events} are marked for {x}?",
                    "Count the {events} of {x}.",
                ],
                rng,
            );
            Draft::new("count_lane", 2, text, count_of(vec![is(0, lane)]).print(&plain()))
        }
        1 if printed => {
            let most = rng.chance(0.6);
            let word = if most { "most" } else { "fewest" };
            let text = with(
                &[("word", word)],
                &["Which {lane} has the {word} {events}?", "Which of the {lanes} shows the {word} {events}?"],
                rng,
            );
            let over = Expr::all(1).over(1);
            let best = if most { Expr::Max(over) } else { Expr::Min(over) };
            Draft::new(if most { "largest" } else { "smallest" }, 2, text, Expr::Shown(best.over(0)))
        }
        2 => {
            let other = list.rows[rng.below(list.rows.len())][0].shown.as_str();
            if other == lane {
                return None;
            }
            let text = with(
                &[("y", other)],
                &["Does {x} have more {events} than {y}?", "Are more {events} marked for {x} than for {y}?"],
                rng,
            );
            let greater =
                Expr::Greater(count_of(vec![is(0, lane)]).boxed(), count_of(vec![is(0, other)]).boxed());
            Draft::new("compare_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo)
        }
        3 => {
            if dates.table.rows.len() > 36 && !printed {
                return None;
            }
            let text = with(
                &[],
                &["How many {events} are shown in all?", "How many {events} do all {lanes} have together?"],
                rng,
            );
            let program = if printed { Expr::Sum(Expr::all(1).over(1)) } else { count_of(Vec::new()) };
            Draft::new("sum", 3, text, program.print(&plain()))
        }
        4 => {
            let text =
                with(&[], &["How many {lanes} are shown?", "How many {lanes} does the chart list?"], rng);
            Draft::new("count_rows", 1, text, Expr::Count(Expr::all(1).boxed()).print(&plain()))
        }
        5 => {
            let last = rng.chance(0.5);
            let word = if last { "last" } else { "first" };
            let text = with(
                &[("word", word)],
                &[
                    "Which {lane} has the {word} {event} of all?",
                    "Which of the {lanes} has the {word} {event} of the whole chart?",
                ],
                rng,
            );
            let over = Expr::all(0).over(1);
            let best = if last { Expr::Max(over) } else { Expr::Min(over) };
            Draft::new("ends", 2, text, Expr::Shown(best.over(0)))
        }
        6 if kinds => {
            let kind = dates.group(2, rng)?;
            let text = with(
                &[("k", kind)],
                &[
                    "How many {events} of {x} are marked “{k}”?",
                    "For {x}, how many {events} are of the kind “{k}”?",
                ],
                rng,
            );
            let program = count_of(vec![is(0, lane), is(2, kind)]);
            Draft::new("count_kind_lane", 3, text, program.print(&plain()))
        }
        7 if kinds => {
            let kind = dates.group(2, rng)?;
            let text = with(
                &[("k", kind)],
                &[
                    "How many {events} in all are marked “{k}”?",
                    "How many of all {events} are of the kind “{k}”?",
                ],
                rng,
            );
            Draft::new("count_group", 3, text, count_of(vec![is(2, kind)]).print(&plain()))
        }
        8 => {
            let (bound, shown) = dates.bound(1, rng)?;
            let after = rng.chance(0.5);
            let word = if after { "after" } else { "before" };
            let text = with(
                &[("word", word), ("d", &shown)],
                &[
                    "How many {events} of {x} are dated {word} {d}?",
                    "How many {events} does {x} have {word} {d}?",
                ],
                rng,
            );
            let bound = if after { Is::Above(bound) } else { Is::Below(bound) };
            let program = count_of(vec![is(0, lane), Test { column: 1, is: bound }]);
            Draft::new("count_beyond", 3, text, program.print(&plain()))
        }
        9 if printed => {
            let other = list.rows[rng.below(list.rows.len())][0].shown.as_str();
            let number = |name: &str| Expr::Number(Expr::named(1, 0, name).over(1)).boxed();
            let value = |name: &str| list.rows.iter().find(|r| r[0].shown == name)?[1].as_decimal();
            if value(lane)? <= value(other)? {
                return None;
            }
            let text = with(
                &[("y", other)],
                &[
                    "How many more {events} does {x} have than {y}?",
                    "By how many {events} does {x} exceed {y}?",
                ],
                rng,
            );
            Draft::new("difference", 3, text, Expr::Subtract(number(lane), number(other)).print(&plain()))
        }
        _ => {
            let yes = rng.chance(0.5);
            let absent = &dates.content.absent;
            let name = if yes || absent.is_empty() { lane } else { rng.pick(absent).as_str() };
            let text = with(
                &[("n", name)],
                &["Is {n} among the {lanes} shown?", "Does the chart have a lane for {n}?"],
                rng,
            );
            let program = Expr::YesNo(Expr::Exists { table: 1, column: 0, text: name.to_owned() }.boxed());
            Draft::new("member_yes_no", 1, text, program).styled(Style::YesNo)
        }
    })
}
