//! A place for a dataset folder: a local folder or an object store, with the same operations.

use std::error::Error;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use object_store::ObjectStore;

use crate::disk::Disk;
use crate::names;
use crate::remote::Remote;

/// The most bytes [`Location::read`] takes into memory.
const READ_BYTES_MAX: u64 = 1 << 30;

/// A folder, local or in an object store; names are relative to it and use `/`.
#[derive(Clone, Debug)]
pub struct Location {
    address: String,
    disk: Disk,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Local(PathBuf),
    Remote(Arc<Remote>),
}

/// One object of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name relative to the folder.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Location {
    /// Understands an address: a path, or a URL with `file://`, `s3://`, `gs://` or `az://`.
    ///
    /// `options` configure the object store under the names of the cloud's own environment variables, for
    /// example `("AWS_ENDPOINT_URL", "http://localhost:9000")`; names that do not concern this kind of store are
    /// passed over.
    ///
    /// # Errors
    /// When the address is empty, of another scheme, or names no bucket.
    pub fn parse(address: &str, options: &[(String, String)]) -> Result<Location, LocationError> {
        let wrong = |what: &str| LocationError {
            action: "use the address",
            object: address.to_owned(),
            trouble: Trouble::Address(what.to_owned()),
            source: None,
        };
        if address.is_empty() {
            return Err(wrong("it is empty"));
        }
        let Some((scheme, _)) = address.split_once("://") else {
            return Ok(Location::local(address));
        };
        match scheme {
            "file" => {
                let url = url::Url::parse(address).map_err(|error| wrong(&error.to_string()))?;
                let path = url.to_file_path().map_err(|()| wrong("it names no local path"))?;
                Ok(Location::local(path))
            }
            "s3" | "gs" | "az" => {
                let remote = Remote::open(address, options).map_err(|what| wrong(&what))?;
                let address = address.trim_end_matches('/').to_owned();
                Ok(Location { address, disk: Disk::new(), place: Place::Remote(Arc::new(remote)) })
            }
            _ => Err(wrong("expected a path, or `file://`, `s3://`, `gs://` or `az://`")),
        }
    }

    /// A folder on the local disk.
    #[must_use]
    pub fn local(path: impl Into<PathBuf>) -> Location {
        let path = path.into();
        Location { address: path.display().to_string(), disk: Disk::new(), place: Place::Local(path) }
    }

    /// A folder of an object store that was opened elsewhere; `address` is what people are told.
    ///
    /// # Errors
    /// When `prefix` is not a path of an object store or the threads of the client cannot be started.
    pub fn in_store(
        store: Arc<dyn ObjectStore>,
        prefix: &str,
        address: impl Into<String>,
    ) -> Result<Location, LocationError> {
        let address = address.into();
        let remote = Remote::new(store, prefix).map_err(|what| LocationError {
            action: "use the address",
            object: address.clone(),
            trouble: Trouble::Address(what),
            source: None,
        })?;
        Ok(Location { address, disk: Disk::new(), place: Place::Remote(Arc::new(remote)) })
    }

    /// An object store in memory, for tests; clones are the same place.
    #[must_use]
    pub fn in_memory() -> Location {
        let store = Arc::new(object_store::memory::InMemory::new());
        Location::in_store(store, "bucket", "memory://bucket").expect("the prefix is a path")
    }

    /// The same place, written to through `disk`.
    #[must_use]
    pub fn with_disk(mut self, disk: Disk) -> Location {
        self.disk = disk;
        self
    }

    /// The disk that is written to.
    #[must_use]
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// The address as it was given.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The folder, if it is a local one.
    #[must_use]
    pub fn local_folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Local(folder) => Some(folder),
            Place::Remote(_) => None,
        }
    }

    /// The address of one object, for messages.
    #[must_use]
    pub fn address_of(&self, name: &str) -> String {
        if name.is_empty() { self.address.clone() } else { format!("{}/{name}", self.address) }
    }

    /// The size of an object in bytes, or `None` if there is none of this name.
    ///
    /// # Errors
    /// When the place cannot be asked.
    pub fn size(&self, name: &str) -> Result<Option<u64>, LocationError> {
        match &self.place {
            Place::Local(folder) => match fs::metadata(folder.join(name)) {
                Ok(about) if about.is_file() => Ok(Some(about.len())),
                Ok(_) => Ok(None),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(self.failed("look at", name, error)),
            },
            Place::Remote(remote) => remote.size(name).map_err(|error| self.refused("look at", name, error)),
        }
    }

    /// Whether there is an object of this name.
    ///
    /// # Errors
    /// As [`Location::size`].
    pub fn exists(&self, name: &str) -> Result<bool, LocationError> {
        Ok(self.size(name)?.is_some())
    }

    /// The whole content of an object of at most 1 GiB.
    ///
    /// # Errors
    /// [`Trouble::Missing`] if there is none; or when it cannot be read.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, LocationError> {
        match &self.place {
            Place::Local(folder) => {
                let path = folder.join(name);
                let read = || -> io::Result<Vec<u8>> {
                    let mut bytes = Vec::new();
                    File::open(&path)?.take(READ_BYTES_MAX + 1).read_to_end(&mut bytes)?;
                    if bytes.len() as u64 > READ_BYTES_MAX {
                        return Err(io::Error::other("it is larger than 1 GiB"));
                    }
                    Ok(bytes)
                };
                read().map_err(|error| self.failed("read", name, error))
            }
            Place::Remote(remote) => {
                remote.read(name, READ_BYTES_MAX).map_err(|error| self.refused("read", name, error))
            }
        }
    }

    /// The contents of several objects, in the order of their names; from an object store several at a time.
    ///
    /// # Errors
    /// As [`Location::read`], for the first that fails.
    pub fn read_all(&self, names: &[&str]) -> Result<Vec<Vec<u8>>, LocationError> {
        match &self.place {
            Place::Local(_) => names.iter().map(|name| self.read(name)).collect(),
            Place::Remote(remote) => {
                let contents = remote.read_all(names, READ_BYTES_MAX);
                let named = names.iter().zip(contents);
                named
                    .map(|(name, content)| content.map_err(|error| self.refused("read", name, error)))
                    .collect()
            }
        }
    }

    /// All objects under a folder (`""` for all), sorted by name; what lies in the work folder is left out.
    ///
    /// # Errors
    /// When the place cannot be listed; a folder that does not exist is empty.
    pub fn list(&self, under: &str) -> Result<Vec<Entry>, LocationError> {
        let mut entries = match &self.place {
            Place::Local(folder) => {
                let mut entries = Vec::new();
                list_local(folder, under, &mut entries).map_err(|error| self.failed("list", under, error))?;
                entries
            }
            Place::Remote(remote) => {
                remote.list(under).map_err(|error| self.refused("list", under, error))?
            }
        };
        let work = format!("{}/", names::WORK);
        entries.retain(|entry| !entry.name.starts_with(&work));
        entries.sort();
        Ok(entries)
    }

    /// Writes an object whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written; then nothing stands under its name that did not stand there before.
    pub fn put_atomic(&self, name: &str, bytes: &[u8]) -> Result<(), LocationError> {
        match &self.place {
            Place::Local(folder) => {
                let work = folder.join(names::WORK);
                let temp = work.join(format!("{}.{}.tmp", name.replace('/', "-"), std::process::id()));
                let write = || -> io::Result<()> {
                    self.disk.create_folder(&work)?;
                    let mut file = self.disk.create(&temp)?;
                    file.write_all(bytes)?;
                    file.sync()?;
                    self.rename_into(folder, &temp, name)
                };
                write().map_err(|error| {
                    fs::remove_file(&temp).ok();
                    self.failed("write", name, error)
                })
            }
            Place::Remote(remote) => {
                self.disk
                    .ask(crate::disk::Step::Put, Path::new(name))
                    .map_err(|error| self.failed("write", name, error))?;
                remote.put(name, bytes.to_vec()).map_err(|error| self.refused("write", name, error))
            }
        }
    }

    /// Gives a complete local file its place here, whole or not at all; the local file is used up.
    ///
    /// A local place takes it by name, so `file` must lie on the same disk, as a work folder inside does.
    ///
    /// # Errors
    /// When it cannot be moved or sent; then nothing stands under its name that did not stand there before.
    pub fn put_file(&self, name: &str, file: &Path) -> Result<(), LocationError> {
        match &self.place {
            Place::Local(folder) => {
                let commit = || -> io::Result<()> {
                    self.disk.ask(crate::disk::Step::Sync, file)?;
                    OpenOptions::new().write(true).open(file)?.sync_all()?;
                    self.rename_into(folder, file, name)
                };
                commit().map_err(|error| self.failed("write", name, error))
            }
            Place::Remote(remote) => {
                self.disk
                    .ask(crate::disk::Step::Put, Path::new(name))
                    .map_err(|error| self.failed("write", name, error))?;
                remote.put_file(name, file).map_err(|error| self.refused("write", name, error))?;
                self.disk
                    .remove(file)
                    .map_err(|error| self.failed("delete", &file.display().to_string(), error))
            }
        }
    }

    /// Deletes an object; one that is missing is fine.
    ///
    /// # Errors
    /// When it cannot be deleted.
    pub fn delete(&self, name: &str) -> Result<(), LocationError> {
        match &self.place {
            Place::Local(folder) => {
                self.disk.remove(&folder.join(name)).map_err(|error| self.failed("delete", name, error))
            }
            Place::Remote(remote) => remote.delete(name).map_err(|error| self.refused("delete", name, error)),
        }
    }

    /// Checks that something can be written here, by writing a small object into the work folder and deleting it.
    ///
    /// # Errors
    /// The reason why not: full, read-only, denied, unreachable.
    pub fn check_writable(&self) -> Result<(), LocationError> {
        let name = format!("{}/writable-{}", names::WORK, std::process::id());
        self.put_atomic(&name, b"a build looks whether it can write here\n")?;
        self.delete(&name)
    }

    fn rename_into(&self, folder: &Path, from: &Path, name: &str) -> io::Result<()> {
        let to = folder.join(name);
        if let Some(parent) = to.parent() {
            self.disk.create_folder(parent)?;
        }
        self.disk.rename(from, &to)
    }

    pub(crate) fn open_local(&self, name: &str) -> Option<Result<File, LocationError>> {
        let folder = self.local_folder()?;
        Some(File::open(folder.join(name)).map_err(|error| self.failed("read", name, error)))
    }

    fn failed(&self, action: &'static str, name: &str, error: io::Error) -> LocationError {
        LocationError::from_io(action, self.address_of(name), error)
    }

    fn refused(&self, action: &'static str, name: &str, error: object_store::Error) -> LocationError {
        use object_store::Error as Store;
        let trouble = match &error {
            // A bucket that does not exist has no error of its own, and the answer of the server says nothing more.
            Store::NotFound { source, .. } | Store::Generic { source, .. }
                if source.to_string().contains("NoSuchBucket") =>
            {
                let object = self.address_of(name);
                return LocationError { action, object, trouble: Trouble::NoBucket, source: None };
            }
            Store::NotFound { .. } => Trouble::Missing,
            Store::PermissionDenied { .. } | Store::Unauthenticated { .. } => Trouble::Denied,
            _ => Trouble::Unreachable,
        };
        LocationError { action, object: self.address_of(name), trouble, source: Some(Box::new(error)) }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

fn list_local(root: &Path, under: &str, entries: &mut Vec<Entry>) -> io::Result<()> {
    let folder = root.join(under);
    let listing = match fs::read_dir(&folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in listing {
        let entry = entry?;
        let Ok(file_name) = entry.file_name().into_string() else { continue };
        let name = if under.is_empty() { file_name } else { format!("{under}/{file_name}") };
        // Another process may finish and delete its own files while the folder is read.
        match fs::metadata(entry.path()) {
            Ok(about) if about.is_dir() => {
                if name != names::WORK {
                    list_local(root, &name, entries)?;
                }
            }
            Ok(about) => entries.push(Entry { name, bytes: about.len() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Something could not be done at a [`Location`].
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} `{object}`: {trouble}")]
pub struct LocationError {
    /// What could not be done, as a verb phrase.
    pub action: &'static str,
    /// The address of the object.
    pub object: String,
    /// What was in the way.
    pub trouble: Trouble,
    /// What the operating system or the object store said.
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl LocationError {
    /// An error of the operating system, told apart by what a person would do about it.
    #[must_use]
    pub fn from_io(action: &'static str, object: impl Into<String>, error: io::Error) -> LocationError {
        let trouble = match error.kind() {
            io::ErrorKind::NotFound => Trouble::Missing,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Trouble::Full,
            io::ErrorKind::ReadOnlyFilesystem => Trouble::ReadOnly,
            io::ErrorKind::PermissionDenied => Trouble::Denied,
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => {
                Trouble::NotAFolder
            }
            _ => Trouble::Disk,
        };
        LocationError { action, object: object.into(), trouble, source: Some(Box::new(error)) }
    }

    /// What to do about it, as a sentence fragment for people.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self.trouble {
            Trouble::Address(_) => "give a folder, or a URL like `s3://bucket/folder`",
            Trouble::Missing => "check the address",
            Trouble::NoBucket => "check the address, or create the bucket first",
            Trouble::Full => "free some space and run the same command again",
            Trouble::ReadOnly => "choose a place that can be written with `--into`",
            Trouble::Denied => "check the permissions and, for an object store, the keys",
            Trouble::NotAFolder => {
                "a file stands where a folder is needed; move it away or choose another place"
            }
            Trouble::Unreachable => "check the network and run the same command again",
            Trouble::Disk => "check the disk and run the same command again",
        }
    }
}

/// What was in the way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The address itself cannot be understood.
    #[error("{0}")]
    Address(String),
    /// There is no such object.
    #[error("it does not exist")]
    Missing,
    /// The object store has no such bucket.
    #[error("the bucket does not exist")]
    NoBucket,
    /// No space is left.
    #[error("the disk is full")]
    Full,
    /// The file system is mounted read-only.
    #[error("the disk is read-only")]
    ReadOnly,
    /// Permission was refused.
    #[error("permission denied")]
    Denied,
    /// A file stands where a folder should be, or a folder where a file should be.
    #[error("something else stands in its place")]
    NotAFolder,
    /// The object store did not answer well, after several attempts.
    #[error("the object store failed")]
    Unreachable,
    /// Any other failure of the disk.
    #[error("the disk failed")]
    Disk,
}
