//! The verb `build`: what people pointed at to rows.

use std::path::Path;
use std::sync::Arc;

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_shards::Location;
use pixmo_stage::{BuildArgs, Told, build_with, failures};
use serde::Serialize;

use crate::answers::Answers;
use crate::judge;
use crate::settings::Settings;
use crate::stage::Points;

/// The file of what waits for a person.
pub const WAITING: &str = "waiting.jsonl";

/// Build the dataset
///
/// Exported answers about one label in one image become one row, if all who looked agree. What does not agree waits for a
/// person in `review/points` of the data folder. Finished shards are kept: run the same command again to continue.
///
/// Example: `pixmo build points --campaign campaign.toml`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct PointsBuildArgs {
    /// How it is built.
    #[command(flatten)]
    pub build: BuildArgs,
}

/// A label of an image about which people do not agree.
#[derive(Debug, Serialize)]
struct Waiting<'a> {
    image: String,
    url: &'a str,
    label: &'a str,
    reason: &'static str,
    found: String,
    assignments: Vec<&'a str>,
}

/// Runs the verb.
///
/// # Errors
/// A request failure before anything is written; a world failure or an interruption after which the same command continues.
pub fn run(args: &PointsBuildArgs, console: &Console) -> Result<Ending, Failure> {
    let Told { mut settings, data } = Told::<Points>::read(args.build.campaign.as_deref())?;
    settings.place(&data);
    settings.check()?;
    let answers = Arc::new(Answers::read(Path::new(&settings.annotations), &settings.held_out)?);
    if !args.build.dry_run {
        write_waiting(&settings, &answers, console)?;
    }
    settings.run = Some(answers);
    build_with::<Points>(&args.build, console, None, move |told| {
        *told = settings;
        Ok(())
    })
}

/// Writes what waits for a person, whole: what was decided since is no longer in it.
fn write_waiting(settings: &Settings, answers: &Answers, console: &Console) -> Result<(), Failure> {
    let (mut text, mut waiting) = (Vec::new(), 0u64);
    for place in (0..answers.places()).filter_map(|index| answers.place(index)) {
        let Err(doubt) = judge::judge(place, answers, settings, "")? else { continue };
        if !doubt.reason.is_for_review() {
            continue;
        }
        let pointed = place.pointed.iter().map(|pointed| &pointed.work);
        let verified = place.verified.iter().map(|verified| &verified.work);
        let works = pointed
            .chain(place.absent.iter().map(|absent| &absent.work))
            .chain(verified)
            .chain(place.counted.iter().map(|counted| &counted.work));
        let line = Waiting {
            image: place.image.sha256.to_string(),
            url: &place.image.url,
            label: &place.label,
            reason: doubt.reason.name(),
            found: doubt.found,
            assignments: works.map(|work| work.assignment.as_str()).collect(),
        };
        serde_json::to_writer(&mut text, &line)
            .map_err(|error| Failure::bug("a line cannot be written").cause(&error))?;
        text.push(b'\n');
        waiting += 1;
    }
    let folder = Location::parse(&settings.review, &[]).map_err(failures::of_place)?;
    folder.put_atomic(WAITING, &text).map_err(failures::of_place)?;
    if waiting > 0 {
        let waiting = wording::counted(waiting, "label");
        console.say(format!("points: {waiting} for a person to look at in {}/{WAITING}", settings.review));
    }
    Ok(())
}
