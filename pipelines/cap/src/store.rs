//! Files under the hash of a recording: the recordings themselves, transcripts, measures.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use pixmo_schemas::Sha256;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fault::InputError;

/// A folder with a file for each recording: `ab/abcdef….webm`.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in this folder, which need not be there yet.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Store {
        Store { folder: folder.into() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the file of a recording lies.
    #[must_use]
    pub fn path(&self, sha256: &Sha256, extension: &str) -> PathBuf {
        let digits = sha256.to_string();
        self.folder.join(&digits[..2]).join(format!("{digits}.{extension}"))
    }

    /// The bytes of a file; `None` for one that is not there.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn read(&self, sha256: &Sha256, extension: &str) -> Result<Option<Vec<u8>>, InputError> {
        let path = self.path(sha256, extension);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(InputError::read(&path, error)),
        }
    }

    /// Writes a file, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, sha256: &Sha256, extension: &str, bytes: &[u8]) -> Result<(), InputError> {
        write_whole(&self.path(sha256, extension), bytes)
    }

    /// What was kept of a recording as JSON. What cannot be understood was written by another version and is as if it
    /// were not there.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn recall<T: DeserializeOwned>(&self, sha256: &Sha256) -> Result<Option<T>, InputError> {
        Ok(self.read(sha256, JSON)?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Keeps something of a recording as JSON.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep<T: Serialize>(&self, sha256: &Sha256, value: &T) -> Result<(), InputError> {
        let mut bytes = serde_json::to_vec(value)
            .map_err(|error| InputError::write(&self.path(sha256, JSON), std::io::Error::other(error)))?;
        bytes.push(b'\n');
        self.write(sha256, JSON, &bytes)
    }
}

const JSON: &str = "json";

/// Writes a file under a temporary name, forces it to the disk, and gives it its name.
///
/// # Errors
/// When any of it fails; then the file is as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), InputError> {
    let failed = |error| InputError::write(path, error);
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let thread = format!("{:?}", std::thread::current().id());
    let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
    let temp = folder.join(format!(".{name}.{}-{thread}.temp", std::process::id()));
    let written = fs::File::create(&temp).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&temp, path)).map_err(|error| {
        let _gone = fs::remove_file(&temp);
        failed(error)
    })
}
