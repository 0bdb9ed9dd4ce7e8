//! Groups of tasks, one task, one part of a shard, and what a worker thread keeps.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::ops::Range;

use pixmo_schemas::Dataset;
use pixmo_shards::Split;

/// Tasks of one config and one split; they become the rows of that config and of its side configs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The main config, for example `charts`.
    pub config: &'static str,
    /// The split.
    pub split: Split,
    /// How many tasks.
    pub tasks: u64,
}

/// One unit of making: it gives one row, or a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The main config of its group.
    pub config: &'static str,
    /// The split of its group.
    pub split: Split,
    /// Its number in the group, from 0.
    pub index: u64,
    /// Its stable name, for example `charts/train/000123`.
    pub id: String,
    /// 32 bytes that only the campaign seed, the dataset and the id decide.
    pub seed: [u8; 32],
}

impl Task {
    /// The task number `index` of `group`.
    #[must_use]
    pub fn new(campaign_seed: u64, dataset: Dataset, group: &Group, index: u64) -> Task {
        let id = task_id(group.config, group.split, index);
        let seed = seed_of(campaign_seed, dataset.slug(), &id);
        Task { config: group.config, split: group.split, index, id, seed }
    }

    /// The task with this id, if one of `groups` has it.
    #[must_use]
    pub fn named(campaign_seed: u64, dataset: Dataset, groups: &[Group], id: &str) -> Option<Task> {
        let (group, index) = id.rsplit_once('/')?;
        let (config, split) = group.rsplit_once('/')?;
        let index: u64 = index.parse().ok()?;
        let group = groups.iter().find(|group| group.config == config && group.split.name() == split)?;
        let task = Task::new(campaign_seed, dataset, group, index);
        (index < group.tasks && task.id == id).then_some(task)
    }

    /// A seed of its own for one purpose, so that a new purpose does not move the others.
    #[must_use]
    pub fn seed_for(&self, purpose: &str) -> [u8; 32] {
        *blake3::keyed_hash(&self.seed, purpose.as_bytes()).as_bytes()
    }
}

/// The id of a task, known without making its seed.
pub(crate) fn task_id(config: &str, split: Split, index: u64) -> String {
    format!("{config}/{split}/{index:06}")
}

/// BLAKE3 in key derivation mode over (campaign seed, dataset, task id), each with its length.
fn seed_of(campaign_seed: u64, dataset: &str, id: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("pixmo 2026 seed of a task");
    hasher.update(&campaign_seed.to_le_bytes());
    for text in [dataset, id] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// The rows of one file of a config (and of the files of the same name in its side configs): a contiguous range
/// of the tasks of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The main config.
    pub config: &'static str,
    /// The split.
    pub split: Split,
    /// Which of the files of this config and split, from 0.
    pub file: u32,
    /// How many files this config and split have.
    pub files: u32,
    /// The numbers of the tasks inside the group.
    pub tasks: Range<u64>,
}

/// What one worker thread keeps between tasks: caches and scratch space that must not change any result.
#[derive(Default)]
pub struct Worker {
    kept: HashMap<TypeId, Box<dyn Any>>,
}

impl Worker {
    /// A worker with nothing kept.
    #[must_use]
    pub fn new() -> Worker {
        Worker::default()
    }

    /// The thread's own `T`, made on first use.
    pub fn keep<T: Any>(&mut self, make: impl FnOnce() -> T) -> &mut T {
        self.kept
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Box::new(make()))
            .downcast_mut()
            .expect("the value under a type's id has that type")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: Group = Group { config: "charts", split: Split::Train, tasks: 200 };

    #[test]
    fn a_seed_depends_on_campaign_dataset_task_and_purpose() {
        let task = Task::new(7, Dataset::Docs, &GROUP, 123);
        assert_eq!(task.id, "charts/train/000123");
        let mut seeds = vec![
            task.seed,
            Task::new(8, Dataset::Docs, &GROUP, 123).seed,
            Task::new(7, Dataset::Clocks, &GROUP, 123).seed,
            Task::new(7, Dataset::Docs, &GROUP, 124).seed,
            task.seed_for("data"),
            task.seed_for("theme"),
        ];
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), 6);
        // Published rows depend on these bytes.
        assert_eq!(hex::encode(&task.seed[..8]), "873224d2838a1071");
    }

    #[test]
    fn a_task_is_found_by_its_id() {
        let named = |id| Task::named(7, Dataset::Docs, &[GROUP], id);
        assert_eq!(named("charts/train/000123"), Some(Task::new(7, Dataset::Docs, &GROUP, 123)));
        for id in ["charts/train/000200", "charts/train/123", "charts/test/000001", "000001", ""] {
            assert_eq!(named(id), None, "{id}");
        }
    }

    #[test]
    fn a_worker_keeps_one_value_of_each_type() {
        let mut worker = Worker::new();
        *worker.keep(|| 1u32) += 1;
        assert_eq!(*worker.keep(|| 10u32), 2);
        assert_eq!(*worker.keep(|| "own".to_owned()), "own");
    }
}
