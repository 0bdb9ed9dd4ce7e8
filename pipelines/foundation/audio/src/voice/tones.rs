//! Tones that are held: instruments, bells, engines, dial tones. A voice never stays the same for long: the spectra of
//! speech 64 ms apart are alike in one frame of fifty, those of a played chord in two of three.

use std::collections::VecDeque;

use super::FRAME;
use crate::dft::Dft;

/// Samples in a spectrum: 32 ms.
const SPAN: usize = 2 * FRAME;
/// Bins of a spectrum: 94 Hz, above the hum of the mains, to 4 kHz.
const BINS: std::ops::Range<usize> = 3..128;
/// Frames between two spectra: 64 ms.
const LAG: usize = 4;
/// Spectra are the same if the cosine between their magnitudes is at least this.
const SAME: f32 = 0.95;
/// Frames around a frame that are looked at: half a second on either side.
const AROUND: usize = 31;
/// Tones are held where at least this share of them stays the same.
const HELD: f64 = 0.3;

/// Of each frame, whether tones are held around it.
pub(super) fn held(samples: &[i16]) -> Vec<bool> {
    let frames = samples.len().div_ceil(FRAME);
    let same = same(samples, frames);
    // How many are the same before each frame.
    let sums: Vec<u32> = std::iter::once(0)
        .chain(same.iter().scan(0, |sum, is_same| {
            *sum += u32::from(*is_same);
            Some(*sum)
        }))
        .collect();
    let is_held = |at: usize| {
        let (from, to) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(frames));
        f64::from(sums[to] - sums[from]) >= HELD * (to - from) as f64
    };
    (0..frames).map(is_held).collect()
}

/// Of each frame, whether its spectrum is that of a moment before. Silence is not.
fn same(samples: &[i16], frames: usize) -> Vec<bool> {
    let dft = Dft::new(SPAN);
    let window: Vec<f32> = (0..SPAN)
        .map(|at| (0.5 - 0.5 * libm::cos(std::f64::consts::TAU * at as f64 / SPAN as f64)) as f32)
        .collect();
    let windowed = |frame: usize| -> Vec<f32> {
        let span = samples.get(frame * FRAME..).unwrap_or_default();
        span.iter().zip(&window).map(|(sample, weight)| f32::from(*sample) * weight).collect()
    };
    let mut before: VecDeque<Vec<f32>> = VecDeque::with_capacity(LAG + 1);
    let mut same = Vec::with_capacity(frames + 1);
    for frame in (0..frames).step_by(2) {
        let (first, second) = dft.powers(&windowed(frame), &windowed(frame + 1));
        for powers in [first, second] {
            let magnitudes: Vec<f32> = powers[BINS].iter().map(|power| power.sqrt()).collect();
            let earlier = if before.len() == LAG { before.pop_front() } else { None };
            same.push(earlier.is_some_and(|earlier| cosine(&earlier, &magnitudes) >= SAME));
            before.push_back(magnitudes);
        }
    }
    same.truncate(frames);
    same
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let (mut both, mut one, mut other) = (0.0f32, 0.0f32, 0.0f32);
    for (a, b) in a.iter().zip(b) {
        both += a * b;
        one += a * a;
        other += b * b;
    }
    let norm = (one * other).sqrt();
    if norm > 0.0 { both / norm } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_held_and_silence_and_a_sweep_are_not() {
        let wave = |hertz: &dyn Fn(f64) -> f64| -> Vec<i16> {
            let mut turn = 0.0;
            let sample = |at: usize| {
                turn += std::f64::consts::TAU * hertz(at as f64 / 16_000.0) / 16_000.0;
                (libm::sin(turn) * 5000.0) as i16
            };
            (0..32_000).map(sample).collect()
        };
        assert!(held(&wave(&|_| 440.0))[20..100].iter().all(|held| *held));
        assert!(!held(&wave(&|secs| 200.0 + 800.0 * secs)).contains(&true));
        assert!(!held(&[0; 32_000]).contains(&true));
        assert_eq!(held(&[]), []);
        assert_eq!(held(&[0; 257]).len(), 2);
    }
}
