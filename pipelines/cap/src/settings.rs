//! The section `[build.cap]` of the campaign file.
//!
//! What decides a row is part of what a build is continued with; where things lie is not.

use std::sync::Arc;

use pixmo_console::Failure;
use serde::{Deserialize, Serialize};

use crate::asking::Asking;
use crate::output::CaptionLimits;
use crate::prompt::{MERGE, POLISH};
use crate::survey::Desk;

/// What can be set for captions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The folder of the accepted takes, files of JSON lines; by default `annotations/cap` in the data folder.
    #[serde(skip_serializing)]
    pub annotations: String,
    /// A folder of recordings to take in before the build, for campaigns without a server; `list` says whose they are.
    #[serde(skip_serializing)]
    pub takes: String,
    /// CSV or JSON lines that say which recording belongs to which image and person.
    #[serde(skip_serializing)]
    pub list: String,
    /// Where recordings lie under their hash; by default `takes` in the data folder.
    #[serde(skip_serializing)]
    pub store: String,
    /// Takes that were erased: JSON lines with `take`; by default `annotations/erased.jsonl` in the data folder.
    #[serde(skip_serializing)]
    pub erased: String,
    /// Where what waits for a person is written, and `decisions.jsonl` is read; by default `review/cap` in the data folder.
    #[serde(skip_serializing)]
    pub review: String,
    /// SHA-256 over all lines of annotations. Filled in when a build begins; in a campaign it pins them.
    pub annotations_sha256: String,
    /// Who writes the captions.
    pub writer: WriterKind,
    /// Whether every take needs a receipt that holds.
    pub receipts: Receipts,
    /// The folder of the published log of receipts.
    #[serde(skip_serializing)]
    pub log: String,
    /// A file with a public key of the log that came from elsewhere. Without one the keys in the log's folder are believed.
    #[serde(skip_serializing)]
    pub log_key: String,
    /// What the config `audio` holds of the recordings of those who agreed.
    pub audio: AudioForm,
    /// Languages that are taken, as BCP 47 tags; a tag without region takes all its regions.
    pub languages: Vec<String>,
    /// Fewest good takes of an image.
    pub takes_min: usize,
    /// What a take must be.
    pub take: TakeLimits,
    /// What a caption must be.
    pub caption: CaptionLimits,
    /// How often a language model is asked for one caption.
    pub attempts_max: u32,
    /// Randomness of the model's answers, 0 to 2.
    pub temperature: f64,
    /// Most tokens of an answer.
    pub tokens_max: u32,
    /// The language model, filled in when a build begins.
    pub model: String,
    /// SHA-256 of the prompts, filled in when a build begins.
    pub prompts_sha256: Vec<String>,
    /// What this run works with.
    #[serde(skip)]
    pub run: Run,
}

/// What one run works with; decides no byte by itself.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The takes and what belongs to them.
    pub desk: Option<Arc<Desk>>,
    /// The language model.
    pub asking: Option<Arc<Asking>>,
}

/// Who writes captions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WriterKind {
    /// A text-only language model, that of [engines.chat].
    #[default]
    Model,
    /// Rules alone.
    Rules,
}

/// Whether takes need receipts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Receipts {
    /// Every take needs one that holds.
    Required,
    /// One that is there must hold.
    #[default]
    IfThere,
}

/// In which form recordings are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AudioForm {
    /// Not at all.
    None,
    /// As 16-bit WAV with one channel and 16,000 samples a second, which every reader decodes.
    #[default]
    Wav,
    /// As they came.
    Original,
}

/// What a take must be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TakeLimits {
    /// Fewest seconds of speech where several people speak about an image.
    pub voiced_secs_min_several: f64,
    /// Fewest seconds of speech where one person does.
    pub voiced_secs_min_single: f64,
    /// Fewest words.
    pub words_min: usize,
    /// Fewest words for each minute of speech.
    pub words_per_minute_min: f64,
    /// Most words for each minute of speech.
    pub words_per_minute_max: f64,
    /// Largest share of samples at the end of the scale, 0 to 1.
    pub clipped_share_max: f64,
    /// Largest share of rows of four words that stood there before, 0 to 1.
    pub repetition_max: f64,
    /// Largest share of rows of five words in common with a take of another image, 0 to 1.
    pub near_copy_max: f64,
}

