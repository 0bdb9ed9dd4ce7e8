//! Organisation charts and mind maps: trees with branches left out, peopled anew or grown from a domain.

use std::collections::BTreeSet;

use pixmo_render::Rng;

use super::sketch::{Sketch, capital, edges, size, texts};
use super::{people, words};
use crate::banks::{Banks, Domain, Hierarchy};
use crate::content::inside;

/// Names with parents, parents before children.
#[derive(Clone)]
struct Tree {
    names: Vec<String>,
    parents: Vec<Option<usize>>,
}

pub(super) fn org_chart(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    if banks.foreign.is_some() {
        return units(banks, rng);
    }
    match rng.below(10) {
        0 => kinds(banks, rng),
        1..=3 => units(banks, rng),
        _ => staff(banks, rng),
    }
}

pub(super) fn mind_map(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    if banks.foreign.is_some() || rng.chance(0.45) {
        return subject_map(banks, rng);
    }
    let (hierarchy, tree) = picked(banks, rng, &["mindmap", "taxonomy"]);
    let goal = size(rng, 6, 10, 22);
    let tree = tree.cut(goal, rng);
    let others = alike(banks, hierarchy);
    Some(tree.sketch(hierarchy.title.clone(), &hierarchy.domain, "entry", others))
}

/// A mind map of what there is in a domain.
fn subject_map(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let domain = rng.pick(&banks.domains);
    let mut branches: Vec<(String, Vec<String>)> =
        domain.entities.iter().map(|e| (capital(&e.plural), e.names.clone())).collect();
    if let Some(foreign) = &banks.foreign {
        for (branch, entities) in branches.iter_mut().zip(&domain.entities) {
            branch.0.clone_from(&foreign.thing(&domain.slug, &entities.kind)?.plural);
        }
        let measures = domain.measures.iter().map(|m| m.name.clone()).collect();
        branches.push((foreign.diagrams.figures.clone(), measures));
        return Some(grown(branches, domain, true, banks, rng));
    }
    branches.push(("People".to_owned(), domain.roles.iter().map(|r| capital(r)).collect()));
    branches.push(("Figures".to_owned(), domain.measures.iter().map(|m| m.name.clone()).collect()));
    branches.push(("Surprises".to_owned(), domain.events.iter().map(|e| capital(strip(e))).collect()));
    branches.push(("Ideas".to_owned(), words::ideas(&domain.slug)));
    let housed = rng.chance(0.4);
    Some(grown(branches, domain, housed, banks, rng))
}

/// A mind map of some branches of a domain; `housed` puts an organisation in its middle.
fn grown(
    branches: Vec<(String, Vec<String>)>,
    domain: &Domain,
    housed: bool,
    banks: &Banks,
    rng: &mut Rng,
) -> Sketch {
    let root = if housed { people::organisation(Some(domain), banks, rng) } else { domain.name.clone() };
    let mut tree = Tree { names: vec![root.clone()], parents: vec![None] };
    let count = (3 + rng.below(3)).min(branches.len());
    let each = 2 + rng.below(5);
    let mut others = Vec::new();
    for (place, branch) in rng.sample(branches.len(), branches.len()).into_iter().enumerate() {
        let (name, leaves) = &branches[branch];
        if place >= count {
            others.extend(leaves.iter().cloned());
            continue;
        }
        let parent = tree.names.len();
        tree.names.push(name.clone());
        tree.parents.push(Some(0));
        let wanted = 2 + rng.below(each);
        for (index, leaf) in rng.sample(leaves.len(), leaves.len()).into_iter().enumerate() {
            if index < wanted && leaves[leaf].chars().count() <= 32 && tree.names.len() < 36 {
                tree.names.push(leaves[leaf].clone());
                tree.parents.push(Some(parent));
            } else {
                others.push(leaves[leaf].clone());
            }
        }
    }
    let title = match rng.below(3) {
        0 if banks.foreign.is_none() => format!("{root}: an overview"),
        1 if banks.foreign.is_none() => format!("{root} at a glance"),
        _ => root,
    };
    Sketch { housed, ..tree.sketch(title, &domain.slug, "entry", others) }
}

