//! Token by token: with what was read before kept, and without.

use pixmo_burnkit::prelude::*;
use pixmo_molmo::captioner::Generation;
use pixmo_molmo::model::Inputs;
use pixmo_molmo::{Config, Molmo};
use pixmo_preprocess::Picture;
use pixmo_preprocess::batch::{Batch, Example, Shape};
use pixmo_preprocess::crops::crops;
use pixmo_preprocess::layout::ImageTokens;
use pixmo_preprocess::pack::{ImagePart, PADDING, Packing, Said, Weighting};
use serde_json::Value;

use crate::goldens::{self, Tensors, batch, check, load_as, values};

/// The likeliest token.
fn best(logits: &[f32]) -> i32 {
    (0..logits.len()).max_by(|a, b| logits[*a].total_cmp(&logits[*b])).expect("logits") as i32
}

/// The prompts of a case with the pictures of its training batch.
fn prompts(name: &str) -> (Batch, Tensors) {
    let stored = Tensors::read(&format!("model/{name}.infer.safetensors"));
    let shape = stored.shape("input_ids");
    let places = (0..shape[0]).flat_map(|_| 0..shape[1] as i32).collect();
    let batch = Batch {
        tokens: shape[1],
        input: stored.ids("input_ids"),
        labels: vec![PADDING; shape[0] * shape[1]],
        weights: vec![-1.0; shape[0] * shape[1]],
        positions: places,
        segments: None,
        ..batch(name)
    };
    (batch, stored)
}

/// One row of a batch without its padding, and with further tokens.
fn row(batch: &Batch, row: usize, more: &[i32]) -> Batch {
    let of =
        |all: &[i32]| all[row * all.len() / batch.examples..(row + 1) * all.len() / batch.examples].to_vec();
    let part =
        |all: &[f32]| all[row * all.len() / batch.examples..(row + 1) * all.len() / batch.examples].to_vec();
    let mut input = of(&batch.input);
    input.retain(|id| *id != PADDING);
    input.extend(more);
    let tokens = input.len();
    Batch {
        examples: 1,
        tokens,
        labels: vec![PADDING; tokens],
        weights: vec![-1.0; tokens],
        positions: (0..tokens as i32).collect(),
        input,
        segments: None,
        patches: part(&batch.patches),
        masks: batch.masks.as_deref().map(part),
        cells: of(&batch.cells),
        cut: 0,
    }
}

/// The logits after the last token.
fn last_logits(model: &Molmo, batch: &Batch, device: &Device) -> Vec<f32> {
    let inputs = Inputs::of(batch, model.config(), device);
    values(model.logits(&inputs).narrow(1, batch.tokens - 1, 1))
}

#[test]
fn golden_generation() {
    for name in goldens::cases("model", &["diagnostics"]) {
        let device = Device::flex();
        let model = goldens::load(&name, &device);
        let classes = model.config().decoder.embeddings;
        let (batch, stored) = prompts(&name);
        let [rows, steps] = stored.shape("generated")[..] else { panic!("{name}: generated") };
        let expected = stored.ids("generated");
        let step_logits = stored.f32("step_logits");
        let mut generation = Generation::begin(&model, &batch, steps, &device);
        for step in 0..steps {
            let next: Vec<Vec<f32>> = generation.next().map(|(_, logits)| logits.to_vec()).collect();
            assert_eq!(next.len(), rows, "{name}");
            let mut chosen = Vec::new();
            for (at, logits) in next.iter().enumerate() {
                let stored = (at * steps + step) * classes;
                let stored = &step_logits[stored..stored + classes];
                check(&format!("{name} row {at} step {step}"), logits, stored, 1, |_| true, 3e-4);
                // The same without what was kept, and without padding.
                let before = &expected[at * steps..at * steps + step];
                let alone = last_logits(&model, &row(&batch, at, before), &device);
                check(&format!("{name} row {at} step {step} alone"), logits, &alone, 1, |_| true, 1e-4);
                chosen.push(Some(best(logits)));
                assert_eq!(chosen[at], Some(expected[at * steps + step]), "{name} row {at} step {step}");
            }
            generation.push(&chosen);
        }
    }
}

#[test]
fn golden_rows_that_end_leave_the_others_alone() {
    let name = "qwen2_clip";
    if !goldens::cases("model", &["diagnostics"]).contains(&name.to_owned()) {
        return;
    }
    let device = Device::flex();
    let model = goldens::load(name, &device);
    let (batch, stored) = prompts(name);
    let expected = stored.ids("generated");
    let steps = stored.shape("generated")[1];
    let mut generation = Generation::begin(&model, &batch, steps, &device);
    let mut found: Vec<i32> = Vec::new();
    for step in 0..steps {
        let next: Vec<Option<i32>> =
            generation.next().map(|(row, logits)| (row == 1 || step < 2).then(|| best(logits))).collect();
        found.extend(next.last().copied().flatten());
        generation.push(&next);
    }
    assert_eq!(found, expected[steps..2 * steps]);
}

