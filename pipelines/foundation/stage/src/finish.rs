//! From the journal of a shard to its files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pixmo_console::{Failure, Kind};
use pixmo_shards::journal::Entry;
use pixmo_shards::{Begun, ConfigSpec, Disk, Journal, Sidecar};

use crate::emit::{Emit, Written};
use crate::failures;
use crate::plan::Shard;
use crate::stage::{Review, Stage};
use crate::task::{Part, task_id};

/// A shard whose files are complete under temporary names.
#[derive(Debug)]
pub(crate) struct WrittenShard {
    pub(crate) files: Vec<Written>,
    pub(crate) sidecar: Sidecar,
}

/// Writes the files of a shard: two passes over its rows in the order of the tasks, one row in memory at a time
/// besides what the encoder holds of a row group. A row that cannot be written because it is not what a row must be is
/// taken back in the journal, so that the mended program makes it anew.
pub(crate) fn write_shard<S: Stage>(
    stage: &S,
    begun: &Begun,
    shard: &Shard,
    journal: &mut Journal,
    disk: &Disk,
    work: &Path,
) -> Result<WrittenShard, Failure> {
    let mut review = S::Review::default();
    if S::Review::NEEDED {
        for part in &shard.parts {
            for index in part.tasks.clone() {
                if let Made::Row(row) = read::<S>(journal, part, index)? {
                    review.observe(&row);
                }
            }
        }
        review.decide();
    }
    let configs = stage.configs();
    let mut sidecar = Sidecar::new(begun, shard.index);
    let mut files = Vec::new();
    for part in &shard.parts {
        let temp = |config: &ConfigSpec| temp_file(work, shard.index, part, config);
        let mut out = Emit::writing(disk, &configs, part.config, temp)?;
        for index in part.tasks.clone() {
            sidecar.tasks += 1;
            match read::<S>(journal, part, index)? {
                Made::Nothing(reason) => *sidecar.drops.entry(reason).or_insert(0) += 1,
                Made::Row(row) => {
                    let emitted = stage.emit(part, review.apply(row), &mut out).and_then(|()| out.end_row());
                    if let Err(failure) = emitted {
                        let id = task_id(part.config, part.split, index);
                        if failure.kind == Kind::Bug {
                            journal.retract(&id).map_err(failures::of_journal)?;
                        }
                        return Err(match failure.at {
                            Some(_) => failure,
                            None => failure.at(format!("task {}/{id}", S::DATASET)),
                        });
                    }
                    sidecar.rows += 1;
                }
            }
        }
        let (written, counters) = out.finish(part)?;
        add(&mut sidecar.counters, counters);
        sidecar.files.extend(written.iter().map(|file| file.entry.clone()));
        files.extend(written);
    }
    add(&mut sidecar.counters, review.counters());
    sidecar.summary = review.summary();
    Ok(WrittenShard { files, sidecar })
}

fn temp_file(work: &Path, shard: u32, part: &Part, config: &ConfigSpec) -> PathBuf {
    work.join(format!("{shard:05}-{}-{}-{:05}.parquet", config.name(), part.split, part.file))
}

enum Made<R> {
    Row(R),
    Nothing(String),
}

fn read<S: Stage>(journal: &Journal, part: &Part, index: u64) -> Result<Made<S::Row>, Failure> {
    let id = task_id(part.config, part.split, index);
    match journal.read(&id).map_err(failures::of_journal)? {
        Some(Entry::Keep(payload)) => decode::<S>(&id, &payload).map(Made::Row),
        Some(Entry::Drop(reason)) => Ok(Made::Nothing(reason)),
        None => Err(Failure::bug(format!("task `{id}` is not in the journal of its finished shard"))),
    }
}

/// The row as the journal keeps it.
pub(crate) fn encode<S: Stage>(id: &str, row: &S::Row) -> Result<Vec<u8>, Failure> {
    postcard::to_stdvec(row)
        .map_err(|error| Failure::bug(format!("the row of task `{id}` cannot be journalled")).cause(&error))
}

/// The row as the journal kept it.
pub(crate) fn decode<S: Stage>(id: &str, payload: &[u8]) -> Result<S::Row, Failure> {
    postcard::from_bytes(payload).map_err(|error| {
        Failure::bug(format!("the row of task `{id}` cannot be read from its journal")).cause(&error)
    })
}

pub(crate) fn add(sums: &mut BTreeMap<String, u64>, counts: BTreeMap<String, u64>) {
    for (name, count) in counts {
        *sums.entry(name).or_insert(0) += count;
    }
}
