//! One image: its good takes become a row, or there is a reason why not. The same takes, answers and decisions give the same
//! row, whoever asks and how often.

use pixmo_console::Failure;
use pixmo_engines::chat::ChatRequest;
use pixmo_schemas::annotation::{SCOPE_AUDIO, TakeAnnotation};
use pixmo_schemas::records::{CapByImageRecord, CapReceiptRecord, CapRecord, TimedWord};
use pixmo_schemas::{Sha256, row_id};
use serde::{Deserialize, Serialize};

use crate::checks::{TakeFault, words_per_minute};
use crate::clean::{Cleaned, clean};
use crate::fault::InputError;
use crate::look::{Look, Looked};
use crate::merge::merge;
use crate::output::{self, Fault, Source};
use crate::prompt::{self, Earlier, Manner, Prompt};
use crate::reason::{self, Reason};
use crate::review::Item;
use crate::said::{Said, words_edited};
use crate::settings::{AudioForm, Settings, WriterKind};
use crate::survey::{Desk, Survey};
use crate::words;

/// A row as it is journalled: all records of one image, without the bytes of recordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The row of `default`.
    pub caption: CapRecord,
    /// The row of `by_image`.
    pub by_image: CapByImageRecord,
    /// The rows of `receipts`.
    pub receipts: Vec<CapReceiptRecord>,
    /// What becomes rows of `audio`.
    pub recordings: Vec<Recording>,
}

/// A recording that may be published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recording {
    /// Which of the rows of `receipts` it belongs to.
    pub receipt: usize,
    /// The end of its name in the store.
    pub extension: String,
    /// The words with their times.
    pub words: Vec<TimedWord>,
}

/// What became of an image.
#[derive(Debug)]
pub enum Outcome {
    /// A row.
    Row(Box<Made>),
    /// None, and why.
    Nothing(Reason),
    /// The language model must be asked first.
    Asks(Box<ChatRequest>),
}

/// What a language model said, as far as it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Its answer.
    Answer(String),
    /// It was asked and gave no text: why.
    Nothing(String),
    /// Nobody asked yet.
    Unknown,
}

/// What is known of earlier questions.
pub type Memory<'a> = &'a (dyn Fn(&ChatRequest) -> Result<Told, Failure> + Sync);

/// An image judged, and what of it waits for a person.
#[derive(Debug)]
pub struct Judged {
    /// What became of it.
    pub outcome: Outcome,
    /// What waits.
    pub review: Vec<Item>,
}

/// All that decides about rows besides the takes.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The takes and what belongs to them.
    pub desk: &'a Desk,
    /// What is wrong with each take.
    pub survey: &'a Survey,
    /// The settings.
    pub settings: &'a Settings,
    /// What the language model said.
    pub memory: Memory<'a>,
    /// Version of the code.
    pub code_version: &'a str,
}

/// A take that is good.
struct Good {
    take: TakeAnnotation,
    said: Said,
    look: Look,
}

/// A caption, and how it came to be.
struct Written {
    text: String,
    writer: &'static str,
    attempts: u32,
    left_out: usize,
}

enum Writing {
    Done(Written),
    Failed(Vec<Fault>, Option<String>),
    Asks(Box<ChatRequest>),
}

