//! The rows of one part of `clocks`, side by side.

use pixmo_console::Failure;
use pixmo_schemas::records::{ClocksImagesRecord, ClocksRecord};
use pixmo_shards::{Location, Rows, read_rows};

use crate::rows::{accompanying, apart, damaged};
use crate::tables::{IMAGES, Part};

/// All that is stored about one clock.
#[derive(Clone, Debug)]
pub(crate) struct ClocksRow {
    /// Its number in the files of the part, from 0.
    pub(crate) number: u64,
    pub(crate) main: ClocksRecord,
    pub(crate) seen: ClocksImagesRecord,
}

/// Reads the two files of a part together. The files are hashed before the first row is given.
pub(crate) struct ClocksRows {
    main: Rows<ClocksRecord>,
    seen: Rows<ClocksImagesRecord>,
    next: u64,
    path: String,
}

impl ClocksRows {
    pub(crate) fn open(location: &Location, part: &Part) -> Result<ClocksRows, Failure> {
        let images = accompanying(part, part.images(), IMAGES)?;
        Ok(ClocksRows {
            main: read_rows(location, &part.main).map_err(damaged)?,
            seen: read_rows(location, images).map_err(damaged)?,
            next: 0,
            path: part.main.path.clone(),
        })
    }

    fn row(&mut self) -> Result<Option<ClocksRow>, Failure> {
        let main = self.main.next().transpose().map_err(damaged)?;
        let seen = self.seen.next().transpose().map_err(damaged)?;
        let number = self.next;
        self.next += 1;
        match (main, seen) {
            (None, None) => Ok(None),
            (Some(main), Some(seen)) if main.example_id == seen.example_id => {
                Ok(Some(ClocksRow { number, main, seen }))
            }
            _ => Err(apart(number, &self.path)),
        }
    }
}

impl Iterator for ClocksRows {
    type Item = Result<ClocksRow, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.row().transpose()
    }
}
