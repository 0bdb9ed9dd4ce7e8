//! The verb `build`: what people pointed at and checked to rows.

use std::path::Path;
use std::sync::Arc;

use pixmo_answers::{Answers, WAITING, Waiting};
use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_shards::Location;
use pixmo_stage::{BuildArgs, Told, build_with, failures};

use crate::judge;
use crate::masks::Masks;
use crate::settings::{Run, Settings};
use crate::stage::PointsEval;
use crate::wanted::{self, WANTED};

/// Build the dataset
///
/// Points that people made and others checked, in images that no model learns from, become the split `test`, each point with
/// the mask that it is in. Masks come from the folder `masks` of [build.points-eval]; which ones are wanted stands in
/// `review/points-eval/masks_wanted.jsonl` of the data folder. What does not agree waits there too. Finished shards are kept:
/// run the same command again to continue.
///
/// Example: `pixmo build points-eval --campaign campaign.toml`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct PointsEvalBuildArgs {
    /// How it is built.
    #[command(flatten)]
    pub build: BuildArgs,
}

/// Runs the verb.
///
/// # Errors
/// A request failure before anything is written; a world failure or an interruption after which the same command continues.
pub fn run(args: &PointsEvalBuildArgs, console: &Console) -> Result<Ending, Failure> {
    let Told { mut settings, data, .. } = Told::<PointsEval>::read(args.build.campaign.as_deref())?;
    settings.place(&data);
    settings.check()?;
    let annotations = Path::new(&settings.annotations);
    let answers = Answers::read(annotations, &settings.held_out, &settings.consent)?;
    let masks = match &settings.masks {
        Some(folder) => Masks::read(Path::new(folder))?,
        None => Masks::default(),
    };
    let run = Run { answers, masks };
    if !args.build.dry_run {
        write_waiting(&settings, &run, console)?;
    }
    settings.run = Some(Arc::new(run));
    build_with::<PointsEval>(&args.build, console, None, move |told| {
        *told = settings;
        Ok(())
    })
}

/// Writes what waits for a person and which masks are wanted, whole: what was decided since is no longer in it.
fn write_waiting(settings: &Settings, run: &Run, console: &Console) -> Result<(), Failure> {
    let Run { answers, masks } = run;
    let (mut waiting, mut wanted, mut labels) = (Waiting::default(), Vec::new(), 0);
    for place in answers.iter() {
        let Err(doubt) = judge::judge(place, answers, masks, settings, "") else { continue };
        if doubt.reason.is_for_review() {
            waiting.add(answers, place, doubt.reason.name(), &doubt.found)?;
        }
        if doubt.reason.wants_masks()
            && let Ok(standing) = judge::stand(place, answers, settings)
        {
            wanted::add(&mut wanted, &standing, doubt.reason)?;
            labels += 1;
        }
    }
    let folder = Location::parse(&settings.review, &[]).map_err(failures::of_place)?;
    folder.put_atomic(WAITING, waiting.text()).map_err(failures::of_place)?;
    folder.put_atomic(WANTED, &wanted).map_err(failures::of_place)?;
    let review = &settings.review;
    for (number, what, file) in
        [(waiting.count(), "for a person to look at", WAITING), (labels, "without masks that fit", WANTED)]
    {
        if number > 0 {
            let labels = wording::counted(number, "label");
            console.say(format!("points-eval: {labels} {what} in {review}/{file}"));
        }
    }
    Ok(())
}
