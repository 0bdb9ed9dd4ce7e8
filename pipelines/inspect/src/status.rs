//! How far a dataset is: nothing is hashed, no file of rows is opened.

pub mod journals;

use std::collections::BTreeMap;

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_schemas::Dataset;
use pixmo_shards::manifest::config_totals;
use pixmo_shards::{ConfigTotals, Sidecar, Survey, names};
use serde::Serialize;

use crate::failures;
use crate::place::{Place, PlaceArgs, shell_word};
use crate::remedy::{BuildCommand, ranges};

/// Say how far a dataset is
///
/// Looks at the list of files, the sidecars and the journals; the files of rows are not opened. Without a dataset it
/// looks at all that lie in the data folder.
///
/// Example: `pixmo status docs`
#[derive(clap::Args, Clone, Debug)]
pub struct StatusArgs {
    /// Dataset by its name, or a folder or address with a slash
    #[arg(value_name = "DATASET")]
    pub what: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment would become the head of the flags in the help")]
    pub place: PlaceArgs,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The list of everything is written, and all files are there.
    Finished,
    /// Shards are missing, as they are before a build has ended.
    Building,
    /// All shards are there, but not the list of everything.
    Unlisted,
    /// The list of everything names files that are missing or of another size.
    Damaged,
}

/// What is known of a dataset folder without opening its rows.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// The dataset.
    pub dataset: Dataset,
    /// How far it is.
    pub state: State,
    /// Its folder.
    pub at: String,
    /// Shards that are whole and in their place.
    pub shards_finished: u32,
    /// Shards in all; 0 if nothing tells.
    pub shards: u32,
    /// Finished tasks in finished shards.
    pub tasks: u64,
    /// Those that gave a row.
    pub rows: u64,
    /// Those that gave none, by reason.
    pub drops: BTreeMap<String, u64>,
    /// Files of rows.
    pub files: u64,
    /// Their size.
    pub bytes: u64,
    /// The seed.
    pub seed: Option<u64>,
    /// The most tasks that were asked for, if there was a limit.
    pub limit: Option<u64>,
    /// The version of the code that makes the rows.
    pub code_version: Option<String>,
    /// Totals by config and split.
    pub configs: Vec<ConfigTotals>,
    /// Unfinished shards with finished tasks.
    pub begun: Vec<journals::Begun>,
    /// Shards that are there and not whole.
    pub broken: Vec<u32>,
    /// The command to run next.
    pub next: String,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if nothing is there, a world failure if it cannot be read.
pub fn run(args: &StatusArgs, console: &Console) -> Result<Ending, Failure> {
    let places = match &args.what {
        Some(what) => vec![args.place.place(what)?],
        None => built(&args.place)?,
    };
    for (number, place) in places.iter().enumerate() {
        let status = Status::of(place)?;
        if console.is_json() {
            let mut object = serde_json::json!({ "event": "status" });
            let fields = serde_json::to_value(&status)
                .map_err(|error| Failure::bug("a status has no form as JSON").cause(&error))?;
            if let (Some(object), serde_json::Value::Object(fields)) = (object.as_object_mut(), fields) {
                object.extend(fields);
            }
            console.data_json(&object)?;
        } else {
            if number > 0 {
                console.data_line("")?;
            }
            console.data_line(&status.in_words())?;
        }
    }
    Ok(Ending::Good)
}

/// The datasets of which something lies in the data folder.
fn built(args: &PlaceArgs) -> Result<Vec<Place>, Failure> {
    let mut places = Vec::new();
    for dataset in Dataset::ALL {
        let place = args.place_of(dataset)?;
        let survey = Survey::of(place.location()).map_err(failures::of_place)?;
        if survey.begun.is_some() || !survey.entries.is_empty() {
            places.push(place);
        }
    }
    if places.is_empty() {
        return Err(Failure::request("there is no dataset yet")
            .at(format!("{}/shards", args.data.trim_end_matches('/')))
            .hint("`pixmo build docs` makes one; `--data` names another data folder"));
    }
    Ok(places)
}

