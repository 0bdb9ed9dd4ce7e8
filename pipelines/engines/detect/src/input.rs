//! A picture as the tensor that a model wants.

use pixmo_engines::Picture;

use pixmo_engines::onnx::{Channels, InputSettings};

/// Planes `[3, height, width]` of a picture, resized and scaled as the model wants it.
///
/// Resized with a triangle filter that widens when it shrinks, one direction after the other, so that nothing between
/// the samples is lost.
pub(crate) fn planes(picture: &Picture<'_>, wanted: &InputSettings) -> Vec<f32> {
    let across = Taps::new(picture.width(), wanted.width);
    let down = Taps::new(picture.height(), wanted.height);
    let (width, height) = (wanted.width as usize, wanted.height as usize);
    let row_bytes = picture.width() as usize * 3;
    // Rows of the input, already as wide as the output; red, green and blue side by side.
    let narrow: Vec<f32> = picture
        .pixels()
        .chunks_exact(row_bytes)
        .flat_map(|row| {
            across.of.iter().flat_map(move |tap| {
                let mut sum = [0f32; 3];
                for (pixel, weight) in row[tap.first * 3..].chunks_exact(3).zip(&tap.weights) {
                    for (sum, &value) in sum.iter_mut().zip(pixel) {
                        *sum += f32::from(value) * weight;
                    }
                }
                sum
            })
        })
        .collect();
    let mut planes = vec![0f32; 3 * width * height];
    let mut line = vec![0f32; width * 3];
    for (y, tap) in down.of.iter().enumerate() {
        line.fill(0.0);
        let rows = narrow[tap.first * width * 3..].chunks_exact(width * 3);
        for (row, weight) in rows.zip(&tap.weights) {
            for (sum, value) in line.iter_mut().zip(row) {
                *sum += value * weight;
            }
        }
        for plane in 0..3 {
            let channel = match wanted.channels {
                Channels::Rgb => plane,
                Channels::Bgr => 2 - plane,
            };
            let (mean, scale) = (wanted.mean[plane], 1.0 / wanted.std[plane]);
            let place = plane * width * height + y * width;
            for (x, out) in planes[place..place + width].iter_mut().enumerate() {
                *out = (line[x * 3 + channel] - mean) * scale;
            }
        }
    }
    planes
}

/// Which samples of one direction make each output, and how much each weighs.
struct Taps {
    of: Vec<Tap>,
}

struct Tap {
    first: usize,
    weights: Vec<f32>,
}

impl Taps {
    fn new(from: u32, to: u32) -> Taps {
        let scale = f64::from(from) / f64::from(to);
        let reach = scale.max(1.0);
        let tap = |index: u32| {
            let centre = (f64::from(index) + 0.5) * scale;
            let first = (centre - reach).max(0.0) as usize;
            let behind = ((centre + reach).ceil() as usize).min(from as usize);
            let raw: Vec<f64> = (first..behind)
                .map(|sample| (1.0 - ((sample as f64 + 0.5 - centre) / reach).abs()).max(0.0))
                .collect();
            let sum: f64 = raw.iter().sum();
            Tap { first, weights: raw.iter().map(|weight| (weight / sum) as f32).collect() }
        };
        Taps { of: (0..to).map(tap).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(width: u32, height: u32, channels: Channels) -> InputSettings {
        InputSettings { width, height, channels, mean: [1.0, 2.0, 3.0], std: [2.0, 4.0, 8.0] }
    }

    #[test]
    fn a_picture_of_the_same_size_is_only_scaled_and_ordered() {
        let pixels = [11, 12, 13, 21, 22, 23];
        let picture = Picture::new(&pixels, 2, 1).unwrap();
        assert_eq!(planes(&picture, &plain(2, 1, Channels::Rgb)), [5.0, 10.0, 2.5, 5.0, 1.25, 2.5]);
        assert_eq!(planes(&picture, &plain(2, 1, Channels::Bgr)), [6.0, 11.0, 2.5, 5.0, 1.0, 2.25]);
    }

    #[test]
    fn one_colour_stays_one_colour_at_any_size() {
        for (from, to) in [((7, 3), (5, 9)), ((1, 1), (4, 4)), ((640, 31), (13, 17))] {
            let pixels = vec![101u8; from.0 as usize * from.1 as usize * 3];
            let picture = Picture::new(&pixels, from.0, from.1).unwrap();
            let planes = planes(&picture, &plain(to.0, to.1, Channels::Rgb));
            assert_eq!(planes.len(), (to.0 * to.1 * 3) as usize);
            let wanted = [50.0, 24.75, 12.25];
            for (plane, wanted) in planes.chunks_exact((to.0 * to.1) as usize).zip(wanted) {
                assert!(plane.iter().all(|value| (value - wanted).abs() < 1e-3), "{from:?} to {to:?}");
            }
        }
    }

    #[test]
    fn halving_takes_the_mean_of_neighbours_and_keeps_order() {
        // A ramp from left to right stays one, with its middle in the middle.
        let pixels: Vec<u8> = (0..64u8).flat_map(|x| [x * 4; 3]).collect();
        let picture = Picture::new(&pixels, 64, 1).unwrap();
        let settings = InputSettings { mean: [0.0; 3], std: [1.0; 3], ..plain(8, 1, Channels::Rgb) };
        let row = &planes(&picture, &settings)[..8];
        for (x, value) in row.iter().enumerate().skip(1).take(6) {
            let middle = (x as f32 + 0.5) * 8.0 - 0.5;
            assert!((value - middle * 4.0).abs() < 0.5, "{x}: {value}");
        }
        assert!(row.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
