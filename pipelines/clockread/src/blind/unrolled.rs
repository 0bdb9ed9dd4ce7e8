//! A dial by angle and distance, and what stands out from it.

use super::{ANGLES, FIRST, Grid, ROWS, distance, sides, steps};
use crate::pixels::Pixels;

type Color = [f32; 3];

/// Distance of the first row of colours; what lies farther in helps to tell the ground only.
const INMOST: usize = 4;
/// Rows of colours.
const ALL: usize = 100 - INMOST + 1;
/// A unit of the dial is made at most twice this many pixels.
const PIXELS_A_UNIT: f64 = 1.5;
/// Angles to one angle of the ground.
const COARSE: usize = 8;
/// Half the width over which the ground is the median, in units.
const GROUND_WIDE: f32 = 20.0;
/// Nearer to the middle than this, hands cover most of the ground: it is taken from here.
const GROUND_FROM: usize = 16;
/// How far to the sides a hand is compared with what lies beside it, in units.
const BESIDE: [f32; 4] = [2.6, 4.5, 7.0, 10.0];
/// Near the middle, more than this share of all places stands out less than hands do. Two hands that are seen apart make up
/// about a tenth of the circle there; thin ones, or one over the other, less, and then a pattern of the dial counts as much as
/// they do, unless only what stands out most is taken for certain.
const CERTAIN: [f64; 2] = [0.93, 0.98];

/// How much each place stands out, 0 to 1, looked at with each of [`CERTAIN`].
pub(super) fn marks(pixels: &Pixels<'_>, homography: &[f64]) -> Option<[Grid; 2]> {
    let off = Colors::of(pixels, homography)?.off();
    let noise = share(&off.0[5 * ANGLES..55 * ANGLES], 0.5);
    Some(CERTAIN.map(|certain| {
        let strong = share(&off.0[..12 * ANGLES], certain);
        let low = (0.2 * strong).max(2.0 * noise).min(0.5 * strong);
        let high = (0.85 * strong).max(5.0 * noise).min(0.9 * strong);
        let span = (high - low).max(1e-3);
        Grid(off.0.iter().map(|value| ((value - low) / span).clamp(0.0, 1.0)).collect())
    }))
}

/// The value that this share of all is below.
fn share(values: &[f32], share: f64) -> f32 {
    let mut sorted = values.to_vec();
    let at = ((sorted.len() - 1) as f64 * share) as usize;
    *sorted.select_nth_unstable_by(at, f32::total_cmp).1
}

/// The colours of a dial by distance and angle; black and not `inside` where it is outside the picture.
struct Colors {
    colors: Vec<Color>,
    inside: Vec<bool>,
}

impl Colors {
    fn of(pixels: &Pixels<'_>, homography: &[f64]) -> Option<Colors> {
        let [a, b, c, d, e, f, g, h, i] = *homography else { return None };
        let turn = |one: f64, two: f64, three: f64, four: f64| (one * two - three * four) / (i * i * i * i);
        let size = turn(a * i - c * g, e * i - f * h, b * i - c * h, d * i - f * g).abs();
        if !size.is_finite() || size < 1e-6 || pixels.width == 0 {
            return None;
        }
        let by = ((size.sqrt() / PIXELS_A_UNIT) as usize).max(1);
        let small = Small::of(pixels, by)?;
        let (mut colors, mut inside) = (Vec::with_capacity(ALL * ANGLES), Vec::with_capacity(ALL * ANGLES));
        let around: Vec<(f64, f64)> =
            (0..ANGLES).map(|n| libm::sincos((n as f64 * 360.0 / ANGLES as f64).to_radians())).collect();
        for row in 0..ALL {
            for (sin, cos) in &around {
                let out = (INMOST + row) as f64;
                let (u, v) = (out * sin, -out * cos);
                let w = (g * u + h * v + i) * by as f64;
                let (x, y) = ((a * u + b * v + c) / w - 0.5, (d * u + e * v + f) / w - 0.5);
                let (color, within) = small.between(x, y);
                colors.push(color);
                inside.push(within);
            }
        }
        Some(Colors { colors, inside })
    }

    fn at(&self, row: usize, angle: usize) -> Color {
        self.colors[row * ANGLES + angle]
    }

