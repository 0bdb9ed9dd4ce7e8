//! What the first bytes of a file say it is. Names of files are never asked: people rename them.

/// How many bytes [`of`] wants to see.
pub const BYTES: usize = 512;

/// What a file begins like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A container or stream that may hold sound.
    Audio(&'static str),
    /// Something else, with its article.
    Other(&'static str),
    /// Nothing that is known here; a decoder may still find a stream in it.
    Unknown,
}

/// What stands at the beginning, and what that is.
const STARTS: &[(&[u8], Kind)] = &[
    (b"\x1a\x45\xdf\xa3", Kind::Audio("webm")),
    (b"OggS", Kind::Audio("ogg")),
    (b"fLaC", Kind::Audio("flac")),
    (b"ID3", Kind::Audio("mp3")),
    (b"\x89PNG", Kind::Other("a PNG picture")),
    (b"\xff\xd8\xff", Kind::Other("a JPEG picture")),
    (b"GIF8", Kind::Other("a GIF picture")),
    (b"BM", Kind::Other("a BMP picture")),
    (b"%PDF", Kind::Other("a PDF document")),
    (b"PK\x03\x04", Kind::Other("a ZIP archive")),
    (b"\x1f\x8b", Kind::Other("a gzip file")),
    (b"\x28\xb5\x2f\xfd", Kind::Other("a zstd file")),
    (b"\x7fELF", Kind::Other("a program")),
    (b"PAR1", Kind::Other("a Parquet file")),
    (b"lmgg", Kind::Other("a model of whisper.cpp")),
    (b"SQLite format 3", Kind::Other("an SQLite database")),
];

/// What a file is whose first bytes (up to [`BYTES`]) these are.
#[must_use]
pub fn of(bytes: &[u8]) -> Kind {
    if let Some((_, kind)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return *kind;
    }
    match (bytes.get(..4), bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WAVE")) => return Kind::Audio("wav"),
        (Some(b"RIFF"), _, Some(b"WEBP")) => return Kind::Other("a WebP picture"),
        (Some(b"RIFF"), _, Some(b"AVI ")) => return Kind::Other("an AVI film"),
        (_, Some(b"ftyp"), Some(b"avif" | b"heic" | b"mif1")) => return Kind::Other("an HEIF picture"),
        (_, Some(b"ftyp"), _) => return Kind::Audio("mp4"),
        _ => {}
    }
    match bytes {
        // Twelve set bits, then the layer: 0 is AAC in ADTS, the others are those of MPEG audio.
        [0xff, second, ..] if second & 0xf6 == 0xf0 => Kind::Audio("aac"),
        [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 => Kind::Audio("mp3"),
        _ if is_text(bytes) => Kind::Other("text"),
        _ => Kind::Unknown,
    }
}

/// At least 16 bytes, all of them characters that people write.
fn is_text(bytes: &[u8]) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // Cut in the middle of a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    text.len() >= 16 && text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_known() {
        assert_eq!(of(b"RIFF\x24\0\0\0WAVEfmt "), Kind::Audio("wav"));
        assert_eq!(of(b"RIFF\x24\0\0\0WEBPVP8 "), Kind::Other("a WebP picture"));
        assert_eq!(of(b"\0\0\0\x1cftypM4A "), Kind::Audio("mp4"));
        assert_eq!(of(&[0xff, 0xf1, 0x50]), Kind::Audio("aac"));
        assert_eq!(of(&[0xff, 0xfb, 0x90]), Kind::Audio("mp3"));
        assert_eq!(of("ein längerer Text mit Umlauten".as_bytes()), Kind::Other("text"));
        assert_eq!(of(b""), Kind::Unknown);
        assert_eq!(of(&[0; 64]), Kind::Unknown);
    }
}
