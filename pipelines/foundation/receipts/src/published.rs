//! A log as it was published: everything that is needed to check it lies in its folder, besides one key.

use pixmo_schemas::receipt::Statement;

use crate::check;
use crate::fault::{Fault, Place, Wrong};
use crate::keyring::{Keyring, KeyringError};
use crate::keys::PublicKey;
use crate::leaf::Leaf;
use crate::log::{Checkpoint, LogError, LogReader, NoteError, Store, tiles, tree};
use crate::openings::{self, Opening};

/// A published log at its newest checkpoint.
pub struct Published<S> {
    store: S,
    keyring: Keyring,
    checkpoint: Checkpoint,
}

/// What an entry holds.
#[derive(Debug)]
pub enum Entry {
    /// A receipt that holds.
    Receipt {
        /// What it says.
        statement: Box<Statement>,
        /// Its envelope and salt.
        opening: Opening,
    },
    /// A receipt that nothing opens any more.
    Erased,
    /// Something else.
    Other(Leaf),
}

/// A receipt cannot be had or does not hold.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// A file of the log is missing or damaged, or there is no such entry.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Something does not hold.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl<S: Store> Published<S> {
    /// Opens a log. With `anchor`, one of its keys that came from elsewhere, nobody but the holders of its keys can have
    /// made it; without, the list of keys in the folder is believed.
    ///
    /// # Errors
    /// When the list of keys or the checkpoint is not believed.
    pub fn open(store: S, anchor: Option<&PublicKey>) -> Result<Published<S>, KeyringError> {
        let mut keyring = Keyring::read(&store, anchor)?;
        let note = store.read(tiles::CHECKPOINT).map_err(LogError::from)?.ok_or(LogError::NoLog)?;
        let note = String::from_utf8(note).map_err(|_| LogError::from(NoteError::Form("it is not text")))?;
        let checkpoint = keyring.checkpoint(&note).map_err(LogError::from)?;
        keyring.cut(checkpoint.size);
        Ok(Published { store, keyring, checkpoint })
    }

    /// The files.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// The keys.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// The checkpoint.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Proofs and entries.
    pub fn log(&self) -> LogReader<'_, S> {
        LogReader::at(&self.store, self.checkpoint.clone())
    }

    /// Entry `index` with all that can be checked of it alone: inclusion, commitment, signature, and what it says.
    ///
    /// # Errors
    /// When there is no such entry, or something does not hold.
    pub fn entry(&self, index: u64) -> Result<Entry, EntryError> {
        let log = self.log();
        let bytes = log.entry(index)?;
        let proof = log.inclusion(index)?;
        let Checkpoint { size, root, .. } = &self.checkpoint;
        let fault = |wrong| Fault { place: Place::Leaf(index), wrong };
        if !tree::includes(root, *size, index, &tree::leaf_hash(&bytes), &proof) {
            let what = format!("the entry is not under the root of the checkpoint over {size} entries");
            return Err(fault(Wrong::Damaged(what)).into());
        }
        let commitment = match Leaf::parse(&bytes).map_err(|_| fault(Wrong::Unknown))? {
            Leaf::Receipt(commitment) => commitment,
            other => return Ok(Entry::Other(other)),
        };
        let Some(opening) = openings::read(&self.store, index)? else { return Ok(Entry::Erased) };
        let opened = check::open(index, &commitment, &opening, &self.keyring).map_err(fault)?;
        let statement = Box::new(opened.signed().map_err(fault)?);
        Ok(Entry::Receipt { statement, opening })
    }
}
