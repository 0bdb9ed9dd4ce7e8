//! The published combinations.

use pixmo_preprocess::{CropMode, Fit, Normal};

use super::{Activation, Config, Connector, Crops, Decoder, Encoder, EncoderKind, Feed, Pooling};

/// A published language model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Llm {
    /// Qwen2-7B, of Molmo-7B-D.
    Qwen2Small,
    /// Qwen2-72B, of Molmo-72B.
    Qwen2Large,
    /// OLMo-7B-1024-preview, of Molmo-7B-O.
    Olmo,
    /// OLMoE-1B-7B-0924, of MolmoE-1B.
    Olmoe,
}

/// A published vision encoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vit {
    /// CLIP ViT-L/14 at 336 pixels, without its last block: of all released models.
    Clip,
    /// SigLIP so400m/14.
    Siglip,
    /// MetaCLIP L/14.
    MetaClip,
    /// DINOv2 large.
    DinoV2,
}

impl Config {
    /// A published language model with a published vision encoder.
    pub fn of(llm: Llm, vit: Vit) -> Config {
        let decoder = Decoder::of(llm);
        let encoder = Encoder::of(vit);
        let inner = match decoder.feed {
            Feed::Dense { inner } | Feed::Experts { inner, .. } => inner,
        };
        let layers = match vit {
            Vit::Clip => vec![encoder.layers - 2, encoder.layers - 9],
            _ => vec![encoder.layers - 3, encoder.layers - 9],
        };
        let connector = Connector { layers, pooling: Pooling::MeanQuery, pad_embedding: true, inner };
        Config { decoder, encoder, connector, crops: Crops::of(vit) }
    }
}

impl Decoder {
    /// A published language model.
    pub fn of(llm: Llm) -> Decoder {
        let small = Decoder {
            width: 3584,
            layers: 28,
            heads: 28,
            kv_heads: 4,
            feed: Feed::Dense { inner: 18_944 },
            norm_after: false,
            qk_norm: false,
            qkv_bias: true,
            norm_eps: 1e-6,
            rope_theta: 1e6,
            tokens_max: 4096,
            vocabulary: 152_064,
            embeddings: 152_064,
            new_embeddings: 128,
        };
        match llm {
            Llm::Qwen2Small => small,
            Llm::Qwen2Large => Decoder {
                width: 8192,
                layers: 80,
                heads: 64,
                kv_heads: 8,
                feed: Feed::Dense { inner: 29_568 },
                norm_eps: 1e-5,
                ..small
            },
            Llm::Olmo => Decoder {
                width: 4096,
                layers: 32,
                heads: 32,
                kv_heads: 32,
                feed: Feed::Dense { inner: 11_008 },
                norm_after: true,
                qk_norm: true,
                qkv_bias: false,
                rope_theta: 5e5,
                vocabulary: 100_278,
                embeddings: 100_352,
                ..small
            },
            Llm::Olmoe => Decoder {
                width: 2048,
                layers: 16,
                heads: 16,
                kv_heads: 16,
                feed: Feed::Experts { inner: 1024, experts: 64, chosen: 8 },
                qk_norm: true,
                qkv_bias: false,
                norm_eps: 1e-5,
                rope_theta: 1e4,
                vocabulary: 50_280,
                embeddings: 50_304,
                ..small
            },
        }
    }
}

impl Encoder {
    /// A published vision encoder.
    pub fn of(vit: Vit) -> Encoder {
        let clip = Encoder {
            kind: EncoderKind::Clip,
            crop_px: 336,
            patch_px: 14,
            width: 1024,
            layers: 23,
            heads: 16,
            head_width: 64,
            inner: 4096,
            activation: Activation::QuickGelu,
            positions: 577,
            norm_eps: 1e-5,
        };
        match vit {
            Vit::Clip => clip,
            Vit::MetaClip => Encoder { layers: 24, ..clip },
            Vit::Siglip => Encoder {
                kind: EncoderKind::Siglip,
                crop_px: 378,
                width: 1152,
                layers: 27,
                head_width: 72,
                inner: 4304,
                activation: Activation::TanhGelu,
                positions: 729,
                norm_eps: 1e-6,
                ..clip
            },
            Vit::DinoV2 => Encoder {
                kind: EncoderKind::Dino,
                layers: 24,
                activation: Activation::Gelu,
                norm_eps: 1e-6,
                ..clip
            },
        }
    }
}

impl Crops {
    /// How pictures are cut for a published vision encoder, into at most 12 crops.
    pub fn of(vit: Vit) -> Crops {
        let (fit, normal) = match vit {
            Vit::Clip => (Fit::Pad { value: 0.0 }, Normal::CLIP),
            Vit::Siglip => (Fit::SquashBilinear, Normal::PlusMinusOne),
            Vit::MetaClip => (Fit::SquashBicubic, Normal::CLIP),
            Vit::DinoV2 => (Fit::SquashBicubic, Normal::IMAGE_NET),
        };
        let mode = CropMode::Overlapping { crops_max: 12 };
        Crops { fit, normal, mode, margins: (4, 4), column_tokens: true }
    }
}
