//! What a dataset is made of, counted while its rows stream by.

mod cap;
mod clocks;
mod count;
mod gates;
mod pass;
mod points;
mod rows;
mod tally;
mod text;
mod variety;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pixmo_console::{Console, Ending, Failure};
use pixmo_schemas::Dataset;
use pixmo_shards::manifest::config_totals;
use pixmo_shards::{FileEntry, Location, Rows, read_columns};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::crew;
use crate::pixels::Pixels;
use crate::place::{Place, PlaceArgs};
use crate::rows::{accompanying, damaged};
use crate::tables::{self, FULL, POINTS, Part};
use pass::over_parts;
use rows::{FULL_COLUMNS, Full, PICTURE_COLUMNS, POINTS_COLUMNS, Picture, Points};
use tally::Tally;
use variety::{Descriptor, Variety};
use words::PICTURES_MAX;

/// Count what is in a dataset
///
/// Of docs: kinds, themes, fonts, languages, questions and their answers, wording, sizes, how different the pictures look. Of
/// clocks: bodies, faces, times with how even they are, what can be read, dials, questions and their answers. Of cap:
/// captions, transcripts, takes and people, beside the figures of the paper. Of points and count: labels, points and numbers,
/// who looked at them, beside the figures of the paper. Of all: drops, and which of the bars for a full
/// dataset are met. Unfinished datasets are counted as far as they are.
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
    /// Compare how different the pictures of docs look with the PNG files in this folder
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
    if baseline.is_some() && dataset != Dataset::Docs {
        let why = match dataset {
            Dataset::Clocks => {
                "their colours and edges are those of a dial before some ground, and say little of how faces differ; the \
                 counts of faces and bodies do"
            }
            _ => "it holds none",
        };
        return Err(Failure::request(format!("pictures of `{dataset}` are not compared with others"))
            .because(why)
            .hint("leave `--baseline` away; it is for `docs`"));
    }
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
    let counted = match dataset {
        Dataset::Docs => Some(Counted::of_docs(place.location(), &parts, baseline, jobs, console)?),
        Dataset::Clocks => {
            let tally = clocks::count(place.location(), &parts, jobs, console)?;
            Some(Counted::Clocks(Box::new(tally)))
        }
        Dataset::Cap => Some(Counted::Cap(Box::new(cap::count(place.location(), &parts, jobs, console)?))),
        Dataset::Points | Dataset::PointsEval => {
            let tally = points::count(dataset, place.location(), &parts, jobs, console)?;
            Some(Counted::Points(Box::new(tally)))
        }
        Dataset::Count => {
            Some(Counted::Count(Box::new(count::count(place.location(), &parts, jobs, console)?)))
        }
        _ => None,
    };
    if console.interrupt().is_requested() {
        return Err(Failure::interrupted("not everything was counted").hint("run the same command again"));
    }
    let owned: Vec<_> = sidecars.iter().map(|sidecar| (*sidecar).clone()).collect();
    let configs = config_totals(&owned);
    let dropped = drops.values().sum();
    let gates = counted.as_ref().map_or_else(Vec::new, |counted| counted.gates(tasks, dropped));
    if console.is_json() {
        let mut object = json!({
            "event": "stats", "dataset": dataset.slug(), "config": config, "shards": sidecars.len(), "tasks": tasks,
            "configs": configs, "drops": drops, "counters": counters,
        });
        if let Some(counted) = &counted {
            counted.add_json(&mut object, &counters);
            object["bars"] = gates.iter().map(gates::Gate::to_json).collect();
        }
        console.data_json(&object)?;
    } else {
        let mut page = text::Page::new(dataset.slug());
        page.configs(&configs);
        page.counts("drops by reason, all configs", &drops, tasks);
        page.counters(&counters);
        if let Some(counted) = &counted {
            counted.add_text(&mut page, &counters);
            if !gates.is_empty() {
                page.gates(&gates);
            }
        }
        console.data_line(&page.into_text())?;
    }
    Ok(Ending::Good)
}

/// What the rows of a dataset gave.
enum Counted {
    Docs {
        all: Box<Tally>,
        configs: BTreeMap<String, Tally>,
        /// How different the pictures look, and those that they are compared with.
        looks: Option<Variety>,
        plain: Option<Variety>,
    },
    Clocks(Box<clocks::Tally>),
    Cap(Box<cap::Tally>),
    Points(Box<points::Tally>),
    Count(Box<count::Tally>),
}

