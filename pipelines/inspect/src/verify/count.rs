//! A row of `count` and its lineage: the points that people made are as many as the number says, and stand in the lineage
//! alone, as in the published splits.

use pixmo_console::Failure;
use pixmo_schemas::records::{CountLineageRecord, CountRecord};
use pixmo_shards::Split;

use crate::tables::LINEAGE;
use crate::verify::points::{Named, Said};
use crate::verify::rows::Checking;

impl Checking<'_> {
    /// Looks at a part of `count`.
    pub(super) fn count(&mut self) -> Result<(), Failure> {
        let part = self.part;
        let main = self.open::<CountRecord>(&part.main)?;
        let lineage = self.open_side::<CountLineageRecord>(LINEAGE)?;
        // A file that is missing or damaged was told; nothing can be compared then.
        let (Some(main), Some((file, lineage))) = (main, lineage) else { return Ok(()) };
        self.walk((main, lineage), |checking, (row, seen)| {
            let image = row.image_sha256.to_string();
            let said = Said { image_sha256: &image, image_url: &row.image_url, label: &row.label };
            checking.of_image(&row.image_sha256, &said);
            let id = checking.id_of(row, &image);
            let of_lineage =
                Said { image_sha256: &seen.image_sha256, image_url: &seen.image_url, label: &seen.label };
            checking.beside(file, &said, id, &seen.row_id, &of_lineage);
            let CountLineageRecord { assignments, persons, verifiers, .. } = seen;
            checking.named(file, &image, &Named { assignments, persons, verifiers });
            let number = checking.out.rows;
            if let Some(points) = &seen.points
                && usize::try_from(row.count) != Ok(points.len())
            {
                let what =
                    format!("{} points, the row in `{}` counts {}", points.len(), part.main.path, row.count);
                checking.wrong(file, number, Some(&image), what);
            }
            let trains = part.main.split == Split::Train;
            if row.points.is_some() != trains {
                let (found, expected) = if trains { ("null", "points") } else { ("points", "null") };
                let what = format!("`points` is {found} in `{}`, expected {expected}", part.main.split);
                checking.wrong(&part.main, number, Some(&image), what);
            }
        })
    }
}
