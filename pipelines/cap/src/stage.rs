//! The dataset `cap`: one task for each image that somebody spoke about.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use pixmo_console::{Console, Counts, Event, Failure};
use pixmo_engines::chat::ChatRequest;
use pixmo_schemas::records::{CapAudioRecord, Image};
use pixmo_schemas::{Dataset, Sha256};
use pixmo_shards::Sidecar;
use pixmo_stage::{
    ConfigSpec, Context, Emit, Group, Outcome, Part, Review, Shard, Split, Stage, Task, Worker, parallel,
};
use serde_json::{Value, json};

use crate::asking::Asking;
use crate::judge::{self, Bench, Judged, Made};
use crate::look::as_wav;
use crate::reason::{self, Reason};
use crate::review;
use crate::settings::{AudioForm, Settings, WriterKind};
use crate::survey::{Desk, Survey};

/// The main table.
const CONFIG: &str = "default";
/// Images in one shard if nobody says anything.
const IMAGES_A_SHARD: u64 = 5_000;
/// The key of a sidecar's summary under which stands what its rows were made from.
const MADE_FROM: &str = "made_from";

/// Captions from takes.
pub struct Cap {
    settings: Settings,
    desk: Arc<Desk>,
    asking: Arc<Asking>,
    seed: u64,
    jobs: usize,
    survey: OnceLock<Survey>,
    shards: u32,
}

/// Notes which rows a shard holds.
#[derive(Debug, Default)]
pub struct Origin(blake3::Hasher);

impl Origin {
    fn add(&mut self, made: &Made) {
        // A record has no form that cannot be written as JSON.
        let text = serde_json::to_vec(made).unwrap_or_default();
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(&text);
    }

    fn hex(&self) -> String {
        self.0.finalize().to_hex()[..32].to_owned()
    }
}

impl Review<Made> for Origin {
    const NEEDED: bool = false;

    fn observe(&mut self, _row: &Made) {}

    fn apply(&mut self, row: Made) -> Made {
        self.add(&row);
        row
    }

    fn summary(&self) -> Value {
        json!({ MADE_FROM: self.hex() })
    }
}

impl Cap {
    fn survey(&self) -> Result<&Survey, Failure> {
        self.survey.get().ok_or_else(|| Failure::bug("rows are made before the takes were looked at"))
    }

    fn task(&self, image: u64) -> Task {
        let group = Group { config: CONFIG, split: Split::Train, tasks: u64::MAX };
        Task::new(self.seed, Dataset::Cap, &group, image)
    }

    fn judge(&self, image: u64) -> Result<Judged, Failure> {
        let memory = |request: &ChatRequest| self.asking.told(request);
        let bench = Bench {
            desk: &self.desk,
            survey: self.survey()?,
            settings: &self.settings,
            memory: &memory,
            code_version: Self::VERSION,
        };
        bench.judge(image as usize, &self.task(image).seed)
    }

    /// Judges an image, and asks the language model as long as that is what is missing.
    fn settle(&self, image: u64) -> Result<Judged, Failure> {
        loop {
            let judged = self.judge(image)?;
            match &judged.outcome {
                judge::Outcome::Asks(request) => self.asking.ask(request)?,
                _ => return Ok(judged),
            }
        }
    }

    fn images_of(shard: &Shard) -> impl Iterator<Item = u64> {
        shard.parts.iter().flat_map(|part| part.tasks.clone())
    }
}

impl Stage for Cap {
    const DATASET: Dataset = Dataset::Cap;
    const PROGRAM: &'static str = "pixmo-cap";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    /// Takes that do not pass wait for a person, and are no fault of the data.
    const DROPS_PERCENT_MAX: f64 = 100.0;
    const CARD: &'static str = include_str!("../CARD.md");

    type Settings = Settings;
    type Row = Made;
    type Reason = Reason;
    type Review = Origin;

    fn pin(settings: &mut Settings) -> Result<(), Failure> {
        settings.pin()
    }

