//! `--dry-run`: makes a sample of the tasks, keeps nothing, and says what the whole would cost.
//!
//! The sample is spread evenly over every group, and made in units of about the size of a real file, so that what a
//! file costs by itself and what rows share inside one come out as they would. The same sample is taken every time;
//! only the measured times differ.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pixmo_console::{Console, Ending, Failure, Interrupt, wording};
use pixmo_shards::journal::Entry;
use serde_json::json;

use crate::claim::standing;
use crate::emit::Emit;
use crate::finish::decode;
use crate::request::Request;
use crate::stage::{Review, Stage};
use crate::task::{Group, Part, Task, Worker};
use crate::work::make_entry;

/// About how many tasks are made.
const SAMPLE_TASKS: u64 = 800;
/// At least so many of each group, if it has them.
const SAMPLE_TASKS_OF_GROUP_MIN: u64 = 16;
/// The most rows that are held at once by a worker.
const UNIT_ROWS_MAX: u64 = 100;
/// Tasks that a worker makes before its time is taken, so that its caches are as warm as in a long run.
const WARM_UP_TASKS: usize = 3;

/// What is left to do of one group.
#[derive(Debug)]
struct Left {
    group: Group,
    ranges: Vec<Range<u64>>,
    tasks: u64,
    files: u64,
}

/// Some tasks of one group, made as if they were a file.
#[derive(Debug)]
struct Unit {
    left: usize,
    indexes: Vec<u64>,
}

/// What was measured on the units of one group.
#[derive(Clone, Debug, Default)]
struct Measured {
    tasks: u64,
    rows: u64,
    drops: BTreeMap<String, u64>,
    busy: Duration,
    files: u64,
    /// By config, in the order of the configs.
    bytes: Vec<u64>,
}

/// What the whole would cost.
#[derive(Clone, Debug, Default)]
struct Estimate {
    tasks: u64,
    rows: f64,
    drops: BTreeMap<String, f64>,
    secs: f64,
    bytes: f64,
    files: u64,
}

pub(crate) fn rehearse<S: Stage>(request: &Request<S>, console: &Console) -> Result<Ending, Failure> {
    let todo = standing(request)?.1;
    let left = left_of(request, &todo);
    let units = units_of(&left);
    let sampled: u64 = units.iter().map(|unit| unit.indexes.len() as u64).sum();
    let measured = measure_all(request, console, &left, &units)?;
    let mut estimate = Estimate::default();
    for (left, measured) in left.iter().zip(&measured) {
        estimate.add(left, measured, request.jobs, &empty_bytes(request, left.group.config)?);
    }
    report(request, console, todo.len(), sampled, &estimate)?;
    Ok(Ending::Good)
}

fn left_of<S: Stage>(request: &Request<S>, todo: &[u32]) -> Vec<Left> {
    let mut left: Vec<Left> = Vec::new();
    for part in todo.iter().flat_map(|shard| &request.shards[*shard as usize].parts) {
        let tasks = part.tasks.end - part.tasks.start;
        match left.iter_mut().find(|left| left.group.config == part.config && left.group.split == part.split)
        {
            Some(left) => {
                left.ranges.push(part.tasks.clone());
                left.tasks += tasks;
                left.files += 1;
            }
            None => {
                let group = request.groups.iter().find(|g| g.config == part.config && g.split == part.split);
                let group = *group.expect("a part belongs to a group");
                left.push(Left { group, ranges: vec![part.tasks.clone()], tasks, files: 1 });
            }
        }
    }
    left
}

impl Left {
    /// The `n`th of the tasks that are left.
    fn index(&self, mut n: u64) -> u64 {
        for range in &self.ranges {
            let len = range.end - range.start;
            if n < len {
                return range.start + n;
            }
            n -= len;
        }
        unreachable!("there are only {} tasks left", self.tasks)
    }
}

/// Tasks spread evenly over each group, in units of the size of its files.
fn units_of(left: &[Left]) -> Vec<Unit> {
    let all: u64 = left.iter().map(|left| left.tasks).sum();
    let mut units = Vec::new();
    for (number, left) in left.iter().enumerate() {
        let share = (SAMPLE_TASKS * left.tasks).div_ceil(all);
        let sample = share.max(SAMPLE_TASKS_OF_GROUP_MIN).min(left.tasks);
        let rows = (left.tasks / left.files).clamp(1, UNIT_ROWS_MAX);
        let nth = |k: u64| left.index(((2 * k + 1) * left.tasks) / (2 * sample));
        let indexes: Vec<u64> = (0..sample).map(nth).collect();
        for indexes in indexes.chunks(rows as usize) {
            units.push(Unit { left: number, indexes: indexes.to_vec() });
        }
    }
    units
}

