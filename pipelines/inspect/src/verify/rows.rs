//! The content of the files of rows: hashes, columns, ranges, pictures, answers.

use pixmo_console::{Failure, Interrupt};
use pixmo_recheck::Tables;
use pixmo_schemas::records::{
    AskModelAnythingRecord, CapQaRecord, CapRecord, ClocksImagesRecord, ClocksRecord, CountRecord,
    DocsFullRecord, DocsPointsRecord, DocsRecord, PointExplanationsRecord, PointsEvalRecord, PointsRecord,
};
use pixmo_schemas::{Dataset, Record, Sha256, row_id};
use pixmo_shards::{
    ConfigSpec, FileEntry, FileWriter, Location, ReadError, Rows, Trouble, check_file, read_rows,
};

use crate::failures;
use crate::pixels::Pixels;
use crate::tables::{self, FULL, IMAGES, POINTS, Part};
use crate::verify::clocks;
use crate::verify::damage::{Damage, Findings, Remedies, chain};

/// What is known when a part was looked at.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) findings: Findings,
    /// Rows of the main config.
    pub(crate) rows: u64,
    /// Pictures that were decoded.
    pub(crate) pictures: u64,
    /// Answers that were worked out again.
    pub(crate) answers: u64,
    /// Files whose hash is right.
    pub(crate) files: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// The first half of the SHA-256 of each image id, and its row.
    pub(crate) ids: Vec<([u8; 16], u64)>,
}

/// How parts are looked at; shared by all threads.
pub(crate) struct Look<'a> {
    pub(crate) dataset: Dataset,
    pub(crate) location: &'a Location,
    pub(crate) remedies: &'a Remedies,
    pub(crate) sidecar_of: &'a (dyn Fn(u32) -> String + Sync),
    /// Hashes only.
    pub(crate) quick: bool,
    /// The rows were made by the version of this program, so that writing them again gives the same bytes.
    pub(crate) same_version: bool,
    pub(crate) interrupt: &'a Interrupt,
    pub(crate) on_row: &'a (dyn Fn() + Sync),
}

struct Checking<'a> {
    look: &'a Look<'a>,
    part: &'a Part,
    out: Checked,
}

impl Look<'_> {
    /// Looks at one part.
    ///
    /// # Errors
    /// A world failure if a file cannot be read.
    pub(crate) fn at(&self, part: &Part) -> Result<Checked, Failure> {
        let mut checking = Checking { look: self, part, out: Checked::default() };
        if self.quick {
            for file in part.files() {
                checking.hash(file)?;
            }
            checking.out.rows = part.main.rows;
            return Ok(checking.out);
        }
        match self.dataset {
            Dataset::Docs => checking.docs()?,
            Dataset::Cap => checking.plain::<CapRecord>()?,
            Dataset::AskModelAnything => checking.plain::<AskModelAnythingRecord>()?,
            Dataset::Points => checking.plain::<PointsRecord>()?,
            Dataset::PointExplanations => checking.plain::<PointExplanationsRecord>()?,
            Dataset::CapQa => checking.plain::<CapQaRecord>()?,
            Dataset::Clocks => checking.clocks()?,
            Dataset::Count => checking.plain::<CountRecord>()?,
            Dataset::PointsEval => checking.plain::<PointsEvalRecord>()?,
        }
        Ok(checking.out)
    }
}

/// A file that is being read, and written again into nothing.
struct Open<R> {
    file: FileEntry,
    rows: Rows<R>,
    again: Option<FileWriter>,
    count: u64,
    /// It cannot be read to its end, which was told.
    is_broken: bool,
}