impl Default for TakeLimits {
    fn default() -> Self {
        TakeLimits {
            voiced_secs_min_several: 60.0,
            voiced_secs_min_single: 90.0,
            words_min: 90,
            words_per_minute_min: 80.0,
            words_per_minute_max: 220.0,
            clipped_share_max: 0.02,
            repetition_max: 0.3,
            near_copy_max: 0.5,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            annotations: String::new(),
            takes: String::new(),
            list: String::new(),
            store: String::new(),
            erased: String::new(),
            review: String::new(),
            annotations_sha256: String::new(),
            writer: WriterKind::default(),
            receipts: Receipts::default(),
            log: String::new(),
            log_key: String::new(),
            audio: AudioForm::default(),
            languages: vec!["en".to_owned()],
            takes_min: 1,
            take: TakeLimits::default(),
            caption: CaptionLimits::default(),
            attempts_max: 3,
            temperature: 0.2,
            tokens_max: 1_200,
            model: String::new(),
            prompts_sha256: Vec::new(),
            run: Run::default(),
        }
    }
}

impl Settings {
    /// Fills in where things lie in a data folder, where nothing else is said.
    pub fn place(&mut self, data: &str) {
        let data = data.trim_end_matches('/');
        for (setting, usual) in [
            (&mut self.annotations, "annotations/cap"),
            (&mut self.store, "takes"),
            (&mut self.erased, "annotations/erased.jsonl"),
            (&mut self.review, "review/cap"),
        ] {
            if setting.is_empty() {
                *setting = format!("{data}/{usual}");
            }
        }
    }

    /// Notes what was given and who writes, so that a build is continued with the same only.
    ///
    /// # Errors
    /// A request failure if the campaign pins other annotations.
    pub fn pin(&mut self) -> Result<(), Failure> {
        let Some(desk) = &self.run.desk else { return Err(Failure::bug("captions are built without takes")) };
        let found = desk.annotations.sha256();
        if !self.annotations_sha256.is_empty() && self.annotations_sha256 != found {
            return Err(Failure::request(
                "the annotations are not those that `annotations_sha256` of [build.cap] pins",
            )
            .because(format!("their sha256 is `{found}`, expected `{}`", self.annotations_sha256))
            .at(self.annotations.clone()));
        }
        found.clone_into(&mut self.annotations_sha256);
        (self.model, self.prompts_sha256) = match (self.writer, &self.run.asking) {
            (WriterKind::Model, Some(asking)) => {
                let prompts = [POLISH, MERGE].map(|prompt| prompt.sha256().to_string());
                (asking.model_name(), prompts.into())
            }
            _ => (String::new(), Vec::new()),
        };
        Ok(())
    }

    /// Checks what can be known before anything is read.
    ///
    /// # Errors
    /// A request failure with the first setting that cannot work.
    pub fn check(&self) -> Result<(), Failure> {
        let bad = |key: &str, found: String, expected: &str| {
            Err(Failure::request(format!("`{key}` of [build.cap] is {found}, expected {expected}")))
        };
        let take = &self.take;
        for (key, value) in [
            ("take.clipped_share_max", take.clipped_share_max),
            ("take.repetition_max", take.repetition_max),
            ("take.near_copy_max", take.near_copy_max),
        ] {
            if !(0.0..=1.0).contains(&value) {
                return bad(key, value.to_string(), "0 to 1");
            }
        }
        for (key, value) in [
            ("take.voiced_secs_min_several", take.voiced_secs_min_several),
            ("take.voiced_secs_min_single", take.voiced_secs_min_single),
            ("take.words_per_minute_min", take.words_per_minute_min),
        ] {
            if !(value.is_finite() && value >= 0.0) {
                return bad(key, value.to_string(), "0 or more");
            }
        }
        if !take.words_per_minute_max.is_finite() || take.words_per_minute_max <= take.words_per_minute_min {
            let expected = format!("more than `take.words_per_minute_min`, {}", take.words_per_minute_min);
            return bad("take.words_per_minute_max", take.words_per_minute_max.to_string(), &expected);
        }
        if self.caption.words_max <= self.caption.words_min {
            let expected = format!("more than `caption.words_min`, {}", self.caption.words_min);
            return bad("caption.words_max", self.caption.words_max.to_string(), &expected);
        }
        if self.takes_min == 0 {
            return bad("takes_min", "0".to_owned(), "1 or more");
        }
        if self.languages.is_empty() {
            return bad("languages", "empty".to_owned(), "at least one tag, such as `en`");
        }
        if !(1..=20).contains(&self.attempts_max) {
            return bad("attempts_max", self.attempts_max.to_string(), "1 to 20");
        }
        if !(0.0..=2.0).contains(&self.temperature) {
            return bad("temperature", self.temperature.to_string(), "0 to 2");
        }
        if self.takes.is_empty() != self.list.is_empty() {
            return Err(Failure::request("`takes` and `list` of [build.cap] belong together").hint(
                "`takes` is a folder of recordings, `list` a CSV or JSONL file that says whose they are",
            ));
        }
        if self.receipts == Receipts::Required && self.log.is_empty() {
            return Err(Failure::request("`receipts` of [build.cap] is `required`, and no log is named")
                .hint("write `log = \"DIR\"` into [build.cap]: the folder of the published log"));
        }
        Ok(())
    }
}
