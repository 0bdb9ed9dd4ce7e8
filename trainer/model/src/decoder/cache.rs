//! Keys and values of tokens that passed before.

use pixmo_burnkit::prelude::*;

/// Keys and values of all blocks.
#[derive(Clone, Debug)]
pub struct Cache {
    layers: Vec<Layer>,
}

/// Keys and values of one block, `[rows, kv heads, tokens, width]`.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// Room for tokens to come is kept, so that a token does not move all before it.
    room: Option<(Tensor<4>, Tensor<4>)>,
    tokens: usize,
    tokens_max: usize,
}

impl Cache {
    /// For a model of so many blocks and sequences of at most so many tokens.
    pub fn new(layers: usize, tokens_max: usize) -> Cache {
        Cache { layers: vec![Layer { room: None, tokens: 0, tokens_max }; layers] }
    }

    pub(super) fn layer(&mut self, index: usize) -> &mut Layer {
        &mut self.layers[index]
    }

    /// Keeps some rows, in this order.
    pub fn keep(&mut self, rows: &[usize]) {
        for layer in &mut self.layers {
            if let Some((keys, values)) = layer.room.take() {
                let indices: Vec<i64> = rows.iter().map(|row| *row as i64).collect();
                let indices =
                    Tensor::<1, Int>::from_data(TensorData::new(indices, [rows.len()]), &keys.device());
                layer.room = Some((keys.select(0, indices.clone()), values.select(0, indices)));
            }
        }
    }
}

impl Layer {
    /// Puts keys and values of further tokens behind those that are there, and gives all.
    pub(super) fn push(&mut self, keys: Tensor<4>, values: Tensor<4>) -> (Tensor<4>, Tensor<4>) {
        let [rows, heads, tokens, width] = keys.dims();
        let (begin, end) = (self.tokens, self.tokens + tokens);
        let size = [rows, heads, self.tokens_max.max(end), width];
        let options = (&keys.device(), keys.dtype());
        let (all_keys, all_values) =
            self.room.take().unwrap_or_else(|| (Tensor::zeros(size, options), Tensor::zeros(size, options)));
        let all_keys = all_keys.slice_assign([0..rows, 0..heads, begin..end, 0..width], keys);
        let all_values = all_values.slice_assign([0..rows, 0..heads, begin..end, 0..width], values);
        let seen = (all_keys.clone().narrow(2, 0, end), all_values.clone().narrow(2, 0, end));
        self.room = Some((all_keys, all_values));
        self.tokens = end;
        seen
    }
}
