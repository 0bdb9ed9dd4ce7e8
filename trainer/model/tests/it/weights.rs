//! Files of weights: sizes, conversion, writing, and what does not fit.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{Precision, parameters};
use pixmo_molmo::checkpoint::{CheckpointError, Plan, SHARD_BYTES, Source, save};
use pixmo_molmo::config::{Feed, Llm, Vit};
use pixmo_molmo::{Config, Molmo, sample};
use serde_json::{Value, json};

use crate::goldens;

#[test]
fn published_sizes_have_the_published_numbers_of_parameters() {
    let totals = [
        (Llm::Olmoe, [7_221_875_712_u64, 7_234_471_936, 7_234_520_064, 7_346_164_336]),
        (Llm::Olmo, [7_665_032_192, 7_677_628_416, 7_677_676_544, 7_791_876_720]),
        (Llm::Qwen2Small, [8_021_025_280, 8_033_621_504, 8_033_669_632, 8_149_901_424]),
        (Llm::Qwen2Large, [73_308_285_952, 73_320_882_176, 73_320_930_304, 73_439_881_840]),
    ];
    for (llm, totals) in totals {
        for (vit, expected) in [Vit::Clip, Vit::MetaClip, Vit::DinoV2, Vit::Siglip].into_iter().zip(totals) {
            let config = Config::of(llm, vit);
            assert_eq!(config.fault(), None);
            let found: u64 = Molmo::parameters(&config).iter().map(|named| named.count()).sum();
            assert_eq!(found, expected, "{llm:?} with {vit:?}");
        }
    }
}

#[test]
fn a_configuration_survives_its_file() {
    for llm in [Llm::Olmoe, Llm::Olmo, Llm::Qwen2Small, Llm::Qwen2Large] {
        for vit in [Vit::Clip, Vit::MetaClip, Vit::DinoV2, Vit::Siglip] {
            let config = Config::of(llm, vit);
            assert_eq!(Config::from_value(&config.to_json()).expect("a configuration"), config);
        }
    }
}

