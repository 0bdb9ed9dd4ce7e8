//! Tilings, sizes, resizing, crops, masks and layouts.

use std::collections::BTreeMap;
use std::fs;

use pixmo_preprocess::resize::{self, Filter};
use pixmo_preprocess::tiling::fitted;
use pixmo_preprocess::{CropMode, Crops, Fit, ImageTokens, Normal, Picture, Tiling, Vision, crops::crops};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::goldens::{self, Tensors, largest_difference};

/// The ids of Qwen2.
pub(crate) const QWEN2: i32 = 152_064;

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a number")).expect("a small one")
}

fn pair(value: &Value) -> (usize, usize) {
    (number(&value[0]), number(&value[1]))
}

#[test]
fn golden_tilings_and_sizes() {
    if !goldens::are_there() {
        return;
    }
    let tables = goldens::json("molmo/preprocess/tiling.json");
    let mut checked = 0;
    for (name, rows) in tables.as_object().expect("tables by name") {
        let Some(rest) = name.strip_prefix("base") else { continue };
        let parts: Vec<usize> = rest
            .split('_')
            .map(|part| part.trim_start_matches(char::is_alphabetic).parse().expect("a number in the name"))
            .collect();
        let (base, margin, crops_max) = (parts[0], parts[1], parts[2]);
        let vision = Vision { crop_px: base, margins: (margin, margin), ..Vision::clip(crops_max) };
        for row in rows.as_array().expect("rows") {
            let row: Vec<usize> = row.as_array().expect("a row").iter().map(number).collect();
            let [width, height, rows, columns, scaled_height, scaled_width, global_height, global_width] =
                row[..]
            else {
                panic!("{name}: eight numbers were expected, not {row:?}");
            };
            let tiling = Tiling::choose(height, width, crops_max, &vision);
            assert_eq!(tiling, Tiling { rows, columns }, "{name}: {width} x {height}");
            // Where a side vanishes the reference fails, and we keep a pixel.
            let kept = |(height, width): (usize, usize)| (height.max(1), width.max(1));
            assert_eq!(
                fitted((height, width), tiling.canvas(&vision)),
                kept((scaled_height, scaled_width)),
                "{name}: {width} x {height} on the grid"
            );
            assert_eq!(
                fitted((height, width), (base, base)),
                kept((global_height, global_width)),
                "{name}: {width} x {height} as overview"
            );
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[test]
fn golden_resizing_of_a_small_picture() {
    if !goldens::are_there() {
        return;
    }
    let tensors = Tensors::read("molmo/preprocess/resize_small.safetensors");
    let shape = tensors.shape("src");
    let picture = Picture::new(shape[1], shape[0], tensors.u8("src")).expect("a picture");
    for (height, width) in [(11, 90), (23, 31), (4, 5), (60, 40), (9, 17)] {
        let size = format!("{height}x{width}");
        let (inner_height, inner_width) = fitted((shape[0], shape[1]), (height, width));
        let (top, left) = ((height - inner_height) / 2, (width - inner_width) / 2);
        let mut padded = vec![0.25; 3 * height * width];
        let mut mask = vec![0; height * width];
        let levels: [f32; 256] = std::array::from_fn(|byte| byte as f32 / 255.0);
        resize::antialiased(&picture, Filter::Bilinear, (inner_height, inner_width), &levels, |y, row| {
            for (x, pixel) in row.chunks_exact(4).enumerate() {
                let at = (top + y) * width + left + x;
                padded[3 * at..3 * at + 3].copy_from_slice(&pixel[..3]);
                mask[at] = 1;
            }
        });
        let worst = largest_difference(&padded, &tensors.f32(&format!("default_{size}")));
        assert!(worst <= 1e-6, "{size}: {worst}");
        assert_eq!(mask, tensors.u8(&format!("default_mask_{size}")), "{size}");

        let bytes: [f32; 256] = std::array::from_fn(|byte| byte as f32);
        let mut plain = Vec::new();
        resize::bilinear(&picture, (height, width), &bytes, |_, row| plain.extend(levels_of(row)));
        few_differ(&plain, &tensors.f32(&format!("siglip_{size}")), 1.01 / 255.0, 0.005, &size);
        let mut cubic = Vec::new();
        resize::antialiased(&picture, Filter::Bicubic, (height, width), &bytes, |_, row| {
            cubic.extend(levels_of(row));
        });
        few_differ(&cubic, &tensors.f32(&format!("metaclip_{size}")), 1.01 / 255.0, 0.005, &size);
    }
}

/// A row rounded to bytes, as parts of 255.
fn levels_of(row: &[f32]) -> impl Iterator<Item = f32> {
    row.chunks_exact(4).flat_map(|pixel| {
        [pixel[0], pixel[1], pixel[2]].map(|value| value.clamp(0.0, 255.0).round_ties_even() / 255.0)
    })
}

/// Values are equal but for a share that is off by one level, because halves were rounded the other way.
fn few_differ(found: &[f32], expected: &[f32], level: f32, share_max: f32, what: &str) {
    let worst = largest_difference(found, expected);
    assert!(worst <= level, "{what}: {worst}");
    let off =
        found.iter().zip(expected).filter(|(found, expected)| (**found - **expected).abs() > 1e-5).count();
    let share = off as f32 / found.len() as f32;
    assert!(share <= share_max, "{what}: {off} of {} are off", found.len());
}

/// Settings by the names that the goldens have for them.
pub(crate) fn vision(name: &str) -> Vision {
    match name {
        "openai12" => Vision::clip(12),
        "openai36" => Vision::clip(36),
        "openai6" => Vision::clip(6),
        "openai12_margin2" => Vision { margins: (2, 2), ..Vision::clip(12) },
        "openai12_nocol" => Vision { column_tokens: false, ..Vision::clip(12) },
        "openai12_pad1" => Vision { fit: Fit::Pad { value: 1.0 }, ..Vision::clip(12) },
        "openai_resize" => Vision { mode: CropMode::Overview, ..Vision::clip(12) },
        "siglip12" => Vision::siglip(12),
        "metaclip12" => Vision::metaclip(12),
        "dino12" => Vision::dinov2(12),
        other => panic!("settings `{other}` are not known"),
    }
}

/// The upright pixels of an image of the goldens, as the reference saw them.
pub(crate) fn picture(name: &str, about: &Value) -> Picture {
    let file = about["decoded_png"].as_str().or(about["file"].as_str()).expect("a file");
    let picture = decoded(file);
    let hash = hex::encode(Sha256::digest(picture.pixels()));
    assert_eq!(hash, about["rgb_sha256"].as_str().expect("a hash"), "{name}");
    picture
}

fn decoded(file: &str) -> Picture {
    let bytes = fs::read(goldens::folder("molmo/preprocess").join(file)).expect("an image of the goldens");
    Picture::decode(&bytes, &pixmo_pictures::Limits::default())
        .unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn golden_jpegs_differ_by_little() {
    if !goldens::are_there() {
        return;
    }
    let facts = goldens::json("molmo/preprocess/preprocess.json");
    for (name, about) in facts["images"].as_object().expect("images by name") {
        let Some(lossless) = about["decoded_png"].as_str() else { continue };
        let (found, expected) = (decoded(about["file"].as_str().expect("a file")), decoded(lossless));
        assert_eq!((found.width(), found.height()), (expected.width(), expected.height()), "{name}");
        let differences = found.pixels().iter().zip(expected.pixels()).map(|(a, b)| a.abs_diff(*b));
        let off = differences.filter(|levels| *levels > 3).count();
        // Decoders enlarge colour in their own ways; along hard edges a few values show it.
        assert!(off * 10_000 <= found.pixels().len(), "{name}: {off} values are more than 3 levels off");
    }
}

#[test]
fn golden_crops_masks_and_tokens() {
    if !goldens::are_there() {
        return;
    }
    let facts = goldens::json("molmo/preprocess/preprocess.json");
    let tensors = Tensors::read("molmo/preprocess/preprocess.safetensors");
    let pictures: BTreeMap<&str, Picture> = facts["images"]
        .as_object()
        .expect("images by name")
        .iter()
        .map(|(name, about)| (name.as_str(), picture(name, about)))
        .collect();
    let cases = facts["cases"].as_array().expect("cases");
    assert!(!cases.is_empty());
    for case in cases {
        let key = case["key"].as_str().expect("a key");
        let config = case["config"].as_str().expect("settings");
        let vision = vision(config);
        assert_eq!(vision.fault(), None, "{key}");
        let picture = &pictures[case["image"].as_str().expect("an image")];
        let made = crops(picture, &vision, ImageTokens::from_base(QWEN2));

        assert_eq!(made.count, number(&case["n_crops"]), "{key}");
        assert_eq!(made.tokens.len(), number(&case["n_tokens"]), "{key}");
        assert_eq!(made.tokens, tensors.i32(&format!("{key}.tokens")), "{key}: tokens");
        assert_eq!(made.cells, tensors.i32(&format!("{key}.patch_idx")), "{key}: cells");
        if case["tiling"].is_array() {
            assert_eq!((made.tiling.rows, made.tiling.columns), pair(&case["tiling"]), "{key}");
            assert_eq!(made.tiling.canvas(&vision), pair(&case["canvas"]), "{key}");
        }
        if let Some(masks) = &made.masks {
            let worst = largest_difference(masks, &tensors.f32(&format!("{key}.masks")));
            assert!(worst <= 1e-6, "{key}: masks differ by {worst}");
        }
        check_pixels(key, &made, &vision, &tensors);
    }
}

fn check_pixels(key: &str, made: &Crops, vision: &Vision, tensors: &Tensors) {
    let per_crop = vision.patches_per_crop() * vision.patch_values();
    let samples: Vec<f32> = made
        .patches
        .chunks_exact(per_crop)
        .flat_map(|crop| crop.iter().skip(37).step_by(997).copied())
        .collect();
    let means: Vec<f32> = made
        .patches
        .chunks_exact(vision.patch_values())
        .flat_map(|patch| {
            [0, 1, 2].map(|channel| {
                let values = patch.iter().skip(channel).step_by(3);
                (values.map(|value| f64::from(*value)).sum::<f64>() / (patch.len() / 3) as f64) as f32
            })
        })
        .collect();
    let expected = tensors.f32(&format!("{key}.samples"));
    let means_name = format!("{key}.patch_means");
    let expected_means = if tensors.has(&means_name) { tensors.f32(&means_name) } else { means.clone() };
    match vision.fit {
        Fit::Pad { .. } => {
            for (found, expected) in [(&samples, &expected), (&means, &expected_means)] {
                let worst = largest_difference(found, expected);
                assert!(worst <= 1e-5, "{key}: pixels differ by {worst}");
            }
        }
        Fit::SquashBilinear | Fit::SquashBicubic => {
            few_differ(&samples, &expected, 0.02, 0.005, key);
            // A mean of 196 values of which a few are one level off.
            let worst = largest_difference(&means, &expected_means);
            assert!(worst <= 0.02 * 0.05, "{key}: means differ by {worst}");
        }
    }
    if tensors.has(&format!("{key}.crops_f32")) {
        let worst = largest_difference(&made.patches, &tensors.f32(&format!("{key}.crops_f32")));
        assert!(worst <= 1e-5, "{key}: {worst}");
    }
    let levels = format!("{key}.crops_u8");
    if tensors.has(&levels) {
        let bytes = made.patches.iter().enumerate().map(|(at, value)| {
            let value = match vision.normal {
                Normal::Standard { mean, std } => value * std[at % 3] + mean[at % 3],
                Normal::PlusMinusOne => (value + 1.0) / 2.0,
            };
            (value * 255.0 + 0.5).floor().clamp(0.0, 255.0) as i32
        });
        let worst =
            bytes.zip(tensors.u8(&levels)).map(|(found, level)| (found - i32::from(level)).abs()).max();
        assert!(worst <= Some(1), "{key}: {worst:?} levels");
    }
}
