//! A `config.json` of a Molmo to sizes.
//!
//! The released files have the keys of their library (`hidden_size`) and leave everything of the vision encoder to code; the
//! training code has other keys (`d_model`) and all of it. Both are read.

use pixmo_preprocess::{CropMode, Fit, Normal};
use serde_json::{Map, Value, json};

use super::{Activation, Config, Connector, Crops, Decoder, Encoder, EncoderKind, Feed, POOL, Pooling, Vit};

/// Why a `config.json` is not that of a Molmo.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It is no JSON.
    #[error("this is no JSON object")]
    Json(#[source] Option<serde_json::Error>),
    /// A key is not there.
    #[error("there is no `{key}`")]
    Missing {
        /// Which.
        key: &'static str,
    },
    /// A value is not what is known.
    #[error("`{key}` is `{found}`, expected {expected}")]
    Value {
        /// Where.
        key: &'static str,
        /// What was found.
        found: String,
        /// What is known.
        expected: &'static str,
    },
    /// The sizes are no model together.
    #[error("{fault}")]
    Fault {
        /// Why.
        fault: String,
    },
}

impl Config {
    /// Reads a `config.json`.
    ///
    /// # Errors
    /// It is not that of a Molmo.
    pub fn from_json(bytes: &[u8]) -> Result<Config, ConfigError> {
        let value: Value = serde_json::from_slice(bytes).map_err(|error| ConfigError::Json(Some(error)))?;
        Config::from_value(&value)
    }

    /// The same of a value that was read before.
    ///
    /// # Errors
    /// It is not that of a Molmo.
    pub fn from_value(value: &Value) -> Result<Config, ConfigError> {
        let keys = Keys(value.as_object().ok_or(ConfigError::Json(None))?);
        keys.refuse_unknown_kinds()?;
        let decoder = keys.decoder()?;
        let (encoder, fit, normal) = match keys.0.get("vision_backbone") {
            Some(Value::Object(vision)) => Keys(vision).encoder(&keys)?,
            _ => {
                let crops = Crops::of(Vit::Clip);
                (Encoder::of(Vit::Clip), crops.fit, crops.normal)
            }
        };
        let config = Config {
            connector: keys.connector(&decoder, &encoder)?,
            crops: keys.crops(fit, normal)?,
            decoder,
            encoder,
        };
        config.fault().map_or(Ok(config), |fault| Err(ConfigError::Fault { fault }))
    }
}

/// The keys of an object.
struct Keys<'a>(&'a Map<String, Value>);

