//! A dataset whose rows cost nothing: pictures of noise and questions about nothing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pixmo_console::Failure;
use pixmo_schemas::Dataset;
use pixmo_schemas::records::docs::{DocsQuestions, DocsRecord, Image};
use pixmo_schemas::records::docs_points::DocsPointsRecord;
use pixmo_schemas::records::points::Point;
use pixmo_stage::{
    ConfigSpec, Context, Emit, Group, Outcome, Part, Reason, Review, Split, Stage, Task, Worker,
};
use serde::{Deserialize, Serialize};

/// The stage.
#[derive(Debug)]
pub(crate) struct Tiny {
    settings: TinySettings,
}

/// The row of task 7 is none where pictures have this many bytes: a fault of the program, which no setting names.
pub(crate) static FAULTY: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Its section of the campaign file.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct TinySettings {
    charts: u64,
    tables: u64,
    image_bytes: usize,
    drops_percent: u64,
    task_ms: u64,
    /// The number of the task of each group that panics, if any.
    panics_at: Option<u64>,
}

impl Default for TinySettings {
    fn default() -> Self {
        TinySettings {
            charts: 40,
            tables: 20,
            image_bytes: 2_000,
            drops_percent: 4,
            task_ms: 0,
            panics_at: None,
        }
    }
}

/// A row as it is journalled.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct TinyRow {
    id: String,
    #[serde(with = "serde_bytes")]
    picture: Vec<u8>,
    note: String,
}

/// Why there is no row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TinyReason {
    Unlucky,
}

impl Reason for TinyReason {
    fn name(self) -> &'static str {
        "unlucky"
    }
}

/// Notes in each row how many bytes the shard has: known only after all rows were seen.
#[derive(Debug, Default)]
pub(crate) struct TinyReview {
    bytes: u64,
}

impl Review<TinyRow> for TinyReview {
    fn observe(&mut self, row: &TinyRow) {
        self.bytes += row.picture.len() as u64;
    }

    fn apply(&mut self, mut row: TinyRow) -> TinyRow {
        row.note = format!("one of {} bytes", self.bytes);
        row
    }

    fn counters(&self) -> BTreeMap<String, u64> {
        [("picture_bytes".to_owned(), self.bytes)].into()
    }
}

impl Stage for Tiny {
    const DATASET: Dataset = Dataset::Docs;
    const PROGRAM: &'static str = "pixmo-tiny";
    const CARD: &'static str = "# {{public_name}}\n\n{{rows}} rows of {{tasks}} tasks, mean {{mean:questions}} questions.\n\n{{configs_table}}\n\n{{drops_table}}\n";

    type Settings = TinySettings;
    type Row = TinyRow;
    type Reason = TinyReason;
    type Review = TinyReview;

    fn open(settings: TinySettings, _cx: &Context) -> Result<Self, Failure> {
        Ok(Tiny { settings })
    }

    fn groups(&self, limit: Option<u64>) -> Vec<Group> {
        let sizes = [
            ("charts", Split::Train, self.settings.charts),
            ("charts", Split::Validation, self.settings.charts / 10),
            ("tables", Split::Train, self.settings.tables),
        ];
        let all: u64 = sizes.iter().map(|size| size.2).sum();
        let limit = limit.unwrap_or(all).min(all);
        let (mut before, mut groups) = (0, Vec::new());
        for (config, split, size) in sizes {
            let tasks = (before + size) * limit / all.max(1) - before * limit / all.max(1);
            groups.push(Group { config, split, tasks });
            before += size;
        }
        groups
    }

    fn configs(&self) -> Vec<ConfigSpec> {
        let table = |name| Self::DATASET.config(name).expect("docs has it");
        vec![
            ConfigSpec::main(table("charts")),
            ConfigSpec::main(table("tables")),
            ConfigSpec::side(table("charts_points"), "charts"),
            ConfigSpec::side(table("tables_points"), "tables"),
        ]
    }

    fn make(&self, task: &Task, worker: &mut Worker) -> Result<Outcome<TinyRow, TinyReason>, Failure> {
        *worker.keep(|| 0u64) += 1;
        if self.settings.panics_at == Some(task.index) {
            panic!("a planted fault");
        }
        std::thread::sleep(Duration::from_millis(self.settings.task_ms));
        let luck = u64::from(task.seed_for("luck")[0]) * 100 / 256;
        if luck < self.settings.drops_percent {
            return Ok(Outcome::Drop(TinyReason::Unlucky));
        }
        let size = self.settings.image_bytes + usize::from(task.seed_for("size")[0]);
        let noise = task.seed_for("noise");
        let picture = (0..size).map(|i| noise[i % 32] ^ noise[(i / 32) % 32].wrapping_mul(i as u8)).collect();
        Ok(Outcome::Keep(TinyRow { id: task.id.clone(), picture, note: String::new() }))
    }

    fn emit(&self, part: &Part, row: TinyRow, out: &mut Emit) -> Result<(), Failure> {
        out.count("questions", 1);
        let faulty = FAULTY.load(Ordering::SeqCst) == self.settings.image_bytes && row.id.ends_with("000007");
        out.push(
            part.config,
            DocsRecord {
                image: Image { bytes: row.picture, path: Some(row.note) },
                image_id: row.id.clone(),
                questions: DocsQuestions {
                    question: vec!["What is it?".into()],
                    answer: vec!["Noise".into()],
                },
            },
        )?;
        out.push(
            &format!("{}_points", part.config),
            DocsPointsRecord {
                image_id: row.id,
                questions: vec!["Point at it.".into()],
                names: vec!["noise".into()],
                points: if faulty { Vec::new() } else { vec![vec![Point { x: 50.0, y: 50.0 }]] },
            },
        )
    }
}
