//! The language model of the campaign file, with all that belongs around it.

use std::path::Path;
use std::sync::Arc;

use pixmo_campaign::Campaign;
use pixmo_console::{Console, Failure, Kind, env};
use pixmo_engine_chat::{ApiKey, Around, Blocking, OpenError};
use pixmo_engines::chat::{
    Answer, AnswerCache, Chat, ChatFailed, ChatRequest, ChatSettings, Recorded, Tally,
};
use pixmo_engines::ledger::Ledger;

use crate::asking::{Asker, Asking, Model};

/// The section of the campaign file.
const SECTION: &str = "engines.chat";
/// The ledger of all calls, in the data folder.
const LEDGER: &str = "ledgers/cap.jsonl";

/// Opens the model that [engines.chat] names.
///
/// # Errors
/// A request failure if there is none or it cannot be asked with these settings; a world failure if the ledger cannot be
/// kept.
pub(crate) fn open(campaign: Option<&Path>, data: &str, console: &Console) -> Result<Asking, Failure> {
    let campaign = match campaign {
        Some(file) => Campaign::read(file).map_err(pixmo_stage::failures::of_campaign)?,
        None => Campaign::none(),
    };
    let settings: Option<ChatSettings> =
        campaign.section(SECTION).map_err(pixmo_stage::failures::of_campaign)?;
    let Some(settings) = settings else {
        return Err(Failure::request("no language model was named to write captions")
            .hint("name one in [engines.chat] of the campaign file, or build with `--no-llm`"));
    };
    let data = Path::new(data);
    let cache = settings.cache.clone().unwrap_or_else(|| data.join("cache").join("chat"));
    let cache = Arc::new(AnswerCache::new(cache));
    let ledger = data.join(LEDGER);
    let seed = campaign.seed().unwrap_or(0);
    let around =
        Around { key: key(&settings)?, seed, cache: Arc::clone(&cache), tally: Arc::new(Tally::default()) };
    let chat = pixmo_engine_chat::open(&settings, around).map_err(|error| of_opening(&error))?;
    let asker = Recording { chat: recorded(chat, &ledger, console)?, network: network()? };
    Ok(Asking::new(Model {
        name: settings.chat_model(),
        asker: Box::new(asker),
        cache,
        ledger,
        at_once: settings.pace.requests_max as usize,
    }))
}

/// A model whose calls are written down, asked by threads.
struct Recording {
    chat: Arc<dyn Chat>,
    network: Blocking,
}

impl Asker for Recording {
    fn ask(&self, request: &ChatRequest) -> Result<Answer, ChatFailed> {
        self.network.ask(&self.chat, request)
    }
}

fn recorded(chat: Arc<dyn Chat>, ledger: &Path, console: &Console) -> Result<Arc<dyn Chat>, Failure> {
    if let Some(folder) = ledger.parent() {
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::world("cannot make the folder of the ledger")
                .cause(&error)
                .at(folder.display().to_string())
        })?;
    }
    let clock = console.clock().clone();
    let ledger = Ledger::open(ledger, Box::new(move || clock.utc()))
        .map_err(|error| Failure::from_error(Kind::World, &error))?;
    Ok(Arc::new(Recorded::new(chat, Arc::new(ledger), "caption")))
}

fn network() -> Result<Blocking, Failure> {
    Blocking::new().map_err(|error| Failure::world("cannot start the thread of the network").cause(&error))
}

fn key(settings: &ChatSettings) -> Result<Option<ApiKey>, Failure> {
    let Some(name) = &settings.key_env else { return Ok(None) };
    let missing = || OpenError::KeyMissing { name: name.clone() };
    let text = env::secret(name).ok_or_else(|| of_opening(&missing()))?;
    ApiKey::new(&text).map(Some).map_err(|fault| {
        Failure::from_error(Kind::Request, &fault).hint(format!("put a valid key into the variable `{name}`"))
    })
}

fn of_opening(error: &OpenError) -> Failure {
    let failure = Failure::from_error(Kind::Request, error);
    match error {
        OpenError::Setting(fault) => failure.hint(fault.hint),
        OpenError::KeyMissing { name } => failure.hint(format!("set `{name}`, or take `key_env` away")),
        _ => failure,
    }
}
