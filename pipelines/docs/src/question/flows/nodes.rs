//! Questions about what flows come through: totals of nodes, compared, added and shared out.

use pixmo_render::{NumberFormat, Rng};

use super::Flow;
use crate::program::Expr;
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

pub(super) fn total(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let node = rng.below(flow.nodes.rows.len());
    let (how, under) = (flow.how(), flow.under(flow.node_step(node)));
    let fill = [
        ("how", how.as_str()),
        ("much", flow.words.much.as_str()),
        ("x", flow.node_name(node)),
        ("under", under.as_str()),
        ("verb", flow.words.verb.as_str()),
    ];
    let patterns: &[&str] = match flow.side(node) {
        _ if flow.streams => &[
            "{how} are counted as {x} {under}?",
            "What is the total for {x} {under}?",
            "State the total of {x} {under}.",
        ],
        (true, false) if flow.layered() => &[
            "How large is the total flow out of {x}?",
            "What is the total of {x}?",
            "How large is {x} in total?",
        ],
        (false, true) if flow.layered() => &[
            "How large is the total flow into {x}?",
            "What is the total of {x}?",
            "How large is {x} in total?",
        ],
        _ if flow.layered() => &["What total is printed at {x}?", "What is the total of {x}?"],
        _ => &["What total is printed beside {x}?", "What is the sum of all flows from and to {x}?"],
    };
    let text = phrase(rng, patterns, &fill);
    Some(Draft::new("flow_total", 1, text, Expr::Shown(flow.node(node).over(flow.total))))
}

pub(super) fn compare_nodes(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = flow.two_nodes(rng)?;
    let (x, y) = (flow.node_name(a), flow.node_name(b));
    let under = flow.under(flow.node_step(a));
    let tail = if flow.streams { format!(" {under}") } else { String::new() };
    let fill = [("x", x), ("y", y), ("tail", tail.as_str())];
    if rng.chance(0.5) {
        let text = phrase(
            rng,
            &[
                "Is the total of {x} larger than that of {y}{tail}?",
                "Does {x} have a larger total than {y}{tail}?",
            ],
            &fill,
        );
        let number = |node: usize| Expr::Number(flow.node(node).over(flow.total)).boxed();
        let program = Expr::YesNo(Expr::Greater(number(a), number(b)).boxed());
        return Some(Draft::new("compare_yes_no", 3, text, program).styled(Style::YesNo));
    }
    let text = phrase(
        rng,
        &[
            "Which has the larger total{tail}: {x} or {y}?",
            "Of {x} and {y}, which has the larger total{tail}?",
        ],
        &fill,
    );
    let both = flow.step(flow.node_step(a), Some(vec![x.to_owned(), y.to_owned()]));
    Some(Draft::new("compare", 2, text, Expr::Shown(Expr::Max(both.over(flow.total)).over(0))))
}

/// The share of a node in all nodes of its side or step.
pub(super) fn node_share(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let node = rng.below(flow.nodes.rows.len());
    let name = flow.node_name(node);
    let under = flow.under(flow.node_step(node));
    let fill = [("x", name), ("much", flow.words.much.as_str()), ("under", under.as_str())];
    let (whole, patterns): (Expr, &[&str]) = if flow.streams {
        let patterns: &[&str] = &[
            "What percentage of all {much} is counted as {x} {under}, to one decimal place?",
            "What share of all {much} does {x} have {under}, in per cent to one decimal place?",
        ];
        (flow.step(flow.node_step(node), None), patterns)
    } else {
        let side = flow.side(node);
        if !flow.layered() || side == (true, true) {
            return None;
        }
        let names = flow.ends(side.0);
        if names.len() < 2 {
            return None;
        }
        let patterns: &[&str] = if side.0 {
            &[
                "What percentage of the total of all sources comes from {x}, to one decimal place?",
                "What share does {x} have in the total of all sources, in per cent to one decimal place?",
            ]
        } else {
            &[
                "What percentage of the total of all end points arrives at {x}, to one decimal place?",
                "What share does {x} have in the total of all end points, in per cent to one decimal place?",
            ]
        };
        (flow.step("", Some(names)), patterns)
    };
    let part = Expr::Number(flow.node(node).over(flow.total));
    let percent = NumberFormat { suffix: "%".into(), group: None, ..NumberFormat::plain(1) };
    let share = Expr::Share { part: part.boxed(), whole: Expr::Sum(whole.over(flow.total)).boxed() };
    let text = phrase(rng, patterns, &fill);
    Some(Draft::new("share", 5, text, share.print(&percent)))
}

