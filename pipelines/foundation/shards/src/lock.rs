//! One process at a time: advisory locks on files of the work folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use crate::location::LocationError;

/// A lock that is held until it is dropped, or until the process ends in any way.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would do, but not while a child that is just being started shares it. A lock that cannot
        // be given back goes with the process.
        let _gone_with_the_process = self.file.unlock();
    }
}

/// How a lock is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// With nobody.
    Alone,
    /// With others that share it too.
    Shared,
}

impl Lock {
    /// Takes the lock, or returns `None` at once if another holds it.
    ///
    /// # Errors
    /// When the file cannot be made or the file system has no locks.
    pub fn attempt(path: &Path, hold: Hold) -> Result<Option<Lock>, LocationError> {
        let file = open(path)?;
        let taken = match hold {
            Hold::Alone => file.try_lock(),
            Hold::Shared => file.try_lock_shared(),
        };
        match taken {
            Ok(()) => Ok(Some(Lock { file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(path, error)),
        }
    }

    /// Waits until the lock can be held alone; for short sections only.
    ///
    /// # Errors
    /// As [`Lock::attempt`].
    pub fn wait(path: &Path) -> Result<Lock, LocationError> {
        let file = open(path)?;
        file.lock().map_err(|error| failed(path, error))?;
        Ok(Lock { file })
    }
}

fn open(path: &Path) -> Result<File, LocationError> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(|error| failed(path, error))
}

fn failed(path: &Path, error: io::Error) -> LocationError {
    LocationError::from_io("lock", path.display().to_string(), error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_alone_or_shared_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shard-00017.lock");
        let first = Lock::attempt(&path, Hold::Alone).unwrap();
        assert!(first.is_some());
        assert!(Lock::attempt(&path, Hold::Alone).unwrap().is_none());
        assert!(Lock::attempt(&path, Hold::Shared).unwrap().is_none());
        drop(first);
        let shared = Lock::attempt(&path, Hold::Shared).unwrap();
        assert!(shared.is_some());
        assert!(Lock::attempt(&path, Hold::Shared).unwrap().is_some());
        assert!(Lock::attempt(&path, Hold::Alone).unwrap().is_none());
        drop(shared);
        assert!(Lock::attempt(&path, Hold::Alone).unwrap().is_some());
    }
}
