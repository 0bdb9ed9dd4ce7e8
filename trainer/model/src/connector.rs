//! What stands between vision encoder and language model: marks of padding, pooling, projection.

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;

use crate::config::{Config, POOL};
use crate::encoder::Attention;
use crate::linear::Linear;

/// A gated layer: `w2(silu(w1 x) * w3 x)`.
#[derive(Module, Debug)]
pub struct Projector {
    /// The gate.
    pub w1: Linear,
    /// Back to the width of the language model.
    pub w2: Linear,
    /// The value.
    pub w3: Linear,
}

impl Projector {
    pub(crate) fn new(config: &Config, start: &crate::start::Start) -> Projector {
        let (inputs, inner) = (config.pooled_width(), config.connector.inner);
        Projector {
            w1: Linear::new(inputs, inner, false, start),
            w2: Linear::new(inner, config.decoder.width, false, start),
            w3: Linear::new(inputs, inner, false, start),
        }
    }

    /// `[.., pooled width]` to `[.., width]`.
    pub fn forward<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        let gate = burn::tensor::activation::silu(self.w1.forward(x.clone()));
        self.w2.forward(gate * self.w3.forward(x))
    }
}

/// Adds the two rows of `marks`, `[2, width]`, to features, `[crops, patches, width]`: the first where a patch is all
/// padding, the second where it is partly so. `masks`, `[crops, patches]`, say how much of a patch is image; -1 counts as
/// partly, since the released models learnt it so.
pub(crate) fn mark_padding(features: Tensor<3>, marks: Tensor<2>, masks: Tensor<2>) -> Tensor<3> {
    let width = marks.dims()[1];
    let none = masks.clone().equal_elem(0.0);
    let partly = masks.lower_elem(1.0).bool_and(none.clone().bool_not());
    let mut features = features;
    for (row, chosen) in [none, partly].into_iter().enumerate() {
        let mark = precision::cast(marks.clone().narrow(0, row, 1), DType::F32).reshape([1, 1, width]);
        features = features + chosen.float().unsqueeze_dim::<3>(2) * mark;
    }
    features
}

/// Windows of two by two patches: `[crops, patches, width]` to `[crops x cells, 4, width]`. An odd grid gets a row and a
/// column of zeros first.
pub fn windows(features: Tensor<3>) -> Tensor<3> {
    let [crops, patches, width] = features.dims();
    let side = patches.isqrt();
    let mut grid = features.reshape([crops, side, side, width]);
    let odd = side % POOL;
    if odd != 0 {
        let options = (&grid.device(), grid.dtype());
        grid = Tensor::cat(vec![grid, Tensor::zeros([crops, 1, side, width], options)], 1);
        grid = Tensor::cat(vec![grid, Tensor::zeros([crops, side + 1, 1, width], options)], 2);
    }
    let cells = (side + odd) / POOL;
    grid.reshape([crops, cells, POOL, cells, POOL, width]).permute([0, 1, 3, 2, 4, 5]).reshape([
        crops * cells * cells,
        POOL * POOL,
        width,
    ])
}

/// Pools windows, `[windows, 4, width]`, to `[windows, 1, pooled width]`: by attention that their mean asks, or side by side.
pub(crate) fn pool(windows: Tensor<3>, attention: Option<&Attention>) -> Tensor<3> {
    let [count, patches, width] = windows.dims();
    match attention {
        Some(attention) => attention.forward(windows.clone().mean_dim(1), windows),
        None => windows.reshape([count, 1, patches * width]),
    }
}
