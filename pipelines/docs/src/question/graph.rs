//! Questions about diagrams: nodes and edges, lanes and groups, events, messages, tasks, members.

use pixmo_render::{Data, NumberFormat, Rng, Table};

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::Content;
use crate::program::{Expr, Is, Test};

/// A table found by name, with the columns that questions use.
struct Part<'a> {
    index: usize,
    table: &'a Table,
}

impl<'a> Part<'a> {
    fn named(data: &'a Data, name: &str) -> Option<Self> {
        let index = data.tables.iter().position(|t| t.name == name)?;
        (!data.tables[index].rows.is_empty()).then(|| Part { index, table: &data.tables[index] })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.table.column(name)
    }

    fn shown(&self, row: usize, column: usize) -> &'a str {
        &self.table.rows[row][column].shown
    }

    fn len(&self) -> usize {
        self.table.rows.len()
    }

    fn row(&self, rng: &mut Rng) -> usize {
        rng.below(self.len())
    }

    fn with(&self, tests: &[(usize, &str)]) -> Expr {
        let keep =
            tests.iter().map(|(column, text)| Test { column: *column, is: Is::Text((*text).to_owned()) });
        Expr::Rows { table: self.index, keep: keep.collect() }
    }
}

fn whole() -> NumberFormat {
    NumberFormat { group: None, ..NumberFormat::plain(0) }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let data = &content.data;
    match rng.below(9) {
        0 => count(content, rng),
        1 | 2 => edges(content, rng),
        3 => links(data, rng),
        4 | 5 => groups(content, rng),
        6 => order(content, rng),
        7 => members(data, rng),
        _ => scales(content, rng),
    }
    .or_else(|| title(data, rng))
}

