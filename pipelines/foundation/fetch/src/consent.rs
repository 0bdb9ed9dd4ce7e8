//! What those who publish an address say about machines that read it: each signal as it was found, and what follows.

use serde::{Deserialize, Serialize};

/// The most characters of a signal's text that are kept.
const FOUND_CHARS_MAX: usize = 300;

/// The most signals that are kept of one address, over all its redirects.
const SIGNALS_MAX: usize = 64;

/// What was decided for one address, with the evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What follows from the signals and the settings.
    pub decision: Decision,
    /// Each signal, in the order in which they were met; of the last attempt, over all its redirects.
    pub signals: Vec<Signal>,
}

/// Whether the address may be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It did not come to a decision, because something failed before.
    #[default]
    Open,
    /// Nothing that is heeded speaks against it.
    Allowed,
    /// `robots.txt` disallows it.
    Robots,
    /// The holder of the rights opted out.
    OptedOut,
}

/// One signal as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// Where such signals stand.
    pub source: Source,
    /// The address of the file or of the answer in which it stood.
    pub at: String,
    /// What stood there, or why nothing did; cut after 300 characters.
    pub found: String,
    /// What it means for us.
    pub says: Says,
}

/// Where a signal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The file `/robots.txt` of the origin (RFC 9309).
    RobotsTxt,
    /// The header `X-Robots-Tag` of an answer.
    XRobotsTag,
    /// The header `tdm-reservation` of an answer (W3C TDM Reservation Protocol).
    TdmHeader,
    /// The file `/.well-known/tdmrep.json` of the origin (W3C TDM Reservation Protocol).
    TdmFile,
    /// A line or header `Content-Signal` or `Content-Usage` that speaks of training.
    ContentUsage,
}

impl Source {
    /// The name in columns and journals.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Source::RobotsTxt => "robots_txt",
            Source::XRobotsTag => "x_robots_tag",
            Source::TdmHeader => "tdm_header",
            Source::TdmFile => "tdm_file",
            Source::ContentUsage => "content_usage",
        }
    }
}

/// What a signal means for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// Nothing about this address, or nothing that we act on.
    Nothing,
    /// The address may be taken.
    Allows,
    /// The address may not be taken.
    Refuses,
}

impl Says {
    /// The name in columns and journals.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Says::Nothing => "nothing",
            Says::Allows => "allows",
            Says::Refuses => "refuses",
        }
    }
}

impl Decision {
    /// The name in columns and journals.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Decision::Open => "open",
            Decision::Allowed => "allowed",
            Decision::Robots => "robots",
            Decision::OptedOut => "opted_out",
        }
    }
}

impl Consent {
    /// Whether any signal refuses, whether it was heeded or not.
    #[must_use]
    pub fn is_refused_somewhere(&self) -> bool {
        self.signals.iter().any(|signal| signal.says == Says::Refuses)
    }

    /// Notes a signal.
    pub(crate) fn note(&mut self, source: Source, at: &str, found: &str, says: Says) {
        if self.signals.len() < SIGNALS_MAX {
            let found = found.chars().take(FOUND_CHARS_MAX).collect();
            self.signals.push(Signal { source, at: at.to_owned(), found, says });
        }
    }
}
