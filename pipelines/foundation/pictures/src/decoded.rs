//! A picture: upright, sRGB, three bytes a pixel.

use crate::format::Format;
use crate::warning::Warning;

/// The colours that the samples of a file stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// One channel of light.
    Grey,
    /// Red, green, blue; also when stored as luma and chroma.
    Rgb,
    /// Numbers of colours in a palette.
    Palette,
    /// Four inks; also when stored as YCCK.
    Cmyk,
    /// CIE L*a*b*.
    Lab,
}

impl Model {
    /// The word for it, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Rgb => "rgb",
            Self::Palette => "palette",
            Self::Cmyk => "cmyk",
            Self::Lab => "lab",
        }
    }
}

/// What became of the colour profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// The file has none: sRGB by convention.
    Absent,
    /// The file's profile is sRGB, or so near that no 8-bit value moves.
    Srgb,
    /// Another profile: the pixels were brought to sRGB by it. Holds its own description.
    Applied(String),
    /// There is one that cannot be used; see the warnings.
    Unusable,
    /// Whether there is one was not asked: the pixels are as the file has them.
    Unused,
}

/// How colours stood in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour {
    /// What the samples stand for.
    pub model: Model,
    /// Bits of a sample.
    pub bits: u8,
    /// Whether the file has a channel or a key of transparency, used or not.
    pub alpha: bool,
    /// What became of the colour profile.
    pub profile: Profile,
}

/// A decoded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Red, green, blue; rows from the top, no padding: 3 x width x height bytes.
    pub pixels: Vec<u8>,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// What the file was.
    pub format: Format,
    /// EXIF orientation as the file gave it, 1 to 8; it has been applied. 1 when the file gives none.
    pub orientation: u8,
    /// How colours stood in the file.
    pub colour: Colour,
    /// What is odd about the file, in the order of [`Warning::ALL`].
    pub warnings: Vec<Warning>,
}