impl Counted {
    fn of_docs(
        location: &Location,
        parts: &[Part],
        baseline: Option<&Path>,
        jobs: usize,
        console: &Console,
    ) -> Result<Counted, Failure> {
        let interrupt = console.interrupt();
        let plain = match baseline {
            Some(folder) => Some(variety::variety(&variety::of_folder(folder, jobs)?, jobs, &interrupt)?),
            None => None,
        };
        let (configs, pictures) = of_docs(location, parts, jobs, console)?;
        let looks = match pictures.len() {
            0 | 1 => None,
            _ if interrupt.is_requested() => None,
            _ => Some(variety::variety(&pictures, jobs, &interrupt)?),
        };
        let mut all = Box::<Tally>::default();
        configs.values().for_each(|of_config| all.merge(of_config.clone()));
        Ok(Counted::Docs { all, configs, looks, plain })
    }

    fn gates(&self, tasks: u64, dropped: u64) -> Vec<gates::Gate> {
        match self {
            Counted::Docs { all, configs, looks, plain } => {
                gates::gates(all, configs, tasks, dropped, *looks, *plain)
            }
            Counted::Clocks(tally) => clocks::gates(tally, tasks, dropped),
            Counted::Cap(tally) => cap::gates(tally),
            Counted::Points(tally) => points::gates(tally),
            Counted::Count(tally) => count::gates(tally),
        }
    }

    fn add_json(&self, object: &mut Value, counters: &BTreeMap<String, u64>) {
        match self {
            Counted::Docs { all, configs, looks, plain } => {
                let of_configs = configs.iter().map(|(config, tally)| (config.clone(), tally.to_json()));
                object["rows"] = all.to_json();
                object["rows_by_config"] = of_configs.collect();
                object["variety"] = json!({
                    "these": looks.map(Variety::to_json), "baseline": plain.map(Variety::to_json),
                });
                object["blind_guessed_percent"] =
                    json!(gates::blind(counters).map(|(_, _, percent)| percent));
            }
            Counted::Clocks(tally) => object["rows"] = tally.to_json(),
            Counted::Cap(tally) => object["rows"] = tally.to_json(),
            Counted::Points(tally) => object["rows"] = tally.to_json(),
            Counted::Count(tally) => object["rows"] = tally.to_json(),
        }
    }

    fn add_text(&self, page: &mut text::Page, counters: &BTreeMap<String, u64>) {
        match self {
            Counted::Docs { all, configs, looks, plain } => {
                page.by_config(configs);
                page.tally(all, configs);
                page.variety(*looks, *plain);
                if let Some(blind) = gates::blind(counters) {
                    page.blind(blind);
                }
            }
            Counted::Clocks(tally) => page.clocks(tally),
            Counted::Cap(tally) => page.cap(tally),
            Counted::Points(tally) => page.points(tally),
            Counted::Count(tally) => page.count(tally),
        }
    }
}

/// Tallies by config, and of the sample whose pictures are compared what is compared of them.
type OfDocs = (BTreeMap<String, Tally>, Vec<Descriptor>);

/// Goes over all rows of `docs` once, several parts at a time; what is kept of them does not grow with their number,
/// but for eight bytes of each plan.
fn of_docs(location: &Location, parts: &[Part], jobs: usize, console: &Console) -> Result<OfDocs, Failure> {
    let interrupt = console.interrupt();
    let rows: u64 = parts.iter().map(|part| part.main.rows).sum();
    let sample = variety::sample(parts);
    let in_words = rows.div_ceil(PICTURES_MAX).max(1);
    let look = |at: usize, part: &Part| {
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
        if let Some(wanted) = sample.get(&at) {
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
    let (mut configs, mut descriptors) = (BTreeMap::<String, Tally>::new(), Vec::new());
    over_parts(Dataset::Docs, parts, jobs, console, look, |part, (tally, pictures)| {
        configs.entry(part.main.config.clone()).or_default().merge(tally);
        descriptors.extend(pictures);
    })?;
    Ok((configs, descriptors))
}

fn side<T: DeserializeOwned>(
    location: &Location,
    part: &Part,
    end: &str,
    names: &[&str],
) -> Result<Rows<T>, Failure> {
    let config = format!("{}{end}", part.main.config);
    let file = accompanying(part, part.side(end), &config)?;
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
