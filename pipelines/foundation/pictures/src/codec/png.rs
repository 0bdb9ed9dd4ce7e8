//! PNG: all colour types and depths, interlaced or not; of an animation the picture that stands for it.

use std::io::Cursor;

use png::{BitDepth, ColorType, DecodeOptions, Decoder, DecodingError, Transformations};

use super::{Outline, Read, guarded, io_fault, room, several_frames};
use crate::container::png::{self as chunks, Png};
use crate::decoded::Model;
use crate::fault::Fault;
use crate::limits::Limits;
use crate::raster::{Channels, Raster, reduce};
use crate::warning::Warnings;

pub(crate) fn read<'a>(bytes: &'a [u8], limits: &Limits, warnings: &mut Warnings) -> Result<Read<'a>, Fault> {
    let walked = walked(bytes, limits, warnings)?;
    let raster = guarded(|| samples(&bytes[..walked.end]))?;
    Ok(Read { raster, icc: walked.blocks.icc, exif: walked.blocks.exif, orientation: None })
}

/// The file walked to its end, its pixels left packed.
pub(crate) fn outline<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Outline<'a>, Fault> {
    let Png { width, height, blocks, .. } = walked(bytes, limits, warnings)?;
    Ok(Outline { width, height, exif: blocks.exif, orientation: None })
}

fn walked<'a>(bytes: &'a [u8], limits: &Limits, warnings: &mut Warnings) -> Result<Png<'a>, Fault> {
    let walked = chunks::walk(bytes, warnings)?;
    limits.allow_size(walked.width, walked.height, bytes.len())?;
    several_frames(walked.frames, warnings);
    Ok(walked)
}

fn samples(bytes: &[u8]) -> Result<Raster, Fault> {
    let mut options = DecodeOptions::default();
    // Checksums of chunks were looked at on the walk; that of the pixels has not been.
    options.set_ignore_crc(true);
    options.set_ignore_adler32(false);
    options.set_ignore_text_chunk(true);
    options.set_ignore_iccp_chunk(true);
    let mut decoder = Decoder::new_with_options(Cursor::new(bytes), options);
    decoder.set_transformations(Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(|error| fault(&error))?;
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    let (stored_colour, stored_bits) = (info.color_type, info.bit_depth as u8);
    let alpha = info.trns.is_some() || matches!(stored_colour, ColorType::GrayscaleAlpha | ColorType::Rgba);
    let (colour, depth) = reader.output_color_type();
    let channels = match colour {
        ColorType::Grayscale => Channels::Grey,
        ColorType::GrayscaleAlpha => Channels::GreyAlpha,
        ColorType::Rgb => Channels::Rgb,
        ColorType::Rgba => Channels::Rgba,
        ColorType::Indexed => return Err(Fault::damaged("a palette that cannot be unfolded")),
    };
    let wide = depth == BitDepth::Sixteen;
    let mut samples = room(width, height, channels.count() * if wide { 2 } else { 1 })?;
    let shown = reader.next_frame(&mut samples).map_err(|error| fault(&error))?;
    if (shown.width, shown.height) != (width, height) {
        return Err(Fault::damaged("its first frame is not of its size"));
    }
    if wide {
        let narrow = samples.chunks_exact(2).map(|pair| reduce(u16::from_be_bytes([pair[0], pair[1]])));
        samples = narrow.collect();
    }
    let model = match stored_colour {
        ColorType::Grayscale | ColorType::GrayscaleAlpha => Model::Grey,
        ColorType::Indexed => Model::Palette,
        ColorType::Rgb | ColorType::Rgba => Model::Rgb,
    };
    Ok(Raster { width, height, channels, samples, model, bits: stored_bits, alpha })
}

fn fault(error: &DecodingError) -> Fault {
    match error {
        DecodingError::IoError(error) => io_fault(error),
        other => {
            let words = other.to_string();
            if words.contains("IDAT") && words.contains("end") || words.contains("not enough") {
                Fault::truncated(words)
            } else {
                Fault::damaged(words)
            }
        }
    }
}
