//! A Fourier transform that gives the same bits on every machine: radix 2, in a fixed order, with sines of `libm`.

/// Transforms of one length, a power of two.
pub(crate) struct Dft {
    /// Cosine and sine of `-2 pi k / n` for the first half of a turn.
    turns: Vec<(f32, f32)>,
    size: usize,
}

impl Dft {
    pub(crate) fn new(size: usize) -> Dft {
        assert!(size.is_power_of_two() && size >= 2, "{size} is no power of two");
        let step = -std::f64::consts::TAU / size as f64;
        let turn = |k: usize| {
            let (sine, cosine) = libm::sincos(step * k as f64);
            (cosine as f32, sine as f32)
        };
        Dft { turns: (0..size / 2).map(turn).collect(), size }
    }

    /// Power spectra (bins 0 to `size / 2`) of two real signals at once: one is taken as the real and one as the imaginary
    /// part of a complex one, whose even and odd halves they are.
    pub(crate) fn powers(&self, first: &[f32], second: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let size = self.size;
        let bits = size.trailing_zeros();
        let mut values = vec![(0.0f32, 0.0f32); size];
        for (at, (a, b)) in first.iter().zip(second).enumerate().take(size) {
            values[(at as u32).reverse_bits() as usize >> (32 - bits)] = (*a, *b);
        }
        self.turn(&mut values);
        let spectrum = |k: usize| {
            let (a, b) = (values[k], values[(size - k) % size]);
            // X = (Z[k] + conj Z[-k]) / 2, Y = (Z[k] - conj Z[-k]) / 2i
            let x = ((a.0 + b.0) / 2.0, (a.1 - b.1) / 2.0);
            let y = ((a.1 + b.1) / 2.0, (b.0 - a.0) / 2.0);
            (x.0 * x.0 + x.1 * x.1, y.0 * y.0 + y.1 * y.1)
        };
        (0..=size / 2).map(spectrum).unzip()
    }

    /// Butterflies over values in bit-reversed order.
    fn turn(&self, values: &mut [(f32, f32)]) {
        let mut half = 1;
        while half < self.size {
            let stride = self.size / (2 * half);
            for group in values.chunks_exact_mut(2 * half) {
                let (low, high) = group.split_at_mut(half);
                for ((a, b), turn) in low.iter_mut().zip(high).zip(self.turns.iter().step_by(stride)) {
                    let turned = (b.0 * turn.0 - b.1 * turn.1, b.0 * turn.1 + b.1 * turn.0);
                    *b = (a.0 - turned.0, a.1 - turned.1);
                    *a = (a.0 + turned.0, a.1 + turned.1);
                }
            }
            half *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_transform_of_the_definition() {
        let size = 32;
        let wave = |seed: f64| -> Vec<f32> {
            (0..size).map(|at| libm::sin(seed * at as f64 * at as f64) as f32).collect()
        };
        let (first, second) = (wave(0.3), wave(0.7));
        let plain = |signal: &[f32], k: usize| {
            let (mut real, mut imaginary) = (0.0, 0.0);
            for (at, value) in signal.iter().enumerate() {
                let (sine, cosine) = libm::sincos(-std::f64::consts::TAU * (k * at) as f64 / size as f64);
                real += f64::from(*value) * cosine;
                imaginary += f64::from(*value) * sine;
            }
            real * real + imaginary * imaginary
        };
        let (a, b) = Dft::new(size).powers(&first, &second);
        assert_eq!((a.len(), b.len()), (17, 17));
        for k in 0..=size / 2 {
            assert!((f64::from(a[k]) - plain(&first, k)).abs() < 1e-3, "{k}");
            assert!((f64::from(b[k]) - plain(&second, k)).abs() < 1e-3, "{k}");
        }
    }
}
