//! Families, systems, journeys, histories, sentences and automata.

use pixmo_render::Rng;
use pixmo_render::data::{Cell, Column, Data, NumberFormat, Table};

use super::{PEOPLE, STEPS, edge_row, names, text_table};

fn year(year: i64) -> Cell {
    Cell::number(year as f64, &NumberFormat { group: None, ..NumberFormat::plain(0) })
}

/// Descendants of a couple, or the ancestors of one person.
pub(super) fn family(rng: &mut Rng) -> Data {
    let mut columns = vec![Column::text("label")];
    let dated = rng.chance(0.8);
    if dated {
        columns.extend([Column::number("born", "", false), Column::number("died", "", false)]);
    }
    let mut nodes = Table::new("nodes", columns);
    let mut pool = names(rng, PEOPLE, PEOPLE.len()).into_iter();
    let mut edges = text_table("edges", &["from", "to"]);
    let mut couples = text_table("couples", &["one", "other"]);
    let mut add = |born: i64, rng: &mut Rng| -> Option<String> {
        let name = pool.next()?;
        let mut row = vec![Cell::text(name.clone())];
        if dated {
            row.push(year(born));
            row.push(if born < 1950 { year(born + rng.whole(50, 90)) } else { Cell::missing("") });
        }
        nodes.rows.push(row);
        Some(name)
    };
    let parent = |edges: &mut Table, from: &str, to: &str| {
        edges.rows.push(vec![Cell::text(from), Cell::text(to)]);
    };
    if rng.chance(0.35) {
        let mut last: Vec<(String, i64)> = add(1990, rng).map(|n| (n, 1990)).into_iter().collect();
        for generation in 0..rng.whole(2, 3) {
            let mut next = Vec::new();
            for (child, born) in &last {
                if generation > 1 && rng.chance(0.4) {
                    continue;
                }
                for _ in 0..2 {
                    let age = born - rng.whole(22, 34);
                    let Some(name) = add(age, rng) else { break };
                    parent(&mut edges, &name, child);
                    next.push((name, age));
                }
            }
            last = next;
        }
        return Data { tables: vec![nodes, edges] };
    }
    let mut open: Vec<(String, Option<String>, i64, u32)> = Vec::new();
    let root = (add(1908, rng), add(1911, rng));
    if let (Some(one), Some(other)) = root {
        couples.rows.push(vec![Cell::text(one.clone()), Cell::text(other.clone())]);
        open.push((one, Some(other), 1910, 0));
    }
    let mut at = 0;
    while at < open.len() {
        let (one, other, born, depth) = open[at].clone();
        at += 1;
        let count = if depth == 0 { rng.whole(2, 3) } else { rng.whole(0, 3) };
        for child in 0..if depth < 3 { count } else { 0 } {
            let born = born + 24 + 3 * child;
            let Some(name) = add(born, rng) else { break };
            parent(&mut edges, &one, &name);
            if let Some(other) = &other {
                parent(&mut edges, other, &name);
            }
            let spouse = if rng.chance(0.6) { add(born - 1, rng) } else { None };
            if let Some(spouse) = &spouse {
                couples.rows.push(vec![Cell::text(name.clone()), Cell::text(spouse.clone())]);
            }
            open.push((name, spouse, born, depth + 1));
        }
    }
    Data { tables: vec![nodes, edges, couples] }
}

/// Concepts below what they belong to, with some more relations.
pub(super) fn concepts(rng: &mut Rng) -> Data {
    let all = [
        "Water cycle",
        "Evaporation",
        "Clouds",
        "Rain",
        "Rivers",
        "Groundwater",
        "Springs",
        "Oceans",
        "Plants",
        "Snow and ice",
        "Heat of the sun",
        "Drinking water",
    ];
    let verbs = ["leads to", "feeds", "is part of", "needs", "consists of", "releases"];
    let count = rng.whole(5, 12) as usize;
    let mut nodes = text_table("nodes", &["label"]);
    nodes.rows.extend(all[..count].iter().map(|n| vec![Cell::text(*n)]));
    let mut edges = text_table("edges", &["from", "to", "label"]);
    for node in 1..count {
        let from = if rng.chance(0.4) { 0 } else { rng.below(node) };
        edges.rows.push(edge_row(all[from], all[node], rng.word(&verbs)));
    }
    Data { tables: vec![nodes, edges] }
}

