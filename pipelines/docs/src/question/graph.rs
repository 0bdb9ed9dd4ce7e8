//! Questions about diagrams: nodes and arrows, links, lanes and groups, events, messages, tasks, members.

mod arrows;
mod automaton;
mod family;
mod history;
mod journey;
mod links;
mod members;
mod messages;
mod order;
mod places;
mod scales;
mod sets;
mod syntax;

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

    fn main(content: &'a Content) -> Self {
        Part { index: 0, table: content.table() }
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

    /// The rows whose column has one of these texts.
    fn one_of(&self, column: usize, texts: Vec<String>) -> Expr {
        Expr::Rows { table: self.index, keep: vec![Test { column, is: Is::OneOf(texts) }] }
    }

    /// The texts of a column.
    fn texts_of(&self, column: usize) -> impl Iterator<Item = &'a str> {
        let table = self.table;
        table.rows.iter().map(move |r| r[column].shown.as_str())
    }

    /// How many rows have this text in the column.
    fn count(&self, column: usize, text: &str) -> usize {
        self.table.rows.iter().filter(|r| r[column].shown == text).count()
    }
}

fn whole() -> NumberFormat {
    NumberFormat { group: None, ..NumberFormat::plain(0) }
}

/// What nodes are whose labels are names and need no marks of quotation.
const NAMED: &[&str] = &[
    "person",
    "relative",
    "device",
    "stop",
    "participant",
    "class",
    "entity",
    "species",
    "component",
    "unit",
    "group",
    "family member",
    "commit",
    "part",
    "element",
    "block",
];

/// A label as it stands in a sentence.
fn named(content: &Content, label: &str) -> String {
    if NAMED.contains(&content.nouns.row.as_str()) { label.to_owned() } else { format!("“{label}”") }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let data = &content.data;
    let own = match (content.nouns.row.as_str(), content.nouns.series.as_str()) {
        ("family member", _) => Some(family::ask(content, rng)),
        ("commit", _) => Some(history::ask(content, rng)),
        (_, "journey") => Some(journey::ask(content, rng)),
        (_, "automaton") => Some(automaton::ask(content, rng)),
        (_, "syntax") => Some(syntax::ask(content, rng)),
        _ => None,
    };
    if let Some(own) = own {
        return own.or_else(|| title(data, rng));
    }
    let undirected = content.nouns.series == "undirected";
    match rng.below(11) {
        0 => count(content, rng),
        1..=3 if undirected => links::ask(content, rng),
        1..=3 => arrows::ask(content, rng).or_else(|| messages::ask(data, rng)),
        4 => links::yes_no(content, rng).or_else(|| places::ask(content, rng)),
        5 | 6 => places::ask(content, rng),
        7 => order::ask(content, rng),
        8 => members::ask(content, rng).or_else(|| sets::ask(content, rng)),
        9 => sets::ask(content, rng).or_else(|| messages::ask(data, rng)),
        _ => scales::ask(content, rng),
    }
    .or_else(|| title(data, rng))
}

