//! Diagrams to look at and to test with: varied, plausible, a function of the seed alone.

use pixmo_render::data::{Cell, Column, Data, NumberFormat, Table};
use pixmo_render::{Rng, Seed};
use pixmo_render_figures::diagram::DiagramKind;

#[path = "systems.rs"]
mod systems;

/// The data and title of one sample.
pub(crate) struct Sample {
    pub(crate) data: Data,
    pub(crate) title: String,
}

const STEPS: &[&str] = &[
    "Receive parcel",
    "Weigh and label",
    "Check the address",
    "Enter order in the ledger",
    "Print receipt",
    "Ask customer for missing details",
    "Pack in padded box",
    "Call the courier",
    "Store on shelf",
    "Send reminder",
    "Refund postage",
    "File the complaint",
    "Inspect for damage",
    "Update stock list",
    "Sign the delivery note",
    "Notify the warehouse",
    "Book a return slot",
    "Close ticket",
];
const QUESTIONS: &[&str] = &[
    "Address valid?",
    "Over 20 kg?",
    "Paid in advance?",
    "Damaged?",
    "Customer answers within 3 days?",
    "In stock?",
];
const PEOPLE: &[&str] = &[
    "Ilse Marten",
    "Tomás Arda",
    "Ruth Okafor",
    "Pavel Hruby",
    "Mina Sato",
    "Jonas Lindqvist",
    "Amara Diallo",
    "Greta Vance",
    "Hugo Prins",
    "Lena Baum",
    "Carlos Rey",
    "Noor Haddad",
    "Silas Winter",
    "Yara Costa",
    "Otto Krag",
    "Edda Hall",
    "Bram Visser",
    "Zora Mlakar",
    "Finn Doyle",
    "Ada Quist",
    "Milo Ferrant",
    "Ines Roth",
    "Kai Berg",
    "Vera Lund",
];
const POSTS: &[&str] = &[
    "Director",
    "Head of finance",
    "Workshop lead",
    "Archivist",
    "Purchasing",
    "Conservator",
    "Legal counsel",
    "Press and public relations",
    "Facilities",
];
const TOPICS: &[&str] = &[
    "Soil",
    "Compost",
    "Mulch",
    "Beds",
    "Raised beds",
    "Irrigation",
    "Drip hose",
    "Rain barrel",
    "Seeds",
    "Heirloom",
    "Exchange day",
    "Tools",
    "Spades",
    "Shared shed",
    "Wheelbarrows",
    "Volunteers",
    "Weekend rota",
    "Training",
    "Pests",
    "Slugs",
    "Aphids",
    "Harvest",
    "Preserving jars",
    "Market stall",
    "Budget",
    "Grants",
    "Membership fees",
    "Wildlife",
    "Hedgehog house",
    "Bee hotel",
    "Paths",
    "Gravel",
    "Fences",
    "Children's corner",
    "Signs",
];

fn text_table(name: &str, columns: &[&str]) -> Table {
    Table::new(name, columns.iter().map(|c| Column::text(*c)).collect())
}

fn edge_row(from: &str, to: &str, label: &str) -> Vec<Cell> {
    let label = if label.is_empty() { Cell::missing("") } else { Cell::text(label) };
    vec![Cell::text(from), Cell::text(to), label]
}

fn names(rng: &mut Rng, from: &[&str], count: usize) -> Vec<String> {
    rng.sample(from.len(), count).into_iter().map(|i| from[i].to_owned()).collect()
}