impl Bench<'_> {
    /// Judges an image. `seed` is that of its task.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn judge(&self, image: usize, seed: &[u8; 32]) -> Result<Judged, Failure> {
        let (good, review, first_reason) = self.takes(image)?;
        let mut judged = Judged { outcome: Outcome::Nothing(first_reason), review };
        if good.is_empty() {
            return Ok(judged);
        }
        if good.len() < self.settings.takes_min {
            judged.outcome = Outcome::Nothing(Reason::TakesTooFew);
            return Ok(judged);
        }
        let texts: Vec<&str> = good.iter().map(|good| good.said.text.as_str()).collect();
        match self.caption(&good, &texts)? {
            Writing::Asks(request) => judged.outcome = Outcome::Asks(request),
            Writing::Failed(faults, caption) => {
                let reason = faults.first().map_or(Reason::ModelRefused, |fault| fault.reason);
                judged.outcome = Outcome::Nothing(reason);
                judged.review.push(Item::Caption {
                    image: good[0].take.image.sha256.to_string(),
                    url: good[0].take.image.url.clone(),
                    faults,
                    caption,
                    transcripts: texts.into_iter().map(str::to_owned).collect(),
                });
            }
            Writing::Done(written) => {
                let left_out = self.desk.annotations.of_image(image).len() - good.len();
                judged.outcome = Outcome::Row(Box::new(self.made(&good, written, left_out, seed)?));
            }
        }
        Ok(judged)
    }

    /// The good takes of an image, what waits of the others, and the reason of the first of those.
    fn takes(&self, image: usize) -> Result<(Vec<Good>, Vec<Item>, Reason), InputError> {
        let (mut good, mut review, mut first) = (Vec::<Good>::new(), Vec::new(), None);
        for number in self.desk.annotations.of_image(image) {
            let take = self.desk.annotations.take(*number)?;
            let said = self.desk.transcripts.of(&take)?;
            let mut fault = self.survey.fault(*number).cloned();
            let looked = if fault.is_none() { Some(self.desk.eyes.look(&take.audio)?) } else { None };
            let language = good.first().map_or(&take.language, |first| &first.take.language);
            if fault.is_none() && *language != take.language {
                let found = format!("`{}`", take.language);
                fault = Some(TakeFault::new(
                    Reason::LanguageDiffers,
                    found,
                    format!("`{language}`, as the other takes"),
                ));
            }
            match (fault, said, looked) {
                (None, Some(said), Some(Looked::Fine(look))) => good.push(Good { take, said, look: *look }),
                (fault, said, looked) => {
                    // A recording that went away since it was surveyed.
                    let gone = || match looked {
                        Some(Looked::Bad(reason, found)) => TakeFault::new(reason, found, "the recording"),
                        _ => TakeFault::new(Reason::TranscriptMissing, "nothing", "a transcript"),
                    };
                    let fault = fault.unwrap_or_else(gone);
                    first.get_or_insert(fault.reason);
                    if fault.reason.is_for_review() {
                        review.push(item(&take, fault, said));
                    }
                }
            }
        }
        Ok((good, review, first.unwrap_or(Reason::TakesTooFew)))
    }

    fn caption(&self, good: &[Good], texts: &[&str]) -> Result<Writing, Failure> {
        let image = good[0].take.image.sha256.to_string();
        let language = &good[0].take.language;
        let source = Source::new(texts.iter().copied());
        let check = |text: &str| {
            let mut faults = output::faults(text, &source, &self.settings.caption, language);
            faults.retain(|fault| !self.desk.decisions.waives_image(&image, fault.reason));
            faults
        };
        if let Some(text) = self.desk.decisions.caption(&image) {
            let text = prompt::tidy(text);
            let faults = check(&text);
            return Ok(match faults.is_empty() {
                true => Writing::Done(Written { text, writer: "person", attempts: 0, left_out: 0 }),
                false => Writing::Failed(faults, Some(text)),
            });
        }
        match self.settings.writer {
            WriterKind::Rules => {
                let cleaned = good.iter().map(|good| clean(&good.said.text, good.said.words(), language));
                let cleaned: Vec<Cleaned> = cleaned.collect();
                let merged = merge(cleaned, self.settings.caption.words_max);
                let text = merged.text();
                let faults = check(&text);
                Ok(match faults.is_empty() {
                    true => Writing::Done(Written {
                        text,
                        writer: "rules",
                        attempts: 0,
                        left_out: merged.left_out,
                    }),
                    false => Writing::Failed(faults, Some(text)),
                })
            }
            WriterKind::Model => self.ask(texts, check),
        }
    }

    /// Goes through what the model answered until an answer is good, the attempts are used up, or it must be asked.
    fn ask(&self, texts: &[&str], check: impl Fn(&str) -> Vec<Fault>) -> Result<Writing, Failure> {
        let manner = Manner { temperature: self.settings.temperature, tokens_max: self.settings.tokens_max };
        let mut earlier: Vec<Earlier> = Vec::new();
        for attempt in 1..=self.settings.attempts_max {
            let request = prompt::question(texts, &earlier, manner);
            match (self.memory)(&request)? {
                Told::Unknown => return Ok(Writing::Asks(Box::new(request))),
                Told::Nothing(why) => {
                    let expected = "a text".to_owned();
                    let fault = Fault { reason: Reason::ModelRefused, found: why, expected };
                    earlier.push(Earlier { answer: None, faults: vec![fault] });
                }
                Told::Answer(answer) => {
                    let text = prompt::tidy(&answer);
                    let faults = check(&text);
                    if faults.is_empty() {
                        let writer = Prompt::of(texts.len()).purpose;
                        return Ok(Writing::Done(Written { text, writer, attempts: attempt, left_out: 0 }));
                    }
                    earlier.push(Earlier { answer: Some(text), faults });
                }
            }
        }
        let last = earlier.pop();
        Ok(match last {
            Some(Earlier { answer, faults }) => Writing::Failed(faults, answer),
            None => Writing::Failed(Vec::new(), None),
        })
    }

    fn made(
        &self,
        good: &[Good],
        written: Written,
        left_out: usize,
        seed: &[u8; 32],
    ) -> Result<Made, Failure> {
        let first = &good[0].take;
        let image = first.image.sha256.to_string();
        let transcripts: Vec<String> = good.iter().map(|good| good.said.text.clone()).collect();
        let caption = CapRecord {
            image_url: first.image.url.clone(),
            caption: written.text,
            transcripts: transcripts.clone(),
        };
        let row_id =
            row_id(&caption).map_err(|error| Failure::bug("a row has no id").cause(&error))?.to_string();
        let by_model = matches!(written.writer, "polish" | "merge");
        let mut waived: Vec<&str> = Vec::new();
        for good in good {
            waived.extend(self.desk.decisions.waived_of_take(&good.take.take).map(reason::name));
        }
        waived.extend(self.desk.decisions.waived_of_image(&image).map(reason::name));
        waived.sort_unstable();
        waived.dedup();
        let by_image = CapByImageRecord {
            row_id: row_id.clone(),
            image_sha256: image,
            image_url: caption.image_url.clone(),
            caption: caption.caption.clone(),
            takes: good.iter().map(|good| good.take.take.clone()).collect(),
            phase: first.phase.name().to_owned(),
            language: first.language.clone(),
            takes_left_out: left_out as i32,
            writer: written.writer.to_owned(),
            model: by_model.then(|| self.settings.model.clone()),
            prompt_sha256: by_model.then(|| Prompt::of(good.len()).sha256().to_string()),
            attempts: written.attempts as i32,
            caption_words: words::count(&caption.caption) as i32,
            transcript_words: transcripts.iter().map(|text| words::count(text)).sum::<usize>() as i32,
            sentences_left_out: written.left_out as i32,
            waived: waived.into_iter().map(str::to_owned).collect(),
            seed: hex::encode(seed),
            code_version: self.code_version.to_owned(),
            transcripts,
        };
        let publishes =
            |good: &Good| self.settings.audio != AudioForm::None && good.take.consent.covers(SCOPE_AUDIO);
        let recordings = good.iter().enumerate().filter(|(_, good)| publishes(good)).map(recording).collect();
        let receipts = good.iter().map(|good| self.receipt(good, &row_id)).collect();
        Ok(Made { caption, by_image, receipts, recordings })
    }

    fn receipt(&self, good: &Good, row_id: &str) -> CapReceiptRecord {
        let Good { take, said, look } = good;
        let model = said.raw.as_ref().and_then(|raw| raw.model.as_ref());
        let raw = said.raw.as_ref().map(|raw| raw.text.as_str());
        let measures = look.measures.as_ref();
        let words = words::count(&said.text);
        CapReceiptRecord {
            row_id: row_id.to_owned(),
            image_sha256: take.image.sha256.to_string(),
            take: take.take.clone(),
            person: take.person.clone(),
            phase: take.phase.name().to_owned(),
            language: take.language.clone(),
            recorded_at: take.recorded_at.clone(),
            received_at: take.received_at.clone(),
            consent_version: take.consent.version.clone(),
            consent_scopes: take.consent.scopes.clone(),
            audio_sha256: take.audio.sha256.to_string(),
            audio_bytes: take.audio.bytes as i64,
            audio_codec: take
                .audio
                .codec
                .clone()
                .or_else(|| Some(look.codec.clone()).filter(|codec| !codec.is_empty())),
            duration_secs: measures.map(|measures| measures.duration_secs),
            voiced_secs: measures.map(|measures| measures.voiced_secs.min(measures.duration_secs)),
            clipped_share: measures.map(|measures| measures.clipping_ratio),
            snr_db: measures.and_then(|measures| measures.snr_db),
            transcript_from: said.from.to_owned(),
            transcript_sha256: Sha256::of(said.text.as_bytes()).to_string(),
            raw_sha256: raw.map(|raw| Sha256::of(raw.as_bytes()).to_string()),
            recogniser: model.map(|model| model.name.clone()),
            recogniser_sha256: model.and_then(|model| model.sha256).map(|sha256| sha256.to_string()),
            word_confidence: said.confidence(),
            words: words as i32,
            words_per_minute: measures.and_then(|measures| words_per_minute(words, measures.voiced_secs)),
            words_edited: raw
                .filter(|_| said.from == "corrected")
                .map(|raw| words_edited(raw, &said.text) as i32),
            receipt: self.desk.vouching.of(take, said).to_owned(),
            receipt_leaf: take.receipt.as_ref().map(|receipt| receipt.leaf as i64),
            receipt_sha256: take.receipt.as_ref().map(|receipt| receipt.sha256.to_string()),
        }
    }
}

fn item(take: &TakeAnnotation, fault: TakeFault, said: Option<Said>) -> Item {
    let keeps_text = fault.reason != Reason::ConsentMissing;
    Item::Take {
        take: take.take.clone(),
        image: take.image.sha256.to_string(),
        url: take.image.url.clone(),
        person: take.person.clone(),
        audio: take.audio.sha256.to_string(),
        reason: fault.reason,
        found: fault.found,
        expected: fault.expected,
        can_be_waived: fault.reason.can_be_waived(),
        transcript: said.filter(|_| keeps_text).map(|said| said.text),
    }
}

fn recording((receipt, good): (usize, &Good)) -> Recording {
    let word = |word: &pixmo_schemas::annotation::SpokenWord| TimedWord {
        word: word.word.clone(),
        from_secs: word.from_secs,
        to_secs: word.to_secs,
    };
    Recording {
        receipt,
        extension: good.take.audio.extension().to_owned(),
        words: good.said.raw.iter().flat_map(|raw| &raw.words).map(word).collect(),
    }
}
