//! Which model listens: from the flags, or from the campaign file.

use std::path::{Path, PathBuf};

use pixmo_campaign::Campaign;
#[cfg(feature = "whisper")]
use pixmo_console::Kind;
use pixmo_console::{Clock, Failure};
use pixmo_engines::ledger::{Call, Form, Ledger, LedgerError, Modality};
use pixmo_engines::speech::{Parameters, WhisperSettings};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::TranscribeArgs;
use super::transcript::{Ear, TakeError, TakeTranscript, transcribe};

/// The section `[engines.asr]` of the campaign file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsrSettings {
    /// What runs the model: `whisper`.
    pub kind: String,
    /// Its file; beside the campaign file, if it is not absolute.
    pub model: PathBuf,
    /// SHA-256 of its file; another file is refused.
    #[serde(default)]
    pub sha256: Option<String>,
    /// The language that is spoken, as `en`.
    #[serde(default)]
    pub language: Option<String>,
    /// Threads for one recording.
    #[serde(default)]
    pub threads: Option<usize>,
    /// How many beginnings of a sentence are followed at once.
    #[serde(default)]
    pub beams: Option<usize>,
}

/// The name of the section.
const SECTION: &str = "engines.asr";

/// What the campaign file says.
pub(crate) struct Told {
    campaign: Campaign,
    asr: Option<AsrSettings>,
}

impl Told {
    pub(crate) fn read(path: Option<&Path>) -> Result<Told, Failure> {
        let failed = pixmo_stage::failures::of_campaign;
        let campaign = path.map_or_else(|| Ok(Campaign::none()), Campaign::read).map_err(failed)?;
        let asr: Option<AsrSettings> = campaign.section(SECTION).map_err(failed)?;
        if let Some(asr) = asr.as_ref().filter(|asr| asr.kind != "whisper") {
            let failure =
                Failure::request(format!("`kind` is `{}` in [{SECTION}], expected `whisper`", asr.kind));
            return Err(match campaign.place_of(SECTION, "kind") {
                Some(place) => failure.at(place.to_string()),
                None => failure,
            });
        }
        Ok(Told { campaign, asr })
    }

    /// The folder with the takes of the campaign.
    pub(crate) fn takes(&self) -> Option<PathBuf> {
        self.in_data("takes")
    }

    /// The folder with the transcripts of the campaign.
    pub(crate) fn transcripts(&self) -> Option<PathBuf> {
        self.in_data("transcripts")
    }

    /// Where the calls of the model are written down for the campaign.
    pub(crate) fn ledger(&self) -> Option<PathBuf> {
        self.in_data("ledgers/transcribe.jsonl")
    }

    fn in_data(&self, folder: &str) -> Option<PathBuf> {
        let file = self.campaign.file()?;
        Some(self.beside(Path::new(self.campaign.data().unwrap_or("data"))).join(folder))
            .filter(|_| file.is_file())
    }

    /// Paths in a campaign file count from its folder.
    fn beside(&self, path: &Path) -> PathBuf {
        let folder = self.campaign.file().and_then(Path::parent).unwrap_or(Path::new(""));
        folder.join(path)
    }
}

/// A model, and how much is asked of it at once.
pub(crate) struct Ears {
    pub(crate) ear: Ear,
    pub(crate) parameters: Parameters,
    /// Recordings at a time.
    pub(crate) jobs: usize,
    /// Where each call of the model is written down; none where nothing is kept.
    pub(crate) ledger: Option<Ledger>,
}

impl Ears {
    /// Writes calls of the model down in a file from now on.
    pub(crate) fn with_ledger(self, path: &Path, clock: &Clock) -> Result<Ears, Failure> {
        let clock = clock.clone();
        let ledger = Ledger::open(path, Box::new(move || clock.utc()));
        let ledger = ledger.map_err(|error| {
            let failure = Failure::from_error(pixmo_console::Kind::World, &error);
            match error {
                LedgerError::InUse { .. } => failure.hint("let it end, or give this one a folder of its own"),
                _ => failure,
            }
        })?;
        Ok(Ears { ledger: Some(ledger), ..self })
    }

