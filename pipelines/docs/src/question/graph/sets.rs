//! Questions about sets that overlap, and about the quarters of a plane.

use pixmo_render::Rng;
use rust_decimal::Decimal;

use super::{Part, whole};
use crate::content::Content;
use crate::program::{Expr, Is, Test};
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    if Part::named(&content.data, "quadrants").is_some() {
        return quarter(content, rng);
    }
    let part = Part::named(&content.data, "members")?;
    let (label, sets) = (part.column("label")?, part.column("sets")?);
    let all: Vec<&str> = content.table().texts(0);
    let (row, rows_word) = (content.nouns.row.as_str(), content.nouns.rows.as_str());
    if rng.chance(0.4) {
        return overall(&part, label, sets, &all, content, rng);
    }
    let region = part.shown(part.row(rng), sets);
    let own: Vec<&str> = region.split(" & ").collect();
    let (verb, verbs) = ("belongs", "belong");
    let that = if row == "person" { "who" } else { "that" };
    let place = match own[..] {
        [one] => format!("only to “{one}”"),
        [a, b] if all.len() > 2 => format!("to “{a}” and “{b}” but to no other set"),
        [a, b] => format!("to both “{a}” and “{b}”"),
        _ => "to all three sets".to_owned(),
    };
    let rows = part.with(&[(sets, region)]);
    let fill = [
        ("place", place.as_str()),
        ("row", row),
        ("rows", rows_word),
        ("v", verb),
        ("vs", verbs),
        ("that", that),
    ];
    let single = part.count(sets, region) == 1;
    Some(if rng.chance(0.45) {
        let text =
            phrase(rng, &["How many {rows} {vs} {place}?", "Count the {rows} {that} {vs} {place}."], &fill);
        Draft::new("count_group", 3, text, Expr::Count(rows.boxed()).print(&whole()))
    } else if single {
        let text = phrase(rng, &["Which {row} {v} {place}?", "Name the {row} {that} {v} {place}."], &fill);
        Draft::new("names_group", 3, text, Expr::Names(rows.over(label)))
    } else {
        let text =
            phrase(rng, &["Which {rows} {vs} {place}?", "List the {rows} {that} {vs} {place}."], &fill);
        Draft::new("names_group", 3, text, Expr::Names(rows.over(label)))
    })
}

