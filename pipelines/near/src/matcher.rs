//! Holds pictures against lists: those of benchmarks, and those of what was taken down.

use std::collections::BTreeMap;

use crate::hash::Hash256;
use crate::hash_kind::HashKind;
use crate::hash_list::HashList;
use crate::index::Index;
use crate::split::{Shares, Split, split_of};
use crate::tombstone::{Address, Removed, Tombstone, Tombstones};

/// What of a picture is held against a list.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    /// The SHA-256 of its file.
    pub sha256: [u8; 32],
    /// Its fine hashes: of the whole, and of its mirror image; none where it is flat.
    pub hashes: &'a [Hash256],
    /// Where it came from: its address, the final one, others.
    pub addresses: &'a [Address],
}

/// That a picture stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch<'a> {
    /// The name of the list.
    pub list: &'a str,
    /// What the picture is called there.
    pub name: Option<&'a str>,
    /// In how many bits the hashes differ; nothing where the bytes are the same.
    pub distance: Option<u32>,
}

/// The lists of benchmarks, ready to be asked.
#[derive(Debug)]
pub struct Benchmarks {
    names: Vec<String>,
    /// List and name of each entry.
    entries: Vec<(u32, Option<String>)>,
    by_sha256: BTreeMap<[u8; 32], Vec<u32>>,
    index: Index<4>,
    /// The entry of each hash of the index.
    owners: Vec<u32>,
}

/// A list without hashes of the kind that pictures are compared by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the list has no hashes `{expected}`, it has {found}")]
pub struct KindError {
    /// The kind that is needed.
    pub expected: HashKind,
    /// What the list has.
    pub found: String,
    /// The name of the list.
    pub list: String,
}

impl Benchmarks {
    /// Makes lists ready. A list that has no perceptual hashes at all is held against bytes alone.
    ///
    /// # Errors
    /// A list has perceptual hashes, but none of the kind.
    pub fn new(lists: &[HashList], kind: &HashKind, bits_max: u32) -> Result<Benchmarks, KindError> {
        let (mut hashes, mut owners, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        let mut by_sha256: BTreeMap<[u8; 32], Vec<u32>> = BTreeMap::new();
        for (number, list) in (0..).zip(lists) {
            let column =
                list.head.kinds.iter().position(|other| other == kind && other.bits() == Hash256::BITS);
            if column.is_none() && !list.head.kinds.is_empty() {
                let found: Vec<String> = list.head.kinds.iter().map(|kind| format!("`{kind}`")).collect();
                let (expected, list) = (kind.clone(), list.head.name.clone());
                return Err(KindError { expected, found: found.join(", "), list });
            }
            for entry in &list.entries {
                let owner = entries.len() as u32;
                by_sha256.entry(entry.sha256).or_default().push(owner);
                let its = column.and_then(|column| entry.hashes.get(column)).into_iter().flatten();
                for hash in its.filter_map(|bytes| Hash256::from_bytes(bytes)) {
                    hashes.push(hash);
                    owners.push(owner);
                }
                entries.push((number, entry.name.clone()));
            }
        }
        let names = lists.iter().map(|list| list.head.name.clone()).collect();
        Ok(Benchmarks { names, entries, by_sha256, index: Index::new(&hashes, bits_max), owners })
    }

    /// The lists that a picture stands in, each once, in the order in which they were given, by its nearest entry there.
    #[must_use]
    pub fn touching(&self, seen: &Seen<'_>) -> Vec<Touch<'_>> {
        let mut nearest: BTreeMap<u32, (Option<u32>, u32)> = BTreeMap::new();
        let mut note = |owner: u32, distance: Option<u32>| {
            let list = self.entries[owner as usize].0;
            let found = nearest.entry(list).or_insert((distance, owner));
            *found = (*found).min((distance, owner));
        };
        for owner in self.by_sha256.get(&seen.sha256).into_iter().flatten() {
            note(*owner, None);
        }
        for hash in seen.hashes {
            for hit in self.index.search(hash, self.index.distance()) {
                note(self.owners[hit.position as usize], Some(hit.distance));
            }
        }
        let touch = |(list, (distance, owner)): (&u32, &(Option<u32>, u32))| Touch {
            list: &self.names[*list as usize],
            name: self.entries[*owner as usize].1.as_deref(),
            distance: *distance,
        };
        nearest.iter().map(touch).collect()
    }
}

/// What becomes of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is used so.
    Split(Split),
    /// It is held out, because pictures of it stand in the lists of these benchmarks: names in order, each once.
    HeldOut(Vec<String>),
}

/// What becomes of a cluster, from its id and the lists that any of its members touches.
#[must_use]
pub fn fate_of<'a>(
    id: &[u8; 32],
    touched: impl IntoIterator<Item = &'a str>,
    shares: Shares,
    seed: u64,
) -> Fate {
    let mut lists: Vec<String> = touched.into_iter().map(str::to_owned).collect();
    lists.sort_unstable();
    lists.dedup();
    if lists.is_empty() { Fate::Split(split_of(id, shares, seed)) } else { Fate::HeldOut(lists) }
}

