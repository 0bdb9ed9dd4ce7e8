//! Networks, routes and sequences of messages.

use std::collections::BTreeMap;

use pixmo_render::{NumberFormat, Rng};

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
        let devices = words::devices(&graph.domain);
        let extra = rng.below(7);
        for index in rng.sample(devices.len(), extra) {
            let (name, kind) = devices[index];
            if hubs.is_empty() || nodes.iter().any(|n| n.0.starts_with(name)) {
                continue;
            }
            links.push((*rng.pick(&hubs), nodes.len(), speed(kind, name, rng).to_owned()));
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

/// How fast a device is linked: what serves many fast, what is carried about without a cable.
fn speed(kind: &str, name: &str, rng: &mut Rng) -> &'static str {
    match kind {
        "cloud" | "firewall" => rng.word(&["1 Gbit/s", "500 Mbit/s", "250 Mbit/s"]),
        "switch" | "router" => rng.word(&["10 Gbit/s", "10 Gbit/s", "2.5 Gbit/s", "1 Gbit/s"]),
        "server" | "database" => rng.word(&["1 Gbit/s", "2.5 Gbit/s", "10 Gbit/s"]),
        _ if ["Laptop", "Phone", "Camera", "Scanner", "Display", "Tablet"]
            .iter()
            .any(|d| name.starts_with(d) || name.contains(" tablet")) =>
        {
            rng.word(&["Wi-Fi", "Wi-Fi", "1 Gbit/s", "100 Mbit/s"])
        }
        _ => rng.word(&["100 Mbit/s", "1 Gbit/s"]),
    }
}

/// A network laid out anew: sites with switches, devices at each.
fn generated(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let goal = size(rng, 6, 10, 20);
    let mut nodes: Vec<(String, &str)> = vec![("Internet".to_owned(), "cloud")];
    let mut links: Vec<(usize, usize, String)> = Vec::new();
    let labelled = rng.chance(0.6);
    let mut join = |from: usize, to: usize, rated: &'static str| {
        links.push((from, to, if labelled { rated.to_owned() } else { String::new() }));
    };
    if rng.chance(0.6) {
        nodes.push(("Firewall".to_owned(), "firewall"));
        join(0, 1, speed("cloud", "", rng));
    }
    let core = nodes.len();
    nodes.push((
        (rng.word(&["Core router", "Main switch", "Router", "Core switch"])).to_owned(),
        if rng.chance(0.5) { "router" } else { "switch" },
    ));
    join(core - 1, core, speed("firewall", "", rng));
    let domain = rng.pick(&banks.domains);
    let places = words::places(&domain.slug);
    let sites = (1 + goal / 5).min(4);
    let mut hubs = vec![core];
    for place in rng.sample(places.len(), sites) {
        let name = format!("{} switch", places[place]);
        join(core, nodes.len(), speed("switch", "", rng));
        hubs.push(nodes.len());
        nodes.push((name, "switch"));
    }
    let numbered = rng.chance(0.5);
    let devices = words::devices(&domain.slug);
    for index in rng.sample(devices.len(), devices.len()) {
        if nodes.len() >= goal {
            break;
        }
        let (name, kind) = devices[index];
        let copies = if numbered && kind == "client" { 1 + rng.below(3) } else { 1 };
        for copy in 1..=copies.min(goal - nodes.len()) {
            let name = if copies > 1 { format!("{name} {copy}") } else { name.to_owned() };
            let rated = speed(kind, &name, rng);
            join(*rng.pick(&hubs), nodes.len(), rated);
            nodes.push((name, kind));
        }
    }
    if hubs.len() > 2 && rng.chance(0.35) {
        join(hubs[1], hubs[2], speed("switch", "", rng));
    }
    let title = match rng.below(3) {
        0 => "Network plan".to_owned(),
        1 => format!("Network of the {}", inside(&domain.name)),
        _ => format!("{} network", domain.name),
    };
    let others = devices.iter().map(|d| d.0.to_owned());
    let others = others.chain(places.iter().map(|p| format!("{p} switch"))).collect();
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

