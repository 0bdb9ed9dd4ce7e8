//! The boxes that image files are made of, walked from end to end without decoding a pixel: whether the file is whole, how
//! large the picture is, and where the blocks lie in which it speaks of itself.

pub(crate) mod gif;
pub(crate) mod heif;
pub(crate) mod jpeg;
pub(crate) mod png;
pub(crate) mod riff;

use std::borrow::Cow;

/// What a file carries beside its pixels, as bytes.
#[derive(Debug, Default)]
pub(crate) struct Blocks<'a> {
    /// EXIF, from its TIFF header on.
    pub(crate) exif: Option<Cow<'a, [u8]>>,
    /// XMP packets; the first is the main one.
    pub(crate) xmp: Vec<Cow<'a, [u8]>>,
    /// IPTC-IIM records.
    pub(crate) iptc: Option<Cow<'a, [u8]>>,
    /// ICC profile.
    pub(crate) icc: Option<Cow<'a, [u8]>>,
    /// JUMBF superboxes of a C2PA manifest store.
    pub(crate) c2pa: Option<Cow<'a, [u8]>>,
    /// Keyword and text of PNG.
    pub(crate) texts: Vec<(String, String)>,
}

/// A profile, packet or text above this many bytes is not looked into: real ones are a thousand times smaller.
pub(crate) const BLOCK_BYTES_MAX: usize = 8 << 20;

/// Big-endian number at a place.
pub(crate) fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Big-endian number at a place.
pub(crate) fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Little-endian number at a place.
pub(crate) fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Little-endian number at a place.
pub(crate) fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Unpacks a zlib stream of a block, up to [`BLOCK_BYTES_MAX`]; nothing when it is damaged or larger.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(bytes, BLOCK_BYTES_MAX).ok()
}
