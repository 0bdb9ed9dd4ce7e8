//! Where hands point, from a picture that says of each pixel to which hand it belongs.
//!
//! # What is read, and how
//! Every pixel of a hand is taken back to the dial. The axis of the hand is the line through its turning point about which
//! its pixels, weighted by their distance from that point, have the least second moment: what lies far out (the tip) counts
//! for more than what lies near (a ring, a leaf, a counterweight), and what lies evenly on both sides does not count. The
//! hand points to the side on which it reaches farther.
//!
//! # Turning points
//! The hour and the minute hand turn about the middle of the dial. A second hand on a small dial does not; its turning point
//! is not guessed but given: the row says where its small dials lie (`subdials` in the column `face`).
//!
//! # Bounds
//! At most [`HOUR_OFF_MAX`], [`MINUTE_OFF_MAX`] and [`SECOND_OFF_MAX`] degrees, on a mask in which the dial is
//! [`DIAL_MIN`] pixels across or more. On a smaller one a hand has fewer pixels along its length, and the bounds grow as its
//! pixels do ([`bounds`]): at 100 pixels they are twice as wide.

use crate::plane::{Plane, direction};

/// The bits of a pixel that belongs to a hand; a pixel under two hands has both.
pub const HANDS: [u8; 3] = [1, 2, 4];
/// How far the read hour hand may be off, in degrees.
pub const HOUR_OFF_MAX: f64 = 1.5;
/// How far the read minute hand may be off, in degrees.
pub const MINUTE_OFF_MAX: f64 = 1.0;
/// How far the read second hand may be off, in degrees.
pub const SECOND_OFF_MAX: f64 = 1.5;
/// Diameter of a dial, in pixels of the mask, from which the bounds hold as they are.
pub const DIAL_MIN: f64 = 200.0;

/// Which pixel belongs to which hand. It may show a part of a picture, and may be finer than it.
#[derive(Clone, Copy, Debug)]
pub struct Mask<'a> {
    /// Where its left edge lies in the picture, in pixels of the picture.
    pub left: f64,
    /// Where its upper edge lies.
    pub top: f64,
    /// Side of a pixel of the mask, in pixels of the picture.
    pub step: f64,
    /// Pixels a row.
    pub width: usize,
    /// Row by row: for each pixel the sum of the bits ([`HANDS`]) of the hands that it belongs to.
    pub bits: &'a [u8],
}

/// A hand as it was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hand {
    /// Where it points, in degrees clockwise from 12.
    pub degrees: f64,
    /// How far its tip lies from its turning point, in units of the dial.
    pub reach: f64,
    /// How many pixels it has.
    pub pixels: usize,
}

/// How far hour, minute and second hand may be off, in degrees, on a mask in which the dial is so many pixels across.
pub fn bounds(dial: f64) -> [f64; 3] {
    let grown = (DIAL_MIN / dial.max(1.0)).max(1.0);
    [HOUR_OFF_MAX, MINUTE_OFF_MAX, SECOND_OFF_MAX].map(|bound| bound * grown)
}

/// Reads hour, minute and second hand; `None` for a hand that has no pixel. `second` is the turning point of the second
/// hand on the dial.
pub fn hands(mask: &Mask<'_>, plane: &Plane, second: (f64, f64)) -> [Option<Hand>; 3] {
    let turning = [(0.0, 0.0), (0.0, 0.0), second];
    let mut hand = HANDS.into_iter().zip(turning).map(|(bit, about)| read(mask, plane, bit, about));
    std::array::from_fn(|_| hand.next().flatten())
}

