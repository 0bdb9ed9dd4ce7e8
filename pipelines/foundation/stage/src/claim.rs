//! Taking hold of a dataset folder: is it ours to continue, is nobody else at it, and what is left to do.

use std::collections::BTreeMap;

use pixmo_console::{Event, Failure, Progress, wording};
use pixmo_shards::manifest::sha256;
use pixmo_shards::{
    Begun, Difference, Hold, Location, Lock, Mismatch, ReadError, Sidecar, Survey, check_file, names,
};

use crate::failures;
use crate::request::Request;
use crate::stage::Stage;

/// Held alone by a build of all shards, shared by builds of some.
const BUILD_LOCK: &str = "build.lock";

/// A folder that may be worked in.
#[derive(Debug)]
pub(crate) struct Claim {
    /// Held as long as the work goes on.
    locks: Vec<Lock>,
    /// The finished shards, by number.
    pub(crate) finished: BTreeMap<u32, Sidecar>,
    /// The shards that were asked for and are not finished, in order.
    pub(crate) todo: Vec<u32>,
    /// The shards that were asked for, finished or not, for which something must be brought first, in order.
    pub(crate) lacking: Vec<u32>,
    /// Those of `todo` that are finished and no longer what would be made now.
    stale: Vec<u32>,
}

impl Claim {
    /// Checks that the folder was begun with the same settings (or not at all), that it can be written and that
    /// nobody else works on the same shards. Writes nothing if nothing is left to do.
    pub(crate) fn take<S: Stage>(request: &Request<S>, progress: &Progress) -> Result<Claim, Failure> {
        let look = Look::at(request, &checked_survey(request)?)?;
        if look.todo.is_empty() && look.lacking.is_empty() {
            return Ok(look.into_claim(Vec::new()));
        }
        request.into.check_writable().map_err(failures::of_place)?;
        request
            .into
            .disk()
            .create_folder(&request.work)
            .map_err(|error| of_work(request, "create", error))?;
        let mut hold: Vec<u32> = look.todo.iter().chain(&look.lacking).copied().collect();
        hold.sort_unstable();
        hold.dedup();
        let locks = lock(request, &hold)?;
        begin(request)?;
        // Another process may have finished something, or damage may have been seen before the locks were ours.
        let look = Look::at(request, &checked_survey(request)?)?;
        for message in &look.odd {
            progress.tell(Event::Warned { message: message.clone(), hint: None });
        }
        Ok(look.into_claim(locks))
    }

    /// Whether anything is brought or made.
    pub(crate) fn has_work(&self) -> bool {
        !self.todo.is_empty() || !self.lacking.is_empty()
    }

    /// Deletes the journals of shards: what was made of them is made again.
    pub(crate) fn forget<S: Stage>(&self, request: &Request<S>, shards: &[u32]) -> Result<(), Failure> {
        for shard in shards {
            let path = request.work.join(journal_name(*shard));
            request.into.disk().remove(&path).map_err(|error| of_work(request, "delete", error))?;
        }
        Ok(())
    }

    /// After something was brought: finished shards that would be made otherwise now are to be made again.
    pub(crate) fn look_again<S: Stage>(&mut self, request: &Request<S>) -> Result<(), Failure> {
        for shard in &self.lacking {
            if let Some(sidecar) = self.finished.get(shard)
                && !request.stage.is_current(&request.shards[*shard as usize], sidecar)?
            {
                self.finished.remove(shard);
                self.stale.push(*shard);
                self.todo.push(*shard);
            }
        }
        self.todo.sort_unstable();
        Ok(())
    }

    /// Before a finished dataset gets other rows: it is not finished any more, and neither are these shards. The
    /// manifest goes first, so that nobody reads a list of what is about to change.
    pub(crate) fn open_up<S: Stage>(&self, request: &Request<S>) -> Result<(), Failure> {
        if self.stale.is_empty() {
            return Ok(());
        }
        self.forget(request, &self.stale)?;
        let sidecar = |shard: &u32| names::sidecar_file(*shard, request.begun.shards);
        let sidecars = self.stale.iter().map(sidecar);
        for name in std::iter::once(names::MANIFEST.to_owned()).chain(sidecars) {
            request.into.delete(&name).map_err(failures::of_place)?;
        }
        Ok(())
    }
}

