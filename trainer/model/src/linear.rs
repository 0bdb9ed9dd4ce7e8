//! A linear layer with its weights as the files have them.

use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{Precision, precision};

use crate::start::Start;

/// `y = x W^T + b`, with `W` as `[out, in]`: no weight is turned on its way from a file to a product.
#[derive(Module, Debug)]
pub struct Linear {
    /// `[out, in]`.
    pub weight: Param<Tensor<2>>,
    /// `[out]`.
    pub bias: Option<Param<Tensor<1>>>,
    /// Of the product.
    #[module(skip)]
    pub precision: Precision,
}

impl Linear {
    /// A layer that has no values until they are asked for or loaded.
    pub fn new(inputs: usize, outputs: usize, bias: bool, start: &Start) -> Linear {
        Linear {
            weight: start.normal([outputs, inputs], 0.02),
            bias: bias.then(|| start.constant([outputs], 0.0)),
            precision: start.precision,
        }
    }

    /// `[.., in]` to `[.., out]`, in the precision of products.
    pub fn forward<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        let dtype = self.precision.dtype();
        let weight = precision::cast(self.weight.val(), dtype).transpose();
        let bias = self.bias.as_ref().map(|bias| precision::cast(bias.val(), dtype));
        burn::tensor::module::linear(precision::cast(x, dtype), weight, bias)
    }
}
