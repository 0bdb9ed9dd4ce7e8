//! Where it is written down what became of the rows of a list: one folder beside the dataset, one journal for each shard.
//!
//! The folder outlives the build: a later run reads in it what is there, and what can be tried again.

use std::ops::Range;
use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use pixmo_shards::{Disk, Location, LocationError};

use crate::failures;
use crate::journal::{Head, Journal, Outcomes};
use crate::settings::SmallerCopy;

/// Ends of the names of journals.
const ENDING: &str = ".journal";
/// The file to which looks at addresses are added.
pub const HISTORY: &str = "liveness.jsonl";

/// The folder of the journals of one dataset.
#[derive(Clone, Debug)]
pub struct Gathered {
    folder: PathBuf,
    disk: Disk,
}

impl Gathered {
    /// The folder that belongs to a dataset: `images.gathered` beside a local `images`; for one in an object store a
    /// folder of its own in the local data.
    #[must_use]
    pub fn of(into: &Location, data: &str) -> Gathered {
        let beside = into.local_folder().and_then(|folder| {
            let name = folder.file_name()?.to_str()?;
            Some(folder.with_file_name(format!("{name}.gathered")))
        });
        let folder = beside.unwrap_or_else(|| {
            let local = if data.contains("://") { "data" } else { data };
            let hash = blake3::hash(into.address().trim_end_matches('/').as_bytes()).to_hex();
            Path::new(local).join("gathered").join(format!("images-{}", &hash[..12]))
        });
        Gathered { folder, disk: into.disk().clone() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The disk it is written through.
    #[must_use]
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// The journal of some rows.
    #[must_use]
    pub fn path(&self, rows: &Range<u64>) -> PathBuf {
        self.folder.join(format!("{:09}-{:09}{ENDING}", rows.start, rows.end))
    }

    /// Where smaller copies of the originals of some rows are put aside.
    #[must_use]
    pub fn copies(&self, rows: &Range<u64>, copy: &SmallerCopy) -> PathBuf {
        let SmallerCopy { side_max, quality } = copy;
        self.folder.join(format!("{:09}-{:09}.{side_max}px-q{quality}.copies", rows.start, rows.end))
    }

    /// A folder for what is kept only while some shards are gathered. Those who gather others have one of their own.
    #[must_use]
    pub fn scratch(&self, first_shard: u32) -> PathBuf {
        self.folder.join(format!("scratch-{first_shard:05}"))
    }

    /// What became of some rows of a list.
    ///
    /// # Errors
    /// As [`Outcomes::read`].
    pub fn outcomes(&self, list_sha256: &str, rows: &Range<u64>) -> Result<Outcomes, Failure> {
        Outcomes::read(&self.path(rows), &Head::new(list_sha256, rows))
    }

    /// The journal of some rows of a list, to be continued.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub fn journal(&self, list_sha256: &str, rows: &Range<u64>) -> Result<Journal, Failure> {
        Journal::open(&self.disk, &self.path(rows), &Head::new(list_sha256, rows))
    }

    /// The journals that are there, in the order of their rows.
    ///
    /// # Errors
    /// A world failure if the folder cannot be read; one that is missing is empty.
    pub fn journals(&self) -> Result<Vec<PathBuf>, Failure> {
        let failed = |error| {
            failures::of_place(LocationError::from_io("list", self.folder.display().to_string(), error))
        };
        let listing = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            listing => listing.map_err(failed)?,
        };
        let mut paths = Vec::new();
        for entry in listing {
            let path = entry.map_err(failed)?.path();
            if path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.ends_with(ENDING)) {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// Everything that was gathered, journal by journal; one that is damaged in its first line is passed over.
    ///
    /// # Errors
    /// A world failure if something cannot be read.
    pub fn all(&self) -> Result<impl Iterator<Item = Result<Outcomes, Failure>> + use<>, Failure> {
        Ok(self.journals()?.into_iter().filter_map(|path| Outcomes::any(&path).transpose()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_stands_beside_the_dataset() {
        let of = |into: Location| Gathered::of(&into, "d").folder().display().to_string();
        assert_eq!(of(Location::local("d/shards/images")), "d/shards/images.gathered");
        assert_eq!(of(Location::local("d/shards/images/")), "d/shards/images.gathered");
        assert!(of(Location::in_memory()).starts_with("d/gathered/images-"));
        assert!(of(Location::local("..")).starts_with("d/gathered/images-"));
    }
}
