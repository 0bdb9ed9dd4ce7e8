//! From a whole file to samples, one module for each format. Each walks its container first, so that what is cut is
//! found and what is too large is refused before a decoder sees it.

pub(crate) mod bmp;
pub(crate) mod gif;
pub(crate) mod heif;
pub(crate) mod jpeg;
pub(crate) mod png;
pub(crate) mod tiff;
pub(crate) mod webp;

use std::borrow::Cow;

use crate::fault::Fault;
use crate::raster::Raster;
use crate::warning::Warnings;

/// A decoded file and what is needed to finish its picture.
#[derive(Debug)]
pub(crate) struct Read<'a> {
    pub(crate) raster: Raster,
    pub(crate) icc: Option<Cow<'a, [u8]>>,
    pub(crate) exif: Option<Cow<'a, [u8]>>,
    /// Orientation from a tag of the format itself.
    pub(crate) orientation: Option<u32>,
}

/// What a walked file says of its picture, without a sample decoded.
#[derive(Debug)]
pub(crate) struct Outline<'a> {
    /// Width in pixels as stored.
    pub(crate) width: u32,
    /// Height in pixels as stored.
    pub(crate) height: u32,
    pub(crate) exif: Option<Cow<'a, [u8]>>,
    /// Orientation from a tag of the format itself.
    pub(crate) orientation: Option<u32>,
}
/// An end of input is a cut file; everything else a damaged one.
pub(crate) fn io_fault(error: &std::io::Error) -> Fault {
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        Fault::truncated("it ends within its pixels")
    } else {
        Fault::damaged(error)
    }
}

/// Room for samples, or the fault that there is none. The size was allowed before.
pub(crate) fn room(width: u32, height: u32, bytes_per_pixel: usize) -> Result<Vec<u8>, Fault> {
    let bytes =
        (width as usize).checked_mul(height as usize).and_then(|pixels| pixels.checked_mul(bytes_per_pixel));
    let mut samples = Vec::new();
    bytes
        .and_then(|bytes| samples.try_reserve_exact(bytes).is_ok().then(|| samples.resize(bytes, 0)))
        .ok_or_else(|| Fault::damaged(format!("there is no memory for {width} x {height} pixels")))?;
    Ok(samples)
}

/// Runs a decoder of others; a panic in it is a damaged file, not the end of the run.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Fault::damaged("its decoder gave up")))
}

/// Numbers into a palette, with 8 bits each, to colours; numbers beyond the palette are black, as browsers show them.
pub(crate) fn from_palette(numbers: &[u8], palette: &[[u8; 3]]) -> Vec<u8> {
    numbers.iter().flat_map(|number| palette.get(usize::from(*number)).copied().unwrap_or([0; 3])).collect()
}

/// Warnings that a format's own module adds.
pub(crate) fn several_frames(frames: u32, warnings: &mut Warnings) {
    if frames > 1 {
        warnings.add(crate::warning::Warning::FirstFrameOnly);
    }
}
