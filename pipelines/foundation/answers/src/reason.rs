//! Why answers do not stand: a closed list, to which each dataset adds what is its own.

/// Why what people said about a label of an image does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// No answer about it was accepted, or all were taken back or erased.
    NothingAccepted,
    /// The answers measure people, and are never published.
    Gold,
    /// Nobody agreed to what publication needs.
    ConsentMissing,
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
    /// It was expected to be absent and is there, and nobody pointed at it.
    PresentUnmarked,
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
            Reason::LabelUnfit => "label_unfit",
            Reason::Incomplete => "incomplete",
            Reason::PointsClose => "points_close",
            Reason::VerifiedWrong => "verified_wrong",
            Reason::VerdictsDiffer => "verdicts_differ",
            Reason::CountsDiffer => "counts_differ",
            Reason::PointsDiffer => "points_differ",
            Reason::PresenceDiffers => "presence_differs",
            Reason::PresentUnmarked => "present_unmarked",
            Reason::Unsure => "unsure",
        }
    }

    /// Whether a person can do something about it.
    #[must_use]
    pub const fn is_for_review(self) -> bool {
        !matches!(self, Reason::NothingAccepted | Reason::Gold | Reason::ConsentMissing)
    }
}

/// What is wrong, and what was found, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt<R = Reason> {
    /// What is wrong.
    pub reason: R,
    /// What was found.
    pub found: String,
}

impl<R> Doubt<R> {
    /// A doubt.
    pub fn new(reason: R, found: impl Into<String>) -> Doubt<R> {
        Doubt { reason, found: found.into() }
    }
}

impl Doubt<Reason> {
    /// The same with the reason of a dataset, whose list holds this one.
    pub fn of<R: From<Reason>>(self) -> Doubt<R> {
        Doubt { reason: self.reason.into(), found: self.found }
    }
}

/// A doubt instead of a value.
pub(crate) fn doubt<T>(reason: Reason, found: impl Into<String>) -> Result<T, Doubt> {
    Err(Doubt::new(reason, found))
}
