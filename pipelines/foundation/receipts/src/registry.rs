//! What must be remembered so that nothing is used twice: nonces, and the digests of recordings.
//!
//! [`Registry`] is what the server puts before its database. [`Memory`] forgets with the process; [`Shelf`] is a local
//! folder for one process at a time.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pixmo_schemas::Sha256;

use crate::nonce::{Grant, Nonce};

/// How far a nonce has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Given, not used.
    Granted,
    /// A recording was begun with it.
    Begun,
    /// A receipt was made for this take.
    Spent {
        /// The take.
        take: String,
    },
}

/// Remembers. Every method is one step that happens whole or not at all, whoever else asks at the same time.
pub trait Registry: Send + Sync {
    /// Remembers a nonce; `false` if it is known already.
    ///
    /// # Errors
    /// When nothing can be remembered.
    fn grant(&self, nonce: &Nonce, grant: &Grant) -> Result<bool, RegistryError>;

    /// What is known of a nonce.
    ///
    /// # Errors
    /// When what was remembered cannot be read.
    fn look(&self, nonce: &Nonce) -> Result<Option<(Grant, Progress)>, RegistryError>;

    /// From granted to begun; `false` if it was not granted, or is begun or spent. Of all who ask, one hears `true`.
    ///
    /// # Errors
    /// When nothing can be remembered.
    fn begin(&self, nonce: &Nonce) -> Result<bool, RegistryError>;

    /// From begun to spent for a take; `true` again for the same take, so that a server that was killed can go on.
    ///
    /// # Errors
    /// When nothing can be remembered.
    fn spend(&self, nonce: &Nonce, take: &str) -> Result<bool, RegistryError>;

    /// Remembers that a recording belongs to a take; `false` if it belongs to another.
    ///
    /// # Errors
    /// When nothing can be remembered.
    fn claim(&self, audio: &Sha256, take: &str) -> Result<bool, RegistryError>;

    /// The entry of the receipt of a take, as far as it was noted.
    ///
    /// # Errors
    /// When what was remembered cannot be read.
    fn issued(&self, take: &str) -> Result<Option<u64>, RegistryError>;

    /// Notes the entry of the receipt of a take; what was noted before stays.
    ///
    /// # Errors
    /// When nothing can be remembered.
    fn note(&self, take: &str, index: u64) -> Result<(), RegistryError>;
}

/// What must be remembered cannot be.
#[derive(Debug, thiserror::Error)]
#[error("cannot remember {what}")]
pub struct RegistryError {
    /// What.
    pub what: String,
    /// Why not.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// Remembers as long as the process lives.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    nonces: BTreeMap<Nonce, (Grant, Progress)>,
    takes: BTreeMap<Sha256, String>,
    issued: BTreeMap<String, u64>,
}

impl Memory {
    fn held(&self) -> MutexGuard<'_, Remembered> {
        // Each step is one insertion, so what a panicking thread left is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registry for Memory {
    fn grant(&self, nonce: &Nonce, grant: &Grant) -> Result<bool, RegistryError> {
        let mut held = self.held();
        let new = !held.nonces.contains_key(nonce);
        if new {
            held.nonces.insert(*nonce, (grant.clone(), Progress::Granted));
        }
        Ok(new)
    }

    fn look(&self, nonce: &Nonce) -> Result<Option<(Grant, Progress)>, RegistryError> {
        Ok(self.held().nonces.get(nonce).cloned())
    }

