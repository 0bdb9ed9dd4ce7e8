//! Finished recordings, under their hashes, exactly as they came: `ab/abcdef….webm`, where `pixmo build cap` looks for them.

use pixmo_schemas::Sha256;
use pixmo_shards::{Location, LocationError};

/// The store of recordings.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    location: Location,
}

impl Store {
    /// The store at a place.
    #[must_use]
    pub(crate) fn new(location: Location) -> Store {
        Store { location }
    }

    /// Where it is.
    #[must_use]
    pub(crate) fn location(&self) -> &Location {
        &self.location
    }

    /// The name of a recording.
    #[must_use]
    pub(crate) fn name(sha256: &Sha256, extension: &str) -> String {
        let digits = sha256.to_string();
        format!("{}/{digits}.{extension}", &digits[..2])
    }

    /// Puts a recording, whole or not at all; it is on the disk when this returns. Waits for the disk or the network.
    ///
    /// # Errors
    /// When the store refuses.
    pub(crate) fn put(&self, sha256: &Sha256, extension: &str, bytes: &[u8]) -> Result<(), LocationError> {
        let name = Store::name(sha256, extension);
        if self.location.size(&name)? == Some(bytes.len() as u64) && self.location.read(&name)? == bytes {
            return Ok(());
        }
        self.location.put_atomic(&name, bytes)
    }

    /// The bytes of a recording. Waits for the disk or the network.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub(crate) fn read(&self, sha256: &Sha256, extension: &str) -> Result<Vec<u8>, LocationError> {
        self.location.read(&Store::name(sha256, extension))
    }

    /// Deletes a recording; one that is not there is fine.
    ///
    /// # Errors
    /// When it cannot be deleted.
    pub(crate) fn delete(&self, sha256: &Sha256, extension: &str) -> Result<(), LocationError> {
        self.location.delete(&Store::name(sha256, extension))
    }
}
