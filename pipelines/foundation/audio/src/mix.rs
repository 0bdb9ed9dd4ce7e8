//! Several channels to one.

use symphonia::core::audio::{Channels, Position};

/// How channels become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mix {
    /// All of them, weighted by where their loudspeaker stands.
    All,
    /// One alone, counted from 0.
    Only(usize),
}

/// A mix is not good if it holds less than this share of the power of the loudest channel: two equal channels give 1,
/// sound in one of two gives 0.25, six that have nothing to do with each other 0.2; two opposite ones give 0, and the
/// centre of six alone 0.03.
const LOST: f64 = 0.1;

/// Mixes, and keeps count of what that does to the power.
pub(crate) struct Mixer {
    mix: Mix,
    weights: Vec<f32>,
    /// Sums of squares: of each channel, and of the mix.
    power: Vec<f64>,
    mixed_power: f64,
}

impl Mixer {
    pub(crate) fn new(mix: Mix, channels: &Channels) -> Mixer {
        let weights = match mix {
            Mix::All => weights(channels),
            Mix::Only(one) => (0..channels.count()).map(|at| if at == one { 1.0 } else { 0.0 }).collect(),
        };
        Mixer { mix, power: vec![0.0; weights.len()], weights, mixed_power: 0.0 }
    }

    /// Adds the mix of interleaved frames to `mono`.
    pub(crate) fn mix(&mut self, interleaved: &[f32], mono: &mut Vec<f32>) {
        if let [weight] = self.weights[..] {
            mono.extend(interleaved.iter().map(|sample| sample * weight));
            return;
        }
        for frame in interleaved.chunks_exact(self.weights.len()) {
            let mut mixed = 0.0;
            for ((sample, weight), power) in frame.iter().zip(&self.weights).zip(&mut self.power) {
                mixed += sample * weight;
                *power += f64::from(*sample) * f64::from(*sample);
            }
            self.mixed_power += f64::from(mixed) * f64::from(mixed);
            mono.push(mixed);
        }
    }

    /// The loudest channel, if channels cancelled each other out, or all others are silent, and it should be taken alone.
    pub(crate) fn better(&self) -> Option<usize> {
        if self.mix != Mix::All {
            return None;
        }
        let loudest = (0..self.power.len()).max_by(|a, b| self.power[*a].total_cmp(&self.power[*b]))?;
        let is_sound = self.power[loudest] > 0.0;
        (is_sound && self.mixed_power < LOST * self.power[loudest]).then_some(loudest)
    }
}

/// The weights of channels in a mix to one: fronts 1, centre and surrounds 0.707, nothing of the low-frequency effects
/// (ITU-R BS.775-3, table 2, left and right added), and all together 1, so that nothing can overflow. Channels without a
/// place have the same weight.
fn weights(channels: &Channels) -> Vec<f32> {
    let raw: Vec<f32> = match channels {
        Channels::Positioned(positions) => {
            let effects = Position::LFE1 | Position::LFE2;
            let fronts = Position::FRONT_LEFT | Position::FRONT_RIGHT;
            let weight = |position: Position| {
                if effects.contains(position) {
                    0.0
                } else if fronts.contains(position) {
                    1.0
                } else {
                    std::f32::consts::FRAC_1_SQRT_2
                }
            };
            positions.iter().map(weight).collect()
        }
        other => vec![1.0; other.count()],
    };
    let sum: f32 = raw.iter().sum();
    if sum > 0.0 {
        raw.iter().map(|weight| weight / sum).collect()
    } else {
        // Low-frequency effects alone.
        vec![1.0 / raw.len().max(1) as f32; raw.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use symphonia::core::audio::layouts::{CHANNEL_LAYOUT_5P1, CHANNEL_LAYOUT_MONO, CHANNEL_LAYOUT_STEREO};

    fn mixed(channels: &Channels, frames: &[f32]) -> (Vec<f32>, Option<usize>) {
        let (mut mixer, mut mono) = (Mixer::new(Mix::All, channels), Vec::new());
        mixer.mix(frames, &mut mono);
        (mono, mixer.better())
    }

    #[test]
    fn channels_become_one() {
        assert_eq!(mixed(&CHANNEL_LAYOUT_MONO, &[0.5, -0.25]), (vec![0.5, -0.25], None));
        assert_eq!(mixed(&CHANNEL_LAYOUT_STEREO, &[0.5, 0.5, 0.0, 0.5]), (vec![0.5, 0.25], None));
        assert_eq!(mixed(&Channels::Discrete(4), &[0.4, 0.0, 0.0, 0.4]), (vec![0.2], None));
        let (mono, better) = mixed(&CHANNEL_LAYOUT_5P1, &[0.5, 0.5, 0.5, 1.0, 0.5, 0.5]);
        assert!((mono[0] - 0.5).abs() < 1e-6, "{mono:?}");
        assert_eq!(better, None);
    }

    #[test]
    fn channels_that_cancel_each_other_out_are_noticed() {
        assert_eq!(mixed(&CHANNEL_LAYOUT_STEREO, &[0.4, -0.5, -0.4, 0.5]).1, Some(1));
        assert_eq!(mixed(&CHANNEL_LAYOUT_STEREO, &[0.0, 0.0]).1, None);
        // One channel alone is only quieter.
        assert_eq!(mixed(&CHANNEL_LAYOUT_STEREO, &[0.4, 0.0]).1, None);
    }
}
