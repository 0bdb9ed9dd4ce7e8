//! Proves a whole dataset folder: that it is what was written, and that what was written is right.
//!
//! In this order: the small files fit together to the byte (sidecars, manifest, card), every file that is listed is
//! there and no other Parquet file is, every hash is right; then, row by row: values are in their ranges, the three
//! files of a part speak of the same pictures, pictures decode and have the size that is recorded, ids of rows and
//! pictures are right, and every answer is worked out a second time from the stored data and program. At last the rows
//! of each file are written once more, into nothing: the bytes are the same only if columns, types and metadata are
//! those of the code.

mod beside;
mod cap;
mod clocks;
mod count;
pub mod damage;
mod docs;
mod images;
mod points;
mod points_eval;
mod rows;
mod splits;
mod structure;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use pixmo_console::{Console, Counts, Ending, Event, Failure, wording};
use pixmo_schemas::Dataset;
use pixmo_shards::{Originals, names};
use serde_json::json;

use crate::crew;
use crate::place::{Place, PlaceArgs};
use crate::remedy::{BuildCommand, ranges};
use crate::tables::Part;
use beside::Beside;
use damage::{Damage, Remedies};
use rows::{Checked, Look};

/// Check every byte and every answer of a dataset
///
/// Each damage is one line: the shard, the file, the row (from 0) with its image id, what is wrong, and what to run.
/// Ends with code 0 if all is good, 1 if not, 2 if nothing is there, 3 if it cannot be read.
///
/// Example: `pixmo verify docs`
#[derive(clap::Args, Clone, Debug)]
pub struct VerifyArgs {
    /// Dataset by its name, or a folder or address with a slash
    #[arg(value_name = "DATASET", required_unless_present = "splits")]
    pub what: Option<String>,
    /// Check instead that no image is trained on in one dataset and measured with in another
    #[arg(long, conflicts_with_all = ["what", "quick", "store"])]
    pub splits: bool,
    /// Check the originals of `images` in this folder or address, by default `images` in the data folder
    #[arg(long, value_name = "DIR")]
    pub store: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment would become the head of the flags in the help")]
    pub place: PlaceArgs,
    /// Check that nobody who was erased stands in `points`, `count` or `points-eval` by the answers in this folder, by
    /// default `annotations` in the data folder
    #[arg(long, value_name = "DIR", conflicts_with = "splits")]
    pub annotations: Option<PathBuf>,
    /// Check hashes and the list of files only; rows are not read
    #[arg(long)]
    pub quick: bool,
    /// Work with this many threads, by default one for each core
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
}

/// Runs the verb.
///
/// # Errors
/// A data failure (exit code 1) if something is damaged, a request failure (2) if nothing is there, a world failure (3)
/// if it cannot be read, or an interruption.
pub fn run(args: &VerifyArgs, console: &Console) -> Result<Ending, Failure> {
    let jobs = crew::jobs(args.jobs)?;
    let Some(what) = args.what.as_ref().filter(|_| !args.splits) else {
        return splits::verify(&args.place, console);
    };
    let place = args.place.place(what)?;
    let store = args.place.store(args.store.as_deref(), &place)?;
    let beside = match args.quick {
        true => Beside::default(),
        false => Beside::read(args, &place)?,
    };
    verify_all(&place, store.as_ref(), &beside, args.quick, jobs, console)
}

/// The first half of the SHA-256 of an image id, the part it is in, and its row there.
type SeenId = ([u8; 16], usize, u64);

/// Sums over what was looked at.
#[derive(Debug, Default)]
struct Sums {
    damages: u64,
    shards: BTreeSet<u32>,
    /// Those of them that a build makes again without further ado.
    made_again: BTreeSet<u32>,
    rows: u64,
    pictures: u64,
    answers: u64,
    files: u64,
    bytes: u64,
}

/// Verifies a folder and tells every damage.
///
/// # Errors
/// As [`run`].
pub fn verify(place: &Place, quick: bool, jobs: usize, console: &Console) -> Result<Ending, Failure> {
    verify_with(place, None, quick, jobs, console)
}

