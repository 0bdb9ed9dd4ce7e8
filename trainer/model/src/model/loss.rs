//! What a model is trained on: how surprised it is by the next token.

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;
use pixmo_preprocess::batch::Batch;

/// Weight of the square of the logarithm of the sum over all classes, which keeps logits small.
pub const Z_WEIGHT: f64 = 1e-4;

/// A loss, on the device.
#[derive(Clone, Debug)]
pub struct Loss {
    /// Weighted mean of the cross entropy, `[1]`.
    pub cross_entropy: Tensor<1>,
    /// Weighted mean of the square of the logarithm of the sum, times [`Z_WEIGHT`], `[1]`.
    pub z: Tensor<1>,
    /// Sum of the weights.
    pub weight: f64,
}

impl Loss {
    /// What is minimised.
    pub fn total(&self) -> Tensor<1> {
        self.cross_entropy.clone() + self.z.clone()
    }
}

/// Cross entropy and logarithm of the sum of every token, each `[rows, tokens]`, in 32-bit floats: `log sum exp(logits) -
/// logit of the label`. Labels without a logit, which are padding and image tokens, count as 0; they have no weight.
pub fn per_token(logits: Tensor<3>, labels: &[i32]) -> (Tensor<2>, Tensor<2>) {
    let [rows, tokens, classes] = logits.dims();
    let logits = precision::cast(logits, DType::F32);
    let labels: Vec<i64> = labels
        .iter()
        .map(|label| usize::try_from(*label).ok().filter(|label| *label < classes).unwrap_or(0) as i64)
        .collect();
    let labels = Tensor::<3, Int>::from_data(TensorData::new(labels, [rows, tokens, 1]), &logits.device());
    let largest = logits.clone().max_dim(2).detach();
    let sum = (logits.clone() - largest.clone()).exp().sum_dim(2).log() + largest;
    let own = logits.gather(2, labels);
    let flat = |x: Tensor<3>| x.reshape([rows, tokens]);
    (flat(sum.clone() - own), flat(sum))
}

/// The loss of logits, `[rows, tokens, embeddings]`, for the labels and weights of a batch: weighted sums over the sum of the
/// weights. `over` replaces that sum where a batch is a part of a larger step.
pub fn loss(logits: Tensor<3>, batch: &Batch, over: Option<f64>) -> Loss {
    let [rows, tokens, _] = logits.dims();
    let weights: Vec<f32> = batch.weights.iter().map(|weight| weight.max(0.0)).collect();
    let weight = weights.iter().map(|weight| f64::from(*weight)).sum();
    let by = over.unwrap_or(weight).max(f64::MIN_POSITIVE);
    let weights =
        Tensor::<2>::from_data(TensorData::new(weights, [rows, tokens]), (&logits.device(), DType::F32));
    let (entropy, sum) = per_token(logits, &batch.labels);
    Loss {
        cross_entropy: (entropy * weights.clone()).sum() / by,
        z: (sum.square() * weights).sum() * Z_WEIGHT / by,
        weight,
    }
}
