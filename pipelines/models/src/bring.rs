//! One file gets here: it is here already, comes over the network, or out of a folder; whole, or not at all.

use std::path::Path;
use std::time::Duration;

use pixmo_console::{Console, Failure, Interrupt, Kind, wording};
use pixmo_fetch::{Class, Client, FileFailed, FileWant, Keep, PolicyError};
use serde_json::json;

use crate::news::News;
use crate::part::{Part, PartError};
use crate::shelf::{Shelf, sha256_of};

/// How often it is looked whether someone asked to stop.
const TICK: Duration = Duration::from_millis(100);

/// One file that shall be here.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// What it is called where it is talked of.
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) sha256: [u8; 32],
    pub(crate) bytes: Option<u64>,
    pub(crate) addresses: Vec<String>,
}

/// Whether the file is here and is the one that is wanted; another one under its name is told, and will be replaced.
pub(crate) fn is_here(one: &Wanted, path: &Path, console: &Console) -> Result<bool, Failure> {
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
pub(crate) fn copy(one: &Wanted, folder: &Path, shelf: &Shelf, console: &Console) -> Result<(), Failure> {
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
pub(crate) fn fetch(
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
    let ended = until_interrupted(interrupt, client.fetch_file(&want, &mut part))?;
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

/// Waits for something of the network; `None` when someone asked to stop first.
pub(crate) fn until_interrupted<T>(
    interrupt: &Interrupt,
    work: impl Future<Output = T>,
) -> Result<Option<T>, Failure> {
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
            done = work => Some(done),
            () = asked_to_stop => None,
        }
    });
    runtime.shutdown_background();
    Ok(ended)
}

/// Says that a file is here.
pub(crate) fn tell(console: &Console, one: &Wanted, path: &Path, event: &str) -> Result<(), Failure> {
    if console.is_json() {
        let sha256 = hex::encode(one.sha256);
        return console
            .data_json(&json!({ "event": event, "model": one.name, "path": path, "sha256": sha256 }));
    }
    console.data_line(&path.display().to_string())
}

/// The failure where every address is ruled out.
pub(crate) fn nobody_to_ask() -> Failure {
    Failure::request("there is nobody to ask: no mirror is named, and the list's address is not wanted")
        .hint("name a mirror with `--mirror URL`, or leave `--no-origin` and `origin = false` out")
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

pub(crate) fn of_part(error: PartError) -> Failure {
    let failure = Failure::from_error(Kind::World, &error);
    match error {
        PartError::InUse { .. } => {
            failure.hint("wait until the other run has ended, and run the same command again")
        }
        PartError::Disk { .. } => failure.hint("choose another folder with `--into DIR`"),
    }
}

pub(crate) fn of_disk(what: &str, error: &std::io::Error, path: &Path) -> Failure {
    Failure::world(what).cause(error).at(path.display().to_string())
}

pub(crate) fn of_policy(error: &PolicyError) -> Failure {
    Failure::from_error(Kind::Request, error).hint("change it in [models] of the campaign file")
}
