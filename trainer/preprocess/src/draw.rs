//! The generator that the reference draws from, so that an example that is made with the same seed comes out the same.
//!
//! NumPy's legacy `RandomState`: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), seeded with one number;
//! doubles of 53 bits from two outputs; whole numbers by masking and rejection; normal values by Marsaglia's polar method,
//! of which the second is kept for the next draw.

use rand_mt::Mt;

/// A generator of draws.
#[derive(Clone, Debug)]
pub struct Draw {
    twister: Mt,
    second_normal: Option<f64>,
}

impl Draw {
    /// The generator of a seed.
    pub fn new(seed: u32) -> Draw {
        Draw { twister: Mt::new(seed), second_normal: None }
    }

    /// From 0 to 1, without 1.
    pub fn uniform(&mut self) -> f64 {
        let high = f64::from(self.twister.next_u32() >> 5);
        let low = f64::from(self.twister.next_u32() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// Of the normal distribution with mean 0.
    pub fn normal(&mut self, deviation: f64) -> f64 {
        if let Some(value) = self.second_normal.take() {
            return value * deviation;
        }
        loop {
            let x = 2.0 * self.uniform() - 1.0;
            let y = 2.0 * self.uniform() - 1.0;
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * libm::log(square) / square).sqrt();
                self.second_normal = Some(factor * x);
                return factor * y * deviation;
            }
        }
    }

    /// From 0 to `count`, without `count`; 0 and no draw where there is only one.
    pub fn below(&mut self, count: usize) -> usize {
        let most = u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX);
        if most == 0 {
            return 0;
        }
        let mask = u32::MAX >> most.leading_zeros();
        loop {
            let value = self.twister.next_u32() & mask;
            if value <= most {
                return value as usize;
            }
        }
    }

    /// Brings items into an order of chance, from the last to the first.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }

    /// One of `shares`, which sum to 1, with its chance.
    pub fn choose(&mut self, shares: &[f64]) -> usize {
        let total: f64 = shares.iter().sum();
        let wanted = self.uniform();
        let mut sum = 0.0;
        let at = shares.iter().position(|share| {
            sum += share;
            wanted < sum / total
        });
        at.unwrap_or(shares.len().saturating_sub(1))
    }
}
