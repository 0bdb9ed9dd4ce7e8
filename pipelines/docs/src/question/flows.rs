//! Questions about flows: links between nodes, and streams through steps, with the totals of what they come through.

mod nodes;

use pixmo_render::{Datum, NumberFormat, Rng, Table};
use rust_decimal::Decimal;

use super::wording::{DECLINES, phrase};
use super::{Draft, Style};
use crate::content::{Content, FlowWords};
use crate::program::{Expr, Is, Test};
use crate::visibility::Visible;

/// What the templates need to know.
struct Flow<'a> {
    content: &'a Content,
    table: &'a Table,
    nodes: &'a Table,
    words: &'a FlowWords,
    /// The column of amounts, and that of the totals of nodes.
    amount: usize,
    total: usize,
    streams: bool,
}

impl<'a> Flow<'a> {
    fn of(content: &'a Content) -> Option<Self> {
        let (table, nodes) = (content.table(), content.data.tables.get(1)?);
        let (amount, total) = (table.columns.len() - 1, nodes.columns.len().checked_sub(1)?);
        let words = content.nouns.flow.as_ref()?;
        Some(Self { content, table, nodes, words, amount, total, streams: nodes.columns.len() > 2 })
    }

    fn format(&self) -> NumberFormat {
        self.content.format(self.amount)
    }

    fn how(&self) -> String {
        format!("how {} {}", if self.words.many { "many" } else { "much" }, self.words.much)
    }

    fn text(&self, row: usize, column: usize) -> &'a str {
        &self.table.rows[row][column].shown
    }

    /// Rows of the table of flows by the texts in some columns.
    fn rows(&self, keep: &[(usize, &str)]) -> Expr {
        let test =
            |(column, text): &(usize, &str)| Test { column: *column, is: Is::Text((*text).to_owned()) };
        Expr::Rows { table: 0, keep: keep.iter().map(test).collect() }
    }

    /// One row by all its texts.
    fn row(&self, row: usize) -> Expr {
        let keep: Vec<(usize, &str)> =
            (0..self.amount).map(|column| (column, self.text(row, column))).collect();
        self.rows(&keep)
    }

    fn amount_of(&self, row: usize) -> Expr {
        Expr::Number(self.row(row).over(self.amount))
    }

    /// The nodes of a step; all where nodes have none.
    fn step(&self, step: &str, names: Option<Vec<String>>) -> Expr {
        let mut keep = Vec::new();
        if self.streams {
            keep.push(Test { column: 1, is: Is::Text(step.to_owned()) });
        }
        if let Some(names) = names {
            keep.push(Test { column: 0, is: Is::OneOf(names) });
        }
        Expr::Rows { table: 1, keep }
    }

    fn node(&self, node: usize) -> Expr {
        let cells = &self.nodes.rows[node];
        let mut keep = vec![Test { column: 0, is: Is::Text(cells[0].shown.clone()) }];
        if self.streams {
            keep.push(Test { column: 1, is: Is::Text(cells[1].shown.clone()) });
        }
        Expr::Rows { table: 1, keep }
    }

    fn node_name(&self, node: usize) -> &'a str {
        &self.nodes.rows[node][0].shown
    }

    fn node_step(&self, node: usize) -> &'a str {
        if self.streams { &self.nodes.rows[node][1].shown } else { "" }
    }

    /// `in 2015` for years, `under “Age”` otherwise.
    fn under(&self, step: &str) -> String {
        if self.words.years { format!("in {step}") } else { format!("under “{step}”") }
    }

    /// Two different nodes that may be compared: of one step, or both at the same side.
    fn two_nodes(&self, rng: &mut Rng) -> Option<(usize, usize)> {
        let a = rng.below(self.nodes.rows.len());
        let beside: Vec<usize> = (0..self.nodes.rows.len())
            .filter(|&b| b != a && self.node_step(a) == self.node_step(b) && self.side(a) == self.side(b))
            .collect();
        (!beside.is_empty()).then(|| (a, *rng.pick(&beside)))
    }

    /// Whether something flows into a node, and out of it.
    fn side(&self, node: usize) -> (bool, bool) {
        let name = self.node_name(node);
        let at = |column: usize| !self.streams && self.table.rows.iter().any(|row| row[column].shown == name);
        (at(0), at(1))
    }

    /// The nodes of links that only send (or only receive).
    fn ends(&self, sources: bool) -> Vec<String> {
        let wanted = if sources { (true, false) } else { (false, true) };
        (0..self.nodes.rows.len())
            .filter(|&node| self.side(node) == wanted)
            .map(|node| self.node_name(node).to_owned())
            .collect()
    }
}

