//! The picture that an engine is asked about.

use std::fmt;

/// Pixels to look at: rows from the top, three bytes a pixel (red, green, blue) in sRGB.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Picture<'a> {
    pixels: &'a [u8],
    width: u32,
    height: u32,
}

/// Pixels that are no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{width} x {height} pixels take {expected} bytes of red, green and blue, not {found}")]
pub struct PictureError {
    width: u32,
    height: u32,
    expected: u64,
    found: u64,
}

impl<'a> Picture<'a> {
    /// A picture of `width` times `height` pixels.
    ///
    /// # Errors
    /// When it has no pixels, or `pixels` holds more or fewer bytes than that many pixels take.
    pub fn new(pixels: &'a [u8], width: u32, height: u32) -> Result<Picture<'a>, PictureError> {
        let expected = (u64::from(width) * u64::from(height)).saturating_mul(3);
        let found = pixels.len() as u64;
        if expected == 0 || expected != found {
            return Err(PictureError { width, height, expected, found });
        }
        Ok(Picture { pixels, width, height })
    }

    /// Its width in pixels, at least 1.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Its height in pixels, at least 1.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Its bytes, `width * height * 3` of them.
    #[must_use]
    pub fn pixels(&self) -> &'a [u8] {
        self.pixels
    }

    /// Red, green and blue at a place inside the picture.
    ///
    /// # Panics
    /// Outside it.
    #[must_use]
    pub fn at(&self, x: u32, y: u32) -> [u8; 3] {
        assert!(x < self.width && y < self.height, "({x}, {y}) is outside the picture");
        let first = (y as usize * self.width as usize + x as usize) * 3;
        [self.pixels[first], self.pixels[first + 1], self.pixels[first + 2]]
    }
}

impl fmt::Debug for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} x {})", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_and_size_must_agree() {
        assert_eq!(Picture::new(&[1, 2, 3, 4, 5, 6], 2, 1).unwrap().at(1, 0), [4, 5, 6]);
        for (bytes, width, height) in [(5, 2, 1), (7, 2, 1), (0, 0, 0), (0, 0, 9), (3, u32::MAX, u32::MAX)] {
            let error = Picture::new(&vec![0; bytes], width, height).unwrap_err();
            assert!(error.to_string().contains(&format!("not {bytes}")), "{error}");
        }
    }
}
