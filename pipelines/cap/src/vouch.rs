//! What is known of the receipt of a take: it is looked up in the published log and held against the annotation.

use std::fmt;
use std::path::Path;

use pixmo_console::{Failure, Kind};
use pixmo_receipts::keys::PublicKey;
use pixmo_receipts::log::Folder;
use pixmo_receipts::{Entry, Published};
use pixmo_schemas::Sha256;
use pixmo_schemas::annotation::TakeAnnotation;
use pixmo_schemas::receipt::{Origin, Statement, SubjectName};

use crate::checks::TakeFault;
use crate::reason::Reason;
use crate::said::Said;
use crate::settings::Receipts;

/// The log of receipts of a campaign, if it has one.
#[derive(Default)]
pub struct Vouching {
    log: Option<Published<Folder>>,
}

impl fmt::Debug for Vouching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vouching").field("log", &self.log.is_some()).finish()
    }
}

impl Vouching {
    /// Opens the log in a folder; with the file of a key that came from elsewhere, only its holders can have made it.
    ///
    /// # Errors
    /// When the log or the key cannot be read or is not believed.
    pub fn open(log: &str, key: &str) -> Result<Vouching, Failure> {
        if log.is_empty() {
            return Ok(Vouching::default());
        }
        let key = match key {
            "" => None,
            file => Some(
                PublicKey::read(Path::new(file))
                    .map_err(|error| Failure::from_error(Kind::Request, &error))?,
            ),
        };
        let log_in = |error: &(dyn std::error::Error + 'static)| {
            Failure::data("the log of receipts cannot be believed").cause(error).at(log.to_owned())
        };
        let published =
            Published::open(Folder::at(Path::new(log)), key.as_ref()).map_err(|error| log_in(&error))?;
        Ok(Vouching { log: Some(published) })
    }

    /// What is wrong with the receipt of a take, if anything is.
    #[must_use]
    pub fn fault(&self, take: &TakeAnnotation, said: Option<&Said>, receipts: Receipts) -> Option<TakeFault> {
        match self.look(take, said) {
            Err(fault) => Some(fault),
            Ok(known) if receipts == Receipts::Required && known != "verified" => {
                let found = if known == "imported" {
                    "none that proves when it was spoken"
                } else {
                    "one that was not looked at"
                };
                Some(TakeFault::new(Reason::ReceiptMissing, found, "a receipt that was verified"))
            }
            Ok(_) => None,
        }
    }

    /// What is known of the receipt of a take that has no fault: `verified`, `unverified` or `imported`.
    #[must_use]
    pub fn of(&self, take: &TakeAnnotation, said: &Said) -> &'static str {
        self.look(take, Some(said)).unwrap_or("unverified")
    }

    fn look(&self, take: &TakeAnnotation, said: Option<&Said>) -> Result<&'static str, TakeFault> {
        let Some(receipt) = &take.receipt else { return Ok("imported") };
        let Some(log) = &self.log else { return Ok("unverified") };
        let leaf = receipt.leaf;
        let invalid = |found: String| {
            TakeFault::new(Reason::ReceiptInvalid, found, format!("a receipt of this take in entry {leaf}"))
        };
        match log.entry(leaf) {
            Err(error) => Err(invalid(error.to_string())),
            Ok(Entry::Erased) => {
                Err(TakeFault::new(Reason::Erased, "a receipt that was taken back", "one that holds"))
            }
            Ok(Entry::Other(_)) => Err(invalid("an entry that is no receipt".to_owned())),
            Ok(Entry::Receipt { statement, opening }) => {
                let envelope = Sha256::of(opening.envelope.as_bytes());
                if envelope != receipt.sha256 {
                    return Err(invalid(format!("another receipt, with sha256 `{envelope}`")));
                }
                match difference(&statement, take, said) {
                    Some(found) => Err(invalid(found)),
                    None if statement.predicate.origin == Origin::Live => Ok("verified"),
                    None => Ok("imported"),
                }
            }
        }
    }
}

/// The first thing in which a receipt and a take differ.
fn difference(statement: &Statement, take: &TakeAnnotation, said: Option<&Said>) -> Option<String> {
    let receipt = &statement.predicate;
    for (what, theirs, ours) in [
        ("take", &receipt.take, &take.take),
        ("person", &receipt.person, &take.person),
        ("consent", &receipt.consent.version, &take.consent.version),
    ] {
        if theirs != ours {
            return Some(format!("a receipt of {what} `{theirs}`, which is not `{ours}`"));
        }
    }
    let raw = said.and_then(|said| said.raw.as_ref()).map(|raw| Sha256::of(raw.text.as_bytes()));
    let transcript = said.map(|said| Sha256::of(said.text.as_bytes()));
    for (name, ours) in [
        (SubjectName::Audio, Some(take.audio.sha256)),
        (SubjectName::Image, Some(take.image.sha256)),
        (SubjectName::TranscriptRaw, raw),
        (SubjectName::Transcript, transcript),
    ] {
        // What the receipt does not speak of was not there when it was given.
        if let (Some(theirs), Some(ours)) = (statement.digest_of(name), ours)
            && theirs != ours
        {
            return Some(format!("a receipt of another {name}: sha256 `{theirs}`"));
        }
    }
    None
}
