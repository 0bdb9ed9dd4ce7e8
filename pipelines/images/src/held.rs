//! The verb `held`: what waits for a person's look, and what the person decides.

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_schemas::Sha256;
use pixmo_shards::Originals;
use serde_json::json;

use crate::class::Class;
use crate::failures;
use crate::journal::Journal;
use crate::judge::extension_of;
use crate::outcome::Outcome;
use crate::place::{Place, PlaceArgs};

/// Show what waits for a person's look, and decide about it
///
/// Without flags lists what waits, with its file and the reason. What is released comes into the dataset, and what is
/// dropped loses its original, when `fetch` or `import` is run the next time.
///
/// Example: `pixmo images held --release 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldArgs {
    /// Keep the image whose file has this SHA-256; can be given several times
    #[arg(long, value_name = "SHA256")]
    pub release: Vec<String>,
    /// Do not keep it; can be given several times
    #[arg(long, value_name = "SHA256")]
    pub drop: Vec<String>,
    /// The dataset.
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// What a person has decided.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Release,
    Drop,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if nothing that waits has a hash that was given, a world failure if something cannot be read or
/// written.
pub fn run(args: &HeldArgs, console: &Console) -> Result<Ending, Failure> {
    let place = args.place.place()?;
    let decisions = decisions(args)?;
    if decisions.is_empty() {
        return list(&place, console);
    }
    let mut decided = vec![0u64; decisions.len()];
    for path in place.gathered.journals()? {
        let Some(outcomes) = crate::journal::Outcomes::any(&path)? else { continue };
        let mut changed = Vec::new();
        for held in held_in(&outcomes)? {
            let hash = held.record.as_ref().map(|record| record.sha256.as_str());
            let Some(at) = decisions.iter().position(|(wanted, _)| Some(wanted.as_str()) == hash) else {
                continue;
            };
            decided[at] += 1;
            changed.push((held, decisions[at].1));
        }
        if changed.is_empty() {
            continue;
        }
        let outcomes_now = changed
            .into_iter()
            .map(|(held, decision)| match decision {
                Decision::Release => Ok(Outcome { class: Class::Kept, detail: String::new(), ..held }),
                Decision::Drop => {
                    remove(&place, &held)?;
                    Ok(Outcome { class: Class::ScreenDropped, record: None, ..held })
                }
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        Journal::amend(place.gathered.disk(), &path, outcomes.head(), &outcomes_now)?;
    }
    if let Some(at) = decided.iter().position(|rows| *rows == 0) {
        return Err(Failure::request("nothing that waits has this hash")
            .at(decisions[at].0.clone())
            .hint("`pixmo images held` lists what waits; what was decided before this one is written down"));
    }
    let rows: u64 = decided.iter().sum();
    console.say(format!(
        "images: {} decided; run `fetch` or `import` again to write the rows",
        wording::counted(rows, "row")
    ));
    Ok(Ending::Good)
}

fn decisions(args: &HeldArgs) -> Result<Vec<(String, Decision)>, Failure> {
    let parse = |text: &String, decision| {
        let hash = text.trim().to_lowercase().parse::<Sha256>();
        hash.map(|hash| (hash.to_string(), decision))
            .map_err(|error| Failure::from_error(pixmo_console::Kind::Request, &error).at(text.clone()))
    };
    let released = args.release.iter().map(|text| parse(text, Decision::Release));
    released.chain(args.drop.iter().map(|text| parse(text, Decision::Drop))).collect()
}

/// The outcomes of rows that wait.
fn held_in(outcomes: &crate::journal::Outcomes) -> Result<Vec<Outcome>, Failure> {
    let mut held = Vec::new();
    for (at, mark) in outcomes.marks() {
        if mark.class.is_held() {
            held.extend(outcomes.outcome(at)?);
        }
    }
    Ok(held)
}

fn list(place: &Place, console: &Console) -> Result<Ending, Failure> {
    let mut rows = 0u64;
    for outcomes in place.gathered.all()? {
        for held in held_in(&outcomes?)? {
            rows += 1;
            tell(place, &held, console)?;
        }
    }
    if !console.is_json() {
        console.say(format!("images: {} waiting for a look", wording::counted(rows, "row")));
    }
    Ok(Ending::Good)
}

fn tell(place: &Place, held: &Outcome, console: &Console) -> Result<(), Failure> {
    let lies = original(held).map(|(hash, extension)| {
        place.originals.location().address_of(&Originals::name(hash.as_bytes(), extension))
    });
    let sha256 = held.record.as_ref().map(|record| record.sha256.as_str());
    if console.is_json() {
        return console.data_json(&json!({
            "event": "held",
            "row": held.place + 1,
            "class": held.class.name(),
            "sha256": sha256,
            "address": held.address,
            "reason": held.detail,
            "lies": lies,
        }));
    }
    let lies = lies.unwrap_or_default();
    console.data_line(&format!(
        "{}\n  row {}, {}\n  {lies}",
        sha256.unwrap_or("no hash"),
        held.place + 1,
        held.detail
    ))
}

fn original(held: &Outcome) -> Option<(Sha256, &'static str)> {
    let record = held.record.as_ref()?;
    Some((record.sha256.parse().ok()?, extension_of(&record.format)))
}

fn remove(place: &Place, held: &Outcome) -> Result<(), Failure> {
    let Some((hash, extension)) = original(held) else { return Ok(()) };
    place.originals.remove(hash.as_bytes(), extension).map_err(failures::of_place)
}
