//! What a picture may be at most. Everything is asked of the header, before the room for a pixel is taken.

use crate::fault::{Extent, Fault};

/// A file with more pixels than this for each of its bytes is called a bomb when it is too large as well: no photograph,
/// drawing or screenshot is coded so tightly.
const BOMB_PIXELS_PER_BYTE: u64 = 100;

/// Limits of one picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes_max: u64,
    /// Width times height.
    pub pixels_max: u64,
    /// The longer of width and height.
    pub side_max: u32,
    /// Whether AVIF and HEIC are handed to the program of libheif; without it they are refused.
    pub heif: bool,
}

impl Default for Limits {
    /// 64 MiB, 100 million pixels, 20,000 pixels a side: all of what cameras make, scanners mostly. No AVIF and no HEIC.
    fn default() -> Self {
        Self { bytes_max: 64 << 20, pixels_max: 100_000_000, side_max: 20_000, heif: false }
    }
}

impl Limits {
    /// The same with AVIF and HEIC, where the program of libheif is installed.
    #[must_use]
    pub fn with_heif(self) -> Self {
        Self { heif: true, ..self }
    }

    /// Whether a file may be looked into at all.
    pub(crate) fn allow_bytes(&self, bytes: &[u8]) -> Result<(), Fault> {
        let found = bytes.len() as u64;
        if found > self.bytes_max {
            return Err(Fault::TooLarge { extent: Extent::Bytes, found, most: self.bytes_max });
        }
        Ok(())
    }

    /// Whether a picture of that size may be decoded from a file of so many bytes.
    pub(crate) fn allow_size(&self, width: u32, height: u32, file_bytes: usize) -> Result<(), Fault> {
        if width == 0 || height == 0 {
            return Err(Fault::damaged(format!("the picture is {width} x {height} pixels")));
        }
        let pixels = u64::from(width) * u64::from(height);
        let side = width.max(height);
        let too_large = if pixels > self.pixels_max {
            Fault::TooLarge { extent: Extent::Pixels, found: pixels, most: self.pixels_max }
        } else if side > self.side_max {
            Fault::TooLarge { extent: Extent::Side, found: u64::from(side), most: u64::from(self.side_max) }
        } else {
            return Ok(());
        };
        if pixels / BOMB_PIXELS_PER_BYTE > file_bytes as u64 {
            return Err(Fault::Bomb { pixels, bytes: file_bytes as u64 });
        }
        Err(too_large)
    }
}
