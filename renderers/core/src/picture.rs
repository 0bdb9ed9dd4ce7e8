//! A finished picture: encoded pixels.
//!
//! PNG files are put together here. What a picture of ours is made of, even areas and slow changes, is known
//! beforehand, so that a third of the time of a general encoder suffices for files that are smaller.

mod deflate;
mod filter;

use std::cell::RefCell;

use tiny_skia::Pixmap;

use crate::raster;
use crate::scene::Scene;
use deflate::Stream;

/// Pixels as a PNG file, with their size.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The PNG file: 8-bit RGB, no alpha.
    pub png: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Share of the most frequent colour, 0 to 1, when it covers more than half; else 0.5 stands for "no majority".
    pub majority: f32,
}

impl Picture {
    /// Paints and encodes a scene.
    pub fn of(scene: &Scene) -> Self {
        let pixmap = raster::paint(scene);
        let picture = Self::encode(&pixmap);
        raster::recycle(pixmap);
        picture
    }

    /// Encodes painted pixels. Alpha is dropped: scenes are painted on an opaque ground.
    pub fn encode(pixmap: &Pixmap) -> Self {
        let (width, height) = (pixmap.width(), pixmap.height());
        let majority = majority_share(pixmap);
        Self { png: png(pixmap), width, height, majority }
    }
}

thread_local! {
    /// The pixels that are being encoded, and the same as differences. Memory that is kept need not be asked for and
    /// cleared for each picture.
    static KEPT: RefCell<(Vec<u8>, Vec<u8>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// Painted pixels as a PNG file. Alpha is dropped.
pub fn png(pixmap: &Pixmap) -> Vec<u8> {
    KEPT.with_borrow_mut(|(rgb, filtered)| {
        without_alpha(pixmap.data(), rgb);
        filter::rows(rgb, pixmap.width() as usize * 3, filtered);
        file(filtered, pixmap.width(), pixmap.height())
    })
}

/// A file of filtered rows, eight bits a channel.
fn file(filtered: &[u8], width: u32, height: u32) -> Vec<u8> {
    let stream = Stream::of(filtered);
    let mut file = Vec::with_capacity(stream.len() + 128);
    file.extend(*b"\x89PNG\r\n\x1a\n");
    let mut part = |name: &[u8; 4], fill: &dyn Fn(&mut Vec<u8>)| {
        let start = file.len();
        file.extend([0; 4]);
        file.extend(name);
        fill(&mut file);
        let length = (file.len() - start - 8) as u32;
        file[start..start + 4].copy_from_slice(&length.to_be_bytes());
        let check = crc32fast::hash(&file[start + 4..]);
        file.extend(check.to_be_bytes());
    };
    part(b"IHDR", &|file| {
        file.extend(width.to_be_bytes());
        file.extend(height.to_be_bytes());
        // Eight bits; red, green and blue; the one way to pack and to filter; rows from the top down.
        file.extend([8, 2, 0, 0, 0]);
    });
    part(b"IDAT", &|file| stream.write(file));
    part(b"IEND", &|_| {});
    file
}

/// Red, green and blue of pixels that are stored with alpha. Four pixels are three words, which are put together and
/// stored whole; byte by byte takes four times as long.
fn without_alpha(rgba: &[u8], rgb: &mut Vec<u8>) {
    let pixels = rgba.len() / 4;
    rgb.resize(pixels * 3, 0);
    let (fours, rest) = rgba.as_chunks::<16>();
    for (out, four) in rgb.as_chunks_mut::<12>().0.iter_mut().zip(fours) {
        let a = u32::from_le_bytes([four[0], four[1], four[2], 0]);
        let b = u32::from_le_bytes([four[4], four[5], four[6], 0]);
        let c = u32::from_le_bytes([four[8], four[9], four[10], 0]);
        let d = u32::from_le_bytes([four[12], four[13], four[14], 0]);
        out[..4].copy_from_slice(&(a | b << 24).to_le_bytes());
        out[4..8].copy_from_slice(&(b >> 8 | c << 16).to_le_bytes());
        out[8..].copy_from_slice(&(c >> 16 | d << 8).to_le_bytes());
    }
    let done = fours.len() * 4;
    for (out, pixel) in rgb[done * 3..].chunks_exact_mut(3).zip(rest.chunks_exact(4)) {
        out.copy_from_slice(&pixel[..3]);
    }
}

/// Share of the colour that covers more than half of the pixels, or 0.5: a vote (Boyer and Moore) finds the only
/// candidate, a second pass counts it.
fn majority_share(pixmap: &Pixmap) -> f32 {
    const BLOCK: usize = 16;
    let pixels = pixmap.pixels();
    let (mut candidate, mut votes) = (pixels[0], 0usize);
    for block in pixels.chunks(BLOCK) {
        // Most blocks are of one colour, and are compared without a branch for each pixel.
        let same = block.iter().filter(|pixel| **pixel == candidate).count();
        if same == block.len() {
            votes += same;
            continue;
        }
        for pixel in block {
            if *pixel == candidate {
                votes += 1;
            } else if votes == 0 {
                (candidate, votes) = (*pixel, 1);
            } else {
                votes -= 1;
            }
        }
    }
    let count = pixels.iter().filter(|p| **p == candidate).count();
    (count as f32 / pixels.len() as f32).max(0.5)
}

#[cfg(test)]
mod tests;
