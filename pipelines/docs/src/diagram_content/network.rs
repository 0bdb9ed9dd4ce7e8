//! Networks, routes and sequences of messages.

use pixmo_render::Rng;

use super::sketch::{Sketch, edges, size, texts};
use super::words;
use crate::banks::{Banks, Graph};
use crate::content::inside;

pub(super) fn network(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    match rng.below(10) {
        0..=3 => generated(banks, rng),
        4..=6 => written(banks, rng, "network"),
        7 | 8 => written(banks, rng, "route"),
        _ => written(banks, rng, "component"),
    }
}

/// A network from the bank with devices left out and put in.
fn written(banks: &Banks, rng: &mut Rng, kind: &str) -> Option<Sketch> {
    let fitting: Vec<&Graph> = banks.diagrams.graphs.iter().filter(|g| g.kind == kind).collect();
    let graph = *rng.pick(&fitting);
    let mut nodes: Vec<(String, &str)> =
        graph.nodes.iter().map(|n| (n.text.clone(), device(&n.role))).collect();
    let mut links: Vec<(usize, usize, String)> =
        graph.links.iter().map(|l| (l.from, l.to, l.label.clone())).collect();
    let mut others: Vec<String> = Vec::new();
    for _ in 0..rng.below(4) {
        let ends: Vec<usize> = (0..nodes.len())
            .filter(|n| links.iter().filter(|l| l.0 == *n || l.1 == *n).count() == 1)
            .collect();
        if ends.is_empty() || nodes.len() <= 5 {
            break;
        }
        let gone = *rng.pick(&ends);
        others.push(nodes.remove(gone).0);
        links.retain(|l| l.0 != gone && l.1 != gone);
        for link in &mut links {
            link.0 -= usize::from(link.0 > gone);
            link.1 -= usize::from(link.1 > gone);
        }
    }
    if kind == "network" {
        let hubs: Vec<usize> =
            (0..nodes.len()).filter(|&n| matches!(nodes[n].1, "switch" | "router")).collect();
        let extra = rng.below(7);
        for index in rng.sample(words::DEVICES.len(), extra) {
            let (name, kind) = words::DEVICES[index];
            if hubs.is_empty() || nodes.iter().any(|n| n.0.starts_with(name)) {
                continue;
            }
            links.push((*rng.pick(&hubs), nodes.len(), (*rng.pick(SPEEDS)).to_owned()));
            nodes.push((name.to_owned(), kind));
        }
    }
    if kind == "route" {
        for link in &mut links {
            link.2 = varied(&link.2, rng);
        }
        let extra = rng.below(6);
        let towns = rng.sample(banks.towns.len(), extra);
        for town in towns {
            let home = rng.below(nodes.len());
            let like = rng.pick(&links).2.clone();
            links.push((home, nodes.len(), varied(&like, rng)));
            nodes.push((banks.towns[town].clone(), ""));
        }
    }
    if rng.chance(0.25) {
        for link in &mut links {
            link.2.clear();
        }
    }
    others.extend(fitting.iter().flat_map(|g| &g.nodes).map(|n| n.text.clone()));
    let (row, rows) = match kind {
        "network" => ("device", "devices"),
        "component" => ("component", "components"),
        _ => ("stop", "stops"),
    };
    let detail = kind == "network" && rng.chance(0.4);
    Some(assembled(nodes, links, detail, (row, rows), &graph.title, &graph.domain, others, rng))
}

const SPEEDS: &[&str] = &["100 Mbit/s", "1 Gbit/s", "10 Gbit/s", "Wi-Fi", "1 Gbit/s", "2.5 Gbit/s"];

