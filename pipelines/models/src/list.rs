//! The verb `list`: what there is, and what of it is here.

use pixmo_console::{Console, Ending, Failure, wording};
use serde_json::json;

use crate::catalogue::{self, Entry};
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

/// Runs the verb.
///
/// # Errors
/// A request failure for settings that cannot be used.
pub fn run(args: &ListArgs, console: &Console) -> Result<Ending, Failure> {
    let shelf = Shelf::new(args.place.settings()?.folder());
    let all = catalogue::all();
    let widest = all.iter().map(|entry| entry.name.len()).max().unwrap_or_default();
    for entry in &all {
        let here = shelf.here(&entry.file);
        if console.is_json() {
            let (state, bytes_here) = match here {
                Here::No => ("no", 0),
                Here::Partly(bytes) => ("partly", bytes),
                Here::Yes(bytes) => ("yes", bytes),
            };
            let mut object = json!({ "event": "model", "here": state, "bytes_here": bytes_here });
            object["model"] = json!(entry);
            console.data_json(&object)?;
            continue;
        }
        let size = entry.bytes.map_or_else(|| "?".to_owned(), wording::bytes);
        let line = format!(
            "{:<widest$}  {:<8}  {size:>9}  {:<10}  {}{}",
            entry.name,
            entry.what.name(),
            entry.licence,
            entry.about,
            told(here, entry)
        );
        console.data_line(&line)?;
    }
    console.say(format!(
        "`pixmo models fetch NAME` brings one into {}; `pixmo models show NAME` says where it comes from",
        shelf.folder().display()
    ));
    Ok(Ending::Good)
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
