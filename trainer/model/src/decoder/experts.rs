//! A feed-forward part of many experts, of which each token takes the best few.

use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{Precision, precision};

use crate::linear::Linear;
use crate::start::Start;

/// A router and its experts.
#[derive(Module, Debug)]
pub struct Experts {
    /// Which experts a token takes; the files keep its matrix one name deeper.
    pub router: Router,
    /// The experts, which the files keep one name deeper.
    pub experts: Kept,
    #[module(skip)]
    sizes: (usize, usize, usize),
}

/// Scores of experts.
#[derive(Module, Debug)]
pub struct Router {
    /// `[experts, width]`.
    pub layer: Linear,
}

/// One name between the experts and their matrices.
#[derive(Module, Debug)]
pub struct Kept {
    /// The matrices.
    pub mlp: Matrices,
}

/// The matrices of all experts, below each other: `[experts x inner, width]`.
#[derive(Module, Debug)]
pub struct Matrices {
    /// Gates.
    pub w1: Param<Tensor<2>>,
    /// Values.
    pub v1: Param<Tensor<2>>,
    /// Back to the width; not turned.
    pub w2: Param<Tensor<2>>,
    #[module(skip)]
    precision: Precision,
}

/// What a router says of tokens.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Probabilities of all experts, `[tokens, experts]`.
    pub probabilities: Tensor<2>,
    /// The best experts of each token, the best first.
    pub chosen: Vec<Vec<usize>>,
}

impl Experts {
    pub(crate) fn new(width: usize, inner: usize, experts: usize, chosen: usize, start: &Start) -> Experts {
        let matrix = || start.normal([experts * inner, width], 0.02);
        Experts {
            router: Router { layer: Linear::new(width, experts, false, start) },
            experts: Kept {
                mlp: Matrices { w1: matrix(), v1: matrix(), w2: matrix(), precision: start.precision },
            },
            sizes: (inner, experts, chosen),
        }
    }

    /// Which experts tokens, `[tokens, width]`, take, and with which probability. Of equal ones the first is taken.
    pub fn choose(&self, x: Tensor<2>) -> Choice {
        let (_, experts, take) = self.sizes;
        let scores = precision::cast(self.router.layer.forward(x), DType::F32);
        let probabilities = burn::tensor::activation::softmax(scores, 1);
        let values = probabilities.clone().into_data().try_into_vec::<f32>().unwrap_or_default();
        let chosen = values
            .chunks(experts)
            .map(|of_token| {
                let mut order: Vec<usize> = (0..experts).collect();
                order.sort_by(|a, b| of_token[*b].total_cmp(&of_token[*a]));
                order.truncate(take);
                order
            })
            .collect();
        Choice { probabilities, chosen }
    }

    /// The sum of what the chosen experts say, weighted by their probabilities, which are not brought to a sum of 1.
    pub fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let [rows, tokens, width] = x.dims();
        let x = x.reshape([rows * tokens, width]);
        let Choice { probabilities, chosen } = self.choose(x.clone());
        let (inner, experts, _) = self.sizes;
        let matrices = &self.experts.mlp;
        let dtype = matrices.precision.dtype();
        let device = x.device();
        let at = |indices: Vec<i64>| {
            let count = indices.len();
            Tensor::<1, Int>::from_data(TensorData::new(indices, [count]), &device)
        };
        let mut takers: Vec<Vec<i64>> = vec![Vec::new(); experts];
        for (token, chosen) in chosen.iter().enumerate() {
            chosen.iter().for_each(|expert| takers[*expert].push(token as i64));
        }
        let flat = probabilities.reshape([rows * tokens * experts]);
        let mut sum = Tensor::<2>::zeros([rows * tokens, width], (&device, DType::F32));
        let x = precision::cast(x, dtype);
        for (expert, takers) in takers.into_iter().enumerate().filter(|(_, takers)| !takers.is_empty()) {
            let part = |matrix: &Param<Tensor<2>>| {
                precision::cast(matrix.val().narrow(0, expert * inner, inner), dtype)
            };
            let count = takers.len();
            let places = takers.iter().map(|token| token * experts as i64 + expert as i64).collect();
            let weights = flat.clone().select(0, at(places)).reshape([count, 1]);
            let takers = at(takers);
            let own = x.clone().select(0, takers.clone());
            let gate = burn::tensor::activation::silu(own.clone().matmul(part(&matrices.w1).transpose()));
            let said = (gate * own.matmul(part(&matrices.v1).transpose())).matmul(part(&matrices.w2));
            let said = precision::cast(said, DType::F32) * weights;
            sum = sum.select_assign(0, takers, said, burn::tensor::IndexingUpdateOp::Add);
        }
        sum.reshape([rows, tokens, width])
    }
}
