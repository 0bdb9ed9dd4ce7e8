//! What a dataset is made of, counted while its rows stream by.

mod gates;
mod rows;
mod tally;
mod text;
mod variety;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pixmo_console::{Console, Counts, Ending, Event, Failure};
use pixmo_schemas::Dataset;
use pixmo_shards::manifest::config_totals;
use pixmo_shards::{FileEntry, Location, Rows, read_columns};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::crew;
use crate::docs_rows::damaged;
use crate::pixels::Pixels;
use crate::place::{Place, PlaceArgs};
use crate::tables::{self, FULL, POINTS, Part};
use rows::{FULL_COLUMNS, Full, PICTURE_COLUMNS, POINTS_COLUMNS, Picture, Points};
use tally::Tally;
use variety::{Descriptor, Variety};
use words::PICTURES_MAX;

/// Count what is in a dataset
///
/// Kinds, themes, fonts, languages, questions and their answers, wording, sizes, drops, how different the pictures look,
/// and which of the bars for a full dataset are met. Unfinished datasets are counted as far as they are.
///
/// Example: `pixmo stats docs --config charts`
#[derive(clap::Args, Clone, Debug)]
pub struct StatsArgs {
    /// Dataset by its name, or a folder or address with a slash
    #[arg(value_name = "DATASET")]
    pub what: String,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment would become the head of the flags in the help")]
    pub place: PlaceArgs,
    /// Count only this config, for example charts
    #[arg(long, value_name = "NAME")]
    pub config: Option<String>,
    /// Compare how different the pictures look with the PNG files in this folder
    #[arg(long, value_name = "DIR")]
    pub baseline: Option<PathBuf>,
    /// Work with this many threads, by default one for each core
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if nothing is there, a data failure if a file is damaged, a world failure if it cannot be read.
pub fn run(args: &StatsArgs, console: &Console) -> Result<Ending, Failure> {
    let jobs = crew::jobs(args.jobs)?;
    let place = args.place.place(&args.what)?;
    stats(&place, args.config.as_deref(), args.baseline.as_deref(), jobs, console)
}

/// Counts a folder.
///
/// # Errors
/// As [`run`].
pub fn stats(
    place: &Place,
    config: Option<&str>,
    baseline: Option<&Path>,
    jobs: usize,
    console: &Console,
) -> Result<Ending, Failure> {
    let survey = place.survey()?;
    let dataset = place.dataset(&survey)?;
    let sidecars = tables::whole_shards(&survey);
    let all: Vec<Part> = sidecars.iter().flat_map(|sidecar| tables::parts(sidecar).0).collect();
    let parts = of_config(all, config, dataset)?;
    let interrupt = console.interrupt();
    let plain = match baseline {
        Some(folder) => Some(variety::variety(&variety::of_folder(folder, jobs)?, jobs, &interrupt)?),
        None => None,
    };
    let counted = match dataset {
        Dataset::Docs => count(place.location(), &parts, jobs, console)?,
        _ => Counted::default(),
    };
    if interrupt.is_requested() {
        return Err(Failure::interrupted("not everything was counted").hint("run the same command again"));
    }
    let mut tally = Tally::default();
    counted.configs.values().for_each(|of_config| tally.merge(of_config.clone()));
    let looks = match counted.pictures.len() {
        0 | 1 => None,
        _ => Some(variety::variety(&counted.pictures, jobs, &interrupt)?),
    };
    let sum = |counts: &mut dyn Iterator<Item = &BTreeMap<String, u64>>| {
        let mut sums: BTreeMap<String, u64> = BTreeMap::new();
        for (name, count) in counts.flatten() {
            *sums.entry(name.clone()).or_insert(0) += count;
        }
        sums
    };
    let drops = sum(&mut sidecars.iter().map(|sidecar| &sidecar.drops));
    let counters = sum(&mut sidecars.iter().map(|sidecar| &sidecar.counters));
    let tasks: u64 = sidecars.iter().map(|sidecar| sidecar.tasks).sum();
    let owned: Vec<_> = sidecars.iter().map(|sidecar| (*sidecar).clone()).collect();
    let configs = config_totals(&owned);
    let blind = gates::blind(&counters);
    let gates = gates::gates(&tally, &counted.configs, tasks, drops.values().sum(), looks, plain);
    if console.is_json() {
        let mut object = json!({
            "event": "stats", "dataset": dataset.slug(), "config": config, "shards": sidecars.len(), "tasks": tasks,
            "configs": configs, "drops": drops, "counters": counters,
        });
        if dataset == Dataset::Docs {
            let of_configs = counted.configs.iter().map(|(config, tally)| (config.clone(), tally.to_json()));
            object["rows"] = tally.to_json();
            object["rows_by_config"] = of_configs.collect();
            object["variety"] = json!({
                "these": looks.map(Variety::to_json), "baseline": plain.map(Variety::to_json),
            });
            object["blind_guessed_percent"] = json!(blind.map(|(_, _, percent)| percent));
            object["bars"] = gates.iter().map(gates::Gate::to_json).collect();
        }
        console.data_json(&object)?;
    } else {
        let mut page = text::Page::new(dataset.slug());
        page.configs(&configs);
        page.counts("drops by reason, all configs", &drops, tasks);
        page.counters(&counters);
        if dataset == Dataset::Docs {
            page.by_config(&counted.configs);
            page.tally(&tally, &counted.configs);
            page.variety(looks, plain);
            if let Some(blind) = blind {
                page.blind(blind);
            }
            page.gates(&gates);
        }
        console.data_line(&page.into_text())?;
    }
    Ok(Ending::Good)
}

/// What the rows of some parts gave.
#[derive(Default)]
struct Counted {
    configs: BTreeMap<String, Tally>,
    /// Of the sample whose pictures are compared.
    pictures: Vec<Descriptor>,
}

/// Goes over all rows of `docs` once, several parts at a time; what is kept of them does not grow with their number,
/// but for eight bytes of each plan.
fn count(location: &Location, parts: &[Part], jobs: usize, console: &Console) -> Result<Counted, Failure> {
    let interrupt = console.interrupt();
    let progress = console.progress(Dataset::Docs.slug());
    let rows: u64 = parts.iter().map(|part| part.main.rows).sum();
    let last_of_shard = |at: usize| parts.get(at + 1).is_none_or(|next: &Part| next.shard != parts[at].shard);
    let shards = (0..parts.len()).filter(|at| last_of_shard(*at)).count() as u64;
    progress.tell(Event::Begun { shards, tasks: rows, seed: None, before: Counts::default() });
    let sample = variety::sample(parts);
    let numbered: Vec<usize> = (0..parts.len()).collect();
    let in_words = rows.div_ceil(PICTURES_MAX).max(1);
    let look = |at: &usize| {
        let part = &parts[*at];
        let (mut tally, mut pictures) = (Tally::default(), Vec::new());
        let go_on = || !interrupt.is_requested();
        for (row, full) in
            (0u64..).zip(side::<Full>(location, part, FULL, FULL_COLUMNS)?).take_while(|_| go_on())
        {
            tally.add(&full.map_err(damaged)?, row % in_words == 0);
        }
        for points in side::<Points>(location, part, POINTS, POINTS_COLUMNS)?.take_while(|_| go_on()) {
            tally.add_points(&points.map_err(damaged)?);
        }
        if let Some(wanted) = sample.get(at) {
            let last = wanted.last().copied().unwrap_or(0);
            let read = columns::<Picture>(location, &part.main, PICTURE_COLUMNS)?;
            for (row, picture) in (0u64..).zip(read).take_while(|(row, _)| *row <= last && go_on()) {
                let bytes = picture.map_err(damaged)?.image.bytes;
                if wanted.binary_search(&row).is_ok() {
                    tally.bytes.add(bytes.len() as u64);
                    let pixels = Pixels::decode(&bytes).map_err(|error| {
                        Failure::data(format!(
                            "the picture in row {row} of `{}` cannot be shown",
                            part.main.path
                        ))
                        .cause(&error)
                        .hint("`pixmo verify` says what is damaged and what to run")
                    })?;
                    pictures.push(Descriptor::of(&pixels));
                }
            }
        }
        Ok((tally, pictures))
    };
    let mut counted = Counted::default();
    let mut seen = Counts::default();
    crew::in_order(&numbered, jobs, look, |at, (tally, pictures)| {
        let config = parts[at].main.config.clone();
        counted.configs.entry(config).or_default().merge(tally);
        counted.pictures.extend(pictures);
        seen.shards_finished += u64::from(last_of_shard(at));
        seen.rows += parts[at].main.rows;
        seen.tasks_finished = seen.rows;
        progress.tell(Event::Moved(seen));
        Ok(())
    })?;
    Ok(counted)
}

fn side<T: DeserializeOwned>(
    location: &Location,
    part: &Part,
    end: &str,
    names: &[&str],
) -> Result<Rows<T>, Failure> {
    let file = part.side(end).ok_or_else(|| {
        Failure::data(format!("no file of `{}{end}` accompanies `{}`", part.main.config, part.main.path))
            .hint("`pixmo verify` says what to do")
    })?;
    columns(location, file, names)
}

fn columns<T: DeserializeOwned>(
    location: &Location,
    file: &FileEntry,
    names: &[&str],
) -> Result<Rows<T>, Failure> {
    read_columns(location, file, names).map_err(damaged)
}

/// The parts of one config, or all.
pub(crate) fn of_config(
    parts: Vec<Part>,
    config: Option<&str>,
    dataset: Dataset,
) -> Result<Vec<Part>, Failure> {
    let Some(config) = config else { return Ok(parts) };
    let main = tables::main_of(config);
    let of: Vec<Part> = parts.into_iter().filter(|part| part.main.config == main).collect();
    if of.is_empty() {
        let specs = tables::configs(dataset);
        let names: Vec<String> = specs
            .iter()
            .filter(|spec| spec.name() == spec.of())
            .map(|spec| format!("`{}`", spec.name()))
            .collect();
        return Err(Failure::request(format!("there are no rows of `{config}`"))
            .hint(format!("the configs of `{dataset}` are {}", names.join(", "))));
    }
    Ok(of)
}
