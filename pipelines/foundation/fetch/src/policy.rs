//! All settings of a client: typed, with the defaults of a polite guest, checked before the first request.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::agent::Agent;
use crate::egress::Egress;

/// How addresses are asked for. Everything has a default but the contact in [`Agent`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Who asks.
    pub agent: Agent,
    /// How long we wait.
    pub timeouts: Timeouts,
    /// How much we take.
    pub limits: Limits,
    /// How fast we ask.
    pub pace: Pace,
    /// How often we ask again.
    pub retry: Retry,
    /// Which signals of consent we look at.
    pub consent: Checks,
    /// Which network addresses we connect to.
    pub egress: Egress,
    /// Whom we trust.
    pub tls: Tls,
    /// A proxy for all requests, `http://host:port`. None by default, and none is taken from the environment.
    /// Behind a proxy, names are resolved and checked here and then again by the proxy, which must guard itself.
    pub proxy: Option<String>,
}

/// How long we wait. All above zero and at most a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Timeouts {
    /// For a connection: resolving the name, TCP and TLS.
    pub connect_secs: f64,
    /// For the next part of an answer, from the first byte of its head to the last of its body.
    pub read_secs: f64,
    /// For one address with all attempts, redirects and waits between attempts. Waiting for our own pace does not
    /// count, nor do the two files of consent of an origin, which many addresses share and which have a limit of
    /// their own.
    pub total_secs: f64,
    /// How long the addresses of a name are remembered; 0 asks anew for each connection.
    pub names_kept_secs: f64,
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts { connect_secs: 10.0, read_secs: 20.0, total_secs: 90.0, names_kept_secs: 60.0 }
    }
}

/// How much we take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Most bytes of a body: as declared, as it comes, and after it was unpacked.
    pub bytes_max: u64,
    /// Most redirects of an address.
    pub redirects_max: u32,
    /// New connections after which idle ones are given up, so that a list of many hosts does not use up the sockets
    /// of the machine.
    pub connections_max: u32,
    /// Most origins whose files of consent, and most names whose addresses, are remembered.
    pub sites_max: u32,
    /// Most bytes of rules of consent that are remembered.
    pub rules_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes_max: 64 << 20,
            redirects_max: 10,
            connections_max: 256,
            sites_max: 4096,
            rules_bytes_max: 8 << 20,
        }
    }
}

/// How fast we ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pace {
    /// Most requests under way.
    pub requests_max: u32,
    /// Most requests under way to one host.
    pub host_requests_max: u32,
    /// Requests a second to one host, on average.
    pub host_per_sec: f64,
    /// Requests to one host that may follow each other at once after a pause.
    pub host_burst: u32,
    /// Most seconds of a `Crawl-delay` in `robots.txt` that are heeded; above it, this is.
    pub crawl_delay_secs_max: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Pace {
            requests_max: 64,
            host_requests_max: 4,
            host_per_sec: 10.0,
            host_burst: 10,
            crawl_delay_secs_max: 30.0,
        }
    }
}

/// How often we ask again, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retry {
    /// Most attempts of one address; 1 means never again.
    pub attempts_max: u32,
    /// Wait after the first attempt; doubled after each further one, and shortened by up to a half by a number drawn
    /// from address and attempt.
    pub backoff_secs_min: f64,
    /// Longest such wait.
    pub backoff_secs_max: f64,
    /// Longest wait that a server may ask for with `Retry-After`; above it, this is waited.
    pub retry_after_secs_max: f64,
    /// Attempts in a row that fail because of the host, of whatever addresses, after which it is left alone.
    pub host_failures_max: u32,
    /// How long it is left alone: addresses of it fail at once, with the class of the last failure.
    pub host_rest_secs: f64,
}

impl Default for Retry {
    fn default() -> Self {
        Retry {
            attempts_max: 4,
            backoff_secs_min: 0.5,
            backoff_secs_max: 30.0,
            retry_after_secs_max: 60.0,
            host_failures_max: 20,
            host_rest_secs: 300.0,
        }
    }
}

/// Which signals of consent we look at, and what we do with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Checks {
    /// `/robots.txt`.
    pub robots: Check,
    /// The header `X-Robots-Tag`.
    pub robots_tag: Check,
    /// The words in `X-Robots-Tag` that refuse.
    pub robots_tag_words: Vec<String>,
    /// The header `tdm-reservation`.
    pub tdm_header: Check,
    /// `/.well-known/tdmrep.json`.
    pub tdm_file: Check,
    /// `Content-Signal` and `Content-Usage`, as lines of `robots.txt` and as headers: `ai-train=no`, `train-ai=n`.
    pub content_usage: Check,
    /// For one of these two files, with all attempts, redirects and waits between attempts.
    pub file_secs_max: f64,
    /// How long a file is remembered (RFC 9309, 2.4: not above a day).
    pub file_kept_secs: f64,
    /// How long it is remembered that a file could not be had; until then, addresses of the origin fail at once.
    pub failure_kept_secs: f64,
}

