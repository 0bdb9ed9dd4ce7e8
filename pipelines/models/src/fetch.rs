//! The verb `fetch`: a model's file gets here whole, or not at all.

use std::path::{Path, PathBuf};
use std::time::Duration;

use pixmo_console::{Console, Ending, Failure, Interrupt, Kind, wording};
use pixmo_fetch::{Class, Client, FileFailed, FileWant, Keep, PolicyError};
use serde_json::json;

use crate::catalogue::{self, digest_of};
use crate::news::News;
use crate::part::{Part, PartError};
use crate::program::PlaceArgs;
use crate::settings::Settings;
use crate::shelf::{Shelf, sha256_of};

/// How often it is looked whether someone asked to stop.
const TICK: Duration = Duration::from_millis(100);

/// Fetch the files of models
///
/// A file is taken only if it has the hash of the list. What came before an interruption is gone on with; run the same
/// command again. The path of each file is written to standard output.
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
    /// Where models lie.
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// One file that shall be here.
#[derive(Clone, Debug)]
struct Wanted {
    name: String,
    file: String,
    sha256: [u8; 32],
    bytes: Option<u64>,
    addresses: Vec<String>,
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
    let wanted: Vec<Wanted> =
        args.names.iter().map(|name| wanted(name, args, &settings)).collect::<Result<_, _>>()?;
    let shelf = Shelf::new(settings.folder());
    // What can be known of the settings is checked before the first byte is asked for.
    let client = match settings.offline {
        Some(_) => None,
        None => Some(Client::for_files(settings.policy()).map_err(|error| of_policy(&error))?),
    };
    let interrupt = console.interrupt();
    for one in &wanted {
        let path = shelf.path(&one.file);
        if is_here(one, &path, console)? {
            tell(console, one, &path, "already_here")?;
            continue;
        }
        match (&settings.offline, &client) {
            (Some(folder), _) => copy(one, folder, &shelf, console)?,
            (None, Some(client)) => fetch(one, client, &shelf, console, &interrupt)?,
            (None, None) => return Err(Failure::bug("a model is fetched without a client")),
        }
        tell(console, one, &path, "fetched")?;
    }
    Ok(Ending::Good)
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
        return Err(Failure::request(
            "there is nobody to ask: no mirror is named, and the list's address is not wanted",
        )
        .hint("name a mirror with `--mirror URL`, or leave `--no-origin` and `origin = false` out"));
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

/// Whether the file is here and is the one that is wanted; another one under its name is told, and will be replaced.
fn is_here(one: &Wanted, path: &Path, console: &Console) -> Result<bool, Failure> {
    let found = match sha256_of(path) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(of_disk("cannot read what is here", &error, path)),
    };
    if found != one.sha256 {
        console.warn(
            format!(
                "the file of `{}` that is here is another one; it is replaced once the right one has come",
                one.name
            ),
            None,
        );
    }
    Ok(found == one.sha256)
}

/// Takes the file from a folder.
fn copy(one: &Wanted, folder: &Path, shelf: &Shelf, console: &Console) -> Result<(), Failure> {
    let source = folder.join(&one.file);
    let mut news = News::new(console, &one.name, one.bytes);
    let mut file = std::fs::File::open(&source).map_err(|error| {
        let failure = Failure::request(format!("cannot read `{}` from the folder", one.file)).cause(&error);
        failure
            .at(source.display().to_string())
            .hint("put the file there, or leave `--from` and `offline` out")
    })?;
    news.begin(0, &folder.display().to_string());
    let mut part =
        Part::open(shelf.part_path(&one.file), Box::new(|kept| news.moved(kept))).map_err(of_part)?;
    let failed = |error: std::io::Error| of_disk("cannot keep what came", &error, &shelf.path(&one.file));
    part.restart().map_err(failed)?;
    let mut piece = vec![0; 1 << 20];
    loop {
        use std::io::Read;
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => part.put(&piece[..read]).map_err(failed)?,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(of_disk("cannot read what is in the folder", &error, &source)),
        }
    }
    let found = part.sha256().map_err(failed)?;
    if found != one.sha256 {
        part.restart().map_err(failed)?;
        return Err(Failure::data(format!(
            "`{}` in the folder is another file than the one that is wanted",
            one.file
        ))
        .because(format!("its sha256 is `{}`, expected `{}`", hex::encode(found), hex::encode(one.sha256)))
        .at(source.display().to_string()));
    }
    part.finish(&shelf.path(&one.file)).map_err(of_part)
}