    /// What is said in a recording whose digest is known. A failure means that it could not be written down that the model
    /// was asked, and what it said must not be used.
    pub(crate) fn hear(
        &self,
        path: &Path,
        sha256: String,
    ) -> Result<Result<TakeTranscript, TakeError>, Failure> {
        let asked = sha256.clone();
        let heard = transcribe(path, sha256, &self.ear);
        // What cannot be decoded, or has no voice in it, never came to the model.
        let is_asked = match &heard {
            Ok(heard) => heard.voiced_secs > 0.0,
            Err(error) => matches!(error, TakeError::Engine(_)),
        };
        if let Some(ledger) = self.ledger.as_ref().filter(|_| is_asked) {
            let model = self.ear.transcriber.model();
            let call = Call {
                engine: "whisper".to_owned(),
                purpose: "transcribe".to_owned(),
                model: model.name.clone(),
                model_revision: Some(model.sha256.clone()),
                input: Modality::Audio,
                answer: Form::Transcript,
                prompt_sha256: asked,
                answer_sha256: heard.as_ref().ok().map(|heard| hex::encode(Sha256::digest(&heard.text))),
                ended: heard.as_ref().map_or_else(TakeError::class, |_| "answered").to_owned(),
                attempts: 1,
                ..Call::default()
            };
            ledger.note(call).map_err(|error| Failure::from_error(pixmo_console::Kind::World, &error))?;
        }
        Ok(heard)
    }
}

/// Which model is asked for, and how; flags come before the file.
fn settings(args: &TranscribeArgs, told: &Told) -> Result<WhisperSettings, Failure> {
    let asr = told.asr.as_ref();
    let (model, sha256) = match (&args.model, asr) {
        (Some(model), _) => (model.clone(), args.model_sha256.clone()),
        (None, Some(asr)) => (told.beside(&asr.model), asr.sha256.clone()),
        (None, None) => {
            return Err(Failure::request("no model was named to listen with")
                .hint("name one with `--model FILE`, or in [engines.asr] of the campaign file")
                .hint("`pixmo models list` lists Whisper models, and `pixmo models fetch NAME` brings one"));
        }
    };
    let mut settings = WhisperSettings::new(model);
    settings.sha256 = sha256;
    settings.language = args.language.clone().or_else(|| asr.and_then(|asr| asr.language.clone()));
    settings.threads = args.threads.or_else(|| asr.and_then(|asr| asr.threads));
    settings.beams = args.beams.or_else(|| asr.and_then(|asr| asr.beams)).unwrap_or(settings.beams);
    Ok(settings)
}

/// Loads the model for so many recordings.
#[cfg(feature = "whisper")]
pub(crate) fn open(args: &TranscribeArgs, told: &Told, recordings: usize) -> Result<Ears, Failure> {
    use pixmo_audio::{Limits, VoiceSettings};
    use pixmo_console::env;
    use pixmo_engine_whisper::{OpenError, Whisper, memory, threads_for};

    const JOBS_MAX: usize = 256;
    let mut settings = settings(args, told)?;
    if let Some(jobs) = args.jobs.filter(|jobs| !(1..=JOBS_MAX).contains(jobs)) {
        return Err(Failure::request(format!("`--jobs` is {jobs}, expected 1 to {JOBS_MAX}")));
    }
    let wanted = args.jobs.unwrap_or_else(|| (env::cores() / settings.threads.unwrap_or(1)).max(1));
    let wanted = wanted.min(recordings.max(1));
    settings.threads = settings.threads.or(Some(threads_for(env::cores(), wanted)));
    let language = settings.language.clone();
    let available = memory::available();
    let whisper = Whisper::open_within(&settings, available).map_err(|error| {
        let kind = if matches!(error, OpenError::Memory { .. }) { Kind::World } else { Kind::Request };
        let failure = Failure::from_error(kind, &error);
        match error {
            OpenError::Memory { .. } => {
                failure.hint("take a smaller model, or one with fewer bits, such as `q5_1`")
            }
            OpenError::File { .. } => failure.hint("`pixmo models fetch` brings models and checks them"),
            _ => failure,
        }
    })?;
    // What is loaded already is no longer available.
    let jobs = match memory::available() {
        Some(left) => {
            wanted.min(usize::try_from(left / memory::of_state(whisper.file())).unwrap_or(wanted)).max(1)
        }
        None => wanted,
    };
    let limits = Limits { duration_secs_max: f64::from(args.minutes_max) * 60.0, ..Limits::default() };
    let ear = Ear { transcriber: Box::new(whisper), limits, voice: VoiceSettings::default(), language };
    Ok(Ears { parameters: ear.parameters(), ear, jobs, ledger: None })
}

/// Says that there is nothing to listen with.
#[cfg(not(feature = "whisper"))]
pub(crate) fn open(args: &TranscribeArgs, told: &Told, _recordings: usize) -> Result<Ears, Failure> {
    settings(args, told)?;
    let failure =
        Failure::request("this `pixmo-cap` was built without Whisper, and speech is to be transcribed");
    Err(failure.hint("cargo build --release -p pixmo-cap --features whisper"))
}
