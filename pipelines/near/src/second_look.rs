//! The second look: whether two thumbnails show the same picture, when hashes say that they might.
//!
//! A copy may be brighter, flatter or paler, so the tones of one are first brought to those of the other. What is then
//! left of a true copy is noise that a shift by less than a pixel explains. Of a look-alike, such as a clock at another
//! time or a chart of other values, something is left in **both** directions: what the one has and the other has not, and the
//! other way round. Words written over a copy are left in one direction only.

use crate::look::{Thumb, Window};

const SIDE: usize = Thumb::SIDE;
const PIXELS: usize = SIDE * SIDE;

/// What the second look found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sameness {
    /// The normalised correlation after the tones of one were brought to those of the other: 1 for the same picture.
    pub likeness: f64,
    /// The strongest pixel of one that nothing near it in the other explains, as a share of the contrast; the lesser of
    /// both directions. 0 for the same picture.
    pub peak: f64,
}

/// A thumbnail to compare.
pub(crate) struct Plane([f64; PIXELS]);

/// Window edges as shares of the side: left, top, right, bottom.
pub(crate) type Edges = [f64; 4];

/// Contrast below this is taken for this, in levels of 255: noise on an even ground is no structure.
const CONTRAST_MIN: f64 = 24.0;

/// The tones of one as a polynomial of those of the other: gamma, contrast and clipping are close to one of this degree.
const TERMS: usize = 4;

impl Plane {
    pub(crate) fn of(thumb: &Thumb) -> Plane {
        let mut lights = [0.0; PIXELS];
        lights.iter_mut().zip(thumb.pixels()).for_each(|(light, pixel)| *light = f64::from(*pixel));
        Plane(lights)
    }

    /// What is seen of it through a window, between its pixels by the two nearest of each axis.
    fn through(&self, window: &Edges) -> Plane {
        let places = |begin: f64, end: f64| -> [(usize, f64); SIDE] {
            std::array::from_fn(|n| {
                let place = (begin + (end - begin) * (n as f64 + 0.5) / SIDE as f64) * SIDE as f64 - 0.5;
                let place = place.clamp(0.0, (SIDE - 1) as f64);
                let first = (place as usize).min(SIDE - 2);
                (first, place - first as f64)
            })
        };
        let (across, down) = (places(window[0], window[2]), places(window[1], window[3]));
        let mut seen = [0.0; PIXELS];
        for (row, (y, share)) in seen.chunks_exact_mut(SIDE).zip(down) {
            let (upper, lower) = (&self.0[y * SIDE..(y + 1) * SIDE], &self.0[(y + 1) * SIDE..(y + 2) * SIDE]);
            let mut lights = [0.0; SIDE];
            for (light, (upper, lower)) in lights.iter_mut().zip(upper.iter().zip(lower)) {
                *light = upper + (lower - upper) * share;
            }
            for (light, (x, share)) in row.iter_mut().zip(across) {
                *light = lights[x] + (lights[x + 1] - lights[x]) * share;
            }
        }
        Plane(seen)
    }

    fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / PIXELS as f64
    }

    /// How far the light and the dark ends are apart, without the outermost fiftieth at each.
    fn contrast(&self) -> f64 {
        let mut sorted = self.0;
        sorted.sort_unstable_by(f64::total_cmp);
        (sorted[PIXELS - 1 - PIXELS / 50] - sorted[PIXELS / 50]).max(CONTRAST_MIN)
    }

    /// With tones brought to those of another. Weights that fall with the error, found in three rounds, keep what was
    /// written over one of them from pulling at the curve.
    fn toned_like(&self, other: &Plane) -> Plane {
        let mean = self.mean();
        let spread =
            (self.0.iter().map(|light| (light - mean) * (light - mean)).sum::<f64>() / PIXELS as f64).sqrt();
        let scale = 1.0 / spread.max(1.0);
        let powers = |light: f64| {
            let x = (light - mean) * scale;
            [1.0, x, x * x, x * x * x]
        };
        let mut weights = [1.0; PIXELS];
        let mut toned = other.0;
        for _ in 0..3 {
            let mut sums = [[0.0; TERMS + 1]; TERMS];
            for ((light, wanted), weight) in self.0.iter().zip(&other.0).zip(&weights) {
                let powers = powers(*light);
                for (row, one) in sums.iter_mut().zip(powers) {
                    for (sum, other) in row.iter_mut().zip(powers.into_iter().chain([*wanted])) {
                        *sum += weight * one * other;
                    }
                }
            }
            // a little towards 0, so that there is a solution for two tones only
            (0..TERMS).for_each(|n| sums[n][n] += 1e-6 * PIXELS as f64);
            let factors = solved(sums);
            for (tone, light) in toned.iter_mut().zip(&self.0) {
                *tone = powers(*light).iter().zip(factors).map(|(power, factor)| power * factor).sum();
            }
            let errors: [f64; PIXELS] = std::array::from_fn(|n| (other.0[n] - toned[n]).abs());
            let mut sorted = errors;
            let (_, median, _) = sorted.select_nth_unstable_by(PIXELS / 2, f64::total_cmp);
            // 1.48 medians of the error are one standard deviation of noise
            let unit = 3.0 * (1.48 * *median).max(1.0);
            for (weight, error) in weights.iter_mut().zip(errors) {
                *weight = 1.0 / (1.0 + (error / unit) * (error / unit));
            }
        }
        Plane(toned)
    }

    /// The strongest light of `other` beyond all that this has there and in the eight pixels around.
    fn peak_of(&self, other: &Plane) -> f64 {
        let mut peak = 0.0f64;
        for y in 0..SIDE {
            for x in 0..SIDE {
                let (mut least, mut most) = (f64::MAX, f64::MIN);
                for row in self.0.chunks_exact(SIDE).take((y + 2).min(SIDE)).skip(y.saturating_sub(1)) {
                    for light in &row[x.saturating_sub(1)..(x + 2).min(SIDE)] {
                        least = least.min(*light);
                        most = most.max(*light);
                    }
                }
                let light = other.0[y * SIDE + x];
                peak = peak.max(least - light).max(light - most);
            }
        }
        peak
    }
}

/// Solves for the factors by elimination; the matrix is positive, so that no pivot is 0.
fn solved(mut sums: [[f64; TERMS + 1]; TERMS]) -> [f64; TERMS] {
    for n in 0..TERMS {
        let pivot = sums[n];
        for row in sums.iter_mut().skip(n + 1) {
            let factor = row[n] / pivot[n];
            row.iter_mut().zip(pivot).skip(n).for_each(|(value, above)| *value -= factor * above);
        }
    }
    let mut factors = [0.0; TERMS];
    for n in (0..TERMS).rev() {
        let known: f64 = (n + 1..TERMS).map(|m| sums[n][m] * factors[m]).sum();
        factors[n] = (sums[n][TERMS] - known) / sums[n][n];
    }
    factors
}

/// The normalised correlation, 0 where one of them is even.
fn correlation(one: &Plane, other: &Plane) -> f64 {
    let (mean, its_mean) = (one.mean(), other.mean());
    let (mut both, mut mine, mut its) = (0.0, 0.0, 0.0);
    for (light, its_light) in one.0.iter().zip(&other.0) {
        let (light, its_light) = (light - mean, its_light - its_mean);
        both += light * its_light;
        mine += light * light;
        its += its_light * its_light;
    }
    if mine > 0.0 && its > 0.0 { both / (mine * its).sqrt() } else { 0.0 }
}

/// Compares two thumbnails that should coincide.
pub(crate) fn sameness(one: &Plane, other: &Plane) -> Sameness {
    let toned = one.toned_like(other);
    let there = toned.peak_of(other) / other.contrast();
    let back = other.toned_like(one).peak_of(one) / one.contrast();
    Sameness { likeness: correlation(&toned, other), peak: there.min(back) }
}

/// Moves a window over `one` until what is seen through it is most like `other`, from about where it should be. Nothing where
/// there is no likeness to begin with.
pub(crate) fn aligned(one: &Plane, other: &Plane, from: Window) -> Option<(Edges, Plane)> {
    /// The least correlation from which it is worth moving.
    const BEGIN_MIN: f64 = 0.25;
    let mut best = [from.left, from.top, from.right, from.bottom].map(|edge| f64::from(edge) / 1000.0);
    let mut best_value = correlation(&one.through(&best), other);
    if best_value < BEGIN_MIN {
        return None;
    }
    for step in [0.02, 0.01, 0.005] {
        for _ in 0..8 {
            let before = best_value;
            for edge in 0..4 {
                for by in [-step, step] {
                    let mut next = best;
                    next[edge] += by;
                    let value = correlation(&one.through(&next), other);
                    if value > best_value {
                        (best, best_value) = (next, value);
                    }
                }
            }
            if best_value <= before {
                break;
            }
        }
    }
    let seen = one.through(&best);
    Some((best, seen))
}