/// A list of removals, ready to be applied.
#[derive(Debug)]
pub struct Removals {
    entries: Vec<Tombstone>,
    by_sha256: BTreeMap<[u8; 32], u32>,
    by_address: BTreeMap<Address, u32>,
    index: Index<4>,
    /// The entry of each hash of the index, and in how many bits another may differ.
    near: Vec<(u32, u32)>,
}

impl Removals {
    /// Makes a list ready.
    ///
    /// # Errors
    /// Its hashes are of another kind.
    pub fn new(list: &Tombstones, kind: &HashKind) -> Result<Removals, KindError> {
        if let Some(found) =
            list.kind.as_ref().filter(|found| *found != kind || found.bits() != Hash256::BITS)
        {
            let (expected, found) = (kind.clone(), format!("`{found}`"));
            return Err(KindError { expected, found, list: list.name.clone() });
        }
        let mut entries = list.entries.clone();
        entries.sort();
        let (mut by_sha256, mut by_address) = (BTreeMap::new(), BTreeMap::new());
        let (mut hashes, mut near) = (Vec::new(), Vec::new());
        for (number, entry) in (0..).zip(&entries) {
            match &entry.removed {
                Removed::Sha256(hash) => drop(by_sha256.entry(*hash).or_insert(number)),
                Removed::Address(address) => drop(by_address.entry(address.clone()).or_insert(number)),
                Removed::Near { hash, bits_max } => {
                    if let Some(hash) = Hash256::from_bytes(hash) {
                        hashes.push(hash);
                        near.push((number, *bits_max));
                    }
                }
            }
        }
        let most = near.iter().map(|(_, bits)| *bits).max().unwrap_or(0);
        Ok(Removals { entries, by_sha256, by_address, index: Index::new(&hashes, most), near })
    }

    /// Whether some pictures fall under it by what they look like.
    #[must_use]
    pub fn is_by_likeness(&self) -> bool {
        !self.near.is_empty()
    }

    /// The removal that a picture falls under: by its bytes, else by an address, else by the nearest likeness.
    #[must_use]
    pub fn of(&self, seen: &Seen<'_>) -> Option<&Tombstone> {
        let by_address = || seen.addresses.iter().filter_map(|address| self.by_address.get(address)).min();
        let by_likeness = || {
            let hits = seen.hashes.iter().flat_map(|hash| self.index.search(hash, self.index.distance()));
            let near = hits.map(|hit| (hit.distance, self.near[hit.position as usize]));
            near.filter(|(distance, (_, most))| distance <= most).min().map(|(_, (number, _))| number)
        };
        let number = self.by_sha256.get(&seen.sha256).or_else(by_address).copied().or_else(by_likeness)?;
        self.entries.get(number as usize)
    }
}
