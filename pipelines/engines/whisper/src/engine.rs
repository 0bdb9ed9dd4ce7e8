//! One loaded model and its questions.

use std::io;
use std::path::Path;

use pixmo_engines::speech::{Parameters, WhisperSettings};
use pixmo_engines::{EngineError, Model, Speech, Transcriber, Transcript};
use serde_json::json;
use whisper_rs::{WhisperContext, WhisperContextParameters, WhisperError, WhisperState};

use crate::error::OpenError;
use crate::file::WhisperFile;
use crate::hearing::{BEST_OF, ENTROPY_MIN, LOG_PROBABILITY_MIN, NO_SPEECH_MAX, TEMPERATURE_STEP};
use crate::segments::{in_segments, thousandths};
use crate::words::Heard;
use crate::{hush, memory, seam, window, words};

/// The shortest sound that whisper.cpp listens to, in samples; what is shorter is followed by silence.
pub(crate) const SAMPLES_MIN: usize = window::RATE * 11 / 10;

/// The languages that Whisper knows, as `en`.
#[must_use]
pub fn languages() -> Vec<&'static str> {
    (0..=whisper_rs::get_lang_max_id()).filter_map(whisper_rs::get_lang_str).collect()
}

/// A loaded model. It may be asked from several threads at once.
pub struct Whisper {
    pub(crate) context: WhisperContext,
    pub(crate) model: Model,
    file: WhisperFile,
    language: Option<String>,
    pub(crate) threads: usize,
    pub(crate) beams: usize,
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
        // Not with `flash_attn`: on a processor it takes half as long again.
        let context = WhisperContext::new_with_params(text, WhisperContextParameters::default())
            .map_err(|error| OpenError::Load { path: path.to_owned(), source: io::Error::other(error) })?;
        let (threads, beams) = (settings.threads.unwrap_or(1), settings.beams);
        let parameters = parameters(beams);
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

    pub(crate) fn run_failed(&self, error: WhisperError) -> EngineError {
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
            let voiced = window.voiced(speech.spans);
            for said in self.hear(&mut state, &samples, &voiced, language)? {
                words.extend(words::words(&said, no_speech.len(), &voiced));
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
fn parameters(beams: usize) -> Parameters {
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
