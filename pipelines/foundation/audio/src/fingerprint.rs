//! The same recording, after another encoder, at another level, with another beginning.
//!
//! After Haitsma and Kalker, "A Highly Robust Audio Fingerprinting System" (ISMIR 2002): every 32 ms, 32 bits say between
//! which of 33 bands of 300 Hz to 3 kHz (what a telephone lets through) power falls or rises, compared with a moment
//! before. An encoder changes a few bits; another recording, even of the same words by the same person, agrees in half of
//! them. What is compared are bits, so a difference in the last digit of a sample does not matter.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::SAMPLE_RATE_HZ;
use crate::dft::Dft;

/// Samples in a frame: 256 ms.
const FRAME: usize = 4096;
/// Samples from one frame to the next: 32 ms.
const HOP: usize = 512;
/// Frames between the two that are compared: 128 ms.
const LAG: usize = 4;
/// Bands, one more than bits.
const BANDS: usize = 33;
/// The lowest and the highest frequency, in hertz.
const RANGE_HZ: (f64, f64) = (300.0, 3000.0);
/// A frame is silent if the mean square of its samples of -1 to 1 is below this: -60 dB.
const SILENT: f32 = 1e-6;
/// Only so many frames are compared: ten minutes.
const FRAMES_MAX: usize = 10 * 60 * SAMPLE_RATE_HZ as usize / HOP;
/// The fewest frames with sound that two recordings must share for an answer: 3 s.
const SHARED_MIN: usize = 3 * SAMPLE_RATE_HZ as usize / HOP;
/// Two recordings are the same if no more than this share of bits differs. Encoders of speech change up to 0.10; the same
/// sentence by two voices of one synthesiser, with the same times, differs in 0.28. Haitsma and Kalker take 0.35 for
/// music, which nobody plays twice alike.
pub const ERROR_RATE_MAX: f64 = 0.20;
/// A word of bits that so many places share tells nothing.
const COMMON: usize = 256;
/// So many words must agree for a closer look.
const VOTES_MIN: u32 = 2;

/// 32 bits for every 32 ms of a recording; 0 where it is silent. 125 bytes a second.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint {
    words: Vec<u32>,
}

/// How alike two recordings are where they agree most.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Likeness {
    /// How far into the first the second begins, in seconds; negative if the first begins within the second.
    pub offset_secs: f64,
    /// How much sound they share, in seconds.
    pub shared_secs: f64,
    /// The share of bits that differ: 0 for the same recording, about 0.5 for others.
    pub error_rate: f64,
}

impl Likeness {
    /// Whether it is the same recording ([`ERROR_RATE_MAX`]).
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.error_rate <= ERROR_RATE_MAX
    }
}

impl Fingerprint {
    /// Of samples of 16 kHz.
    #[must_use]
    pub fn of(samples: &[i16]) -> Fingerprint {
        let dft = Dft::new(FRAME);
        let window: Vec<f32> = (0..FRAME)
            .map(|at| (0.5 - 0.5 * libm::cos(std::f64::consts::TAU * at as f64 / FRAME as f64)) as f32)
            .collect();
        let edges = edges();
        let starts: Vec<usize> = (0..samples.len().saturating_sub(FRAME - 1)).step_by(HOP).collect();
        let mut bands: Vec<([f32; BANDS], bool)> = Vec::with_capacity(starts.len());
        for pair in starts.chunks(2) {
            let frame = |start: usize| -> (Vec<f32>, bool) {
                let frame = &samples[start..start + FRAME];
                let scaled: Vec<f32> = frame.iter().map(|sample| f32::from(*sample) / 32_768.0).collect();
                let power = scaled.iter().map(|sample| sample * sample).sum::<f32>() / FRAME as f32;
                (scaled.iter().zip(&window).map(|(sample, weight)| sample * weight).collect(), power < SILENT)
            };
            let (first, second) = (frame(pair[0]), frame(*pair.last().unwrap_or(&pair[0])));
            let (a, b) = dft.powers(&first.0, &second.0);
            bands.push((in_bands(&a, &edges), first.1));
            if pair.len() == 2 {
                bands.push((in_bands(&b, &edges), second.1));
            }
        }
        let words = (0..bands.len()).map(|at| match at.checked_sub(LAG) {
            Some(before) if !bands[at].1 && !bands[before].1 => word(&bands[before].0, &bands[at].0),
            _ => 0,
        });
        Fingerprint { words: words.collect() }
    }