/// The same, with the originals that rows of `images` speak of.
///
/// # Errors
/// As [`run`].
pub fn verify_with(
    place: &Place,
    store: Option<&Originals>,
    quick: bool,
    jobs: usize,
    console: &Console,
) -> Result<Ending, Failure> {
    verify_all(place, store, &Beside::default(), quick, jobs, console)
}

fn verify_all(
    place: &Place,
    store: Option<&Originals>,
    beside: &Beside,
    quick: bool,
    jobs: usize,
    console: &Console,
) -> Result<Ending, Failure> {
    let survey = place.survey()?;
    let dataset = place.dataset(&survey)?;
    let build = BuildCommand::of(dataset, place, &survey);
    let remedies = Remedies { build };
    let structure = structure::check(dataset, place.location(), &survey, &remedies)?;
    let mut sums = Sums { damages: structure.findings.count(), ..Sums::default() };
    tell(console, &remedies, &mut sums, &structure.findings.damages)?;

    let interrupt = console.interrupt();
    let progress = console.progress(dataset.slug());
    let rows: u64 = structure.parts.iter().map(|part| part.main.rows).sum();
    let shards = structure.sidecars.len() as u64;
    progress.tell(Event::Begun { shards, tasks: rows, seed: None, before: Counts::default() });
    let (rows_done, shards_done) = (AtomicU64::new(0), AtomicU64::new(0));
    let moved = |more_rows: u64| {
        let rows = rows_done.fetch_add(more_rows, Ordering::Relaxed) + more_rows;
        let shards_finished = shards_done.load(Ordering::Relaxed);
        progress.tell(Event::Moved(Counts { shards_finished, tasks_finished: rows, rows, dropped: 0 }));
    };
    let sidecar_of = |shard: u32| {
        structure
            .sidecars
            .get(&shard)
            .cloned()
            .unwrap_or_else(|| format!("{}/{shard:05}-of-*.json", names::SIDECARS))
    };
    let look = Look {
        dataset,
        location: place.location(),
        store,
        beside,
        remedies: &remedies,
        sidecar_of: &sidecar_of,
        quick: quick || !structure.columns_known,
        same_version: structure.code_version.as_deref() == Some(env!("CARGO_PKG_VERSION")),
        interrupt: &interrupt,
        on_row: &|| moved(1),
    };
    let mut ids: Vec<SeenId> = Vec::new();
    let parts = &structure.parts;
    crew::in_order(
        parts,
        jobs,
        |part| {
            if interrupt.is_requested() {
                return Ok(Checked::default());
            }
            let checked = look.at(part)?;
            if look.quick {
                moved(checked.rows);
            }
            Ok(checked)
        },
        |at, checked| {
            let Checked { findings, rows, pictures, answers, files, bytes, ids: of_part } = checked;
            sums.damages += findings.count();
            sums.rows += rows;
            sums.pictures += pictures;
            sums.answers += answers;
            sums.files += files;
            sums.bytes += bytes;
            ids.extend(of_part.into_iter().map(|(id, row)| (id, at, row)));
            if parts.get(at + 1).is_none_or(|next| next.shard != parts[at].shard) {
                shards_done.fetch_add(1, Ordering::Relaxed);
                moved(0);
            }
            tell(console, &remedies, &mut sums, &findings.damages)?;
            if findings.more > 0 {
                let more = wording::number(findings.more);
                console.say(format!("shard {}: {more} more in the same files", parts[at].shard));
            }
            Ok(())
        },
    )?;
    if interrupt.is_requested() {
        let rows = rows_done.load(Ordering::Relaxed);
        progress.tell(Event::Interrupted(Counts { tasks_finished: rows, rows, ..Counts::default() }));
        return Err(Failure::interrupted(format!(
            "{} of {} were looked at; nothing was changed",
            wording::number(rows),
            wording::counted(parts.iter().map(|part| part.main.rows).sum(), "row")
        ))
        .hint("run the same command again to look at all"));
    }
    let column = match dataset {
        Dataset::Clocks => "example_id",
        Dataset::Cap => "image_sha256",
        Dataset::Points | Dataset::Count | Dataset::PointsEval => "image_sha256` with its `label",
        _ => "image_id",
    };
    let twice = repeated_ids(ids, parts, column, &remedies, &sidecar_of);
    sums.damages += twice.len() as u64;
    tell(console, &remedies, &mut sums, &twice)?;
    drop(progress);
    conclude(dataset.slug(), place, &sums, &structure, quick, &remedies, console)
}

