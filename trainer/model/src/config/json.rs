//! The `config.json` of a Molmo, with the keys of the released files and those of the training code for what these leave to
//! code, so that a model of another shape than the released ones can say so.

use pixmo_preprocess::{CropMode, Fit, Normal};
use serde_json::{Value, json};

use super::{Activation, Config, Crops, EncoderKind, Feed, POOL, Pooling};

impl Config {
    /// The `config.json` of this model.
    pub fn to_json(&self) -> Value {
        let (decoder, encoder) = (&self.decoder, &self.encoder);
        let (intermediate, experts) = match decoder.feed {
            Feed::Dense { inner } => (2 * inner, None),
            Feed::Experts { inner, experts, chosen } => (2 * inner, Some((experts, chosen))),
        };
        let mut config = json!({
            "architectures": ["MolmoForCausalLM"],
            "model_type": "molmo",
            "hidden_size": decoder.width,
            "num_hidden_layers": decoder.layers,
            "num_attention_heads": decoder.heads,
            "num_key_value_heads": decoder.kv_heads,
            "intermediate_size": intermediate,
            "layer_norm_type": "rms",
            "layer_norm_eps": decoder.norm_eps,
            "rope_theta": decoder.rope_theta,
            "qkv_bias": decoder.qkv_bias,
            "attention_layer_norm": decoder.qk_norm,
            "norm_after": decoder.norm_after,
            "vocab_size": decoder.vocabulary,
            "embedding_size": decoder.embeddings,
            "additional_vocab_size": decoder.new_embeddings,
            "max_position_embeddings": decoder.tokens_max,
            "clip_qkv": null,
            "use_position_ids": true,
            "weight_tying": false,
            "initializer_range": 0.02,
            "torch_dtype": "float32",
            "block_type": if experts.is_some() { "moe" } else { "sequential" },
        });
        let more = json!({
            "use_col_tokens": self.crops.column_tokens,
            "overlap_margins": [self.crops.margins.0, self.crops.margins.1],
            "image_padding_embed": self.connector.pad_embedding.then_some("pad_and_partial_pad"),
            "vit_layers": self.connector.layers,
            "image_pooling_h": POOL,
            "image_pooling_w": POOL,
            "image_pooling_2d": match self.connector.pooling {
                Pooling::MeanQuery => "attention_meanq",
                Pooling::Stack => "stack",
            },
            "image_projector_hidden_size": self.connector.inner,
        });
        let vision = json!({
                "image_model_type": kind_word(encoder.kind),
                "image_default_input_size": [encoder.crop_px, encoder.crop_px],
                "image_patch_size": encoder.patch_px,
                "image_emb_dim": encoder.width,
                "image_num_heads": encoder.heads,
                "image_num_layers": encoder.layers,
                "image_head_dim": encoder.head_width,
                "image_mlp_dim": encoder.inner,
                "image_mlp_activations": activation_word(encoder.activation),
                "image_num_pos": encoder.positions,
                "image_norm_eps": encoder.norm_eps,
                "resize_mode": resize_word(&self.crops),
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            config[key] = value.clone();
        }
        config["vision_backbone"] = vision;
        if let Some((experts, chosen)) = experts {
            config["moe_num_experts"] = json!(experts);
            config["moe_top_k"] = json!(chosen);
        }
        match self.crops.mode {
            CropMode::Overlapping { crops_max } => {
                config["crop_mode"] = json!("overlap-and-resize-c2");
                config["max_crops"] = json!(crops_max);
            }
            CropMode::Overview => config["crop_mode"] = json!("resize"),
        }
        if let Fit::Pad { value } = self.crops.fit {
            config["pad_value"] = json!(value);
        }
        config
    }
}

fn kind_word(kind: EncoderKind) -> &'static str {
    match kind {
        EncoderKind::Clip => "openai",
        EncoderKind::Siglip => "siglip",
        EncoderKind::Dino => "dino",
    }
}

fn activation_word(activation: Activation) -> &'static str {
    match activation {
        Activation::QuickGelu => "quick_gelu",
        Activation::TanhGelu => "gelu_pytorch_tanh",
        Activation::Gelu => "gelu",
    }
}

fn resize_word(crops: &Crops) -> &'static str {
    match (crops.fit, crops.normal) {
        (Fit::Pad { .. }, _) => "default",
        (Fit::SquashBilinear, _) => "siglip",
        (Fit::SquashBicubic, normal) if normal == Normal::IMAGE_NET => "dino",
        (Fit::SquashBicubic, _) => "metaclip",
    }
}
