//! Originals under their hash: files as they came, each once, whatever the lists that named them.
//!
//! An original lies at `abc/<sha256>.<extension>`, where `abc` are the first three digits of its hash: 4,096 folders, so
//! that making folders is a small part of the cost, and none holds more than some thousand of ten million files. It is put
//! if it is absent, whole or not at all, and its hash is looked at whenever it is read.
//!
//! **What is promised.** When [`Originals::put`] returns, killing the process loses nothing. On a local disk a power cut
//! can lose what was put since the last [`Originals::sync`], or leave it with wrong bytes, which [`Originals::read`] and
//! [`Originals::is_whole`] find; so whoever writes down that an original is there writes it down as certain only behind
//! a sync. One sync forces everything that was put before it to the disk at once, because forcing each file for itself
//! takes longer than fetching it. In an object store what was put is safe.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use crate::disk::Step;
use crate::location::{Location, LocationError, Trouble};
use crate::names;

/// Digits of a hash that name the folder of its original.
const FOLDER_DIGITS: usize = 3;

/// A store of originals.
#[derive(Debug)]
pub struct Originals {
    location: Location,
    /// Makes temporary names of this process differ.
    puts: AtomicU64,
    /// Files that were put and not yet forced to the disk, where the system has no way to force all at once.
    unsynced: Mutex<Vec<PathBuf>>,
}

/// What became of a put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was not there.
    New,
    /// It was there already.
    Present,
}

/// An original could not be had.
#[derive(Debug, thiserror::Error)]
pub enum OriginalError {
    /// The store holds none with this hash.
    #[error("there is no original `{name}`")]
    Missing {
        /// Its name in the store.
        name: String,
    },
    /// It is not what was put.
    #[error("the original `{name}` is damaged: its sha256 is `{found}`")]
    Damaged {
        /// Its name in the store.
        name: String,
        /// The hash of what lies there.
        found: String,
    },
    /// The store failed.
    #[error(transparent)]
    Location(#[from] LocationError),
}

impl Originals {
    /// The originals at a place.
    #[must_use]
    pub fn new(location: Location) -> Originals {
        Originals { location, puts: AtomicU64::new(0), unsynced: Mutex::default() }
    }

    /// Where they lie.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Whether they lie in an object store, so that each put waits for the network.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        self.location.local_folder().is_none()
    }

    /// The name of an original in its store.
    #[must_use]
    pub fn name(sha256: &[u8; 32], extension: &str) -> String {
        let hash = hex::encode(sha256);
        format!("{}/{hash}.{extension}", &hash[..FOLDER_DIGITS])
    }

