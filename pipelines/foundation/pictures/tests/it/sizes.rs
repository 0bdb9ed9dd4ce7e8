//! Smaller copies and JPEG files.

use pixmo_pictures::{Decoded, encode_jpeg, shrink};
use proptest::prelude::*;

use crate::files::{decoded, photograph, picture};

fn of_colour(width: u32, height: u32, colour: [u8; 3]) -> Decoded {
    let pixels = colour.repeat((width * height) as usize);
    Decoded { pixels, width, height, ..picture("plain.png") }
}

fn mean_difference(a: &Decoded, b: &Decoded) -> f64 {
    assert_eq!((a.width, a.height), (b.width, b.height));
    a.pixels.iter().zip(&b.pixels).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>()
        / a.pixels.len() as f64
}

#[test]
fn what_is_small_enough_is_left_as_it_is() {
    let photograph = photograph();
    assert_eq!(shrink(&photograph, 160), photograph);
}

#[test]
fn a_copy_keeps_light_and_form() {
    let photograph = photograph();
    for side in [120, 64, 33, 16] {
        let small = shrink(&photograph, side);
        assert_eq!(small.width, side);
        let mean = |picture: &Decoded| {
            picture.pixels.iter().map(|value| f64::from(*value)).sum::<f64>() / picture.pixels.len() as f64
        };
        assert!((mean(&small) - mean(&photograph)).abs() < 1.0, "{side}");
    }
    // In one step or by way of another size, the picture is about the same.
    let direct = shrink(&photograph, 32);
    assert!(mean_difference(&direct, &shrink(&shrink(&photograph, 80), 32)) < 3.0);
}

#[test]
fn a_jpeg_of_it_looks_the_same() {
    let photograph = photograph();
    for (quality, most) in [(95, 2.5), (80, 6.0)] {
        let again = decoded(&encode_jpeg(&photograph, quality)).expect("a whole picture");
        assert!(again.warnings.is_empty());
        let difference = mean_difference(&photograph, &again);
        assert!(difference < most, "quality {quality}: {difference}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_colour_stays_that_colour(width in 1u32..300, height in 1u32..300, side in 1u32..80, colour: [u8; 3]) {
        let small = shrink(&of_colour(width, height, colour), side);
        prop_assert!(small.width.max(small.height) <= side.max(1) || (small.width, small.height) == (width, height));
        prop_assert_eq!(small.pixels.len(), 3 * (small.width * small.height) as usize);
        for pixel in small.pixels.chunks_exact(3) {
            prop_assert_eq!(pixel, colour);
        }
    }
}
