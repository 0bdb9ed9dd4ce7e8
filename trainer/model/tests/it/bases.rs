//! Models that begin with a language model and a vision encoder of others.

use pixmo_burnkit::Precision;
use pixmo_burnkit::parameters;
use pixmo_burnkit::prelude::*;
use pixmo_molmo::checkpoint::{Plan, Source};
use pixmo_molmo::config::{
    Activation, Config, Connector, Crops, Decoder, Encoder, EncoderKind, Feed, Llm, Pooling, Vit,
};
use pixmo_molmo::encoder::resized;
use serde_json::Value;

use crate::goldens::{self, Tensors, check, values};

fn size(value: &Value, key: &str) -> usize {
    value[key].as_u64().unwrap_or_else(|| panic!("no {key}")) as usize
}

fn decoder(name: &str, sizes: &Value) -> Decoder {
    let width = size(sizes, "d_model");
    let heads = size(sizes, "n_heads");
    let (published, feed) = match name {
        "qwen2" => (Llm::Qwen2Small, Feed::Dense { inner: size(sizes, "intermediate") }),
        "olmo" => (Llm::Olmo, Feed::Dense { inner: size(sizes, "intermediate") }),
        _ => {
            let (experts, chosen) = (size(sizes, "experts"), size(sizes, "top_k"));
            (Llm::Olmoe, Feed::Experts { inner: size(sizes, "expert_ffn"), experts, chosen })
        }
    };
    Decoder {
        width,
        layers: size(sizes, "n_layers"),
        heads,
        kv_heads: sizes["n_kv_heads"].as_u64().map_or(heads, |heads| heads as usize),
        feed,
        norm_eps: sizes["eps"].as_f64().expect("a number"),
        rope_theta: sizes["rope_theta"].as_f64().expect("a number"),
        vocabulary: 40,
        embeddings: 40,
        new_embeddings: 8,
        ..Decoder::of(published)
    }
}

fn encoder(name: &str, sizes: &Value) -> Encoder {
    let (kind, activation) = match name {
        "clip" => (EncoderKind::Clip, Activation::QuickGelu),
        "siglip" => (EncoderKind::Siglip, Activation::TanhGelu),
        _ => (EncoderKind::Dino, Activation::Gelu),
    };
    let width = size(sizes, "hidden");
    let heads = size(sizes, "heads");
    let patches = (size(sizes, "image") / size(sizes, "patch")).pow(2);
    let kept = if name == "clip" { "kept_layers" } else { "layers" };
    Encoder {
        kind,
        crop_px: size(sizes, "image"),
        patch_px: size(sizes, "patch"),
        width,
        layers: size(sizes, kept),
        heads,
        head_width: width / heads,
        inner: size(sizes, "mlp"),
        activation,
        positions: patches + usize::from(kind != EncoderKind::Siglip),
        norm_eps: sizes["eps"].as_f64().expect("a number"),
    }
}

#[test]
fn golden_conversion_of_bases() {
    if goldens::cases("convert", &[]).is_empty() {
        return;
    }
    let sizes = goldens::json("convert/convert.json");
    let device = Device::flex();
    for (llm, vit) in [("qwen2", "clip"), ("olmo", "siglip"), ("olmoe", "dino")] {
        let config = Config {
            decoder: decoder(llm, &sizes[llm]),
            encoder: encoder(vit, &sizes[vit]),
            connector: Connector {
                layers: vec![1, 0],
                pooling: Pooling::MeanQuery,
                pad_embedding: true,
                inner: 20,
            },
            crops: Crops { margins: (0, 0), ..Crops::of(Vit::Clip) },
        };
        let open = |name: &str| {
            Source::open(&goldens::path(&format!("convert/{name}_hf.safetensors"))).expect("a base")
        };
        let (llm_source, vit_source) = (open(llm), open(vit));
        let model = Plan::fresh(&config, &llm_source, &vit_source)
            .load(&config, &device, Precision::F32, false)
            .unwrap_or_else(|error| panic!("{llm} {vit}: {error}"));

        // Every tensor, bit by bit but for the resized table of positions.
        let stored = [(llm, ""), (vit, "vision_backbone.image_vit.")]
            .map(|(name, prefix)| (Tensors::read(&format!("convert/{name}_molmo.safetensors")), prefix));
        let mut compared = 0;
        parameters::each(&model, |name, data| -> Result<(), std::convert::Infallible> {
            for (tensors, prefix) in &stored {
                let Some(rest) = name.strip_prefix(prefix).filter(|rest| tensors.has(rest)) else { continue };
                let found = data.clone().try_into_vec::<f32>().expect("32-bit floats");
                let most = if vit == "dino" && rest == "positional_embedding" { 1e-4 } else { 0.0 };
                check(name, &found, &tensors.f32(rest), 1, |_| true, most);
                compared += 1;
            }
            Ok(())
        })
        .expect("no error");
        let expected: usize = stored.iter().map(|(tensors, _)| tensors.names().len()).sum();
        assert_eq!(compared, expected, "{llm} {vit}");

        let io = Tensors::read(&format!("convert/{vit}_io.safetensors"));
        let tensor = |name: &str| {
            let shape = io.shape(name);
            Tensor::<3>::from_data(TensorData::new(io.f32(name), shape), &device)
        };
        let encoder = &model.vision_backbone.image_vit;
        let mut x = encoder.embed(tensor("patches"));
        let most = if vit == "siglip" { 1e-3 } else { 1e-4 };
        for (index, block) in encoder.transformer.resblocks.iter().enumerate() {
            x = block.forward(x);
            let stored = format!("hidden_{index}");
            check(&format!("{vit} {stored}"), &values(x.clone()), &io.f32(&stored), 1, |_| true, most);
        }

        let io = Tensors::read(&format!("convert/{llm}_io.safetensors"));
        let [rows, tokens] = io.shape("input_ids")[..] else { panic!("{llm}: ids") };
        let places: Vec<i32> = (0..rows).flat_map(|_| 0..tokens as i32).collect();
        let hidden: Vec<bool> =
            (0..rows * tokens).flat_map(|row| (0..tokens).map(move |key| key > row % tokens)).collect();
        let hidden = Tensor::<3, Bool>::from_data(TensorData::new(hidden, [rows, tokens, tokens]), &device);
        let decoder = &model.transformer;
        let x = decoder.wte.forward(&io.ids("input_ids"), rows);
        let rotation = model.rotation(&places, rows, &device);
        let logits = decoder.logits(decoder.pass(x, &rotation, &hidden, None));
        check(&format!("{llm} logits"), &values(logits), &io.f32("logits"), 1, |_| true, 1e-4);
    }
}

#[test]
fn golden_tables_of_positions() {
    if goldens::cases("convert", &[]).is_empty() {
        return;
    }
    let stored = Tensors::read("vit/pos_interp.safetensors");
    let device = Device::flex();
    let mut compared = 0;
    for name in stored.names() {
        let Some(case) = name.strip_suffix(".in").filter(|case| case.starts_with("runtime_")) else {
            continue;
        };
        let grid = Tensor::<2>::from_data(TensorData::new(stored.f32(&name), stored.shape(&name)), &device);
        let out = format!("{case}.out");
        let found = values(resized(grid, stored.shape(&out)[0]));
        check(&name, &found, &stored.f32(&out), 1, |_| true, 2e-5);
        compared += 1;
    }
    assert!(compared > 3);
}
