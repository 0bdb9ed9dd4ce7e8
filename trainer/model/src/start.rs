//! Parameters without values: they get them from a file, or are drawn when they are first asked for.

use pixmo_burnkit::Precision;
use pixmo_burnkit::prelude::*;

/// Where and how parameters begin.
#[derive(Clone, Debug)]
pub struct Start {
    /// Where they lie.
    pub device: Device,
    /// In which precision their products are made.
    pub precision: Precision,
}

impl Start {
    /// Drawn from the normal distribution with mean 0.
    pub(crate) fn normal<const D: usize>(&self, shape: [usize; D], deviation: f64) -> Param<Tensor<D>> {
        let distribution = burn::tensor::Distribution::Normal(0.0, deviation);
        self.param(shape, move |device| Tensor::random(shape, distribution, (device, DType::F32)))
    }

    /// Everywhere the same.
    pub(crate) fn constant<const D: usize>(&self, shape: [usize; D], value: f32) -> Param<Tensor<D>> {
        self.param(shape, move |device| Tensor::full(shape, value, (device, DType::F32)))
    }

    fn param<const D: usize>(
        &self,
        shape: [usize; D],
        values: impl FnOnce(&Device) -> Tensor<D> + Send + Sync + 'static,
    ) -> Param<Tensor<D>> {
        Param::uninitialized(
            ParamId::new(),
            move |device, tracked| values(device).set_require_grad(tracked),
            self.device.clone(),
            self.device.is_autodiff(),
            shape.into(),
        )
    }
}
