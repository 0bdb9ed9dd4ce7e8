//! Seeds and the random numbers drawn from them. A seed is 256 bits; child seeds are derived by name, so that adding a
//! draw for one purpose never changes the draws of another. Numbers come from ChaCha8, a counter-based generator.

use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

/// Where all random choices of one picture begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// Takes the 32 bytes that the caller derived from its own context (campaign seed, dataset, task).
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A seed for examples and tests: the hash of a number.
    pub fn from_number(number: u64) -> Self {
        Self(*blake3::hash(&number.to_le_bytes()).as_bytes())
    }

    /// The seed of a named purpose below this one.
    pub fn child(&self, purpose: &str) -> Seed {
        Self(*blake3::keyed_hash(&self.0, purpose.as_bytes()).as_bytes())
    }

    /// The random numbers of a named purpose.
    pub fn rng(&self, purpose: &str) -> Rng {
        Rng(ChaCha8Rng::from_seed(self.child(purpose).0))
    }

    /// The bytes, for writing into a row's lineage.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Random numbers for one purpose. All draws are defined on integers, so they are equal on every machine.
#[derive(Clone, Debug)]
pub struct Rng(ChaCha8Rng);

impl Rng {
    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from 0 to `end` (exclusive); 0 when `end` is 0. Multiply-shift, bias below 2⁻³² for `end` < 2³².
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A whole number from `low` to `high`, both included.
    pub fn whole(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// A number from 0 to 1 (exclusive) with 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number from `low` to `high`.
    pub fn range(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// As [`Rng::range`], in single precision.
    pub fn range32(&mut self, low: f32, high: f32) -> f32 {
        self.range(f64::from(low), f64::from(high)) as f32
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A normal deviate by the Box-Muller transform.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        mean + deviation * radius * libm::cos(2.0 * std::f64::consts::PI * self.unit())
    }

    /// One of the items, each as likely.
    ///
    /// # Panics
    /// When `items` is empty, which is a mistake of the caller.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of the words, each as likely; as [`Rng::pick`], without a reference to a reference.
    ///
    /// # Panics
    /// When `words` is empty, which is a mistake of the caller.
    pub fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// An index, each as likely as its weight; the last one when all weights are 0.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// Puts the items into random order (Fisher-Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }

    /// `count` different indexes below `end`, in random order; all of them when `count` is larger.
    pub fn sample(&mut self, end: usize, count: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..end).collect();
        self.shuffle(&mut all);
        all.truncate(count);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_differ_by_name_and_do_not_depend_on_draws() {
        let seed = Seed::from_number(7);
        let mut first = seed.rng("data");
        let before = seed.rng("style").bits();
        first.bits();
        assert_eq!(seed.rng("style").bits(), before);
        assert_ne!(seed.child("data"), seed.child("style"));
    }

    #[test]
    fn draws_are_uniform_and_in_range() {
        let mut rng = Seed::from_number(1).rng("test");
        let mut counts = [0usize; 7];
        for _ in 0..70_000 {
            counts[rng.below(7)] += 1;
        }
        assert!(counts.iter().all(|c| (9_500..10_500).contains(c)), "{counts:?}");
        assert!((0..1000).all(|_| (-3..=4).contains(&rng.whole(-3, 4))));
        let mean = (0..20_000).map(|_| rng.normal(5.0, 2.0)).sum::<f64>() / 20_000.0;
        assert!((mean - 5.0).abs() < 0.06, "{mean}");
    }
}
