//! The verb `hash`: the hash list of a benchmark's pictures, by which they are held out of training without being handed
//! on.

use std::fs::File;
use std::path::{Path, PathBuf};

use pixmo_console::{Console, Ending, Failure, Kind, env, wording};
use pixmo_near::{HashList, ListEntry, ListHead};
use pixmo_pictures::{Limits, decode, look};
use pixmo_schemas::Sha256;
use pixmo_shards::{Location, names};
use pixmo_stage::parallel;
use serde_json::json;

use crate::against::pdq;
use crate::catalogue::Catalogue;
use crate::failures;
use crate::list::{Entry, List, ListArgs, Row};

/// How many pictures are in memory at once for each thread.
const PICTURES_AT_ONCE: usize = 8;

/// Write the hash list of a folder of pictures
///
/// Takes a folder of picture files, of Parquet files or of WebDataset archives, or a finished dataset `images`.
///
/// Example: `pixmo images hash benchmark/ --name chartqa-test --output chartqa.hashes`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct HashArgs {
    /// Folder with pictures
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// What the list is called: the benchmark and its split
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// Write the list to this file
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
    /// Version or date of the benchmark
    #[arg(long, value_name = "TEXT", default_value = "unknown")]
    pub benchmark_version: String,
    /// Licence of the benchmark
    #[arg(long, value_name = "TEXT", default_value = "unknown")]
    pub licence: String,
    /// Where the benchmark is found
    #[arg(long, value_name = "TEXT", default_value = "unknown")]
    pub source: String,
    /// Name each picture in the list by its file
    #[arg(long)]
    pub with_names: bool,
    /// Work with this many threads, by default one for each core
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment would become the head of the flags in the help")]
    pub columns: ListArgs,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if there are no pictures, a world failure if something cannot be read or written. Pictures that
/// cannot be read are told and leave the list not all good.
pub fn run(args: &HashArgs, console: &Console) -> Result<Ending, Failure> {
    let is_dataset = args.folder.join(names::MANIFEST).is_file();
    let (entries, bad) = match is_dataset {
        true => (of_dataset(&args.folder)?, 0),
        false => of_folder(args, console)?,
    };
    if entries.is_empty() {
        return Err(
            Failure::request("there are no pictures that can be read").at(args.folder.display().to_string())
        );
    }
    let head = ListHead {
        name: args.name.clone(),
        version: args.benchmark_version.clone(),
        licence: args.licence.clone(),
        source: args.source.clone(),
        kinds: vec![pdq()],
    };
    let mut entries = entries;
    entries.sort();
    entries.dedup_by(|later, first| later.sha256 == first.sha256);
    let list = HashList { head, entries };
    let digest = write(&list, &args.output)?;
    let (pictures, place) = (list.entries.len() as u64, args.output.display().to_string());
    if console.is_json() {
        console.data_json(&json!({
            "event": "hashed", "name": list.head.name, "pictures": pictures, "unreadable": bad, "digest": digest, "list": place,
        }))?;
    }
    console.say(format!("{}: {} in {place}", list.head.name, wording::counted(pictures, "picture")));
    if bad == 0 {
        return Ok(Ending::Good);
    }
    console.warn(
        format!(
            "{} could not be read and {} not in the list",
            wording::counted(bad, "file"),
            if bad == 1 { "is" } else { "are" }
        ),
        Some("what is like them will not be held out"),
    );
    Ok(Ending::NotAllGood)
}

/// The hashes that the rows of a dataset have. Its mirror images are found from the other side.
fn of_dataset(folder: &Path) -> Result<Vec<ListEntry>, Failure> {
    let catalogue = Catalogue::of(vec![Location::local(folder)])?;
    if let Some(unseen) = catalogue.images.iter().find(|known| !known.decoded) {
        return Err(Failure::request("images of this dataset were taken in without being decoded")
            .because(format!("`{}` has no perceptual hash", hex::encode(unseen.sha256)))
            .at(folder.display().to_string())
            .hint("take them in without `--no-decode`, or name the folder of the originals"));
    }
    let entry = |known: &crate::catalogue::Known| {
        let hashes = known.hash.iter().map(|hash| hash.to_vec()).collect();
        ListEntry { sha256: known.sha256, hashes: vec![hashes], name: None }
    };
    Ok(catalogue.images.iter().map(entry).collect())
}

/// The hashes of pictures in a folder, and how many files are none.
fn of_folder(args: &HashArgs, console: &Console) -> Result<(Vec<ListEntry>, u64), Failure> {
    let jobs = args.jobs.unwrap_or_else(env::cores).clamp(1, 1024);
    let work = args.output.with_extension("work");
    let list = List::import(&args.folder, &args.columns, &work).map_err(failures::of_list)?;
    let (mut entries, mut bad) = (Vec::new(), 0);
    let mut rows = list.read(0..list.rows()).map_err(failures::of_list)?;
    let interrupt = console.interrupt();
    loop {
        let (mut some, mut taken) = (Vec::new(), 0);
        for entry in rows.by_ref().take(jobs * PICTURES_AT_ONCE) {
            taken += 1;
            match entry.map_err(failures::of_list)? {
                Entry::Row(row) => some.push(row),
                Entry::Bad(row) => {
                    bad += 1;
                    console.say(row.to_string());
                }
            }
        }
        if taken == 0 {
            break;
        }
        let mut seen: Vec<Option<Result<ListEntry, String>>> = some.iter().map(|_| None).collect();
        let look = |at: usize| Ok(entry_of(&some[at], args.with_names));
        let is_whole = parallel::each(some.len(), jobs, &interrupt, look, |at, entry| {
            seen[at] = Some(entry);
            Ok(())
        })?;
        if !is_whole {
            std::fs::remove_dir_all(&work).ok();
            return Err(Failure::interrupted("nothing was written").hint("run the same command again"));
        }
        for entry in seen.into_iter().flatten() {
            match entry {
                Ok(entry) => entries.push(entry),
                Err(what) => {
                    bad += 1;
                    console.say(what);
                }
            }
        }
    }
    std::fs::remove_dir_all(&work).ok();
    Ok((entries, bad))
}

fn entry_of(row: &Row, with_names: bool) -> Result<ListEntry, String> {
    let file = row.file.clone().unwrap_or_default();
    let bytes = row.bytes.as_deref().unwrap_or_default();
    let decoded = decode(bytes, &Limits::default().with_heif())
        .map_err(|error| format!("`{file}` is not in the list: {error}"))?;
    let look = look(&decoded);
    let hashes = if look.flat { Vec::new() } else { vec![look.hash.to_vec(), look.hash_mirrored.to_vec()] };
    // A name with a tab or a line end cannot stand in a list.
    let name =
        Some(file).filter(|file| with_names && !file.is_empty() && !file.chars().any(char::is_control));
    Ok(ListEntry { sha256: *Sha256::of(bytes).as_bytes(), hashes: vec![hashes], name })
}

/// Writes the list whole or not at all.
fn write(list: &HashList, path: &Path) -> Result<String, Failure> {
    let temp = path.with_extension("tmp");
    let failed = |error: std::io::Error| {
        Failure::world("cannot write the hash list").cause(&error).at(path.display().to_string())
    };
    let mut file = File::create(&temp).map_err(failed)?;
    let digest = list
        .write(&mut file)
        .map_err(|error| Failure::from_error(Kind::Request, &error).at(path.display().to_string()))?;
    file.sync_all().map_err(failed)?;
    std::fs::rename(&temp, path).map_err(failed)?;
    Ok(digest)
}
