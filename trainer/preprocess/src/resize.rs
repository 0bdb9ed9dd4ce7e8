//! Resizing in 32-bit floats, as the libraries of the reference do it.
//!
//! The antialiased filters are separable: each output is a weighted sum of the sources that its filter reaches, with weights
//! that sum to 1. Rows are resized as they are needed and kept as long as the filter reaches them, so that memory grows
//! with the width of the result and not with the image.

use std::collections::VecDeque;

use crate::picture::Picture;

/// Floats of a pixel while it is worked on: red, green, blue and one that is not used, so that a pixel is one vector.
const LANES: usize = 4;

/// An antialiasing filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// A triangle of one source pixel to each side.
    Bilinear,
    /// Keys' cubic with a = -0.5, two source pixels to each side.
    Bicubic,
}

impl Filter {
    fn reach(self) -> f32 {
        match self {
            Filter::Bilinear => 1.0,
            Filter::Bicubic => 2.0,
        }
    }

    fn at(self, x: f32) -> f32 {
        let x = x.abs();
        match self {
            Filter::Bilinear => (1.0 - x).max(0.0),
            Filter::Bicubic => {
                const A: f32 = -0.5;
                if x < 1.0 {
                    ((A + 2.0) * x - (A + 3.0)) * x * x + 1.0
                } else if x < 2.0 {
                    (((x - 5.0) * x + 8.0) * x - 4.0) * A
                } else {
                    0.0
                }
            }
        }
    }
}

/// The sources of each output along one axis.
struct Axis {
    /// First source and where its weights begin; one more at the end.
    taps: Vec<(usize, usize)>,
    weights: Vec<f32>,
}

impl Axis {
    /// The sources of `to` outputs among `from`. Where a filter begins and ends is worked out in 32 bits.
    fn antialiased(filter: Filter, from: usize, to: usize) -> Axis {
        let scale = from as f32 / to as f32;
        let (support, inverse) =
            if scale >= 1.0 { (filter.reach() * scale, 1.0 / scale) } else { (filter.reach(), 1.0) };
        let mut axis = Axis { taps: Vec::with_capacity(to + 1), weights: Vec::new() };
        for index in 0..to {
            let centre = scale * (index as f32 + 0.5);
            // A conversion to unsigned cuts off what lies below 0.
            let first = ((centre - support + 0.5) as usize).min(from - 1);
            let last = ((centre + support + 0.5) as usize).clamp(first + 1, from);
            let begin = axis.weights.len();
            axis.taps.push((first, begin));
            let mut sum = 0.0;
            for source in first..last {
                let weight = filter.at((source as f32 - centre + 0.5) * inverse);
                axis.weights.push(weight);
                sum += weight;
            }
            if sum != 0.0 {
                axis.weights[begin..].iter_mut().for_each(|weight| *weight /= sum);
            }
        }
        axis.taps.push((from, axis.weights.len()));
        axis
    }

    /// Two sources for each output, as bilinear interpolation without antialias takes them.
    fn plain(from: usize, to: usize) -> Axis {
        let scale = from as f32 / to as f32;
        let mut axis = Axis { taps: Vec::with_capacity(to + 1), weights: Vec::with_capacity(2 * to) };
        for index in 0..to {
            let place = (scale * (index as f32 + 0.5) - 0.5).max(0.0);
            let first = (place as usize).min(from - 1);
            axis.taps.push((first, axis.weights.len()));
            let second = place - first as f32;
            if first + 1 < from {
                axis.weights.extend([1.0 - second, second]);
            } else {
                axis.weights.push(1.0);
            }
        }
        axis.taps.push((from, axis.weights.len()));
        axis
    }

    fn len(&self) -> usize {
        self.taps.len() - 1
    }

    /// First source and weights of an output.
    fn of(&self, index: usize) -> (usize, &[f32]) {
        let (first, begin) = self.taps[index];
        (first, &self.weights[begin..self.taps[index + 1].1])
    }
}

/// The weights of an antialiased filter along one axis as a matrix: `to` rows of `from` weights. For tables of positions,
/// which are resized as images are.
pub fn weights(filter: Filter, from: usize, to: usize) -> Vec<f32> {
    let axis = Axis::antialiased(filter, from, to);
    let mut matrix = vec![0.0; from * to];
    for (index, row) in matrix.chunks_mut(from.max(1)).enumerate() {
        let (first, weights) = axis.of(index);
        row[first..first + weights.len()].copy_from_slice(weights);
    }
    matrix
}