/// Components in two to four frames.
pub(super) fn components(rng: &mut Rng) -> Data {
    let frames = ["Web server", "Application server, rack 2", "Data centre", "Tablet"];
    let all = [
        ("Shop front", "component"),
        ("Basket", "component"),
        ("Search index", "component"),
        ("Order service", "component"),
        ("Payment service", "component"),
        ("Stock keeper", "component"),
        ("Customer records", "database"),
        ("Orders", "database"),
        ("Mail queue", "queue"),
        ("Card company", "external"),
        ("Reports", "component"),
        ("Session store", "database"),
    ];
    let labels = ["HTTPS", "SQL", "messages", "", ""];
    let count = rng.whole(5, 12) as usize;
    let lanes = rng.whole(2, 4) as usize;
    let mut nodes = text_table("nodes", &["label", "lane", "kind"]);
    for (index, (label, kind)) in all[..count].iter().enumerate() {
        let frame = frames[index * lanes / count];
        nodes.rows.push(vec![Cell::text(*label), Cell::text(frame), Cell::text(*kind)]);
    }
    let mut edges = text_table("edges", &["from", "to", "label"]);
    for node in 1..count {
        let from = rng.below(node.min(4));
        edges.rows.push(edge_row(all[from].0, all[node].0, rng.word(&labels)));
    }
    Data { tables: vec![nodes, edges] }
}

/// Outsiders, processes and stores.
pub(super) fn data_flow(rng: &mut Rng) -> Data {
    let all = [
        ("Reader", "external"),
        ("Register loan", "process"),
        ("Loans", "store"),
        ("Remind late readers", "process"),
        ("Catalogue", "store"),
        ("Order books", "process"),
        ("Book trade", "external"),
        ("Yearly report", "process"),
        ("Town council", "external"),
    ];
    let flows = [
        "card number",
        "due date",
        "title and shelf",
        "reminder",
        "order",
        "invoice",
        "figures",
        "new titles",
    ];
    let count = rng.whole(5, 9) as usize;
    let mut nodes = text_table("nodes", &["label", "kind"]);
    nodes.rows.extend(all[..count].iter().map(|(l, k)| vec![Cell::text(*l), Cell::text(*k)]));
    let mut edges = text_table("edges", &["from", "to", "label"]);
    for node in 1..count {
        let from = rng.below(node);
        edges.rows.push(edge_row(all[from].0, all[node].0, rng.word(&flows)));
    }
    Data { tables: vec![nodes, edges] }
}

/// A chain of blocks with a way back.
pub(super) fn blocks(rng: &mut Rng) -> Data {
    let all = [
        ("Set point", "input"),
        ("Comparator", "junction"),
        ("Controller", "block"),
        ("Valve drive", "block"),
        ("Heating coil", "block"),
        ("Room", "block"),
        ("Temperature", "output"),
        ("Sensor", "block"),
    ];
    let signals = ["error", "4–20 mA", "flow", "heat", ""];
    let mut nodes = text_table("nodes", &["label", "kind"]);
    nodes.rows.extend(all.iter().map(|(l, k)| vec![Cell::text(*l), Cell::text(*k)]));
    let mut edges = text_table("edges", &["from", "to", "label"]);
    for node in 1..7 {
        edges.rows.push(edge_row(all[node - 1].0, all[node].0, rng.word(&signals)));
    }
    edges.rows.push(edge_row("Room", "Sensor", ""));
    edges.rows.push(edge_row("Sensor", "Comparator", "measured value"));
    Data { tables: vec![nodes, edges] }
}

/// Steps in stages with a score each.
pub(super) fn journey(rng: &mut Rng) -> Data {
    let stages = ["Before", "At the counter", "Delivery", "Afterwards"];
    let details = rng.chance(0.5);
    let mut columns = vec![Column::text("label"), Column::text("lane"), Column::number("score", "", false)];
    if details {
        columns.push(Column::text("detail"));
    }
    let mut nodes = Table::new("nodes", columns);
    let count = rng.whole(5, 10) as usize;
    let lanes = rng.whole(2, 4) as usize;
    for (index, step) in names(rng, STEPS, count).into_iter().enumerate() {
        let stage = stages[index * lanes / count];
        let score = Cell::number(rng.whole(1, 5) as f64, &NumberFormat::plain(0));
        let mut row = vec![Cell::text(step), Cell::text(stage), score];
        if details {
            row.push(Cell::text(*rng.pick(&["Customer", "Clerk", "Customer, clerk"])));
        }
        nodes.rows.push(row);
    }
    Data { tables: vec![nodes] }
}

