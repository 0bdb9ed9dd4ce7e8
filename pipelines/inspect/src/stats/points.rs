//! Counts over rows of `points` and `points-eval`: labels, points, images, people; beside the figures of the paper (Deitke et
//! al. 2024, "Molmo and PixMo").

use std::collections::{BTreeMap, BTreeSet};

use pixmo_console::{Console, Failure, wording};
use pixmo_schemas::{Dataset, Sha256};
use pixmo_shards::{Location, read_columns};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::rows::{accompanying, damaged};
use crate::stats::gates::{Gate, State};
use crate::stats::pass::over_parts;
use crate::stats::tally::{self, Extent, one, rounded, share};
use crate::stats::text::{Page, extent};
use crate::tables::{LINEAGE, Part};

/// The share of labels in the paper that are absent: 359 of 2,342 thousand.
const PAPER_ABSENT: f64 = 0.15;
/// How far that share may be from it.
const ABSENT_OFF_MAX: f64 = 0.02;
/// Points of a label that is there, in the paper.
const PAPER_POINTS: f64 = 5.5;
/// Labels of an image in the paper.
const PAPER_LABELS: f64 = 8.7;
/// How far a mean may be from that of the paper.
const OFF_MAX: f64 = 0.25;
/// Fewer rows tell nothing.
const ROWS_MIN: u64 = 100;
/// Numbers of points that are counted together, as in the paper.
const POINTS_A_STEP: u64 = 10;

#[derive(Deserialize)]
struct Image {
    image_sha256: Sha256,
    label: String,
}

#[derive(Deserialize)]
struct Place {
    points: Vec<Nothing>,
}

/// A point of which nothing is asked.
#[derive(Deserialize)]
struct Nothing {}

#[derive(Deserialize)]
struct Method {
    collection_method: String,
}

#[derive(Deserialize)]
struct Origin {
    source: String,
    verified: String,
    persons: Vec<String>,
    verifiers: Vec<String>,
    agreement_f1: Option<f64>,
}

const ORIGIN_COLUMNS: &[&str] = &["source", "verified", "persons", "verifiers", "agreement_f1"];

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    is_eval: bool,
    rows: u64,
    absent: u64,
    points: Extent,
    /// Rows by tens of points, those without points apart.
    steps: BTreeMap<u64, u64>,
    methods: BTreeMap<String, u64>,
    sources: BTreeMap<String, u64>,
    verified: BTreeMap<String, u64>,
    agreed: u64,
    agreement: f64,
    images: BTreeSet<[u8; 8]>,
    labels: BTreeSet<[u8; 8]>,
    people: BTreeSet<[u8; 8]>,
}

/// The first bytes of a hash: enough to tell millions apart.
fn few(hash: &Sha256) -> [u8; 8] {
    hash.as_bytes().first_chunk::<8>().copied().unwrap_or_default()
}

impl Tally {
    fn add(&mut self, image: &Image, points: u64) {
        self.rows += 1;
        self.images.insert(few(&image.image_sha256));
        self.labels.insert(few(&Sha256::of(image.label.to_lowercase().as_bytes())));
        match points {
            0 => self.absent += 1,
            points => {
                self.points.add(points);
                *self.steps.entry((points - 1) / POINTS_A_STEP).or_insert(0) += 1;
            }
        }
    }

    fn add_origin(&mut self, origin: &Origin) {
        one(&mut self.sources, &origin.source);
        one(&mut self.verified, &origin.verified);
        for person in origin.persons.iter().chain(&origin.verifiers) {
            self.people.insert(few(&Sha256::of(person.as_bytes())));
        }
        if let Some(f1) = origin.agreement_f1 {
            self.agreed += 1;
            self.agreement += f1;
        }
    }

    fn merge(&mut self, other: Tally) {
        for (mine, theirs) in [
            (&mut self.methods, other.methods),
            (&mut self.sources, other.sources),
            (&mut self.verified, other.verified),
        ] {
            tally::merge(mine, theirs);
        }
        tally::merge(&mut self.steps, other.steps);
        self.rows += other.rows;
        self.absent += other.absent;
        self.points.merge(other.points);
        self.agreed += other.agreed;
        self.agreement += other.agreement;
        self.images.extend(other.images);
        self.labels.extend(other.labels);
        self.people.extend(other.people);
    }

    fn labels_an_image(&self) -> f64 {
        share(self.rows, self.images.len() as u64)
    }

    fn mean_agreement(&self) -> Option<f64> {
        (self.agreed > 0).then(|| self.agreement / self.agreed as f64)
    }

    /// Tens of points with how many rows have so many.
    fn in_tens(&self) -> Vec<(String, u64)> {
        let name = |step: u64| format!("{} to {}", step * POINTS_A_STEP + 1, (step + 1) * POINTS_A_STEP);
        self.steps.iter().map(|(step, count)| (name(*step), *count)).collect()
    }

