//! 64 x 64 lights that stand for a picture of any size.
//!
//! The filter is that of PDQ (Davis and Rosen, "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm",
//! 2019): two passes of a mean over 1/128 of the side, each along both axes, then every 1/64 of the side is taken. Mean,
//! pass, choice and luma are linear and go along one axis at a time, so that they become one list of weights for each of
//! the 64 places of an axis. Rows of the picture are summed with the weights of each place down; the sums become lights,
//! and those are summed with the weights of the places across.

use std::sync::OnceLock;

use super::THUMBNAIL_SIDE;
use crate::decoded::Decoded;

/// Lights of a side.
pub(crate) const SIDE: usize = 64;

/// Lights, rows from the top, 0 (black) to 255.
pub(crate) struct Plane {
    pub(crate) lights: Box<[[f32; SIDE]; SIDE]>,
}

/// The weights of one place of an axis.
struct Place {
    /// The first pixel with a weight.
    first: usize,
    weights: Vec<f32>,
}

/// The places of an axis of so many pixels.
fn places(side: usize) -> Vec<Place> {
    let window = side.div_ceil(2 * SIDE);
    // A mean over `window` pixels, half of them behind the middle one; fewer at the ends of the axis.
    let behind = window / 2;
    let before = window - 1 - behind;
    let mean = |place: usize| place.saturating_sub(before)..(place + behind + 1).min(side);
    (0..SIDE)
        .map(|number| {
            let centre = ((2 * number + 1) * side / (2 * SIDE)).min(side - 1);
            let outer = mean(centre);
            let begin = mean(outer.start).start;
            let end = mean(outer.end - 1).end;
            let mut weights = vec![0.0f32; end - begin];
            let outer_share = 1.0 / outer.len() as f32;
            for middle in outer {
                let inner = mean(middle);
                let share = outer_share / inner.len() as f32;
                weights[inner.start - begin..inner.end - begin]
                    .iter_mut()
                    .for_each(|weight| *weight += share);
            }
            Place { first: begin, weights }
        })
        .collect()
}

/// What is looked at, with vectors as wide as the processor has them.
struct Seen<'a> {
    pixels: &'a [u8],
    width: usize,
    height: usize,
}

impl pulp::NullaryFnOnce for Seen<'_> {
    type Output = Plane;

    #[inline(always)]
    fn call(self) -> Plane {
        Plane::plainly(self.pixels, self.width, self.height)
    }
}

impl Plane {
    /// The plane of a picture.
    pub(crate) fn of(decoded: &Decoded) -> Self {
        let (width, height) = (decoded.width as usize, decoded.height as usize);
        pulp::Arch::new().dispatch(Seen { pixels: &decoded.pixels, width, height })
    }

    #[inline(always)]
    fn plainly(pixels: &[u8], width: usize, height: usize) -> Self {
        let (across, down) = (places(width), places(height));
        let mut lights = Box::new([[0.0f32; SIDE]; SIDE]);
        let row_length = 3 * width;
        let mut sums = vec![0.0f32; row_length];
        let mut row_lights = vec![0.0f32; width];
        for (place, lights) in down.iter().zip(lights.iter_mut()) {
            sums.fill(0.0);
            let rows = pixels[place.first * row_length..].chunks_exact(row_length);
            for (row, weight) in rows.zip(&place.weights) {
                sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += f32::from(*value) * weight);
            }
            for (light, pixel) in row_lights.iter_mut().zip(sums.as_chunks::<3>().0) {
                *light = light_of(pixel);
            }
            for (light, place) in lights.iter_mut().zip(&across) {
                let pixels = &row_lights[place.first..place.first + place.weights.len()];
                *light =
                    pixels.iter().zip(&place.weights).fold(0.0, |sum, (pixel, weight)| sum + pixel * weight);
            }
        }
        Self { lights }
    }

    /// The difference of the brightest and the darkest light.
    pub(crate) fn spread(&self) -> f32 {
        let all = || self.lights.as_flattened().iter().copied();
        all().fold(f32::MIN, f32::max) - all().fold(f32::MAX, f32::min)
    }

    /// Four lights make a pixel.
    pub(crate) fn thumbnail(&self) -> [u8; THUMBNAIL_SIDE * THUMBNAIL_SIDE] {
        let mut thumbnail = [0; THUMBNAIL_SIDE * THUMBNAIL_SIDE];
        for (number, pixel) in thumbnail.iter_mut().enumerate() {
            let (y, x) = (number / THUMBNAIL_SIDE * 2, number % THUMBNAIL_SIDE * 2);
            let sum =
                self.lights[y][x] + self.lights[y][x + 1] + self.lights[y + 1][x] + self.lights[y + 1][x + 1];
            *pixel = (sum * 0.25 + 0.5).clamp(0.0, 255.0) as u8;
        }
        thumbnail
    }
}

/// Rec. 601 luma, as PDQ takes it.
fn light_of(pixel: &[f32; 3]) -> f32 {
    0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]
}

/// cos(π k (x + ½) / 64) for k of 0 to 16: the rows of the transform that hashes look at.
pub(crate) fn cosines() -> &'static [[f32; SIDE]; 17] {
    static COSINES: OnceLock<[[f32; SIDE]; 17]> = OnceLock::new();
    COSINES.get_or_init(|| {
        let mut cosines = [[0.0; SIDE]; 17];
        for (k, row) in cosines.iter_mut().enumerate() {
            for (x, value) in row.iter_mut().enumerate() {
                let angle = std::f64::consts::PI * k as f64 * (x as f64 + 0.5) / SIDE as f64;
                *value = libm::cos(angle) as f32;
            }
        }
        cosines
    })
}

#[cfg(test)]
mod tests {
    use pulp::Arch;

    use super::*;

    /// Wide vectors give the bits that narrow ones give.
    #[test]
    fn every_processor_sees_the_same_lights() {
        for (width, height) in [(320usize, 240usize), (61, 97), (3, 2), (1, 700)] {
            let pixels: Vec<u8> = (0..3 * width * height).map(|n| (n * n / 7 % 251) as u8).collect();
            let bits = |plane: Plane| plane.lights.map(|row| row.map(f32::to_bits));
            let wide = bits(Arch::new().dispatch(Seen { pixels: &pixels, width, height }));
            assert!(wide == bits(Plane::plainly(&pixels, width, height)), "{width} x {height}");
        }
    }
}
