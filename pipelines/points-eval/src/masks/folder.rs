//! A mask as a PNG file: what is not black is inside.

use pixmo_pictures::{Format, Limits, decode_stored};

use crate::rle::Rle;

/// The mask of a file; or what is wrong with it.
pub(super) fn parse(bytes: &[u8]) -> Result<Rle, String> {
    let picture = decode_stored(bytes, &Limits::default()).map_err(|error| error.to_string())?;
    if picture.format != Format::Png {
        return Err(format!("it is `{}`, expected a PNG file", picture.format.name()));
    }
    if picture.colour.alpha {
        return Err("it can be transparent, expected black outside and white inside".to_owned());
    }
    let (width, height) = (picture.width, picture.height);
    let is_inside = |x: u32, y: u32| {
        let at = (y as usize * width as usize + x as usize) * 3;
        picture.pixels[at..at + 3].iter().any(|value| *value > 0)
    };
    Rle::of(width, height, is_inside).map_err(|error| error.to_string())
}
