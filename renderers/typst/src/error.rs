//! Why a source gives no picture.

/// Why a Typst source gives no scene.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypstError {
    /// Typst refused the source, or warned about it: a warning means that the page is not what its author wanted.
    #[error("line {line}: {message}")]
    Source {
        /// Line in the source, from 1; 0 when Typst names no place.
        line: usize,
        /// What Typst says.
        message: String,
    },
    /// The source is longer than is read.
    #[error("the source has {bytes} bytes, at most {limit} are read")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// What is read.
        limit: usize,
    },
    /// The source uses something that could run without end or reach outside.
    #[error("line {line}: `{what}` is refused: a page is a description, write its parts out")]
    Refused {
        /// Line in the source, from 1.
        line: usize,
        /// The construct.
        what: String,
    },
    /// The source is nested too deeply.
    #[error("the source is nested deeper than {limit}; each sign of a sum counts")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The source describes too much, once every use of its definitions is written out.
    #[error("the page has more than {limit} parts, counting each use of a definition")]
    TooMuch {
        /// The limit.
        limit: u64,
    },
    /// The content does not fit on one page.
    #[error("the content takes {pages} pages, it must fit on one")]
    Overflow {
        /// How many pages it took.
        pages: usize,
    },
    /// The page is too small or too large.
    #[error("the page is {width} x {height} pixels, each side must be from {min} to {max}")]
    PageSize {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Least length of a side.
        min: u32,
        /// Largest length of a side.
        max: u32,
    },
    /// No bundled face has a glyph for a character.
    #[error("font `{family}` has no glyph for a character in `{text}`")]
    MissingGlyph {
        /// The family that was tried last.
        family: String,
        /// The text that holds the character.
        text: String,
    },
    /// The page holds something that a scene has no form for.
    #[error("a scene cannot hold {what}")]
    Unsupported {
        /// What it is.
        what: &'static str,
    },
    /// A link does not say what the text means.
    #[error("link `{link}` is neither `d:TABLE/ROW/COLUMN` nor `r:ROLE`, nor such parts joined by `;`")]
    Link {
        /// The link.
        link: String,
    },
}
