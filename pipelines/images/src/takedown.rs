//! The verb `takedown`: rows, originals and looks of images that somebody asked to be removed, and the list of removals by
//! which old copies are cleaned.
//!
//! The list lies in the dataset's folder and only grows. It is written before anything is removed, so that a run that is
//! killed is finished by the next one; and it is all that a copy elsewhere needs.

mod found;
mod rewrite;

use std::path::PathBuf;

use pixmo_console::{Console, Ending, Failure, Kind, wording};
use pixmo_near::{Address, Removals, Removed, Tombstone, Tombstones};
use pixmo_pictures::{Limits, decode, look};
use pixmo_schemas::Sha256;
use pixmo_shards::Location;
use pixmo_stage::Stage;
use serde_json::json;

use crate::against::{self, BITS_MAX};
use crate::dedup::looks_path;
use crate::failures;
use crate::looks::LooksFile;
use crate::place::PlaceArgs;
use crate::stage::Images;
use found::Found;

/// The list of removals, in the dataset's folder.
pub const TOMBSTONES: &str = "tombstones.txt";
/// The longest reason in bytes.
const REASON_BYTES_MAX: usize = 1_000;

/// Take rows down by address, hash or likeness
///
/// Adds to the list of removals (`tombstones.txt` in the dataset's folder), removes the originals, and makes the shards
/// anew without the rows. The list cleans any older copy: `pixmo images takedown --apply tombstones.txt --into COPY`.
///
/// Example: `pixmo images takedown --address https://example.org/a.jpg --reason "asked by its author"`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct TakedownArgs {
    /// Remove what came from this address; can be given several times
    #[arg(long, value_name = "URL")]
    pub address: Vec<String>,
    /// Remove the image whose file has this SHA-256; can be given several times
    #[arg(long, value_name = "SHA256")]
    pub hash: Vec<String>,
    /// Remove what looks like the picture in this file; can be given several times
    #[arg(long, value_name = "FILE")]
    pub near: Vec<PathBuf>,
    /// Why, in one line
    #[arg(long, value_name = "TEXT", default_value = "on request")]
    pub reason: String,
    /// Apply a list of removals of another copy
    #[arg(long, value_name = "LIST")]
    pub apply: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment would become the head of the flags in the help")]
    pub place: PlaceArgs,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if nothing is asked for, or what is asked for cannot be understood; a world failure if something
/// cannot be read or written, after which the same command finishes what was begun.
pub fn run(args: &TakedownArgs, console: &Console) -> Result<Ending, Failure> {
    let place = args.place.place()?;
    let asked = asked_for(args, console)?;
    let data = place.data.clone();
    let work = rewrite::work_folder(&place.into, &data);
    let rewriting = rewrite::Place { into: &place.into, work: &work, card: Images::CARD };
    if rewriting.finish_plan()? {
        console.say("a takedown that was not finished is finished");
    }
    let folder = crate::catalogue::open(place.into.clone())?;
    let list = written(&place.into, asked)?;
    let removals = Removals::new(&list, &against::pdq())
        .map_err(|error| Failure::from_error(Kind::Request, &error).at(place.into.address_of(TOMBSTONES)))?;
    let mut looks = LooksFile::open(&looks_path(&data))?;
    let found = Found::of(&folder, &removals, &looks)?;
    for (sha256, format) in &found.without_rows {
        let extension = crate::judge::extension_of(format);
        place.originals.remove(sha256, extension).map_err(failures::of_place)?;
        looks.forget(sha256)?;
    }
    looks.sync()?;
    found::forget_gathered(&place.gathered, &removals, &console.clock().utc())?;
    let manifest = rewriting.take_out(&folder, &found.gone)?;
    // A finished dataset has no work folder; one with something in it is somebody else's.
    std::fs::remove_dir(&work).ok();
    tell(console, &place.into, &found, manifest.rows)
}

fn tell(console: &Console, into: &Location, found: &Found, left: u64) -> Result<Ending, Failure> {
    let (rows, images) = (found.rows, found.without_rows.len() as u64);
    let list = into.address_of(TOMBSTONES);
    if console.is_json() {
        console.data_json(&json!({
            "event": "taken_down", "rows": rows, "images": images, "rows_left": left, "list": list,
        }))?;
    }
    console.say(format!(
        "images: {} taken down, {} removed from the store, {} left",
        wording::counted(rows, "row"),
        wording::counted(images, "original"),
        wording::counted(left, "row")
    ));
    console.say(format!("images: the list of removals is {list}"));
    if rows > 0 {
        console.say("images: `pixmo images dedup` makes the clusters anew without them");
    }
    Ok(Ending::Good)
}

