//! Cycles, pyramids, Venn diagrams and quadrants.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};

use super::sketch::{Sketch, capital, edges, size, texts};
use super::{people, words};
use crate::banks::Banks;
use crate::content::inside;

pub(super) fn cycle(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let (title, domain, row, mut phases) = if rng.chance(0.15) {
        let fitting: Vec<_> = banks
            .diagrams
            .dimensions
            .iter()
            .filter(|d| d.cyclic && d.values.get("en").is_some_and(|v| (3..=8).contains(&v.len())))
            .collect();
        let dimension = *rng.pick(&fitting);
        let values = dimension.values.get("en")?.clone();
        let turn = rng.below(values.len());
        let mut values: Vec<(String, String)> = values.into_iter().map(|v| (v, String::new())).collect();
        values.rotate_left(turn);
        let place = rng.pick(&banks.domains);
        (
            format!("{} round, {}", dimension.name, inside(&place.name)),
            place.slug.clone(),
            inside(&dimension.name),
            values,
        )
    } else {
        let ring = mostly_loose(words::RINGS, rng);
        let phases: Vec<(String, String)> =
            ring.phases.iter().map(|(n, d)| ((*n).to_owned(), (*d).to_owned())).collect();
        (ring.title.to_owned(), ring.domain.to_owned(), ring.row.to_owned(), phases)
    };
    let loose = words::RINGS.iter().find(|r| r.title == title).is_none_or(|r| r.loose)
        && !title.starts_with("Season")
        && !title.starts_with("Weekday");
    let mut others: Vec<String> = Vec::new();
    let goal = if loose { 3 + rng.below(6) } else { 8 };
    while phases.len() > goal {
        others.push(phases.remove(rng.below(phases.len())).0);
    }
    others.extend(words::RINGS.iter().flat_map(|r| r.phases).map(|p| p.0.to_owned()));
    let detailed = rng.chance(0.5) && phases.iter().all(|p| !p.1.is_empty());
    let labels: Vec<String> = phases.iter().map(|p| p.0.clone()).collect();
    let links: Vec<(usize, usize, String)> =
        (0..labels.len()).map(|n| (n, (n + 1) % labels.len(), String::new())).collect();
    let (columns, rows) = with_details(&phases, detailed);
    let tables = vec![texts("nodes", &columns, rows), edges(&labels, &links)];
    Some(Sketch {
        measure: if detailed { "note" } else { "" },
        order: "cyclic",
        others,
        plain: true,
        ..Sketch::new(title, &domain, &row, tables)
    })
}

/// One of the rings, seldom one that is the same each time because nothing of it may be left out.
fn mostly_loose<'a>(rings: &'a [words::Ring], rng: &mut Rng) -> &'a words::Ring {
    let any = rng.chance(0.2);
    let fitting: Vec<&words::Ring> = rings.iter().filter(|r| any || r.loose).collect();
    fitting[rng.below(fitting.len())]
}

fn with_details(phases: &[(String, String)], detailed: bool) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let rows = phases.iter().map(|(name, detail)| {
        let mut row = vec![name.clone()];
        if detailed {
            row.push(detail.clone());
        }
        row
    });
    (if detailed { vec!["label", "detail"] } else { vec!["label"] }, rows.collect())
}

pub(super) fn pyramid(rng: &mut Rng) -> Option<Sketch> {
    let pyramid = mostly_loose(words::PYRAMIDS, rng);
    let mut layers: Vec<(String, String)> =
        pyramid.phases.iter().map(|(n, d)| ((*n).to_owned(), (*d).to_owned())).collect();
    let detailed = rng.chance(0.6);
    let mut others: Vec<String> = Vec::new();
    // A pyramid with all of its layers is the same each time.
    let most = if rng.chance(0.15) { layers.len() } else { layers.len() - 1 };
    let goal = if pyramid.loose { rng.whole(3, most as i64) as usize } else { layers.len() };
    while layers.len() > goal {
        others.push(layers.remove(rng.below(layers.len())).0);
    }
    others.extend(words::PYRAMIDS.iter().flat_map(|p| p.phases).map(|p| p.0.to_owned()));
    let (columns, rows) = with_details(&layers, detailed);
    Some(Sketch {
        measure: if detailed { "note" } else { "" },
        order: "ordered",
        others,
        plain: true,
        ..Sketch::new(pyramid.title, pyramid.domain, pyramid.row, vec![texts("nodes", &columns, rows)])
    })
}