/// The name of a shard's journal in the work folder.
pub(crate) fn journal_name(shard: u32) -> String {
    format!("{shard:05}.journal")
}

/// The right to clear the work folder away: nobody else is at work in it.
#[derive(Debug)]
pub(crate) struct SoleClaim {
    _locks: Vec<Lock>,
}

impl Claim {
    /// Gives up the shards of a build of some. Whoever does so before looking whether all shards are there can be
    /// sure that the last build to look sees them all and finds the folder free.
    pub(crate) fn release<S: Stage>(&mut self, request: &Request<S>) {
        if request.only.is_some() {
            self.locks.clear();
        }
    }

    /// Asks for the whole folder; `None` if others are still at work in it.
    pub(crate) fn alone<S: Stage>(mut self, request: &Request<S>) -> Result<Option<SoleClaim>, Failure> {
        if self.locks.is_empty() {
            let folder = request.into.disk().create_folder(&request.work);
            folder.map_err(|error| of_work(request, "create", error))?;
            let lock =
                Lock::attempt(&request.work.join(BUILD_LOCK), Hold::Alone).map_err(failures::of_place)?;
            self.locks.extend(lock);
        }
        Ok(if self.locks.is_empty() { None } else { Some(SoleClaim { _locks: self.locks }) })
    }
}

/// What is finished and what is left of the shards that were asked for; writes nothing.
pub(crate) fn standing<S: Stage>(
    request: &Request<S>,
) -> Result<(BTreeMap<u32, Sidecar>, Vec<u32>), Failure> {
    let look = Look::at(request, &checked_survey(request)?)?;
    Ok((look.finished, look.todo))
}

fn checked_survey<S: Stage>(request: &Request<S>) -> Result<Survey, Failure> {
    let survey = Survey::of(&request.into).map_err(failures::of_place)?;
    check_same_build(&request.begun, &survey, &request.into)?;
    Ok(survey)
}

fn of_work<S: Stage>(request: &Request<S>, action: &'static str, error: std::io::Error) -> Failure {
    failures::of_place(pixmo_shards::LocationError::from_io(
        action,
        request.work.display().to_string(),
        error,
    ))
}

/// What is finished, what is left, and what is odd about it.
struct Look {
    finished: BTreeMap<u32, Sidecar>,
    todo: Vec<u32>,
    lacking: Vec<u32>,
    stale: Vec<u32>,
    odd: Vec<String>,
}

impl Look {
    /// A shard counts as finished if its sidecar is as it was written and its files have the right size. Shards that
    /// were asked for by number are read whole and compared with their hashes.
    fn at<S: Stage>(request: &Request<S>, survey: &Survey) -> Result<Look, Failure> {
        let (mut finished, mut stale, mut odd) = (BTreeMap::new(), Vec::new(), Vec::new());
        let slug = S::DATASET.slug();
        for (shard, sidecar) in &survey.sidecars {
            let damage = match sidecar {
                Err(error) => Some(error.to_string()),
                Ok(sidecar) => damage_of(request, survey, sidecar)?,
            };
            match (damage, sidecar) {
                (None, Ok(sidecar)) => {
                    let planned = request.shards.get(*shard as usize).filter(|_| request.wants(*shard));
                    let is_current = planned.map(|shard| request.stage.is_current(shard, sidecar));
                    match is_current.transpose()? {
                        Some(false) => stale.push(*shard),
                        _ => drop(finished.insert(*shard, sidecar.clone())),
                    }
                }
                (Some(damage), _) if request.wants(*shard) => {
                    odd.push(format!("shard {shard} of `{slug}` is made again: {damage}"));
                }
                _ => {}
            }
        }
        let todo = request.shards.iter().map(|shard| shard.index);
        let todo = todo.filter(|shard| request.wants(*shard) && !finished.contains_key(shard)).collect();
        let mut lacking = Vec::new();
        for shard in request.shards.iter().filter(|shard| request.wants(shard.index)) {
            if request.stage.lacks(shard)? {
                lacking.push(shard.index);
            }
        }
        Ok(Look { finished, todo, lacking, stale, odd })
    }

