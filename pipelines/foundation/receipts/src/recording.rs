//! A recording against its receipt: the digest of the file, and the chain of its pieces.

use std::io::Read;

use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Statement, SubjectName};
use sha2::Digest as _;

use crate::chain::{BEGINNING, link_hash};
use crate::check;
use crate::fault::Wrong;
use crate::nonce::Nonce;

/// A recording cannot be read, or is not the one of its receipt.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// It cannot be read.
    #[error("cannot read the recording")]
    Read(#[source] std::io::Error),
    /// It does not hold.
    #[error(transparent)]
    Wrong(#[from] Wrong),
}

/// Reads a recording piece by piece and makes every hash again.
///
/// # Errors
/// When it cannot be read, has another digest, or its pieces make another chain.
pub fn check(statement: &Statement, mut file: impl Read) -> Result<(), RecordingError> {
    let mut whole = sha2::Sha256::new();
    let mut chain = BEGINNING;
    let session = statement.predicate.session.as_ref();
    if let Some(session) = session {
        let nonce: Nonce =
            session.nonce.parse().map_err(|_| Wrong::Payload("its nonce is none".to_owned()))?;
        let mut piece = Vec::new();
        for link in check::links_of(session, statement.predicate.recording.bytes)? {
            piece.clear();
            file.by_ref()
                .take(u64::from(link.bytes))
                .read_to_end(&mut piece)
                .map_err(RecordingError::Read)?;
            whole.update(&piece);
            chain = link_hash(&chain, &piece, &nonce);
        }
    }
    let mut block = vec![0; 64 << 10];
    loop {
        match file.read(&mut block).map_err(RecordingError::Read)? {
            0 => break,
            read => whole.update(&block[..read]),
        }
    }
    let found = Sha256::from_bytes(whole.finalize().into());
    let expected = statement.digest_of(SubjectName::Audio).unwrap_or(BEGINNING);
    if found != expected {
        let (found, expected) = (found.to_string(), expected.to_string());
        return Err(Wrong::Differs { field: "audio", found, expected }.into());
    }
    if let Some(session) = session.filter(|session| session.chain != chain) {
        let (found, expected) = (chain.to_string(), session.chain.to_string());
        return Err(Wrong::Differs { field: "chain", found, expected }.into());
    }
    Ok(())
}
