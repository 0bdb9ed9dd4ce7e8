//! Questions about where a node stands and what is written beside it: lanes, columns, groups, details, dates.

use pixmo_render::Rng;

use super::{Part, named, whole};
use crate::content::Content;
use crate::program::{Expr, Is, Test};
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    main.column("label")?;
    let columns: Vec<&str> =
        ["lane", "group", "detail", "date"].into_iter().filter(|c| main.column(c).is_some()).collect();
    if columns.is_empty() {
        return None;
    }
    let name = *rng.pick(&columns);
    match name {
        "date" => dates(content, &main, rng),
        "detail" => details(content, &main, rng),
        _ => regions(content, &main, name, rng),
    }
}

fn dates(content: &Content, main: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let (label, date) = (main.column("label")?, main.column("date")?);
    let row = main.row(rng);
    let (node, value) = (main.shown(row, label), main.shown(row, date));
    let x = named(content, node);
    let clock = value.contains(':');
    let fill = [("x", x.as_str()), ("value", value), ("row", content.nouns.row.as_str())];
    if rng.chance(0.55) {
        let patterns: &[&str] = if clock {
            &["At what time is {x}?", "Which time is given for {x}?"]
        } else {
            &["Which date is given for {x}?", "What is the date of {x}?", "Which date stands with {x}?"]
        };
        let shown = Expr::Shown(main.with(&[(label, node)]).over(date));
        return Some(Draft::new("lookup", 1, phrase(rng, patterns, &fill), shown));
    }
    let patterns: &[&str] = if clock {
        &["What is planned for {value}?", "Which {row} is at {value}?"]
    } else {
        &["Which {row} is dated {value}?", "What is entered for {value}?"]
    };
    let shown = Expr::Shown(main.with(&[(date, value)]).over(label));
    Some(Draft::new("at_date", 1, phrase(rng, patterns, &fill), shown))
}

fn details(content: &Content, main: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let (label, detail) = (main.column("label")?, main.column("detail")?);
    let row = main.row(rng);
    let (node, value) = (main.shown(row, label), main.shown(row, detail));
    if value.is_empty() {
        return None;
    }
    let noun = if content.nouns.measure.is_empty() { "note" } else { content.nouns.measure.as_str() };
    let x = named(content, node);
    let fill = [
        ("x", x.as_str()),
        ("noun", noun),
        ("value", value),
        ("row", content.nouns.row.as_str()),
        ("rows", content.nouns.rows.as_str()),
    ];
    let same = main.count(detail, value);
    if same > 1 && rng.chance(0.3) {
        let patterns: &[&str] = match noun {
            "person" if content.nouns.series == "journey" => {
                &["How many steps show {value}?", "Count the steps of the {value}."]
            }
            "person" => &["How many {rows} are given to {value}?", "Count the {rows} of {value}."],
            _ => &["How many {rows} are marked “{value}”?", "Count the {rows} marked “{value}”."],
        };
        let text = phrase(rng, patterns, &fill);
        let count = Expr::Count(main.with(&[(detail, value)]).boxed());
        return Some(Draft::new("count_detail", 3, text, count.print(&whole())));
    }
    if same == 1 && rng.chance(0.45) {
        let patterns: &[&str] = match noun {
            "post" => &[
                "Who holds the post “{value}”?",
                "Whose post is “{value}”?",
                "Which person has the post “{value}”?",
            ],
            "head" => &["Which {row} is led by {value}?", "Where is {value} the head?"],
            "address" => &["Which {row} has the address {value}?", "To which {row} does {value} belong?"],
            "person" if content.nouns.series == "journey" => &["At which step does the {value} take part?"],
            "person" => &["Which {row} has {value} been given?", "On which {row} does {value} work?"],
            "note on birth" => {
                &["Who was {value}, according to the tree?", "Below whose name stands “{value}”?"]
            }
            _ => &["Beside which {row} stands “{value}”?", "Which {row} has the {noun} “{value}”?"],
        };
        let shown = Expr::Shown(main.with(&[(detail, value)]).over(label));
        return Some(Draft::new("by_detail", 2, phrase(rng, patterns, &fill), shown));
    }
    let patterns: &[&str] = match noun {
        "post" => &["What is the post of {x}?", "Which post does {x} hold?"],
        "head" => &["Who is the head of {x}?", "Who leads {x}?"],
        "address" => &["What is the address of {x}?", "Which address does {x} have?"],
        "person" if content.nouns.series == "journey" => {
            &["Who takes part in the step {x}?", "Who is named on the card {x}?"]
        }
        "person" => &["Who works on {x}?", "Which person stands on the card {x}?"],
        "due date" => &["When is {x} due?", "Which due date stands on {x}?"],
        "estimate" => &["Which estimate stands on {x}?", "How many points does {x} have?"],
        "note on birth" => &["What is written below the name of {x}?"],
        _ => {
            &["What is written beside {x}?", "Which note stands with {x}?", "What does the note at {x} say?"]
        }
    };
    let shown = Expr::Shown(main.with(&[(label, node)]).over(detail));
    Some(Draft::new("lookup", 1, phrase(rng, patterns, &fill), shown))
}

