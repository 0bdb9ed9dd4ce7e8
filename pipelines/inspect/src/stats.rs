//! What a dataset is made of, counted while its rows stream by.

mod tally;
mod text;

use std::collections::BTreeMap;

use pixmo_console::{Console, Counts, Ending, Event, Failure};
use pixmo_schemas::Dataset;
use pixmo_shards::manifest::config_totals;
use serde_json::json;

use crate::crew;
use crate::docs_rows::DocsRows;
use crate::place::{Place, PlaceArgs};
use crate::tables::{self, Part};
use tally::Tally;

/// Count what is in a dataset
///
/// Kinds, themes, fonts, questions and their answers, sizes, drops. Unfinished datasets are counted as far as they are.
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
    stats(&args.place.place(&args.what)?, args.config.as_deref(), jobs, console)
}

/// Counts a folder.
///
/// # Errors
/// As [`run`].
pub fn stats(place: &Place, config: Option<&str>, jobs: usize, console: &Console) -> Result<Ending, Failure> {
    let survey = place.survey()?;
    let dataset = place.dataset(&survey)?;
    let sidecars = tables::whole_shards(&survey);
    let all: Vec<Part> = sidecars.iter().flat_map(|sidecar| tables::parts(sidecar).0).collect();
    let parts = of_config(all, config, dataset)?;

    let interrupt = console.interrupt();
    let progress = console.progress(dataset.slug());
    let rows: u64 = parts.iter().map(|part| part.main.rows).sum();
    let last_of_shard = |at: usize| parts.get(at + 1).is_none_or(|next: &Part| next.shard != parts[at].shard);
    let shards = (0..parts.len()).filter(|at| last_of_shard(*at)).count() as u64;
    progress.tell(Event::Begun { shards, tasks: rows, seed: None, before: Counts::default() });
    let mut tally = Tally::default();
    let mut seen = Counts::default();
    let count = |part: &Part| {
        let mut tally = Tally::default();
        if dataset == Dataset::Docs && !interrupt.is_requested() {
            for row in DocsRows::open(place.location(), part)?.take_while(|_| !interrupt.is_requested()) {
                tally.add(&row?);
            }
        }
        Ok(tally)
    };
    crew::in_order(&parts, jobs, count, |at, of_part| {
        tally.merge(of_part);
        seen.shards_finished += u64::from(last_of_shard(at));
        seen.rows += parts[at].main.rows;
        seen.tasks_finished = seen.rows;
        progress.tell(Event::Moved(seen));
        Ok(())
    })?;
    drop(progress);
    if interrupt.is_requested() {
        return Err(Failure::interrupted("not everything was counted").hint("run the same command again"));
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
    let owned: Vec<_> = sidecars.iter().map(|sidecar| (*sidecar).clone()).collect();
    let configs = config_totals(&owned);
    if console.is_json() {
        let mut object = json!({
            "event": "stats", "dataset": dataset.slug(), "config": config, "shards": sidecars.len(), "tasks": tasks,
            "configs": configs, "drops": drops, "counters": counters,
        });
        if dataset == Dataset::Docs {
            object["rows"] = tally.to_json();
        }
        console.data_json(&object)?;
    } else {
        let mut page = text::Page::new(dataset.slug());
        page.configs(&configs);
        page.counts("drops by reason, all configs", &drops, tasks);
        page.counters(&counters);
        if dataset == Dataset::Docs {
            page.tally(&tally);
        }
        console.data_line(&page.into_text())?;
    }
    Ok(Ending::Good)
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
