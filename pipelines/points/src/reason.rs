//! Why a label of an image gives no row: a closed list.

/// Why there is no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// No answer about it was accepted, or all were taken back or erased.
    NothingAccepted,
    /// The answers measure people, and are never published.
    Gold,
    /// Nobody agreed to what publication needs.
    ConsentMissing,
    /// The image, or one that looks like it, belongs to a set on which models are measured.
    HeldOut,
    /// The label is not what labels are.
    LabelUnfit,
    /// The person did not say that nothing is missing.
    Incomplete,
    /// Points lie too close to be two things, and nobody said that they are.
    PointsClose,
    /// Somebody who was shown the points says that they are wrong.
    VerifiedWrong,
    /// Of those who were shown the points, some say right and some say wrong.
    VerdictsDiffer,
    /// Whoever counted found another number.
    CountsDiffer,
    /// People pointed at other places.
    PointsDiffer,
    /// Some say that it is there and some that it is not.
    PresenceDiffers,
    /// People could not say whether it is there.
    Unsure,
}

impl Reason {
    /// The name under which it is counted.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Reason::NothingAccepted => "nothing_accepted",
            Reason::Gold => "gold",
            Reason::ConsentMissing => "consent_missing",
            Reason::HeldOut => "held_out",
            Reason::LabelUnfit => "label_unfit",
            Reason::Incomplete => "incomplete",
            Reason::PointsClose => "points_close",
            Reason::VerifiedWrong => "verified_wrong",
            Reason::VerdictsDiffer => "verdicts_differ",
            Reason::CountsDiffer => "counts_differ",
            Reason::PointsDiffer => "points_differ",
            Reason::PresenceDiffers => "presence_differs",
            Reason::Unsure => "unsure",
        }
    }

    /// Whether a person can do something about it.
    #[must_use]
    pub const fn is_for_review(self) -> bool {
        !matches!(self, Reason::NothingAccepted | Reason::Gold | Reason::ConsentMissing | Reason::HeldOut)
    }
}

impl pixmo_stage::Reason for Reason {
    fn name(self) -> &'static str {
        Reason::name(self)
    }
}
