//! The section `[models]` of the campaign file.
//!
//! ```toml
//! [models]
//! mirrors = ["https://mirror.example/models"]
//! origin = false
//! ```

use std::path::{Path, PathBuf};

use pixmo_campaign::{Campaign, CampaignError};
use pixmo_console::{Failure, Kind};
use pixmo_fetch::{Check, Checks, Egress, Policy, Timeouts, Tls};
use serde::{Deserialize, Serialize};

/// What can be set for files of models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where models lie; by default `models` in the data folder.
    pub folder: Option<PathBuf>,
    /// Addresses of folders with the same files under the same names, tried before the address of the list. `{file}`,
    /// `{name}` and `{sha256}` in them become those of the model, and for checkpoints `{repository}` and `{revision}` too;
    /// without any of them, the files of a checkpoint lie in a folder of its name.
    pub mirrors: Vec<String>,
    /// A folder with the files; nothing is asked of the network then.
    pub offline: Option<PathBuf>,
    /// Whether the address of the list is asked when no mirror has the file.
    pub origin: bool,
    /// The hub that is asked for checkpoints. `https://huggingface.co`, or one with the same addresses.
    pub hub: String,
    /// A proxy, `http://host:port`. None is taken from the environment.
    pub proxy: Option<String>,
    /// PEM files with further root certificates.
    pub roots_files: Vec<PathBuf>,
    /// How long no byte may come, in seconds, before a connection is given up.
    pub stall_secs: f64,
    /// Attempts in a row that bring nothing after which an address is given up.
    pub attempts_max: u32,
    /// Longest wait between two attempts, in seconds.
    pub backoff_secs_max: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            folder: None,
            mirrors: Vec::new(),
            offline: None,
            origin: true,
            hub: "https://huggingface.co".to_owned(),
            proxy: None,
            roots_files: Vec::new(),
            stall_secs: 30.0,
            attempts_max: 5,
            backoff_secs_max: 30.0,
        }
    }
}

/// Where data lies if nobody says anything.
const DATA_DEFAULT: &str = "data";
/// No model is larger than this.
const BYTES_MAX: u64 = 64 << 30;

impl Settings {
    /// Reads the section from a campaign file, or takes the defaults; `folder` is filled in.
    ///
    /// # Errors
    /// A request failure if the file says something wrong, a world failure if it cannot be read.
    pub fn read(campaign: Option<&Path>) -> Result<Settings, Failure> {
        let campaign = match campaign {
            Some(file) => Campaign::read(file).map_err(of_campaign)?,
            None => Campaign::none(),
        };
        let mut settings = campaign.section::<Settings>("models").map_err(of_campaign)?.unwrap_or_default();
        if settings.folder.is_none() {
            // Models are read by programs on this machine, so that they lie on its disk even where data does not.
            let data = campaign.data().filter(|data| !data.contains("://")).unwrap_or(DATA_DEFAULT);
            settings.folder = Some(Path::new(data).join("models"));
        }
        Ok(settings)
    }

    /// Where models lie.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.folder.clone().unwrap_or_else(|| Path::new(DATA_DEFAULT).join("models"))
    }

    /// How the network is asked. The addresses come from the list and from whoever runs this, not from strangers, so
    /// that a mirror in the own house is as good as any; and weights that are offered for download are no pages to be
    /// crawled.
    #[must_use]
    pub fn policy(&self) -> Policy {
        let any = ["0.0.0.0/0", "::/0"].iter().filter_map(|net| net.parse().ok()).collect();
        let mut policy = Policy {
            timeouts: Timeouts { read_secs: self.stall_secs, total_secs: 86_400.0, ..Timeouts::default() },
            consent: Checks {
                robots: Check::Skip,
                robots_tag: Check::Skip,
                tdm_header: Check::Skip,
                tdm_file: Check::Skip,
                content_usage: Check::Skip,
                ..Checks::default()
            },
            egress: Egress { allow: any, block: Vec::new() },
            tls: Tls { roots_system: true, roots_files: self.roots_files.clone() },
            proxy: self.proxy.clone(),
            ..Policy::default()
        };
        policy.limits.bytes_max = BYTES_MAX;
        policy.retry.attempts_max = self.attempts_max;
        policy.retry.backoff_secs_max = self.backoff_secs_max;
        policy.retry.backoff_secs_min = policy.retry.backoff_secs_min.min(self.backoff_secs_max);
        policy
    }
}

fn of_campaign(error: CampaignError) -> Failure {
    let kind = if error.is_world { Kind::World } else { Kind::Request };
    let failure = Failure::from_error(kind, &error);
    let failure = match error.at {
        Some(at) => failure.at(at),
        None => failure,
    };
    error.hints.into_iter().fold(failure, Failure::hint)
}