    fn into_claim(self, locks: Vec<Lock>) -> Claim {
        let Look { finished, todo, lacking, stale, odd: _ } = self;
        Claim { locks, finished, todo, lacking, stale }
    }
}

fn damage_of<S: Stage>(
    request: &Request<S>,
    survey: &Survey,
    sidecar: &Sidecar,
) -> Result<Option<String>, Failure> {
    let listed = survey.manifest.as_ref().and_then(|manifest| manifest.shards.get(sidecar.shard as usize));
    if listed.is_some_and(|listed| listed.sha256 != sha256(&sidecar.to_bytes())) {
        return Ok(Some("its sidecar does not match the manifest".to_owned()));
    }
    for file in &sidecar.files {
        match survey.size_of(&file.path) {
            None => return Ok(Some(format!("`{}` is missing", file.path))),
            Some(found) if found != file.bytes => {
                let mismatch = Mismatch::Size { found, expected: file.bytes };
                return Ok(Some(format!("`{}` is damaged, {mismatch}", file.path)));
            }
            Some(_) => {}
        }
    }
    if request.only.as_ref().is_some_and(|only| only.holds(sidecar.shard)) {
        for file in &sidecar.files {
            match check_file(&request.into, file) {
                Ok(()) => {}
                Err(ReadError::Damaged { source, .. }) => {
                    return Ok(Some(format!("`{}` is damaged, {source}", file.path)));
                }
                Err(error) => return Err(failures::of_reading(error)),
            }
        }
    }
    Ok(None)
}

/// One whole build, or any number of builds of separate shards.
fn lock<S: Stage>(request: &Request<S>, todo: &[u32]) -> Result<Vec<Lock>, Failure> {
    let attempt =
        |name: String, hold| Lock::attempt(&request.work.join(name), hold).map_err(failures::of_place);
    let slug = S::DATASET.slug();
    let busy = |what: String| {
        Failure::world(format!("cannot build {what}: another build is at work in this folder"))
            .at(request.into.address())
            .hint("wait until it has ended, or build other shards with `--only`")
    };
    let whole = if request.only.is_none() { Hold::Alone } else { Hold::Shared };
    let mut locks = vec![attempt(BUILD_LOCK.to_owned(), whole)?.ok_or_else(|| busy(format!("`{slug}`")))?];
    if request.only.is_some() {
        for shard in todo {
            let lock = attempt(format!("shard-{shard:05}.lock"), Hold::Alone)?;
            locks.push(lock.ok_or_else(|| busy(format!("shard {shard} of `{slug}`")))?);
        }
    }
    Ok(locks)
}

/// Says in the folder what the build is begun with, or finds that another has just said something else.
fn begin<S: Stage>(request: &Request<S>) -> Result<(), Failure> {
    let _alone = Lock::wait(&request.work.join("begin.lock")).map_err(failures::of_place)?;
    match Begun::read(&request.into).map_err(failures::of_place)? {
        Some(theirs) => match theirs.differences(&request.begun).as_slice() {
            [] => Ok(()),
            differences => Err(other_build(&request.begun, differences, 0, &request.into)),
        },
        None => request.begun.write(&request.into).map_err(failures::of_place),
    }
}

/// Refuses a folder that was begun with other settings.
fn check_same_build(wanted: &Begun, survey: &Survey, into: &Location) -> Result<(), Failure> {
    let finished = survey.sidecars.len();
    let differences = match &survey.begun {
        Some(begun) => begun.differences(wanted),
        None => differences_of_sidecars(wanted, survey),
    };
    if differences.is_empty() { Ok(()) } else { Err(other_build(wanted, &differences, finished, into)) }
}

