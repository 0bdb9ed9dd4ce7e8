//! Light to colours in one pass over the pixels: a table for each channel, then the gain of the place, then noise.
//!
//! Numbers with parts are only added and multiplied, which every machine does alike. No whole number leaves its 32 bits;
//! `wrapping` operations only spare a check in builds that have checks.

use std::sync::LazyLock;

use pixmo_render::Pixmap;

use super::{Photo, Screen};

/// What a gain of 1 is in the whole numbers of this file.
const ONE: i32 = 1 << 12;
/// The deviation of a sum of four bytes, each as likely.
const BYTES_DEVIATION: f32 = 147.8;
/// Pixels of noise that are made once; a row of a picture begins anywhere among them. Four times as many as the widest
/// picture has, so that two rows seldom share any.
const GRAINS: usize = 1 << 14;
/// What a deviation of 1 is in the table of noise.
const UNIT: f32 = 4096.0;
/// What a step of brightness is in the strength of noise.
const STRENGTH: f32 = 128.0;
/// Pixels that are worked on together.
const BLOCK: usize = 64;

/// Exposure, colour of the light, contrast, dim light, vignette and noise.
pub(super) fn develop(photo: &Photo, pixels: &mut Pixmap, seed: u64) {
    let tables = tables(photo);
    let vignette = photo.vignette.filter(|vignette| vignette.strength > 0.0);
    let noise = photo.noise.filter(|noise| noise.deviation > 0.0);
    if tables.is_none() && vignette.is_none() && noise.is_none() {
        return;
    }
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    // How much a column, and a row, take from the gain: the share of the squared distance to the farthest corner.
    let taken = |length: usize, middle: f32, strength: f32| -> Vec<f32> {
        let far = middle.max(1.0 - middle);
        (0..length)
            .map(|at| {
                let off = ((at as f32 + 0.5) / length as f32 - middle) / far;
                off * off * 0.5 * strength
            })
            .collect()
    };
    let (columns, rows) = vignette.map_or((vec![0.0; width], vec![0.0; height]), |vignette| {
        let strength = vignette.strength.min(0.9);
        let (x, y) = (vignette.x.clamp(0.0, 1.0), vignette.y.clamp(0.0, 1.0));
        (taken(width, x, strength), taken(height, y, strength))
    });
    let grain = noise.map(|noise| Grain::new(noise.deviation.clamp(0.0, 60.0), seed));
    for (row, line) in pixels.data_mut().chunks_exact_mut(width * 4).enumerate() {
        for (block, part) in line.chunks_mut(BLOCK * 4).enumerate() {
            if let Some(tables) = &tables {
                for pixel in part.chunks_exact_mut(4) {
                    pixel[0] = tables[0][usize::from(pixel[0])];
                    pixel[1] = tables[1][usize::from(pixel[1])];
                    pixel[2] = tables[2][usize::from(pixel[2])];
                }
            }
            if vignette.is_some() {
                let columns = &columns[block * BLOCK..];
                dim(part, columns, 1.0 - rows[row]);
            }
            if let Some(grain) = &grain {
                grain.lay(part, row, block);
            }
        }
    }
}

/// Multiplies each pixel by what is left of the gain of its row.
#[inline(always)]
fn dim(part: &mut [u8], columns: &[f32], row: f32) {
    for (pixel, column) in part.chunks_exact_mut(4).zip(columns) {
        let gain = row - column;
        let all = u32::from_le_bytes([pixel[0], pixel[1], pixel[2], pixel[3]]);
        let [r, g, b] = [all, all >> 8, all >> 16].map(|value| byte(channel(value) * gain));
        pixel.copy_from_slice(&(r | g << 8 | b << 16 | all & 0xff00_0000).to_le_bytes());
    }
}

/// The lowest byte as a number.
#[inline(always)]
fn channel(bits: u32) -> f32 {
    (bits & 0xff) as i32 as f32
}

