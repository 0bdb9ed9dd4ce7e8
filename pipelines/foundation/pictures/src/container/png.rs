//! The chunks of a PNG file (ISO 15948; APNG and eXIf are extensions of it).

use std::borrow::Cow;

use super::{Blocks, u32_be, unpack};
use crate::fault::Fault;
use crate::warning::{Warning, Warnings};

const XMP_KEYWORD: &[u8] = b"XML:com.adobe.xmp";
/// EXIF as ImageMagick wrote it before there was a chunk for it.
const RAW_EXIF: &str = "Raw profile type exif";
const RAW_IPTC: &str = "Raw profile type iptc";

/// A walked PNG file.
#[derive(Debug)]
pub(crate) struct Png<'a> {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Frames of an animation; 1 without one.
    pub(crate) frames: u32,
    /// The file up to the end of its last chunk.
    pub(crate) end: usize,
    pub(crate) blocks: Blocks<'a>,
}

/// Walks a file to its last chunk.
pub(crate) fn walk<'a>(bytes: &'a [u8], warnings: &mut Warnings) -> Result<Png<'a>, Fault> {
    let mut png = Png { width: 0, height: 0, frames: 1, end: 8, blocks: Blocks::default() };
    png.run(bytes, warnings)?;
    if png.end < bytes.len() {
        warnings.add(Warning::TrailingBytes);
    }
    Ok(png)
}

/// The blocks of a file that may be damaged or cut: whatever was found before.
pub(crate) fn blocks(bytes: &[u8]) -> Blocks<'_> {
    let mut png = Png { width: 0, height: 0, frames: 1, end: 8, blocks: Blocks::default() };
    let _whole_or_not = png.run(bytes, &mut Warnings::default());
    png.blocks
}

impl<'a> Png<'a> {
    fn run(&mut self, bytes: &'a [u8], warnings: &mut Warnings) -> Result<(), Fault> {
        let cut = || Fault::truncated("it ends before its last chunk");
        let mut has_pixels = false;
        loop {
            let length = u32_be(bytes, self.end).ok_or_else(cut)? as usize;
            let head = self.end + 8;
            let kind = bytes.get(self.end + 4..head).ok_or_else(cut)?;
            let behind = head.checked_add(length).and_then(|end| end.checked_add(4)).ok_or_else(cut)?;
            if length > 0x7FFF_FFFF || !kind.iter().all(u8::is_ascii_alphabetic) {
                return Err(Fault::damaged(format!("a chunk called {}", String::from_utf8_lossy(kind))));
            }
            let body = bytes.get(head..behind - 4).ok_or_else(cut)?;
            let sum = u32_be(bytes, behind - 4).ok_or_else(cut)?;
            if self.width == 0 && kind != b"IHDR" {
                return Err(Fault::damaged("a PNG file that does not begin with its header"));
            }
            let is_critical = kind[0].is_ascii_uppercase();
            match crc32fast::hash(&bytes[self.end + 4..behind - 4]) == sum {
                true => self.take(kind, body)?,
                false if is_critical => return Err(Fault::damaged("the checksum of a chunk is wrong")),
                false => warnings.add(Warning::ChecksumWrong),
            }
            has_pixels |= kind == b"IDAT";
            self.end = behind;
            if kind == b"IEND" {
                return if has_pixels { Ok(()) } else { Err(Fault::truncated("it has no pixels")) };
            }
        }
    }

    fn take(&mut self, kind: &[u8], body: &'a [u8]) -> Result<(), Fault> {
        match kind {
            b"IHDR" => {
                let short = || Fault::damaged("a PNG header that is too short");
                self.width = u32_be(body, 0).ok_or_else(short)?;
                self.height = u32_be(body, 4).ok_or_else(short)?;
                if self.width == 0 || self.height == 0 {
                    return Err(Fault::damaged("a PNG header without a size"));
                }
            }
            b"acTL" => self.frames = u32_be(body, 0).unwrap_or(1).max(1),
            b"eXIf" if self.blocks.exif.is_none() => self.blocks.exif = Some(Cow::Borrowed(body)),
            b"caBX" if self.blocks.c2pa.is_none() => self.blocks.c2pa = Some(Cow::Borrowed(body)),
            b"iCCP" if self.blocks.icc.is_none() => self.blocks.icc = Some(Cow::Owned(profile_of(body))),
            b"iTXt" | b"tEXt" | b"zTXt" => self.text(kind, body),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, kind: &[u8], body: &'a [u8]) {
        let Some(end) = body.iter().position(|byte| *byte == 0) else { return };
        let (keyword, rest) = (&body[..end], &body[end + 1..]);
        let Some(text) = text_of(kind, rest) else { return };
        if keyword == XMP_KEYWORD {
            self.blocks.xmp.push(text);
            return;
        }
        let keyword = latin(keyword);
        if keyword == RAW_EXIF || keyword == RAW_IPTC {
            let raw = raw_profile(&text);
            if keyword == RAW_EXIF && self.blocks.exif.is_none() {
                self.blocks.exif =
                    raw.map(|raw| Cow::Owned(raw.strip_prefix(b"Exif\0\0").unwrap_or(&raw).to_vec()));
            } else if keyword == RAW_IPTC {
                let records = raw.map(|raw| super::jpeg::iptc_of(&raw).unwrap_or(&raw).to_vec());
                self.blocks.iptc = records.map(Cow::Owned);
            }
            return;
        }
        let text = if kind == b"iTXt" { String::from_utf8_lossy(&text).into_owned() } else { latin(&text) };
        self.blocks.texts.push((keyword, text));
    }
}

/// A profile behind its name and the number of its packing; empty when it cannot be unpacked.
fn profile_of(body: &[u8]) -> Vec<u8> {
    let packed = body.iter().position(|byte| *byte == 0).and_then(|end| body.get(end + 2..));
    packed.and_then(unpack).unwrap_or_default()
}

/// The text of one of the three chunks, unpacked.
fn text_of<'a>(kind: &[u8], rest: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    match kind {
        b"tEXt" => Some(Cow::Borrowed(rest)),
        b"zTXt" => unpack(rest.get(1..)?).map(Cow::Owned),
        _ => {
            // Whether it is packed, how, and two words with a zero behind each: language and translated keyword.
            let is_packed = *rest.first()? == 1;
            let mut body = rest.get(2..)?;
            for _ in 0..2 {
                let end = body.iter().position(|byte| *byte == 0)?;
                body = &body[end + 1..];
            }
            if is_packed { unpack(body).map(Cow::Owned) } else { Some(Cow::Borrowed(body)) }
        }
    }
}

/// ISO 8859-1.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// A block as hexadecimal text: a line with its name, a line with its length, and the digits.
fn raw_profile(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?;
    let mut lines = text.trim_start().lines();
    lines.next()?;
    let length = lines.next()?.trim().parse::<usize>().ok()?;
    let digits =
        lines.flat_map(|line| line.chars()).filter_map(|digit| digit.to_digit(16)).collect::<Vec<_>>();
    let bytes = digits.chunks_exact(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect::<Vec<_>>();
    (bytes.len() == length).then_some(bytes)
}
