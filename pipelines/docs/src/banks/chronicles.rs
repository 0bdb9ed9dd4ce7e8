//! Events in time: histories, and records of events in lanes.

use serde::Deserialize;

/// All of them.
#[derive(Debug, Default, Deserialize)]
pub struct ChronicleBanks {
    /// Histories in years or days.
    pub history: Vec<History>,
    /// Events in lanes.
    pub strip: Vec<Strip>,
}

/// What happened one after another.
#[derive(Debug, Deserialize)]
pub struct History {
    /// Patterns of titles with `{town}`, `{family}`, `{org}`.
    pub titles: Vec<String>,
    /// `years` or `days`.
    pub pace: String,
    /// First year; or first day of a year.
    pub from: i64,
    /// Last year; or last day, counted from the same new year.
    pub until: i64,
    /// What happened, and of what sort it is.
    pub events: Vec<(String, String)>,
}

/// What happened where.
#[derive(Debug, Deserialize)]
pub struct Strip {
    /// Patterns of titles with `{town}`, `{org}`, `{period}`.
    pub titles: Vec<String>,
    /// What a lane is called: one, several.
    pub lane: (String, String),
    /// Names of lanes.
    pub lanes: Vec<String>,
    /// What an event is called: one, several.
    pub event: (String, String),
    /// Sorts of events.
    pub kinds: Vec<String>,
    /// Days that it usually covers.
    pub span: i64,
}

impl ChronicleBanks {
    /// Reads the bundled file.
    pub(super) fn read() -> Self {
        toml::from_str(include_str!("../../../../data/sources/world/chronicles.toml"))
            .expect("chronicles.toml has the form of `ChronicleBanks`")
    }
}