/// Makes all units with as many workers as a build would have.
fn measure_all<S: Stage>(
    request: &Request<S>,
    console: &Console,
    left: &[Left],
    units: &[Unit],
) -> Result<Vec<Measured>, Failure> {
    let interrupt = console.interrupt();
    let next = AtomicUsize::new(0);
    let sums = Mutex::new(vec![Measured::default(); left.len()]);
    let failure: Mutex<Option<Failure>> = Mutex::new(None);
    let fail = |error| {
        failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        next.store(units.len(), Ordering::Relaxed);
    };
    let work = || {
        let mut worker = Worker::new();
        let mut is_warm = false;
        while let Some(unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
            let group = &left[unit.left].group;
            if !is_warm {
                is_warm = true;
                let first = &unit.indexes[..unit.indexes.len().min(WARM_UP_TASKS)];
                if let Err(failure) = measure(request, group, first, &mut worker, &interrupt) {
                    return fail(failure);
                }
            }
            let began = console.clock().now();
            match measure(request, group, &unit.indexes, &mut worker, &interrupt) {
                Ok(mut measured) => {
                    measured.busy = console.clock().now().saturating_sub(began);
                    sums.lock().unwrap_or_else(PoisonError::into_inner)[unit.left].add(measured);
                }
                Err(failure) => return fail(failure),
            }
        }
    };
    thread::scope(|scope| {
        for number in 0..request.jobs.min(units.len()) {
            let name = thread::Builder::new().name(format!("pixmo-worker-{number}"));
            if let Err(error) = name.stack_size(crate::work::STACK_BYTES).spawn_scoped(scope, work) {
                fail(Failure::world("cannot start a thread").cause(&error).hint("try fewer with `--jobs`"));
            }
        }
    });
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(failure) => Err(failure),
        None => Ok(sums.into_inner().unwrap_or_else(PoisonError::into_inner)),
    }
}

/// Makes some tasks and encodes their rows, as the loop does with a shard.
fn measure<S: Stage>(
    request: &Request<S>,
    group: &Group,
    indexes: &[u64],
    worker: &mut Worker,
    interrupt: &Interrupt,
) -> Result<Measured, Failure> {
    let mut measured = Measured { tasks: indexes.len() as u64, files: 1, ..Measured::default() };
    let mut payloads = Vec::new();
    let mut review = S::Review::default();
    for index in indexes {
        if interrupt.is_requested() {
            return Err(Failure::interrupted("the rehearsal was stopped; nothing was written"));
        }
        let task = Task::new(request.begun.seed, S::DATASET, group, *index);
        match make_entry(&request.stage, &task, worker)? {
            Entry::Drop(reason) => *measured.drops.entry(reason).or_insert(0) += 1,
            Entry::Keep(payload) => {
                if S::Review::NEEDED {
                    review.observe(&decode::<S>(&task.id, &payload)?);
                }
                payloads.push((task.id, payload));
            }
        }
    }
    review.decide();
    measured.rows = payloads.len() as u64;
    let tasks = 0..group.tasks;
    let part = Part { config: group.config, split: group.split, file: 0, files: 1, tasks };
    let mut out = Emit::measuring(&request.stage.configs(), group.config)?;
    for (id, payload) in payloads {
        request.stage.emit(&part, review.apply(decode::<S>(&id, &payload)?), &mut out)?;
        out.end_row()?;
    }
    let (files, _) = out.finish(&part)?;
    measured.bytes = files.iter().map(|file| file.entry.bytes).collect();
    Ok(measured)
}

/// What files without rows take, by config.
fn empty_bytes<S: Stage>(request: &Request<S>, config: &'static str) -> Result<Vec<u64>, Failure> {
    let part = Part { config, split: pixmo_shards::Split::Train, file: 0, files: 1, tasks: 0..0 };
    let (files, _) = Emit::measuring(&request.stage.configs(), config)?.finish(&part)?;
    Ok(files.iter().map(|file| file.entry.bytes).collect())
}

