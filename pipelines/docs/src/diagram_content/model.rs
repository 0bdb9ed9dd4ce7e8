//! Class diagrams and entity-relationship diagrams: models with members and relations left out and put in.

use std::collections::BTreeSet;
use std::iter::once;

use pixmo_render::Rng;

use super::sketch::{Sketch, capital, texts};
use super::words;
use crate::banks::{Banks, EntitySchema};

const MEMBER_COLUMNS: [&str; 4] = ["node", "name", "type", "kind"];

pub(super) fn classes(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    if rng.chance(0.45) {
        return records(banks, rng);
    }
    let set = rng.pick(&banks.diagrams.class_sets);
    let kept = connected(
        &set.classes.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
        &set.relations.iter().map(|r| (r.from.as_str(), r.to.as_str())).collect::<Vec<_>>(),
        rng,
    );
    let sign = rng.chance(0.5);
    let mut members = Vec::new();
    for name in &kept {
        let class = set.classes.iter().find(|c| c.name == *name)?;
        let mut own: Vec<(String, String, &str)> = Vec::new();
        own.extend(class.fields.iter().map(|f| split(f, sign, "attribute")));
        own.extend(class.methods.iter().map(|m| split(m, sign, "method")));
        let extra = rng.below(4);
        extend(&mut own, extra, sign, rng);
        own.sort_by_key(|m| m.2);
        members.extend(own.into_iter().take(8).map(|m| vec![name.clone(), m.0, m.1, m.2.to_owned()]));
    }
    let labelled = rng.chance(0.6);
    let relations: Vec<Vec<String>> = set
        .relations
        .iter()
        .filter(|r| kept.contains(&r.from) && kept.contains(&r.to))
        .map(|r| {
            let kind = match r.kind.as_str() {
                "extends" => "inherits",
                "has" => "contains",
                _ => "refers",
            };
            let label = if labelled && kind != "inherits" { r.many.clone() } else { String::new() };
            vec![r.from.clone(), r.to.clone(), label, kind.to_owned()]
        })
        .collect();
    let others = once(set).chain(&banks.diagrams.class_sets).flat_map(|s| &s.classes).map(|c| c.name.clone());
    spell(&mut members, rng);
    Some(model(kept, relations, members, &set.title, &set.domain, others.collect(), "class"))
}

/// A class diagram made from a schema of entities.
fn records(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let schema = rng.pick(&banks.diagrams.schemas);
    let kept = kept_entities(schema, rng);
    let sign = rng.chance(0.4);
    let mut members = Vec::new();
    for name in &kept {
        let entity = schema.entities.iter().find(|e| e.name == *name)?;
        let mut own: Vec<(String, String, &str)> = entity
            .attributes
            .iter()
            .map(|a| (signed("-", &camel(&a.name), sign), a.type_name.clone(), "attribute"))
            .collect();
        let extra = 1 + rng.below(3);
        extend(&mut own, extra, sign, rng);
        own.sort_by_key(|m| m.2);
        members.extend(own.into_iter().take(8).map(|m| vec![name.clone(), m.0, m.1, m.2.to_owned()]));
    }
    let relations = schema
        .relations
        .iter()
        .filter(|r| kept.contains(&r.from) && kept.contains(&r.to))
        .map(|r| {
            let kind = if r.to_many == "1" { "refers" } else { rng.word(&["contains", "uses"]) };
            vec![r.from.clone(), r.to.clone(), r.label.clone(), kind.to_owned()]
        })
        .collect();
    let others =
        once(schema).chain(&banks.diagrams.schemas).flat_map(|s| &s.entities).map(|e| e.name.clone());
    let title = format!("{} classes", schema.title);
    spell(&mut members, rng);
    Some(model(kept, relations, members, &title, &schema.domain, others.collect(), "class"))
}

pub(super) fn entities(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let schema = rng.pick(&banks.diagrams.schemas);
    let kept = kept_entities(schema, rng);
    let upper = rng.chance(0.2);
    let shown = |name: &String| if upper { name.to_uppercase() } else { name.clone() };
    let keys: BTreeSet<&str> = schema
        .entities
        .iter()
        .flat_map(|e| &e.attributes)
        .filter(|a| a.key)
        .map(|a| a.name.as_str())
        .collect();
    let mut members = Vec::new();
    for name in &kept {
        let entity = schema.entities.iter().find(|e| e.name == *name)?;
        let mut own: Vec<Vec<String>> = Vec::new();
        for attribute in &entity.attributes {
            let kind = match () {
                () if attribute.key => "key",
                () if keys.contains(attribute.name.as_str()) || attribute.name.ends_with("_id") => {
                    "reference"
                }
                () => "field",
            };
            if kind == "field" && rng.chance(0.15) {
                continue;
            }
            own.push(vec![shown(name), attribute.name.clone(), attribute.type_name.clone(), kind.to_owned()]);
        }
        let extra = rng.below(4);
        for index in rng.sample(words::FIELDS.len(), extra) {
            let (field, kind) = words::FIELDS[index];
            if !entity.attributes.iter().any(|a| a.name == field) && own.len() < 8 {
                own.push(vec![shown(name), field.to_owned(), kind.to_owned(), "field".to_owned()]);
            }
        }
        members.extend(own);
    }
    let ends = rng.chance(0.85);
    let mut end = |many: &str| {
        let optional = rng.chance(0.3);
        match (many, optional) {
            _ if !ends => String::new(),
            ("1", false) => "one".to_owned(),
            ("1", true) => "zero_or_one".to_owned(),
            (_, false) => "many".to_owned(),
            (_, true) => "zero_or_many".to_owned(),
        }
    };
    let relations: Vec<Vec<String>> = schema
        .relations
        .iter()
        .filter(|r| kept.contains(&r.from) && kept.contains(&r.to))
        .map(|r| {
            let (a, b) = (end(&r.from_many), end(&r.to_many));
            vec![shown(&r.from), shown(&r.to), r.label.clone(), a, b]
        })
        .collect();
    let nodes = kept.iter().map(|n| vec![shown(n)]).collect();
    let tables = vec![
        texts("nodes", &["label"], nodes),
        texts("edges", &["from", "to", "label", "from_end", "to_end"], relations),
        texts("members", &MEMBER_COLUMNS, members),
    ];
    let all = once(schema).chain(&banks.diagrams.schemas).flat_map(|s| &s.entities);
    let others = all.map(|e| shown(&e.name)).collect();
    let name = match rng.below(3) {
        0 => format!("{} database", schema.title),
        1 => format!("Data model: {}", crate::content::inside(&schema.title)),
        _ => schema.title.clone(),
    };
    Some(Sketch {
        rows: "entities".to_owned(),
        others,
        plain: true,
        ..Sketch::new(name, &schema.domain, "entity", tables)
    })
}

