//! The pixels of a stored picture.

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The most bytes of pixels that are decoded; a picture of 8,192 x 8,192.
const BYTES_MAX: usize = 256 << 20;
/// The longest side of a JPEG that is decoded, pixels.
const JPEG_SIDE_MAX: usize = 8_192;
/// With what a JPEG begins, and with what it ends.
const JPEG_ENDS: (&[u8], &[u8]) = (b"\xff\xd8\xff", b"\xff\xd9");

/// A decoded picture, three bytes a pixel.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Red, green and blue of each pixel, row by row.
    pub rgb: Vec<u8>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({} x {})", self.width, self.height)
    }
}

/// A picture that is not one.
#[derive(Debug, thiserror::Error)]
pub enum PixelsError {
    /// The bytes are no PNG, or a damaged one.
    #[error("the picture is not a whole PNG")]
    Png(#[source] png::DecodingError),
    /// The bytes begin as those of a JPEG and cannot be decoded to the end.
    #[error("the picture is not a whole JPEG")]
    Jpeg(#[source] zune_jpeg::errors::DecodeErrors),
    /// The bytes begin as those of a JPEG, and the mark of its end does not close them.
    #[error("the picture is not a whole JPEG: the mark of its end is missing")]
    CutJpeg,
    /// It is larger than any picture should be.
    #[error("the picture has {width} x {height} pixels, more than are looked at")]
    TooLarge {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// It cannot be encoded.
    #[error("the picture cannot be encoded")]
    Encode(#[source] png::EncodingError),
}

impl Pixels {
    /// A picture of one colour.
    #[must_use]
    pub fn filled(width: u32, height: u32, color: [u8; 3]) -> Pixels {
        Pixels { width, height, rgb: color.repeat(width as usize * height as usize) }
    }

    /// Decodes a PNG or a JPEG to its last byte. A JPEG has no checksum of its own: bits that are changed within it may give
    /// other pixels and no error, so that its file must be guarded by a hash. Transparency is laid on white, grey becomes equal red, green and blue.
    ///
    /// # Errors
    /// When it is neither as a whole, or is larger than 8,192 x 8,192.
    pub fn decode(bytes: &[u8]) -> Result<Pixels, PixelsError> {
        if is_jpeg(bytes) { Pixels::of_jpeg(bytes) } else { Pixels::of_png(bytes) }
    }

    fn of_jpeg(bytes: &[u8]) -> Result<Pixels, PixelsError> {
        if !bytes.ends_with(JPEG_ENDS.1) {
            return Err(PixelsError::CutJpeg);
        }
        let options = DecoderOptions::default()
            .set_strict_mode(true)
            .set_max_width(JPEG_SIDE_MAX)
            .set_max_height(JPEG_SIDE_MAX)
            .jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        let rgb = decoder.decode().map_err(PixelsError::Jpeg)?;
        let (width, height) = decoder.dimensions().unwrap_or_default();
        Ok(Pixels { width: width as u32, height: height as u32, rgb })
    }

    fn of_png(bytes: &[u8]) -> Result<Pixels, PixelsError> {
        let limits = png::Limits { bytes: BYTES_MAX };
        let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(PixelsError::Png)?;
        let (width, height) = (reader.info().width, reader.info().height);
        let size = reader.output_buffer_size().filter(|size| *size <= BYTES_MAX);
        let mut buffer = vec![0; size.ok_or(PixelsError::TooLarge { width, height })?];
        let frame = reader.next_frame(&mut buffer).map_err(PixelsError::Png)?;
        reader.finish().map_err(PixelsError::Png)?;
        buffer.truncate(frame.buffer_size());
        let rgb = match frame.color_type {
            png::ColorType::Rgb => buffer,
            png::ColorType::Rgba => {
                buffer.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]].map(|c| on_white(c, p[3]))).collect()
            }
            png::ColorType::GrayscaleAlpha => {
                buffer.chunks_exact(2).flat_map(|p| [on_white(p[0], p[1]); 3]).collect()
            }
            png::ColorType::Grayscale | png::ColorType::Indexed => {
                buffer.iter().flat_map(|grey| [*grey; 3]).collect()
            }
        };
        Ok(Pixels { width, height, rgb })
    }

    /// Encodes as a PNG.
    ///
    /// # Errors
    /// When it has no pixels.
    pub fn encode(&self) -> Result<Vec<u8>, PixelsError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let mut writer = encoder.write_header().map_err(PixelsError::Encode)?;
        writer.write_image_data(&self.rgb).map_err(PixelsError::Encode)?;
        writer.finish().map_err(PixelsError::Encode)?;
        Ok(bytes)
    }
}

/// Whether a file begins as a JPEG does; all else is taken for PNG.
#[must_use]
pub fn is_jpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(JPEG_ENDS.0)
}

fn on_white(channel: u8, alpha: u8) -> u8 {
    let (channel, alpha) = (u32::from(channel), u32::from(alpha));
    ((channel * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_comes_back_and_a_cut_one_does_not() {
        let mut picture = Pixels::filled(7, 5, [200, 10, 30]);
        picture.rgb[3] = 9;
        let bytes = picture.encode().unwrap();
        assert_eq!(Pixels::decode(&bytes).unwrap(), picture);
        for end in 0..bytes.len() {
            assert!(Pixels::decode(&bytes[..end]).is_err(), "{end} bytes");
        }
    }

    #[test]
    fn a_jpeg_comes_back_and_a_cut_one_does_not() {
        let bytes = include_bytes!("../tests/it/clock.jpg");
        let picture = Pixels::decode(bytes).unwrap();
        assert_eq!((picture.width, picture.height, picture.rgb.len()), (40, 30, 40 * 30 * 3));
        assert!(is_jpeg(bytes) && picture.rgb[0] > 200, "the ground is light");
        for end in 0..bytes.len() {
            assert!(Pixels::decode(&bytes[..end]).is_err(), "{end} bytes");
        }
    }

    #[test]
    fn what_is_transparent_shows_white() {
        assert_eq!([on_white(0, 255), on_white(0, 0), on_white(100, 128)], [0, 255, 177]);
    }
}