/// Other settings of crops for the weights of a case.
fn overridden(facts: &Value, weights: &str) -> Config {
    let mut config = goldens::json(&format!("model/{weights}.json"))["config"].clone();
    for (key, value) in facts["config_overrides"].as_object().expect("settings") {
        if config.get(key).is_some() {
            config[key] = value.clone();
        } else {
            config["vision_backbone"][key] = value.clone();
        }
    }
    Config::from_value(&config).expect("a configuration")
}

#[test]
fn golden_end_to_end() {
    for name in goldens::cases("end_to_end", &[]) {
        let facts = goldens::json(&format!("end_to_end/{name}.json"));
        let weights = facts["weights"].as_str().expect("a name");
        let weights = weights.trim_start_matches("model/").trim_end_matches(".weights.safetensors");
        let config = overridden(&facts, weights);
        let device = Device::flex();
        let model = load_as(weights, &config, &device);
        let stored = Tensors::read(&format!("end_to_end/{name}.safetensors"));
        let vision = config.vision();
        for case in facts["cases"].as_array().expect("cases") {
            let image = case["image"].as_str().expect("a name");
            let bytes =
                std::fs::read(goldens::path(&format!("preprocess/images/{image}"))).expect("an image");
            let picture = Picture::decode(&bytes, &Default::default()).expect("a picture");
            let ids = ImageTokens::from_base(config.decoder.vocabulary as i32);
            let crops = crops(&picture, &vision, ids);
            let prompt = case["prompt"].as_str().expect("a prompt");
            // The tokeniser of the goldens: a byte and 4.
            let turn: Vec<i32> = prompt.bytes().map(|byte| i32::from(byte) + 4).collect();
            let packing = Packing { end: 2, placeholder: None, weighting: Weighting::Each };
            let part = ImagePart { tokens: &crops.tokens, cells: &crops.cells };
            let sequence = packing.pack(part, &Said::One(vec![turn.clone()]), None).expect("a sequence");
            let key = |field: &str| {
                let names = stored.names();
                let stem = image.trim_end_matches(".png");
                let found = names.iter().find(|name| name.starts_with(stem) && name.ends_with(field));
                found.unwrap_or_else(|| panic!("no {field} of {image} in {names:?}")).clone()
            };
            assert_eq!(sequence.input, stored.ids(&key("input_ids")), "{image}");
            assert_eq!(sequence.cells, stored.ids(&key("image_input_idx")), "{image}");
            let shape = Shape {
                tokens: None,
                crops: crops.count,
                patches: vision.patches_per_crop(),
                values: vision.patch_values(),
                cells: vision.cells_per_crop(),
            };
            let example = Example { sequence, patches: crops.patches, masks: crops.masks };
            let batch = Batch::of(vec![example], &shape).expect("a batch");
            let inputs = Inputs::of(&batch, &config, &device);
            let images = inputs.images.as_ref().expect("crops");
            let features = values(model.vision_backbone.forward(images, &config));
            let width = config.decoder.width;
            let cells = vision.cells_per_crop();
            let sample: Vec<f32> = (0..crops.count)
                .flat_map(|crop| (0..cells).step_by(13).map(move |cell| crop * cells + cell))
                .flat_map(|row| features[row * width..(row + 1) * width].to_vec())
                .collect();
            check(image, &sample, &stored.f32(&key("image_features_sample")), width, |_| true, 1e-3);
            let classes = config.decoder.embeddings;
            let logits = model.logits(&inputs);
            let text = values(logits.narrow(1, batch.tokens - turn.len(), turn.len()));
            check(image, &text, &stored.f32(&key("text_logits")), classes, |_| true, 1e-3);
            let expected: Vec<i32> = case["generated"]
                .as_array()
                .expect("ids")
                .iter()
                .map(|id| id.as_i64().expect("an id") as i32)
                .collect();
            let mut generation = Generation::begin(&model, &batch, expected.len(), &device);
            let first: Vec<f32> = generation.next().flat_map(|(_, logits)| logits.to_vec()).collect();
            check(image, &first, &stored.f32(&key("last_logits")), classes, |_| true, 1e-3);
            let mut found: Vec<i32> = Vec::new();
            for _ in &expected {
                let next: Vec<Option<i32>> =
                    generation.next().map(|(_, logits)| Some(best(logits))).collect();
                found.extend(next.iter().flatten());
                generation.push(&next);
            }
            assert_eq!(found, expected, "{image}");
        }
    }
}
