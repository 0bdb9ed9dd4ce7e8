//! A row of `points` and its lineage; and what holds of all rows that are made of answers: the row is the one that the
//! lineage names, its image is not used for the opposite elsewhere, and nobody in it was erased.

use pixmo_console::Failure;
use pixmo_schemas::records::{Point, PointsLineageRecord, PointsRecord};
use pixmo_schemas::{Record, Sha256, row_id};
use pixmo_shards::FileEntry;

use crate::tables::LINEAGE;
use crate::verify::damage::chain;
use crate::verify::rows::Checking;

/// What a row of `default` and the rows beside it say of the same thing.
pub(super) struct Said<'a> {
    pub(super) image_sha256: &'a str,
    pub(super) image_url: &'a str,
    pub(super) label: &'a str,
}

/// Who a lineage names.
pub(super) struct Named<'a> {
    pub(super) assignments: &'a [String],
    pub(super) persons: &'a [String],
    pub(super) verifiers: &'a [String],
}

impl Checking<'_> {
    /// Looks at a part of `points`.
    pub(super) fn points(&mut self) -> Result<(), Failure> {
        let main = self.open::<PointsRecord>(&self.part.main)?;
        let lineage = self.open_side::<PointsLineageRecord>(LINEAGE)?;
        // A file that is missing or damaged was told; nothing can be compared then.
        let (Some(main), Some((file, lineage))) = (main, lineage) else { return Ok(()) };
        self.walk((main, lineage), |checking, (row, seen)| {
            let image = row.image_sha256.to_string();
            let said = Said { image_sha256: &image, image_url: &row.image_url, label: &row.label };
            checking.of_image(&row.image_sha256, &said);
            let id = checking.id_of(row, &image);
            checking.beside(file, &said, id, &seen.row_id, &of_lineage(seen));
            checking.named(file, &image, &named_by(seen));
            if !seen.close_confirmed {
                checking.apart(&image, &row.points);
            }
        })
    }

    /// Keeps by what a row is told from others, and looks whether its image is used for the opposite elsewhere.
    pub(super) fn of_image(&mut self, image: &Sha256, said: &Said<'_>) {
        let label = said.label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        self.identify(&format!("{}/{label}", said.image_sha256));
        let file = &self.part.main;
        if let Some(other) = self.look.beside.opposite(image, file.split) {
            let use_of = |trains: bool| if trains { "learned from" } else { "measured with" };
            let trains = file.split == pixmo_shards::Split::Train;
            let what = format!("its image is {} here, and {} in `{other}`", use_of(trains), use_of(!trains));
            let (file, number) = (file.clone(), self.out.rows);
            self.wrong(&file, number, Some(said.image_sha256), what);
        }
    }

    /// The id of a row of the main file; nothing if it has none, which is told.
    pub(super) fn id_of<R: Record>(&mut self, row: &R, image: &str) -> Option<String> {
        match row_id(row) {
            Ok(id) => Some(id.to_string()),
            Err(error) => {
                let (file, number) = (self.part.main.clone(), self.out.rows);
                self.wrong(&file, number, Some(image), chain(&error));
                None
            }
        }
    }

    /// Holds a row of a file beside the main one to what that one says.
    pub(super) fn beside(
        &mut self,
        file: &FileEntry,
        said: &Said<'_>,
        id: Option<String>,
        row_id: &str,
        seen: &Said<'_>,
    ) {
        let number = self.out.rows;
        let same = [
            ("image_sha256", said.image_sha256 == seen.image_sha256),
            ("image_url", said.image_url == seen.image_url),
            ("label", said.label == seen.label),
        ];
        for (column, _) in same.into_iter().filter(|(_, same)| !same) {
            let what = format!("`{column}` is another one than in the same row of `{}`", self.part.main.path);
            self.wrong(file, number, Some(said.image_sha256), what);
        }
        if let Some(id) = id.filter(|id| *id != row_id) {
            let what = format!("`row_id` is `{row_id}`, the row in `{}` gives `{id}`", self.part.main.path);
            self.wrong(file, number, Some(said.image_sha256), what);
        }
    }

    /// Nobody and nothing that was erased is named.
    pub(super) fn named(&mut self, file: &FileEntry, image: &str, named: &Named<'_>) {
        let mut wrong = Vec::new();
        for assignment in named.assignments {
            if let Some(why) = self.look.beside.erased(assignment) {
                wrong.push(format!("answer `{assignment}` was {why}"));
            }
        }
        for person in named.persons.iter().chain(named.verifiers) {
            if self.look.beside.is_erased(person) {
                wrong.push(format!("`{person}` was erased"));
            }
        }
        let number = self.out.rows;
        for what in wrong {
            self.wrong(file, number, Some(image), what);
        }
    }

    /// No two points are the same.
    fn apart(&mut self, image: &str, points: &[Point]) {
        let mut sorted = points.to_vec();
        sorted.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            let what = format!("two points are both at {}, {}", pair[0].x, pair[0].y);
            let (file, number) = (self.part.main.clone(), self.out.rows);
            self.wrong(&file, number, Some(image), what);
        }
    }
}

/// What a row of lineage says of the row.
pub(super) fn of_lineage(seen: &PointsLineageRecord) -> Said<'_> {
    Said { image_sha256: &seen.image_sha256, image_url: &seen.image_url, label: &seen.label }
}

/// Who a row of lineage names.
pub(super) fn named_by(seen: &PointsLineageRecord) -> Named<'_> {
    Named { assignments: &seen.assignments, persons: &seen.persons, verifiers: &seen.verifiers }
}
