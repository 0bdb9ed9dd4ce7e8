//! Smaller copies.

use crate::decoded::Decoded;

/// Reach of Lanczos' kernel, in pixels of the smaller picture.
const REACH: f64 = 3.0;
/// A picture that is this much larger than its copy is first reduced by means of whole pixels.
const MEAN_FROM: u32 = 4;
/// Longest side of a square of pixels that is meant: 4096 x 4096 x 255 is below 2^32.
const STEP_MAX: u32 = 4096;

/// Rows of the copy that are made at once.
const ROWS: usize = 4;

/// The weights of one pixel of the copy.
struct Place {
    first: usize,
    weights: Vec<f32>,
}

/// A copy whose longer side has at most `side_max` pixels (at least one), the shorter one in proportion. A picture that is
/// not larger is copied as it is.
///
/// Lanczos' kernel with three lobes over the area that a pixel of the copy stands for, in `f32` and a fixed order: the same
/// on every machine. From four times on, means of whole pixels come first.
pub fn shrink(decoded: &Decoded, side_max: u32) -> Decoded {
    let side = decoded.width.max(decoded.height);
    let side_max = side_max.max(1);
    if side <= side_max {
        return decoded.clone();
    }
    let scaled = |length: u32| {
        let length = (u64::from(length) * u64::from(side_max) * 2 + u64::from(side)) / (2 * u64::from(side));
        (length as u32).max(1)
    };
    let (width, height) = (scaled(decoded.width), scaled(decoded.height));
    // Sums of a square stay within 32 bits.
    let step = (side / side_max / (MEAN_FROM / 2)).min(STEP_MAX);
    let is_far = side / side_max >= MEAN_FROM && decoded.width.min(decoded.height) >= step;
    let (pixels, from_width, from_height) = if is_far {
        means(decoded, step as usize)
    } else {
        (Vec::new(), decoded.width as usize, decoded.height as usize)
    };
    let source = if pixels.is_empty() { &decoded.pixels } else { &pixels };
    let pixels = resampled(source, (from_width, from_height), (width as usize, height as usize));
    Decoded {
        pixels,
        width,
        height,
        warnings: decoded.warnings.clone(),
        colour: decoded.colour.clone(),
        ..*decoded
    }
}

/// Means of squares of `step` pixels; what is left at the right and the bottom is meant over less.
fn means(decoded: &Decoded, step: usize) -> (Vec<u8>, usize, usize) {
    let (width, height) = (decoded.width as usize, decoded.height as usize);
    let (across, down) = (width.div_ceil(step), height.div_ceil(step));
    let mut pixels = Vec::with_capacity(3 * across * down);
    let mut sums = vec![0u32; 3 * across];
    for rows in decoded.pixels.chunks(3 * width * step) {
        sums.fill(0);
        for row in rows.chunks_exact(3 * width) {
            for (sum, square) in sums.chunks_exact_mut(3).zip(row.chunks(3 * step)) {
                for pixel in square.chunks_exact(3) {
                    sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u32::from(*value));
                }
            }
        }
        let row_count = (rows.len() / (3 * width)) as u32;
        for (number, sum) in sums.chunks_exact(3).enumerate() {
            let count = row_count * step.min(width - number * step) as u32;
            pixels.extend(sum.iter().map(|sum| ((sum + count / 2) / count) as u8));
        }
    }
    (pixels, across, down)
}

/// Down first, then across, each pass with the weights of its own axis. Four rows of the copy stand beside each other
/// between the passes, so that a weight across is for twelve values at once.
fn resampled(pixels: &[u8], from: (usize, usize), to: (usize, usize)) -> Vec<u8> {
    pulp::Arch::new().dispatch(Resampled { pixels, from, to })
}

/// What is resampled, with vectors as wide as the processor has them.
struct Resampled<'a> {
    pixels: &'a [u8],
    from: (usize, usize),
    to: (usize, usize),
}

impl pulp::NullaryFnOnce for Resampled<'_> {
    type Output = Vec<u8>;

    #[inline(always)]
    fn call(self) -> Vec<u8> {
        resampled_plainly(self.pixels, self.from, self.to)
    }
}

#[inline(always)]
fn resampled_plainly(pixels: &[u8], from: (usize, usize), to: (usize, usize)) -> Vec<u8> {
    let (across, down) = (places(from.0, to.0), places(from.1, to.1));
    let row_length = 3 * from.0;
    let mut out = vec![0u8; 3 * to.0 * to.1];
    let mut sums = vec![0f32; row_length];
    let mut middle = vec![[[0f32; 3]; ROWS]; from.0];
    for (places, out) in down.chunks(ROWS).zip(out.chunks_mut(3 * to.0 * ROWS)) {
        for (number, place) in places.iter().enumerate() {
            sums.fill(0.0);
            let rows = pixels[place.first * row_length..].chunks_exact(row_length);
            for (row, weight) in rows.zip(&place.weights) {
                sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += f32::from(*value) * weight);
            }
            for (cell, sum) in middle.iter_mut().zip(sums.as_chunks::<3>().0) {
                cell[number] = *sum;
            }
        }
        for (x, place) in across.iter().enumerate() {
            let mut sums = [0f32; 3 * ROWS];
            for (cell, weight) in middle[place.first..].iter().zip(&place.weights) {
                sums.iter_mut().zip(cell.as_flattened()).for_each(|(sum, value)| *sum += value * weight);
            }
            for (row, sums) in out.chunks_exact_mut(3 * to.0).zip(sums.as_chunks::<3>().0) {
                // A cast of a float stays within the bounds of its target.
                row[3 * x..3 * x + 3].iter_mut().zip(sums).for_each(|(out, sum)| *out = (sum + 0.5) as u8);
            }
        }
    }
    out
}

/// Weights of each pixel of an axis of `to` pixels over one of `from`; those of a pixel come to 1.
fn places(from: usize, to: usize) -> Vec<Place> {
    let scale = from as f64 / to as f64;
    let stretch = scale.max(1.0);
    (0..to)
        .map(|number| {
            let centre = (number as f64 + 0.5) * scale;
            let first = (centre - REACH * stretch).max(0.0) as usize;
            let last = ((centre + REACH * stretch) as usize + 1).min(from);
            let shares = (first..last)
                .map(|pixel| lanczos((pixel as f64 + 0.5 - centre) / stretch))
                .collect::<Vec<_>>();
            let sum = shares.iter().sum::<f64>();
            Place { first, weights: shares.iter().map(|share| (share / sum) as f32).collect() }
        })
        .collect()
}

/// sinc(x) sinc(x / 3) within three pixels, 0 outside.
fn lanczos(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    if x.abs() >= REACH {
        return 0.0;
    }
    let angle = std::f64::consts::PI * x;
    let third = libm::sin(angle / REACH);
    // sin 3a = 3 sin a - 4 sin³ a
    let whole = third * (3.0 - 4.0 * third * third);
    REACH * whole * third / (angle * angle)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wide vectors give the bits that narrow ones give.
    #[test]
    fn every_processor_makes_the_same_copy() {
        let noise = |count: usize| -> Vec<u8> {
            let next = |state: &mut u32| {
                *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                Some((*state >> 24) as u8)
            };
            std::iter::repeat(()).scan(1u32, |state, ()| next(state)).take(count).collect()
        };
        for (from, to) in [((97, 61), (40, 25)), ((320, 240), (256, 192)), ((7, 300), (3, 128))] {
            let pixels = noise(3 * from.0 * from.1);
            assert_eq!(resampled(&pixels, from, to), resampled_plainly(&pixels, from, to), "{from:?} {to:?}");
        }
    }
}