pub(super) fn node_difference(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = flow.two_nodes(rng)?;
    let number = |node: usize| flow.nodes.rows[node][flow.total].as_decimal();
    let (a, b) = if number(a)? >= number(b)? { (a, b) } else { (b, a) };
    if number(a)? == number(b)? {
        return None;
    }
    let under = flow.under(flow.node_step(a));
    let tail = if flow.streams { format!(" {under}") } else { String::new() };
    let fill = [("x", flow.node_name(a)), ("y", flow.node_name(b)), ("tail", tail.as_str())];
    let expr = |node: usize| Expr::Number(flow.node(node).over(flow.total)).boxed();
    if rng.chance(0.35) {
        let text = phrase(
            rng,
            &["What do {x} and {y} add up to{tail}?", "What is the total of {x} and {y} together{tail}?"],
            &fill,
        );
        let names = vec![flow.node_name(a).to_owned(), flow.node_name(b).to_owned()];
        let sum = Expr::Sum(flow.step(flow.node_step(a), Some(names)).over(flow.total));
        return Some(Draft::new("sum", 4, text, sum.print(&flow.format())));
    }
    let text = phrase(
        rng,
        &[
            "By how much is the total of {x} larger than that of {y}{tail}?",
            "What is the difference between the totals of {x} and {y}{tail}?",
        ],
        &fill,
    );
    Some(Draft::new("difference", 3, text, Expr::Subtract(expr(a), expr(b)).print(&flow.format())))
}

/// The largest or smallest node of a step or a side.
pub(super) fn best_node(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let node = rng.below(flow.nodes.rows.len());
    let largest = rng.chance(0.65);
    let word = if largest { "largest" } else { "smallest" };
    let under = flow.under(flow.node_step(node));
    let fill = [("word", word), ("under", under.as_str()), ("noun", flow.content.nouns.row.as_str())];
    let (rows, patterns): (Expr, &[&str]) = if flow.streams {
        (
            flow.step(flow.node_step(node), None),
            &["Which group has the {word} total {under}?", "What has the {word} total {under}?"],
        )
    } else if !flow.layered() {
        (
            Expr::all(1),
            &[
                "Which {noun} has the {word} total of flows?",
                "Which {noun} takes up the {word} part of the ring?",
            ],
        )
    } else {
        let side = flow.side(node);
        let names = flow.ends(side.0);
        if side == (true, true) || names.len() < 3 {
            return None;
        }
        let patterns: &[&str] = if side.0 {
            &["Which of the sources has the {word} total?", "What is the {word} of all sources?"]
        } else {
            &[
                "Which of the final destinations has the {word} total?",
                "What is the {word} of all end points?",
            ]
        };
        (flow.step("", Some(names)), patterns)
    };
    let text = phrase(rng, patterns, &fill);
    let over = rows.over(flow.total);
    let best = if largest { Expr::Max(over) } else { Expr::Min(over) };
    let kind = if largest { "largest_node" } else { "smallest_node" };
    Some(Draft::new(kind, 2, text, Expr::Shown(best.over(0))))
}

pub(super) fn how_many(flow: &Flow<'_>, rng: &mut Rng) -> Option<Draft> {
    let plain = NumberFormat::plain(0);
    if flow.streams {
        let step = rng.below(flow.amount);
        let head = &flow.table.columns[step].name;
        let text = phrase(
            rng,
            &["How many groups are there {under}?", "Into how many groups are the {much} divided {under}?"],
            &[("under", &flow.under(head)), ("much", &flow.words.much)],
        );
        let rows = flow.step(head, None);
        return Some(Draft::new("count_rows", 1, text, Expr::Count(rows.boxed()).print(&plain)));
    }
    if flow.layered() {
        let sources = rng.chance(0.5);
        let (column, patterns): (usize, &[&str]) = if sources {
            (
                0,
                &[
                    "From how many different places do flows leave?",
                    "How many of the named places send something on?",
                ],
            )
        } else {
            (
                1,
                &[
                    "At how many different places do flows arrive?",
                    "How many of the named places receive something?",
                ],
            )
        };
        let text = phrase(rng, patterns, &[]);
        return Some(Draft::new(
            "count_nodes",
            2,
            text,
            Expr::Distinct(Expr::all(0).over(column)).print(&plain),
        ));
    }
    let text = phrase(
        rng,
        &["How many {nouns} are shown?", "How many {nouns} stand around the ring?"],
        &[("nouns", &flow.content.nouns.rows)],
    );
    Some(Draft::new("count_rows", 1, text, Expr::Count(Expr::all(1).boxed()).print(&plain)))
}