/// Steps with decisions: a spine with branches that join it again, and loops back.
fn flowchart(rng: &mut Rng, lanes: bool) -> Data {
    let mut nodes = text_table("nodes", if lanes { &["label", "kind", "lane"] } else { &["label", "kind"] });
    let mut edges = text_table("edges", &["from", "to", "label"]);
    let lane_names =
        names(rng, &["Customer", "Front desk", "Warehouse", "Accounting department", "Courier"], 4);
    let lane_count = rng.whole(2, 4) as usize;
    let add = |nodes: &mut Table, rng: &mut Rng, label: &str, kind: &str| {
        let mut row = vec![Cell::text(label), Cell::text(kind)];
        if lanes {
            row.push(Cell::text(lane_names[rng.below(lane_count)].clone()));
        }
        nodes.rows.push(row);
        label.to_owned()
    };
    let steps = names(rng, STEPS, 16);
    let questions = names(rng, QUESTIONS, 5);
    let (mut next_step, mut next_question) = (steps.iter(), questions.iter());
    let mut last = add(&mut nodes, rng, "Start", "start");
    let mut spine = vec![last.clone()];
    let mut label = "";
    for _ in 0..rng.whole(3, if lanes { 5 } else { 7 }) {
        if rng.chance(0.4)
            && let Some(question) = next_question.next()
        {
            let here = add(&mut nodes, rng, question, "decision");
            edges.rows.push(edge_row(&last, &here, label));
            let Some(step) = next_step.next() else { break };
            let side =
                add(&mut nodes, rng, step, rng.clone().pick::<&str>(&["step", "input", "store", "document"]));
            edges.rows.push(edge_row(&here, &side, "No"));
            if rng.chance(0.35) {
                edges.rows.push(edge_row(
                    &side,
                    &spine[rng.below(spine.len().saturating_sub(1)).max(1).min(spine.len() - 1)],
                    "",
                ));
            } else if rng.chance(0.5)
                && let Some(step) = next_step.next()
            {
                let join = add(&mut nodes, rng, step, "step");
                edges.rows.push(edge_row(&side, &join, ""));
                edges.rows.push(edge_row(&here, &join, "Yes"));
                (last, label) = (join.clone(), "");
                spine.push(join);
                continue;
            }
            (last, label) = (here.clone(), "Yes");
            spine.push(here);
        } else if let Some(step) = next_step.next() {
            let here = add(&mut nodes, rng, step, "step");
            edges.rows.push(edge_row(&last, &here, label));
            (last, label) = (here.clone(), "");
            spine.push(here);
        }
    }
    let end = add(&mut nodes, rng, "End", "end");
    edges.rows.push(edge_row(&last, &end, label));
    Data { tables: vec![nodes, edges] }
}

fn state(rng: &mut Rng) -> Data {
    let all = [
        "Idle",
        "Heating",
        "Brewing",
        "Rinsing",
        "Paused",
        "Out of water",
        "Descaling",
        "Standby",
        "Error",
        "Off",
    ];
    let states = names(rng, &all, rng.clone().whole(4, 8) as usize);
    let mut nodes = text_table("nodes", &["label", "kind"]);
    for (i, s) in states.iter().enumerate() {
        let kind = if i == 0 {
            "start"
        } else if i + 1 == states.len() {
            "end"
        } else {
            ""
        };
        nodes.rows.push(vec![Cell::text(s.clone()), Cell::text(kind)]);
    }
    let events = [
        "button",
        "lid opened",
        "refilled",
        "10 s",
        "temperature reached",
        "done",
        "power off",
        "fault",
        "reset",
    ];
    let mut edges = text_table("edges", &["from", "to", "label"]);
    for i in 1..states.len() {
        edges.rows.push(edge_row(
            &states[rng.below(i).max(i.saturating_sub(2))],
            &states[i],
            rng.pick::<&str>(&events),
        ));
    }
    for _ in 0..rng.whole(1, 3) {
        let (a, b) = (rng.below(states.len() - 1), rng.below(states.len() - 1));
        if a != b && !edges.rows.iter().any(|r| r[0].shown == states[a] && r[1].shown == states[b]) {
            edges.rows.push(edge_row(&states[a], &states[b], rng.pick::<&str>(&events)));
        }
    }
    if rng.chance(0.5) {
        let s = &states[rng.below(states.len())];
        edges.rows.push(edge_row(s, s, "tick"));
    }
    Data { tables: vec![nodes, edges] }
}

