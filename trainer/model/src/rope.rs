//! Rotary embedding, with the halves of a head as pairs.

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;

/// Cosines and sines for the places of tokens.
#[derive(Clone, Debug)]
pub struct Rotation {
    /// `[rows, 1, tokens, width]`.
    cos: Tensor<4>,
    /// `[rows, 1, tokens, width]`.
    sin: Tensor<4>,
}

impl Rotation {
    /// For places that are `[rows, tokens]` in rows; places of padding, -1, count as 0. Angles are `p theta^(-2k / width)`,
    /// in 32-bit floats.
    pub fn at(places: &[i32], rows: usize, width: usize, theta: f64, device: &Device) -> Rotation {
        let half = width / 2;
        let frequencies: Vec<f32> =
            (0..half).map(|k| 1.0 / libm::powf(theta as f32, (2 * k) as f32 / width as f32)).collect();
        let mut cos = Vec::with_capacity(places.len() * width);
        let mut sin = Vec::with_capacity(places.len() * width);
        for place in places {
            let angle = |frequency: &f32| f64::from((*place).max(0) as f32 * frequency);
            for _ in 0..2 {
                cos.extend(frequencies.iter().map(|frequency| libm::cos(angle(frequency)) as f32));
                sin.extend(frequencies.iter().map(|frequency| libm::sin(angle(frequency)) as f32));
            }
        }
        let tokens = places.len() / rows.max(1);
        let tensor = |values| Tensor::from_data(TensorData::new(values, [rows, 1, tokens, width]), device);
        Rotation { cos: tensor(cos), sin: tensor(sin) }
    }

    /// Turns queries or keys, `[rows, heads, tokens, width]`, in 32-bit floats, and brings them back to their type.
    pub fn turn(&self, x: Tensor<4>) -> Tensor<4> {
        let dtype = x.dtype();
        let width = x.dims()[3];
        let x = precision::cast(x, DType::F32);
        let first = x.clone().narrow(3, 0, width / 2);
        let second = x.clone().narrow(3, width / 2, width / 2);
        let turned = Tensor::cat(vec![second.neg(), first], 3);
        precision::cast(x * self.cos.clone() + turned * self.sin.clone(), dtype)
    }
}