/// Proposes a question that the diagram does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let decline = (*rng.pick(DECLINES)).to_owned();
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let main = &content.data.tables[0];
    let column = main.column("label").unwrap_or(0);
    let patterns: &[&str] = if content.data.tables.iter().any(|t| t.name == "edges") {
        &[
            "What is connected directly to {name}?",
            "What does {name} lead to?",
            "Where does {name} stand in relation to the other {rows}?",
        ]
    } else {
        &["What is said about {name}?", "Which details are given for {name}?", "Where does {name} belong?"]
    };
    let text = phrase(rng, patterns, &[("name", &absent), ("rows", &content.nouns.rows)]);
    let program = Expr::Absent { table: 0, column: Some(column), text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

fn title(data: &Data, rng: &mut Rng) -> Option<Draft> {
    let about = Part::named(data, "about")?;
    let name = about.shown(about.row(rng), 0);
    let text = phrase(
        rng,
        &["What is the {name}?", "What does the {name} say?", "Read out the {name}."],
        &[("name", name)],
    );
    Some(Draft::new("title", 1, text, Expr::Shown(about.with(&[(0, name)]).over(1))))
}

fn count(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let data = &content.data;
    let edges = Part::named(data, "edges");
    if let Some(edges) = edges.filter(|_| rng.chance(0.4)) {
        let text = phrase(
            rng,
            &[
                "How many connections are drawn?",
                "How many lines join the {rows}?",
                "Count the connections between the {rows}.",
            ],
            &[("rows", &content.nouns.rows)],
        );
        return Some(Draft::new(
            "count_edges",
            2,
            text,
            Expr::Count(Expr::all(edges.index).boxed()).print(&whole()),
        ));
    }
    let text = phrase(
        rng,
        &[
            "How many {rows} are shown?",
            "How many {rows} does the diagram have?",
            "Count the {rows} in the diagram.",
            "What is the number of {rows} shown?",
        ],
        &[("rows", &content.nouns.rows)],
    );
    Some(Draft::new("count_nodes", 1, text, Expr::Count(Expr::all(0).boxed()).print(&whole())))
}

fn edges(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let edges = Part::named(&content.data, "edges").or_else(|| Part::named(&content.data, "messages"))?;
    if edges.column("from") != Some(0) || edges.column("to") != Some(1) {
        return None;
    }
    let row = edges.row(rng);
    let (from, to) = (edges.shown(row, 0), edges.shown(row, 1));
    let (table, one, many) = (edges.index, content.nouns.row.as_str(), content.nouns.rows.as_str());
    if edges.table.name == "messages" {
        return messages(&edges, row, rng);
    }
    if content.nouns.series == "undirected" {
        let text = phrase(
            rng,
            &["Is there a direct link between {from} and {to}?", "Are {from} and {to} connected directly?"],
            &[("from", from), ("to", to)],
        );
        let yes = Expr::YesNo(Expr::Linked { table, from: from.into(), to: to.into() }.boxed());
        return Some(Draft::new("linked_yes_no", 2, text, yes).styled(Style::YesNo));
    }
    let label = edges.column("label").map(|c| edges.shown(row, c)).filter(|l| !l.is_empty());
    let degree = |node: &str, out: bool| {
        edges.table.rows.iter().filter(|r| r[if out { 0 } else { 1 }].shown == node).count()
    };
    Some(match rng.below(6) {
        0 => {
            let patterns: &[&str] = if degree(from, true) == 1 {
                &[
                    "Which {one} comes directly after {from}?",
                    "Where does the arrow from {from} lead?",
                    "What follows {from}?",
                ]
            } else {
                &[
                    "Which {many} come directly after {from}?",
                    "Where do the arrows from {from} lead? Name all.",
                    "List the {many} that follow {from} directly.",
                ]
            };
            let text = phrase(rng, patterns, &[("one", one), ("many", many), ("from", from)]);
            Draft::new("successors", 2, text, Expr::Successors { table, node: from.into() })
        }
        1 => {
            let patterns: &[&str] = if degree(to, false) == 1 {
                &[
                    "Which {one} comes directly before {to}?",
                    "From where does the arrow to {to} start?",
                    "What leads directly to {to}?",
                ]
            } else {
                &["Which {many} lead directly to {to}?", "List all {many} with an arrow to {to}."]
            };
            let text = phrase(rng, patterns, &[("one", one), ("many", many), ("to", to)]);
            Draft::new("predecessors", 2, text, Expr::Predecessors { table, node: to.into() })
        }
        2 => {
            let out = rng.chance(0.6);
            let node = if out { from } else { to };
            let word = if out { "leave" } else { "reach" };
            let text = phrase(
                rng,
                &["How many arrows {word} {node}?", "Count the arrows that {word} {node}."],
                &[("word", word), ("node", node)],
            );
            Draft::new("degree", 2, text, Expr::Degree { table, node: node.into(), out }.print(&whole()))
        }
        3 => {
            let target = edges.shown(edges.row(rng), 1);
            let text = phrase(
                rng,
                &[
                    "How many arrows does the shortest way from {from} to {to} take?",
                    "Following the arrows, how many steps is it at least from {from} to {to}?",
                ],
                &[("from", from), ("to", target)],
            );
            if target == from {
                return None;
            }
            Draft::new(
                "steps",
                4,
                text,
                Expr::Steps { table, from: from.into(), to: target.into() }.print(&whole()),
            )
        }
        4 => {
            let column = edges.column("label")?;
            let text = phrase(
                rng,
                &[
                    "What is written on the arrow from {from} to {to}?",
                    "Which label does the arrow from {from} to {to} carry?",
                ],
                &[("from", from), ("to", to)],
            );
            label?;
            Draft::new("edge_label", 2, text, Expr::Shown(edges.with(&[(0, from), (1, to)]).over(column)))
        }
        _ => {
            let column = edges.column("label")?;
            let label = label?;
            let text = phrase(
                rng,
                &[
                    "From {from}, where does the arrow labelled “{label}” lead?",
                    "If the answer at {from} is “{label}”, what comes next?",
                ],
                &[("from", from), ("label", label)],
            );
            Draft::new("branch", 3, text, Expr::Shown(edges.with(&[(0, from), (column, label)]).over(1)))
        }
    })
}

fn messages(part: &Part<'_>, row: usize, rng: &mut Rng) -> Option<Draft> {
    let label = part.column("label")?;
    let (from, to, said) = (part.shown(row, 0), part.shown(row, 1), part.shown(row, label));
    let table = part.index;
    Some(match rng.below(6) {
        0 => {
            let text = phrase(
                rng,
                &["Who sends “{said}”?", "Which participant sends the message “{said}”?"],
                &[("said", said)],
            );
            Draft::new("sender", 1, text, Expr::Shown(part.with(&[(label, said)]).over(0)))
        }
        1 => {
            let text = phrase(
                rng,
                &["Who receives “{said}”?", "To whom is the message “{said}” sent?"],
                &[("said", said)],
            );
            Draft::new("receiver", 1, text, Expr::Shown(part.with(&[(label, said)]).over(1)))
        }
        2 => {
            let text = phrase(
                rng,
                &["How many messages does {from} send?", "Count the messages sent by {from}."],
                &[("from", from)],
            );
            Draft::new(
                "degree",
                2,
                text,
                Expr::Degree { table, node: from.into(), out: true }.print(&whole()),
            )
        }
        3 => {
            let text = phrase(
                rng,
                &["How many messages does {to} receive?", "Count the messages sent to {to}."],
                &[("to", to)],
            );
            Draft::new(
                "degree_in",
                2,
                text,
                Expr::Degree { table, node: to.into(), out: false }.print(&whole()),
            )
        }
        4 => {
            let last = rng.chance(0.5);
            let word = if last { "last" } else { "first" };
            let text = phrase(
                rng,
                &["What is the {word} message?", "Which message is sent {word}?"],
                &[("word", word)],
            );
            let rows = Expr::all(table).boxed();
            let rows = if last { Expr::Last(rows) } else { Expr::First(rows) };
            Draft::new("ends", 1, text, Expr::Shown(rows.over(label)))
        }
        _ => {
            let text = phrase(
                rng,
                &["Which message comes directly after “{said}”?", "What is said right after “{said}”?"],
                &[("said", said)],
            );
            let next = Expr::Next(part.with(&[(label, said)]).boxed());
            Draft::new("next_message", 3, text, Expr::Shown(next.over(label)))
        }
    })
}

fn links(data: &Data, rng: &mut Rng) -> Option<Draft> {
    let edges = Part::named(data, "edges")?;
    let yes = rng.chance(0.5);
    let row = edges.row(rng);
    let (from, to) = if yes {
        (edges.shown(row, 0), edges.shown(row, 1))
    } else {
        let nodes = Part::named(data, "nodes")?;
        let label = nodes.column("label")?;
        (nodes.shown(nodes.row(rng), label), nodes.shown(nodes.row(rng), label))
    };
    let linked = |a: &str, b: &str| edges.table.rows.iter().any(|r| r[0].shown == a && r[1].shown == b);
    if from == to || (!yes && (linked(from, to) || linked(to, from))) {
        return None;
    }
    let text = phrase(
        rng,
        &[
            "Does a connection lead directly from {from} to {to}?",
            "Is there a direct connection from {from} to {to}?",
            "Is {to} reached directly from {from}?",
        ],
        &[("from", from), ("to", to)],
    );
    let program = Expr::YesNo(Expr::Linked { table: edges.index, from: from.into(), to: to.into() }.boxed());
    Some(Draft::new("linked_yes_no", 2, text, program).styled(Style::YesNo))
}

fn groups(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part { index: 0, table: &content.data.tables[0] };
    let label = main.column("label")?;
    let group = main
        .column("lane")
        .or_else(|| main.column("group"))
        .or_else(|| main.column("detail"))
        .or_else(|| main.column("date"))?;
    let name = main.table.columns[group].name.clone();
    let row = main.row(rng);
    let (node, value) = (main.shown(row, label), main.shown(row, group));
    if value.is_empty() {
        return None;
    }
    let noun = match (name.as_str(), content.nouns.measure.as_str()) {
        (_, measure) if !measure.is_empty() => measure,
        ("lane", _) => "lane",
        ("group", _) => "group",
        ("date", _) => "date",
        _ => "detail",
    };
    let fill = [
        ("node", node),
        ("noun", noun),
        ("value", value),
        ("rows", &content.nouns.rows),
        ("row", &content.nouns.row),
    ];
    let kind = |k: &'static str, effort, text, program| Some(Draft::new(k, effort, text, program));
    match (name.as_str(), rng.below(3)) {
        ("date", 0 | 1) => {
            let text = phrase(
                rng,
                &[
                    "When was this: {node}?",
                    "Which date is given for “{node}”?",
                    "What is the date of “{node}”?",
                ],
                &fill,
            );
            kind("lookup", 1, text, Expr::Shown(main.with(&[(label, node)]).over(group)))
        }
        ("date", _) => {
            let text = phrase(
                rng,
                &[
                    "What is entered for {value}?",
                    "Which event is dated {value}?",
                    "What happened at {value}?",
                ],
                &fill,
            );
            kind("at_date", 1, text, Expr::Shown(main.with(&[(group, value)]).over(label)))
        }
        ("detail", _) => {
            let text = phrase(
                rng,
                &[
                    "What {noun} is given for {node}?",
                    "Which {noun} stands with {node}?",
                    "Read out the {noun} of {node}.",
                ],
                &fill,
            );
            kind("lookup", 1, text, Expr::Shown(main.with(&[(label, node)]).over(group)))
        }
        (_, 0) => {
            let text = phrase(
                rng,
                &[
                    "Which {noun} does {node} belong to?",
                    "In which {noun} is {node}?",
                    "Under which {noun} does {node} stand?",
                ],
                &fill,
            );
            kind("lookup", 1, text, Expr::Shown(main.with(&[(label, node)]).over(group)))
        }
        (_, 1) => {
            let text = phrase(
                rng,
                &[
                    "How many {rows} are in the {noun} {value}?",
                    "How many {rows} belong to {value}?",
                    "Count the {rows} of {value}.",
                ],
                &fill,
            );
            kind("count_group", 3, text, Expr::Count(main.with(&[(group, value)]).boxed()).print(&whole()))
        }
        _ => {
            let few = main.table.rows.iter().filter(|r| r[group].shown == value).count() <= 5;
            let text = phrase(
                rng,
                &["Which {rows} are in the {noun} {value}?", "List the {rows} of {value}."],
                &fill,
            );
            few.then(|| {
                Draft::new("names_group", 3, text, Expr::Names(main.with(&[(group, value)]).over(label)))
            })
        }
    }
}

fn order(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part { index: 0, table: &content.data.tables[0] };
    if content.nouns.series != "ordered" {
        return None;
    }
    let label = main.column("label")?;
    let row = main.row(rng);
    let node = main.shown(row, label);
    let fill = [("node", node), ("row", content.nouns.row.as_str())];
    Some(match rng.below(4) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "Which {row} comes directly after {node}?",
                    "What follows {node}?",
                    "Name the {row} right after {node}.",
                ],
                &fill,
            );
            Draft::new(
                "next",
                2,
                text,
                Expr::Shown(Expr::Next(main.with(&[(label, node)]).boxed()).over(label)),
            )
        }
        1 => {
            let text = phrase(
                rng,
                &[
                    "Which {row} comes directly before {node}?",
                    "What precedes {node}?",
                    "Name the {row} right before {node}.",
                ],
                &fill,
            );
            Draft::new(
                "previous",
                2,
                text,
                Expr::Shown(Expr::Previous(main.with(&[(label, node)]).boxed()).over(label)),
            )
        }
        2 => {
            let text = phrase(
                rng,
                &["Which {row} comes first?", "Name the first {row}.", "With which {row} does it begin?"],
                &fill,
            );
            Draft::new("ends", 1, text, Expr::Shown(Expr::First(Expr::all(0).boxed()).over(label)))
        }
        _ => {
            let text = phrase(
                rng,
                &["Which {row} comes last?", "Name the last {row}.", "With which {row} does it end?"],
                &fill,
            );
            Draft::new("ends", 1, text, Expr::Shown(Expr::Last(Expr::all(0).boxed()).over(label)))
        }
    })
}