impl Status {
    /// Looks at a folder.
    ///
    /// # Errors
    /// A request failure if nothing is there, a world failure if it cannot be read.
    pub fn of(place: &Place) -> Result<Status, Failure> {
        let survey = place.survey()?;
        let dataset = place.dataset(&survey)?;
        let (whole, broken): (Vec<_>, Vec<_>) = survey
            .sidecars
            .iter()
            .partition(|(_, sidecar)| sidecar.as_ref().is_ok_and(|sidecar| survey.has_files_of(sidecar)));
        let whole: Vec<Sidecar> =
            whole.into_iter().filter_map(|(_, sidecar)| sidecar.as_ref().ok().cloned()).collect();
        let broken: Vec<u32> = broken.into_iter().map(|(shard, _)| *shard).collect();
        let begun = match place.location().local_folder() {
            Some(folder) => journals::read(&folder.join(names::WORK)).map_err(failures::of_place)?,
            None => Vec::new(),
        };
        let said = survey.begun.as_ref();
        let shards = said.map(|begun| begun.shards).or(survey.shard_counts.first().copied()).unwrap_or(0);
        let all_there = whole.len() == shards as usize && broken.is_empty();
        let state = match (&survey.manifest, all_there) {
            (Some(_), true) => State::Finished,
            (Some(_), false) => State::Damaged,
            (None, true) => State::Unlisted,
            (None, false) => State::Building,
        };
        let command = BuildCommand::of(dataset, place, &survey);
        let next = match state {
            State::Finished => format!("pixmo verify {}", place_word(dataset, place)),
            State::Building | State::Unlisted => command.all(),
            State::Damaged if broken.is_empty() => command.all(),
            State::Damaged => command.only_these(&ranges(broken.iter().copied())),
        };
        let mut drops = BTreeMap::new();
        for (reason, count) in whole.iter().flat_map(|sidecar| &sidecar.drops) {
            *drops.entry(reason.clone()).or_insert(0) += count;
        }
        let files = || whole.iter().flat_map(|sidecar| &sidecar.files);
        Ok(Status {
            dataset,
            state,
            at: place.location().address().to_owned(),
            shards_finished: whole.len() as u32,
            shards,
            tasks: whole.iter().map(|sidecar| sidecar.tasks).sum(),
            rows: whole.iter().map(|sidecar| sidecar.rows).sum(),
            drops,
            files: files().count() as u64,
            bytes: files().map(|file| file.bytes).sum(),
            seed: said.map(|begun| begun.seed).or(whole.first().map(|sidecar| sidecar.seed)),
            limit: said.and_then(|begun| begun.limit),
            code_version: said
                .map(|begun| begun.code_version.clone())
                .or(whole.first().map(|sidecar| sidecar.code_version.clone())),
            configs: config_totals(&whole),
            begun,
            broken,
            next,
        })
    }

    /// As a person reads it.
    #[must_use]
    pub fn in_words(&self) -> String {
        let state = match self.state {
            State::Finished => "finished",
            State::Building => "not finished",
            State::Unlisted => "all shards are there, `manifest.json` is missing or damaged",
            State::Damaged => "damaged: files are missing or have another size",
        };
        let mut lines = vec![format!("{}: {state}", self.dataset)];
        let mut fact = |name: &str, value: String| lines.push(format!("  {name:<8}{value}"));
        fact("at", self.at.clone());
        let (finished, shards) = (self.shards_finished.into(), wording::number(self.shards.into()));
        match self.shards_finished == self.shards {
            true => fact("shards", shards),
            false => fact("shards", format!("{} of {shards} finished", wording::number(finished))),
        }
        fact("rows", format!("{} of {}", wording::number(self.rows), wording::counted(self.tasks, "task")));
        if !self.drops.is_empty() {
            fact("drops", drops_in_words(&self.drops));
        }
        fact("size", format!("{} in {}", wording::bytes(self.bytes), wording::counted(self.files, "file")));
        if let Some(seed) = self.seed {
            fact("seed", seed.to_string());
        }
        if let Some(limit) = self.limit {
            fact("limit", wording::counted(limit, "task"));
        }
        if let Some(version) = &self.code_version {
            fact("code", version.clone());
        }
        if !self.broken.is_empty() {
            fact("broken", format!("shards {}", ranges(self.broken.iter().copied())));
        }
        for journal in &self.begun {
            let tasks = wording::counted(journal.tasks, "task");
            let (shard, dropped) = (journal.shard, wording::number(journal.dropped));
            fact("begun", format!("shard {shard}: {tasks} finished, {dropped} of them dropped"));
        }
        if !self.configs.is_empty() {
            lines.push(String::new());
            lines.extend(self.configs_table());
            lines.push(String::new());
        }
        lines.push(format!("  {:<8}{}", "next", self.next));
        lines.join("\n")
    }

    fn configs_table(&self) -> Vec<String> {
        let wide = self.configs.iter().map(|total| total.config.len()).max().unwrap_or(0).max("config".len());
        let line = |config: &str, split: &str, files: &str, rows: &str, size: &str| {
            format!("  {config:<wide$}  {split:<10}  {files:>6}  {rows:>11}  {size:>10}")
        };
        let mut lines = vec![line("config", "split", "files", "rows", "size")];
        lines.extend(self.configs.iter().map(|total| {
            let (files, rows) = (wording::number(total.files), wording::number(total.rows));
            line(&total.config, total.split.name(), &files, &rows, &wording::bytes(total.bytes))
        }));
        lines
    }
}

/// The dataset as a verb takes it again.
pub(crate) fn place_word(dataset: Dataset, place: &Place) -> String {
    match place.into_flag(dataset).strip_prefix(" --into ") {
        None => dataset.to_string(),
        Some(folder) if folder.contains('/') => folder.to_owned(),
        Some(_) => shell_word(&format!("./{}", place.location().address())),
    }
}

/// Reasons and their counts, the most frequent first.
pub(crate) fn drops_in_words(drops: &BTreeMap<String, u64>) -> String {
    let mut by_count: Vec<(&String, &u64)> = drops.iter().collect();
    by_count.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let reasons: Vec<String> =
        by_count.into_iter().map(|(reason, count)| format!("{} {reason}", wording::number(*count))).collect();
    format!("{} ({})", wording::number(drops.values().sum()), reasons.join(", "))
}
