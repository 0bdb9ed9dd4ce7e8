//! The blind reader: which time a dial with hands shows, by its pixels alone. It is told where the dial lies, and nothing
//! about the hands: not their shape, not their colours, not how many there are.
//!
//! The dial is laid out by angle and distance from its middle ([`unrolled`]). There a hand is a ridge that runs outwards
//! without a gap and differs from what lies at both of its sides; numerals, small dials and patterns begin elsewhere or do
//! not go on. All times of half a day are tried ([`times`]): the minute hand is the longer one, the hour hand stands where
//! the minutes want it, and the two together are to explain as much as possible of what can be seen. That is looked at twice,
//! once so that faint hands count as well, and once so that a pattern of the dial counts less than hands do; what both looks
//! explain is added up.

mod rays;
mod times;
mod unrolled;

use crate::pixels::Pixels;

/// The time that the hands of a dial show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The hour, 0 to 11.
    pub hour: u32,
    /// Minutes past the hour, with a fraction, 0 to 60 (exclusive).
    pub minute: f64,
    /// By how much this time explains more than the best one that is over two minutes away, 0 to 1.
    pub confidence: f64,
}

impl Reading {
    /// Whole minutes since 12 o'clock.
    pub fn minutes(&self) -> u32 {
        self.hour * 60 + self.minute as u32
    }
}

/// Reads a dial whose homography takes its middle (0, 0) and its edge, at a distance of about 100, to pixels. `None` for a
/// homography or a picture that cannot be read.
pub fn read(pixels: &Pixels<'_>, homography: &[f64]) -> Option<Reading> {
    let marks = unrolled::marks(pixels, homography)?;
    Some(times::best(&marks.each_ref().map(rays::Rays::of)))
}

/// Angles of a dial that are looked at: every half degree, clockwise from 12.
const ANGLES: usize = 720;
/// Degrees from one to the next.
const STEP: f32 = 0.5;
/// Distance from the middle of the first row, in units of the dial; the discs over the middle end before.
const FIRST: usize = 9;
/// Rows of a grid: one for each unit of distance, up to 100.
const ROWS: usize = 100 - FIRST + 1;

/// A number for each distance and each angle.
#[derive(Clone, Debug)]
struct Grid(Vec<f32>);

impl Grid {
    fn of(value: impl Fn(usize, usize) -> f32) -> Grid {
        Grid((0..ROWS * ANGLES).map(|n| value(n / ANGLES, n % ANGLES)).collect())
    }

    fn at(&self, row: usize, angle: usize) -> f32 {
        self.0[row * ANGLES + angle]
    }

    /// What adds up from the middle outwards.
    fn summed(mut self) -> Grid {
        for n in ANGLES..self.0.len() {
            self.0[n] += self.0[n - ANGLES];
        }
        self
    }
}

/// The distance of a row from the middle.
fn distance(row: usize) -> f32 {
    (FIRST + row) as f32
}

/// Steps of angle that a width covers at a distance, at most 75 degrees.
fn steps(width: f32, distance: f32) -> usize {
    ((width / distance).to_degrees() / STEP).round().min(150.0) as usize
}

/// The angle some steps farther, and as far back.
fn sides(angle: usize, steps: usize) -> (usize, usize) {
    ((angle + ANGLES - steps) % ANGLES, (angle + steps) % ANGLES)
}

/// Degrees between two angles, 0 to 180.
fn between(one: usize, other: usize) -> f32 {
    let apart = one.abs_diff(other);
    apart.min(ANGLES - apart) as f32 * STEP
}

#[cfg(test)]
mod tests;
