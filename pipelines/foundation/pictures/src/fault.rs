//! Why there is no picture: a closed list.

use crate::format::{Format, Other};

/// Which limit a picture is above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Bytes of the file.
    Bytes,
    /// Width times height.
    Pixels,
    /// The longer of width and height, in pixels.
    Side,
}

impl std::fmt::Display for Extent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::Pixels => "pixels",
            Self::Side => "pixels a side",
        })
    }
}

/// Why the bytes of a file gave no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There are no bytes.
    #[error("the file is empty")]
    Empty,
    /// The bytes are of something else.
    #[error("the file is no picture but {found}")]
    NotAnImage {
        /// What it is, as far as its first bytes tell.
        found: Other,
    },
    /// A picture of a kind that is not read here.
    #[error("{format} is not read here: {why}")]
    Unsupported {
        /// The format, by content.
        format: Format,
        /// What stands against it.
        why: String,
    },
    /// Above a limit, by what its header says.
    #[error("the picture has {found} {extent}, at most {most} are allowed")]
    TooLarge {
        /// Which limit.
        extent: Extent,
        /// What the header says.
        found: u64,
        /// The limit.
        most: u64,
    },
    /// Above a limit, and the file far too small for what it unfolds to.
    #[error("{bytes} bytes would unfold to {pixels} pixels")]
    Bomb {
        /// Width times height, by its header.
        pixels: u64,
        /// Bytes of the file.
        bytes: u64,
    },
    /// The file ends before its picture does.
    #[error("the file is cut off: {detail}")]
    Truncated {
        /// What was missing.
        detail: String,
    },
    /// The file contradicts its own format.
    #[error("the file is damaged: {detail}")]
    Damaged {
        /// What was found.
        detail: String,
    },
}

/// A decoder's own words are kept to this many characters.
const DETAIL_CHARS_MAX: usize = 200;

impl Fault {
    /// The class, in snake case: the word it is counted under.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotAnImage { .. } => "not_an_image",
            Self::Unsupported { .. } => "unsupported",
            Self::TooLarge { .. } => "too_large",
            Self::Bomb { .. } => "bomb",
            Self::Truncated { .. } => "truncated",
            Self::Damaged { .. } => "damaged",
        }
    }

    pub(crate) fn truncated(detail: impl std::fmt::Display) -> Self {
        Self::Truncated { detail: shortened(&detail) }
    }

    pub(crate) fn damaged(detail: impl std::fmt::Display) -> Self {
        Self::Damaged { detail: shortened(&detail) }
    }

    pub(crate) fn unsupported(format: Format, why: impl std::fmt::Display) -> Self {
        Self::Unsupported { format, why: shortened(&why) }
    }
}

fn shortened(detail: &impl std::fmt::Display) -> String {
    detail.to_string().chars().take(DETAIL_CHARS_MAX).collect()
}
