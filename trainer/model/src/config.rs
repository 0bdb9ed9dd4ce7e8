//! The sizes and kinds that make a Molmo: language model, vision encoder, connector.

mod hf;
mod json;
mod presets;

use pixmo_preprocess::{CropMode, Fit, Normal, Vision};

pub use hf::ConfigError;
pub use presets::{Llm, Vit};

/// A Molmo.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The language model.
    pub decoder: Decoder,
    /// The vision encoder.
    pub encoder: Encoder,
    /// What stands between both.
    pub connector: Connector,
    /// How pictures are cut.
    pub crops: Crops,
}

/// A language model.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoder {
    /// Width of a token.
    pub width: usize,
    /// Number of blocks.
    pub layers: usize,
    /// Heads of queries.
    pub heads: usize,
    /// Heads of keys and values; each serves `heads / kv_heads` heads of queries.
    pub kv_heads: usize,
    /// What follows attention in a block.
    pub feed: Feed,
    /// Whether norms stand after attention and feed-forward part instead of before them (OLMo).
    pub norm_after: bool,
    /// Whether queries and keys are normed over their full width (OLMo, OLMoE).
    pub qk_norm: bool,
    /// Whether queries, keys and values have biases (Qwen2).
    pub qkv_bias: bool,
    /// Added to the mean square before its root.
    pub norm_eps: f64,
    /// Base of the rotary embedding.
    pub rope_theta: f64,
    /// Most tokens of a sequence.
    pub tokens_max: usize,
    /// Ids of the vocabulary; the image tokens follow them.
    pub vocabulary: usize,
    /// Rows of the embedding table and classes of the output.
    pub embeddings: usize,
    /// Further rows for ids behind the table.
    pub new_embeddings: usize,
}

/// What follows attention in a block of the language model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// SwiGLU.
    Dense {
        /// Its inner width: half of the rows of its first matrix.
        inner: usize,
    },
    /// Several SwiGLU, of which each token takes the best few.
    Experts {
        /// Inner width of each.
        inner: usize,
        /// How many there are.
        experts: usize,
        /// How many a token takes.
        chosen: usize,
    },
}

/// The family of a vision encoder, as far as its arithmetic goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncoderKind {
    /// CLIP and MetaCLIP: class token, norm before the blocks, no bias of patches.
    Clip,
    /// SigLIP: no class token, bias of patches.
    Siglip,
    /// DINOv2: class token, bias of patches, scaled branches.
    Dino,
}

/// The activation between the two layers of a vision block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// `x sigmoid(1.702 x)`.
    QuickGelu,
    /// GELU by the hyperbolic tangent.
    TanhGelu,
    /// GELU by the error function.
    Gelu,
}

/// A vision encoder.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoder {
    /// Its family.
    pub kind: EncoderKind,
    /// Side of a crop in pixels.
    pub crop_px: usize,
    /// Side of a patch in pixels.
    pub patch_px: usize,
    /// Width of a patch's features.
    pub width: usize,
    /// Number of blocks.
    pub layers: usize,
    /// Heads of attention.
    pub heads: usize,
    /// Width of a head.
    pub head_width: usize,
    /// Inner width of the feed-forward part.
    pub inner: usize,
    /// Its activation.
    pub activation: Activation,
    /// Rows of the table of positions, the class token among them.
    pub positions: usize,
    /// Added to the variance before its root.
    pub norm_eps: f64,
}

/// How four neighbouring patches become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// By attention, asked by their mean.
    MeanQuery,
    /// Side by side.
    Stack,
}

/// What stands between vision encoder and language model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    /// Blocks of the encoder whose outputs stand side by side, counted from 0, in this order.
    pub layers: Vec<usize>,
    /// How patches are pooled.
    pub pooling: Pooling,
    /// Whether patches of padding are told by an embedding.
    pub pad_embedding: bool,
    /// Inner width of the projector.
    pub inner: usize,
}