/// The removals that the flags ask for.
fn asked_for(args: &TakedownArgs, console: &Console) -> Result<Vec<Tombstone>, Failure> {
    if args.address.is_empty() && args.hash.is_empty() && args.near.is_empty() && args.apply.is_none() {
        return Err(Failure::request("nothing to take down")
            .hint("say what with `--address`, `--hash`, `--near` or `--apply`"));
    }
    let reason = args.reason.trim();
    if reason.is_empty() || reason.len() > REASON_BYTES_MAX || reason.chars().any(char::is_control) {
        return Err(Failure::request("the reason is not one line of text")
            .hint(format!("give `--reason` at most {REASON_BYTES_MAX} bytes without line ends and tabs")));
    }
    let mut removed = Vec::new();
    for text in &args.address {
        let address = Address::new(text).filter(|address| address.as_str().starts_with("http"));
        removed.push(Removed::Address(address.ok_or_else(|| {
            Failure::request(format!("`{text}` is not an address")).hint("write it with `https://`")
        })?));
    }
    for text in &args.hash {
        let hash = text.trim().to_lowercase().parse::<Sha256>();
        let hash = hash.map_err(|error| Failure::from_error(Kind::Request, &error))?;
        removed.push(Removed::Sha256(*hash.as_bytes()));
    }
    for path in &args.near {
        removed.extend(like(path)?);
    }
    let today = console.clock().utc();
    let date = today.get(..10).and_then(|date| date.parse().ok());
    let date = date.ok_or_else(|| Failure::bug(format!("`{today}` is no time")))?;
    let mut tombstones: Vec<Tombstone> =
        removed.into_iter().map(|removed| Tombstone { removed, date, reason: reason.to_owned() }).collect();
    if let Some(path) = &args.apply {
        let list = Tombstones::read(against::bytes_of(path)?.as_slice());
        tombstones.extend(list.map_err(|error| against::of_list(path, &error))?.entries);
    }
    Ok(tombstones)
}

/// What looks like a picture, also in a mirror, and its own file.
fn like(path: &std::path::Path) -> Result<Vec<Removed>, Failure> {
    let at = || path.display().to_string();
    let bytes = std::fs::read(path)
        .map_err(|error| Failure::request("cannot read the picture").cause(&error).at(at()))?;
    let decoded = decode(&bytes, &Limits::default().with_heif()).map_err(|error| {
        Failure::request("the file is no picture that can be read").cause(&error).at(at())
    })?;
    let look = look(&decoded);
    if look.flat {
        return Err(Failure::request("there is too little in the picture to find its like")
            .at(at())
            .hint("take it down with `--hash` or `--address`"));
    }
    let near = |hash: [u8; 32]| Removed::Near { hash: hash.to_vec(), bits_max: BITS_MAX };
    Ok(vec![Removed::Sha256(*Sha256::of(&bytes).as_bytes()), near(look.hash), near(look.hash_mirrored)])
}

/// The list of removals of a dataset; nothing if there is none.
///
/// # Errors
/// A request failure if the list cannot be understood, a world failure if it cannot be read.
pub fn tombstones_of(into: &Location) -> Result<Option<Tombstones>, Failure> {
    if !into.exists(TOMBSTONES).map_err(failures::of_place)? {
        return Ok(None);
    }
    let bytes = into.read(TOMBSTONES).map_err(failures::of_place)?;
    let list = Tombstones::read(bytes.as_slice()).map_err(|error| {
        Failure::from_error(Kind::Request, &error).at(into.address_of(TOMBSTONES)).hint(
            "take the list from a copy of the dataset; without it, rows that were taken down could come back",
        )
    });
    list.map(Some)
}

/// The removals of a dataset, ready to be asked; nothing if there are none.
///
/// # Errors
/// As [`tombstones_of`].
pub(crate) fn removals_of(into: &Location) -> Result<Option<Removals>, Failure> {
    let Some(list) = tombstones_of(into)? else { return Ok(None) };
    let removals = Removals::new(&list, &against::pdq())
        .map_err(|error| Failure::from_error(Kind::Request, &error).at(into.address_of(TOMBSTONES)))?;
    Ok(Some(removals))
}

/// The list with what is new in `asked`, written if it grew. What it holds already keeps its date and its reason.
fn written(into: &Location, asked: Vec<Tombstone>) -> Result<Tombstones, Failure> {
    let kind = Some(against::pdq());
    let empty =
        || Tombstones { name: "images".to_owned(), version: "0".to_owned(), kind, entries: Vec::new() };
    let known = tombstones_of(into)?;
    let mut list = known.clone().unwrap_or_else(empty);
    for tombstone in asked {
        if !list.entries.iter().any(|entry| entry.removed == tombstone.removed) {
            list.entries.push(tombstone);
        }
    }
    list.entries.sort();
    // A list is as new as the newest of its entries, wherever it was put together.
    if let Some(newest) = list.entries.iter().map(|entry| entry.date).max() {
        list.version = newest.to_string();
    }
    if known.as_ref() != Some(&list) {
        let mut bytes = Vec::new();
        list.write(&mut bytes).map_err(|error| Failure::from_error(Kind::Request, &error))?;
        into.put_atomic(TOMBSTONES, &bytes).map_err(failures::of_place)?;
    }
    Ok(list)
}
