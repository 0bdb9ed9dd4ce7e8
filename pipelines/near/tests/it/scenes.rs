//! Pictures as formulas: a light for every place, so that a crop, a mirror or a change of tone is exact, and looks at them.

use pixmo_near::{Hash64, Hash256, Look, Picture, Thumb, View, Window};

/// Numbers that look random, the same for the same seed.
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) fn new(seed: u64) -> Self {
        Draws(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1)
    }

    /// By SplitMix64.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A picture: soft spots of light on a ground, seen through a window and in some tone.
#[derive(Clone)]
pub(crate) struct Scene {
    spots: Vec<[f64; 4]>,
    /// Left, top, right, bottom as shares.
    window: [f64; 4],
    is_mirrored: bool,
    gain: f64,
    offset: f64,
}

impl Scene {
    pub(crate) fn new(seed: u64) -> Scene {
        let mut draws = Draws::new(seed);
        let spot = |_| {
            let width = 0.03 + 0.17 * draws.share();
            [draws.share(), draws.share(), width, 160.0 * (draws.share() - 0.5)]
        };
        Scene {
            spots: (0..40).map(spot).collect(),
            window: [0.0, 0.0, 1.0, 1.0],
            is_mirrored: false,
            gain: 1.0,
            offset: 0.0,
        }
    }

    pub(crate) fn toned(mut self, gain: f64, offset: f64) -> Scene {
        (self.gain, self.offset) = (gain, offset);
        self
    }

    pub(crate) fn mirrored(mut self) -> Scene {
        self.is_mirrored = !self.is_mirrored;
        self
    }

    /// A part of what is seen.
    pub(crate) fn cropped(mut self, part: [f64; 4]) -> Scene {
        let [left, top, right, bottom] = self.window;
        let (width, height) = (right - left, bottom - top);
        self.window =
            [left + part[0] * width, top + part[1] * height, left + part[2] * width, top + part[3] * height];
        self
    }

    /// The light at a place of the picture, 0 to 255.
    fn light(&self, x: f64, y: f64) -> f64 {
        let x = if self.is_mirrored { 1.0 - x } else { x };
        let [left, top, right, bottom] = self.window;
        let (x, y) = (left + x * (right - left), top + y * (bottom - top));
        let mut light = 128.0;
        for [cx, cy, width, height] in &self.spots {
            let (dx, dy) = ((x - cx) / width, (y - cy) / width);
            light += height * libm::exp(-(dx * dx + dy * dy));
        }
        (light * self.gain + self.offset).clamp(0.0, 255.0)
    }

    fn lights(&self, side: usize) -> Vec<f64> {
        let place = |n: usize| (n as f64 + 0.5) / side as f64;
        (0..side * side).map(|n| self.light(place(n % side), place(n / side))).collect()
    }

    pub(crate) fn look(&self) -> Look {
        let thumb = self.lights(Thumb::SIDE).iter().map(|light| light.round() as u8).collect();
        let mut views = Vec::new();
        for is_mirrored in [false, true] {
            let scene = if is_mirrored { self.clone().mirrored() } else { self.clone() };
            for (left, right) in [(0, 1000), (25, 975), (75, 975), (25, 925), (75, 925)] {
                for (top, bottom) in [(0, 1000), (25, 975), (75, 975), (25, 925), (75, 925)] {
                    let part = [left, top, right, bottom].map(|edge| f64::from(edge) / 1000.0);
                    let hash = coarse(&scene.clone().cropped(part));
                    let window = Window { left, top, right, bottom };
                    views.push(View { window, is_mirrored, hash });
                }
            }
        }
        Look {
            hash: fine(self),
            mirror: fine(&self.clone().mirrored()),
            coarse: coarse(self),
            views,
            thumb: Thumb::new(thumb).unwrap(),
            flat: false,
        }
    }

    pub(crate) fn picture(&self, row: u64, look: &Look, size: (u32, u32)) -> Picture {
        let mut draws = Draws::new(row + 1);
        let mut sha256 = [0; 32];
        sha256.chunks_exact_mut(8).for_each(|bytes| bytes.copy_from_slice(&draws.next().to_be_bytes()));
        Picture {
            row,
            sha256,
            width: size.0,
            height: size.1,
            bytes: u64::from(size.0) * 100 + row,
            evaluation: false,
            hash: look.hash,
            coarse: look.coarse,
            flat: look.flat,
        }
    }
}

/// Coefficients of the cosine transform of 32 x 32 lights, by frequency down and across.
fn transform(scene: &Scene, count: usize) -> Vec<Vec<f64>> {
    const SIDE: usize = 32;
    let lights = scene.lights(SIDE);
    let cosine =
        |k: usize, n: usize| libm::cos(std::f64::consts::PI * k as f64 * (n as f64 + 0.5) / SIDE as f64);
    let table: Vec<Vec<f64>> = (0..count).map(|k| (0..SIDE).map(|n| cosine(k, n)).collect()).collect();
    let half: Vec<Vec<f64>> = (0..count)
        .map(|v| (0..SIDE).map(|x| (0..SIDE).map(|y| lights[y * SIDE + x] * table[v][y]).sum()).collect())
        .collect();
    (0..count)
        .map(|v| (0..count).map(|h| half[v].iter().zip(&table[h]).map(|(a, b)| a * b).sum()).collect())
        .collect()
}

/// 256 bits: frequencies 1 to 16 of both axes against their median.
fn fine(scene: &Scene) -> Hash256 {
    let table = transform(scene, 17);
    let all: Vec<f64> = (0..256).map(|n| table[1 + n / 16][1 + n % 16]).collect();
    let mut sorted = all.clone();
    sorted.sort_by(f64::total_cmp);
    let mut words = [0u64; 4];
    for (n, value) in all.iter().enumerate() {
        words[n / 64] |= u64::from(*value > sorted[127]) << (n % 64);
    }
    Hash256::new(words)
}

/// 64 bits: signs of the lowest frequencies without the mean.
fn coarse(scene: &Scene) -> Hash64 {
    let table = transform(scene, 9);
    let mut places: Vec<(usize, usize)> = (1..81).map(|n| (n / 9, n % 9)).collect();
    places.sort_by_key(|(v, h)| (v * v + h * h, *v));
    let bits = places[..64].iter().enumerate().map(|(n, (v, h))| u64::from(table[*v][*h] > 0.0) << n);
    Hash64::from(bits.sum::<u64>())
}