fn read(mask: &Mask<'_>, plane: &Plane, bit: u8, about: (f64, f64)) -> Option<Hand> {
    // Places on the dial of its pixels, seen from the turning point.
    let mut places = Vec::new();
    let (mut across, mut down, mut both) = (0.0, 0.0, 0.0);
    for (row, bits) in mask.bits.chunks(mask.width.max(1)).enumerate() {
        let y = mask.top + (row as f64 + 0.5) * mask.step;
        for (column, _) in bits.iter().enumerate().filter(|(_, bits)| **bits & bit != 0) {
            let x = mask.left + (column as f64 + 0.5) * mask.step;
            let (u, v) = plane.on_dial(x, y);
            let (u, v) = (u - about.0, v - about.1);
            let weight = plane.area(x, y) * libm::sqrt(u * u + v * v);
            across += weight * u * u;
            down += weight * v * v;
            both += weight * u * v;
            places.push((u, v));
        }
    }
    if places.is_empty() {
        return None;
    }
    let axis = 0.5 * libm::atan2(2.0 * both, across - down);
    let along = (libm::cos(axis), libm::sin(axis));
    let ends = places.iter().fold((0.0_f64, 0.0_f64), |(back, forth), (u, v)| {
        let out = u * along.0 + v * along.1;
        (back.min(out), forth.max(out))
    });
    let (side, reach) = if ends.1 >= -ends.0 { (1.0, ends.1) } else { (-1.0, -ends.0) };
    Some(Hand { degrees: direction(side * along.0, side * along.1), reach, pixels: places.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plane::turn;

    const SIDE: usize = 240;

    /// A name, what belongs to it, and how far it reaches.
    type Form<'a> = (&'static str, &'a dyn Fn(f64, f64) -> bool, f64);

    /// A mask of one hand by what belongs to it: `(across, out)` from a turning point, in units of a dial of 100.
    fn drawn(degrees: f64, about: (f64, f64), has: impl Fn(f64, f64) -> bool) -> Vec<u8> {
        let (sin, cos) = (libm::sin(degrees.to_radians()), libm::cos(degrees.to_radians()));
        let mut bits = vec![0; SIDE * SIDE];
        for (at, bit) in bits.iter_mut().enumerate() {
            let (x, y) = ((at % SIDE) as f64 + 0.5 - 120.0, (at / SIDE) as f64 + 0.5 - 120.0);
            let (u, v) = (x - about.0, y - about.1);
            *bit = u8::from(has(u * cos + v * sin, u * sin - v * cos));
        }
        bits
    }

    fn read_back(bits: &[u8], about: (f64, f64)) -> Hand {
        let mask = Mask { left: 0.0, top: 0.0, step: 1.0, width: SIDE, bits };
        let plane = Plane::of(&[1.0, 0.0, 120.0, 0.0, 1.0, 120.0, 0.0, 0.0, 1.0]).expect("an inverse");
        read(&mask, &plane, 1, about).expect("a hand")
    }

    #[test]
    fn bars_rings_leaves_and_marks_on_a_disc_are_read() {
        let bar = |across: f64, out: f64| across.abs() < 2.0 && (-25.0..80.0).contains(&out);
        let ring = |across: f64, out: f64| {
            let far = libm::hypot(across, out - 50.0);
            (across.abs() < 1.0 && (-10.0..42.0).contains(&out)) || (5.0..8.0).contains(&far) || {
                across.abs() < 1.0 && (58.0..70.0).contains(&out)
            }
        };
        let open = |across: f64, out: f64| {
            (-6.0..70.0).contains(&out)
                && across.abs() < 5.0
                && !(across.abs() < 2.5 && out > 20.0 && out < 60.0)
        };
        // Broader than long: seen from the turning point it still lies in one direction.
        let mark = |across: f64, out: f64| (18.0..26.0).contains(&out) && across.abs() < (26.0 - out) * 0.8;
        let all: [Form<'_>; 4] =
            [("bar", &bar, 80.0), ("ring", &ring, 70.0), ("open", &open, 70.0), ("mark", &mark, 26.0)];
        for (name, has, reach) in all {
            for about in [(0.0, 0.0), (11.0, 37.0)] {
                for degrees in (0..360).step_by(7).map(f64::from) {
                    let hand = read_back(&drawn(degrees, about, has), about);
                    let off = turn(degrees, hand.degrees).abs();
                    assert!(off < 1.0, "{name} at {degrees}: {}", hand.degrees);
                    assert!((hand.reach - reach).abs() < 2.1, "{name} at {degrees}: {}", hand.reach);
                }
            }
        }
    }

    #[test]
    fn a_hand_that_is_not_there_is_none() {
        let bits = drawn(10.0, (0.0, 0.0), |across, out| across.abs() < 2.0 && (0.0..50.0).contains(&out));
        let mask = Mask { left: 0.0, top: 0.0, step: 1.0, width: SIDE, bits: &bits };
        let plane = Plane::of(&[1.0, 0.0, 120.0, 0.0, 1.0, 120.0, 0.0, 0.0, 1.0]).expect("an inverse");
        let read = hands(&mask, &plane, (0.0, 0.0));
        assert!(read[0].is_some() && read[1].is_none() && read[2].is_none());
        assert_eq!(bounds(400.0), [1.5, 1.0, 1.5]);
        assert_eq!(bounds(100.0), [3.0, 2.0, 3.0]);
    }
}
