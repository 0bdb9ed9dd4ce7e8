//! The verb `fetch`: a model's file gets here whole, or not at all.

use std::path::PathBuf;

use pixmo_console::{Console, Ending, Failure};
use pixmo_fetch::Client;

use crate::bring::{self, Wanted};
use crate::catalogue::{self, digest_of};
use crate::checkpoints::{self, Checkpoint};
use crate::gather::Gather;
use crate::program::PlaceArgs;
use crate::settings::Settings;
use crate::shelf::Shelf;

/// Fetch the files of models
///
/// A file is taken only if it has the hash of the list. What came before an interruption is gone on with; run the same
/// command again. The path of each file is written to standard output; of a checkpoint, that of its folder.
///
/// The list has no hashes for checkpoints. They are taken from a file that you give, or from the hub when a checkpoint is
/// fetched first; both are kept in a lock beside the files, and later runs are held to it.
///
/// Example: `pixmo models fetch tiny.en`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct FetchArgs {
    /// The models; `pixmo models list` has their names
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,
    /// Try this address first: a folder with the same files; can be given several times
    #[arg(long, value_name = "URL", conflicts_with = "from")]
    pub mirror: Vec<String>,
    /// Ask mirrors only, and not the address of the list
    #[arg(long, conflicts_with = "from")]
    pub no_origin: bool,
    /// Take the files from this folder, and ask nothing of the network
    #[arg(long, value_name = "DIR")]
    pub from: Option<PathBuf>,
    /// The hash that the file shall have: for models of which the list names none
    #[arg(long, value_name = "HEX")]
    pub sha256: Option<String>,
    /// Fetch a file that is not in the list from this address; NAME becomes its name, `--sha256` its hash
    #[arg(long, value_name = "URL", requires = "sha256", conflicts_with = "from")]
    pub address: Option<String>,
    /// The hashes of a checkpoint's files, as `sha256sum` writes them
    #[arg(long, value_name = "FILE", conflicts_with = "trust_on_first_use")]
    pub sha256_file: Option<PathBuf>,
    /// Take the hashes of a checkpoint from the hub (with `--from`: from the folder), and keep them in its lock
    #[arg(long)]
    pub trust_on_first_use: bool,
    /// The branch, tag or commit of a checkpoint, instead of that of the list
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
    /// The hub of checkpoints, instead of that of the settings
    #[arg(long, value_name = "URL")]
    pub hub: Option<String>,
    /// Where models lie.
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// What a name stands for.
enum Named {
    File(Wanted),
    Checkpoint(&'static Checkpoint),
}

/// Runs the verb.
///
/// # Errors
/// A request failure before anything is asked, a world failure or an interruption after which the same command goes on.
pub fn run(args: &FetchArgs, console: &Console) -> Result<Ending, Failure> {
    let mut settings = args.place.settings()?;
    settings.mirrors = args.mirror.iter().cloned().chain(settings.mirrors).collect();
    settings.origin &= !args.no_origin;
    if args.from.is_some() {
        settings.offline.clone_from(&args.from);
    }
    if let Some(hub) = &args.hub {
        settings.hub.clone_from(hub);
    }
    let named: Vec<Named> =
        args.names.iter().map(|name| named(name, args, &settings)).collect::<Result<_, _>>()?;
    let shelf = Shelf::new(settings.folder());
    // What can be known of the settings is checked before the first byte is asked for.
    let client = match settings.offline {
        Some(_) => None,
        None => Some(Client::for_files(settings.policy()).map_err(|error| bring::of_policy(&error))?),
    };
    let interrupt = console.interrupt();
    for one in &named {
        let one = match one {
            Named::File(one) => one,
            Named::Checkpoint(checkpoint) => {
                let gather = Gather { checkpoint, args, settings: &settings, console, interrupt: &interrupt };
                gather.run(client.as_ref())?;
                continue;
            }
        };
        let path = shelf.path(&one.file);
        if bring::is_here(one, &path, console)? {
            bring::tell(console, one, &path, "already_here")?;
            continue;
        }
        match (&settings.offline, &client) {
            (Some(folder), _) => bring::copy(one, folder, &shelf, console)?,
            (None, Some(client)) => bring::fetch(one, client, &shelf, console, &interrupt)?,
            (None, None) => return Err(Failure::bug("a model is fetched without a client")),
        }
        bring::tell(console, one, &path, "fetched")?;
    }
    Ok(Ending::Good)
}

/// A name as a file, or as a checkpoint; flags that belong to the other are refused.
fn named(name: &str, args: &FetchArgs, settings: &Settings) -> Result<Named, Failure> {
    let checkpoint = checkpoints::find(name).filter(|_| args.address.is_none());
    let Some(checkpoint) = checkpoint else {
        let of_checkpoints = [
            ("--sha256-file", args.sha256_file.is_some()),
            ("--trust-on-first-use", args.trust_on_first_use),
            ("--revision", args.revision.is_some()),
        ];
        let wanted = wanted(name, args, settings)?;
        return match of_checkpoints.iter().find(|(_, is_given)| *is_given) {
            Some((flag, _)) => {
                Err(Failure::request(format!("`{flag}` is for checkpoints, and `{name}` is one file"))
                    .hint("fetch it in a command of its own"))
            }
            None => Ok(Named::File(wanted)),
        };
    };
    if args.sha256.is_some() {
        return Err(Failure::request(format!(
            "`--sha256` is the hash of one file, and `{name}` has several"
        ))
        .hint("`--sha256-file FILE` takes all of them, in the form of `sha256sum`"));
    }
    if args.sha256_file.is_some() && args.names.len() > 1 {
        return Err(Failure::request(
            "`--sha256-file` has the hashes of one checkpoint, and several are named",
        )
        .hint("fetch that checkpoint in a command of its own"));
    }
    Ok(Named::Checkpoint(checkpoint))
}

/// What a name stands for, with all addresses that may have it.
fn wanted(name: &str, args: &FetchArgs, settings: &Settings) -> Result<Wanted, Failure> {
    let given = match &args.sha256 {
        Some(text) => Some(digest_of(text).ok_or_else(|| {
            Failure::request(format!("`--sha256` cannot be `{text}`"))
                .because("expected 64 hexadecimal digits")
        })?),
        None => None,
    };
    if args.sha256.is_some() && args.names.len() > 1 {
        return Err(Failure::request("`--sha256` is the hash of one file, and several are named")
            .hint("fetch that model in a command of its own"));
    }
    if let Some(address) = &args.address {
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']) {
            return Err(Failure::request(format!("`{name}` cannot be the name of a file")));
        }
        let sha256 = given.ok_or_else(|| Failure::request("`--sha256` is missing"))?;
        let one = Wanted {
            name: name.to_owned(),
            file: name.to_owned(),
            sha256,
            bytes: None,
            addresses: Vec::new(),
        };
        return addressed(one, address, settings);
    }
    let entry = catalogue::find(name).ok_or_else(|| unknown(name))?;
    let pinned = entry.sha256.and_then(digest_of);
    let sha256 = match (pinned, given) {
        (Some(pinned), Some(given)) if pinned != given => {
            return Err(Failure::request(format!("the list names another hash for `{name}`"))
                .because(format!(
                    "it is `{}`, and `--sha256` is `{}`",
                    hex::encode(pinned),
                    hex::encode(given)
                ))
                .hint("leave `--sha256` out, or fetch another file under another name with `--address`"));
        }
        (Some(pinned), _) => pinned,
        (None, Some(given)) => given,
        (None, None) => {
            return Err(Failure::request(format!(
                "the list names no hash for `{name}`, because nobody vouches for one"
            ))
            .at(entry.address)
            .hint(
                "say with `--sha256` which hash the file shall have; whoever publishes the model knows it",
            ));
        }
    };
    let one = Wanted {
        name: entry.name.to_owned(),
        file: entry.file,
        sha256,
        bytes: entry.bytes,
        addresses: Vec::new(),
    };
    addressed(one, &entry.address, settings)
}