/// Proposes one question.
pub(super) fn draft(content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    let flow = Flow::of(content)?;
    let printed = visible.is_printed(Datum::cell(0, flow.amount));
    let totals = visible.is_printed(Datum::at(1, 0, flow.total));
    let weight = |on: bool, weight: f64| if on { weight } else { 0.0 };
    let links = !flow.streams;
    match rng.weighted(&[
        weight(printed, 2.4),
        weight(totals, 2.4),
        weight(links, 2.6),
        1.4,
        weight(links, 1.6),
        weight(links, 1.4),
        weight(links, 1.2),
        2.0,
        weight(printed, 1.6),
        weight(totals, 1.6),
        weight(totals, 1.4),
        2.0,
        0.9,
        0.8,
        weight(printed, 1.2),
        weight(flow.streams, 1.6),
    ]) {
        0 => lookup(&flow, rng),
        1 => nodes::total(&flow, rng),
        2 => most(&flow, rng),
        3 => largest(&flow, rng),
        4 => names(&flow, rng),
        5 => count(&flow, rng),
        6 => exists(&flow, rng),
        7 => compare(&flow, rng),
        8 => sum_or_difference(&flow, rng),
        9 => nodes::node_share(&flow, rng),
        10 => nodes::node_difference(&flow, rng),
        11 => nodes::best_node(&flow, rng),
        12 => nodes::how_many(&flow, rng),
        13 => super::grid::title(content, rng),
        14 => beyond(&flow, rng),
        _ => most_of_stream(&flow, rng),
    }
}

/// Proposes a question that the picture does not answer.
pub(super) fn unanswerable(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let flow = Flow::of(content)?;
    let absent = rng.pick(content.absent.get(..).filter(|a| !a.is_empty())?).clone();
    let decline = (*rng.pick(DECLINES)).to_owned();
    let row = rng.below(flow.table.rows.len());
    let text = if flow.streams {
        let (how, under) = (flow.how(), flow.under(&flow.table.columns[0].name));
        phrase(
            rng,
            &["{how} are counted as {x}?", "What is the total for {x}?", "{how} are listed as {x} {under}?"],
            &[("how", &how), ("x", &absent), ("under", &under)],
        )
    } else {
        phrase(
            rng,
            &[
                "{how} {verb} from {x} to {b}?",
                "How large is the flow from {x} to {b}?",
                "What is the amount from {x} to {b}?",
            ],
            &[("how", &flow.how()), ("verb", &flow.words.verb), ("x", &absent), ("b", flow.text(row, 1))],
        )
    };
    let program = Expr::Absent { table: 1, column: Some(0), text: absent, decline };
    Some(Draft::new("absent", 3, text, program).styled(Style::Unanswerable))
}

