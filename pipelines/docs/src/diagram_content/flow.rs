//! Flowcharts, swim lanes and state diagrams: processes with steps left out.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_render::Rng;

use super::sketch::{Sketch, edges, size, texts};
use super::words;
use crate::banks::{Banks, Machine, Process};

struct Step {
    text: String,
    kind: &'static str,
    actor: usize,
}

/// A process that is being rewritten.
struct Course {
    steps: Vec<Step>,
    links: Vec<(usize, usize, String)>,
    start: usize,
    /// The answer with which the normal course goes on, by decision; none where either is as normal.
    normal: BTreeMap<usize, String>,
    /// Its steps are told in English.
    english: bool,
}

pub(super) fn flowchart(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    if rng.chance(0.08) && banks.foreign.is_none() {
        return components(banks, rng);
    }
    let process = rng.pick(&banks.diagrams.processes);
    let goal = size(rng, 5, 9, 18);
    let course = Course::of(process, banks, rng).resized(goal, rng);
    let order = course.order();
    let kinds = course.kinds(&order, rng);
    let labels: Vec<String> = order.iter().map(|&s| course.steps[s].text.clone()).collect();
    let rows = labels.iter().zip(&kinds).map(|(l, k)| vec![l.clone(), (*k).to_owned()]).collect();
    let links = course.renumbered(&order);
    let tables = vec![texts("nodes", &["label", "kind"], rows), edges(&labels, &links)];
    Some(Sketch {
        others: left_out(process, banks),
        plain: banks.foreign.is_some(),
        ..Sketch::new(&process.title, &process.domain, "step", tables)
    })
}

pub(super) fn swim_lane(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let fitting: Vec<&Process> = banks.diagrams.processes.iter().filter(|p| p.actors.len() > 1).collect();
    let process = *rng.pick(&fitting);
    let goal = size(rng, 6, 9, 16);
    let course = Course::of(process, banks, rng).resized(goal, rng);
    let order = course.order();
    let kinds = course.kinds(&order, rng);
    let lanes: BTreeSet<usize> = order.iter().map(|&s| course.steps[s].actor).collect();
    if lanes.len() < 2 {
        return None;
    }
    let labels: Vec<String> = order.iter().map(|&s| course.steps[s].text.clone()).collect();
    let rows = order.iter().zip(&kinds).map(|(&s, kind)| {
        let step = &course.steps[s];
        vec![step.text.clone(), process.actors[step.actor].clone(), (*kind).to_owned()]
    });
    let links = course.renumbered(&order);
    let tables = vec![texts("nodes", &["label", "lane", "kind"], rows.collect()), edges(&labels, &links)];
    Some(Sketch {
        measure: "lane",
        others: left_out(process, banks),
        plain: banks.foreign.is_some(),
        ..Sketch::new(&process.title, &process.domain, "step", tables)
    })
}

/// Components and food webs, whose arrows carry words.
fn components(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let fitting: Vec<_> =
        banks.diagrams.graphs.iter().filter(|g| matches!(g.kind.as_str(), "component" | "foodweb")).collect();
    let graph = *rng.pick(&fitting);
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for _ in 0..rng.below(3) {
        let leaf: Vec<usize> = (0..graph.nodes.len())
            .filter(|n| !gone.contains(n))
            .filter(|n| {
                let live = |l: &&crate::banks::NumberedLink| !gone.contains(&l.from) && !gone.contains(&l.to);
                graph.links.iter().filter(live).filter(|l| l.from == *n || l.to == *n).count() == 1
            })
            .collect();
        if !leaf.is_empty() {
            gone.insert(*rng.pick(&leaf));
        }
    }
    let order: Vec<usize> = (0..graph.nodes.len()).filter(|n| !gone.contains(n)).collect();
    let labels: Vec<String> = order.iter().map(|&n| graph.nodes[n].text.clone()).collect();
    let place = |n: usize| order.iter().position(|&o| o == n);
    let links: Vec<(usize, usize, String)> =
        graph.links.iter().filter_map(|l| Some((place(l.from)?, place(l.to)?, l.label.clone()))).collect();
    let kind = |n: usize| match graph.nodes[n].role.as_str() {
        "database" | "cache" => "store",
        "client" | "device" => "input",
        "queue" => "document",
        _ => "step",
    };
    let rows = order.iter().map(|&n| vec![graph.nodes[n].text.clone(), kind(n).to_owned()]).collect();
    let tables = vec![texts("nodes", &["label", "kind"], rows), edges(&labels, &links)];
    let (row, rows) =
        if graph.kind == "foodweb" { ("species", "species") } else { ("component", "components") };
    let same = banks.diagrams.graphs.iter().filter(|g| g.kind == graph.kind);
    let others = std::iter::once(graph).chain(same).flat_map(|g| &g.nodes);
    Some(Sketch {
        rows: rows.to_owned(),
        plain: true,
        others: others.map(|n| n.text.clone()).collect(),
        ..Sketch::new(&graph.title, &graph.domain, row, tables)
    })
}

