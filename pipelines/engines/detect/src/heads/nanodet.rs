//! NanoDet: classes at the cells of three grids, and distances to the four edges as distributions.
//!
//! Generalized Focal Loss (Li et al. 2020, section 3): a distance is the mean of a softmax over `bins` whole numbers
//! from 0, in strides, measured from the middle of the cell.

use pixmo_engines::Area;

use crate::heads::{Candidate, Frame, best};
use crate::session::Output;

/// Pixels of the input between the cells of each grid.
const STRIDES: [usize; 3] = [8, 16, 32];

pub(super) fn read(outputs: &[Output], frame: &Frame) -> Result<Vec<Candidate>, String> {
    let mut found = Vec::new();
    for stride in STRIDES {
        let (columns, rows) = (frame.width.div_ceil(stride), frame.height.div_ceil(stride));
        let cells = columns * rows;
        let expected = || {
            format!(
                "for {cells} cells of stride {stride} one output [1, {cells}, {}] and one [1, {cells}, 4 x bins]",
                frame.classes
            )
        };
        let of_grid: Vec<&Output> =
            outputs.iter().filter(|output| matches!(*output.shape, [1, n, _] if n == cells)).collect();
        let [first, second] = *of_grid else { return Err(expected()) };
        let is_scores = |output: &Output| output.shape[2] == frame.classes;
        let is_edges = |output: &Output| output.shape[2] >= 8 && output.shape[2].is_multiple_of(4);
        let (scores, edges) = match (is_scores(first), is_scores(second)) {
            (true, _) if is_edges(second) => (first, second),
            (_, true) if is_edges(first) => (second, first),
            _ => return Err(expected()),
        };
        let bins = edges.shape[2] / 4;
        let each = scores.values.chunks_exact(frame.classes).zip(edges.values.chunks_exact(4 * bins));
        for (cell, (scores, edges)) in each.enumerate() {
            let Some((class, score)) = best(scores.iter().copied(), frame.score_min) else { continue };
            let x = ((cell % columns) as f32 + 0.5) * stride as f32;
            let y = ((cell / columns) as f32 + 0.5) * stride as f32;
            let away = |edge: usize| mean_bin(&edges[edge * bins..(edge + 1) * bins]) * stride as f32;
            let area = Area { left: x - away(0), top: y - away(1), right: x + away(2), bottom: y + away(3) };
            found.push(Candidate { class, score, area });
        }
    }
    Ok(found)
}

/// The mean of the numbers 0, 1, 2, ... under the softmax of their logits.
fn mean_bin(logits: &[f32]) -> f32 {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let (mut sum, mut weighted) = (0f32, 0f32);
    for (bin, logit) in logits.iter().enumerate() {
        let weight = libm::expf(logit - highest);
        sum += weight;
        weighted += weight * bin as f32;
    }
    weighted / sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_the_mean_of_its_distribution() {
        assert_eq!(mean_bin(&[0.0, 0.0, 0.0]), 1.0);
        assert!((mean_bin(&[-100.0, -100.0, 80.0, -100.0]) - 2.0).abs() < 1e-6);
    }

    #[test]
    fn a_cell_gives_a_box_around_its_middle() {
        let grid = |cells: usize, last: usize| Output {
            shape: vec![1, cells, last],
            values: vec![-9.0; cells * last],
        };
        // 32 x 32 pixels: 16, 4 and 1 cells. The score of class 1 is high in the last cell of the finest grid.
        let mut outputs: Vec<Output> =
            [16, 4, 1].iter().flat_map(|&cells| [grid(cells, 2), grid(cells, 8)]).collect();
        outputs[0].values[31] = 0.8;
        let edges = outputs[1].values.len();
        // Left and top one stride away, right and bottom none.
        outputs[1].values[edges - 8..].copy_from_slice(&[-50.0, 50.0, -50.0, 50.0, 50.0, -50.0, 50.0, -50.0]);
        let frame = Frame { width: 32, height: 32, classes: 2, score_min: 0.4 };
        let found = read(&outputs, &frame).unwrap();
        let area = Area { left: 20.0, top: 20.0, right: 28.0, bottom: 28.0 };
        assert_eq!(found, [Candidate { class: 1, score: 0.8, area }]);
        outputs.reverse();
        assert_eq!(read(&outputs, &frame).unwrap(), found);
        outputs.pop();
        assert!(read(&outputs, &frame).unwrap_err().contains("[1, 16, 2]"));
    }
}
