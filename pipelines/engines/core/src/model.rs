//! Which model it was: its name, and the digest of its file.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Bytes that are read at a time while a file is hashed.
const PIECE_BYTES: usize = 1 << 16;

/// A model as lineage names it. Two answers are comparable only if their models have the same digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// What people call it; by default the name of its file.
    pub name: String,
    /// SHA-256 of its file, in hexadecimal.
    pub sha256: String,
}

/// Why a model's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file cannot be read.
    #[error("cannot read the model `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The file is another one than was named.
    #[error("the model `{}` is not the one that was named: its sha256 is `{found}`, expected `{expected}`", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// Its digest.
        found: String,
        /// The digest that was named.
        expected: String,
    },
    /// The digest that was named is none.
    #[error("`{found}` is no sha256: expected 64 lowercase hexadecimal digits")]
    Digest {
        /// What was given.
        found: String,
    },
}

impl Model {
    /// Reads a model's file, which must have the digest that was named for it, if one was.
    ///
    /// # Errors
    /// When the file cannot be read, or is another one than was named.
    pub fn read(path: &Path, sha256: Option<&str>) -> Result<(Model, Vec<u8>), ModelError> {
        let mut content = Vec::new();
        let model = Model::walk(path, sha256, |piece| content.extend_from_slice(piece))?;
        Ok((model, content))
    }

    /// Reads a model's file as [`Model::read`] does, and keeps nothing of it: for libraries that read files themselves.
    ///
    /// # Errors
    /// As [`Model::read`].
    pub fn digest(path: &Path, sha256: Option<&str>) -> Result<Model, ModelError> {
        Model::walk(path, sha256, |_| {})
    }

    fn walk(path: &Path, sha256: Option<&str>, mut take: impl FnMut(&[u8])) -> Result<Model, ModelError> {
        if let Some(digest) = sha256.filter(|digest| !is_digest(digest)) {
            return Err(ModelError::Digest { found: digest.to_owned() });
        }
        let failed = |source| ModelError::Read { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(failed)?;
        let mut hasher = Sha256::new();
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let read = match file.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(failed(error)),
            };
            hasher.update(&piece[..read]);
            take(&piece[..read]);
        }
        let found = hex::encode(hasher.finalize());
        if let Some(expected) = sha256.filter(|expected| **expected != found) {
            return Err(ModelError::Other { path: path.to_owned(), found, expected: expected.to_owned() });
        }
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Model { name, sha256: found })
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_only_if_it_is_the_one_that_was_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.onnx");
        std::fs::write(&path, b"abc").unwrap();
        // FIPS 180-2, example B.1.
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for named in [None, Some(digest)] {
            let (model, content) = Model::read(&path, named).unwrap();
            assert_eq!((model.name.as_str(), model.sha256.as_str()), ("small.onnx", digest));
            assert_eq!(content, b"abc");
            assert_eq!(Model::digest(&path, named).unwrap(), model);
        }
        let error = Model::read(&path, Some(&digest.replace('b', "c"))).unwrap_err();
        assert!(matches!(error, ModelError::Other { .. }), "{error}");
        let error = Model::read(&path, Some("BA78")).unwrap_err();
        assert!(matches!(error, ModelError::Digest { .. }), "{error}");
        let error = Model::read(&folder.path().join("none.onnx"), None).unwrap_err();
        assert!(matches!(error, ModelError::Read { .. }), "{error}");
    }
}