/// Fills in who is asked: the mirrors, then the address where the file is at home.
fn addressed(one: Wanted, home: &str, settings: &Settings) -> Result<Wanted, Failure> {
    let place = |mirror: &String| {
        let hash = hex::encode(one.sha256);
        if mirror.contains("{file}") || mirror.contains("{name}") || mirror.contains("{sha256}") {
            return mirror
                .replace("{file}", &one.file)
                .replace("{name}", &one.name)
                .replace("{sha256}", &hash);
        }
        format!("{}/{}", mirror.trim_end_matches('/'), one.file)
    };
    let mut addresses: Vec<String> = settings.mirrors.iter().map(place).collect();
    if settings.origin {
        addresses.push(home.to_owned());
    }
    if addresses.is_empty() && settings.offline.is_none() {
        return Err(bring::nobody_to_ask());
    }
    Ok(Wanted { addresses, ..one })
}

/// The failure for a name that is not in the list.
pub(crate) fn unknown(name: &str) -> Failure {
    let near: Vec<String> = catalogue::near(name).iter().map(|name| format!("`{name}`")).collect();
    let failure = Failure::request(format!("there is no model `{name}` in the list"));
    let failure =
        if near.is_empty() { failure } else { failure.hint(format!("did you mean {}?", near.join(" or "))) };
    failure.hint("`pixmo models list` has all names; `--address URL --sha256 HEX` fetches any other file")
}
