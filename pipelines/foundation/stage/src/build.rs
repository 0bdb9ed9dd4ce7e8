//! From flags to a finished folder.

use std::collections::BTreeMap;

use pixmo_console::{Console, Counts, Ending, Event, Failure, wording};
use pixmo_shards::{Location, Sidecar};

use crate::arguments::BuildArgs;
use crate::claim::{Claim, share};
use crate::plan::Shard;
use crate::publish::publish;
use crate::rehearsal::rehearse;
use crate::request::Request;
use crate::stage::Stage;
use crate::work::Work;

/// Builds a dataset as the flags say; the whole of `pixmo build <dataset>`.
///
/// # Errors
/// A request failure before anything is written; a world failure or an interruption after which the same command
/// continues; a data failure if too many tasks gave nothing.
pub fn build<S: Stage>(args: &BuildArgs, console: &Console) -> Result<Ending, Failure> {
    build_in::<S>(args, console, None)
}

/// The same in a place that is already open; how tests make places fail.
///
/// # Errors
/// As [`build`].
pub fn build_in<S: Stage>(
    args: &BuildArgs,
    console: &Console,
    into: Option<Location>,
) -> Result<Ending, Failure> {
    build_with::<S>(args, console, into, |_| Ok(()))
}

/// The same with settings that further flags have changed after the campaign file was read.
///
/// # Errors
/// As [`build`].
pub fn build_with<S: Stage>(
    args: &BuildArgs,
    console: &Console,
    into: Option<Location>,
    adjust: impl FnOnce(&mut S::Settings) -> Result<(), Failure>,
) -> Result<Ending, Failure> {
    let request = Request::<S>::read(args, into, adjust)?;
    if args.dry_run {
        return rehearse(&request, console);
    }
    let interrupt = console.interrupt();
    let progress = console.progress(S::DATASET.slug());
    let mut claim = Claim::take(&request, &progress)?;
    if claim.has_work() {
        write_log(&request, console);
    }
    bring(&request, &mut claim, console)?;
    claim.open_up(&request)?;
    let wanted = |shard: &u32| request.wants(*shard);
    let before =
        counts_of(claim.finished.iter().filter(|(shard, _)| wanted(shard)).map(|(_, sidecar)| sidecar));
    let selected = || request.shards.iter().filter(|shard| wanted(&shard.index));
    progress.tell(Event::Begun {
        shards: selected().count() as u64,
        tasks: selected().map(crate::plan::Shard::tasks).sum(),
        seed: Some(request.begun.seed),
        before,
    });
    let mut finished = claim.finished.clone();
    if !claim.todo.is_empty() {
        let ended = Work::new(&request, &claim.todo, before, &progress, interrupt).run();
        finished.extend(ended.finished);
        if let Some(failure) = ended.failure {
            let safe = share(finished.len(), request.begun.shards);
            return Err(failure.hint(format!("{safe} are finished and safe; nothing finished is done twice")));
        }
        if ended.interrupted {
            progress.tell(Event::Interrupted(ended.counts));
            return Err(interrupted(&request, &finished, ended.counts));
        }
    }
    let manifest = publish(&request, claim, &finished)?;
    let shown: Vec<&Sidecar> = finished
        .iter()
        .filter(|(shard, _)| manifest.is_some() || wanted(shard))
        .map(|(_, sidecar)| sidecar)
        .collect();
    let totals = totals_of(&shown);
    progress.tell(Event::Finished {
        rows: totals.rows,
        dropped: totals.drops.clone(),
        bytes: totals.bytes,
        files: totals.files,
        into: Some(request.into.address().to_owned()),
    });
    drop(progress);
    if manifest.is_none() {
        let done = share(finished.len(), request.begun.shards);
        console.say(format!(
            "{}: {done} are finished; the last build to end writes card and manifest",
            S::DATASET
        ));
    }
    check_drops(&request, &totals)
}

/// Brings what the shards lack that were asked for, and finds out which of the finished ones are to be made again.
fn bring<S: Stage>(request: &Request<S>, claim: &mut Claim, console: &Console) -> Result<(), Failure> {
    if claim.lacking.is_empty() {
        return Ok(());
    }
    // What is in these journals may not hold any more by the time they are read again.
    claim.forget(request, &claim.lacking)?;
    let shards: Vec<&Shard> = claim.lacking.iter().map(|shard| &request.shards[*shard as usize]).collect();
    request.stage.bring(&shards, console)?;
    claim.look_again(request)
}

/// A run that cannot be logged is still a run.
fn write_log<S: Stage>(request: &Request<S>, console: &Console) {
    if let Some(folder) = &request.logs
        && let Err(failure) = console.log_to(folder)
    {
        console.warn(failure.message, Some("the build goes on without a log"));
    }
}

#[derive(Default)]
struct Totals {
    tasks: u64,
    rows: u64,
    drops: BTreeMap<String, u64>,
    bytes: u64,
    files: u64,
}

fn totals_of(sidecars: &[&Sidecar]) -> Totals {
    let mut totals = Totals::default();
    for sidecar in sidecars {
        totals.tasks += sidecar.tasks;
        totals.rows += sidecar.rows;
        totals.bytes += sidecar.files.iter().map(|file| file.bytes).sum::<u64>();
        totals.files += sidecar.files.len() as u64;
        crate::finish::add(&mut totals.drops, sidecar.drops.clone());
    }
    totals
}

fn counts_of<'a>(sidecars: impl Iterator<Item = &'a Sidecar>) -> Counts {
    sidecars.fold(Counts::default(), |mut counts, sidecar| {
        counts.shards_finished += 1;
        counts.tasks_finished += sidecar.tasks;
        counts.rows += sidecar.rows;
        counts.dropped += sidecar.dropped();
        counts
    })
}

fn interrupted<S: Stage>(request: &Request<S>, finished: &BTreeMap<u32, Sidecar>, counts: Counts) -> Failure {
    let shards = request.begun.shards;
    let wanted = finished.iter().filter(|(shard, _)| request.wants(**shard));
    let in_shards: u64 = wanted.map(|(_, sidecar)| sidecar.tasks).sum();
    let in_journals = counts.tasks_finished.saturating_sub(in_shards);
    let mut message = format!("{} are finished and safe", share(finished.len(), shards));
    if in_journals > 0 {
        message.push_str(&format!(", and {} of others", wording::counted(in_journals, "task")));
    }
    Failure::interrupted(message).hint("run the same command again to continue")
}

fn check_drops<S: Stage>(request: &Request<S>, totals: &Totals) -> Result<Ending, Failure> {
    let dropped: u64 = totals.drops.values().sum();
    let percent = 100.0 * dropped as f64 / totals.tasks.max(1) as f64;
    if percent <= request.drops_percent_max {
        return Ok(Ending::Good);
    }
    let max = request.drops_percent_max;
    let (dropped, tasks) = (wording::number(dropped), wording::counted(totals.tasks, "task"));
    Err(Failure::data(format!(
        "{dropped} of {tasks} of `{}` gave nothing: {percent:.1} %, expected at most {max} %",
        S::DATASET
    ))
    .at(request.into.address())
    .hint(format!("look at the reasons above, or change `drops_percent_max` in [build.{}]", S::DATASET)))
}