impl Measured {
    fn add(&mut self, more: Measured) {
        self.tasks += more.tasks;
        self.rows += more.rows;
        self.busy += more.busy;
        self.files += more.files;
        crate::finish::add(&mut self.drops, more.drops);
        self.bytes.resize(more.bytes.len(), 0);
        for (sum, bytes) in self.bytes.iter_mut().zip(more.bytes) {
            *sum += bytes;
        }
    }
}

impl Estimate {
    fn add(&mut self, left: &Left, measured: &Measured, jobs: usize, empty: &[u64]) {
        let scale = left.tasks as f64 / measured.tasks as f64;
        self.tasks += left.tasks;
        self.rows += measured.rows as f64 * scale;
        for (reason, count) in &measured.drops {
            *self.drops.entry(reason.clone()).or_insert(0.0) += *count as f64 * scale;
        }
        self.secs += measured.busy.as_secs_f64() * scale / jobs as f64;
        for (bytes, empty) in measured.bytes.iter().zip(empty) {
            let of_rows = bytes.saturating_sub(empty * measured.files) as f64;
            self.bytes += of_rows * scale + (empty * left.files) as f64;
            self.files += left.files;
        }
    }
}

fn report<S: Stage>(
    request: &Request<S>,
    console: &Console,
    shards: usize,
    sampled: u64,
    estimate: &Estimate,
) -> Result<(), Failure> {
    let (slug, into, jobs) = (S::DATASET, request.into.address(), request.jobs as u64);
    let (rows, bytes) = (estimate.rows.round() as u64, estimate.bytes.round() as u64);
    if console.is_json() {
        let drops: BTreeMap<_, _> =
            estimate.drops.iter().map(|(reason, n)| (reason, n.round() as u64)).collect();
        return console.data_json(&json!({
            "event": "estimate",
            "dataset": slug.slug(),
            "shards": shards,
            "tasks": estimate.tasks,
            "rows": rows,
            "dropped": drops,
            "secs": (estimate.secs * 10.0).round() / 10.0,
            "jobs": jobs,
            "bytes": bytes,
            "files": estimate.files,
            "into": into,
            "sampled_tasks": sampled,
        }));
    }
    if shards == 0 {
        return console.data_line(&format!("{slug}: nothing to do, all shards are finished in {into}"));
    }
    let tasks = wording::counted(estimate.tasks, "task");
    let (rows, shards) = (wording::counted(rows, "row"), wording::counted(shards as u64, "shard"));
    console.data_line(&format!("{slug}: {tasks} would give about {rows} in {shards}"))?;
    let time = wording::duration(Duration::from_secs_f64(estimate.secs));
    let workers = wording::counted(jobs, "worker");
    console.data_line(&format!(
        "{slug}: about {time} with {workers}, measured on {}",
        wording::counted(sampled, "task")
    ))?;
    let (files, bytes) = (wording::counted(estimate.files, "file"), wording::bytes(bytes));
    console.data_line(&format!("{slug}: about {bytes} in {files}, into {into}"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::iter;

    use pixmo_shards::Split;

    use super::*;

    fn left(ranges: Vec<Range<u64>>) -> Left {
        let tasks = ranges.iter().map(|range| range.end - range.start).sum();
        let group = Group { config: "charts", split: Split::Train, tasks: 100_000 };
        Left { group, files: ranges.len() as u64, ranges, tasks }
    }

    #[test]
    fn the_sample_is_spread_over_all_that_is_left() {
        let all = [
            left(vec![0..5_000, 90_000..95_000]),
            left(iter::once(10..20).collect()),
            left(iter::once(0..400).collect()),
        ];
        let units = units_of(&all);
        let of = |number| units.iter().filter(move |unit| unit.left == number);
        let taken = |number| of(number).flat_map(|unit| unit.indexes.clone()).collect::<Vec<_>>();
        assert_eq!(taken(1), (10..20).collect::<Vec<_>>(), "a small group is taken whole");
        assert_eq!(taken(2).len(), 31, "a share of the sample");
        let large = taken(0);
        assert_eq!(large.len(), 769);
        assert_eq!(large.iter().filter(|index| **index < 5_000).count().abs_diff(385), 1);
        assert!(large.windows(2).all(|pair| pair[0] < pair[1]), "each task once");
        assert!(of(0).all(|unit| unit.indexes.len() <= 100), "in units that fit into memory");
    }
}
