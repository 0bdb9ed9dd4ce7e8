//! Scaled dot-product attention, and which token may look at which.

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;
use pixmo_preprocess::batch::Batch;
use pixmo_preprocess::pack::PADDING;

/// Stands for minus infinity: finite, so that a query that may look at nothing has no undefined values.
const HIDDEN: f32 = -1e30;

/// Queries whose scores are held at once.
const QUERIES_AT_ONCE: usize = 512;

/// `[rows, heads, queries, width]` of queries with `[rows, kv heads, keys, width]` of keys and values to `[rows, heads,
/// queries, width]`. Head `h` of the queries looks at head `h / (heads / kv heads)`. A mask is `[rows, queries, keys]`, true
/// where a query must not look; it hides at least what comes after a query, the last query being that of the last key.
///
/// Products are made in the type of the queries, the softmax in 32-bit floats. Long sequences are passed in parts, each with
/// the keys that it may see, so that memory does not grow with the square of their length.
pub fn attention(q: Tensor<4>, k: Tensor<4>, v: Tensor<4>, hidden: Option<Tensor<3, Bool>>) -> Tensor<4> {
    let (queries, keys) = (q.dims()[2], k.dims()[2]);
    let Some(hidden) = hidden.as_ref().filter(|_| queries > QUERIES_AT_ONCE) else {
        return at_once(q, k, v, hidden);
    };
    let parts = (0..queries).step_by(QUERIES_AT_ONCE).map(|first| {
        let count = QUERIES_AT_ONCE.min(queries - first);
        let seen = keys - queries + first + count;
        at_once(
            q.clone().narrow(2, first, count),
            k.clone().narrow(2, 0, seen),
            v.clone().narrow(2, 0, seen),
            Some(hidden.clone().narrow(1, first, count).narrow(2, 0, seen)),
        )
    });
    Tensor::cat(parts.collect(), 2)
}

fn at_once(q: Tensor<4>, k: Tensor<4>, v: Tensor<4>, hidden: Option<Tensor<3, Bool>>) -> Tensor<4> {
    let [rows, heads, queries, width] = q.dims();
    let [_, kv_heads, keys, _] = k.dims();
    let shared = heads / kv_heads;
    let dtype = q.dtype();
    // Queries that share keys stand below each other, so that no key is copied.
    let q = q.reshape([rows, kv_heads, shared * queries, width]);
    let scores = precision::cast(q.matmul(k.swap_dims(2, 3)), DType::F32) / (width as f64).sqrt();
    let scores = match hidden {
        Some(hidden) => {
            let hidden =
                hidden.reshape([rows, 1, 1, queries, keys]).expand([rows, kv_heads, shared, queries, keys]);
            scores.mask_fill(hidden.reshape([rows, kv_heads, shared * queries, keys]), HIDDEN)
        }
        None => scores,
    };
    let weights = precision::cast(burn::tensor::activation::softmax(scores, 3), dtype);
    weights.matmul(v).reshape([rows, heads, queries, width])
}

/// `[rows, tokens, heads x width]` to `[rows, heads, tokens, width]`.
pub(crate) fn split_heads(x: Tensor<3>, heads: usize) -> Tensor<4> {
    let [rows, tokens, width] = x.dims();
    x.reshape([rows, tokens, heads, width / heads]).swap_dims(1, 2)
}

/// `[rows, heads, tokens, width]` to `[rows, tokens, heads x width]`.
pub(crate) fn join_heads(x: Tensor<4>) -> Tensor<3> {
    let [rows, heads, tokens, width] = x.dims();
    x.swap_dims(1, 2).reshape([rows, tokens, heads * width])
}

/// Which token of a batch must not look at which: `[examples, tokens, tokens]`.
pub fn hidden_in(batch: &Batch, device: &Device) -> Tensor<3, Bool> {
    let mut hidden = Vec::with_capacity(batch.examples * batch.tokens * batch.tokens);
    for example in 0..batch.examples {
        for query in 0..batch.tokens {
            hidden.extend((0..batch.tokens).map(|key| !batch.may_attend(example, query, key)));
        }
    }
    Tensor::from_data(TensorData::new(hidden, [batch.examples, batch.tokens, batch.tokens]), device)
}

/// Which of all tokens so far the last `queries` of each row must not look at: those after them and padding. `ids` are
/// `[rows, tokens]`.
pub(crate) fn hidden_after(ids: &[Vec<i32>], queries: usize, device: &Device) -> Tensor<3, Bool> {
    let tokens = ids.first().map_or(0, Vec::len);
    let mut hidden = Vec::with_capacity(ids.len() * queries * tokens);
    for row in ids {
        for query in tokens - queries..tokens {
            hidden.extend((0..tokens).map(|key| key > query || row[key] == PADDING));
        }
    }
    Tensor::from_data(TensorData::new(hidden, [ids.len(), queries, tokens]), device)
}
