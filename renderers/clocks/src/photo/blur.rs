//! Blurs: sums over neighbouring pixels by whole weights that add up to 256, so that brightness stays.
//!
//! No sum can leave its 16 bits; `wrapping` operations only spare a check for each of them in builds that have checks.

use std::cell::RefCell;

use pixmo_render::Pixmap;

/// A neighbour: how far right, how far down, and its weight.
type Tap = (i32, i32, u16);

/// What all weights of a blur add up to; 255 times it fits 16 bits.
const WHOLE: u16 = 256;

/// Bytes that are summed together; they stay in registers.
const BLOCK: usize = 32;

thread_local! {
    /// The pixels with their margins, kept for the next picture.
    static WIDE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A round blur of a deviation in pixels.
pub(super) fn defocus(pixels: &mut Pixmap, deviation: f32) {
    let weights = bell(deviation);
    if weights.len() < 2 {
        return;
    }
    let half = (weights.len() / 2) as i32;
    let along: Vec<Tap> = weights.iter().zip(-half..).map(|(weight, at)| (at, 0, *weight)).collect();
    let down: Vec<Tap> = weights.iter().zip(-half..).map(|(weight, at)| (0, at, *weight)).collect();
    sum(pixels, &along);
    sum(pixels, &down);
}

/// A blur along a line of a length in pixels.
pub(super) fn motion(pixels: &mut Pixmap, length: f32, degrees: f32) {
    let turn = f64::from(degrees).to_radians();
    let (dx, dy) = (libm::cos(turn) as f32, libm::sin(turn) as f32);
    // Half a pixel from one sample to the next, each shared by the four pixels that it lies between.
    let steps = (length * 2.0).ceil() as i32;
    if steps < 1 {
        return;
    }
    let mut shares: Vec<(i32, i32, f32)> = Vec::new();
    for step in 0..=steps {
        let t = (step as f32 / steps as f32 - 0.5) * length;
        let (x, y) = (dx * t, dy * t);
        let (left, top) = (x.floor(), y.floor());
        let (fx, fy) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        for (ox, oy, share) in [
            (0, 0, (1.0 - fx) * (1.0 - fy)),
            (1, 0, fx * (1.0 - fy)),
            (0, 1, (1.0 - fx) * fy),
            (1, 1, fx * fy),
        ] {
            let (x, y) = (left + ox, top + oy);
            match shares.iter_mut().find(|known| known.0 == x && known.1 == y) {
                Some(known) => known.2 += share,
                None => shares.push((x, y, share)),
            }
        }
    }
    let weights = whole(&shares.iter().map(|share| share.2).collect::<Vec<f32>>());
    let taps: Vec<Tap> = shares
        .iter()
        .zip(weights)
        .map(|(&(x, y, _), weight)| (x, y, weight))
        .filter(|tap| tap.2 > 0)
        .collect();
    sum(pixels, &taps);
}

/// The weights of a bell curve of a deviation, its middle in the middle; one weight where it is too narrow to be seen.
fn bell(deviation: f32) -> Vec<u16> {
    if deviation < 0.2 {
        return vec![WHOLE];
    }
    let half = (deviation * 2.5).ceil() as i32;
    let shares: Vec<f32> = (-half..=half)
        .map(|at| {
            let z = at as f32 / deviation;
            libm::expf(-0.5 * z * z)
        })
        .collect();
    whole(&shares)
}

/// Shares as whole numbers that add up to [`WHOLE`]; what rounding leaves over goes to the largest.
fn whole(shares: &[f32]) -> Vec<u16> {
    let all: f32 = shares.iter().sum();
    let mut weights: Vec<u16> =
        shares.iter().map(|share| (share / all * f32::from(WHOLE) + 0.5) as u16).collect();
    let sum: i32 = weights.iter().map(|weight| i32::from(*weight)).sum();
    let most = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
    if let Some(most) = most {
        weights[most] = (i32::from(weights[most]) + i32::from(WHOLE) - sum).max(0) as u16;
    }
    weights
}

/// Each pixel becomes the sum of its neighbours by their weights; beyond an edge its pixels go on.
fn sum(pixels: &mut Pixmap, taps: &[Tap]) {
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let side = taps.iter().map(|tap| tap.0.unsigned_abs()).max().unwrap_or(0) as usize;
    let above = taps.iter().map(|tap| tap.1.unsigned_abs()).max().unwrap_or(0) as usize;
    // A row, its margins, and room for a block that reaches over the end.
    let stride = (width + 2 * side) * 4 + BLOCK;
    let (bytes, data) = (width * 4, pixels.data_mut());
    WIDE.with_borrow_mut(|wide| {
        wide.resize(stride * (height + 2 * above), 0);
        for (row, into) in wide.chunks_exact_mut(stride).enumerate() {
            let from = row.saturating_sub(above).min(height - 1) * bytes;
            let line = &data[from..from + bytes];
            into[side * 4..side * 4 + bytes].copy_from_slice(line);
            for pixel in into[..side * 4].chunks_exact_mut(4) {
                pixel.copy_from_slice(&line[..4]);
            }
            for pixel in into[side * 4 + bytes..].chunks_exact_mut(4) {
                pixel.copy_from_slice(&line[bytes - 4..]);
            }
        }
        let places: Vec<(usize, u16)> = taps
            .iter()
            .map(|&(x, y, weight)| {
                let row = (above as i32 + y) as usize;
                (row * stride + (side as i32 + x) as usize * 4, weight)
            })
            .collect();
        for (row, out) in data.chunks_exact_mut(bytes).enumerate() {
            for (block, out) in out.chunks_mut(BLOCK).enumerate() {
                let start = row * stride + block * BLOCK;
                let sums = block_sum(wide, start, &places);
                for (out, sum) in out.iter_mut().zip(sums) {
                    *out = (sum.wrapping_add(WHOLE / 2) >> 8) as u8;
                }
            }
        }
    });
}

#[inline(always)]
fn block_sum(wide: &[u8], start: usize, places: &[(usize, u16)]) -> [u16; BLOCK] {
    let mut sums = [0_u16; BLOCK];
    for &(place, weight) in places {
        let from: &[u8] = &wide[start + place..start + place + BLOCK];
        for (sum, byte) in sums.iter_mut().zip(from) {
            *sum = sum.wrapping_add(weight.wrapping_mul(u16::from(*byte)));
        }
    }
    sums
}
