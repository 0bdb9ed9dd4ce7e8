//! The list of everything in a dataset folder, written last.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::begun::Begun;
use crate::names::{self, Split};
use crate::sidecar::{FileEntry, Sidecar};

/// The version of the format.
const FORMAT: u32 = 1;

/// The list of everything in a dataset folder. Its existence says that the dataset is finished; all of it follows
/// from the sidecars, the card and what the build was begun with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: u32,
    /// What the build was begun with.
    pub build: Begun,
    /// The hash over it, which every sidecar repeats.
    pub settings_hash: String,
    /// The tasks of all shards.
    pub tasks: u64,
    /// The tasks that gave a row.
    pub rows: u64,
    /// The tasks that gave none, by reason.
    pub drops: BTreeMap<String, u64>,
    /// What the dataset counted, summed over the shards.
    pub counters: BTreeMap<String, u64>,
    /// The size of all files of rows in bytes.
    pub bytes: u64,
    /// The totals of each config and split, in the order in which the shards name them.
    pub configs: Vec<ConfigTotals>,
    /// The SHA-256 of the card, in hexadecimal.
    pub card_sha256: String,
    /// The shards, in order.
    pub shards: Vec<ShardEntry>,
}

/// The totals of one config and split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigTotals {
    /// The config.
    pub config: String,
    /// The split.
    pub split: Split,
    /// Its files.
    pub files: u64,
    /// Its rows.
    pub rows: u64,
    /// The size of its files in bytes.
    pub bytes: u64,
    /// The size of its rows in memory in bytes.
    pub num_bytes: u64,
}

/// One shard: its sidecar and its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShardEntry {
    /// The path of its sidecar.
    pub sidecar: String,
    /// The SHA-256 of its sidecar, in hexadecimal.
    pub sha256: String,
    /// Its tasks.
    pub tasks: u64,
    /// Its rows.
    pub rows: u64,
    /// The tasks that gave none, by reason.
    pub drops: BTreeMap<String, u64>,
    /// Its files.
    pub files: Vec<FileEntry>,
}

/// Sidecars that do not make up one dataset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// A shard is missing, or stands in another's place.
    #[error("shard {expected} is missing among the sidecars")]
    Missing {
        /// The shard that was expected.
        expected: u32,
    },
    /// There are more or fewer sidecars than shards.
    #[error("there are {found} sidecars, expected {expected}")]
    Count {
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: u32,
    },
    /// A shard was made by another build.
    #[error("shard {shard} was made with other settings")]
    Foreign {
        /// The shard.
        shard: u32,
    },
}

impl Manifest {
    /// Derives the manifest. Whoever verifies a folder does the same and compares the bytes.
    ///
    /// # Errors
    /// When the sidecars are not those of all shards of this build, in order.
    pub fn derive(build: &Begun, sidecars: &[Sidecar], card: &[u8]) -> Result<Manifest, ManifestError> {
        if sidecars.len() != build.shards as usize {
            return Err(ManifestError::Count { found: sidecars.len(), expected: build.shards });
        }
        let settings_hash = build.hash();
        let mut manifest = Manifest {
            format: FORMAT,
            build: build.clone(),
            settings_hash: settings_hash.clone(),
            tasks: 0,
            rows: 0,
            drops: BTreeMap::new(),
            counters: BTreeMap::new(),
            bytes: 0,
            configs: config_totals(sidecars),
            card_sha256: sha256(card),
            shards: Vec::new(),
        };
        for (expected, sidecar) in (0..).zip(sidecars) {
            if sidecar.shard != expected {
                return Err(ManifestError::Missing { expected });
            }
            if sidecar.settings_hash != settings_hash {
                return Err(ManifestError::Foreign { shard: expected });
            }
            // Sidecars of others may count as they like; sums that do not fit are found wrong, and nothing falls.
            manifest.tasks = manifest.tasks.saturating_add(sidecar.tasks);
            manifest.rows = manifest.rows.saturating_add(sidecar.rows);
            for file in &sidecar.files {
                manifest.bytes = manifest.bytes.saturating_add(file.bytes);
            }
            add(&mut manifest.drops, &sidecar.drops);
            add(&mut manifest.counters, &sidecar.counters);
            manifest.shards.push(ShardEntry {
                sidecar: sidecar.path(),
                sha256: sha256(&sidecar.to_bytes()),
                tasks: sidecar.tasks,
                rows: sidecar.rows,
                drops: sidecar.drops.clone(),
                files: sidecar.files.clone(),
            });
        }
        Ok(manifest)
    }

    /// The content of `manifest.json`.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("only text, numbers and values of JSON");
        bytes.push(b'\n');
        bytes
    }

    /// Understands the content of `manifest.json`.
    ///
    /// # Errors
    /// When it is not the JSON of a manifest.
    pub fn from_bytes(bytes: &[u8]) -> Result<Manifest, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// All files of rows, shard by shard.
    pub fn files(&self) -> impl Iterator<Item = &FileEntry> {
        self.shards.iter().flat_map(|shard| &shard.files)
    }

    /// The files of one config and split, in the order of their rows.
    #[must_use]
    pub fn files_of(&self, config: &str, split: Split) -> Vec<&FileEntry> {
        let mut files: Vec<_> =
            self.files().filter(|file| file.config == config && file.split == split).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    /// The path of the manifest in its folder.
    #[must_use]
    pub fn path() -> &'static str {
        names::MANIFEST
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The totals of each config and split, in the order in which the shards first name them.
#[must_use]
pub fn config_totals(sidecars: &[Sidecar]) -> Vec<ConfigTotals> {
    let mut totals: Vec<ConfigTotals> = Vec::new();
    for file in sidecars.iter().flat_map(|sidecar| &sidecar.files) {
        let known = totals.iter().position(|total| total.config == file.config && total.split == file.split);
        let at = known.unwrap_or_else(|| {
            let config = file.config.clone();
            totals.push(ConfigTotals {
                config,
                split: file.split,
                files: 0,
                rows: 0,
                bytes: 0,
                num_bytes: 0,
            });
            totals.len() - 1
        });
        let total = &mut totals[at];
        total.files += 1;
        total.rows = total.rows.saturating_add(file.rows);
        total.bytes = total.bytes.saturating_add(file.bytes);
        total.num_bytes = total.num_bytes.saturating_add(file.num_bytes);
    }
    totals
}

/// Adds counts by name.
pub(crate) fn add(sums: &mut BTreeMap<String, u64>, counts: &BTreeMap<String, u64>) {
    for (name, count) in counts {
        let sum = sums.entry(name.clone()).or_insert(0);
        *sum = sum.saturating_add(*count);
    }
}