/// Departments, with who leads them in some pictures.
fn units(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let (hierarchy, tree) = picked(banks, rng, &["org"]);
    let tree = tree.cut(size(rng, 5, 9, 17), rng);
    let heads = people::names(banks, rng, tree.names.len());
    let led = rng.chance(0.5) && heads.len() == tree.names.len();
    let others = alike(banks, hierarchy);
    let mut sketch = tree.sketch(hierarchy.title.clone(), &hierarchy.domain, "unit", others);
    if led {
        let rows = tree.names.iter().zip(heads).map(|(name, head)| vec![name.clone(), head]).collect();
        sketch.tables[0] = texts("nodes", &["label", "detail"], rows);
        sketch.measure = "head";
    }
    Some(sketch)
}

/// People and their posts.
fn staff(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let (hierarchy, tree) = picked(banks, rng, &["org"]);
    let goal = size(rng, 5, 10, 26);
    let mut tree = tree.cut(goal, rng);
    let parent_of = tree.parents.clone();
    let leads = |n: usize| parent_of.contains(&Some(n));
    let head = rng.word(&["Head of", "Director of", "Manager,", "Head of"]);
    let lead = rng.word(&["lead", "supervisor", "coordinator"]);
    let mut posts: Vec<String> = (0..tree.names.len())
        .map(|n| match () {
            () if n == 0 => tree.names[0].clone(),
            () if leads(n) => format!("{head} {}", inside(&tree.names[n])),
            () => format!("{} {lead}", tree.names[n]),
        })
        .collect();
    for (assistant, parent) in rng
        .sample(tree.names.len(), tree.names.len())
        .into_iter()
        .filter(|&parent| parent > 0)
        .take(goal.saturating_sub(tree.names.len()))
        .enumerate()
        .map(|(index, parent)| (["Assistant", "Trainee", "Deputy", "Clerk"][index % 4], parent))
    {
        posts.push(format!("{assistant}, {}", inside(&tree.names[parent])));
        tree.names.push(String::new());
        tree.parents.push(Some(parent));
    }
    let mut names = people::names(banks, rng, tree.names.len() + 6);
    if names.len() < tree.names.len() + 2 {
        return None;
    }
    let others = names.split_off(tree.names.len());
    let group = |mut node: usize| {
        while let Some(parent) = tree.parents[node].filter(|p| *p > 0) {
            node = parent;
        }
        node
    };
    let colored = rng.chance(0.3);
    let titled = rng.chance(0.9);
    let areas: Vec<String> = (0..names.len()).map(|n| hierarchy_name(&posts[group(n)], head, lead)).collect();
    let mut columns = vec!["label"];
    let mut rows: Vec<Vec<String>> = names.iter().map(|n| vec![n.clone()]).collect();
    if titled {
        columns.push("detail");
        rows.iter_mut().zip(&posts).for_each(|(row, post)| row.push(post.clone()));
    }
    if colored {
        columns.push("group");
        rows.iter_mut().zip(&areas).for_each(|(row, area)| row.push(area.clone()));
    }
    let links = tree.links();
    let tables = vec![texts("nodes", &columns, rows), edges(&names, &links)];
    Some(Sketch {
        rows: "people".to_owned(),
        measure: if titled { "post" } else { "" },
        others,
        plain: true,
        ..Sketch::new(format!("{}: organisation", hierarchy.title), &hierarchy.domain, "person", tables)
    })
}

fn hierarchy_name(post: &str, head: &str, lead: &str) -> String {
    capital(post.trim_start_matches(head).trim_end_matches(lead).trim())
}

