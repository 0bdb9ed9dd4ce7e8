//! What a dataset says about itself, and nothing else.

use std::collections::BTreeMap;

use pixmo_console::{Console, Failure};
use pixmo_schemas::Dataset;
use pixmo_shards::{ConfigSpec, Sidecar};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::context::Context;
use crate::emit::Emit;
use crate::plan::Shard;
use crate::task::{Group, Part, Task, Worker};

/// Shards of a dataset if neither a person nor the stage says anything.
const SHARDS_USUAL: u32 = 256;

/// One dataset: its tasks, how a task is made into a row, and how a row is written to its configs.
///
/// The loop owns order, workers, resume, limits, progress, interruption, files and summary. A stage is shared by
/// all worker threads; what a thread keeps for itself lies in its [`Worker`].
///
/// The promise a stage gives: [`Stage::make`] depends on the settings and on [`Task::seed`] alone, not on the
/// worker, the order of tasks or the clock. The loop can then promise the same bytes for any number of workers
/// and any interruption.
///
/// A stage whose tasks need something from outside the house, such as files of strangers, brings it before its tasks are
/// made, and keeps it: [`Stage::lacks`], [`Stage::bring`], [`Stage::is_current`]. Then `make` depends on what was kept
/// as well.
pub trait Stage: Sized + Send + Sync {
    /// Which of the published sets this is.
    const DATASET: Dataset;
    /// The name of the program, for example `pixmo-docs`.
    const PROGRAM: &'static str;
    /// The version of the code that makes the rows. A build is continued only by the version that began it.
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    /// The share of tasks in per cent that may give nothing if nobody says anything.
    const DROPS_PERCENT_MAX: f64 = 5.0;
    /// The body of the dataset card in Markdown with `{{placeholders}}`, see [`pixmo_shards::card`].
    const CARD: &'static str;

    /// The section `[build.<dataset>]` without the keys that the loop reads itself (`shards`, `limit`,
    /// `drops_percent_max`).
    type Settings: DeserializeOwned + Serialize + Default;
    /// What is journalled for one kept task: everything that is needed to write the rows of all configs.
    ///
    /// The journal's encoding is postcard, which does not name fields: no `skip_serializing_if`, `flatten`,
    /// `untagged` or `serde_json::Value` inside. Pictures are best kept as `serde_bytes::ByteBuf`.
    type Row: Serialize + DeserializeOwned + Send;
    /// Why a task gave nothing.
    type Reason: Reason;
    /// The second look at all rows of a shard before they are written; `()` for none.
    type Review: Review<Self::Row>;

    /// Completes the settings with what they must say of the world before they are written down, such as the hashes of
    /// files that they name: a build is continued only with what it was begun with.
    ///
    /// # Errors
    /// As [`Stage::open`].
    fn pin(_: &mut Self::Settings) -> Result<(), Failure> {
        Ok(())
    }

    /// Checks the settings and loads what all workers share. Nothing is written before this has succeeded.
    ///
    /// # Errors
    /// A request failure for settings that cannot work, a world failure for a missing or unreadable input.
    fn open(settings: Self::Settings, cx: &Context) -> Result<Self, Failure>;

    /// The groups of tasks in the order of the card, at most `limit` tasks in all (the full size for `None`).
    fn groups(&self, limit: Option<u64>) -> Vec<Group>;

    /// How many shards there are if nobody says anything.
    fn shards_usual(&self, _tasks: u64) -> u32 {
        SHARDS_USUAL
    }

    /// Told once which shards there are, before anything is asked of them.
    fn planned(&mut self, _shards: &[Shard]) {}

    /// All configs, main and side, in the order of the card; the first one is the default of the dataset.
    fn configs(&self) -> Vec<ConfigSpec>;

    /// Whether something must be brought from outside before the tasks of this shard can be made, or made better. It is
    /// asked of finished shards as well.
    ///
    /// # Errors
    /// When it cannot be known, because what was kept cannot be read.
    fn lacks(&self, _shard: &Shard) -> Result<bool, Failure> {
        Ok(false)
    }

    /// Brings what these shards lack, in whatever order is quick, and keeps it; nobody else is at work on them. Rows that
    /// were made of these shards before are forgotten, unless the shard is finished and [`Stage::is_current`] afterwards.
    ///
    /// # Errors
    /// An interruption or a world failure; what was kept before it stays.
    fn bring(&self, _shards: &[&Shard], _console: &Console) -> Result<(), Failure> {
        Ok(())
    }

    /// Whether a finished shard still is what would be made now; one that is not is made again.
    ///
    /// # Errors
    /// As [`Stage::lacks`].
    fn is_current(&self, _shard: &Shard, _sidecar: &Sidecar) -> Result<bool, Failure> {
        Ok(true)
    }

    /// Told when a shard is finished, so that what was kept for it alone can go.
    ///
    /// # Errors
    /// A world failure if it cannot be cleared away; the shard stays finished.
    fn finished(&self, _shard: &Shard) -> Result<(), Failure> {
        Ok(())
    }

    /// Makes one task.
    ///
    /// # Errors
    /// An error means that the world is broken and stops the run, safe; a task that merely yields nothing is an
    /// [`Outcome::Drop`].
    fn make(&self, task: &Task, worker: &mut Worker) -> Result<Outcome<Self::Row, Self::Reason>, Failure>;

    /// Writes one row to the config of its part and to each side config, once each; to one that is not in step with it
    /// ([`ConfigSpec::several`]) as often as there is something to write.
    ///
    /// # Errors
    /// As [`Emit::push`]; and whatever shows that the row is not what it must be.
    fn emit(&self, part: &Part, row: Self::Row, out: &mut Emit) -> Result<(), Failure>;
}

/// What became of a task.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<R, D> {
    /// It gave a row.
    Keep(R),
    /// It gave nothing, and why.
    Drop(D),
}

/// A closed list of the reasons why a task gives nothing.
pub trait Reason: Copy + Send {
    /// The name under which drops are counted, in snake case, for example `render_failed`.
    fn name(self) -> &'static str;
}

/// A second look at the rows of one shard, in task order, before they are written.
///
/// Once per shard: `observe` for every row, `decide`, then `apply` for every row, then `counters` and `summary`.
pub trait Review<R>: Default {
    /// Whether there is anything to observe; `false` saves the first pass over the rows.
    const NEEDED: bool = true;
    /// First pass: sees every row.
    fn observe(&mut self, row: &R);
    /// Between the passes.
    fn decide(&mut self) {}
    /// Second pass: returns the row that is written.
    fn apply(&mut self, row: R) -> R;
    /// What was counted; summed over the shards in the card and the manifest.
    fn counters(&self) -> BTreeMap<String, u64> {
        BTreeMap::new()
    }
    /// Anything else about the shard that is worth keeping in its sidecar.
    fn summary(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}

impl<R> Review<R> for () {
    const NEEDED: bool = false;
    fn observe(&mut self, _row: &R) {}
    fn apply(&mut self, row: R) -> R {
        row
    }
}