/// Where nothing says what a folder was begun with, the sidecars do, as far as they can.
fn differences_of_sidecars(wanted: &Begun, survey: &Survey) -> Vec<Difference> {
    let difference = |field: &str, begun_with: String, wanted: String| Difference {
        field: field.to_owned(),
        begun_with,
        wanted,
    };
    if let Some(shards) = survey.shard_counts.iter().find(|shards| **shards != wanted.shards) {
        return vec![difference("shards", shards.to_string(), wanted.shards.to_string())];
    }
    let hash = wanted.hash();
    let others = survey.sidecars.iter().filter_map(|(_, sidecar)| sidecar.as_ref().ok());
    let Some(other) = others.into_iter().find(|sidecar| sidecar.settings_hash != hash) else {
        return Vec::new();
    };
    let mut differences = Vec::new();
    if other.dataset != wanted.dataset {
        differences.push(difference("dataset", other.dataset.clone(), wanted.dataset.clone()));
    }
    if other.seed != wanted.seed {
        differences.push(difference("seed", other.seed.to_string(), wanted.seed.to_string()));
    }
    if other.code_version != wanted.code_version {
        differences.push(difference("code version", other.code_version.clone(), wanted.code_version.clone()));
    }
    if differences.is_empty() {
        differences.push(difference(
            "settings",
            format!("those of hash {}", &other.settings_hash[..8]),
            format!("those of hash {}", &hash[..8]),
        ));
    }
    differences
}

fn other_build(wanted: &Begun, differences: &[Difference], finished: usize, into: &Location) -> Failure {
    let Some((first, others)) = differences.split_first() else { unreachable!("nothing differs") };
    let (slug, now, then) = (&wanted.dataset, &first.wanted, &first.begun_with);
    let (what, before, go_on) = match first.field.as_str() {
        "dataset" => {
            return Failure::request(format!("cannot build `{now}` here: the folder holds `{then}`"))
                .at(into.address())
                .hint("choose another folder with `--into`");
        }
        "shards" => (format!("{now} shards"), format!("with {then}"), format!("with `--shards {then}`")),
        "seed" => (format!("seed {now}"), format!("with seed {then}"), format!("with `--seed {then}`")),
        "limit" => {
            let what = if now == "none" { "no limit".to_owned() } else { format!("a limit of {now} tasks") };
            match then.as_str() {
                "none" => (what, "without a limit".to_owned(), "without `--limit`".to_owned()),
                _ => (what, format!("with a limit of {then}"), format!("with `--limit {then}`")),
            }
        }
        field => (format!("`{field}` {now}"), format!("with {then}"), format!("with `{field}` {then}")),
    };
    let failure = Failure::request(format!("cannot continue `{slug}` with {what}: it was begun {before}"));
    let also = others.iter().map(|other| {
        format!("`{}` differs too: it is {}, and was {}", other.field, other.wanted, other.begun_with)
    });
    let shards = differences.iter().find(|difference| difference.field == "shards");
    let of = shards.map_or_else(|| wanted.shards.to_string(), |shards| shards.begun_with.clone());
    let folder = match first.field.as_str() {
        "shards" => format!("{}-{now}", into.address()),
        "seed" | "limit" => format!("{}-{}-{now}", into.address(), first.field),
        _ => format!("{}-2", into.address()),
    };
    also.fold(failure, Failure::because)
        .at(format!("{} ({finished} of {of} shards finished)", into.address()))
        .hint(format!("continue {go_on}, or begin anew with `--into {folder}`"))
}

/// `31 of 256 shards`.
pub(crate) fn share(finished: usize, shards: u32) -> String {
    format!("{} of {}", wording::number(finished as u64), wording::counted(shards.into(), "shard"))
}
