//! Adding entries.

use std::sync::Arc;

use crate::keys::Signer;
use crate::log::LogError;
use crate::log::note::{Checkpoint, NoteVerifier};
use crate::log::reader::LogReader;
use crate::log::store::Store;
use crate::log::tiles::{self, TILE_WIDTH};
use crate::log::tree::{self, Hash};

/// The one writer of a log. It keeps the right edge of the tree in memory, a few kilobytes.
///
/// Tiles are written before the checkpoint that promises them, so a writer that is killed leaves the log as it was. Two
/// writers at a time would lose entries; whoever opens one holds a lock.
pub struct LogWriter<S> {
    store: S,
    signer: Arc<dyn Signer>,
    origin: String,
    size: u64,
    /// For each level the hashes of its last tile, which is not full.
    edge: Vec<Vec<Hash>>,
    /// The last bundle, which is not full.
    bundle: Vec<u8>,
    /// Levels whose last tile changed since it was written.
    changed: u64,
}

impl<S: Store> LogWriter<S> {
    /// Opens the log in `store`, or begins one if there is none.
    ///
    /// # Errors
    /// When its files cannot be read, or are not those of the log `origin` signed by the key.
    pub fn open(store: S, origin: &str, signer: Arc<dyn Signer>) -> Result<LogWriter<S>, LogError> {
        let verifier = NoteVerifier::new(origin, signer.public().verifying())
            .ok_or_else(|| LogError::Name { name: origin.to_owned() })?;
        let mut writer = LogWriter {
            store,
            signer,
            origin: origin.to_owned(),
            size: 0,
            edge: Vec::new(),
            bundle: Vec::new(),
            changed: 0,
        };
        match LogReader::open(&writer.store, &verifier) {
            Ok(reader) => {
                let (edge, bundle, size) = (reader.edge()?, reader.last_bundle()?, reader.checkpoint().size);
                writer.edge = edge;
                writer.bundle = bundle;
                writer.size = size;
            }
            Err(LogError::NoLog) => writer.publish()?,
            Err(error) => return Err(error),
        }
        Ok(writer)
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Another key signs from the next checkpoint on.
    pub fn hand_over(&mut self, signer: Arc<dyn Signer>) {
        self.signer = signer;
    }

    /// Where the files lie.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Adds entries and publishes a checkpoint over them; returns the number of the first.
    ///
    /// # Errors
    /// When an entry is too long, or a file cannot be written: then the log is what it was, and the writer must be opened
    /// again.
    pub fn append<E: AsRef<[u8]>>(&mut self, entries: &[E]) -> Result<u64, LogError> {
        if let Some(entry) = entries.iter().find(|entry| entry.as_ref().len() > tiles::ENTRY_BYTES_MAX) {
            return Err(LogError::TooLong { bytes: entry.as_ref().len() });
        }
        let first = self.size;
        for entry in entries {
            let entry = entry.as_ref();
            tiles::push_entry(&mut self.bundle, entry);
            self.size += 1;
            if self.size.is_multiple_of(TILE_WIDTH) {
                let name = tiles::bundle_name(self.size / TILE_WIDTH - 1, TILE_WIDTH);
                self.store.write(&name, &self.bundle)?;
                self.bundle.clear();
            }
            self.push(0, tree::leaf_hash(entry))?;
        }
        if !entries.is_empty() {
            self.write_edge()?;
            self.publish()?;
        }
        Ok(first)
    }

    /// Adds a hash to a level; a full tile is written and becomes one hash of the level above.
    fn push(&mut self, level: u32, hash: Hash) -> Result<(), LogError> {
        let place = level as usize;
        if self.edge.len() <= place {
            self.edge.push(Vec::new());
        }
        self.edge[place].push(hash);
        self.changed |= 1 << level;
        if (self.edge[place].len() as u64) < TILE_WIDTH {
            return Ok(());
        }
        let full = std::mem::take(&mut self.edge[place]);
        let index = tiles::hashes_at(level, self.size) / TILE_WIDTH - 1;
        self.store.write(&tiles::tile_name(level, index, TILE_WIDTH), &tiles::tile_bytes(&full))?;
        self.push(level + 1, root_of(&full))
    }

    fn write_edge(&mut self) -> Result<(), LogError> {
        for (level, hashes) in (0..).zip(&self.edge) {
            if !hashes.is_empty() && self.changed >> level & 1 == 1 {
                let index = tiles::hashes_at(level, self.size) / TILE_WIDTH;
                let name = tiles::tile_name(level, index, hashes.len() as u64);
                self.store.write(&name, &tiles::tile_bytes(hashes))?;
            }
        }
        if !self.bundle.is_empty() {
            let name = tiles::bundle_name(self.size / TILE_WIDTH, self.size % TILE_WIDTH);
            self.store.write(&name, &self.bundle)?;
        }
        self.changed = 0;
        Ok(())
    }

    fn publish(&self) -> Result<(), LogError> {
        let root = root_of_edge(&self.edge);
        let note = Checkpoint { origin: self.origin.clone(), size: self.size, root }.sign(&*self.signer)?;
        Ok(self.store.write(tiles::CHECKPOINT, note.as_bytes())?)
    }
}

/// The root over hashes whose number is a power of two.
pub(super) fn root_of(hashes: &[Hash]) -> Hash {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| tree::node_hash(&pair[0], &pair[1])).collect();
    }
    row[0]
}

/// The root of a tree from the hashes of the last tile of each level, none of which is full, the lowest level first.
pub(super) fn root_of_edge(edge: &[Vec<Hash>]) -> Hash {
    let mut peaks = Vec::new();
    for hashes in edge.iter().rev() {
        let mut rest = hashes.as_slice();
        for (height, _) in tree::peaks(hashes.len() as u64) {
            let (peak, behind) = rest.split_at(1 << height);
            peaks.push(root_of(peak));
            rest = behind;
        }
    }
    tree::root_of_peaks(&peaks)
}