/// Tells damages, one line or object each.
fn tell(console: &Console, remedies: &Remedies, sums: &mut Sums, damages: &[Damage]) -> Result<(), Failure> {
    for damage in damages {
        sums.shards.extend(damage.shard);
        sums.made_again.extend(damage.shard.filter(|shard| damage.remedy == remedies.make_again(*shard)));
        if console.is_json() {
            let Damage { shard, file, row, image_id, what, remedy } = damage;
            console.data_json(&json!({
                "event": "damage", "shard": shard, "file": file, "row": row, "image_id": image_id, "what": what,
                "remedy": remedy,
            }))?;
        } else {
            console.data_line(&damage.to_string())?;
        }
    }
    Ok(())
}

/// Pictures whose id was there before, in the order of the parts.
fn repeated_ids(
    mut ids: Vec<SeenId>,
    parts: &[Part],
    column: &str,
    remedies: &Remedies,
    sidecar_of: &dyn Fn(u32) -> String,
) -> Vec<Damage> {
    ids.sort_unstable();
    let mut repeated: Vec<_> =
        ids.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| (pair[1], pair[0])).collect();
    repeated.sort_unstable_by_key(|((_, part, row), _)| (*part, *row));
    repeated.truncate(damage::PER_FILE_MAX as usize);
    let damage = |((_, part, row), (_, first, first_row)): (SeenId, SeenId)| {
        let shard = parts[part].shard;
        Damage {
            shard: Some(shard),
            file: parts[part].main.path.clone(),
            row: Some(row),
            image_id: None,
            what: format!("its `{column}` is that of row {first_row} of `{}`", parts[first].main.path),
            remedy: remedies.made_wrong(shard, &sidecar_of(shard)),
        }
    };
    repeated.into_iter().map(damage).collect()
}

fn conclude(
    slug: &str,
    place: &Place,
    sums: &Sums,
    structure: &structure::Structure,
    quick: bool,
    remedies: &Remedies,
    console: &Console,
) -> Result<Ending, Failure> {
    if console.is_json() {
        console.data_json(&json!({
            "event": "verified", "dataset": slug, "damages": sums.damages, "shards": structure.sidecars.len(),
            "files": sums.files, "bytes": sums.bytes, "rows": sums.rows, "pictures": sums.pictures,
            "answers": sums.answers, "quick": quick, "others": structure.others,
        }))?;
    }
    if !structure.others.is_empty() {
        let files = wording::counted(structure.others.len() as u64, "file");
        console.say(format!("{slug}: {files} besides the dataset, first `{}`", structure.others[0]));
    }
    let size = wording::bytes(sums.bytes);
    let files = format!("{} with {size}", wording::counted(sums.files, "file"));
    let looked = match quick {
        true => format!("{files}: hashes and structure"),
        false => format!(
            "{files}, {}, {}, {}",
            wording::counted(sums.rows, "row"),
            wording::counted(sums.pictures, "picture"),
            wording::counted(sums.answers, "answer")
        ),
    };
    if sums.damages == 0 {
        console.say(format!("{slug}: all good: {looked}"));
        return Ok(Ending::Good);
    }
    let damages = wording::counted(sums.damages, "damage");
    let mut message = format!("`{slug}` is not all good: {damages}");
    if !sums.shards.is_empty() {
        let shards = wording::counted(structure.shards.into(), "shard");
        message.push_str(&format!(" in {} of {shards}", wording::number(sums.shards.len() as u64)));
    }
    let failure =
        Failure::data(message).because(format!("looked at {looked}")).at(place.location().address());
    Err(match sums.shards.is_empty() || sums.made_again != sums.shards {
        true => failure.hint("each line above says what to run"),
        false => {
            let command = remedies.build.only_these(&ranges(sums.shards.iter().copied()));
            failure.hint(format!("`{command}` makes these shards again; the others are not touched"))
        }
    })
}