/// Proposes a question that the diagram does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let decline = (*rng.pick(DECLINES)).to_owned();
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let data = &content.data;
    let has = |name: &str| Part::named(data, name).is_some();
    // Members of sets stand in a table of their own.
    let table = Part::named(data, "members").filter(|m| m.column("sets").is_some()).map_or(0, |m| m.index);
    let column = data.tables[table].column("label").unwrap_or(0);
    let row = content.nouns.row.as_str();
    let patterns: &[&str] = match row {
        _ if table > 0 => &["To which sets does {name} belong?", "In which circle is {name}?"],
        "person" if has("edges") => &[
            "To whom does {name} report?",
            "Who reports directly to {name}?",
            "Which post does {name} hold?",
        ],
        "relative" => &["Who are the children of {name}?", "Whose child is {name}?"],
        "unit" if has("edges") => {
            &["Which unit stands directly above {name}?", "Which units belong to {name}?"]
        }
        "species" if has("edges") => {
            &["Which species eat {name}?", "What does {name} eat according to the picture?"]
        }
        "participant" => {
            &["How many messages does {name} send?", "To whom does {name} send the first message?"]
        }
        "class" if has("edges") => {
            &["Which members does {name} have?", "From which class does {name} inherit?"]
        }
        "entity" => &["Which fields does {name} have?", "To which entity is {name} related?"],
        "entry" => &["From what does {name} branch off?", "What hangs directly on {name}?"],
        "group" if has("edges") => {
            &["To which group does {name} belong directly?", "Which groups belong to {name}?"]
        }
        "node" => &["Which question leads directly to {name}?", "After which question does {name} come?"],
        "event" if !has("edges") => &["What is the date of {name}?", "Which date is given for {name}?"],
        "task" if has("tasks") => &["When does {name} start?", "How long does {name} take?"],
        "card" => &["In which column is the card {name}?", "Where does the card {name} stand?"],
        "cause" => {
            &["To which category does the cause {name} belong?", "Under which bone does {name} stand?"]
        }
        "state" if content.nouns.series != "automaton" => {
            &["Which states follow {name}?", "Which event leads to the state {name}?"]
        }
        _ if content.nouns.series == "automaton" => {
            &["Is {name} an accepting state?", "How many arrows leave the state {name}?"]
        }
        "family member" => {
            &["Who are the parents of {name}?", "Who is {name} married to?", "In which year was {name} born?"]
        }
        "commit" => &["Which commit is the parent of {name}?", "On which branch was {name} made?"],
        "node of the tree" => {
            &["Which word stands below {name}?", "Which node stands directly above {name}?"]
        }
        "step" if content.nouns.series == "journey" => {
            &["Which score does {name} get?", "In which stage is the step {name}?"]
        }
        "part" if has("edges") => &["Which parts does {name} use?", "Where does {name} belong?"],
        "concept" => &[
            "How is {name} related to the other concepts?",
            "To which concept does an arrow lead from {name}?",
        ],
        "element" if has("edges") => &["Which data flow into {name}?", "Which data does {name} send out?"],
        "block" if has("edges") => {
            &["To which block does the signal of {name} go?", "What is the input of {name}?"]
        }
        _ if content.nouns.series == "undirected" => {
            &["What is connected directly to {name}?", "How many links does {name} have?"]
        }
        _ if content.nouns.series == "ordered" => {
            &["What stands directly below {name}?", "What is written beside {name}?"]
        }
        _ if has("edges") => {
            &["What comes directly after {name}?", "What leads to {name}?", "How many arrows leave {name}?"]
        }
        _ => &["Where does {name} stand?", "In which part of the diagram is {name}?"],
    };
    let name = match content.nouns.series.as_str() {
        "automaton" | "syntax" => absent.clone(),
        _ => named(content, &absent),
    };
    let text = phrase(rng, patterns, &[("name", &name), ("row", row), ("rows", &content.nouns.rows)]);
    let program = Expr::Absent { table, column: Some(column), text: absent, decline };
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
    let edges = Part::named(data, "edges").or_else(|| Part::named(data, "messages"));
    if let Some(edges) = edges.filter(|_| rng.chance(0.4)) {
        let patterns: &[&str] = match (edges.table.name.as_str(), content.nouns.series.as_str()) {
            ("messages", _) => {
                &["How many messages are sent?", "Count the messages.", "How many messages are shown?"]
            }
            (_, "undirected") => &[
                "How many connections are drawn?",
                "How many links join the {rows}?",
                "Count the links between the {rows}.",
            ],
            _ if matches!(content.nouns.row.as_str(), "class" | "entity") => {
                &["How many relations are drawn?", "Count the lines between the {rows}."]
            }
            _ if tree(content) => &["How many lines join the {rows}?", "Count the lines between the {rows}."],
            _ => &[
                "How many arrows are drawn?",
                "How many arrows join the {rows}?",
                "Count the arrows between the {rows}.",
            ],
        };
        let text = phrase(rng, patterns, &[("rows", &content.nouns.rows)]);
        let count = Expr::Count(Expr::all(edges.index).boxed());
        return Some(Draft::new("count_edges", 2, text, count.print(&whole())));
    }
    // Rows of several sorts in one table are not one count; members of sets stand in a table of their own.
    let main = Part::main(content);
    if content.nouns.row == "cause" {
        return None;
    }
    let counted = Part::named(data, "members").filter(|m| m.column("sets").is_some()).unwrap_or(main);
    let text = phrase(
        rng,
        &[
            "How many {rows} are shown?",
            "How many {rows} does the diagram have?",
            "Count the {rows} in the diagram.",
            "What is the number of {rows} shown?",
            "How many {rows} are there in all?",
        ],
        &[("rows", &content.nouns.rows)],
    );
    Some(Draft::new("count_nodes", 1, text, Expr::Count(Expr::all(counted.index).boxed()).print(&whole())))
}

/// True when lines join parents and children without arrow heads that a reader would count.
fn tree(content: &Content) -> bool {
    matches!(content.nouns.row.as_str(), "person" | "relative" | "unit" | "group" | "entry" | "node")
}
