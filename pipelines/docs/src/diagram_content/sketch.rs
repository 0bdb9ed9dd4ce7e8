//! A diagram's tables and words before they become content.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_render::{Cell, Column, Data, NumberFormat, Rng, Table};
use pixmo_render_figures::diagram::DiagramKind;

use super::people;
use crate::banks::{Banks, Domain};
use crate::content::{Content, Nouns, plural};

pub(super) use crate::content::capital;

/// What one picture is about.
pub(super) struct Sketch {
    /// Name of the process, tree or network, as a title.
    pub(super) name: String,
    /// Stable name of its domain.
    pub(super) domain: String,
    /// The tables.
    pub(super) tables: Vec<Table>,
    /// How numbers are printed, by table and column.
    pub(super) formats: Vec<((usize, usize), NumberFormat)>,
    /// What a node is called.
    pub(super) row: String,
    /// Several of them; empty for the plural by rule.
    pub(super) rows: String,
    /// What the column beside the label is called.
    pub(super) measure: &'static str,
    /// `undirected`, `ordered`, a word for a kind with questions of its own, or empty.
    pub(super) order: &'static str,
    /// Labels that would fit and may be absent.
    pub(super) others: Vec<String>,
    /// What tells pictures of the same name and labels apart, such as the words of a sentence; may be empty.
    pub(super) key: String,
    /// True when the name stands for itself and wants no `step by step`.
    pub(super) plain: bool,
    /// True when the name says already whose it is.
    pub(super) housed: bool,
}

impl Sketch {
    /// A sketch with tables and nothing else said.
    pub(super) fn new(name: impl Into<String>, domain: &str, row: &str, tables: Vec<Table>) -> Sketch {
        Sketch {
            name: name.into(),
            domain: domain.to_owned(),
            tables,
            formats: Vec::new(),
            row: row.to_owned(),
            rows: String::new(),
            measure: "",
            order: "",
            others: Vec::new(),
            key: String::new(),
            plain: false,
            housed: false,
        }
    }

    /// Adds title, persona and plan; `None` when a label stands twice or the tables miss their limits.
    pub(super) fn finish(self, kind: DiagramKind, banks: &Banks, rng: &mut Rng) -> Option<Content> {
        let main: Vec<String> = labels(&self.tables[0]);
        let unique: BTreeSet<&String> = main.iter().collect();
        if unique.len() < main.len() || !fits(kind, &self.tables) {
            return None;
        }
        let domain = banks.domains.iter().find(|d| d.slug == self.domain);
        let organisation = people::organisation(domain, banks, rng);
        let title = if rng.chance(0.88) { self.title(&organisation, rng) } else { String::new() };
        let mut persona: Vec<&String> =
            banks.personas.iter().filter(|p| p.domain == self.domain).flat_map(|p| &p.texts).collect();
        if persona.is_empty() {
            persona = banks.personas.iter().flat_map(|p| &p.texts).collect();
        }
        let printed: BTreeSet<&str> =
            self.tables.iter().flat_map(|t| &t.rows).flatten().map(|c| c.shown.as_str()).collect();
        // What was left out of this very thing comes first and is the likeliest to be asked for.
        let mut absent: Vec<String> = Vec::new();
        let place = domain.unwrap_or_else(|| rng.pick(&banks.domains));
        let alike = place.entities.iter().flat_map(|e| &e.names).cloned();
        let others = if self.others.is_empty() { alike.collect() } else { self.others };
        for other in others {
            let seen = printed.contains(other.as_str()) || title.contains(&other) || absent.contains(&other);
            if !seen {
                absent.push(other);
            }
        }
        let own = absent.len().min(3);
        rng.shuffle(&mut absent[own..]);
        absent.truncate(8);
        rng.shuffle(&mut absent);
        let told =
            |t: &&Table| !matches!(t.name.as_str(), "edges" | "quadrants") && t.column("label").is_some();
        // Whose process it is belongs to the plan where the title says it.
        let house = if title.contains(&organisation) { format!(", {organisation}") } else { String::new() };
        let mut sorted: Vec<String> = self.tables.iter().filter(told).flat_map(labels).collect();
        sorted.sort();
        let rows = if self.rows.is_empty() { plural(&self.row) } else { self.rows };
        Some(Content {
            topic: format!("{} of {}: {}", kind.title(), organisation, self.name),
            title,
            subtitle: String::new(),
            note: String::new(),
            persona: if persona.is_empty() { "a clerk".to_owned() } else { (*rng.pick(&persona)).clone() },
            nouns: Nouns {
                row: self.row,
                rows,
                measure: self.measure.to_owned(),
                series: self.order.to_owned(),
                ..Nouns::default()
            },
            absent,
            absent_columns: Vec::new(),
            source_name: "world".to_owned(),
            source_licence: "CC0-1.0".to_owned(),
            plan: format!("{}|{}{house}|{}{}", kind.slug(), self.name, self.key, sorted.join(";")),
            formats: self.formats.into_iter().collect::<BTreeMap<_, _>>(),
            data: Data { tables: self.tables },
        })
    }

