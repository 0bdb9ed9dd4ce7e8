//! Every stage of the forward pass, and the loss.

use pixmo_burnkit::Precision;
use pixmo_burnkit::prelude::*;
use pixmo_molmo::checkpoint::{Plan, Source};
use pixmo_molmo::model::{Inputs, loss, per_token};
use pixmo_preprocess::pack::PADDING;

use crate::goldens::{self, Tensors, batch, check, values};

#[test]
fn golden_forward() {
    for name in goldens::cases("model", &["diagnostics"]) {
        let device = Device::flex();
        let model = goldens::load(&name, &device);
        let config = model.config();
        let batch = batch(&name);
        let outputs = Tensors::read(&format!("model/{name}.train_outputs.safetensors"));
        let inputs = Inputs::of(&batch, config, &device);
        let images = inputs.images.as_ref().expect("pictures");
        let vision = config.vision();

        // The first two crops of the first example, with the class token.
        let encoder = &model.vision_backbone.image_vit;
        let crops = outputs.shape("vit_embed")[0];
        let width = config.encoder.width;
        let mut x = encoder.embed(images.patches.clone().narrow(0, 0, crops));
        check(
            &format!("{name} vit_embed"),
            &values(x.clone()),
            &outputs.f32("vit_embed"),
            width,
            |_| true,
            1e-4,
        );
        let last = encoder.transformer.resblocks.len() - 1;
        for (index, block) in encoder.transformer.resblocks.iter().enumerate() {
            x = block.forward(x);
            let stored = [(0, "vit_block_0"), (last, "vit_block_last")];
            for (_, stored) in stored.iter().filter(|(at, _)| *at == index) {
                check(
                    &format!("{name} {stored}"),
                    &values(x.clone()),
                    &outputs.f32(stored),
                    width,
                    |_| true,
                    2e-4,
                );
            }
        }

        let of_kept = |all: Vec<f32>, each: usize| -> Vec<f32> {
            images.kept.iter().flat_map(|crop| all[crop * each..(crop + 1) * each].to_vec()).collect()
        };
        let features = model.vision_backbone.features(images, config);
        let width = config.feature_width();
        let expected = of_kept(outputs.f32("vit_features"), vision.patches_per_crop() * width);
        check(&format!("{name} vit_features"), &values(features.clone()), &expected, width, |_| true, 1e-4);
        let pooled = model.vision_backbone.pooled(features, images);
        if outputs.has("pooled") {
            let width = config.pooled_width();
            let expected = of_kept(outputs.f32("pooled"), vision.cells_per_crop() * width);
            check(&format!("{name} pooled"), &values(pooled), &expected, width, |_| true, 1e-4);
        }
        let features = model.vision_backbone.forward(images, config);
        let width = config.decoder.width;
        let expected = of_kept(outputs.f32("image_features"), vision.cells_per_crop() * width);
        check(&format!("{name} image_features"), &values(features), &expected, width, |_| true, 3e-4);

        let there = |row: usize| batch.input[row] != PADDING;
        let mut x = model.embed(&inputs);
        check(
            &format!("{name} block_0_input"),
            &values(x.clone()),
            &outputs.f32("block_0_input"),
            width,
            there,
            3e-4,
        );
        let rotation = model.rotation(&inputs.places, inputs.rows, &device);
        for (index, block) in model.transformer.blocks.iter().enumerate() {
            x = block.forward(x, &rotation, &inputs.hidden, None);
            let stored = format!("block_{index}_output");
            check(&format!("{name} {stored}"), &values(x.clone()), &outputs.f32(&stored), width, there, 3e-4);
        }
        let normed = model.transformer.ln_f.forward(x.clone());
        check(
            &format!("{name} ln_f_output"),
            &values(normed),
            &outputs.f32("ln_f_output"),
            width,
            there,
            3e-4,
        );
        let logits = model.transformer.logits(x);
        let classes = config.decoder.embeddings;
        check(
            &format!("{name} logits"),
            &values(logits.clone()),
            &outputs.f32("logits"),
            classes,
            there,
            3e-4,
        );
        let whole = values(model.logits(&inputs));
        check(&format!("{name} logits as one"), &whole, &outputs.f32("logits"), classes, there, 3e-4);

        let (entropy, _) = per_token(logits.clone(), &batch.labels);
        let counted = |row: usize| batch.weights[row] > 0.0;
        check(
            &format!("{name} ce_per_token"),
            &values(entropy),
            &outputs.f32("ce_per_token"),
            1,
            counted,
            3e-4,
        );
        let facts = goldens::json(&format!("model/{name}.json"));
        let loss = loss(logits, &batch, None);
        let number = |key: &str| facts["train"][key].as_f64().expect("a number") as f32;
        check(&format!("{name} ce"), &values(loss.cross_entropy), &[number("ce_loss")], 1, |_| true, 2e-5);
        check(&format!("{name} z"), &values(loss.z), &[number("z_loss")], 1, |_| true, 2e-5);
        assert!((loss.weight - f64::from(number("loss_weight_sum"))).abs() < 1e-4, "{name}");
        let parameters: u64 = pixmo_molmo::Molmo::parameters(config).iter().map(|named| named.count()).sum();
        assert_eq!(Some(parameters), facts["n_params"].as_u64(), "{name}");
    }
}

/// Products in 16 bits: near what 32 bits give, and the same to the bit whether weights are kept in 32 bits or in 16.
#[test]
fn golden_forward_in_sixteen_bits() {
    for name in goldens::cases("model", &["diagnostics"]) {
        let device = Device::flex();
        let config = goldens::load(&name, &device).config().clone();
        let batch = batch(&name);
        let inputs = Inputs::of(&batch, &config, &device);
        let source =
            Source::open(&goldens::path(&format!("model/{name}.weights.safetensors"))).expect("weights");
        let [kept, slim] = [false, true].map(|slim| {
            let model = Plan::released(&source, &config).load(&config, &device, Precision::Bf16, slim);
            let logits = model.expect("a model").logits(&inputs);
            assert_eq!(logits.dtype(), DType::BF16);
            values(logits.cast(DType::F32))
        });
        assert_eq!(kept, slim, "{name}");
        let expected = Tensors::read(&format!("model/{name}.train_outputs.safetensors")).f32("logits");
        let classes = config.decoder.embeddings;
        let (mut off, mut whole) = (0.0, 0.0);
        for ((found, expected), id) in kept.chunks(classes).zip(expected.chunks(classes)).zip(&batch.input) {
            if *id != PADDING {
                for (found, expected) in found.iter().zip(expected) {
                    off += f64::from(found - expected) * f64::from(found - expected);
                    whole += f64::from(*expected) * f64::from(*expected);
                }
            }
        }
        let share = (off / whole).sqrt();
        // A token may take other experts.
        let most = if name.starts_with("olmoe") { 0.1 } else { 0.03 };
        assert!(share > 1e-4 && share < most, "{name}: {share}");
    }
}