/// The bytes of all files of a folder.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| {
            (entry.file_name().into_string().expect("a name"), fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

fn load(folder: &Path) -> Result<Molmo, CheckpointError> {
    let source = Source::open(folder)?;
    let config = sample::config();
    Plan::released(&source, &config).load(&config, &Device::flex(), Precision::F32, false)
}

#[test]
fn saved_loaded_and_saved_again_is_the_same() {
    let scratch = tempfile::tempdir().expect("a folder");
    let at = |name: &str| scratch.path().join(name);
    let model = sample::random(&sample::config(), 3);
    for (kind, shard_bytes, files) in [("one", SHARD_BYTES, 1), ("many", 100_000, 8)] {
        let (first, second) = (at(&format!("{kind}-1")), at(&format!("{kind}-2")));
        save(&model, &first, &[("beside.txt", b"kept")], shard_bytes).expect("saved");
        save(&load(&first).expect("loaded"), &second, &[("beside.txt", b"kept")], shard_bytes)
            .expect("saved");
        let found = bytes(&first);
        assert_eq!(found, bytes(&second));
        let weights = found.keys().filter(|name| name.ends_with(".safetensors")).count();
        assert!(if files == 1 { weights == 1 } else { weights >= files }, "{weights} files");
        // Another reader of the format.
        for (name, bytes) in found.iter().filter(|(name, _)| name.ends_with(".safetensors")) {
            safetensors::SafeTensors::deserialize(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let error = save(&model, &first, &[], shard_bytes).expect_err("it is there");
        assert!(matches!(error, CheckpointError::Exists { .. }), "{error}");
    }
    let left: Vec<String> = names(scratch.path());
    assert_eq!(left, ["many-1", "many-2", "one-1", "one-2"]);
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
    names.sort();
    names
}

#[test]
fn all_that_does_not_fit_is_named_at_once() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("model");
    save(&sample::random(&sample::config(), 3), &folder, &[], SHARD_BYTES).expect("saved");
    let path = folder.join("model.safetensors");
    let bytes = fs::read(&path).expect("a file");
    let (header, data) = parts(&bytes);
    let mut header: serde_json::Map<String, Value> = serde_json::from_slice(header).expect("JSON");
    let renamed = header.remove("model.transformer.ln_f.weight").expect("a tensor");
    header.insert("model.transformer.ln_g.weight".to_owned(), renamed);
    header["model.transformer.ff_out.weight"]["shape"] = json!([64, 320]);
    let norm = &mut header["model.vision_backbone.image_vit.pre_ln.bias"];
    norm["dtype"] = json!("I32");
    fs::write(&path, whole(&header, data)).expect("written");
    let error = load(&folder).expect_err("it does not fit");
    let CheckpointError::Misfit { misfit, .. } = &error else { panic!("{error}") };
    assert_eq!(misfit.missing, ["model.transformer.ln_f.weight"]);
    assert_eq!(misfit.extra, ["model.transformer.ln_g.weight"]);
    assert_eq!(
        misfit.misshapen,
        [("model.transformer.ff_out.weight".to_owned(), vec![64, 320], vec![320, 64])]
    );
    assert_eq!(
        misfit.untyped,
        [("model.vision_backbone.image_vit.pre_ln.bias".to_owned(), "I32".to_owned())]
    );
    let text = error.to_string();
    for part in ["1 missing", "1 unknown", "1 of another shape", "nothing was loaded"] {
        assert!(text.contains(part), "{text}");
    }
}

fn parts(bytes: &[u8]) -> (&[u8], &[u8]) {
    let length = u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes")) as usize;
    bytes[8..].split_at(length)
}

fn whole(header: &serde_json::Map<String, Value>, data: &[u8]) -> Vec<u8> {
    let header = Value::Object(header.clone()).to_string().into_bytes();
    [&(header.len() as u64).to_le_bytes(), header.as_slice(), data].concat()
}

#[test]
fn cut_and_lying_files_are_refused() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("model");
    save(&sample::random(&sample::config(), 3), &folder, &[], SHARD_BYTES).expect("saved");
    let path = folder.join("model.safetensors");
    let bytes = fs::read(&path).expect("a file");
    let (header, data) = parts(&bytes);
    let header: serde_json::Map<String, Value> = serde_json::from_slice(header).expect("JSON");
    let lied = |change: &dyn Fn(&mut Value)| {
        let mut header = header.clone();
        change(&mut header["model.transformer.ln_f.weight"]);
        whole(&header, data)
    };
    let cases = [
        (Vec::new(), "it has 0 bytes"),
        (bytes[..5].to_vec(), "it has 5 bytes"),
        (bytes[..100].to_vec(), "its header has"),
        (bytes[..bytes.len() - 1].to_vec(), "its header tells of"),
        ([bytes.clone(), vec![0]].concat(), "its header tells of"),
        ([&u64::MAX.to_le_bytes(), &bytes[8..]].concat(), "its header has"),
        ([&bytes[..8], vec![b'['; bytes.len() - 8].as_slice()].concat(), "is no list of tensors"),
        (lied(&|entry| entry["shape"] = json!([65])), "is said to lie at"),
        (lied(&|entry| entry["shape"] = json!([u64::MAX, u64::MAX])), "is said to lie at"),
        (lied(&|entry| entry["data_offsets"] = json!([0, 256])), "is said to lie at"),
        (lied(&|entry| entry["data_offsets"] = json!([256, 0])), "is said to lie at"),
        (lied(&|entry| entry["dtype"] = json!("F77")), "`model.transformer.ln_f.weight` is no tensor"),
    ];
    for (bytes, expected) in cases {
        fs::write(&path, bytes).expect("written");
        let error = Source::open(&folder).expect_err("no whole file").to_string();
        assert!(error.contains(expected) && error.contains("model.safetensors"), "{expected}: {error}");
    }
    fs::remove_file(&path).expect("removed");
    assert!(matches!(Source::open(&folder), Err(CheckpointError::None { .. })));
    let index = folder.join("model.safetensors.index.json");
    for (text, expected) in [
        ("{", "it is no JSON"),
        ("{}", "it has no `weight_map`"),
        (r#"{"weight_map": {"a": "gone.safetensors"}}"#, "`gone.safetensors` is not there"),
        (r#"{"weight_map": {"a": "../a.safetensors"}}"#, "is not the name of a file beside it"),
    ] {
        fs::write(&index, text).expect("written");
        let error = Source::open(&folder).expect_err("no index").to_string();
        assert!(error.contains(expected), "{expected}: {error}");
    }
}

#[test]
fn configurations_that_are_none_say_why() {
    let good = sample::config().to_json();
    let fault = |key: &str, value: Value| {
        let mut config = good.clone();
        config[key] = value;
        Config::from_value(&config).expect_err(key).to_string()
    };
    assert_eq!(fault("hidden_size", json!(null)), "there is no `hidden_size`");
    assert_eq!(
        fault("hidden_size", json!("x")),
        "`hidden_size` is `\"x\"`, expected a whole number of at most 2^32"
    );
    assert_eq!(fault("hidden_size", json!(0)), "width is 0, expected 1 or more");
    assert_eq!(fault("num_attention_heads", json!(5)), "a width of 64 is not 5 even heads");
    assert_eq!(fault("weight_tying", json!(true)), "`weight_tying` is `true`, expected `false`");
    assert_eq!(fault("clip_qkv", json!(8)), "`clip_qkv` is `8`, expected `null`");
    assert_eq!(
        fault("vit_layers", json!([-2, -9])),
        "`vit_layers` is `[-2,-9]`, expected blocks that the vision encoder has"
    );
    assert_eq!(
        fault("overlap_margins", json!([4, 4])),
        "margins of 4 and 4 patches leave nothing of a crop of 8"
    );
    assert!(Config::from_json(b"[").is_err() && Config::from_json(b"[]").is_err());
}

#[test]
fn golden_experts_may_lie_in_matrices_of_their_own() {
    let name = "olmoe_clip";
    if !goldens::cases("model", &["diagnostics"]).contains(&name.to_owned()) {
        return;
    }
    let stored = goldens::Tensors::read(&format!("model/{name}.weights.safetensors"));
    let whole = goldens::load(name, &Device::flex());
    let Feed::Experts { inner, experts, .. } = whole.config().decoder.feed else { panic!("no experts") };
    let mut renamed: Vec<(String, Vec<usize>, Vec<u8>)> = Vec::new();
    let bytes = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
    for full in stored.names() {
        let (values, shape) = (stored.f32(&full), stored.shape(&full));
        let native = full.trim_start_matches("model.");
        let block = native.strip_prefix("transformer.blocks.").and_then(|rest| rest.split_once('.'));
        let Some((block, rest)) = block else {
            let full = if native == "transformer.ff_out.weight" { "lm_head.weight".to_owned() } else { full };
            renamed.push((full, shape, bytes(&values)));
            continue;
        };
        let at = |rest: &str| format!("model.transformer.blocks.{block}.{rest}");
        let matrix = match rest {
            "ffn.experts.mlp.w1" => "gate_proj",
            "ffn.experts.mlp.v1" => "up_proj",
            "ffn.experts.mlp.w2" => "down_proj",
            "ffn.router.layer.weight" => {
                renamed.push((at("mlp.gate.weight"), shape, bytes(&values)));
                continue;
            }
            "ff_norm.weight" => {
                renamed.push((at("mlp.ff_norm.weight"), shape, bytes(&values)));
                continue;
            }
            rest => {
                renamed.push((at(&format!("attn.{rest}")), shape, bytes(&values)));
                continue;
            }
        };
        let width = shape[1];
        for (expert, own) in values.chunks(inner * width).enumerate() {
            let name = at(&format!("mlp.experts.{expert}.{matrix}.weight"));
            if matrix == "down_proj" {
                let turned: Vec<f32> = (0..width)
                    .flat_map(|column| (0..inner).map(move |row| own[row * width + column]))
                    .collect();
                renamed.push((name, vec![width, inner], bytes(&turned)));
            } else {
                renamed.push((name, vec![inner, width], bytes(own)));
            }
        }
        assert_eq!(values.len(), experts * inner * width);
    }
    let views = renamed.iter().map(|(name, shape, bytes)| {
        let view = safetensors::tensor::TensorView::new(safetensors::Dtype::F32, shape.clone(), bytes);
        (name.as_str(), view.expect("a tensor"))
    });
    let scratch = tempfile::tempdir().expect("a folder");
    let path = scratch.path().join("experts.safetensors");
    fs::write(&path, safetensors::serialize(views, None).expect("a file")).expect("written");
    let source = Source::open(&path).expect("weights");
    let config = whole.config().clone();
    let apart = Plan::released(&source, &config).load(&config, &Device::flex(), Precision::F32, false);
    let apart = apart.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(values_of(&apart), values_of(&whole));
}

fn values_of(model: &Molmo) -> BTreeMap<String, Vec<f32>> {
    let mut all = BTreeMap::new();
    parameters::each(model, |name, data| -> Result<(), std::convert::Infallible> {
        all.insert(name.to_owned(), data.try_into_vec::<f32>().expect("32-bit floats"));
        Ok(())
    })
    .expect("no error");
    all
}
