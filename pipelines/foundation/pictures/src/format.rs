//! What a file is, by its first bytes and never by its name or by what a server says of it.

/// A kind of image file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// JPEG (ISO 10918-1).
    Jpeg,
    /// PNG, APNG.
    Png,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// BMP, as Windows writes it.
    Bmp,
    /// TIFF.
    Tiff,
    /// AVIF: decoded by the program of libheif, where that is allowed.
    Avif,
    /// HEIC, HEIF: decoded by the program of libheif, where that is allowed.
    Heic,
    /// JPEG XL: recognised, not decoded.
    JpegXl,
    /// JPEG 2000: recognised, not decoded.
    Jpeg2000,
    /// Photoshop document: recognised, not decoded.
    Psd,
    /// Windows icon: recognised, not decoded.
    Ico,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Gif,
        Self::Bmp,
        Self::Tiff,
        Self::Avif,
        Self::Heic,
        Self::JpegXl,
        Self::Jpeg2000,
        Self::Psd,
        Self::Ico,
    ];

    /// The word for it, in lower case: `jpeg`, `png`, …
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
            Self::Avif => "avif",
            Self::Heic => "heic",
            Self::JpegXl => "jpeg_xl",
            Self::Jpeg2000 => "jpeg_2000",
            Self::Psd => "psd",
            Self::Ico => "ico",
        }
    }

    /// How a file of it is called, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Tiff => "tif",
            Self::JpegXl => "jxl",
            Self::Jpeg2000 => "jp2",
            other => other.name(),
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
            Self::JpegXl => "image/jxl",
            Self::Jpeg2000 => "image/jp2",
            Self::Psd => "image/vnd.adobe.photoshop",
            Self::Ico => "image/vnd.microsoft.icon",
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
            Self::Avif => "AVIF",
            Self::Heic => "HEIC",
            Self::JpegXl => "JPEG XL",
            Self::Jpeg2000 => "JPEG 2000",
            Self::Psd => "Photoshop document",
            Self::Ico => "Windows icon",
        })
    }
}

/// What a file is that is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Other {
    /// A web page.
    Html,
    /// A drawing that is a program for a renderer, not pixels.
    Svg,
    /// Other XML.
    Xml,
    /// JSON.
    Json,
    /// Text of no known kind.
    Text,
    /// PDF.
    Pdf,
    /// MP4, QuickTime and their relatives.
    Mp4,
    /// Matroska, WebM.
    Matroska,
    /// ZIP, and what is made of it (office documents, packages).
    Zip,
    /// gzip.
    Gzip,
    /// Nothing of these.
    Unknown,
}

impl Other {
    /// The word for it, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Text => "text",
            Self::Pdf => "pdf",
            Self::Mp4 => "mp4",
            Self::Matroska => "matroska",
            Self::Zip => "zip",
            Self::Gzip => "gzip",
            Self::Unknown => "unknown",
        }
    }
}

impl std::fmt::Display for Other {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Html => "a web page",
            Self::Svg => "an SVG drawing",
            Self::Xml => "XML",
            Self::Json => "JSON",
            Self::Text => "text",
            Self::Pdf => "a PDF document",
            Self::Mp4 => "an MP4 film",
            Self::Matroska => "a Matroska film",
            Self::Zip => "a ZIP archive",
            Self::Gzip => "a gzip archive",
            Self::Unknown => "something unknown",
        })
    }
}

/// So many bytes are looked at to tell what text is.
const TEXT_BYTES: usize = 1024;

/// What the first bytes say.
pub fn recognise(bytes: &[u8]) -> Result<Format, Other> {
    let at = |place: usize, what: &[u8]| bytes.get(place..place + what.len()) == Some(what);
    if at(0, &[0xFF, 0xD8, 0xFF]) {
        return Ok(Format::Jpeg);
    }
    if at(0, b"\x89PNG\r\n\x1a\n") {
        return Ok(Format::Png);
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Ok(Format::Webp);
    }
    if at(0, b"GIF87a") || at(0, b"GIF89a") {
        return Ok(Format::Gif);
    }
    if at(0, b"II*\0") || at(0, b"MM\0*") || at(0, b"II+\0") || at(0, b"MM\0+") {
        return Ok(Format::Tiff);
    }
    if at(0, &[0xFF, 0x0A]) || at(0, b"\0\0\0\x0cJXL \r\n\x87\n") {
        return Ok(Format::JpegXl);
    }
    if at(0, b"\0\0\0\x0cjP  \r\n\x87\n") || at(0, &[0xFF, 0x4F, 0xFF, 0x51]) {
        return Ok(Format::Jpeg2000);
    }
    if at(0, b"8BPS\0") {
        return Ok(Format::Psd);
    }
    if at(4, b"ftyp") {
        return box_brand(bytes);
    }
    if is_bmp(bytes) {
        return Ok(Format::Bmp);
    }
    if is_ico(bytes) {
        return Ok(Format::Ico);
    }
    if at(0, b"%PDF-") {
        return Err(Other::Pdf);
    }
    if at(0, b"PK\x03\x04") || at(0, b"PK\x05\x06") {
        return Err(Other::Zip);
    }
    if at(0, &[0x1F, 0x8B]) {
        return Err(Other::Gzip);
    }
    if at(0, &[0x1A, 0x45, 0xDF, 0xA3]) {
        return Err(Other::Matroska);
    }
    Err(text_kind(bytes))
}