/// A random tree over names.
fn tree(rng: &mut Rng, labels: &[String], most: usize, columns: &[&str]) -> (Table, Vec<usize>) {
    let mut edges = text_table("edges", columns);
    let mut children = vec![0usize; labels.len()];
    let mut parents = vec![0usize; labels.len()];
    let mut depth = vec![0usize; labels.len()];
    for node in 1..labels.len() {
        let mut parent = rng.below(node);
        for _ in 0..12 {
            if children[parent] < most && depth[parent] < 3 {
                break;
            }
            parent = rng.below(node);
        }
        if children[parent] >= most || depth[parent] >= 3 {
            parent = 0;
        }
        children[parent] += 1;
        depth[node] = depth[parent] + 1;
        parents[node] = parent;
    }
    for node in 1..labels.len() {
        edges.rows.push(vec![Cell::text(labels[parents[node]].clone()), Cell::text(labels[node].clone())]);
    }
    (edges, children)
}

fn decision_tree(rng: &mut Rng) -> Data {
    let questions = [
        "Annual rainfall above 600 mm?",
        "Slope steeper than 10°?",
        "Soil type",
        "Frost after April?",
        "Distance to water",
        "Southern exposure?",
        "Budget",
    ];
    let results = [
        "Plum",
        "Apple",
        "Vineyard",
        "Pasture",
        "Walnut",
        "Leave fallow",
        "Sea buckthorn",
        "Cherry",
        "Barley",
        "Rye",
        "Orchard meadow",
        "Hazel",
    ];
    let (mut q, mut r) = (names(rng, &questions, 7).into_iter(), names(rng, &results, 12).into_iter());
    let mut nodes = text_table("nodes", &["label", "kind"]);
    let mut edges = text_table("edges", &["from", "to", "label"]);
    let mut open = vec![(q.next().expect("there are questions"), 0)];
    nodes.rows.push(vec![Cell::text(open[0].0.clone()), Cell::text("decision")]);
    while let Some((parent, depth)) = open.pop() {
        let answers: &[&str] = match rng.below(3) {
            0 => &["sand", "clay", "loam"],
            1 => &["below 50", "50 to 80"],
            _ => &["Yes", "No"],
        };
        for answer in answers {
            let question = if depth < 2 && rng.chance(0.5) { q.next() } else { None };
            let (label, kind) = match question {
                Some(question) => (Some(question), "decision"),
                None => (r.next(), "end"),
            };
            let Some(label) = label else { continue };
            nodes.rows.push(vec![Cell::text(label.clone()), Cell::text(kind)]);
            edges.rows.push(edge_row(&parent, &label, answer));
            if kind == "decision" {
                open.push((label, depth + 1));
            }
        }
    }
    Data { tables: vec![nodes, edges] }
}

fn org_chart(rng: &mut Rng) -> Data {
    let people = names(rng, PEOPLE, rng.clone().whole(5, 20) as usize);
    let details = rng.chance(0.7);
    let mut nodes = text_table("nodes", if details { &["label", "detail", "group"] } else { &["label"] });
    for (i, person) in people.iter().enumerate() {
        let mut row = vec![Cell::text(person.clone())];
        if details {
            row.push(Cell::text(POSTS[if i == 0 { 0 } else { 1 + rng.below(POSTS.len() - 1) }]));
            row.push(Cell::text(*rng.pick(&["Office", "Workshop", "Board"])));
        }
        nodes.rows.push(row);
    }
    let (edges, _) = tree(rng, &people, 4, &["from", "to"]);
    Data { tables: vec![nodes, edges] }
}

fn mind_map(rng: &mut Rng) -> Data {
    let mut labels = vec!["Community garden".to_owned()];
    labels.extend(names(rng, TOPICS, rng.clone().whole(7, 30) as usize));
    let mut nodes = text_table("nodes", &["label"]);
    nodes.rows.extend(labels.iter().map(|l| vec![Cell::text(l.clone())]));
    let (edges, _) = tree(rng, &labels, 6, &["from", "to"]);
    Data { tables: vec![nodes, edges] }
}