/// A question about everything inside one circle, or about one member.
fn overall(
    part: &Part<'_>,
    label: usize,
    sets: usize,
    all: &[&str],
    content: &Content,
    rng: &mut Rng,
) -> Option<Draft> {
    let rows_word = content.nouns.rows.as_str();
    let set = *rng.pick(all);
    let holding = |set: &str| -> Vec<String> {
        let mut list: Vec<String> = part
            .texts_of(sets)
            .filter(|region| region.split(" & ").any(|s| s == set))
            .map(str::to_owned)
            .collect();
        list.sort();
        list.dedup();
        list
    };
    let inside = |set: &str| part.one_of(sets, holding(set));
    match rng.below(4) {
        3 => {
            let membership = Part::named(&content.data, "membership")?;
            let name = part.shown(part.row(rng), label);
            let single = membership.count(0, name) == 1;
            let patterns: &[&str] = if single {
                &["To which set does {name} belong?", "In which circle is {name}?"]
            } else {
                &["To which sets does {name} belong?", "In which circles is {name}? Name all."]
            };
            let text = phrase(rng, patterns, &[("name", name)]);
            Some(Draft::new("sets_of", 2, text, Expr::Names(membership.with(&[(0, name)]).over(1))))
        }
        0 => {
            let text = phrase(
                rng,
                &[
                    "How many {rows} belong to “{set}” in all, shared ones included?",
                    "Count all {rows} inside the circle “{set}”.",
                ],
                &[("rows", rows_word), ("set", set)],
            );
            Some(Draft::new("count_set", 3, text, Expr::Count(inside(set).boxed()).print(&whole())))
        }
        1 => {
            let other = *rng.pick(all);
            let size = |set: &str| part.texts_of(sets).filter(|r| r.split(" & ").any(|s| s == set)).count();
            if size(set) == size(other) {
                return None;
            }
            let yes = rng.chance(0.5);
            let (a, b) = if (size(set) > size(other)) == yes { (set, other) } else { (other, set) };
            let text = phrase(
                rng,
                &["Do more {rows} belong to “{a}” than to “{b}”?", "Does “{a}” hold more {rows} than “{b}”?"],
                &[("rows", rows_word), ("a", a), ("b", b)],
            );
            let count = |set: &str| Expr::Count(inside(set).boxed()).boxed();
            let program = Expr::YesNo(Expr::Greater(count(a), count(b)).boxed());
            Some(Draft::new("more_yes_no", 4, text, program).styled(Style::YesNo))
        }
        _ => {
            // Whether one member lies in a set: it is in the rows of the set or not.
            let yes = rng.chance(0.5);
            let row = part.row(rng);
            let (name, region) = (part.shown(row, label), part.shown(row, sets));
            if region.split(" & ").any(|s| s == set) != yes {
                return None;
            }
            let text = phrase(
                rng,
                &["Does {name} belong to “{set}”?", "Is {name} inside the circle “{set}”?"],
                &[("name", name), ("set", set)],
            );
            let keep = vec![
                Test { column: label, is: Is::Text(name.to_owned()) },
                Test { column: sets, is: Is::OneOf(holding(set)) },
            ];
            let found = Expr::Count(Expr::Rows { table: part.index, keep }.boxed());
            let half = Expr::Constant(Decimal::new(5, 1));
            let program = Expr::YesNo(Expr::Greater(found.boxed(), half.boxed()).boxed());
            Some(Draft::new("member_yes_no", 2, text, program).styled(Style::YesNo))
        }
    }
}

/// A question about one quarter of a plane, which has a printed name.
fn quarter(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let names = Part::named(&content.data, "quadrants")?;
    let main = Part::main(content);
    let label = main.column("label")?;
    let numbers = main.table.number_columns();
    let [x, y] = numbers[..] else { return None };
    let decimals = |column: usize| main.table.rows.iter().filter_map(move |r| r[column].as_decimal());
    let ten = Decimal::TEN;
    let full = if decimals(x).chain(decimals(y)).any(|d| d > ten) { ten * ten } else { ten };
    let middle = full / Decimal::TWO;
    let index = rng.below(4);
    let name = names.shown(index, names.column("label")?);
    let (right, top) = (matches!(index, 0 | 3), matches!(index, 0 | 1));
    let side = |above: bool| if above { Is::Above(middle) } else { Is::Below(middle) };
    let keep = vec![Test { column: x, is: side(right) }, Test { column: y, is: side(top) }];
    let rows = Expr::Rows { table: 0, keep };
    let inside = |row: usize| {
        let of = |column: usize| main.table.rows[row][column].as_decimal();
        of(x).zip(of(y)).is_some_and(|(a, b)| (a > middle) == right && (b > middle) == top)
    };
    let held = (0..main.len()).filter(|&r| inside(r)).count();
    let fill = [("name", name), ("row", content.nouns.row.as_str()), ("rows", content.nouns.rows.as_str())];
    Some(if rng.chance(0.5) {
        let text = phrase(
            rng,
            &["How many {rows} lie in “{name}”?", "Count the {rows} in the quadrant “{name}”."],
            &fill,
        );
        Draft::new("count_group", 3, text, Expr::Count(rows.boxed()).print(&whole()))
    } else if held == 1 {
        let text = phrase(
            rng,
            &["Which {row} lies in “{name}”?", "Name the {row} in the quadrant “{name}”."],
            &fill,
        );
        Draft::new("names_group", 3, text, Expr::Names(rows.over(label)))
    } else if held <= 5 {
        let text = phrase(
            rng,
            &["Which {rows} lie in “{name}”?", "List the {rows} in the quadrant “{name}”."],
            &fill,
        );
        Draft::new("names_group", 3, text, Expr::Names(rows.over(label)))
    } else {
        return None;
    })
}
