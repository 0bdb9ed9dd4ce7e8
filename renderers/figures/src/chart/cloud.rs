//! The density of samples over a plane.

/// The density of samples with two numbers each: the mean of normal hills around them.
///
/// With n samples, the density at a place is the mean of exp(−(a² + b²) / 2) / (2 π h k), where a and b are its
/// distances from a sample along x and y in units of the bandwidths h and k. Each bandwidth is the standard deviation of
/// the samples (divisor n − 1) along its axis x n^(−1/6) (Scott 1992).
#[derive(Clone, Debug)]
pub struct Cloud {
    samples: Vec<(f64, f64)>,
    width: (f64, f64),
}

impl Cloud {
    /// The density of some samples.
    pub fn of(samples: &[(f64, f64)]) -> Self {
        let count = samples.len().max(1) as f64;
        let width = |part: &dyn Fn(&(f64, f64)) -> f64| {
            let mean = samples.iter().map(part).sum::<f64>() / count;
            let squares = samples.iter().map(|s| (part(s) - mean) * (part(s) - mean)).sum::<f64>();
            let deviation = libm::sqrt(squares / (count - 1.0).max(1.0));
            // Samples that are all equal still have a hill.
            (deviation * libm::pow(count, -1.0 / 6.0)).max(1e-6 * mean.abs().max(1e-3))
        };
        Self { width: (width(&|s| s.0), width(&|s| s.1)), samples: samples.to_vec() }
    }

    /// The bandwidths along x and y.
    pub fn width(&self) -> (f64, f64) {
        self.width
    }

    /// The density at a place.
    pub fn density(&self, x: f64, y: f64) -> f64 {
        let hill = |s: &(f64, f64)| {
            let (a, b) = ((x - s.0) / self.width.0, (y - s.1) / self.width.1);
            libm::exp(-(a * a + b * b) / 2.0)
        };
        let volume = 2.0 * std::f64::consts::PI * self.width.0 * self.width.1;
        self.samples.iter().map(hill).sum::<f64>() / (self.samples.len() as f64 * volume)
    }

    /// The densities at all crossings of some places along x and along y, row by row of `ys`: a hill is the product of a
    /// curve along x and one along y, so that their exponentials are worked out once for each sample and line.
    pub fn densities(&self, xs: &[f64], ys: &[f64]) -> Vec<f64> {
        let volume = 2.0 * std::f64::consts::PI * self.width.0 * self.width.1;
        let unit = 1.0 / (self.samples.len() as f64 * volume);
        let curve = |at: f64, middle: f64, width: f64| {
            let z = (at - middle) / width;
            libm::exp(-z * z / 2.0)
        };
        let mut sums = vec![0.0; xs.len() * ys.len()];
        let mut along_x = vec![0.0; xs.len()];
        for (x, y) in &self.samples {
            for (weight, at) in along_x.iter_mut().zip(xs) {
                *weight = curve(*at, *x, self.width.0) * unit;
            }
            for (row, at) in sums.chunks_mut(xs.len().max(1)).zip(ys) {
                let weight = curve(*at, *y, self.width.1);
                // Too far away to be seen in any digit that is drawn.
                if weight < 1e-12 {
                    continue;
                }
                row.iter_mut().zip(&along_x).for_each(|(sum, along)| *sum += weight * along);
            }
        }
        sums
    }

    /// Where the density is largest, and how large it is there: the best of the samples, moved by the mean of the
    /// samples in its hill until it rests (mean shift, Fukunaga and Hostetler 1975).
    pub fn peak(&self) -> ((f64, f64), f64) {
        let start = self.samples.iter().fold((None, f64::NEG_INFINITY), |best, s| {
            let density = self.density(s.0, s.1);
            if density > best.1 { (Some(*s), density) } else { best }
        });
        let mut at = start.0.unwrap_or((0.0, 0.0));
        for _ in 0..80 {
            let (mut sum, mut x, mut y) = (0.0, 0.0, 0.0);
            for s in &self.samples {
                let (a, b) = ((at.0 - s.0) / self.width.0, (at.1 - s.1) / self.width.1);
                let weight = libm::exp(-(a * a + b * b) / 2.0);
                (sum, x, y) = (sum + weight, x + weight * s.0, y + weight * s.1);
            }
            let next = if sum > 0.0 { (x / sum, y / sum) } else { at };
            if next == at {
                break;
            }
            at = next;
        }
        (at, self.density(at.0, at.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn densities_on_a_grid_are_those_of_its_places() {
        let samples = [(1.0, 5.0), (2.0, 5.5), (2.2, 6.0), (2.4, 5.8), (6.0, 9.0)];
        let cloud = Cloud::of(&samples);
        let (xs, ys) = ([0.0, 1.5, 2.0, 7.0], [4.0, 5.9, 11.0]);
        let grid = cloud.densities(&xs, &ys);
        for (row, y) in ys.iter().enumerate() {
            for (column, x) in xs.iter().enumerate() {
                let (found, exact) = (grid[row * xs.len() + column], cloud.density(*x, *y));
                assert!((found - exact).abs() < 1e-9, "{found} is not {exact} at {x}, {y}");
            }
        }
    }

    #[test]
    fn a_cloud_covers_one_and_peaks_where_samples_are_dense() {
        let samples = [(1.0, 5.0), (2.0, 5.5), (2.2, 6.0), (2.4, 5.8), (2.1, 6.2), (3.0, 7.0), (6.0, 9.0)];
        let cloud = Cloud::of(&samples);
        let step = 0.1;
        let range = |low: i32, high: i32| (low..high).map(move |i| f64::from(i) * step);
        let volume: f64 = range(-60, 140)
            .flat_map(|x| range(-30, 160).map(move |y| (x, y)))
            .map(|(x, y)| cloud.density(x, y))
            .sum();
        assert!((volume * step * step - 1.0).abs() < 1e-3, "{volume}");
        let ((x, y), height) = cloud.peak();
        assert!((1.5..3.0).contains(&x) && (5.0..7.0).contains(&y), "{x} {y}");
        for (dx, dy) in [(0.05, 0.0), (-0.05, 0.0), (0.0, 0.05), (0.0, -0.05)] {
            assert!(cloud.density(x + dx, y + dy) < height);
        }
    }
}
