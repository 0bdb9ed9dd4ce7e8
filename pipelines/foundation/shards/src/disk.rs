//! The few operations by which anything is written to a local disk.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One operation of writing, as a test sees it before it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A folder or file is about to be made or opened for writing.
    Create,
    /// Bytes are about to be written; the number of them.
    Write(usize),
    /// A file or folder is about to be forced to the disk.
    Sync,
    /// A file is about to get its final name.
    Rename,
    /// A file is about to be deleted or cut shorter.
    Remove,
    /// An object is about to be sent to an object store.
    Put,
}

/// What a test lets an operation do.
#[derive(Debug)]
pub enum Verdict {
    /// Go on.
    Go,
    /// Fail without doing anything.
    Fail(io::Error),
    /// Write this many bytes, then fail.
    Torn(usize, io::Error),
}

/// Looks at every operation before it happens; how tests make disks fail.
pub trait Faults: Send + Sync {
    /// Decides about one operation.
    fn before(&self, step: Step, path: &Path) -> Verdict;
}

/// The local disk; all writing of this crate goes through it, so that a test can fail each operation in turn.
#[derive(Clone, Default)]
pub struct Disk {
    faults: Option<Arc<dyn Faults>>,
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.faults.is_some() { "Disk(with faults)" } else { "Disk" })
    }
}

impl Disk {
    /// The disk as it is.
    #[must_use]
    pub fn new() -> Disk {
        Disk::default()
    }

    /// A disk whose operations are shown to `faults` first.
    #[must_use]
    pub fn with_faults(faults: Arc<dyn Faults>) -> Disk {
        Disk { faults: Some(faults) }
    }

    pub(crate) fn ask(&self, step: Step, path: &Path) -> io::Result<()> {
        match self.verdict(step, path) {
            Verdict::Go => Ok(()),
            Verdict::Fail(error) | Verdict::Torn(_, error) => Err(error),
        }
    }

    fn verdict(&self, step: Step, path: &Path) -> Verdict {
        self.faults.as_ref().map_or(Verdict::Go, |faults| faults.before(step, path))
    }

    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn create_folder(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        self.ask(Step::Create, path)?;
        fs::create_dir_all(path)
    }

    /// Makes an empty file for writing, or empties the one that is there.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn create(&self, path: &Path) -> io::Result<DiskFile> {
        self.ask(Step::Create, path)?;
        let file = OpenOptions::new().create(true).write(true).truncate(true).open(path)?;
        Ok(DiskFile { file, path: path.to_owned(), disk: self.clone() })
    }

    /// Opens a file for reading and for writing at its end; makes it if it is missing.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn append(&self, path: &Path) -> io::Result<DiskFile> {
        self.ask(Step::Create, path)?;
        let file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        Ok(DiskFile { file, path: path.to_owned(), disk: self.clone() })
    }

    /// Gives a complete and synced file its final name, and forces the name to the disk.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask(Step::Rename, to)?;
        fs::rename(from, to)?;
        match to.parent() {
            Some(folder) => self.sync_folder(folder),
            None => Ok(()),
        }
    }

    /// Gives a file its final name, which the system forces to the disk when it likes.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn rename_unsynced(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask(Step::Rename, to)?;
        fs::rename(from, to)
    }

    /// Forces the names in a folder to the disk.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        self.ask(Step::Sync, folder)?;
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    /// Deletes a file; one that is missing is fine.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn remove(&self, path: &Path) -> io::Result<()> {
        self.ask(Step::Remove, path)?;
        missing_is_fine(fs::remove_file(path))
    }

    /// Deletes a folder with all that is in it; one that is missing is fine.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.ask(Step::Remove, path)?;
        missing_is_fine(fs::remove_dir_all(path))
    }
}

fn missing_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// A file open for writing.
#[derive(Debug)]
pub struct DiskFile {
    file: File,
    path: PathBuf,
    disk: Disk,
}

impl DiskFile {
    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The open file, for reading and seeking.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Forces what was written to the disk.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn sync(&self) -> io::Result<()> {
        self.disk.ask(Step::Sync, &self.path)?;
        self.file.sync_all()
    }

    /// Cuts the file to `bytes`.
    ///
    /// # Errors
    /// As the operating system says.
    pub fn cut(&self, bytes: u64) -> io::Result<()> {
        self.disk.ask(Step::Remove, &self.path)?;
        self.file.set_len(bytes)
    }
}

impl Write for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.disk.verdict(Step::Write(bytes.len()), &self.path) {
            Verdict::Go => self.file.write(bytes),
            Verdict::Fail(error) => Err(error),
            Verdict::Torn(first, error) => {
                self.file.write_all(&bytes[..first.min(bytes.len())])?;
                Err(error)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