/// Kinds of things and the kinds below them.
fn kinds(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let (hierarchy, tree) = picked(banks, rng, &["taxonomy"]);
    let tree = tree.cut(size(rng, 5, 9, 20), rng);
    let others = alike(banks, hierarchy);
    Some(tree.sketch(hierarchy.title.clone(), &hierarchy.domain, "group", others))
}

fn picked<'a>(banks: &'a Banks, rng: &mut Rng, kinds: &[&str]) -> (&'a Hierarchy, Tree) {
    let fitting: Vec<&Hierarchy> =
        banks.diagrams.hierarchies.iter().filter(|h| kinds.contains(&h.kind.as_str())).collect();
    let hierarchy = *rng.pick(&fitting);
    let tree = Tree {
        names: hierarchy.nodes.iter().map(|n| n.text.clone()).collect(),
        parents: hierarchy.nodes.iter().map(|n| usize::try_from(n.parent).ok()).collect(),
    };
    (hierarchy, tree)
}

/// Names from all trees of the same kind, its own first.
fn alike(banks: &Banks, tree: &Hierarchy) -> Vec<String> {
    let same = banks.diagrams.hierarchies.iter().filter(|h| h.kind == tree.kind && h.title != tree.title);
    std::iter::once(tree).chain(same).flat_map(|h| &h.nodes).map(|n| n.text.clone()).collect()
}

fn strip(event: &str) -> &str {
    event.trim_start_matches("the ").trim_start_matches("a ").trim_start_matches("an ")
}

impl Tree {
    /// The tree with leaves and whole branches left out, and the branches in another order.
    fn cut(mut self, goal: usize, rng: &mut Rng) -> Tree {
        let goal = goal.min(self.names.len() - 1 - rng.below(3));
        for _ in 0..60 {
            if self.names.len() <= goal.max(4) {
                break;
            }
            let node = 1 + rng.below(self.names.len() - 1);
            let leaf = !self.parents.contains(&Some(node));
            if leaf || (rng.chance(0.25) && self.names.len() > goal + 3) {
                self = self.without(node);
            }
        }
        let count = self.names.len();
        let mut order: Vec<usize> = vec![0];
        let mut next = 0;
        while next < order.len() {
            let mut children: Vec<usize> =
                (0..count).filter(|&n| self.parents[n] == Some(order[next])).collect();
            rng.shuffle(&mut children);
            order.extend(children);
            next += 1;
        }
        let place = |n: usize| order.iter().position(|&o| o == n);
        Tree {
            names: order.iter().map(|&n| self.names[n].clone()).collect(),
            parents: order.iter().map(|&n| self.parents[n].and_then(place)).collect(),
        }
    }

    fn without(&self, node: usize) -> Tree {
        let mut gone: BTreeSet<usize> = BTreeSet::from([node]);
        for n in node + 1..self.names.len() {
            if self.parents[n].is_some_and(|p| gone.contains(&p)) {
                gone.insert(n);
            }
        }
        let kept: Vec<usize> = (0..self.names.len()).filter(|n| !gone.contains(n)).collect();
        let place = |n: usize| kept.iter().position(|&k| k == n);
        Tree {
            names: kept.iter().map(|&n| self.names[n].clone()).collect(),
            parents: kept.iter().map(|&n| self.parents[n].and_then(place)).collect(),
        }
    }

    fn links(&self) -> Vec<(usize, usize, String)> {
        let child = |(n, parent): (usize, &Option<usize>)| parent.map(|p| (p, n, String::new()));
        self.parents.iter().enumerate().filter_map(child).collect()
    }

    fn sketch(&self, title: String, domain: &str, row: &str, others: Vec<String>) -> Sketch {
        let rows = self.names.iter().map(|n| vec![n.clone()]).collect();
        let tables = vec![texts("nodes", &["label"], rows), edges(&self.names, &self.links())];
        Sketch { others, plain: true, ..Sketch::new(title, domain, row, tables) }
    }
}
