//! `publish`: what a web server is to show, and nothing else.

use std::fs;
use std::path::PathBuf;

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_receipts::keyring::KEYS;
use pixmo_receipts::log::tiles::{self, TILE_WIDTH};
use pixmo_receipts::log::{Checkpoint, Folder, LogError, Store};
use pixmo_receipts::rows::Rows;
use pixmo_receipts::{Published, openings, verify};
use serde_json::json;

use crate::failures;
use crate::logs::LogArgs;

/// Copy a log to where a web server shows it
///
/// Everything is checked first. Only what the newest checkpoint needs is copied, what was taken back is deleted there too,
/// and the checkpoint is written last, so that whoever reads meanwhile sees the old log or the new one. A log that does not
/// continue the one that is there is refused.
///
/// Example: `pixmo receipts publish --log log --into public/receipts`
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct PublishArgs {
    #[command(flatten)]
    log: LogArgs,
    /// The folder that is shown
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
}

pub(crate) fn run(args: &PublishArgs, console: &Console) -> Result<Ending, Failure> {
    let address = args.log.log.display().to_string();
    let from = Folder::at(&args.log.log);
    let published = Published::open(&from, None).map_err(|error| failures::of_keyring(error, &address))?;
    let into = Folder::at(&args.into);
    let there = earlier(&published, &into)
        .map_err(|error| failures::of_log(&error, &args.into.display().to_string()))?;
    let mut first = None;
    verify(&published, there.as_slice(), Rows::default(), &mut |_, _| {}, &mut |fault| {
        first.get_or_insert(fault.to_string());
    })
    .map_err(|error| failures::of_log(&error, &address))?;
    if let Some(fault) = first {
        return Err(Failure::data("the log is not published, because it does not hold")
            .because(fault)
            .at(address)
            .hint("`pixmo receipts verify --log DIR` lists everything that is wrong"));
    }
    let size = published.checkpoint().size;
    let copied = copy(&from, &into, size).map_err(|error| failures::of_log(&error, &address))?;
    let openings = args.into.join("receipts");
    sweep(&args.log.log.join("receipts"), &openings)
        .map_err(|error| failures::of_file("clear", &openings, &error))?;
    if console.is_json() {
        console.data_json(&json!({ "entries": size, "files_written": copied }))?;
    } else {
        let files = wording::counted(copied, "file");
        console.data_line(&format!(
            "{} published, {files} written",
            wording::counted(size, "entry").replace("entrys", "entries")
        ))?;
    }
    Ok(Ending::Good)
}

/// The checkpoint that is shown now, if there is one.
fn earlier<S: Store>(published: &Published<S>, into: &Folder) -> Result<Option<Checkpoint>, LogError> {
    let Some(note) = into.read(tiles::CHECKPOINT)? else { return Ok(None) };
    let note = String::from_utf8(note).map_err(|_| LogError::Damaged {
        name: tiles::CHECKPOINT.to_owned(),
        what: "it is not text".to_owned(),
    })?;
    Ok(Some(published.keyring().checkpoint(&note)?))
}

/// Copies what differs; the number of files that were written.
fn copy(from: &Folder, into: &Folder, size: u64) -> Result<u64, LogError> {
    let mut copied = 0;
    for name in promised(size) {
        let content = from.read(&name)?.ok_or_else(|| LogError::Missing { name: name.clone() })?;
        copied += u64::from(replace(into, &name, &content)?);
    }
    for bundle in 0..size.div_ceil(TILE_WIDTH) {
        for name in openings::names_of(from, bundle)? {
            if let Some(content) = from.read(&name)? {
                copied += u64::from(replace(into, &name, &content)?);
            }
        }
    }
    for name in [KEYS, tiles::CHECKPOINT] {
        let content = from.read(name)?.ok_or_else(|| LogError::Missing { name: name.to_owned() })?;
        copied += u64::from(replace(into, name, &content)?);
    }
    Ok(copied)
}

fn replace(into: &Folder, name: &str, content: &[u8]) -> Result<bool, LogError> {
    if into.read(name)?.as_deref() == Some(content) {
        return Ok(false);
    }
    into.write(name, content)?;
    Ok(true)
}

/// The tiles and bundles that a checkpoint over `size` entries promises.
fn promised(size: u64) -> Vec<String> {
    let mut names = Vec::new();
    for level in 0.. {
        let hashes = tiles::hashes_at(level, size);
        if hashes == 0 {
            break;
        }
        for index in 0..hashes.div_ceil(TILE_WIDTH) {
            let width = tiles::width_of(index, hashes);
            names.push(tiles::tile_name(level, index, width));
            if level == 0 {
                names.push(tiles::bundle_name(index, width));
            }
        }
    }
    names
}

/// Deletes below `into` what is not below `from`: receipts that were packed or taken back.
fn sweep(from: &std::path::Path, into: &std::path::Path) -> std::io::Result<()> {
    if !into.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(into)? {
        let entry = entry?;
        let twin = from.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            sweep(&twin, &entry.path())?;
            if !twin.exists() {
                fs::remove_dir(entry.path())?;
            }
        } else if !twin.exists() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
