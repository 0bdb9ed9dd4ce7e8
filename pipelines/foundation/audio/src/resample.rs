//! Any sample rate to 16 kHz, a piece at a time.

use audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _, WindowFunction};

use crate::SAMPLE_RATE_HZ;

/// The fewest samples that go through the Fourier transform at once: about 40 ms at 48 kHz, which leaves the pass band
/// flat up to 7.6 kHz.
const CHUNK: usize = 2048;

/// One channel on its way to 16 kHz. What comes out is as long as what went in, and not delayed.
pub(crate) struct Resampler {
    /// `None`: the rate is right already.
    fft: Option<Box<Fft<f32>>>,
    rate: u32,
    pending: Vec<f32>,
    made: Vec<f32>,
    /// Samples that went in.
    taken: u64,
    /// Samples that came out, without the delay.
    given: u64,
    /// Samples of the delay that are still to be left out.
    to_skip: usize,
}

impl Resampler {
    /// From so many samples a second; `None` if the resampler does not take that rate.
    pub(crate) fn new(rate: u32) -> Option<Resampler> {
        let (from, to) = (rate as usize, SAMPLE_RATE_HZ as usize);
        let fft = if from == to {
            None
        } else {
            let window = WindowFunction::BlackmanHarris2;
            // Rates fit together only in blocks of so many samples; an even number of blocks has a middle, which is the
            // delay of the filter.
            let blocks = from / greatest_common_divisor(from, to) * 2;
            let chunk = CHUNK.div_ceil(blocks) * blocks;
            Some(Box::new(Fft::new_custom(from, to, chunk, 1, 1, window, FixedSync::Both).ok()?))
        };
        let to_skip = fft.as_ref().map_or(0, |fft| fft.output_delay());
        let made = vec![0.0; fft.as_ref().map_or(0, |fft| fft.output_frames_max())];
        Some(Resampler { fft, rate, pending: Vec::new(), made, taken: 0, given: 0, to_skip })
    }

    /// The rate of what goes in, in hertz.
    pub(crate) fn rate(&self) -> u32 {
        self.rate
    }

    /// Takes samples, and adds to `out` what is ready.
    pub(crate) fn push(&mut self, mono: &[f32], out: &mut Vec<i16>) {
        self.taken += mono.len() as u64;
        if self.fft.is_none() {
            out.extend(mono.iter().map(|sample| to_16_bits(*sample)));
            return;
        }
        self.pending.extend_from_slice(mono);
        self.run(u64::MAX, out);
    }

    /// Adds what is left; nothing may go in afterwards.
    pub(crate) fn finish(&mut self, out: &mut Vec<i16>) {
        let Some(fft) = &self.fft else { return };
        let wanted = self.taken * u64::from(SAMPLE_RATE_HZ);
        let wanted = (wanted + u64::from(self.rate) / 2) / u64::from(self.rate);
        let chunk = fft.input_frames_next();
        while self.given < wanted {
            // Silence pushes out what the filter still holds.
            let short = chunk - self.pending.len() % chunk;
            self.pending.resize(self.pending.len() + short, 0.0);
            let before = (self.given, self.to_skip);
            self.run(wanted, out);
            if (self.given, self.to_skip) == before {
                break;
            }
        }
    }

    /// Works off all whole chunks, and gives no more than so many samples in all.
    fn run(&mut self, wanted: u64, out: &mut Vec<i16>) {
        let Some(fft) = &mut self.fft else { return };
        let chunk = fft.input_frames_next();
        let mut used = 0;
        while self.pending.len() - used >= chunk {
            let input = InterleavedSlice::new(&self.pending[used..used + chunk], 1, chunk);
            let room = self.made.len();
            let output = InterleavedSlice::new_mut(&mut self.made, 1, room);
            let (Ok(input), Ok(mut output)) = (input, output) else { break };
            let Ok((taken, made)) = fft.process_into_buffer(&input, &mut output, None) else { break };
            used += taken;
            let skipped = self.to_skip.min(made);
            self.to_skip -= skipped;
            let left = usize::try_from(wanted - self.given).unwrap_or(usize::MAX);
            let ready = &self.made[skipped..made];
            let ready = &ready[..ready.len().min(left)];
            out.extend(ready.iter().map(|sample| to_16_bits(*sample)));
            self.given += ready.len() as u64;
        }
        self.pending.drain(..used);
    }
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// A sample of -1 to 1 as one of 16 bits, the nearest; what is no number is silence.
fn to_16_bits(sample: f32) -> i16 {
    // A cast takes what is outside to the nearest end, and what is no number to 0.
    (sample * 32768.0).round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: u32, hertz: f64, secs: f64) -> Vec<f32> {
        let step = std::f64::consts::TAU * hertz / f64::from(rate);
        let count = (secs * f64::from(rate)) as usize;
        (0..count).map(|at| (0.5 * libm::sin(step * at as f64)) as f32).collect()
    }

    fn resampled(rate: u32, mono: &[f32], piece: usize) -> Vec<i16> {
        let (mut resampler, mut out) = (Resampler::new(rate).unwrap(), Vec::new());
        for piece in mono.chunks(piece) {
            resampler.push(piece, &mut out);
        }
        resampler.finish(&mut out);
        out
    }

    #[test]
    fn a_tone_stays_where_it_was_at_every_rate() {
        let expected = resampled(16_000, &tone(16_000, 440.0, 1.0), 999);
        for rate in [8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 44_056] {
            let got = resampled(rate, &tone(rate, 440.0, 1.0), 777);
            assert_eq!(got.len(), 16_000, "{rate}");
            let worst = got[1600..14_400].iter().zip(&expected[1600..14_400]);
            let worst = worst.map(|(a, b)| (i32::from(*a) - i32::from(*b)).abs()).max().unwrap();
            assert!(worst < 60, "{rate}: {worst}");
        }
    }

    #[test]
    fn pieces_do_not_matter_and_what_is_too_high_is_gone() {
        let mono = tone(48_000, 11_000.0, 0.5);
        let whole = resampled(48_000, &mono, mono.len());
        assert_eq!(whole, resampled(48_000, &mono, 100));
        let loudest = whole[800..7200].iter().map(|sample| sample.unsigned_abs()).max().unwrap();
        assert!(loudest < 33, "an alias of {loudest} is left");
        assert_eq!(resampled(44_100, &[], 1), Vec::<i16>::new());
    }

    #[test]
    fn sixteen_bits_come_back_as_they_were() {
        let samples: Vec<i16> = vec![i16::MIN, -1, 0, 1, 12_345, i16::MAX];
        let floats: Vec<f32> = samples.iter().map(|sample| f32::from(*sample) / 32768.0).collect();
        assert_eq!(resampled(16_000, &floats, 2), samples);
        assert_eq!(
            resampled(16_000, &[2.0, -2.0, f32::NAN, f32::INFINITY], 9),
            [i16::MAX, i16::MIN, 0, i16::MAX]
        );
    }
}