/// Brings the file over the network.
fn fetch(
    one: &Wanted,
    client: &Client,
    shelf: &Shelf,
    console: &Console,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let news = std::sync::Mutex::new(News::new(console, &one.name, one.bytes));
    let locked = || news.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut part =
        Part::open(shelf.part_path(&one.file), Box::new(|kept| locked().moved(kept))).map_err(of_part)?;
    locked().begin(part.kept(), one.addresses.first().map(String::as_str).unwrap_or_default());
    let want = FileWant { addresses: one.addresses.clone(), sha256: one.sha256, bytes: one.bytes };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_name("pixmo-models")
        .build()
        .map_err(|error| Failure::world("cannot begin to fetch").cause(&error))?;
    let ended = runtime.block_on(async {
        let asked_to_stop = async {
            while !interrupt.is_requested() {
                tokio::time::sleep(TICK).await;
            }
        };
        tokio::select! {
            fetched = client.fetch_file(&want, &mut part) => Some(fetched),
            () = asked_to_stop => None,
        }
    });
    runtime.shutdown_background();
    match ended {
        None => {
            let safe = wording::bytes(part.kept());
            Err(Failure::interrupted(format!("{safe} of `{}` have come and are safe", one.name))
                .hint("run the same command again to continue"))
        }
        Some(Ok(_fetched)) => part.finish(&shelf.path(&one.file)).map_err(of_part),
        Some(Err(error)) => Err(of_fetch(one, error, part.kept(), shelf)),
    }
}

/// Says that a file is here.
fn tell(console: &Console, one: &Wanted, path: &Path, event: &str) -> Result<(), Failure> {
    if console.is_json() {
        let sha256 = hex::encode(one.sha256);
        return console
            .data_json(&json!({ "event": event, "model": one.name, "path": path, "sha256": sha256 }));
    }
    console.data_line(&path.display().to_string())
}

fn of_fetch(one: &Wanted, error: FileFailed, kept: u64, shelf: &Shelf) -> Failure {
    let refusals = match error {
        FileFailed::Addresses(refusals) => refusals,
        FileFailed::Keep(error) => {
            return of_disk("cannot keep what came", &error, &shelf.path(&one.file))
                .hint("make room on the disk, or choose another folder with `--into DIR`; then run the same command again");
        }
    };
    let all_wrong = refusals.iter().all(|(_, failed)| failed.class == Class::HashMismatch);
    let later = refusals.iter().any(|(_, failed)| failed.can_succeed_later());
    let mut failure = Failure::world(format!("cannot fetch the model `{}`", one.name));
    for (address, failed) in refusals {
        failure = failure.because(format!("{failed}, from {address}"));
    }
    if all_wrong {
        failure = failure
            .because(format!("the sha256 that is wanted is `{}`", hex::encode(one.sha256)))
            .hint("what lies at that address is another file; try a mirror with `--mirror URL`");
    }
    if kept > 0 {
        failure = failure.hint(format!("{} have come and are kept", wording::bytes(kept)));
    }
    if later {
        failure = failure.hint("run the same command again to continue");
    }
    failure.hint("`--mirror URL` asks elsewhere, `--from DIR` takes the file from a folder")
}

fn of_part(error: PartError) -> Failure {
    let failure = Failure::from_error(Kind::World, &error);
    match error {
        PartError::InUse { .. } => {
            failure.hint("wait until the other run has ended, and run the same command again")
        }
        PartError::Disk { .. } => failure.hint("choose another folder with `--into DIR`"),
    }
}

fn of_disk(what: &str, error: &std::io::Error, path: &Path) -> Failure {
    Failure::world(what).cause(error).at(path.display().to_string())
}

fn of_policy(error: &PolicyError) -> Failure {
    Failure::from_error(Kind::Request, error).hint("change it in [models] of the campaign file")
}
