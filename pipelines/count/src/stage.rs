//! The dataset `count`: one task for each label of each image.

use std::collections::BTreeMap;
use std::sync::Arc;

use pixmo_answers::Origin;
use pixmo_console::Failure;
use pixmo_schemas::Dataset;
use pixmo_shards::Sidecar;
use pixmo_stage::{
    ConfigSpec, Context, Emit, Group, Outcome, Part, Review, Shard, Split, Stage, Task, Worker,
};
use serde_json::Value;

use crate::judge::{self, Made};
use crate::reason::Reason;
use crate::settings::{Run, Settings};

/// The main table.
const CONFIG: &str = "default";
/// Labels of images in one shard if nobody says anything.
const PLACES_A_SHARD: u64 = 100_000;
/// The splits that people count; `train` comes from a detector.
const SPLITS: [Split; 2] = [Split::Validation, Split::Test];

/// Rows from what people counted.
pub struct Count {
    settings: Settings,
    run: Arc<Run>,
}

impl Review<Made> for Origin {
    const NEEDED: bool = false;

    fn observe(&mut self, _row: &Made) {}

    fn apply(&mut self, row: Made) -> Made {
        self.add(&row);
        row
    }

    fn summary(&self) -> Value {
        Origin::summary(self)
    }
}

impl Count {
    fn judge(&self, split: Split, index: u64) -> Result<Result<Made, Reason>, Failure> {
        let unknown = || Failure::bug("a task names a label that nobody spoke of");
        let number = *self.run.choice.of(split).get(index as usize).ok_or_else(unknown)?;
        if let Some(reason) = self.run.choice.why_not(number) {
            return Ok(Err(reason));
        }
        let place = self.run.answers.place(number as usize).ok_or_else(unknown)?;
        match judge::judge(place, &self.run.answers, &self.settings) {
            Ok(standing) => judge::row(&standing, Self::VERSION).map(Ok),
            Err(doubt) => Ok(Err(doubt.reason)),
        }
    }
}

impl Stage for Count {
    const DATASET: Dataset = Dataset::Count;
    const PROGRAM: &'static str = "pixmo-count";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    /// Most labels are for training or not needed, and are no fault of the data.
    const DROPS_PERCENT_MAX: f64 = 100.0;
    const CARD: &'static str = include_str!("../CARD.md");

    type Settings = Settings;
    type Row = Made;
    type Reason = Reason;
    type Review = Origin;

    fn pin(settings: &mut Settings) -> Result<(), Failure> {
        settings.pin()
    }

    fn open(mut settings: Settings, _cx: &Context) -> Result<Count, Failure> {
        settings.check()?;
        let run = settings.run.take().ok_or_else(|| Failure::bug("counts are built without answers"))?;
        Ok(Count { settings, run })
    }

    fn groups(&self, limit: Option<u64>) -> Vec<Group> {
        let mut left = limit.unwrap_or(u64::MAX);
        let group = |split: Split| {
            let tasks = left.min(self.run.choice.of(split).len() as u64);
            left -= tasks;
            Group { config: CONFIG, split, tasks }
        };
        SPLITS.map(group).to_vec()
    }

    fn shards_usual(&self, tasks: u64) -> u32 {
        let groups = SPLITS.iter().filter(|split| !self.run.choice.of(**split).is_empty()).count() as u64;
        u32::try_from(tasks.div_ceil(PLACES_A_SHARD).max(groups).min(tasks)).unwrap_or(u32::MAX).max(1)
    }

    fn configs(&self) -> Vec<ConfigSpec> {
        let config =
            |name: &str| Dataset::Count.config(name).expect("the configs of count are listed in schemas");
        vec![ConfigSpec::main(config(CONFIG)), ConfigSpec::side(config("lineage"), CONFIG)]
    }

    /// What people said may have been taken back since the shard was finished.
    fn is_current(&self, shard: &Shard, sidecar: &Sidecar) -> Result<bool, Failure> {
        let (mut origin, mut drops) = (Origin::default(), BTreeMap::new());
        for part in &shard.parts {
            for index in part.tasks.clone() {
                match self.judge(part.split, index)? {
                    Ok(made) => origin.add(&made),
                    Err(reason) => *drops.entry(reason.name().to_owned()).or_insert(0u64) += 1,
                }
            }
        }
        Ok(origin.is_that_of(sidecar, &drops))
    }

    fn lacks(&self, _shard: &Shard) -> Result<bool, Failure> {
        Ok(true)
    }

    fn make(&self, task: &Task, _worker: &mut Worker) -> Result<Outcome<Made, Reason>, Failure> {
        Ok(match self.judge(task.split, task.index)? {
            Ok(made) => Outcome::Keep(made),
            Err(reason) => Outcome::Drop(reason),
        })
    }

    fn emit(&self, part: &Part, row: Made, out: &mut Emit) -> Result<(), Failure> {
        let Made { count, lineage } = row;
        out.count(&format!("count_{:02}", count.count), 1);
        out.count(&format!("source_{}", lineage.source), 1);
        out.count(&format!("rows_{}", part.split.name()), 1);
        out.push("lineage", lineage)?;
        out.push(part.config, count)
    }
}
