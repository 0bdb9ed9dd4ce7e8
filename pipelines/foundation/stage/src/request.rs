//! What was asked for, from flags, campaign file and defaults, checked as far as it can be without touching data.

use std::path::{Path, PathBuf};

use pixmo_campaign::{Campaign, Origin, Setting};
use pixmo_console::{Failure, env, wording};
use pixmo_schemas::Dataset;
use pixmo_shards::names::SHARDS_MAX;
use pixmo_shards::{Begun, Location, schema_version};

use crate::arguments::{BuildArgs, Only};
use crate::context::Context;
use crate::failures;
use crate::plan::{Shard, plan};
use crate::section::BuildSection;
use crate::stage::Stage;
use crate::task::Group;

/// The data folder if nobody says anything.
const DATA_DEFAULT: &str = "data";

/// A request that can be carried out.
#[derive(Debug)]
pub(crate) struct Request<S: Stage> {
    pub(crate) stage: S,
    pub(crate) begun: Begun,
    pub(crate) groups: Vec<Group>,
    pub(crate) shards: Vec<Shard>,
    pub(crate) only: Option<Only>,
    pub(crate) jobs: usize,
    pub(crate) into: Location,
    /// The work folder on the local disk.
    pub(crate) work: PathBuf,
    /// Where logs go, if the data folder is a local one.
    pub(crate) logs: Option<PathBuf>,
    pub(crate) drops_percent_max: f64,
}

impl<S: Stage> Request<S> {
    /// Reads and checks everything that can be known before anything is written.
    pub(crate) fn read(
        args: &BuildArgs,
        into: Option<Location>,
        adjust: impl FnOnce(&mut S::Settings) -> Result<(), Failure>,
    ) -> Result<Request<S>, Failure> {
        let slug = S::DATASET.slug();
        let (campaign, mut section) = section_of::<S>(args.campaign.as_deref())?;
        adjust(&mut section.settings)?;
        let section_name = format!("build.{slug}");
        let filed = |key: &str| campaign.place_of(&section_name, key);
        let mut shards = Setting::of(args.shards, section.shards.zip(filed("shards")), || 1);
        let limit = args.limit.or(section.limit);
        let seed = args.seed.or(campaign.seed()).unwrap_or(0);
        let jobs = args.jobs()?;
        let data = campaign.data().unwrap_or(DATA_DEFAULT);
        let into = match into {
            Some(place) => place,
            None => location(args.into.clone().unwrap_or_else(|| default_into(data, S::DATASET)))?,
        };
        if limit == Some(0) {
            return Err(Failure::request(format!("cannot build `{slug}` with a limit of 0 tasks"))
                .hint("give `--limit` at least 1, or leave it away"));
        }
        check_shards(slug, &shards)?;

        S::pin(&mut section.settings)?;
        let settings = serde_json::to_value(&section.settings).map_err(|error| {
            Failure::bug(format!("the settings of `{slug}` cannot be written down")).cause(&error)
        })?;
        let mut context = Context::new(S::DATASET, seed, data).with_into(into.clone());
        context.jobs = jobs;
        let mut stage = S::open(section.settings, &context)?;
        let groups = stage.groups(limit);
        let tasks: u64 = groups.iter().map(|group| group.tasks).sum();
        if matches!(shards.origin, Origin::Default) {
            shards.value = stage.shards_usual(tasks);
        }
        check_tasks(slug, &shards, tasks, limit)?;
        let begun = Begun {
            dataset: slug.to_owned(),
            shards: shards.value,
            seed,
            limit,
            code_version: S::VERSION.to_owned(),
            schema_version: schema_version(&stage.configs()),
            settings,
        };
        check_only(slug, args.only.as_ref(), shards.value)?;
        let planned = plan(&groups, shards.value);
        stage.planned(&planned);
        let work = work_folder(&into, data, slug);
        let logs = (!data.contains("://")).then(|| Path::new(data).join("logs"));
        Ok(Request {
            shards: planned,
            stage,
            begun,
            groups,
            only: args.only.clone(),
            jobs,
            into,
            work,
            logs,
            drops_percent_max: section.drops_percent_max.unwrap_or(S::DROPS_PERCENT_MAX),
        })
    }

    /// Whether this shard was asked for.
    pub(crate) fn wants(&self, shard: u32) -> bool {
        self.only.as_ref().is_none_or(|only| only.holds(shard))
    }
}

/// What is set of a dataset without building it.
#[derive(Debug)]
pub struct Told<S: Stage> {
    /// Its settings, from the campaign file or as they are if nobody says anything.
    pub settings: S::Settings,
    /// The data folder of the campaign, a path or an address.
    pub data: String,
    /// The seed of the campaign file, 0 if it names none; a flag goes before it.
    pub seed: u64,
}

