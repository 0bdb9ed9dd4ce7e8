//! Journeys, components and machines, flows of data, maps of concepts and block diagrams: from the banks, with parts
//! left out.

use std::collections::BTreeSet;

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};

use super::sketch::{Sketch, edges, size, texts};
use crate::banks::{Banks, NamedLink, SystemBanks};

/// Steps of a journey with their stage and mood.
pub(super) fn user_journey(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let journey = rng.pick(&banks.systems.journeys);
    let columns = vec![Column::text("label"), Column::text("lane"), Column::number("score", "", false)];
    let mut table = Table::new("nodes", columns);
    let mut others = Vec::new();
    let stages = journey.stages.len();
    let left_out = (stages > 3 && rng.chance(0.4)).then(|| rng.below(stages));
    let plain = NumberFormat::plain(0);
    for (index, stage) in journey.stages.iter().enumerate() {
        let all = stage.steps.len();
        let kept = rng.whole(all.min(2) as i64, all as i64) as usize;
        let mut chosen = rng.sample(all, kept);
        chosen.sort_unstable();
        for (place, (name, low, high)) in stage.steps.iter().enumerate() {
            if left_out == Some(index) || !chosen.contains(&place) {
                others.push(name.clone());
                continue;
            }
            let score = rng.whole(*low, *high) as f64;
            let row =
                vec![Cell::text(name.clone()), Cell::text(stage.name.clone()), Cell::number(score, &plain)];
            table.rows.push(row);
        }
    }
    let title = match rng.below(3) {
        0 => format!("User journey: {}", journey.title),
        _ => journey.title.clone(),
    };
    Some(Sketch {
        formats: vec![((0, 2), plain)],
        order: "journey",
        others,
        plain: true,
        ..Sketch::new(title, &journey.domain, "step", vec![table])
    })
}

/// Components in their packages.
pub(super) fn component(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    system(banks, false, rng)
}

/// Components on their machines.
pub(super) fn deployment(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    system(banks, true, rng)
}

fn system(banks: &Banks, machines: bool, rng: &mut Rng) -> Option<Sketch> {
    let system = rng.pick(&banks.systems.systems);
    let all: Vec<(String, &str, &str)> = system
        .frames
        .iter()
        .flat_map(|f| {
            let frame = if machines { &f.machine } else { &f.package };
            f.parts.iter().map(move |(name, kind)| (name.clone(), kind.as_str(), frame.as_str()))
        })
        .collect();
    let names: Vec<String> = all.iter().map(|p| p.0.clone()).collect();
    let called = renamed(&names, &banks.systems, rng);
    let (kept, links) = thinned(&names, &system.links, size(rng, 5, 8, names.len()), |_| false, rng);
    // Labels take a row of their own between two parts.
    let labelled = kept.len() <= 8 && rng.chance(0.8);
    let word = |label: &str| {
        let (what, how) = label.split_once('|').unwrap_or((label, ""));
        if !labelled { String::new() } else { (if machines { how } else { what }).to_owned() }
    };
    let rows: Vec<Vec<String>> =
        kept.iter().map(|&n| vec![called[n].clone(), all[n].2.to_owned(), all[n].1.to_owned()]).collect();
    let labels: Vec<String> = kept.iter().map(|&n| called[n].clone()).collect();
    let links: Vec<(usize, usize, String)> =
        links.into_iter().map(|(from, to, label)| (from, to, word(&label))).collect();
    let tables = vec![texts("nodes", &["label", "lane", "kind"], rows), edges(&labels, &links)];
    let elsewhere = banks.systems.systems.iter().filter(|s| s.title != system.title);
    let foreign = elsewhere.flat_map(|s| &s.frames).flat_map(|f| &f.parts).map(|p| p.0.clone());
    let gone = (0..names.len()).filter(|n| !kept.contains(n)).map(|n| names[n].clone());
    let others = gone.chain(foreign).collect();
    let title = match (machines, rng.below(3)) {
        (true, 0) => format!("{}: deployment", system.title),
        (false, 0) => format!("{}: components", system.title),
        _ => system.title.clone(),
    };
    Some(Sketch {
        rows: "parts".to_owned(),
        measure: if machines { "machine" } else { "package" },
        others,
        plain: true,
        ..Sketch::new(title, &system.domain, "part", tables)
    })
}

/// Outsiders, processes and stores.
pub(super) fn data_flow(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let flow = rng.pick(&banks.systems.flows);
    let sketch = wiring(&banks.systems, &flow.title, &flow.domain, &flow.nodes, &flow.links, rng);
    let others =
        unused(banks.systems.flows.iter().flat_map(|f| &f.nodes).map(|n| &n.0), &flow.nodes, &sketch);
    Some(Sketch { others, row: "element".to_owned(), order: "data flow", ..sketch })
}

/// Blocks and signals.
pub(super) fn block(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let plan = rng.pick(&banks.systems.blocks);
    let sketch = wiring(&banks.systems, &plan.title, &plan.domain, &plan.nodes, &plan.links, rng);
    let others =
        unused(banks.systems.blocks.iter().flat_map(|b| &b.nodes).map(|n| &n.0), &plan.nodes, &sketch);
    Some(Sketch { others, row: "block".to_owned(), order: "block", ..sketch })
}