    fn open(mut settings: Settings, cx: &Context) -> Result<Cap, Failure> {
        settings.check()?;
        let desk =
            settings.run.desk.take().ok_or_else(|| Failure::bug("captions are built without takes"))?;
        let asking = settings.run.asking.take().unwrap_or_default();
        let jobs = cx.jobs();
        Ok(Cap { settings, desk, asking, seed: cx.seed(), jobs, survey: OnceLock::new(), shards: 1 })
    }

    fn groups(&self, limit: Option<u64>) -> Vec<Group> {
        let images = self.desk.annotations.images() as u64;
        vec![Group {
            config: CONFIG,
            split: Split::Train,
            tasks: limit.map_or(images, |limit| limit.min(images)),
        }]
    }

    fn shards_usual(&self, tasks: u64) -> u32 {
        u32::try_from(tasks.div_ceil(IMAGES_A_SHARD)).unwrap_or(u32::MAX).max(1)
    }

    fn planned(&mut self, shards: &[Shard]) {
        self.shards = shards.len() as u32;
    }

    fn configs(&self) -> Vec<ConfigSpec> {
        let config =
            |name: &str| Dataset::Cap.config(name).expect("the configs of cap are listed in schemas");
        vec![
            ConfigSpec::main(config(CONFIG)),
            ConfigSpec::side(config("by_image"), CONFIG),
            ConfigSpec::several(config("receipts"), CONFIG),
            ConfigSpec::several(config("audio"), CONFIG),
        ]
    }

    /// Takes are always looked at anew: what was measured, transcribed and answered is remembered, so that it costs little.
    fn lacks(&self, _shard: &Shard) -> Result<bool, Failure> {
        Ok(true)
    }

    fn bring(&self, shards: &[&Shard], console: &Console) -> Result<(), Failure> {
        let survey = Survey::make(&self.desk, &self.settings, self.jobs, console)?;
        if self.survey.set(survey).is_err() {
            return Err(Failure::bug("the takes were looked at twice"));
        }
        let progress = console.progress("captions");
        let images: Vec<(usize, u64)> = shards
            .iter()
            .enumerate()
            .flat_map(|(at, shard)| Cap::images_of(shard).map(move |image| (at, image)))
            .collect();
        let mut counts = Counts::default();
        progress.tell(Event::Begun { shards: 0, tasks: images.len() as u64, seed: None, before: counts });
        let jobs = match self.settings.writer {
            WriterKind::Model => self.asking.at_once().max(self.jobs),
            WriterKind::Rules => self.jobs,
        };
        let mut waiting: Vec<BTreeMap<u64, Vec<review::Item>>> = vec![BTreeMap::new(); shards.len()];
        let interrupt = console.interrupt();
        let work = |at: usize| self.settle(images[at].1);
        let is_whole = parallel::each(images.len(), jobs, &interrupt, work, |at, judged: Judged| {
            let (shard, image) = images[at];
            counts.tasks_finished += 1;
            let is_row = matches!(judged.outcome, judge::Outcome::Row(_));
            counts.rows += u64::from(is_row);
            counts.dropped += u64::from(!is_row);
            if !judged.review.is_empty() {
                waiting[shard].insert(image, judged.review);
            }
            progress.tell(Event::Moved(counts));
            Ok(())
        })?;
        if !is_whole {
            progress.tell(Event::Interrupted(counts));
            return Err(Failure::interrupted("not all captions were written; every answer is remembered")
                .hint("run the same command again to continue"));
        }
        drop(progress);
        let folder = std::path::Path::new(&self.settings.review);
        let mut items = 0;
        for (shard, waiting) in shards.iter().zip(waiting) {
            let waiting: Vec<review::Item> = waiting.into_values().flatten().collect();
            items += waiting.len();
            review::write(folder, shard.index, self.shards, &waiting)?;
        }
        if items > 0 {
            let items = pixmo_console::wording::counted(items as u64, "item");
            console.say(format!("cap: {items} for a person to look at in {}", folder.display()));
        }
        self.asking.check_ledger()
    }