    /// The extension of the original with this hash, one of `extensions`; `None` if there is none.
    ///
    /// # Errors
    /// When the store cannot be asked.
    pub fn find<'a>(
        &self,
        sha256: &[u8; 32],
        extensions: &[&'a str],
    ) -> Result<Option<&'a str>, LocationError> {
        if !self.is_remote() {
            for extension in extensions {
                if self.location.exists(&Self::name(sha256, extension))? {
                    return Ok(Some(extension));
                }
            }
            return Ok(None);
        }
        // One listing of a small folder, and not one request for each extension.
        let hash = hex::encode(sha256);
        let folder = &hash[..FOLDER_DIGITS];
        let entries = self.location.list(folder)?;
        let is_there = |extension: &&&str| {
            let name = format!("{folder}/{hash}.{extension}");
            entries.binary_search_by(|entry| entry.name.cmp(&name)).is_ok()
        };
        Ok(extensions.iter().find(is_there).copied())
    }

    /// Puts an original if it is absent; one of another size under its name is replaced. `sha256` must be the hash of
    /// `bytes`.
    ///
    /// # Errors
    /// When the store refuses; then nothing stands under its name that did not stand there before.
    pub fn put(&self, sha256: &[u8; 32], extension: &str, bytes: &[u8]) -> Result<Put, LocationError> {
        debug_assert_eq!(Sha256::digest(bytes)[..], sha256[..], "an original lies under its own hash");
        let name = Self::name(sha256, extension);
        if self.location.size(&name)? == Some(bytes.len() as u64) {
            return Ok(Put::Present);
        }
        match self.location.local_folder() {
            None => self.location.put_atomic(&name, bytes)?,
            Some(folder) => self
                .put_on_disk(folder, &name, bytes)
                .map_err(|error| LocationError::from_io("write", self.location.address_of(&name), error))?,
        }
        Ok(Put::New)
    }

    fn put_on_disk(&self, folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
        let disk = self.location.disk();
        let work = folder.join(names::WORK);
        disk.create_folder(&work)?;
        let number = self.puts.fetch_add(1, Ordering::Relaxed);
        let temp = work.join(format!("original-{}-{number}.tmp", std::process::id()));
        let path = folder.join(name);
        let write = || -> io::Result<()> {
            let mut file = disk.create(&temp)?;
            file.write_all(bytes)?;
            drop(file);
            if let Some(parent) = path.parent() {
                disk.create_folder(parent)?;
            }
            disk.rename_unsynced(&temp, &path)
        };
        write().inspect_err(|_| {
            fs::remove_file(&temp).ok();
        })?;
        if !cfg!(target_os = "linux") {
            self.unsynced.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(path);
        }
        Ok(())
    }

    /// Forces all that was put before to the disk.
    ///
    /// # Errors
    /// When the disk fails: anything that was put since the last sync may be lost.
    pub fn sync(&self) -> Result<(), LocationError> {
        let Some(folder) = self.location.local_folder() else { return Ok(()) };
        if !folder.exists() {
            return Ok(());
        }
        self.sync_disk(folder)
            .map_err(|error| LocationError::from_io("sync", self.location.address().to_owned(), error))
    }

    #[cfg(target_os = "linux")]
    fn sync_disk(&self, folder: &Path) -> io::Result<()> {
        self.location.disk().ask(Step::Sync, folder)?;
        rustix::fs::syncfs(fs::File::open(folder)?)?;
        Ok(())
    }

    #[cfg(not(target_os = "linux"))]
    fn sync_disk(&self, folder: &Path) -> io::Result<()> {
        self.location.disk().ask(Step::Sync, folder)?;
        let unsynced =
            std::mem::take(&mut *self.unsynced.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        for path in unsynced {
            fs::OpenOptions::new().write(true).open(&path)?.sync_all()?;
            if let Some(parent) = path.parent() {
                self.location.disk().sync_folder(parent)?;
            }
        }
        Ok(())
    }

    /// The bytes of an original, whose hash is as it should be.
    ///
    /// # Errors
    /// [`OriginalError::Missing`], [`OriginalError::Damaged`]; or when the store fails.
    pub fn read(&self, sha256: &[u8; 32], extension: &str) -> Result<Vec<u8>, OriginalError> {
        let name = Self::name(sha256, extension);
        let bytes = match self.location.read(&name) {
            Ok(bytes) => bytes,
            Err(error) if error.trouble == Trouble::Missing => return Err(OriginalError::Missing { name }),
            Err(error) => return Err(error.into()),
        };
        let found = Sha256::digest(&bytes);
        if found[..] != sha256[..] {
            return Err(OriginalError::Damaged { name, found: hex::encode(found) });
        }
        Ok(bytes)
    }

    /// Whether an original is there with the bytes that its name promises.
    ///
    /// # Errors
    /// When the store fails.
    pub fn is_whole(&self, sha256: &[u8; 32], extension: &str) -> Result<bool, LocationError> {
        match self.read(sha256, extension) {
            Ok(_) => Ok(true),
            Err(OriginalError::Missing { .. } | OriginalError::Damaged { .. }) => Ok(false),
            Err(OriginalError::Location(error)) => Err(error),
        }
    }

    /// Deletes an original; one that is missing is fine.
    ///
    /// # Errors
    /// When it cannot be deleted.
    pub fn remove(&self, sha256: &[u8; 32], extension: &str) -> Result<(), LocationError> {
        self.location.delete(&Self::name(sha256, extension))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::disk::{Disk, Faults, Verdict};

    fn hash_of(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }

    fn check(location: Location) {
        let originals = Originals::new(location);
        let hash = hash_of(b"a picture");
        assert_eq!(originals.find(&hash, &["jpeg", "png"]).unwrap(), None);
        assert!(matches!(originals.read(&hash, "png"), Err(OriginalError::Missing { .. })));
        assert_eq!(originals.put(&hash, "png", b"a picture").unwrap(), Put::New);
        assert_eq!(originals.put(&hash, "png", b"a picture").unwrap(), Put::Present);
        assert_eq!(originals.find(&hash, &["jpeg", "png"]).unwrap(), Some("png"));
        originals.sync().unwrap();
        assert_eq!(originals.read(&hash, "png").unwrap(), b"a picture");
        let name = Originals::name(&hash, "png");
        assert!(name.starts_with(&format!("{}/", &hex::encode(hash)[..3])) && name.ends_with(".png"));
        assert_eq!(originals.location().list("").unwrap().len(), 1);
        originals.remove(&hash, "png").unwrap();
        originals.remove(&hash, "png").unwrap();
        assert!(!originals.is_whole(&hash, "png").unwrap());
    }

    #[test]
    fn an_original_is_put_once_and_read_back_on_a_disk_and_in_a_store() {
        check(Location::in_memory());
        check(Location::local(tempfile::tempdir().unwrap().path().join("images")));
    }

    #[test]
    fn what_was_damaged_is_found_and_what_was_cut_is_put_again() {
        let folder = tempfile::tempdir().unwrap();
        let originals = Originals::new(Location::local(folder.path()));
        let hash = hash_of(b"a picture");
        originals.put(&hash, "png", b"a picture").unwrap();
        let path = folder.path().join(Originals::name(&hash, "png"));
        fs::write(&path, b"a pict\0\0\0").unwrap();
        assert!(matches!(originals.read(&hash, "png"), Err(OriginalError::Damaged { .. })));
        fs::write(&path, b"").unwrap();
        assert_eq!(originals.put(&hash, "png", b"a picture").unwrap(), Put::New);
        assert!(originals.is_whole(&hash, "png").unwrap());
    }

    struct FailsAt(usize, AtomicUsize);

    impl Faults for FailsAt {
        fn before(&self, step: Step, _path: &Path) -> Verdict {
            let error = io::Error::from(io::ErrorKind::StorageFull);
            match (self.1.fetch_add(1, Ordering::SeqCst) == self.0, step) {
                (false, _) => Verdict::Go,
                (true, Step::Write(bytes)) => Verdict::Torn(bytes / 2, error),
                (true, _) => Verdict::Fail(error),
            }
        }
    }

    #[test]
    fn a_disk_that_fails_at_any_step_leaves_no_half_original() {
        let hash = hash_of(b"a picture");
        for step in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let disk = Disk::with_faults(Arc::new(FailsAt(step, AtomicUsize::new(0))));
            let originals = Originals::new(Location::local(folder.path().join("i")).with_disk(disk));
            let failed = originals.put(&hash, "png", b"a picture").is_err();
            assert_ne!(originals.is_whole(&hash, "png").unwrap(), failed, "step {step}");
            assert_eq!(originals.location().list("").unwrap().len(), usize::from(!failed), "step {step}");
            if !failed {
                assert!(step >= 5, "only {step} steps");
                return;
            }
        }
    }

    #[test]
    fn many_put_the_same_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let originals = Originals::new(Location::local(folder.path()));
        std::thread::scope(|scope| {
            for worker in 0..8u8 {
                let originals = &originals;
                let put = move || {
                    for number in 0..50u8 {
                        let bytes = [number; 100];
                        originals.put(&hash_of(&bytes), "png", &bytes).unwrap();
                        assert!(originals.is_whole(&hash_of(&bytes), "png").unwrap(), "worker {worker}");
                    }
                };
                std::thread::Builder::new().spawn_scoped(scope, put).unwrap();
            }
        });
        assert_eq!(originals.location().list("").unwrap().len(), 50);
    }
}
