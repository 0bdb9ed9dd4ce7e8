//! Counts over rows of `clocks`: bodies, faces, times and what can be read of them, dials, questions; and the bars that
//! the set is held to.

mod gates;
mod tally;
mod text;

use pixmo_console::{Console, Counts, Event, Failure};
use pixmo_schemas::Dataset;
use pixmo_shards::{Location, read_columns};

use crate::crew;
use crate::rows::{accompanying, damaged};
use crate::tables::{IMAGES, Part};
pub(crate) use gates::gates;
pub(crate) use tally::Tally;
use tally::{COLUMNS, Row};

/// Goes over all rows once, several parts at a time, without their pictures; what is kept of them does not grow with their
/// number, but for eight bytes of each face.
pub(crate) fn count(
    location: &Location,
    parts: &[Part],
    jobs: usize,
    console: &Console,
) -> Result<Tally, Failure> {
    let interrupt = console.interrupt();
    let progress = console.progress(Dataset::Clocks.slug());
    let rows: u64 = parts.iter().map(|part| part.main.rows).sum();
    let last_of_shard = |at: usize| parts.get(at + 1).is_none_or(|next: &Part| next.shard != parts[at].shard);
    let shards = (0..parts.len()).filter(|at| last_of_shard(*at)).count() as u64;
    progress.tell(Event::Begun { shards, tasks: rows, seed: None, before: Counts::default() });
    let look = |part: &Part| {
        let mut tally = Tally::default();
        let file = accompanying(part, part.images(), IMAGES)?;
        let read = read_columns::<Row>(location, file, COLUMNS).map_err(damaged)?;
        for row in read.take_while(|_| !interrupt.is_requested()) {
            tally.add(&row.map_err(damaged)?);
        }
        Ok(tally)
    };
    let (mut all, mut seen) = (Tally::default(), Counts::default());
    crew::in_order(parts, jobs, look, |at, tally| {
        all.merge(tally);
        seen.shards_finished += u64::from(last_of_shard(at));
        seen.rows += parts[at].main.rows;
        seen.tasks_finished = seen.rows;
        progress.tell(Event::Moved(seen));
        Ok(())
    })?;
    Ok(all)
}