    pub(crate) fn to_json(&self) -> Value {
        let in_tens: BTreeMap<String, u64> = self.in_tens().into_iter().collect();
        json!({
            "rows": self.rows, "rows_without_points": self.absent, "images": self.images.len(),
            "labels": self.labels.len(), "people": self.people.len(), "points": self.points.sum,
            "points_a_label": self.points.to_json(), "labels_an_image": rounded(self.labels_an_image()),
            "by_tens_of_points": in_tens, "collection_methods": self.methods, "sources": self.sources,
            "verified": self.verified, "agreement_f1": self.mean_agreement(),
            "paper": {
                "share_without_points": PAPER_ABSENT, "points_a_label": PAPER_POINTS, "labels_an_image": PAPER_LABELS,
            },
        })
    }
}

/// Goes over all rows once, several parts at a time; what is kept of them does not grow with their number, but for eight bytes
/// of each image, label and person.
pub(crate) fn count(
    dataset: Dataset,
    location: &Location,
    parts: &[Part],
    jobs: usize,
    console: &Console,
) -> Result<Tally, Failure> {
    let interrupt = console.interrupt();
    let is_eval = dataset == Dataset::PointsEval;
    let look = |_, part: &Part| {
        let mut tally = Tally { is_eval, ..Tally::default() };
        let images =
            read_columns::<Image>(location, &part.main, &["image_sha256", "label"]).map_err(damaged)?;
        let places = read_columns::<Place>(location, &part.main, &["points"]).map_err(damaged)?;
        for (image, place) in images.zip(places).take_while(|_| !interrupt.is_requested()) {
            tally.add(&image.map_err(damaged)?, place.map_err(damaged)?.points.len() as u64);
        }
        if !is_eval {
            let methods = read_columns::<Method>(location, &part.main, &["collection_method"]);
            for method in methods.map_err(damaged)?.take_while(|_| !interrupt.is_requested()) {
                one(&mut tally.methods, &method.map_err(damaged)?.collection_method);
            }
        }
        let file = accompanying(part, part.of(LINEAGE), LINEAGE)?;
        let origins = read_columns::<Origin>(location, file, ORIGIN_COLUMNS).map_err(damaged)?;
        for origin in origins.take_while(|_| !interrupt.is_requested()) {
            tally.add_origin(&origin.map_err(damaged)?);
        }
        Ok(tally)
    };
    let mut all = Tally { is_eval, ..Tally::default() };
    over_parts(dataset, parts, jobs, console, look, |_, tally| all.merge(tally))?;
    Ok(all)
}

/// How the set stands beside the one of the paper; the test set has no such figures.
pub(crate) fn gates(tally: &Tally) -> Vec<Gate> {
    if tally.is_eval {
        return Vec::new();
    }
    let near = |name, paper: f64, off: f64, bar: String, found: f64, digits: usize| Gate {
        name,
        bar,
        found: format!("{found:.digits$}"),
        state: State::of(tally.rows, (found - paper).abs() <= off, ROWS_MIN),
    };
    let mean = |name, paper: f64, found: f64| {
        near(name, paper, paper * OFF_MAX, format!("{paper} ± {:.0} %", OFF_MAX * 100.0), found, 2)
    };
    let absent = share(tally.absent, tally.rows);
    let bar = format!("{PAPER_ABSENT} ± {ABSENT_OFF_MAX}");
    vec![
        near("share without points, paper", PAPER_ABSENT, ABSENT_OFF_MAX, bar, absent, 3),
        mean("points of a label, paper", PAPER_POINTS, tally.points.mean()),
        mean("labels of an image, paper", PAPER_LABELS, tally.labels_an_image()),
    ]
}

impl Page {
    /// All that was counted over the rows of `points` or `points-eval`.
    pub(crate) fn points(&mut self, tally: &Tally) {
        self.head("labels of images");
        self.line("rows", &wording::number(tally.rows));
        self.line("images", &wording::number(tally.images.len() as u64));
        self.line("different labels", &wording::number(tally.labels.len() as u64));
        self.line("people", &wording::number(tally.people.len() as u64));
        self.line("points", &wording::number(tally.points.sum));
        self.line("points of a label", &extent(&tally.points, "points"));
        let absent = 100.0 * share(tally.absent, tally.rows);
        match tally.is_eval {
            true => self.line("without points", &format!("{absent:.1} %")),
            false => {
                let paper = 100.0 * PAPER_ABSENT;
                self.line("without points", &format!("{absent:.1} %, in the paper {paper:.0} %"));
                self.line("points, in the paper", &format!("mean {PAPER_POINTS}"));
                let found = tally.labels_an_image();
                self.line("labels of an image", &format!("{found:.2}, in the paper {PAPER_LABELS}"));
            }
        }
        if let Some(f1) = tally.mean_agreement() {
            let agreed = wording::counted(tally.agreed, "row");
            self.line("agreement", &format!("mean F1 {f1:.3} over {agreed}"));
        }
        let in_tens = tally.in_tens();
        self.in_order("points of a label", in_tens.iter().map(|(name, count)| (name.as_str(), *count)));
        if !tally.methods.is_empty() {
            self.counts("collection methods", &tally.methods, 0);
        }
        self.counts("sources", &tally.sources, 0);
        self.counts("verified", &tally.verified, 0);
    }
}
