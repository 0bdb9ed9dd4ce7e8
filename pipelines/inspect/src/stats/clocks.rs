//! Counts over rows of `clocks`: bodies, faces, times and what can be read of them, dials, questions; and the bars that
//! the set is held to.

mod gates;
mod tally;
mod text;

use pixmo_console::{Console, Failure};
use pixmo_schemas::Dataset;
use pixmo_shards::{Location, read_columns};

use crate::rows::{accompanying, damaged};
use crate::stats::pass::over_parts;
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
    let look = |_, part: &Part| {
        let mut tally = Tally::default();
        let file = accompanying(part, part.images(), IMAGES)?;
        let read = read_columns::<Row>(location, file, COLUMNS).map_err(damaged)?;
        for row in read.take_while(|_| !interrupt.is_requested()) {
            tally.add(&row.map_err(damaged)?);
        }
        Ok(tally)
    };
    let mut all = Tally::default();
    over_parts(Dataset::Clocks, parts, jobs, console, look, |_, tally| all.merge(tally))?;
    Ok(all)
}