    /// How far each place is from the ground and from what lies at both of its sides, whichever is less.
    fn off(&self) -> Grid {
        let ground = self.ground();
        let skipped = FIRST - INMOST;
        let reaches: Vec<[usize; 4]> =
            (0..ROWS).map(|row| BESIDE.map(|wide| steps(wide, distance(row)))).collect();
        Grid::of(|row, angle| {
            let from = row + skipped;
            if !self.inside[from * ANGLES + angle] {
                return 0.0;
            }
            let here = self.at(from, angle);
            let beside = reaches[row].iter().map(|reach| {
                let (left, right) = sides(angle, *reach);
                apart(here, self.at(from, left)).min(apart(here, self.at(from, right)))
            });
            let behind = ground[from.max(GROUND_FROM - INMOST)][angle / COARSE];
            beside.fold(0.0, f32::max).min(apart(here, behind))
        })
    }

    /// The dial behind: a median over angles, wide enough that hands do not count.
    fn ground(&self) -> Vec<Vec<Color>> {
        let count = ANGLES / COARSE;
        let mut rows = Vec::with_capacity(ALL);
        for first in (0..ALL).step_by(4) {
            let band = first..(first + 4).min(ALL);
            let places = 2.0 * band.len() as f32;
            let few: Vec<Color> = (0..count)
                .map(|n| {
                    let middle = n * COARSE + COARSE / 2;
                    let all = band.clone().flat_map(|row| [self.at(row, middle - 1), self.at(row, middle)]);
                    let sum = all.fold([0.0; 3], |sum: Color, color| plus(sum, color));
                    sum.map(|channel| channel / places)
                })
                .collect();
            let out = INMOST as f32 + (band.start + band.end - 1) as f32 / 2.0;
            let half = (GROUND_WIDE / out).to_degrees() / (360.0 / count as f32);
            let half = half.round_ties_even().clamp(3.0, 22.0) as usize;
            let row: Vec<Color> = (0..count)
                .map(|n| {
                    let near = (0..=2 * half).map(|k| few[(n + count + k - half) % count]);
                    let near: Vec<Color> = near.collect();
                    std::array::from_fn(|channel| {
                        let mut values: Vec<f32> = near.iter().map(|color| color[channel]).collect();
                        *values.select_nth_unstable_by(half, f32::total_cmp).1
                    })
                })
                .collect();
            rows.extend(band.map(|_| row.clone()));
        }
        rows
    }
}

fn plus(one: Color, other: Color) -> Color {
    std::array::from_fn(|channel| one[channel] + other[channel])
}

fn apart(one: Color, other: Color) -> f32 {
    let square = |channel: usize| (one[channel] - other[channel]) * (one[channel] - other[channel]);
    (square(0) + square(1) + square(2)).sqrt()
}

/// A picture made smaller by a whole number; channels are 0 to 1.
struct Small {
    wide: usize,
    tall: usize,
    colors: Vec<Color>,
}

impl Small {
    fn of(pixels: &Pixels<'_>, by: usize) -> Option<Small> {
        let (wide, tall) = (pixels.width / by, pixels.bytes.len() / 4 / pixels.width / by);
        if wide < 2 || tall < 2 {
            return None;
        }
        let scale = 1.0 / (255.0 * (by * by) as f32);
        let one = |n: usize| {
            let (left, top) = (n % wide * by, n / wide * by);
            let mut sum = [0.0; 3];
            for row in top..top + by {
                let from = (row * pixels.width + left) * 4;
                for pixel in pixels.bytes[from..from + by * 4].chunks_exact(4) {
                    sum = plus(sum, std::array::from_fn(|channel| f32::from(pixel[channel])));
                }
            }
            sum.map(|channel| channel * scale)
        };
        Some(Small { wide, tall, colors: (0..wide * tall).map(one).collect() })
    }

    /// The colour between pixels, whose middles have whole numbers here, and whether it is inside.
    fn between(&self, x: f64, y: f64) -> (Color, bool) {
        let inside = x > -1.0 && y > -1.0 && x < self.wide as f64 && y < self.tall as f64;
        let held = |place: f64, count: usize| {
            let place = if place.is_finite() { place.clamp(0.0, count as f64 - 1.001) } else { 0.0 };
            (place as usize, place.fract() as f32)
        };
        let ((column, right), (row, down)) = (held(x, self.wide), held(y, self.tall));
        let mixed = |row: usize| -> Color {
            let at = row * self.wide + column;
            let (one, other) = (self.colors[at], self.colors[at + 1]);
            std::array::from_fn(|channel| one[channel] * (1.0 - right) + other[channel] * right)
        };
        let (upper, lower) = (mixed(row), mixed(row + 1));
        (std::array::from_fn(|channel| upper[channel] * (1.0 - down) + lower[channel] * down), inside)
    }
}
