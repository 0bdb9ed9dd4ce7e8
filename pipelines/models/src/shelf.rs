//! The folder in which models lie, and what can be said of a file in it.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Bytes that are read at a time while a file is hashed.
const PIECE_BYTES: usize = 1 << 20;

/// How much of a model is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// Nothing.
    No,
    /// So many bytes of it; `pixmo models fetch` goes on behind them.
    Partly(u64),
    /// A file of so many bytes.
    Yes(u64),
}

/// The folder in which models lie.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// The models in a folder, which need not be there yet.
    #[must_use]
    pub fn new(folder: PathBuf) -> Shelf {
        Shelf { folder }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a file lies when it is here.
    #[must_use]
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Where it lies while it is fetched: no name that anyone takes for a model.
    #[must_use]
    pub fn part_path(&self, file: &str) -> PathBuf {
        self.folder.join(format!(".{file}.part"))
    }

    /// How much of a file is here, without a look into it.
    #[must_use]
    pub fn here(&self, file: &str) -> Here {
        let size = |path: PathBuf| {
            std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|meta| meta.len())
        };
        match (size(self.path(file)), size(self.part_path(file))) {
            (Some(bytes), _) => Here::Yes(bytes),
            (None, Some(bytes)) if bytes > 0 => Here::Partly(bytes),
            (None, _) => Here::No,
        }
    }
}

/// The SHA-256 of a file.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of(path: &Path) -> io::Result<[u8; 32]> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hasher.finalize().into()),
            Ok(read) => hasher.update(&piece[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
