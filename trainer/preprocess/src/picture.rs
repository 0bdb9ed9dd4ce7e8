//! A picture: upright, three bytes a pixel.

use pixmo_pictures::{Fault, Limits, decode_stored};

/// Upright pixels, red, green, blue, rows from the top without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// Why bytes are no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// A side without pixels.
    #[error("a picture of {width} x {height} pixels has nothing to show; each side needs 1 or more")]
    Empty {
        /// Pixels.
        width: usize,
        /// Pixels.
        height: usize,
    },
    /// Not three bytes a pixel.
    #[error("{width} x {height} pixels are {expected} bytes, but there are {found}")]
    Length {
        /// Pixels.
        width: usize,
        /// Pixels.
        height: usize,
        /// Three bytes for each pixel.
        expected: usize,
        /// Bytes.
        found: usize,
    },
}

impl Picture {
    /// A picture of these pixels.
    ///
    /// # Errors
    /// A side is 0, or the number of bytes is not 3 x width x height.
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> Result<Picture, PictureError> {
        if width == 0 || height == 0 {
            return Err(PictureError::Empty { width, height });
        }
        let expected = width.saturating_mul(height).saturating_mul(3);
        if pixels.len() != expected {
            return Err(PictureError::Length { width, height, expected, found: pixels.len() });
        }
        Ok(Picture { width, height, pixels })
    }

    /// Reads an image file as the released models saw images: the first picture of an animation, upright by its EXIF
    /// orientation, its colour profile unused, transparency left away. Unlike there, a damaged or cut file is refused, and 16
    /// bits are brought to 8 instead of cut off at 255.
    ///
    /// # Errors
    /// The bytes are no image, one of a kind that is not read, too large, or damaged.
    pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, Fault> {
        let decoded = decode_stored(bytes, limits)?;
        Ok(Picture { width: decoded.width as usize, height: decoded.height as usize, pixels: decoded.pixels })
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Red, green, blue: 3 x width x height bytes.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The picture of its upper left pixel alone.
    pub(crate) fn first_pixel(&self) -> Picture {
        Picture { width: 1, height: 1, pixels: self.pixels[..3].to_vec() }
    }

    pub(crate) fn row(&self, y: usize) -> &[u8] {
        &self.pixels[3 * self.width * y..3 * self.width * (y + 1)]
    }
}
