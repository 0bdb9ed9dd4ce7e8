//! One receipt, opened and checked against its entry.

use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Session, Statement};

use crate::chain::{self, Link};
use crate::envelope::{Envelope, EnvelopeError, IN_TOTO, Unsealed};
use crate::fault::Wrong;
use crate::keyring::Keyring;
use crate::leaf;
use crate::openings::Opening;

/// A receipt of which everything holds but the signature, which is not checked yet.
#[derive(Debug)]
pub struct Opened<'k> {
    /// What it says.
    pub statement: Statement,
    /// The digest of its envelope.
    pub envelope_sha256: Sha256,
    /// What is signed, and by which key.
    pub unsealed: Unsealed<'k>,
}

impl Opened<'_> {
    /// Checks the signature alone.
    ///
    /// # Errors
    /// [`Wrong::Signature`].
    pub fn signed(self) -> Result<Statement, Wrong> {
        let Unsealed { signed, key, signature, .. } = &self.unsealed;
        if key.verifies(signed, signature) { Ok(self.statement) } else { Err(Wrong::Signature) }
    }
}

/// Opens the commitment of entry `index`.
///
/// # Errors
/// The first thing that does not hold.
pub fn open<'k>(
    index: u64,
    commitment: &Sha256,
    opening: &Opening,
    keyring: &'k Keyring,
) -> Result<Opened<'k>, Wrong> {
    let envelope_sha256 = Sha256::of(opening.envelope.as_bytes());
    if leaf::commitment(&opening.salt, &envelope_sha256) != *commitment {
        return Err(Wrong::Commitment);
    }
    let envelope = Envelope::parse(opening.envelope.as_bytes())?;
    let tenure = keyring.tenures().iter().find(|tenure| tenure.covers(index));
    let key = tenure.map_or(&[][..], |tenure| std::slice::from_ref(&tenure.key));
    let unsealed = envelope.unseal(IN_TOTO, key).map_err(|error| out_of_time(error, keyring))?;
    let statement = read(&unsealed.payload)?;
    Ok(Opened { statement, envelope_sha256, unsealed })
}

/// Reads a payload and checks what can be checked of it alone.
///
/// # Errors
/// The first thing that does not hold.
pub fn read(payload: &[u8]) -> Result<Statement, Wrong> {
    let statement: Statement =
        serde_json::from_slice(payload).map_err(|error| Wrong::Payload(error.to_string()))?;
    statement.check()?;
    if let Some(session) = &statement.predicate.session {
        let recording = &statement.predicate.recording;
        let links = links_of(session, recording.bytes)?;
        let duration_secs = recording.measured.as_ref().map_or(0.0, |measured| measured.duration_secs);
        chain::check_pace(&links, duration_secs)?;
        let came_ms: i64 = links.iter().map(|link| i64::from(link.after_ms)).sum();
        let end = session.started_at.as_millisecond() + came_ms;
        if end > statement.predicate.received_at.as_millisecond() {
            let expected = format!("not before the last piece, {came_ms} ms after `session.started_at`");
            let found = statement.predicate.received_at;
            return Err(pixmo_schemas::RecordError::value("received_at", found, expected).into());
        }
    }
    Ok(statement)
}

/// The pieces of a session, which together have the length of the recording.
///
/// # Errors
/// When the table is damaged, or does not add up.
pub fn links_of(session: &Session, bytes: u64) -> Result<Vec<Link>, Wrong> {
    let links = chain::read_links(&session.links)?;
    let sum: u64 = links.iter().map(|link| u64::from(link.bytes)).sum();
    if sum != bytes {
        let expected = format!("{sum}, as the pieces have together");
        return Err(pixmo_schemas::RecordError::value("recording.bytes", bytes, expected).into());
    }
    Ok(links)
}

/// A signature by a key of the log at the wrong time is told from one by a stranger.
fn out_of_time(error: EnvelopeError, keyring: &Keyring) -> Wrong {
    if let EnvelopeError::Unsigned { keys } = &error
        && let Some(tenure) = keyring.tenures().iter().find(|t| keys.contains(&t.key.id().to_string()))
    {
        return Wrong::Tenure { key: tenure.key.id().to_string() };
    }
    error.into()
}