    fn is_current(&self, shard: &Shard, sidecar: &Sidecar) -> Result<bool, Failure> {
        // Before the takes were looked at nothing can be said; it is asked again afterwards.
        if self.survey.get().is_none() {
            return Ok(true);
        }
        let (mut origin, mut drops) = (Origin::default(), BTreeMap::new());
        for image in Cap::images_of(shard) {
            match self.judge(image)?.outcome {
                judge::Outcome::Row(made) => origin.add(&made),
                judge::Outcome::Nothing(reason) => {
                    *drops.entry(reason::name(reason).to_owned()).or_insert(0u64) += 1;
                }
                judge::Outcome::Asks(_) => return Ok(false),
            }
        }
        let made_from = sidecar.summary.get(MADE_FROM).and_then(Value::as_str);
        Ok(made_from == Some(&origin.hex()) && drops == sidecar.drops)
    }

    fn make(&self, task: &Task, _worker: &mut Worker) -> Result<Outcome<Made, Reason>, Failure> {
        match self.judge(task.index)?.outcome {
            judge::Outcome::Row(made) => Ok(Outcome::Keep(*made)),
            judge::Outcome::Nothing(reason) => Ok(Outcome::Drop(reason)),
            judge::Outcome::Asks(_) => {
                Err(Failure::world("an answer of the language model that was there is gone")
                    .hint("run the same command again: what is missing is asked again"))
            }
        }
    }

    fn emit(&self, part: &Part, row: Made, out: &mut Emit) -> Result<(), Failure> {
        let Made { caption, by_image, receipts, recordings } = row;
        out.count("transcripts", caption.transcripts.len() as u64);
        out.count("caption_words", by_image.caption_words as u64);
        out.count("transcript_words", by_image.transcript_words as u64);
        out.count("takes_left_out", by_image.takes_left_out as u64);
        out.count("sentences_left_out", by_image.sentences_left_out as u64);
        out.count(&format!("phase_{}", by_image.phase), 1);
        out.count(&format!("written_by_{}", by_image.writer), 1);
        out.count("answers_of_text_models", by_image.attempts as u64);
        // The ledger was read before the first row was made: a build with such an answer does not come this far.
        out.count("answers_of_vision_models", 0);
        out.count("recordings", recordings.len() as u64);
        for recording in recordings {
            let Some(receipt) = receipts.get(recording.receipt) else {
                return Err(Failure::bug("a recording belongs to no take of its row"));
            };
            let row = CapAudioRecord {
                audio: self.audio(&receipt.audio_sha256, &recording.extension)?,
                row_id: receipt.row_id.clone(),
                take: receipt.take.clone(),
                person: receipt.person.clone(),
                language: receipt.language.clone(),
                image_sha256: receipt.image_sha256.clone(),
                image_url: caption.image_url.clone(),
                audio_sha256: receipt.audio_sha256.clone(),
                transcript: caption.transcripts.get(recording.receipt).cloned().unwrap_or_default(),
                words: recording.words,
            };
            out.push("audio", row)?;
        }
        for receipt in receipts {
            out.count(&format!("receipts_{}", receipt.receipt), 1);
            out.push("receipts", receipt)?;
        }
        out.push("by_image", by_image)?;
        out.push(part.config, caption)
    }
}

impl Cap {
    /// A recording for its row.
    fn audio(&self, sha256: &str, extension: &str) -> Result<Image, Failure> {
        let hash: Sha256 = sha256
            .parse()
            .map_err(|error| Failure::bug("a take has no hash").cause(&error as &dyn std::error::Error))?;
        let path = self.desk.eyes.recordings().path(&hash, extension);
        let failed = |error: &(dyn std::error::Error + 'static)| {
            Failure::world("a recording that was there cannot be read any more")
                .cause(error)
                .at(path.display().to_string())
                .hint("bring it back, and run the same command again")
        };
        let (bytes, extension) = match self.settings.audio {
            AudioForm::Wav => (as_wav(&path).map_err(|error| failed(&error))?, "wav"),
            _ => (std::fs::read(&path).map_err(|error| failed(&error))?, extension),
        };
        Ok(Image { bytes, path: Some(format!("{sha256}.{extension}")) })
    }
}
