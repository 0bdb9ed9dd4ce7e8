//! A linear layer with its weights as the files have them.

use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{Precision, precision};

use crate::start::Start;

/// Up to so many rows the weights stand on the left of a product, where the processor reads them once and in order.
const FEW_ROWS: usize = 32;

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
        let mut shape = x.dims();
        let inputs = shape[D - 1];
        let rows = shape[..D - 1].iter().product();
        // All rows as one matrix: products of stacks of small ones are slow on the processor.
        let x = precision::cast(x, dtype).reshape([rows, inputs]);
        let weight = precision::cast(self.weight.val(), dtype);
        shape[D - 1] = weight.dims()[0];
        let y = if rows <= FEW_ROWS {
            weight.matmul(x.transpose()).transpose()
        } else {
            x.matmul(weight.transpose())
        };
        let y = match &self.bias {
            Some(bias) => y + precision::cast(bias.val(), dtype).unsqueeze(),
            None => y,
        };
        y.reshape(shape)
    }
}
