//! A row of `docs` and the rows beside it: ids, picture, questions, and every answer worked out a second time.

use pixmo_console::Failure;
use pixmo_recheck::Tables;
use pixmo_schemas::records::{DocsFullRecord, DocsPointsRecord, DocsRecord};
use pixmo_schemas::row_id;
use pixmo_shards::FileEntry;

use crate::tables::{FULL, POINTS};
use crate::verify::damage::chain;
use crate::verify::rows::Checking;

impl Checking<'_> {
    /// Looks at a part of `docs`.
    pub(super) fn docs(&mut self) -> Result<(), Failure> {
        let part = self.part;
        let main = self.open::<DocsRecord>(&part.main)?;
        let (full, points) = (part.side(FULL), part.side(POINTS));
        let full = full.map(|file| self.open::<DocsFullRecord>(file)).transpose()?.flatten();
        let points = points.map(|file| self.open::<DocsPointsRecord>(file)).transpose()?.flatten();
        // A file that is missing or damaged was told; nothing can be compared then.
        let (Some(main), Some(full), Some(points)) = (main, full, points) else { return Ok(()) };
        self.walk((main, (full, points)), |checking, (row, (full, points))| {
            checking.docs_row(row, full, points);
        })
    }

    fn docs_row(&mut self, row: &DocsRecord, full: &DocsFullRecord, points: &DocsPointsRecord) {
        let part = self.part;
        let number = self.out.rows;
        let id = row.image_id.as_str();
        let (Some(full_file), Some(points_file)) = (part.side(FULL), part.side(POINTS)) else { return };
        self.identify(id);
        for (file, theirs) in [(full_file, &full.image_id), (points_file, &points.image_id)] {
            if theirs != id {
                let what =
                    format!("it is about `{theirs}`, the same row of `{}` about `{id}`", part.main.path);
                self.wrong(file, number, Some(theirs), what);
            }
        }
        match row_id(row) {
            Ok(found) if found == full.row_id => {}
            Ok(found) => {
                let what =
                    format!("`row_id` is `{}`, the row in `{}` gives `{found}`", full.row_id, part.main.path);
                self.wrong(full_file, number, Some(id), what);
            }
            Err(error) => self.wrong(&part.main, number, Some(id), chain(&error)),
        }
        let says = format!("`{}{FULL}`", part.main.config);
        self.picture(&part.main, id, &row.image.bytes, (full.width, full.height), &says);
        self.answers(row, full, full_file, number);
    }

    fn answers(&mut self, row: &DocsRecord, full: &DocsFullRecord, file: &FileEntry, number: u64) {
        let (published, id) = (&row.questions, row.image_id.as_str());
        if published.question.len() != full.questions.len() {
            let what = format!(
                "it has {} questions, the same row of `{}` has {}",
                full.questions.len(),
                self.part.main.path,
                published.question.len()
            );
            self.wrong(file, number, Some(id), what);
        }
        let data = match Tables::parse(&full.data) {
            Ok(data) => data,
            Err(error) => return self.wrong(file, number, Some(id), chain(&error)),
        };
        for (at, question) in full.questions.iter().enumerate() {
            self.out.answers += 1;
            if let Err(error) = data.check(&question.program, &question.answer) {
                self.wrong(file, number, Some(id), format!("question {at}: {}", chain(&error)));
            }
            let (asked, answered) = (published.question.get(at), published.answer.get(at));
            if asked.is_some_and(|asked| *asked != question.question) {
                let what = format!("question {at} is `{}`", asked.map_or("", String::as_str));
                let what = format!("{what}, `{}{FULL}` says `{}`", self.part.main.config, question.question);
                self.wrong(&self.part.main, number, Some(id), what);
            }
            if answered.is_some_and(|answered| *answered != question.answer) {
                let what = format!("question {at} has the answer `{}`", answered.map_or("", String::as_str));
                let what = format!("{what}, `{}{FULL}` says `{}`", self.part.main.config, question.answer);
                self.wrong(&self.part.main, number, Some(id), what);
            }
        }
    }
}
