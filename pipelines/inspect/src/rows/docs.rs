//! The rows of one part of `docs`, side by side.

use pixmo_console::Failure;
use pixmo_schemas::records::{DocsFullRecord, DocsPointsRecord, DocsRecord};
use pixmo_shards::{Location, Rows, read_rows};

use crate::rows::{accompanying, apart, damaged};
use crate::tables::{FULL, POINTS, Part};

/// All that is stored about one picture.
#[derive(Clone, Debug)]
pub(crate) struct DocsRow {
    /// Its number in the files of the part, from 0.
    pub(crate) number: u64,
    pub(crate) main: DocsRecord,
    pub(crate) full: DocsFullRecord,
    pub(crate) points: DocsPointsRecord,
}

/// Reads the three files of a part together. The files are hashed before the first row is given.
pub(crate) struct DocsRows {
    main: Rows<DocsRecord>,
    full: Rows<DocsFullRecord>,
    points: Rows<DocsPointsRecord>,
    next: u64,
    path: String,
}

impl DocsRows {
    pub(crate) fn open(location: &Location, part: &Part) -> Result<DocsRows, Failure> {
        let side = |end: &str| accompanying(part, part.side(end), &format!("{}{end}", part.main.config));
        Ok(DocsRows {
            main: read_rows(location, &part.main).map_err(damaged)?,
            full: read_rows(location, side(FULL)?).map_err(damaged)?,
            points: read_rows(location, side(POINTS)?).map_err(damaged)?,
            next: 0,
            path: part.main.path.clone(),
        })
    }

    fn row(&mut self) -> Result<Option<DocsRow>, Failure> {
        let main = self.main.next().transpose().map_err(damaged)?;
        let full = self.full.next().transpose().map_err(damaged)?;
        let points = self.points.next().transpose().map_err(damaged)?;
        let number = self.next;
        self.next += 1;
        match (main, full, points) {
            (None, None, None) => Ok(None),
            (Some(main), Some(full), Some(points))
                if main.image_id == full.image_id && main.image_id == points.image_id =>
            {
                Ok(Some(DocsRow { number, main, full, points }))
            }
            _ => Err(apart(number, &self.path)),
        }
    }
}

impl Iterator for DocsRows {
    type Item = Result<DocsRow, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.row().transpose()
    }
}