fn model(
    kept: Vec<String>,
    relations: Vec<Vec<String>>,
    members: Vec<Vec<String>>,
    title: &str,
    domain: &str,
    others: Vec<String>,
    row: &str,
) -> Sketch {
    let nodes = kept.into_iter().map(|n| vec![n]).collect();
    let tables = vec![
        texts("nodes", &["label"], nodes),
        texts("edges", &["from", "to", "label", "kind"], relations),
        texts("members", &MEMBER_COLUMNS, members),
    ];
    Sketch { others, plain: true, ..Sketch::new(title, domain, row, tables) }
}

fn kept_entities(schema: &EntitySchema, rng: &mut Rng) -> Vec<String> {
    connected(
        &schema.entities.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(),
        &schema.relations.iter().map(|r| (r.from.as_str(), r.to.as_str())).collect::<Vec<_>>(),
        rng,
    )
}

/// Names with some left out, the rest joined by relations; at least two.
fn connected(names: &[&str], relations: &[(&str, &str)], rng: &mut Rng) -> Vec<String> {
    let goal = if rng.chance(0.15) { 2 } else { rng.whole(3, names.len() as i64) as usize };
    let first = rng.pick(relations).0;
    let mut kept: Vec<&str> = vec![first];
    while kept.len() < goal {
        let near: Vec<&str> = relations
            .iter()
            .flat_map(|(a, b)| [(*a, *b), (*b, *a)])
            .filter(|(a, b)| kept.contains(a) && !kept.contains(b))
            .map(|(_, b)| b)
            .collect();
        if near.is_empty() {
            break;
        }
        kept.push(*rng.pick(&near));
    }
    kept.into_iter().map(str::to_owned).collect()
}

/// Adds members that fit any class.
fn extend(own: &mut Vec<(String, String, &'static str)>, count: usize, sign: bool, rng: &mut Rng) {
    for index in rng.sample(words::MEMBERS.len(), count) {
        let (name, type_name, kind) = words::MEMBERS[index];
        let mark = if kind == "method" { "+" } else { "-" };
        let shown = signed(mark, name, sign);
        let known = |m: &str| m == name || name == "id" && m.ends_with("Id");
        if !own.iter().any(|m| known(m.0.trim_start_matches(['+', '-', '#']))) {
            own.push((shown, type_name.to_owned(), kind));
        }
    }
}

/// Spells the types of all members in one way: as words, or as a programming language does.
fn spell(members: &mut [Vec<String>], rng: &mut Rng) {
    const WORDS: &[(&str, &str)] = &[("int", "integer"), ("bool", "boolean"), ("decimal", "number")];
    const CODE: &[(&str, &str)] = &[
        ("integer", "int"),
        ("bool", "boolean"),
        ("text", "String"),
        ("decimal", "double"),
        ("number", "double"),
        ("seconds", "int"),
        ("money", "double"),
        ("list", "List"),
        ("object", "Object"),
        ("date", "Date"),
        ("time", "Time"),
    ];
    let spelling = if rng.chance(0.5) { WORDS } else { CODE };
    let spelt = |name: &str| spelling.iter().find(|s| s.0 == name).map(|s| s.1);
    for member in members {
        if let Some(name) = spelt(&member[2]) {
            member[2] = name.to_owned();
        }
        // The types of what a method is given.
        for (from, to) in spelling {
            for end in [")", ","] {
                member[1] = member[1].replace(&format!(": {from}{end}"), &format!(": {to}{end}"));
            }
        }
    }
}

fn signed(mark: &str, name: &str, sign: bool) -> String {
    if sign { format!("{mark}{name}") } else { name.to_owned() }
}

/// A member such as `+area(): number` in two parts.
fn split(member: &str, sign: bool, kind: &'static str) -> (String, String, &'static str) {
    let text = if sign { member } else { member.trim_start_matches(['+', '-', '#']) };
    let close = text.rfind(')').map_or(0, |place| place + 1);
    let (name, type_name) = match text[close..].find(':') {
        Some(colon) => (&text[..close + colon], text[close + colon + 1..].trim()),
        None => (text, "void"),
    };
    (name.to_owned(), type_name.to_owned(), kind)
}

/// `class_id` as `classId`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or("").to_owned();
    first + &parts.map(capital).collect::<String>()
}
