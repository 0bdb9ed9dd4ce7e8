//! What a checkpoint consists of, file by file, and who said so: written once, and held to from then on.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::catalogue::digest_of;
use crate::checkpoints;

/// The name of the lock in the folder of a checkpoint.
pub const FILE: &str = "pixmo-lock.json";
/// The form of this file.
const VERSION: u32 = 1;

/// Who said which hashes the files have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// The hub, when the checkpoint was fetched first.
    Hub,
    /// A file of hashes that was given.
    Sha256File,
    /// Nobody: they are those of the files that lay in a folder.
    Folder,
}

impl Trust {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Trust::Hub => "the hub said so on first use",
            Trust::Sha256File => "a file of hashes that was given",
            Trust::Folder => "those that lay in a folder on first use",
        }
    }
}

/// One file of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedFile {
    /// How large it is; `null` where only its hash was given.
    pub bytes: Option<u64>,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// What a checkpoint consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The form of the file.
    pub version: u32,
    /// What the checkpoint is called in the list.
    pub name: String,
    /// Owner and name of its repository.
    pub repository: String,
    /// The commit, or what was asked for where nobody told the commit.
    pub revision: String,
    /// What was asked for: a branch, a tag or a commit.
    pub asked_for: String,
    /// Who said so.
    pub trust: Trust,
    /// The files, by name.
    pub files: BTreeMap<String, LockedFile>,
}

/// A lock cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// The disk failed.
    #[error("cannot {verb} `{}`", path.display())]
    Disk {
        /// What was to be done.
        verb: &'static str,
        /// The lock.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// It is no lock.
    #[error("`{}` is no lock of a checkpoint", path.display())]
    Form {
        /// The lock.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// It says something that cannot be.
    #[error("`{}` {what}", path.display())]
    Content {
        /// The lock.
        path: PathBuf,
        /// What it says.
        what: String,
    },
}

impl Lock {
    /// A lock of these files.
    #[must_use]
    pub fn new(
        name: &str,
        repository: &str,
        (asked_for, revision): (&str, &str),
        trust: Trust,
        files: BTreeMap<String, LockedFile>,
    ) -> Lock {
        Lock {
            version: VERSION,
            name: name.to_owned(),
            repository: repository.to_owned(),
            revision: revision.to_owned(),
            asked_for: asked_for.to_owned(),
            trust,
            files,
        }
    }

    /// The lock in a folder, if there is one.
    ///
    /// # Errors
    /// It cannot be read, or says what cannot be.
    pub fn read(folder: &Path) -> Result<Option<Lock>, LockError> {
        let path = folder.join(FILE);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(LockError::Disk { verb: "read", path, source }),
        };
        let lock: Lock = match serde_json::from_slice(&bytes) {
            Ok(lock) => lock,
            Err(source) => return Err(LockError::Form { path, source }),
        };
        match lock.fault() {
            Some(what) => Err(LockError::Content { path, what }),
            None => Ok(Some(lock)),
        }
    }

    fn fault(&self) -> Option<String> {
        if self.version != VERSION {
            return Some(format!("has the form {}, and this version reads {VERSION}", self.version));
        }
        let strange = self.files.keys().find(|file| !checkpoints::is_used(file));
        if let Some(file) = strange {
            return Some(format!("names `{file}`, which is no file of a checkpoint"));
        }
        let wrong = self.files.iter().find(|(_, file)| digest_of(&file.sha256).is_none());
        wrong.map(|(name, file)| {
            format!("has `{}` as the sha256 of `{name}`, expected 64 hexadecimal digits", file.sha256)
        })
    }

    /// Writes it into a folder, whole or not at all.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn write(&self, folder: &Path) -> Result<(), LockError> {
        let (path, part) = (folder.join(FILE), folder.join(format!(".{FILE}.part")));
        let failed = |verb| {
            let path = path.clone();
            move |source| LockError::Disk { verb, path, source }
        };
        std::fs::create_dir_all(folder).map_err(failed("make the folder of"))?;
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(|source| LockError::Form { path: path.clone(), source })?;
        text.push(b'\n');
        let mut file = std::fs::File::create(&part).map_err(failed("write"))?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(failed("write"))?;
        std::fs::rename(&part, &path).map_err(failed("name"))
    }

    /// The size of all files together, if it is known of each.
    #[must_use]
    pub fn bytes(&self) -> Option<u64> {
        self.files.values().map(|file| file.bytes).sum()
    }

    /// In which files two lists of hashes differ, each in words.
    #[must_use]
    pub fn differences(&self, other: &BTreeMap<String, LockedFile>) -> Vec<String> {
        let mut told = Vec::new();
        for (name, file) in &self.files {
            match other.get(name) {
                None => told.push(format!("`{name}` is not among the other hashes")),
                Some(found) if !found.sha256.eq_ignore_ascii_case(&file.sha256) => {
                    told.push(format!("`{name}` is `{}`, and not `{}`", file.sha256, found.sha256));
                }
                Some(_) => {}
            }
        }
        let more = other.keys().filter(|name| !self.files.contains_key(*name));
        told.extend(more.map(|name| format!("`{name}` is not in the lock")));
        told
    }
}
