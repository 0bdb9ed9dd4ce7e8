//! Which tensors of which files a model is made of; checked as a whole before the first is read.

use std::collections::{BTreeMap, BTreeSet};

use half::bf16;
use pixmo_burnkit::Precision;
use pixmo_burnkit::parameters::{self, Named};
use pixmo_burnkit::prelude::*;
use safetensors::tensor::Dtype;

use super::error::{CheckpointError, Misfit};
use super::part::Part;
use super::source::Source;
use crate::config::Config;
use crate::model::Molmo;

/// For every parameter of a model the tensors it is made of.
#[derive(Debug)]
pub struct Plan<'a> {
    parts: BTreeMap<String, (&'a Source, Vec<Part>)>,
    sources: Vec<&'a Source>,
    /// Tensors of files that a model leaves out on purpose.
    left_out: BTreeSet<String>,
    /// Parameters that begin with drawn values.
    fresh: BTreeSet<String>,
}

impl<'a> Plan<'a> {
    pub(super) fn new() -> Plan<'a> {
        Plan {
            parts: BTreeMap::new(),
            sources: Vec::new(),
            left_out: BTreeSet::new(),
            fresh: BTreeSet::new(),
        }
    }

    pub(super) fn source(&mut self, source: &'a Source) {
        self.sources.push(source);
    }

    pub(super) fn take(&mut self, parameter: &str, source: &'a Source, parts: Vec<Part>) {
        self.parts.insert(parameter.to_owned(), (source, parts));
    }

    pub(super) fn leave_out(&mut self, tensor: &str) {
        self.left_out.insert(tensor.to_owned());
    }

    pub(super) fn draw(&mut self, parameter: &str) {
        self.fresh.insert(parameter.to_owned());
    }

    /// All that does not fit between the files and parameters of these names and shapes.
    pub fn misfit(&self, parameters: &[Named]) -> Misfit {
        let mut misfit = Misfit::default();
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for parameter in parameters {
            let Some((source, parts)) = self.parts.get(&parameter.name) else {
                if !self.fresh.contains(&parameter.name) {
                    misfit.missing.push(parameter.name.clone());
                }
                continue;
            };
            let mut shape: Option<Vec<usize>> = None;
            let mut whole = true;
            for part in parts {
                used.insert(&part.name);
                let Some(entry) = source.entry(&part.name) else {
                    misfit.missing.push(part.name.clone());
                    whole = false;
                    continue;
                };
                if !matches!(entry.dtype, Dtype::F32 | Dtype::BF16 | Dtype::F16) {
                    misfit.untyped.push((part.name.clone(), format!("{:?}", entry.dtype)));
                }
                shape = match (part.turn.shape(&entry.shape), shape) {
                    (Some(turned), None) => Some(turned),
                    (Some(turned), Some(above)) if turned[1..] == above[1..] => {
                        let rows = above[0] + turned[0];
                        Some([&[rows], &turned[1..]].concat())
                    }
                    _ => {
                        misfit.misshapen.push((
                            part.name.clone(),
                            entry.shape.clone(),
                            parameter.shape.clone(),
                        ));
                        whole = false;
                        None
                    }
                };
            }
            if whole && shape.as_ref() != Some(&parameter.shape) {
                let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
                let found = shape.unwrap_or_default();
                misfit.misshapen.push((names.join(" with "), found, parameter.shape.clone()));
            }
        }
        for (name, _, _) in self.sources.iter().flat_map(|source| source.tensors()) {
            if !used.contains(name) && !self.left_out.contains(name) {
                misfit.extra.push(name.to_owned());
            }
        }
        misfit
    }

    /// The values of a parameter.
    pub(super) fn values(&self, name: &str) -> Result<Option<Vec<f32>>, CheckpointError> {
        let Some((source, parts)) = self.parts.get(name) else { return Ok(None) };
        let mut all = Vec::new();
        for part in parts {
            let shape = source.entry(&part.name).map(|entry| entry.shape.clone()).unwrap_or_default();
            let values = part.turn.apply(source.values(&part.name)?, &shape);
            if parts.len() == 1 {
                return Ok(Some(values));
            }
            all.extend(values);
        }
        Ok(Some(all))
    }

    /// Makes a model of it on a device. Weights of products are kept in the precision of products where `slim`, which halves
    /// their memory and changes no output; whoever trains keeps them in 32 bits. At no time more than one tensor is held
    /// beside the model.
    ///
    /// # Errors
    /// Anything is missing, too much or misshapen: all is named, and nothing is loaded. Or a file cannot be read.
    pub fn load(
        &self,
        config: &Config,
        device: &Device,
        precision: Precision,
        slim: bool,
    ) -> Result<Molmo, CheckpointError> {
        let misfit = self.misfit(&Molmo::parameters(config));
        if !misfit.is_empty() {
            let paths: Vec<String> =
                self.sources.iter().map(|source| source.path().display().to_string()).collect();
            return Err(CheckpointError::Misfit { path: paths.join(" and "), misfit });
        }
        let model = Molmo::new(config, device, precision);
        parameters::replace_some(model, |parameter| {
            let Some(values) = self.values(&parameter.name)? else { return Ok(None) };
            let of_products = slim && precision == Precision::Bf16 && is_of_products(parameter);
            Ok(Some(if of_products {
                let values: Vec<bf16> = values.into_iter().map(bf16::from_f32).collect();
                (TensorData::new(values, parameter.shape.clone()), DType::BF16)
            } else {
                (TensorData::new(values, parameter.shape.clone()), DType::F32)
            }))
        })
    }
}

/// Whether a parameter is a matrix of products, and not a table, a mark or a vector.
fn is_of_products(parameter: &Named) -> bool {
    let tables = ["wte.", "pad_embed", "positional_embedding"];
    parameter.shape.len() == 2 && !tables.iter().any(|table| parameter.name.contains(table))
}
