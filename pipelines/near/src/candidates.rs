//! Which pairs of pictures are worth a second look.

use crate::hash::{Hash64, Hash256};
use crate::index::Index;
use crate::join::{Capped, Joined};
use crate::look::{Looks, View};
use crate::picture::Picture;
use crate::rule::Rule;

/// Pairs to be looked at, each once, the smaller number first.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    pub(crate) pairs: Vec<(u32, u32)>,
    pub(crate) capped: Capped,
    /// Pairs that were left out because many pictures have the very same hash.
    pub(crate) same_hash_left_out: u64,
}

/// So many views are asked for at once; with their places in the index they take about 300 MB.
const VIEWS_AT_ONCE: usize = 1 << 22;

/// Of pictures with the very same hash, each is compared with so many of the first ones.
const SAME_HASH_MAX: usize = 64;

/// Pairs are put in order, and those that stand twice dropped, when so many have been added.
const UNSORTED_MAX: usize = 1 << 24;

/// Pictures in order of preference, of which `numbers` are to be compared: positions in `pictures`.
pub(crate) struct Order<'a> {
    pub(crate) pictures: &'a [Picture],
    pub(crate) numbers: &'a [u32],
    pub(crate) threads: usize,
}

impl Order<'_> {
    fn picture(&self, rank: u32) -> &Picture {
        &self.pictures[self.numbers[rank as usize] as usize]
    }

    /// All candidates, as ranks: places in `numbers`.
    pub(crate) fn candidates<L: Looks + ?Sized>(
        &self,
        looks: &L,
        rule: &Rule,
    ) -> Result<Candidates, L::Error> {
        let ranks: Vec<u32> =
            (0..self.numbers.len() as u32).filter(|rank| !self.picture(*rank).flat).collect();
        let mut gathering = Gathering { ranks: &ranks, found: Candidates::default(), sorted: 0 };

        let fine: Vec<Hash256> = ranks.iter().map(|rank| self.picture(*rank).hash).collect();
        let index = Index::new(&fine, rule.fine_bits_max);
        drop(fine);
        gathering.same_hash(&index);
        let joined = index.join(self.threads);
        for pair in &joined.pairs {
            gathering.between(index.positions(pair.one), index.positions(pair.other));
        }
        gathering.found.capped.add(joined.capped);
        for (first, some) in (0..).step_by(VIEWS_AT_ONCE).zip(ranks.chunks(VIEWS_AT_ONCE)) {
            let mirrors = some.iter().map(|rank| looks.mirror(self.numbers[*rank as usize]));
            let mirrors: Vec<Hash256> = mirrors.collect::<Result<_, _>>()?;
            let owners: Vec<u32> = (first..).take(some.len()).collect();
            gathering.views(&index, index.join_with(&mirrors, self.threads), &owners);
        }
        drop(index);

        let coarse: Vec<Hash64> = ranks.iter().map(|rank| self.picture(*rank).coarse).collect();
        let index = Index::new(&coarse, rule.coarse_bits_max);
        drop(coarse);
        let (mut views, mut owners) = (Vec::new(), Vec::new());
        for (owner, rank) in (0..).zip(&ranks) {
            let more: Vec<View> = looks.views(self.numbers[*rank as usize])?;
            owners.extend(more.iter().map(|_| owner));
            views.extend(more.into_iter().map(|view| view.hash));
            if views.len() >= VIEWS_AT_ONCE {
                gathering.views(&index, index.join_with(&views, self.threads), &owners);
                views.clear();
                owners.clear();
            }
        }
        gathering.views(&index, index.join_with(&views, self.threads), &owners);
        Ok(gathering.finished())
    }
}

/// Collects pairs of places in `ranks` as pairs of ranks.
struct Gathering<'a> {
    ranks: &'a [u32],
    found: Candidates,
    /// How many pairs are in order already.
    sorted: usize,
}

impl Gathering<'_> {
    fn push(&mut self, one: u32, other: u32) {
        if one == other {
            return;
        }
        let (one, other) = (self.ranks[one as usize], self.ranks[other as usize]);
        self.found.pairs.push((one.min(other), one.max(other)));
        if self.found.pairs.len() - self.sorted >= UNSORTED_MAX {
            self.settle();
        }
    }

    fn settle(&mut self) {
        // sorts what is in order already in one pass
        self.found.pairs.sort();
        self.found.pairs.dedup();
        self.sorted = self.found.pairs.len();
    }

    /// Pictures with the very same hash.
    fn same_hash<const WORDS: usize>(&mut self, index: &Index<WORDS>) {
        for hash in 0..index.len() as u32 {
            let same = index.positions(hash);
            for (n, other) in same.iter().enumerate() {
                same[..n.min(SAME_HASH_MAX)].iter().for_each(|one| self.push(*one, *other));
                self.found.same_hash_left_out += n.saturating_sub(SAME_HASH_MAX) as u64;
            }
        }
    }

    /// Pictures with one hash and pictures with another one: each of one side with the first of the other.
    fn between(&mut self, ones: &[u32], others: &[u32]) {
        for (n, one) in ones.iter().enumerate() {
            let many = if n < SAME_HASH_MAX { others.len() } else { others.len().min(SAME_HASH_MAX) };
            others[..many].iter().for_each(|other| self.push(*one, *other));
            self.found.same_hash_left_out += (others.len() - many) as u64;
        }
    }

    /// Views, by their owners, that look like whole pictures.
    fn views<const WORDS: usize>(&mut self, index: &Index<WORDS>, joined: Joined, owners: &[u32]) {
        for pair in &joined.pairs {
            self.between(&[owners[pair.one as usize]], index.positions(pair.other));
        }
        self.found.capped.add(joined.capped);
    }

    fn finished(mut self) -> Candidates {
        self.settle();
        self.found
    }
}
