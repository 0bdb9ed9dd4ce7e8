//! A file on its way: what has come of it, with its hash so far. It belongs to one process at a time, outlives that
//! process, and gets its name when it is whole.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use pixmo_fetch::Keep;
use sha2::{Digest, Sha256};

/// Bytes that are read at a time while what is there is hashed.
const PIECE_BYTES: usize = 1 << 20;

/// A file on its way.
pub struct Part<'a> {
    file: File,
    path: PathBuf,
    kept: u64,
    hasher: Sha256,
    moved: Box<dyn FnMut(u64) + Send + 'a>,
}

/// A file on its way cannot be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// Another process fetches it.
    #[error("another run is fetching `{}`", path.display())]
    InUse {
        /// What has come.
        path: PathBuf,
    },
    /// The disk failed.
    #[error("cannot {verb} `{}`", path.display())]
    Disk {
        /// What was to be done.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
}

impl<'a> Part<'a> {
    /// What has come so far under this name; `moved` is told how many bytes there are, whenever there are more.
    ///
    /// # Errors
    /// When another process has it, or the disk fails.
    pub fn open(path: PathBuf, moved: Box<dyn FnMut(u64) + Send + 'a>) -> Result<Part<'a>, PartError> {
        let failed = |verb| {
            let path = path.clone();
            move |source| PartError::Disk { verb, path, source }
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed("make the folder of"))?;
        }
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(failed("open"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PartError::InUse { path }),
            Err(TryLockError::Error(source)) => return Err(failed("lock")(source)),
        }
        let mut hasher = Sha256::new();
        let mut kept = 0;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            match file.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => {
                    hasher.update(&piece[..read]);
                    kept += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(failed("read")(source)),
            }
        }
        Ok(Part { file, path, kept, hasher, moved })
    }

    /// Forces it to the disk and gives it its name, in the place of what stood there.
    ///
    /// # Errors
    /// When the disk fails; what stood there still does then.
    pub fn finish(self, into: &Path) -> Result<(), PartError> {
        let failed = |verb| move |source| PartError::Disk { verb, path: into.to_owned(), source };
        self.file.sync_all().map_err(failed("write"))?;
        std::fs::rename(&self.path, into).map_err(failed("name"))?;
        let folder = into.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if cfg!(unix) {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed("write the name of"))?;
        }
        Ok(())
    }
}

impl Keep for Part<'_> {
    fn kept(&self) -> u64 {
        self.kept
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.file.write_all(bytes) {
            // Part of them may stand there: back to what is known.
            self.file.set_len(self.kept)?;
            self.file.seek(SeekFrom::Start(self.kept))?;
            return Err(error);
        }
        self.hasher.update(bytes);
        self.kept += bytes.len() as u64;
        (self.moved)(self.kept);
        Ok(())
    }

    fn restart(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.hasher = Sha256::new();
        self.kept = 0;
        (self.moved)(0);
        Ok(())
    }

    fn sha256(&mut self) -> io::Result<[u8; 32]> {
        Ok(self.hasher.clone().finalize().into())
    }
}
