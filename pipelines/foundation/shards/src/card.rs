//! The card of a dataset: `README.md` with the front matter that `datasets` and the Hub read, and generated numbers.
//!
//! The text comes from the dataset as a template in Markdown. These placeholders are replaced, any other is an error:
//!
//! | placeholder | becomes |
//! | --- | --- |
//! | `{{dataset}}`, `{{public_name}}` | the names of the dataset |
//! | `{{rows}}`, `{{tasks}}`, `{{dropped}}`, `{{dropped_percent}}` | totals; a row here is a kept task |
//! | `{{shards}}`, `{{files}}`, `{{size}}` | totals of the files |
//! | `{{seed}}`, `{{code_version}}`, `{{settings}}` | what the build was begun with; settings as JSON |
//! | `{{configs_table}}` | a table of configs and splits with rows and sizes |
//! | `{{columns_tables}}` | for each config its sentence and its columns; configs with the same columns share a table |
//! | `{{drops_table}}`, `{{counters_table}}` | counts by name |
//! | `{{count:NAME}}` | one counter, 0 if nothing was counted |
//! | `{{mean:NAME}}` | one counter divided by the rows, with one decimal |

use std::collections::BTreeMap;
use std::fmt::Write;

use pixmo_schemas::Dataset;
use pixmo_schemas::card::{columns_table, features_yaml};

use crate::begun::Begun;
use crate::config_spec::ConfigSpec;
use crate::manifest::{ConfigTotals, add, config_totals};
use crate::names;
use crate::sidecar::Sidecar;

/// What a card is made from.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// The text, see the head of this module.
    pub template: &'a str,
    /// The dataset.
    pub dataset: Dataset,
    /// What the build was begun with.
    pub build: &'a Begun,
    /// The configs, in the order of the card; the first is the default.
    pub configs: &'a [ConfigSpec],
    /// The sidecars of all shards, in order.
    pub sidecars: &'a [Sidecar],
}

/// A template that cannot be filled in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// A placeholder that does not exist.
    #[error("line {line} of the card's template has the unknown placeholder `{{{{{name}}}}}`")]
    Unknown {
        /// Its name.
        name: String,
        /// Its line, from 1.
        line: usize,
    },
    /// A placeholder without end.
    #[error("line {line} of the card's template has a placeholder without `}}}}`")]
    Open {
        /// Its line, from 1.
        line: usize,
    },
}

impl Card<'_> {
    /// The content of `README.md`; the same bytes for the same input.
    ///
    /// # Errors
    /// When the template has a placeholder that does not exist.
    pub fn render(&self) -> Result<String, CardError> {
        let facts = Facts::new(self);
        let mut text = self.front_matter(&facts.totals);
        text.push('\n');
        for (number, line) in (1..).zip(self.template.lines()) {
            let mut rest = line;
            while let Some((before, after)) = rest.split_once("{{") {
                let (name, after) = after.split_once("}}").ok_or(CardError::Open { line: number })?;
                text.push_str(before);
                let unknown = || CardError::Unknown { name: name.to_owned(), line: number };
                text.push_str(&self.value(&facts, name.trim()).ok_or_else(unknown)?);
                rest = after;
            }
            text.push_str(rest);
            text.push('\n');
        }
        Ok(text)
    }

    fn value(&self, facts: &Facts, name: &str) -> Option<String> {
        Some(match name {
            "dataset" => self.dataset.slug().to_owned(),
            "public_name" => self.dataset.public_name().to_owned(),
            "rows" => grouped(facts.rows),
            "tasks" => grouped(facts.tasks),
            "dropped" => grouped(facts.dropped),
            "dropped_percent" => ratio(facts.dropped * 100, facts.tasks),
            "shards" => grouped(u64::from(self.build.shards)),
            "files" => grouped(facts.totals.iter().map(|total| total.files).sum()),
            "size" => size(facts.totals.iter().map(|total| total.bytes).sum()),
            "seed" => self.build.seed.to_string(),
            "code_version" => self.build.code_version.clone(),
            "settings" => serde_json::to_string_pretty(&self.build.settings).expect("a value of JSON"),
            "configs_table" => configs_table(self.configs, &facts.totals),
            "columns_tables" => columns_tables(self.configs),
            "drops_table" => counts_table("reason", "tasks", &facts.drops),
            "counters_table" => counts_table("counted", "number", &facts.counters),
            _ => {
                let (kind, counter) = name.split_once(':')?;
                let count = facts.counters.get(counter).copied().unwrap_or(0);
                match kind {
                    "count" => grouped(count),
                    "mean" => ratio(count, facts.rows),
                    _ => return None,
                }
            }
        })
    }

    fn front_matter(&self, totals: &[ConfigTotals]) -> String {
        let mut yaml = String::from("---\n");
        let licence = self.dataset.licence_on_card();
        let _ = writeln!(yaml, "pretty_name: {}\nlicense: {licence}", self.dataset.public_name());
        yaml.push_str("task_categories:\n- visual-question-answering\nlanguage:\n- en\n");
        yaml.push_str("dataset_info:\n");
        let present: Vec<&ConfigSpec> = self
            .configs
            .iter()
            .filter(|config| totals.iter().any(|total| total.config == config.name()))
            .collect();
        for config in &present {
            let _ = writeln!(yaml, "- config_name: {}", config.name());
            yaml.push_str(&features_yaml(config.columns(), 2));
            yaml.push_str("  splits:\n");
            let of_config = || totals.iter().filter(|total| total.config == config.name());
            for total in of_config() {
                let _ = writeln!(
                    yaml,
                    "  - name: {}\n    num_bytes: {}\n    num_examples: {}",
                    total.split, total.num_bytes, total.rows
                );
            }
            let download: u64 = of_config().map(|total| total.bytes).sum();
            let memory: u64 = of_config().map(|total| total.num_bytes).sum();
            let _ = writeln!(yaml, "  download_size: {download}\n  dataset_size: {memory}");
        }
        yaml.push_str("configs:\n");
        for (i, config) in present.iter().enumerate() {
            let _ = writeln!(yaml, "- config_name: {}", config.name());
            if i == 0 {
                yaml.push_str("  default: true\n");
            }
            yaml.push_str("  data_files:\n");
            for total in totals.iter().filter(|total| total.config == config.name()) {
                let folder = names::rows_folder(config.name());
                let _ = writeln!(yaml, "  - split: {0}\n    path: {folder}/{0}-*", total.split);
            }
        }
        yaml.push_str("---\n");
        yaml
    }
}