/// A distance or duration that is a third shorter to a half longer, such as `9 min` for `8 min`.
fn varied(label: &str, rng: &mut Rng) -> String {
    let factor = rng.range(0.67, 1.5);
    let scaled = |number: &str| number.parse::<f64>().ok().map(|n| n * factor);
    match label.split_once(' ') {
        Some((number, unit @ ("min" | "km"))) => match scaled(number) {
            Some(value) if number.contains('.') => {
                format!("{} {unit}", NumberFormat::plain(1).print_f64(value.max(0.2)))
            }
            Some(value) => format!("{} {unit}", libm::round(value).max(2.0)),
            None => label.to_owned(),
        },
        Some((hours, rest)) if rest.starts_with("h ") => {
            let minutes = rest.trim_start_matches("h ").parse::<f64>().unwrap_or(0.0);
            let all = hours.parse::<f64>().unwrap_or(0.0) * 60.0 + minutes;
            let steps = libm::round(all * factor / 5.0).max(2.0) as i64;
            format!("{} h {:02}", steps * 5 / 60, steps * 5 % 60)
        }
        _ => label.to_owned(),
    }
}

pub(super) fn sequence(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let sequence = rng.pick(&banks.diagrams.sequences);
    let (name, domain, actors) = (&sequence.title, &sequence.domain, &sequence.actors);
    let mut messages: Vec<(usize, usize, String, String)> =
        sequence.messages.iter().map(|m| (m.from, m.to, m.kind.clone(), m.text.clone())).collect();
    let shift = rng.whole(-2, 1);
    let mut known = BTreeMap::new();
    for message in &mut messages {
        message.3 = retold(&message.3, shift, &mut known, rng);
    }
    let goal = size(rng, 4, 7, 12);
    // What somebody does alone may go unsaid.
    messages.retain(|m| m.0 != m.1 || rng.chance(0.7));
    if rng.chance(0.5) {
        // What only confirms may go unsaid.
        messages.retain(|m| m.2 != "reply" || rng.chance(0.6));
    }
    for _ in 0..20 {
        if messages.len() <= goal {
            break;
        }
        // Only the beginning or the end is left out, so that the rest still makes sense.
        let gone = if rng.chance(0.75) { messages.len() - 1 } else { 0 };
        messages.remove(gone);
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
    Some(Sketch { others: all.collect(), plain: true, ..Sketch::new(name, domain, "participant", tables) })
}

/// A message with other amounts, numbers, durations and times than the written one. The same number is the same in every
/// message of a sequence, and all times are earlier or later by as many hours.
fn retold(text: &str, shift: i64, known: &mut BTreeMap<String, String>, rng: &mut Rng) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut told: Vec<String> = Vec::new();
    for (at, word) in words.iter().copied().enumerate() {
        let before = if at > 0 { words[at - 1] } else { "" };
        let after = words.get(at + 1).copied().unwrap_or("");
        // An amount is asked for and paid; `bay 4` is not `4 minutes`.
        let key = match after {
            "minutes" => format!("{word} {after}"),
            _ if word.contains('.') => word.to_owned(),
            _ => format!("{before} {word}"),
        };
        let other = known.entry(key).or_insert_with(|| {
            renumbered(before, word, after, shift, rng).unwrap_or_else(|| word.to_owned())
        });
        told.push(other.clone());
    }
    told.join(" ")
}

/// Another number in place of a word; `None` where the word is none, or one on which others depend.
fn renumbered(before: &str, word: &str, after: &str, shift: i64, rng: &mut Rng) -> Option<String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((hour, minute)) = word.split_once(':') {
        let hour: i64 = hour.parse().ok()?;
        return digits(minute).then(|| format!("{}:{minute}", hour + shift));
    }
    if let Some((whole, part)) = word.split_once('.') {
        if !digits(whole) || !digits(part) {
            return None;
        }
        let value = word.parse::<f64>().ok()? * rng.range(0.6, 1.7);
        return match part.len() {
            2 => Some(NumberFormat::plain(2).print_f64(value)),
            1 if matches!(after, "°C" | "mm" | "mg") => Some(NumberFormat::plain(1).print_f64(value)),
            _ => None,
        };
    }
    let number: i64 = word.parse().ok()?;
    match before {
        _ if after == "minutes" => Some(rng.whole(4, 45).to_string()),
        "bay" | "door" | "gate" | "line" | "piste" | "platform" | "room" | "row" | "shelf" | "stand"
        | "stop" | "table" | "tank"
            if number > 1 =>
        {
            Some(rng.whole(2, 30).to_string())
        }
        _ => None,
    }
}
