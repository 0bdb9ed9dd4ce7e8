//! One loaded model and its questions.

use std::io;
use std::path::{Path, PathBuf};

use pixmo_engines::speech::{Parameters, WhisperSettings};
use pixmo_engines::{EngineError, Model, ModelError, Segment, Speech, Transcriber, Transcript, Word};
use serde_json::json;
use whisper_rs::{
    FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperError, WhisperSegment,
    WhisperState,
};

use crate::file::{FileError, WhisperFile};
use crate::words::{Heard, Said, Token};
use crate::{hush, memory, seam, window, words};

/// The shortest sound that whisper.cpp listens to, in samples; what is shorter is followed by silence.
const SAMPLES_MIN: usize = window::RATE * 11 / 10;
/// How many draws are tried where the likeliest words repeat themselves, as whisper.cpp does by itself.
const BEST_OF: i32 = 5;
/// Whisper's own thresholds, which whisper.cpp has as well (`transcribe` of openai/whisper): a window is tried again at a
/// higher temperature if its tokens vary less than this (entropy) ...
const ENTROPY_MIN: f32 = 2.4;
/// ... or are less likely than this (mean logarithm) ...
const LOG_PROBABILITY_MIN: f32 = -1.0;
/// ... and is silent if they are, and silence is more likely than this.
const NO_SPEECH_MAX: f32 = 0.6;
/// The steps of the temperature.
const TEMPERATURE_STEP: f32 = 0.2;
/// Tokens from this one on are no text in English models; in others it is one more.
const FIRST_SPECIAL: i32 = 50_256;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its file cannot be read, or is another one than was named.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Its file is no model, or not whole.
    #[error("cannot use `{}`", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: FileError,
    },
    /// There is not enough memory.
    #[error(
        "the model `{}` needs {} MB of memory, and {} MB are left",
        path.display(),
        needed.div_ceil(1_000_000),
        available / 1_000_000
    )]
    Memory {
        /// The file.
        path: PathBuf,
        /// What it needs for one recording at a time, in bytes.
        needed: u64,
        /// What may still be taken, in bytes.
        available: u64,
    },
    /// The language is none that the model knows.
    #[error("the model `{}` does not know the language `{language}`, expected {expected}", path.display())]
    Language {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        language: String,
        /// What it knows.
        expected: String,
    },
    /// A setting is outside what it can be.
    #[error("{0}")]
    Setting(String),
    /// whisper.cpp does not take it.
    #[error("whisper.cpp cannot load `{}`", path.display())]
    Load {
        /// The file.
        path: PathBuf,
        /// What it said.
        #[source]
        source: io::Error,
    },
}

/// The languages that Whisper knows, as `en`.
#[must_use]
pub fn languages() -> Vec<&'static str> {
    (0..=whisper_rs::get_lang_max_id()).filter_map(whisper_rs::get_lang_str).collect()
}

/// A loaded model. It may be asked from several threads at once.
pub struct Whisper {
    context: WhisperContext,
    model: Model,
    file: WhisperFile,
    language: Option<String>,
    threads: usize,
    beams: usize,
    parameters: Parameters,
}

impl std::fmt::Debug for Whisper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Whisper({})", self.model.name)
    }
}

impl Whisper {
    /// Loads a model, after its file was followed to the end and its memory was found to be there.
    ///
    /// # Errors
    /// As [`OpenError`] says.
    pub fn open(settings: &WhisperSettings) -> Result<Whisper, OpenError> {
        Whisper::open_within(settings, memory::available())
    }

    /// As [`Whisper::open`], where so many bytes of memory may be taken; `None`: as many as it needs.
    ///
    /// # Errors
    /// As [`OpenError`] says.
    pub fn open_within(settings: &WhisperSettings, available: Option<u64>) -> Result<Whisper, OpenError> {
        // Their lines would stand between ours.
        whisper_rs::install_logging_hooks();
        let path = settings.model.as_path();
        if let Some(fault) = settings.fault() {
            return Err(OpenError::Setting(fault));
        }
        // Whether it can be read at all is said in the same words for every model.
        let model = Model::digest(path, settings.sha256.as_deref())?;
        let file =
            WhisperFile::check(path).map_err(|source| OpenError::File { path: path.to_owned(), source })?;
        let language = known_language(path, &file, settings.language.as_deref())?;
        let needed = memory::of_model(&file) + memory::of_state(&file);
        if let Some(available) = available.filter(|available| *available < needed) {
            return Err(OpenError::Memory { path: path.to_owned(), needed, available });
        }
        let text = path.to_str().ok_or_else(|| OpenError::Load {
            path: path.to_owned(),
            source: io::Error::new(io::ErrorKind::InvalidInput, "its path is not in UTF-8"),
        })?;
        let context = WhisperContext::new_with_params(text, WhisperContextParameters::default())
            .map_err(|error| OpenError::Load { path: path.to_owned(), source: io::Error::other(error) })?;
        let (threads, beams) = (settings.threads.unwrap_or(1), settings.beams);
        let parameters = parameters(threads, beams);
        Ok(Whisper { context, model, file, language, threads, beams, parameters })
    }