fn members(data: &Data, rng: &mut Rng) -> Option<Draft> {
    let part = Part::named(data, "members")?;
    if let (Some(label), Some(sets)) = (part.column("label"), part.column("sets")) {
        return venn(&part, label, sets, rng);
    }
    let (node, name, kind) = (part.column("node")?, part.column("name")?, part.column("type")?);
    let row = part.row(rng);
    let (of, member, type_name) = (part.shown(row, node), part.shown(row, name), part.shown(row, kind));
    let fill = [("of", of), ("member", member), ("type", type_name)];
    Some(match rng.below(4) {
        0 => {
            let text = phrase(
                rng,
                &[
                    "How many members are listed for {of}?",
                    "How many entries does {of} have?",
                    "Count the entries inside {of}.",
                ],
                &fill,
            );
            Draft::new(
                "count_members",
                2,
                text,
                Expr::Count(part.with(&[(node, of)]).boxed()).print(&whole()),
            )
        }
        1 => {
            let text = phrase(
                rng,
                &["What is the type of {member} in {of}?", "Which type does {member} of {of} have?"],
                &fill,
            );
            Draft::new("lookup", 1, text, Expr::Shown(part.with(&[(node, of), (name, member)]).over(kind)))
        }
        2 => {
            let text =
                phrase(rng, &["Which entry stands first in {of}?", "Name the first entry of {of}."], &fill);
            Draft::new("ends", 2, text, Expr::Shown(Expr::First(part.with(&[(node, of)]).boxed()).over(name)))
        }
        _ => {
            let text = phrase(
                rng,
                &[
                    "Which entries of {of} have the type {type}?",
                    "List the entries of {of} whose type is {type}.",
                ],
                &fill,
            );
            Draft::new(
                "names_group",
                3,
                text,
                Expr::Names(part.with(&[(node, of), (kind, type_name)]).over(name)),
            )
        }
    })
}

