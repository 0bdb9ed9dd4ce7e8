//! What falls under a list of removals: rows of a dataset, and what was gathered for it.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_console::Failure;
use pixmo_near::{Address, Hash256, Removals, Seen};
use pixmo_schemas::Sha256;
use pixmo_shards::{DatasetFolder, read_columns};
use serde::Deserialize;

use super::rewrite::Gone;
use crate::class::Class;
use crate::failures;
use crate::gathered::Gathered;
use crate::journal::{Journal, Outcomes};
use crate::looks::LooksFile;
use crate::outcome::Outcome;

/// The columns by which a row falls.
const COLUMNS: &[&str] = &["sha256", "format", "perceptual_hash", "flat", "address", "address_final"];

#[derive(Deserialize)]
struct Columns {
    sha256: Sha256,
    format: String,
    perceptual_hash: Option<Sha256>,
    flat: bool,
    address: Option<String>,
    address_final: Option<String>,
}

/// What is to go.
pub(super) struct Found {
    pub(super) gone: Gone,
    /// How many rows.
    pub(super) rows: u64,
    /// Images that no row has any more, with their formats.
    pub(super) without_rows: BTreeMap<[u8; 32], String>,
}

impl Found {
    /// Looks through the rows of a dataset.
    pub(super) fn of(
        folder: &DatasetFolder,
        removals: &Removals,
        looks: &LooksFile,
    ) -> Result<Found, Failure> {
        let mut found = Found { gone: Gone::new(), rows: 0, without_rows: BTreeMap::new() };
        let mut kept = BTreeSet::new();
        for file in folder.manifest().files() {
            let rows =
                read_columns::<Columns>(folder.location(), file, COLUMNS).map_err(failures::of_reading)?;
            for (number, row) in (0..).zip(rows) {
                let row = row.map_err(failures::of_reading)?;
                let sha256 = *row.sha256.as_bytes();
                let hashes = match (looks.get(&sha256)?, &row.perceptual_hash) {
                    (Some(seen), _) if seen.is_flat() => Vec::new(),
                    (Some(seen), _) => vec![seen.hash(), seen.mirror()],
                    (None, Some(_)) if row.flat => Vec::new(),
                    (None, Some(hash)) => vec![Hash256::from(*hash.as_bytes())],
                    (None, None) if removals.is_by_likeness() => return Err(unseen(folder, &sha256)),
                    (None, None) => Vec::new(),
                };
                let addresses = addresses_of(row.address.as_deref(), row.address_final.as_deref());
                if removals.of(&Seen { sha256, hashes: &hashes, addresses: &addresses }).is_some() {
                    found.gone.entry(file.path.clone()).or_default().insert(number);
                    found.rows += 1;
                    found.without_rows.insert(sha256, row.format);
                } else {
                    kept.insert(sha256);
                }
            }
        }
        found.without_rows.retain(|sha256, _| !kept.contains(sha256));
        Ok(found)
    }
}

/// A picture that nobody looked at cannot be told from what is to go.
fn unseen(folder: &DatasetFolder, sha256: &[u8; 32]) -> Failure {
    Failure::request("images that were taken in without being decoded cannot be taken down by likeness")
        .because(format!("nobody has looked at `{}`", hex::encode(sha256)))
        .at(folder.location().address().to_owned())
        .hint("`pixmo images dedup` looks at all of them; then run the same command again")
}

fn addresses_of(address: Option<&str>, address_final: Option<&str>) -> Vec<Address> {
    address.into_iter().chain(address_final).filter_map(Address::new).collect()
}

/// Writes down of every row that was gathered and falls under the list that it was taken down, so that no later run
/// brings it back.
pub(super) fn forget_gathered(gathered: &Gathered, removals: &Removals, now: &str) -> Result<(), Failure> {
    for path in gathered.journals()? {
        let Some(outcomes) = Outcomes::any(&path)? else { continue };
        let mut fallen = Vec::new();
        for (place, mark) in outcomes.marks() {
            if mark.class == Class::TakenDown {
                continue;
            }
            if let Some(outcome) = outcomes.outcome(place)?
                && falls(&outcome, removals)
            {
                fallen.push(taken_down(outcome, now));
            }
        }
        if fallen.is_empty() {
            continue;
        }
        Journal::amend(gathered.disk(), &path, outcomes.head(), &fallen)?;
    }
    Ok(())
}

fn falls(outcome: &Outcome, removals: &Removals) -> bool {
    let Some(record) = &outcome.record else {
        let addresses = addresses_of(outcome.address.as_deref(), None);
        return removals.of(&Seen { sha256: [0; 32], hashes: &[], addresses: &addresses }).is_some();
    };
    let hash = |text: &str| text.parse::<Sha256>().map(|hash| *hash.as_bytes());
    let Ok(sha256) = hash(&record.sha256) else { return false };
    let perceptual = record.perceptual_hash.as_ref().filter(|_| !record.flat);
    let hashes: Vec<_> = perceptual.and_then(|text| hash(text).ok()).map(Hash256::from).into_iter().collect();
    let addresses = addresses_of(record.address.as_deref(), record.address_final.as_deref());
    removals.of(&Seen { sha256, hashes: &hashes, addresses: &addresses }).is_some()
}

/// What is left of an outcome: that it was, and not what it was.
fn taken_down(outcome: Outcome, now: &str) -> Outcome {
    Outcome {
        class: Class::TakenDown,
        at: now.to_owned(),
        detail: String::new(),
        status: None,
        can_succeed: false,
        opt_out: String::new(),
        record: None,
        ..outcome
    }
}