impl<S: Stage> Told<S> {
    /// Reads the section of the dataset from a campaign file, or takes the defaults.
    ///
    /// # Errors
    /// A request failure if the file says something wrong, a world failure if it cannot be read.
    pub fn read(campaign: Option<&Path>) -> Result<Told<S>, Failure> {
        let (campaign, section) = section_of::<S>(campaign)?;
        let data = campaign.data().unwrap_or(DATA_DEFAULT).to_owned();
        Ok(Told { settings: section.settings, data, seed: campaign.seed().unwrap_or(0) })
    }

    /// The place that a build would use: the one that was named, or the usual one.
    ///
    /// # Errors
    /// A request failure for an address that cannot be used.
    pub fn place(&self, into: Option<&str>) -> Result<Location, Failure> {
        location(into.map_or_else(|| default_into(&self.data, S::DATASET), str::to_owned))
    }
}

fn section_of<S: Stage>(file: Option<&Path>) -> Result<(Campaign, BuildSection<S::Settings>), Failure> {
    let campaign = match file {
        Some(file) => Campaign::read(file).map_err(failures::of_campaign)?,
        None => Campaign::none(),
    };
    campaign
        .check_sections(&known_sections().iter().map(String::as_str).collect::<Vec<_>>())
        .map_err(failures::of_campaign)?;
    let name = format!("build.{}", S::DATASET);
    let section = campaign.section::<BuildSection<S::Settings>>(&name).map_err(failures::of_campaign)?;
    let section = section.unwrap_or_else(|| BuildSection {
        shards: None,
        limit: None,
        drops_percent_max: None,
        settings: S::Settings::default(),
    });
    Ok((campaign, section))
}

/// The sections that any program of the suite reads.
fn known_sections() -> Vec<String> {
    let builds = Dataset::ALL.iter().map(|dataset| format!("build.{dataset}"));
    let annotations = Dataset::ALL.iter().map(|dataset| format!("annotate.{dataset}"));
    let others = ["annotate", "engines.*", "models", "train"].into_iter().map(str::to_owned);
    builds.chain(annotations).chain(others).collect()
}

fn default_into(data: &str, dataset: Dataset) -> String {
    format!("{}/shards/{dataset}", data.trim_end_matches('/'))
}

fn location(address: String) -> Result<Location, Failure> {
    Location::parse(&address, &env::object_store_options()).map_err(failures::of_place)
}

/// A local dataset is worked on inside its own folder, so that files get their final names by a rename; one in an
/// object store has a folder of its own beside the local data.
fn work_folder(into: &Location, data: &str, slug: &str) -> PathBuf {
    match into.local_folder() {
        Some(folder) => folder.join(pixmo_shards::names::WORK),
        None => {
            let local = if data.contains("://") { DATA_DEFAULT } else { data };
            let hash = blake3::hash(into.address().trim_end_matches('/').as_bytes()).to_hex();
            Path::new(local).join("work").join(format!("{slug}-{}", &hash[..12]))
        }
    }
}

fn check_shards(slug: &str, shards: &Setting<u32>) -> Result<(), Failure> {
    let failure = match shards.value {
        0 => Failure::request(format!("cannot build `{slug}` with 0 shards"))
            .hint("give `--shards` at least 1"),
        n if n > SHARDS_MAX => {
            let (n, max) = (wording::number(n.into()), wording::number(SHARDS_MAX.into()));
            Failure::request(format!("cannot build `{slug}` with {n} shards: at most {max} have a name"))
                .hint(format!("give `--shards` at most {SHARDS_MAX}"))
        }
        _ => return Ok(()),
    };
    Err(placed(failure, shards))
}

fn check_tasks(slug: &str, shards: &Setting<u32>, tasks: u64, limit: Option<u64>) -> Result<(), Failure> {
    if tasks == 0 {
        return Err(Failure::request(format!("cannot build `{slug}`: the settings ask for no tasks"))
            .hint(format!("give at least one group of [build.{slug}] a size")));
    }
    if tasks >= u64::from(shards.value) {
        return Ok(());
    }
    let (n, only) = (wording::number(shards.value.into()), wording::counted(tasks, "task"));
    let verb = if tasks == 1 { "is" } else { "are" };
    let failure =
        Failure::request(format!("cannot build `{slug}` with {n} shards: there {verb} only {only}"));
    let failure = placed(failure, shards).hint(format!("give `--shards` at most {tasks}"));
    Err(match limit {
        Some(limit) if limit == tasks => failure.hint("or raise `--limit`"),
        _ => failure,
    })
}

fn placed(failure: Failure, setting: &Setting<u32>) -> Failure {
    match &setting.origin {
        Origin::File(place) => failure.at(place.to_string()),
        Origin::Flag | Origin::Default => failure,
    }
}

fn check_only(slug: &str, only: Option<&Only>, shards: u32) -> Result<(), Failure> {
    match only {
        Some(only) if only.last() >= shards => {
            let last = shards - 1;
            Err(Failure::request(format!(
                "cannot build shard {} of `{slug}`: there are {shards} shards",
                only.last()
            ))
            .hint(format!("shards are counted from 0 to {last}")))
        }
        _ => Ok(()),
    }
}
