//! The verb `list`: what there is, and what of it is here.

use pixmo_console::{Console, Ending, Failure, wording};
use serde_json::json;

use crate::catalogue::{self, Entry, What};
use crate::checkpoints::{self, Checkpoint};
use crate::gather::of_lock;
use crate::lock::Lock;
use crate::program::PlaceArgs;
use crate::shelf::{Here, Shelf};

/// List the models that are known, and what of them is here
///
/// Example: `pixmo models list`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct ListArgs {
    /// Where models lie.
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// One line of the list.
struct Line<'a> {
    name: &'a str,
    what: What,
    size: String,
    licence: &'a str,
    about: &'a str,
    told: String,
}

/// Runs the verb.
///
/// # Errors
/// A request failure for settings that cannot be used, a data failure for a lock that is none.
pub fn run(args: &ListArgs, console: &Console) -> Result<Ending, Failure> {
    let shelf = Shelf::new(args.place.settings()?.folder());
    let files = catalogue::all();
    let widest = files
        .iter()
        .map(|entry| entry.name.len())
        .chain(checkpoints::ALL.iter().map(|one| one.name.len()))
        .max()
        .unwrap_or_default();
    let write = |line: Line<'_>| {
        console.data_line(&format!(
            "{:<widest$}  {:<8}  {:>9}  {:<10}  {}{}",
            line.name,
            line.what.name(),
            line.size,
            line.licence,
            line.about,
            line.told
        ))
    };
    for entry in &files {
        let here = shelf.here(&entry.file);
        if console.is_json() {
            let (state, bytes_here) = state_of(here);
            let mut object = json!({ "event": "model", "here": state, "bytes_here": bytes_here });
            object["model"] = json!(entry);
            console.data_json(&object)?;
            continue;
        }
        write(Line {
            name: entry.name,
            what: entry.what,
            size: entry.bytes.map_or_else(|| "?".to_owned(), wording::bytes),
            licence: entry.licence,
            about: &entry.about,
            told: told(here, entry),
        })?;
    }
    for one in checkpoints::ALL {
        let shelf = Shelf::new(shelf.folder().join(one.name));
        let lock = Lock::read(shelf.folder()).map_err(|error| of_lock(&error))?;
        let (state, bytes_here) = state_of(here(lock.as_ref(), &shelf));
        let bytes = lock.as_ref().and_then(Lock::bytes);
        if console.is_json() {
            let mut object =
                json!({ "event": "checkpoint", "here": state, "bytes_here": bytes_here, "bytes": bytes });
            object["model"] = json!(one);
            object["revision_here"] = json!(lock.as_ref().map(|lock| &lock.revision));
            console.data_json(&object)?;
            continue;
        }
        let told = match state {
            "yes" => "  [here]".to_owned(),
            "partly" => format!("  [{} are here]", wording::bytes(bytes_here)),
            _ => String::new(),
        };
        let size = bytes.map_or_else(|| parameters(one), wording::bytes);
        write(Line { name: one.name, what: one.what, size, licence: one.licence, about: one.about, told })?;
    }
    console.say(format!(
        "`pixmo models fetch NAME` brings one into {}; `pixmo models show NAME` says where it comes from",
        shelf.folder().display()
    ));
    Ok(Ending::Good)
}

fn state_of(here: Here) -> (&'static str, u64) {
    match here {
        Here::No => ("no", 0),
        Here::Partly(bytes) => ("partly", bytes),
        Here::Yes(bytes) => ("yes", bytes),
    }
}

/// How much of a checkpoint is here, by the sizes of its files.
pub(crate) fn here(lock: Option<&Lock>, shelf: &Shelf) -> Here {
    let Some(lock) = lock else { return Here::No };
    let (mut bytes, mut whole) = (0, true);
    for (file, locked) in &lock.files {
        match shelf.here(file) {
            Here::Yes(found) => {
                bytes += found;
                whole &= locked.bytes.is_none_or(|expected| expected == found);
            }
            Here::Partly(found) => (bytes, whole) = (bytes + found, false),
            Here::No => whole = false,
        }
    }
    match (whole, bytes) {
        (true, bytes) => Here::Yes(bytes),
        (false, 0) => Here::No,
        (false, bytes) => Here::Partly(bytes),
    }
}

/// `8.0B par.` for eight billion parameters: nobody says here how many bytes they are.
fn parameters(one: &Checkpoint) -> String {
    one.parameters.map_or_else(|| "?".to_owned(), |all| format!("{:.1}B par.", all as f64 / 1e9))
}

fn told(here: Here, entry: &Entry) -> String {
    match here {
        Here::No => String::new(),
        Here::Yes(bytes) if entry.bytes.is_some_and(|all| all != bytes) => {
            format!("  [a file of {} is here]", wording::bytes(bytes))
        }
        Here::Yes(_) => "  [here]".to_owned(),
        Here::Partly(bytes) => format!("  [{} are here]", wording::bytes(bytes)),
    }
}
