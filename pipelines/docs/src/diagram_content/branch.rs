//! Decision trees and fishbones: written trees cut to size, and causes by category.

use std::collections::BTreeSet;

use pixmo_render::Rng;

use super::sketch::{Sketch, domain, edges, size, texts};
use super::words;
use crate::banks::Banks;

/// A question or an outcome of a decision.
struct Branch {
    text: String,
    /// What to do when the question is not asked.
    instead: Option<String>,
    /// The answer that leads here and the question it answers; none at the root.
    from: Option<(usize, String)>,
}

/// A decision tree cut down to a number of questions.
pub(super) fn decision_tree(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let decision = rng.pick(words::DECISIONS);
    let all = branches(decision.tree);
    let (yes, no) = *rng.pick(&[("yes", "no"), ("Yes", "No"), ("yes", "no"), ("YES", "NO"), ("Y", "N")]);
    let questions = all.iter().filter(|b| b.instead.is_some()).count();
    // Whole trees are the same each time.
    let goal = size(rng, 2, 5, 9).min(questions - 1);
    // An outcome may stand only once; another cut may leave the second one out.
    let (asked, shown, labels) = (0..24).find_map(|_| {
        let asked = asked(&all, goal, rng);
        let shown: Vec<usize> = (0..all.len())
            .filter(|n| all[*n].from.as_ref().is_none_or(|(parent, _)| asked.contains(parent)))
            .collect();
        let text = |n: &usize| match &all[*n].instead {
            Some(instead) if !asked.contains(n) => instead.clone(),
            _ => all[*n].text.clone(),
        };
        let labels: Vec<String> = shown.iter().map(text).collect();
        let distinct = labels.iter().collect::<BTreeSet<_>>().len();
        (distinct == labels.len()).then_some((asked, shown, labels))
    })?;
    let kind = |n: &usize| if asked.contains(n) { "decision" } else { "end" };
    let place = |n: usize| shown.iter().position(|&s| s == n);
    let answer = |text: &str| match text {
        "yes" => yes.to_owned(),
        "no" => no.to_owned(),
        other => other.to_owned(),
    };
    let mut links: Vec<(usize, usize, String)> = Vec::new();
    for (at, &n) in shown.iter().enumerate() {
        if let Some((parent, by)) = &all[n].from {
            links.push((place(*parent)?, at, answer(by)));
        }
    }
    links.sort_by_key(|link| (link.0, link.1));
    let rows = labels.iter().zip(&shown).map(|(l, n)| vec![l.clone(), kind(n).to_owned()]).collect();
    let tables = vec![texts("nodes", &["label", "kind"], rows), edges(&labels, &links)];
    let elsewhere = words::DECISIONS.iter().filter(|d| d.domain != decision.domain);
    let foreign = elsewhere.flat_map(|d| branches(d.tree)).map(|b| b.text);
    let own = all.iter().flat_map(|b| std::iter::once(b.text.clone()).chain(b.instead.clone()));
    let mut others: Vec<String> = own.chain(foreign).collect();
    others.retain(|o| !labels.contains(o));
    let domain = domain(banks, decision.domain, rng).slug.clone();
    let name = match rng.below(4) {
        0 => format!("Decision tree: {}", crate::content::inside(decision.title)),
        _ => decision.title.to_owned(),
    };
    Some(Sketch { others, plain: true, ..Sketch::new(name, &domain, "node", tables) })
}

/// The questions that are asked: from the root outwards, until there are enough of them.
fn asked(all: &[Branch], goal: usize, rng: &mut Rng) -> Vec<usize> {
    let mut asked: Vec<usize> = vec![0];
    while asked.len() < goal {
        let near: Vec<usize> = (0..all.len())
            .filter(|n| all[*n].instead.is_some() && !asked.contains(n))
            .filter(|&n| all[n].from.as_ref().is_some_and(|(parent, _)| asked.contains(parent)))
            .collect();
        if near.is_empty() {
            break;
        }
        asked.push(*rng.pick(&near));
    }
    asked
}

