//! The one crate that knows Burn: which device computes, in which precision, and how parameters are found by name.
//!
//! It deliberately does not know what a model is made of. Everything else of the trainer names Burn through it, so that its
//! version and its features are chosen once.
//!
//! Begin with [`Compute`], which reads a device from a word; [`parameters`] lists and replaces the parameters of a model by
//! their dotted names, [`gradients`] measures what came back from a loss.

pub mod compute;
pub mod gradients;
pub mod parameters;
pub mod precision;

pub use burn;
pub use compute::{Compute, ComputeError};
pub use precision::Precision;

/// What nearly every module of a model needs of Burn.
pub mod prelude {
    pub use burn;
    pub use burn::module::{Module, Param, ParamId};
    pub use burn::tensor::{Bool, DType, Device, Int, Tensor, TensorData};
}
