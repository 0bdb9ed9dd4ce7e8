//! Smaller and larger again, as a picture that was sent around: straight lines between neighbouring pixels, both ways.

use std::cell::RefCell;

use pixmo_render::Pixmap;

/// Where a sample lies between two neighbours: the first, the second, and 256 times the share of the second.
type Between = (usize, usize, u32);

thread_local! {
    /// The small picture, and one row of it, kept for the next.
    static SMALL: RefCell<(Vec<u8>, Vec<u8>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// Takes the picture to a share of its size and back.
pub(super) fn down_and_up(pixels: &mut Pixmap, share: f32) {
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let smaller = |side: usize| ((side as f32 * share + 0.5) as usize).clamp(1, side);
    let (narrow, low) = (smaller(width), smaller(height));
    if narrow == width && low == height {
        return;
    }
    let (to_narrow, to_wide) = (places(width, narrow), places(narrow, width));
    let (to_low, to_high) = (places(height, low), places(low, height));
    let data = pixels.data_mut();
    SMALL.with_borrow_mut(|(small, line)| {
        small.resize(narrow * low * 4, 0);
        line.resize(width.max(narrow) * 4, 0);
        for (out, &(first, second, part)) in small.chunks_exact_mut(narrow * 4).zip(&to_low) {
            let row = |row: usize| &data[row * width * 4..(row + 1) * width * 4];
            rows(&mut line[..width * 4], row(first), row(second), part);
            columns(out, line, &to_narrow);
        }
        for (out, &(first, second, part)) in data.chunks_exact_mut(width * 4).zip(&to_high) {
            let row = |row: usize| &small[row * narrow * 4..(row + 1) * narrow * 4];
            rows(&mut line[..narrow * 4], row(first), row(second), part);
            columns(out, line, &to_wide);
        }
    });
}

/// Where the samples of a line of one length lie on a line of another.
fn places(from: usize, to: usize) -> Vec<Between> {
    let last = from - 1;
    (0..to)
        .map(|at| {
            // The middles of pixels, in 1/512 of a pixel of `from`.
            let middle = (2 * at + 1) * from * 256 / to;
            let place = middle.saturating_sub(256) / 2;
            let first = (place / 256).min(last);
            (first, (first + 1).min(last), (place % 256) as u32)
        })
        .collect()
}

/// Mixes two rows.
fn rows(out: &mut [u8], a: &[u8], b: &[u8], part: u32) {
    let (part, rest) = (part as u16, 256 - part as u16);
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        let (a, b) = (u16::from(*a).wrapping_mul(rest), u16::from(*b).wrapping_mul(part));
        *out = (a.wrapping_add(b).wrapping_add(128) >> 8) as u8;
    }
}

/// Mixes the pixels of a row.
fn columns(out: &mut [u8], line: &[u8], places: &[Between]) {
    let (pixels, _) = line.as_chunks::<4>();
    for (out, &(first, second, part)) in out.chunks_exact_mut(4).zip(places) {
        let (a, b) = (u32::from_le_bytes(pixels[first]), u32::from_le_bytes(pixels[second]));
        out.copy_from_slice(&mix(a, b, part).to_le_bytes());
    }
}

/// Four channels at once, two in each half of the bits.
#[inline(always)]
fn mix(a: u32, b: u32, part: u32) -> u32 {
    const EVEN: u32 = 0x00ff_00ff;
    const HALF: u32 = 0x0080_0080;
    // Nothing wraps: 255 times 256 and a half stay within each half of the bits.
    let rest = 256_u32.wrapping_sub(part);
    let blend = |a: u32, b: u32| {
        let (a, b) = ((a & EVEN).wrapping_mul(rest), (b & EVEN).wrapping_mul(part));
        a.wrapping_add(b).wrapping_add(HALF)
    };
    ((blend(a, b) >> 8) & EVEN) | (blend(a >> 8, b >> 8) & !EVEN)
}
