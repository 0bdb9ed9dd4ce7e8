//! A model with all that belongs around it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pixmo_engines::chat::settings::SettingFault;
use pixmo_engines::chat::{Accounted, AnswerCache, Cached, Chat, ChatSettings, Paced, Retrying, Tally};

use crate::client::Client;
use crate::key::ApiKey;

/// What the caller brings.
#[derive(Debug)]
pub struct Around {
    /// The key, read from the variable that the settings name.
    pub key: Option<ApiKey>,
    /// The seed of what is random of the pauses between attempts.
    pub seed: u64,
    /// Where answers are remembered.
    pub cache: Arc<AnswerCache>,
    /// Where is counted what was asked and what it cost.
    pub tally: Arc<Tally>,
}

/// A model cannot be asked with these settings.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A setting cannot work.
    #[error(transparent)]
    Setting(#[from] SettingFault),
    /// The address is none.
    #[error("`url` of [engines.chat] is `{url}`, expected an address: {reason}")]
    Url {
        /// As it was given.
        url: String,
        /// Why.
        reason: String,
    },
    /// The variable with the key is not set.
    #[error("there is no key: the variable `{name}`, which `key_env` of [engines.chat] names, is not set")]
    KeyMissing {
        /// The variable.
        name: String,
    },
    /// A file of root certificates cannot be read.
    #[error("cannot read root certificates from `{}`: {reason}", path.display())]
    RootsFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The client could not be made.
    #[error("cannot make the client of [engines.chat]")]
    Client(#[source] reqwest::Error),
}

/// A model that is asked only what is not remembered, no faster than allowed, again if that can help, and no further
/// than the money reaches. Wrap it in `pixmo_engines::chat::Recorded` for each purpose, so that the ledger has every
/// call.
///
/// # Errors
/// When the settings cannot work. Nobody is asked yet.
pub fn open(settings: &ChatSettings, around: Around) -> Result<Arc<dyn Chat>, OpenError> {
    let client = Client::new(settings, around.key)?;
    let longest = Duration::try_from_secs_f64(settings.retry.retry_after_secs_max).unwrap_or_default();
    let paced = Paced::new(client, &settings.pace, longest);
    let stubborn = Retrying::new(paced, settings.retry.clone(), around.seed);
    let counted = Accounted::new(stubborn, settings.prices.clone(), settings.cost_max, around.tally);
    Ok(Arc::new(Cached::new(counted, around.cache)))
}