/// The nearest whole number from 0 to 255. Added to 2^23, a number has no bits left for parts of 1: that rounds it, in
/// the same way everywhere, and leaves it in the lowest bits.
#[inline(always)]
fn byte(value: f32) -> u32 {
    let low = if value > 0.0 { value } else { 0.0 };
    let both = if low < 255.0 { low } else { 255.0 };
    (both + 8_388_608.0).to_bits() & 0xff
}

/// Noise from a table in which each row of a picture begins at a place of its own: no pixel waits for another, and all
/// numbers have 16 bits, so that a machine takes many at once.
struct Grain {
    seed: u32,
    salt: u32,
    /// The strength at black.
    dark: i16,
    /// How much less it is for each step of brightness, times 512.
    slope: i16,
    table: &'static [[i16; 4]],
}

/// Noise with a deviation of [`UNIT`] for red, green and blue, mostly common to them; none for opacity.
static TABLE: LazyLock<Vec<[i16; 4]>> = LazyLock::new(|| {
    let bell = |bits: u32| -> f32 {
        let bytes = bits.to_le_bytes();
        (bytes.iter().map(|byte| f32::from(*byte)).sum::<f32>() - 510.0) / BYTES_DEVIATION
    };
    let values = |place: usize| {
        let own = |channel: u32| bell(mixed(mixed(place as u32 * 4 + channel)));
        let common = own(3);
        // 0.8 and 0.6 of each are together as wide as one.
        let value = |channel: u32| ((0.8 * common + 0.6 * own(channel)) * UNIT) as i16;
        [value(0), value(1), value(2), 0]
    };
    // Once more from the start, so that no row has to turn around in the middle of a block.
    (0..GRAINS + BLOCK).map(|place| values(place % GRAINS)).collect()
});

/// The upper half of a product.
#[inline(always)]
fn high(a: i16, b: i16) -> i16 {
    ((i32::from(a) * i32::from(b)) >> 16) as i16
}

impl Grain {
    fn new(deviation: f32, seed: u64) -> Grain {
        // Middle grey has the deviation that was asked for; black has 1.3 times as much, white 0.7 times.
        Grain {
            seed: seed as u32,
            salt: (seed >> 32) as u32 | 1,
            dark: (deviation * 1.3 * STRENGTH + 0.5) as i16,
            slope: (deviation * 0.6 / 255.0 * STRENGTH * 512.0 + 0.5) as i16,
            table: &TABLE,
        }
    }

    /// Lays noise over a block of pixels of a row.
    #[inline(always)]
    fn lay(&self, part: &mut [u8], row: usize, block: usize) {
        let begin = mixed((row as u32).wrapping_mul(self.salt).wrapping_add(self.seed)) as usize;
        let place = (begin + block * BLOCK) % GRAINS;
        let grains = self.table[place..place + part.len() / 4].as_flattened();
        for (byte, grain) in part.iter_mut().zip(grains) {
            let value = i16::from(*byte);
            // 4,096 a deviation times 128 a step, and 16 bits less: eight to a step.
            let strength = self.dark - high(value << 7, self.slope);
            let noise = (high(*grain, strength) + 4) >> 3;
            *byte = (value + noise).clamp(0, 255) as u8;
        }
    }
}

/// Mixes the bits of a number (a "low bias" integer hash).
#[inline(always)]
fn mixed(number: u32) -> u32 {
    let mut x = number;
    x ^= x >> 16;
    x = x.wrapping_mul(0x21f0_aaad);
    x ^= x >> 15;
    x = x.wrapping_mul(0x735a_2d97);
    x ^ (x >> 15)
}

