//! From bytes to a picture, one step after the other: what it is, whether it is allowed, whether it is whole, its samples,
//! its colours, and which way is up.

use crate::codec::{self, Read};
use crate::decoded::{Colour, Decoded};
use crate::fault::Fault;
use crate::format::{Format, recognise};
use crate::limits::Limits;
use crate::notes::orientation;
use crate::raster;
use crate::upright::upright;
use crate::warning::{Warning, Warnings};

/// What the header of a file says, without a pixel decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// What it is.
    pub format: Format,
    /// Width in pixels as stored, before any turning.
    pub width: u32,
    /// Height in pixels as stored.
    pub height: u32,
}

/// Why a format that is recognised is not read.
fn refusal(format: Format) -> &'static str {
    match format {
        Format::Avif | Format::Heic => {
            "it is read only where the setting `heif` of [build.images.pictures] allows it"
        }
        Format::JpegXl => "it is hardly met on the web",
        Format::Jpeg2000 => "browsers do not show it",
        Format::Psd => "it is a working file of layers",
        Format::Ico => "it is a set of icons",
        _ => "it is not among the formats that are read",
    }
}

/// Decodes an image file strictly: upright, sRGB, three bytes a pixel, transparency laid over white.
///
/// # Errors
/// The bytes are no picture, of a kind that is not read, above a limit, cut off or damaged: see [`Fault`]. Nothing is
/// allocated for pixels before the header is held against the limits.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Fault> {
    decode_with(bytes, limits, raster_as_shown)
}

/// Like [`decode`], but with the colours of the file as they stand there: its profile is not asked, transparency is left away
/// instead of laid over white, and inks become what they leave of white. So most libraries for training see pictures, the
/// released Molmo models among them.
///
/// # Errors
/// As [`decode`].
pub fn decode_stored(bytes: &[u8], limits: &Limits) -> Result<Decoded, Fault> {
    decode_with(bytes, limits, |read, warnings| raster::as_stored(read.raster, warnings))
}

/// How samples become pixels.
type Colouring = fn(Read<'_>, &mut Warnings) -> (Vec<u8>, Colour);

fn raster_as_shown(read: Read<'_>, warnings: &mut Warnings) -> (Vec<u8>, Colour) {
    raster::to_srgb(read.raster, read.icc.as_deref(), warnings)
}

fn decode_with(bytes: &[u8], limits: &Limits, colouring: Colouring) -> Result<Decoded, Fault> {
    let format = checked_format(bytes, limits)?;
    let mut warnings = Warnings::default();
    if limits.heif && matches!(format, Format::Avif | Format::Heic) {
        let (read, orientation) = codec::heif::read(bytes, format, limits, &mut warnings)?;
        return Ok(Decoded { orientation, ..finished(read, format, warnings, colouring) });
    }
    let read = match format {
        Format::Jpeg => codec::jpeg::read(bytes, limits, &mut warnings),
        Format::Png => codec::png::read(bytes, limits, &mut warnings),
        Format::Webp => codec::webp::read(bytes, limits, &mut warnings),
        Format::Gif => codec::gif::read(bytes, limits, &mut warnings),
        Format::Bmp => codec::bmp::read(bytes, limits, &mut warnings),
        Format::Tiff => codec::tiff::read(bytes, limits, &mut warnings),
        other => Err(Fault::unsupported(other, refusal(other))),
    }?;
    Ok(finished(read, format, warnings, colouring))
}

/// Reads the header alone: what the file is and how large its picture.
///
/// # Errors
/// As [`decode`], as far as a header can tell.
pub fn header(bytes: &[u8], limits: &Limits) -> Result<Header, Fault> {
    let format = checked_format(bytes, limits)?;
    let (width, height) = codec::size(bytes, format).ok_or_else(|| match format {
        Format::JpegXl | Format::Jpeg2000 | Format::Psd | Format::Ico => {
            Fault::unsupported(format, refusal(format))
        }
        _ => Fault::truncated("it ends within its header"),
    })?;
    limits.allow_size(width, height, bytes.len())?;
    Ok(Header { format, width, height })
}

fn checked_format(bytes: &[u8], limits: &Limits) -> Result<Format, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    limits.allow_bytes(bytes)?;
    recognise(bytes).map_err(|found| Fault::NotAnImage { found })
}

fn finished(read: Read<'_>, format: Format, mut warnings: Warnings, colouring: Colouring) -> Decoded {
    let turned = match (read.orientation, &read.exif) {
        (Some(turned @ 1..=8), _) => turned as u8,
        (Some(0) | None, None) => 1,
        (_, Some(exif)) => orientation(exif, &mut warnings),
        (Some(_), None) => {
            warnings.add(Warning::OrientationInvalid);
            1
        }
    };
    let (width, height) = (read.raster.width, read.raster.height);
    let (pixels, colour) = colouring(read, &mut warnings);
    let (pixels, width, height) = upright(pixels, width, height, turned);
    Decoded { pixels, width, height, format, orientation: turned, colour, warnings: warnings.into_vec() }
}
