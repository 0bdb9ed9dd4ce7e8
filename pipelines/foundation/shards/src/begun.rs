//! What a build was begun with: everything that decides its bytes.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::location::{Location, LocationError};
use crate::names;

/// Where a build that is under way keeps what it was begun with.
pub const BEGUN: &str = ".work/build.json";

/// Everything that decides the bytes of a dataset. Two builds with equal values give equal files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begun {
    /// The dataset.
    pub dataset: String,
    /// How many shards.
    pub shards: u32,
    /// The seed of the campaign.
    pub seed: u64,
    /// The most tasks, if there is a limit.
    pub limit: Option<u64>,
    /// The version of the code that makes the rows.
    pub code_version: String,
    /// The columns, see [`crate::schema_version`].
    pub schema_version: String,
    /// The settings of the dataset.
    pub settings: Value,
}

/// A field in which two builds differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field: `shards`, `seed`, `limit`, `code version`, `columns`, or the path of a setting.
    pub field: String,
    /// Its value in the build that was begun first.
    pub begun_with: String,
    /// Its value now.
    pub wanted: String,
}

impl Begun {
    /// A hash over all of it, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.to_bytes()))
    }

    /// The content of `.work/build.json`.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("only text, numbers and values of JSON");
        bytes.push(b'\n');
        bytes
    }

    /// The fields in which `wanted` differs, in a fixed order.
    #[must_use]
    pub fn differences(&self, wanted: &Begun) -> Vec<Difference> {
        let mut differences = Vec::new();
        let limit = |begun: &Begun| begun.limit.map_or("none".to_owned(), |limit| limit.to_string());
        for (field, ours, theirs) in [
            ("dataset", self.dataset.clone(), wanted.dataset.clone()),
            ("shards", self.shards.to_string(), wanted.shards.to_string()),
            ("seed", self.seed.to_string(), wanted.seed.to_string()),
            ("limit", limit(self), limit(wanted)),
            ("code version", self.code_version.clone(), wanted.code_version.clone()),
            ("columns", self.schema_version.clone(), wanted.schema_version.clone()),
        ] {
            if ours != theirs {
                differences.push(Difference { field: field.to_owned(), begun_with: ours, wanted: theirs });
            }
        }
        compare("", &self.settings, &wanted.settings, &mut differences);
        differences
    }

    /// Reads what a build that is under way was begun with; `None` if there is none or it cannot be understood.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub fn read(location: &Location) -> Result<Option<Begun>, LocationError> {
        match location.exists(BEGUN)? {
            true => Ok(serde_json::from_slice(&location.read(BEGUN)?).ok()),
            false => Ok(None),
        }
    }

    /// Writes it to the work folder of a build.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub fn write(&self, location: &Location) -> Result<(), LocationError> {
        debug_assert!(BEGUN.starts_with(names::WORK));
        location.put_atomic(BEGUN, &self.to_bytes())
    }
}

/// Adds the leaves in which two settings differ, by their path.
fn compare(path: &str, ours: &Value, theirs: &Value, differences: &mut Vec<Difference>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let none = Value::Null;
            for (key, value) in ours {
                compare(&below(key), value, theirs.get(key).unwrap_or(&none), differences);
            }
            for (key, value) in theirs.iter().filter(|(key, _)| !ours.contains_key(*key)) {
                compare(&below(key), &none, value, differences);
            }
        }
        _ if ours == theirs => {}
        _ => differences.push(Difference {
            field: if path.is_empty() { "settings".to_owned() } else { path.to_owned() },
            begun_with: in_words(ours),
            wanted: in_words(theirs),
        }),
    }
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn begun() -> Begun {
        Begun {
            dataset: "docs".to_owned(),
            shards: 128,
            seed: 7,
            limit: None,
            code_version: "0.1.0".to_owned(),
            schema_version: "abc".to_owned(),
            settings: json!({"figures": {"charts": 6000, "tables": 3000}, "scale": 2}),
        }
    }

    #[test]
    fn every_field_that_differs_is_named_and_changes_the_hash() {
        let mut wanted = begun();
        assert_eq!(begun().differences(&wanted), []);
        wanted.shards = 256;
        wanted.limit = Some(100);
        wanted.settings = json!({"figures": {"charts": 6001, "tables": 3000}, "width": 800});
        let fields: Vec<String> = begun()
            .differences(&wanted)
            .into_iter()
            .map(|d| format!("{}: {} -> {}", d.field, d.begun_with, d.wanted))
            .collect();
        assert_eq!(
            fields,
            [
                "shards: 128 -> 256",
                "limit: none -> 100",
                "figures.charts: 6000 -> 6001",
                "scale: 2 -> none",
                "width: none -> 800"
            ]
        );
        assert_ne!(begun().hash(), wanted.hash());
    }

    #[test]
    fn what_was_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::local(folder.path());
        assert_eq!(Begun::read(&location).unwrap(), None);
        begun().write(&location).unwrap();
        assert_eq!(Begun::read(&location).unwrap(), Some(begun()));
    }
}