/// A network laid out anew: sites with switches, devices at each.
fn generated(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let goal = size(rng, 6, 10, 20);
    let mut nodes: Vec<(String, &str)> = vec![("Internet".to_owned(), "cloud")];
    let mut links: Vec<(usize, usize, String)> = Vec::new();
    let labelled = rng.chance(0.6);
    let mut join = |from: usize, to: usize, rng: &mut Rng| {
        links.push((from, to, if labelled { (*rng.pick(SPEEDS)).to_owned() } else { String::new() }));
    };
    if rng.chance(0.6) {
        nodes.push(("Firewall".to_owned(), "firewall"));
        join(0, 1, rng);
    }
    let core = nodes.len();
    nodes.push((
        (rng.word(&["Core router", "Main switch", "Router", "Core switch"])).to_owned(),
        if rng.chance(0.5) { "router" } else { "switch" },
    ));
    join(core - 1, core, rng);
    let sites = (1 + goal / 5).min(4);
    let mut hubs = vec![core];
    for place in rng.sample(words::PLACES.len(), sites) {
        let name = format!("{} switch", words::PLACES[place]);
        join(core, nodes.len(), rng);
        hubs.push(nodes.len());
        nodes.push((name, "switch"));
    }
    let numbered = rng.chance(0.5);
    for index in rng.sample(words::DEVICES.len(), words::DEVICES.len()) {
        if nodes.len() >= goal {
            break;
        }
        let (name, kind) = words::DEVICES[index];
        let copies = if numbered && kind == "client" { 1 + rng.below(3) } else { 1 };
        for copy in 1..=copies.min(goal - nodes.len()) {
            let name = if copies > 1 { format!("{name} {copy}") } else { name.to_owned() };
            join(*rng.pick(&hubs), nodes.len(), rng);
            nodes.push((name, kind));
        }
    }
    if hubs.len() > 2 && rng.chance(0.35) {
        join(hubs[1], hubs[2], rng);
    }
    let domain = rng.pick(&banks.domains);
    let title = match rng.below(3) {
        0 => "Network plan".to_owned(),
        1 => format!("Network of the {}", inside(&domain.name)),
        _ => format!("{} network", domain.name),
    };
    let others = words::DEVICES.iter().map(|d| d.0.to_owned());
    let others = others.chain(words::PLACES.iter().map(|p| format!("{p} switch"))).collect();
    let detail = rng.chance(0.5);
    Some(assembled(nodes, links, detail, ("device", "devices"), &title, &domain.slug, others, rng))
}

#[expect(clippy::too_many_arguments, reason = "the parts of one sketch, called from two places")]
fn assembled(
    nodes: Vec<(String, &str)>,
    links: Vec<(usize, usize, String)>,
    detail: bool,
    (row, rows): (&str, &str),
    title: &str,
    domain: &str,
    others: Vec<String>,
    rng: &mut Rng,
) -> Sketch {
    let labels: Vec<String> = nodes.iter().map(|n| n.0.clone()).collect();
    let net = rng.word(&["10.0", "192.168", "172.16"]);
    let subnet = rng.whole(0, 40);
    let mut host = rng.whole(1, 9);
    let table_rows = nodes.iter().map(|(label, kind)| {
        let mut row = vec![label.clone(), (*kind).to_owned()];
        if detail {
            host += rng.whole(1, 14);
            row.push(if *kind == "cloud" { String::new() } else { format!("{net}.{subnet}.{host}") });
        }
        row
    });
    let table_rows: Vec<Vec<String>> = table_rows.collect();
    let columns: &[&str] = if detail { &["label", "kind", "detail"] } else { &["label", "kind"] };
    let tables = vec![texts("nodes", columns, table_rows), edges(&labels, &links)];
    Sketch {
        rows: rows.to_owned(),
        measure: if detail { "address" } else { "" },
        order: "undirected",
        others,
        plain: true,
        ..Sketch::new(title, domain, row, tables)
    }
}

/// The kinds that networks draw.
fn device(role: &str) -> &'static str {
    match role {
        "router" | "access point" => "router",
        "switch" => "switch",
        "server" | "service" | "queue" => "server",
        "database" | "cache" => "database",
        "firewall" => "firewall",
        "cloud" | "external" => "cloud",
        "client" | "printer" | "device" => "client",
        _ => "",
    }
}

/// A distance or duration with other numbers, such as `7 min` for `3 min`.
fn varied(label: &str, rng: &mut Rng) -> String {
    match label.split_once(' ') {
        Some((number, unit @ ("min" | "km"))) if number.contains('.') => {
            format!("{}.{} {unit}", rng.whole(0, 6), rng.whole(1, 9))
        }
        Some((_, unit @ ("min" | "km"))) => format!("{} {unit}", rng.whole(2, 48)),
        Some((_, _)) if label.contains(" h ") => format!("{} h {:02}", rng.whole(0, 3), rng.whole(1, 11) * 5),
        _ => label.to_owned(),
    }
}

