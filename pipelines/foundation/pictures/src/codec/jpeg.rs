//! JPEG: sequential and progressive, 8 bits, of one, three or four components.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;

use super::{Outline, Read, guarded, room};
use crate::container::jpeg::{self, Jpeg};
use crate::decoded::Model;
use crate::fault::Fault;
use crate::format::Format;
use crate::limits::Limits;
use crate::raster::{Channels, Raster};
use crate::warning::Warnings;

/// Scans of a progressive picture that are followed; encoders write about ten.
const SCANS_MAX: usize = 200;

pub(crate) fn read<'a>(bytes: &'a [u8], limits: &Limits, warnings: &mut Warnings) -> Result<Read<'a>, Fault> {
    let mut jpeg = walked(bytes, limits, warnings)?;
    let raster = guarded(|| samples(&jpeg, bytes, limits))?;
    let blocks = std::mem::take(&mut jpeg.blocks);
    Ok(Read { raster, icc: blocks.icc, exif: blocks.exif, orientation: None })
}

/// The file walked to its end, without its code.
pub(crate) fn outline<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Outline<'a>, Fault> {
    let jpeg = walked(bytes, limits, warnings)?;
    let (width, height) = (jpeg.frame.width, jpeg.frame.height);
    Ok(Outline { width, height, exif: jpeg.blocks.exif, orientation: None })
}

/// Walks a file that can be decoded.
fn walked<'a>(bytes: &'a [u8], limits: &Limits, warnings: &mut Warnings) -> Result<Jpeg<'a>, Fault> {
    let jpeg = jpeg::walk(bytes, warnings)?;
    let frame = &jpeg.frame;
    limits.allow_size(frame.width, frame.height, bytes.len())?;
    let unsupported = |why: &str| Err(Fault::unsupported(Format::Jpeg, why));
    match (frame.process, frame.bits) {
        (0..=2, 8) => {}
        (0..=2, _) => return unsupported("it has more than 8 bits a sample"),
        (3 | 11, _) => return unsupported("it is coded without loss"),
        (5..=7 | 13..=15, _) => return unsupported("it is coded in layers"),
        _ => return unsupported("it is coded arithmetically"),
    }
    if !matches!(frame.components.len(), 1 | 3 | 4) {
        return unsupported("it has neither one nor three nor four components");
    }
    jpeg.check_scans(warnings)?;
    Ok(jpeg)
}

fn samples(jpeg: &Jpeg<'_>, bytes: &[u8], limits: &Limits) -> Result<Raster, Fault> {
    let (width, height) = (jpeg.frame.width, jpeg.frame.height);
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(limits.side_max as usize)
        .set_max_height(limits.side_max as usize)
        .jpeg_set_max_scans(SCANS_MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg.essential(bytes)), options);
    decoder.decode_headers().map_err(fault)?;
    let (space, channels, model) = match (decoder.input_colorspace(), jpeg.frame.components.len()) {
        (_, 1) => (ColorSpace::Luma, Channels::Grey, Model::Grey),
        (_, 3) => (ColorSpace::RGB, Channels::Rgb, Model::Rgb),
        (Some(ColorSpace::YCCK), _) => (ColorSpace::YCCK, Channels::Cmyk, Model::Cmyk),
        _ => (ColorSpace::CMYK, Channels::Cmyk, Model::Cmyk),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let mut samples = room(width, height, channels.count())?;
    decoder.decode_into(&mut samples).map_err(fault)?;
    if channels == Channels::Cmyk {
        inks(&mut samples, space == ColorSpace::YCCK, jpeg.adobe.is_some());
    }
    Ok(Raster { width, height, channels, samples, model, bits: 8, alpha: false })
}

/// Four channels as stored to inks, 0 for none. Adobe's programs store inks the other way round, and say so by their
/// marker; luma and chroma of inks are those of what the inks leave.
fn inks(samples: &mut [u8], is_ycck: bool, is_adobe: bool) {
    for pixel in samples.chunks_exact_mut(4) {
        if is_ycck {
            let [red, green, blue] = rgb_of(pixel[0], pixel[1], pixel[2]);
            pixel[..3].copy_from_slice(&[255 - red, 255 - green, 255 - blue]);
        }
        if is_adobe {
            pixel.iter_mut().for_each(|ink| *ink = 255 - *ink);
        }
    }
}

/// Full-range luma and chroma of Rec. 601 (JFIF), in 65536th parts.
pub(crate) fn rgb_of(luma: u8, cb: u8, cr: u8) -> [u8; 3] {
    let luma = i32::from(luma) << 16;
    let (cb, cr) = (i32::from(cb) - 128, i32::from(cr) - 128);
    let rounded = |value: i32| ((value + (1 << 15)) >> 16).clamp(0, 255) as u8;
    [rounded(luma + 91_881 * cr), rounded(luma - 22_554 * cb - 46_802 * cr), rounded(luma + 116_130 * cb)]
}

fn fault(error: DecodeErrors) -> Fault {
    match error {
        DecodeErrors::ExhaustedData => Fault::truncated("its code ends before its picture"),
        DecodeErrors::FormatStatic(words) if words.starts_with("Premature end") => {
            Fault::truncated("its code ends before its picture")
        }
        other => Fault::damaged(format!("{other:?}")),
    }
}
