//! GIF: the first frame on its canvas.

use gif::{ColorOutput, DecodeOptions, Decoder, DecodingError, Frame, MemoryLimit};

use super::{Outline, Read, guarded, io_fault, room, several_frames};
use crate::container::gif as blocks;
use crate::decoded::Model;
use crate::fault::Fault;
use crate::limits::Limits;
use crate::raster::{Channels, Raster};
use crate::warning::{Warning, Warnings};

pub(crate) fn read<'a>(bytes: &'a [u8], limits: &Limits, warnings: &mut Warnings) -> Result<Read<'a>, Fault> {
    let walked = blocks::walk(bytes, warnings)?;
    several_frames(walked.frames, warnings);
    let raster = guarded(|| samples(bytes, (walked.width, walked.height), limits, warnings))?;
    Ok(Read { raster, icc: walked.blocks.icc, exif: None, orientation: None })
}

/// The file walked to its end, and the head of its first frame.
pub(crate) fn outline<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Outline<'a>, Fault> {
    let walked = blocks::walk(bytes, warnings)?;
    several_frames(walked.frames, warnings);
    guarded(|| {
        let (_, frame) = opened(bytes)?;
        let (width, height) = canvas_of(&frame, (walked.width, walked.height), limits, bytes.len())?;
        if (u32::from(frame.width), u32::from(frame.height)) != (width, height) {
            warnings.add(Warning::CanvasPartlyCovered);
        }
        Ok(Outline { width, height, exif: None, orientation: None })
    })
}

/// A decoder that stands before the pixels of the first frame, and its head.
fn opened(bytes: &[u8]) -> Result<(Decoder<&[u8]>, Frame<'static>), Fault> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.set_memory_limit(MemoryLimit::Unlimited);
    let mut decoder = options.read_info(bytes).map_err(|error| fault(&error))?;
    let frame = decoder.next_frame_info().map_err(|error| fault(&error))?;
    let frame = frame.ok_or_else(|| Fault::damaged("a GIF file without a picture"))?.clone();
    Ok((decoder, frame))
}

/// Width and height of the picture. A canvas without a size, or smaller than what is drawn on it, is as large as the frame.
fn canvas_of(
    frame: &Frame<'_>,
    canvas: (u32, u32),
    limits: &Limits,
    bytes: usize,
) -> Result<(u32, u32), Fault> {
    let (across, down) = (u32::from(frame.width), u32::from(frame.height));
    limits.allow_size(across, down, bytes)?;
    let width = canvas.0.max(u32::from(frame.left) + across);
    let height = canvas.1.max(u32::from(frame.top) + down);
    limits.allow_size(width, height, bytes)?;
    Ok((width, height))
}

fn samples(
    bytes: &[u8],
    canvas: (u32, u32),
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Raster, Fault> {
    let (mut decoder, frame) = opened(bytes)?;
    let global = decoder.global_palette().map(<[u8]>::to_vec);
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let (across, down) = (usize::from(frame.width), usize::from(frame.height));
    let (width, height) = canvas_of(&frame, canvas, limits, bytes.len())?;
    let mut numbers = room(across as u32, down as u32, 1)?;
    decoder.read_into_buffer(&mut numbers).map_err(|error| fault(&error))?;
    let palette = frame.palette.as_deref().or(global.as_deref());
    let palette = palette.ok_or_else(|| Fault::damaged("a GIF file without colours"))?;
    if (across as u32, down as u32) != (width, height) {
        warnings.add(Warning::CanvasPartlyCovered);
    }
    let mut samples = room(width, height, 4)?;
    for (row, numbers) in numbers.chunks_exact(across).enumerate() {
        let begin = 4 * ((top + row) * width as usize + left);
        let target = samples[begin..begin + 4 * across].chunks_exact_mut(4);
        for (pixel, number) in target.zip(numbers) {
            if Some(*number) != frame.transparent {
                let place = 3 * usize::from(*number);
                pixel[..3].copy_from_slice(palette.get(place..place + 3).unwrap_or(&[0; 3]));
                pixel[3] = 255;
            }
        }
    }
    let alpha = frame.transparent.is_some();
    Ok(Raster { width, height, channels: Channels::Rgba, samples, model: Model::Palette, bits: 8, alpha })
}

fn fault(error: &DecodingError) -> Fault {
    match error {
        DecodingError::Io(error) => io_fault(error),
        DecodingError::UnexpectedEof => Fault::truncated("it ends within its pixels"),
        other => Fault::damaged(other),
    }
}
