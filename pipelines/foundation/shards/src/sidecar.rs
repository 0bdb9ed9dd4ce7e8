//! What is known of one finished shard, beside its files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::location::{Location, LocationError};
use crate::names::{self, Split};

/// The version of the format.
const FORMAT: u32 = 1;

/// One file of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its path in the dataset folder.
    pub path: String,
    /// The config it belongs to.
    pub config: String,
    /// The split it belongs to.
    pub split: Split,
    /// Its rows.
    pub rows: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// The size of its rows in memory in bytes.
    pub num_bytes: u64,
}

/// What is known of one finished shard. Its existence says that the shard is finished.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sidecar {
    format: u32,
    /// The dataset.
    pub dataset: String,
    /// The number of the shard, from 0.
    pub shard: u32,
    /// How many shards the dataset has.
    pub shards: u32,
    /// The seed of the campaign.
    pub seed: u64,
    /// The version of the code that made the rows.
    pub code_version: String,
    /// The columns, see [`crate::schema_version`].
    pub schema_version: String,
    /// The hash over everything that decides the rows, see [`crate::Begun::hash`].
    pub settings_hash: String,
    /// The tasks of the shard.
    pub tasks: u64,
    /// The tasks that gave a row.
    pub rows: u64,
    /// The tasks that gave none, by reason.
    pub drops: BTreeMap<String, u64>,
    /// What the dataset counted.
    pub counters: BTreeMap<String, u64>,
    /// What else the dataset has to say about the shard.
    pub summary: Value,
    /// Its files, in the order of parts and configs.
    pub files: Vec<FileEntry>,
}

impl Sidecar {
    /// A sidecar without tasks and files yet.
    #[must_use]
    pub fn new(begun: &crate::Begun, shard: u32) -> Sidecar {
        Sidecar {
            format: FORMAT,
            dataset: begun.dataset.clone(),
            shard,
            shards: begun.shards,
            seed: begun.seed,
            code_version: begun.code_version.clone(),
            schema_version: begun.schema_version.clone(),
            settings_hash: begun.hash(),
            tasks: 0,
            rows: 0,
            drops: BTreeMap::new(),
            counters: BTreeMap::new(),
            summary: Value::Null,
            files: Vec::new(),
        }
    }

    /// Its path in the dataset folder.
    #[must_use]
    pub fn path(&self) -> String {
        names::sidecar_file(self.shard, self.shards)
    }

    /// The content of its file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("only text, numbers and values of JSON");
        bytes.push(b'\n');
        bytes
    }

    /// Understands the content of a file; every byte must be as it was written.
    ///
    /// # Errors
    /// When it is no sidecar, or says the same in other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Sidecar, SidecarError> {
        let sidecar: Sidecar = serde_json::from_slice(bytes).map_err(SidecarError::Json)?;
        if sidecar.to_bytes() != bytes || sidecar.format != FORMAT {
            return Err(SidecarError::Altered);
        }
        Ok(sidecar)
    }

    /// Reads the sidecar of one shard; `None` if the shard is not finished.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub fn read(
        location: &Location,
        shard: u32,
        shards: u32,
    ) -> Result<Option<Result<Sidecar, SidecarError>>, LocationError> {
        let path = names::sidecar_file(shard, shards);
        match location.exists(&path)? {
            true => Ok(Some(Sidecar::from_bytes(&location.read(&path)?))),
            false => Ok(None),
        }
    }

    /// The drops of all reasons.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        // A sidecar of others may count as it likes.
        self.drops.values().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// A sidecar cannot be believed.
#[derive(Debug, thiserror::Error)]
pub enum SidecarError {
    /// It is not the JSON of a sidecar.
    #[error("the sidecar cannot be understood")]
    Json(#[source] serde_json::Error),
    /// It was changed after it was written.
    #[error("the sidecar is not as it was written")]
    Altered,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_is_read_back_and_a_flipped_bit_is_found_or_changes_what_it_says() {
        let begun = crate::Begun {
            dataset: "docs".to_owned(),
            shards: 4,
            seed: 7,
            limit: None,
            code_version: "0.1.0".to_owned(),
            schema_version: "abc".to_owned(),
            settings: Value::Null,
        };
        let mut sidecar = Sidecar::new(&begun, 3);
        sidecar.drops.insert("render_failed".to_owned(), 2);
        let bytes = sidecar.to_bytes();
        assert_eq!(Sidecar::from_bytes(&bytes).unwrap(), sidecar);
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                assert!(
                    Sidecar::from_bytes(&damaged).map_or(true, |other| other != sidecar),
                    "bit {bit} of byte {at}"
                );
            }
        }
    }
}
