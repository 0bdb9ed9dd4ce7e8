//! The whole model.

mod group;
mod images;
mod loss;

use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{Precision, parameters, precision};
use pixmo_preprocess::batch::Batch;

use crate::attention::hidden_in;
use crate::config::{Config, Pooling};
use crate::connector::{Projector, mark_padding, pool, windows};
use crate::decoder::{Cache, Decoder};
use crate::encoder::{Attention, Encoder};
use crate::rope::Rotation;
use crate::start::Start;

pub use group::Group;
pub use images::Images;
pub use loss::{Loss, Z_WEIGHT, loss, per_token};

/// Crops that pass the vision encoder at once.
const CROPS_AT_ONCE: usize = 8;

/// A Molmo. Its fields have the names of the released weights, without the `model.` before them.
#[derive(Module, Debug)]
pub struct Molmo {
    /// The language model.
    pub transformer: Decoder,
    /// Vision encoder and connector.
    pub vision_backbone: VisionBackbone,
    #[module(skip)]
    config: Config,
}

/// Pictures to features of the language model's width.
#[derive(Module, Debug)]
pub struct VisionBackbone {
    /// `[2, feature width]`: added where a patch is padding, and where it is partly so.
    pub pad_embed: Option<Param<Tensor<2>>>,
    /// Four patches to one; none where they stand side by side.
    pub image_pooling_2d: Option<Attention>,
    /// To the width of the language model.
    pub image_projector: Projector,
    /// The vision encoder.
    pub image_vit: Encoder,
}

/// What a model reads, on its device.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// Ids of tokens, rows x tokens.
    pub ids: Vec<i32>,
    /// Number of rows.
    pub rows: usize,
    /// Places of tokens, rows x tokens.
    pub places: Vec<i32>,
    /// Crops of pictures.
    pub images: Option<Images>,
    /// `[rows, tokens, tokens]`, true where a token must not look.
    pub hidden: Tensor<3, Bool>,
}

impl Inputs {
    /// What a batch of examples is for a model.
    pub fn of(batch: &Batch, config: &Config, device: &Device) -> Inputs {
        Inputs {
            ids: batch.input.clone(),
            rows: batch.examples,
            places: batch.positions.clone(),
            images: Images::of(batch, config, device),
            hidden: hidden_in(batch, device),
        }
    }
}

impl Molmo {
    /// A model whose parameters have no values yet: drawn when they are asked for, or loaded.
    pub fn new(config: &Config, device: &Device, precision: Precision) -> Molmo {
        let start = Start { device: device.clone(), precision };
        let pooled = config.connector.pooling == Pooling::MeanQuery;
        Molmo {
            transformer: Decoder::new(&config.decoder, &start),
            vision_backbone: VisionBackbone {
                pad_embed: (config.connector.pad_embedding)
                    .then(|| start.constant([2, config.feature_width()], 0.0)),
                image_pooling_2d: pooled
                    .then(|| Attention::new(config.feature_width(), &config.encoder, &start)),
                image_projector: Projector::new(config, &start),
                image_vit: Encoder::new(&config.encoder, &start),
            },
            config: config.clone(),
        }
    }

    /// Its sizes.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Names and shapes of all parameters, without making any.
    pub fn parameters(config: &Config) -> Vec<parameters::Named> {
        parameters::list(&Molmo::new(config, &Device::flex(), Precision::F32))
    }

    /// `[rows, tokens, embeddings]` logits of every token.
    pub fn logits(&self, inputs: &Inputs) -> Tensor<3> {
        self.transformer.logits(self.pass(inputs, None))
    }

    /// The tokens after all blocks, `[rows, tokens, width]`. With a cache, keys and values are kept in it.
    pub fn pass(&self, inputs: &Inputs, cache: Option<&mut Cache>) -> Tensor<3> {
        let x = self.embed(inputs);
        let rotation = self.rotation(&inputs.places, inputs.rows, &x.device());
        self.transformer.pass(x, &rotation, &inputs.hidden, cache)
    }

    /// What the first block of the language model gets: the vectors of ids, with the features of pictures added to those of
    /// their tokens.
    pub fn embed(&self, inputs: &Inputs) -> Tensor<3> {
        let x = precision::cast(self.transformer.wte.forward(&inputs.ids, inputs.rows), DType::F32);
        let Some(images) = &inputs.images else { return x };
        images.merge(x, self.vision_backbone.forward(images, &self.config))
    }

    /// The rotary embedding for places of tokens.
    pub fn rotation(&self, places: &[i32], rows: usize, device: &Device) -> Rotation {
        let decoder = &self.config.decoder;
        Rotation::at(places, rows, decoder.head_width(), decoder.rope_theta, device)
    }
}

impl VisionBackbone {
    /// The features of patches before marks of padding, `[crops, patches, feature width]`; those of black crops are 0.
    pub fn features(&self, images: &Images, config: &Config) -> Tensor<3> {
        let crops = images.patches.dims()[0];
        let parts = (0..crops).step_by(CROPS_AT_ONCE).map(|first| {
            let patches = images.patches.clone().narrow(0, first, CROPS_AT_ONCE.min(crops - first));
            self.image_vit.features(patches, &config.connector.layers)
        });
        let features = Tensor::cat(parts.collect(), 0);
        match &images.erased {
            Some(erased) => features.mask_fill(erased.clone(), 0.0),
            None => features,
        }
    }

    /// Pooled cells, `[crops x cells, 1, pooled width]`, of what [`VisionBackbone::features`] gives.
    pub fn pooled(&self, features: Tensor<3>, images: &Images) -> Tensor<3> {
        let features = match (&self.pad_embed, &images.masks) {
            (Some(marks), Some(masks)) => mark_padding(features, marks.val(), masks.clone()),
            _ => features,
        };
        pool(windows(features), self.image_pooling_2d.as_ref())
    }

    /// Features for the language model, `[crops x cells, width]`.
    pub fn forward(&self, images: &Images, config: &Config) -> Tensor<2> {
        let pooled = self.pooled(self.features(images, config), images);
        let [cells, _, width] = pooled.dims();
        self.image_projector.forward(pooled.reshape([cells, width]))
    }
}