/// Branches that leave the main line and come back.
pub(super) fn history(rng: &mut Rng) -> Data {
    let messages = [
        "Read settings once",
        "Fix rounding of prices",
        "Add a test for empty carts",
        "Draw legends last",
        "Rename the parser",
        "Faster search",
        "Remove old flags",
        "Say what is missing",
        "Begin",
    ];
    let branches = ["main", "search", "fix/rounding", "release"];
    let mut nodes = text_table("nodes", &["label", "lane", "detail", "tag"]);
    let mut edges = text_table("edges", &["from", "to"]);
    let mut tips: Vec<Option<String>> = vec![None; branches.len()];
    let mut number = 0u32;
    let mut commit = |lane: usize, parents: &[String], tag: &str, rng: &mut Rng| -> String {
        number += 1;
        let id = format!("{:03x}{:04x}", number * 151, rng.below(65_536));
        let tag = if tag.is_empty() { Cell::missing("") } else { Cell::text(tag) };
        nodes.rows.push(vec![
            Cell::text(id.clone()),
            Cell::text(branches[lane]),
            Cell::text(*rng.pick(&messages)),
            tag,
        ]);
        for parent in parents {
            edges.rows.push(vec![Cell::text(parent.clone()), Cell::text(id.clone())]);
        }
        id
    };
    let mut main = commit(0, &[], "", rng);
    main = commit(0, &[main], "v1.0", rng);
    let mut next = 1;
    for _ in 0..rng.whole(4, 12) {
        let open: Vec<usize> = (1..branches.len()).filter(|&l| tips[l].is_some()).collect();
        match rng.below(4) {
            0 if next < branches.len() => {
                tips[next] = Some(commit(next, &[main.clone()], "", rng));
                next += 1;
            }
            1 if !open.is_empty() => {
                let lane = *rng.pick(&open);
                let tip = tips[lane].take().unwrap_or_default();
                main = commit(0, &[main, tip], "", rng);
            }
            2 if !open.is_empty() => {
                let lane = *rng.pick(&open);
                let tip = tips[lane].take().unwrap_or_default();
                tips[lane] = Some(commit(lane, &[tip], "", rng));
            }
            _ => main = commit(0, &[main], "", rng),
        }
    }
    Data { tables: vec![nodes, edges] }
}

/// A sentence with its phrases.
pub(super) fn sentence(rng: &mut Rng) -> Data {
    let mut nodes = text_table("nodes", &["label", "detail", "kind"]);
    let mut edges = text_table("edges", &["from", "to"]);
    let mut add = |label: &str, word: &str, parent: &str| {
        let kind = label.trim_end_matches(|c: char| c.is_ascii_digit());
        let word = if word.is_empty() { Cell::missing("") } else { Cell::text(word) };
        nodes.rows.push(vec![Cell::text(label), word, Cell::text(kind)]);
        if !parent.is_empty() {
            edges.rows.push(vec![Cell::text(parent), Cell::text(label)]);
        }
    };
    add("S", "", "");
    add("NP1", "", "S");
    add("Det1", "the", "NP1");
    if rng.chance(0.5) {
        add("Adj", rng.word(&["old", "quiet", "enormous"]), "NP1");
    }
    add("N1", rng.word(&["keeper", "lighthouse", "ferry"]), "NP1");
    add("VP", "", "S");
    add("V", rng.word(&["saw", "painted", "remembered"]), "VP");
    add("NP2", "", "VP");
    add("Det2", "a", "NP2");
    add("N2", rng.word(&["storm", "harbour", "gull"]), "NP2");
    if rng.chance(0.6) {
        add("PP", "", "VP");
        add("P", "from", "PP");
        add("NP3", "", "PP");
        add("Det3", "the", "NP3");
        add("N3", "window", "NP3");
    }
    Data { tables: vec![nodes, edges] }
}

/// States joined in a line, with loops and ways back.
pub(super) fn automaton(rng: &mut Rng) -> Data {
    let count = rng.whole(2, 6) as usize;
    let letters = if rng.chance(0.5) { ["a", "b"] } else { ["0", "1"] };
    let mut nodes = text_table("nodes", &["label", "start", "accepting"]);
    let mut edges = text_table("edges", &["from", "to", "label"]);
    let yes = |yes: bool| Cell::text(if yes { "yes" } else { "no" });
    for state in 0..count {
        nodes.rows.push(vec![Cell::text(format!("q{state}")), yes(state == 0), yes(state + 1 == count)]);
        let targets = [(state + 1).min(count - 1), rng.below(state + 1)];
        let mut put = |to: usize, label: &str| {
            edges.rows.push(edge_row(&format!("q{state}"), &format!("q{to}"), label));
        };
        if targets[0] == targets[1] {
            put(targets[0], &letters.join(", "));
        } else {
            put(targets[0], letters[0]);
            put(targets[1], letters[1]);
        }
    }
    Data { tables: vec![nodes, edges] }
}
