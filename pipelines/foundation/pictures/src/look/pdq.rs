//! The PDQ hash (Davis and Rosen 2019): the signs of 16 x 16 low frequencies of a picture against their median.

use super::plane::{Plane, SIDE, cosines};

/// Frequencies of an axis, from 1 on.
const COUNT: usize = 16;
type Coefficients = [[f32; COUNT]; COUNT];

/// Differences of neighbouring lights above this share of 255 count as gradient, in PDQ's measure of quality: it takes a
/// hundredth part of 255 as its unit and drops what is below one.
const QUALITY_UNIT: f32 = 100.0 / 255.0;
/// PDQ divides the sum of gradients by this to come to 100 for what is rich.
const QUALITY_DIVISOR: i32 = 90;

/// The hash of the picture, and of its mirror.
pub(crate) fn hashes(plane: &Plane) -> ([u8; 32], [u8; 32]) {
    let coefficients = transform(plane);
    let mut mirrored = coefficients;
    for row in &mut mirrored {
        // Odd frequencies change their sign; the first column is frequency 1.
        row.iter_mut().step_by(2).for_each(|value| *value = -*value);
    }
    (bits(&coefficients), bits(&mirrored))
}

/// Rows are vertical frequencies 1 to 16, columns horizontal ones.
fn transform(plane: &Plane) -> Coefficients {
    let cosines = &cosines()[1..];
    let mut half = [[0.0f32; SIDE]; COUNT];
    for (row, cosines) in half.iter_mut().zip(cosines) {
        for (lights, cosine) in plane.lights.iter().zip(cosines) {
            row.iter_mut().zip(lights).for_each(|(sum, light)| *sum += cosine * light);
        }
    }
    let mut turned = [[0.0f32; COUNT]; SIDE];
    for (x, row) in turned.iter_mut().enumerate() {
        row.iter_mut().zip(cosines).for_each(|(value, cosines)| *value = cosines[x]);
    }
    let mut coefficients = [[0.0f32; COUNT]; COUNT];
    for (row, half) in coefficients.iter_mut().zip(&half) {
        for (value, cosines) in half.iter().zip(&turned) {
            row.iter_mut().zip(cosines).for_each(|(sum, cosine)| *sum += value * cosine);
        }
    }
    coefficients
}

/// One bit for each coefficient above the median. Bit 16 r + c is that of row r and column c, and the last bit comes
/// first, as its authors print it.
fn bits(coefficients: &Coefficients) -> [u8; 32] {
    let mut sorted = *coefficients.as_flattened().first_chunk::<256>().unwrap_or(&[0.0; 256]);
    let (_, median, _) = sorted.select_nth_unstable_by(127, f32::total_cmp);
    let median = *median;
    let mut hash = [0u8; 32];
    for (number, value) in coefficients.as_flattened().iter().enumerate() {
        if *value > median {
            hash[31 - number / 8] |= 1 << (number % 8);
        }
    }
    hash
}

/// PDQ's measure of how much there is to hash.
pub(crate) fn quality(plane: &Plane) -> u8 {
    let step = |a: &f32, b: &f32| (((a - b) * QUALITY_UNIT) as i32).abs();
    let across = plane.lights.iter().flat_map(|row| row.windows(2)).map(|pair| step(&pair[0], &pair[1]));
    let down = plane.lights.windows(2).flat_map(|rows| rows[0].iter().zip(&rows[1])).map(|(a, b)| step(a, b));
    let sum = across.sum::<i32>() + down.sum::<i32>();
    (sum / QUALITY_DIVISOR).min(100) as u8
}