pub(super) fn sequence(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let (name, domain, actors, messages) = if rng.chance(0.5) {
        let sequence = rng.pick(&banks.diagrams.sequences);
        let messages = sequence
            .messages
            .iter()
            .map(|m| (m.from, m.to, m.kind.clone(), m.text.clone()))
            .collect::<Vec<_>>();
        (sequence.title.clone(), sequence.domain.clone(), sequence.actors.clone(), messages)
    } else {
        told(banks, rng)?
    };
    let goal = size(rng, 4, 7, 16);
    let mut messages = messages;
    let mut others: Vec<String> = Vec::new();
    for _ in 0..20 {
        if messages.len() <= goal {
            break;
        }
        // Only the beginning or the end is left out, so that the rest still makes sense.
        let gone = if rng.chance(0.75) { messages.len() - 1 } else { 0 };
        others.push(messages.remove(gone).3);
    }
    let asides = ["note the time", "write log entry", "check the list", "wait"];
    for _ in 0..rng.below(3) {
        if messages.len() >= goal {
            break;
        }
        let actor = messages[rng.below(messages.len())].1;
        let text = *rng.pick(&asides);
        if messages.iter().all(|m| m.3 != text) {
            let place = 1 + rng.below(messages.len());
            messages.insert(place, (actor, actor, "call".to_owned(), text.to_owned()));
        }
    }
    let answers = ["thanks", "understood", "confirmed", "done", "received"];
    for text in rng.sample(answers.len(), 2) {
        if messages.len() < goal
            && let Some(last) = messages.last().filter(|m| m.0 != m.1 && m.2 == "call").cloned()
        {
            messages.push((last.1, last.0, "reply".to_owned(), answers[text].to_owned()));
        }
    }
    let used: Vec<usize> =
        (0..actors.len()).filter(|&a| messages.iter().any(|m| m.0 == a || m.1 == a)).collect();
    let kinds = messages.iter().any(|m| m.2 == "reply");
    let rows = messages.iter().map(|(from, to, kind, text)| {
        let mut row = vec![actors[*from].clone(), actors[*to].clone(), text.clone()];
        if kinds {
            row.push(kind.clone());
        }
        row
    });
    let columns: &[&str] = if kinds { &["from", "to", "label", "kind"] } else { &["from", "to", "label"] };
    let tables = vec![
        texts("actors", &["label"], used.iter().map(|&a| vec![actors[a].clone()]).collect()),
        texts("messages", columns, rows.collect()),
    ];
    let all = actors.iter().chain(banks.diagrams.sequences.iter().flat_map(|s| &s.actors)).cloned();
    Some(Sketch { others: all.collect(), plain: true, ..Sketch::new(name, &domain, "participant", tables) })
}

type Told = (String, String, Vec<String>, Vec<(usize, usize, String, String)>);

/// A process told as messages: who is done with a step hands over to who does the next one.
fn told(banks: &Banks, rng: &mut Rng) -> Option<Told> {
    let process = rng.pick(&banks.diagrams.processes);
    if process.actors.len() < 2 {
        return None;
    }
    let node = |id: usize| process.nodes.iter().find(|n| n.id == id);
    let mut at = process.nodes.iter().find(|n| n.kind == "start")?;
    let mut messages: Vec<(usize, usize, String, String)> = Vec::new();
    let mut seen = vec![at.id];
    loop {
        let next: Vec<_> =
            process.links.iter().filter(|l| l.from == at.id && !seen.contains(&l.to)).collect();
        if next.is_empty() || messages.len() >= 14 {
            break;
        }
        let link = if rng.chance(0.75) { next[0] } else { *rng.pick(&next) };
        let to = node(link.to)?;
        seen.push(to.id);
        if at.kind == "decision" && !link.label.is_empty() && at.actor != to.actor {
            let answer = if link.label == "yes" { "yes" } else { "no" };
            let text = format!("{answer}: {}", inside(&to.text));
            messages.push((at.actor, to.actor, "call".to_owned(), text));
        } else {
            messages.push((at.actor, to.actor, "call".to_owned(), inside(&to.text)));
        }
        at = to;
    }
    if messages.len() < 3 || messages.iter().filter(|m| m.0 != m.1).count() < 2 {
        return None;
    }
    Some((process.title.clone(), process.domain.clone(), process.actors.clone(), messages))
}
