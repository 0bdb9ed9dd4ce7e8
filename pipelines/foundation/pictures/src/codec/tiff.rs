//! TIFF: the first page; grey, colours, palettes and inks of 1 to 16 bits, in strips or tiles, packed or not.

use std::borrow::Cow;
use std::io::Cursor;

use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::{ByteOrder, Tag, Type, ValueBuffer};
use tiff::{ColorType, TiffError};

use super::jpeg::rgb_of;
use super::{Outline, Read, from_palette, guarded, io_fault, several_frames};
use crate::container::{BLOCK_BYTES_MAX, Blocks};
use crate::decoded::Model;
use crate::fault::Fault;
use crate::format::Format;
use crate::limits::Limits;
use crate::raster::{Channels, Raster, reduce};
use crate::warning::{Warning, Warnings};

const PHOTOMETRIC: u16 = 262;
const PALETTE: u64 = 3;
const GREY_FROM_BLACK: u16 = 1;
const SUBFILE: u16 = 254;
const COPYRIGHT: u16 = 33_432;
const ARTIST: u16 = 315;
const IPTC: u16 = 33_723;
const ICC: u16 = 34_675;
const XMP: u16 = 700;
/// C2PA's manifest store.
const C2PA: u16 = 52_545;
/// Pages that are counted.
const PAGES_MAX: u32 = 64;

type Reader<'a> = Decoder<Cursor<Cow<'a, [u8]>>>;

fn open<'a>(bytes: Cow<'a, [u8]>, limits: &Limits) -> Result<Reader<'a>, Fault> {
    let mut tiff_limits = tiff::decoder::Limits::default();
    // Up to five samples of 16 bits.
    let pixels_bytes = usize::try_from(limits.pixels_max.saturating_mul(10)).unwrap_or(usize::MAX);
    tiff_limits.decoding_buffer_size = pixels_bytes;
    tiff_limits.intermediate_buffer_size = pixels_bytes;
    tiff_limits.ifd_value_size = BLOCK_BYTES_MAX;
    Ok(Decoder::new(Cursor::new(bytes)).map_err(fault)?.with_limits(tiff_limits))
}
/// The blocks of the first page, as far as they can be found.
pub(crate) fn blocks(bytes: &[u8]) -> Blocks<'_> {
    let found = guarded(|| {
        let mut reader = open(Cow::Borrowed(bytes), &Limits::default())?;
        let mut block = |tag| block(&mut reader, tag).map(Cow::Owned);
        Ok(Blocks {
            // The file is an EXIF block itself; what it says of rights stands in two tags of the page.
            exif: None,
            xmp: block(XMP).into_iter().collect(),
            iptc: block(IPTC),
            icc: None,
            c2pa: block(C2PA),
            texts: [(COPYRIGHT, "Copyright"), (ARTIST, "Author")]
                .into_iter()
                .filter_map(|(tag, keyword)| {
                    let text = reader.get_tag_ascii_string(Tag::from_u16_exhaustive(tag)).ok()?;
                    Some((keyword.to_owned(), text))
                })
                .collect(),
        })
    });
    found.unwrap_or_default()
}

/// The bytes of a tag, whatever numbers it is said to be of: IPTC is often called one of four bytes.
fn block(reader: &mut Reader<'_>, tag: u16) -> Option<Vec<u8>> {
    let mut buffer = ValueBuffer::empty(Type::BYTE);
    reader.image_ifd().find_tag_buf(Tag::from_u16_exhaustive(tag), &mut buffer).ok()??;
    Some(buffer.as_bytes().to_vec())
}

pub(crate) fn read<'a>(bytes: &'a [u8], limits: &Limits, warnings: &mut Warnings) -> Result<Read<'a>, Fault> {
    guarded(|| {
        let mut reader = open(Cow::Borrowed(bytes), limits)?;
        let (width, height) = reader.dimensions().map_err(fault)?;
        limits.allow_size(width, height, bytes.len())?;
        let photometric = reader.find_tag_unsigned::<u64>(Tag::PhotometricInterpretation).map_err(fault)?;
        let icc = block(&mut reader, ICC).map(Cow::Owned);
        let orientation = orientation_of(&mut reader, warnings);
        let raster = if photometric == Some(PALETTE) {
            palette_samples(bytes, &mut reader, limits)?
        } else {
            samples(&mut reader)?
        };
        several_frames(pages(&mut reader), warnings);
        Ok(Read { raster, icc, exif: None, orientation })
    })
}