fn timeline(rng: &mut Rng) -> Data {
    let events = [
        "Ferry service opens",
        "Lighthouse moved inland",
        "First regatta",
        "Great storm",
        "New pier",
        "Railway arrives",
        "Fish market roofed",
        "Harbour dredged",
        "Museum founded",
        "Bridge to Eastholm",
        "Cannery closes",
    ];
    let details = [
        "A crowd of four thousand watched.",
        "Paid for by subscription and a lottery.",
        "Took nine years to finish.",
    ];
    let with_details = rng.chance(0.5);
    let mut columns = vec![Column::time("date"), Column::text("label")];
    if with_details {
        columns.push(Column::text("detail"));
    }
    let mut table = Table::new("events", columns);
    let mut year = rng.whole(1820, 1880);
    for event in names(rng, &events, rng.clone().whole(4, 10) as usize) {
        year += rng.whole(2, 14);
        let mut row = vec![Cell::text(year.to_string()), Cell::text(event)];
        if with_details {
            row.push(if rng.chance(0.7) { Cell::text(*rng.pick(&details)) } else { Cell::missing("") });
        }
        table.rows.push(row);
    }
    Data { tables: vec![table] }
}

fn gantt(rng: &mut Rng) -> Data {
    let tasks = names(rng, STEPS, rng.clone().whole(5, 13) as usize);
    let dates = rng.chance(0.5);
    let mut columns = vec![Column::text("label")];
    for name in ["start", "end"] {
        columns.push(if dates { Column::time(name) } else { Column::number(name, "week", false) });
    }
    columns.push(Column::text("group"));
    let mut table = Table::new("tasks", columns);
    let mut day = 1;
    for (index, task) in tasks.iter().enumerate() {
        let start = day + rng.whole(0, 3);
        let end = start + rng.whole(2, 9);
        day = start + rng.whole(0, 4);
        let cell = |day: i64| match dates {
            true => Cell::text(format!("2024-{:02}-{:02}", 3 + (day - 1) * 3 / 28, 1 + (day - 1) * 3 % 28)),
            false => Cell::number(day as f64, &NumberFormat::plain(0)),
        };
        let group = ["Preparation", "Build", "Opening"][index * 3 / tasks.len()];
        table.rows.push(vec![Cell::text(task.clone()), cell(start), cell(end), Cell::text(group)]);
    }
    Data { tables: vec![table] }
}

fn sequence(rng: &mut Rng) -> Data {
    let actors = names(
        rng,
        &["Reader", "Catalogue", "Lending desk", "Store room", "Payment service", "Mail server"],
        rng.clone().whole(3, 5) as usize,
    );
    let mut table = text_table("actors", &["label"]);
    table.rows.extend(actors.iter().map(|a| vec![Cell::text(a.clone())]));
    let mut messages = text_table("messages", &["from", "to", "label", "kind"]);
    let texts = [
        "search(title)",
        "list of volumes",
        "reserve copy",
        "check fines",
        "no fines due",
        "fetch from shelf 14",
        "confirm",
        "send reminder",
        "pay 2.40",
        "receipt",
        "extend loan",
        "queue position",
    ];
    let mut at = 0;
    for _ in 0..rng.whole(5, 12) {
        let to = if rng.chance(0.1) { at } else { (at + 1 + rng.below(actors.len() - 1)) % actors.len() };
        let kind = if rng.chance(0.3) { "reply" } else { "call" };
        messages.rows.push(vec![
            Cell::text(actors[at].clone()),
            Cell::text(actors[to].clone()),
            Cell::text(*rng.pick(&texts)),
            Cell::text(kind),
        ]);
        at = to;
    }
    Data { tables: vec![table, messages] }
}

