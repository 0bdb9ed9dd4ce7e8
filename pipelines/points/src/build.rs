//! The verb `build`: what people pointed at to rows.

use std::path::Path;
use std::sync::Arc;

use pixmo_answers::{Answers, WAITING, Waiting};
use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_shards::Location;
use pixmo_stage::{BuildArgs, Told, build_with, failures};

use crate::judge;
use crate::settings::Settings;
use crate::stage::Points;

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

/// Runs the verb.
///
/// # Errors
/// A request failure before anything is written; a world failure or an interruption after which the same command continues.
pub fn run(args: &PointsBuildArgs, console: &Console) -> Result<Ending, Failure> {
    let Told { mut settings, data, .. } = Told::<Points>::read(args.build.campaign.as_deref())?;
    settings.place(&data);
    settings.check()?;
    let answers =
        Arc::new(Answers::read(Path::new(&settings.annotations), &settings.held_out, &settings.consent)?);
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
    let mut waiting = Waiting::default();
    for place in answers.iter() {
        if let Err(doubt) = judge::judge(place, answers, settings, "")?
            && doubt.reason.is_for_review()
        {
            waiting.add(answers, place, doubt.reason.name(), &doubt.found)?;
        }
    }
    let folder = Location::parse(&settings.review, &[]).map_err(failures::of_place)?;
    folder.put_atomic(WAITING, waiting.text()).map_err(failures::of_place)?;
    if waiting.count() > 0 {
        let labels = wording::counted(waiting.count(), "label");
        console.say(format!("points: {labels} for a person to look at in {}/{WAITING}", settings.review));
    }
    Ok(())
}
