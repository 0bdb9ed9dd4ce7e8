//! A finished picture: encoded pixels.

use tiny_skia::Pixmap;

use crate::raster;
use crate::scene::Scene;

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
        Self::encode(&raster::paint(scene))
    }

    /// Encodes painted pixels. Alpha is dropped: scenes are painted on an opaque ground.
    pub fn encode(pixmap: &Pixmap) -> Self {
        let (width, height) = (pixmap.width(), pixmap.height());
        let mut rgb = vec![0; width as usize * height as usize * 3];
        for (out, pixel) in rgb.chunks_exact_mut(3).zip(pixmap.data().chunks_exact(4)) {
            out.copy_from_slice(&pixel[..3]);
        }
        let majority = majority_share(pixmap);
        let mut png = Vec::with_capacity(rgb.len() / 8);
        let mut encoder = png::Encoder::new(&mut png, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header().expect("writing to memory does not fail");
        writer.write_image_data(&rgb).expect("the buffer has the size that the header says");
        writer.finish().expect("writing to memory does not fail");
        Self { png, width, height, majority }
    }
}

/// Share of the colour that covers more than half of the pixels, or 0.5: a vote (Boyer and Moore) finds the only
/// candidate, a second pass counts it.
fn majority_share(pixmap: &Pixmap) -> f32 {
    let pixels = pixmap.pixels();
    let (mut candidate, mut votes) = (pixels[0], 0usize);
    for pixel in pixels {
        if *pixel == candidate {
            votes += 1;
        } else if votes == 0 {
            (candidate, votes) = (*pixel, 1);
        } else {
            votes -= 1;
        }
    }
    let count = pixels.iter().filter(|p| **p == candidate).count();
    (count as f32 / pixels.len() as f32).max(0.5)
}
