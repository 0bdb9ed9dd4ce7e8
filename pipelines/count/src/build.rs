//! The verb `build`: what people counted to rows.

use std::path::Path;
use std::sync::Arc;

use pixmo_answers::{Answers, WAITING, Waiting};
use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_shards::{Location, Split};
use pixmo_stage::{BuildArgs, Told, build_with, failures};

use crate::choice::Choice;
use crate::judge;
use crate::settings::{Run, Settings};
use crate::stage::Count;

/// Build the dataset
///
/// Numbers that people agree on, about images that no model learns from, become the splits `validation` and `test`, as many
/// rows for each number. What does not agree, or needs another person, waits in `review/count` of the data folder. The split
/// `train` comes from a detector, and this version does not make it. Finished shards are kept: run the same command again to
/// continue.
///
/// Example: `pixmo build count --campaign campaign.toml`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct CountBuildArgs {
    /// How it is built.
    #[command(flatten)]
    pub build: BuildArgs,
}

/// Runs the verb.
///
/// # Errors
/// A request failure before anything is written; a world failure or an interruption after which the same command continues.
pub fn run(args: &CountBuildArgs, console: &Console) -> Result<Ending, Failure> {
    let Told { mut settings, data, seed } = Told::<Count>::read(args.build.campaign.as_deref())?;
    settings.place(&data);
    settings.check()?;
    let annotations = Path::new(&settings.annotations);
    let answers = Answers::read(annotations, &settings.held_out, &settings.consent)?;
    let choice = Choice::new(&answers, &settings, args.build.seed.unwrap_or(seed));
    if !args.build.dry_run {
        write_waiting(&settings, &answers, console)?;
    }
    tell_standing(&settings, &choice, console);
    settings.run = Some(Arc::new(Run { answers, choice }));
    build_with::<Count>(&args.build, console, None, move |told| {
        *told = settings;
        Ok(())
    })
}

/// Writes what waits for a person, whole: what was decided since is no longer in it.
fn write_waiting(settings: &Settings, answers: &Answers, console: &Console) -> Result<(), Failure> {
    let mut waiting = Waiting::default();
    for place in answers.iter() {
        if let Err(doubt) = judge::judge(place, answers, settings)
            && doubt.reason.is_for_review()
        {
            waiting.add(answers, place, doubt.reason.name(), &doubt.found)?;
        }
    }
    let folder = Location::parse(&settings.review, &[]).map_err(failures::of_place)?;
    folder.put_atomic(WAITING, waiting.text()).map_err(failures::of_place)?;
    if waiting.count() > 0 {
        let labels = wording::counted(waiting.count(), "label");
        console.say(format!("count: {labels} for a person to look at in {}/{WAITING}", settings.review));
    }
    Ok(())
}

/// Says how full the splits will be, and what is not made.
fn tell_standing(settings: &Settings, choice: &Choice, console: &Console) {
    for split in [Split::Validation, Split::Test] {
        let (rows, fewest, there) = choice.standing(split, settings);
        let wanted = settings.rows_wanted();
        let mut text =
            format!("count: {split}: {} of {}", wording::number(rows), wording::counted(wanted, "row"));
        if rows < wanted {
            text.push_str(&format!("; fewest show {fewest}: {there} of {}", settings.rows_each));
        }
        console.say(text);
    }
    console
        .say("count: train: not made, it needs a detector, which this version of `pixmo-count` does not run");
}
