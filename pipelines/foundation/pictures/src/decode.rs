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
/// What a file is, found without decoding its samples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glimpse {
    /// What it is.
    pub format: Format,
    /// Width in pixels, held upright.
    pub width: u32,
    /// Height in pixels, held upright.
    pub height: u32,
    /// How the stored pixels lie, as EXIF counts it.
    pub orientation: u8,
    /// What is odd, as far as it shows without samples.
    pub warnings: Vec<Warning>,
}

/// Walks a file to its end without decoding its samples: whether it is whole by its own marks, and how large its picture is.
/// A file that is damaged within its code passes, and so does one of a kind that only [`decode`] finds it cannot read.
///
/// # Errors
/// As [`decode`], as far as marks can tell.
pub fn glimpse(bytes: &[u8], limits: &Limits) -> Result<Glimpse, Fault> {
    let format = checked_format(bytes, limits)?;
    let mut warnings = Warnings::default();
    let outline = match format {
        Format::Jpeg => codec::jpeg::outline(bytes, limits, &mut warnings),
        Format::Png => codec::png::outline(bytes, limits, &mut warnings),
        Format::Webp => codec::webp::outline(bytes, limits, &mut warnings),
        Format::Gif => codec::gif::outline(bytes, limits, &mut warnings),
        Format::Bmp => codec::bmp::outline(bytes, limits, &mut warnings),
        Format::Tiff => codec::tiff::outline(bytes, limits, &mut warnings),
        Format::Avif | Format::Heic if limits.heif => {
            codec::heif::outline(bytes, format, limits, &mut warnings)
        }
        other => Err(Fault::unsupported(other, refusal(other))),
    }?;
    let orientation = turn_of(outline.orientation, outline.exif.as_deref(), &mut warnings);
    let (width, height) = match orientation {
        5..=8 => (outline.height, outline.width),
        _ => (outline.width, outline.height),
    };
    Ok(Glimpse { format, width, height, orientation, warnings: warnings.into_vec() })
}

/// The orientation, 1 to 8, by a tag of the format itself or by EXIF.
fn turn_of(tag: Option<u32>, exif: Option<&[u8]>, warnings: &mut Warnings) -> u8 {
    match (tag, exif) {
        (Some(turned @ 1..=8), _) => turned as u8,
        (Some(0) | None, None) => 1,
        (_, Some(exif)) => orientation(exif, warnings),
        (Some(_), None) => {
            warnings.add(Warning::OrientationInvalid);
            1
        }
    }
}

fn checked_format(bytes: &[u8], limits: &Limits) -> Result<Format, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    limits.allow_bytes(bytes)?;
    recognise(bytes).map_err(|found| Fault::NotAnImage { found })
}

fn finished(read: Read<'_>, format: Format, mut warnings: Warnings, colouring: Colouring) -> Decoded {
    let turned = turn_of(read.orientation, read.exif.as_deref(), &mut warnings);
    let (width, height) = (read.raster.width, read.raster.height);
    let (pixels, colour) = colouring(read, &mut warnings);
    let (pixels, width, height) = upright(pixels, width, height, turned);
    Decoded { pixels, width, height, format, orientation: turned, colour, warnings: warnings.into_vec() }
}