fn regions(content: &Content, main: &Part<'_>, name: &str, rng: &mut Rng) -> Option<Draft> {
    let (label, group) = (main.column("label")?, main.column(name)?);
    let row = main.row(rng);
    let (node, value) = (main.shown(row, label), main.shown(row, group));
    if value.is_empty() {
        return None;
    }
    let noun = match (content.nouns.row.as_str(), content.nouns.measure.as_str()) {
        ("card", _) => "column",
        ("step", _) if content.nouns.series == "journey" => "stage",
        ("part", measure) if name == "lane" => measure,
        (_, measure) if name == "group" && main.column("detail").is_none() && !measure.is_empty() => measure,
        (_, "lane") => "lane",
        _ => name,
    };
    let all: Vec<&str> = {
        let mut seen = Vec::new();
        for row in &main.table.rows {
            let text = row[group].shown.as_str();
            if !text.is_empty() && !seen.contains(&text) {
                seen.push(text);
            }
        }
        seen
    };
    let size = main.count(group, value);
    let x = named(content, node);
    let fill = [
        ("x", x.as_str()),
        ("noun", noun),
        ("value", value),
        ("rows", content.nouns.rows.as_str()),
        ("row", content.nouns.row.as_str()),
    ];
    let inside = || main.with(&[(group, value)]);
    Some(match rng.below(8) {
        0 | 1 => {
            let patterns: &[&str] = match noun {
                "lane" => &["In which lane is {x}?", "Who does {x}?", "To which lane does {x} belong?"],
                "column" => {
                    &["In which column is the card {x}?", "Under which heading does the card {x} stand?"]
                }
                "category" => {
                    &["To which category does the cause {x} belong?", "Under which category does {x} stand?"]
                }
                "machine" => &["On which machine does {x} run?", "Where does {x} run?"],
                "package" => &["In which package is {x}?", "To which package does {x} belong?"],
                "stage" => &["In which stage is the step {x}?", "To which stage does {x} belong?"],
                _ => &["Which {noun} does {x} belong to?", "In which {noun} is {x}?"],
            };
            Draft::new(
                "lookup",
                1,
                phrase(rng, patterns, &fill),
                Expr::Shown(main.with(&[(label, node)]).over(group)),
            )
        }
        2 | 3 => {
            let patterns: &[&str] = match noun {
                "lane" => {
                    &["How many {rows} are in the lane “{value}”?", "How many {rows} belong to “{value}”?"]
                }
                "column" => &[
                    "How many {rows} are in the column “{value}”?",
                    "How many {rows} stand under “{value}”?",
                ],
                "category" => &[
                    "How many causes are named under “{value}”?",
                    "Count the causes of the category “{value}”.",
                ],
                "machine" => {
                    &["How many {rows} run on “{value}”?", "Count the {rows} on the machine “{value}”."]
                }
                _ => &[
                    "How many {rows} belong to the {noun} “{value}”?",
                    "Count the {rows} of the {noun} “{value}”.",
                ],
            };
            let count = |value: &str| Expr::Count(main.with(&[(group, value)]).boxed()).print(&whole());
            let draft = Draft::new("count_group", 3, phrase(rng, patterns, &fill), count(value));
            let other = all[rng.below(all.len())];
            let place = if noun == "machine" { "on" } else { "in" };
            let text = format!("And how many {place} “{other}”?");
            draft.followed_by(Draft::new("count_group_next", 3, text, count(other)))
        }
        4 => {
            if size > 5 {
                return None;
            }
            let patterns: &[&str] = match noun {
                "lane" => &["Which {rows} are in the lane “{value}”?", "List the {rows} done by “{value}”."],
                "column" => {
                    &["Which {rows} are in the column “{value}”?", "List the {rows} under “{value}”."]
                }
                "category" => {
                    &["Which causes are named under “{value}”?", "List the causes of the category “{value}”."]
                }
                "machine" => &["Which {rows} run on “{value}”?", "List the {rows} on the machine “{value}”."],
                _ => &[
                    "Which {rows} belong to the {noun} “{value}”?",
                    "List the {rows} of the {noun} “{value}”.",
                ],
            };
            Draft::new("names_group", 3, phrase(rng, patterns, &fill), Expr::Names(inside().over(label)))
        }
        5 => {
            let nouns = crate::content::plural(noun);
            let text = phrase(
                rng,
                &["How many {nouns} are there?", "How many {nouns} does the diagram have?"],
                &[("nouns", &nouns)],
            );
            let texts = all.iter().map(|t| (*t).to_owned()).collect();
            let distinct = Expr::Distinct(main.one_of(group, texts).over(group));
            Draft::new("count_groups", 2, text, distinct.print(&whole()))
        }
        6 => {
            let other = all[rng.below(all.len())];
            let (low, high) = (main.count(group, value), main.count(group, other));
            if low == high {
                return None;
            }
            let yes = rng.chance(0.5);
            let (a, b) = if (low > high) == yes { (value, other) } else { (other, value) };
            let count = |value: &str| Expr::Count(main.with(&[(group, value)]).boxed()).boxed();
            let text = phrase(
                rng,
                &["Are there more {rows} in “{a}” than in “{b}”?", "Does “{a}” have more {rows} than “{b}”?"],
                &[("a", a), ("b", b), ("rows", content.nouns.rows.as_str())],
            );
            Draft::new("more_yes_no", 4, text, Expr::YesNo(Expr::Greater(count(a), count(b)).boxed()))
                .styled(Style::YesNo)
        }
        _ => {
            // First and last of a group, where its rows stand one above the other in this order.
            if noun != "column" && noun != "category" || size < 2 {
                return None;
            }
            if noun == "category" {
                let texts: Vec<String> = all.iter().map(|t| (*t).to_owned()).collect();
                let text = phrase(
                    rng,
                    &["How many causes are shown in all?", "Count all causes in the diagram."],
                    &[],
                );
                let rows = Expr::Rows { table: 0, keep: vec![Test { column: group, is: Is::OneOf(texts) }] };
                return Some(Draft::new("count_nodes", 2, text, Expr::Count(rows.boxed()).print(&whole())));
            }
            let last = rng.chance(0.5);
            let word = if last { "at the bottom" } else { "at the top" };
            let text = phrase(
                rng,
                &["Which {row} stands {word} of the column “{value}”?", "What is {word} of “{value}”?"],
                &[("word", word), ("value", value), ("row", content.nouns.row.as_str())],
            );
            let rows = inside().boxed();
            let end = if last { Expr::Last(rows) } else { Expr::First(rows) };
            Draft::new("ends", 2, text, Expr::Shown(end.over(label)))
        }
    })
}
