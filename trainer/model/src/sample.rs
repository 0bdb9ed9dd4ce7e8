//! A small model of random weights in the layout of the released ones, to try programs with: what it says means nothing.

use std::path::Path;

use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{Precision, parameters};
use pixmo_preprocess::{CropMode, Tokenizer, TokenizerError};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde_json::{Map, Value, json};

use crate::checkpoint::{CheckpointError, SHARD_BYTES, save};
use crate::config::{
    Activation, Config, Connector, Crops, Decoder, Encoder, EncoderKind, Feed, Llm, Pooling, Vit,
};
use crate::model::Molmo;

/// A model of a hundred thousand parameters: a language model like Qwen2 with a token for every byte, and an encoder like
/// CLIP with crops of 112 pixels.
pub fn config() -> Config {
    Config {
        decoder: Decoder {
            width: 64,
            layers: 2,
            heads: 4,
            kv_heads: 2,
            feed: Feed::Dense { inner: 96 },
            tokens_max: 2048,
            vocabulary: 320,
            embeddings: 320,
            new_embeddings: 16,
            ..Decoder::of(Llm::Qwen2Small)
        },
        encoder: Encoder {
            kind: EncoderKind::Clip,
            crop_px: 112,
            width: 32,
            layers: 3,
            heads: 2,
            head_width: 16,
            inner: 64,
            activation: Activation::QuickGelu,
            positions: 65,
            ..Encoder::of(Vit::Clip)
        },
        connector: Connector {
            layers: vec![2, 0],
            pooling: Pooling::MeanQuery,
            pad_embedding: true,
            inner: 96,
        },
        crops: Crops {
            margins: (2, 2),
            mode: CropMode::Overlapping { crops_max: 12 },
            ..Crops::of(Vit::Clip)
        },
    }
}

/// Writes such a model as a new folder. The same seed gives the same bytes. Its logits favour printable letters, so that what
/// it says can be read.
///
/// # Errors
/// The folder is there already, or it cannot be written.
pub fn write(folder: &Path, seed: u64) -> Result<(), CheckpointError> {
    let tokenizer = tokenizer_json().to_string();
    let width = config().decoder.width;
    let printable = |values: &mut [f32]| {
        for (id, row) in values.chunks_mut(width).enumerate() {
            if !(usize::from(b' ')..=usize::from(b'~')).contains(&id) {
                row.iter_mut().for_each(|value| *value *= 0.25);
            }
        }
    };
    save(&drawn(&config(), seed, printable), folder, &[("tokenizer.json", tokenizer.as_bytes())], SHARD_BYTES)
}

/// A model whose weights are drawn from its seed, the same on every machine: norms are 1, biases 0, and matrices such that
/// what goes through them keeps its size.
pub fn random(config: &Config, seed: u64) -> Molmo {
    drawn(config, seed, |_| ())
}

/// The same, with the matrix of the output changed by `head`.
fn drawn(config: &Config, seed: u64, head: impl Fn(&mut [f32])) -> Molmo {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let model = Molmo::new(config, &Device::flex(), Precision::F32);
    let drawn = parameters::replace_some(model, |parameter| -> Result<_, std::convert::Infallible> {
        let count = parameter.shape.iter().product();
        let mut values: Vec<f32> = if parameter.shape.len() == 1 {
            let is_scale = parameter.name.ends_with("weight") || parameter.name.contains("lambda");
            vec![if is_scale { 1.0 } else { 0.0 }; count]
        } else {
            let is_table = parameter.name.contains("embed") && !parameter.name.contains("patch");
            let spread = if is_table { 1.0 } else { (3.0 / parameter.shape[1] as f32).sqrt() };
            let mut draw = || (generator.next_u32() >> 8) as f32 / (1 << 23) as f32 - 1.0;
            (0..count).map(|_| spread * draw()).collect()
        };
        if parameter.name == "transformer.ff_out.weight" {
            head(&mut values);
        }
        Ok(Some((TensorData::new(values, parameter.shape.clone()), DType::F32)))
    });
    match drawn {
        Ok(model) => model,
        Err(never) => match never {},
    }
}

/// Its tokeniser: the id of a byte is the byte, and 256 ends an answer.
///
/// # Errors
/// None that is known: the file is made here.
pub fn tokenizer() -> Result<Tokenizer, TokenizerError> {
    let json = tokenizer_json().to_string();
    Tokenizer::from_json_for(json.as_bytes(), "tokenizer.json", config().decoder.vocabulary)
}

fn tokenizer_json() -> Value {
    let mut vocabulary = Map::new();
    for (byte, letter) in (0_u16..256).zip(letters_of_bytes()) {
        vocabulary.insert(letter.to_string(), json!(byte));
    }
    let byte_level = json!({
        "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false
    });
    json!({
        "version": "1.0",
        "truncation": null,
        "padding": null,
        "added_tokens": [{
            "id": 256, "content": "<|endoftext|>", "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": false, "special": true
        }],
        "normalizer": null,
        "pre_tokenizer": byte_level,
        "post_processor": null,
        "decoder": byte_level,
        "model": {
            "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
            "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
            "vocab": vocabulary, "merges": []
        }
    })
}

/// The letters by which byte-level tokenisers (GPT-2) write bytes: printable ones by themselves, the others by letters from
/// 256 on.
fn letters_of_bytes() -> Vec<char> {
    let mut further = 256;
    (0..=255_u8)
        .map(|byte| {
            if matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF) {
                return char::from(byte);
            }
            let letter = char::from_u32(further).unwrap_or(char::REPLACEMENT_CHARACTER);
            further += 1;
            letter
        })
        .collect()
}