fn classes(rng: &mut Rng, entities: bool) -> Data {
    let all = ["Vessel", "Harbour", "Berth", "Captain", "Cargo", "Invoice", "Customs form", "Pilot", "Tug"];
    let list = names(rng, &all, rng.clone().whole(3, 7) as usize);
    let mut nodes = text_table("nodes", &["label"]);
    nodes.rows.extend(list.iter().map(|n| vec![Cell::text(n.clone())]));
    let mut members = text_table("members", &["node", "name", "type", "kind"]);
    let fields = [
        ("id", "int"),
        ("name", "text"),
        ("length", "decimal"),
        ("since", "date"),
        ("active", "bool"),
        ("tonnage", "int"),
        ("flag", "text"),
    ];
    for node in &list {
        for (i, f) in rng.sample(fields.len() - 1, rng.clone().whole(2, 5) as usize).into_iter().enumerate() {
            let (name, kind) = if i == 0 { fields[0] } else { fields[f + 1] };
            let role = match (entities, i) {
                (true, 0) => "key",
                (true, 1) => "reference",
                (true, _) => "field",
                (false, _) => "attribute",
            };
            if members.rows.iter().any(|r| r[0].shown == *node && r[1].shown == name) {
                continue;
            }
            members.rows.push(vec![
                Cell::text(node.clone()),
                Cell::text(name),
                Cell::text(kind),
                Cell::text(role),
            ]);
        }
        if !entities && rng.chance(0.7) {
            for method in ["dock()", "charge()"] {
                members.rows.push(vec![
                    Cell::text(node.clone()),
                    Cell::text(method),
                    Cell::text("bool"),
                    Cell::text("method"),
                ]);
            }
        }
    }
    let extra: &[&str] = if entities {
        &["from", "to", "label", "from_end", "to_end"]
    } else {
        &["from", "to", "label", "kind"]
    };
    let mut edges = text_table("edges", extra);
    let row = |rng: &mut Rng, a: &str, b: &str| {
        let mut row = edge_row(a, b, rng.clone().pick::<&str>(&["", "owns", "assigned to", "lists"]));
        if entities {
            let ends = ["one", "many", "zero_or_one", "zero_or_many"];
            row.extend([Cell::text(*rng.pick(&ends)), Cell::text(*rng.pick(&ends))]);
        } else {
            row.push(Cell::text(*rng.pick(&["inherits", "contains", "uses", "refers"])));
        }
        row
    };
    for i in 1..list.len() {
        let other = rng.below(i);
        edges.rows.push(row(rng, &list[other], &list[i]));
    }
    if list.len() > 4 {
        edges.rows.push(row(rng, &list[1], &list[list.len() - 1]));
        let last = edges.rows.len() - 1;
        if edges.rows[..last]
            .iter()
            .any(|r| r[0].shown == edges.rows[last][0].shown && r[1].shown == edges.rows[last][1].shown)
        {
            edges.rows.pop();
        }
    }
    Data { tables: vec![nodes, edges, members] }
}

fn network(rng: &mut Rng) -> Data {
    let kinds = ["router", "switch", "server", "database", "client", "client", "firewall", "cloud"];
    let details = rng.chance(0.5);
    let mut nodes =
        text_table("nodes", if details { &["label", "kind", "detail"] } else { &["label", "kind"] });
    let mut edges = text_table("edges", &["from", "to", "label"]);
    let count = rng.whole(5, 14) as usize;
    let mut labels: Vec<String> = Vec::new();
    for n in 0..count {
        let kind = if n == 0 { "router" } else { *rng.pick(&kinds) };
        let label = format!("{kind}-{:02}", n + 1);
        let mut row = vec![Cell::text(label.clone()), Cell::text(kind)];
        if details {
            row.push(Cell::text(format!("10.0.{}.{}", rng.below(9), rng.below(250))));
        }
        nodes.rows.push(row);
        if n > 0 {
            let to = if rng.chance(0.5) { 0 } else { rng.below(n) };
            let speed =
                if rng.chance(0.4) { *rng.pick(&["1 Gb/s", "10 Gb/s", "100 Mb/s", "VPN"]) } else { "" };
            edges.rows.push(edge_row(&labels[to], &label, speed));
        }
        labels.push(label);
    }
    if count > 5 {
        for _ in 0..rng.whole(0, 2) {
            let (a, b) = (rng.below(count), rng.below(count));
            let there = |r: &Vec<Cell>| {
                (r[0].shown == labels[a] && r[1].shown == labels[b])
                    || (r[0].shown == labels[b] && r[1].shown == labels[a])
            };
            if a != b && !edges.rows.iter().any(there) {
                edges.rows.push(edge_row(&labels[a], &labels[b], ""));
            }
        }
    }
    Data { tables: vec![nodes, edges] }
}

