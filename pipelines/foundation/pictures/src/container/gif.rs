//! The blocks of a GIF file (GIF89a).

use std::borrow::Cow;

use super::{Blocks, u16_le};
use crate::fault::Fault;
use crate::warning::{Warning, Warnings};

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const TRAILER: u8 = 0x3B;
/// Label of an application's extension, whose first block is its name: 8 letters and 3 of a code.
const APPLICATION: u8 = 0xFF;
/// XMP is not cut into blocks; a ramp of 258 bytes behind it leads a reader of blocks out of it.
const XMP_RAMP_BYTES: usize = 258;

/// A walked GIF file.
#[derive(Debug, Default)]
pub(crate) struct Gif<'a> {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) frames: u32,
    pub(crate) blocks: Blocks<'a>,
}

/// Walks a file to its trailer.
pub(crate) fn walk<'a>(bytes: &'a [u8], warnings: &mut Warnings) -> Result<Gif<'a>, Fault> {
    let mut gif = Gif::default();
    let end = gif.run(bytes)?;
    if end < bytes.len() {
        warnings.add(Warning::TrailingBytes);
    }
    if gif.frames == 0 {
        return Err(Fault::damaged("a GIF file without a picture"));
    }
    Ok(gif)
}

/// The blocks of a file that may be damaged or cut: whatever was found before.
pub(crate) fn blocks(bytes: &[u8]) -> Blocks<'_> {
    let mut gif = Gif::default();
    let _whole_or_not = gif.run(bytes);
    gif.blocks
}

impl<'a> Gif<'a> {
    fn run(&mut self, bytes: &'a [u8]) -> Result<usize, Fault> {
        let cut = || Fault::truncated("it ends before its trailer");
        (self.width, self.height) = u16_le(bytes, 6)
            .zip(u16_le(bytes, 8))
            .map(|(width, height)| (u32::from(width), u32::from(height)))
            .ok_or_else(cut)?;
        let mut at = 13 + table_bytes(*bytes.get(10).ok_or_else(cut)?);
        loop {
            let kind = *bytes.get(at).ok_or_else(cut)?;
            match kind {
                TRAILER => return Ok(at + 1),
                EXTENSION => {
                    let label = *bytes.get(at + 1).ok_or_else(cut)?;
                    let end = blocks_end(bytes, at + 2).ok_or_else(cut)?;
                    if label == APPLICATION {
                        self.application(&bytes[at + 2..end]);
                    }
                    at = end;
                }
                IMAGE => {
                    let flags = *bytes.get(at + 9).ok_or_else(cut)?;
                    // The table, and a byte with the width of the first codes.
                    let code = at + 10 + table_bytes(flags) + 1;
                    at = blocks_end(bytes, code).ok_or_else(cut)?;
                    self.frames += 1;
                }
                _ => return Err(Fault::damaged(format!("a block of kind {kind:#04x} in a GIF file"))),
            }
        }
    }

    /// XMP and ICC profiles of application extensions; `blocks` from the length of the first on.
    fn application(&mut self, blocks: &'a [u8]) {
        let Some(name) = blocks.get(1..12) else { return };
        let rest = &blocks[12..];
        match name {
            b"XMP DataXMP" => {
                let length = rest.len().saturating_sub(XMP_RAMP_BYTES);
                self.blocks.xmp.push(Cow::Borrowed(&rest[..length]));
            }
            b"ICCRGBG1012" => self.blocks.icc = Some(Cow::Owned(joined(rest))),
            _ => {}
        }
    }
}

/// Bytes of a table of colours, by the flags before it.
fn table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Behind the empty block that ends a row of blocks.
fn blocks_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            0 => return Some(at + 1),
            length => at += 1 + usize::from(length),
        }
    }
}

fn joined(blocks: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut at = 0;
    while let Some(length) = blocks.get(at).copied().filter(|length| *length > 0) {
        bytes.extend_from_slice(blocks.get(at + 1..at + 1 + usize::from(length)).unwrap_or_default());
        at += 1 + usize::from(length);
    }
    bytes
}
