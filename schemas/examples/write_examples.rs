//! Writes a tiny example of every table into a folder, each dataset laid out as it is published, and `expected.json`
//! with the features, values and row ids that a reader has to find.
//!
//! `cargo run -p pixmo-schemas --example write_examples -- FOLDER`

use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use parquet::arrow::ArrowWriter;
use serde_json::{Map, Value, json};

use pixmo_schemas::card::features_yaml;
use pixmo_schemas::features::features_json;
use pixmo_schemas::{Dataset, Record, row_id, to_batch};

#[path = "../tests/it/samples.rs"]
mod samples;

fn main() -> Result<(), Box<dyn Error>> {
    let into = std::env::args_os().nth(1).map(PathBuf::from).ok_or("usage: write_examples FOLDER")?;
    let mut expected = Map::new();

    for dataset in Dataset::ALL {
        let mut folder = Folder::new(&into, dataset.public_name());
        for config in dataset.configs() {
            for split in config.splits {
                match (dataset, config.name) {
                    (Dataset::Cap, "by_image") => {
                        folder.table(config.name, split, &samples::cap_by_image())?;
                    }
                    (Dataset::Cap, "receipts") => {
                        folder.table(config.name, split, &samples::cap_receipts())?;
                    }
                    (Dataset::Cap, "audio") => folder.table(config.name, split, &samples::cap_audio())?,
                    (Dataset::Cap, _) => folder.table(config.name, split, &samples::cap())?,
                    (Dataset::CapQa, _) => folder.table(config.name, split, &samples::cap_qa())?,
                    (Dataset::AskModelAnything, _) => {
                        folder.table(config.name, split, &samples::ask_model_anything())?;
                    }
                    (Dataset::Points, _) => folder.table(config.name, split, &samples::points())?,
                    (Dataset::PointExplanations, _) => {
                        folder.table(config.name, split, &samples::point_explanations())?;
                    }
                    (Dataset::Docs, name) if name.ends_with("_full") => {
                        folder.table(name, split, &samples::docs_full())?;
                    }
                    (Dataset::Docs, name) if name.ends_with("_points") => {
                        folder.table(name, split, &samples::docs_points())?;
                    }
                    (Dataset::Docs, name) => folder.table(name, split, &samples::docs())?,
                    (Dataset::Clocks, "images") => {
                        folder.table("images", split, &samples::clocks_images())?;
                    }
                    (Dataset::Clocks, _) => folder.table(config.name, split, &samples::clocks())?,
                    (Dataset::Count, _) => folder.table(config.name, split, &samples::count(split))?,
                    (Dataset::PointsEval, _) => folder.table(config.name, split, &samples::points_eval())?,
                    (Dataset::Images, _) => folder.table(config.name, split, &samples::images())?,
                    (Dataset::ImageClusters, _) => {
                        folder.table(config.name, split, &samples::image_clusters())?;
                    }
                }
            }
        }
        folder.finish(&mut expected)?;
    }

    let mut kinds = Folder::new(&into, "every-kind");
    kinds.table("default", "train", &samples::kinds())?;
    kinds.finish(&mut expected)?;

    fs::write(into.join("expected.json"), serde_json::to_string_pretty(&expected)? + "\n")?;
    Ok(())
}

/// What the card says about a split. Without the bytes `datasets` would ignore the whole block.
struct Split {
    name: String,
    rows: usize,
    bytes: usize,
}

/// One dataset folder on its way to disk.
struct Folder {
    name: String,
    at: PathBuf,
    /// Config, its features on the card, and its splits.
    configs: Vec<(String, String, Vec<Split>)>,
    expected: Map<String, Value>,
}

impl Folder {
    fn new(into: &Path, name: &str) -> Folder {
        Folder { name: name.to_owned(), at: into.join(name), configs: Vec::new(), expected: Map::new() }
    }

    fn table<R: Record>(&mut self, config: &str, split: &str, rows: &[R]) -> Result<(), Box<dyn Error>> {
        let folder = self.at.join(data_folder(config));
        fs::create_dir_all(&folder)?;
        let batch = to_batch(rows)?;
        let file = File::create(folder.join(format!("{split}-00000-of-00001.parquet")))?;
        let mut writer = ArrowWriter::try_new(file, batch.schema(), None)?;
        writer.write(&batch)?;
        writer.close()?;

        if self.configs.last().is_none_or(|(last, ..)| last != config) {
            self.configs.push((config.to_owned(), features_yaml(R::columns(), 2), Vec::new()));
            self.expected.insert(
                config.to_owned(),
                json!({
                    "features": serde_json::from_str::<Value>(&features_json(R::columns()))?["info"]["features"],
                    "splits": {},
                }),
            );
        }
        let (.., splits) = self.configs.last_mut().ok_or("no config")?;
        splits.push(Split { name: split.to_owned(), rows: rows.len(), bytes: batch.get_array_memory_size() });
        let ids = rows
            .iter()
            .map(|row| Ok(row_id(row)?.to_string()))
            .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
        self.expected[config]["splits"][split] = json!({ "rows": rows, "row_ids": ids });
        Ok(())
    }

    /// Writes the card and adds what a reader has to find.
    fn finish(self, expected: &mut Map<String, Value>) -> Result<(), Box<dyn Error>> {
        let mut card = String::from("---\nlicense: odc-by\nconfigs:\n");
        for (config, _, splits) in &self.configs {
            card.push_str(&format!("- config_name: {config}\n  data_files:\n"));
            for Split { name, .. } in splits {
                let path = format!("{}/{name}-*", data_folder(config));
                card.push_str(&format!("  - split: {name}\n    path: {path}\n"));
            }
        }
        card.push_str("dataset_info:\n");
        for (config, features, splits) in &self.configs {
            card.push_str(&format!("- config_name: {config}\n{features}  splits:\n"));
            for Split { name, rows, bytes } in splits {
                let counts = format!("    num_bytes: {bytes}\n    num_examples: {rows}\n");
                card.push_str(&format!("  - name: {name}\n{counts}"));
            }
        }
        card.push_str(&format!("---\n\n# {}\n\nA tiny example.\n", self.name));
        fs::write(self.at.join("README.md"), card)?;
        expected.insert(self.name, Value::Object(self.expected));
        Ok(())
    }
}

fn data_folder(config: &str) -> &str {
    if config == "default" { "data" } else { config }
}
