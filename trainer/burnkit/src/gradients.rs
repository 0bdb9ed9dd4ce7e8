//! What came back from a loss, by the names of parameters.

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{DType, Tensor, TensorData};

/// Gives the gradient of every parameter to `take`, with its name; none where the loss does not depend on it.
pub fn each<M: Module>(module: &M, gradients: &GradientsParams, take: impl FnMut(&str, Option<TensorData>)) {
    module.visit(&mut Each { path: Vec::new(), gradients, take });
}

struct Each<'a, F> {
    path: Vec<String>,
    gradients: &'a GradientsParams,
    take: F,
}

impl<F: FnMut(&str, Option<TensorData>)> ModuleVisitor for Each<'_, F> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let gradient = self.gradients.get::<D>(param.id).map(Tensor::into_data);
        (self.take)(&self.path.join("."), gradient);
    }
}

/// The square of the length of all gradients of the parameters that `of` chooses by name, as 32-bit floats on the device.
/// None where there is no gradient.
pub fn square<M: Module>(
    module: &M,
    gradients: &GradientsParams,
    of: impl Fn(&str) -> bool,
) -> Option<Tensor<1>> {
    let mut visitor = Square { path: Vec::new(), gradients, of, squares: Vec::new() };
    module.visit(&mut visitor);
    (!visitor.squares.is_empty()).then(|| Tensor::cat(visitor.squares, 0).sum())
}

/// Takes the gradients of the parameters that `of` chooses by name, brought to a length of at most `most` all together, by
/// `min(1, most / (length + 1e-6))`; and gives them with that length before. Nothing waits for the device.
pub fn take_clipped<M: Module>(
    module: &M,
    gradients: &mut GradientsParams,
    of: impl Fn(&str) -> bool,
    most: f64,
) -> (GradientsParams, Option<Tensor<1>>) {
    let length = square(module, gradients, &of).map(Tensor::sqrt);
    let mut taken = GradientsParams::new();
    if let Some(length) = &length {
        let by = ((length.clone() + 1e-6).recip() * most).clamp_max(1.0);
        module.visit(&mut Take { path: Vec::new(), gradients, of, by, taken: &mut taken });
    }
    (taken, length)
}

struct Take<'a, F> {
    path: Vec<String>,
    gradients: &'a mut GradientsParams,
    of: F,
    by: Tensor<1>,
    taken: &'a mut GradientsParams,
}

impl<F: Fn(&str) -> bool> ModuleVisitor for Take<'_, F> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if (self.of)(&self.path.join("."))
            && let Some(gradient) = self.gradients.remove::<D>(param.id)
        {
            let by = crate::precision::cast(self.by.clone(), gradient.dtype());
            self.taken.register(param.id, gradient * by.reshape([1; D]));
        }
    }
}

struct Square<'a, F> {
    path: Vec<String>,
    gradients: &'a GradientsParams,
    of: F,
    squares: Vec<Tensor<1>>,
}

impl<F: Fn(&str) -> bool> ModuleVisitor for Square<'_, F> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if (self.of)(&self.path.join("."))
            && let Some(gradient) = self.gradients.get::<D>(param.id)
        {
            self.squares.push(crate::precision::cast(gradient, DType::F32).square().sum());
        }
    }
}