/// The tags of the first page; strips and tiles are not looked at.
pub(crate) fn outline<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    warnings: &mut Warnings,
) -> Result<Outline<'a>, Fault> {
    guarded(|| {
        let mut reader = open(Cow::Borrowed(bytes), limits)?;
        let (width, height) = reader.dimensions().map_err(fault)?;
        limits.allow_size(width, height, bytes.len())?;
        let orientation = orientation_of(&mut reader, warnings);
        several_frames(pages(&mut reader), warnings);
        Ok(Outline { width, height, exif: None, orientation })
    })
}

/// The orientation of the page, if it is one.
fn orientation_of(reader: &mut Reader<'_>, warnings: &mut Warnings) -> Option<u32> {
    let orientation = reader.find_tag_unsigned::<u32>(Tag::Orientation).ok().flatten();
    if orientation.is_some_and(|orientation| orientation > 8) {
        warnings.add(Warning::OrientationInvalid);
    }
    orientation.filter(|orientation| *orientation <= 8)
}

/// Pages that are pictures of their own and no smaller copy or mask of one.
fn pages(reader: &mut Reader<'_>) -> u32 {
    let mut pages = 1;
    let mut looked_at = 1;
    while reader.more_images() && looked_at < PAGES_MAX && reader.next_image().is_ok() {
        let kind =
            reader.find_tag_unsigned::<u32>(Tag::from_u16_exhaustive(SUBFILE)).ok().flatten().unwrap_or(0);
        pages += u32::from(kind & 0b101 == 0);
        looked_at += 1;
    }
    pages
}

/// All planes of a page, as bytes of 8 bits a sample, samples of a pixel next to each other.
fn narrow_samples(reader: &mut Reader<'_>, bits: u8, channels: usize) -> Result<Vec<u8>, Fault> {
    let (width, height) = reader.dimensions().map_err(fault)?;
    let mut read = DecodingResult::U8(Vec::new());
    let layout = reader.read_image_to_buffer(&mut read).map_err(fault)?;
    let pixels = width as usize * height as usize;
    let samples = match read {
        DecodingResult::U8(packed) if bits < 8 => {
            unpacked(&packed, bits, width as usize * channels, height as usize)
        }
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(reduce).collect(),
        _ => return Err(Fault::unsupported(Format::Tiff, "its samples are neither of 8 nor of 16 bits")),
    };
    if samples.len() < pixels * channels {
        return Err(Fault::truncated("it ends within its pixels"));
    }
    if layout.planes > 1 {
        let plane = |number: usize| &samples[number * pixels..][..pixels];
        return Ok((0..pixels).flat_map(|at| (0..channels).map(move |number| plane(number)[at])).collect());
    }
    Ok(samples)
}

/// Samples of 1, 2 or 4 bits, rows on whole bytes, spread to 0 to 255.
fn unpacked(packed: &[u8], bits: u8, samples_per_row: usize, rows: usize) -> Vec<u8> {
    let row_bytes = (samples_per_row * usize::from(bits)).div_ceil(8).max(1);
    let most = (1u16 << bits) - 1;
    let mut samples = Vec::with_capacity(samples_per_row * rows);
    for row in packed.chunks_exact(row_bytes).take(rows) {
        for number in 0..samples_per_row {
            let place = number * usize::from(bits);
            let shift = 8 - usize::from(bits) - place % 8;
            let value = u16::from(row[place / 8] >> shift) & most;
            samples.push((value * 255 / most) as u8);
        }
    }
    samples
}

fn samples(reader: &mut Reader<'_>) -> Result<Raster, Fault> {
    let (width, height) = reader.dimensions().map_err(fault)?;
    let colour = reader.colortype().map_err(fault)?;
    let bits = colour.bit_depth();
    let extra = reader.find_tag_unsigned_vec::<u32>(Tag::ExtraSamples).ok().flatten().unwrap_or_default();
    let (channels, model) = match colour {
        ColorType::Gray(_) => (Channels::Grey, Model::Grey),
        ColorType::GrayA(_) | ColorType::Multiband { num_samples: 2, .. } => {
            (Channels::GreyAlpha, Model::Grey)
        }
        ColorType::RGB(_) => (Channels::Rgb, Model::Rgb),
        ColorType::RGBA(_) => (Channels::Rgba, Model::Rgb),
        ColorType::CMYK(_) => (Channels::Cmyk, Model::Cmyk),
        ColorType::YCbCr(8) => (Channels::Rgb, Model::Rgb),
        other => return Err(Fault::unsupported(Format::Tiff, format!("its samples are {other:?}"))),
    };
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return Err(Fault::unsupported(Format::Tiff, format!("its samples have {bits} bits")));
    }
    let mut samples = narrow_samples(reader, bits, channels.count())?;
    samples.truncate(width as usize * height as usize * channels.count());
    if matches!(colour, ColorType::YCbCr(_)) {
        for pixel in samples.chunks_exact_mut(3) {
            pixel.copy_from_slice(&rgb_of(pixel[0], pixel[1], pixel[2]));
        }
    }
    if extra.first() == Some(&1) {
        straighten(&mut samples, channels);
    }
    let alpha = matches!(channels, Channels::GreyAlpha | Channels::Rgba);
    Ok(Raster { width, height, channels, samples, model, bits, alpha })
}

