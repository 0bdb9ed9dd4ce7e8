//! The folder of outputs of the reference implementation: `PIXMO_GOLDENS`, or `../shared/goldens` beside the repository.

use std::fs;
use std::path::PathBuf;

use pixmo_burnkit::Precision;
use pixmo_burnkit::prelude::*;
use pixmo_molmo::checkpoint::{Plan, Source};
use pixmo_molmo::{Config, Molmo};
use pixmo_preprocess::batch::Batch;
use safetensors::{Dtype, SafeTensors};
use serde_json::Value;

/// A folder or a file of the goldens of the model.
#[expect(clippy::disallowed_methods, reason = "a test asks where what it is held against lies")]
pub(crate) fn path(name: &str) -> PathBuf {
    let root = std::env::var_os("PIXMO_GOLDENS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/goldens")),
        PathBuf::from,
    );
    root.join("molmo").join(name)
}

/// The cases of a folder: the names before `.json`, but for those that are no case. Says why a test is skipped if there are
/// none.
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
pub(crate) fn cases(folder: &str, but: &[&str]) -> Vec<String> {
    let folder = path(folder);
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped, because there are no goldens in {}; set PIXMO_GOLDENS", folder.display());
        return Vec::new();
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .filter(|name| !but.contains(&name.as_str()))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "{} has no cases", folder.display());
    names
}

pub(crate) fn json(name: &str) -> Value {
    let path = path(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The tensors of one file.
pub(crate) struct Tensors(Vec<u8>);

impl Tensors {
    pub(crate) fn read(name: &str) -> Tensors {
        let path = path(name);
        Tensors(fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }

    fn parsed(&self) -> SafeTensors<'_> {
        SafeTensors::deserialize(&self.0).expect("a safetensors file")
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.parsed().names().into_iter().map(str::to_owned).collect()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.parsed().tensor(name).is_ok()
    }

    pub(crate) fn shape(&self, name: &str) -> Vec<usize> {
        self.parsed().tensor(name).unwrap_or_else(|error| panic!("{name}: {error}")).shape().to_vec()
    }

    pub(crate) fn f32(&self, name: &str) -> Vec<f32> {
        let parsed = self.parsed();
        let tensor = parsed.tensor(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(tensor.dtype(), Dtype::F32, "{name}");
        tensor.data().as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
    }

    /// Whole numbers of 64 or 32 bits.
    pub(crate) fn ids(&self, name: &str) -> Vec<i32> {
        let parsed = self.parsed();
        let tensor = parsed.tensor(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        match tensor.dtype() {
            Dtype::I64 => {
                let eights = tensor.data().as_chunks().0.iter();
                eights.map(|eight| i64::from_le_bytes(*eight) as i32).collect()
            }
            Dtype::I32 => tensor.data().as_chunks().0.iter().map(|four| i32::from_le_bytes(*four)).collect(),
            other => panic!("{name} is {other:?}"),
        }
    }
}

/// A model of the goldens.
pub(crate) fn load(name: &str, device: &Device) -> Molmo {
    let facts = json(&format!("model/{name}.json"));
    let config = Config::from_value(&facts["config"]).unwrap_or_else(|error| panic!("{name}: {error}"));
    load_as(name, &config, device)
}

/// Its weights with other settings of crops.
pub(crate) fn load_as(name: &str, config: &Config, device: &Device) -> Molmo {
    let source = Source::open(&path(&format!("model/{name}.weights.safetensors"))).expect("weights");
    Plan::released(&source, config)
        .load(config, device, Precision::F32, false)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The batch that a model of the goldens was trained on.
pub(crate) fn batch(name: &str) -> Batch {
    let inputs = Tensors::read(&format!("model/{name}.train_inputs.safetensors"));
    let shape = inputs.shape("input_ids");
    Batch {
        examples: shape[0],
        tokens: shape[1],
        input: inputs.ids("input_ids"),
        labels: inputs.ids("labels"),
        weights: inputs.f32("loss_masks"),
        positions: inputs.ids("position_ids"),
        segments: inputs.has("subsegment_ids").then(|| inputs.ids("subsegment_ids")),
        patches: inputs.f32("images"),
        masks: inputs.has("image_masks").then(|| inputs.f32("image_masks")),
        cells: inputs.ids("image_input_idx"),
        cut: 0,
    }
}

/// The values of a tensor.
pub(crate) fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().try_into_vec::<f32>().expect("32-bit floats")
}

/// Compares rows of `width` values where `compared` says so.
pub(crate) fn check(
    what: &str,
    found: &[f32],
    expected: &[f32],
    width: usize,
    compared: impl Fn(usize) -> bool,
    most: f32,
) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let mut worst = (0.0_f32, 0);
    let mut rows = 0;
    for (row, (found, expected)) in found.chunks(width).zip(expected.chunks(width)).enumerate() {
        if compared(row) {
            rows += 1;
            for (found, expected) in found.iter().zip(expected) {
                let difference = (found - expected).abs();
                if difference.is_nan() || difference > worst.0 {
                    worst = (difference, row);
                }
            }
        }
    }
    assert!(rows > 0, "{what}: nothing is compared");
    assert!(worst.0 <= most, "{what}: off by {} in row {}, at most {most}", worst.0, worst.1);
}
