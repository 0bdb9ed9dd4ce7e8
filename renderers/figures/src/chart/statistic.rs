//! Numbers and curves that follow from samples: quantiles, and densities by a kernel. Content is filled with the same
//! functions that charts are drawn with, so that what is stored and what is seen are one.

/// A number that follows from samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// The smallest sample.
    Minimum,
    /// The quantile at a quarter, see [`quantile`].
    LowerQuartile,
    /// The quantile at a half.
    Median,
    /// The quantile at three quarters.
    UpperQuartile,
    /// The largest sample.
    Maximum,
    /// Where the density of the samples is largest, see [`Kernel`].
    Peak,
    /// The density there.
    Height,
}

impl Statistic {
    /// The number of some samples; 0 when there are none.
    pub fn of(self, samples: &[f64]) -> f64 {
        match self {
            Statistic::Minimum => quantile(samples, 0.0),
            Statistic::LowerQuartile => quantile(samples, 0.25),
            Statistic::Median => quantile(samples, 0.5),
            Statistic::UpperQuartile => quantile(samples, 0.75),
            Statistic::Maximum => quantile(samples, 1.0),
            Statistic::Peak => Kernel::of(samples).peak().0,
            Statistic::Height => Kernel::of(samples).peak().1,
        }
    }
}

/// The quantile at a share from 0 to 1: between the two samples around place (n − 1) x `share` in rising order,
/// linearly (the seventh definition of Hyndman and Fan, 1996). 0 when there are no samples.
pub fn quantile(samples: &[f64], share: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = share.clamp(0.0, 1.0) * last as f64;
    let low = place.floor() as usize;
    let high = (low + 1).min(last);
    sorted[low] + (sorted[high] - sorted[low]) * (place - low as f64)
}

/// The density of samples: the mean of normal curves around them.
///
/// With n samples s, the density at x is the mean of exp(−((x − s) / h)² / 2) / (h √(2π)). The bandwidth h is
/// 0.9 x min(d, q / 1.34) x n^(−1/5), where d is the standard deviation (divisor n − 1) and q the distance of the
/// quartiles (Silverman 1986, equation 3.31); where q is 0, it is made from d alone.
#[derive(Clone, Debug)]
pub struct Kernel {
    samples: Vec<f64>,
    bandwidth: f64,
}

impl Kernel {
    /// The density of some samples.
    pub fn of(samples: &[f64]) -> Self {
        let count = samples.len() as f64;
        let mean = samples.iter().sum::<f64>() / count.max(1.0);
        let squares = samples.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>();
        let deviation = libm::sqrt(squares / (count - 1.0).max(1.0));
        let quartiles = (quantile(samples, 0.75) - quantile(samples, 0.25)) / 1.34;
        let spread = if quartiles > 0.0 { deviation.min(quartiles) } else { deviation };
        let bandwidth = 0.9 * spread * libm::pow(count.max(1.0), -0.2);
        // Samples that are all equal still have a curve.
        let least = 1e-6 * mean.abs().max(1e-3);
        Self { samples: samples.to_vec(), bandwidth: bandwidth.max(least) }
    }

    /// The bandwidth h.
    pub fn bandwidth(&self) -> f64 {
        self.bandwidth
    }

    /// The density at a number.
    pub fn density(&self, x: f64) -> f64 {
        let curve = |s: &f64| {
            let z = (x - s) / self.bandwidth;
            libm::exp(-z * z / 2.0)
        };
        let root = libm::sqrt(2.0 * std::f64::consts::PI);
        self.samples.iter().map(curve).sum::<f64>() / (self.samples.len() as f64 * self.bandwidth * root)
    }

