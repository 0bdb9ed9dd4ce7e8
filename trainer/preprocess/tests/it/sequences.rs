//! Packing, truncation, batches and what may be looked at.

use pixmo_preprocess::batch::{Batch, Example, Shape};
use pixmo_preprocess::pack::{ImagePart, Packing, Said, Sequence, Turns, Weighting};
use pixmo_preprocess::{CropMode, Crops, ImageTokens, Picture, Vision, crops::crops};
use serde_json::Value;

use crate::goldens::{self, Tensors, largest_difference};
use crate::pictures;

fn ids(value: &Value) -> Vec<i32> {
    value.as_array().expect("ids").iter().map(|id| id.as_i64().expect("an id") as i32).collect()
}

fn turns(value: &Value) -> Turns {
    value.as_array().expect("turns").iter().map(ids).collect()
}

/// One annotation, or several where the list is one deeper.
fn said(value: &Value) -> Said {
    if value[0][0].is_array() {
        Said::Several(value.as_array().expect("annotations").iter().map(turns).collect())
    } else {
        Said::One(turns(value))
    }
}

fn weighting(value: &Value) -> Weighting {
    match value.as_str() {
        None => Weighting::Each,
        Some("root_subsegments") => Weighting::RootOfShare,
        Some(other) => panic!("weighting `{other}` is not known"),
    }
}

/// The small encoders of `packing.json`.
fn small(mode: &str) -> Vision {
    let overlapping = mode != "resize";
    Vision {
        crop_px: if overlapping { 84 } else { 56 },
        margins: (2, 2),
        mode: if overlapping { CropMode::Overlapping { crops_max: 2 } } else { CropMode::Overview },
        ..Vision::clip(2)
    }
}

fn packed(case: &Value) -> (Sequence, Option<Crops>, Vision) {
    let vision = small(case["image_mode"].as_str().unwrap_or("resize"));
    let crops = case["image_hw"].is_array().then(|| {
        let side = |at: usize| case["image_hw"][at].as_u64().expect("a side") as usize;
        let picture = Picture::new(side(1), side(0), vec![90; 3 * side(0) * side(1)]).expect("a picture");
        crops(&picture, &vision, ImageTokens::from_base(1000))
    });
    let image = crops
        .as_ref()
        .map_or_else(ImagePart::default, |crops| ImagePart { tokens: &crops.tokens, cells: &crops.cells });
    let packing = Packing {
        end: 9,
        placeholder: Some(1004),
        weighting: weighting(&case["multi_annotation_weighting"]),
    };
    let weight = case["example_weight"].as_f64().map(|weight| weight as f32);
    let sequence = packing.pack_any(image, &said(&case["messages"]), weight).expect("a sequence");
    (sequence, crops, vision)
}

fn is_text_only(case: &Value) -> bool {
    case["name"].as_str().expect("a name").starts_with("text only")
}

#[test]
fn golden_packing() {
    if !goldens::are_there() {
        return;
    }
    let file = goldens::json("training/packing.json");
    for case in file["cases"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("a name");
        if is_text_only(case) {
            // The reference neither shifts nor begins such examples; ours are like all others.
            let (sequence, ..) = packed(case);
            assert_eq!(sequence.input[0], 9, "{name}");
            assert_eq!(sequence.input[1..], sequence.target[..sequence.target.len() - 1], "{name}");
            continue;
        }
        let (sequence, crops, vision) = packed(case);
        let crops = crops.expect("an image");
        assert_eq!(crops.tokens, ids(&case["image_tokens"]), "{name}");
        assert_eq!(sequence.input, ids(&case["input_tokens"]), "{name}");
        assert_eq!(sequence.target, ids(&case["target_tokens"]), "{name}");
        assert_eq!(sequence.positions, ids(&case["position_ids"]), "{name}");
        let weights: Vec<f32> = case["loss_masks"]
            .as_array()
            .expect("weights")
            .iter()
            .map(|w| w.as_f64().expect("a weight") as f32)
            .collect();
        assert!(largest_difference(&sequence.weights, &weights) <= 1e-6, "{name}");
        let segments = case["subsegment_ids"].is_array().then(|| ids(&case["subsegment_ids"]));
        assert_eq!(sequence.segments, segments, "{name}");
        let cells: Vec<Vec<i32>> =
            case["image_input_idx"].as_array().expect("cells").iter().map(ids).collect();
        let found: Vec<&[i32]> = sequence.cells.chunks_exact(vision.cells_per_crop()).collect();
        assert_eq!(found.len(), cells.len(), "{name}");
        for (found, cells) in found.iter().zip(&cells) {
            assert_eq!(found, cells, "{name}");
        }
        for (query, row) in case["attention_rows"].as_array().expect("rows").iter().enumerate() {
            let found: String = (0..sequence.input.len())
                .map(|key| if sequence.may_attend(query, key) { '1' } else { '0' })
                .collect();
            assert_eq!(found, row.as_str().expect("a row"), "{name}: query {query}");
        }
    }
}

