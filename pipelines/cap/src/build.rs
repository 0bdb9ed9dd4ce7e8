//! The verb `build`: takes to captions.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_stage::{BuildArgs, Told, build_with};
use serde_json::json;

use crate::annotations::{self, Annotations};
use crate::import;
use crate::look::Eyes;
use crate::review::Decisions;
use crate::said::Transcripts;
use crate::settings::{Settings, WriterKind};
use crate::stage::Cap;
use crate::store::Store;
use crate::survey::Desk;
use crate::vouch::Vouching;

/// Build the dataset
///
/// Accepted takes are checked, and what was said becomes one caption for each image. What does not pass waits for a person
/// in `review/cap` of the data folder. Finished shards are kept: run the same command again to continue.
///
/// Example: `pixmo build cap --campaign campaign.toml --no-llm`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct CapBuildArgs {
    /// How it is built.
    #[command(flatten)]
    pub build: BuildArgs,
    /// Write captions by rules alone, without any language model
    #[arg(long)]
    pub no_llm: bool,
    /// Take these recordings in first; --list says whose they are
    #[arg(long, value_name = "DIR", requires = "list")]
    pub takes: Option<PathBuf>,
    /// CSV or JSON lines: which recording belongs to which image and person
    #[arg(long, value_name = "FILE", requires = "takes")]
    pub list: Option<PathBuf>,
}

/// Runs the verb.
///
/// # Errors
/// A request failure before anything is written; a world failure or an interruption after which the same command continues.
pub fn run(args: &CapBuildArgs, console: &Console) -> Result<Ending, Failure> {
    let Told { mut settings, data, .. } = Told::<Cap>::read(args.build.campaign.as_deref())?;
    settings.place(&data);
    if args.no_llm {
        settings.writer = WriterKind::Rules;
    }
    if let (Some(takes), Some(list)) = (&args.takes, &args.list) {
        settings.takes = takes.display().to_string();
        settings.list = list.display().to_string();
    }
    settings.check()?;
    if settings.writer == WriterKind::Model {
        let asking = crate::model::open(args.build.campaign.as_deref(), &data, console)?;
        settings.run.asking = Some(Arc::new(asking));
    }
    if !settings.takes.is_empty() {
        let store = Store::new(&settings.store);
        let annotations = Path::new(&settings.annotations);
        let imported =
            import::import(Path::new(&settings.takes), Path::new(&settings.list), annotations, &store)?;
        console.say(format!("cap: {} taken in", wording::counted(imported.takes, "take")));
    }
    settings.run.desk = Some(Arc::new(desk(&settings, &data)?));
    if args.build.dry_run {
        return rehearse(&settings, console);
    }
    let prepared = settings;
    build_with::<Cap>(&args.build, console, None, move |settings| {
        *settings = prepared;
        Ok(())
    })
}

/// Opens what all workers share.
fn desk(settings: &Settings, data: &str) -> Result<Desk, Failure> {
    let data = Path::new(data);
    let looks = Store::new(data.join("cache").join("takes"));
    Ok(Desk {
        annotations: Annotations::read(Path::new(&settings.annotations))?,
        eyes: Eyes::new(Store::new(&settings.store), looks),
        transcripts: Transcripts::new(data.join("transcripts")),
        erased: annotations::erased(Path::new(&settings.erased))?,
        decisions: Decisions::read(Path::new(&settings.review))?,
        vouching: Vouching::open(&settings.log, &settings.log_key)?,
    })
}

/// Says what there is, and writes nothing.
fn rehearse(settings: &Settings, console: &Console) -> Result<Ending, Failure> {
    let desk = settings.run.desk.as_ref().ok_or_else(|| Failure::bug("captions are built without takes"))?;
    let (mut bytes, mut without) = (0u64, 0u64);
    for number in 0..desk.annotations.takes() {
        let take = desk.annotations.take(number as u32)?;
        bytes += take.audio.bytes;
        without += u64::from(desk.transcripts.of(&take)?.is_none());
    }
    let (takes, images) = (desk.annotations.takes() as u64, desk.annotations.images() as u64);
    if console.is_json() {
        console.data_json(&json!({
            "event": "rehearsed", "takes": takes, "images": images, "bytes": bytes, "without_transcript": without,
        }))?;
        return Ok(Ending::Good);
    }
    let (takes, images) = (wording::counted(takes, "take"), wording::counted(images, "image"));
    console.data_line(&format!("cap: {takes} of {images}, {} of recordings", wording::bytes(bytes)))?;
    let without = wording::counted(without, "take");
    console.data_line(&format!("cap: {without} without a transcript; `pixmo cap transcribe` makes them"))?;
    Ok(Ending::Good)
}
