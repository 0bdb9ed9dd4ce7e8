//! The verb `show`: all that is known of one model, and whether the file that is here is the one of the list.

use std::path::Path;

use pixmo_console::{Console, Ending, Failure, wording};
use serde_json::json;

use crate::catalogue;
use crate::checkpoints;
use crate::fetch::unknown;
use crate::program::PlaceArgs;
use crate::shelf::{Here, Shelf, sha256_of};
use crate::weights;

/// Show where a model comes from, and check what is here of it
///
/// Of a checkpoint, its parameters and sizes are told as the headers of its weights say them. A folder with weights is shown
/// the same way, whether it is in the list or not.
///
/// Example: `pixmo models show molmo-7b-d`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct ShowArgs {
    /// The model, or a folder with the weights of one
    #[arg(value_name = "NAME|DIR")]
    pub name: String,
    /// List every tensor with its type and shape
    #[arg(long)]
    pub tensors: bool,
    /// Where models lie.
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// Runs the verb. A file that is here and is another one is told with exit code 1.
///
/// # Errors
/// A request failure for a name that nobody knows, a world failure for a file that cannot be read.
pub fn run(args: &ShowArgs, console: &Console) -> Result<Ending, Failure> {
    let shelf = Shelf::new(args.place.settings()?.folder());
    if let Some(checkpoint) = checkpoints::find(&args.name) {
        return weights::checkpoint(checkpoint, &shelf, args.tensors, console);
    }
    if catalogue::find(&args.name).is_none() && Path::new(&args.name).is_dir() {
        return weights::folder(Path::new(&args.name), args.tensors, console);
    }
    if args.tensors {
        return Err(Failure::request(format!(
            "`{}` is no checkpoint, so that it has no tensors to list",
            args.name
        )));
    }
    let entry = catalogue::find(&args.name).ok_or_else(|| unknown(&args.name))?;
    let path = shelf.path(&entry.file);
    let found = match shelf.here(&entry.file) {
        Here::Yes(_) => Some(hex::encode(sha256_of(&path).map_err(|error| {
            Failure::world(format!("cannot read the model `{}`", entry.name))
                .cause(&error)
                .at(path.display().to_string())
        })?)),
        Here::No | Here::Partly(_) => None,
    };
    let (state, ending) = match (&found, entry.sha256, shelf.here(&entry.file)) {
        (Some(found), Some(pinned), _) if found == pinned => ("whole".to_owned(), Ending::Good),
        (Some(_), Some(_), _) => ("another file than the list names".to_owned(), Ending::NotAllGood),
        (Some(_), None, _) => ("here; the list names no hash to compare it with".to_owned(), Ending::Good),
        (None, _, Here::Partly(bytes)) => {
            (format!("{} have come so far", wording::bytes(bytes)), Ending::Good)
        }
        (None, ..) => ("not here".to_owned(), Ending::Good),
    };
    if console.is_json() {
        let mut object = json!({ "event": "model", "state": state, "path": path, "sha256_here": found });
        object["model"] = json!(entry);
        console.data_json(&object)?;
        return Ok(ending);
    }
    let size = entry.bytes.map_or_else(
        || "not known".to_owned(),
        |bytes| format!("{} ({})", wording::bytes(bytes), wording::counted(bytes, "byte")),
    );
    let pinned = entry.sha256.unwrap_or("not known: `fetch` wants `--sha256`");
    let mut lines = vec![
        format!("{}: {}", entry.name, entry.about),
        format!("  for      {}", entry.what.name()),
        format!("  size     {size}"),
        format!("  sha256   {pinned}"),
        format!("  licence  {}", entry.licence),
        format!("  address  {}", entry.address),
        format!("  file     {}", path.display()),
        format!("  state    {state}"),
    ];
    if ending == Ending::NotAllGood {
        lines.extend(found.map(|found| format!("  its sha256 is {found}")));
    }
    console.data_line(&lines.join("\n"))?;
    Ok(ending)
}
