//! Pictures that are named on a command line: files, and folders of them.

use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use pixmo_pictures::{Fault, Limits};
use pixmo_preprocess::Picture;
use sha2::{Digest, Sha256};

/// Names that files of pictures end with; others in a folder are passed over.
const ENDINGS: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif"];

/// All files that are meant, in order, and how many others in folders were passed over.
///
/// # Errors
/// A request failure for a folder that cannot be listed, or if nothing is left.
pub fn files(named: &[PathBuf]) -> Result<(Vec<PathBuf>, u64), Failure> {
    let (mut files, mut passed) = (Vec::new(), 0);
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let failed = |error: std::io::Error| {
            Failure::request("cannot list a folder of pictures").cause(&error).at(path.display().to_string())
        };
        let mut inner = Vec::new();
        for entry in std::fs::read_dir(path).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                continue;
            }
            if is_picture(&path) { inner.push(path) } else { passed += 1 }
        }
        inner.sort_unstable();
        files.append(&mut inner);
    }
    if files.is_empty() {
        let failure = Failure::request("there are no pictures to look at");
        return Err(failure.hint(format!("files of pictures end with {}", ENDINGS.join(", "))));
    }
    Ok((files, passed))
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// A picture with the hash of its file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its pixels.
    pub picture: Picture,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// Why a file gives no picture.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It cannot be read.
    #[error("cannot read it")]
    Disk(#[source] std::io::Error),
    /// It is larger than is looked at.
    #[error("it has {found} bytes, at most {most} are looked at")]
    Large {
        /// Bytes of the file.
        found: u64,
        /// The limit.
        most: u64,
    },
    /// It is no picture.
    #[error(transparent)]
    Picture(#[from] Fault),
}

/// Reads a picture from a file.
///
/// # Errors
/// The file cannot be read, or is no whole picture.
pub fn load(path: &Path, limits: &Limits) -> Result<Loaded, LoadError> {
    let found = std::fs::metadata(path).map_err(LoadError::Disk)?.len();
    if found > limits.bytes_max {
        return Err(LoadError::Large { found, most: limits.bytes_max });
    }
    let bytes = std::fs::read(path).map_err(LoadError::Disk)?;
    let picture = Picture::decode(&bytes, limits)?;
    Ok(Loaded { picture, sha256: hex::encode(Sha256::digest(&bytes)) })
}

/// An error with its causes, in a line.
#[must_use]
pub fn in_a_line(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