fn left_out(process: &Process, banks: &Banks) -> Vec<String> {
    let own = process.nodes.iter().map(|n| n.text.clone());
    let others = banks.diagrams.processes.iter().filter(|p| p.title != process.title);
    let same = others.filter(|p| p.domain == process.domain).flat_map(|p| &p.nodes);
    let mut all: Vec<String> = own.chain(same.map(|n| n.text.clone())).collect();
    if all.len() < process.nodes.len() + 8 {
        let elsewhere = banks.diagrams.processes.iter().filter(|p| p.domain != process.domain);
        all.extend(elsewhere.flat_map(|p| &p.nodes).map(|n| n.text.clone()));
    }
    all
}

impl Course {
    fn of(process: &Process, banks: &Banks, rng: &mut Rng) -> Course {
        let words: (&str, &str) =
            *rng.pick(&[("yes", "no"), ("yes", "no"), ("Yes", "No"), ("YES", "NO"), ("Y", "N")]);
        let words = match &banks.foreign {
            Some(foreign) => (foreign.diagrams.yes.as_str(), foreign.diagrams.no.as_str()),
            None => words,
        };
        let place = |id: usize| process.nodes.iter().position(|n| n.id == id).unwrap_or(0);
        let steps: Vec<Step> = process
            .nodes
            .iter()
            .map(|n| Step {
                text: n.text.clone(),
                kind: match n.kind.as_str() {
                    "start" => "start",
                    "decision" => "decision",
                    "end" => "end",
                    _ => "step",
                },
                actor: n.actor,
            })
            .collect();
        let links = process.links.iter().map(|l| {
            let label = match l.label.as_str() {
                "yes" => words.0,
                "no" => words.1,
                other => other,
            };
            (place(l.from), place(l.to), label.to_owned())
        });
        let english = banks.foreign.is_none();
        let mut course = Course { links: links.collect(), start: 0, normal: BTreeMap::new(), steps, english };
        course.start = course.steps.iter().position(|s| s.kind == "start").unwrap_or(0);
        for link in 0..course.links.len() {
            let (from, to, _) = course.links[link];
            if from == to {
                course.insert(link, rng.word(&["Wait 10 minutes", "Wait one day", "Try again"]));
            }
        }
        course.normal = (0..course.steps.len()).filter_map(|s| Some((s, course.usual(s)?))).collect();
        course
    }

    /// The answer by which the normal course leaves a decision. A way that ends only by way of the decision again is not
    /// normal, nor is one back to an earlier step, nor a detour that joins the other way, nor one that is over sooner;
    /// where none of these tells the two apart, as with two ends, neither is.
    fn usual(&self, step: usize) -> Option<String> {
        let out = self.out(step);
        let [first, second] = *out.as_slice() else { return None };
        if self.steps[step].kind != "decision" {
            return None;
        }
        // What can be reached from a branch without the decision being taken once more.
        let ways = [first, second].map(|link| {
            let target = self.links[link].1;
            (target, self.reached_from(target, Some(step)))
        });
        let ends = |way: &(usize, Vec<usize>)| way.1.iter().any(|&s| self.steps[s].kind == "end");
        let joins = |way: &(usize, Vec<usize>), other: &(usize, Vec<usize>)| way.1.contains(&other.0);
        let [one, two] = &ways;
        let chosen = match () {
            () if ends(one) != ends(two) => usize::from(ends(two)),
            () if (one.0 < step) != (two.0 < step) => usize::from(one.0 < step),
            () if joins(one, two) != joins(two, one) => usize::from(joins(one, two)),
            () if one.1.len() != two.1.len() => usize::from(one.1.len() < two.1.len()),
            () => return None,
        };
        Some(self.links[[first, second][chosen]].2.clone())
    }

    fn reached(&self) -> Vec<usize> {
        self.reached_from(self.start, None)
    }

