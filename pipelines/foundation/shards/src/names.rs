//! The names of things in a dataset folder.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The card that people and the Hub read.
pub const CARD: &str = "README.md";
/// The list of everything else, written last.
pub const MANIFEST: &str = "manifest.json";
/// The folder of the sidecars.
pub const SIDECARS: &str = "shards";
/// The folder that exists only while a dataset is being built.
pub const WORK: &str = ".work";
/// The most shards a dataset may have; file names give the number five digits.
pub const SHARDS_MAX: u32 = 99_999;

/// One of the splits that `datasets` knows by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// For learning.
    Train,
    /// For choosing.
    Validation,
    /// For measuring once.
    Test,
}

impl Split {
    /// The name as `datasets` spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Split::Train => "train",
            Split::Validation => "validation",
            Split::Test => "test",
        }
    }
}

impl fmt::Display for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Split {
    type Err = UnknownSplit;
    fn from_str(text: &str) -> Result<Split, UnknownSplit> {
        [Split::Train, Split::Validation, Split::Test]
            .into_iter()
            .find(|split| split.name() == text)
            .ok_or_else(|| UnknownSplit(text.to_owned()))
    }
}

/// A word that is not the name of a split.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown split `{0}`, expected `train`, `validation` or `test`")]
pub struct UnknownSplit(pub String);

/// The folder of a config's files: its name, or `data` for the only config of a dataset.
#[must_use]
pub fn rows_folder(config: &str) -> &str {
    if config == "default" { "data" } else { config }
}

/// The path of one file of rows, for example `charts/train-00017-of-00110.parquet`.
#[must_use]
pub fn rows_file(config: &str, split: Split, file: u32, files: u32) -> String {
    format!("{}/{split}-{file:05}-of-{files:05}.parquet", rows_folder(config))
}

/// The path of a shard's sidecar, for example `shards/00017-of-00256.json`.
#[must_use]
pub fn sidecar_file(shard: u32, shards: u32) -> String {
    format!("{SIDECARS}/{shard:05}-of-{shards:05}.json")
}

/// Whether a path names something inside of a dataset folder. Those of manifests and sidecars come from whoever made them.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains(['\\', '\0'])
}

/// The shard and the number of shards that a sidecar's path names.
#[must_use]
pub fn sidecar_of(path: &str) -> Option<(u32, u32)> {
    let name = path.strip_prefix(SIDECARS)?.strip_prefix('/')?.strip_suffix(".json")?;
    let (shard, shards) = name.split_once("-of-")?;
    let number = |text: &str| {
        (text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<u32>().ok())?
    };
    Some((number(shard)?, number(shards)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_datasets_expects() {
        assert_eq!(rows_file("charts", Split::Train, 17, 110), "charts/train-00017-of-00110.parquet");
        assert_eq!(rows_file("default", Split::Test, 0, 1), "data/test-00000-of-00001.parquet");
        assert_eq!(sidecar_file(17, 256), "shards/00017-of-00256.json");
    }

    #[test]
    fn paths_that_lead_out_of_the_folder_are_known() {
        assert!(is_inside("charts/train-00000-of-00001.parquet") && is_inside("README.md"));
        for path in
            ["", "/etc/passwd", "../x", "charts/../../x", "./x", "charts//x", "charts/", "c:\\x", "x\0"]
        {
            assert!(!is_inside(path), "{path}");
        }
    }

    #[test]
    fn sidecar_names_are_read_back_and_others_are_not() {
        assert_eq!(sidecar_of(&sidecar_file(0, 1)), Some((0, 1)));
        assert_eq!(sidecar_of(&sidecar_file(255, 256)), Some((255, 256)));
        for other in
            ["shards/17-of-00256.json", "shards/00017-of-+0256.json", "00017-of-00256.json", "shards/a.json"]
        {
            assert_eq!(sidecar_of(other), None, "{other}");
        }
    }
}