fn phases(rng: &mut Rng, closed: bool) -> Data {
    let all = [
        "Plan",
        "Sow the seed beds",
        "Water",
        "Weed",
        "Harvest",
        "Store and sort",
        "Review the season",
        "Rest",
    ];
    let list = names(rng, &all, rng.clone().whole(3, 7) as usize);
    let details = rng.chance(0.6);
    let notes = ["two weeks", "members only", "depends on the weather in the valley", "about 40 hours"];
    let mut nodes = text_table("nodes", if details { &["label", "detail"] } else { &["label"] });
    for label in &list {
        let mut row = vec![Cell::text(label.clone())];
        if details {
            row.push(Cell::text(*rng.pick(&notes)));
        }
        nodes.rows.push(row);
    }
    let mut tables = vec![nodes];
    if closed && rng.chance(0.5) {
        let mut edges = text_table("edges", &["from", "to"]);
        for i in 0..list.len() {
            edges
                .rows
                .push(vec![Cell::text(list[i].clone()), Cell::text(list[(i + 1) % list.len()].clone())]);
        }
        tables.push(edges);
    }
    Data { tables }
}

fn venn(rng: &mut Rng) -> Data {
    let all = names(rng, &["Nocturnal", "Can swim", "Lays eggs", "Migrates", "Eats fish"], 3);
    let count = rng.whole(2, 3) as usize;
    let mut sets = text_table("sets", &["label"]);
    sets.rows.extend(all[..count].iter().map(|s| vec![Cell::text(s.clone())]));
    let animals = [
        "Otter",
        "Barn owl",
        "Heron",
        "Bat",
        "Platypus",
        "Salmon",
        "Badger",
        "Puffin",
        "Newt",
        "Grass snake",
        "Hedgehog",
        "Seal",
    ];
    let mut members = text_table("members", &["label", "sets"]);
    for animal in names(rng, &animals, rng.clone().whole(5, 11) as usize) {
        let mut of: Vec<String> = all[..count].iter().filter(|_| rng.chance(0.5)).cloned().collect();
        if of.is_empty() {
            of.push(all[rng.below(count)].clone());
        }
        let of = of.join(" & ");
        if members.rows.iter().filter(|r| r[1].shown == of).count() < 4 {
            members.rows.push(vec![Cell::text(animal), Cell::text(of)]);
        }
    }
    Data { tables: vec![sets, members] }
}

fn fishbone(rng: &mut Rng) -> Data {
    let mut nodes = text_table("nodes", &["label", "kind", "group"]);
    nodes.rows.push(vec![Cell::text("Late deliveries"), Cell::text("effect"), Cell::missing("")]);
    let categories = names(
        rng,
        &["People", "Vehicles", "Methods", "Suppliers", "Weather", "Measurement"],
        rng.clone().whole(3, 6) as usize,
    );
    let causes = [
        "Sick leave",
        "Flat tyres",
        "Old route maps",
        "No spare van",
        "Fog on the coast road",
        "Unclear labels",
        "Scanner offline",
        "Short staffing",
        "Missing crates",
        "Wrong forms",
        "Long queue at gate",
        "Snow",
        "Late orders",
        "Double bookings",
        "Tight schedule",
        "New drivers",
        "Fuel prices",
        "Road works",
        "Low stock",
        "Lost keys",
    ];
    let mut pool = names(rng, &causes, 20).into_iter();
    for category in &categories {
        nodes.rows.push(vec![Cell::text(category.clone()), Cell::text("category"), Cell::missing("")]);
        for _ in 0..rng.whole(2, 4) {
            if let Some(cause) = pool.next() {
                nodes.rows.push(vec![Cell::text(cause), Cell::text("cause"), Cell::text(category.clone())]);
            }
        }
    }
    Data { tables: vec![nodes] }
}