/// A stream in words: `First class, Adults and Holiday`.
fn stream(flow: &Flow<'_>, row: usize) -> String {
    let names: Vec<&str> = (0..flow.amount).map(|column| flow.text(row, column)).collect();
    if flow.words.years {
        let steps = names.iter().zip(&flow.table.columns).map(|(name, c)| format!("{name} in {}", c.name));
        let steps: Vec<String> = steps.collect();
        return steps.join(" and ");
    }
    match names.split_last() {
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn lookup(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = rng.below(flow.table.rows.len());
    let program = Expr::Shown(flow.row(row).over(flow.amount));
    let how = flow.how();
    let text = if flow.streams {
        let stream = stream(flow, row);
        let fill = [("how", how.as_str()), ("x", stream.as_str())];
        phrase(rng, &["{how} are in the stream of {x}?", "How large is the stream of {x}?"], &fill)
    } else {
        let fill = [
            ("how", how.as_str()),
            ("much", flow.words.much.as_str()),
            ("verb", flow.words.verb.as_str()),
            ("a", flow.text(row, 0)),
            ("b", flow.text(row, 1)),
        ];
        phrase(
            rng,
            &[
                "{how} {verb} from {a} to {b}?",
                "How large is the flow from {a} to {b}?",
                "What value is printed for the flow from {a} to {b}?",
                "State the amount of {much} from {a} to {b}.",
            ],
            &fill,
        )
    };
    Some(Draft::new("flow_value", 1, text, program))
}

impl Flow<'_> {
    /// True for links in stages: something only sends and something only receives.
    fn layered(&self) -> bool {
        self.content.nouns.row == "place"
    }
}

/// Where the largest flow from a node leads, or where the largest one to it comes from.
fn most(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let out = rng.chance(0.55);
    let (own, other) = if out { (0, 1) } else { (1, 0) };
    let name = flow.text(rng.below(flow.table.rows.len()), own);
    if flow.table.rows.iter().filter(|row| row[own].shown == name).count() < 2 {
        return None;
    }
    let largest = rng.chance(0.7);
    let word = if largest { rng.word(&["largest", "biggest"]) } else { "smallest" };
    let fill = [("x", name), ("word", word), ("noun", flow.content.nouns.row.as_str())];
    let patterns: &[&str] = match (out, flow.layered()) {
        (true, true) => {
            &["Where does the {word} flow from {x} lead?", "The {word} flow that leaves {x} leads to what?"]
        }
        (false, true) => &[
            "Where does the {word} flow to {x} come from?",
            "What is the source of the {word} flow into {x}?",
        ],
        (true, false) => &[
            "To which {noun} does the {word} flow from {x} lead?",
            "Which {noun} receives the {word} flow from {x}?",
        ],
        (false, false) => &[
            "From which {noun} does the {word} flow to {x} come?",
            "Which {noun} sends the {word} flow to {x}?",
        ],
    };
    let text = phrase(rng, patterns, &fill);
    let over = flow.rows(&[(own, name)]).over(flow.amount);
    let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
    let kind = if out { "flow_target" } else { "flow_source" };
    Some(Draft::new(kind, 2, text, Expr::Shown(best.over(other))))
}

/// The largest flow of all.
fn largest(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    if flow.streams {
        return None;
    }
    let largest = rng.chance(0.7);
    let word = if largest {
        rng.word(&["largest", "biggest", "thickest"])
    } else {
        rng.word(&["smallest", "thinnest"])
    };
    let over = Expr::all(0).over(flow.amount);
    let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
    let (column, patterns): (usize, &[&str]) = match rng.below(3) {
        0 => (
            0,
            &[
                "Where does the {word} single flow of the picture begin?",
                "From where does the {word} of all flows come?",
            ],
        ),
        1 => (
            1,
            &[
                "Where does the {word} single flow of the picture end?",
                "Where does the {word} of all flows lead?",
            ],
        ),
        _ => (
            flow.amount,
            &["How large is the {word} single flow?", "What is the amount of the {word} of all flows?"],
        ),
    };
    let text = phrase(rng, patterns, &[("word", word)]);
    Some(Draft::new("flow_extreme", 2, text, Expr::Shown(best.over(column))))
}

fn names(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let out = rng.chance(0.5);
    let (own, other) = if out { (0, 1) } else { (1, 0) };
    let name = flow.text(rng.below(flow.table.rows.len()), own);
    let count = flow.table.rows.iter().filter(|row| row[own].shown == name).count();
    if !(1..=4).contains(&count) {
        return None;
    }
    let patterns: &[&str] = match (out, count) {
        (true, 1) => &["Where does everything from {x} go?", "Where does the only flow from {x} lead?"],
        (false, 1) => &[
            "Where does everything that reaches {x} come from?",
            "From where does the only flow to {x} come?",
        ],
        (true, _) => {
            &["To where do flows lead from {x}? Name all.", "List everything that receives a flow from {x}."]
        }
        (false, _) => {
            &["From where do flows reach {x}? Name all.", "List everything that sends a flow to {x}."]
        }
    };
    let text = phrase(rng, patterns, &[("x", name)]);
    Some(Draft::new("flow_names", 3, text, Expr::Names(flow.rows(&[(own, name)]).over(other))))
}

fn count(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let plain = NumberFormat::plain(0);
    let node = flow.node_name(rng.below(flow.nodes.rows.len()));
    let out = rng.chance(0.5);
    let (own, patterns): (usize, &[&str]) = if out {
        (0, &["How many flows leave {x}?", "How many different flows begin at {x}?"])
    } else {
        (1, &["How many flows reach {x}?", "How many different flows end at {x}?"])
    };
    if flow.table.rows.iter().all(|row| row[own].shown != node) {
        return None;
    }
    let text = phrase(rng, patterns, &[("x", node)]);
    Some(Draft::new("flow_count", 2, text, Expr::Count(flow.rows(&[(own, node)]).boxed()).print(&plain)))
}

fn exists(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let row = rng.below(flow.table.rows.len());
    let from = flow.text(row, 0);
    let to = if rng.chance(0.5) {
        flow.text(row, 1)
    } else {
        let linked = |name: &str| flow.table.rows.iter().any(|r| r[0].shown == from && r[1].shown == name);
        let others: Vec<&str> =
            flow.nodes.texts(0).into_iter().filter(|n| *n != from && !linked(n)).collect();
        if others.is_empty() {
            return None;
        }
        *rng.pick(&others)
    };
    let text = phrase(
        rng,
        &[
            "Is there a direct flow from {a} to {b}?",
            "Does anything go directly from {a} to {b}?",
            "Is {b} reached directly from {a}?",
        ],
        &[("a", from), ("b", to)],
    );
    let linked = Expr::Linked { table: 0, from: from.to_owned(), to: to.to_owned() };
    Some(Draft::new("linked_yes_no", 2, text, Expr::YesNo(linked.boxed())).styled(Style::YesNo))
}

/// Which of two flows from or to one node, or of two nodes, is larger.
fn compare(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    if flow.streams || rng.chance(0.45) {
        return nodes::compare_nodes(flow, rng);
    }
    let out = rng.chance(0.5);
    let (own, other) = if out { (0, 1) } else { (1, 0) };
    let name = flow.text(rng.below(flow.table.rows.len()), own);
    let rows: Vec<usize> = (0..flow.table.rows.len()).filter(|r| flow.text(*r, own) == name).collect();
    if rows.len() < 2 {
        return None;
    }
    let two = rng.sample(rows.len(), 2);
    let (a, b) = (flow.text(rows[two[0]], other), flow.text(rows[two[1]], other));
    let both = Expr::Rows {
        table: 0,
        keep: vec![
            Test { column: own, is: Is::Text(name.to_owned()) },
            Test { column: other, is: Is::OneOf(vec![a.to_owned(), b.to_owned()]) },
        ],
    };
    let patterns: &[&str] = if out {
        &["Which receives more from {x}: {a} or {b}?", "Does more go from {x} to {a} or to {b}?"]
    } else {
        &["Which sends more to {x}: {a} or {b}?", "Does more reach {x} from {a} or from {b}?"]
    };
    let text = phrase(rng, patterns, &[("x", name), ("a", a), ("b", b)]);
    Some(Draft::new("flow_compare", 2, text, Expr::Shown(Expr::Max(both.over(flow.amount)).over(other))))
}

fn sum_or_difference(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let count = flow.table.rows.len();
    if flow.streams {
        return pair_sum(flow, rng);
    }
    let a = rng.below(count);
    let (own, other) = if rng.chance(0.5) { (0, 1) } else { (1, 0) };
    let name = flow.text(a, own);
    let beside: Vec<usize> = (0..count).filter(|&r| r != a && flow.text(r, own) == name).collect();
    if beside.is_empty() {
        return None;
    }
    let b = *rng.pick(&beside);
    let how = flow.how();
    let (x, y) = (flow.text(a, other), flow.text(b, other));
    let fill = [("how", how.as_str()), ("verb", flow.words.verb.as_str()), ("n", name), ("x", x), ("y", y)];
    if rng.chance(0.5) {
        let patterns: &[&str] = if own == 0 {
            &[
                "{how} {verb} from {n} to {x} and {y} together?",
                "What do the flows from {n} to {x} and {y} add up to?",
            ]
        } else {
            &[
                "{how} {verb} to {n} from {x} and {y} together?",
                "What do the flows from {x} and {y} to {n} add up to?",
            ]
        };
        let text = phrase(rng, patterns, &fill);
        let keep = vec![
            Test { column: own, is: Is::Text(name.to_owned()) },
            Test { column: other, is: Is::OneOf(vec![x.to_owned(), y.to_owned()]) },
        ];
        let sum = Expr::Sum(Expr::Rows { table: 0, keep }.over(flow.amount));
        return Some(Draft::new("flow_sum", 4, text, sum.print(&flow.format())));
    }
    let patterns: &[&str] = if own == 0 {
        &[
            "By how much does the flow from {n} to {x} differ from that to {y}?",
            "What is the difference between the flows from {n} to {x} and to {y}?",
        ]
    } else {
        &[
            "By how much do the flows to {n} from {x} and from {y} differ?",
            "What is the difference between the flows from {x} and from {y} to {n}?",
        ]
    };
    let text = phrase(rng, patterns, &fill);
    let gap = Expr::Subtract(flow.amount_of(a).boxed(), flow.amount_of(b).boxed());
    Some(Draft::new("flow_difference", 4, text, Expr::Abs(gap.boxed()).print(&flow.format())))
}

/// How much is in two groups at once.
fn pair_sum(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    if flow.amount < 3 {
        return None;
    }
    let row = rng.below(flow.table.rows.len());
    let two = rng.sample(flow.amount, 2);
    let (a, b) = (two[0].min(two[1]), two[0].max(two[1]));
    let named = |column: usize| {
        let name = flow.text(row, column);
        if flow.words.years {
            format!("{name} in {}", flow.table.columns[column].name)
        } else {
            name.to_owned()
        }
    };
    let text = phrase(
        rng,
        &["{how} are both {x} and {y}?", "{how} are counted as {x} and as {y} at once?"],
        &[("how", &flow.how()), ("x", &named(a)), ("y", &named(b))],
    );
    let rows = flow.rows(&[(a, flow.text(row, a)), (b, flow.text(row, b))]);
    Some(Draft::new("flow_sum", 4, text, Expr::Sum(rows.over(flow.amount)).print(&flow.format())))
}

/// How many flows are larger than a round number.
fn beyond(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let mut numbers: Vec<Decimal> =
        flow.table.rows.iter().filter_map(|row| row[flow.amount].as_decimal()).collect();
    numbers.sort();
    let (low, high) = (*numbers.first()?, *numbers.last()?);
    let step = super::grid::round_step(high - low)?;
    let bound = ((low / step).ceil() + Decimal::from(rng.below(5))) * step;
    if bound <= low || bound >= high || numbers.contains(&bound) || flow.format().rounded(bound) != bound {
        return None;
    }
    let what = if flow.streams { "streams" } else { "flows" };
    let shown = flow.format().print(bound);
    let text = phrase(
        rng,
        &["How many {what} are larger than {bound}?", "How many of the {what} exceed {bound}?"],
        &[("what", what), ("bound", &shown)],
    );
    let keep = vec![Test { column: flow.amount, is: Is::Above(bound.normalize()) }];
    let rows = Expr::Rows { table: 0, keep };
    Some(Draft::new("count_beyond", 3, text, Expr::Count(rows.boxed()).print(&NumberFormat::plain(0))))
}

/// Where most of a group is found at the other step, when there are two steps.
fn most_of_stream(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    if flow.amount != 2 {
        return None;
    }
    let (own, other) = if rng.chance(0.5) { (0, 1) } else { (1, 0) };
    let name = flow.text(rng.below(flow.table.rows.len()), own);
    if flow.table.rows.iter().filter(|row| row[own].shown == name).count() < 2 {
        return None;
    }
    let (head, goal) = (&flow.table.columns[own].name, &flow.table.columns[other].name);
    let (under, there) = (flow.under(head), flow.under(goal));
    let fill = [
        ("x", name),
        ("under", under.as_str()),
        ("there", there.as_str()),
        ("much", flow.words.much.as_str()),
    ];
    let text = phrase(
        rng,
        &[
            "Of the {much} counted as {x} {under}, which group {there} holds the most?",
            "The thickest stream of {x} ({under}) belongs to which group {there}?",
        ],
        &fill,
    );
    let best = Expr::Max(flow.rows(&[(own, name)]).over(flow.amount));
    Some(Draft::new("flow_target", 3, text, Expr::Shown(best.over(other))))
}