#[test]
fn golden_batches() {
    if !goldens::are_there() {
        return;
    }
    let packing = goldens::json("training/packing.json");
    let named = |name: &Value| {
        let cases = packing["cases"].as_array().expect("cases");
        cases
            .iter()
            .find(|case| case["name"] == *name)
            .unwrap_or_else(|| panic!("{name} is not in packing.json"))
    };
    for case in goldens::json("training/collate.json")["cases"].as_array().expect("cases") {
        let number = |key: &str| case[key].as_u64().expect("a number") as usize;
        let vision = small("resize");
        let examples = case["examples"].as_array().expect("names").iter().map(|name| {
            let (sequence, crops, _) = packed(named(name));
            let crops = crops.expect("an image");
            Example { sequence, patches: crops.patches, masks: crops.masks }
        });
        let shape = Shape {
            tokens: Some(number("max_sequence_length")),
            crops: number("max_crops"),
            patches: vision.patches_per_crop(),
            values: vision.patch_values(),
            cells: vision.cells_per_crop(),
        };
        let batch = Batch::of(examples.collect(), &shape).expect("a batch");
        let flat =
            |key: &str| -> Vec<i32> { case[key].as_array().expect("rows").iter().flat_map(ids).collect() };
        let what = format!("at most {} tokens", batch.tokens);
        assert_eq!(batch.input, flat("input_ids"), "{what}");
        assert_eq!(batch.labels, flat("labels"), "{what}");
        assert_eq!(batch.positions, flat("position_ids"), "{what}");
        assert_eq!(batch.segments.clone().expect("segments"), flat("subsegment_ids"), "{what}");
        let weights: Vec<f32> = case["loss_masks"]
            .as_array()
            .expect("rows")
            .iter()
            .flat_map(|row| {
                row.as_array().expect("a row").iter().map(|w| w.as_f64().expect("a weight") as f32)
            })
            .collect();
        assert!(largest_difference(&batch.weights, &weights) <= 1e-6, "{what}");
        for (example, rows) in case["attention_rows"].as_array().expect("examples").iter().enumerate() {
            for (query, row) in rows.as_array().expect("rows").iter().enumerate() {
                let found: String = (0..batch.tokens)
                    .map(|key| if batch.may_attend(example, query, key) { '1' } else { '0' })
                    .collect();
                assert_eq!(found, row.as_str().expect("a row"), "{what}: example {example}, query {query}");
            }
        }
    }
}

#[test]
fn golden_sequences_of_real_images() {
    if !goldens::are_there() {
        return;
    }
    let cases = goldens::json("molmo/sequence/sequences.json");
    let tensors = Tensors::read("molmo/sequence/sequences.safetensors");
    let images = goldens::json("molmo/preprocess/preprocess.json");
    for case in cases.as_array().expect("cases") {
        let name = case["name"].as_str().expect("a name");
        let shown = case["images"].as_array().map_or(0, Vec::len);
        // What the reference does without an image, or with two, is a defect.
        if shown != 1 || name.starts_with("text_only") {
            continue;
        }
        let image = case["images"][0].as_str().expect("a name");
        let picture = pictures::picture(image, &images["images"][image]);
        let vision = pictures::vision(case["config"].as_str().expect("settings"));
        let crops = crops(&picture, &vision, ImageTokens::from_base(pictures::QWEN2));
        let ids = ImageTokens::from_base(pictures::QWEN2);
        let packing = Packing {
            end: 151_643,
            placeholder: Some(ids.image),
            weighting: weighting(&case["loss_token_weighting"]),
        };
        let weight = case["weight"].as_f64().map(|weight| weight as f32);
        let image = ImagePart { tokens: &crops.tokens, cells: &crops.cells };
        let sequence =
            packing.pack_any(image, &said(&case["message_token_ids"]), weight).expect("a sequence");
        for field in ids_of(case) {
            let found = match field {
                "input_tokens" => &sequence.input,
                "target_tokens" => &sequence.target,
                "position_ids" => &sequence.positions,
                "subsegment_ids" => sequence.segments.as_ref().expect("segments"),
                "image_input_idx" => &sequence.cells,
                "loss_masks" => {
                    let worst =
                        largest_difference(&sequence.weights, &tensors.f32(&format!("{name}.loss_masks")));
                    assert!(worst <= 1e-6, "{name}: weights differ by {worst}");
                    continue;
                }
                other => panic!("{name}: field `{other}` is not known"),
            };
            assert_eq!(*found, tensors.i32(&format!("{name}.{field}")), "{name}: {field}");
        }
    }
}

fn ids_of(case: &Value) -> impl Iterator<Item = &str> {
    case["fields"].as_array().expect("fields").iter().map(|field| field.as_str().expect("a field"))
}