/// Concepts and what relates them.
pub(super) fn concept_map(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let web = rng.pick(&banks.systems.concepts);
    let mut nodes: Vec<(String, String)> = Vec::new();
    for (from, _, to) in &web.links {
        for name in [from, to] {
            if nodes.iter().all(|n| n.0 != *name) {
                nodes.push((name.clone(), String::new()));
            }
        }
    }
    let sketch = wiring(&banks.systems, &web.title, &web.domain, &nodes, &web.links, rng);
    let labels: Vec<Vec<String>> =
        sketch.tables[0].texts(0).into_iter().map(|t| vec![t.to_owned()]).collect();
    let tables = vec![texts("nodes", &["label"], labels), sketch.tables[1].clone()];
    let foreign = banks.systems.concepts.iter().flat_map(|w| &w.links).map(|l| &l.2);
    let others = unused(foreign, &nodes, &sketch);
    let title = if rng.chance(0.3) { format!("Concept map: {}", web.title) } else { web.title.clone() };
    Some(Sketch { name: title, row: "concept".to_owned(), order: "concept map", others, tables, ..sketch })
}

/// Things of several kinds with some of them left out.
fn wiring(
    banks: &SystemBanks,
    title: &str,
    domain: &str,
    nodes: &[(String, String)],
    links: &[NamedLink],
    rng: &mut Rng,
) -> Sketch {
    let names: Vec<String> = nodes.iter().map(|n| n.0.clone()).collect();
    let called = renamed(&names, banks, rng);
    let goal = rng.whole(5, names.len() as i64) as usize;
    let (kept, links) = thinned(&names, links, goal, |n| nodes[n].1 == "process", rng);
    let rows = kept.iter().map(|&n| vec![called[n].clone(), nodes[n].1.clone()]).collect();
    let labels: Vec<String> = kept.iter().map(|&n| called[n].clone()).collect();
    let others = (0..names.len()).filter(|n| !kept.contains(n)).map(|n| names[n].clone()).collect();
    let tables = vec![texts("nodes", &["label", "kind"], rows), edges(&labels, &links)];
    Sketch { others, plain: true, ..Sketch::new(title, domain, "element", tables) }
}

/// The names as they are called in one picture: some by another word for the same thing.
fn renamed(names: &[String], banks: &SystemBanks, rng: &mut Rng) -> Vec<String> {
    let mut called: Vec<String> = names.to_vec();
    for at in 0..names.len() {
        let Some(others) = banks.synonyms.get(&names[at]) else { continue };
        let other = rng.pick(others);
        if rng.chance(0.6) && !called.contains(other) {
            called[at].clone_from(other);
        }
    }
    called
}

/// What was left out of a sketch, then names from elsewhere. Its own things may go by other names in it, so only those
/// left out are named.
fn unused<'a>(
    all: impl Iterator<Item = &'a String>,
    own: &[(String, String)],
    sketch: &Sketch,
) -> Vec<String> {
    let foreign = all.filter(|name| own.iter().all(|n| n.0 != **name)).cloned();
    sketch.others.iter().cloned().chain(foreign).collect()
}

/// The indexes of names that are kept, and the links between them by their new places. What is taken away leaves the
/// rest in one piece, and the first name always stays.
fn thinned(
    names: &[String],
    links: &[NamedLink],
    goal: usize,
    working: impl Fn(usize) -> bool,
    rng: &mut Rng,
) -> (Vec<usize>, Vec<(usize, usize, String)>) {
    let place = |name: &String| names.iter().position(|n| n == name).unwrap_or(0);
    let all: Vec<(usize, usize, &String)> = links.iter().map(|l| (place(&l.0), place(&l.2), &l.1)).collect();
    let mut kept: Vec<usize> = (0..names.len()).collect();
    let mut order = rng.sample(names.len(), names.len());
    order.retain(|&n| n > 0);
    for node in order {
        if kept.len() <= goal {
            break;
        }
        let rest: Vec<usize> = kept.iter().copied().filter(|&n| n != node).collect();
        // What works on something needs to get and to give it.
        let fed = |n: usize| {
            let live = |from: usize, to: usize| rest.contains(&from) && rest.contains(&to);
            all.iter().any(|l| l.1 == n && live(l.0, l.1)) && all.iter().any(|l| l.0 == n && live(l.0, l.1))
        };
        if whole(&rest, &all) && rest.iter().all(|&n| !working(n) || fed(n)) {
            kept = rest;
        }
    }
    let at = |node: usize| kept.iter().position(|&n| n == node);
    let links =
        all.iter().filter_map(|&(from, to, label)| Some((at(from)?, at(to)?, label.clone()))).collect();
    (kept, links)
}

/// True when links join all these nodes to one another, by whatever ways.
fn whole(nodes: &[usize], links: &[(usize, usize, &String)]) -> bool {
    let Some(&first) = nodes.first() else { return false };
    let mut reached = BTreeSet::from([first]);
    let mut grown = true;
    while grown {
        grown = false;
        for &(from, to, _) in links.iter().filter(|l| nodes.contains(&l.0) && nodes.contains(&l.1)) {
            if reached.contains(&from) != reached.contains(&to) {
                reached.extend([from, to]);
                grown = true;
            }
        }
    }
    reached.len() == nodes.len()
}
