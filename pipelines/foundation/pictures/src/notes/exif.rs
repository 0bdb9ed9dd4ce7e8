//! EXIF: which way is up, and whose the picture is.

use exif::{Exif, In, Reader, Tag, Value};

use super::{About, Notes};
use crate::warning::{Warning, Warnings};

/// Tags that are read, what they are about, and where they stand.
const TEXTS: [(Tag, About, &str); 2] =
    [(Tag::Copyright, About::Copyright, "exif:Copyright"), (Tag::Artist, About::Creator, "exif:Artist")];

/// A block is read as far as it makes sense; what is broken in it is left out.
fn parse(bytes: &[u8], is_broken: &mut bool) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let read =
        reader.read_raw(bytes.to_vec()).or_else(|error| error.distill_partial_result(|_| *is_broken = true));
    *is_broken |= read.is_err();
    read.ok()
}

/// The orientation of a block, 1 to 8; 1 when it gives none or a wrong one.
pub(crate) fn orientation(bytes: &[u8], warnings: &mut Warnings) -> u8 {
    let mut is_broken = false;
    let exif = parse(bytes, &mut is_broken);
    if is_broken {
        warnings.add(Warning::ExifBroken);
    }
    let field = exif.as_ref().and_then(|exif| exif.get_field(Tag::Orientation, In::PRIMARY));
    match field.and_then(|field| field.value.get_uint(0)) {
        Some(value @ 1..=8) => value as u8,
        // Cameras without a sensor write 0.
        Some(0) | None => 1,
        Some(_) => {
            warnings.add(Warning::OrientationInvalid);
            1
        }
    }
}

/// Adds what a block says of rights.
pub(crate) fn read(bytes: &[u8], notes: &mut Notes) {
    let mut is_broken = false;
    let exif = parse(bytes, &mut is_broken);
    if is_broken {
        notes.unreadable.push("exif");
    }
    let Some(exif) = exif else { return };
    for (tag, about, place) in TEXTS {
        let Some(Value::Ascii(parts)) = exif.get_field(tag, In::PRIMARY).map(|field| &field.value) else {
            continue;
        };
        // Copyright holds that of the photographer and, behind a zero, that of the editor.
        for part in parts {
            notes.add(about, place, &String::from_utf8_lossy(part));
        }
    }
}
