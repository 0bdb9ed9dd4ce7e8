//! The verb `where`: where an image lies, and which rows have it.

use pixmo_console::{Console, Ending, Failure};
use pixmo_schemas::Sha256;
use pixmo_shards::Originals;
use serde_json::json;

use crate::class::Class;
use crate::failures;
use crate::judge::{EXTENSIONS, extension_of};
use crate::outcome::Outcome;
use crate::place::PlaceArgs;

/// Say where an image lies and which rows have it
///
/// Takes the SHA-256 of a file, or an address as it stands in the list or as it was answered from.
///
/// Example: `pixmo images where https://example.org/a.jpg`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct WhereArgs {
    /// A SHA-256 or an address
    #[arg(value_name = "SHA256|ADDRESS")]
    pub what: String,
    /// The dataset.
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if nothing has it, a world failure if something cannot be read.
pub fn run(args: &WhereArgs, console: &Console) -> Result<Ending, Failure> {
    let place = args.place.place()?;
    let hash = args.what.parse::<Sha256>().ok();
    let mut found = 0u64;
    for outcomes in place.gathered.all()? {
        let outcomes = outcomes?;
        for (at, mark) in outcomes.marks() {
            // Only what was kept has a hash.
            if hash.is_some() && mark.class != Class::Kept {
                continue;
            }
            let Some(outcome) = outcomes.outcome(at)? else { continue };
            if has(&outcome, &args.what) {
                found += 1;
                tell(&outcome, &place.originals, console)?;
            }
        }
    }
    if found > 0 {
        return Ok(Ending::Good);
    }
    // An original of another list lies in the same store.
    if let Some(hash) = hash {
        let extension = place.originals.find(hash.as_bytes(), &EXTENSIONS).map_err(failures::of_place)?;
        if let Some(extension) = extension {
            let lies = place.originals.location().address_of(&Originals::name(hash.as_bytes(), extension));
            if console.is_json() {
                console
                    .data_json(&json!({ "event": "original", "sha256": hash.to_string(), "lies": lies }))?;
            } else {
                console.data_line(&format!("{lies}\n  no row of this dataset has it"))?;
            }
            return Ok(Ending::Good);
        }
    }
    Err(Failure::request("no row has this image")
        .at(args.what.clone())
        .hint("give the SHA-256 of a file in 64 lowercase digits, or an address as it stands in the list"))
}

fn has(outcome: &Outcome, what: &str) -> bool {
    let record = outcome.record.as_deref();
    outcome.address.as_deref() == Some(what)
        || record.is_some_and(|record| record.sha256 == what || record.address_final.as_deref() == Some(what))
}

fn tell(outcome: &Outcome, originals: &Originals, console: &Console) -> Result<(), Failure> {
    let lies = outcome.record.as_ref().and_then(|record| {
        let hash = record.sha256.parse::<Sha256>().ok()?;
        let name = Originals::name(hash.as_bytes(), extension_of(&record.format));
        Some(originals.location().address_of(&name))
    });
    let row = outcome.place + 1;
    if console.is_json() {
        return console.data_json(&json!({
            "event": "row",
            "row": row,
            "class": outcome.class.name(),
            "address": outcome.address,
            "sha256": outcome.record.as_ref().map(|record| &record.sha256),
            "lies": lies,
            "at": outcome.at,
        }));
    }
    let address = outcome.address.as_deref().unwrap_or("no address");
    match lies {
        Some(lies) => console.data_line(&format!("{lies}\n  row {row}, {}, {address}", outcome.at)),
        None => console.data_line(&format!("row {row}: {}, {}, {address}", outcome.class, outcome.at)),
    }
}
