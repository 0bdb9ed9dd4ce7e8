//! A few steps of training.

use std::collections::BTreeMap;

use pixmo_burnkit::burn::optim::{AdamWConfig, GradientsParams};
use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{gradients, parameters};
use pixmo_molmo::Molmo;
use pixmo_molmo::model::{Group, Inputs, loss};
use serde_json::Value;

use crate::goldens::{self, Tensors, batch, check, values};

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn all(model: &Molmo) -> BTreeMap<String, Vec<f32>> {
    let mut all = BTreeMap::new();
    parameters::each(model, |name, data| -> Result<(), std::convert::Infallible> {
        all.insert(name.to_owned(), data.try_into_vec::<f32>().expect("32-bit floats"));
        Ok(())
    })
    .expect("no error");
    all
}

#[test]
fn golden_steps_of_training() {
    let mut followed = 0;
    for name in goldens::cases("model", &["diagnostics"]) {
        let facts = goldens::json(&format!("model/{name}.json"));
        let Some(optim) = facts.get("optim") else { continue };
        followed += 1;
        let device = Device::flex().autodiff();
        let mut model = goldens::load(&name, &device);
        let before = all(&model);
        let batch = batch(&name);
        let mut optimiser = AdamWConfig::new()
            .with_beta_1(number(&optim["betas"][0]) as f32)
            .with_beta_2(number(&optim["betas"][1]) as f32)
            .with_epsilon(number(&optim["eps"]) as f32)
            .with_weight_decay(number(&optim["weight_decay"]) as f32)
            .init();
        let losses = |what: &str, model: &Molmo, expected: &Value, most: f32| {
            let found = loss(model.logits(&Inputs::of(&batch, model.config(), &device)), &batch, None);
            let entropy = values(found.cross_entropy.clone());
            check(
                &format!("{name} {what} ce"),
                &entropy,
                &[number(&expected["ce"]) as f32],
                1,
                |_| true,
                most,
            );
            let z = values(found.z.clone());
            check(&format!("{name} {what} z"), &z, &[number(&expected["z"]) as f32], 1, |_| true, most);
            found.total()
        };
        for (step, expected) in optim["history"].as_array().expect("steps").iter().enumerate() {
            let total = losses(&format!("step {step}"), &model, expected, 2e-4);
            let mut found = GradientsParams::from_grads(total.backward(), &model);
            let most = number(&optim["max_grad_norm_per_group"]);
            let clipped = Group::ALL.map(|group| {
                let of = |name: &str| Group::of(name) == Some(group);
                let (of_group, length) = gradients::take_clipped(&model, &mut found, of, most);
                let length = f64::from(values(length.expect("gradients"))[0]);
                let expected = number(&expected[format!("{}_grad_norm", group.name())]);
                assert!((length / expected - 1.0).abs() < 5e-4, "{name} step {step}: {length}, {expected}");
                (group, of_group)
            });
            for (group, of_group) in clipped {
                let rate = number(&optim["learning_rates"][group.name()]);
                model = optimiser.step(rate, model, of_group);
            }
        }
        losses("after", &model, &optim["after"], 1e-3);
        let after = all(&model);
        let mut moved = 0;
        for (parameter, expected) in optim["param_delta_norms"].as_object().expect("parameters") {
            let expected = number(expected);
            if expected < 1e-4 {
                continue;
            }
            moved += 1;
            let both = after[parameter].iter().zip(&before[parameter]);
            let both = both.map(|(a, b)| f64::from(a - b));
            let length = both.map(|off| off * off).sum::<f64>().sqrt();
            // What softmax ignores moves by the noise of its gradients.
            if !parameter.ends_with("wk.bias") {
                assert!((length / expected - 1.0).abs() < 2e-3, "{name} {parameter}: {length}, {expected}");
            }
        }
        assert!(moved > 20, "{name}: {moved}");
        assert_eq!(after["transformer.wte.embedding"], before["transformer.wte.embedding"]);
        let stored = Tensors::read(&format!("model/{name}.optim_params_after.safetensors"));
        for full in stored.names() {
            let found = &after[full.trim_start_matches("model.")];
            check(&format!("{name} {full}"), found, &stored.f32(&full), 1, |_| true, 5e-5);
        }
    }
    assert!(followed > 0 || goldens::cases("model", &["diagnostics"]).is_empty());
}
