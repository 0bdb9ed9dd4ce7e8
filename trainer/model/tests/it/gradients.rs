//! What comes back from the loss.

use std::collections::BTreeMap;

use pixmo_burnkit::burn::optim::GradientsParams;
use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{gradients, parameters};
use pixmo_molmo::Molmo;
use pixmo_molmo::model::{Group, Inputs, loss};

use crate::goldens::{self, Tensors, batch};

/// The group of a parameter, the table that does not learn among the language model.
fn group(name: &str) -> &'static str {
    Group::of(name).unwrap_or(Group::Llm).name()
}

/// The gradients of one training batch by name.
fn of(model: &Molmo, name: &str, device: &Device) -> BTreeMap<String, Vec<f32>> {
    let batch = batch(name);
    let inputs = Inputs::of(&batch, model.config(), device);
    let tape = loss(model.logits(&inputs), &batch, None).total().backward();
    let found = GradientsParams::from_grads(tape, model);
    let mut by_name = BTreeMap::new();
    gradients::each(model, &found, |name, gradient| {
        if let Some(gradient) = gradient {
            by_name.insert(name.to_owned(), gradient.try_into_vec::<f32>().expect("32-bit floats"));
        }
    });
    by_name
}

fn norm(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(*value) * f64::from(*value)).sum::<f64>().sqrt()
}

#[test]
fn golden_gradients() {
    for name in goldens::cases("model", &["diagnostics"]) {
        let device = Device::flex().autodiff();
        let model = goldens::load(&name, &device);
        let found = of(&model, &name, &device);
        let facts = goldens::json(&format!("model/{name}.json"));
        let expected = facts["train"]["grad_norms"].as_object().expect("norms of groups");
        for (of_group, expected) in expected {
            let (wanted, but) = match of_group.strip_suffix("_without_wte_embedding") {
                Some(wanted) => (wanted, "transformer.wte.embedding"),
                None => (of_group.as_str(), ""),
            };
            let squares = found.iter().filter(|(name, _)| group(name) == wanted && name.as_str() != but);
            let length = squares.map(|(_, values)| norm(values) * norm(values)).sum::<f64>().sqrt();
            let expected = expected.as_f64().expect("a number");
            assert!((length / expected - 1.0).abs() < 2e-4, "{name} {of_group}: {length}, {expected}");
        }
        let mut compared = 0;
        for (parameter, expected) in facts["train"]["param_grad_norms"].as_object().into_iter().flatten() {
            let expected = expected.as_f64().expect("a number");
            if expected > 1e-5 {
                let length = found.get(parameter).map_or(0.0, |values| norm(values));
                assert!((length / expected - 1.0).abs() < 2e-4, "{name} {parameter}: {length}, {expected}");
                compared += 1;
            }
        }
        assert!(compared > 20, "{name}: {compared}");
        let stored = goldens::path(&format!("model/{name}.train_grads.safetensors"));
        if stored.is_file() {
            let stored = Tensors::read(&format!("model/{name}.train_grads.safetensors"));
            for full in stored.names() {
                let expected = stored.f32(&full);
                let length = norm(&expected);
                if length <= 1e-5 {
                    continue;
                }
                let found = found.get(full.trim_start_matches("model.")).unwrap_or_else(|| panic!("{full}"));
                let off: Vec<f32> = found.iter().zip(&expected).map(|(a, b)| a - b).collect();
                assert!(norm(&off) / length < 2e-4, "{name} {full}: off by {} of {length}", norm(&off));
            }
        }
    }
}

/// All parameters of a group are moved a little both ways, each along its gradient brought to the same length, and the loss
/// has to follow. Parameters whose gradient is noise stay.
#[test]
fn golden_losses_follow_every_gradient() {
    for name in goldens::cases("model", &["diagnostics"]) {
        let device = Device::flex().autodiff();
        let model = goldens::load(&name, &device);
        let found = of(&model, &name, &device);
        let plain = Device::flex();
        let batch = batch(&name);
        let model = goldens::load(&name, &plain);
        let inputs = Inputs::of(&batch, model.config(), &plain);
        // A direction over all parameters: each gradient brought to length 1.
        let lengths: BTreeMap<&str, f64> =
            found.iter().map(|(name, values)| (name.as_str(), norm(values))).collect();
        let loss_at = |chosen: &dyn Fn(&str) -> bool, step: f64| {
            let moved = parameters::replace_some(model.clone(), |parameter| {
                let Some(length) = lengths.get(parameter.name.as_str()).filter(|length| **length > 1e-4)
                else {
                    return Ok::<_, std::convert::Infallible>(None);
                };
                if !chosen(&parameter.name) {
                    return Ok(None);
                }
                let mut values = stored(&model, &parameter.name);
                for (value, gradient) in values.iter_mut().zip(&found[&parameter.name]) {
                    *value += (step * f64::from(*gradient) / length) as f32;
                }
                Ok(Some((TensorData::new(values, parameter.shape.clone()), DType::F32)))
            });
            let moved = moved.expect("no error");
            let loss = loss(moved.logits(&inputs), &batch, None).total();
            f64::from(loss.into_data().try_into_vec::<f32>().expect("32-bit floats")[0])
        };
        for wanted in ["connector", "vit", "llm"] {
            let slope: f64 = found
                .iter()
                .filter(|(name, _)| group(name) == wanted && lengths[name.as_str()] > 1e-4)
                .map(|(name, _)| lengths[name.as_str()])
                .sum();
            let chosen = |name: &str| group(name) == wanted;
            // So small that no token changes its experts.
            let step = 3e-5;
            let measured = (loss_at(&chosen, step) - loss_at(&chosen, -step)) / (2.0 * step);
            assert!((measured / slope - 1.0).abs() < 0.02, "{name} {wanted}: {measured}, expected {slope}");
        }
    }
}

/// The values of a parameter.
fn stored(model: &Molmo, wanted: &str) -> Vec<f32> {
    let mut found = Vec::new();
    parameters::each(model, |name, data| -> Result<(), std::convert::Infallible> {
        if name == wanted {
            found = data.try_into_vec::<f32>().expect("32-bit floats");
        }
        Ok(())
    })
    .expect("no error");
    found
}
