//! Why a label of an image gives no row: a closed list.

/// Why there is no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// What people said does not stand.
    Answers(pixmo_answers::Reason),
    /// The image, or one that looks like it, belongs to a set on which models are measured.
    HeldOut,
    /// People counted, and nobody pointed.
    OnlyCounted,
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
            Reason::HeldOut => "held_out",
            Reason::OnlyCounted => "only_counted",
        }
    }

    /// Whether a person can do something about it.
    #[must_use]
    pub const fn is_for_review(self) -> bool {
        match self {
            Reason::Answers(reason) => reason.is_for_review(),
            Reason::HeldOut => false,
            Reason::OnlyCounted => true,
        }
    }
}

impl pixmo_stage::Reason for Reason {
    fn name(self) -> &'static str {
        Reason::name(self)
    }
}