impl Keys<'_> {
    /// The value of the first of these names that is there and not null.
    fn get(&self, names: &[&'static str]) -> Option<&Value> {
        names.iter().find_map(|name| self.0.get(*name).filter(|value| !value.is_null()))
    }

    fn size(&self, names: &[&'static str]) -> Result<usize, ConfigError> {
        self.size_or_none(names)?.ok_or(ConfigError::Missing { key: names[0] })
    }

    fn size_or_none(&self, names: &[&'static str]) -> Result<Option<usize>, ConfigError> {
        let Some(value) = self.get(names) else { return Ok(None) };
        // Larger sizes than any model has would only overflow later.
        let size = value.as_u64().filter(|size| *size <= 1 << 32).map(|size| size as usize);
        size.map(Some).ok_or_else(|| wrong(names[0], value, "a whole number of at most 2^32"))
    }

    fn number(&self, name: &'static str) -> Result<f64, ConfigError> {
        let value = self.get(&[name]).ok_or(ConfigError::Missing { key: name })?;
        value.as_f64().filter(|number| *number > 0.0).ok_or_else(|| wrong(name, value, "a number above 0"))
    }

    fn truth(&self, name: &'static str, default: bool) -> Result<bool, ConfigError> {
        match self.get(&[name]) {
            None => Ok(default),
            Some(value) => value.as_bool().ok_or_else(|| wrong(name, value, "`true` or `false`")),
        }
    }

    fn word(&self, name: &'static str, default: &'static str) -> Result<&str, ConfigError> {
        match self.get(&[name]) {
            None => Ok(default),
            Some(value) => value.as_str().ok_or_else(|| wrong(name, value, "a word")),
        }
    }

    fn whole_numbers(&self, name: &'static str) -> Result<Option<Vec<i64>>, ConfigError> {
        let Some(value) = self.get(&[name]) else { return Ok(None) };
        let list = value.as_array().map(|list| list.iter().map(Value::as_i64).collect::<Option<Vec<i64>>>());
        list.flatten().map(Some).ok_or_else(|| wrong(name, value, "a list of whole numbers"))
    }

    /// Refuses what would be computed differently.
    fn refuse_unknown_kinds(&self) -> Result<(), ConfigError> {
        let only: [(&'static str, Value, &'static str); 8] = [
            ("weight_tying", json!(false), "`false`"),
            ("layer_norm_type", json!("rms"), "`rms`"),
            ("activation_type", json!("swiglu"), "`swiglu`"),
            ("include_bias", json!(false), "`false`"),
            ("image_pooling_h", json!(POOL), "2"),
            ("image_pooling_w", json!(POOL), "2"),
            ("image_projector", json!("mlp"), "`mlp`"),
            ("rope", json!(true), "`true`"),
        ];
        for (key, known, expected) in only {
            if let Some(found) = self.get(&[key])
                && *found != known
            {
                return Err(wrong(key, found, expected));
            }
        }
        match self.get(&["clip_qkv"]) {
            Some(found) => Err(wrong("clip_qkv", found, "`null`")),
            None => Ok(()),
        }
    }

    fn decoder(&self) -> Result<Decoder, ConfigError> {
        let width = self.size(&["hidden_size", "d_model"])?;
        let heads = self.size(&["num_attention_heads", "n_heads"])?;
        let intermediate = match self.size_or_none(&["intermediate_size", "mlp_hidden_size"])? {
            Some(both) => both,
            None => self.size(&["mlp_ratio"])?.saturating_mul(width),
        };
        if !intermediate.is_multiple_of(2) {
            let found = json!(intermediate);
            return Err(wrong("intermediate_size", &found, "an even number, the rows of both halves"));
        }
        let inner = intermediate / 2;
        let feed = match self.word("block_type", "sequential")? {
            "sequential" => Feed::Dense { inner },
            "moe" => Feed::Experts {
                inner,
                experts: self.size(&["moe_num_experts", "num_experts"])?,
                chosen: self.size(&["moe_top_k", "num_experts_per_tok"])?,
            },
            found => return Err(wrong("block_type", &json!(found), "`sequential` or `moe`")),
        };
        let vocabulary = self.size(&["vocab_size"])?;
        Ok(Decoder {
            width,
            layers: self.size(&["num_hidden_layers", "n_layers"])?,
            heads,
            kv_heads: self.size_or_none(&["num_key_value_heads", "n_kv_heads"])?.unwrap_or(heads),
            feed,
            norm_after: self.truth("norm_after", false)?,
            qk_norm: self.truth("attention_layer_norm", false)?,
            qkv_bias: self.truth("qkv_bias", false)?,
            norm_eps: self.number("layer_norm_eps")?,
            rope_theta: self.number("rope_theta")?,
            tokens_max: self.size(&["max_position_embeddings", "max_sequence_length"])?,
            vocabulary,
            embeddings: self.size_or_none(&["embedding_size"])?.unwrap_or(vocabulary),
            new_embeddings: self.size_or_none(&["additional_vocab_size"])?.unwrap_or(128),
        })
    }

    fn encoder(&self, whole: &Keys<'_>) -> Result<(Encoder, Fit, Normal), ConfigError> {
        let kind = match self.word("image_model_type", "openai")? {
            "openai" => EncoderKind::Clip,
            "siglip" => EncoderKind::Siglip,
            "dino" => EncoderKind::Dino,
            found => return Err(wrong("image_model_type", &json!(found), "`openai`, `siglip` or `dino`")),
        };
        let activation = match self.word("image_mlp_activations", "quick_gelu")? {
            "quick_gelu" => Activation::QuickGelu,
            "gelu_pytorch_tanh" => Activation::TanhGelu,
            "gelu" => Activation::Gelu,
            found => {
                let expected = "`quick_gelu`, `gelu_pytorch_tanh` or `gelu`";
                return Err(wrong("image_mlp_activations", &json!(found), expected));
            }
        };
        let heads = self.size(&["image_num_heads"])?;
        let key = "image_default_input_size";
        let sides = self.whole_numbers(key)?.ok_or(ConfigError::Missing { key })?;
        let crop_px = match sides[..] {
            [height, width] if height == width && height > 0 => height as usize,
            _ => return Err(wrong(key, &json!(sides), "two equal sides in pixels")),
        };
        if let Some(found) = self.get(&["image_num_key_value_heads"])
            && found.as_u64() != Some(heads as u64)
        {
            return Err(wrong("image_num_key_value_heads", found, "as many as `image_num_heads`"));
        }
        let value = whole.get(&["pad_value"]).and_then(Value::as_f64).unwrap_or(0.0) as f32;
        let (fit, normal) = match self.word("resize_mode", "default")? {
            "default" => (Fit::Pad { value }, Normal::CLIP),
            "siglip" => (Fit::SquashBilinear, Normal::PlusMinusOne),
            "metaclip" => (Fit::SquashBicubic, Normal::CLIP),
            "dino" => (Fit::SquashBicubic, Normal::IMAGE_NET),
            found => {
                let expected = "`default`, `siglip`, `metaclip` or `dino`";
                return Err(wrong("resize_mode", &json!(found), expected));
            }
        };
        let encoder = Encoder {
            kind,
            crop_px,
            patch_px: self.size(&["image_patch_size"])?,
            width: self.size(&["image_emb_dim"])?,
            layers: self.size(&["image_num_layers"])?,
            heads,
            head_width: self.size(&["image_head_dim"])?,
            inner: self.size(&["image_mlp_dim"])?,
            activation,
            positions: self.size(&["image_num_pos"])?,
            norm_eps: self.number("image_norm_eps")?,
        };
        Ok((encoder, fit, normal))
    }

    fn connector(&self, decoder: &Decoder, encoder: &Encoder) -> Result<Connector, ConfigError> {
        let (Feed::Dense { inner } | Feed::Experts { inner, .. }) = decoder.feed;
        let chosen = self.whole_numbers("vit_layers")?.unwrap_or_else(|| vec![-2, -9]);
        let from_zero = |layer: &i64| {
            let layers = encoder.layers as i64;
            let layer = if *layer < 0 { layers.saturating_add(*layer) } else { *layer };
            usize::try_from(layer).ok().filter(|layer| *layer < encoder.layers)
        };
        let layers = chosen.iter().map(from_zero).collect::<Option<Vec<usize>>>();
        let layers = layers
            .ok_or_else(|| wrong("vit_layers", &json!(chosen), "blocks that the vision encoder has"))?;
        let pooling = match self.word("image_pooling_2d", "attention_meanq")? {
            "attention_meanq" => Pooling::MeanQuery,
            "stack" => Pooling::Stack,
            found => return Err(wrong("image_pooling_2d", &json!(found), "`attention_meanq` or `stack`")),
        };
        // The released files do not say it, and have it; the training code says that it has none with null.
        let pad_embedding = match self.0.get("image_padding_embed") {
            None => true,
            Some(Value::Null) => false,
            Some(found) if found == "pad_and_partial_pad" => true,
            Some(found) => {
                return Err(wrong("image_padding_embed", found, "`pad_and_partial_pad` or `null`"));
            }
        };
        let inner = self.size_or_none(&["image_projector_hidden_size"])?.unwrap_or(inner);
        Ok(Connector { layers, pooling, pad_embedding, inner })
    }

    fn crops(&self, fit: Fit, normal: Normal) -> Result<Crops, ConfigError> {
        let mode = match self.word("crop_mode", "overlap-and-resize-c2")? {
            "overlap-and-resize-c2" => {
                CropMode::Overlapping { crops_max: self.size_or_none(&["max_crops"])?.unwrap_or(12) }
            }
            "resize" => CropMode::Overview,
            found => {
                return Err(wrong("crop_mode", &json!(found), "`overlap-and-resize-c2` or `resize`"));
            }
        };
        let margins = self.whole_numbers("overlap_margins")?.unwrap_or_else(|| vec![4, 4]);
        let margins = match margins[..] {
            // Nothing overlaps an overview.
            _ if mode == CropMode::Overview => (0, 0),
            [before, after] if before >= 0 && after >= 0 => (before as usize, after as usize),
            _ => return Err(wrong("overlap_margins", &json!(margins), "two whole numbers of 0 or more")),
        };
        Ok(Crops { fit, normal, mode, margins, column_tokens: self.truth("use_col_tokens", true)? })
    }
}

fn wrong(key: &'static str, found: &Value, expected: &'static str) -> ConfigError {
    ConfigError::Value { key, found: found.to_string(), expected }
}
