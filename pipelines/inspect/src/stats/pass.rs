//! One walk over all rows of a dataset: several parts at a time, told as they are done, heard in their order.

use pixmo_console::{Console, Counts, Event, Failure};
use pixmo_schemas::Dataset;

use crate::crew;
use crate::tables::Part;

/// Calls `look` for every part, with its number, on several threads, and `hear` on this one with what it found.
///
/// # Errors
/// The failure of the first part, in their order, that failed.
pub(crate) fn over_parts<R: Send>(
    dataset: Dataset,
    parts: &[Part],
    jobs: usize,
    console: &Console,
    look: impl Fn(usize, &Part) -> Result<R, Failure> + Sync,
    mut hear: impl FnMut(&Part, R),
) -> Result<(), Failure> {
    let progress = console.progress(dataset.slug());
    let tasks: u64 = parts.iter().map(|part| part.main.rows).sum();
    let last_of_shard = |at: usize| parts.get(at + 1).is_none_or(|next| next.shard != parts[at].shard);
    let shards = (0..parts.len()).filter(|at| last_of_shard(*at)).count() as u64;
    progress.tell(Event::Begun { shards, tasks, seed: None, before: Counts::default() });
    let numbers: Vec<usize> = (0..parts.len()).collect();
    let mut seen = Counts::default();
    crew::in_order(
        &numbers,
        jobs,
        |at| look(*at, &parts[*at]),
        |at, found| {
            hear(&parts[at], found);
            seen.shards_finished += u64::from(last_of_shard(at));
            seen.rows += parts[at].main.rows;
            seen.tasks_finished = seen.rows;
            progress.tell(Event::Moved(seen));
            Ok(())
        },
    )
}
