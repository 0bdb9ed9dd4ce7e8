//! Families: couples with their descendants, or one person's ancestors, invented anew each time.

use pixmo_render::{Cell, Column, NumberFormat, Rng, Table};

use super::sketch::{Sketch, size, texts};
use crate::banks::{Banks, Culture};

/// The last year that anything is known of.
const NOW: i64 = 2024;

/// People in the order in which they are told.
struct People<'a> {
    /// Family names that nobody has yet.
    families: Vec<&'a String>,
    women: Vec<&'a String>,
    men: Vec<&'a String>,
    names: Vec<String>,
    born: Vec<i64>,
    died: Vec<Option<i64>>,
}

pub(super) fn family_tree(banks: &Banks, rng: &mut Rng) -> Option<Sketch> {
    let culture = rng.pick(&banks.diagrams.cultures);
    let mut people = People::of(culture, rng);
    let family = rng.pick(&culture.family).clone();
    let (mut links, mut couples) = (Vec::new(), Vec::new());
    let goal = size(rng, 7, 12, 22);
    let title = if rng.chance(0.7) {
        descendants(&mut people, culture, &family, goal, &mut links, &mut couples, rng)?;
        match rng.below(3) {
            0 => format!("Descendants of {}", people.names[0]),
            1 => format!("The {family} family"),
            _ => format!("Family tree: {family}"),
        }
    } else {
        ancestors(&mut people, culture, &family, goal.min(15), &mut links, rng)?;
        format!("Ancestors of {}", people.names[0])
    };
    let title = match &banks.foreign {
        Some(foreign) => foreign.diagrams.family_title.replace("{family}", &family),
        None => title,
    };
    let dated = rng.chance(0.85);
    let others = people.others(culture, &family);
    let mut nodes = Table::new("nodes", vec![Column::text("label")]);
    if dated {
        nodes.columns.extend([Column::number("born", "", false), Column::number("died", "", false)]);
    }
    let year = |year: i64| Cell::number(year as f64, &year_format());
    for (index, name) in people.names.iter().enumerate() {
        let mut row = vec![Cell::text(name.clone())];
        if dated {
            row.push(year(people.born[index]));
            row.push(people.died[index].map_or(Cell::missing(""), year));
        }
        nodes.rows.push(row);
    }
    let pair = |list: &[(usize, usize)]| {
        list.iter().map(|&(a, b)| vec![people.names[a].clone(), people.names[b].clone()]).collect()
    };
    let mut tables = vec![nodes, texts("edges", &["from", "to"], pair(&links))];
    if !couples.is_empty() {
        tables.push(texts("couples", &["one", "other"], pair(&couples)));
    }
    let formats = if dated { vec![((0, 1), year_format()), ((0, 2), year_format())] } else { Vec::new() };
    Some(Sketch {
        rows: "family members".to_owned(),
        others,
        formats,
        housed: true,
        ..Sketch::new(title, "household", "family member", tables)
    })
}

fn year_format() -> NumberFormat {
    NumberFormat { group: None, ..NumberFormat::plain(0) }
}

