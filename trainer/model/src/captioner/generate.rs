//! Answers side by side: all prompts at once, then token by token with the keys and values of what was read before.

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;
use pixmo_preprocess::batch::Batch;
use pixmo_preprocess::pack::PADDING;

use crate::attention::hidden_after;
use crate::decoder::Cache;
use crate::model::{Inputs, Molmo};

/// Rows that are generated together.
#[derive(Debug)]
pub struct Generation<'a> {
    model: &'a Molmo,
    device: Device,
    cache: Cache,
    /// Which row of the batch each row of the cache is.
    rows: Vec<usize>,
    /// Ids of all tokens so far with their padding, for each row of the cache.
    seen: Vec<Vec<i32>>,
    /// Place of the next token, for each row of the cache.
    places: Vec<i32>,
    logits: Vec<Vec<f32>>,
}

impl<'a> Generation<'a> {
    /// Reads the prompts of a batch, padded on the right. Room is made for so many tokens more.
    pub fn begin(model: &'a Molmo, batch: &Batch, tokens_more: usize, device: &Device) -> Generation<'a> {
        let inputs = Inputs::of(batch, model.config(), device);
        let mut cache = Cache::new(model.config().decoder.layers, batch.tokens + tokens_more);
        let x = model.pass(&inputs, Some(&mut cache));
        let seen: Vec<Vec<i32>> = batch.input.chunks(batch.tokens).map(<[i32]>::to_vec).collect();
        let last = |row: &Vec<i32>| row.iter().rposition(|id| *id != PADDING).unwrap_or(0);
        let width = x.dims()[2];
        let indices: Vec<i64> =
            (seen.iter().enumerate()).map(|(row, ids)| (row * batch.tokens + last(ids)) as i64).collect();
        let count = indices.len();
        let indices = Tensor::<1, Int>::from_data(TensorData::new(indices, [count]), device);
        let x = x.reshape([batch.examples * batch.tokens, width]).select(0, indices);
        let places =
            seen.iter().enumerate().map(|(row, ids)| batch.positions[row * batch.tokens + last(ids)] + 1);
        let places = places.collect();
        let mut generation = Generation {
            model,
            device: device.clone(),
            cache,
            rows: (0..count).collect(),
            seen,
            places,
            logits: Vec::new(),
        };
        generation.take_logits(x);
        generation
    }

    /// Which rows of the batch go on, and the logits of their next token.
    pub fn next(&self) -> impl Iterator<Item = (usize, &[f32])> {
        self.rows.iter().copied().zip(self.logits.iter().map(Vec::as_slice))
    }

    /// Gives every row that goes on its next token, in the order of [`Generation::next`]; none ends a row. Whether any goes on.
    pub fn push(&mut self, tokens: &[Option<i32>]) -> bool {
        let kept: Vec<usize> = (0..self.rows.len()).filter(|row| tokens[*row].is_some()).collect();
        if kept.is_empty() {
            self.rows.clear();
            self.logits.clear();
            return false;
        }
        if kept.len() < self.rows.len() {
            self.cache.keep(&kept);
            self.rows = kept.iter().map(|row| self.rows[*row]).collect();
            self.seen = kept.iter().map(|row| std::mem::take(&mut self.seen[*row])).collect();
            self.places = kept.iter().map(|row| self.places[*row]).collect();
        }
        let tokens: Vec<i32> = tokens.iter().flatten().copied().collect();
        for (seen, token) in self.seen.iter_mut().zip(&tokens) {
            seen.push(*token);
        }
        let rows = tokens.len();
        let x = precision::cast(self.model.transformer.wte.forward(&tokens, rows), DType::F32);
        let rotation = self.model.rotation(&self.places, rows, &self.device);
        let hidden = hidden_after(&self.seen, 1, &self.device);
        let x = self.model.transformer.pass(x, &rotation, &hidden, Some(&mut self.cache));
        self.places.iter_mut().for_each(|place| *place += 1);
        let width = x.dims()[2];
        self.take_logits(x.reshape([rows, width]));
        true
    }

    fn take_logits(&mut self, x: Tensor<2>) {
        let logits = precision::cast(self.model.transformer.logits(x), DType::F32);
        let classes = logits.dims()[1];
        let values = logits.into_data().try_into_vec::<f32>().unwrap_or_default();
        self.logits = values.chunks(classes).map(<[f32]>::to_vec).collect();
    }
}