    /// Its file.
    #[must_use]
    pub fn file(&self) -> &WhisperFile {
        &self.file
    }

    /// Whether it knows other languages than English.
    #[must_use]
    pub fn is_multilingual(&self) -> bool {
        self.file.shape.is_multilingual()
    }

    fn run_failed(&self, error: WhisperError) -> EngineError {
        EngineError::Run { model: self.model.name.clone(), source: Box::new(error) }
    }

    /// The language to listen in: what was asked for, or what the model hears in this window.
    fn language_of(
        &self,
        wanted: Option<&str>,
        state: &mut WhisperState,
        window: &[f32],
    ) -> Result<(String, Option<f32>), EngineError> {
        let told = wanted.or(self.language.as_deref());
        if let Some(told) = told {
            return Ok((self.checked(told)?, None));
        }
        if !self.is_multilingual() {
            return Ok(("en".to_owned(), None));
        }
        state.pcm_to_mel(window, self.threads).map_err(|error| self.run_failed(error))?;
        let (language, odds) = state.lang_detect(0, self.threads).map_err(|error| self.run_failed(error))?;
        let name = whisper_rs::get_lang_str(language).ok_or_else(|| EngineError::Nonsense {
            model: self.model.name.clone(),
            found: format!("with the language {language}"),
            expected: format!("0 to {}", whisper_rs::get_lang_max_id()),
        })?;
        let odds = usize::try_from(language).ok().and_then(|at| odds.get(at).copied());
        Ok((name.to_owned(), odds.map(thousandths)))
    }

    fn checked(&self, language: &str) -> Result<String, EngineError> {
        known_language(Path::new(&self.model.name), &self.file, Some(language))
            .map(|_| language.to_owned())
            .map_err(|error| EngineError::Unfit {
                model: self.model.name.clone(),
                found: format!("it was asked for the language `{language}`"),
                expected: match error {
                    OpenError::Language { expected, .. } => expected,
                    other => other.to_string(),
                },
            })
    }

    /// What is said in a window, in its own times.
    fn hear(
        &self,
        state: &mut WhisperState,
        window: &[f32],
        language: &str,
    ) -> Result<Vec<Said>, EngineError> {
        let strategy = match self.beams {
            1 => SamplingStrategy::Greedy { best_of: BEST_OF },
            beams => SamplingStrategy::BeamSearch { beam_size: beams as i32, patience: -1.0 },
        };
        let mut params = FullParams::new(strategy);
        params.set_n_threads(self.threads as i32);
        params.set_language(Some(language));
        params.set_translate(false);
        // A window does not lean on the words of the one before: what was made up there would be made up here.
        params.set_no_context(true);
        params.set_token_timestamps(true);
        params.set_suppress_blank(true);
        // Remarks such as `[Music]` may be written: they take the place of words that would be made up.
        params.set_suppress_nst(false);
        params.set_temperature(0.0);
        params.set_temperature_inc(TEMPERATURE_STEP);
        params.set_entropy_thold(ENTROPY_MIN);
        params.set_logprob_thold(LOG_PROBABILITY_MIN);
        params.set_no_speech_thold(NO_SPEECH_MAX);
        params.set_print_special(false);
        params.set_print_progress(false);
        params.set_print_realtime(false);
        params.set_print_timestamps(false);
        state.full(params, window).map_err(|error| self.run_failed(error))?;
        let special = if self.is_multilingual() { FIRST_SPECIAL + 1 } else { FIRST_SPECIAL };
        let mut said = Vec::new();
        for segment in state.as_iter() {
            said.push(self.said(&segment, special)?);
        }
        Ok(said)
    }

    fn said(&self, segment: &WhisperSegment<'_>, special: i32) -> Result<Said, EngineError> {
        let no_speech = segment.no_speech_probability();
        let mut tokens = Vec::new();
        for token in (0..segment.n_tokens()).filter_map(|at| segment.get_token(at)) {
            let data = token.token_data();
            if data.id >= special {
                continue;
            }
            if !data.p.is_finite() {
                return Err(EngineError::Nonsense {
                    model: self.model.name.clone(),
                    found: format!("with the probability {}", data.p),
                    expected: "0 to 1".to_owned(),
                });
            }
            let bytes = token.to_bytes().map_err(|error| self.run_failed(error))?.to_vec();
            tokens.push(Token { bytes, probability: data.p, start: data.t0, end: data.t1 });
        }
        Ok(Said { start: segment.start_timestamp(), end: segment.end_timestamp(), no_speech, tokens })
    }
}

impl Transcriber for Whisper {
    fn model(&self) -> &Model {
        &self.model
    }

    fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    fn transcribe(&self, speech: &Speech<'_>) -> Result<Transcript, EngineError> {
        let windows = window::plan(speech.samples, speech.spans);
        let wanted = speech.language.or(self.language.as_deref());
        if windows.is_empty() {
            let language = match wanted {
                Some(language) => self.checked(language)?,
                None if self.is_multilingual() => String::new(),
                None => "en".to_owned(),
            };
            return Ok(Transcript { language, ..Transcript::default() });
        }
        // A state draws random numbers where the likeliest words fail: a new one draws the same for the same recording.
        let mut state = self.context.create_state().map_err(|error| self.run_failed(error))?;
        let mut language: Option<(String, Option<f32>)> = None;
        let (mut heard, mut no_speech): (Vec<Heard>, Vec<f32>) = (Vec::new(), Vec::new());
        for window in &windows {
            let mut samples = window.samples(speech.samples);
            samples.resize(samples.len().max(SAMPLES_MIN), 0.0);
            let (language, _) = match &language {
                Some(known) => known,
                None => language.insert(self.language_of(speech.language, &mut state, &samples)?),
            };
            let mut words = Vec::new();
            for said in self.hear(&mut state, &samples, language)? {
                words.extend(words::words(&said, no_speech.len()));
                no_speech.push(said.no_speech);
            }
            for word in &mut words {
                word.start = window.secs_in_recording(word.start, false);
                word.end = window.secs_in_recording(word.end, true).max(word.start);
            }
            match &window.seam {
                None => heard.extend(words),
                Some(seam) => {
                    let secs = |sample: usize| sample as f64 / window::RATE as f64;
                    let both = secs(seam.both.start)..secs(seam.both.end);
                    seam::join(&mut heard, words, &both, secs(seam.cut));
                }
            }
        }
        let (language, language_probability) = language.unwrap_or_default();
        let (segments, words) = in_segments(hush::without_remarks(heard), &no_speech);
        let texts: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
        let glue = if segments.iter().any(|segment| segment.text.contains(' ')) { " " } else { "" };
        Ok(Transcript { text: texts.join(glue), language, language_probability, segments, words })
    }
}

/// Words by their segments, without those that were made up.
fn in_segments(heard: Vec<Heard>, no_speech: &[f32]) -> (Vec<Segment>, Vec<Word>) {
    let (mut segments, mut words) = (Vec::new(), Vec::new());
    for group in heard.chunk_by(|a, b| a.segment == b.segment) {
        let no_speech = no_speech.get(group[0].segment).copied().unwrap_or_default();
        if hush::is_made_up(&group.iter().collect::<Vec<_>>(), no_speech) {
            continue;
        }
        segments.push(Segment {
            start_secs: group[0].start,
            end_secs: group.iter().map(|word| word.end).fold(group[0].end, f64::max),
            text: group.iter().map(|word| word.text.as_str()).collect::<String>().trim().to_owned(),
            no_speech: thousandths(no_speech),
        });
        words.extend(group.iter().map(|word| Word {
            start_secs: word.start,
            end_secs: word.end,
            text: word.text.trim().to_owned(),
            confidence: word.confidence,
        }));
    }
    for time in segments.iter_mut().flat_map(|segment| [&mut segment.start_secs, &mut segment.end_secs]) {
        *time = hundredths(*time);
    }
    for time in words.iter_mut().flat_map(|word| [&mut word.start_secs, &mut word.end_secs]) {
        *time = hundredths(*time);
    }
    (segments, words)
}

/// The model knows times to hundredths of a second.
fn hundredths(secs: f64) -> f64 {
    (secs * 100.0).round() / 100.0
}

fn thousandths(share: f32) -> f32 {
    (share * 1000.0).round() / 1000.0
}

/// The language that was asked for, if the model knows it.
fn known_language(
    path: &Path,
    file: &WhisperFile,
    wanted: Option<&str>,
) -> Result<Option<String>, OpenError> {
    let Some(wanted) = wanted else { return Ok(None) };
    let refused = |expected: String| OpenError::Language {
        path: path.to_owned(),
        language: wanted.to_owned(),
        expected,
    };
    if !file.shape.is_multilingual() {
        return if wanted == "en" {
            Ok(Some("en".to_owned()))
        } else {
            Err(refused("`en`, its only one".to_owned()))
        };
    }
    let known = languages();
    if known.contains(&wanted) {
        Ok(Some(wanted.to_owned()))
    } else {
        Err(refused(format!("one of {}", known.join(", "))))
    }
}

/// How the model is asked, for lineage. The number of threads is not in it: it changes no answer.
fn parameters(_threads: usize, beams: usize) -> Parameters {
    let parameters = json!({
        "whisper_cpp": whisper_rs::WHISPER_CPP_VERSION.trim_matches('"'),
        "beams": beams,
        "best_of": BEST_OF,
        "temperature_step": TEMPERATURE_STEP,
        "entropy_min": ENTROPY_MIN,
        "log_probability_min": LOG_PROBABILITY_MIN,
        "no_speech_max": NO_SPEECH_MAX,
        "window_secs_max": window::WINDOW_MAX / window::RATE,
    });
    match parameters {
        serde_json::Value::Object(parameters) => parameters,
        _ => Parameters::new(),
    }
}
