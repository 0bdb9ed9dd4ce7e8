//! WebP: lossy, lossless, with transparency; of an animation the first frame on its canvas.

use std::io::Cursor;

use image_webp::{DecodingError, WebPDecoder};

use super::{Outline, Read, guarded, io_fault, room, several_frames};
use crate::container::riff::{self, Webp};
use crate::decoded::Model;
use crate::fault::Fault;
use crate::limits::Limits;
use crate::raster::{Channels, Raster};
use crate::warning::Warnings;

/// More pixels than its decoder's own numbers hold.
const PIXELS_MAX: u64 = 1 << 29;

pub(crate) fn read<'a>(bytes: &'a [u8], limits: &Limits, warnings: &mut Warnings) -> Result<Read<'a>, Fault> {
    let limits = Limits { pixels_max: limits.pixels_max.min(PIXELS_MAX), ..*limits };
    let walked = walked(bytes, &limits, warnings)?;
    let raster = guarded(|| samples(bytes, &limits))?;
    Ok(Read { raster, icc: walked.blocks.icc, exif: walked.blocks.exif, orientation: None })
}

/// The file walked to its end, its pixels left packed.
pub(crate) fn outline<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Outline<'a>, Fault> {
    let limits = Limits { pixels_max: limits.pixels_max.min(PIXELS_MAX), ..*limits };
    let Webp { width, height, blocks, .. } = walked(bytes, &limits, warnings)?;
    Ok(Outline { width, height, exif: blocks.exif, orientation: None })
}

fn walked<'a>(bytes: &'a [u8], limits: &Limits, warnings: &mut Warnings) -> Result<Webp<'a>, Fault> {
    let walked = riff::walk(bytes, warnings)?;
    limits.allow_size(walked.width, walked.height, bytes.len())?;
    several_frames(walked.frames, warnings);
    Ok(walked)
}

fn samples(bytes: &[u8], limits: &Limits) -> Result<Raster, Fault> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    limits.allow_size(width, height, bytes.len())?;
    let alpha = decoder.has_alpha();
    let channels = if alpha { Channels::Rgba } else { Channels::Rgb };
    if decoder.is_animated() && alpha {
        // The colour of the canvas is a hint that viewers do not follow: what is not covered is transparent.
        decoder.set_background_color([0; 4]).map_err(|error| fault(&error))?;
    }
    let mut samples = room(width, height, channels.count())?;
    decoder.read_image(&mut samples).map_err(|error| fault(&error))?;
    Ok(Raster { width, height, channels, samples, model: Model::Rgb, bits: 8, alpha })
}

fn fault(error: &DecodingError) -> Fault {
    match error {
        DecodingError::IoError(error) => io_fault(error),
        DecodingError::NotEnoughInitData => Fault::truncated("it ends within its pixels"),
        other => Fault::damaged(other),
    }
}
