//! The chunks of a WebP file (RFC 9649).

use std::borrow::Cow;

use super::{Blocks, u16_le, u32_le};
use crate::fault::Fault;
use crate::warning::{Warning, Warnings};

/// A walked WebP file.
#[derive(Debug, Default)]
pub(crate) struct Webp<'a> {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Frames of an animation; 0 without one.
    pub(crate) frames: u32,
    /// Whether the size of the canvas is from the extended header.
    is_extended: bool,
    has_pixels: bool,
    pub(crate) blocks: Blocks<'a>,
}

/// Walks a file to its end.
pub(crate) fn walk<'a>(bytes: &'a [u8], warnings: &mut Warnings) -> Result<Webp<'a>, Fault> {
    let mut webp = Webp::default();
    webp.run(bytes, warnings)?;
    if !webp.has_pixels {
        return Err(Fault::damaged("a WebP file without a picture"));
    }
    Ok(webp)
}
/// The blocks of a file that may be damaged or cut: whatever was found before.
pub(crate) fn blocks(bytes: &[u8]) -> Blocks<'_> {
    let mut webp = Webp::default();
    let _whole_or_not = webp.run(bytes, &mut Warnings::default());
    webp.blocks
}

impl<'a> Webp<'a> {
    fn run(&mut self, bytes: &'a [u8], warnings: &mut Warnings) -> Result<(), Fault> {
        let cut = || Fault::truncated("it ends before its last chunk");
        let end = (u32_le(bytes, 4).ok_or_else(cut)? as usize).saturating_add(8);
        match end.saturating_add(end % 2).cmp(&bytes.len()) {
            std::cmp::Ordering::Greater if end > bytes.len() => {
                // What is there is read for its blocks.
                let _found = self.chunks(bytes, &mut Warnings::default());
                return Err(Fault::truncated("it is shorter than its header says"));
            }
            std::cmp::Ordering::Less => warnings.add(Warning::TrailingBytes),
            _ => {}
        }
        self.chunks(&bytes[..end], warnings)
    }

    fn chunks(&mut self, bytes: &'a [u8], warnings: &mut Warnings) -> Result<(), Fault> {
        let cut = || Fault::truncated("a chunk reaches over the end");
        let mut at = 12;
        while at < bytes.len() {
            if bytes.len() - at < 8 {
                warnings.add(Warning::LengthWrong);
                return Ok(());
            }
            let kind = &bytes[at..at + 4];
            let length = u32_le(bytes, at + 4).ok_or_else(cut)? as usize;
            let body = bytes.get(at + 8..(at + 8).saturating_add(length)).ok_or_else(cut)?;
            self.take(kind, body)?;
            at += 8 + length + length % 2;
        }
        Ok(())
    }

    fn take(&mut self, kind: &[u8], body: &'a [u8]) -> Result<(), Fault> {
        let short = || Fault::damaged("a chunk that is too short");
        match kind {
            b"VP8X" => {
                let number = |at: usize| -> Result<u32, Fault> {
                    let low = u16_le(body, at).ok_or_else(short)?;
                    Ok(u32::from(low) | u32::from(*body.get(at + 2).ok_or_else(short)?) << 16)
                };
                (self.width, self.height) = (number(4)? + 1, number(7)? + 1);
                self.is_extended = true;
            }
            b"VP8 " => self.size(|| Some((u16_le(body, 6)? & 0x3FFF, u16_le(body, 8)? & 0x3FFF)))?,
            b"VP8L" => self.size(|| {
                let bits = u32_le(body, 1)?;
                Some(((bits & 0x3FFF) as u16 + 1, (bits >> 14 & 0x3FFF) as u16 + 1))
            })?,
            b"ANMF" => {
                self.frames += 1;
                self.has_pixels = true;
            }
            b"ICCP" if self.blocks.icc.is_none() => self.blocks.icc = Some(Cow::Borrowed(body)),
            b"EXIF" if self.blocks.exif.is_none() => {
                // Some writers keep the name that it has in a JPEG.
                let body = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
                self.blocks.exif = Some(Cow::Borrowed(body));
            }
            b"XMP " => self.blocks.xmp.push(Cow::Borrowed(body)),
            b"C2PA" if self.blocks.c2pa.is_none() => self.blocks.c2pa = Some(Cow::Borrowed(body)),
            _ => {}
        }
        Ok(())
    }

    fn size(&mut self, read: impl FnOnce() -> Option<(u16, u16)>) -> Result<(), Fault> {
        let (width, height) = read().ok_or_else(|| Fault::damaged("a picture chunk that is too short"))?;
        self.has_pixels = true;
        if !self.is_extended {
            (self.width, self.height) = (u32::from(width), u32::from(height));
        }
        Ok(())
    }
}
