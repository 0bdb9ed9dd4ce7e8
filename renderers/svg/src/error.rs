//! Why an SVG document gives no picture.

/// Why an SVG document gives no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SvgError {
    /// It is not XML or not SVG.
    #[error("not a drawable SVG document: {0}")]
    Malformed(String),
    /// The document is longer than is read.
    #[error("the document has {bytes} bytes, at most {limit} are read")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// What is read.
        limit: usize,
    },
    /// The picture has too many pixels.
    #[error(
        "the picture is {width} x {height} pixels, at most {side_max} a side and {pixels_max} in all can be drawn"
    )]
    TooLarge {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
        /// Largest side.
        side_max: u32,
        /// Largest area.
        pixels_max: u64,
    },
    /// Elements are nested too deeply.
    #[error("elements are nested deeper than {limit}")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// There are too many elements, counting each use of a definition.
    #[error("the document has more than {limit} elements, counting each use of a definition")]
    TooMany {
        /// The limit.
        limit: u64,
    },
    /// A definition uses itself.
    #[error("definition `{id}` uses itself")]
    Loop {
        /// Its id.
        id: String,
    },
    /// Too many half-transparent, masked or clipped groups for a picture of this size.
    #[error("{layers} groups with opacity, mask or clip on {pixels} pixels are too much work")]
    TooManyLayers {
        /// How many.
        layers: u64,
        /// Size of the picture.
        pixels: u64,
    },
    /// It would take too long to paint.
    #[error("the document has too many {what} for a picture: it would take seconds to paint")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
    },
    /// The document uses something that reaches outside or is not drawn here.
    #[error("line {line}: `{what}` is refused: a picture is made of shapes and text of its own")]
    Refused {
        /// Line in the document, from 1.
        line: u32,
        /// What it is.
        what: String,
    },
    /// No bundled face has a glyph for a character.
    #[error("no bundled font has a glyph for a character in `{text}`")]
    MissingGlyph {
        /// The text that holds the character.
        text: String,
    },
}

impl SvgError {
    /// What the readers say, who may quote names that are as long as they like.
    pub(crate) fn malformed(error: &impl std::fmt::Display) -> Self {
        Self::Malformed(error.to_string().chars().take(300).collect())
    }
}