    fn title(&self, organisation: &str, rng: &mut Rng) -> String {
        let name = self.name.as_str();
        let year = rng.whole(2008, 2025);
        if self.housed {
            return name.to_owned();
        }
        // A name with a year of its own gets no second one, nor does a picture whose dates would contradict it.
        let has_year = |text: &str| text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
        let mut cells = self.tables.iter().flat_map(|table| &table.rows).flatten();
        let dated = has_year(name) || cells.any(|cell| has_year(&cell.shown));
        if self.plain {
            return match rng.below(4) {
                0 => format!("{name}, {organisation}"),
                1 if !dated && !name.ends_with('?') => format!("{name} ({year})"),
                _ => name.to_owned(),
            };
        }
        match rng.below(9) {
            0 => format!("{name} at {organisation}"),
            1 => format!("How it works: {name}"),
            2 => format!("{name}, step by step"),
            3 => format!("{name} (draft {})", rng.whole(1, 6)),
            4 => format!("{name} – overview"),
            5 => format!("{organisation}: {name}"),
            6 if !dated => format!("{name} {year}"),
            _ => name.to_owned(),
        }
    }
}

/// The labels of a table, or its first column where no column has that name.
fn labels(table: &Table) -> Vec<String> {
    let column = table.column("label").unwrap_or(0);
    table.texts(column).into_iter().map(str::to_owned).collect()
}

fn fits(kind: DiagramKind, tables: &[Table]) -> bool {
    kind.shape().tables.iter().all(|need| match tables.iter().find(|t| t.name == need.name) {
        Some(table) => (need.rows.0..=need.rows.1).contains(&table.rows.len()),
        None => !need.required,
    })
}

/// A table of texts; an empty text is a missing cell.
pub(super) fn texts(name: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::new(name, columns.iter().map(|c| Column::text(*c)).collect());
    table.rows = rows
        .into_iter()
        .map(|row| {
            row.into_iter().map(|t| if t.is_empty() { Cell::missing("") } else { Cell::text(t) }).collect()
        })
        .collect();
    table
}

/// A table `edges` of labels, with a column `label` when any edge has one.
pub(super) fn edges(labels: &[String], links: &[(usize, usize, String)]) -> Table {
    let named = links.iter().any(|(_, _, text)| !text.is_empty());
    let columns: &[&str] = if named { &["from", "to", "label"] } else { &["from", "to"] };
    let rows = links.iter().map(|(from, to, text)| {
        let mut row = vec![labels[*from].clone(), labels[*to].clone()];
        if named {
            row.push(text.clone());
        }
        row
    });
    texts("edges", columns, rows.collect())
}

/// The domain with this stable name, or any when there is none.
pub(super) fn domain<'a>(banks: &'a Banks, slug: &str, rng: &mut Rng) -> &'a Domain {
    banks.domains.iter().find(|d| d.slug == slug).unwrap_or_else(|| rng.pick(&banks.domains))
}

/// How many things to aim at: few in a quarter of the pictures, many in a quarter.
pub(super) fn size(rng: &mut Rng, low: usize, middle: usize, high: usize) -> usize {
    match rng.below(4) {
        0 => rng.whole(low as i64, middle as i64 - 1) as usize,
        1 => rng.whole(middle as i64, high as i64) as usize,
        _ => {
            let quarter = (high - low) / 4;
            rng.whole((low + quarter) as i64, (high - quarter) as i64) as usize
        }
    }
}
