//! A block of the language model.

use pixmo_burnkit::precision;
use pixmo_burnkit::prelude::*;

use super::cache::Layer;
use super::experts::Experts;
use crate::attention::{attention, join_heads, split_heads};
use crate::config::{Decoder as Sizes, Feed};
use crate::linear::Linear;
use crate::norm::RmsNorm;
use crate::rope::Rotation;
use crate::start::Start;

/// Attention and a feed-forward part, each with a norm before it, or after it for OLMo; the names of the norms are the same.
#[derive(Module, Debug)]
pub struct Block {
    /// To queries, keys and values, in this order.
    pub att_proj: Linear,
    /// From the heads.
    pub attn_out: Linear,
    /// Over all queries of a token.
    pub q_norm: Option<RmsNorm>,
    /// Over all keys of a token.
    pub k_norm: Option<RmsNorm>,
    /// Of attention.
    pub attn_norm: RmsNorm,
    /// To value and gate, in this order.
    pub ff_proj: Option<Linear>,
    /// From the inner width.
    pub ff_out: Option<Linear>,
    /// In place of these two.
    pub ffn: Option<Experts>,
    /// Of the feed-forward part.
    pub ff_norm: RmsNorm,
    #[module(skip)]
    sizes: Sizes,
}

impl Block {
    pub(crate) fn new(sizes: &Sizes, start: &Start) -> Block {
        let (width, kv_width) = (sizes.width, sizes.kv_width());
        let norm = |width| RmsNorm::new(width, sizes.norm_eps, start);
        let (ff_proj, ff_out, ffn) = match sizes.feed {
            Feed::Dense { inner } => (
                Some(Linear::new(width, 2 * inner, false, start)),
                Some(Linear::new(inner, width, false, start)),
                None,
            ),
            Feed::Experts { inner, experts, chosen } => {
                (None, None, Some(Experts::new(width, inner, experts, chosen, start)))
            }
        };
        Block {
            att_proj: Linear::new(width, width + 2 * kv_width, sizes.qkv_bias, start),
            attn_out: Linear::new(width, width, false, start),
            q_norm: sizes.qk_norm.then(|| norm(width)),
            k_norm: sizes.qk_norm.then(|| norm(kv_width)),
            attn_norm: norm(width),
            ff_proj,
            ff_out,
            ffn,
            ff_norm: norm(width),
            sizes: sizes.clone(),
        }
    }

    /// `[rows, tokens, width]` to the same. `hidden` is `[rows, tokens, all tokens so far]`.
    pub fn forward(
        &self,
        x: Tensor<3>,
        rotation: &Rotation,
        hidden: &Tensor<3, Bool>,
        cache: Option<&mut Layer>,
    ) -> Tensor<3> {
        if self.sizes.norm_after {
            let x =
                precision::add(x.clone(), self.attn_norm.forward(self.attend(x, rotation, hidden, cache)));
            return precision::add(x.clone(), self.ff_norm.forward(self.feed(x)));
        }
        let normed = self.attn_norm.forward(x.clone());
        let x = precision::add(x, self.attend(normed, rotation, hidden, cache));
        precision::add(x.clone(), self.feed(self.ff_norm.forward(x)))
    }

    fn attend(
        &self,
        x: Tensor<3>,
        rotation: &Rotation,
        hidden: &Tensor<3, Bool>,
        cache: Option<&mut Layer>,
    ) -> Tensor<3> {
        let Sizes { width, heads, kv_heads, .. } = self.sizes;
        let kv_width = self.sizes.kv_width();
        let projected = self.att_proj.forward(x);
        let dtype = projected.dtype();
        let normed = |x: Tensor<3>, norm: &Option<RmsNorm>| match norm {
            Some(norm) => precision::cast(norm.forward(x), dtype),
            None => x,
        };
        let q = normed(projected.clone().narrow(2, 0, width), &self.q_norm);
        let k = normed(projected.clone().narrow(2, width, kv_width), &self.k_norm);
        let v = split_heads(projected.narrow(2, width + kv_width, kv_width), kv_heads);
        let q = rotation.turn(split_heads(q, heads));
        let k = rotation.turn(split_heads(k, kv_heads));
        let (k, v) = match cache {
            Some(cache) => cache.push(k, v),
            None => (k, v),
        };
        self.attn_out.forward(join_heads(attention(q, k, v, Some(hidden.clone()))))
    }

    fn feed(&self, x: Tensor<3>) -> Tensor<3> {
        if let Some(experts) = &self.ffn {
            return experts.forward(x);
        }
        let (Some(to), Some(from)) = (&self.ff_proj, &self.ff_out) else { return x };
        let both = to.forward(x);
        let inner = both.dims()[2] / 2;
        let gate = burn::tensor::activation::silu(both.clone().narrow(2, inner, inner));
        from.forward(gate * both.narrow(2, 0, inner))
    }
}