impl Default for Checks {
    fn default() -> Self {
        Checks {
            robots: Check::Heed,
            robots_tag: Check::Heed,
            robots_tag_words: ["noai", "noimageai", "noml"].map(str::to_owned).into(),
            tdm_header: Check::Heed,
            tdm_file: Check::Heed,
            content_usage: Check::Heed,
            file_secs_max: 30.0,
            file_kept_secs: 86_400.0,
            failure_kept_secs: 300.0,
        }
    }
}

/// What is done with a signal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// It is looked for, noted, and followed.
    #[default]
    Heed,
    /// It is looked for and noted.
    Note,
    /// It is not looked for. What stands in an answer anyway is still noted.
    Skip,
}

/// Whom we trust.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tls {
    /// Whether the root certificates of the system are trusted.
    pub roots_system: bool,
    /// PEM files with further root certificates.
    pub roots_files: Vec<PathBuf>,
}

impl Default for Tls {
    fn default() -> Self {
        Tls { roots_system: true, roots_files: Vec::new() }
    }
}

/// A policy that no client can be made of.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// Nobody could be reached.
    #[error("no contact is given, and whoever runs a server must be able to reach us")]
    ContactMissing,
    /// A part of the agent is of another form.
    #[error("`{name}` of the agent is `{found}`, expected {expected}")]
    Agent {
        /// The setting.
        name: &'static str,
        /// What it is.
        found: String,
        /// What it may be.
        expected: &'static str,
    },
    /// A number is out of range.
    #[error("`{name}` is {found}, expected {expected}")]
    Range {
        /// The setting.
        name: &'static str,
        /// What it is.
        found: f64,
        /// What it may be.
        expected: &'static str,
    },
    /// The proxy cannot be used.
    #[error("the proxy `{address}` cannot be used")]
    Proxy {
        /// As it was given.
        address: String,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// A file of root certificates cannot be read.
    #[error("cannot read root certificates from `{path}`: {reason}")]
    RootsFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The system has none.
    #[error("the system has no root certificates, and no file of them is given")]
    RootsMissing,
    /// The client could not be made.
    #[error("cannot make the client")]
    Client(#[source] reqwest::Error),
}

impl Policy {
    /// Checks everything that can be known without the network.
    ///
    /// # Errors
    /// The first setting that is missing or out of range.
    pub fn check(&self) -> Result<(), PolicyError> {
        self.agent.check()?;
        self.check_numbers()
    }

    /// As [`Policy::check`], for files that are offered to be taken: whoever offers them need not be able to reach us.
    pub(crate) fn check_for_files(&self) -> Result<(), PolicyError> {
        match self.agent.check() {
            Ok(()) | Err(PolicyError::ContactMissing) => self.check_numbers(),
            Err(error) => Err(error),
        }
    }

    fn check_numbers(&self) -> Result<(), PolicyError> {
        let Policy { timeouts, limits, pace, retry, consent, .. } = self;
        for (name, secs, least) in [
            ("timeouts.connect_secs", timeouts.connect_secs, f64::MIN_POSITIVE),
            ("timeouts.read_secs", timeouts.read_secs, f64::MIN_POSITIVE),
            ("timeouts.total_secs", timeouts.total_secs, f64::MIN_POSITIVE),
            ("timeouts.names_kept_secs", timeouts.names_kept_secs, 0.0),
            ("pace.crawl_delay_secs_max", pace.crawl_delay_secs_max, 0.0),
            ("retry.backoff_secs_min", retry.backoff_secs_min, 0.0),
            ("retry.backoff_secs_max", retry.backoff_secs_max, 0.0),
            ("retry.retry_after_secs_max", retry.retry_after_secs_max, 0.0),
            ("retry.host_rest_secs", retry.host_rest_secs, 0.0),
            ("consent.file_secs_max", consent.file_secs_max, f64::MIN_POSITIVE),
            ("consent.file_kept_secs", consent.file_kept_secs, 0.0),
            ("consent.failure_kept_secs", consent.failure_kept_secs, 0.0),
        ] {
            let expected = if least > 0.0 { "more than 0, at most 86400" } else { "0 to 86400" };
            if !(least..=86_400.0).contains(&secs) {
                return Err(PolicyError::Range { name, found: secs, expected });
            }
        }
        for (name, count) in [
            ("limits.bytes_max", limits.bytes_max),
            ("limits.connections_max", limits.connections_max.into()),
            ("limits.sites_max", limits.sites_max.into()),
            ("pace.requests_max", pace.requests_max.into()),
            ("pace.host_requests_max", pace.host_requests_max.into()),
            ("pace.host_burst", pace.host_burst.into()),
            ("retry.attempts_max", retry.attempts_max.into()),
            ("retry.host_failures_max", retry.host_failures_max.into()),
        ] {
            if count == 0 {
                return Err(PolicyError::Range { name, found: 0.0, expected: "1 or more" });
            }
        }
        if !(1e-5..=1e6).contains(&pace.host_per_sec) {
            let expected = "0.00001 to 1000000";
            return Err(PolicyError::Range { name: "pace.host_per_sec", found: pace.host_per_sec, expected });
        }
        Ok(())
    }
}

/// Seconds of a checked setting.
pub(crate) fn secs(value: f64) -> Duration {
    Duration::try_from_secs_f64(value).unwrap_or(Duration::MAX)
}
