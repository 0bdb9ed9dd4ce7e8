//! A block of the vision encoder: attention and a feed-forward part, each after a norm and added to what came in.

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;

use crate::attention::{attention, join_heads, split_heads};
use crate::config::{Activation, Encoder as Sizes, EncoderKind};
use crate::linear::Linear;
use crate::norm::LayerNorm;
use crate::start::Start;

/// A block.
#[derive(Module, Debug)]
pub struct Block {
    /// Attention of all tokens to all.
    pub attention: Attention,
    /// Before it.
    pub attention_norm: LayerNorm,
    /// The feed-forward part.
    pub feed_forward: FeedForward,
    /// Before it.
    pub ffn_norm: LayerNorm,
    /// `[width]`, scales what attention adds; DINOv2 alone has it.
    pub lambda1: Option<Param<Tensor<1>>>,
    /// `[width]`, scales what the feed-forward part adds.
    pub lambda2: Option<Param<Tensor<1>>>,
}

/// Attention with biases everywhere.
#[derive(Module, Debug)]
pub struct Attention {
    /// To queries.
    pub wq: Linear,
    /// To keys.
    pub wk: Linear,
    /// To values.
    pub wv: Linear,
    /// From the heads.
    pub wo: Linear,
    heads: usize,
}

/// Two layers with an activation between them.
#[derive(Module, Debug)]
pub struct FeedForward {
    /// To the inner width.
    pub w1: Linear,
    /// From it.
    pub w2: Linear,
    #[module(skip)]
    activation: Activation,
}

impl Attention {
    /// Queries from `inputs` wide tokens, and `sizes.width` out.
    pub(crate) fn new(inputs: usize, sizes: &Sizes, start: &Start) -> Attention {
        let inner = sizes.heads * sizes.head_width;
        Attention {
            wq: Linear::new(inputs, inner, true, start),
            wk: Linear::new(inputs, inner, true, start),
            wv: Linear::new(inputs, inner, true, start),
            wo: Linear::new(inner, sizes.width, true, start),
            heads: sizes.heads,
        }
    }

    /// `[rows, queries, inputs]` and `[rows, keys, inputs]` to `[rows, queries, width]`.
    pub fn forward(&self, asking: Tensor<3>, asked: Tensor<3>) -> Tensor<3> {
        let q = split_heads(self.wq.forward(asking), self.heads);
        let k = split_heads(self.wk.forward(asked.clone()), self.heads);
        let v = split_heads(self.wv.forward(asked), self.heads);
        self.wo.forward(join_heads(attention(q, k, v, None)))
    }
}

impl FeedForward {
    fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let x = self.w1.forward(x);
        let x = match self.activation {
            Activation::QuickGelu => x.clone() * burn::tensor::activation::sigmoid(x * 1.702),
            Activation::TanhGelu => burn::tensor::activation::gelu_approximate(x),
            Activation::Gelu => burn::tensor::activation::gelu(x),
        };
        self.w2.forward(x)
    }
}

impl Block {
    pub(crate) fn new(sizes: &Sizes, start: &Start) -> Block {
        let scale = || (sizes.kind == EncoderKind::Dino).then(|| start.constant([sizes.width], 1.0));
        Block {
            attention: Attention::new(sizes.width, sizes, start),
            attention_norm: LayerNorm::new(sizes.width, sizes.norm_eps, start),
            feed_forward: FeedForward {
                w1: Linear::new(sizes.width, sizes.inner, true, start),
                w2: Linear::new(sizes.inner, sizes.width, true, start),
                activation: sizes.activation,
            },
            ffn_norm: LayerNorm::new(sizes.width, sizes.norm_eps, start),
            lambda1: scale(),
            lambda2: scale(),
        }
    }

    /// `[crops, tokens, width]` to the same.
    pub fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let normed = self.attention_norm.forward(x.clone());
        let attended = self.attention.forward(normed.clone(), normed);
        let x = precision::add(x, scaled(attended, self.lambda1.as_ref()));
        let fed = self.feed_forward.forward(self.ffn_norm.forward(x.clone()));
        precision::add(x, scaled(fed, self.lambda2.as_ref()))
    }
}

fn scaled(x: Tensor<3>, by: Option<&Param<Tensor<1>>>) -> Tensor<3> {
    match by {
        Some(by) => precision::cast(x, DType::F32) * precision::cast(by.val(), DType::F32).unsqueeze(),
        None => x,
    }
}
