//! Questions about numbers that are drawn to scale: tasks over time, things in a plane.

use pixmo_render::{NumberFormat, Rng};
use rust_decimal::Decimal;

use super::{Part, named, whole};
use crate::content::{Content, inside, plural};
use crate::program::{Expr, Is, Test};
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    let numbers = main.table.number_columns();
    if main.column("label").is_none() || numbers.is_empty() {
        return None;
    }
    if main.table.name == "tasks" {
        tasks(content, &main, rng)
    } else {
        things(content, &main, &numbers, rng)
    }
}

fn tasks(content: &Content, main: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let (label, start, end) = (main.column("label")?, main.column("start")?, main.column("end")?);
    let row = main.row(rng);
    let at = |row: usize, column: usize| main.table.rows[row][column].as_decimal();
    let number =
        |row: usize, column: usize| Expr::Number(main.with(&[(label, main.shown(row, label))]).over(column));
    let unit = main.table.columns[start].unit.as_str();
    let x = named(content, main.shown(row, label));
    let units = plural(unit);
    let fill = [("x", x.as_str()), ("unit", unit), ("units", units.as_str())];
    match rng.below(6) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "How many {units} lie between the start and the end of {x}?",
                    "How long is the bar of {x}, in {units}?",
                ],
                &fill,
            );
            let span = Expr::Subtract(number(row, end).boxed(), number(row, start).boxed());
            Some(Draft::new("duration", 3, text, span.print(&whole())))
        }
        1 => {
            let (column, word) = *rng.pick(&[(start, "start"), (end, "end")]);
            let text = phrase(
                rng,
                &["At which {unit} does {x} {word}?", "When does {x} {word}? Give the {unit}."],
                &[("x", x.as_str()), ("unit", unit), ("word", word)],
            );
            let shown = Expr::Shown(main.with(&[(label, main.shown(row, label))]).over(column));
            Some(Draft::new("lookup", 1, text, shown))
        }
        2 => {
            let other = main.row(rng);
            let column = *rng.pick(&[start, end]);
            let word = if column == start { "start" } else { "end" };
            let (a, b) = (at(row, column)?, at(other, column)?);
            if a == b {
                return None;
            }
            let yes = rng.chance(0.5);
            let (a, b) = if (a < b) == yes { (row, other) } else { (other, row) };
            let (x, y) = (named(content, main.shown(a, label)), named(content, main.shown(b, label)));
            let text = phrase(
                rng,
                &["Does {x} {word} before {y}?", "Does {x} {word} earlier than {y}?"],
                &[("x", x.as_str()), ("y", y.as_str()), ("word", word)],
            );
            let greater = Expr::Greater(number(b, column).boxed(), number(a, column).boxed());
            Some(Draft::new("compare_yes_no", 3, text, Expr::YesNo(greater.boxed())).styled(Style::YesNo))
        }
        3 => {
            // Tasks that begin after a round point of the axis.
            let bound = at(row, start)? + Decimal::new(5, 1);
            let later = main.table.rows.iter().filter(|r| r[start].as_decimal().is_some_and(|d| d > bound));
            let count = later.count();
            if count == 0 || count == main.len() {
                return None;
            }
            let text = phrase(
                rng,
                &["How many tasks start after {unit} {n}?", "Count the tasks that start after {unit} {n}."],
                &[("unit", unit), ("n", &at(row, start)?.normalize().to_string())],
            );
            let keep = vec![Test { column: start, is: Is::Above(bound) }];
            let rows = Expr::Rows { table: 0, keep };
            Some(Draft::new("count_after", 3, text, Expr::Count(rows.boxed()).print(&whole())))
        }
        _ => {
            let largest = rng.chance(0.5);
            let (column, verb) = *rng.pick(&[(start, "starts"), (end, "ends")]);
            let word = if largest { "last" } else { "first" };
            let text = phrase(
                rng,
                &["Which task {verb} {word}?", "Name the task that {verb} {word}."],
                &[("verb", verb), ("word", word)],
            );
            let over = Expr::all(0).over(column);
            let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
            let kind = if largest { "largest" } else { "smallest" };
            Some(Draft::new(kind, 2, text, Expr::Shown(best.over(label))))
        }
    }
}

fn things(content: &Content, main: &Part<'_>, numbers: &[usize], rng: &mut Rng) -> Option<Draft> {
    let label = main.column("label")?;
    let column = *rng.pick(numbers);
    let printed = main.table.columns[column].name.as_str();
    let name = inside(printed);
    let at = |row: usize| main.table.rows[row][column].as_decimal();
    let number = |row: usize| Expr::Number(main.with(&[(label, main.shown(row, label))]).over(column));
    let row_word = content.nouns.row.as_str();
    match rng.below(5) {
        0 => {
            let two = rng.sample(main.len(), 2);
            let [a, b] = two[..] else { return None };
            let (value_a, value_b) = (at(a)?, at(b)?);
            if value_a == value_b {
                return None;
            }
            let yes = rng.chance(0.5);
            let (a, b) = if (value_a > value_b) == yes { (a, b) } else { (b, a) };
            let (x, y) = (named(content, main.shown(a, label)), named(content, main.shown(b, label)));
            let text = phrase(
                rng,
                &["Is the {name} of {x} higher than that of {y}?", "Does {x} have a higher {name} than {y}?"],
                &[("name", &name), ("x", &x), ("y", &y)],
            );
            let program = Expr::YesNo(Expr::Greater(number(a).boxed(), number(b).boxed()).boxed());
            Some(Draft::new("compare_yes_no", 3, text, program).styled(Style::YesNo))
        }
        1 => {
            let full = match (0..main.len()).filter_map(at).max() {
                Some(largest) if largest > Decimal::TEN => Decimal::ONE_HUNDRED,
                _ => Decimal::TEN,
            };
            let middle = full / Decimal::TWO;
            let above = rng.chance(0.5);
            let word = if above { "above" } else { "below" };
            let text = phrase(
                rng,
                &[
                    "How many {rows} have a {name} {word} {middle}?",
                    "Count the {rows} whose {name} is {word} {middle}.",
                ],
                &[
                    ("rows", content.nouns.rows.as_str()),
                    ("name", &name),
                    ("word", word),
                    ("middle", &NumberFormat::plain(0).print(middle)),
                ],
            );
            let is = if above { Is::Above(middle) } else { Is::Below(middle) };
            let rows = Expr::Rows { table: 0, keep: vec![Test { column, is }] };
            Some(Draft::new("count_above", 3, text, Expr::Count(rows.boxed()).print(&whole())))
        }
        2 => {
            let rank = 2;
            let text = phrase(
                rng,
                &["Which {row} has the second highest {name}?"],
                &[("row", row_word), ("name", &name)],
            );
            let nth = Expr::Nth { over: Expr::all(0).over(column), rank, largest: true };
            Some(Draft::new("nth", 3, text, Expr::Shown(nth.over(label))))
        }
        _ => {
            let largest = rng.chance(0.5);
            let word = if largest { "highest" } else { "lowest" };
            let text = phrase(
                rng,
                &["Which {row} has the {word} {name}?", "Name the {row} with the {word} {name}."],
                &[("row", row_word), ("name", &name), ("word", word)],
            );
            let over = Expr::all(0).over(column);
            let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
            let kind = if largest { "largest" } else { "smallest" };
            Some(Draft::new(kind, 2, text, Expr::Shown(best.over(label))))
        }
    }
}