fn quadrant(rng: &mut Rng) -> Data {
    let columns =
        vec![Column::text("label"), Column::number("Effort", "", false), Column::number("Impact", "", false)];
    let mut nodes = Table::new("nodes", columns);
    let wide = rng.chance(0.4);
    for label in names(rng, TOPICS, rng.clone().whole(5, 14) as usize) {
        let mut row = vec![Cell::text(label)];
        for _ in 0..2 {
            let (value, decimals) = if wide { (rng.range(4.0, 96.0), 0) } else { (rng.range(0.5, 9.5), 1) };
            row.push(Cell::number(value, &NumberFormat::plain(decimals)));
        }
        nodes.rows.push(row);
    }
    let mut tables = vec![nodes];
    if rng.chance(0.7) {
        let mut quadrants = text_table("quadrants", &["label"]);
        for name in ["Major projects", "Quick wins", "Fill-ins", "Thankless tasks"] {
            quadrants.rows.push(vec![Cell::text(name)]);
        }
        tables.push(quadrants);
    }
    Data { tables }
}

fn kanban(rng: &mut Rng) -> Data {
    let details = rng.chance(0.6);
    let mut nodes =
        text_table("nodes", if details { &["label", "lane", "detail"] } else { &["label", "lane"] });
    let lanes = ["To do", "In progress", "Waiting for parts", "Review", "Done"];
    let count = rng.whole(3, 5) as usize;
    let chosen = &lanes[..count];
    for label in names(rng, STEPS, rng.clone().whole(6, 16) as usize) {
        let mut row = vec![Cell::text(label), Cell::text(*rng.pick(chosen))];
        if details {
            row.push(Cell::text(*rng.pick(PEOPLE)));
        }
        nodes.rows.push(row);
    }
    Data { tables: vec![nodes] }
}

/// A sample for a kind.
pub(crate) fn sample(kind: DiagramKind, seed: &Seed) -> Sample {
    let rng = &mut seed.rng("sample data");
    let data = match kind {
        DiagramKind::Flowchart => flowchart(rng, false),
        DiagramKind::SwimLane => flowchart(rng, true),
        DiagramKind::DecisionTree => decision_tree(rng),
        DiagramKind::OrgChart => org_chart(rng),
        DiagramKind::MindMap => mind_map(rng),
        DiagramKind::Timeline => timeline(rng),
        DiagramKind::Gantt => gantt(rng),
        DiagramKind::Sequence => sequence(rng),
        DiagramKind::State => state(rng),
        DiagramKind::Class => classes(rng, false),
        DiagramKind::EntityRelationship => classes(rng, true),
        DiagramKind::Network => network(rng),
        DiagramKind::Cycle => phases(rng, true),
        DiagramKind::Pyramid => phases(rng, false),
        DiagramKind::Venn => venn(rng),
        DiagramKind::Fishbone => fishbone(rng),
        DiagramKind::Quadrant => quadrant(rng),
        DiagramKind::Kanban => kanban(rng),
        DiagramKind::FamilyTree => systems::family(rng),
        DiagramKind::ConceptMap => systems::concepts(rng),
        DiagramKind::Component | DiagramKind::Deployment => systems::components(rng),
        DiagramKind::DataFlow => systems::data_flow(rng),
        DiagramKind::Block => systems::blocks(rng),
        DiagramKind::UserJourney => systems::journey(rng),
        DiagramKind::GitGraph => systems::history(rng),
        DiagramKind::SyntaxTree => systems::sentence(rng),
        DiagramKind::FiniteAutomaton => systems::automaton(rng),
    };
    let titles = [
        "How parcels are handled",
        "Overview",
        "Annual plan of the harbour association and its neighbours",
        "Work in the valley, 2024",
    ];
    let title = if rng.chance(0.8) { rng.pick(&titles).to_string() } else { String::new() };
    Sample { data, title }
}