    /// The steps that can be reached from one, itself included, without going on from a closed one.
    fn reached_from(&self, start: usize, closed: Option<usize>) -> Vec<usize> {
        let mut found = vec![start];
        let mut next = 0;
        while next < found.len() {
            for (from, to, _) in &self.links {
                let open = closed != Some(*from) && closed != Some(*to);
                if *from == found[next] && open && !found.contains(to) {
                    found.push(*to);
                }
            }
            next += 1;
        }
        found
    }

    fn size(&self) -> usize {
        self.reached().len()
    }

    /// The steps that can be reached, those of the main way before those beside it.
    fn order(&self) -> Vec<usize> {
        self.reached()
    }

    fn renumbered(&self, order: &[usize]) -> Vec<(usize, usize, String)> {
        let place = |n: usize| order.iter().position(|&o| o == n);
        self.links.iter().filter_map(|(f, t, l)| Some((place(*f)?, place(*t)?, l.clone()))).collect()
    }

    fn out(&self, step: usize) -> Vec<usize> {
        (0..self.links.len()).filter(|&l| self.links[l].0 == step).collect()
    }

    /// Leads every arrow to a step on to another one instead; false when that would double an arrow or make a ring.
    fn bypass(&mut self, step: usize, target: usize) -> bool {
        let into: Vec<usize> = (0..self.links.len()).filter(|&l| self.links[l].1 == step).collect();
        let bad = into.iter().any(|&l| {
            let from = self.links[l].0;
            from == target || from == step || self.links.iter().any(|(f, t, _)| (*f, *t) == (from, target))
        });
        if bad || into.is_empty() || target == step {
            return false;
        }
        for link in into {
            self.links[link].1 = target;
        }
        self.links.retain(|(from, _, _)| *from != step);
        true
    }

    fn insert(&mut self, link: usize, text: &str) {
        let (from, to, _) = self.links[link];
        let new = self.steps.len();
        self.steps.push(Step { text: text.to_owned(), kind: "step", actor: self.steps[from].actor });
        self.links[link].1 = new;
        self.links.push((new, to, String::new()));
    }

    fn resized(mut self, goal: usize, rng: &mut Rng) -> Course {
        // A step or two go in any case, so that two pictures of one process differ.
        let goal = goal.min(self.size() - rng.below(3));
        for _ in 0..40 {
            if self.size() <= goal {
                break;
            }
            self.shrink(rng);
        }
        self
    }

    fn shrink(&mut self, rng: &mut Rng) {
        let reached = self.reached();
        let step = *rng.pick(&reached);
        let out = self.out(step);
        let before = (self.links.clone(), reached.len());
        match (self.steps[step].kind, out.len()) {
            ("step", 1) => {
                let target = self.links[out[0]].1;
                self.bypass(step, target);
            }
            ("decision", 2) if rng.chance(0.5) => {
                // Without the decision the flow goes on as it normally does, or it would end in a refusal for no reason.
                let answer = self.normal.get(&step);
                let Some(&link) = out.iter().find(|&&l| Some(&self.links[l].2) == answer) else { return };
                let target = self.links[link].1;
                self.bypass(step, target);
            }
            _ => return,
        }
        let now = self.reached();
        let ends = now.iter().any(|&s| self.steps[s].kind == "end");
        if now.len() < 4 || !ends || before.1.saturating_sub(now.len()) > 5 {
            self.links = before.0;
        }
    }

    /// The kinds of steps; in some pictures steps that write or keep something are drawn as documents and stores.
    fn kinds(&self, order: &[usize], rng: &mut Rng) -> Vec<&'static str> {
        let told = rng.chance(0.35) && self.english;
        let kind = |step: &Step| {
            let text = step.text.to_lowercase();
            let any = |list: &[&str]| list.iter().any(|w| text.contains(w));
            match step.kind {
                "step" if told && any(&["print", "write", "report", "form", "letter", "copy", "sign"]) => {
                    "document"
                }
                "step" if told && any(&["record", "file", "log", "store", "shelf", "backup"]) => "store",
                "step" if told && any(&["scan", "enter", "measure", "weigh", "collect", "read"]) => "input",
                kind => kind,
            }
        };
        order.iter().map(|&s| kind(&self.steps[s])).collect()
    }
}

