//! Decision trees and fishbones: themes grown to a tree of any size.

use pixmo_render::Rng;

use super::sketch::{Sketch, capital, edges, size, texts};
use super::words;
use crate::banks::Banks;

struct Theme {
    title: String,
    domain: String,
    questions: Vec<(String, Vec<String>)>,
    outcomes: Vec<String>,
}

pub(super) fn decision_tree(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let theme = if rng.chance(0.6) { written(rng) } else { measured(banks, rng) };
    let yes_no = *rng.pick(&[("yes", "no"), ("Yes", "No"), ("yes", "no"), ("true", "false"), ("Y", "N")]);
    let asked = size(rng, 2, 4, 8).min(theme.questions.len());
    let order = rng.sample(theme.questions.len(), theme.questions.len());
    let (used, spare) = order.split_at(asked);
    let mut labels: Vec<String> = Vec::new();
    let mut kinds: Vec<&str> = Vec::new();
    let mut links: Vec<(usize, usize, String)> = Vec::new();
    // Open ends: the question they hang from and the answer that leads there; empty for the root.
    let mut open: Vec<Option<(usize, String)>> = vec![None];
    for &question in used {
        let (text, answers) = &theme.questions[question];
        let end = open.remove(rng.below(open.len()));
        let node = labels.len();
        labels.push(text.clone());
        kinds.push("decision");
        if let Some((parent, answer)) = end {
            links.push((parent, node, answer));
        }
        let answers: Vec<String> = match answers.is_empty() {
            true => vec![yes_no.0.to_owned(), yes_no.1.to_owned()],
            false => answers.clone(),
        };
        open.extend(answers.into_iter().map(|a| Some((node, a))));
    }
    if open.len() > theme.outcomes.len() {
        return None;
    }
    let outcomes = rng.sample(theme.outcomes.len(), theme.outcomes.len());
    let (taken, left) = outcomes.split_at(open.len());
    for (end, &outcome) in open.into_iter().zip(taken) {
        let (parent, answer) = end?;
        links.push((parent, labels.len(), answer));
        labels.push(theme.outcomes[outcome].clone());
        kinds.push("end");
    }
    // Children stand in the order of their answers.
    let rank = |answer: &str, parent: usize| {
        let all = theme.questions.iter().find(|q| q.0 == labels[parent]).map(|q| &q.1);
        all.and_then(|a| a.iter().position(|x| x == answer)).unwrap_or(usize::from(answer == yes_no.1))
    };
    links.sort_by_key(|(parent, _, answer)| (*parent, rank(answer, *parent)));
    let rows = labels.iter().zip(&kinds).map(|(l, k)| vec![l.clone(), (*k).to_owned()]).collect();
    let tables = vec![texts("nodes", &["label", "kind"], rows), edges(&labels, &links)];
    let others = spare
        .iter()
        .map(|&q| theme.questions[q].0.clone())
        .chain(left.iter().map(|&o| theme.outcomes[o].clone()))
        .collect();
    Some(Sketch { others, plain: true, ..Sketch::new(theme.title, &theme.domain, "node", tables) })
}

fn written(rng: &mut Rng) -> Theme {
    let theme = rng.pick(words::THEMES);
    Theme {
        title: theme.title.to_owned(),
        domain: theme.domain.to_owned(),
        questions: theme
            .questions
            .iter()
            .map(|(text, answers)| ((*text).to_owned(), answers.iter().map(|a| (*a).to_owned()).collect()))
            .collect(),
        outcomes: theme.outcomes.iter().map(|o| (*o).to_owned()).collect(),
    }
}

/// A theme made from what a domain measures.
fn measured(banks: &Banks, rng: &mut Rng) -> Theme {
    let domain = rng.pick(&banks.domains);
    let mut questions: Vec<(String, Vec<String>)> = Vec::new();
    for measure in &domain.measures {
        let spread = measure.high - measure.low;
        let step = libm::pow(10.0, libm::floor(libm::log10(spread.max(1e-9))));
        let bound = libm::round((measure.low + spread * rng.range(0.2, 0.8)) / step) * step;
        let mut number = pixmo_render::NumberFormat::plain(measure.decimals.min(2)).print_f64(bound);
        if measure.decimals > 0 {
            number = number.trim_end_matches('0').trim_end_matches('.').to_owned();
        }
        if bound <= measure.low {
            continue;
        }
        let unit = match measure.unit.as_str() {
            "currency" | "" => String::new(),
            unit => format!(" {unit}"),
        };
        let word = rng.pick(&["above", "below", "over"]);
        let text = format!("{} {word} {number}{unit}?", measure.name);
        if text.chars().count() <= 34 {
            questions.push((text, Vec::new()));
        }
    }
    for role in rng.sample(domain.roles.len(), 2) {
        questions.push((format!("{} on duty?", capital(&domain.roles[role])), Vec::new()));
    }
    for text in ["Weekend?", "Complaints this week?", "Budget left?", "Staff complete?"] {
        questions.push((text.to_owned(), Vec::new()));
    }
    questions.retain(|q| q.0.chars().count() <= 34);
    let role = rng.pick(&domain.roles).clone();
    let outcomes = words::OUTCOMES.iter().map(|o| o.replace("{role}", &role));
    Theme {
        title: match rng.below(3) {
            0 => format!("{}: what to do?", domain.name),
            1 => format!("Rules for the {role}"),
            _ => "What to do next".to_owned(),
        },
        domain: domain.slug.clone(),
        questions,
        outcomes: outcomes.collect(),
    }
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
        effect = if rng.chance(0.7) {
            (*rng.pick(words::EFFECTS)).to_owned()
        } else {
            let measure = rng.pick(&place.measures);
            let word = if measure.trend == "down" { "Low" } else { rng.word(&["Falling", "Low", "Uneven"]) };
            format!("{word} {}", crate::content::inside(&measure.name))
        };
        if effect.chars().count() > 30 {
            return None;
        }
        for (name, causes) in words::CAUSES {
            bones.push(((*name).to_owned(), causes.iter().map(|c| (*c).to_owned()).collect()));
        }
        let event = rng.pick(&place.events).clone();
        if let Some(bone) = bones.iter_mut().find(|b| b.0 == "Environment") {
            let event = event.trim_start_matches("the ").trim_start_matches("a ").trim_start_matches("an ");
            if event.chars().count() <= 22 {
                bone.1.push(capital(event));
            }
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
