//! Finds the hashes near to one, or all pairs of near ones, without comparing each with each.

use crate::hash::Hash;
use crate::plan::{self, Band};

/// An index over hashes of `WORDS` times 64 bits, which finds all that are within a promised distance.
///
/// Equal hashes are kept once. The bits are cut into bands, and for each band hashes with the same bits there lie in one
/// bucket; near hashes share a bucket, or have neighbouring ones, in at least one band. Ten million hashes of
/// 256 bits take about 1 GB.
#[derive(Debug)]
pub struct Index<const WORDS: usize> {
    /// The distance within which everything is found.
    pub(crate) distance: u32,
    /// More hashes in one bucket are not all compared with each other.
    pub(crate) bucket_max: u32,
    /// Each hash once, in order.
    pub(crate) hashes: Vec<Hash<WORDS>>,
    /// Where the positions of each hash begin in `positions`, and their end.
    first: Vec<u32>,
    /// The positions of hashes in what the index was made from, by hash, then in order.
    positions: Vec<u32>,
    pub(crate) tables: Vec<Table>,
}

/// One band of all hashes.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) band: Band,
    /// What leads from a bucket to those around it, itself first.
    pub(crate) masks: Vec<u32>,
    /// Where each bucket begins in `hashes`, and the end of the last.
    pub(crate) starts: Vec<u32>,
    /// Numbers of hashes by bucket, within it in order.
    pub(crate) hashes: Vec<u32>,
}

/// A hash that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// In how many bits it differs.
    pub distance: u32,
    /// Its position in what the index was made from.
    pub position: u32,
}

impl Table {
    /// Sorts hashes into the buckets of a band.
    pub(crate) fn new<const WORDS: usize>(band: Band, hashes: &[Hash<WORDS>]) -> Table {
        let bucket_of = |hash: &Hash<WORDS>| hash.bits(band.start, band.width) as usize;
        let mut starts = vec![0u32; (1 << band.width) + 1];
        for hash in hashes {
            starts[bucket_of(hash) + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut sorted = vec![0u32; hashes.len()];
        for (n, hash) in hashes.iter().enumerate() {
            let place = &mut next[bucket_of(hash)];
            sorted[*place as usize] = n as u32;
            *place += 1;
        }
        Table { band, masks: band.masks(), starts, hashes: sorted }
    }

    /// The places of a bucket in `hashes`.
    #[inline]
    pub(crate) fn bucket(&self, bucket: u32) -> std::ops::Range<usize> {
        self.starts[bucket as usize] as usize..self.starts[bucket as usize + 1] as usize
    }
}

impl<const WORDS: usize> Index<WORDS> {
    /// How many hashes may lie in one bucket before it counts as hot.
    pub const BUCKET_MAX: u32 = 2_048;

    /// An index over hashes that finds all within `distance`.
    ///
    /// # Panics
    /// There are 2³² hashes or more.
    #[must_use]
    pub fn new(hashes: &[Hash<WORDS>], distance: u32) -> Index<WORDS> {
        Index::with_bucket_max(hashes, distance, Self::BUCKET_MAX)
    }

    /// The same with another bound of what is hot, at least 2: what has a hot bucket is compared with so many of its
    /// neighbours in the order of hashes, not with all.
    ///
    /// # Panics
    /// There are 2³² hashes or more.
    #[must_use]
    pub fn with_bucket_max(hashes: &[Hash<WORDS>], distance: u32, bucket_max: u32) -> Index<WORDS> {
        let count = u32::try_from(hashes.len()).expect("fewer than 4,294,967,296 hashes");
        let mut order: Vec<(Hash<WORDS>, u32)> = hashes.iter().copied().zip(0..count).collect();
        order.sort_unstable();
        let mut unique: Vec<Hash<WORDS>> = Vec::new();
        let mut first = Vec::new();
        for (place, (hash, _)) in (0..count).zip(&order) {
            if unique.last() != Some(hash) {
                unique.push(*hash);
                first.push(place);
            }
        }
        first.push(count);
        let positions = order.into_iter().map(|(_, position)| position).collect();
        unique.shrink_to_fit();
        first.shrink_to_fit();
        let bands = plan::bands(Hash::<WORDS>::BITS, unique.len(), distance);
        let tables = bands.into_iter().map(|band| Table::new(band, &unique)).collect();
        Index { distance, bucket_max: bucket_max.max(2), hashes: unique, first, positions, tables }
    }

    /// The distance within which everything is found.
    #[must_use]
    pub fn distance(&self) -> u32 {
        self.distance
    }

    /// How many different hashes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The different hashes, in order. What follows calls them by their place here.
    #[must_use]
    pub fn hashes(&self) -> &[Hash<WORDS>] {
        &self.hashes
    }

    /// Where a hash stood in what the index was made from, in order.
    #[must_use]
    pub fn positions(&self, hash: u32) -> &[u32] {
        let hash = hash as usize;
        &self.positions[self.first[hash] as usize..self.first[hash + 1] as usize]
    }

    /// All that is within `distance` of a hash, or within the promised distance if that is less; the nearest first, then
    /// by position. One search is never capped: what a hot bucket holds is compared once.
    #[must_use]
    pub fn search(&self, wanted: &Hash<WORDS>, distance: u32) -> Vec<Hit> {
        let distance = distance.min(self.distance);
        let mut found: Vec<(u32, u32)> = Vec::new();
        for table in &self.tables {
            let bucket = wanted.bits(table.band.start, table.band.width);
            for mask in &table.masks {
                for hash in &table.hashes[table.bucket(bucket ^ mask)] {
                    let near = wanted.within(&self.hashes[*hash as usize], distance);
                    found.extend(near.map(|near| (near, *hash)));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        let mut hits: Vec<Hit> = found
            .into_iter()
            .flat_map(|(distance, hash)| {
                self.positions(hash).iter().map(move |n| Hit { distance, position: *n })
            })
            .collect();
        hits.sort_unstable();
        hits
    }
}