impl<'a> People<'a> {
    fn of(culture: &'a Culture, rng: &mut Rng) -> People<'a> {
        let mut people = People {
            families: culture.family.iter().collect(),
            women: culture.given_f.iter().collect(),
            men: culture.given_m.iter().collect(),
            names: Vec::new(),
            born: Vec::new(),
            died: Vec::new(),
        };
        rng.shuffle(&mut people.women);
        rng.shuffle(&mut people.men);
        rng.shuffle(&mut people.families);
        people
    }

    /// The name of a family that marries in: nobody else's here, as long as there are such names.
    fn married(&mut self, culture: &Culture, own: &str, rng: &mut Rng) -> String {
        while let Some(name) = self.families.pop() {
            if name != own {
                return name.clone();
            }
        }
        rng.pick::<String>(&culture.family).clone()
    }

    /// Adds a person; every given name is used once.
    fn add(&mut self, woman: bool, family: &str, born: i64, rng: &mut Rng) -> Option<usize> {
        let given = if woman { self.women.pop() } else { self.men.pop() }?;
        let death = born + rng.normal(78.0, 9.0).clamp(41.0, 99.0) as i64;
        self.names.push(format!("{given} {family}"));
        self.born.push(born);
        self.died.push((death < NOW).then_some(death));
        Some(self.names.len() - 1)
    }

    /// Names that would fit and were not used.
    fn others(&self, culture: &Culture, family: &str) -> Vec<String> {
        let unused = self.women.iter().chain(&self.men).take(8).map(|given| format!("{given} {family}"));
        let married = self.men.iter().take(4).zip(&culture.family).map(|(g, f)| format!("{g} {f}"));
        unused.chain(married).filter(|name| !self.names.contains(name)).collect()
    }
}

/// A couple, their children and theirs.
fn descendants(
    people: &mut People<'_>,
    culture: &Culture,
    family: &str,
    goal: usize,
    links: &mut Vec<(usize, usize)>,
    couples: &mut Vec<(usize, usize)>,
    rng: &mut Rng,
) -> Option<()> {
    let born = rng.whole(1885, 1948);
    let one = people.add(false, family, born, rng)?;
    let maiden = people.married(culture, family, rng);
    let other = people.add(true, &maiden, born + rng.whole(-3, 6), rng)?;
    couples.push((one, other));
    // Each open entry: a parent, the other parent, and the name that children carry.
    let mut open: Vec<(usize, Option<usize>, String)> = vec![(one, Some(other), family.to_owned())];
    let mut at = 0;
    while at < open.len() && people.names.len() < goal {
        let (first, second, name) = open[at].clone();
        at += 1;
        let younger = people.born[first].max(second.map_or(0, |s| people.born[s]));
        let mut year = younger + rng.whole(21, 30);
        let count = if at == 1 { rng.whole(2, 4) } else { rng.whole(0, 3) };
        for _ in 0..count {
            if people.names.len() >= goal || year > NOW - 1 {
                break;
            }
            let woman = rng.chance(0.5);
            let Some(child) = people.add(woman, &name, year, rng) else { break };
            links.push((first, child));
            links.extend(second.map(|second| (second, child)));
            let grown = year < NOW - 24;
            let spouse = if grown && people.names.len() < goal && rng.chance(0.68) {
                let own = people.married(culture, family, rng);
                people.add(!woman, &own, year + rng.whole(-4, 5), rng)
            } else {
                None
            };
            couples.extend(spouse.map(|spouse| (child, spouse)));
            // Children carry their father's name, where he is shown.
            let own = match spouse {
                Some(spouse) if woman => last_name(&people.names[spouse]),
                _ => name.clone(),
            };
            if grown && (spouse.is_some() || rng.chance(0.12)) {
                open.push((child, spouse, own));
            }
            year += rng.whole(2, 5);
        }
    }
    (links.len() >= 4).then_some(())
}

/// A person's parents, their parents and, for some, one generation more.
fn ancestors(
    people: &mut People<'_>,
    culture: &Culture,
    family: &str,
    goal: usize,
    links: &mut Vec<(usize, usize)>,
    rng: &mut Rng,
) -> Option<()> {
    let person = people.add(rng.chance(0.5), family, rng.whole(1940, 2010), rng)?;
    let mut open = vec![(person, family.to_owned())];
    let mut at = 0;
    while at < open.len() && people.names.len() + 2 <= goal {
        let (child, name) = open[at].clone();
        at += 1;
        let born = people.born[child];
        let father = people.add(false, &name, born - rng.whole(23, 38), rng)?;
        let maiden = people.married(culture, family, rng);
        let mother = people.add(true, &maiden, born - rng.whole(20, 34), rng)?;
        links.extend([(father, child), (mother, child)]);
        // Beyond the grandparents not every line is known.
        if at < 3 || rng.chance(0.75) {
            open.push((father, name));
        }
        if at < 3 || rng.chance(0.75) {
            open.push((mother, maiden));
        }
    }
    (links.len() >= 6).then_some(())
}

/// The part of a name after the given name.
fn last_name(name: &str) -> String {
    name.split_once(' ').map_or(name, |(_, family)| family).to_owned()
}
