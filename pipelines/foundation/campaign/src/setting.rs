//! One value and where it came from: flag, then campaign file, then default.

use std::fmt;

use crate::Place;

/// Where the value of a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command line.
    Flag,
    /// The campaign file.
    File(Place),
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag => out.write_str("flag"),
            Origin::File(place) => write!(out, "{}:{}", place.file.display(), place.line),
            Origin::Default => out.write_str("default"),
        }
    }
}

/// A value with its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value that holds.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

impl<T> Setting<T> {
    /// The value that holds among three: the flag, else the file's (with its place), else the default.
    pub fn of(flag: Option<T>, file: Option<(T, Place)>, default: impl FnOnce() -> T) -> Self {
        match (flag, file) {
            (Some(value), _) => Setting { value, origin: Origin::Flag },
            (None, Some((value, place))) => Setting { value, origin: Origin::File(place) },
            (None, None) => Setting { value: default(), origin: Origin::Default },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_goes_before_the_file_and_the_file_before_the_default() {
        let place = Place { file: "campaign.toml".into(), line: 14, column: 1 };
        let file = || Some((2, place.clone()));
        let shown = |setting: Setting<i32>| format!("{} ({})", setting.value, setting.origin);
        assert_eq!(shown(Setting::of(Some(1), file(), || 3)), "1 (flag)");
        assert_eq!(shown(Setting::of(None, file(), || 3)), "2 (campaign.toml:14)");
        assert_eq!(shown(Setting::of(None, None, || 3)), "3 (default)");
    }
}
