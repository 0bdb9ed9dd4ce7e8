//! The dataset `points`: one task for each label of each image.

use std::collections::BTreeMap;
use std::sync::Arc;

use pixmo_answers::{Answers, Doubt, Origin};
use pixmo_console::Failure;
use pixmo_schemas::Dataset;
use pixmo_shards::Sidecar;
use pixmo_stage::{
    ConfigSpec, Context, Emit, Group, Outcome, Part, Review, Shard, Split, Stage, Task, Worker,
};
use serde_json::Value;

use crate::judge::{self, Made};
use crate::reason::Reason;
use crate::settings::Settings;

/// The main table.
const CONFIG: &str = "default";
/// Labels of images in one shard if nobody says anything.
const PLACES_A_SHARD: u64 = 100_000;

/// Rows from what people pointed at.
pub struct Points {
    settings: Settings,
    answers: Arc<Answers>,
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

impl Points {
    fn judge(&self, index: u64) -> Result<Result<Made, Doubt<Reason>>, Failure> {
        let place = self.answers.place(index as usize);
        let place = place.ok_or_else(|| Failure::bug("a task names a label that nobody spoke of"))?;
        judge::judge(place, &self.answers, &self.settings, Self::VERSION)
    }
}

impl Stage for Points {
    const DATASET: Dataset = Dataset::Points;
    const PROGRAM: &'static str = "pixmo-points";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    /// Answers that do not agree wait for a person, and are no fault of the data.
    const DROPS_PERCENT_MAX: f64 = 100.0;
    const CARD: &'static str = include_str!("../CARD.md");

    type Settings = Settings;
    type Row = Made;
    type Reason = Reason;
    type Review = Origin;

    fn pin(settings: &mut Settings) -> Result<(), Failure> {
        settings.pin()
    }

    fn open(mut settings: Settings, _cx: &Context) -> Result<Points, Failure> {
        settings.check()?;
        let answers = settings.run.take().ok_or_else(|| Failure::bug("points are built without answers"))?;
        Ok(Points { settings, answers })
    }

    fn groups(&self, limit: Option<u64>) -> Vec<Group> {
        let places = self.answers.places() as u64;
        let tasks = limit.map_or(places, |limit| limit.min(places));
        vec![Group { config: CONFIG, split: Split::Train, tasks }]
    }

    fn shards_usual(&self, tasks: u64) -> u32 {
        u32::try_from(tasks.div_ceil(PLACES_A_SHARD)).unwrap_or(u32::MAX).max(1)
    }

    fn configs(&self) -> Vec<ConfigSpec> {
        let config =
            |name: &str| Dataset::Points.config(name).expect("the configs of points are listed in schemas");
        vec![ConfigSpec::main(config(CONFIG)), ConfigSpec::side(config("lineage"), CONFIG)]
    }

    /// What people said may have been taken back, or held out, since the shard was finished.
    fn is_current(&self, shard: &Shard, sidecar: &Sidecar) -> Result<bool, Failure> {
        let (mut origin, mut drops) = (Origin::default(), BTreeMap::new());
        for index in shard.parts.iter().flat_map(|part| part.tasks.clone()) {
            match self.judge(index)? {
                Ok(made) => origin.add(&made),
                Err(doubt) => *drops.entry(doubt.reason.name().to_owned()).or_insert(0u64) += 1,
            }
        }
        Ok(origin.is_that_of(sidecar, &drops))
    }

    fn lacks(&self, _shard: &Shard) -> Result<bool, Failure> {
        Ok(true)
    }

    fn make(&self, task: &Task, _worker: &mut Worker) -> Result<Outcome<Made, Reason>, Failure> {
        Ok(match self.judge(task.index)? {
            Ok(made) => Outcome::Keep(made),
            Err(doubt) => Outcome::Drop(doubt.reason),
        })
    }

    fn emit(&self, part: &Part, row: Made, out: &mut Emit) -> Result<(), Failure> {
        let Made { points, lineage } = row;
        out.count("points", points.points.len() as u64);
        out.count("rows_without_points", u64::from(points.points.is_empty()));
        out.count(&format!("method_{}", points.collection_method), 1);
        out.count(&format!("source_{}", lineage.source), 1);
        out.count(&format!("verified_{}", lineage.verified), 1);
        out.push("lineage", lineage)?;
        out.push(part.config, points)
    }
}