    fn begin(&self, nonce: &Nonce) -> Result<bool, RegistryError> {
        match self.held().nonces.get_mut(nonce) {
            Some((_, progress @ Progress::Granted)) => {
                *progress = Progress::Begun;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn spend(&self, nonce: &Nonce, take: &str) -> Result<bool, RegistryError> {
        match self.held().nonces.get_mut(nonce) {
            Some((_, progress @ Progress::Begun)) => {
                *progress = Progress::Spent { take: take.to_owned() };
                Ok(true)
            }
            Some((_, Progress::Spent { take: before })) => Ok(before == take),
            _ => Ok(false),
        }
    }

    fn claim(&self, audio: &Sha256, take: &str) -> Result<bool, RegistryError> {
        Ok(self.held().takes.entry(*audio).or_insert_with(|| take.to_owned()) == take)
    }

    fn issued(&self, take: &str) -> Result<Option<u64>, RegistryError> {
        Ok(self.held().issued.get(take).copied())
    }

    fn note(&self, take: &str, index: u64) -> Result<(), RegistryError> {
        self.held().issued.entry(take.to_owned()).or_insert(index);
        Ok(())
    }
}

/// A local folder. A nonce is a file whose ending says how far it has come, so each step is one renaming or one creation,
/// which happens once.
#[derive(Clone, Debug)]
pub struct Shelf(PathBuf);

const GRANTED: &str = "granted";
const BEGUN: &str = "begun";
const SPENT: &str = "spent";

impl Shelf {
    /// The folder at `path`; it is made when it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn at(path: &Path) -> Result<Shelf, RegistryError> {
        for below in ["nonces", "audio", "takes"] {
            let folder = path.join(below);
            fs::create_dir_all(&folder).map_err(|source| failed(&folder, source))?;
        }
        Ok(Shelf(path.to_owned()))
    }

    /// A file for a take, whose name may hold anything.
    fn take(&self, take: &str) -> PathBuf {
        self.0.join("takes").join(Sha256::of(take.as_bytes()).to_string())
    }

    fn nonce(&self, nonce: &Nonce, ending: &str) -> PathBuf {
        self.0.join("nonces").join(format!("{}.{ending}", nonce.name()))
    }
}

fn failed(path: &Path, source: io::Error) -> RegistryError {
    RegistryError { what: format!("`{}`", path.display()), source: Box::new(source) }
}

/// Writes a file that is not there; `false` if it is. What is there is whole: it gets its name last.
fn create(path: &Path, content: &[u8]) -> Result<bool, RegistryError> {
    let temp = path.with_extension("tmp");
    let write = || -> io::Result<bool> {
        let mut file = fs::File::create(&temp)?;
        file.write_all(content)?;
        file.sync_all()?;
        match fs::hard_link(&temp, path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        }
    };
    let written = write();
    fs::remove_file(&temp).ok();
    written.map_err(|source| failed(path, source))
}

fn content(path: &Path) -> Result<Option<String>, RegistryError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, error)),
    }
}

impl Registry for Shelf {
    fn grant(&self, nonce: &Nonce, grant: &Grant) -> Result<bool, RegistryError> {
        if self.look(nonce)?.is_some() {
            return Ok(false);
        }
        let text = serde_json::to_string(grant).expect("only text and times");
        create(&self.nonce(nonce, GRANTED), text.as_bytes())
    }

    fn look(&self, nonce: &Nonce) -> Result<Option<(Grant, Progress)>, RegistryError> {
        for ending in [GRANTED, BEGUN] {
            let path = self.nonce(nonce, ending);
            let Some(text) = content(&path)? else { continue };
            let grant = serde_json::from_str(&text).map_err(|error| failed(&path, error.into()))?;
            let progress = match content(&self.nonce(nonce, SPENT))? {
                Some(take) => Progress::Spent { take },
                None if ending == BEGUN => Progress::Begun,
                None => Progress::Granted,
            };
            return Ok(Some((grant, progress)));
        }
        Ok(None)
    }

    fn begin(&self, nonce: &Nonce) -> Result<bool, RegistryError> {
        let from = self.nonce(nonce, GRANTED);
        match fs::rename(&from, self.nonce(nonce, BEGUN)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(failed(&from, error)),
        }
    }

    fn spend(&self, nonce: &Nonce, take: &str) -> Result<bool, RegistryError> {
        if !self.nonce(nonce, BEGUN).exists() {
            return Ok(false);
        }
        let path = self.nonce(nonce, SPENT);
        Ok(create(&path, take.as_bytes())? || content(&path)?.as_deref() == Some(take))
    }

    fn claim(&self, audio: &Sha256, take: &str) -> Result<bool, RegistryError> {
        let path = self.0.join("audio").join(audio.to_string());
        Ok(create(&path, take.as_bytes())? || content(&path)?.as_deref() == Some(take))
    }

    fn issued(&self, take: &str) -> Result<Option<u64>, RegistryError> {
        let path = self.take(take);
        let Some(text) = content(&path)? else { return Ok(None) };
        let wrong = |_| failed(&path, io::Error::new(io::ErrorKind::InvalidData, "it holds no number"));
        text.parse().map(Some).map_err(wrong)
    }

    fn note(&self, take: &str, index: u64) -> Result<(), RegistryError> {
        create(&self.take(take), index.to_string().as_bytes()).map(drop)
    }
}
