//! What is odd in a file that still gives its picture: a closed list, in the order of the list and each at most once.

/// Something odd that lost no pixel, or less than would make the picture useless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// Bytes follow the end of the picture.
    TrailingBytes,
    /// A length that the file gives for itself is not its own; the picture is whole.
    LengthWrong,
    /// A checksum of something beside the picture is wrong.
    ChecksumWrong,
    /// A progressive JPEG stops before its coefficients have all their bits: whole, but coarser than it was meant.
    ScansMissing,
    /// Restart markers of a JPEG are missing or out of order; no code was lost by it.
    RestartsWrong,
    /// There are more frames or pages; this is the first one.
    FirstFrameOnly,
    /// The frame does not cover its canvas; the rest is white.
    CanvasPartlyCovered,
    /// Something was transparent and is laid over white.
    AlphaOverWhite,
    /// Samples of more than 8 bits were rounded to 8.
    BitsReduced,
    /// The colour profile cannot be read; the colours are taken as sRGB, or as plain inks.
    ProfileBroken,
    /// The colour profile is for another kind of colours than the picture has.
    ProfileOfOtherColours,
    /// Inks without a profile, mixed by a plain formula.
    InksWithoutProfile,
    /// The EXIF block cannot be read, or only in part.
    ExifBroken,
    /// An orientation that is not 1 to 8; the picture is left as it lies.
    OrientationInvalid,
}

impl Warning {
    /// All of them, in order.
    pub const ALL: [Self; 14] = [
        Self::TrailingBytes,
        Self::LengthWrong,
        Self::ChecksumWrong,
        Self::ScansMissing,
        Self::RestartsWrong,
        Self::FirstFrameOnly,
        Self::CanvasPartlyCovered,
        Self::AlphaOverWhite,
        Self::BitsReduced,
        Self::ProfileBroken,
        Self::ProfileOfOtherColours,
        Self::InksWithoutProfile,
        Self::ExifBroken,
        Self::OrientationInvalid,
    ];

    /// The word it is counted under.
    pub fn name(self) -> &'static str {
        match self {
            Self::TrailingBytes => "trailing_bytes",
            Self::LengthWrong => "length_wrong",
            Self::ChecksumWrong => "checksum_wrong",
            Self::ScansMissing => "scans_missing",
            Self::RestartsWrong => "restarts_wrong",
            Self::FirstFrameOnly => "first_frame_only",
            Self::CanvasPartlyCovered => "canvas_partly_covered",
            Self::AlphaOverWhite => "alpha_over_white",
            Self::BitsReduced => "bits_reduced",
            Self::ProfileBroken => "profile_broken",
            Self::ProfileOfOtherColours => "profile_of_other_colours",
            Self::InksWithoutProfile => "inks_without_profile",
            Self::ExifBroken => "exif_broken",
            Self::OrientationInvalid => "orientation_invalid",
        }
    }
}

/// Warnings of one file while it is read.
#[derive(Debug, Default)]
pub(crate) struct Warnings(Vec<Warning>);

impl Warnings {
    pub(crate) fn add(&mut self, warning: Warning) {
        if let Err(place) = self.0.binary_search(&warning) {
            self.0.insert(place, warning);
        }
    }

    pub(crate) fn into_vec(self) -> Vec<Warning> {
        self.0
    }
}
