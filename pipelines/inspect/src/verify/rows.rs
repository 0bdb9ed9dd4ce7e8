//! The content of the files of rows: hashes, columns, ranges, pictures, answers.

use pixmo_console::{Failure, Interrupt};
use pixmo_schemas::records::{
    AskModelAnythingRecord, CapQaRecord, ImageClusterRecord, PointExplanationsRecord,
};
use pixmo_schemas::{Dataset, Record, Sha256};
use pixmo_shards::{
    ConfigSpec, FileEntry, FileWriter, Location, Originals, ReadError, Rows, Trouble, check_file, read_rows,
};

use crate::failures;
use crate::pixels::Pixels;
use crate::tables::{self, Part};
use crate::verify::beside::Beside;
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
    /// The originals that rows of `images` speak of, if they are to be looked at.
    pub(crate) store: Option<&'a Originals>,
    /// What is known beside the dataset: erased people, images of other datasets.
    pub(crate) beside: &'a Beside,
    pub(crate) remedies: &'a Remedies,
    pub(crate) sidecar_of: &'a (dyn Fn(u32) -> String + Sync),
    /// Hashes only.
    pub(crate) quick: bool,
    /// The rows were made by the version of this program, so that writing them again gives the same bytes.
    pub(crate) same_version: bool,
    pub(crate) interrupt: &'a Interrupt,
    pub(crate) on_row: &'a (dyn Fn() + Sync),
}

/// A part while it is looked at.
pub(super) struct Checking<'a> {
    pub(super) look: &'a Look<'a>,
    pub(super) part: &'a Part,
    pub(super) out: Checked,
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
            Dataset::Cap => checking.cap()?,
            Dataset::AskModelAnything => checking.plain::<AskModelAnythingRecord>()?,
            Dataset::Points => checking.points()?,
            Dataset::PointExplanations => checking.plain::<PointExplanationsRecord>()?,
            Dataset::CapQa => checking.plain::<CapQaRecord>()?,
            Dataset::Clocks => checking.clocks()?,
            Dataset::Count => checking.count()?,
            Dataset::PointsEval => checking.points_eval()?,
            Dataset::Images => checking.images()?,
            Dataset::ImageClusters => checking.plain::<ImageClusterRecord>()?,
        }
        Ok(checking.out)
    }
}

/// A file that is being read, and written again into nothing.
pub(super) struct Open<R> {
    file: FileEntry,
    rows: Rows<R>,
    again: Option<FileWriter>,
    count: u64,
    /// It cannot be read to its end, which was told.
    is_broken: bool,
}

/// Files whose rows are read side by side: one, or one and others.
pub(super) trait Side {
    /// A row of each.
    type Row;

    /// The next row of each; `None` where one of them has none.
    fn next(&mut self, checking: &mut Checking<'_>) -> Result<Option<Self::Row>, Failure>;

    /// Writes the rows again, when nothing more is asked of them.
    fn write_again(&mut self, checking: &mut Checking<'_>, row: Self::Row);

    /// Tells what is known at the end.
    fn close(self, checking: &mut Checking<'_>);
}

impl<R: Record> Side for Open<R> {
    type Row = R;

    fn next(&mut self, checking: &mut Checking<'_>) -> Result<Option<R>, Failure> {
        checking.next(self)
    }

    fn write_again(&mut self, checking: &mut Checking<'_>, row: R) {
        checking.write_again(self, row);
    }

    fn close(self, checking: &mut Checking<'_>) {
        checking.close(self);
    }
}

impl<A: Side, B: Side> Side for (A, B) {
    type Row = (A::Row, B::Row);

    fn next(&mut self, checking: &mut Checking<'_>) -> Result<Option<Self::Row>, Failure> {
        // Both are asked, so that a file that ends early is told with the number of its rows.
        let (one, other) = (self.0.next(checking)?, self.1.next(checking)?);
        Ok(one.zip(other))
    }

    fn write_again(&mut self, checking: &mut Checking<'_>, row: Self::Row) {
        self.0.write_again(checking, row.0);
        self.1.write_again(checking, row.1);
    }

    fn close(self, checking: &mut Checking<'_>) {
        self.0.close(checking);
        self.1.close(checking);
    }
}

impl<'a> Checking<'a> {
    /// Opens the file of a side config of this part, if there is one and its hash is right; what is damaged is told.
    pub(super) fn open_side<R: Record>(
        &mut self,
        config: &str,
    ) -> Result<Option<(&'a FileEntry, Open<R>)>, Failure> {
        let Some(file) = self.part.of(config) else { return Ok(None) };
        Ok(self.open(file)?.map(|open| (file, open)))
    }
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
    pub(super) fn open<R: Record>(&mut self, file: &FileEntry) -> Result<Option<Open<R>>, Failure> {
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

    /// Goes through files that are read side by side, as long as each has a row.
    pub(super) fn walk<S: Side>(
        &mut self,
        mut files: S,
        mut look: impl FnMut(&mut Self, &S::Row),
    ) -> Result<(), Failure> {
        while let Some(row) = files.next(self)? {
            look(self, &row);
            files.write_again(self, row);
            self.out.rows += 1;
            (self.look.on_row)();
            if self.look.interrupt.is_requested() {
                return Ok(());
            }
        }
        files.close(self);
        Ok(())
    }

    fn plain<R: Record>(&mut self) -> Result<(), Failure> {
        match self.open::<R>(&self.part.main)? {
            Some(main) => self.walk(main, |_, _| {}),
            None => Ok(()),
        }
    }

    /// Keeps the id of a row, by which one that occurs twice is found.
    pub(super) fn identify(&mut self, id: &str) {
        let hash = Sha256::of(id.as_bytes());
        let half = hash.as_bytes().first_chunk::<16>().copied().unwrap_or_default();
        self.out.ids.push((half, self.out.rows));
    }

    /// Decodes a picture of the row that is looked at, and holds it to the size that `says` gives.
    pub(super) fn picture(&mut self, file: &FileEntry, id: &str, bytes: &[u8], size: (i32, i32), says: &str) {
        self.out.pictures += 1;
        let number = self.out.rows;
        match Pixels::decode(bytes) {
            Err(error) => self.wrong(file, number, Some(id), chain(&error)),
            Ok(pixels) => {
                let (width, height) = (i64::from(pixels.width), i64::from(pixels.height));
                if (width, height) != (i64::from(size.0), i64::from(size.1)) {
                    let what = format!(
                        "the picture has {width} x {height} pixels, {says} says {} x {}",
                        size.0, size.1
                    );
                    self.wrong(file, number, Some(id), what);
                }
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

    pub(super) fn wrong(&mut self, file: &FileEntry, row: u64, image_id: Option<&str>, what: String) {
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
