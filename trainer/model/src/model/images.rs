//! The crops of a batch, as the model takes them.

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;
use pixmo_preprocess::batch::Batch;

use crate::config::Config;

/// Crops of all rows of a batch, one after the other; those that only fill up are left out.
#[derive(Clone, Debug)]
pub struct Images {
    /// `[crops, patches, values]`.
    pub patches: Tensor<3>,
    /// `[crops, patches]`: how much of a patch is image.
    pub masks: Option<Tensor<2>>,
    /// `[crops, 1, 1]`, true for crops whose pixels are all -1, which the reference takes for filling even where they are
    /// not; none if there is no such crop.
    pub erased: Option<Tensor<3, Bool>>,
    /// The cells that have a token, counted over all crops.
    pub cells: Vec<i64>,
    /// Their tokens, counted over all rows.
    pub tokens: Vec<i64>,
    /// Which crops of the batch these are, rows x crops counted.
    pub kept: Vec<usize>,
}

impl Images {
    /// The crops of a batch, if it has any.
    pub fn of(batch: &Batch, config: &Config, device: &Device) -> Option<Images> {
        let vision = config.vision();
        let (patches, values, cells) =
            (vision.patches_per_crop(), vision.patch_values(), vision.cells_per_crop());
        let crops = batch.cells.len() / cells;
        let crops_per_row = crops / batch.examples.max(1);
        let pixels_of = |crop: usize| &batch.patches[crop * patches * values..(crop + 1) * patches * values];
        let cells_of = |crop: usize| &batch.cells[crop * cells..(crop + 1) * cells];
        let black = |crop: usize| pixels_of(crop).iter().all(|value| *value == -1.0);
        let kept: Vec<usize> = (0..crops)
            .filter(|crop| !black(*crop) || cells_of(*crop).iter().any(|cell| *cell >= 0))
            .collect();
        if kept.is_empty() {
            return None;
        }
        let mut images = (Vec::with_capacity(kept.len() * patches * values), Vec::new(), Vec::new());
        let (mut from, mut to) = (Vec::new(), Vec::new());
        for (index, crop) in kept.iter().enumerate() {
            images.0.extend_from_slice(pixels_of(*crop));
            if let Some(masks) = &batch.masks {
                images.1.extend_from_slice(&masks[crop * patches..(crop + 1) * patches]);
            }
            images.2.push(black(*crop));
            let row = (crop / crops_per_row * batch.tokens) as i64;
            for (cell, token) in cells_of(*crop).iter().enumerate().filter(|(_, token)| **token >= 0) {
                from.push((index * cells + cell) as i64);
                to.push(row + i64::from(*token));
            }
        }
        let count = kept.len();
        let erased = images.2.contains(&true).then_some(images.2);
        Some(Images {
            patches: Tensor::from_data(TensorData::new(images.0, [count, patches, values]), device),
            masks: (batch.masks.is_some())
                .then(|| Tensor::from_data(TensorData::new(images.1, [count, patches]), device)),
            erased: erased.map(|erased| {
                let erased = Tensor::<3, Bool>::from_data(TensorData::new(erased, [count, 1, 1]), device);
                erased.expand([count, patches, config.feature_width()])
            }),
            cells: from,
            tokens: to,
            kept,
        })
    }

    /// Adds features, `[crops x cells, width]`, to the vectors of their tokens, `[rows, tokens, width]`.
    pub fn merge(&self, x: Tensor<3>, features: Tensor<2>) -> Tensor<3> {
        if self.cells.is_empty() {
            return x;
        }
        let [rows, tokens, width] = x.dims();
        let at = |indices: &[i64]| {
            Tensor::<1, Int>::from_data(TensorData::new(indices.to_vec(), [indices.len()]), &x.device())
        };
        let features = precision::cast(features, x.dtype()).select(0, at(&self.cells));
        let to = at(&self.tokens);
        x.reshape([rows * tokens, width])
            .select_assign(0, to, features, burn::tensor::IndexingUpdateOp::Add)
            .reshape([rows, tokens, width])
    }
}
