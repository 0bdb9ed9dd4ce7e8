//! Why a label of an image gives no row: a closed list.

/// Why there is no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// What people said does not stand.
    Answers(pixmo_answers::Reason),
    /// Models may learn from the image, so that nothing is measured with it.
    ForTraining,
    /// Too few different people stand for the number.
    PeopleFew,
    /// The number is none of those that are asked for.
    CountUnwanted,
    /// There are as many rows with this number as are wanted.
    CountFull,
    /// Another label of the image, or of one that looks like it, has a row.
    ImageTaken,
    /// There are as many rows with this label as one label may have.
    LabelFull,
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
            Reason::PeopleFew => "people_few",
            Reason::CountUnwanted => "count_unwanted",
            Reason::CountFull => "count_full",
            Reason::ImageTaken => "image_taken",
            Reason::LabelFull => "label_full",
        }
    }

    /// Whether a person can do something about it.
    #[must_use]
    pub const fn is_for_review(self) -> bool {
        match self {
            Reason::Answers(reason) => reason.is_for_review(),
            Reason::PeopleFew => true,
            _ => false,
        }
    }
}

impl pixmo_stage::Reason for Reason {
    fn name(self) -> &'static str {
        Reason::name(self)
    }
}
