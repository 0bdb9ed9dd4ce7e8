//! Why a label of an image gives no row: a closed list.

/// Why there is no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// What people said does not stand.
    Answers(pixmo_answers::Reason),
    /// Models may learn from the image, so that nothing is measured with it.
    ForTraining,
    /// The image is for choosing, not for measuring.
    ForValidation,
    /// People counted, and nobody pointed.
    OnlyCounted,
    /// Too few different people stand for the points.
    PeopleFew,
    /// There are no masks of it.
    MaskMissing,
    /// There are more masks than points, or fewer.
    MasksDiffer,
    /// A mask has not the size of the image.
    MaskSize,
    /// There is no way to give each point a mask that it is in.
    PointOutsideMask,
}

impl From<pixmo_answers::Reason> for Reason {
    fn from(reason: pixmo_answers::Reason) -> Reason {
        Reason::Answers(reason)
    }
}

impl Reason {
    /// The name under which it is counted.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Reason::Answers(reason) => reason.name(),
            Reason::ForTraining => "for_training",
            Reason::ForValidation => "for_validation",
            Reason::OnlyCounted => "only_counted",
            Reason::PeopleFew => "people_few",
            Reason::MaskMissing => "mask_missing",
            Reason::MasksDiffer => "masks_differ",
            Reason::MaskSize => "mask_size",
            Reason::PointOutsideMask => "point_outside_mask",
        }
    }

    /// Whether a person can do something about it.
    #[must_use]
    pub const fn is_for_review(self) -> bool {
        match self {
            Reason::Answers(reason) => reason.is_for_review(),
            Reason::ForTraining | Reason::ForValidation => false,
            _ => true,
        }
    }

    /// Whether other masks would make it a row.
    #[must_use]
    pub const fn wants_masks(self) -> bool {
        matches!(
            self,
            Reason::MaskMissing | Reason::MasksDiffer | Reason::MaskSize | Reason::PointOutsideMask
        )
    }
}

impl pixmo_stage::Reason for Reason {
    fn name(self) -> &'static str {
        Reason::name(self)
    }
}
