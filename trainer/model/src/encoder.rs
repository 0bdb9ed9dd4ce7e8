//! The vision encoder: patches of pixels to features.

mod block;
mod position;

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;

use crate::config::{Encoder as Sizes, EncoderKind};
use crate::linear::Linear;
use crate::norm::LayerNorm;
use crate::start::Start;

pub use block::{Attention, Block};
pub(crate) use position::converted;
pub use position::resized;

/// A vision transformer without its last norm.
#[derive(Module, Debug)]
pub struct Encoder {
    /// `[width]`; SigLIP has none.
    pub class_embedding: Option<Param<Tensor<1>>>,
    /// `[positions, width]`; the first row is that of the class token.
    pub positional_embedding: Param<Tensor<2>>,
    /// A patch's pixels, rows with channels last, to its features.
    pub patch_embedding: Linear,
    /// Before the blocks, for CLIP.
    pub pre_ln: Option<LayerNorm>,
    /// The blocks, which the files keep one name deeper.
    pub transformer: Blocks,
    #[module(skip)]
    sizes: Sizes,
}

/// The blocks of an encoder.
#[derive(Module, Debug)]
pub struct Blocks {
    /// In the order in which they are passed.
    pub resblocks: Vec<Block>,
}

impl Encoder {
    pub(crate) fn new(sizes: &Sizes, start: &Start) -> Encoder {
        let spread = 1.0 / (sizes.width as f64).sqrt();
        let patch = 3 * sizes.patch_px * sizes.patch_px;
        Encoder {
            class_embedding: sizes.has_class().then(|| start.normal([sizes.width], spread)),
            positional_embedding: start.normal([sizes.positions, sizes.width], spread),
            patch_embedding: Linear::new(patch, sizes.width, sizes.has_patch_bias(), start),
            pre_ln: (sizes.kind == EncoderKind::Clip)
                .then(|| LayerNorm::new(sizes.width, sizes.norm_eps, start)),
            transformer: Blocks { resblocks: (0..sizes.layers).map(|_| Block::new(sizes, start)).collect() },
            sizes: sizes.clone(),
        }
    }

    /// What the first block gets of crops: `[crops, patches, values]` to `[crops, tokens, width]`, the class token first.
    pub fn embed(&self, patches: Tensor<3>) -> Tensor<3> {
        let [crops, count, _] = patches.dims();
        let x = self.patch_embedding.forward(patches);
        let (dtype, width) = (x.dtype(), self.sizes.width);
        let x = match &self.class_embedding {
            Some(class) => {
                let class = precision::cast(class.val(), dtype).reshape([1, 1, width]);
                Tensor::cat(vec![class.expand([crops, 1, width]), x], 1)
            }
            None => x,
        };
        let x = x + precision::cast(self.positions(count), dtype).unsqueeze();
        match &self.pre_ln {
            Some(norm) => norm.forward(x),
            None => x,
        }
    }

    /// The table of positions for crops of so many patches, resized if it was made for another number.
    fn positions(&self, patches: usize) -> Tensor<2> {
        let table = self.positional_embedding.val();
        let stored = self.sizes.grid_positions();
        if stored == patches {
            return table;
        }
        let first = self.sizes.positions - stored;
        let grid = resized(table.clone().narrow(0, first, stored), patches);
        if first == 0 { grid } else { Tensor::cat(vec![table.narrow(0, 0, first), grid], 0) }
    }

    /// The outputs of the chosen blocks side by side, without the class token: `[crops, patches, values]` to `[crops,
    /// patches, chosen x width]`. Blocks after the last chosen one are not computed.
    pub fn features(&self, patches: Tensor<3>, chosen: &[usize]) -> Tensor<3> {
        let count = patches.dims()[1];
        let mut x = self.embed(patches);
        let mut kept: Vec<Option<Tensor<3>>> = vec![None; chosen.len()];
        let last = chosen.iter().max().map_or(0, |last| last + 1);
        for (index, block) in self.transformer.resblocks.iter().enumerate().take(last) {
            x = block.forward(x);
            for (kept, _) in kept.iter_mut().zip(chosen).filter(|(_, chosen)| **chosen == index) {
                *kept = Some(x.clone());
            }
        }
        let first = x.dims()[1] - count;
        let kept = kept.into_iter().flatten();
        Tensor::cat(kept.map(|x| precision::cast(x, DType::F32)).collect(), 2).narrow(1, first, count)
    }
}
