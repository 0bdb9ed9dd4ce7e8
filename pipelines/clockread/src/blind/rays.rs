//! What runs outwards from the middle of a dial, at each angle.

use super::{ANGLES, Grid, ROWS, distance, sides, steps};

/// Places to each side of a ray that are looked at, and the units between them.
const PLACES: usize = 9;
const APART: f32 = 0.6;
/// Places whose marks count as lying on the ray, for hands that bend.
const LOOSE: usize = 4;
/// Places from which the rails of a hollow hand may begin.
const HOLLOW: usize = 5;
/// What a place has to show so that a hand goes on there.
const NEED: f32 = 0.42;
/// Below this there is a gap, and what it costs.
const GAP: (f32, f32) = (0.2, 0.9);
/// After a gap of so many rows a hand is over: what follows is a mark of the dial.
const OVER: usize = 7;
/// A hand of this width gains nothing by it, and of that many units more, all.
const WIDTH: (f32, f32) = (1.4, 1.6);
/// What a hand that is thinner gains at least, a unit of length.
const THIN: f32 = -0.2;
/// What a hand gains by going on, beside what it gains by its width.
const LONG: f32 = 0.6;

/// Rays from the middle of a dial at all angles; sums are taken from the middle outwards.
pub(super) struct Rays {
    /// What is gained in each place by a hand that goes on there.
    pub(super) gain: Grid,
    /// The same by its width.
    pub(super) broad: Grid,
    /// Widths in units.
    pub(super) width: Grid,
    /// The sum of `gain` up to the best row so far.
    pub(super) upto: Grid,
    /// That row.
    pub(super) ends: Vec<usize>,
    /// Where the hand at each angle ends.
    pub(super) tip: Vec<usize>,
    /// The sum of `broad`.
    pub(super) breadth: Grid,
}

impl Rays {
    pub(super) fn of(marks: &Grid) -> Rays {
        let reaches: Vec<[usize; PLACES]> = (0..ROWS)
            .map(|row| std::array::from_fn(|place| steps(APART * (place + 1) as f32, distance(row))))
            .collect();
        let seen: Vec<(f32, f32)> =
            (0..ROWS * ANGLES).map(|n| place(marks, n / ANGLES, n % ANGLES, &reaches[n / ANGLES])).collect();
        let over = over(&seen);
        let gain = |(&(near, _), over): (&(f32, f32), &bool)| {
            if *over {
                0.0
            } else if near < GAP.0 {
                -GAP.1
            } else {
                near - NEED
            }
        };
        let gain = Grid(seen.iter().zip(&over).map(gain).collect());
        let width = Grid(seen.iter().map(|(_, width)| *width).collect());
        let broad = |(&(near, width), over): (&(f32, f32), &bool)| {
            let width = if near > GAP.0 { width } else { 0.0 };
            if *over { 0.0 } else { ((width - WIDTH.0) / WIDTH.1).clamp(THIN, 1.0) }
        };
        let broad = Grid(seen.iter().zip(&over).map(broad).collect());
        let runs = gain.clone().summed();
        let (mut upto, mut ends) = (runs, vec![0; ROWS * ANGLES]);
        for n in ANGLES..ROWS * ANGLES {
            if over[n] || upto.0[n] < upto.0[n - ANGLES] {
                upto.0[n] = upto.0[n - ANGLES];
                ends[n] = ends[n - ANGLES];
            } else {
                ends[n] = n / ANGLES;
            }
        }
        let tip = ends[(ROWS - 1) * ANGLES..].to_vec();
        let breadth = broad.clone().summed();
        Rays { gain, broad, width, upto, ends, tip, breadth }
    }

    /// What a minute hand at an angle explains.
    pub(super) fn whole(&self, angle: usize) -> f32 {
        LONG * self.upto.at(ROWS - 1, angle) + self.breadth.at(self.tip[angle], angle)
    }

    /// What a hand explains that ends at a row at the latest, less what goes on beyond, which costs `beyond` a unit.
    pub(super) fn part(&self, row: usize, angle: usize, beyond: f32) -> f32 {
        let upto = self.upto.at(row, angle);
        let after = self.upto.at(ROWS - 1, angle) - upto;
        LONG * upto - beyond * after + self.breadth.at(self.end(row, angle), angle)
    }

    /// Where a hand ends that ends at a row at the latest.
    pub(super) fn end(&self, row: usize, angle: usize) -> usize {
        self.ends[row * ANGLES + angle]
    }

    /// As [`Rays::part`], of what another hand at angle `over` does not cover.
    pub(super) fn beside(&self, row: usize, angle: usize, over: usize, beyond: f32) -> f32 {
        let lean = libm::sinf(super::between(angle, over).to_radians());
        let end = self.end(row, angle);
        let (mut run, mut best, mut upto, mut broad) = (0.0_f32, f32::MIN, 0.0, 0.0);
        for at in 0..ROWS {
            let widest = self.width.at(at, angle).min(12.0).max(self.width.at(at, over).min(12.0));
            let fresh = ((distance(at) * lean - 0.5 * widest) / 1.5 + 0.3).clamp(0.0, 1.0);
            run += self.gain.at(at, angle) * fresh;
            best = best.max(run);
            if at == row {
                upto = best;
            }
            if at <= end {
                broad += self.broad.at(at, angle) * fresh;
            }
        }
        LONG * upto - beyond * (best - upto) + broad
    }
}

/// Where the hand at an angle, if there is one, is over.
fn over(seen: &[(f32, f32)]) -> Vec<bool> {
    let mut over = vec![false; seen.len()];
    let mut gaps = [0; ANGLES];
    for (n, (near, _)) in seen.iter().enumerate() {
        let gap = &mut gaps[n % ANGLES];
        // A gap that is wide enough does not close again.
        *gap = if *near < GAP.0 || *gap >= OVER { *gap + 1 } else { 0 };
        over[n] = *gap >= OVER;
    }
    over
}

/// How much of a hand is in a place, 0 to 1, and how wide it is about the ray there.
fn place(marks: &Grid, row: usize, angle: usize, reaches: &[usize; PLACES]) -> (f32, f32) {
    let middle = marks.at(row, angle);
    let (mut here, mut loose, mut width) = (middle, middle, APART * middle);
    let (mut begun, mut open) = (middle > 0.5, true);
    for (n, reach) in reaches.iter().enumerate() {
        let (left, right) = sides(angle, *reach);
        let (left, right) = (marks.at(row, left), marks.at(row, right));
        let both = left.min(right);
        let on = both > 0.5;
        if n < LOOSE {
            loose += left + right;
        }
        if n < HOLLOW {
            here = here.max(both);
            if on && !begun {
                // What lies between the rails belongs to the hand.
                width = 2.0 * APART * (n + 1) as f32 + APART;
            } else if begun && open {
                width += 2.0 * APART * both;
            }
            open &= on || !begun;
            begun |= on;
        } else {
            if begun && open {
                width += 2.0 * APART * both;
            }
            open &= on;
        }
    }
    ((here + (APART * loose / 1.2).min(1.0)) / 2.0, width)
}