/// How pictures are cut: what `pixmo_preprocess::Vision` does not have from the encoder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crops {
    /// How a picture is fitted.
    pub fit: Fit,
    /// What its pixels become.
    pub normal: Normal,
    /// Grid or overview alone.
    pub mode: CropMode,
    /// Patches that neighbours share.
    pub margins: (usize, usize),
    /// Whether rows of image tokens end with a token.
    pub column_tokens: bool,
}

/// Side of a window of patches that is pooled; all models have 2.
pub const POOL: usize = 2;

impl Config {
    /// The settings by which pictures are cut for this model.
    pub fn vision(&self) -> Vision {
        Vision {
            crop_px: self.encoder.crop_px,
            patch_px: self.encoder.patch_px,
            margins: self.crops.margins,
            pool: POOL,
            fit: self.crops.fit,
            normal: self.crops.normal,
            mode: self.crops.mode,
            column_tokens: self.crops.column_tokens,
        }
    }

    /// Width of the features of a patch: the chosen blocks side by side.
    pub fn feature_width(&self) -> usize {
        self.connector.layers.len() * self.encoder.width
    }

    /// Width of a pooled cell.
    pub fn pooled_width(&self) -> usize {
        match self.connector.pooling {
            Pooling::MeanQuery => self.encoder.width,
            Pooling::Stack => POOL * POOL * self.feature_width(),
        }
    }

    /// Why these sizes cannot be a model, if they cannot.
    pub fn fault(&self) -> Option<String> {
        let (decoder, encoder) = (&self.decoder, &self.encoder);
        let sizes = [
            ("width", decoder.width),
            ("heads", decoder.heads),
            ("kv_heads", decoder.kv_heads),
            ("layers", decoder.layers),
            ("vocabulary", decoder.vocabulary),
            ("width of the encoder", encoder.width),
            ("heads of the encoder", encoder.heads),
            ("layers of the encoder", encoder.layers),
            ("tokens_max", decoder.tokens_max),
            ("chosen layers of the encoder", self.connector.layers.len()),
            ("inner width of the projector", self.connector.inner),
        ];
        if let Some((what, _)) = sizes.iter().find(|(_, size)| *size == 0) {
            return Some(format!("{what} is 0, expected 1 or more"));
        }
        if !decoder.width.is_multiple_of(2 * decoder.heads) {
            return Some(format!("a width of {} is not {} even heads", decoder.width, decoder.heads));
        }
        if !decoder.heads.is_multiple_of(decoder.kv_heads) {
            return Some(format!(
                "{} heads cannot share {} heads of keys and values",
                decoder.heads, decoder.kv_heads
            ));
        }
        if decoder.vocabulary > decoder.embeddings {
            return Some(format!(
                "a vocabulary of {} does not fit a table of {} rows",
                decoder.vocabulary, decoder.embeddings
            ));
        }
        if let Feed::Experts { experts, chosen, .. } = decoder.feed
            && (chosen == 0 || chosen > experts)
        {
            return Some(format!("{chosen} of {experts} experts cannot be chosen"));
        }
        if let Some(layer) = self.connector.layers.iter().find(|layer| **layer >= encoder.layers) {
            return Some(format!("block {layer} of the encoder is chosen, and it has {}", encoder.layers));
        }
        self.vision().fault()
    }
}

impl Encoder {
    /// Rows of the table of positions that stand for patches.
    pub fn grid_positions(&self) -> usize {
        self.positions - usize::from(self.has_class())
    }

    /// Whether a class token stands before the patches.
    pub fn has_class(&self) -> bool {
        self.kind != EncoderKind::Siglip
    }

    /// Whether patches have a bias.
    pub fn has_patch_bias(&self) -> bool {
        self.kind != EncoderKind::Clip
    }
}

impl Decoder {
    /// Width of a head.
    pub fn head_width(&self) -> usize {
        self.width / self.heads
    }

    /// Width of all keys, or all values, of a token.
    pub fn kv_width(&self) -> usize {
        self.kv_heads * self.head_width()
    }
}
