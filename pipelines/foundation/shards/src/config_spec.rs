//! The tables of a dataset, as the writer and the card need them.

use arrow::datatypes::SchemaRef;
use pixmo_schemas::column::{Column, Kind, schema};
use pixmo_schemas::{Config, features};

/// A config of a dataset: a table of its own, or one whose rows accompany those of another config.
#[derive(Clone, Copy, Debug)]
pub struct ConfigSpec {
    table: &'static Config,
    of: &'static str,
    /// Whether it has exactly one row for each row of `of`.
    in_step: bool,
}

impl ConfigSpec {
    /// A config with tasks of its own.
    #[must_use]
    pub fn main(table: &'static Config) -> ConfigSpec {
        ConfigSpec { table, of: table.name, in_step: true }
    }

    /// A config that gets one row for each row of the config `of`, in the same order.
    #[must_use]
    pub fn side(table: &'static Config, of: &'static str) -> ConfigSpec {
        ConfigSpec { table, of, in_step: true }
    }

    /// A config that gets any number of rows for each row of the config `of`, none as well, in the same order.
    #[must_use]
    pub fn several(table: &'static Config, of: &'static str) -> ConfigSpec {
        ConfigSpec { table, of, in_step: false }
    }

    /// Whether row `n` of it speaks of the same thing as row `n` of the config that it accompanies.
    #[must_use]
    pub fn is_in_step(&self) -> bool {
        self.in_step
    }

    /// The name that `load_dataset` takes.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.table.name
    }

    /// The main config whose tasks give the rows; its own name if it is one.
    #[must_use]
    pub fn of(&self) -> &'static str {
        self.of
    }

    /// One sentence for the card.
    #[must_use]
    pub fn description(&self) -> &'static str {
        self.table.description
    }

    /// The columns, in order.
    #[must_use]
    pub fn columns(&self) -> &'static [Column] {
        self.table.columns
    }

    /// Whether rows hold pictures or recordings, so that row groups are small.
    #[must_use]
    pub fn has_media(&self) -> bool {
        self.media_columns().next().is_some()
    }

    pub(crate) fn media_columns(&self) -> impl Iterator<Item = &'static str> {
        let is_media = |column: &&Column| matches!(column.kind, Kind::Image | Kind::Audio { .. });
        self.table.columns.iter().filter(is_media).map(|column| column.name)
    }

    pub(crate) fn schema(&self) -> SchemaRef {
        schema(self.table.columns)
    }
}

/// A name for the columns of these configs that changes whenever a name, a type or the order changes.
#[must_use]
pub fn schema_version(configs: &[ConfigSpec]) -> String {
    let mut hasher = blake3::Hasher::new();
    for config in configs {
        for text in [config.name(), config.of(), &features::features_json(config.columns())] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
    }
    hex::encode(&hasher.finalize().as_bytes()[..8])
}