/// ISO base media files by the brands of their `ftyp` box.
fn box_brand(bytes: &[u8]) -> Result<Format, Other> {
    let length = bytes.first_chunk::<4>().map_or(0, |size| u32::from_be_bytes(*size) as usize);
    let end = length.min(bytes.len()).min(256);
    let brands = bytes.get(8..end).unwrap_or_default().chunks_exact(4);
    for (number, brand) in brands.enumerate() {
        // The second word is a version, not a brand.
        match brand {
            _ if number == 1 => {}
            b"avif" | b"avis" => return Ok(Format::Avif),
            b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" => return Ok(Format::Heic),
            b"mif1" | b"msf1" if length <= 16 => return Ok(Format::Heic),
            b"jxl " => return Ok(Format::JpegXl),
            b"jp2 " | b"jpx " => return Ok(Format::Jpeg2000),
            _ => {}
        }
    }
    Err(Other::Mp4)
}

/// `BM`, and an information header of a size that exists: two letters alone begin many a text.
fn is_bmp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM")
        && bytes
            .get(14..18)
            .is_some_and(|size| matches!(size, [12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
}

/// An icon or cursor with at least one picture in it, its fourth byte of the entry zero as reserved.
fn is_ico(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, 1 | 2, 0, count, 0, _, _, _, 0, ..] if *count > 0)
}

/// Text by its first words; what is no text is unknown.
fn text_kind(bytes: &[u8]) -> Other {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = &bytes[..bytes.len().min(TEXT_BYTES)];
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    if head.iter().any(control) || !almost_utf8(head, bytes.len() > TEXT_BYTES) {
        return Other::Unknown;
    }
    let text = String::from_utf8_lossy(head).trim_start().to_ascii_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if begins(&[
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<script",
        "<title",
        "<meta",
        "<div",
        "<!doctype",
    ]) {
        return Other::Html;
    }
    if begins(&["<svg"]) || begins(&["<?xml", "<!--"]) && text.contains("<svg") {
        return Other::Svg;
    }
    if begins(&["<?xml", "<!--"]) && text.contains("<html") {
        return Other::Html;
    }
    if begins(&["<?xml", "<!--", "<rss", "<error"]) {
        return Other::Xml;
    }
    if begins(&["{", "["]) {
        return Other::Json;
    }
    if text.contains("<html") || text.contains("<!doctype html") {
        return Other::Html;
    }
    Other::Text
}

/// UTF-8, or a single-byte text of Latin letters; a character that is cut by the window does not count against it.
fn almost_utf8(head: &[u8], is_cut: bool) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) if is_cut && error.error_len().is_none() => true,
        Err(_) => {
            let high = head.iter().filter(|byte| **byte >= 0x80).count();
            high * 4 < head.len()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_named() {
        let cases: [(&[u8], Other); 14] = [
            (b"\n <!DOCTYPE html><html>", Other::Html),
            (b"<HTML><body>not found", Other::Html),
            (b"<?xml version=\"1.0\"?>\n<html xmlns=", Other::Html),
            (b"<?xml version=\"1.0\"?><svg xmlns=", Other::Svg),
            (b"\xEF\xBB\xBF<svg width=\"3\">", Other::Svg),
            (b"<?xml version=\"1.0\"?><Error><Code>AccessDenied", Other::Xml),
            (b"{\"error\": 404}", Other::Json),
            (b"not found\n", Other::Text),
            (b"%PDF-1.7\n", Other::Pdf),
            (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", Other::Mp4),
            (b"PK\x03\x04\x14\0", Other::Zip),
            (b"\x1f\x8b\x08\0", Other::Gzip),
            (b"\x1a\x45\xdf\xa3\x01", Other::Matroska),
            (b"\0\x01\x02\x03\xff\xfe", Other::Unknown),
        ];
        for (bytes, other) in cases {
            assert_eq!(recognise(bytes), Err(other), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn pictures_that_are_not_read_are_named_as_pictures() {
        let cases: [(&[u8], Format); 7] = [
            (b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf", Format::Avif),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Format::Heic),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Format::Heic),
            (b"\xff\x0a\xfa\x1f", Format::JpegXl),
            (b"\0\0\0\x0cjP  \r\n\x87\n", Format::Jpeg2000),
            (b"8BPS\0\x01", Format::Psd),
            (b"\0\0\x01\0\x01\0\x20\x20\0\0\x01\0", Format::Ico),
        ];
        for (bytes, format) in cases {
            assert_eq!(recognise(bytes), Ok(format));
        }
    }

    #[test]
    fn two_letters_do_not_make_a_bitmap() {
        assert_eq!(recognise(b"BMW is a maker of cars"), Err(Other::Text));
    }
}