/// The branches of a written tree, parents before children.
fn branches(tree: &str) -> Vec<Branch> {
    let mut found: Vec<Branch> = Vec::new();
    // The last branch at each depth.
    let mut open: Vec<usize> = Vec::new();
    for line in tree.lines().filter(|l| !l.trim().is_empty()) {
        let depth = (line.len() - line.trim_start().len()) / 2;
        open.truncate(depth);
        let (answer, rest) = match (line.split_once(": "), open.last()) {
            (Some((answer, rest)), Some(&parent)) => (Some((parent, answer.trim().to_owned())), rest),
            _ => (None, line),
        };
        let (text, instead) = match rest.split_once(" | ") {
            Some((text, instead)) => (text, Some(instead.to_owned())),
            None => (rest, None),
        };
        open.push(found.len());
        found.push(Branch { text: text.trim().to_owned(), instead, from: answer });
    }
    found
}

pub(super) fn fishbone(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let mut effect = String::new();
    let mut slug = String::new();
    let mut bones: Vec<(String, Vec<String>)> = Vec::new();
    let trees: Vec<_> = banks
        .diagrams
        .hierarchies
        .iter()
        .filter(|h| h.kind == "fishbone" || h.title == "Why the bread failed")
        .collect();
    if rng.chance(0.25) && !trees.is_empty() {
        let tree = *rng.pick(&trees);
        effect.clone_from(&tree.nodes[0].text);
        slug.clone_from(&tree.domain);
        for (index, node) in tree.nodes.iter().enumerate().filter(|(_, n)| n.parent == 0) {
            let own = tree.nodes.iter().filter(|n| n.parent == index as i64).map(|n| n.text.clone());
            bones.push((node.text.clone(), own.collect()));
        }
        // The written causes are few; further ones come from the general list.
        for (name, causes) in &mut bones {
            let known = words::CAUSES.iter().find(|c| c.0 == name);
            causes.extend(known.into_iter().flat_map(|c| c.1).map(|c| (*c).to_owned()));
        }
    } else {
        let place = rng.pick(&banks.domains);
        slug.clone_from(&place.slug);
        effect = (*rng.pick(words::EFFECTS)).to_owned();
        // Nobody leaves because of a faulty sensor.
        let remote: &[&str] = match effect.as_str() {
            "High staff turnover" | "Low morale" => &["Machines", "Material", "Measurement"],
            "Lost documents" | "Wrong invoices" => &["Environment", "Material"],
            "Power failure" => &["Information", "Material", "Measurement"],
            "Overtime" | "Long queues" | "Slow service" => &["Measurement"],
            _ => &[],
        };
        for (name, causes) in words::CAUSES.iter().filter(|c| !remote.contains(&c.0)) {
            bones.push(((*name).to_owned(), causes.iter().map(|c| (*c).to_owned()).collect()));
        }
    }
    let count = (3 + rng.below(4)).min(bones.len());
    let mut rows = vec![vec![effect.clone(), "effect".to_owned(), String::new()]];
    let mut others = Vec::new();
    let chosen = rng.sample(bones.len(), bones.len());
    let most = 2 + rng.below(4);
    for (place, &bone) in chosen.iter().enumerate() {
        let (name, causes) = &bones[bone];
        if place >= count {
            others.extend(causes.iter().cloned());
            continue;
        }
        rows.push(vec![name.clone(), "category".to_owned(), String::new()]);
        let wanted = 2 + rng.below(most - 1);
        for (index, cause) in rng.sample(causes.len(), causes.len()).into_iter().enumerate() {
            if index < wanted && rows.len() < 26 {
                rows.push(vec![causes[cause].clone(), "cause".to_owned(), name.clone()]);
            } else {
                others.push(causes[cause].clone());
            }
        }
    }
    others.extend(words::CAUSES.iter().flat_map(|c| c.1).map(|c| (*c).to_owned()));
    let every_bone =
        rows.iter().filter(|r| r[1] == "category").all(|c| rows.iter().filter(|r| r[2] == c[0]).count() >= 2);
    if !every_bone {
        return None;
    }
    let tables = vec![texts("nodes", &["label", "kind", "group"], rows)];
    let name = match rng.below(4) {
        0 => format!("Causes: {}", crate::content::inside(&effect)),
        1 => "Cause and effect".to_owned(),
        2 => format!("Why? {effect}"),
        _ => format!("{effect}: looking for causes"),
    };
    Some(Sketch { measure: "category", others, plain: true, ..Sketch::new(name, &slug, "cause", tables) })
}