pub(super) fn state(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let machine = rng.pick(&banks.diagrams.machines);
    let mut states: Vec<String> = machine.states.clone();
    let mut links: Vec<(String, String, String)> =
        machine.transitions.iter().map(|t| (t.from.clone(), t.to.clone(), t.event.clone())).collect();
    let goal = size(rng, 4, 6, 12);
    let mut initial = machine.initial.as_str();
    // Some pictures begin one state later, where nothing leads back to the first and it leads to one only.
    let first: Vec<&str> =
        machine.transitions.iter().filter(|t| t.from == initial).map(|t| t.to.as_str()).collect();
    let begins = machine.transitions.iter().all(|t| t.to != initial);
    if let [second] = *first.as_slice()
        && begins
        && machine.states.len() > 4
        && rng.chance(0.35)
    {
        states.retain(|s| s != initial);
        links.retain(|l| l.0 != initial);
        initial = second;
    }
    for _ in 0..12 {
        if states.len() <= goal {
            break;
        }
        let gone = rng.pick(&states).clone();
        if gone == initial {
            continue;
        }
        let kept: Vec<_> = links.iter().filter(|l| l.0 != gone && l.1 != gone).cloned().collect();
        let rest: Vec<String> = states.iter().filter(|s| **s != gone).cloned().collect();
        if rest.len() >= 3 && lives(machine, initial, &rest, &kept) {
            (states, links) = (rest, kept);
        }
    }
    // Changes without which everything is still reached and comes to its end may go unmentioned.
    for _ in 0..rng.below(3) {
        let mut kept = links.clone();
        kept.remove(rng.below(links.len()));
        if kept.len() >= 3 && lives(machine, initial, &states, &kept) {
            links = kept;
        }
    }
    // Some states belong to the thing without being needed.
    let own: Vec<_> = words::STATES.iter().filter(|s| s.0 == machine.title).collect();
    let wanted = (goal.saturating_sub(states.len()) + rng.below(4)).min(own.len());
    for index in rng.sample(own.len(), wanted) {
        let (_, home, name, into, out) = *own[index];
        if !states.iter().any(|s| s == home) {
            continue;
        }
        links.push((home.to_owned(), name.to_owned(), into.to_owned()));
        if home != name {
            states.push(name.to_owned());
            links.push((name.to_owned(), home.to_owned(), out.to_owned()));
        }
    }
    let mut seen = BTreeSet::new();
    links.retain(|l| seen.insert((l.0.clone(), l.1.clone())));
    let place = |name: &String| states.iter().position(|s| s == name);
    let numbered: Vec<(usize, usize, String)> =
        links.iter().filter_map(|l| Some((place(&l.0)?, place(&l.1)?, l.2.clone()))).collect();
    let marked = rng.chance(0.8);
    let rows = states.iter().map(|s| {
        let kind = match () {
            () if marked && s == initial => "start",
            () if marked && machine.last.contains(s) => "end",
            () => "",
        };
        vec![s.clone(), kind.to_owned()]
    });
    let tables = vec![texts("nodes", &["label", "kind"], rows.collect()), edges(&states, &numbered)];
    let further = own.iter().map(|s| s.2.to_owned());
    let elsewhere = banks.diagrams.machines.iter().flat_map(|m| m.states.iter().cloned());
    let others = machine.states.iter().cloned().chain(further).chain(elsewhere);
    let name = match rng.below(3) {
        0 => format!("States: {}", crate::content::inside(&machine.title)),
        1 => format!("{} states", machine.title),
        _ => machine.title.clone(),
    };
    // The same states with other changes are another picture with other answers.
    let mut changes: Vec<&str> = links.iter().map(|l| l.2.as_str()).collect();
    changes.sort_unstable();
    Some(Sketch {
        others: others.collect(),
        plain: true,
        key: changes.join(";"),
        ..Sketch::new(name, &machine.domain, "state", tables)
    })
}

/// True when all states are reached and none of them is stuck: each comes to a last state where the machine has any, and
/// goes on where it has none.
fn lives(machine: &Machine, initial: &str, states: &[String], links: &[(String, String, String)]) -> bool {
    let reached = reach(initial, links);
    states.iter().all(|state| {
        let goes_on = match machine.last.is_empty() {
            true => links.iter().any(|l| l.0 == *state),
            false => reach(state, links).iter().any(|s| machine.last.contains(s)),
        };
        goes_on && reached.contains(state)
    })
}

fn reach(start: &str, links: &[(String, String, String)]) -> Vec<String> {
    let mut found = vec![start.to_owned()];
    let mut next = 0;
    while next < found.len() {
        for link in links {
            if link.0 == found[next] && !found.contains(&link.1) {
                found.push(link.1.clone());
            }
        }
        next += 1;
    }
    found
}
