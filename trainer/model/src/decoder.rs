//! The language model.

mod block;
mod cache;
mod experts;

use pixmo_burnkit::prelude::*;

use crate::config::Decoder as Sizes;
use crate::linear::Linear;
use crate::norm::RmsNorm;
use crate::rope::Rotation;
use crate::start::Start;

pub use block::Block;
pub use cache::{Cache, Layer};
pub use experts::{Choice, Experts};

/// A language model.
#[derive(Module, Debug)]
pub struct Decoder {
    /// Ids to vectors.
    pub wte: Embedding,
    /// In the order in which they are passed.
    pub blocks: Vec<Block>,
    /// After them.
    pub ln_f: RmsNorm,
    /// To logits.
    pub ff_out: Linear,
}

/// A table of vectors in two parts: the one that the language model came with, and rows for the ids behind it.
#[derive(Module, Debug)]
pub struct Embedding {
    /// `[embeddings, width]`.
    pub embedding: Param<Tensor<2>>,
    /// `[new embeddings, width]`.
    pub new_embedding: Param<Tensor<2>>,
    size: usize,
}

impl Embedding {
    /// The vectors of ids, `[rows, tokens]` in rows, as `[rows, tokens, width]`. Padding has that of id 0.
    pub fn forward(&self, ids: &[i32], rows: usize) -> Tensor<3> {
        let table = self.embedding.val();
        let (device, width) = (table.device(), table.dims()[1]);
        let at = |indices: Vec<i64>| {
            let count = indices.len();
            Tensor::<1, Int>::from_data(TensorData::new(indices, [count]), &device)
        };
        // Ids of both parts are looked up apart, and the vectors are put in order.
        let size = self.size as i64;
        let ids = ids.iter().map(|id| i64::from(*id).max(0));
        let (mut old, mut new, mut order) = (Vec::new(), Vec::new(), Vec::new());
        for id in ids {
            if id < size {
                order.push((false, old.len() as i64));
                old.push(id);
            } else {
                order.push((true, new.len() as i64));
                new.push(id - size);
            }
        }
        let tokens = order.len() / rows.max(1);
        let before = old.len() as i64;
        let vectors = match (old.is_empty(), new.is_empty()) {
            (_, true) => table.select(0, at(old)),
            (true, false) => self.new_embedding.val().select(0, at(new)),
            (false, false) => {
                let order = order.iter().map(|(is_new, at)| if *is_new { before + at } else { *at });
                let both = vec![table.select(0, at(old)), self.new_embedding.val().select(0, at(new))];
                Tensor::cat(both, 0).select(0, at(order.collect()))
            }
        };
        vectors.reshape([rows, tokens, width])
    }
}

impl Decoder {
    pub(crate) fn new(sizes: &Sizes, start: &Start) -> Decoder {
        Decoder {
            wte: Embedding {
                embedding: start.normal([sizes.embeddings, sizes.width], 0.02),
                new_embedding: start.normal([sizes.new_embeddings, sizes.width], 0.02),
                size: sizes.embeddings,
            },
            blocks: (0..sizes.layers).map(|_| Block::new(sizes, start)).collect(),
            ln_f: RmsNorm::new(sizes.width, sizes.norm_eps, start),
            ff_out: Linear::new(sizes.width, sizes.embeddings, false, start),
        }
    }

    /// Passes the blocks: `[rows, tokens, width]` to the same. With a cache, the tokens follow those that passed before, and
    /// `hidden` is `[rows, tokens, all tokens so far]`.
    pub fn pass(
        &self,
        x: Tensor<3>,
        rotation: &Rotation,
        hidden: &Tensor<3, Bool>,
        mut cache: Option<&mut Cache>,
    ) -> Tensor<3> {
        let mut x = x;
        for (index, block) in self.blocks.iter().enumerate() {
            x = block.forward(x, rotation, hidden, cache.as_deref_mut().map(|cache| cache.layer(index)));
        }
        x
    }

    /// `[.., width]` after the blocks to `[.., embeddings]`.
    pub fn logits<const D: usize>(&self, x: Tensor<D>) -> Tensor<D> {
        self.ff_out.forward(self.ln_f.forward(x))
    }
}