/// Colours that were multiplied by their transparency, divided by it again.
fn straighten(samples: &mut [u8], channels: Channels) {
    let count = channels.count();
    if !matches!(channels, Channels::GreyAlpha | Channels::Rgba) {
        return;
    }
    for pixel in samples.chunks_exact_mut(count) {
        let alpha = u32::from(pixel[count - 1]);
        for value in &mut pixel[..count - 1] {
            *value = (u32::from(*value) * 255 + alpha / 2).checked_div(alpha).unwrap_or(0).min(255) as u8;
        }
    }
}

/// Numbers and their colours. The decoder knows no palettes, so that it is given the numbers as greys, in a copy of the
/// file whose entry says so.
fn palette_samples(bytes: &[u8], reader: &mut Reader<'_>, limits: &Limits) -> Result<Raster, Fault> {
    let colours = reader.find_tag_unsigned_vec::<u16>(Tag::ColorMap).map_err(fault)?.unwrap_or_default();
    let bits = reader.find_tag_unsigned::<u8>(Tag::BitsPerSample).map_err(fault)?.unwrap_or(1);
    let count = 1usize << bits.min(8);
    if !matches!(bits, 1 | 2 | 4 | 8) || colours.len() < 3 * count {
        return Err(Fault::damaged("a palette that does not fit its numbers"));
    }
    // 256 times a byte, or that byte twice; some writers put the byte itself.
    let are_bytes = colours.iter().all(|value| *value < 256);
    let channel = |value: u16| if are_bytes { value as u8 } else { (value >> 8) as u8 };
    let palette = (0..count)
        .map(|number| [0, 1, 2].map(|part| channel(colours[part * count + number])))
        .collect::<Vec<_>>();
    let big = reader.byte_order() == ByteOrder::BigEndian;
    let entry = entry_at(bytes, big, PHOTOMETRIC)
        .ok_or_else(|| Fault::unsupported(Format::Tiff, "its palette lies in a file of 64-bit offsets"))?;
    let mut copy = bytes.to_vec();
    let grey = if big { GREY_FROM_BLACK.to_be_bytes() } else { GREY_FROM_BLACK.to_le_bytes() };
    copy[entry + 8..entry + 10].copy_from_slice(&grey);
    let mut reader = open(Cow::Owned(copy), limits)?;
    let (width, height) = reader.dimensions().map_err(fault)?;
    let mut numbers = narrow_samples(&mut reader, bits, 1)?;
    numbers.truncate(width as usize * height as usize);
    // Spread to 0 to 255 like greys; back to the numbers that they are.
    let spread = 255 / ((1u16 << bits) - 1) as u8;
    numbers.iter_mut().for_each(|number| *number /= spread);
    let samples = from_palette(&numbers, &palette);
    Ok(Raster { width, height, channels: Channels::Rgb, samples, model: Model::Palette, bits, alpha: false })
}

/// Where the entry of a tag stands in the first directory of a file of 32-bit offsets.
fn entry_at(bytes: &[u8], big: bool, tag: u16) -> Option<usize> {
    let two = |at: usize| {
        let pair = *bytes.get(at..)?.first_chunk::<2>()?;
        Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let directory = *bytes.get(4..)?.first_chunk::<4>()?;
    let directory = if big { u32::from_be_bytes(directory) } else { u32::from_le_bytes(directory) } as usize;
    if two(2)? != 42 {
        return None;
    }
    let entries = usize::from(two(directory)?);
    let entry = (0..entries).map(|number| directory + 2 + 12 * number).find(|at| two(*at) == Some(tag))?;
    (entry + 12 <= bytes.len()).then_some(entry)
}

fn fault(error: TiffError) -> Fault {
    match error {
        TiffError::IoError(error) => io_fault(&error),
        TiffError::UnsupportedError(error) => Fault::unsupported(Format::Tiff, error),
        TiffError::LimitsExceeded | TiffError::IntSizeError => {
            Fault::damaged("it asks for more memory than its size needs")
        }
        other => Fault::damaged(other),
    }
}