    /// The densities at `count` even places from `low` on. Along even places a normal curve grows by factors that grow
    /// by one factor, so that three exponentials for each sample do instead of one for each place; it is followed from
    /// its middle outwards, where it never vanishes before its time.
    pub fn densities(&self, low: f64, step: f64, count: usize) -> Vec<f64> {
        let mut sums = vec![0.0; count];
        if count == 0 || step <= 0.0 {
            return vec![self.density(low); count];
        }
        let pace = step / self.bandwidth;
        let shrink = libm::exp(-pace * pace);
        for sample in &self.samples {
            let middle = ((sample - low) / step).round().clamp(0.0, (count - 1) as f64);
            let z = (low + middle * step - sample) / self.bandwidth;
            let (first, middle) = (libm::exp(-z * z / 2.0), middle as usize);
            let mut follow = |sign: f64, places: &mut dyn Iterator<Item = usize>| {
                let mut factor = libm::exp(-sign * z * pace - pace * pace / 2.0);
                let mut curve = first;
                for place in places {
                    curve *= factor;
                    factor *= shrink;
                    sums[place] += curve;
                    if curve < 1e-18 {
                        break;
                    }
                }
            };
            follow(1.0, &mut (middle + 1..count));
            follow(-1.0, &mut (0..middle).rev());
            sums[middle] += first;
        }
        let root = libm::sqrt(2.0 * std::f64::consts::PI);
        let unit = 1.0 / (self.samples.len() as f64 * self.bandwidth * root);
        sums.iter_mut().for_each(|sum| *sum *= unit);
        sums
    }

    /// Where the density is largest, and how large it is there: the best of 257 even places between the smallest and
    /// the largest sample, made finer by twelve halvings of the step to the better side.
    pub fn peak(&self) -> (f64, f64) {
        let (low, high) = (quantile(&self.samples, 0.0), quantile(&self.samples, 1.0));
        let mut step = (high - low) / 256.0;
        let better = |best: (f64, f64), x: f64| {
            let density = self.density(x);
            if density > best.1 { (x, density) } else { best }
        };
        let even = self.densities(low, step, 257);
        let highest = even.iter().enumerate().fold((0, f64::NEG_INFINITY), |best, (place, density)| {
            if *density > best.1 { (place, *density) } else { best }
        });
        let at = low + step * highest.0 as f64;
        let mut best = (at, self.density(at));
        for _ in 0..12 {
            step /= 2.0;
            best = [best.0 - step, best.0 + step].into_iter().fold(best, better);
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_seventh_definition() {
        let samples = [9.0, 1.0, 4.0, 2.0];
        assert_eq!(quantile(&samples, 0.0), 1.0);
        assert_eq!(quantile(&samples, 0.25), 1.75);
        assert_eq!(quantile(&samples, 0.5), 3.0);
        assert_eq!(Statistic::Maximum.of(&samples), 9.0);
    }

    #[test]
    fn densities_at_even_places_are_those_of_each_place() {
        for samples in
            [vec![2.0, 3.0, 3.5, 4.0, 4.0, 4.5, 5.0, 9.0], vec![1.0, 1000.0, 1000.5], vec![7.0, 7.0]]
        {
            let kernel = Kernel::of(&samples);
            for (low, step, count) in
                [(-20.0, 0.25, 200), (2.0, 0.01, 300), (995.0, 0.1, 90), (0.0, 40.0, 30)]
            {
                for (place, found) in kernel.densities(low, step, count).iter().enumerate() {
                    let exact = kernel.density(low + step * place as f64);
                    assert!((found - exact).abs() <= 1e-9 * exact.max(1e-3), "{found} is not {exact}");
                }
            }
        }
        assert_eq!(Kernel::of(&[1.0, 2.0]).densities(1.5, 0.0, 2).len(), 2);
    }

    #[test]
    fn a_density_covers_one_and_peaks_where_samples_are_dense() {
        let samples = [2.0, 3.0, 3.5, 4.0, 4.0, 4.5, 5.0, 9.0];
        let kernel = Kernel::of(&samples);
        let step = 0.01;
        let area: f64 = (-1000..2500).map(|i| kernel.density(f64::from(i) * step) * step).sum();
        assert!((area - 1.0).abs() < 1e-6, "{area}");
        let (peak, height) = kernel.peak();
        assert!((3.7..4.3).contains(&peak), "{peak}");
        assert!((kernel.density(peak) - height).abs() < 1e-12);
        assert!([peak - 0.02, peak + 0.02].iter().all(|x| kernel.density(*x) < height));
    }
}
