//! Proofs from a log's files, and the audit of all of them.

use crate::log::LogError;
use crate::log::note::{Checkpoint, NoteError, NoteVerifier};
use crate::log::store::Store;
use crate::log::tiles::{self, TILE_WIDTH};
use crate::log::tree::{self, Hash};
use crate::log::writer::{root_of, root_of_edge};

/// A log as one checkpoint describes it.
pub struct LogReader<'a, S> {
    store: &'a S,
    checkpoint: Checkpoint,
}

/// What an audit has seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Entries whose hashes were made again.
    pub entries: u64,
    /// Tiles that were compared.
    pub tiles: u64,
}

impl<'a, S: Store> LogReader<'a, S> {
    /// Opens the log at its newest checkpoint, which `verifier` must have signed for the log of its own name.
    ///
    /// # Errors
    /// [`LogError::NoLog`] when there is no checkpoint, or when it is not believed.
    pub fn open(store: &'a S, verifier: &NoteVerifier) -> Result<LogReader<'a, S>, LogError> {
        let note = store.read(tiles::CHECKPOINT)?.ok_or(LogError::NoLog)?;
        let note = String::from_utf8(note).map_err(|_| NoteError::Form("it is not text"))?;
        let checkpoint = Checkpoint::read(&note, verifier)?;
        Ok(LogReader { store, checkpoint })
    }

    /// Opens the log at a checkpoint that is believed already.
    pub fn at(store: &'a S, checkpoint: Checkpoint) -> LogReader<'a, S> {
        LogReader { store, checkpoint }
    }

    /// The checkpoint.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Entry number `index`. Only its inclusion proof says that it is the one.
    ///
    /// # Errors
    /// When there is no such entry, or its bundle is missing or damaged.
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, LogError> {
        let size = self.checkpoint.size;
        if index >= size {
            return Err(LogError::Beyond { index, size });
        }
        let (name, bundle) = self.bundle(index / TILE_WIDTH)?;
        let width = tiles::width_of(index / TILE_WIDTH, size);
        let entries = tiles::bundle_entries(&bundle, width).ok_or_else(|| unlike(&name, width, "entries"))?;
        Ok(entries[(index % TILE_WIDTH) as usize].to_vec())
    }

    /// The proof that entry number `index` is in the log.
    ///
    /// # Errors
    /// When there is no such entry, or a tile is missing or damaged.
    pub fn inclusion(&self, index: u64) -> Result<Vec<Hash>, LogError> {
        let size = self.checkpoint.size;
        if index >= size {
            return Err(LogError::Beyond { index, size });
        }
        self.over(&tree::inclusion_ranges(index, size))
    }

    /// The proof that the log begins with the tree that had `old` entries.
    ///
    /// # Errors
    /// When the log is shorter, or a tile is missing or damaged.
    pub fn consistency(&self, old: u64) -> Result<Vec<Hash>, LogError> {
        let size = self.checkpoint.size;
        if old > size {
            return Err(LogError::Beyond { index: old, size });
        }
        self.over(&tree::consistency_ranges(old, size))
    }

    /// Makes every hash again from the entries, and compares every tile and the root of the checkpoint. `see` is given
    /// each entry with its number. Memory does not grow with the log.
    ///
    /// # Errors
    /// The first file that is missing or damaged, by name; or what `see` returns.
    pub fn audit<E: From<LogError>>(&self, see: impl FnMut(u64, &[u8]) -> Result<(), E>) -> Result<Audit, E> {
        self.audit_all(see, |error| Err(error.into()))
    }

    /// The same, but each file that is missing or damaged is told, and the audit goes on with what the file beside it
    /// says. It ends early only when neither entries nor hashes of a bundle can be had.
    ///
    /// # Errors
    /// When a file cannot be read; or what `see` or `tell` returns.
    pub fn audit_all<E: From<LogError>>(
        &self,
        mut see: impl FnMut(u64, &[u8]) -> Result<(), E>,
        mut tell: impl FnMut(LogError) -> Result<(), E>,
    ) -> Result<Audit, E> {
        let size = self.checkpoint.size;
        let mut audit = Audit::default();
        let mut edge: Vec<Vec<Hash>> = Vec::new();
        let mut whole = true;
        for index in 0..size.div_ceil(TILE_WIDTH) {
            let width = tiles::width_of(index, size);
            let made = match self.entry_hashes(index, width, &mut see)? {
                Ok(hashes) => {
                    audit.entries += width;
                    self.told(self.same(0, index, &hashes), &mut tell, &mut audit, &mut whole)?;
                    hashes
                }
                Err(error) => {
                    whole = false;
                    tell(error)?;
                    match self.tile(0, index) {
                        Ok((_, hashes)) => hashes,
                        Err(error @ (LogError::Missing { .. } | LogError::Damaged { .. })) => {
                            tell(error)?;
                            return Ok(audit);
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
            };
            let (mut level, mut index, mut hashes) = (0, index, made);
            while let Some(full) = climb(level, hashes, &mut edge) {
                level += 1;
                index /= TILE_WIDTH;
                self.told(self.same(level, index, &full), &mut tell, &mut audit, &mut whole)?;
                hashes = full;
            }
        }
        for (level, hashes) in (0..).zip(&edge).skip(1) {
            if !hashes.is_empty() {
                let index = tiles::hashes_at(level, size) / TILE_WIDTH;
                self.told(self.same(level, index, hashes), &mut tell, &mut audit, &mut whole)?;
            }
        }
        if whole && root_of_edge(&edge) != self.checkpoint.root {
            let what = "its root is not that of the entries".to_owned();
            tell(LogError::Damaged { name: tiles::CHECKPOINT.to_owned(), what })?;
        }
        Ok(audit)
    }

    /// The hashes of the entries of a bundle, each of which is seen; inside, what is wrong with the bundle.
    fn entry_hashes<E: From<LogError>>(
        &self,
        index: u64,
        width: u64,
        see: &mut impl FnMut(u64, &[u8]) -> Result<(), E>,
    ) -> Result<Result<Vec<Hash>, LogError>, E> {
        let (name, bundle) = match self.bundle(index) {
            Ok(found) => found,
            Err(error @ LogError::Missing { .. }) => return Ok(Err(error)),
            Err(error) => return Err(error.into()),
        };
        let Some(entries) = tiles::bundle_entries(&bundle, width) else {
            return Ok(Err(unlike(&name, width, "entries")));
        };
        let mut hashes = Vec::with_capacity(entries.len());
        for (number, entry) in (index * TILE_WIDTH..).zip(entries) {
            hashes.push(tree::leaf_hash(entry));
            see(number, entry)?;
        }
        Ok(Ok(hashes))
    }

    /// Counts a tile that was compared, and tells if it was wrong.
    fn told<E: From<LogError>>(
        &self,
        compared: Result<(), LogError>,
        tell: &mut impl FnMut(LogError) -> Result<(), E>,
        audit: &mut Audit,
        whole: &mut bool,
    ) -> Result<(), E> {
        audit.tiles += 1;
        match compared {
            Ok(()) => Ok(()),
            Err(error @ (LogError::Missing { .. } | LogError::Damaged { .. })) => {
                *whole = false;
                tell(error)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn same(&self, level: u32, index: u64, hashes: &[Hash]) -> Result<(), LogError> {
        let (name, found) = self.tile(level, index)?;
        match found.iter().zip(hashes).position(|(found, made)| found != made) {
            None if found.len() == hashes.len() => Ok(()),
            None => Err(unlike(&name, hashes.len() as u64, "hashes")),
            Some(place) if level == 0 => {
                let entry = index * TILE_WIDTH + place as u64;
                let what = format!("its hash {place} is not that of entry {entry}");
                Err(LogError::Damaged { name, what })
            }
            Some(place) => {
                let what = format!("its hash {place} is not that of the tile below it");
                Err(LogError::Damaged { name, what })
            }
        }
    }

    /// For the writer: the hashes of the last tile of each level, which is not full.
    pub(super) fn edge(&self) -> Result<Vec<Vec<Hash>>, LogError> {
        let mut edge = Vec::new();
        for level in 0.. {
            let hashes = tiles::hashes_at(level, self.checkpoint.size);
            if hashes == 0 {
                break;
            }
            let last = hashes / TILE_WIDTH;
            let partial = !hashes.is_multiple_of(TILE_WIDTH);
            edge.push(if partial { self.tile(level, last)?.1 } else { Vec::new() });
        }
        Ok(edge)
    }

    /// For the writer: the last bundle, which is not full.
    pub(super) fn last_bundle(&self) -> Result<Vec<u8>, LogError> {
        let size = self.checkpoint.size;
        if size.is_multiple_of(TILE_WIDTH) { Ok(Vec::new()) } else { Ok(self.bundle(size / TILE_WIDTH)?.1) }
    }

    fn bundle(&self, index: u64) -> Result<(String, Vec<u8>), LogError> {
        let name = tiles::bundle_name(index, tiles::width_of(index, self.checkpoint.size));
        let content = self.store.read(&name)?.ok_or_else(|| LogError::Missing { name: name.clone() })?;
        Ok((name, content))
    }

    fn tile(&self, level: u32, index: u64) -> Result<(String, Vec<Hash>), LogError> {
        let width = tiles::width_of(index, tiles::hashes_at(level, self.checkpoint.size));
        let name = tiles::tile_name(level, index, width);
        let content = self.store.read(&name)?.ok_or_else(|| LogError::Missing { name: name.clone() })?;
        let hashes = tiles::tile_hashes(&content, width).ok_or_else(|| unlike(&name, width, "hashes"))?;
        Ok((name, hashes))
    }

    fn over(&self, ranges: &[(u64, u64)]) -> Result<Vec<Hash>, LogError> {
        ranges.iter().map(|&(begin, end)| self.hash_of(begin, end)).collect()
    }

    /// The root over entries `begin` to `end`, which stand under one node of the tree.
    fn hash_of(&self, begin: u64, end: u64) -> Result<Hash, LogError> {
        let mut at = begin;
        let mut peaks = Vec::new();
        for (level, _) in tree::peaks(end - begin) {
            peaks.push(self.subtree(level, at >> level)?);
            at += 1 << level;
        }
        Ok(tree::root_of_peaks(&peaks))
    }

    /// The root of a full subtree, from the tile that holds the hashes below it.
    fn subtree(&self, level: u32, index: u64) -> Result<Hash, LogError> {
        let (tile_level, height) = (level / 8, level % 8);
        let first = index << height;
        let (_, hashes) = self.tile(tile_level, first / TILE_WIDTH)?;
        let begin = (first % TILE_WIDTH) as usize;
        Ok(root_of(&hashes[begin..begin + (1 << height)]))
    }
}

fn unlike(name: &str, expected: u64, what: &str) -> LogError {
    LogError::Damaged { name: name.to_owned(), what: format!("it does not hold {expected} {what}") }
}

/// Takes the hashes of a tile into the right edge of the tree. When they fill a tile of the level above, it is handed out.
fn climb(level: u32, hashes: Vec<Hash>, edge: &mut Vec<Vec<Hash>>) -> Option<Vec<Hash>> {
    let level = level as usize;
    while edge.len() <= level + 1 {
        edge.push(Vec::new());
    }
    if (hashes.len() as u64) < TILE_WIDTH {
        edge[level] = hashes;
        return None;
    }
    let above = &mut edge[level + 1];
    above.push(root_of(&hashes));
    ((above.len() as u64) == TILE_WIDTH).then(|| std::mem::take(above))
}