fn venn(part: &Part<'_>, label: usize, sets: usize, rng: &mut Rng) -> Option<Draft> {
    let row = part.row(rng);
    let region = part.shown(row, sets);
    let place = match region.split(" & ").collect::<Vec<_>>()[..] {
        [one] => format!("only to {one}"),
        [a, b] => format!("to both {a} and {b} and nothing else"),
        _ => "to all of the sets".to_owned(),
    };
    let rows = part.with(&[(sets, region)]);
    if rng.chance(0.5) {
        let text = phrase(
            rng,
            &["How many entries belong {place}?", "Count the entries that belong {place}."],
            &[("place", &place)],
        );
        Some(Draft::new("count_group", 3, text, Expr::Count(rows.boxed()).print(&whole())))
    } else {
        let text = phrase(
            rng,
            &["Which entries belong {place}?", "List what belongs {place}."],
            &[("place", &place)],
        );
        Some(Draft::new("names_group", 3, text, Expr::Names(rows.over(label))))
    }
}

fn scales(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part { index: 0, table: &content.data.tables[0] };
    let label = main.column("label")?;
    let numbers = main.table.number_columns();
    if numbers.is_empty() {
        return None;
    }
    let column = *rng.pick(&numbers);
    let name = main.table.columns[column].name.clone();
    let task = main.table.name == "tasks";
    let largest = rng.chance(0.5);
    if rng.chance(0.4) {
        let two = rng.sample(main.len(), 2);
        let (a, b) = (two[0], two[1]);
        let (value_a, value_b) =
            (main.table.rows[a][column].as_decimal()?, main.table.rows[b][column].as_decimal()?);
        let yes = rng.chance(0.5);
        let (a, b) = if (value_a < value_b) == yes { (a, b) } else { (b, a) };
        let number =
            |row: usize| Expr::Number(main.with(&[(label, main.shown(row, label))]).over(column)).boxed();
        let fill = [("a", main.shown(a, label)), ("b", main.shown(b, label)), ("name", name.as_str())];
        let patterns: &[&str] = if task {
            &["Does {a} {name} before {b}?", "Does “{a}” {name} earlier than “{b}”?"]
        } else {
            &["Is {name} lower for {a} than for {b}?"]
        };
        let text = phrase(rng, patterns, &fill);
        let program = Expr::YesNo(Expr::Greater(number(b), number(a)).boxed());
        return Some(Draft::new("compare_yes_no", 3, text, program).styled(Style::YesNo));
    }
    let word = match (task, largest) {
        (true, true) => "last",
        (true, false) => "first",
        (false, true) => "highest",
        (false, false) => "lowest",
    };
    let fill = [("row", content.nouns.row.as_str()), ("name", name.as_str()), ("word", word)];
    let patterns: &[&str] = if task {
        &["Which {row} {name}s {word}?", "Name the {row} that {name}s {word}."]
    } else {
        &["Which {row} has the {word} {name}?", "Name the {row} with the {word} {name}."]
    };
    let text = phrase(rng, patterns, &fill);
    let over = Expr::all(0).over(column);
    let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
    Some(Draft::new(if largest { "largest" } else { "smallest" }, 2, text, Expr::Shown(best.over(label))))
}
