//! What can become of a row of a list: a closed list, under the names by which it is counted.

use std::fmt;

use pixmo_stage::Reason;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// It gave an image.
    Kept,
    /// The row of the list cannot be used.
    BadRow,
    /// The address gave nothing.
    Fetch(pixmo_fetch::Class),
    /// There are no bytes.
    Empty,
    /// The bytes are of something else: a web page, text, a PDF.
    NotAnImage,
    /// An image of a kind that is not read.
    Unsupported,
    /// More pixels than are allowed.
    TooManyPixels,
    /// A small file that would unfold to far more pixels than are allowed.
    Bomb,
    /// The file ends before its picture does.
    Truncated,
    /// The file contradicts its own form.
    Damaged,
    /// What servers send in the place of a picture that is gone.
    Placeholder,
    /// A list of what must not be held knows it.
    SafetyDropped,
    /// A list knows it, and a person has to look; its original is kept.
    SafetyHeld,
    /// A model saw in it what is not wanted.
    ScreenDropped,
    /// A model saw in it what a person has to look at first.
    ScreenHeld,
    /// A model that was to look at it could not.
    Unscreened,
    /// Somebody asked that it be taken down.
    TakenDown,
}

/// All that are no class of the network, in order.
const OTHERS: [Class; 16] = [
    Class::Kept,
    Class::BadRow,
    Class::Empty,
    Class::NotAnImage,
    Class::Unsupported,
    Class::TooManyPixels,
    Class::Bomb,
    Class::Truncated,
    Class::Damaged,
    Class::Placeholder,
    Class::SafetyDropped,
    Class::SafetyHeld,
    Class::ScreenDropped,
    Class::ScreenHeld,
    Class::Unscreened,
    Class::TakenDown,
];

impl Class {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Class> {
        OTHERS.into_iter().chain(pixmo_fetch::Class::ALL.into_iter().map(Class::Fetch))
    }

    /// The name in counts, journals and flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Class::Kept => "kept",
            Class::BadRow => "bad_row",
            Class::Fetch(class) => class.name(),
            Class::Empty => "empty",
            Class::NotAnImage => "not_an_image",
            Class::Unsupported => "unsupported",
            Class::TooManyPixels => "too_many_pixels",
            Class::Bomb => "bomb",
            Class::Truncated => "truncated",
            Class::Damaged => "damaged",
            Class::Placeholder => "placeholder",
            Class::SafetyDropped => "safety_dropped",
            Class::SafetyHeld => "safety_held",
            Class::ScreenDropped => "screen_dropped",
            Class::ScreenHeld => "screen_held",
            Class::Unscreened => "unscreened",
            Class::TakenDown => "taken_down",
        }
    }

    /// The class of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Class> {
        Class::all().find(|class| class.name() == name)
    }

    /// The class of what is wrong with a file.
    #[must_use]
    pub fn of_fault(fault: &pixmo_pictures::Fault) -> Class {
        use pixmo_pictures::{Extent, Fault};
        match fault {
            Fault::Empty => Class::Empty,
            Fault::NotAnImage { .. } => Class::NotAnImage,
            Fault::Unsupported { .. } => Class::Unsupported,
            Fault::TooLarge { extent: Extent::Bytes, .. } => Class::Fetch(pixmo_fetch::Class::TooLarge),
            Fault::TooLarge { .. } => Class::TooManyPixels,
            Fault::Bomb { .. } => Class::Bomb,
            Fault::Truncated { .. } => Class::Truncated,
            Fault::Damaged { .. } => Class::Damaged,
        }
    }

    /// Whether it waits for a person's look.
    #[must_use]
    pub fn is_held(self) -> bool {
        matches!(self, Class::SafetyHeld | Class::ScreenHeld)
    }

    /// Whether another run can find it otherwise at all. What was kept is not touched, what was
    /// taken down stays down, and about what models saw a person decides.
    #[must_use]
    pub fn may_be_retried(self) -> bool {
        !matches!(
            self,
            Class::Kept
                | Class::SafetyDropped
                | Class::SafetyHeld
                | Class::ScreenDropped
                | Class::ScreenHeld
                | Class::TakenDown
        )
    }

    /// Whether another run, on another day, may well find it otherwise without anything changed on our side. A file that is
    /// cut was perhaps cut on its way.
    #[must_use]
    pub fn can_succeed_later(self) -> bool {
        match self {
            Class::Fetch(class) => class.can_succeed_later(),
            Class::Empty | Class::Truncated | Class::Unscreened => true,
            _ => false,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Reason for Class {
    fn name(self) -> &'static str {
        Class::name(self)
    }
}

impl serde::Serialize for Class {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Class {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Class, D::Error> {
        let name = <std::borrow::Cow<'_, str> as serde::Deserialize>::deserialize(deserializer)?;
        Class::from_name(&name).ok_or_else(|| serde::de::Error::custom(format!("unknown class `{name}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_once_and_read_back() {
        let mut names: Vec<&str> = Class::all().map(Class::name).collect();
        for name in &names {
            assert_eq!(Class::from_name(name).map(Class::name), Some(*name));
        }
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert_eq!(Class::from_name("Kept"), None);
    }
}
