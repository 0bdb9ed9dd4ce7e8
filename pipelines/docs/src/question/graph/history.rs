//! Questions about commits: branches, parents, merges, messages and tags.

use pixmo_render::Rng;

use super::{Part, whole};
use crate::content::Content;
use crate::program::Expr;
use crate::question::wording::phrase;
use crate::question::{Draft, Style};

/// Proposes one question about a history.
pub(super) fn ask(content: &Content, rng: &mut Rng) -> Option<Draft> {
    let main = Part::main(content);
    let edges = Part::named(&content.data, "edges")?;
    let lane = main.column("lane")?;
    let row = main.row(rng);
    let (id, branch) = (main.shown(row, 0), main.shown(row, lane));
    let one = || main.with(&[(0, id)]);
    let fill = [("id", id), ("branch", branch)];
    match rng.below(13) {
        0 => {
            let text = phrase(
                rng,
                &["On which branch was {id} made?", "To which branch does commit {id} belong?"],
                &fill,
            );
            Some(Draft::new("branch", 2, text, Expr::Shown(one().over(lane))))
        }
        1 => {
            let text = phrase(
                rng,
                &["How many commits were made on {branch}?", "Count the commits on the branch {branch}."],
                &fill,
            );
            Some(Draft::new(
                "count_group",
                3,
                text,
                Expr::Count(main.with(&[(lane, branch)]).boxed()).print(&whole()),
            ))
        }
        2 | 3 => parents(&edges, rng),
        4 => follows(&edges, rng),
        5 | 6 => messages(&main, row, rng),
        7 => tags(&main, rng),
        8 => {
            let branches: Vec<String> = {
                let mut seen: Vec<String> = Vec::new();
                for text in main.texts_of(lane) {
                    if seen.iter().all(|s| s != text) {
                        seen.push(text.to_owned());
                    }
                }
                seen
            };
            let text = phrase(
                rng,
                &["How many branches are shown?", "How many branches does the history have?"],
                &[],
            );
            let distinct = Expr::Distinct(main.one_of(lane, branches).over(lane));
            Some(Draft::new("count_groups", 1, text, distinct.print(&whole())))
        }
        9 => ends(&main, lane, row, rng),
        10 => compare(&main, lane, rng),
        11 => linked(&main, &edges, rng),
        _ if rng.chance(0.5) => {
            let text = phrase(
                rng,
                &[
                    "How many commits are shown?",
                    "How many commits does the history have?",
                    "Count the commits.",
                ],
                &[],
            );
            Some(Draft::new("count_nodes", 1, text, Expr::Count(Expr::all(0).boxed()).print(&whole())))
        }
        _ => steps(&edges, rng),
    }
}

fn parents(edges: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let table = edges.index;
    let id = edges.shown(edges.row(rng), 1);
    let number = edges.count(1, id);
    if number > 1 && rng.chance(0.35) {
        let text = phrase(rng, &["How many parents does commit {id} have?"], &[("id", id)]);
        let degree = Expr::Degree { table, node: id.into(), out: false };
        return Some(Draft::new("degree", 2, text, degree.print(&whole())));
    }
    let patterns: &[&str] = match number {
        1 => &["Which commit is the parent of {id}?", "On which commit was {id} built directly?"],
        _ => &["Which commits does {id} merge?", "Which two commits are the parents of {id}?"],
    };
    let text = phrase(rng, patterns, &[("id", id)]);
    Some(Draft::new("predecessors", 2, text, Expr::Predecessors { table, node: id.into() }))
}

fn follows(edges: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let table = edges.index;
    let id = edges.shown(edges.row(rng), 0);
    let patterns: &[&str] = match edges.count(0, id) {
        1 => &["Which commit follows directly on {id}?", "Which commit has {id} as a parent?"],
        _ => &["Which commits follow directly on {id}?", "Which commits have {id} as a parent?"],
    };
    let text = phrase(rng, patterns, &[("id", id)]);
    Some(Draft::new("successors", 2, text, Expr::Successors { table, node: id.into() }))
}