struct Facts {
    totals: Vec<ConfigTotals>,
    tasks: u64,
    rows: u64,
    dropped: u64,
    drops: BTreeMap<String, u64>,
    counters: BTreeMap<String, u64>,
}

impl Facts {
    fn new(card: &Card<'_>) -> Facts {
        let (mut drops, mut counters) = (BTreeMap::new(), BTreeMap::new());
        for sidecar in card.sidecars {
            add(&mut drops, &sidecar.drops);
            add(&mut counters, &sidecar.counters);
        }
        Facts {
            totals: config_totals(card.sidecars),
            tasks: card.sidecars.iter().map(|sidecar| sidecar.tasks).sum(),
            rows: card.sidecars.iter().map(|sidecar| sidecar.rows).sum(),
            dropped: drops.values().sum(),
            drops,
            counters,
        }
    }
}

fn configs_table(configs: &[ConfigSpec], totals: &[ConfigTotals]) -> String {
    let mut table =
        String::from("| config | split | rows | files | size |\n| --- | --- | ---: | ---: | ---: |");
    for config in configs {
        for total in totals.iter().filter(|total| total.config == config.name()) {
            let (rows, files, size) = (grouped(total.rows), grouped(total.files), size(total.bytes));
            let _ = write!(table, "\n| `{}` | {} | {rows} | {files} | {size} |", total.config, total.split);
        }
    }
    table
}

fn columns_tables(configs: &[ConfigSpec]) -> String {
    let mut text = String::new();
    for (i, config) in configs.iter().enumerate() {
        if configs[..i].iter().any(|before| before.columns() == config.columns()) {
            continue;
        }
        let alike = configs.iter().filter(|other| other.columns() == config.columns());
        for other in alike {
            let _ = writeln!(text, "- `{}`: {}", other.name(), other.description());
        }
        let _ = writeln!(text, "\n{}", columns_table(config.columns()));
    }
    text.trim_end().to_owned()
}

fn counts_table(name: &str, number: &str, counts: &BTreeMap<String, u64>) -> String {
    if counts.is_empty() {
        return "None.".to_owned();
    }
    let mut table = format!("| {name} | {number} |\n| --- | ---: |");
    for (name, count) in counts {
        let _ = write!(table, "\n| `{name}` | {} |", grouped(*count));
    }
    table
}

/// A number with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `a / b` with one decimal, rounded half up, in whole numbers so that it is the same everywhere.
fn ratio(a: u64, b: u64) -> String {
    let tenths = (a * 10 + b / 2).checked_div(b).unwrap_or(0);
    format!("{}.{}", grouped(tenths / 10), tenths % 10)
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KiB", ratio(bytes, 1 << 10)),
        1_048_576..1_073_741_824 => format!("{} MiB", ratio(bytes, 1 << 20)),
        _ => format!("{} GiB", ratio(bytes, 1 << 30)),
    }
}