impl Checking<'_> {
    fn hash(&mut self, file: &FileEntry) -> Result<bool, Failure> {
        match check_file(self.look.location, file) {
            Ok(()) => {
                self.out.files += 1;
                self.out.bytes += file.bytes;
                Ok(true)
            }
            Err(error) => self.unreadable(file, error).map(|()| false),
        }
    }

    /// Opens a file whose hash is right; `None` if it is damaged, which is told.
    fn open<R: Record>(&mut self, file: &FileEntry) -> Result<Option<Open<R>>, Failure> {
        let rows = match read_rows::<R>(self.look.location, file) {
            Ok(rows) => rows,
            Err(error) => return self.unreadable(file, error).map(|()| None),
        };
        self.out.files += 1;
        self.out.bytes += file.bytes;
        let spec = tables::configs(self.look.dataset).into_iter().find(|spec| spec.name() == file.config);
        let again = spec.filter(|_| self.look.same_version).and_then(|spec: ConfigSpec| {
            // A writer that cannot begin shows as a difference at the end.
            FileWriter::measure(&spec).ok()
        });
        Ok(Some(Open { file: file.clone(), rows, again, count: 0, is_broken: false }))
    }

    /// The next row of a file, checked in itself; `None` at its end or where it cannot be read on.
    fn next<R: Record>(&mut self, open: &mut Open<R>) -> Result<Option<R>, Failure> {
        let row = match open.rows.next() {
            None => return Ok(None),
            Some(Err(error)) => {
                open.is_broken = true;
                return self.unreadable(&open.file, error).map(|()| None);
            }
            Some(Ok(row)) => row,
        };
        if let Err(error) = row.validate() {
            self.wrong(&open.file, open.count, None, chain(&error));
            open.again = None;
        }
        open.count += 1;
        Ok(Some(row))
    }

    /// Writes a row again, when nothing more is asked of it.
    fn write_again<R: Record>(&mut self, open: &mut Open<R>, row: R) {
        if let Some(writer) = &mut open.again
            && writer.push(row).is_err()
        {
            open.again = None;
            self.wrong(&open.file, open.count - 1, None, "the row cannot be written again".to_owned());
        }
    }

    /// What is known at the end of a file: the number of its rows, and whether the rows give the same bytes again,
    /// with the columns and the metadata of this program.
    fn close<R: Record>(&mut self, open: Open<R>) {
        let Open { file, again, count, is_broken, .. } = open;
        if is_broken {
            return;
        }
        if count != file.rows {
            let what = format!("it has {count} rows, the sidecar says {}", file.rows);
            return self.wrong_file(&file, what);
        }
        // Another file of the part may have ended or broken before this one.
        let Some(writer) = again.filter(|writer| writer.rows() == count) else { return };
        match writer.finish() {
            Ok(written) if written.sha256 != file.sha256 => self.wrong_file(
                &file,
                format!(
                    "its rows give other bytes when this program writes them: the columns, their types or their `huggingface` metadata differ (sha256 would be `{}`)",
                    written.sha256
                ),
            ),
            Ok(written) if written.num_bytes != file.num_bytes => self.wrong_file(
                &file,
                format!("its rows take {} bytes in memory, the sidecar says {}", written.num_bytes, file.num_bytes),
            ),
            Ok(_) => {}
            Err(error) => self.wrong_file(&file, chain(&error)),
        }
    }

    fn is_stopped(&self) -> bool {
        self.look.interrupt.is_requested()
    }

    fn plain<R: Record>(&mut self) -> Result<(), Failure> {
        let part = self.part;
        let Some(mut main) = self.open::<R>(&part.main)? else { return Ok(()) };
        while let Some(row) = self.next(&mut main)? {
            self.write_again(&mut main, row);
            self.out.rows += 1;
            (self.look.on_row)();
            if self.is_stopped() {
                return Ok(());
            }
        }
        self.close(main);
        Ok(())
    }

    fn clocks(&mut self) -> Result<(), Failure> {
        let part = self.part;
        let main = self.open::<ClocksRecord>(&part.main)?;
        let Some(images_file) = part.sides.iter().find(|file| file.config == IMAGES) else { return Ok(()) };
        let images = self.open::<ClocksImagesRecord>(images_file)?;
        let (Some(mut main), Some(mut images)) = (main, images) else { return Ok(()) };
        while let (Some(row), Some(seen)) = (self.next(&mut main)?, self.next(&mut images)?) {
            let number = self.out.rows;
            let hash = Sha256::of(row.example_id.as_bytes());
            let half = hash.as_bytes().first_chunk::<16>().copied().unwrap_or_default();
            self.out.ids.push((half, number));
            for what in clocks::differences(&row, &seen) {
                self.wrong(images_file, number, Some(&row.example_id), what);
            }
            if seen.format == "png" {
                self.out.pictures += 1;
                match Pixels::decode(&seen.image.bytes) {
                    Err(error) => self.wrong(images_file, number, Some(&row.example_id), chain(&error)),
                    Ok(pixels) => {
                        let found = (pixels.width, pixels.height);
                        if found != (seen.width as u32, seen.height as u32) {
                            let what = format!(
                                "the picture has {} x {} pixels, the row says {} x {}",
                                found.0, found.1, seen.width, seen.height
                            );
                            self.wrong(images_file, number, Some(&row.example_id), what);
                        }
                    }
                }
            }
            self.write_again(&mut main, row);
            self.write_again(&mut images, seen);
            self.out.rows += 1;
            (self.look.on_row)();
            if self.is_stopped() {
                return Ok(());
            }
        }
        self.close(main);
        self.close(images);
        Ok(())
    }

    fn docs(&mut self) -> Result<(), Failure> {
        let part = self.part;
        let main = self.open::<DocsRecord>(&part.main)?;
        let (full, points) = (part.side(FULL), part.side(POINTS));
        let full = full.map(|file| self.open::<DocsFullRecord>(file)).transpose()?.flatten();
        let points = points.map(|file| self.open::<DocsPointsRecord>(file)).transpose()?.flatten();
        // A file that is missing or damaged was told; nothing can be compared then.
        let (Some(mut main), Some(mut full), Some(mut points)) = (main, full, points) else { return Ok(()) };
        loop {
            let next = (self.next(&mut main)?, self.next(&mut full)?, self.next(&mut points)?);
            let (Some(row), Some(row_full), Some(row_points)) = next else { break };
            self.docs_row(&row, &row_full, &row_points);
            self.write_again(&mut main, row);
            self.write_again(&mut full, row_full);
            self.write_again(&mut points, row_points);
            self.out.rows += 1;
            (self.look.on_row)();
            if self.is_stopped() {
                return Ok(());
            }
        }
        self.close(main);
        self.close(full);
        self.close(points);
        Ok(())
    }

    fn docs_row(&mut self, row: &DocsRecord, full: &DocsFullRecord, points: &DocsPointsRecord) {
        let part = self.part;
        let number = self.out.rows;
        let id = row.image_id.as_str();
        let (Some(full_file), Some(points_file)) = (part.side(FULL), part.side(POINTS)) else { return };
        let hash = Sha256::of(id.as_bytes());
        let half = hash.as_bytes().first_chunk::<16>().copied().unwrap_or_default();
        self.out.ids.push((half, number));
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
        self.picture(row, full, number);
        self.answers(row, full, full_file, number);
    }

    fn picture(&mut self, row: &DocsRecord, full: &DocsFullRecord, number: u64) {
        let main = &self.part.main;
        self.out.pictures += 1;
        match Pixels::decode(&row.image.bytes) {
            Err(error) => self.wrong(main, number, Some(&row.image_id), chain(&error)),
            Ok(pixels) => {
                let (width, height) = (i64::from(pixels.width), i64::from(pixels.height));
                if (width, height) != (i64::from(full.width), i64::from(full.height)) {
                    let what = format!(
                        "the picture has {width} x {height} pixels, `{}{FULL}` says {} x {}",
                        main.config, full.width, full.height
                    );
                    self.wrong(main, number, Some(&row.image_id), what);
                }
            }
        }
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

    /// A file that is not what was written, or is gone, is a damage; a place that fails is a failure.
    fn unreadable(&mut self, file: &FileEntry, error: ReadError) -> Result<(), Failure> {
        let again = self.look.remedies.make_again(self.part.shard);
        let (what, remedy) = match error {
            ReadError::Location(error) if matches!(error.trouble, Trouble::Missing) => {
                ("it is missing".to_owned(), again)
            }
            ReadError::Location(error) => return Err(failures::of_place(error)),
            ReadError::Damaged { source, .. } => {
                (format!("its content does not match its recorded hash: {source}"), again)
            }
            error => (chain(&error), self.made_wrong()),
        };
        self.out.findings.add(Damage {
            shard: Some(self.part.shard),
            file: file.path.clone(),
            row: None,
            image_id: None,
            what,
            remedy,
        });
        Ok(())
    }

    fn made_wrong(&self) -> String {
        self.look.remedies.made_wrong(self.part.shard, &(self.look.sidecar_of)(self.part.shard))
    }

    fn wrong(&mut self, file: &FileEntry, row: u64, image_id: Option<&str>, what: String) {
        let damage = Damage {
            shard: Some(self.part.shard),
            file: file.path.clone(),
            row: Some(row),
            image_id: image_id.map(str::to_owned),
            what,
            remedy: self.made_wrong(),
        };
        self.out.findings.add(damage);
    }

    fn wrong_file(&mut self, file: &FileEntry, what: String) {
        let damage = Damage {
            shard: Some(self.part.shard),
            file: file.path.clone(),
            row: None,
            image_id: None,
            what,
            remedy: self.made_wrong(),
        };
        self.out.findings.add(damage);
    }
}
