//! Masks from outside, by image and label: COCO files and folders of PNG files below one folder.
//!
//! ```text
//! masks/*.json                        COCO: `file_name` is the SHA-256 of an image, a category is a label
//! masks/<sha256>/<label>/*.png        what is not black is inside
//! ```

mod coco;
mod folder;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use pixmo_answers::label::key_of;
use pixmo_console::{Failure, Kind};
use pixmo_schemas::Sha256;
use sha2::Digest;

use crate::rle::Rle;

/// Masks of labels in images.
#[derive(Debug, Default)]
pub struct Masks {
    by_key: HashMap<(Sha256, String), Vec<Rle>>,
    sha256: String,
}

/// A file of masks that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MasksError {
    /// It cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// It is not what it must be.
    #[error("`{}` holds no masks: {why}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl MasksError {
    fn read(path: &Path, source: std::io::Error) -> MasksError {
        MasksError::Read { path: path.to_owned(), source }
    }

    fn wrong(path: &Path, why: impl Into<String>) -> MasksError {
        MasksError::Wrong { path: path.to_owned(), why: why.into() }
    }
}

impl From<MasksError> for Failure {
    fn from(error: MasksError) -> Failure {
        let kind = match &error {
            MasksError::Read { source, .. } if source.kind() != std::io::ErrorKind::NotFound => Kind::World,
            _ => Kind::Request,
        };
        let failure = Failure::from_error(kind, &error);
        match error {
            MasksError::Read { .. } => failure.hint("`masks` of [build.points-eval] names the folder"),
            MasksError::Wrong { .. } => failure.hint("`docs/points-eval.md` says what masks must be"),
        }
    }
}

impl Masks {
    /// Reads all masks below a folder, in the order of names.
    ///
    /// # Errors
    /// When something cannot be read, or is no mask.
    pub fn read(folder: &Path) -> Result<Masks, MasksError> {
        let (mut masks, mut hasher) = (Masks::default(), sha2::Sha256::new());
        for path in entries(folder)? {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let is_file = path.extension().is_some_and(|extension| extension == "json");
            if name.starts_with('.') {
                continue;
            } else if path.is_dir() {
                masks.read_image(&path, &name, &mut hasher)?;
            } else if is_file {
                masks.read_coco(&path, &name, &mut hasher)?;
            }
        }
        masks.sha256 = hex::encode(hasher.finalize());
        Ok(masks)
    }

    /// The masks of a label in an image, in the order in which they were read.
    #[must_use]
    pub fn of(&self, image: Sha256, label: &str) -> &[Rle] {
        self.by_key.get(&(image, key_of(label))).map_or(&[], Vec::as_slice)
    }

    /// SHA-256 over all files that were read.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    fn read_coco(&mut self, path: &Path, name: &str, hasher: &mut sha2::Sha256) -> Result<(), MasksError> {
        let bytes = std::fs::read(path).map_err(|error| MasksError::read(path, error))?;
        note(hasher, name, &bytes);
        for (image, label, mask) in coco::parse(&bytes).map_err(|why| MasksError::wrong(path, why))? {
            self.by_key.entry((image, key_of(&label))).or_default().push(mask);
        }
        Ok(())
    }

    fn read_image(&mut self, path: &Path, name: &str, hasher: &mut sha2::Sha256) -> Result<(), MasksError> {
        let image: Sha256 = name.parse().map_err(|_| {
            MasksError::wrong(
                path,
                "the name of a folder is the SHA-256 of an image, 64 lowercase hexadecimal digits",
            )
        })?;
        for labelled in entries(path)?.into_iter().filter(|path| path.is_dir()) {
            let label = labelled.file_name().and_then(|name| name.to_str());
            let label = label.ok_or_else(|| MasksError::wrong(&labelled, "its name is no label in UTF-8"))?;
            for file in entries(&labelled)? {
                if file.extension().is_none_or(|extension| extension != "png") {
                    continue;
                }
                let bytes = std::fs::read(&file).map_err(|error| MasksError::read(&file, error))?;
                let below = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().into_owned();
                note(hasher, &format!("{name}/{below}"), &bytes);
                let mask = folder::parse(&bytes).map_err(|why| MasksError::wrong(&file, why))?;
                self.by_key.entry((image, key_of(label))).or_default().push(mask);
            }
        }
        Ok(())
    }
}

/// Adds a file to a hash over all.
fn note(hasher: &mut sha2::Sha256, name: &str, bytes: &[u8]) {
    hasher.update((name.len() as u64).to_le_bytes());
    hasher.update(name);
    hasher.update(Sha256::of(bytes).as_bytes());
}

/// What lies in a folder, in the order of names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, MasksError> {
    let listing = std::fs::read_dir(folder).map_err(|error| MasksError::read(folder, error))?;
    let mut paths = Vec::new();
    for entry in listing {
        paths.push(entry.map_err(|error| MasksError::read(folder, error))?.path());
    }
    paths.sort();
    Ok(paths)
}
