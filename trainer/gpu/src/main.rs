//! Runs the goldens of the model on a device and prints JSON, one object for each model.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{Compute, Precision};
use pixmo_molmo::Config;
use pixmo_molmo::captioner::Generation;
use pixmo_molmo::checkpoint::{Plan, Source};
use pixmo_molmo::model::{Inputs, loss};
use pixmo_preprocess::batch::Batch;
use pixmo_preprocess::pack::PADDING;
use safetensors::{Dtype, SafeTensors};
use serde_json::{Value, json};

/// What was asked for.
struct Order {
    device: Compute,
    precision: Precision,
    goldens: PathBuf,
}

fn order() -> Result<Order, Box<dyn Error>> {
    let mut order = Order {
        device: Compute::Cpu,
        precision: Precision::F32,
        goldens: PathBuf::from("../../../shared/goldens"),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
        match (word.as_str(), value.as_str()) {
            ("--device", value) => order.device = value.parse()?,
            ("--precision", "f32") => order.precision = Precision::F32,
            ("--precision", "bf16") => order.precision = Precision::Bf16,
            ("--goldens", value) => order.goldens = PathBuf::from(value),
            _ => return Err(format!("`{word} {value}` is unknown; see README.md").into()),
        }
    }
    Ok(order)
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let order = order()?;
    let device = order.device.device()?;
    let folder = order.goldens.join("molmo/model");
    let mut names: Vec<String> = fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".weights.safetensors").map(str::to_owned))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(format!("{} has no models", folder.display()).into());
    }
    let mut all_good = true;
    for name in names {
        let (report, good) = run(&folder, &name, &device, &order)?;
        all_good &= good;
        println!("{report}");
    }
    Ok(if all_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The report of one model, and whether it is good.
fn run(folder: &Path, name: &str, device: &Device, order: &Order) -> Result<(Value, bool), Box<dyn Error>> {
    let facts: Value = serde_json::from_slice(&fs::read(folder.join(format!("{name}.json")))?)?;
    let config = Config::from_value(&facts["config"])?;
    let source = Source::open(&folder.join(format!("{name}.weights.safetensors")))?;
    let model = Plan::released(&source, &config).load(&config, device, order.precision, true)?;
    let batch = training_batch(folder, name)?;
    let begun = Instant::now();
    let logits = model.logits(&Inputs::of(&batch, &config, device));
    let loss = loss(logits.clone(), &batch, None).total().into_data().convert_dtype(DType::F32);
    let loss = loss.try_into_vec::<f32>().map_err(|error| format!("{error:?}"))?[0];
    let found = logits.into_data().convert_dtype(DType::F32);
    let found = found.try_into_vec::<f32>().map_err(|error| format!("{error:?}"))?;
    let forward_ms = begun.elapsed().as_secs_f64() * 1e3;
    let stored = tensors(folder, name, "train_outputs")?;
    let expected = floats(&stored, "logits")?;
    let classes = config.decoder.embeddings;
    let (mut off, mut largest) = (0.0_f32, 0.0_f32);
    let rows = found.chunks(classes).zip(expected.chunks(classes)).zip(&batch.input);
    for ((found, expected), _) in rows.filter(|(_, id)| **id != PADDING) {
        for (found, expected) in found.iter().zip(expected) {
            let difference = (found - expected).abs();
            off = if difference.is_nan() { f32::INFINITY } else { off.max(difference) };
            largest = largest.max(expected.abs());
        }
    }
    let begun = Instant::now();
    let generated = generate(folder, name, &model, &batch, device)?;
    let decode_ms = begun.elapsed().as_secs_f64() * 1e3;
    let stored: Vec<i32> = facts["infer"]["generated"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row.as_array().into_iter().flatten())
        .filter_map(|id| id.as_i64().map(|id| id as i32))
        .collect();
    let expected_loss = facts["train"]["loss"].as_f64().unwrap_or(f64::NAN);
    let most = if order.precision == Precision::F32 { 3e-3 } else { 0.05 * largest };
    let good = off <= most && loss.is_finite();
    let report = json!({
        "model": name,
        "device": order.device.to_string(),
        "precision": format!("{:?}", order.precision).to_lowercase(),
        "logits_off": off,
        "logits_off_most": most,
        "loss": loss,
        "loss_expected": expected_loss,
        "generated_as_stored": generated == stored,
        "forward_ms": forward_ms,
        "decode_ms": decode_ms,
        "good": good,
    });
    Ok((report, good))
}

/// The likeliest tokens after the prompts of a model, row by row.
fn generate(
    folder: &Path,
    name: &str,
    model: &pixmo_molmo::Molmo,
    training: &Batch,
    device: &Device,
) -> Result<Vec<i32>, Box<dyn Error>> {
    let stored = tensors(folder, name, "infer")?;
    let parsed = SafeTensors::deserialize(&stored)?;
    let shape = parsed.tensor("input_ids")?.shape().to_vec();
    let steps = parsed.tensor("generated")?.shape()[1];
    let batch = Batch {
        tokens: shape[1],
        input: ids(&stored, "input_ids")?,
        labels: vec![PADDING; shape[0] * shape[1]],
        weights: vec![-1.0; shape[0] * shape[1]],
        positions: (0..shape[0]).flat_map(|_| 0..shape[1] as i32).collect(),
        segments: None,
        ..training.clone()
    };
    let mut rows = vec![Vec::new(); shape[0]];
    let mut generation = Generation::begin(model, &batch, steps, device);
    for _ in 0..steps {
        let next: Vec<Option<i32>> = generation
            .next()
            .map(|(row, logits)| {
                let best = (0..logits.len()).max_by(|a, b| logits[*a].total_cmp(&logits[*b]));
                let best = best.unwrap_or_default() as i32;
                rows[row].push(best);
                Some(best)
            })
            .collect();
        generation.push(&next);
    }
    Ok(rows.concat())
}

fn training_batch(folder: &Path, name: &str) -> Result<Batch, Box<dyn Error>> {
    let stored = tensors(folder, name, "train_inputs")?;
    let parsed = SafeTensors::deserialize(&stored)?;
    let shape = parsed.tensor("input_ids")?.shape().to_vec();
    let has = |name: &str| parsed.tensor(name).is_ok();
    Ok(Batch {
        examples: shape[0],
        tokens: shape[1],
        input: ids(&stored, "input_ids")?,
        labels: ids(&stored, "labels")?,
        weights: floats(&stored, "loss_masks")?,
        positions: ids(&stored, "position_ids")?,
        segments: has("subsegment_ids").then(|| ids(&stored, "subsegment_ids")).transpose()?,
        patches: floats(&stored, "images")?,
        masks: has("image_masks").then(|| floats(&stored, "image_masks")).transpose()?,
        cells: ids(&stored, "image_input_idx")?,
        cut: 0,
    })
}

fn tensors(folder: &Path, name: &str, part: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    Ok(fs::read(folder.join(format!("{name}.{part}.safetensors")))?)
}

fn floats(file: &[u8], name: &str) -> Result<Vec<f32>, Box<dyn Error>> {
    let parsed = SafeTensors::deserialize(file)?;
    let tensor = parsed.tensor(name)?;
    Ok(tensor.data().as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
}

fn ids(file: &[u8], name: &str) -> Result<Vec<i32>, Box<dyn Error>> {
    let parsed = SafeTensors::deserialize(file)?;
    let tensor = parsed.tensor(name)?;
    match tensor.dtype() {
        Dtype::I64 => {
            Ok(tensor.data().as_chunks().0.iter().map(|eight| i64::from_le_bytes(*eight) as i32).collect())
        }
        Dtype::I32 => Ok(tensor.data().as_chunks().0.iter().map(|four| i32::from_le_bytes(*four)).collect()),
        other => Err(format!("`{name}` is of {other:?}").into()),
    }
}
