//! BMP: of all header sizes and depths that Windows writes, packed by runs or not.

use std::borrow::Cow;
use std::io::Cursor;

use image::codecs::bmp::BmpDecoder;
use image::{ColorType, ImageDecoder, ImageError};

use super::{Outline, Read, guarded, io_fault, room};
use crate::container::{u16_le, u32_le};
use crate::decoded::Model;
use crate::fault::Fault;
use crate::format::Format;
use crate::limits::Limits;
use crate::raster::{Channels, Raster};
use crate::warning::{Warning, Warnings};

/// Where the information header begins.
const INFORMATION: usize = 14;

/// Width and height; a height below zero means rows from the top.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    if u32_le(bytes, INFORMATION)? == 12 {
        return Some((u16_le(bytes, 18)?.into(), u16_le(bytes, 20)?.into()));
    }
    let side = |at: usize| Some((u32_le(bytes, at)? as i32).unsigned_abs());
    side(18).zip(side(22))
}

pub(crate) fn read<'a>(bytes: &'a [u8], limits: &Limits, warnings: &mut Warnings) -> Result<Read<'a>, Fault> {
    outline(bytes, limits, warnings)?;
    let raster = guarded(|| samples(bytes, limits))?;
    Ok(Read { raster, icc: profile_of(bytes).map(Cow::Borrowed), exif: None, orientation: None })
}

/// What the header says, held against the limits and the length of the file.
pub(crate) fn outline<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Outline<'a>, Fault> {
    let (width, height) = size(bytes).ok_or_else(|| Fault::truncated("it ends within its header"))?;
    limits.allow_size(width, height, bytes.len())?;
    check_length(bytes, warnings)?;
    Ok(Outline { width, height, exif: None, orientation: None })
}

/// The length that the header gives. Zero, or the length of less than the header, is what careless writers leave there.
fn check_length(bytes: &[u8], warnings: &mut Warnings) -> Result<(), Fault> {
    let said = u32_le(bytes, 2).unwrap_or(0) as usize;
    let pixels_at = u32_le(bytes, 10).unwrap_or(0) as usize;
    if said > bytes.len() {
        return Err(Fault::truncated(format!("it has {} bytes, its header says {said}", bytes.len())));
    }
    if said <= pixels_at {
        warnings.add(Warning::LengthWrong);
    } else if said < bytes.len() {
        warnings.add(Warning::TrailingBytes);
    }
    Ok(())
}

fn samples(bytes: &[u8], limits: &Limits) -> Result<Raster, Fault> {
    let decoder = BmpDecoder::new(Cursor::new(bytes)).map_err(fault)?;
    let (width, height) = decoder.dimensions();
    limits.allow_size(width, height, bytes.len())?;
    let (channels, alpha) = match decoder.color_type() {
        ColorType::L8 => (Channels::Grey, false),
        ColorType::Rgb8 => (Channels::Rgb, false),
        ColorType::Rgba8 => (Channels::Rgba, true),
        _ => return Err(Fault::unsupported(Format::Bmp, "its samples are of an uncommon kind")),
    };
    let bits_per_pixel =
        u16_le(bytes, if u32_le(bytes, INFORMATION) == Some(12) { 24 } else { 28 }).unwrap_or(0);
    let mut samples = room(width, height, channels.count())?;
    decoder.read_image(&mut samples).map_err(fault)?;
    let model = if bits_per_pixel <= 8 { Model::Palette } else { Model::Rgb };
    let bits = if bits_per_pixel == 16 { 5 } else { bits_per_pixel.min(8) as u8 };
    Ok(Raster { width, height, channels, samples, model, bits, alpha })
}

/// A profile within the file, which only the longest header has (`MBED`, BITMAPV5HEADER).
fn profile_of(bytes: &[u8]) -> Option<&[u8]> {
    if u32_le(bytes, INFORMATION)? != 124 || u32_le(bytes, INFORMATION + 56)? != 0x4D42_4544 {
        return None;
    }
    let begin = INFORMATION.checked_add(u32_le(bytes, INFORMATION + 112)? as usize)?;
    bytes.get(begin..begin.checked_add(u32_le(bytes, INFORMATION + 116)? as usize)?)
}

fn fault(error: ImageError) -> Fault {
    match error {
        ImageError::IoError(error) => io_fault(&error),
        ImageError::Unsupported(error) => Fault::unsupported(Format::Bmp, error),
        other => {
            let words = other.to_string();
            if words.contains("too short") || words.contains("end of file") {
                Fault::truncated(words)
            } else {
                Fault::damaged(words)
            }
        }
    }
}
