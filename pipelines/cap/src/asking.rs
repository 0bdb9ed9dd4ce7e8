//! The language model: asked once for each question, its answers remembered, every call in the ledger.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pixmo_console::{Failure, Kind};
use pixmo_engines::chat::{Answer, AnswerCache, ChatFailed, ChatModel, ChatRequest};
use pixmo_engines::ledger;

use crate::judge::Told;

/// Asks a language model and waits for its answer; any number of threads at once.
pub trait Asker: Send + Sync {
    /// The whole answer.
    ///
    /// # Errors
    /// As `ChatFailed` says.
    fn ask(&self, request: &ChatRequest) -> Result<Answer, ChatFailed>;
}

/// A language model and what it said. Without one nothing is ever asked.
#[derive(Default)]
pub struct Asking {
    model: Option<Model>,
    /// What was asked in this run and gave no text.
    failed: Mutex<HashMap<String, String>>,
}

/// The model, and where what it says is kept.
pub struct Model {
    /// Who it is.
    pub name: ChatModel,
    /// Asks it.
    pub asker: Box<dyn Asker>,
    /// Its answers.
    pub cache: std::sync::Arc<AnswerCache>,
    /// The ledger of all calls.
    pub ledger: PathBuf,
    /// Most questions at once.
    pub at_once: usize,
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asking")
            .field("model", &self.model.as_ref().map(|model| &model.name))
            .finish_non_exhaustive()
    }
}

impl Asking {
    /// A model that is asked.
    #[must_use]
    pub fn new(model: Model) -> Asking {
        Asking { model: Some(model), failed: Mutex::default() }
    }

    /// Its name in lineage; empty without one.
    #[must_use]
    pub fn model_name(&self) -> String {
        let named = |model: &Model| match &model.name.revision {
            Some(revision) => format!("{}@{revision}", model.name.name),
            None => model.name.name.clone(),
        };
        self.model.as_ref().map(named).unwrap_or_default()
    }

    /// Most questions at once.
    #[must_use]
    pub fn at_once(&self) -> usize {
        self.model.as_ref().map_or(1, |model| model.at_once.max(1))
    }

    /// What the model said to this question, if it was asked.
    ///
    /// # Errors
    /// When an answer is there and cannot be read.
    pub fn told(&self, request: &ChatRequest) -> Result<Told, Failure> {
        let Some(model) = &self.model else { return Ok(Told::Unknown) };
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(why) = failed.get(&request.key(&model.name)) {
            return Ok(Told::Nothing(why.clone()));
        }
        drop(failed);
        let remembered = model.cache.get(&model.name, request);
        let remembered = remembered.map_err(|error| Failure::from_error(Kind::World, &error))?;
        Ok(remembered.map_or(Told::Unknown, |answer| Told::Answer(answer.text)))
    }

    /// Asks the model; afterwards [`Asking::told`] knows what it said.
    ///
    /// # Errors
    /// When the model cannot be asked at all, such as when its server is down.
    pub fn ask(&self, request: &ChatRequest) -> Result<(), Failure> {
        let Some(model) = &self.model else {
            return Err(Failure::bug("a language model is to be asked, and there is none"));
        };
        match model.asker.ask(request) {
            Ok(answer) => {
                if self.told(request)? == Told::Unknown {
                    let kept = model.cache.put(&model.name, request, &answer);
                    kept.map_err(|error| Failure::from_error(Kind::World, &error))?;
                }
                Ok(())
            }
            Err(failed) if failed.class.is_of_question() => {
                let mut known = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
                known.insert(request.key(&model.name), failed.class.name().to_owned());
                Ok(())
            }
            Err(failed) => Err(Failure::world(
                "the language model stopped answering; what it answered before is remembered",
            )
            .cause(&failed)
            .at(format!("model `{}`", model.name.name))
            .hint(failed.class.hint())),
        }
    }

    /// Reads the ledger: whether no model that is not our own saw an image and answered in prose.
    ///
    /// # Errors
    /// A data failure if one did, or if the ledger is not what was written.
    pub fn check_ledger(&self) -> Result<(), Failure> {
        let Some(model) = self.model.as_ref().filter(|model| model.ledger.exists()) else { return Ok(()) };
        let place = model.ledger.display().to_string();
        let verdict = ledger::verdict(&[model.ledger.as_path()], &[]);
        let verdict = verdict.map_err(|error| Failure::from_error(Kind::Data, &error).at(place.clone()))?;
        if verdict.is_vlm_free() {
            return Ok(());
        }
        let calls = pixmo_console::wording::counted(verdict.offences, "call");
        Err(Failure::data(format!(
            "captions must be free of vision-language models, and {calls} of one stand in the ledger"
        ))
        .at(place)
        .hint("build with a ledger of its own, in another data folder, and without that model"))
    }
}
