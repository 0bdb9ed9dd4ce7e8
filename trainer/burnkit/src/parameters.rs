//! The parameters of a model by their dotted names: the names of its fields from the outside inwards, and numbers in lists.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{DType, Tensor, TensorData};

/// Name and shape of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Dotted name.
    pub name: String,
    /// Sizes from the outermost dimension inwards.
    pub shape: Vec<usize>,
}

impl Named {
    /// How many numbers it has.
    pub fn count(&self) -> u64 {
        self.shape.iter().map(|size| *size as u64).product()
    }
}

/// Names and shapes in the order of the fields, without making a parameter that is not there yet.
pub fn list<M: Module>(module: &M) -> Vec<Named> {
    let mut visitor = List { path: Vec::new(), found: Vec::new() };
    module.visit(&mut visitor);
    visitor.found
}

/// Gives every parameter's values to `take`, one after the other, in the order of the fields.
///
/// # Errors
/// The first error of `take`; the others are not visited then.
pub fn each<M: Module, E>(module: &M, take: impl FnMut(&str, TensorData) -> Result<(), E>) -> Result<(), E> {
    let mut visitor = Each { path: Vec::new(), take, failed: None };
    module.visit(&mut visitor);
    visitor.failed.map_or(Ok(()), Err)
}

/// Replaces parameters by what `give` has for their names and shapes, with the type in which it is kept; where it has
/// nothing, they keep what they have. What was there is not made first, so that a model that has no values yet never has
/// them twice.
///
/// # Errors
/// The first error of `give`; the model is lost then.
pub fn replace_some<M: Module, E>(
    module: M,
    give: impl FnMut(&Named) -> Result<Option<(TensorData, DType)>, E>,
) -> Result<M, E> {
    let mut mapper = Replace { path: Vec::new(), give, failed: None };
    let module = module.map(&mut mapper);
    mapper.failed.map_or(Ok(module), Err)
}

struct List {
    path: Vec<String>,
    found: Vec<Named>,
}

impl ModuleVisitor for List {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.found.push(Named { name: self.path.join("."), shape: param.lazy_shape().to_vec() });
    }
}

struct Each<F, E> {
    path: Vec<String>,
    take: F,
    failed: Option<E>,
}

impl<F: FnMut(&str, TensorData) -> Result<(), E>, E> ModuleVisitor for Each<F, E> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if self.failed.is_none() {
            self.failed = (self.take)(&self.path.join("."), param.val().into_data()).err();
        }
    }
}

struct Replace<F, E> {
    path: Vec<String>,
    give: F,
    failed: Option<E>,
}

impl<F: FnMut(&Named) -> Result<Option<(TensorData, DType)>, E>, E> ModuleMapper for Replace<F, E> {
    fn enter_module(&mut self, name: &str, _container: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        if self.failed.is_some() {
            return param;
        }
        let named = Named { name: self.path.join("."), shape: param.lazy_shape().to_vec() };
        match (self.give)(&named) {
            Ok(None) => param,
            Ok(Some((data, dtype))) => {
                let tensor = Tensor::from_data(data, (&param.lazy_device(), dtype));
                let id = param.id;
                param.transform_for_load(tensor, id)
            }
            Err(error) => {
                self.failed = Some(error);
                param
            }
        }
    }
}
