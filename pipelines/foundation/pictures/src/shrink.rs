//! Smaller copies.

use crate::decoded::Decoded;

/// Bits behind the point of weights.
const WEIGHT_BITS: u32 = 14;
/// Bits behind the point of samples between the two passes.
const MIDDLE_BITS: u32 = 5;
/// Reach of Lanczos' kernel, in pixels of the smaller picture.
const REACH: f64 = 3.0;
/// A picture that is this much larger than its copy is first reduced by means of whole pixels.
const MEAN_FROM: u32 = 4;
/// Longest side of a square of pixels that is meant: 4096 x 4096 x 255 is below 2^32.
const STEP_MAX: u32 = 4096;

/// The weights of one pixel of the copy.
struct Place {
    first: usize,
    weights: Vec<i32>,
}

/// A copy whose longer side has at most `side_max` pixels (at least one), the shorter one in proportion. A picture that is
/// not larger is copied as it is.
///
/// Lanczos' kernel with three lobes over the area that a pixel of the copy stands for, in integers: 14 bits of weight, the
/// same on every machine. From four times on, means of whole pixels come first.
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

/// Rows first, then columns, each pass with the weights of its own axis.
fn resampled(pixels: &[u8], from: (usize, usize), to: (usize, usize)) -> Vec<u8> {
    let (across, down) = (places(from.0, to.0), places(from.1, to.1));
    let row_length = 3 * from.0;
    let mut out = Vec::with_capacity(3 * to.0 * to.1);
    let mut sums = vec![0i32; row_length];
    let mut middle = vec![0i16; row_length];
    for place in &down {
        sums.fill(1 << (WEIGHT_BITS - MIDDLE_BITS - 1));
        for (number, weight) in place.weights.iter().enumerate() {
            let row = &pixels[(place.first + number) * row_length..][..row_length];
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += i32::from(*value) * weight);
        }
        // At most 255 times the sum of all weights without their signs, which is below 2: it fits with its fraction.
        for (middle, sum) in middle.iter_mut().zip(&sums) {
            *middle = (sum >> (WEIGHT_BITS - MIDDLE_BITS)) as i16;
        }
        for place in &across {
            let pixels = &middle[3 * place.first..][..3 * place.weights.len()];
            let mut sum = [1i32 << (WEIGHT_BITS + MIDDLE_BITS - 1); 3];
            for (pixel, weight) in pixels.chunks_exact(3).zip(&place.weights) {
                sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += i32::from(*value) * weight);
            }
            out.extend(sum.map(|sum| (sum >> (WEIGHT_BITS + MIDDLE_BITS)).clamp(0, 255) as u8));
        }
    }
    out
}

/// Weights of each pixel of an axis of `to` pixels over one of `from`; those of a pixel come to exactly 1.
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
            let one = f64::from(1 << WEIGHT_BITS);
            let mut weights =
                shares.iter().map(|share| (share / sum * one).round() as i32).collect::<Vec<_>>();
            let missing = (1 << WEIGHT_BITS) - weights.iter().sum::<i32>();
            if let Some(largest) = weights.iter_mut().max_by_key(|weight| **weight) {
                *largest += missing;
            }
            let leading = weights.iter().take_while(|weight| **weight == 0).count();
            let trailing = weights.iter().rev().take_while(|weight| **weight == 0).count();
            let weights = weights[leading..weights.len() - trailing].to_vec();
            Place { first: first + leading, weights }
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
    REACH * libm::sin(angle) * libm::sin(angle / REACH) / (angle * angle)
}
