//! In which precision a model computes.
//!
//! The rule is that of automatic mixed precision: matrices are multiplied in the precision that was asked for; sums over many
//! numbers (norms, softmax, losses), rotary embeddings and whatever is added up from layer to layer stay 32-bit floats.

use burn::tensor::{DType, Tensor};

/// The precision of matrix products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// 32-bit floats throughout.
    #[default]
    F32,
    /// 16-bit brain floats for products, 32-bit floats for the rest.
    Bf16,
}

impl Precision {
    /// The type in which matrices are multiplied.
    pub fn dtype(self) -> DType {
        match self {
            Precision::F32 => DType::F32,
            Precision::Bf16 => DType::BF16,
        }
    }
}

/// The same values as another type; nothing is done where it is the same.
pub fn cast<const D: usize>(tensor: Tensor<D>, dtype: DType) -> Tensor<D> {
    if tensor.dtype() == dtype { tensor } else { tensor.cast(dtype) }
}

/// The sum in the wider type of both.
pub fn add<const D: usize>(a: Tensor<D>, b: Tensor<D>) -> Tensor<D> {
    if a.dtype() == b.dtype() {
        return a + b;
    }
    cast(a, DType::F32) + cast(b, DType::F32)
}
