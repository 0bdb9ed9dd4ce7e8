//! Where the files of a log lie.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Files by name; names use `/`. Whoever has an object store or a web server puts it behind this.
pub trait Store: Send + Sync {
    /// The content of a file; `None` if there is none of this name.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Writes a file whole or not at all, in the place of one of the same name.
    ///
    /// # Errors
    /// When it cannot be written; then nothing new stands under the name.
    fn write(&self, name: &str, content: &[u8]) -> Result<(), StoreError>;

    /// Deletes a file; that there is none is as good.
    ///
    /// # Errors
    /// When it is there and cannot be deleted.
    fn remove(&self, name: &str) -> Result<(), StoreError>;
}

impl<S: Store + ?Sized> Store for &S {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        (**self).read(name)
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), StoreError> {
        (**self).write(name, content)
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        (**self).remove(name)
    }
}

/// A file of a log cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} `{name}`")]
pub struct StoreError {
    /// `read`, `write` or `delete`.
    pub action: &'static str,
    /// Which file.
    pub name: String,
    /// Why not.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// A local folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at `path`; it is made when something is written.
    #[must_use]
    pub fn at(path: &Path) -> Folder {
        Folder(path.to_owned())
    }
}

impl Store for Folder {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(self.0.join(name)) {
            Ok(content) => Ok(Some(content)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError { action: "read", name: name.to_owned(), source: Box::new(error) }),
        }
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), StoreError> {
        let path = self.0.join(name);
        let temp = self.0.join(format!(".{}.tmp", name.replace('/', "-")));
        let write = || -> io::Result<()> {
            let parent = path.parent().unwrap_or(&self.0);
            fs::create_dir_all(parent)?;
            let mut file = File::create(&temp)?;
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&temp, &path)?;
            // The new name is on the disk only when its folder is.
            File::open(parent)?.sync_all()
        };
        write().map_err(|error| {
            fs::remove_file(&temp).ok();
            StoreError { action: "write", name: name.to_owned(), source: Box::new(error) }
        })
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        match fs::remove_file(self.0.join(name)) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => {
                Err(StoreError { action: "delete", name: name.to_owned(), source: Box::new(error) })
            }
        }
    }
}
