//! Hashes of a picture and of what is left of it by small crops, so that a cropped copy is found: its whole looks like one
//! of them.
//!
//! Along an axis a crop takes l from one end and r from the other, with l + r up to a tenth. Windows at (2.5, 2.5),
//! (7.5, 2.5) and (2.5, 7.5) per cent are never further than 2.5 per cent of the side from any such crop at either end; with
//! the whole axis they make four windows an axis and sixteen views.
//!
//! A bit is the sign of a coefficient of the cosine transform over the window: the 64 lowest frequencies without the mean.
//! A mirror changes the sign of the odd horizontal ones and nothing else, so that the hash of the mirror is the same bits
//! with a fixed set of them turned round ([`mirrored`]).

use std::sync::OnceLock;

use super::plane::{Plane, SIDE};

/// Views of a picture: 4 windows down times 4 across.
pub const VIEWS: usize = 16;

/// Windows of an axis, in thousandths of the side: begin and end.
const WINDOWS: [(u16, u16); 4] = [(0, 1000), (25, 975), (75, 975), (25, 925)];

/// Frequencies of an axis, from 0 on.
const COUNT: usize = 10;

/// What view `number` shows, in thousandths of the picture's sides: left, top, right, bottom. The first is the whole.
///
/// # Panics
/// There are [`VIEWS`] views.
pub fn view_window(number: usize) -> [u16; 4] {
    assert!(number < VIEWS, "view {number} of {VIEWS}");
    let (down, across) = (WINDOWS[number / WINDOWS.len()], WINDOWS[number % WINDOWS.len()]);
    [across.0, down.0, across.1, down.1]
}

/// Which (vertical, horizontal) frequency each bit is of: lowest first, those of equal height from the horizontal on.
const FREQUENCIES: [(u8, u8); 64] = frequencies();

const fn frequencies() -> [(u8, u8); 64] {
    let mut chosen = [(0u8, 0u8); 64];
    let mut count = 0;
    let mut height = 1;
    while count < 64 {
        let mut v = 0;
        while v < COUNT && count < 64 {
            let mut h = 0;
            while h < COUNT && count < 64 {
                if v * v + h * h == height {
                    chosen[count] = (v as u8, h as u8);
                    count += 1;
                }
                h += 1;
            }
            v += 1;
        }
        height += 1;
    }
    chosen
}

/// The bits of odd horizontal frequencies.
const ODD: u64 = {
    let mut odd = 0;
    let mut number = 0;
    while number < 64 {
        if FREQUENCIES[number].1 % 2 == 1 {
            odd |= 1 << number;
        }
        number += 1;
    }
    odd
};

/// The hash of the mirrored view. The windows of a mirror are mirrored as well: views 2 and 3 of each row of four change
/// places.
pub const fn mirrored(view: u64) -> u64 {
    view ^ ODD
}

/// Integrals of the cosines of one window over each light: rows are frequencies.
type Basis = [[f32; SIDE]; COUNT];

fn bases() -> &'static [Basis; 4] {
    static BASES: OnceLock<[Basis; 4]> = OnceLock::new();
    BASES
        .get_or_init(|| WINDOWS.map(|(begin, end)| basis(f64::from(begin) / 1000.0, f64::from(end) / 1000.0)))
}

/// ∫ cos(π k (x − begin) / (end − begin)) dx over the part of each light that is in the window; 1 for k = 0.
fn basis(begin: f64, end: f64) -> Basis {
    let mut basis = [[0.0; SIDE]; COUNT];
    let scale = std::f64::consts::PI / (end - begin);
    for (k, row) in basis.iter_mut().enumerate() {
        for (number, value) in row.iter_mut().enumerate() {
            let from = (number as f64 / SIDE as f64).max(begin);
            let to = ((number + 1) as f64 / SIDE as f64).min(end);
            if from >= to {
                continue;
            }
            *value = if k == 0 {
                to - from
            } else {
                let rate = scale * k as f64;
                (libm::sin(rate * (to - begin)) - libm::sin(rate * (from - begin))) / rate
            } as f32;
        }
    }
    basis
}

/// The hashes of all views.
pub(crate) fn hashes(plane: &Plane) -> [u64; VIEWS] {
    let bases = bases();
    let mut hashes = [0; VIEWS];
    for (row, down) in hashes.chunks_exact_mut(WINDOWS.len()).zip(bases) {
        let mut half = [[0.0f32; SIDE]; COUNT];
        for (sums, weights) in half.iter_mut().zip(down) {
            for (lights, weight) in plane.lights.iter().zip(weights) {
                sums.iter_mut().zip(lights).for_each(|(sum, light)| *sum += light * weight);
            }
        }
        for (hash, across) in row.iter_mut().zip(bases) {
            *hash = bits(&half, across);
        }
    }
    hashes
}

fn bits(half: &[[f32; SIDE]; COUNT], across: &Basis) -> u64 {
    let mut hash = 0;
    for (number, (v, h)) in FREQUENCIES.iter().enumerate() {
        let (sums, weights) = (&half[usize::from(*v)], &across[usize::from(*h)]);
        // Eight sums side by side, in an order that is the same everywhere.
        let mut lanes = [0.0f32; 8];
        for (sums, weights) in sums.chunks_exact(8).zip(weights.chunks_exact(8)) {
            for ((lane, sum), weight) in lanes.iter_mut().zip(sums).zip(weights) {
                *lane += sum * weight;
            }
        }
        let sum = lanes.iter().fold(0.0, |sum, lane| sum + lane);
        hash |= u64::from(sum > 0.0) << number;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_of_different_frequencies_and_none_of_the_mean() {
        let mut seen = std::collections::BTreeSet::new();
        for frequency in FREQUENCIES {
            assert!(frequency != (0, 0) && seen.insert(frequency));
        }
        assert_eq!(FREQUENCIES[0], (0, 1));
    }

    #[test]
    fn every_crop_of_a_tenth_is_near_a_window() {
        for left in 0..=100u16 {
            for right in 0..=100 - left {
                let off = |(begin, end): &(u16, u16)| begin.abs_diff(left).max(end.abs_diff(1000 - right));
                assert!(WINDOWS.iter().map(off).min() <= Some(25), "{left} {right}");
            }
        }
    }
}
