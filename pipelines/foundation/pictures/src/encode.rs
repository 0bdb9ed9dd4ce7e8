//! A picture to a JPEG file.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::decoded::Decoded;

/// From this quality on, colours keep their full resolution.
const FULL_CHROMA_FROM: u8 = 90;

/// Encodes a picture as baseline JPEG of a quality of 1 to 100 (the scale of libjpeg), with chroma at half resolution along
/// both axes below 90. The file says nothing but the picture: sRGB by convention, no EXIF.
///
/// # Panics
/// A JPEG has at most 65,535 pixels a side: [`crate::shrink`] first.
pub fn encode_jpeg(decoded: &Decoded, quality: u8) -> Vec<u8> {
    let side = |length: u32| u16::try_from(length).expect("a JPEG has at most 65,535 pixels a side");
    let (width, height) = (side(decoded.width), side(decoded.height));
    let mut file = Vec::with_capacity(decoded.pixels.len() / 8 + 1024);
    let mut encoder = Encoder::new(&mut file, quality.clamp(1, 100));
    let is_full = quality >= FULL_CHROMA_FROM;
    encoder.set_sampling_factor(if is_full { SamplingFactor::R_4_4_4 } else { SamplingFactor::R_4_2_0 });
    encoder
        .encode(&decoded.pixels, width, height, ColorType::Rgb)
        .expect("a picture with as many bytes as pixels need is written to memory");
    file
}
