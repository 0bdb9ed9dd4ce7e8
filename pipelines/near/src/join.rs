//! All pairs of near hashes at once: band after band, bucket after bucket, in the order in which they lie in memory.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::hash::Hash;
use crate::index::{Index, Table};

/// Two hashes that are near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The one: a hash of the index ([`Index::hashes`]) or a position among those that were asked for.
    pub one: u32,
    /// The other, always a hash of the index.
    pub other: u32,
    /// In how many bits they differ.
    pub distance: u32,
}

/// What a join found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// The pairs, in order, each once.
    pub pairs: Vec<Pair>,
    /// How many hashes were compared with another.
    pub compared: u64,
    /// Where not all were compared; the promise of the index holds for all others.
    pub capped: Capped,
}

/// What was not compared because too many hashes share their bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capped {
    /// How many comparisons were left out.
    pub left_out: u64,
    /// The hot buckets that had a part in it, the fullest first, at most [`Capped::BUCKETS_MAX`] of them.
    pub buckets: Vec<HotBucket>,
}

/// A bucket with too many hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HotBucket {
    /// How many different hashes share the bits.
    pub hashes: u32,
    /// The first of the bits.
    pub bit: u32,
    /// How many bits.
    pub bits: u32,
    /// Their value.
    pub value: u32,
}

impl Capped {
    /// More hot buckets are not named.
    pub const BUCKETS_MAX: usize = 100;

    /// True when everything was compared.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.left_out == 0
    }

    /// Adds what another join left out.
    pub fn add(&mut self, other: Capped) {
        self.left_out += other.left_out;
        self.buckets.extend(other.buckets);
        self.buckets.sort_unstable_by(|one, other| other.cmp(one));
        self.buckets.dedup();
        self.buckets.truncate(Capped::BUCKETS_MAX);
    }
}

impl<const WORDS: usize> Index<WORDS> {
    /// All pairs of different hashes of the index within its distance, `one` below `other`.
    #[must_use]
    pub fn join(&self, threads: usize) -> Joined {
        let mut joined = Joined::default();
        for (number, table) in self.tables.iter().enumerate() {
            let hashes = gathered(&table.hashes, &self.hashes);
            let side = Side { table, hashes: &hashes };
            Meeting { index: self, number, left: side, right: side, is_self: true }.run(threads, &mut joined);
        }
        joined.finished()
    }

    /// All pairs of a wanted hash, by its position, and a hash of the index within its distance. Any number of wanted
    /// hashes can be asked for in several calls.
    ///
    /// # Panics
    /// 2³² hashes or more are wanted.
    #[must_use]
    pub fn join_with(&self, wanted: &[Hash<WORDS>], threads: usize) -> Joined {
        assert!(u32::try_from(wanted.len()).is_ok(), "fewer than 4,294,967,296 hashes");
        let mut joined = Joined::default();
        for (number, right) in self.tables.iter().enumerate() {
            let left = Table::new(right.band, wanted);
            let (of_left, of_right) = (gathered(&left.hashes, wanted), gathered(&right.hashes, &self.hashes));
            let left = Side { table: &left, hashes: &of_left };
            let right = Side { table: right, hashes: &of_right };
            Meeting { index: self, number, left, right, is_self: false }.run(threads, &mut joined);
        }
        joined.finished()
    }
}

/// Hashes in the order of their buckets, so that comparing reads memory in order.
fn gathered<const WORDS: usize>(order: &[u32], hashes: &[Hash<WORDS>]) -> Vec<Hash<WORDS>> {
    order.iter().map(|n| hashes[*n as usize]).collect()
}

impl Joined {
    fn finished(mut self) -> Joined {
        self.pairs.sort_unstable();
        // A pair can come twice where an earlier band had a hot bucket.
        self.pairs.dedup();
        self.capped.add(Capped::default());
        self
    }
}

/// Hashes by the buckets of one band.
#[derive(Clone, Copy)]
struct Side<'a, const WORDS: usize> {
    table: &'a Table,
    hashes: &'a [Hash<WORDS>],
}

/// One band: each bucket of the left meets those around it on the right.
#[derive(Clone, Copy)]
struct Meeting<'a, const WORDS: usize> {
    index: &'a Index<WORDS>,
    /// The number of the band.
    number: usize,
    left: Side<'a, WORDS>,
    right: Side<'a, WORDS>,
    /// True where both sides are the index, and each pair is wanted once.
    is_self: bool,
}

/// Some buckets of the left, to be compared with what is around them.
struct Buckets<'a, const WORDS: usize> {
    meeting: Meeting<'a, WORDS>,
    buckets: std::ops::Range<usize>,
    found: &'a mut Joined,
}

