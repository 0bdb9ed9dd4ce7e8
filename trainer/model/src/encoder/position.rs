//! Tables of positions for another number of patches than they were learnt for.

use pixmo_burnkit::prelude::*;
use pixmo_preprocess::resize::{Filter, weights};

/// A square grid of rows `[stored, width]` to one of `wanted` rows, while a model runs: bicubic with antialias, a = -0.5.
/// Gradients reach the stored rows.
pub fn resized(grid: Tensor<2>, wanted: usize) -> Tensor<2> {
    let [stored, width] = grid.dims();
    let (from, to) = (stored.isqrt(), wanted.isqrt());
    let matrix = Tensor::<2>::from_data(
        TensorData::new(weights(Filter::Bicubic, from, to), [to, from]),
        (&grid.device(), grid.dtype()),
    );
    // Along rows of the grid, then along its columns.
    let across = matrix.clone().unsqueeze::<3>().matmul(grid.reshape([from, from, width]));
    let down = matrix.matmul(across.reshape([from, to * width]));
    down.reshape([to * to, width])
}

/// The same of a table that is converted from a base model: bicubic with a = -0.75 and without antialias, stretched by a
/// tenth of a cell as DINOv2 does it. `grid` has `from x from` rows of `width`.
pub(crate) fn converted(grid: &[f32], from: usize, to: usize, width: usize) -> Vec<f32> {
    let scale = from as f32 / (to as f32 + 0.1);
    let taps: Vec<[(usize, f32); 4]> = (0..to).map(|index| four_taps(index, scale, from)).collect();
    let mut out = Vec::with_capacity(to * to * width);
    for rows in &taps {
        for columns in &taps {
            for channel in 0..width {
                let mut sum = 0.0;
                for (row, by_row) in rows {
                    let mut along = 0.0;
                    for (column, by_column) in columns {
                        along += by_column * grid[(row * from + column) * width + channel];
                    }
                    sum += by_row * along;
                }
                out.push(sum);
            }
        }
    }
    out
}

/// The four sources of an output and their weights, by the cubic of Keys.
fn four_taps(index: usize, scale: f32, from: usize) -> [(usize, f32); 4] {
    const A: f32 = -0.75;
    let near = |x: f32| ((A + 2.0) * x - (A + 3.0)) * x * x + 1.0;
    let far = |x: f32| ((A * x - 5.0 * A) * x + 8.0 * A) * x - 4.0 * A;
    let place = (index as f32 + 0.5) * scale - 0.5;
    let (whole, t) = (place.floor(), place - place.floor());
    let weights = [far(t + 1.0), near(t), near(1.0 - t), far(2.0 - t)];
    std::array::from_fn(|tap| {
        let source = (whole as i64 + tap as i64 - 1).clamp(0, from as i64 - 1);
        (source as usize, weights[tap])
    })
}
