//! The kinds of work. A new kind is a line here, its rules in `answers`, and its page.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Describe an image, speaking.
    Cap,
    /// Point at everything that a label names.
    Points,
    /// Say whether something is absent from an image.
    NotPresent,
    /// Accept, fix or reject another person's points.
    VerifyPoints,
    /// Count what a label names.
    VerifyCount,
}

/// All kinds, in the order in which people are shown them.
pub const KINDS: [Kind; 5] =
    [Kind::Cap, Kind::Points, Kind::NotPresent, Kind::VerifyPoints, Kind::VerifyCount];

impl Kind {
    /// The name in addresses, JSON, the database and the campaign file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Cap => "cap",
            Kind::Points => "points",
            Kind::NotPresent => "not-present",
            Kind::VerifyPoints => "verify-points",
            Kind::VerifyCount => "verify-count",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no kind of work.
#[derive(Debug, thiserror::Error)]
#[error("unknown kind of work `{0}`: expected one of cap, points, not-present, verify-points, verify-count")]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Kind, UnknownKind> {
        KINDS.into_iter().find(|kind| kind.name() == name).ok_or_else(|| UnknownKind(name.to_owned()))
    }
}