    /// Its words, one for each 32 ms.
    #[must_use]
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// How alike two recordings are: at the place where they agree most, of the first ten minutes. `None` if they have
    /// less than three seconds of sound in common, wherever one is laid over the other.
    #[must_use]
    pub fn likeness(&self, other: &Fingerprint) -> Option<Likeness> {
        let (ours, theirs) = (self.head(), other.head());
        let (from, to) = (-(theirs.len() as i64), ours.len() as i64);
        let mut best: Option<Likeness> = None;
        for offset in from..=to {
            let Some(found) = laid_over(ours, theirs, offset) else { continue };
            if best.is_none_or(|best| found.error_rate < best.error_rate) {
                best = Some(found);
            }
        }
        best
    }

    fn head(&self) -> &[u32] {
        &self.words[..self.words.len().min(FRAMES_MAX)]
    }
}

/// Bins between which the bands lie.
fn edges() -> [usize; BANDS + 1] {
    let ratio = RANGE_HZ.1 / RANGE_HZ.0;
    std::array::from_fn(|band| {
        let hertz = RANGE_HZ.0 * libm::pow(ratio, band as f64 / BANDS as f64);
        (hertz * FRAME as f64 / f64::from(SAMPLE_RATE_HZ)).round() as usize
    })
}

fn in_bands(powers: &[f32], edges: &[usize; BANDS + 1]) -> [f32; BANDS] {
    std::array::from_fn(|band| powers[edges[band]..edges[band + 1]].iter().sum())
}

/// Bit `m` says whether the fall from band `m` to the next one grew.
fn word(before: &[f32; BANDS], now: &[f32; BANDS]) -> u32 {
    let bit = |m: usize| u32::from((now[m] - now[m + 1]) - (before[m] - before[m + 1]) > 0.0) << m;
    let word = (0..BANDS - 1).map(bit).sum();
    // 0 is kept for silence.
    if word == 0 { 1 } else { word }
}

/// How alike they are when the second is laid `offset` frames into the first.
fn laid_over(ours: &[u32], theirs: &[u32], offset: i64) -> Option<Likeness> {
    let ours = &ours[usize::try_from(offset).unwrap_or(0).min(ours.len())..];
    let theirs = &theirs[usize::try_from(-offset).unwrap_or(0).min(theirs.len())..];
    if ours.len().min(theirs.len()) < SHARED_MIN {
        return None;
    }
    let (mut shared, mut differ) = (0u32, 0u32);
    for (a, b) in ours.iter().zip(theirs) {
        if *a != 0 && *b != 0 {
            shared += 1;
            differ += (a ^ b).count_ones();
        }
    }
    let secs = |frames: f64| frames * HOP as f64 / f64::from(SAMPLE_RATE_HZ);
    (shared as usize >= SHARED_MIN).then(|| Likeness {
        offset_secs: secs(offset as f64),
        shared_secs: secs(f64::from(shared)),
        error_rate: f64::from(differ) / f64::from(shared * 32),
    })
}

/// Many recordings, to find those that are the same as one.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    held: Vec<Fingerprint>,
    /// Words to the recordings and frames that have them.
    places: HashMap<u32, Vec<(u32, u32)>>,
}

impl Catalogue {
    /// Adds a recording; its number is how many there were before.
    pub fn add(&mut self, fingerprint: Fingerprint) -> usize {
        let number = self.held.len();
        for (at, word) in fingerprint.head().iter().enumerate() {
            if *word != 0 {
                let places = self.places.entry(*word).or_default();
                // One more says that it is common.
                if places.len() <= COMMON {
                    places.push((number as u32, at as u32));
                }
            }
        }
        self.held.push(fingerprint);
        number
    }

    /// The recordings that are the same as this one, with their numbers, in order.
    #[must_use]
    pub fn same_as(&self, fingerprint: &Fingerprint) -> Vec<(usize, Likeness)> {
        let mut votes: BTreeMap<(u32, i64), u32> = BTreeMap::new();
        for (at, word) in fingerprint.head().iter().enumerate() {
            let Some(places) = self.places.get(word).filter(|places| places.len() <= COMMON) else {
                continue;
            };
            for (number, place) in places {
                *votes.entry((*number, i64::from(*place) - at as i64)).or_default() += 1;
            }
        }
        let mut best: BTreeMap<u32, Likeness> = BTreeMap::new();
        for ((number, offset), count) in votes {
            let held = self.held[number as usize].head();
            // Neighbours count: an offset need not be a whole number of frames.
            if count < VOTES_MIN {
                continue;
            }
            for offset in offset - 1..=offset + 1 {
                let Some(found) = laid_over(held, fingerprint.head(), offset) else { continue };
                let is_better = best.get(&number).is_none_or(|best| found.error_rate < best.error_rate);
                if found.is_same() && is_better {
                    best.insert(number, found);
                }
            }
        }
        best.into_iter().map(|(number, likeness)| (number as usize, likeness)).collect()
    }
}