/// What each value of each channel becomes; `None` when each stays as it is.
fn tables(photo: &Photo) -> Option<[[u8; 256]; 3]> {
    let exposure = photo.exposure.unwrap_or(0.0).clamp(-4.0, 4.0);
    let contrast = photo.contrast.unwrap_or(1.0).clamp(0.2, 3.0);
    let dim = photo.low_light.unwrap_or(0.0).clamp(0.0, 1.0);
    let cast =
        photo.cast.map_or((0.0, 0.0), |cast| (cast.warmth.clamp(-1.0, 1.0), cast.tint.clamp(-1.0, 1.0)));
    if exposure == 0.0 && contrast == 1.0 && dim == 0.0 && cast == (0.0, 0.0) {
        return None;
    }
    let (warmth, tint) = cast;
    let gains = [
        1.0 + 0.34 * warmth + 0.1 * tint,
        1.0 - 0.16 * tint + 0.04 * warmth,
        1.0 - 0.42 * warmth + 0.1 * tint,
    ];
    // A camera that sets its white by grey does not get brighter by it.
    let level = 0.2126 * gains[0] + 0.7152 * gains[1] + 0.0722 * gains[2];
    let light = libm::exp2f(exposure - 1.7 * dim) / level;
    Some(gains.map(|gain| {
        std::array::from_fn(|value| {
            let v = value as f32 / 255.0;
            // Squares are near enough to the curve of sRGB, and exact on every machine.
            let lit = v * v * gain * light;
            let shown = lit.sqrt();
            // Lights are rolled off instead of cut.
            let shown =
                if shown > 0.85 { 0.85 + (shown - 0.85) / (1.0 + (shown - 0.85) * 2.4) } else { shown };
            let steep = 0.5 + (shown - 0.5) * contrast;
            // In dim light nothing is black, and the shadows are lifted.
            let lifted = steep + (0.075 - 0.06 * steep) * dim;
            (lifted.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
        })
    }))
}

/// Dark lines and coloured bands, as when a screen is photographed.
pub(super) fn screen(pixels: &mut Pixmap, screen: &Screen) {
    let width = pixels.width() as usize;
    let height = pixels.height() as usize;
    // Waves by a table: a place on a wave is the upper eight bits of a number that wraps around.
    let wave: [i32; 256] = std::array::from_fn(|at| {
        (libm::sin(at as f64 / 256.0 * 2.0 * std::f64::consts::PI) * f64::from(ONE)) as i32
    });
    let turn = f64::from(screen.degrees).to_radians();
    let per_pixel = 4_294_967_296.0 / f64::from(screen.band.max(4.0));
    let (along, down) =
        ((libm::cos(turn) * per_pixel) as i64 as u32, (libm::sin(turn) * per_pixel) as i64 as u32);
    let moire = (screen.moire.clamp(0.0, 0.3) * ONE as f32) as i32;
    let depth = if screen.line > 1.0 { screen.depth.clamp(0.0, 1.0) } else { 0.0 };
    let per_line = 4_294_967_296.0 / f64::from(screen.line.max(1.0));
    let lines: Vec<i32> = (0..height)
        .map(|row| {
            let place = (row as f64 * per_line) as u64 as u32;
            ONE - (depth * (ONE - wave[(place >> 24) as usize]) as f32 * 0.5) as i32
        })
        .collect();
    // The bands bow a little, as those of a lens do.
    let bow: Vec<u32> = (0..width)
        .map(|x| {
            let off = x as f64 / width as f64 - 0.5;
            (off * off * 1.2 * 4_294_967_296.0) as u64 as u32
        })
        .collect();
    for (row, line) in pixels.data_mut().chunks_exact_mut(width * 4).enumerate() {
        let start = (row as u32).wrapping_mul(down);
        for (x, pixel) in line.chunks_exact_mut(4).enumerate() {
            let place = start.wrapping_add((x as u32).wrapping_mul(along)).wrapping_add(bow[x]);
            for (channel, value) in pixel.iter_mut().take(3).enumerate() {
                let place = place.wrapping_add(channel as u32 * 0x2800_0000);
                let band = wave[(place >> 24) as usize].wrapping_mul(moire) >> 12;
                let gain = lines[row].wrapping_mul(ONE.wrapping_add(band)) >> 12;
                let lit = i32::from(*value).wrapping_mul(gain).wrapping_add(ONE / 2) >> 12;
                *value = lit.clamp(0, 255) as u8;
            }
        }
    }
}