pub(super) fn venn(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let count = if rng.chance(0.45) { 2 } else { 3 };
    // Names of the same sort for what is asked for and not there; a short list may be printed whole.
    let mut spare: Vec<String> = Vec::new();
    let (title, domain, row, sets, mut members) = if rng.chance(0.5) {
        let (title, sets) = *rng.pick(words::CLUBS);
        let names =
            if rng.chance(0.7) { people::given(banks, rng, 22) } else { people::names(banks, rng, 22) };
        (title.to_owned(), "volunteers".to_owned(), "person".to_owned(), sets, names)
    } else if rng.chance(0.8) {
        let place = rng.pick(&banks.domains);
        let entities = rng.pick(&place.entities);
        spare.extend(place.entities.iter().flat_map(|e| &e.names).cloned());
        let (title, sets) = *rng.pick(words::ASSORTMENTS);
        (
            title.replace("{things}", &capital(&entities.plural)),
            place.slug.clone(),
            entities.kind.clone(),
            sets,
            entities.names.clone(),
        )
    } else {
        let trade = rng.pick(&banks.diagrams.trades);
        // Some trades sell services, which no kiosk has.
        let sets = ["Head office", "Web shop", "Main branch", "Station branch"].as_slice();
        let names = trade.items.iter().map(|i| i.name.clone()).collect();
        spare.extend(banks.diagrams.trades.iter().flat_map(|t| &t.items).map(|i| i.name.clone()));
        (
            format!("{}: what is offered where", trade.name),
            "shop".to_owned(),
            "article".to_owned(),
            sets,
            names,
        )
    };
    members.retain(|m| m.chars().count() <= 18 && !m.contains('&'));
    members.sort();
    members.dedup();
    rng.shuffle(&mut members);
    let sets: Vec<String> = rng.sample(sets.len(), count).into_iter().map(|s| sets[s].to_owned()).collect();
    if sets.len() < count {
        return None;
    }
    let regions = (1usize << count) - 1;
    let goal = size(rng, 4, 7, if count == 2 { 11 } else { 16 }).min(members.len());
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut belongs: Vec<Vec<String>> = Vec::new();
    let mut filled = vec![0usize; regions + 1];
    let mut names = members.into_iter();
    while rows.len() < goal {
        // Each circle has something of its own first: one that holds only what is shared looks unfinished.
        let region = if rows.len() < count { 1 << rows.len() } else { 1 + rng.below(regions) };
        // Three circles leave little room where two of them meet.
        let most = if (region as u32).count_ones() == 1 { 4 } else { 3 };
        if filled[region] >= most {
            if filled[1..].iter().sum::<usize>() >= regions * 3 {
                break;
            }
            continue;
        }
        let Some(name) = names.next() else { break };
        filled[region] += 1;
        let own: Vec<String> = (0..count).filter(|s| region >> s & 1 == 1).map(|s| sets[s].clone()).collect();
        belongs.extend(own.iter().map(|set| vec![name.clone(), set.clone()]));
        rows.push(vec![name, own.join(" & ")]);
    }
    // An empty circle is no set.
    if rows.len() < 4 || !sets.iter().all(|set| belongs.iter().any(|b| b[1] == *set)) {
        return None;
    }
    let mut others: Vec<String> = names.take(10).collect();
    spare.retain(|name| name.chars().count() <= 18);
    others.extend(spare);
    let tables = vec![
        texts("sets", &["label"], sets.into_iter().map(|s| vec![s]).collect()),
        texts("members", &["label", "sets"], rows),
        texts("membership", &["member", "set"], belongs),
    ];
    let rows_word = if row == "person" { "people".to_owned() } else { String::new() };
    Some(Sketch { rows: rows_word, others, plain: true, ..Sketch::new(title, &domain, &row, tables) })
}

pub(super) fn quadrant(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let plane = rng.pick(words::PLANES);
    let (domain, row, mut names): (String, String, Vec<String>) = if plane.things {
        let place = rng.pick(&banks.domains);
        let entities = rng.pick(&place.entities);
        (place.slug.clone(), entities.kind.clone(), entities.names.clone())
    } else if plane.title == "Risk map" {
        let causes = words::CAUSES.iter().flat_map(|c| c.1).map(|c| (*c).to_owned()).collect();
        ("insurance".to_owned(), "risk".to_owned(), causes)
    } else if plane.title == "Skill and motivation" {
        ("school".to_owned(), "person".to_owned(), people::given(banks, rng, 20))
    } else {
        let place = rng.pick(&banks.domains);
        (place.slug.clone(), "idea".to_owned(), words::ideas(&place.slug))
    };
    names.retain(|n| n.chars().count() <= 24);
    rng.shuffle(&mut names);
    let goal = size(rng, 4, 7, 14).min(names.len());
    let others = names.split_off(goal);
    let hundred = rng.chance(0.4);
    let format = if hundred { NumberFormat::plain(0) } else { NumberFormat::plain(1) };
    let scale = if hundred { 100.0 } else { 10.0 };
    let mut placed: Vec<(f64, f64)> = Vec::new();
    let outliers = [0.7, 0.7, 0.5, 0.5].map(|chance| rng.chance(chance));
    for _ in 0..800 {
        if placed.len() == names.len() {
            break;
        }
        // Most lie within; the first four may stand out to one side each, so that there is a clear highest and lowest.
        let (mut x, mut y) = (rng.range(0.2, 0.78), rng.range(0.2, 0.78));
        match placed.len() {
            0 if outliers[0] => x = rng.range(0.91, 0.96),
            1 if outliers[1] => y = rng.range(0.91, 0.96),
            2 if outliers[2] => x = rng.range(0.04, 0.07),
            3 if outliers[3] => y = rng.range(0.04, 0.07),
            _ => {}
        }
        let clear = (x - 0.5).abs() > 0.13 && (y - 0.5).abs() > 0.13;
        let apart = placed.iter().all(|(a, b)| (a - x).abs() > 0.22 || (b - y).abs() > 0.07);
        if clear && apart {
            placed.push((x, y));
        }
    }
    names.truncate(placed.len());
    let columns =
        vec![Column::text("label"), Column::number(plane.x, "", false), Column::number(plane.y, "", false)];
    let mut table = Table::new("nodes", columns);
    for (name, (x, y)) in names.into_iter().zip(placed) {
        table.rows.push(vec![
            Cell::text(name),
            Cell::number(x * scale, &format),
            Cell::number(y * scale, &format),
        ]);
    }
    let mut tables = vec![table];
    if rng.chance(0.75) {
        let rows = plane.quadrants.iter().map(|q| vec![(*q).to_owned()]).collect();
        tables.push(texts("quadrants", &["label"], rows));
    }
    let rows = if row == "person" { "people".to_owned() } else { String::new() };
    Some(Sketch {
        rows,
        formats: vec![((0, 1), format.clone()), ((0, 2), format)],
        others,
        plain: true,
        ..Sketch::new(plane.title, &domain, &row, tables)
    })
}
