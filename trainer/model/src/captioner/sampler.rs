//! The next token from logits.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use super::request::Sampling;

/// Chooses tokens of one answer.
#[derive(Debug)]
pub(super) struct Sampler {
    temperature: f64,
    top_p: f64,
    generator: ChaCha8Rng,
}

impl Sampler {
    pub(super) fn new(sampling: &Sampling) -> Sampler {
        Sampler {
            temperature: f64::from(sampling.temperature),
            top_p: f64::from(sampling.top_p),
            generator: ChaCha8Rng::seed_from_u64(sampling.seed),
        }
    }

    /// A token. With a temperature of 0 the first of the likeliest ones; otherwise one of the fewest likeliest ones that
    /// together have the probability `top_p`, drawn by their probabilities.
    pub(super) fn choose(&mut self, logits: &[f32]) -> usize {
        let mut best = 0;
        for (token, logit) in logits.iter().enumerate() {
            if *logit > logits[best] {
                best = token;
            }
        }
        if self.temperature == 0.0 || logits.is_empty() {
            return best;
        }
        let largest = f64::from(logits[best]);
        let weight = |token: usize| libm::exp((f64::from(logits[token]) - largest) / self.temperature);
        let mut tokens: Vec<(usize, f64)> = (0..logits.len()).map(|token| (token, weight(token))).collect();
        let mut kept: f64 = tokens.iter().map(|(_, weight)| weight).sum();
        if self.top_p < 1.0 {
            tokens.sort_by(|a, b| b.1.total_cmp(&a.1));
            let enough = self.top_p * kept;
            kept = 0.0;
            let needed = tokens.iter().position(|(_, weight)| {
                kept += weight;
                kept >= enough
            });
            tokens.truncate(needed.map_or(tokens.len(), |last| last + 1));
        }
        // 53 bits, from 0 to 1 without 1.
        let mut left = (self.generator.next_u64() >> 11) as f64 / (1_u64 << 53) as f64 * kept;
        for (token, weight) in &tokens {
            if left < *weight {
                return *token;
            }
            left -= weight;
        }
        tokens.last().map_or(best, |(token, _)| *token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampler(temperature: f32, top_p: f32, seed: u64) -> Sampler {
        Sampler::new(&Sampling { temperature, top_p, seed, ..Sampling::default() })
    }

    #[test]
    fn without_temperature_the_first_of_the_likeliest_is_taken() {
        assert_eq!(sampler(0.0, 1.0, 7).choose(&[0.0, 3.0, 3.0, -1.0]), 1);
    }

    #[test]
    fn tokens_come_as_often_as_their_probabilities_say() {
        let logits = [0.0, libm::logf(2.0), libm::logf(5.0)];
        let mut sampler = sampler(1.0, 1.0, 1);
        let mut counts = [0_i32; 3];
        (0..8000).for_each(|_| counts[sampler.choose(&logits)] += 1);
        for (count, expected) in counts.into_iter().zip([1000, 2000, 5000]) {
            assert!((count - expected).abs() < 150, "{counts:?}");
        }
    }

    #[test]
    fn the_unlikely_ones_are_left_out() {
        let logits = [0.0, libm::logf(2.0), libm::logf(5.0)];
        let mut sampler = sampler(1.0, 0.8, 1);
        let mut counts = [0; 3];
        (0..1000).for_each(|_| counts[sampler.choose(&logits)] += 1);
        assert_eq!(counts[0], 0);
        assert!(counts[1] > 200);
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let logits: Vec<f32> = (0..50).map(|token| (token % 7) as f32).collect();
        let draw = |seed| {
            let mut sampler = sampler(1.5, 0.9, seed);
            (0..20).map(|_| sampler.choose(&logits)).collect::<Vec<usize>>()
        };
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
    }
}
