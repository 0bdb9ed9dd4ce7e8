//! Counts over rows of `count`: how often each number is the answer, by split, and who stands for it; beside the published
//! splits, which have 60 of each number from 2 to 10.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_console::{Console, Failure, wording};
use pixmo_schemas::Dataset;
use pixmo_shards::{Location, Split, read_columns};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::rows::damaged;
use crate::stats::gates::{Gate, State};
use crate::stats::pass::over_parts;
use crate::stats::tally::{self, one, share};
use crate::stats::text::Page;
use crate::tables::{LINEAGE, Part};

/// Rows of each number in the published splits that people counted.
const PUBLISHED_EACH: u64 = 60;
/// The numbers in those splits.
const PUBLISHED_COUNTS: std::ops::RangeInclusive<i32> = 2..=10;
/// The largest share of rows of a split that one label should have.
const LABEL_SHARE_MAX: f64 = 0.02;
/// The splits that people count.
const MEASURED: [Split; 2] = [Split::Validation, Split::Test];

#[derive(Deserialize)]
struct Row {
    count: i32,
    label: String,
}

#[derive(Deserialize)]
struct Origin {
    source: String,
    people: i32,
    persons: Vec<String>,
    verifiers: Vec<String>,
}

/// What was counted of one split.
#[derive(Clone, Debug, Default)]
struct OfSplit {
    counts: BTreeMap<i32, u64>,
    labels: BTreeMap<String, u64>,
}

impl OfSplit {
    fn rows(&self) -> u64 {
        self.counts.values().sum()
    }

    fn most_of_a_label(&self) -> u64 {
        self.labels.values().copied().max().unwrap_or_default()
    }
}

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    splits: BTreeMap<Split, OfSplit>,
    sources: BTreeMap<String, u64>,
    people_a_row: BTreeMap<String, u64>,
    people: BTreeSet<String>,
}

impl Tally {
    fn merge(&mut self, other: Tally) {
        for (split, theirs) in other.splits {
            let mine = self.splits.entry(split).or_default();
            tally::merge(&mut mine.counts, theirs.counts);
            tally::merge(&mut mine.labels, theirs.labels);
        }
        tally::merge(&mut self.sources, other.sources);
        tally::merge(&mut self.people_a_row, other.people_a_row);
        self.people.extend(other.people);
    }

    pub(crate) fn to_json(&self) -> Value {
        let splits = self.splits.iter().map(|(split, of)| {
            let counts: BTreeMap<String, u64> =
                of.counts.iter().map(|(count, rows)| (format!("{count:02}"), *rows)).collect();
            let value = json!({
                "rows": of.rows(), "counts": counts, "labels": of.labels.len(), "most_of_a_label": of.most_of_a_label(),
            });
            (split.name().to_owned(), value)
        });
        json!({
            "splits": splits.collect::<BTreeMap<_, _>>(), "sources": self.sources, "people_a_row": self.people_a_row,
            "people": self.people.len(), "published": { "rows_each": PUBLISHED_EACH },
        })
    }
}

/// Goes over all rows once, several parts at a time; labels and people are kept.
pub(crate) fn count(
    location: &Location,
    parts: &[Part],
    jobs: usize,
    console: &Console,
) -> Result<Tally, Failure> {
    let interrupt = console.interrupt();
    let look = |_, part: &Part| {
        let (mut tally, mut of_split) = (Tally::default(), OfSplit::default());
        let rows = read_columns::<Row>(location, &part.main, &["count", "label"]).map_err(damaged)?;
        for row in rows.take_while(|_| !interrupt.is_requested()) {
            let row = row.map_err(damaged)?;
            *of_split.counts.entry(row.count).or_insert(0) += 1;
            one(&mut of_split.labels, &row.label.to_lowercase());
        }
        tally.splits.insert(part.main.split, of_split);
        // Rows that a detector made have no lineage of people.
        if let Some(file) = part.of(LINEAGE) {
            let columns = ["source", "people", "persons", "verifiers"];
            let origins = read_columns::<Origin>(location, file, &columns).map_err(damaged)?;
            for origin in origins.take_while(|_| !interrupt.is_requested()) {
                let origin = origin.map_err(damaged)?;
                one(&mut tally.sources, &origin.source);
                one(&mut tally.people_a_row, &origin.people.to_string());
                tally.people.extend(origin.persons.into_iter().chain(origin.verifiers));
            }
        }
        Ok(tally)
    };
    let mut all = Tally::default();
    over_parts(Dataset::Count, parts, jobs, console, look, |_, tally| all.merge(tally))?;
    Ok(all)
}

/// How the splits that people counted stand beside the published ones.
pub(crate) fn gates(tally: &Tally) -> Vec<Gate> {
    let mut gates = Vec::new();
    let names = [
        ("rows of each number, validation", "share of one label, validation"),
        ("rows of each number, test", "share of one label, test"),
    ];
    for (split, (of_numbers, of_labels)) in MEASURED.into_iter().zip(names) {
        let of = tally.splits.get(&split).cloned().unwrap_or_default();
        let rows_of = |count: i32| of.counts.get(&count).copied().unwrap_or_default();
        let least = PUBLISHED_COUNTS.map(rows_of).min().unwrap_or_default();
        let most = of.counts.values().copied().max().unwrap_or_default();
        let inside: u64 = PUBLISHED_COUNTS.map(rows_of).sum();
        let is_even = (least, most, inside) == (PUBLISHED_EACH, PUBLISHED_EACH, of.rows());
        gates.push(Gate {
            name: of_numbers,
            bar: format!("{PUBLISHED_EACH} of {} to {}", PUBLISHED_COUNTS.start(), PUBLISHED_COUNTS.end()),
            found: format!("{least} to {most}, {inside} of {} rows", of.rows()),
            state: State::of(of.rows(), is_even, 0),
        });
        let found = share(of.most_of_a_label(), of.rows());
        gates.push(Gate {
            name: of_labels,
            bar: format!("at most {:.0} %", LABEL_SHARE_MAX * 100.0),
            found: format!("{:.1} %", found * 100.0),
            state: State::of(of.rows(), found <= LABEL_SHARE_MAX, (1.0 / LABEL_SHARE_MAX).ceil() as u64),
        });
    }
    gates
}

impl Page {
    /// All that was counted over the rows of `count`.
    pub(crate) fn count(&mut self, tally: &Tally) {
        self.head("numbers");
        for (split, of) in &tally.splits {
            self.line(split.name(), &wording::counted(of.rows(), "row"));
        }
        self.line("people", &wording::number(tally.people.len() as u64));
        for (split, of) in &tally.splits {
            let counts: Vec<(String, u64)> =
                of.counts.iter().map(|(count, rows)| (count.to_string(), *rows)).collect();
            let title = format!("numbers in {split}");
            self.in_order(&title, counts.iter().map(|(name, rows)| (name.as_str(), *rows)));
            self.counts(&format!("labels in {split}"), &of.labels, of.rows());
        }
        self.counts("sources", &tally.sources, 0);
        self.counts("people who stand for a row", &tally.people_a_row, 0);
    }
}