/// Resizes with antialias; values of a byte are taken through `levels` first. `row` gets each row of the result from the
/// top: `width` pixels of four floats, of which the last means nothing.
pub fn antialiased(
    picture: &Picture,
    filter: Filter,
    (height, width): (usize, usize),
    levels: &[f32; 256],
    row: impl FnMut(usize, &[f32]),
) {
    let across = Axis::antialiased(filter, picture.width(), width);
    let down = Axis::antialiased(filter, picture.height(), height);
    separable(picture, &across, &down, levels, row);
}

/// Resizes by bilinear interpolation without antialias; otherwise like [`antialiased`].
pub fn bilinear(
    picture: &Picture,
    (height, width): (usize, usize),
    levels: &[f32; 256],
    row: impl FnMut(usize, &[f32]),
) {
    let (across, down) = (Axis::plain(picture.width(), width), Axis::plain(picture.height(), height));
    separable(picture, &across, &down, levels, row);
}

fn separable(
    picture: &Picture,
    across: &Axis,
    down: &Axis,
    levels: &[f32; 256],
    mut give: impl FnMut(usize, &[f32]),
) {
    let mut source = vec![0.0; LANES * picture.width()];
    let mut sum = vec![0.0; LANES * across.len()];
    // Rows that are resized across, from `first_kept` on.
    let mut kept: VecDeque<Vec<f32>> = VecDeque::new();
    let mut first_kept = 0;
    let mut spare: Vec<Vec<f32>> = Vec::new();
    for y in 0..down.len() {
        let (first, weights) = down.of(y);
        while first_kept < first {
            match kept.pop_front() {
                Some(row) => spare.push(row),
                None => {
                    first_kept = first;
                    break;
                }
            }
            first_kept += 1;
        }
        while first_kept + kept.len() < first + weights.len() {
            let mut row = spare.pop().unwrap_or_else(|| vec![0.0; LANES * across.len()]);
            spread(picture.row(first_kept + kept.len()), levels, &mut source);
            resize_row(&source, across, &mut row);
            kept.push_back(row);
        }
        weigh(kept.make_contiguous(), weights, &mut sum);
        give(y, &sum);
    }
}

/// The weighted sum of rows, some pixels at a time, so that a sum stays in registers until it is whole.
fn weigh(rows: &[Vec<f32>], weights: &[f32], sum: &mut [f32]) {
    const AT_ONCE: usize = 4 * LANES;
    let (whole, rest) = sum.as_chunks_mut::<AT_ONCE>();
    for (index, into) in whole.iter_mut().enumerate() {
        let mut lanes = [0.0f32; AT_ONCE];
        for (row, weight) in rows.iter().zip(weights) {
            let values: &[f32] = &row[AT_ONCE * index..][..AT_ONCE];
            for lane in 0..AT_ONCE {
                lanes[lane] += values[lane] * weight;
            }
        }
        *into = lanes;
    }
    let begin = AT_ONCE * whole.len();
    for (lane, into) in rest.iter_mut().enumerate() {
        *into = rows.iter().zip(weights).fold(0.0, |sum, (row, weight)| sum + row[begin + lane] * weight);
    }
}

/// Bytes to floats, four for each pixel.
fn spread(row: &[u8], levels: &[f32; 256], into: &mut [f32]) {
    for (pixel, lanes) in row.as_chunks::<3>().0.iter().zip(into.as_chunks_mut::<LANES>().0) {
        let [red, green, blue] = pixel.map(|byte| levels[usize::from(byte)]);
        *lanes = [red, green, blue, 0.0];
    }
}

fn resize_row(source: &[f32], across: &Axis, into: &mut [f32]) {
    let source = source.as_chunks::<LANES>().0;
    for (x, lanes) in into.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
        let (first, weights) = across.of(x);
        let mut sum = [0.0f32; LANES];
        for (pixel, weight) in source[first..].iter().zip(weights) {
            for lane in 0..LANES {
                sum[lane] += pixel[lane] * weight;
            }
        }
        *lanes = sum;
    }
}
