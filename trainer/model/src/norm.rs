//! Norms, whose sums are 32-bit floats in every precision.

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;

use crate::start::Start;

/// Root mean square norm: `w x / sqrt(mean(x^2) + eps)`.
#[derive(Module, Debug)]
pub struct RmsNorm {
    /// `[width]`.
    pub weight: Param<Tensor<1>>,
    eps: f64,
}

impl RmsNorm {
    pub(crate) fn new(width: usize, eps: f64, start: &Start) -> RmsNorm {
        RmsNorm { weight: start.constant([width], 1.0), eps }
    }

    /// Over the last dimension. The weight is applied after the quotient is brought back to the type of `x`, and makes it a
    /// 32-bit float again.
    pub fn forward<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        let dtype = x.dtype();
        let x = precision::cast(x, DType::F32);
        let mean = x.clone().square().mean_dim(D - 1);
        let y = x * (mean + self.eps).sqrt().recip();
        let y = precision::cast(precision::cast(y, dtype), DType::F32);
        y * precision::cast(self.weight.val(), DType::F32).unsqueeze()
    }
}

/// `w (x - mean) / sqrt(variance + eps) + b`.
#[derive(Module, Debug)]
pub struct LayerNorm {
    /// `[width]`.
    pub weight: Param<Tensor<1>>,
    /// `[width]`.
    pub bias: Param<Tensor<1>>,
    eps: f64,
}

impl LayerNorm {
    pub(crate) fn new(width: usize, eps: f64, start: &Start) -> LayerNorm {
        LayerNorm { weight: start.constant([width], 1.0), bias: start.constant([width], 0.0), eps }
    }

    /// Over the last dimension; 32-bit floats come out.
    pub fn forward<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        let x = precision::cast(x, DType::F32);
        let x = x.clone() - x.mean_dim(D - 1);
        let variance = x.clone().square().mean_dim(D - 1);
        let y = x * (variance + self.eps).sqrt().recip();
        y * precision::cast(self.weight.val(), DType::F32).unsqueeze()
            + precision::cast(self.bias.val(), DType::F32).unsqueeze()
    }
}
