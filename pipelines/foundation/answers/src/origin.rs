//! From what the rows of a shard were made: whether they would be made the same now.

use std::collections::BTreeMap;

use pixmo_shards::Sidecar;
use serde::Serialize;
use serde_json::{Value, json};

/// The key of a sidecar's summary under which stands what its rows were made from.
const MADE_FROM: &str = "made_from";

/// Notes the rows of a shard, in their order.
#[derive(Debug, Default)]
pub struct Origin(blake3::Hasher);

impl Origin {
    /// Notes the next row.
    pub fn add(&mut self, row: &impl Serialize) {
        // A record has no form that cannot be written as JSON.
        let text = serde_json::to_vec(row).unwrap_or_default();
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(&text);
    }

    /// What a sidecar keeps of it.
    #[must_use]
    pub fn summary(&self) -> Value {
        json!({ MADE_FROM: self.hex() })
    }

    /// Whether the rows of a finished shard are these, and as many tasks gave none for the same reasons.
    #[must_use]
    pub fn is_that_of(&self, sidecar: &Sidecar, drops: &BTreeMap<String, u64>) -> bool {
        let made_from = sidecar.summary.get(MADE_FROM).and_then(Value::as_str);
        made_from == Some(&self.hex()) && *drops == sidecar.drops
    }

    fn hex(&self) -> String {
        self.0.finalize().to_hex()[..32].to_owned()
    }
}