fn messages(main: &Part<'_>, row: usize, rng: &mut Rng) -> Option<Draft> {
    let detail = main.column("detail")?;
    let (id, message) = (main.shown(row, 0), main.shown(row, detail));
    let fill = [("id", id), ("message", message)];
    if main.count(detail, message) == 1 && rng.chance(0.5) {
        let text = phrase(
            rng,
            &["Which commit has the message “{message}”?", "What is the id of the commit “{message}”?"],
            &fill,
        );
        return Some(Draft::new("by_detail", 1, text, Expr::Shown(main.with(&[(detail, message)]).over(0))));
    }
    let text =
        phrase(rng, &["What is the message of commit {id}?", "What does the message of {id} say?"], &fill);
    Some(Draft::new("lookup", 1, text, Expr::Shown(main.with(&[(0, id)]).over(detail))))
}

fn tags(main: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let column = main.column("tag")?;
    let tags: Vec<&str> = main.texts_of(column).filter(|t| !t.is_empty()).collect();
    let tag = *rng.pick(tags.get(..).filter(|t| !t.is_empty())?);
    if tags.len() > 1 && rng.chance(0.25) {
        let rows = main.one_of(column, tags.iter().map(|t| (*t).to_owned()).collect());
        let text = phrase(rng, &["How many commits carry a tag?", "Count the tags."], &[]);
        return Some(Draft::new("count_tags", 2, text, Expr::Count(rows.boxed()).print(&whole())));
    }
    let text = phrase(
        rng,
        &["Which commit carries the tag {tag}?", "At which commit stands {tag}?"],
        &[("tag", tag)],
    );
    Some(Draft::new("tag", 1, text, Expr::Shown(main.with(&[(column, tag)]).over(0))))
}

fn ends(main: &Part<'_>, lane: usize, row: usize, rng: &mut Rng) -> Option<Draft> {
    let branch = main.shown(row, lane);
    let last = rng.chance(0.5);
    if main.count(lane, branch) < 2 {
        return None;
    }
    let rows = main.with(&[(lane, branch)]).boxed();
    let end = if last { Expr::Last(rows) } else { Expr::First(rows) };
    let text = phrase(
        rng,
        &["What is the {word} commit on {branch}?", "Which commit is the {word} one on the branch {branch}?"],
        &[("word", if last { "newest" } else { "oldest" }), ("branch", branch)],
    );
    Some(Draft::new("ends", 2, text, Expr::Shown(end.over(0))))
}

fn compare(main: &Part<'_>, lane: usize, rng: &mut Rng) -> Option<Draft> {
    let (a, b) = (main.shown(main.row(rng), lane), main.shown(main.row(rng), lane));
    if main.count(lane, a) == main.count(lane, b) {
        return None;
    }
    let count = |branch: &str| Expr::Count(main.with(&[(lane, branch)]).boxed()).boxed();
    let text = phrase(
        rng,
        &["Does {a} have more commits than {b}?", "Were more commits made on {a} than on {b}?"],
        &[("a", a), ("b", b)],
    );
    let program = Expr::YesNo(Expr::Greater(count(a), count(b)).boxed());
    Some(Draft::new("more_yes_no", 4, text, program).styled(Style::YesNo))
}

fn linked(main: &Part<'_>, edges: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let yes = rng.chance(0.5);
    let row = edges.row(rng);
    let to = edges.shown(row, 1);
    let from = if yes { edges.shown(row, 0) } else { main.shown(main.row(rng), 0) };
    let joined = |a: &str, b: &str| edges.table.rows.iter().any(|r| r[0].shown == a && r[1].shown == b);
    if from == to || joined(from, to) != yes || joined(to, from) {
        return None;
    }
    let text = phrase(
        rng,
        &["Is {x} a parent of {y}?", "Was {y} built directly on {x}?"],
        &[("x", from), ("y", to)],
    );
    let linked = Expr::Linked { table: edges.index, from: from.into(), to: to.into() };
    Some(Draft::new("linked_yes_no", 2, text, Expr::YesNo(linked.boxed())).styled(Style::YesNo))
}

fn steps(edges: &Part<'_>, rng: &mut Rng) -> Option<Draft> {
    let (from, to) = (edges.shown(edges.row(rng), 0), edges.shown(edges.row(rng), 1));
    if from == to {
        return None;
    }
    let text = phrase(
        rng,
        &["How many lines does the shortest way from {x} forward to {y} take?"],
        &[("x", from), ("y", to)],
    );
    let steps = Expr::Steps { table: edges.index, from: from.into(), to: to.into() };
    Some(Draft::new("steps", 4, text, steps.print(&whole())))
}