impl<const WORDS: usize> pulp::NullaryFnOnce for Buckets<'_, WORDS> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for bucket in self.buckets {
            self.meeting.bucket(bucket as u32, self.found);
        }
    }
}

impl<const WORDS: usize> Meeting<'_, WORDS> {
    /// Buckets in one piece of work.
    const PIECE: usize = 1 << 12;

    fn run(self, threads: usize, joined: &mut Joined) {
        let buckets = self.left.table.starts.len() - 1;
        let pieces = buckets.div_ceil(Self::PIECE);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut found = Joined::default();
            loop {
                let piece = next.fetch_add(1, Ordering::Relaxed);
                if piece >= pieces {
                    return found;
                }
                let until = ((piece + 1) * Self::PIECE).min(buckets);
                // Processors of the last ten years count bits in one step, which code for all of them must not ask for.
                let buckets = piece * Self::PIECE..until;
                pulp::Arch::new().dispatch(Buckets { meeting: self, buckets, found: &mut found });
            }
        };
        let mut parts = Vec::new();
        thread::scope(|scope| {
            let helpers: Vec<_> = (1..threads.clamp(1, pieces.max(1)))
                .filter_map(|n| {
                    thread::Builder::new().name(format!("near-{n}")).spawn_scoped(scope, work).ok()
                })
                .collect();
            parts.push(work());
            for helper in helpers {
                parts.push(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
        });
        for part in parts {
            joined.pairs.extend(part.pairs);
            joined.compared += part.compared;
            joined.capped.add(part.capped);
        }
    }

    #[inline(always)]
    fn bucket(self, bucket: u32, found: &mut Joined) {
        let mine = self.left.table.bucket(bucket);
        if mine.is_empty() {
            return;
        }
        for mask in &self.left.table.masks {
            let around = bucket ^ mask;
            if self.is_self && around < bucket {
                continue;
            }
            let its = self.right.table.bucket(around);
            let is_hot = its.len() > self.index.bucket_max as usize;
            if is_hot {
                self.note(around, its.len(), found);
            }
            for left in mine.clone() {
                let mut all = its.clone();
                if self.is_self && *mask == 0 {
                    all.start = left + 1;
                }
                let near = if is_hot { self.neighbours(left, all.clone()) } else { all.clone() };
                found.compared += near.len() as u64;
                found.capped.left_out += (all.len() - near.len()) as u64;
                self.compare(left, near, found);
            }
        }
    }

    /// Those among the hashes of a hot bucket that lie next to a hash in order.
    fn neighbours(self, left: usize, all: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let half = self.index.bucket_max as usize / 2;
        let hash = &self.left.hashes[left];
        let place = all.start + self.right.hashes[all.clone()].partition_point(|other| other < hash);
        all.start.max(place.saturating_sub(half))..all.end.min(place + half)
    }

    fn note(self, value: u32, hashes: usize, found: &mut Joined) {
        let band = self.right.table.band;
        let hot = HotBucket { hashes: hashes as u32, bit: band.start, bits: band.width, value };
        if found.capped.buckets.last() != Some(&hot) {
            found.capped.buckets.push(hot);
        }
        if found.capped.buckets.len() > 16 * Capped::BUCKETS_MAX {
            found.capped.add(Capped::default());
        }
    }

    #[inline(always)]
    fn compare(self, left: usize, right: std::ops::Range<usize>, found: &mut Joined) {
        let hash = self.left.hashes[left];
        for (place, other) in right.clone().zip(&self.right.hashes[right]) {
            let Some(distance) = hash.within(other, self.index.distance) else {
                continue;
            };
            if self.was_found(&hash, other) {
                continue;
            }
            let (mut one, mut other) = (self.left.table.hashes[left], self.right.table.hashes[place]);
            if self.is_self && one > other {
                std::mem::swap(&mut one, &mut other);
            }
            found.pairs.push(Pair { one, other, distance });
        }
    }

    /// True when an earlier band has compared the two for certain.
    #[cold]
    fn was_found(self, hash: &Hash<WORDS>, other: &Hash<WORDS>) -> bool {
        self.index.tables[..self.number].iter().any(|table| {
            let band = table.band;
            let (left, right) = (hash.bits(band.start, band.width), other.bits(band.start, band.width));
            let right_bucket = if self.is_self { left.max(right) } else { right };
            (left ^ right).count_ones() <= band.radius
                && table.bucket(right_bucket).len() <= self.index.bucket_max as usize
        })
    }
}
